/* show_view.c - views: what the rows of a table make of an answer. */
#include "applets/show.h"

#include "qmux/encode.h"
#include "qmux/format.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

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
	char path[QMUX_PATH_TEXT_MAX];

	join(path, base, row->path);
	if (row->style->show)
		row->style->show(v->s, key, &(struct view_value){ row, node, v->f, v->m, path });
	else if (row->style->rows)
		show_inner(v, row, key, path, node);
	else if (node->kind == QMUX_OBJECT || node->kind == QMUX_LIST)
		show_path(v->s, key, v->f, v->m, path);
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
