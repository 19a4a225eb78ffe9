/* wms_monitor.c - messages as they come in. */
#include "applets/wms.h"

#include "applets/monitor.h"
#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#define WAITING_MAX 64		/* told of while we were asking: about what a SIM has room for */
#define FIELD_TEXT 64

static const struct view_row event_rows[] = { ROW("event", NULL), ROW_END };

/* 3GPP TS 23.041: earthquakes and tsunamis. */
static const struct view_row alert_rows[] = {
	ROW("alert.type", "etws_message.notification_type"),
	ROW("alert.data", "etws_message.raw_data"),
	ROW("alert.mcc", "etws_plmn_information.mcc", .form = VIEW_MCC),
	ROW("alert.mnc", "etws_plmn_information.mnc", .form = VIEW_MNC),
	ROW_END
};

const struct query wms_monitor_queries[] = {
	QUERY(0, event_rows), QUERY(0, wms_place_rows), QUERY(0, wms_message_rows),
	QUERY(0, alert_rows),
	{ 0 }
};

/* What an event leaves to be asked, once nothing else is. */
static struct {
	struct todo {
		bool ack;		/* else a message that is to be read */
		uint32_t transaction;
		struct wms_place place;
	} list[WAITING_MAX];
	unsigned n;
	bool asking;
} waiting;

static void wait_with(const struct command *cmd, const struct todo *t)
{
	if (waiting.n < WAITING_MAX)
		waiting.list[waiting.n++] = *t;
	else
		note(cmd, "too many at once: one is left out");
}

static bool flushed(const struct command *cmd)
{
	return !sink_flush(cmd->sink);
}

/* ---- asking ---- */

/* Nobody acknowledges what the modem only hands on (wms routes), so that the network would
   send it again. */
static int acknowledge(struct command *cmd, const struct todo *t)
{
	struct qmux_message m = session_message(cmd->service, WMS_SEND_ACK);
	char transaction[FIELD_TEXT];
	struct qmux_frame answer;

	qmux_format(transaction, sizeof transaction, "information.transaction_id=%u",
		(unsigned)t->transaction);
	return session_ask(cmd, &m, SET(transaction, "information.message_protocol=wcdma",
		"information.success=true"), &answer);
}

static int delete(struct command *cmd, const struct wms_place *place)
{
	struct qmux_message m = session_message(cmd->service, WMS_DELETE);
	char storage[FIELD_TEXT], index[FIELD_TEXT];
	struct qmux_frame answer;

	qmux_format(storage, sizeof storage, "memory_storage=%u", place->storage);
	qmux_format(index, sizeof index, "memory_index=%u", (unsigned)place->index);
	return session_ask(cmd, &m, SET(storage, index, wms_mode(cmd)), &answer);
}

static int read_message(struct command *cmd, const struct wms_place *place)
{
	struct qmux_message m;
	struct qmux_frame answer;
	int ret = wms_get_stored(cmd, place, &m, &answer);

	if (ret)
		return ret;
	sink_begin(cmd->sink, NULL);
	sink_text(cmd->sink, "event", "message");
	wms_show_stored(cmd->sink, place, &answer, &m, false);
	sink_end(cmd->sink);
	/* Nothing is deleted that did not get out. */
	return flushed(cmd) && cmd->option[MONITOR_DELETE] ? delete(cmd, place) : 0;
}

/* All that waits.  An exit code, or MONITOR_ON. */
static int work(struct command *cmd)
{
	int ret = 0;

	if (waiting.asking)
		return MONITOR_ON;
	waiting.asking = true;
	while (waiting.n && ret >= 0) {
		struct todo t = waiting.list[0];

		memmove(waiting.list, waiting.list + 1, --waiting.n * sizeof t);
		ret = t.ack ? acknowledge(cmd, &t) : read_message(cmd, &t.place);
		if (ret > 0)
			say_refused(cmd, ret);
	}
	waiting.asking = false;
	return ret < 0 ? -1 - ret : sink_error(cmd->sink) ? EXIT_DONE : MONITOR_ON;
}

/* ---- events ---- */

static uint64_t number(const struct qmux_frame *f, const struct qmux_message *m, const char *path)
{
	struct qmux_node node;

	return qmux_get(f, m, path, &node) ? 0 : node.u;
}

static bool has(const struct qmux_frame *f, const struct qmux_message *m, const char *path)
{
	struct qmux_node node;

	return !qmux_get(f, m, path, &node);
}

static void show_event(struct command *cmd, const struct qmux_frame *f,
	const struct qmux_message *m)
{
	bool alert = has(f, m, "etws_message.notification_type");

	sink_begin(cmd->sink, NULL);
	sink_text(cmd->sink, "event", alert ? "alert" : "message");
	if (alert)
		show_view(cmd->sink, f, m, alert_rows);
	else
		wms_show_data(cmd->sink, f, m, "transfer_route_mt_message", false);
	sink_end(cmd->sink);
	sink_flush(cmd->sink);
}

static int told(struct command *cmd, const struct qmux_frame *f)
{
	const char *index = "mt_message.memory_index";
	const char *ack = "transfer_route_mt_message.ack_indicator";
	struct qmux_message m;

	if (f->service != cmd->service || f->message != WMS_IND_EVENT_REPORT ||
	    !qmux_message_by_id(f->service, f->message, true, 0, &m))
		return MONITOR_ON;
	if (has(f, &m, index))
		wait_with(cmd, &(struct todo){ .place = { (uint8_t)number(f, &m,
			"mt_message.storage_type"), (uint32_t)number(f, &m, index) } });
	if (has(f, &m, ack) || has(f, &m, "etws_message.notification_type"))
		show_event(cmd, f, &m);
	if (has(f, &m, ack) && number(f, &m, ack) == WMS_ACK_INDICATOR_SEND)
		wait_with(cmd, &(struct todo){ .ack = true, .transaction = (uint32_t)number(f, &m,
			"transfer_route_mt_message.transaction_id") });
	return work(cmd);
}

static int tell_us(struct command *cmd, bool on)
{
	return session_set(cmd, WMS_SET_EVENT_REPORT, on ?
		SET("new_mt_message_indicator.report=true") :
		SET("new_mt_message_indicator.report=false"));
}

/* What comes before the answer is dealt with once that is there. */
static int begin(struct command *cmd)
{
	int ret;

	waiting.n = 0;
	waiting.asking = true;
	ret = tell_us(cmd, true);
	waiting.asking = false;
	if (!ret) {
		ret = work(cmd);
		ret = ret == MONITOR_ON ? EXIT_DONE : ret;
	}
	return ret;
}

/* A client id that stays with somebody (--cid, --keep-cid) keeps no registration of ours. */
static void end(struct command *cmd)
{
	waiting.asking = true;
	if (cmd->g.cid >= 0 || cmd->g.keep_cid)
		tell_us(cmd, false);
}

int wms_monitor(struct command *cmd)
{
	const char *mode = cmd->option[WMS_MODE];
	int64_t v;

	/* It is of use only once a message has come. */
	if (mode && !qmux_enum_value(QMUX_ENUM_WMS_MESSAGE_MODE, mode, strlen(mode), &v))
		return say(cmd, EXIT_USAGE, "--mode: no value '%s'; there are gsm-wcdma and cdma",
			mode);
	return monitor_run(cmd, &(struct monitor){ .begin = begin, .told = told, .end = end,
		.endless = true, .reconnect = cmd->option[MONITOR_RECONNECT] });
}
