#include "applets/hex.h"

#include <ctype.h>
#include <errno.h>

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_separator(char c)
{
	return isspace((unsigned char)c) || strchr(":,;-{}\\\"'", c);
}

/* libqmi's debug log: "<<<<<<   data   = 01:13:00:…" is a frame, all else is talk. */
static const char *data_of_log(const char *line)
{
	const char *p = strstr(line, "data");

	while (p) {
		const char *q = p + strlen("data");

		while (*q == ' ')
			q++;
		if (*q == '=')
			return q + 1;
		p = strstr(q, "data");
	}
	return NULL;
}

static bool is_log(const char *line)
{
	return *line == '[' || *line == '<' || *line == '>';
}

int hex_line(const char *line, struct qmux_buf *b)
{
	size_t before = b->len;
	const char *data;

	while (isspace((unsigned char)*line))
		line++;
	data = data_of_log(line);
	if (!*line || *line == '#' || (!data && is_log(line)))
		return -ENODATA;
	for (const char *p = data ? data : line; *p;) {
		bool prefixed = (p[0] == '0' || p[0] == '\\') && (p[1] | 0x20) == 'x';

		p += prefixed ? 2 : 0;
		if (!prefixed && is_separator(*p)) {
			p++;
		} else if (digit(p[0]) >= 0 && digit(p[1]) >= 0) {
			qmux_add_uint(b, 1, false, (unsigned)(digit(p[0]) << 4 | digit(p[1])));
			p += 2;
		} else if (prefixed && digit(p[0]) >= 0) {	/* 0x1, 0xc */
			qmux_add_uint(b, 1, false, (unsigned)digit(*p++));
		} else {
			b->len = before;
			return -EINVAL;
		}
	}
	return b->len == before ? -ENODATA : 0;
}
