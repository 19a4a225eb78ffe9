/* usbnet.c - what goes over the bulk endpoints. */
#include "usbnet.h"

#include "tests/modem/ip.h"
#include "tests/modem/service.h"

enum {
	ETHERNET = 1, /* enum wda_link_layer_protocol */
	QMAP = 5, /* enum wda_data_aggregation_protocol, and on */
	QMAP_V4 = 8,
	QMAP_V5 = 9,
};

static const uint8_t network_mac[IP_MAC] = { 0x02, 0x51, 0x4d, 0x49, 0x00, 0x01 };

static unsigned qmap_version(int64_t protocol)
{
	return protocol == QMAP_V5 ? 5 : protocol == QMAP_V4 ? 4 : 1;
}

static size_t qmap_transfer(struct modem *m, const uint8_t *p, size_t len, uint8_t *out, size_t cap)
{
	static uint8_t answer[IP_PACKET_MAX];
	unsigned up = qmap_version(m->state[K_wda_ul_protocol].num);
	unsigned down = qmap_version(m->state[K_wda_dl_protocol].num);
	struct qmap_datagram d;
	size_t n = 0, taken;

	for (; (taken = qmap_take(up, p, len, &d)); p += taken, len -= taken) {
		if (d.command)
			continue;
		d.len = wds_packet(m, d.mux, d.packet, d.len, answer, sizeof answer);
		d.packet = answer;
		if (d.len)
			n += qmap_put(down, &d, out + n, cap - n);
	}
	return n;
}

static size_t packet(void *ctx, const uint8_t *p, size_t len, uint8_t *out, size_t cap)
{
	return wds_packet(ctx, 0, p, len, out, cap);
}

size_t usbnet_transfer(struct modem *m, const uint8_t *p, size_t len, uint8_t *out, size_t cap)
{
	if (m->state[K_wda_ul_protocol].num >= QMAP)
		return qmap_transfer(m, p, len, out, cap);
	if (m->state[K_link_protocol].num == ETHERNET)
		return ether_answer(network_mac, p, len, out, cap, packet, m);
	return packet(m, p, len, out, cap);
}
