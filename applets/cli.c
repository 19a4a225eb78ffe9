/* From argv to a command: what it asks for, mistakes, and doing it. */
#include "applets/cli.h"

#include "applets/cli_line.h"
#include "applets/print.h"
#include "applets/session.h"
#include "qmux/format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define TIMEOUT_MAX 604800	/* seconds: a week */
#define CID_MAX 254		/* 255 is everybody */
#define HINT_MAX 200		/* bytes */

/* ---- mistakes: one line, with the nearest right thing ---- */

static const char *hint(const struct command *cmd, const char *near, char buf[HINT_MAX])
{
	const struct applet *a = cmd->applet;
	const struct verb *v = cmd->verb;

	if (near && *near)
		qmux_format(buf, HINT_MAX, "; did you mean '%s'?", near);
	else
		qmux_format(buf, HINT_MAX, "; see 'qmitool%s%s%s%s --help'", a ? " " : "",
			a ? a->name : "", v && *v->name ? " " : "", v ? v->name : "");
	return buf;
}

/* What has this very name with some other applet ("nas signal"), or the nearest. */
static const char *nearest_verb(const struct command *cmd, const char *word, char buf[HINT_MAX])
{
	struct qmux_nearest near;

	for (size_t i = 0; !cmd->verb && applets[i]; i++) {
		if (*word && line_verb(applets[i], word)) {
			qmux_format(buf, HINT_MAX, "%s %s", applets[i]->name, word);
			return buf;
		}
	}
	qmux_nearest_begin(&near, word, strlen(word));
	if (cmd->verb) {
		for (const struct verb *v = cmd->verb->actions; v->name; v++)
			qmux_nearest_offer(&near, verb_word(v));
	} else if (cmd->applet) {
		for (const struct verb *v = cmd->applet->verbs; v->name; v++)
			qmux_nearest_offer(&near, v->name);
	} else {
		for (size_t i = 0; applets[i]; i++)
			qmux_nearest_offer(&near, applets[i]->name);
	}
	qmux_format(buf, HINT_MAX, "%s", near.best);
	return buf;
}

static int no_such_word(const struct line *l)
{
	const struct command *cmd = l->cmd;
	char near[HINT_MAX], text[HINT_MAX];
	const char *word = l->no_applet ? l->no_applet : l->no_verb;

	nearest_verb(cmd, word, near);
	return say(cmd, EXIT_USAGE, "no %s '%s'%s",
		l->no_applet ? "applet" : cmd->verb ? "action" : "verb", word,
		hint(cmd, near, text));
}

static void offer_options(struct qmux_nearest *near, const struct option_row *row)
{
	for (; row && row->name; row++)
		qmux_nearest_offer(near, row->name);
}

static int bad_option(const struct line *l, const struct item *it)
{
	const struct command *cmd = l->cmd;
	struct qmux_nearest near = { .word = NULL };
	char option[QMUX_NEAREST_MAX + 2] = "", text[HINT_MAX], *word = l->argv[l->at - 1];

	if (it->kind == ITEM_NO_VALUE)
		return say(cmd, EXIT_USAGE, "option '%s' needs %s", it->name, it->row->arg);
	if (it->kind == ITEM_ODD_VALUE)
		return say(cmd, EXIT_USAGE, "option '%s' takes no value", it->name);
	if (it->name[1] == '-') {
		qmux_nearest_begin(&near, it->name + 2, strlen(it->name + 2));
		offer_options(&near, cmd->verb ? cmd->verb->options : NULL);
		offer_options(&near, global_options);
		if (near.best[0])
			qmux_format(option, sizeof option, "--%s", near.best);
	} else if (line_option(cmd, word + 1, strlen(word + 1), 0)) {
		qmux_format(option, sizeof option, "-%s", word);
	}
	return say(cmd, EXIT_USAGE, "no option '%s'%s", it->name, hint(cmd, option, text));
}

static int too_few(const struct command *cmd)
{
	const char *word = cmd->verb->args;
	struct text usage = { 0 };
	int ret;

	for (int i = 0; i < cmd->n_args; i++)
		word += strcspn(word, " ") + 1;
	help_usage(&usage, cmd->applet, cmd->verb);
	ret = say(cmd, EXIT_USAGE, "missing %.*s; usage: %.*s", (int)strcspn(word, " "), word,
		(int)usage.n, usage.p);
	text_free(&usage);
	return ret;
}

/* ---- the second look: everything, strictly ---- */

/* Milliseconds of "2.5"; what is less than one counts as one.  -1: it is no such number. */
static int64_t parse_seconds(const char *text)
{
	int64_t ms = 0, unit = 1000;
	bool point = false, more = false;
	const char *p = text;

	for (; (*p >= '0' && *p <= '9') || (*p == '.' && !point); p++) {
		if (*p == '.') {
			point = true;
		} else if (!point) {
			ms = ms * 10 + (*p - '0') * 1000;
		} else {
			unit /= 10;
			ms += (*p - '0') * unit;
			more |= !unit && *p != '0';
		}
		if (ms > TIMEOUT_MAX * INT64_C(1000))
			return -1;
	}
	return *p || p == text + point ? -1 : ms + more;
}

static int set_timeout(struct command *cmd, const char *value)
{
	cmd->g.timeout_ms = parse_seconds(value);
	if (cmd->g.timeout_ms < 0)
		return say(cmd, EXIT_USAGE, "--timeout: '%s' is not a number of seconds, 0 to %d",
			value, TIMEOUT_MAX);
	return EXIT_DONE;
}

static int set_cid(struct command *cmd, const char *value)
{
	uint64_t n;

	if (!qmux_parse_uint(value, strlen(value), &n) || n < 1 || n > CID_MAX)
		return say(cmd, EXIT_USAGE, "--cid: '%s' is not a client id, 1 to %d", value,
			CID_MAX);
	cmd->g.cid = (int)n;
	return EXIT_DONE;
}

static int set_face(struct line *l, enum sink_face face)
{
	if (l->face && l->cmd->g.face != face)
		return say(l->cmd, EXIT_USAGE, "-j, -e and -f exclude one another");
	l->face = true;
	l->cmd->g.face = face;
	return EXIT_DONE;
}

static int set_field(struct line *l, const char *value)
{
	struct globals *g = &l->cmd->g;

	if (!*value)
		return say(l->cmd, EXIT_USAGE, "--field: the path is empty");
	if (g->n_fields == SINK_FIELDS_MAX)
		return say(l->cmd, EXIT_USAGE, "more than %d options --field", SINK_FIELDS_MAX);
	g->fields[g->n_fields++] = value;
	return set_face(l, SINK_FIELD);
}

static int set_global(struct line *l, ptrdiff_t row, const char *value)
{
	struct globals *g = &l->cmd->g;

	switch (row) {
	case GLOBAL_DEVICE:
		g->device = value;
		break;
	case GLOBAL_TIMEOUT:
		return set_timeout(l->cmd, value);
	case GLOBAL_JSON:
		return set_face(l, SINK_JSON);
	case GLOBAL_EVAL:
		return set_face(l, SINK_EVAL);
	case GLOBAL_FIELD:
		return set_field(l, value);
	case GLOBAL_NO_PROXY:
		g->no_proxy = true;
		break;
	case GLOBAL_CID:
		return set_cid(l->cmd, value);
	case GLOBAL_KEEP_CID:
		g->keep_cid = true;
		break;
	case GLOBAL_VERBOSE:
		g->verbose++;
		break;
	case GLOBAL_INSTALL:
		l->install = value;
		break;
	case GLOBAL_DUMP:
		l->dump = true;
		break;
	default:	/* the first look saw to it */
		break;
	}
	return EXIT_DONE;
}

static int set_option(struct line *l, const struct item *it)
{
	const struct option_row *first = l->cmd->verb ? l->cmd->verb->options : NULL;

	for (ptrdiff_t i = 0; global_options[i].name; i++)
		if (it->row == &global_options[i])
			return set_global(l, i, it->value);
	for (size_t i = 0; i < OPTIONS_MAX && first && first[i].name; i++)
		if (it->row == &first[i])
			l->cmd->option[i] = it->value;
	return EXIT_DONE;
}

static int add_word(struct line *l, char *word)
{
	struct command *cmd = l->cmd;
	int most = cmd->verb && cmd->verb->args_max >= 0 ? cmd->verb->args_max : ARGS_MAX;

	if (!cmd->verb || l->at - 1 == l->applet_at || l->at - 1 == l->verb_at ||
	    l->at - 1 == l->action_at)
		return EXIT_DONE;
	if (cmd->n_args == most && !most)
		return say(cmd, EXIT_USAGE, "takes no argument, but there is '%s'", word);
	if (cmd->n_args == most)
		return say(cmd, EXIT_USAGE, "too many arguments: '%s' is more than %d", word, most);
	cmd->args[cmd->n_args++] = word;
	return EXIT_DONE;
}

static int read_all(struct line *l)
{
	int ret = EXIT_DONE;

	for (struct item it = line_next(l); !ret && it.kind != ITEM_END; it = line_next(l)) {
		if (it.kind == ITEM_WORD)
			ret = add_word(l, it.word);
		else if (it.kind == ITEM_OPTION)
			ret = set_option(l, &it);
		else
			ret = bad_option(l, &it);
	}
	return ret;
}

/* ---- doing it ---- */

int cli_run(struct command *cmd)
{
	struct globals *g = &cmd->g;
	int64_t ms = g->timeout_ms >= 0 ? g->timeout_ms :
		verb_timeout(cmd->verb) * INT64_C(1000);
	int ret, error;

	cmd->deadline = ms ? qmux_now() + ms : QMUX_NEVER;
	cmd->sink = sink_new(g->face, g->fields, g->n_fields, STDOUT_FILENO);
	if (!cmd->sink)
		return say(cmd, EXIT_DEVICE, "out of memory");
	ret = session_run(cmd);
	/* Fields are promised a line each, also where there was nothing to tell. */
	if (!ret && g->face == SINK_FIELD && !sink_results(cmd->sink)) {
		sink_begin(cmd->sink, NULL);
		sink_end(cmd->sink);
	}
	error = sink_flush(cmd->sink);
	session_end_by_signal(cmd);
	if (error) {
		say(cmd, EXIT_DEVICE, "cannot write the output: %s", strerror(-error));
		ret = ret ? ret : EXIT_DEVICE;
	}
	if (!ret && sink_absent(cmd->sink))
		ret = EXIT_ABSENT;
	sink_free(cmd->sink);
	return ret;
}

/* What is written to stdout without a sink. */
static int written(const struct command *cmd)
{
	int error = print_flush();

	return error ? say(cmd, EXIT_DEVICE, "cannot write the output: %s", strerror(-error)) :
		EXIT_DONE;
}

static int dispatch(struct line *l)
{
	struct command *cmd = l->cmd;
	int ret;

	if (l->version) {
		print("qmitool %s\n", QMITOOL_VERSION);
		return written(cmd);
	}
	/* The value of an option that is none was taken for a word. */
	ret = l->odd && (l->no_applet || l->no_verb) ? read_all(l) : EXIT_DONE;
	if (ret)
		return ret;
	if (l->no_applet || l->no_verb)
		return no_such_word(l);
	if (l->help) {
		help(cmd->applet, cmd->verb);
		return written(cmd);
	}
	ret = read_all(l);
	if (ret)
		return ret;
	if (l->install)
		return install_links(cmd, l->argv[0], l->install);
	if (l->dump)
		dump_cli();
	else if (!cmd->verb)
		help(cmd->applet, NULL);
	else if (cmd->n_args < cmd->verb->args_min)
		return too_few(cmd);
	else
		return cli_run(cmd);
	return written(cmd);
}

/*
 * A descriptor 0 to 2 that the caller closed must not become the modem's: what is printed
 * would go there.  For reading only, so that a closed stdout is still a failure.
 */
static void fill_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int cli_main(int argc, char **argv)
{
	char *args[ARGS_MAX];
	struct command cmd = { .args = args, .g = { .timeout_ms = -1, .cid = -1 } };
	struct line l = { .cmd = &cmd, .argc = argc, .argv = argv, .at = 1 };

	fill_descriptors();
	signal(SIGPIPE, SIG_IGN);	/* a reader that went is a failed flush */
	for (size_t i = 0; argc && applets[i]; i++)
		if (applets[i]->alias && !strcmp(applets[i]->alias, line_base(argv[0])))
			return applets[i]->alias_main(&cmd, argc, argv);
	line_scout(&l);
	return dispatch(&l);
}
