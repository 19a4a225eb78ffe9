/* dms.h - the verbs of dms that are more than rows. */
#ifndef APPLETS_DMS_H
#define APPLETS_DMS_H

#include "applets/applet.h"

#define VENDOR_SIERRA 0x1199	/* USB vendor ids of those who have messages of their own */
#define VENDOR_HP 0x03f0
#define VENDOR_FOXCONN 0x0489

/* Rows of the options. */
enum { MODE_WAIT };
enum { KEY_FILE };
enum { FCC_MAGIC, FCC_STRING };

extern const struct query dms_pin_queries[], dms_firmware_queries[];

/* The words that may follow such a verb. */
extern const struct verb dms_activation_actions[], dms_ck_actions[], dms_firmware_actions[];
extern const struct verb dms_pin_actions[], dms_spc_actions[], dms_user_lock_actions[];

int dms_mode_reached(struct command *cmd);
int dms_fcc_unlock(struct command *cmd);

/*
 * Sets set_message with a secret among its arguments, that can come from a file, the environment
 * or the terminal, too.
 */
int dms_keyed(struct command *cmd);
extern const struct option_row dms_key_options[];
#define DMS_ASK_SPC "A code that is not given is read from --key-file, $QMI_SPC, or the terminal."

#endif
