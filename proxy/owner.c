/*
 * owner.c - who may use which client id, and what becomes of it.
 *
 * OWNED: by a living process, perhaps shared with others.  ORPHAN: its process
 * died; whoever uses it next (same uid, or root) owns it.  LEASED: lent to a
 * process that only asks.  POOLED: back from that, idle.  NAMED: a session that
 * outlives processes.  RELEASING: on its way back to the modem.
 */
#include "proxy/core.h"

/* Messages that only ask: what a lease may send and still be handed on. */
static bool is_query(uint8_t service, uint16_t message)
{
	static const struct { uint8_t service; uint16_t message; } queries[] = {
		{ 0x02, 0x0020 }, { 0x02, 0x0021 }, { 0x02, 0x0022 }, { 0x02, 0x0023 },
		{ 0x02, 0x0024 }, { 0x02, 0x0025 }, { 0x02, 0x0026 }, { 0x02, 0x002c },
		{ 0x02, 0x002d }, { 0x02, 0x002f }, { 0x02, 0x0045 },
		{ 0x03, 0x0020 }, { 0x03, 0x0024 }, { 0x03, 0x0025 }, { 0x03, 0x0031 },
		{ 0x03, 0x0034 }, { 0x03, 0x0043 }, { 0x03, 0x004d }, { 0x03, 0x004f },
		{ 0x03, 0x00ac },
	};

	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		if (queries[i].service == service && queries[i].message == message)
			return true;
	return false;
}

bool proxy_id_may(const struct proxy_core *c, const struct proxy_peer *p,
	const struct proxy_id *id)
{
	for (uint16_t i = id->holds; i != NONE; i = c->holds[i].next_of_id)
		if (c->holds[i].peer == proxy_peer_index(c, p))
			return !c->holds[i].stale;
	if (id->gone)
		return true;
	if (id->kind == ID_RELEASING)
		return false;
	return p->cred.uid == 0 || p->cred.uid == id->uid;
}

void proxy_id_kind_set(struct proxy_core *c, struct proxy_id *id, enum proxy_id_kind kind)
{
	if (id->kind == ID_POOLED)
		c->n_pooled--;
	if (kind == ID_POOLED)
		c->n_pooled++;
	if (id->kind == ID_NAMED)
		c->names[id->name].used = false;
	id->kind = (uint8_t)kind;
	id->since = c->now;
}

static unsigned take_up(struct proxy_core *c, struct proxy_peer *p, struct proxy_id *id)
{
	if (proxy_hold_add(c, id, p))
		return PROXY_E_RESOURCES;
	if (id->gone || id->kind == ID_ORPHAN || id->kind == ID_POOLED) {
		proxy_id_kind_set(c, id, ID_OWNED);
		id->gone = id->fleeting = false;
		id->uid = p->cred.uid;
		id->pid = p->cred.pid;
	}
	if (id->kind == ID_LEASED)	/* the pool is for one borrower at a time */
		id->tainted = true;
	return 0;
}

unsigned proxy_id_use(struct proxy_core *c, struct proxy_peer *p, unsigned service,
	unsigned client, uint16_t message)
{
	struct proxy_id *id;
	struct proxy_hold *first;
	unsigned error;

	if (client == 0 || client == QMUX_CLIENT_BROADCAST)
		return PROXY_E_CLIENT;
	id = proxy_id_find(c, p->port - 1u, service, client);
	if (!id) {	/* from before this proxy: whoever uses it owns it */
		id = proxy_id_add(c, p->port - 1u, service, client);
		if (!id)
			return 0;
		id->gone = id->adopted = true;
	}
	first = id->holds == NONE ? NULL : &c->holds[id->holds];
	if (!first || first->peer != proxy_peer_index(c, p) || first->stale) {
		if (!proxy_id_may(c, p, id))
			return PROXY_E_CLIENT;
		if (!proxy_hold_find(c, id, p)) {
			error = take_up(c, p, id);
			if (error && id->holds == NONE)
				proxy_id_free(c, id);
			if (error)
				return error;
		}
	}
	if (id->kind == ID_LEASED && !id->tainted)
		id->tainted = !(c->cfg.is_query ? c->cfg.is_query : is_query)
			((uint8_t)service, message);
	return 0;
}

int proxy_id_errno(struct proxy_core *c, struct proxy_peer *p, unsigned service,
	unsigned client, unsigned error)
{
	const struct proxy_id *id = proxy_id_find(c, p->port - 1u, service, client);
	const struct proxy_hold *h = id ? proxy_hold_find(c, id, p) : NULL;

	if (error == PROXY_E_RESOURCES)
		return ENOSPC;
	if (error == PROXY_E_SUPPORT)
		return EOPNOTSUPP;
	if (h && h->stale)
		return ESTALE;
	return id ? EPERM : EINVAL;
}

/* The modem does not know it any more; its holders are told when they use it. */
void proxy_id_forget(struct proxy_core *c, struct proxy_id *id)
{
	if (id->kind == ID_RELEASING && !id->sent)
		c->ports[id->port].releasing--;
	id->sent = false;
	proxy_id_kind_set(c, id, ID_OWNED);
	id->gone = true;
	for (uint16_t i = id->holds; i != NONE; i = c->holds[i].next_of_id)
		c->holds[i].stale = true;
	if (id->holds == NONE)
		proxy_id_free(c, id);
}

void proxy_id_erase(struct proxy_core *c, struct proxy_id *id)
{
	while (id->holds != NONE)
		proxy_hold_free(c, &c->holds[id->holds]);
	proxy_id_forget(c, id);
}

void proxy_id_release(struct proxy_core *c, struct proxy_id *id)
{
	struct proxy_port *port = &c->ports[id->port];

	if (id->gone || port->fd < 0) {
		proxy_id_forget(c, id);
		return;
	}
	if (id->kind != ID_RELEASING || id->sent)
		port->releasing++;
	id->sent = false;
	proxy_id_kind_set(c, id, ID_RELEASING);
	for (uint16_t i = id->holds; i != NONE; i = c->holds[i].next_of_id)
		c->holds[i].stale = true;
}

/* An id that cannot be remembered is given back at once. */
static unsigned give_back(struct proxy_core *c, struct proxy_port *port, unsigned service,
	unsigned client)
{
	struct proxy_request key = {
		.kind = REQ_RECLAIM, .message = PROXY_CTL_RELEASE,
		.target_service = (uint8_t)service, .target_client = (uint8_t)client,
	};

	proxy_ctl_send(c, port, NULL, &key);
	return PROXY_E_RESOURCES;
}

/* A release of it that is not answered yet was of its life before. */
static void outlive_releases(struct proxy_core *c, const struct proxy_id *id)
{
	for (uint16_t i = c->oldest[LIST_CTL]; i != NONE; i = c->requests[i].newer) {
		struct proxy_request *r = &c->requests[i];

		if (r->kind == REQ_RELEASE && r->port == id->port &&
			r->target_service == id->service && r->target_client == id->client)
			r->kind = REQ_PLAIN;
	}
}

unsigned proxy_id_allocated(struct proxy_core *c, struct proxy_port *port, struct proxy_peer *p,
	unsigned service, unsigned client, enum proxy_id_kind kind)
{
	unsigned index = proxy_port_index(c, port);
	struct proxy_id *id = proxy_id_find(c, index, service, client);
	struct proxy_hold *h;

	if (id)		/* what we knew of it is no longer true */
		proxy_id_forget(c, id);
	id = proxy_id_find(c, index, service, client);
	if (!id)
		id = proxy_id_add(c, index, service, client);
	if (!id)
		return give_back(c, port, service, client);
	outlive_releases(c, id);
	id->gone = id->tainted = id->sent = id->adopted = false;
	id->tries = 0;
	proxy_id_kind_set(c, id, kind);
	if (!p || p->dead) {	/* it died while it waited */
		proxy_id_release(c, id);
		return 0;
	}
	id->fleeting = p->release;
	id->uid = p->cred.uid;
	id->pid = p->cred.pid;
	h = proxy_hold_find(c, id, p);
	if (h)
		h->stale = false;
	else if (proxy_hold_add(c, id, p)) {
		proxy_id_release(c, id);
		return PROXY_E_RESOURCES;
	}
	return 0;
}

static bool pool_has(const struct proxy_core *c, const struct proxy_id *like)
{
	for (unsigned i = 0; i < c->ids_top; i++) {
		const struct proxy_id *id = &c->ids[i];

		if (id->used && id->kind == ID_POOLED && id->port == like->port &&
			id->service == like->service)
			return true;
	}
	return false;
}

/* Its last living user has gone. */
static void orphaned(struct proxy_core *c, struct proxy_id *id, bool in_flight)
{
	switch ((enum proxy_id_kind)id->kind) {
	case ID_LEASED:
		if (!id->tainted && !in_flight && !pool_has(c, id) && c->stop_at == QMUX_NEVER)
			proxy_id_kind_set(c, id, ID_POOLED);
		else
			proxy_id_release(c, id);
		return;
	case ID_OWNED:
		if (id->fleeting)
			proxy_id_release(c, id);
		else
			proxy_id_kind_set(c, id, ID_ORPHAN);
		return;
	default:
		return;
	}
}

static bool has_live_hold(const struct proxy_core *c, const struct proxy_id *id)
{
	for (uint16_t i = id->holds; i != NONE; i = c->holds[i].next_of_id)
		if (!c->holds[i].stale)
			return true;
	return false;
}

static bool waits_on(const struct proxy_core *c, const struct proxy_peer *p,
	const struct proxy_id *id)
{
	for (uint16_t i = p->requests; i != NONE; i = c->requests[i].next_of_peer)
		if (c->requests[i].service == id->service && c->requests[i].client == id->client)
			return true;
	return false;
}

/*
 * Its own release is on its way: a second one might hit whom the modem gives that id next.
 * From now on it is ours.
 */
static bool inherit_release(struct proxy_core *c, const struct proxy_peer *p, struct proxy_id *id)
{
	for (uint16_t i = p->requests; i != NONE; i = c->requests[i].next_of_peer) {
		struct proxy_request *r = &c->requests[i];

		if (r->kind != REQ_RELEASE || r->target_service != id->service ||
			r->target_client != id->client)
			continue;
		r->kind = REQ_RECLAIM;
		proxy_id_kind_set(c, id, ID_RELEASING);
		id->sent = true;
		return true;
	}
	return false;
}

void proxy_ids_leave(struct proxy_core *c, struct proxy_peer *p)
{
	while (p->holds != NONE) {
		struct proxy_hold *h = &c->holds[p->holds];
		struct proxy_id *id = &c->ids[h->id];
		bool stale = h->stale;

		proxy_hold_free(c, h);
		if (id->gone && id->holds == NONE)
			proxy_id_free(c, id);
		else if (!stale && !has_live_hold(c, id) && !inherit_release(c, p, id))
			orphaned(c, id, waits_on(c, p, id));
	}
}

void proxy_ids_restart(struct proxy_core *c, struct proxy_port *port)
{
	unsigned index = proxy_port_index(c, port);

	port->restarted = c->now;
	for (unsigned i = 0; i < c->ids_top; i++)
		if (c->ids[i].used && c->ids[i].port == index)
			proxy_id_forget(c, &c->ids[i]);
}

/* Sends the releases that wait, as far as transaction ids go. */
void proxy_ids_release(struct proxy_core *c, struct proxy_port *port)
{
	unsigned index = proxy_port_index(c, port);

	for (unsigned i = 0; i < c->ids_top && port->releasing; i++) {
		struct proxy_id *id = &c->ids[i];
		struct proxy_request key = {
			.kind = REQ_RECLAIM, .message = PROXY_CTL_RELEASE,
			.target_service = id->service, .target_client = id->client,
		};

		if (!id->used || id->port != index || id->kind != ID_RELEASING || id->sent)
			continue;
		if (!proxy_port_room(port) || proxy_ctl_send(c, port, NULL, &key) == WAIT)
			return;
		id->sent = true;
		port->releasing--;
	}
}

void proxy_ids_expire(struct proxy_core *c)
{
	for (unsigned i = 0; i < c->ids_top && c->n_pooled; i++) {
		struct proxy_id *id = &c->ids[i];

		if (id->used && id->kind == ID_POOLED &&
			(c->now - id->since >= c->cfg.lease_ms || c->stop_at != QMUX_NEVER))
			proxy_id_release(c, id);
	}
}

/* Would a sync hurt somebody besides that process? */
bool proxy_ids_held(struct proxy_core *c, struct proxy_port *port, const struct proxy_peer *but)
{
	unsigned index = proxy_port_index(c, port);
	uint16_t self = proxy_peer_index(c, but);

	for (unsigned i = 0; i < c->ids_top; i++) {
		const struct proxy_id *id = &c->ids[i];

		if (!id->used || id->port != index || id->gone)
			continue;
		if (id->kind == ID_ORPHAN || id->kind == ID_NAMED)
			return true;
		for (uint16_t k = id->holds; k != NONE; k = c->holds[k].next_of_id)
			if (!c->holds[k].stale && c->holds[k].peer != self)
				return true;
	}
	for (uint16_t i = c->oldest[LIST_CTL]; i != NONE; i = c->requests[i].newer) {
		const struct proxy_request *r = &c->requests[i];

		if (r->port == index && r->peer != NONE && r->peer != self &&
			(r->kind == REQ_ALLOCATE || r->kind == REQ_LEASE || r->kind == REQ_MAKE_ROOM))
			return true;
	}
	return false;
}

/* An id of that service that can be given back: from the pool, or the oldest orphan. */
struct proxy_id *proxy_ids_spare(struct proxy_core *c, struct proxy_port *port, unsigned service)
{
	unsigned index = proxy_port_index(c, port);
	struct proxy_id *found = NULL;

	for (unsigned i = 0; i < c->ids_top; i++) {
		struct proxy_id *id = &c->ids[i];

		if (!id->used || id->port != index || id->service != service)
			continue;
		if (id->kind == ID_POOLED)
			return id;
		if (id->kind == ID_ORPHAN && (!found || id->since < found->since))
			found = id;
	}
	return found;
}
