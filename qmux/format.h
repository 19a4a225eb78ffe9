/*
 * format.h - numbers and words into text, and floats back out of it.
 *
 * A small part of printf: what the tool needs.  libc's own carries floating point,
 * wide characters and locales, which is a tenth of the whole static binary.
 */
#ifndef QMUX_FORMAT_H
#define QMUX_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Conversions: %s %c %d %u %x %%, with - 0 width .precision (of %s) and *, and l ll z.
 * As snprintf: always ended by NUL where n > 0; returns the length that it would have.
 */
int qmux_format(char *buf, size_t n, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int qmux_vformat(char *buf, size_t n, const char *format, va_list ap);

/* The same, piece by piece to whoever takes them. */
int qmux_vformat_to(void (*take)(void *ctx, const char *text, size_t n), void *ctx,
	const char *format, va_list ap);

/*
 * A whole text as a number: decimal, or hex with 0x; no sign, no space.  False: it is
 * none, or does not fit 64 bits.
 */
bool qmux_parse_uint(const char *text, size_t n, uint64_t *v);

/* The same, of digits alone, to a base of 2 to 16. */
bool qmux_parse_digits(const char *text, size_t n, unsigned base, uint64_t *v);

char *qmux_find(const char *text, const char *word);	/* strstr; libc's takes 1 KB */

unsigned qmux_hex_digit(char c);	/* 16: it is none */

#define QMUX_FLOAT_TEXT 32	/* room for a float, with its NUL */

/*
 * The shortest decimal that reads back to the same float of 4 or 8 bytes, as
 * "-12.5" or "1.5e-30".  NaN and infinities give "nan", "inf", "-inf".
 */
void qmux_float_text(char buf[QMUX_FLOAT_TEXT], double v, unsigned bytes);

/* The float of 4 or 8 bytes that is nearest to a decimal, as its bits.  False: it is none. */
bool qmux_float_parse(const char *text, size_t n, unsigned bytes, uint64_t *bits);

#endif
