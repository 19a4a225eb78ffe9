/* wds_port.c - both sides of a data port: what the modem does, what the kernel does. */
#include "applets/wds_port.h"

#include "applets/session.h"
#include "applets/wds_session.h"
#include "qmux/format.h"

#include <errno.h>
#include <string.h>

#define FIELDS_MAX 12
#define FIELD_TEXT 64

/* ---- the kernel's interface ---- */

int wds_port_failed(const struct wds_port *p, const char *what, int error)
{
	const char *name = p->dev.link.name;

	switch (-error) {
	case EPERM:
	case EACCES:
	case EROFS:
		return say(p->cmd, EXIT_PERMISSION, "no permission to %s %s", what, name);
	case EIO:
		return say(p->cmd, EXIT_DEVICE, "cannot %s %s: the kernel did not take it", what,
			name);
	default:
		return say(p->cmd, EXIT_DEVICE, "cannot %s %s: %s", what, name, strerror(-error));
	}
}

int wds_port_open(struct command *cmd, const char *interface, bool needed, struct wds_port *p)
{
	char path[QMUX_PATH_MAX], name[NETLINK_NAME_MAX];
	int ret;

	*p = (struct wds_port){ .cmd = cmd, .dev.nl.fd = -1, .now = WDS_FORMAT_KEEP };
	if (!needed && !interface) {
		ret = session_device(cmd, path);
		if (ret || !netdev_of_port(path, name))
			return ret;
	} else {
		ret = wds_link_iface(cmd, interface, name);
	}
	if (ret)
		return ret;
	ret = netdev_open(&p->dev, name);
	if (ret == -ENODEV)
		return say(cmd, EXIT_DEVICE, "no network interface '%s'", name);
	if (ret)
		return say(cmd, EXIT_DEVICE, "%s: %s", name, strerror(-ret));
	p->has_dev = true;
	p->at = wds_endpoint_of(name, p->dev.driver);
	return EXIT_DONE;
}

void wds_port_close(struct wds_port *p)
{
	netdev_close(&p->dev);
}

int wds_option_number(const struct command *cmd, int option, uint32_t least, uint32_t most,
	uint32_t *v)
{
	const char *text = cmd->option[option];
	uint64_t number;

	if (!text)
		return EXIT_DONE;
	if (!qmux_parse_uint(text, strlen(text), &number) || number < least || number > most)
		return say(cmd, EXIT_USAGE, "--%s: '%s' is not a number from %u to %u",
			cmd->verb->options[option].name, text, least, most);
	*v = (uint32_t)number;
	return EXIT_DONE;
}

/* ---- what the modem does ---- */

struct fields {
	const char *set[FIELDS_MAX + 1];
	char text[FIELDS_MAX][FIELD_TEXT];
	unsigned n;
};

static void add(struct fields *f, const char *path, uint32_t v)
{
	if (v == WDS_KEEP)
		return;
	qmux_format(f->text[f->n], FIELD_TEXT, "%s=%u", path, v);
	f->set[f->n] = f->text[f->n];
	f->n++;
}

static uint32_t number(const struct wds_port *p, const char *path)
{
	struct qmux_node node;

	return qmux_get(&p->answer, &p->message, path, &node) ? WDS_KEEP : (uint32_t)node.u;
}

static void read_format(struct wds_port *p)
{
	p->known = true;
	p->now = (struct wds_format){
		.link = number(p, "link_layer_protocol"),
		.ul = number(p, "uplink_data_aggregation_protocol"),
		.dl = number(p, "downlink_data_aggregation_protocol"),
		.ul_size = number(p, "uplink_data_aggregation_max_size"),
		.ul_datagrams = number(p, "uplink_data_aggregation_max_datagrams"),
		.dl_size = number(p, "downlink_data_aggregation_max_size"),
		.dl_datagrams = number(p, "downlink_data_aggregation_max_datagrams"),
	};
}

/*
 * Modems with more than one data port (SDX55 and later) want to be told which is meant, older ones
 * may not know the field: without it first, as long as nobody said otherwise.
 */
static int ask_wda(struct wds_port *p, uint16_t message, struct fields *f)
{
	unsigned n = f->n;
	int ret;

	p->message = session_message(QMUX_SERVICE_WDA, message);
	for (;;) {
		if (p->tell_endpoint) {
			add(f, "endpoint_info.endpoint_type", p->at.type);
			add(f, "endpoint_info.interface_number", p->at.number);
		}
		ret = session_ask(p->cmd, &p->message, f->set, &p->answer);
		if ((ret != PROTOCOL_ERROR_MISSING_ARGUMENT && ret != PROTOCOL_ERROR_INVALID_ARGUMENT &&
		     ret != PROTOCOL_ERROR_MALFORMED_MESSAGE) || p->tell_endpoint || !p->at.type)
			return ret;
		p->tell_endpoint = true;
		f->n = n;
	}
}

static int get(struct wds_port *p)
{
	struct fields f = { .n = 0 };
	int ret = ask_wda(p, WDA_GET_DATA_FORMAT, &f);

	if (!ret)
		read_format(p);
	return ret;
}

int wds_port_ask(struct wds_port *p)
{
	int ret = get(p);

	if (ret > 0 && refusal_exit(ret) == EXIT_UNSUPPORTED) {
		p->mute = true;
		return EXIT_DONE;
	}
	return ret < 0 ? -1 - ret : ret ? say_refused(p->cmd, ret) : EXIT_DONE;
}

/* Modems before WDA take the link protocol, and nothing more, in a message of CTL. */
static int tell_ctl(struct wds_port *p, const struct wds_format *wish)
{
	struct fields f = { .n = 0 };
	int ret;

	if ((wish->ul && wish->ul != WDS_KEEP) || (wish->dl && wish->dl != WDS_KEEP))
		return PROTOCOL_ERROR_INVALID_SERVICE_TYPE;
	p->message = session_message(QMUX_CTL, CTL_SET_DATA_FORMAT);
	add(&f, "format", 0);		/* no QoS header */
	add(&f, "protocol", wish->link);
	ret = session_ask(p->cmd, &p->message, f.set, &p->answer);
	if (ret)
		return ret;
	p->known = true;
	p->now.link = number(p, "protocol");
	if (p->now.link == WDS_KEEP)	/* it did not tell: as asked */
		p->now.link = wish->link;
	return 0;
}

int wds_port_tell(struct wds_port *p, const struct wds_format *wish)
{
	struct fields f = { .n = 0 };
	int ret;

	add(&f, "link_layer_protocol", wish->link);
	add(&f, "uplink_data_aggregation_protocol", wish->ul);
	add(&f, "downlink_data_aggregation_protocol", wish->dl);
	add(&f, "downlink_data_aggregation_max_datagrams", wish->dl_datagrams);
	add(&f, "downlink_data_aggregation_max_size", wish->dl_size);
	add(&f, "uplink_data_aggregation_max_datagrams", wish->ul_datagrams);
	add(&f, "uplink_data_aggregation_max_size", wish->ul_size);
	ret = ask_wda(p, WDA_SET_DATA_FORMAT, &f);
	if (ret > 0 && p->mute && refusal_exit(ret) == EXIT_UNSUPPORTED)
		return tell_ctl(p, wish);
	if (ret)
		return ret;
	read_format(p);
	return p->mute ? 0 : get(p);
}

static bool does(uint32_t now, uint32_t wish)
{
	return wish == WDS_KEEP || now == wish;
}

/* What it does not tell of aggregation is no aggregation. */
static bool has_protocols(const struct wds_port *p, const struct wds_format *wish)
{
	const struct wds_format *now = &p->now;

	return p->known && does(now->link, wish->link) &&
		does(now->ul == WDS_KEEP ? 0 : now->ul, wish->ul) &&
		does(now->dl == WDS_KEEP ? 0 : now->dl, wish->dl);
}

bool wds_port_does(const struct wds_port *p, const struct wds_format *wish)
{
	const struct wds_format *now = &p->now;

	return has_protocols(p, wish) && does(now->ul_size, wish->ul_size) &&
		does(now->ul_datagrams, wish->ul_datagrams) && does(now->dl_size, wish->dl_size) &&
		does(now->dl_datagrams, wish->dl_datagrams);
}

static const char *value_name(uint16_t names, uint32_t v, char text[QMUX_NAME_MAX])
{
	uint16_t name;

	if (qmux_enum_name(names, v, &name))
		qmux_name(name, QMUX_VALUE_NAME, text);
	else
		qmux_format(text, QMUX_NAME_MAX, v == WDS_KEEP ? "unknown" : "%u", v);
	return text;
}

const char *wds_format_name(uint32_t link, char text[QMUX_NAME_MAX])
{
	return value_name(QMUX_ENUM_WDA_LINK_LAYER_PROTOCOL, link, text);
}

const char *wds_aggregation_name(uint32_t protocol, char text[QMUX_NAME_MAX])
{
	return value_name(QMUX_ENUM_WDA_DATA_AGGREGATION_PROTOCOL, protocol, text);
}

/* ---- is it used? ---- */

/* 1: connected; 0: not, or the modem does not tell; or -1 - exit code. */
static int is_connected(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_SERVICE_WDS, WDS_GET_PACKET_SERVICE_STATUS);
	struct qmux_frame answer;
	struct qmux_node node;
	int ret = session_ask(cmd, &m, NULL, &answer);

	if (ret)
		return ret < 0 ? ret : 0;
	return !qmux_get(&answer, &m, "connection_status", &node) &&
		node.u == WDS_CONNECTION_STATUS_CONNECTED;
}

/* A client id without a call of its own sees the modem's, of its family; not every modem shows it. */
static int is_anybody_connected(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_SERVICE_WDS, WDS_SET_IP_FAMILY);
	struct qmux_frame answer;
	int ret = is_connected(cmd);

	if (ret || cmd->g.cid >= 0)	/* somebody's id keeps its family */
		return ret;
	ret = session_ask(cmd, &m, SET("preference=ipv6"), &answer);
	return ret ? (ret < 0 ? ret : 0) : is_connected(cmd);
}

static bool any_up;		/* of our sessions */

static int look_at(struct command *cmd, const char *name)
{
	struct wds_session s;
	int ret = wds_session_find(cmd, name, WDS_LOOK, &s);

	any_up |= !ret && wds_session_up(&s);
	wds_session_close(cmd, &s);
	return ret;
}

int wds_port_check_idle(struct wds_port *p)
{
	int ret;

	any_up = p->has_dev && netdev_in_use(&p->dev);
	if (!any_up) {
		ret = is_anybody_connected(p->cmd);
		if (ret < 0)
			return -1 - ret;
		any_up = ret;
	}
	if (!any_up && p->cmd->g.cid < 0) {
		ret = wds_session_each(p->cmd, look_at);
		if (ret)
			return ret;
	}
	return !any_up ? EXIT_DONE : say(p->cmd, EXIT_DEVICE,
		"a data session is up, which this would break: stop it first, or --force");
}

/* ---- both sides ---- */

/* The kernel's side.  Exit code. */
static int set_kernel(struct wds_port *p, uint32_t link)
{
	int ret;

	/* Without links what comes is packets, not QMAP; and raw_ip is locked in that mode. */
	if (!p->dev.n_mux && p->dev.pass_through) {
		ret = netdev_set_pass_through(&p->dev, false);
		if (ret)
			return wds_port_failed(p, "switch pass_through of", ret);
	}
	ret = netdev_set_format(&p->dev, (enum netdev_format)link);
	return ret ? wds_port_failed(p, link == NETDEV_RAW_IP ? "switch to raw-ip:" :
		"switch to 802-3:", ret) : EXIT_DONE;
}

/* What the kernel will refuse is refused before the modem was touched. */
static int check_kernel(struct wds_port *p, uint32_t link)
{
	char name[QMUX_NAME_MAX];
	int ret;

	if (!p->has_dev || p->dev.format == link || p->dev.format == NETDEV_UNKNOWN)
		return EXIT_DONE;
	if (!p->dev.can_raw_ip || link > NETDEV_RAW_IP)
		return say(p->cmd, EXIT_DEVICE, "%s is %s, and its driver cannot be switched",
			p->dev.link.name, wds_format_name(p->dev.format, name));
	ret = netdev_may_set(&p->dev);
	return ret ? wds_port_failed(p, "switch", ret) : EXIT_DONE;
}

static int say_other(const struct wds_port *p)
{
	char link[QMUX_NAME_MAX], ul[QMUX_NAME_MAX], dl[QMUX_NAME_MAX];

	return say(p->cmd, EXIT_REFUSED, "the modem took %s, uplink %s, downlink %s instead",
		wds_format_name(p->now.link, link), wds_aggregation_name(p->now.ul, ul),
		wds_aggregation_name(p->now.dl, dl));
}

int wds_port_set(struct wds_port *p, const struct wds_format *wish)
{
	struct wds_format old = p->now;
	int ret = p->has_dev ? wds_link_check(p->cmd, p->dev.link.name) : EXIT_DONE;

	if (!ret)
		ret = check_kernel(p, wish->link);
	if (ret)
		return ret;
	ret = wds_port_does(p, wish) ? 0 : wds_port_tell(p, wish);
	if (ret)
		return ret < 0 ? -1 - ret : say_refused(p->cmd, ret);
	if (!has_protocols(p, wish))
		ret = say_other(p);
	else if (p->has_dev && p->dev.can_raw_ip)
		ret = set_kernel(p, wish->link);
	if (ret && old.link != WDS_KEEP && !wds_port_does(p, &old))
		wds_port_tell(p, &old);
	return ret;
}
