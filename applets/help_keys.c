/* help_keys.c - the keys that a verb's views have, for --help: "registration plmn.{mcc mnc name}". */
#include "applets/cli.h"

#define TOLD_MAX 8		/* views of one verb that may be there more than once, as a radio's */
#define TOLD_ROWS 8		/* shorter ones are told again */

struct keys {
	struct text *t;
	struct told {
		const struct view_row *rows;
		const char *group;
		size_t len;
	} told[TOLD_MAX];
	size_t n;
};

static void put_word(struct text *t, const char *word, size_t n)
{
	if (t->n && t->p[t->n - 1] != '{')
		text_char(t, ' ');
	text_put(t, word, n);
}

/* Were these rows told already, in another group?  Then that is all that there is to say. */
static bool told(struct keys *k, const struct view_row *rows, const char *group, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < k->n; i++)
		if (k->told[i].rows == rows) {
			put_word(k->t, "(as ", 4);
			text_put(k->t, k->told[i].group, k->told[i].len);
			text_char(k->t, ')');
			return true;
		}
	while (rows[n].key)
		n++;
	if (len && n >= TOLD_ROWS && k->n < TOLD_MAX)
		k->told[k->n++] = (struct told){ rows, group, len };
	return false;
}

/* A row's key: its group, and its name within that; "*" where all of its rows are in the group. */
struct key {
	const char *group, *name;
	size_t len;		/* of group; 0: none */
};

static struct key key_of(const struct view_row *row)
{
	const char *dot = strchr(row->key, '.');

	if (dot)
		return (struct key){ row->key, dot + 1, (size_t)(dot - row->key) };
	if (row->style->rows && *row->key != '*')
		return (struct key){ row->key, "*", strlen(row->key) };
	return (struct key){ row->key, row->key, 0 };
}

/* As deep as the tables are. */
static void put_rows(struct keys *k, const struct view_row *row)
{
	struct key group = { .len = 0 };

	for (const struct view_row *last = NULL; row->key; last = row++) {
		const struct view_row *inner = row->style->rows;
		struct key key = key_of(row);

		/* Of rows with one key the first counts that the modem has. */
		if (last && !strcmp(last->key, row->key) && (!inner || inner == last->style->rows))
			continue;
		if (group.len && (key.len != group.len || strncmp(group.group, key.group, key.len)))
			text_char(k->t, '}');
		else if (group.len)
			key.group = NULL;
		if (key.len && key.group) {
			put_word(k->t, key.group, key.len);
			text_string(k->t, ".{");
		}
		group = key.group ? key : group;
		if (*key.name != '*')
			put_word(k->t, key.name, strlen(key.name));
		if (inner && *key.name != '*')
			text_string(k->t, ".{");
		if (inner && (*key.name != '*' || !told(k, inner, group.group, group.len)))
			put_rows(k, inner);
		if (inner && *key.name != '*')
			text_char(k->t, '}');
	}
	if (group.len)
		text_char(k->t, '}');
}

void help_keys(struct text *t, const struct verb *verb)
{
	const struct query *first = verb->queries;
	struct keys k = { .t = t };

	for (const struct query *q = first; q && q->view; q++) {
		const struct query *same = first;

		while (same->view != q->view)
			same++;
		if (same == q)
			put_rows(&k, q->view);
	}
}
