/* wms.c - short messages: list, read, send, delete, routes. */
#include "applets/wms.h"

#include "applets/pdu.h"
#include "applets/session.h"
#include "qmux/format.h"

#include <string.h>

/* ---- protocol, registration, routes, service centre ---- */

static const struct view_row protocol[] = { ROW("protocol", "message_protocol"), ROW_END };

static const struct query protocol_queries[] = {
	QUERY(WMS_GET_MESSAGE_PROTOCOL, protocol),
	{ 0 }
};

static const struct view_row registration[] = {
	ROW("registration", "registration_status"),
	ROW_END
};

static const struct query registration_queries[] = {
	QUERY(WMS_GET_TRANSPORT_NETWORK_REGISTRATION_STATUS, registration),
	{ 0 }
};

static const struct view_row smsc[] = { ROW("smsc", "address.digits"), ROW_END };

static const struct query smsc_queries[] = {
	QUERY(WMS_GET_SMSC_ADDRESS, smsc),
	{ 0 }
};

static const struct view_row route[] = {
	ROW("type", "message_type"), ROW("class", "message_class"), ROW("storage", "storage"),
	ROW("action", "receipt_action"),
	ROW_END
};

static const struct view_row routes[] = {
	ROW("routes", "route_list", .rows = route),
	ROW("status_reports", "transfer_status_report"),
	ROW_END
};

static const struct query route_queries[] = {
	QUERY(WMS_GET_ROUTES, routes),
	{ 0 }
};

#define ROUTES_MAX 8		/* that are set in one go: one a class, and CDMA's */
#define FIELDS 4		/* of a route */
#define FIELD_TEXT 80

/* CLASS,STORAGE,ACTION as fields of the request.  An exit code. */
static int take_route(const struct command *cmd, int i, char text[FIELDS][FIELD_TEXT])
{
	static const char *const names[] = { "message_class", "storage", "receipt_action" };
	const char *p = cmd->args[i];

	qmux_format(text[0], FIELD_TEXT, "route_list[%d].message_type=point-to-point", i);
	for (int k = 1; k < FIELDS; k++) {
		size_t n = strcspn(p, ",");

		/* A name or a number, and nothing that means something else in a request. */
		if (!n || n > FIELD_TEXT / 2 || *p == '-' || *p == '$' ||
		    (k < FIELDS - 1) != (p[n] == ','))
			return say(cmd, EXIT_USAGE, "'%s' is no route: CLASS,STORAGE,ACTION, like "
				"none,nv,store-and-notify", cmd->args[i]);
		qmux_format(text[k], FIELD_TEXT, "route_list[%d].%s=%.*s", i, names[k - 1],
			(int)n, p);
		p += n + 1;
	}
	return EXIT_DONE;
}

static int set_routes(struct command *cmd)
{
	char text[ROUTES_MAX][FIELDS][FIELD_TEXT];
	const char *set[ROUTES_MAX * FIELDS + 2];
	int n = 0;

	for (int i = 0; i < cmd->n_args; i++) {
		int ret = take_route(cmd, i, text[i]);

		if (ret)
			return ret;
		for (int k = 0; k < FIELDS; k++)
			set[n++] = text[i][k];
	}
	set[n++] = "transfer_status_report=--status-reports";
	set[n] = NULL;
	return session_set(cmd, WMS_SET_ROUTES, set);
}

static const struct option_row route_options[] = {
	{ 0, "status-reports", "WHO", "who gets status reports: client",
		"@enum:wms_transfer_indication" },
	{ 0, NULL, NULL, NULL, NULL }
};

static const struct verb route_actions[] = {
	{
		.name = "routes set",
		.args = "CLASS,STORAGE,ACTION …",
		.help = "what is done with messages that come in",
		.more = "CLASS is 0 to 3, none or cdma; STORAGE uim, nv or none; ACTION discard,\n"
			"store-and-notify, transfer-only or transfer-and-ack. What is only\n"
			"transferred has to be acknowledged: wms monitor does.",
		.options = route_options,
		.args_min = 1,
		.args_max = ROUTES_MAX,
		.run = set_routes,
	},
	{ .name = NULL }
};

/* ---- service centre ---- */

/* It is kept on the SIM, and without it nothing can be sent. */
static int show_or_set_smsc(struct command *cmd)
{
	if (!cmd->n_args)
		return session_queries(cmd, smsc_queries);
	if (!pdu_is_number(cmd->args[0]))
		return say(cmd, EXIT_USAGE, "'%s' is no number", cmd->args[0]);
	return session_set(cmd, cmd->verb->set_message, cmd->verb->set);
}

/* ---- the table ---- */

#define STORAGE_OPTION \
	{ 's', "storage", "STORAGE", "where it is: uim or nv (the modem's own)", "uim nv" }
#define MODE_OPTION { 0, "mode", "MODE", "gsm-wcdma (default), or cdma", "@enum:wms_message_mode" }
#define TAG_OPTION { 0, "tag", "TAG", "only those with this tag", "@enum:wms_message_tag_type" }

static const struct option_row list_options[] = {
	STORAGE_OPTION, MODE_OPTION, TAG_OPTION,
	{ 0, "read", NULL, "with what is in each", NULL },
	{ 0, NULL, NULL, NULL, NULL }
};

static const struct option_row read_options[] = {
	STORAGE_OPTION, MODE_OPTION,
	{ 0, "raw", NULL, "with the PDU in hex", NULL },
	{ 0, NULL, NULL, NULL, NULL }
};

static const struct option_row delete_options[] = {
	STORAGE_OPTION, MODE_OPTION, TAG_OPTION,
	{ 0, "all", NULL, "all of the storage", NULL },
	{ 0, NULL, NULL, NULL, NULL }
};

static const struct option_row tag_options[] = {
	STORAGE_OPTION, MODE_OPTION,
	{ 0, NULL, NULL, NULL, NULL }
};

static const struct option_row send_options[] = {
	{ 0, "smsc", "NUMBER", "service centre, in place of the SIM's", NULL },
	{ 0, "class", "CLASS", "of the message: 0 (shown at once) to 3", "0 1 2 3" },
	{ 0, "flash", NULL, "the same as --class 0", NULL },
	{ 0, "report", NULL, "ask for a status report", NULL },
	{ 0, NULL, NULL, NULL, NULL }
};

static const struct option_row monitor_options[] = {
	{ 0, "delete", NULL, "delete each once it is shown", NULL },
	MODE_OPTION,
	{ 0, "reconnect", NULL, "go on after the modem restarted or the proxy ended", NULL },
	{ 0, NULL, NULL, NULL, NULL }
};

static const struct verb verbs[] = {
	{
		.name = "delete",
		.args = "[INDEX]",
		.help = "delete a message, or many",
		.more = "Without --storage on the SIM. --all, --tag or both in place of the\n"
			"index.",
		.options = delete_options,
		.args_max = 1,
		.timeout = 30,
		.run = wms_delete,
	},
	{
		.name = "list",
		.help = "the messages that are stored",
		.more = "Of SIM and modem, or of one with --storage. With --read also what is in\n"
			"them, as wms read shows it.",
		.options = list_options,
		.timeout = 30,
		.queries = wms_list_queries,
		.run = wms_list,
		.asks_only = true,
	},
	{
		.name = "monitor",
		.help = "messages as they come in",
		.more = "Key event: message, then the keys of wms read; or alert, with alert.type\n"
			"and alert.data as it came. What the modem only transfers (wms routes)\n"
			"has no storage and index, and is acknowledged. Several monitors see all\n"
			"messages each.",
		.options = monitor_options,
		.timeout = TIMEOUT_NONE,
		.queries = wms_monitor_queries,
		.run = wms_monitor,
	},
	{
		.name = "protocol",
		.help = "whether the modem speaks GSM's or CDMA's messages",
		.queries = protocol_queries,
	},
	{
		.name = "read",
		.args = "INDEX",
		.help = "one message",
		.more = "Without --storage from the SIM. from or to is a number or a name; time\n"
			"is when the service centre had it, with its zone; text is UTF-8; data is\n"
			"what is no text, in hex; part tells of one of several that belong\n"
			"together. A status report has delivered and status (0 to 31: it arrived,\n"
			"32 to 63: not yet, else: it will not). What cannot be decoded, and\n"
			"CDMA's, is in pdu.",
		.options = read_options,
		.args_min = 1,
		.args_max = 1,
		.queries = wms_read_queries,
		.run = wms_read,
		.asks_only = true,
	},
	{
		.name = "registration",
		.help = "whether the network takes messages",
		.queries = registration_queries,
	},
	{
		.name = "reset",
		.help = "the service's settings for this client as at its start",
		.set_message = WMS_RESET,
		.set = SET_NOTHING,
	},
	{
		.name = "routes",
		.args = "[ACTION]",
		.help = "what is done with messages that come in",
		.args_max = 1,
		.queries = route_queries,
		.actions = route_actions,
	},
	{
		.name = "send",
		.args = "NUMBER TEXT",
		.help = "send a text",
		.more = "In the 7-bit alphabet (160 characters) where that has all of it,\n"
			"otherwise in UCS-2 (70); a longer one in several messages, which phones\n"
			"put together. message_ids are the references that status reports carry.",
		.options = send_options,
		.args_min = 2,
		.args_max = 2,
		.timeout = 120,
		.queries = wms_send_queries,
		.run = wms_send,
	},
	{
		.name = "smsc",
		.args = "[NUMBER]",
		.help = "number of the service centre; or set it",
		.args_max = 1,
		.queries = smsc_queries,
		.run = show_or_set_smsc,
		.asks_only = true,
		.set_message = WMS_SET_SMSC_ADDRESS,
		.set = SET("digits=$1"),
	},
	{
		.name = "storage",
		.help = "room for messages, and how much is free",
		.queries = wms_storage_queries,
		.run = wms_storage,
		.asks_only = true,
	},
	{
		.name = "tag",
		.args = "INDEX TAG",
		.help = "mark a message as read or not",
		.more = "Without --storage on the SIM.",
		.options = tag_options,
		.args_min = 2,
		.args_max = 2,
		.run = wms_tag,
	},
	{ .name = NULL }
};

const struct applet applet_wms = {
	.name = "wms",
	.help = "short messages (SMS): list, read, send, delete",
	.service = QMUX_SERVICE_WMS,
	.verbs = verbs,
};
