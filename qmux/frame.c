#include "frame.h"

#include <errno.h>

/* flags, transaction id, message id, length of the TLVs */
static size_t sdu_head(uint16_t service)
{
	return 1 + qmux_transaction_size(service) + 2 + 2;
}

/* From the head of a frame, QMUX_HEAD bytes. */
static uint16_t service_of(const uint8_t *p)
{
	return p[0] == QMUX_MARKER ? p[4] : qmux_get16(p + 3);
}

/* The least of a head that tells whether a frame can start here. */
static bool head_plausible(const uint8_t *p, size_t n)
{
	if (p[0] != QMUX_MARKER && p[0] != QMUX_MARKER_EXT)
		return false;
	if (n >= 3 && qmux_get16(p + 1) < QMUX_FRAME_MIN - 1)
		return false;
	if (n >= QMUX_HEAD && qmux_get16(p + 1) + 1u < QMUX_HEAD + sdu_head(service_of(p)))
		return false;
	/* Real modems answer with flags 0x00 as well as 0x80, and never another. */
	if (n >= 4 && p[0] == QMUX_MARKER)
		return p[3] == QMUX_FLAG_HOST || p[3] == QMUX_FLAG_MODEM;
	return true;
}

int qmux_frame_length(const uint8_t *p, size_t n)
{
	if (n && !head_plausible(p, n))
		return -EBADMSG;
	return n < 3 ? 0 : qmux_get16(p + 1) + 1;
}

static enum qmux_kind kind_of(uint16_t service, uint8_t sdu_flags)
{
	/* CTL: 1 response, 2 indication; the others: 2 response, 4 indication
	   (bit 0 is "compound" there, which nobody sends). */
	unsigned bits = service == QMUX_CTL ? sdu_flags : sdu_flags >> 1;

	return bits & 2 ? QMUX_INDICATION : bits & 1 ? QMUX_RESPONSE : QMUX_REQUEST;
}

static uint8_t flags_of(uint16_t service, enum qmux_kind kind)
{
	return (uint8_t)(service == QMUX_CTL ? kind : kind << 1);
}

int qmux_frame_parse(struct qmux_frame *f, const uint8_t *p, size_t n)
{
	struct qmux_cursor c = qmux_cursor(p, n);
	size_t said;
	uint8_t sdu_flags;

	if (n < QMUX_FRAME_MIN || qmux_get16(p + 1) + 1u != n)
		return -EBADMSG;
	memset(f, 0, sizeof *f);
	f->marker = (uint8_t)qmux_take_uint(&c, 1, false);
	qmux_take(&c, 2);
	if (f->marker == QMUX_MARKER) {
		f->flags = (uint8_t)qmux_take_uint(&c, 1, false);
		f->service = (uint16_t)qmux_take_uint(&c, 1, false);
	} else if (f->marker == QMUX_MARKER_EXT) {
		f->service = (uint16_t)qmux_take_uint(&c, 2, false);
	} else {
		return -EBADMSG;
	}
	f->client = (uint8_t)qmux_take_uint(&c, 1, false);
	sdu_flags = (uint8_t)qmux_take_uint(&c, 1, false);
	f->kind = kind_of(f->service, sdu_flags);
	f->transaction =
		(uint16_t)qmux_take_uint(&c, qmux_transaction_size(f->service), false);
	f->message = (uint16_t)qmux_take_uint(&c, 2, false);
	said = (size_t)qmux_take_uint(&c, 2, false);
	if (c.bad)
		return -EBADMSG;
	f->truncated = said > qmux_left(&c);
	f->tlvs = c.p;
	f->tlvs_len = f->truncated ? qmux_left(&c) : said;
	f->rest = f->tlvs + f->tlvs_len;
	f->rest_len = (size_t)(c.end - f->rest);
	return 0;
}

bool qmux_tlv_next(struct qmux_cursor *c, struct qmux_tlv *tlv)
{
	size_t said;

	if (qmux_left(c) < QMUX_TLV_HEAD)
		return false;
	tlv->type = (uint8_t)qmux_take_uint(c, 1, false);
	said = (size_t)qmux_take_uint(c, 2, false);
	tlv->truncated = said > qmux_left(c);
	tlv->len = tlv->truncated ? qmux_left(c) : said;
	tlv->value = qmux_take(c, tlv->len);
	return true;
}

bool qmux_tlv_find(const struct qmux_frame *f, uint8_t type, struct qmux_tlv *tlv)
{
	struct qmux_cursor c = qmux_cursor(f->tlvs, f->tlvs_len);

	while (qmux_tlv_next(&c, tlv))
		if (tlv->type == type)
			return !tlv->truncated;
	return false;
}

int qmux_frame_result(const struct qmux_frame *f)
{
	struct qmux_tlv tlv;

	if (!qmux_tlv_find(f, QMUX_TLV_RESULT, &tlv) || tlv.len < 4)
		return -EBADMSG;
	if (qmux_get16(tlv.value) == 0)
		return 0;
	/* Failure with error 0 has been seen; it must not look like success. */
	return qmux_get16(tlv.value + 2) ? qmux_get16(tlv.value + 2) : -EBADMSG;
}

void qmux_frame_begin(struct qmux_buf *b, const struct qmux_frame *f)
{
	uint8_t marker = f->marker ? f->marker : QMUX_MARKER;

	qmux_add_uint(b, 1, false, marker);
	qmux_add_uint(b, 2, false, 0);
	if (marker == QMUX_MARKER) {
		qmux_add_uint(b, 1, false,
			f->kind == QMUX_REQUEST ? QMUX_FLAG_HOST : QMUX_FLAG_MODEM);
		qmux_add_uint(b, 1, false, f->service);
		b->full |= f->service > UINT8_MAX;	/* it has no place in this head */
	} else {
		qmux_add_uint(b, 2, false, f->service);
	}
	qmux_add_uint(b, 1, false, f->client);
	qmux_add_uint(b, 1, false, flags_of(f->service, f->kind));
	qmux_add_uint(b, qmux_transaction_size(f->service), false, f->transaction);
	qmux_add_uint(b, 2, false, f->message);
	qmux_add_uint(b, 2, false, 0);
}

size_t qmux_tlv_open(struct qmux_buf *b, uint8_t type)
{
	qmux_add_uint(b, 1, false, type);
	qmux_add_uint(b, 2, false, 0);
	return b->len;
}

void qmux_tlv_close(struct qmux_buf *b, size_t mark)
{
	if (b->full)
		return;
	if (b->len - mark > UINT16_MAX)
		b->full = true;
	else
		qmux_put16(b->p + mark - 2, (unsigned)(b->len - mark));
}

void qmux_add_tlv(struct qmux_buf *b, uint8_t type, const void *value, size_t n)
{
	size_t mark = qmux_tlv_open(b, type);

	qmux_add(b, value, n);
	qmux_tlv_close(b, mark);
}

void qmux_add_result(struct qmux_buf *b, unsigned error)
{
	uint8_t value[4];

	qmux_put16(value, error != 0);
	qmux_put16(value + 2, error);
	qmux_add_tlv(b, QMUX_TLV_RESULT, value, sizeof value);
}

int qmux_frame_end(struct qmux_buf *b)
{
	size_t head;

	if (b->full || b->len > QMUX_FRAME_MAX)
		return -EMSGSIZE;
	head = QMUX_HEAD + sdu_head(service_of(b->p));
	qmux_put16(b->p + 1, (unsigned)(b->len - 1));
	qmux_put16(b->p + head - 2, (unsigned)(b->len - head));
	return (int)b->len;
}

/* Do the lengths of QMUX head and SDU agree?  Too few bytes to tell: yes. */
static bool lengths_agree(const uint8_t *p, size_t n)
{
	size_t head;

	if (n < QMUX_HEAD)
		return true;
	head = QMUX_HEAD + sdu_head(service_of(p));
	if (n < head)
		return true;
	return head + qmux_get16(p + head - 2) == qmux_get16(p + 1) + 1u;
}

static void drop(struct qmux_stream *s, size_t n)
{
	s->off += n;
	s->len -= n;
	if (!s->len)
		s->off = 0;
}

void qmux_stream_skip(struct qmux_stream *s)
{
	if (!s->len)
		return;
	if (!s->lost)
		s->resyncs++;
	s->lost = true;
	s->skipped++;
	drop(s, 1);
}

bool qmux_stream_next(struct qmux_stream *s, const uint8_t **frame, size_t *n)
{
	while (s->len) {
		const uint8_t *p = s->p + s->off;
		int need = qmux_frame_length(p, s->len);

		if (need < 0 || (s->lost && !lengths_agree(p, s->len))) {
			qmux_stream_skip(s);
			continue;
		}
		if (!need || s->len < (size_t)need)
			return false;
		s->lost = false;
		*frame = p;
		*n = (size_t)need;
		drop(s, (size_t)need);
		return true;
	}
	return false;
}

uint8_t *qmux_stream_room(struct qmux_stream *s, size_t *n)
{
	if (s->off && s->off + s->len == s->cap) {
		memmove(s->p, s->p + s->off, s->len);
		s->off = 0;
	}
	*n = s->cap - s->off - s->len;
	return s->p + s->off + s->len;
}
