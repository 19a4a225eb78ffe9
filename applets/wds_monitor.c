/* wds_monitor.c - what changes of data connections, as the modem tells it. */
#include "applets/wds_view.h"

#include "applets/monitor.h"
#include "applets/session.h"
#include "applets/show.h"

static const struct view_row event_name[] = { ROW("event", NULL), ROW_END };

/* Of the first answer, and of indications. */
static const struct view_row connection[] = {
	ROW("status", "connection_status.status"),
	ROW("status", "connection_status"),
	ROW("reconfigure", "connection_status.reconfiguration_required"),
	ROW("family", "ip_family"),
	ROW("technology", "extended_technology_preference"),
	ROW("bearer_id", "bearer_id"),
	ROW("xlat", "xlat_capability"),
	ROW_END
};

static const struct view_row reason[] = { ROW("reason", NULL), ROW_END };

static const struct view_row report[] = {
	ROW("rates.tx", "channel_rates.tx_rate_bps", .unit = "bit/s"),
	ROW("rates.rx", "channel_rates.rx_rate_bps", .unit = "bit/s"),
	ROW("bearer", "data_bearer_technology"),
	ROW("dormancy", "dormancy_status"),
	ROW("call.status", "data_call_status"),
	ROW("call.type", "data_call_type.data_call_type"),
	ROW("call.tethered", "data_call_type.tethered_call_type"),
	ROW("call.family", "data_call_address_family"),
	ROW("data_system", "preferred_data_system"),
	ROW("technology.network", "extended_data_bearer_technology.data_bearer_technology"),
	ROW("technology.rat", "extended_data_bearer_technology.radio_access_technology"),
	ROW("technology.bearers",
		"extended_data_bearer_technology.extended_data_bearer_technology_3gpp"),
	ROW("technology.bearers_3gpp2",
		"extended_data_bearer_technology.extended_data_bearer_technology_3gpp2"),
	ROW("flow_control", "uplink_flow_control_enabled"),
	ROW("stats.tx_packets", "tx_packets_ok"),
	ROW("stats.rx_packets", "rx_packets_ok"),
	ROW("stats.tx_errors", "tx_packets_error"),
	ROW("stats.rx_errors", "rx_packets_error"),
	ROW("stats.tx_overflows", "tx_overflows"),
	ROW("stats.rx_overflows", "rx_overflows"),
	ROW("stats.tx_bytes", "tx_bytes_ok", .unit = "bytes"),
	ROW("stats.rx_bytes", "rx_bytes_ok", .unit = "bytes"),
	ROW("stats.tx_dropped", "tx_packets_dropped"),
	ROW("stats.rx_dropped", "rx_packets_dropped"),
	ROW_END
};

static const struct view_row addresses[] = { ROW("changed", "changed_ip_configuration"), ROW_END };

static const struct view_row profile[] = {
	ROW("type", "profile_event.profile_type"),
	ROW("index", "profile_event.profile_index"),
	ROW("change", "profile_event.change_event"),
	ROW_END
};

static const struct event {
	uint16_t indication;
	const char *name;
	const struct view_row *view;
} events[] = {
	{ WDS_IND_PACKET_SERVICE_STATUS, "connection", connection },
	{ WDS_IND_EVENT_REPORT, "report", report },
	{ WDS_IND_EXTENDED_IP_CONFIG, "addresses", addresses },
	{ WDS_IND_PROFILE_CHANGED, "profile", profile },
};

enum { EVENTS = sizeof events / sizeof *events };

const struct query wds_monitor_queries[] = {
	QUERY(0, event_name), QUERY(0, connection), QUERY(0, reason), QUERY(0, report),
	QUERY(0, addresses), QUERY(0, profile),
	{ 0 }
};

static void show_event(const struct command *cmd, const struct event *e, const struct qmux_frame *f)
{
	char text[WDS_REASON_MAX] = "";
	struct qmux_message m;

	if (!qmux_message_by_id(cmd->service, f->message, f->kind == QMUX_INDICATION, 0, &m))
		return;
	sink_begin(cmd->sink, NULL);
	sink_text(cmd->sink, "event", e->name);
	show_view(cmd->sink, f, &m, e->view);
	if (f->message == WDS_IND_PACKET_SERVICE_STATUS)
		wds_reason(f, &m, text);
	if (text[0])
		sink_text(cmd->sink, "reason", text);
	sink_end(cmd->sink);
	sink_flush(cmd->sink);
}

static int told(struct command *cmd, const struct qmux_frame *f)
{
	for (size_t i = 0; i < EVENTS; i++)
		if (f->service == cmd->service && f->message == events[i].indication)
			show_event(cmd, &events[i], f);
	return sink_error(cmd->sink) ? EXIT_DONE : MONITOR_ON;	/* cli.c tells of the failure */
}

/* ---- registrations ---- */

/* Returns as session_try. */
static int ask(struct command *cmd, uint16_t message, const char *const *set)
{
	struct qmux_message m = session_message(cmd->service, message);
	struct qmux_frame answer;

	return session_ask(cmd, &m, set, &answer);
}

#define STATS "transfer_statistics.indicators=tx-packets-ok,rx-packets-ok,tx-packets-error," \
	"rx-packets-error,tx-overflows,rx-overflows,tx-bytes-ok,rx-bytes-ok,tx-packets-dropped," \
	"rx-packets-dropped"

/* A modem that does not know all of these is asked for those that all know. */
static int ask_for_reports(struct command *cmd)
{
	const char *interval = "transfer_statistics.interval_seconds=--stats";
	bool stats = cmd->option[MONITOR_STATS];
	int ret = ask(cmd, WDS_SET_EVENT_REPORT, SET("channel_rate=true",
		"data_bearer_technology=true", "dormancy_status=true", "data_call_status=true",
		"preferred_data_system=true", "uplink_flow_control=true",
		"extended_data_bearer_technology=true", stats ? interval : NULL, STATS));

	if (ret > 0)
		ret = ask(cmd, WDS_SET_EVENT_REPORT, SET("channel_rate=true",
			"data_bearer_technology=true", "dormancy_status=true",
			stats ? interval : NULL, STATS));
	return ret;
}

/* Old modems know nothing of addresses and profiles. */
static int register_for_all(struct command *cmd)
{
	int ret = ask_for_reports(cmd);

	if (ret >= 0)
		ret = ask(cmd, WDS_INDICATION_REGISTER,
			SET("report_extended_ip_configuration_change=true",
			"report_profile_changes=true"));
	if (ret >= 0)
		ret = ask(cmd, WDS_CONFIGURE_PROFILE_EVENT_LIST,
			SET("register[0].profile_type=all", "register[0].profile_index=255"));
	return ret < 0 ? ret : 0;
}

/* The calls of a session are told of on its own client ids. */
static struct wds_session session;
static bool has_session;

static void leave_session(struct command *cmd)
{
	if (has_session)
		wds_session_close(cmd, &session);
	has_session = false;
}

static int join_session(struct command *cmd)
{
	int ret;

	leave_session(cmd);
	has_session = true;
	ret = wds_session_find(cmd, NULL, WDS_LOOK, &session);
	if (!ret && !wds_session_known(&session))
		ret = say(cmd, EXIT_CALL, "no session '%s'", session.name);
	return ret;
}

static int begin(struct command *cmd)
{
	struct qmux_message m = session_message(cmd->service, WDS_GET_PACKET_SERVICE_STATUS);
	struct qmux_frame answer;
	int ret = cmd->option[WDS_SESSION] ? join_session(cmd) : EXIT_DONE;

	if (ret)
		return ret;
	for (unsigned i = 0; i < WDS_FAMILIES && ret >= 0; i++) {
		if (has_session ? !wds_session_choose(cmd, &session, 1u << i) : i)
			continue;
		ret = register_for_all(cmd);
		if (!ret)
			ret = session_ask(cmd, &m, NULL, &answer);
		if (ret > 0)	/* even the oldest modem tells that */
			return say_refused(cmd, ret);
		if (!ret)
			show_event(cmd, &events[0], &answer);
	}
	return ret < 0 ? -1 - ret : EXIT_DONE;
}

/* A client id that stays with somebody keeps no registration that costs the modem work. */
static void end(struct command *cmd)
{
	for (unsigned i = 0; i < WDS_FAMILIES; i++) {
		if (has_session ? !wds_session_choose(cmd, &session, 1u << i) :
		    i || (cmd->g.cid < 0 && !cmd->g.keep_cid))
			continue;
		ask(cmd, WDS_SET_EVENT_REPORT, SET("channel_rate=false",
			"data_bearer_technology=false", "dormancy_status=false",
			"data_call_status=false", "preferred_data_system=false",
			"uplink_flow_control=false", "extended_data_bearer_technology=false",
			"transfer_statistics.interval_seconds=0",
			"transfer_statistics.indicators=0"));
	}
	leave_session(cmd);
}

int wds_monitor(struct command *cmd)
{
	return monitor_run(cmd, &(struct monitor){ .begin = begin, .told = told, .end = end,
		.endless = true, .reconnect = cmd->option[MONITOR_RECONNECT] });
}
