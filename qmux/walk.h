/*
 * walk.h - one walker over the TLVs of every message.
 *
 * It never fails on what a modem sends: a TLV that does not fit its
 * definition, or has none, is handed over as bytes.  It allocates nothing,
 * recurses no deeper than QMUX_DEPTH_MAX, and reads only inside the frame.
 */
#ifndef QMUX_WALK_H
#define QMUX_WALK_H

#include "frame.h"
#include "schema.h"

enum qmux_node_kind {
	QMUX_OBJECT, QMUX_LIST, QMUX_END,	/* an END for every OBJECT and LIST */
	QMUX_UINT, QMUX_INT, QMUX_FLOAT, QMUX_BOOL,
	QMUX_TEXT,		/* bytes up to the first NUL; as the modem sent them */
	QMUX_BYTES,		/* an array of u8 */
};

struct qmux_node {
	enum qmux_node_kind kind;
	uint16_t name;		/* handle, or QMUX_NO_NAME for a list's item (one
				   that a path led to has its list's name) */
	uint16_t names;		/* numbers: the enum or flag set, or QMUX_NO_ENUM */
	uint8_t size;		/* numbers: bytes on the wire */
	bool personal;		/* subscriber data */
	enum qmux_kind_of_type form;	/* UINT, BYTES: how it is written (form.h), or 0 */
	uint64_t u;		/* numbers: the bits; UINT, BOOL: the value */
	int64_t i;		/* INT */
	double f;		/* FLOAT */
	const uint8_t *data;	/* TEXT, BYTES: valid as long as the frame */
	size_t len;
};

/*
 * What the walker calls.  A function that returns anything but 0 ends the walk,
 * which returns it.
 */
struct qmux_visitor {
	int (*node)(struct qmux_visitor *v, const struct qmux_node *node);
	/* A TLV without a definition, one that does not fit it, or a second one of
	   the same type; nth counts those of one type from 1.  NULL: left out. */
	int (*unknown)(struct qmux_visitor *v, const struct qmux_tlv *tlv, unsigned nth);
	/* qmux_walk_fields says here whether it met TLVs for qmux_walk_unknown, or, after the
	   last TLV, bytes that are none. */
	bool rest;
};

/* All known TLVs in the order of the frame; then, by itself, all unknown ones. */
int qmux_walk_fields(const struct qmux_frame *f, const struct qmux_message *m,
	struct qmux_visitor *v);
int qmux_walk_unknown(const struct qmux_frame *f, const struct qmux_message *m,
	struct qmux_visitor *v);

/* Is there something for qmux_walk_unknown? */
bool qmux_has_unknown(const struct qmux_frame *f, const struct qmux_message *m);

/*
 * The one value at a path such as "lte_signal_strength.rsrp" or "list[2].type".
 * A path to a structure or array visits all of it.  -ENOENT: the frame does not
 * have it; -EINVAL: no such path in the message's definition.
 */
int qmux_walk_path(const struct qmux_frame *f, const struct qmux_message *m, const char *path,
	struct qmux_visitor *v);

/* The same for one scalar, text or bytes.  -EISDIR: it is a structure or array. */
int qmux_get(const struct qmux_frame *f, const struct qmux_message *m, const char *path,
	struct qmux_node *node);

#endif
