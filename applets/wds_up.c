/* wds_up.c - up and down: a session, and an interface that carries its packets. */
#include "applets/wds_up.h"

#include "applets/nas.h"
#include "applets/session.h"
#include "applets/uim.h"
#include "applets/wds_link.h"
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

void up_show(struct command *cmd, const struct up *up, const char *state, const char *reason,
	const char *registration)
{
	struct sink *s = cmd->sink;

	sink_begin(s, NULL);
	sink_text(s, "session", up->config.session);
	if (up->wish.iface[0])
		sink_text(s, "interface", up->wish.iface);
	sink_text(s, "state", state);
	if (reason && *reason)
		sink_text(s, "reason", reason);
	if (registration && *registration)
		sink_text(s, "registration", registration);
	wds_net_show(s, &up->net);
	sink_end(s);
}

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

/* ---- one after the other ---- */

static int await_network(struct command *cmd)
{
	struct qmux_frame answer;
	struct sim sim;
	int ret = session_open(cmd);
	void (*hook)(void *, const struct qmux_frame *) = cmd->client.indication;

	if (!ret)
		ret = sim_wait(cmd, NULL, false, &sim);
	cmd->client.indication = hook;
	if (!ret)
		ret = sim_say_state(cmd, &sim);
	return ret ? ret : nas_await(cmd, false, &answer);
}

/* Which interface, and does it speak the modem's format?  One for a mux id was made so. */
static int find_link(struct command *cmd, struct up *up, bool was_up)
{
	const char *chosen = cmd->option[UP_INTERFACE];
	char port[NETLINK_NAME_MAX];
	int ret;

	if (!chosen && was_up && up->net.iface[0])
		chosen = up->net.iface;		/* it stays where it is */
	if (chosen || !up->config.mux)
		ret = wds_link_iface(cmd, chosen, up->wish.iface);
	else {
		ret = wds_link_iface(cmd, NULL, port);
		if (!ret)
			ret = wds_link_mux(cmd, port, up->config.mux, up->wish.iface);
	}
	return ret || up->config.mux ? ret : wds_link_prepare(cmd, up->wish.iface);
}

int up_configure(struct command *cmd, struct up *up, bool repair)
{
	struct wds_net wanted = up->wish;

	for (int i = 0; i < WDS_FAMILIES; i++) {
		struct wds_ip *ip = &wanted.ip[i];
		int ret = EXIT_DONE;

		if (up->session.call[i].up)
			ret = wds_session_ip(cmd, &up->session, 1u << i, ip);
		if (ret)
			return ret;
		if (ip->family && !ip->prefix)
			ip->prefix = ip->family == WDS_V4 ? 32 : 128;
		if (ip->family && ip->mtu && (!wanted.mtu || ip->mtu < wanted.mtu))
			wanted.mtu = ip->mtu;
	}
	if (!repair && wds_net_same(&up->net, &wanted))
		return EXIT_DONE;
	return wds_net_change(cmd, &up->session, &up->net, &wanted);
}

static int connect_session(struct command *cmd, struct up *up, bool was_up)
{
	int ret = find_link(cmd, up, was_up);

	if (!ret)
		ret = wds_session_start(cmd, &up->session, &up->config);
	return ret ? ret : up_configure(cmd, up, true);
}

int up_connect(struct command *cmd, struct up *up)
{
	bool was_up, quiet = cmd->g.quiet;
	int ret = up->wait ? await_network(cmd) : EXIT_DONE;

	if (!ret)
		ret = wds_session_find(cmd, NULL, WDS_CHANGE, &up->session);
	if (ret)
		return ret;
	wds_net_load(&up->session.state, &up->net);
	was_up = wds_session_up(&up->session);
	ret = connect_session(cmd, up, was_up);
	if (!ret || was_up)
		return ret;
	cmd->g.quiet = true;		/* what is wrong has been said */
	up_end(cmd, up, ret == EXIT_GONE);
	if (wds_session_known(&up->session) && ret != EXIT_GONE)
		wds_session_abandon(cmd, &up->session);
	cmd->g.quiet = quiet;
	return ret;
}

int up_end(struct command *cmd, struct up *up, bool gone)
{
	struct qmux_client *c = &cmd->client;

	if (c->signalled && *c->signalled) {
		c->signalled = NULL;
		cmd->deadline = c->deadline = qmux_soon(cmd->deadline, UP_END_MS);
	}
	wds_net_change(cmd, &up->session, &up->net, NULL);
	if (!gone)
		return wds_session_stop(cmd, &up->session);
	state_remove(&up->session.state);
	return EXIT_DONE;
}

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
	int ret = wds_session_find(cmd, NULL, WDS_CHANGE, &up.session);

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
