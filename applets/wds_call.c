/* wds_call.c - one data call on a client id of its own, and why it is refused or ends. */
#include "applets/wds_session.h"

#include "applets/session.h"
#include "applets/wds_call.h"
#include "applets/wds_link.h"
#include "qmux/encode.h"
#include "qmux/format.h"

#include <errno.h>

#define ASSIGN_MAX 12		/* fields of one request here */
#define REQUEST_MAX 1024	/* bytes of them: APN, user and password are the longest */
#define NUMBER_TEXT 12

/* ---- words ---- */

/* Each type of verbose reasons has names of its own. */
static uint16_t names_of(uint64_t type)
{
	switch (type) {
	case WDS_VERBOSE_CALL_END_REASON_TYPE_MIP:
		return QMUX_ENUM_WDS_VERBOSE_CALL_END_REASON_MIP;
	case WDS_VERBOSE_CALL_END_REASON_TYPE_INTERNAL:
		return QMUX_ENUM_WDS_VERBOSE_CALL_END_REASON_INTERNAL;
	case WDS_VERBOSE_CALL_END_REASON_TYPE_CM:
		return QMUX_ENUM_WDS_VERBOSE_CALL_END_REASON_CM;
	case WDS_VERBOSE_CALL_END_REASON_TYPE_3GPP:
		return QMUX_ENUM_WDS_VERBOSE_CALL_END_REASON3GPP;
	case WDS_VERBOSE_CALL_END_REASON_TYPE_PPP:
		return QMUX_ENUM_WDS_VERBOSE_CALL_END_REASON_PPP;
	case WDS_VERBOSE_CALL_END_REASON_TYPE_EHRPD:
		return QMUX_ENUM_WDS_VERBOSE_CALL_END_REASON_EHRPD;
	case WDS_VERBOSE_CALL_END_REASON_TYPE_IPV6:
		return QMUX_ENUM_WDS_VERBOSE_CALL_END_REASON_IPV6;
	default:
		return QMUX_NO_ENUM;
	}
}

/* A value's name, or "reason 27". */
static void value_name(uint16_t names, int64_t value, const char *else_word,
	char text[QMUX_NAME_MAX])
{
	uint16_t name;

	if (names != QMUX_NO_ENUM && qmux_enum_name(names, value, &name))
		qmux_name(name, QMUX_VALUE_NAME, text);
	else
		qmux_format(text, QMUX_NAME_MAX, "%s %d", else_word, (int)value);
}

static bool is_of_sim(uint64_t type, int64_t reason)
{
	switch (type) {
	case WDS_VERBOSE_CALL_END_REASON_TYPE_INTERNAL:
		return reason == WDS_VERBOSE_CALL_END_REASON_INTERNAL_MMGDSI_CARD_EVENT;
	case WDS_VERBOSE_CALL_END_REASON_TYPE_CM:
		return reason == WDS_VERBOSE_CALL_END_REASON_CM_UIM_NOT_PRESENT ||
			reason == WDS_VERBOSE_CALL_END_REASON_CM_INVALID_SIM_STATE;
	default:
		return false;
	}
}

int wds_reason(const struct qmux_frame *f, const struct qmux_message *m,
	char text[WDS_REASON_MAX])
{
	char name[QMUX_NAME_MAX], type_name[QMUX_NAME_MAX];
	struct qmux_node type, reason;

	text[0] = '\0';
	if (!qmux_get(f, m, "verbose_call_end_reason.type", &type) &&
	    !qmux_get(f, m, "verbose_call_end_reason.reason", &reason) && type.u) {
		value_name(names_of(type.u), reason.i, "reason", name);
		value_name(QMUX_ENUM_WDS_VERBOSE_CALL_END_REASON_TYPE, (int64_t)type.u, "type",
			type_name);
		qmux_format(text, WDS_REASON_MAX, "%s (%s %d)", name, type_name, (int)reason.i);
		if (is_of_sim(type.u, reason.i))
			return EXIT_SIM;
	} else if (!qmux_get(f, m, "call_end_reason", &reason)) {
		value_name(QMUX_ENUM_WDS_CALL_END_REASON, (int64_t)reason.u, "reason", name);
		qmux_format(text, WDS_REASON_MAX, "%s (%d)", name, (int)reason.u);
	}
	return EXIT_CALL;
}

const char *wds_family_name(unsigned i)
{
	return i ? "IPv6" : "IPv4";
}

/* ---- requests whose fields are not all options ---- */

struct request {
	struct qmux_assign assign[ASSIGN_MAX];
	char numbers[ASSIGN_MAX][NUMBER_TEXT];
	size_t n;
};

static void field(struct request *r, const char *path, const char *value)
{
	if (value)
		r->assign[r->n++] = (struct qmux_assign){ .path = path,
			.path_len = strlen(path), .value = value };
}

static void number_field(struct request *r, const char *path, int value)
{
	qmux_format(r->numbers[r->n], NUMBER_TEXT, "%d", value);
	if (value >= 0)
		field(r, path, r->numbers[r->n]);
}

/* ret as in session_try. */
static int send_request(struct command *cmd, uint16_t message, struct request *r,
	struct qmux_frame *answer, struct qmux_message *m)
{
	struct qmux_complaint complaint;
	uint8_t tlvs[REQUEST_MAX];
	struct qmux_buf b = qmux_buf(tlvs, sizeof tlvs);

	*m = session_message(QMUX_SERVICE_WDS, message);
	if (qmux_encode(&b, m, true, r->assign, r->n, &complaint))
		return -1 - say(cmd, EXIT_USAGE, "%s", b.full ? "APN, user and password are longer "
			"than the modem takes" : complaint.text);
	return session_try(cmd, m, tlvs, b.len, answer);
}

/* ---- the profile that is started ---- */

static const char *pdp_type(unsigned families)
{
	return families == WDS_V4 ? "ipv4" : families == WDS_V6 ? "ipv6" : "ipv4-or-ipv6";
}

static void profile_fields(struct request *r, const struct wds_config *c, bool all)
{
	bool is_3gpp2 = c->profile < 0;

	*r = (struct request){ .n = 0 };
	field(r, all ? "profile_identifier.profile_type" : "profile_id.profile_type",
		is_3gpp2 ? "3gpp2" : "3gpp");
	number_field(r, all ? "profile_identifier.profile_index" : "profile_id.profile_index",
		is_3gpp2 ? c->profile_3gpp2 : c->profile);
	if (!all)
		return;
	field(r, "apn_name", c->apn);
	field(r, "username", c->user);
	field(r, "password", c->password[0] ? c->password : NULL);
	number_field(r, "authentication", c->auth);
	field(r, "pdp_type", pdp_type(c->families));
}

/* Does the profile have that text?  What is not asked for is fine as it is. */
static bool has_text(const struct qmux_frame *f, const struct qmux_message *m, const char *path,
	const char *text)
{
	struct qmux_node node;

	if (!text)
		return true;
	if (qmux_get(f, m, path, &node))
		return false;
	return node.len == strlen(text) && !memcmp(node.data, text, node.len);
}

static bool has_number(const struct qmux_frame *f, const struct qmux_message *m, const char *path,
	int number)
{
	struct qmux_node node;

	return number < 0 || (!qmux_get(f, m, path, &node) && node.u == (uint64_t)number);
}

/*
 * Writes what differs: profiles are in flash, which wears.  Returns as session_try.
 */
static int write_profile(struct command *cmd, const struct wds_config *c)
{
	static const int types[] = { 0, WDS_PDP_TYPE_IPV4, WDS_PDP_TYPE_IPV6,
		WDS_PDP_TYPE_IPV4_OR_IPV6 };
	struct qmux_frame answer;
	struct qmux_message m;
	struct request r;
	int ret;

	profile_fields(&r, c, false);
	ret = send_request(cmd, WDS_GET_PROFILE_SETTINGS, &r, &answer, &m);
	if (ret < 0)
		return ret;
	if (!ret && has_text(&answer, &m, "apn_name", c->apn) &&
	    has_text(&answer, &m, "username", c->user) &&
	    has_text(&answer, &m, "password", c->password[0] ? c->password : NULL) &&
	    has_number(&answer, &m, "authentication", c->auth) &&
	    has_number(&answer, &m, "pdp_type", types[c->families]))
		return 0;
	profile_fields(&r, c, true);
	return send_request(cmd, WDS_MODIFY_PROFILE, &r, &answer, &m);
}

/* What all calls of a session share.  An exit code. */
static int prepare(struct command *cmd, const struct wds_config *c)
{
	struct qmux_message m = session_message(QMUX_SERVICE_WDS, WDS_GET_AUTOCONNECT_SETTINGS);
	struct qmux_frame answer;
	struct qmux_node status;
	int ret = session_try(cmd, &m, NULL, 0, &answer);

	if (ret < 0)
		return -1 - ret;
	if (!ret && !c->autoconnect && !qmux_get(&answer, &m, "status", &status) &&
	    status.u == WDS_AUTOCONNECT_SETTING_ENABLED)
		note(cmd, "the modem also connects by itself: 'wds autoconnect disabled' ends that");
	ret = c->via_profile ? write_profile(cmd, c) : 0;
	return ret < 0 ? -1 - ret : ret ? say_refused_more(cmd, ret, "; the profile was not written") :
		EXIT_DONE;
}

/* ---- the call ---- */

static int bind_mux(struct command *cmd, unsigned mux)
{
	struct wds_endpoint at = wds_link_endpoint(cmd);
	struct request r = { .n = 0 };
	struct qmux_frame answer;
	struct qmux_message m;

	if (at.type) {
		number_field(&r, "endpoint_info.endpoint_type", (int)at.type);
		number_field(&r, "endpoint_info.interface_number", (int)at.number);
	}
	number_field(&r, "mux_id", (int)mux);
	field(&r, "client_type", "tethered");
	return send_request(cmd, WDS_BIND_MUX_DATA_PORT, &r, &answer, &m);
}

/* Old modems know only the field of start_network (*in_start). */
static int set_family(struct command *cmd, unsigned i, bool *in_start)
{
	struct request r = { .n = 0 };
	struct qmux_frame answer;
	struct qmux_message m;
	int ret;

	field(&r, "preference", i ? "ipv6" : "ipv4");
	ret = send_request(cmd, WDS_SET_IP_FAMILY, &r, &answer, &m);
	*in_start = ret > 0 && ret != PROTOCOL_ERROR_NO_EFFECT;
	return ret < 0 ? ret : 0;
}

static void start_fields(struct request *r, const struct wds_config *c, unsigned i, bool family)
{
	/* A profile that was just written has all of it. */
	if (!c->via_profile) {
		field(r, "apn", c->apn);
		number_field(r, "authentication_preference", c->auth);
		field(r, "username", c->user);
		field(r, "password", c->password[0] ? c->password : NULL);
	}
	field(r, "ip_family_preference", !family ? NULL : i ? "ipv6" : "ipv4");
	number_field(r, "profile_index_3gpp", c->profile);
	number_field(r, "profile_index_3gpp2", c->profile_3gpp2);
	field(r, "enable_autoconnect", c->autoconnect ? "true" : NULL);
}

int wds_call_try(struct command *cmd, struct wds_call *call)
{
	struct qmux_message m = session_message(QMUX_SERVICE_WDS, WDS_GET_PACKET_SERVICE_STATUS);
	struct qmux_client *client = &cmd->client;
	struct qmux_frame answer;
	struct qmux_node status;
	int ret = -ESTALE;

	if (qmux_client_choose(client, QMUX_SERVICE_WDS, call->client))
		ret = qmux_client_call(client, m.service, m.id, NULL, 0, &answer);
	if (ret == PROTOCOL_ERROR_INVALID_CLIENT_ID) {
		qmux_client_release(client, m.service, call->client);	/* in the proxy, too */
		ret = -ESTALE;
	}
	if (ret == -ESTALE) {
		*call = (struct wds_call){ .known = false };
		return 0;
	}
	if (ret == PROTOCOL_ERROR_OUT_OF_CALL)
		call->status = WDS_CONNECTION_STATUS_DISCONNECTED;
	else if (ret)
		return ret < 0 ? -1 - session_failed(cmd, ret) : ret;
	else
		call->status = qmux_get(&answer, &m, "connection_status", &status) ? 0 :
			(uint8_t)status.u;
	call->up = call->status == WDS_CONNECTION_STATUS_CONNECTED ||
		call->status == WDS_CONNECTION_STATUS_SUSPENDED;
	return 0;
}

int wds_call_ask(struct command *cmd, struct wds_call *call)
{
	int ret = wds_call_try(cmd, call);

	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/* start_network, once the client id is made ready.  Returns as session_try. */
static int start(struct command *cmd, const struct wds_config *c, unsigned i, bool family,
	struct wds_call *call, struct wds_refusal *why)
{
	struct request r = { .n = 0 };
	struct qmux_frame answer;
	struct qmux_message m;
	struct qmux_node handle;
	int ret, exit;

	start_fields(&r, c, i, family);
	ret = send_request(cmd, WDS_START_NETWORK, &r, &answer, &m);
	if (ret < 0)
		return ret;
	if (ret)
		why->exit = wds_reason(&answer, &m, why->reason);
	/* With NoEffect modems tell a handle of 0 (tests/golden/wds-start_network-response-2). */
	call->handle = WDS_HANDLE_ANY;
	if (!qmux_get(&answer, &m, "packet_data_handle", &handle) && handle.u)
		call->handle = (uint32_t)handle.u;
	if (ret && ret != PROTOCOL_ERROR_NO_EFFECT)
		return ret;
	/* NoEffect: there is a call already that serves, or so it says. */
	exit = wds_call_ask(cmd, call);
	if (!exit && !call->known)
		exit = session_failed(cmd, -ESTALE);
	if (exit)
		return -1 - exit;
	if (!ret)	/* some modems take a moment until they say so */
		call->up = true;
	return call->up ? 0 : PROTOCOL_ERROR_CALL_FAILED;
}

int wds_call_start(struct command *cmd, const struct wds_config *c, unsigned i, bool first,
	struct wds_call *call, struct wds_refusal *r)
{
	bool in_start;
	int ret;

	*r = (struct wds_refusal){ .exit = EXIT_CALL };
	*call = (struct wds_call){ .known = true };
	ret = qmux_client_allocate(&cmd->client, QMUX_SERVICE_WDS, &call->client);
	if (ret) {
		call->known = false;
		return -1 - (ret < 0 ? session_failed(cmd, ret) : say_refused(cmd, ret));
	}
	ret = first ? prepare(cmd, c) : EXIT_DONE;
	if (ret) {
		*call = (struct wds_call){ .known = false };
		return -1 - ret;
	}
	ret = set_family(cmd, i, &in_start);
	if (!ret && c->mux)
		ret = bind_mux(cmd, c->mux);
	if (ret == PROTOCOL_ERROR_NO_EFFECT)	/* it is bound so already */
		ret = 0;
	if (!ret)
		ret = start(cmd, c, i, in_start, call, r);
	r->error = ret > 0 ? ret : 0;
	if (ret > 0)
		qmux_client_release(&cmd->client, QMUX_SERVICE_WDS, call->client);
	if (ret)	/* otherwise it is released at the end */
		*call = (struct wds_call){ .known = false };
	return ret;
}

int wds_call_stop(struct command *cmd, const struct wds_call *call, bool disable_autoconnect)
{
	struct request r = { .n = 0 };
	struct qmux_frame answer;
	struct qmux_message m;
	char handle[NUMBER_TEXT];

	qmux_format(handle, sizeof handle, "%u", (unsigned)call->handle);
	field(&r, "packet_data_handle", handle);
	field(&r, "disable_autoconnect", disable_autoconnect ? "true" : NULL);
	return send_request(cmd, WDS_STOP_NETWORK, &r, &answer, &m);
}
