/*
 * control.h - the control socket: one line in, reply lines out, end of file.
 *
 * Here too is what runs a command: the layers' tables are tried one after the other.
 */
#ifndef CONTROL_H
#define CONTROL_H

#include "modem.h"

#include <poll.h>

enum {
	CONTROL_CONNS = 16,
	CONTROL_POLL = CONTROL_CONNS + 1,
	CONTROL_LINE_MAX = 300 * 1024, /* room for "inject" of two of the largest frames */
	CONTROL_WORDS_MAX = 64,
	CONTROL_WAIT_MS = 10000, /* the longest that "wait" waits */
};

struct layer {
	const struct command *table;
	void *self;
};

struct control;

/* The layers (the last one has no table) and the path must outlive it. */
struct control *control_new(const struct layer *layers, const char *path);
void control_free(struct control *c);

/* One command line, which is cut into words.  0, or -1 and a reply that begins with "error: ". */
int control_command(const struct layer *layers, char *line, FILE *reply);

void control_poll(struct control *c, struct pollfd fds[CONTROL_POLL], int64_t now_ms,
	int64_t *wait_ms);
void control_run(struct control *c, const struct pollfd fds[CONTROL_POLL], int64_t now_ms);

/* Client: sends a line, copies the reply to stdout or an error to stderr.  The exit status. */
int control_ask(const char *path, int argc, char **argv);

#endif
