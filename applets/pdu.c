#include "applets/pdu.h"

#include "qmux/form.h"
#include "qmux/format.h"

#include <errno.h>

enum { ESCAPE = 0x1b };
enum { MTI = 0x03, REPORT_ASKED = 0x20, HAS_HEADER = 0x40 };	/* of the first octet */
enum { TIME_BYTES = 7 };
enum { INTERNATIONAL = 0x91, UNKNOWN_NUMBER = 0x81, ALPHANUMERIC = 5 };
enum { IE_PARTS = 0x00, IE_PORTS8 = 0x04, IE_PORTS = 0x05, IE_PARTS16 = 0x08 };
enum { HEADER_BYTES = 6 };		/* of ours: its length, and one element of three bytes */

/* ---- one character, by the tables of qmux ---- */

/* Adds it to text, whose end is at *at; what does not fit is left out. */
static bool add_form(char *text, size_t *at, enum qmux_kind_of_type form, const uint8_t *p,
	size_t n)
{
	struct qmux_node node = { .kind = QMUX_BYTES, .form = form, .data = p, .len = n };
	char shown[QMUX_FORM_TEXT];
	size_t length;

	/* What has no character is given as hex. */
	if (!qmux_node_text(&node, shown) || (shown[0] == '0' && shown[1]))
		return false;
	length = strlen(shown);
	if (*at + length < PDU_TEXT_MAX) {
		memcpy(text + *at, shown, length + 1);
		*at += length;
	}
	return true;
}

/* TS 23.038, 6.2.1.1: what the extension table lacks is the default table's; two escapes are
   a space. */
static void add_escaped(char *text, size_t *at, unsigned code)
{
	uint8_t pair[] = { (uint8_t)(ESCAPE | code << 7), (uint8_t)(code >> 1) };
	uint8_t alone = code == ESCAPE ? ' ' : (uint8_t)code;

	if (!add_form(text, at, QMUX_T_GSM7, pair, sizeof pair))
		add_form(text, at, QMUX_T_GSM7, &alone, 1);
}

static unsigned septet(const uint8_t *p, size_t n, size_t i)
{
	size_t at = i * 7 / 8;

	return (p[at] | (at + 1 < n ? p[at + 1] << 8 : 0)) >> i * 7 % 8 & 0x7f;
}

/* Septets from the first to before the last, of n bytes. */
static void gsm7_text(char *text, const uint8_t *p, size_t n, size_t first, size_t last)
{
	size_t at = 0;

	if (last > n * 8 / 7)
		last = n * 8 / 7;
	text[0] = '\0';
	for (size_t i = first; i < last; i++) {
		uint8_t code = (uint8_t)septet(p, n, i);

		if (code != ESCAPE)
			add_form(text, &at, QMUX_T_GSM7, &code, 1);
		else if (++i < last)
			add_escaped(text, &at, septet(p, n, i));
	}
}

/* Big-endian here; a pair of surrogates is one character. */
static void ucs2_text(char *text, const uint8_t *p, size_t n)
{
	size_t at = 0;

	text[0] = '\0';
	for (size_t i = 0; i + 2 <= n; i += 2) {
		uint8_t units[4] = { p[i + 1], p[i] };
		size_t bytes = 2;

		if ((p[i] & 0xfc) == 0xd8 && i + 4 <= n && (p[i + 2] & 0xfc) == 0xdc) {
			units[2] = p[i + 3];
			units[3] = p[i + 2];
			bytes = 4;
			i += 2;
		}
		add_form(text, &at, QMUX_T_UCS2, units, bytes);
	}
}

/* ---- reading ---- */

static const char digits[] = "0123456789*#abc";

static void number_text(char *text, const uint8_t *p, size_t n, unsigned type)
{
	if ((type >> 4 & 7) == (INTERNATIONAL >> 4 & 7))
		*text++ = '+';
	for (size_t i = 0; i < n && i < PDU_DIGITS_MAX; i++) {
		unsigned digit = p[i / 2] >> i % 2 * 4 & 0xf;

		if (digit == 0xf)
			break;
		*text++ = digits[digit];
	}
	*text = '\0';
}

/* TS 23.040, 9.1.2.5: half octets, type, digits or septets. */
static void take_address(struct qmux_cursor *c, char text[PDU_NUMBER_MAX])
{
	size_t halves = qmux_take_uint(c, 1, false), bytes = (halves + 1) / 2;
	unsigned type = (unsigned)qmux_take_uint(c, 1, false);
	const uint8_t *p = qmux_take(c, bytes);
	char name[PDU_TEXT_MAX];

	text[0] = '\0';
	if (!p)
		return;
	if ((type >> 4 & 7) != ALPHANUMERIC) {
		number_text(text, p, halves, type);
		return;
	}
	gsm7_text(name, p, bytes, 0, halves * 4 / 7);
	if (strlen(name) < PDU_NUMBER_MAX)
		strcpy(text, name);
}

/* TS 24.011, 8.2.5.1: octets, among them the type. */
static void take_smsc(struct qmux_cursor *c, char text[PDU_NUMBER_MAX])
{
	size_t n = qmux_take_uint(c, 1, false);
	const uint8_t *p = qmux_take(c, n);

	text[0] = '\0';
	if (p && n)
		number_text(text, p + 1, 2 * (n - 1), p[0]);
}

/* TS 23.040, 9.2.3.11: digits, low half first; the zone in quarters of an hour, with a sign. */
static void take_time(struct qmux_cursor *c, char text[PDU_TIME_MAX])
{
	const uint8_t *p = qmux_take(c, TIME_BYTES);
	unsigned v[TIME_BYTES];
	bool west, good = true;

	text[0] = '\0';
	if (!p)
		return;
	west = p[TIME_BYTES - 1] & 0x08;
	for (size_t i = 0; i < TIME_BYTES; i++) {
		unsigned tens = p[i] & (i == TIME_BYTES - 1 ? 0x07 : 0x0f), ones = p[i] >> 4;

		good &= tens <= 9 && ones <= 9;
		v[i] = tens * 10 + ones;
	}
	if (!good || v[1] < 1 || v[1] > 12 || v[2] < 1 || v[2] > 31 || v[3] > 23 || v[4] > 59 || v[5] > 59)
		return;
	qmux_format(text, PDU_TIME_MAX, "20%02u-%02u-%02uT%02u:%02u:%02u%s%02u:%02u", v[0], v[1],
		v[2], v[3], v[4], v[5], west && v[6] ? "-" : "+", v[6] / 4, v[6] % 4 * 15);
}

/* TS 23.038, 4: coding and class. */
static void read_coding(struct pdu *p, unsigned dcs)
{
	unsigned group = dcs >> 4;

	p->coding = PDU_GSM7;
	p->message_class = -1;
	if (group < 8) {
		unsigned alphabet = dcs >> 2 & 3;

		p->coding = dcs & 0x20 ? PDU_COMPRESSED : alphabet == 1 ? PDU_8BIT :
			alphabet == 2 ? PDU_UCS2 : PDU_GSM7;
		if (dcs & 0x10)
			p->message_class = dcs & 3;
	} else if (group == 0xe) {
		p->coding = PDU_UCS2;
	} else if (group == 0xf) {
		p->coding = dcs & 4 ? PDU_8BIT : PDU_GSM7;
		p->message_class = dcs & 3;
	}
}

/* TS 23.040, 9.2.3.24: elements of type, length, value. */
static void read_header(struct pdu *p, const uint8_t *data, size_t n)
{
	struct qmux_cursor c = qmux_cursor(data, n);

	while (qmux_left(&c)) {
		unsigned type = (unsigned)qmux_take_uint(&c, 1, false);
		size_t length = qmux_take_uint(&c, 1, false);
		const uint8_t *v = qmux_take(&c, length);
		unsigned wide = type == IE_PARTS16 || type == IE_PORTS ? 2 : 1;

		if (!v)
			return;
		if ((type == IE_PARTS || type == IE_PARTS16) && length == wide + 2) {
			p->parts_reference = (uint16_t)qmux_get_uint(v, wide, true);
			p->parts = v[wide];
			p->part = v[wide + 1];
		} else if ((type == IE_PORTS || type == IE_PORTS8) && length == 2 * wide) {
			p->has_ports = true;
			p->destination = (uint16_t)qmux_get_uint(v, wide, true);
			p->source = (uint16_t)qmux_get_uint(v + wide, wide, true);
		}
	}
}

/* Its length counts septets where the text is 7-bit, and the header in them. */
static void take_user_data(struct qmux_cursor *c, struct pdu *p, bool has_header)
{
	size_t length = qmux_take_uint(c, 1, false), n = qmux_left(c), header = 0;
	const uint8_t *data = c->p;

	if (c->bad)
		return;
	if (p->coding != PDU_GSM7 && n > length)
		n = length;
	if (n > PDU_USER_MAX)
		n = PDU_USER_MAX;
	if (has_header && n && data[0] < n) {
		header = data[0] + 1u;
		read_header(p, data + 1, header - 1);
	}
	if (p->coding == PDU_GSM7) {
		gsm7_text(p->text, data, n, (header * 8 + 6) / 7, length);
	} else if (p->coding == PDU_UCS2) {
		ucs2_text(p->text, data + header, n - header);
	} else {
		p->data_len = n - header;
		memcpy(p->data, data + header, p->data_len);
	}
}

/* What a status report may have behind its status (TS 23.040, 9.2.2.3). */
static void take_report(struct qmux_cursor *c, struct pdu *p, bool has_header)
{
	unsigned has = 0;

	take_time(c, p->time);
	take_time(c, p->done);
	p->status = (uint8_t)qmux_take_uint(c, 1, false);
	if (c->bad || !qmux_left(c))
		return;
	has = (unsigned)qmux_take_uint(c, 1, false);
	if (has & 0x01)
		qmux_take_uint(c, 1, false);
	if (has & 0x02)
		read_coding(p, (unsigned)qmux_take_uint(c, 1, false));
	if (has & 0x04 && !c->bad)
		take_user_data(c, p, has_header);
	c->bad = false;		/* what is optional may be cut short */
}

int pdu_parse(struct pdu *p, const uint8_t *data, size_t n)
{
	static const uint8_t validity_bytes[] = { 0, 7, 1, 7 };
	struct qmux_cursor c = qmux_cursor(data, n);
	unsigned first;
	bool header;

	memset(p, 0, sizeof *p);
	p->message_class = -1;
	take_smsc(&c, p->smsc);
	first = (unsigned)qmux_take_uint(&c, 1, false);
	header = first & HAS_HEADER;
	if (c.bad || (first & MTI) > PDU_STATUS_REPORT)
		return -EBADMSG;
	p->type = first & MTI;
	if (p->type != PDU_DELIVER)
		p->reference = (uint8_t)qmux_take_uint(&c, 1, false);
	take_address(&c, p->number);
	if (p->type == PDU_STATUS_REPORT) {
		take_report(&c, p, header);
		return c.bad ? -EBADMSG : 0;
	}
	qmux_take_uint(&c, 1, false);	/* the protocol identifier */
	read_coding(p, (unsigned)qmux_take_uint(&c, 1, false));
	if (p->type == PDU_DELIVER)
		take_time(&c, p->time);
	else
		qmux_take(&c, validity_bytes[first >> 3 & 3]);
	take_user_data(&c, p, header);
	return c.bad ? -EBADMSG : 0;
}

/* ---- writing ---- */

bool pdu_is_number(const char *text)
{
	size_t n;

	text += *text == '+';
	n = strspn(text, digits);
	return n && n <= PDU_DIGITS_MAX && !text[n];
}

static size_t char_length(const char *text)
{
	size_t n = 1;

	while ((text[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/*
 * One character as one or two units: septets, or halves of UTF-16, to out.  Their number; 0:
 * the coding does not have it.
 */
static unsigned units_of(enum pdu_coding coding, const char *text, size_t n, uint16_t out[2])
{
	uint8_t bytes[QMUX_FORM_BYTES];
	struct qmux_buf b = qmux_buf(bytes, sizeof bytes);
	char one[8];

	if (n >= sizeof one)
		return 0;
	memcpy(one, text, n);
	one[n] = '\0';
	if (!qmux_form_bytes(coding == PDU_UCS2 ? QMUX_T_UCS2 : QMUX_T_GSM7, one, &b))
		return 0;
	for (unsigned i = 0; i < 2; i++)
		out[i] = coding == PDU_UCS2 ? qmux_get16(bytes + 2 * i) :
			(uint16_t)septet(bytes, b.len, i);
	return (unsigned)(coding == PDU_UCS2 ? b.len / 2 : b.len);
}

/* As much of a text as room units hold; *n is how many there are.  NULL: the coding lacks a
   character. */
static const char *take_units(enum pdu_coding coding, const char *text, uint16_t *out,
	unsigned room, unsigned *n)
{
	for (*n = 0; *text; ) {
		size_t length = char_length(text);
		uint16_t units[2] = { 0 };
		unsigned more = units_of(coding, text, length, units);

		if (!more)
			return NULL;
		if (*n + more > room)
			break;
		memcpy(out + *n, units, more * sizeof *units);
		*n += more;
		text += length;
	}
	return text;
}

/* Units that one message holds, alone or as one of several. */
static unsigned room_of(const struct pdu_submit *s)
{
	unsigned bytes = PDU_USER_MAX - (s->parts > 1 ? HEADER_BYTES : 0);

	return s->coding == PDU_UCS2 ? bytes / 2 : bytes * 8 / 7;
}

/* False: the coding lacks a character. */
static bool count_parts(struct pdu_submit *s, const char *text)
{
	uint16_t units[PDU_USER_MAX * 8 / 7];
	const char *end;
	unsigned n;

	s->parts = 1;
	end = take_units(s->coding, text, units, room_of(s), &n);
	if (!end || !*end)
		return end;
	s->parts = 2;		/* from here on a part has less room */
	end = take_units(s->coding, text, units, room_of(s), &n);
	while (end && *end && s->parts <= PDU_PARTS_MAX) {
		end = take_units(s->coding, end, units, room_of(s), &n);
		s->parts += end && *end;
	}
	return end;
}

int pdu_count(struct pdu_submit *s, const char *text)
{
	s->coding = PDU_GSM7;
	if (!count_parts(s, text)) {
		s->coding = PDU_UCS2;
		if (!count_parts(s, text))
			return -EILSEQ;
	}
	return s->parts > PDU_PARTS_MAX ? -E2BIG : 0;
}

/* Digits and their type; the number of digits. */
static size_t address_of(const char *number, uint8_t out[1 + PDU_DIGITS_MAX / 2])
{
	size_t n = 0;

	memset(out, 0xff, 1 + PDU_DIGITS_MAX / 2);
	out[0] = *number == '+' ? INTERNATIONAL : UNKNOWN_NUMBER;
	for (number += *number == '+'; number[n] && n < PDU_DIGITS_MAX; n++) {
		uint8_t *p = &out[1 + n / 2];
		unsigned digit = (unsigned)(strchr(digits, number[n]) - digits);

		*p = (uint8_t)(n % 2 ? (*p & 0x0f) | digit << 4 : (*p & 0xf0) | digit);
	}
	return n;
}

static void add_user_data(struct qmux_buf *b, const struct pdu_submit *s, unsigned part,
	const uint16_t *units, unsigned n)
{
	const uint8_t header[] = { HEADER_BYTES - 1, IE_PARTS, 3, s->reference,
		(uint8_t)s->parts, (uint8_t)part };
	size_t head = s->parts > 1 ? sizeof header : 0, skip = (head * 8 + 6) / 7;
	uint8_t data[PDU_USER_MAX + 1] = { 0 };

	memcpy(data, header, head);
	if (s->coding == PDU_UCS2) {
		for (unsigned i = 0; i < n; i++)
			qmux_put_uint(data + head + 2 * i, 2, true, units[i]);
		qmux_add_uint(b, 1, false, head + 2 * n);
		qmux_add(b, data, head + 2 * n);
		return;
	}
	for (unsigned i = 0; i < n; i++) {
		size_t bit = (skip + i) * 7;

		data[bit / 8] |= (uint8_t)(units[i] << bit % 8);
		data[bit / 8 + 1] |= (uint8_t)(units[i] << bit % 8 >> 8);
	}
	qmux_add_uint(b, 1, false, skip + n);
	qmux_add(b, data, ((skip + n) * 7 + 7) / 8);
}

const char *pdu_submit(struct qmux_buf *b, const struct pdu_submit *s, unsigned part,
	const char *text)
{
	uint8_t address[1 + PDU_DIGITS_MAX / 2];
	uint16_t units[PDU_USER_MAX * 8 / 7];
	unsigned coding = s->coding == PDU_UCS2 ? 0x08 : 0, n;
	size_t count = s->smsc ? address_of(s->smsc, address) : 0;

	text = take_units(s->coding, text, units, room_of(s), &n);
	qmux_add_uint(b, 1, false, count ? 1 + (count + 1) / 2 : 0);
	qmux_add(b, address, count ? 1 + (count + 1) / 2 : 0);
	qmux_add_uint(b, 1, false, PDU_SUBMIT | (s->report ? REPORT_ASKED : 0) |
		(s->parts > 1 ? HAS_HEADER : 0));
	qmux_add_uint(b, 1, false, 0);		/* the reference: the modem's to give */
	count = address_of(s->number, address);
	qmux_add_uint(b, 1, false, count);
	qmux_add(b, address, 1 + (count + 1) / 2);
	qmux_add_uint(b, 1, false, 0);		/* the protocol identifier */
	qmux_add_uint(b, 1, false, s->message_class < 0 ? coding :
		coding | 0x10 | (unsigned)s->message_class);
	add_user_data(b, s, part, units, n);
	return text;
}
