/* proxy_status.c - what the proxy tells of itself: what is not there is left out. */
#include "applets/proxy_applet.h"

#include "applets/session.h"
#include "applets/show.h"

#include <string.h>

#define NO_PORT UINT8_MAX	/* of a process that has opened none */

/* Numbers that stand for "none", and those that are for people to read with a unit. */
static const struct {
	const char *key;
	int64_t none;		/* -1: no such number */
	const char *unit;
} numbers[] = {
	{ "uptime", -1, "s" }, { "age", -1, "s" }, { "pid", 0, NULL }, { "holder", 0, NULL },
	{ "port", NO_PORT, NULL }, { "bytes_in", -1, "bytes" }, { "bytes_out", -1, "bytes" },
	{ "queue", -1, "bytes" }, { "unread", -1, "bytes" }, { "skipped", -1, "bytes" },
	{ "process_low", -1, "bytes" }, { "process_high", -1, "bytes" },
	{ "user_high", -1, "bytes" }, { "modem_high", -1, "bytes" },
};

struct teller {
	struct qmux_visitor v;
	struct sink *s;
};

static void tell_number(struct sink *s, const char *key, uint64_t value)
{
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		if (strcmp(numbers[i].key, key))
			continue;
		if ((int64_t)value != numbers[i].none)
			sink_uint(s, key, value, numbers[i].unit);
		return;
	}
	sink_uint(s, key, value, NULL);
}

static int visit(struct qmux_visitor *v, const struct qmux_node *node)
{
	struct teller *t = (struct teller *)v;		/* v is its first member */
	char name[QMUX_NAME_MAX];
	const char *key = node->name == QMUX_NO_NAME ? NULL :
		qmux_name(node->name, QMUX_FIELD_NAME, name);

	if (node->kind == QMUX_TEXT && !node->len)
		return 0;
	if (node->kind == QMUX_UINT && key && node->names == QMUX_NO_ENUM)
		tell_number(t->s, key, node->u);
	else
		show_node(t->s, key, node, false);
	return 0;
}

int proxy_applet_status(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_CTL, CTL_PROXY_STATUS);
	struct teller t = { .v = { .node = visit }, .s = cmd->sink };
	struct qmux_frame answer;
	int ret = proxy_applet_ask(cmd, &m, NULL, 0, &answer);

	if (ret)
		return ret;
	sink_begin(cmd->sink, NULL);
	qmux_walk_fields(&answer, &m, &t.v);
	sink_end(cmd->sink);
	return EXIT_DONE;
}
