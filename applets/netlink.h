/*
 * netlink.h - network interfaces, addresses and routes of the kernel, by rtnetlink.
 *
 * An initramfs has no ip(8).  Knows nothing of modems and prints nothing.  Functions return 0 or
 * -errno, most often the kernel's own: -EPERM, -ENODEV (no such interface), -EBUSY.  The kernel
 * answers within the system call that asks, so no request waits longer than NETLINK_WAIT_MS
 * (-ETIMEDOUT).  Addresses are bytes in network order, 4 for AF_INET and 16 for AF_INET6.
 */
#ifndef APPLETS_NETLINK_H
#define APPLETS_NETLINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NETLINK_NAME_MAX 16	/* an interface's name, with its NUL (IFNAMSIZ) */
#define NETLINK_WAIT_MS 1000

struct netlink {
	int fd;			/* -1: closed */
	uint32_t seq;
};

struct netlink_link {
	int index;
	bool up;		/* IFF_UP: by its administrator */
	bool running;		/* IFF_RUNNING: it has a carrier, too */
	unsigned type;		/* ARPHRD_…: 1 Ethernet, 0xfffe none (raw IP) */
	unsigned mtu;
	int parent;		/* index of what it stands on, or 0 (IFLA_LINK; of rmnet before
				   Linux 4.17 IFLA_MASTER) */
	int mux_id;		/* of rmnet, or -1 */
	uint32_t mux_flags;	/* of rmnet: RMNET_FLAGS_… */
	char name[NETLINK_NAME_MAX];
	char kind[16];		/* "rmnet", "dummy"; empty where it has none */
};

struct netlink_addr {
	int index;		/* of its interface */
	unsigned family, prefix, scope;	/* scope 0: global, 253: link, 254: host */
	uint8_t address[16];	/* the interface's own, also where there is a peer */
};

/* include/uapi/linux/if_link.h */
#define RMNET_INGRESS_DEAGGREGATION 1u
#define RMNET_INGRESS_COMMANDS 2u
#define RMNET_INGRESS_CSUM_V4 4u
#define RMNET_EGRESS_CSUM_V4 8u
#define RMNET_INGRESS_CSUM_V5 16u
#define RMNET_EGRESS_CSUM_V5 32u
#define RMNET_FLAGS_ALL 63u

int netlink_open(struct netlink *n);
void netlink_close(struct netlink *n);		/* safe to call twice */

/*
 * The same, to be told of changes: its descriptor is readable once any interface came, went or
 * changed, until it is drained.
 */
int netlink_open_links(struct netlink *n);

/* Drains it: was that interface down at any time?  True also where messages were lost. */
bool netlink_was_down(struct netlink *n, int index);

/* One interface by name or, where name is NULL, by l->index. */
int netlink_link(struct netlink *n, const char *name, struct netlink_link *l);

/* Each interface; fn returns 0 to go on.  What else it returns ends the dump, which returns it. */
int netlink_links(struct netlink *n, int (*fn)(void *ctx, const struct netlink_link *l), void *ctx);

int netlink_set_up(struct netlink *n, int index, bool up);
int netlink_set_mtu(struct netlink *n, int index, unsigned mtu);
int netlink_rename(struct netlink *n, int index, const char *name);	/* -EBUSY: it is up */

/*
 * Add or take away an address.  One that is there already, or gone already, is 0.  An IPv6
 * address is added without duplicate address detection: it is usable at once.
 */
int netlink_address(struct netlink *n, int index, unsigned family, const uint8_t *address,
	unsigned prefix, bool add);

/* Each address of an interface (index 0: of all), as netlink_links does. */
int netlink_addresses(struct netlink *n, int index,
	int (*fn)(void *ctx, const struct netlink_addr *a), void *ctx);

/*
 * Add or take away a route of the main table.  dst NULL: the default route; gateway NULL:
 * what is behind the interface is reached directly.  A gateway need not be in the interface's
 * subnet.  metric 0: the kernel's own choice.  This very route there already, or gone already,
 * is 0; -EEXIST: another one of this metric to the same destination.  -ENETDOWN: the interface is
 * down.
 */
int netlink_route(struct netlink *n, int index, unsigned family, const uint8_t *dst,
	unsigned dst_bits, const uint8_t *gateway, uint32_t metric, bool add);

/*
 * A QMAP link of the rmnet driver on top of an interface; name "": the kernel chooses (rmnet0).
 * -EOPNOTSUPP: the kernel has no rmnet; -EBUSY: the mux id is taken.
 */
bool netlink_has_rmnet(struct netlink *n);
int netlink_add_rmnet(struct netlink *n, int parent, const char *name, unsigned mux_id,
	uint32_t flags);
int netlink_delete_link(struct netlink *n, int index);

/*
 * Reading an answer, apart from the socket (tests hand it bad ones).
 *
 * The message at data, of n bytes, that belongs to a request: how many bytes it takes, or
 * -EBADMSG.  *body are its bytes behind the header.
 */
struct netlink_message {
	uint16_t type, flags;
	uint32_t seq;
	const uint8_t *body;
	size_t len;
};

int netlink_next(const uint8_t *data, size_t n, struct netlink_message *m);

/* What a message of type RTM_NEWLINK or RTM_NEWADDR says.  False: it is none, or cut short. */
bool netlink_read_link(const struct netlink_message *m, struct netlink_link *l);
bool netlink_read_addr(const struct netlink_message *m, struct netlink_addr *a);

#endif
