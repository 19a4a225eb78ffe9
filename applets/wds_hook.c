/* wds_hook.c - a script that configures the interface, as udhcpc's do. */
#include "applets/wds_net.h"

#include "applets/session.h"
#include "qmux/format.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define HOOK_MAX_MS 60000	/* where the command has no deadline */
#define HOOK_END_MS 2000	/* what it has at most once a signal came */
#define HOOK_LEAST_MS 500	/* what "deconfig" has in any case */
#define UNDO_MS 3000		/* kept of the time, for undoing; half of it where it is short */
#define STOP_MS 1000		/* of that, for the call after "deconfig"; a third */
#define REAP_MS 1000		/* then what was killed is gone, unless it hangs in the kernel */
#define CANNOT_RUN 127		/* as of a shell */

/* ---- its environment ---- */

static void set_number(const char *name, unsigned v)
{
	char text[12];

	qmux_format(text, sizeof text, "%u", v);
	setenv(name, text, 1);
}

static void set_address(const char *name, unsigned family, const uint8_t *address)
{
	char text[NET_TEXT_MAX];

	wds_net_text(family, address, text);
	setenv(name, text, 1);
}

static void set_dns(const char *name, const struct wds_ip *ip)
{
	char text[2 * NET_TEXT_MAX] = "", one[NET_TEXT_MAX];

	for (unsigned i = 0; i < ip->n_dns; i++) {
		size_t n = strlen(text);

		wds_net_text(ip->family, ip->dns[i], one);
		qmux_format(text + n, sizeof text - n, n ? " %s" : "%s", one);
	}
	if (ip->n_dns)
		setenv(name, text, 1);
}

/* What the session does not have must not come from whoever called us. */
static void clear(void)
{
	static const char *const names[] = { "ip", "mask", "subnet", "router", "dns", "ip6",
		"ip6prefix", "router6", "dns6", "mtu", "metric" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
}

static void set_environment(const struct command *cmd, const struct wds_net *net,
	const char *session)
{
	static const uint8_t ones[4] = { 0xff, 0xff, 0xff, 0xff };
	const struct wds_ip *v4 = &net->ip[0], *v6 = &net->ip[1];
	char device[QMUX_PATH_MAX];
	uint8_t mask[16];

	clear();
	setenv("interface", net->iface, 1);
	setenv("QMI_SESSION", session, 1);
	if (!session_device(cmd, device))
		setenv("QMI_DEVICE", device, 1);
	if (v4->family) {
		set_address("ip", WDS_V4, v4->address);
		set_number("mask", v4->prefix);
		wds_net_mask(ones, v4->prefix, mask);
		set_address("subnet", WDS_V4, mask);
		if (v4->has_gateway)
			set_address("router", WDS_V4, v4->gateway);
		set_dns("dns", v4);
	}
	if (v6->family) {
		set_address("ip6", WDS_V6, v6->address);
		set_number("ip6prefix", v6->prefix);
		if (v6->has_gateway)
			set_address("router6", WDS_V6, v6->gateway);
		set_dns("dns6", v6);
	}
	if (net->mtu)
		set_number("mtu", net->mtu);
	if (net->route)
		set_number("metric", net->metric);
}

/* ---- its run ---- */

/* Our stdout carries data and nothing else; its stdin is nobody's. */
static void become(const struct command *cmd, const struct wds_net *net, const char *session,
	const char *event)
{
	char *const argv[] = { (char *)net->hook, (char *)event, NULL };
	int null = open("/dev/null", O_RDONLY);
	sigset_t none;

	setpgid(0, 0);
	if (null > 0)
		dup2(null, STDIN_FILENO);
	dup2(STDERR_FILENO, STDOUT_FILENO);
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	set_environment(cmd, net, session);
	execv(net->hook, argv);
	_exit(CANNOT_RUN);
}

static void on_child(int number)
{
	(void)number;
}

/* Its status, or -1: it runs on at until. */
static int await(const struct command *cmd, pid_t pid, const sigset_t *mask, int64_t until)
{
	const struct qmux_client *c = &cmd->client;
	bool hurried = false;
	int status;

	for (;;) {
		int64_t ms;

		if (waitpid(pid, &status, WNOHANG) == pid)
			return status;
		if (!hurried && c->signalled && *c->signalled) {
			until = qmux_soon(until, HOOK_END_MS);
			hurried = true;
		}
		ms = until == QMUX_NEVER ? QMUX_NEVER : until - qmux_now();
		if (ms <= 0)
			return -1;
		ppoll(NULL, 0, ms == QMUX_NEVER ? NULL :
			&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, mask);
	}
}

/* SIGCHLD ends the wait: it comes through only there, so that none is lost. */
static int run(const struct command *cmd, pid_t pid, int64_t until)
{
	const struct sigaction sa = { .sa_handler = on_child };
	struct sigaction old;
	sigset_t child, before, mask;
	int status;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &before);
	sigaction(SIGCHLD, &sa, &old);
	mask = cmd->client.wait_mask ? *cmd->client.wait_mask : before;
	sigdelset(&mask, SIGCHLD);
	status = await(cmd, pid, &mask, until);
	if (status < 0) {
		kill(-pid, SIGKILL);
		kill(pid, SIGKILL);	/* it may not have got so far as to lead a group */
		await(cmd, pid, &mask, qmux_now() + REAP_MS);
	}
	sigaction(SIGCHLD, &old, NULL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}

/* Undoing what was begun takes a part of the time; "deconfig" is of that part. */
static int64_t time_of(const struct command *cmd, bool ends)
{
	int64_t now = qmux_now(), left = cmd->deadline - now;

	if (ends)
		left -= left < 3 * STOP_MS ? left / 3 : STOP_MS;
	else
		left -= left < 2 * UNDO_MS ? left / 2 : UNDO_MS;
	if (ends && left < HOOK_LEAST_MS)
		left = HOOK_LEAST_MS;
	return now + (left < HOOK_MAX_MS ? left : HOOK_MAX_MS);
}

int wds_hook_run(const struct command *cmd, const struct wds_net *net, const char *session,
	const char *event)
{
	const volatile sig_atomic_t *signalled = cmd->client.signalled;
	bool ends = !strcmp(event, "deconfig");
	pid_t pid = fork();
	int status;

	if (pid < 0)
		return say(cmd, EXIT_DEVICE, "cannot run %s: %s", net->hook, strerror(errno));
	if (!pid)
		become(cmd, net, session, event);
	status = run(cmd, pid, time_of(cmd, ends));
	if (status < 0)
		return say(cmd, EXIT_TIMEOUT, "%s %s does not end, so it was killed", net->hook,
			event);
	if (!ends && signalled && *signalled)
		return session_failed(cmd, -EINTR);
	if (WIFSIGNALED(status))
		return say(cmd, EXIT_DEVICE, "%s %s ended by signal %d", net->hook, event,
			WTERMSIG(status));
	if (WEXITSTATUS(status))
		return say(cmd, EXIT_DEVICE, "%s %s ended with exit code %d", net->hook, event,
			WEXITSTATUS(status));
	return EXIT_DONE;
}
