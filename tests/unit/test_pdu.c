/*
 * test_pdu.c - short messages taken apart and put together, byte for byte.
 *
 * The bytes are real ones (the submit is a modem's, tests/golden/wms-raw_send-request), or
 * made by hand from 3GPP TS 23.040.
 */
#include "applets/pdu.h"
#include "qmux/format.h"
#include "tests/unit/tap.h"

#include <errno.h>
#include <stdlib.h>

enum { ROUNDS = 2000, LONGEST = 700 };

static struct rng rng = { 0x9e3779b97f4a7c15 };

static size_t from_hex(const char *hex, uint8_t *p)
{
	size_t n = 0;

	for (; hex[0]; hex += 2)
		p[n++] = (uint8_t)(qmux_hex_digit(hex[0]) << 4 | qmux_hex_digit(hex[1]));
	return n;
}

/* In memory of its own size, so that a sanitizer sees each byte too many. */
static int parse(struct pdu *p, const uint8_t *data, size_t n)
{
	uint8_t *copy = malloc(n ? n : 1);
	int ret;

	memcpy(copy, data, n);
	ret = pdu_parse(p, copy, n);
	free(copy);
	return ret;
}

static int parse_hex(struct pdu *p, const char *hex)
{
	uint8_t data[256];

	return parse(p, data, from_hex(hex, data));
}

/* ---- reading ---- */

static void test_deliver(void)
{
	struct pdu p;

	is_int(parse_hex(&p, "07911326040000f0040b911346610089f60000208062917314800cc8f71d1496"
		"9741f977fd07"), 0, "a message of 7-bit text");
	is_int(p.type, PDU_DELIVER, "  its type");
	is_str(p.smsc, "+31624000000", "  its service centre");
	is_str(p.number, "+31641600986", "  its sender");
	is_str(p.time, "2002-08-26T19:37:41+02:00", "  its time");
	is_str(p.text, "How are you?", "  its text");
	is_int(p.coding, PDU_GSM7, "  its coding");
	is_int(p.message_class, -1, "  no class");
	is_int(p.parts, 0, "  no parts");

	is_int(parse_hex(&p, "000405852143f50000621122900000400141"), 0, "no service centre");
	is_str(p.smsc, "", "  there is none");
	is_str(p.text, "A", "  one character");
	is_int(parse_hex(&p, "0004048121430000621122900000000141"), 0, "an even number");
	is_str(p.number, "1234", "  of digits");
	is_str(p.time, "2026-11-22T09:00:00+00:00", "  and a time of no zone");
	is_int(parse_hex(&p, "0004048121430000621122900000080141"), 0, "minus no hours");
	is_str(p.time, "2026-11-22T09:00:00+00:00", "  are no zone, too");
	is_int(parse_hex(&p, "00040481a1db0000621122900000080141"), 0, "a number with signs");
	is_str(p.number, "1*#b", "  *, #, a to c: the low half of each byte first");
	is_int(parse_hex(&p, "0004048121430000629922900000000141"), 0, "a month that is none");
	is_str(p.time, "", "  no time");
	/* Centres that do not know the time fill it up: ff was the year 165, b0 the month 11. */
	is_int(parse_hex(&p, "0004048121430000ff1122900000000141"), 0, "a year that is none");
	is_str(p.time, "", "  no time");
	is_int(parse_hex(&p, "000404812143000062b022900000000141"), 0, "a digit that is none");
	is_str(p.time, "", "  no time");
}

static void test_names_and_escapes(void)
{
	struct pdu p;

	is_int(parse_hex(&p, "00040bd0ed72be2c9f030000621122900000400141"), 0, "a name");
	is_str(p.number, "meyers", "  as the sender");
	/* {, an escape without a character of its own, two escapes, one at the end */
	is_int(parse_hex(&p, "000404812143000062112290000040021b14"), 0, "an escape");
	is_str(p.text, "{", "  is the extension table's");
	is_int(parse_hex(&p, "000404812143000062112290000040029b20"), 0, "an unknown one");
	is_str(p.text, "A", "  is the default table's");
	is_int(parse_hex(&p, "000404812143000062112290000040029b0d"), 0, "two escapes");
	is_str(p.text, " ", "  are a space");
	is_int(parse_hex(&p, "000404812143000062112290000040011b"), 0, "an escape at the end");
	is_str(p.text, "", "  is nothing");
}

static void test_codings(void)
{
	static const struct {
		uint8_t dcs;
		enum pdu_coding coding;
		int message_class;
	} rows[] = {
		{ 0x00, PDU_GSM7, -1 }, { 0x04, PDU_8BIT, -1 }, { 0x08, PDU_UCS2, -1 },
		{ 0x0c, PDU_GSM7, -1 }, { 0x10, PDU_GSM7, 0 }, { 0x1a, PDU_UCS2, 2 },
		{ 0x20, PDU_COMPRESSED, -1 }, { 0x48, PDU_UCS2, -1 }, { 0x80, PDU_GSM7, -1 },
		{ 0xc8, PDU_GSM7, -1 }, { 0xd8, PDU_GSM7, -1 }, { 0xe8, PDU_UCS2, -1 },
		{ 0xf1, PDU_GSM7, 1 }, { 0xf7, PDU_8BIT, 3 },
	};
	struct pdu p;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint8_t data[64];
		size_t n = from_hex("0004048121430000621122900000400400410042", data);

		data[7] = rows[i].dcs;
		if (ok(!parse(&p, data, n), "data coding 0x%02x", rows[i].dcs)) {
			is_int(p.coding, rows[i].coding, "  its coding");
			is_int(p.message_class, rows[i].message_class, "  its class");
		}
	}
	is_int(parse_hex(&p, "000404812143000462112290000040030001ff"), 0, "bytes");
	is_bytes(p.data, p.data_len, (const uint8_t *)"\0\1\xff", 3, "  as they are");
	is_int(parse_hex(&p, "0004048121430008621122900000400ad83dde000041d83d0042"), 0, "UCS-2");
	is_str(p.text, "\xf0\x9f\x98\x80" "A\xef\xbf\xbd" "B", "  pairs, and half of one");
	is_int(parse_hex(&p, "00040481214300086211229000004005004100420a"), 0, "half a unit");
	is_str(p.text, "AB", "  is left out");
}

static void test_headers(void)
{
	struct pdu p;

	is_int(parse_hex(&p, "004405812143f50000621122900000400f0500037b0202e061391d44bfbf01"), 0,
		"one of two parts");
	is_int(p.parts_reference, 123, "  their reference");
	is_int(p.part, 2, "  its number");
	is_int(p.parts, 2, "  how many there are");
	is_str(p.text, "part two", "  and the text behind fill bits");
	is_int(parse_hex(&p, "004404812143000862112290000040090608041234030200410a"), 0,
		"a reference of 16 bits");
	is_int(p.parts_reference, 0x1234, "  is taken");
	is_int(p.part, 2, "  with its number");
	is_str(p.text, "A", "  the text ends where its length says");
	is_int(parse_hex(&p, "0044048121430004621122900000400906050415810000beef"), 0, "ports");
	ok(p.has_ports && p.destination == 0x1581 && p.source == 0, "  are told");
	is_bytes(p.data, p.data_len, (const uint8_t *)"\xbe\xef", 2, "  and what came with them");
	is_int(parse_hex(&p, "0044048121430004621122900000400affffffff"), 0, "a cut header");
	is_int(p.parts, 0, "  is none");
	is_int((long long)p.data_len, 4, "  its bytes are data");
}

static void test_submit_and_report(void)
{
	struct pdu p;

	is_int(parse_hex(&p, "000100098101010101f0000012c8373b0c42bed961d0302c0f8fdfec30"), 0,
		"a message that was sent");
	is_int(p.type, PDU_SUBMIT, "  its type");
	is_str(p.number, "101010100", "  to whom");
	is_str(p.time, "", "  no time");
	is_int(parse_hex(&p, "001107048121430000a70141"), 0, "with a validity");
	is_int(p.reference, 7, "  its reference");
	is_str(p.text, "A", "  its text");
	is_int(parse_hex(&p, "000907048121430000621122900000000141"), 0, "with an enhanced one");
	is_str(p.text, "A", "  its text");
	is_int(parse_hex(&p, "00062a04812143621122900000406211229010004000"), 0, "a report");
	is_int(p.type, PDU_STATUS_REPORT, "  its type");
	is_int(p.reference, 42, "  of which message");
	is_int(p.status, 0, "  its status");
	is_str(p.time, "2026-11-22T09:00:00+01:00", "  when it was sent");
	is_str(p.done, "2026-11-22T09:01:00+01:00", "  when it arrived");
	is_int(parse_hex(&p, "00062a0481214362112290000040621122901000404604"), 0,
		"one that is cut after what it has");
	is_int(p.status, 0x46, "  its status");
}

/* Cut short anywhere, it is refused or shows less; whatever comes, nothing is overrun. */
static void test_broken(void)
{
	static const char *const whole[] = {
		"07911326040000f0040b911346610089f60000208062917314800cc8f71d14969741f977fd07",
		"004405812143f50000621122900000400f0500037b0202e061391d44bfbf01",
		"00062a0481214362112290000040621122901000400007000401aa",
		"0011070481214300080aa70400410042",
	};
	unsigned refused = 0, overlong = 0;
	struct pdu p;

	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
		uint8_t data[256];
		size_t n = from_hex(whole[i], data);

		for (size_t cut = 0; cut < n; cut++)
			refused += parse(&p, data, cut) == -EBADMSG;
		is_int(parse(&p, data, 5), -EBADMSG, "cut within an address");
	}
	ok(refused > 40, "%u messages cut short are refused", refused);
	is_int(parse_hex(&p, "0003"), -EBADMSG, "a reserved type");
	is_int(parse_hex(&p, ""), -EBADMSG, "nothing");
	for (unsigned i = 0; i < ROUNDS; i++) {
		uint8_t data[200];
		size_t n = rng_below(&rng, sizeof data);

		for (size_t k = 0; k < n; k++)
			data[k] = (uint8_t)(rng_below(&rng, 3) ? rng_next(&rng) : 0);
		parse(&p, data, n);
		overlong += strlen(p.text) >= PDU_TEXT_MAX || strlen(p.number) >= PDU_NUMBER_MAX ||
			p.data_len > PDU_USER_MAX;
	}
	is_int(overlong, 0, "noise overruns nothing");
}

/* ---- writing ---- */

static void test_golden_submit(void)
{
	struct pdu_submit s = { .number = "101010100", .message_class = -1 };
	uint8_t room[PDU_MAX], want[PDU_MAX];
	struct qmux_buf b = qmux_buf(room, sizeof room);
	struct pdu p;
	size_t n = from_hex("000100098101010101f0000012c8373b0c42bed961d0302c0f8fdfec30", want);

	parse(&p, want, n);
	is_int(pdu_count(&s, p.text), 0, "a real message can be sent again");
	is_str(pdu_submit(&b, &s, 1, p.text), "", "  all of it");
	is_bytes(room, b.len, want, n, "  byte for byte");

	s = (struct pdu_submit){ .number = "+4912", .smsc = "+31624000000", .message_class = 0,
		.report = true };
	b = qmux_buf(room, sizeof room);
	is_int(pdu_count(&s, "\xe2\x98\x83"), 0, "a snowman");
	pdu_submit(&b, &s, 1, "\xe2\x98\x83");
	n = from_hex("07911326040000f02100049194210018022603", want);
	is_bytes(room, b.len, want, n, "  UCS-2, at once, with a report, by another centre");
}

static void test_count(void)
{
	static const struct {
		const char *text;
		unsigned times, parts;
		enum pdu_coding coding;
	} rows[] = {
		{ "a", 1, 1, PDU_GSM7 }, { "a", 160, 1, PDU_GSM7 }, { "a", 161, 2, PDU_GSM7 },
		{ "a", 306, 2, PDU_GSM7 }, { "a", 307, 3, PDU_GSM7 },
		{ "\xe2\x82\xac", 80, 1, PDU_GSM7 },	/* two septets each */
		{ "\xe2\x82\xac", 81, 2, PDU_GSM7 },
		{ "\xe2\x82\xac", 152, 2, PDU_GSM7 },	/* 153 is odd: 76 go into a part */
		{ "\xe2\x82\xac", 153, 3, PDU_GSM7 },
		{ "\xe2\x98\x83", 70, 1, PDU_UCS2 }, { "\xe2\x98\x83", 71, 2, PDU_UCS2 },
		{ "\xe2\x98\x83", 134, 2, PDU_UCS2 }, { "\xe2\x98\x83", 135, 3, PDU_UCS2 },
		{ "\xf0\x9f\x98\x80", 35, 1, PDU_UCS2 }, { "\xf0\x9f\x98\x80", 36, 2, PDU_UCS2 },
		{ "\xf0\x9f\x98\x80", 67, 3, PDU_UCS2 },	/* pairs are not torn */
		{ "a", 153 * 255, 255, PDU_GSM7 },
	};
	struct pdu_submit s = { .number = "1" };
	static char text[153 * 255 + 16];

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t n = strlen(rows[i].text);

		text[0] = '\0';
		for (unsigned k = 0; k < rows[i].times; k++)
			memcpy(text + k * n, rows[i].text, n + 1);
		is_int(pdu_count(&s, text), 0, rows[i].text);
		is_int(s.parts, rows[i].parts, "  parts");
		is_int(s.coding, rows[i].coding, "  coding");
	}
	strcat(text, "a");
	is_int(pdu_count(&s, text), -E2BIG, "too long");
	is_int(pdu_count(&s, ""), 0, "an empty text");
	is_int(s.parts, 1, "  is a message, too");
	is_int(pdu_count(&s, "a\xff"), -EILSEQ, "no UTF-8");
	is_int(pdu_count(&s, "\xed\xa0\x80"), -EILSEQ, "half a pair");
	is_int(pdu_count(&s, "\x1b"), 0, "an escape character");
	is_int(s.coding, PDU_UCS2, "  is none of the 7-bit alphabet's");
}

/* Characters of an alphabet in UTF-8, by chance. */
static void random_text(char *text, const char *alphabet, unsigned length)
{
	while (length--) {
		size_t at = rng_below(&rng, (uint32_t)strlen(alphabet)), n = 1;

		while ((alphabet[at] & 0xc0) == 0x80)
			at--;
		while ((alphabet[at + n] & 0xc0) == 0x80)
			n++;
		memcpy(text, alphabet + at, n);
		text += n;
	}
	*text = '\0';
}

static void random_number(char number[24])
{
	size_t digits = 1 + rng_below(&rng, PDU_DIGITS_MAX), k;

	number[0] = '+';
	for (k = 1; k <= digits; k++)
		number[k] = "0123456789*#abc"[rng_below(&rng, 15)];
	number[k] = '\0';
}

/* How much of it comes back otherwise than it was. */
static unsigned send_and_read(struct pdu_submit *s, const char *text)
{
	static char back[4 * LONGEST + PDU_TEXT_MAX];
	unsigned wrong = pdu_count(s, text) != 0;
	const char *rest = text;

	back[0] = '\0';
	for (unsigned part = 1; part <= s->parts; part++) {
		uint8_t room[PDU_MAX];
		struct qmux_buf b = qmux_buf(room, sizeof room);
		struct pdu p;

		rest = pdu_submit(&b, s, part, rest);
		wrong += b.full || parse(&p, room, b.len);
		wrong += strcmp(p.number, s->number) || p.message_class != s->message_class;
		wrong += s->parts > 1 && (p.part != part || p.parts != s->parts ||
			p.parts_reference != s->reference);
		strcat(back, p.text);
	}
	return wrong + (*rest || strcmp(text, back));
}

/* What is sent is what is read again. */
static void test_round_trips(void)
{
	static const char *const alphabets[] = {
		"a@Z \n0x", "\xe2\x82\xac{}a", "\xc3\xa9\xe2\x98\x83\xf0\x9f\x98\x80z",
	};
	unsigned wrong = 0;

	for (unsigned i = 0; i < ROUNDS; i++) {
		char text[4 * LONGEST + 1], number[24];
		struct pdu_submit s = { .number = number, .reference = (uint8_t)i,
			.message_class = (int)rng_below(&rng, 5) - 1 };

		random_number(number);
		random_text(text, alphabets[rng_below(&rng, 3)], rng_below(&rng, LONGEST));
		wrong += send_and_read(&s, text);
	}
	is_int(wrong, 0, "random texts come back as they were");
}

static void test_numbers(void)
{
	ok(pdu_is_number("+491701234567") && pdu_is_number("*100#") && pdu_is_number("1"),
		"what numbers are");
	ok(!pdu_is_number("") && !pdu_is_number("+") && !pdu_is_number("12 3") &&
		!pdu_is_number("1+2") && !pdu_is_number("123456789012345678901"),
		"what they are not");
}

int main(void)
{
	test_deliver();
	test_names_and_escapes();
	test_codings();
	test_headers();
	test_submit_and_report();
	test_broken();
	test_golden_submit();
	test_count();
	test_round_trips();
	test_numbers();
	return tap_done();
}
