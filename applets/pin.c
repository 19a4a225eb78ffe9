#include "applets/pin.h"

#include "applets/session.h"
#include "qmux/encode.h"
#include "qmux/format.h"

#define FIELD_TEXT 128
#define STATE(n) (1u << (n))	/* of a set */

#define PIN(name_, env_) { .name = (name_), .env = (env_), .min = 4, .max = 8 }
#define PUK { .name = "PUK", .env = "QMI_PUK", .min = 8, .max = 8 }

static const struct pin_action {
	const char *verb;
	const char *fields[2];		/* of its secrets; NULL: none, or the service's own */
	const char *enabled;		/* what the service's field of that name gets; NULL: none */
	struct secret secrets[2];
	unsigned done;			/* states in which there is nothing to do */
} actions[PIN_VERBS] = {
	[PIN_VERIFY] = { "pin verify", { NULL }, NULL, { PIN("PIN", "QMI_PIN") },
		STATE(PIN_VERIFIED) | STATE(PIN_DISABLED) },
	[PIN_ENABLE] = { "pin enable", { NULL }, "true", { PIN("PIN", "QMI_PIN") },
		STATE(PIN_VERIFIED) | STATE(PIN_NOT_VERIFIED) },
	[PIN_DISABLE] = { "pin disable", { NULL }, "false", { PIN("PIN", "QMI_PIN") },
		STATE(PIN_DISABLED) },
	[PIN_CHANGE] = { "pin change", { "info.old_pin", "info.new_pin" }, NULL,
		{ PIN("PIN", "QMI_PIN"), PIN("new PIN", "QMI_NEW_PIN") }, 0 },
	[PIN_UNBLOCK] = { "pin unblock", { "info.puk", "info.new_pin" }, NULL,
		{ PUK, PIN("new PIN", "QMI_NEW_PIN") }, 0 },
};

const struct pin_service pin_of_device = {
	.service = QMUX_SERVICE_DMS,
	.message = {
		[PIN_VERIFY] = DMS_UIM_VERIFY_PIN,
		[PIN_ENABLE] = DMS_UIM_SET_PIN_PROTECTION,
		[PIN_DISABLE] = DMS_UIM_SET_PIN_PROTECTION,
		[PIN_CHANGE] = DMS_UIM_CHANGE_PIN,
		[PIN_UNBLOCK] = DMS_UIM_UNBLOCK_PIN,
	},
	.pin = "info.pin",
	.enabled = "info.protection_enabled",
	.retries = {
		"pin_retries_status.verify_retries_left", "pin_retries_status.unblock_retries_left",
	},
};

static unsigned number(const struct qmux_frame *answer, const struct qmux_message *m, bool second,
	const char *field, unsigned otherwise)
{
	char path[QMUX_PATH_TEXT_MAX];
	struct qmux_node node;

	qmux_format(path, sizeof path, "pin%d_status.%s", second ? 2 : 1, field);
	return qmux_get(answer, m, path, &node) ? otherwise : (unsigned)node.u;
}

struct pin pin_of_answer(const struct qmux_frame *answer, const struct qmux_message *m, bool second)
{
	return (struct pin){
		second ? "pin2" : "pin1", second ? "pin2" : "pin",
		number(answer, m, second, "current_status", 0),
		number(answer, m, second, "verify_retries_left", PIN_RETRIES_UNKNOWN),
		number(answer, m, second, "unblock_retries_left", PIN_RETRIES_UNKNOWN),
	};
}

void pin_begin(struct command *cmd, struct pin_job *job, int option)
{
	enum pin_verb verb = PIN_VERIFY;

	while (strcmp(actions[verb].verb, cmd->verb->name))
		verb++;
	job->verb = verb;
	job->option = option;
	memcpy(job->secrets, actions[verb].secrets, sizeof job->secrets);
	secret_hide(cmd, 0, job->secrets, actions[verb].fields[1] ? 2 : 1);
}

/* Whether it makes sense to go on.  EXIT_DONE with *done set: it is so already. */
static int may_try(const struct command *cmd, const struct pin_job *job, const struct pin *pin,
	bool *done)
{
	const struct pin_action *action = &actions[job->verb];
	bool puk = job->verb == PIN_UNBLOCK;
	unsigned left = puk ? pin->unblock_retries : pin->retries;
	char tries[32] = "";

	*done = pin->state < 8 && action->done & STATE(pin->state);
	if (*done) {
		note(cmd, "%s is %s already", pin->name, pin->state == PIN_DISABLED ? "disabled" :
			job->verb == PIN_VERIFY ? "verified" : "enabled");
		return EXIT_DONE;
	}
	if (pin->state == PIN_DEAD || (puk && !left))
		return say(cmd, EXIT_SIM, "%s is blocked for good", pin->name);
	if (!puk && (pin->state == PIN_BLOCKED || !left)) {
		if (pin->unblock_retries < PIN_RETRIES_UNKNOWN)
			qmux_format(tries, sizeof tries, " (%u tries left)", pin->unblock_retries);
		return say(cmd, EXIT_SIM, "%s is blocked: '%s pin unblock' with the PUK%s", pin->name,
			cmd->applet->name, tries);
	}
	if (left == 1 && !cmd->option[job->option + PIN_FORCE])
		return say(cmd, EXIT_SIM, "one try is left for the %s: not used without --force",
			action->secrets[0].name);
	return EXIT_DONE;
}

static int send_pin(struct command *cmd, const struct pin_job *job,
	const struct pin_service *service, const struct pin *pin, const char *const more[2],
	const struct qmux_message *m, struct qmux_frame *answer)
{
	const struct pin_action *action = &actions[job->verb];
	char id[FIELD_TEXT], first[FIELD_TEXT], second[FIELD_TEXT], enabled[FIELD_TEXT];
	const char *set[7] = { id, first };
	size_t n = 2;

	qmux_format(id, FIELD_TEXT, "info.pin_id=%s", pin->id);
	qmux_format(first, FIELD_TEXT, "%s=%s", action->fields[0] ? action->fields[0] : service->pin,
		job->secrets[0].text);
	if (action->fields[1]) {
		qmux_format(second, FIELD_TEXT, "%s=%s", action->fields[1], job->secrets[1].text);
		set[n++] = second;
	}
	if (action->enabled) {
		qmux_format(enabled, FIELD_TEXT, "%s=%s", service->enabled, action->enabled);
		set[n++] = enabled;
	}
	for (int i = 0; more && i < 2; i++)
		set[n++] = more[i];
	return session_ask(cmd, m, set, answer);
}

static int say_wrong(const struct command *cmd, const struct pin_job *job,
	const struct pin_service *service, const struct qmux_message *m, int error,
	const struct qmux_frame *answer)
{
	char text[FIELD_TEXT];
	struct qmux_node left;

	if (qmux_get(answer, m, service->retries[job->verb == PIN_UNBLOCK], &left))
		return service->refused ? service->refused(cmd, error, answer, m) :
			say_refused(cmd, error);
	qmux_format(text, sizeof text, "; %u %s left for the %s", (unsigned)left.u,
		left.u == 1 ? "try" : "tries", job->secrets[0].name);
	return say_refused_more(cmd, error, text);
}

int pin_do(struct command *cmd, struct pin_job *job, const struct pin_service *service,
	const struct pin *pin, const char *const more[2])
{
	struct qmux_message m = session_message(service->service, service->message[job->verb]);
	struct qmux_frame answer;
	bool done;
	int ret = may_try(cmd, job, pin, &done);

	if (!ret && !done)
		ret = secret_read(cmd, cmd->option[job->option + PIN_FILE], job->secrets,
			actions[job->verb].fields[1] ? 2 : 1);
	if (ret || done)
		return ret;
	ret = send_pin(cmd, job, service, pin, more, &m, &answer);
	return ret < 0 ? -1 - ret : ret ? say_wrong(cmd, job, service, &m, ret, &answer) : EXIT_DONE;
}
