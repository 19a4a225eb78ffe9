#include "walk.h"

#include "form.h"

#include <errno.h>
#include <limits.h>

/* One walk; without a visitor it only finds out whether the bytes fit. */
struct walk {
	struct qmux_cursor data;
	struct qmux_visitor *v;
	bool personal;		/* an enclosing type is */
	enum qmux_kind_of_type coded;	/* the form of coded fields */
	const uint8_t *type_end;	/* behind the type that was walked last */
};

static int walk_value(struct walk *w, uint16_t name, const uint8_t *type);

static int tell(struct walk *w, struct qmux_node *node)
{
	if (w->data.bad)
		return -EBADMSG;
	node->personal |= w->personal;
	return w->v ? w->v->node(w->v, node) : 0;
}

static double float_of(uint64_t bits, uint8_t size)
{
	uint32_t bits32 = (uint32_t)bits;
	double d;
	float f;

	if (size == 8) {
		memcpy(&d, &bits, sizeof d);
		return d;
	}
	memcpy(&f, &bits32, sizeof f);
	return f;
}

static int walk_scalar(struct walk *w, const struct qmux_type *t, struct qmux_node *node)
{
	uint64_t v = qmux_take_uint(&w->data, t->size, t->big_endian);
	uint64_t top = 1ULL << (8 * t->size - 1);

	node->size = t->size;
	node->u = v;
	if (t->kind == QMUX_T_F32 || t->kind == QMUX_T_F64) {
		node->kind = QMUX_FLOAT;
		node->f = float_of(v, t->size);
	} else if (t->kind == QMUX_T_BOOL || t->names == QMUX_ENUM_BOOL) {
		node->kind = QMUX_BOOL;
	} else if (qmux_type_is_signed(t) && !qmux_enum_is_flags(t->names)) {
		node->kind = QMUX_INT;
		node->names = t->names;
		node->i = (int64_t)((v ^ top) - top);
	} else {
		node->kind = QMUX_UINT;
		node->names = t->names;
		if (t->kind == QMUX_T_CODING)
			w->coded = qmux_form_coded(t->names, (int64_t)v);
		else if (t->kind > QMUX_T_CODING)
			node->form = t->kind;
	}
	return tell(w, node);
}

/* The length or count that stands before a text or array, or is fixed. */
static size_t take_length(struct walk *w, const struct qmux_type *t)
{
	if (t->sequence)
		qmux_take(&w->data, 1);
	if (t->prefix)
		return (size_t)qmux_take_uint(&w->data, t->prefix, false);
	return t->to_end ? qmux_left(&w->data) : t->fixed;
}

static int walk_text(struct walk *w, const struct qmux_type *t, struct qmux_node *node)
{
	size_t n = take_length(w, t);
	const uint8_t *nul;

	node->kind = QMUX_TEXT;
	node->data = qmux_take(&w->data, n);
	if (!node->data)
		return -EBADMSG;
	/* A modem has been seen to put 10 bytes of garbage after the 15 digits of an IMEI. */
	node->len = t->most && n > t->most ? t->most : n;
	nul = memchr(node->data, '\0', node->len);
	if (nul)
		node->len = (size_t)(nul - node->data);
	return tell(w, node);
}

static int walk_form(struct walk *w, const struct qmux_type *t, struct qmux_node *node)
{
	node->kind = QMUX_BYTES;
	node->form = t->kind == QMUX_T_CODED ? w->coded : t->kind;
	node->len = take_length(w, t) * (t->kind == QMUX_T_UCS2 ? 2 : 1);
	node->data = qmux_take(&w->data, node->len);
	return tell(w, node);
}

static int walk_array(struct walk *w, const struct qmux_type *t, struct qmux_node *node)
{
	struct qmux_node end = { .kind = QMUX_END, .name = node->name };
	size_t n = take_length(w, t);
	struct qmux_type item = qmux_type_at(t->inner);
	int ret;

	if (item.kind == QMUX_T_U8 && item.names == QMUX_NO_ENUM) {
		node->kind = QMUX_BYTES;
		node->personal = item.personal;
		node->data = qmux_take(&w->data, n);
		node->len = n;
		return tell(w, node);
	}
	node->kind = QMUX_LIST;
	ret = tell(w, node);
	/* Every item takes a byte at least, so a wrong count ends soon. */
	for (; n && !ret; n--)
		ret = walk_value(w, QMUX_NO_NAME, t->inner);
	return ret ? ret : tell(w, &end);
}

static int walk_struct(struct walk *w, const struct qmux_type *t, struct qmux_node *node)
{
	struct qmux_node end = { .kind = QMUX_END, .name = node->name };
	const uint8_t *p = t->inner;
	int ret;

	node->kind = QMUX_OBJECT;
	ret = tell(w, node);
	for (unsigned i = 0; i < t->fields && !ret; i++) {
		ret = walk_value(w, qmux_get16(p), p + 2);
		p = w->type_end;
	}
	return ret ? ret : tell(w, &end);
}

static int walk_value(struct walk *w, uint16_t name, const uint8_t *type)
{
	struct qmux_type t = qmux_type_at(type);
	struct qmux_node node = { .name = name, .names = QMUX_NO_ENUM };
	bool personal = w->personal;
	int ret;

	w->personal |= t.personal;
	if (t.kind == QMUX_T_TEXT)
		ret = walk_text(w, &t, &node);
	else if (t.kind == QMUX_T_ARRAY)
		ret = walk_array(w, &t, &node);
	else if (t.kind == QMUX_T_STRUCT)
		ret = walk_struct(w, &t, &node);
	else if (t.kind >= QMUX_T_IP6)
		ret = walk_form(w, &t, &node);
	else
		ret = walk_scalar(w, &t, &node);
	w->personal = personal;
	w->type_end = t.end;
	return ret;
}

static bool fits(const struct qmux_tlv_def *def, const struct qmux_tlv *tlv)
{
	struct walk w = { .data = qmux_cursor(tlv->value, tlv->len) };

	return !tlv->truncated && !walk_value(&w, def->name, qmux_type_of(def));
}

static bool is_result(const struct qmux_frame *f, const struct qmux_tlv *tlv)
{
	return f->kind == QMUX_RESPONSE && tlv->type == QMUX_TLV_RESULT && tlv->len >= 4 &&
		!tlv->truncated;
}

/* Walks over the TLVs of a frame and tells the known ones from the others. */
struct sorter {
	const struct qmux_frame *f;
	const struct qmux_message *m;
	struct qmux_cursor c;
	uint16_t seen[UINT8_MAX + 1];	/* how many of that type; a frame holds 21841 TLVs */
	struct qmux_tlv tlv;
	struct qmux_tlv_def def;
	bool known;
};

static struct sorter sorter(const struct qmux_frame *f, const struct qmux_message *m)
{
	return (struct sorter){ .f = f, .m = m, .c = qmux_cursor(f->tlvs, f->tlvs_len) };
}

static bool sort_next(struct sorter *s)
{
	do {
		if (!qmux_tlv_next(&s->c, &s->tlv))
			return false;
		s->seen[s->tlv.type]++;
	} while (s->seen[s->tlv.type] == 1 && is_result(s->f, &s->tlv));
	s->known = s->seen[s->tlv.type] == 1 && s->m &&
		qmux_tlv_by_id(s->m, s->f->kind == QMUX_REQUEST, s->tlv.type, &s->def) &&
		fits(&s->def, &s->tlv);
	return true;
}

int qmux_walk_fields(const struct qmux_frame *f, const struct qmux_message *m,
	struct qmux_visitor *v)
{
	struct sorter s = sorter(f, m);
	int ret = 0;

	while (!ret && sort_next(&s)) {
		struct walk w = { .data = qmux_cursor(s.tlv.value, s.tlv.len), .v = v };

		if (s.known)
			ret = walk_value(&w, s.def.name, qmux_type_of(&s.def));
		else
			v->rest = true;
	}
	v->rest |= qmux_left(&s.c) > 0;
	return ret;
}

int qmux_walk_unknown(const struct qmux_frame *f, const struct qmux_message *m,
	struct qmux_visitor *v)
{
	struct sorter s = sorter(f, m);
	int ret = 0;

	while (!ret && sort_next(&s))
		if (!s.known)
			ret = v->unknown(v, &s.tlv, s.seen[s.tlv.type]);
	return ret;
}

bool qmux_has_unknown(const struct qmux_frame *f, const struct qmux_message *m)
{
	struct sorter s = sorter(f, m);

	while (sort_next(&s))
		if (!s.known)
			return true;
	return false;
}

/* ---- one value by its path ---- */

static size_t part_length(const char *path)
{
	return strcspn(path, ".[");
}

/* Step over n values of one type without telling anybody. */
static int skip_values(struct walk *w, size_t n, const uint8_t *type)
{
	struct qmux_visitor *v = w->v;
	int ret = 0;

	w->v = NULL;
	for (; n && !ret; n--)
		ret = walk_value(w, QMUX_NO_NAME, type);
	w->v = v;
	return ret;
}

static int step_into_field(struct walk *w, const struct qmux_type *t, const char **path,
	uint16_t *name, const uint8_t **type)
{
	size_t n = part_length(++*path);
	const uint8_t *p = t->inner;

	for (unsigned i = 0; i < t->fields; i++) {
		*name = qmux_get16(p);
		*type = p + 2;
		if (qmux_name_is(*name, QMUX_FIELD_NAME, *path, n)) {
			*path += n;
			return 0;
		}
		if (skip_values(w, 1, *type))
			return -ENOENT;
		p = qmux_type_at(*type).end;
	}
	return -EINVAL;
}

static int step_into_item(struct walk *w, const struct qmux_type *t, const char **path,
	const uint8_t **type)
{
	size_t index = 0, digits, n = take_length(w, t);
	const char *p = *path + 1;

	digits = strspn(p, "0123456789");
	if (!digits || digits > 9 || p[digits] != ']')
		return -EINVAL;
	for (size_t i = 0; i < digits; i++)
		index = index * 10 + (size_t)(p[i] - '0');
	*path = p + digits + 1;
	*type = t->inner;
	if (index >= n || skip_values(w, index, t->inner))
		return -ENOENT;
	return 0;
}

static int descend(struct walk *w, const char *path, uint16_t name, const uint8_t *type)
{
	int ret = 0;

	for (unsigned depth = 0; *path && !ret; depth++) {
		struct qmux_type t = qmux_type_at(type);

		w->personal |= t.personal;
		if (depth > 2 * QMUX_DEPTH_MAX)
			ret = -EINVAL;
		else if (*path == '.' && t.kind == QMUX_T_STRUCT)
			ret = step_into_field(w, &t, &path, &name, &type);
		else if (*path == '[' && t.kind == QMUX_T_ARRAY)
			ret = step_into_item(w, &t, &path, &type);
		else
			ret = -EINVAL;
	}
	return ret ? ret : walk_value(w, name, type);
}

int qmux_walk_path(const struct qmux_frame *f, const struct qmux_message *m, const char *path,
	struct qmux_visitor *v)
{
	size_t n = part_length(path);
	struct qmux_tlv_def def;
	struct qmux_tlv tlv;
	unsigned i;

	for (i = 0; qmux_tlv_at(m, f->kind == QMUX_REQUEST, i, &def); i++)
		if (qmux_name_is(def.name, QMUX_FIELD_NAME, path, n))
			break;
	if (!qmux_tlv_at(m, f->kind == QMUX_REQUEST, i, &def))
		return -EINVAL;
	if (!qmux_tlv_find(f, def.id, &tlv) || !fits(&def, &tlv))
		return -ENOENT;
	struct walk w = { .data = qmux_cursor(tlv.value, tlv.len), .v = v };

	return descend(&w, path + n, def.name, qmux_type_of(&def));
}

struct getter {
	struct qmux_visitor v;
	struct qmux_node *node;
};

static int get_node(struct qmux_visitor *v, const struct qmux_node *node)
{
	struct getter *g = (struct getter *)v;	/* v is its first member */

	*g->node = *node;
	return node->kind == QMUX_OBJECT || node->kind == QMUX_LIST ? -EISDIR : 0;
}

int qmux_get(const struct qmux_frame *f, const struct qmux_message *m, const char *path,
	struct qmux_node *node)
{
	struct getter g = { .v = { .node = get_node }, .node = node };

	return qmux_walk_path(f, m, path, &g.v);
}
