/*
 * svc_wms.c - short messages: two storages of a few slots, routes, sending.
 *
 * A slot (keys wms_uim_0 and so on) holds the tag, the format and then the PDU.
 */
#include "service.h"

#include <stdio.h>
#include <string.h>

enum { STORAGES = 2, SLOTS = 4, NO_STORAGE = -1 };
enum { MO_SENT = 2, ANY_TAG = -1 };
enum { PDU_MAX = 255, SLOT_MAX = PDU_MAX + 2 };

/* The key of a slot; storage and index are good. */
static unsigned slot_key(unsigned storage, size_t index)
{
	return K_wms_uim_0 + storage * SLOTS + (unsigned)index;
}

static struct value *slot(struct modem *m, unsigned storage, size_t index)
{
	return &m->state[slot_key(storage, index)];
}

static int empty(struct modem *m, unsigned key)
{
	return state_set(m, key, "none") ? QERR_INTERNAL : QERR_NONE;
}

static int fill(struct modem *m, unsigned key, const uint8_t *p, size_t n)
{
	char text[2 * SLOT_MAX + 8] = "hex:";

	if (n > SLOT_MAX)
		return QERR_INVALID_ARGUMENT;
	for (size_t i = 0; i < n; i++)
		snprintf(text + 4 + 2 * i, 3, "%02x", p[i]);
	return state_set(m, key, text) ? QERR_INTERNAL : QERR_NONE;
}

/* The storage in a TLV, or NO_STORAGE. */
static int storage_in(const struct request *q, unsigned type)
{
	size_t len;
	const uint8_t *v = request_tlv(q, type, &len);

	return v && len && v[0] < STORAGES ? v[0] : NO_STORAGE;
}

/* A tag in a TLV, or ANY_TAG. */
static int tag_in(const struct request *q, unsigned type)
{
	size_t len;
	const uint8_t *v = request_tlv(q, type, &len);

	return v && len ? v[0] : ANY_TAG;
}

static int list_messages(struct modem *m, const struct request *q, struct out *o)
{
	struct out v = { .p = (uint8_t[4 + SLOTS * 5]){ 0 }, .cap = 4 + SLOTS * 5 };
	int storage = storage_in(q, 0x01), tag = tag_in(q, 0x11);
	unsigned n = 0;

	if (storage == NO_STORAGE)
		return QERR_INVALID_ARGUMENT;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < SLOTS; i++) {
			const struct value *s = slot(m, (unsigned)storage, i);

			if (s->n < 2 || (tag != ANY_TAG && s->bytes[0] != tag))
				continue;
			n += !pass;
			if (pass) {
				put_num(&v, i, 4);
				put_num(&v, s->bytes[0], 1);
			}
		}
		if (!pass)
			put_num(&v, n, 4);
	}
	put_tlv(o, 0x01, v.p, v.len);
	return QERR_NONE;
}

/* The slot that five bytes of a TLV name, or NULL; index is set. */
static struct value *named_slot(struct modem *m, const struct request *q, unsigned *key)
{
	size_t len;
	const uint8_t *v = request_tlv(q, 0x01, &len);

	if (len < 5 || v[0] >= STORAGES || get_num(v + 1, 4) >= SLOTS)
		return NULL;
	*key = slot_key(v[0], get_num(v + 1, 4));
	return m->state[*key].n >= 2 ? &m->state[*key] : NULL;
}

static int raw_read(struct modem *m, const struct request *q, struct out *o)
{
	struct out v = { .p = (uint8_t[SLOT_MAX + 2]){ 0 }, .cap = SLOT_MAX + 2 };
	unsigned key;
	const struct value *s = named_slot(m, q, &key);

	if (!s)
		return QERR_INVALID_INDEX;
	put_bytes(&v, s->bytes, 2);
	put_num(&v, s->n - 2, 2);
	put_bytes(&v, s->bytes + 2, s->n - 2);
	put_tlv(o, 0x01, v.p, v.len);
	return QERR_NONE;
}

static int modify_tag(struct modem *m, const struct request *q, struct out *o)
{
	size_t len;
	const uint8_t *v = request_tlv(q, 0x01, &len);
	uint8_t bytes[SLOT_MAX];
	unsigned key;
	const struct value *s = named_slot(m, q, &key);

	(void)o;
	if (!s || len < 6 || s->n > sizeof bytes)
		return QERR_INVALID_INDEX;
	memcpy(bytes, s->bytes, s->n);
	bytes[0] = v[5];
	return fill(m, key, bytes, s->n);
}

static int delete(struct modem *m, const struct request *q, struct out *o)
{
	int storage = storage_in(q, 0x01), tag = tag_in(q, 0x11), ret = QERR_NONE;
	size_t len;
	const uint8_t *index = request_tlv(q, 0x10, &len);

	(void)o;
	if (storage == NO_STORAGE)
		return QERR_INVALID_ARGUMENT;
	if (index && (len < 4 || get_num(index, 4) >= SLOTS ||
			!slot(m, (unsigned)storage, get_num(index, 4))->n))
		return QERR_INVALID_INDEX;
	for (size_t i = 0; i < SLOTS && !ret; i++) {
		const struct value *s = slot(m, (unsigned)storage, i);

		if (s->n && (!index || get_num(index, 4) == i) &&
		    (tag == ANY_TAG || s->bytes[0] == tag))
			ret = empty(m, slot_key((unsigned)storage, i));
	}
	return ret;
}

static int get_store_max_size(struct modem *m, const struct request *q, struct out *o)
{
	int storage = storage_in(q, 0x01);
	uint8_t v[4] = { SLOTS }, free_slots[4] = { 0 };

	if (storage == NO_STORAGE)
		return QERR_INVALID_ARGUMENT;
	for (size_t i = 0; i < SLOTS; i++)
		free_slots[0] += !slot(m, (unsigned)storage, i)->n;
	put_tlv(o, 0x01, v, sizeof v);
	put_tlv(o, 0x10, free_slots, sizeof free_slots);
	return QERR_NONE;
}

/* It goes into a free slot of the modem's own storage, so that it can be looked at. */
static int raw_send(struct modem *m, const struct request *q, struct out *o)
{
	size_t len;
	const uint8_t *v = request_tlv(q, 0x01, &len);
	uint8_t bytes[SLOT_MAX] = { MO_SENT }, id[2];
	size_t i = 0;
	int ret;

	if (len < 3 || get_num(v + 1, 2) != len - 3 || len - 3 > PDU_MAX)
		return QERR_MALFORMED;
	if (m->state[K_wms_cause].n) {
		put_tlv(o, 0x12, m->state[K_wms_cause].bytes, m->state[K_wms_cause].n);
		return QERR_WMS_CAUSE | QERR_WITH_TLVS;
	}
	bytes[1] = v[0];
	memcpy(bytes + 2, v + 3, len - 3);
	while (i < SLOTS && slot(m, 1, i)->n)
		i++;
	ret = i < SLOTS ? fill(m, slot_key(1, i), bytes, len - 1) : QERR_NONE;
	id[0] = (uint8_t)m->state[K_wms_message_id].num;
	id[1] = 0;
	state_set_num(m, K_wms_message_id, m->state[K_wms_message_id].num + 1);
	put_tlv(o, 0x01, id, sizeof id);
	return ret;
}

static const struct method methods[] = {
	{ .id = 0x0000, .name = "reset", .fn = method_reset },
	{ .id = 0x0001, .name = "set_event_report", .fn = method_set_event_report },
	{ .id = 0x001e, .name = "get_supported_messages",
		.out = TLVS(TLV(0x10, STR(wms_supported))) },
	{ .id = 0x0020, .name = "raw_send", .in = BINDS(BIND(0x01, LOOK(1))), .fn = raw_send },
	{ .id = 0x0022, .name = "raw_read", .in = BINDS(BIND(0x01, LOOK(5))), .fn = raw_read },
	{ .id = 0x0023, .name = "modify_tag", .in = BINDS(BIND(0x01, LOOK(6))), .fn = modify_tag },
	{ .id = 0x0024, .name = "delete", .in = BINDS(BIND(0x01, LOOK(1))), .fn = delete },
	{ .id = 0x0030, .name = "get_message_protocol", .out = TLVS(TLV(0x01, U8(wms_protocol))) },
	{ .id = 0x0031, .name = "list_messages", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = list_messages },
	{ .id = 0x0032, .name = "set_routes", .in = BINDS(BIND(0x01, STR(wms_routes)),
		BIND_OPTIONAL(0x10, U8(wms_status_reports))) },
	{ .id = 0x0033, .name = "get_routes", .out = TLVS(TLV(0x01, STR(wms_routes)),
		TLV(0x10, U8(wms_status_reports))) },
	{ .id = 0x0034, .name = "get_smsc_address",
		.out = TLVS(TLV(0x01, C8('1'), C8('4'), C8('5'), STR8(wms_smsc))) },
	{ .id = 0x0035, .name = "set_smsc_address", .in = BINDS(BIND(0x01, STR(wms_smsc))) },
	{ .id = 0x0036, .name = "get_store_max_size", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = get_store_max_size },
	{ .id = 0x0037, .name = "send_ack", .in = BINDS(BIND(0x01, U32(wms_acknowledged))) },
	{ .id = 0x004a, .name = "get_transport_network_registration_status",
		.out = TLVS(TLV(0x10, U8(wms_registration))) },
	{ .name = NULL },
};

static const struct indication indications[] = {
	{ .id = 0x0001, .name = "event_report",
		.out = TLVS(TLV_EVENT(0x10, 0, 0x10, U8(wms_new_storage), U32(wms_new_index)),
			TLV_EVENT(0x11, 0, 0x10, STR(wms_transfer)),
			TLV_EVENT(0x13, 0, 0x10, STR(wms_etws)),
			TLV_EVENT(0x14, 0, 0x10, STR(wms_etws_plmn))) },
	{ .name = NULL },
};

const struct service svc_wms = { SVC_WMS, "wms", 1, 10, methods, indications };
