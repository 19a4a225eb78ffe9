/* nas_cells.c - the cells that the modem hears. */
#include "applets/nas.h"

#include "qmux/form.h"
#include "qmux/format.h"

#include <string.h>

#define NO_CHANNEL 0xffff
#define NO_ADVANCE 0xffffffff
#define NO_LEVEL 0xffff

/* ---- channel numbers ---- */

struct channels {
	uint16_t band;
	uint16_t low;		/* of its downlink, in 100 kHz */
	uint16_t first, last;
};

/* 3GPP TS 36.101, table 5.7.3-1, as far as the 16 bits of the message go. */
static const struct channels eutra[] = {
	{ 1, 21100, 0, 599 }, { 2, 19300, 600, 1199 }, { 3, 18050, 1200, 1949 },
	{ 4, 21100, 1950, 2399 }, { 5, 8690, 2400, 2649 }, { 6, 8750, 2650, 2749 },
	{ 7, 26200, 2750, 3449 }, { 8, 9250, 3450, 3799 }, { 9, 18449, 3800, 4149 },
	{ 10, 21100, 4150, 4749 }, { 11, 14759, 4750, 4949 }, { 12, 7290, 5010, 5179 },
	{ 13, 7460, 5180, 5279 }, { 14, 7580, 5280, 5379 }, { 17, 7340, 5730, 5849 },
	{ 18, 8600, 5850, 5999 }, { 19, 8750, 6000, 6149 }, { 20, 7910, 6150, 6449 },
	{ 21, 14959, 6450, 6599 }, { 22, 35100, 6600, 7399 }, { 23, 21800, 7500, 7699 },
	{ 24, 15250, 7700, 8039 }, { 25, 19300, 8040, 8689 }, { 26, 8590, 8690, 9039 },
	{ 27, 8520, 9040, 9209 }, { 28, 7580, 9210, 9659 }, { 29, 7170, 9660, 9769 },
	{ 30, 23500, 9770, 9869 }, { 31, 4625, 9870, 9919 }, { 32, 14520, 9920, 10359 },
	{ 33, 19000, 36000, 36199 }, { 34, 20100, 36200, 36349 }, { 35, 18500, 36350, 36949 },
	{ 36, 19300, 36950, 37549 }, { 37, 19100, 37550, 37749 }, { 38, 25700, 37750, 38249 },
	{ 39, 18800, 38250, 38649 }, { 40, 23000, 38650, 39649 }, { 41, 24960, 39650, 41589 },
	{ 42, 34000, 41590, 43589 }, { 43, 36000, 43590, 45589 }, { 44, 7030, 45590, 46589 },
	{ 45, 14470, 46590, 46789 }, { 46, 51500, 46790, 54539 }, { 47, 58550, 54540, 55239 },
	{ 48, 35500, 55240, 56739 }, { 49, 35500, 56740, 58239 }, { 50, 14320, 58240, 59089 },
	{ 51, 14270, 59090, 59139 }, { 52, 33000, 59140, 60139 },
};

static const struct channels *eutra_band(uint64_t channel)
{
	for (size_t i = 0; i < sizeof eutra / sizeof *eutra; i++)
		if (channel >= eutra[i].first && channel <= eutra[i].last)
			return &eutra[i];
	return NULL;
}

static void lte_band(struct sink *s, const char *key, const struct view_value *v)
{
	const struct channels *c = eutra_band(v->node->u);

	if (c)
		sink_uint(s, key, c->band, NULL);
}

static void lte_frequency(struct sink *s, const char *key, const struct view_value *v)
{
	const struct channels *c = eutra_band(v->node->u);

	if (c)
		sink_tenths(s, key, (int64_t)(c->low + v->node->u - c->first), v->row->style->unit);
}

/* 3GPP TS 38.104, table 5.4.2.3-1: the downlink channels of each NR band. */
static const struct {
	uint16_t band;
	uint32_t first, last;
} nr[] = {
	{ 1, 422000, 434000 }, { 2, 386000, 398000 }, { 3, 361000, 376000 }, { 5, 173800, 178800 },
	{ 7, 524000, 538000 }, { 8, 185000, 192000 }, { 12, 145800, 149200 }, { 13, 149200, 151200 },
	{ 14, 151600, 153600 }, { 18, 172000, 175000 }, { 20, 158200, 164200 },
	{ 25, 386000, 399000 }, { 26, 171800, 178800 }, { 28, 151600, 160600 },
	{ 29, 143400, 145600 }, { 30, 470000, 472000 }, { 34, 402000, 405000 },
	{ 38, 514000, 524000 }, { 39, 376000, 384000 }, { 40, 460000, 480000 },
	{ 41, 499200, 537999 }, { 46, 743334, 795000 }, { 48, 636667, 646666 },
	{ 50, 286400, 303400 }, { 51, 285400, 286400 }, { 53, 496700, 499000 },
	{ 65, 422000, 440000 }, { 66, 422000, 440000 }, { 70, 399000, 404000 },
	{ 71, 123400, 130400 }, { 74, 295000, 303600 }, { 75, 286400, 303400 },
	{ 76, 285400, 286400 }, { 77, 620000, 680000 }, { 78, 620000, 653333 },
	{ 79, 693334, 733333 }, { 257, 2054166, 2104165 }, { 258, 2016667, 2070832 },
	{ 260, 2229166, 2279165 }, { 261, 2070833, 2084999 },
};

/* Bands overlap: a channel number alone does not tell which one it is. */
static void nr_bands(struct sink *s, const char *key, const struct view_value *v)
{
	char text[8];

	sink_list(s, key);
	for (size_t i = 0; i < sizeof nr / sizeof *nr; i++)
		if (v->node->u >= nr[i].first && v->node->u <= nr[i].last) {
			qmux_format(text, sizeof text, "n%u", nr[i].band);
			sink_text(s, NULL, text);
		}
	sink_end(s);
}

/* 3GPP TS 38.104, table 5.4.2.1-1, in kHz. */
static void nr_frequency(struct sink *s, const char *key, const struct view_value *v)
{
	int64_t n = (int64_t)v->node->u, khz = n * 5;

	if (n >= 2016667)
		khz = 24250080 + (n - 2016667) * 60;
	else if (n >= 600000)
		khz = 3000000 + (n - 600000) * 15;
	sink_tenths(s, key, (khz + 50) / 100, v->row->style->unit);
}

/* ---- identities ---- */

/* Three bytes of BCD as text: "26202". */
static void show_plmn(struct sink *s, const char *key, const struct view_value *v)
{
	char text[QMUX_FORM_TEXT];

	/* ff ff ff: no network; 00 00 00 stands with neighbours whose network is not known. */
	if (!qmux_node_text(v->node, text) || strspn(text, "0123456789") < 5 ||
	    !strncmp(text, "000", 3))
		return;
	sink_begin(s, key);
	sink_textn(s, "mcc", (uint8_t *)text, 3);
	sink_text(s, "mnc", text + 3);
	sink_end(s);
}

/* 3GPP TS 36.300, 8.2: 20 bits eNB (of a macro cell), 8 bits cell. */
static void lte_enb(struct sink *s, const char *key, const struct view_value *v)
{
	sink_uint(s, key, v->node->u >> 8, NULL);
}

static void lte_sector(struct sink *s, const char *key, const struct view_value *v)
{
	sink_uint(s, key, v->node->u & 0xff, NULL);
}

/* Three bytes, the highest first; all bits set: none. */
static void big_endian(struct sink *s, const char *key, const struct view_value *v)
{
	uint64_t area = qmux_get_uint(v->node->data, v->node->len, true);

	if (area != 0xffffff && area != NO_AREA)
		sink_uint(s, key, area, NULL);
}

/* ---- views ---- */

static const struct view_row plmn_keys[] = { ROW("mcc", ""), ROW("mnc", ""), ROW_END };

#define PLMN ROW("plmn", "plmn", .show = show_plmn, .rows = plmn_keys)
#define EARFCN "eutra_absolute_rf_channel_number"
#define EARFCN_ROWS ROW("earfcn", EARFCN, .absent = NO_CHANNEL), \
	ROW("band", EARFCN, .show = lte_band), \
	ROW("frequency", EARFCN, .unit = "MHz", .show = lte_frequency)

static const struct view_row lte_cell[] = {
	ROW("pci", "physical_cell_id"),
	ROW("rsrp", "rsrp", .unit = "dBm", .form = VIEW_TENTHS),
	ROW("rsrq", "rsrq", .unit = "dB", .form = VIEW_TENTHS),
	ROW("rssi", "rssi", .unit = "dBm", .form = VIEW_TENTHS),
	ROW("rx_level", "cell_selection_rx_level", .unit = "dB"),
	ROW_END
};

static const struct view_row lte_serving[] = {
	ROW("idle", "ue_in_idle"),
	PLMN,
	ROW("tac", "tracking_area_code", .absent = NO_AREA),
	ROW("cell_id", "global_cell_id", .absent = NO_CELL),
	ROW("enb", "global_cell_id", .absent = NO_CELL, .show = lte_enb),
	ROW("sector", "global_cell_id", .absent = NO_CELL, .show = lte_sector),
	EARFCN_ROWS,
	ROW("pci", "serving_cell_id"),
	ROW("cells", "cell", .rows = lte_cell),
	ROW_END
};

static const struct view_row lte_frequency_rows[] = {
	EARFCN_ROWS,
	ROW("priority", "cell_reselection_priority"),
	ROW("cells", "cell", .rows = lte_cell),
	ROW_END
};

static const struct view_row lte_gsm_cell[] = {
	ROW("arfcn", "geran_absolute_rf_channel_number", .absent = NO_CHANNEL),
	ROW("bsic", "base_station_identity_code", .valid = "cell_id_valid"),
	ROW("rssi", "rssi", .unit = "dBm", .form = VIEW_TENTHS),
	ROW("rx_level", "cell_selection_rx_level", .unit = "dB"),
	ROW_END
};

static const struct view_row lte_gsm[] = {
	ROW("priority", "cell_reselection_priority"),
	ROW("cells", "cell", .rows = lte_gsm_cell),
	ROW_END
};

static const struct view_row lte_umts_cell[] = {
	ROW("psc", "primary_scrambling_code"),
	ROW("rscp", "cpich_rscp", .unit = "dBm", .form = VIEW_TENTHS),
	ROW("ecno", "cpich_ecno", .unit = "dB", .form = VIEW_TENTHS),
	ROW("rx_level", "cell_selection_rx_level", .unit = "dB"),
	ROW_END
};

static const struct view_row lte_umts[] = {
	ROW("uarfcn", "utra_absolute_rf_channel_number", .absent = NO_CHANNEL),
	ROW("priority", "cell_reselection_priority"),
	ROW("cells", "cell", .rows = lte_umts_cell),
	ROW_END
};

static const struct view_row nr_serving[] = {
	PLMN,
	ROW("tac", "tracking_area_code", .show = big_endian),
	ROW("cell_id", "global_cell_id"),
	ROW("pci", "physical_cell_id", .absent = NO_CHANNEL),
	ROW("rsrp", "rsrp", .unit = "dBm", .form = VIEW_TENTHS, .absent = NOT_AVAILABLE),
	ROW("rsrq", "rsrq", .unit = "dB", .form = VIEW_TENTHS, .absent = NOT_AVAILABLE),
	ROW("snr", "snr", .unit = "dB", .form = VIEW_TENTHS, .absent = NOT_AVAILABLE),
	ROW_END
};

#define GSM_ROWS ROW("cell_id", "cell_id", .absent = NO_CELL), \
	PLMN, \
	ROW("lac", "lac", .absent = NO_AREA), \
	ROW("arfcn", "geran_absolute_rf_channel_number", .absent = NO_CHANNEL), \
	ROW("bsic", "base_station_identity_code"), \
	ROW("rx_level", "rx_level", .absent = NO_LEVEL)

static const struct view_row gsm_neighbor[] = { GSM_ROWS, ROW_END };

static const struct view_row gsm_cell[] = {
	GSM_ROWS,
	ROW("timing_advance", "timing_advance", .absent = NO_ADVANCE),
	ROW("cells", "cell", .rows = gsm_neighbor),
	ROW_END
};

static const struct view_row umts_cell[] = {
	ROW("uarfcn", "utra_absolute_rf_channel_number", .absent = NO_CHANNEL),
	ROW("psc", "primary_scrambling_code"),
	ROW("rscp", "rscp", .unit = "dBm"),
	ROW("ecio", "ecio", .unit = "dB"),
	ROW_END
};

static const struct view_row umts_gsm_cell[] = {
	ROW("arfcn", "geran_absolute_rf_channel_number", .absent = NO_CHANNEL),
	ROW("ncc", "network_color_code"),
	ROW("bcc", "base_station_color_code"),
	ROW("rssi", "rssi", .unit = "dBm"),
	ROW_END
};

static const struct view_row umts_serving[] = {
	PLMN,
	ROW("lac", "lac", .absent = NO_AREA),
	ROW("uarfcn", "utra_absolute_rf_channel_number", .absent = NO_CHANNEL),
	ROW("psc", "primary_scrambling_code"),
	ROW("rscp", "rscp", .unit = "dBm"),
	ROW("ecio", "ecio", .unit = "dB"),
	ROW("cells", "cell", .rows = umts_cell),
	ROW("gsm", "neighboring_geran", .rows = umts_gsm_cell),
	ROW_END
};

static const struct view_row umts_lte_cell[] = {
	EARFCN_ROWS,
	ROW("pci", "physical_cell_id"),
	ROW("rsrp", "rsrp"),
	ROW("rsrq", "rsrq"),
	ROW("rx_level", "cell_selection_rx_level", .unit = "dB"),
	ROW("tdd", "is_tdd"),
	ROW_END
};

static const struct view_row cells[] = {
	ROW("nr5g.*", "nr5g_cell_information", .rows = nr_serving),
	ROW("nr5g.arfcn", "nr5g_arfcn"),
	ROW("nr5g.bands", "nr5g_arfcn", .show = nr_bands),
	ROW("nr5g.frequency", "nr5g_arfcn", .unit = "MHz", .show = nr_frequency),
	ROW("lte.*", "intrafrequency_lte_info_v2", .rows = lte_serving),
	ROW("lte.timing_advance", "lte_info_timing_advance", .unit = "us", .absent = NO_ADVANCE),
	ROW("lte.inter", "interfrequency_lte_info.frequency", .rows = lte_frequency_rows),
	ROW("lte.gsm", "lte_info_neighboring_gsm.frequency", .rows = lte_gsm),
	ROW("lte.umts", "lte_info_neighboring_wcdma.frequency", .rows = lte_umts),
	ROW("umts.cell_id", "umts_cell_id", .absent = NO_CELL),
	ROW("umts.cell_id", "umts_info_v2.cell_id", .absent = NO_CHANNEL),
	ROW("umts.*", "umts_info_v2", .rows = umts_serving),
	ROW("umts.rrc_state", "umts_info_neighboring_lte.rrc_state"),
	ROW("umts.lte", "umts_info_neighboring_lte.frequency", .rows = umts_lte_cell),
	ROW("gsm.*", "geran_info_v2", .rows = gsm_cell),
	ROW("cdma.sid", "cdma_info.system_id"),
	ROW("cdma.nid", "cdma_info.network_id"),
	ROW("cdma.base_station_id", "cdma_info.base_station_id"),
	ROW("cdma.reference_pn", "cdma_info.reference_pn"),
	ROW("cdma.latitude", "cdma_info.latitude"),
	ROW("cdma.longitude", "cdma_info.longitude"),
	ROW_END
};

const struct query nas_cells_queries[] = {
	QUERY(NAS_GET_CELL_LOCATION_INFO, cells),
	{ 0 }
};
