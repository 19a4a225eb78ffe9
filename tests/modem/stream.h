/* stream.h - QMUX frames out of a stream of bytes: split, joined, with junk between. */
#ifndef STREAM_H
#define STREAM_H

#include "modem.h"

enum { STREAM_STALE_MS = 1000 };

struct stream {
	uint8_t buf[2 * MODEM_FRAME_MAX];
	size_t len, taken;
	int64_t last_ms; /* when the last bytes came */
	uint64_t junk; /* bytes that belonged to no frame */
};

/* Where to put the next bytes, and how many (never 0); then say how many came, and when.
   Half a frame that nobody went on with for STREAM_STALE_MS is junk. */
uint8_t *stream_room(struct stream *s, size_t *room);
void stream_came(struct stream *s, size_t n, int64_t now_ms);

/* The next frame, valid until the next stream_room(); NULL: no whole one is there. */
const uint8_t *stream_frame(struct stream *s, size_t *len);

void stream_clear(struct stream *s);

#endif
