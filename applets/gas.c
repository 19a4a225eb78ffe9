/* gas - what Telit modems have of their own: firmware images, USB composition. */
#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>

#define STORED_MAX 4		/* images in one answer, each a field of its own */

static const struct view_row image[] = {
	ROW("index", "index"),
	ROW("name", "name"),
	ROW("version", "version"),
	ROW("pri", "pri_revision"),
	ROW_END
};

static const struct view_row images[] = {
	ROW("images", "stored_firmware_1", .rows = image, .list = true),
	ROW_END
};

static void show_images(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m)
{
	char path[QMUX_NAME_MAX];
	struct qmux_node node;

	sink_list(s, "images");
	for (unsigned i = 1; i <= STORED_MAX; i++) {
		qmux_format(path, sizeof path, "stored_firmware_%u", i);
		if (qmux_get(answer, m, path, &node) != -EISDIR)
			continue;
		sink_begin(s, NULL);
		show_view_of(s, answer, m, image, path);
		sink_end(s);
	}
	sink_end(s);
}

static const struct query firmware_queries[] = {
	QUERY(GAS_DMS_GET_FIRMWARE_LIST, images, .ask = SET("mode=all-firmware"),
		.show = show_images),
	{ 0 }
};

static const struct query active_queries[] = {
	QUERY(GAS_DMS_GET_FIRMWARE_LIST, images, .ask = SET("mode=active-firmware"),
		.show = show_images),
	{ 0 }
};

static const struct view_row auto_sim[] = {
	ROW("mode", "auto_sim_mode"),
	ROW("config", "config_id"),
	ROW_END
};

static const struct query auto_sim_queries[] = {
	QUERY(GAS_DMS_GET_FIRMWARE_AUTO_SIM, auto_sim),
	{ 0 }
};

static const struct view_row composition[] = {
	ROW("composition", "usb_composition"),
	ROW("endpoint", "endpoint_type"),
	ROW("persistent", "composition_persistence"),
	ROW("immediate", "immediate_setting"),
	ROW("reboot", "reboot_after_setting"),
	ROW_END
};

static const struct query composition_queries[] = {
	QUERY(GAS_DMS_GET_USB_COMPOSITION, composition),
	{ 0 }
};

static const struct view_row mac[] = {
	ROW("mac", "mac_address_0"),
	ROW("mac_2", "mac_address_1"),
	ROW_END
};

static const struct query mac_queries[] = {
	QUERY(GAS_DMS_GET_ETHERNET_PDU_MAC_ADDRESS, mac),
	{ 0 }
};

/* ---- verbs ---- */

enum { USB_ENDPOINT, USB_ONCE, USB_LATER };

/* The modem wants every field said. */
static int usb_composition(struct command *cmd)
{
	if (!cmd->n_args)
		return session_queries(cmd, composition_queries);
	return session_set(cmd, GAS_DMS_SET_USB_COMPOSITION, SET("usb_composition=$1",
		cmd->option[USB_ENDPOINT] ? "endpoint_type=--endpoint" : "endpoint_type=hsusb",
		cmd->option[USB_ONCE] ? "composition_persistence=false" :
			"composition_persistence=true",
		cmd->option[USB_LATER] ? "immediate_setting=false" : "immediate_setting=true",
		cmd->option[USB_LATER] ? "reboot_after_setting=false" :
			"reboot_after_setting=true"));
}

static const struct option_row usb_options[] = {
	[USB_ENDPOINT] = { 0, "endpoint", "TYPE", "hsusb, the default, or hsic", "hsusb hsic" },
	[USB_ONCE] = { 0, "once", NULL, "not beyond the next start", NULL },
	[USB_LATER] = { 0, "later", NULL, "at the next start: the modem is not restarted now", NULL },
	{ .name = NULL }
};

static const struct option_row auto_sim_options[] = {
	{ 0, "config", "N", "with the configuration of this number", NULL },
	{ .name = NULL }
};

static const struct option_row select_options[] = {
	{ 0, "carrier", "NAME", "the image of this carrier", NULL },
	{ 0, "revision", "TEXT", "the image of this version", NULL },
	{ .name = NULL }
};

static const struct verb firmware_actions[] = {
	{
		.name = "firmware active",
		.help = "the image that runs",
		.queries = active_queries,
	},
	{
		.name = "firmware select",
		.args = "[INDEX]",
		.help = "run another stored image, by its index, carrier or version",
		.more = "The modem restarts.",
		.options = select_options,
		.args_max = 1,
		.set_message = GAS_DMS_SET_ACTIVE_FIRMWARE,
		.set = SET("carrier_name=--carrier", "slot_index=$1", "version=--revision"),
	},
	{ .name = NULL }
};

static const struct verb verbs[] = {
	{
		.name = "auto-sim",
		.args = "[MODE]",
		.help = "whether the image is chosen by the SIM, or set it",
		.options = auto_sim_options,
		.values = "@enum",
		.args_max = 1,
		.queries = auto_sim_queries,
		.set_message = GAS_DMS_SET_FIRMWARE_AUTO_SIM,
		.set = SET("auto_sim_mode=$1", "config_id=--config"),
	},
	{
		.name = "firmware",
		.args = "[ACTION]",
		.help = "the stored images",
		.args_max = 1,
		.queries = firmware_queries,
		.actions = firmware_actions,
	},
	{
		.name = "mac",
		.help = "the Ethernet addresses, in hex",
		.queries = mac_queries,
	},
	{
		.name = "usb-composition",
		.args = "[N]",
		.help = "USB composition, or set it; the modem restarts",
		.more = "N is decimal, or hex with 0x.",
		.options = usb_options,
		.args_max = 1,
		.run = usb_composition,
		.queries = composition_queries,
	},
	{ .name = NULL }
};

const struct applet applet_gas = {
	.name = "gas",
	.help = "firmware images and USB composition of Telit modems",
	.service = QMUX_SERVICE_GAS,
	.verbs = verbs,
};
