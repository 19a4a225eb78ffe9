/* wds_call.c - data connections: start, stop, sharing, refusal, and how they end. */
#include "service.h"

#include <inttypes.h>
#include <string.h>

enum {
	OWN4 = 0, /* wds.pdns: the modem's own connections */
	OWN6 = 1,
	ONLINE = 0, /* operating_mode */
	IN_SERVICE = 1, /* registration, ps_attach */
	CARD_PRESENT = 1, /* uim_card */
	PIN_NOT_VERIFIED = 1, /* pin1_status */
	PIN_BLOCKED = 4,
	PIN_ALWAYS_BLOCKED = 5,
	NET_STEP = 4, /* between the IPv4 addresses of two connections: a /30 each */
	SHIFT_STEP = 0x100, /* and between an old and a new one */
	NUMBER_AT = 7, /* the byte of an IPv6 address that tells connections apart */
	SHIFT_AT = 5,
	HANDLE_STEP = 0x60,
	INTERNAL_MAX_PDNS = 262, /* wds_verbose_call_end_reason_internal */
	CM_CLIENT_END = 2000, /* wds_verbose_call_end_reason_cm */
	CM_NO_SERVICE = 2001,
	CM_OFFLINE = 2500,
	CM_SIM_STATE = 2504,
	UNKNOWN_APN = 27, /* 3GPP TS 24.008 10.5.6.6 */
	AUTHENTICATION = 29,
	REGULAR_DEACTIVATION = 36,
	ONLY_IPV4 = 50,
	ONLY_IPV6 = 51,
};

/* What the network says when it just ends a connection, and a modem whose key was set to that. */
static const struct wds_reason dropped = { REASON_UNSPECIFIED, VERBOSE_3GPP, REGULAR_DEACTIVATION };

/* ---- who sees what ---- */

static const unsigned own_keys[WDS_OWN] = { K_wds_status, K_wds_status6 };

unsigned wds_family(const struct modem *m, unsigned cid)
{
	return m->wds.clients[cid].family == 6 ? 6 : 4;
}

static unsigned own_of(unsigned family)
{
	return family == 6 ? OWN6 : OWN4;
}

bool wds_is_up(const struct modem *m, size_t pdn)
{
	if (pdn < WDS_OWN)
		return m->state[own_keys[pdn]].num == WDS_CONNECTED;
	return m->wds.pdns[pdn].family;
}

struct wds_pdn *wds_pdn(struct modem *m, unsigned cid)
{
	unsigned own = own_of(wds_family(m, cid)), pdn = m->wds.clients[cid].pdn;

	if (pdn)
		return &m->wds.pdns[pdn];
	return wds_is_up(m, own) ? &m->wds.pdns[own] : NULL;
}

int64_t wds_status(struct modem *m, unsigned cid)
{
	if (m->wds.clients[cid].pdn)
		return WDS_CONNECTED;
	return m->state[own_keys[own_of(wds_family(m, cid))]].num;
}

static void address4(const struct value *v, unsigned step, uint8_t to[16])
{
	for (unsigned byte = 0; byte < 4; byte++)
		to[byte] = (uint8_t)((uint32_t)(v->num + step) >> (24 - 8 * byte));
}

static void address6(const struct value *v, const struct wds_pdn *pdn, uint8_t to[16],
	uint8_t *prefix)
{
	if (v->n < 17)
		return;
	memcpy(to, v->bytes, 16);
	to[NUMBER_AT] = (uint8_t)(to[NUMBER_AT] + pdn->number);
	to[SHIFT_AT] = (uint8_t)(to[SHIFT_AT] + pdn->shift);
	*prefix = v->bytes[16];
}

void wds_address(const struct modem *m, const struct wds_pdn *pdn, struct wds_address *a)
{
	unsigned step = NET_STEP * pdn->number + SHIFT_STEP * pdn->shift;

	*a = (struct wds_address){ 0 };
	if (pdn->family == 6) {
		address6(&m->state[K_wds_address6], pdn, a->address, &a->prefix);
		address6(&m->state[K_wds_gateway6], pdn, a->gateway, &a->gateway_prefix);
	} else {
		address4(&m->state[K_wds_address], step, a->address);
		address4(&m->state[K_wds_gateway], step, a->gateway);
	}
}

/* ---- what has to be told ---- */

static void event(struct modem *m, unsigned cid, unsigned family, int64_t status,
	const struct wds_reason *why)
{
	if (m->wds.n_events == WDS_EVENTS_MAX)
		return;
	m->wds.events[m->wds.n_events++] = (struct wds_event){ .cid = (uint8_t)cid,
		.family = (uint8_t)family, .status = (uint8_t)status, .why = *why };
}

/* Client ids that see this connection. */
static bool sees(struct modem *m, unsigned cid, size_t pdn)
{
	const struct wds_client *c = &m->wds.clients[cid];

	if (!m->clients[SVC_WDS][cid].used)
		return false;
	return pdn < WDS_OWN ? !c->pdn && own_of(wds_family(m, cid)) == pdn : c->pdn == pdn;
}

static void event_all(struct modem *m, size_t pdn, int64_t status, const struct wds_reason *why)
{
	for (unsigned cid = 1; cid < CID_BROADCAST; cid++)
		if (sees(m, cid, pdn))
			event(m, cid, m->wds.pdns[pdn].family, status, why);
}

void put_wds_reason(struct out *o, const struct wds_reason *why)
{
	if (why->reason)
		put_tlv_num(o, 0x10, why->reason, 2);
	if (why->type)
		put_tlv_num(o, 0x11, (uint32_t)(uint16_t)why->verbose << 16 | why->type, 4);
}

static void tell_status(struct modem *m, const struct wds_event *e)
{
	uint8_t tlvs[64];
	struct out o = { .p = tlvs, .cap = sizeof tlvs };

	put_tlv_num(&o, 0x01, e->status | (unsigned)e->reconfigured << 8, 2);
	put_wds_reason(&o, &e->why);
	put_tlv_num(&o, 0x12, e->family, 1);
	modem_indicate(m, SVC_WDS, e->cid, 0x0022, tlvs, o.len);
}

static void tell_settings(struct modem *m, const struct wds_event *e)
{
	uint8_t tlvs[8];
	struct out o = { .p = tlvs, .cap = sizeof tlvs };

	if (!(m->clients[SVC_WDS][e->cid].events & REGISTERED(0x12)))
		return;
	put_tlv_num(&o, 0x10, e->settings, 4);
	modem_indicate(m, SVC_WDS, e->cid, 0x008c, tlvs, o.len);
}

static void tell_profile(struct modem *m)
{
	const struct wds_profile_event *e = &m->wds.profile_event;
	const uint8_t tlv[] = { 0x10, 3, 0, e->type, e->index, e->what };

	for (unsigned cid = 1; e->what && cid < CID_BROADCAST; cid++)
		if (m->clients[SVC_WDS][cid].events & REGISTERED(0x19))
			modem_indicate(m, SVC_WDS, cid, 0x00a8, tlv, sizeof tlv);
	m->wds.profile_event.what = 0;
}

/* The modem's own connection begins anew each time. */
static void own_changed(struct modem *m, unsigned own)
{
	struct wds_pdn *pdn = &m->wds.pdns[own];
	int64_t status = m->state[own_keys[own]].num;

	event_all(m, own, status, status == WDS_CONNECTED ? &(struct wds_reason){ 0 } : &dropped);
	if (status != WDS_CONNECTED)
		*pdn = (struct wds_pdn){ .family = pdn->family };
}

void wds_tell(struct modem *m)
{
	static const struct wds_reason offline = { REASON_UNSPECIFIED, VERBOSE_CM, CM_OFFLINE };

	if (m->changed[K_operating_mode] && m->state[K_operating_mode].num != ONLINE)
		wds_drop(m, 0, NULL, &offline);
	for (unsigned own = 0; own < WDS_OWN; own++)
		if (m->changed[own_keys[own]])
			own_changed(m, own);
	for (size_t i = 0; i < m->wds.n_events; i++) {
		const struct wds_event *e = &m->wds.events[i];

		tell_status(m, e);
		if (e->reconfigured)
			tell_settings(m, e);
	}
	m->wds.n_events = 0;
	tell_profile(m);
}

/* ---- how calls end ---- */

static void pdn_free(struct modem *m, struct wds_pdn *pdn)
{
	state_set_num(m, K_wds_last_tx_bytes, (int64_t)pdn->counts[WDS_TX_BYTES]);
	state_set_num(m, K_wds_last_rx_bytes, (int64_t)pdn->counts[WDS_RX_BYTES]);
	*pdn = (struct wds_pdn){ 0 };
}

/* A client id gives up its call.  The modem dials for itself where autoconnect says so. */
static void leave(struct modem *m, unsigned cid, bool keep)
{
	struct wds_client *c = &m->wds.clients[cid];
	struct wds_pdn *pdn = &m->wds.pdns[c->pdn];
	unsigned own = own_of(pdn->family);

	if (!c->pdn)
		return;
	c->pdn = 0;
	if (--pdn->holders)
		return;
	if (keep && pdn->autoconnect && m->state[K_wds_autoconnect].num && !wds_is_up(m, own)) {
		m->wds.pdns[own] = *pdn;
		*pdn = (struct wds_pdn){ 0 };
		state_set_num(m, own_keys[own], WDS_CONNECTED);
	} else {
		pdn_free(m, pdn);
	}
}

static bool apn_is(const struct modem *m, size_t pdn, const uint8_t *apn, size_t len)
{
	const struct wds_pdn *p = &m->wds.pdns[pdn];
	const struct value *def = &m->state[K_wds_apn];
	const uint8_t *have = p->apn_len ? p->apn : def->bytes;
	size_t have_len = p->apn_len ? p->apn_len : def->n;

	return have_len == len && (!len || !memcmp(have, apn, len));
}

static void pdn_drop(struct modem *m, size_t pdn, const struct wds_reason *why)
{
	event_all(m, pdn, WDS_DISCONNECTED, why);
	if (pdn < WDS_OWN) {
		state_set_num(m, own_keys[pdn], WDS_DISCONNECTED);
		m->changed[own_keys[pdn]] = false;
		m->wds.pdns[pdn] = (struct wds_pdn){ .family = m->wds.pdns[pdn].family };
		return;
	}
	for (unsigned cid = 1; cid < CID_BROADCAST; cid++)
		if (m->wds.clients[cid].pdn == pdn)
			m->wds.clients[cid].pdn = 0;
	pdn_free(m, &m->wds.pdns[pdn]);
}

static bool matches(const struct modem *m, size_t pdn, unsigned family, const char *apn)
{
	return wds_is_up(m, pdn) && (!family || m->wds.pdns[pdn].family == family) &&
		(!apn || apn_is(m, pdn, (const uint8_t *)apn, strlen(apn)));
}

unsigned wds_drop(struct modem *m, unsigned family, const char *apn, const struct wds_reason *why)
{
	unsigned n = 0;

	for (size_t i = 0; i < WDS_PDNS; i++)
		if (matches(m, i, family, apn)) {
			pdn_drop(m, i, why ? why : &dropped);
			n++;
		}
	return n;
}

unsigned wds_readdress(struct modem *m, unsigned family, const char *apn)
{
	enum { DNS = 1 << 4, ADDRESS = 1 << 8, GATEWAY = 1 << 9 }; /* wds_requested_settings */
	unsigned n = 0;

	for (size_t i = 0; i < WDS_PDNS; i++) {
		size_t first = m->wds.n_events;

		if (!matches(m, i, family, apn))
			continue;
		n++;
		m->wds.pdns[i].shift++;
		event_all(m, i, WDS_CONNECTED, &(struct wds_reason){ 0 });
		for (size_t e = first; e < m->wds.n_events; e++) {
			m->wds.events[e].reconfigured = true;
			m->wds.events[e].settings = DNS | ADDRESS | GATEWAY;
		}
	}
	return n;
}

/* ---- what a network refuses ---- */

static bool in_list(const struct value *v, int64_t item)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->list[i] == item)
			return true;
	return false;
}

/* Names with commas between. */
static bool apn_allowed(const struct value *allowed, const struct wds_request *r)
{
	size_t at = 0;

	while (allowed->text && at < allowed->n) {
		const uint8_t *name = allowed->bytes + at;
		const uint8_t *comma = memchr(name, ',', allowed->n - at);
		size_t len = comma ? (size_t)(comma - name) : allowed->n - at;

		if (len == r->apn_len && !memcmp(name, r->apn, len))
			return true;
		at += len + 1;
	}
	return !allowed->text;
}

static bool same_bytes(const struct value *v, const uint8_t *p, size_t len)
{
	return v->n == len && (!len || !memcmp(v->bytes, p, len));
}

static bool authenticates(const struct modem *m, const struct wds_request *r)
{
	if (!m->state[K_wds_user].text)
		return true;
	return r->auth & (unsigned)m->state[K_wds_auth].num &&
		same_bytes(&m->state[K_wds_user], r->user, r->user_len) &&
		same_bytes(&m->state[K_wds_password], r->password, r->password_len);
}

static bool card_ready(const struct modem *m)
{
	int64_t pin = m->state[K_pin1_status].num;

	return m->state[K_uim_card].num == CARD_PRESENT && pin != PIN_NOT_VERIFIED &&
		pin != PIN_BLOCKED && pin != PIN_ALWAYS_BLOCKED;
}

static bool has_service(const struct modem *m)
{
	return m->state[K_registration].num == IN_SERVICE && m->state[K_ps_attach].num == IN_SERVICE;
}

static unsigned up_count(const struct modem *m)
{
	unsigned n = 0;

	for (size_t i = 0; i < WDS_PDNS; i++)
		n += wds_is_up(m, i);
	return n;
}

/* As a test wants it: error, reason, verbose type, verbose reason. */
static int wished_refusal(const struct value *v, struct wds_reason *why)
{
	if (!v->n)
		return QERR_NONE;
	why->reason = v->n > 1 ? (uint16_t)v->list[1] : 0;
	why->type = v->n > 3 ? (uint16_t)v->list[2] : 0;
	why->verbose = v->n > 3 ? (int16_t)v->list[3] : 0;
	return (int)v->list[0];
}

static int refusal(const struct modem *m, const struct wds_request *r, struct wds_reason *why)
{
	int err = wished_refusal(&m->state[r->family == 6 ? K_wds_refuse6 : K_wds_refuse4], why);

	if (err)
		return err;
	if (m->state[K_operating_mode].num != ONLINE)
		*why = (struct wds_reason){ REASON_UNSPECIFIED, VERBOSE_CM, CM_OFFLINE };
	else if (!card_ready(m))
		*why = (struct wds_reason){ REASON_UNSPECIFIED, VERBOSE_CM, CM_SIM_STATE };
	else if (!has_service(m))
		*why = (struct wds_reason){ REASON_NO_SERVICE, VERBOSE_CM, CM_NO_SERVICE };
	else if (!apn_allowed(&m->state[K_wds_allowed_apns], r))
		*why = (struct wds_reason){ REASON_UNSPECIFIED, VERBOSE_3GPP, UNKNOWN_APN };
	else if (!authenticates(m, r))
		*why = (struct wds_reason){ REASON_UNSPECIFIED, VERBOSE_3GPP, AUTHENTICATION };
	else if (!in_list(&m->state[K_wds_families], r->family))
		*why = (struct wds_reason){ REASON_UNSPECIFIED, VERBOSE_3GPP,
			r->family == 6 ? ONLY_IPV4 : ONLY_IPV6 };
	else
		return QERR_NONE;
	return QERR_CALL_FAILED;
}

/* ---- start and stop ---- */

static bool number_taken(const struct modem *m, unsigned family, unsigned number)
{
	for (size_t i = 0; i < WDS_PDNS; i++)
		if (wds_is_up(m, i) && m->wds.pdns[i].family == family &&
			m->wds.pdns[i].number == number)
			return true;
	return false;
}

static size_t pdn_new(struct modem *m, const struct wds_request *r)
{
	size_t at = WDS_OWN;
	unsigned number = 0;
	struct wds_pdn *pdn;

	while (at < WDS_PDNS && m->wds.pdns[at].family)
		at++;
	if (at == WDS_PDNS || up_count(m) >= m->state[K_wds_max_calls].num)
		return 0;
	while (number_taken(m, r->family, number))
		number++;
	pdn = &m->wds.pdns[at];
	*pdn = (struct wds_pdn){ .family = r->family, .number = number, .profile = r->profile };
	pdn->apn_len = r->apn_len;
	memcpy(pdn->apn, r->apn, r->apn_len);
	return at;
}

/* An existing connection for the same: with the modem's own there is nothing to start. */
static size_t pdn_same(const struct modem *m, const struct wds_request *r)
{
	for (size_t i = 0; i < WDS_PDNS; i++)
		if (wds_is_up(m, i) && m->wds.pdns[i].family == r->family &&
			apn_is(m, i, r->apn, r->apn_len))
			return i;
	return WDS_PDNS;
}

int wds_start(struct modem *m, unsigned cid, const struct wds_request *r, struct wds_reason *why)
{
	struct wds_client *c = &m->wds.clients[cid];
	size_t pdn = pdn_same(m, r);
	int err;

	if (r->apn_len > WDS_APN_MAX)
		return QERR_INVALID_ARGUMENT;
	if (c->pdn || pdn < WDS_OWN)
		return QERR_NO_EFFECT;
	err = refusal(m, r, why);
	if (err)
		return err;
	if (pdn == WDS_PDNS)
		pdn = pdn_new(m, r);
	if (!pdn) {
		*why = (struct wds_reason){ REASON_UNSPECIFIED, VERBOSE_INTERNAL,
			INTERNAL_MAX_PDNS };
		return QERR_CALL_FAILED;
	}
	m->wds.pdns[pdn].holders++;
	if (r->autoconnect) {
		m->wds.pdns[pdn].autoconnect = true;
		state_set_num(m, K_wds_autoconnect, 1);
	}
	c->family = r->family;
	c->pdn = (unsigned)pdn;
	c->handle = (uint32_t)m->state[K_wds_handle].num;
	state_set_num(m, K_wds_handle, (uint32_t)(c->handle + HANDLE_STEP));
	event(m, cid, r->family, WDS_CONNECTED, &(struct wds_reason){ 0 });
	return QERR_NONE;
}

int wds_stop(struct modem *m, unsigned cid, uint32_t handle, bool disable_autoconnect)
{
	static const struct wds_reason why = { REASON_CLIENT_END, VERBOSE_CM, CM_CLIENT_END };
	struct wds_client *c = &m->wds.clients[cid];
	bool any = c->pdn;

	if (handle != c->handle && (handle != WDS_HANDLE_GLOBAL || !disable_autoconnect))
		return QERR_INVALID_HANDLE;
	if (disable_autoconnect) {
		any |= m->state[K_wds_autoconnect].num;
		state_set_num(m, K_wds_autoconnect, 0);
	}
	if (handle == WDS_HANDLE_GLOBAL)
		for (size_t own = 0; own < WDS_OWN; own++)
			if (wds_is_up(m, own)) {
				any = true;
				pdn_drop(m, own, &why);
			}
	if (!any)
		return QERR_NO_EFFECT;
	if (c->pdn)
		event(m, cid, m->wds.pdns[c->pdn].family, WDS_DISCONNECTED, &why);
	leave(m, cid, false);
	return QERR_NONE;
}

/* ---- life ---- */

void wds_client_new(struct modem *m, unsigned cid)
{
	m->wds.clients[cid] = (struct wds_client){ 0 };
}

void wds_client_gone(struct modem *m, unsigned cid)
{
	leave(m, cid, true);
	m->wds.clients[cid] = (struct wds_client){ 0 };
}

void wds_forget(struct modem *m)
{
	for (unsigned cid = 1; cid < CID_BROADCAST; cid++)
		wds_client_gone(m, cid);
	m->wds.n_events = 0;
}

void wds_restart(struct modem *m)
{
	bool again = m->state[K_wds_autoconnect].num == 1;

	wds_forget(m);
	for (unsigned own = 0; own < WDS_OWN; own++) {
		m->wds.pdns[own] = (struct wds_pdn){ .family = own == OWN6 ? 6 : 4 };
		if (m->state[own_keys[own]].num == WDS_CONNECTED && !again)
			state_set_num(m, own_keys[own], WDS_DISCONNECTED);
	}
}
