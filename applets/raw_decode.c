/* raw_decode.c - frames in hex, shown. */
#include "applets/raw.h"

#include "applets/hex.h"
#include "applets/pcapng.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES_MAX (8 * QMUX_FRAME_MAX)	/* a whole frame dressed as "0x01, " and more */

/* Bytes of frames that are not whole yet; a frame may go on in the next line. */
struct decoder {
	struct command *cmd;
	const char *unit;		/* what is counted: lines, packets */
	unsigned long line;
	struct qmux_buf pending;
	int exit;
};

static void bad(struct decoder *d, const char *why)
{
	d->exit = say(d->cmd, EXIT_REFUSED, "%s %lu: %s", d->unit, d->line, why);
	d->pending.len = 0;
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
}

/* Show the frames that are whole and keep what is left. */
static void show_whole(struct decoder *d)
{
	struct show_options o = { .mask = false };
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
			return;
		}
		show_frame(d->cmd->sink, &f, NULL, &o);
		at += (size_t)need;
	}
	b->len -= at;
	memmove(b->p, b->p + at, b->len);
}

/* Does a frame of its own start here?  Then what was pending has been cut off. */
static bool starts_frame(const uint8_t *p, size_t n)
{
	struct qmux_frame f;
	int need = qmux_frame_length(p, n);

	return need > 0 && (size_t)need <= n && !qmux_frame_parse(&f, p, (size_t)need) &&
		!f.truncated;
}

static void decode_line(struct decoder *d, const char *text)
{
	size_t before = d->pending.len, n;
	int ret;

	d->line++;
	ret = hex_line(text, &d->pending);
	if (ret == -EINVAL) {
		bad(d, "not hex");
		return;
	}
	if (d->pending.full) {
		d->pending.full = false;
		bad(d, "longer than a frame can be");
		return;
	}
	n = d->pending.len - before;
	if (before && n && starts_frame(d->pending.p + before, n)) {
		uint8_t *p = d->pending.p;

		d->line--;
		d->pending.len = before;
		bad_partial(d);
		d->line++;
		memmove(p, p + before, n);
		d->pending.len = n;
	}
	show_whole(d);
}

static void skip_line(void)
{
	int c;

	do
		c = getchar();
	while (c != EOF && c != '\n');
}

static int decode_pcapng(struct decoder *d)
{
	struct pcapng_reader r = { .f = stdin };
	int n;

	d->unit = "packet";
	while ((n = pcapng_next(&r, d->pending.p, QMUX_FRAME_MAX)) != 0) {
		d->line++;
		if (n == -EBADMSG)
			return say(d->cmd, EXIT_REFUSED, "packet %lu: the file is cut off or "
				"no pcapng", d->line);
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

/* A pcapng file starts with 0a 0d 0d 0a, which no text in hex does. */
static int is_pcapng(void)
{
	int c = getchar();

	if (c == '\n') {
		c = getchar();
		if (c == '\r')
			return getchar() == '\r' && getchar() == '\n' ? 1 : -EBADMSG;
	}
	if (c != EOF)
		ungetc(c, stdin);
	return 0;
}

static int decode_stdin(struct decoder *d)
{
	int pcapng = is_pcapng();
	char *line;

	if (pcapng)
		return pcapng > 0 ? decode_pcapng(d) : say(d->cmd, EXIT_REFUSED,
			"neither hex nor pcapng");
	line = malloc(LINE_BYTES_MAX);
	if (!line)
		return say(d->cmd, EXIT_DEVICE, "out of memory");
	while (fgets(line, LINE_BYTES_MAX, stdin)) {
		size_t n = strlen(line);

		if (n == LINE_BYTES_MAX - 1 && line[n - 1] != '\n') {
			d->line++;
			bad(d, "the line is longer than a frame can be");
			skip_line();
			continue;
		}
		decode_line(d, line);
	}
	free(line);
	if (ferror(stdin))
		return say(d->cmd, EXIT_DEVICE, "cannot read stdin: %s", strerror(errno));
	return EXIT_DONE;
}

int raw_decode(struct command *cmd)
{
	uint8_t *memory = malloc(3 * QMUX_FRAME_MAX);	/* a line may hold a frame and a part */
	struct decoder d = { .cmd = cmd, .unit = "line", .pending = qmux_buf(memory, 3 * QMUX_FRAME_MAX) };
	int ret = EXIT_DONE;

	if (!memory)
		return say(cmd, EXIT_DEVICE, "out of memory");
	if (!cmd->n_args || (cmd->n_args == 1 && !strcmp(cmd->args[0], "-")))
		ret = decode_stdin(&d);
	for (int i = 0; d.line == 0 && i < cmd->n_args && strcmp(cmd->args[0], "-"); i++) {
		decode_line(&d, cmd->args[i]);
		d.line = 0;	/* arguments are one line */
	}
	if (d.pending.len)
		bad_partial(&d);
	free(memory);
	return ret ? ret : d.exit;
}
