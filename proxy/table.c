/* table.c - requests, client ids and holds: slots, hash chains, lists. */
#include "proxy/core.h"

void proxy_tables_init(struct proxy_core *c)
{
	memset(c->request_hash, 0xff, sizeof c->request_hash);
	memset(c->id_hash, 0xff, sizeof c->id_hash);
	c->free_request = c->free_id = c->free_hold = NONE;
	for (unsigned i = 0; i < LISTS; i++)
		c->oldest[i] = c->newest[i] = NONE;
}

static uint16_t *request_chain(struct proxy_core *c, unsigned port, unsigned service,
	unsigned client, unsigned wire)
{
	unsigned h = service * 131 + client * 31 + wire + port * 577;

	return &c->request_hash[h & (PROXY_HASH - 1)];
}

struct proxy_request *proxy_request_find(struct proxy_core *c, unsigned port, unsigned service,
	unsigned client, unsigned wire)
{
	uint16_t i = *request_chain(c, port, service, client, wire);

	for (; i != NONE; i = c->requests[i].next_of_hash) {
		struct proxy_request *r = &c->requests[i];

		if (r->wire == wire && r->client == client && r->service == service &&
			r->port == port)
			return r;
	}
	return NULL;
}

static void list_remove(struct proxy_core *c, struct proxy_request *r)
{
	if (r->older != NONE)
		c->requests[r->older].newer = r->newer;
	else
		c->oldest[r->list] = r->newer;
	if (r->newer != NONE)
		c->requests[r->newer].older = r->older;
	else
		c->newest[r->list] = r->older;
}

static void list_add(struct proxy_core *c, struct proxy_request *r, enum proxy_list list)
{
	uint16_t self = (uint16_t)(r - c->requests);

	r->list = (uint8_t)list;
	r->newer = NONE;
	r->older = c->newest[list];
	if (r->older != NONE)
		c->requests[r->older].newer = self;
	else
		c->oldest[list] = self;
	c->newest[list] = self;
}

void proxy_request_relist(struct proxy_core *c, struct proxy_request *r, enum proxy_list list,
	int64_t deadline)
{
	list_remove(c, r);
	list_add(c, r, list);
	r->deadline = deadline;
}

static void peer_link(struct proxy_core *c, struct proxy_request *r, struct proxy_peer *p)
{
	uint16_t self = (uint16_t)(r - c->requests);

	r->peer = proxy_peer_index(c, p);
	r->prev_of_peer = NONE;
	r->next_of_peer = p->requests;
	if (p->requests != NONE)
		c->requests[p->requests].prev_of_peer = self;
	p->requests = self;
	p->n_requests++;
}

void proxy_request_abandon(struct proxy_core *c, struct proxy_request *r)
{
	struct proxy_peer *p;

	if (r->peer == NONE)
		return;
	p = &c->peers[r->peer];
	if (r->prev_of_peer != NONE)
		c->requests[r->prev_of_peer].next_of_peer = r->next_of_peer;
	else
		p->requests = r->next_of_peer;
	if (r->next_of_peer != NONE)
		c->requests[r->next_of_peer].prev_of_peer = r->prev_of_peer;
	p->n_requests--;
	r->peer = NONE;
}

void proxy_request_free(struct proxy_core *c, struct proxy_request *r)
{
	uint16_t *at = request_chain(c, r->port, r->service, r->client, r->wire);
	uint16_t self = (uint16_t)(r - c->requests);

	while (*at != self)
		at = &c->requests[*at].next_of_hash;
	*at = r->next_of_hash;
	list_remove(c, r);
	proxy_request_abandon(c, r);
	if (r->service == QMUX_CTL)
		c->ports[r->port].ctl_used--;
	c->n_requests--;
	r->used = false;
	r->next_of_hash = c->free_request;
	c->free_request = self;
}

void proxy_request_forget(struct proxy_core *c, struct proxy_request *r)
{
	if (r->service != QMUX_CTL) {
		proxy_request_free(c, r);
		return;
	}
	proxy_request_abandon(c, r);
	if (!r->forgotten)
		proxy_request_relist(c, r, LIST_FORGOTTEN, c->now + PROXY_QUARANTINE_MS);
	r->forgotten = true;
}

static void forget_oldest(struct proxy_core *c, const struct proxy_peer *p)
{
	uint16_t i = p->requests;

	while (c->requests[i].next_of_peer != NONE)
		i = c->requests[i].next_of_peer;
	proxy_request_forget(c, &c->requests[i]);
}

struct proxy_request *proxy_request_add(struct proxy_core *c, const struct proxy_request *key,
	struct proxy_peer *peer)
{
	struct proxy_request *r;
	uint16_t *chain, self;
	bool ctl = key->service == QMUX_CTL;

	if (c->free_request != NONE) {
		self = c->free_request;
		c->free_request = c->requests[self].next_of_hash;
	} else if (c->requests_top < PROXY_REQUESTS_MAX) {
		self = c->requests_top++;
	} else {
		proxy_request_free(c, &c->requests[c->oldest[LIST_OTHER]]);
		self = c->free_request;
		c->free_request = c->requests[self].next_of_hash;
	}
	r = &c->requests[self];
	*r = *key;
	r->used = true;
	r->peer = NONE;
	r->sent = c->now;
	r->deadline = c->now + (ctl ? c->cfg.ctl_ms : c->cfg.request_ms);
	chain = request_chain(c, r->port, r->service, r->client, r->wire);
	r->next_of_hash = *chain;
	*chain = self;
	list_add(c, r, ctl ? LIST_CTL : LIST_OTHER);
	if (peer && peer->n_requests >= PROXY_PEER_REQUESTS)
		forget_oldest(c, peer);
	if (peer)
		peer_link(c, r, peer);
	if (ctl)
		c->ports[r->port].ctl_used++;
	c->n_requests++;
	return r;
}

static uint16_t *id_chain(struct proxy_core *c, unsigned port, unsigned service, unsigned client)
{
	return &c->id_hash[(service * 67 + client + port * 577) & (PROXY_HASH - 1)];
}

struct proxy_id *proxy_id_find(struct proxy_core *c, unsigned port, unsigned service,
	unsigned client)
{
	uint16_t i = *id_chain(c, port, service, client);

	for (; i != NONE; i = c->ids[i].next_of_hash) {
		struct proxy_id *id = &c->ids[i];

		if (id->client == client && id->service == service && id->port == port)
			return id;
	}
	return NULL;
}

struct proxy_id *proxy_id_add(struct proxy_core *c, unsigned port, unsigned service,
	unsigned client)
{
	uint16_t *chain = id_chain(c, port, service, client), self;
	struct proxy_id *id;

	if (c->free_id != NONE) {
		self = c->free_id;
		c->free_id = c->ids[self].next_of_hash;
	} else if (c->ids_top < PROXY_IDS_MAX) {
		self = c->ids_top++;
	} else {
		return NULL;
	}
	id = &c->ids[self];
	*id = (struct proxy_id){
		.used = true, .port = (uint8_t)port, .service = (uint8_t)service,
		.client = (uint8_t)client, .holds = NONE, .next_of_hash = *chain,
		.since = c->now,
	};
	*chain = self;
	return id;
}

void proxy_id_free(struct proxy_core *c, struct proxy_id *id)
{
	uint16_t *at = id_chain(c, id->port, id->service, id->client);
	uint16_t self = (uint16_t)(id - c->ids);

	while (id->holds != NONE)
		proxy_hold_free(c, &c->holds[id->holds]);
	while (*at != self)
		at = &c->ids[*at].next_of_hash;
	*at = id->next_of_hash;
	id->used = false;
	id->next_of_hash = c->free_id;
	c->free_id = self;
}

struct proxy_hold *proxy_hold_find(struct proxy_core *c, const struct proxy_id *id,
	const struct proxy_peer *peer)
{
	uint16_t who = proxy_peer_index(c, peer);

	for (uint16_t i = id->holds; i != NONE; i = c->holds[i].next_of_id)
		if (c->holds[i].peer == who)
			return &c->holds[i];
	return NULL;
}

int proxy_hold_add(struct proxy_core *c, struct proxy_id *id, struct proxy_peer *peer)
{
	uint16_t *at = &id->holds, self;
	struct proxy_hold *h;

	if (peer->cred.uid && c->n_holds >= PROXY_HOLDS_MAX - PROXY_HOLDS_ROOT)
		return PROXY_E_RESOURCES;
	if (c->free_hold != NONE) {
		self = c->free_hold;
		c->free_hold = c->holds[self].next_of_id;
	} else if (c->holds_top < PROXY_HOLDS_MAX) {
		self = c->holds_top++;
	} else {
		return PROXY_E_RESOURCES;
	}
	while (*at != NONE)	/* the owner stays first */
		at = &c->holds[*at].next_of_id;
	*at = self;
	h = &c->holds[self];
	*h = (struct proxy_hold){
		.used = true, .id = (uint16_t)(id - c->ids), .peer = proxy_peer_index(c, peer),
		.next_of_id = NONE, .next_of_peer = peer->holds,
	};
	peer->holds = self;
	c->n_holds++;
	return 0;
}

void proxy_hold_free(struct proxy_core *c, struct proxy_hold *h)
{
	uint16_t self = (uint16_t)(h - c->holds), *at = &c->ids[h->id].holds;

	while (*at != self)
		at = &c->holds[*at].next_of_id;
	*at = h->next_of_id;
	at = &c->peers[h->peer].holds;
	while (*at != self)
		at = &c->holds[*at].next_of_peer;
	*at = h->next_of_peer;
	h->used = false;
	c->n_holds--;
	h->next_of_id = c->free_hold;
	c->free_hold = self;
}
