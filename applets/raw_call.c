/* raw_call.c - any request by name or number, and its answer. */
#include "applets/raw.h"

#include "applets/hex.h"
#include "applets/session.h"
#include "applets/show.h"
#include "qmux/encode.h"
#include "qmux/nearest.h"

#include <stdlib.h>
#include <string.h>

static int no_such_service(const struct command *cmd, const char *text)
{
	struct qmux_nearest near;
	struct qmux_service s;
	char name[QMUX_NAME_MAX];

	qmux_nearest_begin(&near, text, strlen(text));
	for (unsigned i = 0; qmux_service_at(i, &s); i++)
		qmux_nearest_offer(&near, qmux_name(s.name, QMUX_FIELD_NAME, name));
	if (near.best[0])
		return say(cmd, EXIT_USAGE, "no service '%s'; did you mean '%s'?", text, near.best);
	return say(cmd, EXIT_USAGE, "no service '%s'; give a name (nas) or a number (0x03)", text);
}

static int no_such_message(const struct command *cmd, const struct qmux_service *s, bool indication)
{
	const char *service = cmd->args[0], *text = cmd->args[1];
	struct qmux_nearest near;
	struct qmux_message m;
	char name[QMUX_NAME_MAX];

	qmux_nearest_begin(&near, text, strlen(text));
	for (unsigned i = 0; qmux_message_at(s, i, &m); i++)
		if (m.indication == indication)
			qmux_nearest_offer(&near, qmux_name(m.name, QMUX_FIELD_NAME, name));
	if (near.best[0])
		return say(cmd, EXIT_USAGE, "no %s '%s' in %s; did you mean '%s'?",
			indication ? "indication" : "message", text, service, near.best);
	return say(cmd, EXIT_USAGE, "no %s '%s' in %s; give a name or a number (0x004f)",
		indication ? "indication" : "message", text, service);
}

int raw_find_service(const struct command *cmd, struct qmux_service *service)
{
	uint16_t id;

	if (qmux_service_parse(cmd->args[0], &id))
		return no_such_service(cmd, cmd->args[0]);
	if (!qmux_service_by_id(id, service))
		*service = (struct qmux_service){ .id = id, .name = QMUX_NO_NAME };
	return EXIT_DONE;
}

int raw_find_message(const struct command *cmd, bool indication, struct qmux_message *m)
{
	struct qmux_service s;
	unsigned long id;
	char *end;
	int ret = raw_find_service(cmd, &s);

	if (ret)
		return ret;
	if (qmux_message_by_name(&s, cmd->args[1], indication, m))
		return EXIT_DONE;
	id = strtoul(cmd->args[1], &end, 0);
	if (cmd->args[1][0] < '0' || cmd->args[1][0] > '9' || *end || id > UINT16_MAX)
		return no_such_message(cmd, &s, indication);
	if (!qmux_message_by_id(s.id, (uint16_t)id, indication, 0, m))
		*m = (struct qmux_message){ .service = s.id, .id = (uint16_t)id,
			.name = QMUX_NO_NAME };
	return EXIT_DONE;
}

int raw_tlvs(const struct command *cmd, const struct qmux_message *m, bool request,
	struct qmux_buf *b)
{
	struct qmux_assign assign[ARGS_MAX];
	struct qmux_complaint complaint;
	size_t n = 0;

	for (int i = 2; i < cmd->n_args; i++)
		if (qmux_assign_parse(&assign[n++], cmd->args[i], &complaint))
			return say(cmd, EXIT_USAGE, "%s", complaint.text);
	if (n && m->name == QMUX_NO_NAME)
		return say(cmd, EXIT_USAGE, "the fields of message 0x%04x are not known", m->id);
	if (qmux_encode(b, m, request, assign, n, &complaint))
		return say(cmd, EXIT_USAGE, "%s", complaint.text);
	return EXIT_DONE;
}

/* -f takes the path with and without the "fields." of the JSON. */
static void flatten_fields(struct command *cmd)
{
	for (size_t i = 0; i < cmd->g.n_fields; i++)
		if (!strncmp(cmd->g.fields[i], "fields.", 7))
			cmd->g.fields[i] += 7;
}

int raw_call(struct command *cmd)
{
	struct show_options o = { .flat = cmd->g.face == SINK_FIELD };
	struct qmux_message m;
	struct qmux_frame answer;
	struct qmux_buf b;
	uint8_t *tlvs;
	int ret = raw_find_message(cmd, false, &m);

	if (ret)
		return ret;
	tlvs = malloc(QMUX_FRAME_MAX);
	if (!tlvs)
		return say(cmd, EXIT_DEVICE, "out of memory");
	b = qmux_buf(tlvs, QMUX_FRAME_MAX - QMUX_FRAME_MIN - 1);
	flatten_fields(cmd);
	cmd->service = m.service;
	ret = raw_tlvs(cmd, &m, true, &b);
	if (ret)
		goto out;
	ret = session_try(cmd, &m, tlvs, b.len, &answer);
	if (ret < 0) {
		ret = -1 - ret;
		goto out;
	}
	/* A refusal may carry more than the error: the answer is shown all the same. */
	if (answer.tlvs)
		show_frame(cmd->sink, &answer, m.name == QMUX_NO_NAME ? NULL : &m, &o);
	if (ret)
		ret = say_refused(cmd, ret);
out:
	free(tlvs);
	return ret;
}
