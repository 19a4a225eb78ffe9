/*
 * bytes.h - reading and writing bytes without casts.
 *
 * QMI is little-endian; a few fields are big-endian (the schema marks them).
 * A cursor reads, a buffer writes; both have a sticky error, so a caller tests
 * once at the end.  Neither owns the memory it works on.
 */
#ifndef QMUX_BYTES_H
#define QMUX_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint16_t qmux_get16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t qmux_get32(const uint8_t *p)
{
	return qmux_get16(p) | (uint32_t)qmux_get16(p + 2) << 16;
}

static inline void qmux_put16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static inline void qmux_put32(uint8_t *p, uint32_t v)
{
	qmux_put16(p, v & 0xffff);
	qmux_put16(p + 2, v >> 16);
}

/* An unsigned integer of n bytes (1 to 8). */
static inline uint64_t qmux_get_uint(const uint8_t *p, size_t n, bool big_endian)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[big_endian ? i : n - 1 - i];
	return v;
}

static inline void qmux_put_uint(uint8_t *p, size_t n, bool big_endian, uint64_t v)
{
	for (size_t i = 0; i < n; i++, v >>= 8)
		p[big_endian ? n - 1 - i : i] = (uint8_t)v;
}

struct qmux_cursor {
	const uint8_t *p, *end;
	bool bad;		/* something was asked for that is not there */
};

static inline struct qmux_cursor qmux_cursor(const uint8_t *p, size_t n)
{
	return (struct qmux_cursor){ p, p + n, false };
}

static inline size_t qmux_left(const struct qmux_cursor *c)
{
	return (size_t)(c->end - c->p);
}

/* The next n bytes, or NULL (and bad) where there are fewer. */
static inline const uint8_t *qmux_take(struct qmux_cursor *c, size_t n)
{
	const uint8_t *p = c->p;

	if (c->bad || qmux_left(c) < n) {
		c->bad = true;
		return NULL;
	}
	c->p += n;
	return p;
}

static inline uint64_t qmux_take_uint(struct qmux_cursor *c, size_t n, bool big_endian)
{
	const uint8_t *p = qmux_take(c, n);

	return p ? qmux_get_uint(p, n, big_endian) : 0;
}

struct qmux_buf {
	uint8_t *p;
	size_t len, cap;
	bool full;		/* something did not fit and was left out */
};

static inline struct qmux_buf qmux_buf(uint8_t *p, size_t cap)
{
	return (struct qmux_buf){ p, 0, cap, false };
}

/* Room for n bytes at the end, or NULL (and full). */
static inline uint8_t *qmux_room(struct qmux_buf *b, size_t n)
{
	uint8_t *p = b->p + b->len;

	if (b->full || b->cap - b->len < n) {
		b->full = true;
		return NULL;
	}
	b->len += n;
	return p;
}

static inline void qmux_add_uint(struct qmux_buf *b, size_t n, bool big_endian, uint64_t v)
{
	uint8_t *p = qmux_room(b, n);

	if (p)
		qmux_put_uint(p, n, big_endian, v);
}

static inline void qmux_add(struct qmux_buf *b, const void *data, size_t n)
{
	uint8_t *p = qmux_room(b, n);

	if (p && n)
		memcpy(p, data, n);
}

#endif
