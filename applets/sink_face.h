/*
 * sink_face.h - inside the sink: how the four faces look.
 *
 * JSON is written as it comes.  The others need the whole result first (columns, counts,
 * fields asked for in another order), so it is kept as a tree and then drawn.
 */
#ifndef APPLETS_SINK_FACE_H
#define APPLETS_SINK_FACE_H

#include "applets/sink.h"
#include "applets/text.h"

enum sink_kind {
	SINK_OBJECT,
	SINK_LIST,
	SINK_TEXT,		/* any bytes */
	SINK_NUMBER,		/* as it stands in every face (or "null") */
	SINK_BOOL,		/* "true" or "false" */
};

/* ---- sink_json.c ---- */

void sink_json_open(struct text *t, enum sink_kind kind, const char *key);
void sink_json_close(struct text *t, enum sink_kind kind);
void sink_json_value(struct text *t, enum sink_kind kind, const char *key, const void *data,
	size_t n);

/* ---- sink_tree.c ---- */

/* Nodes stand in the order they came, each before what is in it. */
struct sink_node {
	enum sink_kind kind;
	const char *unit;	/* or NULL; the caller's */
	size_t key, data;	/* where in strings; key ends with NUL, empty: none */
	size_t n;		/* bytes of data */
	size_t next;		/* the node after all that is in this one */
};

struct sink_tree {
	struct sink_node *node;
	size_t n, room;
	struct text strings;
	struct text path;	/* where the drawing is */
};

void sink_tree_free(struct sink_tree *t);
void sink_tree_clear(struct sink_tree *t);

/* The new node's index; SIZE_MAX: out of memory (and strings.failed is set). */
size_t sink_tree_add(struct sink_tree *t, enum sink_kind kind, const char *key, const void *data,
	size_t n, const char *unit);

void sink_draw_people(struct sink_tree *t, struct text *out);
void sink_draw_eval(struct sink_tree *t, struct text *out);

/* One line.  False: there is nothing at path (the line is empty). */
bool sink_draw_field(struct sink_tree *t, const char *path, struct text *out);

/* ---- sink.c ---- */

/* One whose results are drawn by draw: a face that few need, and only they link. */
struct sink *sink_new_drawn(void (*draw)(const struct sink_tree *t, const char *device,
	struct text *out), const char *device, int fd);

#endif
