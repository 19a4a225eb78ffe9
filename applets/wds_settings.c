/* wds_settings.c - the addresses of a data connection. */
#include "applets/wds.h"

#include "applets/show.h"
#include "qmux/form.h"
#include "qmux/format.h"

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
	unsigned mask = number(answer, m, "ipv4_gateway_subnet_mask"), bits = 0;
	char text[QMUX_FORM_TEXT];
	bool v6 = address(answer, m, "ipv6_address.address", text);

	for (; mask; mask &= mask - 1)
		bits++;
	if (v6)
		show_address(s, text, number(answer, m, "ipv6_address.prefix_length"));
	else if (address(answer, m, "ipv4_address", text))
		show_address(s, text, bits);
	if (address(answer, m, v6 ? "ipv6_gateway_address.address" : "ipv4_gateway_address", text))
		sink_text(s, "gateway", text);
	show_dns(s, answer, m, v6 ? dns6 : dns4);
	show_view(s, answer, m, wds_settings_view + 3);
}
