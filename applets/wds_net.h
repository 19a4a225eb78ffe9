/*
 * wds_net.h - what a network interface has of a data session: addresses, routes, MTU, DNS.
 *
 * The kernel gets it by netlink, or a script does it, or nobody (it is only told).  What was
 * done stands in the session's state file under "net.…", so that another command can take
 * away just that.
 *
 * Functions that return an exit code have said what went wrong.
 */
#ifndef APPLETS_WDS_NET_H
#define APPLETS_WDS_NET_H

#include "applets/netlink.h"
#include "applets/wds_session.h"

#define NET_PATH_MAX 256	/* of a script or a DNS file, with its NUL */
#define NET_METRIC 700		/* as NetworkManager's for modems: after cable (100) and Wi-Fi (600) */
#define NET_TEXT_MAX 64		/* an address with its prefix length */

enum net_way { NET_NONE, NET_KERNEL, NET_HOOK, NET_PRINT };

struct wds_net {
	enum net_way way;
	char iface[NETLINK_NAME_MAX];	/* "": none (NET_PRINT) */
	struct wds_ip ip[WDS_FAMILIES];	/* family 0: it has none */
	unsigned mtu;			/* 0: the modem did not tell */
	bool route;			/* default routes, with this metric */
	unsigned metric;
	bool choose_metric;		/* another one where that is taken */
	char hook[NET_PATH_MAX];	/* NET_HOOK */
	char dns_file[NET_PATH_MAX];	/* "": none */
	unsigned old_mtu;		/* what the interface had before; 0: not changed */
	int old_accept_ra;		/* the same; -1: not changed */
};

/*
 * From what is to what is wanted (NULL: nothing).  Only what differs is taken away; what should
 * be there is added where it is missing, so the same once more repairs.  The state file is
 * saved before the first addition.  now becomes what is wanted, also after a failure: then
 * change to NULL.  Taking away does not fail; it goes on past what cannot be done.
 */
int wds_net_change(struct command *cmd, struct wds_session *s, struct wds_net *now,
	const struct wds_net *wanted);

/* ---- wds_net_text.c ---- */

/* What the state file says that was done; way NET_NONE: nothing. */
void wds_net_load(const struct state *s, struct wds_net *net);

/* And back; saving it is the caller's. */
void wds_net_store(struct state *s, const struct wds_net *net);

/* Do both look the same to a user? */
bool wds_net_same(const struct wds_net *a, const struct wds_net *b);

/* Only of that family's addresses and gateway. */
bool wds_net_same_ip(const struct wds_ip *a, const struct wds_ip *b);

/* ipv4, ipv6 and mtu into the open object; as far as they are there. */
void wds_net_show(struct sink *s, const struct wds_net *net);

/* "10.0.0.1", "2001:db8::1" */
void wds_net_text(unsigned family, const uint8_t *address, char text[NET_TEXT_MAX]);

/* Those bits of an IPv4 or IPv6 address that are the network's. */
void wds_net_mask(const uint8_t *address, unsigned prefix, uint8_t out[16]);

/*
 * The gateway, where it can be reached as a neighbour.  NULL: there is none, or none is needed, as
 * a modem's link has two ends.
 */
const uint8_t *wds_net_next_hop(const struct wds_ip *ip);

/* ---- wds_dns.c ---- */

/*
 * The name servers into a file in the form of resolv.conf, which appears whole or not at all.
 * What was there before (unless another session wrote it) is kept beside it as FILE.qmitool.
 */
int wds_dns_write(const struct command *cmd, const struct wds_net *net, const char *session);

/* Has it any name server? */
bool wds_dns_any(const struct wds_net *net);

/* Puts back what was there before, or removes the file; only if it still is what we wrote. */
void wds_dns_restore(const struct command *cmd, const struct wds_net *net, const char *session);

/* ---- wds_hook.c ---- */

/*
 * Runs the script, with what happened as its argument ("bound", "renew", "deconfig") and the
 * values in its environment.  Its output goes to stderr.  At the command's deadline, or soon after
 * a signal, it is killed, with what it started; "deconfig" has a moment even then.
 */
int wds_hook_run(const struct command *cmd, const struct wds_net *net, const char *session,
	const char *event);

#endif
