/* state.c - small files of key=value that outlive a command. */
#include "applets/state.h"

#include "applets/session.h"
#include "qmux/format.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_MS 20		/* between two tries: what holds it is a command like us */
#define NODE_TEXT 40		/* two numbers of 64 bits in hex */
#define FILE_TEXT (STATE_NAME_MAX + 8)	/* ".NAME.lock" */

bool state_name_valid(const char *name)
{
	size_t n = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

	return n && n <= STATE_NAME_MAX && !name[n] && name[0] != '.';
}

/* ---- where ---- */

/* Only what root or we could write says what is so. */
static bool trusted(const struct stat *st)
{
	return (!st->st_uid || st->st_uid == geteuid()) && !(st->st_mode & (S_IWGRP | S_IWOTH));
}

/* A directory under at: its descriptor, or -errno.  create: made where there is none. */
static int open_dir(int at, const char *name, bool create)
{
	int fd = -1, ret = 0;
	struct stat st;

	if (create && mkdirat(at, name, 0700) && errno != EEXIST)
		ret = -errno;
	fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return ret && errno == ENOENT ? ret : -errno;
	if (!fstat(fd, &st) && trusted(&st))
		return fd;
	close(fd);
	return -EPERM;
}

/* That of a device. */
static int device_dir(const char *device, bool create)
{
	const char *env = getenv(STATE_ENV), *base = env && *env ? env : STATE_DIR;
	char name[QMUX_PATH_MAX];
	int fd, ret;

	/* An initramfs may have no /run yet; without the file "wds down" could not know what to undo. */
	if (create && base != env)
		mkdir(STATE_PARENT, 0755);
	fd = open_dir(AT_FDCWD, base, create);
	if (fd < 0)
		return fd;
	qmux_format(name, sizeof name, "%s", device);
	for (char *p = name; *p; p++)
		if (*p == '/')
			*p = '_';
	ret = open_dir(fd, name, create);
	close(fd);
	return ret;
}

/* The path that all symlinks to a device lead to. */
static void real_device(const char *device, char out[QMUX_PATH_MAX])
{
	int fd = open(device, O_PATH | O_CLOEXEC);
	char link[NODE_TEXT];
	ssize_t n = -1;

	/* proc(5) tells what a descriptor is of; realpath() takes more bytes than this. */
	qmux_format(link, sizeof link, "/proc/self/fd/%d", fd);
	if (fd >= 0) {
		n = readlink(link, out, QMUX_PATH_MAX);
		close(fd);
	}
	if (n > 0 && n < QMUX_PATH_MAX)
		out[n] = '\0';
	else
		qmux_format(out, QMUX_PATH_MAX, "%s", device);
}

/*
 * What tells one device node from the next with its name.  Not its times: udev touches a node
 * at each event (src/udev/udev-node.c).
 */
static void node_text(const char *device, char text[NODE_TEXT])
{
	struct stat st;

	text[0] = '\0';
	if (!stat(device, &st))
		qmux_format(text, NODE_TEXT, "%llx:%llx", (unsigned long long)
			(S_ISCHR(st.st_mode) ? st.st_rdev : st.st_dev),
			(unsigned long long)st.st_ino);
}

/* ---- keys ---- */

static bool key_valid(const char *key, size_t n)
{
	size_t i = 0;

	while (i < n && key[i] && strchr("abcdefghijklmnopqrstuvwxyz0123456789_.", key[i]))
		i++;
	return n && i == n;
}

static bool value_valid(const char *value)
{
	while ((unsigned char)*value >= ' ' && *value != 0x7f)
		value++;
	return !*value;
}

/* The entry of a key, or NULL. */
static char *entry(const struct state *s, const char *key)
{
	size_t n = strlen(key);
	const char *p = s->text, *end = s->text + s->n;

	for (; p < end; p += strlen(p) + 1)
		if (!strncmp(p, key, n) && p[n] == '=')
			return (char *)p;
	return NULL;
}

static void drop(struct state *s, char *p)
{
	size_t n = strlen(p) + 1;

	memmove(p, p + n, (size_t)(s->text + s->n - p) - n);
	s->n -= n;
}

const char *state_get(const struct state *s, const char *key)
{
	const char *p = entry(s, key);

	return p ? p + strlen(key) + 1 : NULL;
}

bool state_number(const struct state *s, const char *key, uint64_t *v)
{
	const char *text = state_get(s, key);

	return text && qmux_parse_uint(text, strlen(text), v);
}

int state_set(struct state *s, const char *key, const char *value)
{
	char *old = entry(s, key);
	size_t n = strlen(key);
	int ret = 0;

	if (old)
		drop(s, old);
	if (!value)
		return 0;
	if (!key_valid(key, n) || !value_valid(value))
		ret = -EINVAL;
	else if (strlen(value) > STATE_VALUE_MAX || n + strlen(value) + 2 > STATE_MAX - s->n)
		ret = -E2BIG;
	if (ret) {
		s->error = s->error ? s->error : ret;
		return ret;
	}
	s->n += (size_t)qmux_format(s->text + s->n, STATE_MAX - s->n, "%s=%s", key, value) + 1;
	return 0;
}

int state_set_number(struct state *s, const char *key, uint64_t v)
{
	char text[24];

	qmux_format(text, sizeof text, "%llu", (unsigned long long)v);
	return state_set(s, key, text);
}

void state_drop(struct state *s, const char *prefix)
{
	char *p = s->text;

	while (p < s->text + s->n) {
		if (!strncmp(p, prefix, strlen(prefix)))
			drop(s, p);
		else
			p += strlen(p) + 1;
	}
}

/* ---- the file ---- */

/* Takes the lines apart in place.  False: it is none of ours. */
static bool parse(struct state *s)
{
	char *p = s->text, *end = s->text + s->n;

	if (!s->n || end[-1] != '\n' || memchr(p, '\0', s->n))
		return false;
	while (p < end) {
		char *line_end = memchr(p, '\n', (size_t)(end - p)), *equals;

		*line_end = '\0';
		equals = strchr(p, '=');
		if (!equals || !key_valid(p, (size_t)(equals - p)) || !value_valid(equals + 1))
			return false;
		p = line_end + 1;
	}
	return true;
}

static bool read_whole(struct state *s, int fd)
{
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || !trusted(&st) || st.st_size > STATE_MAX)
		return false;
	while ((n = read(fd, s->text + s->n, STATE_MAX - s->n)) > 0)
		s->n += (size_t)n;
	return !n && parse(s);
}

static int read_file(struct state *s)
{
	int fd = openat(s->dir, s->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	char node[NODE_TEXT];
	const char *was;
	uint64_t written;
	bool good;

	s->n = 0;
	s->stale = false;
	if (fd < 0)
		return errno == ENOENT ? -ENOENT : -EBADMSG;
	good = read_whole(s, fd);
	close(fd);
	was = good ? state_get(s, "node") : NULL;
	if (!was || !state_number(s, "written", &written)) {
		s->n = 0;
		return -EBADMSG;
	}
	node_text(s->device, node);
	/* A clock that stands before it was written has started anew, with the machine. */
	s->stale = strcmp(node, was) || written > (uint64_t)qmux_now();
	state_set(s, "node", NULL);
	state_set(s, "written", NULL);
	return 0;
}

static void lock_name(const struct state *s, char name[FILE_TEXT])
{
	qmux_format(name, FILE_TEXT, ".%s.lock", s->name);
}

/* 0 or -errno.  A lock file that was removed while we waited locks nothing. */
static int take_lock(const struct command *cmd, struct state *s)
{
	char name[FILE_TEXT];
	struct stat st;

	lock_name(s, name);
	for (;;) {
		int fd = openat(s->dir, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
		bool mine;

		if (fd < 0)
			return -errno;
		mine = !flock(fd, LOCK_EX | LOCK_NB);
		if (mine && !fstat(fd, &st) && st.st_nlink) {
			s->lock = fd;
			return 0;
		}
		close(fd);
		if (!mine && !session_pause(cmd, LOCK_MS))
			return cmd->client.signalled && *cmd->client.signalled ? -EINTR :
				-ETIMEDOUT;
	}
}

int state_lock(const struct command *cmd, struct state *s)
{
	int ret = s->dir < 0 ? s->error : take_lock(cmd, s);

	s->error = ret;
	return ret ? ret : read_file(s);
}

void state_unlock(struct state *s)
{
	char name[FILE_TEXT];

	if (s->lock < 0)
		return;
	lock_name(s, name);
	unlinkat(s->dir, name, 0);	/* whoever waits for it opens the next one */
	close(s->lock);
	s->lock = -1;
}

int state_open(const struct command *cmd, struct state *s, const char *device, const char *name,
	bool lock)
{
	s->lock = -1;
	s->error = lock ? 0 : -ENOLCK;
	s->stale = false;
	s->n = 0;
	real_device(device, s->device);
	qmux_format(s->name, sizeof s->name, "%s", name);
	s->dir = device_dir(s->device, lock);
	if (s->dir < 0) {
		s->error = s->dir;
		return s->dir;
	}
	return lock ? state_lock(cmd, s) : read_file(s);
}

/* All of it as it stands in the file: its length, or -errno. */
static int compose(const struct state *s, char text[STATE_MAX])
{
	char node[NODE_TEXT];
	size_t n;

	node_text(s->device, node);
	n = (size_t)qmux_format(text, STATE_MAX, "node=%s\nwritten=%llu\n", node,
		(unsigned long long)qmux_now());
	if (n + s->n > STATE_MAX)
		return -E2BIG;
	memcpy(text + n, s->text, s->n);
	for (char *p = text + n; p < text + n + s->n; p++)
		if (!*p)
			*p = '\n';
	return (int)(n + s->n);
}

int state_save(struct state *s)
{
	char text[STATE_MAX], name[FILE_TEXT];
	int n, fd, ret = 0;

	if (s->error)
		return s->error;
	n = compose(s, text);
	if (n < 0)
		return n;
	qmux_format(name, sizeof name, ".%s.new", s->name);
	unlinkat(s->dir, name, 0);	/* of one that was killed */
	fd = openat(s->dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	errno = ENOSPC;		/* what a short write means */
	if (write(fd, text, (size_t)n) != n)
		ret = -errno;
	close(fd);
	if (!ret && renameat(s->dir, name, s->dir, s->name))
		ret = -errno;
	if (ret)
		unlinkat(s->dir, name, 0);
	else
		s->stale = false;
	return ret;
}

void state_remove(struct state *s)
{
	if (s->lock >= 0)
		unlinkat(s->dir, s->name, 0);
}

void state_close(struct state *s)
{
	state_unlock(s);
	if (s->dir >= 0)
		close(s->dir);
	s->dir = -1;
}

int state_each(const char *device, int (*fn)(void *ctx, const char *name), void *ctx)
{
	char real[QMUX_PATH_MAX];
	int ret = 0, fd;
	struct dirent *e;
	DIR *d;

	real_device(device, real);
	fd = device_dir(real, false);
	d = fd < 0 ? NULL : fdopendir(fd);
	if (!d) {
		if (fd >= 0)
			close(fd);
		return 0;
	}
	while (!ret && (e = readdir(d)))
		if (state_name_valid(e->d_name))
			ret = fn(ctx, e->d_name);
	closedir(d);
	return ret;
}
