/* proxy_applet.h - what the files of the proxy applet share. */
#ifndef APPLETS_PROXY_APPLET_H
#define APPLETS_PROXY_APPLET_H

#include "applets/applet.h"
#include "qmux/encode.h"

/* Rows of the options of trace. */
enum { TRACE_SERVICE, TRACE_CLIENT, TRACE_WRITE };

/* A request to the proxy that runs; none is started.  Returns an exit code, having said why. */
int proxy_applet_ask(struct command *cmd, const struct qmux_message *m, const uint8_t *tlvs,
	size_t n, struct qmux_frame *answer);

int proxy_applet_status(struct command *cmd);
int proxy_applet_trace(struct command *cmd);

#endif
