/* wds_call.h - one data call: what wds_session.c makes a session of. */
#ifndef APPLETS_WDS_CALL_H
#define APPLETS_WDS_CALL_H

#include "applets/wds_session.h"

/* Of a family by its index: "IPv4". */
const char *wds_family_name(unsigned i);

/* Of what a session was started with, but for the password. */
uint32_t wds_config_hash(const struct wds_config *c);

/* Why a call does not start. */
struct wds_refusal {
	int error;		/* QMI's, positive; 0: none */
	int exit;		/* of the reason: EXIT_CALL or EXIT_SIM */
	char reason[WDS_REASON_MAX];	/* in words; empty: the modem does not say */
};

/*
 * Starts a call of that family on a client id that is allocated for it, and held by cmd->client.
 * first: of this command, which makes ready what all calls share.  0; a positive QMI error, nothing
 * is left then, and *r is filled in; or -1 - exit code.
 */
int wds_call_start(struct command *cmd, const struct wds_config *c, unsigned i, bool first,
	struct wds_call *call, struct wds_refusal *r);

/*
 * Is it connected?  Not known any more: the modem has forgotten the client id.  Returns as
 * session_try, or an exit code.
 */
int wds_call_try(struct command *cmd, struct wds_call *call);
int wds_call_ask(struct command *cmd, struct wds_call *call);

/* stop_network on the client id that is chosen.  Returns as session_try. */
int wds_call_stop(struct command *cmd, const struct wds_call *call, bool disable_autoconnect);

#endif
