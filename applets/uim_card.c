/* uim_card.c - the state of the card: absent, not ready yet, in error, or what it waits for. */
#include "applets/uim.h"

#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>

#define NO_SESSION 0xffff	/* an index: nothing is provisioned */
#define NO_FEATURE 11		/* "unknown": nothing is locked */
#define RETRY_MS 1000		/* a service that is not up yet sends no indication */

static const char *const state_names[] = {
	[SIM_NOT_READY] = "not-ready", [SIM_READY] = "ready", [SIM_ABSENT] = "absent",
	[SIM_ERROR] = "error", [SIM_PIN] = "pin-required", [SIM_PUK] = "puk-required",
	[SIM_BLOCKED] = "blocked", [SIM_LOCKED] = "locked", [SIM_ILLEGAL] = "illegal",
};

/* Values of uim_card_state, uim_card_application_state and so on in the schema. */
enum { CARD_ABSENT, CARD_PRESENT, CARD_ERROR };
enum { DMS_READY, DMS_LOCKED, DMS_ABSENT };
enum { PIN_NOT_VERIFIED = 1, PIN_BLOCKED = 4, PIN_DEAD = 5 };
enum { CODE_REQUIRED = 3 };	/* personalization: a code is wanted, from here on */

const char *sim_state_name(enum sim_state state)
{
	return state_names[state];
}

int uim_slot(const struct command *cmd, const char *text, unsigned *slot)
{
	uint64_t n = 1;

	if (text && (!qmux_parse_uint(text, strlen(text), &n) || n < 1 || n > UIM_SLOTS_MAX))
		return say(cmd, EXIT_USAGE, "'%s' is not a slot, 1 to %d", text, UIM_SLOTS_MAX);
	*slot = (unsigned)n;
	return EXIT_DONE;
}

uint64_t sim_number(const struct sim *sim, const char *base, const char *field, uint64_t otherwise)
{
	char path[QMUX_PATH_TEXT_MAX];
	struct qmux_node node;

	qmux_format(path, sizeof path, "%s.%s", base, field);
	return qmux_get(&sim->answer, &sim->m, path, &node) ? otherwise : node.u;
}

void sim_aid(const struct sim *sim, char hex[UIM_HEX_MAX])
{
	char path[QMUX_PATH_TEXT_MAX];
	struct qmux_node node;

	hex[0] = '\0';
	qmux_format(path, sizeof path, "%s.application_identifier_value", sim->app);
	if (!sim->app[0] || qmux_get(&sim->answer, &sim->m, path, &node) || node.len > UIM_AID_MAX)
		return;
	for (size_t i = 0; i < node.len; i++)
		qmux_format(hex + 2 * i, 3, "%02x", node.data[i]);
}

/* ---- asking ---- */

static bool has(const struct sim *sim, const char *path)
{
	struct qmux_node node;

	return qmux_get(&sim->answer, &sim->m, path, &node) == -EISDIR;
}

/* The application of the primary session, or the first that a modem would take for it. */
static void find_application(struct sim *sim, uint64_t primary)
{
	/* uim_card_application_type: usim, sim, csim, ruim; then whatever is there */
	static const uint8_t wanted[] = { 2, 1, 4, 3 };

	if (sim->provisioned && (primary >> 8) + 1 == sim->slot) {
		qmux_format(sim->app, sizeof sim->app, "%s.applications[%u]", sim->card,
			(unsigned)(primary & 0xff));
		if (has(sim, sim->app))
			return;
	}
	for (size_t i = 0; i < sizeof wanted; i++)
		for (unsigned at = 0;; at++) {
			qmux_format(sim->app, sizeof sim->app, "%s.applications[%u]", sim->card,
				at);
			if (!has(sim, sim->app))
				break;
			if (sim_number(sim, sim->app, "type", 0) == wanted[i])
				return;
		}
	qmux_format(sim->app, sizeof sim->app, "%s.applications[0]", sim->card);
	if (!has(sim, sim->app))
		sim->app[0] = '\0';
}

static enum sim_state state_of(const struct sim *sim)
{
	switch (sim_number(sim, sim->card, "card_state", CARD_ABSENT)) {
	case CARD_ABSENT:
		return SIM_ABSENT;
	case CARD_ERROR:
		return SIM_ERROR;
	}
	if (!sim->app[0])
		return SIM_NOT_READY;
	switch (sim_number(sim, sim->app, "state", 0)) {
	case 2:
		return SIM_PIN;
	case 3:
		return SIM_PUK;
	case 4:
		return sim_number(sim, sim->app, "personalization_state", 0) >= CODE_REQUIRED ?
			SIM_LOCKED : SIM_NOT_READY;
	case 5:
		return SIM_BLOCKED;
	case 6:
		return SIM_ILLEGAL;
	case 7:
		return SIM_READY;
	default:
		return SIM_NOT_READY;
	}
}

/* The slot of the primary session, or the first with a card in it. */
static void find_card(struct sim *sim, unsigned slot)
{
	uint64_t primary = sim_number(sim, "card_status", "index_gw_primary", NO_SESSION);

	sim->provisioned = primary != NO_SESSION;
	if (!slot && sim->provisioned)
		slot = (unsigned)(primary >> 8) + 1;
	for (unsigned i = 1; !slot; i++) {
		qmux_format(sim->card, sizeof sim->card, "card_status.cards[%u]", i - 1);
		if (!has(sim, sim->card))
			slot = 1;
		else if (sim_number(sim, sim->card, "card_state", 0) != CARD_ABSENT)
			slot = i;
	}
	sim->slot = slot;
	qmux_format(sim->card, sizeof sim->card, "card_status.cards[%u]", slot - 1);
	find_application(sim, primary);
	sim->state = state_of(sim);
}

/* Older modems: the state, then the PINs.  unsupported: UIM's refusal. */
static int try_dms(struct command *cmd, struct sim *sim, int unsupported)
{
	struct qmux_message m = session_message(QMUX_SERVICE_DMS, DMS_UIM_GET_STATE);
	uint64_t state = DMS_READY, pin;
	struct qmux_node node;
	int ret, no_state = session_try(cmd, &m, NULL, 0, &sim->answer);

	if (no_state < 0)
		return no_state;
	if (!no_state && !qmux_get(&sim->answer, &m, "state", &node))
		state = node.u;
	sim->dms = true;
	sim->slot = 1;
	sim->m = session_message(QMUX_SERVICE_DMS, DMS_UIM_GET_PIN_STATUS);
	ret = session_try(cmd, &sim->m, NULL, 0, &sim->answer);
	if (ret > 0 && no_state)
		return unsupported;
	if (ret < 0)
		return ret;
	if (ret)
		sim->answer.tlvs_len = 0;
	pin = sim_number(sim, "pin1_status", "current_status", 0);
	if (state == DMS_ABSENT)
		sim->state = SIM_ABSENT;
	else if (pin == PIN_NOT_VERIFIED || pin == PIN_BLOCKED || pin == PIN_DEAD)
		sim->state = pin == PIN_NOT_VERIFIED ? SIM_PIN : pin == PIN_BLOCKED ? SIM_PUK :
			SIM_BLOCKED;
	else if (state == DMS_LOCKED)
		sim->state = SIM_ERROR;
	else
		sim->state = state == DMS_READY ? SIM_READY : SIM_NOT_READY;
	return 0;
}

int sim_try(struct command *cmd, const char *slot, struct sim *sim)
{
	unsigned n = 0;
	int ret;

	*sim = (struct sim){ .m = session_message(QMUX_SERVICE_UIM, UIM_GET_CARD_STATUS) };
	ret = slot ? uim_slot(cmd, slot, &n) : EXIT_DONE;
	if (ret)
		return -1 - ret;
	ret = session_try(cmd, &sim->m, NULL, 0, &sim->answer);
	if (ret > 0 && refusal_exit(ret) == EXIT_UNSUPPORTED)
		return try_dms(cmd, sim, ret);
	if (!ret)
		find_card(sim, n);
	return ret;
}

void sim_of(struct sim *sim, const struct qmux_frame *f, const struct qmux_message *m)
{
	*sim = (struct sim){ .m = *m, .answer = *f };
	find_card(sim, 0);
}

int sim_ask(struct command *cmd, const char *slot, struct sim *sim)
{
	int ret = sim_try(cmd, slot, sim);

	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/* ---- showing ---- */

void uim_show_nonzero(struct sink *s, const char *key, const struct view_value *value)
{
	if (value->node->kind == QMUX_BYTES ? value->node->len : value->node->u)
		show_node(s, key, value->node, false);
}

static const struct view_row application[] = {
	ROW("type", "type"),
	ROW("state", "state"),
	ROW("aid", "application_identifier_value"),
	ROW("personalization.state", "personalization_state"),
	ROW("personalization.feature", "personalization_feature", .absent = NO_FEATURE),
	ROW("personalization.retries", "personalization_retries"),
	ROW("personalization.unblock_retries", "personalization_unblock_retries"),
	ROW("pin1.state", "pin1_state"),
	ROW("pin1.retries", "pin1_retries"),
	ROW("pin1.unblock_retries", "puk1_retries"),
	ROW("pin2.state", "pin2_state"),
	ROW("pin2.retries", "pin2_retries"),
	ROW("pin2.unblock_retries", "puk2_retries"),
	ROW("upin_replaces_pin1", "upin_replaces_pin1"),
	ROW_END
};

static const struct view_row dms_pins[] = {
	ROW("pin1.state", "pin1_status.current_status"),
	ROW("pin1.retries", "pin1_status.verify_retries_left"),
	ROW("pin1.unblock_retries", "pin1_status.unblock_retries_left"),
	ROW("pin2.state", "pin2_status.current_status"),
	ROW("pin2.retries", "pin2_status.verify_retries_left"),
	ROW("pin2.unblock_retries", "pin2_status.unblock_retries_left"),
	ROW_END
};

static const struct view_row card[] = {
	ROW("state", "card_state"),
	ROW("error", "error_code", .show = uim_show_nonzero),
	ROW("upin.state", "upin_state"),
	ROW("upin.retries", "upin_retries"),
	ROW("upin.unblock_retries", "upuk_retries"),
	ROW("applications", "applications", .rows = application),
	ROW_END
};

static const struct view_row cards[] = {
	ROW("cards", "card_status.cards", .rows = card),
	ROW_END
};

void sim_show(struct command *cmd, const struct sim *sim)
{
	const struct view_row one[] = {
		ROW("application", sim->app, .rows = application), ROW_END
	};
	struct sink *s = cmd->sink;

	sink_text(s, "state", sim_state_name(sim->state));
	sink_text(s, "source", sim->dms ? "dms" : "uim");
	if (sim->dms) {
		sink_begin(s, "application");
		show_view(s, &sim->answer, &sim->m, dms_pins);
		sink_end(s);
		return;
	}
	sink_uint(s, "slot", sim->slot, NULL);
	sink_bool(s, "provisioned", sim->provisioned);
	if (sim->app[0])
		show_view(s, &sim->answer, &sim->m, one);
	show_view(s, &sim->answer, &sim->m, cards);
}

static void show_result(struct command *cmd, const struct sim *sim)
{
	sink_begin(cmd->sink, NULL);
	sim_show(cmd, sim);
	sink_end(cmd->sink);
}

int uim_status(struct command *cmd)
{
	struct sim sim;
	int ret = sim_ask(cmd, cmd->option[UIM_SLOT], &sim);

	if (!ret)
		show_result(cmd, &sim);
	return ret;
}

/* ---- waiting ---- */

enum { WAIT_UNTIL_READY = UIM_SLOT + 1 };

/* Something has changed while we asked: the indication is not waited for again. */
static bool changed;

static void on_change(void *ctx, const struct qmux_frame *f)
{
	(void)ctx;
	(void)f;
	changed = true;
}

/* 0; a positive QMI error: neither service can tell yet; or -1 - exit code. */
static int subscribe(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_SERVICE_UIM, UIM_REGISTER_EVENTS);
	struct qmux_frame answer;
	int ret = session_ask(cmd, &m, SET("event_registration_mask=card-status"), &answer);

	if (ret <= 0 || refusal_exit(ret) != EXIT_UNSUPPORTED)
		return ret;
	m = session_message(QMUX_SERVICE_DMS, DMS_SET_EVENT_REPORT);
	return session_ask(cmd, &m, SET("pin_state_reporting=true", "uim_state_reporting=true"),
		&answer);
}

/* The next change, or (where nobody tells of one) a moment.  Returns an exit code. */
static int await_change(struct command *cmd, bool told)
{
	struct qmux_frame f;
	int ret = session_indication(cmd, told ? QMUX_NEVER : RETRY_MS, &f);

	return ret >= 0 ? EXIT_DONE : ret == -ETIMEDOUT ? EXIT_TIMEOUT : session_failed(cmd, ret);
}

static int say_not_ready(const struct command *cmd, const struct sim *sim, int refused)
{
	if (refused)
		return say(cmd, EXIT_TIMEOUT, "the modem does not tell of a SIM");
	if (sim->state == SIM_NOT_READY && !sim->dms && !sim->provisioned)
		return say(cmd, EXIT_TIMEOUT, "the SIM is not ready, and no session is provisioned: "
			"see 'uim provision --auto'");
	return say(cmd, EXIT_TIMEOUT, "the SIM is %s", sim_state_name(sim->state));
}

/*
 * Not ready passes; the other states do not by themselves, so they end the wait, except
 * where it is to go on until somebody has put in the card or the PIN.
 */
static bool is_end(const struct sim *sim, bool until_ready)
{
	return sim->state == SIM_READY ||
		(sim->state != SIM_NOT_READY && !until_ready);
}

int sim_wait(struct command *cmd, const char *slot, bool until_ready, struct sim *sim)
{
	int ret = session_open(cmd), refused;
	bool told = false;

	cmd->client.indication = on_change;
	while (!ret) {
		changed = false;
		refused = told ? 0 : subscribe(cmd);
		told = !refused;
		if (refused >= 0)
			refused = sim_try(cmd, slot, sim);
		if (refused < 0)
			return -1 - refused;
		if (!refused && is_end(sim, until_ready))
			break;
		if (!changed)
			ret = await_change(cmd, told && !refused);
		if (ret == EXIT_TIMEOUT)
			return say_not_ready(cmd, sim, refused);
	}
	return ret;
}

int sim_say_state(const struct command *cmd, const struct sim *sim)
{
	return sim->state == SIM_READY ? EXIT_DONE :
		say(cmd, EXIT_SIM, "the SIM is %s", sim_state_name(sim->state));
}

int uim_wait(struct command *cmd)
{
	struct sim sim;
	int ret = sim_wait(cmd, cmd->option[UIM_SLOT], cmd->option[WAIT_UNTIL_READY], &sim);

	if (ret)
		return ret;
	show_result(cmd, &sim);
	return sim_say_state(cmd, &sim);
}
