/* wds_connect.c - the steps of up and down: calls, link and interface, one after the other. */
#include "applets/wds_up.h"

#include "applets/nas.h"
#include "applets/session.h"
#include "applets/uim.h"
#include "applets/wds_link.h"

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
	if (!ret && chosen && up->wish.way != NET_PRINT)
		ret = wds_link_check(cmd, chosen);
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
