/* uim_monitor.c - what the card does by itself: one result an event. */
#include "applets/uim.h"

#include "applets/monitor.h"
#include "applets/session.h"
#include "applets/show.h"
#include "applets/simfile.h"
#include "qmux/format.h"

#define TEXT_MAX 128

/* ---- refresh ---- */

/* The files as paths, like those of uim read. */
static void show_files(struct sink *s, const char *key, const struct view_value *value)
{
	char text[QMUX_PATH_TEXT_MAX];
	struct qmux_node id, way;

	sink_list(s, key);
	for (unsigned i = 0;; i++) {
		struct sim_path path = { .n = 0 };

		qmux_format(text, sizeof text, "%s[%u].file_id", value->path, i);
		if (qmux_get(value->frame, value->message, text, &id))
			break;
		qmux_format(text, sizeof text, "%s[%u].path", value->path, i);
		if (!qmux_get(value->frame, value->message, text, &way))
			for (; path.n < SIM_PATH_MAX - 1 && 2 * path.n + 1 < way.len; path.n++)
				path.id[path.n] = qmux_get16(way.data + 2 * path.n);
		path.id[path.n++] = (uint16_t)id.u;
		sim_path_text(&path, text);
		sink_text(s, NULL, text);
	}
	sink_end(s);
}

static const struct view_row refresh_view[] = {
	ROW("stage", "event.stage"),
	ROW("mode", "event.mode"),
	ROW("session", "event.session_type"),
	ROW("aid", "event.application_identifier", .show = uim_show_nonzero),
	ROW("files", "event.files", .show = show_files),
	ROW_END
};

/* uim_refresh_stage, uim_refresh_mode */
enum { STAGE_START = 1, MODE_RESET = 0 };

static int number(const struct qmux_frame *f, const struct qmux_message *m, const char *path)
{
	struct qmux_node node;

	return qmux_get(f, m, path, &node) ? -1 : (int)node.u;
}

/*
 * The card goes on once all who registered have said that they are through with their part; after
 * a reset nobody is asked.  0, or as session_ask.
 */
static int complete(struct command *cmd, int session)
{
	struct qmux_message m = session_message(QMUX_SERVICE_UIM, UIM_REFRESH_COMPLETE);
	struct qmux_frame answer;
	char type[TEXT_MAX];

	qmux_format(type, sizeof type, "session.session_type=%d", session);
	return session_ask(cmd, &m, SET(type, "session.application_identifier=",
		"info.refresh_success=true"), &answer);
}

/* ---- events ---- */

static void show_card(struct command *cmd, const struct qmux_frame *f,
	const struct qmux_message *m)
{
	struct sim sim;

	sim_of(&sim, f, m);
	sim_show(cmd, &sim);
}

static void show_slots(struct command *cmd, const struct qmux_frame *f,
	const struct qmux_message *m)
{
	uim_show_slots(cmd->sink, f, m);
}

static void show_refresh(struct command *cmd, const struct qmux_frame *f,
	const struct qmux_message *m)
{
	show_view(cmd->sink, f, m, refresh_view);
}

static const struct event {
	uint16_t id;
	const char *name;
	void (*show)(struct command *cmd, const struct qmux_frame *f, const struct qmux_message *m);
} events[] = {
	{ UIM_IND_CARD_STATUS, "card-status", show_card },
	{ UIM_IND_SLOT_STATUS, "slot-status", show_slots },
	{ UIM_IND_REFRESH, "refresh", show_refresh },
};

/* The session of a refresh that is to be completed; -1: none. */
static int to_complete = -1;
static bool calling;	/* a call waits: another would take its answer away */

static int complete_all(struct command *cmd)
{
	int ret = 0;

	while (to_complete >= 0 && ret >= 0) {
		int session = to_complete;

		to_complete = -1;
		calling = true;
		ret = complete(cmd, session);
		calling = false;
	}
	return ret < 0 ? -1 - ret : EXIT_DONE;
}

static int show_event(struct command *cmd, const struct qmux_frame *f)
{
	struct qmux_message m;
	int ret = EXIT_DONE;

	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		if (events[i].id != f->message || f->service != QMUX_SERVICE_UIM ||
		    !qmux_message_by_id(f->service, f->message, true, 0, &m))
			continue;
		sink_begin(cmd->sink, NULL);
		sink_text(cmd->sink, "event", events[i].name);
		events[i].show(cmd, f, &m);
		sink_end(cmd->sink);
		if (f->message == UIM_IND_REFRESH && number(f, &m, "event.stage") == STAGE_START &&
		    number(f, &m, "event.mode") != MODE_RESET)
			to_complete = number(f, &m, "event.session_type");
	}
	if (!calling)
		ret = complete_all(cmd);
	return ret ? ret : MONITOR_ON;
}

#define PRIMARY "session.session_type=primary-gw-provisioning", "session.application_identifier="

static int register_all(struct command *cmd, struct qmux_frame *answer)
{
	struct qmux_message m = session_message(QMUX_SERVICE_UIM, UIM_REFRESH_REGISTER_ALL);

	return session_ask(cmd, &m, SET(PRIMARY, "info.register_flag=true"), answer);
}

/* The files that args name. */
static int register_files(struct command *cmd, struct qmux_frame *answer)
{
	struct qmux_message m = session_message(QMUX_SERVICE_UIM, UIM_REFRESH_REGISTER);
	char fields[2 * UIM_FILES_MAX][TEXT_MAX];
	const char *set[2 * UIM_FILES_MAX + 5] = {
		PRIMARY, "info.register_flag=true", "info.vote_for_init=false",
	};

	for (int i = 0; i < cmd->n_args; i++) {
		char *id = fields[2 * i], *way = fields[2 * i + 1];
		struct sim_path path;

		if (sim_path_parse(cmd->args[i], &path))
			return -1 - say(cmd, EXIT_USAGE, "'%s' is not a file", cmd->args[i]);
		qmux_format(id, TEXT_MAX, "info.files[%d].file_id=%u", i, path.id[path.n - 1]);
		qmux_format(way, TEXT_MAX, "info.files[%d].path=", i);
		sim_path_bytes(&path, way + strlen(way));
		set[4 + 2 * i] = id;
		set[5 + 2 * i] = way;
	}
	return session_ask(cmd, &m, set, answer);
}

static int begin_refresh(struct command *cmd)
{
	struct qmux_frame answer;
	int ret;

	calling = true;
	ret = cmd->n_args ? register_files(cmd, &answer) : register_all(cmd, &answer);
	calling = false;
	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : complete_all(cmd);
}

/* What the modem does not tell of is left out; a modem that tells nothing refuses. */
static int begin_monitor(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_SERVICE_UIM, UIM_REGISTER_EVENTS);
	struct qmux_frame answer;
	int ret, refresh;

	calling = true;
	ret = session_ask(cmd, &m, SET("event_registration_mask=card-status,physical-slot-status"),
		&answer);
	if (ret > 0)	/* older modems know no slots */
		ret = session_ask(cmd, &m, SET("event_registration_mask=card-status"), &answer);
	refresh = ret < 0 ? ret : register_all(cmd, &answer);
	calling = false;
	if (refresh < 0)
		return -1 - refresh;
	return ret && refresh ? say_refused(cmd, ret) : complete_all(cmd);
}

enum { MONITOR_RECONNECT };

const struct option_row uim_monitor_options[] = {
	{ 0, "reconnect", NULL, "go on after the modem restarted or the proxy ended", NULL },
	{ .name = NULL }
};

static int run(struct command *cmd, int (*begin)(struct command *cmd))
{
	const struct monitor m = {
		.begin = begin, .told = show_event, .endless = true,
		.reconnect = cmd->option[MONITOR_RECONNECT],
	};

	return monitor_run(cmd, &m);
}

int uim_refresh(struct command *cmd)
{
	return run(cmd, begin_refresh);
}

int uim_monitor(struct command *cmd)
{
	return run(cmd, begin_monitor);
}
