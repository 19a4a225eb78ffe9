/*
 * pin.h - PINs: nothing that is not needed, and never the last try by accident.
 *
 * What the UIM service and, on old modems, the device service have in common.  Needs nothing
 * of UIM, which a small build may not have.
 */
#ifndef APPLETS_PIN_H
#define APPLETS_PIN_H

#include "applets/secret.h"

#define PIN_RETRIES_UNKNOWN 256	/* a modem that does not tell: more than a byte holds */
#define PIN_TIMEOUT 60		/* seconds: somebody may have to type */

/* Both services' values, as far as they are the same. */
enum pin_state { PIN_NOT_VERIFIED = 1, PIN_VERIFIED, PIN_DISABLED, PIN_BLOCKED, PIN_DEAD };

enum pin_verb { PIN_VERIFY, PIN_ENABLE, PIN_DISABLE, PIN_CHANGE, PIN_UNBLOCK, PIN_VERBS };

/* How a service calls it. */
struct pin_service {
	uint16_t service;
	uint16_t message[PIN_VERBS];
	const char *pin, *enabled;	/* fields: a PIN alone, and whether it is to be asked for */
	const char *retries[2];		/* of a refusal: tries that are left, for the PIN and the PUK */
	/* Says the refusal where that has no tries; as say_refused.  NULL: say_refused. */
	int (*refused)(const struct command *cmd, int error, const struct qmux_frame *answer,
		const struct qmux_message *m);
};

extern const struct pin_service pin_of_device;

/* One PIN, and how things are with it. */
struct pin {
	const char *name;	/* for people */
	const char *id;		/* as the service has it */
	unsigned state;		/* enum pin_state, or something else */
	unsigned retries, unblock_retries;	/* or PIN_RETRIES_UNKNOWN */
};

/* What the device service's answer says of pin1, or pin2. */
struct pin pin_of_answer(const struct qmux_frame *answer, const struct qmux_message *m, bool second);

/* A verb "pin …" at work. */
struct pin_job {
	enum pin_verb verb;
	int option;		/* the first of the three below */
	struct secret secrets[2];
};

enum { PIN_NAME, PIN_FILE, PIN_FORCE, PIN_OPTIONS };
#define PIN_OPTION_ROWS(pins_) \
	{ 'i', "pin", "NAME", "which PIN (default: pin1)", pins_ }, \
	{ 'p', "pin-file", "FILE", "read it there (-: stdin); a new PIN stands in the second line", \
		"@file" }, \
	{ 0, "force", NULL, "use the last try, too", NULL }, \
	{ .name = NULL }

#define PIN_ASKED \
	"It asks first how many tries are left, and refuses the last one without --force. A PIN\n" \
	"that is not given is read from --pin-file, $QMI_PIN, or the terminal without echo;\n" \
	"one that is given is overwritten, so that ps does not show it for long."

/* Takes the arguments out of sight.  Belongs at the very start. */
void pin_begin(struct command *cmd, struct pin_job *job, int option);

/*
 * Does it, if it needs to be done and may be; more: further fields of the request, up to two, or
 * NULL.  Returns an exit code.
 */
int pin_do(struct command *cmd, struct pin_job *job, const struct pin_service *service,
	const struct pin *pin, const char *const more[2]);

#endif
