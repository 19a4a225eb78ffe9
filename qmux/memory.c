/*
 * memory.c - malloc, straight from the kernel.
 *
 * The tool asks for a few large pieces, seldom: each is a mapping of its own, and once freed
 * it is the kernel's again.  libc's allocator is made for many small ones, and would take 9 KB
 * of a static binary on musl.  Not in what is sanitized: there it would hide every overrun.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define STEP 4096	/* the smallest page there is; the kernel rounds up to its own */

/* In front of each piece, which is aligned as malloc promises. */
union head {
	size_t size;		/* of the mapping */
	max_align_t align;
};

/* The last small piece that was freed: a queue that fills and empties makes no system calls. */
static void *spare;

static size_t mapping_size(size_t n)
{
	if (n > PTRDIFF_MAX - STEP - sizeof(union head))
		return 0;	/* which no mapping can have */
	return (n + sizeof(union head) + STEP - 1) / STEP * STEP;
}

static void *piece(void *mapping, size_t size)
{
	union head *h = mapping;

	if (mapping == MAP_FAILED)
		return NULL;
	h->size = size;
	return h + 1;
}

static void *take(size_t size)
{
	void *p = spare;

	if (p && size == STEP) {
		spare = NULL;
		return p;
	}
	return piece(mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
		size);
}

void *malloc(size_t n)
{
	return take(mapping_size(n));
}

void *calloc(size_t n, size_t each)
{
	size_t all = each && n > SIZE_MAX / each ? SIZE_MAX : n * each, size = mapping_size(all);
	void *p = take(size);

	/* A new mapping is zeros. */
	return p && size == STEP ? memset(p, 0, all) : p;
}

void *realloc(void *p, size_t n)
{
	size_t size = mapping_size(n);
	union head *h;

	if (!p)
		return take(size);
	h = (union head *)p - 1;
	if (size == h->size)
		return p;
	return piece(size ? mremap(h, h->size, size, MREMAP_MAYMOVE) : MAP_FAILED, size);
}

void free(void *p)
{
	union head *h;

	if (!p)
		return;
	h = (union head *)p - 1;
	if (h->size == STEP && !spare)
		spare = p;
	else
		munmap(h, h->size);	/* cannot fail: errno stays */
}
