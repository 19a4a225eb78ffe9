/* nas_status.c - what nas status and nas system show: registration, and each radio by itself. */
#include "applets/nas.h"

const struct view_row nas_status_view[] = {
	ROW("registration", "serving_system.registration_state"),
	ROW("cs_attach", "serving_system.cs_attach_state"),
	ROW("ps_attach", "serving_system.ps_attach_state"),
	ROW("network", "serving_system.selected_network"),
	ROW("radio_interfaces", "serving_system.radio_interfaces"),
	ROW("data_capabilities", "data_service_capability"),
	ROW("roaming", "roaming_indicator"),
	ROW("plmn.mcc", "current_plmn.mcc", .form = VIEW_MCC),
	ROW("plmn.mnc", "current_plmn.mnc", .form = VIEW_MNC),
	ROW("plmn.name", "current_plmn.description", .show = nas_show_name),
	ROW("lac", "lac_3gpp", .absent = NO_AREA),
	ROW("tac", "lte_tac", .absent = NO_AREA),
	ROW("cell_id", "cid_3gpp", .absent = NO_CELL),
	ROW("service.status", "detailed_service_status.status"),
	ROW("service.capability", "detailed_service_status.capability"),
	ROW("service.forbidden", "detailed_service_status.forbidden"),
	ROW_END
};

const struct query nas_status_queries[] = {
	QUERY(NAS_GET_SERVING_SYSTEM, nas_status_view),
	{ 0 }
};

/* ---- system: each radio by itself ---- */

#define CHECKED(key_, name_, ...) \
	ROW(key_, name_, .valid = name_ "_valid", __VA_ARGS__)

static const struct view_row system_rows[] = {
	CHECKED("domain", "domain"),
	CHECKED("capability", "service_capability"),
	CHECKED("roaming", "roaming_status"),
	CHECKED("forbidden", "forbidden"),
	ROW("plmn.mcc", "mcc", .form = VIEW_DIGITS, .valid = "network_id_valid"),
	ROW("plmn.mnc", "mnc", .form = VIEW_DIGITS, .valid = "network_id_valid"),
	CHECKED("lac", "lac", .absent = NO_AREA),
	CHECKED("tac", "tac", .absent = NO_AREA),
	CHECKED("cell_id", "cid", .absent = NO_CELL),
	ROW("reject.domain", "registration_reject_domain",
		.valid = "registration_reject_info_valid"),
	ROW("reject.cause", "registration_reject_cause",
		.valid = "registration_reject_info_valid"),
	CHECKED("egprs", "egprs_support"),
	CHECKED("dtm", "dtm_support"),
	CHECKED("hs_call", "hs_call_status"),
	CHECKED("hs_service", "hs_service"),
	CHECKED("psc", "primary_scrambling_code"),
	CHECKED("cell_parameter_id", "cell_parameter_id"),
	CHECKED("prl_match", "prl_match"),
	CHECKED("p_rev", "p_rev"),
	CHECKED("base_station_p_rev", "base_station_p_rev"),
	CHECKED("concurrent_services", "concurrent_service_support"),
	ROW("sid", "sid", .valid = "cdma_system_id_valid"),
	ROW("nid", "nid", .valid = "cdma_system_id_valid"),
	ROW("base_station_id", "base_station_id", .valid = "base_station_info_valid"),
	ROW("latitude", "base_station_latitude", .valid = "base_station_info_valid"),
	ROW("longitude", "base_station_longitude", .valid = "base_station_info_valid"),
	CHECKED("packet_zone", "packet_zone"),
	CHECKED("personality", "personality"),
	CHECKED("protocol_revision", "protocol_revision"),
	CHECKED("is_856_system_id", "is_856_system_id"),
	ROW_END
};

/* The indication has td_scma in one place. */
#define RADIO(key_, status_, info_) \
	ROW(key_ ".service", status_ ".service_status"), \
	ROW(key_ ".true_service", status_ ".true_service_status"), \
	ROW(key_ ".preferred_path", status_ ".preferred_data_path"), \
	ROW(key_ ".*", info_, .rows = system_rows)

const struct view_row nas_system_view[] = {
	RADIO("nr5g", "nr5g_service_status_info", "nr5g_system_info"),
	RADIO("lte", "lte_service_status", "lte_system_info_v2"),
	ROW("lte.voice", "lte_voice_support"),
	ROW("lte.voice_domain", "lte_voice_domain"),
	ROW("lte.ims_voice", "ims_voice_support"),
	ROW("lte.registration_domain", "lte_registration_domain"),
	ROW("lte.cell_access", "lte_cell_access_status"),
	ROW("lte.embms_coverage", "lte_embms_coverage_info_support"),
	ROW("lte.nr5g_available", "eutra_with_nr5g_availability"),
	ROW("lte.nr5g_restricted", "dcnr_restriction_info"),
	RADIO("umts", "wcdma_service_status", "wcdma_system_info_v2"),
	ROW("umts.cs_barring", "wcdma_call_barring_status.cs_status"),
	ROW("umts.ps_barring", "wcdma_call_barring_status.ps_status"),
	ROW("umts.cipher_domain", "wcdma_cipher_domain"),
	ROW("umts.routing_area", "wcdma_routing_area_code"),
	RADIO("td_scdma", "td_scdma_service_status", "td_scdma_system_info_v2"),
	RADIO("gsm", "gsm_service_status", "gsm_system_info_v2"),
	ROW("gsm.cs_barring", "gsm_call_barring_status.cs_status"),
	ROW("gsm.ps_barring", "gsm_call_barring_status.ps_status"),
	ROW("gsm.cipher_domain", "gsm_cipher_domain"),
	ROW("gsm.routing_area", "gsm_routing_area_code"),
	RADIO("cdma", "cdma_service_status", "cdma_system_info"),
	ROW("cdma.zone", "cdma_registration_zone_id"),
	ROW("cdma.resolved_mcc", "cdma_resolved_mcc", .form = VIEW_MCC),
	RADIO("evdo", "hdr_service_status", "hdr_system_info"),
	ROW("sim_reject", "sim_reject_info"),
	ROW("restriction", "network_selection_registration_restriction"),
	ROW_END
};

const struct query nas_system_queries[] = {
	QUERY(NAS_GET_SYSTEM_INFO, nas_system_view),
	{ 0 }
};
