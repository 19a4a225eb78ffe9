#include "applets/cli_line.h"

#include "qmux/format.h"

/* ---- finding rows ---- */

static const struct applet *find_applet(const char *name, size_t n)
{
	for (size_t i = 0; applets[i]; i++)
		if (strlen(applets[i]->name) == n && !memcmp(applets[i]->name, name, n))
			return applets[i];
	return NULL;
}

const struct verb *line_verb(const struct applet *applet, const char *name)
{
	for (const struct verb *v = applet->verbs; v->name; v++)
		if (!strcmp(v->name, name))
			return v;
	return NULL;
}

/* By long name, or by letter where name is NULL. */
static const struct option_row *find_row(const struct option_row *row, const char *name, size_t n,
	char letter)
{
	for (; row && row->name; row++)
		if (name ? strlen(row->name) == n && !memcmp(row->name, name, n) :
			   row->letter == letter)
			return row;
	return NULL;
}

/*
 * Options may stand before the verb that they belong to: until it is known, those of
 * all verbs are.  (An option takes a value with all verbs or with none: tables.bats.)
 */
const struct option_row *line_option(const struct command *cmd, const char *name, size_t n,
	char letter)
{
	const struct option_row *row = find_row(global_options, name, n, letter);

	if (row)
		return row;
	if (cmd->verb) {
		row = find_row(cmd->verb->options, name, n, letter);
		for (const struct verb *v = cmd->verb->actions; !row && v && v->name; v++)
			row = find_row(v->options, name, n, letter);
		return row;
	}
	for (size_t i = 0; !row && applets[i]; i++) {
		if (cmd->applet && cmd->applet != applets[i])
			continue;
		for (const struct verb *v = applets[i]->verbs; !row && v->name; v++)
			row = find_row(v->options, name, n, letter);
	}
	return row;
}

/* ---- taking argv apart ---- */

static void take_value(struct line *l, struct item *it, const char *attached)
{
	it->kind = ITEM_OPTION;
	it->value = "";
	if (!it->row->arg && attached)
		it->kind = ITEM_ODD_VALUE;
	else if (it->row->arg && attached)
		it->value = attached;
	else if (it->row->arg && l->at < l->argc)
		it->value = l->argv[l->at++];
	else if (it->row->arg)
		it->kind = ITEM_NO_VALUE;
}

static void next_long(struct line *l, struct item *it, const char *word)
{
	size_t n = strcspn(word + 2, "=");

	qmux_format(it->name, sizeof it->name, "%.*s", (int)(n + 2 < 80 ? n + 2 : 80), word);
	it->row = line_option(l->cmd, word + 2, n, 0);
	if (it->row)
		take_value(l, it, word[n + 2] ? word + n + 3 : NULL);
	else
		it->kind = ITEM_UNKNOWN;
}

static void next_letter(struct line *l, struct item *it)
{
	char letter = *l->cluster++;
	const char *rest = l->cluster;

	if (!*rest)
		l->cluster = NULL;
	qmux_format(it->name, sizeof it->name, "-%c", letter);
	it->row = line_option(l->cmd, NULL, 0, letter);
	if (!it->row) {
		it->kind = ITEM_UNKNOWN;
	} else if (it->row->arg) {
		l->cluster = NULL;
		take_value(l, it, *rest ? rest : NULL);
	} else {
		take_value(l, it, NULL);
	}
}

/* "-" is stdin, and -90 a number. */
static bool is_word(const char *text)
{
	return text[0] != '-' || !text[1] || (text[1] >= '0' && text[1] <= '9');
}

struct item line_next(struct line *l)
{
	struct item it = { .kind = ITEM_END };
	char *word;

	if (!l->cluster && !l->ended && l->at < l->argc && !strcmp(l->argv[l->at], "--")) {
		l->ended = true;
		l->at++;
	}
	if (l->cluster) {
		next_letter(l, &it);
	} else if (l->at < l->argc) {
		word = l->argv[l->at++];
		if (l->ended || is_word(word)) {
			it.kind = ITEM_WORD;
			it.word = word;
		} else if (word[1] == '-') {
			next_long(l, &it, word);
		} else {
			l->cluster = word + 1;
			next_letter(l, &it);
		}
	}
	return it;
}

/* ---- the first look ---- */

static void scout_verb(struct line *l, const char *word)
{
	struct command *cmd = l->cmd;
	const struct verb *alone = line_verb(cmd->applet, "");

	cmd->verb = *word ? line_verb(cmd->applet, word) : NULL;
	if (cmd->verb)
		l->verb_at = l->at - 1;
	else if (alone && alone->args_max)
		cmd->verb = alone;	/* and the word is its argument */
	else if (!l->no_verb)
		l->no_verb = word;
}

static void scout_action(struct line *l, const char *word)
{
	for (const struct verb *v = l->cmd->verb->actions; v->name; v++)
		if (!strcmp(verb_word(v), word)) {
			l->cmd->verb = v;
			l->action_at = l->at - 1;
			return;
		}
	l->no_verb = word;
}

static void scout_word(struct line *l, const char *word)
{
	struct command *cmd = l->cmd;

	if (l->no_applet || l->no_verb)
		return;
	if (cmd->verb) {
		if (cmd->verb->actions)
			scout_action(l, word);
		return;
	}
	if (cmd->applet) {
		scout_verb(l, word);
		return;
	}
	cmd->applet = find_applet(word, strlen(word));
	if (cmd->applet)
		l->applet_at = l->at - 1;
	else
		l->no_applet = word;
}

const char *line_base(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? slash + 1 : name;
}

/* qmi-nas and qmi-nas-signal; any other name is qmitool. */
static void scout_name(struct line *l, const char *name)
{
	const char *base = line_base(name);

	if (strncmp(base, "qmi-", 4))
		return;
	base += 4;
	l->cmd->applet = find_applet(base, strcspn(base, "-"));
	base += strcspn(base, "-");
	if (l->cmd->applet && *base)
		scout_verb(l, base + 1);
	l->verb_at = 0;
}

void line_scout(struct line *l)
{
	if (l->argc > 0)
		scout_name(l, l->argv[0]);
	for (struct item it = line_next(l); it.kind != ITEM_END; it = line_next(l)) {
		if (it.kind == ITEM_WORD)
			scout_word(l, it.word);
		else if (it.kind != ITEM_OPTION)
			l->odd |= !l->no_applet && !l->no_verb;
		else if (it.row == &global_options[GLOBAL_JSON])
			l->cmd->g.face = SINK_JSON;
		else if (it.row == &global_options[GLOBAL_QUIET])
			l->cmd->g.quiet = true;
		else if (it.row == &global_options[GLOBAL_HELP])
			l->help = true;
		else if (it.row == &global_options[GLOBAL_VERSION])
			l->version = true;
	}
	if (l->cmd->applet && !l->cmd->verb && !l->no_verb)
		l->cmd->verb = line_verb(l->cmd->applet, "");
	l->at = 1;
	l->ended = false;
}
