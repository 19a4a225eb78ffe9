/*
 * test_proxy_random.c - random lives of the proxy, from seeds: the same each time.
 *
 *	test_proxy_random [SEED [COUNT]]
 */
#include "tests/unit/proxy_ops.h"
#include "tests/unit/tap.h"

#define COUNT 400
#define GROUP 50		/* lives that one line of TAP stands for */

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static const char *life(uint32_t seed)
{
	static uint8_t ops[OPS_MAX];
	uint32_t state = seed * 2654435761u + 1;
	size_t n = 200 + next_random(&state) % (OPS_MAX - 200);

	for (size_t i = 0; i < n; i++)
		ops[i] = (uint8_t)(next_random(&state) >> 11);
	return ops_run(ops, n, seed % 4 != 3);
}

int main(int argc, char **argv)
{
	uint32_t first = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 0) : 1;
	uint32_t count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 0) : argc > 1 ? 1 : COUNT;

	for (uint32_t i = 0; i < count; i += GROUP) {
		const char *broken = NULL;
		uint32_t k;

		for (k = i; k < count && k < i + GROUP && !broken; k++)
			broken = life(first + k);
		if (broken)
			printf("# seed %u: %s\n", (unsigned)(first + k - 1), broken);
		ok(!broken, "lives from seed %u on", (unsigned)(first + i));
	}
	return tap_done();
}
