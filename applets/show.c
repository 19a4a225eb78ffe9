#include "applets/show.h"

#include "qmux/encode.h"
#include "qmux/form.h"
#include "qmux/format.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#define MASKED "***"
#define NAMES_KEPT 32	/* in a stream the same ones come again and again */

/* The text of a name; a key holds until the next key, a value until the next value. */
static const char *name_text(uint16_t name, char join)
{
	static struct {
		uint16_t name;
		char text[QMUX_NAME_MAX];
	} kept[2][NAMES_KEPT], *k;

	k = &kept[join == QMUX_VALUE_NAME][(name ^ name >> 5) % NAMES_KEPT];
	if (k->name != name || !*k->text) {
		k->name = name;
		qmux_name(name, join, k->text);
	}
	return k->text;
}

/* ---- nodes ---- */

static void show_flags(struct sink *s, const char *key, const struct qmux_node *node)
{
	uint64_t unknown = 0;
	char text[24];
	uint16_t name;

	sink_list(s, key);
	for (unsigned bit = 0; bit < 64; bit++) {
		if (!(node->u >> bit & 1))
			continue;
		if (qmux_enum_name(node->names, bit, &name))
			sink_text(s, NULL, name_text(name, QMUX_VALUE_NAME));
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
	uint16_t name;

	if (qmux_enum_is_flags(node->names))
		show_flags(s, key, node);
	else if (node->names < QMUX_NO_ENUM && qmux_enum_name(node->names, value, &name))
		sink_text(s, key, name_text(name, QMUX_VALUE_NAME));
	else if (node->kind == QMUX_INT)
		sink_int(s, key, node->i, NULL);
	else
		sink_uint(s, key, node->u, NULL);
}

void show_node(struct sink *s, const char *key, const struct qmux_node *node, bool mask)
{
	char text[QMUX_FORM_TEXT];

	if (node->kind == QMUX_OBJECT)
		sink_begin(s, key);
	else if (node->kind == QMUX_LIST)
		sink_list(s, key);
	else if (node->kind == QMUX_END)
		sink_end(s);
	else if (mask && node->personal)
		sink_text(s, key, MASKED);
	else if (node->form && qmux_node_text(node, text))
		sink_text(s, key, text);
	else if (node->kind == QMUX_TEXT)
		sink_textn(s, key, node->data, node->len);
	else if (node->kind == QMUX_BYTES)
		sink_hex(s, key, node->data, node->len);
	else if (node->kind == QMUX_BOOL)
		sink_bool(s, key, node->u);
	else if (node->kind == QMUX_FLOAT)
		sink_float(s, key, node->f, node->size, NULL);
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
	const char *key = NULL;

	if (!sh->depth && sh->key)
		key = sh->key;
	else if (node->name != QMUX_NO_NAME)
		key = name_text(node->name, QMUX_FIELD_NAME);
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

/* What the schema knows of a frame's ids. */
struct known {
	uint16_t service, message, vendor;
	bool indication;
	uint16_t service_name;	/* or QMUX_NO_NAME */
	struct qmux_message m;	/* its name QMUX_NO_NAME: none */
};

/* A stream repeats itself: the last ones are kept. */
static const struct known *look_up(const struct qmux_frame *f, uint16_t vendor)
{
	static struct known k = {
		.service = UINT16_MAX, .service_name = QMUX_NO_NAME, .m = { .name = QMUX_NO_NAME },
	};
	bool indication = f->kind == QMUX_INDICATION;

	if (k.service == f->service && k.message == f->message && k.vendor == vendor &&
	    k.indication == indication)
		return &k;
	k = (struct known){ f->service, f->message, vendor, indication, QMUX_NO_NAME,
		{ .name = QMUX_NO_NAME } };
	if (!qmux_enum_name(QMUX_ENUM_SERVICE, f->service, &k.service_name))
		k.service_name = QMUX_NO_NAME;
	qmux_message_by_id(f->service, f->message, indication, vendor, &k.m);
	return &k;
}

static void show_name(struct sink *s, const char *key, uint16_t name, char join, unsigned id)
{
	if (name != QMUX_NO_NAME)
		sink_text(s, key, name_text(name, join));
	else
		sink_uint(s, key, id, NULL);
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
	const struct known *known = look_up(f, o->vendor);

	if (!m && known->m.name != QMUX_NO_NAME)
		m = &known->m;
	sink_begin(s, NULL);
	if (o->head)
		o->head(s, o->ctx);
	show_name(s, "service", known->service_name, QMUX_VALUE_NAME, f->service);
	show_name(s, "message", m ? m->name : QMUX_NO_NAME, QMUX_FIELD_NAME, f->message);
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
	if (sh.v.rest || f->rest_len) {
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
	struct show_options o = { .mask = cmd->g.verbose < 2, .vendor = cmd->vendor };
	struct sink *s = sink_new(cmd->g.face == SINK_JSON ? SINK_JSON : SINK_PEOPLE, NULL, 0,
		STDERR_FILENO);
	struct qmux_frame f;

	if (s && !qmux_frame_parse(&f, frame, n)) {
		show_frame(s, &f, NULL, &o);
		sink_flush(s);
	}
	sink_free(s);
}

/* ---- views ---- */

/* Modems pad: trailing tabs, CR LF, a leading space have all been seen. */
void show_trimmed(struct sink *s, const char *key, const uint8_t *p, size_t n)
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

/* Where modems say that an MNC has three digits, beside the network itself. */
static const char *const pcs_digits[] = {
	"mnc_pcs_digit_include_status", "static_mnc_pcs_digit_include_status",
	"home_network_3gpp_mnc",
};

const struct view_style view_plain = { .form = VIEW_PLAIN };

/* A view at work on an answer. */
struct viewer {
	struct sink *s;
	const struct qmux_frame *f;
	const struct qmux_message *m;
};

/* "base.path", or path alone. */
static const char *join(char buf[QMUX_PATH_TEXT_MAX], const char *base, const char *path)
{
	qmux_format(buf, QMUX_PATH_TEXT_MAX, "%s%s%s", base, *base ? "." : "", path);
	return buf;
}

static int get(const struct viewer *v, const char *base, const char *path, struct qmux_node *node)
{
	char buf[QMUX_PATH_TEXT_MAX];

	return qmux_get(v->f, v->m, join(buf, base, path), node);
}

static uint64_t get_number(const struct viewer *v, const char *base, const char *path)
{
	struct qmux_node node;

	return get(v, base, path, &node) ? 0 : node.u;
}

/* In a list of networks: has this one three digits? */
static bool listed_pcs_digit(const struct viewer *v, const char *network, const char *list)
{
	char item[QMUX_PATH_TEXT_MAX];
	struct qmux_node node;

	for (unsigned i = 0;; i++) {
		qmux_format(item, sizeof item, "%s[%u]", list, i);
		if (qmux_get(v->f, v->m, item, &node) != -EISDIR)
			return false;
		if (get_number(v, item, "mcc") == get_number(v, network, "mcc") &&
		    get_number(v, item, "mnc") == get_number(v, network, "mnc"))
			return get_number(v, item, "includes_pcs_digit");
	}
}

/*
 * Whether an MNC has three digits is not in the number itself: the modem says so
 * in a field of its own; without it, below 100 means two.
 */
static int mnc_digits(const struct viewer *v, const char *network, unsigned mnc)
{
	if (mnc > 99 || get_number(v, network, "includes_pcs_digit"))
		return 3;
	for (size_t i = 0; i < sizeof pcs_digits / sizeof *pcs_digits; i++)
		if (get_number(v, pcs_digits[i], "includes_pcs_digit") ||
		    listed_pcs_digit(v, network, pcs_digits[i]))
			return 3;
	return 2;
}

static void show_mnc(const struct viewer *v, const char *key, const struct view_row *row,
	const char *base, unsigned mnc)
{
	char network[QMUX_PATH_TEXT_MAX], *dot;

	join(network, base, row->path);
	dot = strrchr(network, '.');
	*(dot ? dot : network) = '\0';
	show_digits(v->s, key, mnc, mnc_digits(v, network, mnc));
}

/* Leading digits alone: a missing third one of an MNC is sent as 0xff or NUL. */
static void show_leading_digits(struct sink *s, const char *key, const struct qmux_node *node)
{
	size_t n = 0;

	while (n < node->len && isdigit(node->data[n]))
		n++;
	if (n)
		sink_textn(s, key, node->data, n);
}

static void show_plain(struct sink *s, const char *key, const struct view_row *row,
	const struct qmux_node *node)
{
	if (node->form)
		show_node(s, key, node, false);
	else if (node->kind == QMUX_TEXT)
		show_trimmed(s, key, node->data, node->len);
	else if (node->kind == QMUX_FLOAT)
		sink_float(s, key, node->f, node->size, row->style->unit);
	else if (node->kind == QMUX_INT && node->names == QMUX_NO_ENUM)
		sink_int(s, key, node->i, row->style->unit);
	else if (node->kind == QMUX_UINT && node->names == QMUX_NO_ENUM)
		sink_uint(s, key, node->u, row->style->unit);
	else
		show_node(s, key, node, false);
}

static void show_value(const struct viewer *v, const char *key, const struct view_row *row,
	const char *base, const struct qmux_node *node)
{
	int64_t value = node->kind == QMUX_INT ? node->i : (int64_t)node->u;
	struct sink *s = v->s;

	switch (row->style->form) {
	case VIEW_TENTHS:
		sink_tenths(s, key, value, row->style->unit);
		break;
	case VIEW_MINUS_HALVES:
		sink_tenths(s, key, value * -5, row->style->unit);
		break;
	case VIEW_NEGATIVE:
		sink_int(s, key, -value, row->style->unit);
		break;
	case VIEW_MCC:
		show_digits(s, key, (unsigned)value, 3);
		break;
	case VIEW_MNC:
		show_mnc(v, key, row, base, (unsigned)value);
		break;
	case VIEW_SERIAL:
		if (node->len > 1 || *node->data != '0')
			show_trimmed(s, key, node->data, node->len);
		break;
	case VIEW_DIGITS:
		show_leading_digits(s, key, node);
		break;
	case VIEW_PLAIN:
		show_plain(s, key, row, node);
		break;
	}
}

static bool is_absent(const struct viewer *v, const struct view_style *style, const char *base,
	const struct qmux_node *node)
{
	struct qmux_node valid;

	if (style->valid && !get(v, base, style->valid, &valid) &&
	    !(style->valid_bits ? valid.u & style->valid_bits : valid.u))
		return true;
	return style->absent && (node->kind == QMUX_INT ? node->i == (int32_t)style->absent :
		node->kind == QMUX_UINT && node->u == style->absent);
}

static void show_rows(const struct viewer *v, const struct view_row *row, const char *base);

/* A structure, or a list of them, by rows of its own. */
static void show_inner(const struct viewer *v, const struct view_row *row, const char *key,
	const char *path, const struct qmux_node *node)
{
	char item[QMUX_PATH_TEXT_MAX];
	struct qmux_node inner;

	if (!strcmp(key, "*")) {
		show_rows(v, row->style->rows, path);
		return;
	}
	if (node->kind == QMUX_OBJECT) {
		sink_begin(v->s, key);
		show_rows(v, row->style->rows, path);
		sink_end(v->s);
		return;
	}
	sink_list(v->s, key);
	for (unsigned i = 0;; i++) {
		qmux_format(item, sizeof item, "%s[%u]", path, i);
		if (qmux_get(v->f, v->m, item, &inner) != -EISDIR)
			break;
		sink_begin(v->s, NULL);
		show_rows(v, row->style->rows, item);
		sink_end(v->s);
	}
	sink_end(v->s);
}

static void show_row(const struct viewer *v, const struct view_row *row, const char *key,
	const char *base, const struct qmux_node *node)
{
	struct shower sh = { .v = { .node = visit }, .s = v->s, .key = key };
	char path[QMUX_PATH_TEXT_MAX];

	join(path, base, row->path);
	if (row->style->show)
		row->style->show(v->s, key, &(struct view_value){ row, node, v->f, v->m, path });
	else if (row->style->rows)
		show_inner(v, row, key, path, node);
	else if (node->kind == QMUX_OBJECT || node->kind == QMUX_LIST)
		qmux_walk_path(v->f, v->m, path, &sh.v);
	else
		show_value(v, key, row, base, node);
}

/* As deep as the tables are. */
static void show_rows(const struct viewer *v, const struct view_row *row, const char *base)
{
	const char *shown = "";
	char group[QMUX_NAME_MAX] = "";

	for (; row->key; row++) {
		const char *dot = strchr(row->key, '.'), *key = dot ? dot + 1 : row->key;
		size_t n = dot ? (size_t)(dot - row->key) : 0;
		struct qmux_node node;
		int ret = get(v, base, row->path, &node);

		if ((ret && ret != -EISDIR) || is_absent(v, row->style, base, &node) ||
		    !strcmp(shown, row->key))
			continue;
		shown = row->key;
		if (strlen(group) != n || strncmp(group, row->key, n)) {
			if (group[0])
				sink_end(v->s);
			qmux_format(group, sizeof group, "%.*s", (int)n, row->key);
			if (n)
				sink_begin(v->s, group);
		}
		show_row(v, row, key, base, &node);
	}
	if (group[0])
		sink_end(v->s);
}

void show_view_of(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m,
	const struct view_row *view, const char *path)
{
	struct viewer v = { s, answer, m };

	show_rows(&v, view, path);
}

void show_view(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m,
	const struct view_row *view)
{
	show_view_of(s, answer, m, view, "");
}

/* ---- bands ---- */

struct bands {
	struct qmux_visitor v;
	struct sink *s;
	unsigned next;		/* the band of the next bit 0 */
};

static int visit_mask(struct qmux_visitor *v, const struct qmux_node *node)
{
	struct bands *b = (struct bands *)v;	/* v is its first member */

	if (node->kind != QMUX_UINT)
		return 0;
	for (unsigned bit = 0; bit < 64; bit++)
		if (node->u >> bit & 1)
			sink_uint(b->s, NULL, b->next + bit, NULL);
	b->next += 64;
	return 0;
}

void show_bands(struct sink *s, const char *key, const struct view_value *v)
{
	struct bands b = { .v = { .node = visit_mask }, .s = s, .next = 1 };

	sink_list(s, key);
	qmux_walk_path(v->frame, v->message, v->path, &b.v);
	sink_end(s);
}
