/*
 * fuzz_walk.c - any frame: taken apart, walked, and what was understood put together again.
 *
 * Input: a frame.  Its length is put right, so that most inputs are walked.
 */
#include "qmux/frame.h"
#include "tests/unit/lines.h"

#include <stdlib.h>

enum { ROUND_TRIP_MAX = 300 };		/* values; the encoder is not made for thousands */

static struct lines first, second;

struct counter {
	struct qmux_visitor v;
	const uint8_t *start, *end;
	size_t nodes, tlvs, unknown;
	unsigned depth;
};

static void must(int good)
{
	if (!good)
		abort();
}

static int count_node(struct qmux_visitor *v, const struct qmux_node *node)
{
	struct counter *c = (struct counter *)v;
	char name[QMUX_NAME_MAX], text[QMUX_FORM_TEXT];

	c->nodes++;
	if (node->kind == QMUX_END) {
		must(c->depth-- > 0);
		return 0;
	}
	c->tlvs += !c->depth;
	if (node->kind == QMUX_OBJECT || node->kind == QMUX_LIST)
		must(++c->depth <= QMUX_DEPTH_MAX);
	if (node->kind == QMUX_TEXT || node->kind == QMUX_BYTES)
		must(node->data >= c->start && node->data + node->len <= c->end);
	if (qmux_node_text(node, text))
		must(strlen(text) < sizeof text);
	if (node->name != QMUX_NO_NAME)
		must(strlen(qmux_name(node->name, QMUX_FIELD_NAME, name)) > 0);
	else
		must(c->depth > 0);
	return 0;
}

static int count_unknown(struct qmux_visitor *v, const struct qmux_tlv *tlv, unsigned nth)
{
	struct counter *c = (struct counter *)v;

	must(nth > 0 && tlv->value >= c->start && tlv->value + tlv->len <= c->end);
	c->unknown++;
	return 0;
}

static size_t count_tlvs(const struct qmux_frame *f)
{
	struct qmux_cursor c = qmux_cursor(f->tlvs, f->tlvs_len);
	struct qmux_tlv tlv;
	size_t n = 0;

	while (qmux_tlv_next(&c, &tlv))
		n++;
	return n;
}

static void check_counts(const struct qmux_frame *f, const struct qmux_message *m)
{
	struct counter c = {
		.v = { .node = count_node, .unknown = count_unknown },
		.start = f->tlvs, .end = f->tlvs + f->tlvs_len,
	};

	must(!qmux_walk_fields(f, m, &c.v));
	must(!c.depth);
	must(!qmux_walk_unknown(f, m, &c.v));
	must(qmux_has_unknown(f, m) == (c.unknown > 0));
	must(count_tlvs(f) - c.tlvs - c.unknown <= (f->kind == QMUX_RESPONSE));
}

static bool has_mandatory(const struct qmux_frame *f, const struct qmux_message *m)
{
	struct qmux_tlv_def def;
	struct qmux_tlv tlv;

	for (unsigned i = 0; qmux_tlv_at(m, f->kind == QMUX_REQUEST, i, &def); i++)
		if (def.mandatory && !qmux_tlv_find(f, def.id, &tlv))
			return false;
	return true;
}

/* What the encoder makes of the text is decoded to the same text. */
static void check_round_trip(const struct qmux_frame *f, const struct qmux_message *m)
{
	static uint8_t room[2 * QMUX_FRAME_MAX];	/* lists of hex bytes cannot grow past it */
	struct qmux_buf b = qmux_buf(room, sizeof room);
	struct qmux_complaint c = { "" };
	struct qmux_frame back = *f;

	lines_of(&first, f, m);
	if (first.full || first.n > ROUND_TRIP_MAX)
		return;
	if (lines_encode(&first, &b, m, f->kind == QMUX_REQUEST, &c)) {
		must(c.text[0] != '\0');
		/* Cut TLVs of a mandatory type are not understood, and then missing. */
		must(!has_mandatory(f, m) || qmux_has_unknown(f, m));
		return;
	}
	back.tlvs = room;
	back.tlvs_len = b.len;
	must(!qmux_has_unknown(&back, m));
	lines_of(&second, &back, m);
	/* TLVs come in the schema's order now: compare as sets of equal size. */
	must(first.n == second.n);
	for (size_t i = 0; i < first.n; i++) {
		size_t j = 0;

		while (j < second.n && strcmp(first.line[i], second.line[j]))
			j++;
		must(j < second.n);
	}
}

static void check(const uint8_t *p, size_t n)
{
	struct qmux_frame f;
	struct qmux_message m;
	struct qmux_node node;

	if (qmux_frame_parse(&f, p, n))
		return;
	must(f.tlvs + f.tlvs_len + f.rest_len == p + n);
	qmux_frame_result(&f);
	if (!qmux_message_by_id(f.service, f.message, f.kind == QMUX_INDICATION, 0x1199, &m)) {
		struct counter c = { .v = { .node = count_node, .unknown = count_unknown },
			.start = f.tlvs, .end = f.tlvs + f.tlvs_len };

		must(!qmux_walk_fields(&f, NULL, &c.v) && !c.nodes);
		must(!qmux_walk_unknown(&f, NULL, &c.v));
		return;
	}
	check_counts(&f, &m);
	check_round_trip(&f, &m);
	for (size_t i = 0; i < first.n && i < ROUND_TRIP_MAX; i++) {
		char path[512];

		snprintf(path, sizeof path, "%.*s", (int)strcspn(first.line[i], "="), first.line[i]);
		/* Empty lists have no value of their own. */
		must(qmux_get(&f, &m, path, &node) == 0 || strchr(first.line[i], '=')[1] == '\0');
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	uint8_t *p;

	check(data, n);
	if (n < QMUX_FRAME_MIN || n > QMUX_FRAME_MAX)
		return 0;
	p = malloc(n);
	memcpy(p, data, n);
	qmux_put16(p + 1, (unsigned)(n - 1));
	check(p, n);
	free(p);
	return 0;
}
