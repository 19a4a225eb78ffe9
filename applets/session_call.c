/* session_call.c - one message and its answer, or its outcome. */
#include "applets/session.h"

#include "qmux/format.h"

#include <errno.h>
#include <string.h>

int session_try(struct command *cmd, const struct qmux_message *m, const uint8_t *tlvs, size_t n,
	struct qmux_frame *answer)
{
	int ret = session_open(cmd);

	if (ret)
		return -1 - ret;
	ret = qmux_client_call(&cmd->client, m->service, m->id, tlvs, n, answer);
	/* A client id that we were just given is not known any more. */
	if (ret == PROTOCOL_ERROR_INVALID_CLIENT_ID && m->service != QMUX_CTL && cmd->g.cid < 0)
		ret = -ESTALE;
	return ret < 0 ? -1 - session_failed(cmd, ret) : ret;
}

int session_call(struct command *cmd, const struct qmux_message *m, const uint8_t *tlvs, size_t n,
	struct qmux_frame *answer)
{
	int ret = session_try(cmd, m, tlvs, n, answer);

	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/* ---- an outcome that comes in an indication of the same name (LOC's do) ---- */

#define OUTCOME_MAX 4096	/* bytes of TLVs; lists of servers are the longest */

static struct {
	const struct qmux_message *m;	/* the one that is waited for */
	void (*others)(void *ctx, const struct qmux_frame *f);
	struct qmux_frame f;
	bool came;
	uint8_t tlvs[OUTCOME_MAX];
} awaited;

/* It may come before the answer, and what it is made of does not last. */
static void keep_outcome(const struct qmux_frame *f)
{
	awaited.f = *f;
	if (awaited.f.tlvs_len > OUTCOME_MAX)
		awaited.f.tlvs_len = OUTCOME_MAX;
	memcpy(awaited.tlvs, f->tlvs, awaited.f.tlvs_len);
	awaited.f.tlvs = awaited.tlvs;
	awaited.f.rest_len = 0;
	awaited.came = true;
}

static void on_indication(void *ctx, const struct qmux_frame *f)
{
	if (f->service == awaited.m->service && f->message == awaited.m->id)
		keep_outcome(f);
	else if (awaited.others)
		awaited.others(ctx, f);
}

static int judge(const struct command *cmd, const struct qmux_message *m)
{
	struct qmux_node status;
	char text[QMUX_NAME_MAX];
	uint16_t name;
	int exit;

	if (qmux_get(&awaited.f, m, "indication_status", &status))
		return say(cmd, EXIT_REFUSED, "the modem's answer has no result");
	if (!status.u)
		return EXIT_DONE;
	if (qmux_enum_name(status.names, (int64_t)status.u, &name))
		qmux_name(name, QMUX_VALUE_NAME, text);
	else
		qmux_format(text, sizeof text, "error %u", (unsigned)status.u);
	exit = !strcmp(text, "unsupported") ? EXIT_UNSUPPORTED :
		!strcmp(text, "timeout") ? EXIT_TIMEOUT : EXIT_REFUSED;
	return say(cmd, exit, "modem says %s", text);
}

int session_outcome(struct command *cmd, const struct qmux_message *m, const uint8_t *tlvs,
	size_t n, struct qmux_frame *answer)
{
	struct qmux_message told;
	struct qmux_frame f;
	int ret = session_open(cmd);

	if (ret)
		return -1 - ret;
	if (!qmux_message_outcome(m, &told))
		return session_try(cmd, m, tlvs, n, answer);
	awaited.m = m;
	awaited.came = false;
	awaited.others = cmd->client.indication;
	cmd->client.indication = on_indication;
	ret = session_try(cmd, m, tlvs, n, answer);
	while (!ret && !awaited.came) {
		ret = qmux_client_indication(&cmd->client, &f);
		if (ret)
			ret = -1 - session_failed(cmd, ret);
		else
			on_indication(cmd, &f);
	}
	cmd->client.indication = awaited.others;
	if (ret)
		return ret;
	*answer = awaited.f;
	ret = judge(cmd, &told);
	return ret ? -1 - ret : 0;
}
