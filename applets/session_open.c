/* session_open.c - which device a command means, and the way to it. */
#include "applets/session.h"

#include "applets/print.h"
#include "applets/show.h"
#include "qmux/format.h"
#include "qmux/nearest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
		!qmux_message_outcome(&m, &outcome) &&
		!strncmp(qmux_name(m.name, QMUX_FIELD_NAME, name), "get_", 4);
}

struct proxy_config session_proxy_config(void)
{
	struct proxy_config cfg = proxy_config();

	cfg.is_query = is_query;
	return cfg;
}

bool session_is_setting(const struct command *cmd)
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
		(!cmd->verb->run || cmd->verb->asks_only) && !session_is_setting(cmd) && !cmd->g.keep_cid;
	return EXIT_DONE;
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
