/* loc - positioning: where the modem is, and what its receiver sees. */
#include "applets/loc.h"

static const struct view_row mode[] = { ROW("mode", "operation_mode"), ROW_END };
static const struct view_row lock[] = { ROW("lock", "lock_type"), ROW_END };
static const struct view_row nmea_types[] = { ROW("nmea_types", "nmea_types"), ROW_END };

static const struct view_row orbits_source[] = {
	ROW("servers", "server_list"),
	ROW("max_file_size", "allowed_sizes.max_file_size", .unit = "bytes"),
	ROW("max_part_size", "allowed_sizes.max_part_size", .unit = "bytes"),
	ROW_END
};

static const struct view_row orbits_validity[] = {
	ROW("valid_from", "validity_info.start_utc_timestamp"),
	ROW("valid_hours", "validity_info.duration_hours", .unit = "h"),
	ROW_END
};

static const struct query mode_queries[] = { QUERY(LOC_GET_OPERATION_MODE, mode), { 0 } };
static const struct query lock_queries[] = { QUERY(LOC_GET_ENGINE_LOCK, lock), { 0 } };
static const struct query nmea_types_queries[] = { QUERY(LOC_GET_NMEA_TYPES, nmea_types), { 0 } };

static const struct query assist_queries[] = {
	QUERY(LOC_GET_PREDICTED_ORBITS_DATA_SOURCE, orbits_source),
	QUERY(LOC_GET_PREDICTED_ORBITS_DATA_VALIDITY, orbits_validity),
	{ 0 }
};

#define SESSION_OPTION \
	[LOC_SESSION] = { 0, "session", "N", "the session's number on its client id (default 1)", NULL }
#define INTERVAL_OPTION \
	[LOC_INTERVAL] = { 0, "interval", "MS", "milliseconds between two reports (default 1000)", NULL }

static const struct option_row session_options[] = { SESSION_OPTION, { .name = NULL } };
static const struct option_row track_options[] = {
	SESSION_OPTION, INTERVAL_OPTION, { .name = NULL }
};

#define RECONNECT_OPTION \
	[LOC_RECONNECT] = { 0, "reconnect", NULL, "go on after the modem restarted", NULL }

static const struct option_row nmea_options[] = {
	SESSION_OPTION, INTERVAL_OPTION, RECONNECT_OPTION, { .name = NULL }
};

static const struct option_row monitor_options[] = {
	SESSION_OPTION, INTERVAL_OPTION, RECONNECT_OPTION,
	[LOC_SATELLITES] = { 0, "satellites", NULL, "the satellites in view as well", NULL },
	{ .name = NULL }
};

static const struct option_row delete_options[] = {
	[DELETE_CLOCK] = { 0, "clock", "FLAGS", "only this of the clock (raw list loc "
		"delete_assistance_data has the names)", "@enum" },
	[DELETE_CELLS] = { 0, "cells", "FLAGS", "only this of the cells", "@enum" },
	[DELETE_GNSS] = { 0, "gnss", "FLAGS", "only this of the satellites", "@enum" },
	{ .name = NULL }
};

static const struct option_row server_options[] = {
	[SERVER_URL] = { 0, "url", "HOST:PORT", "set it, by name (SUPL)", NULL },
	[SERVER_ADDRESS] = { 0, "address", "IP", "set it, by address, IPv4 or IPv6", NULL },
	[SERVER_PORT] = { 0, "port", "N", "with --address", NULL },
	{ .name = NULL }
};

static const struct option_row position_options[] = {
	{ 0, "uncertainty", "M", "within so many metres", NULL },
	{ 0, "altitude", "M", "above sea level, in metres", NULL },
	{ .name = NULL }
};

static const struct verb assist_actions[] = {
	{
		.name = "assist delete",
		.help = "delete assistance data: the next fix is a cold start",
		.more = "Without options all of it is deleted.",
		.options = delete_options,
		.run = loc_assist_delete,
		.set_message = LOC_DELETE_ASSISTANCE_DATA,
		.set = SET("delete_all=false", "delete_clock_info_mask=--clock",
			"delete_cell_database_mask=--cells", "delete_gnss_data_mask=--gnss"),
	},
	{
		.name = "assist inject",
		.args = "FILE",
		.help = "give the modem predicted orbits (XTRA), such as its servers offer",
		.more = "FILE is binary, '-' is stdin; 'assist' tells the servers and the size it may have.",
		.values = "@file",
		.args_min = 1,
		.args_max = 1,
		.timeout = 60,
		.run = loc_assist_inject,
	},
	{
		.name = "assist position",
		.args = "LATITUDE LONGITUDE",
		.help = "tell the modem where it is, in degrees",
		.options = position_options,
		.args_min = 2,
		.args_max = 2,
		.set_message = LOC_INJECT_POSITION,
		.set = SET("latitude=$1", "longitude=$2",
			"horizontal_uncertainty_circular=--uncertainty",
			"altitude_from_sealevel=--altitude"),
	},
	{
		.name = "assist time",
		.help = "tell the modem what time it is, by the clock of this machine",
		.run = loc_assist_time,
	},
	{ .name = NULL }
};

static const struct verb verbs[] = {
	{
		.name = "position",
		.help = "the position, as soon as there is a fix",
		.more = "Latitude and longitude are in degrees, heights and uncertainty in metres, speed in\n"
			"m/s, heading in degrees from north. The session is its own and ends with it;\n"
			"a data connection or another session is not disturbed.\n"
			"On a terminal the time to the first fix is told. What the receiver does not\n"
			"know is absent.",
		.options = track_options,
		.timeout = 120,
		.run = loc_position,
		.queries = loc_position_queries,
	},
	{
		.name = "satellites",
		.help = "the satellites in view, as soon as there is one",
		.more = "elevation and azimuth are in degrees, snr in dB-Hz. What the receiver does not know\n"
			"of a satellite is absent.",
		.options = track_options,
		.timeout = 120,
		.run = loc_satellites,
		.queries = loc_satellites_queries,
	},
	{
		.name = "nmea",
		.help = "NMEA sentences as they come, for gpsd or a file",
		.more = "A sentence a line, until a signal or the time of -t. Which ones there are is set\n"
			"with 'nmea-types'.",
		.options = nmea_options,
		.timeout = TIMEOUT_NONE,
		.run = loc_nmea,
		.queries = loc_nmea_queries,
	},
	{
		.name = "nmea-types",
		.args = "[TYPES]",
		.help = "which NMEA sentences there are, or set them (gga,rmc,gsv)",
		.values = "@enum",
		.args_max = 1,
		.queries = nmea_types_queries,
		.set_message = LOC_SET_NMEA_TYPES,
		.set = SET("nmea_types=$1"),
	},
	{
		.name = "mode",
		.args = "[MODE]",
		.help = "how a position is found, or set it: by itself, or with the network's help",
		.values = "@enum",
		.args_max = 1,
		.queries = mode_queries,
		.set_message = LOC_SET_OPERATION_MODE,
		.set = SET("operation_mode=$1"),
	},
	{
		.name = "lock",
		.args = "[LOCK]",
		.help = "which sessions are locked out, or set it",
		.more = "mi: those that this side starts; mt: those that the network starts.",
		.values = "@enum",
		.args_max = 1,
		.queries = lock_queries,
		.set_message = LOC_SET_ENGINE_LOCK,
		.set = SET("lock_type=$1"),
	},
	{
		.name = "assist",
		.args = "[ACTION]",
		.help = "assistance data: its servers and how long it is good, or delete or inject it",
		.more = "valid_from is UTC.",
		.args_max = 1,
		.queries = assist_queries,
		.actions = assist_actions,
	},
	{
		.name = "server",
		.args = "[TYPE]",
		.help = "the server that helps to find a position, or set it",
		.more = "TYPE is umts-slp where it is left out: a SUPL server. What is not set is absent.",
		.options = server_options,
		.values = "@enum",
		.args_max = 1,
		.run = loc_server,
		.queries = loc_server_queries,
		.set_message = LOC_SET_SERVER,
		.set = SET("server_type=$1"),
	},
	{
		.name = "start",
		.help = "start a session that goes on after the command",
		.more = "The receiver works until 'loc stop'; NMEA then comes out of the modem's own port, if\n"
			"it has one. The verbs that show something need no such session.",
		.options = track_options,
		.run = loc_start,
	},
	{
		.name = "stop",
		.help = "stop the session of 'start'",
		.more = "Where there is none, that is no failure.",
		.options = session_options,
		.run = loc_stop,
	},
	{
		.name = "monitor",
		.help = "each report of the receiver as it comes",
		.more = "Until a signal or the time of -t. event tells what it is: position, satellites,\n"
			"engine. A position whose status is in-progress is not yet a fix.",
		.options = monitor_options,
		.timeout = TIMEOUT_NONE,
		.run = loc_monitor,
		.queries = loc_monitor_queries,
	},
	{ .name = NULL }
};

const struct applet applet_loc = {
	.name = "loc",
	.help = "positioning: fix, satellites, NMEA, assistance",
	.service = QMUX_SERVICE_LOC,
	.verbs = verbs,
};
