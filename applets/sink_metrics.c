/*
 * sink_metrics.c - a result as Prometheus text (its exposition format, version 0.0.4).
 *
 * A number or boolean at group.key is qmi_group_key, with its unit at the end; one at
 * group.part.key has part as a label.  All text of a group are labels of qmi_group_info.
 */
#include "applets/sink_face.h"

#include "qmux/format.h"

#include <ctype.h>

#define GAUGES_MAX 256		/* past it they are left out; a status has about 40 */

struct gauge {
	const char *name[2];	/* group (or NULL), key */
	const char *part;	/* or NULL */
	size_t node;
};

struct metrics {
	const struct sink_tree *t;
	const char *device;
	struct gauge gauge[GAUGES_MAX];
	size_t n;
};

static const char *key_of(const struct sink_tree *t, size_t i)
{
	return t->strings.p + t->node[i].key;
}

static bool is_number(const struct sink_node *node)
{
	return node->kind == SINK_NUMBER || node->kind == SINK_BOOL;
}

/* Numbers and booleans below node i. */
static void collect(struct metrics *m, size_t i, const char *group, const char *part, unsigned depth)
{
	const struct sink_tree *t = m->t;

	for (size_t c = i + 1; c < t->node[i].next; c = t->node[c].next) {
		const char *key = key_of(t, c);

		if (t->node[c].kind == SINK_OBJECT)
			collect(m, c, depth ? group : key, depth == 1 ? key : part, depth + 1);
		else if (is_number(&t->node[c]) && m->n < GAUGES_MAX)
			m->gauge[m->n++] = (struct gauge){ { group, key }, part, c };
	}
}

static bool same_metric(const struct gauge *a, const struct gauge *b)
{
	return !strcmp(a->name[1], b->name[1]) && !a->name[0] == !b->name[0] &&
		(!a->name[0] || !strcmp(a->name[0], b->name[0]));
}

static void put_label(struct text *out, const char *key, const char *data, size_t n)
{
	struct text value = { 0 };

	text_shown(&value, data, n);
	text_char(out, ',');
	text_string(out, key);
	text_string(out, "=\"");
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '"' || value.p[i] == '\\')
			text_char(out, '\\');
		text_char(out, value.p[i]);
	}
	text_char(out, '"');
	text_free(&value);
}

static void put_device(struct text *out, const char *device)
{
	/* put_label starts with the comma that stands between two. */
	size_t at = out->n;

	put_label(out, "device", device, strlen(device));
	if (!out->failed)
		out->p[at] = '{';
}

static void put_name(struct text *out, const struct metrics *m, const struct gauge *g)
{
	const char *unit = m->t->node[g->node].unit;

	text_string(out, "qmi_");
	if (g->name[0]) {
		text_string(out, g->name[0]);
		text_char(out, '_');
	}
	text_string(out, g->name[1]);
	if (!unit || strspn(unit, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != strlen(unit))
		return;
	text_char(out, '_');
	for (; *unit; unit++)
		text_char(out, (char)tolower((unsigned char)*unit));
}

static void put_gauge(struct text *out, const struct metrics *m, const struct gauge *g)
{
	const struct sink_node *node = &m->t->node[g->node];
	const char *data = m->t->strings.p + node->data;

	put_name(out, m, g);
	put_device(out, m->device);
	if (g->part)
		put_label(out, "part", g->part, strlen(g->part));
	text_string(out, "} ");
	if (node->kind == SINK_BOOL)
		text_char(out, *data == 't' ? '1' : '0');
	else
		text_put(out, data, node->n);
	text_char(out, '\n');
}

/* Lines of one metric stand together, under one TYPE. */
static void put_gauges(struct text *out, const struct metrics *m)
{
	for (size_t i = 0; i < m->n; i++) {
		size_t k = 0;

		while (k < i && !same_metric(&m->gauge[k], &m->gauge[i]))
			k++;
		if (k < i)
			continue;
		text_string(out, "# TYPE ");
		put_name(out, m, &m->gauge[i]);
		text_string(out, " gauge\n");
		for (; k < m->n; k++)
			if (same_metric(&m->gauge[k], &m->gauge[i]))
				put_gauge(out, m, &m->gauge[k]);
	}
}

/* Text below node i; a list of it is joined with commas.  prefix: of the keys, "plmn_". */
static bool put_texts(struct text *out, const struct sink_tree *t, size_t i, const char *prefix)
{
	bool any = false;

	for (size_t c = i + 1; c < t->node[i].next; c = t->node[c].next) {
		const struct sink_node *node = &t->node[c];
		struct text value = { 0 };
		char key[64];

		qmux_format(key, sizeof key, "%s%s", prefix, key_of(t, c));
		if (node->kind == SINK_OBJECT) {
			strcat(key, strlen(key) < sizeof key - 1 ? "_" : "");
			any |= put_texts(out, t, c, key);
		}
		for (size_t k = c; k < node->next && node->kind != SINK_OBJECT; k++)
			if (t->node[k].kind == SINK_TEXT) {
				if (value.n)
					text_char(&value, ',');
				text_put(&value, t->strings.p + t->node[k].data, t->node[k].n);
			}
		if (value.n)
			put_label(out, key, value.p, value.n);
		any |= value.n;
		text_free(&value);
	}
	return any;
}

static void put_info(struct text *out, const struct metrics *m, size_t group)
{
	struct text labels = { 0 };
	const char *name = key_of(m->t, group);

	if (put_texts(&labels, m->t, group, "")) {
		text_string(out, "# TYPE qmi_");
		text_string(out, name);
		text_string(out, "_info gauge\nqmi_");
		text_string(out, name);
		text_string(out, "_info");
		put_device(out, m->device);
		text_put(out, labels.p, labels.n);
		text_string(out, "} 1\n");
	}
	text_free(&labels);
}

static void draw(const struct sink_tree *t, const char *device, struct text *out)
{
	static struct metrics m;

	m = (struct metrics){ .t = t, .device = device };
	collect(&m, 0, NULL, NULL, 0);
	for (size_t c = 1; c < t->node[0].next; c = t->node[c].next)
		if (t->node[c].kind == SINK_OBJECT)
			put_info(out, &m, c);
	put_gauges(out, &m);
}

struct sink *sink_new_metrics(const char *device, int fd)
{
	return sink_new_drawn(draw, device, fd);
}
