/* nas_signal.c - signal strength, by the message that modems of today have and by the older one. */
#include "applets/nas.h"

#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>

/*
 * Bars from 0 to 5, each 10 dB: RSRP and RSCP from -125 dBm to -85; RSSI, which counts all
 * of the band, from -110 to -70.  No standard says what a bar is: these steps are ours.
 */
static void show_bars(struct sink *s, const char *key, int64_t dbm, int64_t least)
{
	int64_t bars = dbm < least ? 0 : (dbm - least) / 10 + 1;

	sink_int(s, key, bars > 5 ? 5 : bars, "of 5");
}

static void rsrp_bars(struct sink *s, const char *key, const struct view_value *v)
{
	show_bars(s, key, v->node->i, -125);
}

static void rssi_bars(struct sink *s, const char *key, const struct view_value *v)
{
	show_bars(s, key, v->node->i, -110);
}

/* 0 to 8; the enum's names are digits, and so would be text. */
static void show_level(struct sink *s, const char *key, const struct view_value *v)
{
	sink_uint(s, key, v->node->u, NULL);
}

const struct view_row nas_signal_view[] = {
	ROW("cdma.rssi", "cdma_signal_strength.rssi", .unit = "dBm"),
	ROW("cdma.ecio", "cdma_signal_strength.ecio", .unit = "dB", .form = VIEW_MINUS_HALVES),
	ROW("cdma.bars", "cdma_signal_strength.rssi", .show = rssi_bars),
	ROW("evdo.rssi", "hdr_signal_strength.rssi", .unit = "dBm"),
	ROW("evdo.ecio", "hdr_signal_strength.ecio", .unit = "dB", .form = VIEW_MINUS_HALVES),
	ROW("evdo.sinr_level", "hdr_signal_strength.sinr", .show = show_level),
	ROW("evdo.io", "hdr_signal_strength.io", .unit = "dBm"),
	ROW("evdo.bars", "hdr_signal_strength.rssi", .show = rssi_bars),
	ROW("gsm.rssi", "gsm_signal_strength", .unit = "dBm"),
	ROW("gsm.bars", "gsm_signal_strength", .show = rssi_bars),
	ROW("umts.rssi", "wcdma_signal_strength.rssi", .unit = "dBm"),
	ROW("umts.ecio", "wcdma_signal_strength.ecio", .unit = "dB", .form = VIEW_MINUS_HALVES),
	ROW("umts.rscp", "wcdma_rscp", .unit = "dBm"),
	ROW("umts.bars", "wcdma_rscp", .show = rsrp_bars),
	ROW("umts.bars", "wcdma_signal_strength.rssi", .show = rssi_bars),
	ROW("td_scdma.rscp", "tdma_signal_strength", .unit = "dBm"),
	ROW("td_scdma.bars", "tdma_signal_strength", .show = rsrp_bars),
	ROW("lte.rssi", "lte_signal_strength.rssi", .unit = "dBm"),
	ROW("lte.rsrq", "lte_signal_strength.rsrq", .unit = "dB"),
	ROW("lte.rsrp", "lte_signal_strength.rsrp", .unit = "dBm"),
	ROW("lte.snr", "lte_signal_strength.snr", .unit = "dB", .form = VIEW_TENTHS),
	ROW("lte.bars", "lte_signal_strength.rsrp", .show = rsrp_bars),
	ROW("nr5g.rsrp", "5g_signal_strength.rsrp", .unit = "dBm", .absent = NOT_AVAILABLE),
	ROW("nr5g.rsrq", "5g_signal_strength_extended", .unit = "dB", .absent = NOT_AVAILABLE),
	ROW("nr5g.snr", "5g_signal_strength.snr", .unit = "dB", .form = VIEW_TENTHS,
		.absent = NOT_AVAILABLE),
	ROW("nr5g.bars", "5g_signal_strength.rsrp", .absent = NOT_AVAILABLE, .show = rsrp_bars),
	ROW_END
};

/* ---- the older message: one list a quantity, each item with its radio ---- */

static const struct {
	int8_t radio;		/* enum nas_radio_interface */
	const char *key;
} radios[] = {
	{ 1, "cdma" }, { 2, "evdo" }, { 4, "gsm" }, { 5, "umts" }, { 9, "td_scdma" }, { 8, "lte" },
	{ 12, "nr5g" },
};

enum { RADIO_EVDO = 2, RADIO_LTE = 8 };

struct strength {
	const struct qmux_frame *f;
	const struct qmux_message *m;
	int radio;
};

static bool number_at(const struct strength *st, const char *path, int64_t *v)
{
	struct qmux_node node;

	if (qmux_get(st->f, st->m, path, &node))
		return false;
	*v = node.kind == QMUX_INT ? node.i : (int64_t)node.u;
	return true;
}

/* path.field, where path.radio_interface is the radio. */
static bool of_radio(const struct strength *st, const char *path, const char *field, int64_t *v)
{
	char text[QMUX_NAME_MAX];
	int64_t radio;

	qmux_format(text, sizeof text, "%s.radio_interface", path);
	if (!number_at(st, text, &radio) || radio != st->radio)
		return false;
	qmux_format(text, sizeof text, "%s.%s", path, field);
	return number_at(st, text, v);
}

static bool in_list(const struct strength *st, const char *list, const char *field, int64_t *v)
{
	char item[QMUX_NAME_MAX];
	struct qmux_node node;

	for (unsigned i = 0;; i++) {
		qmux_format(item, sizeof item, "%s[%u]", list, i);
		if (qmux_get(st->f, st->m, item, &node) != -EISDIR)
			return false;
		if (of_radio(st, item, field, v))
			return true;
	}
}

static void show_radio(struct sink *s, const struct strength *st, const char *key)
{
	int64_t rssi = 0, v;
	bool any = in_list(st, "rssi_list", "rssi", &rssi);

	rssi = -rssi;
	if (!any)
		any = of_radio(st, "signal_strength", "strength", &rssi) ||
			in_list(st, "strength_list", "strength", &rssi);
	if (!any)
		return;
	sink_begin(s, key);
	sink_int(s, "rssi", rssi, "dBm");
	if (in_list(st, "ecio_list", "ecio", &v))
		sink_tenths(s, "ecio", v * -5, "dB");
	if (st->radio == RADIO_EVDO && number_at(st, "io", &v))
		sink_int(s, "io", v, "dBm");
	if (of_radio(st, "rsrq", "rsrq", &v))
		sink_int(s, "rsrq", v, "dB");
	if (st->radio == RADIO_LTE && number_at(st, "lte_snr", &v))
		sink_tenths(s, "snr", v, "dB");
	if (st->radio == RADIO_LTE && number_at(st, "lte_rsrp", &v)) {
		sink_int(s, "rsrp", v, "dBm");
		show_bars(s, "bars", v, -125);
	} else {
		show_bars(s, "bars", rssi, -110);
	}
	sink_end(s);
}

static void show_strength(struct sink *s, const struct qmux_frame *f, const struct qmux_message *m)
{
	struct strength st = { .f = f, .m = m };

	for (size_t i = 0; i < sizeof radios / sizeof *radios; i++) {
		st.radio = radios[i].radio;
		show_radio(s, &st, radios[i].key);
	}
}

const struct query nas_signal_queries[] = {
	QUERY(NAS_GET_SIGNAL_INFO, nas_signal_view),
	QUERY(NAS_GET_SIGNAL_STRENGTH, nas_signal_view, .ask = SET("request_mask=0xff"),
		.instead = true, .show = show_strength),
	{ 0 }
};
