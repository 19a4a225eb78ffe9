#include "applets/simfile.h"

#include "qmux/form.h"
#include "qmux/format.h"

#include <ctype.h>
#include <errno.h>

#define MASTER 0x3f00
#define APPLICATION 0x7fff	/* the folder of the application in use */
#define NUMBER_MAX 10		/* bytes of digits in a number, TS 31.102, 4.2.26 */

/* ---- parts that several files have ---- */

/* Bytes as the schema's forms have them; "" where they are none. */
static const char *form_text(enum qmux_kind_of_type form, const uint8_t *p, size_t n,
	char text[QMUX_FORM_TEXT])
{
	struct qmux_node node = { .kind = QMUX_BYTES, .form = form, .data = p, .len = n,
		.names = QMUX_NO_ENUM };

	if (n > QMUX_FORM_TEXT / 4 || !qmux_node_text(&node, text) || !strncmp(text, "0x", 2))
		text[0] = '\0';
	return text;
}

static bool is_empty(const uint8_t *p, size_t n)
{
	while (n && *p == 0xff) {
		p++;
		n--;
	}
	return !n;
}

/* 7-bit characters, one a byte (TS 102 221, annex A): packed, they are what the form reads. */
static const char *unpacked_text(const uint8_t *p, size_t n, char text[QMUX_FORM_TEXT])
{
	uint8_t packed[UINT8_MAX] = { 0 };

	for (size_t i = 0; i < n && i < sizeof packed; i++) {
		size_t bit = i * 7;
		unsigned code = (unsigned)(p[i] & 0x7f) << bit % 8;

		packed[bit / 8] |= (uint8_t)code;
		packed[bit / 8 + 1] |= (uint8_t)(code >> 8);
	}
	return form_text(QMUX_T_GSM7, packed, (n * 7 + 7) / 8, text);
}

/*
 * An alpha identifier: 7-bit text, or after 0x80 big-endian UCS-2, or after 0x81 and 0x82 a count,
 * a base, and characters that are 7-bit or (the high bit set) counted from the base.
 */
static void show_alpha(struct sink *s, const char *key, const uint8_t *p, size_t n)
{
	char text[QMUX_FORM_TEXT];
	uint8_t wide[2 * UINT8_MAX];
	size_t units = 0, skip = 1, base = 0;

	if (n && (p[0] == 0x81 || p[0] == 0x82)) {
		skip = p[0] == 0x81 ? 3 : 4;
		if (n < skip)
			return;
		base = p[0] == 0x81 ? (size_t)p[2] << 7 : (size_t)(p[2] << 8 | p[3]);
		n = skip + p[1] < n ? skip + p[1] : n;
	}
	if (!n || p[0] < 0x80 || p[0] > 0x82) {
		while (n && p[n - 1] == 0xff)
			n--;
		unpacked_text(p, n < UINT8_MAX ? n : UINT8_MAX - 1, text);
	} else {
		for (size_t i = skip; i < n && units < UINT8_MAX; units++) {
			size_t c = p[0] == 0x80 ? (i + 1 < n ? (size_t)(p[i] << 8 | p[i + 1]) : 0xffff) :
				p[i] & 0x80 ? base + (p[i] & 0x7f) : p[i];

			if (c == 0xffff)
				break;
			i += p[0] == 0x80 ? 2 : 1;
			qmux_put16(wide + 2 * units, (unsigned)c);
		}
		form_text(QMUX_T_UCS2, wide, 2 * units, text);
	}
	if (text[0])
		sink_text(s, key, text);
}

/* A length, the type of number, and digits (TS 31.102, 4.2.26; TS 24.008, 10.5.4.7). */
static void show_number(struct sink *s, const char *key, const uint8_t *p, size_t n)
{
	static const char extra[] = "*#abc";
	char text[QMUX_FORM_TEXT], number[2 * NUMBER_MAX + 2];
	size_t at = 0;

	if (n < 2 || p[0] < 2 || p[0] > NUMBER_MAX + 1 || p[0] >= n)
		return;
	form_text(QMUX_T_BCD, p + 2, (size_t)p[0] - 1, text);
	if ((p[1] & 0x70) == 0x10)	/* international */
		number[at++] = '+';
	for (const char *c = text; *c && at < sizeof number - 1; c++)
		number[at++] = *c >= 'a' ? extra[*c - 'a'] : *c;
	number[at] = '\0';
	if (text[0])
		sink_text(s, key, number);
}

/* Three bytes; MCC and MNC are told apart. */
static bool show_network(struct sink *s, const uint8_t *p)
{
	char text[QMUX_FORM_TEXT];

	form_text(QMUX_T_PLMN, p, 3, text);
	if (!text[0])
		return false;
	sink_textn(s, "mcc", (const uint8_t *)text, 3);
	sink_text(s, "mnc", text + 3);
	return true;
}

/* ---- files ---- */

static void decode_iccid(struct sink *s, const uint8_t *p, size_t n)
{
	char text[QMUX_FORM_TEXT];

	if (*form_text(QMUX_T_BCD, p, n, text))
		sink_text(s, "iccid", text);
}

/* A length, then the digits; the first half byte is their parity. */
static void decode_imsi(struct sink *s, const uint8_t *p, size_t n)
{
	char text[QMUX_FORM_TEXT];

	if (n >= 2 && p[0] < n && *form_text(QMUX_T_BCD, p + 1, p[0], text) && text[1])
		sink_text(s, "imsi", text + 1);
}

static void decode_spn(struct sink *s, const uint8_t *p, size_t n)
{
	if (n < 1 || p[0] == 0xff)
		return;
	show_alpha(s, "spn", p + 1, n - 1);
	sink_bool(s, "show_plmn_at_home", p[0] & 1);
	sink_bool(s, "show_spn_roaming", !(p[0] & 2));
}

static void decode_ad(struct sink *s, const uint8_t *p, size_t n)
{
	static const struct {
		uint8_t mode;
		const char *name;
	} modes[] = {
		{ 0x00, "normal" }, { 0x80, "type-approval" }, { 0x01, "normal-specific" },
		{ 0x81, "type-approval-specific" }, { 0x02, "maintenance" }, { 0x04, "cell-test" },
	};

	for (size_t i = 0; n && i < sizeof modes / sizeof *modes; i++)
		if (modes[i].mode == p[0])
			sink_text(s, "operation_mode", modes[i].name);
	if (n >= 4 && ((p[3] & 0xf) == 2 || (p[3] & 0xf) == 3))
		sink_uint(s, "mnc_length", p[3] & 0xf, NULL);
}

#define DIALLED 14		/* bytes of a record behind the name */

void sim_number_of(struct sink *s, const char *key, const uint8_t *p, size_t n)
{
	if (n >= DIALLED)
		show_number(s, key, p + n - DIALLED, DIALLED);
}

static void decode_msisdn(struct sink *s, const uint8_t *p, size_t n)
{
	if (n < DIALLED || is_empty(p, n))
		return;
	show_alpha(s, "name", p, n - DIALLED);
	sim_number_of(s, "number", p, n);
}

#define SMS_PARAMETERS 28

/* TS 31.102, 4.2.27: the bits of the first byte say what is not there. */
static void decode_smsp(struct sink *s, const uint8_t *p, size_t n)
{
	const uint8_t *q = p + n - SMS_PARAMETERS;

	if (n < SMS_PARAMETERS || is_empty(p, n))
		return;
	show_alpha(s, "name", p, n - SMS_PARAMETERS);
	if (!(q[0] & 1) && q[1] <= 2 * NUMBER_MAX) {	/* counted in digits there */
		uint8_t number[12];

		memcpy(number, q + 1, sizeof number);
		number[0] = (uint8_t)((q[1] + 1) / 2 + 1);
		show_number(s, "destination", number, sizeof number);
	}
	if (!(q[0] & 2))
		show_number(s, "smsc", q + 13, 12);
	if (!(q[0] & 16))
		sink_uint(s, "validity", q[27], NULL);
}

/* TS 102 221, 13.1: a template with the application's id and perhaps a label. */
static void decode_dir(struct sink *s, const uint8_t *p, size_t n)
{
	size_t aid;

	if (n < 4 || p[0] != 0x61 || p[2] != 0x4f || p[3] > n - 4)
		return;
	aid = p[3];
	sink_hex(s, "aid", p + 4, aid);
	p += 4 + aid;
	n -= 4 + aid;
	if (n >= 2 && p[0] == 0x50 && p[1] <= n - 2)
		show_alpha(s, "label", p + 2, p[1]);
}

static void decode_plmns(struct sink *s, const uint8_t *p, size_t n)
{
	sink_list(s, "networks");
	for (; n >= 3; p += 3, n -= 3) {
		if (is_empty(p, 3))
			continue;
		sink_begin(s, NULL);
		show_network(s, p);
		sink_end(s);
	}
	sink_end(s);
}

/* TS 31.102, 4.2.5: bits of the access technology, named as everywhere. */
static void show_access(struct sink *s, unsigned access)
{
	static const struct {
		uint16_t bit;
		const char *name;
	} bits[] = {
		{ 0x8000, "umts" }, { 0x4000, "lte" }, { 0x0800, "5gnr" }, { 0x0080, "gsm" },
		{ 0x0040, "gsm-compact" }, { 0x0020, "cdma-1xevdo" }, { 0x0010, "cdma-1x" },
	};

	sink_list(s, "access");
	for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
		if (access & bits[i].bit)
			sink_text(s, NULL, bits[i].name);
	sink_end(s);
}

static void decode_plmns_access(struct sink *s, const uint8_t *p, size_t n)
{
	sink_list(s, "networks");
	for (; n >= 5; p += 5, n -= 5) {
		if (is_empty(p, 3))
			continue;
		sink_begin(s, NULL);
		if (show_network(s, p))
			show_access(s, (unsigned)(p[3] << 8 | p[4]));
		sink_end(s);
	}
	sink_end(s);
}

static const struct sim_file {
	const char *name;
	uint16_t parent, id;
	void (*decode)(struct sink *s, const uint8_t *p, size_t n);
} files[] = {
	{ "iccid", MASTER, 0x2fe2, decode_iccid },
	{ "dir", MASTER, 0x2f00, decode_dir },
	{ "pl", MASTER, 0x2f05, NULL },
	{ "imsi", APPLICATION, 0x6f07, decode_imsi },
	{ "spn", APPLICATION, 0x6f46, decode_spn },
	{ "ad", APPLICATION, 0x6fad, decode_ad },
	{ "msisdn", APPLICATION, 0x6f40, decode_msisdn },
	{ "plmnwact", APPLICATION, 0x6f60, decode_plmns_access },
	{ "oplmnwact", APPLICATION, 0x6f61, decode_plmns_access },
	{ "hplmnwact", APPLICATION, 0x6f62, decode_plmns_access },
	{ "fplmn", APPLICATION, 0x6f7b, decode_plmns },
	{ "ehplmn", APPLICATION, 0x6fd9, decode_plmns },
	{ "smsp", APPLICATION, 0x6f42, decode_smsp },
	{ "sms", APPLICATION, 0x6f3c, NULL },
	{ "fdn", APPLICATION, 0x6f3b, decode_msisdn },
	{ "gid1", APPLICATION, 0x6f3e, NULL },
	{ "gid2", APPLICATION, 0x6f3f, NULL },
	{ "acc", APPLICATION, 0x6f78, NULL },
	{ "ust", APPLICATION, 0x6f38, NULL },
	{ "est", APPLICATION, 0x6f56, NULL },
	{ "li", APPLICATION, 0x6f05, NULL },
	{ "pnn", APPLICATION, 0x6fc5, NULL },
	{ "opl", APPLICATION, 0x6fc6, NULL },
	{ "ecc", APPLICATION, 0x6fb7, NULL },
	{ "loci", APPLICATION, 0x6f7e, NULL },
	{ "psloci", APPLICATION, 0x6f73, NULL },
	{ "epsloci", APPLICATION, 0x6fe3, NULL },
	{ "hpplmn", APPLICATION, 0x6f31, NULL },
	{ "acm", APPLICATION, 0x6f39, NULL },
};

#define FILES (sizeof files / sizeof *files)

/* ---- paths ---- */

static const struct sim_file *find_file(uint16_t parent, uint16_t id)
{
	for (size_t i = 0; i < FILES; i++)
		if (files[i].id == id && (!parent || files[i].parent == parent))
			return &files[i];
	return NULL;
}

static const struct sim_file *file_of(const struct sim_path *path)
{
	return path->n < 2 ? NULL : find_file(path->id[path->n - 2], path->id[path->n - 1]);
}

static void add_id(struct sim_path *path, uint16_t id)
{
	path->id[path->n++] = id;
}

/* A file alone: where the standards have it, or where files of its kind are. */
static void complete(struct sim_path *path)
{
	struct sim_path whole = { .n = 0 };
	const struct sim_file *file = find_file(0, path->id[0]);
	uint16_t parent = file ? file->parent : path->id[0] >> 8 == 0x2f ? MASTER : APPLICATION;

	add_id(&whole, MASTER);
	if (path->n == 1 && parent != MASTER)
		add_id(&whole, parent);
	for (unsigned i = 0; i < path->n && whole.n < SIM_PATH_MAX; i++)
		add_id(&whole, path->id[i]);
	*path = whole;
}

int sim_path_parse(const char *text, struct sim_path *path)
{
	path->n = 0;
	for (size_t i = 0; i < FILES; i++)
		if (!strcmp(files[i].name, text)) {
			add_id(path, files[i].id);
			complete(path);
			return 0;
		}
	while (*text) {
		unsigned id = 0, digits = 0;

		if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
			text += 2;
		for (; isxdigit((unsigned char)*text) && digits < 5; text++, digits++)
			id = id << 4 | (unsigned)(isdigit((unsigned char)*text) ? *text - '0' :
				(*text | 0x20) - 'a' + 10);
		if (digits != 4 || path->n == SIM_PATH_MAX || (*text && !strchr("/,", *text)))
			return -EINVAL;
		add_id(path, (uint16_t)id);
		text += *text != '\0';
	}
	if (!path->n)
		return -EINVAL;
	if (path->id[0] != MASTER)
		complete(path);
	return 0;
}

void sim_path_text(const struct sim_path *path, char text[5 * SIM_PATH_MAX])
{
	text[0] = '\0';
	for (unsigned i = 0; i < path->n; i++)
		qmux_format(text + strlen(text), 6, "%s%04x", i ? "/" : "", path->id[i]);
}

void sim_path_bytes(const struct sim_path *path, char hex[4 * SIM_PATH_MAX + 1])
{
	hex[0] = '\0';
	for (unsigned i = 0; i + 1 < path->n; i++)
		qmux_format(hex + 4 * i, 5, "%02x%02x", path->id[i] & 0xff, path->id[i] >> 8);
}

bool sim_path_in_application(const struct sim_path *path)
{
	return path->n > 1 && path->id[1] == APPLICATION;
}

const char *sim_file_name(const struct sim_path *path)
{
	const struct sim_file *file = file_of(path);

	return file ? file->name : NULL;
}

bool sim_file_decode(const struct sim_path *path, struct sink *s, const uint8_t *p, size_t n)
{
	const struct sim_file *file = file_of(path);

	if (!file || !file->decode)
		return false;
	file->decode(s, p, n);
	return true;
}
