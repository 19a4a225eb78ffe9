/* test_wds_net.c - addresses, masks, and what the state file says of an interface. */
#include "applets/wds_net.h"
#include "tests/unit/tap.h"

static const char *masked(unsigned family, const uint8_t *address, unsigned prefix)
{
	static char text[NET_TEXT_MAX];
	uint8_t out[16];

	wds_net_mask(address, prefix, out);
	wds_net_text(family, out, text);
	return text;
}

static void test_mask(void)
{
	static const uint8_t v4[4] = { 10, 255, 255, 255 };
	static const uint8_t v6[16] = { 0x20, 1, 0xd, 0xb8, [14] = 0xff, [15] = 0xff };

	is_str(masked(WDS_V4, v4, 0), "0.0.0.0", "/0");
	is_str(masked(WDS_V4, v4, 8), "10.0.0.0", "/8");
	is_str(masked(WDS_V4, v4, 9), "10.128.0.0", "/9");
	is_str(masked(WDS_V4, v4, 30), "10.255.255.252", "/30");
	is_str(masked(WDS_V4, v4, 32), "10.255.255.255", "/32");
	is_str(masked(WDS_V6, v6, 64), "2001:db8::", "/64 of IPv6");
	is_str(masked(WDS_V6, v6, 127), "2001:db8::fffe", "/127");
	is_str(masked(WDS_V6, v6, 128), "2001:db8::ffff", "/128");
}

/* With these lines in the file. */
static struct wds_net loaded(const char *const *lines)
{
	static struct state s;
	struct wds_net net;

	s = (struct state){ .dir = -1, .lock = -1 };
	for (; *lines; lines += 2)
		state_set(&s, lines[0], lines[1]);
	wds_net_load(&s, &net);
	return net;
}

#define LOADED(...) loaded((const char *const[]){ __VA_ARGS__, NULL })

static void test_load(void)
{
	struct wds_net n = LOADED("net.way", "kernel", "net.iface", "wwan0",
		"net.ipv4", "10.0.0.2/30 10.0.0.1 192.0.2.53 192.0.2.54",
		"net.ipv6", "2001:db8::2/64 - 2001:db8::53",
		"net.mtu", "1430", "net.metric", "0", "net.old_mtu", "1500");
	char text[NET_TEXT_MAX];

	is_int(n.way, NET_KERNEL, "way");
	is_str(n.iface, "wwan0", "interface");
	is_int(n.ip[0].family, WDS_V4, "IPv4");
	is_int(n.ip[0].prefix, 30, "its prefix");
	is_int(n.ip[0].has_gateway, true, "its gateway");
	is_int(n.ip[0].n_dns, 2, "its name servers");
	wds_net_text(WDS_V4, n.ip[0].dns[1], text);
	is_str(text, "192.0.2.54", "the second");
	is_int(n.ip[1].prefix, 64, "IPv6");
	is_int(n.ip[1].has_gateway, false, "no gateway");
	is_int(n.ip[1].n_dns, 1, "a name server");
	is_int(n.mtu, 1430, "mtu");
	is_int(n.route, true, "a metric of 0 is one");
	is_int(n.metric, 0, "which");
	is_int(n.old_mtu, 1500, "the MTU before");
	is_int(n.old_accept_ra, -1, "not told: not changed");
}

static bool no_ipv4(const char *value)
{
	struct wds_net n = LOADED("net.way", "kernel", "net.iface", "wwan0", "net.ipv4", value);

	return !n.ip[0].family;
}

/* The file may be older or newer than we are; what is in it never leads anywhere. */
static void test_nonsense(void)
{
	static const char *const bad[] = { "", "10.0.0.2", "/30", "10.0.0/30 -", "10.0.0.2/33 -",
		"10.0.0.2/ -", "10.0.0.2/x -", "10.0.0.2/99999999999999999999 -",
		"2001:db8::2/64 -", "10.0.0.256/30 -" };
	struct wds_net n = LOADED("net.iface", "wwan0", "net.ipv4", "10.0.0.2/30 -");

	is_int(n.way, NET_NONE, "without a way, nothing");
	n = LOADED("net.way", "sideways");
	is_int(n.way, NET_NONE, "one that we do not know");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ok(no_ipv4(bad[i]), "no address: \"%s\"", bad[i]);
	n = LOADED("net.way", "kernel", "net.ipv4", "10.0.0.2/30 x y 1.1.1.1 2.2.2.2 3.3.3.3",
		"net.mtu", "-1");
	is_int(n.ip[0].has_gateway, false, "a gateway that is none");
	is_int(n.ip[0].n_dns, 2, "no more name servers than there is room");
	is_int(n.mtu, 0, "an MTU that is none");
	n = LOADED("net.way", "kernel", "net.iface", "a-name-that-is-much-too-long");
	is_int((long long)strlen(n.iface), NETLINK_NAME_MAX - 1, "a long name is cut off");
}

static void test_same(void)
{
	struct wds_net a = LOADED("net.way", "kernel", "net.iface", "wwan0",
		"net.ipv4", "10.0.0.2/30 10.0.0.1 192.0.2.53"), b = a;

	ok(wds_net_same(&a, &b), "the same");
	b.ip[0].dns[0][3]++;
	ok(!wds_net_same(&a, &b), "another name server");
	b = a;
	b.ip[0].address[3]++;
	ok(!wds_net_same(&a, &b), "another address");
	b = a;
	b.ip[0].address[15]++;
	ok(wds_net_same(&a, &b), "what is behind an IPv4 address does not count");
	b = a;
	b.mtu++;
	ok(!wds_net_same(&a, &b), "another MTU");
	b = a;
	b.ip[0].family = 0;
	ok(!wds_net_same(&a, &b), "no address");
}

int main(void)
{
	test_mask();
	test_load();
	test_nonsense();
	test_same();
	return tap_done();
}
