/* svc_nas.c - network access: signal, registration, cells. */
#include "service.h"

#include <stdio.h>

enum { GSM = 4, UMTS = 5, LTE = 8, NR5G = 12 };

enum { /* the request mask of get_signal_strength */
	ASK_RSSI = 0x01,
	ASK_ECIO = 0x02,
	ASK_IO = 0x04,
	ASK_SINR = 0x08,
	ASK_ERROR_RATE = 0x10,
	ASK_RSRQ = 0x20,
	ASK_LTE_SNR = 0x40,
	ASK_LTE_RSRP = 0x80,
};

/* Seen on a modem: no thresholds is an error even where the report is switched off. */
static int set_event_report(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v;
	size_t len;

	v = request_tlv(q, 0x10, &len);
	if (v && (len < 2 || len < (size_t)2 + v[1]))
		return QERR_MALFORMED;
	if (v && !v[1])
		return QERR_NO_THRESHOLDS;
	return method_set_event_report(m, q, o);
}

/* Thresholds are accepted and not kept: every change is told. */
static int config_signal_info(struct modem *m, const struct request *q, struct out *o)
{
	(void)m;
	(void)o;
	return q->len ? QERR_NONE : QERR_MISSING_ARGUMENT;
}

static void set_text(struct modem *m, unsigned key, const char *format, unsigned v)
{
	char text[16];

	snprintf(text, sizeof text, format, v);
	state_set(m, key, text);
}

enum { ACTION_MANUAL = 2 };

static int network_register(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *action, *network, *pcs;
	size_t len;

	(void)o;
	action = request_tlv(q, 0x01, &len);
	if (*action == ACTION_MANUAL) {
		pcs = request_tlv(q, 0x12, &len);
		network = request_tlv(q, 0x10, &len);
		if (!network)
			return QERR_MISSING_ARGUMENT;
		if (len < 5)
			return QERR_MALFORMED;
		set_text(m, K_mcc, "%03u", (unsigned)get_num(network, 2));
		set_text(m, K_mnc, pcs && *pcs ? "%03u" : "%02u", (unsigned)get_num(network + 2, 2));
		state_set_num(m, K_register_rat, network[4]);
	}
	state_set_num(m, K_register_action, *action);
	state_set_num(m, K_registration, 1);
	return QERR_NONE;
}

static const struct tlv signal_info[] = {
	TLV(0x12, U8(gsm_rssi)),
	TLV(0x13, U8(umts_rssi), U16(umts_ecio)),
	TLV(0x14, U8(lte_rssi), U8(lte_rsrq), U16(lte_rsrp), U16(lte_snr)),
	TLV(0x17, U16(nr5g_rsrp), U16(nr5g_snr)),
	TLV(0x18, U16(nr5g_rsrq)),
	TLV(0x19, U16(umts_rscp)),
	{ .type = 0 },
};

#define SERVING_SYSTEM                                                                             \
	TLV(0x01, U8(registration), U8(cs_attach), U8(ps_attach), U8(selected_network),            \
		LIST8(1, radio_interfaces)),                                                       \
		TLV(0x10, NOT8(roaming)), TLV(0x11, LIST8(1, data_capabilities)),                  \
		TLV(0x12, U16(mcc), U16(mnc), STR8(plmn_name)),                                    \
		TLV(0x15, C8(1), FIRST8(radio_interfaces), NOT8(roaming)), TLV(0x1a, U8(time_zone))
#define SERVICE_STATUS U8(service_status), U8(service_domain), C8(0), U8(hdr_hybrid), U8(forbidden)
#define BARRING U32(cs_barring), U32(ps_barring)
#define PLMN_DIGITS U16(mcc), U16(mnc), PCS(mnc)

/* What the two have in common has different types in each. */
static const struct tlv serving_system[] = {
	SERVING_SYSTEM,
	TLV(0x1b, U8(daylight_saving)),
	TLV(0x1c, U16(lac)),
	TLV(0x1d, U32(cid)),
	TLV(0x21, SERVICE_STATUS),
	TLV_RADIO(0x24, LTE, U16(tac)),
	TLV(0x25, BARRING),
	TLV_RADIO(0x26, UMTS, U16(scrambling_code)),
	TLV(0x27, PLMN_DIGITS),
	{ .type = 0 },
};

static const struct tlv serving_system_ind[] = {
	SERVING_SYSTEM,
	TLV(0x1d, U16(lac)),
	TLV(0x1e, U32(cid)),
	TLV(0x22, SERVICE_STATUS),
	TLV_RADIO(0x25, LTE, U16(tac)),
	TLV(0x26, BARRING),
	TLV_RADIO(0x28, UMTS, U16(scrambling_code)),
	TLV(0x29, PLMN_DIGITS),
	{ .type = 0 },
};

#define ON_RADIO(r) ON8(r, service_status), ON8(r, service_status), C8(0)
#define REJECT VALID(reject_cause), FILL(1, reject_domain, 0), FILL(1, reject_cause, 0)
#define SYSTEM                                                                                     \
	OPT(1, service_domain, 0), OPT(1, service_domain, 0), OPT(1, roaming, 0),                  \
		OPT(1, forbidden, 0), OPT(2, lac, 0xffff), OPT(4, cid, 0), REJECT, VALID(mcc),     \
		CHARS3(mcc), CHARS3(mnc)
#define SYSTEM_INFO                                                                                \
	TLV(0x12, ON_RADIO(GSM)), TLV(0x13, ON_RADIO(UMTS)), TLV(0x14, ON_RADIO(LTE)),             \
		TLV_RADIO(0x17, GSM, SYSTEM, C16(0), C16(0)),                                      \
		TLV_RADIO(0x18, UMTS, SYSTEM, C16(0), C16(0), VALID(scrambling_code),              \
			FILL(2, scrambling_code, 0xffff)),                                         \
		TLV_RADIO(0x19, LTE, SYSTEM, OPT(2, tac, 0xffff)),                                 \
		TLV_RADIO(0x1e, LTE, U16(geo_system_index)), TLV_RADIO(0x21, LTE, U8(lte_voice))

static const struct tlv system_info[] = {
	SYSTEM_INFO,
	TLV_RADIO(0x26, LTE, U8(embms)),
	TLV(0x27, U32(sim_reject)),
	TLV(0x29, U8(ims_voice)),
	TLV_RADIO(0x2a, LTE, U32(lte_voice_domain)),
	TLV(0x2f, U32(registration_restriction)),
	TLV_RADIO(0x31, LTE, U32(lte_registration_domain)),
	TLV_RADIO(0x34, LTE, U16(embms_trace)),
	TLV_RADIO(0x4a, NR5G, ON_RADIO(NR5G)),
	TLV_RADIO(0x4b, NR5G, SYSTEM, OPT(2, tac, 0xffff)),
	TLV(0x4e, U8(nr5g_available)),
	TLV(0x4f, U8(nr5g_restricted)),
	{ .type = 0 },
};

static const struct tlv system_info_ind[] = {
	SYSTEM_INFO,
	TLV_RADIO(0x27, LTE, U8(embms)),
	TLV(0x28, U32(sim_reject)),
	TLV_RADIO(0x4c, NR5G, ON_RADIO(NR5G)),
	TLV_RADIO(0x4d, NR5G, SYSTEM, OPT(2, tac, 0xffff)),
	TLV(0x50, U8(nr5g_available)),
	TLV(0x51, U8(nr5g_restricted)),
	{ .type = 0 },
};

#define RF_BAND C8(1), FIRST8(radio_interfaces), U16(active_band)

static const struct method methods[] = {
	{ .id = 0x0000, .name = "reset", .fn = method_reset },
	{ .id = 0x0002, .name = "set_event_report", .fn = set_event_report },
	{ .id = 0x0003, .name = "register_indications", .fn = method_register_indications },
	{ .id = 0x0001, .name = "abort", .in = BINDS(BIND(0x01, U16(aborted))) },
	{ .id = 0x0020, .name = "get_signal_strength", .mask_tlv = 0x10,
		.out = TLVS(TLV_RADIO(0x01, GSM, U8(gsm_rssi), C8(GSM)),
			TLV_RADIO(0x01, UMTS, U8(umts_rssi), C8(UMTS)),
			TLV_RADIO(0x01, LTE, U8(lte_rssi), C8(LTE)),
			TLV_RADIO(0x01, NR5G, U8(nr5g_rsrp), C8(NR5G)),
			TLV_MASK(0x11, GSM, ASK_RSSI, C16(1), NEG8(gsm_rssi), C8(GSM)),
			TLV_MASK(0x11, UMTS, ASK_RSSI, C16(1), NEG8(umts_rssi), C8(UMTS)),
			TLV_MASK(0x11, LTE, ASK_RSSI, C16(1), NEG8(lte_rssi), C8(LTE)),
			TLV_MASK(0x12, UMTS, ASK_ECIO, C16(1), U8(umts_ecio), C8(UMTS)),
			TLV_MASK(0x13, 0, ASK_IO, U32(io)),
			TLV_MASK(0x14, 0, ASK_SINR, U8(sinr)),
			TLV_MASK(0x15, 0, ASK_ERROR_RATE, C16(1), U16(error_rate),
				FIRST8(radio_interfaces)),
			TLV_MASK(0x16, LTE, ASK_RSRQ, U8(lte_rsrq), C8(LTE)),
			TLV_MASK(0x17, LTE, ASK_LTE_SNR, U16(lte_snr)),
			TLV_MASK(0x18, LTE, ASK_LTE_RSRP, U16(lte_rsrp))) },
	{ .id = 0x0021, .name = "network_scan",
		.in = BINDS(BIND_OPTIONAL(0x10, U8(scan_type))),
		.out = TLVS(TLV(0x10, STR(scan_networks)), TLV(0x11, STR(scan_radios)),
			TLV(0x12, STR(scan_digits)), TLV(0x13, U32(scan_result))) },
	{ .id = 0x0022, .name = "initiate_network_register",
		.in = BINDS(BIND(0x01, LOOK(1)), BIND_OPTIONAL(0x11, U8(change_duration))),
		.fn = network_register },
	{ .id = 0x0023, .name = "attach_detach", .in = BINDS(BIND(0x10, U8(ps_attach))) },
	{ .id = 0x0024, .name = "get_serving_system", .out = serving_system },
	{ .id = 0x0025, .name = "get_home_network",
		.out = TLVS(TLV(0x01, U16(home_mcc), U16(home_mnc), STR8(home_name)),
			TLV(0x12, C8(1), PCS(home_mnc))) },
	{ .id = 0x0026, .name = "get_preferred_networks",
		.out = TLVS(TLV(0x10, STR(preferred)), TLV(0x11, STR(preferred_static)),
			TLV(0x12, STR(preferred_digits))) },
	{ .id = 0x0027, .name = "set_preferred_networks",
		.in = BINDS(BIND_OPTIONAL(0x10, STR(preferred)),
			BIND_OPTIONAL(0x11, STR(preferred_digits)),
			BIND_OPTIONAL(0x12, U8(preferred_cleared))) },
	{ .id = 0x0031, .name = "get_rf_band_information",
		.out = TLVS(TLV(0x01, RF_BAND, U16(active_channel)),
			TLV(0x11, RF_BAND, U32(active_channel)),
			TLV(0x12, C8(1), FIRST8(radio_interfaces), U32(bandwidth))) },
	{ .id = 0x0033, .name = "set_system_selection_preference",
		.in = BINDS(BIND_OPTIONAL(0x10, U8(emergency_mode)),
			BIND_OPTIONAL(0x11, U16(mode_preference)),
			BIND_OPTIONAL(0x12, U64(band_preference)),
			BIND_OPTIONAL(0x14, U16(roaming_preference)),
			BIND_OPTIONAL(0x15, U64(lte_band_preference)),
			BIND_OPTIONAL(0x16, STR(network_selection)),
			BIND_OPTIONAL(0x17, U8(change_duration)),
			BIND_OPTIONAL(0x18, U32(domain_preference)),
			BIND_OPTIONAL(0x1a, U8(selection_pcs)),
			BIND_OPTIONAL(0x1e, STR(acquisition_order)),
			BIND_OPTIONAL(0x21, U32(usage_preference)),
			BIND_OPTIONAL(0x23, U32(voice_preference)),
			BIND_OPTIONAL(0x24, STR(lte_masks)), BIND_OPTIONAL(0x2f, STR(nr_sa_masks)),
			BIND_OPTIONAL(0x30, STR(nr_nsa_masks))) },
	{ .id = 0x0034, .name = "get_system_selection_preference",
		.out = TLVS(TLV(0x10, U8(emergency_mode)), TLV(0x11, U16(mode_preference)),
			TLV(0x12, U64(band_preference)), TLV(0x13, U16(prl_preference)),
			TLV(0x14, U16(roaming_preference)), TLV(0x15, U64(lte_band_preference)),
			TLV(0x16, U8(selection_mode)), TLV(0x18, U32(domain_preference)),
			TLV(0x1b, U16(selection_mcc), U16(selection_mnc), PCS(selection_mnc)),
			TLV(0x1c, STR(acquisition_order)), TLV(0x1f, U32(usage_preference)),
			TLV(0x20, U32(voice_preference)), TLV(0x22, U16(disabled_modes)),
			TLV(0x23, STR(lte_masks)), TLV(0x2c, STR(nr_sa_masks)),
			TLV(0x2d, STR(nr_nsa_masks))) },
	{ .id = 0x0039, .name = "get_operator_name",
		.out = TLVS(TLV(0x10, U8(spn_display), STR8(spn)), TLV(0x11, STR(operator_plmns)),
			TLV(0x13, STR(plmn_name))) },
	{ .id = 0x0043, .name = "get_cell_location_info",
		.out = TLVS(TLV(0x10, STR(cells_geran)), TLV(0x11, STR(cells_umts)),
			TLV(0x13, STR(cells_lte)), TLV(0x14, STR(cells_lte_inter)),
			TLV(0x15, STR(cells_lte_gsm)), TLV(0x16, STR(cells_lte_wcdma)),
			TLV(0x1e, U32(timing_advance)), TLV(0x2e, U32(nr_arfcn)),
			TLV(0x2f, STR(cells_nr))) },
	{ .id = 0x0044, .name = "get_plmn_name", .in = BINDS(BIND(0x01, STR(named_plmn))),
		.out = TLVS(TLV(0x10, STR(eons_name))) },
	{ .id = 0x004d, .name = "get_system_info", .out = system_info },
	{ .id = 0x004f, .name = "get_signal_info", .out = signal_info },
	{ .id = 0x0050, .name = "config_signal_info", .fn = config_signal_info },
	{ .id = 0x005a, .name = "get_tx_rx_info", .in = BINDS(BIND(0x01, U8(txrx_radio))),
		.out = TLVS(TLV(0x10, STR(rx_chain_0)), TLV(0x11, STR(rx_chain_1)),
			TLV(0x12, STR(tx_chain))) },
	{ .id = 0x0067, .name = "force_network_search" },
	{ .id = 0x006c, .name = "config_signal_info_v2", .fn = config_signal_info },
	{ .id = 0x0089, .name = "get_drx", .out = TLVS(TLV(0x10, U32(drx))) },
	{ .id = 0x00ac, .name = "get_lte_cphy_ca_info",
		.out = TLVS(TLV(0x11, U32(ca_bandwidth)), TLV(0x12, STR(ca_scell)),
			TLV(0x13, STR(ca_pcell)), TLV(0x14, U8(ca_scell_index)),
			TLV(0x15, STR(ca_scells))) },
	{ .id = 0x5556, .name = "swi_get_status",
		.out = TLVS(TLV(0x10, STR(swi_lte)), TLV(0x01, STR(swi_common))) },
	{ .name = NULL },
};

static const struct indication indications[] = {
	{ .id = 0x0002, .name = "event_report",
		.out = TLVS(TLV_EVENT(0x10, GSM, 0x10, U8(gsm_rssi), C8(GSM)),
			TLV_EVENT(0x10, UMTS, 0x10, U8(umts_rssi), C8(UMTS)),
			TLV_EVENT(0x10, LTE, 0x10, U8(lte_rssi), C8(LTE)),
			TLV_EVENT(0x11, 0, 0x11, RF_BAND, U16(active_channel)),
			TLV_EVENT(0x12, 0, 0x12, U8(reject_domain), U16(reject_cause)),
			TLV_EVENT(0x13, UMTS, 0x13, NEG8(umts_rssi), C8(UMTS)),
			TLV_EVENT(0x13, LTE, 0x13, NEG8(lte_rssi), C8(LTE)),
			TLV_EVENT(0x14, UMTS, 0x14, U8(umts_ecio), C8(UMTS)),
			TLV_EVENT(0x15, 0, 0x15, U32(io)),
			TLV_EVENT(0x16, 0, 0x16, U8(sinr)),
			TLV_EVENT(0x17, 0, 0x17, U16(error_rate), FIRST8(radio_interfaces)),
			/* The deltas of these two are asked for under other types. */
			TLV_EVENT(0x19, LTE, 0x1b, U16(lte_snr)),
			TLV_EVENT(0x1a, LTE, 0x1c, U16(lte_rsrp))) },
	{ .id = 0x0024, .name = "serving_system", .event = REGISTERED(0x13),
		.out = serving_system_ind },
	{ .id = 0x003a, .name = "operator_name", .event = REGISTERED(0x1e),
		.out = TLVS(TLV(0x10, U8(spn_display), STR8(spn)), TLV(0x13, STR(plmn_name))) },
	{ .id = 0x004e, .name = "system_info", .event = REGISTERED(0x18), .out = system_info_ind },
	{ .id = 0x0051, .name = "signal_info", .event = REGISTERED(0x19), .out = signal_info },
	{ .name = NULL },
};

const struct service svc_nas = { SVC_NAS, "nas", 1, 25, methods, indications };
