# bash completion of qmitool and its symlinks.
# Made by completions/generate.sh from the tables of qmitool; changes here are lost.

_qmitool_verbs() {
	REPLY=
	case $1 in
	status) REPLY='' ;;
	dms) REPLY='activation alt-net-config bands capabilities ck eri factory-reset fcc-unlock firmware foxconn-mode hp-mode ids info mac mode msisdn pin power prl reset revision sim spc time usb-composition user-data user-lock' ;;
	nas) REPLY='attach ca cells detach drx home monitor operator plmn-name preferred register reset rf scan search select signal status swi-status system txrx wait' ;;
	uim) REPLY='status wait ids pin read write slots slot power channel apdu provision personalization refresh monitor reset' ;;
	wds) REPLY='start stop up down status settings stats autoconnect profiles profile attach-apn bearer bind channel-rates dormancy format iface ip-family link monitor reset throttle' ;;
	loc) REPLY='position satellites nmea nmea-types mode lock assist server start stop monitor' ;;
	wms) REPLY='delete list monitor protocol read registration reset routes send smsc storage tag' ;;
	gas) REPLY='auto-sim firmware mac usb-composition' ;;
	raw) REPLY='call complete decode encode list monitor send versions' ;;
	list) REPLY='' ;;
	proxy) REPLY='status trace reap stop' ;;
	esac
}

_qmitool_options() {
	REPLY=
	case $1 in
	'status -') REPLY='--prometheus' ;;
	'dms ck') REPLY='--key-file' ;;
	'dms factory-reset') REPLY='--key-file' ;;
	'dms fcc-unlock') REPLY='--magic --magic-string' ;;
	'dms firmware') REPLY='--slot --override' ;;
	'dms mode') REPLY='--wait' ;;
	'dms pin') REPLY='--pin --pin-file --force' ;;
	'dms spc') REPLY='--key-file' ;;
	'dms user-lock') REPLY='--key-file' ;;
	'nas monitor') REPLY='--rssi --rsrp --rsrq --snr --reconnect' ;;
	'nas register') REPLY='--rat --permanent' ;;
	'nas scan') REPLY='--rat' ;;
	'nas select') REPLY='--modes --bands --lte-bands --nr-bands --nr-sa-bands --nr-nsa-bands --network --roaming --order --domain --usage --voice --emergency --duration' ;;
	'nas wait') REPLY='--ps' ;;
	'uim status') REPLY='--slot' ;;
	'uim wait') REPLY='--slot --until-ready' ;;
	'uim ids') REPLY='--slot' ;;
	'uim pin') REPLY='--slot --pin --pin-file --force' ;;
	'uim read') REPLY='--slot --session --aid --record --decode --attributes' ;;
	'uim write') REPLY='--slot --session --aid --record --offset' ;;
	'uim slot') REPLY='--logical' ;;
	'uim power') REPLY='--slot' ;;
	'uim channel') REPLY='--slot' ;;
	'uim apdu') REPLY='--slot --channel --aid --lpac' ;;
	'uim provision') REPLY='--slot --aid --session --auto --off' ;;
	'uim personalization') REPLY='--slot --key-file' ;;
	'uim refresh') REPLY='--reconnect' ;;
	'uim monitor') REPLY='--reconnect' ;;
	'wds start') REPLY='--session --apn --ip --auth --user --password-file --profile --profile-3gpp2 --via-profile --autoconnect --mux' ;;
	'wds stop') REPLY='--session --all --any' ;;
	'wds up') REPLY='--session --apn --ip --auth --user --password-file --profile --profile-3gpp2 --via-profile --autoconnect --mux --interface --metric --no-route --dns-file --hook --print --foreground --reconnect --wait' ;;
	'wds down') REPLY='--session' ;;
	'wds status') REPLY='--session' ;;
	'wds settings') REPLY='--session' ;;
	'wds stats') REPLY='--session' ;;
	'wds autoconnect') REPLY='--roaming' ;;
	'wds profiles') REPLY='--type --settings' ;;
	'wds profile') REPLY='--type --settings --name --apn --ip --auth --user --password-file --context --no-roaming --disabled --index --family' ;;
	'wds attach-apn') REPLY='--action' ;;
	'wds bearer') REPLY='--session' ;;
	'wds bind') REPLY='--endpoint-type --endpoint-number --client-type' ;;
	'wds channel-rates') REPLY='--session' ;;
	'wds dormancy') REPLY='--session' ;;
	'wds format') REPLY='--ul --dl --dl-max-size --dl-max-datagrams --ul-max-size --ul-max-datagrams --endpoint --interface --force' ;;
	'wds iface') REPLY='--interface' ;;
	'wds link') REPLY='--interface --mux --name --aggregation --size --mtu --force --all' ;;
	'wds monitor') REPLY='--session --stats --reconnect' ;;
	'loc position') REPLY='--session --interval' ;;
	'loc satellites') REPLY='--session --interval' ;;
	'loc nmea') REPLY='--session --interval --reconnect' ;;
	'loc assist') REPLY='--clock --cells --gnss --uncertainty --altitude' ;;
	'loc server') REPLY='--url --address --port' ;;
	'loc start') REPLY='--session --interval' ;;
	'loc stop') REPLY='--session' ;;
	'loc monitor') REPLY='--session --interval --reconnect --satellites' ;;
	'wms delete') REPLY='--storage --mode --tag --all' ;;
	'wms list') REPLY='--storage --mode --tag --read' ;;
	'wms monitor') REPLY='--delete --mode --reconnect' ;;
	'wms read') REPLY='--storage --mode --raw' ;;
	'wms routes') REPLY='--status-reports' ;;
	'wms send') REPLY='--smsc --class --flash --report' ;;
	'wms tag') REPLY='--storage --mode' ;;
	'gas auto-sim') REPLY='--config' ;;
	'gas firmware') REPLY='--carrier --revision' ;;
	'gas usb-composition') REPLY='--endpoint --once --later' ;;
	'raw call') REPLY='--vendor' ;;
	'raw decode') REPLY='--vendor' ;;
	'raw encode') REPLY='--vendor --client --transaction --response --indication' ;;
	'raw list') REPLY='--vendor' ;;
	'raw monitor') REPLY='--vendor' ;;
	'raw send') REPLY='--vendor --service' ;;
	'proxy -') REPLY='--no-exit --empty-timeout --verbose-full --user --group --socket --socket-mode' ;;
	'proxy trace') REPLY='--service --client --write' ;;
	esac
}

# The values of an option, "--device" or "raw encode --client".
_qmitool_option_values() {
	REPLY=
	case $1 in
	'--device'|'-d') REPLY='@device' ;;
	'--field'|'-f') REPLY='@key' ;;
	'--install') REPLY='@dir' ;;
	'dms ck --key-file'|'dms ck -k') REPLY='@file' ;;
	'dms factory-reset --key-file'|'dms factory-reset -k') REPLY='@file' ;;
	'dms pin --pin'|'dms pin -i') REPLY='pin1 pin2' ;;
	'dms pin --pin-file'|'dms pin -p') REPLY='@file' ;;
	'dms spc --key-file'|'dms spc -k') REPLY='@file' ;;
	'dms user-lock --key-file'|'dms user-lock -k') REPLY='@file' ;;
	'nas register --rat') REPLY='gsm umts lte td-scdma 5gnr' ;;
	'nas select --roaming') REPLY='off not-off not-flashing any' ;;
	'nas select --domain') REPLY='cs-only ps-only cs-ps ps-attach ps-detach' ;;
	'nas select --usage') REPLY='unknown voice-centric data-centric' ;;
	'nas select --voice') REPLY='cs-only ps-only cs-preferred ps-preferred' ;;
	'nas select --emergency') REPLY='true false' ;;
	'nas select --duration') REPLY='power-cycle permanent' ;;
	'uim status --slot'|'uim status -s') REPLY='1 2 3 4 5' ;;
	'uim wait --slot'|'uim wait -s') REPLY='1 2 3 4 5' ;;
	'uim ids --slot'|'uim ids -s') REPLY='1 2 3 4 5' ;;
	'uim pin --slot'|'uim pin -s') REPLY='1 2 3 4 5' ;;
	'uim pin --pin'|'uim pin -i') REPLY='pin1 pin2 upin' ;;
	'uim pin --pin-file'|'uim pin -p') REPLY='@file' ;;
	'uim read --slot'|'uim read -s') REPLY='1 2 3 4 5' ;;
	'uim write --slot'|'uim write -s') REPLY='1 2 3 4 5' ;;
	'uim power --slot'|'uim power -s') REPLY='1 2 3 4 5' ;;
	'uim channel --slot'|'uim channel -s') REPLY='1 2 3 4 5' ;;
	'uim apdu --slot'|'uim apdu -s') REPLY='1 2 3 4 5' ;;
	'uim provision --slot'|'uim provision -s') REPLY='1 2 3 4 5' ;;
	'uim provision --session') REPLY='primary-gw-provisioning primary-1x-provisioning secondary-gw-provisioning secondary-1x-provisioning' ;;
	'uim personalization --slot'|'uim personalization -s') REPLY='1 2 3 4 5' ;;
	'uim personalization --key-file'|'uim personalization -k') REPLY='@file' ;;
	'wds start --ip') REPLY='4 6 4v6' ;;
	'wds start --auth') REPLY='none pap chap both' ;;
	'wds start --password-file') REPLY='@file' ;;
	'wds up --ip') REPLY='4 6 4v6' ;;
	'wds up --auth') REPLY='none pap chap both' ;;
	'wds up --password-file') REPLY='@file' ;;
	'wds up --dns-file') REPLY='@file' ;;
	'wds up --hook') REPLY='@file' ;;
	'wds autoconnect --roaming') REPLY='allowed home-only' ;;
	'wds profiles --type') REPLY='3gpp 3gpp2' ;;
	'wds profile --type') REPLY='3gpp 3gpp2' ;;
	'wds profile --ip') REPLY='4 6 4v6 ppp non-ip' ;;
	'wds profile --auth') REPLY='none pap chap both' ;;
	'wds profile --password-file') REPLY='@file' ;;
	'wds attach-apn --action') REPLY='none detach-or-pdn-disconnect' ;;
	'wds bind --client-type') REPLY='tethered undefined' ;;
	'wds link --aggregation') REPLY='qmapv5 qmapv4 qmap' ;;
	'loc assist --clock') REPLY='time-est freq-est week-number rtc-time time-transfer gps-time-est glo-time-est glo-day-number glo-year-number glo-rf-grp-delay disable-tt' ;;
	'loc assist --cells') REPLY='pos latest-gps-pos ota-pos ext-ref-pos timetag cellid cached-cellid last-srv-cell cur-srv-cell neighbor-info' ;;
	'loc assist --gnss') REPLY='gps-svdir gps-svsteer gps-time gps-alm-corr glo-svdir glo-svsteer glo-time glo-alm-corr sbas-svdir sbas-svsteer position time iono utc health sadata rti sv-no-exist freq-bias-est' ;;
	'wms delete --storage'|'wms delete -s') REPLY='uim nv' ;;
	'wms list --storage'|'wms list -s') REPLY='uim nv' ;;
	'wms read --storage'|'wms read -s') REPLY='uim nv' ;;
	'wms send --class') REPLY='0 1 2 3' ;;
	'wms tag --storage'|'wms tag -s') REPLY='uim nv' ;;
	'gas usb-composition --endpoint') REPLY='hsusb hsic' ;;
	'raw send --service'|'raw send -S') REPLY='ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' ;;
	'proxy - --socket') REPLY='@file' ;;
	'proxy trace --service') REPLY='ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' ;;
	'proxy trace --write'|'proxy trace -w') REPLY='@file' ;;
	esac
}

# The values of a verb's first argument.
_qmitool_values() {
	REPLY=
	case $1 in
	'dms activation') REPLY='auto manual' ;;
	'dms alt-net-config') REPLY='true false' ;;
	'dms ck') REPLY='status disable unblock' ;;
	'dms firmware') REPLY='select prefer delete download-mode set-id swi foxconn' ;;
	'dms foxconn-mode') REPLY='fastboot-online fastboot-ota' ;;
	'dms hp-mode') REPLY='fastboot' ;;
	'dms mac') REPLY='wlan bt' ;;
	'dms mode') REPLY='online low-power factory-test offline reset shutting-down persistent-low-power mode-only-low-power unknown' ;;
	'dms pin') REPLY='verify enable disable change unblock' ;;
	'dms spc') REPLY='check set' ;;
	'dms user-data') REPLY='write' ;;
	'dms user-lock') REPLY='enable disable code' ;;
	'nas preferred') REPLY='set clear' ;;
	'nas register') REPLY='auto' ;;
	'nas txrx') REPLY='unknown none cdma-1x cdma-1xevdo amps gsm umts lte td-scdma 5gnr no-change' ;;
	'uim pin') REPLY='verify enable disable change unblock' ;;
	'uim read') REPLY='iccid dir imsi spn ad msisdn plmnwact oplmnwact hplmnwact fplmn ehplmn smsp sms fdn gid1 gid2 acc ust est li pnn opl ecc loci psloci epsloci hpplmn pl acm' ;;
	'uim write') REPLY='iccid dir imsi spn ad msisdn plmnwact oplmnwact hplmnwact fplmn ehplmn smsp sms fdn gid1 gid2 acc ust est li pnn opl ecc loci psloci epsloci hpplmn pl acm' ;;
	'uim power') REPLY='on off' ;;
	'uim channel') REPLY='open close' ;;
	'uim personalization') REPLY='status deactivate unblock' ;;
	'uim refresh') REPLY='iccid dir imsi spn ad msisdn plmnwact oplmnwact hplmnwact fplmn ehplmn smsp sms fdn gid1 gid2 acc ust est li pnn opl ecc loci psloci epsloci hpplmn pl acm' ;;
	'wds autoconnect') REPLY='disabled enabled paused' ;;
	'wds profile') REPLY='create default delete modify show template' ;;
	'wds bind') REPLY='mux port subscription' ;;
	'wds dormancy') REPLY='dormant active' ;;
	'wds format') REPLY='raw-ip 802-3' ;;
	'wds ip-family') REPLY='4 6' ;;
	'wds link') REPLY='add list delete' ;;
	'wds throttle') REPLY='3gpp 3gpp2' ;;
	'loc nmea-types') REPLY='gga rmc gsv gsa vtg pqxfi pstis all' ;;
	'loc mode') REPLY='default msb msa standalone cellid wwan' ;;
	'loc lock') REPLY='none mi mt all' ;;
	'loc assist') REPLY='delete inject position time' ;;
	'loc server') REPLY='unknown cdma-pde cdma-mpc umts-slp custom-pde' ;;
	'wms routes') REPLY='set' ;;
	'gas auto-sim') REPLY='disable enable enable-one-shot pending-one-shot' ;;
	'gas firmware') REPLY='active select' ;;
	'raw call') REPLY='@complete request' ;;
	'raw complete') REPLY='service message request response indication' ;;
	'raw encode') REPLY='@complete request' ;;
	'raw list') REPLY='@complete message' ;;
	'raw monitor') REPLY='@complete service' ;;
	esac
}

# The keys of "nas signal" or "dms firmware swi", for -f.
_qmitool_keys() {
	REPLY=
	case $1 in
	'status') REPLY='device.manufacturer device.model device.revision device.imei device.mode sim.state sim.slot sim.pin1.state sim.pin1.retries registration.registration registration.cs_attach registration.ps_attach registration.network registration.radio_interfaces registration.data_capabilities registration.roaming registration.plmn.mcc registration.plmn.mnc registration.plmn.name registration.lac registration.tac registration.cell_id registration.service.status registration.service.capability registration.service.forbidden signal.cdma.rssi signal.cdma.ecio signal.cdma.bars signal.evdo.rssi signal.evdo.ecio signal.evdo.sinr_level signal.evdo.io signal.evdo.bars signal.gsm.rssi signal.gsm.bars signal.umts.rssi signal.umts.ecio signal.umts.rscp signal.umts.bars signal.td_scdma.rscp signal.td_scdma.bars signal.lte.rssi signal.lte.rsrq signal.lte.rsrp signal.lte.snr signal.lte.bars signal.nr5g.rsrp signal.nr5g.rsrq signal.nr5g.snr signal.nr5g.bars connection.session connection.ipv4.status connection.ipv4.address connection.ipv4.gateway connection.ipv4.dns connection.ipv4.mtu connection.ipv4.apn connection.ipv6.status connection.ipv6.address connection.ipv6.gateway connection.ipv6.dns connection.ipv6.mtu connection.ipv6.apn sim_ready registered connected failed' ;;
	'dms activation') REPLY='activation' ;;
	'dms alt-net-config'|'dms user-lock') REPLY='enabled' ;;
	'dms bands') REPLY='bands lte_bands nr5g_bands' ;;
	'dms capabilities') REPLY='max_tx_rate max_rx_rate data_service sim radio_interfaces' ;;
	'dms ck status') REPLY='state verify_retries unblock_retries blocking' ;;
	'dms eri'|'dms user-data') REPLY='data' ;;
	'dms firmware') REPLY='images[0].type images[0].maximum images[0].running images[0].stored[0].index images[0].stored[0].failures images[0].stored[0].id images[0].stored[0].build preferred[0].type preferred[0].id preferred[0].build' ;;
	'dms firmware select'|'dms firmware prefer') REPLY='download' ;;
	'dms firmware download-mode'|'loc mode') REPLY='mode' ;;
	'dms firmware swi') REPLY='model boot_version amss_version sku package carrier_id carrier pri_version config_version' ;;
	'dms firmware foxconn') REPLY='version' ;;
	'dms ids') REPLY='imei imei_software_version meid esn' ;;
	'dms info') REPLY='manufacturer model revision hardware_revision imei imei_software_version meid esn max_tx_rate max_rx_rate data_service radio_interfaces' ;;
	'dms mac') REPLY='mac' ;;
	'dms mode') REPLY='mode offline_reason hardware_restricted' ;;
	'dms msisdn') REPLY='msisdn' ;;
	'dms pin') REPLY='pin1.status pin1.verify_retries pin1.unblock_retries pin2.status pin2.verify_retries pin2.unblock_retries' ;;
	'dms power') REPLY='power battery' ;;
	'dms prl') REPLY='version only' ;;
	'dms revision') REPLY='revision hardware_revision software_version factory_sku' ;;
	'dms sim') REPLY='state iccid imsi' ;;
	'dms time') REPLY='time source system user' ;;
	'dms usb-composition') REPLY='current supported' ;;
	'nas ca') REPLY='bandwidth pcell.pci pcell.earfcn pcell.bandwidth pcell.band scell.pci scell.earfcn scell.bandwidth scell.band scell.state scell_index scells[0].pci scells[0].earfcn scells[0].bandwidth scells[0].band scells[0].state scells[0].index' ;;
	'nas cells') REPLY='nr5g.plmn.mcc nr5g.plmn.mnc nr5g.tac nr5g.cell_id nr5g.pci nr5g.rsrp nr5g.rsrq nr5g.snr nr5g.arfcn nr5g.bands nr5g.frequency lte.idle lte.plmn.mcc lte.plmn.mnc lte.tac lte.cell_id lte.enb lte.sector lte.earfcn lte.band lte.frequency lte.pci lte.cells[0].pci lte.cells[0].rsrp lte.cells[0].rsrq lte.cells[0].rssi lte.cells[0].rx_level lte.timing_advance lte.inter[0].earfcn lte.inter[0].band lte.inter[0].frequency lte.inter[0].priority lte.inter[0].cells[0].pci lte.inter[0].cells[0].rsrp lte.inter[0].cells[0].rsrq lte.inter[0].cells[0].rssi lte.inter[0].cells[0].rx_level lte.gsm[0].priority lte.gsm[0].cells[0].arfcn lte.gsm[0].cells[0].bsic lte.gsm[0].cells[0].rssi lte.gsm[0].cells[0].rx_level lte.umts[0].uarfcn lte.umts[0].priority lte.umts[0].cells[0].psc lte.umts[0].cells[0].rscp lte.umts[0].cells[0].ecno lte.umts[0].cells[0].rx_level umts.cell_id umts.plmn.mcc umts.plmn.mnc umts.lac umts.uarfcn umts.psc umts.rscp umts.ecio umts.cells[0].uarfcn umts.cells[0].psc umts.cells[0].rscp umts.cells[0].ecio umts.gsm[0].arfcn umts.gsm[0].ncc umts.gsm[0].bcc umts.gsm[0].rssi umts.rrc_state umts.lte[0].earfcn umts.lte[0].band umts.lte[0].frequency umts.lte[0].pci umts.lte[0].rsrp umts.lte[0].rsrq umts.lte[0].rx_level umts.lte[0].tdd gsm.cell_id gsm.plmn.mcc gsm.plmn.mnc gsm.lac gsm.arfcn gsm.bsic gsm.rx_level gsm.timing_advance gsm.cells[0].cell_id gsm.cells[0].plmn.mcc gsm.cells[0].plmn.mnc gsm.cells[0].lac gsm.cells[0].arfcn gsm.cells[0].bsic gsm.cells[0].rx_level cdma.sid cdma.nid cdma.base_station_id cdma.reference_pn cdma.latitude cdma.longitude' ;;
	'nas drx') REPLY='drx' ;;
	'nas home') REPLY='plmn.mcc plmn.mnc plmn.name name_source sid nid cdma.mcc cdma.mnc cdma.name' ;;
	'nas monitor') REPLY='event registration cs_attach ps_attach network radio_interfaces data_capabilities roaming plmn.mcc plmn.mnc plmn.name lac tac cell_id service.status service.capability service.forbidden cdma.rssi cdma.ecio cdma.bars evdo.rssi evdo.ecio evdo.sinr_level evdo.io evdo.bars gsm.rssi gsm.bars umts.rssi umts.ecio umts.rscp umts.bars td_scdma.rscp td_scdma.bars lte.rssi lte.rsrq lte.rsrp lte.snr lte.bars nr5g.rsrp nr5g.rsrq nr5g.snr nr5g.bars nr5g.service nr5g.true_service nr5g.preferred_path nr5g.domain nr5g.capability nr5g.roaming nr5g.forbidden nr5g.plmn.mcc nr5g.plmn.mnc nr5g.lac nr5g.tac nr5g.cell_id nr5g.reject.domain nr5g.reject.cause lte.service lte.true_service lte.preferred_path lte.domain lte.capability lte.roaming lte.forbidden lte.plmn.mcc lte.plmn.mnc lte.lac lte.tac lte.cell_id lte.reject.domain lte.reject.cause lte.voice lte.voice_domain lte.ims_voice lte.registration_domain lte.cell_access lte.embms_coverage lte.nr5g_available lte.nr5g_restricted umts.service umts.true_service umts.preferred_path umts.domain umts.capability umts.roaming umts.forbidden umts.plmn.mcc umts.plmn.mnc umts.lac umts.cell_id umts.reject.domain umts.reject.cause umts.hs_call umts.hs_service umts.psc umts.cs_barring umts.ps_barring umts.cipher_domain umts.routing_area td_scdma.service td_scdma.true_service td_scdma.preferred_path td_scdma.domain td_scdma.capability td_scdma.roaming td_scdma.forbidden td_scdma.plmn.mcc td_scdma.plmn.mnc td_scdma.lac td_scdma.cell_id td_scdma.reject.domain td_scdma.reject.cause td_scdma.hs_call td_scdma.hs_service td_scdma.cell_parameter_id gsm.service gsm.true_service gsm.preferred_path gsm.domain gsm.capability gsm.roaming gsm.forbidden gsm.plmn.mcc gsm.plmn.mnc gsm.lac gsm.cell_id gsm.reject.domain gsm.reject.cause gsm.egprs gsm.dtm gsm.cs_barring gsm.ps_barring gsm.cipher_domain gsm.routing_area cdma.service cdma.preferred_path cdma.domain cdma.capability cdma.roaming cdma.forbidden cdma.plmn.mcc cdma.plmn.mnc cdma.prl_match cdma.p_rev cdma.base_station_p_rev cdma.concurrent_services cdma.sid cdma.nid cdma.base_station_id cdma.latitude cdma.longitude cdma.packet_zone cdma.zone cdma.resolved_mcc evdo.service evdo.preferred_path evdo.domain evdo.capability evdo.roaming evdo.forbidden evdo.prl_match evdo.personality evdo.protocol_revision evdo.is_856_system_id sim_reject restriction name spn.name spn.display nitz.long nitz.short names[0].long names[0].short plmns[0].mcc plmns[0].mnc plmns[0].first_lac plmns[0].last_lac plmns[0].record radio domain cause' ;;
	'nas operator') REPLY='name spn.name spn.display nitz.long nitz.short names[0].long names[0].short plmns[0].mcc plmns[0].mnc plmns[0].first_lac plmns[0].last_lac plmns[0].record' ;;
	'nas plmn-name') REPLY='spn.name name.long name.short display.spn display.plmn home name_source' ;;
	'nas preferred') REPLY='networks[0].mcc networks[0].mnc networks[0].access static[0].mcc static[0].mnc static[0].access' ;;
	'nas rf') REPLY='bands[0].radio bands[0].band bands[0].channel bandwidths[0].radio bandwidths[0].bandwidth' ;;
	'nas scan') REPLY='networks[0].mcc networks[0].mnc networks[0].name networks[0].status networks[0].radio' ;;
	'nas select') REPLY='modes disabled_modes network plmn.mcc plmn.mnc roaming order gsm_umts_order domain usage voice restriction emergency prl bands td_scdma_bands lte_bands nr_sa_bands nr_nsa_bands technology.active technology.duration technology.persistent' ;;
	'nas signal') REPLY='cdma.rssi cdma.ecio cdma.bars evdo.rssi evdo.ecio evdo.sinr_level evdo.io evdo.bars gsm.rssi gsm.bars umts.rssi umts.ecio umts.rscp umts.bars td_scdma.rscp td_scdma.bars lte.rssi lte.rsrq lte.rsrp lte.snr lte.bars nr5g.rsrp nr5g.rsrq nr5g.snr nr5g.bars' ;;
	'nas status'|'nas wait') REPLY='registration cs_attach ps_attach network radio_interfaces data_capabilities roaming plmn.mcc plmn.mnc plmn.name lac tac cell_id service.status service.capability service.forbidden' ;;
	'nas swi-status') REPLY='temperature modem_mode system_mode ims_registration packet_service lte.band lte.bandwidth lte.rx_channel lte.tx_channel lte.emm_state lte.emm_connection' ;;
	'nas system') REPLY='nr5g.service nr5g.true_service nr5g.preferred_path nr5g.domain nr5g.capability nr5g.roaming nr5g.forbidden nr5g.plmn.mcc nr5g.plmn.mnc nr5g.lac nr5g.tac nr5g.cell_id nr5g.reject.domain nr5g.reject.cause lte.service lte.true_service lte.preferred_path lte.domain lte.capability lte.roaming lte.forbidden lte.plmn.mcc lte.plmn.mnc lte.lac lte.tac lte.cell_id lte.reject.domain lte.reject.cause lte.voice lte.voice_domain lte.ims_voice lte.registration_domain lte.cell_access lte.embms_coverage lte.nr5g_available lte.nr5g_restricted umts.service umts.true_service umts.preferred_path umts.domain umts.capability umts.roaming umts.forbidden umts.plmn.mcc umts.plmn.mnc umts.lac umts.cell_id umts.reject.domain umts.reject.cause umts.hs_call umts.hs_service umts.psc umts.cs_barring umts.ps_barring umts.cipher_domain umts.routing_area td_scdma.service td_scdma.true_service td_scdma.preferred_path td_scdma.domain td_scdma.capability td_scdma.roaming td_scdma.forbidden td_scdma.plmn.mcc td_scdma.plmn.mnc td_scdma.lac td_scdma.cell_id td_scdma.reject.domain td_scdma.reject.cause td_scdma.hs_call td_scdma.hs_service td_scdma.cell_parameter_id gsm.service gsm.true_service gsm.preferred_path gsm.domain gsm.capability gsm.roaming gsm.forbidden gsm.plmn.mcc gsm.plmn.mnc gsm.lac gsm.cell_id gsm.reject.domain gsm.reject.cause gsm.egprs gsm.dtm gsm.cs_barring gsm.ps_barring gsm.cipher_domain gsm.routing_area cdma.service cdma.preferred_path cdma.domain cdma.capability cdma.roaming cdma.forbidden cdma.plmn.mcc cdma.plmn.mnc cdma.prl_match cdma.p_rev cdma.base_station_p_rev cdma.concurrent_services cdma.sid cdma.nid cdma.base_station_id cdma.latitude cdma.longitude cdma.packet_zone cdma.zone cdma.resolved_mcc evdo.service evdo.preferred_path evdo.domain evdo.capability evdo.roaming evdo.forbidden evdo.prl_match evdo.personality evdo.protocol_revision evdo.is_856_system_id sim_reject restriction' ;;
	'nas txrx') REPLY='rx0.tuned rx0.power rx0.ecio rx0.rscp rx0.rsrp rx0.phase rx1.tuned rx1.power rx1.ecio rx1.rscp rx1.rsrp rx1.phase rx2.tuned rx2.power rx2.ecio rx2.rscp rx2.rsrp rx2.phase rx3.tuned rx3.power rx3.ecio rx3.rscp rx3.rsrp rx3.phase tx.in_traffic tx.power' ;;
	'uim personalization status') REPLY='features[0].feature features[0].retries features[0].unblock_retries' ;;
	'wds start') REPLY='session status ipv4.status ipv4.client ipv4.handle ipv6.status ipv6.client ipv6.handle' ;;
	'wds up') REPLY='session interface state reason registration ipv4.address ipv4.gateway ipv4.dns ipv6.address ipv6.gateway ipv6.dns mtu' ;;
	'wds status') REPLY='connected modem.ipv4.status modem.ipv6.status sessions[0].session sessions[0].status sessions[0].ipv4.status sessions[0].ipv4.client sessions[0].ipv4.handle sessions[0].ipv6.status sessions[0].ipv6.client sessions[0].ipv6.handle session status ipv4.status ipv4.client ipv4.handle ipv6.status ipv6.client ipv6.handle' ;;
	'wds settings') REPLY='session ipv4.address ipv4.gateway ipv4.dns ipv4.mtu ipv4.apn ipv6.address ipv6.gateway ipv6.dns ipv6.mtu ipv6.apn address gateway dns mtu apn' ;;
	'wds stats') REPLY='session ipv4.tx_bytes ipv4.rx_bytes ipv4.tx_packets ipv4.rx_packets ipv4.tx_errors ipv4.rx_errors ipv4.tx_overflows ipv4.rx_overflows ipv4.tx_dropped ipv4.rx_dropped ipv6.tx_bytes ipv6.rx_bytes ipv6.tx_packets ipv6.rx_packets ipv6.tx_errors ipv6.rx_errors ipv6.tx_overflows ipv6.rx_overflows ipv6.tx_dropped ipv6.rx_dropped tx_bytes rx_bytes tx_packets rx_packets tx_errors rx_errors tx_overflows rx_overflows tx_dropped rx_dropped' ;;
	'wds autoconnect') REPLY='autoconnect roaming' ;;
	'wds profiles'|'wds profile') REPLY='profiles[0].type profiles[0].index profiles[0].name profiles[0].apn profiles[0].pdp_type profiles[0].auth profiles[0].user profiles[0].password profiles[0].no_roaming profiles[0].disabled profiles[0].context profiles[0].primary_ipv4_dns_address profiles[0].secondary_ipv4_dns_address profiles[0].ipv4_address_preference profiles[0].ipv6_address_preference profiles[0].ipv6_primary_dns_address_preference profiles[0].ipv6_secondary_dns_address_preference profiles[0].pdp_header_compression_type profiles[0].pdp_data_compression_type profiles[0].pcscf_address_using_pco profiles[0].pdp_access_control profiles[0].pcscf_address_using_dhcp profiles[0].imcn_flag profiles[0].pdp_context_secondary_flag profiles[0].pdp_context_primary_id profiles[0].address_allocation_preference profiles[0].apn_type_mask profiles[0].clat_enabled profiles[0].ipv6_prefix_delegation profiles[0].vlan_id_type.vlan_id_range_start profiles[0].vlan_id_type.vlan_id_range_end profiles[0].lte_qos_parameters.qos_class_identifier profiles[0].lte_qos_parameters.guaranteed_downlink_bitrate profiles[0].lte_qos_parameters.max_downlink_bitrate profiles[0].lte_qos_parameters.guaranteed_uplink_bitrate profiles[0].lte_qos_parameters.max_uplink_bitrate profiles[0].umts_requested_qos.traffic_class profiles[0].umts_requested_qos.max_uplink_bitrate profiles[0].umts_requested_qos.max_downlink_bitrate profiles[0].umts_requested_qos.guaranteed_uplink_bitrate profiles[0].umts_requested_qos.guaranteed_downlink_bitrate profiles[0].umts_requested_qos.qos_delivery_order profiles[0].umts_requested_qos.maximum_sdu_size profiles[0].umts_requested_qos.sdu_error_ratio profiles[0].umts_requested_qos.residual_bit_error_ratio profiles[0].umts_requested_qos.delivery_erroneous_sdu profiles[0].umts_requested_qos.transfer_delay profiles[0].umts_requested_qos.traffic_handling_priority profiles[0].umts_minimum_qos.traffic_class profiles[0].umts_minimum_qos.max_uplink_bitrate profiles[0].umts_minimum_qos.max_downlink_bitrate profiles[0].umts_minimum_qos.guaranteed_uplink_bitrate profiles[0].umts_minimum_qos.guaranteed_downlink_bitrate profiles[0].umts_minimum_qos.qos_delivery_order profiles[0].umts_minimum_qos.maximum_sdu_size profiles[0].umts_minimum_qos.sdu_error_ratio profiles[0].umts_minimum_qos.residual_bit_error_ratio profiles[0].umts_minimum_qos.delivery_erroneous_sdu profiles[0].umts_minimum_qos.transfer_delay profiles[0].umts_minimum_qos.traffic_handling_priority profiles[0].gprs_requested_qos.precedence_class profiles[0].gprs_requested_qos.delay_class profiles[0].gprs_requested_qos.reliability_class profiles[0].gprs_requested_qos.peak_throughput_class profiles[0].gprs_requested_qos.mean_throughput_class profiles[0].gprs_minimum_qos.precedence_class profiles[0].gprs_minimum_qos.delay_class profiles[0].gprs_minimum_qos.reliability_class profiles[0].gprs_minimum_qos.peak_throughput_class profiles[0].gprs_minimum_qos.mean_throughput_class profiles[0].umts_requested_qos_with_signaling_indication_flag.traffic_class profiles[0].umts_requested_qos_with_signaling_indication_flag.max_uplink_bitrate profiles[0].umts_requested_qos_with_signaling_indication_flag.max_downlink_bitrate profiles[0].umts_requested_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate profiles[0].umts_requested_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate profiles[0].umts_requested_qos_with_signaling_indication_flag.qos_delivery_order profiles[0].umts_requested_qos_with_signaling_indication_flag.maximum_sdu_size profiles[0].umts_requested_qos_with_signaling_indication_flag.sdu_error_ratio profiles[0].umts_requested_qos_with_signaling_indication_flag.residual_bit_error_ratio profiles[0].umts_requested_qos_with_signaling_indication_flag.delivery_erroneous_sdu profiles[0].umts_requested_qos_with_signaling_indication_flag.transfer_delay profiles[0].umts_requested_qos_with_signaling_indication_flag.traffic_handling_priority profiles[0].umts_requested_qos_with_signaling_indication_flag.signaling_indication profiles[0].umts_minimum_qos_with_signaling_indication_flag.traffic_class profiles[0].umts_minimum_qos_with_signaling_indication_flag.max_uplink_bitrate profiles[0].umts_minimum_qos_with_signaling_indication_flag.max_downlink_bitrate profiles[0].umts_minimum_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate profiles[0].umts_minimum_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate profiles[0].umts_minimum_qos_with_signaling_indication_flag.qos_delivery_order profiles[0].umts_minimum_qos_with_signaling_indication_flag.maximum_sdu_size profiles[0].umts_minimum_qos_with_signaling_indication_flag.sdu_error_ratio profiles[0].umts_minimum_qos_with_signaling_indication_flag.residual_bit_error_ratio profiles[0].umts_minimum_qos_with_signaling_indication_flag.delivery_erroneous_sdu profiles[0].umts_minimum_qos_with_signaling_indication_flag.transfer_delay profiles[0].umts_minimum_qos_with_signaling_indication_flag.traffic_handling_priority profiles[0].umts_minimum_qos_with_signaling_indication_flag.signaling_indication' ;;
	'wds profile create') REPLY='type index' ;;
	'wds profile default') REPLY='index' ;;
	'wds profile show') REPLY='type index name apn pdp_type auth user password no_roaming disabled context primary_ipv4_dns_address secondary_ipv4_dns_address ipv4_address_preference ipv6_address_preference ipv6_primary_dns_address_preference ipv6_secondary_dns_address_preference pdp_header_compression_type pdp_data_compression_type pcscf_address_using_pco pdp_access_control pcscf_address_using_dhcp imcn_flag pdp_context_secondary_flag pdp_context_primary_id address_allocation_preference apn_type_mask clat_enabled ipv6_prefix_delegation vlan_id_type.vlan_id_range_start vlan_id_type.vlan_id_range_end lte_qos_parameters.qos_class_identifier lte_qos_parameters.guaranteed_downlink_bitrate lte_qos_parameters.max_downlink_bitrate lte_qos_parameters.guaranteed_uplink_bitrate lte_qos_parameters.max_uplink_bitrate umts_requested_qos.traffic_class umts_requested_qos.max_uplink_bitrate umts_requested_qos.max_downlink_bitrate umts_requested_qos.guaranteed_uplink_bitrate umts_requested_qos.guaranteed_downlink_bitrate umts_requested_qos.qos_delivery_order umts_requested_qos.maximum_sdu_size umts_requested_qos.sdu_error_ratio umts_requested_qos.residual_bit_error_ratio umts_requested_qos.delivery_erroneous_sdu umts_requested_qos.transfer_delay umts_requested_qos.traffic_handling_priority umts_minimum_qos.traffic_class umts_minimum_qos.max_uplink_bitrate umts_minimum_qos.max_downlink_bitrate umts_minimum_qos.guaranteed_uplink_bitrate umts_minimum_qos.guaranteed_downlink_bitrate umts_minimum_qos.qos_delivery_order umts_minimum_qos.maximum_sdu_size umts_minimum_qos.sdu_error_ratio umts_minimum_qos.residual_bit_error_ratio umts_minimum_qos.delivery_erroneous_sdu umts_minimum_qos.transfer_delay umts_minimum_qos.traffic_handling_priority gprs_requested_qos.precedence_class gprs_requested_qos.delay_class gprs_requested_qos.reliability_class gprs_requested_qos.peak_throughput_class gprs_requested_qos.mean_throughput_class gprs_minimum_qos.precedence_class gprs_minimum_qos.delay_class gprs_minimum_qos.reliability_class gprs_minimum_qos.peak_throughput_class gprs_minimum_qos.mean_throughput_class umts_requested_qos_with_signaling_indication_flag.traffic_class umts_requested_qos_with_signaling_indication_flag.max_uplink_bitrate umts_requested_qos_with_signaling_indication_flag.max_downlink_bitrate umts_requested_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate umts_requested_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate umts_requested_qos_with_signaling_indication_flag.qos_delivery_order umts_requested_qos_with_signaling_indication_flag.maximum_sdu_size umts_requested_qos_with_signaling_indication_flag.sdu_error_ratio umts_requested_qos_with_signaling_indication_flag.residual_bit_error_ratio umts_requested_qos_with_signaling_indication_flag.delivery_erroneous_sdu umts_requested_qos_with_signaling_indication_flag.transfer_delay umts_requested_qos_with_signaling_indication_flag.traffic_handling_priority umts_requested_qos_with_signaling_indication_flag.signaling_indication umts_minimum_qos_with_signaling_indication_flag.traffic_class umts_minimum_qos_with_signaling_indication_flag.max_uplink_bitrate umts_minimum_qos_with_signaling_indication_flag.max_downlink_bitrate umts_minimum_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate umts_minimum_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate umts_minimum_qos_with_signaling_indication_flag.qos_delivery_order umts_minimum_qos_with_signaling_indication_flag.maximum_sdu_size umts_minimum_qos_with_signaling_indication_flag.sdu_error_ratio umts_minimum_qos_with_signaling_indication_flag.residual_bit_error_ratio umts_minimum_qos_with_signaling_indication_flag.delivery_erroneous_sdu umts_minimum_qos_with_signaling_indication_flag.transfer_delay umts_minimum_qos_with_signaling_indication_flag.traffic_handling_priority umts_minimum_qos_with_signaling_indication_flag.signaling_indication' ;;
	'wds profile template') REPLY='name apn pdp_type auth user password disabled context primary_ipv4_dns_address secondary_ipv4_dns_address ipv4_address_preference ipv6_address_preference ipv6_primary_dns_address_preference ipv6_secondary_dns_address_preference pdp_header_compression_type pdp_data_compression_type pcscf_address_using_pco pdp_access_control pcscf_address_using_dhcp imcn_flag pdp_context_secondary_flag pdp_context_primary_id address_allocation_preference vlan_id_type.vlan_id_range_start vlan_id_type.vlan_id_range_end lte_qos_parameters.qos_class_identifier lte_qos_parameters.guaranteed_downlink_bitrate lte_qos_parameters.max_downlink_bitrate lte_qos_parameters.guaranteed_uplink_bitrate lte_qos_parameters.max_uplink_bitrate umts_requested_qos.traffic_class umts_requested_qos.max_uplink_bitrate umts_requested_qos.max_downlink_bitrate umts_requested_qos.guaranteed_uplink_bitrate umts_requested_qos.guaranteed_downlink_bitrate umts_requested_qos.qos_delivery_order umts_requested_qos.maximum_sdu_size umts_requested_qos.sdu_error_ratio umts_requested_qos.residual_bit_error_ratio umts_requested_qos.delivery_erroneous_sdu umts_requested_qos.transfer_delay umts_requested_qos.traffic_handling_priority umts_minimum_qos.traffic_class umts_minimum_qos.max_uplink_bitrate umts_minimum_qos.max_downlink_bitrate umts_minimum_qos.guaranteed_uplink_bitrate umts_minimum_qos.guaranteed_downlink_bitrate umts_minimum_qos.qos_delivery_order umts_minimum_qos.maximum_sdu_size umts_minimum_qos.sdu_error_ratio umts_minimum_qos.residual_bit_error_ratio umts_minimum_qos.delivery_erroneous_sdu umts_minimum_qos.transfer_delay umts_minimum_qos.traffic_handling_priority gprs_requested_qos.precedence_class gprs_requested_qos.delay_class gprs_requested_qos.reliability_class gprs_requested_qos.peak_throughput_class gprs_requested_qos.mean_throughput_class gprs_minimum_qos.precedence_class gprs_minimum_qos.delay_class gprs_minimum_qos.reliability_class gprs_minimum_qos.peak_throughput_class gprs_minimum_qos.mean_throughput_class umts_requested_qos_with_signaling_indication_flag.traffic_class umts_requested_qos_with_signaling_indication_flag.max_uplink_bitrate umts_requested_qos_with_signaling_indication_flag.max_downlink_bitrate umts_requested_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate umts_requested_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate umts_requested_qos_with_signaling_indication_flag.qos_delivery_order umts_requested_qos_with_signaling_indication_flag.maximum_sdu_size umts_requested_qos_with_signaling_indication_flag.sdu_error_ratio umts_requested_qos_with_signaling_indication_flag.residual_bit_error_ratio umts_requested_qos_with_signaling_indication_flag.delivery_erroneous_sdu umts_requested_qos_with_signaling_indication_flag.transfer_delay umts_requested_qos_with_signaling_indication_flag.traffic_handling_priority umts_requested_qos_with_signaling_indication_flag.signaling_indication umts_minimum_qos_with_signaling_indication_flag.traffic_class umts_minimum_qos_with_signaling_indication_flag.max_uplink_bitrate umts_minimum_qos_with_signaling_indication_flag.max_downlink_bitrate umts_minimum_qos_with_signaling_indication_flag.guaranteed_uplink_bitrate umts_minimum_qos_with_signaling_indication_flag.guaranteed_downlink_bitrate umts_minimum_qos_with_signaling_indication_flag.qos_delivery_order umts_minimum_qos_with_signaling_indication_flag.maximum_sdu_size umts_minimum_qos_with_signaling_indication_flag.sdu_error_ratio umts_minimum_qos_with_signaling_indication_flag.residual_bit_error_ratio umts_minimum_qos_with_signaling_indication_flag.delivery_erroneous_sdu umts_minimum_qos_with_signaling_indication_flag.transfer_delay umts_minimum_qos_with_signaling_indication_flag.traffic_handling_priority umts_minimum_qos_with_signaling_indication_flag.signaling_indication' ;;
	'wds attach-apn') REPLY='apn ip attached profiles pending max_profiles' ;;
	'wds bearer') REPLY='bearer last_bearer current.network current.rats current.service_options last.network last.rats last.service_options' ;;
	'wds bind') REPLY='subscription' ;;
	'wds channel-rates') REPLY='tx rx max_tx max_rx' ;;
	'wds dormancy') REPLY='dormancy' ;;
	'wds format') REPLY='interface agree modem.format modem.qos modem.flow_control modem.uplink.aggregation modem.uplink.max_size modem.uplink.max_datagrams modem.downlink.aggregation modem.downlink.max_size modem.downlink.max_datagrams modem.downlink.padding kernel.driver kernel.format kernel.pass_through kernel.up kernel.mtu' ;;
	'wds iface') REPLY='interface driver format pass_through up mtu links[0].interface links[0].mux_id links[0].driver links[0].up links[0].mtu' ;;
	'wds link'|'wds link list') REPLY='interface links[0].interface links[0].mux_id links[0].driver links[0].up links[0].mtu' ;;
	'wds link add') REPLY='interface parent mux_id driver up mtu aggregation max_size' ;;
	'wds monitor') REPLY='event status reconfigure family technology bearer_id xlat reason rates.tx rates.rx bearer dormancy call.status call.type call.tethered call.family data_system technology.network technology.rat technology.bearers technology.bearers_3gpp2 flow_control stats.tx_packets stats.rx_packets stats.tx_errors stats.rx_errors stats.tx_overflows stats.rx_overflows stats.tx_bytes stats.rx_bytes stats.tx_dropped stats.rx_dropped changed type index change' ;;
	'wds throttle') REPLY='apns[0].apn apns[0].ipv4 apns[0].ipv6 apns[0].ipv4_left apns[0].ipv6_left' ;;
	'loc position') REPLY='status latitude longitude uncertainty confidence reliability altitude altitude_ellipsoid altitude_uncertainty altitude_confidence altitude_reliability altitude_assumed speed speed_uncertainty vertical_speed heading heading_uncertainty magnetic_deviation time time_uncertainty time_source leap_seconds dop.p dop.h dop.v technology satellites_used fix_count' ;;
	'loc satellites') REPLY='satellites[0].system satellites[0].id satellites[0].health satellites[0].status satellites[0].navigation_data satellites[0].elevation satellites[0].azimuth satellites[0].snr' ;;
	'loc nmea') REPLY='nmea' ;;
	'loc nmea-types') REPLY='nmea_types' ;;
	'loc lock') REPLY='lock' ;;
	'loc assist') REPLY='servers max_file_size max_part_size valid_from valid_hours' ;;
	'loc server') REPLY='type url ipv4.address ipv4.port ipv6.address ipv6.port' ;;
	'loc monitor') REPLY='event status latitude longitude uncertainty confidence reliability altitude altitude_ellipsoid altitude_uncertainty altitude_confidence altitude_reliability altitude_assumed speed speed_uncertainty vertical_speed heading heading_uncertainty magnetic_deviation time time_uncertainty time_source leap_seconds dop.p dop.h dop.v technology satellites_used fix_count satellites[0].system satellites[0].id satellites[0].health satellites[0].status satellites[0].navigation_data satellites[0].elevation satellites[0].azimuth satellites[0].snr engine' ;;
	'wms list') REPLY='messages[0].storage messages[0].index messages[0].tag messages[0].format messages[0].type messages[0].from messages[0].to messages[0].time messages[0].delivered messages[0].status messages[0].reference messages[0].smsc messages[0].coding messages[0].class messages[0].part.reference messages[0].part.number messages[0].part.count messages[0].ports.destination messages[0].ports.source messages[0].text messages[0].data messages[0].pdu' ;;
	'wms monitor') REPLY='event storage index tag format type from to time delivered status reference smsc coding class part.reference part.number part.count ports.destination ports.source text data pdu alert.type alert.data alert.mcc alert.mnc' ;;
	'wms protocol') REPLY='protocol' ;;
	'wms read') REPLY='storage index tag format type from to time delivered status reference smsc coding class part.reference part.number part.count ports.destination ports.source text data pdu' ;;
	'wms registration') REPLY='registration' ;;
	'wms routes') REPLY='routes[0].type routes[0].class routes[0].storage routes[0].action status_reports' ;;
	'wms send') REPLY='parts coding message_ids' ;;
	'wms smsc') REPLY='smsc' ;;
	'wms storage') REPLY='uim.size uim.free nv.size nv.free' ;;
	'gas auto-sim') REPLY='mode config' ;;
	'gas firmware'|'gas firmware active') REPLY='images[0].index images[0].name images[0].version images[0].pri' ;;
	'gas mac') REPLY='mac mac_2' ;;
	'gas usb-composition') REPLY='composition endpoint persistent immediate reboot' ;;
	'raw versions') REPLY='services[0].service services[0].major_version services[0].minor_version' ;;
	'dms activation auto'|'dms activation manual'|'dms firmware delete'|'dms firmware set-id'|'dms pin verify'|'dms pin enable'|'dms pin disable'|'dms pin change'|'dms pin unblock'|'dms user-data write'|'dms user-lock enable'|'dms user-lock disable'|'dms user-lock code'|'nas preferred set'|'nas preferred clear'|'wds profile delete'|'wds profile modify'|'wds bind mux'|'wds bind port'|'wds bind subscription'|'wds link delete'|'loc assist delete'|'loc assist inject'|'loc assist position'|'loc assist time'|'wms routes set'|'gas firmware select') REPLY='' ;;
	*) return 1 ;;
	esac
}

# Does this word want the next one as its value?
_qmitool_valued() {
	case $1 in
	--device|-d|--timeout|-t|--field|-f|--cid|--install|--key-file|-k|--magic|--magic-string|--slot|-s|--pin|-i|--pin-file|-p|--rssi|--rsrp|--rsrq|--snr|--rat|--modes|--bands|--lte-bands|--nr-bands|--nr-sa-bands|--nr-nsa-bands|--network|--roaming|--order|--domain|--usage|--voice|--emergency|--duration|--session|--aid|--record|-r|--offset|-o|--logical|-l|--channel|-c|--apn|--ip|--auth|--user|--password-file|--profile|--profile-3gpp2|--mux|--interface|-i|--metric|--dns-file|--hook|--type|--name|--context|--index|--family|--action|--endpoint-type|--endpoint-number|--client-type|--ul|--dl|--dl-max-size|--dl-max-datagrams|--ul-max-size|--ul-max-datagrams|--endpoint|--aggregation|--size|--mtu|--stats|--interval|--clock|--cells|--gnss|--uncertainty|--altitude|--url|--address|--port|--storage|-s|--mode|--tag|--status-reports|--smsc|--class|--config|--carrier|--revision|--vendor|--client|--transaction|--service|-S|--empty-timeout|--group|--socket|--socket-mode|--write|-w) return 0 ;;
	--*) return 1 ;;
	esac
	[[ $1 =~ ^-[^-dtfksiprolcisSw]*[dtfksiprolcisSw]$ ]]
}

# What stands before the cursor: applet, verb, arguments, option that wants a value.
_qmitool_parse() {
	local i word ended='' name=${COMP_WORDS[0]##*/}
	applet='' verb='' arguments=() option=''
	if [[ $name == qmi-* ]]; then
		name=${name#qmi-} applet=${name%%-*}
		[[ $name != *-* ]] || verb=${name#*-}
	fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ -n $option ]]; then
			# readline takes --device=x for three words
			[[ $word == = ]] || option=
		elif [[ -z $ended && $word == -- ]]; then
			ended=1
		elif [[ -z $ended && $word == -[!0-9]* ]]; then
			! _qmitool_valued "$word" || option=$word
		elif [[ -z $applet ]]; then
			applet=$word
		elif [[ -z $verb ]]; then
			verb=$word
		else
			arguments+=("$word")
		fi
	done
	[[ $option == --* || -z $option ]] || option=-${option: -1}
}

_qmitool_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen "$1" -- "$cur")
}

# What qmitool itself knows: services, messages, fields and their values.
_qmitool_ask() {
	local kind=$1 word=$cur before='' n=$COMP_CWORD program=${COMP_WORDS[0]}
	[[ ${program##*/} == qmitool ]] || program=qmitool
	[[ " ${COMP_WORDS[*]} " != *' --response '* ]] || kind=response
	[[ " ${COMP_WORDS[*]} " != *' --indication '* ]] || kind=indication
	# readline takes path=value for three words
	if [[ ${COMP_WORDS[n]} == = ]]; then
		before=${COMP_WORDS[n-1]}= word=$before
	elif [[ ${COMP_WORDS[n-1]} == = ]]; then
		before=${COMP_WORDS[n-2]}= word=$before$cur
	fi
	read -ra COMPREPLY < <(
		"$program" raw complete -q -f words -- "$kind" "${arguments[@]}" "$word" 2>/dev/null)
	COMPREPLY=("${COMPREPLY[@]#"$before"}")
	[[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
}

# "@device", "@file", "@dir", "@key", "@complete …", or words.
_qmitool_offer() {
	local name=$applet${verb:+ $verb}
	case $1 in
	@device) mapfile -t COMPREPLY < <(
		compgen -W "$(compgen -G '/dev/cdc-wdm*'; compgen -G '/dev/wwan*qmi*')" -- "$cur")
		[[ ${#COMPREPLY[@]} -gt 0 ]] || _qmitool_files -f ;;
	@file) _qmitool_files -f ;;
	@dir) _qmitool_files -d ;;
	@key) _qmitool_keys "$name ${arguments[0]}" || _qmitool_keys "$name"
		mapfile -t COMPREPLY < <(compgen -W "$REPLY" -- "$cur") ;;
	@complete*) _qmitool_ask "${1#* }" ;;
	*) mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur") ;;
	esac
}

_qmitool() {
	local applet verb option REPLY globals
	local -a arguments
	local cur=${COMP_WORDS[COMP_CWORD]}
	globals='--device --timeout --json --eval --field --no-proxy --cid --keep-cid --verbose --quiet --help --version --install --dump-cli'
	COMPREPLY=()
	_qmitool_parse
	[[ $cur != = ]] || cur=
	if [[ -n $option ]]; then
		_qmitool_option_values "$option"
		[[ -n $REPLY ]] || _qmitool_option_values "$applet ${verb:--} $option"
		_qmitool_offer "$REPLY"
	elif [[ $cur == -* ]]; then
		_qmitool_options "$applet ${verb:--}"
		_qmitool_offer "$globals $REPLY"
	elif [[ -z $applet ]]; then
		_qmitool_offer 'status dms nas uim wds loc wms gas raw list proxy'
	elif [[ -z $verb ]]; then
		_qmitool_verbs "$applet"
		_qmitool_offer "$REPLY"
	else
		_qmitool_values "$applet $verb"
		[[ ${#arguments[@]} -gt 0 && $REPLY != @complete* ]] || _qmitool_offer "$REPLY"
	fi
}

complete -F _qmitool qmitool qmi-status qmi-dms qmi-dms-activation qmi-dms-alt-net-config qmi-dms-bands qmi-dms-capabilities qmi-dms-ck qmi-dms-eri qmi-dms-factory-reset qmi-dms-fcc-unlock qmi-dms-firmware qmi-dms-foxconn-mode qmi-dms-hp-mode qmi-dms-ids qmi-dms-info qmi-dms-mac qmi-dms-mode qmi-dms-msisdn qmi-dms-pin qmi-dms-power qmi-dms-prl qmi-dms-reset qmi-dms-revision qmi-dms-sim qmi-dms-spc qmi-dms-time qmi-dms-usb-composition qmi-dms-user-data qmi-dms-user-lock qmi-nas qmi-nas-attach qmi-nas-ca qmi-nas-cells qmi-nas-detach qmi-nas-drx qmi-nas-home qmi-nas-monitor qmi-nas-operator qmi-nas-plmn-name qmi-nas-preferred qmi-nas-register qmi-nas-reset qmi-nas-rf qmi-nas-scan qmi-nas-search qmi-nas-select qmi-nas-signal qmi-nas-status qmi-nas-swi-status qmi-nas-system qmi-nas-txrx qmi-nas-wait qmi-uim qmi-uim-status qmi-uim-wait qmi-uim-ids qmi-uim-pin qmi-uim-read qmi-uim-write qmi-uim-slots qmi-uim-slot qmi-uim-power qmi-uim-channel qmi-uim-apdu qmi-uim-provision qmi-uim-personalization qmi-uim-refresh qmi-uim-monitor qmi-uim-reset qmi-wds qmi-wds-start qmi-wds-stop qmi-wds-up qmi-wds-down qmi-wds-status qmi-wds-settings qmi-wds-stats qmi-wds-autoconnect qmi-wds-profiles qmi-wds-profile qmi-wds-attach-apn qmi-wds-bearer qmi-wds-bind qmi-wds-channel-rates qmi-wds-dormancy qmi-wds-format qmi-wds-iface qmi-wds-ip-family qmi-wds-link qmi-wds-monitor qmi-wds-reset qmi-wds-throttle qmi-loc qmi-loc-position qmi-loc-satellites qmi-loc-nmea qmi-loc-nmea-types qmi-loc-mode qmi-loc-lock qmi-loc-assist qmi-loc-server qmi-loc-start qmi-loc-stop qmi-loc-monitor qmi-wms qmi-wms-delete qmi-wms-list qmi-wms-monitor qmi-wms-protocol qmi-wms-read qmi-wms-registration qmi-wms-reset qmi-wms-routes qmi-wms-send qmi-wms-smsc qmi-wms-storage qmi-wms-tag qmi-gas qmi-gas-auto-sim qmi-gas-firmware qmi-gas-mac qmi-gas-usb-composition qmi-raw qmi-raw-call qmi-raw-complete qmi-raw-decode qmi-raw-encode qmi-raw-list qmi-raw-monitor qmi-raw-send qmi-raw-versions qmi-list qmi-proxy qmi-proxy-status qmi-proxy-trace qmi-proxy-reap qmi-proxy-stop
