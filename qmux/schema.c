#include "schema.h"

#include "format.h"
#include "schema_blob.h"

#include <errno.h>

enum { SIZE_TLV = 5, SIZE_MESSAGE = 9, SIZE_SERVICE = 8, SIZE_ENUM_HEAD = 3 };
enum { TYPE_KIND = 0x1f, TYPE_ENUM = 0x20, TYPE_MARK = 0x40, TYPE_PERSONAL = 0x80 };
enum { PREFIX_FIXED = 3, PREFIX_SEQUENCE = 0x10 };
enum { TLV_MANDATORY = 0x8000, MESSAGE_INDICATION = 0x80, ENUM_FLAGS = 0x80, ENUM_ROW = 0x40,
	ENUM_WIDTH = 0x0f };
enum { WORD_LAST = 0x80, WORD_CODE = 0x7f, CHAR_LAST = 0x80, CHAR = 0x7f };

static const uint8_t size_of[TYPE_KIND + 1] = {
	[QMUX_T_U8] = 1, [QMUX_T_U16] = 2, [QMUX_T_U24] = 3, [QMUX_T_U32] = 4,
	[QMUX_T_U48] = 6, [QMUX_T_U64] = 8, [QMUX_T_I8] = 1, [QMUX_T_I16] = 2,
	[QMUX_T_I32] = 4, [QMUX_T_I64] = 8, [QMUX_T_F32] = 4, [QMUX_T_F64] = 8,
	[QMUX_T_BOOL] = 1, [QMUX_T_CODING] = 1, [QMUX_T_IP4] = 4, [QMUX_T_UNIX_S] = 8,
	[QMUX_T_UNIX_MS] = 8, [QMUX_T_GPS_MS] = 8, [QMUX_T_GPS_TICKS] = 6,
};

/* ---- types ---- */

const uint8_t *qmux_type_of(const struct qmux_tlv_def *tlv)
{
	return blob + BLOB_TYPES + tlv->type;
}

/* The bytes of a type up to its item or its fields; both ways to store a length. */
static const uint8_t *type_head(struct qmux_type *t, const uint8_t *p)
{
	uint8_t head = *p++;

	t->kind = head & TYPE_KIND;
	t->personal = head & TYPE_PERSONAL;
	t->size = size_of[t->kind];
	if (head & TYPE_ENUM) {
		t->names = qmux_get16(p);
		p += 2;
	}
	if (t->kind == QMUX_T_TEXT || t->kind == QMUX_T_ARRAY || t->kind >= QMUX_T_IP6) {
		t->sequence = *p & PREFIX_SEQUENCE;
		t->prefix = *p++ & ~PREFIX_SEQUENCE;
		t->to_end = !t->prefix;
		if (t->prefix == PREFIX_FIXED) {
			t->prefix = 0;
			t->fixed = qmux_get16(p);
			p += 2;
		}
	}
	if (t->kind != QMUX_T_TEXT) {
		t->big_endian = head & TYPE_MARK;
	} else if (head & TYPE_MARK) {
		t->most = qmux_get16(p);
		p += 2;
	}
	return p;
}

struct qmux_type qmux_type_at(const uint8_t *p)
{
	struct qmux_type t = { .names = QMUX_NO_ENUM }, item;

	p = type_head(&t, p);
	t.inner = t.end = p;
	if (t.kind != QMUX_T_ARRAY && t.kind != QMUX_T_STRUCT)
		return t;
	for (item = t; item.kind == QMUX_T_ARRAY;)
		p = type_head(&item, p);
	if (item.kind == QMUX_T_STRUCT) {
		t.end = p + 2 + qmux_get16(p);
		if (t.kind == QMUX_T_STRUCT) {
			t.fields = p[2];
			t.inner = p + 3;
		}
	} else {
		t.end = p;
	}
	return t;
}

/* ---- names ---- */

/* The text of the word that *p stands for; moves *p past it.  False after the last. */
static bool next_word(const uint8_t **p, const uint8_t **word)
{
	uint8_t code = **p & WORD_CODE;
	bool more = !(**p & WORD_LAST);
	size_t at;

	++*p;
	if (code < BLOB_COMMON_WORDS)
		at = qmux_get16(blob + BLOB_COMMON + 2 * code);
	else
		at = (size_t)(code - BLOB_COMMON_WORDS) << 8 | *(*p)++;
	*word = blob + BLOB_WORDS + at;
	return more;
}

const char *qmux_name(uint16_t name, char join, char buf[QMUX_NAME_MAX])
{
	const uint8_t *p = blob + BLOB_NAMES + name, *word;
	char *to = buf, *end = buf + QMUX_NAME_MAX - 1;
	bool more;

	do {
		more = next_word(&p, &word);
		do {
			if (to < end)
				*to++ = *word & CHAR;
		} while (!(*word++ & CHAR_LAST));
		if (more && join && to < end)
			*to++ = join;
	} while (more);
	*to = '\0';
	return buf;
}

bool qmux_name_is(uint16_t name, char join, const char *text, size_t n)
{
	const uint8_t *p = blob + BLOB_NAMES + name, *word;
	const char *end = text + n;
	bool more;

	do {
		more = next_word(&p, &word);
		do {
			if (text == end || *text++ != (*word & CHAR))
				return false;
		} while (!(*word++ & CHAR_LAST));
		if (more && join && (text == end || *text++ != join))
			return false;
	} while (more);
	return text == end;
}

/* ---- services, messages, TLVs ---- */

bool qmux_service_at(unsigned i, struct qmux_service *service)
{
	const uint8_t *p = blob + BLOB_SERVICES + (size_t)i * SIZE_SERVICE;

	if (i >= BLOB_N_SERVICES)
		return false;
	service->id = qmux_get16(p);
	service->name = qmux_get16(p + 2);
	service->first = qmux_get16(p + 4);
	service->n = qmux_get16(p + 6);
	return true;
}

bool qmux_message_at(const struct qmux_service *service, unsigned i, struct qmux_message *m)
{
	const uint8_t *p = blob + BLOB_MESSAGES + (size_t)(service->first + i) * SIZE_MESSAGE;
	unsigned vendor;

	if (i >= service->n)
		return false;
	m->service = service->id;
	m->id = qmux_get16(p);
	m->name = qmux_get16(p + 2);
	m->indication = p[4] & MESSAGE_INDICATION;
	vendor = p[4] & ~MESSAGE_INDICATION;
	m->vendor = vendor ? qmux_get16(blob + BLOB_VENDORS + 2 * (vendor - 1)) : 0;
	m->tlv = qmux_get16(p + 5);
	m->n_in = p[7];
	m->n_out = p[8];
	return true;
}

bool qmux_tlv_at(const struct qmux_message *m, bool request, unsigned i, struct qmux_tlv_def *tlv)
{
	const uint8_t *p = blob + BLOB_TLVS + (m->tlv + (request ? 0u : m->n_in) + i) * SIZE_TLV;

	if (i >= (request ? m->n_in : m->n_out))
		return false;
	tlv->id = p[0];
	tlv->name = qmux_get16(p + 1);
	tlv->type = qmux_get16(p + 3) & ~TLV_MANDATORY;
	tlv->mandatory = qmux_get16(p + 3) & TLV_MANDATORY;
	return true;
}

bool qmux_service_by_id(uint16_t id, struct qmux_service *service)
{
	for (unsigned i = 0; qmux_service_at(i, service); i++)
		if (service->id == id)
			return true;
	return false;
}

bool qmux_message_by_id(uint16_t service, uint16_t id, bool indication, uint16_t vendor,
	struct qmux_message *message)
{
	struct qmux_service s;
	struct qmux_message m;
	bool found = false;
	unsigned low = 0, high;

	if (!qmux_service_by_id(service, &s))
		return false;
	for (high = s.n; low < high;) {		/* messages are sorted by id */
		unsigned mid = (low + high) / 2;

		qmux_message_at(&s, mid, &m);
		if (m.id < id)
			low = mid + 1;
		else
			high = mid;
	}
	for (; qmux_message_at(&s, low, &m) && m.id == id; low++) {
		if (m.indication != indication || (m.vendor && m.vendor != vendor))
			continue;
		*message = m;		/* a vendor's own comes after the general one */
		found = true;
	}
	return found;
}

bool qmux_message_by_name(const struct qmux_service *service, const char *name,
	bool indication, struct qmux_message *message)
{
	for (unsigned i = 0; qmux_message_at(service, i, message); i++)
		if (message->indication == indication &&
		    qmux_name_is(message->name, QMUX_FIELD_NAME, name, strlen(name)))
			return true;
	return false;
}

bool qmux_tlv_by_id(const struct qmux_message *m, bool request, uint8_t id, struct qmux_tlv_def *tlv)
{
	for (unsigned i = 0; qmux_tlv_at(m, request, i, tlv); i++)
		if (tlv->id == id)
			return true;
	return false;
}

/* ---- names of values ---- */

struct enum_view {
	const uint8_t *entries;
	size_t width, n;
	bool flags, row;
};

static struct enum_view enum_view(uint16_t names)
{
	const uint8_t *p = blob + BLOB_ENUMS + names;

	return (struct enum_view){
		.entries = p + SIZE_ENUM_HEAD,
		.width = p[0] & ENUM_WIDTH,
		.n = qmux_get16(p + 1),
		.flags = p[0] & ENUM_FLAGS,
		.row = p[0] & ENUM_ROW,
	};
}

static int64_t enum_entry(const struct enum_view *e, size_t i, uint16_t *name)
{
	const uint8_t *p = e->entries + i * ((e->row ? 0 : e->width) + 2);
	uint64_t v = qmux_get_uint(e->row ? e->entries : p, e->width, false);
	uint64_t top = 1ULL << (8 * e->width - 1);

	*name = qmux_get16(p + e->width);
	v = e->flags ? v : (v ^ top) - top;
	return (int64_t)(e->row ? v + i : v);
}

bool qmux_enum_is_flags(uint16_t names)
{
	return names < QMUX_NO_ENUM && enum_view(names).flags;
}

bool qmux_enum_at(uint16_t names, unsigned i, int64_t *value, uint16_t *name)
{
	struct enum_view e = enum_view(names);

	if (i >= e.n)
		return false;
	*value = enum_entry(&e, i, name);
	return true;
}

bool qmux_enum_name(uint16_t names, int64_t value, uint16_t *name)
{
	struct enum_view e = enum_view(names);
	size_t low = 0, high = e.n;

	while (low < high) {			/* entries are sorted by value */
		size_t mid = (low + high) / 2;
		int64_t v = enum_entry(&e, mid, name);

		if (v == value)
			return true;
		if (v < value)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

bool qmux_enum_value(uint16_t names, const char *text, size_t n, int64_t *value)
{
	uint16_t name;

	for (unsigned i = 0; qmux_enum_at(names, i, value, &name); i++)
		if (qmux_name_is(name, QMUX_VALUE_NAME, text, n))
			return true;
	return false;
}

int qmux_service_parse(const char *text, uint16_t *id)
{
	struct qmux_service s;
	int64_t value;
	uint64_t number;

	for (unsigned i = 0; qmux_service_at(i, &s); i++)
		if (qmux_name_is(s.name, QMUX_FIELD_NAME, text, strlen(text))) {
			*id = s.id;
			return 0;
		}
	if (qmux_enum_value(QMUX_ENUM_SERVICE, text, strlen(text), &value) && value >= 0) {
		*id = (uint16_t)value;
		return 0;
	}
	if (!qmux_parse_uint(text, strlen(text), &number) || number > UINT16_MAX)
		return -ENOENT;
	*id = (uint16_t)number;
	return 0;
}

bool qmux_message_outcome(const struct qmux_message *m, struct qmux_message *outcome)
{
	struct qmux_tlv_def tlv;

	return qmux_message_by_id(m->service, m->id, true, m->vendor, outcome) &&
		outcome->name == m->name && qmux_tlv_at(outcome, false, 0, &tlv) &&
		qmux_name_is(tlv.name, QMUX_FIELD_NAME, "indication_status", 17);
}

const char *qmux_error_name(unsigned error, char buf[QMUX_NAME_MAX])
{
	uint16_t name;

	if (!qmux_enum_name(QMUX_ENUM_PROTOCOL_ERROR, error, &name))
		return NULL;
	return qmux_name(name, QMUX_ERROR_NAME, buf);
}
