/* --dump-cli: the tables as text, for the completions and the checks of the manual. */
#include "applets/cli.h"

#include "applets/print.h"

/* The enum of the field that the verb's argument goes to, or QMUX_NO_ENUM. */
static uint16_t set_enum(const struct applet *applet, const struct verb *v)
{
	struct qmux_message m;
	struct qmux_tlv_def tlv;

	if (!v || !v->set_path ||
	    !qmux_message_by_id(applet->service, v->set_message, false, 0, &m))
		return QMUX_NO_ENUM;
	for (unsigned i = 0; qmux_tlv_at(&m, true, i, &tlv); i++)
		if (qmux_name_is(tlv.name, QMUX_FIELD_NAME, v->set_path, strlen(v->set_path)))
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

void dump_values(struct text *t, const struct applet *applet, const struct verb *verb,
	const char *values)
{
	if (!values)
		return;
	if (!strncmp(values, "@enum", 5))
		put_enum(t, set_enum(applet, verb));
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

	dump_values(&values, applet, verb, row->values);
	text_char(&values, '\0');
	if (applet)
		print("option\t%s\t%s\t", applet->name, or_dash(verb->name));
	else
		print("global\t");
	print("%s\t%s\t%s\t%s\t%s\n", letter, row->name, or_dash(row->arg), or_dash(values.p),
		row->help);
	text_free(&values);
}

static void dump_verb(const struct applet *applet, const struct verb *v)
{
	struct text values = { 0 };

	dump_values(&values, applet, v, v->values);
	text_char(&values, '\0');
	print("verb\t%s\t%s\t%s\t%d\t%d\t%u\t%s\t%s\t%s\n", applet->name, or_dash(v->name),
		or_dash(v->args), v->args_min, v->args_max, verb_timeout(v),
		v->no_device ? "-" : "device", or_dash(values.p), v->help);
	text_free(&values);
	for (const struct option_row *row = v->options; row && row->name; row++)
		dump_option(applet, v, row);
}

void dump_cli(void)
{
	for (const struct option_row *row = global_options; row->name; row++)
		dump_option(NULL, NULL, row);
	for (size_t i = 0; applets[i]; i++) {
		print("applet\t%s\t%s\n", applets[i]->name, applets[i]->help);
		for (const struct verb *v = applets[i]->verbs; v->name; v++)
			dump_verb(applets[i], v);
	}
	for (const struct exit_row *row = exit_rows; row->meaning; row++)
		print("exit\t%d\t%s\n", row->code, row->meaning);
}
