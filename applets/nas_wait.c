/* nas_wait.c - until the modem is registered. */
#include "applets/nas.h"

#include "applets/session.h"

#include <errno.h>

#define ASK_AGAIN_MS 5000	/* where a modem tells nothing of itself */

enum { REGISTERED = 1, ATTACHED = 1 };

bool nas_is_registered(const struct qmux_frame *f, const struct qmux_message *m, bool attached,
	char state[QMUX_NAME_MAX])
{
	struct qmux_node node;
	uint16_t name;

	if (qmux_get(f, m, "serving_system.registration_state", &node))
		return false;
	if (qmux_enum_name(node.names, (int64_t)node.u, &name))
		qmux_name(name, QMUX_VALUE_NAME, state);
	if (node.u != REGISTERED)
		return false;
	return !attached ||
		(!qmux_get(f, m, "serving_system.ps_attach_state", &node) && node.u == ATTACHED);
}

/* An indication may lack what the answer has, so that it only makes us ask. */
static int wait_registered(struct command *cmd, bool attached, struct qmux_frame *f)
{
	struct qmux_message m = session_message(QMUX_SERVICE_NAS, NAS_GET_SERVING_SYSTEM);
	char state[QMUX_NAME_MAX] = "unknown";
	int ret;

	for (;;) {
		ret = session_ask(cmd, &m, NULL, f);
		if (ret)
			return ret < 0 ? -1 - ret : say_refused(cmd, ret);
		if (nas_is_registered(f, &m, attached, state))
			return EXIT_DONE;
		do
			ret = session_indication(cmd, ASK_AGAIN_MS, f);
		while (ret > 0 && (f->service != QMUX_SERVICE_NAS ||
			f->message != NAS_IND_SERVING_SYSTEM));
		if (ret == -ETIMEDOUT)
			return say(cmd, EXIT_TIMEOUT, "not in time: %s",
				strcmp(state, "registered") ? state : "not attached");
		if (ret < 0)
			return session_failed(cmd, ret);
	}
}

int nas_tell_of_registration(struct command *cmd, bool on)
{
	struct qmux_message m = session_message(QMUX_SERVICE_NAS, NAS_REGISTER_INDICATIONS);
	struct qmux_frame answer;

	return session_ask(cmd, &m, on ? SET("serving_system_events=true") :
		SET("serving_system_events=false"), &answer);
}

int nas_await(struct command *cmd, bool attached, struct qmux_frame *f)
{
	int ret = nas_tell_of_registration(cmd, true);

	return ret < 0 ? -1 - ret : wait_registered(cmd, attached, f);
}
