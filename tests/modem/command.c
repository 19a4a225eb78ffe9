/* command.c - the commands of the model. */
#include "service.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

int command_error(FILE *reply, const char *what, const char *word)
{
	fprintf(reply, "error: %s: %s\n", what, word);
	return -1;
}

int command_run(const struct command *table, void *self, int argc, char **argv, FILE *reply)
{
	for (const struct command *c = table; c->name; c++) {
		if (strcmp(c->name, argv[0]))
			continue;
		if (argc - 1 < c->min || (c->max >= 0 && argc - 1 > c->max)) {
			fprintf(reply, "error: usage: %s%s%s\n", c->name, *c->args ? " " : "",
				c->args);
			return -1;
		}
		return c->fn(self, argc, argv, reply);
	}
	return 1;
}

void command_help(const struct command *table, FILE *reply)
{
	for (const struct command *c = table; c->name; c++)
		fprintf(reply, "%s %s\n\t%s\n", c->name, c->args, c->help);
}

/* ---- words ---- */

static bool find_service(const char *word, unsigned *id)
{
	int64_t n;

	for (size_t i = 0; modem_services[i]; i++)
		if (!strcmp(modem_services[i]->name, word)) {
			*id = modem_services[i]->id;
			return true;
		}
	if (!parse_number(word, 0, 255, &n))
		return false;
	*id = (unsigned)n;
	return true;
}

static bool find_message(unsigned service, const char *word, unsigned *id)
{
	const struct service *s = service_by_id(service);
	const struct indication *ind = s ? s->indications : NULL;
	const struct method *method = s ? s->methods : NULL;
	char *end;
	unsigned long n;

	for (; method && method->name; method++)
		if (!strcmp(method->name, word)) {
			*id = method->id;
			return true;
		}
	for (; ind && ind->name; ind++)
		if (!strcmp(ind->name, word)) {
			*id = ind->id;
			return true;
		}
	n = strtoul(word, &end, 16);
	*id = (unsigned)n;
	return end != word && !*end && n <= UINT16_MAX && word[0] != '-';
}

/* SVC MSG at argv[1] and argv[2]. */
static int take_message(char **argv, unsigned *service, unsigned *id, FILE *reply)
{
	if (!find_service(argv[1], service))
		return command_error(reply, "no such service", argv[1]);
	if (!find_message(*service, argv[2], id))
		return command_error(reply, "no such message", argv[2]);
	return 0;
}

/* The caller frees what comes back; NULL: not hex, or too long for a frame. */
static uint8_t *take_hex(const char *word, size_t *len)
{
	size_t cap = strlen(word) / 2;
	uint8_t *p = malloc(cap + 1);
	long n = p ? hex_bytes(word, p, cap) : -1;

	if (n < 0 || n > STR_MAX) {
		free(p);
		return NULL;
	}
	*len = (size_t)n;
	return p;
}

/* ---- state ---- */

static int cmd_set(void *self, int argc, char **argv, FILE *reply)
{
	static char text[2 * STR_MAX + 8];
	struct modem *m = self;
	int key = state_find(argv[1]);
	size_t len = 0;

	if (key < 0)
		return command_error(reply, "no such key", argv[1]);
	text[0] = 0;
	for (int i = 2; i < argc; i++) {
		int n = snprintf(text + len, sizeof text - len, "%s%s", i > 2 ? " " : "", argv[i]);

		if (n < 0 || (size_t)n >= sizeof text - len)
			return command_error(reply, "too long a value for", argv[1]);
		len += (size_t)n;
	}
	if (state_set(m, (unsigned)key, text))
		return command_error(reply, "no value for this key", text);
	modem_tell(m);
	return 0;
}

static int cmd_get(void *self, int argc, char **argv, FILE *reply)
{
	struct modem *m = self;
	int only = argc > 1 ? state_find(argv[1]) : -1;

	if (argc > 1 && only < 0)
		return command_error(reply, "no such key", argv[1]);
	for (int k = 0; k < KEY_COUNT; k++) {
		const char *text = m->state[k].text ? m->state[k].text : "none";

		if (k == only)
			fprintf(reply, "%s\n", text);
		else if (only < 0)
			fprintf(reply, "%s %s\n", state_name((unsigned)k), text);
	}
	return 0;
}

enum { RADIO_VALUES = 4 };

static const struct radio {
	const char *name;
	int keys[RADIO_VALUES]; /* -1 ends them */
} radios[] = {
	{ "gsm", { K_gsm_rssi, -1 } },
	{ "umts", { K_umts_rssi, K_umts_ecio, K_umts_rscp, -1 } },
	{ "lte", { K_lte_rssi, K_lte_rsrq, K_lte_rsrp, K_lte_snr } },
	{ "nr5g", { K_nr5g_rsrp, K_nr5g_snr, K_nr5g_rsrq, -1 } },
};

/* All values at once, so that one change is one indication. */
static int cmd_signal(void *self, int argc, char **argv, FILE *reply)
{
	struct modem *m = self;
	const struct radio *r = NULL;
	int r_err = 0, n = 0;

	for (size_t i = 0; i < sizeof radios / sizeof radios[0]; i++)
		if (!strcmp(radios[i].name, argv[1]))
			r = &radios[i];
	if (!r)
		return command_error(reply, "no such radio", argv[1]);
	while (n < RADIO_VALUES && r->keys[n] >= 0)
		n++;
	for (int i = 0; i < n && !r_err; i++) {
		const char *text = i + 2 < argc ? argv[i + 2] : "none";

		r_err = state_set(m, (unsigned)r->keys[i], strcmp(text, "off") ? text : "none");
	}
	modem_tell(m);
	if (argc - 2 > n || r_err)
		return command_error(reply, "no values for this radio", argv[1]);
	return 0;
}

/* ---- indications ---- */

static int cmd_ind(void *self, int argc, char **argv, FILE *reply)
{
	unsigned service, id;
	uint8_t *tlvs;
	int64_t cid;
	size_t len;
	char *message[] = { argv[0], argv[1], argv[3] };

	if (take_message(message, &service, &id, reply))
		return -1;
	if (!parse_number(argv[2], 0, CID_BROADCAST, &cid))
		return command_error(reply, "no client id", argv[2]);
	tlvs = take_hex(argc > 4 ? argv[4] : "", &len);
	if (!tlvs)
		return command_error(reply, "no hex", argv[4]);
	modem_indicate(self, service, (unsigned)cid, id, tlvs, len);
	free(tlvs);
	return 0;
}

static int cmd_sync(void *self, int argc, char **argv, FILE *reply)
{
	(void)argc;
	(void)argv;
	(void)reply;
	modem_restart(self);
	modem_indicate(self, SVC_CTL, 0, 0x0027, NULL, 0);
	return 0;
}

/* ---- other answers than the model's own ---- */

static void override_drop(struct modem *m, struct override *o)
{
	free(o->tlvs);
	*o = m->overrides[--m->n_overrides];
}

/* Takes over o->tlvs. */
static int override_put(struct modem *m, const struct override *o, FILE *reply)
{
	struct override *old = override_find(m, o->service, o->id);

	if (old)
		override_drop(m, old);
	if (m->n_overrides == OVERRIDES_MAX) {
		free(o->tlvs);
		fprintf(reply, "error: too many answers are set\n");
		return -1;
	}
	m->overrides[m->n_overrides++] = *o;
	return 0;
}

static int cmd_answer(void *self, int argc, char **argv, FILE *reply)
{
	struct modem *m = self;
	struct override o = { 0 }, *old;
	unsigned service, id;
	int64_t error = 0;

	if (take_message(argv, &service, &id, reply))
		return -1;
	if (!strcmp(argv[3], "default")) {
		old = override_find(m, service, id);
		if (old)
			override_drop(m, old);
		return 0;
	}
	o.service = (uint8_t)service;
	o.id = (uint16_t)id;
	o.append = !strcmp(argv[3], "append");
	o.silent = !strcmp(argv[3], "silent");
	if (!o.append && !o.silent && !parse_number(argv[3], 0, UINT16_MAX, &error))
		return command_error(reply, "no error number", argv[3]);
	o.error = (uint16_t)error;
	o.tlvs = take_hex(argc > 4 ? argv[4] : "", &o.len);
	if (!o.tlvs)
		return command_error(reply, "no hex", argv[4]);
	return override_put(m, &o, reply);
}

/* ---- looking ---- */

static int by_key(const void *a, const void *b)
{
	uint32_t x = ((const struct counter *)a)->key, y = ((const struct counter *)b)->key;

	return x < y ? -1 : x > y;
}

static void count_list(const struct modem *m, FILE *reply)
{
	struct counter sorted[COUNTERS_MAX];

	memcpy(sorted, m->counters, sizeof sorted);
	qsort(sorted, COUNTERS_MAX, sizeof *sorted, by_key);
	for (size_t i = 0; i < COUNTERS_MAX; i++) {
		unsigned service = sorted[i].key >> 16 & 0xff, id = sorted[i].key & 0xffff;
		const struct service *s = service_by_id(service);

		if (sorted[i].n && s)
			fprintf(reply, "%s 0x%04x %" PRIu64 "\n", s->name, id, sorted[i].n);
		else if (sorted[i].n)
			fprintf(reply, "%u 0x%04x %" PRIu64 "\n", service, id, sorted[i].n);
	}
	if (m->dropped)
		fprintf(reply, "dropped - %" PRIu64 "\n", m->dropped);
	if (m->uncounted)
		fprintf(reply, "other - %" PRIu64 "\n", m->uncounted);
}

static int cmd_count(void *self, int argc, char **argv, FILE *reply)
{
	struct modem *m = self;
	const struct counter *c;
	unsigned service, id;
	uint64_t all = 0;

	if (argc == 1) {
		count_list(m, reply);
		return 0;
	}
	if (argc == 2 && !strcmp(argv[1], "reset")) {
		memset(m->counters, 0, sizeof m->counters);
		m->n_counters = 0;
		m->uncounted = m->dropped = 0;
		return 0;
	}
	if (argc == 2 && !strcmp(argv[1], "all")) {
		for (size_t i = 0; i < COUNTERS_MAX; i++)
			all += m->counters[i].n;
		fprintf(reply, "%" PRIu64 "\n", all + m->uncounted);
		return 0;
	}
	if (argc == 2)
		return command_error(reply, "count what of", argv[1]);
	if (take_message(argv, &service, &id, reply))
		return -1;
	c = counter_find(m, service, id);
	fprintf(reply, "%" PRIu64 "\n", c ? c->n : 0);
	return 0;
}

static int cmd_clients(void *self, int argc, char **argv, FILE *reply)
{
	struct modem *m = self;
	unsigned service, all = 0;

	if (argc == 1) {
		for (size_t i = 0; modem_services[i]; i++)
			for (unsigned cid = 1; cid < CID_BROADCAST; cid++)
				if (m->clients[modem_services[i]->id][cid].used)
					fprintf(reply, "%s %u\n", modem_services[i]->name, cid);
		return 0;
	}
	if (!strcmp(argv[1], "all")) {
		for (size_t i = 0; modem_services[i]; i++)
			all += m->n_clients[modem_services[i]->id];
		fprintf(reply, "%u\n", all);
		return 0;
	}
	if (!find_service(argv[1], &service))
		return command_error(reply, "no such service", argv[1]);
	fprintf(reply, "%u\n", m->n_clients[service]);
	return 0;
}

const struct command modem_commands[] = {
	{ "set", "KEY VALUE", "set state; none: absent; hex:AABB: bytes; @N: N letters", 1, -1,
		cmd_set },
	{ "get", "[KEY]", "show state", 0, 1, cmd_get },
	{ "signal", "lte RSSI RSRQ RSRP SNR | nr5g RSRP SNR RSRQ | umts RSSI ECIO RSCP | gsm RSSI",
		"set a radio's values in one change; off: not there", 2, -1, cmd_signal },
	{ "ind", "SVC CID MSG [TLVS]", "send an indication; client id 255: to all", 3, 4, cmd_ind },
	{ "sync", "", "the modem restarts and says so: client ids are forgotten", 0, 0, cmd_sync },
	{ "answer", "SVC MSG ERROR [TLVS] | append TLVS | silent | default",
		"answer a message otherwise, add TLVs to the answer, or do not answer", 3, 4,
		cmd_answer },
	{ "count", "[SVC MSG | all | reset]", "requests that came in", 0, 2, cmd_count },
	{ "clients", "[SVC | all]", "client ids in use, or how many", 0, 1, cmd_clients },
	{ "drop-call", "[4|6] [apn=NAME] [REASON] [TYPE/REASON]",
		"the network ends connections, for that call end reason and verbose reason", 0, 4,
		wds_cmd_drop_call },
	{ "readdress", "[4|6] [apn=NAME]", "the network gives connections another address", 0, 2,
		wds_cmd_readdress },
	{ "calls", "[all]",
		"connections: family, APN, address, packets, who holds them (CID/HANDLE/MUX); or how many",
		0, 1, wds_cmd_calls },
	{ "packets", "[answered | dropped]", "what became of the host's packets", 0, 1,
		wds_cmd_packets },
	{ NULL, NULL, NULL, 0, 0, NULL },
};
