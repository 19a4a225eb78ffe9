/* test_proxy.c - ownership: who gets which answer, and what becomes of client ids. */
#include "tests/unit/proxy_test.h"

static void test_routing(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 0), *q = client(w, 1, 1000);

	for (unsigned i = 0; i < 40; i++) {
		w_request(w, p, 3, p->last_client);
		w_request(w, q, 3, q->last_client);
		w_ctl(p, 0x0021, NULL, 0, 0);
		w_ctl(q, 0x0021, NULL, 0, 0);
	}
	w_run(w);
	ok(p->answers == 82 && q->answers == 82, "each gets all of its answers");
	w_modem_indicates(w, 3, q->last_client, 0x24);
	w_run(w);
	ok(!p->indications && q->indications == 1, "an indication goes to the owner");
	w_modem_indicates(w, 3, 0xff, 0x24);
	w_modem_indicates(w, 2, 0xff, 0x24);
	w_run(w);
	ok(p->indications == 1 && q->indications == 2, "a broadcast to those of the service");
	w_request(w, q, 3, p->last_client);
	w_release(q, 3, p->last_client);
	w_run(w);
	ok(q->errors == 2 && q->last_error == PROXY_E_CLIENT,
		"another user's id can be neither used nor released");
	w_request_as(w, p, 3, p->last_client, 500, 0x24);
	w_run(w);
	ok(p->last_error == 0, "and still works for its owner");
	finish(w, "routing: all in order");
}

/*
 * libqmi's proxy gave one process the answer to another's request where both
 * used one client id and one transaction id.
 */
static void test_sharing(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 1000), *q = w_connect(w, 1, 1000);

	w_open_path(q, "/dev/cdc-wdm0");
	w_run(w);
	w->at_once = false;
	w_request_as(w, p, 3, p->last_client, 77, 0x24);
	w_request_as(w, q, 3, p->last_client, 77, 0x24);
	w_request_as(w, p, 3, p->last_client, 65535, 0x24);
	w_run(w);
	w_modem_answers(w, 2);
	w_modem_answers(w, 1);
	w_modem_answers(w, 0);
	w_run(w);
	ok(p->answers == 4 && q->answers == 2 && !q->errors,
		"one id, one transaction: each gets its own");
	w_modem_indicates(w, 3, p->last_client, 0x24);
	w_run(w);
	ok(p->indications == 1 && q->indications == 1, "who shares an id gets its indications");
	w_kill(p);
	w_run(w);
	w->at_once = true;
	w_request(w, q, 3, p->last_client);
	w_run(w);
	ok(q->answers == 3 && !q->errors, "the id outlives its first owner");
	finish(w, "sharing: all in order");
}

static void test_orphans(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 1000), *q, *r;
	unsigned id = p->last_client;

	w_kill(p);
	w_run(w);
	q = w_connect(w, 1, 1001);
	r = w_connect(w, 2, 1000);
	w_open_path(q, "/dev/cdc-wdm0");
	w_open_path(r, "/dev/cdc-wdm0");
	w_run(w);
	w_request(w, q, 3, id);
	w_run(w);
	ok(q->last_error == PROXY_E_CLIENT, "an orphan is not for other users");
	w_request(w, r, 3, id);
	w_run(w);
	ok(r->last_error == 0 && r->answers == 2, "the same user takes it up");
	w_ctl(q, PROXY_CTL_SYNC, NULL, 0, 0);
	w_run(w);
	ok(q->last_error == 0 && in_use(w, 3) == 1,
		"a sync does not reach the modem while others hold ids");
	w_release(r, 3, id);
	w_run(w);
	w_ctl(q, PROXY_CTL_SYNC, NULL, 0, 0);
	w_run(w);
	ok(w->seen[PROXY_CTL_SYNC] == 1, "and does when nobody does");
	finish(w, "orphans: all in order");
}

static void test_release_at_death(void)
{
	struct world *w = w_new();
	struct w_peer *p = w_connect(w, 0, 1000);

	w_open_ours(p, PROXY_OPEN_RELEASE);
	w_run(w);
	w_allocate(p, 3);
	w_allocate(p, 2);
	w_run(w);
	ok(in_use(w, 3) == 1 && in_use(w, 2) == 1, "our applet has two ids");
	w_kill(p);
	w_run(w);
	ok(in_use(w, 3) == 0 && in_use(w, 2) == 0, "they are released when it dies");
	p = w_connect(w, 1, 1000);
	w_open_path(p, "/dev/cdc-wdm0");
	w_run(w);
	w->at_once = false;
	w_allocate(p, 3);
	w_run(w);
	w_kill(p);
	w_run(w);
	w->at_once = true;
	w_run(w);
	w_modem_answers(w, 0);
	w_run(w);
	ok(in_use(w, 3) == 0, "an id that comes for one who has died is released");
	finish(w, "death: all in order");
}

/*
 * A command that ran out of time sent its release and hung up.  The proxy released the id a
 * second time; had somebody else got that id in between, he would have lost it.
 */
static void test_release_and_hang_up(void)
{
	struct world *w = w_new();
	struct w_peer *p = w_connect(w, 0, 1000);

	w_open_ours(p, PROXY_OPEN_RELEASE);
	w_run(w);
	w_allocate(p, 3);
	w_run(w);
	w->at_once = false;
	w_release(p, 3, p->last_client);
	w_run(w);
	w_kill(p);
	w_run(w);
	w->at_once = true;
	w_run(w);
	while (w->n_answers) {
		w_modem_answers(w, 0);
		w_run(w);
	}
	ok(in_use(w, 3) == 0, "the id is released");
	ok(w->seen[PROXY_CTL_RELEASE] == 1, "once");
	finish(w, "release and hang up: all in order");
}

static void test_exhausted(void)
{
	struct world *w = w_new();
	struct w_peer *p;

	for (unsigned i = 0; i < W_IDS; i++) {
		p = client(w, i, 1000);
		w_kill(p);
		w_run(w);
	}
	ok(in_use(w, 3) == W_IDS, "dead processes have all ids");
	for (unsigned i = 0; i < W_IDS; i++) {
		p = client(w, 10 + i, 1001);
		if (p->errors || !p->last_client)
			break;
	}
	ok(!p->errors && p->answers == 2, "the living get them, and never hear of it");
	p = client(w, 20, 1001);
	ok(p->last_error == PROXY_E_EXHAUSTED, "when all are held by the living, they hear of it");
	finish(w, "exhaustion: all in order");
}

/* Ids that were allocated before the proxy ran: whoever uses them owns them. */
static void test_adopted(void)
{
	struct world *w = w_new();
	struct w_peer *p = w_connect(w, 0, 1000), *q = w_connect(w, 1, 1001);

	w->ids[3][5] = true;
	w_open_path(p, "/dev/cdc-wdm0");
	w_open_path(q, "/dev/cdc-wdm0");
	w_run(w);
	w_request(w, p, 3, 5);
	w_run(w);
	ok(p->last_error == 0, "an id from before the proxy works");
	w_request(w, q, 3, 5);
	w_run(w);
	ok(q->last_error == PROXY_E_CLIENT, "and is its first user's now");
	for (unsigned i = 0; i < 200; i++) {
		w_request(w, q, 2, 1 + i);
		w_run(w);
	}
	ok(q->errors == 201 && w->core->peers[1].holds == NONE, "guesses are not remembered");
	w_kill(p);
	w_run(w);
	ok(in_use(w, 3) == 1, "nor is such an id released when its user dies");
	finish(w, "adopted ids: all in order");
}

static void test_restart(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 1000), *q;

	w_open_ours(p, 0);
	w_run(w);
	w->at_once = false;
	w_request(w, p, 3, p->last_client);
	w_run(w);
	w_modem_restarts(w);
	w_run(w);
	w->at_once = true;
	ok(p->indications == 2, "the restart is told, by the modem and by the proxy");
	ok(p->last_error == PROXY_E_CLIENT && p->last_errno == ESTALE,
		"who waits is told too, with the reason");
	w->next_id[3]--;
	q = client(w, 1, 1000);
	ok(q->last_client == p->last_client && !q->errors, "the modem gives the same id again");
	w_request(w, p, 3, p->last_client);
	w_run(w);
	ok(p->last_error == PROXY_E_CLIENT && p->last_errno == ESTALE,
		"its former owner cannot use it");
	w_modem_indicates(w, 3, q->last_client, 0x24);
	w_run(w);
	ok(p->indications == 2 && q->indications == 1, "nor hear of it");
	finish(w, "restart: all in order");
}

static void test_lease(void)
{
	struct world *w = w_new();
	struct w_peer *p = w_connect(w, 0, 1000);
	unsigned allocated, first;
	uint8_t nas = 3;

	w_open_ours(p, PROXY_OPEN_RELEASE);
	w_run(w);
	w_ctl(p, PROXY_MSG_LEASE, &nas, 1, 3);
	w_run(w);
	first = p->last_client;
	w_request_as(w, p, 3, first, 1, 0x4f);
	w_run(w);
	allocated = w->seen[PROXY_CTL_ALLOCATE];
	w_kill(p);
	w_run(w);
	p = w_connect(w, 1, 1000);
	w_open_ours(p, PROXY_OPEN_RELEASE);
	w_ctl(p, PROXY_MSG_LEASE, &nas, 1, 3);
	w_run(w);
	ok(p->last_client == first && w->seen[PROXY_CTL_ALLOCATE] == allocated,
		"a lease is handed on without asking the modem");
	w_request_as(w, p, 3, first, 1, 0x0003);
	w_run(w);
	w_kill(p);
	w_run(w);
	ok(in_use(w, 3) == 0, "not so when it has registered for something");
	finish(w, "leases: all in order");
}

static void test_idle_lease(void)
{
	struct world *w = w_new();
	struct w_peer *p;
	unsigned client_id;
	uint8_t nas = 3;

	p = w_connect(w, 2, 1000);
	w_open_ours(p, PROXY_OPEN_RELEASE);
	w_ctl(p, PROXY_MSG_LEASE, &nas, 1, 3);
	w_run(w);
	client_id = p->last_client;
	w_kill(p);
	w_run(w);
	ok(in_use(w, 3) == 1, "it waits for the next");
	p = w_connect(w, 3, 1001);
	w_open_path(p, "/dev/cdc-wdm0");
	w_run(w);
	w_request(w, p, 3, client_id + 1);
	w_run(w);
	w_wait(w, PROXY_LEASE_MS + 1);
	ok(in_use(w, 3) == 0, "for some seconds only");
	finish(w, "idle leases: all in order");
}

static void test_names(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 1000), *q;
	uint8_t bytes[64];
	struct qmux_buf b = qmux_buf(bytes, sizeof bytes);
	struct qmux_frame f = { .transaction = 200, .message = PROXY_MSG_NAME };
	uint8_t target[2] = { 3, p->last_client };

	qmux_frame_begin(&b, &f);
	qmux_add_tlv(&b, 0x01, target, 2);
	qmux_add_tlv(&b, 0x02, "wan", 3);
	qmux_add_tlv(&b, 0x03, "\x01\x02\x03\x04", 4);
	p->asked[0] = (struct w_asked){ .used = true, .transaction = 200,
		.message = PROXY_MSG_NAME };
	p->n_asked = 1;
	w_put(&p->in, bytes, (size_t)qmux_frame_end(&b));
	w_run(w);
	ok(p->last_error == 0 && !p->n_asked, "an id gets a name");
	w_kill(p);
	w_wait(w, PROXY_EMPTY_MS * 2);
	ok(!proxy_core_ended(w->core) && in_use(w, 3) == 1,
		"it outlives its process, and keeps the proxy");
	q = w_connect(w, 1, 1001);
	w_open_path(q, "/dev/cdc-wdm0");
	f = (struct qmux_frame){ .transaction = 200, .message = PROXY_MSG_FIND };
	w_ask(q, &f, 0x02, "wan", 3, (struct w_asked){ 0 });
	w_run(w);
	ok(q->last_error == PROXY_E_NO_ENTRY, "other users do not find it");
	q = w_connect(w, 2, 1000);
	w_open_path(q, "/dev/cdc-wdm0");
	w_ask(q, &f, 0x02, "wan", 3, (struct w_asked){ 0 });
	w_run(w);
	ok(q->last_error == 0 && q->answers == 2, "the same user does");
	w_ctl(q, PROXY_MSG_REAP, NULL, 0, 0);
	w_run(w);
	ok(in_use(w, 3) == 1, "and it is not reaped");
	w_release(q, 3, target[1]);
	w_run(w);
	ok(!w->core->names[0].used, "when it is released, its name is free");
	finish(w, "names: all in order");
}

static void test_trace(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 1000), *root = w_connect(w, 1, 0);
	struct w_peer *other = w_connect(w, 2, 1001);

	w_ctl(root, PROXY_MSG_TRACE, NULL, 0, 0);
	w_ctl(other, PROXY_MSG_TRACE, NULL, 0, 0);
	w_run(w);
	w_request(w, p, 3, p->last_client);
	w_run(w);
	ok(root->events == 2, "root sees request and answer");
	ok(other->events == 0, "another user does not");
	root->frozen = true;
	for (unsigned i = 0; i < 5000; i++) {
		w_request(w, p, 3, p->last_client);
		w_run(w);
	}
	ok(p->answers == 5003 && root->connected && w->core->peers[1].dropped,
		"a slow tracer loses events, and nobody waits for it");
	finish(w, "trace: all in order");
}

int main(void)
{
	test_routing();
	test_sharing();
	test_orphans();
	test_release_at_death();
	test_release_and_hang_up();
	test_exhausted();
	test_adopted();
	test_restart();
	test_lease();
	test_idle_lease();
	test_names();
	test_trace();
	return tap_done();
}
