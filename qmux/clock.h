/* clock.h - deadlines: milliseconds of CLOCK_MONOTONIC. */
#ifndef QMUX_CLOCK_H
#define QMUX_CLOCK_H

#include <limits.h>
#include <stdint.h>
#include <time.h>

#define QMUX_NEVER INT64_MAX	/* a deadline that does not come */

static inline int64_t qmux_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The deadline, or in ms where that is sooner. */
static inline int64_t qmux_soon(int64_t deadline, int64_t ms)
{
	int64_t now = qmux_now();

	return deadline - now < ms ? deadline : now + ms;
}

/* The timeout for poll() until a deadline: 0 where it has passed, -1 where it never comes. */
static inline int qmux_poll_timeout(int64_t deadline, int64_t now)
{
	if (deadline == QMUX_NEVER)
		return -1;
	if (deadline <= now)
		return 0;
	return deadline - now > INT_MAX ? INT_MAX : (int)(deadline - now);
}

#endif
