/* stream.c - QMUX frames out of a stream of bytes. */
#include "stream.h"

#include <string.h>

enum { LENGTH_MIN = MODEM_FRAME_MIN - 1, HEAD = 4 };

void stream_clear(struct stream *s)
{
	s->junk += s->len - s->taken;
	s->len = s->taken = 0;
}

uint8_t *stream_room(struct stream *s, size_t *room)
{
	memmove(s->buf, s->buf + s->taken, s->len - s->taken);
	s->len -= s->taken;
	s->taken = 0;
	*room = sizeof s->buf - s->len;
	return s->buf + s->len;
}

void stream_came(struct stream *s, size_t n, int64_t now_ms)
{
	if (s->len && now_ms - s->last_ms > STREAM_STALE_MS) {
		memmove(s->buf, s->buf + s->len, n);
		s->junk += s->len;
		s->len = 0;
	}
	s->last_ms = now_ms;
	s->len += n;
}

/* The flags byte is looked at too, so that junk with a marker in it costs little. */
static bool plausible(const uint8_t *p, size_t n)
{
	return p[0] == 0x01 && (n < 3 || (p[1] | p[2] << 8) >= LENGTH_MIN) &&
		(n < HEAD || (p[3] & 0x7f) == 0);
}

const uint8_t *stream_frame(struct stream *s, size_t *len)
{
	for (; s->taken < s->len; s->taken++, s->junk++) {
		const uint8_t *p = s->buf + s->taken;
		size_t have = s->len - s->taken;

		if (!plausible(p, have))
			continue;
		if (have < HEAD)
			return NULL;
		*len = (size_t)(p[1] | p[2] << 8) + 1;
		if (have < *len)
			return NULL;
		s->taken += *len;
		return p;
	}
	return NULL;
}
