/*
 * proxy_ops.h - a string of bytes as a life of the proxy: each byte is something
 * that processes, the modem or time do.  The random runs and the fuzzer share it.
 */
#ifndef PROXY_OPS_H
#define PROXY_OPS_H

#include "tests/unit/proxy_world.h"

#define OPS_MAX 4096		/* bytes of one life */

struct ops {
	const uint8_t *p;
	size_t n;
	struct world *w;
};

static unsigned next_byte(struct ops *o)
{
	if (!o->n)
		return 0;
	o->n--;
	return *o->p++;
}

static struct w_peer *some_peer(struct ops *o)
{
	return &o->w->peers[next_byte(o) % W_PEERS];
}

static void op_connect(struct ops *o)
{
	static const uint32_t uids[] = { 0, 1000, 1000, 1001 };
	unsigned i = next_byte(o);

	w_connect(o->w, i % W_PEERS, uids[i / W_PEERS % 4]);
}

static void op_open(struct ops *o)
{
	struct w_peer *p = some_peer(o);
	unsigned how = next_byte(o);

	if (!p->used || !p->connected || p->half)
		return;
	if (how & 1)
		w_open_ours(p, how >> 1 & 1);
	else
		w_open_path(p, how & 0x40 ? "/dev/none" : "/dev/cdc-wdm0");
}

static void op_allocate(struct ops *o)
{
	struct w_peer *p = some_peer(o);

	w_allocate(p, next_byte(o) % (W_SERVICES + 1));
}

static void op_lease(struct ops *o)
{
	struct w_peer *p = some_peer(o);
	uint8_t service = (uint8_t)(next_byte(o) % W_SERVICES);

	w_ctl(p, PROXY_MSG_LEASE, &service, 1, service);
}

static void op_request(struct ops *o)
{
	struct w_peer *p = some_peer(o);
	unsigned b = next_byte(o);

	w_request_as(o->w, p, 1 + b % (W_SERVICES - 1), b / 8 % (W_IDS + 1),
		1 + next_byte(o) % 16, b & 1 ? 0x24 : 0x4f);
}

static void op_burst(struct ops *o)
{
	struct w_peer *p = some_peer(o);
	unsigned b = next_byte(o);

	for (unsigned i = 0; i < 40; i++)
		if (b & 1)
			w_ctl(p, 0x0021, NULL, 0, 0);
		else
			w_request(o->w, p, 1 + b % (W_SERVICES - 1), 1 + b / 8 % W_IDS);
}

static void op_release(struct ops *o)
{
	struct w_peer *p = some_peer(o);
	unsigned b = next_byte(o);

	w_release(p, 1 + b % (W_SERVICES - 1), b / 8 % (W_IDS + 1));
}

static void op_ctl(struct ops *o)
{
	static const uint16_t messages[] = {
		PROXY_CTL_SYNC, 0x0021, 0xff22, PROXY_MSG_STATUS, PROXY_MSG_TRACE,
		PROXY_MSG_REAP, PROXY_CTL_SYNC, 0xfe7f,
	};
	struct w_peer *p = some_peer(o);

	w_ctl(p, messages[next_byte(o) % 8], NULL, 0, 0);
}

static void op_name(struct ops *o)
{
	struct w_peer *p = some_peer(o);
	uint8_t bytes[64], target[2];
	struct qmux_buf b = qmux_buf(bytes, sizeof bytes);
	struct qmux_frame f = { .transaction = 0xfd, .message = PROXY_MSG_NAME };

	target[0] = (uint8_t)(1 + next_byte(o) % 3);
	target[1] = (uint8_t)(1 + next_byte(o) % W_IDS);
	if (!p->used || p->half || !p->connected)
		return;
	p->broken = true;	/* its answer is not looked at */
	qmux_frame_begin(&b, &f);
	qmux_add_tlv(&b, 0x01, target, 2);
	qmux_add_tlv(&b, 0x02, "session", next_byte(o) % 8);
	w_put(&p->in, bytes, (size_t)qmux_frame_end(&b));
}

/* Bytes as they come, from a process. */
static void op_raw(struct ops *o)
{
	struct w_peer *p = some_peer(o);
	unsigned n = next_byte(o) % 64;
	uint8_t b;

	if (!p->used || p->half || !p->connected)
		return;
	p->broken = true;
	while (n-- && o->n) {
		b = (uint8_t)next_byte(o);
		w_put(&p->in, &b, 1);
	}
}

/* And from the modem: answers that are wrong, twice, or nobody's.  What it says about
   client ids then is not to be believed, so no more is checked against it. */
static void op_modem_raw(struct ops *o)
{
	unsigned n = next_byte(o) % 64;
	uint8_t b;

	for (unsigned i = 0; i < W_PEERS; i++)
		o->w->peers[i].broken = true;
	while (n-- && o->n && o->w->plugged) {
		b = (uint8_t)next_byte(o);
		w_put(&o->w->port_in, &b, 1);
	}
}

static void op_modem_junk(struct ops *o)
{
	static const uint8_t junk[] = { 0x01, 0x00, 0x00, 0x33, 0x02 };

	if (o->w->plugged && !o->w->short_io)
		w_put(&o->w->port_in, junk, 1 + next_byte(o) % sizeof junk);
}

static void op_answers(struct ops *o)
{
	unsigned n = next_byte(o);

	for (unsigned i = 0; i <= n % 8 && o->w->plugged; i++)
		w_modem_answers(o->w, n);
}

static void op_twice(struct ops *o)
{
	struct world *w = o->w;

	if (!w->n_answers || w->n_answers == W_ANSWERS || w->answers[0].ctl)
		return;
	w->answers[w->n_answers] = w->answers[0];
	w->n_answers++;
	(void)next_byte(o);
}

static void op_indicate(struct ops *o)
{
	unsigned b = next_byte(o), client = next_byte(o) % (W_IDS + 2);

	if (o->w->plugged)
		w_modem_indicates(o->w, b % W_SERVICES, client > W_IDS ? 0xff : client, 0x24);
}

static void op_restart(struct ops *o)
{
	if (next_byte(o) % 4 == 0 && o->w->plugged)
		w_modem_restarts(o->w);
}

static void op_plug(struct ops *o)
{
	struct world *w = o->w;
	unsigned b = next_byte(o);

	if (b & 1)
		w->stalled = b & 2;
	else if (b & 4)
		w->silent = b & 2;
	else if ((b & 0x18) == 0) {
		w->plugged = !w->plugged;
		w->n_answers = 0;
		memset(w->ids, 0, sizeof w->ids);
		w->device += w->plugged && b & 0x20;
	}
}

static void op_kill(struct ops *o)
{
	w_kill(some_peer(o));
}

static void op_reader(struct ops *o)
{
	struct w_peer *p = some_peer(o);
	unsigned b = next_byte(o);

	p->frozen = b & 1;
	p->half |= (b & 6) == 6;
}

static void op_time(struct ops *o)
{
	static const int64_t ms[] = { 1, 10, 500, 2000, 6000, 31000, 61000, 601000 };

	w_wait(o->w, ms[next_byte(o) % 8]);
}

static void op_mode(struct ops *o)
{
	unsigned b = next_byte(o);

	o->w->short_io = b & 1;
	o->w->eintr = b & 2 ? 2 + b % 7 : 0;
	o->w->at_once = b & 4;
}

static void (*const all_ops[])(struct ops *) = {
	op_connect, op_open, op_allocate, op_request, op_release, op_answers, op_kill, op_time,
	op_lease, op_indicate, op_ctl, op_reader, op_twice, op_restart, op_plug, op_mode,
	op_name, op_raw, op_modem_junk, op_burst, op_connect, op_open, op_allocate, op_request,
	op_answers, op_request, op_lease, op_modem_raw,
};

#define N_OPS (sizeof all_ops / sizeof *all_ops)
#define N_OPS_HONEST (N_OPS - 1)	/* without op_modem_raw: all rules hold */

/*
 * At the end everybody leaves, and then the modem has no client id in use but
 * those of orphans and names, which a reap and a second look account for.
 */
static void settle(struct world *w)
{
	struct w_peer *p;

	w->stalled = w->silent = w->short_io = false;
	w->eintr = 0;
	w->at_once = true;
	for (unsigned i = 0; i < W_PEERS; i++)
		w_kill(&w->peers[i]);
	w_wait(w, 10);
	while (w->n_answers && w->plugged) {
		w_modem_answers(w, 0);
		w_run(w);
	}
	if (!w->plugged || proxy_core_ended(w->core))
		return;
	/* The last requests of the dead are worked off. */
	for (unsigned i = 0; i < 12 && w->core->peers_top; i++)
		w_wait(w, PROXY_WINDOW_MS);
	p = w_connect(w, 0, 0);
	w_open_path(p, "/dev/cdc-wdm0");
	w_wait(w, 5000);
	w_ctl(p, PROXY_MSG_REAP, NULL, 0, 0);
	w_wait(w, 10);
	w_kill(p);
	w_wait(w, PROXY_QUARANTINE_MS + PROXY_REQUEST_MS);
	w_wait(w, PROXY_QUARANTINE_MS + PROXY_REQUEST_MS);
}

/* Ids that the modem has in use and the proxy does not know of are leaked. */
static void check_leaks(struct world *w)
{
	unsigned known = 0, used = 0;

	for (unsigned i = 0; i < w->core->ids_top; i++)
		known += w->core->ids[i].used && w->core->ids[i].kind == ID_NAMED;
	for (unsigned s = 0; s < W_SERVICES; s++)
		for (unsigned i = 0; i <= W_IDS; i++)
			used += w->ids[s][i];
	w_check(w, used <= known, "no client id is leaked");
	w_check(w, w->core->n_requests == 0, "no request is leaked");
	w_check(w, w->core->peers_top == 0, "no process is leaked");
}

/* NULL, or the rule that broke.  honest: the modem says nothing wrong. */
static const char *ops_run(const uint8_t *p, size_t n, bool honest)
{
	struct ops o = { p, n < OPS_MAX ? n : OPS_MAX, w_new() };
	bool lost = !honest;
	int64_t idle = o.w->now;	/* since when the modem owes answers */

	o.w->at_once = false;
	o.w->messages = next_byte(&o) & 1;
	while (o.n && !o.w->broken && !proxy_core_ended(o.w->core)) {
		unsigned op = next_byte(&o) % (honest ? N_OPS_HONEST : N_OPS);

		all_ops[op](&o);
		w_run(o.w);
		/* A release that the modem never got an answer out for, or forgot while
		   it was unplugged, cannot be accounted for. */
		lost = lost || o.w->silent || !o.w->plugged;
		/* So late an answer to an allocation tells nobody any more of the id. */
		if (!o.w->n_answers)
			idle = o.w->now;
		lost = lost || o.w->now - idle > PROXY_CTL_MS + PROXY_QUARANTINE_MS;
	}
	settle(o.w);
	if (!lost && o.w->plugged && !proxy_core_ended(o.w->core) && !o.w->broken)
		check_leaks(o.w);
	return w_end(o.w);
}

#endif
