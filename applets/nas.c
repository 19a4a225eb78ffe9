/* nas - network access: registration, signal, cells, selection. */
#include "applets/nas.h"

#include "applets/show.h"

/* ---- names ---- */

static const struct view_row home_network[] = {
	ROW("plmn.mcc", "home_network.mcc", .form = VIEW_MCC),
	ROW("plmn.mnc", "home_network.mnc", .form = VIEW_MNC),
	ROW("plmn.name", "home_network.description", .show = nas_show_name),
	ROW("name_source", "network_name_source"),
	ROW("sid", "home_system_id.sid"),
	ROW("nid", "home_system_id.nid"),
	ROW("cdma.mcc", "home_network_3gpp2_ext.mcc", .form = VIEW_MCC),
	ROW("cdma.mnc", "home_network_3gpp2_ext.mnc", .form = VIEW_MNC),
	ROW("cdma.name", "home_network_3gpp2_ext.description"),
	ROW_END
};

static const struct query home_queries[] = {
	QUERY(NAS_GET_HOME_NETWORK, home_network),
	{ 0 }
};

static const struct view_row operator_plmn[] = {
	ROW("mcc", "mcc", .form = VIEW_DIGITS),
	ROW("mnc", "mnc", .form = VIEW_DIGITS),
	ROW("first_lac", "lac1"),
	ROW("last_lac", "lac2"),
	ROW("record", "plmn_name_record_identifier"),
	ROW_END
};

static const struct view_row operator_names[] = {
	ROW("long", "long_name"),
	ROW("short", "short_name"),
	ROW_END
};

const struct view_row nas_operator_view[] = {
	ROW("name", "operator_string_name"),
	ROW("spn.name", "service_provider_name.name"),
	ROW("spn.display", "service_provider_name.name_display_condition"),
	ROW("nitz", "nitz_information", .rows = operator_names),
	ROW("names", "operator_plmn_name", .rows = operator_names),
	ROW("plmns", "operator_plmn_list", .rows = operator_plmn),
	ROW_END
};

static const struct view_row plmn_name[] = {
	ROW("spn.name", "3gpp_eons_plmn_name.service_provider_name"),
	ROW("name.long", "3gpp_eons_plmn_name.long_name"),
	ROW("name.short", "3gpp_eons_plmn_name.short_name"),
	ROW("display.spn", "display_bit_information.service_provider_name_set"),
	ROW("display.plmn", "display_bit_information.plmn_name_set"),
	ROW("home", "network_information"),
	ROW("name_source", "network_name_source"),
	ROW_END
};

static const struct query operator_queries[] = {
	QUERY(NAS_GET_OPERATOR_NAME, nas_operator_view),
	{ 0 }
};

const struct query nas_name_queries[] = {
	QUERY(NAS_GET_PLMN_NAME, plmn_name),
	{ 0 }
};

/* ---- preferred networks ---- */

/* All bits stand for "all", none for none in particular. */
static void show_access(struct sink *s, const char *key, const struct view_value *v)
{
	if (v->node->u && v->node->u != 0xffff) {
		show_node(s, key, v->node, false);
		return;
	}
	sink_list(s, key);
	sink_text(s, NULL, v->node->u ? "all" : "unspecified");
	sink_end(s);
}

static const struct view_row preferred_network[] = {
	ROW("mcc", "mcc", .form = VIEW_MCC),
	ROW("mnc", "mnc", .form = VIEW_MNC),
	ROW("access", "radio_access_technology", .show = show_access),
	ROW_END
};

static const struct view_row preferred[] = {
	ROW("networks", "preferred_networks", .rows = preferred_network),
	ROW("static", "static_preferred_networks", .rows = preferred_network),
	ROW_END
};

static const struct query preferred_queries[] = {
	QUERY(NAS_GET_PREFERRED_NETWORKS, preferred),
	{ 0 }
};

static const struct verb preferred_actions[] = {
	{
		.name = "preferred set",
		.args = "NETWORK …",
		.help = "replace the user's list",
		.more = "In this order.  NETWORK is MCCMNC or MCCMNC:ACCESS,… where ACCESS is gsm,\n"
			"gsm-compact, utran, eutran or ngran (all where it is left out).",
		.args_min = 1,
		.args_max = -1,
		.run = nas_preferred_set,
	},
	{
		.name = "preferred clear",
		.help = "empty the user's list",
		.set_message = NAS_SET_PREFERRED_NETWORKS,
		.set = SET("clear_previous_preferred_networks=true", "preferred_networks="),
	},
	{ .name = NULL }
};

/* ---- options ---- */

static const struct option_row scan_options[] = {
	[SCAN_RAT] = { 0, "rat", "RAT,…", "only these: gsm, umts, lte, td-scdma, 5gnr", NULL },
	{ .name = NULL }
};

static const struct option_row register_options[] = {
	[REGISTER_RAT] = { 0, "rat", "RAT", "with MCCMNC: on this radio interface alone",
		"gsm umts lte td-scdma 5gnr" },
	[REGISTER_PERMANENT] = { 0, "permanent", NULL, "also after the next power cycle", NULL },
	{ .name = NULL }
};

static const struct option_row wait_options[] = {
	[WAIT_PS] = { 0, "ps", NULL, "until packet service is attached, too", NULL },
	{ .name = NULL }
};

static const struct option_row monitor_options[] = {
	[MONITOR_RSSI] = { 0, "rssi", "DBM,…", "tell of RSSI that passes these (-105,-90)", NULL },
	[MONITOR_RSRP] = { 0, "rsrp", "DBM,…", "the same of RSRP", NULL },
	[MONITOR_RSRQ] = { 0, "rsrq", "DB,…", "the same of RSRQ", NULL },
	[MONITOR_SNR] = { 0, "snr", "DB,…", "the same of SNR", NULL },
	[MONITOR_RECONNECT] = { 0, "reconnect", NULL, "go on when the modem is back", NULL },
	{ .name = NULL }
};

static const struct option_row select_options[] = {
	[SELECT_MODES] = { 0, "modes", "MODE,…",
		"cdma-1x, cdma-1xevdo, gsm, umts, lte, td-scdma, 5gnr", NULL },
	[SELECT_BANDS] = { 0, "bands", "BAND,…", "of gsm, umts, cdma, by name", NULL },
	[SELECT_LTE_BANDS] = { 0, "lte-bands", "N,…", "numbers from 1 to 256 (3,7,20)", NULL },
	[SELECT_NR_BANDS] = { 0, "nr-bands", "N,…", "standalone and not (n1,n78)", NULL },
	[SELECT_NR_SA_BANDS] = { 0, "nr-sa-bands", "N,…", "standalone alone", NULL },
	[SELECT_NR_NSA_BANDS] = { 0, "nr-nsa-bands", "N,…", "beside LTE alone", NULL },
	[SELECT_NETWORK] = { 0, "network", "MCCMNC", "this network alone; or auto", NULL },
	[SELECT_ROAMING] = { 0, "roaming", "WHEN", "any, or off: the home network alone", "@enum" },
	[SELECT_ORDER] = { 0, "order", "RAT,…", "which radio to try first (5gnr,lte,umts)", NULL },
	[SELECT_DOMAIN] = { 0, "domain", "DOMAIN", "circuit and packet service", "@enum" },
	[SELECT_USAGE] = { 0, "usage", "USAGE", "voice or data first", "@enum" },
	[SELECT_VOICE] = { 0, "voice", "DOMAIN", "the domain of voice calls", "@enum" },
	[SELECT_EMERGENCY] = { 0, "emergency", "ON", "emergency mode: true or false", "true false" },
	[SELECT_DURATION] = { 0, "duration", "HOW-LONG", "permanent, the default, or power-cycle",
		"@enum" },
	{ .name = NULL }
};

static const struct verb verbs[] = {
	{
		.name = "attach",
		.help = "attach to packet service",
		.set_message = NAS_ATTACH_DETACH,
		.set = SET("action=attach"),
	},
	{
		.name = "ca",
		.help = "LTE carrier aggregation: primary and secondary cells",
		.more = "band and bandwidth are names of the modem's lists.  Cells that are not there\n"
			"are absent.",
		.queries = nas_ca_queries,
	},
	{
		.name = "cells",
		.help = "serving and neighbour cells of each radio",
		.more = "rsrp, rssi and rscp are in dBm; rsrq, snr and ecio in dB; frequency in MHz;\n"
			"timing_advance in microseconds.  cell_id is the global one: for LTE enb and\n"
			"sector are its parts.  band is found by earfcn; NR channels can be in several\n"
			"bands.  A radio that the modem does not use is absent.",
		.queries = nas_cells_queries,
	},
	{
		.name = "detach",
		.help = "detach from packet service",
		.set_message = NAS_ATTACH_DETACH,
		.set = SET("action=detach"),
	},
	{
		.name = "drx",
		.help = "discontinuous reception",
		.queries = nas_drx_queries,
	},
	{
		.name = "home",
		.help = "the home network of the SIM",
		.more = "mcc and mnc are digit strings: leading zeros count.",
		.queries = home_queries,
	},
	{
		.name = "monitor",
		.help = "signal, registration and system as they change",
		.more = "First what is, then an event each time; key event: signal, status, system,\n"
			"operator or reject, then the keys of that verb.  Modems tell of signal only\n"
			"where it passes a threshold: without options RSRP at -125, -115 … -85 dBm and\n"
			"RSSI at -110, -100 … -70.  Exit code 8 when modem or proxy go away.",
		.options = monitor_options,
		.timeout = TIMEOUT_NONE,
		.queries = nas_monitor_queries,
		.run = nas_monitor,
	},
	{
		.name = "operator",
		.help = "names of the network and the service provider",
		.more = "spn is the provider's name on the SIM, names and plmns are lists on it, nitz is\n"
			"what the network told.",
		.queries = operator_queries,
	},
	{
		.name = "plmn-name",
		.args = "MCCMNC",
		.help = "names of a network by its code",
		.args_min = 1,
		.args_max = 1,
		.queries = nas_name_queries,
		.run = nas_name_of,
	},
	{
		.name = "preferred",
		.args = "[ACTION]",
		.help = "preferred networks on the SIM",
		.more = "networks is the user's list, static the operator's.",
		.args_max = 1,
		.queries = preferred_queries,
		.actions = preferred_actions,
	},
	{
		.name = "register",
		.args = "[auto|MCCMNC]",
		.help = "register, with the best network or with one",
		.more = "It ends once the modem says that it tries; nas wait tells when it is done.",
		.options = register_options,
		.values = "auto",
		.args_max = 1,
		.timeout = 120,
		.run = nas_register,
	},
	{
		.name = "reset",
		.help = "the service's settings for this client as at its start",
		.set_message = NAS_RESET,
		.set = SET_NOTHING,
	},
	{
		.name = "rf",
		.help = "bands and channels in use",
		.more = "band is a name of the modem's list (eutran-3).",
		.queries = nas_rf_queries,
	},
	{
		.name = "scan",
		.help = "networks that can be heard",
		.more = "It takes minutes, and the connection may pause.  When it is interrupted, the\n"
			"modem is told to stop.",
		.options = scan_options,
		.timeout = 300,
		.queries = nas_scan_queries,
		.run = nas_scan,
	},
	{
		.name = "search",
		.help = "look for a network now",
		.set_message = NAS_FORCE_NETWORK_SEARCH,
		.set = SET_NOTHING,
	},
	{
		.name = "select",
		.help = "which radios, bands and networks may be used; or set it",
		.more = "Without options it is shown, with any of them these are set and the others stay.\n"
			"What the modem cannot restrict is absent.",
		.options = select_options,
		.queries = nas_select_queries,
		.set_message = NAS_SET_SYSTEM_SELECTION_PREFERENCE,
		.set = SET("mode_preference=--modes", "band_preference=--bands",
			"roaming_preference=--roaming", "acquisition_order_preference=--order",
			"service_domain_preference=--domain", "usage_preference=--usage",
			"voice_domain_preference=--voice", "emergency_mode=--emergency",
			"change_duration=--duration"),
		.run = nas_select,
	},
	{
		.name = "signal",
		.help = "signal strength and quality of each radio in use",
		.more = "rssi, rsrp, rscp and io are in dBm; rsrq, snr and ecio in dB; bars are 0 to 5.\n"
			"A radio that the modem does not use is absent.",
		.queries = nas_signal_queries,
	},
	{
		.name = "status",
		.help = "registration, network and cell",
		.more = "mcc and mnc are digit strings: leading zeros count.\n"
			"What the modem does not know, such as the plmn while it searches, is absent.",
		.queries = nas_status_queries,
	},
	{
		.name = "swi-status",
		.help = "temperature and LTE state of a Sierra Wireless modem",
		.more = "temperature is in degrees Celsius.",
		.queries = nas_sierra_queries,
	},
	{
		.name = "system",
		.help = "service of each radio: domain, network, cell, rejection",
		.more = "What the modem does not vouch for is absent.",
		.queries = nas_system_queries,
	},
	{
		.name = "txrx",
		.args = "RAT",
		.help = "receivers and transmitter of one radio",
		.more = "power, rscp and rsrp are in dBm, ecio in dB, phase in hundredths of a degree.\n"
			"A receiver that is not tuned has no values.",
		.values = "@enum:nas_radio_interface",
		.args_min = 1,
		.args_max = 1,
		.queries = nas_txrx_queries,
	},
	{
		.name = "wait",
		.help = "wait until the modem is registered, then show the status",
		.more = "Exit code 4 where that does not happen in time.",
		.options = wait_options,
		.timeout = 120,
		.queries = nas_status_queries,
		.run = nas_wait,
	},
	{ .name = NULL }
};

const struct applet applet_nas = {
	.name = "nas",
	.help = "network: registration, signal, cells, selection",
	.service = QMUX_SERVICE_NAS,
	.verbs = verbs,
};
