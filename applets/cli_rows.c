/* cli_rows.c - the tables of the command line itself, and what the rows of verbs say. */
#include "applets/cli.h"

#include "qmux/format.h"

const struct option_row global_options[] = {
	[GLOBAL_DEVICE] = { 'd', "device", "DEV", "the port: a device node, a symlink to one, "
		"a netdev (wwan0)", "@device" },
	[GLOBAL_TIMEOUT] = { 't', "timeout", "SECONDS", "for the whole command; 0: none", NULL },
	[GLOBAL_JSON] = { 'j', "json", NULL, "JSON, one line a result", NULL },
	[GLOBAL_EVAL] = { 'e', "eval", NULL, "key='value' lines for eval", NULL },
	[GLOBAL_FIELD] = { 'f', "field", "PATH", "this value alone (lte.rsrp); can be repeated",
		"@key" },
	[GLOBAL_NO_PROXY] = { 'n', "no-proxy", NULL, "open the port directly", NULL },
	[GLOBAL_CID] = { 0, "cid", "N", "use this client id", NULL },
	[GLOBAL_KEEP_CID] = { 0, "keep-cid", NULL, "leave the client id allocated and tell it",
		NULL },
	[GLOBAL_VERBOSE] = { 'v', "verbose", NULL, "frames on stderr; -vv: subscriber data as well",
		NULL },
	[GLOBAL_QUIET] = { 'q', "quiet", NULL, "nothing on stderr", NULL },
	[GLOBAL_HELP] = { 'h', "help", NULL, "show help", NULL },
	[GLOBAL_VERSION] = { 'V', "version", NULL, "show the version", NULL },
	[GLOBAL_INSTALL] = { 0, "install", "DIR", "make symlinks qmi-APPLET and qmi-APPLET-VERB in "
		"DIR", "@dir" },
	[GLOBAL_DUMP] = { 0, "dump-cli", NULL, "show all tables, for programs", NULL },
	{ .name = NULL }
};

const struct exit_row exit_rows[] = {
	{ EXIT_DONE, "done (also where it was so already)" },
	{ EXIT_REFUSED, "the modem refused" },
	{ EXIT_USAGE, "usage" },
	{ EXIT_DEVICE, "no device, or it cannot be opened, or a local failure" },
	{ EXIT_TIMEOUT, "timeout" },
	{ EXIT_UNSUPPORTED, "the modem does not support it" },
	{ EXIT_SIM, "SIM or PIN stands in the way" },
	{ EXIT_CALL, "the call failed or ended" },
	{ EXIT_GONE, "the modem went away" },
	{ EXIT_PERMISSION, "permission" },
	{ EXIT_ABSENT, "done, but a field asked for with -f is absent" },
	{ 0, NULL }
};

unsigned verb_timeout(const struct verb *verb)
{
	if (verb->timeout == TIMEOUT_NONE)
		return 0;
	return verb->timeout ? verb->timeout : TIMEOUT_DEFAULT;
}

const char *verb_word(const struct verb *verb)
{
	const char *space = strrchr(verb->name, ' ');

	return space ? space + 1 : verb->name;
}

/* ---- values ---- */

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

void verb_values(struct text *t, const struct applet *applet, const struct verb *verb,
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
