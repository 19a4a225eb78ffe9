/* peer.c - processes: what they send, what waits for them, when they go. */
#include "proxy/core.h"

#include <errno.h>

/* May the processes of this one's uid have n more bytes waiting? */
static bool uid_has_room(const struct proxy_core *c, const struct proxy_peer *p, size_t n)
{
	size_t sum = n;

	if (p->cred.uid == 0)
		return true;
	for (unsigned i = 0; i < c->peers_top; i++) {
		const struct proxy_peer *q = &c->peers[i];

		if (q->used && q->cred.uid == p->cred.uid)
			sum += q->in.len + q->out.len;
	}
	return sum <= PROXY_UID_BYTES;
}

static void drop(struct proxy_core *c, struct proxy_peer *p, const char *why)
{
	if (p->dead)
		return;
	p->dead = true;
	proxy_log(c, PROXY_LOG_NOTE, "process %u is dropped: %s", (unsigned)p->cred.pid, why);
}

static void keep_out(struct proxy_core *c, struct proxy_peer *p, const uint8_t *q, size_t n)
{
	if (p->out.len + n > PROXY_PEER_HIGH || !uid_has_room(c, p, n)) {
		c->slow_dropped++;
		drop(c, p, "it does not read");
	} else if (proxy_queue_add(&p->out, q, n) < 0) {
		drop(c, p, "no memory");
	}
}

void proxy_peer_send(struct proxy_core *c, struct proxy_peer *p, const uint8_t *frame, size_t n)
{
	ssize_t sent = 0;

	if (p->dead || p->deaf)
		return;
	p->tx++;
	if (!p->out.len) {
		sent = c->io->send(c->ctx, p->fd, frame, n);
		if (sent == -EAGAIN || sent == -EINTR)
			sent = 0;
		if (sent < 0) {
			p->deaf = true;
			return;
		}
	}
	if ((size_t)sent < n)
		keep_out(c, p, frame + sent, n - (size_t)sent);
}

void proxy_peer_tell(struct proxy_core *c, struct proxy_peer *p, const uint8_t *frame, size_t n)
{
	if (p->out.len > PROXY_PEER_LOW)
		p->dropped++;
	else
		proxy_peer_send(c, p, frame, n);
}

void proxy_peer_flush(struct proxy_core *c, struct proxy_peer *p)
{
	ssize_t sent;

	if (!p->out.len || p->dead)
		return;
	sent = p->deaf ? -EPIPE : c->io->send(c->ctx, p->fd, p->out.p + p->out.off, p->out.len);
	if (sent == -EAGAIN || sent == -EINTR)
		return;
	if (sent < 0) {
		p->deaf = true;
		proxy_queue_free(&p->out);
	} else {
		proxy_queue_drop(&p->out, (size_t)sent);
	}
}

struct qmux_buf proxy_reply(struct proxy_core *c, const struct qmux_frame *f, unsigned error)
{
	struct qmux_buf b = qmux_buf(c->frame, sizeof c->frame);
	struct qmux_frame head = *f;

	head.kind = QMUX_RESPONSE;
	qmux_frame_begin(&b, &head);
	qmux_add_result(&b, error);
	return b;
}

void proxy_reply_end(struct proxy_core *c, struct proxy_peer *p, struct qmux_buf *b)
{
	int n = qmux_frame_end(b);

	if (n > 0)
		proxy_peer_send(c, p, c->frame, (size_t)n);
}

void proxy_answer(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f,
	unsigned error, int err)
{
	struct qmux_buf b = proxy_reply(c, f, error);
	uint8_t value[4] = { PROXY_VERSION };

	if (p->ours && f->service == QMUX_CTL && f->message == PROXY_MSG_OPEN)
		qmux_add_tlv(&b, PROXY_TLV_OURS, value, 1);
	if (p->ours && err) {
		qmux_put32(value, (uint32_t)err);
		qmux_add_tlv(&b, PROXY_TLV_ERRNO, value, sizeof value);
	}
	proxy_reply_end(c, p, &b);
}

/* Handles whole frames; returns how many bytes are done with. */
static size_t handle(struct proxy_core *c, struct proxy_peer *p, uint8_t *q, size_t n)
{
	size_t done = 0;
	unsigned frames = 0;

	p->stalled = false;
	p->wake = QMUX_NEVER;
	while (done < n && !p->dead) {
		int need = qmux_frame_length(q + done, n - done);

		if (need < 0) {
			c->framing_errors++;
			drop(c, p, "it does not speak QMUX");
			return n;
		}
		if (!need || n - done < (size_t)need)
			return done;
		if (frames++ == PROXY_TURN_FRAMES) {
			p->stalled = c->again = true;
			return done;
		}
		if (p->out.len > PROXY_PEER_LOW ||
			proxy_from_peer(c, p, q + done, (size_t)need) == WAIT) {
			p->stalled = true;
			return done;
		}
		p->rx++;
		done += (size_t)need;
	}
	return done;
}

void proxy_peer_resume(struct proxy_core *c, struct proxy_peer *p)
{
	size_t done = handle(c, p, p->in.p + p->in.off, p->in.len);

	if (done)
		proxy_queue_drop(&p->in, done);
}

static void keep_in(struct proxy_core *c, struct proxy_peer *p, const uint8_t *q, size_t n)
{
	if (!uid_has_room(c, p, n))
		drop(c, p, "its user has too much waiting");
	else if (proxy_queue_add(&p->in, q, n) < 0)
		drop(c, p, "no memory");
}

/* No more than the rest of the frame that has begun, so that a process has at
   most that frame waiting, or what one read gave. */
static size_t wanted(const struct proxy_peer *p)
{
	int need;

	if (!p->in.len)
		return PROXY_PEER_READ;
	need = qmux_frame_length(p->in.p + p->in.off, p->in.len);
	return (need > 0 ? (size_t)need : QMUX_FRAME_MIN) - p->in.len;
}

void proxy_peer_read(struct proxy_core *c, struct proxy_peer *p)
{
	ssize_t got = c->io->read(c->ctx, p->fd, c->buf, wanted(p));
	size_t n, done;

	if (got == -EAGAIN || got == -EINTR)
		return;
	if (got <= 0) {
		p->eof = true;
		p->deaf = p->deaf || got < 0;
		p->deadline = c->now + PROXY_LINGER_MS;
		return;
	}
	n = (size_t)got;
	if (p->in.len) {
		keep_in(c, p, c->buf, n);
		if (!p->dead)
			proxy_peer_resume(c, p);
		return;
	}
	done = handle(c, p, c->buf, n);
	if (done < n && !p->dead)
		keep_in(c, p, c->buf + done, n - done);
}

bool proxy_peer_finished(struct proxy_core *c, const struct proxy_peer *p)
{
	if (p->dead)
		return true;
	if (p->refused && p->rx && !p->out.len)
		return true;
	if (c->now >= p->deadline)
		return true;
	return p->eof && !p->stalled &&
		(p->deaf || (!p->n_requests && !p->out.len && !p->opening));
}

/* Closes it; its requests and client ids are dealt with, its slot is free. */
void proxy_peer_free(struct proxy_core *c, struct proxy_peer *p)
{
	proxy_ids_leave(c, p);
	while (p->requests != NONE)
		proxy_request_abandon(c, &c->requests[p->requests]);
	if (p->port)
		proxy_port_leave(c, p);
	if (p->trace.on)
		c->n_tracers--;
	if (p->refused)
		c->n_refused--;
	else
		c->n_peers--;
	c->io->close(c->ctx, p->fd);
	proxy_queue_free(&p->in);
	proxy_queue_free(&p->out);
	p->used = false;
	while (c->peers_top && !c->peers[c->peers_top - 1].used)
		c->peers_top--;
}
