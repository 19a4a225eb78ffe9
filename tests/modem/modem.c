/* modem.c - frames, dispatch, answers, indications. */
#include "service.h"

#include <stdlib.h>
#include <string.h>

enum {
	QMUX_MARKER = 0x01,
	QMUX_HEADER = 6, /* marker, length u16, flags, service, client id */
	QMUX_FROM_MODEM = 0x80,
	CTL_HEADER = 6, /* flags, transaction u8, message u16, length u16 */
	SDU_HEADER = 7, /* the same with transaction u16 */
	CTL_RESPONSE = 1,
	CTL_INDICATION = 2,
	SDU_RESPONSE = 2,
	SDU_INDICATION = 4,
	TLV_RESULT = 0x02,
	RESULT_LEN = 7, /* the whole TLV */
	SILENT = -1,
};

const struct service *service_by_id(unsigned id)
{
	for (size_t i = 0; modem_services[i]; i++)
		if (modem_services[i]->id == id)
			return modem_services[i];
	return NULL;
}

static size_t headers(unsigned service)
{
	return QMUX_HEADER + (service == SVC_CTL ? CTL_HEADER : SDU_HEADER);
}

static struct out out_begin(struct modem *m, unsigned service)
{
	return (struct out){ .p = m->frame, .len = headers(service), .cap = sizeof m->frame };
}

/* Fills in what stands before the TLVs, and lets the frame go. */
static void out_send(struct modem *m, struct out *o, const struct request *q, unsigned flags)
{
	size_t len = o->len;

	o->len = 0;
	put_num(o, QMUX_MARKER, 1);
	put_num(o, len - 1, 2);
	put_num(o, QMUX_FROM_MODEM, 1);
	put_num(o, q->service, 1);
	put_num(o, q->cid, 1);
	put_num(o, flags, 1);
	put_num(o, q->transaction, q->service == SVC_CTL ? 1 : 2);
	put_num(o, q->id, 2);
	put_num(o, len - headers(q->service), 2);
	m->emit(m->ctx, m->frame, len);
}

/* ---- indications ---- */

static uint16_t next_indication(struct modem *m)
{
	uint16_t t = (uint16_t)m->state[K_indication_transaction].num;

	state_set_num(m, K_indication_transaction, t == UINT16_MAX ? 1 : t + 1);
	return t;
}

static void indication_send(struct modem *m, struct out *o, unsigned service, unsigned cid,
	unsigned id)
{
	struct request q = { .service = (uint8_t)service, .cid = (uint8_t)cid, .id = (uint16_t)id };

	if (service != SVC_CTL)
		q.transaction = next_indication(m);
	out_send(m, o, &q, service == SVC_CTL ? CTL_INDICATION : SDU_INDICATION);
}

void modem_indicate(struct modem *m, unsigned service, unsigned cid, unsigned id,
	const uint8_t *tlvs, size_t len)
{
	struct out o = out_begin(m, service);

	put_bytes(&o, tlvs, len);
	if (!o.full)
		indication_send(m, &o, service, cid, id);
}

static void tell_client(struct modem *m, const struct service *s, const struct indication *ind,
	unsigned cid)
{
	const struct client *c = &m->clients[s->id][cid];
	struct choice choice = { .events = c->events, .changed = !ind->event };
	struct out o = out_begin(m, s->id);
	size_t empty = o.len;

	if (!c->used || (ind->event && !(ind->event & c->events)))
		return;
	if (ind->fn)
		ind->fn(m, &o);
	else
		put_tlvs(m, &o, ind->out, &choice);
	if (!o.full && (o.len > empty || ind->event))
		indication_send(m, &o, s->id, cid, ind->id);
}

void modem_tell(struct modem *m)
{
	wds_tell(m);
	if (!memchr(m->changed, true, sizeof m->changed))
		return;
	for (size_t i = 0; modem_services[i]; i++) {
		const struct service *s = modem_services[i];
		const struct indication *ind = s->indications;

		for (; ind && ind->name && m->n_clients[s->id]; ind++)
			if (tlvs_changed(m, ind->out))
				for (unsigned cid = 1; cid < CID_BROADCAST; cid++)
					tell_client(m, s, ind, cid);
	}
	memset(m->changed, 0, sizeof m->changed);
}

/* ---- requests ---- */

static bool tlvs_whole(const struct request *q)
{
	size_t at = 0;

	while (at < q->len) {
		if (q->len - at < 3)
			return false;
		at += 3 + (size_t)get_num(q->tlvs + at + 1, 2);
	}
	return at == q->len;
}

/* Sign-extended where the key says that it can be negative: the key refuses what is too big. */
/* A whole TLV as the value of a STR key. */
static int bind_bytes(struct modem *m, unsigned key, const uint8_t *v, size_t len)
{
	char text[sizeof "hex:" + 2 * BIND_MAX] = "hex:";

	if (len > BIND_MAX)
		return QERR_INVALID_ARGUMENT;
	for (size_t i = 0; i < len; i++)
		sprintf(text + 4 + 2 * i, "%02x", v[i]);
	return state_set(m, key, text) ? QERR_INVALID_ARGUMENT : QERR_NONE;
}

static int bind_one(struct modem *m, const struct bind *b, const uint8_t *v, size_t len)
{
	unsigned width = b->field.width;
	int64_t num = (int64_t)get_num(v, width);

	if (b->field.key < 0)
		return QERR_NONE;
	if (b->field.op == F_BYTES)
		return bind_bytes(m, (unsigned)b->field.key, v, len);
	if (!state_set_num(m, (unsigned)b->field.key, num))
		return QERR_NONE;
	if (width < 8 && num >> (8 * width - 1))
		num -= INT64_C(1) << 8 * width;
	return state_set_num(m, (unsigned)b->field.key, num) ? QERR_INVALID_ARGUMENT : QERR_NONE;
}

static int bind_all(struct modem *m, const struct bind *in, const struct request *q)
{
	const uint8_t *v;
	size_t len;

	for (const struct bind *b = in; b && b->type; b++) {
		v = request_tlv(q, b->type, &len);
		if (!v && b->mandatory)
			return QERR_MISSING_ARGUMENT;
		if (v && len < b->field.width)
			return QERR_MALFORMED;
	}
	for (const struct bind *b = in; b && b->type; b++) {
		int err = QERR_NONE;

		v = request_tlv(q, b->type, &len);
		if (v)
			err = bind_one(m, b, v, len);
		if (err)
			return err;
	}
	return QERR_NONE;
}

static const struct method *method_find(const struct service *s, unsigned id)
{
	const struct method *method = s->methods;

	while (method && method->name && method->id != id)
		method++;
	return method && method->name ? method : NULL;
}

static int run_method(struct modem *m, const struct request *q, struct out *o)
{
	const struct method *method = method_find(service_by_id(q->service), q->id);
	struct choice choice = { 0 };
	const uint8_t *v;
	size_t len;
	int err;

	if (!method)
		return QERR_INVALID_COMMAND;
	err = bind_all(m, method->in, q);
	if (!err && method->fn)
		err = method->fn(m, q, o);
	if (err || !method->out)
		return err;
	v = method->mask_tlv ? request_tlv(q, method->mask_tlv, &len) : NULL;
	if (v && len < 2)
		return QERR_MALFORMED;
	if (v)
		choice.mask = (unsigned)get_num(v, 2);
	put_tlvs(m, o, method->out, &choice);
	return QERR_NONE;
}

struct override *override_find(struct modem *m, unsigned service, unsigned id)
{
	for (size_t i = 0; i < m->n_overrides; i++)
		if (m->overrides[i].service == service && m->overrides[i].id == id)
			return &m->overrides[i];
	return NULL;
}

/* What the modem says: a QERR, or SILENT; TLVs that stand with it are in o. */
static int decide(struct modem *m, const struct request *q, struct out *o)
{
	const struct override *over;
	size_t start = o->len;
	int err;

	if (q->service != SVC_CTL && !q->client->used)
		return QERR_INVALID_CLIENT_ID;
	over = override_find(m, q->service, q->id);
	if (over && over->silent)
		return SILENT;
	if (over && !over->append) {
		put_bytes(o, over->tlvs, over->len);
		return over->error;
	}
	if (q->service != SVC_CTL && m->state[K_refuse].text)
		return m->state[K_refuse].num < 0 ? SILENT : (int)m->state[K_refuse].num;
	if (!tlvs_whole(q))
		return QERR_MALFORMED;
	err = run_method(m, q, o);
	if (err && !(err & QERR_WITH_TLVS))
		o->len = start;
	else if (!err && over)
		put_bytes(o, over->tlvs, over->len);
	return err & ~QERR_WITH_TLVS;
}

/* True: it has been done. */
static bool answer(struct modem *m, const struct request *q)
{
	struct out o = out_begin(m, q->service);
	size_t result = o.len, len;
	int err;

	o.len += RESULT_LEN;
	err = decide(m, q, &o);
	if (err == SILENT)
		return false;
	if (o.full) {
		err = QERR_INTERNAL;
		o.full = false;
		o.len = result + RESULT_LEN;
	}
	len = o.len;
	o.len = result;
	put_num(&o, TLV_RESULT, 1);
	put_num(&o, 4, 2);
	put_num(&o, err != QERR_NONE, 2);
	put_num(&o, (uint64_t)err, 2);
	o.len = len;
	out_send(m, &o, q, q->service == SVC_CTL ? CTL_RESPONSE : SDU_RESPONSE);
	return err == QERR_NONE;
}

/* The outcome of what was accepted, where that comes as an indication. */
static void tell_outcome(struct modem *m, const struct request *q)
{
	const struct service *s = service_by_id(q->service);
	const struct method *method = s ? method_find(s, q->id) : NULL;
	struct out o = out_begin(m, q->service);

	if (!method || !method->then || !m->state[method->then->f[0].key].text)
		return;
	put_tlvs(m, &o, method->then, &(struct choice){ 0 });
	if (!o.full)
		indication_send(m, &o, q->service, q->cid, q->id);
}

/* False for what no modem could answer.  A wrong TLV length is left to be called malformed. */
static bool request_parse(struct modem *m, struct request *q, const uint8_t *p, size_t len)
{
	size_t n = 0;

	if (len < QMUX_HEADER || p[0] != QMUX_MARKER || get_num(p + 1, 2) != len - 1)
		return false;
	q->service = p[4];
	q->cid = p[5];
	n = headers(q->service);
	if (len < n || p[QMUX_HEADER] != 0) /* only requests come this way */
		return false;
	q->transaction = (uint16_t)get_num(p + QMUX_HEADER + 1, q->service == SVC_CTL ? 1 : 2);
	q->id = (uint16_t)get_num(p + n - 4, 2);
	q->tlvs = p + n;
	q->len = len - n;
	if (get_num(p + n - 2, 2) != q->len) {
		q->tlvs = p + n - 1; /* one byte is no TLV: malformed, whatever follows */
		q->len = 1;
	}
	if (q->service != SVC_CTL)
		q->client = &m->clients[q->service][q->cid];
	return true;
}

struct counter *counter_find(struct modem *m, unsigned service, unsigned id)
{
	uint32_t key = UINT32_C(1) << 24 | service << 16 | id;
	uint32_t at = key * UINT32_C(2654435761) >> 16;

	for (size_t i = 0; i < COUNTERS_MAX; i++) {
		struct counter *c = &m->counters[(at + i) & (COUNTERS_MAX - 1)];

		if (c->key == key)
			return c;
		if (c->key)
			continue;
		/* Half empty, so that a search ends soon. */
		if (m->n_counters >= COUNTERS_MAX / 2)
			return NULL;
		m->n_counters++;
		c->key = key;
		return c;
	}
	return NULL;
}

void modem_request(struct modem *m, const uint8_t *frame, size_t len)
{
	struct request q = { 0 };
	struct counter *c;
	bool early;

	if (!request_parse(m, &q, frame, len)) {
		m->dropped++;
		return;
	}
	c = counter_find(m, q.service, q.id);
	if (c)
		c->n++;
	else
		m->uncounted++;
	early = m->state[K_loc_early].num;
	if (early)
		tell_outcome(m, &q);
	if (answer(m, &q) && !early)
		tell_outcome(m, &q);
	modem_tell(m);
}

/* ---- methods that services share ---- */

int method_reset(struct modem *m, const struct request *q, struct out *o)
{
	(void)m;
	(void)o;
	q->client->events = 0;
	return QERR_NONE;
}

/* Each TLV from 0x10 on begins with a bool: tell me, or do not. */
static void take_bools(const struct request *q, unsigned shift)
{
	const uint8_t *v;
	size_t len;

	for (unsigned type = 0x10; type < 0x30; type++) {
		uint64_t bit = UINT64_C(1) << (type - 0x10 + shift);

		v = request_tlv(q, type, &len);
		if (v && len && v[0])
			q->client->events |= bit;
		else if (v && len)
			q->client->events &= ~bit;
	}
}

int method_set_event_report(struct modem *m, const struct request *q, struct out *o)
{
	(void)m;
	(void)o;
	take_bools(q, 0);
	return QERR_NONE;
}

int method_register_indications(struct modem *m, const struct request *q, struct out *o)
{
	(void)m;
	(void)o;
	take_bools(q, 32);
	return QERR_NONE;
}

/* ---- life ---- */

void clients_forget(struct modem *m)
{
	wds_forget(m);
	memset(m->clients, 0, sizeof m->clients);
	memset(m->n_clients, 0, sizeof m->n_clients);
}

void overrides_clear(struct modem *m)
{
	while (m->n_overrides)
		free(m->overrides[--m->n_overrides].tlvs);
}

void modem_restart(struct modem *m)
{
	clients_forget(m);
	wds_restart(m);
	memset(m->last_cid, 0, sizeof m->last_cid);
	state_set_num(m, K_operating_mode, 0);
	memset(m->changed, 0, sizeof m->changed);
	m->restart = false;
}

bool modem_wants_restart(struct modem *m)
{
	bool r = m->restart;

	m->restart = false;
	return r;
}

void modem_reset(struct modem *m)
{
	modem_restart(m);
	overrides_clear(m);
	memset(m->counters, 0, sizeof m->counters);
	m->n_counters = 0;
	m->uncounted = m->dropped = 0;
	state_reset(m);
	wds_reset(m);
}

struct modem *modem_new(modem_emit_fn *emit, void *ctx)
{
	struct modem *m = calloc(1, sizeof *m);

	if (!m)
		abort();
	m->emit = emit;
	m->ctx = ctx;
	modem_reset(m);
	return m;
}

void modem_free(struct modem *m)
{
	if (!m)
		return;
	overrides_clear(m);
	state_free(m);
	free(m);
}
