/*
 * scalar.h - one number, name, set of flags or boolean out of text: a part of the encoder, and for
 * it alone.
 */
#ifndef QMUX_SCALAR_H
#define QMUX_SCALAR_H

#include "encode.h"

/* n bytes of text that are to stand at path. */
struct qmux_scalar {
	const char *path;
	const char *text;
	size_t n;
	struct qmux_complaint *complaint;
};

/* As it goes on the wire.  -EINVAL with a complaint: the type cannot hold it. */
int qmux_scalar_bits(const struct qmux_scalar *s, const struct qmux_type *t, uint64_t *bits);

/* Both return -EINVAL. */
int qmux_wrong_form(const struct qmux_scalar *s, enum qmux_kind_of_type form);
int qmux_complain(struct qmux_complaint *c, const char *format, ...);

#endif
