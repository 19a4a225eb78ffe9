/* What goes wrong, said once, in one line, on stderr. */
#include "applets/applet.h"
#include "applets/print.h"
#include "applets/text.h"
#include "qmux/format.h"

#include <stdarg.h>
#include <unistd.h>

#define SAY_MAX 1024		/* bytes of one line; the rest is cut off */

/* The modem's errors that have an exit code of their own; any other is EXIT_REFUSED. */
static const struct {
	uint16_t error;
	uint8_t exit;
} refusals[] = {
	{ PROTOCOL_ERROR_INCORRECT_PIN, EXIT_SIM },
	{ PROTOCOL_ERROR_CALL_FAILED, EXIT_CALL },
	{ PROTOCOL_ERROR_OUT_OF_CALL, EXIT_CALL },
	{ PROTOCOL_ERROR_DEVICE_UNSUPPORTED, EXIT_UNSUPPORTED },
	{ PROTOCOL_ERROR_INVALID_SERVICE_TYPE, EXIT_UNSUPPORTED },
	{ PROTOCOL_ERROR_PIN_BLOCKED, EXIT_SIM },
	{ PROTOCOL_ERROR_PIN_ALWAYS_BLOCKED, EXIT_SIM },
	{ PROTOCOL_ERROR_UIM_UNINITIALIZED, EXIT_SIM },
	{ PROTOCOL_ERROR_INVALID_QMI_COMMAND, EXIT_UNSUPPORTED },
	{ PROTOCOL_ERROR_BUNDLING_NOT_SUPPORTED, EXIT_UNSUPPORTED },
	{ PROTOCOL_ERROR_NOT_SUPPORTED, EXIT_UNSUPPORTED },
	{ PROTOCOL_ERROR_CARD_CALL_CONTROL_FAILED, EXIT_CALL },
	{ PROTOCOL_ERROR_NO_SIM, EXIT_SIM },
	{ PROTOCOL_ERROR_PIN_RESTRICTION, EXIT_SIM },
	{ PROTOCOL_ERROR_PIN1_RESTRICTION, EXIT_SIM },
	{ PROTOCOL_ERROR_PUK_RESTRICTION, EXIT_SIM },
	{ PROTOCOL_ERROR_PUK2_RESTRICTION, EXIT_SIM },
};

static void put_who(struct text *t, const struct command *cmd)
{
	text_string(t, "qmitool");
	if (cmd->applet) {
		text_char(t, ' ');
		text_string(t, cmd->applet->name);
	}
	if (cmd->verb && cmd->verb->name[0]) {
		text_char(t, ' ');
		text_string(t, cmd->verb->name);
	}
	text_string(t, ": ");
	if (cmd->part) {
		text_string(t, cmd->part);
		text_string(t, ": ");
	}
}

static void put_number(struct text *t, const char *before, unsigned v)
{
	char buf[TEXT_NUMBER_MAX], *end = buf + sizeof buf, *p = text_uint(end, v);

	text_string(t, before);
	text_put(t, p, (size_t)(end - p));
}

/* The members of the JSON object that come before the text. */
static void put_members(struct text *t, const struct command *cmd, enum exit_code exit,
	unsigned qmi_error)
{
	char buf[QMUX_NAME_MAX];
	const char *name = qmux_error_name(qmi_error, buf);

	put_number(t, "{\"error\":{\"exit\":", exit);
	if (cmd->part) {
		text_string(t, ",\"part\":\"");
		text_string(t, cmd->part);
		text_char(t, '"');
	}
	if (qmi_error) {
		put_number(t, ",\"code\":", qmi_error);
		if (name) {
			text_string(t, ",\"name\":\"");
			text_string(t, name);
			text_char(t, '"');
		}
	}
	text_string(t, ",\"text\":\"");
}

/* exit EXIT_DONE: a note. */
static void put_line(const struct command *cmd, enum exit_code exit, unsigned qmi_error,
	const char *text)
{
	struct text t = { 0 };

	if (cmd->g.quiet)
		return;
	if (cmd->g.face == SINK_JSON) {
		if (exit)
			put_members(&t, cmd, exit, qmi_error);
		else
			text_string(&t, "{\"note\":{\"text\":\"");
		text_json(&t, text, strlen(text));
		text_string(&t, "\"}}");
	} else {
		put_who(&t, cmd);
		text_shown(&t, text, strlen(text));
	}
	text_char(&t, '\n');
	write_all(STDERR_FILENO, t.p, t.n);	/* at once: others write there, too */
	text_free(&t);
}

int say(const struct command *cmd, enum exit_code exit, const char *format, ...)
{
	char text[SAY_MAX];
	va_list ap;

	va_start(ap, format);
	qmux_vformat(text, sizeof text, format, ap);
	va_end(ap);
	put_line(cmd, exit, 0, text);
	return (int)exit;
}

void note(const struct command *cmd, const char *format, ...)
{
	char text[SAY_MAX];
	va_list ap;

	va_start(ap, format);
	qmux_vformat(text, sizeof text, format, ap);
	va_end(ap);
	put_line(cmd, EXIT_DONE, 0, text);
}

enum exit_code refusal_exit(int qmi_error)
{
	/* NoEffect: what was asked for is so already. */
	if (qmi_error == PROTOCOL_ERROR_NO_EFFECT)
		return EXIT_DONE;
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (refusals[i].error == qmi_error)
			return refusals[i].exit;
	return EXIT_REFUSED;
}

int say_refused_as(const struct command *cmd, enum exit_code exit, int qmi_error, const char *more)
{
	char buf[QMUX_NAME_MAX], text[SAY_MAX];
	const char *name = qmux_error_name((unsigned)qmi_error, buf);

	if (name)
		qmux_format(text, sizeof text, "modem says %s (%d)%s", name, qmi_error, more);
	else
		qmux_format(text, sizeof text, "modem says error %d%s", qmi_error, more);
	put_line(cmd, exit, (unsigned)qmi_error, text);
	return (int)exit;
}

int say_refused_more(const struct command *cmd, int qmi_error, const char *more)
{
	return say_refused_as(cmd, refusal_exit(qmi_error), qmi_error, more);
}

int say_refused(const struct command *cmd, int qmi_error)
{
	return say_refused_more(cmd, qmi_error, "");
}
