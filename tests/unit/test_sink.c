/* The four faces of the sink, byte by byte. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"
#include "applets/sink.h"
#include "applets/text.h"

/* ---- what is told ---- */

static void signal_result(struct sink *s)
{
	sink_begin(s, NULL);
	sink_text(s, "registration", "registered");
	sink_bool(s, "roaming", false);
	sink_list(s, "radio_interfaces");
	sink_text(s, NULL, "lte");
	sink_text(s, NULL, "5gnr");
	sink_end(s);
	sink_begin(s, "lte");
	sink_int(s, "rssi", -65, "dBm");
	sink_tenths(s, "snr", -5, "dB");
	sink_begin(s, "cell");
	sink_uint(s, "id", UINT64_MAX, NULL);
	sink_end(s);
	sink_end(s);
	sink_list(s, "empty");
	sink_end(s);
	sink_begin(s, "5g_signal");
	sink_end(s);
	sink_end(s);
}

static void ports_result(struct sink *s)
{
	sink_begin(s, NULL);
	sink_list(s, "ports");
	for (int i = 0; i < 2; i++) {
		sink_begin(s, NULL);
		sink_text(s, "device", i ? "/dev/cdc-wdm1" : "/dev/cdc-wdm0");
		sink_list(s, "ids");
		sink_int(s, NULL, i, NULL);
		sink_int(s, NULL, 7, NULL);
		sink_end(s);
		sink_end(s);
	}
	sink_end(s);
	sink_list(s, "pairs");
	for (int i = 0; i < 2; i++) {
		sink_list(s, NULL);
		sink_int(s, NULL, i, NULL);
		sink_int(s, NULL, i, NULL);
		sink_end(s);
	}
	sink_end(s);
	sink_end(s);
}

/* Text that wants out: quotes, control characters, UTF-8 good and bad. */
static void nasty_result(struct sink *s)
{
	sink_begin(s, NULL);
	sink_text(s, "quote", "it's \"a\" \\ $(reboot) `x`");
	sink_text(s, "control", "a\nb\x1b[2J\x7f\tc");
	sink_text(s, "c1", "\xc2\x9b");
	sink_text(s, "utf8", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x93\xb6");
	sink_text(s, "bad", "\xe9 \xc3(\xed\xa0\x80\xf5\x9b");
	sink_textn(s, "cut", (const uint8_t *)"\xe2\x82\xac", 2);
	sink_text(s, "", "");
	sink_text(s, "0x1c", "odd-key");
	sink_hex(s, "hex", (const uint8_t *)"\x00\xff\x10", 3);
	sink_end(s);
}

static void twice(struct sink *s)
{
	for (int i = 1; i <= 2; i++) {
		sink_begin(s, NULL);
		sink_int(s, "n", i, NULL);
		sink_end(s);
	}
}

static void unfinished(struct sink *s)
{
	sink_begin(s, NULL);
	sink_int(s, "whole", 1, NULL);
	sink_end(s);
	sink_begin(s, NULL);
	sink_int(s, "half", 2, NULL);
}

static void floats_result(struct sink *s)
{
	sink_begin(s, NULL);
	sink_float(s, "f32", 0.1f, 4, NULL);
	sink_float(s, "f64", 0.1, 8, NULL);
	sink_float(s, "third", 1.0 / 3, 8, NULL);
	sink_float(s, "big", 1e300, 8, NULL);
	sink_float(s, "minus", -0.0, 8, NULL);
	sink_float(s, "nan", NAN, 4, NULL);
	sink_list(s, "list");
	sink_float(s, NULL, -INFINITY, 8, NULL);
	sink_float(s, NULL, 2, 8, NULL);
	sink_end(s);
	sink_end(s);
}

static void numbers_result(struct sink *s)
{
	sink_begin(s, NULL);
	sink_int(s, "least", INT64_MIN, NULL);
	sink_uint(s, "most", UINT64_MAX, NULL);
	sink_uint(s, "wide", 4294967296, NULL);
	sink_uint(s, "zeros", 10000000000, NULL);
	sink_int(s, "zero", 0, NULL);
	sink_tenths(s, "tenths", INT64_MIN, NULL);
	sink_tenths(s, "whole", 120, NULL);
	sink_end(s);
}

/* ---- and how it looks ---- */

struct outcome {
	char *text;
	bool absent;
	int flushed;
	size_t results;
};

static void bail_out(const char *why)
{
	printf("Bail out! %s\n", why);
	exit(1);
}

/* All that has been written to a file, with a NUL at its end; the file is closed. */
static char *content(FILE *f, size_t *size)
{
	off_t end = lseek(fileno(f), 0, SEEK_END);
	char *text = calloc(1, (size_t)end + 1);

	if (!text || pread(fileno(f), text, (size_t)end, 0) != end)
		bail_out("cannot read what was written");
	fclose(f);
	*size = (size_t)end;
	return text;
}

static struct outcome draw(enum sink_face face, void (*tell)(struct sink *),
	const char *const *fields, size_t n)
{
	struct outcome o = { 0 };
	size_t size;
	FILE *out = tmpfile();
	struct sink *s = out ? sink_new(face, fields, n, fileno(out)) : NULL;

	if (!s)
		bail_out("no memory or file");
	tell(s);
	o.flushed = sink_flush(s);
	o.absent = sink_absent(s);
	o.results = sink_results(s);
	sink_free(s);
	o.text = content(out, &size);
	return o;
}

static void face(const char *name, enum sink_face f, void (*tell)(struct sink *), const char *want)
{
	struct outcome o = draw(f, tell, NULL, 0);

	is_str(o.text, want, name);
	free(o.text);
}

static void field(const char *path, void (*tell)(struct sink *), const char *want, bool absent)
{
	struct outcome o = draw(SINK_FIELD, tell, &path, 1);
	char name[100];

	snprintf(name, sizeof name, "-f %s", path);
	is_str(o.text, want, name);
	snprintf(name, sizeof name, "-f %s is %s", path, absent ? "absent" : "there");
	is_int(o.absent, absent, name);
	free(o.text);
}

static void test_people(void)
{
	face("people", SINK_PEOPLE, signal_result,
		"registration:     registered\n"
		"roaming:          no\n"
		"radio_interfaces: lte, 5gnr\n"
		"lte:\n"
		"  rssi: -65 dBm\n"
		"  snr:  -0.5 dB\n"
		"  cell:\n"
		"    id: 18446744073709551615\n"
		"empty:            none\n"
		"5g_signal: none\n");
	face("people: lists of objects and of lists", SINK_PEOPLE, ports_result,
		"ports:\n"
		"  device         ids\n"
		"  /dev/cdc-wdm0  0, 7\n"
		"  /dev/cdc-wdm1  1, 7\n"
		"pairs[0]: 0, 0\n"
		"pairs[1]: 1, 1\n");
	face("people: a modem does not drive the terminal", SINK_PEOPLE, nasty_result,
		"quote:   it's \"a\" \\ $(reboot) `x`\n"
		"control: a\\u000ab\\u001b[2J\\u007f\\u0009c\n"
		"c1:      \\u009b\n"
		"utf8:    \xc3\xa9\xe2\x82\xac\xf0\x9f\x93\xb6\n"
		"bad:     \xc3\xa9 \xc3\x83(\xc3\xad\xc2\xa0\\u0080\xc3\xb5\\u009b\n"
		"cut:     \xc3\xa2\\u0082\n"
		":        \n"
		"0x1c:    odd-key\n"
		"hex:     00ff10\n");
	face("people: an empty line between results", SINK_PEOPLE, twice, "n: 1\n\nn: 2\n");
	face("people: half a result is not shown", SINK_PEOPLE, unfinished, "whole: 1\n");
	face("people: floats", SINK_PEOPLE, floats_result,
		"f32:   0.1\n"
		"f64:   0.1\n"
		"third: 0.3333333333333333\n"
		"big:   1e300\n"
		"minus: -0\n"
		"list:  null, 2\n");
}

static void test_json(void)
{
	face("json", SINK_JSON, signal_result,
		"{\"registration\":\"registered\",\"roaming\":false,"
		"\"radio_interfaces\":[\"lte\",\"5gnr\"],"
		"\"lte\":{\"rssi\":-65,\"snr\":-0.5,\"cell\":{\"id\":18446744073709551615}},"
		"\"empty\":[],\"5g_signal\":{}}\n");
	face("json: lists of objects and of lists", SINK_JSON, ports_result,
		"{\"ports\":[{\"device\":\"/dev/cdc-wdm0\",\"ids\":[0,7]},"
		"{\"device\":\"/dev/cdc-wdm1\",\"ids\":[1,7]}],\"pairs\":[[0,0],[1,1]]}\n");
	face("json: text", SINK_JSON, nasty_result,
		"{\"quote\":\"it's \\\"a\\\" \\\\ $(reboot) `x`\","
		"\"control\":\"a\\nb\\u001b[2J\\u007f\\tc\",\"c1\":\"\xc2\x9b\","
		"\"utf8\":\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x93\xb6\","
		"\"bad\":\"\\u00e9 \\u00c3(\\u00ed\\u00a0\\u0080\\u00f5\\u009b\","
		"\"cut\":\"\\u00e2\\u0082\",\"\":\"\",\"0x1c\":\"odd-key\",\"hex\":\"00ff10\"}\n");
	face("json: one line a result", SINK_JSON, twice, "{\"n\":1}\n{\"n\":2}\n");
	face("json: half a result is not shown", SINK_JSON, unfinished, "{\"whole\":1}\n");
	face("json: floats", SINK_JSON, floats_result,
		"{\"f32\":0.1,\"f64\":0.1,\"third\":0.3333333333333333,\"big\":1e300,"
		"\"minus\":-0,\"nan\":null,\"list\":[null,2]}\n");
	face("json: the ends of the number line", SINK_JSON, numbers_result,
		"{\"least\":-9223372036854775808,\"most\":18446744073709551615,"
		"\"wide\":4294967296,\"zeros\":10000000000,\"zero\":0,"
		"\"tenths\":-922337203685477580.8,\"whole\":12.0}\n");
}

static void test_eval(void)
{
	face("eval", SINK_EVAL, signal_result,
		"registration='registered'\n"
		"roaming='false'\n"
		"radio_interfaces='lte 5gnr'\n"
		"radio_interfaces_n='2'\n"
		"lte_rssi='-65'\n"
		"lte_snr='-0.5'\n"
		"lte_cell_id='18446744073709551615'\n"
		"empty=''\n"
		"empty_n='0'\n");
	face("eval: lists of objects and of lists", SINK_EVAL, ports_result,
		"ports_0_device='/dev/cdc-wdm0'\n"
		"ports_0_ids='0 7'\n"
		"ports_0_ids_n='2'\n"
		"ports_1_device='/dev/cdc-wdm1'\n"
		"ports_1_ids='1 7'\n"
		"ports_1_ids_n='2'\n"
		"ports_n='2'\n"
		"pairs_0='0 0'\n"
		"pairs_0_n='2'\n"
		"pairs_1='1 1'\n"
		"pairs_1_n='2'\n"
		"pairs_n='2'\n");
	face("eval: nothing gets out of the quotes", SINK_EVAL, nasty_result,
		"quote='it'\\''s \"a\" \\ $(reboot) `x`'\n"
		"control='a\nb\x1b[2J\x7f\tc'\n"
		"c1='\xc2\x9b'\n"
		"utf8='\xc3\xa9\xe2\x82\xac\xf0\x9f\x93\xb6'\n"
		"bad='\xc3\xa9 \xc3\x83(\xc3\xad\xc2\xa0\xc2\x80\xc3\xb5\xc2\x9b'\n"
		"cut='\xc3\xa2\xc2\x82'\n"
		"_=''\n"
		"_0x1c='odd-key'\n"
		"hex='00ff10'\n");
	face("eval: floats", SINK_EVAL, floats_result,
		"f32='0.1'\nf64='0.1'\nthird='0.3333333333333333'\nbig='1e300'\nminus='-0'\n"
		"list='null 2'\nlist_n='2'\n");
}

static void test_field(void)
{
	static const char *const order[] = { "lte.rssi", "none", "registration" };
	struct outcome o = draw(SINK_FIELD, signal_result, order, 3);

	is_str(o.text, "-65\n\nregistered\n", "fields in the order of the question");
	is_int(o.absent, true, "one of them is absent");
	free(o.text);
	field("lte.rssi", signal_result, "-65\n", false);
	field("lte.cell.id", signal_result, "18446744073709551615\n", false);
	field("roaming", signal_result, "false\n", false);
	field("radio_interfaces", signal_result, "lte 5gnr\n", false);
	field("radio_interfaces[1]", signal_result, "5gnr\n", false);
	field("radio_interfaces[2]", signal_result, "\n", true);
	field("empty", signal_result, "\n", false);
	field("lte", signal_result, "{\"rssi\":-65,\"snr\":-0.5,\"cell\":"
		"{\"id\":18446744073709551615}}\n", false);
	field("ports", ports_result, "[{\"device\":\"/dev/cdc-wdm0\",\"ids\":[0,7]},"
		"{\"device\":\"/dev/cdc-wdm1\",\"ids\":[1,7]}]\n", false);
	field("ports[1].ids[0]", ports_result, "1\n", false);
	field("pairs[1]", ports_result, "1 1\n", false);
	field("pairs[1][0]", ports_result, "1\n", false);
	field("", signal_result, "\n", true);
	field(".", signal_result, "\n", true);
	field("lte.", signal_result, "\n", true);
	field("lte[0]", signal_result, "\n", true);
	field("lte.rssi.x", signal_result, "\n", true);
	field("radio_interfaces[", signal_result, "\n", true);
	field("radio_interfaces[x]", signal_result, "\n", true);
	field("control", nasty_result, "a\\u000ab\\u001b[2J\\u007f\\u0009c\n", false);
	field("n", twice, "1\n2\n", false);
	field("nan", floats_result, "\n", true);
}

/* Every float must come back as it was, by the shortest way that does that. */
static void test_floats_read_back(void)
{
	uint32_t seed = 1;
	long wrong32 = 0, wrong64 = 0;

	for (int i = 0; i < 20000; i++) {
		char buf[TEXT_NUMBER_MAX + 1];
		uint64_t bits64;
		float f;
		double d;

		seed = seed * 1664525 + 1013904223;
		memcpy(&f, &seed, sizeof f);
		buf[text_float(buf, f, 4)] = '\0';
		wrong32 += isfinite(f) ? strtof(buf, NULL) != f : *buf != '\0';
		bits64 = (uint64_t)seed << 32 | (seed * 2654435761u);
		memcpy(&d, &bits64, sizeof d);
		buf[text_float(buf, d, 8)] = '\0';
		wrong64 += isfinite(d) ? strtod(buf, NULL) != d : *buf != '\0';
	}
	is_int(wrong32, 0, "4-byte floats read back");
	is_int(wrong64, 0, "8-byte floats read back");
}

static void test_many(void)
{
	char *text;
	size_t size;
	FILE *out = tmpfile();
	struct sink *s = out ? sink_new(SINK_JSON, NULL, 0, fileno(out)) : NULL;
	const char line[] = "{\"n\":1}\n{\"n\":2}\n";
	bool same;

	if (!s)
		bail_out("no memory or file");
	for (int i = 0; i < 20000; i++)
		twice(s);
	same = !sink_flush(s);
	text = content(out, &size);
	same = same && size == 20000 * strlen(line);
	for (size_t at = 0; same && at < size; at += strlen(line))
		same = !memcmp(text + at, line, strlen(line));
	is_int(same, true, "40000 results, every byte of them");
	is_int((long)sink_results(s), 40000, "and they were counted");
	sink_free(s);
	free(text);
}

static void test_failed_flush(void)
{
	FILE *full = fopen("/dev/full", "w");
	struct sink *s = full ? sink_new(SINK_JSON, NULL, 0, fileno(full)) : NULL;

	if (!s) {
		skip("a failed flush", "no /dev/full");
		return;
	}
	twice(s);
	is_int(sink_error(s), 0, "no failure is known before the flush");
	is_int(sink_flush(s), -ENOSPC, "a full disk is a failure");
	twice(s);
	is_int(sink_flush(s), -ENOSPC, "and stays one");
	is_int(sink_error(s), -ENOSPC, "sink_error tells");
	sink_free(s);
	fclose(full);
}

int main(void)
{
	test_people();
	test_json();
	test_eval();
	test_field();
	test_floats_read_back();
	test_many();
	test_failed_flush();
	return tap_done();
}
