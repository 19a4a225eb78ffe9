#include "proxy/core.h"

#include "qmux/format.h"

#include <stdarg.h>
#include <stdlib.h>

void proxy_log(struct proxy_core *c, enum proxy_log level, const char *format, ...)
{
	char line[QMUX_PATH_MAX + 128];
	va_list ap;

	if (!c->cfg.log || level > c->cfg.level)
		return;
	va_start(ap, format);
	qmux_vformat(line, sizeof line, format, ap);
	va_end(ap);
	c->cfg.log(c->cfg.ctx, level, line);
}

static void set_default(int64_t *value, int64_t otherwise)
{
	if (!*value)
		*value = otherwise;
}

struct proxy_core *proxy_core_new(const struct proxy_config *cfg, const struct proxy_io *io,
	void *ctx, uint32_t uid, int64_t now)
{
	struct proxy_core *c = calloc(1, sizeof *c);

	if (!c)
		return NULL;
	c->cfg = *cfg;
	if (!c->cfg.peers_max || c->cfg.peers_max > PROXY_PEERS_MAX)
		c->cfg.peers_max = PROXY_PEERS_MAX;
	set_default(&c->cfg.probe_ms, PROXY_PROBE_MS);
	set_default(&c->cfg.ctl_ms, PROXY_CTL_MS);
	set_default(&c->cfg.request_ms, PROXY_REQUEST_MS);
	set_default(&c->cfg.lease_ms, PROXY_LEASE_MS);
	set_default(&c->cfg.port_idle_ms, PROXY_PORT_IDLE_MS);
	c->io = io;
	c->ctx = ctx;
	c->uid = uid;
	c->now = c->started = c->empty_since = now;
	c->stop_at = QMUX_NEVER;
	proxy_tables_init(c);
	return c;
}

void proxy_core_free(struct proxy_core *c)
{
	if (!c)
		return;
	for (unsigned i = c->peers_top; i--; )
		if (c->peers[i].used)
			proxy_peer_free(c, &c->peers[i]);
	for (unsigned i = 0; i < c->ports_top; i++)
		if (c->ports[i].used)
			proxy_port_close(c, &c->ports[i], PORT_CLOSED);
	free(c);
}

static short peer_events(const struct proxy_peer *p)
{
	short events = 0;

	if (!p->eof && !p->stalled && p->out.len <= PROXY_PEER_LOW)
		events |= POLLIN;
	if (p->out.len && !p->deaf)
		events |= POLLOUT;
	return events;
}

size_t proxy_core_poll(struct proxy_core *c, struct pollfd *set)
{
	size_t n = 0;

	for (unsigned i = 0; i < c->ports_top; i++) {
		struct proxy_port *port = &c->ports[i];

		port->pfd = -1;
		if (!port->used || port->fd < 0 || (port->rest_until != QMUX_NEVER &&
			c->now < port->rest_until))
			continue;
		port->rest_until = QMUX_NEVER;
		port->pfd = (int)n;
		set[n++] = (struct pollfd){ .fd = port->fd, .events = (short)(POLLIN |
			(port->out.len && !port->room ? POLLOUT : 0)) };
	}
	for (unsigned i = 0; i < c->peers_top; i++) {
		struct proxy_peer *p = &c->peers[i];

		p->pfd = -1;
		if (!p->used || p->hup)
			continue;
		p->pfd = (int)n;
		set[n++] = (struct pollfd){ .fd = p->fd, .events = peer_events(p) };
	}
	return n;
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t empty_at(const struct proxy_core *c)
{
	if (c->empty_since == QMUX_NEVER || c->cfg.empty_ms == QMUX_NEVER ||
		c->stop_at != QMUX_NEVER)
		return QMUX_NEVER;
	return c->empty_since + c->cfg.empty_ms;
}

int64_t proxy_core_deadline(struct proxy_core *c)
{
	int64_t at = sooner(empty_at(c), c->stop_at);

	if (c->again)
		return c->now;
	for (unsigned i = 0; i < LISTS; i++)
		if (c->oldest[i] != NONE)
			at = sooner(at, c->requests[c->oldest[i]].deadline);
	for (unsigned i = 0; i < c->ports_top; i++)
		at = sooner(at, proxy_port_deadline(&c->ports[i]));
	for (unsigned i = 0; i < c->peers_top; i++) {
		const struct proxy_peer *p = &c->peers[i];

		if (!p->used)
			continue;
		at = sooner(at, p->deadline);
		if (p->stalled)
			at = sooner(at, p->wake);
	}
	for (unsigned i = 0; i < c->ids_top && c->n_pooled; i++)
		if (c->ids[i].used && c->ids[i].kind == ID_POOLED)
			at = sooner(at, c->ids[i].since + c->cfg.lease_ms);
	return at;
}

static void serve_peer(struct proxy_core *c, struct proxy_peer *p, const struct pollfd *set)
{
	short events = p->pfd >= 0 ? set[p->pfd].revents : 0;

	if (events & POLLOUT)
		proxy_peer_flush(c, p);
	if (events & (POLLHUP | POLLERR | POLLNVAL)) {
		p->hup = p->deaf = true;
		proxy_queue_free(&p->out);
	}
	if (p->stalled)
		proxy_peer_resume(c, p);
	else if ((events & POLLIN || p->hup) && !p->eof && !p->dead)
		proxy_peer_read(c, p);
	if (p->hup && !p->eof && !p->stalled)
		c->again = true;	/* poll does not tell of it any more */
}

static void serve_port(struct proxy_core *c, struct proxy_port *port, const struct pollfd *set)
{
	short events = port->pfd >= 0 ? set[port->pfd].revents : 0;

	if (events & POLLOUT)
		port->room = true;
	if (events & POLLHUP)
		port->hup = true;
	if (events & POLLNVAL)
		port->failed = ENODEV;
	/* POLLERR: read() tells which error, and clears it. */
	if (events & (POLLIN | POLLERR | POLLHUP) && !port->failed)
		proxy_port_read(c, port, events);
}

/* What failed or is due first: it may have something to send. */
static void flush_ports(struct proxy_core *c)
{
	for (unsigned i = 0; i < c->ports_top; i++) {
		struct proxy_port *port = &c->ports[i];
		bool full;

		if (!port->used)
			continue;
		full = !proxy_port_room(port);
		if (port->failed || c->now >= proxy_port_deadline(port)) {
			proxy_port_settle(c, port);
			c->again = true;	/* who waited for it may go on */
		}
		if (port->releasing && port->state == PORT_READY)
			proxy_ids_release(c, port);
		if (port->out.len)
			proxy_port_flush(c, port);
		if (port->failed || (full && proxy_port_room(port)))
			c->again = true;
	}
	while (c->ports_top && !c->ports[c->ports_top - 1].used)
		c->ports_top--;
}

/* Nobody has a port open, follows the traffic, or has left a named session? */
static bool empty(const struct proxy_core *c)
{
	for (unsigned i = 0; i < c->ports_top; i++)
		if (c->ports[i].used && c->ports[i].peers)
			return false;
	for (unsigned i = 0; i < PROXY_NAMED_MAX; i++)
		if (c->names[i].used)
			return false;
	return !c->n_tracers;
}

/* Is something left that an ordered end waits for? */
static bool unfinished(const struct proxy_core *c)
{
	for (unsigned i = 0; i < c->ports_top; i++)
		if (c->ports[i].used && c->ports[i].fd >= 0 &&
			(c->ports[i].releasing || c->ports[i].out.len))
			return true;
	for (uint16_t i = c->oldest[LIST_CTL]; i != NONE; i = c->requests[i].newer)
		if (c->requests[i].kind == REQ_RECLAIM)
			return true;
	for (unsigned i = 0; i < c->peers_top; i++)
		if (c->peers[i].used && c->peers[i].out.len && !c->peers[i].deaf)
			return true;
	return false;
}

static void look_for_the_end(struct proxy_core *c)
{
	if (c->stop_at != QMUX_NEVER) {
		c->ended = c->now >= c->stop_at || !unfinished(c);
		return;
	}
	if (!empty(c))
		c->empty_since = QMUX_NEVER;
	else if (c->empty_since == QMUX_NEVER)
		c->empty_since = c->now;
	if (c->now >= empty_at(c))
		proxy_core_stop(c, false);
}

/* An ordered end: what waits is answered, and ids of nobody go back to the modem. */
void proxy_core_stop(struct proxy_core *c, bool ordered)
{
	c->ordered = c->ordered || ordered;
	if (c->stop_at != QMUX_NEVER)
		return;
	c->stop_at = c->now + PROXY_STOP_MS;
	c->again = true;	/* perhaps there is nothing to wait for */
	proxy_abort_requests(c);
	for (unsigned i = 0; i < c->ids_top; i++) {
		struct proxy_id *id = &c->ids[i];

		if (id->used && !id->gone && id->kind != ID_RELEASING &&
			(id->kind == ID_POOLED || id->kind == ID_LEASED ||
			(id->kind == ID_OWNED && id->fleeting)))
			proxy_id_release(c, id);
	}
	flush_ports(c);
}

bool proxy_core_ended(const struct proxy_core *c)
{
	return c->ended;
}

void proxy_core_turn(struct proxy_core *c, const struct pollfd *set, int64_t now)
{
	unsigned top = c->peers_top;

	c->now = now;
	c->again = false;
	proxy_expire(c);
	if (c->n_pooled)
		proxy_ids_expire(c);
	for (unsigned i = 0; i < c->ports_top; i++)
		if (c->ports[i].pfd >= 0 && c->ports[i].used)
			serve_port(c, &c->ports[i], set);
	c->turn = top ? (c->turn + 1) % top : 0;
	for (unsigned k = 0, i = c->turn; k < top; k++, i = i + 1 < top ? i + 1 : 0)
		if (c->peers[i].used)
			serve_peer(c, &c->peers[i], set);
	for (unsigned i = top; i--; )
		if (c->peers[i].used && proxy_peer_finished(c, &c->peers[i]))
			proxy_peer_free(c, &c->peers[i]);
	flush_ports(c);
	look_for_the_end(c);
}

static bool too_many(const struct proxy_core *c, const struct proxy_cred *cred)
{
	unsigned same = 0;

	unsigned max = c->cfg.peers_max;
	unsigned for_root = max / 2 < PROXY_PEERS_ROOT ? max / 2 : PROXY_PEERS_ROOT;

	if (cred->uid == 0)
		return c->n_peers >= max;
	for (unsigned i = 0; i < c->peers_top; i++)
		same += c->peers[i].used && c->peers[i].cred.uid == cred->uid;
	return same >= PROXY_PEERS_UID || c->n_peers >= max - for_root;
}

int proxy_core_accept(struct proxy_core *c, int fd, const struct proxy_cred *cred, bool allowed)
{
	int refused = !allowed ? EACCES : too_many(c, cred) ? EUSERS : 0;
	unsigned i = 0;
	struct proxy_peer *p;

	if (!c->ordered && !refused) {	/* it was about to leave, for nobody was there */
		c->stop_at = QMUX_NEVER;
		c->ended = false;
		c->empty_since = QMUX_NEVER;
	}
	if (refused)
		c->turned_away++;
	if (refused && c->n_refused >= PROXY_PEERS_REFUSED) {
		c->io->close(c->ctx, fd);
		return -EMFILE;
	}
	while (i < c->peers_top && c->peers[i].used)
		i++;
	if (i == c->peers_top)
		c->peers_top++;
	p = &c->peers[i];
	*p = (struct proxy_peer){
		.used = true, .refused = refused, .fd = fd, .pfd = -1, .cred = *cred,
		.holds = NONE, .requests = NONE, .since = c->now,
		.deadline = c->now + (refused ? PROXY_REFUSED_MS : PROXY_OPEN_MS), .wake = QMUX_NEVER,
	};
	if (refused)
		c->n_refused++;
	else
		c->n_peers++;
	return 0;
}
