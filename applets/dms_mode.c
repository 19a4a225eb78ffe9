/* dms_mode.c - waiting for an operating mode; FCC unlock. */
#include "applets/dms.h"

#include "applets/session.h"
#include "qmux/format.h"

#include <errno.h>
#include <string.h>

#define ASK_AGAIN_MS 1000	/* where a modem tells nothing of itself */

/* ---- mode --wait ---- */

/* The mode that was asked for, by name or number, as the encoder took it. */
static bool is_mode(const struct command *cmd, const struct qmux_node *node)
{
	const char *text = cmd->args[0];
	int64_t wanted;
	uint64_t v;

	if (qmux_enum_value(node->names, text, strlen(text), &wanted))
		return node->u == (uint64_t)wanted;
	return qmux_parse_uint(text, strlen(text), &v) && node->u == v;
}

int dms_mode_reached(struct command *cmd)
{
	struct qmux_message report = session_message(cmd->service, DMS_SET_EVENT_REPORT);
	struct qmux_message m = session_message(cmd->service, DMS_GET_OPERATING_MODE);
	struct qmux_frame f;
	struct qmux_node node;
	int ret;

	if (!cmd->option[MODE_WAIT])
		return EXIT_DONE;
	ret = session_ask(cmd, &report, SET("operating_mode_reporting=true"), &f);
	while (ret >= 0) {
		ret = session_ask(cmd, &m, NULL, &f);
		if (ret > 0)
			return say_refused(cmd, ret);
		if (!ret && !qmux_get(&f, &m, "mode", &node) && is_mode(cmd, &node))
			return EXIT_DONE;
		if (!ret)
			ret = session_indication(cmd, ASK_AGAIN_MS, &f);
		if (ret == -ETIMEDOUT)
			return say(cmd, EXIT_TIMEOUT, "not in that mode in time");
		if (ret < 0)
			return session_failed(cmd, ret);
	}
	return -1 - ret;
}

/* ---- fcc-unlock ---- */

/* Those whose laptops have the Foxconn modems that are known to want this. */
static bool is_foxconn(const struct command *cmd)
{
	struct qmux_port_info list[QMUX_PORTS_MAX];
	size_t n = qmux_port_list(list, QMUX_PORTS_MAX);
	char path[QMUX_PATH_MAX];

	if (session_device(cmd, path))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i].path, path))
			return list[i].usb_vendor == VENDOR_FOXCONN ||
				list[i].usb_vendor == 0x413c || list[i].usb_vendor == 0x105b;
	return false;
}

/* The vendor's message by name, since two of them share an id. */
static int foxconn(struct command *cmd, const char *name, const char *const *set)
{
	struct qmux_service service;
	struct qmux_message m;
	struct qmux_frame answer;
	int ret;

	if (!qmux_service_by_id(cmd->service, &service) ||
	    !qmux_message_by_name(&service, name, false, &m))
		return say(cmd, EXIT_DEVICE, "no message %s", name);
	ret = session_ask(cmd, &m, set, &answer);
	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

int dms_fcc_unlock(struct command *cmd)
{
	struct qmux_message m = session_message(cmd->service, DMS_SET_FCC_AUTHENTICATION);
	struct qmux_frame answer;
	int ret;

	if (cmd->option[FCC_STRING] && !cmd->option[FCC_MAGIC])
		return say(cmd, EXIT_USAGE, "--magic-string goes with --magic");
	if (cmd->option[FCC_STRING])
		return foxconn(cmd, "foxconn_set_fcc_authentication_v2",
			SET("magic_string=--magic-string", "magic_number=--magic"));
	if (cmd->option[FCC_MAGIC])
		return foxconn(cmd, "foxconn_set_fcc_authentication", SET("value=--magic"));
	ret = session_ask(cmd, &m, NULL, &answer);
	if (ret > 0 && refusal_exit(ret) == EXIT_UNSUPPORTED && is_foxconn(cmd))
		return foxconn(cmd, "foxconn_set_fcc_authentication", SET("value=0"));
	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}
