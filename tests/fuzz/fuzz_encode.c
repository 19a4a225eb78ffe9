/*
 * fuzz_encode.c - any PATH=VALUE for any message: refused with a word, or decoded to the same.
 *
 * Input: lines.  The first is SERVICE MESSAGE and '>' (request), '<' (response) or '!'
 * (indication); each other one is a PATH=VALUE.
 */
#include "qmux/frame.h"
#include "tests/unit/lines.h"

#include <errno.h>
#include <stdlib.h>

enum { ASSIGN_MAX = 64, INPUT_MAX = 8192, WORD_MAX = 80 };

static struct lines lines;

static void must(int good)
{
	if (!good)
		abort();
}

static bool find_message(const char *line, struct qmux_message *m, char *kind)
{
	char service[WORD_MAX], message[WORD_MAX];
	struct qmux_service s;
	uint16_t id;

	return sscanf(line, "%79s %79s %c", service, message, kind) == 3 &&
		!qmux_service_parse(service, &id) && qmux_service_by_id(id, &s) &&
		qmux_message_by_name(&s, message, *kind == '!', m);
}

static size_t take_lines(char *text, struct qmux_assign *assign)
{
	struct qmux_complaint c;
	size_t n = 0;

	while (*text && n < ASSIGN_MAX) {
		char *end = text + strcspn(text, "\n");
		bool last = !*end;

		*end = '\0';
		if (!qmux_assign_parse(&assign[n], text, &c))
			n++;
		text = last ? end : end + 1;
	}
	return n;
}

static void check_back(const struct qmux_message *m, bool request, const struct qmux_buf *b)
{
	static uint8_t room[QMUX_FRAME_MAX];
	struct qmux_buf again = qmux_buf(room, sizeof room);
	struct qmux_complaint c;
	struct qmux_frame f = {
		.service = m->service, .message = m->id, .tlvs = b->p, .tlvs_len = b->len,
		.kind = request ? QMUX_REQUEST : m->indication ? QMUX_INDICATION : QMUX_RESPONSE,
	};

	must(!qmux_has_unknown(&f, m));
	lines_of(&lines, &f, m);
	if (lines.full || lines.n > LINES_MAX / 20)
		return;
	must(!lines_encode(&lines, &again, m, request, &c));
	must(again.len == b->len && !memcmp(again.p, b->p, b->len));
}

/* A TLV by its number holds whatever bytes: there is nothing that it must decode to. */
static bool has_number(const struct qmux_assign *assign, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (qmux_assign_number(&assign[i]) >= 0)
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static uint8_t room[QMUX_FRAME_MAX];
	struct qmux_assign assign[ASSIGN_MAX];
	struct qmux_complaint c;
	struct qmux_message m;
	struct qmux_buf b = qmux_buf(room, sizeof room);
	char *text, *rest, kind;
	int ret;

	if (n >= INPUT_MAX)
		return 0;
	text = malloc(n + 1);
	memcpy(text, data, n);
	text[n] = '\0';
	rest = text + strcspn(text, "\n");
	if (*rest)
		*rest++ = '\0';
	if (find_message(text, &m, &kind)) {
		c.text[0] = '\0';
		n = take_lines(rest, assign);
		ret = qmux_encode(&b, &m, kind == '>', assign, n, &c);
		must(ret == 0 || ret == -EINVAL || ret == -EMSGSIZE);
		must(!ret || (c.text[0] && memchr(c.text, '\0', sizeof c.text)));
		if (!ret && !has_number(assign, n))
			check_back(&m, kind == '>', &b);
	}
	free(text);
	return 0;
}
