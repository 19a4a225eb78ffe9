/* --dump-cli: the tables as text, for the completions and the checks of the manual. */
#include "applets/cli.h"

#include "applets/print.h"
#include "qmux/format.h"

/* The enum of the field that an argument ("$1") or option ("--name") goes to, or QMUX_NO_ENUM. */
static uint16_t set_enum(const struct applet *applet, const struct verb *v, const char *from)
{
	const char *const *set = v && v->set ? v->set : (v && v->queries ? v->queries->ask : NULL);
	uint16_t id = v && v->set ? v->set_message : (v && v->queries ? v->queries->message : 0);
	struct qmux_message m;
	struct qmux_tlv_def tlv;

	for (; set && *set; set++)
		if (!strcmp(*set + strcspn(*set, "=") + 1, from))
			break;
	if (!set || !*set || !qmux_message_by_id(applet->service, id, false, 0, &m))
		return QMUX_NO_ENUM;
	for (unsigned i = 0; qmux_tlv_at(&m, true, i, &tlv); i++)
		if (qmux_name_is(tlv.name, QMUX_FIELD_NAME, *set, strcspn(*set, "=")))
			return qmux_type_at(qmux_type_of(&tlv)).names;
	return QMUX_NO_ENUM;
}

static void put_enum(struct text *t, uint16_t names)
{
	char buf[QMUX_NAME_MAX];
	int64_t value;
	uint16_t name;

	if (names == QMUX_NO_ENUM || names == QMUX_ENUM_BOOL)
		return;
	for (unsigned i = 0; qmux_enum_at(names, i, &value, &name); i++) {
		if (i)
			text_char(t, ' ');
		text_string(t, qmux_name(name, QMUX_VALUE_NAME, buf));
	}
}

static void put_services(struct text *t)
{
	struct qmux_service s;
	char buf[QMUX_NAME_MAX];

	for (unsigned i = 0; qmux_service_at(i, &s); i++) {
		if (i)
			text_char(t, ' ');
		text_string(t, qmux_name(s.name, QMUX_FIELD_NAME, buf));
	}
}

static void put_actions(struct text *t, const struct verb *action)
{
	for (; action->name; action++) {
		if (t->n)
			text_char(t, ' ');
		text_string(t, verb_word(action));
	}
}

void dump_values(struct text *t, const struct applet *applet, const struct verb *verb,
	const struct option_row *option)
{
	const char *values = option ? option->values : verb->values;
	char from[QMUX_NAME_MAX] = "$1";

	if (option)
		qmux_format(from, sizeof from, "--%s", option->name);
	if (!option && verb->actions)
		put_actions(t, verb->actions);
	if (!values)
		return;
	if (!strncmp(values, "@enum", 5))
		put_enum(t, set_enum(applet, verb, from));
	else if (!strcmp(values, "@service"))
		put_services(t);
	else
		text_string(t, values);
}

static const char *or_dash(const char *text)
{
	return text && *text ? text : "-";
}

static void dump_option(const struct applet *applet, const struct verb *verb,
	const struct option_row *row)
{
	struct text values = { 0 };
	char letter[] = { row->letter ? row->letter : '-', '\0' };

	dump_values(&values, applet, verb, row);
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

	dump_values(&values, applet, v, NULL);
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
