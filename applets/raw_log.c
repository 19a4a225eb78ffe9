#include "applets/raw_log.h"

#include "applets/hex.h"
#include "qmux/format.h"

#include <errno.h>

#define SHOWN 12		/* bytes of a cut frame */

/* Behind the arrows that start a line of a frame, with or without the journal's words before. */
static const char *behind_arrows(const char *line)
{
	const char *p = qmux_find(line, "<<<<<<");

	if (!p)
		p = qmux_find(line, ">>>>>>");
	return p ? p + strspn(p, "<>") : NULL;
}

/* Talk of libqmi's programs: "[22 Nov 2026, …", or through syslog "Nov 22 … mmcli[123]: …". */
static bool is_talk(const char *line)
{
	return *line == '[' || qmux_find(line, "]: ");
}

/* The value of "  key   = value", or NULL. */
static const char *value_of(const char *p, const char *key)
{
	size_t n = strlen(key);

	p += strspn(p, " ");
	if (strncmp(p, key, n))
		return NULL;
	p += n + strspn(p + n, " ");
	return *p == '=' ? p + 1 : NULL;
}

/* The number that starts text, or 0. */
static unsigned number(const char *text)
{
	uint64_t v;

	text += strspn(text, " ");
	return qmux_parse_uint(text, strcspn(text, " )"), &v) ? (unsigned)v : 0;
}

/* QMUX head and SDU head. */
static size_t head_size(const uint8_t *p)
{
	uint16_t service = p[0] == QMUX_MARKER ? p[4] : qmux_get16(p + 3);

	return QMUX_HEAD + 1 + qmux_transaction_size(service) + 2 + 2;
}

/* Where all TLVs of a cut frame have come, it is whole: its lengths become what is there. */
static int finish(struct raw_log *log, struct qmux_buf *b)
{
	struct qmux_buf *f = &log->frame;
	size_t head;

	if (f->len + log->hidden < log->need)
		return -ENODATA;
	log->need = 0;
	head = head_size(f->p);
	qmux_put16(f->p + 1, (unsigned)f->len - 1);
	qmux_put16(f->p + head - 2, (unsigned)(f->len - head));
	qmux_add(b, f->p, f->len);
	return 0;
}

static int take_frame(struct raw_log *log, const char *data, struct qmux_buf *b)
{
	char head[4 * SHOWN];
	const char *dots = qmux_find(data, "...");
	size_t n = dots ? (size_t)(dots - data) : 0;
	int need;

	log->lost = log->need;
	log->need = 0;
	if (!dots)
		return hex_line(data, b);
	log->frame.len = 0;
	log->frame.full = false;
	if (n >= sizeof head)
		return -EINVAL;
	memcpy(head, data, n);
	head[n] = '\0';
	need = hex_line(head, &log->frame) ? 0 :
		qmux_frame_length(log->frame.p, log->frame.len);
	if (need < (int)QMUX_FRAME_MIN || log->frame.len != SHOWN)
		return -EINVAL;
	if (head_size(log->frame.p) > SHOWN)	/* the length's high byte */
		qmux_add_uint(&log->frame, 1, false, 0);
	log->need = (size_t)need;
	log->hidden = 0;
	log->type = 0;
	return finish(log, b);
}

static int take_tlv(struct raw_log *log, const char *value, struct qmux_buf *b)
{
	size_t mark = qmux_tlv_open(&log->frame, (uint8_t)log->type);

	hex_line(value, &log->frame);		/* "###..." adds nothing */
	if (!log->frame.full && log->frame.len - mark != log->length) {
		log->frame.len = mark - QMUX_TLV_HEAD;
		log->hidden += QMUX_TLV_HEAD + log->length;
		log->n_hidden++;
	} else {
		qmux_tlv_close(&log->frame, mark);
	}
	log->length = 0;
	return finish(log, b);
}

static int take_line(struct raw_log *log, const char *p, struct qmux_buf *b)
{
	const char *value;

	if ((value = value_of(p, "data")))
		return take_frame(log, value, b);
	if (!log->need)
		return -ENODATA;
	if ((value = value_of(p, "type")) && (value = strrchr(value, '('))) {
		log->type = number(value + 1);
		log->length = 0;
	} else if (log->type && (value = value_of(p, "length"))) {
		log->length = number(value) & UINT16_MAX;
	} else if (log->type && (value = value_of(p, "value"))) {
		return take_tlv(log, value, b);
	}
	return -ENODATA;
}

int raw_log_line(struct raw_log *log, const char *line, struct qmux_buf *b)
{
	const char *p = behind_arrows(line);

	if (!p && !is_talk(line))
		return -ENOENT;
	log->on = true;
	return p ? take_line(log, p, b) : -ENODATA;
}
