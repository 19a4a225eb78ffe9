/*
 * peer.c - clients of the proxy that do what they are told, right or wrong.
 *
 *	peer SOCKET	"@name" or a path; one command a line on stdin, one line back for
 *			each: "ok", "ok VALUE", or "no: " and what came instead
 *
 *	NAME connect [UID [GID]]	a connection, as that user
 *	NAME open PATH [ERROR]		as libqmi's clients open a port
 *	NAME join PATH [ERROR]		as our applets do: ids are released when it dies
 *	NAME alloc SERVICE VAR [ERROR]	a client id; VAR stands for it from then on
 *	NAME release SERVICE CID [ERROR]
 *	NAME ctl MESSAGE [TLVS]		a CTL request and nothing more; transaction 1, 2, ...
 *	NAME ask SERVICE CID TRANSACTION MESSAGE [TLVS]		a request and nothing more
 *	NAME flood N SERVICE CID MESSAGE	as many of these as there is room for, up to N
 *	NAME answer SERVICE CID TRANSACTION MESSAGE [ERROR]	the next frame is this response
 *	NAME ind SERVICE CID MESSAGE	the next frame is this indication
 *	NAME responses N		N responses come, and nothing else, all without error
 *	NAME errors N ERROR		the same, each with this error
 *	NAME send HEX...		these bytes
 *	NAME expect HEX...		the next frame is this; ".." is any byte
 *	NAME idle			nothing has come for it
 *	NAME shut			it sends no more
 *	NAME closed			the other side has closed it; frames before that are skipped
 *	NAME close
 *
 * SERVICE, CID (or VAR), MESSAGE, TRANSACTION, ERROR are numbers; TLVS is hex.  Of its own
 * accord a connection is never read.  Shares no code with what it tests.
 */
#include <ctype.h>
#include <errno.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
	PEERS_MAX = 2048, VARS_MAX = 256, WORDS_MAX = 12, FRAME_MAX = 65536,
	PATIENCE_MS = 20000,		/* for whatever has to come */
	RESPONSE = 0x02, CTL_RESPONSE = 0x01, INDICATION = 0x04, CTL_INDICATION = 0x02,
	MSG_ALLOCATE = 0x22, MSG_RELEASE = 0x23, MSG_OPEN = 0xff00,
	MSG_NONE = 0xfeff,		/* a private message that there is not: answered at once */
};

struct peer {
	char name[16];
	int fd;
	uint8_t transaction;		/* of CTL, the last one */
	uint8_t *in;
	size_t len;			/* in in */
};

/* A frame that came, or what a test wants of one. */
struct frame {
	const uint8_t *p;
	size_t n;
	unsigned service, client, flags, transaction, message;
	long error;			/* -1: it has no result */
};

static struct peer peers[PEERS_MAX];
static struct { char name[16]; unsigned value; } vars[VARS_MAX];
static const char *socket_name;
static char reply[2 * FRAME_MAX + 64];

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static int no(const char *what)
{
	snprintf(reply, sizeof reply, "no: %s", what);
	return -1;
}

static int no_frame(const char *what, const struct frame *f)
{
	int at = snprintf(reply, sizeof reply, "no: %s: ", what);

	for (size_t i = 0; i < f->n; i++)
		at += snprintf(reply + at, sizeof reply - (size_t)at, "%02x", f->p[i]);
	return -1;
}

static unsigned number(const char *word)
{
	for (unsigned i = 0; i < VARS_MAX && !isdigit((unsigned char)*word); i++)
		if (!strcmp(vars[i].name, word))
			return vars[i].value;
	return (unsigned)strtoul(word, NULL, 0);
}

static void set_var(const char *name, unsigned value)
{
	unsigned i = 0;

	while (i < VARS_MAX - 1 && vars[i].name[0] && strcmp(vars[i].name, name))
		i++;
	snprintf(vars[i].name, sizeof vars[i].name, "%s", name);
	vars[i].value = value;
}

/* ---- bytes ---- */

/* Two hex digits: a byte; "..": -1; anything else: -2. */
static int hex_byte(const char *p)
{
	unsigned v;

	if (p[0] == '.' && p[1] == '.')
		return -1;
	if (!isxdigit((unsigned char)p[0]) || !isxdigit((unsigned char)p[1]))
		return -2;
	sscanf(p, "%2x", &v);
	return (int)v;
}

static size_t from_hex(const char *hex, uint8_t *out, size_t max)
{
	size_t n = 0;

	for (; hex && n < max && hex_byte(hex) >= 0; hex += 2)
		out[n++] = (uint8_t)hex_byte(hex);
	return n;
}

static int send_all(struct peer *p, const uint8_t *bytes, size_t n)
{
	while (n) {
		ssize_t sent = send(p->fd, bytes, n, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return no(strerror(errno));
		bytes += sent;
		n -= (size_t)sent;
	}
	return 0;
}

/* A request; its length. */
static size_t request(uint8_t *b, unsigned service, unsigned client, unsigned transaction,
	unsigned message, const char *tlvs)
{
	size_t head = service ? 13 : 12, n, at = 0;

	n = from_hex(tlvs, b + head, FRAME_MAX - head);
	b[at++] = 0x01;
	b[at++] = (uint8_t)(head + n - 1);
	b[at++] = (uint8_t)((head + n - 1) >> 8);
	b[at++] = 0;
	b[at++] = (uint8_t)service;
	b[at++] = (uint8_t)client;
	b[at++] = 0;
	b[at++] = (uint8_t)transaction;
	if (service)
		b[at++] = (uint8_t)(transaction >> 8);
	b[at++] = (uint8_t)message;
	b[at++] = (uint8_t)(message >> 8);
	b[at++] = (uint8_t)n;
	b[at++] = (uint8_t)(n >> 8);
	return head + n;
}

static int ask(struct peer *p, unsigned service, unsigned client, unsigned transaction,
	unsigned message, const char *tlvs)
{
	static uint8_t b[FRAME_MAX];

	return send_all(p, b, request(b, service, client, transaction, message, tlvs));
}

static int ask_ctl(struct peer *p, unsigned message, const char *tlvs)
{
	if (!++p->transaction)
		p->transaction = 1;
	return ask(p, 0, 0, p->transaction, message, tlvs);
}

/* ---- frames ---- */

static long result(const uint8_t *tlvs, size_t n)
{
	while (n >= 3 && 3 + (tlvs[1] | tlvs[2] << 8) <= (int)n) {
		size_t len = 3u + (tlvs[1] | (unsigned)tlvs[2] << 8);

		if (tlvs[0] == 0x02 && len >= 7)
			return tlvs[3] | tlvs[4] ? tlvs[5] | tlvs[6] << 8 : 0;
		tlvs += len;
		n -= len;
	}
	return -1;
}

static void parse(struct frame *f)
{
	const uint8_t *p = f->p + 6;
	size_t head = f->p[4] ? 13 : 12;

	f->service = f->p[4];
	f->client = f->p[5];
	f->flags = *p++;
	f->transaction = *p++;
	if (f->service)
		f->transaction |= (unsigned)*p++ << 8;
	f->message = p[0] | (unsigned)p[1] << 8;
	f->error = f->n >= head ? result(f->p + head, f->n - head) : -1;
}

/* The length of the first frame that is there as a whole, or 0. */
static size_t whole(const struct peer *p)
{
	size_t n = p->len < 3 ? 0 : 1u + (p->in[1] | (unsigned)p->in[2] << 8);

	return n && p->len >= n ? n : 0;
}

/* Waits for the next frame: 1; 0: the connection is at its end; -1: in vain. */
static int next(struct peer *p, struct frame *f)
{
	static uint8_t frame[FRAME_MAX];
	int64_t end = now() + PATIENCE_MS;
	struct pollfd set = { p->fd, POLLIN, 0 };
	ssize_t got;

	while (!(f->n = whole(p))) {
		if (now() >= end || poll(&set, 1, (int)(end - now())) == 0)
			return no("nothing came");
		got = recv(p->fd, p->in + p->len, 2 * FRAME_MAX - p->len, MSG_DONTWAIT);
		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (got <= 0)
			return no("closed"), 0;
		p->len += (size_t)got;
	}
	memcpy(frame, p->in, f->n);
	p->len -= f->n;
	memmove(p->in, p->in + f->n, p->len);
	f->p = frame;
	if (f->n < 12)
		return no_frame("too short", f);
	parse(f);
	return 1;
}

static int want(struct peer *p, const struct frame *w)
{
	struct frame f;

	if (next(p, &f) <= 0)
		return -1;
	if (f.service != w->service || f.client != w->client || f.message != w->message ||
	    f.flags != w->flags)
		return no_frame("another frame", &f);
	if (f.flags != (w->service ? INDICATION : CTL_INDICATION) &&
	    f.transaction != w->transaction)
		return no_frame("another transaction", &f);
	if (w->error >= 0 && f.error != w->error)
		return no_frame("another result", &f);
	return 0;
}

/* The answer to the last CTL request. */
static int want_ctl(struct peer *p, unsigned message, long error)
{
	struct frame w = { .flags = CTL_RESPONSE, .transaction = p->transaction,
		.message = message, .error = error };

	return want(p, &w);
}

static long error_word(const char *word)
{
	return word ? (long)number(word) : 0;
}

/* ---- what it can be told ---- */

static int do_connect(struct peer *p, char **w)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	size_t n = strlen(socket_name);
	bool path = socket_name[0] != '@';
	int r;

	if (n >= sizeof un.sun_path)
		return no("socket name");
	memcpy(un.sun_path, socket_name, n);
	if (!path)
		un.sun_path[0] = 0;
	p->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	p->in = malloc(2 * FRAME_MAX);
	if (p->fd < 0 || !p->in)
		return no("socket");
	if ((w[1] && setegid(number(w[1]))) || (w[0] && seteuid(number(w[0]))))
		return no("uid");
	r = connect(p->fd, (struct sockaddr *)&un,
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + n + path));
	if (r)
		no(strerror(errno));
	if (w[0] && (seteuid(0) || setegid(0)))
		return no("uid");
	return r;
}

static int open_port(struct peer *p, char **w, bool ours)
{
	char tlvs[2 * 256 + 32];
	size_t n = strlen(w[0]);
	int at = sprintf(tlvs, "01%02x%02x", (unsigned)n & 255, (unsigned)n >> 8);

	for (size_t i = 0; i < n && i < 250; i++)
		at += sprintf(tlvs + at, "%02x", (unsigned char)w[0][i]);
	if (ours)
		sprintf(tlvs + at, "e0010001");
	return ask_ctl(p, MSG_OPEN, tlvs) || want_ctl(p, MSG_OPEN, error_word(w[1])) ? -1 : 0;
}

static int do_open(struct peer *p, char **w)
{
	return open_port(p, w, false);
}

static int do_join(struct peer *p, char **w)
{
	return open_port(p, w, true);
}

static int do_alloc(struct peer *p, char **w)
{
	unsigned service = number(w[0]);
	struct frame f;
	char tlvs[16];

	sprintf(tlvs, "010100%02x", service & 255);
	if (ask_ctl(p, MSG_ALLOCATE, tlvs))
		return -1;
	if (error_word(w[2]))
		return want_ctl(p, MSG_ALLOCATE, error_word(w[2]));
	if (next(p, &f) <= 0)
		return -1;
	if (f.message != MSG_ALLOCATE || f.error || f.n != 12 + 7 + 5)
		return no_frame("no client id", &f);
	set_var(w[1], f.p[f.n - 1]);
	sprintf(reply, "ok %u", f.p[f.n - 1]);
	return 0;
}

static int do_release(struct peer *p, char **w)
{
	char tlvs[16];

	sprintf(tlvs, "010200%02x%02x", number(w[0]) & 255, number(w[1]) & 255);
	return ask_ctl(p, MSG_RELEASE, tlvs) || want_ctl(p, MSG_RELEASE, error_word(w[2])) ? -1 : 0;
}

static int do_ctl(struct peer *p, char **w)
{
	return ask_ctl(p, number(w[0]), w[1]);
}

static int do_ask(struct peer *p, char **w)
{
	return ask(p, number(w[0]), number(w[1]), number(w[2]), number(w[3]), w[4]);
}

static int do_flood(struct peer *p, char **w)
{
	unsigned sent = 0, max = number(w[0]);
	uint8_t b[16];

	for (; sent < max; sent++) {
		size_t n = request(b, number(w[1]), number(w[2]), 1 + sent % 65535, number(w[3]), "");

		if (send(p->fd, b, n, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)n)
			break;
	}
	sprintf(reply, "ok %u", sent);
	return 0;
}

static int do_answer(struct peer *p, char **w)
{
	struct frame f = { .service = number(w[0]), .client = number(w[1]),
		.transaction = number(w[2]), .message = number(w[3]), .error = error_word(w[4]) };

	f.flags = f.service ? RESPONSE : CTL_RESPONSE;
	return want(p, &f);
}

static int do_ind(struct peer *p, char **w)
{
	struct frame f = { .service = number(w[0]), .client = number(w[1]),
		.message = number(w[2]), .error = -1 };

	f.flags = f.service ? INDICATION : CTL_INDICATION;
	return want(p, &f);
}

static int count(struct peer *p, unsigned n, long error)
{
	struct frame f;

	while (n--) {
		if (next(p, &f) <= 0)
			return -1;
		if (f.flags != (f.service ? RESPONSE : CTL_RESPONSE) || f.error != error)
			return no_frame("another frame", &f);
	}
	return 0;
}

static int do_responses(struct peer *p, char **w)
{
	return count(p, number(w[0]), 0);
}

static int do_errors(struct peer *p, char **w)
{
	return count(p, number(w[0]), error_word(w[1]));
}

static int do_send(struct peer *p, char **w)
{
	static uint8_t b[2 * FRAME_MAX];
	size_t n = 0;

	for (; *w; w++)
		n += from_hex(*w, b + n, sizeof b - n);
	return send_all(p, b, n);
}

static int do_expect(struct peer *p, char **w)
{
	struct frame f;
	size_t i = 0;

	if (next(p, &f) <= 0)
		return -1;
	for (; *w; w++)
		for (const char *hex = *w; *hex; hex += 2, i++)
			if (i >= f.n || (hex_byte(hex) != -1 && hex_byte(hex) != f.p[i]))
				return no_frame("another frame", &f);
	return i == f.n ? 0 : no_frame("a longer frame", &f);
}

static int do_idle(struct peer *p, char **w)
{
	(void)w;
	return ask_ctl(p, MSG_NONE, "") || want_ctl(p, MSG_NONE, -1) ? -1 : 0;
}

static int do_shut(struct peer *p, char **w)
{
	(void)w;
	return shutdown(p->fd, SHUT_WR) ? no(strerror(errno)) : 0;
}

static int do_closed(struct peer *p, char **w)
{
	struct frame f;
	int r;

	(void)w;
	do
		r = next(p, &f);
	while (r > 0);
	return r;
}

static int do_close(struct peer *p, char **w)
{
	(void)w;
	close(p->fd);
	free(p->in);
	*p = (struct peer){ 0 };
	return 0;
}

static const struct {
	const char *name;
	int words;			/* at least, without name and verb */
	int (*run)(struct peer *p, char **words);
} verbs[] = {
	{ "connect", 0, do_connect }, { "open", 1, do_open }, { "join", 1, do_join },
	{ "alloc", 2, do_alloc }, { "release", 2, do_release }, { "ctl", 1, do_ctl },
	{ "ask", 4, do_ask }, { "flood", 4, do_flood }, { "answer", 4, do_answer },
	{ "ind", 3, do_ind }, { "responses", 1, do_responses }, { "errors", 2, do_errors },
	{ "send", 1, do_send }, { "expect", 1, do_expect }, { "idle", 0, do_idle },
	{ "shut", 0, do_shut }, { "closed", 0, do_closed }, { "close", 0, do_close },
};

static struct peer *find(const char *name, bool new)
{
	for (unsigned i = 0; i < PEERS_MAX; i++)
		if (!strcmp(peers[i].name, new ? "" : name)) {
			snprintf(peers[i].name, sizeof peers[i].name, "%s", name);
			return &peers[i];
		}
	return NULL;
}

static void run(char *line)
{
	char *w[WORDS_MAX + 2] = { 0 };
	int n = 0;
	struct peer *p;

	for (char *word = strtok(line, " \n"); word && n < WORDS_MAX; word = strtok(NULL, " \n"))
		w[n++] = word;
	strcpy(reply, "ok");
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (n < 2 || strcmp(w[1], verbs[i].name))
			continue;
		p = find(w[0], verbs[i].run == do_connect);
		if (!p || n - 2 < verbs[i].words)
			no(p ? "too few words" : "no such peer");
		else if (verbs[i].run(p, w + 2) == 0 && !strncmp(reply, "no", 2))
			strcpy(reply, "ok");
		return;
	}
	no("no such verb");
}

int main(int argc, char **argv)
{
	static char line[4 * FRAME_MAX];
	struct rlimit r;

	if (argc != 2)
		return 2;
	socket_name = argv[1];
	signal(SIGPIPE, SIG_IGN);
	if (!getrlimit(RLIMIT_NOFILE, &r)) {
		r.rlim_cur = r.rlim_max;
		setrlimit(RLIMIT_NOFILE, &r);
	}
	if (!geteuid())
		setgroups(0, NULL);
	while (fgets(line, sizeof line, stdin)) {
		run(line);
		puts(reply);
		fflush(stdout);
	}
	return 0;
}
