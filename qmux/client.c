#include "client.h"

#include "schema_ids.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#define PASSING_ERRORS_MAX 8	/* EIO of cdc-wdm passes; one that stays is a broken port */
#define STALE_READS_MAX 256	/* what the last opener left is no more than this */
#define TICK_MS 1000
#define E_EXHAUSTED 5		/* QMI error ClientIdsExhausted */
#define LEASE_TRIES 8		/* for one of the client ids that others borrowed: 2.6 s in all */
#define LEASE_FIRST_MS 10	/* before the second try; each wait is twice as long as the last */
#define REST_MS 20	/* a port that has an error to tell, but not yet, is asked again after that */

static int init(struct qmux_client *c, int fd, int64_t deadline)
{
	struct timespec t;

	*c = (struct qmux_client){ .fd = -1, .deadline = deadline };
	c->memory = malloc(2 * QMUX_FRAME_MAX);
	if (!c->memory)
		return -ENOMEM;
	c->fd = fd;
	c->max_message = QMUX_FRAME_MAX;
	c->in = (struct qmux_stream){ .p = c->memory, .cap = QMUX_FRAME_MAX };
	c->out = qmux_buf(c->memory + QMUX_FRAME_MAX, QMUX_FRAME_MAX);
	/* Not from 1: an answer to somebody before us may still wait in the port. */
	clock_gettime(CLOCK_MONOTONIC, &t);
	c->transaction = (uint16_t)(t.tv_nsec / 1000 ^ getpid() << 5);
	c->ctl_transaction = (uint8_t)(c->transaction >> 8 ^ c->transaction);
	return 0;
}

int qmux_client_on_proxy(struct qmux_client *c, int fd, int64_t deadline)
{
	int ret = init(c, fd, deadline);

	c->stream = true;
	return ret;
}

/* ---- bytes ---- */

/*
 * cdc-wdm tells the error of a write to the next one, and one of reading once it is through with
 * it.  Until then poll() says POLLERR, at once and again (cdc-wdm.c, wdm_poll, wdm_write).
 */
static void rest(const struct qmux_client *c, int64_t ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	ppoll(NULL, 0, &t, c->wait_mask);
}

static int wait_for(struct qmux_client *c, short events)
{
	struct pollfd pfd = { .fd = c->fd, .events = events };

	for (;;) {
		int64_t left = c->deadline == QMUX_NEVER ? QMUX_NEVER : c->deadline - qmux_now();
		bool ticks = c->tick && left > TICK_MS;
		int64_t ms = ticks ? TICK_MS : left;
		struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
		int n;

		if (c->signalled && *c->signalled)
			return -EINTR;
		if (left < 0)
			return -ETIMEDOUT;
		n = ppoll(&pfd, 1, ms == QMUX_NEVER ? NULL : &t, c->wait_mask);
		if (n > 0 && pfd.revents == POLLERR)
			rest(c, REST_MS);
		if (n > 0)
			return 0;
		if (n == 0 && !ticks)
			return -ETIMEDOUT;
		if (n == 0)
			c->tick(c->ctx);
		else if (errno != EINTR)
			return -errno;
	}
}

static int end_of(const struct qmux_client *c)
{
	return c->own_port ? -ENODEV : -EPIPE;
}

/* Read what is there; waits for the first byte. */
static int fill(struct qmux_client *c)
{
	for (unsigned errors = 0; errors < PASSING_ERRORS_MAX;) {
		size_t room;
		uint8_t *p = qmux_stream_room(&c->in, &room);
		ssize_t n = read(c->fd, p, room);
		int ret;

		if (n > 0) {
			qmux_stream_added(&c->in, (size_t)n);
			return 0;
		}
		if (n == 0 && c->stream)
			return end_of(c);
		if (n < 0 && (errno == ENODEV || errno == ECONNRESET || errno == EPIPE))
			return end_of(c);
		if (n < 0 && errno == EIO)
			errors++;
		else if (n < 0 && errno != EAGAIN && errno != EINTR)
			return -errno;
		ret = wait_for(c, POLLIN);
		if (ret)
			return ret;
	}
	return end_of(c);
}

int qmux_client_send(struct qmux_client *c, const uint8_t *frame, size_t n)
{
	size_t done = 0;

	if (n > c->max_message)
		return -EMSGSIZE;
	if (c->trace)
		c->trace(c->ctx, frame, n, true);
	for (unsigned errors = 0; done < n && errors < PASSING_ERRORS_MAX;) {
		ssize_t wrote = write(c->fd, frame + done, n - done);
		int ret;

		if (wrote > 0) {
			done += (size_t)wrote;
			continue;
		}
		if (wrote < 0 && (errno == ENODEV || errno == ECONNRESET || errno == EPIPE))
			return end_of(c);
		if (wrote < 0 && errno == EIO)
			errors++;
		else if (wrote < 0 && errno != EAGAIN && errno != EINTR)
			return -errno;
		ret = wait_for(c, POLLOUT);
		if (ret)
			return ret;
	}
	return done < n ? end_of(c) : 0;
}

/* Answers and indications to those who had the port before us wait in it. */
static void drop_stale(struct qmux_client *c)
{
	for (unsigned i = 0; i < STALE_READS_MAX; i++)
		if (read(c->fd, c->in.p, c->in.cap) <= 0)
			return;
}

int qmux_client_on_port(struct qmux_client *c, const struct qmux_port *port, int64_t deadline)
{
	int ret = init(c, port->fd, deadline);

	if (ret)
		return ret;
	c->own_port = true;
	c->stream = port->stream;
	c->max_message = port->max_message;
	drop_stale(c);
	return 0;
}

/* ---- frames ---- */

int qmux_client_receive(struct qmux_client *c, struct qmux_frame *f)
{
	const uint8_t *frame;
	size_t n;
	int ret;

	for (;;) {
		while (qmux_stream_next(&c->in, &frame, &n))
			if (!qmux_frame_parse(f, frame, n)) {
				if (c->trace)
					c->trace(c->ctx, frame, n, false);
				return 0;
			}
		ret = fill(c);
		if (ret)
			return ret;
	}
}

static bool ours(const struct qmux_client *c, const struct qmux_frame *f)
{
	for (unsigned i = 0; i < c->n_ids; i++)
		if (c->ids[i].service == f->service &&
		    (c->ids[i].client == f->client || f->client == QMUX_CLIENT_BROADCAST))
			return true;
	return false;
}

bool qmux_is_answer(const struct qmux_frame *f, const struct qmux_frame *request)
{
	return f->kind == QMUX_RESPONSE && f->service == request->service &&
		f->client == request->client && f->message == request->message &&
		f->transaction == request->transaction;
}

/* The modem restarted: what was allocated is gone and must not be released. */
static bool is_restart(const struct qmux_frame *f)
{
	return f->kind == QMUX_INDICATION && f->service == QMUX_CTL &&
		f->message == CTL_IND_SYNC;
}

/* What our proxy says for itself in a frame; otherwise ret. */
static int errno_of(const struct qmux_client *c, const struct qmux_frame *f, int ret)
{
	struct qmux_tlv tlv;

	if (!c->errno_tlv || !qmux_tlv_find(f, c->errno_tlv, &tlv) || tlv.len < 4)
		return ret;
	switch (qmux_get32(tlv.value)) {
	case ENODEV:
		return -ENODEV;
	case ECANCELED:
		return -EPIPE;
	case ETIMEDOUT:
		return -ETIMEDOUT;
	case EMSGSIZE:
		return -EMSGSIZE;
	case ESTALE:
		return -ESTALE;
	default:
		return ret;
	}
}

/* What an answer ends with: a refusal of our proxy's own is told apart from the modem's. */
static int outcome(const struct qmux_client *c, const struct qmux_frame *answer)
{
	int ret = qmux_frame_result(answer);

	return ret > 0 ? errno_of(c, answer, ret) : ret;
}

/* 0, or that everything that is ours at the modem is gone, and why. */
static int lost(struct qmux_client *c, const struct qmux_frame *f)
{
	int ret = 0;

	if (is_restart(f))
		ret = -ESTALE;
	else if (c->lost_message && f->kind == QMUX_INDICATION && f->service == QMUX_CTL &&
		 f->message == c->lost_message)
		ret = errno_of(c, f, 0);
	if (ret)
		c->n_ids = 0;
	return ret;
}

static int exchange(struct qmux_client *c, struct qmux_frame *request, const uint8_t *tlvs, size_t n,
	struct qmux_frame *answer)
{
	int ret;

	if (request->service == QMUX_CTL) {
		if (!++c->ctl_transaction)
			c->ctl_transaction = 1;
		request->transaction = c->ctl_transaction;
	} else {
		if (!++c->transaction)
			c->transaction = 1;
		request->transaction = c->transaction;
	}
	c->out.len = 0;
	c->out.full = false;
	qmux_frame_begin(&c->out, request);
	qmux_add(&c->out, tlvs, n);
	ret = qmux_frame_end(&c->out);
	if (ret > 0)
		ret = qmux_client_send(c, c->out.p, (size_t)ret);
	while (!ret) {
		ret = qmux_client_receive(c, answer);
		if (ret)
			break;
		if (qmux_is_answer(answer, request))
			return outcome(c, answer);
		ret = lost(c, answer);
		if (!ret && answer->kind == QMUX_INDICATION && ours(c, answer) && c->indication)
			c->indication(c->ctx, answer);
	}
	return ret;
}

int qmux_client_indication(struct qmux_client *c, struct qmux_frame *f)
{
	int ret;

	while (!(ret = qmux_client_receive(c, f))) {
		ret = lost(c, f);
		if (ret)
			return ret;
		if (f->kind == QMUX_INDICATION && ours(c, f))
			return 0;
	}
	return ret;
}

/* ---- client ids ---- */

static int ctl_client_id(struct qmux_client *c, uint16_t message, uint16_t service, uint8_t client,
	struct qmux_frame *answer)
{
	uint8_t tlv[] = { 0x01, 2, 0, (uint8_t)service, client };
	size_t n = sizeof tlv;

	if (message != CTL_RELEASE_CID) {	/* the service alone */
		tlv[1] = 1;
		n--;
	}
	return exchange(c, &(struct qmux_frame){ .service = QMUX_CTL, .message = message }, tlv, n,
		answer);
}

static void remember(struct qmux_client *c, uint16_t service, uint8_t client, bool keep)
{
	c->ids[c->n_ids++] = (struct qmux_client_id){ service, client, keep };
}

void qmux_client_adopt(struct qmux_client *c, uint16_t service, uint8_t client)
{
	if (c->n_ids < QMUX_CLIENT_IDS_MAX)
		remember(c, service, client, true);
}

void qmux_client_keep(struct qmux_client *c)
{
	for (unsigned i = 0; i < c->n_ids; i++)
		c->ids[i].keep = true;
}

bool qmux_client_choose(struct qmux_client *c, uint16_t service, uint8_t client)
{
	for (unsigned i = 0; i < c->n_ids; i++) {
		struct qmux_client_id id = c->ids[i];

		if (id.service != service || id.client != client)
			continue;
		c->ids[i] = c->ids[0];	/* calls take the first */
		c->ids[0] = id;
		return true;
	}
	return false;
}

void qmux_client_disown(struct qmux_client *c, uint16_t service, uint8_t client)
{
	if (qmux_client_choose(c, service, client))
		c->ids[0] = c->ids[--c->n_ids];
}

int qmux_client_release(struct qmux_client *c, uint16_t service, uint8_t client)
{
	struct qmux_frame answer;

	qmux_client_disown(c, service, client);
	return ctl_client_id(c, CTL_RELEASE_CID, service, client, &answer);
}

/*
 * Modems have six to ten client ids a service.  Who only asks is soon through with one: a
 * hundred at once are served one after the other.
 */
static int borrow(struct qmux_client *c, uint16_t service, struct qmux_frame *answer)
{
	int64_t ms = LEASE_FIRST_MS;
	int ret;

	for (unsigned tries = LEASE_TRIES;; ms *= 2) {
		ret = ctl_client_id(c, CTL_PROXY_LEASE, service, 0, answer);
		if (ret != E_EXHAUSTED || !--tries || qmux_now() + ms >= c->deadline)
			return ret;
		rest(c, ms);
		if (c->signalled && *c->signalled)
			return -EINTR;
	}
}

int qmux_client_allocate(struct qmux_client *c, uint16_t service, uint8_t *client)
{
	struct qmux_frame answer;
	struct qmux_tlv tlv;
	int ret;

	if (service > UINT8_MAX)
		return -EPROTONOSUPPORT;
	if (c->n_ids == QMUX_CLIENT_IDS_MAX)
		return -EMFILE;
	ret = c->lease ? borrow(c, service, &answer) :
		ctl_client_id(c, CTL_ALLOCATE_CID, service, 0, &answer);
	if (ret)
		return ret;
	if (!qmux_tlv_find(&answer, 0x01, &tlv) || tlv.len < 2 || tlv.value[0] != service)
		return -EBADMSG;
	*client = tlv.value[1];
	remember(c, service, *client, c->lease);
	qmux_client_choose(c, service, *client);
	return 0;
}

int qmux_client_id(struct qmux_client *c, uint16_t service, uint8_t *client)
{
	for (unsigned i = 0; i < c->n_ids; i++)
		if (c->ids[i].service == service) {
			*client = c->ids[i].client;
			return 0;
		}
	return qmux_client_allocate(c, service, client);
}

int qmux_client_call(struct qmux_client *c, uint16_t service, uint16_t message,
	const uint8_t *tlvs, size_t n, struct qmux_frame *answer)
{
	struct qmux_frame request = { .service = service, .message = message };
	int ret;

	memset(answer, 0, sizeof *answer);
	if (service != QMUX_CTL) {
		ret = qmux_client_id(c, service, &request.client);
		if (ret)
			return ret;
	}
	return exchange(c, &request, tlvs, n, answer);
}

void qmux_client_hurry(struct qmux_client *c)
{
	if (!c->signalled || !*c->signalled)
		return;
	c->signalled = NULL;
	c->deadline = qmux_soon(c->deadline, QMUX_RELEASE_MS);
}

static void release(struct qmux_client *c)
{
	struct qmux_frame answer;
	int ret = 0;

	qmux_client_hurry(c);
	while (c->n_ids && ret != -ENODEV && ret != -EPIPE) {
		struct qmux_client_id *id = &c->ids[--c->n_ids];

		if (!id->keep)
			ret = ctl_client_id(c, CTL_RELEASE_CID, id->service, id->client, &answer);
	}
}

void qmux_client_close(struct qmux_client *c)
{
	if (c->fd >= 0) {
		release(c);
		if (c->own_port)
			qmux_port_close(c->fd);
		else
			close(c->fd);
	}
	free(c->memory);
	c->memory = NULL;
	c->fd = -1;
	c->n_ids = 0;
}
