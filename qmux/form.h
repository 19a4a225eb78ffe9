/*
 * form.h - values as people write them: addresses, digits, names, times.
 *
 * A type of the schema says which form its values have (QMUX_T_IP4 and so on):
 *
 *	ip4		10.0.0.1
 *	unix_s unix_ms	seconds, milliseconds since 1970-01-01: 2026-11-22T06:47:00.123Z
 *	gps_ms		milliseconds since 1980-01-06
 *	gps_ticks	1.25 ms each since 1980-01-06.  GPS time knows no leap seconds and none
 *			are taken off: the text is ahead of UTC by what modems do not tell (18 s
 *			since 2017)
 *	ip6		2001:db8::1 (RFC 5952)
 *	plmn		MCC, then MNC with 2 or 3 digits: 26202, 310410 (3GPP TS 24.008, 10.5.1.13)
 *	bcd		digits, the low half of each byte first; a half of f fills up.  10 to 14
 *			are a to e, as ICCIDs with such digits are printed
 *	gsm7		packed 7-bit characters of 3GPP TS 23.038, with its extension table
 *	ucs2		UTF-16, little-endian
 *	ascii		7-bit characters, one a byte
 *	coded		one of the last three, by the value of an earlier field (coding)
 *
 * What does not fit its form is still shown: bytes as "0x" and hex, a number as a number.
 * Both can be given back in that way, whatever the form; so text cannot start with "0x".
 */
#ifndef QMUX_FORM_H
#define QMUX_FORM_H

#include "walk.h"

#define QMUX_FORM_BYTES 510	/* of a value: 255 units of 16 bits */
#define QMUX_FORM_TEXT 1200	/* its text, with its NUL; 583 characters of 2 bytes are the longest */

/*
 * The text of a node, as UTF-8.  False: it has no form, or is a number that the form
 * cannot show (a time after the year 9999), and is to be shown like any other.
 */
bool qmux_node_text(const struct qmux_node *node, char text[QMUX_FORM_TEXT]);

/*
 * And back: to a number, or to bytes that are added to b.  False: the text is not of that
 * form.  More than QMUX_FORM_BYTES may be added; no field takes them.
 */
bool qmux_form_number(enum qmux_kind_of_type form, const char *text, size_t n, uint64_t *value);
bool qmux_form_bytes(enum qmux_kind_of_type form, const char *text, struct qmux_buf *b);

/* The form of a coded field where the earlier field has this value; 0: plain bytes. */
enum qmux_kind_of_type qmux_form_coded(uint16_t names, int64_t value);

/* What its text is: "an IPv4 address, like 10.0.0.1". */
const char *qmux_form_expects(enum qmux_kind_of_type form);

#endif
