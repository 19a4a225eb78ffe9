/* ip.c - what a network answers to a packet. */
#include "ip.h"

#include <string.h>

enum {
	IPV4_HEADER = 20, /* RFC 791, without options */
	IPV6_HEADER = 40, /* RFC 8200 */
	TTL = 64,
	ND_HOPS = 255, /* RFC 4861, 7.1: a neighbour's packet has met no router */
	PROTOCOL_ICMP = 1,
	PROTOCOL_ICMPV6 = 58,
	MORE_FRAGMENTS = 0x2000,
	FRAGMENT_OFFSET = 0x1fff,
	ICMP_HEADER = 8,
	ECHO_REQUEST = 8, /* RFC 792 */
	ECHO_REPLY = 0,
	ECHO6_REQUEST = 128, /* RFC 4443 */
	ECHO6_REPLY = 129,
	SOLICITATION = 135, /* RFC 4861 */
	ADVERTISEMENT = 136,
	ND_LEN = 24, /* without options */
	ND_OPTION_LEN = 8,
	ND_TARGET_MAC = 2, /* option */
	ND_SOLICITED_OVERRIDE = 0x60,
	TYPE_IPV4 = 0x0800,
	TYPE_ARP = 0x0806,
	TYPE_IPV6 = 0x86dd,
	ARP_LEN = 28,
	ARP_REQUEST = 1,
	ARP_REPLY = 2,
};

/* Network byte order. */
static unsigned get16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static void set16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

/* RFC 1071, not yet folded. */
static uint32_t sum(uint32_t s, const uint8_t *p, size_t len)
{
	for (; len > 1; p += 2, len -= 2)
		s += get16(p);
	return len ? s + ((uint32_t)p[0] << 8) : s;
}

static unsigned folded(uint32_t s)
{
	while (s >> 16)
		s = (s & 0xffff) + (s >> 16);
	return ~s & 0xffff;
}

/* RFC 8200, 8.1: over both addresses, length and protocol too. */
static unsigned checksum6(const uint8_t *packet, size_t len)
{
	uint32_t s = sum(0, packet + 8, 32);

	s += (uint32_t)len + PROTOCOL_ICMPV6;
	return folded(sum(s, packet + IPV6_HEADER, len));
}

unsigned ip_family(const uint8_t *packet, size_t len)
{
	size_t header;

	if (len >= IPV4_HEADER && packet[0] >> 4 == 4) {
		header = (packet[0] & 0x0f) * (size_t)4;
		if (header >= IPV4_HEADER && get16(packet + 2) >= header && get16(packet + 2) <= len)
			return 4;
	}
	if (len >= IPV6_HEADER && packet[0] >> 4 == 6 &&
		get16(packet + 4) <= len - IPV6_HEADER)
		return 6;
	return 0;
}

static size_t answer4(const uint8_t *packet, uint8_t *out, size_t cap)
{
	size_t header = (packet[0] & 0x0f) * (size_t)4, len = get16(packet + 2) - header;
	const uint8_t *icmp = packet + header;

	if (get16(packet + 6) & (MORE_FRAGMENTS | FRAGMENT_OFFSET) || packet[9] != PROTOCOL_ICMP ||
		folded(sum(0, packet, header)) || len < ICMP_HEADER || icmp[0] != ECHO_REQUEST ||
		icmp[1] || folded(sum(0, icmp, len)) || cap < IPV4_HEADER + len)
		return 0;
	memset(out, 0, IPV4_HEADER);
	out[0] = 0x45;
	set16(out + 2, (unsigned)(IPV4_HEADER + len));
	out[8] = TTL;
	out[9] = PROTOCOL_ICMP;
	memcpy(out + 12, packet + 16, 4);
	memcpy(out + 16, packet + 12, 4);
	set16(out + 10, folded(sum(0, out, IPV4_HEADER)));
	memcpy(out + IPV4_HEADER, icmp, len);
	out[IPV4_HEADER] = ECHO_REPLY;
	set16(out + IPV4_HEADER + 2, 0);
	set16(out + IPV4_HEADER + 2, folded(sum(0, out + IPV4_HEADER, len)));
	return IPV4_HEADER + len;
}

/* The header of an ICMPv6 message of that length; source and destination are not yet in it. */
static void header6(uint8_t *out, size_t len, uint8_t hops)
{
	memset(out, 0, IPV6_HEADER);
	out[0] = 0x60;
	set16(out + 4, (unsigned)len);
	out[6] = PROTOCOL_ICMPV6;
	out[7] = hops;
}

static size_t answer6(const uint8_t *packet, uint8_t *out, size_t cap)
{
	const uint8_t *icmp = packet + IPV6_HEADER;
	size_t len = get16(packet + 4);

	if (packet[6] != PROTOCOL_ICMPV6 || len < ICMP_HEADER || icmp[0] != ECHO6_REQUEST ||
		icmp[1] || checksum6(packet, len) || cap < IPV6_HEADER + len)
		return 0;
	header6(out, len, TTL);
	memcpy(out + 8, packet + 24, 16);
	memcpy(out + 24, packet + 8, 16);
	memcpy(out + IPV6_HEADER, icmp, len);
	out[IPV6_HEADER] = ECHO6_REPLY;
	set16(out + IPV6_HEADER + 2, 0);
	set16(out + IPV6_HEADER + 2, checksum6(out, len));
	return IPV6_HEADER + len;
}

size_t ip_answer(const uint8_t *packet, size_t len, uint8_t *out, size_t cap)
{
	switch (ip_family(packet, len)) {
	case 4:
		return answer4(packet, out, cap);
	case 6:
		return answer6(packet, out, cap);
	default:
		return 0;
	}
}

/* ---- Ethernet ---- */

static void ether_header(uint8_t *out, const uint8_t *to, const uint8_t mac[IP_MAC], unsigned type)
{
	memcpy(out, to, IP_MAC);
	memcpy(out + IP_MAC, mac, IP_MAC);
	set16(out + 2 * IP_MAC, type);
}

static bool all_zero(const uint8_t *p, size_t len)
{
	while (len && !*p)
		p++, len--;
	return !len;
}

/* A probe (RFC 5227: sender 0.0.0.0) and an announcement want no answer. */
static size_t answer_arp(const uint8_t mac[IP_MAC], const uint8_t *arp, size_t len, uint8_t *out,
	size_t cap)
{
	static const uint8_t ethernet_ipv4[] = { 0, 1, 8, 0, IP_MAC, 4, 0, ARP_REQUEST };

	if (len < ARP_LEN || cap < ARP_LEN || memcmp(arp, ethernet_ipv4, sizeof ethernet_ipv4) ||
		all_zero(arp + 14, 4) || !memcmp(arp + 14, arp + 24, 4))
		return 0;
	memcpy(out, ethernet_ipv4, sizeof ethernet_ipv4);
	out[7] = ARP_REPLY;
	memcpy(out + 8, mac, IP_MAC);
	memcpy(out + 14, arp + 24, 4);
	memcpy(out + 18, arp + 8, IP_MAC + 4);
	return ARP_LEN;
}

/* Who asks for his own address before he takes it (source ::) is not answered. */
static size_t answer_solicitation(const uint8_t mac[IP_MAC], const uint8_t *packet, uint8_t *out,
	size_t cap)
{
	enum { LEN = ND_LEN + ND_OPTION_LEN };
	const uint8_t *icmp = packet + IPV6_HEADER;
	uint8_t *nd = out + IPV6_HEADER;
	size_t len = get16(packet + 4);

	if (packet[6] != PROTOCOL_ICMPV6 || packet[7] != ND_HOPS || len < ND_LEN ||
		icmp[0] != SOLICITATION || icmp[1] || checksum6(packet, len) ||
		all_zero(packet + 8, 16) || cap < IPV6_HEADER + LEN)
		return 0;
	header6(out, LEN, ND_HOPS);
	memcpy(out + 8, icmp + 8, 16);
	memcpy(out + 24, packet + 8, 16);
	memset(nd, 0, LEN);
	nd[0] = ADVERTISEMENT;
	nd[4] = ND_SOLICITED_OVERRIDE;
	memcpy(nd + 8, icmp + 8, 16);
	nd[ND_LEN] = ND_TARGET_MAC;
	nd[ND_LEN + 1] = ND_OPTION_LEN / 8;
	memcpy(nd + ND_LEN + 2, mac, IP_MAC);
	set16(nd + 2, checksum6(out, LEN));
	return IPV6_HEADER + LEN;
}

size_t ether_answer(const uint8_t mac[IP_MAC], const uint8_t *frame, size_t len, uint8_t *out,
	size_t cap, ip_answer_fn *answer, void *ctx)
{
	const uint8_t *in = frame + ETHER_HEADER;
	uint8_t *to = out + ETHER_HEADER;
	unsigned type, family;
	size_t n = 0;

	if (len < ETHER_HEADER || cap < ETHER_HEADER)
		return 0;
	len -= ETHER_HEADER;
	cap -= ETHER_HEADER;
	type = get16(frame + 2 * IP_MAC);
	family = ip_family(in, len);
	if (type == TYPE_ARP)
		n = answer_arp(mac, in, len, to, cap);
	else if (type == TYPE_IPV6 && family == 6)
		n = answer_solicitation(mac, in, to, cap);
	if (!n && ((type == TYPE_IPV4 && family == 4) || (type == TYPE_IPV6 && family == 6)))
		n = answer ? answer(ctx, in, len, to, cap) : ip_answer(in, len, to, cap);
	if (!n)
		return 0;
	ether_header(out, frame + IP_MAC, mac, type);
	return ETHER_HEADER + n;
}

/* ---- QMAP ---- */

enum {
	QMAP_COMMAND = 0x80, /* flags, the first byte */
	QMAP_NEXT_HEADER = 0x40,
	QMAP_PAD = 0x3f,
	QMAP_CHECKSUM = 4, /* bytes of the header of versions 4 (to the network) and 5 */
	QMAP_TRAILER = 8, /* of version 4, to the host */
	QMAP_TYPE_CHECKSUM = 2 << 1,
	QMAP_CHECKSUM_VALID = 0x80,
};

size_t qmap_take(unsigned version, const uint8_t *p, size_t len, struct qmap_datagram *d)
{
	size_t body, pad, header = QMAP_HEADER;

	if (len < QMAP_HEADER)
		return 0;
	*d = (struct qmap_datagram){ .mux = p[1], .command = p[0] & QMAP_COMMAND };
	if (!d->command && (version == 4 || (version == 5 && p[0] & QMAP_NEXT_HEADER)))
		header += QMAP_CHECKSUM;
	body = get16(p + 2);
	pad = p[0] & QMAP_PAD;
	if (!body || pad > body || len < header || len - header < body)
		return 0;
	d->packet = p + header;
	d->len = body - pad;
	return header + body;
}

size_t qmap_put(unsigned version, const struct qmap_datagram *d, uint8_t *out, size_t cap)
{
	size_t pad = -d->len & 3, header = QMAP_HEADER, trailer = version == 4 ? QMAP_TRAILER : 0;

	if (version == 5 && !d->command)
		header += QMAP_CHECKSUM;
	if (!d->len || d->len > IP_PACKET_MAX - pad || cap < header + d->len + pad + trailer)
		return 0;
	memset(out, 0, header);
	out[0] = (uint8_t)(pad | (d->command ? QMAP_COMMAND : 0));
	out[1] = d->mux;
	set16(out + 2, (unsigned)(d->len + pad));
	if (header > QMAP_HEADER) {
		out[0] |= QMAP_NEXT_HEADER;
		out[4] = QMAP_TYPE_CHECKSUM;
		out[5] = QMAP_CHECKSUM_VALID;
	}
	memcpy(out + header, d->packet, d->len);
	/* The checksum of the trailer is not valid: the host does its own. */
	memset(out + header + d->len, 0, pad + trailer);
	return header + d->len + pad + trailer;
}
