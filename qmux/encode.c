#include "scalar.h"

#include "form.h"
#include "format.h"
#include "frame.h"
#include "nearest.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

#define ITEMS_MAX 4096		/* of one array; a frame holds no more that make sense */

struct encoder {
	struct qmux_buf *b;
	struct qmux_assign *assign;
	size_t n;
	char path[QMUX_PATH_TEXT_MAX];	/* of the value that is being encoded */
	size_t path_len;
	enum qmux_kind_of_type coded;	/* the form of coded fields */
	bool missing;			/* the complaint is that something is missing */
	struct qmux_complaint *complaint;
};

static int encode_value(struct encoder *e, const uint8_t *type);

int qmux_assign_parse(struct qmux_assign *a, const char *text, struct qmux_complaint *c)
{
	const char *equals = strchr(text, '=');

	if (!equals || equals == text)
		return qmux_complain(c, "'%s' is not PATH=VALUE", text);
	*a = (struct qmux_assign){
		.path = text, .path_len = (size_t)(equals - text), .value = equals + 1,
	};
	return 0;
}

int qmux_assign_number(const struct qmux_assign *a)
{
	uint64_t n;

	return qmux_parse_uint(a->path, a->path_len, &n) && n <= UINT8_MAX ? (int)n : -1;
}

/* ---- paths ---- */

static size_t push(struct encoder *e, const char *format, ...)
{
	size_t before = e->path_len;
	va_list ap;
	int n;

	va_start(ap, format);
	n = qmux_vformat(e->path + before, sizeof e->path - before, format, ap);
	va_end(ap);
	if (n > 0)
		e->path_len += (size_t)n;
	if (e->path_len >= sizeof e->path)
		e->path_len = sizeof e->path - 1;
	return before;
}

static void pop(struct encoder *e, size_t before)
{
	e->path_len = before;
	e->path[before] = '\0';
}

/* Does an assignment speak of this path (whole) or of something in it? */
static bool concerns(const struct encoder *e, const struct qmux_assign *a, bool whole)
{
	if (a->path_len < e->path_len || memcmp(a->path, e->path, e->path_len))
		return false;
	if (a->path_len == e->path_len)
		return true;
	return !whole && strchr(".[", a->path[e->path_len]);
}

static bool mentioned(const struct encoder *e)
{
	for (size_t i = 0; i < e->n; i++)
		if (concerns(e, &e->assign[i], false))
			return true;
	return false;
}

static const struct qmux_assign *assigned(struct encoder *e)
{
	for (size_t i = 0; i < e->n; i++)
		if (concerns(e, &e->assign[i], true)) {
			e->assign[i].used = true;
			return &e->assign[i];
		}
	return NULL;
}

static const char *value_of(struct encoder *e)
{
	const struct qmux_assign *a = assigned(e);

	return a ? a->value : NULL;
}

static int missing(struct encoder *e)
{
	e->missing = true;
	return qmux_complain(e->complaint, "%s is missing", e->path);
}

static struct qmux_scalar scalar(struct encoder *e, const char *text, size_t n)
{
	return (struct qmux_scalar){ e->path, text, n, e->complaint };
}

static int encode_scalar(struct encoder *e, const struct qmux_type *t, const char *text, size_t n)
{
	struct qmux_scalar s = scalar(e, text, n);
	uint64_t bits = 0;
	int ret = qmux_scalar_bits(&s, t, &bits);

	if (t->kind == QMUX_T_CODING)
		e->coded = qmux_form_coded(t->names, (int64_t)bits);
	if (!ret)
		qmux_add_uint(e->b, t->size, t->big_endian, bits);
	return ret;
}

/* ---- text and bytes ---- */

static int encode_text(struct encoder *e, const struct qmux_type *t, const char *text)
{
	size_t n = strlen(text), most = t->most ? t->most : UINT16_MAX;

	if (t->prefix == 1 && most > UINT8_MAX)
		most = UINT8_MAX;
	if (t->fixed)
		most = t->fixed;
	if (n > most)
		return qmux_complain(e->complaint, "%s: '%s' is longer than %zu bytes", e->path,
			text, most);
	qmux_add_uint(e->b, t->prefix, false, n);
	qmux_add(e->b, text, n);
	for (; n < t->fixed; n++)
		qmux_add_uint(e->b, 1, false, 0);
	return 0;
}

static int add_hex(struct encoder *e, const char *text, size_t *n)
{
	for (*n = 0; *text; ++*n) {
		unsigned high = qmux_hex_digit(text[0]);
		unsigned low = high < 16 ? qmux_hex_digit(text[1]) : 16;

		if (low > 15)
			return qmux_complain(e->complaint,
				"%s: bytes are written in hex, like 01ff or 01:ff", e->path);
		qmux_add_uint(e->b, 1, false, high << 4 | low);
		text += 2;
		if ((*text == ':' || *text == ' ') && text[1])
			text++;
	}
	return 0;
}

static int add_bytes(struct encoder *e, const struct qmux_assign *a, size_t *n)
{
	if (!a->content)
		return add_hex(e, a->value, n);
	qmux_add(e->b, a->content, a->content_len);
	*n = a->content_len;
	return 0;
}

/* Bytes that have a form; "0x" marks them as hex.  *n: how many, or how many pairs. */
static int add_form(struct encoder *e, const struct qmux_type *t, const struct qmux_assign *a,
	size_t *n)
{
	enum qmux_kind_of_type form = t->kind == QMUX_T_CODED ? e->coded : t->kind;
	size_t before = e->b->len, got;
	struct qmux_scalar text = scalar(e, a->value, strlen(a->value));
	int ret = 0;

	if (!strncmp(a->value, "0x", 2))
		ret = add_hex(e, a->value + 2, n);
	else if (!form)
		ret = add_bytes(e, a, n);
	else if (!qmux_form_bytes(form, a->value, e->b))
		ret = qmux_wrong_form(&text, form);
	got = e->b->len - before;
	if (!ret && t->kind == QMUX_T_UCS2 && got % 2)
		ret = qmux_wrong_form(&text, form);
	*n = e->b->full ? t->fixed : got >> (t->kind == QMUX_T_UCS2);
	return ret;
}

/* ---- arrays and structures ---- */

/* One more than the highest index that is assigned. */
static int indexed_items(struct encoder *e, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < e->n; i++) {
		const struct qmux_assign *a = &e->assign[i];
		const char *at = a->path + e->path_len + 1, *end;
		uint64_t index;

		if (!concerns(e, a, false) || a->path[e->path_len] != '[')
			continue;
		end = memchr(at, ']', (size_t)(a->path + a->path_len - at));
		if (!end || !qmux_parse_uint(at, (size_t)(end - at), &index) || index >= ITEMS_MAX)
			return qmux_complain(e->complaint,
				"%.*s: an item is written %s[0], %s[1] …", (int)a->path_len,
				a->path, e->path, e->path);
		if (index >= *n)
			*n = index + 1;
	}
	return 0;
}

static int encode_indexed(struct encoder *e, const struct qmux_type *t, size_t n)
{
	int ret = 0;

	for (size_t i = 0; i < n && !ret; i++) {
		size_t before = push(e, "[%zu]", i);

		ret = encode_value(e, t->inner);
		pop(e, before);
	}
	return ret;
}

static int encode_listed(struct encoder *e, const struct qmux_type *item, const char *text,
	size_t *n)
{
	/* In a list of flag sets a comma parts the sets; '|' joins flags. */
	int ret = 0;

	*n = 0;
	while (*text && !ret) {
		size_t len = strcspn(text, ",");

		if (item->kind == QMUX_T_TEXT) {
			char word[UINT8_MAX + 1];

			if (len >= sizeof word)
				return qmux_complain(e->complaint, "%s: an item is too long",
					e->path);
			memcpy(word, text, len);
			word[len] = '\0';
			ret = encode_text(e, item, word);
		} else {
			ret = encode_scalar(e, item, text, len);
		}
		text += len + (text[len] == ',');
		++*n;
	}
	return ret;
}

static int encode_items(struct encoder *e, const struct qmux_type *t, size_t *n)
{
	struct qmux_type item;
	const struct qmux_assign *a = assigned(e);
	const char *text = a ? a->value : NULL;
	int ret;

	if (t->kind >= QMUX_T_IP6)
		return a ? add_form(e, t, a, n) : missing(e);
	item = qmux_type_at(t->inner);
	if (!text) {
		ret = indexed_items(e, n);
		if (!ret && !*n)
			return missing(e);
		return ret ? ret : encode_indexed(e, t, *n);
	}
	if (item.kind == QMUX_T_U8 && item.names == QMUX_NO_ENUM)
		return add_bytes(e, a, n);
	if (*text && (item.kind == QMUX_T_STRUCT || item.kind == QMUX_T_ARRAY ||
			item.kind >= QMUX_T_IP6))
		return qmux_complain(e->complaint, "%s: write its items one by one, %s[0]…",
			e->path, e->path);
	return encode_listed(e, &item, text, n);
}

static int encode_array(struct encoder *e, const struct qmux_type *t)
{
	size_t n = 0, at;
	int ret;

	if (t->sequence)
		qmux_add_uint(e->b, 1, false, 0);
	at = e->b->len;
	qmux_add_uint(e->b, t->prefix, false, 0);
	ret = encode_items(e, t, &n);
	if (ret)
		return ret;
	if (t->fixed && n != t->fixed)
		return qmux_complain(e->complaint, "%s: it takes %u items, not %zu", e->path,
			(unsigned)t->fixed, n);
	if (t->prefix && n > UINT64_MAX >> (64 - 8 * t->prefix))
		return qmux_complain(e->complaint, "%s: too many items", e->path);
	if (!e->b->full)
		qmux_put_uint(e->b->p + at, t->prefix, false, n);
	return 0;
}

static int encode_struct(struct encoder *e, const struct qmux_type *t)
{
	const uint8_t *p = t->inner;
	char name[QMUX_NAME_MAX];
	int ret = 0;

	for (unsigned i = 0; i < t->fields && !ret; i++) {
		size_t before = push(e, ".%s", qmux_name(qmux_get16(p), QMUX_FIELD_NAME, name));

		ret = encode_value(e, p + 2);
		p = qmux_type_at(p + 2).end;
		pop(e, before);
	}
	return ret;
}

static int encode_value(struct encoder *e, const uint8_t *type)
{
	struct qmux_type t = qmux_type_at(type);
	const char *text;

	if (t.kind == QMUX_T_STRUCT)
		return encode_struct(e, &t);
	if (t.kind == QMUX_T_ARRAY || t.kind >= QMUX_T_IP6)
		return encode_array(e, &t);
	text = value_of(e);
	if (!text)
		return missing(e);
	if (t.kind == QMUX_T_TEXT)
		return encode_text(e, &t, text);
	return encode_scalar(e, &t, text, strlen(text));
}

/* ---- a message ---- */

/* Offers the names that can stand at the first part of a path that does not fit. */
static void offer_fields(struct qmux_nearest *near, const uint8_t *type)
{
	struct qmux_type t = qmux_type_at(type);
	char name[QMUX_NAME_MAX];
	const uint8_t *p;

	while (t.kind == QMUX_T_ARRAY)
		t = qmux_type_at(t.inner);
	if (t.kind != QMUX_T_STRUCT)
		return;
	p = t.inner;
	for (unsigned i = 0; i < t.fields; i++) {
		qmux_nearest_offer(near, qmux_name(qmux_get16(p), QMUX_FIELD_NAME, name));
		p = qmux_type_at(p + 2).end;
	}
}

static int unused(const struct qmux_assign *a, const struct qmux_message *m, bool request,
	struct qmux_complaint *c)
{
	struct qmux_nearest near;
	struct qmux_tlv_def def;
	char name[QMUX_NAME_MAX];
	size_t first = 0, last = a->path_len;
	unsigned i;

	while (first < a->path_len && !strchr(".[", a->path[first]))
		first++;
	while (last && a->path[last - 1] != '.')
		last--;
	for (i = 0; qmux_tlv_at(m, request, i, &def); i++)
		if (qmux_name_is(def.name, QMUX_FIELD_NAME, a->path, first)) {
			qmux_nearest_begin(&near, a->path + last, a->path_len - last);
			offer_fields(&near, qmux_type_of(&def));
			break;
		}
	if (!qmux_tlv_at(m, request, i, &def)) {
		qmux_nearest_begin(&near, a->path, first);
		for (i = 0; qmux_tlv_at(m, request, i, &def); i++)
			qmux_nearest_offer(&near, qmux_name(def.name, QMUX_FIELD_NAME, name));
		if (!i)
			return qmux_complain(c, "%.*s: %s takes no fields", (int)a->path_len,
				a->path, qmux_name(m->name, QMUX_FIELD_NAME, name));
	}
	if (near.best[0])
		return qmux_complain(c, "no field '%.*s'; did you mean '%s'?", (int)a->path_len,
			a->path, near.best);
	return qmux_complain(c, "no field '%.*s' in %s", (int)a->path_len, a->path,
		qmux_name(m->name, QMUX_FIELD_NAME, name));
}

/* A whole TLV as bytes. */
static int encode_number(struct encoder *e, struct qmux_assign *a)
{
	size_t mark = qmux_tlv_open(e->b, (uint8_t)qmux_assign_number(a)), n;
	int ret;

	a->used = true;
	pop(e, 0);
	push(e, "%.*s", (int)a->path_len, a->path);
	ret = add_bytes(e, a, &n);
	qmux_tlv_close(e->b, mark);
	return ret;
}

static struct qmux_assign *assigned_by_number(struct encoder *e, int id)
{
	for (size_t i = 0; i < e->n; i++)
		if (qmux_assign_number(&e->assign[i]) == id)
			return &e->assign[i];
	return NULL;
}

static int encode_tlv(struct encoder *e, const struct qmux_tlv_def *def)
{
	struct qmux_assign *number = assigned_by_number(e, def->id);
	char name[QMUX_NAME_MAX];
	size_t mark;
	int ret = 0;

	pop(e, 0);
	push(e, "%s", qmux_name(def->name, QMUX_FIELD_NAME, name));
	if (number && mentioned(e)) {
		ret = qmux_complain(e->complaint, "'%s' and '%.*s' are one field, given twice",
			e->path, (int)number->path_len, number->path);
	} else if (number) {
		ret = encode_number(e, number);
	} else if (mentioned(e)) {
		mark = qmux_tlv_open(e->b, def->id);
		ret = encode_value(e, qmux_type_of(def));
		qmux_tlv_close(e->b, mark);
	} else if (def->mandatory) {
		ret = missing(e);
	}
	return ret;
}

/* The type of the field that a path goes on to: *path moves past its name.  NULL: none. */
static const uint8_t *field_type(const struct qmux_type *t, const char **path, const char *end)
{
	const uint8_t *p = t->inner;
	size_t n = 0;

	while (*path + n < end && !strchr(".[", (*path)[n]))
		n++;
	for (unsigned i = 0; i < t->fields; i++) {
		if (qmux_name_is(qmux_get16(p), QMUX_FIELD_NAME, *path, n)) {
			*path += n;
			return p + 2;
		}
		p = qmux_type_at(p + 2).end;
	}
	return NULL;
}

const uint8_t *qmux_type_at_path(const struct qmux_message *m, bool request, const char *path,
	size_t path_len)
{
	const char *end = path + path_len;
	const uint8_t *type = NULL;
	struct qmux_tlv_def def;
	size_t n = 0;

	while (n < path_len && !strchr(".[", path[n]))
		n++;
	for (unsigned i = 0; !type && qmux_tlv_at(m, request, i, &def); i++)
		if (qmux_name_is(def.name, QMUX_FIELD_NAME, path, n))
			type = qmux_type_of(&def);
	for (path += n; type && path < end;) {
		struct qmux_type t = qmux_type_at(type);

		if (*path == '[' && t.kind == QMUX_T_ARRAY) {
			path = memchr(path, ']', (size_t)(end - path));
			path = path ? path + 1 : end;
			type = t.inner;
		} else if (*path++ == '.' && t.kind == QMUX_T_STRUCT) {
			type = field_type(&t, &path, end);
		} else {
			type = NULL;
		}
	}
	return type;
}

static int given_twice(const struct qmux_assign *assign, size_t n, struct qmux_complaint *c)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			if (assign[i].path_len == assign[j].path_len &&
			    !memcmp(assign[i].path, assign[j].path, assign[i].path_len))
				return qmux_complain(c, "'%.*s' is given twice",
					(int)assign[i].path_len, assign[i].path);
	return 0;
}

int qmux_encode(struct qmux_buf *b, const struct qmux_message *m, bool request,
	struct qmux_assign *assign, size_t n, struct qmux_complaint *c)
{
	struct encoder e = { .b = b, .assign = assign, .n = n, .complaint = c };
	struct qmux_tlv_def def;
	int ret = given_twice(assign, n, c);

	for (size_t i = 0; i < n; i++)
		assign[i].used = false;
	for (unsigned i = 0; !ret && qmux_tlv_at(m, request, i, &def); i++)
		ret = encode_tlv(&e, &def);
	for (size_t i = 0; !ret && i < n; i++)
		if (!assign[i].used && qmux_assign_number(&assign[i]) >= 0)
			ret = encode_number(&e, &assign[i]);
	if (ret && !e.missing)
		return ret;
	/* A misspelt name is the likelier reason why another is missing; right ones may be
	   unused too, where encoding stopped early. */
	for (size_t i = 0; i < n; i++)
		if (!assign[i].used && (!ret || (!qmux_type_at_path(m, request, assign[i].path,
				assign[i].path_len) && qmux_assign_number(&assign[i]) < 0)))
			return unused(&assign[i], m, request, c);
	if (!ret && b->full) {
		qmux_complain(c, "the message is longer than %d bytes", QMUX_FRAME_MAX);
		ret = -EMSGSIZE;
	}
	return ret;
}
