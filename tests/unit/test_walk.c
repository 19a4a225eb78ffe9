/*
 * test_walk.c - the walker over the schema as it is built: frames of real modems, and anything.
 *
 * Whether each type is read rightly is tests/types' business, whether each message is known
 * rightly the golden frames'.
 */
#include "tests/unit/shown.h"
#include "tests/unit/tap.h"

#include <errno.h>
#include <stdlib.h>

enum { ROUNDS = 6, TLVS_MAX = 2000 };

static struct shown shown;

static size_t from_hex(uint8_t *to, const char *hex)
{
	size_t n = 0;
	unsigned byte;

	for (; *hex && sscanf(hex, "%2x", &byte) == 1; hex += 2)
		to[n++] = (uint8_t)byte;
	return n;
}

/* ---- real frames ---- */

struct real_row {
	uint16_t service;
	const char *hex, *shown;
	const char *path, *value;	/* and one value by its path; or NULL */
};

static const struct real_row real_rows[] = {
	/* Pantech UML290 and others; digits of subscribers are replaced. */
	{ 0, "011000000000000c23000500010200020a", "release_info:(service:2/dms cid:10)",
		"release_info.cid", "cid:10" },
	{ 2, "01260080020102010020001a0002040000000000011000b09d570000dd6d000302050102040508",
		"info:(max_tx_channel_rate:5742000 max_rx_channel_rate:7200000 "
		"data_service_capability:3/simultaneous-cs-ps sim_capability:2/supported "
		"radio_interface_list:list(1/cdma20001x 2/evdo 4/gsm 5/umts 8/lte))",
		"info.radio_interface_list[4]", "radio_interface_list:8/lte" },
	{ 2, "012f00800203020600250023000204000000000011190030313031303130313031303130313002b01c"
		"0e0284e3a6013d", NULL, "imei", "imei:'010101010101010'!" },
	{ 3, "0131008003060201002000250002040000000000010200a805110400010058051204000100fc05"
		"13040096ffffff14010008",
		"signal_strength:(strength:-88 radio_interface:5/umts) "
		"rssi_list:list((rssi:88 radio_interface:5/umts)) "
		"ecio_list:list((ecio:252 radio_interface:5/umts)) io:-106 sinr:8/8",
		"rssi_list[0].rssi", "rssi:88" },
	{ 3, "01430080030104000024003700290500d600010000250200080122050002030001001e040001a14d"
		"041d0200feff120500d600010000110200010b010600010101020108",
		"mnc_pcs_digit_include_status:(mcc:214 mnc:1 includes_pcs_digit:false) lte_tac:264 "
		"detailed_service_status:(status:2/available capability:3/cs-ps hdr_status:0/none "
		"hdr_hybrid:true forbidden:false) cid_3gpp:72196353 lac_3gpp:65534 "
		"current_plmn:(mcc:214 mnc:1 description:'') data_service_capability:list(11/lte) "
		"serving_system:(registration_state:1/registered cs_attach_state:1/attached "
		"ps_attach_state:1/attached selected_network:2/3gpp radio_interfaces:list(8/lte))",
		"serving_system.radio_interfaces[0]", "radio_interfaces:8/lte" },
	/* A TLV that is one byte shorter than its definition: shown, but not understood. */
	{ 3, "014f008003030201002400430002040000000000210400020300001d0400000000001c02000000150300"
		"010501120e00360104010920542d4d6f62696c65110200010510010001010600010101020105",
		"cid_3gpp:0 lac_3gpp:0 roaming_indicator_list:list((radio_interface:5/umts "
		"roaming_indicator:1/off)) current_plmn:(mcc:310 mnc:260 description:' T-Mobile') "
		"data_service_capability:list(5/wcdma) roaming_indicator:1/off "
		"serving_system:(registration_state:1/registered cs_attach_state:1/attached "
		"ps_attach_state:1/attached selected_network:2/3gpp radio_interfaces:list(5/umts)) "
		"?21<02030000>",
		"detailed_service_status.status", NULL },
};

static bool walk_real(const struct real_row *r, const struct qmux_frame *f,
	const struct qmux_message *m, const char *name)
{
	struct qmux_node node;
	int ret;

	if (r->shown)
		is_str(shown_frame(&shown, f, m), r->shown, name);
	if (!r->path)
		return true;
	shown_begin(&shown);
	ret = qmux_walk_path(f, m, r->path, &shown.v);
	is_int(ret, r->value ? 0 : -ENOENT, r->path);
	is_int(qmux_get(f, m, r->path, &node), ret, "the same as one value");
	return !r->value || is_str(shown.text, r->value, r->path);
}

static void test_real(void)
{
	for (size_t i = 0; i < sizeof real_rows / sizeof *real_rows; i++) {
		const struct real_row *r = &real_rows[i];
		uint8_t bytes[256], *p;
		size_t n = from_hex(bytes, r->hex);
		struct qmux_service s;
		struct qmux_message m;
		struct qmux_frame f;
		char name[80];

		snprintf(name, sizeof name, "%.40s…", r->hex);
		if (!qmux_service_by_id(r->service, &s)) {
			skip(name, "the service is not built");
			continue;
		}
		p = malloc(n);
		memcpy(p, bytes, n);
		if (is_int(qmux_frame_parse(&f, p, n), 0, name) &&
		    ok(qmux_message_by_id(f.service, f.message, f.kind == QMUX_INDICATION, 0, &m),
				"a message that is known"))
			walk_real(r, &f, &m, name);
		free(p);
	}
}

/* ---- anything ---- */

/* TLVs with the message's types, and a few others, whose values are anything. */
static size_t random_tlvs(uint8_t *p, struct rng *r, const struct qmux_message *m, bool request)
{
	struct qmux_buf b = qmux_buf(p, TLVS_MAX);
	struct qmux_tlv_def def;

	for (unsigned i = 0; qmux_tlv_at(m, request, i, &def) || i < 2; i++) {
		uint8_t id = i < (request ? m->n_in : m->n_out) ? def.id : (uint8_t)rng_next(r);
		uint32_t n = rng_below(r, 24), low = rng_below(r, 2) ? 3 : 256;
		size_t mark = qmux_tlv_open(&b, id);

		/* Small numbers make counts and lengths that can be true. */
		while (n--)
			qmux_add_uint(&b, 1, false, rng_below(r, low));
		qmux_tlv_close(&b, mark);
	}
	/* The last one may be cut off. */
	return b.len - (b.len && !rng_below(r, 3) ? rng_below(r, 4) : 0);
}

static unsigned count_tlvs(const struct qmux_frame *f)
{
	struct qmux_cursor c = qmux_cursor(f->tlvs, f->tlvs_len);
	struct qmux_tlv tlv;
	unsigned n = 0;

	while (qmux_tlv_next(&c, &tlv))
		n++;
	return n;
}

/* Top-level nodes: how many TLVs were understood. */
static int count_node(struct qmux_visitor *v, const struct qmux_node *node)
{
	struct shown *s = (struct shown *)v;

	if (node->kind == QMUX_END)
		s->depth--;
	s->nodes += s->depth == 0 && node->kind != QMUX_END;
	s->below_zero |= s->depth < 0;
	if (node->kind == QMUX_OBJECT || node->kind == QMUX_LIST)
		s->depth++;
	if (s->depth > s->deepest)
		s->deepest = s->depth;
	return 0;
}

static bool walk_anything(const struct qmux_message *m, enum qmux_kind kind, struct rng *r)
{
	uint8_t bytes[TLVS_MAX], *p;
	struct qmux_frame f = { .service = m->service, .kind = kind, .message = m->id };
	unsigned results;
	bool good;

	f.tlvs_len = random_tlvs(bytes, r, m, kind == QMUX_REQUEST);
	p = malloc(f.tlvs_len + 1);
	memcpy(p, bytes, f.tlvs_len);
	f.tlvs = p;
	shown_begin(&shown);
	shown.v.node = count_node;
	qmux_walk_fields(&f, m, &shown.v);
	good = !shown.depth && !shown.below_zero && shown.deepest <= QMUX_DEPTH_MAX;
	qmux_walk_unknown(&f, m, &shown.v);
	/* Each TLV is known or unknown or the result; none is lost, none comes twice. */
	results = count_tlvs(&f) - (unsigned)(shown.nodes + shown.unknown);
	good &= results <= (kind == QMUX_RESPONSE);
	good &= qmux_has_unknown(&f, m) == (shown.unknown > 0);
	free(p);
	return good;
}

static void test_anything(void)
{
	struct qmux_service s;
	struct qmux_message m;
	char name[QMUX_NAME_MAX];
	uint64_t round;

	for (unsigned i = 0; qmux_service_at(i, &s); i++) {
		unsigned failed = 0;

		for (unsigned j = 0; qmux_message_at(&s, j, &m); j++)
			for (round = 1; round <= ROUNDS; round++) {
				struct rng r = { (uint64_t)s.id << 40 | j << 8 | round };
				enum qmux_kind kind = m.indication ? QMUX_INDICATION :
					round & 1 ? QMUX_RESPONSE : QMUX_REQUEST;

				if (walk_anything(&m, kind, &r))
					continue;
				printf("#  %s, kind %d, round %d\n",
					qmux_name(m.name, QMUX_FIELD_NAME, name), kind, (int)round);
				failed++;
			}
		ok(!failed, "%s: every message with anything in its TLVs",
			qmux_name(s.name, QMUX_FIELD_NAME, name));
	}
}

int main(void)
{
	test_real();
	test_anything();
	return tap_done();
}
