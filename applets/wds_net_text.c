/* wds_net_text.c - addresses of an interface: compared, shown, kept in the state file. */
#include "applets/wds_net.h"

#include "qmux/form.h"
#include "qmux/format.h"

#include <string.h>

enum { BITS_V4 = 32, BITS_V6 = 128, BYTES_V4 = 4, BYTES_V6 = 16 };

static const struct {
	unsigned family, bits;
	const char *key;
} families[WDS_FAMILIES] = {
	{ WDS_V4, BITS_V4, "ipv4" }, { WDS_V6, BITS_V6, "ipv6" },
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

const uint8_t *wds_net_next_hop(const struct wds_ip *ip)
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

bool wds_net_same_ip(const struct wds_ip *a, const struct wds_ip *b)
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
		if (!wds_net_same_ip(&a->ip[i], &b->ip[i]) || !same_dns(&a->ip[i], &b->ip[i]))
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

void wds_net_store(struct state *s, const struct wds_net *net)
{
	state_drop(s, "net.");
	if (net->way == NET_NONE)
		return;
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
}
