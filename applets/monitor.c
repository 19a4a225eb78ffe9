#include "applets/monitor.h"

#include "applets/session.h"

#include <errno.h>

#define TICK_MS 1000
#define RECONNECT_MS 1000	/* between two tries */
#define RESERVE_MS 100		/* of -t, for undoing; a tenth of it where it is short */

static const struct monitor *monitor;	/* the one that runs */
static int outcome;			/* what told said while begin waited */

static void on_indication(void *ctx, const struct qmux_frame *f)
{
	if (outcome == MONITOR_ON)
		outcome = monitor->told(ctx, f);
}

/* One connection to the modem.  An exit code, or what qmux_client_indication said. */
static int follow(struct command *cmd, int *error)
{
	struct qmux_frame f;
	int ret = session_open(cmd);

	*error = 0;
	cmd->client.indication = on_indication;
	if (!ret)
		ret = monitor->begin(cmd);
	if (ret)
		return ret;
	if (monitor->endless && cmd->g.timeout_ms > 0)
		cmd->client.deadline -= cmd->g.timeout_ms < 10 * RESERVE_MS ?
			cmd->g.timeout_ms / 10 : RESERVE_MS;
	while (outcome == MONITOR_ON && !sink_flush(cmd->sink)) {
		int came = session_indication(cmd, monitor->tick ? TICK_MS : QMUX_NEVER, &f);

		if (came < 0) {
			*error = came;
			return EXIT_GONE;
		}
		if (came)
			outcome = monitor->told(cmd, &f);
		else
			monitor->tick(cmd);
	}
	return outcome == MONITOR_ON ? EXIT_DONE : outcome;	/* cli.c tells of a failed flush */
}

/* What is undone may be sent after a signal, too, but nobody waits long for it. */
static void undo(struct command *cmd)
{
	struct qmux_client *c = &cmd->client;

	if (!monitor->end || c->fd < 0)
		return;
	c->signalled = NULL;
	c->deadline = qmux_soon(cmd->deadline, QMUX_RELEASE_MS);
	monitor->end(cmd);
}

static int end_of(const struct command *cmd, int ret, int error)
{
	if (!error || error == -EINTR)
		return error ? EXIT_DONE : ret;
	if (error == -ETIMEDOUT && monitor->endless && cmd->g.timeout_ms > 0)
		return EXIT_DONE;
	return session_failed(cmd, error);
}

int monitor_run(struct command *cmd, const struct monitor *m)
{
	int ret, error;

	monitor = m;
	outcome = MONITOR_ON;
	session_watch(cmd);
	for (;;) {
		ret = follow(cmd, &error);
		if (!m->reconnect || outcome != MONITOR_ON || error == -EINTR ||
		    error == -ETIMEDOUT || (ret != EXIT_GONE && ret != EXIT_DEVICE))
			break;
		if (error)
			session_failed(cmd, error);
		note(cmd, "trying again");
		cmd->client.n_ids = 0;	/* they are gone with the modem or the proxy */
		qmux_client_close(&cmd->client);
		if (!session_pause(cmd, RECONNECT_MS))
			return EXIT_GONE;
	}
	ret = end_of(cmd, ret, error);
	undo(cmd);
	return ret;
}
