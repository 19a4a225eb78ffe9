/* port.c - modem ports: open, probe, read, write, and what happens when they go. */
#include "proxy/core.h"

#include <errno.h>
#include <stdlib.h>

#define PROBE_MESSAGE 0x0021	/* get version info: asks, changes nothing */

static unsigned qmi_error(int err)
{
	switch (err) {
	case 0:
		return 0;
	case EACCES:
	case EPERM:
		return PROXY_E_ACCESS;
	case EBUSY:
		return PROXY_E_IN_USE;
	case ENOTTY:
		return PROXY_E_UNSUPPORTED;
	case ETIMEDOUT:
		return PROXY_E_NOT_READY;
	case EMFILE:
	case ENFILE:
	case ENOMEM:
	case ENOSPC:
		return PROXY_E_RESOURCES;
	case ENAMETOOLONG:
		return PROXY_E_TOO_LONG;
	default:
		return PROXY_E_NOT_FOUND;
	}
}

static bool port_remembered(struct proxy_core *c, struct proxy_port *port)
{
	for (unsigned i = 0; i < c->ids_top; i++)
		if (c->ids[i].used && c->ids[i].port == proxy_port_index(c, port))
			return true;
	return false;
}

void proxy_port_leave(struct proxy_core *c, struct proxy_peer *p)
{
	struct proxy_port *port = proxy_port_of(c, p);

	p->port = 0;
	if (--port->peers)
		return;
	if (port->state == PORT_READY)
		port->deadline = c->now + c->cfg.port_idle_ms;
	else if (port->fd < 0 && !port_remembered(c, port))
		port->used = false;
}

/* Those whose open waits for this port get their answer: 0, or an errno. */
static void answer_opens(struct proxy_core *c, struct proxy_port *port, int err)
{
	for (unsigned i = 0; i < c->peers_top; i++) {
		struct proxy_peer *p = &c->peers[i];
		struct qmux_frame f = { .message = PROXY_MSG_OPEN };

		if (!p->used || !p->opening || proxy_port_of(c, p) != port)
			continue;
		p->opening = false;
		f.transaction = p->open_transaction;
		if (err) {
			proxy_port_leave(c, p);
			p->deadline = c->now + PROXY_OPEN_MS;
		}
		proxy_answer(c, p, &f, qmi_error(err), err);
	}
}

/*
 * Drops the descriptor and what waits for it.  The slot stays while there are
 * processes that have it open, or client ids to remember.
 */
void proxy_port_close(struct proxy_core *c, struct proxy_port *port, enum proxy_port_state to)
{
	if (port->fd >= 0)
		c->io->close_port(c->ctx, port->fd);
	port->fd = -1;
	port->state = (uint8_t)to;
	port->failed = 0;
	port->hup = false;
	port->errors_row = 0;
	proxy_queue_free(&port->out);
	free(port->in.p);
	port->in.p = NULL;
	port->in.off = port->in.len = 0;
	port->frame_at = port->rest_until = QMUX_NEVER;
}

static void start_probe(struct proxy_core *c, struct proxy_port *port)
{
	struct proxy_request key = { .kind = REQ_PROBE, .message = PROBE_MESSAGE };

	port->tries++;
	port->deadline = c->now + c->cfg.probe_ms;
	proxy_ctl_send(c, port, NULL, &key);
}

static bool same_id(const struct qmux_port_id *a, const struct qmux_port_id *b)
{
	return a->dev == b->dev && a->ino == b->ino;
}

static int start(struct proxy_core *c, struct proxy_port *port, const char *path)
{
	struct qmux_port got;
	uint8_t *buf;
	int r = c->io->open(c->ctx, &got, path);

	if (r < 0)
		return r;
	buf = malloc(PROXY_PORT_READ);
	/* Another device by now: it is the first that the process may have. */
	if (!buf || !same_id(&got.id, &port->id)) {
		r = buf ? -ENODEV : -ENOMEM;
		free(buf);
		c->io->close_port(c->ctx, got.fd);
		return r;
	}
	port->fd = got.fd;
	port->max_message = got.max_message ? got.max_message : QMUX_FRAME_MAX;
	port->stream = got.stream;
	port->in.p = buf;
	port->in.cap = PROXY_PORT_READ;
	port->in.lost = false;
	port->state = PORT_PROBING;
	port->room = true;
	port->tries = 0;
	port->opens++;
	/* A terminal or socket has its modem at the other end. */
	port->holder = port->stream ? 0 : c->io->holder(c->ctx, path, &port->id);
	proxy_log(c, PROXY_LOG_NOTE, "%s: open", path);
	if (port->holder)
		proxy_log(c, PROXY_LOG_ERROR, "%s: process %u has it open too: answers get lost",
			path, (unsigned)port->holder);
	start_probe(c, port);
	return 0;
}

void proxy_port_probed(struct proxy_core *c, struct proxy_port *port)
{
	if (port->state != PORT_PROBING)
		return;
	port->state = PORT_READY;
	port->deadline = port->peers ? QMUX_NEVER : c->now + c->cfg.port_idle_ms;
	answer_opens(c, port, 0);
}

/* Is something under way, or kept in the modem, that needs the port open? */
static bool port_needed(struct proxy_core *c, struct proxy_port *port)
{
	unsigned index = proxy_port_index(c, port);

	if (port->peers || port->releasing || port->out.len)
		return true;
	for (unsigned i = 0; i < c->ids_top; i++) {
		const struct proxy_id *id = &c->ids[i];

		if (id->used && id->port == index && id->kind >= ID_LEASED)
			return true;
	}
	return false;
}

/* Closed ports are remembered for their orphaned ids, as long as there is room. */
static struct proxy_port *free_slot(struct proxy_core *c, uint32_t uid)
{
	unsigned max = uid ? PROXY_PORTS_MAX - PROXY_PORTS_ROOT : PROXY_PORTS_MAX;
	struct proxy_port *found = NULL;

	for (unsigned i = 0; i < max; i++) {
		struct proxy_port *port = &c->ports[i];
		bool idle = port->state == PORT_READY ? !port_needed(c, port) :
			port->fd < 0 && !port->peers;

		if (!port->used)
			return port;
		if (idle && (!found || !port_remembered(c, port)))
			found = port;
	}
	if (found) {
		proxy_port_close(c, found, PORT_CLOSED);
		proxy_fail_requests(c, found, true, PROXY_E_NOT_FOUND, ENODEV);
		proxy_ids_restart(c, found);
	}
	return found;
}

static struct proxy_port *find(struct proxy_core *c, const struct qmux_port_id *id,
	const char *path, uint32_t uid)
{
	struct proxy_port *port;

	for (unsigned i = 0; i < c->ports_top; i++)
		if (c->ports[i].used && same_id(&c->ports[i].id, id))
			return &c->ports[i];
	port = free_slot(c, uid);
	if (!port)
		return NULL;
	*port = (struct proxy_port){ .used = true, .fd = -1, .pfd = -1, .id = *id,
		.deadline = QMUX_NEVER, .frame_at = QMUX_NEVER, .rest_until = QMUX_NEVER, .ctl_last = (uint8_t)c->cfg.seed };
	memcpy(port->path, path, strlen(path) + 1);
	if (c->ports_top <= proxy_port_index(c, port))
		c->ports_top = proxy_port_index(c, port) + 1u;
	return port;
}

/* The path of an open: 0 or the QMI error. */
static unsigned open_path(const struct qmux_frame *f, char path[QMUX_PATH_MAX])
{
	struct qmux_tlv tlv;
	size_t n;

	if (!qmux_tlv_find(f, 0x01, &tlv) || !tlv.len)
		return PROXY_E_MISSING;
	n = strnlen((const char *)tlv.value, tlv.len);
	if (n >= QMUX_PATH_MAX)
		return PROXY_E_TOO_LONG;
	memcpy(path, tlv.value, n);
	path[n] = 0;
	return 0;
}

/* Its port is gone, and the name stands for another device now. */
static void leave(struct proxy_core *c, struct proxy_peer *p)
{
	proxy_ids_leave(c, p);
	proxy_port_leave(c, p);
}

/* Finds or opens the port; 0 or -errno. */
static int open_for(struct proxy_core *c, struct proxy_peer *p, const char *path,
	struct proxy_port **out)
{
	struct qmux_port_id id;
	struct proxy_port *port;
	int r = c->io->identify(c->ctx, path, &p->cred, &id);

	if (r < 0)
		return r;
	port = find(c, &id, path, p->cred.uid);
	if (port && port->failed) {	/* settling it may give the slot up */
		proxy_port_settle(c, port);
		port = find(c, &id, path, p->cred.uid);
	}
	if (!port)
		return -EMFILE;
	if (p->port && proxy_port_of(c, p) != port) {
		if (proxy_port_of(c, p)->state != PORT_GONE)
			return -EISCONN;
		leave(c, p);
	}
	*out = port;
	if (port->fd >= 0)
		return 0;
	r = start(c, port, path);
	if (r < 0 && !port->peers && !port_remembered(c, port))
		port->used = false;
	return r;
}

void proxy_port_open(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f)
{
	char path[QMUX_PATH_MAX];
	struct proxy_port *port = NULL;
	unsigned error = open_path(f, path);
	int r;

	if (error) {
		proxy_answer(c, p, f, error, EINVAL);
		return;
	}
	r = open_for(c, p, path, &port);
	if (r == -EISCONN) {	/* one connection is one port */
		proxy_answer(c, p, f, PROXY_E_OPERATION, EISCONN);
		return;
	}
	if (r < 0) {
		proxy_log(c, PROXY_LOG_NOTE, "%s: cannot be opened: %s", path, strerror(-r));
		proxy_answer(c, p, f, qmi_error(-r), -r);
		return;
	}
	if (!p->port) {
		p->port = (uint8_t)(proxy_port_index(c, port) + 1);
		port->peers++;
		p->deadline = QMUX_NEVER;
	}
	if (port->state == PORT_READY) {
		port->deadline = QMUX_NEVER;
		proxy_answer(c, p, f, 0, 0);
		return;
	}
	p->opening = true;
	p->open_transaction = (uint8_t)f->transaction;
}

bool proxy_port_room(const struct proxy_port *port)
{
	return port->out.len < PROXY_PORT_HIGH;
}

void proxy_port_send(struct proxy_core *c, struct proxy_port *port, struct proxy_peer *p,
	const uint8_t *frame, size_t n)
{
	if (port->fd < 0 || port->failed)
		return;
	port->tx++;
	if (c->n_tracers || c->cfg.frame)
		proxy_trace(c, port, p, true, frame, n);
	if (proxy_queue_add(&port->out, frame, n) < 0)
		port->failed = ENOMEM;
}

static void port_error(struct proxy_port *port, int err)
{
	port->errors++;
	/* EIO and its like pass on cdc-wdm (the next call works); where they do
	   not, or where the other side of a terminal or socket went, it is gone. */
	if (err == ENODEV || err == ENXIO || err == EPIPE || err == ECONNRESET ||
		port->stream || port->hup || ++port->errors_row >= PROXY_ERRORS_MAX)
		port->failed = err;
}

/* One write() is one message, except on a stream. */
static size_t next_write(const struct proxy_port *port)
{
	if (port->stream)
		return port->out.len;
	return qmux_get16(port->out.p + port->out.off + 1) + 1u;
}

void proxy_port_flush(struct proxy_core *c, struct proxy_port *port)
{
	while (port->out.len && port->room && port->fd >= 0 && !port->failed) {
		size_t n = next_write(port);
		ssize_t sent = c->io->write(c->ctx, port->fd, port->out.p + port->out.off, n);

		if (sent == -EAGAIN || sent == -EINTR) {
			port->room = false;
			return;
		}
		if (sent < 0) {
			port_error(port, (int)-sent);
			port->room = false;
			return;
		}
		port->errors_row = 0;
		port->tx_bytes += (size_t)sent;
		/* What a message port took of a frame, it took as the whole. */
		proxy_queue_drop(&port->out, port->stream ? (size_t)sent : n);
		if ((size_t)sent < n)
			port->room = false;
	}
}

/* Do the lengths of QMUX head and SDU say the same, as far as they are there? */
static bool lengths_agree(const uint8_t *p, size_t n)
{
	size_t head = QMUX_HEAD + (n > 4 && p[4] == QMUX_CTL ? 6 : 7);

	return n < head || qmux_get16(p + head - 2) + head == qmux_get16(p + 1) + 1u;
}

/*
 * A 0x01 among junk looks like the head of a long frame, and would swallow the
 * frames that follow: what does not become whole in time was none.
 */
static void take_frames(struct proxy_core *c, struct proxy_port *port)
{
	struct qmux_stream *s = &port->in;
	const uint8_t *frame;
	bool began = port->frame_at == QMUX_NEVER;
	size_t n;

	while (!port->failed && qmux_stream_next(s, &frame, &n)) {
		port->rx++;
		began = true;
		proxy_from_modem(c, port, frame, n);
	}
	if (!s->len)
		port->frame_at = QMUX_NEVER;
	else if (began)
		port->frame_at = c->now + PROXY_FRAME_MS;
	if (s->len && !lengths_agree(s->p + s->off, s->len) &&
		port->frame_at > c->now + PROXY_DOUBT_MS)
		port->frame_at = c->now + PROXY_DOUBT_MS;
}

static void give_up_frame(struct proxy_core *c, struct proxy_port *port)
{
	port->frame_at = QMUX_NEVER;
	qmux_stream_skip(&port->in);
	take_frames(c, port);
}

void proxy_port_read(struct proxy_core *c, struct proxy_port *port, short events)
{
	size_t n;
	uint8_t *at;
	ssize_t got;

	at = qmux_stream_room(&port->in, &n);
	if (!n) {	/* cannot be: a frame fits into the buffer */
		qmux_stream_skip(&port->in);
		return;
	}
	got = c->io->read(c->ctx, port->fd, at, n);
	/*
	 * cdc-wdm tells the error of a write to the next one, and one of reading once it is through
	 * with it.  Until then poll() says POLLERR, at once and again (wdm_poll, wdm_write).
	 */
	if (got == -EAGAIN && (events & (POLLIN | POLLERR)) == POLLERR)
		port->rest_until = c->now + PROXY_REST_MS;
	if (got == -EAGAIN || got == -EINTR)
		return;
	if (got == 0) {
		/* On cdc-wdm an empty transfer; again and again: no modem, /dev/null. */
		if (port->stream || port->hup)
			port->failed = ENODEV;
		else if (++port->errors_row >= PROXY_ERRORS_MAX)
			port->failed = ENOTTY;
		return;
	}
	if (got < 0) {
		port_error(port, (int)-got);
		return;
	}
	port->errors_row = 0;
	port->rx_bytes += (size_t)got;
	qmux_stream_added(&port->in, (size_t)got);
	take_frames(c, port);
	if (port->state == PORT_PROBING && port->in.skipped > PROXY_PROBE_JUNK)
		port->failed = ENOTTY;
}

static void gone(struct proxy_core *c, struct proxy_port *port, int err)
{
	bool probing = port->state == PORT_PROBING;

	proxy_log(c, PROXY_LOG_NOTE, "%s: gone: %s", port->path, strerror(err));
	proxy_port_close(c, port, PORT_GONE);
	if (probing)
		answer_opens(c, port, err == EIO ? ENODEV : err);
	proxy_fail_requests(c, port, true, PROXY_E_NOT_FOUND, ENODEV);
	proxy_tell_lost(c, port, ENODEV);
	proxy_ids_restart(c, port);
	port->deadline = QMUX_NEVER;
	if (!port->peers)
		port->used = false;
}

static void probe_again(struct proxy_core *c, struct proxy_port *port)
{
	if (port->tries < PROXY_PROBE_TRIES) {
		start_probe(c, port);
		return;
	}
	proxy_log(c, PROXY_LOG_ERROR, "%s: the modem does not answer", port->path);
	proxy_port_close(c, port, port->peers ? PORT_GONE : PORT_CLOSED);
	answer_opens(c, port, ETIMEDOUT);
	proxy_fail_requests(c, port, true, PROXY_E_NOT_READY, ETIMEDOUT);
	port->deadline = QMUX_NEVER;
	if (!port->peers && !port_remembered(c, port))
		port->used = false;
}

/* End of a turn: failures, probes that were not answered, idle ports. */
void proxy_port_settle(struct proxy_core *c, struct proxy_port *port)
{
	if (port->failed) {
		gone(c, port, port->failed);
		return;
	}
	if (c->now >= port->frame_at && port->fd >= 0)
		give_up_frame(c, port);
	if (c->now < port->deadline)
		return;
	if (port->state == PORT_PROBING) {
		probe_again(c, port);
	} else if (port->state == PORT_READY && port_needed(c, port)) {
		port->deadline = port->peers ? QMUX_NEVER : c->now + c->cfg.port_idle_ms;
	} else if (port->state == PORT_READY) {
		proxy_log(c, PROXY_LOG_NOTE, "%s: closed, nobody uses it", port->path);
		proxy_port_close(c, port, PORT_CLOSED);
		proxy_fail_requests(c, port, true, PROXY_E_NOT_FOUND, ENODEV);
		port->deadline = QMUX_NEVER;
		if (!port_remembered(c, port))
			port->used = false;
	}
}

int64_t proxy_port_deadline(const struct proxy_port *port)
{
	int64_t at = port->frame_at < port->deadline ? port->frame_at : port->deadline;

	if (!port->used)
		return QMUX_NEVER;
	return port->rest_until < at ? port->rest_until : at;
}
