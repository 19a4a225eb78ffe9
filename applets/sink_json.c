/* JSON as it comes.  What has been written last tells whether a comma is due. */
#include "applets/sink_face.h"

/* All before a value; open: the character that it starts with, or 0. */
static void put_key(struct text *t, const char *key, char open)
{
	char last = t->n ? t->p[t->n - 1] : '\n', *p;
	size_t n = key ? strlen(key) : 0;

	if (!text_room(t, n + 5))
		return;
	p = t->p + t->n;
	if (last != '{' && last != '[' && last != '\n')
		*p++ = ',';
	if (key) {
		*p++ = '"';
		memcpy(p, key, n);
		p += n;
		*p++ = '"';
		*p++ = ':';
	}
	if (open)
		*p++ = open;
	t->n = (size_t)(p - t->p);
}

void sink_json_open(struct text *t, enum sink_kind kind, const char *key)
{
	put_key(t, key, kind == SINK_OBJECT ? '{' : '[');
}

void sink_json_close(struct text *t, enum sink_kind kind)
{
	text_char(t, kind == SINK_OBJECT ? '}' : ']');
}

void sink_json_value(struct text *t, enum sink_kind kind, const char *key, const void *data,
	size_t n)
{
	put_key(t, key, kind == SINK_TEXT ? '"' : 0);
	if (kind == SINK_TEXT) {
		text_json(t, data, n);
		text_char(t, '"');
	} else {
		text_put(t, data, n);
	}
}
