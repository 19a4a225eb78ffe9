/* raw - any message, by name or as bytes. */
#include "applets/raw.h"

#define VENDOR_OPTION(help_) \
	[RAW_VENDOR] = { .name = "vendor", .arg = "VID", .help = (help_) }

static const struct option_row call_options[] = {
	VENDOR_OPTION("USB vendor id (hex) whose messages are meant; default: the device's"),
	{ .name = NULL }
};

static const struct option_row decode_options[] = {
	VENDOR_OPTION("USB vendor id (hex) whose messages are meant; default: nobody's"),
	{ .name = NULL }
};

static const struct option_row list_options[] = {
	VENDOR_OPTION("leave out other vendors' messages (USB vendor id, hex)"),
	{ .name = NULL }
};

static const struct option_row encode_options[] = {
	VENDOR_OPTION("USB vendor id (hex) whose messages are meant; default: nobody's"),
	[RAW_CLIENT] = { .name = "client", .arg = "N", .help = "client id (default 1)" },
	[RAW_TRANSACTION] = { .name = "transaction", .arg = "N",
		.help = "transaction id (default 1)" },
	[RAW_RESPONSE] = { .name = "response", .help = "a successful response" },
	[RAW_INDICATION] = { .name = "indication", .help = "an indication" },
	{ .name = NULL }
};

static const struct option_row send_options[] = {
	VENDOR_OPTION("USB vendor id (hex) whose messages are meant; default: the device's"),
	[RAW_SERVICE] = { .letter = 'S', .name = "service", .arg = "SERVICE",
		.help = "HEX is an SDU for this service, not a whole frame",
		.values = "@service" },
	{ .name = NULL }
};

static const struct view_row version[] = {
	ROW("service", "service"),
	ROW("major_version", "major_version"),
	ROW("minor_version", "minor_version"),
	ROW_END
};

static const struct view_row versions[] = {
	ROW("services", "service_list", .rows = version),
	ROW_END
};

static const struct query version_queries[] = {
	QUERY(CTL_GET_VERSION_INFO, versions),
	{ 0 }
};

static const struct verb verbs[] = {
	{
		.name = "call",
		.args = "SERVICE MESSAGE [PATH=VALUE …]",
		.help = "send any request and show the answer",
		.more = "SERVICE and MESSAGE are names or numbers (nas get_signal_info, 0x03 0x004f).\n"
			"PATH=VALUE sets a field: mode=online, thresholds=-90,-80, list[0].type=modem;\n"
			"bytes are hex, flags are joined with commas.  A value @FILE is what the file\n"
			"holds, bytes as they are; @@ stands for an @ at the beginning.  0x1c=0aff adds\n"
			"a TLV by its type, known or not.  -f takes the path of a field of the answer.",
		.options = call_options,
		.values = "@complete request",
		.args_min = 2,
		.args_max = -1,
		.run = raw_call,
	},
	{
		.name = "complete",
		.args = "KIND [WORD …]",
		.help = "what can stand at the cursor, for the completion of shells",
		.more = "The WORDs are the arguments so far, the last being the one at the cursor.\n"
			"KIND says what they are: service (all of them), message (SERVICE MESSAGE), or\n"
			"request, response, indication (SERVICE MESSAGE PATH=VALUE …).",
		.values = "service message request response indication",
		.args_min = 1,
		.args_max = -1,
		.no_device = true,
		.run = raw_complete,
	},
	{
		.name = "decode",
		.args = "[HEX … | -]",
		.help = "show what is in frames that are given in hex",
		.more = "Frames come as arguments or, line by line, from stdin: 01:0c:00…, 0x01, 0x0c,\n"
			"spaced or not, hex dumps, the logs of libqmi's programs as they are; also\n"
			"pcapng from 'proxy trace -w'.  A frame may go on in the next line.  Bad input\n"
			"is told with its line, the rest is decoded all the same, and the exit code\n"
			"is 1.",
		.options = decode_options,
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
		.values = "@complete request",
		.args_min = 2,
		.args_max = -1,
		.no_device = true,
		.run = raw_encode,
	},
	{
		.name = "list",
		.args = "[SERVICE [MESSAGE]]",
		.help = "what can be asked: services, their messages, their fields and values",
		.more = "Paths are those of PATH=VALUE and of -f; [] stands for the number of an item.\n"
			"A TLV that is mandatory has to be in every request.  Personal is what -v masks.",
		.options = list_options,
		.values = "@complete message",
		.args_max = 2,
		.no_device = true,
		.run = raw_list,
	},
	{
		.name = "monitor",
		.args = "SERVICE …",
		.help = "register for all indications of services and show them as they come",
		.more = "It ends on a signal, at the time of -t, or with exit code 8 when the modem goes.",
		.options = call_options,
		.values = "@complete service",
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
