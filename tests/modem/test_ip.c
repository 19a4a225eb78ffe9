/* test_ip.c - packets, Ethernet frames and QMAP transfers, by hand and at random.  Prints TAP. */
#include "ip.h"
#include "modem.h"

#include "../unit/tap.h"

#include <stdlib.h>

enum { ROUNDS = 50000, BUFFER = 512 };

/* Made by another program than this one. */
#define ECHO4 "4500002112344000" "3f010d950a00000209090909" "0800b42500070001" "68656c6c6f"
#define REPLY4 "4500002100000000" "40015ec9090909090a000002" "0000bc2500070001" "68656c6c6f"
#define ECHO6                                                                                      \
	"60000000000a3a40" "20010db8000000000000000000000010" "20014860000000000000000000000001"   \
	"8000811e00070001" "6869"
#define REPLY6                                                                                     \
	"60000000000a3a40" "20014860000000000000000000000001" "20010db8000000000000000000000010"   \
	"8100801e00070001" "6869"
#define SOLICITATION                                                                               \
	"6000000000203aff" "20010db8000000000000000000000010" "ff0200000000000000000001ff000001"   \
	"8700e17100000000" "20014860000000000000000000000001" "0101020000000001"
#define ADVERTISEMENT                                                                              \
	"6000000000203aff" "20014860000000000000000000000001" "20010db8000000000000000000000010"   \
	"8800151460000000" "20014860000000000000000000000001" "0201020000000002"
/* Is this address still free? */
#define PROBE6                                                                                     \
	"6000000000183aff" "00000000000000000000000000000000" "ff0200000000000000000001ff000001"   \
	"8700124500000000" "20014860000000000000000000000001"
/* Headers alone; a solicitation that ends before its target. */
#define NOTHING4 "4500001400000000" "40015ed60a00000209090909"
#define NOTHING6                                                                                   \
	"6000000000003a40" "20010db8000000000000000000000010" "20014860000000000000000000000001"
#define SHORT_SOLICITATION                                                                         \
	"6000000000083aff" "20010db8000000000000000000000010" "20014860000000000000000000000001"   \
	"8700e29100000000"

#define HOST_MAC "020000000001"
#define OUR_MAC "020000000002"
#define ALL "ffffffffffff"
#define ARP "0001080006040001" HOST_MAC "0a000002"

static const uint8_t our_mac[IP_MAC] = { 2, 0, 0, 0, 0, 2 };

static size_t from_hex(const char *hex, uint8_t *p)
{
	long n = hex_bytes(hex, p, BUFFER);

	if (n < 0)
		abort();
	return (size_t)n;
}

static bool is_hex(const uint8_t *p, size_t n, const char *want)
{
	uint8_t bytes[BUFFER];
	size_t len = from_hex(want, bytes);

	if (n == len && !memcmp(p, bytes, n))
		return true;
	tap_hex("got  ", p, n);
	tap_hex("want ", bytes, len);
	return false;
}

/* At the end of an allocation of just that size, so that a byte too far is seen. */
static uint8_t *exactly(const uint8_t *p, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	if (!copy)
		abort();
	memcpy(copy, p, len);
	return copy;
}

/* ---- packets ---- */

static bool answers(const char *packet, const char *answer)
{
	uint8_t in[BUFFER], out[BUFFER], *p;
	size_t len = from_hex(packet, in), n;

	p = exactly(in, len);
	n = ip_answer(p, len, out, sizeof out);
	free(p);
	return is_hex(out, n, answer);
}

/* The packet with one byte changed has no answer. */
static bool silent_with(const char *packet, size_t at, uint8_t byte)
{
	uint8_t in[BUFFER], out[BUFFER];
	size_t len = from_hex(packet, in);

	in[at] = byte;
	return !ip_answer(in, len, out, sizeof out);
}

static void test_packets(void)
{
	uint8_t in[BUFFER], out[BUFFER];
	size_t len = from_hex(ECHO4, in);

	ok(answers(ECHO4, REPLY4), "an echo over IPv4");
	ok(answers(ECHO4 "000000", REPLY4), "what follows the packet is not part of it");
	ok(answers(ECHO6, REPLY6), "an echo over IPv6");
	ok(answers(REPLY4, "") && answers(REPLY6, ""), "replies are not answered");
	ok(answers("", "") && answers("45", ""), "what is no packet neither");
	ok(answers(NOTHING4, "") && answers(NOTHING6, ""), "a header without anything after it");
	ok(silent_with(ECHO4, 10, 0) && silent_with(ECHO4, 22, 0) && silent_with(ECHO6, 42, 0),
		"a wrong checksum");
	ok(silent_with(ECHO4, 6, 0x20), "a fragment");
	ok(silent_with(ECHO4, 0, 0x44) && silent_with(ECHO4, 0, 0x4f), "a header that cannot be");
	ok(silent_with(ECHO4, 3, 0x22) && silent_with(ECHO6, 5, 0x0b), "longer than it is");
	ok(silent_with(ECHO4, 9, 17) && silent_with(ECHO6, 6, 17), "other protocols");
	ok(!ip_answer(in, len, out, len - 1) && ip_answer(in, len, out, len) == len,
		"an answer has to fit");
}

/* ---- Ethernet ---- */

static bool ether(const char *frame, const char *answer)
{
	uint8_t in[BUFFER], out[BUFFER], *p;
	size_t len = from_hex(frame, in), n;

	p = exactly(in, len);
	n = ether_answer(our_mac, p, len, out, sizeof out, NULL, NULL);
	free(p);
	return is_hex(out, n, answer);
}

static size_t never(void *ctx, const uint8_t *packet, size_t len, uint8_t *out, size_t cap)
{
	(void)packet;
	(void)len;
	(void)out;
	(void)cap;
	++*(int *)ctx;
	return 0;
}

static void test_ether(void)
{
	uint8_t in[BUFFER], out[BUFFER];
	size_t len = from_hex(OUR_MAC HOST_MAC "0800" ECHO4, in);
	int asked = 0;

	ok(ether(OUR_MAC HOST_MAC "0800" ECHO4, HOST_MAC OUR_MAC "0800" REPLY4), "IPv4 in a frame");
	ok(ether(OUR_MAC HOST_MAC "86dd" ECHO6, HOST_MAC OUR_MAC "86dd" REPLY6), "IPv6 in a frame");
	ok(ether(OUR_MAC HOST_MAC "86dd" ECHO4, "") && ether(OUR_MAC HOST_MAC "88a8" ECHO4, ""),
		"a type that is not the packet's");
	ok(ether(ALL HOST_MAC "0806" ARP "000000000000" "0a000001",
		HOST_MAC OUR_MAC "0806" "0001080006040002" OUR_MAC "0a000001" HOST_MAC "0a000002"),
		"ARP: every address is ours");
	ok(ether(ALL HOST_MAC "0806" "0001080006040001" HOST_MAC "00000000" "000000000000" "0a000002",
		""), "but not one that somebody probes");
	ok(ether(ALL HOST_MAC "0806" ARP "000000000000" "0a000002", ""), "or announces");
	ok(ether("3333ff000001" HOST_MAC "86dd" SOLICITATION, HOST_MAC OUR_MAC "86dd" ADVERTISEMENT),
		"a neighbour solicitation");
	ok(ether("3333ff000001" HOST_MAC "86dd" PROBE6, ""), "not for an address to be taken");
	ok(ether(OUR_MAC HOST_MAC "86dd" SHORT_SOLICITATION, ""), "nor one that is cut short");
	ok(!ether_answer(our_mac, in, len, out, sizeof out, never, &asked) && asked == 1,
		"somebody else may have the packet");
}

/* ---- QMAP ---- */

static bool takes(unsigned version, const char *transfer, unsigned mux, const char *packet)
{
	struct qmap_datagram d;
	uint8_t in[BUFFER];
	size_t len = from_hex(transfer, in);

	return qmap_take(version, in, len, &d) == len && !d.command && d.mux == mux &&
		is_hex(d.packet, d.len, packet);
}

static bool puts_as(unsigned version, unsigned mux, const char *packet, const char *transfer)
{
	uint8_t in[BUFFER], out[BUFFER];
	struct qmap_datagram d = { .mux = (uint8_t)mux, .packet = in };

	d.len = from_hex(packet, in);
	return is_hex(out, qmap_put(version, &d, out, sizeof out), transfer);
}

static void test_qmap(void)
{
	struct qmap_datagram d;
	uint8_t in[BUFFER];
	size_t len;

	ok(takes(1, "00010004" "aabbccdd", 1, "aabbccdd"), "version 1");
	ok(takes(1, "03020004" "aa000000", 2, "aa"), "padding");
	ok(takes(4, "00010004" "00000000" "aabbccdd", 1, "aabbccdd"), "version 4");
	ok(takes(5, "40010004" "04000000" "aabbccdd", 1, "aabbccdd"), "version 5");
	ok(takes(5, "00010004" "aabbccdd", 1, "aabbccdd"), "version 5 without checksum header");
	ok(puts_as(1, 3, "aabbcc", "01030004" "aabbcc00"), "to the host: version 1");
	ok(puts_as(4, 3, "aabbcc", "01030004" "aabbcc00" "0000000000000000"), "version 4");
	ok(puts_as(5, 3, "aabbcc", "41030004" "04800000" "aabbcc00"), "version 5");
	ok(puts_as(1, 3, "", ""), "nothing is no datagram");
	len = from_hex("00010004" "aabbccdd" "80020004" "01000000" "0003", in);
	ok(qmap_take(1, in, len, &d) == 8 && qmap_take(1, in + 8, len - 8, &d) == 8 && d.command &&
		d.mux == 2 && !qmap_take(1, in + 16, len - 16, &d), "two, and a rest");
	len = from_hex("05010004" "aabbccdd", in);
	ok(!qmap_take(1, in, len, &d), "more padding than there is");
}

/* ---- at random ---- */

/* An answer is a packet that would not be answered itself. */
static bool answer_good(const uint8_t *out, size_t n)
{
	uint8_t again[BUFFER];

	return !n || (ip_family(out, n) && !ip_answer(out, n, again, sizeof again));
}

static bool round_trip(unsigned version, const uint8_t *p, size_t len, struct rng *r)
{
	struct qmap_datagram d = { .mux = (uint8_t)rng_below(r, 256), .packet = p, .len = len };
	uint8_t out[BUFFER + QMAP_OVERHEAD];
	size_t n = qmap_put(version, &d, out, len + QMAP_OVERHEAD);
	struct qmap_datagram got;

	if (!len)
		return !n;
	if (qmap_put(version, &d, out, n - 1))
		return false;
	/* What differs between the two ways: version 4 has a trailer that way. */
	if (version == 4)
		return n && n % 4 == 0;
	return n && qmap_take(version, out, n, &got) == n && got.mux == d.mux && got.len == len &&
		!memcmp(got.packet, p, len);
}

static void test_random(void)
{
	static const char *const seeds[] = { ECHO4, ECHO6, SOLICITATION,
		OUR_MAC HOST_MAC "0800" ECHO4, ALL HOST_MAC "0806" ARP "000000000000" "0a000001",
		"3333ff000001" HOST_MAC "86dd" SOLICITATION, "40010004" "04000000" "aabbccdd" };
	static const unsigned versions[] = { 1, 4, 5 };
	struct rng r = { 1 };
	unsigned bad = 0;

	for (int i = 0; i < ROUNDS; i++) {
		uint8_t in[BUFFER], *p, *out;
		size_t len = from_hex(seeds[rng_below(&r, sizeof seeds / sizeof seeds[0])], in);
		size_t cap = rng_below(&r, BUFFER / 4);
		unsigned version = versions[rng_below(&r, 3)];
		struct qmap_datagram d;

		for (unsigned k = rng_below(&r, 4); k; k--)
			in[rng_below(&r, (uint32_t)len)] = (uint8_t)rng_below(&r, 256);
		if (!rng_below(&r, 3))
			len = rng_below(&r, (uint32_t)len + 1);
		p = exactly(in, len);
		out = exactly(in, cap);
		bad += !answer_good(out, ip_answer(p, len, out, cap));
		ether_answer(our_mac, p, len, out, cap, NULL, NULL);
		bad += qmap_take(version, p, len, &d) > len;
		bad += !round_trip(version, p, len, &r);
		free(p);
		free(out);
	}
	ok(!bad, "changed packets, whole answers");
}

int main(void)
{
	test_packets();
	test_ether();
	test_qmap();
	test_random();
	return tap_done();
}
