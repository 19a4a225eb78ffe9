/*
 * named.h - client ids that outlive the command, under a name that the proxy keeps.
 *
 * Only our own proxy can: named_possible() says whether that is what we talk to.
 */
#ifndef APPLETS_NAMED_H
#define APPLETS_NAMED_H

#include "applets/applet.h"

bool named_possible(const struct command *cmd);

/*
 * Adopts the client id that has this name.  0; the positive QMI error of the proxy
 * (NoEntry: nothing has that name), which nobody has spoken of; or -1 - exit code.
 */
int named_find(struct command *cmd, uint16_t service, const char *name);

/* Gives the client id of that service a name, and leaves it allocated.  Returns as above. */
int named_keep(struct command *cmd, uint16_t service, const char *name);

/* Takes the name from it: it is released when the command ends.  Returns as above. */
int named_end(struct command *cmd, uint16_t service);

#endif
