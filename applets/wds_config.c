/* wds_config.c - what a data session is started with: out of options, a file, the environment. */
#include "applets/wds_session.h"

#include "applets/session.h"
#include "applets/wds_link.h"
#include "qmux/format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define PASSWORD_ENV "QMI_PASSWORD"
#define PROFILE_MAX 255
#define AUTH_BOTH 3	/* pap and chap */

/* A word of a list; *value: its place.  NULL: -1. */
static int choose(const struct command *cmd, int option, const char *const *words, int *value)
{
	const char *word = cmd->option[option];

	*value = -1;
	if (!word)
		return EXIT_DONE;
	for (int i = 0; words[i]; i++)
		if (!strcmp(word, words[i]))
			*value = i;
	if (*value >= 0)
		return EXIT_DONE;
	return say(cmd, EXIT_USAGE, "--%s: '%s' is none of: %s",
		cmd->verb->options[option].name, word, cmd->verb->options[option].values);
}

static int number(const struct command *cmd, int option, unsigned least, unsigned most, int *value)
{
	const char *word = cmd->option[option];
	uint64_t n;

	if (!word)
		return EXIT_DONE;
	if (!qmux_parse_uint(word, strlen(word), &n) || n < least || n > most)
		return say(cmd, EXIT_USAGE, "--%s: '%s' is not a number from %u to %u",
			cmd->verb->options[option].name, word, least, most);
	*value = (int)n;
	return EXIT_DONE;
}

/* An empty one is what a script has that sets none. */
static const char *text(const struct command *cmd, int option)
{
	return cmd->option[option] && *cmd->option[option] ? cmd->option[option] : NULL;
}

static int read_password(struct command *cmd, const char *file, char password[WDS_PASSWORD_MAX])
{
	bool is_stdin = !strcmp(file, "-");
	int n, fd = is_stdin ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return say(cmd, EXIT_DEVICE, "%s: %s", file, strerror(errno));
	n = session_line(cmd, fd, password, WDS_PASSWORD_MAX);
	if (!is_stdin)
		close(fd);
	if (n == -ETIMEDOUT)
		return say(cmd, EXIT_TIMEOUT, "%s: nothing to read in time", file);
	if (n < 0)
		return say(cmd, EXIT_DEVICE, "%s: %s", file, strerror(-n));
	if (n == WDS_PASSWORD_MAX - 1)
		return say(cmd, EXIT_USAGE, "%s: a password has fewer than %d bytes", file,
			WDS_PASSWORD_MAX - 1);
	if (memchr(password, '\0', (size_t)n))
		return say(cmd, EXIT_USAGE, "%s: a password has no NUL byte", file);
	if (n && password[n - 1] == '\r')
		password[n - 1] = '\0';
	return EXIT_DONE;
}

int wds_password_read(struct command *cmd, const char *file, const char *user,
	char password[WDS_PASSWORD_MAX])
{
	const char *env = getenv(PASSWORD_ENV);

	password[0] = '\0';
	if (file)
		return read_password(cmd, file, password);
	if (env && strlen(env) >= WDS_PASSWORD_MAX - 1)
		return say(cmd, EXIT_USAGE, "$" PASSWORD_ENV ": a password has fewer than %d bytes",
			WDS_PASSWORD_MAX - 1);
	/* It may stand in the environment of all sessions: it counts with a user only. */
	if (env && user)
		qmux_format(password, WDS_PASSWORD_MAX, "%s", env);
	return EXIT_DONE;
}

/* What does not go together. */
static int check(const struct command *cmd, const struct wds_config *c)
{
	if (cmd->g.cid >= 0)
		return say(cmd, EXIT_USAGE, "a session has client ids of its own: --cid does not apply");
	if (c->profile >= 0 && c->profile_3gpp2 >= 0 && c->via_profile)
		return say(cmd, EXIT_USAGE, "--via-profile: name one profile, not two");
	if (c->via_profile && c->profile < 0 && c->profile_3gpp2 < 0)
		return say(cmd, EXIT_USAGE, "--via-profile: name the profile with --profile");
	return EXIT_DONE;
}

int wds_config_read(struct command *cmd, struct wds_config *c)
{
	static const char *const ip[] = { "4", "6", "4v6", NULL };
	static const char *const auth[] = { "none", "pap", "chap", "both", NULL };
	int family = 0, mux = 0, ret;

	*c = (struct wds_config){
		.session = text(cmd, WDS_SESSION), .apn = text(cmd, WDS_APN),
		.user = text(cmd, WDS_USER), .profile = -1, .profile_3gpp2 = -1,
		.via_profile = cmd->option[WDS_VIA_PROFILE],
		.autoconnect = cmd->option[WDS_AUTOCONNECT],
	};
	if (!c->session)
		c->session = WDS_SESSION_DEFAULT;
	ret = choose(cmd, WDS_IP, ip, &family);
	if (!ret)
		ret = choose(cmd, WDS_AUTH, auth, &c->auth);
	if (!ret)
		ret = number(cmd, WDS_PROFILE, 1, PROFILE_MAX, &c->profile);
	if (!ret)
		ret = number(cmd, WDS_PROFILE_3GPP2, 0, PROFILE_MAX, &c->profile_3gpp2);
	if (!ret)
		ret = number(cmd, WDS_MUX, 1, WDS_MUX_MAX, &mux);
	if (!ret)
		ret = check(cmd, c);
	if (!ret)
		ret = wds_password_read(cmd, text(cmd, WDS_PASSWORD_FILE), c->user, c->password);
	c->families = family < 0 ? WDS_V4 : (unsigned)family + 1;
	c->mux = (unsigned)mux;
	/* Modems take a user without a way of proving it for none. */
	if (c->auth < 0 && (c->user || c->password[0]))
		c->auth = AUTH_BOTH;
	return ret;
}

static uint32_t hash_text(uint32_t h, const char *s)
{
	for (; s && *s; s++)
		h = (h ^ (uint8_t)*s) * 16777619;
	return (h ^ (s ? 0xff : 0xfe)) * 16777619;
}

/* FNV-1a, 32 bits. */
uint32_t wds_config_hash(const struct wds_config *c)
{
	char numbers[64];

	qmux_format(numbers, sizeof numbers, "%d %u %d %d %d %d %u", c->auth, c->families,
		c->profile, c->profile_3gpp2, c->via_profile, c->autoconnect, c->mux);
	return hash_text(hash_text(hash_text(2166136261, c->apn), c->user), numbers);
}
