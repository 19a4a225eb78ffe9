/* wds_ip.c - the addresses of a session, as numbers for who configures an interface. */
#include "applets/wds_session.h"

#include "applets/session.h"
#include "applets/wds.h"
#include "applets/wds_call.h"

/* An address of 4 bytes out of its number, or of 16 as they are.  False: none, or all zero. */
static bool get_address(const struct qmux_frame *f, const struct qmux_message *m, const char *path,
	uint8_t out[16])
{
	struct qmux_node node;
	bool any = false;

	memset(out, 0, 16);
	if (qmux_get(f, m, path, &node))
		return false;
	if (node.kind == QMUX_BYTES)
		memcpy(out, node.data, node.len < 16 ? node.len : 16);
	else
		qmux_put_uint(out, 4, true, node.u);
	for (int i = 0; i < 16; i++)
		any |= out[i];
	return any;
}

static bool read_ip(const struct qmux_frame *f, const struct qmux_message *m, unsigned family,
	struct wds_ip *ip)
{
	static const char *const paths[WDS_FAMILIES][4] = {
		{ "ipv4_address", "ipv4_gateway_address", "primary_ipv4_dns_address",
			"secondary_ipv4_dns_address" },
		{ "ipv6_address.address", "ipv6_gateway_address.address", "ipv6_primary_dns_address",
			"ipv6_secondary_dns_address" },
	};
	const char *const *path = paths[family == WDS_V6];

	*ip = (struct wds_ip){ .family = family };
	if (!get_address(f, m, path[0], ip->address))
		return false;
	ip->prefix = wds_prefix(f, m, family == WDS_V6);
	ip->has_gateway = get_address(f, m, path[1], ip->gateway);
	for (int i = 2; i < 4; i++)
		ip->n_dns += get_address(f, m, path[i], ip->dns[ip->n_dns]);
	ip->mtu = wds_mtu(f, m);
	return true;
}

int wds_session_ip(struct command *cmd, const struct wds_session *s, unsigned family,
	struct wds_ip *ip)
{
	struct qmux_message m = session_message(QMUX_SERVICE_WDS, WDS_GET_CURRENT_SETTINGS);
	const char *name = wds_family_name(family == WDS_V6);
	struct qmux_frame answer;
	int ret;

	if (!wds_session_choose(cmd, s, family))
		return say(cmd, EXIT_CALL, "no %s: not connected", name);
	ret = session_ask(cmd, &m, SET(WDS_SETTINGS), &answer);
	if (ret == PROTOCOL_ERROR_OUT_OF_CALL)
		return say(cmd, EXIT_CALL, "no %s: not connected", name);
	if (ret)
		return ret < 0 ? -1 - ret : say_refused(cmd, ret);
	if (!read_ip(&answer, &m, family, ip))
		return say(cmd, EXIT_CALL, "the modem tells no %s address", name);
	return EXIT_DONE;
}
