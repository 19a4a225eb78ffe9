/* svc_dms.c - device management. */
#include "service.h"

enum { MODE_RESET = 4, MODE_LAST = 7 };

static int set_operating_mode(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v;
	size_t len;

	(void)o;
	v = request_tlv(q, 0x01, &len);
	if (v[0] > MODE_LAST)
		return QERR_INVALID_ARGUMENT;
	m->restart = v[0] == MODE_RESET;
	state_set_num(m, K_operating_mode, v[0]);
	return QERR_NONE;
}

static const struct method methods[] = {
	{ .id = 0x0000, .name = "reset", .fn = method_reset },
	{ .id = 0x0001, .name = "set_event_report", .fn = method_set_event_report },
	{ .id = 0x0020, .name = "get_capabilities",
		.out = TLVS(TLV(0x01, U32(max_tx_rate), U32(max_rx_rate), U8(data_service),
			U8(sim_capability), LIST8(1, radios))) },
	{ .id = 0x0021, .name = "get_manufacturer", .out = TLVS(TLV(0x01, STR(manufacturer))) },
	{ .id = 0x0022, .name = "get_model", .out = TLVS(TLV(0x01, STR(model))) },
	{ .id = 0x0023, .name = "get_revision", .out = TLVS(TLV(0x01, STR(revision))) },
	{ .id = 0x0024, .name = "get_msisdn", .out = TLVS(TLV(0x01, STR(msisdn))) },
	/* In the order that modems have been seen to use. */
	{ .id = 0x0025, .name = "get_ids",
		.out = TLVS(TLV(0x13, STR(imei_software_version)), TLV(0x12, STR(meid)),
			TLV(0x10, STR(esn)), TLV(0x11, STR(imei))) },
	{ .id = 0x0026, .name = "get_power_state",
		.out = TLVS(TLV(0x01, U8(power_state), U8(battery_level))) },
	{ .id = 0x002b, .name = "uim_get_pin_status",
		.out = TLVS(TLV(0x12, U8(pin2_status), U8(pin2_retries), U8(puk2_retries)),
			TLV(0x11, U8(pin1_status), U8(pin1_retries), U8(puk1_retries))) },
	{ .id = 0x002c, .name = "get_hardware_revision",
		.out = TLVS(TLV(0x01, STR(hardware_revision))) },
	{ .id = 0x002d, .name = "get_operating_mode",
		.out = TLVS(TLV(0x01, U8(operating_mode)), TLV(0x10, U16(offline_reason)),
			TLV(0x11, U8(hardware_restricted))) },
	{ .id = 0x002e, .name = "set_operating_mode", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = set_operating_mode },
	{ .id = 0x002f, .name = "get_time",
		.out = TLVS(TLV(0x01, U48(time_count), U16(time_source)),
			TLV(0x10, U64(system_time)), TLV(0x11, U64(user_time))) },
	{ .id = 0x0030, .name = "get_prl_version",
		.out = TLVS(TLV(0x01, U16(prl_version)), TLV(0x10, U8(prl_only))) },
	{ .id = 0x0031, .name = "get_activation_state",
		.out = TLVS(TLV(0x01, U16(activation_state))) },
	{ .id = 0x0034, .name = "get_user_lock_state", .out = TLVS(TLV(0x01, U8(user_lock))) },
	{ .id = 0x003c, .name = "uim_get_iccid", .out = TLVS(TLV(0x01, STR(iccid))) },
	{ .id = 0x0043, .name = "uim_get_imsi", .out = TLVS(TLV(0x01, STR(imsi))) },
	{ .id = 0x0044, .name = "uim_get_state", .out = TLVS(TLV(0x01, U8(uim_state))) },
	{ .id = 0x0045, .name = "get_band_capabilities",
		.out = TLVS(TLV(0x01, U64(band_capability)), TLV(0x10, U64(lte_band_capability)),
			TLV(0x11, U64(tds_band_capability)), TLV(0x12, LIST16(2, lte_bands)),
			TLV(0x13, LIST16(2, nr5g_bands))) },
	{ .id = 0x0046, .name = "get_factory_sku", .out = TLVS(TLV(0x01, STR(factory_sku))) },
	{ .id = 0x004b, .name = "set_time",
		.in = BINDS(BIND(0x01, U64(user_time)), BIND(0x10, LOOK(4))) },
	{ .id = 0x004d, .name = "get_alt_net_config",
		.out = TLVS(TLV(0x01, U8(alt_net_config))) },
	{ .id = 0x004e, .name = "set_alt_net_config",
		.in = BINDS(BIND(0x01, U8(alt_net_config))) },
	{ .id = 0x004f, .name = "get_boot_image_download_mode",
		.out = TLVS(TLV(0x10, U8(boot_image_mode))) },
	{ .id = 0x0050, .name = "set_boot_image_download_mode",
		.in = BINDS(BIND(0x01, U8(boot_image_mode))) },
	{ .id = 0x0051, .name = "get_software_version",
		.out = TLVS(TLV(0x01, STR(software_version))) },
	{ .id = 0x005c, .name = "get_mac_address", .in = BINDS(BIND(0x01, LOOK(4))),
		.out = TLVS(TLV(0x10, STR8(mac_address))) },
	{ .name = NULL },
};

static const struct indication indications[] = {
	{ .id = 0x0001, .name = "event_report",
		.out = TLVS(TLV_EVENT(0x10, 0, 0x10, U8(power_state), U8(battery_level)),
			TLV_EVENT(0x11, 0, 0x12, U8(pin1_status), U8(pin1_retries),
				U8(puk1_retries)),
			TLV_EVENT(0x12, 0, 0x12, U8(pin2_status), U8(pin2_retries),
				U8(puk2_retries)),
			TLV_EVENT(0x13, 0, 0x13, U16(activation_state)),
			TLV_EVENT(0x14, 0, 0x14, U8(operating_mode)),
			TLV_EVENT(0x15, 0, 0x15, U8(uim_state)),
			TLV_EVENT(0x16, 0, 0x16, U8(wireless_disabled))) },
	{ .name = NULL },
};

const struct service svc_dms = { SVC_DMS, "dms", 1, 14, methods, indications };
