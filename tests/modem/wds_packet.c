/* wds_packet.c - packets of connections, and the commands about connections. */
#include "ip.h"
#include "service.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>

enum { PREFIX_BYTES = 8 }; /* an IPv6 connection has a /64 for itself */

/* ---- packets ---- */

/* By whose client id, or the modem itself, it is used on that link. */
static bool on_mux(const struct modem *m, size_t pdn, unsigned mux)
{
	if (pdn < WDS_OWN)
		return !mux;
	for (unsigned cid = 1; cid < CID_BROADCAST; cid++)
		if (m->wds.clients[cid].pdn == pdn && m->wds.clients[cid].mux == mux)
			return true;
	return false;
}

static struct wds_pdn *pdn_by_source(struct modem *m, unsigned mux, unsigned family,
	const uint8_t *packet)
{
	const uint8_t *source = packet + (family == 6 ? 8 : 12);
	size_t n = family == 6 ? PREFIX_BYTES : 4;
	struct wds_address a;

	for (size_t i = 0; i < WDS_PDNS; i++) {
		struct wds_pdn *pdn = &m->wds.pdns[i];

		if (!wds_is_up(m, i) || pdn->family != family || !on_mux(m, i, mux))
			continue;
		wds_address(m, pdn, &a);
		if (!memcmp(source, a.address, n))
			return pdn;
	}
	return NULL;
}

size_t wds_packet(struct modem *m, unsigned mux, const uint8_t *packet, size_t len, uint8_t *answer,
	size_t cap)
{
	unsigned family = ip_family(packet, len);
	struct wds_pdn *pdn = family ? pdn_by_source(m, mux, family, packet) : NULL;
	size_t n = 0;

	if (!pdn) {
		m->wds.dropped++;
		return 0;
	}
	pdn->counts[WDS_TX_PACKETS]++;
	pdn->counts[WDS_TX_BYTES] += len;
	n = ip_answer(packet, len, answer, cap);
	if (n) {
		pdn->counts[WDS_RX_PACKETS]++;
		pdn->counts[WDS_RX_BYTES] += n;
		m->wds.answered++;
	}
	return n;
}

/* ---- commands ---- */

/* Words in any order. */
struct choice_words {
	unsigned family;
	const char *apn;
	struct wds_reason why;
};

/* REASON or TYPE/REASON, in numbers. */
static bool reason_word(const char *word, struct wds_reason *why)
{
	const char *slash = strchr(word, '/');
	int64_t type, reason;
	char head[8];

	if (!slash) {
		if (!parse_number(word, 1, UINT16_MAX, &reason))
			return false;
		why->reason = (uint16_t)reason;
		return true;
	}
	if ((size_t)(slash - word) >= sizeof head)
		return false;
	memcpy(head, word, (size_t)(slash - word));
	head[slash - word] = 0;
	if (!parse_number(head, 1, UINT16_MAX, &type) ||
		!parse_number(slash + 1, INT16_MIN, INT16_MAX, &reason))
		return false;
	why->type = (uint16_t)type;
	why->verbose = (int16_t)reason;
	return true;
}

static int words(struct choice_words *c, bool with_reason, int argc, char **argv, FILE *reply)
{
	*c = (struct choice_words){ 0 };
	for (char **w = argv + 1; w < argv + argc; w++) {
		if (!strcmp(*w, "4") || !strcmp(*w, "6"))
			c->family = *w[0] == '6' ? 6 : 4;
		else if (!strncmp(*w, "apn=", 4))
			c->apn = *w + 4;
		else if (!with_reason || !reason_word(*w, &c->why))
			return command_error(reply, "not 4, 6, apn=NAME or a reason", *w);
	}
	return 0;
}

static int told(struct modem *m, unsigned n, FILE *reply)
{
	modem_tell(m);
	if (n)
		return 0;
	fprintf(reply, "error: there is no such connection\n");
	return -1;
}

int wds_cmd_drop_call(void *self, int argc, char **argv, FILE *reply)
{
	struct choice_words c;
	bool why;

	if (words(&c, true, argc, argv, reply))
		return -1;
	why = c.why.reason || c.why.type;
	return told(self, wds_drop(self, c.family, c.apn, why ? &c.why : NULL), reply);
}

int wds_cmd_readdress(void *self, int argc, char **argv, FILE *reply)
{
	struct choice_words c;

	if (words(&c, false, argc, argv, reply))
		return -1;
	return told(self, wds_readdress(self, c.family, c.apn), reply);
}

static void put_call(const struct modem *m, size_t i, FILE *reply)
{
	const struct wds_pdn *pdn = &m->wds.pdns[i];
	char text[INET6_ADDRSTRLEN] = "?";
	struct wds_address a;

	wds_address(m, pdn, &a);
	inet_ntop(pdn->family == 6 ? AF_INET6 : AF_INET, a.address, text, sizeof text);
	fprintf(reply, "%u %.*s %s tx %" PRIu64 " rx %" PRIu64, pdn->family,
		(int)(pdn->apn_len ? pdn->apn_len : m->state[K_wds_apn].n),
		(const char *)(pdn->apn_len ? pdn->apn : m->state[K_wds_apn].bytes), text,
		pdn->counts[WDS_TX_PACKETS], pdn->counts[WDS_RX_PACKETS]);
	if (i < WDS_OWN)
		fprintf(reply, " own");
	for (unsigned cid = 1; cid < CID_BROADCAST; cid++)
		if (m->wds.clients[cid].pdn == i && i)
			fprintf(reply, " %u/0x%08" PRIx32 "/%u", cid, m->wds.clients[cid].handle,
				m->wds.clients[cid].mux);
	fprintf(reply, "\n");
}

int wds_cmd_calls(void *self, int argc, char **argv, FILE *reply)
{
	struct modem *m = self;
	unsigned n = 0;

	if (argc > 1 && strcmp(argv[1], "all"))
		return command_error(reply, "not 'all'", argv[1]);
	for (size_t i = 0; i < WDS_PDNS; i++) {
		if (!wds_is_up(m, i))
			continue;
		n++;
		if (argc == 1)
			put_call(m, i, reply);
	}
	if (argc > 1)
		fprintf(reply, "%u\n", n);
	return 0;
}

int wds_cmd_packets(void *self, int argc, char **argv, FILE *reply)
{
	const struct modem *m = self;

	if (argc == 1)
		fprintf(reply, "answered %" PRIu64 "\ndropped %" PRIu64 "\n", m->wds.answered,
			m->wds.dropped);
	else if (!strcmp(argv[1], "answered"))
		fprintf(reply, "%" PRIu64 "\n", m->wds.answered);
	else if (!strcmp(argv[1], "dropped"))
		fprintf(reply, "%" PRIu64 "\n", m->wds.dropped);
	else
		return command_error(reply, "not 'answered' or 'dropped'", argv[1]);
	return 0;
}
