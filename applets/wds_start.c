/* wds_start.c - sessions: start, stop, and what there is to see of them. */
#include "applets/wds_start.h"

#include "applets/netdev.h"
#include "applets/session.h"
#include "applets/show.h"
#include "applets/wds.h"
#include "applets/wds_call.h"
#include "applets/wds_link.h"

const struct option_row wds_session_options[] = { WDS_SESSION_OPTION, { .name = NULL } };
const struct option_row wds_status_options[] = {
	[WDS_SESSION] = { 's', "session", "NAME", "that session alone", NULL }, { .name = NULL }
};
const struct option_row wds_start_options[] = { WDS_START_OPTIONS, { .name = NULL } };
const struct option_row wds_stop_options[] = {
	WDS_SESSION_OPTION,
	[STOP_ALL] = { 0, "all", NULL, "every session of this device", NULL },
	[STOP_ANY] = { 0, "any", NULL, "what the modem itself holds, and autoconnect",
		NULL },
	{ .name = NULL }
};

static const char *const family_keys[WDS_FAMILIES] = { "ipv4", "ipv6" };

/* ---- start and stop ---- */

/* Modem and kernel have to agree on what a packet is; without an interface there is nothing to do. */
static int make_ready(struct command *cmd)
{
	char path[QMUX_PATH_MAX], iface[NETLINK_NAME_MAX];
	int ret = session_device(cmd, path);

	if (ret || !netdev_of_port(path, iface))
		return ret;
	return wds_link_prepare(cmd, iface);
}

int wds_connect(struct command *cmd, struct wds_session *s, const struct wds_config *c)
{
	int ret = wds_session_up(s) || c->mux ? EXIT_DONE : make_ready(cmd);

	return ret ? ret : wds_session_start(cmd, s, c);
}

int wds_start(struct command *cmd)
{
	struct wds_session s;
	struct wds_config c;
	int ret = wds_config_read(cmd, &c);

	if (ret)
		return ret;
	ret = wds_session_find(cmd, c.session, WDS_CHANGE, &s);
	if (!ret)
		ret = wds_connect(cmd, &s, &c);
	if (!ret) {
		sink_begin(cmd->sink, NULL);
		wds_session_show(cmd->sink, &s);
		sink_end(cmd->sink);
	}
	wds_session_close(cmd, &s);
	return ret;
}

static int stop_session(struct command *cmd, const char *name)
{
	struct wds_session s;
	int ret = wds_session_find(cmd, name, WDS_END, &s);

	if (!ret && !wds_session_known(&s))
		note(cmd, "no session '%s' is running", s.name);
	if (!ret)
		ret = wds_session_stop(cmd, &s);
	if (!ret && state_get(&s.state, "net.iface"))
		note(cmd, "its interface is still configured: 'wds down -s %s' ends that", s.name);
	wds_session_close(cmd, &s);
	return ret;
}

/* A client id of our own that sees what the modem has of a family; the modem's error, or as below. */
static int look_at(struct command *cmd, unsigned i)
{
	struct qmux_message m = session_message(QMUX_SERVICE_WDS, WDS_SET_IP_FAMILY);
	struct qmux_frame answer;

	return session_ask(cmd, &m, i ? SET("preference=ipv6") : SET("preference=ipv4"), &answer);
}

/* Both families of whatever there is: the modem takes this handle for all of them. */
static int stop_any(struct command *cmd)
{
	const struct wds_call any = { .handle = WDS_HANDLE_ANY };
	bool stopped = false;

	/* A client id that was given has the family of its call. */
	for (unsigned i = 0; i < (cmd->g.cid < 0 ? WDS_FAMILIES : 1); i++) {
		int ret = cmd->g.cid < 0 ? look_at(cmd, i) : 0;

		if (ret > 0 && i)
			break;		/* a modem without IPv6 */
		if (ret >= 0)
			ret = wds_call_stop(cmd, &any, true);
		if (ret < 0)
			return -1 - ret;
		stopped |= !ret;
		if (ret && ret != PROTOCOL_ERROR_NO_EFFECT && ret != PROTOCOL_ERROR_INVALID_HANDLE &&
		    ret != PROTOCOL_ERROR_OUT_OF_CALL)
			return say_refused(cmd, ret);
	}
	if (!stopped)
		note(cmd, "there is no connection");
	return EXIT_DONE;
}

int wds_stop(struct command *cmd)
{
	bool all = cmd->option[STOP_ALL], any = cmd->option[STOP_ANY];

	if (all + any + !!cmd->option[WDS_SESSION] > 1)
		return say(cmd, EXIT_USAGE, "--session, --all and --any exclude one another");
	if (all)
		return wds_session_each(cmd, stop_session);
	return any ? stop_any(cmd) : stop_session(cmd, NULL);
}

/* ---- status ---- */

static const struct view_row status_row[] = { ROW("status", "connection_status"), ROW_END };
static const struct view_row modem_keys[] = {
	ROW("ipv4", NULL, .rows = status_row), ROW("ipv6", NULL, .rows = status_row), ROW_END
};
static const struct view_row status_keys[] = {
	ROW("connected", NULL), ROW("modem", NULL, .rows = modem_keys),
	ROW("sessions", NULL, .rows = wds_session_view, .list = true), ROW_END
};

const struct query wds_start_keys[] = { QUERY(0, wds_session_view), { 0 } };

const struct query wds_status_keys[] = {
	QUERY(0, status_keys), QUERY(0, wds_session_view), { 0 }
};

static bool any_up;		/* of what was shown */

static void show_status(struct sink *s, const struct qmux_frame *answer,
	const struct qmux_message *m)
{
	struct qmux_node status;

	any_up |= !qmux_get(answer, m, "connection_status", &status) &&
		status.u == WDS_CONNECTION_STATUS_CONNECTED;
	show_view(s, answer, m, status_row);
}

static const struct query packet_status[] = {
	QUERY(WDS_GET_PACKET_SERVICE_STATUS, status_row, .show = show_status), { 0 }
};

/* What the modem has, whoever started it.  As session_part; a modem may be without IPv6. */
static int show_modem(struct command *cmd)
{
	int ret, refused;

	sink_begin(cmd->sink, "modem");
	refused = session_part(cmd, family_keys[0], packet_status);
	ret = refused < 0 ? refused : look_at(cmd, 1);
	if (!ret)
		ret = session_part(cmd, family_keys[1], packet_status);
	sink_end(cmd->sink);
	return ret < 0 ? ret : refused;
}

static int show_session(struct command *cmd, const char *name)
{
	struct wds_session s;
	int ret = wds_session_find(cmd, name, WDS_LOOK, &s);

	/* A name in the list may be all that is left of it. */
	if (!ret && wds_session_known(&s)) {
		sink_begin(cmd->sink, NULL);
		wds_session_show(cmd->sink, &s);
		sink_end(cmd->sink);
		any_up |= wds_session_up(&s);
	}
	wds_session_close(cmd, &s);
	return ret;
}

static int status_of_all(struct command *cmd)
{
	int ret, refused;

	sink_begin(cmd->sink, NULL);
	refused = show_modem(cmd);
	if (refused < 0)
		return -1 - refused;
	sink_list(cmd->sink, "sessions");
	ret = wds_session_each(cmd, show_session);
	sink_end(cmd->sink);
	if (ret)
		return ret;
	if (refused && !any_up)
		return say_refused(cmd, refused);
	sink_bool(cmd->sink, "connected", any_up);
	sink_end(cmd->sink);
	return any_up ? EXIT_DONE : say(cmd, EXIT_CALL, "not connected");
}

static int status_of_session(struct command *cmd)
{
	struct wds_session s;
	int ret = wds_session_find(cmd, NULL, WDS_LOOK, &s);

	if (!ret) {
		sink_begin(cmd->sink, NULL);
		wds_session_show(cmd->sink, &s);
		sink_end(cmd->sink);
		if (!wds_session_up(&s))
			ret = say(cmd, EXIT_CALL, "the session '%s' is not connected", s.name);
	}
	wds_session_close(cmd, &s);
	return ret;
}

int wds_status(struct command *cmd)
{
	int ret;

	any_up = false;
	if (cmd->option[WDS_SESSION])
		return status_of_session(cmd);
	if (cmd->g.cid < 0)
		return status_of_all(cmd);
	ret = session_queries(cmd, packet_status);
	return ret || any_up ? ret : say(cmd, EXIT_CALL, "not connected");
}

/* ---- settings and stats: the same of each family ---- */

static const struct view_row settings_keys[] = {
	ROW("session", NULL), ROW("ipv4", NULL, .rows = wds_settings_view),
	ROW("ipv6", NULL, .rows = wds_settings_view), ROW("*", NULL, .rows = wds_settings_view),
	ROW_END
};
const struct query wds_settings_keys[] = { QUERY(0, settings_keys), { 0 } };

static const struct query settings[] = {
	QUERY(WDS_GET_CURRENT_SETTINGS, wds_settings_view, .ask = SET(WDS_SETTINGS),
		.show = wds_show_settings),
	{ 0 }
};

#define COUNTER(key_, path_) ROW(key_, path_, .absent = UINT32_MAX)

static const struct view_row counters[] = {
	ROW("tx_bytes", "tx_bytes_ok", .unit = "bytes"),
	ROW("rx_bytes", "rx_bytes_ok", .unit = "bytes"),
	COUNTER("tx_packets", "tx_packets_ok"), COUNTER("rx_packets", "rx_packets_ok"),
	COUNTER("tx_errors", "tx_packets_error"), COUNTER("rx_errors", "rx_packets_error"),
	COUNTER("tx_overflows", "tx_overflows"), COUNTER("rx_overflows", "rx_overflows"),
	COUNTER("tx_dropped", "tx_packets_dropped"), COUNTER("rx_dropped", "rx_packets_dropped"),
	ROW_END
};
static const struct view_row stats_keys[] = {
	ROW("session", NULL), ROW("ipv4", NULL, .rows = counters),
	ROW("ipv6", NULL, .rows = counters), ROW("*", NULL, .rows = counters), ROW_END
};
const struct query wds_stats_keys[] = { QUERY(0, stats_keys), { 0 } };

static const struct query stats[] = {
	QUERY(WDS_GET_PACKET_STATISTICS, counters, .ask = SET("mask=tx-packets-ok,rx-packets-ok,"
		"tx-packets-error,rx-packets-error,tx-overflows,rx-overflows,tx-bytes-ok,rx-bytes-ok,"
		"tx-packets-dropped,rx-packets-dropped")),
	{ 0 }
};

/* Each family of the session, or else of what the modem has.  As session_part. */
static int show_families(struct command *cmd, const struct wds_session *s,
	const struct query *queries, bool *shown)
{
	bool own = !wds_session_known(s);
	int ret = 0;

	for (unsigned i = 0; i < WDS_FAMILIES && ret >= 0; i++) {
		int asked = own && i ? look_at(cmd, i) : 0;

		if (!own && (!s->call[i].up || !wds_session_choose(cmd, s, 1u << i)))
			continue;
		if (!asked)
			asked = session_part(cmd, family_keys[i], queries);
		*shown |= !asked;
		if (asked < 0 || (asked && asked != PROTOCOL_ERROR_OUT_OF_CALL && (!own || !i)))
			ret = asked;
	}
	return ret;
}

static int of_families(struct command *cmd, const struct query *queries)
{
	struct wds_session s;
	bool shown = false;
	int ret;

	if (cmd->g.cid >= 0)
		return session_queries(cmd, queries);
	ret = wds_session_find(cmd, NULL, WDS_LOOK, &s);
	if (!ret && cmd->option[WDS_SESSION] && !wds_session_up(&s))
		ret = say(cmd, EXIT_CALL, "the session '%s' is not connected", s.name);
	if (!ret) {
		sink_begin(cmd->sink, NULL);
		if (wds_session_known(&s))
			sink_text(cmd->sink, "session", s.name);
		ret = show_families(cmd, &s, queries, &shown);
		ret = ret < 0 ? -1 - ret : ret && !shown ? say_refused(cmd, ret) :
			shown ? EXIT_DONE : say(cmd, EXIT_CALL, "not connected");
		if (!ret)
			sink_end(cmd->sink);
	}
	wds_session_close(cmd, &s);
	return ret;
}

int wds_settings(struct command *cmd)
{
	return of_families(cmd, settings);
}

int wds_stats(struct command *cmd)
{
	return of_families(cmd, stats);
}
