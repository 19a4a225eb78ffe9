/* wds_link.c - mux links: several sessions over one data port (QMAP). */
#include "applets/wds_port.h"

#include "applets/session.h"
#include "qmux/format.h"

#include <errno.h>
#include <string.h>
#include <sys/utsname.h>

/*
 * Bytes of one aggregate from the modem, unless --size says otherwise, and packets in it.  Not a
 * multiple of a USB packet: the interface's MTU becomes this, and usbnet_change_mtu() wants that.
 */
#define AGGREGATE_SIZE 16383
#define AGGREGATE_DATAGRAMS 32
#define LINK_MTU 1500		/* rmnet would take its parent's, which is an aggregate's size */
#define RMNET_SIZE_MAX 16384	/* rmnet_vnd.c: what its parent's MTU may be */
#define V5_MAJOR 5		/* rmnet knows version 5 since Linux 5.14; older ones take the flags */
#define V5_MINOR 14		/* and do nothing */

enum { INTERFACE, ALL };		/* of delete */
enum { MUX = 1, NAME, AGGREGATION, SIZE, MTU, FORCE };

#define INTERFACE_OPTION \
	[INTERFACE] = { 'i', "interface", "NAME", "the network interface (default: the port's)", NULL }

const struct option_row wds_iface_options[] = { INTERFACE_OPTION, { .name = NULL } };
const struct option_row wds_link_options[] = { INTERFACE_OPTION, { .name = NULL } };

static const struct option_row delete_options[] = {
	INTERFACE_OPTION,
	[ALL] = { 0, "all", NULL, "every link of the interface", NULL },
	{ .name = NULL }
};

static const struct option_row add_options[] = {
	INTERFACE_OPTION,
	[MUX] = { 0, "mux", "ID", "its id, 1 to 254 (default: the lowest that is free)", NULL },
	[NAME] = { 0, "name", "NAME", "of the link (default: the kernel chooses)", NULL },
	[AGGREGATION] = { 0, "aggregation", "PROTOCOL", "only this (default: the best that both "
		"sides have)", "qmapv5 qmapv4 qmap" },
	[SIZE] = { 0, "size", "BYTES", "of one aggregate from the modem (default 16383)", NULL },
	[MTU] = { 0, "mtu", "BYTES", "of the link (default 1500)", NULL },
	[FORCE] = { 0, "force", NULL, "also while a session is up, which breaks it", NULL },
	{ .name = NULL }
};

/* ---- showing ---- */

static const struct view_row mux_view[] = {
	ROW("interface", NULL), ROW("mux_id", NULL), ROW("driver", NULL), ROW("up", NULL),
	ROW("mtu", NULL), ROW_END
};

static const struct view_row list_view[] = {
	ROW("interface", NULL), ROW("links", NULL, .rows = mux_view, .list = true), ROW_END
};

static const struct view_row iface_view[] = {
	ROW("interface", NULL), ROW("driver", NULL), ROW("format", NULL), ROW("pass_through", NULL),
	ROW("up", NULL), ROW("mtu", NULL), ROW("links", NULL, .rows = mux_view, .list = true),
	ROW_END
};

static const struct view_row add_view[] = {
	ROW("interface", NULL), ROW("parent", NULL), ROW("mux_id", NULL), ROW("driver", NULL),
	ROW("up", NULL), ROW("mtu", NULL), ROW("aggregation", NULL), ROW("max_size", NULL), ROW_END
};

const struct query wds_link_queries[] = { QUERY(WDA_GET_DATA_FORMAT, list_view), { 0 } };
const struct query wds_iface_queries[] = { QUERY(WDA_GET_DATA_FORMAT, iface_view), { 0 } };
static const struct query add_queries[] = { QUERY(WDA_GET_DATA_FORMAT, add_view), { 0 } };

static void show_mux(struct sink *s, const struct netdev_mux *mux)
{
	if (mux->id)
		sink_uint(s, "mux_id", mux->id, NULL);
	sink_text(s, "driver", mux->rmnet ? "rmnet" : "qmi_wwan");
	sink_bool(s, "up", mux->up);
	sink_uint(s, "mtu", mux->mtu, "bytes");
}

static void show_links(struct sink *s, const struct netdev *d)
{
	sink_list(s, "links");
	for (unsigned i = 0; i < d->n_mux; i++) {
		sink_begin(s, NULL);
		sink_text(s, "interface", d->mux[i].name);
		show_mux(s, &d->mux[i]);
		sink_end(s);
	}
	sink_end(s);
}

static int show_port(struct command *cmd, bool all)
{
	struct wds_port p;
	int ret = wds_port_open(cmd, cmd->option[INTERFACE], true, &p);

	if (!ret) {
		sink_begin(cmd->sink, NULL);
		sink_text(cmd->sink, "interface", p.dev.link.name);
		if (all)
			wds_show_netdev(cmd->sink, &p.dev);
		show_links(cmd->sink, &p.dev);
		sink_end(cmd->sink);
	}
	wds_port_close(&p);
	return ret;
}

int wds_iface(struct command *cmd)
{
	return show_port(cmd, true);
}

int wds_link_list(struct command *cmd)
{
	return show_port(cmd, false);
}

int wds_link_mux(struct command *cmd, const char *iface, unsigned mux_id,
	char name[NETLINK_NAME_MAX])
{
	const struct netdev_mux *mux;
	struct wds_port p;
	int ret = wds_port_open(cmd, iface, true, &p);

	if (!ret) {
		mux = netdev_mux(&p.dev, mux_id, NULL);
		if (mux)
			strcpy(name, mux->name);
		else
			ret = say(cmd, EXIT_DEVICE, "%s has no link with mux id %u: make one with "
				"wds link add --mux %u", iface, mux_id, mux_id);
	}
	wds_port_close(&p);
	return ret;
}

/* ---- what both sides can ---- */

/* Best first. */
static const struct rung {
	uint32_t protocol;
	const char *name;
	uint32_t flags;		/* of rmnet */
} ladder[] = {
	{ WDA_DATA_AGGREGATION_PROTOCOL_QMAPV5, "qmapv5",
		RMNET_INGRESS_DEAGGREGATION | RMNET_INGRESS_CSUM_V5 | RMNET_EGRESS_CSUM_V5 },
	{ WDA_DATA_AGGREGATION_PROTOCOL_QMAPV4, "qmapv4",
		RMNET_INGRESS_DEAGGREGATION | RMNET_INGRESS_CSUM_V4 | RMNET_EGRESS_CSUM_V4 },
	{ WDA_DATA_AGGREGATION_PROTOCOL_QMAP, "qmap", RMNET_INGRESS_DEAGGREGATION },
};

enum { RUNGS = sizeof ladder / sizeof *ladder, RUNG_QMAP = RUNGS - 1 };

/* A link while it is made. */
struct making {
	struct wds_port p;
	bool rmnet;
	unsigned id;		/* 0: whichever is free */
	uint32_t size, mtu;
	bool size_given;
	int first, last;	/* rungs that may be taken */
	int rung;		/* and the one that is; -1: none yet */
	bool told;		/* the modem, which did this before: */
	struct wds_format before;
};

static bool rmnet_has_v5(void)
{
	uint64_t major = 0, minor = 0;
	struct utsname u;
	size_t n, m;

	if (uname(&u))
		return false;
	n = strcspn(u.release, ".");
	m = u.release[n] ? strspn(u.release + n + 1, "0123456789") : 0;
	return qmux_parse_uint(u.release, n, &major) &&
		qmux_parse_uint(u.release + n + 1, m, &minor) &&
		(major > V5_MAJOR || (major == V5_MAJOR && minor >= V5_MINOR));
}

/* qmi_wwan's own links know version 1 alone: rmnet is preferred, where it can be had. */
static int choose_driver(struct making *m)
{
	struct netdev *d = &m->p.dev;

	if (d->n_mux)		/* both at a time do not work */
		m->rmnet = d->mux[0].rmnet;
	else if (!d->can_raw_ip || d->can_pass_through)
		m->rmnet = netlink_has_rmnet(&d->nl);
	if (!m->rmnet && !d->can_mux)
		return say(m->p.cmd, EXIT_UNSUPPORTED, "this kernel has no mux links for %s (no rmnet)",
			d->link.name);
	if (m->rmnet && d->can_raw_ip && m->size > RMNET_SIZE_MAX)
		return say(m->p.cmd, EXIT_USAGE, "--size: rmnet takes no more than %u bytes",
			RMNET_SIZE_MAX);
	m->first = m->rmnet ? rmnet_has_v5() ? 0 : 1 : RUNG_QMAP;
	m->last = RUNG_QMAP;
	return EXIT_DONE;
}

static int choose_rungs(struct making *m)
{
	const char *text = m->p.cmd->option[AGGREGATION];

	if (!text)
		return EXIT_DONE;
	for (int i = 0; i < RUNGS; i++) {
		if (strcmp(text, ladder[i].name))
			continue;
		if (!m->rmnet && i != RUNG_QMAP)
			return say(m->p.cmd, EXIT_UNSUPPORTED,
				"%s needs rmnet, which cannot be had here", text);
		m->first = m->last = i;
		return EXIT_DONE;
	}
	return say(m->p.cmd, EXIT_USAGE, "--aggregation: '%s' is none of qmapv5, qmapv4, qmap", text);
}

/* ---- the modem's side ---- */

/* The rung that the modem stands on, of those that may be taken; -1: none. */
static int standing_on(const struct making *m)
{
	const struct wds_format *now = &m->p.now;

	for (int i = m->first; i <= m->last; i++)
		if (now->link == NETDEV_RAW_IP && now->ul == ladder[i].protocol &&
		    now->dl == ladder[i].protocol)
			return i;
	return -1;
}

/* One that does not know a protocol refuses it, or takes a lower one in its place. */
static int climb(struct making *m)
{
	int ret = 0;

	m->rung = -1;
	for (int i = m->first; i <= m->last && m->rung < 0; i++) {
		struct wds_format wish = WDS_FORMAT_KEEP;

		wish.link = NETDEV_RAW_IP;
		wish.ul = wish.dl = ladder[i].protocol;
		wish.dl_size = m->size;
		wish.dl_datagrams = AGGREGATE_DATAGRAMS;
		ret = wds_port_tell(&m->p, &wish);
		if (ret < 0)
			return -1 - ret;
		if (!ret)
			m->rung = standing_on(m);
	}
	if (m->rung >= 0)
		return EXIT_DONE;
	if (ret)
		return say_refused_more(m->p.cmd, ret, " to QMAP");
	return say(m->p.cmd, EXIT_UNSUPPORTED, "the modem has no QMAP that this kernel knows");
}

static int agree(struct making *m)
{
	struct wds_port *p = &m->p;
	int ret = wds_port_ask(p);

	if (ret)
		return ret;
	if (p->mute)
		return say(p->cmd, EXIT_UNSUPPORTED, "the modem has no WDA, and so no QMAP");
	m->rung = standing_on(m);
	if (m->rung >= 0 && (!m->size_given || m->size == p->now.dl_size))
		return EXIT_DONE;
	if (p->dev.n_mux && !p->cmd->option[FORCE])
		return say(p->cmd, EXIT_DEVICE, "the links that %s has use another format: delete them "
			"first, or --force", p->dev.link.name);
	if (!p->cmd->option[FORCE])
		ret = wds_port_check_idle(p);
	if (ret)
		return ret;
	m->told = true;
	m->before = p->now;
	return climb(m);
}

/* ---- the kernel's side ---- */

static int set_receive(struct making *m)
{
	struct wds_port *p = &m->p;
	uint32_t size = p->now.dl_size == WDS_KEEP ? m->size : p->now.dl_size;
	int ret = netdev_receive(&p->dev, size);

	if (ret != -EINVAL && ret != -ERANGE)
		return ret ? wds_port_failed(p, "set the MTU of", ret) : EXIT_DONE;
	note(p->cmd, "this kernel takes in %u bytes at a time from %s, not %u: aggregates get no longer",
		p->dev.link.mtu, p->dev.link.name, size);
	m->size = p->dev.link.mtu;
	m->first = m->last = m->rung;
	return climb(m);
}

static int set_parent(struct making *m)
{
	struct wds_port *p = &m->p;
	struct netdev *d = &p->dev;
	int ret;

	if (d->can_raw_ip) {
		ret = netdev_set_format(d, NETDEV_RAW_IP);
		if (ret)
			return wds_port_failed(p, "switch to raw-ip:", ret);
		ret = set_receive(m);
		if (ret)
			return ret;
		ret = d->can_pass_through ? netdev_set_pass_through(d, m->rmnet) : 0;
		if (ret)
			return wds_port_failed(p, "switch pass_through of", ret);
	}
	/* A link cannot go up before what it stands on. */
	ret = d->link.up ? 0 : netlink_set_up(&d->nl, d->link.index, true);
	return ret ? wds_port_failed(p, "take up", ret) : EXIT_DONE;
}

static int make(struct making *m, const struct netdev_mux **mux)
{
	struct wds_port *p = &m->p;
	const char *name = p->cmd->option[NAME];
	int ret;

	*mux = netdev_mux(&p->dev, m->id, NULL);
	if (*mux) {
		note(p->cmd, "%s has mux id %u already", (*mux)->name, m->id);
		return EXIT_DONE;
	}
	ret = netdev_add_mux(&p->dev, m->id, name ? name : "", m->rmnet, ladder[m->rung].flags, mux);
	if (ret == -EEXIST)
		return say(p->cmd, EXIT_DEVICE, "there is an interface '%s' already", name);
	if (ret)
		return wds_port_failed(p, "add a mux link to", ret);
	/* rmnet's MTU is its parent's without QMAP's header. */
	if ((*mux)->mtu != m->mtu && netlink_set_mtu(&p->dev.nl, (*mux)->index, m->mtu))
		note(p->cmd, "%s keeps its MTU of %u", (*mux)->name, (*mux)->mtu);
	return EXIT_DONE;
}

/* ---- add ---- */

static int read_options(struct making *m, struct command *cmd)
{
	const char *name = cmd->option[NAME];
	int ret = wds_option_number(cmd, MUX, 1, WDS_MUX_MAX, &m->id);

	m->size = AGGREGATE_SIZE;
	m->size_given = cmd->option[SIZE];
	m->mtu = LINK_MTU;
	if (!ret)
		ret = wds_option_number(cmd, SIZE, 1024, 65535, &m->size);
	if (!ret)
		ret = wds_option_number(cmd, MTU, 68, 65535, &m->mtu);
	if (!ret && name && (!*name || strlen(name) >= NETLINK_NAME_MAX || strchr(name, '/')))
		return say(cmd, EXIT_USAGE, "'%s' is no name of a network interface", name);
	return ret;
}

static int choose_id(struct making *m)
{
	unsigned id;

	if (m->id)
		return EXIT_DONE;
	for (id = 1; id <= WDS_MUX_MAX && netdev_mux(&m->p.dev, id, NULL); id++)
		;
	if (id > WDS_MUX_MAX)
		return say(m->p.cmd, EXIT_DEVICE, "all mux ids of %s are in use",
			m->p.dev.link.name);
	m->id = id;
	return EXIT_DONE;
}

static void show_made(struct making *m, const struct netdev_mux *mux)
{
	struct sink *s = m->p.cmd->sink;
	struct netlink_link now;
	struct netdev_mux made = *mux;

	if (!netlink_link(&m->p.dev.nl, mux->name, &now))
		made.mtu = now.mtu;
	sink_begin(s, NULL);
	sink_text(s, "interface", made.name);
	sink_text(s, "parent", m->p.dev.link.name);
	show_mux(s, &made);
	sink_text(s, "aggregation", ladder[m->rung].name);
	if (m->p.now.dl_size != WDS_KEEP)
		sink_uint(s, "max_size", m->p.now.dl_size, "bytes");
	sink_end(s);
}

static int add(struct making *m)
{
	const struct netdev_mux *mux;
	int ret = choose_driver(m);

	if (!ret)
		ret = choose_rungs(m);
	if (!ret)
		ret = choose_id(m);
	if (!ret && m->p.dev.can_raw_ip && netdev_may_set(&m->p.dev))
		ret = wds_port_failed(&m->p, "switch", netdev_may_set(&m->p.dev));
	if (!ret)
		ret = agree(m);
	if (!ret)
		ret = set_parent(m);
	if (!ret)
		ret = make(m, &mux);
	if (!ret)
		show_made(m, mux);
	else if (m->told && !m->p.dev.n_mux)
		wds_port_tell(&m->p, &m->before);
	return ret;
}

static int link_add(struct command *cmd)
{
	struct making m = { .rung = -1 };
	int ret = read_options(&m, cmd);

	if (ret)
		return ret;
	ret = wds_port_open(cmd, cmd->option[INTERFACE], true, &m.p);
	m.p.dev.force = cmd->option[FORCE];
	if (!ret)
		ret = wds_link_check(cmd, m.p.dev.link.name);
	if (!ret)
		ret = add(&m);
	wds_port_close(&m.p);
	return ret;
}

/* ---- delete ---- */

static int delete(struct wds_port *p, const struct netdev_mux *mux)
{
	int ret = netdev_delete_mux(&p->dev, mux);

	return ret ? wds_port_failed(p, "delete a mux link of", ret) : EXIT_DONE;
}

static int delete_one(struct wds_port *p, const char *which)
{
	const struct netdev_mux *mux = netdev_mux(&p->dev, 0, which);
	uint64_t id;

	if (!mux && qmux_parse_uint(which, strlen(which), &id) && id >= 1 && id <= WDS_MUX_MAX)
		mux = netdev_mux(&p->dev, (unsigned)id, NULL);
	if (mux)
		return delete(p, mux);
	note(p->cmd, "%s has no mux link '%s'", p->dev.link.name, which);
	return EXIT_DONE;
}

static int link_delete(struct command *cmd)
{
	bool all = cmd->option[ALL];
	struct wds_port p;
	int ret;

	if (all == (cmd->n_args > 0))
		return say(cmd, EXIT_USAGE, "which link? Its name, its mux id, or --all");
	ret = wds_port_open(cmd, cmd->option[INTERFACE], true, &p);
	p.dev.force = true;	/* who deletes a link knows that it is used no more */
	if (!ret && !all)
		ret = delete_one(&p, cmd->args[0]);
	while (!ret && all && p.dev.n_mux)
		ret = delete(&p, &p.dev.mux[p.dev.n_mux - 1]);
	wds_port_close(&p);
	return ret;
}

const struct verb wds_link_actions[] = {
	{
		.name = "link add",
		.help = "make a mux link (QMAP): a session of its own over the same port",
		.more = "Both sides are switched to QMAP where they are not: the best version that modem\n"
			"and kernel have.  A link by rmnet where the kernel has it, otherwise qmi_wwan's own.\n"
			"A session uses it by wds up --mux ID.  size and mtu are bytes.",
		.options = add_options,
		.queries = add_queries,
		.run = link_add,
	},
	{
		.name = "link list",
		.help = "the mux links of the port",
		.more = "mux_id is absent where the kernel does not tell.",
		.options = wds_link_options,
		.queries = wds_link_queries,
		.run = wds_link_list,
	},
	{
		.name = "link delete",
		.args = "[LINK]",
		.help = "delete a mux link, by its name or mux id; or all",
		.more = "The port stays in QMAP; start and up switch it back where there are no links.",
		.options = delete_options,
		.args_max = 1,
		.run = link_delete,
	},
	{ .name = NULL }
};
