/* private.c - CTL messages 0xFE00 to 0xFEFF: what is ours beyond libqmi's protocol. */
#include "proxy/core.h"

#include <errno.h>

#define TLV_SERVICE 0x01	/* LEASE, REAP: u8 */
#define TLV_TARGET 0x01		/* NAME, FIND, LEASE's answer: service u8, client u8 */
#define TLV_NAME 0x02
#define TLV_NOTE 0x03
#define TLV_NEXT 0x03		/* FIND: u8, 1: what comes after that name */
#define TLV_FOUND_NAME 0x10	/* 0x02 of an answer is its result */
#define TLV_FOUND_NOTE 0x11
#define TLV_RESTARTED 0x12	/* FIND's answer, also where nothing is found: u64 */
#define TLV_STARTED 0x13
#define TLV_COUNT 0x10

/* An idle client id of this service that the process may borrow. */
static struct proxy_id *pooled(struct proxy_core *c, const struct proxy_peer *p, unsigned service)
{
	for (unsigned i = 0; i < c->ids_top && c->n_pooled; i++) {
		struct proxy_id *id = &c->ids[i];

		if (id->used && id->kind == ID_POOLED && id->service == service &&
			id->port == p->port - 1 && id->uid == p->cred.uid)
			return id;
	}
	return NULL;
}

static void lend(struct proxy_core *c, struct proxy_peer *p, struct proxy_id *id,
	const struct qmux_frame *f)
{
	uint8_t target[2] = { id->service, id->client };
	struct qmux_buf b;

	if (proxy_hold_add(c, id, p)) {
		proxy_answer(c, p, f, PROXY_E_RESOURCES, ENOSPC);
		return;
	}
	proxy_id_kind_set(c, id, ID_LEASED);
	id->tainted = false;
	id->pid = p->cred.pid;
	b = proxy_reply(c, f, 0);
	qmux_add_tlv(&b, TLV_TARGET, target, sizeof target);
	proxy_reply_end(c, p, &b);
}

static enum proxy_took lease(struct proxy_core *c, struct proxy_peer *p,
	const struct qmux_frame *f)
{
	struct proxy_port *port = proxy_port_of(c, p);
	struct proxy_request key = {
		.kind = REQ_LEASE, .message = PROXY_CTL_ALLOCATE, .transaction = f->transaction,
	};
	struct qmux_tlv tlv;
	struct proxy_id *id;

	if (!qmux_tlv_find(f, TLV_SERVICE, &tlv) || !tlv.len) {
		proxy_answer(c, p, f, PROXY_E_MISSING, EINVAL);
		return TOOK;
	}
	id = pooled(c, p, tlv.value[0]);
	if (id) {
		lend(c, p, id, f);
		return TOOK;
	}
	if (!proxy_port_room(port) || !proxy_window_open(c, p))
		return WAIT;
	key.target_service = tlv.value[0];
	return proxy_ctl_send(c, port, p, &key);
}

static struct proxy_id *find_named(struct proxy_core *c, const struct proxy_peer *p,
	const struct qmux_tlv *name)
{
	for (unsigned i = 0; i < c->ids_top; i++) {
		struct proxy_id *id = &c->ids[i];
		const char *known;

		if (!id->used || id->kind != ID_NAMED || id->port != p->port - 1)
			continue;
		known = c->names[id->name].name;
		if (strlen(known) == name->len && !memcmp(known, name->value, name->len))
			return id;
	}
	return NULL;
}

/* A free place for a name: its index, or -1. */
static int free_name(const struct proxy_core *c, uint32_t uid)
{
	int max = uid ? PROXY_NAMED_MAX - PROXY_NAMED_ROOT : PROXY_NAMED_MAX;

	for (int i = 0; i < max; i++)
		if (!c->names[i].used)
			return i;
	return -1;
}

static unsigned set_name(struct proxy_core *c, struct proxy_id *id, const struct qmux_tlv *name,
	const struct qmux_tlv *note)
{
	struct proxy_name *n;
	int i;

	proxy_id_kind_set(c, id, ID_OWNED);
	id->fleeting = false;
	if (!name->len)
		return 0;
	i = free_name(c, id->uid);
	if (i < 0)
		return PROXY_E_RESOURCES;
	n = &c->names[i];
	n->used = true;
	memcpy(n->name, name->value, name->len);
	n->name[name->len] = 0;
	n->note_len = (uint8_t)note->len;
	if (note->len)
		memcpy(n->note, note->value, note->len);
	proxy_id_kind_set(c, id, ID_NAMED);
	id->name = (uint8_t)i;
	return 0;
}

static unsigned name(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f)
{
	struct qmux_tlv target, name, note = { 0 };
	struct proxy_id *id, *other;

	if (!qmux_tlv_find(f, TLV_TARGET, &target) || target.len < 2 ||
		!qmux_tlv_find(f, TLV_NAME, &name))
		return PROXY_E_MISSING;
	if (!qmux_tlv_find(f, TLV_NOTE, &note))
		note.len = 0;
	if (name.len > PROXY_NAME_MAX || note.len > PROXY_NOTE_MAX)
		return PROXY_E_TOO_LONG;
	id = proxy_id_find(c, p->port - 1u, target.value[0], target.value[1]);
	if (!id || id->gone || !proxy_hold_find(c, id, p) || !proxy_id_may(c, p, id))
		return PROXY_E_CLIENT;
	other = find_named(c, p, &name);
	if (other && other != id)
		return PROXY_E_IN_USE;
	return set_name(c, id, &name, &note);
}

/* Of the names that the process may use, the first that comes after this one. */
static struct proxy_id *find_next(struct proxy_core *c, const struct proxy_peer *p,
	const struct qmux_tlv *name)
{
	char after[PROXY_NAME_MAX + 1] = "";
	struct proxy_id *found = NULL;

	memcpy(after, name->value, name->len < PROXY_NAME_MAX ? name->len : PROXY_NAME_MAX);
	for (unsigned i = 0; i < c->ids_top; i++) {
		struct proxy_id *id = &c->ids[i];

		if (id->used && id->kind == ID_NAMED && id->port == p->port - 1 &&
			proxy_id_may(c, p, id) && strcmp(c->names[id->name].name, after) > 0 &&
			(!found || strcmp(c->names[id->name].name, c->names[found->name].name) < 0))
			found = id;
	}
	return found;
}

static void find(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f)
{
	struct qmux_tlv name, next;
	struct proxy_id *id = NULL;
	const struct proxy_name *n;
	uint8_t value[8];
	struct qmux_buf b;

	if (qmux_tlv_find(f, TLV_NAME, &name))
		id = qmux_tlv_find(f, TLV_NEXT, &next) && next.len && next.value[0] ?
			find_next(c, p, &name) : find_named(c, p, &name);
	if (id && !proxy_id_may(c, p, id))
		id = NULL;
	b = proxy_reply(c, f, id ? 0 : PROXY_E_NO_ENTRY);
	if (id) {
		n = &c->names[id->name];
		value[0] = id->service;
		value[1] = id->client;
		qmux_add_tlv(&b, TLV_TARGET, value, 2);
		qmux_add_tlv(&b, TLV_FOUND_NAME, n->name, strlen(n->name));
		qmux_add_tlv(&b, TLV_FOUND_NOTE, n->note, n->note_len);
	}
	qmux_put_uint(value, sizeof value, false, (uint64_t)proxy_port_of(c, p)->restarted);
	qmux_add_tlv(&b, TLV_RESTARTED, value, sizeof value);
	qmux_put_uint(value, sizeof value, false, (uint64_t)c->started);
	qmux_add_tlv(&b, TLV_STARTED, value, sizeof value);
	proxy_reply_end(c, p, &b);
}

/* Orphans and the pool go back to the modem; those of closed ports are left. */
static void reap(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f)
{
	struct qmux_tlv service;
	bool one = qmux_tlv_find(f, TLV_SERVICE, &service) && service.len;
	unsigned done = 0, left = 0;
	struct qmux_buf b;
	uint8_t value[4];

	for (unsigned i = 0; i < c->ids_top; i++) {
		struct proxy_id *id = &c->ids[i];

		if (!id->used || (id->kind != ID_ORPHAN && id->kind != ID_POOLED))
			continue;
		if ((one && id->service != service.value[0]) ||
			(!proxy_may_see_all(c, p) && id->uid != p->cred.uid))
			continue;
		if (c->ports[id->port].fd < 0) {
			left++;
			continue;
		}
		proxy_id_release(c, id);
		done++;
	}
	b = proxy_reply(c, f, 0);
	qmux_put16(value, done);
	qmux_put16(value + 2, left);
	qmux_add_tlv(&b, TLV_COUNT, value, sizeof value);
	proxy_reply_end(c, p, &b);
}

static void stop(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f)
{
	bool may = proxy_may_see_all(c, p);

	proxy_answer(c, p, f, may ? 0 : PROXY_E_ACCESS, may ? 0 : EPERM);
	if (may)
		proxy_core_stop(c, true);
}

/* Those that are about a port which has to be open. */
static enum proxy_took about_port(struct proxy_core *c, struct proxy_peer *p,
	const struct qmux_frame *f)
{
	struct proxy_port *port = proxy_port_of(c, p);

	if (!port)
		proxy_answer(c, p, f, PROXY_E_OPERATION, ENOTCONN);
	else if (c->stop_at != QMUX_NEVER)
		proxy_answer(c, p, f, PROXY_E_ABORTED, ECANCELED);
	else if (port->fd < 0 || port->failed)
		proxy_answer(c, p, f, PROXY_E_NOT_FOUND, ENODEV);
	else if (f->message == PROXY_MSG_LEASE)
		return lease(c, p, f);
	else if (f->message == PROXY_MSG_NAME)
		proxy_answer(c, p, f, name(c, p, f), 0);
	else
		find(c, p, f);
	return TOOK;
}

enum proxy_took proxy_private(struct proxy_core *c, struct proxy_peer *p,
	const struct qmux_frame *f)
{
	switch (f->message) {
	case PROXY_MSG_STATUS:
		proxy_status(c, p, f);
		break;
	case PROXY_MSG_TRACE:
		proxy_trace_set(c, p, f);
		break;
	case PROXY_MSG_REAP:
		reap(c, p, f);
		break;
	case PROXY_MSG_STOP:
		stop(c, p, f);
		break;
	case PROXY_MSG_LEASE:
	case PROXY_MSG_NAME:
	case PROXY_MSG_FIND:
		return about_port(c, p, f);
	default:
		proxy_answer(c, p, f, PROXY_E_COMMAND, ENOSYS);
	}
	return TOOK;
}
