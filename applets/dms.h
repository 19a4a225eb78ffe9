/* dms.h - the verbs of dms that are more than rows. */
#ifndef APPLETS_DMS_H
#define APPLETS_DMS_H

#include "applets/applet.h"

#define VENDOR_SIERRA 0x1199	/* USB vendor ids of those who have messages of their own */
#define VENDOR_HP 0x03f0
#define VENDOR_FOXCONN 0x0489

/* Rows of the options. */
enum { MODE_WAIT };
enum { PIN_ID, PIN_FILE, PIN_FORCE };
enum { FCC_MAGIC, FCC_STRING };

extern const struct query dms_pin_queries[], dms_firmware_queries[], dms_preference_queries[];

int dms_mode_reached(struct command *cmd);
int dms_pin(struct command *cmd);
int dms_fcc_unlock(struct command *cmd);
int dms_firmware_prefer(struct command *cmd);
int dms_firmware_select(struct command *cmd);
int dms_firmware_delete(struct command *cmd);

#endif
