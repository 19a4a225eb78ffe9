/*
 * svc_uim.c - SIM cards: their state, PINs, files, slots, channels.
 *
 * Slot 1 has the card that the keys describe (dms sees the same one); a second slot, where
 * uim_slots says that there is one, has an eUICC with nothing but an id and an application.
 */
#include "uim.h"

#include <stdio.h>
#include <string.h>

enum {
	CHANNELS = 3, /* of a card, beside the basic one */
	NOT_SET = 0xffff,
};

enum { ABSENT, PRESENT, CARD_ERROR };
enum { PIN_NOT_VERIFIED = 1, PIN_VERIFIED, PIN_DISABLED, PIN_BLOCKED, PIN_DEAD };
enum { APP_DETECTED = 1, APP_PIN, APP_PUK, APP_PERSONALIZATION, APP_PIN_BLOCKED, APP_READY = 7 };
enum { PERSONALIZATION_READY = 2 };
enum { REGISTER_CARD = 1 << 0, REGISTER_SLOTS = 1 << 4 };

enum { VERIFY_PIN = 0x0026 };
enum { EVENT_CARD = 0x10, EVENT_SLOTS = 0x11, EVENT_REFRESH = 0x12 };

static int64_t num(const struct modem *m, unsigned key)
{
	return m->state[key].num;
}

static void put_len8(struct out *o, const uint8_t *p, size_t n)
{
	put_num(o, n, 1);
	put_bytes(o, p, n);
}

/* ---- the card ---- */

bool uim_card_present(const struct modem *m)
{
	return num(m, K_uim_card) == PRESENT && num(m, K_uim_power);
}

bool uim_pin_open(const struct modem *m)
{
	return num(m, K_pin1_status) == PIN_VERIFIED || num(m, K_pin1_status) == PIN_DISABLED;
}

/* What the application waits for follows from the PIN, unless a test says otherwise. */
static unsigned app_state(const struct modem *m)
{
	if (m->state[K_uim_app_state].text)
		return (unsigned)num(m, K_uim_app_state);
	if (!num(m, K_uim_provisioned))
		return APP_DETECTED;
	if (num(m, K_pin1_status) == PIN_NOT_VERIFIED)
		return APP_PIN;
	if (num(m, K_pin1_status) == PIN_BLOCKED)
		return APP_PUK;
	if (num(m, K_pin1_status) == PIN_DEAD)
		return APP_PIN_BLOCKED;
	if (num(m, K_uim_personalization) != PERSONALIZATION_READY)
		return APP_PERSONALIZATION;
	return APP_READY;
}

static void put_application(struct modem *m, struct out *o)
{
	const struct value *aid = &m->state[K_uim_aid];

	put_num(o, (uint64_t)num(m, K_uim_app_type), 1);
	put_num(o, app_state(m), 1);
	put_num(o, (uint64_t)num(m, K_uim_personalization), 1);
	put_num(o, (uint64_t)num(m, K_uim_personalization_feature), 1);
	put_num(o, 10, 1);
	put_num(o, 10, 1);
	put_len8(o, aid->bytes, aid->n);
	put_num(o, (uint64_t)num(m, K_uim_upin_replaces), 1);
	put_num(o, (uint64_t)num(m, K_pin1_status), 1);
	put_num(o, (uint64_t)num(m, K_pin1_retries), 1);
	put_num(o, (uint64_t)num(m, K_puk1_retries), 1);
	put_num(o, (uint64_t)num(m, K_pin2_status), 1);
	put_num(o, (uint64_t)num(m, K_pin2_retries), 1);
	put_num(o, (uint64_t)num(m, K_puk2_retries), 1);
}

static void put_card(struct modem *m, struct out *o)
{
	bool here = uim_card_present(m);

	put_num(o, num(m, K_uim_power) ? (uint64_t)num(m, K_uim_card) : ABSENT, 1);
	put_num(o, (uint64_t)num(m, K_upin_status), 1);
	put_num(o, (uint64_t)num(m, K_upin_retries), 1);
	put_num(o, (uint64_t)num(m, K_upuk_retries), 1);
	put_num(o, (uint64_t)num(m, K_uim_card_error), 1);
	put_num(o, here && m->state[K_uim_app_type].text, 1);
	if (here && m->state[K_uim_app_type].text)
		put_application(m, o);
}

/* The TLV that the answer and the indication have. */
static void put_card_status(struct modem *m, struct out *o)
{
	struct out v = { .p = (uint8_t[256]){ 0 }, .cap = 256 };
	bool provisioned = uim_card_present(m) && num(m, K_uim_provisioned) &&
		m->state[K_uim_app_type].text;

	put_num(&v, provisioned ? 0 : NOT_SET, 2);
	for (int i = 0; i < 3; i++)
		put_num(&v, NOT_SET, 2);
	put_num(&v, 1, 1);
	put_card(m, &v);
	put_tlv(o, 0x10, v.p, v.len);
}

static int get_card_status(struct modem *m, const struct request *q, struct out *o)
{
	(void)q;
	put_card_status(m, o);
	return QERR_NONE;
}

static int register_events(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v;
	uint64_t mask;
	size_t len;

	(void)m;
	v = request_tlv(q, 0x01, &len);
	mask = get_num(v, 4) & (REGISTER_CARD | REGISTER_SLOTS);
	q->client->events &= ~(EVENT(EVENT_CARD) | EVENT(EVENT_SLOTS));
	if (mask & REGISTER_CARD)
		q->client->events |= EVENT(EVENT_CARD);
	if (mask & REGISTER_SLOTS)
		q->client->events |= EVENT(EVENT_SLOTS);
	put_tlv(o, 0x10, (uint8_t[]){ (uint8_t)mask, 0, 0, 0 }, 4);
	return QERR_NONE;
}

static int power(struct modem *m, const struct request *q, bool on)
{
	const uint8_t *v;
	size_t len;

	v = request_tlv(q, 0x01, &len);
	if (v[0] != 1)
		return QERR_INVALID_ARGUMENT;
	if (num(m, K_uim_power) == on)
		return QERR_NO_EFFECT;
	state_set_num(m, K_uim_power, on);
	return QERR_NONE;
}

static int power_on(struct modem *m, const struct request *q, struct out *o)
{
	(void)o;
	return power(m, q, true);
}

static int power_off(struct modem *m, const struct request *q, struct out *o)
{
	(void)o;
	return power(m, q, false);
}

static int change_provisioning(struct modem *m, const struct request *q, struct out *o)
{
	const struct value *aid = &m->state[K_uim_aid];
	const uint8_t *v, *app;
	size_t len, n;

	(void)o;
	v = request_tlv(q, 0x01, &len);
	app = request_tlv(q, 0x10, &n);
	if (len < 2 || v[0] != SESSION_GW)
		return QERR_INVALID_ARGUMENT;
	if (!uim_card_present(m))
		return QERR_NO_SIM;
	if (v[1] && (!app || n < 2 || app[0] != 1 || app[1] != aid->n || n < 2 + aid->n ||
			memcmp(app + 2, aid->bytes, aid->n)))
		return QERR_INVALID_ARGUMENT;
	if (num(m, K_uim_provisioned) == v[1])
		return QERR_NO_EFFECT;
	state_set_num(m, K_uim_provisioned, v[1]);
	return QERR_NONE;
}

/* ---- PINs ---- */

struct pin {
	unsigned status, retries, unblock_retries, value, puk;
};

static const struct pin pins[] = {
	{ K_pin1_status, K_pin1_retries, K_puk1_retries, K_pin1, K_puk1 },
	{ K_pin2_status, K_pin2_retries, K_puk2_retries, K_pin2, K_puk2 },
	{ K_upin_status, K_upin_retries, K_upuk_retries, K_upin, K_upuk },
};

/* The next text of TLV 0x02, one byte of length first. */
static const uint8_t *take_text(const uint8_t **p, const uint8_t *end, size_t *n)
{
	const uint8_t *text = *p + 1;

	if (end - *p < 1 || end - text < **p)
		return NULL;
	*n = **p;
	*p = text + *n;
	return text;
}

static bool is_text(const struct modem *m, unsigned key, const uint8_t *text, size_t n)
{
	return m->state[key].n == n && !memcmp(m->state[key].bytes, text, n);
}

static void put_retries(struct modem *m, struct out *o, const struct pin *pin)
{
	uint8_t v[] = { (uint8_t)num(m, pin->retries), (uint8_t)num(m, pin->unblock_retries) };

	put_tlv(o, 0x10, v, sizeof v);
}

static int wrong(struct modem *m, struct out *o, const struct pin *pin, unsigned retries)
{
	int64_t left = num(m, retries) ? num(m, retries) - 1 : 0;
	uint8_t sw[] = { 0x63, (uint8_t)(0xc0 | left) };

	state_set_num(m, retries, left);
	if (!left)
		state_set_num(m, pin->status, retries == pin->retries ? PIN_BLOCKED : PIN_DEAD);
	put_retries(m, o, pin);
	put_tlv(o, 0x13, sw, sizeof sw);
	return (left ? QERR_INCORRECT_PIN : QERR_PIN_BLOCKED) | QERR_WITH_TLVS;
}

static void set_text(struct modem *m, unsigned key, const uint8_t *text, size_t n)
{
	char word[64];

	snprintf(word, sizeof word, "%.*s", (int)n, (const char *)text);
	state_set(m, key, word);
}

/* Verify, enable, disable and change check the PIN; unblock checks the PUK. */
static int pin_ready(struct modem *m, const struct request *q, const struct pin **pin)
{
	const uint8_t *v;
	size_t len;

	v = request_tlv(q, 0x02, &len);
	if (!uim_card_present(m))
		return QERR_NO_SIM;
	if (len < 2 || v[0] < 1 || v[0] > 3)
		return QERR_INVALID_PIN_ID;
	*pin = &pins[v[0] - 1];
	if (num(m, (*pin)->status) == PIN_DEAD)
		return QERR_PIN_ALWAYS_BLOCKED;
	return QERR_NONE;
}

static int check_pin(struct modem *m, const struct request *q, struct out *o, size_t skip,
	const struct pin **pin, const uint8_t **rest)
{
	const uint8_t *v, *text;
	size_t len, n;
	int err = pin_ready(m, q, pin);

	if (err)
		return err;
	v = request_tlv(q, 0x02, &len);
	*rest = v + 1 + skip;
	text = take_text(rest, v + len, &n);
	if (!text)
		return QERR_MALFORMED;
	if (num(m, (*pin)->status) == PIN_BLOCKED)
		return QERR_PIN_BLOCKED;
	if (num(m, (*pin)->status) == PIN_DISABLED && q->id == VERIFY_PIN) { /* seen so */
		put_tlv(o, 0x13, (uint8_t[]){ 0x69, 0x84 }, 2);
		put_retries(m, o, *pin);
		return QERR_ACCESS_DENIED | QERR_WITH_TLVS;
	}
	if (!is_text(m, (*pin)->value, text, n))
		return wrong(m, o, *pin, (*pin)->retries);
	state_set_num(m, (*pin)->retries, 3);
	return QERR_NONE;
}

static int verify_pin(struct modem *m, const struct request *q, struct out *o)
{
	const struct pin *pin;
	const uint8_t *rest;
	int err = check_pin(m, q, o, 0, &pin, &rest);

	if (err)
		return err;
	if (num(m, pin->status) == PIN_NOT_VERIFIED)
		state_set_num(m, pin->status, PIN_VERIFIED);
	put_retries(m, o, pin);
	return QERR_NONE;
}

static int set_pin_protection(struct modem *m, const struct request *q, struct out *o)
{
	const struct pin *pin;
	const uint8_t *v, *rest;
	size_t len;
	int err = check_pin(m, q, o, 1, &pin, &rest);

	if (err)
		return err;
	v = request_tlv(q, 0x02, &len);
	if (v[1] == (num(m, pin->status) != PIN_DISABLED))
		return QERR_NO_EFFECT;
	state_set_num(m, pin->status, v[1] ? PIN_VERIFIED : PIN_DISABLED);
	put_retries(m, o, pin);
	return QERR_NONE;
}

static int change_pin(struct modem *m, const struct request *q, struct out *o)
{
	const struct pin *pin;
	const uint8_t *v, *rest, *text;
	size_t len, n;
	int err = check_pin(m, q, o, 0, &pin, &rest);

	if (err)
		return err;
	v = request_tlv(q, 0x02, &len);
	text = take_text(&rest, v + len, &n);
	if (!text)
		return QERR_MALFORMED;
	set_text(m, pin->value, text, n);
	put_retries(m, o, pin);
	return QERR_NONE;
}

static int unblock_pin(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v, *rest, *puk, *text;
	const struct pin *pin;
	size_t len, n, n_puk;
	int err = pin_ready(m, q, &pin);

	if (err)
		return err;
	v = request_tlv(q, 0x02, &len);
	rest = v + 1;
	puk = take_text(&rest, v + len, &n_puk);
	text = puk ? take_text(&rest, v + len, &n) : NULL;
	if (!text)
		return QERR_MALFORMED;
	if (!is_text(m, pin->puk, puk, n_puk))
		return wrong(m, o, pin, pin->unblock_retries);
	set_text(m, pin->value, text, n);
	state_set_num(m, pin->retries, 3);
	state_set_num(m, pin->unblock_retries, 10);
	state_set_num(m, pin->status, PIN_VERIFIED);
	put_retries(m, o, pin);
	return QERR_NONE;
}

static int depersonalization(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v, *rest, *key;
	size_t len, n;

	v = request_tlv(q, 0x01, &len);
	rest = v + 2;
	key = len < 3 ? NULL : take_text(&rest, v + len, &n);
	if (!key)
		return QERR_MALFORMED;
	if (!is_text(m, K_uim_control_key, key, n)) {
		put_tlv(o, 0x10, (uint8_t[]){ 9, 10 }, 2);
		return QERR_INCORRECT_PIN | QERR_WITH_TLVS;
	}
	state_set_num(m, K_uim_personalization, PERSONALIZATION_READY);
	return QERR_NONE;
}

/* ---- slots ---- */

static void put_slot(struct modem *m, struct out *o, unsigned slot)
{
	bool active = num(m, K_uim_active_slot) == slot;
	bool here = slot == 1 ? num(m, K_uim_card) == PRESENT : true;
	uint8_t iccid[20];
	size_t n;

	put_num(o, here ? 2 : 1, 4);
	put_num(o, active, 4);
	put_num(o, active ? 1 : 0, 1);
	n = uim_digits(&m->state[slot == 1 ? K_iccid : K_uim_iccid2], false, iccid);
	put_len8(o, iccid, here ? n : 0);
}

static void put_slot_status(struct modem *m, struct out *o)
{
	unsigned slots = (unsigned)num(m, K_uim_slots);
	struct out v = { .p = (uint8_t[256]){ 0 }, .cap = 256 };
	const struct value *eid = &m->state[K_uim_eid];

	put_num(&v, slots, 1);
	for (unsigned i = 1; i <= slots; i++)
		put_slot(m, &v, i);
	put_tlv(o, 0x10, v.p, v.len);
	v.len = 0;
	put_num(&v, slots, 1);
	for (unsigned i = 1; i <= slots; i++) {
		put_num(&v, 2, 4); /* uicc */
		put_num(&v, i == 1, 1);
		put_len8(&v, (const uint8_t *)"\x3b\x9f\x96", i == 1 ? 3 : 0);
		put_num(&v, i == slots && eid->text, 1);
	}
	put_tlv(o, 0x11, v.p, v.len);
	v.len = 0;
	put_num(&v, slots, 1);
	for (unsigned i = 1; i <= slots; i++)
		put_len8(&v, eid->bytes, i == slots ? eid->n : 0);
	put_tlv(o, 0x12, v.p, v.len);
}

static int get_slot_status(struct modem *m, const struct request *q, struct out *o)
{
	(void)q;
	if (!num(m, K_uim_slots))
		return QERR_NOT_SUPPORTED;
	put_slot_status(m, o);
	return QERR_NONE;
}

static int switch_slot(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *logical, *physical;
	size_t len;

	(void)o;
	logical = request_tlv(q, 0x01, &len);
	physical = request_tlv(q, 0x02, &len);
	if (logical[0] != 1 || !get_num(physical, 4) ||
			get_num(physical, 4) > (uint64_t)num(m, K_uim_slots))
		return QERR_INVALID_ARGUMENT;
	if (get_num(physical, 4) == (uint64_t)num(m, K_uim_active_slot))
		return QERR_NO_EFFECT;
	state_set_num(m, K_uim_active_slot, (int64_t)get_num(physical, 4));
	return QERR_NONE;
}

/* ---- channels ---- */

static int open_channel(struct modem *m, const struct request *q, struct out *o)
{
	static const uint8_t isd_r[] = { 0xa0, 0x00, 0x00, 0x05, 0x59, 0x10, 0x10 };
	const struct value *usim = &m->state[K_uim_aid];
	const uint8_t *aid;
	unsigned channel = 1;
	size_t n;

	aid = request_tlv(q, 0x10, &n);
	if (!uim_card_present(m))
		return QERR_NO_SIM;
	if (!aid || !n || n < (size_t)1 + aid[0])
		return QERR_MALFORMED;
	while (channel <= CHANNELS && num(m, K_uim_channels) >> channel & 1)
		channel++;
	if (channel > CHANNELS)
		return QERR_INSUFFICIENT_RESOURCES;
	if ((aid[0] != usim->n || memcmp(aid + 1, usim->bytes, usim->n)) &&
			(aid[0] < sizeof isd_r || memcmp(aid + 1, isd_r, sizeof isd_r))) {
		put_tlv(o, 0x11, (uint8_t[]){ 0x6a, 0x82 }, 2);
		return QERR_SIM_FILE_NOT_FOUND | QERR_WITH_TLVS;
	}
	state_set_num(m, K_uim_channels, num(m, K_uim_channels) | 1 << channel);
	put_tlv(o, 0x10, (uint8_t[]){ (uint8_t)channel }, 1);
	put_tlv(o, 0x11, (uint8_t[]){ 0x90, 0x00 }, 2);
	put_tlv(o, 0x12, (uint8_t[]){ 4, 0x6f, 0x00, 0x90, 0x00 }, 5);
	return QERR_NONE;
}

/* Opens where there is no channel id, closes where there is one. */
static int logical_channel(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v;
	size_t len;

	v = request_tlv(q, 0x11, &len);
	if (!v)
		return open_channel(m, q, o);
	if (len < 1 || !v[0] || v[0] > CHANNELS || !(num(m, K_uim_channels) >> v[0] & 1))
		return QERR_INVALID_ARGUMENT;
	state_set_num(m, K_uim_channels, num(m, K_uim_channels) & ~(1 << v[0]));
	return QERR_NONE;
}

static const struct {
	uint8_t ins;
	const char *out;
} apdus[] = {
	{ 0xf2, "\x62\x02\x82\x00\x90\x00" }, /* STATUS */
	{ 0xe2, "\xbf\x3e\x02\x5a\x00\x90\x00" }, /* STORE DATA, as to an eUICC */
	{ 0xa4, "\x6a\x82" },
};

static int send_apdu(struct modem *m, const struct request *q, struct out *o)
{
	static const uint8_t lengths[] = { 6, 7, 2 };
	struct out v = { .p = (uint8_t[32]){ 0 }, .cap = 32 };
	const uint8_t *apdu, *channel, *says = (const uint8_t *)"\x6d\x00";
	size_t n, len, says_n = 2;

	apdu = request_tlv(q, 0x02, &n);
	channel = request_tlv(q, 0x10, &len);
	if (!uim_card_present(m))
		return QERR_NO_SIM;
	if (n < 6 || n < 2 + get_num(apdu, 2))
		return QERR_MALFORMED;
	if (channel && channel[0] && !(num(m, K_uim_channels) >> channel[0] & 1))
		return QERR_INVALID_ARGUMENT;
	for (size_t i = 0; i < sizeof apdus / sizeof *apdus; i++)
		if (apdus[i].ins == apdu[3]) {
			says = (const uint8_t *)apdus[i].out;
			says_n = lengths[i];
		}
	if ((apdu[2] & 3) != (channel ? channel[0] : 0)) {
		says = (const uint8_t *)"\x68\x81";
		says_n = 2;
	}
	put_num(&v, says_n, 2);
	put_bytes(&v, says, says_n);
	put_tlv(o, 0x10, v.p, v.len);
	return QERR_NONE;
}

/* ---- refresh ---- */

static int refresh_register(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v;
	size_t len;

	(void)m;
	(void)o;
	v = request_tlv(q, 0x02, &len);
	if (v[0])
		q->client->events |= EVENT(EVENT_REFRESH);
	else
		q->client->events &= ~EVENT(EVENT_REFRESH);
	return QERR_NONE;
}

#define SESSION BIND(0x01, LOOK(2))
#define SESSION_AND(n) BINDS(SESSION, BIND(0x02, LOOK(n)))
#define SESSION_FILE_AND(n) BINDS(SESSION, BIND(0x02, LOOK(3)), BIND(0x03, LOOK(n)))

static const struct method methods[] = {
	{ .id = 0x0000, .name = "reset", .fn = method_reset },
	{ .id = 0x0020, .name = "read_transparent", .in = SESSION_FILE_AND(4), .fn = uim_read_transparent },
	{ .id = 0x0021, .name = "read_record", .in = SESSION_FILE_AND(4), .fn = uim_read_record },
	{ .id = 0x0022, .name = "write_transparent", .in = SESSION_FILE_AND(4),
		.fn = uim_write_transparent },
	{ .id = 0x0023, .name = "write_record", .in = SESSION_FILE_AND(4), .fn = uim_write_record },
	{ .id = 0x0024, .name = "get_file_attributes", .in = SESSION_AND(3),
		.fn = uim_get_file_attributes },
	{ .id = 0x0025, .name = "set_pin_protection", .in = SESSION_AND(3),
		.fn = set_pin_protection },
	{ .id = 0x0026, .name = "verify_pin", .in = SESSION_AND(2), .fn = verify_pin },
	{ .id = 0x0027, .name = "unblock_pin", .in = SESSION_AND(3), .fn = unblock_pin },
	{ .id = 0x0028, .name = "change_pin", .in = SESSION_AND(3), .fn = change_pin },
	{ .id = 0x0029, .name = "depersonalization", .in = BINDS(BIND(0x01, LOOK(3))),
		.fn = depersonalization },
	{ .id = 0x002a, .name = "refresh_register", .in = SESSION_AND(4), .fn = refresh_register },
	{ .id = 0x002c, .name = "refresh_complete",
		.in = BINDS(SESSION, BIND(0x02, U8(uim_refresh_done))) },
	{ .id = 0x002e, .name = "register_events", .in = BINDS(BIND(0x01, LOOK(4))),
		.fn = register_events },
	{ .id = 0x002f, .name = "get_card_status", .fn = get_card_status },
	{ .id = 0x0030, .name = "power_off_sim", .in = BINDS(BIND(0x01, LOOK(1))), .fn = power_off },
	{ .id = 0x0031, .name = "power_on_sim", .in = BINDS(BIND(0x01, LOOK(1))), .fn = power_on },
	{ .id = 0x0038, .name = "change_provisioning_session", .in = BINDS(BIND(0x01, LOOK(2))),
		.fn = change_provisioning },
	{ .id = 0x003a, .name = "get_configuration",
		.out = TLVS(TLV(0x11, STR(uim_personalization_status))) },
	{ .id = 0x003b, .name = "send_apdu", .in = BINDS(BIND(0x01, LOOK(1)), BIND(0x02, LOOK(2))),
		.fn = send_apdu },
	{ .id = 0x003f, .name = "logical_channel", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = logical_channel },
	{ .id = 0x0042, .name = "open_logical_channel", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = open_channel },
	{ .id = 0x0044, .name = "refresh_register_all", .in = SESSION_AND(1),
		.fn = refresh_register },
	{ .id = 0x0046, .name = "switch_slot", .in = BINDS(BIND(0x01, LOOK(1)), BIND(0x02, LOOK(4))),
		.fn = switch_slot },
	{ .id = 0x0047, .name = "get_slot_status", .fn = get_slot_status },
	{ .name = NULL },
};

/* For those with a function the rows only say which keys they tell of. */
static const struct indication indications[] = {
	{ .id = 0x0032, .name = "card_status", .event = EVENT(EVENT_CARD), .fn = put_card_status,
		.out = TLVS(TLV(0x10, U8(uim_card), U8(uim_power), U8(uim_card_error),
				U8(uim_app_state), U8(uim_app_type), U8(uim_provisioned),
				U8(uim_personalization)),
			TLV(0x10, U8(pin1_status), U8(pin1_retries), U8(puk1_retries),
				U8(pin2_status), U8(pin2_retries), U8(puk2_retries),
				U8(upin_status))) },
	{ .id = 0x0033, .name = "refresh", .event = EVENT(EVENT_REFRESH),
		.out = TLVS(TLV(0x10, STR(uim_refresh))) },
	{ .id = 0x0048, .name = "slot_status", .event = EVENT(EVENT_SLOTS), .fn = put_slot_status,
		.out = TLVS(TLV(0x10, U8(uim_card), U8(uim_active_slot), U8(uim_slots))) },
	{ .name = NULL },
};

const struct service svc_uim = { SVC_UIM, "uim", 1, 46, methods, indications };
