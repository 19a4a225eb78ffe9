/* uim_apdu.c - logical channels and APDUs; what a command opens it closes, whatever happens. */
#include "applets/uim.h"

#include "applets/session.h"
#include "qmux/format.h"

#include <errno.h>
#include <unistd.h>

#define CHANNELS_MAX 19		/* ETSI TS 102 221, 10.1.1 */
#define APDU_MAX 512		/* bytes; an extended one is not to be had over QMI */
#define TEXT_MAX 128

static struct qmux_message message(uint16_t id)
{
	return session_message(QMUX_SERVICE_UIM, id);
}

/* ---- channels ---- */

/*
 * 0 and *channel, or an exit code.  *answer then has the response to the selection.  aid: hex.
 */
static int open_channel(struct command *cmd, unsigned slot, const char *aid,
	struct qmux_frame *answer, unsigned *channel)
{
	struct qmux_message m = message(UIM_OPEN_LOGICAL_CHANNEL);
	char slot_field[TEXT_MAX], aid_field[TEXT_MAX];
	struct qmux_node node;
	int ret;

	qmux_format(slot_field, TEXT_MAX, "slot=%u", slot);
	qmux_format(aid_field, TEXT_MAX, "aid=%s", aid);
	uim_guard_opening();
	ret = session_ask(cmd, &m, SET(slot_field, aid_field), answer);
	if (!ret && !qmux_get(answer, &m, "channel_id", &node)) {
		*channel = (unsigned)node.u;
		uim_guard_opened(*channel);
		return EXIT_DONE;
	}
	if (ret >= 0 || ret == -1 - EXIT_USAGE)
		uim_guard_opened(0);
	if (ret < 0)
		return -1 - ret;
	return ret ? uim_say_refused(cmd, ret, uim_card_result(answer, &m)) :
		say(cmd, EXIT_REFUSED, "the modem names no channel");
}

int uim_channel_open(struct command *cmd)
{
	struct qmux_message m = message(UIM_OPEN_LOGICAL_CHANNEL);
	struct qmux_frame answer;
	struct qmux_node node;
	unsigned slot, channel;
	int ret = uim_slot(cmd, cmd->option[UIM_SLOT], &slot);

	if (!ret)
		ret = uim_guard_begin(cmd, slot);
	if (!ret)
		ret = open_channel(cmd, slot, cmd->args[0], &answer, &channel);
	if (!ret) {
		sink_begin(cmd->sink, NULL);
		sink_uint(cmd->sink, "channel", channel, NULL);
		if (!qmux_get(&answer, &m, "select_response", &node) && node.len)
			sink_hex(cmd->sink, "response", node.data, node.len);
		sink_end(cmd->sink);
		/* One whose number nobody learns is of no use; cli.c tells of the failure. */
		if (sink_flush(cmd->sink))
			uim_close_channel(cmd, slot, channel);
	}
	uim_guard_end(cmd);
	return ret;
}

/* "all" is for those that a program has left open: refusals mean that there was none. */
int uim_channel_close(struct command *cmd)
{
	bool all = !strcmp(cmd->args[0], "all");
	uint64_t channel = 1;
	unsigned slot;
	int ret = uim_slot(cmd, cmd->option[UIM_SLOT], &slot);

	if (ret)
		return ret;
	if (!all && (!qmux_parse_uint(cmd->args[0], strlen(cmd->args[0]), &channel) || channel < 1 ||
			channel > CHANNELS_MAX))
		return say(cmd, EXIT_USAGE, "'%s' is not a channel, 1 to %d, or all", cmd->args[0],
			CHANNELS_MAX);
	do
		ret = uim_close_channel(cmd, slot, (unsigned)channel);
	while (all && ret >= 0 && ++channel <= CHANNELS_MAX);
	return ret < 0 ? -1 - ret : ret && !all ? say_refused(cmd, ret) : EXIT_DONE;
}

/* ---- APDUs ---- */

enum { APDU_CHANNEL = UIM_SLOT + 1, APDU_AID, APDU_LPAC };

const struct option_row uim_apdu_options[] = {
	UIM_SLOT_OPTION,
	{ 'c', "channel", "N", "on this channel, which is open and stays so", NULL },
	{ 0, "aid", "AID", "on a channel opened to this application, and closed afterwards", NULL },
	{ 0, "lpac", NULL, "answer lpac's requests (LPAC_APDU=stdio) on stdin and stdout", NULL },
	{ .name = NULL }
};

/* A card as one command uses it. */
struct card {
	struct command *cmd;
	unsigned slot, channel;
	bool ours;		/* the channel is to be closed */
	struct sink *lpac;	/* its JSON, whatever the form of other results */
};

static void put_away(struct card *card)
{
	bool quiet = card->cmd->g.quiet;

	if (!card->ours)
		return;
	card->ours = false;
	qmux_client_hurry(&card->cmd->client);
	card->cmd->g.quiet = true;	/* what went wrong has been said */
	uim_close_channel(card->cmd, card->slot, card->channel);
	uim_guard_opened(0);
	card->cmd->g.quiet = quiet;
}

/* The class byte says which channel, too: ETSI TS 102 221, 10.1.1. */
static unsigned class_for(unsigned class, unsigned channel)
{
	if (class & 0x80 ? (class & 0x70) == 0x70 : class & 0x10)
		return class;
	if (channel < 4)
		return (class & ~0x43u) | channel;
	return (class & 0xb0) | 0x40 | (channel - 4);
}

/* 0, the positive QMI error, or -1 - exit code.  hex: well-formed.  node: the card's answer. */
static int transmit(struct card *card, const char *hex, struct qmux_frame *answer,
	struct qmux_node *node)
{
	struct qmux_message m = message(UIM_SEND_APDU);
	char slot[TEXT_MAX], channel[TEXT_MAX], apdu[2 * APDU_MAX + 8];
	uint64_t class = 0;
	int ret;

	qmux_format(apdu, sizeof apdu, "0x%.2s", hex);
	qmux_parse_uint(apdu, strlen(apdu), &class);
	qmux_format(apdu, sizeof apdu, "apdu=%02x%s", class_for((unsigned)class, card->channel),
		hex + 2);
	qmux_format(slot, TEXT_MAX, "slot=%u", card->slot);
	qmux_format(channel, TEXT_MAX, "channel_id=%u", card->channel);
	ret = session_ask(card->cmd, &m, SET(slot, apdu, card->channel ? channel : NULL), answer);
	if (!ret && (qmux_get(answer, &m, "apdu_response", node) || node->len < 2))
		ret = -1 - say(card->cmd, EXIT_REFUSED, "the modem's answer has none of the card's");
	return ret;
}

static bool is_apdu(const char *hex)
{
	size_t n = strspn(hex, "0123456789abcdefABCDEF");

	return !hex[n] && n % 2 == 0 && n >= 8 && n <= 2 * APDU_MAX;
}

/* What the card calls a success: ETSI TS 102 221, 10.2.1.1. */
static bool is_fine(unsigned sw)
{
	return sw == 0x9000 || sw >> 8 == 0x91 || sw >> 8 == 0x92 || sw >> 8 == 0x61;
}

/* Each answer is a result; the first that is a failure ends the sequence. */
static int send_all(struct card *card)
{
	struct command *cmd = card->cmd;
	struct qmux_frame answer;
	struct qmux_node node;
	char word[64];
	int ret;

	for (int i = 0; i < cmd->n_args; i++) {
		unsigned sw;

		ret = transmit(card, cmd->args[i], &answer, &node);
		if (ret)
			return ret < 0 ? -1 - ret : say_refused(cmd, ret);
		node.len -= 2;
		sw = (unsigned)(node.data[node.len] << 8 | node.data[node.len + 1]);
		sink_begin(cmd->sink, NULL);
		if (node.len)
			sink_hex(cmd->sink, "data", node.data, node.len);
		sink_hex(cmd->sink, "sw", node.data + node.len, 2);
		sink_end(cmd->sink);
		uim_status_word(word, sw);
		if (!is_fine(sw))
			return say(cmd, uim_status_exit(sw), "the card says %s", word);
	}
	return EXIT_DONE;
}

/* ---- lpac: a JSON object a line, one request, one answer ---- */

#define LINE_MAX_BYTES (2 * APDU_MAX + 256)

/* The text of a member, up to its end; "" for null.  NULL: there is no such member. */
static char *member(char *line, const char *name)
{
	char *p = qmux_find(line, name), *end;

	if (!p)
		return NULL;
	p += strlen(name);
	p += strspn(p, " \t:");
	if (*p != '"')
		return p[0] == 'n' ? p + strlen(p) : NULL;
	end = strchr(++p, '"');
	if (!end)
		return NULL;
	*end = '\0';
	return p;
}

static void answer_lpac(struct sink *s, int code, const struct qmux_node *data)
{
	sink_begin(s, NULL);
	sink_text(s, "type", "apdu");
	sink_begin(s, "payload");
	sink_int(s, "ecode", code, NULL);
	if (data)
		sink_hex(s, "data", data->data, data->len);
	sink_end(s);
	sink_end(s);
	sink_flush(s);
}

/* Returns an exit code: only what ends the conversation; a refusal is an answer. */
static int do_lpac(struct card *card, const char *func, const char *param)
{
	struct qmux_frame answer;
	struct qmux_node node;
	int ret;

	if (!strcmp(func, "transmit")) {
		ret = is_apdu(param) ? transmit(card, param, &answer, &node) : 1;
		answer_lpac(card->lpac, ret ? -1 : 0, ret ? NULL : &node);
		return ret < 0 ? -1 - ret : EXIT_DONE;
	}
	if (!strcmp(func, "logic_channel_open")) {
		put_away(card);
		ret = open_channel(card->cmd, card->slot, param, &answer, &card->channel);
		card->ours = !ret;
		answer_lpac(card->lpac, ret ? -1 : (int)card->channel, NULL);
		return ret == EXIT_REFUSED || ret == EXIT_SIM ? EXIT_DONE : ret;
	}
	if (!strcmp(func, "logic_channel_close") || !strcmp(func, "disconnect")) {
		put_away(card);
		card->channel = 0;
	}
	answer_lpac(card->lpac, 0, NULL);
	return EXIT_DONE;
}

static int lpac(struct card *card)
{
	char line[LINE_MAX_BYTES];
	int ret = EXIT_DONE, n = 0;

	card->lpac = sink_new(SINK_JSON, NULL, 0, STDOUT_FILENO);
	if (!card->lpac)
		return say(card->cmd, EXIT_DEVICE, "out of memory");
	while (!ret && (n = session_line(card->cmd, STDIN_FILENO, line, sizeof line)) > 0) {
		char *param = member(line, "\"param\""), *func;

		/* member() ends the text that it finds, and func stands before param. */
		if (param && param < qmux_find(line, "\"func\""))
			param = NULL;
		func = member(line, "\"func\"");
		if (func)
			ret = do_lpac(card, func, param ? param : "");
	}
	sink_free(card->lpac);
	return ret ? ret : n == -ETIMEDOUT ? say(card->cmd, EXIT_TIMEOUT, "lpac asks nothing more") :
		n < 0 ? session_failed(card->cmd, n) : EXIT_DONE;
}

int uim_apdu(struct command *cmd)
{
	const char *channel = cmd->option[APDU_CHANNEL], *aid = cmd->option[APDU_AID];
	struct card card = { .cmd = cmd };
	struct qmux_frame answer;
	uint64_t n = 0;
	int ret = uim_slot(cmd, cmd->option[UIM_SLOT], &card.slot);

	if (ret)
		return ret;
	if (channel && (!qmux_parse_uint(channel, strlen(channel), &n) || n > CHANNELS_MAX))
		return say(cmd, EXIT_USAGE, "--channel: '%s' is not a channel, 0 to %d", channel,
			CHANNELS_MAX);
	for (int i = 0; i < cmd->n_args; i++)
		if (!is_apdu(cmd->args[i]))
			return say(cmd, EXIT_USAGE, "'%s' is not an APDU in hex", cmd->args[i]);
	if (!cmd->n_args && !cmd->option[APDU_LPAC])
		return say(cmd, EXIT_USAGE, "missing HEX");
	card.channel = (unsigned)n;
	if (aid || cmd->option[APDU_LPAC])
		ret = uim_guard_begin(cmd, card.slot);
	if (!ret && aid) {
		ret = open_channel(cmd, card.slot, aid, &answer, &card.channel);
		card.ours = !ret;
	}
	if (!ret)
		ret = cmd->option[APDU_LPAC] ? lpac(&card) : send_all(&card);
	put_away(&card);
	uim_guard_end(cmd);
	return ret;
}
