/* wds.h - what is shown of a data connection. */
#ifndef APPLETS_WDS_H
#define APPLETS_WDS_H

#include "applets/applet.h"

/* The keys of wds_show_settings. */
extern const struct view_row wds_settings_view[];

/* The fields of get_current_settings to ask for, as SET(…) has it. */
#define WDS_SETTINGS "requested_settings=apn-name,dns-address,ip-address,gateway-info,mtu,ip-family"

/* Of an answer to get_current_settings: addresses with their prefix length. */
void wds_show_settings(struct sink *s, const struct qmux_frame *answer,
	const struct qmux_message *m);

#endif
