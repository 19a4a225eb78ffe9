/* wds_dns.c - name servers into a file, and what was there before back again. */
#include "applets/wds_net.h"

#include "qmux/format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK "# written by qmitool"	/* how any file of ours begins */
#define DNS_TEXT_MAX 512

/* What the file holds; its length. */
static size_t dns_text(const struct wds_net *net, const char *session, char text[DNS_TEXT_MAX])
{
	size_t n = (size_t)qmux_format(text, DNS_TEXT_MAX, MARK " for the data session %s\n",
		session);

	for (int f = 0; f < WDS_FAMILIES; f++)
		for (unsigned i = 0; net->ip[f].family && i < net->ip[f].n_dns; i++) {
			char address[NET_TEXT_MAX];

			wds_net_text(net->ip[f].family, net->ip[f].dns[i], address);
			n += (size_t)qmux_format(text + n, DNS_TEXT_MAX - n, "nameserver %s\n",
				address);
		}
	return n;
}

bool wds_dns_any(const struct wds_net *net)
{
	return (net->ip[0].family && net->ip[0].n_dns) || (net->ip[1].family && net->ip[1].n_dns);
}

/* The beginning of a file; its length, or 0 where there is none. */
static size_t read_file(const char *path, char *text, size_t max)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	ssize_t n = 0;

	if (fd < 0)
		return 0;
	n = read(fd, text, max);
	close(fd);
	return n < 0 ? 0 : (size_t)n;
}

/* Always a new one: what is there may be another user's. */
static int write_file(const char *path, const char *text, size_t n)
{
	int fd, ret = 0;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd < 0)
		return -errno;
	/* Resolvers of other users read it, whatever our umask is. */
	if (fchmod(fd, 0644))
		ret = -errno;
	if (!ret && write(fd, text, n) != (ssize_t)n)
		ret = errno ? -errno : -EIO;
	close(fd);
	return ret;
}

struct beside {
	char saved[NET_PATH_MAX + 16], fresh[NET_PATH_MAX + 16];
};

static struct beside beside(const char *path)
{
	struct beside b;

	qmux_format(b.saved, sizeof b.saved, "%s.qmitool", path);
	qmux_format(b.fresh, sizeof b.fresh, "%s.qmitool-new", path);
	return b;
}

/* By a link, so that who reads the file always finds one; a symlink is kept as such. */
static int keep_old(const char *path, const char *saved)
{
	char text[sizeof MARK];
	size_t n = read_file(path, text, sizeof MARK - 1);
	struct stat st;

	if (lstat(path, &st))
		return errno == ENOENT ? 0 : -errno;
	if (n == sizeof MARK - 1 && !memcmp(text, MARK, n))
		return 0;	/* a session's; what was there before it is kept already */
	unlink(saved);
	if (!link(path, saved) || !rename(path, saved))	/* FAT has no links */
		return 0;
	return -errno;
}

int wds_dns_write(const struct command *cmd, const struct wds_net *net, const char *session)
{
	struct beside b = beside(net->dns_file);
	char text[DNS_TEXT_MAX], old[DNS_TEXT_MAX];
	size_t n = dns_text(net, session, text);
	int ret;

	if (!wds_dns_any(net)) {
		note(cmd, "the network names no DNS server: %s stays as it is", net->dns_file);
		return EXIT_DONE;
	}
	if (read_file(net->dns_file, old, sizeof old) == n && !memcmp(old, text, n))
		return EXIT_DONE;
	ret = write_file(b.fresh, text, n);
	if (!ret)
		ret = keep_old(net->dns_file, b.saved);
	if (!ret && rename(b.fresh, net->dns_file))
		ret = -errno;
	if (ret)
		unlink(b.fresh);
	return ret ? say(cmd, ret == -EACCES ? EXIT_PERMISSION : EXIT_DEVICE,
		"cannot write %s: %s", net->dns_file, strerror(-ret)) : EXIT_DONE;
}

void wds_dns_restore(const struct command *cmd, const struct wds_net *net, const char *session)
{
	struct beside b = beside(net->dns_file);
	char text[DNS_TEXT_MAX], now[DNS_TEXT_MAX];
	size_t n = dns_text(net, session, text);
	struct stat st;

	if (read_file(net->dns_file, now, sizeof now) != n || memcmp(now, text, n))
		return;
	if (lstat(b.saved, &st) ? unlink(net->dns_file) : rename(b.saved, net->dns_file))
		note(cmd, "cannot restore %s: %s", net->dns_file, strerror(errno));
}
