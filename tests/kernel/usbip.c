/* usbip.c - the device side of USB/IP. */
#include "usbip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define ATTACH "/sys/devices/platform/vhci_hcd.0/attach"

enum {
	CMD_SUBMIT = 1,
	CMD_UNLINK = 2,
	RET_SUBMIT = 3,
	RET_UNLINK = 4,
	HEADER = 48,
	URB_MAX = 1 << 20, /* bytes; qmi_wwan's are some KB */
	SPEED_HIGH = 3, /* enum usb_device_speed */
	DEVID = 1 << 16 | 2, /* bus and device number: any that are not 0 */
};

static uint32_t get_be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void put_be32(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 24);
	p[1] = (uint8_t)(v >> 16);
	p[2] = (uint8_t)(v >> 8);
	p[3] = (uint8_t)v;
}

/* The kernel's end never leaves a packet half sent, so this does not block for long. */
static int read_full(int fd, uint8_t *p, size_t n)
{
	while (n) {
		ssize_t r = read(fd, p, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return -1;
		p += r;
		n -= (size_t)r;
	}
	return 0;
}

static int write_full(int fd, const uint8_t *p, size_t n)
{
	while (n) {
		ssize_t r = send(fd, p, n, MSG_NOSIGNAL);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return -1;
		p += r;
		n -= (size_t)r;
	}
	return 0;
}

void usbip_init(struct usbip *l, int port, const struct usb_device_ops *ops, void *ctx)
{
	*l = (struct usbip){ .fd = -1, .port = port, .ops = ops, .ctx = ctx };
}

int usbip_plug(struct usbip *l)
{
	int sv[2], fd, n, r = 0;
	char line[64];

	if (l->fd >= 0)
		return 0;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sv))
		return -errno;
	n = snprintf(line, sizeof line, "%d %d %u %d", l->port, sv[1], (unsigned)DEVID, SPEED_HIGH);
	fd = open(ATTACH, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, line, (size_t)n) < 0)
		r = -errno;
	if (fd >= 0)
		close(fd);
	close(sv[1]); /* the kernel holds its own reference */
	if (r)
		close(sv[0]);
	else
		l->fd = sv[0];
	return r;
}

static void urb_free(struct usbip *l, struct urb *u)
{
	struct urb **at = &l->all;

	while (*at && *at != u)
		at = &(*at)->all_next;
	if (*at)
		*at = u->all_next;
	free(u->data);
	free(u);
}

void usbip_unplug(struct usbip *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
	while (l->all) {
		l->ops->cancel(l->ctx, l->all);
		urb_free(l, l->all);
	}
}

/* What all replies begin with: device id, direction and endpoint stay 0. */
static void reply_header(uint8_t h[HEADER], uint32_t command, uint32_t seq, int status)
{
	memset(h, 0, HEADER);
	put_be32(h, command);
	put_be32(h + 4, seq);
	put_be32(h + 20, (uint32_t)status);
}

void usbip_complete(struct usbip *l, struct urb *u, int status, const void *data, size_t len)
{
	uint8_t h[HEADER];

	if (len > u->len)
		len = u->len;
	reply_header(h, RET_SUBMIT, u->seq, status);
	put_be32(h + 24, (uint32_t)len); /* actual length */
	put_be32(h + 32, 0xffffffff); /* not isochronous */
	if (!u->in)
		len = 0;
	if (l->fd >= 0 && (write_full(l->fd, h, HEADER) || write_full(l->fd, data, len)))
		shutdown(l->fd, SHUT_RDWR); /* usbip_input() notices */
	urb_free(l, u);
}

static int take_submit(struct usbip *l, const uint8_t h[HEADER])
{
	struct urb *u = calloc(1, sizeof *u);

	if (!u)
		abort();
	u->seq = get_be32(h + 4);
	u->in = get_be32(h + 12);
	u->ep = (uint8_t)get_be32(h + 16);
	u->len = get_be32(h + 24);
	memcpy(u->setup, h + 40, sizeof u->setup);
	u->all_next = l->all;
	l->all = u;
	if (u->len > URB_MAX)
		return -1;
	if (!u->in && u->len) {
		u->data = malloc(u->len);
		if (!u->data || read_full(l->fd, u->data, u->len))
			return -1;
	}
	l->ops->submit(l->ctx, u);
	return 0;
}

static int take_unlink(struct usbip *l, const uint8_t h[HEADER])
{
	uint8_t reply[HEADER];
	struct urb *u = l->all;
	int status = URB_OK; /* it was complete already */

	while (u && u->seq != get_be32(h + 20))
		u = u->all_next;
	if (u) {
		l->ops->cancel(l->ctx, u);
		urb_free(l, u);
		status = URB_UNLINKED;
	}
	reply_header(reply, RET_UNLINK, get_be32(h + 4), status);
	return write_full(l->fd, reply, HEADER);
}

int usbip_input(struct usbip *l)
{
	uint8_t h[HEADER];
	int r = -1;

	if (l->fd >= 0 && !read_full(l->fd, h, HEADER)) {
		if (get_be32(h) == CMD_SUBMIT)
			r = take_submit(l, h);
		else if (get_be32(h) == CMD_UNLINK)
			r = take_unlink(l, h);
	}
	if (r)
		usbip_unplug(l);
	return r;
}
