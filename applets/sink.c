#include "applets/sink.h"

#include "applets/print.h"
#include "applets/sink_face.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define SINK_CHUNK 65536	/* bytes that are kept back where nobody watches */

struct sink {
	enum sink_face face;
	const char *const *fields;
	size_t n_fields;
	int fd;
	bool terminal;
	int error;		/* the first, -errno */
	bool absent;
	size_t results;
	struct {
		enum sink_kind kind;
		size_t node;	/* of the tree */
	} open[SINK_DEPTH_MAX];
	unsigned depth;
	struct text text;	/* drawn and not written yet */
	size_t whole;		/* bytes of it that are whole results */
	struct sink_tree tree;
	void (*draw)(const struct sink_tree *t, const char *device, struct text *out);
	const char *device;	/* for draw */
	struct text hex;	/* the one that is being told */
	void (*last)(struct sink *s, void *ctx);
	void *last_ctx;
};

struct sink *sink_new(enum sink_face face, const char *const *fields, size_t n, int fd)
{
	struct sink *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->face = face;
	s->fields = fields;
	s->n_fields = n;
	s->fd = fd;
	s->terminal = isatty(fd);
	return s;
}

struct sink *sink_new_drawn(void (*draw)(const struct sink_tree *t, const char *device,
	struct text *out), const char *device, int fd)
{
	struct sink *s = sink_new(SINK_METRICS, NULL, 0, fd);

	if (!s)
		return NULL;
	s->draw = draw;
	s->device = device;
	return s;
}

void sink_free(struct sink *s)
{
	if (!s)
		return;
	text_free(&s->text);
	text_free(&s->hex);
	sink_tree_free(&s->tree);
	free(s);
}

/* ---- out ---- */

static void write_whole(struct sink *s)
{
	if (!s->whole)
		return;
	if (!s->error)
		s->error = write_all(s->fd, s->text.p, s->whole);
	s->text.n -= s->whole;
	memmove(s->text.p, s->text.p + s->whole, s->text.n);
	s->whole = 0;
}

int sink_flush(struct sink *s)
{
	write_whole(s);
	return s->error;
}

int sink_error(const struct sink *s)
{
	return s->error;
}

void sink_last(struct sink *s, void (*tell)(struct sink *s, void *ctx), void *ctx)
{
	s->last = tell;
	s->last_ctx = ctx;
}

bool sink_absent(const struct sink *s)
{
	return s->absent;
}

size_t sink_results(const struct sink *s)
{
	return s->results;
}

static void draw(struct sink *s)
{
	if (s->results && s->face != SINK_FIELD)
		text_char(&s->text, '\n');
	if (s->face == SINK_PEOPLE)
		sink_draw_people(&s->tree, &s->text);
	else if (s->face == SINK_EVAL)
		sink_draw_eval(&s->tree, &s->text);
	else if (s->face == SINK_METRICS)
		s->draw(&s->tree, s->device, &s->text);
	else
		for (size_t i = 0; i < s->n_fields; i++)
			s->absent |= !sink_draw_field(&s->tree, s->fields[i], &s->text);
}

static void end_result(struct sink *s)
{
	if (s->face == SINK_JSON)
		text_char(&s->text, '\n');
	else if (!s->tree.strings.failed)
		draw(s);
	s->results++;
	if (s->text.failed || s->tree.strings.failed || s->tree.path.failed) {
		s->error = s->error ? s->error : -ENOMEM;
		s->text.n = s->whole;
		s->text.failed = s->tree.path.failed = false;
	}
	s->whole = s->text.n;
	sink_tree_clear(&s->tree);
	if (s->terminal)
		sink_flush(s);
	else if (s->whole >= SINK_CHUNK)
		write_whole(s);
}

/* ---- in ---- */

static void open_node(struct sink *s, enum sink_kind kind, const char *key)
{
	if (s->depth == SINK_DEPTH_MAX)
		abort();
	s->open[s->depth].kind = kind;
	if (s->face == SINK_JSON)
		sink_json_open(&s->text, kind, key);
	else
		s->open[s->depth].node = sink_tree_add(&s->tree, kind, key, "", 0, NULL);
	s->depth++;
}

static void value(struct sink *s, enum sink_kind kind, const char *key, const void *data,
	size_t n, const char *unit)
{
	if (!s->depth)
		abort();
	if (s->face == SINK_JSON)
		sink_json_value(&s->text, kind, key, data, n);
	else
		sink_tree_add(&s->tree, kind, key, data, n, unit);
}

void sink_begin(struct sink *s, const char *key)
{
	open_node(s, SINK_OBJECT, key);
}

void sink_list(struct sink *s, const char *key)
{
	open_node(s, SINK_LIST, key);
}

void sink_end(struct sink *s)
{
	if (!s->depth)
		abort();
	if (s->depth == 1 && s->last)
		s->last(s, s->last_ctx);
	s->depth--;
	if (s->face == SINK_JSON)
		sink_json_close(&s->text, s->open[s->depth].kind);
	else if (s->open[s->depth].node != SIZE_MAX)
		s->tree.node[s->open[s->depth].node].next = s->tree.n;
	if (!s->depth)
		end_result(s);
}

void sink_text(struct sink *s, const char *key, const char *text)
{
	value(s, SINK_TEXT, key, text, strlen(text), NULL);
}

void sink_textn(struct sink *s, const char *key, const uint8_t *data, size_t n)
{
	value(s, SINK_TEXT, key, data, n, NULL);
}

void sink_hex(struct sink *s, const char *key, const uint8_t *data, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	struct text *t = &s->hex;

	t->n = 0;
	if (!text_room(t, 2 * n + 1)) {
		s->text.failed = true;
		return;
	}
	for (size_t i = 0; i < n; i++) {
		t->p[t->n++] = digits[data[i] >> 4];
		t->p[t->n++] = digits[data[i] & 15];
	}
	value(s, SINK_TEXT, key, t->p, t->n, NULL);
}

/* A number that has been written to the end of a buffer. */
static void number(struct sink *s, const char *key, const char *p, const char *end,
	const char *unit)
{
	value(s, SINK_NUMBER, key, p, (size_t)(end - p), unit);
}

void sink_int(struct sink *s, const char *key, int64_t v, const char *unit)
{
	char buf[TEXT_NUMBER_MAX], *end = buf + sizeof buf;

	number(s, key, text_int(end, v), end, unit);
}

void sink_uint(struct sink *s, const char *key, uint64_t v, const char *unit)
{
	char buf[TEXT_NUMBER_MAX], *end = buf + sizeof buf;

	number(s, key, text_uint(end, v), end, unit);
}

void sink_tenths(struct sink *s, const char *key, int64_t tenths, const char *unit)
{
	char buf[TEXT_NUMBER_MAX], *end = buf + sizeof buf;

	number(s, key, text_tenths(end, tenths), end, unit);
}

void sink_float(struct sink *s, const char *key, double v, unsigned bytes, const char *unit)
{
	char buf[TEXT_NUMBER_MAX];
	size_t n = text_float(buf, v, bytes);

	/* What is no number is absent; JSON and lists need something in its place. */
	if (n)
		number(s, key, buf, buf + n, unit);
	else if (!key || s->face == SINK_JSON)
		value(s, SINK_NUMBER, key, "null", 4, NULL);
}

void sink_bool(struct sink *s, const char *key, bool v)
{
	value(s, SINK_BOOL, key, v ? "true" : "false", v ? 4 : 5, NULL);
}
