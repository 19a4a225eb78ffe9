/* wds_start.h - the verbs of sessions: rows of the table in wds.c. */
#ifndef APPLETS_WDS_START_H
#define APPLETS_WDS_START_H

#include "applets/wds_session.h"

enum { STOP_ALL = WDS_SESSION + 1, STOP_ANY };

extern const struct option_row wds_session_options[], wds_status_options[], wds_start_options[],
	wds_stop_options[];
extern const struct query wds_start_keys[], wds_status_keys[], wds_settings_keys[],
	wds_stats_keys[];

/* Link format, then wds_session_start. */
int wds_connect(struct command *cmd, struct wds_session *s, const struct wds_config *c);

int wds_start(struct command *cmd);
int wds_stop(struct command *cmd);
int wds_status(struct command *cmd);
int wds_settings(struct command *cmd);
int wds_stats(struct command *cmd);

#endif
