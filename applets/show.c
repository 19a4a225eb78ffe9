#include "applets/show.h"

#include "qmux/form.h"
#include "qmux/format.h"

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

void show_path(struct sink *s, const char *key, const struct qmux_frame *f,
	const struct qmux_message *m, const char *path)
{
	struct shower sh = { .v = { .node = visit }, .s = s, .key = key };

	qmux_walk_path(f, m, path, &sh.v);
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
