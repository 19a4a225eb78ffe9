/* cli.h - what the parts of the command line share: cli.c, help.c, dump.c, install.c. */
#ifndef APPLETS_CLI_H
#define APPLETS_CLI_H

#include "applets/applet.h"
#include "applets/text.h"

#ifndef QMITOOL_VERSION
#define QMITOOL_VERSION "0.1.0"
#endif

/* ---- cli_rows.c: tables of the command line itself, and what verbs' rows say ---- */

enum {
	GLOBAL_DEVICE, GLOBAL_TIMEOUT, GLOBAL_JSON, GLOBAL_EVAL, GLOBAL_FIELD, GLOBAL_NO_PROXY,
	GLOBAL_CID, GLOBAL_KEEP_CID, GLOBAL_VERBOSE, GLOBAL_QUIET, GLOBAL_HELP, GLOBAL_VERSION,
	GLOBAL_INSTALL, GLOBAL_DUMP,
};
extern const struct option_row global_options[];	/* ends with a row without name */

struct exit_row {
	enum exit_code code;
	const char *meaning;
};
extern const struct exit_row exit_rows[];	/* ends with a row without meaning */

/* Seconds that a verb may take without -t; 0: any number. */
unsigned verb_timeout(const struct verb *verb);

/* The last word of its name: "verify" of the action "pin verify". */
const char *verb_word(const struct verb *verb);

/* The words that the values of an option stand for (@enum and @service as their members), or those
   of a verb's first argument where option is NULL. */
void verb_values(struct text *t, const struct applet *applet, const struct verb *verb,
	const struct option_row *option);

/* ---- cli.c ---- */

/* Runs a command whose verb and arguments are known, under its deadline; returns the exit code. */
int cli_run(struct command *cmd);

/* ---- help.c ---- */

/* Help for what is known so far, on stdout.  applet, verb: may be NULL. */
void help(const struct applet *applet, const struct verb *verb);

/* "qmitool raw call SERVICE MESSAGE [PATH=VALUE …]" */
void help_usage(struct text *t, const struct applet *applet, const struct verb *verb);

/* ---- help_keys.c ---- */

/* Adds the keys that the verb's views have, groups as "lte.{rssi rsrq}"; nothing where it has none. */
void help_keys(struct text *t, const struct verb *verb);

/* ---- dump.c ---- */

/*
 * All tables on stdout, tab-separated, "-" where there is nothing; fields are only
 * added at the end of a line, before the help:
 *	global	LETTER NAME ARG VALUES HELP
 *	applet	NAME HELP
 *	verb	APPLET VERB ARGS MIN MAX SECONDS device|- VALUES HELP
 *	action	APPLET VERB ARGS MIN MAX SECONDS device|- VALUES HELP	(VERB: two words)
 *	option	APPLET VERB LETTER NAME ARG VALUES HELP
 *	keys	APPLET VERB KEYS	(VERB: one word or two; what -f takes, where there is any:
 *		"lte.rsrp cards[0].state"; a list of values as one: "bands")
 *	alias	APPLET NAME	(another program in whose place it can be called)
 *	exit	CODE MEANING
 * MAX -1: any number.  SECONDS 0: no deadline.  VALUES: words, or @device, @file, @dir, @key
 * (the verb's); or @complete KIND: all arguments are, as "raw complete KIND" tells.
 */
void dump_cli(void);

/* ---- install.c ---- */

/* Symlinks to this program in dir.  What stands there already is left alone. */
int install_links(const struct command *cmd, const char *argv0, const char *dir);

#endif
