/* loc.h - the verbs of loc that are more than rows, and the views that they share. */
#ifndef APPLETS_LOC_H
#define APPLETS_LOC_H

#include "applets/applet.h"

/* The first options of the verbs that have a session of their own. */
enum { LOC_SESSION, LOC_INTERVAL, LOC_RECONNECT, LOC_SATELLITES };

#define LOC_DEFAULT_SESSION "1"

extern const struct query loc_position_queries[], loc_satellites_queries[], loc_nmea_queries[];
extern const struct query loc_monitor_queries[];

int loc_position(struct command *cmd);
int loc_satellites(struct command *cmd);
int loc_nmea(struct command *cmd);
int loc_monitor(struct command *cmd);
int loc_start(struct command *cmd);
int loc_stop(struct command *cmd);

/* Starts the session of --session on the client id that is there.  0, the modem's QMI error, or
   -1 - exit code. */
int loc_begin(struct command *cmd);

/* ---- loc_assist.c ---- */

enum { DELETE_CLOCK, DELETE_CELLS, DELETE_GNSS };

enum { SERVER_URL, SERVER_ADDRESS, SERVER_PORT };

extern const struct query loc_server_queries[];

int loc_server(struct command *cmd);
int loc_assist_delete(struct command *cmd);
int loc_assist_inject(struct command *cmd);
int loc_assist_time(struct command *cmd);

#endif
