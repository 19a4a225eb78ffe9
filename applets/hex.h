/*
 * hex.h - frames out of text, however it is dressed: 01:0c:00, 0x01, 0x0c, spaced or
 * not, in lines of any length, and as the "data = …" lines of libqmi's logs.
 */
#ifndef APPLETS_HEX_H
#define APPLETS_HEX_H

#include <stdbool.h>

#include "qmux/frame.h"

/*
 * Appends the bytes of one line.  -EINVAL: it is not hex.  -ENODATA: it has none (empty, a
 * comment with '#', or a line of a log that carries no frame).
 */
int hex_line(const char *line, struct qmux_buf *b);

#endif
