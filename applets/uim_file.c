/* uim_file.c - the files of the SIM: reading, writing, and the ids that are in them. */
#include "applets/uim.h"

#include "applets/session.h"
#include "applets/show.h"
#include "applets/simfile.h"
#include "qmux/format.h"

#include <errno.h>
#include <stdlib.h>

#define TEXT_MAX 128		/* one field of a request */
#define SLOTS_LOOKED_AT 8	/* for the active one */

/* ---- what the card says ---- */

unsigned uim_card_result(const struct qmux_frame *answer, const struct qmux_message *m)
{
	struct qmux_node sw1, sw2;

	if (qmux_get(answer, m, "card_result.sw1", &sw1) ||
	    qmux_get(answer, m, "card_result.sw2", &sw2))
		return 0;
	return (unsigned)(sw1.u << 8 | sw2.u);
}

/* Security status not satisfied; authentication method blocked. */
enum { SW_SECURITY = 0x6982, SW_BLOCKED = 0x6983 };

void uim_status_word(char text[64], unsigned sw)
{
	/* ETSI TS 102 221, 10.2.1 */
	static const struct {
		uint16_t sw;
		const char *means;
	} words[] = {
		{ 0x6283, "switched off" }, { 0x6700, "wrong length" },
		{ 0x6881, "no such channel" }, { 0x6981, "another kind of file" },
		{ SW_SECURITY, "PIN wanted, or not allowed" }, { SW_BLOCKED, "blocked" },
		{ 0x6984, "not usable" }, { 0x6a82, "no such file" }, { 0x6a83, "no such record" },
		{ 0x6b00, "wrong place" }, { 0x6d00, "no such command" }, { 0x6e00, "no such class" },
	};

	qmux_format(text, 64, "%04x", sw);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].sw == sw)
			qmux_format(text, 64, "%04x: %s", sw, words[i].means);
}

enum exit_code uim_status_exit(unsigned sw)
{
	return sw == SW_SECURITY || sw == SW_BLOCKED ? EXIT_SIM : EXIT_REFUSED;
}

int uim_say_refused(const struct command *cmd, int error, unsigned sw)
{
	char text[TEXT_MAX], word[64];

	if (!sw)
		return say_refused(cmd, error);
	uim_status_word(word, sw);
	qmux_format(text, sizeof text, "; the card says %s", word);
	return say_refused_as(cmd, uim_status_exit(sw) == EXIT_SIM ? EXIT_SIM : refusal_exit(error),
		error, text);
}

/* ---- one file ---- */

/* The first options of read and write; FILE_SLOT is UIM_SLOT. */
enum { FILE_SLOT, FILE_SESSION, FILE_AID, FILE_RECORD, READ_DECODE, READ_ATTRIBUTES };
enum { WRITE_OFFSET = READ_DECODE };

#define FILE_OPTIONS \
	UIM_SLOT_OPTION, \
	{ 0, "session", "SESSION", "the session to use (card-slot-1, nonprovisioning-slot-1 ...)", \
		NULL }, \
	{ 0, "aid", "AID", "the application's id, in hex, for such a session", NULL }, \
	{ 'r', "record", "N", "this record alone, from 1", NULL }

const struct option_row uim_read_options[] = {
	FILE_OPTIONS,
	{ 'D', "decode", NULL, "show what is in it as well", NULL },
	{ 'a', "attributes", NULL, "its attributes, not what is in it", NULL },
	{ .name = NULL }
};

const struct option_row uim_write_options[] = {
	FILE_OPTIONS,
	{ 'o', "offset", "N", "where to write in a transparent file (default: 0)", NULL },
	{ .name = NULL }
};

/* A file and how it is reached. */
struct reach {
	struct command *cmd;
	struct sim_path path;
	char file_id[TEXT_MAX], file_path[TEXT_MAX], session[TEXT_MAX], aid[TEXT_MAX];
	const char *slot;	/* of --slot, or NULL */
	bool settled;		/* this is the session: no other is tried */
	unsigned sw;		/* of a refusal, or 0 */
};

static void reach_file(struct reach *r)
{
	struct sim_path *path = &r->path;

	qmux_format(r->file_id, TEXT_MAX, "file.file_id=%u", path->id[path->n - 1]);
	qmux_format(r->file_path, TEXT_MAX, "file.file_path=");
	sim_path_bytes(path, r->file_path + strlen(r->file_path));
}

/*
 * Where no session is provisioned: the card itself, or the application by its id.
 * Returns an exit code.
 */
static int reach_otherwise(struct reach *r)
{
	char hex[UIM_HEX_MAX] = "";
	struct sim sim;
	unsigned slot;
	int ret = uim_slot(r->cmd, r->slot, &slot);

	if (!ret && sim_path_in_application(&r->path)) {
		ret = sim_ask(r->cmd, r->slot, &sim);
		if (ret)
			return ret;
		slot = sim.slot;
		if (!sim.dms)
			sim_aid(&sim, hex);
	}
	qmux_format(r->session, TEXT_MAX, "session.session_type=%s-slot-%u",
		sim_path_in_application(&r->path) ? "nonprovisioning" : "card", slot);
	qmux_format(r->aid, TEXT_MAX, "session.application_identifier=%s", hex);
	r->settled = true;
	return ret;
}

/* Returns an exit code. */
static int reach(struct reach *r, struct command *cmd, const char *file, bool options)
{
	const char *session = options ? cmd->option[FILE_SESSION] : NULL;
	const char *aid = options ? cmd->option[FILE_AID] : NULL;

	*r = (struct reach){ .cmd = cmd, .slot = cmd->option[FILE_SLOT] };
	if (sim_path_parse(file, &r->path))
		return say(cmd, EXIT_USAGE, "'%s' is not a file: give a name (iccid, imsi, spn), "
			"an id (2fe2) or a path (3f00/7fff/6f07)", file);
	reach_file(r);
	if (r->slot && !session)
		return reach_otherwise(r);
	r->settled = session != NULL;
	qmux_format(r->session, TEXT_MAX, "session.session_type=%s",
		session ? session : "primary-gw-provisioning");
	qmux_format(r->aid, TEXT_MAX, "session.application_identifier=%s", aid ? aid : "");
	return EXIT_DONE;
}

static int try_once(struct reach *r, const struct qmux_message *m, const char *const *more,
	struct qmux_frame *answer)
{
	int ret = session_ask(r->cmd, m, SET(r->session, r->aid, r->file_id, r->file_path,
		more[0], more[0] ? more[1] : NULL), answer);

	r->sw = ret > 0 ? uim_card_result(answer, m) : 0;
	return ret;
}

/*
 * A message about the file, with up to two fields more.  0, the positive QMI error, or
 * -1 - exit code.  A refusal that is not the card's makes us try the other session, once.
 */
static int file_try(struct reach *r, uint16_t message, const char *const *more,
	struct qmux_message *m, struct qmux_frame *answer)
{
	int ret, second;

	*m = session_message(QMUX_SERVICE_UIM, message);
	ret = try_once(r, m, more, answer);
	if (ret <= 0 || r->sw || r->settled || refusal_exit(ret) != EXIT_REFUSED) {
		r->settled |= !ret;
		return ret;
	}
	second = reach_otherwise(r);
	if (second)
		return -1 - second;
	second = try_once(r, m, more, answer);
	return second > 0 && !r->sw ? ret : second;
}

static int file_ask(struct reach *r, uint16_t message, const char *const *more,
	struct qmux_message *m, struct qmux_frame *answer)
{
	int ret = file_try(r, message, more, m, answer);

	return ret < 0 ? -1 - ret : ret ? uim_say_refused(r->cmd, ret, r->sw) : EXIT_DONE;
}

static int try_bytes(struct reach *r, size_t offset, size_t n, struct qmux_node *node)
{
	char from[TEXT_MAX], length[TEXT_MAX];
	struct qmux_frame answer;
	struct qmux_message m;
	int ret;

	qmux_format(from, TEXT_MAX, "read_information.offset=%u", (unsigned)offset);
	qmux_format(length, TEXT_MAX, "read_information.length=%u", (unsigned)n);
	ret = file_try(r, UIM_READ_TRANSPARENT, SET(from, length), &m, &answer);
	if (!ret && qmux_get(&answer, &m, "read_result", node))
		node->len = 0;
	return ret;
}

static int try_record(struct reach *r, unsigned number, unsigned size, struct qmux_node *node)
{
	char which[TEXT_MAX], length[TEXT_MAX];
	struct qmux_frame answer;
	struct qmux_message m;
	int ret;

	qmux_format(which, TEXT_MAX, "record.record_number=%u", number);
	qmux_format(length, TEXT_MAX, "record.record_length=%u", size);
	ret = file_try(r, UIM_READ_RECORD, SET(which, length), &m, &answer);
	if (!ret && qmux_get(&answer, &m, "read_result", node))
		node->len = 0;
	return ret;
}

/* ---- its attributes ---- */

enum { TRANSPARENT, CYCLIC, LINEAR };	/* uim_file_type */

struct attributes {
	struct qmux_message m;
	struct qmux_frame answer;
	unsigned type, size, record_size, records;
};

static const struct view_row attributes_view[] = {
	ROW("type", "file_attributes.file_type"),
	ROW("size", "file_attributes.file_size"),
	ROW_END
};

static const struct view_row records_view[] = {
	ROW("record_size", "file_attributes.record_size"),
	ROW("record_count", "file_attributes.record_count"),
	ROW_END
};

static const struct view_row access_view[] = {
	ROW("read_access.logic", "file_attributes.read_security_attributes_logic"),
	ROW("read_access.keys", "file_attributes.read_security_attributes"),
	ROW("write_access.logic", "file_attributes.write_security_attributes_logic"),
	ROW("write_access.keys", "file_attributes.write_security_attributes"),
	ROW("increase_access.logic", "file_attributes.increase_security_attributes_logic"),
	ROW("increase_access.keys", "file_attributes.increase_security_attributes"),
	ROW("deactivate_access.logic", "file_attributes.deactivate_security_attributes_logic"),
	ROW("deactivate_access.keys", "file_attributes.deactivate_security_attributes"),
	ROW("activate_access.logic", "file_attributes.activate_security_attributes_logic"),
	ROW("activate_access.keys", "file_attributes.activate_security_attributes"),
	ROW("template", "file_attributes.raw_data"),
	ROW_END
};

static unsigned attribute(const struct attributes *a, const char *path)
{
	struct qmux_node node;

	return qmux_get(&a->answer, &a->m, path, &node) ? 0 : (unsigned)node.u;
}

static int get_attributes(struct reach *r, struct attributes *a)
{
	int ret = file_ask(r, UIM_GET_FILE_ATTRIBUTES, SET_NOTHING, &a->m, &a->answer);

	if (ret)
		return ret;
	a->type = attribute(a, "file_attributes.file_type");
	a->size = attribute(a, "file_attributes.file_size");
	a->record_size = attribute(a, "file_attributes.record_size");
	a->records = attribute(a, "file_attributes.record_count");
	return EXIT_DONE;
}

/* The head of every result that is about a file. */
static void show_file(struct reach *r, const struct attributes *a)
{
	const char *name = sim_file_name(&r->path);
	char path[5 * SIM_PATH_MAX];
	struct sink *s = r->cmd->sink;

	sim_path_text(&r->path, path);
	sink_text(s, "file", path);
	if (name)
		sink_text(s, "name", name);
	show_view(s, &a->answer, &a->m, attributes_view);
	if (a->record_size)
		show_view(s, &a->answer, &a->m, records_view);
}

/* ---- read ---- */

static void show_data(struct reach *r, const uint8_t *p, size_t n)
{
	sink_hex(r->cmd->sink, "data", p, n);
	if (r->cmd->option[READ_DECODE])
		sim_file_decode(&r->path, r->cmd->sink, p, n);
}

/* A long file comes in pieces. */
static int read_bytes(struct reach *r, struct attributes *a)
{
	uint8_t *data = malloc(a->size ? a->size : 1);
	struct qmux_node node = { .len = 0 };
	size_t n = 0;
	int ret = 0;

	if (!data)
		return say(r->cmd, EXIT_DEVICE, "out of memory");
	while (n < a->size && !ret) {
		ret = try_bytes(r, n, n ? a->size - n : 0, &node);
		if (ret || !node.len || node.len > a->size - n)
			break;
		memcpy(data + n, node.data, node.len);
		n += node.len;
	}
	if (ret > 0)
		ret = uim_say_refused(r->cmd, ret, r->sw);
	else if (ret < 0)
		ret = -1 - ret;
	else if (n < a->size)
		ret = say(r->cmd, EXIT_REFUSED, "the modem gives %u of %u bytes", (unsigned)n,
			a->size);
	else
		show_data(r, data, n);
	free(data);
	return ret;
}

/* --record, or 0: all.  Returns an exit code. */
static int which_record(const struct command *cmd, const struct attributes *a, unsigned *record)
{
	const char *text = cmd->option[FILE_RECORD];
	uint64_t n = 0;

	*record = 0;
	if (text && !a->record_size)
		return say(cmd, EXIT_USAGE, "this file has no records");
	if (text && (!qmux_parse_uint(text, strlen(text), &n) || n < 1 || n > a->records))
		return say(cmd, EXIT_USAGE, "'%s' is not a record, 1 to %u", text, a->records);
	*record = (unsigned)n;
	return EXIT_DONE;
}

static int read_records(struct reach *r, struct attributes *a, unsigned record)
{
	struct sink *s = r->cmd->sink;
	struct qmux_node node = { .len = 0 };
	int ret = 0;

	sink_list(s, "records");
	for (unsigned i = record ? record : 1; i <= (record ? record : a->records) && !ret; i++) {
		ret = try_record(r, i, a->record_size, &node);
		if (ret)
			break;
		sink_begin(s, NULL);
		sink_uint(s, "record", i, NULL);
		show_data(r, node.data, node.len);
		sink_end(s);
	}
	sink_end(s);
	return ret < 0 ? -1 - ret : ret ? uim_say_refused(r->cmd, ret, r->sw) : EXIT_DONE;
}

int uim_read(struct command *cmd)
{
	struct attributes a;
	unsigned record;
	struct reach r;
	int ret = reach(&r, cmd, cmd->args[0], true);

	if (!ret)
		ret = get_attributes(&r, &a);
	if (!ret)
		ret = which_record(cmd, &a, &record);
	if (!ret && !cmd->option[READ_ATTRIBUTES] && a.type > LINEAR)
		return say(cmd, EXIT_USAGE, "this is a folder: only its --attributes can be read");
	if (ret)
		return ret;
	sink_begin(cmd->sink, NULL);
	show_file(&r, &a);
	if (cmd->option[READ_ATTRIBUTES])
		show_view(cmd->sink, &a.answer, &a.m, access_view);
	else
		ret = a.record_size ? read_records(&r, &a, record) : read_bytes(&r, &a);
	sink_end(cmd->sink);
	return ret;
}

/* ---- write ---- */

/* Bytes of hex, or -1. */
static long hex_length(const char *text)
{
	size_t n = strspn(text, "0123456789abcdefABCDEF");

	return text[n] || !n || n % 2 ? -1 : (long)(n / 2);
}

static int write_record(struct reach *r, const struct attributes *a, unsigned record, unsigned n)
{
	char number[TEXT_MAX];
	struct qmux_frame answer;
	struct qmux_message m;

	if (n != a->record_size)
		return say(r->cmd, EXIT_USAGE, "a record of this file has %u bytes, not %u",
			a->record_size, n);
	if (!record && a->type != CYCLIC)
		return say(r->cmd, EXIT_USAGE, "which record? --record 1 to %u", a->records);
	qmux_format(number, TEXT_MAX, "write_record.record_number=%u", record);
	return file_ask(r, UIM_WRITE_RECORD, SET(number, "write_record.record=$2"), &m, &answer);
}

static int write_bytes(struct reach *r, const struct attributes *a, unsigned n)
{
	const char *text = r->cmd->option[WRITE_OFFSET];
	struct qmux_frame answer;
	struct qmux_message m;
	char from[TEXT_MAX];
	uint64_t offset = 0;

	if (text && !qmux_parse_uint(text, strlen(text), &offset))
		return say(r->cmd, EXIT_USAGE, "--offset: '%s' is not a number", text);
	if (offset > a->size || n > a->size - offset)
		return say(r->cmd, EXIT_USAGE, "the file has %u bytes, this would end at %llu",
			a->size, (unsigned long long)(offset + n));
	qmux_format(from, TEXT_MAX, "write_transparent.offset=%u", (unsigned)offset);
	return file_ask(r, UIM_WRITE_TRANSPARENT, SET(from, "write_transparent.data=$2"), &m,
		&answer);
}

int uim_write(struct command *cmd)
{
	long n = hex_length(cmd->args[1]);
	struct attributes a;
	unsigned record;
	struct reach r;
	int ret = reach(&r, cmd, cmd->args[0], true);

	if (!ret && n < 0)
		return say(cmd, EXIT_USAGE, "'%s' is not bytes in hex", cmd->args[1]);
	if (!ret)
		ret = get_attributes(&r, &a);
	if (!ret)
		ret = which_record(cmd, &a, &record);
	if (ret)
		return ret;
	return a.record_size ? write_record(&r, &a, record, (unsigned)n) :
		write_bytes(&r, &a, (unsigned)n);
}

/* ---- ids ---- */

static const struct id {
	const char *key;	/* also the name of its file */
	uint16_t dms;		/* where there is no UIM: this message, with the key as its path */
	bool record;
} ids[] = {
	{ "iccid", DMS_UIM_GET_ICCID, false },
	{ "imsi", DMS_UIM_GET_IMSI, false },
	{ "msisdn", DMS_GET_MSISDN, true },
};

/* The result is opened with the first that is there. */
static struct sink *open_result(struct command *cmd, bool *open)
{
	if (!*open)
		sink_begin(cmd->sink, NULL);
	*open = true;
	return cmd->sink;
}

/* 0, the positive QMI error, or -1 - exit code. */
static int show_id(struct command *cmd, const struct id *id, bool *open)
{
	const struct view_row view[] = { ROW(id->key, id->key), ROW_END };
	struct qmux_message m = session_message(QMUX_SERVICE_DMS, id->dms);
	struct qmux_frame answer;
	struct qmux_node node;
	struct reach r;
	int ret = reach(&r, cmd, id->key, false), dms;

	if (ret)
		return -1 - ret;
	ret = id->record ? try_record(&r, 1, 0, &node) : try_bytes(&r, 0, 0, &node);
	if (!ret && id->record)
		sim_number_of(open_result(cmd, open), id->key, node.data, node.len);
	else if (!ret)
		sim_file_decode(&r.path, open_result(cmd, open), node.data, node.len);
	if (ret <= 0 || cmd->option[UIM_SLOT])
		return ret;
	dms = session_try(cmd, &m, NULL, 0, &answer);
	if (!dms)
		show_view(open_result(cmd, open), &answer, &m, view);
	return dms > 0 ? ret : dms;
}

/* That of the slot in use. */
static int show_eid(struct command *cmd, bool *open)
{
	struct qmux_message m = session_message(QMUX_SERVICE_UIM, UIM_GET_SLOT_STATUS);
	struct qmux_frame answer;
	int ret = session_try(cmd, &m, NULL, 0, &answer);

	for (unsigned i = 0; !ret && i < SLOTS_LOOKED_AT; i++) {
		char path[TEXT_MAX];
		struct qmux_node node;

		qmux_format(path, sizeof path, "physical_slot_status[%u].physical_slot_status", i);
		if (qmux_get(&answer, &m, path, &node) || !node.u)
			continue;
		qmux_format(path, sizeof path, "slot_eid[%u].eid", i);
		if (!qmux_get(&answer, &m, path, &node) && node.len)
			sink_hex(open_result(cmd, open), "eid", node.data, node.len);
	}
	return ret;
}

int uim_ids(struct command *cmd)
{
	int refused = 0, ret;
	bool open = false;

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		ret = show_id(cmd, &ids[i], &open);
		if (ret < 0)
			break;
		refused = refused ? refused : ret;
	}
	if (ret >= 0)
		ret = show_eid(cmd, &open);
	if (open)
		sink_end(cmd->sink);
	return ret < 0 ? -1 - ret : open ? EXIT_DONE : say_refused(cmd, refused);
}
