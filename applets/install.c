/* --install DIR: qmi-nas, qmi-nas-signal and so on, as symlinks to this program. */
#include "applets/cli.h"

#include "qmux/format.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINK_NAME_MAX 128	/* qmi-APPLET-VERB */

static bool is_program(const char *path)
{
	struct stat st;

	return !access(path, X_OK) && !stat(path, &st) && S_ISREG(st.st_mode);
}

/* Where the shell found name. */
static bool search_path(const char *name, char found[PATH_MAX])
{
	const char *dir = getenv("PATH");

	for (; dir && *dir; dir += strspn(dir, ":")) {
		int n = (int)strcspn(dir, ":");

		if (qmux_format(found, PATH_MAX, "%.*s/%s", n, dir, name) < PATH_MAX &&
		    is_program(found))
			return true;
		dir += n;
	}
	return false;
}

/* The absolute path of this program. */
static bool own_path(const char *argv0, char path[PATH_MAX])
{
	char found[PATH_MAX], here[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - 1);

	if (n > 0) {
		path[n] = '\0';
		return true;
	}
	/* An initramfs may have no /proc to ask. */
	if (strchr(argv0, '/'))
		qmux_format(found, sizeof found, "%s", argv0);
	else if (!search_path(argv0, found))
		return false;
	if (*found != '/' && !getcwd(here, sizeof here))
		return false;
	return qmux_format(path, PATH_MAX, "%s%s%s", *found == '/' ? "" : here,
		*found == '/' ? "" : "/", found) < PATH_MAX;
}

/* 0 where the link stands in the end; -EEXIST: something else does. */
static int make_link(const char *target, const char *dir, const char *name)
{
	char path[PATH_MAX], there[PATH_MAX];
	ssize_t n;

	if (qmux_format(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
		return -ENAMETOOLONG;
	if (!symlink(target, path))
		return 0;
	if (errno != EEXIST)
		return -errno;
	n = readlink(path, there, sizeof there);
	return n == (ssize_t)strlen(target) && !memcmp(there, target, (size_t)n) ? 0 : -EEXIST;
}

static int install_one(const struct command *cmd, const char *target, const char *dir,
	const char *name)
{
	int ret = make_link(target, dir, name);

	if (ret == -EEXIST)
		return say(cmd, EXIT_DEVICE, "%s/%s is there already and not a link to %s", dir,
			name, target);
	if (ret)
		return say(cmd, EXIT_DEVICE, "cannot make %s/%s: %s", dir, name, strerror(-ret));
	return EXIT_DONE;
}

static int install_applet(const struct command *cmd, const char *target, const char *dir,
	const struct applet *a)
{
	char name[LINK_NAME_MAX];
	int ret = a->alias ? install_one(cmd, target, dir, a->alias) : EXIT_DONE;

	qmux_format(name, sizeof name, "qmi-%s", a->name);
	ret |= install_one(cmd, target, dir, name);
	for (const struct verb *v = a->verbs; v->name; v++) {
		if (!*v->name)
			continue;
		qmux_format(name, sizeof name, "qmi-%s-%s", a->name, v->name);
		ret |= install_one(cmd, target, dir, name);
	}
	return ret;
}

int install_links(const struct command *cmd, const char *argv0, const char *dir)
{
	char target[PATH_MAX];
	struct stat st;
	int ret = EXIT_DONE;

	if (!own_path(argv0, target))
		return say(cmd, EXIT_DEVICE, "cannot find out where this program is");
	if (stat(dir, &st))
		return say(cmd, EXIT_DEVICE, "%s: %s", dir, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return say(cmd, EXIT_DEVICE, "%s: %s", dir, strerror(ENOTDIR));
	for (size_t i = 0; applets[i]; i++)
		ret |= install_applet(cmd, target, dir, applets[i]);
	return ret;
}
