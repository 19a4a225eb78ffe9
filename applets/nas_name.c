/*
 * nas_name.c - the name of a network where the schema has mere text.
 *
 * Some modems send the bytes of the SIM there: packed 7-bit characters (3GPP TS 23.038; a modem
 * in Italy says 49 76 3a 4c 06 for Iliad) or UCS-2.  What reads as a name in one of these ways
 * alone, and not as it is, is shown in that way; anything else as it came.
 */
#include "applets/nas.h"

#include "applets/show.h"
#include "qmux/form.h"

#include <ctype.h>

/* UTF-8 (its shape alone), and no control character but white space around it. */
static bool is_plain(const uint8_t *p, size_t n)
{
	unsigned more = 0;	/* bytes that a character still has */

	while (n && isspace(p[n - 1]))
		n--;
	for (; n && isspace(*p); n--)
		p++;
	for (size_t i = 0; i < n; i++) {
		if (p[i] < ' ' || (p[i] >> 6 == 2) != (more > 0) || p[i] >= 0xf8)
			return false;
		more = more ? more - 1 : (unsigned)(p[i] >= 0xc0) + (p[i] >= 0xe0) + (p[i] >= 0xf0);
	}
	return !more;
}

/* Characters as names have them, and nothing in the bits that are left over. */
static bool is_packed(const uint8_t *p, size_t n, const char *text)
{
	if (!strncmp(text, "0x", 2))	/* in hex: not of this form */
		return false;
	while (*text && (isalnum((unsigned char)*text) || strchr(" .-&'+/()!", *text)))
		text++;
	return !*text && !(p[n - 1] >> (8 - n % 7));
}

/* ASCII and at most one other script: European ones to Arabic, the CJK characters, or Hangul. */
static bool is_ucs2(const uint8_t *p, size_t n)
{
	static const uint16_t scripts[][2] = {
		{ 0xa0, 0x17f }, { 0x370, 0x6ff }, { 0x3000, 0x9fff }, { 0xac00, 0xd7a3 },
	};
	enum { SCRIPTS = sizeof scripts / sizeof *scripts };
	unsigned used = 0;

	for (size_t i = 0; i + 1 < n; i += 2) {
		unsigned c = qmux_get16(p + i), k = 0;

		if (c >= ' ' && c <= '~')
			continue;
		while (k < SCRIPTS && (c < scripts[k][0] || c > scripts[k][1]))
			k++;
		used |= k < SCRIPTS ? 1u << k : 0xff;
	}
	return n >= 4 && n % 2 == 0 && !(used & (used - 1));
}

void nas_show_name(struct sink *s, const char *key, const struct view_value *v)
{
	struct qmux_node node = *v->node;
	char packed[QMUX_FORM_TEXT];
	size_t pairs = node.data[-1], n = pairs;	/* a str8, also where a NUL cut it short */
	bool is_7bit;

	while (n && !node.data[n - 1])
		n--;
	while (pairs > 1 && !node.data[pairs - 1] && !node.data[pairs - 2])
		pairs -= 2;
	if (n == node.len && is_plain(node.data, n)) {
		show_trimmed(s, key, node.data, n);
		return;
	}
	node.kind = QMUX_BYTES;
	node.form = QMUX_T_GSM7;
	node.len = n;
	is_7bit = qmux_node_text(&node, packed) && is_packed(node.data, n, packed);
	if (is_7bit != is_ucs2(node.data, pairs)) {
		node.form = is_7bit ? QMUX_T_GSM7 : QMUX_T_UCS2;
		node.len = is_7bit ? n : pairs;
		show_node(s, key, &node, false);
	} else {
		show_trimmed(s, key, v->node->data, v->node->len);
	}
}
