/*
 * replay.c - runs a fuzz target over files, where there is no libFuzzer.
 *
 *	replay_NAME FILE...
 *
 * The memory of an input has just its size, so that a sanitizer sees a read past its end.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *p = NULL;
	long size;
	int ret = -1;

	if (!f || fseek(f, 0, SEEK_END) || (size = ftell(f)) < 0)
		goto out;
	rewind(f);
	p = malloc(size ? (size_t)size : 1);
	if (!p || fread(p, 1, (size_t)size, f) != (size_t)size)
		goto out;
	ret = LLVMFuzzerTestOneInput(p, (size_t)size) < 0 ? -1 : 0;
out:
	if (ret)
		perror(path);
	free(p);
	if (f)
		fclose(f);
	return ret;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: %s FILE...\n", argv[0]);
		return 2;
	}
	for (int i = 1; i < argc; i++)
		if (replay(argv[i]))
			return 1;
	printf("%s: %d inputs\n", argv[0], argc - 1);
	return 0;
}
