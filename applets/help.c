/* --help, from the tables. */
#include "applets/cli.h"

#include "applets/print.h"
#include "qmux/format.h"

#define COLUMNS 80
#define LEFT_MAX 28	/* columns of what is explained; longer goes on a line of its own */

void help_usage(struct text *t, const struct applet *applet, const struct verb *verb)
{
	text_string(t, "qmitool ");
	text_string(t, applet ? applet->name : "[GLOBAL OPTIONS] APPLET");
	if (verb && *verb->name) {
		text_char(t, ' ');
		text_string(t, verb->name);
	}
	if (!verb)
		text_string(t, " VERB");
	if (!verb || verb->options)
		text_string(t, " [OPTIONS]");
	if (!verb || verb->args) {
		text_char(t, ' ');
		text_string(t, verb ? verb->args : "[ARGUMENTS]");
	}
}

static void print_usage(const struct applet *applet, const struct verb *verb)
{
	struct text t = { 0 };

	help_usage(&t, applet, verb);
	print("usage: %.*s\n", (int)t.n, t.p);
	text_free(&t);
}

static void option_left(char left[80], const struct option_row *row)
{
	char letter[8] = "    ";

	if (row->letter)
		qmux_format(letter, sizeof letter, "-%c, ", row->letter);
	qmux_format(left, 80, "%s--%s%s%s", letter, row->name, row->arg ? " " : "",
		row->arg ? row->arg : "");
}

/* Columns of UTF-8 text: the rows have an ellipsis here and there. */
static int columns(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += (*text & 0xc0) != 0x80;
	return n;
}

static int wider(int width, const char *left)
{
	int n = columns(left);

	return n > width && n <= LEFT_MAX ? n : width;
}

/* Words from a column on, with line breaks and an indent where there is no room. */
static void print_words(const char *text, size_t len, int column, int indent)
{
	for (size_t at = 0; at < len; ) {
		const char *word = text + at, *end = memchr(word, ' ', len - at);
		size_t n = end ? (size_t)(end - word) : len - at;

		if (column + 1 + (int)n > COLUMNS) {
			print("\n%*s", indent - 1, "");
			column = indent - 1;
		}
		column += print(" %.*s", (int)n, word);
		at += n + 1;
	}
	print("\n");
}

static void print_row(const char *left, int width, const char *right)
{
	int n = columns(left);

	if (n > width)
		print("  %s\n  %*s ", left, width, "");
	else
		print("  %s%*s ", left, width - n, "");
	print_words(right, strlen(right), width + 3, width + 4);
}

static void print_options(const char *title, const struct option_row *options)
{
	char left[80];
	int width = 0;

	if (!options)
		return;
	print("\n%s:\n", title);
	for (const struct option_row *row = options; row->name; row++) {
		option_left(left, row);
		width = wider(width, left);
	}
	for (const struct option_row *row = options; row->name; row++) {
		option_left(left, row);
		print_row(left, width, row->help);
	}
}

static void print_top(void)
{
	char code[8];
	int width = 0;

	print_usage(NULL, NULL);
	print("\nSpeaks QMI to a Qualcomm modem, through a proxy that it starts by itself.\n");
	print("\nApplets:\n");
	for (size_t i = 0; applets[i]; i++)
		width = wider(width, applets[i]->name);
	for (size_t i = 0; applets[i]; i++)
		print_row(applets[i]->name, width, applets[i]->help);
	print_options("Global options", global_options);
	print("\nExit codes:\n");
	for (const struct exit_row *row = exit_rows; row->meaning; row++) {
		qmux_format(code, sizeof code, "%d", row->code);
		print_row(code, 2, row->meaning);
	}
}

static void verb_left(char left[80], const struct verb *v)
{
	qmux_format(left, 80, "%s%s%s", v->name, v->args ? " " : "", v->args ? v->args : "");
}

static void print_verbs(const char *title, const struct verb *verbs)
{
	char left[80];
	int width = 0;
	bool any = false;

	for (const struct verb *v = verbs; v->name; v++) {
		verb_left(left, v);
		if (*v->name)
			width = wider(width, left);
		any |= *v->name != '\0';
	}
	if (any)
		print("\n%s:\n", title);
	for (const struct verb *v = verbs; v->name; v++) {
		verb_left(left, v);
		if (*v->name)
			print_row(left, width, v->help);
	}
}

static void print_values(const char *args, const struct text *values)
{
	int column;

	args += *args == '[';
	column = print("\n%.*s is one of:", (int)strcspn(args, " ]"), args) - 1;
	print_words(values->p, values->n, column, 2);
}

static void print_keys(const struct verb *v)
{
	struct text keys = { 0 };

	help_keys(&keys, v);
	if (keys.n)
		print_words(keys.p, keys.n, print("\nKeys (-f):") - 1, 2);
	text_free(&keys);
}

static void print_verb(const struct applet *applet, const struct verb *v)
{
	struct text values = { 0 };

	print_usage(applet, v);
	print("\n%s%s%s: %s\n", applet->name, *v->name ? " " : "", v->name, v->help);
	if (v->more)
		print("\n%s\n", v->more);
	print_keys(v);
	print_options("Options", v->options);
	if (v->actions)
		print_verbs("Actions", v->actions);
	else if (v->values && strncmp(v->values, "@service", 8)) {
		verb_values(&values, applet, v, NULL);
		if (values.n && *values.p != '@')
			print_values(v->args, &values);
		text_free(&values);
	}
	if (!v->no_device && verb_timeout(v))
		print("\nIt ends after %u seconds at the latest (-t).\n", verb_timeout(v));
}

void help(const struct applet *applet, const struct verb *verb)
{
	const struct verb *alone = NULL;

	if (!applet) {
		print_top();
		return;
	}
	for (const struct verb *v = applet->verbs; v->name; v++)
		if (!*v->name)
			alone = v;
	if (verb || alone) {
		print_verb(applet, verb ? verb : alone);
	} else {
		print_usage(applet, NULL);
		print("\n%s: %s\n", applet->name, applet->help);
	}
	if (!verb || !*verb->name)
		print_verbs("Verbs", applet->verbs);
	print("\nGlobal options: qmitool --help\n");
}
