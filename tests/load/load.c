/*
 * load.c - many processes on one proxy, each of which checks what it gets.
 *
 *	load [-p PROCESSES] [-n REQUESTS] [-w WINDOW] [-s SECONDS] [-S SOCKET] [-P] [-D] [-k] [-z]
 *
 *	-p, -n, -w	processes; requests of each; of these in flight at once
 *	-s		for that long instead of -n requests
 *	-S		use the proxy that runs there (libqmi's: @qmi-proxy), not one of our own
 *	-P		the modem is on a pty, not a socket
 *	-D		straight to the modem, no proxy: one process
 *	-k		soak: they come and go, are killed, and the port is unplugged and returns;
 *			-n is then how many lives there are in all
 *	-z		one more process that asks for ever and never reads
 *
 * Every request carries a tag that only it has; the answer must carry it too.
 * Prints one line of figures; exits 1 where an answer was wrong, lost or came twice, or
 * where something is left in the proxy or the modem at the end.
 */
#include "proxy/proxy.h"
#include "qmux/clock.h"
#include "qmux/frame.h"
#include "tests/load/echo_modem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROCESSES_MAX 512
#define WINDOW_MAX 64
#define SAMPLES 4096		/* latencies kept of each process */
#define DEADLINE_MS 60000	/* for everything that one process waits for */
#define SERVICES 16		/* client ids are spread over services 1 to this */
#define UNPLUG_EVERY 64		/* lives */

struct figures {
	uint32_t done, wrong, refused;
	uint32_t n_samples;
	uint32_t sample[SAMPLES];	/* nanoseconds; more than 4 s count as that */
};

static struct {
	unsigned processes, requests, window, seconds;
	const char *socket;
	bool pty, direct, soak, deaf, own_proxy;
	char device[64];
	struct figures *figures;	/* shared, one for each process */
	int64_t end;
} o = { .processes = 16, .requests = 1000, .window = 1 };

static uint64_t nanoseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* ---- one process ---- */

struct user {
	int fd;
	struct figures *fig;
	uint8_t service, client;
	uint16_t transaction;
	uint32_t tag;
	struct { uint16_t transaction; uint32_t tag; uint64_t at; } asked[WINDOW_MAX];
	unsigned in_flight;
	struct qmux_stream stream;
	uint8_t buf[QMUX_FRAME_MAX];
};

/* Blocking: the kernel's socket is large enough for a window of requests. */
static int put(struct user *u, struct qmux_frame *f, uint8_t type, const void *value, size_t n)
{
	uint8_t bytes[128];
	struct qmux_buf b = qmux_buf(bytes, sizeof bytes);
	int len;

	qmux_frame_begin(&b, f);
	if (n)
		qmux_add_tlv(&b, type, value, n);
	len = qmux_frame_end(&b);
	if (o.direct)
		return write(u->fd, bytes, (size_t)len) == len ? 0 : -EPIPE;
	return send(u->fd, bytes, (size_t)len, MSG_NOSIGNAL) == len ? 0 : -EPIPE;
}

static int next_frame(struct user *u, struct qmux_frame *f)
{
	int64_t deadline = qmux_now() + DEADLINE_MS;
	const uint8_t *p;
	size_t n;

	while (!qmux_stream_next(&u->stream, &p, &n)) {
		struct pollfd set = { u->fd, POLLIN, 0 };
		uint8_t *at = qmux_stream_room(&u->stream, &n);
		ssize_t got = o.direct ? read(u->fd, at, n) : recv(u->fd, at, n, MSG_DONTWAIT);

		if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
			return -EPIPE;
		if (got > 0)
			qmux_stream_added(&u->stream, (size_t)got);
		else if (!poll(&set, 1, qmux_poll_timeout(deadline, qmux_now())))
			return -ETIMEDOUT;
	}
	return qmux_frame_parse(f, p, n);
}

/* A CTL request and its answer: 0, a QMI error, or -errno. */
static int ctl(struct user *u, unsigned message, const void *value, size_t n,
	struct qmux_frame *f)
{
	struct qmux_frame q = { .message = (uint16_t)message, .transaction = 1 };
	int r = put(u, &q, 0x01, value, n);

	while (!r) {
		r = next_frame(u, f);
		if (!r && f->service == QMUX_CTL && f->kind == QMUX_RESPONSE) {
			if (f->message != message || f->transaction != 1)
				u->fig->wrong++;
			return qmux_frame_result(f);
		}
	}
	return r;
}

static int connect_user(struct user *u)
{
	struct proxy_config cfg = proxy_config();
	struct proxy_link link;
	int64_t deadline = qmux_now() + DEADLINE_MS;
	int r;

	cfg.socket = o.socket;
	memset(&u->stream, 0, sizeof u->stream);
	u->stream.p = u->buf;
	u->stream.cap = sizeof u->buf;
	u->in_flight = 0;
	if (o.direct) {
		u->fd = open(o.device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
		return u->fd < 0 ? -errno : 0;
	}
	r = proxy_open_port(&cfg, o.device, PROXY_OPEN_RELEASE, deadline, &link);
	u->fd = link.fd;
	if (!r)
		fcntl(u->fd, F_SETFL, fcntl(u->fd, F_GETFL) & ~O_NONBLOCK);
	return r;
}

static int allocate(struct user *u, unsigned service)
{
	struct qmux_frame f;
	struct qmux_tlv tlv;
	uint8_t v = (uint8_t)service;
	int r = ctl(u, 0x0022, &v, 1, &f);

	if (r)
		return r;
	if (!qmux_tlv_find(&f, 0x01, &tlv) || tlv.len != 2 || tlv.value[0] != service) {
		u->fig->wrong++;
		return -EBADMSG;
	}
	u->service = v;
	u->client = tlv.value[1];
	return 0;
}

static int ask(struct user *u)
{
	struct qmux_frame f = { .service = u->service, .client = u->client, .message = 0x0020 };
	unsigned slot = u->in_flight++;
	uint8_t tag[4];

	if (!++u->transaction)
		u->transaction = 1;
	f.transaction = u->asked[slot].transaction = u->transaction;
	u->asked[slot].tag = ++u->tag;
	u->asked[slot].at = nanoseconds();
	qmux_put32(tag, u->tag);
	return put(u, &f, ECHO_TAG, tag, sizeof tag);
}

static bool right(const struct user *u, const struct qmux_frame *f, unsigned slot)
{
	struct qmux_tlv tlv;

	return f->service == u->service && f->client == u->client && f->message == 0x0020 &&
		qmux_tlv_find(f, ECHO_TAG, &tlv) && tlv.len == 4 &&
		qmux_get32(tlv.value) == u->asked[slot].tag;
}

static int take_answer(struct user *u)
{
	struct qmux_frame f;
	unsigned slot;
	uint64_t took;
	int r;

	do
		r = next_frame(u, &f);
	while (!r && f.kind != QMUX_RESPONSE);
	if (r)
		return r;
	for (slot = 0; slot < u->in_flight; slot++)
		if (u->asked[slot].transaction == f.transaction)
			break;
	if (slot == u->in_flight) {	/* nobody's, or the second one */
		u->fig->wrong++;
		return -EBADMSG;
	}
	if (qmux_frame_result(&f))
		u->fig->refused++;
	else if (!right(u, &f, slot))
		u->fig->wrong++;
	took = nanoseconds() - u->asked[slot].at;
	if (u->fig->n_samples < SAMPLES)
		u->fig->sample[u->fig->n_samples++] = took > UINT32_MAX ? UINT32_MAX :
			(uint32_t)took;
	u->asked[slot] = u->asked[--u->in_flight];
	u->fig->done++;
	return qmux_frame_result(&f);
}

static int work(struct user *u, unsigned requests)
{
	unsigned sent = 0;
	int r = 0;

	while (!r && (o.seconds ? qmux_now() < o.end : sent < requests)) {
		while (!r && u->in_flight < o.window && (o.seconds || sent < requests)) {
			r = ask(u);
			sent++;
		}
		if (!r)
			r = take_answer(u);
	}
	while (!r && u->in_flight)
		r = take_answer(u);
	return r;
}

/* The steady load: every answer must come. */
static int steady(struct user *u, unsigned index)
{
	int r = connect_user(u);

	if (!r)
		r = allocate(u, 1 + index % SERVICES);
	if (!r)
		r = work(u, o.requests);
	if (r)
		fprintf(stderr, "process %u: %s %d\n", index,
			r < 0 ? strerror(-r) : "QMI error", r);
	return r != 0;
}

/* One life of the soak: what fails is the port's fault, what is wrong is not. */
static int life(struct user *u, unsigned seed)
{
	unsigned services = 1 + seed % 3;
	int r = connect_user(u);

	for (unsigned i = 0; i < services && !r; i++)
		r = allocate(u, 1 + (seed + i) % SERVICES);
	if (!r)
		(void)work(u, 1 + seed % 40);
	if (seed % 5 == 0)
		_exit(0);	/* without a word */
	if (seed % 7 == 0)
		raise(SIGKILL);
	if (u->fd >= 0)
		close(u->fd);
	return 0;
}

/* Asks and never reads. */
static int deaf(struct user *u)
{
	if (connect_user(u) || allocate(u, 1))
		return 1;
	for (;;) {
		u->in_flight = 0;
		if (ask(u))
			pause();
	}
}

/* ---- all of them ---- */

static pid_t fork_user(unsigned slot, unsigned seed)
{
	pid_t pid = fork();

	if (!pid) {
		struct user *u = calloc(1, sizeof *u);

		if (!u)
			_exit(1);
		u->fd = -1;
		u->fig = &o.figures[slot];
		u->tag = seed << 16;
		_exit(o.soak ? life(u, seed) : slot == o.processes ? deaf(u) : steady(u, slot));
	}
	return pid;
}

static int run_steady(void)
{
	pid_t pid[PROCESSES_MAX + 1];
	int status, failed = 0;

	if (o.deaf)
		pid[o.processes] = fork_user(o.processes, 0);
	for (unsigned i = 0; i < o.processes; i++)
		pid[i] = fork_user(i, i + 1);
	for (unsigned i = 0; i < o.processes; i++) {
		waitpid(pid[i], &status, 0);
		failed += status != 0;
	}
	if (o.deaf) {
		kill(pid[o.processes], SIGKILL);
		waitpid(pid[o.processes], NULL, 0);
	}
	return failed;
}

static int run_soak(int modem)
{
	pid_t pid[PROCESSES_MAX] = { 0 };
	unsigned begun = 0, running = 0;
	int status, failed = 0;

	while (begun < o.requests || running) {
		pid_t gone;
		unsigned i;

		for (i = 0; i < o.processes && begun < o.requests; i++) {
			if (pid[i])
				continue;
			pid[i] = fork_user(i, ++begun * 2654435761u >> 8);
			running++;
			if (begun % UNPLUG_EVERY == UNPLUG_EVERY / 2)
				echo_ask(modem, ECHO_UNPLUG);
			if (begun % UNPLUG_EVERY == 0)
				echo_ask(modem, ECHO_PLUG);
			if (begun % 3 == 0)	/* and some are killed from outside */
				kill(pid[begun % o.processes] ? pid[begun % o.processes] : pid[i],
					SIGKILL);
		}
		gone = waitpid(-1, &status, 0);
		for (i = 0; i < o.processes && pid[i] != gone; i++)
			;
		if (i == o.processes)
			continue;
		pid[i] = 0;
		running--;
		failed += WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status) != SIGKILL;
	}
	echo_ask(modem, ECHO_UNPLUG);
	echo_ask(modem, ECHO_PLUG);
	return failed;
}

/* How many processes and client ids does the proxy know?  -1: it does not answer. */
static int left_over(struct user *u, unsigned *processes, unsigned *clients)
{
	struct qmux_frame f;
	struct qmux_tlv tlv;
	int r = ctl(u, PROXY_MSG_STATUS, NULL, 0, &f);

	if (r || !qmux_tlv_find(&f, 0x12, &tlv) || tlv.len < 2)
		return -1;
	*processes = qmux_get16(tlv.value);
	if (!qmux_tlv_find(&f, 0x13, &tlv) || tlv.len < 2)
		return -1;
	*clients = qmux_get16(tlv.value);
	return 0;
}

/* At the end one process is there, who asks, and no client id.  Bounded waiting: those
   who died last are still being cleared away. */
static int check_left_over(int modem)
{
	struct user *u = calloc(1, sizeof *u);
	unsigned processes = 0, clients = 0, ids = 0;
	struct figures fig = { 0 };
	int64_t end = qmux_now() + DEADLINE_MS / 4;
	int r;

	if (!u)
		return 1;
	u->fig = &fig;
	r = connect_user(u);
	do {
		if (!r)
			r = left_over(u, &processes, &clients);
		ids = echo_ask(modem, ECHO_IDS);
	} while (!r && (processes != 1 || clients || ids) && qmux_now() < end);
	if (r || processes != 1 || clients || ids) {
		fprintf(stderr, "left over: %u processes, %u client ids, %u in the modem (%d)\n",
			processes, clients, ids, r);
		r = 1;
	}
	if (u->fd >= 0)
		close(u->fd);
	free(u);
	return r;
}

static int compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static int report(double seconds, int failed)
{
	uint32_t *all = calloc((size_t)PROCESSES_MAX * SAMPLES, sizeof *all);
	unsigned n = 0, done = 0, wrong = 0, refused = 0;

	for (unsigned i = 0; i < o.processes && all; i++) {
		const struct figures *f = &o.figures[i];

		memcpy(all + n, f->sample, f->n_samples * sizeof *all);
		n += f->n_samples;
		done += f->done;
		wrong += f->wrong;
		refused += f->refused;
	}
	if (all)
		qsort(all, n, sizeof *all, compare);
	printf("processes %u window %u answers %u wrong %u refused %u failed %d seconds %.3f "
		"answers/s %.0f median_ns %u p99_ns %u\n", o.processes, o.window, done, wrong,
		refused, failed, seconds, done / seconds, n ? all[n / 2] : 0,
		n ? all[n - 1 - n / 100] : 0);
	free(all);
	return wrong || failed || !done;
}

static pid_t fork_modem(int *control)
{
	int pair[2], ready[2];
	char c;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) || pipe(ready))
		return -1;
	pid = fork();
	if (!pid) {
		close(pair[0]);
		close(ready[0]);
		echo_modem(o.device, o.pty, pair[1], ready[1]);
	}
	close(pair[1]);
	close(ready[1]);
	(void)!read(ready[0], &c, 1);	/* its end says that the device is there */
	close(ready[0]);
	*control = pair[0];
	return pid;
}

/* A child, not a daemon, so that its end is seen: leaks end it with an error. */
static pid_t fork_proxy(int modem)
{
	struct proxy_config cfg = proxy_config();
	int fd;
	pid_t pid;

	cfg.socket = o.socket;
	cfg.empty_ms = QMUX_NEVER;
	fd = proxy_listen(&cfg);
	if (fd < 0)
		return -1;
	pid = fork();
	if (!pid) {
		close(modem);
		exit(proxy_serve(&cfg, fd) < 0);
	}
	close(fd);
	return pid;
}

static int end_proxy(pid_t pid)
{
	int status;

	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	if (status)
		fprintf(stderr, "proxy: status %x\n", (unsigned)status);
	return status != 0;
}

static int options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "p:n:w:s:S:PDkz")) != -1) {
		unsigned v = optarg ? (unsigned)strtoul(optarg, NULL, 0) : 0;

		switch (c) {
		case 'p': o.processes = v; break;
		case 'n': o.requests = v; break;
		case 'w': o.window = v; break;
		case 's': o.seconds = v; break;
		case 'S': o.socket = optarg; break;
		case 'P': o.pty = true; break;
		case 'D': o.direct = true; break;
		case 'k': o.soak = true; break;
		case 'z': o.deaf = true; break;
		default: return -1;
		}
	}
	if (o.direct && (o.processes != 1 || !o.pty || o.soak || o.deaf))
		return -1;
	return o.processes < 1 || o.processes >= PROCESSES_MAX || o.window < 1 ||
		o.window > WINDOW_MAX ? -1 : 0;
}

int main(int argc, char **argv)
{
	char own_name[64];
	pid_t proxy = 0, modem_pid;
	int modem = -1, failed;
	uint64_t began;

	if (options(argc, argv) < 0) {
		fprintf(stderr, "load: see the head of tests/load/load.c\n");
		return 2;
	}
	o.figures = mmap(NULL, sizeof *o.figures * (PROCESSES_MAX + 1), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	snprintf(o.device, sizeof o.device, "/tmp/load-%ld.port", (long)getpid());
	snprintf(own_name, sizeof own_name, "@qmitool-load-%ld", (long)getpid());
	modem_pid = fork_modem(&modem);
	o.own_proxy = !o.socket && !o.direct;
	if (o.own_proxy) {
		o.socket = own_name;
		proxy = fork_proxy(modem);
	}
	if (o.figures == MAP_FAILED || modem_pid < 0 || proxy < 0)
		return 3;
	o.end = qmux_now() + o.seconds * 1000;
	began = nanoseconds();
	failed = o.soak ? run_soak(modem) : run_steady();
	began = nanoseconds() - began;
	if (o.own_proxy) {
		failed += check_left_over(modem);
		failed += end_proxy(proxy);
	}
	close(modem);
	waitpid(modem_pid, NULL, 0);
	return report((double)began / 1e9, failed);
}
