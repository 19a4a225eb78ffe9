/* wms_read.c - messages that are stored: which there are, what is in them. */
#include "applets/wms.h"

#include "applets/pdu.h"
#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>
#include <string.h>

#define LIST_MAX 512		/* that --read reads of a storage; SIMs have room for 255 */
#define SET_TEXT 32

const struct view_row wms_place_rows[] = {
	ROW("storage", NULL), ROW("index", NULL), ROW("tag", NULL),
	ROW_END
};

/* The keys that wms_show_data shows. */
const struct view_row wms_message_rows[] = {
	ROW("format", NULL), ROW("type", NULL), ROW("from", NULL),
	ROW("to", NULL), ROW("time", NULL), ROW("delivered", NULL), ROW("status", NULL),
	ROW("reference", NULL), ROW("smsc", NULL), ROW("coding", NULL), ROW("class", NULL),
	ROW("part.reference", NULL), ROW("part.number", NULL), ROW("part.count", NULL),
	ROW("ports.destination", NULL), ROW("ports.source", NULL), ROW("text", NULL),
	ROW("data", NULL), ROW("pdu", NULL),
	ROW_END
};

const struct query wms_read_queries[] = {
	QUERY(0, wms_place_rows), QUERY(0, wms_message_rows),
	{ 0 }
};

static const struct view_row list_rows[] = {
	ROW("messages", NULL, .rows = wms_place_rows, .list = true),
	ROW("messages", NULL, .rows = wms_message_rows, .list = true),
	ROW_END
};

const struct query wms_list_queries[] = {
	QUERY(0, list_rows),
	{ 0 }
};

const char *wms_mode(const struct command *cmd)
{
	return cmd->option[WMS_MODE] ? "message_mode=--mode" : "message_mode=gsm-wcdma";
}

static const char *storage_name(unsigned storage, char text[QMUX_NAME_MAX])
{
	uint16_t name;

	if (qmux_enum_name(QMUX_ENUM_WMS_STORAGE_TYPE, storage, &name))
		return qmux_name(name, QMUX_VALUE_NAME, text);
	qmux_format(text, QMUX_NAME_MAX, "%u", storage);
	return text;
}

static void show_place(struct sink *s, unsigned storage, uint32_t index)
{
	char name[QMUX_NAME_MAX];

	sink_text(s, "storage", storage_name(storage, name));
	sink_uint(s, "index", index, NULL);
}

/* ---- one message ---- */

static void show_address(struct sink *s, const char *key, const char *text)
{
	if (*text)
		sink_text(s, key, text);
}

static void show_parts(struct sink *s, const struct pdu *p)
{
	if (p->parts) {
		sink_begin(s, "part");
		sink_uint(s, "reference", p->parts_reference, NULL);
		sink_uint(s, "number", p->part, NULL);
		sink_uint(s, "count", p->parts, NULL);
		sink_end(s);
	}
	if (p->has_ports) {
		sink_begin(s, "ports");
		sink_uint(s, "destination", p->destination, NULL);
		sink_uint(s, "source", p->source, NULL);
		sink_end(s);
	}
}

static void show_pdu(struct sink *s, const struct pdu *p)
{
	static const char *const types[] = { "deliver", "submit", "status-report" };
	static const char *const codings[] = { "gsm7", "8bit", "ucs2", "compressed" };

	sink_text(s, "type", types[p->type]);
	show_address(s, p->type == PDU_DELIVER ? "from" : "to", p->number);
	show_address(s, "time", p->time);
	show_address(s, "delivered", p->done);
	if (p->type == PDU_STATUS_REPORT)
		sink_uint(s, "status", p->status, NULL);
	if (p->type != PDU_DELIVER)
		sink_uint(s, "reference", p->reference, NULL);
	show_address(s, "smsc", p->smsc);
	if (p->type != PDU_STATUS_REPORT)
		sink_text(s, "coding", codings[p->coding]);
	if (p->message_class >= 0)
		sink_int(s, "class", p->message_class, NULL);
	show_parts(s, p);
	if (p->coding == PDU_GSM7 || p->coding == PDU_UCS2)
		show_address(s, "text", p->text);
	else
		sink_hex(s, "data", p->data, p->data_len);
}

void wms_show_data(struct sink *s, const struct qmux_frame *f, const struct qmux_message *m,
	const char *path, bool raw)
{
	char field[QMUX_NAME_MAX];
	struct qmux_node format, data;
	struct pdu pdu;

	qmux_format(field, sizeof field, "%s.format", path);
	if (!qmux_get(f, m, field, &format))
		show_node(s, "format", &format, false);
	qmux_format(field, sizeof field, "%s.raw_data", path);
	if (qmux_get(f, m, field, &data))
		return;
	/* CDMA's messages, and what is broken, as they are. */
	if (format.u != WMS_MESSAGE_FORMAT_GSM_WCDMA_POINT_TO_POINT ||
	    pdu_parse(&pdu, data.data, data.len))
		raw = true;
	else
		show_pdu(s, &pdu);
	if (raw)
		sink_hex(s, "pdu", data.data, data.len);
}

int wms_get_stored(struct command *cmd, const struct wms_place *place, struct qmux_message *m,
	struct qmux_frame *answer)
{
	char storage[2 * SET_TEXT], index[2 * SET_TEXT];

	*m = session_message(cmd->service, WMS_RAW_READ);
	qmux_format(storage, sizeof storage, "message_memory_storage_id.storage_type=%u",
		place->storage);
	qmux_format(index, sizeof index, "message_memory_storage_id.memory_index=%u",
		(unsigned)place->index);
	return session_ask(cmd, m, SET(storage, index, wms_mode(cmd)), answer);
}

void wms_show_stored(struct sink *s, const struct wms_place *place, const struct qmux_frame *answer,
	const struct qmux_message *m, bool raw)
{
	struct qmux_node tag;

	show_place(s, place->storage, place->index);
	if (!qmux_get(answer, m, "raw_message_data.message_tag", &tag))
		show_node(s, "tag", &tag, false);
	wms_show_data(s, answer, m, "raw_message_data", raw);
}

/* ---- read ---- */

/* --storage, by name; the SIM's without it.  An exit code. */
static int take_storage(const struct command *cmd, uint8_t *storage)
{
	const char *text = cmd->option[WMS_STORAGE];
	int64_t v = WMS_STORAGE_TYPE_UIM;

	if (text && !qmux_enum_value(QMUX_ENUM_WMS_STORAGE_TYPE, text, strlen(text), &v))
		return say(cmd, EXIT_USAGE, "no storage '%s'; there are uim and nv", text);
	*storage = (uint8_t)v;
	return EXIT_DONE;
}

static int take_index(const struct command *cmd, uint32_t *index)
{
	uint64_t v;

	if (!qmux_parse_uint(cmd->args[0], strlen(cmd->args[0]), &v) || v > UINT32_MAX)
		return say(cmd, EXIT_USAGE, "'%s' is no index; wms list shows those there are",
			cmd->args[0]);
	*index = (uint32_t)v;
	return EXIT_DONE;
}

int wms_read(struct command *cmd)
{
	struct wms_place place;
	struct qmux_message m;
	struct qmux_frame answer;
	int ret = take_storage(cmd, &place.storage);

	if (!ret)
		ret = take_index(cmd, &place.index);
	if (ret)
		return ret;
	ret = wms_get_stored(cmd, &place, &m, &answer);
	if (ret)
		return ret < 0 ? -1 - ret : say_refused(cmd, ret);
	sink_begin(cmd->sink, NULL);
	wms_show_stored(cmd->sink, &place, &answer, &m, cmd->option[READ_RAW]);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

/* ---- list ---- */

static const struct view_row item[] = {
	ROW("index", "memory_index"), ROW("tag", "message_tag"),
	ROW_END
};

/* The n-th of an answer, or false. */
static bool is_listed(const struct qmux_frame *answer, const struct qmux_message *m, size_t n,
	char path[SET_TEXT])
{
	struct qmux_node node;

	qmux_format(path, SET_TEXT, "message_list[%u]", (unsigned)n);
	return qmux_get(answer, m, path, &node) == -EISDIR;
}

static void show_list(struct sink *s, unsigned storage, const struct qmux_frame *answer,
	const struct qmux_message *m)
{
	char path[SET_TEXT], name[QMUX_NAME_MAX];

	for (size_t i = 0; is_listed(answer, m, i, path); i++) {
		sink_begin(s, NULL);
		sink_text(s, "storage", storage_name(storage, name));
		show_view_of(s, answer, m, item, path);
		sink_end(s);
	}
}

/* Each is asked for; what somebody deleted meanwhile is left out.  As session_try. */
static int read_list(struct command *cmd, unsigned storage, const struct qmux_frame *answer,
	const struct qmux_message *m)
{
	uint32_t index[LIST_MAX];
	char path[2 * SET_TEXT];
	size_t n = 0;
	int ret = 0;

	for (struct qmux_node node; n < LIST_MAX && is_listed(answer, m, n, path); n++) {
		strcat(path, ".memory_index");
		index[n] = qmux_get(answer, m, path, &node) ? 0 : (uint32_t)node.u;
	}
	if (n == LIST_MAX)
		note(cmd, "only the first %u messages of a storage are read", LIST_MAX);
	for (size_t i = 0; i < n && ret >= 0; i++) {
		struct wms_place place = { (uint8_t)storage, index[i] };
		struct qmux_message read;
		struct qmux_frame a;

		ret = wms_get_stored(cmd, &place, &read, &a);
		if (ret)
			continue;
		sink_begin(cmd->sink, NULL);
		wms_show_stored(cmd->sink, &place, &a, &read, false);
		sink_end(cmd->sink);
	}
	return ret < 0 ? ret : 0;
}

static int list_storage(struct command *cmd, unsigned storage)
{
	struct qmux_message m = session_message(cmd->service, WMS_LIST_MESSAGES);
	char type[SET_TEXT];
	struct qmux_frame answer;
	int ret;

	qmux_format(type, sizeof type, "storage_type=%u", storage);
	ret = session_ask(cmd, &m, SET(type, "message_tag=--tag", wms_mode(cmd)), &answer);
	if (!ret && cmd->option[LIST_READ])
		return read_list(cmd, storage, &answer, &m);
	if (!ret)
		show_list(cmd->sink, storage, &answer, &m);
	return ret;
}

int wms_list(struct command *cmd)
{
	uint8_t first = WMS_STORAGE_TYPE_UIM, last = WMS_STORAGE_TYPE_NV;
	int refused = 0, ret = EXIT_DONE;
	bool any = false;

	if (cmd->option[WMS_STORAGE]) {
		ret = take_storage(cmd, &first);
		last = first;
	}
	if (ret)
		return ret;
	sink_begin(cmd->sink, NULL);
	sink_list(cmd->sink, "messages");
	for (unsigned storage = first; storage <= last && ret >= 0; storage++) {
		ret = list_storage(cmd, storage);
		any |= !ret;
		if (ret > 0 && !refused)
			refused = ret;
	}
	if (ret < 0)
		return -1 - ret;
	if (!any)
		return say_refused(cmd, refused);
	sink_end(cmd->sink);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

/* ---- delete, tag ---- */

int wms_delete(struct command *cmd)
{
	struct qmux_message m = session_message(cmd->service, WMS_DELETE);
	bool all = cmd->option[DELETE_ALL] || cmd->option[DELETE_TAG];
	char storage[SET_TEXT];
	struct qmux_frame answer;
	uint8_t type;
	uint32_t index;
	int ret = take_storage(cmd, &type);

	if (!ret && all == (cmd->n_args == 1))
		ret = say(cmd, EXIT_USAGE, "give an index, or --all, or --tag");
	if (!ret && !all)
		ret = take_index(cmd, &index);
	if (ret)
		return ret;
	qmux_format(storage, sizeof storage, "memory_storage=%u", type);
	ret = session_ask(cmd, &m, SET(storage, "memory_index=$1", "message_tag=--tag",
		wms_mode(cmd)), &answer);
	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

int wms_tag(struct command *cmd)
{
	struct qmux_message m = session_message(cmd->service, WMS_MODIFY_TAG);
	char storage[2 * SET_TEXT];
	struct qmux_frame answer;
	uint8_t type;
	int ret = take_storage(cmd, &type);

	if (ret)
		return ret;
	qmux_format(storage, sizeof storage, "message_tag.storage_type=%u", type);
	ret = session_ask(cmd, &m, SET(storage, "message_tag.memory_index=$1",
		"message_tag.message_tag=$2", wms_mode(cmd)), &answer);
	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/* ---- storage ---- */

static const struct view_row size_rows[] = {
	ROW("size", "max_size"), ROW("free", "free_slots"),
	ROW_END
};

static const struct view_row storage_rows[] = {
	ROW("uim", NULL, .rows = size_rows), ROW("nv", NULL, .rows = size_rows),
	ROW_END
};

const struct query wms_storage_queries[] = {
	QUERY(0, storage_rows),
	{ 0 }
};

int wms_storage(struct command *cmd)
{
	int refused = 0;
	bool any = false;

	sink_begin(cmd->sink, NULL);
	for (unsigned storage = WMS_STORAGE_TYPE_UIM; storage <= WMS_STORAGE_TYPE_NV; storage++) {
		char name[QMUX_NAME_MAX], type[SET_TEXT];
		int ret;

		qmux_format(type, sizeof type, "storage_type=%u", storage);
		ret = session_part(cmd, storage_name(storage, name), (const struct query[]){
			QUERY(WMS_GET_STORE_MAX_SIZE, size_rows, .ask = SET(type, wms_mode(cmd))),
			{ 0 } });
		if (ret < 0)
			return -1 - ret;
		any |= !ret;
		refused = refused ? refused : ret;
	}
	if (!any)
		return say_refused(cmd, refused);
	sink_end(cmd->sink);
	return EXIT_DONE;
}
