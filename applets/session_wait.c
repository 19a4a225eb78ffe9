/* session_wait.c - waits: how a signal or the deadline ends them, and what is said of that. */
#include "applets/session.h"

#include "applets/print.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t signalled;		/* the signal that ends us, or 0 */
static sigset_t wait_mask;

/* ---- signals ---- */

static void on_signal(int number)
{
	signalled = number;
}

/* INT, TERM and HUP come through only while we wait: so that ids are released. */
static void watch_signals(void)
{
	static bool watching;
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction old, sa = { .sa_handler = on_signal };
	sigset_t ours;

	if (watching)
		return;
	watching = true;
	sigemptyset(&ours);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		sigaction(numbers[i], NULL, &old);
		if (old.sa_handler == SIG_IGN)	/* nohup, a background job */
			continue;
		sigaction(numbers[i], &sa, NULL);
		sigaddset(&ours, numbers[i]);
	}
	sigprocmask(SIG_BLOCK, &ours, &wait_mask);
	write_until(&signalled, &wait_mask);
}

void session_watch(struct command *cmd)
{
	watch_signals();
	cmd->client.signalled = &signalled;
	cmd->client.wait_mask = &wait_mask;
	cmd->client.ctx = cmd;
}

void session_end_by_signal(struct command *cmd)
{
	sigset_t one;

	if (!signalled)
		return;
	sink_flush(cmd->sink);	/* what is told already is not lost */
	signal(signalled, SIG_DFL);
	sigemptyset(&one);
	sigaddset(&one, signalled);
	raise(signalled);
	sigprocmask(SIG_UNBLOCK, &one, NULL);
}

/* ---- waits ---- */

int session_indication(struct command *cmd, int64_t ms, struct qmux_frame *f)
{
	struct qmux_client *c = &cmd->client;
	int64_t deadline = c->deadline, soon = qmux_soon(deadline, ms);
	int ret;

	c->deadline = soon;
	ret = qmux_client_indication(c, f);
	c->deadline = deadline;
	if (ret == -ETIMEDOUT && soon < deadline)
		return 0;
	return ret ? ret : 1;
}

bool session_pause(const struct command *cmd, int64_t ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
	const struct qmux_client *c = &cmd->client;

	if (c->signalled && *c->signalled)
		return false;
	if (cmd->deadline != QMUX_NEVER && cmd->deadline - qmux_now() < ms)
		return false;
	return !ppoll(NULL, 0, &t, c->wait_mask);
}

/* ---- lines ---- */

/* One byte from fd.  0: the end; or -errno. */
static int next_byte(const struct command *cmd, int fd, char *c)
{
	const struct qmux_client *client = &cmd->client;
	struct pollfd pfd = { .fd = fd, .events = POLLIN };

	for (;;) {
		int64_t left = cmd->deadline == QMUX_NEVER ? 0 : cmd->deadline - qmux_now();
		struct timespec t = { left / 1000, left % 1000 * 1000000 };
		ssize_t n;

		if (client->signalled && *client->signalled)
			return -EINTR;
		if (left < 0)
			return -ETIMEDOUT;
		if (ppoll(&pfd, 1, cmd->deadline == QMUX_NEVER ? NULL : &t, client->wait_mask) <= 0)
			continue;
		n = read(fd, c, 1);
		if (n >= 0)
			return (int)n;
		if (errno != EINTR && errno != EAGAIN)
			return -errno;
	}
}

int session_line(const struct command *cmd, int fd, char *text, size_t n)
{
	size_t at = 0;
	char c;
	int ret;

	while ((ret = next_byte(cmd, fd, &c)) > 0 && c != '\n')
		if (at < n - 1)
			text[at++] = c;
	text[at] = '\0';
	return ret < 0 ? ret : (int)at;
}

/* ---- what went wrong ---- */

int session_failed(const struct command *cmd, int error)
{
	switch (-error) {
	case ETIMEDOUT:
		if (cmd->g.timeout_ms)
			return say(cmd, EXIT_TIMEOUT, "no answer from the modem in time");
		return say(cmd, EXIT_TIMEOUT, "no answer from the modem");
	case EINTR:
		return say(cmd, EXIT_DEVICE, "interrupted");
	case ENODEV:
		return say(cmd, EXIT_GONE, "the modem went away");
	case ESTALE:
		return say(cmd, EXIT_GONE, "the modem restarted");
	case EPIPE:
		return say(cmd, EXIT_GONE, "the proxy ended");
	case EBADMSG:
		return say(cmd, EXIT_REFUSED, "the modem's answer has no result");
	case EMSGSIZE:
		return say(cmd, EXIT_DEVICE, "the message is longer than the device takes");
	case EPROTONOSUPPORT:
		return say(cmd, EXIT_UNSUPPORTED, "this service is not to be had over QMUX");
	default:
		return say(cmd, EXIT_DEVICE, "%s", strerror(-error));
	}
}
