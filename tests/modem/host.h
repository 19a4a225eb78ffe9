/*
 * host.h - the host's side, for tests of the model: frames as hex, commands, and what came.
 *
 * Included by the one file of a test program.
 */
#ifndef HOST_H
#define HOST_H

#include "../unit/tap.h"
#include "fault.h"

#include <stdlib.h>

#define UNUSED __attribute__((unused))

enum { OUT_MAX = 1 << 20, HEX_MAX = 4096, PRINT_MAX = 512 };

static struct fault *fault;
static struct modem *modem;
static uint8_t out[OUT_MAX];
static size_t out_len, writes;

UNUSED static void print_hex(const char *what, const uint8_t *p, size_t n)
{
	printf("# %s ", what);
	for (size_t i = 0; i < n && i < PRINT_MAX; i++)
		printf("%02x", p[i]);
	printf("\n");
}

/* All that is due now. */
UNUSED static void collect(void)
{
	const uint8_t *p;
	size_t n;

	out_len = writes = 0;
	while ((p = fault_output(fault, &n)) && out_len + n <= sizeof out) {
		memcpy(out + out_len, p, n);
		out_len += n;
		writes++;
		fault_written(fault, n);
	}
}

UNUSED static bool came(const char *hex)
{
	uint8_t want[HEX_MAX];
	long len = hex_bytes(hex, want, sizeof want);

	collect();
	if (len >= 0 && out_len == (size_t)len && !memcmp(out, want, out_len))
		return true;
	print_hex("want", want, len < 0 ? 0 : (size_t)len);
	print_hex("got ", out, out_len);
	return false;
}

UNUSED static void send_hex(const char *hex)
{
	uint8_t frame[HEX_MAX];
	long n = hex_bytes(hex, frame, sizeof frame);

	if (n < 0)
		abort();
	fault_request(fault, frame, (size_t)n);
}

/* One command; its reply in a buffer that the next call reuses. */
UNUSED static const char *command(const char *line)
{
	static char reply[1 << 16];
	char copy[HEX_MAX], *words[16], *save;
	int n = 0, r;
	FILE *f = fmemopen(reply, sizeof reply, "w");

	if (!f || strlen(line) >= sizeof copy)
		abort();
	reply[0] = 0;
	strcpy(copy, line);
	for (char *w = strtok_r(copy, " ", &save); w && n < 16; w = strtok_r(NULL, " ", &save))
		words[n++] = w;
	r = command_run(modem_commands, modem, n, words, f);
	if (r > 0)
		r = command_run(fault_commands, fault, n, words, f);
	if (r > 0)
		fprintf(f, "error: no such command\n");
	fclose(f);
	return reply;
}

/* Commands with ';' between; none may fail. */
UNUSED static void commands(const char *lines)
{
	char copy[HEX_MAX], *save;

	strcpy(copy, lines);
	for (char *l = strtok_r(copy, ";", &save); l; l = strtok_r(NULL, ";", &save)) {
		const char *reply = command(l);

		if (!strncmp(reply, "error", 5)) {
			printf("Bail out! %s: %s\n", l, reply);
			exit(1);
		}
	}
}

/* Client ids from 1 up to cid. */
UNUSED static void allocate(unsigned service, unsigned cid)
{
	uint8_t frame[] = { 1, 15, 0, 0, 0, 0, 0, 1, 0x22, 0, 4, 0, 1, 1, 0, (uint8_t)service };

	for (unsigned i = 0; i < cid; i++)
		fault_request(fault, frame, sizeof frame);
	collect();
}

UNUSED static void begin(const char *lines)
{
	fault_reset(fault);
	collect();
	commands(lines);
}

/* A frame in, a frame out. */
struct golden {
	const char *name, *commands;
	unsigned service, cid; /* a client that there must be */
	const char *request, *answer;
};

UNUSED static void golden(const struct golden *g)
{
	begin(g->commands);
	allocate(g->service, g->cid);
	send_hex(g->request);
	ok(came(g->answer), "%s", g->name);
}

UNUSED static void host_start(void)
{
	fault = fault_new();
	modem = fault_modem(fault);
}

UNUSED static int host_end(void)
{
	fault_free(fault);
	return tap_done();
}

#endif
