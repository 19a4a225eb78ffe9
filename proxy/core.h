/*
 * core.h - the proxy without sockets and clock: bytes in, bytes out, time
 * passed in.  The loop, or a test, is under it (struct proxy_io).
 *
 * Nothing is freed where it is used: what fails is marked (peer->dead,
 * port->failed), and the end of the turn settles it.
 *
 * Slots of the tables are named by their index; NONE is no slot.
 */
#ifndef PROXY_CORE_H
#define PROXY_CORE_H

#include "proxy/limits.h"
#include "proxy/proxy.h"
#include "qmux/clock.h"
#include "qmux/frame.h"
#include "qmux/port.h"

#include <errno.h>
#include <poll.h>
#include <sys/types.h>

#define NONE UINT16_MAX
#define PROXY_HASH 1024		/* chains of the two hash tables; a power of two */

/* Who is at the other end of a connection. */
struct proxy_cred {
	uint32_t pid, uid, gid;
};

/* What the core asks of the world.  Everything returns -errno, nothing blocks. */
struct proxy_io {
	/* Which device is that?  -EACCES: not one that this process may have. */
	int (*identify)(void *ctx, const char *path, const struct proxy_cred *cred,
		struct qmux_port_id *id);
	int (*open)(void *ctx, struct qmux_port *port, const char *path);
	void (*close_port)(void *ctx, int fd);
	/* Who else holds that port?  Their pid, or 0. */
	uint32_t (*holder)(void *ctx, const char *path, const struct qmux_port_id *id);
	void (*close)(void *ctx, int fd);
	ssize_t (*read)(void *ctx, int fd, void *p, size_t n);
	ssize_t (*write)(void *ctx, int fd, const void *p, size_t n);	/* a modem port */
	ssize_t (*send)(void *ctx, int fd, const void *p, size_t n);	/* a process */
	/* The name of a process, driver of a port; an empty string where unknown. */
	void (*process_name)(void *ctx, uint32_t pid, char name[32]);
	void (*driver)(void *ctx, const char *path, char name[32]);
};

/* A byte queue; no memory while it is empty. */
struct proxy_queue {
	uint8_t *p;
	uint32_t off, len, cap;
};

int proxy_queue_add(struct proxy_queue *q, const void *p, size_t n);
void proxy_queue_drop(struct proxy_queue *q, size_t n);
void proxy_queue_free(struct proxy_queue *q);

struct proxy_trace {
	bool on;
	int16_t service, client;	/* -1: all */
	uint32_t lost;		/* events since the last one that it got */
};

struct proxy_peer {
	bool used;
	bool dead;		/* to be dropped at the end of the turn */
	bool eof;		/* it sends no more */
	bool deaf;		/* it reads no more */
	int refused;		/* errno: may not, or over a limit; is told so, and dropped */
	bool ours;		/* one of our applets */
	bool release;		/* its client ids are released when it dies */
	bool opening;		/* waits for its port; see open_ */
	bool stalled;		/* has a whole frame in in that had to wait */
	uint8_t port;		/* index + 1; 0: none yet */
	uint8_t open_transaction;
	bool hup;		/* both directions are closed; out of the poll set */
	int fd;
	int pfd;		/* its place in the poll set; -1: none */
	struct proxy_cred cred;
	struct proxy_queue in, out;	/* in: what could not be handled yet */
	uint16_t holds;		/* proxy_hold, by next_of_peer */
	uint16_t requests;	/* newest first, by next_of_peer */
	uint16_t n_requests;
	int64_t since;
	int64_t deadline;	/* unopened, or lingering */
	int64_t wake;		/* stalled: when the window opens by itself */
	uint32_t rx, tx;	/* frames from and to it */
	uint32_t dropped;	/* indications and events that it was too slow for */
	struct proxy_trace trace;
};

enum proxy_request_kind {
	REQ_PLAIN,		/* a process's; the answer goes to it */
	REQ_ALLOCATE,		/* ALLOCATE and LEASE: service */
	REQ_LEASE,
	REQ_RELEASE,		/* a process's; target */
	REQ_SYNC,
	REQ_RECLAIM,		/* ours: target; no process waits */
	REQ_MAKE_ROOM,		/* ours: target; then allocate for the process */
	REQ_PROBE,
};

/* A request on its way, known by port, service, client id and wire transaction. */
struct proxy_request {
	bool used;
	bool forgotten;		/* CTL: not answered in time; the id is not used again soon */
	bool lease;		/* MAKE_ROOM: for a lease */
	uint8_t port, service, client;
	uint8_t target_service, target_client;
	uint8_t kind;
	uint16_t wire, transaction;	/* sent to the modem, used by the process */
	uint16_t message;
	uint16_t peer;		/* NONE: nobody waits any more */
	uint16_t next_of_hash, next_of_peer, prev_of_peer;
	uint16_t older, newer;	/* of the same list */
	uint8_t list;
	int64_t sent, deadline;
};

enum proxy_list { LIST_CTL, LIST_OTHER, LIST_FORGOTTEN, LISTS };

enum proxy_id_kind {
	ID_OWNED, ID_ORPHAN, ID_LEASED, ID_POOLED, ID_NAMED, ID_RELEASING
};

/* A client id, known by port, service, client. */
struct proxy_id {
	bool used;
	bool gone;		/* the modem has forgotten it; kept for its stale holders */
	bool tainted;		/* LEASED: has state in the modem, must not be pooled */
	bool sent;		/* RELEASING: the request is on its way */
	bool fleeting;		/* released when its owner dies */
	bool adopted;		/* allocated by somebody else, before us or beside us */
	uint8_t tries;		/* RELEASING */
	uint8_t kind;
	uint8_t port, service, client;
	uint8_t name;		/* NAMED: index into names */
	uint16_t next_of_hash;
	uint16_t holds;		/* the owner first, by next_of_id */
	uint32_t uid;		/* of the owner, also after its death */
	uint32_t pid;
	int64_t since;		/* in this kind */
};

/* One process's use of a client id. */
struct proxy_hold {
	bool used;
	bool stale;		/* the modem restarted, or somebody released it */
	uint16_t id, peer;
	uint16_t next_of_id, next_of_peer;
};

struct proxy_name {
	bool used;
	uint8_t note_len;
	char name[PROXY_NAME_MAX + 1];
	uint8_t note[PROXY_NOTE_MAX];
};

enum proxy_port_state { PORT_CLOSED, PORT_PROBING, PORT_READY, PORT_GONE };

struct proxy_port {
	bool used;
	uint8_t state;
	bool room;		/* poll says that it takes bytes (or nobody asked yet) */
	bool hup;
	int failed;		/* errno: to be taken for gone at the end of the turn */
	int fd;
	int pfd;
	struct qmux_port_id id;
	size_t max_message;
	bool stream;
	char path[QMUX_PATH_MAX];
	struct qmux_stream in;
	struct proxy_queue out;
	unsigned peers;		/* that have it open */
	unsigned releasing;	/* ids whose release is to be sent */
	unsigned ctl_used;	/* transaction ids that are taken or forgotten */
	uint8_t ctl_last;
	uint8_t tries;		/* probes sent */
	unsigned errors_row;
	int64_t deadline;	/* probing: next try; idle: close */
	int64_t rest_until;	/* not polled before; QMUX_NEVER: it is polled */
	int64_t frame_at;	/* when the frame that has begun is given up; QMUX_NEVER: none */
	uint32_t holder;	/* pid of another program that has it open */
	int64_t restarted;	/* when its client ids were lost last; 0: not yet */
	/* counters */
	uint64_t rx_bytes, tx_bytes;
	uint32_t rx, tx, errors, unmatched, restarts, opens, forgotten;
};

struct proxy_core {
	struct proxy_config cfg;
	const struct proxy_io *io;
	void *ctx;
	uint32_t uid;		/* our own */
	int64_t now;
	int64_t started;
	int64_t empty_since;	/* QMUX_NEVER: somebody is there */
	int64_t stop_at;	/* QMUX_NEVER: runs */
	bool again;		/* work is left for the next turn */
	bool ordered;		/* to end, by a signal or a process; not because it is empty */
	bool ended;
	unsigned n_peers, n_refused, n_tracers, n_pooled;
	unsigned peers_top, ports_top;	/* no slot is used from here on */
	unsigned turn;		/* where this turn begins with the processes */
	uint32_t turned_away, framing_errors, slow_dropped;
	uint16_t free_request, free_id, free_hold;
	uint16_t requests_top, ids_top, holds_top;
	uint16_t n_requests, n_holds;
	uint16_t oldest[LISTS], newest[LISTS];
	uint16_t request_hash[PROXY_HASH], id_hash[PROXY_HASH];
	struct proxy_port ports[PROXY_PORTS_MAX];
	struct proxy_name names[PROXY_NAMED_MAX];
	struct proxy_peer peers[PROXY_PEERS_MAX + PROXY_PEERS_REFUSED];
	struct proxy_request requests[PROXY_REQUESTS_MAX];
	struct proxy_id ids[PROXY_IDS_MAX];
	struct proxy_hold holds[PROXY_HOLDS_MAX];
	uint8_t buf[PROXY_PEER_READ];	/* what a process sent, for the time of one call */
	uint8_t frame[QMUX_FRAME_MAX];	/* a frame that we make */
};

static inline uint16_t proxy_peer_index(const struct proxy_core *c, const struct proxy_peer *p)
{
	return (uint16_t)(p - c->peers);
}

static inline uint8_t proxy_port_index(const struct proxy_core *c, const struct proxy_port *port)
{
	return (uint8_t)(port - c->ports);
}

/* The port that a process has open, or NULL. */
static inline struct proxy_port *proxy_port_of(struct proxy_core *c, const struct proxy_peer *p)
{
	return p->port ? &c->ports[p->port - 1] : NULL;
}

/* core.c: what the loop calls, in this order. */
struct proxy_core *proxy_core_new(const struct proxy_config *cfg, const struct proxy_io *io,
	void *ctx, uint32_t uid, int64_t now);
void proxy_core_free(struct proxy_core *c);
#define PROXY_POLL_MAX (PROXY_PORTS_MAX + PROXY_PEERS_MAX + PROXY_PEERS_REFUSED)
size_t proxy_core_poll(struct proxy_core *c, struct pollfd *set);
int64_t proxy_core_deadline(struct proxy_core *c);
void proxy_core_turn(struct proxy_core *c, const struct pollfd *set, int64_t now);
/* Takes fd over, whatever it returns. -EMFILE: no room, not even to say so. */
int proxy_core_accept(struct proxy_core *c, int fd, const struct proxy_cred *cred, bool allowed);
void proxy_core_stop(struct proxy_core *c, bool ordered);
bool proxy_core_ended(const struct proxy_core *c);
void proxy_log(struct proxy_core *c, enum proxy_log level, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* table.c: requests, client ids, holds. */
void proxy_tables_init(struct proxy_core *c);
struct proxy_request *proxy_request_find(struct proxy_core *c, unsigned port, unsigned service,
	unsigned client, unsigned wire);
/* *key says all but who and when.  Past the limit the oldest is forgotten. */
struct proxy_request *proxy_request_add(struct proxy_core *c, const struct proxy_request *key,
	struct proxy_peer *peer);
void proxy_request_abandon(struct proxy_core *c, struct proxy_request *r);
void proxy_request_free(struct proxy_core *c, struct proxy_request *r);
/* A request will not be answered any more; CTL transaction ids are set aside. */
void proxy_request_forget(struct proxy_core *c, struct proxy_request *r);
void proxy_request_relist(struct proxy_core *c, struct proxy_request *r, enum proxy_list list,
	int64_t deadline);
struct proxy_id *proxy_id_find(struct proxy_core *c, unsigned port, unsigned service,
	unsigned client);
struct proxy_id *proxy_id_add(struct proxy_core *c, unsigned port, unsigned service,
	unsigned client);
void proxy_id_free(struct proxy_core *c, struct proxy_id *id);
struct proxy_hold *proxy_hold_find(struct proxy_core *c, const struct proxy_id *id,
	const struct proxy_peer *peer);
int proxy_hold_add(struct proxy_core *c, struct proxy_id *id, struct proxy_peer *peer);
void proxy_hold_free(struct proxy_core *c, struct proxy_hold *h);

/* peer.c: processes. */
void proxy_peer_send(struct proxy_core *c, struct proxy_peer *p, const uint8_t *frame, size_t n);
/* As send, but may be left out where the process is slow. */
void proxy_peer_tell(struct proxy_core *c, struct proxy_peer *p, const uint8_t *frame, size_t n);
void proxy_peer_flush(struct proxy_core *c, struct proxy_peer *p);
void proxy_peer_read(struct proxy_core *c, struct proxy_peer *p);
void proxy_peer_resume(struct proxy_core *c, struct proxy_peer *p);
void proxy_peer_free(struct proxy_core *c, struct proxy_peer *p);
bool proxy_peer_finished(struct proxy_core *c, const struct proxy_peer *p);
/* An answer of the proxy itself to a request: error 0 is success; err: the errno behind it. */
void proxy_answer(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f,
	unsigned error, int err);

/* port.c: modems. */
void proxy_port_open(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f);
void proxy_port_leave(struct proxy_core *c, struct proxy_peer *p);
/* One whole frame; false: no room, try again later. */
bool proxy_port_room(const struct proxy_port *port);
/* p: whose it is; NULL: the proxy's own. */
void proxy_port_send(struct proxy_core *c, struct proxy_port *port, struct proxy_peer *p,
	const uint8_t *frame, size_t n);
void proxy_port_flush(struct proxy_core *c, struct proxy_port *port);
void proxy_port_read(struct proxy_core *c, struct proxy_port *port, short events);
void proxy_port_probed(struct proxy_core *c, struct proxy_port *port);
void proxy_port_settle(struct proxy_core *c, struct proxy_port *port);
int64_t proxy_port_deadline(const struct proxy_port *port);
void proxy_port_close(struct proxy_core *c, struct proxy_port *port, enum proxy_port_state to);

/* route.c */
enum proxy_took { TOOK, WAIT };	/* WAIT: nothing was done, try again later */
enum proxy_took proxy_from_peer(struct proxy_core *c, struct proxy_peer *p, uint8_t *frame,
	size_t n);
void proxy_from_modem(struct proxy_core *c, struct proxy_port *port, const uint8_t *frame,
	size_t n);
void proxy_expire(struct proxy_core *c);
/* May this process send another one now? */
bool proxy_window_open(struct proxy_core *c, struct proxy_peer *p);
/* Every request that waits on that port gets this error. */
void proxy_fail_requests(struct proxy_core *c, struct proxy_port *port, bool ctl_too,
	unsigned error, int err);
/* Every request of a process gets an error; what the modem says later is for nobody. */
void proxy_abort_requests(struct proxy_core *c);

/* ctl.c */
#define PROXY_CTL_ALLOCATE 0x0022
#define PROXY_CTL_RELEASE 0x0023
#define PROXY_CTL_REVOKE 0x0024
#define PROXY_CTL_SYNC 0x0027

enum proxy_took proxy_ctl_request(struct proxy_core *c, struct proxy_peer *p,
	const struct qmux_frame *f, uint8_t *frame, size_t n);
void proxy_ctl_response(struct proxy_core *c, struct proxy_port *port,
	const struct proxy_request *r, const struct qmux_frame *f, const uint8_t *frame, size_t n);
void proxy_ctl_indication(struct proxy_core *c, struct proxy_port *port,
	const struct qmux_frame *f, const uint8_t *frame, size_t n);
/* Our applets on that port, who may only be listening, learn that they listen in vain. */
void proxy_tell_lost(struct proxy_core *c, struct proxy_port *port, int err);
/* A CTL request of the proxy's own; WAIT: no transaction id is free. */
enum proxy_took proxy_ctl_send(struct proxy_core *c, struct proxy_port *port,
	struct proxy_peer *p, const struct proxy_request *key);

/* owner.c: who may use which client id. */
bool proxy_id_may(const struct proxy_core *c, const struct proxy_peer *p,
	const struct proxy_id *id);
/* 0, or the QMI error that the process gets. */
unsigned proxy_id_use(struct proxy_core *c, struct proxy_peer *p, unsigned service,
	unsigned client, uint16_t message);
unsigned proxy_id_allocated(struct proxy_core *c, struct proxy_port *port, struct proxy_peer *p,
	unsigned service, unsigned client, enum proxy_id_kind kind);
/* What the refused process is told beside the QMI error. */
int proxy_id_errno(struct proxy_core *c, struct proxy_peer *p, unsigned service,
	unsigned client, unsigned error);
void proxy_id_forget(struct proxy_core *c, struct proxy_id *id);
/* As if it had never been known, also to its holders. */
void proxy_id_erase(struct proxy_core *c, struct proxy_id *id);
void proxy_id_release(struct proxy_core *c, struct proxy_id *id);
void proxy_id_kind_set(struct proxy_core *c, struct proxy_id *id, enum proxy_id_kind kind);
/* It dies (or leaves its port): what becomes of its client ids. */
void proxy_ids_leave(struct proxy_core *c, struct proxy_peer *p);
void proxy_ids_restart(struct proxy_core *c, struct proxy_port *port);
void proxy_ids_release(struct proxy_core *c, struct proxy_port *port);
void proxy_ids_expire(struct proxy_core *c);
bool proxy_ids_held(struct proxy_core *c, struct proxy_port *port, const struct proxy_peer *but);
struct proxy_id *proxy_ids_spare(struct proxy_core *c, struct proxy_port *port, unsigned service);

/* private.c, status.c, trace.c: 0xFE00-0xFEFF. */
enum proxy_took proxy_private(struct proxy_core *c, struct proxy_peer *p,
	const struct qmux_frame *f);
void proxy_status(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f);
void proxy_trace_set(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f);
void proxy_trace(struct proxy_core *c, struct proxy_port *port, struct proxy_peer *p,
	bool to_modem, const uint8_t *frame, size_t n);

/* Begin an answer in c->frame; end and send it. */
struct qmux_buf proxy_reply(struct proxy_core *c, const struct qmux_frame *f, unsigned error);
void proxy_reply_end(struct proxy_core *c, struct proxy_peer *p, struct qmux_buf *b);

static inline bool proxy_may_see_all(const struct proxy_core *c, const struct proxy_peer *p)
{
	return p->cred.uid == 0 || p->cred.uid == c->uid;
}

#endif
