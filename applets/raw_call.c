/* raw_call.c - any request by name or number, and its answer. */
#include "applets/raw.h"

#include "applets/session.h"
#include "applets/show.h"

#include <stdlib.h>
#include <string.h>

/* -f takes the path with and without the "fields." of the JSON. */
static void flatten_fields(struct command *cmd)
{
	for (size_t i = 0; i < cmd->g.n_fields; i++)
		if (!strncmp(cmd->g.fields[i], "fields.", 7))
			cmd->g.fields[i] += 7;
}

int raw_call(struct command *cmd)
{
	struct show_options o = { .flat = cmd->g.face == SINK_FIELD };
	struct qmux_message m;
	struct qmux_frame answer;
	struct qmux_buf b;
	uint8_t *tlvs;
	int ret = raw_vendor(cmd, true);

	if (!ret)
		ret = raw_find_message(cmd, false, &m);
	if (ret)
		return ret;
	tlvs = malloc(QMUX_FRAME_MAX);
	if (!tlvs)
		return say(cmd, EXIT_DEVICE, "out of memory");
	b = qmux_buf(tlvs, QMUX_FRAME_MAX - QMUX_FRAME_MIN - 1);
	flatten_fields(cmd);
	cmd->service = m.service;
	ret = raw_tlvs(cmd, &m, true, &b);
	if (ret)
		goto out;
	ret = session_try(cmd, &m, tlvs, b.len, &answer);
	if (ret < 0) {
		ret = -1 - ret;
		goto out;
	}
	/* A refusal may carry more than the error: the answer is shown all the same. */
	if (answer.tlvs)
		show_frame(cmd->sink, &answer, raw_is_known(&m) ? &m : NULL, &o);
	if (ret)
		ret = say_refused(cmd, ret);
out:
	free(tlvs);
	return ret;
}
