/* raw_decode.c - frames in hex, logs and captures, shown. */
#include "applets/raw.h"

#include "applets/hex.h"
#include "applets/input.h"
#include "applets/pcapng.h"
#include "applets/raw_log.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PENDING_MAX (3 * QMUX_FRAME_MAX)	/* a line may hold a frame and a part */

/* Bytes of frames that are not whole yet; a frame may go on in the next line. */
struct decoder {
	struct command *cmd;
	const char *unit;		/* what is counted: lines, packets, arguments */
	unsigned long at;
	struct qmux_buf pending;
	struct raw_log log;
	struct show_options show;
	int exit;
};

static void bad(struct decoder *d, const char *why)
{
	d->exit = say(d->cmd, EXIT_REFUSED, "%s %lu: %s", d->unit, d->at, why);
}

static void bad_partial(struct decoder *d)
{
	char why[80];
	int need = qmux_frame_length(d->pending.p, d->pending.len);

	if (need > 0)
		qmux_format(why, sizeof why, "partial frame: %zu of %d bytes", d->pending.len, need);
	else
		qmux_format(why, sizeof why, "partial frame: %zu bytes", d->pending.len);
	bad(d, why);
	d->pending.len = 0;
}

/* Does a whole frame, of which all lengths agree, start here? */
static bool starts_frame(const uint8_t *p, size_t n)
{
	struct qmux_frame f;
	int need = qmux_frame_length(p, n);

	return need > 0 && (size_t)need <= n && !qmux_frame_parse(&f, p, (size_t)need) &&
		!f.truncated;
}

/* Where the next frame starts behind bytes that are none; n: nowhere. */
static size_t next_start(const uint8_t *p, size_t n)
{
	size_t at = 1;

	while (at < n && !starts_frame(p + at, n - at))
		at++;
	return at < n ? at : n;
}

/* Show the frames that are whole and keep what is left. */
static void show_whole(struct decoder *d)
{
	struct qmux_buf *b = &d->pending;
	size_t at = 0;

	while (b->len > at) {
		int need = qmux_frame_length(b->p + at, b->len - at);
		struct qmux_frame f;
		char why[80];

		if (need == 0 || (need > 0 && (size_t)need > b->len - at))
			break;
		if (need < 0 || qmux_frame_parse(&f, b->p + at, (size_t)need)) {
			qmux_format(why, sizeof why, "no frame: it starts with %02x, not 01, "
				"or its length is impossible", b->p[at]);
			bad(d, why);
			at += next_start(b->p + at, b->len - at);
			continue;
		}
		show_frame(d->cmd->sink, &f, NULL, &d->show);
		at += (size_t)need;
	}
	b->len -= at;
	if (b->len)
		memmove(b->p, b->p + at, b->len);
}

/* The n bytes at the end are a line's: where they start a frame, what was pending is cut off. */
static void show_line(struct decoder *d, size_t n)
{
	struct qmux_buf *b = &d->pending;
	size_t before = b->len - n;

	if (before && starts_frame(b->p + before, n)) {
		d->at--;
		b->len = before;
		bad_partial(d);
		d->at++;
		memmove(b->p, b->p + before, n);
		b->len = n;
	}
	show_whole(d);
}

static void decode_line(struct decoder *d, const char *text)
{
	struct qmux_buf *b = &d->pending;
	size_t before = b->len;
	int ret = raw_log_line(&d->log, text, b);

	if (d->log.lost)
		bad(d, "the frame before this one is cut off in the log; "
			"libqmi's --verbose-full shows all of it");
	d->log.lost = false;
	if (ret == -ENOENT) {
		ret = hex_line(text, b);
		/* A log has also what its program itself prints. */
		if (d->log.on && (ret || !starts_frame(b->p + before, b->len - before))) {
			b->len = before;
			ret = -ENODATA;
		}
	}
	if (b->full) {
		b->full = false;
		b->len = 0;
		bad(d, "longer than a frame can be");
	} else if (ret == -EINVAL) {
		bad(d, "not hex");
		b->len = 0;
	} else if (!ret) {
		show_line(d, b->len - before);
	}
}

/* ---- stdin ---- */

static size_t read_bytes(void *ctx, void *to, size_t n)
{
	return input_bytes(ctx, to, n);
}

static int decode_pcapng(struct decoder *d, struct input *in)
{
	struct pcapng_reader r = { .read = read_bytes, .ctx = in };
	int n;

	d->unit = "packet";
	while (!sink_error(d->cmd->sink) && (n = pcapng_next(&r, d->pending.p, QMUX_FRAME_MAX))) {
		d->at++;
		if (n == -EBADMSG)
			return say(d->cmd, EXIT_REFUSED, "packet %lu: the file is cut off or "
				"no pcapng", d->at);
		d->pending.len = n < 0 ? 0 : (size_t)n;
		if (n < 0)
			bad(d, "longer than a frame can be");
		else
			show_whole(d);
		if (d->pending.len)
			bad_partial(d);
	}
	return EXIT_DONE;
}

static void decode_text(struct decoder *d, struct input *in)
{
	bool cut;
	size_t n;
	char *line;

	while (!sink_error(d->cmd->sink) && (line = input_line(in, &n, &cut))) {
		d->at++;
		if (cut || strlen(line) != n) {
			bad(d, cut ? "the line is longer than a frame can be" : "not hex");
			d->pending.len = 0;
		} else {
			decode_line(d, line);
		}
	}
	if (d->log.need)
		bad(d, "the last frame is cut off in the log; libqmi's --verbose-full shows all of it");
	if (d->log.n_hidden)
		note(d->cmd, "%u fields that libqmi hides in its log are left out; its "
			"--verbose-full shows them", d->log.n_hidden);
}

static void flush(void *ctx)
{
	sink_flush(ctx);
}

static int decode_stdin(struct decoder *d)
{
	struct input in;
	int ret = EXIT_DONE;

	if (input_init(&in, STDIN_FILENO))
		return say(d->cmd, EXIT_DEVICE, "out of memory");
	in.idle = flush;
	in.ctx = d->cmd->sink;
	if (input_starts(&in, PCAPNG_MAGIC, strlen(PCAPNG_MAGIC)))
		ret = decode_pcapng(d, &in);
	else
		decode_text(d, &in);
	if (in.error)
		ret = say(d->cmd, EXIT_DEVICE, "cannot read stdin: %s", strerror(-in.error));
	input_free(&in);
	return ret;
}

int raw_decode(struct command *cmd)
{
	uint8_t *memory = malloc(PENDING_MAX + QMUX_FRAME_MAX);
	struct decoder d = {
		.cmd = cmd, .unit = "line", .pending = qmux_buf(memory, PENDING_MAX),
	};
	int ret;

	if (!memory)
		return say(cmd, EXIT_DEVICE, "out of memory");
	d.log.frame = qmux_buf(memory + PENDING_MAX, QMUX_FRAME_MAX);
	ret = raw_vendor(cmd, false);
	d.show.vendor = cmd->vendor;
	if (!ret && (!cmd->n_args || (cmd->n_args == 1 && !strcmp(cmd->args[0], "-")))) {
		ret = decode_stdin(&d);
	} else if (!ret) {
		d.unit = "argument";
		for (int i = 0; i < cmd->n_args; i++) {
			d.at++;
			decode_line(&d, cmd->args[i]);
		}
	}
	if (d.pending.len)
		bad_partial(&d);
	free(memory);
	return ret ? ret : d.exit;
}
