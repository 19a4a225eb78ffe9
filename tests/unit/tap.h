/*
 * tap.h - what a unit test needs to print TAP.
 *
 * Each check is a line "ok N - NAME" or "not ok N - NAME"; a failed comparison
 * says what it got and what it wanted.  main() ends with "return tap_done();",
 * which prints the plan: 0 where all was well.
 */
#ifndef TESTS_UNIT_TAP_H
#define TESTS_UNIT_TAP_H

#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static unsigned tap_count, tap_failures;

__attribute__((format(printf, 2, 3), unused))
static bool ok(bool good, const char *format, ...)
{
	va_list ap;

	printf("%sok %u - ", good ? "" : "not ", ++tap_count);
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	putchar('\n');
	tap_failures += !good;
	return good;
}

__attribute__((unused))
static bool is_int(long long got, long long want, const char *name)
{
	bool good = ok(got == want, "%s", name);

	if (!good)
		printf("#  got %lld, want %lld\n", got, want);
	return good;
}

__attribute__((unused))
static bool is_str(const char *got, const char *want, const char *name)
{
	bool good = ok(got && want ? !strcmp(got, want) : got == want, "%s", name);

	if (!good)
		printf("#  got  '%s'\n#  want '%s'\n", got ? got : "(null)", want ? want : "(null)");
	return good;
}

__attribute__((unused))
static void tap_hex(const char *label, const uint8_t *p, size_t n)
{
	printf("#  %s", label);
	for (size_t i = 0; i < n; i++)
		printf("%02x", p[i]);
	putchar('\n');
}

__attribute__((unused))
static bool is_bytes(const uint8_t *got, size_t n_got, const uint8_t *want, size_t n_want,
	const char *name)
{
	bool good = ok(n_got == n_want && (!n_got || !memcmp(got, want, n_got)), "%s", name);

	if (!good) {
		tap_hex("got  ", got, n_got);
		tap_hex("want ", want, n_want);
	}
	return good;
}

/* A check that cannot be made here, and why. */
__attribute__((unused))
static void skip(const char *name, const char *why)
{
	printf("ok %u - %s # SKIP %s\n", ++tap_count, name, why);
}

__attribute__((unused))
static int tap_done(void)
{
	printf("1..%u\n", tap_count);
	if (tap_failures)
		printf("# %u of %u failed\n", tap_failures, tap_count);
	return tap_failures != 0;
}

/*
 * Random numbers that are the same everywhere: what fails can be repeated from
 * its seed (xorshift64*; Marsaglia, Vigna).
 */
struct rng {
	uint64_t state;
};

__attribute__((unused))
static uint32_t rng_next(struct rng *r)
{
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;
	return (uint32_t)(r->state * 0x2545f4914f6cdd1dULL >> 32);
}

/* 0 to n - 1. */
__attribute__((unused))
static uint32_t rng_below(struct rng *r, uint32_t n)
{
	return rng_next(r) % n;
}

#endif
