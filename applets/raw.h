/* raw.h - the verbs of raw, and what they share. */
#ifndef APPLETS_RAW_H
#define APPLETS_RAW_H

#include "applets/applet.h"
#include "qmux/encode.h"

/* Rows of the options of encode and of send. */
enum { RAW_CLIENT, RAW_TRANSACTION, RAW_RESPONSE, RAW_INDICATION };
enum { RAW_SERVICE };

int raw_call(struct command *cmd);
int raw_decode(struct command *cmd);
int raw_encode(struct command *cmd);
int raw_list(struct command *cmd);
int raw_monitor(struct command *cmd);
int raw_send(struct command *cmd);

/* SERVICE, the first argument, by name or number.  Returns an exit code, having said why. */
int raw_find_service(const struct command *cmd, struct qmux_service *service);

/*
 * SERVICE and MESSAGE, the first two arguments, by name or number.  A number need not be in
 * the schema: m->name is QMUX_NO_NAME then.  Returns an exit code, having said why.
 */
int raw_find_message(const struct command *cmd, bool indication, struct qmux_message *m);

/* The TLVs that the PATH=VALUE arguments, from the third on, make.  Returns as above. */
int raw_tlvs(const struct command *cmd, const struct qmux_message *m, bool request,
	struct qmux_buf *b);

#endif
