/*
 * applet.h - what an applet is: tables of verbs, options and views.
 *
 * One file an applet.  A verb is a row; from the same rows come --help, option
 * parsing, the completions and the checks of the manual (qmitool --dump-cli).
 */
#ifndef APPLETS_APPLET_H
#define APPLETS_APPLET_H

#include <limits.h>
#include <signal.h>

#include "applets/sink.h"
#include "proxy/proxy.h"
#include "qmux/client.h"
#include "qmux/schema.h"
#include "qmux/walk.h"

#define ARGS_MAX 256		/* positional arguments of one command */
#define TIMEOUT_DEFAULT 10	/* seconds, cli.md: one deadline for the whole command */

#define TIMEOUT_NONE 0x3fff	/* a verb that goes on until it is ended */

/* Exit codes: a contract, see qmitool.1. */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1,	/* the modem refused */
	EXIT_USAGE = 2,
	EXIT_DEVICE = 3,	/* no device, cannot be opened, or a local failure */
	EXIT_TIMEOUT = 4,
	EXIT_UNSUPPORTED = 5,	/* the modem does not support it */
	EXIT_SIM = 6,		/* SIM or PIN stands in the way */
	EXIT_CALL = 7,		/* the call failed or ended */
	EXIT_GONE = 8,		/* the modem went away */
	EXIT_PERMISSION = 9,
	EXIT_ABSENT = 10,	/* done, but a field asked for with -f is absent */
};

/*
 * An option of a verb, or a global one.  Where it is found its value is stored in
 * command.option[i], i being its row: the argument, or "" for one without.
 */
struct option_row {
	char letter;		/* 0: none */
	const char *name;	/* long, without "--" */
	const char *arg;	/* what stands for its argument in the help (SECONDS), NULL: none */
	const char *help;
	const char *values;	/* for completion: "a b c", or "@device", "@key"; NULL: anything */
};

#define OPTIONS_MAX 24		/* of one verb */

/* How a value of the modem becomes a value of the output. */
enum view_form {
	VIEW_PLAIN,		/* as the schema says: number, name, list, text */
	VIEW_TENTHS,		/* counts 0.1: 123 is 12.3 */
	VIEW_MINUS_HALVES,	/* counts -0.5: 9 is -4.5 */
	VIEW_NEGATIVE,		/* a magnitude: 73 is -73 */
	VIEW_MCC,		/* three digits, as a string */
	VIEW_MNC,		/* two digits, or three where the MCC's network has PCS digits */
	VIEW_SERIAL,		/* a serial number, where "0" means that there is none */
	VIEW_DIGITS,		/* text: the digits at its beginning */
};

struct view_row;

/* What a row's path leads to. */
struct view_value {
	const struct view_row *row;
	const struct qmux_node *node;
	const struct qmux_frame *frame;
	const struct qmux_message *message;
	const char *path;		/* whole */
};

/*
 * One row of a view: what stands under key in the output is what stands at path
 * in the message.  Keys with dots nest; rows that share a beginning stand together.  Of rows
 * with one key in sequence the first that the modem has counts.  Where rows only tell keys, the
 * path may be NULL: no place in the message, or "": the place that the rows around it led to.
 */
struct view_row {
	const char *key;
	const char *path;
	const struct view_style *style;
};

/* How it is shown; most rows need none of it, so that it stands beside them. */
struct view_style {
	const char *unit;	/* "dBm", or NULL */
	const char *valid;	/* a bool at this path says whether the value counts; NULL: always */
	/* path is a structure or a list of them: one object each, of these rows, whose paths
	   (valid's too) go on from there.  A key that ends in ".*" puts them into that group. */
	const struct view_row *rows;
	/* Shows what no form makes of it, or nothing; rows then tell its keys only.  NULL: by form. */
	void (*show)(struct sink *s, const char *key, const struct view_value *value);
	uint32_t absent;	/* "not available" on the wire; 0: no such value */
	uint16_t valid_bits;	/* valid is a flag set, and these are for this value */
	uint8_t form;		/* enum view_form */
	bool list;		/* rows: a list of them, which path does not tell (for --dump-cli) */
};

extern const struct view_style view_plain;	/* nothing of it (show_view.c) */

/* ROW(key, path, .unit = "dBm", …): what comes third and later are members of its style. */
#define ROW(...) ROW_PICK(__VA_ARGS__, ROW_STYLED, ROW_STYLED, ROW_STYLED, ROW_STYLED, \
	ROW_STYLED, ROW_STYLED, ROW_STYLED, ROW_PLAIN, 0)(__VA_ARGS__)
#define ROW_PICK(key, path, s1, s2, s3, s4, s5, s6, s7, picked, ...) picked
#define ROW_PLAIN(key_, path_) { .key = (key_), .path = (path_), .style = &view_plain }
#define ROW_STYLED(key_, path_, ...) \
	{ .key = (key_), .path = (path_), .style = &(const struct view_style){ __VA_ARGS__ } }
#define ROW_END { .key = NULL }

/* One message and what is shown of its answer. */
struct query {
	const struct view_row *view;	/* ends with a row without key */
	const char *const *ask;		/* the request's fields, as verb.set; NULL: none */
	/* Shows the answer instead of the view, which then tells the keys only; may be NULL. */
	void (*show)(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m);
	uint16_t message;
	uint16_t vendor;		/* whose message it is (USB vendor id), or 0 */
	bool instead;			/* only where the modem does not support those before it */
};

#define QUERY(message_, view_, ...) { .message = (message_), .view = (view_), __VA_ARGS__ }

struct command;

struct verb {
	const char *name;
	const char *args;	/* "[MODE]", "SERVICE MESSAGE [PATH=VALUE …]"; NULL: takes none */
	const char *help;	/* one line, lower case, no full stop */
	const char *more;	/* --help: units, what absent means; may be NULL */
	const struct option_row *options;	/* ends with a row without name; may be NULL */
	const char *values;	/* for completion of the first argument: "a b", "@enum:dms_operating_mode",
				   "@service", "@file"; or of all: "@complete KIND",
				   see raw complete; may be NULL */
	/* What it does: run, or set where an argument or option is given, or the queries. */
	int (*run)(struct command *cmd);
	const struct query *queries;	/* ends with a row without view; of those a verb with run
					   shows, only the keys count (for -f) */
	const char *const *set;	/* fields of set_message, SET(…) */
	int (*after)(struct command *cmd);	/* once set_message is done; may be NULL */
	const struct verb *actions;	/* words that may follow ("pin verify"), each a row of its own
					   with both words as its name; ends with one without */
	uint16_t set_message, set_vendor;	/* vendor: as in struct query */
	unsigned timeout : 14;	/* seconds; 0: TIMEOUT_DEFAULT; or TIMEOUT_NONE */
	bool no_device : 1;	/* does not talk to a modem: the device options do not apply */
	bool asks_only : 1;	/* run leaves nothing behind on its client ids: they can be lent */
	uint8_t args_min;
	int8_t args_max;	/* -1: any number up to ARGS_MAX */
};

/*
 * Fields of a request, each "path=value" in the schema's words.  A value "$1" is the first
 * argument, "$2" the second, "--name" that option's value ("true" where it takes none); what is
 * not given is left out.  Any other value stands as it is.
 */
#define SET(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define SET_NOTHING ((const char *const[]){ NULL })	/* the message has no fields */

struct applet {
	const char *name;
	const char *help;
	uint16_t service;	/* of its queries and setters */
	const struct verb *verbs;	/* ends with a row without name; a verb "" is what the
					   applet does without a verb (proxy, list, status) */
	/* Another program in whose place we can be called by its name, with its own command
	   line; NULL: none.  alias_main gets a command with nothing but defaults. */
	const char *alias;
	int (*alias_main)(struct command *cmd, int argc, char **argv);
};

/* Each is called applet_NAME in its file; qmitool.c lists those that are built. */
extern const struct applet *const applets[];	/* ends with NULL */

struct globals {
	const char *device;
	int64_t timeout_ms;	/* -1: the verb's own; 0: none */
	enum sink_face face;
	const char *fields[SINK_FIELDS_MAX];
	size_t n_fields;
	bool no_proxy, keep_cid, quiet;
	int cid;		/* -1: none given */
	int verbose;		/* counts -v */
};

/* One run of one verb. */
struct command {
	const struct applet *applet;
	const struct verb *verb;
	struct globals g;
	const char *option[OPTIONS_MAX];	/* by row of verb->options; NULL: not given */
	char **args;			/* positional */
	int n_args;
	uint16_t service;		/* that --cid speaks of: the applet's, or raw's */
	uint16_t vendor;		/* USB vendor id whose messages have names, or 0 (raw) */
	int64_t deadline;		/* of the whole command */
	struct sink *sink;
	const char *part;		/* what say() speaks of, where a verb has parts; or NULL */
	struct qmux_client client;	/* open once run() asked for it (session.h) */
};

/* ---- cli.c: from argv to a command ---- */

/* Does what argv says; returns the exit code.  argv[0] may name applet and verb. */
int cli_main(int argc, char **argv);

/* ---- say.c: the one place that writes to stderr ---- */

/*
 * "qmitool nas signal: …", one line (with -j a JSON object; nothing with -q).  Returns the
 * exit code it is given, so that "return say(cmd, EXIT_DEVICE, …)" ends a verb.
 */
int say(const struct command *cmd, enum exit_code exit, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The modem's error: name, number and the exit code that fits; NoEffect is a note and 0. */
int say_refused(const struct command *cmd, int qmi_error);

/* The same with more behind it: "; 2 tries left". */
int say_refused_more(const struct command *cmd, int qmi_error, const char *more);

/* The same with an exit code that the caller knows better. */
int say_refused_as(const struct command *cmd, enum exit_code exit, int qmi_error, const char *more);

/* That exit code alone. */
enum exit_code refusal_exit(int qmi_error);

/* A note that is no failure; not with -q. */
void note(const struct command *cmd, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
