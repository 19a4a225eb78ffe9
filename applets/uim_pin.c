/* uim_pin.c - PINs: nothing that is not needed, and never the last try by accident. */
#include "applets/uim.h"

#include "applets/secret.h"
#include "applets/session.h"
#include "qmux/format.h"

enum { PIN_ID = UIM_SLOT + 1, PIN_FILE, PIN_FORCE };

/* uim_pin_state; the first bits of a set of them. */
enum { VERIFIED = 2, DISABLED = 3, BLOCKED = 4, DEAD = 5 };
#define STATE(n) (1u << (n))

#define RETRIES_UNKNOWN 256	/* a modem that does not tell: more than a byte holds */

#define PIN(name_, env_) { .name = (name_), .env = (env_), .min = 4, .max = 8 }
#define PUK { .name = "PUK", .env = "QMI_PUK", .min = 8, .max = 8 }

static const struct pin_action {
	const char *verb;
	uint16_t uim, dms;
	int n;				/* secrets */
	struct secret secrets[2];
	const char *uim_fields[2], *dms_fields[2];	/* where they go */
	const char *uim_more, *dms_more;	/* a field of its own, or NULL */
	unsigned done;			/* states in which there is nothing to do */
	bool puk;
} actions[] = {
	{ "pin verify", UIM_VERIFY_PIN, DMS_UIM_VERIFY_PIN, 1, { PIN("PIN", "QMI_PIN") },
		{ "info.pin_value" }, { "info.pin" }, NULL, NULL,
		STATE(VERIFIED) | STATE(DISABLED), false },
	{ "pin enable", UIM_SET_PIN_PROTECTION, DMS_UIM_SET_PIN_PROTECTION, 1,
		{ PIN("PIN", "QMI_PIN") }, { "info.pin_value" }, { "info.pin" },
		"info.pin_enabled=true", "info.protection_enabled=true",
		STATE(VERIFIED) | STATE(1), false },
	{ "pin disable", UIM_SET_PIN_PROTECTION, DMS_UIM_SET_PIN_PROTECTION, 1,
		{ PIN("PIN", "QMI_PIN") }, { "info.pin_value" }, { "info.pin" },
		"info.pin_enabled=false", "info.protection_enabled=false", STATE(DISABLED), false },
	{ "pin change", UIM_CHANGE_PIN, DMS_UIM_CHANGE_PIN, 2,
		{ PIN("PIN", "QMI_PIN"), PIN("new PIN", "QMI_NEW_PIN") },
		{ "info.old_pin", "info.new_pin" }, { "info.old_pin", "info.new_pin" }, NULL, NULL,
		0, false },
	{ "pin unblock", UIM_UNBLOCK_PIN, DMS_UIM_UNBLOCK_PIN, 2,
		{ PUK, PIN("new PIN", "QMI_NEW_PIN") },
		{ "info.puk", "info.new_pin" }, { "info.puk", "info.new_pin" }, NULL, NULL,
		0, true },
};

/* pin1, pin2, upin: how the schema's paths and values call them. */
static const struct pin {
	const char *name, *dms_name, *state, *retries, *unblock_retries;
	bool of_card;		/* not of the application */
} pins[] = {
	{ "pin1", "pin", "pin1_state", "pin1_retries", "puk1_retries", false },
	{ "pin2", "pin2", "pin2_state", "pin2_retries", "puk2_retries", false },
	{ "upin", NULL, "upin_state", "upin_retries", "upuk_retries", true },
};

static const struct pin *find_pin(const struct command *cmd)
{
	const char *name = cmd->option[PIN_ID] ? cmd->option[PIN_ID] : "pin1";

	for (size_t i = 0; i < sizeof pins / sizeof *pins; i++)
		if (!strcmp(pins[i].name, name))
			return &pins[i];
	say(cmd, EXIT_USAGE, "no PIN '%s'; there are pin1, pin2 and upin", name);
	return NULL;
}

/* What the modem says of one PIN. */
struct pin_status {
	unsigned state, retries, unblock_retries;
};

static struct pin_status pin_status(const struct sim *sim, const struct pin *pin)
{
	const char *base = sim->dms ? pin == pins ? "pin1_status" : "pin2_status" :
		pin->of_card ? sim->card : sim->app;

	return (struct pin_status){
		(unsigned)sim_number(sim, base, sim->dms ? "current_status" : pin->state, 0),
		(unsigned)sim_number(sim, base, sim->dms ? "verify_retries_left" : pin->retries,
			RETRIES_UNKNOWN),
		(unsigned)sim_number(sim, base, sim->dms ? "unblock_retries_left" :
			pin->unblock_retries, RETRIES_UNKNOWN),
	};
}

/* Whether it makes sense to go on.  EXIT_DONE with *done set: it is so already. */
static int may_try(const struct command *cmd, const struct pin_action *action,
	const struct pin *pin, const struct pin_status *st, bool *done)
{
	unsigned left = action->puk ? st->unblock_retries : st->retries;

	*done = st->state < 8 && action->done & STATE(st->state);
	if (*done) {
		note(cmd, "%s is %s already", pin->name, st->state == DISABLED ? "disabled" :
			st->state == VERIFIED && !action->uim_more ? "verified" : "enabled");
		return EXIT_DONE;
	}
	if (st->state == DEAD || (action->puk && !left))
		return say(cmd, EXIT_SIM, "%s is blocked for good", pin->name);
	if (!action->puk && (st->state == BLOCKED || !left))
		return say(cmd, EXIT_SIM, "%s is blocked: 'uim pin unblock' with the PUK (%u tries "
			"left)", pin->name, st->unblock_retries);
	if (left == 1 && !cmd->option[PIN_FORCE])
		return say(cmd, EXIT_SIM, "one try is left for the %s: not used without --force",
			action->secrets[0].name);
	return EXIT_DONE;
}

#define FIELD_TEXT 128

static int send_pin(struct command *cmd, const struct sim *sim, const struct pin_action *action,
	const struct pin *pin, const struct secret *secrets, struct qmux_frame *answer)
{
	const char *const *fields = sim->dms ? action->dms_fields : action->uim_fields;
	const char *more = sim->dms ? action->dms_more : action->uim_more;
	char id[FIELD_TEXT], secret[2][FIELD_TEXT], session[FIELD_TEXT];
	const char *set[7] = { id, secret[0] };
	size_t n = 2;
	struct qmux_message m = sim->dms ? session_message(QMUX_SERVICE_DMS, action->dms) :
		session_message(QMUX_SERVICE_UIM, action->uim);

	qmux_format(id, FIELD_TEXT, "info.pin_id=%s", sim->dms ? pin->dms_name : pin->name);
	for (int i = 0; i < action->n; i++)
		qmux_format(secret[i], FIELD_TEXT, "%s=%s", fields[i], secrets[i].text);
	if (action->n > 1)
		set[n++] = secret[1];
	if (more)
		set[n++] = more;
	if (!sim->dms) {
		qmux_format(session, FIELD_TEXT, "session.session_type=card-slot-%u", sim->slot);
		set[n++] = session;
		set[n++] = "session.application_identifier=";
	}
	return session_ask(cmd, &m, set, answer);
}

static int say_wrong(const struct command *cmd, const struct sim *sim,
	const struct pin_action *action, int error, const struct qmux_frame *answer)
{
	struct qmux_message m = session_message(QMUX_SERVICE_UIM, action->uim);
	const char *path = action->puk ? "retries_remaining.unblock_retries_left" :
		"retries_remaining.verify_retries_left";
	unsigned sw = sim->dms ? 0 : uim_card_result(answer, &m);
	char text[FIELD_TEXT] = "", word[64];
	struct qmux_node left;

	if (!sim->dms && !qmux_get(answer, &m, path, &left)) {
		qmux_format(text, sizeof text, "; %u %s left for the %s", (unsigned)left.u,
			left.u == 1 ? "try" : "tries", action->secrets[0].name);
	} else if (sw) {
		uim_status_word(word, sw);
		qmux_format(text, sizeof text, "; the card says %s", word);
	}
	return say_refused_more(cmd, error, text);
}

int uim_pin(struct command *cmd)
{
	const struct pin_action *action = actions;
	const struct pin *pin = find_pin(cmd);
	struct secret secrets[2];
	struct pin_status st;
	struct qmux_frame answer;
	struct sim sim;
	bool done = false;
	int ret;

	while (strcmp(action->verb, cmd->verb->name))
		action++;
	memcpy(secrets, action->secrets, sizeof secrets);
	secret_hide(cmd, 0, secrets, action->n);
	if (!pin)
		return EXIT_USAGE;
	ret = sim_ask(cmd, cmd->option[UIM_SLOT], &sim);
	if (ret)
		return ret;
	if (sim.dms && !pin->dms_name)
		return say(cmd, EXIT_UNSUPPORTED, "this modem knows of no %s", pin->name);
	/* Where the card has one PIN for all applications, that one is meant. */
	if (pin == pins && !sim.dms && sim_number(&sim, sim.app, "upin_replaces_pin1", 0))
		pin = &pins[2];
	if (sim.state == SIM_ABSENT || (!sim.dms && !sim.app[0]))
		return say(cmd, EXIT_SIM, "the SIM is %s", sim_state_name(sim.state));
	st = pin_status(&sim, pin);
	ret = may_try(cmd, action, pin, &st, &done);
	if (!ret && !done)
		ret = secret_read(cmd, cmd->option[PIN_FILE], secrets, action->n);
	if (ret || done)
		return ret;
	ret = send_pin(cmd, &sim, action, pin, secrets, &answer);
	return ret < 0 ? -1 - ret : ret ? say_wrong(cmd, &sim, action, ret, &answer) : EXIT_DONE;
}

/* ---- personalization ---- */

enum { KEY_FILE = UIM_SLOT + 1 };

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
		ret = secret_read(cmd, cmd->option[KEY_FILE], &key, 1);
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
