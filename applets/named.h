/*
 * named.h - client ids that outlive the command, under a name that the proxy keeps.
 *
 * Only our own proxy can: named_possible() says whether that is what we talk to.
 */
#ifndef APPLETS_NAMED_H
#define APPLETS_NAMED_H

#include "applets/applet.h"

#define NAMED_MAX 33		/* a name with its NUL */
#define NAMED_NOTE_MAX 16	/* bytes that we keep with a name; the proxy takes more */

struct named {
	uint8_t client;
	uint8_t note[NAMED_NOTE_MAX];
	size_t note_len;
	/* Milliseconds of CLOCK_MONOTONIC: when the proxy last saw the modem restart (0: not
	   since it has the port), and when it started itself. */
	uint64_t restarted, started;
};

bool named_possible(const struct command *cmd);

/*
 * Adopts the client id that has this name, and chooses it (client.h).  0; the positive QMI error
 * of the proxy (NoEntry: nothing has that name; the times are told also then), which nobody has
 * spoken of; or -1 - exit code.
 */
int named_find(struct command *cmd, uint16_t service, const char *name, struct named *found);

/* The first name after this one, in its place; the rest as above, but nothing is adopted. */
int named_next(struct command *cmd, char name[NAMED_MAX]);

/*
 * Gives a client id of the service a name, and leaves it allocated; named->client says which,
 * NULL: the one that is in use, without a note.  Returns as above (DeviceInUse: another one has that
 * name).
 */
int named_keep(struct command *cmd, uint16_t service, const char *name, const struct named *named);

/* Takes the name from the one in use: it is released when the command ends.  Returns as above. */
int named_end(struct command *cmd, uint16_t service);

#endif
