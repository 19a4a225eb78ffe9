/* uim_slot.c - slots, their power, and which application a slot's session has. */
#include "applets/uim.h"

#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>

#define TEXT_MAX 128

/* ---- slots ---- */

/* What belongs to one slot stands in three lists: %u is its number in each. */
static const struct view_row slot_view[] = {
	ROW("card", "physical_slot_status[%u].physical_card_status"),
	ROW("state", "physical_slot_status[%u].physical_slot_status"),
	ROW("logical_slot", "physical_slot_status[%u].logical_slot", .show = uim_show_nonzero),
	ROW("iccid", "physical_slot_status[%u].iccid", .show = uim_show_nonzero),
	ROW("protocol", "physical_slot_information[%u].card_protocol"),
	ROW("applications", "physical_slot_information[%u].valid_applications"),
	ROW("atr", "physical_slot_information[%u].atr_value", .show = uim_show_nonzero),
	ROW("euicc", "physical_slot_information[%u].is_euicc"),
	ROW("eid", "slot_eid[%u].eid", .show = uim_show_nonzero),
	ROW_END
};

#define SLOT_ROWS (sizeof slot_view / sizeof *slot_view)

static void show_slot(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m,
	unsigned slot)
{
	char paths[SLOT_ROWS][TEXT_MAX];
	struct view_row rows[SLOT_ROWS];

	memcpy(rows, slot_view, sizeof rows);
	for (size_t i = 0; rows[i].key; i++) {
		qmux_format(paths[i], TEXT_MAX, slot_view[i].path, slot);
		rows[i].path = paths[i];
	}
	sink_begin(s, NULL);
	sink_uint(s, "slot", slot + 1, NULL);
	show_view(s, answer, m, rows);
	sink_end(s);
}

void uim_show_slots(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m)
{
	char path[TEXT_MAX];
	struct qmux_node node;

	sink_list(s, "slots");
	for (unsigned i = 0;; i++) {
		qmux_format(path, sizeof path, "physical_slot_status[%u]", i);
		if (qmux_get(answer, m, path, &node) != -EISDIR)
			break;
		show_slot(s, answer, m, i);
	}
	sink_end(s);
}

int uim_slots(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_SERVICE_UIM, UIM_GET_SLOT_STATUS);
	struct qmux_frame answer;
	int ret = session_call(cmd, &m, NULL, 0, &answer);

	if (ret)
		return ret;
	sink_begin(cmd->sink, NULL);
	uim_show_slots(cmd->sink, &answer, &m);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

enum { SWITCH_LOGICAL };

int uim_switch(struct command *cmd)
{
	const char *logical = cmd->option[SWITCH_LOGICAL];
	char field[TEXT_MAX];

	qmux_format(field, sizeof field, "logical_slot=%s", logical ? logical : "1");
	return session_set(cmd, UIM_SWITCH_SLOT, SET(field, "physical_slot=$1"));
}

/* ---- power ---- */

int uim_power(struct command *cmd)
{
	bool on = !strcmp(cmd->args[0], "on");
	char field[TEXT_MAX];
	unsigned slot;
	int ret = uim_slot(cmd, cmd->option[UIM_SLOT], &slot);

	if (ret)
		return ret;
	if (!on && strcmp(cmd->args[0], "off"))
		return say(cmd, EXIT_USAGE, "'%s' is neither on nor off", cmd->args[0]);
	qmux_format(field, sizeof field, "slot=%u", slot);
	return session_set(cmd, on ? UIM_POWER_ON_SIM : UIM_POWER_OFF_SIM, SET(field));
}

/* ---- provisioning ---- */

enum { PROVISION_AID = UIM_SLOT + 1, PROVISION_SESSION, PROVISION_AUTO, PROVISION_OFF };

const struct option_row uim_provision_options[] = {
	UIM_SLOT_OPTION,
	{ 0, "aid", "AID", "the application's id, in hex", NULL },
	{ 0, "session", "SESSION", "which session (default: primary-gw-provisioning)",
		"primary-gw-provisioning primary-1x-provisioning secondary-gw-provisioning "
		"secondary-1x-provisioning" },
	{ 'a', "auto", NULL, "the card's own application, where there is no session yet", NULL },
	{ 0, "off", NULL, "end the session", NULL },
	{ .name = NULL }
};

/* The sessions as they are: slot and application of each that has one. */
static void show_sessions(struct command *cmd, const struct sim *sim)
{
	static const char *const sessions[][2] = {
		{ "primary-gw-provisioning", "index_gw_primary" },
		{ "primary-1x-provisioning", "index_1x_primary" },
		{ "secondary-gw-provisioning", "index_gw_secondary" },
		{ "secondary-1x-provisioning", "index_1x_secondary" },
	};
	struct sink *s = cmd->sink;

	sink_begin(s, NULL);
	sink_list(s, "sessions");
	for (size_t i = 0; i < sizeof sessions / sizeof *sessions; i++) {
		unsigned at = (unsigned)sim_number(sim, "card_status", sessions[i][1], 0xffff);
		char path[TEXT_MAX];
		const struct view_row view[] = {
			ROW("type", "type"), ROW("aid", "application_identifier_value"), ROW_END
		};
		const struct view_row row[] = {
			ROW("*", path, .rows = view), ROW_END
		};

		if (at == 0xffff)
			continue;
		qmux_format(path, sizeof path, "card_status.cards[%u].applications[%u]", at >> 8,
			at & 0xff);
		sink_begin(s, NULL);
		sink_text(s, "session", sessions[i][0]);
		sink_uint(s, "slot", (at >> 8) + 1, NULL);
		show_view(s, &sim->answer, &sim->m, row);
		sink_end(s);
	}
	sink_end(s);
	sink_end(s);
}

static int set_session(struct command *cmd, unsigned slot, const char *aid)
{
	const char *session = cmd->option[PROVISION_SESSION];
	char which[TEXT_MAX], slot_field[TEXT_MAX], aid_field[TEXT_MAX];
	bool off = cmd->option[PROVISION_OFF];

	qmux_format(which, TEXT_MAX, "session_change.session_type=%s",
		session ? session : "primary-gw-provisioning");
	qmux_format(slot_field, TEXT_MAX, "application_information.slot=%u", slot);
	qmux_format(aid_field, TEXT_MAX, "application_information.application_identifier=%s", aid);
	return session_set(cmd, UIM_CHANGE_PROVISIONING_SESSION, SET(which,
		off ? "session_change.activate=false" : "session_change.activate=true",
		off ? NULL : slot_field, aid_field));
}

int uim_provision(struct command *cmd)
{
	const char *aid = cmd->option[PROVISION_AID];
	char hex[UIM_HEX_MAX];
	struct sim sim;
	unsigned slot;
	int ret = uim_slot(cmd, cmd->option[UIM_SLOT], &slot);

	if (!ret && (aid || cmd->option[PROVISION_OFF]))
		return set_session(cmd, slot, aid ? aid : "");
	if (!ret)
		ret = sim_ask(cmd, cmd->option[UIM_SLOT], &sim);
	if (ret)
		return ret;
	if (sim.dms)
		return say(cmd, EXIT_UNSUPPORTED, "this modem has no provisioning sessions");
	if (!cmd->option[PROVISION_AUTO]) {
		show_sessions(cmd, &sim);
		return EXIT_DONE;
	}
	if (sim.provisioned && !cmd->option[PROVISION_SESSION]) {
		note(cmd, "the session has an application already");
		return EXIT_DONE;
	}
	sim_aid(&sim, hex);
	if (sim.state == SIM_ABSENT || sim.state == SIM_ERROR || !hex[0])
		return say(cmd, EXIT_SIM, "the card in slot %u has no application (%s)", sim.slot,
			sim_state_name(sim.state));
	return set_session(cmd, sim.slot, hex);
}
