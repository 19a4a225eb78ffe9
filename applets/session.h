/*
 * session.h - a verb's life: open, ask under one deadline, release, print.
 *
 * Functions here have said what went wrong when they return an exit code other
 * than EXIT_DONE.
 */
#ifndef APPLETS_SESSION_H
#define APPLETS_SESSION_H

#include "applets/applet.h"

/* ---- session.c: the verb, out of its tables ---- */

/* Runs the command's verb, whatever kind of row it is, and cleans up. */
int session_run(struct command *cmd);

/*
 * As session_outcome, with the fields of SET(…) as the request; a mistake in them has been
 * spoken of.  session_set: in one go, for a message of the applet; returns an exit code.
 */
int session_ask(struct command *cmd, const struct qmux_message *m, const char *const *set,
	struct qmux_frame *answer);
int session_set(struct command *cmd, uint16_t message, const char *const *set);

/*
 * Several messages of cmd->service as one object under key (NULL: a result of its own, "": in
 * the object that is open).  0, the positive QMI error of the first refusal where none had an
 * answer, or -1 - exit code.  session_queries: as a result; says what went wrong.
 */
int session_part(struct command *cmd, const char *key, const struct query *queries);
int session_queries(struct command *cmd, const struct query *queries);

/* The message of the schema; aborts where a table names one that is not there. */
struct qmux_message session_message(uint16_t service, uint16_t id);

/* ---- session_call.c: one message ---- */

/* One message; opens where that has not been done.  answer holds until the next call. */
int session_call(struct command *cmd, const struct qmux_message *m, const uint8_t *tlvs, size_t n,
	struct qmux_frame *answer);

/*
 * The same, where the modem's refusal may be part of the plan: 0, the positive QMI
 * error that nobody has spoken of yet, or -1 - exit code.
 */
int session_try(struct command *cmd, const struct qmux_message *m, const uint8_t *tlvs, size_t n,
	struct qmux_frame *answer);

/*
 * The same for a message whose outcome comes as an indication of the same name: that is
 * awaited and is then the answer.  Other messages are as in session_try.
 */
int session_outcome(struct command *cmd, const struct qmux_message *m, const uint8_t *tlvs,
	size_t n, struct qmux_frame *answer);

/* ---- session_open.c ---- */

/*
 * Open the device of the command: through the proxy (ours or libqmi's, started
 * where there is none), or directly with -n.  session_run closes it.
 */
int session_open(struct command *cmd);

/* Is the verb there to change something, or to show? */
bool session_is_setting(const struct command *cmd);

/* Which path -d, $QMI_DEVICE or the only port there is mean. */
int session_device(const struct command *cmd, char path[QMUX_PATH_MAX]);

/* How we run or start a proxy: its defaults, and what the schema knows for it. */
struct proxy_config session_proxy_config(void);

/* ---- session_wait.c ---- */

/* From now on the client's waits end when a signal tells the command to. */
void session_watch(struct command *cmd);

/* Ends by the signal that came, so that a shell sees what happened; returns where none did. */
void session_end_by_signal(struct command *cmd);

/*
 * The next indication within ms (QMUX_NEVER: whenever it comes): 1, 0 where there was none, or
 * negative (-ETIMEDOUT: the command's deadline).
 */
int session_indication(struct command *cmd, int64_t ms, struct qmux_frame *f);

/* Waits that long.  False: a signal came, or the command's deadline does before. */
bool session_pause(const struct command *cmd, int64_t ms);

/*
 * A line from fd, waited for like an answer: until the deadline, or a signal.  What is longer
 * than n is cut off.  Its length (0: also the end), or -errno.
 */
int session_line(const struct command *cmd, int fd, char *text, size_t n);

/* Says what a negative error of qmux_client_… means; returns its exit code. */
int session_failed(const struct command *cmd, int error);

#endif
