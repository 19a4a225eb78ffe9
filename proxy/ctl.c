/* ctl.c - the CTL service: transaction ids, client ids, sync. */
#include "proxy/core.h"

#include <errno.h>

#define TRANSACTION_AT 7	/* where a CTL transaction id stands in a frame */
#define TARGET_TLV 0x01		/* service, client id */

/* The oldest id whose request was forgotten; false: there is none. */
static bool take_forgotten(struct proxy_core *c, unsigned port)
{
	for (uint16_t i = c->oldest[LIST_FORGOTTEN]; i != NONE; i = c->requests[i].newer) {
		if (c->requests[i].port != port)
			continue;
		proxy_request_free(c, &c->requests[i]);
		return true;
	}
	return false;
}

/* In turn, so that an id rests as long as possible before it is used again. */
static enum proxy_took transaction(struct proxy_core *c, struct proxy_port *port, uint16_t *wire)
{
	unsigned index = proxy_port_index(c, port);
	uint8_t t = port->ctl_last;

	if (port->ctl_used >= PROXY_CTL_TRANSACTIONS && !take_forgotten(c, index))
		return WAIT;
	do {
		if (!++t)
			t = 1;
	} while (proxy_request_find(c, index, QMUX_CTL, 0, t));
	port->ctl_last = t;
	*wire = t;
	return TOOK;
}

enum proxy_took proxy_ctl_send(struct proxy_core *c, struct proxy_port *port,
	struct proxy_peer *p, const struct proxy_request *key)
{
	uint8_t bytes[32], value[2] = { key->target_service, key->target_client };
	struct qmux_buf b = qmux_buf(bytes, sizeof bytes);
	struct proxy_request r = *key;
	struct qmux_frame f = { .message = r.message };

	if (transaction(c, port, &r.wire) == WAIT)
		return WAIT;
	f.transaction = r.wire;
	qmux_frame_begin(&b, &f);
	if (r.message == PROXY_CTL_ALLOCATE)
		qmux_add_tlv(&b, TARGET_TLV, value, 1);
	if (r.message == PROXY_CTL_RELEASE)
		qmux_add_tlv(&b, TARGET_TLV, value, 2);
	r.port = proxy_port_index(c, port);
	proxy_request_add(c, &r, p);
	proxy_port_send(c, port, p, bytes, (size_t)qmux_frame_end(&b));
	return TOOK;
}

/* What kind of request is it?  An error: the process gets it. */
static unsigned classify(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f,
	struct proxy_request *key)
{
	struct qmux_tlv tlv;
	struct proxy_id *id;

	if (f->message == PROXY_CTL_SYNC)
		key->kind = REQ_SYNC;
	if (f->message >> 8 == PROXY_MSG_OPEN >> 8)	/* 16-bit services, and the unknown */
		return PROXY_E_SUPPORT;
	if (!qmux_tlv_find(f, TARGET_TLV, &tlv))
		return 0;
	if (f->message == PROXY_CTL_ALLOCATE && tlv.len >= 1) {
		key->kind = REQ_ALLOCATE;
		key->target_service = tlv.value[0];
	}
	if (f->message == PROXY_CTL_RELEASE && tlv.len >= 2) {
		key->kind = REQ_RELEASE;
		key->target_service = tlv.value[0];
		key->target_client = tlv.value[1];
		id = proxy_id_find(c, key->port, tlv.value[0], tlv.value[1]);
		if (id && !proxy_id_may(c, p, id))
			return PROXY_E_CLIENT;
	}
	return 0;
}

enum proxy_took proxy_ctl_request(struct proxy_core *c, struct proxy_peer *p,
	const struct qmux_frame *f, uint8_t *frame, size_t n)
{
	struct proxy_port *port = proxy_port_of(c, p);
	struct proxy_request key = {
		.kind = REQ_PLAIN, .port = proxy_port_index(c, port),
		.transaction = f->transaction, .message = f->message,
	};
	unsigned error = classify(c, p, f, &key);

	if (error || (key.kind == REQ_SYNC && proxy_ids_held(c, port, p))) {
		proxy_answer(c, p, f, error, error ? proxy_id_errno(c, p, key.target_service,
			key.target_client, error) : 0);
		return TOOK;
	}
	if (transaction(c, port, &key.wire) == WAIT)
		return WAIT;
	frame[TRANSACTION_AT] = (uint8_t)key.wire;
	frame[TRANSACTION_AT - 2] = 0;	/* the client id of CTL */
	proxy_request_add(c, &key, p);
	proxy_port_send(c, port, p, frame, n);
	return TOOK;
}

static void pass_on(struct proxy_core *c, struct proxy_peer *p, const struct proxy_request *r,
	const uint8_t *frame, size_t n)
{
	memcpy(c->frame, frame, n);
	c->frame[TRANSACTION_AT] = (uint8_t)r->transaction;
	proxy_peer_send(c, p, c->frame, n);
}

static void answer_lease(struct proxy_core *c, struct proxy_peer *p,
	const struct proxy_request *r, unsigned error, unsigned client)
{
	struct qmux_frame f = { .transaction = r->transaction, .message = PROXY_MSG_LEASE };
	struct qmux_buf b;
	uint8_t value[2] = { r->target_service, (uint8_t)client };

	b = proxy_reply(c, &f, error);
	if (!error)
		qmux_add_tlv(&b, TARGET_TLV, value, 2);
	proxy_reply_end(c, p, &b);
}

static enum proxy_took make_room(struct proxy_core *c, struct proxy_port *port,
	struct proxy_peer *p, const struct proxy_request *r)
{
	struct proxy_id *id = proxy_ids_spare(c, port, r->target_service);
	struct proxy_request key = {
		.kind = REQ_MAKE_ROOM, .message = PROXY_CTL_RELEASE,
		.transaction = r->transaction, .lease = r->kind == REQ_LEASE,
	};

	if (!id)
		return WAIT;
	key.target_service = id->service;
	key.target_client = id->client;
	proxy_id_kind_set(c, id, ID_RELEASING);
	id->sent = true;
	id->tries = PROXY_RELEASE_TRIES;
	return proxy_ctl_send(c, port, p, &key);
}

static void allocated(struct proxy_core *c, struct proxy_port *port, struct proxy_peer *p,
	const struct proxy_request *r, const struct qmux_frame *f, const uint8_t *frame, size_t n)
{
	bool lease = r->kind == REQ_LEASE;
	int error = qmux_frame_result(f);
	struct qmux_tlv tlv;
	unsigned client = 0;

	if (error == PROXY_E_EXHAUSTED && p && make_room(c, port, p, r) == TOOK)
		return;
	if (!error && qmux_tlv_find(f, TARGET_TLV, &tlv) && tlv.len >= 2) {
		client = tlv.value[1];
		error = (int)proxy_id_allocated(c, port, p, tlv.value[0], client,
			lease ? ID_LEASED : ID_OWNED);
		if (error && p && !lease) {
			struct qmux_frame request = { .transaction = r->transaction,
				.message = r->message };

			proxy_answer(c, p, &request, (unsigned)error, ENOSPC);
			return;
		}
	}
	if (!p)
		return;
	if (lease)
		answer_lease(c, p, r, error < 0 ? PROXY_E_INTERNAL : (unsigned)error, client);
	else
		pass_on(c, p, r, frame, n);
}

static void released(struct proxy_core *c, const struct proxy_request *r,
	const struct qmux_frame *f)
{
	struct proxy_id *id = proxy_id_find(c, r->port, r->target_service, r->target_client);
	int error = qmux_frame_result(f);

	if (!id)
		return;
	if (r->kind != REQ_RELEASE && id->kind != ID_RELEASING)
		return;		/* known anew: the modem restarted in between */
	/* Whatever a modem says to our own release, we have no use for the id. */
	if (!error || error == PROXY_E_CLIENT || r->kind != REQ_RELEASE)
		proxy_id_forget(c, id);
}

/* After MAKE_ROOM: the process's allocation once more. */
static void allocate_again(struct proxy_core *c, struct proxy_port *port, struct proxy_peer *p,
	const struct proxy_request *r)
{
	struct proxy_request key = {
		.kind = r->lease ? REQ_LEASE : REQ_ALLOCATE, .message = PROXY_CTL_ALLOCATE,
		.target_service = r->target_service, .transaction = r->transaction,
	};

	if (p)	/* the id of the release is free now: this cannot have to wait */
		proxy_ctl_send(c, port, p, &key);
}

void proxy_ctl_response(struct proxy_core *c, struct proxy_port *port,
	const struct proxy_request *r, const struct qmux_frame *f, const uint8_t *frame, size_t n)
{
	struct proxy_peer *p = r->peer == NONE ? NULL : &c->peers[r->peer];

	switch ((enum proxy_request_kind)r->kind) {
	case REQ_ALLOCATE:
	case REQ_LEASE:
		allocated(c, port, p, r, f, frame, n);
		return;
	case REQ_RECLAIM:
		released(c, r, f);
		return;
	case REQ_MAKE_ROOM:
		released(c, r, f);
		allocate_again(c, port, p, r);
		return;
	case REQ_PROBE:
		proxy_port_probed(c, port);
		return;
	case REQ_RELEASE:
		released(c, r, f);
		break;
	case REQ_SYNC:
		if (!qmux_frame_result(f))
			proxy_ids_restart(c, port);
		break;
	case REQ_PLAIN:
		break;
	}
	if (p)
		pass_on(c, p, r, frame, n);
}

static bool holds_any(const struct proxy_core *c, const struct proxy_peer *p)
{
	for (uint16_t i = p->holds; i != NONE; i = c->holds[i].next_of_peer)
		if (!c->holds[i].stale)
			return true;
	return false;
}

void proxy_tell_lost(struct proxy_core *c, struct proxy_port *port, int err)
{
	uint8_t bytes[32], value[4];
	struct qmux_buf b = qmux_buf(bytes, sizeof bytes);
	struct qmux_frame f = { .kind = QMUX_INDICATION, .message = PROXY_MSG_LOST };
	int n;

	qmux_put32(value, (uint32_t)err);
	qmux_frame_begin(&b, &f);
	qmux_add_tlv(&b, PROXY_TLV_ERRNO, value, sizeof value);
	n = qmux_frame_end(&b);
	for (unsigned i = 0; i < c->peers_top; i++) {
		struct proxy_peer *p = &c->peers[i];

		if (p->used && p->ours && proxy_port_of(c, p) == port &&
			(err == ENODEV || holds_any(c, p)))
			proxy_peer_send(c, p, bytes, (size_t)n);
	}
}

void proxy_ctl_indication(struct proxy_core *c, struct proxy_port *port,
	const struct qmux_frame *f, const uint8_t *frame, size_t n)
{
	struct proxy_id *id;
	struct qmux_tlv tlv;

	if (c->n_tracers || c->cfg.frame)
		proxy_trace(c, port, NULL, false, frame, n);
	if (f->message == PROXY_CTL_SYNC) {
		proxy_log(c, PROXY_LOG_NOTE, "%s: the modem restarted", port->path);
		port->restarts++;
		proxy_fail_requests(c, port, false, PROXY_E_CLIENT, ESTALE);
		proxy_tell_lost(c, port, ESTALE);
		proxy_ids_restart(c, port);
	}
	if (f->message == PROXY_CTL_REVOKE && qmux_tlv_find(f, TARGET_TLV, &tlv) && tlv.len >= 2) {
		id = proxy_id_find(c, proxy_port_index(c, port), tlv.value[0], tlv.value[1]);
		if (id)
			proxy_id_forget(c, id);
	}
	for (unsigned i = 0; i < c->peers_top; i++)
		if (c->peers[i].used && proxy_port_of(c, &c->peers[i]) == port)
			proxy_peer_tell(c, &c->peers[i], frame, n);
}
