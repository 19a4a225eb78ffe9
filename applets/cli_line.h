/* cli_line.h - argv as a sequence of words and options, and the first look at it. */
#ifndef APPLETS_CLI_LINE_H
#define APPLETS_CLI_LINE_H

#include "applets/cli.h"
#include "qmux/nearest.h"

/* The command line while it is read. */
struct line {
	struct command *cmd;
	int argc;
	char **argv;
	int at;			/* the next of argv */
	const char *cluster;	/* what is left of "-jv" */
	bool ended;		/* by "--" */
	int applet_at, verb_at, action_at;	/* which of argv name them; 0: none */
	const char *no_applet, *no_verb;	/* words that name none, nor an action */
	bool odd;		/* an option that is none stood before that word */
	bool help, version, dump, face;
	const char *install;
};

/* One thing on it. */
enum item_kind { ITEM_END, ITEM_WORD, ITEM_OPTION, ITEM_UNKNOWN, ITEM_NO_VALUE, ITEM_ODD_VALUE };

struct item {
	enum item_kind kind;
	char *word;
	const struct option_row *row;
	const char *value;	/* "" where the option takes none */
	char name[QMUX_NEAREST_MAX];	/* as typed: "--json" or "-j" */
};

struct item line_next(struct line *l);

/*
 * The first look: which applet and verb, what concerns every message (-j, -q), and whether
 * only help or the version is wanted.  Mistakes are left to the second.
 */
void line_scout(struct line *l);

/* By long name, or by letter where name is NULL; of the verb, or of all while none is known. */
const struct option_row *line_option(const struct command *cmd, const char *name, size_t n,
	char letter);

const struct verb *line_verb(const struct applet *applet, const char *name);

/* What stands behind the last slash. */
const char *line_base(const char *name);

#endif
