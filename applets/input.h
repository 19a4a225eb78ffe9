/*
 * input.h - a stream of lines or bytes that may never end, in one buffer of fixed size.
 *
 * Before it waits for more it says so: then what has been found so far can be written out.
 */
#ifndef APPLETS_INPUT_H
#define APPLETS_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "qmux/frame.h"

/* A whole frame dressed as "0x01, " and more. */
#define INPUT_LINE_MAX (8 * QMUX_FRAME_MAX)

struct input {
	int fd;
	char *p;		/* INPUT_LINE_MAX bytes; input_free */
	size_t at, n;		/* unread bytes are p[at] to p[n - 1] */
	bool ended;
	int error;		/* of read(), -errno */
	void (*idle)(void *ctx);
	void *ctx;
};

/* -ENOMEM */
int input_init(struct input *in, int fd);
void input_free(struct input *in);

/*
 * The next line in place of its newline with a NUL; *n is its length, and *cut says that it
 * was longer than there is room (what does not fit is skipped).  NULL: the end.
 */
char *input_line(struct input *in, size_t *n, bool *cut);

/* n bytes, fewer only at the end. */
size_t input_bytes(struct input *in, void *to, size_t n);

/* Are these the next n bytes?  Nothing is taken. */
bool input_starts(struct input *in, const void *bytes, size_t n);

#endif
