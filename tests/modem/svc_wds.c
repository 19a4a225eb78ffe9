/* svc_wds.c - data: the messages of the service; wds_call.c has what they are about. */
#include "service.h"

#include <string.h>

enum { DORMANT = 1, ACTIVE = 2 }; /* wds_dormancy */

/* ---- start and stop ---- */

static int set_ip_family(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v;
	size_t len;

	(void)o;
	v = request_tlv(q, 0x01, &len);
	m->wds.clients[q->cid].family = v[0];
	return QERR_NONE;
}

static int bind_mux_data_port(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *mux;
	size_t len;
	int err = wda_check_endpoint(m, q, 0x10);

	(void)o;
	if (err)
		return err;
	mux = request_tlv(q, 0x11, &len);
	if (mux && len)
		m->wds.clients[q->cid].mux = mux[0];
	return QERR_NONE;
}

/* The request's TLV; else what the profile has; else *len is 0. */
static const uint8_t *asked(const struct request *q, unsigned type, const struct wds_profile *p,
	unsigned profile_type, size_t *len)
{
	const uint8_t *v = request_tlv(q, type, len);

	if (!v && p)
		v = wds_profile_tlv(p, profile_type, len);
	if (!v)
		*len = 0;
	return v;
}

static unsigned asked_number(const struct request *q, unsigned type, unsigned otherwise)
{
	const uint8_t *v;
	size_t len;

	v = request_tlv(q, type, &len);
	return v && len ? v[0] : otherwise;
}

/* Without APN and profile the APN is the network's choice. */
static int read_start(struct modem *m, const struct request *q, struct wds_request *r)
{
	unsigned of_3gpp = asked_number(q, 0x31, 0), of_3gpp2 = asked_number(q, 0x32, 0);
	const struct wds_profile *p;
	const uint8_t *auth;
	size_t len;

	*r = (struct wds_request){ .profile = (uint8_t)(of_3gpp ? of_3gpp : of_3gpp2) };
	p = wds_profile(m, of_3gpp ? PROFILE_3GPP : PROFILE_3GPP2, r->profile);
	if (r->profile && !p)
		return QERR_INVALID_PROFILE;
	r->apn = asked(q, 0x14, p, 0x14, &r->apn_len);
	if (!r->apn_len) {
		r->apn = m->state[K_wds_apn].bytes;
		r->apn_len = m->state[K_wds_apn].n;
	}
	auth = asked(q, 0x16, p, 0x1d, &len);
	r->auth = auth && len ? auth[0] : 0;
	r->user = asked(q, 0x17, p, 0x1b, &r->user_len);
	r->password = asked(q, 0x18, p, 0x1c, &r->password_len);
	r->family = asked_number(q, 0x19, wds_family(m, q->cid)) == 6 ? 6 : 4;
	r->autoconnect = asked_number(q, 0x33, 0);
	return QERR_NONE;
}

static int start_network(struct modem *m, const struct request *q, struct out *o)
{
	struct wds_reason why = { 0 };
	struct wds_request r;
	int err = read_start(m, q, &r);

	if (!err)
		err = wds_start(m, q->cid, &r, &why);
	/* Seen on a modem: a handle of 0 stands with NoEffect. */
	if (!err)
		put_tlv_num(o, 0x01, m->wds.clients[q->cid].handle, 4);
	else if (err == QERR_NO_EFFECT)
		put_tlv_num(o, 0x01, 0, 4);
	put_wds_reason(o, &why);
	return err ? err | QERR_WITH_TLVS : QERR_NONE;
}

static int stop_network(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v;
	size_t len;

	(void)o;
	v = request_tlv(q, 0x01, &len);
	return wds_stop(m, q->cid, (uint32_t)get_num(v, 4), asked_number(q, 0x10, 0));
}

/* ---- how it is ---- */

static int get_packet_service_status(struct modem *m, const struct request *q, struct out *o)
{
	put_tlv_num(o, 0x01, (uint64_t)wds_status(m, q->cid), 1);
	return QERR_NONE;
}

/* Bits of requested_settings. */
enum {
	PROFILE_ID = 1 << 0,
	PDP_TYPE = 1 << 2,
	APN = 1 << 3,
	DNS = 1 << 4,
	ADDRESS = 1 << 8,
	GATEWAY = 1 << 9,
	MTU = 1 << 13,
	FAMILY = 1 << 15,
};

static const struct tlv settings4[] = {
	TLV_MASK(0x15, 0, DNS, U32(wds_dns)),
	TLV_MASK(0x16, 0, DNS, U32(wds_dns2)),
	TLV_MASK(0x21, 0, GATEWAY, U32(wds_mask)),
	{ .type = 0 },
};

static const struct tlv settings6[] = {
	TLV_MASK(0x27, 0, DNS, STR(wds_dns6)),
	TLV_MASK(0x28, 0, DNS, STR(wds_dns6_2)),
	{ .type = 0 },
};

static const struct tlv settings_both[] = {
	TLV_MASK(0x29, 0, MTU, U32(wds_mtu)),
	{ .type = 0 },
};

/* IPv4 addresses go as numbers, so their last byte is the first. */
static void put_address(struct out *o, unsigned type, unsigned family, const uint8_t *a,
	uint8_t prefix)
{
	uint8_t v[17] = { a[3], a[2], a[1], a[0] };

	if (family == 6) {
		memcpy(v, a, 16);
		v[16] = prefix;
	}
	put_tlv(o, type, v, family == 6 ? 17 : 4);
}

static void put_addresses(const struct modem *m, struct out *o, const struct wds_pdn *pdn,
	unsigned mask)
{
	bool six = pdn->family == 6;
	struct wds_address a;

	wds_address(m, pdn, &a);
	if (mask & ADDRESS && m->state[six ? K_wds_address6 : K_wds_address].text)
		put_address(o, six ? 0x25 : 0x1e, pdn->family, a.address, a.prefix);
	if (mask & GATEWAY && m->state[six ? K_wds_gateway6 : K_wds_gateway].text)
		put_address(o, six ? 0x26 : 0x20, pdn->family, a.gateway, a.gateway_prefix);
}

static int get_current_settings(struct modem *m, const struct request *q, struct out *o)
{
	const struct wds_pdn *pdn = wds_pdn(m, q->cid);
	struct choice choice;
	const uint8_t *v;
	size_t len;

	if (!pdn)
		return QERR_OUT_OF_CALL;
	v = request_tlv(q, 0x10, &len);
	choice = (struct choice){ .mask = (unsigned)get_num(v, 4) };
	if (choice.mask & PDP_TYPE)
		put_tlv_num(o, 0x11, pdn->family == 6 ? 2 : 0, 1);
	if (choice.mask & APN && pdn->apn_len)
		put_tlv(o, 0x14, pdn->apn, pdn->apn_len);
	else if (choice.mask & APN)
		put_tlv(o, 0x14, m->state[K_wds_apn].bytes, m->state[K_wds_apn].n);
	if (choice.mask & PROFILE_ID && pdn->profile)
		put_tlv_num(o, 0x1f, (unsigned)pdn->profile << 8, 2);
	put_addresses(m, o, pdn, choice.mask);
	put_tlvs(m, o, pdn->family == 6 ? settings6 : settings4, &choice);
	put_tlvs(m, o, settings_both, &choice);
	if (choice.mask & FAMILY)
		put_tlv_num(o, 0x2b, pdn->family, 1);
	return QERR_NONE;
}

static const struct tlv last_call[] = {
	TLV(0x1b, U64(wds_last_tx_bytes)),
	TLV(0x1c, U64(wds_last_rx_bytes)),
	{ .type = 0 },
};

static int get_packet_statistics(struct modem *m, const struct request *q, struct out *o)
{
	static const struct {
		uint8_t type, width;
	} rows[WDS_COUNTS] = {
		{ 0x10, 4 }, { 0x11, 4 }, { 0x12, 4 }, { 0x13, 4 }, { 0x14, 4 }, { 0x15, 4 },
		{ 0x19, 8 }, { 0x1a, 8 }, { 0x1d, 4 }, { 0x1e, 4 },
	};
	const struct wds_pdn *pdn = wds_pdn(m, q->cid);
	const uint8_t *mask;
	size_t len;

	mask = request_tlv(q, 0x01, &len);
	for (unsigned i = 0; pdn && i < WDS_COUNTS; i++)
		if (get_num(mask, 4) >> i & 1)
			put_tlv_num(o, rows[i].type, pdn->counts[i] +
				(uint64_t)m->state[K_wds_tx_packets + i].num, rows[i].width);
	put_tlvs(m, o, last_call, &(struct choice){ 0 });
	return pdn ? QERR_NONE : QERR_OUT_OF_CALL | QERR_WITH_TLVS;
}

/* For messages that only make sense in a call. */
static int in_call(struct modem *m, const struct request *q, struct out *o)
{
	(void)o;
	return wds_pdn(m, q->cid) ? QERR_NONE : QERR_OUT_OF_CALL;
}

static int set_autoconnect(struct modem *m, const struct request *q, struct out *o)
{
	(void)o;
	(void)q;
	/* The modem dials at once. */
	if (m->state[K_wds_autoconnect].num == 1 && !wds_is_up(m, 0))
		state_set_num(m, K_wds_status, WDS_CONNECTED);
	return QERR_NONE;
}

static int go_dormant(struct modem *m, const struct request *q, struct out *o)
{
	int err = in_call(m, q, o);

	if (!err)
		state_set_num(m, K_wds_dormancy, DORMANT);
	return err;
}

static int go_active(struct modem *m, const struct request *q, struct out *o)
{
	int err = in_call(m, q, o);

	if (!err)
		state_set_num(m, K_wds_dormancy, ACTIVE);
	return err;
}

#define BEARER U8(wds_network_type), U32(wds_rat_mask), U32(wds_so_mask)

static const struct method methods[] = {
	{ .id = 0x0000, .name = "reset", .fn = method_reset },
	{ .id = 0x0001, .name = "set_event_report", .fn = method_set_event_report },
	{ .id = 0x0002, .name = "abort", .in = BINDS(BIND(0x01, LOOK(2))) },
	{ .id = 0x0003, .name = "indication_register", .fn = method_register_indications },
	{ .id = 0x0020, .name = "start_network", .fn = start_network },
	{ .id = 0x0021, .name = "stop_network", .in = BINDS(BIND(0x01, LOOK(4))),
		.fn = stop_network },
	{ .id = 0x0022, .name = "get_packet_service_status", .fn = get_packet_service_status },
	{ .id = 0x0023, .name = "get_channel_rates", .fn = in_call,
		.out = TLVS(TLV(0x01, U32(wds_channel_tx), U32(wds_channel_rx),
			U32(wds_channel_max_tx), U32(wds_channel_max_rx))) },
	{ .id = 0x0024, .name = "get_packet_statistics", .in = BINDS(BIND(0x01, LOOK(4))),
		.fn = get_packet_statistics },
	{ .id = 0x0025, .name = "go_dormant", .fn = go_dormant },
	{ .id = 0x0026, .name = "go_active", .fn = go_active },
	{ .id = 0x0027, .name = "create_profile", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = wds_create_profile },
	{ .id = 0x0028, .name = "modify_profile", .in = BINDS(BIND(0x01, LOOK(2))),
		.fn = wds_modify_profile },
	{ .id = 0x0029, .name = "delete_profile", .in = BINDS(BIND(0x01, LOOK(2))),
		.fn = wds_delete_profile },
	{ .id = 0x002a, .name = "get_profile_list", .in = BINDS(BIND_OPTIONAL(0x10, LOOK(1))),
		.fn = wds_get_profile_list },
	{ .id = 0x002b, .name = "get_profile_settings", .in = BINDS(BIND(0x01, LOOK(2))),
		.fn = wds_get_profile_settings },
	{ .id = 0x002c, .name = "get_default_settings", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = wds_get_default_settings },
	{ .id = 0x002d, .name = "get_current_settings", .in = BINDS(BIND(0x10, LOOK(4))),
		.fn = get_current_settings },
	{ .id = 0x0030, .name = "get_dormancy_status", .fn = in_call,
		.out = TLVS(TLV(0x01, U8(wds_dormancy))) },
	{ .id = 0x0034, .name = "get_autoconnect_settings",
		.out = TLVS(TLV(0x01, U8(wds_autoconnect)),
			TLV(0x10, U8(wds_autoconnect_roaming))) },
	{ .id = 0x0037, .name = "get_data_bearer_technology", .fn = in_call,
		.out = TLVS(TLV(0x01, U8(wds_bearer)), TLV(0x10, U8(wds_last_bearer))) },
	{ .id = 0x0044, .name = "get_current_data_bearer_technology", .fn = in_call,
		.out = TLVS(TLV(0x01, BEARER)) },
	{ .id = 0x0049, .name = "get_default_profile_number", .in = BINDS(BIND(0x01, LOOK(2))),
		.fn = wds_get_default_profile },
	{ .id = 0x004a, .name = "set_default_profile_number", .in = BINDS(BIND(0x01, LOOK(3))),
		.fn = wds_set_default_profile },
	{ .id = 0x004d, .name = "set_ip_family", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = set_ip_family },
	{ .id = 0x0051, .name = "set_autoconnect_settings",
		.in = BINDS(BIND(0x01, U8(wds_autoconnect)),
			BIND_OPTIONAL(0x10, U8(wds_autoconnect_roaming))),
		.fn = set_autoconnect },
	{ .id = 0x006c, .name = "get_pdn_throttle_info", .in = BINDS(BIND(0x01, LOOK(1))),
		.out = TLVS(TLV(0x10, STR(wds_throttle))) },
	{ .id = 0x0085, .name = "get_lte_attach_parameters",
		.out = TLVS(TLV(0x10, STR(wds_attach_apn)), TLV(0x11, U8(wds_attach_family)),
			TLV(0x12, U8(wds_attach_done))) },
	{ .id = 0x0089, .name = "bind_data_port", .in = BINDS(BIND(0x01, U16(wds_data_port))) },
	{ .id = 0x0092, .name = "get_max_lte_attach_pdn_number",
		.out = TLVS(TLV(0x10, U8(wds_attach_max))) },
	{ .id = 0x0093, .name = "set_lte_attach_pdn_list", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = wds_set_attach_pdn_list, .then = TLVS(TLV(0x01, U8(wds_attach_result))) },
	{ .id = 0x0094, .name = "get_lte_attach_pdn_list",
		.out = TLVS(TLV(0x10, LIST8(2, wds_attach_list)),
			TLV(0x11, LIST8(2, wds_attach_pending))) },
	{ .id = 0x00a2, .name = "bind_mux_data_port", .fn = bind_mux_data_port },
	{ .id = 0x00a7, .name = "configure_profile_event_list", .fn = wds_configure_profile_events },
	{ .id = 0x00af, .name = "bind_subscription",
		.in = BINDS(BIND(0x01, U32(wds_subscription))) },
	{ .id = 0x00b0, .name = "get_bind_subscription",
		.out = TLVS(TLV(0x10, U32(wds_subscription))) },
	{ .id = 0x5558, .name = "swi_create_profile_indexed", .in = BINDS(BIND(0x01, LOOK(2))),
		.fn = wds_create_profile_indexed },
	{ .name = NULL },
};

/* Those of calls and profiles are not made of state: here they only have their names. */
static const struct tlv no_tlvs[] = { { .type = 0 } };

/* A modem tells them every so many seconds; here they are told when they are set. */
#define STATISTICS(type, field) TLV_EVENT(type, 0, 0x11, field)

static const struct indication indications[] = {
	{ .id = 0x0001, .name = "event_report",
		.out = TLVS(TLV_EVENT(0x16, 0, 0x10, U32(wds_channel_tx), U32(wds_channel_rx)),
			TLV_EVENT(0x17, 0, 0x12, U8(wds_bearer)),
			TLV_EVENT(0x18, 0, 0x13, U8(wds_dormancy)),
			TLV_EVENT(0x1d, 0, 0x15, BEARER),
			TLV_EVENT(0x20, 0, 0x18, U32(wds_data_system)),
			STATISTICS(0x10, U32(wds_tx_packets)), STATISTICS(0x11, U32(wds_rx_packets)),
			STATISTICS(0x12, U32(wds_tx_errors)), STATISTICS(0x13, U32(wds_rx_errors)),
			STATISTICS(0x14, U32(wds_tx_overflows)),
			STATISTICS(0x15, U32(wds_rx_overflows)),
			STATISTICS(0x19, U64(wds_tx_bytes)), STATISTICS(0x1a, U64(wds_rx_bytes)),
			STATISTICS(0x25, U32(wds_tx_dropped)),
			STATISTICS(0x26, U32(wds_rx_dropped))) },
	{ .id = 0x0022, .name = "packet_service_status", .out = no_tlvs },
	{ .id = 0x008c, .name = "extended_ip_config", .out = no_tlvs },
	{ .id = 0x00a8, .name = "profile_changed", .out = no_tlvs },
	{ .name = NULL },
};

const struct service svc_wds = { SVC_WDS, "wds", 1, 67, methods, indications };
