/* malloc of the release build (qmux/memory.c), under other names beside libc's. */
#include "tap.h"

#include <stdlib.h>

#define malloc own_malloc
#define calloc own_calloc
#define realloc own_realloc
#define free own_free
#include "qmux/memory.c"

static bool all_are(const uint8_t *p, size_t n, uint8_t byte)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != byte)
			return false;
	return true;
}

static void test_pieces(void)
{
	static const size_t sizes[] = { 0, 1, 100, 4079, 4080, 4081, 65536, 1 << 20 };
	uint8_t *p[sizeof sizes / sizeof *sizes];
	bool kept = true, aligned = true, zeros = true;

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		p[i] = own_calloc(sizes[i], 1);
		aligned = aligned && p[i] && (uintptr_t)p[i] % _Alignof(max_align_t) == 0;
		zeros = zeros && p[i] && all_are(p[i], sizes[i], 0);
		if (p[i])
			memset(p[i], (int)i + 1, sizes[i]);
	}
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		kept = kept && p[i] && all_are(p[i], sizes[i], (uint8_t)(i + 1));
		own_free(p[i]);
	}
	ok(aligned, "pieces are aligned for anything");
	ok(zeros, "calloc gives zeros");
	ok(kept, "each keeps what is its own, to the last byte");
	own_free(NULL);
}

/* A freed piece may come again at once, with what was in it. */
static void test_zeros_again(void)
{
	uint8_t *p = own_malloc(3000);
	bool zeros;

	if (p)
		memset(p, 0xff, 3000);
	own_free(p);
	p = own_calloc(30, 100);
	zeros = p && all_are(p, 3000, 0);
	ok(zeros, "calloc gives zeros where something has been freed");
	own_free(p);
}

static void test_growing(void)
{
	uint8_t *p = own_realloc(NULL, 10);
	bool kept = p;

	for (size_t n = 10, before = 0; kept && n < 1 << 20; before = n, n = n * 3 + 1) {
		p = own_realloc(p, n);
		kept = p && all_are(p, before, 7);
		if (p)
			memset(p, 7, n);
	}
	ok(kept, "what stands in a piece stays as it grows");
	p = own_realloc(p, 50);
	ok(p && all_are(p, 50, 7), "and as it shrinks");
	own_free(p);
}

static void test_too_much(void)
{
	uint8_t *p = own_malloc(50), *none;

	ok(!own_malloc(SIZE_MAX) && !own_malloc(PTRDIFF_MAX), "more than there can be");
	ok(!own_calloc(SIZE_MAX / 2, 3), "a product that is none");
	memset(p, 5, 50);
	none = own_realloc(p, SIZE_MAX - 100);
	ok(!none && all_are(p, 50, 5), "a piece that cannot grow stays");
	own_free(p);
}

int main(void)
{
	test_pieces();
	test_zeros_again();
	test_growing();
	test_too_much();
	return tap_done();
}
