#include "applets/secret.h"

#include "applets/session.h"
#include "qmux/format.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

void secret_hide(struct command *cmd, int first, struct secret *secrets, int n)
{
	for (int i = 0; i < n && first + i < cmd->n_args; i++) {
		char *word = cmd->args[first + i];

		qmux_format(secrets[i].text, SECRET_MAX, "%s", word);
		memset(word, '*', strlen(word));
	}
}

/* A line without what stands behind the digits.  0 or -errno. */
static int read_line(const struct command *cmd, int fd, char text[SECRET_MAX])
{
	int n = session_line(cmd, fd, text, SECRET_MAX);

	while (n > 0 && isspace((unsigned char)text[n - 1]))
		text[--n] = '\0';
	return n < 0 ? n : 0;
}

static int read_file(struct command *cmd, const char *file, struct secret *secrets, int n)
{
	bool is_stdin = !strcmp(file, "-");
	int ret = 0, fd = is_stdin ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return say(cmd, EXIT_DEVICE, "%s: %s", file, strerror(errno));
	for (int i = 0; i < n && !ret; i++)
		ret = read_line(cmd, fd, secrets[i].text);
	if (!is_stdin)
		close(fd);
	if (ret == -ETIMEDOUT)
		return say(cmd, EXIT_TIMEOUT, "%s: nothing to read in time", file);
	return ret ? say(cmd, EXIT_DEVICE, "%s: %s", file, strerror(-ret)) : EXIT_DONE;
}

/* A terminal that takes no prompt takes no answer either: that is told by reading. */
static void write_text(int fd, const char *text, const char *more)
{
	if (write(fd, text, strlen(text)) < 0 || write(fd, more, strlen(more)) < 0)
		return;
}

static int prompt(struct command *cmd, struct secret *secret)
{
	struct termios old, quiet;
	int ret, fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	if (fd < 0 || tcgetattr(fd, &old)) {
		if (fd >= 0)
			close(fd);
		return say(cmd, EXIT_USAGE, "no %s: give it in a file, in $%s, or on a terminal",
			secret->name, secret->env);
	}
	quiet = old;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(fd, TCSAFLUSH, &quiet);	/* before it is asked for: nothing is shown early */
	write_text(fd, secret->name, ": ");
	ret = read_line(cmd, fd, secret->text);
	tcsetattr(fd, TCSAFLUSH, &old);
	write_text(fd, "\n", "");
	close(fd);
	if (ret == -ETIMEDOUT)
		return say(cmd, EXIT_TIMEOUT, "no %s in time", secret->name);
	return ret ? session_failed(cmd, ret) : EXIT_DONE;
}

static int check(const struct command *cmd, const struct secret *secret)
{
	size_t n = strspn(secret->text, "0123456789");

	if (n >= secret->min && n <= secret->max && !secret->text[n])
		return EXIT_DONE;
	if (secret->min == secret->max)
		return say(cmd, EXIT_USAGE, "a %s has %u digits", secret->name, secret->min);
	return say(cmd, EXIT_USAGE, "a %s has %u to %u digits", secret->name, secret->min,
		secret->max);
}

int secret_read(struct command *cmd, const char *file, struct secret *secrets, int n)
{
	int ret = file ? read_file(cmd, file, secrets, n) : EXIT_DONE;

	for (int i = 0; i < n && !ret; i++) {
		struct secret *secret = &secrets[i];
		const char *env = secret->text[0] ? NULL : getenv(secret->env);

		if (env)
			qmux_format(secret->text, SECRET_MAX, "%s", env);
		if (!secret->text[0])
			ret = prompt(cmd, secret);
		if (!ret)
			ret = check(cmd, secret);
	}
	return ret;
}
