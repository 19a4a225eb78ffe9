/* wds_view.c - what the modem tells of a call and of the attach, and what a client is bound to. */
#include "applets/wds_view.h"

#include "applets/session.h"
#include "applets/show.h"
#include "qmux/encode.h"
#include "qmux/format.h"

#include <string.h>

/* ---- LTE attach ---- */

static const struct view_row attach[] = {
	ROW("apn", "apn"), ROW("ip", "ip_support_type"), ROW("attached", "ota_attach_performed"),
	ROW_END
};

static const struct view_row attach_list[] = {
	ROW("profiles", "current_list"), ROW("pending", "pending_list"),
	ROW_END
};

static const struct view_row attach_max[] = { ROW("max_profiles", "info"), ROW_END };

const struct query wds_attach_queries[] = {
	QUERY(WDS_GET_LTE_ATTACH_PARAMETERS, attach),
	QUERY(WDS_GET_LTE_ATTACH_PDN_LIST, attach_list),
	QUERY(WDS_GET_MAX_LTE_ATTACH_PDN_NUMBER, attach_max),
	{ 0 }
};

/* An empty list would leave the modem nothing to attach with. */
int wds_attach(struct command *cmd)
{
	if (cmd->n_args && !*cmd->args[0])
		return say(cmd, EXIT_USAGE, "no profile is named: INDEX, or several with commas");
	return cmd->n_args || cmd->option[ATTACH_ACTION] ?
		session_set(cmd, cmd->verb->set_message, cmd->verb->set) :
		session_queries(cmd, cmd->verb->queries);
}

/* ---- rates, throttling, dormancy ---- */

static const struct view_row rates[] = {
	ROW("tx", "channel_rates.channel_tx_rate_bps", .unit = "bit/s"),
	ROW("rx", "channel_rates.channel_rx_rate_bps", .unit = "bit/s"),
	ROW("max_tx", "channel_rates.max_channel_tx_rate_bps", .unit = "bit/s"),
	ROW("max_rx", "channel_rates.max_channel_rx_rate_bps", .unit = "bit/s"),
	ROW_END
};

const struct query wds_channel_rates_queries[] = {
	QUERY(WDS_GET_CHANNEL_RATES, rates),
	{ 0 }
};

static const struct view_row throttled[] = {
	ROW("apn", "apn"), ROW("ipv4", "ipv4_throttled"), ROW("ipv6", "ipv6_throttled"),
	ROW("ipv4_left", "ipv4_throttle_time_left_ms", .unit = "ms"),
	ROW("ipv6_left", "ipv6_throttle_time_left_ms", .unit = "ms"),
	ROW_END
};

static const struct view_row throttle[] = { ROW("apns", "info", .rows = throttled), ROW_END };

const struct query wds_throttle_queries[] = {
	QUERY(WDS_GET_PDN_THROTTLE_INFO, throttle, .ask = SET("network_type=$1")),
	{ 0 }
};

static const struct view_row dormancy[] = { ROW("dormancy", "dormancy_status"), ROW_END };

const struct query wds_dormancy_queries[] = {
	QUERY(WDS_GET_DORMANCY_STATUS, dormancy),
	{ 0 }
};

/* ---- bearer ---- */

enum { NETWORK_3GPP2 = 1, NETWORK_3GPP = 2 };
enum { RAT_CDMA1X, RAT_EVDO_REV0, RAT_EVDO_REVA, RAT_EVDO_REVB };	/* bits of 3GPP2's */

/* What stands beside a value, in the same structure. */
static uint64_t beside(const struct view_value *v, const char *name)
{
	const char *dot = strrchr(v->path, '.');
	char path[QMUX_PATH_TEXT_MAX];
	struct qmux_node node;

	qmux_format(path, sizeof path, "%.*s.%s", dot ? (int)(dot - v->path) : 0, v->path, name);
	return qmux_get(v->frame, v->message, path, &node) ? 0 : node.u;
}

/* Its bits have names that another value tells; without those it is a number. */
static void show_flags(struct sink *s, const char *key, const struct view_value *v, uint16_t names)
{
	struct qmux_node node = *v->node;

	node.names = names;
	show_node(s, key, &node, false);
}

static void show_rats(struct sink *s, const char *key, const struct view_value *v)
{
	uint64_t network = beside(v, "network_type");

	show_flags(s, key, v, network == NETWORK_3GPP ? QMUX_ENUM_WDS_RAT3GPP :
		network == NETWORK_3GPP2 ? QMUX_ENUM_WDS_RAT3GPP2 : QMUX_NO_ENUM);
}

/* Service options are CDMA's. */
static void show_options(struct sink *s, const char *key, const struct view_value *v)
{
	static const uint16_t names[] = {
		[RAT_CDMA1X] = QMUX_ENUM_WDS_SO_CDMA1X,
		[RAT_EVDO_REV0] = QMUX_ENUM_WDS_SO_EVDO_REV0,
		[RAT_EVDO_REVA] = QMUX_ENUM_WDS_SO_EVDO_REV_A,
		[RAT_EVDO_REVB] = QMUX_ENUM_WDS_SO_EVDO_REV_B,
	};
	uint64_t rats = beside(v, "rat_mask");

	if (beside(v, "network_type") != NETWORK_3GPP2)
		return;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (rats >> i & 1) {
			show_flags(s, key, v, names[i]);
			return;
		}
	show_flags(s, key, v, QMUX_NO_ENUM);
}

static const struct view_row technology[] = {
	ROW("network", "network_type"),
	ROW("rats", "rat_mask", .show = show_rats),
	ROW("service_options", "so_mask", .show = show_options),
	ROW_END
};

static const struct view_row bearer[] = {
	ROW("bearer", "current"), ROW("last_bearer", "last"),
	ROW_END
};

static const struct view_row bearers[] = {
	ROW("current", "current", .rows = technology), ROW("last", "last", .rows = technology),
	ROW_END
};

const struct query wds_bearer_queries[] = {
	QUERY(WDS_GET_DATA_BEARER_TECHNOLOGY, bearer),
	QUERY(WDS_GET_CURRENT_DATA_BEARER_TECHNOLOGY, bearers),
	{ 0 }
};

/* ---- on a session's client id ---- */

/* The session's, where there is one; not with --cid. */
static int on_session(struct command *cmd, int (*run)(struct command *cmd))
{
	struct wds_session s;
	int ret;

	if (cmd->g.cid >= 0)
		return run(cmd);
	ret = wds_session_find(cmd, NULL, WDS_LOOK, &s);
	if (!ret && !wds_session_choose(cmd, &s, WDS_V4) && !wds_session_choose(cmd, &s, WDS_V6) &&
	    cmd->option[WDS_SESSION])
		ret = say(cmd, EXIT_CALL, "no session '%s'", s.name);
	if (!ret)
		ret = run(cmd);
	wds_session_close(cmd, &s);
	return ret;
}

static int show_queries(struct command *cmd)
{
	return session_queries(cmd, cmd->verb->queries);
}

int wds_view(struct command *cmd)
{
	return on_session(cmd, show_queries);
}

static int change_dormancy(struct command *cmd)
{
	bool dormant = !strcmp(cmd->args[0], "dormant");

	return session_set(cmd, dormant ? WDS_GO_DORMANT : WDS_GO_ACTIVE, SET_NOTHING);
}

int wds_dormancy(struct command *cmd)
{
	if (cmd->n_args && strcmp(cmd->args[0], "dormant") && strcmp(cmd->args[0], "active"))
		return say(cmd, EXIT_USAGE, "'%s' is neither dormant nor active", cmd->args[0]);
	return on_session(cmd, cmd->n_args ? change_dormancy : show_queries);
}

/* ---- what belongs to a client id ---- */

/* Modems take others, too, and then start calls of no family that can be. */
int wds_ip_family(struct command *cmd)
{
	const char *family = cmd->args[0];

	if (!strncmp(family, "ipv", 3))
		family += 3;
	if (strcmp(family, "4") && strcmp(family, "6"))
		return say(cmd, EXIT_USAGE, "'%s' is no IP family: 4 or 6", cmd->args[0]);
	return session_set(cmd, cmd->verb->set_message, cmd->verb->set);
}

static const struct view_row subscription[] = { ROW("subscription", "subscription_id"), ROW_END };

const struct query wds_bind_queries[] = {
	QUERY(WDS_GET_BIND_SUBSCRIPTION, subscription),
	{ 0 }
};

static const struct option_row mux_options[] = {
	[BIND_ENDPOINT_TYPE] = { 0, "endpoint-type", "TYPE", "of the data port",
		"@enum:data_endpoint_type" },
	[BIND_ENDPOINT_NUMBER] = { 0, "endpoint-number", "N", "its interface number", NULL },
	[BIND_CLIENT_TYPE] = { 0, "client-type", "TYPE", "tethered or undefined",
		"@enum:wds_client_type" },
	{ 0, NULL, NULL, NULL, NULL }
};

const struct verb wds_bind_actions[] = {
	{
		.name = "bind mux",
		.args = "ID",
		.help = "calls of this client id go to the link with a mux id",
		.options = mux_options,
		.args_min = 1,
		.args_max = 1,
		.set_message = WDS_BIND_MUX_DATA_PORT,
		.set = SET("mux_id=$1", "endpoint_info.endpoint_type=--endpoint-type",
			"endpoint_info.interface_number=--endpoint-number",
			"client_type=--client-type"),
	},
	{
		.name = "bind port",
		.args = "PORT",
		.help = "calls of this client id go to a data port of the SoC",
		.values = "@enum:sio_port",
		.args_min = 1,
		.args_max = 1,
		.set_message = WDS_BIND_DATA_PORT,
		.set = SET("data_port=$1"),
	},
	{
		.name = "bind subscription",
		.args = "SUBSCRIPTION",
		.help = "calls of this client id are one SIM's",
		.values = "@enum:subscription_type",
		.args_min = 1,
		.args_max = 1,
		.set_message = WDS_BIND_SUBSCRIPTION,
		.set = SET("subscription_id=$1"),
	},
	{ .name = NULL }
};
