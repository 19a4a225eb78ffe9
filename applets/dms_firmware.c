/* dms_firmware.c - the firmware images that the modem stores, and which it is to run. */
#include "applets/dms.h"

#include "applets/session.h"
#include "applets/show.h"
#include "qmux/encode.h"
#include "qmux/format.h"

#include <errno.h>
#include <string.h>

#define ID_BYTES 16		/* of an image's unique id */
#define BUILD_MAX 256		/* text of a build id, its length is one byte */
#define FIELD_TEXT (BUILD_MAX + 32)
#define NONE 0xff		/* an index: no image */

/* Mostly text with NULs behind it; hex where it is not. */
static void show_id(struct sink *s, const char *key, const struct view_value *v)
{
	const uint8_t *p = v->node->data;
	size_t n = 0, end = v->node->len;

	while (end && !p[end - 1])
		end--;
	while (n < end && p[n] > ' ' && p[n] < 0x7f)
		n++;
	if (n == end && n)
		sink_textn(s, key, p, n);
	else
		sink_hex(s, key, p, v->node->len);
}

static const struct view_row stored[] = {
	ROW("index", "storage_index", .absent = NONE),
	ROW("failures", "failure_count", .absent = NONE),
	ROW("id", "unique_id", .show = show_id),
	ROW("build", "build_id"),
	ROW_END
};

static const struct view_row images[] = {
	ROW("type", "type"),
	ROW("maximum", "maximum_images"),
	ROW("running", "index_of_running_image", .absent = NONE),
	ROW("stored", "sublist", .rows = stored),
	ROW_END
};

static const struct view_row stored_images[] = { ROW("images", "list", .rows = images), ROW_END };

static const struct view_row preferred[] = {
	ROW("type", "type"),
	ROW("id", "unique_id", .show = show_id),
	ROW("build", "build_id"),
	ROW_END
};

static const struct view_row preference[] = { ROW("preferred", "list", .rows = preferred), ROW_END };

const struct query dms_firmware_queries[] = {
	QUERY(DMS_LIST_STORED_IMAGES, stored_images),
	QUERY(DMS_GET_FIRMWARE_PREFERENCE, preference),
	{ 0 }
};

static const struct view_row downloads[] = { ROW("download", "image_download_list"), ROW_END };

static const struct query downloads_queries[] = {
	QUERY(DMS_SET_FIRMWARE_PREFERENCE, downloads),
	{ 0 }
};

/* ---- an image, as the fields of a request ---- */

struct image {
	char type[FIELD_TEXT], id[FIELD_TEXT], build[FIELD_TEXT];
};

/* n: bytes of id, at most ID_BYTES; NULs behind it. */
static void put_image(struct image *image, const char *path, const char *type, const void *id,
	size_t n, const char *build)
{
	size_t used;

	qmux_format(image->type, FIELD_TEXT, "%s.type=%s", path, type);
	used = (size_t)qmux_format(image->id, FIELD_TEXT, "%s.unique_id=", path);
	for (size_t i = 0; i < ID_BYTES; i++, used += 2)
		qmux_format(image->id + used, FIELD_TEXT - used, "%02x",
			i < n ? ((const uint8_t *)id)[i] : 0);
	qmux_format(image->build, FIELD_TEXT, "%s.build_id=%s", path, build);
}

struct listing {
	struct qmux_message m;
	struct qmux_frame f;
};

static bool at(const struct listing *l, struct qmux_node *node, unsigned i, unsigned k,
	const char *field)
{
	char path[QMUX_PATH_TEXT_MAX];

	qmux_format(path, sizeof path, "list[%u].sublist[%u].%s", i, k, field);
	return !qmux_get(&l->f, &l->m, path, node);
}

/* The image of that type (0 modem, 1 pri) at that place of its list. */
static int find_image(const struct command *cmd, const struct listing *l, unsigned type,
	const char *place, struct image *image, const char *path)
{
	static const char *const types[] = { "modem", "pri" };
	struct qmux_node node, build;
	char text[QMUX_PATH_TEXT_MAX], build_text[BUILD_MAX];
	uint64_t k;

	if (!qmux_parse_uint(place, strlen(place), &k) || k > UINT8_MAX)
		return say(cmd, EXIT_USAGE, "'%s' is no number of an image, from 0 on", place);
	for (unsigned i = 0;; i++) {
		qmux_format(text, sizeof text, "list[%u].type", i);
		if (qmux_get(&l->f, &l->m, text, &node))
			return say(cmd, EXIT_USAGE, "the modem has no %s images", types[type]);
		if (node.u != type)
			continue;
		if (!at(l, &build, i, (unsigned)k, "build_id") ||
		    !at(l, &node, i, (unsigned)k, "unique_id"))
			return say(cmd, EXIT_USAGE, "there is no %s image %s; dms firmware shows "
				"them", types[type], place);
		qmux_format(build_text, sizeof build_text, "%.*s", (int)build.len,
			(const char *)build.data);
		put_image(image, path, types[type], node.data, node.len, build_text);
		return EXIT_DONE;
	}
}

static int get_listing(struct command *cmd, struct listing *l)
{
	int ret;

	l->m = session_message(cmd->service, DMS_LIST_STORED_IMAGES);
	ret = session_ask(cmd, &l->m, NULL, &l->f);
	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/* ---- verbs ---- */

/* The modem answers which of them it has not stored. */
static int set_preference(struct command *cmd, const char *const *set)
{
	struct qmux_message m = session_message(cmd->service, DMS_SET_FIRMWARE_PREFERENCE);
	struct qmux_frame answer;
	int ret = session_ask(cmd, &m, set, &answer);

	if (ret)
		return ret < 0 ? -1 - ret : say_refused(cmd, ret);
	sink_begin(cmd->sink, NULL);
	show_view(cmd->sink, &answer, &m, downloads);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

static int firmware_select(struct command *cmd)
{
	struct listing l;
	struct image modem, pri;
	int ret = get_listing(cmd, &l);

	if (!ret)
		ret = find_image(cmd, &l, 0, cmd->args[0], &modem, "list[0]");
	if (!ret)
		ret = find_image(cmd, &l, 1, cmd->args[1], &pri, "list[1]");
	return ret ? ret : set_preference(cmd,
		SET(modem.type, modem.id, modem.build, pri.type, pri.id, pri.build));
}

static int firmware_delete(struct command *cmd)
{
	bool pri = !strcmp(cmd->args[0], "pri");
	struct listing l;
	struct image image;
	int ret;

	if (!pri && strcmp(cmd->args[0], "modem"))
		return say(cmd, EXIT_USAGE, "'%s' is no kind of image; modem or pri", cmd->args[0]);
	ret = get_listing(cmd, &l);
	if (!ret)
		ret = find_image(cmd, &l, pri, cmd->args[1], &image, "image_details");
	return ret ? ret : session_set(cmd, DMS_DELETE_STORED_IMAGE,
		SET(image.type, image.id, image.build));
}

/* As Sierra's modems name their images: the build has the version, and the carrier or '?'. */
static int firmware_prefer(struct command *cmd)
{
	const char *version = cmd->args[0], *config = cmd->args[1], *carrier = cmd->args[2];
	char build[BUILD_MAX];
	struct image modem, pri;

	if (strlen(config) > ID_BYTES || strlen(version) + strlen(carrier) + 2 > BUILD_MAX)
		return say(cmd, EXIT_USAGE, "too long: CONFIG has at most %d characters", ID_BYTES);
	qmux_format(build, sizeof build, "%s_?", version);
	put_image(&modem, "list[0]", "modem", "?_?", 3, build);
	qmux_format(build, sizeof build, "%s_%s", version, carrier);
	put_image(&pri, "list[1]", "pri", config, strlen(config), build);
	return set_preference(cmd,
		SET(modem.type, modem.id, modem.build, pri.type, pri.id, pri.build,
		"download_override=--override", "modem_storage_index=--slot"));
}

/* ---- what vendors have of their own ---- */

static const struct view_row sierra_firmware[] = {
	ROW("model", "model"),
	ROW("boot_version", "boot_version"),
	ROW("amss_version", "amss_version"),
	ROW("sku", "sku_id"),
	ROW("package", "package_id"),
	ROW("carrier_id", "carrier_id"),
	ROW("carrier", "carrier"),
	ROW("pri_version", "pri_version"),
	ROW("config_version", "config_version"),
	ROW_END
};

static const struct query sierra_firmware_queries[] = {
	QUERY(DMS_SWI_GET_CURRENT_FIRMWARE, sierra_firmware, .vendor = VENDOR_SIERRA),
	{ 0 }
};

static const struct view_row foxconn_firmware[] = { ROW("version", "version"), ROW_END };
static const struct query foxconn_firmware_queries[] = {
	QUERY(DMS_FOXCONN_GET_FIRMWARE_VERSION, foxconn_firmware, .vendor = VENDOR_FOXCONN,
		.ask = SET("version_type=$1")),
	{ 0 }
};

/* ---- the table ---- */

static const struct view_row boot_mode[] = { ROW("mode", "mode"), ROW_END };
static const struct query boot_mode_queries[] = {
	QUERY(DMS_GET_BOOT_IMAGE_DOWNLOAD_MODE, boot_mode),
	{ 0 }
};

static const struct option_row prefer_options[] = {
	{ 's', "slot", "N", "store the modem image in slot N", NULL },
	{ 0, "override", NULL, "download it although it is there", NULL },
	{ .name = NULL }
};

const struct verb dms_firmware_actions[] = {
	{
		.name = "firmware select",
		.args = "MODEM PRI",
		.help = "run these stored images from the next start on",
		.more = "MODEM and PRI count the stored images of each kind, from 0, as dms firmware\n"
			"lists them.  download is a list of those that the modem has not stored.",
		.args_min = 2,
		.args_max = 2,
		.queries = downloads_queries,
		.run = firmware_select,
	},
	{
		.name = "firmware prefer",
		.args = "VERSION CONFIG CARRIER",
		.help = "run images of this version, also such as are yet to be stored",
		.more = "download is a list of those that the modem has not stored.",
		.options = prefer_options,
		.args_min = 3,
		.args_max = 3,
		.queries = downloads_queries,
		.run = firmware_prefer,
	},
	{
		.name = "firmware delete",
		.args = "modem|pri N",
		.help = "delete a stored image, counted from 0",
		.values = "modem pri",
		.args_min = 2,
		.args_max = 2,
		.run = firmware_delete,
	},
	{
		.name = "firmware download-mode",
		.args = "[MODE]",
		.help = "which images a download is for, or set it",
		.values = "@enum:dms_boot_image_download_mode",
		.args_max = 1,
		.queries = boot_mode_queries,
		.set_message = DMS_SET_BOOT_IMAGE_DOWNLOAD_MODE,
		.set = SET("mode=$1"),
	},
	{
		.name = "firmware set-id",
		.help = "tell the modem that its firmware id is to be set",
		.set_message = DMS_SET_FIRMWARE_ID,
		.set = SET_NOTHING,
	},
	{
		.name = "firmware swi",
		.help = "what a Sierra Wireless modem runs",
		.queries = sierra_firmware_queries,
	},
	{
		.name = "firmware foxconn",
		.args = "TYPE",
		.help = "version of one part of a Foxconn modem's firmware",
		.values = "firmware-mcfg firmware-mcfg-apps apps",
		.args_min = 1,
		.args_max = 1,
		.queries = foxconn_firmware_queries,
	},
	{ .name = NULL }
};
