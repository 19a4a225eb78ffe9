/* status.c - what the proxy knows, for proxy status: qmux/schema describes the TLVs. */
#include "proxy/core.h"

#include <unistd.h>

static void u8(struct qmux_buf *b, unsigned v)
{
	qmux_add_uint(b, 1, false, v);
}

static void u16(struct qmux_buf *b, unsigned v)
{
	qmux_add_uint(b, 2, false, v > UINT16_MAX ? UINT16_MAX : v);
}

static void u32(struct qmux_buf *b, uint32_t v)
{
	qmux_add_uint(b, 4, false, v);
}

static void u64(struct qmux_buf *b, uint64_t v)
{
	qmux_add_uint(b, 8, false, v);
}

static void str8(struct qmux_buf *b, const char *s)
{
	size_t n = strnlen(s, UINT8_MAX);

	u8(b, (unsigned)n);
	qmux_add(b, s, n);
}

static uint32_t seconds(const struct proxy_core *c, int64_t since)
{
	return (uint32_t)((c->now - since) / 1000);
}

static void add_proxy(struct proxy_core *c, struct qmux_buf *b)
{
	size_t mark = qmux_tlv_open(b, 0x10);

	u32(b, (uint32_t)getpid());
	u32(b, c->uid);
	u8(b, PROXY_VERSION);
	u32(b, seconds(c, c->started));
	u32(b, c->turned_away);
	u32(b, c->framing_errors);
	u32(b, c->slow_dropped);
	qmux_tlv_close(b, mark);
}

static void add_port(struct proxy_core *c, const struct proxy_port *port, struct qmux_buf *b)
{
	char driver[32] = "";
	unsigned waiting = 0;

	for (unsigned i = 0; i < c->requests_top; i++)
		waiting += c->requests[i].used && !c->requests[i].forgotten &&
			c->requests[i].port == proxy_port_index(c, port);
	c->io->driver(c->ctx, port->path, driver);
	u8(b, proxy_port_index(c, port));
	str8(b, port->path);
	u8(b, port->state);
	str8(b, driver);
	u16(b, port->peers);
	u16(b, waiting);
	u32(b, port->out.len);
	u32(b, port->rx);
	u32(b, port->tx);
	u64(b, port->rx_bytes);
	u64(b, port->tx_bytes);
	u32(b, port->errors);
	u32(b, (uint32_t)port->in.resyncs);
	u32(b, (uint32_t)port->in.skipped);
	u32(b, port->unmatched);
	u32(b, port->forgotten);
	u32(b, port->restarts);
	u32(b, port->opens);
	u32(b, port->holder);
}

static void add_ports(struct proxy_core *c, struct qmux_buf *b)
{
	size_t mark = qmux_tlv_open(b, 0x11);
	uint8_t *count = qmux_room(b, 1);

	*count = 0;
	for (unsigned i = 0; i < c->ports_top; i++) {
		if (!c->ports[i].used)
			continue;
		add_port(c, &c->ports[i], b);
		(*count)++;
	}
	qmux_tlv_close(b, mark);
}

static void add_process(struct proxy_core *c, const struct proxy_peer *p, struct qmux_buf *b)
{
	char name[32] = "";

	c->io->process_name(c->ctx, p->cred.pid, name);
	u32(b, p->cred.pid);
	u32(b, p->cred.uid);
	str8(b, name);
	u8(b, p->port ? p->port - 1u : UINT8_MAX);
	u8(b, p->ours);
	u32(b, seconds(c, p->since));
	u16(b, p->n_requests);
	u32(b, p->out.len);
	u32(b, p->in.len);
	u32(b, p->rx);
	u32(b, p->tx);
	u32(b, p->dropped);
}

/* Whether p may see what is of that uid. */
static bool visible(const struct proxy_core *c, const struct proxy_peer *p, uint32_t uid)
{
	return proxy_may_see_all(c, p) || uid == p->cred.uid;
}

static unsigned add_processes(struct proxy_core *c, const struct proxy_peer *who,
	struct qmux_buf *b)
{
	size_t mark = qmux_tlv_open(b, 0x12);
	uint8_t *count = qmux_room(b, 2);
	unsigned shown = 0, left = 0;

	for (unsigned i = 0; i < c->peers_top; i++) {
		const struct proxy_peer *p = &c->peers[i];

		if (!p->used || !visible(c, who, p->cred.uid))
			continue;
		if (shown == PROXY_STATUS_ROWS) {
			left++;
			continue;
		}
		add_process(c, p, b);
		shown++;
	}
	qmux_put16(count, shown);
	qmux_tlv_close(b, mark);
	return left;
}

static void add_client(struct proxy_core *c, const struct proxy_id *id, struct qmux_buf *b)
{
	unsigned users = 0;

	for (uint16_t i = id->holds; i != NONE; i = c->holds[i].next_of_id)
		users += !c->holds[i].stale;
	u8(b, id->port);
	u8(b, id->service);
	u8(b, id->client);
	u8(b, id->kind);
	u32(b, id->uid);
	u32(b, id->kind == ID_POOLED ? 0 : id->pid);
	u16(b, users);
	u32(b, seconds(c, id->since));
	str8(b, id->kind == ID_NAMED ? c->names[id->name].name : "");
}

static unsigned add_clients(struct proxy_core *c, const struct proxy_peer *who,
	struct qmux_buf *b)
{
	size_t mark = qmux_tlv_open(b, 0x13);
	uint8_t *count = qmux_room(b, 2);
	unsigned shown = 0, left = 0;

	for (unsigned i = 0; i < c->ids_top; i++) {
		const struct proxy_id *id = &c->ids[i];

		if (!id->used || id->gone || !visible(c, who, id->uid))
			continue;
		if (shown == PROXY_STATUS_ROWS) {
			left++;
			continue;
		}
		add_client(c, id, b);
		shown++;
	}
	qmux_put16(count, shown);
	qmux_tlv_close(b, mark);
	return left;
}

/* The marks that the counters above are about. */
static void add_limits(const struct proxy_core *c, struct qmux_buf *b)
{
	size_t mark = qmux_tlv_open(b, 0x15);

	u16(b, c->cfg.peers_max);
	u16(b, PROXY_PEERS_UID);
	u16(b, PROXY_PORTS_MAX);
	u16(b, PROXY_IDS_MAX);
	u16(b, PROXY_REQUESTS_MAX);
	u16(b, PROXY_PEER_REQUESTS);
	u32(b, PROXY_PEER_LOW);
	u32(b, PROXY_PEER_HIGH);
	u32(b, PROXY_UID_BYTES);
	u32(b, PROXY_PORT_HIGH);
	qmux_tlv_close(b, mark);
}

/* PROXY_STATUS_ROWS keeps it within one frame. */
void proxy_status(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f)
{
	struct qmux_buf b = proxy_reply(c, f, 0);
	unsigned processes, clients;
	size_t mark;

	add_proxy(c, &b);
	add_ports(c, &b);
	processes = add_processes(c, p, &b);
	clients = add_clients(c, p, &b);
	if (processes || clients) {
		mark = qmux_tlv_open(&b, 0x14);
		u16(&b, processes);
		u16(&b, clients);
		qmux_tlv_close(&b, mark);
	}
	add_limits(c, &b);
	proxy_reply_end(c, p, &b);
}
