/* route.c - which way a frame goes. */
#include "proxy/core.h"

#include <errno.h>

#define TRANSACTION_AT 7	/* where the transaction id stands in a frame */

bool proxy_window_open(struct proxy_core *c, struct proxy_peer *p)
{
	uint16_t i = p->requests;

	if (p->n_requests < PROXY_WINDOW)
		return true;
	for (unsigned k = 1; k < PROXY_WINDOW; k++)
		i = c->requests[i].next_of_peer;
	p->wake = c->requests[i].sent + PROXY_WINDOW_MS;
	return p->wake <= c->now;
}

/* Two processes that share a client id may use one transaction id. */
static uint16_t free_transaction(struct proxy_core *c, unsigned port, const struct qmux_frame *f)
{
	uint16_t wire = f->transaction;

	while (proxy_request_find(c, port, f->service, f->client, wire))
		wire = wire == f->transaction ? UINT16_MAX : (uint16_t)(wire - 1);
	return wire;
}

static enum proxy_took service_request(struct proxy_core *c, struct proxy_peer *p,
	const struct qmux_frame *f, uint8_t *frame, size_t n)
{
	struct proxy_port *port = proxy_port_of(c, p);
	unsigned error = proxy_id_use(c, p, f->service, f->client, f->message);
	struct proxy_request key = {
		.kind = REQ_PLAIN, .port = proxy_port_index(c, port),
		.service = (uint8_t)f->service, .client = f->client,
		.transaction = f->transaction, .message = f->message,
	};

	if (error) {
		proxy_answer(c, p, f, error, proxy_id_errno(c, p, f->service, f->client, error));
		return TOOK;
	}
	key.wire = free_transaction(c, key.port, f);
	if (key.wire != f->transaction)
		qmux_put16(frame + TRANSACTION_AT, key.wire);
	proxy_request_add(c, &key, p);
	proxy_port_send(c, port, p, frame, n);
	return TOOK;
}

/* What can be told without a port, or of one that cannot take it: true. */
static bool answered_here(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f,
	size_t n)
{
	struct proxy_port *port = proxy_port_of(c, p);

	if (f->marker == QMUX_MARKER_EXT)
		proxy_answer(c, p, f, PROXY_E_SUPPORT, EOPNOTSUPP);
	else if (p->refused)
		proxy_answer(c, p, f, p->refused == EACCES ? PROXY_E_ACCESS : PROXY_E_RESOURCES,
			p->refused);
	else if (c->stop_at != QMUX_NEVER)
		proxy_answer(c, p, f, PROXY_E_ABORTED, ECANCELED);
	else if (f->service == QMUX_CTL && f->message == PROXY_MSG_OPEN)
		proxy_port_open(c, p, f);
	else if (!port)
		proxy_answer(c, p, f, PROXY_E_OPERATION, ENOTCONN);
	else if (port->fd < 0 || port->failed)
		proxy_answer(c, p, f, PROXY_E_NOT_FOUND, ENODEV);
	else if (n > port->max_message)
		proxy_answer(c, p, f, PROXY_E_TOO_LONG, EMSGSIZE);
	else
		return false;
	return true;
}

static void open_flags(struct proxy_peer *p, const struct qmux_frame *f)
{
	struct qmux_tlv tlv;

	if (qmux_tlv_find(f, PROXY_TLV_OURS, &tlv) && tlv.len) {
		p->ours = true;
		p->release = tlv.value[0] & PROXY_OPEN_RELEASE;
	}
}

enum proxy_took proxy_from_peer(struct proxy_core *c, struct proxy_peer *p, uint8_t *frame,
	size_t n)
{
	struct qmux_frame f;
	bool ctl;

	if (qmux_frame_parse(&f, frame, n) < 0) {
		c->framing_errors++;
		p->dead = true;
		return TOOK;
	}
	if (p->opening)
		return WAIT;
	if (f.kind != QMUX_REQUEST) {
		c->framing_errors++;
		return TOOK;
	}
	ctl = f.service == QMUX_CTL && f.marker == QMUX_MARKER;
	if (ctl && f.message == PROXY_MSG_OPEN)
		open_flags(p, &f);
	if (ctl && f.message >> 8 == PROXY_MSG_STATUS >> 8 && !p->refused)
		return proxy_private(c, p, &f);
	if (answered_here(c, p, &f, n))
		return TOOK;
	if (!proxy_port_room(proxy_port_of(c, p)) || !proxy_window_open(c, p))
		return WAIT;
	return ctl ? proxy_ctl_request(c, p, &f, frame, n) : service_request(c, p, &f, frame, n);
}

static void response(struct proxy_core *c, struct proxy_port *port, const struct qmux_frame *f,
	const uint8_t *frame, size_t n)
{
	struct proxy_request *found = proxy_request_find(c, proxy_port_index(c, port), f->service,
		f->client, f->transaction);
	struct proxy_request r;
	struct proxy_peer *p;
	struct proxy_id *id;

	if (!found || found->message != f->message) {
		port->unmatched++;
		if (c->n_tracers || c->cfg.frame)
			proxy_trace(c, port, NULL, false, frame, n);
		return;
	}
	r = *found;
	proxy_request_free(c, found);
	p = r.peer == NONE ? NULL : &c->peers[r.peer];
	if (c->n_tracers || c->cfg.frame)
		proxy_trace(c, port, p, false, frame, n);
	if (f->service == QMUX_CTL) {
		proxy_ctl_response(c, port, &r, f, frame, n);
		return;
	}
	/* A guess at an id that is nobody's must not cost memory for ever. */
	id = proxy_id_find(c, r.port, f->service, f->client);
	if (id && id->adopted && qmux_frame_result(f) == PROXY_E_CLIENT)
		proxy_id_erase(c, id);
	if (!p)
		return;
	if (r.wire != r.transaction) {
		memcpy(c->frame, frame, n);
		qmux_put16(c->frame + TRANSACTION_AT, r.transaction);
		frame = c->frame;
	}
	proxy_peer_send(c, p, frame, n);
}

/* To everybody who holds a client id of that service, once. */
static void broadcast(struct proxy_core *c, struct proxy_port *port, unsigned service,
	const uint8_t *frame, size_t n)
{
	for (unsigned i = 0; i < c->peers_top; i++) {
		struct proxy_peer *p = &c->peers[i];

		if (!p->used || proxy_port_of(c, p) != port)
			continue;
		for (uint16_t k = p->holds; k != NONE; k = c->holds[k].next_of_peer) {
			if (c->holds[k].stale || c->ids[c->holds[k].id].service != service)
				continue;
			proxy_peer_tell(c, p, frame, n);
			break;
		}
	}
}

static void indication(struct proxy_core *c, struct proxy_port *port, const struct qmux_frame *f,
	const uint8_t *frame, size_t n)
{
	struct proxy_id *id = proxy_id_find(c, proxy_port_index(c, port), f->service, f->client);

	if (c->n_tracers || c->cfg.frame)
		proxy_trace(c, port, id && id->holds != NONE ?
			&c->peers[c->holds[id->holds].peer] : NULL, false, frame, n);
	if (f->client == QMUX_CLIENT_BROADCAST) {
		broadcast(c, port, f->service, frame, n);
		return;
	}
	if (!id || id->holds == NONE) {
		port->unmatched++;
		return;
	}
	for (uint16_t i = id->holds; i != NONE; i = c->holds[i].next_of_id)
		if (!c->holds[i].stale)
			proxy_peer_tell(c, &c->peers[c->holds[i].peer], frame, n);
}

void proxy_from_modem(struct proxy_core *c, struct proxy_port *port, const uint8_t *frame,
	size_t n)
{
	struct qmux_frame f;

	if (qmux_frame_parse(&f, frame, n) < 0 || f.marker != QMUX_MARKER) {
		port->errors++;
		return;
	}
	if (f.kind == QMUX_RESPONSE)
		response(c, port, &f, frame, n);
	else if (f.kind == QMUX_REQUEST)
		port->unmatched++;
	else if (f.service == QMUX_CTL)
		proxy_ctl_indication(c, port, &f, frame, n);
	else
		indication(c, port, &f, frame, n);
}

/* A CTL request that was not answered: what hangs on it. */
static void ctl_expired(struct proxy_core *c, struct proxy_request *r)
{
	struct proxy_id *id;

	c->ports[r->port].forgotten++;
	if (r->kind != REQ_RECLAIM && r->kind != REQ_MAKE_ROOM)
		return;
	id = proxy_id_find(c, r->port, r->target_service, r->target_client);
	if (!id || id->kind != ID_RELEASING)
		return;
	if (++id->tries < PROXY_RELEASE_TRIES)
		proxy_id_release(c, id);
	else
		proxy_id_forget(c, id);
}

void proxy_expire(struct proxy_core *c)
{
	for (unsigned list = 0; list < LISTS; list++) {
		while (c->oldest[list] != NONE) {
			struct proxy_request *r = &c->requests[c->oldest[list]];

			if (c->now < r->deadline)
				break;
			if (list == LIST_CTL)
				ctl_expired(c, r);
			else if (list == LIST_OTHER)
				c->ports[r->port].forgotten++;
			if (list == LIST_FORGOTTEN)
				proxy_request_free(c, r);
			else
				proxy_request_forget(c, r);
		}
	}
}

/* Whoever waits for it gets this error instead of an answer. */
static void fail(struct proxy_core *c, const struct proxy_request *r, unsigned error, int err)
{
	struct qmux_frame f = { .service = r->service, .client = r->client,
		.transaction = r->transaction, .message = r->message };

	if (r->peer == NONE)
		return;
	if (r->kind == REQ_LEASE || (r->kind == REQ_MAKE_ROOM && r->lease))
		f.message = PROXY_MSG_LEASE;
	else if (r->kind == REQ_MAKE_ROOM)
		f.message = PROXY_CTL_ALLOCATE;
	proxy_answer(c, &c->peers[r->peer], &f, error, err);
}

void proxy_fail_requests(struct proxy_core *c, struct proxy_port *port, bool ctl_too,
	unsigned error, int err)
{
	for (unsigned i = 0; i < c->requests_top; i++) {
		struct proxy_request *r = &c->requests[i];

		if (!r->used || r->port != proxy_port_index(c, port))
			continue;
		if (r->service == QMUX_CTL && !ctl_too)
			continue;
		fail(c, r, error, err);
		proxy_request_free(c, r);
	}
}

void proxy_abort_requests(struct proxy_core *c)
{
	for (unsigned i = 0; i < c->requests_top; i++) {
		struct proxy_request *r = &c->requests[i];

		if (!r->used)
			continue;
		fail(c, r, PROXY_E_ABORTED, ECANCELED);
		proxy_request_abandon(c, r);
	}
}
