/* proxy_test.h - what the proxy's unit tests begin and end with. */
#ifndef PROXY_TEST_H
#define PROXY_TEST_H

#include "tests/unit/proxy_world.h"
#include "tests/unit/tap.h"

__attribute__((unused))
static void finish(struct world *w, const char *what)
{
	const char *broken = w_end(w);

	if (broken)
		printf("# broken: %s\n", broken);
	ok(!broken, "%s", what);
}

/* A process that has the port open, and a client id of service 3. */
__attribute__((unused))
static struct w_peer *client(struct world *w, unsigned i, uint32_t uid)
{
	struct w_peer *p = w_connect(w, i, uid);

	w_open_path(p, "/dev/cdc-wdm0");
	w_run(w);
	w_allocate(p, 3);
	w_run(w);
	return p;
}

__attribute__((unused))
static unsigned in_use(const struct world *w, unsigned service)
{
	unsigned n = 0;

	for (unsigned i = 0; i <= W_IDS; i++)
		n += w->ids[service][i];
	return n;
}

#endif
