/* wds_settings.c - the addresses of a data connection. */
#include "applets/wds.h"

#include "applets/show.h"
#include "qmux/form.h"
#include "qmux/format.h"

#define MTU_MIN 68		/* RFC 791 */
#define MTU_MAX 65535

enum { BITS_V6 = 128 };

const struct view_row wds_settings_view[] = {
	ROW("address", NULL), ROW("gateway", NULL), ROW("dns", NULL),
	ROW("mtu", "mtu", .unit = "bytes"), ROW("apn", "apn_name"),
	ROW_END
};

/* Of addresses the text; false: there is none, or it is all zero. */
static bool address(const struct qmux_frame *answer, const struct qmux_message *m,
	const char *path, char text[QMUX_FORM_TEXT])
{
	struct qmux_node node;

	return !qmux_get(answer, m, path, &node) && qmux_node_text(&node, text) &&
		strcmp(text, "0.0.0.0") && strcmp(text, "::");
}

static unsigned number(const struct qmux_frame *answer, const struct qmux_message *m,
	const char *path)
{
	struct qmux_node node;

	return qmux_get(answer, m, path, &node) ? 0 : (unsigned)node.u;
}

unsigned wds_prefix(const struct qmux_frame *answer, const struct qmux_message *m, bool v6)
{
	uint32_t mask = number(answer, m, "ipv4_gateway_subnet_mask");
	unsigned bits = number(answer, m, "ipv6_address.prefix_length");

	if (v6)
		return bits <= BITS_V6 ? bits : 0;
	if (~mask & (~mask + 1))	/* not ones, and then zeros */
		return 0;
	for (bits = 0; mask; mask <<= 1)
		bits++;
	return bits;
}

unsigned wds_mtu(const struct qmux_frame *answer, const struct qmux_message *m)
{
	unsigned mtu = number(answer, m, "mtu");

	return mtu >= MTU_MIN && mtu <= MTU_MAX ? mtu : 0;
}

/* bits: 0 where the modem does not tell; then the address stands alone. */
static void show_address(struct sink *s, char text[QMUX_FORM_TEXT], unsigned bits)
{
	size_t n = strlen(text);

	if (bits)
		qmux_format(text + n, QMUX_FORM_TEXT - n, "/%u", bits);
	sink_text(s, "address", text);
}

static void show_dns(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m,
	const char *const path[2])
{
	char text[QMUX_FORM_TEXT];
	bool any = false;

	for (int i = 0; i < 2; i++) {
		if (!address(answer, m, path[i], text))
			continue;
		if (!any)
			sink_list(s, "dns");
		any = true;
		sink_text(s, NULL, text);
	}
	if (any)
		sink_end(s);
}

void wds_show_settings(struct sink *s, const struct qmux_frame *answer,
	const struct qmux_message *m)
{
	static const char *const dns4[] = { "primary_ipv4_dns_address", "secondary_ipv4_dns_address" };
	static const char *const dns6[] = { "ipv6_primary_dns_address", "ipv6_secondary_dns_address" };
	char text[QMUX_FORM_TEXT];
	bool v6 = address(answer, m, "ipv6_address.address", text);

	if (v6 || address(answer, m, "ipv4_address", text))
		show_address(s, text, wds_prefix(answer, m, v6));
	if (address(answer, m, v6 ? "ipv6_gateway_address.address" : "ipv4_gateway_address", text))
		sink_text(s, "gateway", text);
	show_dns(s, answer, m, v6 ? dns6 : dns4);
	show_view(s, answer, m, wds_settings_view + (wds_mtu(answer, m) ? 3 : 4));
}
