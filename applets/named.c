#include "applets/named.h"

#include "applets/session.h"
#include "qmux/format.h"

bool named_possible(const struct command *cmd)
{
	return cmd->client.errno_tlv;
}

static struct qmux_client_id *id_of(struct command *cmd, uint16_t service)
{
	struct qmux_client *c = &cmd->client;

	for (unsigned i = 0; i < c->n_ids; i++)
		if (c->ids[i].service == service)
			return &c->ids[i];
	return NULL;
}

int named_find(struct command *cmd, uint16_t service, const char *name)
{
	struct qmux_message m = session_message(QMUX_CTL, CTL_PROXY_FIND);
	uint8_t memory[QMUX_NAME_MAX];
	struct qmux_buf b = qmux_buf(memory, sizeof memory);
	struct qmux_frame answer;
	struct qmux_tlv target;
	int ret;

	qmux_add_tlv(&b, 0x02, name, strlen(name));
	ret = session_try(cmd, &m, b.p, b.len, &answer);
	if (ret)
		return ret;
	if (!qmux_tlv_find(&answer, 0x01, &target) || target.len < 2 || target.value[0] != service)
		return PROTOCOL_ERROR_NO_ENTRY;
	qmux_client_adopt(&cmd->client, service, target.value[1]);
	return 0;
}

/* name: "" takes it away. */
static int set_name(struct command *cmd, const struct qmux_client_id *id, const char *name)
{
	struct qmux_message m = session_message(QMUX_CTL, CTL_PROXY_NAME);
	uint8_t memory[QMUX_NAME_MAX], target[] = { (uint8_t)id->service, id->client };
	struct qmux_buf b = qmux_buf(memory, sizeof memory);
	struct qmux_frame answer;

	qmux_add_tlv(&b, 0x01, target, sizeof target);
	qmux_add_tlv(&b, 0x02, name, strlen(name));
	return session_try(cmd, &m, b.p, b.len, &answer);
}

int named_keep(struct command *cmd, uint16_t service, const char *name)
{
	struct qmux_client_id *id = id_of(cmd, service);
	int ret = set_name(cmd, id, name);

	if (!ret)
		id->keep = true;
	return ret;
}

int named_end(struct command *cmd, uint16_t service)
{
	struct qmux_client_id *id = id_of(cmd, service);
	int ret = set_name(cmd, id, "");

	if (!ret)
		id->keep = false;
	return ret;
}
