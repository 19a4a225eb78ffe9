/* loc_track.c - sessions of the receiver, and what it reports. */
#include "applets/loc.h"

#include "applets/monitor.h"
#include "applets/print.h"
#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>
#include <unistd.h>

#define DEFAULT_INTERVAL "1000"	/* ms; shorter ones cost the modem more than they tell */

/* ---- what is shown ---- */

#define METRES .unit = "m"
#define DEGREES .unit = "deg"

static const struct view_row position[] = {
	ROW("status", "session_status"),
	ROW("latitude", "latitude", DEGREES),
	ROW("longitude", "longitude", DEGREES),
	ROW("uncertainty", "horizontal_uncertainty_circular", METRES),
	ROW("confidence", "horizontal_confidence", .unit = "%"),
	ROW("reliability", "horizontal_reliability"),
	ROW("altitude", "altitude_from_sealevel", METRES),
	ROW("altitude_ellipsoid", "altitude_from_ellipsoid", METRES),
	ROW("altitude_uncertainty", "vertical_uncertainty", METRES),
	ROW("altitude_confidence", "vertical_confidence", .unit = "%"),
	ROW("altitude_reliability", "vertical_reliability"),
	ROW("altitude_assumed", "altitude_assumed"),
	ROW("speed", "horizontal_speed", .unit = "m/s"),
	ROW("speed_uncertainty", "speed_uncertainty", .unit = "m/s"),
	ROW("vertical_speed", "vertical_speed", .unit = "m/s"),
	ROW("heading", "heading", DEGREES),
	ROW("heading_uncertainty", "heading_uncertainty", DEGREES),
	ROW("magnetic_deviation", "magnetic_deviation", DEGREES),
	ROW("time", "utc_timestamp"),
	ROW("time_uncertainty", "time_uncertainty", .unit = "ms"),
	ROW("time_source", "time_source"),
	ROW("leap_seconds", "leap_seconds", .unit = "s"),
	ROW("dop.p", "dop.pdop"),
	ROW("dop.h", "dop.hdop"),
	ROW("dop.v", "dop.vdop"),
	ROW("technology", "technology_used"),
	ROW("satellites_used", "satellites_used"),
	ROW("fix_count", "session_fix_count"),
	ROW_END
};

#define VALID(bit) .valid = "valid_information", .valid_bits = 1 << (bit)

static const struct view_row satellite[] = {
	ROW("system", "system", VALID(0)),
	ROW("id", "gnss_satellite_id", VALID(1)),
	ROW("health", "health_status", VALID(2)),
	ROW("status", "satellite_status", VALID(3)),
	ROW("navigation_data", "navigation_data", VALID(4)),
	ROW("elevation", "elevation_degrees", VALID(5), DEGREES),
	ROW("azimuth", "azimuth_degrees", VALID(6), DEGREES),
	ROW("snr", "signal_to_noise_ratio_bhz", VALID(7), .unit = "dB-Hz"),
	ROW_END
};

static const struct view_row satellites[] = {
	ROW("satellites", "list", .rows = satellite), ROW_END
};

static const struct view_row sentence[] = { ROW("nmea", "nmea_string"), ROW_END };
static const struct view_row engine[] = { ROW("engine", "engine_state"), ROW_END };
static const struct view_row event[] = { ROW("event", NULL), ROW_END };

const struct query loc_position_queries[] = { QUERY(LOC_IND_POSITION_REPORT, position), { 0 } };
const struct query loc_satellites_queries[] = { QUERY(LOC_IND_GNSS_SV_INFO, satellites), { 0 } };
const struct query loc_nmea_queries[] = { QUERY(LOC_IND_NMEA, sentence), { 0 } };

const struct query loc_monitor_queries[] = {
	QUERY(0, event),
	QUERY(LOC_IND_POSITION_REPORT, position),
	QUERY(LOC_IND_GNSS_SV_INFO, satellites),
	QUERY(LOC_IND_ENGINE_STATE, engine),
	{ 0 }
};

static struct qmux_message indication(const struct qmux_frame *f)
{
	struct qmux_message m = { 0 };

	qmux_message_by_id(f->service, f->message, true, 0, &m);
	return m;
}

/* event: its name, or NULL. */
static void show(struct command *cmd, const struct qmux_frame *f, const char *name,
	const struct view_row *view)
{
	struct qmux_message m = indication(f);

	sink_begin(cmd->sink, NULL);
	if (name)
		sink_text(cmd->sink, "event", name);
	show_view(cmd->sink, f, &m, view);
	sink_end(cmd->sink);
}

/* ---- a session ---- */

int loc_begin(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_SERVICE_LOC, LOC_START);
	struct qmux_frame answer;

	if (!cmd->option[LOC_SESSION])
		cmd->option[LOC_SESSION] = LOC_DEFAULT_SESSION;
	if (!cmd->option[LOC_INTERVAL])
		cmd->option[LOC_INTERVAL] = DEFAULT_INTERVAL;
	return session_ask(cmd, &m, SET("session_id=--session",
		"fix_recurrence_type=periodic-fixes", "intermediate_report_state=enable",
		"minimum_interval_between_position_reports=--interval"), &answer);
}

static int64_t began;		/* when, for the time to the first fix */

/* Registers first: a receiver that is warm reports at once. */
static int begin(struct command *cmd, const char *const *events)
{
	struct qmux_message m = session_message(QMUX_SERVICE_LOC, LOC_REGISTER_EVENTS);
	struct qmux_frame answer;
	int ret = session_ask(cmd, &m, events, &answer);

	began = qmux_now();
	if (!ret)
		ret = loc_begin(cmd);
	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/* Releasing the client id would do, but not where it was given with --cid. */
static void end(struct command *cmd)
{
	struct qmux_frame answer;
	uint64_t id = 0;
	uint8_t tlv[] = { 0x01, 1, 0, 0 };
	const char *text = cmd->option[LOC_SESSION];

	if (!text || !cmd->client.n_ids)
		return;
	qmux_parse_uint(text, strlen(text), &id);
	tlv[3] = (uint8_t)id;
	qmux_client_call(&cmd->client, QMUX_SERVICE_LOC, LOC_STOP, tlv, sizeof tlv, &answer);
}

/* ---- progress, for people who watch ---- */

static bool shown;

static bool is_watched(const struct command *cmd)
{
	return !cmd->g.quiet && cmd->g.face != SINK_JSON && isatty(STDERR_FILENO);
}

static void tick(struct command *cmd)
{
	char text[64];

	if (!is_watched(cmd))
		return;
	qmux_format(text, sizeof text, "\rsearching: %u s ", (unsigned)((qmux_now() - began) / 1000));
	write_all(STDERR_FILENO, text, strlen(text));
	shown = true;
}

static void end_searching(struct command *cmd)
{
	static const char wipe[] = "\r                        \r";

	if (shown)
		write_all(STDERR_FILENO, wipe, strlen(wipe));
	shown = false;
	end(cmd);
}

/* ---- position ---- */

static int begin_position(struct command *cmd)
{
	return begin(cmd, SET("event_registration_mask=position-report"));
}

static int session_failure(const struct command *cmd, const struct qmux_node *status)
{
	char text[QMUX_NAME_MAX] = "an unknown status";
	uint16_t name;

	if (qmux_enum_name(status->names, (int64_t)status->u, &name))
		qmux_name(name, QMUX_VALUE_NAME, text);
	return say(cmd, status->u == LOC_SESSION_STATUS_TIMEOUT ? EXIT_TIMEOUT : EXIT_REFUSED,
		"no fix: modem says %s", text);
}

static int told_position(struct command *cmd, const struct qmux_frame *f)
{
	struct qmux_message m = indication(f);
	struct qmux_node status;
	int64_t ms = qmux_now() - began;

	if (f->message != LOC_IND_POSITION_REPORT || qmux_get(f, &m, "session_status", &status) ||
	    status.u == LOC_SESSION_STATUS_IN_PROGRESS)
		return MONITOR_ON;
	if (status.u != LOC_SESSION_STATUS_SUCCESS)
		return session_failure(cmd, &status);
	if (is_watched(cmd))
		note(cmd, "first fix after %u.%u s", (unsigned)(ms / 1000),
			(unsigned)(ms % 1000 / 100));
	show(cmd, f, NULL, position);
	return EXIT_DONE;
}

int loc_position(struct command *cmd)
{
	return monitor_run(cmd, &(struct monitor){ .begin = begin_position,
		.told = told_position, .end = end_searching, .tick = tick });
}

/* ---- satellites ---- */

static int begin_satellites(struct command *cmd)
{
	return begin(cmd, SET("event_registration_mask=gnss-satellite-info"));
}

static int told_satellites(struct command *cmd, const struct qmux_frame *f)
{
	struct qmux_message m = indication(f);
	struct qmux_node first;

	if (f->message != LOC_IND_GNSS_SV_INFO || qmux_get(f, &m, "list[0]", &first) != -EISDIR)
		return MONITOR_ON;
	show(cmd, f, NULL, satellites);
	return EXIT_DONE;
}

int loc_satellites(struct command *cmd)
{
	return monitor_run(cmd, &(struct monitor){ .begin = begin_satellites,
		.told = told_satellites, .end = end_searching, .tick = tick });
}

/* ---- nmea ---- */

static int begin_nmea(struct command *cmd)
{
	return begin(cmd, SET("event_registration_mask=nmea"));
}

/* An indication has one sentence, or several with line ends between. */
static int told_nmea(struct command *cmd, const struct qmux_frame *f)
{
	struct qmux_message m = indication(f);
	struct qmux_node node;

	if (f->message != LOC_IND_NMEA || qmux_get(f, &m, "nmea_string", &node))
		return MONITOR_ON;
	while (node.len) {
		size_t n = 0;

		while (n < node.len && node.data[n] != '\r' && node.data[n] != '\n')
			n++;
		if (n) {
			sink_begin(cmd->sink, NULL);
			sink_textn(cmd->sink, "nmea", node.data, n);
			sink_end(cmd->sink);
		}
		n += n < node.len;
		node.data += n;
		node.len -= n;
	}
	return sink_flush(cmd->sink) ? EXIT_DONE : MONITOR_ON;
}

int loc_nmea(struct command *cmd)
{
	static const char *const bare[] = { "nmea" };

	/* For people, too, a sentence is a line and no more: so that it can be piped on. */
	if (cmd->g.face == SINK_PEOPLE) {
		struct sink *s = sink_new(SINK_FIELD, bare, 1, STDOUT_FILENO);

		if (!s)
			return say(cmd, EXIT_DEVICE, "out of memory");
		sink_free(cmd->sink);
		cmd->sink = s;
	}
	return monitor_run(cmd, &(struct monitor){ .begin = begin_nmea, .told = told_nmea,
		.end = end, .endless = true, .reconnect = cmd->option[LOC_RECONNECT] });
}

/* ---- monitor ---- */

static int begin_monitor(struct command *cmd)
{
	return begin(cmd, cmd->option[LOC_SATELLITES] ?
		SET("event_registration_mask=position-report,engine-state,gnss-satellite-info") :
		SET("event_registration_mask=position-report,engine-state"));
}

static int told_monitor(struct command *cmd, const struct qmux_frame *f)
{
	if (f->message == LOC_IND_POSITION_REPORT)
		show(cmd, f, "position", position);
	else if (f->message == LOC_IND_GNSS_SV_INFO)
		show(cmd, f, "satellites", satellites);
	else if (f->message == LOC_IND_ENGINE_STATE)
		show(cmd, f, "engine", engine);
	return sink_flush(cmd->sink) ? EXIT_DONE : MONITOR_ON;
}

int loc_monitor(struct command *cmd)
{
	return monitor_run(cmd, &(struct monitor){ .begin = begin_monitor, .told = told_monitor,
		.end = end, .endless = true, .reconnect = cmd->option[LOC_RECONNECT] });
}
