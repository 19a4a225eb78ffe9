/* wds_format.c - what goes over the data port: shown, set, and made to agree. */
#include "applets/wds_port.h"

#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <string.h>

enum { UL, DL, DL_SIZE, DL_DATAGRAMS, UL_SIZE, UL_DATAGRAMS, ENDPOINT, INTERFACE, FORCE };

const struct option_row wds_format_options[] = {
	[UL] = { 0, "ul", "PROTOCOL", "aggregation to the modem (default: as --dl)",
		"@enum:wda_data_aggregation_protocol" },
	[DL] = { 0, "dl", "PROTOCOL", "aggregation from the modem (default: disabled)",
		"@enum:wda_data_aggregation_protocol" },
	[DL_SIZE] = { 0, "dl-max-size", "BYTES", "of one aggregate from the modem", NULL },
	[DL_DATAGRAMS] = { 0, "dl-max-datagrams", "N", "packets in one, from the modem", NULL },
	[UL_SIZE] = { 0, "ul-max-size", "BYTES", "of one aggregate to the modem", NULL },
	[UL_DATAGRAMS] = { 0, "ul-max-datagrams", "N", "packets in one, to the modem", NULL },
	[ENDPOINT] = { 0, "endpoint", "TYPE:N", "which data port is meant: hsusb:4 is USB interface 4",
		NULL },
	[INTERFACE] = { 'i', "interface", "NAME", "the network interface (default: the port's)", NULL },
	[FORCE] = { 0, "force", NULL, "also while a session is up, which breaks it", NULL },
	{ .name = NULL }
};

/* ---- showing ---- */

static const struct view_row plain_view[] = {
	ROW("format", "link_layer_protocol"),
	ROW("qos", "qos_format"),
	ROW("flow_control", "flow_control"),
	ROW_END
};

static const struct view_row ctl_view[] = { ROW("format", "protocol"), ROW_END };

static const struct view_row uplink_view[] = {
	ROW("aggregation", "uplink_data_aggregation_protocol"),
	ROW("max_size", "uplink_data_aggregation_max_size", .unit = "bytes"),
	ROW("max_datagrams", "uplink_data_aggregation_max_datagrams"),
	ROW_END
};

static const struct view_row downlink_view[] = {
	ROW("aggregation", "downlink_data_aggregation_protocol"),
	ROW("max_size", "downlink_data_aggregation_max_size", .unit = "bytes"),
	ROW("max_datagrams", "downlink_data_aggregation_max_datagrams"),
	ROW("padding", "download_minimum_padding", .unit = "bytes"),
	ROW_END
};

static const struct view_row modem_keys[] = {
	ROW("uplink", NULL, .rows = uplink_view), ROW("downlink", NULL, .rows = downlink_view), ROW_END
};

static const struct view_row kernel_keys[] = {
	ROW("driver", NULL), ROW("format", NULL), ROW("pass_through", NULL), ROW("up", NULL),
	ROW("mtu", NULL), ROW_END
};

static const struct view_row keys[] = {
	ROW("interface", NULL), ROW("agree", NULL), ROW("modem", NULL, .rows = plain_view),
	ROW("modem", NULL, .rows = modem_keys), ROW("kernel", NULL, .rows = kernel_keys), ROW_END
};

const struct query wds_format_queries[] = { QUERY(WDA_GET_DATA_FORMAT, keys), { 0 } };

static void show_way(const struct wds_port *p, const char *key, const struct view_row *view)
{
	sink_begin(p->cmd->sink, key);
	show_view(p->cmd->sink, &p->answer, &p->message, view);
	sink_end(p->cmd->sink);
}

static void show_modem(const struct wds_port *p)
{
	bool wda = p->message.service == QMUX_SERVICE_WDA;

	sink_begin(p->cmd->sink, "modem");
	show_view(p->cmd->sink, &p->answer, &p->message, wda ? plain_view : ctl_view);
	if (wda) {
		show_way(p, "uplink", uplink_view);
		show_way(p, "downlink", downlink_view);
	}
	sink_end(p->cmd->sink);
}

void wds_show_netdev(struct sink *s, const struct netdev *d)
{
	char name[QMUX_NAME_MAX];

	if (d->driver[0])
		sink_text(s, "driver", d->driver);
	if (d->format != NETDEV_UNKNOWN)
		sink_text(s, "format", wds_format_name(d->format, name));
	if (d->can_pass_through)
		sink_bool(s, "pass_through", d->pass_through);
	sink_bool(s, "up", d->link.up);
	sink_uint(s, "mtu", d->link.mtu, "bytes");
}

/* QMAP wants links, and links want QMAP; other drivers' interfaces do not tell of it. */
static bool agrees(const struct wds_port *p)
{
	bool qmap = p->now.dl && p->now.dl != WDS_KEEP;

	return p->now.link == p->dev.format &&
		(!p->dev.can_raw_ip || qmap == (p->dev.n_mux || p->dev.pass_through));
}

static int show(struct wds_port *p)
{
	struct sink *s = p->cmd->sink;
	struct netlink_link now;

	/* Setting it may have taken it down and up. */
	if (p->has_dev && !netlink_link(&p->dev.nl, p->dev.link.name, &now))
		p->dev.link = now;
	sink_begin(s, NULL);
	if (p->has_dev)
		sink_text(s, "interface", p->dev.link.name);
	if (p->has_dev && p->known && p->dev.format != NETDEV_UNKNOWN)
		sink_bool(s, "agree", agrees(p));
	if (p->known)
		show_modem(p);
	if (p->has_dev) {
		sink_begin(s, "kernel");
		wds_show_netdev(s, &p->dev);
		sink_end(s);
	}
	sink_end(s);
	return EXIT_DONE;
}

/* ---- setting ---- */

static int named(struct command *cmd, uint16_t names, const char *what, const char *text,
	uint32_t *v)
{
	uint64_t number;
	int64_t value;

	if (qmux_enum_value(names, text, strlen(text), &value))
		*v = (uint32_t)value;
	else if (qmux_parse_uint(text, strlen(text), &number) && number < WDS_KEEP)
		*v = (uint32_t)number;
	else
		return say(cmd, EXIT_USAGE, "'%s' is no %s", text, what);
	return EXIT_DONE;
}

static int read_wish(struct command *cmd, struct wds_format *wish)
{
	static const char protocol[] = "aggregation protocol (as qmapv5)";
	struct {
		int option;
		uint32_t *v;
	} sizes[] = {
		{ DL_SIZE, &wish->dl_size }, { DL_DATAGRAMS, &wish->dl_datagrams },
		{ UL_SIZE, &wish->ul_size }, { UL_DATAGRAMS, &wish->ul_datagrams },
	};
	int ret = EXIT_DONE;

	*wish = WDS_FORMAT_KEEP;
	if (cmd->n_args)
		ret = named(cmd, QMUX_ENUM_WDA_LINK_LAYER_PROTOCOL, "format (raw-ip or 802-3)",
			cmd->args[0], &wish->link);
	if (!ret && cmd->option[DL])
		ret = named(cmd, QMUX_ENUM_WDA_DATA_AGGREGATION_PROTOCOL, protocol, cmd->option[DL],
			&wish->dl);
	if (!ret && cmd->option[UL])
		ret = named(cmd, QMUX_ENUM_WDA_DATA_AGGREGATION_PROTOCOL, protocol, cmd->option[UL],
			&wish->ul);
	for (size_t i = 0; !ret && i < sizeof sizes / sizeof *sizes; i++)
		ret = wds_option_number(cmd, sizes[i].option, 0, WDS_KEEP - 1, sizes[i].v);
	return ret;
}

/* "hsusb:4" */
static int read_endpoint(struct wds_port *p)
{
	const char *text = p->cmd->option[ENDPOINT];
	size_t n;
	int64_t type;
	uint64_t v;

	if (!text)
		return EXIT_DONE;
	n = strcspn(text, ":");
	if (!qmux_enum_value(QMUX_ENUM_DATA_ENDPOINT_TYPE, text, n, &type) || !text[n] ||
	    !qmux_parse_uint(text + n + 1, strlen(text + n + 1), &v) || v >= WDS_KEEP)
		return say(p->cmd, EXIT_USAGE, "--endpoint: '%s' is not as hsusb:4 or pcie:4", text);
	p->at = (struct wds_endpoint){ (unsigned)type, (unsigned)v };
	p->tell_endpoint = true;
	return EXIT_DONE;
}

/* What was not asked for: the link as it is; aggregation only where there are mux links. */
static void complete(const struct wds_port *p, struct wds_format *wish)
{
	if (wish->link == WDS_KEEP)
		wish->link = p->known ? p->now.link : NETDEV_RAW_IP;
	if (wish->dl == WDS_KEEP)
		wish->dl = wish->ul;
	if (wish->ul == WDS_KEEP)
		wish->ul = wish->dl;
	if (wish->dl == WDS_KEEP && !(p->has_dev && p->dev.n_mux) && !p->mute)
		wish->ul = wish->dl = WDA_DATA_AGGREGATION_PROTOCOL_DISABLED;
}

static int set(struct wds_port *p, struct wds_format *wish)
{
	int ret = EXIT_DONE;

	complete(p, wish);
	if (wds_port_does(p, wish) && (!p->has_dev || p->dev.format == wish->link))
		return EXIT_DONE;
	if (p->has_dev && p->dev.n_mux && (wish->link != NETDEV_RAW_IP || !wish->dl))
		return say(p->cmd, EXIT_DEVICE, "%s has mux links, which want raw-ip and QMAP: delete "
			"them first", p->dev.link.name);
	if (!p->cmd->option[FORCE])
		ret = wds_port_check_idle(p);
	return ret ? ret : wds_port_set(p, wish);
}

int wds_format(struct command *cmd)
{
	bool setting = cmd->n_args;
	struct wds_format wish;
	struct wds_port p;
	int ret = read_wish(cmd, &wish);

	for (int i = 0; i <= UL_DATAGRAMS; i++)
		setting |= cmd->option[i] != NULL;
	if (ret)
		return ret;
	ret = wds_port_open(cmd, cmd->option[INTERFACE], false, &p);
	if (!ret)
		ret = read_endpoint(&p);
	if (!ret)
		ret = wds_port_ask(&p);
	if (!ret && setting)
		ret = set(&p, &wish);
	if (!ret && !p.known && !p.has_dev)
		ret = say(cmd, EXIT_UNSUPPORTED, "the modem has no WDA, which tells its format");
	else if (!ret && !p.known)
		note(cmd, "the modem has no WDA, which tells its format");
	if (!ret)
		ret = show(&p);
	wds_port_close(&p);
	return ret;
}

/* ---- what start and up do by themselves ---- */

/*
 * A modem without WDA cannot be asked: it is told what the kernel has, and where it does not want
 * that, the other one.  One that takes neither is left alone.
 */
static int prepare_blind(struct wds_port *p)
{
	const uint32_t links[] = {
		p->dev.format, NETDEV_802_3 + NETDEV_RAW_IP - p->dev.format,
	};

	for (int i = 0; i < 2; i++) {
		struct wds_format wish = WDS_FORMAT_KEEP;
		int ret;

		wish.link = links[i];
		ret = wds_port_tell(p, &wish);
		if (ret < 0)
			return -1 - ret;
		if (!ret && p->now.link == wish.link)
			return wds_port_set(p, &wish);
	}
	return EXIT_DONE;
}

/*
 * Raw-ip on both sides; or, where the modem refuses that, what it has.  Aggregation is left over
 * from mux links that are gone.
 */
static int prepare(struct wds_port *p)
{
	struct wds_format wish = WDS_FORMAT_KEEP;
	int ret;

	wish.ul = wish.dl = WDA_DATA_AGGREGATION_PROTOCOL_DISABLED;
	wish.link = p->dev.format;
	if (wds_port_does(p, &wish) && !p->dev.pass_through && !p->dev.mistaken)
		return EXIT_DONE;
	wish.link = NETDEV_RAW_IP;
	if (!wds_port_does(p, &wish)) {
		ret = wds_port_tell(p, &wish);
		if (ret < 0)
			return -1 - ret;
		if (p->now.link == NETDEV_802_3)
			wish.link = NETDEV_802_3;
	}
	return wds_port_set(p, &wish);
}

int wds_link_prepare(struct command *cmd, const char *iface)
{
	struct wds_port p;
	int ret = wds_port_open(cmd, iface, true, &p);

	if (!ret && p.dev.n_mux) {
		ret = say(cmd, EXIT_DEVICE, "%s has mux links: a session goes over one of them, with "
			"--mux", p.dev.link.name);
	} else if (!ret && p.dev.can_raw_ip) {
		ret = wds_port_ask(&p);
		if (!ret)
			ret = p.known ? prepare(&p) : prepare_blind(&p);
	}
	wds_port_close(&p);
	return ret;
}
