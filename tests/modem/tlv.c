/* tlv.c - TLVs out of tables and state, and out of requests. */
#include "service.h"

#include <string.h>

enum { TLV_HEADER = 3 };

void put_bytes(struct out *o, const void *p, size_t n)
{
	if (o->full || o->cap - o->len < n) {
		o->full = true;
		return;
	}
	if (n)
		memcpy(o->p + o->len, p, n);
	o->len += n;
}

void put_num(struct out *o, uint64_t v, unsigned width)
{
	uint8_t b[8];

	for (unsigned i = 0; i < width; i++)
		b[i] = (uint8_t)(v >> 8 * i);
	put_bytes(o, b, width);
}

void put_tlv(struct out *o, unsigned type, const void *p, size_t n)
{
	put_num(o, type, 1);
	put_num(o, n, 2);
	put_bytes(o, p, n);
}

void put_tlv_num(struct out *o, unsigned type, uint64_t v, unsigned width)
{
	put_num(o, type, 1);
	put_num(o, width, 2);
	put_num(o, v, width);
}

uint64_t get_num(const uint8_t *p, unsigned width)
{
	uint64_t v = 0;

	while (width--)
		v = v << 8 | p[width];
	return v;
}

const uint8_t *request_tlv(const struct request *q, unsigned type, size_t *len)
{
	size_t at = 0;

	while (at + TLV_HEADER <= q->len) {
		size_t n = (size_t)get_num(q->tlvs + at + 1, 2);

		if (q->len - at - TLV_HEADER < n)
			break;
		if (q->tlvs[at] == type) {
			*len = n;
			return q->tlvs + at + TLV_HEADER;
		}
		at += TLV_HEADER + n;
	}
	return NULL;
}

static bool radio_is(const struct modem *m, uint32_t radio)
{
	const struct value *v = &m->state[K_radio_interfaces];

	return v->text && v->n && v->list[0] == (int64_t)radio;
}

static void put_list(struct out *o, const struct value *v, unsigned prefix, unsigned width)
{
	put_num(o, v->n, prefix);
	for (size_t i = 0; i < v->n; i++)
		put_num(o, (uint64_t)v->list[i], width);
}

static void put_chars3(struct out *o, const struct value *v)
{
	uint8_t b[3] = { 0, 0, 0 };

	if (v->text) {
		memset(b, 0xff, sizeof b);
		memcpy(b, v->bytes, v->n < sizeof b ? v->n : sizeof b);
	}
	put_bytes(o, b, sizeof b);
}

/* Fields that have something to say without their key. */
static bool stands_alone(const struct field *f)
{
	return f->op == F_CONST || f->op == F_VALID || f->op == F_FILL || f->op == F_CHARS3;
}

static void put_field(const struct modem *m, struct out *o, const struct field *f)
{
	const struct value *v = f->key < 0 ? NULL : &m->state[f->key];

	switch ((enum field_op)f->op) {
	case F_CONST:
		put_num(o, f->value, f->width);
		break;
	case F_NUM:
		put_num(o, (uint64_t)v->num, f->width);
		break;
	case F_NEG:
		put_num(o, -(uint64_t)v->num, f->width);
		break;
	case F_NOT:
		put_num(o, !v->num, f->width);
		break;
	case F_FIRST:
		put_num(o, v->n ? (uint64_t)v->list[0] : 0, f->width);
		break;
	case F_ON:
		put_num(o, radio_is(m, f->value) ? (uint64_t)v->num : 0, f->width);
		break;
	case F_VALID:
		put_num(o, v->text != NULL, f->width);
		break;
	case F_FILL:
		put_num(o, v->text ? (uint64_t)v->num : f->value, f->width);
		break;
	case F_PCS:
		put_num(o, v->n == 3, f->width);
		break;
	case F_BYTES8:
		put_num(o, v->n > UINT8_MAX ? UINT8_MAX : v->n, 1);
		put_bytes(o, v->bytes, v->n > UINT8_MAX ? UINT8_MAX : v->n);
		break;
	case F_BYTES:
		put_bytes(o, v->bytes, v->n);
		break;
	case F_CHARS3:
		put_chars3(o, v);
		break;
	case F_LIST8:
		put_list(o, v, 1, f->width);
		break;
	case F_LIST16:
		put_list(o, v, 2, f->width);
		break;
	case F_END:
		break;
	}
}

static void put_row(const struct modem *m, struct out *o, const struct tlv *row)
{
	size_t start = o->len, n;
	bool any = false;

	put_tlv(o, row->type, NULL, 0);
	for (const struct field *f = row->f; f < row->f + FIELDS_MAX && f->op != F_END; f++) {
		if (!stands_alone(f) && !m->state[f->key].text) {
			if (!any) {
				o->len = start;
				return;
			}
			break;
		}
		/* Which radio it is about is no value yet. */
		any |= f->op != F_CONST && f->op != F_FIRST;
		put_field(m, o, f);
	}
	n = o->len - start - TLV_HEADER;
	if (n > UINT16_MAX)
		o->full = true;
	if (!o->full) {
		o->p[start + 1] = (uint8_t)n;
		o->p[start + 2] = (uint8_t)(n >> 8);
	}
}

static bool row_changed(const struct modem *m, const struct tlv *row)
{
	bool radio = m->changed[K_radio_interfaces];

	for (const struct field *f = row->f; f < row->f + FIELDS_MAX && f->op != F_END; f++)
		if ((f->key >= 0 && m->changed[f->key]) || (radio && f->op == F_ON))
			return true;
	return radio && row->radio;
}

bool tlvs_changed(const struct modem *m, const struct tlv *rows)
{
	for (; rows->f[0].op != F_END; rows++)
		if (row_changed(m, rows))
			return true;
	return false;
}

static bool chosen(const struct modem *m, const struct tlv *row, const struct choice *c)
{
	return (!row->radio || radio_is(m, row->radio)) && (!row->mask || row->mask & c->mask) &&
		(!row->event || row->event & c->events) && (!c->changed || row_changed(m, row));
}

void put_tlvs(struct modem *m, struct out *o, const struct tlv *rows, const struct choice *c)
{
	bool down = m->state[K_tlv_descending].num;
	size_t n = 0;

	while (rows[n].f[0].op != F_END)
		n++;
	for (size_t i = 0; i < n; i++) {
		const struct tlv *row = &rows[down ? n - 1 - i : i];

		if (chosen(m, row, c))
			put_row(m, o, row);
	}
}
