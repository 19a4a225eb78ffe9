# fish completion of qmitool and its symlinks.
# Made by completions/generate.sh from the tables of qmitool; changes here are lost.

# The words before the cursor that are no options: applet, verb, arguments.
function __qmitool_words
	set -l skip 0
	set -l ended 0
	for word in (commandline -opc)[2..-1]
		if test $skip = 1
			set skip 0
		else if test $ended = 0; and test "$word" = --
			set ended 1
		else if test $ended = 0; and contains -- $word --device -d --timeout -t --field -f --cid --install --key-file -k --magic --magic-string --slot -s --pin -i --pin-file -p --rssi --rsrp --rsrq --snr --rat --modes --bands --lte-bands --nr-bands --nr-sa-bands --nr-nsa-bands --network --roaming --order --domain --usage --voice --emergency --duration --session --aid --record -r --offset -o --logical -l --channel -c --apn --ip --auth --user --password-file --profile --profile-3gpp2 --mux --interface -i --metric --dns-file --hook --type --name --context --index --family --action --endpoint-type --endpoint-number --client-type --ul --dl --dl-max-size --dl-max-datagrams --ul-max-size --ul-max-datagrams --endpoint --aggregation --size --mtu --stats --interval --clock --cells --gnss --uncertainty --altitude --url --address --port --storage -s --mode --tag --status-reports --smsc --class --config --carrier --revision --vendor --client --transaction --service -S --empty-timeout --group --socket --socket-mode --write -w
			set skip 1
		else if test $ended = 0; and string match -qr -- '^-[^-dtfksiprolcisSw0-9][^dtfksiprolcisSw]*[dtfksiprolcisSw]$' $word
			set skip 1
		else if test $ended = 0; and string match -qr -- '^-[^0-9]' $word
			continue
		else
			echo -- $word
		end
	end
end

function __qmitool_no_applet
	test (count (__qmitool_words)) = 0
end

function __qmitool_no_verb
	set -l words (__qmitool_words)
	test (count $words) = 1; and test $words[1] = $argv[1]
end

# The verb - is what an applet does without one.
function __qmitool_verb
	set -l words (__qmitool_words)
	test "$words[1]" = $argv[1]; or return
	test "$words[2]" = $argv[2]; and return
	test $argv[2] = -; and test (count $words) = 1
end

function __qmitool_no_argument
	__qmitool_verb $argv; and test (count (__qmitool_words)) = 2
end

function __qmitool_keys_of
	switch $argv[1]
		case 'status'
			string split -n ' ' -- 'device.manufacturer device.model device.revision device.imei device.mode sim.state sim.slot sim.pin1.state sim.pin1.retries registration.registration registration.cs_attach registration.ps_attach registration.network registration.radio_interfaces registration.data_capabilities registration.roaming registration.plmn.mcc registration.plmn.mnc registration.plmn.name registration.lac registration.tac registration.cell_id registration.service.status registration.service.capability registration.service.forbidden signal.cdma.rssi signal.cdma.ecio signal.cdma.bars signal.evdo.rssi signal.evdo.ecio signal.evdo.sinr_level signal.evdo.io signal.evdo.bars signal.gsm.rssi signal.gsm.bars signal.umts.rssi signal.umts.ecio signal.umts.rscp signal.umts.bars signal.td_scdma.rscp signal.td_scdma.bars signal.lte.rssi signal.lte.rsrq signal.lte.rsrp signal.lte.snr signal.lte.bars signal.nr5g.rsrp signal.nr5g.rsrq signal.nr5g.snr signal.nr5g.bars connection.session connection.ipv4.status connection.ipv4.address connection.ipv4.gateway connection.ipv4.dns connection.ipv4.mtu connection.ipv4.apn connection.ipv6.status connection.ipv6.address connection.ipv6.gateway connection.ipv6.dns connection.ipv6.mtu connection.ipv6.apn sim_ready registered connected failed'; or true
		case 'dms activation'
			string split -n ' ' -- 'activation'; or true
		case 'dms alt-net-config' 'dms user-lock'
			string split -n ' ' -- 'enabled'; or true
		case 'dms bands'
			string split -n ' ' -- 'bands lte_bands nr5g_bands'; or true
		case 'dms capabilities'
			string split -n ' ' -- 'max_tx_rate max_rx_rate data_service sim radio_interfaces'; or true
		case 'dms ck status'
			string split -n ' ' -- 'state verify_retries unblock_retries blocking'; or true
		case 'dms eri' 'dms user-data'
			string split -n ' ' -- 'data'; or true
		case 'dms firmware'
			string split -n ' ' -- 'images[0].type images[0].maximum images[0].running images[0].stored[0].index images[0].stored[0].failures images[0].stored[0].id images[0].stored[0].build preferred[0].type preferred[0].id preferred[0].build'; or true
		case 'dms firmware select' 'dms firmware prefer'
			string split -n ' ' -- 'download'; or true
		case 'dms firmware download-mode' 'loc mode'
			string split -n ' ' -- 'mode'; or true
		case 'dms firmware swi'
			string split -n ' ' -- 'model boot_version amss_version sku package carrier_id carrier pri_version config_version'; or true
		case 'dms firmware foxconn'
			string split -n ' ' -- 'version'; or true
		case 'dms ids'
			string split -n ' ' -- 'imei imei_software_version meid esn'; or true
		case 'dms info'
			string split -n ' ' -- 'manufacturer model revision hardware_revision imei imei_software_version meid esn max_tx_rate max_rx_rate data_service radio_interfaces'; or true
		case 'dms mac'
			string split -n ' ' -- 'mac'; or true
		case 'dms mode'
			string split -n ' ' -- 'mode offline_reason hardware_restricted'; or true
		case 'dms msisdn'
			string split -n ' ' -- 'msisdn'; or true
		case 'dms pin'
			string split -n ' ' -- 'pin1.status pin1.verify_retries pin1.unblock_retries pin2.status pin2.verify_retries pin2.unblock_retries'; or true
		case 'dms power'
			string split -n ' ' -- 'power battery'; or true
		case 'dms prl'
			string split -n ' ' -- 'version only'; or true
		case 'dms revision'
			string split -n ' ' -- 'revision hardware_revision software_version factory_sku'; or true
		case 'dms sim'
			string split -n ' ' -- 'state iccid imsi'; or true
		case 'dms time'
			string split -n ' ' -- 'time source system user'; or true
		case 'dms usb-composition'
			string split -n ' ' -- 'current supported'; or true
		case 'nas ca'
			string split -n ' ' -- 'bandwidth pcell.pci pcell.earfcn pcell.bandwidth pcell.band scell.pci scell.earfcn scell.bandwidth scell.band scell.state scell_index scells[0].pci scells[0].earfcn scells[0].bandwidth scells[0].band scells[0].state scells[0].index'; or true
		case 'nas cells'
			string split -n ' ' -- 'nr5g.plmn.mcc nr5g.plmn.mnc nr5g.tac nr5g.cell_id nr5g.pci nr5g.rsrp nr5g.rsrq nr5g.snr nr5g.arfcn nr5g.bands nr5g.frequency lte.idle lte.plmn.mcc lte.plmn.mnc lte.tac lte.cell_id lte.enb lte.sector lte.earfcn lte.band lte.frequency lte.pci lte.cells[0].pci lte.cells[0].rsrp lte.cells[0].rsrq lte.cells[0].rssi lte.cells[0].rx_level lte.timing_advance lte.inter[0].earfcn lte.inter[0].band lte.inter[0].frequency lte.inter[0].priority lte.inter[0].cells[0].pci lte.inter[0].cells[0].rsrp lte.inter[0].cells[0].rsrq lte.inter[0].cells[0].rssi lte.inter[0].cells[0].rx_level lte.gsm[0].priority lte.gsm[0].cells[0].arfcn lte.gsm[0].cells[0].bsic lte.gsm[0].cells[0].rssi lte.gsm[0].cells[0].rx_level lte.umts[0].uarfcn lte.umts[0].priority lte.umts[0].cells[0].psc lte.umts[0].cells[0].rscp lte.umts[0].cells[0].ecno lte.umts[0].cells[0].rx_level umts.cell_id umts.plmn.mcc umts.plmn.mnc umts.lac umts.uarfcn umts.psc umts.rscp umts.ecio umts.cells[0].uarfcn umts.cells[0].psc umts.cells[0].rscp umts.cells[0].ecio umts.gsm[0].arfcn umts.gsm[0].ncc umts.gsm[0].bcc umts.gsm[0].rssi umts.rrc_state umts.lte[0].earfcn umts.lte[0].band umts.lte[0].frequency umts.lte[0].pci umts.lte[0].rsrp umts.lte[0].rsrq umts.lte[0].rx_level umts.lte[0].tdd gsm.cell_id gsm.plmn.mcc gsm.plmn.mnc gsm.lac gsm.arfcn gsm.bsic gsm.rx_level gsm.timing_advance gsm.cells[0].cell_id gsm.cells[0].plmn.mcc gsm.cells[0].plmn.mnc gsm.cells[0].lac gsm.cells[0].arfcn gsm.cells[0].bsic gsm.cells[0].rx_level cdma.sid cdma.nid cdma.base_station_id cdma.reference_pn cdma.latitude cdma.longitude'; or true
		case 'nas drx'
			string split -n ' ' -- 'drx'; or true
		case 'nas home'
			string split -n ' ' -- 'plmn.mcc plmn.mnc plmn.name name_source sid nid cdma.mcc cdma.mnc cdma.name'; or true
		case 'nas monitor'
			string split -n ' ' -- 'event registration cs_attach ps_attach network radio_interfaces data_capabilities roaming plmn.mcc plmn.mnc plmn.name lac tac cell_id service.status service.capability service.forbidden cdma.rssi cdma.ecio cdma.bars evdo.rssi evdo.ecio evdo.sinr_level evdo.io evdo.bars gsm.rssi gsm.bars umts.rssi umts.ecio umts.rscp umts.bars td_scdma.rscp td_scdma.bars lte.rssi lte.rsrq lte.rsrp lte.snr lte.bars nr5g.rsrp nr5g.rsrq nr5g.snr nr5g.bars nr5g.service nr5g.true_service nr5g.preferred_path nr5g.domain nr5g.capability nr5g.roaming nr5g.forbidden nr5g.plmn.mcc nr5g.plmn.mnc nr5g.lac nr5g.tac nr5g.cell_id nr5g.reject.domain nr5g.reject.cause lte.service lte.true_service lte.preferred_path lte.domain lte.capability lte.roaming lte.forbidden lte.plmn.mcc lte.plmn.mnc lte.lac lte.tac lte.cell_id lte.reject.domain lte.reject.cause lte.voice lte.voice_domain lte.ims_voice lte.registration_domain lte.cell_access lte.embms_coverage lte.nr5g_available lte.nr5g_restricted umts.service umts.true_service umts.preferred_path umts.domain umts.capability umts.roaming umts.forbidden umts.plmn.mcc umts.plmn.mnc umts.lac umts.cell_id umts.reject.domain umts.reject.cause umts.hs_call umts.hs_service umts.psc umts.cs_barring umts.ps_barring umts.cipher_domain umts.routing_area td_scdma.service td_scdma.true_service td_scdma.preferred_path td_scdma.domain td_scdma.capability td_scdma.roaming td_scdma.forbidden td_scdma.plmn.mcc td_scdma.plmn.mnc td_scdma.lac td_scdma.cell_id td_scdma.reject.domain td_scdma.reject.cause td_scdma.hs_call td_scdma.hs_service td_scdma.cell_parameter_id gsm.service gsm.true_service gsm.preferred_path gsm.domain gsm.capability gsm.roaming gsm.forbidden gsm.plmn.mcc gsm.plmn.mnc gsm.lac gsm.cell_id gsm.reject.domain gsm.reject.cause gsm.egprs gsm.dtm gsm.cs_barring gsm.ps_barring gsm.cipher_domain gsm.routing_area cdma.service cdma.preferred_path cdma.domain cdma.capability cdma.roaming cdma.forbidden cdma.plmn.mcc cdma.plmn.mnc cdma.prl_match cdma.p_rev cdma.base_station_p_rev cdma.concurrent_services cdma.sid cdma.nid cdma.base_station_id cdma.latitude cdma.longitude cdma.packet_zone cdma.zone cdma.resolved_mcc evdo.service evdo.preferred_path evdo.domain evdo.capability evdo.roaming evdo.forbidden evdo.prl_match evdo.personality evdo.protocol_revision evdo.is_856_system_id sim_reject restriction name spn.name spn.display nitz.long nitz.short names[0].long names[0].short plmns[0].mcc plmns[0].mnc plmns[0].first_lac plmns[0].last_lac plmns[0].record radio domain cause'; or true
		case 'nas operator'
			string split -n ' ' -- 'name spn.name spn.display nitz.long nitz.short names[0].long names[0].short plmns[0].mcc plmns[0].mnc plmns[0].first_lac plmns[0].last_lac plmns[0].record'; or true
		case 'nas plmn-name'
			string split -n ' ' -- 'spn.name name.long name.short display.spn display.plmn home name_source'; or true
		case 'nas preferred'
			string split -n ' ' -- 'networks[0].mcc networks[0].mnc networks[0].access static[0].mcc static[0].mnc static[0].access'; or true
		case 'nas rf'
			string split -n ' ' -- 'bands[0].radio bands[0].band bands[0].channel bandwidths[0].radio bandwidths[0].bandwidth'; or true
		case 'nas scan'
			string split -n ' ' -- 'networks[0].mcc networks[0].mnc networks[0].name networks[0].status networks[0].radio'; or true
		case 'nas select'
			string split -n ' ' -- 'modes disabled_modes network plmn.mcc plmn.mnc roaming order gsm_umts_order domain usage voice restriction emergency prl bands td_scdma_bands lte_bands nr_sa_bands nr_nsa_bands technology.active technology.duration technology.persistent'; or true
		case 'nas signal'
			string split -n ' ' -- 'cdma.rssi cdma.ecio cdma.bars evdo.rssi evdo.ecio evdo.sinr_level evdo.io evdo.bars gsm.rssi gsm.bars umts.rssi umts.ecio umts.rscp umts.bars td_scdma.rscp td_scdma.bars lte.rssi lte.rsrq lte.rsrp lte.snr lte.bars nr5g.rsrp nr5g.rsrq nr5g.snr nr5g.bars'; or true
		case 'nas status' 'nas wait'
			string split -n ' ' -- 'registration cs_attach ps_attach network radio_interfaces data_capabilities roaming plmn.mcc plmn.mnc plmn.name lac tac cell_id service.status service.capability service.forbidden'; or true
		case 'nas swi-status'
			string split -n ' ' -- 'temperature modem_mode system_mode ims_registration packet_service lte.band lte.bandwidth lte.rx_channel lte.tx_channel lte.emm_state lte.emm_connection'; or true
		case 'nas system'
			string split -n ' ' -- 'nr5g.service nr5g.true_service nr5g.preferred_path nr5g.domain nr5g.capability nr5g.roaming nr5g.forbidden nr5g.plmn.mcc nr5g.plmn.mnc nr5g.lac nr5g.tac nr5g.cell_id nr5g.reject.domain nr5g.reject.cause lte.service lte.true_service lte.preferred_path lte.domain lte.capability lte.roaming lte.forbidden lte.plmn.mcc lte.plmn.mnc lte.lac lte.tac lte.cell_id lte.reject.domain lte.reject.cause lte.voice lte.voice_domain lte.ims_voice lte.registration_domain lte.cell_access lte.embms_coverage lte.nr5g_available lte.nr5g_restricted umts.service umts.true_service umts.preferred_path umts.domain umts.capability umts.roaming umts.forbidden umts.plmn.mcc umts.plmn.mnc umts.lac umts.cell_id umts.reject.domain umts.reject.cause umts.hs_call umts.hs_service umts.psc umts.cs_barring umts.ps_barring umts.cipher_domain umts.routing_area td_scdma.service td_scdma.true_service td_scdma.preferred_path td_scdma.domain td_scdma.capability td_scdma.roaming td_scdma.forbidden td_scdma.plmn.mcc td_scdma.plmn.mnc td_scdma.lac td_scdma.cell_id td_scdma.reject.domain td_scdma.reject.cause td_scdma.hs_call td_scdma.hs_service td_scdma.cell_parameter_id gsm.service gsm.true_service gsm.preferred_path gsm.domain gsm.capability gsm.roaming gsm.forbidden gsm.plmn.mcc gsm.plmn.mnc gsm.lac gsm.cell_id gsm.reject.domain gsm.reject.cause gsm.egprs gsm.dtm gsm.cs_barring gsm.ps_barring gsm.cipher_domain gsm.routing_area cdma.service cdma.preferred_path cdma.domain cdma.capability cdma.roaming cdma.forbidden cdma.plmn.mcc cdma.plmn.mnc cdma.prl_match cdma.p_rev cdma.base_station_p_rev cdma.concurrent_services cdma.sid cdma.nid cdma.base_station_id cdma.latitude cdma.longitude cdma.packet_zone cdma.zone cdma.resolved_mcc evdo.service evdo.preferred_path evdo.domain evdo.capability evdo.roaming evdo.forbidden evdo.prl_match evdo.personality evdo.protocol_revision evdo.is_856_system_id sim_reject restriction'; or true
		case 'nas txrx'
			string split -n ' ' -- 'rx0.tuned rx0.power rx0.ecio rx0.rscp rx0.rsrp rx0.phase rx1.tuned rx1.power rx1.ecio rx1.rscp rx1.rsrp rx1.phase rx2.tuned rx2.power rx2.ecio rx2.rscp rx2.rsrp rx2.phase rx3.tuned rx3.power rx3.ecio rx3.rscp rx3.rsrp rx3.phase tx.in_traffic tx.power'; or true
		case 'uim personalization status'
			string split -n ' ' -- 'features[0].feature features[0].retries features[0].unblock_retries'; or true
		case 'wds start'
			string split -n ' ' -- 'session status ipv4.status ipv4.client ipv4.handle ipv6.status ipv6.client ipv6.handle'; or true
		case 'wds up'
			string split -n ' ' -- 'session interface state reason registration ipv4.address ipv4.gateway ipv4.dns ipv6.address ipv6.gateway ipv6.dns mtu'; or true
		case 'wds status'
			string split -n ' ' -- 'connected modem.ipv4.status modem.ipv6.status sessions[0].session sessions[0].status sessions[0].ipv4.status sessions[0].ipv4.client sessions[0].ipv4.handle sessions[0].ipv6.status sessions[0].ipv6.client sessions[0].ipv6.handle session status ipv4.status ipv4.client ipv4.handle ipv6.status ipv6.client ipv6.handle'; or true
		case 'wds settings'
			string split -n ' ' -- 'session ipv4.address ipv4.gateway ipv4.dns ipv4.mtu ipv4.apn ipv6.address ipv6.gateway ipv6.dns ipv6.mtu ipv6.apn address gateway dns mtu apn'; or true
		case 'wds stats'
			string split -n ' ' -- 'session ipv4.tx_bytes ipv4.rx_bytes ipv4.tx_packets ipv4.rx_packets ipv4.tx_errors ipv4.rx_errors ipv4.tx_overflows ipv4.rx_overflows ipv4.tx_dropped ipv4.rx_dropped ipv6.tx_bytes ipv6.rx_bytes ipv6.tx_packets ipv6.rx_packets ipv6.tx_errors ipv6.rx_errors ipv6.tx_overflows ipv6.rx_overflows ipv6.tx_dropped ipv6.rx_dropped tx_bytes rx_bytes tx_packets rx_packets tx_errors rx_errors tx_overflows rx_overflows tx_dropped rx_dropped'; or true
		case 'wds autoconnect'
			string split -n ' ' -- 'autoconnect roaming'; or true
		case 'wds profiles' 'wds profile'
			string split -n ' ' -- 'profiles[0].type profiles[0].index profiles[0].name profiles[0].apn profiles[0].pdp_type profiles[0].auth profiles[0].user profiles[0].password profiles[0].no_roaming profiles[0].disabled profiles[0].context profiles[0].primary_ipv4_dns_address profiles[0].secondary_ipv4_dns_address profiles[0].ipv4_address_preference profiles[0].ipv6_address_preference profiles[0].ipv6_primary_dns_address_preference profiles[0].ipv6_secondary_dns_address_preference profiles[0].pdp_header_compression_type profiles[0].pdp_data_compression_type profiles[0].pcscf_address_using_pco profiles[0].pdp_access_control profiles[0].pcscf_address_using_dhcp profiles[0].imcn_flag profiles[0].pdp_context_secondary_flag profiles[0].pdp_context_primary_id profiles[0].address_allocation_preference profiles[0].apn_type_mask profiles[0].clat_enabled profiles[0].ipv6_prefix_delegation profiles[0].vlan_id_type.vlan_id_range_start profiles[0].vlan_id_type.vlan_id_range_end profiles[0].lte_qos_parameters.qos_class_identifier profiles[0].lte_qos_parameters.guaranteed_downlink_bitrate profiles[0].lte_qos_parameters.max_downlink_bitrate profiles[0].lte_qos_parameters.guaranteed_uplink_bitrate profiles[0].lte_qos_parameters.max_uplink_bitrate profiles[0].umts_requested_qos.traffic_class profiles[0].umts_requested_qos.max_uplink_bitrate profiles[0].umts_requested_qos.max_downlink_bitrate profiles[0].umts_requested_qos.guaranteed_uplink_bitrate profiles[0].umts_requested_qos.guaranteed_downlink_bitrate profiles[0].umts_requested_qos.qos_delivery_order profiles[0].umts_requested_qos.maximum_sdu_size profiles[0].umts_requested_qos.sdu_error_ratio profiles[0].umts_requested_qos.residual_bit_error_ratio profiles[0].umts_requested_qos.delivery_erroneous_sdu profiles[0].umts_requested_qos.transfer_delay profiles[0].umts_requested_qos.traffic_handling_priority profiles[0].umts_minimum_qos.traffic_class profiles[0].umts_minimum_qos.max_uplink_bitrate profiles[0].umts_minimum_qos.max_downlink_bitrate profiles[0].umts_minimum_qos.guaranteed_uplink_bitrate profiles[0].umts_minimum_qos.guaranteed_downlink_bitrate profiles[0].umts_minimum_qos.qos_delivery_order profiles[0].umts_minimum_qos.maximum_sdu_size profiles[0].umts_minimum_qos.sdu_error_ratio profiles[0].umts_minimum_qos.residual_bit_error_ratio profiles[0].umts_minimum_qos.delivery_erroneous_sdu profiles[0].umts_minimum_qos.transfer_delay profiles[0].umts_minimum_qos.traffic_handling_priority profiles[0].gprs_requested_qos.precedence_class profiles[0].gprs_requested_qos.delay_class profiles[0].gprs_requested_qos.reliability_class profiles[0].gprs_requested_qos.peak_throughput_class profiles[0].gprs_requested_qos.mean_throughput_class profiles[0].gprs_minimum_qos.precedence_class profiles[0].gprs_minimum_qos.delay_class profiles[0].gprs_minimum_qos.reliability_class profiles[0].gprs_minimum_qos.peak_throughput_class profiles[0].gprs_minimum_qos.mean_throughput_class profiles[0].umts_requested_qos_with_signaling_indication_flag.traffic_class profiles[0].umts_requested_qos_with_signaling_indication_flag.max_uplink_bitrate profiles[0].umts_requested_qos_with_signaling_indication_flag.max_downlink_bitrate profiles[0].umts_requested_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate profiles[0].umts_requested_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate profiles[0].umts_requested_qos_with_signaling_indication_flag.qos_delivery_order profiles[0].umts_requested_qos_with_signaling_indication_flag.maximum_sdu_size profiles[0].umts_requested_qos_with_signaling_indication_flag.sdu_error_ratio profiles[0].umts_requested_qos_with_signaling_indication_flag.residual_bit_error_ratio profiles[0].umts_requested_qos_with_signaling_indication_flag.delivery_erroneous_sdu profiles[0].umts_requested_qos_with_signaling_indication_flag.transfer_delay profiles[0].umts_requested_qos_with_signaling_indication_flag.traffic_handling_priority profiles[0].umts_requested_qos_with_signaling_indication_flag.signaling_indication profiles[0].umts_minimum_qos_with_signaling_indication_flag.traffic_class profiles[0].umts_minimum_qos_with_signaling_indication_flag.max_uplink_bitrate profiles[0].umts_minimum_qos_with_signaling_indication_flag.max_downlink_bitrate profiles[0].umts_minimum_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate profiles[0].umts_minimum_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate profiles[0].umts_minimum_qos_with_signaling_indication_flag.qos_delivery_order profiles[0].umts_minimum_qos_with_signaling_indication_flag.maximum_sdu_size profiles[0].umts_minimum_qos_with_signaling_indication_flag.sdu_error_ratio profiles[0].umts_minimum_qos_with_signaling_indication_flag.residual_bit_error_ratio profiles[0].umts_minimum_qos_with_signaling_indication_flag.delivery_erroneous_sdu profiles[0].umts_minimum_qos_with_signaling_indication_flag.transfer_delay profiles[0].umts_minimum_qos_with_signaling_indication_flag.traffic_handling_priority profiles[0].umts_minimum_qos_with_signaling_indication_flag.signaling_indication'; or true
		case 'wds profile create'
			string split -n ' ' -- 'type index'; or true
		case 'wds profile default'
			string split -n ' ' -- 'index'; or true
		case 'wds profile show'
			string split -n ' ' -- 'type index name apn pdp_type auth user password no_roaming disabled context primary_ipv4_dns_address secondary_ipv4_dns_address ipv4_address_preference ipv6_address_preference ipv6_primary_dns_address_preference ipv6_secondary_dns_address_preference pdp_header_compression_type pdp_data_compression_type pcscf_address_using_pco pdp_access_control pcscf_address_using_dhcp imcn_flag pdp_context_secondary_flag pdp_context_primary_id address_allocation_preference apn_type_mask clat_enabled ipv6_prefix_delegation vlan_id_type.vlan_id_range_start vlan_id_type.vlan_id_range_end lte_qos_parameters.qos_class_identifier lte_qos_parameters.guaranteed_downlink_bitrate lte_qos_parameters.max_downlink_bitrate lte_qos_parameters.guaranteed_uplink_bitrate lte_qos_parameters.max_uplink_bitrate umts_requested_qos.traffic_class umts_requested_qos.max_uplink_bitrate umts_requested_qos.max_downlink_bitrate umts_requested_qos.guaranteed_uplink_bitrate umts_requested_qos.guaranteed_downlink_bitrate umts_requested_qos.qos_delivery_order umts_requested_qos.maximum_sdu_size umts_requested_qos.sdu_error_ratio umts_requested_qos.residual_bit_error_ratio umts_requested_qos.delivery_erroneous_sdu umts_requested_qos.transfer_delay umts_requested_qos.traffic_handling_priority umts_minimum_qos.traffic_class umts_minimum_qos.max_uplink_bitrate umts_minimum_qos.max_downlink_bitrate umts_minimum_qos.guaranteed_uplink_bitrate umts_minimum_qos.guaranteed_downlink_bitrate umts_minimum_qos.qos_delivery_order umts_minimum_qos.maximum_sdu_size umts_minimum_qos.sdu_error_ratio umts_minimum_qos.residual_bit_error_ratio umts_minimum_qos.delivery_erroneous_sdu umts_minimum_qos.transfer_delay umts_minimum_qos.traffic_handling_priority gprs_requested_qos.precedence_class gprs_requested_qos.delay_class gprs_requested_qos.reliability_class gprs_requested_qos.peak_throughput_class gprs_requested_qos.mean_throughput_class gprs_minimum_qos.precedence_class gprs_minimum_qos.delay_class gprs_minimum_qos.reliability_class gprs_minimum_qos.peak_throughput_class gprs_minimum_qos.mean_throughput_class umts_requested_qos_with_signaling_indication_flag.traffic_class umts_requested_qos_with_signaling_indication_flag.max_uplink_bitrate umts_requested_qos_with_signaling_indication_flag.max_downlink_bitrate umts_requested_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate umts_requested_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate umts_requested_qos_with_signaling_indication_flag.qos_delivery_order umts_requested_qos_with_signaling_indication_flag.maximum_sdu_size umts_requested_qos_with_signaling_indication_flag.sdu_error_ratio umts_requested_qos_with_signaling_indication_flag.residual_bit_error_ratio umts_requested_qos_with_signaling_indication_flag.delivery_erroneous_sdu umts_requested_qos_with_signaling_indication_flag.transfer_delay umts_requested_qos_with_signaling_indication_flag.traffic_handling_priority umts_requested_qos_with_signaling_indication_flag.signaling_indication umts_minimum_qos_with_signaling_indication_flag.traffic_class umts_minimum_qos_with_signaling_indication_flag.max_uplink_bitrate umts_minimum_qos_with_signaling_indication_flag.max_downlink_bitrate umts_minimum_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate umts_minimum_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate umts_minimum_qos_with_signaling_indication_flag.qos_delivery_order umts_minimum_qos_with_signaling_indication_flag.maximum_sdu_size umts_minimum_qos_with_signaling_indication_flag.sdu_error_ratio umts_minimum_qos_with_signaling_indication_flag.residual_bit_error_ratio umts_minimum_qos_with_signaling_indication_flag.delivery_erroneous_sdu umts_minimum_qos_with_signaling_indication_flag.transfer_delay umts_minimum_qos_with_signaling_indication_flag.traffic_handling_priority umts_minimum_qos_with_signaling_indication_flag.signaling_indication'; or true
		case 'wds profile template'
			string split -n ' ' -- 'name apn pdp_type auth user password disabled context primary_ipv4_dns_address secondary_ipv4_dns_address ipv4_address_preference ipv6_address_preference ipv6_primary_dns_address_preference ipv6_secondary_dns_address_preference pdp_header_compression_type pdp_data_compression_type pcscf_address_using_pco pdp_access_control pcscf_address_using_dhcp imcn_flag pdp_context_secondary_flag pdp_context_primary_id address_allocation_preference vlan_id_type.vlan_id_range_start vlan_id_type.vlan_id_range_end lte_qos_parameters.qos_class_identifier lte_qos_parameters.guaranteed_downlink_bitrate lte_qos_parameters.max_downlink_bitrate lte_qos_parameters.guaranteed_uplink_bitrate lte_qos_parameters.max_uplink_bitrate umts_requested_qos.traffic_class umts_requested_qos.max_uplink_bitrate umts_requested_qos.max_downlink_bitrate umts_requested_qos.guaranteed_uplink_bitrate umts_requested_qos.guaranteed_downlink_bitrate umts_requested_qos.qos_delivery_order umts_requested_qos.maximum_sdu_size umts_requested_qos.sdu_error_ratio umts_requested_qos.residual_bit_error_ratio umts_requested_qos.delivery_erroneous_sdu umts_requested_qos.transfer_delay umts_requested_qos.traffic_handling_priority umts_minimum_qos.traffic_class umts_minimum_qos.max_uplink_bitrate umts_minimum_qos.max_downlink_bitrate umts_minimum_qos.guaranteed_uplink_bitrate umts_minimum_qos.guaranteed_downlink_bitrate umts_minimum_qos.qos_delivery_order umts_minimum_qos.maximum_sdu_size umts_minimum_qos.sdu_error_ratio umts_minimum_qos.residual_bit_error_ratio umts_minimum_qos.delivery_erroneous_sdu umts_minimum_qos.transfer_delay umts_minimum_qos.traffic_handling_priority gprs_requested_qos.precedence_class gprs_requested_qos.delay_class gprs_requested_qos.reliability_class gprs_requested_qos.peak_throughput_class gprs_requested_qos.mean_throughput_class gprs_minimum_qos.precedence_class gprs_minimum_qos.delay_class gprs_minimum_qos.reliability_class gprs_minimum_qos.peak_throughput_class gprs_minimum_qos.mean_throughput_class umts_requested_qos_with_signaling_indication_flag.traffic_class umts_requested_qos_with_signaling_indication_flag.max_uplink_bitrate umts_requested_qos_with_signaling_indication_flag.max_downlink_bitrate umts_requested_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate umts_requested_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate umts_requested_qos_with_signaling_indication_flag.qos_delivery_order umts_requested_qos_with_signaling_indication_flag.maximum_sdu_size umts_requested_qos_with_signaling_indication_flag.sdu_error_ratio umts_requested_qos_with_signaling_indication_flag.residual_bit_error_ratio umts_requested_qos_with_signaling_indication_flag.delivery_erroneous_sdu umts_requested_qos_with_signaling_indication_flag.transfer_delay umts_requested_qos_with_signaling_indication_flag.traffic_handling_priority umts_requested_qos_with_signaling_indication_flag.signaling_indication umts_minimum_qos_with_signaling_indication_flag.traffic_class umts_minimum_qos_with_signaling_indication_flag.max_uplink_bitrate umts_minimum_qos_with_signaling_indication_flag.max_downlink_bitrate umts_minimum_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate umts_minimum_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate umts_minimum_qos_with_signaling_indication_flag.qos_delivery_order umts_minimum_qos_with_signaling_indication_flag.maximum_sdu_size umts_minimum_qos_with_signaling_indication_flag.sdu_error_ratio umts_minimum_qos_with_signaling_indication_flag.residual_bit_error_ratio umts_minimum_qos_with_signaling_indication_flag.delivery_erroneous_sdu umts_minimum_qos_with_signaling_indication_flag.transfer_delay umts_minimum_qos_with_signaling_indication_flag.traffic_handling_priority umts_minimum_qos_with_signaling_indication_flag.signaling_indication'; or true
		case 'wds attach-apn'
			string split -n ' ' -- 'apn ip attached profiles pending max_profiles'; or true
		case 'wds bearer'
			string split -n ' ' -- 'bearer last_bearer current.network current.rats current.service_options last.network last.rats last.service_options'; or true
		case 'wds bind'
			string split -n ' ' -- 'subscription'; or true
		case 'wds channel-rates'
			string split -n ' ' -- 'tx rx max_tx max_rx'; or true
		case 'wds dormancy'
			string split -n ' ' -- 'dormancy'; or true
		case 'wds format'
			string split -n ' ' -- 'interface agree modem.format modem.qos modem.flow_control modem.uplink.aggregation modem.uplink.max_size modem.uplink.max_datagrams modem.downlink.aggregation modem.downlink.max_size modem.downlink.max_datagrams modem.downlink.padding kernel.driver kernel.format kernel.pass_through kernel.up kernel.mtu'; or true
		case 'wds iface'
			string split -n ' ' -- 'interface driver format pass_through up mtu links[0].interface links[0].mux_id links[0].driver links[0].up links[0].mtu'; or true
		case 'wds link' 'wds link list'
			string split -n ' ' -- 'interface links[0].interface links[0].mux_id links[0].driver links[0].up links[0].mtu'; or true
		case 'wds link add'
			string split -n ' ' -- 'interface parent mux_id driver up mtu aggregation max_size'; or true
		case 'wds monitor'
			string split -n ' ' -- 'event status reconfigure family technology bearer_id xlat reason rates.tx rates.rx bearer dormancy call.status call.type call.tethered call.family data_system technology.network technology.rat technology.bearers technology.bearers_3gpp2 flow_control stats.tx_packets stats.rx_packets stats.tx_errors stats.rx_errors stats.tx_overflows stats.rx_overflows stats.tx_bytes stats.rx_bytes stats.tx_dropped stats.rx_dropped changed type index change'; or true
		case 'wds throttle'
			string split -n ' ' -- 'apns[0].apn apns[0].ipv4 apns[0].ipv6 apns[0].ipv4_left apns[0].ipv6_left'; or true
		case 'loc position'
			string split -n ' ' -- 'status latitude longitude uncertainty confidence reliability altitude altitude_ellipsoid altitude_uncertainty altitude_confidence altitude_reliability altitude_assumed speed speed_uncertainty vertical_speed heading heading_uncertainty magnetic_deviation time time_uncertainty time_source leap_seconds dop.p dop.h dop.v technology satellites_used fix_count'; or true
		case 'loc satellites'
			string split -n ' ' -- 'satellites[0].system satellites[0].id satellites[0].health satellites[0].status satellites[0].navigation_data satellites[0].elevation satellites[0].azimuth satellites[0].snr'; or true
		case 'loc nmea'
			string split -n ' ' -- 'nmea'; or true
		case 'loc nmea-types'
			string split -n ' ' -- 'nmea_types'; or true
		case 'loc lock'
			string split -n ' ' -- 'lock'; or true
		case 'loc assist'
			string split -n ' ' -- 'servers max_file_size max_part_size valid_from valid_hours'; or true
		case 'loc server'
			string split -n ' ' -- 'type url ipv4.address ipv4.port ipv6.address ipv6.port'; or true
		case 'loc monitor'
			string split -n ' ' -- 'event status latitude longitude uncertainty confidence reliability altitude altitude_ellipsoid altitude_uncertainty altitude_confidence altitude_reliability altitude_assumed speed speed_uncertainty vertical_speed heading heading_uncertainty magnetic_deviation time time_uncertainty time_source leap_seconds dop.p dop.h dop.v technology satellites_used fix_count satellites[0].system satellites[0].id satellites[0].health satellites[0].status satellites[0].navigation_data satellites[0].elevation satellites[0].azimuth satellites[0].snr engine'; or true
		case 'wms list'
			string split -n ' ' -- 'messages[0].storage messages[0].index messages[0].tag messages[0].format messages[0].type messages[0].from messages[0].to messages[0].time messages[0].delivered messages[0].status messages[0].reference messages[0].smsc messages[0].coding messages[0].class messages[0].part.reference messages[0].part.number messages[0].part.count messages[0].ports.destination messages[0].ports.source messages[0].text messages[0].data messages[0].pdu'; or true
		case 'wms monitor'
			string split -n ' ' -- 'event storage index tag format type from to time delivered status reference smsc coding class part.reference part.number part.count ports.destination ports.source text data pdu alert.type alert.data alert.mcc alert.mnc'; or true
		case 'wms protocol'
			string split -n ' ' -- 'protocol'; or true
		case 'wms read'
			string split -n ' ' -- 'storage index tag format type from to time delivered status reference smsc coding class part.reference part.number part.count ports.destination ports.source text data pdu'; or true
		case 'wms registration'
			string split -n ' ' -- 'registration'; or true
		case 'wms routes'
			string split -n ' ' -- 'routes[0].type routes[0].class routes[0].storage routes[0].action status_reports'; or true
		case 'wms send'
			string split -n ' ' -- 'parts coding message_ids'; or true
		case 'wms smsc'
			string split -n ' ' -- 'smsc'; or true
		case 'wms storage'
			string split -n ' ' -- 'uim.size uim.free nv.size nv.free'; or true
		case 'gas auto-sim'
			string split -n ' ' -- 'mode config'; or true
		case 'gas firmware' 'gas firmware active'
			string split -n ' ' -- 'images[0].index images[0].name images[0].version images[0].pri'; or true
		case 'gas mac'
			string split -n ' ' -- 'mac mac_2'; or true
		case 'gas usb-composition'
			string split -n ' ' -- 'composition endpoint persistent immediate reboot'; or true
		case 'raw versions'
			string split -n ' ' -- 'services[0].service services[0].major_version services[0].minor_version'; or true
		case 'dms activation auto' 'dms activation manual' 'dms firmware delete' 'dms firmware set-id' 'dms pin verify' 'dms pin enable' 'dms pin disable' 'dms pin change' 'dms pin unblock' 'dms user-data write' 'dms user-lock enable' 'dms user-lock disable' 'dms user-lock code' 'nas preferred set' 'nas preferred clear' 'wds profile delete' 'wds profile modify' 'wds bind mux' 'wds bind port' 'wds bind subscription' 'wds link delete' 'loc assist delete' 'loc assist inject' 'loc assist position' 'loc assist time' 'wms routes set' 'gas firmware select'
			string split -n ' ' -- ''; or true
		case '*'
			return 1
	end
end

# The keys of "nas signal" or "dms firmware swi", for -f.
function __qmitool_keys
	set -l words (__qmitool_words)
	__qmitool_keys_of "$words[1..3]"; or __qmitool_keys_of "$words[1..2]"
end

# What qmitool itself knows: services, messages, fields and their values.
function __qmitool_ask
	set -l words (__qmitool_words)
	set -l line (commandline -opc)
	set -l kind $argv[1]
	set -l program $line[1]
	string match -qr '(^|/)qmitool$' -- $program; or set program qmitool
	contains -- --response $line; and set kind response
	contains -- --indication $line; and set kind indication
	set -l found ($program raw complete -q -f words -- $kind $words[3..-1] (commandline -ct) 2>/dev/null)
	string split -n ' ' -- $found
end

function __qmitool_devices
	set -l devices /dev/cdc-wdm* /dev/wwan*qmi*
	if test (count $devices) -gt 0
		string join \n -- $devices
	else
		__fish_complete_path (commandline -ct)
	end
end

complete -c qmitool -f
complete -c qmitool -s d -l device -x -a '(__qmitool_devices)' -d 'the port: a device node, a symlink to one, a netdev (wwan0)'
complete -c qmitool -s t -l timeout -x -d 'for the whole command; 0: none'
complete -c qmitool -s j -l json -d 'JSON, one line a result'
complete -c qmitool -s e -l eval -d 'key=\'value\' lines for eval'
complete -c qmitool -s f -l field -x -a '(__qmitool_keys)' -d 'this value alone (lte.rsrp); can be repeated'
complete -c qmitool -s n -l no-proxy -d 'open the port directly'
complete -c qmitool -l cid -x -d 'use this client id'
complete -c qmitool -l keep-cid -d 'leave the client id allocated and tell it'
complete -c qmitool -s v -l verbose -d 'frames on stderr; -vv: subscriber data as well'
complete -c qmitool -s q -l quiet -d 'nothing on stderr'
complete -c qmitool -s h -l help -d 'show help'
complete -c qmitool -s V -l version -d 'show the version'
complete -c qmitool -l install -x -a '(__fish_complete_directories)' -d 'make symlinks qmi-APPLET and qmi-APPLET-VERB in DIR'
complete -c qmitool -l dump-cli -d 'show all tables, for programs'
complete -c qmitool -n '__qmitool_verb status -' -l prometheus -d 'as metrics, for node_exporter\'s textfile collector'
complete -c qmitool -n '__qmitool_verb dms ck' -s k -l key-file -r -F -d 'read what is secret there (-: stdin)'
complete -c qmitool -n '__qmitool_verb dms factory-reset' -s k -l key-file -r -F -d 'read what is secret there (-: stdin)'
complete -c qmitool -n '__qmitool_verb dms fcc-unlock' -l magic -x -d 'send Foxconn\'s message, with this number'
complete -c qmitool -n '__qmitool_verb dms fcc-unlock' -l magic-string -x -d 'send Foxconn\'s second message, with --magic'
complete -c qmitool -n '__qmitool_verb dms firmware' -s s -l slot -x -d 'store the modem image in slot N'
complete -c qmitool -n '__qmitool_verb dms firmware' -l override -d 'download it although it is there'
complete -c qmitool -n '__qmitool_verb dms mode' -l wait -d 'until the modem says that it is in it'
complete -c qmitool -n '__qmitool_verb dms pin' -s i -l pin -x -a 'pin1 pin2' -d 'which PIN (default: pin1)'
complete -c qmitool -n '__qmitool_verb dms pin' -s p -l pin-file -r -F -d 'read it there (-: stdin); a new PIN stands in the second line'
complete -c qmitool -n '__qmitool_verb dms pin' -l force -d 'use the last try, too'
complete -c qmitool -n '__qmitool_verb dms spc' -s k -l key-file -r -F -d 'read what is secret there (-: stdin)'
complete -c qmitool -n '__qmitool_verb dms user-lock' -s k -l key-file -r -F -d 'read what is secret there (-: stdin)'
complete -c qmitool -n '__qmitool_verb nas monitor' -l rssi -x -d 'tell of RSSI that passes these (-105,-90)'
complete -c qmitool -n '__qmitool_verb nas monitor' -l rsrp -x -d 'the same of RSRP'
complete -c qmitool -n '__qmitool_verb nas monitor' -l rsrq -x -d 'the same of RSRQ'
complete -c qmitool -n '__qmitool_verb nas monitor' -l snr -x -d 'the same of SNR'
complete -c qmitool -n '__qmitool_verb nas monitor' -l reconnect -d 'go on when the modem is back'
complete -c qmitool -n '__qmitool_verb nas register' -l rat -x -a 'gsm umts lte td-scdma 5gnr' -d 'with MCCMNC: on this radio interface alone'
complete -c qmitool -n '__qmitool_verb nas register' -l permanent -d 'also after the next power cycle'
complete -c qmitool -n '__qmitool_verb nas scan' -l rat -x -d 'only these: gsm, umts, lte, td-scdma, 5gnr'
complete -c qmitool -n '__qmitool_verb nas select' -l modes -x -d 'cdma-1x, cdma-1xevdo, gsm, umts, lte, td-scdma, 5gnr'
complete -c qmitool -n '__qmitool_verb nas select' -l bands -x -d 'of gsm, umts, cdma, by name'
complete -c qmitool -n '__qmitool_verb nas select' -l lte-bands -x -d 'numbers from 1 to 256 (3,7,20)'
complete -c qmitool -n '__qmitool_verb nas select' -l nr-bands -x -d 'standalone and not (n1,n78)'
complete -c qmitool -n '__qmitool_verb nas select' -l nr-sa-bands -x -d 'standalone alone'
complete -c qmitool -n '__qmitool_verb nas select' -l nr-nsa-bands -x -d 'beside LTE alone'
complete -c qmitool -n '__qmitool_verb nas select' -l network -x -d 'this network alone; or auto'
complete -c qmitool -n '__qmitool_verb nas select' -l roaming -x -a 'off not-off not-flashing any' -d 'any, or off: the home network alone'
complete -c qmitool -n '__qmitool_verb nas select' -l order -x -d 'which radio to try first (5gnr,lte,umts)'
complete -c qmitool -n '__qmitool_verb nas select' -l domain -x -a 'cs-only ps-only cs-ps ps-attach ps-detach' -d 'circuit and packet service'
complete -c qmitool -n '__qmitool_verb nas select' -l usage -x -a 'unknown voice-centric data-centric' -d 'voice or data first'
complete -c qmitool -n '__qmitool_verb nas select' -l voice -x -a 'cs-only ps-only cs-preferred ps-preferred' -d 'the domain of voice calls'
complete -c qmitool -n '__qmitool_verb nas select' -l emergency -x -a 'true false' -d 'emergency mode: true or false'
complete -c qmitool -n '__qmitool_verb nas select' -l duration -x -a 'power-cycle permanent' -d 'permanent, the default, or power-cycle'
complete -c qmitool -n '__qmitool_verb nas wait' -l ps -d 'until packet service is attached, too'
complete -c qmitool -n '__qmitool_verb uim status' -s s -l slot -x -a '1 2 3 4 5' -d 'the card of slot N (default: the one in use, or 1)'
complete -c qmitool -n '__qmitool_verb uim wait' -s s -l slot -x -a '1 2 3 4 5' -d 'the card of slot N (default: the one in use, or 1)'
complete -c qmitool -n '__qmitool_verb uim wait' -l until-ready -d 'wait on where the SIM is absent, locked or in error'
complete -c qmitool -n '__qmitool_verb uim ids' -s s -l slot -x -a '1 2 3 4 5' -d 'the card of slot N (default: the one in use, or 1)'
complete -c qmitool -n '__qmitool_verb uim pin' -s s -l slot -x -a '1 2 3 4 5' -d 'the card of slot N (default: the one in use, or 1)'
complete -c qmitool -n '__qmitool_verb uim pin' -s i -l pin -x -a 'pin1 pin2 upin' -d 'which PIN (default: pin1)'
complete -c qmitool -n '__qmitool_verb uim pin' -s p -l pin-file -r -F -d 'read it there (-: stdin); a new PIN stands in the second line'
complete -c qmitool -n '__qmitool_verb uim pin' -l force -d 'use the last try, too'
complete -c qmitool -n '__qmitool_verb uim read' -s s -l slot -x -a '1 2 3 4 5' -d 'the card of slot N (default: the one in use, or 1)'
complete -c qmitool -n '__qmitool_verb uim read' -l session -x -d 'the session to use (card-slot-1, nonprovisioning-slot-1 ...)'
complete -c qmitool -n '__qmitool_verb uim read' -l aid -x -d 'the application\'s id, in hex, for such a session'
complete -c qmitool -n '__qmitool_verb uim read' -s r -l record -x -d 'this record alone, from 1'
complete -c qmitool -n '__qmitool_verb uim read' -s D -l decode -d 'show what is in it as well'
complete -c qmitool -n '__qmitool_verb uim read' -s a -l attributes -d 'its attributes, not what is in it'
complete -c qmitool -n '__qmitool_verb uim write' -s s -l slot -x -a '1 2 3 4 5' -d 'the card of slot N (default: the one in use, or 1)'
complete -c qmitool -n '__qmitool_verb uim write' -l session -x -d 'the session to use (card-slot-1, nonprovisioning-slot-1 ...)'
complete -c qmitool -n '__qmitool_verb uim write' -l aid -x -d 'the application\'s id, in hex, for such a session'
complete -c qmitool -n '__qmitool_verb uim write' -s r -l record -x -d 'this record alone, from 1'
complete -c qmitool -n '__qmitool_verb uim write' -s o -l offset -x -d 'where to write in a transparent file (default: 0)'
complete -c qmitool -n '__qmitool_verb uim slot' -s l -l logical -x -d 'the logical slot that gets it (default: 1)'
complete -c qmitool -n '__qmitool_verb uim power' -s s -l slot -x -a '1 2 3 4 5' -d 'the card of slot N (default: the one in use, or 1)'
complete -c qmitool -n '__qmitool_verb uim channel' -s s -l slot -x -a '1 2 3 4 5' -d 'the card of slot N (default: the one in use, or 1)'
complete -c qmitool -n '__qmitool_verb uim apdu' -s s -l slot -x -a '1 2 3 4 5' -d 'the card of slot N (default: the one in use, or 1)'
complete -c qmitool -n '__qmitool_verb uim apdu' -s c -l channel -x -d 'on this channel, which is open and stays so'
complete -c qmitool -n '__qmitool_verb uim apdu' -l aid -x -d 'on a channel opened to this application, and closed afterwards'
complete -c qmitool -n '__qmitool_verb uim apdu' -l lpac -d 'answer lpac\'s requests (LPAC_APDU=stdio) on stdin and stdout'
complete -c qmitool -n '__qmitool_verb uim provision' -s s -l slot -x -a '1 2 3 4 5' -d 'the card of slot N (default: the one in use, or 1)'
complete -c qmitool -n '__qmitool_verb uim provision' -l aid -x -d 'the application\'s id, in hex'
complete -c qmitool -n '__qmitool_verb uim provision' -l session -x -a 'primary-gw-provisioning primary-1x-provisioning secondary-gw-provisioning secondary-1x-provisioning' -d 'which session (default: primary-gw-provisioning)'
complete -c qmitool -n '__qmitool_verb uim provision' -s a -l auto -d 'the card\'s own application, where there is no session yet'
complete -c qmitool -n '__qmitool_verb uim provision' -l off -d 'end the session'
complete -c qmitool -n '__qmitool_verb uim personalization' -s s -l slot -x -a '1 2 3 4 5' -d 'the card of slot N (default: the one in use, or 1)'
complete -c qmitool -n '__qmitool_verb uim personalization' -s k -l key-file -r -F -d 'read the control key there (-: stdin)'
complete -c qmitool -n '__qmitool_verb uim refresh' -l reconnect -d 'go on after the modem restarted or the proxy ended'
complete -c qmitool -n '__qmitool_verb uim monitor' -l reconnect -d 'go on after the modem restarted or the proxy ended'
complete -c qmitool -n '__qmitool_verb wds start' -s s -l session -x -d 'the session\'s name (default: default)'
complete -c qmitool -n '__qmitool_verb wds start' -l apn -x -d 'the access point\'s name'
complete -c qmitool -n '__qmitool_verb wds start' -l ip -x -a '4 6 4v6' -d 'IP family: 4, 6 or 4v6 (default 4)'
complete -c qmitool -n '__qmitool_verb wds start' -l auth -x -a 'none pap chap both' -d 'pap, chap, both or none'
complete -c qmitool -n '__qmitool_verb wds start' -l user -x -d 'for the network\'s authentication'
complete -c qmitool -n '__qmitool_verb wds start' -l password-file -r -F -d 'its first line; or in $QMI_PASSWORD'
complete -c qmitool -n '__qmitool_verb wds start' -l profile -x -d 'the modem\'s profile N (3GPP)'
complete -c qmitool -n '__qmitool_verb wds start' -l profile-3gpp2 -x -d 'the same, 3GPP2'
complete -c qmitool -n '__qmitool_verb wds start' -l via-profile -d 'write APN, user, password and family into that profile first'
complete -c qmitool -n '__qmitool_verb wds start' -l autoconnect -d 'the modem connects by itself from now on'
complete -c qmitool -n '__qmitool_verb wds start' -l mux -x -d 'the data go to the link with this mux id (1 to 254)'
complete -c qmitool -n '__qmitool_verb wds stop' -s s -l session -x -d 'the session\'s name (default: default)'
complete -c qmitool -n '__qmitool_verb wds stop' -l all -d 'every session of this device'
complete -c qmitool -n '__qmitool_verb wds stop' -l any -d 'what the modem itself holds, and autoconnect'
complete -c qmitool -n '__qmitool_verb wds up' -s s -l session -x -d 'the session\'s name (default: default)'
complete -c qmitool -n '__qmitool_verb wds up' -l apn -x -d 'the access point\'s name'
complete -c qmitool -n '__qmitool_verb wds up' -l ip -x -a '4 6 4v6' -d 'IP family: 4, 6 or 4v6 (default 4)'
complete -c qmitool -n '__qmitool_verb wds up' -l auth -x -a 'none pap chap both' -d 'pap, chap, both or none'
complete -c qmitool -n '__qmitool_verb wds up' -l user -x -d 'for the network\'s authentication'
complete -c qmitool -n '__qmitool_verb wds up' -l password-file -r -F -d 'its first line; or in $QMI_PASSWORD'
complete -c qmitool -n '__qmitool_verb wds up' -l profile -x -d 'the modem\'s profile N (3GPP)'
complete -c qmitool -n '__qmitool_verb wds up' -l profile-3gpp2 -x -d 'the same, 3GPP2'
complete -c qmitool -n '__qmitool_verb wds up' -l via-profile -d 'write APN, user, password and family into that profile first'
complete -c qmitool -n '__qmitool_verb wds up' -l autoconnect -d 'the modem connects by itself from now on'
complete -c qmitool -n '__qmitool_verb wds up' -l mux -x -d 'the data go to the link with this mux id (1 to 254)'
complete -c qmitool -n '__qmitool_verb wds up' -s i -l interface -x -d 'the network interface (default: the port\'s)'
complete -c qmitool -n '__qmitool_verb wds up' -l metric -x -d 'of the default routes (default: 700 or the next that is free)'
complete -c qmitool -n '__qmitool_verb wds up' -l no-route -d 'no default routes'
complete -c qmitool -n '__qmitool_verb wds up' -l dns-file -r -F -d 'write the name servers there, as resolv.conf'
complete -c qmitool -n '__qmitool_verb wds up' -l hook -r -F -d 'a script configures the interface'
complete -c qmitool -n '__qmitool_verb wds up' -l print -d 'nobody configures it: only say how'
complete -c qmitool -n '__qmitool_verb wds up' -l foreground -d 'stay, watch the session, end it at the end'
complete -c qmitool -n '__qmitool_verb wds up' -l reconnect -d 'start it again whenever it ended'
complete -c qmitool -n '__qmitool_verb wds up' -l wait -d 'wait for the SIM and for registration first'
complete -c qmitool -n '__qmitool_verb wds down' -s s -l session -x -d 'the session\'s name (default: default)'
complete -c qmitool -n '__qmitool_verb wds status' -s s -l session -x -d 'that session alone'
complete -c qmitool -n '__qmitool_verb wds settings' -s s -l session -x -d 'the session\'s name (default: default)'
complete -c qmitool -n '__qmitool_verb wds stats' -s s -l session -x -d 'the session\'s name (default: default)'
complete -c qmitool -n '__qmitool_verb wds autoconnect' -l roaming -x -a 'allowed home-only' -d 'allowed, or home-only'
complete -c qmitool -n '__qmitool_verb wds profiles' -l type -x -a '3gpp 3gpp2' -d 'of profile: 3gpp (default), 3gpp2'
complete -c qmitool -n '__qmitool_verb wds profiles' -l settings -d 'with what is in each'
complete -c qmitool -n '__qmitool_verb wds profile' -l type -x -a '3gpp 3gpp2' -d 'of profile: 3gpp (default), 3gpp2'
complete -c qmitool -n '__qmitool_verb wds profile' -l settings -d 'with what is in each'
complete -c qmitool -n '__qmitool_verb wds profile' -l name -x -d 'what it is called'
complete -c qmitool -n '__qmitool_verb wds profile' -l apn -x -d 'the access point\'s name'
complete -c qmitool -n '__qmitool_verb wds profile' -l ip -x -a '4 6 4v6 ppp non-ip' -d 'one of 4, 6, 4v6, ppp, non-ip'
complete -c qmitool -n '__qmitool_verb wds profile' -l auth -x -a 'none pap chap both' -d 'pap, chap, both or none'
complete -c qmitool -n '__qmitool_verb wds profile' -l user -x -d 'for the network\'s authentication'
complete -c qmitool -n '__qmitool_verb wds profile' -l password-file -r -F -d 'its first line; or in $QMI_PASSWORD'
complete -c qmitool -n '__qmitool_verb wds profile' -l context -x -d 'number of the PDP context'
complete -c qmitool -n '__qmitool_verb wds profile' -l no-roaming -d 'not to be used abroad'
complete -c qmitool -n '__qmitool_verb wds profile' -l disabled -d 'not to be used'
complete -c qmitool -n '__qmitool_verb wds profile' -l index -x -d 'with this index (Sierra Wireless)'
complete -c qmitool -n '__qmitool_verb wds profile' -l family -x -d 'embedded (default) or tethered'
complete -c qmitool -n '__qmitool_verb wds attach-apn' -l action -x -a 'none detach-or-pdn-disconnect' -d 'what happens to the attach that is'
complete -c qmitool -n '__qmitool_verb wds bearer' -s s -l session -x -d 'the session\'s name (default: default)'
complete -c qmitool -n '__qmitool_verb wds bind' -l endpoint-type -x -d 'of the data port'
complete -c qmitool -n '__qmitool_verb wds bind' -l endpoint-number -x -d 'its interface number'
complete -c qmitool -n '__qmitool_verb wds bind' -l client-type -x -a 'tethered undefined' -d 'tethered or undefined'
complete -c qmitool -n '__qmitool_verb wds channel-rates' -s s -l session -x -d 'the session\'s name (default: default)'
complete -c qmitool -n '__qmitool_verb wds dormancy' -s s -l session -x -d 'the session\'s name (default: default)'
complete -c qmitool -n '__qmitool_verb wds format' -l ul -x -d 'aggregation to the modem (default: as --dl)'
complete -c qmitool -n '__qmitool_verb wds format' -l dl -x -d 'aggregation from the modem (default: disabled)'
complete -c qmitool -n '__qmitool_verb wds format' -l dl-max-size -x -d 'of one aggregate from the modem'
complete -c qmitool -n '__qmitool_verb wds format' -l dl-max-datagrams -x -d 'packets in one, from the modem'
complete -c qmitool -n '__qmitool_verb wds format' -l ul-max-size -x -d 'of one aggregate to the modem'
complete -c qmitool -n '__qmitool_verb wds format' -l ul-max-datagrams -x -d 'packets in one, to the modem'
complete -c qmitool -n '__qmitool_verb wds format' -l endpoint -x -d 'which data port is meant: hsusb:4 is USB interface 4'
complete -c qmitool -n '__qmitool_verb wds format' -s i -l interface -x -d 'the network interface (default: the port\'s)'
complete -c qmitool -n '__qmitool_verb wds format' -l force -d 'also while a session is up, which breaks it'
complete -c qmitool -n '__qmitool_verb wds iface' -s i -l interface -x -d 'the network interface (default: the port\'s)'
complete -c qmitool -n '__qmitool_verb wds link' -s i -l interface -x -d 'the network interface (default: the port\'s)'
complete -c qmitool -n '__qmitool_verb wds link' -l mux -x -d 'its id, 1 to 254 (default: the lowest that is free)'
complete -c qmitool -n '__qmitool_verb wds link' -l name -x -d 'of the link (default: the kernel chooses)'
complete -c qmitool -n '__qmitool_verb wds link' -l aggregation -x -a 'qmapv5 qmapv4 qmap' -d 'only this (default: the best that both sides have)'
complete -c qmitool -n '__qmitool_verb wds link' -l size -x -d 'of one aggregate from the modem (default 16383)'
complete -c qmitool -n '__qmitool_verb wds link' -l mtu -x -d 'of the link (default 1500)'
complete -c qmitool -n '__qmitool_verb wds link' -l force -d 'also while a session is up, which breaks it'
complete -c qmitool -n '__qmitool_verb wds link' -l all -d 'every link of the interface'
complete -c qmitool -n '__qmitool_verb wds monitor' -s s -l session -x -d 'the session\'s name (default: default)'
complete -c qmitool -n '__qmitool_verb wds monitor' -l stats -x -d 'also what passed, that often'
complete -c qmitool -n '__qmitool_verb wds monitor' -l reconnect -d 'go on after the modem restarted or the proxy ended'
complete -c qmitool -n '__qmitool_verb loc position' -l session -x -d 'the session\'s number on its client id (default 1)'
complete -c qmitool -n '__qmitool_verb loc position' -l interval -x -d 'milliseconds between two reports (default 1000)'
complete -c qmitool -n '__qmitool_verb loc satellites' -l session -x -d 'the session\'s number on its client id (default 1)'
complete -c qmitool -n '__qmitool_verb loc satellites' -l interval -x -d 'milliseconds between two reports (default 1000)'
complete -c qmitool -n '__qmitool_verb loc nmea' -l session -x -d 'the session\'s number on its client id (default 1)'
complete -c qmitool -n '__qmitool_verb loc nmea' -l interval -x -d 'milliseconds between two reports (default 1000)'
complete -c qmitool -n '__qmitool_verb loc nmea' -l reconnect -d 'go on after the modem restarted'
complete -c qmitool -n '__qmitool_verb loc assist' -l clock -x -a 'time-est freq-est week-number rtc-time time-transfer gps-time-est glo-time-est glo-day-number glo-year-number glo-rf-grp-delay disable-tt' -d 'only this of the clock (raw list loc delete_assistance_data has the names)'
complete -c qmitool -n '__qmitool_verb loc assist' -l cells -x -a 'pos latest-gps-pos ota-pos ext-ref-pos timetag cellid cached-cellid last-srv-cell cur-srv-cell neighbor-info' -d 'only this of the cells'
complete -c qmitool -n '__qmitool_verb loc assist' -l gnss -x -a 'gps-svdir gps-svsteer gps-time gps-alm-corr glo-svdir glo-svsteer glo-time glo-alm-corr sbas-svdir sbas-svsteer position time iono utc health sadata rti sv-no-exist freq-bias-est' -d 'only this of the satellites'
complete -c qmitool -n '__qmitool_verb loc assist' -l uncertainty -x -d 'within so many metres'
complete -c qmitool -n '__qmitool_verb loc assist' -l altitude -x -d 'above sea level, in metres'
complete -c qmitool -n '__qmitool_verb loc server' -l url -x -d 'set it, by name (SUPL)'
complete -c qmitool -n '__qmitool_verb loc server' -l address -x -d 'set it, by address, IPv4 or IPv6'
complete -c qmitool -n '__qmitool_verb loc server' -l port -x -d 'with --address'
complete -c qmitool -n '__qmitool_verb loc start' -l session -x -d 'the session\'s number on its client id (default 1)'
complete -c qmitool -n '__qmitool_verb loc start' -l interval -x -d 'milliseconds between two reports (default 1000)'
complete -c qmitool -n '__qmitool_verb loc stop' -l session -x -d 'the session\'s number on its client id (default 1)'
complete -c qmitool -n '__qmitool_verb loc monitor' -l session -x -d 'the session\'s number on its client id (default 1)'
complete -c qmitool -n '__qmitool_verb loc monitor' -l interval -x -d 'milliseconds between two reports (default 1000)'
complete -c qmitool -n '__qmitool_verb loc monitor' -l reconnect -d 'go on after the modem restarted'
complete -c qmitool -n '__qmitool_verb loc monitor' -l satellites -d 'the satellites in view as well'
complete -c qmitool -n '__qmitool_verb wms delete' -s s -l storage -x -a 'uim nv' -d 'where it is: uim or nv (the modem\'s own)'
complete -c qmitool -n '__qmitool_verb wms delete' -l mode -x -d 'gsm-wcdma (default), or cdma'
complete -c qmitool -n '__qmitool_verb wms delete' -l tag -x -d 'only those with this tag'
complete -c qmitool -n '__qmitool_verb wms delete' -l all -d 'all of the storage'
complete -c qmitool -n '__qmitool_verb wms list' -s s -l storage -x -a 'uim nv' -d 'where it is: uim or nv (the modem\'s own)'
complete -c qmitool -n '__qmitool_verb wms list' -l mode -x -d 'gsm-wcdma (default), or cdma'
complete -c qmitool -n '__qmitool_verb wms list' -l tag -x -d 'only those with this tag'
complete -c qmitool -n '__qmitool_verb wms list' -l read -d 'with what is in each'
complete -c qmitool -n '__qmitool_verb wms monitor' -l delete -d 'delete each once it is shown'
complete -c qmitool -n '__qmitool_verb wms monitor' -l mode -x -d 'gsm-wcdma (default), or cdma'
complete -c qmitool -n '__qmitool_verb wms monitor' -l reconnect -d 'go on after the modem restarted or the proxy ended'
complete -c qmitool -n '__qmitool_verb wms read' -s s -l storage -x -a 'uim nv' -d 'where it is: uim or nv (the modem\'s own)'
complete -c qmitool -n '__qmitool_verb wms read' -l mode -x -d 'gsm-wcdma (default), or cdma'
complete -c qmitool -n '__qmitool_verb wms read' -l raw -d 'with the PDU in hex'
complete -c qmitool -n '__qmitool_verb wms routes' -l status-reports -x -d 'who gets status reports: client'
complete -c qmitool -n '__qmitool_verb wms send' -l smsc -x -d 'service centre, in place of the SIM\'s'
complete -c qmitool -n '__qmitool_verb wms send' -l class -x -a '0 1 2 3' -d 'of the message: 0 (shown at once) to 3'
complete -c qmitool -n '__qmitool_verb wms send' -l flash -d 'the same as --class 0'
complete -c qmitool -n '__qmitool_verb wms send' -l report -d 'ask for a status report'
complete -c qmitool -n '__qmitool_verb wms tag' -s s -l storage -x -a 'uim nv' -d 'where it is: uim or nv (the modem\'s own)'
complete -c qmitool -n '__qmitool_verb wms tag' -l mode -x -d 'gsm-wcdma (default), or cdma'
complete -c qmitool -n '__qmitool_verb gas auto-sim' -l config -x -d 'with the configuration of this number'
complete -c qmitool -n '__qmitool_verb gas firmware' -l carrier -x -d 'the image of this carrier'
complete -c qmitool -n '__qmitool_verb gas firmware' -l revision -x -d 'the image of this version'
complete -c qmitool -n '__qmitool_verb gas usb-composition' -l endpoint -x -a 'hsusb hsic' -d 'hsusb, the default, or hsic'
complete -c qmitool -n '__qmitool_verb gas usb-composition' -l once -d 'not beyond the next start'
complete -c qmitool -n '__qmitool_verb gas usb-composition' -l later -d 'at the next start: the modem is not restarted now'
complete -c qmitool -n '__qmitool_verb raw call' -l vendor -x -d 'USB vendor id (hex) whose messages are meant; default: the device\'s'
complete -c qmitool -n '__qmitool_verb raw decode' -l vendor -x -d 'USB vendor id (hex) whose messages are meant; default: nobody\'s'
complete -c qmitool -n '__qmitool_verb raw encode' -l vendor -x -d 'USB vendor id (hex) whose messages are meant; default: nobody\'s'
complete -c qmitool -n '__qmitool_verb raw encode' -l client -x -d 'client id (default 1)'
complete -c qmitool -n '__qmitool_verb raw encode' -l transaction -x -d 'transaction id (default 1)'
complete -c qmitool -n '__qmitool_verb raw encode' -l response -d 'a successful response'
complete -c qmitool -n '__qmitool_verb raw encode' -l indication -d 'an indication'
complete -c qmitool -n '__qmitool_verb raw list' -l vendor -x -d 'leave out other vendors\' messages (USB vendor id, hex)'
complete -c qmitool -n '__qmitool_verb raw monitor' -l vendor -x -d 'USB vendor id (hex) whose messages are meant; default: the device\'s'
complete -c qmitool -n '__qmitool_verb raw send' -l vendor -x -d 'USB vendor id (hex) whose messages are meant; default: the device\'s'
complete -c qmitool -n '__qmitool_verb raw send' -s S -l service -x -a 'ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' -d 'HEX is an SDU for this service, not a whole frame'
complete -c qmitool -n '__qmitool_verb proxy -' -l no-exit -d 'stay when nobody is left'
complete -c qmitool -n '__qmitool_verb proxy -' -l empty-timeout -x -d 'leave that long after the last process (default 30; 0: stay)'
complete -c qmitool -n '__qmitool_verb proxy -' -l verbose-full -d 'as -v, with PINs and subscriber data shown'
complete -c qmitool -n '__qmitool_verb proxy -' -l user -x -d 'let this user in, too (name or number)'
complete -c qmitool -n '__qmitool_verb proxy -' -l group -x -d 'let the members of this group in, too'
complete -c qmitool -n '__qmitool_verb proxy -' -l socket -r -F -d 'listen there as well; it belongs to --user and --group'
complete -c qmitool -n '__qmitool_verb proxy -' -l socket-mode -x -d 'of that socket (default 0600, with --group 0660)'
complete -c qmitool -n '__qmitool_verb proxy trace' -l service -x -a 'ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' -d 'this service only'
complete -c qmitool -n '__qmitool_verb proxy trace' -l client -x -d 'this client id only'
complete -c qmitool -n '__qmitool_verb proxy trace' -s w -l write -r -F -d 'write pcapng, for Wireshark or raw decode; - is stdout'
complete -c qmitool -n '__qmitool_no_applet' -a status -d 'one look at everything'
complete -c qmitool -n '__qmitool_no_applet' -a dms -d 'the device: identity, operating mode, power, time, firmware'
complete -c qmitool -n '__qmitool_no_applet' -a nas -d 'network: registration, signal, cells, selection'
complete -c qmitool -n '__qmitool_no_applet' -a uim -d 'SIM cards: state, PINs, files, slots'
complete -c qmitool -n '__qmitool_no_applet' -a wds -d 'data connections: sessions, addresses, profiles'
complete -c qmitool -n '__qmitool_no_applet' -a loc -d 'positioning: fix, satellites, NMEA, assistance'
complete -c qmitool -n '__qmitool_no_applet' -a wms -d 'short messages (SMS): list, read, send, delete'
complete -c qmitool -n '__qmitool_no_applet' -a gas -d 'firmware images and USB composition of Telit modems'
complete -c qmitool -n '__qmitool_no_applet' -a raw -d 'any message, by name or as bytes'
complete -c qmitool -n '__qmitool_no_applet' -a list -d 'the QMI ports of this machine'
complete -c qmitool -n '__qmitool_no_applet' -a proxy -d 'share modem ports among processes'
complete -c qmitool -n '__qmitool_no_verb dms' -a activation -d 'whether the service is activated (CDMA)'
complete -c qmitool -n '__qmitool_no_verb dms' -a alt-net-config -d 'the alternate network configuration, or set it'
complete -c qmitool -n '__qmitool_no_verb dms' -a bands -d 'bands that the modem has'
complete -c qmitool -n '__qmitool_no_verb dms' -a capabilities -d 'rates, services, radio interfaces'
complete -c qmitool -n '__qmitool_no_verb dms' -a ck -d 'personalization (network lock) on old modems'
complete -c qmitool -n '__qmitool_no_verb dms' -a eri -d 'the roaming indicator file, in hex (CDMA)'
complete -c qmitool -n '__qmitool_no_verb dms' -a factory-reset -d 'all settings as the factory made them'
complete -c qmitool -n '__qmitool_no_verb dms' -a fcc-unlock -d 'unlock the radio of a laptop\'s modem'
complete -c qmitool -n '__qmitool_no_verb dms' -a firmware -d 'stored firmware images, and which are preferred'
complete -c qmitool -n '__qmitool_no_verb dms' -a foxconn-mode -d 'change the mode of a Foxconn modem: fastboot-online, fastboot-ota'
complete -c qmitool -n '__qmitool_no_verb dms' -a hp-mode -d 'change the mode of an HP modem: fastboot'
complete -c qmitool -n '__qmitool_no_verb dms' -a ids -d 'serial numbers'
complete -c qmitool -n '__qmitool_no_verb dms' -a info -d 'manufacturer, model, revisions, serial numbers, capabilities'
complete -c qmitool -n '__qmitool_no_verb dms' -a mac -d 'the default MAC address of another radio'
complete -c qmitool -n '__qmitool_no_verb dms' -a mode -d 'the operating mode, or set it'
complete -c qmitool -n '__qmitool_no_verb dms' -a msisdn -d 'the subscriber\'s own number'
complete -c qmitool -n '__qmitool_no_verb dms' -a pin -d 'PINs on old modems: their state and tries'
complete -c qmitool -n '__qmitool_no_verb dms' -a power -d 'power supply and battery'
complete -c qmitool -n '__qmitool_no_verb dms' -a prl -d 'the preferred roaming list (CDMA)'
complete -c qmitool -n '__qmitool_no_verb dms' -a reset -d 'the service\'s settings for this client as at its start'
complete -c qmitool -n '__qmitool_no_verb dms' -a revision -d 'revisions of firmware and hardware'
complete -c qmitool -n '__qmitool_no_verb dms' -a sim -d 'the SIM on old modems: state, iccid, imsi'
complete -c qmitool -n '__qmitool_no_verb dms' -a spc -d 'the service programming code'
complete -c qmitool -n '__qmitool_no_verb dms' -a time -d 'clocks of the device, or set the user\'s'
complete -c qmitool -n '__qmitool_no_verb dms' -a usb-composition -d 'USB composition of a Sierra Wireless modem, or set it'
complete -c qmitool -n '__qmitool_no_verb dms' -a user-data -d 'data that the modem keeps for its user, in hex'
complete -c qmitool -n '__qmitool_no_verb dms' -a user-lock -d 'the device\'s own lock'
complete -c qmitool -n '__qmitool_no_verb nas' -a attach -d 'attach to packet service'
complete -c qmitool -n '__qmitool_no_verb nas' -a ca -d 'LTE carrier aggregation: primary and secondary cells'
complete -c qmitool -n '__qmitool_no_verb nas' -a cells -d 'serving and neighbour cells of each radio'
complete -c qmitool -n '__qmitool_no_verb nas' -a detach -d 'detach from packet service'
complete -c qmitool -n '__qmitool_no_verb nas' -a drx -d 'discontinuous reception'
complete -c qmitool -n '__qmitool_no_verb nas' -a home -d 'the home network of the SIM'
complete -c qmitool -n '__qmitool_no_verb nas' -a monitor -d 'signal, registration and system as they change'
complete -c qmitool -n '__qmitool_no_verb nas' -a operator -d 'names of the network and the service provider'
complete -c qmitool -n '__qmitool_no_verb nas' -a plmn-name -d 'names of a network by its code'
complete -c qmitool -n '__qmitool_no_verb nas' -a preferred -d 'preferred networks on the SIM'
complete -c qmitool -n '__qmitool_no_verb nas' -a register -d 'register, with the best network or with one'
complete -c qmitool -n '__qmitool_no_verb nas' -a reset -d 'the service\'s settings for this client as at its start'
complete -c qmitool -n '__qmitool_no_verb nas' -a rf -d 'bands and channels in use'
complete -c qmitool -n '__qmitool_no_verb nas' -a scan -d 'networks that can be heard'
complete -c qmitool -n '__qmitool_no_verb nas' -a search -d 'look for a network now'
complete -c qmitool -n '__qmitool_no_verb nas' -a select -d 'which radios, bands and networks may be used; or set it'
complete -c qmitool -n '__qmitool_no_verb nas' -a signal -d 'signal strength and quality of each radio in use'
complete -c qmitool -n '__qmitool_no_verb nas' -a status -d 'registration, network and cell'
complete -c qmitool -n '__qmitool_no_verb nas' -a swi-status -d 'temperature and LTE state of a Sierra Wireless modem'
complete -c qmitool -n '__qmitool_no_verb nas' -a system -d 'service of each radio: domain, network, cell, rejection'
complete -c qmitool -n '__qmitool_no_verb nas' -a txrx -d 'receivers and transmitter of one radio'
complete -c qmitool -n '__qmitool_no_verb nas' -a wait -d 'wait until the modem is registered, then show the status'
complete -c qmitool -n '__qmitool_no_verb uim' -a status -d 'the state of the card, its applications and PINs'
complete -c qmitool -n '__qmitool_no_verb uim' -a wait -d 'wait until the SIM is ready'
complete -c qmitool -n '__qmitool_no_verb uim' -a ids -d 'ICCID, IMSI, phone number (MSISDN) and eUICC id (EID)'
complete -c qmitool -n '__qmitool_no_verb uim' -a pin -d 'verify, enable, disable, change or unblock a PIN'
complete -c qmitool -n '__qmitool_no_verb uim' -a read -d 'read a file of the SIM'
complete -c qmitool -n '__qmitool_no_verb uim' -a write -d 'write a file of the SIM'
complete -c qmitool -n '__qmitool_no_verb uim' -a slots -d 'the slots and what is in them'
complete -c qmitool -n '__qmitool_no_verb uim' -a slot -d 'use the card in another slot'
complete -c qmitool -n '__qmitool_no_verb uim' -a power -d 'switch the card on or off'
complete -c qmitool -n '__qmitool_no_verb uim' -a channel -d 'logical channels: open one, close one'
complete -c qmitool -n '__qmitool_no_verb uim' -a apdu -d 'send APDUs to the card'
complete -c qmitool -n '__qmitool_no_verb uim' -a provision -d 'the sessions of applications; start or end one'
complete -c qmitool -n '__qmitool_no_verb uim' -a personalization -d 'locks to a network: show them, take them off'
complete -c qmitool -n '__qmitool_no_verb uim' -a refresh -d 'show when the card renews files, and confirm it'
complete -c qmitool -n '__qmitool_no_verb uim' -a monitor -d 'show changes of card and slots, and refreshes, as they come'
complete -c qmitool -n '__qmitool_no_verb uim' -a reset -d 'reset the service for this client'
complete -c qmitool -n '__qmitool_no_verb wds' -a start -d 'connect, and keep it as a session after the command'
complete -c qmitool -n '__qmitool_no_verb wds' -a stop -d 'disconnect a session'
complete -c qmitool -n '__qmitool_no_verb wds' -a up -d 'start a session, and configure the network interface'
complete -c qmitool -n '__qmitool_no_verb wds' -a down -d 'end a session, and take from the interface what \'up\' gave it'
complete -c qmitool -n '__qmitool_no_verb wds' -a status -d 'is it connected? All sessions, or the one of -s'
complete -c qmitool -n '__qmitool_no_verb wds' -a settings -d 'addresses, gateway, name servers and MTU of a connection'
complete -c qmitool -n '__qmitool_no_verb wds' -a stats -d 'bytes and packets that passed'
complete -c qmitool -n '__qmitool_no_verb wds' -a autoconnect -d 'does the modem connect by itself? Show or set: enabled, disabled, paused'
complete -c qmitool -n '__qmitool_no_verb wds' -a profiles -d 'the modem\'s profiles'
complete -c qmitool -n '__qmitool_no_verb wds' -a profile -d 'the modem\'s profiles; or one of them'
complete -c qmitool -n '__qmitool_no_verb wds' -a attach-apn -d 'what LTE attaches with; or set the profiles for it'
complete -c qmitool -n '__qmitool_no_verb wds' -a bearer -d 'radio technology of a connection'
complete -c qmitool -n '__qmitool_no_verb wds' -a bind -d 'what calls of a client id belong to'
complete -c qmitool -n '__qmitool_no_verb wds' -a channel-rates -d 'bit rates of a connection'
complete -c qmitool -n '__qmitool_no_verb wds' -a dormancy -d 'whether the radio channel of a connection rests; or let it, or wake it'
complete -c qmitool -n '__qmitool_no_verb wds' -a format -d 'what a packet is on the data port, for modem and kernel; or set it'
complete -c qmitool -n '__qmitool_no_verb wds' -a iface -d 'the network interface of the port, as the kernel has it'
complete -c qmitool -n '__qmitool_no_verb wds' -a ip-family -d 'family of the calls of a client id: 4 or 6'
complete -c qmitool -n '__qmitool_no_verb wds' -a link -d 'mux links (QMAP) of the port: several sessions, each with an interface'
complete -c qmitool -n '__qmitool_no_verb wds' -a monitor -d 'what changes of connections, addresses and profiles'
complete -c qmitool -n '__qmitool_no_verb wds' -a reset -d 'the service\'s settings for this client as at its start'
complete -c qmitool -n '__qmitool_no_verb wds' -a throttle -d 'APNs that the network has put off, and for how long'
complete -c qmitool -n '__qmitool_no_verb loc' -a position -d 'the position, as soon as there is a fix'
complete -c qmitool -n '__qmitool_no_verb loc' -a satellites -d 'the satellites in view, as soon as there is one'
complete -c qmitool -n '__qmitool_no_verb loc' -a nmea -d 'NMEA sentences as they come, for gpsd or a file'
complete -c qmitool -n '__qmitool_no_verb loc' -a nmea-types -d 'which NMEA sentences there are, or set them (gga,rmc,gsv)'
complete -c qmitool -n '__qmitool_no_verb loc' -a mode -d 'how a position is found, or set it: by itself, or with the network\'s help'
complete -c qmitool -n '__qmitool_no_verb loc' -a lock -d 'which sessions are locked out, or set it'
complete -c qmitool -n '__qmitool_no_verb loc' -a assist -d 'assistance data: its servers and how long it is good, or delete or inject it'
complete -c qmitool -n '__qmitool_no_verb loc' -a server -d 'the server that helps to find a position, or set it'
complete -c qmitool -n '__qmitool_no_verb loc' -a start -d 'start a session that goes on after the command'
complete -c qmitool -n '__qmitool_no_verb loc' -a stop -d 'stop the session of \'start\''
complete -c qmitool -n '__qmitool_no_verb loc' -a monitor -d 'each report of the receiver as it comes'
complete -c qmitool -n '__qmitool_no_verb wms' -a delete -d 'delete a message, or many'
complete -c qmitool -n '__qmitool_no_verb wms' -a list -d 'the messages that are stored'
complete -c qmitool -n '__qmitool_no_verb wms' -a monitor -d 'messages as they come in'
complete -c qmitool -n '__qmitool_no_verb wms' -a protocol -d 'whether the modem speaks GSM\'s or CDMA\'s messages'
complete -c qmitool -n '__qmitool_no_verb wms' -a read -d 'one message'
complete -c qmitool -n '__qmitool_no_verb wms' -a registration -d 'whether the network takes messages'
complete -c qmitool -n '__qmitool_no_verb wms' -a reset -d 'the service\'s settings for this client as at its start'
complete -c qmitool -n '__qmitool_no_verb wms' -a routes -d 'what is done with messages that come in'
complete -c qmitool -n '__qmitool_no_verb wms' -a send -d 'send a text'
complete -c qmitool -n '__qmitool_no_verb wms' -a smsc -d 'number of the service centre; or set it'
complete -c qmitool -n '__qmitool_no_verb wms' -a storage -d 'room for messages, and how much is free'
complete -c qmitool -n '__qmitool_no_verb wms' -a tag -d 'mark a message as read or not'
complete -c qmitool -n '__qmitool_no_verb gas' -a auto-sim -d 'whether the image is chosen by the SIM, or set it'
complete -c qmitool -n '__qmitool_no_verb gas' -a firmware -d 'the stored images'
complete -c qmitool -n '__qmitool_no_verb gas' -a mac -d 'the Ethernet addresses, in hex'
complete -c qmitool -n '__qmitool_no_verb gas' -a usb-composition -d 'USB composition, or set it; the modem restarts'
complete -c qmitool -n '__qmitool_no_verb raw' -a call -d 'send any request and show the answer'
complete -c qmitool -n '__qmitool_no_verb raw' -a complete -d 'what can stand at the cursor, for the completion of shells'
complete -c qmitool -n '__qmitool_no_verb raw' -a decode -d 'show what is in frames that are given in hex'
complete -c qmitool -n '__qmitool_no_verb raw' -a encode -d 'make a frame and print it in hex'
complete -c qmitool -n '__qmitool_no_verb raw' -a list -d 'what can be asked: services, their messages, their fields and values'
complete -c qmitool -n '__qmitool_no_verb raw' -a monitor -d 'register for all indications of services and show them as they come'
complete -c qmitool -n '__qmitool_no_verb raw' -a send -d 'send a frame, or an SDU, as it is and show the answer'
complete -c qmitool -n '__qmitool_no_verb raw' -a versions -d 'the services of the modem and their versions'
complete -c qmitool -n '__qmitool_no_verb proxy' -a status -d 'ports, processes and client ids of the proxy that runs'
complete -c qmitool -n '__qmitool_no_verb proxy' -a trace -d 'follow everybody\'s traffic, decoded, until a signal'
complete -c qmitool -n '__qmitool_no_verb proxy' -a reap -d 'give the client ids back that nobody uses'
complete -c qmitool -n '__qmitool_no_verb proxy' -a stop -d 'end the proxy that runs, after answering what waits'
complete -c qmitool -n '__qmitool_no_argument dms activation' -a 'auto manual'
complete -c qmitool -n '__qmitool_no_argument dms alt-net-config' -a 'true false'
complete -c qmitool -n '__qmitool_no_argument dms ck' -a 'status disable unblock'
complete -c qmitool -n '__qmitool_no_argument dms firmware' -a 'select prefer delete download-mode set-id swi foxconn'
complete -c qmitool -n '__qmitool_no_argument dms foxconn-mode' -a 'fastboot-online fastboot-ota'
complete -c qmitool -n '__qmitool_no_argument dms hp-mode' -a 'fastboot'
complete -c qmitool -n '__qmitool_no_argument dms mac' -a 'wlan bt'
complete -c qmitool -n '__qmitool_no_argument dms mode' -a 'online low-power factory-test offline reset shutting-down persistent-low-power mode-only-low-power unknown'
complete -c qmitool -n '__qmitool_no_argument dms pin' -a 'verify enable disable change unblock'
complete -c qmitool -n '__qmitool_no_argument dms spc' -a 'check set'
complete -c qmitool -n '__qmitool_no_argument dms user-data' -a 'write'
complete -c qmitool -n '__qmitool_no_argument dms user-lock' -a 'enable disable code'
complete -c qmitool -n '__qmitool_no_argument nas preferred' -a 'set clear'
complete -c qmitool -n '__qmitool_no_argument nas register' -a 'auto'
complete -c qmitool -n '__qmitool_no_argument nas txrx' -a 'unknown none cdma-1x cdma-1xevdo amps gsm umts lte td-scdma 5gnr no-change'
complete -c qmitool -n '__qmitool_no_argument uim pin' -a 'verify enable disable change unblock'
complete -c qmitool -n '__qmitool_no_argument uim read' -a 'iccid dir imsi spn ad msisdn plmnwact oplmnwact hplmnwact fplmn ehplmn smsp sms fdn gid1 gid2 acc ust est li pnn opl ecc loci psloci epsloci hpplmn pl acm'
complete -c qmitool -n '__qmitool_no_argument uim write' -a 'iccid dir imsi spn ad msisdn plmnwact oplmnwact hplmnwact fplmn ehplmn smsp sms fdn gid1 gid2 acc ust est li pnn opl ecc loci psloci epsloci hpplmn pl acm'
complete -c qmitool -n '__qmitool_no_argument uim power' -a 'on off'
complete -c qmitool -n '__qmitool_no_argument uim channel' -a 'open close'
complete -c qmitool -n '__qmitool_no_argument uim personalization' -a 'status deactivate unblock'
complete -c qmitool -n '__qmitool_no_argument uim refresh' -a 'iccid dir imsi spn ad msisdn plmnwact oplmnwact hplmnwact fplmn ehplmn smsp sms fdn gid1 gid2 acc ust est li pnn opl ecc loci psloci epsloci hpplmn pl acm'
complete -c qmitool -n '__qmitool_no_argument wds autoconnect' -a 'disabled enabled paused'
complete -c qmitool -n '__qmitool_no_argument wds profile' -a 'create default delete modify show template'
complete -c qmitool -n '__qmitool_no_argument wds bind' -a 'mux port subscription'
complete -c qmitool -n '__qmitool_no_argument wds dormancy' -a 'dormant active'
complete -c qmitool -n '__qmitool_no_argument wds format' -a 'raw-ip 802-3'
complete -c qmitool -n '__qmitool_no_argument wds ip-family' -a '4 6'
complete -c qmitool -n '__qmitool_no_argument wds link' -a 'add list delete'
complete -c qmitool -n '__qmitool_no_argument wds throttle' -a '3gpp 3gpp2'
complete -c qmitool -n '__qmitool_no_argument loc nmea-types' -a 'gga rmc gsv gsa vtg pqxfi pstis all'
complete -c qmitool -n '__qmitool_no_argument loc mode' -a 'default msb msa standalone cellid wwan'
complete -c qmitool -n '__qmitool_no_argument loc lock' -a 'none mi mt all'
complete -c qmitool -n '__qmitool_no_argument loc assist' -a 'delete inject position time'
complete -c qmitool -n '__qmitool_no_argument loc server' -a 'unknown cdma-pde cdma-mpc umts-slp custom-pde'
complete -c qmitool -n '__qmitool_no_argument wms routes' -a 'set'
complete -c qmitool -n '__qmitool_no_argument gas auto-sim' -a 'disable enable enable-one-shot pending-one-shot'
complete -c qmitool -n '__qmitool_no_argument gas firmware' -a 'active select'
complete -c qmitool -n '__qmitool_verb raw call' -a '(__qmitool_ask request)'
complete -c qmitool -n '__qmitool_no_argument raw complete' -a 'service message request response indication'
complete -c qmitool -n '__qmitool_verb raw encode' -a '(__qmitool_ask request)'
complete -c qmitool -n '__qmitool_verb raw list' -a '(__qmitool_ask message)'
complete -c qmitool -n '__qmitool_verb raw monitor' -a '(__qmitool_ask service)'
complete -c qmi-status -f -w 'qmitool status'
complete -c qmi-dms -f -w 'qmitool dms'
complete -c qmi-nas -f -w 'qmitool nas'
complete -c qmi-uim -f -w 'qmitool uim'
complete -c qmi-wds -f -w 'qmitool wds'
complete -c qmi-loc -f -w 'qmitool loc'
complete -c qmi-wms -f -w 'qmitool wms'
complete -c qmi-gas -f -w 'qmitool gas'
complete -c qmi-raw -f -w 'qmitool raw'
complete -c qmi-list -f -w 'qmitool list'
complete -c qmi-proxy -f -w 'qmitool proxy'
complete -c qmi-dms-activation -f -w 'qmitool dms activation'
complete -c qmi-dms-alt-net-config -f -w 'qmitool dms alt-net-config'
complete -c qmi-dms-bands -f -w 'qmitool dms bands'
complete -c qmi-dms-capabilities -f -w 'qmitool dms capabilities'
complete -c qmi-dms-ck -f -w 'qmitool dms ck'
complete -c qmi-dms-eri -f -w 'qmitool dms eri'
complete -c qmi-dms-factory-reset -f -w 'qmitool dms factory-reset'
complete -c qmi-dms-fcc-unlock -f -w 'qmitool dms fcc-unlock'
complete -c qmi-dms-firmware -f -w 'qmitool dms firmware'
complete -c qmi-dms-foxconn-mode -f -w 'qmitool dms foxconn-mode'
complete -c qmi-dms-hp-mode -f -w 'qmitool dms hp-mode'
complete -c qmi-dms-ids -f -w 'qmitool dms ids'
complete -c qmi-dms-info -f -w 'qmitool dms info'
complete -c qmi-dms-mac -f -w 'qmitool dms mac'
complete -c qmi-dms-mode -f -w 'qmitool dms mode'
complete -c qmi-dms-msisdn -f -w 'qmitool dms msisdn'
complete -c qmi-dms-pin -f -w 'qmitool dms pin'
complete -c qmi-dms-power -f -w 'qmitool dms power'
complete -c qmi-dms-prl -f -w 'qmitool dms prl'
complete -c qmi-dms-reset -f -w 'qmitool dms reset'
complete -c qmi-dms-revision -f -w 'qmitool dms revision'
complete -c qmi-dms-sim -f -w 'qmitool dms sim'
complete -c qmi-dms-spc -f -w 'qmitool dms spc'
complete -c qmi-dms-time -f -w 'qmitool dms time'
complete -c qmi-dms-usb-composition -f -w 'qmitool dms usb-composition'
complete -c qmi-dms-user-data -f -w 'qmitool dms user-data'
complete -c qmi-dms-user-lock -f -w 'qmitool dms user-lock'
complete -c qmi-nas-attach -f -w 'qmitool nas attach'
complete -c qmi-nas-ca -f -w 'qmitool nas ca'
complete -c qmi-nas-cells -f -w 'qmitool nas cells'
complete -c qmi-nas-detach -f -w 'qmitool nas detach'
complete -c qmi-nas-drx -f -w 'qmitool nas drx'
complete -c qmi-nas-home -f -w 'qmitool nas home'
complete -c qmi-nas-monitor -f -w 'qmitool nas monitor'
complete -c qmi-nas-operator -f -w 'qmitool nas operator'
complete -c qmi-nas-plmn-name -f -w 'qmitool nas plmn-name'
complete -c qmi-nas-preferred -f -w 'qmitool nas preferred'
complete -c qmi-nas-register -f -w 'qmitool nas register'
complete -c qmi-nas-reset -f -w 'qmitool nas reset'
complete -c qmi-nas-rf -f -w 'qmitool nas rf'
complete -c qmi-nas-scan -f -w 'qmitool nas scan'
complete -c qmi-nas-search -f -w 'qmitool nas search'
complete -c qmi-nas-select -f -w 'qmitool nas select'
complete -c qmi-nas-signal -f -w 'qmitool nas signal'
complete -c qmi-nas-status -f -w 'qmitool nas status'
complete -c qmi-nas-swi-status -f -w 'qmitool nas swi-status'
complete -c qmi-nas-system -f -w 'qmitool nas system'
complete -c qmi-nas-txrx -f -w 'qmitool nas txrx'
complete -c qmi-nas-wait -f -w 'qmitool nas wait'
complete -c qmi-uim-status -f -w 'qmitool uim status'
complete -c qmi-uim-wait -f -w 'qmitool uim wait'
complete -c qmi-uim-ids -f -w 'qmitool uim ids'
complete -c qmi-uim-pin -f -w 'qmitool uim pin'
complete -c qmi-uim-read -f -w 'qmitool uim read'
complete -c qmi-uim-write -f -w 'qmitool uim write'
complete -c qmi-uim-slots -f -w 'qmitool uim slots'
complete -c qmi-uim-slot -f -w 'qmitool uim slot'
complete -c qmi-uim-power -f -w 'qmitool uim power'
complete -c qmi-uim-channel -f -w 'qmitool uim channel'
complete -c qmi-uim-apdu -f -w 'qmitool uim apdu'
complete -c qmi-uim-provision -f -w 'qmitool uim provision'
complete -c qmi-uim-personalization -f -w 'qmitool uim personalization'
complete -c qmi-uim-refresh -f -w 'qmitool uim refresh'
complete -c qmi-uim-monitor -f -w 'qmitool uim monitor'
complete -c qmi-uim-reset -f -w 'qmitool uim reset'
complete -c qmi-wds-start -f -w 'qmitool wds start'
complete -c qmi-wds-stop -f -w 'qmitool wds stop'
complete -c qmi-wds-up -f -w 'qmitool wds up'
complete -c qmi-wds-down -f -w 'qmitool wds down'
complete -c qmi-wds-status -f -w 'qmitool wds status'
complete -c qmi-wds-settings -f -w 'qmitool wds settings'
complete -c qmi-wds-stats -f -w 'qmitool wds stats'
complete -c qmi-wds-autoconnect -f -w 'qmitool wds autoconnect'
complete -c qmi-wds-profiles -f -w 'qmitool wds profiles'
complete -c qmi-wds-profile -f -w 'qmitool wds profile'
complete -c qmi-wds-attach-apn -f -w 'qmitool wds attach-apn'
complete -c qmi-wds-bearer -f -w 'qmitool wds bearer'
complete -c qmi-wds-bind -f -w 'qmitool wds bind'
complete -c qmi-wds-channel-rates -f -w 'qmitool wds channel-rates'
complete -c qmi-wds-dormancy -f -w 'qmitool wds dormancy'
complete -c qmi-wds-format -f -w 'qmitool wds format'
complete -c qmi-wds-iface -f -w 'qmitool wds iface'
complete -c qmi-wds-ip-family -f -w 'qmitool wds ip-family'
complete -c qmi-wds-link -f -w 'qmitool wds link'
complete -c qmi-wds-monitor -f -w 'qmitool wds monitor'
complete -c qmi-wds-reset -f -w 'qmitool wds reset'
complete -c qmi-wds-throttle -f -w 'qmitool wds throttle'
complete -c qmi-loc-position -f -w 'qmitool loc position'
complete -c qmi-loc-satellites -f -w 'qmitool loc satellites'
complete -c qmi-loc-nmea -f -w 'qmitool loc nmea'
complete -c qmi-loc-nmea-types -f -w 'qmitool loc nmea-types'
complete -c qmi-loc-mode -f -w 'qmitool loc mode'
complete -c qmi-loc-lock -f -w 'qmitool loc lock'
complete -c qmi-loc-assist -f -w 'qmitool loc assist'
complete -c qmi-loc-server -f -w 'qmitool loc server'
complete -c qmi-loc-start -f -w 'qmitool loc start'
complete -c qmi-loc-stop -f -w 'qmitool loc stop'
complete -c qmi-loc-monitor -f -w 'qmitool loc monitor'
complete -c qmi-wms-delete -f -w 'qmitool wms delete'
complete -c qmi-wms-list -f -w 'qmitool wms list'
complete -c qmi-wms-monitor -f -w 'qmitool wms monitor'
complete -c qmi-wms-protocol -f -w 'qmitool wms protocol'
complete -c qmi-wms-read -f -w 'qmitool wms read'
complete -c qmi-wms-registration -f -w 'qmitool wms registration'
complete -c qmi-wms-reset -f -w 'qmitool wms reset'
complete -c qmi-wms-routes -f -w 'qmitool wms routes'
complete -c qmi-wms-send -f -w 'qmitool wms send'
complete -c qmi-wms-smsc -f -w 'qmitool wms smsc'
complete -c qmi-wms-storage -f -w 'qmitool wms storage'
complete -c qmi-wms-tag -f -w 'qmitool wms tag'
complete -c qmi-gas-auto-sim -f -w 'qmitool gas auto-sim'
complete -c qmi-gas-firmware -f -w 'qmitool gas firmware'
complete -c qmi-gas-mac -f -w 'qmitool gas mac'
complete -c qmi-gas-usb-composition -f -w 'qmitool gas usb-composition'
complete -c qmi-raw-call -f -w 'qmitool raw call'
complete -c qmi-raw-complete -f -w 'qmitool raw complete'
complete -c qmi-raw-decode -f -w 'qmitool raw decode'
complete -c qmi-raw-encode -f -w 'qmitool raw encode'
complete -c qmi-raw-list -f -w 'qmitool raw list'
complete -c qmi-raw-monitor -f -w 'qmitool raw monitor'
complete -c qmi-raw-send -f -w 'qmitool raw send'
complete -c qmi-raw-versions -f -w 'qmitool raw versions'
complete -c qmi-proxy-status -f -w 'qmitool proxy status'
complete -c qmi-proxy-trace -f -w 'qmitool proxy trace'
complete -c qmi-proxy-reap -f -w 'qmitool proxy reap'
complete -c qmi-proxy-stop -f -w 'qmitool proxy stop'
