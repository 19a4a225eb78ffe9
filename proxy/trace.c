/* trace.c - what goes to and from the modems, for proxy trace. */
#include "proxy/core.h"

#define TLV_SERVICE 0x01	/* request: only this service, u8 */
#define TLV_CLIENT 0x02		/* request: only this client id, u8 */
#define TLV_EVENT 0x10
#define TLV_FRAME 0x11
#define TRACE_ROOM 128		/* bytes of an event besides the frame, and more */

static int16_t filter(const struct qmux_frame *f, uint8_t type)
{
	struct qmux_tlv tlv;

	return qmux_tlv_find(f, type, &tlv) && tlv.len ? tlv.value[0] : -1;
}

/* From now on until the connection ends. */
void proxy_trace_set(struct proxy_core *c, struct proxy_peer *p, const struct qmux_frame *f)
{
	if (!p->trace.on)
		c->n_tracers++;
	p->trace = (struct proxy_trace){
		.on = true, .service = filter(f, TLV_SERVICE), .client = filter(f, TLV_CLIENT),
	};
	p->deadline = p->eof ? p->deadline : QMUX_NEVER;
	proxy_answer(c, p, f, 0, 0);
}

static size_t event(struct proxy_core *c, const struct proxy_port *port,
	const struct proxy_peer *of, bool to_modem, const uint8_t *frame, size_t n)
{
	struct qmux_buf b = qmux_buf(c->frame, sizeof c->frame);
	struct qmux_frame head = { .kind = QMUX_INDICATION, .message = PROXY_MSG_TRACE };
	size_t mark, kept = n > QMUX_FRAME_MAX - TRACE_ROOM ? QMUX_FRAME_MAX - TRACE_ROOM : n;

	qmux_frame_begin(&b, &head);
	mark = qmux_tlv_open(&b, TLV_EVENT);
	qmux_add_uint(&b, 4, false, 0);	/* lost: per tracer, see LOST_AT */
	qmux_add_uint(&b, 8, false, (uint64_t)c->now);
	qmux_add_uint(&b, 1, false, to_modem);
	qmux_add_uint(&b, 1, false, proxy_port_index(c, port));
	qmux_add_uint(&b, 4, false, of ? of->cred.pid : 0);
	qmux_add_uint(&b, 4, false, n);
	qmux_tlv_close(&b, mark);
	mark = qmux_tlv_open(&b, TLV_FRAME);
	qmux_add_uint(&b, 2, false, kept);
	qmux_add(&b, frame, kept);
	qmux_tlv_close(&b, mark);
	return (size_t)qmux_frame_end(&b);
}

#define LOST_AT (QMUX_FRAME_MIN + QMUX_TLV_HEAD)

static bool wants(const struct proxy_core *c, const struct proxy_peer *p,
	const struct proxy_peer *of, const uint8_t *frame)
{
	const struct proxy_trace *t = &p->trace;

	if (!p->used || !t->on || p->dead)
		return false;
	if (!proxy_may_see_all(c, p) && (!of || of->cred.uid != p->cred.uid))
		return false;
	return (t->service < 0 || t->service == frame[4]) &&
		(t->client < 0 || t->client == frame[5]);
}

void proxy_trace(struct proxy_core *c, struct proxy_port *port, struct proxy_peer *of,
	bool to_modem, const uint8_t *frame, size_t n)
{
	size_t len;

	if (c->cfg.frame)
		c->cfg.frame(c->cfg.ctx, to_modem, of ? of->cred.pid : 0, frame, n);
	if (!c->n_tracers)
		return;
	len = event(c, port, of, to_modem, frame, n);
	for (unsigned i = 0; i < c->peers_top; i++) {
		struct proxy_peer *p = &c->peers[i];

		if (!wants(c, p, of, frame))
			continue;
		if (p->out.len > PROXY_PEER_LOW) {
			p->trace.lost++;
			p->dropped++;
			continue;
		}
		qmux_put32(c->frame + LOST_AT, p->trace.lost);
		p->trace.lost = 0;
		proxy_peer_send(c, p, c->frame, len);
	}
}
