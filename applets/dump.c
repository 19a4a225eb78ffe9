/* --dump-cli: the tables as text, for the completions and the checks of the manual. */
#include "applets/cli.h"

#include "applets/print.h"
#include "qmux/encode.h"

static const char *or_dash(const char *text)
{
	return text && *text ? text : "-";
}

static void dump_option(const struct applet *applet, const struct verb *verb,
	const struct option_row *row)
{
	struct text values = { 0 };
	char letter[] = { row->letter ? row->letter : '-', '\0' };

	verb_values(&values, applet, verb, row);
	text_char(&values, '\0');
	if (applet)
		print("option\t%s\t%s\t", applet->name, or_dash(verb->name));
	else
		print("global\t");
	print("%s\t%s\t%s\t%s\t%s\n", letter, row->name, or_dash(row->arg), or_dash(values.p),
		row->help);
	text_free(&values);
}

/* ---- keys ---- */

/* A walk over the rows of views. */
struct keys {
	struct text words;		/* found so far, " KEY KEY" */
	struct text key, path;		/* where the walk is */
	const struct qmux_message *m;	/* NULL: not known */
};

/* Several queries of a verb may have the same key. */
static void add_key(struct keys *k)
{
	for (size_t at = 0, n; at < k->words.n; at += n) {
		const char *word = k->words.p + ++at, *end = memchr(word, ' ', k->words.n - at);

		n = end ? (size_t)(end - word) : k->words.n - at;
		if (n == k->key.n && !memcmp(word, k->key.p, n))
			return;
	}
	text_char(&k->words, ' ');
	text_put(&k->words, k->key.p, k->key.n);
}

static bool is_list(const uint8_t *type)
{
	struct qmux_type t = qmux_type_at(type);

	return t.kind == QMUX_T_ARRAY && qmux_type_at(t.inner).kind == QMUX_T_STRUCT;
}

/* As deep as the tables are.  placed: the path so far leads somewhere in the message. */
static void add_rows(struct keys *k, const struct view_row *row, bool placed)
{
	size_t key = k->key.n, path = k->path.n;

	for (; row->key; row++) {
		bool here = placed && row->path, group = strchr(row->key, '*');
		const uint8_t *type = NULL;
		bool list;

		k->key.n = key;
		k->path.n = path;
		if (here && *row->path) {
			if (path)
				text_char(&k->path, '.');
			text_string(&k->path, row->path);
			type = qmux_type_at_path(k->m, false, k->path.p, k->path.n);
			if (!type)
				continue;	/* other messages with these rows have it */
		}
		text_put(&k->key, row->key, strcspn(row->key, "*"));
		if (!row->style->rows) {
			add_key(k);
			continue;
		}
		list = type && is_list(type);
		if (list)
			text_string(&k->path, "[0]");
		if (!group)
			text_string(&k->key, list || row->style->list ? "[0]." : ".");
		add_rows(k, row->style->rows, here);
	}
	k->key.n = key;
	k->path.n = path;
}

/* What a view shows: a query's answer, the indication that follows it, or one by itself. */
static bool shown_message(uint16_t service, const struct query *q, struct qmux_message *m)
{
	struct qmux_message outcome;

	if (!q->message)
		return false;
	if (!qmux_message_by_id(service, q->message, false, q->vendor, m))
		return qmux_message_by_id(service, q->message, true, q->vendor, m);
	if (qmux_message_outcome(m, &outcome))
		*m = outcome;
	return true;
}

static void dump_keys(const struct applet *applet, const struct verb *v)
{
	struct keys k = { .m = NULL };

	for (const struct query *q = v->queries; q && q->view; q++) {
		struct qmux_message m;

		k.m = shown_message(applet->service, q, &m) ? &m : NULL;
		add_rows(&k, q->view, k.m);
	}
	if (k.words.n)
		print("keys\t%s\t%s\t%.*s\n", applet->name, or_dash(v->name),
			(int)k.words.n - 1, k.words.p + 1);
	text_free(&k.words);
	text_free(&k.key);
	text_free(&k.path);
}

/* ---- rows ---- */

static void dump_row(const struct applet *applet, const char *kind, const struct verb *v)
{
	struct text values = { 0 };

	verb_values(&values, applet, v, NULL);
	text_char(&values, '\0');
	print("%s\t%s\t%s\t%s\t%d\t%d\t%u\t%s\t%s\t%s\n", kind, applet->name, or_dash(v->name),
		or_dash(v->args), v->args_min, v->args_max, verb_timeout(v),
		v->no_device ? "-" : "device", or_dash(values.p), v->help);
	text_free(&values);
	for (const struct option_row *row = v->options; row && row->name; row++)
		dump_option(applet, v, row);
	dump_keys(applet, v);
}

static void dump_verb(const struct applet *applet, const struct verb *v)
{
	dump_row(applet, "verb", v);
	for (v = v->actions; v && v->name; v++)
		dump_row(applet, "action", v);
}

void dump_cli(void)
{
	for (const struct option_row *row = global_options; row->name; row++)
		dump_option(NULL, NULL, row);
	for (size_t i = 0; applets[i]; i++) {
		print("applet\t%s\t%s\n", applets[i]->name, applets[i]->help);
		for (const struct verb *v = applets[i]->verbs; v->name; v++)
			dump_verb(applets[i], v);
		if (applets[i]->alias)
			print("alias\t%s\t%s\n", applets[i]->name, applets[i]->alias);
	}
	for (const struct exit_row *row = exit_rows; row->meaning; row++)
		print("exit\t%d\t%s\n", row->code, row->meaning);
}
