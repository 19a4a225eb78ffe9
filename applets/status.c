/* status - one look at everything.  What fails is named, and the rest is shown. */
#include "applets/applet.h"

#include "applets/nas.h"
#include "applets/session.h"
#include "applets/show.h"
#include "applets/uim.h"
#include "applets/wds.h"
#include "applets/wds_session.h"

#include <unistd.h>

#define PART_MS 5000		/* that one part may take where there is no deadline */

/* What the parts have found out; -1: not known. */
static int sim_ready, registered, connected;

/* ---- device ---- */

static const struct view_row manufacturer[] = { ROW("manufacturer", "manufacturer"), ROW_END };
static const struct view_row model[] = { ROW("model", "model"), ROW_END };
static const struct view_row revision[] = { ROW("revision", "revision"), ROW_END };
static const struct view_row imei[] = { ROW("imei", "imei", .form = VIEW_SERIAL), ROW_END };
static const struct view_row mode[] = { ROW("mode", "mode"), ROW_END };

static const struct query device_queries[] = {
	QUERY(DMS_GET_MANUFACTURER, manufacturer),
	QUERY(DMS_GET_MODEL, model),
	QUERY(DMS_GET_REVISION, revision),
	QUERY(DMS_GET_IDS, imei),
	QUERY(DMS_GET_OPERATING_MODE, mode),
	{ 0 }
};

static int ask_device(struct command *cmd, const char *key)
{
	cmd->service = QMUX_SERVICE_DMS;
	return session_part(cmd, key, device_queries);
}

/* ---- sim ---- */

static const struct view_row pin_keys[] = { ROW("state", NULL), ROW("retries", NULL), ROW_END };
static const struct view_row sim_keys[] = {
	ROW("state", NULL), ROW("slot", NULL), ROW("pin1", NULL, .rows = pin_keys), ROW_END
};

static void show_pin(struct sink *s, const struct sim *sim)
{
	const struct view_row dms_pin[] = {
		ROW("state", "current_status"), ROW("retries", "verify_retries_left"), ROW_END
	};
	const struct view_row uim_pin[] = {
		ROW("pin1.state", "pin1_state"), ROW("pin1.retries", "pin1_retries"), ROW_END
	};
	const struct view_row dms[] = { ROW("pin1", "pin1_status", .rows = dms_pin), ROW_END };
	const struct view_row uim[] = { ROW("*", sim->app, .rows = uim_pin), ROW_END };

	if (sim->dms || sim->app[0])
		show_view(s, &sim->answer, &sim->m, sim->dms ? dms : uim);
}

static int ask_sim(struct command *cmd, const char *key)
{
	struct sim sim;
	int ret = sim_try(cmd, NULL, &sim);

	if (ret)
		return ret;
	sim_ready = sim.state == SIM_READY;
	sink_begin(cmd->sink, key);
	sink_text(cmd->sink, "state", sim_state_name(sim.state));
	sink_uint(cmd->sink, "slot", sim.slot, NULL);
	show_pin(cmd->sink, &sim);
	sink_end(cmd->sink);
	return 0;
}

/* ---- registration, signal ---- */

static void show_registration(struct sink *s, const struct qmux_frame *answer,
	const struct qmux_message *m)
{
	struct qmux_node state;

	if (!qmux_get(answer, m, "serving_system.registration_state", &state) &&
	    state.u != NAS_REGISTRATION_STATE_UNKNOWN)
		registered = state.u == NAS_REGISTRATION_STATE_REGISTERED;
	show_view(s, answer, m, nas_status_view);
}

static const struct query registration_queries[] = {
	QUERY(NAS_GET_SERVING_SYSTEM, nas_status_view, .show = show_registration),
	{ 0 }
};

static int ask_registration(struct command *cmd, const char *key)
{
	cmd->service = QMUX_SERVICE_NAS;
	return session_part(cmd, key, registration_queries);
}

static int ask_signal(struct command *cmd, const char *key)
{
	cmd->service = QMUX_SERVICE_NAS;
	return session_part(cmd, key, nas_signal_queries);
}

/* ---- connection, one IP family after the other ---- */

static const struct view_row packet_status[] = { ROW("status", "connection_status"), ROW_END };

static const struct query settings_queries[] = {
	QUERY(WDS_GET_CURRENT_SETTINGS, wds_settings_view, .ask = SET(WDS_SETTINGS),
		.show = wds_show_settings),
	{ 0 }
};

/* Of the family that the client id stands for now; ret as in session_try. */
static int ask_family(struct command *cmd, const char *outer, const char *key)
{
	struct qmux_message m = session_message(QMUX_SERVICE_WDS, WDS_GET_PACKET_SERVICE_STATUS);
	struct qmux_frame answer;
	struct qmux_node status;
	int ret = session_ask(cmd, &m, NULL, &answer);
	bool up;

	if (ret)
		return ret;
	up = !qmux_get(&answer, &m, "connection_status", &status) &&
		status.u == WDS_CONNECTION_STATUS_CONNECTED;
	if (up || connected < 0)
		connected = up;
	if (outer)
		sink_begin(cmd->sink, outer);
	sink_begin(cmd->sink, key);
	show_view(cmd->sink, &answer, &m, packet_status);
	if (up)
		ret = session_part(cmd, "", settings_queries);
	sink_end(cmd->sink);
	return ret < 0 ? ret : 0;
}

/* What a session of ours has, each family on its own client id.  As session_part. */
static int show_families(struct command *cmd, const struct wds_session *s)
{
	int ret = 0;

	for (unsigned i = 0; i < WDS_FAMILIES && ret >= 0; i++) {
		if (!s->call[i].known)
			continue;
		sink_begin(cmd->sink, i ? "ipv6" : "ipv4");
		wds_show_status(cmd->sink, s->call[i].status);
		if (s->call[i].up && wds_session_choose(cmd, s, 1u << i))
			ret = session_part(cmd, "", settings_queries);
		sink_end(cmd->sink);
	}
	return ret;
}

/*
 * The first session that is connected.  Many modems tell of a call on the client id that
 * started it only: to others they say disconnected.
 */
static int show_session(struct command *cmd, const char *name)
{
	struct wds_session s;
	int ret;

	if (connected > 0)
		return EXIT_DONE;
	ret = wds_session_find(cmd, name, WDS_LOOK, &s);
	if (!ret && wds_session_up(&s)) {
		connected = true;
		sink_begin(cmd->sink, "connection");
		sink_text(cmd->sink, "session", s.name);
		ret = show_families(cmd, &s);
		ret = ret < 0 ? -1 - ret : EXIT_DONE;
		sink_end(cmd->sink);
	}
	wds_session_close(cmd, &s);
	return ret;
}

static int ask_connection(struct command *cmd, const char *key)
{
	struct qmux_message m = session_message(QMUX_SERVICE_WDS, WDS_SET_IP_FAMILY);
	struct qmux_frame answer;
	int ret;

	cmd->service = QMUX_SERVICE_WDS;
	connected = -1;
	ret = wds_session_each(cmd, show_session);
	if (ret || connected > 0)
		return ret ? -1 - ret : 0;
	ret = ask_family(cmd, key, "ipv4");
	if (connected < 0)
		return ret;
	if (!ret)
		ret = session_ask(cmd, &m, SET("preference=ipv6"), &answer);
	if (!ret)
		ret = ask_family(cmd, NULL, "ipv6");
	sink_end(cmd->sink);
	return ret < 0 ? ret : 0;	/* a modem without IPv6 is whole */
}

/* ---- all of it ---- */

static const struct view_row family_keys[] = {
	ROW("*", NULL, .rows = packet_status), ROW("*", NULL, .rows = wds_settings_view), ROW_END
};
static const struct view_row connection_keys[] = {
	ROW("session", NULL), ROW("ipv4", NULL, .rows = family_keys),
	ROW("ipv6", NULL, .rows = family_keys), ROW_END
};

static const struct view_row keys[] = {
	ROW("device", NULL, .rows = manufacturer),
	ROW("device", NULL, .rows = model),
	ROW("device", NULL, .rows = revision),
	ROW("device", NULL, .rows = imei),
	ROW("device", NULL, .rows = mode),
	ROW("sim", NULL, .rows = sim_keys),
	ROW("registration", NULL, .rows = nas_status_view),
	ROW("signal", NULL, .rows = nas_signal_view),
	ROW("connection", NULL, .rows = connection_keys),
	ROW("sim_ready", NULL), ROW("registered", NULL), ROW("connected", NULL), ROW("failed", NULL),
	ROW_END
};

static const struct query status_queries[] = { QUERY(0, keys), { 0 } };

/* ask: 0, the modem's QMI error, or -1 - exit code. */
static const struct part {
	const char *name;
	int (*ask)(struct command *cmd, const char *key);
} parts[] = {
	{ "device", ask_device },
	{ "sim", ask_sim },
	{ "registration", ask_registration },
	{ "signal", ask_signal },
	{ "connection", ask_connection },
};

#define PARTS (sizeof parts / sizeof *parts)

/* Half of what is left: so that a message without an answer leaves time for the others. */
static int64_t share_of(int64_t deadline)
{
	int64_t now = qmux_now();

	return deadline == QMUX_NEVER ? now + PART_MS : now + (deadline - now) / 2;
}

static void show_whether(struct sink *s, const char *key, int known)
{
	if (known >= 0)
		sink_bool(s, key, known);
}

/* *shown: at least one part is there.  Returns an exit code. */
static int ask_all(struct command *cmd, bool *shown)
{
	const char *failed[PARTS];
	size_t n = 0;
	int first = EXIT_DONE, ret, exit = EXIT_DONE;
	bool gone = false;

	sim_ready = registered = connected = -1;
	for (size_t i = 0; i < PARTS; i++) {
		cmd->part = parts[i].name;
		cmd->client.deadline = share_of(cmd->deadline);
		/* A modem that went away fails what is left without being asked. */
		ret = gone ? -1 - exit : parts[i].ask(cmd, parts[i].name);
		if (!gone)
			exit = ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
		if (ret)
			failed[n++] = parts[i].name;
		first = first ? first : exit;
		gone = exit == EXIT_GONE || exit == EXIT_DEVICE;
	}
	cmd->part = NULL;
	cmd->client.deadline = cmd->deadline;
	*shown = n < PARTS;
	if (!*shown)
		return first;
	show_whether(cmd->sink, "sim_ready", sim_ready);
	show_whether(cmd->sink, "registered", registered);
	show_whether(cmd->sink, "connected", connected);
	sink_list(cmd->sink, "failed");
	for (size_t i = 0; i < n; i++)
		sink_text(cmd->sink, NULL, failed[i]);
	sink_end(cmd->sink);
	return gone ? exit : EXIT_DONE;
}

enum { PROMETHEUS };

/* Metrics instead of the face that cli.c chose. */
static int to_metrics(struct command *cmd, char device[QMUX_PATH_MAX])
{
	struct sink *s;
	int ret;

	if (cmd->g.face != SINK_PEOPLE)
		return say(cmd, EXIT_USAGE, "--prometheus is a form of its own: without -j, -e and -f");
	ret = session_device(cmd, device);
	if (ret)
		return ret;
	s = sink_new_metrics(device, STDOUT_FILENO);
	if (!s)
		return say(cmd, EXIT_DEVICE, "out of memory");
	sink_free(cmd->sink);
	cmd->sink = s;
	return EXIT_DONE;
}

static int status(struct command *cmd)
{
	char device[QMUX_PATH_MAX];
	bool metrics = cmd->option[PROMETHEUS], shown = false;
	int ret = metrics ? to_metrics(cmd, device) : EXIT_DONE;

	if (!ret && cmd->g.cid >= 0)
		ret = say(cmd, EXIT_USAGE, "asks several services: --cid does not apply");
	if (ret)
		return ret;
	ret = session_open(cmd);
	if (ret && !metrics)
		return ret;
	sink_begin(cmd->sink, NULL);
	if (!ret)
		ret = ask_all(cmd, &shown);
	if (metrics)
		sink_bool(cmd->sink, "up", !ret);
	if (metrics || shown)
		sink_end(cmd->sink);
	return ret;
}

static const struct option_row options[] = {
	[PROMETHEUS] = { 0, "prometheus", NULL, "as metrics, for node_exporter's textfile collector",
		NULL },
	{ .name = NULL }
};

static const struct verb verbs[] = {
	{
		.name = "",
		.help = "one look: device, SIM, registration, signal, connection",
		.more = "A part that fails is told on stderr and stands in failed; the others are shown, and\n"
			"the exit code is 0. Where all fail it is that of the first.\n"
			"sim_ready, registered and connected are absent where the modem does not say.\n"
			"connection is the first session of 'wds' that is connected, with its name; without one\n"
			"what the modem tells of itself.\n"
			"With --prometheus the metric qmi_up is 0 where there is nothing else to tell.",
		.options = options,
		.run = status,
		.queries = status_queries,
		.asks_only = true,
	},
	{ .name = NULL }
};

const struct applet applet_status = {
	.name = "status",
	.help = "one look at everything",
	.verbs = verbs,
};
