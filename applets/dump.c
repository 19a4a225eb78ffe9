/* --dump-cli: the tables as text, for the completions and the checks of the manual. */
#include "applets/cli.h"

#include "applets/print.h"

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
