/* uim_pin.c - PINs of the card, and the keys of its locks. */
#include "applets/uim.h"

#include "applets/pin.h"
#include "applets/session.h"
#include "qmux/format.h"

#define FIELD_TEXT 128

static int refused(const struct command *cmd, int error, const struct qmux_frame *answer,
	const struct qmux_message *m)
{
	return uim_say_refused(cmd, error, uim_card_result(answer, m));
}

static const struct pin_service pin_of_card = {
	.service = QMUX_SERVICE_UIM,
	.message = {
		[PIN_VERIFY] = UIM_VERIFY_PIN,
		[PIN_ENABLE] = UIM_SET_PIN_PROTECTION,
		[PIN_DISABLE] = UIM_SET_PIN_PROTECTION,
		[PIN_CHANGE] = UIM_CHANGE_PIN,
		[PIN_UNBLOCK] = UIM_UNBLOCK_PIN,
	},
	.pin = "info.pin_value",
	.enabled = "info.pin_enabled",
	.retries = {
		"retries_remaining.verify_retries_left", "retries_remaining.unblock_retries_left",
	},
	.refused = refused,
};

enum { PIN1, PIN2, UPIN, PINS };

static const char *const names[PINS] = { "pin1", "pin2", "upin" };

/* What the modem says of one PIN; upin is the card's, the others are the application's. */
static struct pin pin_of(const struct sim *sim, unsigned which)
{
	static const struct {
		const char *state, *retries, *unblock_retries;
	} fields[PINS] = {
		{ "pin1_state", "pin1_retries", "puk1_retries" },
		{ "pin2_state", "pin2_retries", "puk2_retries" },
		{ "upin_state", "upin_retries", "upuk_retries" },
	};
	const char *base = which == UPIN ? sim->card : sim->app;

	return (struct pin){
		names[which], names[which],
		(unsigned)sim_number(sim, base, fields[which].state, 0),
		(unsigned)sim_number(sim, base, fields[which].retries, PIN_RETRIES_UNKNOWN),
		(unsigned)sim_number(sim, base, fields[which].unblock_retries, PIN_RETRIES_UNKNOWN),
	};
}

int uim_pin(struct command *cmd)
{
	const char *name = cmd->option[UIM_SLOT + 1 + PIN_NAME];
	char session[FIELD_TEXT];
	struct pin_job job;
	struct pin pin;
	struct sim sim;
	unsigned which = PIN1;
	int ret;

	pin_begin(cmd, &job, UIM_SLOT + 1);
	while (name && which < PINS && strcmp(names[which], name))
		which++;
	if (which == PINS)
		return say(cmd, EXIT_USAGE, "no PIN '%s'; there are pin1, pin2 and upin", name);
	ret = sim_ask(cmd, cmd->option[UIM_SLOT], &sim);
	if (ret)
		return ret;
	if (sim.dms && which == UPIN)
		return say(cmd, EXIT_UNSUPPORTED, "this modem knows of no %s", name);
	if (sim.state == SIM_ABSENT || (!sim.dms && !sim.app[0]))
		return say(cmd, EXIT_SIM, "the SIM is %s", sim_state_name(sim.state));
	if (sim.dms) {
		pin = pin_of_answer(&sim.answer, &sim.m, which == PIN2);
		return pin_do(cmd, &job, &pin_of_device, &pin, NULL);
	}
	/* Where the card has one PIN for all applications, that one is meant. */
	if (which == PIN1 && sim_number(&sim, sim.app, "upin_replaces_pin1", 0))
		which = UPIN;
	pin = pin_of(&sim, which);
	qmux_format(session, FIELD_TEXT, "session.session_type=card-slot-%u", sim.slot);
	return pin_do(cmd, &job, &pin_of_card, &pin,
		(const char *const[]){ session, "session.application_identifier=" });
}

/* ---- personalization ---- */

enum { UIM_KEY_FILE = UIM_SLOT + 1 };

int uim_depersonalize(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_SERVICE_UIM, UIM_DEPERSONALIZATION);
	bool unblock = !strcmp(cmd->verb->name, "personalization unblock");
	struct secret key = { .name = "control key", .env = "QMI_CONTROL_KEY", .min = 1, .max = 32 };
	char text[FIELD_TEXT], more[FIELD_TEXT] = "", slot_text[FIELD_TEXT];
	struct qmux_frame answer;
	struct qmux_node left;
	unsigned slot;
	int ret;

	secret_hide(cmd, 1, &key, 1);
	ret = uim_slot(cmd, cmd->option[UIM_SLOT], &slot);
	if (!ret)
		ret = session_open(cmd);
	if (!ret)
		ret = secret_read(cmd, cmd->option[UIM_KEY_FILE], &key, 1);
	if (ret)
		return ret;
	qmux_format(text, sizeof text, "info.control_key=%s", key.text);
	qmux_format(slot_text, sizeof slot_text, "slot=%u", slot);
	ret = session_ask(cmd, &m, SET("info.feature=$1", text,
		unblock ? "info.operation=unblock" : "info.operation=deactivate",
		cmd->option[UIM_SLOT] ? slot_text : NULL), &answer);
	if (ret <= 0)
		return ret < 0 ? -1 - ret : EXIT_DONE;
	if (!qmux_get(&answer, &m, unblock ? "retries_remaining.unblock_left" :
			"retries_remaining.verify_left", &left))
		qmux_format(more, sizeof more, "; %u tries left", (unsigned)left.u);
	return say_refused_more(cmd, ret, more);
}
