/* wds_up.c - up and down: a session, and an interface that carries its packets. */
#include "applets/wds_up.h"

#include "applets/session.h"
#include "qmux/format.h"

#include <string.h>
#include <unistd.h>

const struct option_row wds_up_options[] = {
	WDS_START_OPTIONS,
	[UP_INTERFACE] = { 'i', "interface", "NAME", "the network interface (default: the port's)",
		NULL },
	[UP_METRIC] = { 0, "metric", "N", "of the default routes (default: 700 or the next that is "
		"free)", NULL },
	[UP_NO_ROUTE] = { 0, "no-route", NULL, "no default routes", NULL },
	[UP_DNS_FILE] = { 0, "dns-file", "FILE", "write the name servers there, as resolv.conf",
		"@file" },
	[UP_HOOK] = { 0, "hook", "SCRIPT", "a script configures the interface", "@file" },
	[UP_PRINT] = { 0, "print", NULL, "nobody configures it: only say how", NULL },
	[UP_FOREGROUND] = { 0, "foreground", NULL, "stay, watch the session, end it at the end",
		NULL },
	[UP_RECONNECT] = { 0, "reconnect", NULL, "start it again whenever it ended", NULL },
	[UP_WAIT] = { 0, "wait", NULL, "wait for the SIM and for registration first", NULL },
	{ .name = NULL }
};

static const struct view_row up_view[] = {
	ROW("session", NULL), ROW("interface", NULL), ROW("state", NULL), ROW("reason", NULL),
	ROW("registration", NULL), ROW("ipv4.address", NULL), ROW("ipv4.gateway", NULL),
	ROW("ipv4.dns", NULL), ROW("ipv6.address", NULL), ROW("ipv6.gateway", NULL),
	ROW("ipv6.dns", NULL), ROW("mtu", NULL), ROW_END
};

const struct query wds_up_keys[] = { QUERY(0, up_view), { 0 } };

/* ---- options ---- */

/* "down" may be said from another directory. */
static int absolute(const struct command *cmd, const char *path, char out[NET_PATH_MAX])
{
	char here[NET_PATH_MAX] = "";
	int n;

	if (path[0] != '/' && !getcwd(here, sizeof here))
		return say(cmd, EXIT_DEVICE, "%s: the path of this directory is too long", path);
	n = qmux_format(out, NET_PATH_MAX, "%s%s%s", here, path[0] != '/' ? "/" : "", path);
	return n < NET_PATH_MAX ? EXIT_DONE :
		say(cmd, EXIT_USAGE, "%s: the path is too long", path);
}

static int read_metric(const struct command *cmd, struct wds_net *net)
{
	const char *text = cmd->option[UP_METRIC];
	uint64_t v = NET_METRIC;

	if (text && (!qmux_parse_uint(text, strlen(text), &v) || v > INT32_MAX))
		return say(cmd, EXIT_USAGE, "'%s' is no metric, 0 to 2147483647", text);
	net->metric = (unsigned)v;
	net->choose_metric = !text;
	return EXIT_DONE;
}

static int read_options(const struct command *cmd, struct wds_net *net)
{
	const char *hook = cmd->option[UP_HOOK], *dns = cmd->option[UP_DNS_FILE];
	int ret = EXIT_DONE;

	*net = (struct wds_net){ .route = !cmd->option[UP_NO_ROUTE], .old_accept_ra = -1,
		.way = cmd->option[UP_PRINT] ? NET_PRINT : hook ? NET_HOOK : NET_KERNEL };
	if (cmd->option[UP_PRINT] && (hook || dns))
		return say(cmd, EXIT_USAGE, "--print does nothing, so it does not go with --%s",
			hook ? "hook" : "dns-file");
	if (cmd->option[UP_RECONNECT] && !cmd->option[UP_FOREGROUND])
		return say(cmd, EXIT_USAGE, "--reconnect goes with --foreground");
	ret = read_metric(cmd, net);
	if (!ret && dns)
		ret = absolute(cmd, dns, net->dns_file);
	if (!ret && hook)
		ret = absolute(cmd, hook, net->hook);
	if (!ret && hook && access(net->hook, X_OK))
		ret = say(cmd, EXIT_DEVICE, "%s is no script that we can run", net->hook);
	return ret;
}

/* ---- the verbs ---- */

int wds_up(struct command *cmd)
{
	struct up up = { .wait = cmd->option[UP_WAIT], .session.state = { .dir = -1, .lock = -1 } };
	int ret = wds_config_read(cmd, &up.config);

	if (!ret)
		ret = read_options(cmd, &up.wish);
	if (ret)
		return ret;
	if (cmd->option[UP_FOREGROUND])
		return up_watch(cmd, &up);
	ret = up_connect(cmd, &up);
	if (!ret)
		up_show(cmd, &up, "up", NULL, NULL);
	wds_session_close(cmd, &up.session);
	return ret;
}

/* The modem is not to be had; what its session left on this machine is. */
static void clear_up(struct command *cmd, struct up *up)
{
	char path[QMUX_PATH_MAX];
	bool quiet = cmd->g.quiet;

	cmd->g.quiet = true;		/* what is wrong has been said */
	if (up->session.state.dir < 0 && up->session.name[0] && !session_device(cmd, path))
		state_open(cmd, &up->session.state, path, up->session.name, true);
	cmd->g.quiet = quiet;
	wds_net_load(&up->session.state, &up->net);
	wds_net_change(cmd, &up->session, &up->net, NULL);
}

int wds_down(struct command *cmd)
{
	struct up up = { .wait = false };
	int ret = wds_session_find(cmd, NULL, WDS_END, &up.session);

	if (ret) {
		clear_up(cmd, &up);
	} else {
		wds_net_load(&up.session.state, &up.net);
		if (up.net.way == NET_NONE && !wds_session_known(&up.session))
			note(cmd, "there is no session '%s'", up.session.name);
		ret = up_end(cmd, &up, false);
	}
	wds_session_close(cmd, &up.session);
	return ret;
}
