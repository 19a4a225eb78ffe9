#include "applets/session.h"

#include "applets/print.h"
#include "applets/show.h"
#include "qmux/encode.h"
#include "qmux/format.h"
#include "qmux/nearest.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REQUEST_MAX 4096	/* TLVs of a setter: a few short values */
#define SET_MAX 256		/* fields of a setter: 40 preferred networks */

static volatile sig_atomic_t signalled;		/* the signal that ends us, or 0 */
static sigset_t wait_mask;

/* ---- signals ---- */

static void on_signal(int number)
{
	signalled = number;
}

/* INT, TERM and HUP come through only while we wait: so that ids are released. */
static void watch_signals(void)
{
	static bool watching;
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction old, sa = { .sa_handler = on_signal };
	sigset_t ours;

	if (watching)
		return;
	watching = true;
	sigemptyset(&ours);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		sigaction(numbers[i], NULL, &old);
		if (old.sa_handler == SIG_IGN)	/* nohup, a background job */
			continue;
		sigaction(numbers[i], &sa, NULL);
		sigaddset(&ours, numbers[i]);
	}
	sigprocmask(SIG_BLOCK, &ours, &wait_mask);
}

/* End by the signal that came, so that a shell sees what happened. */
static void die_of_signal(void)
{
	sigset_t one;

	if (!signalled)
		return;
	signal(signalled, SIG_DFL);
	sigemptyset(&one);
	sigaddset(&one, signalled);
	raise(signalled);
	sigprocmask(SIG_UNBLOCK, &one, NULL);
}

/* ---- what went wrong ---- */

int session_failed(const struct command *cmd, int error)
{
	switch (-error) {
	case ETIMEDOUT:
		if (cmd->g.timeout_ms)
			return say(cmd, EXIT_TIMEOUT, "no answer from the modem in time");
		return say(cmd, EXIT_TIMEOUT, "no answer from the modem");
	case EINTR:
		return say(cmd, EXIT_DEVICE, "interrupted");
	case ENODEV:
		return say(cmd, EXIT_GONE, "the modem went away");
	case ESTALE:
		return say(cmd, EXIT_GONE, "the modem restarted");
	case EPIPE:
		return say(cmd, EXIT_GONE, "the proxy ended");
	case EBADMSG:
		return say(cmd, EXIT_REFUSED, "the modem's answer has no result");
	case EMSGSIZE:
		return say(cmd, EXIT_DEVICE, "the message is longer than the device takes");
	case EPROTONOSUPPORT:
		return say(cmd, EXIT_UNSUPPORTED, "this service is not to be had over QMUX");
	default:
		return say(cmd, EXIT_DEVICE, "%s", strerror(-error));
	}
}

/* ---- which device ---- */

static int only_device(const struct command *cmd, char path[QMUX_PATH_MAX])
{
	struct qmux_port_info list[QMUX_PORTS_MAX];
	size_t n = qmux_port_list(list, QMUX_PORTS_MAX);
	char all[512] = "";

	if (n == 1) {
		strcpy(path, list[0].path);
		return EXIT_DONE;
	}
	if (!n)
		return say(cmd, EXIT_DEVICE,
			"no device: this machine has no QMI port; name one with -d");
	for (size_t i = 0; i < n; i++) {
		size_t used = strlen(all);

		qmux_format(all + used, sizeof all - used, "%s%s", i ? ", " : "", list[i].path);
	}
	return say(cmd, EXIT_DEVICE, "which device? There are %s: choose one with -d", all);
}

int session_device(const struct command *cmd, char path[QMUX_PATH_MAX])
{
	const char *name = cmd->g.device ? cmd->g.device : getenv("QMI_DEVICE");

	if (!name || !*name)
		return only_device(cmd, path);
	if (!strncmp(name, "qrtr://", 7))
		return say(cmd, EXIT_DEVICE, "%s: QRTR is not supported yet", name);
	if (qmux_port_resolve(name, path))
		return say(cmd, EXIT_DEVICE, "%s: the name is too long for a device", name);
	return EXIT_DONE;
}

static int no_such_device(const struct command *cmd, const char *path)
{
	struct qmux_port_info list[QMUX_PORTS_MAX];
	size_t n = qmux_port_list(list, QMUX_PORTS_MAX);
	struct qmux_nearest near;

	qmux_nearest_begin(&near, path, strlen(path));
	for (size_t i = 0; i < n; i++) {
		qmux_nearest_offer(&near, list[i].path);
		if (list[i].netdev[0])
			qmux_nearest_offer(&near, list[i].netdev);
	}
	if (near.best[0])
		return say(cmd, EXIT_DEVICE, "no device '%s'; did you mean '%s'?", path, near.best);
	if (n)
		return say(cmd, EXIT_DEVICE, "no device '%s'; there is %s", path, list[0].path);
	return say(cmd, EXIT_DEVICE, "no device '%s', and this machine has no other QMI port", path);
}

static int cannot_open(const struct command *cmd, const char *path, int error)
{
	switch (-error) {
	case ENOENT:
		return no_such_device(cmd, path);
	case ENXIO:
	case ENODEV:
		return say(cmd, EXIT_DEVICE, "%s: the device is gone", path);
	case EACCES:
		return say(cmd, EXIT_PERMISSION, "%s: no permission to open it", path);
	case EBUSY:
		return say(cmd, EXIT_DEVICE, "%s: somebody else holds it; go through the proxy "
			"(without -n), or stop the other program", path);
	case ENOTTY:
		return say(cmd, EXIT_DEVICE, "%s is not a modem's control port", path);
	case ECONNREFUSED:
		return say(cmd, EXIT_DEVICE, "%s: nobody listens on this socket", path);
	case ETIMEDOUT:
		return say(cmd, EXIT_TIMEOUT, "%s: no answer from the modem", path);
	case EINTR:
		return session_failed(cmd, error);
	default:
		return say(cmd, EXIT_DEVICE, "%s: %s", path, strerror(-error));
	}
}

/* ---- opening ---- */

static void trace(void *ctx, const uint8_t *frame, size_t n, bool sent)
{
	const struct command *cmd = ctx;

	if (cmd->g.face != SINK_JSON)
		write_all(STDERR_FILENO, sent ? ">>>\n" : "<<<\n", 4);
	show_on_stderr(cmd, frame, n);
}

static int open_directly(struct command *cmd, const char *path)
{
	struct qmux_port port;
	int ret = qmux_port_open_alone(&port, path);

	if (ret)
		return cannot_open(cmd, path, ret);
	ret = qmux_client_on_port(&cmd->client, &port, cmd->deadline);
	if (ret)
		qmux_port_close(port.fd);
	return ret ? session_failed(cmd, ret) : EXIT_DONE;
}

/* Asks and changes nothing on its client: such client ids can be lent again. */
static bool is_query(uint8_t service, uint16_t message)
{
	struct qmux_message m, outcome;
	char name[QMUX_NAME_MAX];

	/* A late outcome would reach whom the id is lent to next. */
	return qmux_message_by_id(service, message, false, 0, &m) && !m.n_in &&
		!session_has_outcome(&m, &outcome) &&
		!strncmp(qmux_name(m.name, QMUX_FIELD_NAME, name), "get_", 4);
}

struct proxy_config session_proxy_config(void)
{
	struct proxy_config cfg = proxy_config();

	cfg.is_query = is_query;
	return cfg;
}

/* Is it there to change something, or to show? */
static bool is_setting(const struct command *cmd)
{
	const struct verb *v = cmd->verb;

	if (!v->set || !v->queries)
		return v->set;
	for (size_t i = 0; v->options && v->options[i].name; i++)
		if (cmd->option[i])
			return true;
	return cmd->n_args;
}

static int open_through_proxy(struct command *cmd, const char *path)
{
	struct proxy_config cfg = session_proxy_config();
	struct proxy_link link;
	int ret = proxy_open_port(&cfg, path, cmd->g.keep_cid ? 0 : PROXY_OPEN_RELEASE,
		cmd->deadline, &link);

	if (ret == -EPERM)
		return say(cmd, EXIT_PERMISSION, "the proxy is run by another user, "
			"who is neither root nor you: not trusted");
	if (ret > 0)
		return say_refused(cmd, ret);
	if (ret)
		return cannot_open(cmd, path, ret);
	ret = qmux_client_on_proxy(&cmd->client, link.fd, cmd->deadline);
	if (ret) {
		close(link.fd);
		return session_failed(cmd, ret);
	}
	if (link.ours) {
		cmd->client.errno_tlv = PROXY_TLV_ERRNO;
		cmd->client.lost_message = PROXY_MSG_LOST;
	}
	/* Verbs that are queries and no more leave nothing behind on their client id. */
	cmd->client.lease = link.ours && cmd->verb->queries &&
		(!cmd->verb->run || cmd->verb->asks_only) && !is_setting(cmd) && !cmd->g.keep_cid;
	return EXIT_DONE;
}

void session_watch(struct command *cmd)
{
	watch_signals();
	cmd->client.signalled = &signalled;
	cmd->client.wait_mask = &wait_mask;
	cmd->client.ctx = cmd;
}

int session_indication(struct command *cmd, int64_t ms, struct qmux_frame *f)
{
	struct qmux_client *c = &cmd->client;
	int64_t deadline = c->deadline, soon = qmux_now() + ms;
	int ret;

	if (soon < deadline)
		c->deadline = soon;
	ret = qmux_client_indication(c, f);
	c->deadline = deadline;
	if (ret == -ETIMEDOUT && soon < deadline)
		return 0;
	return ret ? ret : 1;
}

int session_open(struct command *cmd)
{
	char path[QMUX_PATH_MAX];
	int ret;

	if (cmd->client.fd >= 0)
		return EXIT_DONE;
	ret = session_device(cmd, path);
	if (ret)
		return ret;
	ret = cmd->g.no_proxy ? open_directly(cmd, path) : open_through_proxy(cmd, path);
	if (ret)
		return ret;
	session_watch(cmd);
	if (cmd->g.verbose)
		cmd->client.trace = trace;
	if (cmd->g.cid >= 0)
		qmux_client_adopt(&cmd->client, cmd->service, (uint8_t)cmd->g.cid);
	return EXIT_DONE;
}

bool session_pause(const struct command *cmd, int64_t ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
	const struct qmux_client *c = &cmd->client;

	if (c->signalled && *c->signalled)
		return false;
	if (cmd->deadline != QMUX_NEVER && cmd->deadline - qmux_now() < ms)
		return false;
	return !ppoll(NULL, 0, &t, c->wait_mask);
}

/* ---- lines ---- */

/* One byte from fd.  0: the end; or -errno. */
static int next_byte(const struct command *cmd, int fd, char *c)
{
	const struct qmux_client *client = &cmd->client;
	struct pollfd pfd = { .fd = fd, .events = POLLIN };

	for (;;) {
		int64_t left = cmd->deadline == QMUX_NEVER ? 0 : cmd->deadline - qmux_now();
		struct timespec t = { left / 1000, left % 1000 * 1000000 };
		ssize_t n;

		if (client->signalled && *client->signalled)
			return -EINTR;
		if (left < 0)
			return -ETIMEDOUT;
		if (ppoll(&pfd, 1, cmd->deadline == QMUX_NEVER ? NULL : &t, client->wait_mask) <= 0)
			continue;
		n = read(fd, c, 1);
		if (n >= 0)
			return (int)n;
		if (errno != EINTR && errno != EAGAIN)
			return -errno;
	}
}

int session_line(const struct command *cmd, int fd, char *text, size_t n)
{
	size_t at = 0;
	char c;
	int ret;

	while ((ret = next_byte(cmd, fd, &c)) > 0 && c != '\n')
		if (at < n - 1)
			text[at++] = c;
	text[at] = '\0';
	return ret < 0 ? ret : (int)at;
}

/* ---- asking ---- */

/* A table names none that is not there. */
static struct qmux_message find_message(uint16_t service, uint16_t id, uint16_t vendor)
{
	struct qmux_message m;

	if (!qmux_message_by_id(service, id, false, vendor, &m))
		abort();
	return m;
}

struct qmux_message session_message(uint16_t service, uint16_t id)
{
	return find_message(service, id, 0);
}

int session_try(struct command *cmd, const struct qmux_message *m, const uint8_t *tlvs, size_t n,
	struct qmux_frame *answer)
{
	int ret = session_open(cmd);

	if (ret)
		return -1 - ret;
	ret = qmux_client_call(&cmd->client, m->service, m->id, tlvs, n, answer);
	/* A client id that we were just given is not known any more. */
	if (ret == PROTOCOL_ERROR_INVALID_CLIENT_ID && m->service != QMUX_CTL && cmd->g.cid < 0)
		ret = -ESTALE;
	return ret < 0 ? -1 - session_failed(cmd, ret) : ret;
}

int session_call(struct command *cmd, const struct qmux_message *m, const uint8_t *tlvs, size_t n,
	struct qmux_frame *answer)
{
	int ret = session_try(cmd, m, tlvs, n, answer);

	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/* ---- fields that are asked for ---- */

#define FIELD_MAX 128		/* of a key with all its groups */

/* "cells[2].pci" as the tables have it: "cells.pci". */
static void without_indexes(char out[FIELD_MAX], const char *field)
{
	size_t n = 0;

	while (*field && n < FIELD_MAX - 1) {
		size_t digits = *field == '[' ? strspn(field + 1, "0123456789") : 0;

		if (digits && field[digits + 1] == ']')
			field += digits + 2;
		else
			out[n++] = *field++;
	}
	out[n] = '\0';
}

/* Is field one of a view's keys, or a group of them?  As deep as the tables are. */
static bool is_field(const struct view_row *row, const char *prefix, const char *field,
	struct qmux_nearest *near)
{
	size_t n = strlen(field);
	char name[FIELD_MAX];

	for (; row->key; row++) {
		qmux_format(name, sizeof name, "%s%s", prefix, row->key);
		if (!strncmp(name, field, n) && (!name[n] || name[n] == '.'))
			return true;
		if (name[strlen(name) - 1] == '*')
			name[strlen(name) - 1] = '\0';
		else if (row->style->rows)
			strcat(name, strlen(name) < sizeof name - 1 ? "." : "");
		if (row->style->rows && is_field(row->style->rows, name, field, near))
			return true;
		if (!row->style->rows)
			qmux_nearest_offer(near, name);
	}
	return false;
}

/* A field that the verb never has is a mistake; one that the modem has not got is absent. */
static int check_fields(const struct command *cmd)
{
	for (size_t i = 0; i < cmd->g.n_fields; i++) {
		const char *field = cmd->g.fields[i];
		const struct query *q = cmd->verb->queries;
		struct qmux_nearest near;
		char plain[FIELD_MAX];

		without_indexes(plain, field);
		qmux_nearest_begin(&near, plain, strlen(plain));
		while (q->view && !is_field(q->view, "", plain, &near))
			q++;
		if (q->view || (cmd->g.keep_cid && !strcmp(field, "cid")))
			continue;
		if (near.best[0])
			return say(cmd, EXIT_USAGE, "no field '%s'; did you mean '%s'?", field,
				near.best);
		return say(cmd, EXIT_USAGE, "no field '%s'; -j shows those that are there", field);
	}
	return EXIT_DONE;
}

/* ---- requests out of arguments and options ---- */

/* What a value of verb.set stands for; NULL: it is not given. */
static const char *set_value(const struct command *cmd, const char *value)
{
	const struct option_row *row = cmd->verb->options;

	if (value[0] == '$')
		return value[1] - '1' < cmd->n_args ? cmd->args[value[1] - '1'] : NULL;
	if (strncmp(value, "--", 2))
		return value;
	for (size_t i = 0; row && row[i].name; i++)
		if (!strcmp(row[i].name, value + 2))
			return cmd->option[i] && !row[i].arg ? "true" : cmd->option[i];
	abort();	/* a table names an option that is not there */
}

int session_ask(struct command *cmd, const struct qmux_message *m, const char *const *set,
	struct qmux_frame *answer)
{
	struct qmux_assign assign[SET_MAX];
	struct qmux_complaint complaint;
	uint8_t tlvs[REQUEST_MAX];
	struct qmux_buf b = qmux_buf(tlvs, sizeof tlvs);
	size_t n = 0;

	for (; set && *set && n < SET_MAX; set++) {
		if (qmux_assign_parse(&assign[n], *set, &complaint))
			abort();	/* no "path=value" */
		assign[n].value = set_value(cmd, assign[n].value);
		n += assign[n].value != NULL;
	}
	if (qmux_encode(&b, m, true, assign, n, &complaint))
		return -1 - say(cmd, EXIT_USAGE, "%s", complaint.text);
	return session_outcome(cmd, m, tlvs, b.len, answer);
}

int session_set(struct command *cmd, uint16_t message, const char *const *set)
{
	struct qmux_message m = find_message(cmd->service, message, cmd->verb->set_vendor);
	struct qmux_frame answer;
	int ret = session_ask(cmd, &m, set, &answer);

	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/*
 * Several messages make one result: what the modem does not have is left out.  The
 * first refusal counts only where there is nothing else to show.
 */
int session_part(struct command *cmd, const char *key, const struct query *queries)
{
	bool object = !key || *key;
	int refused = 0, answered = 0, ret = 0;

	for (const struct query *q = queries; q->view && ret >= 0; q++) {
		struct qmux_message m = find_message(cmd->service, q->message, q->vendor);
		struct qmux_frame answer;

		if (q->instead && (answered || refusal_exit(refused) != EXIT_UNSUPPORTED))
			continue;
		ret = session_ask(cmd, &m, q->ask, &answer);
		if (ret > 0 && !refused)
			refused = ret;
		if (ret)
			continue;
		if (!answered++ && object)
			sink_begin(cmd->sink, key);
		if (answer.kind == QMUX_INDICATION)	/* the outcome has other fields */
			qmux_message_by_id(m.service, m.id, true, m.vendor, &m);
		if (q->show)
			q->show(cmd->sink, &answer, &m);
		else
			show_view(cmd->sink, &answer, &m, q->view);
	}
	/* A whole result that was cut short is not shown. */
	if (answered && object && (key || ret >= 0))
		sink_end(cmd->sink);
	return ret < 0 ? ret : answered ? 0 : refused;
}

int session_queries(struct command *cmd, const struct query *queries)
{
	int ret = session_part(cmd, NULL, queries);

	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

static int run_verb(struct command *cmd)
{
	const struct verb *v = cmd->verb;
	int ret = EXIT_DONE;

	if (v->queries)
		ret = check_fields(cmd);
	if (ret)
		return ret;
	if (v->run)
		return v->run(cmd);
	if (!is_setting(cmd))
		return session_queries(cmd, v->queries);
	ret = session_set(cmd, v->set_message, v->set);
	return ret || !v->after ? ret : v->after(cmd);
}

/* The id that --keep-cid leaves: the one that --cid would speak of. */
static void tell_cid(struct sink *s, void *ctx)
{
	const struct command *cmd = ctx;
	const struct qmux_client *c = &cmd->client;
	unsigned i = 0;

	if (!cmd->g.keep_cid || !c->n_ids)
		return;
	while (i < c->n_ids && c->ids[i].service != cmd->service)
		i++;
	sink_uint(s, "cid", c->ids[i < c->n_ids ? i : 0].client, NULL);
}

static void keep_ids(struct command *cmd)
{
	struct qmux_client *c = &cmd->client;

	if (c->n_ids && !sink_results(cmd->sink)) {
		sink_begin(cmd->sink, NULL);
		sink_end(cmd->sink);
	}
	for (unsigned i = 0; i < c->n_ids; i++)
		note(cmd, "client id %u of service %u stays allocated: --cid %u", c->ids[i].client,
			c->ids[i].service, c->ids[i].client);
	qmux_client_keep(c);
}

int session_run(struct command *cmd)
{
	int ret;

	cmd->client.fd = -1;
	cmd->service = cmd->applet->service;
	sink_last(cmd->sink, tell_cid, cmd);
	ret = run_verb(cmd);
	if (cmd->g.keep_cid)
		keep_ids(cmd);
	qmux_client_close(&cmd->client);
	if (signalled)
		sink_flush(cmd->sink);	/* what is told already is not lost */
	die_of_signal();
	return ret;
}
