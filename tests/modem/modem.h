/*
 * modem.h - the model of a QMI modem, apart from any transport.
 *
 * Whole QMUX frames go in by modem_request(); whole QMUX frames come out by the emit callback, from
 * inside modem_request(), modem_command() or modem_restart().  The model has no descriptors and no
 * clock, never blocks, and prints nothing but the replies of its commands.
 *
 * It has its own encoder on purpose: what it says must not depend on the code that it tests.
 */
#ifndef MODEM_H
#define MODEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum {
	MODEM_FRAME_MAX = 65536, /* 16-bit length, which leaves out the marker */
	MODEM_FRAME_MIN = 12, /* a CTL frame without TLVs */
};

struct modem;

/* The frame is the model's: valid only until the callback returns. */
typedef void modem_emit_fn(void *ctx, const uint8_t *frame, size_t len);

/* Never fails: the program ends where memory does. */
struct modem *modem_new(modem_emit_fn *emit, void *ctx);
void modem_free(struct modem *m);

/* All as modem_new() left it: state, client ids, counters, overrides. */
void modem_reset(struct modem *m);

/* Power cut: client ids and registrations are forgotten, nobody is told. */
void modem_restart(struct modem *m);

/* True once after a host asked for a restart (operating mode "reset"): the owner of the transport
   lets the answer out, then unplugs, calls modem_restart() and plugs in again. */
bool modem_wants_restart(struct modem *m);

/* One frame from the host.  What has not even the outline of a request is counted and dropped. */
void modem_request(struct modem *m, const uint8_t *frame, size_t len);

/*
 * Commands, shared by all layers: a NULL-terminated argv, replies to a stream.
 * run() returns 0, -1 for a bad command (the reply says why, after "error: "), 1 where the table
 * has no such command.
 */
struct command {
	const char *name, *args, *help;
	int min, max; /* words after the name; max -1: any number */
	int (*fn)(void *self, int argc, char **argv, FILE *reply);
};

int command_run(const struct command *table, void *self, int argc, char **argv, FILE *reply);
void command_help(const struct command *table, FILE *reply);
int command_error(FILE *reply, const char *what, const char *word); /* returns -1 */

/* Words into numbers and bytes; false: not one.  hex_bytes() gives the count or -1. */
bool parse_number(const char *s, int64_t min, int64_t max, int64_t *out);
long hex_bytes(const char *s, uint8_t *out, size_t cap);

extern const struct command modem_commands[]; /* self is the struct modem */

#endif
