/*
 * fuzz_stream.c - any bytes, in any pieces: frames do not depend on how they were cut.
 *
 * Input: one byte for the pieces, then the stream.
 */
#include "qmux/frame.h"

#include <stdlib.h>

enum { FRAMES_MAX = 1 << 16 };

struct frames {
	size_t at[FRAMES_MAX], len[FRAMES_MAX];
	size_t n;
};

static void must(int good)
{
	if (!good)
		abort();
}

static void take_frames(struct qmux_stream *s, const uint8_t *start, size_t came, struct frames *f)
{
	const uint8_t *frame;
	struct qmux_frame view;
	size_t n;

	while (qmux_stream_next(s, &frame, &n)) {
		size_t at = came - s->len - n;

		must(qmux_frame_length(frame, n) == (int)n);
		must(!memcmp(frame, start + at, n));
		must(!qmux_frame_parse(&view, frame, n));
		must(f->n < FRAMES_MAX);
		f->at[f->n] = at;
		f->len[f->n++] = n;
	}
}

static void feed(const uint8_t *p, size_t n, unsigned pieces, struct frames *f)
{
	static uint8_t room[QMUX_FRAME_MAX];
	struct qmux_stream s = { .p = room, .cap = sizeof room };
	size_t came = 0, whole = 0;
	unsigned turn = pieces;

	f->n = 0;
	while (came < n) {
		size_t fits, k = pieces ? 1 + (turn = turn * 75 + 74) % 97 : n;
		uint8_t *to = qmux_stream_room(&s, &fits);

		must(fits > 0);
		must(to >= room && to + fits <= room + sizeof room);
		k = k < fits ? k : fits;
		k = k < n - came ? k : n - came;
		memcpy(to, p + came, k);
		qmux_stream_added(&s, k);
		came += k;
		take_frames(&s, p, came, f);
	}
	for (size_t i = 0; i < f->n; i++)
		whole += f->len[i];
	/* Each byte is in a frame, or skipped, or still waiting. */
	must(whole + s.skipped + s.len == n);
	must(s.resyncs <= s.skipped);
	while (s.len)
		qmux_stream_skip(&s);
	must(!s.off);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct frames whole, cut;

	if (!n)
		return 0;
	feed(data + 1, n - 1, 0, &whole);
	feed(data + 1, n - 1, 1 + data[0], &cut);
	must(whole.n == cut.n);
	must(!memcmp(whole.at, cut.at, whole.n * sizeof *whole.at));
	must(!memcmp(whole.len, cut.len, whole.n * sizeof *whole.len));
	return 0;
}
