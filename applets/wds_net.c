/* wds_net.c - an interface gets what a data session has, and loses it again. */
#include "applets/wds_net.h"

#include "qmux/format.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define METRIC_TRIES 32		/* where other sessions have default routes, too */

static const unsigned family[WDS_FAMILIES] = { AF_INET, AF_INET6 };

static int store(struct command *cmd, struct wds_session *s, const struct wds_net *net)
{
	wds_net_store(&s->state, net);
	return wds_session_save(cmd, s);
}

/* ---- the kernel ---- */

/*
 * The network would also tell addresses and routes by router advertisements; the modem has told
 * them, and --no-route means none.  Without /proc that stays as it is.
 */
static int open_accept_ra(const char *iface)
{
	char path[64];

	qmux_format(path, sizeof path, "/proc/sys/net/ipv6/conf/%s/accept_ra", iface);
	return open(path, O_RDWR | O_CLOEXEC);
}

static int get_accept_ra(const char *iface)
{
	int fd = open_accept_ra(iface);
	char digit = 0;

	if (fd < 0)
		return -1;
	if (read(fd, &digit, 1) != 1 || digit < '0' || digit > '2')
		digit = '0' - 1;
	close(fd);
	return digit - '0';
}

static void set_accept_ra(const char *iface, int value)
{
	int fd = open_accept_ra(iface);
	char digit = (char)('0' + value);

	if (fd < 0)
		return;
	/* It is of help, not what a session needs. */
	if (write(fd, &digit, 1) != 1)
		errno = 0;
	close(fd);
}

static int any_address(void *ctx, const struct netlink_addr *a)
{
	(void)ctx;
	/* Link-local addresses are the kernel's own doing. */
	return a->family != AF_INET6 || a->address[0] != 0xfe || (a->address[1] & 0xc0) != 0x80;
}

/* Another session of ours in the kernel, on the same interface. */
struct other {
	const struct command *cmd;
	const struct wds_session *s;
	const char *iface;
	struct wds_net net;
};

static int look_at_other(void *ctx, const char *name)
{
	struct other *o = ctx;
	struct state state;

	if (!strcmp(name, o->s->name))
		return 0;
	if (state_open(o->cmd, &state, o->s->state.device, name, false) || state.stale)
		o->net.way = NET_NONE;
	else
		wds_net_load(&state, &o->net);
	state_close(&state);
	return o->net.way == NET_KERNEL && !strcmp(o->net.iface, o->iface);
}

static bool find_other(struct other *o)
{
	return state_each(o->s->state.device, look_at_other, o);
}

static int route(struct netlink *n, int index, const struct wds_net *net, int i, bool add)
{
	return netlink_route(n, index, family[i], NULL, 0, wds_net_next_hop(&net->ip[i]),
		net->metric, add);
}

static bool same_kernel(const struct wds_net *a, const struct wds_net *b, int i)
{
	return b->way == NET_KERNEL && !strcmp(a->iface, b->iface) && wds_net_same_ip(&a->ip[i], &b->ip[i]);
}

static bool same_route(const struct wds_net *a, const struct wds_net *b, int i)
{
	return same_kernel(a, b, i) && b->route && a->metric == b->metric;
}

/*
 * What stood there before us, unless another session has it to give back.  Somebody else may have
 * addresses there, and wants it up.
 */
static int give_back(struct netlink *n, const struct netlink_link *link, const struct wds_net *now,
	struct other *other)
{
	int ret = 0;

	if (!netlink_addresses(n, link->index, any_address, NULL))
		ret = netlink_set_up(n, link->index, false);
	if (find_other(other))
		return ret;
	if (now->old_mtu && now->old_mtu != link->mtu)
		netlink_set_mtu(n, link->index, now->old_mtu);
	if (now->old_accept_ra > 0)
		set_accept_ra(now->iface, now->old_accept_ra);
	return ret;
}

/* What is not wanted any more; routes first.  An interface that is gone has lost it by itself. */
static int kernel_take(struct netlink *n, const struct wds_net *now, const struct wds_net *wanted,
	struct other *other)
{
	bool leaves = wanted->way != NET_KERNEL || strcmp(now->iface, wanted->iface);
	struct netlink_link link;
	int ret = netlink_link(n, now->iface, &link), failed = 0;

	if (ret)
		return ret == -ENODEV ? 0 : ret;
	for (int i = 0; i < WDS_FAMILIES; i++)
		if (now->ip[i].family && now->route && !same_route(now, wanted, i) &&
		    (ret = route(n, link.index, now, i, false)))
			failed = ret;
	for (int i = 0; i < WDS_FAMILIES; i++)
		if (now->ip[i].family && !same_kernel(now, wanted, i) &&
		    (ret = netlink_address(n, link.index, family[i], now->ip[i].address,
			now->ip[i].prefix, false)))
			failed = ret;
	ret = leaves ? give_back(n, &link, now, other) : 0;
	return failed ? failed : ret;
}

static int kernel_add_ip(struct netlink *n, int index, const struct wds_net *net)
{
	int ret = 0;

	for (int i = 0; i < WDS_FAMILIES && !ret; i++)
		if (net->ip[i].family)
			ret = netlink_address(n, index, family[i], net->ip[i].address,
				net->ip[i].prefix, true);
	for (int i = 0; i < WDS_FAMILIES && !ret && net->route; i++)
		if (net->ip[i].family)
			ret = route(n, index, net, i, true);
	return ret;
}

/* To be put back some day; where another session has changed it already, what that one found. */
static void remember(const struct command *cmd, const struct wds_session *s,
	const struct netlink_link *link, struct wds_net *net)
{
	struct other other = { .cmd = cmd, .s = s, .iface = net->iface };
	bool shared = (!net->old_mtu || net->old_accept_ra < 0) && find_other(&other);

	if (!net->old_mtu)
		net->old_mtu = shared ? other.net.old_mtu : link->mtu;
	if (net->old_accept_ra < 0)
		net->old_accept_ra = shared ? other.net.old_accept_ra : get_accept_ra(net->iface);
}

/* Both families have one metric; where it is taken by another interface, the next that is free. */
static int kernel_add(struct command *cmd, struct wds_session *s, struct netlink *n,
	struct wds_net *net)
{
	struct netlink_link link;
	int ret = netlink_link(n, net->iface, &link);

	if (!ret)
		remember(cmd, s, &link, net);
	if (!ret)
		ret = store(cmd, s, net) ? -ECANCELED : 0;
	if (!ret && net->old_accept_ra > 0)
		set_accept_ra(net->iface, 0);
	if (!ret && net->mtu && net->mtu != link.mtu)
		ret = netlink_set_mtu(n, link.index, net->mtu);
	if (!ret && link.mux_id >= 0)	/* rmnet: what it stands on carries its packets */
		ret = netlink_set_up(n, link.parent, true);
	if (!ret && !link.up)
		ret = netlink_set_up(n, link.index, true);
	if (!ret)
		ret = kernel_add_ip(n, link.index, net);
	for (int tries = 0; ret == -EEXIST && net->choose_metric && tries < METRIC_TRIES; tries++) {
		for (int i = 0; i < WDS_FAMILIES; i++)
			if (net->ip[i].family)
				route(n, link.index, net, i, false);
		net->metric++;
		ret = store(cmd, s, net) ? -ECANCELED : kernel_add_ip(n, link.index, net);
	}
	return ret;
}

static int say_kernel(const struct command *cmd, const struct wds_net *net, int error)
{
	switch (-error) {
	case ECANCELED:			/* told already */
		return EXIT_DEVICE;
	case ENODEV:
		return say(cmd, EXIT_DEVICE, "there is no interface %s", net->iface);
	case EEXIST:
		return say(cmd, EXIT_DEVICE, "another interface has the default route of metric "
			"%u: choose another with --metric", net->metric);
	case EPERM:
		return say(cmd, EXIT_PERMISSION, "no permission to configure %s", net->iface);
	case EACCES:	/* net/ipv6/addrconf.c, addrconf_add_dev */
		return say(cmd, EXIT_DEVICE, "IPv6 is switched off on %s (sysctl disable_ipv6): "
			"--ip 4 does without", net->iface);
	default:
		return say(cmd, EXIT_DEVICE, "cannot configure %s: %s", net->iface,
			strerror(-error));
	}
}

/* ---- one after the other ---- */

static void take(struct command *cmd, struct wds_session *s, const struct wds_net *now,
	const struct wds_net *wanted)
{
	struct other other = { .cmd = cmd, .s = s, .iface = now->iface };
	struct netlink n = { .fd = -1 };
	int ret = 0;

	if (now->dns_file[0] && (strcmp(now->dns_file, wanted->dns_file) || !wds_dns_any(wanted)))
		wds_dns_restore(cmd, now, s->name);
	if (now->way == NET_HOOK && (wanted->way != NET_HOOK || strcmp(now->hook, wanted->hook) ||
	    strcmp(now->iface, wanted->iface)))
		wds_hook_run(cmd, now, s->name, "deconfig");
	if (now->way != NET_KERNEL)
		return;
	ret = netlink_open(&n);
	if (!ret)
		ret = kernel_take(&n, now, wanted, &other);
	if (ret)
		say_kernel(cmd, now, ret);
	netlink_close(&n);
}

/* now is what was there before; the hook hears of it again only where something changed. */
static int add(struct command *cmd, struct wds_session *s, const struct wds_net *now,
	struct wds_net *net)
{
	bool same_hook = now->way == NET_HOOK && !strcmp(now->hook, net->hook) &&
		!strcmp(now->iface, net->iface);
	struct netlink n = { .fd = -1 };
	int ret;

	if (net->way != NET_KERNEL) {
		ret = store(cmd, s, net);
		if (!ret && net->way == NET_HOOK)
			ret = wds_hook_run(cmd, net, s->name, same_hook ? "renew" : "bound");
	} else {
		ret = netlink_open(&n);
		if (!ret)
			ret = kernel_add(cmd, s, &n, net);
		ret = ret ? say_kernel(cmd, net, ret) : EXIT_DONE;
		netlink_close(&n);
	}
	if (!ret && net->dns_file[0])
		ret = wds_dns_write(cmd, net, s->name);
	return ret;
}

int wds_net_change(struct command *cmd, struct wds_session *s, struct wds_net *now,
	const struct wds_net *wanted)
{
	struct wds_net none = { .way = NET_NONE }, was = *now;

	*now = wanted ? *wanted : none;
	/* What stood there before us is still what is to be put back. */
	if (now->way == NET_KERNEL && was.way == NET_KERNEL && !strcmp(was.iface, now->iface)) {
		now->old_mtu = was.old_mtu;
		now->old_accept_ra = was.old_accept_ra;
		if (now->choose_metric && was.route)
			now->metric = was.metric;
	}
	take(cmd, s, &was, now);
	if (now->way == NET_NONE)
		return was.way == NET_NONE ? EXIT_DONE : store(cmd, s, now);
	return add(cmd, s, &was, now);
}
