/* wds_profile.c - the modem's profiles: list, show, create, modify, delete, default. */
#include "applets/wds_profile.h"

#include "applets/session.h"
#include "applets/show.h"
#include "applets/wds_session.h"
#include "qmux/encode.h"
#include "qmux/format.h"

#include <errno.h>
#include <string.h>

#define PROFILES_MAX 256	/* their index has a byte */
#define FIELDS_MAX (ARGS_MAX + 16)
#define REQUEST_MAX 2048	/* TLVs of a profile with all fields, the texts of 255 bytes */
#define TYPE_DEFAULT "3gpp"

/* ---- what a profile has ---- */

/* Nothing of an address that is not set. */
static void show_set(struct sink *s, const char *key, const struct view_value *v)
{
	const struct qmux_node *node = v->node;
	bool set = node->kind == QMUX_UINT && node->u;

	for (size_t i = 0; node->kind == QMUX_BYTES && i < node->len; i++)
		set |= node->data[i];
	if (set)
		show_node(s, key, node, false);
}

static const struct view_row umts_qos[] = {
	ROW("traffic_class", "traffic_class"),
	ROW("max_uplink_bitrate", "max_uplink_bitrate", .unit = "bit/s"),
	ROW("max_downlink_bitrate", "max_downlink_bitrate", .unit = "bit/s"),
	ROW("guaranteed_uplink_bitrate", "guaranteed_uplink_bitrate", .unit = "bit/s"),
	ROW("guaranteed_downlink_bitrate", "guaranteed_downlink_bitrate", .unit = "bit/s"),
	ROW("qos_delivery_order", "qos_delivery_order"),
	ROW("maximum_sdu_size", "maximum_sdu_size", .unit = "bytes"),
	ROW("sdu_error_ratio", "sdu_error_ratio"),
	ROW("residual_bit_error_ratio", "residual_bit_error_ratio"),
	ROW("delivery_erroneous_sdu", "delivery_erroneous_sdu"),
	ROW("transfer_delay", "transfer_delay", .unit = "ms"),
	ROW("traffic_handling_priority", "traffic_handling_priority"),
	ROW("signaling_indication", "signaling_indication"),	/* where the field has it */
	ROW_END
};

static const struct view_row gprs_qos[] = {
	ROW("precedence_class", "precedence_class"), ROW("delay_class", "delay_class"),
	ROW("reliability_class", "reliability_class"),
	ROW("peak_throughput_class", "peak_throughput_class"),
	ROW("mean_throughput_class", "mean_throughput_class"),
	ROW_END
};

static const struct view_row lte_qos[] = {
	ROW("qos_class_identifier", "qos_class_identifier"),
	ROW("guaranteed_downlink_bitrate", "guaranteed_downlink_bitrate", .unit = "bit/s"),
	ROW("max_downlink_bitrate", "max_downlink_bitrate", .unit = "bit/s"),
	ROW("guaranteed_uplink_bitrate", "guaranteed_uplink_bitrate", .unit = "bit/s"),
	ROW("max_uplink_bitrate", "max_uplink_bitrate", .unit = "bit/s"),
	ROW_END
};

static const struct view_row vlan[] = {
	ROW("vlan_id_range_start", "vlan_id_range_start"),
	ROW("vlan_id_range_end", "vlan_id_range_end"),
	ROW_END
};

#define SAME(name) ROW(name, name)
#define ADDRESS(name) ROW(name, name, .show = show_set)

/* The common ones have the names of the options; the others are the fields that create and modify
   take. */
static const struct view_row settings[] = {
	ROW("name", "profile_name"),
	ROW("apn", "apn_name"),
	SAME("pdp_type"),
	ROW("auth", "authentication"),
	ROW("user", "username"),
	SAME("password"),
	ROW("no_roaming", "roaming_disallowed_flag"),
	ROW("disabled", "apn_disabled_flag"),
	ROW("context", "pdp_context_number"),
	ADDRESS("primary_ipv4_dns_address"),
	ADDRESS("secondary_ipv4_dns_address"),
	ADDRESS("ipv4_address_preference"),
	ROW("ipv6_address_preference", "ipv6_address_preference.address", .show = show_set),
	ADDRESS("ipv6_primary_dns_address_preference"),
	ADDRESS("ipv6_secondary_dns_address_preference"),
	SAME("pdp_header_compression_type"),
	SAME("pdp_data_compression_type"),
	SAME("pcscf_address_using_pco"),
	SAME("pdp_access_control"),
	SAME("pcscf_address_using_dhcp"),
	SAME("imcn_flag"),
	SAME("pdp_context_secondary_flag"),
	SAME("pdp_context_primary_id"),
	SAME("address_allocation_preference"),
	SAME("apn_type_mask"),
	SAME("clat_enabled"),
	SAME("ipv6_prefix_delegation"),
	ROW("vlan_id_type", "vlan_id_type", .rows = vlan),
	ROW("lte_qos_parameters", "lte_qos_parameters", .rows = lte_qos),
	ROW("umts_requested_qos", "umts_requested_qos", .rows = umts_qos),
	ROW("umts_minimum_qos", "umts_minimum_qos", .rows = umts_qos),
	ROW("gprs_requested_qos", "gprs_requested_qos", .rows = gprs_qos),
	ROW("gprs_minimum_qos", "gprs_minimum_qos", .rows = gprs_qos),
	ROW("umts_requested_qos_with_signaling_indication_flag",
		"umts_requested_qos_with_signaling_indication_flag", .rows = umts_qos),
	ROW("umts_minimum_qos_with_signaling_indication_flag",
		"umts_minimum_qos_with_signaling_indication_flag", .rows = umts_qos),
	ROW_END
};

static const struct view_row place[] = {
	ROW("type", "profile_identifier.profile_type"),
	ROW("index", "profile_identifier.profile_index"),
	ROW_END
};

static const struct view_row item[] = {
	ROW("type", "profile_type"), ROW("index", "profile_index"), ROW("name", "profile_name"),
	ROW_END
};

static const struct view_row list[] = { ROW("profiles", "profile_list", .rows = item), ROW_END };
static const struct view_row list_settings[] = {
	ROW("profiles", "", .rows = settings, .list = true), ROW_END
};

const struct query wds_profiles_queries[] = {
	QUERY(WDS_GET_PROFILE_LIST, list), QUERY(WDS_GET_PROFILE_SETTINGS, list_settings), { 0 }
};
static const struct query show_queries[] = {
	QUERY(0, place), QUERY(WDS_GET_PROFILE_SETTINGS, settings), { 0 }
};
static const struct query create_queries[] = { QUERY(0, place), { 0 } };
static const struct query template_queries[] = { QUERY(WDS_GET_DEFAULT_SETTINGS, settings), { 0 } };

static const struct view_row index_row[] = { ROW("index", "index"), ROW_END };
static const struct query default_queries[] = { QUERY(0, index_row), { 0 } };

/* ---- asking ---- */

struct fields {
	struct qmux_assign assign[FIELDS_MAX];
	size_t n;
};

static void add(struct fields *f, const char *path, const char *value)
{
	if (value && f->n < FIELDS_MAX)
		f->assign[f->n++] = (struct qmux_assign){ .path = path, .path_len = strlen(path),
			.value = value };
}

static const char *type_of(const struct command *cmd)
{
	return cmd->option[PROFILE_TYPE] ? cmd->option[PROFILE_TYPE] : TYPE_DEFAULT;
}

/* Modems say ExtendedInternal, and in a field of their own what it is. */
static int refused(const struct command *cmd, int error, const struct qmux_frame *answer,
	const struct qmux_message *m)
{
	char more[2 * QMUX_NAME_MAX] = "", name[QMUX_NAME_MAX] = "unknown";
	struct qmux_node node;
	uint16_t handle;

	if (!qmux_get(answer, m, "extended_error_code", &node)) {
		if (qmux_enum_name(node.names, (int64_t)node.u, &handle))
			qmux_name(handle, QMUX_VALUE_NAME, name);
		qmux_format(more, sizeof more, "; profile error %s (%u)", name, (unsigned)node.u);
	}
	return say_refused_more(cmd, error, more);
}

/* An exit code, having said what is wrong. */
static int ask(struct command *cmd, uint16_t message, struct fields *f, struct qmux_message *m,
	struct qmux_frame *answer)
{
	struct qmux_complaint complaint;
	uint8_t tlvs[REQUEST_MAX];
	struct qmux_buf b = qmux_buf(tlvs, sizeof tlvs);
	int ret;

	*m = session_message(cmd->service, message);
	if (qmux_encode(&b, m, true, f->assign, f->n, &complaint))
		return say(cmd, EXIT_USAGE, "%s", complaint.text);
	ret = session_try(cmd, m, tlvs, b.len, answer);
	return ret < 0 ? -1 - ret : ret ? refused(cmd, ret, answer, m) : EXIT_DONE;
}

/* ---- show ---- */

static int get_settings(struct command *cmd, const char *type, const char *index,
	struct qmux_message *m, struct qmux_frame *answer)
{
	struct fields f = { .n = 0 };

	add(&f, "profile_id.profile_type", type);
	add(&f, "profile_id.profile_index", index);
	return ask(cmd, WDS_GET_PROFILE_SETTINGS, &f, m, answer);
}

static void show_place(struct sink *s, const char *type, uint64_t index)
{
	sink_text(s, "type", type);
	sink_uint(s, "index", index, NULL);
}

static int show(struct command *cmd)
{
	struct qmux_message m;
	struct qmux_frame answer;
	uint64_t index = 0;
	int ret = get_settings(cmd, type_of(cmd), cmd->args[0], &m, &answer);

	if (ret)
		return ret;
	qmux_parse_uint(cmd->args[0], strlen(cmd->args[0]), &index);
	sink_begin(cmd->sink, NULL);
	show_place(cmd->sink, type_of(cmd), index);
	show_view(cmd->sink, &answer, &m, settings);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

static int show_template(struct command *cmd)
{
	struct fields f = { .n = 0 };
	struct qmux_message m;
	struct qmux_frame answer;
	int ret;

	add(&f, "profile_type", type_of(cmd));
	ret = ask(cmd, WDS_GET_DEFAULT_SETTINGS, &f, &m, &answer);
	if (ret)
		return ret;
	sink_begin(cmd->sink, NULL);
	show_view(cmd->sink, &answer, &m, settings);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

/* ---- list ---- */

/* Each is asked for by itself: the list has only names. */
static int list_with_settings(struct command *cmd, const struct qmux_frame *answer,
	const struct qmux_message *m)
{
	uint8_t indexes[PROFILES_MAX];
	unsigned n = 0;
	int ret = EXIT_DONE;

	for (struct qmux_node node; n < PROFILES_MAX; n++) {
		char path[2 * QMUX_NAME_MAX];

		qmux_format(path, sizeof path, "profile_list[%u].profile_index", n);
		if (qmux_get(answer, m, path, &node))
			break;
		indexes[n] = (uint8_t)node.u;
	}
	sink_begin(cmd->sink, NULL);
	sink_list(cmd->sink, "profiles");
	for (unsigned i = 0; i < n && !ret; i++) {
		struct qmux_message ms;
		struct qmux_frame a;
		char index[8];

		qmux_format(index, sizeof index, "%u", indexes[i]);
		ret = get_settings(cmd, type_of(cmd), index, &ms, &a);
		if (ret)
			break;
		sink_begin(cmd->sink, NULL);
		show_place(cmd->sink, type_of(cmd), indexes[i]);
		show_view(cmd->sink, &a, &ms, settings);
		sink_end(cmd->sink);
	}
	if (ret)
		return ret;
	sink_end(cmd->sink);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

int wds_profiles(struct command *cmd)
{
	struct fields f = { .n = 0 };
	struct qmux_message m;
	struct qmux_frame answer;
	int ret;

	add(&f, "profile_type", type_of(cmd));
	ret = ask(cmd, WDS_GET_PROFILE_LIST, &f, &m, &answer);
	if (ret)
		return ret;
	if (cmd->option[PROFILES_SETTINGS])
		return list_with_settings(cmd, &answer, &m);
	sink_begin(cmd->sink, NULL);
	show_view(cmd->sink, &answer, &m, list);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

/* ---- create, modify, delete ---- */

/* The words of the options where they are shorter than the schema's. */
static const char *word_of(const char *text)
{
	static const char *const words[][2] = {
		{ "4", "ipv4" }, { "6", "ipv6" }, { "4v6", "ipv4-or-ipv6" }, { "both", "pap,chap" },
	};

	for (size_t i = 0; text && i < sizeof words / sizeof *words; i++)
		if (!strcmp(text, words[i][0]))
			return words[i][1];
	return text;
}

/* Options, then PATH=VALUE from the i-th argument on. */
static int take_settings(struct command *cmd, struct fields *f, int i,
	char password[WDS_PASSWORD_MAX])
{
	const char *const *option = cmd->option;
	struct qmux_complaint complaint;
	int ret = wds_password_read(cmd, option[PROFILE_PASSWORD_FILE], option[PROFILE_USER],
		password);

	add(f, "profile_name", option[PROFILE_NAME]);
	add(f, "apn_name", option[PROFILE_APN]);
	add(f, "pdp_type", word_of(option[PROFILE_IP]));
	add(f, "authentication", word_of(option[PROFILE_AUTH]));
	add(f, "username", option[PROFILE_USER]);
	add(f, "password", *password ? password : NULL);
	add(f, "pdp_context_number", option[PROFILE_CONTEXT]);
	add(f, "roaming_disallowed_flag", option[PROFILE_NO_ROAMING] ? "true" : NULL);
	add(f, "apn_disabled_flag", option[PROFILE_DISABLED] ? "true" : NULL);
	for (; i < cmd->n_args && !ret; i++)
		if (qmux_assign_parse(&f->assign[f->n++], cmd->args[i], &complaint))
			ret = say(cmd, EXIT_USAGE, "%s", complaint.text);
	return ret;
}

static int create(struct command *cmd)
{
	const char *index = cmd->option[PROFILE_INDEX];
	char password[WDS_PASSWORD_MAX];
	struct fields f = { .n = 0 };
	struct qmux_message m;
	struct qmux_frame answer;
	int ret;

	add(&f, index ? "profile_identifier.profile_type" : "profile_type", type_of(cmd));
	add(&f, "profile_identifier.profile_index", index);
	ret = take_settings(cmd, &f, 0, password);
	if (!ret)
		ret = ask(cmd, index ? WDS_SWI_CREATE_PROFILE_INDEXED : WDS_CREATE_PROFILE, &f, &m,
			&answer);
	if (ret)
		return ret;
	sink_begin(cmd->sink, NULL);
	show_view(cmd->sink, &answer, &m, place);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

/* Of a profile that there is: the first argument. */
static void identify(const struct command *cmd, struct fields *f)
{
	add(f, "profile_identifier.profile_type", type_of(cmd));
	add(f, "profile_identifier.profile_index", cmd->args[0]);
}

static int modify(struct command *cmd)
{
	char password[WDS_PASSWORD_MAX];
	struct fields f = { .n = 0 };
	struct qmux_message m;
	struct qmux_frame answer;
	size_t n;
	int ret;

	identify(cmd, &f);
	n = f.n;
	ret = take_settings(cmd, &f, 1, password);
	if (!ret && f.n == n)
		return say(cmd, EXIT_USAGE, "nothing to change: give options, or PATH=VALUE");
	return ret ? ret : ask(cmd, WDS_MODIFY_PROFILE, &f, &m, &answer);
}

static int delete(struct command *cmd)
{
	struct fields f = { .n = 0 };
	struct qmux_message m;
	struct qmux_frame answer;

	identify(cmd, &f);
	return ask(cmd, WDS_DELETE_PROFILE, &f, &m, &answer);
}

static int show_or_set_default(struct command *cmd)
{
	const char *family = cmd->option[DEFAULT_FAMILY] ? cmd->option[DEFAULT_FAMILY] : "embedded";
	struct fields f = { .n = 0 };
	struct qmux_message m;
	struct qmux_frame answer;
	int ret;

	if (cmd->n_args) {
		add(&f, "profile_identifier.type", type_of(cmd));
		add(&f, "profile_identifier.family", family);
		add(&f, "profile_identifier.index", cmd->args[0]);
		return ask(cmd, WDS_SET_DEFAULT_PROFILE_NUMBER, &f, &m, &answer);
	}
	add(&f, "profile_type.type", type_of(cmd));
	add(&f, "profile_type.family", family);
	ret = ask(cmd, WDS_GET_DEFAULT_PROFILE_NUMBER, &f, &m, &answer);
	if (ret)
		return ret;
	sink_begin(cmd->sink, NULL);
	show_view(cmd->sink, &answer, &m, index_row);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

/* ---- the rows ---- */

#define TYPE_OPTION \
	[PROFILE_TYPE] = { 0, "type", "TYPE", "of profile: 3gpp (default), 3gpp2", "3gpp 3gpp2" }

static const struct option_row type_options[] = {
	TYPE_OPTION,
	{ 0, NULL, NULL, NULL, NULL }
};

const struct option_row wds_profiles_options[] = {
	TYPE_OPTION,
	[PROFILES_SETTINGS] = { 0, "settings", NULL, "with what is in each", NULL },
	{ 0, NULL, NULL, NULL, NULL }
};

static const struct option_row default_options[] = {
	TYPE_OPTION,
	[DEFAULT_FAMILY] = { 0, "family", "FAMILY", "embedded (default) or tethered",
		"@enum:wds_profile_family" },
	{ 0, NULL, NULL, NULL, NULL }
};

#define SETTINGS_OPTIONS \
	TYPE_OPTION, \
	[PROFILE_NAME] = { 0, "name", "NAME", "what it is called", NULL }, \
	[PROFILE_APN] = { 0, "apn", "APN", "the access point's name", NULL }, \
	[PROFILE_IP] = { 0, "ip", "FAMILY", "one of 4, 6, 4v6, ppp, non-ip", \
		"4 6 4v6 ppp non-ip" }, \
	[PROFILE_AUTH] = { 0, "auth", "HOW", "pap, chap, both or none", "none pap chap both" }, \
	[PROFILE_USER] = { 0, "user", "NAME", "for the network's authentication", NULL }, \
	[PROFILE_PASSWORD_FILE] = { 0, "password-file", "FILE", "its first line; or in " \
		"$QMI_PASSWORD", "@file" }, \
	[PROFILE_CONTEXT] = { 0, "context", "N", "number of the PDP context", NULL }, \
	[PROFILE_NO_ROAMING] = { 0, "no-roaming", NULL, "not to be used abroad", NULL }, \
	[PROFILE_DISABLED] = { 0, "disabled", NULL, "not to be used", NULL }

static const struct option_row create_options[] = {
	SETTINGS_OPTIONS,
	[PROFILE_INDEX] = { 0, "index", "N", "with this index (Sierra Wireless)", NULL },
	{ 0, NULL, NULL, NULL, NULL }
};

static const struct option_row modify_options[] = {
	SETTINGS_OPTIONS,
	{ 0, NULL, NULL, NULL, NULL }
};

const struct verb wds_profile_actions[] = {
	{
		.name = "profile create",
		.args = "[PATH=VALUE …]",
		.help = "make a new profile",
		.more = "It gets the first index that is free, which is shown. PATH=VALUE sets\n"
			"any other field, as raw call does; raw list wds create_profile shows\n"
			"them.",
		.options = create_options,
		.args_max = -1,
		.queries = create_queries,
		.run = create,
	},
	{
		.name = "profile default",
		.args = "[INDEX]",
		.help = "which profile is used where none is named; or set it",
		.options = default_options,
		.args_max = 1,
		.queries = default_queries,
		.run = show_or_set_default,
	},
	{
		.name = "profile delete",
		.args = "INDEX",
		.help = "delete a profile",
		.options = type_options,
		.args_min = 1,
		.args_max = 1,
		.run = delete,
	},
	{
		.name = "profile modify",
		.args = "INDEX [PATH=VALUE …]",
		.help = "change a profile",
		.more = "What is not given stays. PATH=VALUE sets any field, as raw call does\n"
			"(roaming_disallowed_flag=false); raw list wds modify_profile shows them.",
		.options = modify_options,
		.args_min = 1,
		.args_max = -1,
		.run = modify,
	},
	{
		.name = "profile show",
		.args = "INDEX",
		.help = "one profile",
		.more = "Bit rates are in bit/s, transfer_delay in ms. A text or an address that\n"
			"is not set is absent. The password is shown if the modem tells it.",
		.options = type_options,
		.args_min = 1,
		.args_max = 1,
		.queries = show_queries,
		.run = show,
		.asks_only = true,
	},
	{
		.name = "profile template",
		.help = "what a new profile starts with",
		.options = type_options,
		.queries = template_queries,
		.run = show_template,
		.asks_only = true,
	},
	{ .name = NULL }
};
