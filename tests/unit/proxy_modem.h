/*
 * proxy_modem.h - the first half of proxy_world.h: what is in that world, and its modem.
 */
#ifndef PROXY_MODEM_H
#define PROXY_MODEM_H

#include "proxy/core.h"

#include <stdio.h>
#include <stdlib.h>

#define W_PEERS 24
#define W_OUTSIDER 4000	/* a uid that may not use the proxy */
#define W_ASKED 256		/* requests that a process waits for */
#define W_PIPE (96 * 1024)	/* bytes in flight between the proxy and one other */
#define W_SERVICES 4		/* the modem knows services 0 to 3 */
#define W_IDS 8			/* client ids that the modem has, for each service */
#define W_ANSWERS 512		/* answers that the modem has not given yet */
#define W_TURNS 20000		/* turns without rest; more is a spin */
#define W_PORT_FD 1000		/* peers are descriptors 100 + index */
#define W_TAG 0x7e		/* TLV that the modem sends back */

struct w_pipe {
	uint8_t p[W_PIPE];
	size_t len;
};

struct w_asked {
	bool used;
	uint8_t service, client;
	uint16_t transaction, message;
	uint32_t tag;
	uint8_t target;		/* allocate, lease: the service; release: the client id */
	uint8_t target_service;
};

struct w_peer {
	bool used;		/* the process lives */
	bool connected;		/* the proxy has not closed it */
	bool half;		/* it has shut its sending side */
	bool frozen;		/* it does not read */
	bool broken;		/* it sent nonsense: nothing is promised to it */
	uint32_t uid;
	size_t capacity;	/* what the kernel keeps for it unread */
	struct w_pipe in, out;	/* to the proxy, from the proxy */
	struct w_asked asked[W_ASKED];
	unsigned n_asked, answers, errors, indications, events;
	unsigned last_error;
	uint32_t last_errno;
	uint8_t last_client;	/* of the last allocation or lease */
	bool has_id[W_SERVICES][256];
	uint16_t transaction;
	uint8_t ctl_transaction;
};

struct w_answer {
	uint8_t p[64];
	size_t n;
	bool ctl;
};

struct world {
	struct proxy_core *core;
	int64_t now;
	struct w_peer peers[W_PEERS];
	struct w_pipe port_in, port_out;	/* to the proxy, from it */
	struct w_answer answers[W_ANSWERS];
	unsigned n_answers;
	bool ids[W_SERVICES][W_IDS + 1];	/* in use, as the modem sees it */
	uint8_t next_id[W_SERVICES];
	bool plugged, port_open, stalled, silent, messages;
	bool refused;		/* what was written last: told to the next write, and by POLLERR */
	bool at_once;		/* answers are not kept back */
	bool short_io;		/* reads and writes of few bytes */
	unsigned eintr;		/* every so many calls one EINTR; 0: none */
	unsigned calls, seen[0x100], tags;
	unsigned device;	/* another st_rdev after each return, where it changes */
	const char *broken;	/* the first rule that did not hold */
};

static inline void w_check(struct world *w, bool ok, const char *rule)
{
	if (!ok && !w->broken)
		w->broken = rule;
}

/* ---- pipes ---- */

static inline void w_put(struct w_pipe *pipe, const void *p, size_t n)
{
	if (n > sizeof pipe->p - pipe->len)
		n = sizeof pipe->p - pipe->len;
	memcpy(pipe->p + pipe->len, p, n);
	pipe->len += n;
}

static inline size_t w_take(struct w_pipe *pipe, void *p, size_t n)
{
	if (n > pipe->len)
		n = pipe->len;
	memcpy(p, pipe->p, n);
	memmove(pipe->p, pipe->p + n, pipe->len - n);
	pipe->len -= n;
	return n;
}

/* ---- the modem ---- */

static inline void w_answer(struct world *w, const struct qmux_frame *f, unsigned error,
	uint8_t type, const void *value, size_t len)
{
	struct w_answer *a = &w->answers[w->n_answers];
	struct qmux_buf b = qmux_buf(a->p, sizeof a->p);
	struct qmux_frame head = *f;

	if (w->silent || w->n_answers == W_ANSWERS)
		return;
	head.kind = QMUX_RESPONSE;
	qmux_frame_begin(&b, &head);
	qmux_add_result(&b, error);
	if (len)
		qmux_add_tlv(&b, type, value, len);
	a->n = (size_t)qmux_frame_end(&b);
	a->ctl = f->service == QMUX_CTL;
	w->n_answers++;
}

static inline void w_modem_ctl(struct world *w, const struct qmux_frame *f)
{
	struct qmux_tlv tlv;
	uint8_t v[2] = { 0, 0 };
	bool has = qmux_tlv_find(f, 0x01, &tlv) && tlv.len;

	if (has)
		memcpy(v, tlv.value, tlv.len < 2 ? tlv.len : 2);
	if (f->message == PROXY_CTL_ALLOCATE && has) {
		if (v[0] == 0 || v[0] >= W_SERVICES) {
			w_answer(w, f, 31, 0, NULL, 0);
			return;
		}
		for (unsigned k = 0; k < W_IDS; k++) {
			v[1] = (uint8_t)(w->next_id[v[0]] % W_IDS + 1);
			w->next_id[v[0]]++;
			if (w->ids[v[0]][v[1]])
				continue;
			w->ids[v[0]][v[1]] = true;
			w_answer(w, f, 0, 0x01, v, 2);
			return;
		}
		w_answer(w, f, PROXY_E_EXHAUSTED, 0, NULL, 0);
	} else if (f->message == PROXY_CTL_RELEASE && has && tlv.len >= 2) {
		bool known = v[0] < W_SERVICES && v[1] <= W_IDS && w->ids[v[0]][v[1]];

		if (known)
			w->ids[v[0]][v[1]] = false;
		w_answer(w, f, known ? 0 : PROXY_E_CLIENT, 0x01, v, 2);
	} else {
		if (f->message == PROXY_CTL_SYNC)
			memset(w->ids, 0, sizeof w->ids);
		w_answer(w, f, 0, 0, NULL, 0);
	}
}

static inline void w_modem_frame(struct world *w, const uint8_t *p, size_t n)
{
	struct qmux_frame f;
	struct qmux_tlv tlv;

	if (qmux_frame_parse(&f, p, n) < 0) {
		w_check(w, false, "the modem gets whole frames only");
		return;
	}
	w_check(w, f.message < 0xfe00 || f.service != QMUX_CTL,
		"private messages do not reach the modem");
	w->seen[f.service == QMUX_CTL ? f.message & 0xff : 0xff]++;
	if (f.service == QMUX_CTL)
		w_modem_ctl(w, &f);
	else if (f.service >= W_SERVICES || f.client > W_IDS || !w->ids[f.service][f.client])
		w_answer(w, &f, PROXY_E_CLIENT, 0, NULL, 0);
	else if (qmux_tlv_find(&f, W_TAG, &tlv))
		w_answer(w, &f, 0, W_TAG, tlv.value, tlv.len < 32 ? tlv.len : 32);
	else
		w_answer(w, &f, 0, 0, NULL, 0);
}

/* What the proxy wrote, frame by frame. */
static inline void w_modem_reads(struct world *w)
{
	static uint8_t frame[QMUX_FRAME_MAX];

	while (w->port_out.len >= 3) {
		size_t n = qmux_get16(w->port_out.p + 1) + 1u;

		if (n > w->port_out.len)
			return;
		w_take(&w->port_out, frame, n);
		w_modem_frame(w, frame, n);
	}
}

/* Gives one of its answers: CTL in order, the others in any. */
static inline void w_modem_answers(struct world *w, unsigned which)
{
	struct w_answer a;

	if (!w->n_answers || w->port_in.len > W_PIPE / 2)
		return;
	which %= w->n_answers;
	for (unsigned i = 0; w->answers[which].ctl && i < which; i++)
		if (w->answers[i].ctl)
			which = i;
	a = w->answers[which];
	memmove(&w->answers[which], &w->answers[which + 1],
		(w->n_answers - which - 1) * sizeof a);
	w->n_answers--;
	w_put(&w->port_in, a.p, a.n);
}

static inline void w_modem_indicates(struct world *w, unsigned service, unsigned client,
	unsigned message)
{
	uint8_t p[32];
	struct qmux_buf b = qmux_buf(p, sizeof p);
	struct qmux_frame f = { .service = (uint16_t)service, .client = (uint8_t)client,
		.kind = QMUX_INDICATION, .message = (uint16_t)message };

	qmux_frame_begin(&b, &f);
	w_put(&w->port_in, p, (size_t)qmux_frame_end(&b));
}

static inline void w_modem_restarts(struct world *w)
{
	memset(w->ids, 0, sizeof w->ids);
	w->n_answers = 0;
	w_modem_indicates(w, 0, 0, PROXY_CTL_SYNC);
}

#endif
