/*
 * uim_guard.c - a logical channel does not outlive the process that opened it.
 *
 * A card has as few as three channels, and neither it nor the proxy knows whose they are.  So a
 * child shares the connection and waits on a pipe: when the command died without a word (SIGKILL),
 * the child closes the channel, gives the client id back and ends, all within GUARD_MS.
 */
#include "applets/uim.h"

#include "applets/session.h"
#include "qmux/format.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define GUARD_MS 3000		/* for an answer that is still to come, and for closing */
#define TEXT_MAX 32		/* of a field with a number */
#define OPENING 0xff		/* a channel that has no number yet; there are 19 at most */

/* What the guard is told: one write, whole. */
struct word {
	uint8_t done;		/* the command ends by itself */
	uint8_t channel;	/* that is open; 0: none; or OPENING */
};

static struct {
	pid_t pid;		/* 0: there is none */
	int pipe;
	uint8_t channel;
} guard;

static void tell(bool done, uint8_t channel)
{
	struct word word = { done, channel };

	guard.channel = channel;
	/* A guard that somebody killed guards no more; that is no reason to fail. */
	if (guard.pid && write(guard.pipe, &word, sizeof word) < 0)
		return;
}

int uim_close_channel(struct command *cmd, unsigned slot, unsigned channel)
{
	struct qmux_message m = session_message(QMUX_SERVICE_UIM, UIM_LOGICAL_CHANNEL);
	char slot_field[TEXT_MAX], channel_field[TEXT_MAX];
	struct qmux_frame answer;

	qmux_format(slot_field, TEXT_MAX, "slot=%u", slot);
	qmux_format(channel_field, TEXT_MAX, "channel_id=%u", channel);
	return session_ask(cmd, &m, SET(slot_field, channel_field), &answer);
}

/* ---- in the guard's process ---- */

/* Nothing of the command's is held but the connection (3) and the pipe (0). */
static void detach(struct qmux_client *c, int fd)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

	/* The command gets them, too, and closes its channel itself. */
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		signal(ends[i], SIG_IGN);
	setsid();
	for (int i = 0; i < 3; i++)
		dup2(fd, i);
	dup2(c->fd, 3);
	c->fd = 3;
	proxy_close_from(4);
	if (chdir("/") < 0)
		return;
}

/* The command may have died before the answer to its open came: it comes to us. */
static uint8_t opened(struct qmux_client *c)
{
	struct qmux_message m =
		session_message(QMUX_SERVICE_UIM, UIM_OPEN_LOGICAL_CHANNEL);
	struct qmux_frame f;
	struct qmux_node node;

	while (!qmux_client_receive(c, &f))
		if (f.kind == QMUX_RESPONSE && f.service == m.service && f.message == m.id &&
		    c->n_ids && f.client == c->ids[0].client)
			return qmux_get(&f, &m, "channel_id", &node) ? 0 : (uint8_t)node.u;
	return 0;
}

/* Never returns. */
static void watch(struct command *cmd, unsigned slot, int fd)
{
	struct qmux_client *c = &cmd->client;
	struct word word = { 0 };
	ssize_t n;

	detach(c, fd);
	do
		n = read(STDIN_FILENO, &word, sizeof word);
	while (!word.done && (n > 0 || (n < 0 && errno == EINTR)));
	if (word.done)
		_exit(0);
	cmd->g.quiet = true;
	c->trace = NULL;
	c->tick = NULL;
	c->indication = NULL;
	c->signalled = NULL;
	c->deadline = qmux_now() + GUARD_MS;
	/* Not the numbers that the command may have used meanwhile. */
	c->transaction ^= 0x8000;
	c->ctl_transaction ^= 0x80;
	if (word.channel == OPENING)
		word.channel = opened(c);
	if (word.channel)
		uim_close_channel(cmd, slot, word.channel);
	qmux_client_close(c);
	_exit(0);
}

/* ---- in the command's ---- */

int uim_guard_begin(struct command *cmd, unsigned slot)
{
	uint8_t client;
	int ends[2], ret = session_open(cmd);

	if (ret)
		return ret;
	/* So that the guard, too, knows it. */
	ret = qmux_client_id(&cmd->client, QMUX_SERVICE_UIM, &client);
	if (ret)
		return ret < 0 ? session_failed(cmd, ret) : say_refused(cmd, ret);
	/* A machine that has no process or descriptor left works without a guard. */
	if (pipe2(ends, O_CLOEXEC))
		return EXIT_DONE;
	guard.pid = fork();
	if (!guard.pid) {
		close(ends[1]);
		watch(cmd, slot, ends[0]);
	}
	close(ends[0]);
	guard.pipe = ends[1];
	if (guard.pid < 0) {
		close(guard.pipe);
		guard.pid = 0;
	}
	return EXIT_DONE;
}

void uim_guard_opening(void)
{
	tell(false, OPENING);
}

void uim_guard_opened(unsigned channel)
{
	tell(false, (uint8_t)channel);
}

void uim_guard_end(struct command *cmd)
{
	if (!guard.pid)
		return;
	/* No answer to an open: the guard waits for it, with the client id that is its now. */
	if (guard.channel == OPENING) {
		cmd->client.n_ids = 0;
	} else {
		tell(true, 0);
		while (waitpid(guard.pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	close(guard.pipe);
	guard.pid = 0;
}
