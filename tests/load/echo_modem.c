#include "tests/load/echo_modem.h"

#include "qmux/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

#define OUT_MAX (1 << 20)	/* bytes that wait for the host */
#define FIRST_ID 1
#define LAST_ID 254

struct modem {
	const char *path;
	bool pty;
	int listen_fd, fd, slave;
	bool used[256][256];
	uint8_t next[256];
	uint32_t n_ids, n_requests;
	uint8_t in[QMUX_FRAME_MAX], out[OUT_MAX];
	struct qmux_stream stream;
	size_t out_len;
};

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(1);
}

static void listen_on(struct modem *m)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };

	unlink(m->path);
	snprintf(un.sun_path, sizeof un.sun_path, "%s", m->path);
	m->listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (bind(m->listen_fd, (struct sockaddr *)&un, sizeof un) || listen(m->listen_fd, 8))
		die(m->path);
}

static void open_pty(struct modem *m)
{
	struct termios t;

	m->fd = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (m->fd < 0 || grantpt(m->fd) || unlockpt(m->fd))
		die("pty");
	unlink(m->path);
	if (symlink(ptsname(m->fd), m->path))
		die(m->path);
	/* Held open here too, so that its last user does not end it. */
	m->slave = open(ptsname(m->fd), O_RDWR | O_NOCTTY | O_CLOEXEC);
	tcgetattr(m->slave, &t);
	cfmakeraw(&t);
	tcsetattr(m->slave, TCSANOW, &t);
}

static void plug(struct modem *m)
{
	if (m->pty)
		open_pty(m);
	else
		listen_on(m);
}

static void hang_up(struct modem *m)
{
	if (m->fd >= 0)
		close(m->fd);
	m->fd = -1;
	m->stream.len = m->stream.off = m->out_len = 0;
}

static void unplug(struct modem *m)
{
	unlink(m->path);
	hang_up(m);
	if (m->listen_fd >= 0)
		close(m->listen_fd);
	if (m->slave >= 0)
		close(m->slave);
	m->listen_fd = m->slave = -1;
	memset(m->used, 0, sizeof m->used);
	m->n_ids = 0;
}

static unsigned allocate(struct modem *m, unsigned service, uint8_t *client)
{
	for (unsigned i = 0; i <= LAST_ID - FIRST_ID; i++) {
		unsigned id = FIRST_ID + m->next[service]++ % (LAST_ID - FIRST_ID + 1);

		if (m->used[service][id])
			continue;
		m->used[service][id] = true;
		m->n_ids++;
		*client = (uint8_t)id;
		return 0;
	}
	return 5;
}

static unsigned ctl(struct modem *m, const struct qmux_frame *f, uint8_t v[2])
{
	struct qmux_tlv tlv;

	v[0] = v[1] = 0;
	if (qmux_tlv_find(f, 0x01, &tlv) && tlv.len)
		memcpy(v, tlv.value, tlv.len < 2 ? tlv.len : 2);
	if (f->message == 0x0022)
		return allocate(m, v[0], &v[1]);
	if (f->message == 0x0023) {
		if (!m->used[v[0]][v[1]])
			return 7;
		m->used[v[0]][v[1]] = false;
		m->n_ids--;
	}
	return 0;
}

static void answer(struct modem *m, const uint8_t *p, size_t n)
{
	struct qmux_buf b = qmux_buf(m->out + m->out_len, sizeof m->out - m->out_len);
	struct qmux_frame f;
	struct qmux_tlv tag;
	unsigned error = 0;
	uint8_t v[2];
	int len;

	if (qmux_frame_parse(&f, p, n) || f.kind != QMUX_REQUEST)
		return;
	m->n_requests++;
	if (f.service == QMUX_CTL)
		error = ctl(m, &f, v);
	else if (!m->used[f.service][f.client])
		error = 7;
	f.kind = QMUX_RESPONSE;
	qmux_frame_begin(&b, &f);
	qmux_add_result(&b, error);
	if (f.service == QMUX_CTL && !error && (f.message == 0x0022 || f.message == 0x0023))
		qmux_add_tlv(&b, 0x01, v, 2);
	if (!error && qmux_tlv_find(&f, ECHO_TAG, &tag))
		qmux_add_tlv(&b, ECHO_TAG, tag.value, tag.len);
	len = qmux_frame_end(&b);
	if (len > 0)
		m->out_len += (size_t)len;
}

static void serve(struct modem *m)
{
	const uint8_t *frame;
	size_t n;
	uint8_t *at = qmux_stream_room(&m->stream, &n);
	ssize_t got = read(m->fd, at, n);

	if (got < 0 && (errno == EAGAIN || errno == EINTR || (m->pty && errno == EIO)))
		return;
	if (got <= 0) {
		hang_up(m);
		return;
	}
	qmux_stream_added(&m->stream, (size_t)got);
	while (qmux_stream_next(&m->stream, &frame, &n))
		answer(m, frame, n);
}

static void flush(struct modem *m)
{
	ssize_t sent = write(m->fd, m->out, m->out_len);

	if (sent > 0) {
		m->out_len -= (size_t)sent;
		memmove(m->out, m->out + sent, m->out_len);
	}
}

static void command(struct modem *m, int control)
{
	uint32_t value = 0;
	uint8_t c;

	if (read(control, &c, 1) != 1) {
		unplug(m);
		exit(0);
	}
	if (c == ECHO_UNPLUG)
		unplug(m);
	if (c == ECHO_PLUG)
		plug(m);
	if (c == ECHO_IDS)
		value = m->n_ids;
	if (c == ECHO_COUNT)
		value = m->n_requests;
	if (write(control, &value, sizeof value) != sizeof value)
		exit(1);
}

uint32_t echo_ask(int control, enum echo_command what)
{
	uint8_t c = (uint8_t)what;
	uint32_t value = 0;

	if (write(control, &c, 1) != 1 || read(control, &value, sizeof value) != sizeof value)
		die("modem");
	return value;
}

_Noreturn void echo_modem(const char *path, bool pty, int control, int ready)
{
	struct modem *m = calloc(1, sizeof *m);

	if (!m)
		die("modem");
	m->path = path;
	m->pty = pty;
	m->listen_fd = m->fd = m->slave = -1;
	m->stream.p = m->in;
	m->stream.cap = sizeof m->in;
	plug(m);
	close(ready);
	for (;;) {
		struct pollfd set[3] = {
			{ control, POLLIN, 0 }, { m->listen_fd, POLLIN, 0 }, { m->fd, POLLIN, 0 },
		};

		if (m->fd >= 0 && !m->pty)
			set[1].fd = -1;	/* one host at a time */
		if (m->out_len)
			set[2].events = m->out_len < sizeof m->out / 2 ? POLLIN | POLLOUT : POLLOUT;
		if (poll(set, 3, -1) < 0)
			continue;
		if (set[2].revents & (POLLIN | POLLHUP | POLLERR))
			serve(m);
		if (m->fd >= 0 && m->out_len)
			flush(m);
		if (set[1].revents)
			m->fd = accept4(m->listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (set[0].revents)
			command(m, control);
	}
}
