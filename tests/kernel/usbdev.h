/*
 * usbdev.h - a USB device with a QMI function, between USB/IP and the model of the modem.
 *
 * Laid out like a Quectel EC25 (2c7c:0125, QMI on interface 4), which qmi_wwan knows.  What leaves
 * fault.h in one write is one message here; a message waits for the host to fetch it by
 * GET_ENCAPSULATED_RESPONSE, and is announced on the interrupt endpoint (USB CDC 1.2, 6.3.2).
 */
#ifndef USBDEV_H
#define USBDEV_H

#include "usbip.h"

#include "tests/modem/fault.h"

enum {
	USBDEV_MESSAGES_MAX = 64, /* that wait to be fetched; more of them stay in fault.h */
	USBDEV_PACKETS_MAX = 256, /* for the host, on the bulk endpoint; more are dropped */
	USBDEV_REPEAT_MS = 100, /* what the host has not fetched by then is announced again, */
	USBDEV_REPEATS = 10, /* so often */
};

struct usbdev_message;

struct usbdev_list {
	struct usbdev_message *head, *tail;
	unsigned n;
};

struct usbdev {
	struct usbip link;
	struct fault *fault;
	bool trace; /* on stderr */
	uint16_t vendor, product; /* from the next time it is plugged in */
	struct usbdev_list messages; /* for GET_ENCAPSULATED_RESPONSE */
	struct usbdev_list packets; /* for the bulk endpoint */
	struct urb *interrupts, *bulk_in; /* pending, oldest first */
	struct urb *held; /* commands that are not taken */
	bool announced; /* since the last fetch */
	unsigned repeats;
	int64_t now; /* milliseconds; its owner says */
	int64_t noted_at; /* the last announcement */
	bool dtr;
	uint8_t config;

	/* What goes wrong; usbdev_reset() clears it. */
	struct {
		bool hold; /* commands are not taken: their transfers do not end */
		bool no_notify; /* messages wait unannounced */
		bool no_renotify; /* what was announced once is not announced to the next opener */
		int64_t stall_get, error_get, stall_send; /* so many of the next ones */
		int64_t notify; /* announcements of nothing */
	} set;

	struct {
		int64_t sent, fetched, fetched_empty, notified, packets_out, packets_in;
	} n;
};

void usbdev_init(struct usbdev *d, int vhci_port, struct fault *fault, bool trace);

/* 0 or -errno, as usbip_plug(). */
int usbdev_plug(struct usbdev *d);

/* Nobody can fetch what waits any more. */
void usbdev_unplug(struct usbdev *d);

void usbdev_reset(struct usbdev *d);

/* Announces and delivers what has become due. */
void usbdev_pump(struct usbdev *d);

/* Milliseconds until there is something to announce again; -1: never. */
int64_t usbdev_wait(const struct usbdev *d);

/* Commands that were held are done. */
void usbdev_release(struct usbdev *d);

/* Messages that wait are lost. */
void usbdev_flush(struct usbdev *d);

#endif
