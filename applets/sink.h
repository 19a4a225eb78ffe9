/*
 * sink.h - the one way out for results: begin, key, value, end; four faces.
 *
 * PEOPLE	"key: value" lines with units; the values of one object stand in one column,
 *		what is in it is indented by 2.  A list of values is one line (lte, 5gnr; or
 *		none).  A list of flat objects is a table, its first line the keys, "-" where
 *		there is nothing; of any others, or a table that would be too wide, key[0],
 *		key[1] ...  Booleans are yes and no.
 * JSON		one object a result, one line
 * EVAL		key='value' lines, keys flattened with '_' and made of [A-Za-z0-9_] (one that
 *		starts with a digit gets a '_' before it), safe for eval.  A list also has
 *		key_n='2', its length; of values it is one line (key='lte 5gnr'), of objects
 *		key_0_..., key_1_...
 * FIELD	the values asked for, raw, one a line, in the order they were asked for.
 *		A path is lte.rsrp or ports[0].device.  A list of values is separated by
 *		spaces, an object or a list of objects is JSON.
 * METRICS	Prometheus text, of one result; see sink_metrics.c
 *
 * Keys are snake_case and the same in all faces; they are written as they are.  A result is
 * opened with sink_begin(s, NULL) and closed with the matching sink_end, which writes it out;
 * a command may have several (a monitor, raw decode): PEOPLE and EVAL see an empty line
 * between them.  What is absent is not told at all.
 *
 * PEOPLE and FIELD show control characters as \u00XX: a modem cannot drive the terminal, nor
 * start a line of its own.
 */
#ifndef APPLETS_SINK_H
#define APPLETS_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SINK_DEPTH_MAX 24	/* nesting; deeper is a bug of the caller */
#define SINK_FIELDS_MAX 32	/* -f options */

enum sink_face { SINK_PEOPLE, SINK_JSON, SINK_EVAL, SINK_FIELD, SINK_METRICS };

struct sink;

/*
 * Onto a descriptor, which stays the caller's.  fields: the PATHs of -f, for SINK_FIELD; kept,
 * not copied.  NULL: out of memory.
 */
struct sink *sink_new(enum sink_face face, const char *const *fields, size_t n, int fd);

/* One with SINK_METRICS; device: what its label is called, kept. */
struct sink *sink_new_metrics(const char *device, int fd);

void sink_free(struct sink *s);

/* key: NULL for a result itself and for the items of a list. */
void sink_begin(struct sink *s, const char *key);	/* an object */
void sink_list(struct sink *s, const char *key);
void sink_end(struct sink *s);

/* From now on tell is called at the end of each result, for what belongs to all of them. */
void sink_last(struct sink *s, void (*tell)(struct sink *s, void *ctx), void *ctx);

/*
 * unit: NULL, or text that only PEOPLE see after the number ("dBm"); it must last until the
 * result's end.  Text: any bytes; what is not valid UTF-8 is shown byte by byte as U+00XX.
 */
void sink_text(struct sink *s, const char *key, const char *text);
void sink_textn(struct sink *s, const char *key, const uint8_t *data, size_t n);
void sink_hex(struct sink *s, const char *key, const uint8_t *data, size_t n);
void sink_int(struct sink *s, const char *key, int64_t v, const char *unit);
void sink_uint(struct sink *s, const char *key, uint64_t v, const char *unit);
/* 123 is 12.3 */
void sink_tenths(struct sink *s, const char *key, int64_t tenths, const char *unit);

/* Reads back to the same 4- or 8-byte float.  NaN and infinite: null in JSON, else absent. */
void sink_float(struct sink *s, const char *key, double v, unsigned bytes, const char *unit);
void sink_bool(struct sink *s, const char *key, bool v);

/*
 * Everything written and flushed?  0 or -errno of the first failure.  A result is flushed at
 * its end where a terminal is watching, otherwise in large pieces: a monitor flushes itself.
 * sink_error: the same, as far as it is known by now; costs nothing.
 * sink_absent: a field that was asked for did not come (its line is empty).
 * sink_results: how many have been closed.
 */
int sink_flush(struct sink *s);
int sink_error(const struct sink *s);
bool sink_absent(const struct sink *s);
size_t sink_results(const struct sink *s);

#endif
