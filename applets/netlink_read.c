/* netlink_read.c - what the answers of rtnetlink say. */
#include "applets/netlink_wire.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

static uint16_t get16(const uint8_t *p)
{
	uint16_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

static uint32_t get32(const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

int netlink_next(const uint8_t *data, size_t n, struct netlink_message *m)
{
	size_t len = n < HEADER ? 0 : get32(data);

	if (len < HEADER || len > n)
		return -EBADMSG;
	m->type = get16(data + 4);
	m->flags = get16(data + 6);
	m->seq = get32(data + 8);
	m->body = data + HEADER;
	m->len = len - HEADER;
	len = netlink_aligned(len);
	return (int)(len < n ? len : n);
}

int netlink_error(const struct netlink_message *m)
{
	return m->len < 4 ? -EBADMSG : (int)get32(m->body);
}

bool netlink_attr(const uint8_t **p, size_t *n, struct netlink_attr *a)
{
	size_t len = *n < ATTR_HEADER ? 0 : get16(*p);

	if (len < ATTR_HEADER || len > *n)
		return false;
	a->type = get16(*p + 2) & NLA_TYPE_MASK;
	a->data = *p + ATTR_HEADER;
	a->len = len - ATTR_HEADER;
	len = netlink_aligned(len) < *n ? netlink_aligned(len) : *n;
	*p += len;
	*n -= len;
	return true;
}

uint32_t netlink_number(const struct netlink_attr *a)
{
	return a->len >= 4 ? get32(a->data) : 0;
}

static void copy_name(char *out, size_t size, const struct netlink_attr *a)
{
	size_t n = a->len < size - 1 ? a->len : size - 1;

	memcpy(out, a->data, n);
	out[n] = '\0';
}

static void read_rmnet(const uint8_t *p, size_t n, struct netlink_link *l)
{
	struct netlink_attr a;

	while (netlink_attr(&p, &n, &a)) {
		if (a.type == IFLA_RMNET_MUX_ID && a.len >= 2)
			l->mux_id = get16(a.data);
		if (a.type == IFLA_RMNET_FLAGS)
			l->mux_flags = netlink_number(&a);
	}
}

/* The kernel tells the kind before its data. */
static void read_kind(const uint8_t *p, size_t n, struct netlink_link *l)
{
	struct netlink_attr a;

	while (netlink_attr(&p, &n, &a)) {
		if (a.type == IFLA_INFO_KIND)
			copy_name(l->kind, sizeof l->kind, &a);
		if (a.type == IFLA_INFO_DATA && !strcmp(l->kind, "rmnet"))
			read_rmnet(a.data, a.len, l);
	}
}

bool netlink_read_link(const struct netlink_message *m, struct netlink_link *l)
{
	const uint8_t *p;
	size_t n;
	struct netlink_attr a;
	uint32_t flags;

	if (m->type != RTM_NEWLINK || m->len < LINK_BODY)
		return false;
	p = m->body + LINK_BODY;
	n = m->len - LINK_BODY;
	flags = get32(m->body + 8);
	*l = (struct netlink_link){
		.index = (int)get32(m->body + 4), .type = get16(m->body + 2),
		.up = flags & IFF_UP, .running = flags & IFF_RUNNING, .mux_id = -1,
	};
	while (netlink_attr(&p, &n, &a)) {
		if (a.type == IFLA_IFNAME)
			copy_name(l->name, sizeof l->name, &a);
		if (a.type == IFLA_MTU)
			l->mtu = netlink_number(&a);
		if (a.type == IFLA_LINK || (a.type == IFLA_MASTER && !l->parent))
			l->parent = (int)netlink_number(&a);
		if (a.type == IFLA_LINKINFO)
			read_kind(a.data, a.len, l);
	}
	return true;
}

bool netlink_read_addr(const struct netlink_message *m, struct netlink_addr *a)
{
	bool local = false, any = false;
	const uint8_t *p;
	size_t n;
	struct netlink_attr attr;

	if (m->type != RTM_NEWADDR || m->len < ADDR_BODY)
		return false;
	p = m->body + ADDR_BODY;
	n = m->len - ADDR_BODY;
	*a = (struct netlink_addr){
		.family = m->body[0], .prefix = m->body[1], .scope = m->body[3],
		.index = (int)get32(m->body + 4),
	};
	while (netlink_attr(&p, &n, &attr)) {
		if (attr.len != netlink_address_size(a->family) || local ||
		    (attr.type != IFA_LOCAL && attr.type != IFA_ADDRESS))
			continue;
		local = attr.type == IFA_LOCAL;	/* IFA_ADDRESS may be the peer's */
		any = true;
		memcpy(a->address, attr.data, attr.len);
	}
	return any;
}
