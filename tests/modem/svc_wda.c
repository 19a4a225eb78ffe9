/* svc_wda.c - what goes over the data port: link layer, aggregation. */
#include "service.h"

int wda_check_endpoint(const struct modem *m, const struct request *q, unsigned type)
{
	const uint8_t *v;
	size_t len;

	v = request_tlv(q, type, &len);
	if (v && len < 8)
		return QERR_MALFORMED;
	if (!m->state[K_wda_endpoint].num)
		return QERR_NONE;
	if (!v)
		return QERR_MISSING_ARGUMENT;
	return (int64_t)get_num(v, 4) == m->state[K_wda_endpoint_type].num &&
			(int64_t)get_num(v + 4, 4) == m->state[K_wda_interface].num ?
		QERR_NONE :
		QERR_INVALID_ARGUMENT;
}

static int get_data_format(struct modem *m, const struct request *q, struct out *o)
{
	(void)o;
	return wda_check_endpoint(m, q, 0x10);
}

/* A modem that cannot do what it is asked for says in its answer what it does instead. */
static void at_most(struct modem *m, unsigned key, unsigned limit)
{
	if (m->state[key].num > m->state[limit].num)
		state_set_num(m, key, m->state[limit].num);
}

static int set_data_format(struct modem *m, const struct request *q, struct out *o)
{
	static const struct {
		uint8_t type, width;
		uint16_t key;
		int limit; /* a key; -1: none */
	} rows[] = {
		{ 0x10, 1, K_wda_qos, -1 },
		{ 0x11, 4, K_link_protocol, -1 },
		{ 0x12, 4, K_wda_ul_protocol, K_wda_max_protocol },
		{ 0x13, 4, K_wda_dl_protocol, K_wda_max_protocol },
		{ 0x14, 4, K_wda_ndp, -1 },
		{ 0x15, 4, K_wda_dl_datagrams, K_wda_max_datagrams },
		{ 0x16, 4, K_wda_dl_size, K_wda_max_size },
		{ 0x1b, 4, K_wda_ul_datagrams, K_wda_max_datagrams },
		{ 0x1c, 4, K_wda_ul_size, K_wda_max_size },
	};
	int err = wda_check_endpoint(m, q, 0x17);
	const uint8_t *v;
	size_t len;

	(void)o;
	if (err)
		return err;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		v = request_tlv(q, rows[i].type, &len);
		if (!v)
			continue;
		if (len < rows[i].width)
			return QERR_MALFORMED;
		if (state_set_num(m, rows[i].key, (int64_t)get_num(v, rows[i].width)))
			return QERR_INVALID_ARGUMENT;
		if (rows[i].limit >= 0)
			at_most(m, rows[i].key, (unsigned)rows[i].limit);
	}
	return QERR_NONE;
}

static const struct tlv format[] = {
	TLV(0x10, U8(wda_qos)),
	TLV(0x11, U32(link_protocol)),
	TLV(0x12, U32(wda_ul_protocol)),
	TLV(0x13, U32(wda_dl_protocol)),
	TLV(0x14, U32(wda_ndp)),
	TLV(0x15, U32(wda_dl_datagrams)),
	TLV(0x16, U32(wda_dl_size)),
	TLV(0x17, U32(wda_ul_datagrams)),
	TLV(0x18, U32(wda_ul_size)),
	TLV(0x1a, U32(wda_padding)),
	TLV(0x1b, U8(wda_flow_control)),
	{ .type = 0 },
};

static const struct method methods[] = {
	{ .id = 0x0020, .name = "set_data_format", .fn = set_data_format, .out = format },
	{ .id = 0x0021, .name = "get_data_format", .fn = get_data_format, .out = format },
	{ .id = 0x002f, .name = "loopback_configuration",
		.in = BINDS(BIND(0x01, U8(wda_loopback)),
			BIND_OPTIONAL(0x10, U32(wda_replication))),
		.then = TLVS(TLV(0x01, U8(wda_loopback)), TLV(0x10, U32(wda_replication))) },
	{ .name = NULL },
};

const struct service svc_wda = { SVC_WDA, "wda", 1, 16, methods, NULL };
