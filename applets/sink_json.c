/* JSON as it comes.  What has been written last tells whether a comma is due. */
#include "applets/sink_face.h"

static void put_key(struct text *t, const char *key)
{
	char last = t->n ? t->p[t->n - 1] : '\n';

	if (last != '{' && last != '[' && last != '\n')
		text_char(t, ',');
	if (key) {
		size_t n = strlen(key);

		if (!text_room(t, n + 3))
			return;
		t->p[t->n] = '"';
		memcpy(t->p + t->n + 1, key, n);
		memcpy(t->p + t->n + 1 + n, "\":", 2);
		t->n += n + 3;
	}
}

void sink_json_open(struct text *t, enum sink_kind kind, const char *key)
{
	put_key(t, key);
	text_char(t, kind == SINK_OBJECT ? '{' : '[');
}

void sink_json_close(struct text *t, enum sink_kind kind)
{
	text_char(t, kind == SINK_OBJECT ? '}' : ']');
}

void sink_json_value(struct text *t, enum sink_kind kind, const char *key, const void *data,
	size_t n)
{
	put_key(t, key);
	if (kind == SINK_TEXT) {
		text_char(t, '"');
		text_json(t, data, n);
		text_char(t, '"');
	} else {
		text_put(t, data, n);
	}
}
