/*
 * netdev.h - the kernel's side of a modem's data port: a network interface, what it takes a
 * packet to be, and the mux links (QMAP) on top of it.
 *
 * It stands in netlink and in sysfs, as the kernel has it: drivers/net/usb/qmi_wwan.c (qmi/raw_ip,
 * qmi/pass_through, qmi/add_mux, qmi/del_mux; qmap/mux_id of a link) and
 * drivers/net/ethernet/qualcomm/rmnet.  Where sysfs is not mounted, or the driver is another one,
 * there is less to know and nothing to set.  Prints nothing; functions return 0 or -errno.
 */
#ifndef APPLETS_NETDEV_H
#define APPLETS_NETDEV_H

#include "applets/netlink.h"
#include "qmux/port.h"

#define NETDEV_MUX_MAX 254	/* mux ids are 1 to this; also how many links are told of */

#define NETDEV_DRIVER_MAX 32

/* The same numbers as wda_link_layer_protocol has. */
enum netdev_format { NETDEV_UNKNOWN = 0, NETDEV_802_3 = 1, NETDEV_RAW_IP = 2 };

struct netdev_mux {
	char name[NETLINK_NAME_MAX];
	int index;
	unsigned id;		/* 0: not known */
	bool rmnet;		/* otherwise qmi_wwan's own */
	bool up;
	unsigned mtu;
};

struct netdev {
	struct netlink nl;
	struct netlink_link link;
	char driver[NETDEV_DRIVER_MAX];	/* qmi_wwan; empty: sysfs does not tell */
	enum netdev_format format;	/* what the kernel takes a packet to be */
	bool can_raw_ip;	/* it can be switched */
	bool mistaken;		/* its address begins as an IP packet does: qmi_wwan takes 802.3 frames
				   for such (qmi_wwan_rx_fixup), and they are lost */
	bool can_mux;		/* qmi_wwan has mux links of its own */
	bool can_pass_through;	/* qmi_wwan can hand what comes to rmnet as it is, */
	bool pass_through;	/* and does */
	bool force;		/* the caller may set it: take it down even where it is used */
	unsigned n_mux;
	struct netdev_mux mux[NETDEV_MUX_MAX];	/* by index */
};

/* -ENODEV: there is no such interface.  *d must be closed, whatever is returned. */
int netdev_open(struct netdev *d, const char *name);
void netdev_close(struct netdev *d);

/* The interface beside a control port: its name, or false. */
bool netdev_of_port(const char *path, char name[NETLINK_NAME_MAX]);

void netdev_driver(const char *name, char driver[NETDEV_DRIVER_MAX]);

/* Is it hardware, and for sure of another device than that interface, which is USB? */
bool netdev_is_elsewhere(const char *name, const char *usb);

/* USB interface number of the data port, or -1. */
int netdev_usb_interface(const char *name);

/* It is up, and it or a mux link of it has an address that is not link-local: it is used. */
bool netdev_in_use(struct netdev *d);

/* May we switch it?  0, or -EACCES, -EPERM; known without trying. */
int netdev_may_set(const struct netdev *d);

/*
 * Switch, if it is not so already.  It is taken down for that and up again if it was up (its
 * routes and IPv6 addresses are gone then).  -EIO: the kernel took the value, but did not keep it.
 */
int netdev_set_format(struct netdev *d, enum netdev_format format);
int netdev_set_pass_through(struct netdev *d, bool on);

/*
 * qmi_wwan takes in no more bytes at a time than its MTU: aggregates of size bytes want one as
 * large.  -EINVAL: this kernel does not allow it.
 */
int netdev_receive(struct netdev *d, unsigned size);

/*
 * A mux link; name "": the kernel chooses.  flags are rmnet's.  *mux is where it then stands,
 * until the next change.  -EEXIST: the name is taken; -EBUSY: this kernel (before Linux 5.12)
 * wants the interface down for it, and it is used.
 */
int netdev_add_mux(struct netdev *d, unsigned id, const char *name, bool rmnet, uint32_t flags,
	const struct netdev_mux **mux);
int netdev_delete_mux(struct netdev *d, const struct netdev_mux *mux);

/* By its id or, where name is not NULL, by that; NULL: there is none. */
const struct netdev_mux *netdev_mux(const struct netdev *d, unsigned id, const char *name);

#endif
