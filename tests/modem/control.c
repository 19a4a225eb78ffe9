/* control.c - the control socket. */
#include "control.h"
#include "local.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { ASK_TIMEOUT_S = 2 * CONTROL_WAIT_MS / 1000 };

static const char error_word[] = "error: ";

struct conn {
	int fd; /* -1: free */
	char *line; /* as it comes in */
	size_t len;
	char *reply; /* as it goes out; NULL: still reading, or waiting */
	size_t reply_len, sent;
	int64_t wait_until; /* 0: does not wait */
};

struct control {
	const struct layer *layers;
	const char *path;
	int listener;
	bool ran; /* a command has run: who waits should look again */
	struct conn conns[CONTROL_CONNS];
};

/* ---- commands ---- */

int control_command(const struct layer *layers, char *line, FILE *reply)
{
	char *words[CONTROL_WORDS_MAX + 1], *save;
	int n = 0, r;

	for (char *w = strtok_r(line, " \t\r\n", &save); w; w = strtok_r(NULL, " \t\r\n", &save)) {
		if (n == CONTROL_WORDS_MAX)
			return command_error(reply, "too many words", w);
		words[n++] = w;
	}
	words[n] = NULL;
	if (!n)
		return 0;
	for (const struct layer *l = layers; l->table; l++) {
		if (!strcmp(words[0], "help")) {
			command_help(l->table, reply);
			continue;
		}
		r = command_run(l->table, l->self, n, words, reply);
		if (r <= 0)
			return r;
	}
	return strcmp(words[0], "help") ? command_error(reply, "no such command", words[0]) : 0;
}

/* The caller frees what comes back. */
static char *run_line(struct control *c, const char *line, size_t *len)
{
	char *reply = NULL, *copy = strdup(line);
	FILE *f = open_memstream(&reply, len);

	if (!copy || !f)
		abort();
	control_command(c->layers, copy, f);
	fclose(f);
	free(copy);
	return reply;
}

/* "wait VALUE COMMAND…" or "wait VALUE+ COMMAND…": has the command's reply come to that? */
static bool wait_over(const char *want, const char *reply)
{
	size_t n = strcspn(want, " ");
	int64_t at_least;
	char word[24];

	if (!strncmp(reply, error_word, strlen(error_word)))
		return true;
	if (n > 1 && want[n - 1] == '+' && n < sizeof word) {
		memcpy(word, want, n - 1);
		word[n - 1] = 0;
		return parse_number(word, INT64_MIN, INT64_MAX, &at_least) &&
			strtoll(reply, NULL, 10) >= at_least;
	}
	return !strncmp(want, reply, n) && (!reply[n] || reply[n] == '\n');
}

static void answer_error(struct conn *c, const char *text)
{
	int n = asprintf(&c->reply, "%s%s\n", error_word, text);

	if (n < 0)
		abort();
	c->reply_len = (size_t)n;
}

static void conn_answer(struct control *ctl, struct conn *c, int64_t now_ms)
{
	static const char word[] = "wait ";
	const char *want = c->line + strlen(word), *command;
	char *reply;

	if (strncmp(c->line, word, strlen(word))) {
		c->reply = run_line(ctl, c->line, &c->reply_len);
		ctl->ran = true;
		return;
	}
	command = strchr(want, ' ');
	if (!command) {
		answer_error(c, "usage: wait VALUE[+] COMMAND…");
		return;
	}
	if (!c->wait_until)
		c->wait_until = now_ms + CONTROL_WAIT_MS;
	reply = run_line(ctl, command, &c->reply_len);
	if (wait_over(want, reply)) {
		c->reply = reply;
		return;
	}
	free(reply);
	if (now_ms >= c->wait_until)
		answer_error(c, "waited in vain");
}

/* ---- connections ---- */

static void conn_close(struct conn *c)
{
	close(c->fd);
	free(c->line);
	free(c->reply);
	*c = (struct conn){ .fd = -1 };
}

static void conn_accept(struct control *ctl)
{
	for (struct conn *c = ctl->conns; c < ctl->conns + CONTROL_CONNS; c++) {
		if (c->fd >= 0)
			continue;
		c->fd = accept4(ctl->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (c->fd < 0)
			return;
		c->line = malloc(CONTROL_LINE_MAX);
		if (!c->line)
			abort();
		return;
	}
}

static void conn_read(struct control *ctl, struct conn *c, int64_t now_ms)
{
	ssize_t n = read(c->fd, c->line + c->len, CONTROL_LINE_MAX - 1 - c->len);
	char *end;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		conn_close(c);
		return;
	}
	c->len += (size_t)n;
	c->line[c->len] = 0;
	end = strchr(c->line, '\n');
	if (end) {
		*end = 0;
		conn_answer(ctl, c, now_ms);
	} else if (c->len == CONTROL_LINE_MAX - 1) {
		answer_error(c, "too long a line");
	}
}

static void conn_write(struct conn *c)
{
	ssize_t n = send(c->fd, c->reply + c->sent, c->reply_len - c->sent, MSG_NOSIGNAL);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0)
		c->sent += (size_t)n;
	if (n < 0 || c->sent == c->reply_len)
		conn_close(c);
}

static bool conn_full(const struct control *ctl)
{
	for (int i = 0; i < CONTROL_CONNS; i++)
		if (ctl->conns[i].fd < 0)
			return false;
	return true;
}

void control_poll(struct control *c, struct pollfd fds[CONTROL_POLL], int64_t now_ms,
	int64_t *wait_ms)
{
	for (int i = 0; i < CONTROL_CONNS; i++) {
		const struct conn *conn = &c->conns[i];
		int64_t left = conn->wait_until > now_ms ? conn->wait_until - now_ms : 0;

		fds[i].fd = conn->fd;
		fds[i].events = conn->reply ? POLLOUT : POLLIN;
		if (c->ran)
			left = 0;
		if (conn->wait_until && !conn->reply && (*wait_ms < 0 || left < *wait_ms))
			*wait_ms = left;
	}
	c->ran = false;
	fds[CONTROL_CONNS].fd = conn_full(c) ? -1 : c->listener;
	fds[CONTROL_CONNS].events = POLLIN;
}

void control_run(struct control *c, const struct pollfd fds[CONTROL_POLL], int64_t now_ms)
{
	for (int i = 0; i < CONTROL_CONNS; i++) {
		struct conn *conn = &c->conns[i];

		if (conn->fd < 0)
			continue;
		if (fds[i].revents && !conn->reply)
			conn_read(c, conn, now_ms);
		else if (conn->wait_until && !conn->reply)
			conn_answer(c, conn, now_ms);
		if (conn->fd >= 0 && conn->reply)
			conn_write(conn);
	}
	if (fds[CONTROL_CONNS].revents)
		conn_accept(c);
}

/* ---- life ---- */

struct control *control_new(const struct layer *layers, const char *path)
{
	struct control *c = calloc(1, sizeof *c);

	if (!c)
		abort();
	c->layers = layers;
	c->path = path;
	for (int i = 0; i < CONTROL_CONNS; i++)
		c->conns[i].fd = -1;
	c->listener = local_listen(path);
	if (c->listener < 0) {
		fprintf(stderr, "fakemodem: %s: %s\n", path, strerror(-c->listener));
		control_free(c);
		return NULL;
	}
	return c;
}

void control_free(struct control *c)
{
	if (!c)
		return;
	for (int i = 0; i < CONTROL_CONNS; i++)
		if (c->conns[i].fd >= 0)
			conn_close(&c->conns[i]);
	if (c->listener >= 0) {
		unlink(c->path);
		close(c->listener);
	}
	free(c);
}

/* ---- the client ---- */

/* The reply goes to stdout, or to stderr where it is an error. */
static int copy_reply(FILE *f)
{
	size_t head = strlen(error_word), n;
	FILE *out = stdout;
	char buf[4096];

	n = fread(buf, 1, head, f);
	if (n == head && !memcmp(buf, error_word, head)) {
		fputs("modemctl: ", stderr);
		out = stderr;
		n = 0;
	}
	do {
		if (fwrite(buf, 1, n, out) != n)
			return 1;
		n = fread(buf, 1, sizeof buf, f);
	} while (n);
	return out == stderr || ferror(f) || fflush(out);
}

int control_ask(const char *path, int argc, char **argv)
{
	struct timeval tv = { .tv_sec = ASK_TIMEOUT_S };
	int fd = local_connect(path), r;
	FILE *f;

	if (fd < 0) {
		fprintf(stderr, "modemctl: %s: %s\n", path, strerror(-fd));
		return 1;
	}
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
	f = fdopen(fd, "r+");
	if (!f)
		abort();
	for (int i = 0; i < argc; i++)
		fprintf(f, "%s%s", i ? " " : "", argv[i]);
	fputc('\n', f);
	fflush(f);
	r = copy_reply(f);
	fclose(f);
	return r;
}
