#include "applets/pcapng.h"

#include <errno.h>
#include <string.h>

enum {
	SECTION = 0x0a0d0d0a, INTERFACE = 1, SIMPLE = 3, PACKET = 6,
	BYTE_ORDER = 0x1a2b3c4d,
	LINK_USER0 = 147,
	OPTION_END = 0, OPTION_COMMENT = 1, OPTION_FLAGS = 2, OPTION_RESOLUTION = 9,
	INBOUND = 1, OUTBOUND = 2,
	BLOCK_HEAD = 8, BLOCK_OVERHEAD = 12, PACKET_HEAD = 20, COMMENT_MAX = 128,
};

/* ---- writing: in this machine's byte order, which the section header tells ---- */

static uint8_t *put16(uint8_t *p, uint16_t v)
{
	memcpy(p, &v, sizeof v);
	return p + sizeof v;
}

static uint8_t *put32(uint8_t *p, uint32_t v)
{
	memcpy(p, &v, sizeof v);
	return p + sizeof v;
}

static size_t padded(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

/* The head and end of a block around n bytes of body, which is a multiple of 4. */
static void put_block(struct text *t, uint32_t type, const uint8_t *body, size_t n,
	const uint8_t *more, size_t n_more, const uint8_t *end, size_t n_end)
{
	uint8_t head[BLOCK_HEAD], tail[4];
	uint32_t total = (uint32_t)(BLOCK_OVERHEAD + n + padded(n_more) + n_end);

	put32(put32(head, type), total);
	put32(tail, total);
	text_put(t, head, sizeof head);
	text_put(t, body, n);
	text_put(t, more, n_more);
	text_fill(t, '\0', padded(n_more) - n_more);
	text_put(t, end, n_end);
	text_put(t, tail, sizeof tail);
}

void pcapng_begin(struct text *t)
{
	uint8_t section[16], interface[20], *p;

	p = put16(put16(put32(section, BYTE_ORDER), 1), 0);
	memset(p, 0xff, 8);		/* the section's length is not known */
	put_block(t, SECTION, section, sizeof section, NULL, 0, NULL, 0);
	p = put32(put16(put16(interface, LINK_USER0), 0), 0);
	p = put16(put16(p, OPTION_RESOLUTION), 1);
	p = put32(p, 0);
	p[-4] = 3;			/* times count 10^-3 seconds */
	put16(put16(p, OPTION_END), 0);
	put_block(t, INTERFACE, interface, sizeof interface, NULL, 0, NULL, 0);
}

void pcapng_frame(struct text *t, int64_t milliseconds, bool to_modem, const char *comment,
	const uint8_t *frame, size_t n)
{
	uint8_t head[PACKET_HEAD], options[COMMENT_MAX + 20], *p;
	size_t len = comment ? strlen(comment) : 0;

	p = put32(head, 0);
	p = put32(put32(p, (uint32_t)(milliseconds >> 32)), (uint32_t)milliseconds);
	put32(put32(p, (uint32_t)n), (uint32_t)n);
	p = put32(put16(put16(options, OPTION_FLAGS), 4), to_modem ? OUTBOUND : INBOUND);
	if (len && len <= COMMENT_MAX) {
		p = put16(put16(p, OPTION_COMMENT), (uint16_t)len);
		memset(p, 0, padded(len));
		memcpy(p, comment, len);
		p += padded(len);
	}
	p = put16(put16(p, OPTION_END), 0);
	put_block(t, PACKET, head, sizeof head, frame, n, options, (size_t)(p - options));
}

/* ---- reading ---- */

static uint32_t get32(const struct pcapng_reader *r, const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	return r->swapped ? v >> 24 | (v >> 8 & 0xff00) | (v << 8 & 0xff0000) | v << 24 : v;
}

static int take(struct pcapng_reader *r, void *to, size_t n)
{
	return r->read(r->ctx, to, n) == n ? 0 : -EBADMSG;
}

static int skip(struct pcapng_reader *r, size_t n)
{
	uint8_t junk[512];
	int ret = 0;

	for (; n > sizeof junk && !ret; n -= sizeof junk)
		ret = take(r, junk, sizeof junk);
	return ret ? ret : take(r, junk, n);
}

/* The byte order stands in the section header, before its length can be read. */
static int read_section(struct pcapng_reader *r, const uint8_t length[4])
{
	uint8_t order[4];
	uint32_t total;

	if (take(r, order, sizeof order))
		return -EBADMSG;
	r->swapped = false;
	r->swapped = get32(r, order) != BYTE_ORDER;
	total = get32(r, length);
	if (get32(r, order) != BYTE_ORDER || total < BLOCK_OVERHEAD + sizeof order || total % 4)
		return -EBADMSG;
	return skip(r, total - BLOCK_HEAD - sizeof order);
}

static int read_packet(struct pcapng_reader *r, size_t body, size_t head, uint8_t *frame, size_t max)
{
	uint8_t fixed[PACKET_HEAD];
	size_t n;

	if (body < head + 4 || take(r, fixed, head))
		return -EBADMSG;
	n = get32(r, fixed + (head == PACKET_HEAD ? 12 : 0));
	if (n > body - head - 4)
		return -EBADMSG;
	if (n > max)
		return skip(r, body - head) ? -EBADMSG : -E2BIG;
	if (take(r, frame, n) || skip(r, body - head - n))
		return -EBADMSG;
	return (int)n;
}

int pcapng_next(struct pcapng_reader *r, uint8_t *frame, size_t max)
{
	uint8_t head[BLOCK_HEAD];
	int ret;

	do {
		size_t got = r->read(r->ctx, head, sizeof head), body;
		uint32_t type;

		if (got != sizeof head)
			return got ? -EBADMSG : 0;
		type = get32(r, head);
		if (type == SECTION) {
			ret = read_section(r, head + 4);
			continue;
		}
		body = get32(r, head + 4);
		if (body < BLOCK_OVERHEAD || body % 4)
			return -EBADMSG;
		body -= BLOCK_HEAD;
		if (type == PACKET || type == SIMPLE)
			ret = read_packet(r, body, type == PACKET ? PACKET_HEAD : 4, frame, max);
		else
			ret = skip(r, body);
	} while (!ret);
	return ret;
}
