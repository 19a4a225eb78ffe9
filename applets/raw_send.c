/* raw_send.c - frames from fields, and bytes sent as they are. */
#include "applets/raw.h"

#include "applets/hex.h"
#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- encode ---- */

static int number_option(const struct command *cmd, int row, unsigned most, unsigned *v)
{
	const char *text = cmd->option[row];
	uint64_t n;

	if (!text)
		return EXIT_DONE;
	if (!qmux_parse_uint(text, strlen(text), &n) || n > most)
		return say(cmd, EXIT_USAGE, "--%s takes a number from 0 to %u, not '%s'",
			cmd->verb->options[row].name, most, text);
	*v = (unsigned)n;
	return EXIT_DONE;
}

static int encode_head(struct command *cmd, struct qmux_frame *f, struct qmux_message *m)
{
	bool indication = cmd->option[RAW_INDICATION];
	unsigned client = 1, transaction = 1;
	int ret = raw_vendor(cmd, false);

	if (!ret)
		ret = raw_find_message(cmd, indication, m);
	if (!ret && indication && cmd->option[RAW_RESPONSE])
		ret = say(cmd, EXIT_USAGE, "--response or --indication, not both");
	if (!ret)
		ret = number_option(cmd, RAW_CLIENT, UINT8_MAX, &client);
	if (!ret)
		ret = number_option(cmd, RAW_TRANSACTION, m->service ? UINT16_MAX : UINT8_MAX,
			&transaction);
	if (ret)
		return ret;
	*f = (struct qmux_frame){
		.marker = m->service > UINT8_MAX ? QMUX_MARKER_EXT : QMUX_MARKER,
		.service = m->service, .message = m->id,
		.client = m->service ? (uint8_t)client : 0, .transaction = (uint16_t)transaction,
		.kind = indication ? QMUX_INDICATION :
			cmd->option[RAW_RESPONSE] ? QMUX_RESPONSE : QMUX_REQUEST,
	};
	return EXIT_DONE;
}

int raw_encode(struct command *cmd)
{
	uint8_t *memory = malloc(QMUX_FRAME_MAX);
	struct qmux_buf b = qmux_buf(memory, QMUX_FRAME_MAX);
	struct qmux_message m;
	struct qmux_frame f;
	int ret;

	if (!memory)
		return say(cmd, EXIT_DEVICE, "out of memory");
	ret = encode_head(cmd, &f, &m);
	if (ret)
		goto out;
	qmux_frame_begin(&b, &f);
	if (f.kind == QMUX_RESPONSE)
		qmux_add_result(&b, 0);
	ret = raw_tlvs(cmd, &m, f.kind == QMUX_REQUEST, &b);
	if (ret)
		goto out;
	sink_begin(cmd->sink, NULL);
	sink_hex(cmd->sink, "frame", b.p, (size_t)qmux_frame_end(&b));
	sink_end(cmd->sink);
out:
	free(memory);
	return ret;
}

/* ---- send ---- */

/* The bytes that were given: a whole frame, or an SDU for the service of -S. */
static int frame_of_args(struct command *cmd, struct qmux_buf *b, struct qmux_frame *f)
{
	struct qmux_service s;
	int ret;

	if (cmd->option[RAW_SERVICE]) {
		ret = raw_find_service(cmd, cmd->option[RAW_SERVICE], &s);
		if (ret)
			return ret;
		if (s.id > UINT8_MAX)
			return say(cmd, EXIT_USAGE, "service 0x%04x needs a whole frame", s.id);
		qmux_add_uint(b, 1, false, QMUX_MARKER);
		qmux_add_uint(b, 3, false, 0);
		qmux_add_uint(b, 1, false, s.id);
		qmux_add_uint(b, 1, false, 0);
	}
	for (int i = 0; i < cmd->n_args; i++)
		if (hex_line(cmd->args[i], b) == -EINVAL)
			return say(cmd, EXIT_USAGE, "'%s' is not hex", cmd->args[i]);
	if (b->full)
		return say(cmd, EXIT_USAGE, "longer than a frame can be");
	if (cmd->option[RAW_SERVICE])
		qmux_put16(b->p + 1, (unsigned)b->len - 1);
	if (qmux_frame_parse(f, b->p, b->len))
		return say(cmd, EXIT_USAGE, cmd->option[RAW_SERVICE] ? "no SDU: it is too short" :
			"no whole frame; for an SDU alone name its service with -S");
	return EXIT_DONE;
}

/* A client id of 0 stands for one that is allocated for this. */
static int fill_client(struct command *cmd, struct qmux_buf *b, struct qmux_frame *f)
{
	int ret;

	if (f->service == QMUX_CTL || f->client)
		return EXIT_DONE;
	ret = qmux_client_id(&cmd->client, f->service, &f->client);
	if (ret)
		return ret < 0 ? session_failed(cmd, ret) : say_refused(cmd, ret);
	b->p[QMUX_HEAD - 1] = f->client;
	return EXIT_DONE;
}

static int send_and_wait(struct command *cmd, const struct qmux_buf *b, const struct qmux_frame *f)
{
	struct show_options o = { .vendor = cmd->vendor };
	struct qmux_frame answer;
	int ret = qmux_client_send(&cmd->client, b->p, b->len);

	while (!ret && f->kind == QMUX_REQUEST) {
		ret = qmux_client_receive(&cmd->client, &answer);
		if (ret || !qmux_is_answer(&answer, f))
			continue;
		show_frame(cmd->sink, &answer, NULL, &o);
		ret = qmux_frame_result(&answer);
		return ret > 0 ? say_refused(cmd, ret) : EXIT_DONE;
	}
	return ret ? session_failed(cmd, ret) : EXIT_DONE;
}

int raw_send(struct command *cmd)
{
	uint8_t *memory = malloc(QMUX_FRAME_MAX);
	struct qmux_buf b = qmux_buf(memory, QMUX_FRAME_MAX);
	struct qmux_frame f;
	int ret;

	if (!memory)
		return say(cmd, EXIT_DEVICE, "out of memory");
	ret = raw_vendor(cmd, true);
	if (!ret)
		ret = frame_of_args(cmd, &b, &f);
	if (!ret) {
		cmd->service = f.service;
		ret = session_open(cmd);
	}
	if (!ret)
		ret = fill_client(cmd, &b, &f);
	if (!ret)
		ret = send_and_wait(cmd, &b, &f);
	free(memory);
	return ret;
}
