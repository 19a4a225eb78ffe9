/* nas - network access: registration and signal. */
#include "applets/applet.h"

#define NOT_AVAILABLE (-32768)	/* NR fields where there is no 5G; seen on real modems */
#define NO_AREA 0xfffe		/* 3GPP TS 24.008 and 24.301: a deleted area code */
#define NO_CELL 0xffffffff

static const struct view_row signal_info[] = {
	ROW("cdma.rssi", "cdma_signal_strength.rssi", .unit = "dBm"),
	ROW("cdma.ecio", "cdma_signal_strength.ecio", .unit = "dB", .form = VIEW_MINUS_HALVES),
	ROW("evdo.rssi", "hdr_signal_strength.rssi", .unit = "dBm"),
	ROW("evdo.ecio", "hdr_signal_strength.ecio", .unit = "dB", .form = VIEW_MINUS_HALVES),
	ROW("evdo.sinr_level", "hdr_signal_strength.sinr"),
	ROW("evdo.io", "hdr_signal_strength.io", .unit = "dBm"),
	ROW("gsm.rssi", "gsm_signal_strength", .unit = "dBm"),
	ROW("umts.rssi", "wcdma_signal_strength.rssi", .unit = "dBm"),
	ROW("umts.ecio", "wcdma_signal_strength.ecio", .unit = "dB", .form = VIEW_MINUS_HALVES),
	ROW("umts.rscp", "wcdma_rscp", .unit = "dBm"),
	ROW("td_scdma.rscp", "tdma_signal_strength", .unit = "dBm"),
	ROW("lte.rssi", "lte_signal_strength.rssi", .unit = "dBm"),
	ROW("lte.rsrq", "lte_signal_strength.rsrq", .unit = "dB"),
	ROW("lte.rsrp", "lte_signal_strength.rsrp", .unit = "dBm"),
	ROW("lte.snr", "lte_signal_strength.snr", .unit = "dB", .form = VIEW_TENTHS),
	ROW("nr5g.rsrp", "5g_signal_strength.rsrp", .unit = "dBm", .absent = NOT_AVAILABLE),
	ROW("nr5g.rsrq", "5g_signal_strength_extended", .unit = "dB", .absent = NOT_AVAILABLE),
	ROW("nr5g.snr", "5g_signal_strength.snr", .unit = "dB", .form = VIEW_TENTHS, .absent = NOT_AVAILABLE),
	ROW_END
};

static const struct query signal_queries[] = {
	{ NAS_GET_SIGNAL_INFO, signal_info },
	{ 0 }
};

static const struct view_row serving_system[] = {
	ROW("registration", "serving_system.registration_state"),
	ROW("cs_attach", "serving_system.cs_attach_state"),
	ROW("ps_attach", "serving_system.ps_attach_state"),
	ROW("network", "serving_system.selected_network"),
	ROW("radio_interfaces", "serving_system.radio_interfaces"),
	ROW("data_capabilities", "data_service_capability"),
	ROW("roaming", "roaming_indicator"),
	ROW("plmn.mcc", "current_plmn.mcc", .form = VIEW_MCC),
	ROW("plmn.mnc", "current_plmn.mnc", .form = VIEW_MNC),
	ROW("plmn.name", "current_plmn.description"),
	ROW("lac", "lac_3gpp", .absent = NO_AREA),
	ROW("tac", "lte_tac", .absent = NO_AREA),
	ROW("cell_id", "cid_3gpp", .absent = NO_CELL),
	ROW("service.status", "detailed_service_status.status"),
	ROW("service.capability", "detailed_service_status.capability"),
	ROW("service.forbidden", "detailed_service_status.forbidden"),
	ROW_END
};

static const struct query status_queries[] = {
	{ NAS_GET_SERVING_SYSTEM, serving_system },
	{ 0 }
};

static const struct verb verbs[] = {
	{
		.name = "signal",
		.help = "signal strength and quality of each radio in use",
		.more = "rssi, rsrp, rscp and io are in dBm; rsrq, snr and ecio in dB.\n"
			"A radio that the modem does not use is absent.",
		.queries = signal_queries,
	},
	{
		.name = "status",
		.help = "registration, network and cell",
		.more = "mcc and mnc are digit strings: leading zeros count.\n"
			"What the modem does not know, such as the plmn while it searches, is absent.",
		.queries = status_queries,
	},
	{ .name = NULL }
};

const struct applet applet_nas = {
	.name = "nas",
	.help = "network: registration and signal",
	.service = QMUX_SERVICE_NAS,
	.verbs = verbs,
};
