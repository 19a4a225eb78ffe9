/*
 * client.h - one process's side of a port: client ids, calls, indications.
 *
 * The connection is a descriptor that speaks QMUX: a port that was opened
 * directly (port.h), or a proxy's socket on which a port has been opened.  The
 * client survives partial reads, frames of others, late and doubled answers,
 * EINTR and signals; it never waits past the deadline that it is given.
 */
#ifndef QMUX_CLIENT_H
#define QMUX_CLIENT_H

#include <signal.h>

#include "clock.h"
#include "frame.h"
#include "port.h"

#define QMUX_CLIENT_IDS_MAX 8	/* client ids that one command holds at a time */

/*
 * Why a call failed (negative).  A positive return is the modem's QMI error.
 *	-ETIMEDOUT	no answer before the deadline
 *	-EINTR		a signal that the caller watches for arrived
 *	-ENODEV		the modem is gone
 *	-ESTALE		the modem restarted and forgot all client ids
 *	-EPIPE		the proxy closed the connection
 *	-EBADMSG	an answer without a result
 *	-EMSGSIZE	longer than the port takes in one message
 */

struct qmux_client {
	int fd;				/* -1: closed */
	bool own_port;			/* opened directly: its end means that the modem is gone */
	bool stream;			/* read() = 0 is the end; it is not on cdc-wdm */
	size_t max_message;
	/*
	 * The TLV (u32 errno) in which our proxy says that a refusal is its own and not the
	 * modem's; 0: there is none.  ENODEV, ECANCELED (it ends), ETIMEDOUT, EMSGSIZE and
	 * ESTALE then come as -ENODEV, -EPIPE, -ETIMEDOUT, -EMSGSIZE and -ESTALE.
	 */
	uint8_t errno_tlv;
	/* The CTL indication in which it says, by the same TLV, that the port or our client ids are
	   lost (ENODEV, ESTALE); 0: there is none. */
	uint16_t lost_message;
	int64_t deadline;		/* of every wait; QMUX_NEVER */
	/* Set by a signal handler; waits end with -EINTR once it is not 0.  NULL: none. */
	const volatile sig_atomic_t *signalled;
	const sigset_t *wait_mask;	/* signal mask while waiting (ppoll); NULL: unchanged */

	/* Tells of every frame, sent and received, for -v.  NULL: nobody listens. */
	void (*trace)(void *ctx, const uint8_t *frame, size_t n, bool sent);
	/* Indications for one of our client ids that come while a call waits.  NULL: dropped. */
	void (*indication)(void *ctx, const struct qmux_frame *f);
	/* Called each second of a wait, to show that it goes on.  NULL: nobody looks. */
	void (*tick)(void *ctx);
	void *ctx;

	/* Our own proxy lends client ids to those who only ask: hanging up gives them back. */
	bool lease;

	uint8_t ctl_transaction;
	uint16_t transaction;
	struct qmux_client_id {
		uint16_t service;
		uint8_t client;
		bool keep;		/* not ours to release */
	} ids[QMUX_CLIENT_IDS_MAX];
	unsigned n_ids;
	struct qmux_stream in;
	uint8_t *memory;		/* for both directions; freed by qmux_client_close */
	struct qmux_buf out;
};

/*
 * Take over a connection to a proxy (fd, non-blocking), or a port that was opened
 * directly; what waits there for the last opener is dropped.  -ENOMEM: fd is still the
 * caller's.  Hooks are set by the caller afterwards.
 */
int qmux_client_on_proxy(struct qmux_client *c, int fd, int64_t deadline);
int qmux_client_on_port(struct qmux_client *c, const struct qmux_port *port, int64_t deadline);

/*
 * A client id for a service: allocated, or one that was adopted or allocated before.
 * 0 and *client, a positive QMI error, or negative.
 */
int qmux_client_id(struct qmux_client *c, uint16_t service, uint8_t *client);

/* The same, always allocated: a second one of the service, which calls go to from now on. */
int qmux_client_allocate(struct qmux_client *c, uint16_t service, uint8_t *client);

/* Use a client id that somebody allocated before; it is not released at the end. */
void qmux_client_adopt(struct qmux_client *c, uint16_t service, uint8_t client);

/* Of several of one service, the one that calls go to.  False: it is not held. */
bool qmux_client_choose(struct qmux_client *c, uint16_t service, uint8_t client);

/* From now on it is somebody else's: not used, not released. */
void qmux_client_disown(struct qmux_client *c, uint16_t service, uint8_t client);

/* Give one back now.  It is not ours any more, whatever is returned. */
int qmux_client_release(struct qmux_client *c, uint16_t service, uint8_t client);

/* Do not release the client ids that are held now. */
void qmux_client_keep(struct qmux_client *c);

/*
 * One request and its answer.  tlvs: the TLVs of the request, as in frame.h;
 * *answer is a view that holds until the next call.  The client id is allocated where
 * there is none for that service.  0, a positive QMI error (with *answer: it
 * may carry more), or negative.
 */
int qmux_client_call(struct qmux_client *c, uint16_t service, uint16_t message,
	const uint8_t *tlvs, size_t n, struct qmux_frame *answer);

/* Does this frame answer that request? */
bool qmux_is_answer(const struct qmux_frame *f, const struct qmux_frame *request);

/* Send a frame as it is. */
int qmux_client_send(struct qmux_client *c, const uint8_t *frame, size_t n);

/* The next frame of any kind, or negative. */
int qmux_client_receive(struct qmux_client *c, struct qmux_frame *f);

/* The next indication for one of our client ids, or negative. */
int qmux_client_indication(struct qmux_client *c, struct qmux_frame *f);

/*
 * What follows is clean-up: it is done even where a signal came, but within QMUX_RELEASE_MS of it.
 * Past the deadline, calls send their request and do not wait for the answer.
 */
void qmux_client_hurry(struct qmux_client *c);

/*
 * Release what was allocated, by the deadline or QMUX_RELEASE_MS after a signal; where there is
 * no time left the requests are sent and their answers not awaited.  Then close.  Safe to call twice.
 */
void qmux_client_close(struct qmux_client *c);

#define QMUX_RELEASE_MS 500	/* after a signal: to be gone soon, but not with ids left */

#endif
