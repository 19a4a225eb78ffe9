/* svc_ctl.c - the control service: versions, client ids, sync. */
#include "service.h"

#include <string.h>

static bool absent(const struct modem *m, unsigned service)
{
	const struct value *v = &m->state[K_absent_services];

	for (size_t i = 0; i < v->n; i++)
		if (v->list[i] == service)
			return true;
	return !service_by_id(service);
}

static int get_version_info(struct modem *m, const struct request *q, struct out *o)
{
	uint8_t list[1 + 5 * 255];
	struct out v = { .p = list, .len = 1, .cap = sizeof list };

	(void)q;
	list[0] = 0;
	for (size_t i = 0; modem_services[i]; i++) {
		if (absent(m, modem_services[i]->id))
			continue;
		put_num(&v, modem_services[i]->id, 1);
		put_num(&v, modem_services[i]->major, 2);
		put_num(&v, modem_services[i]->minor, 2);
		list[0]++;
	}
	put_tlv(o, 0x01, list, v.len);
	return QERR_NONE;
}

/* Upward and round, as modems do: a released id is not used again at once. */
static unsigned next_cid(const struct modem *m, unsigned service)
{
	unsigned cid = m->last_cid[service];

	do {
		cid = cid + 1 < CID_BROADCAST ? cid + 1 : 1;
	} while (m->clients[service][cid].used);
	return cid;
}

static int allocate_cid(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v;
	uint8_t info[2];
	size_t len;

	v = request_tlv(q, 0x01, &len);
	if (v[0] == SVC_CTL || absent(m, v[0]))
		return QERR_INVALID_SERVICE;
	if (m->n_clients[v[0]] >= m->state[K_max_clients].num)
		return QERR_CLIENT_IDS_EXHAUSTED;
	info[0] = v[0];
	info[1] = m->last_cid[v[0]] = (uint8_t)next_cid(m, v[0]);
	m->clients[v[0]][info[1]] = (struct client){ .used = true };
	m->n_clients[v[0]]++;
	if (v[0] == SVC_WDS)
		wds_client_new(m, info[1]);
	put_tlv(o, 0x01, info, sizeof info);
	return QERR_NONE;
}

static int release_cid(struct modem *m, const struct request *q, struct out *o)
{
	const uint8_t *v;
	size_t len;

	v = request_tlv(q, 0x01, &len);
	if (!m->clients[v[0]][v[1]].used)
		return QERR_INVALID_CLIENT_ID;
	if (v[0] == SVC_WDS)
		wds_client_gone(m, v[1]);
	m->clients[v[0]][v[1]] = (struct client){ 0 };
	m->n_clients[v[0]]--;
	put_tlv(o, 0x01, v, 2);
	return QERR_NONE;
}

static int sync(struct modem *m, const struct request *q, struct out *o)
{
	(void)q;
	(void)o;
	clients_forget(m);
	return QERR_NONE;
}

static const struct method methods[] = {
	{ .id = 0x0020, .name = "set_instance_id", .in = BINDS(BIND(0x01, LOOK(1))),
		.out = TLVS(TLV(0x01, U16(link_id))) },
	{ .id = 0x0021, .name = "get_version_info", .fn = get_version_info },
	{ .id = 0x0022, .name = "allocate_cid", .in = BINDS(BIND(0x01, LOOK(1))),
		.fn = allocate_cid },
	{ .id = 0x0023, .name = "release_cid", .in = BINDS(BIND(0x01, LOOK(2))),
		.fn = release_cid },
	{ .id = 0x0026, .name = "set_data_format",
		.in = BINDS(BIND(0x01, U8(data_format)), BIND_OPTIONAL(0x10, U16(link_protocol))),
		.out = TLVS(TLV(0x10, U16(link_protocol))) },
	{ .id = 0x0027, .name = "sync", .fn = sync },
	{ .name = NULL },
};

const struct service svc_ctl = { SVC_CTL, "ctl", 1, 5, methods, NULL };
