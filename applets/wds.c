/* wds - data connections: sessions, their addresses, the modem's settings for them. */
#include "applets/qmi_network.h"
#include "applets/wds_link.h"
#include "applets/wds_profile.h"
#include "applets/wds_start.h"
#include "applets/wds_up.h"
#include "applets/wds_view.h"

static const struct view_row autoconnect[] = {
	ROW("autoconnect", "status"), ROW("roaming", "roaming"), ROW_END
};

static const struct query autoconnect_queries[] = {
	QUERY(WDS_GET_AUTOCONNECT_SETTINGS, autoconnect), { 0 }
};

static const struct option_row autoconnect_options[] = {
	{ 0, "roaming", "WHERE", "allowed, or home-only", "allowed home-only" },
	{ .name = NULL }
};

static const struct option_row attach_options[] = {
	[ATTACH_ACTION] = { 0, "action", "ACTION", "what happens to the attach that is",
		"@enum:wds_attach_pdn_list_action" },
	{ .name = NULL }
};

static const struct option_row monitor_options[] = {
	WDS_SESSION_OPTION,
	[MONITOR_STATS] = { 0, "stats", "SECONDS", "also what passed, that often", NULL },
	[MONITOR_RECONNECT] = { 0, "reconnect", NULL, "go on after the modem restarted or the "
		"proxy ended", NULL },
	{ .name = NULL }
};

#define SESSION_MORE \
	"-s names a session. Without it that of the name 'default' is meant; where there is none,\n" \
	"what is shown is the connection that somebody else has started.\n"

static const struct verb verbs[] = {
	{
		.name = "start",
		.help = "connect, and keep it as a session after the command",
		.more = "The session ends with 'wds stop'. It has a name, so that there can be several, each\n"
			"with an APN of its own. Connected already with the same settings is success; a\n"
			"session that has ended is started anew. The interface gets no addresses: see\n"
			"'wds settings', or let 'wds up' do all of it.\n"
			"With --ip 4v6 it is enough that one of the two connects.\n"
			"A password is never an argument: --password-file ('-' is stdin) or $QMI_PASSWORD.\n"
			"Exit code 7: the network refused, stderr says why.",
		.options = wds_start_options,
		.timeout = WDS_START_TIMEOUT,
		.run = wds_start,
		.queries = wds_start_keys,
	},
	{
		.name = "stop",
		.help = "disconnect a session",
		.more = "Where there is none, that is no failure. What start enabled with --autoconnect is\n"
			"disabled. --any ends what the modem itself holds, whoever asked for it, and autoconnect.",
		.options = wds_stop_options,
		.run = wds_stop,
	},
	{
		.name = "up",
		.help = "start a session, and configure the network interface",
		.more = "Link format, MTU, addresses, default routes and (--dns-file) name servers; or --hook, or\n"
			"--print. 'wds down' takes away what it brought. Up already: what is missing is\n"
			"repaired.\n"
			"A hook is called as udhcpc's: $1 is bound, renew or deconfig, and its environment has\n"
			"interface ip mask (bits) subnet router dns mtu ip6 ip6prefix router6 dns6 metric\n"
			"QMI_SESSION QMI_DEVICE; what there is not is not set.\n"
			"--foreground stays, tells each change (state is up, changed or down), and ends the\n"
			"session when it is ended, or with exit code 7 or 8 when the connection or the modem\n"
			"goes; with --reconnect it tries again after 1, 2, 4 ... 60 s. -t is then for each step.\n"
			"reason is there when something ended, mtu where the modem tells it.",
		.options = wds_up_options,
		.timeout = UP_TIMEOUT,
		.run = wds_up,
		.queries = wds_up_keys,
	},
	{
		.name = "down",
		.help = "end a session, and take from the interface what 'up' gave it",
		.more = "Routes, addresses, DNS file, link, call, client ids. Where there is no session, that is\n"
			"no failure.",
		.options = wds_session_options,
		.run = wds_down,
	},
	{
		.name = "status",
		.help = "is it connected? All sessions, or the one of -s",
		.more = "The exit code is 0 where something (with -s: that session) is connected, otherwise 7.\n"
			"modem is what the modem says to somebody without a session: a connection that it\n"
			"or another program has made.",
		.options = wds_status_options,
		.run = wds_status,
		.queries = wds_status_keys,
		.asks_only = true,
	},
	{
		.name = "settings",
		.help = "addresses, gateway, name servers and MTU of a connection",
		.more = SESSION_MORE "What the modem does not tell is absent.",
		.options = wds_session_options,
		.run = wds_settings,
		.queries = wds_settings_keys,
		.asks_only = true,
	},
	{
		.name = "stats",
		.help = "bytes and packets that passed",
		.more = SESSION_MORE "tx is what this side has sent. What the modem does not count is absent.",
		.options = wds_session_options,
		.run = wds_stats,
		.queries = wds_stats_keys,
		.asks_only = true,
	},
	{
		.name = "autoconnect",
		.args = "[SETTING]",
		.help = "does the modem connect by itself? Show or set: enabled, disabled, paused",
		.more = "roaming is absent where the modem does not tell.",
		.options = autoconnect_options,
		.values = "@enum",
		.args_max = 1,
		.queries = autoconnect_queries,
		.set_message = WDS_SET_AUTOCONNECT_SETTINGS,
		.set = SET("status=$1", "roaming=--roaming"),
	},
	{
		.name = "profiles",
		.help = "the modem's profiles",
		.more = "With --settings all that wds profile show tells of each.",
		.options = wds_profiles_options,
		.queries = wds_profiles_queries,
		.run = wds_profiles,
		.asks_only = true,
	},
	{
		.name = "profile",
		.args = "[ACTION]",
		.help = "the modem's profiles; or one of them",
		.options = wds_profiles_options,
		.args_max = 1,
		.queries = wds_profiles_queries,
		.run = wds_profiles,
		.asks_only = true,
		.actions = wds_profile_actions,
	},
	{
		.name = "attach-apn",
		.args = "[PROFILE,PROFILE …]",
		.help = "what LTE attaches with; or set the profiles for it",
		.more = "apn and ip are of the attach that is; profiles are tried in this order, pending\n"
			"those from the next attach on.  --action detach-or-pdn-disconnect attaches anew.",
		.options = attach_options,
		.args_max = 1,
		.queries = wds_attach_queries,
		.run = wds_attach,
		.asks_only = true,
		.set_message = WDS_SET_LTE_ATTACH_PDN_LIST,
		.set = SET("list=$1", "action=--action"),
	},
	{
		.name = "bearer",
		.help = "radio technology of a connection",
		.more = SESSION_MORE "last is that of the call before.",
		.options = wds_session_options,
		.queries = wds_bearer_queries,
		.run = wds_view,
		.asks_only = true,
	},
	{
		.name = "bind",
		.args = "[ACTION]",
		.help = "what calls of a client id belong to",
		.more = "It holds for one client id: of use with --keep-cid, or --cid.  Without a second word\n"
			"the subscription is shown.",
		.args_max = 1,
		.queries = wds_bind_queries,
		.actions = wds_bind_actions,
	},
	{
		.name = "channel-rates",
		.help = "bit rates of a connection",
		.more = SESSION_MORE "In bit/s; what the radio channel allows, not what passes.",
		.options = wds_session_options,
		.queries = wds_channel_rates_queries,
		.run = wds_view,
		.asks_only = true,
	},
	{
		.name = "dormancy",
		.args = "[dormant|active]",
		.help = "whether the radio channel of a connection rests; or let it, or wake it",
		.more = SESSION_MORE,
		.options = wds_session_options,
		.values = "dormant active",
		.args_max = 1,
		.queries = wds_dormancy_queries,
		.run = wds_dormancy,
	},
	{
		.name = "format",
		.args = "[raw-ip|802-3]",
		.help = "what a packet is on the data port, for modem and kernel; or set it",
		.more = "start and up do by themselves what is needed.  To be set, the interface is taken down\n"
			"and up again.  What the modem took is read back; of sizes it may take smaller ones.\n"
			"agree tells whether both sides say the same.  A side that does not tell is absent;\n"
			"a modem without WDA can be told (CTL), not asked.",
		.options = wds_format_options,
		.values = "raw-ip 802-3",
		.args_max = 1,
		.queries = wds_format_queries,
		.run = wds_format,
	},
	{
		.name = "iface",
		.help = "the network interface of the port, as the kernel has it",
		.more = "The modem is not asked.  What its driver does not have is absent.",
		.options = wds_iface_options,
		.queries = wds_iface_queries,
		.run = wds_iface,
	},
	{
		.name = "ip-family",
		.args = "FAMILY",
		.help = "family of the calls of a client id: 4 or 6",
		.more = "It holds for one client id: of use with --keep-cid, or --cid.",
		.values = "4 6",
		.args_min = 1,
		.args_max = 1,
		.run = wds_ip_family,
		.set_message = WDS_SET_IP_FAMILY,
		.set = SET("preference=$1"),
	},
	{
		.name = "link",
		.args = "[ACTION]",
		.help = "mux links (QMAP) of the port: several sessions, each with an interface",
		.options = wds_link_options,
		.args_max = 1,
		.queries = wds_link_queries,
		.run = wds_link_list,
		.actions = wds_link_actions,
	},
	{
		.name = "monitor",
		.help = "what changes of connections, addresses and profiles",
		.more = "Key event: connection (also first, how it is), report, addresses or profile.  reason\n"
			"says why a call ended.  Rates are in bit/s.  Many modems tell of a call only on its\n"
			"own client id: -s takes a session's.",
		.options = monitor_options,
		.timeout = TIMEOUT_NONE,
		.queries = wds_monitor_queries,
		.run = wds_monitor,
	},
	{
		.name = "reset",
		.help = "the service's settings for this client as at its start",
		.set_message = WDS_RESET,
		.set = SET_NOTHING,
	},
	{
		.name = "throttle",
		.args = "NETWORK",
		.help = "APNs that the network has put off, and for how long",
		.more = "ipv4_left and ipv6_left are in ms.",
		.values = "@enum:wds_data_system_network_type",
		.args_min = 1,
		.args_max = 1,
		.queries = wds_throttle_queries,
	},
	{ .name = NULL }
};

const struct applet applet_wds = {
	.name = "wds",
	.help = "data connections: sessions, addresses, profiles",
	.service = QMUX_SERVICE_WDS,
	.verbs = verbs,
	.alias = "qmi-network",
	.alias_main = qmi_network,
};
