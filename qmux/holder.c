#include "port.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool holds(const char *pid, const struct qmux_port_id *id)
{
	char path[64];
	struct dirent *e;
	struct stat st;
	bool found = false;
	DIR *d;

	snprintf(path, sizeof path, "/proc/%.16s/fd", pid);
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

	while (d && !pid && (e = readdir(d)))
		if (isdigit((unsigned char)e->d_name[0]) && atol(e->d_name) != getpid() &&
		    holds(e->d_name, id))
			pid = (pid_t)atol(e->d_name);
	if (d)
		closedir(d);
	return pid;
}

int qmux_port_open_alone(struct qmux_port *port, const char *path)
{
	struct qmux_port_id id;
	int ret = qmux_port_identify(path, &id);

	if (!ret && qmux_port_holder(&id))
		ret = -EBUSY;
	if (!ret)
		ret = qmux_port_open(port, path);
	if (ret)
		return ret;
	/* Sockets cannot be locked: only somebody's lock counts. */
	if (flock(port->fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) {
		close(port->fd);
		return -EBUSY;
	}
	return 0;
}
