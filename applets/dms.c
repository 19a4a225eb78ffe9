/* dms - the device: identity and operating mode. */
#include "applets/applet.h"

static const struct view_row manufacturer[] = { ROW("manufacturer", "manufacturer"), ROW_END };
static const struct view_row model[] = { ROW("model", "model"), ROW_END };
static const struct view_row revision[] = { ROW("revision", "revision"), ROW_END };
static const struct view_row hardware[] = { ROW("hardware_revision", "revision"), ROW_END };

static const struct view_row ids[] = {
	ROW("imei", "imei", .form = VIEW_SERIAL),
	ROW("imei_software_version", "imei_software_version"),
	ROW("meid", "meid", .form = VIEW_SERIAL),
	ROW("esn", "esn", .form = VIEW_SERIAL),
	ROW_END
};

static const struct view_row capabilities[] = {
	ROW("max_tx_rate", "info.max_tx_channel_rate", .unit = "bit/s"),
	ROW("max_rx_rate", "info.max_rx_channel_rate", .unit = "bit/s"),
	ROW("data_service", "info.data_service_capability"),
	ROW("radio_interfaces", "info.radio_interface_list"),
	ROW_END
};

static const struct query info_queries[] = {
	{ DMS_GET_MANUFACTURER, manufacturer },
	{ DMS_GET_MODEL, model },
	{ DMS_GET_REVISION, revision },
	{ DMS_GET_HARDWARE_REVISION, hardware },
	{ DMS_GET_IDS, ids },
	{ DMS_GET_CAPABILITIES, capabilities },
	{ 0 }
};

static const struct view_row mode[] = {
	ROW("mode", "mode"),
	ROW("offline_reason", "offline_reason"),
	ROW("hardware_restricted", "hardware_restricted_mode"),
	ROW_END
};

static const struct query mode_queries[] = {
	{ DMS_GET_OPERATING_MODE, mode },
	{ 0 }
};

static const struct verb verbs[] = {
	{
		.name = "info",
		.help = "manufacturer, model, revisions, serial numbers, capabilities",
		.more = "What the modem has not got (an esn of 0, a meid) is absent.\n"
			"Rates are in bit/s.",
		.queries = info_queries,
	},
	{
		.name = "mode",
		.args = "[MODE]",
		.help = "the operating mode, or set it",
		.more = "Without MODE it is shown, with MODE it is set.",
		.values = "@enum:dms_operating_mode",
		.args_max = 1,
		.queries = mode_queries,
		.set_message = DMS_SET_OPERATING_MODE,
		.set_path = "mode",
	},
	{ .name = NULL }
};

const struct applet applet_dms = {
	.name = "dms",
	.help = "the device: identity, operating mode",
	.service = QMUX_SERVICE_DMS,
	.verbs = verbs,
};
