#include "applets/user_id.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* UINT32_MAX is (uid_t)-1: nobody has it. */
static int number(const char *text, char after, int64_t *id)
{
	unsigned long long v;
	char *end;

	if (*text < '0' || *text > '9')
		return -EINVAL;
	errno = 0;
	v = strtoull(text, &end, 10);
	if (errno || *end != after || v >= UINT32_MAX)
		return -EINVAL;
	*id = (int64_t)v;
	return 0;
}

/* The third column of a line that is name's. */
static int in_line(const char *line, const char *name, int64_t *id)
{
	size_t n = strlen(name);
	const char *colon;

	if (strncmp(line, name, n) || line[n] != ':')
		return -ENOENT;
	colon = strchr(line + n + 1, ':');
	return colon && !number(colon + 1, ':', id) ? 0 : -ENOENT;
}

int user_id(const char *file, const char *name, int64_t *id)
{
	char *line = NULL;
	size_t room = 0;
	int ret = -ENOENT;
	FILE *f;

	if (!number(name, 0, id))
		return 0;
	if (!*name)
		return -ENOENT;
	f = fopen(file, "re");
	if (!f)
		return -errno;
	while (ret && getline(&line, &room, f) > 0)
		ret = in_line(line, name, id);
	free(line);
	fclose(f);
	return ret;
}
