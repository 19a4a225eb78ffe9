/*
 * test_encode.c - decode(encode(x)) is x, for every message of the schema that is built.
 *
 * x is random, but the same in every run: what fails says its seed.
 */
#include "qmux/frame.h"
#include "tests/unit/lines.h"
#include "tests/unit/tap.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 8, ITEMS = 3, TEXT = 12 };

static struct lines wanted, got;

static struct rng rng;
static enum qmux_kind_of_type coded;	/* the form of coded fields */

static void make_value(struct lines *l, const uint8_t *type);

static uint64_t random_bits(void)
{
	uint64_t bits = (uint64_t)rng_next(&rng) << 32 | rng_next(&rng);

	switch (rng_below(&rng, 6)) {
	case 0:
		return 0;
	case 1:
		return UINT64_MAX;
	case 2:
		return 1ULL << (bits & 63);
	case 3:
		return (1ULL << (bits & 63)) - 1;
	default:
		return bits;
	}
}

/* One of the values that have a name, or any bits. */
static uint64_t enum_bits(const struct qmux_type *t)
{
	unsigned n = 0;
	int64_t value;
	uint16_t name;

	while (qmux_enum_at(t->names, n, &value, &name))
		n++;
	if (!rng_below(&rng, 4))
		return random_bits();
	qmux_enum_at(t->names, rng_below(&rng, n), &value, &name);
	return (uint64_t)value;
}

static void make_float(const struct qmux_type *t, char *text, size_t n)
{
	uint64_t bits = random_bits();
	uint32_t bits32 = (uint32_t)bits;
	double d;
	float f;

	memcpy(&d, &bits, sizeof d);
	memcpy(&f, &bits32, sizeof f);
	if (t->size == 4)
		d = f;
	snprintf(text, n, t->size == 8 ? "%.17g" : "%.9g", isnan(d) ? 0.5 : d);
}

/* Up to the year 9999, in GPS time too; libc says how it is written. */
static void make_time(const struct qmux_type *t, char *text, size_t n)
{
	time_t first = t->kind >= QMUX_T_GPS_MS ? 315964800 : 0;
	time_t second = first + (time_t)(random_bits() % (253402300800ULL - (uint64_t)first));
	unsigned ms = t->kind == QMUX_T_UNIX_S ? 0 : rng_below(&rng, 1000);
	struct tm tm;

	/* Not each millisecond begins one of 1.25 ms. */
	if (t->kind == QMUX_T_GPS_TICKS)
		ms = ms * 4 / 5 * 5 / 4;
	strftime(text, n, "%Y-%m-%dT%H:%M:%S", gmtime_r(&second, &tm));
	snprintf(text + strlen(text), n - strlen(text), ".%03uZ", ms);
}

static void make_letters(const char *const *letters, size_t n, char *text)
{
	*text = '\0';
	for (size_t i = rng_below(&rng, TEXT); i; i--)
		strcat(text, letters[rng_below(&rng, (uint32_t)n)]);
}

#define LETTERS(...) make_letters((const char *const[]){ __VA_ARGS__ }, \
	sizeof (const char *const[]){ __VA_ARGS__ } / sizeof (const char *), text)

/* Bytes with a form; plain ones where a coded field's coding is none that is known. */
static void make_form(struct lines *l, const struct qmux_type *t)
{
	enum qmux_kind_of_type form = t->kind == QMUX_T_CODED ? coded : t->kind;
	char text[8 * TEXT + 1] = "";

	if (form == QMUX_T_IP6)
		for (unsigned i = 0; i < 8; i++)	/* never a zero: nothing to shorten */
			sprintf(text + strlen(text), "%s%x", i ? ":" : "",
				rng_below(&rng, UINT16_MAX) + 1);
	else if (form == QMUX_T_PLMN)
		sprintf(text, rng_below(&rng, 2) ? "%05u" : "%06u", rng_below(&rng, 100000));
	else if (form == QMUX_T_BCD)
		LETTERS("0", "1", "2", "5", "9", "a", "e");
	else if (form == QMUX_T_GSM7)
		LETTERS("A", "z", "0", " ", "=", "\n", "\xc3\xa4", "\xce\x94", "\xe2\x82\xac", "[");
	else if (form == QMUX_T_UCS2)
		LETTERS("A", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\t", ",", "\xef\xbf\xbd");
	else if (form == QMUX_T_ASCII)
		LETTERS("A", "z", "0", " ", "=", "\n", "\x7f", ",");
	else
		LETTERS("00", "01", "7f", "80", "ff", "0a");
	lines_add(l, l->path, text, strlen(text));
}

static void make_scalar(struct lines *l, const struct qmux_type *t)
{
	bool is_signed = t->kind >= QMUX_T_I8 && t->kind <= QMUX_T_I64;
	unsigned unused_bits = 64 - 8 * t->size;
	char text[64 * QMUX_NAME_MAX];
	uint64_t bits;

	if (t->kind == QMUX_T_F32 || t->kind == QMUX_T_F64) {
		make_float(t, text, sizeof text);
	} else if (t->kind == QMUX_T_BOOL || t->names == QMUX_ENUM_BOOL) {
		snprintf(text, sizeof text, "%s", rng_below(&rng, 2) ? "true" : "false");
	} else if (qmux_enum_is_flags(t->names)) {
		lines_flags(text, sizeof text, t->names, random_bits() << unused_bits >> unused_bits);
	} else if (t->kind == QMUX_T_IP4) {
		snprintf(text, sizeof text, "%u.%u.%u.%u", rng_below(&rng, 256),
			rng_below(&rng, 256), rng_below(&rng, 256), rng_below(&rng, 256));
	} else if (t->kind > QMUX_T_CODING) {
		make_time(t, text, sizeof text);
	} else {
		bits = t->names < QMUX_NO_ENUM ? enum_bits(t) : random_bits();
		bits = bits << unused_bits >> unused_bits;
		if (is_signed && bits >> (8 * t->size - 1) & 1 && t->size < 8)
			bits |= UINT64_MAX << (8 * t->size);
		lines_number(text, sizeof text, t->names, is_signed, bits);
		if (t->kind == QMUX_T_CODING)
			coded = qmux_form_coded(t->names, (int64_t)bits);
	}
	lines_add(l, l->path, text, strlen(text));
}

static void make_text(struct lines *l, const struct qmux_type *t)
{
	static const char *const letters[] = { "a", "Z", "0", "=", ",", ";", " ", "\"", "\\", "\n",
		"\xc3\xa4", "\xff", "[", "." };
	char text[TEXT * 2 + 1] = "";
	size_t most = t->fixed ? t->fixed : t->most ? t->most : TEXT, n = rng_below(&rng, TEXT);

	while (n--) {
		const char *letter = letters[rng_below(&rng, sizeof letters / sizeof *letters)];

		if (strlen(text) + strlen(letter) <= most)
			strcat(text, letter);
	}
	lines_add(l, l->path, text, strlen(text));
}

static void make_array(struct lines *l, const struct qmux_type *t)
{
	struct qmux_type item = qmux_type_at(t->inner);
	size_t before = strlen(l->path), n = t->fixed ? t->fixed : rng_below(&rng, ITEMS + 1);
	uint8_t bytes[UINT16_MAX];

	if (item.kind == QMUX_T_U8 && item.names == QMUX_NO_ENUM) {
		for (size_t i = 0; i < n; i++)
			bytes[i] = (uint8_t)rng_next(&rng);
		lines_bytes(l, l->path, bytes, n);
		return;
	}
	if (!n)
		lines_add(l, l->path, "", 0);
	for (size_t i = 0; i < n; i++) {
		snprintf(l->path + before, sizeof l->path - before, "[%zu]", i);
		make_value(l, t->inner);
		l->path[before] = '\0';
	}
}

static void make_struct(struct lines *l, const struct qmux_type *t)
{
	size_t before = strlen(l->path);
	const uint8_t *p = t->inner;
	char name[QMUX_NAME_MAX];

	for (unsigned i = 0; i < t->fields; i++) {
		snprintf(l->path + before, sizeof l->path - before, ".%s",
			qmux_name(qmux_get16(p), QMUX_FIELD_NAME, name));
		make_value(l, p + 2);
		l->path[before] = '\0';
		p = qmux_type_at(p + 2).end;
	}
}

static void make_value(struct lines *l, const uint8_t *type)
{
	struct qmux_type t = qmux_type_at(type);

	if (t.kind == QMUX_T_STRUCT)
		make_struct(l, &t);
	else if (t.kind == QMUX_T_ARRAY)
		make_array(l, &t);
	else if (t.kind == QMUX_T_TEXT)
		make_text(l, &t);
	else if (t.kind >= QMUX_T_IP6)
		make_form(l, &t);
	else
		make_scalar(l, &t);
}

static void make_message(struct lines *l, const struct qmux_message *m, bool request)
{
	struct qmux_tlv_def def;

	lines_begin(l);
	for (unsigned i = 0; qmux_tlv_at(m, request, i, &def); i++) {
		if (!def.mandatory && !rng_below(&rng, 4))
			continue;
		qmux_name(def.name, QMUX_FIELD_NAME, l->path);
		make_value(l, qmux_type_of(&def));
		l->path[0] = '\0';
	}
}

/* In any order: the encoder puts them into the schema's. */
static int encode_shuffled(struct qmux_buf *b, const struct lines *l, const struct qmux_message *m,
	bool request, struct qmux_complaint *c)
{
	static struct qmux_assign assign[LINES_MAX];

	for (size_t i = 0; i < l->n; i++)
		qmux_assign_parse(&assign[i], l->line[i], c);
	for (size_t i = l->n; i > 1; i--) {
		size_t j = rng_below(&rng, (uint32_t)i);
		struct qmux_assign swap = assign[i - 1];

		assign[i - 1] = assign[j];
		assign[j] = swap;
	}
	return qmux_encode(b, m, request, assign, l->n, c);
}

static bool same(void)
{
	for (size_t i = 0; i < wanted.n || i < got.n; i++) {
		const char *a = i < wanted.n ? wanted.line[i] : "(nothing)";
		const char *b = i < got.n ? got.line[i] : "(nothing)";

		if (strcmp(a, b)) {
			printf("#  want '%s'\n#  got  '%s'\n", a, b);
			return false;
		}
	}
	return true;
}

/* Cut short anywhere, the frame must still be walked without a read past its end. */
static void walk_cut(const struct qmux_frame *f, const struct qmux_message *m)
{
	for (size_t cut = 0; cut < f->tlvs_len; cut += 1 + cut / 64) {
		struct qmux_frame part = *f;
		uint8_t *p = malloc(cut + 1);

		memcpy(p + 1, f->tlvs, cut);
		part.tlvs = p + 1;
		part.tlvs_len = cut;
		lines_of(&got, &part, m);
		free(p);
	}
}

static bool there_and_back(const struct qmux_message *m, enum qmux_kind kind)
{
	static uint8_t room[QMUX_FRAME_MAX];
	struct qmux_buf b = qmux_buf(room, sizeof room);
	struct qmux_complaint c = { "" };
	struct qmux_frame f = { .service = m->service, .message = m->id, .kind = kind };

	make_message(&wanted, m, kind == QMUX_REQUEST);
	if (encode_shuffled(&b, &wanted, m, kind == QMUX_REQUEST, &c)) {
		printf("#  %s\n", c.text);
		return false;
	}
	f.tlvs = room;
	f.tlvs_len = b.len;
	walk_cut(&f, m);
	lines_of(&got, &f, m);
	return !wanted.full && !got.full && !qmux_has_unknown(&f, m) && same();
}

static bool test_kind(const struct qmux_message *m, enum qmux_kind kind)
{
	for (unsigned round = 1; round <= ROUNDS; round++) {
		rng.state = (uint64_t)m->service << 40 | (uint64_t)m->id << 16 |
			(uint64_t)kind << 8 | round;
		if (!there_and_back(m, kind)) {
			printf("#  %s, round %u\n", kind == QMUX_REQUEST ? "request" : "answer", round);
			return false;
		}
	}
	return true;
}

/* A number that stands for more than its type can hold must be refused, not cut. */
static void test_too_wide(const struct qmux_message *m, const struct qmux_tlv_def *def)
{
	struct qmux_type t = qmux_type_at(qmux_type_of(def));
	char name[QMUX_NAME_MAX], text[2 * QMUX_NAME_MAX];
	struct qmux_complaint c;
	struct qmux_assign a;
	uint8_t room[64];
	int64_t value;
	uint16_t handle;

	if (t.size == 0 || t.kind >= QMUX_T_I8 || t.names >= QMUX_NO_ENUM ||
	    qmux_enum_is_flags(t.names))
		return;
	for (unsigned i = 0; qmux_enum_at(t.names, i, &value, &handle); i++) {
		struct qmux_buf b = qmux_buf(room, sizeof room);
		bool fits = value >= 0 && (t.size == 8 || !(value >> (8 * t.size)));

		if (fits)
			continue;
		snprintf(text, sizeof text, "%s=", qmux_name(def->name, QMUX_FIELD_NAME, name));
		strcat(text, qmux_name(handle, QMUX_VALUE_NAME, name));
		qmux_assign_parse(&a, text, &c);
		ok(qmux_encode(&b, m, false, &a, 1, &c) == -EINVAL, "%s is refused: %s", text, c.text);
	}
}

int main(void)
{
	struct qmux_service s;
	struct qmux_message m;
	struct qmux_tlv_def def;
	char name[QMUX_NAME_MAX], service[QMUX_NAME_MAX];

	for (unsigned i = 0; qmux_service_at(i, &s); i++)
		for (unsigned j = 0; qmux_message_at(&s, j, &m); j++) {
			bool good = m.indication ? test_kind(&m, QMUX_INDICATION) :
				test_kind(&m, QMUX_REQUEST) && test_kind(&m, QMUX_RESPONSE);

			ok(good, "%s %s%s there and back",
				qmux_name(s.name, QMUX_FIELD_NAME, service),
				qmux_name(m.name, QMUX_FIELD_NAME, name),
				m.indication ? " (indication)" : "");
			for (unsigned k = 0; qmux_tlv_at(&m, false, k, &def); k++)
				test_too_wide(&m, &def);
		}
	return tap_done();
}
