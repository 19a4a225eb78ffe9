#include "applets/user_id.h"

#include "applets/input.h"
#include "qmux/format.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* UINT32_MAX is (uid_t)-1: nobody has it. */
static bool number(const char *text, size_t n, int64_t *id)
{
	uint64_t v;

	if (!qmux_parse_digits(text, n, 10, &v) || v >= UINT32_MAX)
		return false;
	*id = (int64_t)v;
	return true;
}

/* The third column of a line that is name's. */
static int in_line(const char *line, const char *name, int64_t *id)
{
	size_t n = strlen(name);
	const char *colon;

	if (strncmp(line, name, n) || line[n] != ':')
		return -ENOENT;
	colon = strchr(line + n + 1, ':');
	return colon && number(colon + 1, strcspn(colon + 1, ":"), id) ? 0 : -ENOENT;
}

int user_id(const char *file, const char *name, int64_t *id)
{
	struct input in;
	int ret, fd;
	char *line;
	size_t n;
	bool cut;

	if (number(name, strlen(name), id))
		return 0;
	if (!*name)
		return -ENOENT;
	fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = input_init(&in, fd) ? -ENOMEM : -ENOENT;
	while (ret == -ENOENT && (line = input_line(&in, &n, &cut)))
		ret = in_line(line, name, id);
	input_free(&in);
	close(fd);
	return ret;
}
