/* list - the QMI ports of this machine. */
#include "applets/applet.h"

#include "qmux/format.h"

static int list_ports(struct command *cmd)
{
	struct qmux_port_info list[QMUX_PORTS_MAX];
	size_t n = qmux_port_list(list, QMUX_PORTS_MAX);
	char usb[16];

	sink_begin(cmd->sink, NULL);
	sink_list(cmd->sink, "ports");
	for (size_t i = 0; i < n; i++) {
		sink_begin(cmd->sink, NULL);
		sink_text(cmd->sink, "device", list[i].path);
		if (list[i].driver[0])
			sink_text(cmd->sink, "driver", list[i].driver);
		if (list[i].netdev[0])
			sink_text(cmd->sink, "netdev", list[i].netdev);
		qmux_format(usb, sizeof usb, "%04x:%04x", list[i].usb_vendor, list[i].usb_product);
		if (list[i].usb_vendor)
			sink_text(cmd->sink, "usb_id", usb);
		sink_end(cmd->sink);
	}
	sink_end(cmd->sink);
	sink_end(cmd->sink);
	if (!n)
		note(cmd, "this machine has no QMI port");
	return EXIT_DONE;
}

static const struct verb verbs[] = {
	{
		.name = "",
		.help = "the QMI ports of this machine",
		.more = "A port is a control device of qmi_wwan (cdc-wdm) or of the WWAN subsystem.\n"
			"Driver, netdev and USB id are absent where sysfs does not tell.",
		.no_device = true,
		.run = list_ports,
	},
	{ .name = NULL }
};

const struct applet applet_list = {
	.name = "list",
	.help = "the QMI ports of this machine",
	.verbs = verbs,
};
