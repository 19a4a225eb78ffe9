/*
 * shown.h - what the walker tells, as one line that a test can compare.
 *
 *	name:(a:1 b:2)	a structure		name:list(1 2)	an array
 *	8/lte		a number and its name	5/a|c		flags
 *	true		a bool			1.5		a float
 *	'text'		text, \xNN where it is not printable
 *	<0aff>		bytes			!		after it: personal
 *	~'text'		what has a form, written in it
 *	?1c<0a00>	a TLV that is not known; ?1c.2<…> the second of its type
 */
#ifndef TESTS_UNIT_SHOWN_H
#define TESTS_UNIT_SHOWN_H

#include "qmux/form.h"

#include <stdarg.h>
#include <stdio.h>

struct shown {
	struct qmux_visitor v;
	char text[1 << 16];
	size_t len;
	long nodes, unknown, depth, deepest;
	bool below_zero;		/* more ends than beginnings */
};

__attribute__((format(printf, 2, 3)))
static void shown_add(struct shown *s, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(s->text + s->len, sizeof s->text - s->len, format, ap);
	va_end(ap);
	s->len += (size_t)n;
	if (s->len >= sizeof s->text)
		s->len = sizeof s->text - 1;
}

static void shown_bytes(struct shown *s, const uint8_t *p, size_t n)
{
	shown_add(s, "<");
	for (size_t i = 0; i < n; i++)
		shown_add(s, "%02x", p[i]);
	shown_add(s, ">");
}

static void shown_text(struct shown *s, const uint8_t *p, size_t n)
{
	shown_add(s, "'");
	for (size_t i = 0; i < n; i++)
		shown_add(s, p[i] < 0x20 || p[i] > 0x7e || p[i] == '\'' ? "\\x%02x" : "%c", p[i]);
	shown_add(s, "'");
}

static void shown_number(struct shown *s, const struct qmux_node *node)
{
	char text[QMUX_NAME_MAX], join = '/';
	uint16_t name;

	if (node->kind == QMUX_INT)
		shown_add(s, "%lld", (long long)node->i);
	else
		shown_add(s, "%llu", (unsigned long long)node->u);
	if (node->names >= QMUX_NO_ENUM)
		return;
	if (!qmux_enum_is_flags(node->names)) {
		if (qmux_enum_name(node->names, node->kind == QMUX_INT ? node->i :
				(int64_t)node->u, &name))
			shown_add(s, "/%s", qmux_name(name, QMUX_VALUE_NAME, text));
		return;
	}
	for (unsigned bit = 0; bit < 64; bit++)
		if (node->u >> bit & 1 && qmux_enum_name(node->names, bit, &name)) {
			shown_add(s, "%c%s", join, qmux_name(name, QMUX_VALUE_NAME, text));
			join = '|';
		}
}

static int shown_node(struct qmux_visitor *v, const struct qmux_node *node)
{
	struct shown *s = (struct shown *)v;
	char name[QMUX_NAME_MAX], text[QMUX_FORM_TEXT], last = s->len ? s->text[s->len - 1] : '{';

	s->nodes++;
	if (node->kind == QMUX_END) {
		s->below_zero |= --s->depth < 0;
		shown_add(s, ")");
		return 0;
	}
	if (last != '(')
		shown_add(s, s->len ? " " : "");
	if (node->name != QMUX_NO_NAME)
		shown_add(s, "%s:", qmux_name(node->name, QMUX_FIELD_NAME, name));
	if (node->kind == QMUX_OBJECT || node->kind == QMUX_LIST) {
		shown_add(s, node->kind == QMUX_LIST ? "list(" : "(");
		if (++s->depth > s->deepest)
			s->deepest = s->depth;
		return 0;
	}
	if (qmux_node_text(node, text)) {
		shown_add(s, "~");
		shown_text(s, (const uint8_t *)text, strlen(text));
	} else if (node->kind == QMUX_TEXT)
		shown_text(s, node->data, node->len);
	else if (node->kind == QMUX_BYTES)
		shown_bytes(s, node->data, node->len);
	else if (node->kind == QMUX_BOOL)
		shown_add(s, node->u ? "true" : "false");
	else if (node->kind == QMUX_FLOAT)
		shown_add(s, node->size == 8 ? "%.17g" : "%.9g", node->f);
	else
		shown_number(s, node);
	if (node->personal)
		shown_add(s, "!");
	return 0;
}

static int shown_unknown(struct qmux_visitor *v, const struct qmux_tlv *tlv, unsigned nth)
{
	struct shown *s = (struct shown *)v;

	s->unknown++;
	shown_add(s, nth > 1 ? "%s?%02x.%u" : "%s?%02x", s->len ? " " : "", tlv->type, nth);
	shown_bytes(s, tlv->value, tlv->len);
	return 0;
}

static void shown_begin(struct shown *s)
{
	memset(s, 0, offsetof(struct shown, text) + 1);
	s->len = 0;
	s->nodes = s->unknown = s->depth = s->deepest = 0;
	s->below_zero = false;
	s->v.node = shown_node;
	s->v.unknown = shown_unknown;
}

/* All of a frame; returns the text. */
__attribute__((unused))
static const char *shown_frame(struct shown *s, const struct qmux_frame *f,
	const struct qmux_message *m)
{
	shown_begin(s);
	qmux_walk_fields(f, m, &s->v);
	qmux_walk_unknown(f, m, &s->v);
	return s->text;
}

#endif
