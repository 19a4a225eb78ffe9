/* uim - SIM cards: state, PINs, files, slots. */
#include "applets/uim.h"

#include "applets/pin.h"

static const struct option_row slot_options[] = { UIM_SLOT_OPTION, { .name = NULL } };

static const struct option_row wait_options[] = {
	UIM_SLOT_OPTION,
	{ 0, "until-ready", NULL, "wait on where the SIM is absent, locked or in error", NULL },
	{ .name = NULL }
};

static const struct option_row pin_options[] = {
	UIM_SLOT_OPTION, PIN_OPTION_ROWS("pin1 pin2 upin"),
};

static const struct option_row key_options[] = {
	UIM_SLOT_OPTION,
	{ 'k', "key-file", "FILE", "read the control key there (-: stdin)", "@file" },
	{ .name = NULL }
};

static const struct option_row switch_options[] = {
	{ 'l', "logical", "N", "the logical slot that gets it (default: 1)", NULL },
	{ .name = NULL }
};

#define PIN_ACTION(word_, args_, n_, help_, more_) { \
	.name = "pin " word_, .args = args_, .help = help_, .more = PIN_ASKED more_, \
	.options = pin_options, .args_max = n_, .timeout = PIN_TIMEOUT, .run = uim_pin }

static const struct verb pin_actions[] = {
	PIN_ACTION("verify", "[PIN]", 1, "verify a PIN; nothing where that is done or not needed", ""),
	PIN_ACTION("enable", "[PIN]", 1, "ask for the PIN from now on", ""),
	PIN_ACTION("disable", "[PIN]", 1, "do not ask for the PIN from now on", ""),
	PIN_ACTION("change", "[PIN] [NEW]", 2, "set another PIN",
		"\nThe new one is in $QMI_NEW_PIN, or the second line of the file."),
	PIN_ACTION("unblock", "[PUK] [NEW]", 2, "set another PIN where it is blocked, with the PUK",
		"\nThe PUK is in $QMI_PUK, the new PIN in $QMI_NEW_PIN, or one line of\n"
		"the file each."),
	{ .name = NULL }
};

static const struct view_row feature_view[] = {
	ROW("feature", "feature"),
	ROW("retries", "verify_left"),
	ROW("unblock_retries", "unblock_left"),
	ROW_END
};

static const struct view_row personalization_view[] = {
	ROW("features", "personalization_status", .rows = feature_view),
	ROW_END
};

static const struct query personalization_queries[] = {
	QUERY(UIM_GET_CONFIGURATION, personalization_view,
		.ask = SET("configuration_mask=personalization-status")),
	{ 0 }
};

#define FEATURES "gw-network gw-network-subset gw-service-provider gw-corporate gw-uim 1x-network-type-1 " \
	"1x-network-type-2 1x-hrpd 1x-service-provider 1x-corporate 1x-ruim"

static const struct verb personalization_actions[] = {
	{
		.name = "personalization status",
		.help = "the locks that are on, with the tries that are left",
		.more = "features is an empty list where the modem has no lock on.",
		.queries = personalization_queries,
	},
	{
		.name = "personalization deactivate",
		.args = "FEATURE [KEY]",
		.help = "take a lock off, with its control key",
		.more = "The key is an argument, or from --key-file, $QMI_CONTROL_KEY or the terminal.",
		.options = key_options,
		.values = FEATURES,
		.args_min = 1,
		.args_max = 2,
		.timeout = PIN_TIMEOUT,
		.run = uim_depersonalize,
	},
	{
		.name = "personalization unblock",
		.args = "FEATURE [KEY]",
		.help = "unblock a lock whose tries are used up",
		.more = "The key is an argument, or from --key-file, $QMI_CONTROL_KEY or the terminal.",
		.options = key_options,
		.values = FEATURES,
		.args_min = 1,
		.args_max = 2,
		.timeout = PIN_TIMEOUT,
		.run = uim_depersonalize,
	},
	{ .name = NULL }
};

#define FILE_NAMES "iccid dir imsi spn ad msisdn plmnwact oplmnwact hplmnwact fplmn ehplmn smsp sms fdn gid1 " \
	"gid2 acc ust est li pnn opl ecc loci psloci epsloci hpplmn pl acm"
#define FILE_HELP "FILE is a name (iccid, imsi, spn, ad, msisdn, plmnwact, oplmnwact, hplmnwact, fplmn, ehplmn,\n" \
	"smsp, dir, gid1 ...), an id (2fe2) or a path (3f00/7fff/6f07)."

static const struct verb channel_actions[] = {
	{
		.name = "channel open",
		.args = "AID",
		.help = "open a logical channel to an application, and leave it open",
		.more = "Some modems close it with the client id: then --keep-cid is wanted, and --cid later.",
		.options = slot_options,
		.args_min = 1,
		.args_max = 1,
		.run = uim_channel_open,
	},
	{
		.name = "channel close",
		.args = "N|all",
		.help = "close a logical channel, or all that somebody has left open",
		.options = slot_options,
		.values = "all",
		.args_min = 1,
		.args_max = 1,
		.run = uim_channel_close,
	},
	{ .name = NULL }
};

static const struct verb verbs[] = {
	{
		.name = "status",
		.help = "the state of the card, its applications and PINs",
		.more = "state is ready, absent, not-ready (it starts, or the modem does not know yet), error,\n"
			"pin-required, puk-required, blocked, locked (to a network) or illegal. application is\n"
			"the one in use. Where the modem has no UIM service, the device service tells.",
		.options = slot_options,
		.run = uim_status,
	},
	{
		.name = "wait",
		.help = "wait until the SIM is ready",
		.more = "Ends at once, with exit code 6, where it will not be by itself: absent, in error, locked,\n"
			"or a PIN is wanted; with --until-ready that, too, is waited for. Exit code 4: not in time.",
		.options = wait_options,
		.timeout = 60,
		.run = uim_wait,
	},
	{
		.name = "ids",
		.help = "ICCID, IMSI, phone number (MSISDN) and eUICC id (EID)",
		.more = "What the card has not got, or does not tell before the PIN, is absent.",
		.options = slot_options,
		.run = uim_ids,
	},
	{
		.name = "pin",
		.args = "ACTION",
		.help = "verify, enable, disable, change or unblock a PIN",
		.args_min = 1,
		.args_max = 1,
		.actions = pin_actions,
	},
	{
		.name = "read",
		.args = "FILE",
		.help = "read a file of the SIM",
		.more = FILE_HELP "\nBytes are hex; a file with records is a list of them. --decode adds what is known of\n"
			"them; records that are empty have no more than their bytes.",
		.options = uim_read_options,
		.values = FILE_NAMES,
		.args_min = 1,
		.args_max = 1,
		.timeout = 30,
		.run = uim_read,
	},
	{
		.name = "write",
		.args = "FILE HEX",
		.help = "write a file of the SIM",
		.more = FILE_HELP "\nA record is written whole; a cyclic file takes a new one without --record.",
		.options = uim_write_options,
		.values = FILE_NAMES,
		.args_min = 2,
		.args_max = 2,
		.run = uim_write,
	},
	{
		.name = "slots",
		.help = "the slots and what is in them",
		.more = "An empty slot has no iccid, one without eUICC no eid.",
		.run = uim_slots,
	},
	{
		.name = "slot",
		.args = "N",
		.help = "use the card in another slot",
		.options = switch_options,
		.args_min = 1,
		.args_max = 1,
		.run = uim_switch,
	},
	{
		.name = "power",
		.args = "on|off",
		.help = "switch the card on or off",
		.options = slot_options,
		.values = "on off",
		.args_min = 1,
		.args_max = 1,
		.run = uim_power,
	},
	{
		.name = "channel",
		.args = "ACTION",
		.help = "logical channels: open one, close one",
		.args_min = 1,
		.args_max = 1,
		.actions = channel_actions,
	},
	{
		.name = "apdu",
		.args = "[HEX …]",
		.help = "send APDUs to the card",
		.more = "Each answer is a result: data, and sw, the status word. A sw that is a failure ends the\n"
			"sequence with exit code 1. The channel of --aid is closed at the end, also where the command\n"
			"is killed. With --lpac it goes on until lpac hangs up or the time of -t.",
		.options = uim_apdu_options,
		.args_max = -1,
		.timeout = 60,
		.run = uim_apdu,
	},
	{
		.name = "provision",
		.help = "the sessions of applications; start or end one",
		.more = "Without options they are shown. --auto starts the primary one with the card's application,\n"
			"and does nothing where there is one already.",
		.options = uim_provision_options,
		.run = uim_provision,
	},
	{
		.name = "personalization",
		.args = "ACTION",
		.help = "locks to a network: show them, take them off",
		.args_min = 1,
		.args_max = 1,
		.actions = personalization_actions,
	},
	{
		.name = "refresh",
		.args = "[FILE …]",
		.help = "show when the card renews files, and confirm it",
		.more = "Without FILE any file counts. It ends by a signal, or the time of -t.",
		.values = FILE_NAMES,
		.args_max = UIM_FILES_MAX,
		.options = uim_monitor_options,
		.timeout = TIMEOUT_NONE,
		.run = uim_refresh,
	},
	{
		.name = "monitor",
		.help = "show changes of card and slots, and refreshes, as they come",
		.more = "event is card-status (with the keys of uim status), slot-status (those of uim slots) or\n"
			"refresh. It ends by a signal, or the time of -t.",
		.options = uim_monitor_options,
		.timeout = TIMEOUT_NONE,
		.run = uim_monitor,
	},
	{
		.name = "reset",
		.help = "reset the service for this client",
		.set_message = UIM_RESET,
		.set = SET_NOTHING,
	},
	{ .name = NULL }
};

const struct applet applet_uim = {
	.name = "uim",
	.help = "SIM cards: state, PINs, files, slots",
	.service = QMUX_SERVICE_UIM,
	.verbs = verbs,
};
