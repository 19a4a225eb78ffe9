/*
 * usbip.h - the device side of USB/IP, wired straight into the kernel's vhci_hcd.
 *
 * A socketpair: one end goes to the virtual host controller through its sysfs file "attach", the
 * other is ours.  There is no network, no usbip tool and no import handshake: only the URB phase of
 * the protocol runs (Documentation/usb/usbip_protocol.rst).
 */
#ifndef USBIP_H
#define USBIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a URB ended: negative Linux errno numbers, as the protocol has them on every machine. */
enum {
	URB_OK = 0,
	URB_STALL = -32, /* EPIPE */
	URB_NO_ANSWER = -71, /* EPROTO */
	URB_UNLINKED = -104, /* ECONNRESET */
};

struct urb {
	struct urb *next; /* for the device's own lists */
	uint32_t seq;
	uint8_t ep; /* endpoint number, without the direction */
	bool in;
	uint8_t setup[8]; /* endpoint 0 only */
	uint32_t len; /* what the host's buffer holds, or has room for */
	uint8_t *data; /* from the host; NULL where in */
	struct urb *all_next; /* the transport's list */
};

struct usb_device_ops {
	/* A new URB: the device answers with usbip_complete(), now or later. */
	void (*submit)(void *ctx, struct urb *u);
	/* The host gave it up: forget it, do not complete it. */
	void (*cancel)(void *ctx, struct urb *u);
};

struct usbip {
	int fd; /* -1: unplugged */
	int port;
	const struct usb_device_ops *ops;
	void *ctx;
	struct urb *all;
};

/* port: of the virtual host controller, 0 to 7 for high speed. */
void usbip_init(struct usbip *l, int port, const struct usb_device_ops *ops, void *ctx);

/* 0 or -errno; -EBUSY: the kernel is not through with the device that was there before. */
int usbip_plug(struct usbip *l);

/* The cable is pulled: every URB is cancelled. */
void usbip_unplug(struct usbip *l);

/* Takes one packet; for when l->fd is readable.  -1: the link is down, and was unplugged. */
int usbip_input(struct usbip *l);

/* Ends a URB and frees it; data and len are for IN. */
void usbip_complete(struct usbip *l, struct urb *u, int status, const void *data, size_t len);

#endif
