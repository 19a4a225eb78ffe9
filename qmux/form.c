#include "form.h"

#include "format.h"

#define SECOND 1000ULL
#define DAY (86400 * SECOND)
#define GPS_EPOCH (3657 * DAY)			/* 1980-01-06 */
#define TIME_END (2932897 * DAY)		/* the year 10000 */
#define TIME_BIT (1ULL << 47)			/* the highest of a time before it */

enum { IP6_BYTES = 16, IP6_NO_GAP = IP6_BYTES + 1, PLMN_BYTES = 3 };

enum qmux_kind_of_type qmux_form_coded(uint16_t names, int64_t value)
{
	/* libqmi 1.32 reads "unspecified" as ASCII too, and both 16-bit ones as little-endian. */
	static const struct {
		const char *coding;
		enum qmux_kind_of_type form;
	} rows[] = {
		{ "gsm", QMUX_T_GSM7 }, { "ucs2le", QMUX_T_UCS2 }, { "unicode", QMUX_T_UCS2 },
		{ "ascii7", QMUX_T_ASCII }, { "unspecified", QMUX_T_ASCII },
	};
	uint16_t name;

	if (qmux_enum_name(names, value, &name))
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
			if (qmux_name_is(name, QMUX_VALUE_NAME, rows[i].coding,
					strlen(rows[i].coding)))
				return rows[i].form;
	return 0;
}

/* ---- numbers ---- */

static unsigned is_leap(unsigned year)
{
	return year % 4 == 0 && (year % 100 || year % 400 == 0);
}

static void time_text(uint64_t ms, char *text)
{
	unsigned day = (unsigned)(ms / DAY), second = (unsigned)(ms % DAY / SECOND);
	unsigned year = 1970, month = 1, days;

	for (; day >= (days = 365 + is_leap(year)); year++)
		day -= days;
	for (;; month++) {
		days = month == 2 ? 28 + is_leap(year) : 30 + (month + month / 8) % 2;
		if (day < days)
			break;
		day -= days;
	}
	qmux_format(text, QMUX_FORM_TEXT, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", year, month,
		day + 1, second / 3600, second / 60 % 60, second % 60, (unsigned)(ms % SECOND));
}

static bool number_text(enum qmux_kind_of_type form, uint64_t v, char *text)
{
	if (form == QMUX_T_IP4) {
		qmux_format(text, QMUX_FORM_TEXT, "%u.%u.%u.%u", (unsigned)(v >> 24),
			(unsigned)(v >> 16 & 0xff), (unsigned)(v >> 8 & 0xff), (unsigned)(v & 0xff));
		return true;
	}
	if (v >= TIME_END)		/* and nothing below runs over */
		return false;
	if (form == QMUX_T_UNIX_S)
		v *= SECOND;
	else if (form == QMUX_T_GPS_TICKS)
		v = v * 5 / 4 + GPS_EPOCH;
	else if (form == QMUX_T_GPS_MS)
		v += GPS_EPOCH;
	if (v >= TIME_END)
		return false;
	time_text(v, text);
	return true;
}

/* Whatever it is, as an address; what is none reads differently when written again. */
static uint64_t guess_ip4(const char *text)
{
	uint32_t v = 0;

	for (; *text; text++)
		if (*text == '.')
			v <<= 8;
		else
			v = (v & ~0xffu) | ((v * 10 + (unsigned)(*text - '0')) & 0xff);
	return v;
}

/* Later times have greater texts: the last one that is not after the text, bit by bit. */
static uint64_t guess_time(enum qmux_kind_of_type form, const char *text)
{
	char at[QMUX_FORM_TEXT];
	uint64_t v = 0;

	for (uint64_t bit = TIME_BIT; bit; bit >>= 1)
		if (number_text(form, v | bit, at) && strcmp(at, text) <= 0)
			v |= bit;
	return v;
}

bool qmux_form_number(enum qmux_kind_of_type form, const char *text, size_t n, uint64_t *value)
{
	static const char zeros[] = ".000Z";
	char want[32] = "", got[QMUX_FORM_TEXT];
	size_t second = sizeof "2026-11-22T06:47:00" - 1;

	if (n >= sizeof want - sizeof zeros)
		return false;
	memcpy(want, text, n);
	if (form == QMUX_T_IP4) {
		*value = guess_ip4(want);
		return number_text(form, *value, got) && !strcmp(want, got);
	}
	if (n == second + 1)
		strcpy(want + second, want[second] == 'Z' ? zeros : "");
	*value = guess_time(form, want);
	/* Units longer than a millisecond need not meet it. */
	return number_text(form, *value, got) && !memcmp(want, got, second + 1) &&
		strspn(want + second + 1, "0123456789") == 3 && !strcmp(want + second + 4, "Z");
}

/* ---- addresses and digits ---- */

static bool ip6_text(const uint8_t *p, size_t n, char *text)
{
	unsigned group[8], first = 8, zeros = 1;	/* one zero alone is not shortened */

	if (n != IP6_BYTES)
		return false;
	for (unsigned i = 0; i < 8; i++)
		group[i] = (unsigned)qmux_get_uint(p + 2 * i, 2, true);
	for (unsigned i = 0, run; i < 8; i += run + 1) {
		for (run = 0; i + run < 8 && !group[i + run]; run++)
			;
		if (run > zeros) {
			first = i;
			zeros = run;
		}
	}
	for (unsigned i = 0; i < 8; i++) {
		if (i == first) {
			*text++ = ':';
			i += zeros - 1;
			if (i == 7)
				*text++ = ':';
			*text = '\0';
		} else {
			text += qmux_format(text, 6, i ? ":%x" : "%x", group[i]);
		}
	}
	return true;
}

static bool ip6_parse(const char *text, struct qmux_buf *b)
{
	uint8_t p[IP6_BYTES] = { 0 };
	size_t n = 0, gap = IP6_NO_GAP;		/* where "::" stands */

	if (*text == ':' && *++text != ':')
		return false;
	while (*text) {
		unsigned group = 0, length = 0;

		if (*text == ':' && gap == IP6_NO_GAP) {
			gap = n;
			text++;
			continue;
		}
		for (unsigned digit; length < 4 && (digit = qmux_hex_digit(*text)) < 16; text++) {
			group = group << 4 | digit;
			length++;
		}
		if (!length || n == IP6_BYTES || (*text && (*text++ != ':' || !*text)))
			return false;
		qmux_put_uint(p + n, 2, true, group);
		n += 2;
	}
	if ((n == IP6_BYTES) != (gap == IP6_NO_GAP))
		return false;
	if (n < IP6_BYTES) {
		memmove(p + gap + IP6_BYTES - n, p + gap, n - gap);
		memset(p + gap, 0, IP6_BYTES - n);
	}
	qmux_add(b, p, sizeof p);
	return true;
}

static const char digits[] = "0123456789abcdef";

/* False: a digit stands after the end, or there is none at all. */
static bool bcd_text(const uint8_t *p, size_t n, char *text)
{
	const char *start = text;
	bool ended = false;

	for (size_t i = 0; i < 2 * n; i++) {
		unsigned digit = p[i / 2] >> i % 2 * 4 & 0xf;

		ended |= digit == 0xf;
		if (ended && digit != 0xf)
			return false;
		*text = digits[digit];
		text += !ended;
	}
	*text = '\0';
	return !n || text > start;
}

static bool bcd_parse(const char *text, struct qmux_buf *b)
{
	for (; *text; text += 1 + !!text[1])
		qmux_add_uint(b, 1, false, (text[1] ? qmux_hex_digit(text[1]) : 0xf) << 4 |
			qmux_hex_digit(text[0]));
	return true;
}

/* The halves of three bytes in the order of digits: the third digit of the MNC stands apart. */
static const uint8_t plmn_half[6] = { 0, 1, 2, 4, 5, 3 };

static bool plmn_text(const uint8_t *p, size_t n, char *text)
{
	if (n != PLMN_BYTES)
		return false;
	n = p[1] >> 4 == 0xf ? 5 : 6;
	text[n] = '\0';
	while (n--) {
		unsigned digit = p[plmn_half[n] / 2] >> plmn_half[n] % 2 * 4 & 0xf;

		if (digit > 9)
			return false;
		text[n] = digits[digit];
	}
	return true;
}

static bool plmn_parse(const char *text, struct qmux_buf *b)
{
	size_t n = strlen(text);
	uint8_t p[PLMN_BYTES] = { 0, n == 5 ? 0xf0 : 0, 0 };

	if (n != 5 && n != 6)
		return false;
	while (n--)
		p[plmn_half[n] / 2] |= (uint8_t)(qmux_hex_digit(text[n]) << plmn_half[n] % 2 * 4);
	qmux_add(b, p, sizeof p);
	return true;
}

/* ---- text ---- */

enum { GSM7_ESCAPE = 0x1b, GSM7_CR = 0x0d };

/* 3GPP TS 23.038, 6.2.1: the default alphabet; its escape is no character. */
static const char gsm7[] =
	"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1b" "ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
	"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/* 6.2.1.1: the extension table, codes and characters. */
static const char gsm7_more_codes[] = "\x0a\x14\x28\x29\x2f\x3c\x3d\x3e\x40\x65";
static const char gsm7_more[] = "\f^{}\\[~]|€";

static size_t char_length(const char *p)
{
	size_t n = 1;

	while ((p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static char *add_char(char *to, const char *alphabet, size_t i)
{
	size_t n;

	while (i--)
		alphabet += char_length(alphabet);
	n = char_length(alphabet);
	memcpy(to, alphabet, n);
	return to + n;
}

/* Where a character stands in an alphabet; or -1. */
static int find_char(const char *alphabet, const char *c, size_t n)
{
	for (int i = 0; *alphabet; i++, alphabet += char_length(alphabet))
		if (char_length(alphabet) == n && !memcmp(alphabet, c, n))
			return i;
	return -1;
}

static unsigned septet(const uint8_t *p, size_t n, size_t i)
{
	size_t at = i * 7 / 8;

	return (p[at] | (at + 1 < n ? p[at + 1] << 8 : 0)) >> i * 7 % 8 & 0x7f;
}

static bool gsm7_text(const uint8_t *p, size_t n, char *text)
{
	size_t septets = n * 8 / 7;

	/* Seven bytes hold eight characters, or seven and what fills up. */
	if (n && n % 7 == 0 && (!(p[n - 1] >> 1) || p[n - 1] >> 1 == GSM7_CR))
		septets--;
	for (size_t i = 0; i < septets; i++) {
		unsigned code = septet(p, n, i);
		const char *more;

		if (code != GSM7_ESCAPE) {
			text = add_char(text, gsm7, code);
			continue;
		}
		code = ++i < septets ? septet(p, n, i) : 0;
		more = code ? strchr(gsm7_more_codes, (int)code) : NULL;
		if (!more)
			return false;
		text = add_char(text, gsm7_more, (size_t)(more - gsm7_more_codes));
	}
	*text = '\0';
	return true;
}

struct packer {
	struct qmux_buf *b;
	unsigned bits, n;
};

static void pack(struct packer *p, unsigned code)
{
	p->bits |= code << p->n;
	for (p->n += 7; p->n >= 8; p->n -= 8, p->bits >>= 8)
		qmux_add_uint(p->b, 1, false, p->bits & 0xff);
}

static bool gsm7_parse(const char *text, struct qmux_buf *b)
{
	struct packer p = { .b = b };

	for (size_t n; *text; text += n) {
		int code;

		n = char_length(text);
		code = find_char(gsm7, text, n);
		if (code < 0) {
			code = find_char(gsm7_more, text, n);
			if (code < 0)
				return false;
			pack(&p, GSM7_ESCAPE);
			code = gsm7_more_codes[code];
		}
		pack(&p, (unsigned)code);
	}
	if (p.n)
		qmux_add_uint(b, 1, false, p.bits);
	return true;
}

static bool ascii_text(const uint8_t *p, size_t n, char *text)
{
	for (; n-- && *p; p++) {
		if (*p > 0x7f)
			return false;
		*text++ = (char)*p;
	}
	*text = '\0';
	return true;
}

static bool ascii_parse(const char *text, struct qmux_buf *b)
{
	qmux_add(b, text, strlen(text));
	return true;
}

enum { REPLACEMENT = 0xfffd, PAIR = 0x10000, HIGH = 0xd800, LOW = 0xdc00, PAIR_MASK = 0xfc00 };

static char *add_utf8(char *to, unsigned c)
{
	unsigned more = (c > 0x7f) + (c > 0x7ff) + (c > 0xffff);

	/* 0, 110, 1110 or 11110 and the highest bits, then 10 and six bits each. */
	*to++ = (char)((more ? 0xff00 >> (more + 1) & 0xff : 0) | c >> 6 * more);
	while (more--)
		*to++ = (char)(0x80 | (c >> 6 * more & 0x3f));
	return to;
}

static bool ucs2_text(const uint8_t *p, size_t n, char *text)
{
	for (unsigned c; n >= 2 && (c = qmux_get16(p)); p += 2, n -= 2) {
		unsigned low = n >= 4 ? qmux_get16(p + 2) : 0;

		if ((c & PAIR_MASK) == HIGH && (low & PAIR_MASK) == LOW) {
			c = PAIR + ((c - HIGH) << 10) + (low - LOW);
			p += 2;
			n -= 2;
		} else if (c >= HIGH && c < LOW + 0x400) {
			c = REPLACEMENT;
		}
		text = add_utf8(text, c);
	}
	*text = '\0';
	return n != 1;
}

static bool ucs2_parse(const char *text, struct qmux_buf *b)
{
	for (size_t n; *text; text += n) {
		unsigned c = (uint8_t)*text;

		n = char_length(text);
		if (n > 1)
			c &= 0x7f >> (n & 7);
		for (size_t i = 1; i < n; i++)
			c = c << 6 | (text[i] & 0x3f);
		if (c >= PAIR) {
			qmux_add_uint(b, 2, false, HIGH + ((c - PAIR) >> 10));
			c = LOW + ((c - PAIR) & 0x3ff);
		}
		qmux_add_uint(b, 2, false, c);
	}
	return true;
}

/* ---- all of them ---- */

#define FIRST QMUX_T_IP6

/* parse may take what cannot be meant: qmux_form_bytes looks what text comes of it. */
static const struct {
	bool (*text)(const uint8_t *p, size_t n, char *text);
	bool (*parse)(const char *text, struct qmux_buf *b);
	const char *expects;
} forms[] = {
	[QMUX_T_IP6 - FIRST] = { ip6_text, ip6_parse, "an IPv6 address, like 2001:db8::1" },
	[QMUX_T_PLMN - FIRST] = { plmn_text, plmn_parse, "MCC and MNC, like 26202 or 310410" },
	[QMUX_T_BCD - FIRST] = { bcd_text, bcd_parse, "digits" },
	[QMUX_T_GSM7 - FIRST] = { gsm7_text, gsm7_parse, "text of the GSM 7-bit alphabet" },
	[QMUX_T_UCS2 - FIRST] = { ucs2_text, ucs2_parse, "UTF-8 text" },
	[QMUX_T_ASCII - FIRST] = { ascii_text, ascii_parse, "ASCII text" },
};

const char *qmux_form_expects(enum qmux_kind_of_type form)
{
	return form >= FIRST ? forms[form - FIRST].expects :
		form == QMUX_T_IP4 ? "an IPv4 address, like 10.0.0.1" :
		"a time, like 2026-11-22T06:47:00Z";
}

bool qmux_node_text(const struct qmux_node *node, char text[QMUX_FORM_TEXT])
{
	if (node->form < FIRST)
		return node->form && number_text(node->form, node->u, text);
	/* A name that starts like hex would be taken for it when it is given back. */
	if (!forms[node->form - FIRST].text(node->data, node->len, text) ||
	    !strncmp(text, "0x", 2)) {
		text += qmux_format(text, QMUX_FORM_TEXT, "0x");
		for (size_t i = 0; i < node->len; i++)
			text += qmux_format(text, 3, "%02x", node->data[i]);
	}
	return true;
}

bool qmux_form_bytes(enum qmux_kind_of_type form, const char *text, struct qmux_buf *b)
{
	char back[QMUX_FORM_TEXT];
	size_t at = b->len;

	if (!forms[form - FIRST].parse(text, b))
		return false;
	/* Addresses can be written in many ways. */
	if (form == QMUX_T_IP6 || b->full || b->len - at > QMUX_FORM_BYTES)
		return true;
	return forms[form - FIRST].text(b->p + at, b->len - at, back) && !strcmp(text, back);
}
