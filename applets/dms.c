/* dms - the device: identity, power, time, firmware, locks. */
#include "applets/dms.h"

#include "applets/pin.h"
#include "applets/show.h"

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

static const struct view_row software[] = { ROW("software_version", "version"), ROW_END };
static const struct view_row sku[] = { ROW("factory_sku", "sku"), ROW_END };

static const struct query info_queries[] = {
	QUERY(DMS_GET_MANUFACTURER, manufacturer),
	QUERY(DMS_GET_MODEL, model),
	QUERY(DMS_GET_REVISION, revision),
	QUERY(DMS_GET_HARDWARE_REVISION, hardware),
	QUERY(DMS_GET_IDS, ids),
	QUERY(DMS_GET_CAPABILITIES, capabilities),
	{ 0 }
};

static const struct view_row mode[] = {
	ROW("mode", "mode"),
	ROW("offline_reason", "offline_reason"),
	ROW("hardware_restricted", "hardware_restricted_mode"),
	ROW_END
};

static const struct query mode_queries[] = {
	QUERY(DMS_GET_OPERATING_MODE, mode),
	{ 0 }
};

static const struct query ids_queries[] = { QUERY(DMS_GET_IDS, ids), { 0 } };

static const struct query revision_queries[] = {
	QUERY(DMS_GET_REVISION, revision),
	QUERY(DMS_GET_HARDWARE_REVISION, hardware),
	QUERY(DMS_GET_SOFTWARE_VERSION, software),
	QUERY(DMS_GET_FACTORY_SKU, sku),
	{ 0 }
};

static const struct view_row all_capabilities[] = {
	ROW("max_tx_rate", "info.max_tx_channel_rate", .unit = "bit/s"),
	ROW("max_rx_rate", "info.max_rx_channel_rate", .unit = "bit/s"),
	ROW("data_service", "info.data_service_capability"),
	ROW("sim", "info.sim_capability"),
	ROW("radio_interfaces", "info.radio_interface_list"),
	ROW_END
};

static const struct query capabilities_queries[] = {
	QUERY(DMS_GET_CAPABILITIES, all_capabilities),
	{ 0 }
};

static const struct view_row bands[] = {
	ROW("bands", "band_capability"),
	ROW("lte_bands", "extended_lte_band_capability"),
	ROW("lte_bands", "lte_band_capability", .show = show_bands),
	ROW("nr5g_bands", "nr5g_band_capability"),
	ROW_END
};

static const struct query bands_queries[] = { QUERY(DMS_GET_BAND_CAPABILITIES, bands), { 0 } };

static const struct view_row power[] = {
	ROW("power", "info.power_state_flags"),
	ROW("battery", "info.battery_level", .unit = "%"),
	ROW_END
};

static const struct query power_queries[] = { QUERY(DMS_GET_POWER_STATE, power), { 0 } };

static const struct view_row device_time[] = {
	ROW("time", "device_time.time_count"),
	ROW("source", "device_time.time_source"),
	ROW("system", "system_time"),
	ROW("user", "user_time"),
	ROW_END
};

static const struct query time_queries[] = { QUERY(DMS_GET_TIME, device_time), { 0 } };

static const struct view_row msisdn[] = { ROW("msisdn", "msisdn"), ROW_END };
static const struct query msisdn_queries[] = { QUERY(DMS_GET_MSISDN, msisdn), { 0 } };

static const struct view_row uim_state[] = { ROW("state", "state"), ROW_END };
static const struct view_row iccid[] = { ROW("iccid", "iccid"), ROW_END };
static const struct view_row imsi[] = { ROW("imsi", "imsi"), ROW_END };

static const struct query sim_queries[] = {
	QUERY(DMS_UIM_GET_STATE, uim_state),
	QUERY(DMS_UIM_GET_ICCID, iccid),
	QUERY(DMS_UIM_GET_IMSI, imsi),
	{ 0 }
};

static const struct view_row prl[] = {
	ROW("version", "version"),
	ROW("only", "prl_only_preference"),
	ROW_END
};

static const struct query prl_queries[] = { QUERY(DMS_GET_PRL_VERSION, prl), { 0 } };

static const struct view_row activation[] = { ROW("activation", "info"), ROW_END };
static const struct query activation_queries[] = {
	QUERY(DMS_GET_ACTIVATION_STATE, activation),
	{ 0 }
};

static const struct view_row user_lock[] = { ROW("enabled", "enabled"), ROW_END };
static const struct query user_lock_queries[] = { QUERY(DMS_GET_USER_LOCK_STATE, user_lock), { 0 } };

static const struct view_row user_data[] = { ROW("data", "user_data"), ROW_END };
static const struct query user_data_queries[] = { QUERY(DMS_READ_USER_DATA, user_data), { 0 } };

static const struct view_row eri[] = { ROW("data", "eri_file"), ROW_END };
static const struct query eri_queries[] = { QUERY(DMS_READ_ERI_FILE, eri), { 0 } };

static const struct view_row mac[] = { ROW("mac", "mac_address"), ROW_END };
static const struct query mac_queries[] = {
	QUERY(DMS_GET_MAC_ADDRESS, mac, .ask = SET("device=$1")),
	{ 0 }
};

static const struct view_row alt_net[] = { ROW("enabled", "config"), ROW_END };
static const struct query alt_net_queries[] = { QUERY(DMS_GET_ALT_NET_CONFIG, alt_net), { 0 } };

/* ---- vendors ---- */

static const struct view_row usb_composition[] = {
	ROW("current", "current"),
	ROW("supported", "supported"),
	ROW_END
};

static const struct query usb_composition_queries[] = {
	QUERY(DMS_SWI_GET_USB_COMPOSITION, usb_composition, .vendor = VENDOR_SIERRA),
	{ 0 }
};

/* ---- verbs ---- */

static const struct option_row mode_options[] = {
	[MODE_WAIT] = { 0, "wait", NULL, "until the modem says that it is in it", NULL },
	{ .name = NULL }
};

static const struct option_row fcc_options[] = {
	[FCC_MAGIC] = { 0, "magic", "N", "send Foxconn's message, with this number", NULL },
	[FCC_STRING] = { 0, "magic-string", "TEXT", "send Foxconn's second message, with --magic", NULL },
	{ .name = NULL }
};

static const struct verb user_data_actions[] = {
	{
		.name = "user-data write",
		.args = "HEX",
		.help = "write it",
		.args_min = 1,
		.args_max = 1,
		.set_message = DMS_WRITE_USER_DATA,
		.set = SET("user_data=$1"),
	},
	{ .name = NULL }
};

static const struct verb verbs[] = {
	{
		.name = "activation",
		.args = "[ACTION]",
		.help = "whether the service is activated (CDMA)",
		.args_max = 1,
		.queries = activation_queries,
		.actions = dms_activation_actions,
	},
	{
		.name = "alt-net-config",
		.args = "[true|false]",
		.help = "the alternate network configuration, or set it",
		.values = "true false",
		.args_max = 1,
		.queries = alt_net_queries,
		.set_message = DMS_SET_ALT_NET_CONFIG,
		.set = SET("config=$1"),
	},
	{
		.name = "bands",
		.help = "bands that the modem has",
		.more = "bands are those of GSM, UMTS and CDMA by name; lte_bands and nr5g_bands numbers.",
		.queries = bands_queries,
	},
	{
		.name = "capabilities",
		.help = "rates, services, radio interfaces",
		.more = "Rates are in bit/s.",
		.queries = capabilities_queries,
	},
	{
		.name = "ck",
		.args = "ACTION",
		.help = "personalization (network lock) on old modems",
		.more = "FACILITY: pn network, pu network subset, pp service provider, pc corporate,\n"
			"pf first SIM.  Newer modems: uim personalization.",
		.args_min = 1,
		.args_max = 1,
		.actions = dms_ck_actions,
	},
	{
		.name = "eri",
		.help = "the roaming indicator file, in hex (CDMA)",
		.queries = eri_queries,
	},
	{
		.name = "factory-reset",
		.args = "[SPC]",
		.help = "all settings as the factory made them",
		.more = "SPC is the service programming code, six digits, often 000000.\n" DMS_ASK_SPC,
		.options = dms_key_options,
		.args_max = 1,
		.timeout = PIN_TIMEOUT,
		.run = dms_keyed,
		.set_message = DMS_RESTORE_FACTORY_DEFAULTS,
		.set = SET("service_programming_code=$1"),
	},
	{
		.name = "fcc-unlock",
		.help = "unlock the radio of a laptop's modem",
		.more = "The message that most vendors have; Foxconn's where the modem does not know that\n"
			"one and is Foxconn's, or where --magic is given.",
		.options = fcc_options,
		.run = dms_fcc_unlock,
	},
	{
		.name = "firmware",
		.args = "[ACTION]",
		.help = "stored firmware images, and which are preferred",
		.more = "running is the number of the image that runs, counted from 0.",
		.args_max = 1,
		.queries = dms_firmware_queries,
		.actions = dms_firmware_actions,
	},
	{
		.name = "foxconn-mode",
		.args = "MODE",
		.help = "change the mode of a Foxconn modem: fastboot-online, fastboot-ota",
		.values = "fastboot-online fastboot-ota",
		.args_min = 1,
		.args_max = 1,
		.set_message = DMS_FOXCONN_CHANGE_DEVICE_MODE,
		.set_vendor = VENDOR_FOXCONN,
		.set = SET("mode=$1"),
	},
	{
		.name = "hp-mode",
		.args = "MODE",
		.help = "change the mode of an HP modem: fastboot",
		.values = "fastboot",
		.args_min = 1,
		.args_max = 1,
		.set_message = DMS_HP_CHANGE_DEVICE_MODE,
		.set_vendor = VENDOR_HP,
		.set = SET("mode=$1"),
	},
	{
		.name = "ids",
		.help = "serial numbers",
		.more = "What the modem has not got (an esn of 0, a meid) is absent.",
		.queries = ids_queries,
	},
	{
		.name = "info",
		.help = "manufacturer, model, revisions, serial numbers, capabilities",
		.more = "What the modem has not got (an esn of 0, a meid) is absent.\n"
			"Rates are in bit/s.",
		.queries = info_queries,
	},
	{
		.name = "mac",
		.args = "wlan|bt",
		.help = "the default MAC address of another radio",
		.values = "@enum:dms_mac_type",
		.args_min = 1,
		.args_max = 1,
		.queries = mac_queries,
	},
	{
		.name = "mode",
		.args = "[MODE]",
		.help = "the operating mode, or set it",
		.more = "Without MODE it is shown, with MODE it is set.",
		.options = mode_options,
		.values = "@enum:dms_operating_mode",
		.args_max = 1,
		.queries = mode_queries,
		.set_message = DMS_SET_OPERATING_MODE,
		.set = SET("mode=$1"),
		.after = dms_mode_reached,
	},
	{
		.name = "msisdn",
		.help = "the subscriber's own number",
		.more = "Absent where the SIM does not have it.",
		.queries = msisdn_queries,
	},
	{
		.name = "pin",
		.args = "[ACTION]",
		.help = "PINs on old modems: their state and tries",
		.more = "Newer modems do not support it: uim pin is for both.",
		.args_max = 1,
		.queries = dms_pin_queries,
		.actions = dms_pin_actions,
	},
	{
		.name = "power",
		.help = "power supply and battery",
		.more = "battery is in percent.",
		.queries = power_queries,
	},
	{
		.name = "prl",
		.help = "the preferred roaming list (CDMA)",
		.queries = prl_queries,
	},
	{
		.name = "reset",
		.help = "the service's settings for this client as at its start",
		.more = "The modem itself is restarted by dms mode reset.",
		.set_message = DMS_RESET,
		.set = SET_NOTHING,
	},
	{
		.name = "revision",
		.help = "revisions of firmware and hardware",
		.queries = revision_queries,
	},
	{
		.name = "sim",
		.help = "the SIM on old modems: state, iccid, imsi",
		.more = "Newer modems do not support it: uim ids, uim status.",
		.queries = sim_queries,
	},
	{
		.name = "spc",
		.args = "ACTION",
		.help = "the service programming code",
		.args_min = 1,
		.args_max = 1,
		.actions = dms_spc_actions,
	},
	{
		.name = "time",
		.args = "[TIME]",
		.help = "clocks of the device, or set the user's",
		.more = "As UTC, but for the leap seconds since 1980 that modems do not take off.  TIME as\n"
			"2026-11-22T06:47:00Z, or in milliseconds since 1980-01-06.",
		.args_max = 1,
		.queries = time_queries,
		.set_message = DMS_SET_TIME,
		.set = SET("time_value=$1", "time_reference_type=user"),
	},
	{
		.name = "usb-composition",
		.args = "[N]",
		.help = "USB composition of a Sierra Wireless modem, or set it",
		.args_max = 1,
		.queries = usb_composition_queries,
		.set_message = DMS_SWI_SET_USB_COMPOSITION,
		.set_vendor = VENDOR_SIERRA,
		.set = SET("current=$1"),
	},
	{
		.name = "user-data",
		.args = "[ACTION]",
		.help = "data that the modem keeps for its user, in hex",
		.args_max = 1,
		.queries = user_data_queries,
		.actions = user_data_actions,
	},
	{
		.name = "user-lock",
		.args = "[ACTION]",
		.help = "the device's own lock",
		.args_max = 1,
		.queries = user_lock_queries,
		.actions = dms_user_lock_actions,
	},
	{ .name = NULL }
};

const struct applet applet_dms = {
	.name = "dms",
	.help = "the device: identity, operating mode, power, time, firmware",
	.service = QMUX_SERVICE_DMS,
	.verbs = verbs,
};
