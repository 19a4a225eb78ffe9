/*
 * proxy.h - the daemon that shares modem ports, and how to reach one.
 *
 * Spoken on the socket: QMUX, as libqmi's qmi-proxy does it.  What is ours
 * beyond that travels in CTL messages 0xFE00-0xFEFF (qmux/schema/ctl.qmi) and
 * in TLVs of 0xFF00 that libqmi ignores.
 *
 * Functions return 0 (or what they say) or -errno.
 */
#ifndef PROXY_H
#define PROXY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROXY_SOCKET "@qmi-proxy"	/* one NUL, then exactly those 9 bytes */
#define PROXY_SOCKET_ENV "QMITOOL_SOCKET"	/* "@name" (abstract) or "/path" */

#define PROXY_MSG_OPEN 0xff00	/* > 01 path, > e0 u8 proxy_open_flags; < e0 u8 version */
#define PROXY_TLV_OURS 0xe0
#define PROXY_TLV_ERRNO 0xe1	/* u32 errno, in errors of the proxy itself to our applets */
#define PROXY_OPEN_RELEASE 0x01	/* release my client ids when I am gone */
#define PROXY_VERSION 1		/* of the private messages */

enum proxy_message {
	PROXY_MSG_STATUS = 0xfe00,
	PROXY_MSG_TRACE = 0xfe01,
	PROXY_MSG_REAP = 0xfe02,
	PROXY_MSG_STOP = 0xfe03,
	PROXY_MSG_LEASE = 0xfe10,	/* as allocate client id, but from the pool */
	PROXY_MSG_NAME = 0xfe11,	/* keep a client id under a name */
	PROXY_MSG_FIND = 0xfe12,	/* which client id has that name? */
	PROXY_MSG_LOST = 0xfe20,	/* indication to our applets, with PROXY_TLV_ERRNO: ENODEV, the
					   port vanished; ESTALE, the modem restarted, and
					   the client ids that you hold are gone */
};

/* QMI errors that the proxy itself gives. */
enum proxy_error {
	PROXY_E_INTERNAL = 3,
	PROXY_E_ABORTED = 4,		/* the proxy ends, or the modem restarted */
	PROXY_E_EXHAUSTED = 5,
	PROXY_E_CLIENT = 7,		/* the client id is somebody else's, or gone */
	PROXY_E_MISSING = 17,
	PROXY_E_TOO_LONG = 19,		/* longer than what the port takes */
	PROXY_E_IN_USE = 23,		/* EBUSY */
	PROXY_E_UNSUPPORTED = 25,	/* not a thing that can be a port */
	PROXY_E_NOT_FOUND = 43,		/* no such port, or it vanished */
	PROXY_E_NO_ENTRY = 50,		/* no session has that name */
	PROXY_E_NOT_READY = 52,		/* the modem does not answer */
	PROXY_E_RESOURCES = 68,		/* a limit of limits.h */
	PROXY_E_OPERATION = 70,		/* a request before the open */
	PROXY_E_COMMAND = 71,		/* no such private message */
	PROXY_E_ACCESS = 82,		/* EACCES, EPERM */
	PROXY_E_SUPPORT = 94,		/* a 16-bit service on a plain QMUX port */
};

enum proxy_log { PROXY_LOG_ERROR, PROXY_LOG_NOTE, PROXY_LOG_DEBUG };

struct proxy_config {
	const char *socket;	/* NULL: proxy_socket_name() */
	int64_t empty_ms;	/* QMUX_NEVER: stays */
	int64_t allow_uid, allow_gid;	/* besides root and its own uid; -1: nobody */
	enum proxy_log level;	/* the most talkative that log is called for */
	void (*log)(void *ctx, enum proxy_log level, const char *line);
	/* Every frame, as the process sent it or gets it. */
	void (*frame)(void *ctx, bool to_modem, uint32_t pid, const uint8_t *p, size_t n);
	void *ctx;		/* of log and frame */
	/* Does this message change nothing on its client?  NULL: a short list of its own. */
	bool (*is_query)(uint8_t service, uint16_t message);
	/* A second socket, as a rule with a path: for containers.  NULL: none. */
	const char *extra_socket;
	bool inherited;		/* the socket is a service manager's: its path is not removed */
	int inherited_fd;	/* a second one of its; -1: none */
	unsigned path_mode;	/* of sockets with a path; 0: 0600, with a group 0660 */
	int64_t path_uid, path_gid;	/* their owner; -1: ours, or allow_gid */
	char *title;		/* argv of this process, which a daemon overwrites; or NULL */
	size_t title_len;
	uint32_t seed;		/* where transaction ids start; 0: chosen */
	/* 0: the default in limits.h */
	unsigned peers_max;
	int64_t probe_ms, ctl_ms, request_ms, lease_ms, port_idle_ms;
};

/* The default of everything. */
struct proxy_config proxy_config(void);

/* The environment's socket name, or PROXY_SOCKET. */
const char *proxy_socket_name(void);

/*
 * Bind and listen.  Returns the descriptor (non-blocking, close-on-exec).
 * -EADDRINUSE: somebody has it.  A path that nobody listens on any more is
 * replaced.
 */
int proxy_listen(const struct proxy_config *cfg);

/*
 * The socket that a service manager passed (LISTEN_FDS), or -ENOENT.  A second one
 * goes into cfg.  -ENOTSOCK: what it passed is not one or two listening Unix stream
 * sockets.
 */
int proxy_listen_inherited(struct proxy_config *cfg);

/*
 * Serve until nobody is left, TERM, INT, or proxy stop.  Takes listen_fd over.
 * Answers what waits before it ends.
 */
int proxy_serve(const struct proxy_config *cfg, int listen_fd);

/*
 * Become a daemon and serve on listen_fd (bound and listening).  Returns in the
 * caller, where listen_fd is closed.
 */
int proxy_spawn(const struct proxy_config *cfg, int listen_fd);

/*
 * The running proxy.  start: where there is none, start one.  Returns the
 * descriptor (non-blocking, close-on-exec).  -ECONNREFUSED: none runs (only
 * without start); -EPERM: neither root nor our uid runs it; -EAGAIN: so many
 * came and went that we gave up; -ETIMEDOUT.
 */
int proxy_connect(const struct proxy_config *cfg, bool start, int64_t deadline);

struct proxy_link {
	int fd;			/* the caller closes it; -1 on error */
	bool ours;		/* it understands the private messages */
	uint8_t version;	/* of them */
};

/*
 * Connect (starting one if need be) and open a port; flags: PROXY_OPEN_….
 * A QMI error of the answer is returned positive, unless our proxy said which
 * errno it was: -ENOENT, -EACCES, -EBUSY, -ENOTTY, -ETIMEDOUT (the modem does not
 * answer, or the deadline) and so on.  Otherwise as proxy_connect.
 */
int proxy_open_port(const struct proxy_config *cfg, const char *path, unsigned flags,
	int64_t deadline, struct proxy_link *out);

/* Close every descriptor from first on: for a process that shares nothing with who started it. */
void proxy_close_from(unsigned first);

#endif
