/* fuzz_proxy.c - any life of the proxy: no crash, no spin, no rule of proxy_world.h broken. */
#include "tests/unit/proxy_ops.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	const char *broken;

	if (!n)
		return 0;
	broken = ops_run(p + 1, n - 1, p[0] & 1);
	if (broken) {
		fprintf(stderr, "broken: %s\n", broken);
		abort();
	}
	return 0;
}
