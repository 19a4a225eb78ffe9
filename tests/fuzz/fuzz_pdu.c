/*
 * fuzz_pdu.c - any bytes as a short message; and any bytes as a text to be sent.
 *
 * Input: a PDU.  What is text in it is sent again, and must come back as it was.
 */
#include "applets/pdu.c"	/* no part of what fuzzers are linked with */

#include <stdlib.h>

static void must(int good)
{
	if (!good)
		abort();
}

static void check_limits(const struct pdu *p)
{
	must(strlen(p->smsc) < sizeof p->smsc && strlen(p->number) < sizeof p->number);
	must(strlen(p->text) < sizeof p->text && p->data_len <= sizeof p->data);
	must(strlen(p->time) < sizeof p->time && strlen(p->done) < sizeof p->done);
}

/* In all of its parts is what was given. */
static void check_sending(const char *text)
{
	struct pdu_submit s = { .number = "+123", .message_class = -1 };
	const char *back = text;

	if (pdu_count(&s, text))
		return;
	for (unsigned part = 1; part <= s.parts; part++) {
		uint8_t room[PDU_MAX];
		struct qmux_buf b = qmux_buf(room, sizeof room);
		struct pdu p;

		text = pdu_submit(&b, &s, part, text);
		must(!b.full && !pdu_parse(&p, room, b.len));
		check_limits(&p);
		must(!strncmp(back, p.text, strlen(p.text)));
		back += strlen(p.text);
		must(back == text);
	}
	must(!*text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pdu p;
	char *text;

	if (!pdu_parse(&p, data, n)) {
		check_limits(&p);
		check_sending(p.text);
	}
	text = malloc(n + 1);
	memcpy(text, data, n);
	text[n] = '\0';
	check_sending(text);
	free(text);
	return 0;
}
