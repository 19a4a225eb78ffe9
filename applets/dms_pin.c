/* dms_pin.c - PINs by the device service, as modems had them before UIM; other secrets. */
#include "applets/dms.h"

#include "applets/pin.h"
#include "applets/session.h"

static const struct view_row pin_status[] = {
	ROW("pin1.status", "pin1_status.current_status"),
	ROW("pin1.verify_retries", "pin1_status.verify_retries_left"),
	ROW("pin1.unblock_retries", "pin1_status.unblock_retries_left"),
	ROW("pin2.status", "pin2_status.current_status"),
	ROW("pin2.verify_retries", "pin2_status.verify_retries_left"),
	ROW("pin2.unblock_retries", "pin2_status.unblock_retries_left"),
	ROW_END
};

const struct query dms_pin_queries[] = {
	QUERY(DMS_UIM_GET_PIN_STATUS, pin_status),
	{ 0 }
};

static int pin(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_SERVICE_DMS, DMS_UIM_GET_PIN_STATUS);
	const char *name = cmd->option[PIN_NAME];
	bool second = name && !strcmp(name, "pin2");
	struct qmux_frame answer;
	struct pin_job job;
	struct pin one;
	int ret;

	pin_begin(cmd, &job, 0);
	if (name && !second && strcmp(name, "pin1"))
		return say(cmd, EXIT_USAGE, "no PIN '%s'; there are pin1 and pin2", name);
	ret = session_ask(cmd, &m, NULL, &answer);
	if (ret)
		return ret < 0 ? -1 - ret : say_refused(cmd, ret);
	one = pin_of_answer(&answer, &m, second);
	return pin_do(cmd, &job, &pin_of_device, &one, NULL);
}

/* ---- setters with a secret among their arguments ---- */

#define SPC(name_, env_) { .name = (name_), .env = (env_), .min = 6, .max = 6 }
#define CODE(name_, env_) { .name = (name_), .env = (env_), .min = 4, .max = 4 }
#define CONTROL_KEY { .name = "control key", .env = "QMI_CONTROL_KEY", .min = 1, .max = 32 }

static const struct keyed {
	const char *verb;
	int first, n;		/* which arguments they are */
	struct secret secrets[2];
} keyed[] = {
	{ "factory-reset", 0, 1, { SPC("SPC", "QMI_SPC") } },
	{ "spc check", 0, 1, { SPC("SPC", "QMI_SPC") } },
	{ "spc set", 0, 2, { SPC("SPC", "QMI_SPC"), SPC("new SPC", "QMI_NEW_SPC") } },
	{ "activation manual", 0, 1, { SPC("SPC", "QMI_SPC") } },
	{ "ck disable", 1, 1, { CONTROL_KEY } },
	{ "ck unblock", 1, 1, { CONTROL_KEY } },
	{ "user-lock enable", 0, 1, { CODE("lock code", "QMI_LOCK_CODE") } },
	{ "user-lock disable", 0, 1, { CODE("lock code", "QMI_LOCK_CODE") } },
	{ "user-lock code", 0, 2,
		{ CODE("lock code", "QMI_LOCK_CODE"), CODE("new lock code", "QMI_NEW_LOCK_CODE") } },
};

int dms_keyed(struct command *cmd)
{
	const struct keyed *k = keyed;
	struct secret secrets[2];
	int ret;

	while (strcmp(k->verb, cmd->verb->name))
		k++;
	memcpy(secrets, k->secrets, sizeof secrets);
	secret_hide(cmd, k->first, secrets, k->n);
	ret = session_open(cmd);
	if (!ret)
		ret = secret_read(cmd, cmd->option[KEY_FILE], secrets, k->n);
	if (ret)
		return ret;
	/* Back to where verb.set finds them, with those that were not given. */
	for (int i = 0; i < k->n; i++)
		cmd->args[k->first + i] = secrets[i].text;
	if (cmd->n_args < k->first + k->n)
		cmd->n_args = k->first + k->n;
	return session_set(cmd, cmd->verb->set_message, cmd->verb->set);
}

/* ---- the tables ---- */

static const struct option_row pin_options[] = { PIN_OPTION_ROWS("pin1 pin2"), };

#define PIN_ACTION(word_, args_, n_, help_) { \
	.name = "pin " word_, .args = args_, .help = help_, .more = PIN_ASKED, \
	.options = pin_options, .args_max = n_, .timeout = PIN_TIMEOUT, .run = pin }

const struct verb dms_pin_actions[] = {
	PIN_ACTION("verify", "[PIN]", 1, "verify a PIN; nothing where that is done or not needed"),
	PIN_ACTION("enable", "[PIN]", 1, "ask for the PIN from now on"),
	PIN_ACTION("disable", "[PIN]", 1, "do not ask for the PIN from now on"),
	PIN_ACTION("change", "[PIN] [NEW]", 2, "set another PIN"),
	PIN_ACTION("unblock", "[PUK] [NEW]", 2, "set another PIN where it is blocked, with the PUK"),
	{ .name = NULL }
};

const struct option_row dms_key_options[] = {
	[KEY_FILE] = { 'k', "key-file", "FILE", "read what is secret there (-: stdin)", "@file" },
	{ .name = NULL }
};

#define ASK_KEY "A key that is not given is read from --key-file, $QMI_CONTROL_KEY, or the terminal."
#define ASK_LOCK "A code that is not given is read from --key-file, $QMI_LOCK_CODE, or the terminal."

static const struct view_row ck_status[] = {
	ROW("state", "ck_status.facility_state"),
	ROW("verify_retries", "ck_status.verify_retries_left"),
	ROW("unblock_retries", "ck_status.unblock_retries_left"),
	ROW("blocking", "operation_blocking_facility"),
	ROW_END
};

static const struct query ck_queries[] = {
	QUERY(DMS_UIM_GET_CK_STATUS, ck_status, .ask = SET("facility=$1")),
	{ 0 }
};

const struct verb dms_ck_actions[] = {
	{
		.name = "ck status",
		.args = "FACILITY",
		.help = "state of one personalization",
		.values = "@enum:dms_uim_facility",
		.args_min = 1,
		.args_max = 1,
		.queries = ck_queries,
	},
	{
		.name = "ck disable",
		.args = "FACILITY [KEY]",
		.help = "switch one off, with its control key",
		.more = ASK_KEY,
		.options = dms_key_options,
		.args_min = 1,
		.args_max = 2,
		.timeout = PIN_TIMEOUT,
		.run = dms_keyed,
		.set_message = DMS_UIM_SET_CK_PROTECTION,
		.set = SET("facility.facility=$1", "facility.facility_state=deactivated",
			"facility.facility_depersonalization_control_key=$2"),
	},
	{
		.name = "ck unblock",
		.args = "FACILITY [KEY]",
		.help = "unblock one, with its unblocking key",
		.more = ASK_KEY,
		.options = dms_key_options,
		.args_min = 1,
		.args_max = 2,
		.timeout = PIN_TIMEOUT,
		.run = dms_keyed,
		.set_message = DMS_UIM_UNBLOCK_CK,
		.set = SET("facility.facility=$1", "facility.facility_control_key=$2"),
	},
	{ .name = NULL }
};

const struct verb dms_spc_actions[] = {
	{
		.name = "spc check",
		.args = "[SPC]",
		.help = "is this the service programming code?",
		.more = DMS_ASK_SPC,
		.options = dms_key_options,
		.args_max = 1,
		.timeout = PIN_TIMEOUT,
		.run = dms_keyed,
		.set_message = DMS_VALIDATE_SERVICE_PROGRAMMING_CODE,
		.set = SET("service_programming_code=$1"),
	},
	{
		.name = "spc set",
		.args = "[OLD] [NEW]",
		.help = "set another one",
		.more = DMS_ASK_SPC
			"\nThe new one is in $QMI_NEW_SPC, or the second line of the file.",
		.options = dms_key_options,
		.args_max = 2,
		.timeout = PIN_TIMEOUT,
		.run = dms_keyed,
		.set_message = DMS_SET_SERVICE_PROGRAMMING_CODE,
		.set = SET("current_code=$1", "new_code=$2"),
	},
	{ .name = NULL }
};

const struct verb dms_user_lock_actions[] = {
	{
		.name = "user-lock enable",
		.args = "[CODE]",
		.help = "lock the device",
		.more = ASK_LOCK,
		.options = dms_key_options,
		.args_max = 1,
		.timeout = PIN_TIMEOUT,
		.run = dms_keyed,
		.set_message = DMS_SET_USER_LOCK_STATE,
		.set = SET("info.enabled=true", "info.lock_code=$1"),
	},
	{
		.name = "user-lock disable",
		.args = "[CODE]",
		.help = "unlock the device",
		.more = ASK_LOCK,
		.options = dms_key_options,
		.args_max = 1,
		.timeout = PIN_TIMEOUT,
		.run = dms_keyed,
		.set_message = DMS_SET_USER_LOCK_STATE,
		.set = SET("info.enabled=false", "info.lock_code=$1"),
	},
	{
		.name = "user-lock code",
		.args = "[OLD] [NEW]",
		.help = "set another code",
		.more = ASK_LOCK
			"\nThe new one is in $QMI_NEW_LOCK_CODE, or the second line of the file.",
		.options = dms_key_options,
		.args_max = 2,
		.timeout = PIN_TIMEOUT,
		.run = dms_keyed,
		.set_message = DMS_SET_USER_LOCK_CODE,
		.set = SET("info.old_code=$1", "info.new_code=$2"),
	},
	{ .name = NULL }
};

const struct verb dms_activation_actions[] = {
	{
		.name = "activation auto",
		.args = "CODE",
		.help = "activate by a call of the modem's",
		.args_min = 1,
		.args_max = 1,
		.set_message = DMS_ACTIVATE_AUTOMATIC,
		.set = SET("activation_code=$1"),
	},
	{
		.name = "activation manual",
		.args = "SPC SID MDN MIN",
		.help = "activate with these numbers",
		.args_min = 4,
		.args_max = 4,
		.run = dms_keyed,
		.set_message = DMS_ACTIVATE_MANUAL,
		.set = SET("info.service_programming_code=$1",
			"info.system_identification_number=$2", "info.mobile_directory_number=$3",
			"info.mobile_identification_number=$4"),
	},
	{ .name = NULL }
};
