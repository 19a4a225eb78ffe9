/*
 * bench.c - what a shell cannot measure.
 *
 *	bench time N BEFORE COMMAND...	runs COMMAND N times, each after sh -c BEFORE, which does
 *					not count; prints the least and the median, in microseconds
 *	bench end NAME			ends the libqmi proxy that listens on abstract NAME
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS_MAX 10000
#define END_TRIES 5000	/* of a millisecond */

static long microseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000L + t.tv_nsec / 1000;
}

static int run(char *const argv[])
{
	int status, null;
	pid_t pid = fork();

	if (!pid) {
		null = open("/dev/null", O_RDWR);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		execvp(argv[0], argv);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int by_value(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return x < y ? -1 : x > y;
}

static int measure(int n, char *before, char **command)
{
	static long took[RUNS_MAX];
	char *const shell[] = { "sh", "-c", before, NULL };
	int code;

	if (n < 1 || n > RUNS_MAX)
		return 2;
	for (int i = 0; i < n; i++) {
		if (*before && run(shell)) {
			fprintf(stderr, "bench: failed: %s\n", before);
			return 1;
		}
		took[i] = microseconds();
		code = run(command);
		took[i] = microseconds() - took[i];
		if (code) {
			fprintf(stderr, "bench: %s: exit %d\n", command[0], code);
			return 1;
		}
	}
	qsort(took, (size_t)n, sizeof *took, by_value);
	printf("%ld %ld\n", took[0], took[n / 2]);
	return 0;
}

/* A connection to the abstract name, or -1. */
static int reach(const char *name)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	size_t n = strlen(name);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || n >= sizeof sun.sun_path)
		return -1;
	memcpy(sun.sun_path + 1, name, n);
	if (!connect(fd, (struct sockaddr *)&sun,
		    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + n)))
		return fd;
	close(fd);
	return -1;
}

static int is_proxy(pid_t pid)
{
	char path[64], name[32] = "";
	FILE *f;

	snprintf(path, sizeof path, "/proc/%ld/comm", (long)pid);
	f = fopen(path, "r");
	if (f && !fgets(name, sizeof name, f))
		name[0] = 0;
	if (f)
		fclose(f);
	return !strcmp(name, "qmi-proxy\n");
}

static int end(const char *name)
{
	struct timespec pause = { 0, 1000000 };
	struct ucred cred;
	socklen_t n = sizeof cred;
	int fd = reach(name);

	if (fd < 0)
		return 0;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &n) || !is_proxy(cred.pid)) {
		fprintf(stderr, "bench: who listens on %s is no proxy that listens itself\n", name);
		return 1;
	}
	close(fd);
	kill(cred.pid, SIGKILL);
	for (int i = 0; i < END_TRIES; i++) {
		fd = reach(name);
		if (fd < 0)
			return 0;
		close(fd);
		nanosleep(&pause, NULL);
	}
	return 1;
}

int main(int argc, char **argv)
{
	if (argc > 4 && !strcmp(argv[1], "time"))
		return measure(atoi(argv[2]), argv[3], argv + 4);
	if (argc == 3 && !strcmp(argv[1], "end"))
		return end(argv[2]);
	fputs("usage: bench time N BEFORE COMMAND... | bench end NAME\n", stderr);
	return 2;
}
