/*
 * main.c - fakemodem: the emulated modem on a pty, a socket and network interfaces; see README.md.
 *
 * Under the name modemctl, or with the word ctl, it sends a command to a running one.
 */
#include "control.h"
#include "port.h"
#include "tun.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS_MAX = 64, LIFE_S = 600, FDS_INHERITED = 1024 };

struct options {
	const char *link, *socket, *control;
	const char *commands[COMMANDS_MAX];
	int n_commands;
	const char *links[TUN_LINKS_MAX];
	int n_links;
	int64_t life_s;
	bool background, verbose;
};

struct program {
	const struct options *opt;
	struct fault *fault;
	struct port *port;
	struct control *control;
	struct tun *tun;
	struct layer layers[5];
	bool quit;
};

static volatile sig_atomic_t told_to_end;

static void on_signal(int sig)
{
	(void)sig;
	told_to_end = 1;
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * INT64_C(1000) + ts.tv_nsec / 1000000;
}

/* ---- commands ---- */

static int run_first_commands(struct program *p, FILE *reply)
{
	for (int i = 0; i < p->opt->n_commands; i++) {
		char *line = strdup(p->opt->commands[i]);
		int r = line ? control_command(p->layers, line, reply) : -1;

		free(line);
		if (r)
			return r;
	}
	return 0;
}

static int cmd_reset(void *self, int argc, char **argv, FILE *reply)
{
	struct program *p = self;

	(void)argc;
	(void)argv;
	fault_reset(p->fault);
	port_reset(p->port);
	return run_first_commands(p, reply);
}

static int cmd_quit(void *self, int argc, char **argv, FILE *reply)
{
	(void)argc;
	(void)argv;
	(void)reply;
	((struct program *)self)->quit = true;
	return 0;
}

static const struct command program_commands[] = {
	{ "reset", "", "all as it was at the start, -e commands included", 0, 0, cmd_reset },
	{ "quit", "", "end and remove the files", 0, 0, cmd_quit },
	{ NULL, NULL, NULL, 0, 0, NULL },
};

/* ---- life ---- */

static void on_plugged(void *ctx, bool plugged)
{
	tun_plugged(ctx, plugged);
}

static int start(struct program *p)
{
	p->fault = fault_new();
	p->tun = tun_new(fault_modem(p->fault), p->opt->links, p->opt->n_links);
	if (!p->tun)
		return -1;
	p->port = port_new(p->fault, p->opt->link, p->opt->socket, p->opt->verbose);
	if (!p->port)
		return -1;
	port_on_plugged(p->port, on_plugged, p->tun);
	p->layers[0] = (struct layer){ program_commands, p };
	p->layers[1] = (struct layer){ modem_commands, fault_modem(p->fault) };
	p->layers[2] = (struct layer){ fault_commands, p->fault };
	p->layers[3] = (struct layer){ port_commands, p->port };
	p->control = control_new(p->layers, p->opt->control);
	return p->control ? run_first_commands(p, stderr) : -1;
}

static void stop(struct program *p)
{
	control_free(p->control);
	port_free(p->port);
	tun_free(p->tun);
	fault_free(p->fault);
}

static void loop(struct program *p, const sigset_t *open_mask)
{
	struct pollfd fds[PORT_POLL + CONTROL_POLL + TUN_POLL];
	struct pollfd *control = fds + PORT_POLL, *tun = control + CONTROL_POLL;
	int64_t end = now_ms() + p->opt->life_s * 1000, now = now_ms();

	while (!p->quit && !told_to_end && now < end) {
		int64_t wait = end - now;
		struct timespec ts;

		memset(fds, 0, sizeof fds);
		port_poll(p->port, fds, now, &wait);
		control_poll(p->control, control, now, &wait);
		tun_poll(p->tun, tun);
		ts = (struct timespec){ wait / 1000, wait % 1000 * 1000000 };
		if (ppoll(fds, sizeof fds / sizeof fds[0], &ts, open_mask) < 0) {
			if (errno != EINTR)
				break;
			memset(fds, 0, sizeof fds);
		}
		now = now_ms();
		port_run(p->port, fds, now);
		tun_run(p->tun, tun);
		control_run(p->control, control, now);
	}
}

/* All is ready when the parent prints the child's pid: nobody needs to wait. */
static void go_background(bool keep_stderr)
{
	int null = open("/dev/null", O_RDWR);
	pid_t pid = fork();

	if (pid < 0) {
		perror("fork");
		_exit(3);
	}
	if (pid) {
		printf("%d\n", (int)pid);
		_exit(fflush(stdout) ? 3 : 0);
	}
	setsid();
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	if (!keep_stderr)
		dup2(null, STDERR_FILENO);
	close(null);
}

static int run(const struct options *opt)
{
	struct program p = { .opt = opt };
	struct sigaction sa = { .sa_handler = on_signal };
	sigset_t ours, before;
	int r;

	/* A test runner waits for whoever still holds a descriptor of its own. */
	for (int fd = 3; opt->background && fd < FDS_INHERITED; fd++)
		close(fd);
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGINT);
	sigprocmask(SIG_BLOCK, &ours, &before);
	sigdelset(&before, SIGTERM);
	sigdelset(&before, SIGINT);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	signal(SIGPIPE, SIG_IGN);
	r = start(&p) ? 3 : 0;
	if (!r && opt->background)
		go_background(opt->verbose);
	if (!r)
		loop(&p, &before);
	stop(&p);
	return r;
}

static int usage(void)
{
	fputs("usage: fakemodem [-p PTYLINK] [-s SOCKET] -c CONTROL [-i IFNAME[=MUX]]... [-b]\n"
	      "                 [-e COMMAND]... [-T SECONDS] [-v]\n"
	      "       fakemodem -c CONTROL ctl COMMAND...\n"
	      "       modemctl [-c] CONTROL COMMAND...\n",
		stderr);
	return 2;
}

static int parse(struct options *o, int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "+p:s:c:i:be:T:v")) != -1) {
		if (c == 'p')
			o->link = optarg;
		else if (c == 's')
			o->socket = optarg;
		else if (c == 'c')
			o->control = optarg;
		else if (c == 'b')
			o->background = true;
		else if (c == 'v')
			o->verbose = true;
		else if (c == 'e' && o->n_commands < COMMANDS_MAX)
			o->commands[o->n_commands++] = optarg;
		else if (c == 'i' && o->n_links < TUN_LINKS_MAX)
			o->links[o->n_links++] = optarg;
		else if (c != 'T' || !parse_number(optarg, 1, INT32_MAX, &o->life_s))
			return -1;
	}
	return o->control ? 0 : -1;
}

static int modemctl(int argc, char **argv)
{
	int first = argc > 1 && !strcmp(argv[1], "-c") ? 2 : 1;

	if (argc < first + 2)
		return usage();
	return control_ask(argv[first], argc - first - 1, argv + first + 1);
}

int main(int argc, char **argv)
{
	struct options opt = { .life_s = LIFE_S };
	const char *name = strrchr(argv[0], '/');

	if (!strcmp(name ? name + 1 : argv[0], "modemctl"))
		return modemctl(argc, argv);
	if (parse(&opt, argc, argv))
		return usage();
	if (argc - optind >= 2 && !strcmp(argv[optind], "ctl"))
		return control_ask(opt.control, argc - optind - 1, argv + optind + 1);
	if (argc != optind)
		return usage();
	return run(&opt);
}
