/*
 * usbport.c - the modem's door is a USB device: port.h on the kernel's virtual host controller.
 *
 * With this in the place of port.c, fakemodem becomes usbmodem; "-p PORT" is the port of the
 * controller, and there is no socket.
 */
#include "tests/modem/port.h"
#include "usbdev.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	PORTS = 8, /* of the controller, for high speed */
	/* The kernel is not yet through with the device that went. */
	BUSY_AGAIN_MS = 10,
	BUSY_TRIES = 500,
	/* A modem that was told to restart goes after a while and comes back after another. */
	RESTART_AFTER_MS = 100,
	RESTART_AWAY_MS = 200,
	COUNT_MAX = 1000000,
};

struct port {
	struct fault *fault;
	struct usbdev dev;
	int64_t now, unplug_at, plug_at; /* 0: not planned */
	int busy;
	port_plugged_fn *plugged_fn;
	void *ctx;
};

static int plug(struct port *p)
{
	int r = usbdev_plug(&p->dev);

	p->plug_at = 0;
	if (r == -EBUSY && p->busy++ < BUSY_TRIES) {
		p->plug_at = p->now + BUSY_AGAIN_MS;
		return 0;
	}
	p->busy = 0;
	if (!r && p->plugged_fn)
		p->plugged_fn(p->ctx, true);
	if (r)
		fprintf(stderr, "usbmodem: port %d: %s\n", p->dev.link.port, strerror(-r));
	return r;
}

static void unplug(struct port *p)
{
	p->unplug_at = p->plug_at = 0;
	usbdev_unplug(&p->dev);
	fault_abandon(p->fault, true);
	if (p->plugged_fn)
		p->plugged_fn(p->ctx, false);
}

void port_on_plugged(struct port *p, port_plugged_fn *fn, void *ctx)
{
	p->plugged_fn = fn;
	p->ctx = ctx;
}

static void power_cycle(struct port *p, int64_t away_ms)
{
	unplug(p);
	modem_restart(fault_modem(p->fault));
	if (away_ms)
		p->plug_at = p->now + away_ms;
	else
		plug(p);
}

struct port *port_new(struct fault *fault, const char *link, const char *socket, bool trace)
{
	struct port *p = calloc(1, sizeof *p);
	int64_t number;

	if (!p)
		abort();
	if (!link || socket || !parse_number(link, 0, PORTS - 1, &number)) {
		fputs("usbmodem: -p PORT: a port of the virtual host controller, 0 to 7\n", stderr);
		free(p);
		return NULL;
	}
	p->fault = fault;
	usbdev_init(&p->dev, (int)number, fault, trace);
	if (plug(p)) {
		free(p);
		return NULL;
	}
	return p;
}

void port_free(struct port *p)
{
	if (!p)
		return;
	usbdev_unplug(&p->dev);
	free(p);
}

void port_reset(struct port *p)
{
	usbdev_reset(&p->dev);
	p->unplug_at = 0;
	plug(p);
}

static void sooner(int64_t *wait, int64_t ms)
{
	if (ms < 0)
		ms = 0;
	if (*wait < 0 || ms < *wait)
		*wait = ms;
}

void port_poll(struct port *p, struct pollfd fds[PORT_POLL], int64_t now_ms, int64_t *wait_ms)
{
	int64_t due;

	p->now = p->dev.now = now_ms;
	fault_step(p->fault, now_ms);
	usbdev_pump(&p->dev); /* what a command changed since */
	for (int i = 0; i < PORT_POLL; i++)
		fds[i].fd = -1;
	fds[0] = (struct pollfd){ .fd = p->dev.link.fd, .events = POLLIN };
	due = fault_wait(p->fault);
	if (due >= 0 && p->dev.link.fd >= 0 && p->dev.messages.n < USBDEV_MESSAGES_MAX)
		sooner(wait_ms, due);
	due = usbdev_wait(&p->dev);
	if (due >= 0)
		sooner(wait_ms, due);
	if (p->unplug_at)
		sooner(wait_ms, p->unplug_at - now_ms);
	if (p->plug_at)
		sooner(wait_ms, p->plug_at - now_ms);
}

void port_run(struct port *p, const struct pollfd fds[PORT_POLL], int64_t now_ms)
{
	p->now = p->dev.now = now_ms;
	fault_step(p->fault, now_ms);
	if (fds[0].fd >= 0 && fds[0].fd == p->dev.link.fd && fds[0].revents &&
		usbip_input(&p->dev.link))
		unplug(p);
	usbdev_pump(&p->dev);
	if (modem_wants_restart(fault_modem(p->fault)))
		p->unplug_at = now_ms + RESTART_AFTER_MS;
	if (p->unplug_at && p->unplug_at <= now_ms)
		power_cycle(p, RESTART_AWAY_MS);
	if (p->plug_at && p->plug_at <= now_ms)
		plug(p);
}

/* ---- commands ---- */

static int cmd_unplug(void *self, int argc, char **argv, FILE *reply)
{
	(void)argc;
	(void)argv;
	(void)reply;
	unplug(self);
	return 0;
}

static int cmd_plug(void *self, int argc, char **argv, FILE *reply)
{
	int r = plug(self);

	(void)argc;
	return r ? command_error(reply, argv[0], strerror(-r)) : 0;
}

static int cmd_powercycle(void *self, int argc, char **argv, FILE *reply)
{
	int64_t ms = 0;

	if (argc > 1 && !parse_number(argv[1], 0, INT32_MAX, &ms))
		return command_error(reply, "no milliseconds", argv[1]);
	power_cycle(self, ms);
	return 0;
}

static int cmd_host(void *self, int argc, char **argv, FILE *reply)
{
	struct port *p = self;

	(void)argc;
	(void)argv;
	fprintf(reply, "%d\n", p->dev.interrupts != NULL);
	return 0;
}

static int cmd_stall(void *self, int argc, char **argv, FILE *reply)
{
	struct port *p = self;

	(void)argc;
	if (strcmp(argv[1], "on") && strcmp(argv[1], "off"))
		return command_error(reply, "on or off, not", argv[1]);
	p->dev.set.hold = argv[1][1] == 'n';
	if (!p->dev.set.hold)
		usbdev_release(&p->dev);
	return 0;
}

static int cmd_flush(void *self, int argc, char **argv, FILE *reply)
{
	(void)argc;
	(void)argv;
	(void)reply;
	usbdev_flush(&((struct port *)self)->dev);
	return 0;
}

static int cmd_switch(void *self, int argc, char **argv, FILE *reply)
{
	struct port *p = self;
	bool *on = strcmp(argv[0], "no-notify") ? &p->dev.set.no_renotify : &p->dev.set.no_notify;

	(void)argc;
	if (strcmp(argv[1], "on") && strcmp(argv[1], "off"))
		return command_error(reply, "on or off, not", argv[1]);
	*on = argv[1][1] == 'n';
	return 0;
}

static int cmd_count(void *self, int argc, char **argv, FILE *reply)
{
	struct port *p = self;
	const struct {
		const char *name;
		int64_t *n;
	} counts[] = {
		{ "stall-send", &p->dev.set.stall_send },
		{ "stall-get", &p->dev.set.stall_get },
		{ "error-get", &p->dev.set.error_get },
		{ "notify", &p->dev.set.notify },
	};

	(void)argc;
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		if (!strcmp(counts[i].name, argv[0]) && !parse_number(argv[1], 0, COUNT_MAX, counts[i].n))
			return command_error(reply, "no number in range", argv[1]);
	return 0;
}

static int cmd_usb_id(void *self, int argc, char **argv, FILE *reply)
{
	struct port *p = self;
	uint8_t id[4];
	char hex[9] = "";

	(void)argc;
	if (strlen(argv[1]) == 9 && argv[1][4] == ':') {
		memcpy(hex, argv[1], 4);
		memcpy(hex + 4, argv[1] + 5, 4);
	}
	if (hex_bytes(hex, id, sizeof id) != sizeof id)
		return command_error(reply, "not as 2c7c:0125", argv[1]);
	p->dev.vendor = (uint16_t)(id[0] << 8 | id[1]);
	p->dev.product = (uint16_t)(id[2] << 8 | id[3]);
	return 0;
}

static int cmd_usb(void *self, int argc, char **argv, FILE *reply)
{
	struct port *p = self;
	const struct usbdev *d = &p->dev;
	const struct {
		const char *name;
		int64_t value;
	} rows[] = {
		{ "plugged", d->link.fd >= 0 }, { "config", d->config }, { "dtr", d->dtr },
		{ "queued", d->messages.n }, { "held", d->held != NULL },
		{ "sent", d->n.sent }, { "fetched", d->n.fetched },
		{ "fetched_empty", d->n.fetched_empty }, { "notified", d->n.notified },
		{ "packets_out", d->n.packets_out }, { "packets_in", d->n.packets_in },
		{ "failing", d->set.stall_send + d->set.stall_get + d->set.error_get },
	};
	bool found = argc == 1;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (argc == 1)
			fprintf(reply, "%s ", rows[i].name);
		else if (strcmp(argv[1], rows[i].name))
			continue;
		fprintf(reply, "%" PRId64 "\n", rows[i].value);
		found = true;
	}
	return found ? 0 : command_error(reply, "no such value", argv[1]);
}

const struct command port_commands[] = {
	{ "unplug", "", "the cable is pulled; the modem stays powered", 0, 0, cmd_unplug },
	{ "plug", "", "the cable is in again", 0, 0, cmd_plug },
	{ "powercycle", "[MS]", "unplug, forget client ids, plug after MS (0)", 0, 1,
		cmd_powercycle },
	{ "host", "", "1 if the host listens (somebody has the port open), else 0", 0, 0, cmd_host },
	{ "stall", "on|off", "commands are not taken: their transfers do not end", 1, 1, cmd_stall },
	{ "stall-send", "N", "the next N commands end in a stall", 1, 1, cmd_count },
	{ "stall-get", "N", "the next N fetches of a message end in a stall", 1, 1, cmd_count },
	{ "error-get", "N", "the next N fetches of a message fail (EPROTO)", 1, 1, cmd_count },
	{ "notify", "N", "N announcements of nothing", 1, 1, cmd_count },
	{ "no-notify", "on|off", "messages are not announced", 1, 1, cmd_switch },
	{ "no-renotify", "on|off", "what was announced once is not announced to the next opener", 1, 1,
		cmd_switch },
	{ "flush", "", "messages that wait to be fetched are lost", 0, 0, cmd_flush },
	{ "usb-id", "VENDOR:PRODUCT", "what it is from the next plug on; on interface 4, too", 1, 1,
		cmd_usb_id },
	{ "usb", "[KEY]", "state and counters, or one of them", 0, 1, cmd_usb },
	{ NULL, NULL, NULL, 0, 0, NULL },
};
