/* raw.h - the verbs of raw, and what they share. */
#ifndef APPLETS_RAW_H
#define APPLETS_RAW_H

#include "applets/applet.h"
#include "qmux/encode.h"

/* Rows of the options; the first of every verb is the same. */
enum { RAW_VENDOR };
enum { RAW_CLIENT = 1, RAW_TRANSACTION, RAW_RESPONSE, RAW_INDICATION };	/* encode */
enum { RAW_SERVICE = 1 };						/* send */
enum { RAW_COMPLETE = 1 };						/* list */

int raw_call(struct command *cmd);
int raw_decode(struct command *cmd);
int raw_encode(struct command *cmd);
int raw_list(struct command *cmd);
int raw_monitor(struct command *cmd);
int raw_send(struct command *cmd);

/* ---- raw_complete.c: words for the shells' completion, a line each ---- */

int raw_complete(struct command *cmd);

/* ---- raw_args.c; they return an exit code, having said why ---- */

/* cmd->vendor from --vendor; or, where device is true, from the device as far as sysfs tells. */
int raw_vendor(struct command *cmd, bool device);

/* A service by name or number; one without messages has n 0. */
int raw_find_service(const struct command *cmd, const char *text, struct qmux_service *service);

/*
 * SERVICE and MESSAGE, the first two arguments, by name or number.  A number need not be in
 * the schema: m->name is QMUX_NO_NAME then.  By name a vendor's message is found without
 * --vendor, too, and cmd->vendor tells whose.
 */
int raw_find_message(struct command *cmd, bool indication, struct qmux_message *m);

/* The TLVs that the PATH=VALUE arguments, from the third on, make. */
int raw_tlvs(const struct command *cmd, const struct qmux_message *m, bool request,
	struct qmux_buf *b);

/* Of a message without a name: only its bytes can be told. */
static inline bool raw_is_known(const struct qmux_message *m)
{
	return m->name != QMUX_NO_NAME;
}

#endif
