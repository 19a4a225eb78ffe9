/* wms.h - the verbs of wms that are more than rows. */
#ifndef APPLETS_WMS_H
#define APPLETS_WMS_H

#include "applets/applet.h"

/* Rows of the options; the mode is always the same one. */
enum { WMS_STORAGE, WMS_MODE };		/* list, read, delete, tag */
enum { LIST_TAG = 2, LIST_READ };
enum { READ_RAW = 2 };
enum { DELETE_TAG = 2, DELETE_ALL };
enum { MONITOR_DELETE = 0, MONITOR_RECONNECT = 2 };
enum { SEND_SMSC, SEND_CLASS, SEND_FLASH, SEND_REPORT };

extern const struct view_row wms_place_rows[], wms_message_rows[];
extern const struct query wms_list_queries[], wms_monitor_queries[], wms_read_queries[];
extern const struct query wms_send_queries[], wms_storage_queries[];

int wms_delete(struct command *cmd);
int wms_list(struct command *cmd);
int wms_monitor(struct command *cmd);
int wms_read(struct command *cmd);
int wms_send(struct command *cmd);
int wms_storage(struct command *cmd);
int wms_tag(struct command *cmd);

/* Where a message is. */
struct wms_place {
	uint8_t storage;
	uint32_t index;
};

/* Reads it.  0, a positive QMI error, or -1 - exit code. */
int wms_get_stored(struct command *cmd, const struct wms_place *place, struct qmux_message *m,
	struct qmux_frame *answer);

/* Where it is and what it holds, in the object that is open. */
void wms_show_stored(struct sink *s, const struct wms_place *place, const struct qmux_frame *answer,
	const struct qmux_message *m, bool raw);

/* What a field of an answer or indication that has format and raw_data holds. */
void wms_show_data(struct sink *s, const struct qmux_frame *f, const struct qmux_message *m,
	const char *path, bool raw);

/* Field "message_mode" of a request: --mode, or what all modems but CDMA's have. */
const char *wms_mode(const struct command *cmd);

#endif
