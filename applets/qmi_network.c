/*
 * qmi_network.c - called qmi-network: libqmi's script of that name, for who calls it in scripts.
 *
 * The same arguments, /etc/qmi-network.conf, words and exit codes.  The configuration is read
 * as lines, never run; the state is the session "qmi-network" (see wds_session.h), and goes
 * through the proxy whatever PROXY= says.
 */
#include "applets/qmi_network.h"

#include "applets/cli.h"
#include "applets/session.h"
#include "applets/wds_start.h"
#include "qmux/format.h"

#include <fcntl.h>
#include <unistd.h>

#define CONF_FILE "/etc/qmi-network.conf"
#define CONF_MAX 4096		/* bytes of it */
#define SESSION "qmi-network"

/* As the script of libqmi 1.32 ends. */
enum network_exit {
	NETWORK_NO_CLIENT = 1,	/* start: no client id, or no modem */
	NETWORK_FAILED = 2,	/* start: refused; status: no answer */
	NETWORK_RUNS = 3,	/* start: there is a connection already */
	NETWORK_OFF = 64,	/* status: not connected */
	NETWORK_USAGE = 255,
};

/* Keys of the configuration, and what their values become. */
enum conf_key { CONF_APN, CONF_USER, CONF_PASS, CONF_IP_TYPE, CONF_PROFILE, CONF_KEYS };

static const char *const conf_keys[] = {
	[CONF_APN] = "APN", [CONF_USER] = "APN_USER", [CONF_PASS] = "APN_PASS",
	[CONF_IP_TYPE] = "IP_TYPE", [CONF_PROFILE] = "PROFILE",
};

struct conf {
	char text[CONF_MAX + 1];
	const char *value[CONF_KEYS];	/* into text; NULL: not there, or empty */
};

static struct conf conf;		/* for the verb that runs */

/* ---- the configuration ---- */

/*
 * A value as a shell would take it, in place: in quotes, or up to a blank.  False: it would need
 * a shell ($…, `…`, \).
 */
static bool unquote(char *value)
{
	char quote = *value == '"' || *value == '\'' ? *value : 0;
	char *from = quote ? value + 1 : value;
	size_t n = quote ? strcspn(from, quote == '"' ? "\"" : "'") : strcspn(from, " \t;#");

	if (quote && !from[n])
		return false;
	from[n] = 0;
	if (quote != '\'' && strpbrk(from, "$`\\"))
		return false;
	memmove(value, from, n + 1);
	return true;
}

static int read_line(const struct command *cmd, const char *file, char *line)
{
	size_t n;

	line += strspn(line, " \t");
	if (!strncmp(line, "export ", 7))
		line += 7;
	n = strcspn(line, "=");
	for (size_t i = 0; i < CONF_KEYS; i++) {
		if (!line[n] || strlen(conf_keys[i]) != n || memcmp(line, conf_keys[i], n))
			continue;
		if (!unquote(line + n + 1))
			return say(cmd, EXIT_USAGE, "%s: the value of %s needs a shell; write it plainly",
				file, conf_keys[i]);
		conf.value[i] = line[n + 1] ? line + n + 1 : NULL;
	}
	return EXIT_DONE;
}

static int read_conf(const struct command *cmd, const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK), ret = EXIT_DONE;
	ssize_t got = 0;
	size_t n = 0;

	if (fd < 0) {
		note(cmd, "no profile at %s", file);
		return EXIT_DONE;
	}
	while (n < CONF_MAX && (got = read(fd, conf.text + n, CONF_MAX - n)) > 0)
		n += (size_t)got;
	close(fd);
	if (got < 0)
		return say(cmd, EXIT_USAGE, "%s cannot be read", file);
	if (n == CONF_MAX)
		return say(cmd, EXIT_USAGE, "%s is longer than %d bytes", file, CONF_MAX);
	for (char *line = conf.text, *end; !ret && *line; line = end) {
		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = 0;
		ret = read_line(cmd, file, line);
	}
	return ret;
}

static int configure(const struct command *cmd, struct wds_config *c)
{
	const char *ip = conf.value[CONF_IP_TYPE], *profile = conf.value[CONF_PROFILE];
	uint64_t n;

	*c = (struct wds_config){
		.session = SESSION, .auth = -1, .profile = -1, .profile_3gpp2 = -1,
		.families = ip && !strcmp(ip, "6") ? WDS_V6 : WDS_V4,
	};
	if (ip && strcmp(ip, "4") && strcmp(ip, "6"))
		return say(cmd, EXIT_USAGE, "IP_TYPE is 4 or 6, not '%s'", ip);
	/* "auto" is a profile made of the other values for this once: they are enough. */
	if (profile && strcmp(profile, "auto")) {
		if (!qmux_parse_uint(profile, strlen(profile), &n) || n > UINT8_MAX)
			return say(cmd, EXIT_USAGE, "PROFILE is a number or auto, not '%s'", profile);
		c->profile = (int)n;
		return EXIT_DONE;	/* the script then leaves out APN and user, too */
	}
	c->apn = conf.value[CONF_APN];
	c->user = conf.value[CONF_USER];
	if (c->user && conf.value[CONF_PASS] &&
	    qmux_format(c->password, sizeof c->password, "%s", conf.value[CONF_PASS]) >=
		    WDS_PASSWORD_MAX)
		return say(cmd, EXIT_USAGE, "APN_PASS is longer than %d bytes", WDS_PASSWORD_MAX - 1);
	return EXIT_DONE;
}

/* ---- start, stop, status ---- */

static void tell(const char *text)
{
	ssize_t n = write(STDOUT_FILENO, text, strlen(text));

	(void)n;	/* the exit code is what counts */
}

static int start(struct command *cmd)
{
	struct wds_session s;
	struct wds_config c;
	int ret = configure(cmd, &c);

	if (ret)
		return NETWORK_USAGE;
	ret = wds_session_find(cmd, SESSION, WDS_CHANGE, &s);
	if (ret) {
		ret = NETWORK_NO_CLIENT;
	} else if (wds_session_up(&s)) {
		say(cmd, EXIT_CALL, "cannot start: it is connected already");
		ret = NETWORK_RUNS;
	} else {
		ret = wds_connect(cmd, &s, &c) ? NETWORK_FAILED : 0;
	}
	wds_session_close(cmd, &s);
	if (!ret)
		tell("Network started successfully\n");
	return ret;
}

/* The script's state is cleared whatever the modem says, and it ends with 0. */
static int stop(struct command *cmd)
{
	struct wds_session s;
	int ret = wds_session_find(cmd, SESSION, WDS_END, &s);

	if (!ret && !wds_session_known(&s))
		tell("Network already stopped\n");
	else if (!ret && !wds_session_stop(cmd, &s))
		tell("Network stopped successfully\n");
	wds_session_close(cmd, &s);
	return 0;
}

static int status(struct command *cmd)
{
	struct wds_session s;
	int ret = wds_session_find(cmd, SESSION, WDS_LOOK, &s);

	if (ret)
		ret = NETWORK_FAILED;
	else
		ret = wds_session_up(&s) ? 0 : NETWORK_OFF;
	wds_session_close(cmd, &s);
	if (ret != NETWORK_FAILED)
		tell(ret ? "Status: disconnected\n" : "Status: connected\n");
	return ret;
}

static const struct verb verbs[] = {
	{ .name = "start", .help = "connect", .timeout = WDS_START_TIMEOUT, .run = start },
	{ .name = "stop", .help = "end the connection", .run = stop },
	{ .name = "status", .help = "connected? 0; otherwise 64", .run = status },
	{ .name = NULL }
};

static const struct applet network = {
	.name = "qmi-network", .help = "a connection by " CONF_FILE, .service = QMUX_SERVICE_WDS,
	.verbs = verbs,
};

/* ---- the command line ---- */

static int usage(const char *wrong)
{
	static const char text[] =
		"usage: qmi-network [--profile=FILE] DEVICE start|stop|status\n"
		"\n"
		"A connection of a QMI modem, kept until stop.  FILE (" CONF_FILE ") has lines\n"
		"APN=NAME, APN_USER=NAME, APN_PASS=WORD, IP_TYPE=4 or 6, PROFILE=N; it is not run\n"
		"by a shell.  Exit: 0 done or connected; 1 no modem; 2 refused; 3 connected already;\n"
		"64 not connected; 255 usage.  'qmitool wds up' does more, addresses included.\n";
	int fd = wrong ? STDERR_FILENO : STDOUT_FILENO;
	ssize_t n = 0;

	if (wrong) {
		n = write(fd, "qmi-network: ", 13);
		n = write(fd, wrong, strlen(wrong));
		n = write(fd, "\n", 1);
	}
	n = write(fd, text, sizeof text - 1);
	(void)n;
	return wrong ? NETWORK_USAGE : 0;
}

int qmi_network(struct command *cmd, int argc, char **argv)
{
	const char *file = CONF_FILE;
	int i = 1;

	for (; i < argc && argv[i][0] == '-'; i++) {
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))
			return usage(NULL);
		if (!strcmp(argv[i], "--version")) {
			tell("qmi-network (qmitool " QMITOOL_VERSION ")\n");
			return 0;
		}
		if (!strncmp(argv[i], "--profile=", 10))
			file = argv[i] + 10;
		else if (!strcmp(argv[i], "--profile") && i + 1 < argc)
			file = argv[++i];
		else
			return usage("no such option");
	}
	if (!*file)
		return usage("the path of the profile is empty");
	if (argc - i != 2)
		return usage("a device and a command are needed");
	cmd->applet = &network;
	cmd->g.device = argv[i];
	for (cmd->verb = verbs; cmd->verb->name; cmd->verb++)
		if (!strcmp(cmd->verb->name, argv[i + 1]))
			return read_conf(cmd, file) ? NETWORK_USAGE : cli_run(cmd);
	return usage("the command is start, stop or status");
}
