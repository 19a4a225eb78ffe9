/* text.h - a growing buffer of text, numbers into it, and what the outside world may see. */
#ifndef APPLETS_TEXT_H
#define APPLETS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Starts as { 0 }.  Without memory it keeps what it has and failed stays set. */
struct text {
	char *p;		/* no NUL at the end */
	size_t n, room;
	bool failed;
};

void text_free(struct text *t);

/* Room for n bytes at t->p + t->n, or false. */
bool text_grow(struct text *t, size_t n);

static inline bool text_room(struct text *t, size_t n)
{
	return t->room - t->n >= n || text_grow(t, n);
}

static inline void text_put(struct text *t, const void *data, size_t n)
{
	if (n && text_room(t, n)) {
		memcpy(t->p + t->n, data, n);
		t->n += n;
	}
}

static inline void text_char(struct text *t, char c)
{
	if (text_room(t, 1))
		t->p[t->n++] = c;
}

static inline void text_string(struct text *t, const char *s)
{
	text_put(t, s, strlen(s));
}

void text_fill(struct text *t, char c, size_t n);

/*
 * Numbers go to the end of a buffer of TEXT_NUMBER_MAX bytes, since their last digit is
 * known first; the functions return where they start.  end is one past the last byte.
 */
#define TEXT_NUMBER_MAX 32

char *text_uint(char *end, uint64_t v);
char *text_int(char *end, int64_t v);
char *text_tenths(char *end, int64_t tenths);

/*
 * A float, as short as it can be and still read back to the same bits.  bytes: 4 or 8.
 * Returns the length; 0: it is no number (NaN, infinite).
 */
size_t text_float(char buf[TEXT_NUMBER_MAX], double v, unsigned bytes);

/*
 * Any bytes as UTF-8.  A byte that is not part of valid UTF-8 is shown as U+00XX.
 *	text_json	inside of a JSON string: no quotes, no control characters
 *	text_shown	for a terminal: control characters as \u00XX, so that they do nothing
 *	text_utf8	control characters as they are
 */
void text_json(struct text *t, const void *data, size_t n);
void text_shown(struct text *t, const void *data, size_t n);
void text_utf8(struct text *t, const void *data, size_t n);

#endif
