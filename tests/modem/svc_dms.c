/* svc_dms.c - device management. */
#include "service.h"

#include <string.h>

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

enum { PIN_NOT_VERIFIED = 1, PIN_VERIFIED, PIN_DISABLED, PIN_BLOCKED, PIN_UNBLOCKED = 6 };

/* The keys of PIN 1 and PIN 2. */
static const struct pin_keys {
	unsigned status, retries, puk_retries;
} pin_keys[] = {
	{ K_pin1_status, K_pin1_retries, K_puk1_retries },
	{ K_pin2_status, K_pin2_retries, K_puk2_retries },
};

static void tell_retries(struct modem *m, const struct pin_keys *pin, struct out *o)
{
	uint8_t left[] = { (uint8_t)m->state[pin->retries].num,
		(uint8_t)m->state[pin->puk_retries].num };

	put_tlv(o, 0x10, left, sizeof left);
}

/* The text with its length before it at v + at is what stands in the key; *at: behind it. */
static bool is_text(const struct modem *m, unsigned key, const uint8_t *v, size_t len, size_t *at)
{
	const struct value *want = &m->state[key];
	size_t n = *at < len ? v[*at] : len;
	const uint8_t *text = v + *at + 1;

	*at += n + 1;
	return *at <= len && n == want->n && !memcmp(text, want->bytes, n);
}

/* What is in `at` front of the secret is the PIN's number (and a bool); then says what it is now. */
static int try_pin(struct modem *m, const struct request *q, struct out *o, size_t at, bool puk,
	int now)
{
	const struct pin_keys *pin;
	const uint8_t *v;
	size_t len;
	unsigned tries;

	v = request_tlv(q, 0x01, &len);
	if (!v || len <= at)
		return QERR_MALFORMED;
	if (v[0] < 1 || v[0] > 2)
		return QERR_INVALID_PIN_ID;
	pin = &pin_keys[v[0] - 1];
	tries = puk ? pin->puk_retries : pin->retries;
	if (!m->state[tries].num)
		return QERR_PIN_BLOCKED;
	if (!is_text(m, puk ? K_dms_puk : K_dms_pin, v, len, &at)) {
		state_set_num(m, tries, m->state[tries].num - 1);
		if (!puk && !m->state[tries].num)
			state_set_num(m, pin->status, PIN_BLOCKED);
		tell_retries(m, pin, o);
		return QERR_INCORRECT_PIN | QERR_WITH_TLVS;
	}
	state_set_num(m, pin->retries, 3);
	if (now)
		state_set_num(m, pin->status, now);
	if (at < len) {	/* a new one */
		char text[64] = "";

		memcpy(text, v + at + 1, len - at - 1 < sizeof text ? len - at - 1 : 0);
		state_set(m, K_dms_pin, text);
	}
	tell_retries(m, pin, o);
	return QERR_NONE;
}

static int set_pin_protection(struct modem *m, const struct request *q, struct out *o)
{
	size_t len;
	const uint8_t *v = request_tlv(q, 0x01, &len);

	return try_pin(m, q, o, 2, false, v && len > 1 && v[1] ? PIN_VERIFIED : PIN_DISABLED);
}

static int verify_pin(struct modem *m, const struct request *q, struct out *o)
{
	return try_pin(m, q, o, 1, false, PIN_VERIFIED);
}

static int unblock_pin(struct modem *m, const struct request *q, struct out *o)
{
	return try_pin(m, q, o, 1, true, PIN_UNBLOCKED);
}

static int change_pin(struct modem *m, const struct request *q, struct out *o)
{
	return try_pin(m, q, o, 1, false, 0);
}

static int restore_defaults(struct modem *m, const struct request *q, struct out *o)
{
	const struct value *spc = &m->state[K_spc];
	size_t len;
	const uint8_t *v = request_tlv(q, 0x01, &len);

	(void)o;
	if (len != spc->n || memcmp(v, spc->bytes, len))
		return QERR_AUTHENTICATION_FAILED;
	state_set_num(m, K_factory_resets, m->state[K_factory_resets].num + 1);
	return QERR_NONE;
}

static int check_spc(struct modem *m, const struct request *q, struct out *o)
{
	const struct value *spc = &m->state[K_spc];
	size_t len;
	const uint8_t *v = request_tlv(q, 0x01, &len);

	(void)o;
	return len == spc->n && !memcmp(v, spc->bytes, len) ? QERR_NONE :
		QERR_AUTHENTICATION_FAILED;
}

static int set_spc(struct modem *m, const struct request *q, struct out *o)
{
	size_t len;
	const uint8_t *v = request_tlv(q, 0x02, &len);
	char text[8] = "";

	if (check_spc(m, q, o))
		return QERR_AUTHENTICATION_FAILED;
	memcpy(text, v, len < sizeof text ? len : 0);
	return state_set(m, K_spc, text) ? QERR_INVALID_ARGUMENT : QERR_NONE;
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
	{ .id = 0x0027, .name = "uim_set_pin_protection", .fn = set_pin_protection },
	{ .id = 0x0028, .name = "uim_verify_pin", .fn = verify_pin },
	{ .id = 0x0029, .name = "uim_unblock_pin", .fn = unblock_pin },
	{ .id = 0x002a, .name = "uim_change_pin", .fn = change_pin },
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
	{ .id = 0x0032, .name = "activate_automatic", .in = BINDS(BIND(0x01, STR(activated_by))) },
	{ .id = 0x0033, .name = "activate_manual", .in = BINDS(BIND(0x01, STR(activated_by))) },
	{ .id = 0x0035, .name = "set_user_lock_state",
		.in = BINDS(BIND(0x01, STR(user_lock_request))) },
	{ .id = 0x0036, .name = "set_user_lock_code",
		.in = BINDS(BIND(0x01, STR(user_lock_request))) },
	{ .id = 0x0037, .name = "read_user_data", .out = TLVS(TLV(0x01, STR(user_data))) },
	{ .id = 0x0038, .name = "write_user_data", .in = BINDS(BIND(0x01, STR(user_data))) },
	{ .id = 0x0039, .name = "read_eri_file", .out = TLVS(TLV(0x01, STR(eri))) },
	{ .id = 0x003a, .name = "restore_factory_defaults", .in = BINDS(BIND(0x01, LOOK(6))),
		.fn = restore_defaults },
	{ .id = 0x003b, .name = "validate_service_programming_code",
		.in = BINDS(BIND(0x01, LOOK(6))), .fn = check_spc },
	{ .id = 0x003e, .name = "set_firmware_id" },
	{ .id = 0x0040, .name = "uim_get_ck_status", .in = BINDS(BIND(0x01, U8(ck_facility))),
		.out = TLVS(TLV(0x01, U8(ck_state), C8(3), C8(10)), TLV(0x10, U8(ck_blocking))) },
	{ .id = 0x0041, .name = "uim_set_ck_protection", .in = BINDS(BIND(0x01, STR(ck_request))) },
	{ .id = 0x0042, .name = "uim_unblock_ck", .in = BINDS(BIND(0x01, STR(ck_request))) },
	{ .id = 0x0034, .name = "get_user_lock_state", .out = TLVS(TLV(0x01, U8(user_lock))) },
	{ .id = 0x003c, .name = "uim_get_iccid", .out = TLVS(TLV(0x01, STR(iccid))) },
	{ .id = 0x0043, .name = "uim_get_imsi", .out = TLVS(TLV(0x01, STR(imsi))) },
	{ .id = 0x0044, .name = "uim_get_state", .out = TLVS(TLV(0x01, U8(uim_state))) },
	{ .id = 0x0045, .name = "get_band_capabilities",
		.out = TLVS(TLV(0x01, U64(band_capability)), TLV(0x10, U64(lte_band_capability)),
			TLV(0x11, U64(tds_band_capability)), TLV(0x12, LIST16(2, lte_bands)),
			TLV(0x13, LIST16(2, nr5g_bands))) },
	{ .id = 0x0046, .name = "get_factory_sku", .out = TLVS(TLV(0x01, STR(factory_sku))) },
	{ .id = 0x0047, .name = "get_firmware_preference",
		.out = TLVS(TLV(0x01, STR(firmware_preference))) },
	{ .id = 0x0048, .name = "set_firmware_preference",
		.in = BINDS(BIND(0x01, STR(firmware_preference)),
			BIND_OPTIONAL(0x10, U8(firmware_override)),
			BIND_OPTIONAL(0x11, U8(firmware_slot))),
		.out = TLVS(TLV(0x01, LIST8(1, firmware_download))) },
	{ .id = 0x0049, .name = "list_stored_images", .out = TLVS(TLV(0x01, STR(firmware_images))) },
	{ .id = 0x004a, .name = "delete_stored_image",
		.in = BINDS(BIND(0x01, STR(firmware_deleted))) },
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
	{ .id = 0x0052, .name = "set_service_programming_code",
		.in = BINDS(BIND(0x01, LOOK(6)), BIND(0x02, LOOK(6))), .fn = set_spc },
	{ .id = 0x5556, .name = "swi_get_current_firmware",
		.out = TLVS(TLV(0x18, STR(swi_config)), TLV(0x17, STR(swi_carrier)),
			TLV(0x16, STR(swi_pri)), TLV(0x15, STR(swi_carrier_id)),
			TLV(0x13, STR(swi_sku)), TLV(0x12, STR(swi_amss)), TLV(0x11, STR(swi_boot)),
			TLV(0x10, STR(swi_model))) },
	{ .id = 0x555b, .name = "swi_get_usb_composition",
		.out = TLVS(TLV(0x10, U8(usb_composition)), TLV(0x11, LIST8(1, usb_compositions))) },
	{ .id = 0x555c, .name = "swi_set_usb_composition",
		.in = BINDS(BIND(0x01, U8(usb_composition))) },
	{ .id = 0x555e, .name = "foxconn_get_firmware_version",
		.in = BINDS(BIND(0x01, LOOK(1))), .out = TLVS(TLV(0x01, STR(foxconn_version))) },
	{ .id = 0x555f, .name = "set_fcc_authentication" },
	{ .id = 0x5562, .name = "foxconn_change_device_mode",
		.in = BINDS(BIND(0x01, U8(foxconn_mode))) },
	{ .id = 0x5571, .name = "foxconn_set_fcc_authentication",
		.in = BINDS(BIND(0x01, STR(fcc_magic)), BIND_OPTIONAL(0x02, U8(fcc_number))) },
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
