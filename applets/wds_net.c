/* wds_net.c - an interface gets what a data session has, and loses it again. */
#include "applets/wds_net.h"

#include "qmux/form.h"
#include "qmux/format.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define METRIC_TRIES 32		/* where other sessions have default routes, too */

enum { BITS_V4 = 32, BITS_V6 = 128, BYTES_V4 = 4, BYTES_V6 = 16 };

static const struct {
	unsigned family, af, bits;
	const char *key;
} families[WDS_FAMILIES] = {
	{ WDS_V4, AF_INET, BITS_V4, "ipv4" }, { WDS_V6, AF_INET6, BITS_V6, "ipv6" },
};

/* ---- addresses ---- */

void wds_net_text(unsigned family, const uint8_t *address, char text[NET_TEXT_MAX])
{
	char form[QMUX_FORM_TEXT];

	if (family == WDS_V4)
		qmux_format(form, sizeof form, "%u.%u.%u.%u", address[0], address[1], address[2],
			address[3]);
	else
		qmux_node_text(&(struct qmux_node){ .kind = QMUX_BYTES, .form = QMUX_T_IP6,
			.data = address, .len = BYTES_V6 }, form);
	qmux_format(text, NET_TEXT_MAX, "%s", form);
}

/* And back.  False: it is none. */
static bool parse_address(unsigned family, const char *text, size_t n, uint8_t out[16])
{
	struct qmux_buf b = qmux_buf(out, BYTES_V6);
	char copy[NET_TEXT_MAX];
	uint64_t v;

	qmux_format(copy, sizeof copy, "%.*s", (int)n, text);
	if (family == WDS_V6)
		return qmux_form_bytes(QMUX_T_IP6, copy, &b) && b.len == BYTES_V6;
	if (!qmux_form_number(QMUX_T_IP4, copy, strlen(copy), &v))
		return false;
	qmux_put_uint(out, BYTES_V4, true, v);
	return true;
}

void wds_net_mask(const uint8_t *address, unsigned prefix, uint8_t out[16])
{
	for (unsigned i = 0; i < BYTES_V6; i++) {
		unsigned bits = prefix > 8 * i ? prefix - 8 * i : 0;

		out[i] = bits >= 8 ? 0xff : (uint8_t)(0xff00 >> bits);
		/* What an IPv4 address has behind its 4 bytes is not looked at. */
		out[i] = out[i] ? out[i] & address[i] : 0;
	}
}

/* Can the gateway be reached as a neighbour?  A modem's link has two ends, so it needs none. */
static const uint8_t *next_hop(const struct wds_ip *ip)
{
	uint8_t ours[16], its[16];

	if (!ip->has_gateway)
		return NULL;
	if (ip->family == WDS_V6 && ip->gateway[0] == 0xfe && (ip->gateway[1] & 0xc0) == 0x80)
		return ip->gateway;
	wds_net_mask(ip->address, ip->prefix, ours);
	wds_net_mask(ip->gateway, ip->prefix, its);
	if (memcmp(ours, its, sizeof ours) || !memcmp(ip->gateway, ip->address,
		ip->family == WDS_V4 ? BYTES_V4 : BYTES_V6))
		return NULL;
	return ip->gateway;
}

static bool same_ip(const struct wds_ip *a, const struct wds_ip *b)
{
	size_t n = a->family == WDS_V4 ? BYTES_V4 : BYTES_V6;

	return a->family == b->family && (!a->family || (a->prefix == b->prefix &&
		!memcmp(a->address, b->address, n) && a->has_gateway == b->has_gateway &&
		(!a->has_gateway || !memcmp(a->gateway, b->gateway, n))));
}

static bool same_dns(const struct wds_ip *a, const struct wds_ip *b)
{
	size_t n = a->family == WDS_V4 ? BYTES_V4 : BYTES_V6;

	if (a->family != b->family || a->n_dns != b->n_dns)
		return false;
	for (unsigned i = 0; i < a->n_dns; i++)
		if (memcmp(a->dns[i], b->dns[i], n))
			return false;
	return true;
}

bool wds_net_same(const struct wds_net *a, const struct wds_net *b)
{
	for (int i = 0; i < WDS_FAMILIES; i++)
		if (!same_ip(&a->ip[i], &b->ip[i]) || !same_dns(&a->ip[i], &b->ip[i]))
			return false;
	return a->way == b->way && !strcmp(a->iface, b->iface) && a->mtu == b->mtu;
}

/* ---- shown ---- */

void wds_net_show(struct sink *s, const struct wds_net *net)
{
	char text[NET_TEXT_MAX];

	for (int i = 0; i < WDS_FAMILIES; i++) {
		const struct wds_ip *ip = &net->ip[i];

		if (!ip->family)
			continue;
		sink_begin(s, families[i].key);
		wds_net_text(ip->family, ip->address, text);
		qmux_format(text + strlen(text), sizeof text - strlen(text), "/%u", ip->prefix);
		sink_text(s, "address", text);
		if (ip->has_gateway) {
			wds_net_text(ip->family, ip->gateway, text);
			sink_text(s, "gateway", text);
		}
		if (ip->n_dns)
			sink_list(s, "dns");
		for (unsigned k = 0; k < ip->n_dns; k++) {
			wds_net_text(ip->family, ip->dns[k], text);
			sink_text(s, NULL, text);
		}
		if (ip->n_dns)
			sink_end(s);
		sink_end(s);
	}
	if (net->mtu)
		sink_uint(s, "mtu", net->mtu, "bytes");
}

/* ---- the state file ---- */

static const char *const ways[] = {
	[NET_KERNEL] = "kernel", [NET_HOOK] = "hook", [NET_PRINT] = "print",
};

/* "net.ipv4" is "10.0.0.2/30 10.0.0.1 9.9.9.9": address, gateway or "-", DNS servers. */
static void store_ip(struct state *s, int i, const struct wds_ip *ip)
{
	char key[16], text[4 * NET_TEXT_MAX], one[NET_TEXT_MAX] = "-";
	size_t n;

	wds_net_text(ip->family, ip->address, text);
	n = strlen(text);
	if (ip->has_gateway)
		wds_net_text(ip->family, ip->gateway, one);
	n += (size_t)qmux_format(text + n, sizeof text - n, "/%u %s", ip->prefix, one);
	for (unsigned k = 0; k < ip->n_dns; k++) {
		wds_net_text(ip->family, ip->dns[k], one);
		n += (size_t)qmux_format(text + n, sizeof text - n, " %s", one);
	}
	qmux_format(key, sizeof key, "net.%s", families[i].key);
	state_set(s, key, text);
}

static void load_ip(const struct state *s, int i, struct wds_ip *ip)
{
	struct wds_ip got = { .family = families[i].family };
	const char *text, *slash;
	uint64_t prefix;
	char key[16];
	size_t n;

	qmux_format(key, sizeof key, "net.%s", families[i].key);
	text = state_get(s, key);
	slash = text ? strchr(text, '/') : NULL;
	if (!slash || !parse_address(got.family, text, (size_t)(slash - text), got.address))
		return;
	text = slash + 1;
	n = strcspn(text, " ");
	if (!qmux_parse_uint(text, n, &prefix) || prefix > families[i].bits)
		return;
	got.prefix = (unsigned)prefix;
	text += n + (text[n] == ' ');
	n = strcspn(text, " ");
	got.has_gateway = parse_address(got.family, text, n, got.gateway);
	for (text += n; *text == ' ' && got.n_dns < 2; text += n) {
		n = strcspn(++text, " ");
		got.n_dns += parse_address(got.family, text, n, got.dns[got.n_dns]);
	}
	*ip = got;
}

static unsigned load_number(const struct state *s, const char *key, unsigned otherwise)
{
	uint64_t v;

	return state_number(s, key, &v) && v <= INT32_MAX ? (unsigned)v : otherwise;
}

static void load_text(const struct state *s, const char *key, char *to, size_t n)
{
	const char *text = state_get(s, key);

	qmux_format(to, n, "%s", text ? text : "");
}

void wds_net_load(const struct state *s, struct wds_net *net)
{
	const char *way = state_get(s, "net.way");

	*net = (struct wds_net){ .way = NET_NONE };
	for (unsigned i = NET_KERNEL; way && i <= NET_PRINT; i++)
		if (!strcmp(way, ways[i]))
			net->way = (enum net_way)i;
	if (net->way == NET_NONE)
		return;
	load_text(s, "net.iface", net->iface, sizeof net->iface);
	load_text(s, "net.hook", net->hook, sizeof net->hook);
	load_text(s, "net.dns_file", net->dns_file, sizeof net->dns_file);
	for (int i = 0; i < WDS_FAMILIES; i++)
		load_ip(s, i, &net->ip[i]);
	net->mtu = load_number(s, "net.mtu", 0);
	net->route = state_get(s, "net.metric");
	net->metric = load_number(s, "net.metric", 0);
	net->old_mtu = load_number(s, "net.old_mtu", 0);
	net->old_accept_ra = (int)load_number(s, "net.old_accept_ra", UINT32_MAX);
}

static void store_text(struct state *s, const char *key, const char *text)
{
	state_set(s, key, *text ? text : NULL);
}

static int store(struct command *cmd, struct wds_session *session, const struct wds_net *net)
{
	struct state *s = &session->state;

	state_drop(s, "net.");
	if (net->way == NET_NONE)
		return wds_session_save(cmd, session);
	state_set(s, "net.way", ways[net->way]);
	store_text(s, "net.iface", net->iface);
	store_text(s, "net.hook", net->hook);
	store_text(s, "net.dns_file", net->dns_file);
	for (int i = 0; i < WDS_FAMILIES; i++)
		if (net->ip[i].family)
			store_ip(s, i, &net->ip[i]);
	if (net->mtu)
		state_set_number(s, "net.mtu", net->mtu);
	if (net->route)
		state_set_number(s, "net.metric", net->metric);
	if (net->old_mtu)
		state_set_number(s, "net.old_mtu", net->old_mtu);
	if (net->old_accept_ra >= 0)
		state_set_number(s, "net.old_accept_ra", (unsigned)net->old_accept_ra);
	return wds_session_save(cmd, session);
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

static int route(struct netlink *n, int index, const struct wds_net *net, int i, bool add)
{
	return netlink_route(n, index, families[i].af, NULL, 0, next_hop(&net->ip[i]), net->metric,
		add);
}

static bool same_kernel(const struct wds_net *a, const struct wds_net *b, int i)
{
	return b->way == NET_KERNEL && !strcmp(a->iface, b->iface) && same_ip(&a->ip[i], &b->ip[i]);
}

static bool same_route(const struct wds_net *a, const struct wds_net *b, int i)
{
	return same_kernel(a, b, i) && b->route && a->metric == b->metric;
}

/* What is not wanted any more; routes first.  An interface that is gone has lost it by itself. */
static int kernel_take(struct netlink *n, const struct wds_net *now, const struct wds_net *wanted)
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
		    (ret = netlink_address(n, link.index, families[i].af, now->ip[i].address,
			now->ip[i].prefix, false)))
			failed = ret;
	/* Another session, or somebody else, may have addresses there. */
	if (!leaves || netlink_addresses(n, link.index, any_address, NULL))
		return failed;
	ret = netlink_set_up(n, link.index, false);
	if (now->old_mtu && now->old_mtu != link.mtu)
		netlink_set_mtu(n, link.index, now->old_mtu);
	if (now->old_accept_ra > 0)
		set_accept_ra(now->iface, now->old_accept_ra);
	return failed ? failed : ret;
}

static int kernel_add_ip(struct netlink *n, int index, const struct wds_net *net)
{
	int ret = 0;

	for (int i = 0; i < WDS_FAMILIES && !ret; i++)
		if (net->ip[i].family)
			ret = netlink_address(n, index, families[i].af, net->ip[i].address,
				net->ip[i].prefix, true);
	for (int i = 0; i < WDS_FAMILIES && !ret && net->route; i++)
		if (net->ip[i].family)
			ret = route(n, index, net, i, true);
	return ret;
}

/* Both families have one metric; where it is taken by another interface, the next that is free. */
static int kernel_add(struct command *cmd, struct wds_session *s, struct netlink *n,
	struct wds_net *net)
{
	struct netlink_link link;
	int ret = netlink_link(n, net->iface, &link);

	if (!ret && !net->old_mtu)
		net->old_mtu = link.mtu;
	if (!ret && net->old_accept_ra < 0)
		net->old_accept_ra = get_accept_ra(net->iface);
	if (!ret)
		ret = store(cmd, s, net) ? -ECANCELED : 0;
	if (!ret && net->old_accept_ra > 0)
		set_accept_ra(net->iface, 0);
	if (!ret && net->mtu && net->mtu != link.mtu)
		ret = netlink_set_mtu(n, link.index, net->mtu);
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
	case EACCES:
		return say(cmd, EXIT_PERMISSION, "no permission to configure %s", net->iface);
	default:
		return say(cmd, EXIT_DEVICE, "cannot configure %s: %s", net->iface,
			strerror(-error));
	}
}

/* ---- one after the other ---- */

static void take(struct command *cmd, struct wds_session *s, const struct wds_net *now,
	const struct wds_net *wanted)
{
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
		ret = kernel_take(&n, now, wanted);
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
