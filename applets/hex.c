#include "applets/hex.h"

#include "qmux/format.h"

#include <ctype.h>
#include <errno.h>

#define OFFSET_MIN 4		/* digits of an offset in a hex dump */
#define OFFSET_MAX 8

static int digit(char c)
{
	unsigned d = (unsigned)(c - '0');

	if (d < 10)
		return (int)d;
	d = (unsigned)((c | 0x20) - 'a');
	return d < 6 ? (int)d + 10 : -1;
}

static bool is_separator(char c)
{
	return isspace((unsigned char)c) || strchr(":,;-={}\\\"'", c);
}

/* Behind "00000010: " or "00000010  ", where a row of a dump starts so; otherwise NULL. */
static const char *behind_offset(const char *p)
{
	size_t n = 0;

	while (n <= OFFSET_MAX && digit(p[n]) >= 0)
		n++;
	if (n < OFFSET_MIN || n > OFFSET_MAX || (p[n] != ':' && p[n] != ' ') || p[n + 1] != ' ')
		return NULL;
	for (p += n + 1; *p == ' '; p++)
		;
	return p;
}

/* The end of the bytes in a row of a dump: characters stand behind '|' or, with xxd, two spaces. */
static const char *end_of_row(const char *p, bool colon)
{
	const char *bar = strchr(p, '|'), *spaces = colon ? qmux_find(p, "  ") : NULL;

	return spaces ? spaces : bar ? bar : p + strlen(p);
}

int hex_line(const char *line, struct qmux_buf *b)
{
	const char *p = line, *end, *row;
	size_t before = b->len;

	while (isspace((unsigned char)*p))
		p++;
	if (!*p || *p == '#')
		return -ENODATA;
	p += strspn(p, "{\"");
	p = strncmp(p, "frame", 5) ? p : p + 5;
	row = behind_offset(p);
	end = row ? end_of_row(row, p[strcspn(p, ": ")] == ':') : p + strlen(p);
	for (p = row ? row : p; p < end;) {
		int high = digit(p[0]), low = high < 0 ? -1 : digit(p[1]);

		if (low >= 0) {
			if (b->len < b->cap)
				b->p[b->len++] = (uint8_t)(high << 4 | low);
			else
				b->full = true;
			p += 2;
		} else if ((p[0] == '0' || p[0] == '\\') && (p[1] | 0x20) == 'x' && digit(p[2]) >= 0) {
			p += 2;
			if (digit(p[1]) < 0)		/* 0x1, 0xc */
				qmux_add_uint(b, 1, false, (unsigned)digit(*p++));
		} else if (is_separator(*p)) {
			p++;
		} else {
			b->len = before;
			return -EINVAL;
		}
	}
	return b->len == before ? -ENODATA : 0;
}
