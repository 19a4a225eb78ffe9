/* nas_monitor.c - what changes, as the modem tells it. */
#include "applets/nas.h"

#include "applets/monitor.h"
#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <string.h>

#define THRESHOLDS_MAX 160	/* text of one list */
#define FIELD_TEXT (THRESHOLDS_MAX + 32)

/* ---- events ---- */

static const struct view_row reject[] = {
	ROW("radio", "radio_interface"),
	ROW("domain", "service_domain"),
	ROW("cause", "reject_cause"),
	ROW("plmn.mcc", "plmn.mcc", .form = VIEW_MCC),
	ROW("plmn.mnc", "plmn.mnc", .form = VIEW_MNC),
	ROW_END
};

/* first: what is asked at the start, so that the first event is how things are. */
static const struct event {
	uint16_t indication, first;
	const char *name;
	const struct view_row *view;
} events[] = {
	{ NAS_IND_SERVING_SYSTEM, NAS_GET_SERVING_SYSTEM, "status", nas_status_view },
	{ NAS_IND_SIGNAL_INFO, NAS_GET_SIGNAL_INFO, "signal", nas_signal_view },
	{ NAS_IND_SYSTEM_INFO, NAS_GET_SYSTEM_INFO, "system", nas_system_view },
	{ NAS_IND_OPERATOR_NAME, NAS_GET_OPERATOR_NAME, "operator", nas_operator_view },
	{ NAS_IND_NETWORK_REJECT, 0, "reject", reject },
};

enum { EVENTS = sizeof events / sizeof *events };

static const struct view_row event_name[] = { ROW("event", "event"), ROW_END };

/* For the names of the keys alone. */
const struct query nas_monitor_queries[] = {
	QUERY(0, event_name), QUERY(NAS_GET_SERVING_SYSTEM, nas_status_view),
	QUERY(NAS_GET_SIGNAL_INFO, nas_signal_view), QUERY(NAS_GET_SYSTEM_INFO, nas_system_view),
	QUERY(NAS_GET_OPERATOR_NAME, nas_operator_view), QUERY(NAS_IND_NETWORK_REJECT, reject),
	{ 0 }
};

static void show_event(const struct command *cmd, const struct event *e, const struct qmux_frame *f)
{
	struct qmux_message m;

	if (!qmux_message_by_id(QMUX_SERVICE_NAS, f->message, f->kind == QMUX_INDICATION, 0, &m))
		return;
	sink_begin(cmd->sink, NULL);
	sink_text(cmd->sink, "event", e->name);
	show_view(cmd->sink, f, &m, e->view);
	sink_end(cmd->sink);
	sink_flush(cmd->sink);
}

static int told(struct command *cmd, const struct qmux_frame *f)
{
	for (size_t i = 0; i < EVENTS; i++)
		if (f->message == events[i].indication)
			show_event(cmd, &events[i], f);
	return sink_error(cmd->sink) ? EXIT_DONE : MONITOR_ON;	/* cli.c tells of the failure */
}

/* ---- registrations ---- */

/*
 * "-105,-90" in tenths, with a unit of 0.1 dB as config_signal_info_v2 has it.  Returns an
 * exit code, having said what is wrong.
 */
static int tenths(const struct command *cmd, int option, char out[THRESHOLDS_MAX])
{
	const char *text = cmd->option[option];
	size_t used = 0;

	for (;;) {
		bool minus = *text == '-';
		size_t n = strcspn(text, ",");
		uint64_t v;

		if (!qmux_parse_uint(text + minus, n - minus, &v) || v > 3000 ||
		    used + 8 > THRESHOLDS_MAX)
			return say(cmd, EXIT_USAGE, "--%s: '%.*s' is no threshold (as -105,-90)",
				cmd->verb->options[option].name, (int)n, text);
		used += (size_t)qmux_format(out + used, THRESHOLDS_MAX - used, "%s%s%u", used ?
			"," : "", minus ? "-" : "", (unsigned)v * 10);
		if (!text[n])
			return EXIT_DONE;
		text += n + 1;
	}
}

/* Which lists of config_signal_info_v2 an option fills, and what counts without any option. */
static const struct threshold {
	int option;
	const char *path;
	const char *without;	/* in tenths: where the bars of nas signal change */
} thresholds[] = {
	{ MONITOR_RSSI, "gsm_rssi_threshold_list", "-1100,-1000,-900,-800,-700" },
	{ MONITOR_RSSI, "wcdma_rssi_threshold_list", "-1100,-1000,-900,-800,-700" },
	{ MONITOR_RSSI, "lte_rssi_threshold_list", NULL },
	{ MONITOR_RSRP, "lte_rsrp_threshold_list", "-1250,-1150,-1050,-950,-850" },
	{ MONITOR_RSRP, "nr5g_rsrp_threshold_list", "-1250,-1150,-1050,-950,-850" },
	{ MONITOR_RSRQ, "lte_rsrq_threshold_list", NULL },
	{ MONITOR_RSRQ, "nr5g_rsrq_threshold_list", NULL },
	{ MONITOR_SNR, "lte_snr_threshold_list", NULL },
	{ MONITOR_SNR, "nr5g_snr_threshold_list", NULL },
};

enum { THRESHOLDS = sizeof thresholds / sizeof *thresholds };

static int set_thresholds(struct command *cmd)
{
	struct qmux_message v1 = session_message(cmd->service, NAS_CONFIG_SIGNAL_INFO);
	struct qmux_message v2 = session_message(cmd->service, NAS_CONFIG_SIGNAL_INFO_V2);
	char text[THRESHOLDS][FIELD_TEXT], list[THRESHOLDS_MAX];
	const char *set[THRESHOLDS + 1];
	struct qmux_frame answer;
	bool any = false;
	unsigned n = 0;
	int ret;

	for (int i = 0; i < MONITOR_RECONNECT; i++)
		any |= cmd->option[i] != NULL;
	for (unsigned i = 0; i < THRESHOLDS; i++) {
		const struct threshold *t = &thresholds[i];

		if (cmd->option[t->option]) {
			ret = tenths(cmd, t->option, list);
			if (ret)
				return ret;
		} else if (any || !t->without) {
			continue;
		}
		qmux_format(text[n], FIELD_TEXT, "%s=%s", t->path,
			cmd->option[t->option] ? list : t->without);
		set[n] = text[n];
		n++;
	}
	set[n] = NULL;
	ret = session_ask(cmd, &v2, set, &answer);
	/* The older message counts in dB, and does not know NR. */
	if (ret > 0)
		ret = session_ask(cmd, &v1, any ? SET("rssi_threshold=--rssi",
			"rsrp_threshold=--rsrp", "rsrq_threshold=--rsrq") :
			SET("rssi_threshold=-110,-100,-90,-80,-70",
			"rsrp_threshold=-125,-115,-105,-95,-85"), &answer);
	return ret < 0 ? -1 - ret : EXIT_DONE;
}

/* A modem that does not know all of these is asked for those that all know. */
static int tell_us(struct command *cmd, bool on)
{
	struct qmux_message m = session_message(cmd->service, NAS_REGISTER_INDICATIONS);
	struct qmux_frame answer;
	int ret = session_ask(cmd, &m, on ?
		SET("serving_system_events=true", "system_info=true", "signal_info=true",
			"current_plmn_name=true",
			"network_reject_information.enable_network_reject_indications=true",
			"network_reject_information.supress_system_info_indications=false") :
		SET("serving_system_events=false", "system_info=false", "signal_info=false",
			"current_plmn_name=false",
			"network_reject_information.enable_network_reject_indications=false",
			"network_reject_information.supress_system_info_indications=false"),
		&answer);

	if (ret > 0)
		ret = session_ask(cmd, &m, on ? SET("serving_system_events=true") :
			SET("serving_system_events=false"), &answer);
	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/* ---- following ---- */

static int show_first(struct command *cmd)
{
	for (size_t i = 0; i < EVENTS; i++) {
		struct qmux_message m;
		struct qmux_frame answer;
		int ret;

		if (!events[i].first)
			continue;
		m = session_message(cmd->service, events[i].first);
		ret = session_ask(cmd, &m, NULL, &answer);
		if (ret < 0)
			return -1 - ret;
		if (!ret)
			show_event(cmd, &events[i], &answer);
	}
	return EXIT_DONE;
}

static int begin(struct command *cmd)
{
	int ret = set_thresholds(cmd);

	if (!ret)
		ret = tell_us(cmd, true);
	return ret ? ret : show_first(cmd);
}

/* A client id that stays with somebody (--cid, --keep-cid) keeps no registration of ours. */
static void end(struct command *cmd)
{
	if (cmd->g.cid >= 0 || cmd->g.keep_cid)
		tell_us(cmd, false);
}

int nas_monitor(struct command *cmd)
{
	return monitor_run(cmd, &(struct monitor){ .begin = begin, .told = told, .end = end,
		.endless = true, .reconnect = cmd->option[MONITOR_RECONNECT] });
}
