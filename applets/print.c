#include "applets/print.h"

#include "qmux/format.h"

#include <stdio.h>

static void take(void *ctx, const char *text, size_t n)
{
	fwrite(text, 1, n, ctx);
}

int print(const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = qmux_vformat_to(take, stdout, format, ap);
	va_end(ap);
	return n;
}
