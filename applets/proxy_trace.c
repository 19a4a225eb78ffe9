/* proxy_trace.c - everybody's traffic, decoded, live, or into a file for Wireshark. */
#include "applets/proxy_applet.h"

#include "applets/pcapng.h"
#include "applets/print.h"
#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct event {
	uint32_t lost, pid;
	int64_t when;		/* milliseconds since 1970 */
	bool to_modem;
	const uint8_t *frame;
	size_t n;
};

struct tracer {
	struct command *cmd;
	struct qmux_message m;
	int64_t clock_offset;	/* of CLOCK_REALTIME from the proxy's CLOCK_MONOTONIC */
	int fd;			/* of the file for Wireshark, or -1 */
	struct text packets;	/* not written yet */
};

static int64_t clock_offset(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 - qmux_now();
}

static uint64_t number(const struct tracer *t, const struct qmux_frame *f, const char *path)
{
	struct qmux_node node = { .u = 0 };

	return qmux_get(f, &t->m, path, &node) ? 0 : node.u;
}

static bool read_event(const struct tracer *t, const struct qmux_frame *f, struct event *e)
{
	struct qmux_node node;

	if (f->kind != QMUX_INDICATION || f->service != QMUX_CTL ||
	    f->message != CTL_IND_PROXY_TRACE || qmux_get(f, &t->m, "frame", &node))
		return false;
	e->lost = (uint32_t)number(t, f, "event.lost");
	e->pid = (uint32_t)number(t, f, "event.pid");
	e->to_modem = number(t, f, "event.to_modem");
	e->when = (int64_t)number(t, f, "event.milliseconds") + t->clock_offset;
	e->frame = node.data;
	e->n = node.len;
	return true;
}

/* A day since 1970-01-01 as year, month, day: Gregorian, counted from March. */
static void civil(int64_t days, int *year, unsigned *month, unsigned *day)
{
	int64_t d = days + 719468, era = d / 146097;
	unsigned of_era = (unsigned)(d - era * 146097);
	unsigned y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	unsigned of_year = of_era - (365 * y + y / 4 - y / 100);
	unsigned m = (5 * of_year + 2) / 153;

	*day = of_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = (int)(y + (uint64_t)era * 400) + (*month <= 2);
}

static void show_time(struct sink *s, const char *key, int64_t milliseconds)
{
	unsigned month, day, of_day = (unsigned)(milliseconds % 86400000);
	char text[48];
	int year;

	civil(milliseconds / 86400000, &year, &month, &day);
	qmux_format(text, sizeof text, "%04d-%02u-%02uT%02u:%02u:%02u.%03uZ", year, month, day,
		of_day / 3600000, of_day / 60000 % 60, of_day / 1000 % 60, of_day % 1000);
	sink_text(s, key, text);
}

static void show_head(struct sink *s, void *ctx)
{
	const struct event *e = ctx;

	show_time(s, "time", e->when);
	sink_text(s, "direction", e->to_modem ? "to-modem" : "from-modem");
	if (e->pid)
		sink_uint(s, "process", e->pid, NULL);
}

static int write_packets(struct tracer *t)
{
	int ret = t->packets.failed ? -ENOMEM :
		write_all(t->fd, t->packets.p, t->packets.n);

	t->packets.n = 0;
	return ret;
}

static int tell_event(struct tracer *t, struct event *e)
{
	struct show_options o = {
		.mask = t->cmd->g.verbose < 2, .head = show_head, .ctx = e,
	};
	struct qmux_frame f;
	char who[32];

	if (e->lost)
		note(t->cmd, "%lu frames were lost here: this trace is read too slowly",
			(unsigned long)e->lost);
	if (t->fd >= 0) {
		qmux_format(who, sizeof who, "process %lu", (unsigned long)e->pid);
		pcapng_frame(&t->packets, e->when, e->to_modem, e->pid ? who : NULL, e->frame,
			e->n);
		return write_packets(t);	/* somebody may be watching the file grow */
	}
	if (!qmux_frame_parse(&f, e->frame, e->n))
		show_frame(t->cmd->sink, &f, NULL, &o);
	return sink_flush(t->cmd->sink);
}

/* The TLVs of the request: which service and client id are of interest. */
static int filters(struct command *cmd, struct qmux_buf *b, const struct qmux_message *m)
{
	struct qmux_assign assign[2];
	struct qmux_complaint complaint;
	size_t n = 0;

	if (cmd->option[TRACE_SERVICE])
		assign[n++] = (struct qmux_assign){ .path = "service", .path_len = 7,
			.value = cmd->option[TRACE_SERVICE] };
	if (cmd->option[TRACE_CLIENT])
		assign[n++] = (struct qmux_assign){ .path = "client", .path_len = 6,
			.value = cmd->option[TRACE_CLIENT] };
	if (qmux_encode(b, m, true, assign, n, &complaint))
		return say(cmd, EXIT_USAGE, "--%s", complaint.text);
	return EXIT_DONE;
}

static int follow(struct tracer *t)
{
	struct qmux_frame f;
	struct event e;
	int ret;

	do {
		ret = qmux_client_receive(&t->cmd->client, &f);
		if (!ret && read_event(t, &f, &e) && tell_event(t, &e))
			return say(t->cmd, EXIT_DEVICE, "cannot write the output");
	} while (!ret);
	if (ret == -EINTR || (ret == -ETIMEDOUT && t->cmd->g.timeout_ms > 0))
		return EXIT_DONE;	/* it ends when it is told to */
	return session_failed(t->cmd, ret);
}

/* Before signals are kept for later: to open a fifo may take as long as there is no reader. */
static int open_file(struct tracer *t, const char *path)
{
	t->fd = !strcmp(path, "-") ? STDOUT_FILENO :
		open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	return t->fd < 0 ? say(t->cmd, EXIT_DEVICE, "%s: %s", path, strerror(errno)) : EXIT_DONE;
}

static int record(struct tracer *t, const char *path)
{
	int ret;

	pcapng_begin(&t->packets);
	ret = write_packets(t);
	ret = ret ? say(t->cmd, EXIT_DEVICE, "%s: %s", path, strerror(-ret)) : follow(t);
	text_free(&t->packets);
	return ret;
}

int proxy_applet_trace(struct command *cmd)
{
	struct qmux_message request = session_message(QMUX_CTL, CTL_PROXY_TRACE);
	struct tracer t = { .cmd = cmd, .clock_offset = clock_offset(), .fd = -1 };
	const char *path = cmd->option[TRACE_WRITE];
	uint8_t memory[16];
	struct qmux_buf b = qmux_buf(memory, sizeof memory);
	struct qmux_frame answer;
	int ret = filters(cmd, &b, &request);

	qmux_message_by_id(QMUX_CTL, CTL_IND_PROXY_TRACE, true, 0, &t.m);
	if (!ret && path)
		ret = open_file(&t, path);
	if (!ret)
		ret = proxy_applet_ask(cmd, &request, b.p, b.len, &answer);
	if (!ret)
		ret = path ? record(&t, path) : follow(&t);
	if (t.fd > STDERR_FILENO && close(t.fd) && !ret)
		ret = say(cmd, EXIT_DEVICE, "%s: %s", path, strerror(errno));
	return ret;
}
