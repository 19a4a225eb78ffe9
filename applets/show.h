/* show.h - decoded messages into a sink: whole frames, and views of answers. */
#ifndef APPLETS_SHOW_H
#define APPLETS_SHOW_H

#include "applets/applet.h"

/*
 * One frame as one result.  m: its definition where the caller knows it better
 * than its ids tell (a vendor's message), or NULL.  mask: subscriber data is not
 * shown.
 */
struct show_options {
	bool mask;
	uint16_t vendor;	/* of the device, for messages that are a vendor's; 0: unknown */
	/* Tells what stands before the frame's own keys.  May be NULL. */
	void (*head)(struct sink *s, void *ctx);
	void *ctx;
	bool flat;		/* fields stand beside the head, not under "fields" (-f of raw call) */
};

void show_frame(struct sink *s, const struct qmux_frame *f, const struct qmux_message *m,
	const struct show_options *o);

/* The fields of an answer alone, as one result. */
void show_fields(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m);

/* A frame that passed, decoded on stderr (-v); masked unless -vv. */
void show_on_stderr(const struct command *cmd, const uint8_t *frame, size_t n);

/* One node under a key; the visitor of a walk uses it, too. */
void show_node(struct sink *s, const char *key, const struct qmux_node *node, bool mask);

/* What stands at path, structure or value, whole, under key. */
void show_path(struct sink *s, const char *key, const struct qmux_frame *f,
	const struct qmux_message *m, const char *path);

/* ---- show_view.c ---- */

/* The rows of a view that the answer has.  Opens no result of its own. */
void show_view(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m,
	const struct view_row *view);

/* The same of a part of it, such as "list[2]", to which the rows' paths are added. */
void show_view_of(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m,
	const struct view_row *view, const char *path);

/* Text without the white space around it; nothing where there is no more. */
void show_trimmed(struct sink *s, const char *key, const uint8_t *p, size_t n);

/* For view_row.show: a mask of bands, or several of 64 bits, lowest first, as a list; bit 0 is
   band 1. */
void show_bands(struct sink *s, const char *key, const struct view_value *v);

#endif
