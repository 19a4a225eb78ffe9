/*
 * test_frame.c - frames: taken apart, put together, found in a stream.
 *
 * Every input is copied to memory of just its size, so that a sanitizer sees a
 * read past its end.
 */
#include "qmux/frame.h"
#include "tests/unit/tap.h"

#include <errno.h>
#include <stdlib.h>

enum { BYTES_MAX = 4 * QMUX_FRAME_MAX, ROUNDS = 400, ITEMS_MAX = 12, JUNK_MAX = 60 };

static uint8_t memory[QMUX_FRAME_MAX + 16];	/* more than a frame, so that it is not the limit */

static size_t from_hex(uint8_t *to, const char *hex)
{
	size_t n = 0;

	for (; *hex; hex++) {
		unsigned byte;

		if (*hex == ' ')
			continue;
		sscanf(hex++, "%2x", &byte);
		to[n++] = (uint8_t)byte;
	}
	return n;
}

static uint8_t *copy_of(const char *hex, size_t *n)
{
	uint8_t bytes[1024], *p;

	*n = from_hex(bytes, hex);
	p = malloc(*n ? *n : 1);
	memcpy(p, bytes, *n);
	return p;
}

/* ---- the length at the head ---- */

static void test_length(void)
{
	static const struct {
		const char *hex;
		int length;
		const char *name;
	} rows[] = {
		{ "", 0, "nothing: too few bytes" },
		{ "01", 0, "a marker alone" },
		{ "01 0c", 0, "half a length" },
		{ "01 0b 00", 12, "the shortest frame" },
		{ "02 0b 00", 12, "the shortest frame with the extended head" },
		{ "01 0a 00", -EBADMSG, "a length too short for any SDU" },
		{ "01 00 00", -EBADMSG, "a length of zero" },
		{ "01 02 00", -EBADMSG, "a length that ends inside itself" },
		{ "01 ff ff", 65536, "the longest frame" },
		{ "00", -EBADMSG, "another marker" },
		{ "03 0b 00", -EBADMSG, "a marker of nobody's" },
		{ "01 0c 00 00", 13, "control flags of the host" },
		{ "01 0c 00 80", 13, "control flags of the modem" },
		{ "01 0c 00 01", -EBADMSG, "control flags of neither" },
		{ "02 0c 00 90", 13, "the extended head has a service there" },
		{ "01 0b 00 80 00 00", 12, "the shortest frame of CTL" },
		{ "01 0b 00 80 02", 12, "the service tells, and the client id after it" },
		{ "01 0b 00 80 02 01", -EBADMSG, "one byte too short for any other service" },
		{ "02 0b 00 00 01 01", -EBADMSG, "also with the extended head" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t n;
		uint8_t *p = copy_of(rows[i].hex, &n);

		is_int(qmux_frame_length(p, n), rows[i].length, rows[i].name);
		free(p);
	}
}

/* ---- one frame ---- */

struct parse_row {
	const char *name, *hex;
	int ret;
	uint16_t service;
	uint8_t client;
	enum qmux_kind kind;
	uint16_t transaction, message;
	size_t tlvs, rest;
	bool truncated;
};

static const struct parse_row parse_rows[] = {
	{ "a CTL request", "01 0f00 00 00 00 00 01 2200 0400 01 0100 01",
		0, 0, 0, QMUX_REQUEST, 1, 0x22, 4, 0, false },
	{ "a CTL response", "01 0b00 80 00 00 01 07 2000 0000", 0,
		0, 0, QMUX_RESPONSE, 7, 0x20, 0, 0, false },
	{ "a CTL indication (sync: the modem restarted)", "01 0b00 80 00 00 02 00 2700 0000", 0,
		0, 0, QMUX_INDICATION, 0, 0x27, 0, 0, false },
	{ "a request", "01 0c00 00 02 01 00 0100 5f55 0000", 0,
		2, 1, QMUX_REQUEST, 1, 0x555f, 0, 0, false },
	{ "a response with the host's flags: modems do it", "01 0c00 00 03 02 02 3412 4f00 0000", 0,
		3, 2, QMUX_RESPONSE, 0x1234, 0x4f, 0, 0, false },
	{ "an indication to everybody", "01 0c00 80 03 ff 04 0000 5100 0000", 0,
		3, 0xff, QMUX_INDICATION, 0, 0x51, 0, 0, false },
	{ "the extended head, 16-bit service (as QRTR's)",
		"02 2100 9001 03 04 0100 2100 1500 01 0800 0100000000000000 02 0700 05000001020304",
		0, 0x190, 3, QMUX_INDICATION, 1, 0x21, 21, 0, false },
	{ "the extended head for CTL", "02 0b00 0000 00 00 05 2000 0000", 0,
		0, 0, QMUX_REQUEST, 5, 0x20, 0, 0, false },
	{ "three bytes after the TLVs", "01 0f00 00 02 01 00 0100 5f55 0000 000000", 0,
		2, 1, QMUX_REQUEST, 1, 0x555f, 0, 3, false },
	{ "TLVs that end before their length", "01 0f00 80 02 01 02 0100 2200 0900 02 0400", 0,
		2, 1, QMUX_RESPONSE, 1, 0x22, 3, 0, true },
	{ "a service's frame that is as short as CTL's", "01 0b00 80 02 01 02 0100 2200 00",
		-EBADMSG, 0, 0, 0, 0, 0, 0, 0, false },
	{ "bytes after the frame", "01 0c00 00 02 01 00 0100 5f55 0000 000000", -EBADMSG,
		0, 0, 0, 0, 0, 0, 0, false },
	{ "bytes of the frame missing", "01 0c00 00 02 01 00 0100 5f55 00", -EBADMSG,
		0, 0, 0, 0, 0, 0, 0, false },
	{ "another marker", "03 0c00 00 02 01 00 0100 5f55 0000", -EBADMSG,
		0, 0, 0, 0, 0, 0, 0, false },
	{ "six bytes of nothing", "00 0000 00 00 0a", -EBADMSG, 0, 0, 0, 0, 0, 0, 0, false },
	{ "three bytes", "01 0002", -EBADMSG, 0, 0, 0, 0, 0, 0, 0, false },
	{ "nothing", "", -EBADMSG, 0, 0, 0, 0, 0, 0, 0, false },
};

static void test_parse(void)
{
	for (size_t i = 0; i < sizeof parse_rows / sizeof *parse_rows; i++) {
		const struct parse_row *r = &parse_rows[i];
		struct qmux_frame f;
		size_t n;
		uint8_t *p = copy_of(r->hex, &n);
		int ret = qmux_frame_parse(&f, p, n);

		if (ret || r->ret)
			is_int(ret, r->ret, r->name);
		else
			ok(f.marker == p[0] && f.service == r->service && f.client == r->client &&
				f.kind == r->kind && f.transaction == r->transaction &&
				f.message == r->message && f.tlvs_len == r->tlvs &&
				f.rest_len == r->rest && f.truncated == r->truncated &&
				f.rest + f.rest_len == p + n,
				"%s (service %u client %u kind %u transaction %u message %04x "
				"tlvs %zu rest %zu truncated %d)", r->name, f.service, f.client,
				f.kind, f.transaction, f.message, f.tlvs_len, f.rest_len,
				f.truncated);
		free(p);
	}
}

/* Every way to cut a frame short, or to change one of its bytes: no crash, and no read outside. */
static void test_parse_anything(void)
{
	static const char hex[] = "01 2600 80 03 01 02 0100 2000 1a00 02 0400 00000000 01 0200 9b05 "
		"11 0400 01006605 12 0400 01001105";
	size_t n, parsed = 0;
	uint8_t *whole = copy_of(hex, &n);

	for (size_t cut = 0; cut <= n; cut++) {
		uint8_t *p = malloc(cut ? cut : 1);
		struct qmux_frame f;

		memcpy(p, whole, cut);
		parsed += !qmux_frame_parse(&f, p, cut);
		free(p);
	}
	is_int((long long)parsed, 1, "of all its beginnings only the whole frame is one");
	parsed = 0;
	for (size_t at = 0; at < n; at++)
		for (unsigned value = 0; value < 256; value++) {
			uint8_t was = whole[at];
			struct qmux_frame f;
			struct qmux_tlv tlv;
			struct qmux_cursor c;

			whole[at] = (uint8_t)value;
			if (!qmux_frame_parse(&f, whole, n)) {
				size_t total = 0;

				for (c = qmux_cursor(f.tlvs, f.tlvs_len); qmux_tlv_next(&c, &tlv);)
					total += QMUX_TLV_HEAD + tlv.len;
				parsed += total + qmux_left(&c) == f.tlvs_len;
				qmux_frame_result(&f);
			}
			whole[at] = was;
		}
	/* Marker (2 values fit) and length (1 each); all else is the SDU's business. */
	is_int((long long)parsed, 2 + 1 + 1 + (long long)(n - 3) * 256,
		"with any byte changed, TLVs and what is left over add up");
	free(whole);
}

static void test_tlvs(void)
{
	static const char hex[] = "01 1b00 80 03 01 02 0100 2000 0f00 "
		"10 0000 11 0200 aabb 11 0100 cc 12 0900";
	struct qmux_frame f;
	struct qmux_cursor c;
	struct qmux_tlv tlv;
	size_t n;
	uint8_t *p = copy_of(hex, &n);

	is_int(qmux_frame_parse(&f, p, n), 0, "a frame whose last TLV is cut off");
	c = qmux_cursor(f.tlvs, f.tlvs_len);
	ok(qmux_tlv_next(&c, &tlv) && tlv.type == 0x10 && tlv.len == 0 && !tlv.truncated, "an empty TLV");
	ok(qmux_tlv_next(&c, &tlv) && tlv.type == 0x11 && tlv.len == 2 && tlv.value[1] == 0xbb, "a TLV");
	ok(qmux_tlv_next(&c, &tlv) && tlv.type == 0x11 && tlv.len == 1, "the same type again");
	ok(qmux_tlv_next(&c, &tlv) && tlv.type == 0x12 && tlv.len == 0 && tlv.truncated,
		"one that says more than there is");
	ok(!qmux_tlv_next(&c, &tlv) && qmux_left(&c) == 0, "the end");
	ok(qmux_tlv_find(&f, 0x11, &tlv) && tlv.len == 2, "the first of its type is found");
	ok(qmux_tlv_find(&f, 0x10, &tlv) && tlv.len == 0, "an empty one is found");
	ok(!qmux_tlv_find(&f, 0x12, &tlv), "one that is cut off is not");
	ok(!qmux_tlv_find(&f, 0x13, &tlv), "one that is not there is not");
	free(p);

	p = copy_of("01 0e00 80 03 01 02 0100 2000 0200 10 00", &n);
	is_int(qmux_frame_parse(&f, p, n), 0, "a frame with two bytes of a TLV's head");
	c = qmux_cursor(f.tlvs, f.tlvs_len);
	ok(!qmux_tlv_next(&c, &tlv) && qmux_left(&c) == 2, "they stay under the cursor");
	free(p);
}

static void test_result(void)
{
	static const struct {
		const char *tlvs;	/* 7 bytes of TLVs */
		int result;
		const char *name;
	} rows[] = {
		{ "02 0400 0000 0000", 0, "success" },
		{ "02 0400 0100 0f00", 15, "failure: OutOfCall" },
		{ "02 0400 0100 efbe", 0xbeef, "failure: a number without a name" },
		{ "02 0400 0100 0000", -EBADMSG, "failure with error 0 is no success" },
		{ "02 0400 0000 1a00", 0, "success with an error number is success" },
		{ "02 0500 0000 0000", -EBADMSG, "a result that is cut off" },
		{ "02 0300 000000 00", -EBADMSG, "a result of three bytes" },
		{ "10 0400 0000 0000", -EBADMSG, "no result" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct qmux_frame f;
		char hex[128];
		size_t n;
		uint8_t *p;

		snprintf(hex, sizeof hex, "01 1300 80 03 01 02 0100 2000 0700 %s", rows[i].tlvs);
		p = copy_of(hex, &n);
		if (qmux_frame_parse(&f, p, n))
			ok(false, "%s: does not parse", rows[i].name);
		else
			is_int(qmux_frame_result(&f), rows[i].result, rows[i].name);
		free(p);
	}
}

/* ---- putting together ---- */

static void build(const struct qmux_frame *f, const char *want_hex, const char *name)
{
	struct qmux_buf b = qmux_buf(memory, sizeof memory);
	uint8_t want[256];
	size_t n = from_hex(want, want_hex), mark;
	int len;

	qmux_frame_begin(&b, f);
	if (f->kind == QMUX_RESPONSE)
		qmux_add_result(&b, 0);
	qmux_add_tlv(&b, 0x10, "ab", 2);
	mark = qmux_tlv_open(&b, 0x11);
	qmux_add_uint(&b, 2, true, 0x0102);
	qmux_tlv_close(&b, mark);
	len = qmux_frame_end(&b);
	is_bytes(memory, len > 0 ? (size_t)len : 0, want, n, name);
}

static void test_build(void)
{
	build(&(struct qmux_frame){ .service = 3, .client = 5, .transaction = 0x1234, .message = 0x4f },
		"01 1600 00 03 05 00 3412 4f00 0a00 10 0200 6162 11 0200 0102", "a request");
	build(&(struct qmux_frame){ .service = 3, .client = 5, .kind = QMUX_RESPONSE,
		.transaction = 2, .message = 0x4f },
		"01 1d00 80 03 05 02 0200 4f00 1100 02 0400 00000000 10 0200 6162 11 0200 0102",
		"a response, with its result");
	build(&(struct qmux_frame){ .service = 3, .client = 0xff, .kind = QMUX_INDICATION, .message = 0x51 },
		"01 1600 80 03 ff 04 0000 5100 0a00 10 0200 6162 11 0200 0102", "an indication");
	build(&(struct qmux_frame){ .kind = QMUX_INDICATION, .message = 0x27 },
		"01 1500 80 00 00 02 00 2700 0a00 10 0200 6162 11 0200 0102", "a CTL indication");
	build(&(struct qmux_frame){ .transaction = 0xff, .message = 0x22 },
		"01 1500 00 00 00 00 ff 2200 0a00 10 0200 6162 11 0200 0102", "a CTL request");
	build(&(struct qmux_frame){ .marker = QMUX_MARKER_EXT, .service = 0x190, .client = 1,
		.transaction = 1, .message = 0x20 },
		"02 1600 9001 01 00 0100 2000 0a00 10 0200 6162 11 0200 0102", "the extended head");
}

static void test_build_limits(void)
{
	struct qmux_frame f = { .service = 3, .client = 1, .transaction = 1, .message = 1 };
	struct qmux_buf b = qmux_buf(memory, sizeof memory);
	struct qmux_frame back;
	struct qmux_tlv tlv;
	size_t most = QMUX_FRAME_MAX - 13 - QMUX_TLV_HEAD, mark;
	uint8_t *room;

	qmux_frame_begin(&b, &f);
	mark = qmux_tlv_open(&b, 0x10);
	room = qmux_room(&b, most);
	ok(room, "a TLV that fills the frame to the last byte");
	if (room)
		memset(room, 0x5a, most);
	qmux_tlv_close(&b, mark);
	is_int(qmux_frame_end(&b), QMUX_FRAME_MAX, "is a frame of 65536 bytes");
	ok(!qmux_frame_parse(&back, memory, QMUX_FRAME_MAX) && qmux_tlv_find(&back, 0x10, &tlv) &&
		tlv.len == most && tlv.value[most - 1] == 0x5a, "which can be taken apart again");

	qmux_add_uint(&b, 1, false, 0);
	is_int(qmux_frame_end(&b), -EMSGSIZE, "one byte more is too long");
	b = qmux_buf(memory, 15);
	qmux_frame_begin(&b, &f);
	qmux_add_tlv(&b, 0x10, "", 0);
	ok(b.full, "a TLV that does not fit is left out");
	is_int(qmux_frame_end(&b), -EMSGSIZE, "and said");
	b = qmux_buf(memory, 12);
	qmux_frame_begin(&b, &f);
	is_int(qmux_frame_end(&b), -EMSGSIZE, "a head that does not fit");
	b = qmux_buf(memory, 0);
	qmux_frame_begin(&b, &f);
	qmux_add_result(&b, 1);
	is_int(qmux_frame_end(&b), -EMSGSIZE, "no room at all");
}

/* ---- a stream ---- */

static struct qmux_stream new_stream(void)
{
	static uint8_t room[QMUX_FRAME_MAX];

	return (struct qmux_stream){ .p = room, .cap = sizeof room };
}

/* Feeds bytes in pieces of `piece`; returns how many frames came, which must be those of want. */
static size_t feed(struct qmux_stream *s, const uint8_t *p, size_t n, size_t piece,
	const uint8_t *const *want, const size_t *want_len, size_t n_want)
{
	size_t frames = 0;

	while (n) {
		size_t room, k = piece < n ? piece : n;
		uint8_t *to = qmux_stream_room(s, &room);
		const uint8_t *frame;
		size_t len;

		if (k > room)
			k = room;
		if (!k)
			return 0;		/* a stream that never has room again */
		memcpy(to, p, k);
		qmux_stream_added(s, k);
		p += k;
		n -= k;
		while (qmux_stream_next(s, &frame, &len)) {
			if (frames >= n_want || len != want_len[frames] ||
			    memcmp(frame, want[frames], len))
				return 0;
			frames++;
		}
	}
	return frames;
}

static const char frame_a[] = "01 2600 80 03 01 02 0100 2000 1a00 02 0400 00000000 01 0200 9b05 "
	"11 0400 01006605 12 0400 01001105";
static const char frame_b[] = "01 0c00 00 02 01 00 0100 5f55 0000";
static const char frame_ctl[] = "01 0b00 80 00 00 02 00 2700 0000";
static const char frame_ext[] = "02 0c00 9001 03 04 0100 2100 0000";
/* Its payload is another frame, and the beginning of one. */
static const char frame_nested[] = "01 2300 80 03 01 02 0100 2000 1700 10 1400 "
	"010c000002010001005f550000 01ffff80030102";

struct stream_row {
	const char *name;
	const char *before, *frames[3], *between, *after;
	unsigned long resyncs, skipped;
};

static const struct stream_row stream_rows[] = {
	{ "one frame", "", { frame_a }, "", "", 0, 0 },
	{ "two frames, joined", "", { frame_a, frame_b }, "", "", 0, 0 },
	{ "three kinds of frame", "", { frame_ctl, frame_ext, frame_b }, "", "", 0, 0 },
	{ "padding after a frame (QMI inside MBIM)", "", { frame_b, frame_a }, "000000", "", 1, 3 },
	{ "junk before", "0000000000 0a", { frame_b }, "", "", 1, 6 },
	{ "junk between, twice", "", { frame_a, frame_b, frame_a }, "7e7e", "", 2, 4 },
	{ "junk that ends in a marker", "00 01", { frame_b }, "", "", 1, 2 },
	{ "junk with the beginning of a frame", "00 01 0c00 00 02", { frame_b, frame_a }, "", "", 1, 6 },
	{ "junk with a head whose lengths do not agree", "00 01 1000 80 03 01 02 0100 2000 0500 01",
		{ frame_b, frame_a }, "", "", 1, 15 },
	{ "junk with a head of a very long frame", "ff 01 ffff 80 03 01 02 0100 2000 1000",
		{ frame_b, frame_a }, "", "", 1, 14 },
	{ "junk with both markers over and over", "00 0102010201020102 01 02", { frame_b }, "", "", 1, 11 },
	{ "a zero-length frame", "01 0000", { frame_b }, "", "", 1, 3 },
	{ "a frame too short for its head", "01 0300 80", { frame_b }, "", "", 1, 4 },
	{ "control flags of nobody's", "01 0c00 40 02 01 00 0100 5f55 0000", { frame_b }, "", "", 1, 13 },
	{ "a frame in a frame's payload is payload", "", { frame_nested, frame_b }, "", "", 0, 0 },
	{ "a frame in a payload, after junk", "55", { frame_nested, frame_b }, "", "", 1, 1 },
	{ "a frame cut short after a whole one", "", { frame_a }, "",
		"01 2600 80 03 01 02 0100 2000 1a00 02 0400 00000000 01 0200 9b05 11 0400 010066", 0, 0 },
	{ "a frame cut inside a TLV", "", { NULL }, "",
		"01 a800 80 02 01 02 0500 5655 9c00 02 0400 00000000 10 0700 4d4337373130", 0, 0 },
	{ "junk after the last frame", "", { frame_a }, "", "000102", 1, 1 },
};

static void test_stream_row(const struct stream_row *r, size_t piece)
{
	struct qmux_stream s = new_stream();
	uint8_t bytes[1024], frames[3][256];
	const uint8_t *want[3];
	size_t n = from_hex(bytes, r->before), want_len[3], n_want = 0, got;

	while (n_want < 3 && r->frames[n_want]) {
		if (n_want)
			n += from_hex(bytes + n, r->between);
		want[n_want] = frames[n_want];
		want_len[n_want] = from_hex(frames[n_want], r->frames[n_want]);
		memcpy(bytes + n, want[n_want], want_len[n_want]);
		n += want_len[n_want++];
	}
	n += from_hex(bytes + n, r->after);
	got = feed(&s, bytes, n, piece, want, want_len, n_want);
	if (!ok(got == n_want && s.resyncs == r->resyncs && s.skipped == r->skipped,
			"%s, in pieces of %zu", r->name, piece))
		printf("#  %zu of %zu frames, %lu resyncs, %lu bytes skipped\n", got, n_want,
			s.resyncs, s.skipped);
}

static void test_stream_long(void)
{
	static uint8_t bytes[BYTES_MAX];
	struct qmux_frame f = { .service = 3, .client = 1, .kind = QMUX_RESPONSE };
	const uint8_t *want[3];
	size_t want_len[3], n = 0, pieces[] = { 1, 512, 4096, 65535, BYTES_MAX };

	for (unsigned i = 0; i < 3; i++) {
		struct qmux_buf b = qmux_buf(bytes + n, QMUX_FRAME_MAX);
		size_t mark, len = i == 1 ? 0 : QMUX_FRAME_MAX - 16;
		uint8_t *p;

		qmux_frame_begin(&b, &f);
		mark = qmux_tlv_open(&b, 0x10);
		p = qmux_room(&b, len);
		memset(p, 0x01, len);		/* each byte may be a marker */
		qmux_tlv_close(&b, mark);
		want[i] = b.p;
		want_len[i] = (size_t)qmux_frame_end(&b);
		n += want_len[i];
	}
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct qmux_stream s = new_stream();

		is_int((long long)feed(&s, bytes, n, pieces[i], want, want_len, 3), 3,
			"two frames of 64 KB and a short one between");
	}
}

/*
 * Twelve bytes are a frame of CTL's only.  Out of step such a head once counted where nothing had
 * come after it yet, and did not where something had: frames depended on how reads fell.
 */
static void test_stream_short_service(void)
{
	uint8_t bytes[64], want_bytes[64];
	const uint8_t *want[] = { want_bytes };
	size_t n = from_hex(bytes, "ff 01 0b00 80 02 01 02 0100 2200 00"), want_len[1];

	want_len[0] = from_hex(want_bytes, frame_b);
	memcpy(bytes + n, want_bytes, want_len[0]);
	n += want_len[0];
	for (size_t piece = 1; piece <= n; piece++) {
		struct qmux_stream s = new_stream();

		is_int((long long)feed(&s, bytes, n, piece, want, want_len, 1), 1,
			"junk like a frame that is too short for its service");
	}
}

/* A frame whose sender stopped in the middle: the caller's patience ends, not ours. */
static void test_stream_skip(void)
{
	struct qmux_stream s = new_stream();
	uint8_t bytes[256], good[64];
	const uint8_t *frame;
	size_t n = from_hex(bytes, "01 3200 80 03 01 02 0100 2000 2600 02 0400 0000"), room, len;
	size_t good_len = from_hex(good, frame_b);

	memcpy(bytes + n, good, good_len);
	memcpy(qmux_stream_room(&s, &room), bytes, n + good_len);
	qmux_stream_added(&s, n + good_len);
	ok(!qmux_stream_next(&s, &frame, &len), "a frame that is not whole is waited for");
	qmux_stream_skip(&s);
	ok(qmux_stream_next(&s, &frame, &len) && len == good_len && !memcmp(frame, good, len),
		"given up, the next frame is found");
	ok(s.resyncs == 1 && s.skipped == n && !s.lost, "and what it cost is counted");
	ok(!qmux_stream_next(&s, &frame, &len) && !s.len && !s.off, "then the stream is empty");
	qmux_stream_skip(&s);
	is_int((long long)s.skipped, (long long)n, "nothing to skip in an empty stream");
}

/* In step a frame counts whatever its SDU says; out of step it does not. */
static void test_stream_disagreeing(void)
{
	struct qmux_stream s = new_stream();
	uint8_t bytes[64];
	size_t n = from_hex(bytes, "01 0f00 80 02 01 02 0100 2200 0900 02 0400"), room, len;
	const uint8_t *frame;

	memcpy(qmux_stream_room(&s, &room), bytes, n);
	qmux_stream_added(&s, n);
	ok(qmux_stream_next(&s, &frame, &len) && len == n, "in step, lengths need not agree");
	qmux_stream_room(&s, &room)[0] = 0;
	qmux_stream_added(&s, 1);
	memcpy(qmux_stream_room(&s, &room), bytes, n);
	qmux_stream_added(&s, n);
	ok(!qmux_stream_next(&s, &frame, &len), "out of step they must");
}

/* ---- a stream: the property ---- */

struct mix {
	uint8_t bytes[BYTES_MAX];
	size_t n, n_frames;
	size_t at[ITEMS_MAX], len[ITEMS_MAX];
	size_t junk_at[ITEMS_MAX], n_junk;
};

static void add_frame(struct mix *m, struct rng *r)
{
	struct qmux_frame f = {
		.marker = rng_below(r, 8) ? QMUX_MARKER : QMUX_MARKER_EXT,
		.service = (uint16_t)rng_below(r, 5), .client = (uint8_t)rng_next(r),
		.kind = rng_below(r, 3), .transaction = (uint16_t)rng_next(r),
		.message = (uint16_t)rng_below(r, 0x60),
	};
	struct qmux_buf b = qmux_buf(m->bytes + m->n, QMUX_FRAME_MAX);

	qmux_frame_begin(&b, &f);
	for (uint32_t tlvs = rng_below(r, 5); tlvs; tlvs--) {
		size_t mark = qmux_tlv_open(&b, (uint8_t)rng_next(r));

		for (uint32_t i = rng_below(r, 40); i; i--)
			qmux_add_uint(&b, 1, false, rng_below(r, 3) ? rng_next(r) : rng_below(r, 3));
		qmux_tlv_close(&b, mark);
	}
	m->at[m->n_frames] = m->n;
	m->len[m->n_frames] = (size_t)qmux_frame_end(&b);
	m->n += m->len[m->n_frames++];
}

static void add_junk(struct mix *m, struct rng *r)
{
	m->junk_at[m->n_junk++] = m->n;
	for (uint32_t n = 1 + rng_below(r, JUNK_MAX); n; n--) {
		uint8_t head[] = { (uint8_t)(1 + rng_below(r, 2)), (uint8_t)rng_below(r, 64),
			(uint8_t)rng_below(r, 2), rng_below(r, 2) ? 0x80 : 0, (uint8_t)rng_below(r, 4) };

		if (rng_below(r, 8)) {
			m->bytes[m->n++] = (uint8_t)rng_next(r);
		} else {
			memcpy(m->bytes + m->n, head, sizeof head);	/* a false beginning */
			m->n += sizeof head;
		}
	}
}

/* Could a reader take something else for a frame, with all the right in the world? */
static bool ambiguous(const struct mix *m)
{
	size_t good = 0;

	for (size_t i = 0; i < m->n_junk; i++)
		if (qmux_frame_length(m->bytes + m->junk_at[i], m->n - m->junk_at[i]) >= 0)
			return true;		/* in step only the head is judged */
	for (size_t at = 0; at < m->n; at++) {
		struct qmux_frame f;
		int len = qmux_frame_length(m->bytes + at, m->n - at);

		if (good < m->n_frames && at == m->at[good]) {
			at += m->len[good++] - 1;
			continue;
		}
		if (len <= 0)
			continue;
		if (at + (size_t)len > m->n) {
			if (at + 13 >= m->n)
				return true;
			/* Its head is there: does its SDU agree? */
			size_t head = QMUX_HEAD + (m->bytes[at + (m->bytes[at] == 1 ? 4 : 3)] ||
				(m->bytes[at] == 2 && m->bytes[at + 4]) ? 7 : 6);

			if (head + qmux_get16(m->bytes + at + head - 2) == (size_t)len)
				return true;
		} else if (!qmux_frame_parse(&f, m->bytes + at, (size_t)len) && !f.truncated &&
				!f.rest_len) {
			return true;
		}
	}
	return false;
}

/* Whatever stands between good frames, and however the bytes are cut: each good frame comes. */
static void test_stream_property(void)
{
	static struct mix m;
	const uint8_t *want[ITEMS_MAX];
	unsigned tried = 0, junk = 0, frames = 0, failed = 0;

	for (uint32_t seed = 1; seed <= ROUNDS; seed++) {
		struct rng r = { seed * 0x9e3779b97f4a7c15ULL };
		struct qmux_stream s = new_stream();

		m.n = m.n_frames = m.n_junk = 0;
		for (uint32_t i = 1 + rng_below(&r, ITEMS_MAX - 2); i; i--) {
			if (m.n_junk < m.n_frames + 1 && !rng_below(&r, 2))
				add_junk(&m, &r);
			add_frame(&m, &r);
		}
		add_frame(&m, &r);
		if (ambiguous(&m))
			continue;
		for (size_t i = 0; i < m.n_frames; i++)
			want[i] = m.bytes + m.at[i];
		tried++;
		junk += (unsigned)m.n_junk;
		frames += (unsigned)m.n_frames;
		if (feed(&s, m.bytes, m.n, 1 + rng_below(&r, 100), want, m.len, m.n_frames) != m.n_frames ||
		    s.lost || s.resyncs != m.n_junk) {
			printf("#  seed %u: lost a frame\n", seed);
			failed++;
		}
	}
	ok(tried > ROUNDS / 4 && junk > 100, "%u streams, %u frames, %u times junk", tried, frames, junk);
	is_int(failed, 0, "no good frame after junk is lost, and nothing else is taken for one");
}

int main(void)
{
	static const size_t pieces[] = { 1, 2, 5, 13, 1024 };

	test_length();
	test_parse();
	test_parse_anything();
	test_tlvs();
	test_result();
	test_build();
	test_build_limits();
	for (size_t i = 0; i < sizeof stream_rows / sizeof *stream_rows; i++)
		for (size_t j = 0; j < sizeof pieces / sizeof *pieces; j++)
			test_stream_row(&stream_rows[i], pieces[j]);
	test_stream_long();
	test_stream_short_service();
	test_stream_skip();
	test_stream_disagreeing();
	test_stream_property();
	return tap_done();
}
