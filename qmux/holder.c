#include "port.h"

#include "format.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Documentation/admin-guide/devices.txt: slaves of pseudo-terminals */
#define PTY_MAJOR_FIRST 136
#define PTY_MAJOR_LAST 143

static bool holds(const char *pid, const struct qmux_port_id *id)
{
	char path[64];
	struct dirent *e;
	struct stat st;
	bool found = false;
	DIR *d;

	qmux_format(path, sizeof path, "/proc/%.16s/fd", pid);
	d = opendir(path);
	while (d && !found && (e = readdir(d))) {
		if (!isdigit((unsigned char)e->d_name[0]))
			continue;
		found = !fstatat(dirfd(d), e->d_name, &st, 0) && S_ISCHR(st.st_mode) &&
			st.st_rdev == id->dev;
	}
	if (d)
		closedir(d);
	return found;
}

pid_t qmux_port_holder(const struct qmux_port_id *id)
{
	DIR *d = id->ino ? NULL : opendir("/proc");	/* a socket's peers are not to be seen */
	struct dirent *e;
	pid_t pid = 0;
	uint64_t n;

	while (d && !pid && (e = readdir(d)))
		if (qmux_parse_uint(e->d_name, strlen(e->d_name), &n) && (pid_t)n != getpid() &&
		    holds(e->d_name, id))
			pid = (pid_t)n;
	if (d)
		closedir(d);
	return pid;
}

/* The modem at the other end of a pty holds this end, too: it is nobody's rival. */
static bool is_pty(const struct qmux_port_id *id)
{
	return !id->ino && major(id->dev) >= PTY_MAJOR_FIRST && major(id->dev) <= PTY_MAJOR_LAST;
}

int qmux_port_open_alone(struct qmux_port *port, const char *path)
{
	struct qmux_port_id id;
	int ret = qmux_port_identify(path, &id);

	if (!ret && !is_pty(&id) && qmux_port_holder(&id))
		ret = -EBUSY;
	if (!ret)
		ret = qmux_port_open(port, path);
	if (ret)
		return ret;
	/* Sockets cannot be locked: only somebody's lock counts. */
	if (flock(port->fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) {
		qmux_port_close(port->fd);
		return -EBUSY;
	}
	return 0;
}
