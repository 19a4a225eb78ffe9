#include "applets/named.h"

#include "applets/session.h"
#include "qmux/format.h"

enum { FIND_NEXT = 0x03, FIND_NAME = 0x10, FIND_NOTE, FIND_RESTARTED, FIND_STARTED };

bool named_possible(const struct command *cmd)
{
	return cmd->client.errno_tlv;
}

/* That of the service which calls go to. */
static struct qmux_client_id *id_of(struct command *cmd, uint16_t service)
{
	struct qmux_client *c = &cmd->client;

	for (unsigned i = 0; i < c->n_ids; i++)
		if (c->ids[i].service == service)
			return &c->ids[i];
	return NULL;
}

static uint64_t time_of(const struct qmux_frame *answer, uint8_t type)
{
	struct qmux_tlv tlv;

	if (!qmux_tlv_find(answer, type, &tlv) || tlv.len < 8)
		return 0;
	return qmux_get_uint(tlv.value, 8, false);
}

static int find(struct command *cmd, const char *name, bool next, struct qmux_frame *answer)
{
	struct qmux_message m = session_message(QMUX_CTL, CTL_PROXY_FIND);
	uint8_t memory[QMUX_NAME_MAX];
	struct qmux_buf b = qmux_buf(memory, sizeof memory);

	qmux_add_tlv(&b, 0x02, name, strlen(name));
	if (next)
		qmux_add_tlv(&b, FIND_NEXT, "\1", 1);
	return session_try(cmd, &m, b.p, b.len, answer);
}

int named_find(struct command *cmd, uint16_t service, const char *name, struct named *found)
{
	struct qmux_frame answer;
	struct qmux_tlv tlv;
	int ret = find(cmd, name, false, &answer);

	*found = (struct named){ 0 };
	if (ret < 0)
		return ret;
	found->restarted = time_of(&answer, FIND_RESTARTED);
	found->started = time_of(&answer, FIND_STARTED);
	if (ret)
		return ret;
	if (!qmux_tlv_find(&answer, 0x01, &tlv) || tlv.len < 2 || tlv.value[0] != service)
		return PROTOCOL_ERROR_NO_ENTRY;
	found->client = tlv.value[1];
	if (qmux_tlv_find(&answer, FIND_NOTE, &tlv) && tlv.len <= NAMED_NOTE_MAX) {
		memcpy(found->note, tlv.value, tlv.len);
		found->note_len = tlv.len;
	}
	qmux_client_adopt(&cmd->client, service, found->client);
	qmux_client_choose(&cmd->client, service, found->client);
	return 0;
}

int named_next(struct command *cmd, char name[NAMED_MAX])
{
	struct qmux_frame answer;
	struct qmux_tlv tlv;
	int ret = find(cmd, name, true, &answer);

	if (ret)
		return ret;
	if (!qmux_tlv_find(&answer, FIND_NAME, &tlv) || tlv.len >= NAMED_MAX)
		return PROTOCOL_ERROR_NO_ENTRY;
	memcpy(name, tlv.value, tlv.len);
	name[tlv.len] = '\0';
	return 0;
}

/* name: "" takes it away. */
static int set_name(struct command *cmd, const struct qmux_client_id *id, const char *name,
	const struct named *named)
{
	struct qmux_message m = session_message(QMUX_CTL, CTL_PROXY_NAME);
	uint8_t memory[QMUX_NAME_MAX + NAMED_NOTE_MAX];
	uint8_t target[] = { (uint8_t)id->service, id->client };
	struct qmux_buf b = qmux_buf(memory, sizeof memory);
	struct qmux_frame answer;

	qmux_add_tlv(&b, 0x01, target, sizeof target);
	qmux_add_tlv(&b, 0x02, name, strlen(name));
	if (named && named->note_len)
		qmux_add_tlv(&b, 0x03, named->note, named->note_len);
	return session_try(cmd, &m, b.p, b.len, &answer);
}

int named_keep(struct command *cmd, uint16_t service, const char *name, const struct named *named)
{
	int ret;

	if (named)
		qmux_client_choose(&cmd->client, service, named->client);
	ret = set_name(cmd, id_of(cmd, service), name, named);
	if (!ret)
		id_of(cmd, service)->keep = true;
	return ret;
}

int named_end(struct command *cmd, uint16_t service)
{
	int ret = set_name(cmd, id_of(cmd, service), "", NULL);

	if (!ret)
		id_of(cmd, service)->keep = false;
	return ret;
}
