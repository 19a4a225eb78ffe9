/* test_proxy_flow.c - ports, flow, framing, limits, and the proxy's end. */
#include "tests/unit/proxy_test.h"

static void test_before_the_open(void)
{
	struct world *w = w_new();
	struct w_peer *p = w_connect(w, 0, 0);
	struct qmux_frame ext = { .marker = QMUX_MARKER_EXT, .service = 0x03, .client = 1,
		.transaction = 9, .message = 0x20 };

	w_request(w, p, 3, 1);
	w_run(w);
	ok(p->errors == 1 && p->last_error == PROXY_E_OPERATION,
		"a request before the open is answered");
	w_allocate(p, 3);
	w_run(w);
	ok(p->errors == 2, "an allocation before the open is answered");
	w_ask(p, &ext, 0, NULL, 0, (struct w_asked){ 0 });
	w_run(w);
	ok(p->errors == 3 && p->last_error == PROXY_E_SUPPORT,
		"an extended frame is answered in its own head");
	w_ctl(p, PROXY_MSG_STATUS, NULL, 0, 0);
	w_run(w);
	ok(p->answers == 4 && p->last_error == 0, "status needs no port");
	w_ctl(p, 0xfeff, NULL, 0, 0);
	w_run(w);
	ok(p->last_error == PROXY_E_COMMAND, "an unknown private message is answered");
	finish(w, "before the open: all in order");
}

static void test_open(void)
{
	static const struct { const char *path; unsigned error; } bad[] = {
		{ "/dev/none", PROXY_E_NOT_FOUND }, { "/dev/forbidden", PROXY_E_ACCESS },
		{ "/dev/file", PROXY_E_UNSUPPORTED },
		{ "/dev/cdc-wdm0-not-yours", PROXY_E_ACCESS }, { "/dev/other1", PROXY_E_IN_USE },
	};
	struct world *w = w_new();
	struct w_peer *p = w_connect(w, 0, 0), *q = w_connect(w, 1, 0);

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		w_open_path(p, bad[i].path);
		w_run(w);
		ok(p->last_error == bad[i].error, "%s", bad[i].path);
	}
	w_open_path(p, "/dev/cdc-wdm0");
	w_open_path(q, "/dev/cdc-wdm0-by-another-name");
	w_open_path(p, "/dev/cdc-wdm0");
	w_run(w);
	ok(p->answers == 7 && p->last_error == 0, "two opens in one write are two answers");
	ok(q->answers == 1 && w->core->ports[0].peers == 2,
		"another name for the device is the same port");
	w_allocate(p, 3);
	w_run(w);
	w_modem_indicates(w, 3, p->last_client, 0x24);
	w_run(w);
	ok(p->indications == 1, "a second open does not double the indications");
	finish(w, "opens: all in order");
}

static void test_mute(void)
{
	struct world *w = w_new();
	struct w_peer *p = w_connect(w, 0, 0);

	w->silent = true;
	w_open_path(p, "/dev/cdc-wdm0");
	w_wait(w, PROXY_PROBE_MS);
	ok(p->answers == 0 && w->seen[0x21] == 2, "a mute modem is asked again");
	w->silent = false;
	w_wait(w, PROXY_PROBE_MS);
	ok(p->answers == 1 && !p->errors, "the open succeeds once the modem has woken up");
	w_kill(p);
	w_wait(w, PROXY_PORT_IDLE_MS + 1);
	ok(!w->port_open, "a port that nobody uses is closed");
	w->silent = true;
	p = w_connect(w, 1, 0);
	w_open_ours(p, 0);
	w_wait(w, PROXY_PROBE_MS * PROXY_PROBE_TRIES);
	ok(p->last_error == PROXY_E_NOT_READY && p->last_errno == ETIMEDOUT,
		"the open of a modem that stays mute fails");
	finish(w, "mute modem: all in order");
}

static void test_many_ctl(void)
{
	struct world *w = w_new();
	struct w_peer *p;

	for (unsigned i = 0; i < 20; i++) {
		p = w_connect(w, i, 0);
		w_open_path(p, "/dev/cdc-wdm0");
		w_run(w);
		w->at_once = false;
	}
	w->at_once = true;
	w_run(w);
	while (w->n_answers) {
		w_modem_answers(w, 0);
		w_run(w);
	}
	w->at_once = false;
	for (unsigned i = 0; i < 20; i++)
		for (unsigned k = 0; k < 30; k++)
			w_ctl(&w->peers[i], 0x0021, NULL, 0, 0);
	w_run(w);
	ok(w->n_answers == PROXY_CTL_TRANSACTIONS,
		"as many as there are transaction ids are on their way");
	w->at_once = true;
	w_modem_answers(w, 0);
	w_run(w);
	for (unsigned i = 0; i < 20; i++)
		if (w->peers[i].n_asked || w->peers[i].errors)
			w->broken = "all are answered";
	finish(w, "600 CTL requests in flight: all are answered");
}

static void test_late(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 0);
	unsigned before;

	w->at_once = false;
	w_allocate(p, 2);
	w_run(w);
	before = w->n_answers;
	w_wait(w, PROXY_CTL_MS + 1);
	ok(before == 1 && w->core->ports[0].forgotten == 1, "what is not answered is forgotten");
	memset(p->asked, 0, sizeof p->asked);	/* it has given up too */
	p->n_asked = 0;
	w->at_once = true;
	w_modem_answers(w, 0);
	w_run(w);
	ok(in_use(w, 2) == 0, "an id that comes late is released");
	w_modem_answers(w, 0);
	w_request_as(w, p, 3, p->last_client, 9, 0x24);
	w->at_once = false;
	w_run(w);
	w->answers[1] = w->answers[0];	/* the same twice */
	w->n_answers = 2;
	w->at_once = true;
	w_run(w);
	w_modem_answers(w, 0);
	w_run(w);
	ok(!p->n_asked && w->core->ports[0].unmatched == 1, "a second answer reaches nobody");
	finish(w, "late answers: all in order");
}

static void test_slow_reader(void)
{
	struct world *w = w_new();
	struct w_peer *slow = client(w, 0, 1000), *p = client(w, 1, 1000);

	slow->frozen = true;
	for (unsigned i = 0; i < 30000; i++) {
		w_modem_indicates(w, 3, 0xff, 0x24);
		if (i % 1000 == 999)
			w_run(w);
	}
	ok(p->indications == 30000, "who reads gets all indications");
	ok(slow->connected && w->core->peers[0].dropped > 1000, "who does not loses some, counted");
	slow->frozen = false;
	w_run(w);
	w_request(w, slow, 3, slow->last_client);
	w_run(w);
	ok(slow->last_error == 0 && !slow->n_asked, "and goes on when it reads again");
	finish(w, "slow reader: all in order");
}

static void test_flood(void)
{
	struct world *w = w_new();
	struct w_peer *flood = client(w, 0, 1000), *p = client(w, 1, 1001);
	unsigned ahead;

	w->at_once = false;
	for (unsigned i = 0; i < 250; i++)
		w_request(w, flood, 3, flood->last_client);
	w_request(w, p, 3, p->last_client);
	w_run(w);
	ahead = w->n_answers;
	ok(ahead <= PROXY_WINDOW + 1, "one with hundreds of requests is not far ahead of one with one");
	w->at_once = true;
	w_modem_answers(w, 0);
	w_run(w);
	ok(!flood->n_asked && !p->n_asked && !flood->errors, "all are answered");
	finish(w, "flood: all in order");
}

/* A modem that floods: its frames are for nobody, and everybody is served between them. */
static void test_modem_floods(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 1000);
	unsigned turns = 0;

	for (unsigned i = 0; i < 20; i++) {
		while (w->port_in.len < W_PIPE / 2)
			w_modem_indicates(w, 3, 77, 0x24);
		w_request(w, p, 3, p->last_client);
		while (p->n_asked && turns < 100) {
			while (w->port_in.len < W_PIPE / 4)
				w_modem_indicates(w, 3, 77, 0x24);
			w_turn(w);
			w_peer_reads(w, p);
			turns++;
		}
	}
	ok(!p->n_asked && turns < 100, "a modem that floods does not starve a process");
	ok(w->core->ports[0].unmatched > 1000, "what is nobody's is counted");
	finish(w, "modem floods: all in order");
}

static void test_stalled_modem(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 0);
	unsigned max = 0;

	w->stalled = true;
	for (unsigned i = 0; i < 200; i++) {
		w_request(w, p, 3, p->last_client);
		w_run(w);
		if (w->core->ports[0].out.len > max)
			max = w->core->ports[0].out.len;
	}
	ok(max && max < PROXY_PORT_HIGH + 4096, "a modem that takes no bytes has a bounded queue");
	w->stalled = false;
	w_wait(w, 1);
	ok(!p->n_asked && !p->errors, "and gets it all when it takes them again");
	finish(w, "stalled modem: all in order");
}

/*
 * A modem stalled a command, as tests/kernel showed: poll() said POLLERR for ever, for read() had
 * nothing to tell and there was nothing to write.  The proxy spun.
 */
static void test_refused_write(void)
{
	struct world *w = w_new();
	struct w_peer *p;

	w->messages = true;
	p = client(w, 0, 0);
	w->refused = true;
	w_wait(w, 1000);
	ok(w->refused, "an error of a write is nothing to read");
	w_request(w, p, 3, p->last_client);
	w_wait(w, 1000);
	ok(!w->refused && w->core->ports[0].errors == 1, "the next write has it, and it is counted");
	ok(!p->n_asked && !p->errors, "and the port works on");
	finish(w, "refused write: all in order");
}

static void test_unplug(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 0), *q;
	unsigned id = p->last_client;

	w_open_ours(p, 0);
	w_run(w);
	w->at_once = false;
	w_request(w, p, 3, id);
	w_allocate(p, 2);
	w_run(w);
	w->plugged = false;
	w_run(w);
	ok(p->answers == 5 && p->errors == 2 && p->last_error == PROXY_E_NOT_FOUND,
		"unplugged: who waits gets an error");
	ok(p->indications == 1, "and one of our applets a word, if it only listens");
	w_request(w, p, 3, id);
	w_run(w);
	ok(p->errors == 3, "and so does who asks later");
	w->plugged = true;
	memset(w->ids, 0, sizeof w->ids);
	w->n_answers = 0;
	w->at_once = true;
	q = client(w, 1, 0);
	ok(q->answers == 2 && !q->errors, "back again: a new open works");
	w_request(w, p, 3, id);
	w_run(w);
	ok(p->last_error == PROXY_E_CLIENT, "an id from before is no longer valid");
	w->plugged = false;
	w_run(w);
	w->plugged = true;
	w->device++;
	w_open_path(p, "/dev/cdc-wdm0");
	w_run(w);
	ok(p->last_error == 0, "a process may open the port anew, also as another device");
	finish(w, "unplug: all in order");
}

static void test_junk(void)
{
	static const uint8_t junk[] = { 0x00, 0x01, 0xff, 0x01, 0x0b, 0x00, 0x80, 0x55, 0xaa, 0x01 };
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 0), *q = client(w, 1, 0);

	w->at_once = false;
	w_request(w, p, 3, p->last_client);
	w_run(w);
	w_put(&w->port_in, junk, sizeof junk);
	w_modem_answers(w, 0);
	w_run(w);
	w_wait(w, PROXY_DOUBT_MS);
	ok(!p->n_asked && w->core->ports[0].in.resyncs, "junk from the modem is skipped");
	w_request(w, p, 3, p->last_client);
	w_run(w);
	w_put(&w->port_in, "\x01", 1);	/* looks like the head of a frame of 4 KB */
	w_modem_answers(w, 0);
	w_wait(w, PROXY_DOUBT_MS);
	ok(!p->n_asked, "also where it looks like the beginning of a frame");
	q->broken = true;
	w_put(&q->in, junk, sizeof junk);
	w_run(w);
	ok(!q->connected && p->connected, "junk from a process ends that process alone");
	finish(w, "junk: all in order");
}

static void test_half_closed(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 0);

	w->at_once = false;
	w_request(w, p, 3, p->last_client);
	w_run(w);
	p->half = true;
	w_run(w);
	ok(p->connected, "who has closed its sending side still waits");
	w_modem_answers(w, 0);
	w_run(w);
	ok(p->answers == 3 && !p->connected, "gets its answer, and is closed then");
	p = w_connect(w, 1, 0);
	w_open_path(p, "/dev/cdc-wdm0");
	w_run(w);
	w->at_once = true;
	for (unsigned i = 0; i < 20; i++)
		w_allocate(p, 1 + i % 3);
	w_kill(p);
	w_run(w);
	ok(!p->connected, "what a dead process had sent is worked off");
	finish(w, "half-closed: all in order");
}

static void test_end(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 0), *q;

	w_wait(w, 10 * PROXY_EMPTY_MS);
	ok(!proxy_core_ended(w->core), "it stays while somebody has a port open");
	w_kill(p);
	w_wait(w, PROXY_EMPTY_MS - 1);
	ok(!proxy_core_ended(w->core), "and for a while after");
	w_wait(w, 2);
	ok(proxy_core_ended(w->core), "then it leaves");
	finish(w, "an empty proxy: all in order");
	w = w_new();
	p = client(w, 0, 0);
	q = w_connect(w, 1, 0);
	w_open_ours(q, PROXY_OPEN_RELEASE);
	w_allocate(q, 2);
	w_run(w);
	w->at_once = false;
	w_request(w, p, 3, p->last_client);
	w_run(w);
	w->at_once = true;
	w->n_answers = 0;
	w_ctl(q, PROXY_MSG_STOP, NULL, 0, 0);
	w_wait(w, PROXY_STOP_MS);
	ok(p->last_error == PROXY_E_ABORTED && !p->n_asked, "stop: what waits is answered");
	ok(in_use(w, 2) == 0 && in_use(w, 3) == 1, "our applets' ids are released");
	ok(proxy_core_ended(w->core), "and it has ended");
	finish(w, "ordered end: all in order");
}

static void test_io(void)
{
	for (unsigned mode = 0; mode < 4; mode++) {
		struct world *w = w_new();
		struct w_peer *p;

		w->short_io = mode & 1;
		w->eintr = mode & 2 ? 3 : 0;
		w->messages = mode == 2;
		p = client(w, 0, 0);
		for (unsigned i = 0; i < 100; i++)
			w_request(w, p, 3, p->last_client);
		w_run(w);
		ok(!p->n_asked && !p->errors && p->answers == 102, "pieces, EINTR: all is answered");
		finish(w, "pieces, EINTR: all in order");
	}
}

/* A frame of n bytes for service 3; its answer is awaited. */
static void ask_big(struct w_peer *p, size_t n)
{
	static uint8_t big[QMUX_FRAME_MAX], value[QMUX_FRAME_MAX];
	struct qmux_buf b = qmux_buf(big, sizeof big);
	struct qmux_frame f = { .service = 3, .client = p->last_client, .transaction = 7,
		.message = 0x24 };
	uint8_t tag[4] = { 1 };

	p->asked[0] = (struct w_asked){ .used = true, .service = 3, .client = f.client,
		.transaction = 7, .message = 0x24, .tag = 1 };
	p->n_asked = 1;
	qmux_frame_begin(&b, &f);
	qmux_add_tlv(&b, W_TAG, tag, 4);
	qmux_add_tlv(&b, 0x50, value, n - b.len - QMUX_TLV_HEAD);
	w_put(&p->in, big, (size_t)qmux_frame_end(&b));
}

static void test_big(void)
{
	for (unsigned mode = 0; mode < 2; mode++) {
		struct world *w = w_new();
		struct w_peer *p;

		w->messages = mode == 0;
		p = client(w, 0, 1000);
		ask_big(p, mode == 0 ? 4097 : QMUX_FRAME_MAX);
		w_run(w);
		if (mode == 0)
			ok(p->last_error == PROXY_E_TOO_LONG, "a frame that the port would cut is refused");
		else
			ok(!p->n_asked && !p->last_error, "a frame of 64 KB gets through");
		finish(w, "long frames: all in order");
	}
}

static void test_unanswered(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 0);

	w->silent = true;
	for (unsigned i = 0; i < 200; i++) {
		w_request(w, p, 3, p->last_client);
		w_wait(w, PROXY_WINDOW_MS);
	}
	ok(w->core->peers[0].n_requests <= PROXY_PEER_REQUESTS,
		"what is never answered does not pile up");
	memset(p->asked, 0, sizeof p->asked);
	p->n_asked = 0;
	w->silent = false;
	w_request(w, p, 3, p->last_client);
	w_run(w);
	ok(!p->n_asked, "and later requests get through");
	finish(w, "unanswered: all in order");
}

static void test_who_may(void)
{
	struct world *w = w_new();
	struct w_peer *p = w_connect(w, 0, W_OUTSIDER);

	w_open_ours(p, 0);
	w_run(w);
	ok(p->last_error == PROXY_E_ACCESS && p->last_errno == EACCES && !p->connected,
		"who may not use it is told so, and closed");
	p = w_connect(w, 1, W_OUTSIDER);
	w_wait(w, PROXY_REFUSED_MS + 1);
	ok(!p->connected, "also who says nothing");
	p = w_connect(w, 2, 1000);
	w_wait(w, PROXY_OPEN_MS + 1);
	ok(!p->connected, "who opens no port is closed");
	finish(w, "who may: all in order");
}

/* Fills the table with processes of one uid that say nothing. */
static void crowd(struct world *w, uint32_t uid)
{
	for (unsigned i = 0; i < PROXY_PEERS_UID; i++)
		w->core->peers[i] = (struct proxy_peer){ .used = true, .hup = true, .eof = true,
			.fd = -1, .pfd = -1, .cred = { .pid = 1, .uid = uid }, .holds = NONE,
			.requests = NONE, .n_requests = 1, .deadline = QMUX_NEVER,
			.wake = QMUX_NEVER };
	w->core->peers_top = w->core->n_peers = PROXY_PEERS_UID;
}

static void test_crowd(void)
{
	struct world *w = w_new();
	struct w_peer *p, *q;

	crowd(w, 1000);
	p = w_connect(w, 3, 1000);
	q = w_connect(w, 4, 0);
	w_open_ours(p, 0);
	w_open_ours(q, 0);
	w_run(w);
	ok(p->last_error == PROXY_E_RESOURCES, "a user with too many processes is told so");
	ok(!q->last_error && q->answers == 1, "root is served all the same");
	for (unsigned i = 0; i < PROXY_PEERS_UID; i++)
		w->core->peers[i].used = false;
	w->core->n_peers -= PROXY_PEERS_UID;
	finish(w, "a crowd: all in order");
}

/* It leaves when it is empty, but not under somebody who has just connected. */
static void test_late_comer(void)
{
	struct world *w = w_new();
	struct w_peer *p = client(w, 0, 0);

	w_kill(p);
	w_wait(w, PROXY_EMPTY_MS + 1);
	ok(proxy_core_ended(w->core), "it is about to leave");
	p = client(w, 1, 0);
	ok(!proxy_core_ended(w->core) && p->answers == 2 && !p->errors, "and stays for one more");
	proxy_core_stop(w->core, true);
	w_wait(w, PROXY_STOP_MS);
	ok(proxy_core_ended(w->core), "an ordered end is an end");
	w_connect(w, 2, 0);
	ok(proxy_core_ended(w->core), "for late comers too");
	finish(w, "late comers: all in order");
}

int main(void)
{
	test_before_the_open();
	test_open();
	test_mute();
	test_many_ctl();
	test_late();
	test_slow_reader();
	test_flood();
	test_modem_floods();
	test_stalled_modem();
	test_refused_write();
	test_unplug();
	test_junk();
	test_half_closed();
	test_end();
	test_io();
	test_big();
	test_unanswered();
	test_who_may();
	test_crowd();
	test_late_comer();
	return tap_done();
}
