/* netlink.c - requests to rtnetlink. */
#include "applets/netlink_wire.h"

#include "qmux/clock.h"

#include <errno.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQUEST_MAX 256		/* the longest is netlink_add_rmnet's: 96 */
#define ANSWER_MAX 32768	/* the kernel makes a part of a dump no longer than this */
#define ROUTE_METRIC_V6 1024	/* include/uapi/linux/ipv6_route.h: IP6_RT_PRIO_USER, for 0 */

struct nl_addr {		/* struct sockaddr_nl */
	sa_family_t family;
	uint16_t pad;
	uint32_t port, groups;
};

/* ---- requests ---- */

struct request {
	uint8_t data[REQUEST_MAX];
	size_t n;
};

static void put16(uint8_t *p, unsigned v)
{
	uint16_t u = (uint16_t)v;

	memcpy(p, &u, sizeof u);
}

static void put32(uint8_t *p, uint32_t v)
{
	memcpy(p, &v, sizeof v);
}

static struct request request(unsigned type, unsigned flags, size_t body)
{
	struct request r = { .n = HEADER + body };

	put16(r.data + 4, type);
	put16(r.data + 6, NLM_F_REQUEST | flags);
	return r;
}

/* All callers' attributes have sizes that are known to fit. */
static void attr(struct request *r, unsigned type, const void *data, size_t n)
{
	put16(r->data + r->n, (unsigned)(ATTR_HEADER + n));
	put16(r->data + r->n + 2, type);
	if (n)
		memcpy(r->data + r->n + ATTR_HEADER, data, n);
	r->n += netlink_aligned(ATTR_HEADER + n);
}

static void attr32(struct request *r, unsigned type, uint32_t v)
{
	attr(r, type, &v, sizeof v);
}

/* Attributes inside of an attribute: returns where it begins, for nest_end. */
static size_t nest(struct request *r, unsigned type)
{
	size_t at = r->n;

	attr(r, NLA_F_NESTED | type, NULL, 0);
	return at;
}

static void nest_end(struct request *r, size_t at)
{
	put16(r->data + at, (unsigned)(r->n - at));
}

/* ---- the conversation ---- */

void netlink_close(struct netlink *n)
{
	if (n->fd >= 0)
		close(n->fd);
	n->fd = -1;
}

static int open_groups(struct netlink *n, uint32_t groups)
{
	struct nl_addr addr = { .family = AF_NETLINK, .groups = groups };

	n->seq = 0;
	n->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (n->fd < 0)
		return -errno;
	if (!bind(n->fd, (struct sockaddr *)(void *)&addr, sizeof addr))
		return 0;
	addr.port = (uint32_t)errno;
	netlink_close(n);
	return -(int)addr.port;
}

int netlink_open(struct netlink *n)
{
	return open_groups(n, 0);
}

int netlink_open_links(struct netlink *n)
{
	return open_groups(n, RTMGRP_LINK);
}

/* What the kernel says next: its length, or -errno.  Others may write to our address, too. */
static ssize_t receive(struct netlink *n, uint8_t answer[ANSWER_MAX], int64_t deadline)
{
	for (;;) {
		struct nl_addr from = { 0 };
		struct iovec iov = { answer, ANSWER_MAX };
		struct msghdr msg = {
			.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &iov, .msg_iovlen = 1,
		};
		struct pollfd pfd = { .fd = n->fd, .events = POLLIN };
		ssize_t len = recvmsg(n->fd, &msg, 0);

		if (len >= 0 && !from.port)
			return msg.msg_flags & MSG_TRUNC ? -EMSGSIZE : len;
		if (len >= 0 || errno == EINTR)
			continue;
		if (errno != EAGAIN)
			return -errno;
		if (qmux_now() >= deadline)
			return -ETIMEDOUT;
		poll(&pfd, 1, qmux_poll_timeout(deadline, qmux_now()));
	}
}

bool netlink_was_down(struct netlink *n, int index)
{
	uint8_t news[ANSWER_MAX];
	bool down = false;
	ssize_t len;

	while ((len = receive(n, news, 0)) != -ETIMEDOUT) {
		const uint8_t *p = news;
		struct netlink_message m;
		struct netlink_link l;

		if (len < 0 && len != -ENOBUFS && len != -EMSGSIZE)
			return true;
		down |= len < 0;
		while (len > 0) {
			int used = netlink_next(p, (size_t)len, &m);

			if (used < 0)
				break;
			down |= netlink_read_link(&m, &l) && l.index == index && !l.up;
			p += used;
			len -= used;
		}
	}
	return down;
}

/* Who is told of each message; it returns 0 to go on. */
struct reader {
	int (*fn)(struct reader *r, const struct netlink_message *m);
	void *ctx;
	int (*link)(void *ctx, const struct netlink_link *l);
	int (*addr)(void *ctx, const struct netlink_addr *a);
	int index;
	int ret;		/* what ended the telling; the answers are still read to their end */
};

/* Until the kernel has said that it is done: 0, or its error. */
static int read_answer(struct netlink *n, struct reader *reader)
{
	uint8_t answer[ANSWER_MAX];
	int64_t deadline = qmux_now() + NETLINK_WAIT_MS;

	for (;;) {
		ssize_t len = receive(n, answer, deadline);
		const uint8_t *p = answer;
		struct netlink_message m;

		if (len < 0)
			return (int)len;
		while (len > 0) {
			int used = netlink_next(p, (size_t)len, &m);

			if (used < 0)
				return used;
			p += used;
			len -= used;
			if (m.seq != n->seq)
				continue;	/* of a request that was given up */
			if (m.type == NLMSG_ERROR || m.type == NLMSG_DONE)
				return netlink_error(&m);
			if (reader && !reader->ret)
				reader->ret = reader->fn(reader, &m);
		}
	}
}

static int ask(struct netlink *n, struct request *r, struct reader *reader)
{
	struct nl_addr kernel = { .family = AF_NETLINK };
	ssize_t sent;
	int ret;

	put32(r->data, (uint32_t)r->n);
	put32(r->data + 8, ++n->seq);
	do
		sent = sendto(n->fd, r->data, r->n, 0, (struct sockaddr *)(void *)&kernel, sizeof kernel);
	while (sent < 0 && errno == EINTR);
	if (sent < 0)
		return -errno;
	ret = read_answer(n, reader);
	return ret || !reader ? ret : reader->ret;
}

/* ---- links ---- */

static struct request link_request(unsigned type, unsigned flags, int index)
{
	struct request r = request(type, flags, LINK_BODY);

	put32(r.data + HEADER + 4, (uint32_t)index);
	return r;
}

static int tell_link(struct reader *r, const struct netlink_message *m)
{
	struct netlink_link l;

	return netlink_read_link(m, &l) ? r->link(r->ctx, &l) : 0;
}

static int keep_link(void *ctx, const struct netlink_link *l)
{
	*(struct netlink_link *)ctx = *l;
	return 0;
}

int netlink_link(struct netlink *n, const char *name, struct netlink_link *l)
{
	struct request r = link_request(RTM_GETLINK, NLM_F_ACK, name ? 0 : l->index);
	struct reader reader = { .fn = tell_link, .ctx = l, .link = keep_link };

	if (name && (!*name || strlen(name) >= NETLINK_NAME_MAX))
		return -ENODEV;
	if (name)
		attr(&r, IFLA_IFNAME, name, strlen(name) + 1);
	return ask(n, &r, &reader);
}

int netlink_links(struct netlink *n, int (*fn)(void *ctx, const struct netlink_link *l), void *ctx)
{
	struct request r = link_request(RTM_GETLINK, NLM_F_DUMP, 0);
	struct reader reader = { .fn = tell_link, .ctx = ctx, .link = fn };

	return ask(n, &r, &reader);
}

int netlink_set_up(struct netlink *n, int index, bool up)
{
	struct request r = link_request(RTM_NEWLINK, NLM_F_ACK, index);

	put32(r.data + HEADER + 8, up ? IFF_UP : 0);
	put32(r.data + HEADER + 12, IFF_UP);
	return ask(n, &r, NULL);
}

int netlink_set_mtu(struct netlink *n, int index, unsigned mtu)
{
	struct request r = link_request(RTM_NEWLINK, NLM_F_ACK, index);

	attr32(&r, IFLA_MTU, mtu);
	return ask(n, &r, NULL);
}

int netlink_rename(struct netlink *n, int index, const char *name)
{
	struct request r = link_request(RTM_NEWLINK, NLM_F_ACK, index);

	if (!*name || strlen(name) >= NETLINK_NAME_MAX)
		return -EINVAL;
	attr(&r, IFLA_IFNAME, name, strlen(name) + 1);
	return ask(n, &r, NULL);
}

/* ---- rmnet ---- */

/* mux_id 0: none is told. */
static int add_rmnet(struct netlink *n, int parent, const char *name, unsigned mux_id,
	uint32_t flags)
{
	struct request r = link_request(RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, 0);
	uint32_t flags_mask[2] = { flags, RMNET_FLAGS_ALL };
	uint16_t id = (uint16_t)mux_id;
	size_t info, data;

	if (strlen(name) >= NETLINK_NAME_MAX)
		return -EINVAL;
	if (*name)
		attr(&r, IFLA_IFNAME, name, strlen(name) + 1);
	attr32(&r, IFLA_LINK, (uint32_t)parent);
	info = nest(&r, IFLA_LINKINFO);
	attr(&r, IFLA_INFO_KIND, "rmnet", 5);
	data = nest(&r, IFLA_INFO_DATA);
	if (id) {
		attr(&r, IFLA_RMNET_MUX_ID, &id, sizeof id);
		attr(&r, IFLA_RMNET_FLAGS, flags_mask, sizeof flags_mask);
	}
	nest_end(&r, data);
	nest_end(&r, info);
	return ask(n, &r, NULL);
}

int netlink_add_rmnet(struct netlink *n, int parent, const char *name, unsigned mux_id,
	uint32_t flags)
{
	return mux_id ? add_rmnet(n, parent, name, mux_id, flags) : -EINVAL;
}

/*
 * The kernel loads the module of a kind before it looks at what is asked of it, and rmnet
 * refuses (-EINVAL) a link without a mux id.
 */
bool netlink_has_rmnet(struct netlink *n)
{
	return add_rmnet(n, 0, "", 0, 0) == -EINVAL;
}

int netlink_delete_link(struct netlink *n, int index)
{
	struct request r = link_request(RTM_DELLINK, NLM_F_ACK, index);

	return ask(n, &r, NULL);
}

/* ---- addresses ---- */

int netlink_address(struct netlink *n, int index, unsigned family, const uint8_t *address,
	unsigned prefix, bool add)
{
	struct request r = request(add ? RTM_NEWADDR : RTM_DELADDR,
		NLM_F_ACK | (add ? NLM_F_CREATE | NLM_F_EXCL : 0), ADDR_BODY);
	uint8_t *body = r.data + HEADER;
	int ret;

	body[0] = (uint8_t)family;
	body[1] = (uint8_t)prefix;
	body[2] = add && family == AF_INET6 ? IFA_F_NODAD : 0;
	put32(body + 4, (uint32_t)index);
	attr(&r, IFA_LOCAL, address, netlink_address_size(family));
	attr(&r, IFA_ADDRESS, address, netlink_address_size(family));
	ret = ask(n, &r, NULL);
	return ret == (add ? -EEXIST : -EADDRNOTAVAIL) ? 0 : ret;
}

static int tell_addr(struct reader *r, const struct netlink_message *m)
{
	struct netlink_addr a;

	if (!netlink_read_addr(m, &a) || (r->index && a.index != r->index))
		return 0;
	return r->addr(r->ctx, &a);
}

int netlink_addresses(struct netlink *n, int index,
	int (*fn)(void *ctx, const struct netlink_addr *a), void *ctx)
{
	struct request r = request(RTM_GETADDR, NLM_F_DUMP, ADDR_BODY);
	struct reader reader = { .fn = tell_addr, .ctx = ctx, .addr = fn, .index = index };

	return ask(n, &r, &reader);
}

/* ---- routes ---- */

struct route {
	unsigned family, dst_bits;
	const uint8_t *dst, *gateway;	/* NULL: none */
	uint32_t index, metric;
};

static bool same_bytes(const uint8_t *x, const uint8_t *y, size_t n)
{
	return x && y ? !memcmp(x, y, n) : x == y;
}

/* 1: it is the route that ctx tells; as far as it has a route like it. */
static int is_route(struct reader *reader, const struct netlink_message *m)
{
	const struct route *wanted = reader->ctx;
	size_t n, size = netlink_address_size(wanted->family);
	struct route r = { .family = wanted->family };
	const uint8_t *p;
	struct netlink_attr a;

	if (m->type != RTM_NEWROUTE || m->len < ROUTE_BODY || m->body[0] != r.family ||
	    m->body[1] != wanted->dst_bits || m->body[4] != RT_TABLE_MAIN)
		return 0;
	p = m->body + ROUTE_BODY;
	n = m->len - ROUTE_BODY;
	while (netlink_attr(&p, &n, &a)) {
		if (a.type == RTA_OIF)
			r.index = netlink_number(&a);
		if (a.type == RTA_PRIORITY)
			r.metric = netlink_number(&a);
		if (a.type == RTA_DST && a.len == size)
			r.dst = a.data;
		if (a.type == RTA_GATEWAY && a.len == size)
			r.gateway = a.data;
	}
	return r.index == wanted->index && r.metric == wanted->metric &&
		same_bytes(r.dst, wanted->dst, size) && same_bytes(r.gateway, wanted->gateway, size);
}

static int has_route(struct netlink *n, struct route *wanted)
{
	struct request r = request(RTM_GETROUTE, NLM_F_DUMP, ROUTE_BODY);
	struct reader reader = { .fn = is_route, .ctx = wanted };

	r.data[HEADER] = (uint8_t)wanted->family;
	return ask(n, &r, &reader);
}

int netlink_route(struct netlink *n, int index, unsigned family, const uint8_t *dst,
	unsigned dst_bits, const uint8_t *gateway, uint32_t metric, bool add)
{
	struct request r = request(add ? RTM_NEWROUTE : RTM_DELROUTE,
		NLM_F_ACK | (add ? NLM_F_CREATE | NLM_F_EXCL : 0), ROUTE_BODY);
	struct route wanted = {
		.family = family, .dst_bits = dst ? dst_bits : 0, .dst = dst_bits ? dst : NULL,
		.gateway = gateway, .index = (uint32_t)index,
		.metric = metric || family == AF_INET ? metric : ROUTE_METRIC_V6,
	};
	uint8_t *body = r.data + HEADER;
	int ret;

	body[0] = (uint8_t)family;
	body[1] = (uint8_t)wanted.dst_bits;
	body[4] = RT_TABLE_MAIN;
	body[5] = add ? RTPROT_STATIC : 0;
	body[6] = !add ? RT_SCOPE_NOWHERE : gateway ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK;
	body[7] = add ? RTN_UNICAST : 0;
	put32(body + 8, add && gateway ? RTNH_F_ONLINK : 0);
	if (wanted.dst)
		attr(&r, RTA_DST, dst, netlink_address_size(family));
	attr32(&r, RTA_OIF, (uint32_t)index);
	if (gateway)
		attr(&r, RTA_GATEWAY, gateway, netlink_address_size(family));
	if (metric)
		attr32(&r, RTA_PRIORITY, metric);
	ret = ask(n, &r, NULL);
	if (!add)
		return ret == -ESRCH ? 0 : ret;
	if (ret != -EEXIST)
		return ret;
	ret = has_route(n, &wanted);
	return ret > 0 ? 0 : ret ? ret : -EEXIST;
}
