/* decimal.c - floats as text and back, exactly: by comparing big integers. */
#include "format.h"

#include "bytes.h"

#include <string.h>

/*
 * Both directions rest on one question: is m * 2^e less than d * 10^k?  Each side is multiplied
 * by the negative powers of the other, which makes integers: at most 64 + 1075 bits of powers
 * of two, or 64 + 1329 of ten.
 */
#define LIMBS 48		/* 1536 bits */
#define TEXT_DIGITS 19		/* what follows them only matters to exact ties, and is dropped */
#define EXPONENT_MAX 400	/* decimal exponents beyond give 0 or infinity */

struct big {
	uint32_t limb[LIMBS];
	unsigned n;
};

static void big_times(struct big *b, uint32_t factor)
{
	uint64_t carry = 0;

	for (unsigned i = 0; i < b->n; i++) {
		carry += (uint64_t)b->limb[i] * factor;
		b->limb[i] = (uint32_t)carry;
		carry >>= 32;
	}
	if (carry && b->n < LIMBS)
		b->limb[b->n++] = (uint32_t)carry;
}

/* v * 2^two * 10^ten */
static struct big big(uint64_t v, int two, int ten)
{
	struct big b = { .limb = { (uint32_t)v, (uint32_t)(v >> 32) }, .n = 2 };

	for (; ten >= 9; ten -= 9)
		big_times(&b, 1000000000);
	for (; ten > 0; ten--)
		big_times(&b, 10);
	for (; two >= 31; two -= 31)
		big_times(&b, 1u << 31);
	if (two > 0)
		big_times(&b, 1u << two);
	return b;
}

static int big_compare(const struct big *a, const struct big *b)
{
	for (unsigned i = a->n > b->n ? a->n : b->n; i--;)
		if (a->limb[i] != b->limb[i])
			return a->limb[i] < b->limb[i] ? -1 : 1;
	return 0;
}

/* m * 2^e against d * 10^k */
static int compare(uint64_t m, int e, uint64_t d, int k)
{
	struct big left = big(m, e > 0 ? e : 0, k < 0 ? -k : 0);
	struct big right = big(d, e < 0 ? -e : 0, k > 0 ? k : 0);

	return big_compare(&left, &right);
}

/* How a float of so many bytes is laid out: IEEE 754. */
struct layout {
	int mantissa_bits, least_exponent;	/* a subnormal is m * 2^least_exponent */
	uint64_t infinity;
};

static struct layout layout(unsigned bytes)
{
	if (bytes == 4)
		return (struct layout){ 23, -149, 0x7f800000 };
	return (struct layout){ 52, -1074, 0x7ff0000000000000 };
}

/* A positive float, from its bits: m * 2^e. */
static void take_apart(const struct layout *l, uint64_t bits, uint64_t *m, int *e)
{
	int exponent = (int)(bits >> l->mantissa_bits);

	*m = bits & ((1ULL << l->mantissa_bits) - 1);
	if (exponent) {
		*m |= 1ULL << l->mantissa_bits;
		exponent--;
	}
	*e = l->least_exponent + exponent;
}

/* The bits of the positive float that is nearest to d * 10^k; a tie goes to even. */
static uint64_t nearest(const struct layout *l, uint64_t d, int k)
{
	uint64_t low = 0, high = l->infinity, m;
	int e, order;

	while (high - low > 1) {	/* the bits of floats are in the floats' order */
		uint64_t mid = low + (high - low) / 2;

		take_apart(l, mid, &m, &e);
		if (compare(m, e, d, k) <= 0)
			low = mid;
		else
			high = mid;
	}
	take_apart(l, low, &m, &e);
	order = compare(2 * m + 1, e - 1, d, k);
	return order < 0 || (order == 0 && low & 1) ? low + 1 : low;
}

static bool take_exponent(const char **p, const char *end, int *k)
{
	bool minus = false;
	int v = 0;

	if (*p < end && (**p | 0x20) == 'e') {
		++*p;
		if (*p < end && (**p == '-' || **p == '+'))
			minus = *(*p)++ == '-';
		if (*p == end)
			return false;
		for (; *p < end && **p >= '0' && **p <= '9'; ++*p)
			v = v < 10000 ? v * 10 + (**p - '0') : v;
	}
	*k += minus ? -v : v;
	return *p == end;
}

/* The bits of a positive decimal.  False: it is none. */
static bool parse_positive(const char *p, const char *end, const struct layout *l, uint64_t *bits)
{
	bool any = false, point = false;
	uint64_t d = 0;
	int digits = 0, k = 0;

	for (; p < end && ((*p >= '0' && *p <= '9') || (*p == '.' && !point)); p++) {
		if (*p == '.') {
			point = true;
			continue;
		}
		any = true;
		if (digits == TEXT_DIGITS) {
			k += !point;
			continue;
		}
		d = d * 10 + (uint64_t)(*p - '0');
		digits += d > 0;
		k -= point;
	}
	if (!any || !take_exponent(&p, end, &k))
		return false;
	if (!d || k + digits < -EXPONENT_MAX)
		*bits = 0;
	else if (k > EXPONENT_MAX)
		*bits = l->infinity;
	else
		*bits = nearest(l, d, k);
	return true;
}

bool qmux_float_parse(const char *text, size_t n, unsigned bytes, uint64_t *bits)
{
	const char *p = text, *end = text + n;
	struct layout l = layout(bytes);
	bool minus = n && (*p == '-' || *p == '+') && *p++ == '-';

	if (end - p == 3 && !memcmp(p, "inf", 3))
		*bits = l.infinity;
	else if (end - p == 3 && !memcmp(p, "nan", 3))
		*bits = l.infinity | 1ULL << (l.mantissa_bits - 1);
	else if (!parse_positive(p, end, &l, bits))
		return false;
	if (minus)
		*bits |= 1ULL << (8 * bytes - 1);
	return true;
}

/* ---- the other way ---- */

/* m * 2^e as the nearest d * 10^k, where it is known to be less than most * 10^k. */
static uint64_t leading_digits(uint64_t m, int e, int k, uint64_t most)
{
	uint64_t low = 0, high = most;

	while (high - low > 1) {
		uint64_t mid = low + (high - low) / 2;

		if (compare(m, e, mid, k) >= 0)
			low = mid;
		else
			high = mid;
	}
	/* Nearer to low or to low + 1?  m * 2^(e + 1) against (2 * low + 1) * 10^k. */
	return compare(m, e + 1, 2 * low + 1, k) > 0 ? low + 1 : low;
}

/* The decimal exponent of m * 2^e: 10^result <= m * 2^e < 10^(result + 1). */
static int decimal_exponent(uint64_t m, int e)
{
	int low = -EXPONENT_MAX, high = EXPONENT_MAX;

	while (high - low > 1) {
		int mid = (low + high) / 2;

		if (compare(m, e, 1, mid) >= 0)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* d * 10^k, d without zeros at its end, in the dress that is shorter. */
static void dress(char *buf, bool minus, uint64_t d, int k)
{
	char digits[24];
	int n = qmux_format(digits, sizeof digits, "%llu", (unsigned long long)d);
	int point = n + k;	/* digits before the point */
	const char *sign = minus ? "-" : "";

	if (k >= 0 && point <= 17)
		qmux_format(buf, QMUX_FLOAT_TEXT, "%s%s%.*s", sign, digits, k,
			"00000000000000000");
	else if (point > 0 && point <= 17)
		qmux_format(buf, QMUX_FLOAT_TEXT, "%s%.*s.%s", sign, point, digits, digits + point);
	else if (point <= 0 && point > -5)
		qmux_format(buf, QMUX_FLOAT_TEXT, "%s0.%.*s%s", sign, -point, "0000", digits);
	else
		qmux_format(buf, QMUX_FLOAT_TEXT, "%s%c%s%se%d", sign, digits[0],
			n > 1 ? "." : "", digits + 1, point - 1);
}

static uint64_t bits_of(double v, unsigned bytes)
{
	uint64_t bits;
	uint32_t bits32;
	float f = (float)v;

	if (bytes == 4) {
		memcpy(&bits32, &f, sizeof bits32);
		return bits32;
	}
	memcpy(&bits, &v, sizeof bits);
	return bits;
}

void qmux_float_text(char buf[QMUX_FLOAT_TEXT], double v, unsigned bytes)
{
	struct layout l = layout(bytes);
	uint64_t sign = 1ULL << (8 * bytes - 1), bits = bits_of(v, bytes), m, d = 0, most = 1;
	bool minus = bits & sign;
	int e, ten, k = 0;

	bits &= ~sign;
	if (bits >= l.infinity) {
		qmux_format(buf, QMUX_FLOAT_TEXT, "%s", bits > l.infinity ? "nan" :
			minus ? "-inf" : "inf");
		return;
	}
	take_apart(&l, bits, &m, &e);
	if (m) {
		ten = decimal_exponent(m, e);
		do {
			k = ten + 1;
			for (uint64_t rest = most *= 10; rest > 1; rest /= 10)
				k--;
			d = leading_digits(m, e, k, most);
		} while (nearest(&l, d, k) != bits);
		for (; d % 10 == 0; k++)
			d /= 10;
	}
	dress(buf, minus, d, k);
}
