/* wms_send.c - a text, in as many messages as it takes. */
#include "applets/wms.h"

#include "applets/pdu.h"
#include "applets/session.h"
#include "qmux/encode.h"
#include "qmux/format.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FLASH 0			/* the class of what is shown at once and not stored */
#define CLASS_MAX 3
#define TLVS_MAX (PDU_MAX + 8)

static const struct view_row send_rows[] = {
	ROW("parts", NULL), ROW("coding", NULL), ROW("message_ids", NULL),
	ROW_END
};

const struct query wms_send_queries[] = {
	QUERY(0, send_rows),
	{ 0 }
};

/* ---- why it failed ---- */

/* The cause in words, or its number; nothing where the modem does not tell. */
static void add_cause(char *text, size_t n, const struct qmux_frame *answer,
	const struct qmux_message *m, const char *path, const char *what)
{
	size_t used = strlen(text);
	struct qmux_node node;
	char name[QMUX_NAME_MAX] = "unknown";
	uint16_t handle;

	if (qmux_get(answer, m, path, &node))
		return;
	if (qmux_enum_name(node.names, (int64_t)node.u, &handle))
		qmux_name(handle, QMUX_VALUE_NAME, name);
	qmux_format(text + used, n - used, "; %s cause %s (%u)", what, name, (unsigned)node.u);
}

static int failed(const struct command *cmd, int error, const struct qmux_frame *answer,
	const struct qmux_message *m, const struct pdu_submit *s, unsigned part)
{
	char text[256] = "";

	add_cause(text, sizeof text, answer, m, "gsm_wcdma_cause_info.rp_cause", "RP");
	add_cause(text, sizeof text, answer, m, "gsm_wcdma_cause_info.tp_cause", "TP");
	add_cause(text, sizeof text, answer, m, "cdma_cause_code", "CDMA");
	if (s->parts > 1) {
		size_t used = strlen(text);

		qmux_format(text + used, sizeof text - used, "; part %u of %u", part, s->parts);
	}
	return say_refused_more(cmd, error, text);
}

/* ---- sending ---- */

/* The request; fields of bytes are taken as they are. */
static int send_part(struct command *cmd, const struct qmux_message *m, const struct qmux_buf *pdu,
	struct qmux_frame *answer)
{
	struct qmux_assign assign[] = {
		{ .path = "raw_message_data.format", .value = "gsm-wcdma-point-to-point" },
		{ .path = "raw_message_data.raw_data", .value = "", .content = pdu->p,
			.content_len = pdu->len },
	};
	struct qmux_complaint complaint;
	uint8_t tlvs[TLVS_MAX];
	struct qmux_buf b = qmux_buf(tlvs, sizeof tlvs);

	for (size_t i = 0; i < sizeof assign / sizeof *assign; i++)
		assign[i].path_len = strlen(assign[i].path);
	if (qmux_encode(&b, m, true, assign, sizeof assign / sizeof *assign, &complaint))
		return -1 - say(cmd, EXIT_USAGE, "%s", complaint.text);
	return session_try(cmd, m, tlvs, b.len, answer);
}

static int send_all(struct command *cmd, const struct pdu_submit *s, const char *text)
{
	struct qmux_message m = session_message(cmd->service, WMS_RAW_SEND);

	sink_begin(cmd->sink, NULL);
	sink_uint(cmd->sink, "parts", s->parts, NULL);
	sink_text(cmd->sink, "coding", s->coding == PDU_UCS2 ? "ucs2" : "gsm7");
	sink_list(cmd->sink, "message_ids");
	for (unsigned part = 1; part <= s->parts; part++) {
		uint8_t room[PDU_MAX];
		struct qmux_buf pdu = qmux_buf(room, sizeof room);
		struct qmux_frame answer;
		struct qmux_node id;
		int ret;

		text = pdu_submit(&pdu, s, part, text);
		ret = send_part(cmd, &m, &pdu, &answer);
		if (ret)
			return ret < 0 ? -1 - ret : failed(cmd, ret, &answer, &m, s, part);
		if (!qmux_get(&answer, &m, "message_id", &id))
			sink_uint(cmd->sink, NULL, id.u, NULL);
	}
	sink_end(cmd->sink);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

static int take_class(const struct command *cmd, int *message_class)
{
	const char *text = cmd->option[SEND_CLASS];
	uint64_t v = FLASH;

	*message_class = -1;
	if (!text && !cmd->option[SEND_FLASH])
		return EXIT_DONE;
	if (text && (!qmux_parse_uint(text, strlen(text), &v) || v > CLASS_MAX))
		return say(cmd, EXIT_USAGE, "'%s' is no class; there are 0 to %u", text, CLASS_MAX);
	if (text && cmd->option[SEND_FLASH] && v != FLASH)
		return say(cmd, EXIT_USAGE, "--flash is class %u", FLASH);
	*message_class = (int)v;
	return EXIT_DONE;
}

int wms_send(struct command *cmd)
{
	struct pdu_submit s = {
		.smsc = cmd->option[SEND_SMSC], .number = cmd->args[0],
		.report = cmd->option[SEND_REPORT],
		/* Parts of different texts to one number must not be taken for one. */
		.reference = (uint8_t)(qmux_now() ^ getpid()),
	};
	int ret = take_class(cmd, &s.message_class);

	if (ret)
		return ret;
	if (!pdu_is_number(s.number))
		return say(cmd, EXIT_USAGE, "'%s' is no number: digits, * and #, perhaps a + "
			"before them", s.number);
	if (s.smsc && !pdu_is_number(s.smsc))
		return say(cmd, EXIT_USAGE, "--smsc: '%s' is no number", s.smsc);
	ret = pdu_count(&s, cmd->args[1]);
	if (ret == -EILSEQ)
		return say(cmd, EXIT_USAGE, "the text is not UTF-8");
	if (ret)
		return say(cmd, EXIT_USAGE, "the text is too long: %u messages at most",
			PDU_PARTS_MAX);
	return send_all(cmd, &s, cmd->args[1]);
}
