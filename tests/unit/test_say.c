/* What goes to stderr, and the exit code that the modem's errors become. */
#include "tap.h"
#include "applets/applet.h"

#include <stdlib.h>
#include <unistd.h>

static void begin(void)
{
	fflush(stderr);
	if (ftruncate(STDERR_FILENO, 0))
		abort();
	rewind(stderr);
}

/* What was written to stderr since begin(). */
static const char *said(void)
{
	static char text[4096];
	ssize_t n;

	fflush(stderr);
	n = pread(STDERR_FILENO, text, sizeof text - 1, 0);
	text[n > 0 ? n : 0] = '\0';
	return text;
}

static const struct applet nas = { .name = "nas" };
static const struct verb signal_verb = { .name = "signal" }, alone = { .name = "" };

static void test_lines(void)
{
	struct command cmd = { .applet = &nas, .verb = &signal_verb };

	begin();
	is_int(say(&cmd, EXIT_GONE, "the %s went", "modem"), EXIT_GONE, "say gives its exit code");
	is_str(said(), "qmitool nas signal: the modem went\n", "one line with who says it");
	begin();
	say(&cmd, EXIT_USAGE, "a\nb\x1b[2J");
	is_str(said(), "qmitool nas signal: a\\u000ab\\u001b[2J\n", "one line whatever is in it");
	begin();
	note(&cmd, "by the way");
	is_str(said(), "qmitool nas signal: by the way\n", "a note");
	cmd.verb = &alone;
	begin();
	note(&cmd, "alone");
	is_str(said(), "qmitool nas: alone\n", "an applet without a verb");
	cmd.applet = NULL;
	cmd.verb = NULL;
	begin();
	note(&cmd, "nobody");
	is_str(said(), "qmitool: nobody\n", "before there is an applet");
	cmd.g.quiet = true;
	begin();
	is_int(say(&cmd, EXIT_USAGE, "hush"), EXIT_USAGE, "-q keeps the exit code");
	note(&cmd, "hush");
	say_refused(&cmd, 74);
	is_str(said(), "", "and says nothing");
}

static void test_json(void)
{
	struct command cmd = { .applet = &nas, .verb = &signal_verb, .g.face = SINK_JSON };

	begin();
	say(&cmd, EXIT_DEVICE, "no \"device\"\n");
	is_str(said(), "{\"error\":{\"exit\":3,\"text\":\"no \\\"device\\\"\\n\"}}\n", "an error");
	begin();
	note(&cmd, "by the way");
	is_str(said(), "{\"note\":{\"text\":\"by the way\"}}\n", "a note");
	begin();
	say_refused(&cmd, 74);
	is_str(said(), "{\"error\":{\"exit\":1,\"code\":74,\"name\":\"InformationUnavailable\","
		"\"text\":\"modem says InformationUnavailable (74)\"}}\n", "the modem's error");
	begin();
	say_refused(&cmd, 4711);
	is_str(said(), "{\"error\":{\"exit\":1,\"code\":4711,"
		"\"text\":\"modem says error 4711\"}}\n", "one without a name");
	begin();
	say_refused(&cmd, 26);
	is_str(said(), "{\"note\":{\"text\":\"modem says NoEffect (26)\"}}\n", "NoEffect is a note");
}

static void test_refusals(void)
{
	static const struct {
		int error, exit;
		const char *text;
	} cases[] = {
		{ 3, EXIT_REFUSED, "Internal (3)" },
		{ 12, EXIT_SIM, "IncorrectPin (12)" },
		{ 14, EXIT_CALL, "CallFailed (14)" },
		{ 15, EXIT_CALL, "OutOfCall (15)" },
		{ 25, EXIT_UNSUPPORTED, "DeviceUnsupported (25)" },
		{ 26, EXIT_DONE, "NoEffect (26)" },
		{ 31, EXIT_UNSUPPORTED, "InvalidServiceType (31)" },
		{ 35, EXIT_SIM, "PinBlocked (35)" },
		{ 37, EXIT_SIM, "UimUninitialized (37)" },
		{ 71, EXIT_UNSUPPORTED, "InvalidQmiCommand (71)" },
		{ 74, EXIT_REFUSED, "InformationUnavailable (74)" },
		{ 94, EXIT_UNSUPPORTED, "NotSupported (94)" },
		{ 102, EXIT_SIM, "NoSim (102)" },
		{ 105, EXIT_SIM, "Pin1Restriction (105)" },
		{ 106, EXIT_SIM, "PukRestriction (106)" },
		{ 4711, EXIT_REFUSED, "error 4711" },
	};
	struct command cmd = { .applet = &nas, .verb = &signal_verb };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char want[200];

		snprintf(want, sizeof want, "qmitool nas signal: modem says %s\n", cases[i].text);
		begin();
		is_int(say_refused(&cmd, cases[i].error), cases[i].exit, cases[i].text);
		is_str(said(), want, "and what is said");
	}
}

int main(void)
{
	char path[] = "/tmp/test_say.XXXXXX";
	int fd = mkstemp(path), keep = dup(STDERR_FILENO);

	if (fd < 0 || keep < 0 || unlink(path) || dup2(fd, STDERR_FILENO) < 0) {
		puts("Bail out! no file for stderr");
		return 1;
	}
	test_lines();
	test_json();
	test_refusals();
	dup2(keep, STDERR_FILENO);
	return tap_done();
}
