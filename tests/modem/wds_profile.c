/* wds_profile.c - the modem's profiles, kept as the TLVs that they are made of. */
#include "service.h"

#include <string.h>

enum {
	TLV_HEADER = 3,
	FIRST_TLV = 0x10, /* those below say which profile */
	ERROR_TLV = 0xe0, /* wds_ds_profile_error */
	ERR_PROFILE_TYPE = 4,
	ERR_PROFILE_NUMBER = 5,
	ERR_OUT_OF_PROFILES = 1006,
	CREATED = 1, /* wds_profile_change_event */
	DELETED = 2,
	MODIFIED = 3,
	FIRST_3GPP2 = 101,
	ATTACH_DETACH = 2, /* wds_attach_pdn_list_action */
};

/* What a profile is where nobody said anything, and what the factory left. */
static const uint8_t plain[] = {
	0x10, 0, 0, /* name */
	0x11, 1, 0, 0, /* IPv4 */
	0x12, 1, 0, 0, /* no compression */
	0x13, 1, 0, 0,
	0x14, 0, 0, /* APN */
	0x15, 4, 0, 0, 0, 0, 0, /* DNS */
	0x16, 4, 0, 0, 0, 0, 0,
	0x1b, 0, 0, /* user */
	0x1d, 1, 0, 0, /* no authentication */
	0x1e, 4, 0, 0, 0, 0, 0, /* address */
	0x1f, 1, 0, 0,
	0x20, 1, 0, 0,
	0x21, 1, 0, 0,
	0x22, 1, 0, 0,
};

static const struct {
	uint8_t type, index, pdp_type;
	const char *name, *apn;
} factory[] = {
	{ PROFILE_3GPP, 1, 3, "profile1", "internet" },
	{ PROFILE_3GPP, 2, 3, "profile2", "ims" },
	{ PROFILE_3GPP2, FIRST_3GPP2, 0, "profile101", "" },
};

/* ---- TLVs ---- */

static uint8_t *tlv_find(uint8_t *p, size_t len, unsigned type, size_t *n)
{
	for (size_t at = 0; at < len; at += TLV_HEADER + *n) {
		*n = (size_t)get_num(p + at + 1, 2);
		if (p[at] == type)
			return p + at;
	}
	return NULL;
}

const uint8_t *wds_profile_tlv(const struct wds_profile *p, unsigned type, size_t *len)
{
	const uint8_t *tlv = tlv_find((uint8_t *)p->tlvs, p->len, type, len);

	return tlv ? tlv + TLV_HEADER : NULL;
}

/* In the order of their types.  False: no room. */
static bool tlv_put(struct wds_profile *p, unsigned type, const void *value, size_t len)
{
	struct out o = { .p = p->tlvs, .cap = sizeof p->tlvs };
	size_t n, at = 0;
	uint8_t *old = tlv_find(p->tlvs, p->len, type, &n);

	if (old) {
		size_t whole = TLV_HEADER + n;

		memmove(old, old + whole, p->len - (size_t)(old - p->tlvs) - whole);
		p->len -= whole;
	}
	if (sizeof p->tlvs - p->len < TLV_HEADER + len)
		return false;
	while (at < p->len && p->tlvs[at] < type)
		at += TLV_HEADER + (size_t)get_num(p->tlvs + at + 1, 2);
	memmove(p->tlvs + at + TLV_HEADER + len, p->tlvs + at, p->len - at);
	o.len = at;
	put_tlv(&o, type, value, len);
	p->len += TLV_HEADER + len;
	return true;
}

/* All of a request that tells of the profile itself. */
static bool take_tlvs(struct wds_profile *p, const struct request *q)
{
	size_t n;

	for (size_t at = 0; at < q->len; at += TLV_HEADER + n) {
		n = (size_t)get_num(q->tlvs + at + 1, 2);
		if (q->tlvs[at] >= FIRST_TLV && q->tlvs[at] < ERROR_TLV &&
			!tlv_put(p, q->tlvs[at], q->tlvs + at + TLV_HEADER, n))
			return false;
	}
	return true;
}

/* ---- profiles ---- */

struct wds_profile *wds_profile(struct modem *m, unsigned type, unsigned index)
{
	for (size_t i = 0; i < WDS_PROFILES; i++) {
		struct wds_profile *p = &m->wds.profiles[i];

		if (p->used && p->type == type && p->index == index)
			return p;
	}
	return NULL;
}

static struct wds_profile profile_plain(unsigned type, unsigned index)
{
	struct wds_profile p = { .used = true, .type = (uint8_t)type, .index = (uint8_t)index };

	memcpy(p.tlvs, plain, sizeof plain);
	p.len = sizeof plain;
	return p;
}

void wds_reset(struct modem *m)
{
	memset(m->wds.profiles, 0, sizeof m->wds.profiles);
	for (size_t i = 0; i < sizeof factory / sizeof factory[0]; i++) {
		struct wds_profile p = profile_plain(factory[i].type, factory[i].index);

		tlv_put(&p, 0x10, factory[i].name, strlen(factory[i].name));
		tlv_put(&p, 0x11, &factory[i].pdp_type, 1);
		tlv_put(&p, 0x14, factory[i].apn, strlen(factory[i].apn));
		m->wds.profiles[i] = p;
	}
	m->wds.dropped = m->wds.answered = 0;
}

static int refuse(struct out *o, unsigned error)
{
	put_tlv_num(o, ERROR_TLV, error, 2);
	return QERR_EXTENDED_INTERNAL | QERR_WITH_TLVS;
}

static const uint8_t *identifier(const struct request *q)
{
	size_t len;

	return request_tlv(q, 0x01, &len);
}

/* It waits, as the answer goes first. */
static void changed(struct modem *m, const struct wds_profile *p, unsigned what)
{
	m->wds.profile_event = (struct wds_profile_event){ p->type, p->index, (uint8_t)what };
}

static int create(struct modem *m, const struct request *q, struct out *o, unsigned type,
	unsigned index)
{
	struct wds_profile p = profile_plain(type, index), *to = m->wds.profiles;
	const uint8_t id[] = { p.type, p.index };

	while (to < m->wds.profiles + WDS_PROFILES && to->used)
		to++;
	if (to == m->wds.profiles + WDS_PROFILES)
		return refuse(o, ERR_OUT_OF_PROFILES);
	if (!take_tlvs(&p, q))
		return QERR_INVALID_ARGUMENT;
	*to = p;
	put_tlv(o, 0x01, id, sizeof id);
	changed(m, to, CREATED);
	return QERR_NONE;
}

int wds_create_profile(struct modem *m, const struct request *q, struct out *o)
{
	unsigned type = identifier(q)[0], index = type == PROFILE_3GPP2 ? FIRST_3GPP2 : 1;

	if (type > PROFILE_3GPP2)
		return refuse(o, ERR_PROFILE_TYPE);
	while (wds_profile(m, type, index))
		index++;
	if (type == PROFILE_3GPP && index > m->state[K_wds_profile_last].num)
		return refuse(o, ERR_OUT_OF_PROFILES);
	return create(m, q, o, type, index);
}

int wds_create_profile_indexed(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *id = identifier(q);

	if (id[0] > PROFILE_3GPP2)
		return refuse(o, ERR_PROFILE_TYPE);
	if (!id[1] || wds_profile(m, id[0], id[1]))
		return refuse(o, ERR_PROFILE_NUMBER);
	return create(m, q, o, id[0], id[1]);
}

int wds_modify_profile(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *id = identifier(q);
	struct wds_profile *p = wds_profile(m, id[0], id[1]), new;

	if (!p)
		return refuse(o, ERR_PROFILE_NUMBER);
	new = *p;
	if (!take_tlvs(&new, q))
		return QERR_INVALID_ARGUMENT;
	*p = new;
	changed(m, p, MODIFIED);
	return QERR_NONE;
}

int wds_delete_profile(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *id = identifier(q);
	struct wds_profile *p = wds_profile(m, id[0], id[1]);

	if (!p)
		return refuse(o, ERR_PROFILE_NUMBER);
	changed(m, p, DELETED);
	*p = (struct wds_profile){ 0 };
	return QERR_NONE;
}

/* By index, whatever the order in which they were made. */
static void put_list(struct modem *m, struct out *list, unsigned type, uint8_t *count)
{
	for (unsigned index = 1; index <= UINT8_MAX; index++) {
		const struct wds_profile *p = wds_profile(m, type, index);
		const uint8_t *name;
		size_t len;

		if (!p)
			continue;
		name = wds_profile_tlv(p, 0x10, &len);
		len = !name ? 0 : len > UINT8_MAX ? UINT8_MAX : len;
		put_num(list, type, 1);
		put_num(list, index, 1);
		put_num(list, len, 1);
		put_bytes(list, name, len);
		++*count;
	}
}

int wds_get_profile_list(struct modem *m, const struct request *q, struct out *o)
{
	uint8_t bytes[1 + WDS_PROFILES * (3 + UINT8_MAX)] = { 0 };
	struct out list = { .p = bytes, .len = 1, .cap = sizeof bytes };
	const uint8_t *type;
	size_t len;

	type = request_tlv(q, 0x10, &len);
	if (type && *type > PROFILE_3GPP2 && *type != PROFILE_ALL)
		return refuse(o, ERR_PROFILE_TYPE);
	for (unsigned t = PROFILE_3GPP; t <= PROFILE_3GPP2; t++)
		if (!type || *type == t || *type == PROFILE_ALL)
			put_list(m, &list, t, bytes);
	put_tlv(o, 0x01, bytes, list.len);
	return QERR_NONE;
}

int wds_get_profile_settings(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *id = identifier(q);
	const struct wds_profile *p = wds_profile(m, id[0], id[1]);

	if (!p)
		return refuse(o, ERR_PROFILE_NUMBER);
	put_bytes(o, p->tlvs, p->len);
	return QERR_NONE;
}

int wds_get_default_settings(struct modem *m, const struct request *q, struct out *o)
{
	(void)m;
	if (*identifier(q) > PROFILE_3GPP2)
		return refuse(o, ERR_PROFILE_TYPE);
	put_bytes(o, plain, sizeof plain);
	return QERR_NONE;
}

static unsigned default_key(unsigned type)
{
	return type == PROFILE_3GPP2 ? K_wds_default_profile2 : K_wds_default_profile;
}

int wds_get_default_profile(struct modem *m, const struct request *q, struct out *o)
{
	unsigned type = *identifier(q);

	if (type > PROFILE_3GPP2)
		return refuse(o, ERR_PROFILE_TYPE);
	if (!m->state[default_key(type)].text)
		return refuse(o, ERR_PROFILE_NUMBER);
	put_tlv_num(o, 0x01, (uint64_t)m->state[default_key(type)].num, 1);
	return QERR_NONE;
}

int wds_set_default_profile(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *id = identifier(q);

	if (!wds_profile(m, id[0], id[2]))
		return refuse(o, ERR_PROFILE_NUMBER);
	state_set_num(m, default_key(id[0]), id[2]);
	return QERR_NONE;
}

int wds_configure_profile_events(struct modem *m, const struct request *q, struct out *o)
{
	(void)m;
	(void)o;
	q->client->events |= REGISTERED(0x19);
	return QERR_NONE;
}

/* The list counts from the next attach on, unless the modem is told to detach now. */
int wds_set_attach_pdn_list(struct modem *m, const struct request *q, struct out *o)
{
	char text[8 * LIST_MAX] = "";
	const uint8_t *list, *action;
	size_t len, at = 0;

	(void)o;
	list = identifier(q);
	request_tlv(q, 0x01, &len);
	if (len < 1 + 2 * (size_t)list[0] || list[0] > LIST_MAX)
		return QERR_MALFORMED;
	for (unsigned i = 0; i < list[0]; i++) {
		unsigned index = (unsigned)get_num(list + 1 + 2 * i, 2);

		if (!wds_profile(m, PROFILE_3GPP, index))
			return QERR_INVALID_PROFILE;
		at += (size_t)snprintf(text + at, sizeof text - at, "%s%u", i ? "," : "", index);
	}
	action = request_tlv(q, 0x10, &len);
	if (action && len < 4)
		return QERR_MALFORMED;
	if (action && get_num(action, 4) == ATTACH_DETACH) {
		state_set(m, K_wds_attach_list, text);
		state_set(m, K_wds_attach_pending, "none");
	} else {
		state_set(m, K_wds_attach_pending, text);
	}
	return QERR_NONE;
}
