/* svc_gas.c - what Telit modems have of their own. */
#include "service.h"

#include <string.h>

/* Two images are stored. */
static const char *const images[] = { "25.20.205", "25.20.615" };
static const char *const carriers[] = { "Generic", "Carrier" };

static void put_text(struct out *o, const char *text)
{
	put_num(o, strlen(text), 1);
	put_bytes(o, text, strlen(text));
}

/* The mode is 0: the one that runs; 1: all. */
static int list_firmware(struct modem *m, const struct request *q, struct out *o)
{
	size_t len;
	unsigned mode = request_tlv(q, 0x01, &len)[0], n = 0;

	put_tlv_num(o, 0x01, mode, 1);
	for (unsigned i = 0; i < 2; i++) {
		struct out v = { .p = (uint8_t[64]){ 0 }, .cap = 64 };

		if (!mode && m->state[K_gas_active].num != i + 1)
			continue;
		put_num(&v, i + 1, 1);
		put_text(&v, carriers[i]);
		put_text(&v, images[i]);
		put_text(&v, "001");
		put_tlv(o, 0x10 + n++, v.p, v.len);
	}
	return QERR_NONE;
}

static int select_firmware(struct modem *m, const struct request *q, struct out *o)
{
	size_t len;

	(void)o;
	if (!request_tlv(q, 0x10, &len) && !request_tlv(q, 0x11, &len) && !request_tlv(q, 0x12, &len))
		return QERR_MISSING_ARGUMENT;
	return m->state[K_gas_active].num > 2 ? QERR_INVALID_ARGUMENT : QERR_NONE;
}

static const struct method methods[] = {
	{ .id = 0x0203, .name = "dms_set_usb_composition", .in = BINDS(BIND(0x01, U32(gas_usb)),
		BIND(0x02, U8(gas_usb_endpoint)), BIND(0x03, U8(gas_usb_persistent)),
		BIND(0x04, U8(gas_usb_immediate)), BIND(0x05, U8(gas_usb_reboot))) },
	{ .id = 0x0204, .name = "dms_get_usb_composition", .out = TLVS(TLV(0x03, U32(gas_usb)),
		TLV(0x04, U8(gas_usb_endpoint)), TLV(0x05, U8(gas_usb_persistent)),
		TLV(0x06, U8(gas_usb_immediate)), TLV(0x07, U8(gas_usb_reboot))) },
	{ .id = 0x0206, .name = "dms_set_active_firmware",
		.in = BINDS(BIND_OPTIONAL(0x10, STR(gas_carrier)),
			BIND_OPTIONAL(0x11, U8(gas_active))), .fn = select_firmware },
	{ .id = 0x0208, .name = "dms_get_firmware_list", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = list_firmware },
	{ .id = 0x0222, .name = "dms_set_firmware_auto_sim", .in = BINDS(BIND(0x01, U8(gas_auto_sim)),
		BIND_OPTIONAL(0x10, U8(gas_config))) },
	{ .id = 0x0223, .name = "dms_get_firmware_auto_sim",
		.out = TLVS(TLV(0x03, U8(gas_auto_sim)), TLV(0x10, U8(gas_config))) },
	{ .id = 0x022d, .name = "dms_get_ethernet_pdu_mac_address",
		.out = TLVS(TLV(0x03, STR8(gas_mac)), TLV(0x10, STR8(gas_mac_2))) },
	{ .name = NULL },
};

const struct service svc_gas = { SVC_GAS, "gas", 1, 0, methods, NULL };
