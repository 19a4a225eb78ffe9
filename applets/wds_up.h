/* wds_up.h - a session with its interface; what `wds up` shares with its watch. */
#ifndef APPLETS_WDS_UP_H
#define APPLETS_WDS_UP_H

#include "applets/wds_net.h"
#include "applets/wds_session.h"

/* Options of "wds up" after those of "wds start". */
enum {
	UP_INTERFACE = WDS_START_OPTIONS_END, UP_METRIC, UP_NO_ROUTE, UP_DNS_FILE, UP_HOOK,
	UP_PRINT, UP_FOREGROUND, UP_RECONNECT, UP_WAIT
};

struct up {
	struct wds_config config;
	struct wds_session session;
	struct wds_net wish;		/* what the options say; no addresses yet */
	struct wds_net net;		/* what there is */
	bool wait;			/* for the SIM and registration, first */
};

#define UP_TIMEOUT 90		/* seconds: --wait and start */

/* Clean-up after a signal: stopping a call takes the modem a moment. */
#define UP_END_MS 3000

/* ---- wds_connect.c ---- */

/*
 * From nothing, or from what is there, to a connection and a configured interface.  After a
 * failure what this call began is undone.  The session is open afterwards, whatever is returned;
 * returns an exit code.
 */
int up_connect(struct command *cmd, struct up *up);

/*
 * Asks for the addresses of the calls that are up, and brings the interface there; where that is
 * so already, only with repair.
 */
int up_configure(struct command *cmd, struct up *up, bool repair);

/*
 * Takes all of it down in order: routes, addresses, link, call, client ids, state file.  Done
 * even where a signal came, then in UP_END_MS.  gone: there is no modem to tell.
 */
int up_end(struct command *cmd, struct up *up, bool gone);

/* state: "up", "changed", "down"; reason and registration: in words, or NULL. */
void up_show(struct command *cmd, const struct up *up, const char *state, const char *reason,
	const char *registration);

/* ---- wds_watch.c ---- */

/* Until it ends for good; returns an exit code. */
int up_watch(struct command *cmd, struct up *up);

/* ---- rows of the table in wds.c ---- */

extern const struct option_row wds_up_options[];
extern const struct query wds_up_keys[];
int wds_up(struct command *cmd);
int wds_down(struct command *cmd);

#endif
