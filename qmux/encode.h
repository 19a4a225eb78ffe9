/*
 * encode.h - TLVs from PATH=VALUE, by the schema.
 *
 * The inverse of walk.h: what it shows as text can be given back as text.
 */
#ifndef QMUX_ENCODE_H
#define QMUX_ENCODE_H

#include "schema.h"

#define QMUX_PATH_TEXT_MAX 256	/* a path, with its NUL */

/* One PATH=VALUE; the texts are the caller's. */
struct qmux_assign {
	const char *path;
	size_t path_len;
	const char *value;
	bool used;		/* set by the encoder */
	/* What a file holds, which bytes take as it is, instead of value; NULL: there is none. */
	const uint8_t *content;
	size_t content_len;
};

/*
 * The type of what a path such as "list[2].type" leads to in a message: among the request's TLVs,
 * or the response's or indication's.  The number of an item does not matter.  NULL: no such path.
 */
const uint8_t *qmux_type_at_path(const struct qmux_message *m, bool request, const char *path,
	size_t path_len);

/* What is wrong, in one line that says what to write instead. */
struct qmux_complaint {
	char text[320];
};

/* The type of a TLV that a path like 0x1c or 28 stands for, or -1. */
int qmux_assign_number(const struct qmux_assign *a);

/* Takes "path=value" apart.  -EINVAL: there is no '=', or no path. */
int qmux_assign_parse(struct qmux_assign *a, const char *text, struct qmux_complaint *c);

/*
 * Append the TLVs that the assignments make, in the order of the schema.
 *
 *	scalars		decimal, or hex with 0x; true or false; names of enum values; names
 *			of flags joined by ',' or '|', numbers among them; floats
 *	text		as it is
 *	bytes		hex, with or without ':' or spaces between
 *	with a form	an address, digits, text, a time: see form.h; or the number, or 0x
 *			and the bytes in hex
 *	arrays		a comma-separated value, or list[0]=…, list[1]=…; empty for none
 *	structures	struct.field=…, all fields of it
 *	0x1c=…		a whole TLV by its type, known or not, in hex
 *
 * request: the request's TLVs, otherwise the response's or indication's.
 * -EINVAL with a complaint: a path that is not there, a value that the type
 * cannot hold, a field or mandatory TLV that is missing.  -EMSGSIZE: b is full.
 */
int qmux_encode(struct qmux_buf *b, const struct qmux_message *m, bool request,
	struct qmux_assign *assign, size_t n, struct qmux_complaint *c);

#endif
