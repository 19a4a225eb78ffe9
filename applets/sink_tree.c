/* A whole result, and the faces that are drawn from it. */
#include "applets/sink_face.h"

#include "qmux/format.h"

#include <stdlib.h>

#define TREE_ROOM_MIN 64
#define INDENT 2

void sink_tree_free(struct sink_tree *t)
{
	free(t->node);
	text_free(&t->strings);
	text_free(&t->path);
	*t = (struct sink_tree){ 0 };
}

void sink_tree_clear(struct sink_tree *t)
{
	t->n = 0;
	t->strings.n = 0;
	t->strings.failed = false;
	t->path.n = 0;
}

static bool room_for_node(struct sink_tree *t)
{
	size_t room = t->room ? 2 * t->room : TREE_ROOM_MIN;
	struct sink_node *node;

	if (t->n < t->room)
		return true;
	node = realloc(t->node, room * sizeof *node);
	if (!node) {
		t->strings.failed = true;
		return false;
	}
	t->node = node;
	t->room = room;
	return true;
}

size_t sink_tree_add(struct sink_tree *t, enum sink_kind kind, const char *key, const void *data,
	size_t n, const char *unit)
{
	size_t start = t->strings.n;

	text_string(&t->strings, key ? key : "");
	text_char(&t->strings, '\0');
	text_put(&t->strings, data, n);
	if (t->strings.failed || !room_for_node(t))
		return SIZE_MAX;
	t->node[t->n] = (struct sink_node){ .kind = kind, .unit = unit, .key = start,
		.data = t->strings.n - n, .n = n, .next = t->n + 1 };
	return t->n++;
}

static const char *key_of(const struct sink_tree *t, size_t i)
{
	return t->strings.p + t->node[i].key;
}

static bool is_scalar(const struct sink_tree *t, size_t i)
{
	return t->node[i].kind != SINK_OBJECT && t->node[i].kind != SINK_LIST;
}

/* A scalar, or a list of nothing else. */
static bool is_inline(const struct sink_tree *t, size_t i)
{
	if (t->node[i].kind == SINK_OBJECT)
		return false;
	for (size_t k = i + 1; k < t->node[i].next; k++)
		if (!is_scalar(t, k))
			return false;
	return true;
}

/* ---- the path of the drawing, as lte.cells[0] or lte_cells_0 ---- */

static size_t push_index(struct sink_tree *t, const char *before, size_t k, const char *after)
{
	char digits[TEXT_NUMBER_MAX], *end = digits + sizeof digits, *p = text_uint(end, k);
	size_t n = t->path.n;

	text_string(&t->path, before);
	text_put(&t->path, p, (size_t)(end - p));
	text_string(&t->path, after);
	return n;
}

static size_t push_key(struct sink_tree *t, size_t i)
{
	size_t n = t->path.n;

	if (n)
		text_char(&t->path, '_');
	text_string(&t->path, key_of(t, i));
	return n;
}

/* ---- people ---- */

static void people_scalar(const struct sink_tree *t, size_t i, struct text *out)
{
	const struct sink_node *node = &t->node[i];
	const char *data = t->strings.p + node->data;

	if (node->kind == SINK_BOOL)
		text_string(out, *data == 't' ? "yes" : "no");
	else
		text_shown(out, data, node->n);
	if (node->unit) {
		text_char(out, ' ');
		text_string(out, node->unit);
	}
}

static void people_inline(const struct sink_tree *t, size_t i, struct text *out)
{
	if (t->node[i].kind != SINK_LIST) {
		people_scalar(t, i, out);
		return;
	}
	if (t->node[i].next == i + 1)
		text_string(out, "none");
	for (size_t k = i + 1; k < t->node[i].next; k++) {
		if (k > i + 1)
			text_string(out, ", ");
		people_scalar(t, k, out);
	}
}

/* ---- a list of objects as a table ---- */

#define COLUMNS_MAX 24
#define TABLE_WIDTH 100		/* wider ones are told item by item */
#define LIST_WIDTH_MIN 40	/* of a last column of lists, which can go on in the next line */
#define GAP 2			/* between columns */

struct column {
	const char *key;
	size_t width;
};

struct table {
	size_t n;
	bool list;		/* the last column holds lists */
	struct column column[COLUMNS_MAX];
};

/* A list of objects of two scalars, which a cell shows as "8 lte, 12 nr5g". */
static bool is_pairs(const struct sink_tree *t, size_t i)
{
	if (t->node[i].kind != SINK_LIST)
		return false;
	for (size_t c = i + 1; c < t->node[i].next; c = t->node[c].next)
		if (t->node[c].kind != SINK_OBJECT || t->node[c].next != c + 3 ||
		    !is_scalar(t, c + 1) || !is_scalar(t, c + 2))
			return false;
	return true;
}

static void put_cell(const struct sink_tree *t, size_t i, struct text *out)
{
	if (i != SIZE_MAX && is_inline(t, i)) {
		people_inline(t, i, out);
		return;
	}
	for (size_t c = i + 1; i != SIZE_MAX && c < t->node[i].next; c += 3) {
		text_string(out, c > i + 1 ? ", " : "");
		people_scalar(t, c + 1, out);
		text_char(out, ' ');
		people_scalar(t, c + 2, out);
	}
}

/* The same, as "-" where there is nothing; returns how many characters (of UTF-8) are shown. */
static size_t put_shown(const struct sink_tree *t, size_t i, struct text *out)
{
	size_t at = out->n, width = 0;

	put_cell(t, i, out);
	if (out->n == at)
		text_char(out, '-');
	for (; at < out->n; at++)
		width += (out->p[at] & 0xc0) != 0x80;
	return width;
}

static void add_cell(struct sink_tree *t, size_t i, struct table *table, struct text *scratch)
{
	size_t k = 0, at = scratch->n, width = put_shown(t, i, scratch);

	scratch->n = at;
	while (k < table->n && strcmp(table->column[k].key, key_of(t, i)))
		k++;
	if (k == table->n) {
		if (table->list)	/* it stays the last */
			table->column[k--] = table->column[table->n - 1];
		table->list |= !is_scalar(t, i);
		table->column[k] = (struct column){ key_of(t, i), strlen(key_of(t, i)) };
		table->n++;
	}
	if (width > table->column[k].width)
		table->column[k].width = width;
}

/*
 * The columns of a list of flat objects: every key, in the order they come, one with lists last.
 * False: it is no such list, or the table would be too wide.
 */
static bool find_columns(struct sink_tree *t, size_t i, struct table *table, struct text *scratch)
{
	size_t width = 0;

	table->n = 0;
	table->list = false;
	for (size_t row = i + 1; row < t->node[i].next; row = t->node[row].next) {
		if (t->node[row].kind != SINK_OBJECT)
			return false;
		for (size_t c = row + 1; c < t->node[row].next; c = t->node[c].next) {
			if ((!is_inline(t, c) && !is_pairs(t, c)) || table->n == COLUMNS_MAX)
				return false;
			add_cell(t, c, table, scratch);
		}
	}
	for (size_t k = 0; k + table->list < table->n; k++)
		width += table->column[k].width + GAP;
	return table->n && width <= TABLE_WIDTH;
}

/* Items that are joined with commas, in as many lines as they need from this column on. */
static void wrap(struct text *out, size_t start, size_t column)
{
	bool narrow = column + LIST_WIDTH_MIN > TABLE_WIDTH;
	size_t used = 0, most = narrow ? LIST_WIDTH_MIN : TABLE_WIDTH - column;
	char *last = NULL;

	for (char *p = out->p + start; !out->failed && p < out->p + out->n; p++) {
		if (++used > most && last) {
			size_t at = (size_t)(p - out->p), from = (size_t)(last - out->p);

			text_fill(out, ' ', column);
			if (out->failed)
				return;
			memmove(out->p + from + 1 + column, out->p + from + 1,
				out->n - column - from - 1);
			out->p[from] = '\n';
			memset(out->p + from + 1, ' ', column);
			used = at - from;
			p = out->p + at + column;
			last = NULL;
		}
		if (*p == ' ' && p[-1] == ',')
			last = p;
	}
}

static size_t child_by_key(const struct sink_tree *t, size_t i, const char *key, size_t n);

/* row: SIZE_MAX for the line of keys. */
static void people_row(struct sink_tree *t, size_t row, const struct table *table, size_t indent,
	struct text *out)
{
	size_t column = indent;

	text_fill(out, ' ', indent);
	for (size_t k = 0; k < table->n; k++) {
		const char *key = table->column[k].key;
		size_t width = strlen(key), start = out->n, cell = SIZE_MAX;

		if (row == SIZE_MAX) {
			text_string(out, key);
		} else {
			cell = child_by_key(t, row, key, width);
			width = put_shown(t, cell, out);
		}
		if (k < table->n - 1)
			text_fill(out, ' ', table->column[k].width + GAP - width);
		else if (cell != SIZE_MAX && !is_scalar(t, cell))
			wrap(out, start, column);
		column += table->column[k].width + GAP;
	}
	text_char(out, '\n');
}

static void people_table(struct sink_tree *t, size_t i, const struct table *table, size_t indent,
	struct text *out)
{
	people_row(t, SIZE_MAX, table, indent, out);
	for (size_t row = i + 1; row < t->node[i].next; row = t->node[row].next)
		people_row(t, row, table, indent, out);
}

/* ---- an object, line by line ---- */

static void people_object(struct sink_tree *t, size_t i, size_t indent, struct text *out);

/* Where one entry goes. */
struct people_place {
	size_t indent;
	size_t column;		/* where values start, counted from the label */
	size_t label;		/* where in the path it starts; it goes to the end */
};

static void people_entry(struct sink_tree *t, size_t i, const struct people_place *at,
	struct text *out)
{
	bool one_line = is_inline(t, i), list = t->node[i].kind == SINK_LIST && !one_line;
	bool is_table;
	struct table table;
	size_t k = 0, len;

	is_table = list && find_columns(t, i, &table, out);
	if (list && !is_table) {
		for (size_t c = i + 1; c < t->node[i].next; c = t->node[c].next) {
			size_t n = push_index(t, "[", k++, "]");

			people_entry(t, c, at, out);
			t->path.n = n;
		}
		return;
	}
	len = t->path.n - at->label + 1;
	text_fill(out, ' ', at->indent);
	text_put(out, t->path.p + at->label, len - 1);
	text_char(out, ':');
	if (one_line) {
		text_fill(out, ' ', at->column > len ? at->column - len : 1);
		people_inline(t, i, out);
	} else if (t->node[i].next == i + 1) {
		text_string(out, " none");
	}
	text_char(out, '\n');
	if (is_table)
		people_table(t, i, &table, at->indent + INDENT, out);
	else if (!one_line)
		people_object(t, i, at->indent + INDENT, out);
}

static void people_object(struct sink_tree *t, size_t i, size_t indent, struct text *out)
{
	struct people_place at = { .indent = indent, .label = t->path.n };

	for (size_t c = i + 1; c < t->node[i].next; c = t->node[c].next) {
		size_t n = strlen(key_of(t, c)) + 2;	/* ": " */

		if (is_inline(t, c) && n > at.column)
			at.column = n;
	}
	for (size_t c = i + 1; c < t->node[i].next; c = t->node[c].next) {
		text_string(&t->path, key_of(t, c));
		people_entry(t, c, &at, out);
		t->path.n = at.label;
	}
}

void sink_draw_people(struct sink_tree *t, struct text *out)
{
	people_object(t, 0, 0, out);
}

/* ---- eval ---- */

static void eval_start(const struct sink_tree *t, const char *suffix, struct text *out)
{
	const struct text *path = &t->path;

	if (!path->n || (path->p[0] >= '0' && path->p[0] <= '9'))
		text_char(out, '_');
	for (size_t i = 0; i < path->n; i++) {
		char c = path->p[i];
		bool fine = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
			(c >= 'a' && c <= 'z');

		text_char(out, fine ? c : '_');
	}
	text_string(out, suffix);
	text_string(out, "='");
}

static void eval_scalar(const struct sink_tree *t, size_t i, struct text *out)
{
	const struct sink_node *node = &t->node[i];
	const char *p = t->strings.p + node->data, *end = p + node->n, *quote;

	/* A quote in single quotes: end them, one escaped, start again. */
	while ((quote = memchr(p, '\'', (size_t)(end - p)))) {
		text_utf8(out, p, (size_t)(quote - p));
		text_string(out, "'\\''");
		p = quote + 1;
	}
	text_utf8(out, p, (size_t)(end - p));
}

static void eval_inline(const struct sink_tree *t, size_t i, struct text *out)
{
	eval_start(t, "", out);
	if (is_scalar(t, i))
		eval_scalar(t, i, out);
	for (size_t k = i + 1; k < t->node[i].next; k++) {
		if (k > i + 1)
			text_char(out, ' ');
		eval_scalar(t, k, out);
	}
	text_string(out, "'\n");
}

static void eval_count(const struct sink_tree *t, size_t count, struct text *out)
{
	char digits[TEXT_NUMBER_MAX], *end = digits + sizeof digits, *p = text_uint(end, count);

	eval_start(t, "_n", out);
	text_put(out, p, (size_t)(end - p));
	text_string(out, "'\n");
}

static void eval_node(struct sink_tree *t, size_t i, struct text *out)
{
	bool list = t->node[i].kind == SINK_LIST, one_line = is_inline(t, i);
	size_t count = 0;

	if (one_line)
		eval_inline(t, i, out);
	for (size_t c = i + 1; c < t->node[i].next; c = t->node[c].next, count++) {
		size_t n;

		if (one_line)
			continue;
		n = list ? push_index(t, "_", count, "") : push_key(t, c);
		eval_node(t, c, out);
		t->path.n = n;
	}
	if (list)
		eval_count(t, count, out);
}

void sink_draw_eval(struct sink_tree *t, struct text *out)
{
	eval_node(t, 0, out);
}

/* ---- one field ---- */

static size_t child_by_key(const struct sink_tree *t, size_t i, const char *key, size_t n)
{
	if (t->node[i].kind != SINK_OBJECT)
		return SIZE_MAX;
	for (size_t c = i + 1; c < t->node[i].next; c = t->node[c].next)
		if (strlen(key_of(t, c)) == n && !memcmp(key_of(t, c), key, n))
			return c;
	return SIZE_MAX;
}

static size_t child_by_index(const struct sink_tree *t, size_t i, size_t k)
{
	if (t->node[i].kind != SINK_LIST)
		return SIZE_MAX;
	for (size_t c = i + 1; c < t->node[i].next; c = t->node[c].next)
		if (k-- == 0)
			return c;
	return SIZE_MAX;
}

/* The node at "lte.cells[0].rsrp". */
static size_t node_at(const struct sink_tree *t, const char *path)
{
	size_t i = 0;

	while (*path && i != SIZE_MAX) {
		if (*path == '[') {
			size_t n = strcspn(path + 1, "]");
			uint64_t k;

			if (!qmux_parse_uint(path + 1, n, &k) || path[n + 1] != ']')
				return SIZE_MAX;
			path += n + 2;
			i = child_by_index(t, i, k);
		} else {
			size_t n = strcspn(path, ".[");

			i = child_by_key(t, i, path, n);
			path += n;
		}
		if (*path == '.' && *++path == '\0')
			return SIZE_MAX;
	}
	return i;
}

static void field_scalar(const struct sink_tree *t, size_t i, struct text *out)
{
	text_shown(out, t->strings.p + t->node[i].data, t->node[i].n);
}

static void field_json(const struct sink_tree *t, size_t i, const char *key, struct text *out)
{
	const struct sink_node *node = &t->node[i];

	if (is_scalar(t, i)) {
		sink_json_value(out, node->kind, key, t->strings.p + node->data, node->n);
		return;
	}
	sink_json_open(out, node->kind, key);
	for (size_t c = i + 1; c < node->next; c = t->node[c].next)
		field_json(t, c, node->kind == SINK_OBJECT ? key_of(t, c) : NULL, out);
	sink_json_close(out, node->kind);
}

bool sink_draw_field(struct sink_tree *t, const char *path, struct text *out)
{
	size_t i = *path ? node_at(t, path) : SIZE_MAX;

	if (i != SIZE_MAX && !is_inline(t, i)) {
		field_json(t, i, NULL, out);
	} else if (i != SIZE_MAX && is_scalar(t, i)) {
		field_scalar(t, i, out);
	} else if (i != SIZE_MAX) {
		for (size_t k = i + 1; k < t->node[i].next; k++) {
			if (k > i + 1)
				text_char(out, ' ');
			field_scalar(t, k, out);
		}
	}
	text_char(out, '\n');
	return i != SIZE_MAX;
}
