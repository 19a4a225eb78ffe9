/*
 * lines.h - what the walker tells, as the PATH=VALUE that the encoder takes.
 *
 * encode(lines(decode(x))) is x again, but for what a decoder does not show:
 * bytes after a type's end, sequence numbers, which bit made a bool true.
 */
#ifndef TESTS_UNIT_LINES_H
#define TESTS_UNIT_LINES_H

#include "qmux/encode.h"
#include "qmux/form.h"
#include "qmux/walk.h"

#include <inttypes.h>
#include <stdio.h>

enum { LINES_MAX = 20000, LINES_TEXT_MAX = 1 << 21, LINES_DEPTH_MAX = QMUX_DEPTH_MAX + 1 };

struct lines {
	struct qmux_visitor v;
	char text[LINES_TEXT_MAX];	/* line after line, each ended by NUL */
	size_t len;
	const char *line[LINES_MAX];
	size_t n;
	bool full;
	char path[1024];
	struct {
		size_t path_len;	/* before this structure or array */
		bool list;
		size_t items;
	} level[LINES_DEPTH_MAX + 1];
	unsigned depth;
};

static char *lines_room(struct lines *l, size_t n)
{
	char *p = l->text + l->len;

	if (l->full || l->n == LINES_MAX || LINES_TEXT_MAX - l->len < n) {
		l->full = true;
		return NULL;
	}
	return p;
}

static void lines_add(struct lines *l, const char *path, const char *value, size_t n)
{
	size_t path_len = strlen(path);
	char *p = lines_room(l, path_len + 1 + n + 1);

	if (!p)
		return;
	memcpy(p, path, path_len);
	p[path_len] = '=';
	memcpy(p + path_len + 1, value, n);
	p[path_len + 1 + n] = '\0';
	l->line[l->n++] = p;
	l->len += path_len + 1 + n + 1;
}

/* A number as the encoder reads it: a name where there is one. */
__attribute__((unused))
static void lines_number(char *to, size_t n, uint16_t names, bool is_signed, uint64_t bits)
{
	int64_t value = (int64_t)bits, other;
	char name[QMUX_NAME_MAX];
	uint16_t handle;

	if (names < QMUX_NO_ENUM && (is_signed || bits <= INT64_MAX) &&
	    qmux_enum_name(names, value, &handle)) {
		snprintf(to, n, "%s", qmux_name(handle, QMUX_VALUE_NAME, name));
		return;
	}
	if (is_signed)
		snprintf(to, n, "%" PRId64, value);
	else
		snprintf(to, n, "%" PRIu64, bits);
	/* Names of values can look like numbers: band "3" is value 2. */
	if (names < QMUX_NO_ENUM && qmux_enum_value(names, to, strlen(to), &other))
		snprintf(to, n, "0x%" PRIx64, bits);
}

__attribute__((unused))
static void lines_flags(char *to, size_t n, uint16_t names, uint64_t bits)
{
	char name[QMUX_NAME_MAX];
	uint64_t unknown = 0;
	uint16_t handle;
	size_t used = 0;

	for (unsigned bit = 0; bit < 64; bit++) {
		if (!(bits >> bit & 1))
			continue;
		if (!qmux_enum_name(names, bit, &handle))
			unknown |= 1ULL << bit;
		else
			used += (size_t)snprintf(to + used, n - used, "%s%s", used ? "|" : "",
				qmux_name(handle, QMUX_VALUE_NAME, name));
	}
	if (unknown || !used)
		snprintf(to + used, n - used, "%s0x%" PRIx64, used ? "|" : "", unknown);
}

static void lines_scalar(struct lines *l, const char *path, const struct qmux_node *node)
{
	char text[64 * QMUX_NAME_MAX];

	if (node->kind == QMUX_BOOL)
		snprintf(text, sizeof text, "%s", node->u ? "true" : "false");
	else if (node->kind == QMUX_FLOAT)
		snprintf(text, sizeof text, node->size == 8 ? "%.17g" : "%.9g", node->f);
	else if (qmux_enum_is_flags(node->names))
		lines_flags(text, sizeof text, node->names, node->u);
	else
		lines_number(text, sizeof text, node->names, node->kind == QMUX_INT,
			node->kind == QMUX_INT ? (uint64_t)node->i : node->u);
	lines_add(l, path, text, strlen(text));
}

static void lines_bytes(struct lines *l, const char *path, const uint8_t *p, size_t n)
{
	size_t path_len = strlen(path);
	char *to = lines_room(l, path_len + 2 * n + 2);

	if (!to)
		return;
	l->line[l->n++] = to;
	to += sprintf(to, "%s=", path);
	for (size_t i = 0; i < n; i++)
		to += sprintf(to, "%02x", p[i]);
	l->len += path_len + 2 * n + 2;
}

/*
 * What has a form: its text, where that means just these bytes.  Texts are read generously
 * (what fills up digits, a NUL and what is after it), so that others are given in hex.
 */
static bool lines_form(struct lines *l, const char *path, const struct qmux_node *node)
{
	uint8_t bytes[QMUX_FORM_TEXT];
	struct qmux_buf b = qmux_buf(bytes, sizeof bytes);
	char text[QMUX_FORM_TEXT];

	if (!qmux_node_text(node, text))
		return false;
	if (node->kind == QMUX_BYTES && strncmp(text, "0x", 2) &&
	    (!qmux_form_bytes(node->form, text, &b) || b.len != node->len ||
	     memcmp(bytes, node->data, b.len))) {
		strcpy(text, "0x");
		for (size_t i = 0; i < node->len; i++)
			sprintf(text + 2 + 2 * i, "%02x", node->data[i]);
	}
	lines_add(l, path, text, strlen(text));
	return true;
}

/* Puts the node's name or index behind the path; returns how long that was before. */
static size_t lines_enter(struct lines *l, const struct qmux_node *node)
{
	size_t before = strlen(l->path), room = sizeof l->path - before;
	char name[QMUX_NAME_MAX];

	if (node->name == QMUX_NO_NAME)
		snprintf(l->path + before, room, "[%zu]", l->level[l->depth].items++);
	else
		snprintf(l->path + before, room, "%s%s", l->depth ? "." : "",
			qmux_name(node->name, QMUX_FIELD_NAME, name));
	return before;
}

static int lines_node(struct qmux_visitor *v, const struct qmux_node *node)
{
	struct lines *l = (struct lines *)v;
	size_t before;

	if (node->kind == QMUX_END) {
		if (l->level[l->depth].list && !l->level[l->depth].items)
			lines_add(l, l->path, "", 0);
		l->path[l->level[l->depth--].path_len] = '\0';
		return 0;
	}
	before = lines_enter(l, node);
	if (node->kind == QMUX_OBJECT || node->kind == QMUX_LIST) {
		l->depth++;
		l->level[l->depth].path_len = before;
		l->level[l->depth].list = node->kind == QMUX_LIST;
		l->level[l->depth].items = 0;
		return 0;
	}
	if (lines_form(l, l->path, node))
		;
	else if (node->kind == QMUX_TEXT)
		lines_add(l, l->path, (const char *)node->data, node->len);
	else if (node->kind == QMUX_BYTES)
		lines_bytes(l, l->path, node->data, node->len);
	else
		lines_scalar(l, l->path, node);
	l->path[before] = '\0';
	return 0;
}

static void lines_begin(struct lines *l)
{
	l->v = (struct qmux_visitor){ .node = lines_node };
	l->len = l->n = l->depth = 0;
	l->full = false;
	l->path[0] = '\0';
}

/* All known TLVs of a frame. */
__attribute__((unused))
static void lines_of(struct lines *l, const struct qmux_frame *f, const struct qmux_message *m)
{
	lines_begin(l);
	qmux_walk_fields(f, m, &l->v);
}

/* Back to TLVs. */
__attribute__((unused))
static int lines_encode(const struct lines *l, struct qmux_buf *b, const struct qmux_message *m,
	bool request, struct qmux_complaint *c)
{
	static struct qmux_assign assign[LINES_MAX];

	for (size_t i = 0; i < l->n; i++)
		if (qmux_assign_parse(&assign[i], l->line[i], c))
			return -1;
	return qmux_encode(b, m, request, assign, l->n, c);
}

#endif
