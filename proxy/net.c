#include "proxy/net.h"

#include "qmux/format.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

#ifndef SO_PEERGROUPS
#define SO_PEERGROUPS 59	/* Linux 4.13, asm-generic/socket.h */
#endif

#define BACKLOG 128
#define GROUPS_MAX 256		/* supplementary groups looked at */

struct proxy_config proxy_config(void)
{
	return (struct proxy_config){
		.empty_ms = PROXY_EMPTY_MS, .allow_uid = -1, .allow_gid = -1,
		.path_uid = -1, .path_gid = -1, .level = PROXY_LOG_NOTE, .inherited_fd = -1,
	};
}

const char *proxy_socket_name(void)
{
	const char *name = getenv(PROXY_SOCKET_ENV);

	return name && *name ? name : PROXY_SOCKET;
}

const char *proxy_net_name(const struct proxy_config *cfg)
{
	return cfg->socket ? cfg->socket : proxy_socket_name();
}

struct address {
	struct sockaddr_un un;
	socklen_t len;
	bool path;
};

static int make_address(const char *name, struct address *a)
{
	size_t n = strlen(name);

	memset(a, 0, sizeof *a);
	a->un.sun_family = AF_UNIX;
	a->path = name[0] != '@';
	if (n < 2)
		return -EINVAL;
	if (n >= sizeof a->un.sun_path)
		return -ENAMETOOLONG;
	memcpy(a->un.sun_path, name, n);
	if (!a->path)
		a->un.sun_path[0] = 0;
	a->len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n + a->path);
	return 0;
}

static int unix_socket(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	return fd < 0 ? -errno : fd;
}

static int set_nonblocking(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 ? -errno : 0;
}

int proxy_net_connect(const char *name, int64_t deadline)
{
	int timeout = qmux_poll_timeout(deadline, qmux_now());
	struct timeval t = { timeout / 1000, timeout % 1000 * 1000 };
	struct address a;
	int fd, r = make_address(name, &a);

	if (r < 0)
		return r;
	fd = unix_socket();
	if (fd < 0)
		return fd;
	if (!timeout)
		t.tv_usec = 1;	/* zero would mean for ever */
	if (timeout >= 0)	/* how long a full backlog may hold us up */
		setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &t, sizeof t);
	if (connect(fd, (struct sockaddr *)&a.un, a.len) < 0)
		r = errno == ENOENT ? -ECONNREFUSED : -errno;
	else
		r = set_nonblocking(fd);
	if (r < 0) {
		close(fd);
		return r;
	}
	return fd;
}

static void own_path(const struct proxy_config *cfg, const char *path)
{
	int64_t gid = cfg->path_gid >= 0 ? cfg->path_gid : cfg->allow_gid;

	if (cfg->path_uid >= 0 || gid >= 0)
		if (chown(path, (uid_t)cfg->path_uid, (gid_t)gid) < 0)
			return;
	chmod(path, cfg->path_mode ? cfg->path_mode : gid >= 0 ? 0660 : 0600);
}

static int bind_listen(const struct proxy_config *cfg, const struct address *a)
{
	mode_t old = umask(0177);	/* a path is nobody's until it has its owner */
	int fd = unix_socket(), r = fd;

	if (fd >= 0 && bind(fd, (const struct sockaddr *)&a->un, a->len) < 0)
		r = -errno;
	if (r >= 0 && a->path)
		own_path(cfg, a->un.sun_path);
	if (r >= 0 && listen(fd, BACKLOG) < 0)
		r = -errno;
	if (r >= 0)
		r = set_nonblocking(fd);
	umask(old);
	if (r < 0 && fd >= 0)
		close(fd);
	return r < 0 ? r : fd;
}

/* A path outlives its listener: under a lock, one nobody listens on is replaced. */
static int listen_path(const struct proxy_config *cfg, const struct address *a)
{
	char lock[sizeof a->un.sun_path + 8];
	int fd, lock_fd;

	qmux_format(lock, sizeof lock, "%s.lock", a->un.sun_path);
	lock_fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (lock_fd < 0)
		return -errno;
	if (flock(lock_fd, LOCK_EX | LOCK_NB) < 0) {
		close(lock_fd);
		return -EADDRINUSE;
	}
	fd = proxy_net_connect(a->un.sun_path, 0);
	if (fd == -ECONNREFUSED) {
		unlink(a->un.sun_path);
		fd = bind_listen(cfg, a);
	} else if (fd >= 0) {
		close(fd);
		fd = -EADDRINUSE;
	}
	close(lock_fd);
	return fd;
}

int proxy_net_listen(const struct proxy_config *cfg, const char *name)
{
	struct address a;
	int r = make_address(name, &a);

	if (r < 0)
		return r;
	return a.path ? listen_path(cfg, &a) : bind_listen(cfg, &a);
}

int proxy_net_cred(int fd, struct proxy_cred *cred)
{
	struct ucred u;
	socklen_t len = sizeof u;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &u, &len) < 0)
		return -errno;
	cred->pid = (uint32_t)u.pid;
	cred->uid = u.uid;
	cred->gid = u.gid;
	return 0;
}

static bool in_group(int fd, gid_t gid)
{
	gid_t groups[GROUPS_MAX];
	socklen_t len = sizeof groups;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &len) < 0)
		return false;
	for (size_t i = 0; i < len / sizeof *groups; i++)
		if (groups[i] == gid)
			return true;
	return false;
}

bool proxy_net_allowed(const struct proxy_config *cfg, int fd, const struct proxy_cred *cred)
{
	if (cred->uid == 0 || cred->uid == geteuid() || cred->uid == cfg->allow_uid)
		return true;
	if (cfg->allow_gid < 0)
		return false;
	return cred->gid == cfg->allow_gid || in_group(fd, (gid_t)cfg->allow_gid);
}

/* Is it a control port by its driver, not just any character device? */
static bool is_modem(dev_t dev)
{
	char link[64], target[256];
	ssize_t n;

	qmux_format(link, sizeof link, "/sys/dev/char/%u:%u/subsystem", major(dev), minor(dev));
	n = readlink(link, target, sizeof target - 1);
	if (n < 0)
		return false;
	target[n] = 0;
	return qmux_find(target, "/usbmisc") || qmux_find(target, "/wwan");
}

/*
 * Those whom --group or --user lets in get modems, and otherwise only what they
 * could open themselves: a root daemon must not open any device for them.
 */
bool proxy_net_may_open(const struct stat *st, const struct proxy_cred *cred)
{
	if (cred->uid == 0 || cred->uid == geteuid())
		return true;
	if (S_ISCHR(st->st_mode) && is_modem(st->st_rdev))
		return true;
	if (st->st_uid == cred->uid)
		return (st->st_mode & 0600) == 0600;
	if (st->st_gid == cred->gid)
		return (st->st_mode & 0060) == 0060;
	return (st->st_mode & 0006) == 0006;
}
