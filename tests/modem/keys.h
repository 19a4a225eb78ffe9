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
	X(absent_services, LIST, 0, 255, "") /* services that it does not have */ \
	X(refuse, INT, -1, 65535, NULL) /* every message but CTL's with this error; -1: silence */ \
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
	X(pin1, STR, 0, 0, "1234") \
	X(puk1, STR, 0, 0, "12345678") \
	X(pin2, STR, 0, 0, "5678") \
	X(puk2, STR, 0, 0, "87654321") \
	/* uim: the card */ \
	X(uim_card, INT, 0, 255, "1") /* 0 absent, 1 present, 2 error */ \
	X(uim_card_error, INT, 0, 255, "0") \
	X(uim_power, INT, 0, 1, "1") \
	X(uim_provisioned, INT, 0, 1, "1") \
	X(uim_app_type, INT, 0, 255, "2") /* none: the card has no application */ \
	X(uim_app_state, INT, 0, 255, NULL) /* none: follows from pin1_status */ \
	X(uim_aid, STR, 0, 0, "hex:a0000000871002ffffffff8907090000") \
	X(uim_personalization, INT, 0, 255, "2") /* ready */ \
	X(uim_personalization_feature, INT, 0, 255, "11") \
	X(uim_personalization_status, STR, 0, 0, "hex:0200050a010a0a") /* TLV 0x11 */ \
	X(uim_control_key, STR, 0, 0, "11112222") \
	X(uim_upin_replaces, INT, 0, 1, "0") \
	X(upin_status, INT, 0, 255, "0") \
	X(upin_retries, INT, 0, 255, "0") \
	X(upuk_retries, INT, 0, 255, "0") \
	X(upin, STR, 0, 0, "2222") \
	X(upuk, STR, 0, 0, "22222222") \
	X(uim_refresh, STR, 0, 0, NULL) /* TLV 0x10 of the indication: setting it sends one */ \
	X(uim_refresh_done, INT, 0, 255, NULL) /* what the host said to it */ \
	/* uim: its files; iccid and imsi make two more */ \
	X(uim_read_max, INT, 1, 1024, "255") /* bytes of one answer */ \
	X(ef_dir, STR, 0, 0, \
		"hex:61184f10a0000000871002ffffffff890709000050045553494dffffffffffffffffffffffff") \
	X(ef_spn, STR, 0, 0, "hex:0154657374204f70ffffffffffffffffff") \
	X(ef_ad, STR, 0, 0, "hex:00000002") \
	X(ef_msisdn, STR, 0, 0, \
		"hex:4d79206e756d626572ffffffffff07915155214365f7ffffffffffff" \
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffff") \
	X(ef_plmnwact, STR, 0, 0, "hex:00f110400000f1108080130062c000ffffff0000") \
	X(ef_fplmn, STR, 0, 0, "hex:62f220ffffffffffffffffff") \
	X(ef_smsp, STR, 0, 0, \
		"hex:ffffffffffffffffffffffffe1ffffffffffffffffffffffff0791515521436587ffffffff0000a8") \
	X(ef_acm, STR, 0, 0, "hex:000003000002000001") \
	/* uim: slots and channels */ \
	X(uim_slots, INT, 0, 2, "1") /* 0: slot status is not supported */ \
	X(uim_active_slot, INT, 1, 2, "1") \
	X(uim_iccid2, STR, 0, 0, "8900100000000000028") \
	X(uim_eid, STR, 0, 0, NULL) /* of the last slot */ \
	X(uim_channels, INT, 0, 255, "0") /* a bit for each that is open */ \
	/* wds: the modem's own connections, which nobody started */ \
	X(wds_status, INT, 0, 255, "1") /* 2: connected */ \
	X(wds_status6, INT, 0, 255, "1") /* of IPv6 */ \
	/* wds: what a start is up against */ \
	X(wds_allowed_apns, STR, 0, 0, NULL) /* with commas between; none: any */ \
	X(wds_user, STR, 0, 0, NULL) /* none: nobody has to say who he is */ \
	X(wds_password, STR, 0, 0, NULL) \
	X(wds_auth, INT, 0, 3, "3") /* with that: bits PAP, CHAP */ \
	X(wds_families, LIST, 4, 6, "4,6") /* those of the network */ \
	X(wds_refuse4, LIST, -32768, 65535, NULL) /* error, reason, verbose type, verbose reason */ \
	X(wds_refuse6, LIST, -32768, 65535, NULL) \
	X(wds_max_calls, INT, 0, 16, "8") \
	X(wds_handle, INT, 0, UINT32_MAX, "0x81adcd80") /* of the next call */ \
	X(wds_autoconnect, INT, 0, 255, "0") \
	X(wds_autoconnect_roaming, INT, 0, 255, NULL) \
	/* wds: the connection; a further one counts on from these addresses */ \
	X(wds_apn, STR, 0, 0, "internet") \
	X(wds_address, INT, 0, UINT32_MAX, "0xa000002") \
	X(wds_gateway, INT, 0, UINT32_MAX, "0xa000001") \
	X(wds_mask, INT, 0, UINT32_MAX, "0xfffffffc") \
	X(wds_dns, INT, 0, UINT32_MAX, "0xc0000235") \
	X(wds_dns2, INT, 0, UINT32_MAX, "0xc0000236") \
	X(wds_address6, STR, 0, 0, "hex:20010db800010002000000000000001040") \
	X(wds_gateway6, STR, 0, 0, "hex:20010db800010002000000000000000140") \
	X(wds_dns6, STR, 0, 0, "hex:20010db8000000000000000000000053") \
	X(wds_dns6_2, STR, 0, 0, NULL) \
	X(wds_mtu, INT, 0, UINT32_MAX, "1430") \
	X(wds_channel_tx, INT, 0, UINT32_MAX, "50000000") \
	X(wds_channel_rx, INT, 0, UINT32_MAX, "150000000") \
	X(wds_channel_max_tx, INT, 0, UINT32_MAX, "50000000") \
	X(wds_channel_max_rx, INT, 0, UINT32_MAX, "150000000") \
	X(wds_bearer, INT, -1, 127, "10") /* LTE */ \
	X(wds_last_bearer, INT, -1, 127, NULL) \
	X(wds_network_type, INT, 0, 255, "2") /* 3GPP */ \
	X(wds_rat_mask, INT, 0, UINT32_MAX, "0x20") /* LTE */ \
	X(wds_so_mask, INT, 0, UINT32_MAX, "0") \
	X(wds_data_system, INT, 0, UINT32_MAX, "5") /* LTE */ \
	X(wds_dormancy, INT, 0, 255, "2") \
	X(wds_throttle, STR, 0, 0, "hex:00") \
	X(wds_data_port, INT, 0, 65535, NULL) \
	X(wds_subscription, INT, 0, UINT32_MAX, NULL) \
	/* wds: added to what was counted, in the order of enum wds_count */ \
	X(wds_tx_packets, INT, 0, UINT32_MAX, "0") \
	X(wds_rx_packets, INT, 0, UINT32_MAX, "0") \
	X(wds_tx_errors, INT, 0, UINT32_MAX, "0") \
	X(wds_rx_errors, INT, 0, UINT32_MAX, "0") \
	X(wds_tx_overflows, INT, 0, UINT32_MAX, "0") \
	X(wds_rx_overflows, INT, 0, UINT32_MAX, "0") \
	X(wds_tx_bytes, INT, 0, INT64_MAX, "0") \
	X(wds_rx_bytes, INT, 0, INT64_MAX, "0") \
	X(wds_tx_dropped, INT, 0, UINT32_MAX, "0") \
	X(wds_rx_dropped, INT, 0, UINT32_MAX, "0") \
	X(wds_last_tx_bytes, INT, 0, INT64_MAX, NULL) /* of the call before */ \
	X(wds_last_rx_bytes, INT, 0, INT64_MAX, NULL) \
	/* wds: profiles, and what LTE attaches with */ \
	X(wds_default_profile, INT, 0, 255, "1") \
	X(wds_default_profile2, INT, 0, 255, "101") /* of 3GPP2 */ \
	X(wds_profile_last, INT, 0, 255, "16") /* the highest index that a new one gets */ \
	X(wds_attach_apn, STR, 0, 0, "internet") \
	X(wds_attach_family, INT, 0, 255, "2") \
	X(wds_attach_done, INT, 0, 1, "1") \
	X(wds_attach_max, INT, 0, 255, "4") \
	X(wds_attach_list, LIST, 0, 65535, "1") \
	X(wds_attach_pending, LIST, 0, 65535, NULL) \
	X(wds_attach_result, INT, 0, 1, "1") \
	/* wda: what goes over the data port; the link protocol is that of ctl */ \
	X(wda_endpoint, INT, 0, 1, "0") /* 1: it has to be named */ \
	X(wda_endpoint_type, INT, 0, UINT32_MAX, "2") /* USB */ \
	X(wda_interface, INT, 0, UINT32_MAX, "4") \
	X(wda_max_protocol, INT, 0, 9, "9") /* a higher one asked for becomes this one */ \
	X(wda_max_datagrams, INT, 0, UINT32_MAX, "32") /* the same for these */ \
	X(wda_max_size, INT, 0, UINT32_MAX, "32768") \
	X(wda_qos, INT, 0, 1, "0") \
	X(wda_ul_protocol, INT, 0, UINT32_MAX, "0") \
	X(wda_dl_protocol, INT, 0, UINT32_MAX, "0") \
	X(wda_ndp, INT, 0, UINT32_MAX, "0") \
	X(wda_dl_datagrams, INT, 0, UINT32_MAX, "0") \
	X(wda_dl_size, INT, 0, UINT32_MAX, "0") \
	X(wda_ul_datagrams, INT, 0, UINT32_MAX, "0") \
	X(wda_ul_size, INT, 0, UINT32_MAX, "0") \
	X(wda_padding, INT, 0, UINT32_MAX, NULL) \
	X(wda_flow_control, INT, 0, 255, NULL) \
	X(wda_loopback, INT, 0, 255, "0") \
	X(wda_replication, INT, 0, UINT32_MAX, "0") \
	/* wms: slots of the SIM and the modem: tag, format (6: GSM), PDU */ \
	X(wms_uim_0, STR, 0, 0, "hex:0006" "07911326040000f0" "040b911346610089f6" "0000" \
		"20806291731480" "0cc8f71d14969741f977fd07") /* How are you? */ \
	X(wms_uim_1, STR, 0, 0, "hex:0106" "07911326040000f0" "040c9194711032547600" "08" \
		"6211227100004a" "140047007200fc00df0065002026030020d83dde00") \
	X(wms_uim_2, STR, 0, 0, NULL) \
	X(wms_uim_3, STR, 0, 0, NULL) \
	X(wms_nv_0, STR, 0, 0, "hex:0006" "07911326040000f0" "4405812143f5" "0000" \
		"62112290000040" "110500037b0201" "e061391df476975920") /* part one, */ \
	X(wms_nv_1, STR, 0, 0, "hex:0006" "07911326040000f0" "4405812143f5" "0000" \
		"62112290000040" "0f0500037b0202" "e061391d44bfbf01") /* part two */ \
	X(wms_nv_2, STR, 0, 0, NULL) \
	X(wms_nv_3, STR, 0, 0, NULL) \
	X(wms_new_storage, INT, 0, 255, "1") /* with the index: tells that one came */ \
	X(wms_new_index, INT, 0, UINT32_MAX, NULL) \
	X(wms_transfer, STR, 0, 0, NULL) /* TLV 0x11 of the event report */ \
	X(wms_acknowledged, INT, 0, UINT32_MAX, NULL) /* the transaction */ \
	X(wms_etws, STR, 0, 0, NULL) /* TLV 0x13 */ \
	X(wms_etws_plmn, STR, 0, 0, NULL) /* TLV 0x14 */ \
	X(wms_cause, STR, 0, 0, NULL) /* why sending fails: TLV 0x12 */ \
	X(wms_message_id, INT, 0, 255, "1") /* of the next one that is sent */ \
	X(wms_protocol, INT, 0, 255, "1") \
	X(wms_registration, INT, 0, 255, "4") \
	X(wms_smsc, STR, 0, 0, "+31624000000") \
	X(wms_routes, STR, 0, 0, "hex:0200" "00010101" "00040103") \
	X(wms_status_reports, INT, 0, 255, NULL) \
	X(wms_supported, STR, 0, 0, "hex:0300" "030001") \
	/* loc: floats are given as their bits */ \
	X(loc_status, INT, 0, UINT32_MAX, "0") /* of outcomes; none: there never is one */ \
	X(loc_early, INT, 0, 1, "0") /* the outcome comes before the answer */ \
	X(loc_session, INT, 0, 255, "0") \
	X(loc_interval, INT, 0, UINT32_MAX, NULL) \
	X(loc_session_status, INT, 0, UINT32_MAX, "0") /* 1: in progress */ \
	X(loc_latitude, BITS, 0, 0, "0x404a428f93865a22") \
	X(loc_longitude, BITS, 0, 0, "0x402acf559b3d07c8") \
	X(loc_uncertainty, BITS, 0, 0, "0x41480000") \
	X(loc_confidence, INT, 0, 255, "68") \
	X(loc_reliability, INT, 0, UINT32_MAX, "4") \
	X(loc_speed, BITS, 0, 0, "0x3fc00000") \
	X(loc_altitude_ellipsoid, BITS, 0, 0, "0x429e8000") \
	X(loc_altitude, BITS, 0, 0, "0x42080000") \
	X(loc_vertical_uncertainty, BITS, 0, 0, "0x41a00000") \
	X(loc_heading, BITS, 0, 0, NULL) \
	X(loc_technology, BITS, 0, 0, "1") \
	X(loc_pdop, BITS, 0, 0, "0x3fc00000") \
	X(loc_hdop, BITS, 0, 0, "0x3f400000") \
	X(loc_vdop, BITS, 0, 0, "0x3fa00000") \
	X(loc_time, INT, 0, INT64_MAX, "1695599916800") \
	X(loc_leap_seconds, INT, 0, 255, "18") \
	X(loc_fix_count, INT, 0, UINT32_MAX, "0") \
	X(loc_used, LIST, 0, 65535, "5,12,31") \
	X(loc_satellites, STR, 0, 0, \
		"hex:03ff000000010000000500010200000001000036420000f04200001942ff00000005000000" \
		"460001010000000000002041000096430000a0410f000000010000001f00000100000000000000000000000000000000") \
	X(loc_nmea, STR, 0, 0, \
		"hex:2447504747412c3132303030302e302c353233312e3230303339362c4e2c30313332342e32" \
		"39373030302c452c312c30372c312e302c33342e302c4d2c34352e302c4d2c2c2a35300d0a") \
	X(loc_nmea_types, BITS, 0, 0, "3") \
	X(loc_mode, INT, 0, UINT32_MAX, "1") \
	X(loc_lock, INT, 0, UINT32_MAX, "1") \
	X(loc_deleted, INT, 0, 1, NULL) /* all of it */ \
	X(loc_deleted_clock, BITS, 0, 0, NULL) \
	X(loc_injected, INT, 0, UINT32_MAX, "0") /* bytes */ \
	X(loc_part, INT, 0, 65535, NULL) \
	X(loc_file_max, INT, 0, UINT32_MAX, "250000") \
	X(loc_part_max, INT, 0, UINT32_MAX, "1024") \
	X(loc_server_type, INT, 0, 4, "3") /* of the one server that it keeps */ \
	X(loc_server_ipv4, STR, 0, 0, "hex:000000000000") \
	X(loc_server_ipv6, STR, 0, 0, "hex:0000000000000000000000000000000000000000") \
	X(loc_server_url, STR, 0, 0, NULL) \
	/* Telit's */ \
	X(gas_active, INT, 0, 255, "1") /* index of the image that runs */ \
	X(gas_carrier, STR, 0, 0, NULL) /* of the last one selected */ \
	X(gas_auto_sim, INT, 0, 255, "1") \
	X(gas_config, INT, 0, 255, NULL) \
	X(gas_usb, INT, 0, UINT32_MAX, "0x1040") \
	X(gas_usb_endpoint, INT, 0, 255, "0") \
	X(gas_usb_persistent, INT, 0, 1, "1") \
	X(gas_usb_immediate, INT, 0, 1, "0") \
	X(gas_usb_reboot, INT, 0, 1, "0") \
	X(gas_mac, STR, 0, 0, "hex:020000000001") \
	X(gas_mac_2, STR, 0, 0, NULL) \
	X(loc_servers, STR, 0, 0, "hex:0118687474703a2f2f6578616d706c652e636f6d2f782e62696e") \
	X(loc_orbits_from, INT, 0, INT64_MAX, "1695599916") \
	X(loc_orbits_hours, INT, 0, 65535, "168") \
	X(dms_pin, STR, 0, 0, "1234") \
	X(dms_puk, STR, 0, 0, "12345678") \
	X(ck_facility, INT, 0, 255, NULL) \
	X(ck_state, INT, 0, 255, "1") \
	X(ck_blocking, INT, 0, 1, "1") \
	X(ck_request, STR, 0, 0, NULL) /* these and the following: bytes of one TLV */ \
	/* dms: locks, activation, data */ \
	X(spc, STR, 0, 0, "000000") \
	X(factory_resets, INT, 0, 255, "0") \
	X(activated_by, STR, 0, 0, NULL) \
	X(user_lock_request, STR, 0, 0, NULL) \
	X(user_data, STR, 0, 0, "hex:0300c0ffee") \
	X(eri, STR, 0, 0, "hex:0200beef") \
	/* dms: firmware, vendors */ \
	X(firmware_images, STR, 0, 0, \
		"hex:020004000200003030322e3030310000000000000000000d30312e30322e30332e30" \
		"305f3f01013030332e3030310000000000000000000d30322e30302e30302e30305f3f01" \
		"320002ffff3030302e3030365f30303100000000001330312e30322e30332e30305f4745" \
		"4e45524943ffff3030302e3030375f30303100000000001330322e30302e30302e30305f" \
		"47454e45524943") \
	X(firmware_preference, STR, 0, 0, \
		"hex:02003030322e3030310000000000000000000d30312e30322e30332e30305f3f0130" \
		"30302e3030365f30303100000000001330312e30322e30332e30305f47454e45524943") \
	X(firmware_download, LIST, 0, 255, "0,1") /* what is yet to be stored */ \
	X(firmware_override, INT, 0, 1, NULL) \
	X(firmware_slot, INT, 0, 255, NULL) \
	X(firmware_deleted, STR, 0, 0, NULL) \
	X(swi_config, STR, 0, 0, NULL) \
	X(swi_carrier, STR, 0, 0, NULL) \
	X(swi_pri, STR, 0, 0, NULL) \
	X(swi_carrier_id, STR, 0, 0, NULL) \
	X(swi_sku, STR, 0, 0, NULL) \
	X(swi_amss, STR, 0, 0, NULL) \
	X(swi_boot, STR, 0, 0, NULL) \
	X(swi_model, STR, 0, 0, NULL) \
	X(usb_composition, INT, 0, 255, "6") \
	X(usb_compositions, LIST, 0, 255, "6,8,9") \
	X(foxconn_version, STR, 0, 0, "T99W175.F0.1.0.0.9") \
	X(foxconn_mode, INT, 0, 255, NULL) \
	X(fcc_magic, STR, 0, 0, NULL) \
	X(fcc_number, INT, 0, 255, NULL) \
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
	X(selection_mode, INT, 0, 1, NULL) \
	X(selection_mcc, INT, 0, 999, NULL) \
	X(selection_mnc, STR, 0, 0, NULL) \
	X(disabled_modes, INT, 0, 65535, NULL) \
	X(domain_preference, INT, 0, UINT32_MAX, NULL) \
	X(usage_preference, INT, 0, UINT32_MAX, NULL) \
	X(voice_preference, INT, 0, UINT32_MAX, NULL) \
	X(change_duration, INT, 0, 255, NULL) \
	X(selection_pcs, INT, 0, 1, NULL) \
	X(network_selection, STR, 0, 0, NULL) /* these and the following: bytes of one TLV */ \
	X(acquisition_order, STR, 0, 0, NULL) \
	X(lte_masks, STR, 0, 0, NULL) \
	X(nr_sa_masks, STR, 0, 0, NULL) \
	X(nr_nsa_masks, STR, 0, 0, NULL) \
	X(preferred, STR, 0, 0, "hex:020006010200004036010400ffff") \
	X(preferred_static, STR, 0, 0, NULL) \
	X(preferred_digits, STR, 0, 0, "hex:020601020000360104000" "1") \
	X(preferred_cleared, INT, 0, 1, NULL) \
	X(eons_name, STR, 0, 0, \
		"hex:010854657374205350" "4e01000004546573740100000c54657374204e6574776f726b") \
	X(named_plmn, STR, 0, 0, NULL) \
	/* nas: register and scan */ \
	X(register_action, INT, 0, 255, NULL) \
	X(register_rat, INT, 0, 255, NULL) \
	X(aborted, INT, 0, 65535, NULL) /* the transaction that an abort named */ \
	X(scan_type, INT, 0, 255, NULL) \
	X(scan_networks, STR, 0, 0, "hex:0200" "01000100" "a3" "03" "4f6e65" \
		"36010400" "aa" "03" "54776f") \
	X(scan_radios, STR, 0, 0, "hex:0200" "01000100" "08" "36010400" "05") \
	X(scan_digits, STR, 0, 0, "hex:0200" "01000100" "00" "36010400" "01") \
	X(scan_result, INT, 0, UINT32_MAX, "0") \
	/* nas: radio */ \
	X(txrx_radio, INT, 0, 255, NULL) \
	X(rx_chain_0, STR, 0, 0, "hex:01" "73fdffff" "8dffffff" "35fcffff" "35fcffff" "ffffffff") \
	X(rx_chain_1, STR, 0, 0, "hex:00" "00000000" "00000000" "00000000" "00000000" "ffffffff") \
	X(tx_chain, STR, 0, 0, "hex:01" "e6000000") \
	X(ca_bandwidth, INT, 0, UINT32_MAX, "5") \
	X(ca_pcell, STR, 0, 0, "hex:0400140505000000" "7a00") \
	X(ca_scell, STR, 0, 0, NULL) \
	X(ca_scell_index, INT, 0, 255, NULL) \
	X(ca_scells, STR, 0, 0, "hex:01" "0500f60b03000000" "7e00" "02000000" "01") \
	X(swi_common, STR, 0, 0, NULL) \
	X(swi_lte, STR, 0, 0, NULL) \
	X(nr_arfcn, INT, 0, UINT32_MAX, NULL) \
	X(cells_nr, STR, 0, 0, NULL) \
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
