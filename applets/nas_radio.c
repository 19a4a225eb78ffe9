/* nas_radio.c - what nas rf, ca, txrx, drx and swi-status show: bands, carriers, receivers. */
#include "applets/nas.h"

#define NO_POWER 0xffffffff

static const struct view_row band[] = {
	ROW("radio", "radio_interface"),
	ROW("band", "active_band_class"),
	ROW("channel", "active_channel"),
	ROW_END
};

static const struct view_row bandwidth[] = {
	ROW("radio", "radio_interface"),
	ROW("bandwidth", "bandwidth"),
	ROW_END
};

static const struct view_row rf_bands[] = {
	ROW("bands", "extended_list", .rows = band),
	ROW("bands", "list", .rows = band),
	ROW("bandwidths", "bandwidth_list", .rows = bandwidth),
	ROW_END
};

const struct query nas_rf_queries[] = {
	QUERY(NAS_GET_RF_BAND_INFORMATION, rf_bands),
	{ 0 }
};

#define CARRIER \
	ROW("pci", "physical_cell_id"), ROW("earfcn", "rx_channel"), \
	ROW("bandwidth", "dl_bandwidth"), ROW("band", "lte_band"), ROW("state", "state"), \
	ROW("index", "cell_index")

static const struct view_row carrier[] = { CARRIER, ROW_END };

static const struct view_row aggregation[] = {
	ROW("bandwidth", "dl_bandwidth"),
	ROW("pcell", "phy_ca_agg_pcell_info", .rows = carrier),
	ROW("scell", "phy_ca_agg_scell_info", .rows = carrier),
	ROW("scell_index", "scell_index"),
	ROW("scells", "phy_ca_agg_secondary_cells", .rows = carrier),
	ROW_END
};

const struct query nas_ca_queries[] = {
	QUERY(NAS_GET_LTE_CPHY_CA_INFO, aggregation),
	{ 0 }
};

static const struct view_row rx_chain[] = {
	ROW("tuned", "is_radio_tuned"),
	ROW("power", "rx_power", .unit = "dBm", .form = VIEW_TENTHS, .valid = "is_radio_tuned"),
	ROW("ecio", "ecio", .unit = "dB", .form = VIEW_TENTHS, .valid = "is_radio_tuned"),
	ROW("rscp", "rscp", .unit = "dBm", .form = VIEW_TENTHS, .valid = "is_radio_tuned"),
	ROW("rsrp", "rsrp", .unit = "dBm", .form = VIEW_TENTHS, .valid = "is_radio_tuned"),
	ROW("phase", "phase", .unit = "centidegrees", .absent = NO_POWER, .valid = "is_radio_tuned"),
	ROW_END
};

static const struct view_row txrx[] = {
	ROW("rx0", "rx_chain_0_info", .rows = rx_chain),
	ROW("rx1", "rx_chain_1_info", .rows = rx_chain),
	ROW("rx2", "rx_chain_2_info", .rows = rx_chain),
	ROW("rx3", "rx_chain_3_info", .rows = rx_chain),
	ROW("tx.in_traffic", "tx_info.is_in_traffic"),
	ROW("tx.power", "tx_info.tx_power", .unit = "dBm", .form = VIEW_TENTHS,
		.valid = "tx_info.is_in_traffic"),
	ROW_END
};

const struct query nas_txrx_queries[] = {
	QUERY(NAS_GET_TX_RX_INFO, txrx, .ask = SET("radio_interface=$1")),
	{ 0 }
};

static const struct view_row drx[] = { ROW("drx", "info"), ROW_END };

const struct query nas_drx_queries[] = {
	QUERY(NAS_GET_DRX, drx),
	{ 0 }
};

static const struct view_row sierra_status[] = {
	ROW("temperature", "common_info_v2.temperature", .unit = "C"),
	ROW("modem_mode", "common_info_v2.modem_mode"),
	ROW("system_mode", "common_info_v2.system_mode"),
	ROW("ims_registration", "common_info_v2.ims_registration_state"),
	ROW("packet_service", "common_info_v2.packet_service_state"),
	ROW("lte.band", "lte_info.band"),
	ROW("lte.bandwidth", "lte_info.bandwidth"),
	ROW("lte.rx_channel", "lte_info.rx_channel"),
	ROW("lte.tx_channel", "lte_info.tx_channel"),
	ROW("lte.emm_state", "lte_info.emm_state"),
	ROW("lte.emm_connection", "lte_info.emm_connection_state"),
	ROW_END
};

const struct query nas_sierra_queries[] = {
	QUERY(NAS_SWI_GET_STATUS, sierra_status, .vendor = 0x1199),
	{ 0 }
};
