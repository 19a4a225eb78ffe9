#include "applets/print.h"

#include "applets/text.h"
#include "qmux/format.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <unistd.h>

static struct text kept;

static void take(void *ctx, const char *text, size_t n)
{
	text_put(ctx, text, n);
}

int print(const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = qmux_vformat_to(take, &kept, format, ap);
	va_end(ap);
	return n;
}

int print_flush(void)
{
	int ret = kept.failed ? -ENOMEM : write_all(STDOUT_FILENO, kept.p, kept.n);

	text_free(&kept);
	return ret;
}

static const volatile sig_atomic_t *ended_by;
static const sigset_t *mask;

void write_until(const volatile sig_atomic_t *signalled, const sigset_t *wait_mask)
{
	ended_by = signalled;
	mask = wait_mask;
}

/* A pipe that can be written takes PIPE_BUF bytes at once: what is written never waits, poll does. */
int write_all(int fd, const void *data, size_t n)
{
	static const struct timespec at_once;
	struct pollfd pfd = { .fd = fd, .events = POLLOUT };
	const char *p = data;

	while (n) {
		bool ends = ended_by && *ended_by;
		size_t part = mask && n > PIPE_BUF ? PIPE_BUF : n;
		ssize_t done = ppoll(&pfd, 1, ends ? &at_once : NULL, mask);

		if (done > 0)
			done = write(fd, p, part);
		else if (ends)
			return -EINTR;
		if (done < 0 && errno != EINTR && errno != EAGAIN)
			return -errno;
		if (done > 0) {
			p += done;
			n -= (size_t)done;
		}
	}
	return 0;
}
