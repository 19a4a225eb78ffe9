/* raw_monitor.c - indications as they come. */
#include "applets/raw.h"

#include "applets/session.h"
#include "applets/show.h"

#include <errno.h>
#include <string.h>

#define REGISTRATION_MAX 512	/* bytes of TLVs of one registration */

/* How services call the message that asks for indications. */
static const char *const registrations[] = {
	"set_event_report", "register_indications", "indication_register", "register_events",
	"register",
};

/* All bits that a flag set has names for. */
static uint64_t all_flags(uint16_t names)
{
	uint64_t bits = 0;
	uint16_t name;
	int64_t bit;

	for (unsigned i = 0; qmux_enum_at(names, i, &bit, &name); i++)
		if (bit < 64)
			bits |= 1ULL << bit;
	return bits;
}

/* A TLV that switches something on: a bool, one bool in a structure, or a flag set. */
static bool add_switch(struct qmux_buf *b, const struct qmux_tlv_def *def)
{
	struct qmux_type t = qmux_type_at(qmux_type_of(def));
	uint8_t value[8];

	if (t.kind == QMUX_T_STRUCT && t.fields == 1)
		t = qmux_type_at(t.inner + 2);
	if (t.kind == QMUX_T_BOOL || t.names == QMUX_ENUM_BOOL)
		qmux_put_uint(value, t.size, t.big_endian, 1);
	else if (qmux_enum_is_flags(t.names) && t.size)
		qmux_put_uint(value, t.size, t.big_endian, all_flags(t.names));
	else
		return false;
	qmux_add_tlv(b, def->id, value, t.size);
	return true;
}

static int register_all(struct command *cmd, const struct qmux_message *m)
{
	uint8_t memory[REGISTRATION_MAX];
	struct qmux_buf b = qmux_buf(memory, sizeof memory);
	struct qmux_tlv_def def;
	struct qmux_frame answer;
	char name[QMUX_NAME_MAX], error[QMUX_NAME_MAX];
	int ret;

	for (unsigned i = 0; qmux_tlv_at(m, true, i, &def); i++)
		if (!add_switch(&b, &def) && def.mandatory)
			return EXIT_DONE;	/* it wants more than a switch */
	ret = session_try(cmd, m, b.p, b.len, &answer);
	if (ret > 0) {
		const char *text = qmux_error_name((unsigned)ret, error);

		note(cmd, "the modem refuses %s: %s (%d)",
			qmux_name(m->name, QMUX_FIELD_NAME, name), text ? text : "error", ret);
	}
	return ret < 0 ? -1 - ret : EXIT_DONE;
}

static int register_service(struct command *cmd, const struct qmux_service *service)
{
	struct qmux_message m;
	uint8_t client;
	int ret;

	ret = qmux_client_id(&cmd->client, service->id, &client);
	if (ret)
		return ret < 0 ? session_failed(cmd, ret) : say_refused(cmd, ret);
	for (size_t i = 0; i < sizeof registrations / sizeof *registrations; i++) {
		if (!qmux_message_by_name(service, registrations[i], false, &m) || m.vendor)
			continue;
		ret = register_all(cmd, &m);
		if (ret)
			return ret;
	}
	return EXIT_DONE;
}

static void show_indication(void *ctx, const struct qmux_frame *f)
{
	struct command *cmd = ctx;
	struct show_options o = { .vendor = cmd->vendor };

	show_frame(cmd->sink, f, NULL, &o);
	sink_flush(cmd->sink);
}

int raw_monitor(struct command *cmd)
{
	struct qmux_service services[QMUX_CLIENT_IDS_MAX];
	struct qmux_frame f;
	int ret = raw_vendor(cmd, true);

	if (cmd->n_args > QMUX_CLIENT_IDS_MAX)
		return say(cmd, EXIT_USAGE, "at most %d services at a time", QMUX_CLIENT_IDS_MAX);
	for (int i = 0; !ret && i < cmd->n_args; i++)
		ret = raw_find_service(cmd, cmd->args[i], &services[i]);
	if (!ret)
		ret = session_open(cmd);
	if (ret)
		return ret;
	cmd->client.indication = show_indication;
	for (int i = 0; i < cmd->n_args; i++) {
		ret = register_service(cmd, &services[i]);
		if (ret)
			return ret;
	}
	while (!sink_flush(cmd->sink)) {
		ret = qmux_client_indication(&cmd->client, &f);
		if (ret == -EINTR || (ret == -ETIMEDOUT && cmd->g.timeout_ms > 0))
			return EXIT_DONE;	/* it ends when it is told to */
		if (ret)
			return session_failed(cmd, ret);
		show_indication(cmd, &f);
	}
	return EXIT_DONE;	/* cli.c tells of the failed flush */
}
