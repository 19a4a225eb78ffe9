/* wds.h - what is shown of a data connection. */
#ifndef APPLETS_WDS_H
#define APPLETS_WDS_H

#include "applets/applet.h"

/* The keys of wds_show_settings. */
extern const struct view_row wds_settings_view[];

/* The fields of get_current_settings to ask for, as SET(…) has it. */
#define WDS_SETTINGS "requested_settings=apn-name,dns-address,ip-address,gateway-info,mtu,ip-family"

/* Numbers of that answer; 0: the modem does not tell, or it is none that can be. */
unsigned wds_prefix(const struct qmux_frame *answer, const struct qmux_message *m, bool v6);
unsigned wds_mtu(const struct qmux_frame *answer, const struct qmux_message *m);

/* Of an answer to get_current_settings: addresses with their prefix length. */
void wds_show_settings(struct sink *s, const struct qmux_frame *answer,
	const struct qmux_message *m);

#endif
