/* raw - any message, by name or as bytes. */
#include "applets/raw.h"

static const struct option_row encode_options[] = {
	[RAW_CLIENT] = { .name = "client", .arg = "N", .help = "client id (default 1)" },
	[RAW_TRANSACTION] = { .name = "transaction", .arg = "N",
		.help = "transaction id (default 1)" },
	[RAW_RESPONSE] = { .name = "response", .help = "a successful response" },
	[RAW_INDICATION] = { .name = "indication", .help = "an indication" },
	{ .name = NULL }
};

static const struct option_row send_options[] = {
	[RAW_SERVICE] = { .letter = 'S', .name = "service", .arg = "SERVICE",
		.help = "HEX is an SDU for this service, not a whole frame",
		.values = "@service" },
	{ .name = NULL }
};

static const struct view_row versions[] = {
	ROW("services", "service_list"),
	ROW_END
};

static const struct query version_queries[] = {
	{ CTL_GET_VERSION_INFO, versions },
	{ 0 }
};

static const struct verb verbs[] = {
	{
		.name = "call",
		.args = "SERVICE MESSAGE [PATH=VALUE …]",
		.help = "send any request and show the answer",
		.more = "SERVICE and MESSAGE are names or numbers (nas get_signal_info, 0x03 0x004f).\n"
			"PATH=VALUE sets a field: mode=online, thresholds=-90,-80, list[0].type=modem;\n"
			"bytes are hex, flags are joined with commas.\n"
			"-f takes the path of a field of the answer.",
		.values = "@service",
		.args_min = 2,
		.args_max = -1,
		.run = raw_call,
	},
	{
		.name = "decode",
		.args = "[HEX … | -]",
		.help = "show what is in frames that are given in hex",
		.more = "Frames come as arguments or, line by line, from stdin: 01:0c:00…, 0x01, 0x0c,\n"
			"spaced or not; of libqmi's logs the \"data = …\" lines are taken.\n"
			"A frame may go on in the next line.  Bad input is told with its line, the rest\n"
			"is decoded all the same, and the exit code is 1.",
		.args_max = -1,
		.no_device = true,
		.run = raw_decode,
	},
	{
		.name = "encode",
		.args = "SERVICE MESSAGE [PATH=VALUE …]",
		.help = "make a frame and print it in hex",
		.more = "As for call; raw decode reads it back.",
		.options = encode_options,
		.values = "@service",
		.args_min = 2,
		.args_max = -1,
		.no_device = true,
		.run = raw_encode,
	},
	{
		.name = "list",
		.args = "[SERVICE [MESSAGE]]",
		.help = "what can be asked: services, their messages, their fields and values",
		.more = "Paths are those of PATH=VALUE and of -f; [] stands for the number of an item.",
		.values = "@service",
		.args_max = 2,
		.no_device = true,
		.run = raw_list,
	},
	{
		.name = "monitor",
		.args = "SERVICE …",
		.help = "register for all indications of services and show them as they come",
		.more = "It ends on a signal, at the time of -t, or with exit code 8 when the modem goes.",
		.values = "@service",
		.args_min = 1,
		.args_max = -1,
		.timeout = TIMEOUT_NONE,
		.run = raw_monitor,
	},
	{
		.name = "send",
		.args = "HEX …",
		.help = "send a frame, or an SDU, as it is and show the answer",
		.more = "A client id of 0 is filled in: one is allocated for it.",
		.options = send_options,
		.args_min = 1,
		.args_max = -1,
		.run = raw_send,
	},
	{
		.name = "versions",
		.help = "the services of the modem and their versions",
		.queries = version_queries,
	},
	{ .name = NULL }
};

const struct applet applet_raw = {
	.name = "raw",
	.help = "any message, by name or as bytes",
	.service = QMUX_CTL,
	.verbs = verbs,
};
