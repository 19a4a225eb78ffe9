/* raw_list.c - the schema, shown: services, messages, fields, values. */
#include "applets/raw.h"

#include "qmux/encode.h"
#include "qmux/format.h"

#include <string.h>

static const char *field_name(uint16_t name, char buf[QMUX_NAME_MAX])
{
	return qmux_name(name, QMUX_FIELD_NAME, buf);
}

static void show_id(struct sink *s, const char *key, const char *format, unsigned id)
{
	char text[16];

	qmux_format(text, sizeof text, format, id);
	sink_text(s, key, text);
}

static int list_services(struct command *cmd)
{
	struct sink *s = cmd->sink;
	struct qmux_service service;
	char name[QMUX_NAME_MAX];

	sink_begin(s, NULL);
	sink_list(s, "services");
	for (unsigned i = 0; qmux_service_at(i, &service); i++) {
		sink_begin(s, NULL);
		sink_text(s, "service", field_name(service.name, name));
		show_id(s, "id", "0x%02x", service.id);
		sink_uint(s, "messages", service.n, NULL);
		sink_end(s);
	}
	sink_end(s);
	sink_end(s);
	return EXIT_DONE;
}

/* Is it one that the device of --vendor has, or any? */
static bool is_of_vendor(const struct command *cmd, const struct qmux_message *m)
{
	return !cmd->vendor || !m->vendor || m->vendor == cmd->vendor;
}

static void show_message(struct sink *s, const struct qmux_message *m)
{
	char name[QMUX_NAME_MAX];

	sink_text(s, "message", field_name(m->name, name));
	show_id(s, "id", "0x%04x", m->id);
	sink_text(s, "kind", m->indication ? "indication" : "request");
	if (m->vendor)
		show_id(s, "vendor", "0x%04x", m->vendor);
}

static int list_messages(struct command *cmd, const struct qmux_service *service)
{
	struct sink *s = cmd->sink;
	struct qmux_message m;

	sink_begin(s, NULL);
	sink_list(s, "messages");
	for (unsigned i = 0; qmux_message_at(service, i, &m); i++) {
		if (!is_of_vendor(cmd, &m))
			continue;
		sink_begin(s, NULL);
		show_message(s, &m);
		sink_end(s);
	}
	sink_end(s);
	sink_end(s);
	return EXIT_DONE;
}

/* ---- one message ---- */

struct path {
	char text[QMUX_PATH_TEXT_MAX];
	size_t n;
	unsigned items;		/* of the innermost array, where its length is fixed */
};

static void push(struct path *p, const char *joint, const char *part)
{
	int n = qmux_format(p->text + p->n, sizeof p->text - p->n, "%s%s", joint, part);

	if (n > 0 && p->n + (size_t)n < sizeof p->text)
		p->n += (size_t)n;
}

static void pop(struct path *p, size_t n)
{
	p->n = n;
	p->text[n] = '\0';
}

static void type_text(const struct qmux_type *t, char *text, size_t n)
{
	static const char *const names[] = {
		[QMUX_T_U8] = "u8", [QMUX_T_U16] = "u16", [QMUX_T_U24] = "u24",
		[QMUX_T_U32] = "u32", [QMUX_T_U48] = "u48", [QMUX_T_U64] = "u64",
		[QMUX_T_I8] = "i8", [QMUX_T_I16] = "i16", [QMUX_T_I32] = "i32",
		[QMUX_T_I64] = "i64", [QMUX_T_F32] = "f32", [QMUX_T_F64] = "f64",
		[QMUX_T_BOOL] = "bool", [QMUX_T_TEXT] = "text", [QMUX_T_CODING] = "u8",
		[QMUX_T_IP4] = "u32 ip4", [QMUX_T_UNIX_S] = "u64 unix_s",
		[QMUX_T_UNIX_MS] = "u64 unix_ms", [QMUX_T_GPS_MS] = "u64 gps_ms",
		[QMUX_T_GPS_TICKS] = "u48 gps_ticks", [QMUX_T_IP6] = "ip6",
		[QMUX_T_PLMN] = "plmn", [QMUX_T_BCD] = "bcd", [QMUX_T_GSM7] = "gsm7",
		[QMUX_T_UCS2] = "ucs2", [QMUX_T_ASCII] = "ascii", [QMUX_T_CODED] = "coded",
	};

	if (t->kind == QMUX_T_ARRAY && t->fixed)
		qmux_format(text, n, "%u bytes", t->fixed);
	else if (t->kind == QMUX_T_ARRAY)
		qmux_format(text, n, "bytes");
	else if (t->kind >= QMUX_T_IP6 && t->fixed)
		qmux_format(text, n, "%u bytes %s", t->fixed << (t->kind == QMUX_T_UCS2),
			names[t->kind]);
	else if (t->kind >= QMUX_T_IP6)
		qmux_format(text, n, "bytes %s", names[t->kind]);
	else if (t->names == QMUX_ENUM_BOOL)
		qmux_format(text, n, "bool");
	else if (t->fixed || t->most)
		qmux_format(text, n, "text, %s%u", t->fixed ? "" : "at most ", t->fixed + t->most);
	else
		qmux_format(text, n, "%s%s%s", names[t->kind], t->big_endian ? " big-endian" : "",
			t->names == QMUX_NO_ENUM ? "" :
			qmux_enum_is_flags(t->names) ? " flags" : " enum");
}

static void show_values(struct sink *s, uint16_t names)
{
	char name[QMUX_NAME_MAX], text[24];
	uint16_t handle;
	int64_t value;

	if (names >= QMUX_NO_ENUM)
		return;
	sink_list(s, "values");
	for (unsigned i = 0; qmux_enum_at(names, i, &value, &handle); i++) {
		sink_begin(s, NULL);
		if (qmux_enum_is_flags(names)) {
			qmux_format(text, sizeof text, "0x%llx", value == QMUX_FLAGS_ALL ? 0xffffULL :
				value == QMUX_FLAGS_NONE ? 0 : 1ULL << value);
			sink_text(s, "value", text);
		} else {
			sink_int(s, "value", value, NULL);
		}
		sink_text(s, "name", qmux_name(handle, QMUX_VALUE_NAME, name));
		sink_end(s);
	}
	sink_end(s);
}

static bool is_bytes(const struct qmux_type *t)
{
	struct qmux_type item;

	if (t->kind != QMUX_T_ARRAY)
		return false;
	item = qmux_type_at(t->inner);
	return item.kind == QMUX_T_U8 && item.names == QMUX_NO_ENUM;
}

static void show_leaf(struct sink *s, const struct qmux_tlv_def *def, const struct qmux_type *t,
	const struct path *path)
{
	char text[64];
	size_t n;

	sink_begin(s, NULL);
	sink_text(s, "path", path->text);
	show_id(s, "tlv", "0x%02x", def->id);
	type_text(t, text, sizeof text);
	n = strlen(text);
	if (path->items)
		qmux_format(text + n, sizeof text - n, ", %u items", path->items);
	sink_text(s, "type", text);
	if (def->mandatory)
		sink_bool(s, "mandatory", true);
	if (t->personal)
		sink_bool(s, "personal", true);
	show_values(s, t->names);
	sink_end(s);
}

/* Every leaf under a type, with its path; bounded by QMUX_DEPTH_MAX. */
static void show_type(struct sink *s, const struct qmux_tlv_def *def, const uint8_t *type,
	struct path *path)
{
	struct qmux_type t = qmux_type_at(type);
	char name[QMUX_NAME_MAX];
	const uint8_t *p = t.inner;
	size_t before = path->n;
	unsigned items = path->items;

	if (t.kind == QMUX_T_ARRAY && !is_bytes(&t)) {
		path->items = t.fixed;
		push(path, "[]", "");
		show_type(s, def, t.inner, path);
		pop(path, before);
		path->items = items;
	} else if (t.kind == QMUX_T_STRUCT) {
		for (unsigned i = 0; i < t.fields; i++) {
			push(path, ".", field_name(qmux_get16(p), name));
			show_type(s, def, p + 2, path);
			p = qmux_type_at(p + 2).end;
			pop(path, before);
		}
	} else {
		show_leaf(s, def, &t, path);
	}
}

static void show_tlvs(struct sink *s, const char *key, const struct qmux_message *m, bool request)
{
	struct path path = { .items = 0 };
	struct qmux_tlv_def def;
	char name[QMUX_NAME_MAX];

	sink_list(s, key);
	for (unsigned i = 0; qmux_tlv_at(m, request, i, &def); i++) {
		pop(&path, 0);
		push(&path, "", field_name(def.name, name));
		show_type(s, &def, qmux_type_of(&def), &path);
	}
	sink_end(s);
}

/* A request and an indication can share id and name: all that fit are shown. */
static int list_message(struct command *cmd, const struct qmux_service *service)
{
	const char *text = cmd->args[1];
	bool found = false;
	struct qmux_message m;
	uint64_t id;

	if (!qmux_parse_uint(text, strlen(text), &id))
		id = UINT64_MAX;
	for (unsigned i = 0; qmux_message_at(service, i, &m); i++) {
		if (!is_of_vendor(cmd, &m) || (m.id != id &&
		    !qmux_name_is(m.name, QMUX_FIELD_NAME, text, strlen(text))))
			continue;
		found = true;
		sink_begin(cmd->sink, NULL);
		show_message(cmd->sink, &m);
		if (!m.indication)
			show_tlvs(cmd->sink, "request", &m, true);
		show_tlvs(cmd->sink, m.indication ? "indication" : "response", &m, false);
		sink_end(cmd->sink);
	}
	if (found)
		return EXIT_DONE;
	if (raw_find_message(cmd, false, &m))	/* it has said why */
		return EXIT_USAGE;
	return say(cmd, EXIT_USAGE, "message %s of %s is not known", cmd->args[1], cmd->args[0]);
}

int raw_list(struct command *cmd)
{
	struct qmux_service service;
	int ret = raw_vendor(cmd, false);

	if (!ret && !cmd->n_args)
		return list_services(cmd);
	if (!ret)
		ret = raw_find_service(cmd, cmd->args[0], &service);
	if (ret)
		return ret;
	return cmd->n_args == 1 ? list_messages(cmd, &service) : list_message(cmd, &service);
}
