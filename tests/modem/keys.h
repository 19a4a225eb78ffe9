/*
 * keys.h - the state of the modem: X(name, kind, min, max, default).
 *
 * INT is a number, BITS one of any 64 bits, LIST numbers with commas between, STR bytes.  A default
 * NULL means absent: a TLV whose first key is absent is not sent, one with a later key absent ends
 * there (modems do send TLVs shorter than their definition).
 */
#ifndef KEYS_H
#define KEYS_H

/* clang-format off */
#define MODEM_KEYS(X) \
	/* how the modem behaves */ \
	X(max_clients, INT, 0, 254, "10") /* a service */ \
	X(tlv_descending, INT, 0, 1, "0") /* many modems send their TLVs last one first */ \
	X(indication_transaction, INT, 0, 65535, "1") /* of the next indication */ \
	/* ctl */ \
	X(link_id, INT, 0, 65535, "0") \
	X(data_format, INT, 0, 255, "0") \
	X(link_protocol, INT, 1, 2, "1") /* 1 = 802.3, 2 = raw-ip */ \
	/* dms: who it is */ \
	X(manufacturer, STR, 0, 0, "Fake Modems") \
	X(model, STR, 0, 0, "FM-1000") \
	X(revision, STR, 0, 0, "FM1000_01.02.03  1  [Jan 01 2024 00:00:00]") \
	X(hardware_revision, STR, 0, 0, "20000") \
	X(software_version, STR, 0, 0, "FM1000_01.02.03") \
	X(factory_sku, STR, 0, 0, "1100000") \
	X(esn, STR, 0, 0, "0") \
	X(imei, STR, 0, 0, "490154203237518") \
	X(meid, STR, 0, 0, "A0000012345678") \
	X(imei_software_version, STR, 0, 0, "14") \
	X(mac_address, STR, 0, 0, "hex:020000000001") \
	/* dms: what it can */ \
	X(max_tx_rate, INT, 0, UINT32_MAX, "50000000") \
	X(max_rx_rate, INT, 0, UINT32_MAX, "150000000") \
	X(data_service, INT, 0, 255, "3") \
	X(sim_capability, INT, 0, 255, "2") \
	X(radios, LIST, 0, 255, "4,5,8") \
	X(band_capability, BITS, 0, 0, "0x0002000007c00000") \
	X(lte_band_capability, BITS, 0, 0, "0x000001e0000800d5") \
	X(tds_band_capability, BITS, 0, 0, NULL) \
	X(lte_bands, LIST, 0, 65535, "1,3,5,7,8,20,38,39,40,41") \
	X(nr5g_bands, LIST, 0, 65535, NULL) \
	/* dms: how it is */ \
	X(operating_mode, INT, 0, 255, "0") \
	X(offline_reason, INT, 0, 65535, NULL) \
	X(hardware_restricted, INT, 0, 1, "0") \
	X(power_state, INT, 0, 255, "1") \
	X(battery_level, INT, 0, 100, "100") \
	X(time_count, INT, 0, 0xffffffffffff, "1105986850641") \
	X(time_source, INT, 0, 65535, "0") \
	X(system_time, INT, 0, INT64_MAX, "1382483563301") \
	X(user_time, INT, 0, INT64_MAX, "0") \
	X(activation_state, INT, 0, 65535, "1") \
	X(user_lock, INT, 0, 1, "0") \
	X(wireless_disabled, INT, 0, 1, "0") \
	X(prl_version, INT, 0, 65535, "1") \
	X(prl_only, INT, 0, 1, "0") \
	X(alt_net_config, INT, 0, 1, "0") \
	X(boot_image_mode, INT, 0, 1, "0") \
	/* the card, as dms sees it */ \
	X(msisdn, STR, 0, 0, "15551234567") \
	X(iccid, STR, 0, 0, "8900100000000000001") \
	X(imsi, STR, 0, 0, "001010000000001") \
	X(uim_state, INT, 0, 255, "0") \
	X(pin1_status, INT, 0, 255, "3") \
	X(pin1_retries, INT, 0, 255, "3") \
	X(puk1_retries, INT, 0, 255, "10") \
	X(pin2_status, INT, 0, 255, "1") \
	X(pin2_retries, INT, 0, 255, "3") \
	X(puk2_retries, INT, 0, 255, "10") \
	/* nas: signal; no radio but LTE is there until its values are set */ \
	X(gsm_rssi, INT, -128, 127, NULL) \
	X(umts_rssi, INT, -128, 127, NULL) \
	X(umts_ecio, INT, -32768, 32767, NULL) /* in -0.5 dB */ \
	X(umts_rscp, INT, -32768, 32767, NULL) \
	X(lte_rssi, INT, -128, 127, "-65") \
	X(lte_rsrq, INT, -128, 127, "-11") \
	X(lte_rsrp, INT, -32768, 32767, "-97") \
	X(lte_snr, INT, -32768, 32767, "120") /* in 0.1 dB */ \
	X(nr5g_rsrp, INT, -32768, 32767, NULL) /* -32768: not available */ \
	X(nr5g_snr, INT, -32768, 32767, NULL) \
	X(nr5g_rsrq, INT, -32768, 32767, NULL) \
	X(io, INT, INT32_MIN, INT32_MAX, NULL) \
	X(sinr, INT, 0, 255, NULL) \
	X(error_rate, INT, 0, 65535, NULL) \
	/* nas: registration; the first of the radio interfaces is the one in use */ \
	X(registration, INT, 0, 255, "1") \
	X(cs_attach, INT, 0, 255, "1") \
	X(ps_attach, INT, 0, 255, "1") \
	X(selected_network, INT, 0, 255, "2") \
	X(radio_interfaces, LIST, -128, 255, "8") \
	X(roaming, INT, 0, 1, "0") \
	X(data_capabilities, LIST, 0, 255, "11") \
	X(mcc, STR, 0, 0, "001") \
	X(mnc, STR, 0, 0, "01") \
	X(plmn_name, STR, 0, 0, "Test Network") \
	X(time_zone, INT, -128, 127, NULL) /* in quarters of an hour */ \
	X(daylight_saving, INT, 0, 255, "0") \
	X(lac, INT, 0, 65535, "65534") \
	X(cid, INT, 0, UINT32_MAX, "27447297") \
	X(tac, INT, 0, 65535, "264") \
	X(service_status, INT, 0, 255, "2") \
	X(service_domain, INT, 0, 255, "3") \
	X(hdr_hybrid, INT, 0, 1, "0") \
	X(forbidden, INT, 0, 1, "0") \
	X(cs_barring, INT, -1, 255, NULL) \
	X(ps_barring, INT, -1, 255, NULL) \
	X(scrambling_code, INT, 0, 65535, NULL) \
	X(reject_domain, INT, 0, 255, NULL) \
	X(reject_cause, INT, 0, 65535, NULL) \
	X(geo_system_index, INT, 0, 65535, "65535") \
	X(lte_voice, INT, 0, 1, "1") \
	X(embms, INT, 0, 1, "0") \
	X(embms_trace, INT, 0, 65535, "65535") \
	X(sim_reject, INT, 0, 255, "1") \
	X(ims_voice, INT, 0, 1, "0") \
	X(lte_voice_domain, INT, 0, 255, "3") \
	X(registration_restriction, INT, 0, 255, "0") \
	X(lte_registration_domain, INT, 0, 255, "0") \
	X(nr5g_available, INT, 0, 1, NULL) /* beside LTE */ \
	X(nr5g_restricted, INT, 0, 1, NULL) \
	/* nas: home, names, radio, preferences */ \
	X(home_mcc, STR, 0, 0, "001") \
	X(home_mnc, STR, 0, 0, "01") \
	X(home_name, STR, 0, 0, "Test Home") \
	X(spn_display, INT, 0, 255, "0") \
	X(spn, STR, 0, 0, "Test SPN") \
	X(operator_plmns, STR, 0, 0, NULL) /* bytes of TLV 0x11 */ \
	X(active_band, INT, 0, 65535, "122") \
	X(active_channel, INT, 0, 65535, "1300") \
	X(bandwidth, INT, 0, 255, "5") \
	X(drx, INT, 0, UINT32_MAX, "7") \
	X(emergency_mode, INT, 0, 1, "0") \
	X(mode_preference, INT, 0, 65535, "0x1c") \
	X(band_preference, BITS, 0, 0, "0x0002000007c00000") \
	X(prl_preference, INT, 0, 65535, NULL) \
	X(roaming_preference, INT, 0, 65535, "255") \
	X(lte_band_preference, BITS, 0, 0, "0x000001e0000800d5") \
	/* nas: cells, each the bytes of one TLV */ \
	X(cells_geran, STR, 0, 0, NULL) \
	X(cells_umts, STR, 0, 0, NULL) \
	X(cells_lte, STR, 0, 0, \
		"hex:0100f110080101d0a20114050400013e283e010400bdff19fc23fd1e00") \
	X(cells_lte_inter, STR, 0, 0, "hex:0100") \
	X(cells_lte_gsm, STR, 0, 0, "hex:0100") \
	X(cells_lte_wcdma, STR, 0, 0, "hex:0100") \
	X(timing_advance, INT, 0, UINT32_MAX, "0xffffffff")
/* clang-format on */

#endif
