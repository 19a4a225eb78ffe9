/* port.c - the modem's doors: a pty and a Unix stream socket. */
#include "port.h"
#include "local.h"
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum {
	WRITES_MAX = 256, /* in one turn */
	/* A modem that was told to restart goes after a while and comes back after another. */
	RESTART_AFTER_MS = 100,
	RESTART_AWAY_MS = 200,
};

enum which { PTY, HOST, DOORS };

struct port {
	struct fault *fault;
	const char *link, *path;
	bool trace, plugged, stalled, blocked; /* blocked: the host does not read */
	int door[DOORS]; /* the pty's master; the host on the socket */
	int slave, listener;
	enum which last; /* the door by which the last request came */
	struct stream in[DOORS];
	int64_t now, unplug_at, plug_at; /* 0: not planned */
	port_plugged_fn *plugged_fn;
	void *ctx;
};

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void trace(const struct port *p, char mark, const uint8_t *bytes, size_t len)
{
	if (!p->trace)
		return;
	fprintf(stderr, "%c ", mark);
	for (size_t i = 0; i < len; i++)
		fprintf(stderr, "%02x", bytes[i]);
	fputc('\n', stderr);
}

/* ---- opening and closing the doors ---- */

/* We keep the slave open: the master then sees no hangup where a host closes, and what the last
   host left unread waits for the next. */
static int open_pty(struct port *p)
{
	struct termios t;
	char name[128];
	int r = local_make_way(p->link, S_IFLNK);

	if (r)
		return r;
	p->door[PTY] = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (p->door[PTY] < 0 || grantpt(p->door[PTY]) || unlockpt(p->door[PTY]) ||
		ptsname_r(p->door[PTY], name, sizeof name))
		return -errno;
	p->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (p->slave < 0 || tcgetattr(p->slave, &t))
		return -errno;
	cfmakeraw(&t);
	if (tcsetattr(p->slave, TCSANOW, &t) || symlink(name, p->link))
		return -errno;
	return 0;
}

static int plug(struct port *p)
{
	int r = 0;

	p->plug_at = 0;
	if (p->plugged)
		return 0;
	p->plugged = true;
	if (p->plugged_fn)
		p->plugged_fn(p->ctx, true);
	if (p->link)
		r = open_pty(p);
	if (r) {
		fprintf(stderr, "fakemodem: %s: %s\n", p->link, strerror(-r));
		return r;
	}
	if (p->path) {
		p->listener = local_listen(p->path);
		r = p->listener < 0 ? p->listener : 0;
	}
	if (r)
		fprintf(stderr, "fakemodem: %s: %s\n", p->path, strerror(-r));
	return r;
}

/* Names first: who looks for them then never finds a door that is shut. */
static void unplug(struct port *p)
{
	p->unplug_at = 0;
	if (!p->plugged)
		return;
	if (p->slave >= 0)
		unlink(p->link);
	if (p->listener >= 0)
		unlink(p->path);
	shut(&p->door[PTY]);
	shut(&p->door[HOST]);
	shut(&p->slave);
	shut(&p->listener);
	stream_clear(&p->in[PTY]);
	stream_clear(&p->in[HOST]);
	fault_abandon(p->fault, true);
	p->plugged = p->blocked = false;
	if (p->plugged_fn)
		p->plugged_fn(p->ctx, false);
}

void port_on_plugged(struct port *p, port_plugged_fn *fn, void *ctx)
{
	p->plugged_fn = fn;
	p->ctx = ctx;
}

static void power_cycle(struct port *p, int64_t away_ms)
{
	unplug(p);
	modem_restart(fault_modem(p->fault));
	if (away_ms)
		p->plug_at = p->now + away_ms;
	else
		plug(p);
}

struct port *port_new(struct fault *fault, const char *link, const char *path, bool trace)
{
	struct port *p = calloc(1, sizeof *p);

	if (!p)
		abort();
	p->fault = fault;
	p->link = link;
	p->path = path;
	p->trace = trace;
	p->door[PTY] = p->door[HOST] = p->slave = p->listener = -1;
	if (plug(p)) {
		port_free(p);
		return NULL;
	}
	return p;
}

void port_free(struct port *p)
{
	if (!p)
		return;
	unplug(p);
	free(p);
}

void port_reset(struct port *p)
{
	p->stalled = false;
	p->unplug_at = 0;
	plug(p);
}

/* ---- a turn ---- */

static int out_fd(const struct port *p)
{
	return p->door[p->last] >= 0 ? p->door[p->last] : p->door[!p->last];
}

static int64_t until(int64_t at, int64_t now)
{
	return at > now ? at - now : 0;
}

static void sooner(int64_t *wait, int64_t ms)
{
	if (*wait < 0 || ms < *wait)
		*wait = ms;
}

void port_poll(struct port *p, struct pollfd fds[PORT_POLL], int64_t now_ms, int64_t *wait_ms)
{
	int64_t due;
	short in = p->stalled || fault_full(p->fault) ? 0 : POLLIN;

	p->now = now_ms;
	fault_step(p->fault, now_ms);
	for (int d = 0; d < DOORS; d++) {
		fds[d].fd = p->door[d];
		fds[d].events = in;
		if (p->blocked && p->door[d] == out_fd(p))
			fds[d].events |= POLLOUT;
		/* A hangup is not to be seen before what came ahead of it, or poll would spin. */
		if (!fds[d].events)
			fds[d].fd = -1;
	}
	fds[DOORS].fd = p->door[HOST] < 0 ? p->listener : -1;
	fds[DOORS].events = POLLIN;
	due = fault_wait(p->fault);
	if (due >= 0 && !p->blocked && out_fd(p) >= 0)
		sooner(wait_ms, due);
	if (p->unplug_at)
		sooner(wait_ms, until(p->unplug_at, now_ms));
	if (p->plug_at)
		sooner(wait_ms, until(p->plug_at, now_ms));
}

static void host_left(struct port *p)
{
	shut(&p->door[HOST]);
	stream_clear(&p->in[HOST]);
	fault_abandon(p->fault, false);
	p->blocked = false;
}

static void read_door(struct port *p, enum which d)
{
	const uint8_t *frame;
	size_t len, room;
	uint8_t *to = stream_room(&p->in[d], &room);
	ssize_t n = read(p->door[d], to, room);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0 && d == HOST)
		host_left(p);
	if (n <= 0)
		return;
	p->last = d;
	stream_came(&p->in[d], (size_t)n, p->now);
	while ((frame = stream_frame(&p->in[d], &len))) {
		trace(p, '>', frame, len);
		fault_request(p->fault, frame, len);
	}
}

static void write_out(struct port *p)
{
	const uint8_t *bytes;
	size_t len;

	p->blocked = false;
	for (int i = 0; i < WRITES_MAX && out_fd(p) >= 0; i++) {
		ssize_t n;

		bytes = fault_output(p->fault, &len);
		if (!bytes)
			break;
		n = write(out_fd(p), bytes, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN && out_fd(p) == p->door[HOST]) {
			host_left(p);
			continue;
		}
		if (n < 0) {
			p->blocked = true;
			break;
		}
		trace(p, '<', bytes, (size_t)n);
		fault_written(p->fault, (size_t)n);
	}
}

void port_run(struct port *p, const struct pollfd fds[PORT_POLL], int64_t now_ms)
{
	p->now = now_ms;
	fault_step(p->fault, now_ms);
	for (int d = 0; d < DOORS; d++)
		if (fds[d].fd >= 0 && fds[d].fd == p->door[d] &&
			fds[d].revents & (POLLIN | POLLHUP | POLLERR) && !p->stalled)
			read_door(p, (enum which)d);
	write_out(p);
	if (p->door[HOST] < 0 && p->listener >= 0)
		p->door[HOST] = accept4(p->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (modem_wants_restart(fault_modem(p->fault)))
		p->unplug_at = now_ms + RESTART_AFTER_MS;
	if (p->unplug_at && p->unplug_at <= now_ms)
		power_cycle(p, RESTART_AWAY_MS);
	if (p->plug_at && p->plug_at <= now_ms)
		plug(p);
}

/* ---- commands ---- */

static int cmd_unplug(void *self, int argc, char **argv, FILE *reply)
{
	struct port *p = self;

	(void)argc;
	(void)argv;
	(void)reply;
	p->plug_at = 0;
	unplug(p);
	return 0;
}

static int cmd_plug(void *self, int argc, char **argv, FILE *reply)
{
	int r = plug(self);

	(void)argc;
	return r ? command_error(reply, argv[0], strerror(-r)) : 0;
}

static int cmd_powercycle(void *self, int argc, char **argv, FILE *reply)
{
	int64_t ms = 0;

	if (argc > 1 && !parse_number(argv[1], 0, INT32_MAX, &ms))
		return command_error(reply, "no milliseconds", argv[1]);
	power_cycle(self, ms);
	return 0;
}

static int cmd_stall(void *self, int argc, char **argv, FILE *reply)
{
	struct port *p = self;

	(void)argc;
	if (strcmp(argv[1], "on") && strcmp(argv[1], "off"))
		return command_error(reply, "on or off, not", argv[1]);
	p->stalled = argv[1][1] == 'n';
	return 0;
}

static int cmd_host(void *self, int argc, char **argv, FILE *reply)
{
	struct port *p = self;

	(void)argc;
	(void)argv;
	fprintf(reply, "%d\n", p->door[HOST] >= 0);
	return 0;
}

const struct command port_commands[] = {
	{ "unplug", "", "pty and socket disappear; the modem stays powered", 0, 0, cmd_unplug },
	{ "plug", "", "they come back, under the same names", 0, 0, cmd_plug },
	{ "powercycle", "[MS]", "unplug, forget client ids, plug after MS (0)", 0, 1,
		cmd_powercycle },
	{ "stall", "on|off", "do not read what the host writes", 1, 1, cmd_stall },
	{ "host", "", "1 if a host is on the socket, else 0", 0, 0, cmd_host },
	{ NULL, NULL, NULL, 0, 0, NULL },
};
