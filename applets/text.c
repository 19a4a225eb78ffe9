#include "applets/text.h"

#include "qmux/format.h"

#include <math.h>
#include <stdlib.h>

#define TEXT_ROOM_MIN 256

void text_free(struct text *t)
{
	free(t->p);
	*t = (struct text){ 0 };
}

bool text_grow(struct text *t, size_t n)
{
	size_t room = t->room ? t->room : TEXT_ROOM_MIN;
	char *p;

	while (room - t->n < n && room < SIZE_MAX / 2)
		room *= 2;
	p = room - t->n < n ? NULL : realloc(t->p, room);
	if (!p) {
		t->failed = true;
		return false;
	}
	t->p = p;
	t->room = room;
	return true;
}

void text_fill(struct text *t, char c, size_t n)
{
	if (n && text_room(t, n)) {
		memset(t->p + t->n, c, n);
		t->n += n;
	}
}

char *text_uint(char *end, uint64_t v)
{
	/* Division of 64 bits is slow on the 32-bit routers; most numbers are small. */
	uint32_t low;

	while (v > UINT32_MAX) {
		*--end = (char)('0' + v % 10);
		v /= 10;
	}
	low = (uint32_t)v;
	do {
		*--end = (char)('0' + low % 10);
		low /= 10;
	} while (low);
	return end;
}

char *text_int(char *end, int64_t v)
{
	if (v >= 0)
		return text_uint(end, (uint64_t)v);
	end = text_uint(end, 0 - (uint64_t)v);
	*--end = '-';
	return end;
}

char *text_tenths(char *end, int64_t tenths)
{
	uint64_t v = tenths < 0 ? 0 - (uint64_t)tenths : (uint64_t)tenths;

	*--end = (char)('0' + v % 10);
	*--end = '.';
	end = text_uint(end, v / 10);
	if (tenths < 0)
		*--end = '-';
	return end;
}

size_t text_float(char buf[TEXT_NUMBER_MAX], double v, unsigned bytes)
{
	if (!isfinite(v))
		return 0;
	qmux_float_text(buf, v, bytes);
	return strlen(buf);
}

static bool is_continuation(uint8_t c)
{
	return (c & 0xc0) == 0x80;
}

/* Bytes of the valid UTF-8 character at p (Unicode 15, table 3-7), or 0. */
static size_t utf8_length(const uint8_t *p, size_t n)
{
	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4 || n < 2 || !is_continuation(p[1]))
		return 0;
	if (p[0] < 0xe0)
		return 2;
	if (n < 3 || !is_continuation(p[2]))
		return 0;
	if (p[0] < 0xf0) {
		if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f))
			return 0;
		return 3;
	}
	if (n < 4 || !is_continuation(p[3]) || (p[0] == 0xf0 && p[1] < 0x90) ||
		(p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return 4;
}

static void put_escape(struct text *t, uint8_t c)
{
	static const char hex[] = "0123456789abcdef";
	char escape[] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };

	text_put(t, escape, sizeof escape);
}

/* U+0080 to U+00FF. */
static void put_latin1(struct text *t, uint8_t c)
{
	char two[] = { (char)(0xc0 | c >> 6), (char)(0x80 | (c & 0x3f)) };

	text_put(t, two, sizeof two);
}

static void put_json_special(struct text *t, uint8_t c)
{
	static const char letters[] = "\bb\tt\nn\ff\rr\"\"\\\\";
	const char *at = NULL;

	for (const char *l = letters; *l && !at; l += 2)
		if ((uint8_t)*l == c)
			at = l + 1;
	if (at) {
		text_char(t, '\\');
		text_char(t, *at);
	} else {
		put_escape(t, c);
	}
}

void text_json(struct text *t, const void *data, size_t n)
{
	const uint8_t *p = data, *end = p + n, *start = p;

	while (p < end) {
		size_t len = 1;

		if (*p >= 0x20 && *p < 0x7f && *p != '"' && *p != '\\') {
			p++;
			continue;
		}
		if (*p < 0x80 || (len = utf8_length(p, (size_t)(end - p))) == 0) {
			text_put(t, start, (size_t)(p - start));
			put_json_special(t, *p);
			start = ++p;
			continue;
		}
		p += len;
	}
	text_put(t, start, (size_t)(end - start));
}

/* C0, DEL, and the C1 set, which a terminal may obey in UTF-8 as well. */
static bool is_control(const uint8_t *p, size_t len)
{
	if (len == 0)
		return *p < 0xa0;
	return *p < 0x20 || *p == 0x7f || (len == 2 && p[0] == 0xc2 && p[1] < 0xa0);
}

static void put_utf8(struct text *t, const uint8_t *p, size_t n, bool escape)
{
	while (n) {
		size_t len = utf8_length(p, n), took = len ? len : 1;

		if (escape && is_control(p, len))
			put_escape(t, p[took - 1]);
		else if (len)
			text_put(t, p, len);
		else
			put_latin1(t, *p);
		p += took;
		n -= took;
	}
}

void text_shown(struct text *t, const void *data, size_t n)
{
	put_utf8(t, data, n, true);
}

void text_utf8(struct text *t, const void *data, size_t n)
{
	put_utf8(t, data, n, false);
}
