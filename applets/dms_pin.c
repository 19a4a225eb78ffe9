/* dms_pin.c - PINs by the device service, as modems had them before UIM. */
#include "applets/dms.h"

#include "applets/secret.h"
#include "applets/session.h"
#include "applets/show.h"
#include "qmux/encode.h"
#include "qmux/format.h"

#include <string.h>

static const struct view_row pin_status[] = {
	ROW("pin1.status", "pin1_status.current_status"),
	ROW("pin1.verify_retries", "pin1_status.verify_retries_left"),
	ROW("pin1.unblock_retries", "pin1_status.unblock_retries_left"),
	ROW("pin2.status", "pin2_status.current_status"),
	ROW("pin2.verify_retries", "pin2_status.verify_retries_left"),
	ROW("pin2.unblock_retries", "pin2_status.unblock_retries_left"),
	ROW_END
};

const struct query dms_pin_queries[] = {
	QUERY(DMS_UIM_GET_PIN_STATUS, pin_status),
	{ 0 }
};

enum { NOT_VERIFIED = 1, VERIFIED = 2, DISABLED = 3, BLOCKED = 4, DEAD = 5 };

/* What each action sends; NULL: no such field. */
static const struct pin_action {
	const char *name;
	uint16_t message;
	const char *first, *second;	/* fields of its secrets */
	const char *also;
	int done, done_too;	/* states in which there is nothing to do; 0: none */
	bool puk;		/* its tries are the PUK's */
} actions[] = {
	{ "pin verify", DMS_UIM_VERIFY_PIN, "pin", NULL, NULL, VERIFIED, DISABLED, false },
	{ "pin enable", DMS_UIM_SET_PIN_PROTECTION, "pin", NULL, "info.protection_enabled=true",
		VERIFIED, NOT_VERIFIED, false },
	{ "pin disable", DMS_UIM_SET_PIN_PROTECTION, "pin", NULL, "info.protection_enabled=false",
		DISABLED, 0, false },
	{ "pin change", DMS_UIM_CHANGE_PIN, "old_pin", "new_pin", NULL, 0, 0, false },
	{ "pin unblock", DMS_UIM_UNBLOCK_PIN, "puk", "new_pin", NULL, 0, 0, true },
};

static const struct pin_action *this_action(const struct command *cmd)
{
	const struct pin_action *a = actions;

	while (strcmp(a->name, cmd->verb->name))
		a++;
	return a;
}

static bool is_pin2(const struct command *cmd)
{
	return cmd->option[PIN_ID] && !strcmp(cmd->option[PIN_ID], "pin2");
}

struct pin_state {
	unsigned status, tries;
	bool known;
};

static int get_state(struct command *cmd, const struct pin_action *a, struct pin_state *st)
{
	struct qmux_message m = session_message(cmd->service, DMS_UIM_GET_PIN_STATUS);
	const char *pin = is_pin2(cmd) ? "pin2_status" : "pin1_status";
	char path[QMUX_PATH_TEXT_MAX];
	struct qmux_frame answer;
	struct qmux_node status, tries;
	int ret = session_ask(cmd, &m, NULL, &answer);

	*st = (struct pin_state){ .known = false };
	if (ret)
		return ret < 0 ? -1 - ret : say_refused(cmd, ret);
	qmux_format(path, sizeof path, "%s.current_status", pin);
	if (qmux_get(&answer, &m, path, &status))
		return EXIT_DONE;
	qmux_format(path, sizeof path, "%s.%s", pin,
		a->puk ? "unblock_retries_left" : "verify_retries_left");
	if (qmux_get(&answer, &m, path, &tries))
		return EXIT_DONE;
	*st = (struct pin_state){ (unsigned)status.u, (unsigned)tries.u, true };
	return EXIT_DONE;
}

/* No try is spent that need not be, and the last one only when asked to. */
static int check_state(const struct command *cmd, const struct pin_action *a,
	const struct pin_state *st, bool *done)
{
	*done = false;
	if (!st->known)
		return EXIT_DONE;
	if (st->status && ((int)st->status == a->done || (int)st->status == a->done_too)) {
		*done = true;
		return EXIT_DONE;
	}
	if (st->status == DEAD || (a->puk && !st->tries))
		return say(cmd, EXIT_SIM, "the PUK is used up, too");
	if (!a->puk && (st->status == BLOCKED || !st->tries))
		return say(cmd, EXIT_SIM, "the PIN is blocked: dms pin unblock takes the PUK");
	if (st->tries == 1 && !cmd->option[PIN_FORCE])
		return say(cmd, EXIT_SIM, "one try is left; --force takes it");
	return EXIT_DONE;
}

static int send_action(struct command *cmd, const struct pin_action *a, const struct secret *secrets)
{
	struct qmux_message m = session_message(cmd->service, a->message);
	char first[SECRET_MAX + 16], second[SECRET_MAX + 16] = "", more[64] = "";
	struct qmux_frame answer;
	struct qmux_node tries;
	int ret;

	qmux_format(first, sizeof first, "info.%s=%s", a->first, secrets[0].text);
	if (a->second)
		qmux_format(second, sizeof second, "info.%s=%s", a->second, secrets[1].text);
	ret = session_ask(cmd, &m, SET(is_pin2(cmd) ? "info.pin_id=pin2" : "info.pin_id=pin",
		first, a->second ? second : a->also), &answer);
	if (ret <= 0)
		return ret ? -1 - ret : EXIT_DONE;
	if (!qmux_get(&answer, &m, a->puk ? "pin_retries_status.unblock_retries_left" :
			"pin_retries_status.verify_retries_left", &tries))
		qmux_format(more, sizeof more, "; %u tr%s left", (unsigned)tries.u,
			tries.u == 1 ? "y" : "ies");
	return say_refused_more(cmd, ret, more);
}

int dms_pin(struct command *cmd)
{
	const struct pin_action *a = this_action(cmd);
	struct secret secrets[] = {
		{ .name = a->puk ? "PUK" : "PIN", .env = a->puk ? "QMI_PUK" : "QMI_PIN",
			.min = a->puk ? 8 : 4, .max = 8 },
		{ .name = "new PIN", .env = "QMI_NEW_PIN", .min = 4, .max = 8 },
	};
	int n = a->second ? 2 : 1, ret;
	struct pin_state st;
	bool done;

	secret_hide(cmd, 0, secrets, n);
	if (cmd->option[PIN_ID] && !is_pin2(cmd) && strcmp(cmd->option[PIN_ID], "pin1"))
		return say(cmd, EXIT_USAGE, "no PIN '%s'; there are pin1 and pin2",
			cmd->option[PIN_ID]);
	ret = get_state(cmd, a, &st);
	if (!ret)
		ret = check_state(cmd, a, &st, &done);
	if (ret)
		return ret;
	if (done) {
		note(cmd, "%s is %s: nothing to do", is_pin2(cmd) ? "pin2" : "pin1",
			st.status == DISABLED ? "disabled" : st.status == VERIFIED ? "verified" :
			"enabled");
		return EXIT_DONE;
	}
	ret = secret_read(cmd, cmd->option[PIN_FILE], secrets, n);
	return ret ? ret : send_action(cmd, a, secrets);
}
