/* svc_wds.c - data: whether there is a connection, and its addresses. */
#include "service.h"

enum { IPV6 = 6, CONNECTED = 2 };

/* Of a client: the family that it asks about. */
static const uint64_t v6 = UINT64_C(1) << 63;

static int set_ip_family(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v;
	size_t len;

	(void)m;
	(void)o;
	v = request_tlv(q, 0x01, &len);
	q->client->events &= ~v6;
	if (v[0] == IPV6)
		q->client->events |= v6;
	return QERR_NONE;
}

static int64_t status(const struct modem *m, const struct request *q)
{
	return m->state[q->client->events & v6 ? K_wds_status6 : K_wds_status].num;
}

static int get_packet_service_status(struct modem *m, const struct request *q, struct out *o)
{
	uint8_t value = (uint8_t)status(m, q);

	put_tlv(o, 0x01, &value, sizeof value);
	return QERR_NONE;
}

static const struct tlv settings[] = {
	TLV(0x14, STR(wds_apn)),
	TLV(0x15, U32(wds_dns)),
	TLV(0x16, U32(wds_dns2)),
	TLV(0x1e, U32(wds_address)),
	TLV(0x20, U32(wds_gateway)),
	TLV(0x21, U32(wds_mask)),
	TLV(0x29, U32(wds_mtu)),
	TLV(0x2b, C8(4)),
	{ .type = 0 },
};

static const struct tlv settings6[] = {
	TLV(0x14, STR(wds_apn)),
	TLV(0x25, STR(wds_address6)),
	TLV(0x26, STR(wds_gateway6)),
	TLV(0x27, STR(wds_dns6)),
	TLV(0x29, U32(wds_mtu)),
	TLV(0x2b, C8(6)),
	{ .type = 0 },
};

static int get_current_settings(struct modem *m, const struct request *q, struct out *o)
{
	if (status(m, q) != CONNECTED)
		return QERR_OUT_OF_CALL;
	put_tlvs(m, o, q->client->events & v6 ? settings6 : settings, &(struct choice){ 0 });
	return QERR_NONE;
}

static const struct method methods[] = {
	{ .id = 0x0000, .name = "reset", .fn = method_reset },
	{ .id = 0x0022, .name = "get_packet_service_status", .fn = get_packet_service_status },
	{ .id = 0x002d, .name = "get_current_settings", .in = BINDS(BIND(0x10, LOOK(4))),
		.fn = get_current_settings },
	{ .id = 0x004d, .name = "set_ip_family", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = set_ip_family },
	{ .name = NULL },
};

const struct service svc_wds = { 0x01, "wds", 1, 67, methods, NULL };
