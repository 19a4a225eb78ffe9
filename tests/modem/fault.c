/* fault.c - what goes wrong between a modem and its host. */
#include "fault.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct packet {
	struct packet *next;
	int64_t due;
	bool raw; /* not a frame: goes as it is */
	size_t len;
	uint8_t bytes[];
};

struct settings {
	int64_t delay, late, drop, lose, dup, split, join;
	bool mute;
	size_t junk_len;
	uint8_t junk[FAULT_JUNK_MAX];
};

struct fault {
	struct modem *modem;
	struct settings set;
	int64_t now;
	struct packet *head, *tail;
	size_t queued; /* bytes */
	uint8_t *chunk; /* what is being written */
	size_t chunk_cap, chunk_len, written, piece_end;
	int64_t piece_due;
	uint64_t swallowed, lost;
};

/* ---- the queue, sorted by time ---- */

static void queue(struct fault *f, const uint8_t *bytes, size_t len, int64_t due, bool raw)
{
	struct packet *p, **at = &f->head;

	if (f->queued + len > FAULT_QUEUE_MAX || !(p = malloc(sizeof *p + len))) {
		f->lost++;
		return;
	}
	p->due = due;
	p->raw = raw;
	p->len = len;
	memcpy(p->bytes, bytes, len);
	if (f->tail && f->tail->due <= due)
		at = &f->tail->next;
	else
		while (*at && (*at)->due <= due)
			at = &(*at)->next;
	p->next = *at;
	*at = p;
	if (!p->next)
		f->tail = p;
	f->queued += len;
}

static void unqueue(struct fault *f)
{
	struct packet *p = f->head;

	f->head = p->next;
	if (!f->head)
		f->tail = NULL;
	f->queued -= p->len;
	free(p);
}

static bool is_answer(const uint8_t *frame, size_t len)
{
	return len >= MODEM_FRAME_MIN && frame[6] == (frame[4] ? 2 : 1);
}

static void emitted(void *ctx, const uint8_t *frame, size_t len)
{
	struct fault *f = ctx;
	bool answer = is_answer(frame, len);
	int64_t due = f->now + f->set.delay;

	if (f->set.mute)
		return;
	if (answer && f->set.lose) {
		f->set.lose--;
		f->lost++;
		return;
	}
	if (answer) {
		due += f->set.late;
		f->set.late = 0;
	}
	queue(f, frame, len, due, false);
	if (answer && f->set.dup) {
		f->set.dup--;
		queue(f, frame, len, due, false);
	}
}

/* ---- both ways ---- */

void fault_step(struct fault *f, int64_t now_ms)
{
	if (now_ms > f->now)
		f->now = now_ms;
}

void fault_request(struct fault *f, const uint8_t *frame, size_t len)
{
	if (f->set.mute || f->set.drop) {
		f->swallowed++;
		f->set.drop -= !f->set.mute;
		return;
	}
	modem_request(f->modem, frame, len);
}

static void chunk_add(struct fault *f, const uint8_t *bytes, size_t len)
{
	if (f->chunk_len + len > f->chunk_cap) {
		f->chunk_cap = f->chunk_len + len + MODEM_FRAME_MAX;
		f->chunk = realloc(f->chunk, f->chunk_cap);
		if (!f->chunk)
			abort();
	}
	if (len)
		memcpy(f->chunk + f->chunk_len, bytes, len);
	f->chunk_len += len;
}

static int64_t together(const struct fault *f)
{
	return f->set.join > 1 ? f->set.join : 1;
}

/* When the next chunk may go; -1: there is none. */
static int64_t chunk_due(const struct fault *f)
{
	const struct packet *p = f->head;
	int64_t n = 0;

	for (; p && p->due <= f->now && n < together(f); p = p->next)
		n++;
	if (n == together(f))
		return f->now;
	if (!f->head || n == 0)
		return f->head ? f->head->due : -1;
	return f->head->due + FAULT_JOIN_MS;
}

static void chunk_build(struct fault *f)
{
	f->chunk_len = f->written = f->piece_end = 0;
	for (int64_t n = 0; n < together(f) && f->head && f->head->due <= f->now; n++) {
		if (!f->head->raw)
			chunk_add(f, f->set.junk, f->set.junk_len);
		chunk_add(f, f->head->bytes, f->head->len);
		unqueue(f);
	}
}

const uint8_t *fault_output(struct fault *f, size_t *len)
{
	if (fault_wait(f) != 0)
		return NULL;
	if (f->written == f->chunk_len)
		chunk_build(f);
	if (f->written == f->piece_end) {
		f->piece_end = f->chunk_len;
		if (f->set.split && f->chunk_len - f->written > (size_t)f->set.split)
			f->piece_end = f->written + (size_t)f->set.split;
	}
	*len = f->piece_end - f->written;
	return f->chunk + f->written;
}

void fault_written(struct fault *f, size_t len)
{
	f->written += len;
	if (f->written == f->piece_end)
		f->piece_due = f->set.split ? f->now + FAULT_SPLIT_MS : 0;
}

int64_t fault_wait(const struct fault *f)
{
	int64_t due = chunk_due(f);

	if (f->written < f->chunk_len)
		due = f->written == f->piece_end ? f->piece_due : f->now;
	else if (due >= 0 && due < f->piece_due)
		due = f->piece_due;
	if (due < 0)
		return -1;
	return due > f->now ? due - f->now : 0;
}

bool fault_full(const struct fault *f)
{
	return f->queued >= FAULT_QUEUE_FULL;
}

void fault_abandon(struct fault *f, bool all)
{
	if (f->written || all)
		f->chunk_len = f->written = f->piece_end = 0;
	while (all && f->head)
		unqueue(f);
}

/* ---- life ---- */

void fault_reset(struct fault *f)
{
	f->set = (struct settings){ 0 };
	f->swallowed = f->lost = 0;
	while (f->head)
		unqueue(f);
	f->piece_due = 0;
	modem_reset(f->modem);
}

struct fault *fault_new(void)
{
	struct fault *f = calloc(1, sizeof *f);

	if (!f)
		abort();
	f->modem = modem_new(emitted, f);
	return f;
}

void fault_free(struct fault *f)
{
	if (!f)
		return;
	fault_abandon(f, true);
	modem_free(f->modem);
	free(f->chunk);
	free(f);
}

struct modem *fault_modem(struct fault *f)
{
	return f->modem;
}

/* ---- commands ---- */

enum { HOUR_MS = 3600 * 1000, MANY = 1000000 };

/* A number or off. */
static int take(const char *word, int64_t max, int64_t *out, FILE *reply)
{
	int64_t n = 0;

	if (strcmp(word, "off") && !parse_number(word, 0, max, &n))
		return command_error(reply, "no number in range", word);
	*out = n;
	return 0;
}

static int cmd_delay(void *self, int argc, char **argv, FILE *reply)
{
	(void)argc;
	return take(argv[1], HOUR_MS, &((struct fault *)self)->set.delay, reply);
}

static int cmd_late(void *self, int argc, char **argv, FILE *reply)
{
	(void)argc;
	return take(argv[1], HOUR_MS, &((struct fault *)self)->set.late, reply);
}

static int cmd_drop(void *self, int argc, char **argv, FILE *reply)
{
	(void)argc;
	return take(argv[1], MANY, &((struct fault *)self)->set.drop, reply);
}

static int cmd_lose(void *self, int argc, char **argv, FILE *reply)
{
	(void)argc;
	return take(argv[1], MANY, &((struct fault *)self)->set.lose, reply);
}

static int cmd_dup(void *self, int argc, char **argv, FILE *reply)
{
	(void)argc;
	return take(argv[1], MANY, &((struct fault *)self)->set.dup, reply);
}

static int cmd_split(void *self, int argc, char **argv, FILE *reply)
{
	(void)argc;
	return take(argv[1], MODEM_FRAME_MAX, &((struct fault *)self)->set.split, reply);
}

static int cmd_join(void *self, int argc, char **argv, FILE *reply)
{
	char *word = strcmp(argv[1], "on") ? argv[1] : "2";

	(void)argc;
	return take(word, FAULT_JOIN_MAX, &((struct fault *)self)->set.join, reply);
}

static int cmd_mute(void *self, int argc, char **argv, FILE *reply)
{
	struct fault *f = self;

	(void)argc;
	if (strcmp(argv[1], "on") && strcmp(argv[1], "off"))
		return command_error(reply, "on or off, not", argv[1]);
	f->set.mute = argv[1][1] == 'n';
	return 0;
}

static int cmd_junk(void *self, int argc, char **argv, FILE *reply)
{
	struct fault *f = self;
	bool off = !strcmp(argv[1], "off");
	long n = off ? 0 : hex_bytes(argv[1], f->set.junk, sizeof f->set.junk);

	(void)argc;
	f->set.junk_len = n < 0 ? 0 : (size_t)n;
	return n < 0 ? command_error(reply, "no hex", argv[1]) : 0;
}

static int cmd_inject(void *self, int argc, char **argv, FILE *reply)
{
	static uint8_t bytes[2 * MODEM_FRAME_MAX];
	struct fault *f = self;
	long n = hex_bytes(argv[1], bytes, sizeof bytes);

	(void)argc;
	if (n < 0)
		return command_error(reply, "no hex", argv[1]);
	queue(f, bytes, (size_t)n, f->now, true);
	return 0;
}

static int cmd_faults(void *self, int argc, char **argv, FILE *reply)
{
	struct fault *f = self;

	(void)argc;
	(void)argv;
	fprintf(reply, "delay %" PRId64 "\nlate %" PRId64 "\ndrop %" PRId64 "\nlose %" PRId64 "\n",
		f->set.delay, f->set.late, f->set.drop, f->set.lose);
	fprintf(reply, "dup %" PRId64 "\nsplit %" PRId64 "\njoin %" PRId64 "\nmute %s\n",
		f->set.dup, f->set.split, f->set.join, f->set.mute ? "on" : "off");
	fprintf(reply, "junk %zu\nswallowed %" PRIu64 "\nlost %" PRIu64 "\nqueued %zu\n",
		f->set.junk_len, f->swallowed, f->lost, f->queued);
	return 0;
}

const struct command fault_commands[] = {
	{ "delay", "MS", "every frame comes that much later", 1, 1, cmd_delay },
	{ "late", "MS", "the next answer comes that much later; others may overtake it", 1, 1,
		cmd_late },
	{ "mute", "on|off", "the modem neither does nor says anything", 1, 1, cmd_mute },
	{ "drop", "N", "the next N requests never reach the modem", 1, 1, cmd_drop },
	{ "lose", "N", "the next N answers are lost, though the modem did what was asked", 1, 1,
		cmd_lose },
	{ "dup", "N", "the next N answers come twice", 1, 1, cmd_dup },
	{ "split", "N|off", "writes of at most N bytes, a millisecond apart", 1, 1, cmd_split },
	{ "join", "N|on|off", "N (2) frames in one write; held back until they are that many", 1, 1,
		cmd_join },
	{ "junk", "HEX|off", "these bytes before every frame", 1, 1, cmd_junk },
	{ "inject", "HEX", "these bytes to the host, now", 1, 1, cmd_inject },
	{ "faults", "", "show all of this", 0, 0, cmd_faults },
	{ NULL, NULL, NULL, 0, 0, NULL },
};
