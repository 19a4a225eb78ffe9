/*
 * raw_log.h - frames out of the logs of libqmi's programs, as they are.
 *
 * Seen with libqmi 1.32 (qmicli, qmi-proxy) and ModemManager: each frame is told twice, first
 * as bytes, then translated.
 *
 *	[time] [Debug] [/dev/cdc-wdm0] sent message...
 *	<<<<<< RAW:
 *	<<<<<<   length = 29
 *	<<<<<<   data   = 01:1C:00:80:…		all of it, or with -v the first 12 bytes and "..."
 *
 *	[time] [Debug] [/dev/cdc-wdm0] sent generic request (translated)...
 *	<<<<<< TLV:
 *	<<<<<<   type       = "Imei" (0x11)
 *	<<<<<<   length     = 15
 *	<<<<<<   value      = 34:39:…		or "###..." where -v hides it
 *
 * A frame that was cut is put together from its TLVs; hidden ones are left out.
 */
#ifndef APPLETS_RAW_LOG_H
#define APPLETS_RAW_LOG_H

#include "qmux/frame.h"

struct raw_log {
	bool on;		/* this is a log: a line that is none of its own is talk */
	struct qmux_buf frame;	/* of a cut one; the caller's memory, QMUX_FRAME_MAX */
	size_t need;		/* its length; 0: there is none */
	bool lost;		/* the last frame before this line was cut and its TLVs never came */
	size_t hidden;		/* bytes of TLVs that are hidden */
	unsigned type, length;	/* of the TLV that is being told; length 0: not yet known */
	unsigned n_hidden;	/* TLVs left out, of all frames */
};

/*
 * One line.  Bytes of whole frames are added to b.
 *	0		there were such
 *	-ENODATA	talk
 *	-ENOENT		not a line of a log
 *	-EINVAL		bytes that are not hex
 */
int raw_log_line(struct raw_log *log, const char *line, struct qmux_buf *b);

#endif
