/*
 * hex.h - bytes out of text, however it is dressed: 01:0c:00, 0x01, 0x0c, \x01, spaced or not,
 * the rows of a hex dump (xxd, hexdump -C: an offset before, characters behind), and what
 * "raw encode" prints.
 */
#ifndef APPLETS_HEX_H
#define APPLETS_HEX_H

#include <stdbool.h>

#include "qmux/frame.h"

/* Appends the bytes of one line.  -EINVAL: it is not hex.  -ENODATA: it is empty, or a comment
   with '#'. */
int hex_line(const char *line, struct qmux_buf *b);

#endif
