/*
 * port.h - the modem's doors: a pty and a Unix stream socket.
 *
 * Each is for one host at a time: on the socket a second one waits in the backlog until the first
 * has left; on the pty the kernel does not tell them apart.  Frames go out by the door by which the
 * last request came in.  What nobody has read yet waits for the next host, as with a real modem.
 */
#ifndef PORT_H
#define PORT_H

#include "fault.h"

#include <poll.h>

enum { PORT_POLL = 3 };

struct port;

/* Paths may be NULL; they must outlive the port.  NULL and a message on stderr if it fails. */
struct port *port_new(struct fault *fault, const char *link, const char *socket, bool trace);
void port_free(struct port *p); /* removes its files */
void port_reset(struct port *p); /* plugged in, not stalled */

/* Before the doors open, and after they are shut; not for what port_new() and port_free() do. */
typedef void port_plugged_fn(void *ctx, bool plugged);
void port_on_plugged(struct port *p, port_plugged_fn *fn, void *ctx);

/* Fills in what to poll for; *wait_ms is made shorter if need be (-1: for ever). */
void port_poll(struct port *p, struct pollfd fds[PORT_POLL], int64_t now_ms, int64_t *wait_ms);
void port_run(struct port *p, const struct pollfd fds[PORT_POLL], int64_t now_ms);

extern const struct command port_commands[]; /* self is the struct port */

#endif
