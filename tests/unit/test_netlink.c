/*
 * test_netlink.c - answers of rtnetlink: whole, cut short, wrong; and the real kernel's.
 *
 * The second half works in a network namespace of its own, on a tun interface, which looks as a
 * modem's does (raw IP, no addresses of its own).  Where that cannot be had it is skipped.
 */
#include "applets/netlink.h"
#include "tests/unit/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_MAX = 512, ROUNDS = 20000, ARPHRD_NONE = 0xfffe };

struct bytes {
	uint8_t data[ANSWER_MAX];
	size_t n;
};

static void put(struct bytes *b, const void *data, size_t n)
{
	memcpy(b->data + b->n, data, n);
	b->n += n;
}

static void put16(struct bytes *b, uint16_t v)
{
	put(b, &v, sizeof v);
}

static void put32(struct bytes *b, uint32_t v)
{
	put(b, &v, sizeof v);
}

static void put_attr(struct bytes *b, uint16_t type, const void *data, size_t n)
{
	put16(b, (uint16_t)(4 + n));
	put16(b, type);
	put(b, data, n);
	while (b->n % 4)
		b->data[b->n++] = 0;
}

static void put_header(struct bytes *b, uint16_t type)
{
	put32(b, 0);
	put16(b, type);
	put16(b, 2);
	put32(b, 7);
	put32(b, 0);
}

static void finish(struct bytes *b)
{
	uint32_t n = (uint32_t)b->n;

	memcpy(b->data, &n, sizeof n);
}

/* Interface 5, up, rmnet with mux id 3 on top of interface 2. */
static struct bytes link_answer(void)
{
	struct bytes b = { .n = 0 }, data = { .n = 0 }, info = { .n = 0 };
	uint32_t mtu = 1430, parent = 2, flags[2] = { 17, 63 };
	uint16_t mux = 3;

	put_header(&b, 16);
	put16(&b, 0);
	put16(&b, ARPHRD_NONE);
	put32(&b, 5);
	put32(&b, IFF_UP);
	put32(&b, 0);
	put_attr(&b, 3, "rmnet_data0", 12);
	put_attr(&b, 4, &mtu, 4);
	put_attr(&b, 5, &parent, 4);
	put_attr(&data, 1, &mux, 2);
	put_attr(&data, 2, flags, 8);
	put_attr(&info, 1, "rmnet", 6);
	put_attr(&info, 2 | 0x8000, data.data, data.n);
	put_attr(&b, 18, info.data, info.n);
	finish(&b);
	return b;
}

static struct bytes addr_answer(void)
{
	struct bytes b = { .n = 0 };

	put_header(&b, 20);
	put(&b, (const uint8_t[]){ AF_INET, 30, 0, 0 }, 4);
	put32(&b, 5);
	put_attr(&b, 1, (const uint8_t[]){ 10, 64, 0, 1 }, 4);	/* the peer's */
	put_attr(&b, 2, (const uint8_t[]){ 10, 64, 0, 2 }, 4);
	finish(&b);
	return b;
}

static void test_reading(void)
{
	struct bytes b = link_answer();
	struct netlink_message m;
	struct netlink_link l;
	struct netlink_addr a;

	is_int(netlink_next(b.data, b.n, &m), (long long)b.n, "a whole message is taken");
	is_int(m.seq, 7, "its sequence number");
	ok(netlink_read_link(&m, &l), "it is a link");
	is_int(l.index, 5, "its index");
	is_int(l.type, ARPHRD_NONE, "its type");
	ok(l.up && !l.running, "it is up, without a carrier");
	is_str(l.name, "rmnet_data0", "its name");
	is_int(l.mtu, 1430, "its MTU");
	is_int(l.parent, 2, "its parent");
	is_str(l.kind, "rmnet", "its kind");
	is_int(l.mux_id, 3, "its mux id");
	is_int(l.mux_flags, 17, "its flags");
	ok(!netlink_read_addr(&m, &a), "it is no address");
	b = addr_answer();
	netlink_next(b.data, b.n, &m);
	ok(netlink_read_addr(&m, &a), "an address");
	is_int(a.prefix, 30, "its prefix");
	is_bytes(a.address, 4, (const uint8_t[]){ 10, 64, 0, 2 }, 4, "the interface's own, not the peer's");
	ok(!netlink_read_link(&m, &l), "it is no link");
}

static void test_wrong_lengths(void)
{
	struct bytes b = link_answer();
	struct netlink_message m;
	uint32_t n;

	is_int(netlink_next(b.data, 15, &m), -EBADMSG, "shorter than a header");
	is_int(netlink_next(b.data, 0, &m), -EBADMSG, "nothing");
	is_int(netlink_next(b.data, b.n - 1, &m), -EBADMSG, "longer than what came");
	n = 15;
	memcpy(b.data, &n, 4);
	is_int(netlink_next(b.data, b.n, &m), -EBADMSG, "a length below the header's");
	n = 0xffffffff;
	memcpy(b.data, &n, 4);
	is_int(netlink_next(b.data, b.n, &m), -EBADMSG, "the longest length");
	n = 17;
	memcpy(b.data, &n, 4);
	is_int(netlink_next(b.data, 18, &m), 18, "padding that the end cuts off");
}

/* In memory of just its size: a sanitizer sees a read past the end. */
static void read_copy(const uint8_t *data, size_t n)
{
	uint8_t *copy = malloc(n ? n : 1), *p = copy;
	struct netlink_message m;
	struct netlink_link l;
	struct netlink_addr a;
	int used;

	memcpy(copy, data, n);
	while ((used = netlink_next(p, n, &m)) > 0) {
		netlink_read_link(&m, &l);
		netlink_read_addr(&m, &a);
		p += used;
		n -= (size_t)used;
	}
	free(copy);
}

static void test_cut_short(struct bytes b, const char *name)
{
	for (size_t n = 0; n <= b.n; n++) {
		struct bytes cut = b;

		read_copy(cut.data, n);
		cut.n = n;
		if (n >= 16)
			finish(&cut);
		read_copy(cut.data, n);
	}
	ok(true, "%s: cut short at each byte, nothing is read past the end", name);
}

static void test_random(struct bytes b, const char *name)
{
	struct rng rng = { .state = 20 };

	for (int i = 0; i < ROUNDS; i++) {
		struct bytes wrong = b;

		for (uint32_t n = 1 + rng_below(&rng, 4); n; n--)
			wrong.data[4 + rng_below(&rng, (uint32_t)b.n - 4)] = (uint8_t)rng_next(&rng);
		read_copy(wrong.data, wrong.n);
	}
	ok(true, "%s: wrong at random, nothing is read past the end", name);
}

/* ---- the kernel ---- */

static int count_address(void *ctx, const struct netlink_addr *a)
{
	*(int *)ctx += a->scope == 0;
	return 0;
}

static int find_tun(void *ctx, const struct netlink_link *l)
{
	(void)ctx;
	return !strcmp(l->name, "t0") ? 42 : 0;
}

static int addresses(struct netlink *n, int index)
{
	int count = 0;

	is_int(netlink_addresses(n, index, count_address, &count), 0, "its addresses are told");
	return count;
}

static void test_link(struct netlink *n, struct netlink_link *l)
{
	is_int(netlink_link(n, "t0", l), 0, "a link by its name");
	is_int(l->type, ARPHRD_NONE, "it is raw IP");
	ok(!l->up && l->mtu == 1500, "it is down, its MTU is 1500");
	is_int(netlink_links(n, find_tun, NULL), 42, "it is among all links");
	is_int(netlink_link(n, "t1", l), -ENODEV, "one that is not there");
	is_int(netlink_link(n, "a-name-that-is-too-long", l), -ENODEV, "a name that none can have");
	is_int(netlink_link(n, "", l), -ENODEV, "an empty name");
	l->index = 4711;
	is_int(netlink_link(n, NULL, l), -ENODEV, "an index that is not there");
	netlink_link(n, "t0", l);
	is_int(netlink_rename(n, l->index, "t2"), 0, "it gets another name");
	is_int(netlink_rename(n, l->index, "lo"), -EEXIST, "one that is taken");
	is_int(netlink_rename(n, l->index, "t0"), 0, "and its own back");
	is_int(netlink_set_mtu(n, l->index, 1430), 0, "its MTU is set");
	is_int(netlink_set_mtu(n, l->index, 10000000), -EINVAL, "not to anything");
	is_int(netlink_set_up(n, l->index, true), 0, "it goes up");
	is_int(netlink_link(n, NULL, l), 0, "a link by its index");
	ok(l->up && l->mtu == 1430, "it is up, its MTU is 1430");
	is_int(netlink_delete_link(n, 4711), -ENODEV, "deleting what is not there");
}

static void test_address(struct netlink *n, int index)
{
	static const uint8_t v4[4] = { 10, 64, 0, 2 }, v6[16] = { 0x20, 1, 0xd, 0xb8, [15] = 2 };

	is_int(netlink_address(n, index, AF_INET, v4, 30, true), 0, "an IPv4 address");
	is_int(netlink_address(n, index, AF_INET, v4, 30, true), 0, "again");
	is_int(addresses(n, index), 1, "it is there once");
	is_int(netlink_address(n, index, AF_INET, v4, 33, true), -EINVAL, "a prefix that is too long");
	is_int(netlink_address(n, index, AF_INET6, v6, 64, true), 0, "an IPv6 address");
	is_int(netlink_address(n, index, AF_INET6, v6, 64, true), 0, "again");
	is_int(addresses(n, index), 2, "both are there");
}

static void test_routes(struct netlink *n, int index, int other)
{
	static const uint8_t gateway[4] = { 10, 64, 0, 1 }, far[4] = { 192, 0, 2, 1 };

	for (int i = 0; i < 2; i++) {
		is_int(netlink_route(n, index, AF_INET, NULL, 0, NULL, 700, true), 0,
			i ? "again" : "a default route, IPv4");
		is_int(netlink_route(n, index, AF_INET, NULL, 0, gateway, 710, true), 0,
			i ? "again" : "one with a gateway");
		is_int(netlink_route(n, index, AF_INET, far, 32, NULL, 0, true), 0,
			i ? "again" : "one to a host");
		is_int(netlink_route(n, index, AF_INET6, NULL, 0, NULL, 0, true), 0,
			i ? "again" : "a default route, IPv6");
	}
	is_int(netlink_route(n, index, AF_INET, NULL, 0, far, 720, true), 0,
		"a gateway outside of the subnet");
	is_int(netlink_route(n, other, AF_INET, NULL, 0, NULL, 700, true), -EEXIST,
		"another interface's of the same metric is not taken for ours");
	is_int(netlink_route(n, other, AF_INET6, NULL, 0, NULL, 1024, true), -EEXIST,
		"nor in IPv6");
	for (int i = 0; i < 2; i++) {
		is_int(netlink_route(n, index, AF_INET, NULL, 0, gateway, 710, false), 0,
			i ? "gone already" : "it is taken away");
		is_int(netlink_route(n, index, AF_INET6, NULL, 0, NULL, 0, false), 0,
			i ? "gone already" : "it is taken away, IPv6");
	}
	is_int(netlink_route(n, other, AF_INET6, NULL, 0, NULL, 1024, true), 0,
		"another interface may have its place");
}

static void test_end(struct netlink *n, int index)
{
	static const uint8_t v4[4] = { 10, 64, 0, 2 };

	is_int(netlink_address(n, index, AF_INET, v4, 30, false), 0, "an address is taken away");
	is_int(netlink_address(n, index, AF_INET, v4, 30, false), 0, "gone already");
	is_int(addresses(n, index), 1, "the other one is left");
	is_int(netlink_set_up(n, index, false), 0, "it goes down");
	is_int(netlink_route(n, index, AF_INET, NULL, 0, NULL, 700, true), -ENETDOWN,
		"no route over what is down");
	is_int(netlink_address(n, 4711, AF_INET, v4, 30, true), -ENODEV,
		"an address of an interface that is not there");
}

static void test_rmnet(struct netlink *n, int index)
{
	struct netlink_link l;
	bool has = netlink_has_rmnet(n);

	is_int(netlink_add_rmnet(n, index, "mux1", 0, 1), -EINVAL, "no mux id, no link");
	is_int(netlink_add_rmnet(n, index, "mux1", 1, RMNET_INGRESS_DEAGGREGATION),
		has ? 0 : -EOPNOTSUPP, "a link of rmnet, or the kernel has none");
	is_int(netlink_link(n, "mux1", &l), has ? 0 : -ENODEV, "it is there as it was said");
	if (has)
		ok(l.mux_id == 1 && l.parent == index, "with its mux id and parent");
}

static int add_tun(const char *name)
{
	struct ifreq ifr = { .ifr_flags = IFF_TUN | IFF_NO_PI };
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);

	strcpy(ifr.ifr_name, name);
	return fd >= 0 && !ioctl(fd, TUNSETIFF, &ifr) ? fd : -1;
}

static void test_kernel(void)
{
	struct netlink_link l, other;
	struct netlink n = { .fd = -1 };
	int tun;

	if (unshare(CLONE_NEWNET) && unshare(CLONE_NEWUSER | CLONE_NEWNET)) {
		skip("the kernel", "no network namespace to be had");
		return;
	}
	tun = add_tun("t0");
	if (tun < 0 || add_tun("t9") < 0) {
		skip("the kernel", "no tun interface to be had");
		return;
	}
	is_int(netlink_open(&n), 0, "the kernel answers");
	test_link(&n, &l);
	netlink_link(&n, "t9", &other);
	netlink_set_up(&n, other.index, true);
	test_address(&n, l.index);
	test_routes(&n, l.index, other.index);
	test_end(&n, l.index);
	test_rmnet(&n, l.index);
	close(tun);
	is_int(netlink_set_up(&n, l.index, true), -ENODEV, "a link that vanished");
	netlink_close(&n);
	netlink_close(&n);
	is_int(netlink_set_up(&n, l.index, true), -EBADF, "not open");
}

int main(void)
{
	test_reading();
	test_wrong_lengths();
	test_cut_short(link_answer(), "a link");
	test_cut_short(addr_answer(), "an address");
	test_random(link_answer(), "a link");
	test_random(addr_answer(), "an address");
	test_kernel();
	return tap_done();
}
