/*
 * wds_session.h - a data session: a WDS client id for each IP family, under a name.
 *
 * It outlives the command.  Our proxy keeps the client ids under the names "wds:NAME:4" and
 * "wds:NAME:6"; a state file (state.h) has the same, and is what finds it again after the
 * proxy was restarted, or where there is only libqmi's or none at all (-n).  Both are void once
 * the modem restarted.
 *
 * Functions that return an exit code have said what went wrong.
 */
#ifndef APPLETS_WDS_SESSION_H
#define APPLETS_WDS_SESSION_H

#include "applets/state.h"

#define WDS_V4 1u
#define WDS_V6 2u
#define WDS_FAMILIES 2		/* index 0 is IPv4, 1 is IPv6 */

#define WDS_SESSION_DEFAULT "default"
#define WDS_START_TIMEOUT 60	/* seconds: networks take up to half a minute */
#define WDS_PASSWORD_MAX 128	/* bytes with NUL: 3GPP TS 27.007, +CGAUTH names no limit, modems do */
#define WDS_REASON_MAX 128	/* bytes of a call end reason in words */
#define WDS_HANDLE_ANY UINT32_MAX	/* stop_network: whatever call there is */

/*
 * Options of "wds start", which "wds up" has too: its rows begin with WDS_START_OPTIONS, and its
 * own indexes with WDS_START_OPTIONS_END.
 */
enum wds_start_option {
	WDS_SESSION, WDS_APN, WDS_IP, WDS_AUTH, WDS_USER, WDS_PASSWORD_FILE, WDS_PROFILE,
	WDS_PROFILE_3GPP2, WDS_VIA_PROFILE, WDS_AUTOCONNECT, WDS_MUX, WDS_START_OPTIONS_END
};

/* Also of verbs that have no other option of start: then WDS_SESSION is their row 0. */
#define WDS_SESSION_OPTION \
	[WDS_SESSION] = { 's', "session", "NAME", "the session's name (default: default)", NULL }

#define WDS_START_OPTIONS \
	WDS_SESSION_OPTION, \
	[WDS_APN] = { 0, "apn", "APN", "the access point's name", NULL }, \
	[WDS_IP] = { 0, "ip", "FAMILY", "IP family: 4, 6 or 4v6 (default 4)", "4 6 4v6" }, \
	[WDS_AUTH] = { 0, "auth", "HOW", "pap, chap, both or none", "none pap chap both" }, \
	[WDS_USER] = { 0, "user", "NAME", "for the network's authentication", NULL }, \
	[WDS_PASSWORD_FILE] = { 0, "password-file", "FILE", "its first line; or in " \
		"$QMI_PASSWORD", "@file" }, \
	[WDS_PROFILE] = { 0, "profile", "N", "the modem's profile N (3GPP)", NULL }, \
	[WDS_PROFILE_3GPP2] = { 0, "profile-3gpp2", "N", "the same, 3GPP2", NULL }, \
	[WDS_VIA_PROFILE] = { 0, "via-profile", NULL, "write APN, user, password and family into " \
		"that profile first", NULL }, \
	[WDS_AUTOCONNECT] = { 0, "autoconnect", NULL, "the modem connects by itself from now on", \
		NULL }, \
	[WDS_MUX] = { 0, "mux", "ID", "the data go to the link with this mux id (1 to 254)", NULL }

struct wds_config {
	const char *session;		/* its name */
	const char *apn, *user;		/* NULL: not given */
	char password[WDS_PASSWORD_MAX];	/* empty: none */
	int auth;			/* bits of the wire: 1 pap, 2 chap; -1: not given */
	unsigned families;		/* WDS_V4 | WDS_V6 */
	int profile, profile_3gpp2;	/* -1: none given */
	bool via_profile, autoconnect;
	unsigned mux;			/* 0: none */
};

/* From options, file and environment; before anything is opened.  Returns an exit code. */
int wds_config_read(struct command *cmd, struct wds_config *c);

/* From that file (NULL: none), or with a user from $QMI_PASSWORD; empty: there is none. */
int wds_password_read(struct command *cmd, const char *file, const char *user,
	char password[WDS_PASSWORD_MAX]);

struct wds_call {
	bool known;		/* it has a client id */
	bool up;		/* and was connected when it was asked last */
	bool found;		/* by its name in the proxy: it is ours for sure */
	uint8_t status;		/* enum wds_connection_status, 0: not asked */
	uint8_t client;
	uint32_t handle;	/* packet data handle */
};

struct wds_session {
	char name[STATE_NAME_MAX + 1];
	struct state state;	/* keys of others stay: "net.…" is wds_net's */
	struct wds_call call[WDS_FAMILIES];
	uint32_t config;	/* a hash of what it was started with, without the password */
	bool autoconnect;	/* start enabled it: stop disables it */
	bool named;		/* our proxy keeps it */
	bool told;		/* that there is no state file */
};

/*
 * For those who only look, and for those who change it: they take turns.  For those who end it, a
 * modem that refuses to tell whether it is connected has it connected.
 */
enum wds_purpose { WDS_LOOK, WDS_CHANGE, WDS_END };

/*
 * Opens the device, reads the state file, finds the client ids and asks whether they are
 * connected.  name NULL: the option -s (row WDS_SESSION), or the default; an empty one is the
 * default, too.  A name that nobody knows is no failure: no call is known then.  *s must be
 * closed, whatever is returned.
 */
int wds_session_find(struct command *cmd, const char *name, enum wds_purpose purpose,
	struct wds_session *s);
void wds_session_close(struct command *cmd, struct wds_session *s);

/*
 * Every session of the command's device that we may know of, by name, sorted.  fn returns an exit
 * code; the first that is no success is returned, but all are done.
 */
int wds_session_each(struct command *cmd, int (*fn)(struct command *cmd, const char *name));

static inline bool wds_session_known(const struct wds_session *s)
{
	return s->call[0].known || s->call[1].known;
}

static inline bool wds_session_up(const struct wds_session *s)
{
	return s->call[0].up || s->call[1].up;
}

/*
 * Connects what config asks for and keeps it; found with WDS_CHANGE.  Up already with the same
 * configuration: done, with a note.  Up with another: a failure that says what to do.  Calls
 * that have ended are started anew.  Of two families one may be refused by the network
 * (a note).  EXIT_CALL: the network refused, or EXIT_SIM; the reason has been told.
 */
int wds_session_start(struct command *cmd, struct wds_session *s, const struct wds_config *c);

/*
 * From now on requests of WDS go to the client id of that family (WDS_V4 or WDS_V6).  False: there
 * is no such call.
 */
bool wds_session_choose(struct command *cmd, const struct wds_session *s, unsigned family);

/* Asks each known call again: call[].up.  One that the modem has forgotten is not known any more. */
int wds_session_ask(struct command *cmd, struct wds_session *s);

/*
 * Stops each call, gives the client ids back, removes the state file (but for keys of others).
 * Calls that had ended already, or that the modem no longer knows, are no failure.
 */
int wds_session_stop(struct command *cmd, struct wds_session *s);

/* Where that failed, and nobody would look for it: gives the client ids back, which ends its
   calls, without more words. */
void wds_session_abandon(struct command *cmd, struct wds_session *s);

/* After a change of keys in s->state.  Where our proxy keeps the session, a note is all that
   a failure is. */
int wds_session_save(struct command *cmd, struct wds_session *s);

/* The key status, of enum wds_connection_status. */
void wds_show_status(struct sink *sink, unsigned status);

/* The keys session, status, ipv4 and ipv6 (each status, client, handle) into the open object. */
void wds_session_show(struct sink *sink, const struct wds_session *s);
extern const struct view_row wds_session_view[];

struct wds_ip {
	unsigned family;	/* WDS_V4: the first 4 bytes of each address */
	uint8_t address[16];
	unsigned prefix;	/* bits; 0: the modem did not tell */
	uint8_t gateway[16];
	bool has_gateway;
	uint8_t dns[2][16];
	unsigned n_dns;
	unsigned mtu;		/* bytes; 0: the modem did not tell */
};

/* The addresses of that family.  EXIT_CALL: it is not connected. */
int wds_session_ip(struct command *cmd, const struct wds_session *s, unsigned family,
	struct wds_ip *ip);

/*
 * Why a call ended, in words, of an answer to start_network or an indication
 * packet_service_status: "unknown-apn (3gpp 27)"; an empty text where the modem does not say.
 * Returns what a command ends with: EXIT_CALL, or EXIT_SIM.
 */
int wds_reason(const struct qmux_frame *f, const struct qmux_message *m,
	char text[WDS_REASON_MAX]);

#endif
