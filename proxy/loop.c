/* loop.c - the core on real descriptors: poll, clock, signals. */
#include "proxy/net.h"

#include "qmux/format.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* The socket, a second inherited one, and one beside them with a path. */
enum { LISTEN_MAIN, LISTEN_INHERITED, LISTEN_EXTRA, LISTENERS };

struct loop {
	struct proxy_config cfg;
	struct proxy_core *core;
	int listen_fd[LISTENERS];
	int64_t accept_after;	/* no descriptors were left: not before */
	struct pollfd set[LISTENERS + PROXY_POLL_MAX];
};

static volatile sig_atomic_t ordered_to_end;

static void on_signal(int sig)
{
	(void)sig;
	ordered_to_end = 1;
}

/* What was identified and what was allowed must be one thing: a path may change. */
static int io_identify(void *ctx, const char *path, const struct proxy_cred *cred,
	struct qmux_port_id *id)
{
	struct stat st;
	int r = qmux_port_identify(path, id);

	(void)ctx;
	if (r < 0)
		return r;
	if (stat(path, &st) < 0)
		return -errno;
	if (id->ino ? st.st_dev != id->dev || st.st_ino != id->ino : st.st_rdev != id->dev)
		return -ENODEV;
	return proxy_net_may_open(&st, cred) ? 0 : -EACCES;
}

static int io_open(void *ctx, struct qmux_port *port, const char *path)
{
	int r = qmux_port_open(port, path);

	(void)ctx;
	if (r < 0)
		return r;
	/* Somebody who does not share says so with an exclusive lock. */
	if (flock(port->fd, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK) {
		qmux_port_close(port->fd);
		return -EBUSY;
	}
	return 0;
}

static void io_close_port(void *ctx, int fd)
{
	(void)ctx;
	qmux_port_close(fd);
}

static uint32_t io_holder(void *ctx, const char *path, const struct qmux_port_id *id)
{
	(void)ctx;
	(void)path;
	return (uint32_t)qmux_port_holder(id);
}

static void io_close(void *ctx, int fd)
{
	(void)ctx;
	close(fd);
}

static ssize_t io_read(void *ctx, int fd, void *p, size_t n)
{
	ssize_t r = read(fd, p, n);

	(void)ctx;
	return r < 0 ? -errno : r;
}

static ssize_t io_write(void *ctx, int fd, const void *p, size_t n)
{
	ssize_t r = write(fd, p, n);

	(void)ctx;
	return r < 0 ? -errno : r;
}

static ssize_t io_send(void *ctx, int fd, const void *p, size_t n)
{
	ssize_t r = send(fd, p, n, MSG_NOSIGNAL | MSG_DONTWAIT);

	(void)ctx;
	return r < 0 ? -errno : r;
}

static void io_process_name(void *ctx, uint32_t pid, char name[32])
{
	char path[32];
	ssize_t n = -1;
	int fd;

	(void)ctx;
	qmux_format(path, sizeof path, "/proc/%u/comm", (unsigned)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, name, 31);
		close(fd);
	}
	name[n > 0 ? n - 1 : 0] = 0;	/* without its newline */
}

static void io_driver(void *ctx, const char *path, char name[32])
{
	struct qmux_port_info *list = calloc(QMUX_PORTS_MAX, sizeof *list);
	size_t n = list ? qmux_port_list(list, QMUX_PORTS_MAX) : 0;

	(void)ctx;
	name[0] = 0;
	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i].path, path))
			memcpy(name, list[i].driver, 32);
	free(list);
}

static const struct proxy_io real_io = {
	.identify = io_identify, .open = io_open,
	.close_port = io_close_port, .holder = io_holder, .close = io_close,
	.read = io_read, .write = io_write, .send = io_send,
	.process_name = io_process_name, .driver = io_driver,
};

static void accept_some(struct loop *l, int listen_fd)
{
	struct proxy_cred cred;
	bool allowed;

	for (unsigned i = 0; i < PROXY_ACCEPT_TURN; i++) {
		int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

		if (fd < 0) {
			if (errno == EMFILE || errno == ENFILE || errno == ENOMEM ||
				errno == ENOBUFS)
				l->accept_after = l->core->now + PROXY_ACCEPT_PAUSE_MS;
			return;
		}
		if (proxy_net_cred(fd, &cred) < 0) {
			close(fd);
			continue;
		}
		allowed = proxy_net_allowed(&l->cfg, fd, &cred);
		if (!allowed)
			proxy_log(l->core, PROXY_LOG_NOTE, "process %u of user %u may not",
				(unsigned)cred.pid, (unsigned)cred.uid);
		proxy_core_accept(l->core, fd, &cred, allowed);
	}
}

static int wait_for_work(struct loop *l, size_t n, int64_t deadline, const sigset_t *mask)
{
	int timeout = qmux_poll_timeout(deadline, l->core->now);
	struct timespec t = { timeout / 1000, timeout % 1000 * 1000000L };
	int r = ppoll(l->set, n, timeout < 0 ? NULL : &t, mask);

	if (r < 0 && errno != EINTR)
		return -errno;
	if (r < 0)	/* the set says nothing then */
		for (size_t i = 0; i < n; i++)
			l->set[i].revents = 0;
	return 0;
}

static int turn(struct loop *l, const sigset_t *mask)
{
	size_t n;
	int64_t deadline;
	bool pause;
	int r;

	if (ordered_to_end)
		proxy_core_stop(l->core, true);
	n = LISTENERS + proxy_core_poll(l->core, l->set + LISTENERS);
	deadline = proxy_core_deadline(l->core);
	pause = l->accept_after > l->core->now;
	for (unsigned i = 0; i < LISTENERS; i++)
		l->set[i] = (struct pollfd){ pause || l->core->ordered ? -1 : l->listen_fd[i], POLLIN, 0 };
	if (pause && l->accept_after < deadline)
		deadline = l->accept_after;
	r = wait_for_work(l, n, deadline, mask);
	if (r < 0)
		return r;
	proxy_core_turn(l->core, l->set + LISTENERS, qmux_now());
	for (unsigned i = 0; i < LISTENERS; i++)
		if (l->set[i].revents & POLLIN)
			accept_some(l, l->listen_fd[i]);
	return 0;
}

/* Who connects in the moment in which an empty proxy leaves keeps it. */
static bool late_comer(struct loop *l)
{
	struct pollfd set[LISTENERS];

	if (l->core->ordered)
		return false;
	for (unsigned i = 0; i < LISTENERS; i++)
		set[i] = (struct pollfd){ l->listen_fd[i], POLLIN, 0 };
	if (poll(set, LISTENERS, 0) <= 0)
		return false;
	for (unsigned i = 0; i < LISTENERS; i++)
		if (set[i].revents & POLLIN)
			accept_some(l, l->listen_fd[i]);
	return !proxy_core_ended(l->core);
}

/*
 * Each process is a descriptor: as many as we are allowed.  Where those are few,
 * so many processes that the rest, modem ports above all, still has some.
 */
static unsigned raise_limit(void)
{
	const rlim_t rest = PROXY_PORTS_MAX + PROXY_PEERS_REFUSED + PROXY_FDS_OWN;
	struct rlimit r;

	if (prlimit(0, RLIMIT_NOFILE, NULL, &r) < 0)
		return PROXY_PEERS_MAX;
	if (r.rlim_cur < rest + PROXY_PEERS_MAX) {
		r.rlim_cur = r.rlim_max < rest + PROXY_PEERS_MAX ? r.rlim_max :
			rest + PROXY_PEERS_MAX;
		prlimit(0, RLIMIT_NOFILE, &r, NULL);
	}
	if (r.rlim_cur >= rest + PROXY_PEERS_MAX)
		return PROXY_PEERS_MAX;
	return r.rlim_cur > rest + PROXY_PEERS_MIN ? (unsigned)(r.rlim_cur - rest) :
		PROXY_PEERS_MIN;
}

struct saved {
	sigset_t mask;
	struct sigaction term, interrupt, pipe;
};

/* TERM and INT come while we wait, and only then. */
static void take_signals(struct saved *s, sigset_t *while_waiting)
{
	struct sigaction end = { .sa_handler = on_signal }, ignore = { .sa_handler = SIG_IGN };
	sigset_t block;

	sigemptyset(&block);
	sigaddset(&block, SIGTERM);
	sigaddset(&block, SIGINT);
	sigprocmask(SIG_BLOCK, &block, &s->mask);
	*while_waiting = s->mask;
	sigdelset(while_waiting, SIGTERM);
	sigdelset(while_waiting, SIGINT);
	ordered_to_end = 0;
	sigaction(SIGTERM, &end, &s->term);
	sigaction(SIGINT, &end, &s->interrupt);
	sigaction(SIGPIPE, &ignore, &s->pipe);
}

static void give_signals_back(const struct saved *s)
{
	sigaction(SIGTERM, &s->term, NULL);
	sigaction(SIGINT, &s->interrupt, NULL);
	sigaction(SIGPIPE, &s->pipe, NULL);
	sigprocmask(SIG_SETMASK, &s->mask, NULL);
}

static int open_extra(struct loop *l)
{
	int r;

	if (!l->cfg.extra_socket)
		return 0;
	r = proxy_net_listen(&l->cfg, l->cfg.extra_socket);
	if (r < 0)
		return r;
	l->listen_fd[LISTEN_EXTRA] = r;
	return 0;
}

static void close_listeners(struct loop *l)
{
	const char *name = proxy_net_name(&l->cfg);

	/* Gone from its path first: nobody can connect to one that is on its way out. */
	if (l->listen_fd[LISTEN_EXTRA] >= 0 && l->cfg.extra_socket[0] != '@')
		unlink(l->cfg.extra_socket);
	if (name[0] != '@' && !l->cfg.inherited)
		unlink(name);
	for (unsigned i = 0; i < LISTENERS; i++)
		if (l->listen_fd[i] >= 0)
			close(l->listen_fd[i]);
}

int proxy_serve(const struct proxy_config *cfg, int listen_fd)
{
	struct loop *l = calloc(1, sizeof *l);
	struct saved saved;
	sigset_t mask;
	int r;

	if (!l) {
		close(listen_fd);
		return -ENOMEM;
	}
	take_signals(&saved, &mask);
	l->cfg = *cfg;
	l->cfg.peers_max = raise_limit();
	if (!l->cfg.seed)	/* answers to a proxy before us must not fit our requests */
		l->cfg.seed = (uint32_t)(qmux_now() ^ getpid());
	l->listen_fd[LISTEN_MAIN] = listen_fd;
	l->listen_fd[LISTEN_INHERITED] = l->cfg.inherited_fd;
	l->listen_fd[LISTEN_EXTRA] = -1;
	r = open_extra(l);
	if (!r) {
		l->core = proxy_core_new(&l->cfg, &real_io, l, geteuid(), qmux_now());
		r = l->core ? 0 : -ENOMEM;
	}
	while (!r && (!proxy_core_ended(l->core) || late_comer(l)))
		r = turn(l, &mask);
	close_listeners(l);
	proxy_core_free(l->core);
	give_signals_back(&saved);
	free(l);
	return r;
}
