/* tun.c - the data plane: tun devices that stand for the modem's network interfaces. */
#include "tun.h"
#include "wds.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	PACKET_MAX = 65536,
	BURST = 64, /* packets of one link before others get their turn */
	MUX_MAX = 254,
	/* linux/if_tun.h, which not every libc has on its include path */
	TUN_RAW_IP = 0x0001,
	TUN_NO_HEADER = 0x1000,
};

#define TUN_SET_IFF _IOW('T', 202, int)

struct link {
	int fd; /* -1: not there */
	unsigned mux;
	char name[IFNAMSIZ];
};

struct tun {
	struct modem *modem;
	struct link links[TUN_LINKS_MAX];
	int n;
	bool plugged;
};

/* 0 or -errno. */
static int link_open(struct link *l)
{
	struct ifreq r = { .ifr_flags = TUN_RAW_IP | TUN_NO_HEADER };
	int err;

	l->fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (l->fd < 0)
		return -errno;
	memcpy(r.ifr_name, l->name, sizeof r.ifr_name);
	if (!ioctl(l->fd, TUN_SET_IFF, &r))
		return 0;
	err = -errno;
	close(l->fd);
	l->fd = -1;
	return err;
}

static void link_close(struct link *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}

static int link_parse(struct link *l, const char *spec)
{
	size_t len = strcspn(spec, "=");
	int64_t mux = 0;

	if (!len || len >= sizeof l->name)
		return -EINVAL;
	memcpy(l->name, spec, len);
	if (spec[len] && !parse_number(spec + len + 1, 1, MUX_MAX, &mux))
		return -EINVAL;
	l->mux = (unsigned)mux;
	return 0;
}

struct tun *tun_new(struct modem *m, const char *const *specs, int n)
{
	struct tun *t = calloc(1, sizeof *t);

	if (!t)
		abort();
	*t = (struct tun){ .modem = m, .plugged = true };
	for (; t->n < n; t->n++) {
		struct link *l = &t->links[t->n];
		int err = link_parse(l, specs[t->n]);

		l->fd = -1;
		if (!err)
			err = link_open(l);
		if (!err)
			continue;
		fprintf(stderr, "fakemodem: %s: %s\n", specs[t->n], strerror(-err));
		tun_free(t);
		return NULL;
	}
	return t;
}

void tun_free(struct tun *t)
{
	if (!t)
		return;
	for (int i = 0; i < t->n; i++)
		link_close(&t->links[i]);
	free(t);
}

void tun_plugged(struct tun *t, bool plugged)
{
	if (t->plugged == plugged)
		return;
	t->plugged = plugged;
	for (int i = 0; i < t->n; i++)
		if (plugged)
			link_open(&t->links[i]);
		else
			link_close(&t->links[i]);
}

void tun_poll(const struct tun *t, struct pollfd fds[TUN_POLL])
{
	for (int i = 0; i < TUN_POLL; i++) {
		fds[i].fd = i < t->n ? t->links[i].fd : -1;
		fds[i].events = POLLIN;
	}
}

static void link_run(struct modem *m, struct link *l)
{
	static uint8_t packet[PACKET_MAX], answer[PACKET_MAX];

	for (int i = 0; i < BURST; i++) {
		ssize_t n = read(l->fd, packet, sizeof packet);
		size_t len;

		if (n < 0 && errno == EBADFD) /* somebody deleted the interface */
			link_close(l);
		if (n <= 0)
			return;
		len = wds_packet(m, l->mux, packet, (size_t)n, answer, sizeof answer);
		/* What the host does not take is lost, as on the air. */
		if (len && write(l->fd, answer, len) < 0)
			continue;
	}
}

void tun_run(struct tun *t, const struct pollfd fds[TUN_POLL])
{
	for (int i = 0; i < t->n; i++)
		if (t->links[i].fd >= 0 && fds[i].revents)
			link_run(t->modem, &t->links[i]);
}
