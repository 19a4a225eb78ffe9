#include "applets/show.h"

#include "qmux/format.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#define MASKED "***"

/* ---- nodes ---- */

static void show_flags(struct sink *s, const char *key, const struct qmux_node *node)
{
	char text[QMUX_NAME_MAX];
	uint64_t unknown = 0;
	uint16_t name;

	sink_list(s, key);
	for (unsigned bit = 0; bit < 64; bit++) {
		if (!(node->u >> bit & 1))
			continue;
		if (qmux_enum_name(node->names, bit, &name))
			sink_text(s, NULL, qmux_name(name, QMUX_VALUE_NAME, text));
		else
			unknown |= 1ULL << bit;
	}
	if (unknown) {
		qmux_format(text, sizeof text, "0x%llx", (unsigned long long)unknown);
		sink_text(s, NULL, text);
	}
	sink_end(s);
}

static void show_number(struct sink *s, const char *key, const struct qmux_node *node)
{
	int64_t value = node->kind == QMUX_INT ? node->i : (int64_t)node->u;
	char text[QMUX_NAME_MAX];
	uint16_t name;

	if (qmux_enum_is_flags(node->names))
		show_flags(s, key, node);
	else if (node->names < QMUX_NO_ENUM && qmux_enum_name(node->names, value, &name))
		sink_text(s, key, qmux_name(name, QMUX_VALUE_NAME, text));
	else if (node->kind == QMUX_INT)
		sink_int(s, key, node->i, NULL);
	else
		sink_uint(s, key, node->u, NULL);
}

void show_node(struct sink *s, const char *key, const struct qmux_node *node, bool mask)
{
	if (node->kind == QMUX_OBJECT)
		sink_begin(s, key);
	else if (node->kind == QMUX_LIST)
		sink_list(s, key);
	else if (node->kind == QMUX_END)
		sink_end(s);
	else if (mask && node->personal)
		sink_text(s, key, MASKED);
	else if (node->kind == QMUX_TEXT)
		sink_textn(s, key, node->data, node->len);
	else if (node->kind == QMUX_BYTES)
		sink_hex(s, key, node->data, node->len);
	else if (node->kind == QMUX_BOOL)
		sink_bool(s, key, node->u);
	else if (node->kind == QMUX_FLOAT)
		sink_float(s, key, node->f, node->size);
	else
		show_number(s, key, node);
}

struct shower {
	struct qmux_visitor v;
	struct sink *s;
	const char *key;	/* of the outermost node, instead of its own; or NULL */
	unsigned depth;
	bool mask;
};

static int visit(struct qmux_visitor *v, const struct qmux_node *node)
{
	struct shower *sh = (struct shower *)v;		/* v is its first member */
	char name[QMUX_NAME_MAX];
	const char *key = NULL;

	if (!sh->depth && sh->key)
		key = sh->key;
	else if (node->name != QMUX_NO_NAME)
		key = qmux_name(node->name, QMUX_FIELD_NAME, name);
	show_node(sh->s, key, node, sh->mask);
	if (node->kind == QMUX_OBJECT || node->kind == QMUX_LIST)
		sh->depth++;
	else if (node->kind == QMUX_END)
		sh->depth--;
	return 0;
}

static int visit_unknown(struct qmux_visitor *v, const struct qmux_tlv *tlv, unsigned nth)
{
	struct shower *sh = (struct shower *)v;
	char key[16];

	if (nth > 1)
		qmux_format(key, sizeof key, "0x%02x.%u", tlv->type, nth);
	else
		qmux_format(key, sizeof key, "0x%02x", tlv->type);
	/* What is not understood may be anything, subscriber data too. */
	if (sh->mask && tlv->len)
		sink_text(sh->s, key, MASKED);
	else
		sink_hex(sh->s, key, tlv->value, tlv->len);
	return 0;
}

/* ---- frames ---- */

static void show_name(struct sink *s, const char *key, bool known, uint16_t name, unsigned id)
{
	char text[QMUX_NAME_MAX];

	if (known)
		sink_text(s, key, qmux_name(name, QMUX_FIELD_NAME, text));
	else
		sink_uint(s, key, id, NULL);
}

static void show_service(struct sink *s, uint16_t id)
{
	char text[QMUX_NAME_MAX];
	uint16_t name;

	if (qmux_enum_name(QMUX_ENUM_SERVICE, id, &name))
		sink_text(s, "service", qmux_name(name, QMUX_VALUE_NAME, text));
	else
		sink_uint(s, "service", id, NULL);
}

static void show_result(struct sink *s, const struct qmux_frame *f)
{
	struct qmux_tlv tlv;
	char text[QMUX_NAME_MAX];
	const char *name;

	if (f->kind != QMUX_RESPONSE || !qmux_tlv_find(f, QMUX_TLV_RESULT, &tlv) || tlv.len < 4)
		return;
	sink_begin(s, "result");
	sink_uint(s, "status", qmux_get16(tlv.value), NULL);
	sink_uint(s, "error", qmux_get16(tlv.value + 2), NULL);
	name = qmux_error_name(qmux_get16(tlv.value + 2), text);
	if (name)
		sink_text(s, "name", name);
	sink_end(s);
}

/* What stands after the last TLV and is none. */
static void show_rest(struct sink *s, const struct qmux_frame *f, bool mask)
{
	struct qmux_cursor c = qmux_cursor(f->tlvs, f->tlvs_len);
	struct qmux_tlv tlv;

	while (qmux_tlv_next(&c, &tlv))
		;
	if (qmux_left(&c))
		sink_hex(s, "tail", c.p, qmux_left(&c));
	if (f->rest_len && mask)
		sink_text(s, "rest", MASKED);
	else if (f->rest_len)
		sink_hex(s, "rest", f->rest, f->rest_len);
}

static bool has_rest(const struct qmux_frame *f)
{
	struct qmux_cursor c = qmux_cursor(f->tlvs, f->tlvs_len);
	struct qmux_tlv tlv;

	while (qmux_tlv_next(&c, &tlv))
		;
	return qmux_left(&c) || f->rest_len;
}

void show_frame(struct sink *s, const struct qmux_frame *f, const struct qmux_message *m,
	const struct show_options *o)
{
	static const char *const kinds[] = {
		[QMUX_REQUEST] = "request", [QMUX_RESPONSE] = "response",
		[QMUX_INDICATION] = "indication",
	};
	struct shower sh = {
		.v = { .node = visit, .unknown = visit_unknown }, .s = s, .mask = o->mask,
	};
	struct qmux_message found;

	if (!m && qmux_message_by_id(f->service, f->message, f->kind == QMUX_INDICATION,
			o->vendor, &found))
		m = &found;
	sink_begin(s, NULL);
	if (o->head)
		o->head(s, o->ctx);
	show_service(s, f->service);
	show_name(s, "message", m, m ? m->name : 0, f->message);
	sink_uint(s, "id", f->message, NULL);
	sink_text(s, "kind", kinds[f->kind]);
	sink_uint(s, "client", f->client, NULL);
	sink_uint(s, "transaction", f->transaction, NULL);
	show_result(s, f);
	if (!o->flat)
		sink_begin(s, "fields");
	qmux_walk_fields(f, m, &sh.v);
	if (!o->flat)
		sink_end(s);
	if (qmux_has_unknown(f, m) || has_rest(f)) {
		sink_begin(s, "unknown");
		qmux_walk_unknown(f, m, &sh.v);
		show_rest(s, f, o->mask);
		sink_end(s);
	}
	sink_end(s);
}

void show_fields(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m)
{
	struct shower sh = { .v = { .node = visit }, .s = s };

	sink_begin(s, NULL);
	qmux_walk_fields(answer, m, &sh.v);
	sink_end(s);
}

void show_on_stderr(const struct command *cmd, const uint8_t *frame, size_t n)
{
	struct show_options o = { .mask = cmd->g.verbose < 2 };
	struct sink *s = sink_new(cmd->g.face == SINK_JSON ? SINK_JSON : SINK_PEOPLE, NULL, 0,
		stderr);
	struct qmux_frame f;

	if (s && !qmux_frame_parse(&f, frame, n)) {
		show_frame(s, &f, NULL, &o);
		sink_flush(s);
	}
	sink_free(s);
}

/* ---- views ---- */

/* Modems pad: trailing tabs, CR LF, a leading space have all been seen. */
static void show_trimmed(struct sink *s, const char *key, const uint8_t *p, size_t n)
{
	while (n && isspace(p[n - 1]))
		n--;
	for (; n && isspace(*p); n--)
		p++;
	if (n)
		sink_textn(s, key, p, n);
}

static void show_digits(struct sink *s, const char *key, unsigned value, int digits)
{
	char text[16];

	qmux_format(text, sizeof text, "%0*u", digits, value);
	sink_text(s, key, text);
}

/*
 * Whether an MNC has three digits is not in the number itself: the modem says so
 * in a TLV of its own; without it, below 100 means two.
 */
static int mnc_digits(const struct qmux_frame *f, const struct qmux_message *m, unsigned mnc)
{
	struct qmux_node node;

	if (mnc > 99 || (!qmux_get(f, m, "mnc_pcs_digit_include_status.includes_pcs_digit", &node)
			&& node.u))
		return 3;
	return 2;
}

static void show_value(struct sink *s, const char *key, const struct view_row *row,
	const struct qmux_node *node, const struct qmux_frame *f, const struct qmux_message *m)
{
	int64_t value = node->kind == QMUX_INT ? node->i : (int64_t)node->u;

	switch (row->form) {
	case VIEW_TENTHS:
		sink_tenths(s, key, value, row->unit);
		break;
	case VIEW_MINUS_HALVES:
		sink_tenths(s, key, value * -5, row->unit);
		break;
	case VIEW_NEGATIVE:
		sink_int(s, key, -value, row->unit);
		break;
	case VIEW_MCC:
		show_digits(s, key, (unsigned)value, 3);
		break;
	case VIEW_MNC:
		show_digits(s, key, (unsigned)value, mnc_digits(f, m, (unsigned)value));
		break;
	case VIEW_SERIAL:
		if (node->len == 1 && *node->data == '0')
			break;
		show_trimmed(s, key, node->data, node->len);
		break;
	case VIEW_PLAIN:
		if (node->kind == QMUX_TEXT)
			show_trimmed(s, key, node->data, node->len);
		else if (node->kind == QMUX_INT && node->names == QMUX_NO_ENUM)
			sink_int(s, key, node->i, row->unit);
		else if (node->kind == QMUX_UINT && node->names == QMUX_NO_ENUM)
			sink_uint(s, key, node->u, row->unit);
		else
			show_node(s, key, node, false);
		break;
	}
}

static bool is_absent(const struct view_row *row, const struct qmux_node *node)
{
	return row->absent && (node->kind == QMUX_INT ? node->i == row->absent :
		node->kind == QMUX_UINT && (int64_t)node->u == row->absent);
}

void show_view(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m,
	const struct view_row *view)
{
	char group[QMUX_NAME_MAX] = "";

	for (; view->key; view++) {
		struct shower sh = { .v = { .node = visit }, .s = s };
		const char *dot = strchr(view->key, '.'), *key = dot ? dot + 1 : view->key;
		size_t n = dot ? (size_t)(dot - view->key) : 0;
		struct qmux_node node;
		int ret = qmux_get(answer, m, view->path, &node);

		if ((ret && ret != -EISDIR) || (!ret && is_absent(view, &node)))
			continue;
		if (strlen(group) != n || strncmp(group, view->key, n)) {
			if (group[0])
				sink_end(s);
			qmux_format(group, sizeof group, "%.*s", (int)n, view->key);
			if (n)
				sink_begin(s, group);
		}
		sh.key = key;
		if (ret)
			qmux_walk_path(answer, m, view->path, &sh.v);
		else
			show_value(s, key, view, &node, answer, m);
	}
	if (group[0])
		sink_end(s);
}
