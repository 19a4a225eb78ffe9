/*
 * netlink_wire.h - the messages of rtnetlink: their numbers and shapes, for the files of netlink.
 *
 * Numbers are in the machine's own order, addresses in network order.  The kernel's structures
 * are written and read byte by byte: musl comes without linux/rtnetlink.h, and what an answer
 * holds need not be aligned.
 */
#ifndef APPLETS_NETLINK_WIRE_H
#define APPLETS_NETLINK_WIRE_H

#include "applets/netlink.h"

#include <sys/socket.h>

/* include/uapi/linux/netlink.h */
enum {
	NLMSG_ERROR = 2, NLMSG_DONE = 3,
	NLM_F_REQUEST = 1, NLM_F_ACK = 4, NLM_F_DUMP = 0x300, NLM_F_EXCL = 0x200,
	NLM_F_CREATE = 0x400,
	NLA_F_NESTED = 0x8000, NLA_TYPE_MASK = 0x3fff,
	HEADER = 16,		/* u32 length, u16 type, u16 flags, u32 sequence, u32 port */
	ATTR_HEADER = 4,	/* u16 length, u16 type */
};

/* include/uapi/linux/rtnetlink.h */
enum {
	RTM_NEWLINK = 16, RTM_DELLINK = 17, RTM_GETLINK = 18, RTM_NEWADDR = 20, RTM_DELADDR = 21,
	RTMGRP_LINK = 1,
	RTM_GETADDR = 22, RTM_NEWROUTE = 24, RTM_DELROUTE = 25, RTM_GETROUTE = 26,
	LINK_BODY = 16,		/* u8 family, u8 0, u16 type, i32 index, u32 flags, u32 change */
	ADDR_BODY = 8,		/* u8 family, prefix, flags, scope, u32 index */
	ROUTE_BODY = 12,	/* u8 family, dst bits, src bits, tos, table, protocol, scope,
				   type, u32 flags */
	RT_TABLE_MAIN = 254, RTPROT_STATIC = 4, RTN_UNICAST = 1,
	RT_SCOPE_UNIVERSE = 0, RT_SCOPE_LINK = 253, RT_SCOPE_NOWHERE = 255,
	RTNH_F_ONLINK = 4,
	RTA_DST = 1, RTA_OIF = 4, RTA_GATEWAY = 5, RTA_PRIORITY = 6,
};

/* include/uapi/linux/if_link.h, if_addr.h */
enum {
	IFLA_IFNAME = 3, IFLA_MTU = 4, IFLA_LINK = 5, IFLA_MASTER = 10, IFLA_LINKINFO = 18,
	IFLA_INFO_KIND = 1, IFLA_INFO_DATA = 2, IFLA_RMNET_MUX_ID = 1, IFLA_RMNET_FLAGS = 2,
	IFA_ADDRESS = 1, IFA_LOCAL = 2, IFA_F_NODAD = 2,
};

static inline size_t netlink_aligned(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

static inline size_t netlink_address_size(unsigned family)
{
	return family == AF_INET6 ? 16 : 4;
}

/* What a message that ends an answer says: 0, -errno, or -EBADMSG where it is cut short. */
int netlink_error(const struct netlink_message *m);

struct netlink_attr {
	unsigned type;
	const uint8_t *data;
	size_t len;
};

/* The next attribute of *n bytes at *p; false: the end, or what is there is none. */
bool netlink_attr(const uint8_t **p, size_t *n, struct netlink_attr *a);

uint32_t netlink_number(const struct netlink_attr *a);	/* 0 where it is shorter than that */

#endif
