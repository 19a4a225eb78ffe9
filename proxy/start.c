/* start.c - reaching the proxy, and starting one where there is none. */
#include "proxy/net.h"

#include "qmux/format.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define DAEMON_NAME "qmi-proxy"	/* as libqmi's, so that people find it in ps */
#define DAEMON_FD 3		/* where the daemon has its socket */
#define FDS_MAX 65536		/* descriptors closed one by one, on kernels before 5.9 */
#define LISTEN_FDS_START 3	/* sd_listen_fds(3) */
#define LISTEN_FDS_MAX 2	/* an abstract one and one with a path */
#define BACKOFF_MAX 16		/* ms, between tries that met a proxy coming or going */
#define ANSWER_MAX 512		/* bytes of the answer to an open */

int proxy_listen(const struct proxy_config *cfg)
{
	return proxy_net_listen(cfg, proxy_net_name(cfg));
}

/* One that is passed but not served would let processes wait for ever. */
static int adopt(int fd)
{
	const struct { int option, want; } is[] = {
		{ SO_DOMAIN, AF_UNIX }, { SO_TYPE, SOCK_STREAM }, { SO_ACCEPTCONN, 1 },
	};

	for (size_t i = 0; i < sizeof is / sizeof *is; i++) {
		int value;
		socklen_t len = sizeof value;

		if (getsockopt(fd, SOL_SOCKET, is[i].option, &value, &len) < 0 ||
			value != is[i].want)
			return -ENOTSOCK;
	}
	if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 ||
		fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) < 0)
		return -errno;
	return 0;
}

/* 0: it is none. */
static uint64_t number(const char *text)
{
	uint64_t n;

	return text && qmux_parse_uint(text, strlen(text), &n) ? n : 0;
}

int proxy_listen_inherited(struct proxy_config *cfg)
{
	uint64_t n = number(getenv("LISTEN_FDS"));
	int r = 0;

	if (!n || number(getenv("LISTEN_PID")) != (uint64_t)getpid())
		return -ENOENT;
	if (n > LISTEN_FDS_MAX)
		return -ENOTSOCK;
	for (int i = 0; i < (int)n && !r; i++)
		r = adopt(LISTEN_FDS_START + i);
	if (r < 0)
		return r;
	cfg->inherited = true;
	if (n > 1)
		cfg->inherited_fd = LISTEN_FDS_START + 1;
	return LISTEN_FDS_START;
}

void proxy_close_from(unsigned first)
{
	struct rlimit r;
	rlim_t end = FDS_MAX;

#ifdef SYS_close_range
	if (!syscall(SYS_close_range, first, ~0u, 0))
		return;
#endif
	if (!prlimit(0, RLIMIT_NOFILE, NULL, &r) && r.rlim_cur < end)
		end = r.rlim_cur;
	for (rlim_t fd = first; fd < end; fd++)
		close((int)fd);
}

static void default_signals(void)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL };
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		sigaction(sig, &dfl, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* An initramfs may have no /dev/null: a pipe that nobody uses keeps the numbers. */
static void quiet_stdio(void)
{
	int ends[2], fd = open("/dev/null", O_RDWR);

	if (fd < 0 && !pipe(ends))
		fd = ends[1];
	for (int i = 0; i < 3 && fd >= 0; i++)
		dup2(fd, i);
}

static void set_title(const struct proxy_config *cfg)
{
	prctl(PR_SET_NAME, DAEMON_NAME);
	if (!cfg->title || !cfg->title_len)
		return;
	memset(cfg->title, 0, cfg->title_len);
	strncpy(cfg->title, DAEMON_NAME, cfg->title_len - 1);
}

/* In the daemon's process: never returns. */
static void be_daemon(const struct proxy_config *cfg, int listen_fd)
{
	struct proxy_config mine = *cfg;
	char name[QMUX_PATH_MAX] = "";

	/* The environment may lie where the title goes. */
	strncpy(name, proxy_net_name(cfg), sizeof name - 1);
	mine.socket = name;
	mine.log = NULL;
	mine.frame = NULL;
	default_signals();
	/* Above DAEMON_FD first, where quiet_stdio() does not step on it. */
	listen_fd = fcntl(listen_fd, F_DUPFD_CLOEXEC, DAEMON_FD);
	if (listen_fd < 0)
		_exit(1);
	quiet_stdio();
	if (listen_fd != DAEMON_FD && dup3(listen_fd, DAEMON_FD, O_CLOEXEC) < 0)
		_exit(1);
	proxy_close_from(DAEMON_FD + 1);
	if (chdir("/") < 0)
		_exit(1);
	umask(022);
	set_title(cfg);
	_exit(proxy_serve(&mine, DAEMON_FD) < 0);
}

int proxy_spawn(const struct proxy_config *cfg, int listen_fd)
{
	int status, r = 0;
	pid_t pid = fork();

	if (!pid) {	/* its parent is gone at once: the daemon is nobody's zombie */
		setsid();
		pid = fork();
		if (!pid)
			be_daemon(cfg, listen_fd);
		_exit(pid < 0 ? errno : 0);
	}
	if (pid < 0)
		r = -errno;
	close(listen_fd);
	if (r < 0)
		return r;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)	/* SIGCHLD is ignored: nothing to learn */
			return 0;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EAGAIN;
}

/* Is it run by somebody whom we trust with PINs?  Anyone can bind the name first. */
static int trust(int fd)
{
	struct proxy_cred cred;
	int r = proxy_net_cred(fd, &cred);

	if (r < 0)
		return r;
	return cred.uid == 0 || cred.uid == geteuid() ? 0 : -EPERM;
}

static int start_one(const struct proxy_config *cfg)
{
	int fd = proxy_listen(cfg);

	return fd < 0 ? fd : proxy_spawn(cfg, fd);
}

/* One try: a descriptor; -EAGAIN: we met one that comes or goes. */
static int connect_once(const struct proxy_config *cfg, bool start, int64_t deadline)
{
	int r, fd = proxy_net_connect(proxy_net_name(cfg), deadline);

	if (fd == -ECONNREFUSED && start) {
		r = start_one(cfg);
		if (r < 0)
			return r == -EADDRINUSE ? -EAGAIN : r;
		fd = proxy_net_connect(proxy_net_name(cfg), deadline);
		if (fd == -ECONNREFUSED)
			return -EAGAIN;
	}
	if (fd < 0)
		return fd;
	r = trust(fd);
	if (r < 0) {
		close(fd);
		return r;
	}
	return fd;
}

/* Between two tries, the later the longer; nothing in the common case. */
static int back_off(unsigned try, int64_t deadline)
{
	int64_t now = qmux_now();
	int ms = 1 << (try < 4 ? try : 4);

	if (now >= deadline)
		return -ETIMEDOUT;
	if (ms > BACKOFF_MAX)
		ms = BACKOFF_MAX;
	if (deadline - now < ms)
		ms = (int)(deadline - now);
	poll(NULL, 0, ms);
	return 0;
}

int proxy_connect(const struct proxy_config *cfg, bool start, int64_t deadline)
{
	int r = -EAGAIN;

	for (unsigned i = 0; i < PROXY_START_TRIES && r == -EAGAIN; i++) {
		if (i && back_off(i - 1, deadline) < 0)
			return -ETIMEDOUT;
		r = connect_once(cfg, start, deadline);
	}
	return r;
}

static int wait_for(int fd, short events, int64_t deadline)
{
	struct pollfd p = { fd, events, 0 };
	int r = poll(&p, 1, qmux_poll_timeout(deadline, qmux_now()));

	if (r < 0)
		return errno == EINTR ? 0 : -errno;
	return r ? 0 : -ETIMEDOUT;
}

/* Exactly n bytes: what follows belongs to whoever uses the connection. */
static int read_all(int fd, uint8_t *p, size_t n, int64_t deadline)
{
	while (n) {
		ssize_t got = read(fd, p, n);

		if (!got)
			return -ECONNRESET;
		if (got < 0 && errno != EAGAIN && errno != EINTR)
			return -errno;
		if (got < 0) {
			int r = wait_for(fd, POLLIN, deadline);

			if (r < 0)
				return r;
			continue;
		}
		p += got;
		n -= (size_t)got;
	}
	return 0;
}

static int read_frame(int fd, uint8_t *p, size_t max, int64_t deadline)
{
	int n, r = read_all(fd, p, 3, deadline);

	if (r < 0)
		return r;
	n = qmux_frame_length(p, 3);
	if (n < 3 || (size_t)n > max)
		return -EBADMSG;
	r = read_all(fd, p + 3, (size_t)n - 3, deadline);
	return r < 0 ? r : n;
}

static int send_open(int fd, const char *path, unsigned flags)
{
	uint8_t bytes[QMUX_PATH_MAX + 32], value = (uint8_t)flags;
	struct qmux_buf b = qmux_buf(bytes, sizeof bytes);
	struct qmux_frame f = { .transaction = 1, .message = PROXY_MSG_OPEN };
	char here[QMUX_PATH_MAX] = "";
	size_t mark, n_here = 0;
	int n;

	if (path[0] != '/') {	/* the proxy stands elsewhere */
		if (!getcwd(here, sizeof here - 1))
			return -errno;
		n_here = strlen(here);
		here[n_here++] = '/';
	}
	qmux_frame_begin(&b, &f);
	mark = qmux_tlv_open(&b, 0x01);
	qmux_add(&b, here, n_here);
	qmux_add(&b, path, strlen(path));
	qmux_tlv_close(&b, mark);
	qmux_add_tlv(&b, PROXY_TLV_OURS, &value, 1);
	n = qmux_frame_end(&b);
	if (n < 0)
		return -ENAMETOOLONG;
	/* A new connection has room for this. */
	return send(fd, bytes, (size_t)n, MSG_NOSIGNAL) == n ? 0 : -ECONNRESET;
}

static int open_answer(const struct qmux_frame *f, struct proxy_link *out)
{
	int error = qmux_frame_result(f);
	struct qmux_tlv tlv;

	out->ours = qmux_tlv_find(f, PROXY_TLV_OURS, &tlv) && tlv.len;
	out->version = out->ours ? tlv.value[0] : 0;
	if (error > 0 && out->ours && qmux_tlv_find(f, PROXY_TLV_ERRNO, &tlv) && tlv.len >= 4)
		return -(int)qmux_get32(tlv.value);
	return error;
}

static int open_once(const struct proxy_config *cfg, const char *path, unsigned flags,
	int64_t deadline, struct proxy_link *out)
{
	uint8_t bytes[ANSWER_MAX];
	struct qmux_frame f;
	int n, r = connect_once(cfg, true, deadline);

	if (r < 0)
		return r;
	out->fd = r;
	r = send_open(out->fd, path, flags);
	while (!r) {
		n = read_frame(out->fd, bytes, sizeof bytes, deadline);
		r = n < 0 ? n : qmux_frame_parse(&f, bytes, (size_t)n);
		if (!r && f.service == QMUX_CTL && f.message == PROXY_MSG_OPEN &&
			f.kind == QMUX_RESPONSE)
			break;
	}
	if (!r)
		r = open_answer(&f, out);
	if (r) {
		close(out->fd);
		out->fd = -1;
	}
	/* Closed before its first answer, or it said so: it was on its way out.  The next
	   connection waits in its backlog until it is gone. */
	return r == -ECONNRESET || r == -EPIPE || r == -ECANCELED ? -EAGAIN : r;
}

int proxy_open_port(const struct proxy_config *cfg, const char *path, unsigned flags,
	int64_t deadline, struct proxy_link *out)
{
	int r = -EAGAIN;

	*out = (struct proxy_link){ .fd = -1 };
	for (unsigned i = 0; i < PROXY_START_TRIES && r == -EAGAIN; i++) {
		if (i && back_off(i - 1, deadline) < 0)
			return -ETIMEDOUT;
		r = open_once(cfg, path, flags, deadline, out);
	}
	return r;
}
