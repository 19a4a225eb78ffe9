/* monitor.h - verbs that go on: what the modem tells is shown as it comes. */
#ifndef APPLETS_MONITOR_H
#define APPLETS_MONITOR_H

#include "applets/applet.h"

struct monitor {
	/* Registers for what is to be told; again after a reconnect.  Returns an exit code. */
	int (*begin)(struct command *cmd);
	/* An indication for us; may come while begin waits, so it asks the modem nothing.
	   Returns an exit code, or MONITOR_ON. */
	int (*told)(struct command *cmd, const struct qmux_frame *f);
	/* Undoes what begin did, also after a signal or the deadline; may be NULL. */
	void (*end)(struct command *cmd);
	/* Once a second while nothing comes; may be NULL. */
	void (*tick)(struct command *cmd);
	bool endless;		/* the time of -t is its end, not a failure */
	bool reconnect;		/* goes on after the modem restarted or the proxy ended */
};

#define MONITOR_ON (-1)

/* Until told has enough, a signal, or the deadline.  Returns an exit code. */
int monitor_run(struct command *cmd, const struct monitor *m);

#endif
