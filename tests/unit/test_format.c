/*
 * test_format.c - our printf and our floats against libc's, bit for bit.
 */
#include "qmux/format.h"
#include "tests/unit/tap.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 1000 };		/* big integers under sanitizers are slow */

static struct rng rng = { 0x9e3779b97f4a7c15 };

static uint64_t bits_of(double v, unsigned bytes)
{
	uint64_t bits;
	uint32_t bits32;
	float f = (float)v;

	memcpy(&bits32, &f, sizeof bits32);
	memcpy(&bits, &v, sizeof bits);
	return bytes == 4 ? bits32 : bits;
}

static double float_of(uint64_t bits, unsigned bytes)
{
	uint32_t bits32 = (uint32_t)bits;
	double d;
	float f;

	memcpy(&f, &bits32, sizeof f);
	memcpy(&d, &bits, sizeof d);
	return bytes == 4 ? f : d;
}

/* ---- text ---- */

#define SAME(...) do { \
	char ours[64], theirs[64]; \
	int n = qmux_format(ours, sizeof ours, __VA_ARGS__); \
	int m = snprintf(theirs, sizeof theirs, __VA_ARGS__); \
	is_str(ours, theirs, #__VA_ARGS__); \
	is_int(n, m, "  its length"); \
} while (0)

static void test_text(void)
{
	char buf[8];

	SAME("plain");
	SAME("%%");
	SAME("%s|%-5s|%5s|%.2s|%-5.2s|%.*s", "a", "b", "c", "def", "ghi", 1, "jk");
	SAME("%s", "");
	SAME("%c%c", 'x', 'y');
	SAME("%d %d %d %d", 0, -1, INT_MAX, INT_MIN);
	SAME("%5d|%-5d|%05d|%05d", 42, 42, 42, -42);
	SAME("%*d|%-*d|", 4, 7, 4, 7);
	SAME("%u %x %02x %04x", UINT_MAX, UINT_MAX, 5, 0x5f);
	SAME("%ld %lu %lx", LONG_MIN, ULONG_MAX, ULONG_MAX);
	SAME("%lld", LLONG_MIN);
	SAME("%llu %llx", ULLONG_MAX, 1ULL << 40);
	SAME("%zu", (size_t)-1);
	is_int(qmux_format(buf, sizeof buf, "%s", "0123456789"), 10, "what does not fit is counted");
	is_str(buf, "0123456", "and cut");
	is_int(qmux_format(buf, 1, "%d", 42), 2, "room for the NUL alone");
	is_str(buf, "", "holds the NUL");
	is_int(qmux_format(NULL, 0, "%d", 42), 2, "no room at all");
}

/* ---- floats ---- */

/* The same number, and no digit more than libc needs for it. */
static bool text_good(uint64_t bits, unsigned bytes)
{
	double v = float_of(bits, bytes);
	char buf[QMUX_FLOAT_TEXT], theirs[64], *end;
	int digits = 0, needed = 1, most = bytes == 4 ? 9 : 17;
	double back;
	uint64_t ours;

	qmux_float_text(buf, v, bytes);
	back = bytes == 4 ? strtof(buf, &end) : strtod(buf, &end);
	for (; needed < most; needed++) {
		snprintf(theirs, sizeof theirs, "%.*e", needed - 1, v);
		if (bits_of(bytes == 4 ? strtof(theirs, NULL) : strtod(theirs, NULL), bytes) == bits)
			break;
	}
	for (const char *p = buf; *p && *p != 'e'; p++)
		digits += *p >= '0' && *p <= '9' && (digits || *p != '0');
	for (const char *p = buf + strcspn(buf, "e"); !strchr(buf, '.') && p > buf && p[-1] == '0'; p--)
		digits--;
	if (*end || bits_of(back, bytes) != bits || digits > needed ||
	    !qmux_float_parse(buf, strlen(buf), bytes, &ours) || ours != bits) {
		printf("#  %u bytes, %016llx: %s (%.17g), %d digits, %d are needed\n", bytes,
			(unsigned long long)bits, buf, v, digits, needed);
		return false;
	}
	return true;
}

static uint64_t random_float(unsigned bytes)
{
	static const double powers[] = { 1, 10, 1e4, 1e9 };
	uint64_t bits = (uint64_t)rng_next(&rng) << 32 | rng_next(&rng);

	if (bytes == 4)
		bits >>= 32;
	if (!rng_below(&rng, 4))	/* what people and modems mean: few digits */
		bits = bits_of((int)rng_next(&rng) / powers[rng_below(&rng, 4)], bytes);
	return isfinite(float_of(bits, bytes)) ? bits : 0;
}

static void test_floats(unsigned bytes)
{
	static const double edges[] = { 0, -0.0, 1, -1, 0.1, 0.5, 1e5, 1e15, 1e16, 1e17, 1e18, 1e22, 1e23,
		1e-4, 1e-5, 1e-6, 123456789, 0.30000000000000004, 1.7976931348623157e308,
		2.2250738585072014e-308, 2.225073858507201e-308, 4.9406564584124654e-324,
		3.4028234663852886e38, 1.1754943508222875e-38, 1.1754942106924411e-38,
		1.4012984643248171e-45, 9007199254740991, 9007199254740992, 52.520006599999999 };
	unsigned failed = 0;

	for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
		if (isfinite(float_of(bits_of(edges[i], bytes), bytes)))
			failed += !text_good(bits_of(edges[i], bytes), bytes);
	is_int(failed, 0, "the edges");
	for (unsigned i = 0; i < ROUNDS; i++)
		failed += !text_good(random_float(bytes), bytes);
	is_int(failed, 0, "floats to text and back");
}

/* Decimals of up to 19 digits, near floats and near the middle between two. */
static void test_parse(unsigned bytes)
{
	unsigned failed = 0;
	char text[64];
	uint64_t ours, theirs;

	for (unsigned i = 0; i < ROUNDS; i++) {
		uint64_t bits = random_float(bytes) << (64 - 8 * bytes) << 1 >> 1 >> (64 - 8 * bytes);
		double v = float_of(bits, bytes), next = float_of(bits + 1, bytes);
		double near = rng_below(&rng, 2) && isfinite(next) ? v + (next - v) / 2 : v;

		snprintf(text, sizeof text, "%s%.*e", rng_below(&rng, 2) ? "-" : "",
			(int)rng_below(&rng, 18), near);
		theirs = bits_of(bytes == 4 ? strtof(text, NULL) : strtod(text, NULL), bytes);
		if (qmux_float_parse(text, strlen(text), bytes, &ours) && ours == theirs)
			continue;
		printf("#  %u bytes, %s: ours %llx, libc's %llx\n", bytes, text,
			(unsigned long long)ours, (unsigned long long)theirs);
		failed++;
	}
	is_int(failed, 0, "decimals are read as libc does");
}

static void test_parse_words(void)
{
	static const char *const good[] = { "0", "-0", "1", "+1", "1.", ".5", "-.5e1", "1e5", "1E-5", "1e+5",
		"0e999999999", "1e-999999999", "-1e-400", "1e400", "1e999999999", "inf", "-inf",
		"00000000000000000000000000000001", "0.00000000000000000000000000000001",
		"100000000000000000000000000000000", "1234567890123456789", "4.9e-324", "2e-324",
		"1.7976931348623159e308", "16777217", "9007199254740993" };
	static const char *const bad[] = { "", "-", "+", ".", "e5", "1e", "1e+", "1x", "1..2", "1e5.", "x",
		"0x1", " 1", "1 ", "--1", "infinity", "in", "na", "1,5" };
	uint64_t ours;
	float f;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		ok(qmux_float_parse(good[i], strlen(good[i]), 8, &ours) &&
			ours == bits_of(strtod(good[i], NULL), 8), "'%s' as a double", good[i]);
		f = strtof(good[i], NULL);
		ok(qmux_float_parse(good[i], strlen(good[i]), 4, &ours) && ours == bits_of(f, 4),
			"'%s' as a float", good[i]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ok(!qmux_float_parse(bad[i], strlen(bad[i]), 8, &ours), "'%s' is no number", bad[i]);
	ok(qmux_float_parse("nan", 3, 8, &ours) && isnan(float_of(ours, 8)), "nan as a double");
	ok(qmux_float_parse("-nan", 4, 4, &ours) && isnan(float_of(ours, 4)), "nan as a float");
	ok(qmux_float_parse("15x", 2, 8, &ours) && ours == bits_of(15, 8), "no byte past n is read");
}

static void test_digits(void)
{
	static const struct {
		const char *text;
		unsigned base;
		int64_t want;		/* -1: it is none */
	} rows[] = {
		{ "0660", 8, 0660 }, { "0668", 8, -1 }, { "0660", 10, 660 }, { "1199", 16, 0x1199 },
		{ "aF", 16, 0xaf }, { "0x1199", 16, -1 }, { "", 10, -1 }, { "-1", 10, -1 },
		{ " 1", 10, -1 }, { "9223372036854775807", 10, INT64_MAX },
		{ "18446744073709551616", 10, -1 }, { "2000000000000000000000", 8, -1 },
	};
	char name[80];
	uint64_t v;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		bool is = qmux_parse_digits(rows[i].text, strlen(rows[i].text), rows[i].base, &v);

		qmux_format(name, sizeof name, "'%s' to base %u", rows[i].text, rows[i].base);
		is_int(is ? (int64_t)v : -1, rows[i].want, name);
	}
}

static void test_find(void)
{
	static const char text[] = "aab >>>> aabb";

	ok(qmux_find(text, "aabb") == text + 9, "a word behind one that starts alike");
	ok(qmux_find(text, "aab") == text, "the first of two");
	ok(!qmux_find(text, ">>>>>"), "more than there is");
	ok(!qmux_find(text, "bbb"), "a word that the end cuts off");
}

int main(void)
{
	test_digits();
	test_find();
	test_text();
	for (unsigned bytes = 4; bytes <= 8; bytes += 4) {
		test_floats(bytes);
		test_parse(bytes);
	}
	test_parse_words();
	return tap_done();
}
