/*
 * test_types.c - each type of the schema language, walked and encoded.
 *
 * Built with a schema of its own (types.qmi), so that it does not depend on
 * which services are built, nor on which types they happen to use.
 */
#include "qmux/encode.h"
#include "tests/unit/shown.h"
#include "tests/unit/tap.h"

#include <errno.h>
#include <stdlib.h>

enum { TLVS_MAX = 1024, ASSIGN_MAX = 16 };

static struct shown shown;

static struct qmux_message message_called(const char *name, bool indication)
{
	struct qmux_service s;
	struct qmux_message m = { .name = QMUX_NO_NAME };

	if (!qmux_service_at(0, &s) || !qmux_message_by_name(&s, name, indication, &m))
		ok(false, "no message %s", name);
	return m;
}

static size_t from_hex(uint8_t *to, const char *hex)
{
	size_t n = 0;

	for (; *hex; hex++)
		if (*hex != ' ') {
			unsigned byte;

			sscanf(hex++, "%2x", &byte);
			to[n++] = (uint8_t)byte;
		}
	return n;
}

/* TLVs as a frame of that kind, in memory of just that size. */
static uint8_t *frame_of(struct qmux_frame *f, enum qmux_kind kind, const char *hex)
{
	uint8_t bytes[TLVS_MAX], *p;
	size_t n = from_hex(bytes, hex);

	p = malloc(n ? n : 1);
	memcpy(p, bytes, n);
	*f = (struct qmux_frame){ .service = 1, .kind = kind, .tlvs = p, .tlvs_len = n };
	return p;
}

/* ---- there and back ---- */

struct both_row {
	const char *message;
	const char *tlvs;
	const char *shown;
	const char *assign;	/* joined by ';' */
	const char *back;	/* where encoding gives other bytes; "" where there is no way back */
};

static const struct both_row both_rows[] = {
	/* Integers, at both ends. */
	{ "scalars", "10 0100 ff", "u8:255", "u8=255", NULL },
	{ "scalars", "10 0100 00", "u8:0", "u8=0x0", NULL },
	{ "scalars", "11 0200 feff", "u16:65534", "u16=0xfffe", NULL },
	{ "scalars", "12 0300 563412", "u24:1193046", "u24=0x123456", NULL },
	{ "scalars", "12 0300 ffffff", "u24:16777215", "u24=16777215", NULL },
	{ "scalars", "13 0400 ffffffff", "u32:4294967295", "u32=4294967295", NULL },
	{ "scalars", "14 0600 060504030201", "u48:1108152157446", "u48=0x010203040506", NULL },
	{ "scalars", "14 0600 ffffffffffff", "u48:281474976710655", "u48=281474976710655", NULL },
	{ "scalars", "15 0800 ffffffffffffffff", "u64:18446744073709551615",
		"u64=18446744073709551615", NULL },
	{ "scalars", "16 0100 80", "i8:-128", "i8=-128", NULL },
	{ "scalars", "16 0100 7f", "i8:127", "i8=127", NULL },
	{ "scalars", "17 0200 0080", "i16:-32768", "i16=-32768", NULL },
	{ "scalars", "18 0400 ffffffff", "i32:-1", "i32=-1", NULL },
	{ "scalars", "18 0400 00000080", "i32:-2147483648", "i32=-2147483648", NULL },
	{ "scalars", "19 0800 0000000000000080", "i64:-9223372036854775808",
		"i64=-9223372036854775808", NULL },
	{ "scalars", "19 0800 ffffffffffffff7f", "i64:9223372036854775807",
		"i64=9223372036854775807", NULL },
	{ "scalars", "20 0200 0102", "u16be:258", "u16be=258", NULL },
	{ "scalars", "21 0400 01020304", "u32be:16909060", "u32be=16909060", NULL },
	{ "scalars", "22 0800 0102030405060708", "u64be:72623859790382856",
		"u64be=72623859790382856", NULL },
	{ "scalars", "23 0200 fffe", "i16be:-2", "i16be=-2", NULL },
	/* Floats: the bits, and back. */
	{ "scalars", "1a 0400 0000c03f", "f32:1.5", "f32=1.5", NULL },
	{ "scalars", "1a 0400 cdcccc3d", "f32:0.100000001", "f32=0.1", NULL },
	{ "scalars", "1a 0400 00000080", "f32:-0", "f32=-0", NULL },
	{ "scalars", "1a 0400 01000000", "f32:1.40129846e-45", "f32=1.40129846e-45", NULL },
	{ "scalars", "1b 0800 9a9999999999b93f", "f64:0.10000000000000001", "f64=0.1", NULL },
	{ "scalars", "1b 0800 000000000000f07f", "f64:inf", "f64=inf", NULL },
	{ "scalars", "24 0800 3ff8000000000000", "f64be:1.5", "f64be=1.5", NULL },
	/* Bools: any bit is true. */
	{ "scalars", "1c 0100 01", "bool:true", "bool=true", NULL },
	{ "scalars", "1c 0100 00", "bool:false", "bool=no", NULL },
	{ "scalars", "1c 0100 80", "bool:true", "bool=on", "1c 0100 01" },
	{ "scalars", "1d 0200 0100", "wide_bool:true", "wide_bool=1", NULL },
	{ "scalars", "1d 0200 0001", "wide_bool:true", "wide_bool=yes", "1d 0200 0100" },
	/* Names of values. */
	{ "names", "10 0100 05", "u8:5/five", "u8=five", NULL },
	{ "names", "10 0100 06", "u8:6", "u8=6", NULL },
	{ "names", "10 0100 ff", "u8:255", "u8=255", NULL },
	{ "names", "11 0100 ff", "i8:-1/unknown", "i8=unknown", NULL },
	{ "names", "11 0100 7f", "i8:127/most", "i8=most", NULL },
	{ "names", "12 0400 00000080", "i32:-2147483648/least", "i32=least", NULL },
	{ "names", "12 0400 ffffff7f", "i32:2147483647/most", "i32=most", NULL },
	{ "names", "12 0400 ffffffff", "i32:-1/minus", "i32=minus", NULL },
	{ "names", "13 0200 2c01", "u16:300/three-hundred", "u16=three-hundred", NULL },
	{ "names", "13 0200 ffff", "u16:65535", "u16=65535", NULL },
	{ "names", "14 0400 0000012c", "u32be:300/three-hundred", "u32be=three-hundred", NULL },
	{ "names", "14 0400 80000000", "u32be:2147483648", "u32be=2147483648", NULL },
	/* Flags, also where the set's type has a sign. */
	{ "names", "20 0100 09", "few:9/first|fourth", "few=first,fourth", NULL },
	{ "names", "20 0100 09", "few:9/first|fourth", "few=fourth|first", NULL },
	{ "names", "20 0100 00", "few:0", "few=none", NULL },
	{ "names", "20 0100 00", "few:0", "few=", NULL },
	{ "names", "20 0100 86", "few:134/last", "few=last,0x6", NULL },
	{ "names", "21 0800 0100008000000080", "many:9223372039002259457/first|middle|last",
		"many=first,middle,last", "21 0800 0100008000000080" },
	{ "names", "21 0800 ffff000000000000", "many:65535/first", "many=low-half", NULL },
	{ "names", "22 0100 81", "signed:129/first|last", "signed=last,first", NULL },
	{ "names", "22 0100 c0", "signed:192/last", "signed=0xc0", NULL },
	{ "names", "23 0200 0009", "big:9/first|fourth", "big=first,fourth", NULL },
	/* Text: a NUL ends it; what is longer than a bound is cut. */
	{ "text", "10 0300 616263", "rest:'abc'", "rest=abc", NULL },
	{ "text", "10 0000", "rest:''", "rest=", NULL },
	{ "text", "10 0500 6162006364", "rest:'ab'", "rest=ab", "10 0200 6162" },
	{ "text", "10 0300 0061ff", "rest:''", "rest=", "10 0000" },
	{ "text", "10 0200 ff0a", "rest:'\\xff\\x0a'", "rest=\xff\n", NULL },
	{ "text", "10 0300 613d62", "rest:'a=b'", "rest=a=b", NULL },
	{ "text", "11 0600 616263646566", "rest_most:'abcd'", "rest_most=abcd", "11 0400 61626364" },
	{ "text", "12 0400 03616263", "short:'abc'", "short=abc", NULL },
	{ "text", "12 0100 00", "short:''", "short=", NULL },
	{ "text", "12 0500 0361626358", "short:'abc'", "short=abc", "12 0400 03616263" },
	{ "text", "13 0700 06616263646566", "short_most:'abcd'", "short_most=abcd", "13 0500 0461626364" },
	{ "text", "14 0500 0300616263", "long:'abc'", "long=abc", NULL },
	{ "text", "15 0400 61626364", "fixed:'abcd'", "fixed=abcd", NULL },
	{ "text", "15 0400 61620000", "fixed:'ab'", "fixed=ab", NULL },
	{ "text", "15 0400 00000000", "fixed:''", "fixed=", NULL },
	{ "text", "16 0300 076162", "last:(n:7 rest:'ab')", "last.n=7;last.rest=ab", NULL },
	{ "text", "16 0100 07", "last:(n:7 rest:'')", "last.rest=;last.n=7", NULL },
	/* Bytes. */
	{ "arrays", "10 0400 03010aff", "bytes8:<010aff>", "bytes8=010aff", NULL },
	{ "arrays", "10 0400 03010aff", "bytes8:<010aff>", "bytes8=01:0A:fF", NULL },
	{ "arrays", "10 0400 03010aff", "bytes8:<010aff>", "bytes8=01 0a ff", NULL },
	{ "arrays", "10 0100 00", "bytes8:<>", "bytes8=", NULL },
	{ "arrays", "10 0300 020102", "bytes8:<0102>", "bytes8[1]=2;bytes8[0]=0x01", NULL },
	{ "arrays", "11 0400 0200abcd", "bytes16:<abcd>", "bytes16=abcd", NULL },
	{ "arrays", "12 0600 02000000abcd", "bytes32:<abcd>", "bytes32=abcd", NULL },
	{ "arrays", "13 0400 01020304", "bytes4:<01020304>", "bytes4=01020304", NULL },
	/* A sequence number stands before the count; it is not shown, and 0 when encoded. */
	{ "arrays", "14 0500 07 0200 abcd", "sequence:<abcd>", "sequence=abcd", "14 0500 00 0200 abcd" },
	{ "arrays", "15 0500 07 0100 0200", "sequence_fixed:list(1 2)", "sequence_fixed=1,2",
		"15 0500 00 0100 0200" },
	/* Arrays. */
	{ "arrays", "16 0500 02 0100 ffff", "numbers:list(1 65535)", "numbers=1,65535", NULL },
	{ "arrays", "16 0500 02 0100 ffff", "numbers:list(1 65535)", "numbers[0]=1;numbers[1]=65535", NULL },
	{ "arrays", "16 0100 00", "numbers:list()", "numbers=", NULL },
	{ "arrays", "17 0300 02 ff 80", "signs:list(-1 -128)", "signs=-1,-128", NULL },
	{ "arrays", "18 0300 02 05 07", "named:list(5/five 7)", "named=five,7", NULL },
	{ "arrays", "19 0300 02 09 02", "sets:list(9/first|fourth 2)", "sets=first|fourth,0x2", NULL },
	{ "arrays", "1a 0600 02 0161 026263", "texts:list('a' 'bc')", "texts=a,bc", NULL },
	{ "arrays", "1a 0500 02 00 026263", "texts:list('' 'bc')", "texts=,bc", NULL },
	{ "arrays", "1a 0500 01 03 612c62", "texts:list('a,b')", "texts[0]=a,b", NULL },
	{ "arrays", "1b 0300 02 00 01", "bools:list(false true)", "bools=false,true", NULL },
	{ "arrays", "1c 0800 0000c03f 000000bf", "floats:list(1.5 -0.5)", "floats=1.5,-0.5", NULL },
	{ "arrays", "1d 0900 02 0200 0100 0200 0000", "table:list(list(1 2) list())",
		"table[0]=1,2;table[1]=", NULL },
	{ "arrays", "1d 0700 01 0200 0100 0200", "table:list(list(1 2))",
		"table[0][0]=1;table[0][1]=2", NULL },
	{ "arrays", "1e 0400 01 ab 01 cd", "bytes_table:list(<ab> <cd>)",
		"bytes_table[0]=ab;bytes_table[1]=cd", NULL },
	{ "arrays", "1f 0600 616263 640000", "fixed_texts:list('abc' 'd')", "fixed_texts=abc,d", NULL },
	/* Structures. */
	{ "structures", "10 0600 01 0203 02 6162", "flat:(a:1 b:515 c:'ab')",
		"flat.a=1;flat.c=ab;flat.b=515", NULL },
	{ "structures", "11 0400 01020304", "nested:(a:1 inner:(b:2 deep:(c:3)) d:4)",
		"nested.a=1;nested.inner.b=2;nested.inner.deep.c=3;nested.d=4", NULL },
	{ "structures", "12 1000 02 01 01 07 02 6162 0100 ff 02 00 0200 0102",
		"list:list((id:1 items:list((x:7 name:'ab')) data:<ff>) (id:2 items:list() data:<0102>))",
		"list[0].id=1;list[0].items[0].x=7;list[0].items[0].name=ab;list[0].data=ff;"
		"list[1].id=2;list[1].items=;list[1].data=01:02", NULL },
	{ "structures", "12 0100 00", "list:list()", "list=", NULL },
	{ "structures", "13 0100 05", "deepest:(a:(a:(a:(a:(a:(a:(a:5)))))))",
		"deepest.a.a.a.a.a.a.a=5", NULL },
	{ "structures", "14 0a00 0102 01 2c01 61620000 01",
		"mixed:(head:<0102> list:list(300/three-hundred) text:'ab' end:true)",
		"mixed.head=0102;mixed.list=three-hundred;mixed.text=ab;mixed.end=true", NULL },
	/* Several TLVs: shown in the frame's order, encoded in the schema's. */
	{ "scalars", "11 0200 0100 10 0100 02", "u16:1 u8:2", "u16=1;u8=2", "10 0100 02 11 0200 0100" },
	/* More bytes than the type needs are left alone. */
	{ "scalars", "10 0300 01 0203", "u8:1", "u8=1", "10 0100 01" },
	{ "structures", "10 0700 01 0203 00 ffffff", "flat:(a:1 b:515 c:'')",
		"flat.a=1;flat.b=515;flat.c=", "10 0400 01 0203 00" },
	/* Subscriber data. */
	{ "personal", "10 0100 05", "number:5!", "number=5", NULL },
	{ "personal", "11 0200 0161", "text:'a'!", "text=a", NULL },
	{ "personal", "12 0300 02abcd", "bytes:<abcd>!", "bytes=abcd", NULL },
	{ "personal", "13 0300 010500", "numbers:list(5!)", "numbers=5", NULL },
	{ "personal", "14 0500 01 0161 0142", "one:(open:1 hidden:'a'! after:<42>)",
		"one.open=1;one.hidden=a;one.after=42", NULL },
	{ "personal", "15 0300 01 0142 17 0100 02", "all:(a:1! b:(c:<42>!)) open:2",
		"all.a=1;all.b.c=42;open=2", NULL },
	{ "personal", "16 0400 01 0142 05", "list:list((iccid:<42>! open:5))",
		"list[0].iccid=42;list[0].open=5", NULL },
	{ "nothing", "", "", "", NULL },
};

#include "tests/types/forms.h"

static int encode(struct qmux_buf *b, const char *name, bool request, const char *assign,
	struct qmux_complaint *c)
{
	struct qmux_message m = message_called(name, false);
	struct qmux_assign list[ASSIGN_MAX];
	char text[512], *part = text, *end;
	size_t n = 0;
	int ret = 0;

	c->text[0] = '\0';
	snprintf(text, sizeof text, "%s", assign);
	for (; *part && !ret; part = end) {
		end = part + strcspn(part, ";");
		if (*end)
			*end++ = '\0';
		ret = qmux_assign_parse(&list[n++], part, c);
	}
	return ret ? ret : qmux_encode(b, &m, request, list, n, c);
}

static void test_both(const struct both_row *r)
{
	struct qmux_message m = message_called(r->message, false);
	struct qmux_complaint c;
	uint8_t room[TLVS_MAX], want[TLVS_MAX];
	struct qmux_buf b = qmux_buf(room, sizeof room);
	struct qmux_frame f;
	uint8_t *p = frame_of(&f, QMUX_REQUEST, r->tlvs);
	size_t n = from_hex(want, r->back ? r->back : r->tlvs);
	char name[600];
	int ret;

	snprintf(name, sizeof name, "%s: %s", r->tlvs, r->shown);
	is_str(shown_frame(&shown, &f, &m), r->shown, name);
	snprintf(name, sizeof name, "%s: %s", r->message, r->assign);
	ret = encode(&b, r->message, true, r->assign, &c);
	if (ret)
		is_str(c.text, "", name);
	else
		is_bytes(room, b.len, want, n, name);
	free(p);
}

/* ---- what does not fit its definition ---- */

struct odd_row {
	const char *message, *tlvs, *shown;
};

static const struct odd_row odd_rows[] = {
	{ "scalars", "10 0000", "?10<>" },
	{ "scalars", "13 0300 010203", "?13<010203>" },
	{ "scalars", "15 0700 01020304050607", "?15<01020304050607>" },
	{ "scalars", "1a 0300 010203", "?1a<010203>" },
	{ "scalars", "77 0200 0102", "?77<0102>" },
	{ "scalars", "10 0100 01 10 0100 02", "u8:1 ?10.2<02>" },
	{ "scalars", "10 0100 01 10 0100 02 10 0000 10 0100 03", "u8:1 ?10.2<02> ?10.3<> ?10.4<03>" },
	{ "scalars", "10 0000 10 0100 02", "?10<> ?10.2<02>" },
	{ "scalars", "77 0100 01 10 0100 05 77 0100 02", "u8:5 ?77<01> ?77.2<02>" },
	{ "scalars", "10 0100 05 11 0500 0100", "u8:5 ?11<0100>" },
	{ "scalars", "10 0100 05 11 05", "u8:5" },
	{ "text", "12 0000", "?12<>" },
	{ "text", "12 0300 036162", "?12<036162>" },
	{ "text", "14 0100 01", "?14<01>" },
	{ "text", "15 0300 616263", "?15<616263>" },
	{ "text", "16 0000", "?16<>" },
	{ "arrays", "10 0200 0201", "?10<0201>" },
	{ "arrays", "11 0100 00", "?11<00>" },
	{ "arrays", "12 0500 ffffffff 01", "?12<ffffffff01>" },
	{ "arrays", "13 0300 010203", "?13<010203>" },
	{ "arrays", "14 0000", "?14<>" },
	{ "arrays", "16 0400 02 0100 ff", "?16<020100ff>" },
	{ "arrays", "1a 0300 02 0161", "?1a<020161>" },
	{ "arrays", "1d 0300 02 0000", "?1d<020000>" },
	{ "structures", "10 0300 010203", "?10<010203>" },
	{ "structures", "12 0600 02 01 01 07 02 61", "?12<020101070261>" },
	{ "structures", "13 0000", "?13<>" },
	{ "forms", "10 0300 010000", "?10<010000>" },
	{ "forms", "18 0200 62f2", "?18<62f2>" },
	{ "forms", "19 0200 0221", "?19<0221>" },
	{ "forms", "1c 0400 02410042", "?1c<02410042>" },
	{ "must", "01 0100 01", "first:1" },		/* what must be there may be missing */
	{ "nothing", "10 0100 01", "?10<01>" },
};

static void test_odd(void)
{
	for (size_t i = 0; i < sizeof odd_rows / sizeof *odd_rows; i++) {
		const struct odd_row *r = &odd_rows[i];
		struct qmux_message m = message_called(r->message, false);
		struct qmux_frame f;
		uint8_t *p = frame_of(&f, QMUX_REQUEST, r->tlvs);
		char name[200];

		snprintf(name, sizeof name, "%s %s: %s", r->message, r->tlvs, r->shown);
		is_str(shown_frame(&shown, &f, &m), r->shown, name);
		is_int(qmux_has_unknown(&f, &m), shown.unknown > 0, "and whether something is unknown");
		free(p);
	}
}

/* Requests, responses and indications have TLVs of their own; the result is nobody's. */
static void test_kinds(void)
{
	static const struct {
		enum qmux_kind kind;
		const char *tlvs, *shown, *name;
	} rows[] = {
		{ QMUX_REQUEST, "01 0100 05 02 0200 0102", "first:5 second:(a:1 b:2)", "a request" },
		{ QMUX_RESPONSE, "02 0400 00000000 01 0200 0500", "answer:5", "a response without its result" },
		{ QMUX_RESPONSE, "02 0300 000000 10 0200 0105", "list:list(5/five) ?02<000000>",
			"a result that is too short is unknown" },
		{ QMUX_RESPONSE, "02 0400 00000000 02 0400 01000200", "?02.2<01000200>",
			"a second result is unknown" },
		{ QMUX_RESPONSE, "02 0600 000000000000", "", "a result that is too long is one" },
		{ QMUX_RESPONSE, "02 0500 00000000", "?02<00000000>", "one that is cut off is not" },
		{ QMUX_INDICATION, "02 0400 07000000 01 0100 05", "told:7 ?01<05>",
			"an indication has no result" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct qmux_message m = message_called("must", rows[i].kind == QMUX_INDICATION);
		struct qmux_frame f;
		uint8_t *p = frame_of(&f, rows[i].kind, rows[i].tlvs);

		is_str(shown_frame(&shown, &f, &m), rows[i].shown, rows[i].name);
		is_str(shown_frame(&shown, &f, NULL), shown.text, "without a definition all is unknown");
		is_int(shown.nodes, 0, "and nothing is known");
		free(p);
	}
}

/* A frame can hold thousands of TLVs of one type: each keeps its own number. */
static void test_many_tlvs(void)
{
	static uint8_t tlvs[600 * QMUX_TLV_HEAD];
	struct qmux_message m = message_called("scalars", false);
	struct qmux_frame f = { .service = 1, .tlvs = tlvs, .tlvs_len = sizeof tlvs };

	for (size_t i = 0; i < sizeof tlvs; i += QMUX_TLV_HEAD)
		tlvs[i] = 0x77;
	shown_frame(&shown, &f, &m);
	is_int(shown.unknown, 600, "600 unknown TLVs of one type");
	ok(strstr(shown.text, " ?77.256<>") && strstr(shown.text, " ?77.600<>"), "each with a number");
}

static int stop_at_second(struct qmux_visitor *v, const struct qmux_node *node)
{
	struct shown *s = (struct shown *)v;

	(void)node;
	return ++s->nodes == 2 ? -ECANCELED : 0;
}

static void test_stop(void)
{
	struct qmux_message m = message_called("structures", false);
	struct qmux_frame f;
	uint8_t *p = frame_of(&f, QMUX_REQUEST, "11 0400 01020304 13 0100 05");

	shown_begin(&shown);
	shown.v.node = stop_at_second;
	is_int(qmux_walk_fields(&f, &m, &shown.v), -ECANCELED, "what a visitor returns ends the walk");
	is_int(shown.nodes, 2, "at once");
	shown_begin(&shown);
	shown.v.node = stop_at_second;
	is_int(qmux_walk_path(&f, &m, "nested", &shown.v), -ECANCELED, "also on a path");
	free(p);
}

/* ---- paths ---- */

static void test_paths(void)
{
	static const char list[] = "12 1000 02 01 01 07 02 6162 0100 ff 02 00 0200 0102";
	static const struct {
		const char *message, *tlvs, *path;
		int walk, get;
		const char *shown;
	} rows[] = {
		{ "scalars", "10 0100 05", "u8", 0, 0, "u8:5" },
		{ "scalars", "10 0100 05", "u16", -ENOENT, -ENOENT, "" },
		{ "scalars", "10 0100 05", "u9", -EINVAL, -EINVAL, "" },
		{ "scalars", "10 0100 05", "", -EINVAL, -EINVAL, "" },
		{ "scalars", "10 0100 05", "u8.x", -EINVAL, -EINVAL, "" },
		{ "scalars", "10 0100 05", "u8[0]", -EINVAL, -EINVAL, "" },
		{ "scalars", "10 0000", "u8", -ENOENT, -ENOENT, "" },
		{ "scalars", "10 0500 05", "u8", -ENOENT, -ENOENT, "" },
		{ "scalars", "10 0100 05 10 0100 06", "u8", 0, 0, "u8:5" },
		{ "structures", "11 0400 01020304", "nested.inner.deep.c", 0, 0, "c:3" },
		{ "structures", "11 0400 01020304", "nested.inner", 0, -EISDIR, "inner:(b:2 deep:(c:3))" },
		{ "structures", "11 0400 01020304", "nested.d", 0, 0, "d:4" },
		{ "structures", "11 0400 01020304", "nested.", -EINVAL, -EINVAL, "" },
		{ "structures", "11 0400 01020304", "nested.x", -EINVAL, -EINVAL, "" },
		{ "structures", "11 0400 01020304", "nested.inner.deep.c.x", -EINVAL, -EINVAL, "" },
		{ "structures", "11 0300 010203", "nested.a", -ENOENT, -ENOENT, "" },
		{ "structures", list, "list[0].items[0].name", 0, 0, "name:'ab'" },
		{ "structures", list, "list[1].data", 0, 0, "data:<0102>" },
		{ "structures", list, "list[1].data[1]", 0, 0, "data:2" },
		{ "structures", list, "list[1].items", 0, -EISDIR, "items:list()" },
		{ "structures", list, "list[1].items[0].x", -ENOENT, -ENOENT, "" },
		{ "structures", list, "list[0]", 0, -EISDIR,
			"list:(id:1 items:list((x:7 name:'ab')) data:<ff>)" },
		{ "structures", list, "list[2]", -ENOENT, -ENOENT, "" },
		{ "structures", list, "list[999999999]", -ENOENT, -ENOENT, "" },
		{ "structures", list, "list[9999999999]", -EINVAL, -EINVAL, "" },
		{ "structures", list, "list[]", -EINVAL, -EINVAL, "" },
		{ "structures", list, "list[-1]", -EINVAL, -EINVAL, "" },
		{ "structures", list, "list[x]", -EINVAL, -EINVAL, "" },
		{ "structures", list, "list[0", -EINVAL, -EINVAL, "" },
		{ "structures", list, "list[0]id", -EINVAL, -EINVAL, "" },
		{ "structures", list, "list.id", -EINVAL, -EINVAL, "" },
		{ "structures", "13 0100 05", "deepest.a.a.a.a.a.a.a", 0, 0, "a:5" },
		{ "structures", "13 0100 05", "deepest.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a",
			-EINVAL, -EINVAL, "" },
		{ "arrays", "14 0500 07 0200 abcd", "sequence", 0, 0, "sequence:<abcd>" },
		{ "arrays", "14 0500 07 0200 abcd", "sequence[1]", 0, 0, "sequence:205" },
		{ "arrays", "1d 0900 02 0200 0100 0200 0000", "table[0][1]", 0, 0, "table:2" },
		{ "arrays", "1d 0900 02 0200 0100 0200 0000", "table[1]", 0, -EISDIR, "table:list()" },
		{ "arrays", "18 0300 02 05 07", "named[0]", 0, 0, "named:5/five" },
		{ "personal", "15 0300 01 0142", "all.b.c", 0, 0, "c:<42>!" },
		{ "personal", "12 0300 02abcd", "bytes[0]", 0, 0, "bytes:171!" },
		{ "personal", "16 0400 01 0142 05", "list[0].iccid", 0, 0, "iccid:<42>!" },
		{ "personal", "16 0400 01 0142 05", "list[0].open", 0, 0, "open:5" },
		{ "forms", "10 0400 0100000a", "ip4", 0, 0, "ip4:~'10.0.0.1'" },
		{ "forms", "23 0700 02 00 01 41 05 01 c1", "list[0].name", 0, 0, "name:~'A'" },
		{ "forms", "23 0700 02 00 01 41 05 01 c1", "list[1].name", 0, 0, "name:~'0xc1'" },
		{ "forms", "19 0200 01 21", "bcd[0]", -EINVAL, -EINVAL, "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct qmux_message m = message_called(rows[i].message, false);
		struct qmux_frame f;
		struct qmux_node node;
		uint8_t *p = frame_of(&f, QMUX_REQUEST, rows[i].tlvs);
		char name[200];

		snprintf(name, sizeof name, "%s of %s %s", rows[i].path, rows[i].message, rows[i].tlvs);
		shown_begin(&shown);
		if (is_int(qmux_walk_path(&f, &m, rows[i].path, &shown.v), rows[i].walk, name))
			is_str(shown.text, rows[i].shown, "  what is there");
		is_int(qmux_get(&f, &m, rows[i].path, &node), rows[i].get, "  as one value");
		free(p);
	}
}

/* ---- what cannot be encoded, and what is said of it ---- */

static void test_complaints(void)
{
	static const struct {
		const char *message, *assign, *says;
	} rows[] = {
		{ "scalars", "u8", "'u8' is not PATH=VALUE" },
		{ "scalars", "=5", "'=5' is not PATH=VALUE" },
		{ "scalars", "u8=256", "u8: '256' is not a number from 0 to 255" },
		{ "scalars", "u8=-1", "u8: '-1' is not a number from 0 to 255" },
		{ "scalars", "u8=", "u8: '' is not a number from 0 to 255" },
		{ "scalars", "u8=-", "u8: '-' is not a number from 0 to 255" },
		{ "scalars", "u8=0x", "u8: '0x' is not a number from 0 to 255" },
		{ "scalars", "u8=0x100", "is not a number from 0 to 255" },
		{ "scalars", "u8=1 ", "is not a number from 0 to 255" },
		{ "scalars", "u8= 1", "is not a number from 0 to 255" },
		{ "scalars", "u8=+1", "is not a number from 0 to 255" },
		{ "scalars", "u8=1.5", "is not a number from 0 to 255" },
		{ "scalars", "u8=five", "is not a number from 0 to 255" },
		{ "scalars", "u24=16777216", "u24: '16777216' is not a number from 0 to 16777215" },
		{ "scalars", "u48=281474976710656", "from 0 to 281474976710655" },
		{ "scalars", "u64=18446744073709551616", "from 0 to 18446744073709551615" },
		{ "scalars", "i8=128", "i8: '128' is not a number from -128 to 127" },
		{ "scalars", "i8=-129", "from -128 to 127" },
		{ "scalars", "i8=--1", "is not a number" },
		{ "scalars", "i64=9223372036854775808",
			"from -9223372036854775808 to 9223372036854775807" },
		{ "scalars", "i64=-9223372036854775809", "is not a number" },
		{ "scalars", "bool=maybe", "bool: 'maybe' is not true or false" },
		{ "scalars", "bool=", "bool: '' is not true or false" },
		{ "scalars", "f32=", "f32: '' is not a number" },
		{ "scalars", "f32=1.5x", "f32: '1.5x' is not a number" },
		{ "scalars", "u8=1;u8=2", "'u8' is given twice" },
		{ "scalars", "u9=1", "no field 'u9'; did you mean 'u8'?" },
		{ "scalars", "quite_different=1", "no field 'quite_different' in scalars" },
		{ "scalars", "u8.x=1", "u8" },
		{ "scalars", "u8[0]=1", "u8" },
		{ "names", "u8=fiv", "u8: no value 'fiv'; did you mean 'five'?" },
		{ "names", "u8=xyzxyz", "u8: no value 'xyzxyz'; a number, or one of: unknown, zero" },
		/* A set serves several widths: a name whose number does not fit is no name here. */
		{ "names", "u8=unknown", "u8: 'unknown' is -1, which does not fit here" },
		{ "names", "u16=most", "u16: 'most' is 2147483647, which does not fit here" },
		{ "names", "u16=minus", "u16: 'minus' is -1, which does not fit here" },
		{ "names", "few=first,secnd", "few: no value 'secnd'" },
		{ "names", "few=first,0x100", "few: no value '0x100'" },
		{ "names", "few=-1", "few: no value '-1'" },
		{ "names", "few=first,,last", "few: no value ''" },
		{ "text", "short_most=abcde", "short_most: 'abcde' is longer than 4 bytes" },
		{ "text", "rest_most=abcde", "longer than 4 bytes" },
		{ "text", "fixed=abcde", "longer than 4 bytes" },
		{ "arrays", "bytes8=0", "bytes8: bytes are written in hex" },
		{ "arrays", "bytes8=0g", "written in hex" },
		{ "arrays", "bytes8=01:", "written in hex" },
		{ "arrays", "bytes8=01::02", "written in hex" },
		{ "arrays", "bytes8=\x11\x12", "written in hex" },
		{ "arrays", "bytes4=010203", "bytes4: it takes 4 items, not 3" },
		{ "arrays", "bytes4=0102030405", "it takes 4 items, not 5" },
		{ "arrays", "numbers=1,x", "numbers: 'x' is not a number from 0 to 65535" },
		{ "arrays", "numbers[1]=1", "numbers[0] is missing" },
		{ "arrays", "numbers[]=1", "numbers[]: an item is written numbers[0]" },
		{ "arrays", "numbers[x]=1", "an item is written numbers[0]" },
		{ "arrays", "numbers[-1]=1", "an item is written numbers[0]" },
		{ "arrays", "numbers[4096]=1", "an item is written numbers[0]" },
		{ "arrays", "numbers[0=1", "an item is written numbers[0]" },
		{ "arrays", "numbers.x=1", "numbers" },
		{ "arrays", "numbers=1;numbers[0]=1", "numbers[0]" },
		{ "arrays", "table=1,2", "table: write its items one by one, table[0]" },
		{ "structures", "list=1", "list: write its items one by one, list[0]" },
		{ "structures", "flat.a=1", "flat.b is missing" },
		{ "structures", "flat.a=1;flat.bb=2;flat.c=x", "flat.b" },
		{ "structures", "flat=1", "flat.a is missing" },
		{ "forms", "ip4=10.0.0", "ip4: '10.0.0' is not an IPv4 address, like 10.0.0.1" },
		{ "forms", "ip4=10.0.0.256", "is not an IPv4 address" },
		{ "forms", "ip4=10.0.0.1.2", "is not an IPv4 address" },
		{ "forms", "ip4=10.0.0.01", "is not an IPv4 address" },
		{ "forms", "ip4=10.0.0.x", "is not an IPv4 address" },
		{ "forms", "ip4=", "is not an IPv4 address" },
		{ "forms", "ip4=4294967296", "is not an IPv4 address" },
		{ "forms", "ip4s=10.0.0.1,x", "'x' is not an IPv4 address" },
		{ "forms", "ip6s=::1,::", "ip6s: write its items one by one, ip6s[0]" },
		{ "forms", "ip6=1:2", "ip6: '1:2' is not an IPv6 address, like 2001:db8::1" },
		{ "forms", "ip6=1:2:3:4:5:6:7:8:9", "is not an IPv6 address" },
		{ "forms", "ip6=1:2:3:4:5:6:7:8::", "is not an IPv6 address" },
		{ "forms", "ip6=1::2::3", "is not an IPv6 address" },
		{ "forms", "ip6=:::", "is not an IPv6 address" },
		{ "forms", "ip6=1:::2", "is not an IPv6 address" },
		{ "forms", "ip6=:1", "is not an IPv6 address" },
		{ "forms", "ip6=1::2:", "is not an IPv6 address" },
		{ "forms", "ip6=:", "is not an IPv6 address" },
		{ "forms", "ip6=12345::", "is not an IPv6 address" },
		{ "forms", "ip6=g::", "is not an IPv6 address" },
		{ "forms", "ip6=", "is not an IPv6 address" },
		{ "forms", "ip6=0x0102", "ip6: it takes 16 items, not 2" },
		{ "forms", "unix_ms=2026-02-29T00:00:00Z",
			"unix_ms: '2026-02-29T00:00:00Z' is not a time, like 2026-11-22T06:47:00Z" },
		{ "forms", "unix_ms=2100-02-29T00:00:00Z", "is not a time" },
		{ "forms", "unix_ms=2026-13-01T00:00:00Z", "is not a time" },
		{ "forms", "unix_ms=2026-01-01T24:00:00Z", "is not a time" },
		{ "forms", "unix_ms=2026-01-01T00:00:60Z", "is not a time" },
		{ "forms", "unix_ms=2026-01-01T00:00:00", "is not a time" },
		{ "forms", "unix_ms=2026-01-01T00:00:00.Z", "is not a time" },
		{ "forms", "unix_ms=2026-01-01T00:00:00.1x3Z", "is not a time" },
		{ "forms", "unix_ms=2026-01-01T00:00:00.123z", "is not a time" },
		{ "forms", "unix_ms=2026-01-01T00:00:00.1234Z", "is not a time" },
		{ "forms", "unix_ms=1969-12-31T23:59:59Z", "is not a time" },
		{ "forms", "gps_ms=1980-01-05T23:59:59Z", "is not a time" },
		{ "forms", "gps_ticks=281474976710656", "is not a time" },
		{ "forms", "unix_ms=", "is not a time" },
		{ "forms", "plmn=2620", "plmn: '2620' is not MCC and MNC, like 26202 or 310410" },
		{ "forms", "plmn=2620200", "is not MCC and MNC" },
		{ "forms", "plmn=2620a", "is not MCC and MNC" },
		{ "forms", "plmn=0x62f2", "plmn: it takes 3 items, not 2" },
		{ "forms", "bcd=12f4", "bcd: '12f4' is not digits" },
		{ "forms", "bcd=12 4", "is not digits" },
		{ "forms", "bcd=123f", "is not digits" },
		{ "forms", "bcd4=12345", "bcd4: it takes 4 items, not 3" },
		{ "forms", "gsm7=a`", "gsm7: 'a`' is not text of the GSM 7-bit alphabet" },
		{ "forms", "gsm7=\x1b", "is not text of the GSM 7-bit alphabet" },
		{ "forms", "gsm7=\x1b<", "is not text of the GSM 7-bit alphabet" },
		{ "forms", "gsm7=\xc3", "is not text of the GSM 7-bit alphabet" },
		{ "forms", "gsm7=a\xa4", "is not text of the GSM 7-bit alphabet" },
		/* An eighth character that reads as what fills up. */
		{ "forms", "gsm7=1234567@", "is not text of the GSM 7-bit alphabet" },
		{ "forms", "ucs2=\xff", "ucs2: '\xff' is not UTF-8 text" },
		{ "forms", "ucs2=\xc3", "is not UTF-8 text" },
		{ "forms", "ucs2=\xc0\x80", "is not UTF-8 text" },
		{ "forms", "ucs2=\xed\xa0\x80", "is not UTF-8 text" },
		{ "forms", "ucs2=\xf4\x90\x80\x80", "is not UTF-8 text" },
		{ "forms", "ucs2=\x80\x80\x80\x80\x80\x80\x80\x80\x80", "is not UTF-8 text" },
		{ "forms", "ucs2=0x41", "ucs2: '0x41' is not UTF-8 text" },
		{ "forms", "ucs2=0x4", "ucs2: bytes are written in hex" },
		{ "forms", "ucs2_fixed=A", "ucs2_fixed: it takes 2 items, not 1" },
		{ "forms", "ascii=\xc3\xa4", "is not ASCII text" },
		{ "forms", "coded.coding=secret;coded.between=0;coded.name=xyz;coded.other=",
			"coded.name: bytes are written in hex" },
		{ "must", "third=1", "first is missing" },
		{ "must", "first=1", "second is missing" },
		{ "must", "frist=1;second.a=1;second.b=1", "no field 'frist'; did you mean 'first'?" },
		{ "nothing", "x=1", "x: nothing takes no fields" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct qmux_complaint c;
		uint8_t room[TLVS_MAX];
		struct qmux_buf b = qmux_buf(room, sizeof room);
		int ret = encode(&b, rows[i].message, true, rows[i].assign, &c);

		if (!ok(ret == -EINVAL && strstr(c.text, rows[i].says), "%s: %s", rows[i].assign,
				rows[i].says))
			printf("#  %d: %s\n", ret, c.text);
	}
}

static void test_encode_response(void)
{
	static const uint8_t want[] = { 0x01, 2, 0, 5, 0, 0x10, 2, 0, 1, 5 };
	struct qmux_complaint c;
	uint8_t room[TLVS_MAX];
	struct qmux_buf b = qmux_buf(room, sizeof room);

	is_int(encode(&b, "must", false, "list=five;answer=5", &c), 0, "a response");
	is_bytes(room, b.len, want, sizeof want, "has its own TLVs");
	b = qmux_buf(room, 12);
	is_int(encode(&b, "must", true, "first=1;second.a=2;second.b=3;third=4", &c), -EMSGSIZE,
		"what does not fit the buffer");
	ok(strstr(c.text, "longer than"), "is said: %s", c.text);
}

/* An array that would be longer than its count can say, or its TLV can be. */
static void test_encode_limits(void)
{
	static char text[2 * 65536 + 64];
	static uint8_t room[QMUX_FRAME_MAX + 64];	/* so that the TLV is the limit */
	struct qmux_complaint c;
	struct qmux_assign a;
	static const struct {
		const char *message, *path;
		size_t letters;		/* two of them a byte, in arrays */
		int ret;
	} rows[] = {
		{ "arrays", "bytes8", 2 * 255, 0 }, { "arrays", "bytes8", 2 * 256, -EINVAL },
		{ "arrays", "bytes16", 2 * 65533, 0 }, { "arrays", "bytes16", 2 * 65534, -EMSGSIZE },
		{ "arrays", "bytes32", 2 * 65531, 0 }, { "arrays", "bytes32", 2 * 65532, -EMSGSIZE },
		{ "text", "short", 255, 0 }, { "text", "short", 256, -EINVAL },
		{ "text", "long", 65533, 0 }, { "text", "long", 65534, -EMSGSIZE },
		{ "text", "rest", 65535, 0 }, { "text", "rest", 65536, -EINVAL },
		{ "forms", "bcd", 510, 0 }, { "forms", "bcd", 511, -EINVAL },
		{ "forms", "gsm7", 291, 0 }, { "forms", "gsm7", 292, -EINVAL },
		{ "forms", "ucs2", 255, 0 }, { "forms", "ucs2", 256, -EINVAL },
		{ "forms", "gsm7", 70000, -EINVAL }, { "forms", "ucs2", 70000, -EMSGSIZE },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct qmux_message m = message_called(rows[i].message, false);
		struct qmux_buf b = qmux_buf(room, sizeof room);
		size_t n = (size_t)sprintf(text, "%s=", rows[i].path);
		char name[64];

		memset(text + n, 'a', rows[i].letters);
		text[n + rows[i].letters] = '\0';
		snprintf(name, sizeof name, "%zu letters in %s", rows[i].letters, rows[i].path);
		qmux_assign_parse(&a, text, &c);
		is_int(qmux_encode(&b, &m, true, &a, 1, &c), rows[i].ret, name);
	}
}

/* ---- names and numbers ---- */

static void test_lookup(void)
{
	struct qmux_service s;
	struct qmux_message m;
	struct qmux_tlv_def def;
	char name[QMUX_NAME_MAX];
	uint16_t id;

	ok(qmux_message_by_id(1, 9, false, 0, &m) && !m.vendor, "nobody's message");
	ok(qmux_message_by_id(1, 9, false, 0x1199, &m) && m.vendor == 0x1199,
		"a vendor's own stands before it");
	ok(qmux_message_by_id(1, 9, false, 0x0489, &m) && !m.vendor, "another vendor has nobody's");
	ok(!qmux_message_by_id(1, 10, false, 0, &m), "a vendor's message is not everybody's");
	ok(qmux_message_by_id(1, 10, false, 0x0489, &m), "it is the vendor's");
	ok(!qmux_message_by_id(1, 9, true, 0x1199, &m), "and no indication");
	ok(!qmux_message_by_id(1, 12, false, 0, &m), "past the last");
	ok(!qmux_message_by_id(1, 0, false, 0, &m), "before the first");
	ok(!qmux_message_by_id(2, 1, false, 0, &m), "a service without messages");

	ok(qmux_message_by_id(1, 7, false, 0, &m) && m.n_in == 3 && m.n_out == 2, "TLVs are counted");
	ok(qmux_tlv_at(&m, true, 1, &def) && def.id == 2 && def.mandatory, "one that must be there");
	ok(qmux_tlv_at(&m, true, 2, &def) && def.id == 0x10 && !def.mandatory, "one that need not");
	ok(!qmux_tlv_at(&m, true, 3, &def) && !qmux_tlv_at(&m, false, 2, &def), "no more of them");
	ok(qmux_tlv_by_id(&m, false, 1, &def) && qmux_name_is(def.name, '_', "answer", 6), "by id");

	is_int(qmux_service_parse("types", &id), 0, "a service by name");
	is_int(qmux_service_parse("nameless", &id) || id != 2, 0, "one without messages");
	is_int(qmux_service_parse("0x190", &id) || id != 0x190, 0, "one by number");
	is_int(qmux_service_parse("010", &id) || id != 10, 0, "decimal, with a zero before it");
	for (size_t i = 0; i < 7; i++) {
		static const char *const no[] = { "", "typ", "-1", "65536", "1x", "0x", " 1" };

		is_int(qmux_service_parse(no[i], &id), -ENOENT, no[i]);
	}
	ok(qmux_service_at(0, &s) && !qmux_service_at(1, &s), "one service");
	is_str(qmux_error_name(71, name), "InvalidQmiCommand", "an error's name is one word");
	is_str(qmux_error_name(72, name), NULL, "no name");
}

int main(void)
{
	for (size_t i = 0; i < sizeof both_rows / sizeof *both_rows; i++)
		test_both(&both_rows[i]);
	for (size_t i = 0; i < sizeof form_rows / sizeof *form_rows; i++)
		test_both(&form_rows[i]);
	test_odd();
	test_kinds();
	test_many_tlvs();
	test_stop();
	test_paths();
	test_complaints();
	test_encode_response();
	test_encode_limits();
	test_lookup();
	return tap_done();
}
