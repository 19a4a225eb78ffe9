#include "format.h"

#include <string.h>

#define DIGITS_MAX 20		/* of a 64-bit number */

struct out {
	void (*take)(void *ctx, const char *text, size_t n);
	void *ctx;
	int n;
};

static void put(struct out *o, const char *text, size_t n)
{
	if (n)
		o->take(o->ctx, text, n);
	o->n += (int)n;
}

static void pad(struct out *o, int width, size_t n, char with)
{
	for (; width > 0 && (size_t)width > n; width--)
		put(o, &with, 1);
}

struct spec {
	bool left, zero;
	int width, precision;	/* precision -1: none */
	int longs;		/* l 1, ll and z 2 where it matters */
	char conversion;
};

static int take_number(const char **p, va_list *ap)
{
	int v = 0;

	if (**p == '*') {
		++*p;
		return va_arg(*ap, int);
	}
	while (**p >= '0' && **p <= '9')
		v = v * 10 + (*(*p)++ - '0');
	return v;
}

static struct spec take_spec(const char **p, va_list *ap)
{
	struct spec s = { .precision = -1 };

	for (; **p == '-' || **p == '0'; ++*p) {
		s.left |= **p == '-';
		s.zero |= **p == '0';
	}
	s.width = take_number(p, ap);
	if (**p == '.') {
		++*p;
		s.precision = take_number(p, ap);
	}
	for (; **p == 'l' || **p == 'z'; ++*p)
		s.longs += **p == 'z' ? 3 : 1;
	s.conversion = **p;
	if (s.conversion)
		++*p;
	return s;
}

static void put_field(struct out *o, const struct spec *s, const char *text, size_t n)
{
	if (!s->left)
		pad(o, s->width, n, ' ');
	put(o, text, n);
	if (s->left)
		pad(o, s->width, n, ' ');
}

static void put_text(struct out *o, const struct spec *s, const char *text)
{
	size_t n = s->precision >= 0 ? strnlen(text, (size_t)s->precision) : strlen(text);

	put_field(o, s, text, n);
}

static uint64_t take_unsigned(const struct spec *s, va_list *ap)
{
	switch (s->longs) {
	case 0:
		return va_arg(*ap, unsigned);
	case 1:
		return va_arg(*ap, unsigned long);
	case 2:
		return va_arg(*ap, unsigned long long);
	default:
		return va_arg(*ap, size_t);
	}
}

static int64_t take_signed(const struct spec *s, va_list *ap)
{
	switch (s->longs) {
	case 0:
		return va_arg(*ap, int);
	case 1:
		return va_arg(*ap, long);
	case 2:
		return va_arg(*ap, long long);
	default:
		return va_arg(*ap, ptrdiff_t);
	}
}

static void put_number(struct out *o, const struct spec *s, uint64_t v, bool minus, unsigned base)
{
	char digits[DIGITS_MAX + 1], *p = digits + sizeof digits;
	size_t n;

	do
		*--p = "0123456789abcdef"[v % base];
	while (v /= base);
	n = (size_t)(digits + sizeof digits - p);
	if (s->zero && !s->left) {
		put(o, "-", minus);
		pad(o, s->width, n + minus, '0');
		put(o, p, n);
	} else {
		if (minus)
			*--p = '-';
		put_field(o, s, p, n + minus);
	}
}

static void convert(struct out *o, const struct spec *s, va_list *ap)
{
	int64_t v;
	char c;

	switch (s->conversion) {
	case 's':
		put_text(o, s, va_arg(*ap, const char *));
		break;
	case 'c':
		c = (char)va_arg(*ap, int);
		put_field(o, s, &c, 1);
		break;
	case 'd':
		v = take_signed(s, ap);
		put_number(o, s, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, v < 0, 10);
		break;
	case 'u':
		put_number(o, s, take_unsigned(s, ap), false, 10);
		break;
	case 'x':
		put_number(o, s, take_unsigned(s, ap), false, 16);
		break;
	case '%':
		put(o, "%", 1);
		break;
	}
}

int qmux_vformat_to(void (*take)(void *ctx, const char *text, size_t n), void *ctx,
	const char *format, va_list ap)
{
	struct out o = { .take = take, .ctx = ctx };
	va_list args;

	va_copy(args, ap);
	while (*format) {
		size_t n = strcspn(format, "%");
		struct spec s;

		put(&o, format, n);
		format += n;
		if (*format) {
			format++;
			s = take_spec(&format, &args);
			convert(&o, &s, &args);
		}
	}
	va_end(args);
	return o.n;
}

struct buffer {
	char *p;
	size_t n, cap;
};

static void take_into(void *ctx, const char *text, size_t n)
{
	struct buffer *b = ctx;
	size_t fits = b->cap - b->n < n ? b->cap - b->n : n;

	if (fits)			/* b->p may be NULL where there is no room */
		memcpy(b->p + b->n, text, fits);
	b->n += fits;
}

int qmux_vformat(char *buf, size_t n, const char *format, va_list ap)
{
	struct buffer b = { .p = buf, .cap = n ? n - 1 : 0 };
	int length = qmux_vformat_to(take_into, &b, format, ap);

	if (n)
		buf[b.n] = '\0';
	return length;
}

int qmux_format(char *buf, size_t n, const char *format, ...)
{
	va_list ap;
	int length;

	va_start(ap, format);
	length = qmux_vformat(buf, n, format, ap);
	va_end(ap);
	return length;
}

char *qmux_find(const char *text, const char *word)
{
	size_t n = strlen(word);

	while ((text = strchr(text, *word)) && strncmp(text, word, n))
		text++;
	return (char *)text;
}

unsigned qmux_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

bool qmux_parse_digits(const char *text, size_t n, unsigned base, uint64_t *v)
{
	*v = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned digit = qmux_hex_digit(text[i]);

		if (digit >= base || *v > (UINT64_MAX - digit) / base)
			return false;
		*v = *v * base + digit;
	}
	return n;
}

bool qmux_parse_uint(const char *text, size_t n, uint64_t *v)
{
	if (n > 2 && text[0] == '0' && (text[1] | 0x20) == 'x')
		return qmux_parse_digits(text + 2, n - 2, 16, v);
	return qmux_parse_digits(text, n, 10, v);
}
