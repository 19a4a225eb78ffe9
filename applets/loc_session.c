/* loc_session.c - a session that goes on after the command, on a client id that has a name. */
#include "applets/loc.h"

#include "applets/named.h"
#include "applets/session.h"

#define NAME "loc"

/*
 * The client id of the session that runs: given with --cid, or by name.  0, the
 * positive QMI error where there is none, or -1 - exit code.
 */
static int find(struct command *cmd)
{
	struct named found;
	int ret = session_open(cmd);

	if (ret)
		return -1 - ret;
	if (cmd->g.cid >= 0)
		return 0;
	return named_possible(cmd) ? named_find(cmd, QMUX_SERVICE_LOC, NAME, &found) :
		PROTOCOL_ERROR_NO_ENTRY;
}

int loc_start(struct command *cmd)
{
	int none = find(cmd), ret;

	if (none < 0)
		return -1 - none;
	ret = loc_begin(cmd);
	if (!ret && none && named_possible(cmd) && !cmd->g.keep_cid)
		ret = named_keep(cmd, QMUX_SERVICE_LOC, NAME, NULL);
	else if (!ret && none)
		cmd->g.keep_cid = true;		/* and it is told */
	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

int loc_stop(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_SERVICE_LOC, LOC_STOP);
	struct qmux_frame answer;
	int ret = find(cmd), stopped;

	if (ret == PROTOCOL_ERROR_NO_ENTRY) {
		note(cmd, named_possible(cmd) ? "no session is running" :
			"this proxy keeps no sessions: name the client id of 'start' with --cid");
		return named_possible(cmd) ? EXIT_DONE : EXIT_USAGE;
	}
	if (ret)
		return ret < 0 ? -1 - ret : say_refused(cmd, ret);
	if (!cmd->option[LOC_SESSION])
		cmd->option[LOC_SESSION] = LOC_DEFAULT_SESSION;
	stopped = session_ask(cmd, &m, SET("session_id=--session"), &answer);
	if (stopped < 0)
		return -1 - stopped;
	/* Giving the client id back ends the session, whatever was said to the stop. */
	ret = cmd->g.cid < 0 ? named_end(cmd, QMUX_SERVICE_LOC) : 0;
	if (ret < 0)
		return -1 - ret;
	return stopped || ret ? say_refused(cmd, stopped ? stopped : ret) : EXIT_DONE;
}
