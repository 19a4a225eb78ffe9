#include "applets/print.h"

#include "applets/text.h"
#include "qmux/format.h"

#include <errno.h>
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

int write_all(int fd, const void *data, size_t n)
{
	const char *p = data;

	while (n) {
		ssize_t done = write(fd, p, n);

		if (done < 0)
			return -errno;
		p += done;
		n -= (size_t)done;
	}
	return 0;
}
