#include "applets/input.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

int input_init(struct input *in, int fd)
{
	*in = (struct input){ .fd = fd, .p = malloc(INPUT_LINE_MAX) };
	return in->p ? 0 : -ENOMEM;
}

void input_free(struct input *in)
{
	free(in->p);
	in->p = NULL;
}

/* More bytes behind those that are unread; one byte stays free for a NUL. */
static bool fill(struct input *in)
{
	ssize_t n;

	if (in->at) {
		in->n -= in->at;
		memmove(in->p, in->p + in->at, in->n);
		in->at = 0;
	}
	if (in->ended || in->n >= INPUT_LINE_MAX - 1)
		return false;
	if (in->idle)
		in->idle(in->ctx);
	do
		n = read(in->fd, in->p + in->n, INPUT_LINE_MAX - 1 - in->n);
	while (n < 0 && errno == EINTR);
	if (n <= 0) {
		in->ended = true;
		in->error = n < 0 ? -errno : 0;
		return false;
	}
	in->n += (size_t)n;
	return true;
}

static void skip_line(struct input *in)
{
	char *end;

	do {
		end = memchr(in->p + in->at, '\n', in->n - in->at);
		in->at = end ? (size_t)(end + 1 - in->p) : in->n;
	} while (!end && fill(in));
}

char *input_line(struct input *in, size_t *n, bool *cut)
{
	size_t looked = 0;
	char *end, *line;

	do {
		end = memchr(in->p + in->at + looked, '\n', in->n - in->at - looked);
		looked = in->n - in->at;
	} while (!end && fill(in));
	if (!end && !looked)
		return NULL;
	line = in->p + in->at;
	*n = end ? (size_t)(end - line) : looked;
	line[*n] = '\0';
	*cut = !end && !in->ended;
	in->at += *n + (end != NULL);
	if (*cut)
		skip_line(in);
	return line;
}

size_t input_bytes(struct input *in, void *to, size_t n)
{
	size_t done = 0;

	while (done < n && (in->at < in->n || fill(in))) {
		size_t part = in->n - in->at < n - done ? in->n - in->at : n - done;

		memcpy((char *)to + done, in->p + in->at, part);
		in->at += part;
		done += part;
	}
	return done;
}

bool input_starts(struct input *in, const void *bytes, size_t n)
{
	size_t have;

	do
		have = in->n - in->at < n ? in->n - in->at : n;
	while (have < n && !memcmp(in->p + in->at, bytes, have) && fill(in));
	return have == n && !memcmp(in->p + in->at, bytes, n);
}
