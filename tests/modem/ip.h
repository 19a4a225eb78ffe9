/*
 * ip.h - what a network answers to a packet: echo requests, and who has an address.
 *
 * Pure: a packet in, a packet out, nothing is kept.  Every function returns the length of what it
 * wrote, 0 where there is nothing to say, what came is damaged, or it does not fit.  The buffers
 * must not overlap.
 */
#ifndef IP_H
#define IP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	IP_PACKET_MAX = 65535,
	IP_MAC = 6,
	ETHER_HEADER = 14,
	QMAP_HEADER = 4,
	QMAP_OVERHEAD = 16, /* the most that qmap_put() adds to a packet */
};

/* Of a raw IPv4 or IPv6 packet, wholly there: 4, 6, or 0. */
unsigned ip_family(const uint8_t *packet, size_t len);

/* ICMP and ICMPv6 echo requests to any address are answered from it. */
size_t ip_answer(const uint8_t *packet, size_t len, uint8_t *out, size_t cap);

/*
 * Ethernet II (RFC 894): the network's side answers ARP (RFC 826) and neighbour solicitations
 * (RFC 4861) for every address as `mac`, and for the rest lets `answer` have the packet, which may
 * be NULL for ip_answer().
 */
typedef size_t ip_answer_fn(void *ctx, const uint8_t *packet, size_t len, uint8_t *out, size_t cap);

size_t ether_answer(const uint8_t mac[IP_MAC], const uint8_t *frame, size_t len, uint8_t *out,
	size_t cap, ip_answer_fn *answer, void *ctx);

/*
 * QMAP, as Linux has it (include/linux/if_rmnet.h): a transfer holds datagrams, each with a header
 * and maybe padding.  Version 1 has nothing else.  In version 4 a checksum header of four bytes
 * comes from the host, and a trailer of eight goes to it; in version 5 such a header goes both ways.
 */
struct qmap_datagram {
	uint8_t mux;
	bool command; /* flow control, not a packet */
	const uint8_t *packet;
	size_t len;
};

/* Takes the next one off a transfer of the host.  Returns how many bytes it took, 0 at the end or
   where the rest is damaged. */
size_t qmap_take(unsigned version, const uint8_t *p, size_t len, struct qmap_datagram *d);

/* Appends one to a transfer for the host: how many bytes that took. */
size_t qmap_put(unsigned version, const struct qmap_datagram *d, uint8_t *out, size_t cap);

#endif
