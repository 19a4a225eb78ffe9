/*
 * pcapng.h - frames in a file that Wireshark opens: draft-ietf-opsawg-pcapng, blocks
 * section header, interface description and enhanced packet; link type USER0 (147).
 */
#ifndef APPLETS_PCAPNG_H
#define APPLETS_PCAPNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "applets/text.h"

#define PCAPNG_MAGIC "\n\r\r\n"	/* the first four bytes of every file, in either byte order */

/* They add to t what is to be written.  Milliseconds since 1970; comment may be NULL. */
void pcapng_begin(struct text *t);
void pcapng_frame(struct text *t, int64_t milliseconds, bool to_modem, const char *comment,
	const uint8_t *frame, size_t n);

/*
 * The next packet of a file of either byte order.
 * Returns its length, 0 at the end of the file, -EBADMSG where it is broken, -E2BIG
 * where a packet is longer than max (the reader goes on behind it).
 */
struct pcapng_reader {
	size_t (*read)(void *ctx, void *to, size_t n);	/* fewer than n bytes: the end */
	void *ctx;
	bool swapped;
};

int pcapng_next(struct pcapng_reader *r, uint8_t *frame, size_t max);

#endif
