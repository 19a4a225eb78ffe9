/* usbdev.c - a USB device with a QMI function. */
#include "usbdev.h"
#include "usbnet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	VENDOR = 0x2c7c,
	PRODUCT = 0x0125,
	QMI_INTERFACE = 4,
	EP_NOTIFY = 9, /* interrupt IN */
	EP_DATA_IN = 8,
	EP_DATA_OUT = 5,
};

/* USB 2.0, 9.4; CDC 1.2, 6.2 and 6.3 */
enum {
	GET_STATUS = 0,
	CLEAR_FEATURE = 1,
	SET_FEATURE = 3,
	SET_ADDRESS = 5,
	GET_DESCRIPTOR = 6,
	GET_CONFIGURATION = 8,
	SET_CONFIGURATION = 9,
	GET_INTERFACE = 10,
	SET_INTERFACE = 11,

	DESC_DEVICE = 1,
	DESC_CONFIG = 2,
	DESC_STRING = 3,

	SEND_ENCAPSULATED_COMMAND = 0x00,
	GET_ENCAPSULATED_RESPONSE = 0x01,
	SET_CONTROL_LINE_STATE = 0x22,
	RESPONSE_AVAILABLE = 0x01,
};

enum { TRANSFER_MAX = 128 * 1024 };

struct usbdev_message {
	struct usbdev_message *next;
	size_t len, taken;
	uint8_t bytes[];
};

/* ---- descriptors ---- */

#define LE16(v) (uint8_t)(v), (uint8_t)((v) >> 8)
#define INTERFACE(num, neps, sub, proto) 9, 4, num, 0, neps, 0xff, sub, proto, 0
#define BULK(addr) 7, 5, addr, 2, LE16(512), 0
#define INTERRUPT(addr, size) 7, 5, addr, 3, LE16(size), 9

static const uint8_t device_desc[18] = {
	18, DESC_DEVICE, LE16(0x0200), 0, 0, 0, 64, LE16(VENDOR), LE16(PRODUCT), LE16(0x0318), 1, 2, 3, 1
};

/* Interfaces 0 to 3 are the modem's serial ports; here they never talk. */
static const uint8_t interfaces[] = {
	INTERFACE(0, 2, 0xff, 0xff), BULK(0x81), BULK(0x01),
	INTERFACE(1, 3, 0x00, 0x00), INTERRUPT(0x83, 10), BULK(0x82), BULK(0x02),
	INTERFACE(2, 3, 0x00, 0x00), INTERRUPT(0x85, 10), BULK(0x84), BULK(0x03),
	INTERFACE(3, 3, 0x00, 0x00), INTERRUPT(0x87, 10), BULK(0x86), BULK(0x04),
	INTERFACE(QMI_INTERFACE, 3, 0xff, 0xff), INTERRUPT(0x80 | EP_NOTIFY, 8),
	BULK(0x80 | EP_DATA_IN), BULK(EP_DATA_OUT),
};

static size_t config_desc(uint8_t buf[9 + sizeof interfaces])
{
	const uint8_t head[9] = { 9, DESC_CONFIG, LE16(9 + sizeof interfaces), 5, 1, 0, 0xa0, 250 };

	memcpy(buf, head, sizeof head);
	memcpy(buf + sizeof head, interfaces, sizeof interfaces);
	return sizeof head + sizeof interfaces;
}

/* 0: there is none. */
static size_t string_desc(const struct usbdev *d, unsigned index, uint8_t buf[64])
{
	char serial[16];
	const char *const strings[] = { "", "Test Rig", "Emulated QMI modem", serial };
	size_t n = 2;

	if (index >= sizeof strings / sizeof *strings)
		return 0;
	snprintf(serial, sizeof serial, "RIG%d", d->link.port);
	if (!index) {
		buf[n++] = 0x09; /* English, as in the United States */
		buf[n++] = 0x04;
	}
	for (const char *s = strings[index]; *s; s++) {
		buf[n++] = (uint8_t)*s;
		buf[n++] = 0;
	}
	buf[0] = (uint8_t)n;
	buf[1] = DESC_STRING;
	return n;
}

/* ---- tools ---- */

static void trace(const struct usbdev *d, const char *what, const uint8_t *bytes, size_t len)
{
	if (!d->trace)
		return;
	fprintf(stderr, "%s ", what);
	for (size_t i = 0; i < len; i++)
		fprintf(stderr, "%02x", bytes[i]);
	fputc('\n', stderr);
}

static void urb_add(struct urb **head, struct urb *u)
{
	while (*head)
		head = &(*head)->next;
	u->next = NULL;
	*head = u;
}

static struct urb *urb_take(struct urb **head)
{
	struct urb *u = *head;

	*head = u->next;
	return u;
}

static bool urb_drop(struct urb **head, const struct urb *u)
{
	while (*head && *head != u)
		head = &(*head)->next;
	if (!*head)
		return false;
	*head = u->next;
	return true;
}

static void list_add(struct usbdev_list *l, const uint8_t *bytes, size_t len)
{
	struct usbdev_message *m = malloc(sizeof *m + len);

	if (!m)
		abort();
	*m = (struct usbdev_message){ .len = len };
	memcpy(m->bytes, bytes, len);
	*(l->tail ? &l->tail->next : &l->head) = m;
	l->tail = m;
	l->n++;
}

static void list_pop(struct usbdev_list *l)
{
	struct usbdev_message *m = l->head;

	l->head = m->next;
	if (!l->head)
		l->tail = NULL;
	l->n--;
	free(m);
}

static void list_clear(struct usbdev_list *l)
{
	while (l->head)
		list_pop(l);
}

static void done(struct usbdev *d, struct urb *u)
{
	usbip_complete(&d->link, u, URB_OK, NULL, u->in ? 0 : u->len);
}

static void done_data(struct usbdev *d, struct urb *u, const void *p, size_t n)
{
	usbip_complete(&d->link, u, URB_OK, p, n);
}

/* ---- modem to host ---- */

static void announce_again(struct usbdev *d)
{
	d->announced = d->announced && d->set.no_renotify;
}

static void fetch_messages(struct usbdev *d)
{
	const uint8_t *bytes;
	size_t len;

	while (d->link.fd >= 0 && d->messages.n < USBDEV_MESSAGES_MAX &&
		(bytes = fault_output(d->fault, &len))) {
		trace(d, "<", bytes, len);
		list_add(&d->messages, bytes, len);
		fault_written(d->fault, len);
	}
}

int64_t usbdev_wait(const struct usbdev *d)
{
	int64_t left = d->noted_at + USBDEV_REPEAT_MS - d->now;

	if (!d->interrupts || !d->messages.head || !d->announced || d->set.no_notify ||
		d->set.no_renotify || d->repeats >= USBDEV_REPEATS)
		return -1;
	return left > 0 ? left : 0;
}

/* That there is a message, and after each fetch that there are more (CDC 1.2, 6.3.2).  What is on
   its way to a host that closes the port is lost, so it is said again. */
static void announce(struct usbdev *d)
{
	static const uint8_t note[8] = { 0xa1, RESPONSE_AVAILABLE, 0, 0, QMI_INTERFACE, 0, 0, 0 };

	while (d->interrupts) {
		bool again = !usbdev_wait(d);

		if (d->set.notify)
			d->set.notify--;
		else if (!again && (!d->messages.head || d->announced || d->set.no_notify))
			break;
		else
			d->announced = true;
		d->repeats = again ? d->repeats + 1 : 0;
		d->n.notified++;
		d->noted_at = d->now;
		done_data(d, urb_take(&d->interrupts), note, sizeof note);
	}
}

static void deliver_packets(struct usbdev *d)
{
	while (d->bulk_in && d->packets.head) {
		d->n.packets_in++;
		done_data(d, urb_take(&d->bulk_in), d->packets.head->bytes, d->packets.head->len);
		list_pop(&d->packets);
	}
}

void usbdev_pump(struct usbdev *d)
{
	fetch_messages(d);
	announce(d);
	deliver_packets(d);
}

/* true: this fetch was made to fail. */
static bool fetch_fails(struct usbdev *d, struct urb *u)
{
	bool stall = d->set.stall_get;

	if (!stall && !d->set.error_get)
		return false;
	--*(stall ? &d->set.stall_get : &d->set.error_get);
	trace(d, stall ? "fetch: stalled" : "fetch: failed", NULL, 0);
	usbip_complete(&d->link, u, stall ? URB_STALL : URB_NO_ANSWER, NULL, 0);
	announce_again(d);
	return true;
}

static void get_response(struct usbdev *d, struct urb *u)
{
	struct usbdev_message *m = d->messages.head;
	size_t n;

	d->n.fetched++;
	if (fetch_fails(d, u))
		return;
	d->announced = false;
	if (!m) {
		d->n.fetched_empty++;
		done(d, u);
		return;
	}
	n = m->len - m->taken < u->len ? m->len - m->taken : u->len;
	done_data(d, u, m->bytes + m->taken, n);
	m->taken += n;
	if (m->taken == m->len) /* else the rest with the next fetch */
		list_pop(&d->messages);
}

void usbdev_flush(struct usbdev *d)
{
	d->announced = false;
	list_clear(&d->messages);
}

/* ---- host to modem ---- */

static void send_command(struct usbdev *d, struct urb *u)
{
	d->n.sent++;
	if (d->set.stall_send) {
		d->set.stall_send--;
		trace(d, "> (stalled)", u->data, u->len);
		usbip_complete(&d->link, u, URB_STALL, NULL, 0);
		return;
	}
	trace(d, ">", u->data, u->len);
	fault_request(d->fault, u->data, u->len);
	done(d, u);
}

static void take_packets(struct usbdev *d, const struct urb *u)
{
	static uint8_t out[TRANSFER_MAX];
	size_t n = usbnet_transfer(fault_modem(d->fault), u->data, u->len, out, sizeof out);

	d->n.packets_out++;
	if (n && d->packets.n < USBDEV_PACKETS_MAX)
		list_add(&d->packets, out, n);
}

void usbdev_release(struct usbdev *d)
{
	while (d->held)
		send_command(d, urb_take(&d->held));
}

/* ---- control requests ---- */

static bool get_descriptor(struct usbdev *d, struct urb *u, unsigned value)
{
	uint8_t buf[256];
	size_t n = 0;

	if (value >> 8 == DESC_DEVICE) {
		n = sizeof device_desc;
		memcpy(buf, device_desc, n);
		memcpy(buf + 8, (uint8_t[]){ LE16(d->vendor), LE16(d->product) }, 4);
	} else if (value >> 8 == DESC_CONFIG) {
		n = config_desc(buf);
	} else if (value >> 8 == DESC_STRING) {
		n = string_desc(d, value & 0xff, buf);
	}
	if (n)
		done_data(d, u, buf, n);
	return n;
}

/* What the QMI interface is asked; false: not that. */
static bool class_request(struct usbdev *d, struct urb *u, unsigned request, unsigned value)
{
	switch (request) {
	case 0x2100 | SEND_ENCAPSULATED_COMMAND:
		if (d->set.hold)
			urb_add(&d->held, u);
		else
			send_command(d, u);
		return true;
	case 0xa100 | GET_ENCAPSULATED_RESPONSE:
		get_response(d, u);
		return true;
	case 0x2100 | SET_CONTROL_LINE_STATE:
		d->dtr = value & 1;
		done(d, u);
		return true;
	}
	return false;
}

static bool standard_request(struct usbdev *d, struct urb *u, unsigned request, unsigned value)
{
	static const uint8_t zeros[2];

	switch (request) {
	case 0x8000 | GET_DESCRIPTOR:
		return get_descriptor(d, u, value);
	case 0x0000 | SET_CONFIGURATION:
		d->config = (uint8_t)value;
		done(d, u);
		return true;
	case 0x8000 | GET_CONFIGURATION:
		done_data(d, u, &d->config, 1);
		return true;
	case 0x8000 | GET_STATUS:
	case 0x8100 | GET_STATUS:
	case 0x8200 | GET_STATUS:
		done_data(d, u, zeros, 2);
		return true;
	case 0x8100 | GET_INTERFACE:
		done_data(d, u, zeros, 1);
		return true;
	case 0x0100 | SET_INTERFACE:
		if (value)
			return false;
		/* fall through */
	case 0x0000 | SET_ADDRESS:
	case 0x0000 | CLEAR_FEATURE:
	case 0x0100 | CLEAR_FEATURE:
	case 0x0200 | CLEAR_FEATURE:
	case 0x0000 | SET_FEATURE:
	case 0x0100 | SET_FEATURE:
	case 0x0200 | SET_FEATURE:
		done(d, u);
		return true;
	}
	return false;
}

static void control(struct usbdev *d, struct urb *u)
{
	const uint8_t *s = u->setup;
	unsigned request = (unsigned)s[0] << 8 | s[1], value = s[2] | (unsigned)s[3] << 8;
	bool ours = s[4] == QMI_INTERFACE && !s[5];

	if ((!ours || !class_request(d, u, request, value)) &&
		!standard_request(d, u, request, value))
		usbip_complete(&d->link, u, URB_STALL, NULL, 0);
}

static void submit(void *ctx, struct urb *u)
{
	struct usbdev *d = ctx;

	if (!u->ep) {
		control(d, u);
	} else if (u->in && u->ep == EP_NOTIFY) {
		urb_add(&d->interrupts, u);
	} else if (u->in && u->ep == EP_DATA_IN) {
		urb_add(&d->bulk_in, u);
	} else if (!u->in) {
		if (u->ep == EP_DATA_OUT)
			take_packets(d, u);
		done(d, u);
	}
	/* The serial ports have nothing to say: their URBs stay pending. */
}

static void cancel(void *ctx, struct urb *u)
{
	struct usbdev *d = ctx;

	/* The host stopped listening: what is left is announced to who comes next. */
	if (urb_drop(&d->interrupts, u))
		announce_again(d);
	urb_drop(&d->bulk_in, u);
	urb_drop(&d->held, u);
}

/* ---- life ---- */

static const struct usb_device_ops ops = { submit, cancel };

void usbdev_init(struct usbdev *d, int vhci_port, struct fault *fault, bool trace)
{
	*d = (struct usbdev){
		.fault = fault, .trace = trace, .vendor = VENDOR, .product = PRODUCT,
	};
	usbip_init(&d->link, vhci_port, &ops, d);
}

int usbdev_plug(struct usbdev *d)
{
	return usbip_plug(&d->link);
}

/*
 * A command in flight fails first, as it does where a device stops answering a real host
 * controller.  vhci_hcd leaves it pending until the driver kills it, but wdm_disconnect() first
 * wants the mutex that a write() blocked behind that command holds: the hub's worker would hang
 * until the writing process gets a signal.
 */
void usbdev_unplug(struct usbdev *d)
{
	while (d->held)
		usbip_complete(&d->link, urb_take(&d->held), URB_NO_ANSWER, NULL, 0);
	usbip_unplug(&d->link);
	list_clear(&d->messages);
	list_clear(&d->packets);
	d->announced = d->dtr = false;
	d->config = 0;
}

void usbdev_reset(struct usbdev *d)
{
	memset(&d->set, 0, sizeof d->set);
	memset(&d->n, 0, sizeof d->n);
	d->vendor = VENDOR;
	d->product = PRODUCT;
	usbdev_release(d);
	usbdev_flush(d);
}
