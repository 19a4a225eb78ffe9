/* wds_view.h - verbs of wds that show what the modem tells; wds.c has their rows. */
#ifndef APPLETS_WDS_VIEW_H
#define APPLETS_WDS_VIEW_H

#include "applets/wds_session.h"

/* Rows of the options; WDS_SESSION is the first where a verb has it. */
enum { ATTACH_ACTION };
enum { BIND_ENDPOINT_TYPE, BIND_ENDPOINT_NUMBER, BIND_CLIENT_TYPE };
enum { MONITOR_STATS = WDS_SESSION + 1, MONITOR_RECONNECT };

extern const struct query wds_attach_queries[], wds_bearer_queries[], wds_bind_queries[];
extern const struct query wds_channel_rates_queries[], wds_dormancy_queries[];
extern const struct query wds_monitor_queries[], wds_throttle_queries[];
extern const struct verb wds_bind_actions[];

/*
 * Asks on the client id of a session (-s, or the default one), where there is one: a modem tells
 * each client of its own call.  wds_view shows the verb's queries.
 */
int wds_view(struct command *cmd);
int wds_attach(struct command *cmd);
int wds_dormancy(struct command *cmd);
int wds_ip_family(struct command *cmd);

int wds_monitor(struct command *cmd);

#endif
