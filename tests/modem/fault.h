/*
 * fault.h - what goes wrong between a modem and its host.
 *
 * Stands between the model and a transport: frames in, writes out.  It has no clock: the transport
 * says what time it is, in milliseconds that only grow.
 */
#ifndef FAULT_H
#define FAULT_H

#include "modem.h"

enum {
	FAULT_QUEUE_MAX = 4 << 20, /* bytes; what is past it is lost, and counted */
	FAULT_QUEUE_FULL = 1 << 20, /* the host should not be read while so much waits */
	FAULT_JUNK_MAX = 4096,
	FAULT_JOIN_MAX = 64,
	FAULT_JOIN_MS = 200, /* joined answers wait no longer than this for more */
	FAULT_SPLIT_MS = 1, /* between two pieces */
};

struct fault;

/* It owns a model of its own. */
struct fault *fault_new(void);
void fault_free(struct fault *f);
struct modem *fault_modem(struct fault *f);

/* Both layers as they were at first. */
void fault_reset(struct fault *f);

void fault_step(struct fault *f, int64_t now_ms);
void fault_request(struct fault *f, const uint8_t *frame, size_t len);

/* What to write next in one write(), NULL if nothing; then how much of it was written. */
const uint8_t *fault_output(struct fault *f, size_t *len);
void fault_written(struct fault *f, size_t len);

/* Milliseconds until there is output; 0: there is; -1: none to come. */
int64_t fault_wait(const struct fault *f);

bool fault_full(const struct fault *f);

/* The host left: the rest of what was partly written is for nobody.  All: the port is gone. */
void fault_abandon(struct fault *f, bool all);

extern const struct command fault_commands[]; /* self is the struct fault */

#endif
