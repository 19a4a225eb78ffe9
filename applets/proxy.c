/* proxy - the daemon that shares ports, and looking at it. */
#include "applets/proxy_applet.h"
#include "applets/session.h"
#include "applets/show.h"
#include "applets/user_id.h"
#include "qmux/format.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Rows of serve_options. */
enum {
	OPT_NO_EXIT, OPT_EMPTY_TIMEOUT, OPT_VERBOSE_FULL, OPT_USER, OPT_GROUP, OPT_SOCKET,
	OPT_SOCKET_MODE
};

#define ANSWER_MS 2000		/* the proxy itself answers at once; libqmi's never does */
#define EMPTY_TIMEOUT_MAX (7 * 24 * 3600)	/* seconds; longer means --no-exit */

/* ---- proxy: in the foreground ---- */

static void log_line(void *ctx, enum proxy_log level, const char *line)
{
	(void)level;
	note(ctx, "%s", line);
}

static void log_frame(void *ctx, bool to_modem, uint32_t pid, const uint8_t *p, size_t n)
{
	const struct command *cmd = ctx;

	note(cmd, "%s process %lu", to_modem ? ">>>" : "<<<", (unsigned long)pid);
	show_on_stderr(cmd, p, n);
}

static int empty_timeout(const struct command *cmd, struct proxy_config *cfg)
{
	const char *text = cmd->option[OPT_EMPTY_TIMEOUT];
	uint64_t seconds;

	if (cmd->option[OPT_NO_EXIT])
		cfg->empty_ms = QMUX_NEVER;
	if (!text)
		return EXIT_DONE;
	if (!qmux_parse_digits(text, strlen(text), 10, &seconds) || seconds > EMPTY_TIMEOUT_MAX)
		return say(cmd, EXIT_USAGE, "--empty-timeout takes seconds, 0 to %d, not '%s'",
			EMPTY_TIMEOUT_MAX, text);
	/* As in libqmi's proxy, 0 stands for never. */
	cfg->empty_ms = seconds && !cmd->option[OPT_NO_EXIT] ? (int64_t)seconds * 1000 : QMUX_NEVER;
	return EXIT_DONE;
}

static int who_may(const struct command *cmd, struct proxy_config *cfg)
{
	const struct {
		const char *name, *what, *file;
		int64_t *id, *owner;
	} rows[] = {
		{ cmd->option[OPT_USER], "user", USERS_FILE, &cfg->allow_uid, &cfg->path_uid },
		{ cmd->option[OPT_GROUP], "group", GROUPS_FILE, &cfg->allow_gid, &cfg->path_gid },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int ret = rows[i].name ? user_id(rows[i].file, rows[i].name, rows[i].id) : 0;

		if (ret == -ENOENT)
			return say(cmd, EXIT_USAGE, "--%s: no %s '%s' in %s", rows[i].what,
				rows[i].what, rows[i].name, rows[i].file);
		if (ret)
			return say(cmd, EXIT_DEVICE, "%s: %s", rows[i].file, strerror(-ret));
		*rows[i].owner = *rows[i].id;
	}
	return EXIT_DONE;
}

/* A second socket, beside that which everybody knows. */
static int second_socket(const struct command *cmd, struct proxy_config *cfg)
{
	const char *mode = cmd->option[OPT_SOCKET_MODE];
	uint64_t bits;

	cfg->extra_socket = cmd->option[OPT_SOCKET];
	if (cfg->extra_socket && !strcmp(cfg->extra_socket, proxy_socket_name()))
		cfg->extra_socket = NULL;
	if (!mode)
		return EXIT_DONE;
	if (!qmux_parse_digits(mode, strlen(mode), 8, &bits) || !bits || bits > 0777)
		return say(cmd, EXIT_USAGE, "--socket-mode takes an octal mode like 0660, not '%s'",
			mode);
	cfg->path_mode = (unsigned)bits;
	return EXIT_DONE;
}

static int listen_somewhere(struct command *cmd, struct proxy_config *cfg)
{
	int fd = proxy_listen_inherited(cfg);

	if (fd == -ENOENT)
		fd = proxy_listen(cfg);
	if (fd == -EADDRINUSE)
		say(cmd, EXIT_DEVICE, "a proxy runs already; 'qmitool proxy status' shows it");
	else if (fd == -ENOTSOCK)
		say(cmd, EXIT_DEVICE, "what LISTEN_FDS passes is not one or two listening Unix "
			"stream sockets");
	else if (fd < 0)
		say(cmd, EXIT_DEVICE, "cannot listen: %s", strerror(-fd));
	return fd;
}

static int serve(struct command *cmd)
{
	struct proxy_config cfg = session_proxy_config();
	int fd, ret = empty_timeout(cmd, &cfg);

	if (!ret)
		ret = who_may(cmd, &cfg);
	if (!ret)
		ret = second_socket(cmd, &cfg);
	if (ret)
		return ret;
	if (cmd->option[OPT_VERBOSE_FULL])
		cmd->g.verbose = 2;
	cfg.log = log_line;
	cfg.level = cmd->g.verbose ? PROXY_LOG_DEBUG : PROXY_LOG_NOTE;
	if (cmd->g.verbose)
		cfg.frame = log_frame;
	cfg.ctx = cmd;
	fd = listen_somewhere(cmd, &cfg);
	if (fd < 0)
		return EXIT_DEVICE;
	ret = proxy_serve(&cfg, fd);
	if (ret && cfg.extra_socket)
		return say(cmd, EXIT_DEVICE, "%s: %s", cfg.extra_socket, strerror(-ret));
	return ret ? say(cmd, EXIT_DEVICE, "%s", strerror(-ret)) : EXIT_DONE;
}

/* ---- talking to one that runs ---- */

int proxy_applet_ask(struct command *cmd, const struct qmux_message *m, const uint8_t *tlvs,
	size_t n, struct qmux_frame *answer)
{
	struct proxy_config cfg = proxy_config();
	int fd = proxy_connect(&cfg, false, cmd->deadline), ret;
	int64_t soon = qmux_soon(cmd->deadline, ANSWER_MS);

	if (fd == -ECONNREFUSED)
		return say(cmd, EXIT_DEVICE, "no proxy runs");
	if (fd == -EPERM)
		return say(cmd, EXIT_PERMISSION, "the proxy is run by another user");
	if (fd < 0)
		return session_failed(cmd, fd);
	ret = qmux_client_on_proxy(&cmd->client, fd, soon);
	if (ret) {
		close(fd);
		return session_failed(cmd, ret);
	}
	session_watch(cmd);
	ret = qmux_client_call(&cmd->client, QMUX_CTL, m->id, tlvs, n, answer);
	cmd->client.deadline = cmd->deadline;
	if (ret == -EPIPE || ret == PROTOCOL_ERROR_INVALID_QMI_COMMAND ||
	    (ret == -ETIMEDOUT && soon < cmd->deadline))
		return say(cmd, EXIT_UNSUPPORTED, "the proxy that runs is not qmitool's");
	if (ret < 0)
		return session_failed(cmd, ret);
	return ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/* One question without fields, its answer shown. */
static int ask_and_show(struct command *cmd, uint16_t message)
{
	struct qmux_message m = session_message(QMUX_CTL, message);
	struct qmux_frame answer;
	int ret = proxy_applet_ask(cmd, &m, NULL, 0, &answer);

	if (!ret && m.n_out)
		show_fields(cmd->sink, &answer, &m);
	return ret;
}

static int reap(struct command *cmd)
{
	return ask_and_show(cmd, CTL_PROXY_REAP);
}

static int stop(struct command *cmd)
{
	return ask_and_show(cmd, CTL_PROXY_STOP);
}

static const struct option_row serve_options[] = {
	[OPT_NO_EXIT] = { .name = "no-exit", .help = "stay when nobody is left" },
	[OPT_EMPTY_TIMEOUT] = { .name = "empty-timeout", .arg = "SECONDS",
		.help = "leave that long after the last process (default 30; 0: stay)" },
	[OPT_VERBOSE_FULL] = { .name = "verbose-full",
		.help = "as -v, with PINs and subscriber data shown" },
	[OPT_USER] = { .name = "user", .arg = "USER",
		.help = "let this user in, too (name or number)" },
	[OPT_GROUP] = { .name = "group", .arg = "GROUP",
		.help = "let the members of this group in, too" },
	[OPT_SOCKET] = { .name = "socket", .arg = "PATH",
		.help = "listen there as well; it belongs to --user and --group",
		.values = "@file" },
	[OPT_SOCKET_MODE] = { .name = "socket-mode", .arg = "MODE",
		.help = "of that socket (default 0600, with --group 0660)" },
	{ .name = NULL }
};

static const struct option_row trace_options[] = {
	[TRACE_SERVICE] = { .name = "service", .arg = "SERVICE", .help = "this service only",
		.values = "@service" },
	[TRACE_CLIENT] = { .name = "client", .arg = "N", .help = "this client id only" },
	[TRACE_WRITE] = { .letter = 'w', .name = "write", .arg = "FILE",
		.help = "write pcapng, for Wireshark or raw decode; - is stdout",
		.values = "@file" },
	{ .name = NULL }
};

static const struct verb verbs[] = {
	{
		.name = "",
		.help = "share modem ports, in the foreground",
		.more = "Other commands start a proxy by themselves; this one is for service managers and\n"
			"for looking on (-v shows every frame).  As qmi-proxy it stands in libqmi's place.\n"
			"Root and the user that runs it may use it, and whom --user and --group let in.",
		.options = serve_options,
		.no_device = true,
		.run = serve,
	},
	{
		.name = "status",
		.help = "ports, processes and client ids of the proxy that runs",
		.more = "Exit code 3 where none runs.  Nothing is started.  Ages are in seconds.  Who is\n"
			"not root and does not run the proxy sees what is of the own user.",
		.no_device = true,
		.run = proxy_applet_status,
	},
	{
		.name = "trace",
		.help = "follow everybody's traffic, decoded, until a signal",
		.more = "The traffic is not disturbed: what is read too slowly is lost, and told.\n"
			"PINs and subscriber data are masked unless -vv; a file has all bytes.",
		.options = trace_options,
		.timeout = TIMEOUT_NONE,
		.no_device = true,
		.run = proxy_applet_trace,
	},
	{
		.name = "reap",
		.help = "give the client ids back that nobody uses",
		.more = "Those of processes that died without releasing them, and those kept for the next\n"
			"command.  released: how many; left: those of ports that are closed.",
		.no_device = true,
		.run = reap,
	},
	{
		.name = "stop",
		.help = "end the proxy that runs, after answering what waits",
		.no_device = true,
		.run = stop,
	},
	{ .name = NULL }
};

const struct applet applet_proxy = {
	.name = "proxy",
	.help = "share modem ports among processes",
	.verbs = verbs,
};
