/*
 * proxy_world.h - a world under the proxy's core, without sockets and clock.
 *
 * Processes and one modem are models here; descriptors are numbers, time is a
 * variable, and reads, short writes, EAGAIN, EINTR and hang-ups are made to
 * order.  After every turn the world checks what must always be true; what a
 * process gets, it compares with what it asked.
 *
 * Included by the unit tests and the fuzzer, each a program of its own.
 */
#ifndef PROXY_WORLD_H
#define PROXY_WORLD_H

#include "tests/unit/proxy_modem.h"

/* ---- what the core asks of the world ---- */

static inline int w_identify(void *ctx, const char *path, const struct proxy_cred *cred,
	struct qmux_port_id *id)
{
	struct world *w = ctx;

	(void)cred;
	if (!strcmp(path, "/dev/forbidden") || !strcmp(path, "/dev/cdc-wdm0-not-yours"))
		return -EACCES;
	if (!strcmp(path, "/dev/file"))
		return -ENOTTY;
	if (!strncmp(path, "/dev/other", 10)) {	/* a device that cannot be opened, but named */
		*id = (struct qmux_port_id){ 0x5000 + strtoul(path + 10, NULL, 10), 0 };
		return 0;
	}
	if (strncmp(path, "/dev/cdc-wdm0", 13) || !w->plugged)
		return -ENOENT;
	*id = (struct qmux_port_id){ 0x1234 + w->device, 0 };
	return 0;
}

static inline int w_open(void *ctx, struct qmux_port *port, const char *path)
{
	struct world *w = ctx;
	int r = w_identify(ctx, path, NULL, &port->id);

	if (r < 0)
		return r;
	if (!strncmp(path, "/dev/other", 10))
		return -EBUSY;
	w_check(w, !w->port_open, "a device is opened once");
	port->fd = W_PORT_FD;
	port->max_message = w->messages ? 4096 : QMUX_FRAME_MAX;
	port->stream = !w->messages;
	w->port_open = true;
	return 0;
}

static inline void w_close_port(void *ctx, int fd)
{
	struct world *w = ctx;

	w_check(w, fd == W_PORT_FD && w->port_open, "what is closed was open");
	w->port_open = false;
	w->port_in.len = w->port_out.len = 0;
}

static inline uint32_t w_holder(void *ctx, const char *path, const struct qmux_port_id *id)
{
	(void)ctx;
	(void)path;
	(void)id;
	return 0;
}

static inline struct w_peer *w_by_fd(struct world *w, int fd)
{
	return fd >= 100 && fd < 100 + W_PEERS ? &w->peers[fd - 100] : NULL;
}

static inline void w_close(void *ctx, int fd)
{
	struct world *w = ctx;
	struct w_peer *p = w_by_fd(w, fd);

	w_check(w, p && p->connected, "what is closed was open");
	if (p)
		p->connected = false;
}

static inline bool w_interrupted(struct world *w)
{
	return w->eintr && ++w->calls % w->eintr == 0;
}

static inline size_t w_piece(struct world *w, size_t n)
{
	return w->short_io && n > 1 ? 1 + w->calls++ % (n < 7 ? n : 7) : n;
}

static inline ssize_t w_read(void *ctx, int fd, void *p, size_t n)
{
	struct world *w = ctx;
	struct w_peer *peer = w_by_fd(w, fd);

	if (w_interrupted(w))
		return -EINTR;
	if (!peer) {
		if (!w->plugged)
			return -ENODEV;
		return w->port_in.len ? (ssize_t)w_take(&w->port_in, p, w_piece(w, n)) : -EAGAIN;
	}
	w_check(w, peer->connected, "what is read is open");
	if (peer->in.len)
		return (ssize_t)w_take(&peer->in, p, w_piece(w, n));
	return peer->half || !peer->used ? 0 : -EAGAIN;
}

static inline ssize_t w_write(void *ctx, int fd, const void *p, size_t n)
{
	struct world *w = ctx;

	(void)fd;
	if (w_interrupted(w))
		return -EINTR;
	if (!w->plugged)
		return -ENODEV;
	if (w->refused) {
		w->refused = false;
		return -EIO;
	}
	if (w->stalled)
		return -EAGAIN;
	if (w->messages)
		w_check(w, qmux_frame_length(p, n) == (int)n, "one write is one message");
	else
		n = w_piece(w, n);
	w_put(&w->port_out, p, n);
	return (ssize_t)n;
}

static inline ssize_t w_send(void *ctx, int fd, const void *p, size_t n)
{
	struct world *w = ctx;
	struct w_peer *peer = w_by_fd(w, fd);

	if (w_interrupted(w))
		return -EINTR;
	w_check(w, peer && peer->connected, "what is written is open");
	if (!peer || !peer->used)
		return -EPIPE;
	if (peer->out.len >= peer->capacity)
		return -EAGAIN;
	if (n > peer->capacity - peer->out.len)
		n = peer->capacity - peer->out.len;
	n = w_piece(w, n);
	w_put(&peer->out, p, n);
	return (ssize_t)n;
}

static inline void w_name(void *ctx, uint32_t pid, char name[32])
{
	(void)ctx;
	snprintf(name, 32, "process-%u", (unsigned)pid);
}

static inline void w_driver(void *ctx, const char *path, char name[32])
{
	(void)ctx;
	(void)path;
	strcpy(name, "qmi_wwan");
}

static const struct proxy_io w_io = {
	.identify = w_identify, .open = w_open,
	.close_port = w_close_port, .holder = w_holder, .close = w_close, .read = w_read,
	.write = w_write, .send = w_send, .process_name = w_name, .driver = w_driver,
};

/* ---- rules that hold after every turn ---- */

static inline void w_check_holds(struct world *w, const struct proxy_core *c)
{
	unsigned from_ids = 0, from_peers = 0;

	for (unsigned i = 0; i < c->ids_top; i++) {
		const struct proxy_id *id = &c->ids[i];
		unsigned live = 0;

		if (!id->used)
			continue;
		for (uint16_t k = id->holds; k != NONE; k = c->holds[k].next_of_id) {
			from_ids++;
			live += !c->holds[k].stale;
			w_check(w, c->holds[k].stale || !c->peers[c->holds[k].peer].cred.uid ||
				c->peers[c->holds[k].peer].cred.uid == id->uid,
				"nobody uses another user's client id");
			w_check(w, c->holds[k].used && c->holds[k].id == i, "holds belong");
		}
		w_check(w, live || id->kind != ID_OWNED || id->gone, "who owns lives");
		w_check(w, !live || (id->kind != ID_ORPHAN && id->kind != ID_POOLED),
			"orphans have no owner");
		w_check(w, live <= 1 || id->kind != ID_LEASED || id->tainted,
			"a shared lease is not pooled");
	}
	for (unsigned i = 0; i < c->peers_top; i++)
		for (uint16_t k = c->peers[i].used ? c->peers[i].holds : NONE; k != NONE;
			k = c->holds[k].next_of_peer) {
			from_peers++;
			w_check(w, c->holds[k].peer == i, "holds belong");
		}
	w_check(w, from_ids == from_peers, "each hold is of one id and one process");
}

static inline void w_check_core(struct world *w)
{
	const struct proxy_core *c = w->core;
	unsigned peers[PROXY_PORTS_MAX] = { 0 }, listed = 0, pooled = 0, live = 0;

	for (unsigned i = 0; i < c->peers_top; i++) {
		const struct proxy_peer *p = &c->peers[i];

		if (!p->used)
			continue;
		live++;
		if (p->port)
			peers[p->port - 1]++;
		w_check(w, p->out.len <= PROXY_PEER_HIGH, "no queue passes its limit");
		w_check(w, p->in.len <= PROXY_PEER_READ, "no queue passes its limit");
		w_check(w, p->n_requests <= PROXY_PEER_REQUESTS, "no queue passes its limit");
	}
	w_check(w, live == c->n_peers + c->n_refused, "processes are counted");
	for (unsigned i = 0; i < PROXY_PORTS_MAX; i++) {
		w_check(w, peers[i] == (c->ports[i].used ? c->ports[i].peers : 0),
			"processes of a port are counted");
		w_check(w, c->ports[i].out.len <= PROXY_PORT_HIGH + QMUX_FRAME_MAX,
			"no queue passes its limit");
	}
	for (unsigned i = 0; i < LISTS; i++)
		for (uint16_t k = c->oldest[i]; k != NONE; k = c->requests[k].newer)
			listed++;
	w_check(w, listed == c->n_requests, "requests are counted");
	for (unsigned i = 0; i < c->ids_top; i++)
		pooled += c->ids[i].used && c->ids[i].kind == ID_POOLED;
	w_check(w, pooled == c->n_pooled, "the pool is counted");
	w_check_holds(w, c);
}

/* ---- turns ---- */

static inline short w_ready(struct world *w, const struct pollfd *f)
{
	struct w_peer *p = w_by_fd(w, f->fd);
	short r = 0;

	if (!p) {
		if (!w->plugged)
			return POLLERR | POLLHUP;
		if (w->port_in.len)
			r |= POLLIN;
		if (!w->stalled)
			r |= POLLOUT;
		return (short)((r & f->events) | (w->refused ? POLLERR : 0));
	}
	if (p->in.len || p->half || !p->used)
		r |= POLLIN;
	if (p->out.len < p->capacity)
		r |= POLLOUT;
	r &= f->events;
	return (short)(r | (p->used ? 0 : POLLHUP));
}

static inline void w_peer_reads(struct world *w, struct w_peer *p);

/* One turn, if there is anything to do before time passes. */
static inline bool w_turn(struct world *w)
{
	static struct pollfd set[PROXY_POLL_MAX];
	size_t n;
	bool due;

	for (unsigned i = 0; i < W_PEERS; i++)
		w_peer_reads(w, &w->peers[i]);
	n = proxy_core_poll(w->core, set);
	due = proxy_core_deadline(w->core) <= w->now;
	for (size_t i = 0; i < n; i++) {
		set[i].revents = w_ready(w, &set[i]);
		due = due || set[i].revents;
	}
	if (!due)
		return false;
	proxy_core_turn(w->core, set, w->now);
	w_modem_reads(w);
	while (w->at_once && w->n_answers && w->port_in.len <= W_PIPE / 2)
		w_modem_answers(w, 0);
	w_check_core(w);
	return true;
}

/* At rest, who waits waits for something: no frame lies there forgotten. */
static inline void w_check_rest(struct world *w)
{
	const struct proxy_core *c = w->core;

	for (unsigned i = 0; i < c->peers_top && !proxy_core_ended(c); i++) {
		const struct proxy_peer *p = &c->peers[i];
		const struct proxy_port *port = p->port ? &c->ports[p->port - 1] : NULL;

		if (p->used && p->stalled)
			w_check(w, p->wake != QMUX_NEVER || p->opening ||
				p->out.len > PROXY_PEER_LOW || (port && (!proxy_port_room(port) ||
				port->ctl_used >= PROXY_CTL_TRANSACTIONS)), "who can go on does");
	}
}

static inline void w_run(struct world *w)
{
	unsigned turns = 0;

	while (!proxy_core_ended(w->core) && w_turn(w))
		if (++turns > W_TURNS) {
			w_check(w, false, "it does not spin");
			return;
		}
	for (unsigned i = 0; i < W_PEERS; i++)
		w_peer_reads(w, &w->peers[i]);
	w_check_rest(w);
}

/* Lets time pass, stopping where the proxy wants to wake up. */
static inline void w_wait(struct world *w, int64_t ms)
{
	int64_t end = w->now + ms;

	w_run(w);
	while (w->now < end && !w->broken && !proxy_core_ended(w->core)) {
		int64_t at = proxy_core_deadline(w->core);

		w->now = at > end ? end : at > w->now ? at : w->now + 1;
		w_run(w);
	}
}

/* ---- processes ---- */

static inline void w_forget(struct w_peer *p, struct w_asked *a)
{
	a->used = false;
	p->n_asked--;
}

static inline struct w_asked *w_asked(struct w_peer *p, const struct qmux_frame *f)
{
	for (unsigned i = 0; i < W_ASKED; i++) {
		struct w_asked *a = &p->asked[i];

		if (a->used && a->service == f->service && a->client == f->client &&
			a->transaction == f->transaction && a->message == f->message)
			return a;
	}
	return NULL;
}

static inline void w_success(struct world *w, struct w_peer *p, const struct w_asked *a,
	const struct qmux_frame *f)
{
	struct qmux_tlv tlv;

	if (a->service != QMUX_CTL) {
		w_check(w, qmux_tlv_find(f, W_TAG, &tlv) && tlv.len == 4 &&
			qmux_get32(tlv.value) == a->tag, "each answer is the one for this request");
		return;
	}
	if (a->message != PROXY_CTL_ALLOCATE && a->message != PROXY_MSG_LEASE)
		return;
	w_check(w, qmux_tlv_find(f, 0x01, &tlv) && tlv.len == 2 && tlv.value[0] == a->target,
		"the id is of the service that was asked for");
	if (!tlv.value || tlv.len != 2 || tlv.value[0] >= W_SERVICES)
		return;
	p->last_client = tlv.value[1];
	p->has_id[a->target][tlv.value[1]] = true;
}

static inline void w_peer_frame(struct world *w, struct w_peer *p, const uint8_t *bytes, size_t n)
{
	struct qmux_frame f;
	struct qmux_tlv tlv;
	struct w_asked *a;
	int error;

	w_check(w, !qmux_frame_parse(&f, bytes, n), "processes get whole frames");
	if (f.kind != QMUX_RESPONSE) {
		if (f.service == QMUX_CTL && f.message == PROXY_MSG_TRACE)
			p->events++;
		else
			p->indications++;
		return;
	}
	a = w_asked(p, &f);
	if (!a) {
		w_check(w, p->broken, "nobody gets an answer that it did not ask for");
		return;
	}
	error = qmux_frame_result(&f);
	p->answers++;
	p->errors += error != 0;
	p->last_error = error < 0 ? 0xffff : (unsigned)error;
	p->last_errno = qmux_tlv_find(&f, PROXY_TLV_ERRNO, &tlv) ? qmux_get32(tlv.value) : 0;
	if (!error && f.marker == QMUX_MARKER)
		w_success(w, p, a, &f);
	w_forget(p, a);
}

static inline void w_peer_reads(struct world *w, struct w_peer *p)
{
	static uint8_t frame[QMUX_FRAME_MAX];

	while (p->used && !p->frozen && p->out.len >= 3) {
		int n = qmux_frame_length(p->out.p, p->out.len);

		if (n <= 0) {
			w_check(w, false, "processes get whole frames");
			p->out.len = 0;
			return;
		}
		if ((size_t)n > p->out.len)
			return;
		w_take(&p->out, frame, (size_t)n);
		w_peer_frame(w, p, frame, (size_t)n);
	}
}

static inline struct w_peer *w_connect(struct world *w, unsigned i, uint32_t uid)
{
	struct w_peer *p = &w->peers[i % W_PEERS];
	struct proxy_cred cred = { .pid = 5000 + i, .uid = uid, .gid = uid };

	if (p->used || p->connected)
		return p;
	memset(p, 0, sizeof *p);
	p->used = p->connected = true;
	p->uid = uid;
	p->capacity = 16 * 1024;
	w->core->now = w->now;
	if (proxy_core_accept(w->core, 100 + (int)(i % W_PEERS), &cred, uid != W_OUTSIDER) < 0)
		p->used = false;
	return p;
}

static inline void w_kill(struct w_peer *p)
{
	p->used = false;
	p->out.len = 0;
}

/* Sends a request; its answer is awaited. */
static inline void w_ask(struct w_peer *p, const struct qmux_frame *f, uint8_t type,
	const void *value, size_t len, struct w_asked expect)
{
	uint8_t bytes[512];
	struct qmux_buf b = qmux_buf(bytes, sizeof bytes);
	int n;

	qmux_frame_begin(&b, f);
	if (len)
		qmux_add_tlv(&b, type, value, len);
	n = qmux_frame_end(&b);
	if (!p->used || !p->connected || p->half || n < 0 || w_asked(p, f) ||
		p->n_asked == W_ASKED || p->in.len + (size_t)n > W_PIPE)
		return;
	for (unsigned i = 0; i < W_ASKED; i++) {
		if (p->asked[i].used)
			continue;
		expect.used = true;
		expect.service = (uint8_t)f->service;
		expect.client = f->client;
		expect.transaction = f->transaction;
		expect.message = f->message;
		p->asked[i] = expect;
		p->n_asked++;
		break;
	}
	w_put(&p->in, bytes, (size_t)n);
}

static inline void w_ctl(struct w_peer *p, unsigned message, const void *value, size_t len,
	unsigned target)
{
	struct qmux_frame f = { .message = (uint16_t)message };

	if (!++p->ctl_transaction)
		p->ctl_transaction = 1;
	f.transaction = p->ctl_transaction;
	w_ask(p, &f, 0x01, value, len, (struct w_asked){ .target = (uint8_t)target });
}

static inline void w_allocate(struct w_peer *p, unsigned service)
{
	uint8_t v = (uint8_t)service;

	w_ctl(p, PROXY_CTL_ALLOCATE, &v, 1, service);
}

static inline void w_release(struct w_peer *p, unsigned service, unsigned client)
{
	uint8_t v[2] = { (uint8_t)service, (uint8_t)client };

	w_ctl(p, PROXY_CTL_RELEASE, v, 2, service);
}

static inline void w_open_path(struct w_peer *p, const char *path)
{
	w_ctl(p, PROXY_MSG_OPEN, path, strlen(path), 0);
}

/* An open by one of our applets. */
static inline void w_open_ours(struct w_peer *p, unsigned flags)
{
	uint8_t bytes[64], v = (uint8_t)flags;
	struct qmux_buf b = qmux_buf(bytes, sizeof bytes);
	struct qmux_frame f = { .message = PROXY_MSG_OPEN, .transaction = 0xfe };

	qmux_frame_begin(&b, &f);
	qmux_add_tlv(&b, 0x01, "/dev/cdc-wdm0", 13);
	qmux_add_tlv(&b, PROXY_TLV_OURS, &v, 1);
	if (p->n_asked == W_ASKED || w_asked(p, &f))
		return;
	p->asked[W_ASKED - 1] = (struct w_asked){ .used = true, .transaction = 0xfe,
		.message = PROXY_MSG_OPEN };
	p->n_asked++;
	w_put(&p->in, bytes, (size_t)qmux_frame_end(&b));
}

static inline void w_request_as(struct world *w, struct w_peer *p, unsigned service,
	unsigned client, unsigned transaction, unsigned message)
{
	struct qmux_frame f = { .service = (uint16_t)service, .client = (uint8_t)client,
		.transaction = (uint16_t)transaction, .message = (uint16_t)message };
	uint8_t tag[4];

	qmux_put32(tag, ++w->tags);
	w_ask(p, &f, W_TAG, tag, sizeof tag, (struct w_asked){ .tag = w->tags });
}

static inline void w_request(struct world *w, struct w_peer *p, unsigned service, unsigned client)
{
	if (!++p->transaction)
		p->transaction = 1;
	w_request_as(w, p, service, client, p->transaction, 0x0024);
}

/* ---- the world itself ---- */

static inline struct world *w_new(void)
{
	struct world *w = calloc(1, sizeof *w);
	struct proxy_config cfg = { .empty_ms = PROXY_EMPTY_MS, .allow_uid = -1,
		.allow_gid = -1, .seed = 1 };

	if (!w)
		abort();
	w->now = 1000;
	w->plugged = w->at_once = true;
	w->core = proxy_core_new(&cfg, &w_io, w, 0, w->now);
	return w;
}

/* Ends everything: what is left open or allocated shows. */
static inline const char *w_end(struct world *w)
{
	const char *broken;

	proxy_core_free(w->core);
	for (unsigned i = 0; i < W_PEERS; i++)
		w_check(w, !w->peers[i].connected, "all is closed at the end");
	w_check(w, !w->port_open, "all is closed at the end");
	broken = w->broken;
	free(w);
	return broken;
}

#endif
