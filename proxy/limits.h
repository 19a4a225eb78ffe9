/*
 * limits.h - every limit of the proxy, and what happens past it.
 *
 * Times are milliseconds.  Those that struct proxy_config has a field for are
 * its defaults.
 */
#ifndef PROXY_LIMITS_H
#define PROXY_LIMITS_H

/* How many. */
#define PROXY_PORTS_MAX 16	/* the open gets InsufficientResources */
#define PROXY_PEERS_MAX 1024	/* served at once; past it an open gets InsufficientResources */
#define PROXY_PEERS_ROOT 64	/* of these, kept for root; half of them where they are fewer */
#define PROXY_PEERS_MIN 8	/* as many even where descriptors are short (RLIMIT_NOFILE) */
#define PROXY_FDS_OWN 16	/* descriptors kept for the rest: sockets, stdio, /proc */
#define PROXY_PEERS_UID 512	/* of one uid other than root; past it as above */
#define PROXY_PEERS_REFUSED 32	/* being told so; past it they are closed without a word */
#define PROXY_REQUESTS_MAX 8192	/* waiting for an answer; past it the oldest is forgotten.
				   More than all CTL transaction ids of all ports */
#define PROXY_PEER_REQUESTS 64	/* of one process; past it its oldest is forgotten */
#define PROXY_WINDOW 16		/* of one process, recent; past it it is not read */
#define PROXY_IDS_MAX 2048	/* client ids known; past it an allocation is undone and fails
				   (InsufficientResources), other ids pass unowned */
#define PROXY_HOLDS_MAX 4096	/* processes using them, each counted; past it as above */
#define PROXY_NAMED_MAX 32	/* named sessions; past it InsufficientResources */
#define PROXY_PORTS_ROOT 4	/* of the ports, kept for root's opens */
#define PROXY_HOLDS_ROOT 512	/* of the uses, kept for root's */
#define PROXY_NAMED_ROOT 8	/* of the named sessions, kept for root's */
#define PROXY_NAME_MAX 32	/* bytes of a session's name; past it ArgumentTooLong */
#define PROXY_NOTE_MAX 64	/* bytes kept with a name; past it ArgumentTooLong */
#define PROXY_TURN_FRAMES 32	/* of one process in one turn of the loop; the rest next turn */
#define PROXY_ACCEPT_TURN 16	/* connections accepted in one turn; the rest next turn */
#define PROXY_STATUS_ROWS 256	/* processes or client ids in one status answer; it says how
				   many it left out */

/* How many bytes. */
#define PROXY_PEER_READ 65536	/* read from a process at once */
#define PROXY_PEER_LOW (64 * 1024)	/* waiting for a process: past it it is not read, and
					   indications and trace events for it are dropped, counted */
#define PROXY_PEER_HIGH (256 * 1024)	/* past it the process is dropped */
#define PROXY_UID_BYTES (8 * 1024 * 1024)	/* waiting for and from all processes of one uid
						   other than root: the process that passes it is dropped */
#define PROXY_PORT_HIGH (16 * 1024)	/* waiting for a modem: past it nobody is read for it */
#define PROXY_PORT_READ 65536	/* read from a modem at once */

/* How long. */
#define PROXY_EMPTY_MS 30000	/* the proxy leaves this long after the last process */
#define PROXY_PROBE_MS 1500	/* a modem's first answer; then it is asked again */
#define PROXY_PROBE_JUNK (128 * 1024)	/* bytes that are no frame, before the first that is
					   one: not a modem, the open gets DeviceUnsupported */
#define PROXY_PROBE_TRIES 3	/* so often; then the open gets DeviceNotReady */
#define PROXY_CTL_MS 30000	/* a CTL request without answer is forgotten */
#define PROXY_REQUEST_MS 600000	/* any other (a network scan takes minutes) */
#define PROXY_QUARANTINE_MS 60000	/* a forgotten CTL transaction id is not used again,
					   unless no other is left */
#define PROXY_WINDOW_MS 2000	/* a request counts as recent */
#define PROXY_LEASE_MS 5000	/* an idle client id waits for the next lease; then it is released */
#define PROXY_RELEASE_TRIES 2	/* releases without an answer; then the id is forgotten */
#define PROXY_PORT_IDLE_MS 10000	/* a port that nobody uses is closed */
#define PROXY_OPEN_MS 60000	/* a process that opens no port is dropped */
#define PROXY_REFUSED_MS 5000	/* one that is told that it may not, or over a limit, too */
#define PROXY_LINGER_MS 30000	/* one that has closed its sending side gets its answers until then */
#define PROXY_STOP_MS 1000	/* an ordered end waits for the modem to take back ids */
#define PROXY_ACCEPT_PAUSE_MS 500	/* no descriptors are left: no accept until then */
#define PROXY_REST_MS 20	/* a modem port that has an error to tell, but not yet: not asked until then */
#define PROXY_FRAME_MS 2000	/* the rest of a frame that a modem began; then it was none */
#define PROXY_DOUBT_MS 50	/* the same where its lengths do not agree: junk before it */
#define PROXY_ERRORS_MAX 32	/* errors of a port in a row; then it is taken for gone */

#define PROXY_CTL_TRANSACTIONS 255	/* 1 to 255; past it, requests wait their turn */

/* A client that finds no proxy, or one that is leaving. */
#define PROXY_START_TRIES 20	/* then -EAGAIN */

#endif
