/* svc_loc.c - positioning: sessions, reports, settings whose outcome comes as an indication. */
#include "service.h"

/*
 * Of a client: what it registered for (of the events that there are, the first three are told),
 * and, while it has a session, the same as what goes out to it.
 */
enum { POSITION = 0x01, SATELLITES = 0x02, NMEA = 0x04, TOLD = 0x07 };
enum { REGISTERED_SHIFT = 8 };
static const uint64_t started = UINT64_C(1) << 63;

static void update(struct client *c)
{
	c->events &= ~(uint64_t)TOLD;
	if (c->events & started)
		c->events |= c->events >> REGISTERED_SHIFT & TOLD;
}

static int register_events(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v;
	size_t len;

	(void)m;
	(void)o;
	v = request_tlv(q, 0x01, &len);
	q->client->events &= started;
	q->client->events |= (get_num(v, 8) & TOLD) << REGISTERED_SHIFT;
	update(q->client);
	return QERR_NONE;
}

/* A report of each kind follows at once. */
static int start(struct modem *m, const struct request *q, struct out *o)
{
	(void)o;
	q->client->events |= started;
	update(q->client);
	state_set_num(m, K_loc_fix_count, m->state[K_loc_fix_count].num + 1);
	m->changed[K_loc_satellites] = m->changed[K_loc_nmea] = true;
	return QERR_NONE;
}

static int stop(struct modem *m, const struct request *q, struct out *o)
{
	(void)m;
	(void)o;
	if (!(q->client->events & started))
		return QERR_INVALID_ARGUMENT;
	q->client->events &= ~started;
	update(q->client);
	return QERR_NONE;
}

/* Parts come in order, and the last one makes the whole. */
static int inject(struct modem *m, const struct request *q, struct out *o)
{
	size_t len, total_len, parts_len, part_len;
	const uint8_t *total = request_tlv(q, 0x01, &total_len);
	const uint8_t *parts = request_tlv(q, 0x02, &parts_len);
	const uint8_t *part = request_tlv(q, 0x03, &part_len);
	const uint8_t *data = request_tlv(q, 0x04, &len);
	int64_t done = m->state[K_loc_injected].num;

	(void)o;
	if (len < 2 || len - 2 != get_num(data, 2) || len - 2 > 1024)
		return QERR_MALFORMED;
	if (get_num(part, 2) == 1)
		done = 0;
	done += (int64_t)len - 2;
	state_set_num(m, K_loc_injected, done);
	state_set_num(m, K_loc_part, (int64_t)get_num(part, 2));
	if (get_num(part, 2) == get_num(parts, 2) && done != (int64_t)get_num(total, 4))
		return QERR_INVALID_ARGUMENT;
	return QERR_NONE;
}

#define STATUS TLV(0x01, U32(loc_status))
#define OUTCOME TLVS(STATUS)
#define INJECTED TLVS(STATUS, TLV(0x10, U16(loc_part)))
#define PARTS BINDS(BIND(0x01, LOOK(4)), BIND(0x02, LOOK(2)), BIND(0x03, LOOK(2)), BIND(0x04, LOOK(2)))

static const struct method methods[] = {
	{ .id = 0x0021, .name = "register_events", .in = BINDS(BIND(0x01, LOOK(8))),
		.fn = register_events },
	{ .id = 0x0022, .name = "start", .in = BINDS(BIND(0x01, U8(loc_session)),
		BIND_OPTIONAL(0x13, U32(loc_interval))), .fn = start },
	{ .id = 0x0023, .name = "stop", .in = BINDS(BIND(0x01, LOOK(1))), .fn = stop },
	{ .id = 0x0035, .name = "inject_predicted_orbits_data", .in = PARTS, .fn = inject,
		.then = INJECTED },
	{ .id = 0x0036, .name = "get_predicted_orbits_data_source",
		.then = TLVS(STATUS, TLV(0x10, U32(loc_file_max), U32(loc_part_max)),
			TLV(0x11, STR(loc_servers))) },
	{ .id = 0x0037, .name = "get_predicted_orbits_data_validity",
		.then = TLVS(STATUS, TLV(0x10, U64(loc_orbits_from), U16(loc_orbits_hours))) },
	{ .id = 0x0038, .name = "inject_utc_time", .in = BINDS(BIND(0x01, U64(loc_time)),
		BIND(0x02, LOOK(4))), .then = OUTCOME },
	{ .id = 0x0039, .name = "inject_position", .in = BINDS(BIND_OPTIONAL(0x10, U64(loc_latitude)),
		BIND_OPTIONAL(0x11, U64(loc_longitude))), .then = OUTCOME },
	{ .id = 0x003a, .name = "set_engine_lock", .in = BINDS(BIND(0x01, U32(loc_lock))),
		.then = OUTCOME },
	{ .id = 0x003b, .name = "get_engine_lock", .then = TLVS(STATUS, TLV(0x10, U32(loc_lock))) },
	{ .id = 0x003e, .name = "set_nmea_types", .in = BINDS(BIND(0x01, U32(loc_nmea_types))),
		.then = OUTCOME },
	{ .id = 0x003f, .name = "get_nmea_types",
		.then = TLVS(STATUS, TLV(0x10, U32(loc_nmea_types))) },
	{ .id = 0x0042, .name = "set_server", .in = BINDS(BIND(0x01, U32(loc_server_type)),
		BIND_OPTIONAL(0x10, STR(loc_server_ipv4)), BIND_OPTIONAL(0x11, STR(loc_server_ipv6)),
		BIND_OPTIONAL(0x12, STR(loc_server_url))), .then = OUTCOME },
	{ .id = 0x0043, .name = "get_server", .in = BINDS(BIND(0x01, LOOK(4))),
		.then = TLVS(STATUS, TLV(0x02, U32(loc_server_type)), TLV(0x10, STR(loc_server_ipv4)),
			TLV(0x11, STR(loc_server_ipv6)), TLV(0x12, STR(loc_server_url))) },
	{ .id = 0x0044, .name = "delete_assistance_data", .in = BINDS(BIND(0x01, U8(loc_deleted)),
		BIND_OPTIONAL(0x13, U32(loc_deleted_clock))), .then = OUTCOME },
	{ .id = 0x004a, .name = "set_operation_mode", .in = BINDS(BIND(0x01, U32(loc_mode))),
		.then = OUTCOME },
	{ .id = 0x004b, .name = "get_operation_mode",
		.then = TLVS(STATUS, TLV(0x10, U32(loc_mode))) },
	{ .id = 0x00a7, .name = "inject_xtra_data", .in = PARTS, .fn = inject, .then = INJECTED },
	{ .name = NULL },
};

static const struct indication indications[] = {
	{ .id = 0x0024, .name = "position_report", .event = POSITION,
		.out = TLVS(TLV(0x01, U32(loc_session_status)), TLV(0x02, U8(loc_session)),
			TLV(0x10, U64(loc_latitude)), TLV(0x11, U64(loc_longitude)),
			TLV(0x12, U32(loc_uncertainty)), TLV(0x16, U8(loc_confidence)),
			TLV(0x17, U32(loc_reliability)), TLV(0x18, U32(loc_speed)),
			TLV(0x1a, U32(loc_altitude_ellipsoid)), TLV(0x1b, U32(loc_altitude)),
			TLV(0x1c, U32(loc_vertical_uncertainty)), TLV(0x20, U32(loc_heading)),
			TLV(0x23, U32(loc_technology)),
			TLV(0x24, U32(loc_pdop), U32(loc_hdop), U32(loc_vdop)),
			TLV(0x25, U64(loc_time)), TLV(0x26, U8(loc_leap_seconds)),
			TLV(0x2b, U32(loc_fix_count)), TLV(0x2c, LIST8(2, loc_used))) },
	{ .id = 0x0025, .name = "gnss_sv_info", .event = SATELLITES,
		.out = TLVS(TLV(0x01, C8(0)), TLV(0x10, STR(loc_satellites))) },
	{ .id = 0x0026, .name = "nmea", .event = NMEA, .out = TLVS(TLV(0x01, STR(loc_nmea))) },
	{ .name = NULL },
};

const struct service svc_loc = { SVC_LOC, "loc", 2, 0, methods, indications };
