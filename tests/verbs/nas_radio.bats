# nas: what the radios say: signal on old modems, cells, system, bands, carriers, chains.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

@test "nas signal: bars are 10 dB each, from 0 to 5" {
	while read -r rsrp bars; do
		modem set lte_rsrp "$rsrp"
		exits 0 nas signal -f lte.bars
		same "$output" "$bars"
	done <<-END
		-140 0
		-126 0
		-125 1
		-116 1
		-115 2
		-86 4
		-85 5
		-44 5
	END
	exits 0 nas signal
	holds "$output" "bars: 5 of 5"
}

@test "nas signal: a modem that does not know get_signal_info is asked the old way; same keys" {
	modem answer nas get_signal_info 71
	exits 0 nas signal -j
	same "$output" '{"lte":{"rssi":-65,"rsrq":-11,"snr":12.0,"rsrp":-97,"bars":3}}'
	exits 0 nas signal -f lte.rsrp
	same "$output" -97
	modem set radio_interfaces 5
	modem signal lte off
	modem signal umts -88 9
	exits 0 nas signal -j
	same "$output" '{"umts":{"rssi":-88,"ecio":-4.5,"bars":3}}'
	exits 0 nas signal
	holds "$output" "rssi: -88 dBm" "ecio: -4.5 dB"
	# It is not asked where the first message is only refused.
	modem answer nas get_signal_info 74
	modem count reset
	exits 1 nas signal
	same "$(modem count nas get_signal_strength)" 0
	modem answer nas get_signal_info 94
	modem answer nas get_signal_strength 71
	exits 5 nas signal
	says "NotSupported (94)"
}

LTE_CELLS='{"lte":{"idle":true,"plmn":{"mcc":"001","mnc":"01"},"tac":264,"cell_id":27447297,"enb":107216,"sector":1,"earfcn":1300,"band":3,"frequency":1815.0,"pci":4,"cells":[{"pci":4,"rsrp":-99.9,"rsrq":-6.7,"rssi":-73.3,"rx_level":30}],"inter":[],"gsm":[],"umts":[]}}'

@test "nas cells: LTE, in all forms" {
	exits 0 nas cells -j
	same "$output" "$LTE_CELLS"
	exits 0 nas cells
	holds "$output" "frequency: 1815.0 MHz" "-99.9 dBm" "-6.7 dB"
	exits 0 nas cells -e
	same "$(eval "$output" && echo "$lte_enb/$lte_sector/$lte_cells_n/$lte_cells_0_rsrp")" \
		107216/1/1/-99.9
	exits 0 nas cells -f lte.plmn.mnc -f lte.cells[0].pci -f lte.band
	same "$output" "01
4
3"
	exits 10 nas cells -f nr5g.pci
	exits 10 nas cells -f lte.cells[3].pci
	exits 2 nas cells -f lte.cells.pcii
	says "lte.cells.pci"
	exits 2 nas cells -f lte.cells[0].enb
}

@test "nas cells: neighbours on other frequencies and radios" {
	# idle; one frequency: EARFCN 3148, thresholds 1 2, priority 5, one cell 17
	modem set cells_lte_inter hex:01014c0c010205011100ceff7cfc00fd0a00
	# one frequency: priority 3, thresholds 4 5, ncc 6, one cell: ARFCN 77, 900, BSIC 17
	modem set cells_lte_gsm hex:010103040506014d000001118ffd1400
	# UARFCN 10762, priority 2, thresholds 3 4, one cell: PSC 290
	modem set cells_lte_wcdma hex:01010a2a02030004000122014efc9cff0500
	exits 0 nas cells -j
	holds "$output" '"inter":[{"earfcn":3148,"band":7,"frequency":2659.8,"priority":5,"cells":[{"pci":17,"rsrp":-90.0,"rsrq":-5.0,"rssi":-76.8,"rx_level":10}]}]' \
		'"gsm":[{"priority":3,"cells":[{"arfcn":77,"bsic":17,"rssi":-62.5,"rx_level":20}]}]' \
		'"umts":[{"uarfcn":10762,"priority":2,"cells":[{"psc":290,"rscp":-94.6,"ecno":-10.0,"rx_level":5}]}]'
}

@test "nas cells: 5G: the area code has three bytes, a channel may lie in several bands" {
	# 262 02, TAC 0x00abcd, cell 0x123456789, PCI 500, RSRQ -11.0, RSRP -95.0, SNR not available
	modem set cells_nr hex:62f22000abcd8967452301000000f40192ff4afc0080
	modem set nr_arfcn 632628
	exits 0 nas cells -j
	holds "$output" '{"nr5g":{"plmn":{"mcc":"262","mnc":"02"},"tac":43981,"cell_id":4886718345,"pci":500,"rsrp":-95.0,"rsrq":-11.0,"arfcn":632628,"bands":["n77","n78"],"frequency":3489.4},"lte":'
	modem set cells_nr hex:ffffffffffffffffffffffffffffffff00800080
	exits 0 nas cells -j
	[[ $output != *'"nr5g":{"plmn"'* && $output != *16777215* ]]
}

@test "nas cells: GSM, with neighbours whose network is not known" {
	modem set cells_lte none
	# cell 2306, 214 03, LAC 1142, ARFCN 989, BSIC 0, TA 0, level 50; one neighbour without cell
	modem answer nas get_cell_location_info 0 1021000209000012f4307604dd030000000000320001ffffffff0000000000d6030b1c00
	exits 0 nas cells -j
	same "$output" '{"gsm":{"cell_id":2306,"plmn":{"mcc":"214","mnc":"03"},"lac":1142,"arfcn":989,"bsic":0,"rx_level":50,"timing_advance":0,"cells":[{"lac":0,"arfcn":982,"bsic":11,"rx_level":28}]}}'
}

@test "nas system: what the modem does not vouch for is absent" {
	exits 0 nas system -j
	holds "$output" '"lte":{"service":"available"' '"plmn":{"mcc":"001","mnc":"01"},"tac":264,"cell_id":27447297' \
		'"umts":{"service":"none"'
	[[ $output != *'"lac"'* && $output != *'"reject"'* && $output != *'"psc"'* ]]
	exits 10 nas system -f lte.reject.cause
	modem set reject_cause 15
	modem set reject_domain 2
	exits 0 nas system -f lte.reject.cause -f lte.reject.domain
	same "$output" "no-suitable-cells-in-location-area
ps"
	modem set mcc 310
	modem set mnc 004
	exits 0 nas system -f lte.plmn.mnc
	same "$output" 004
	exits 0 nas system -e
	same "$(eval "$output" && echo "$lte_tac/$gsm_service")" 264/none
	exits 0 nas system
	holds "$output" "tac:                 264"
}

@test "nas rf, ca, drx: bands and carriers" {
	exits 0 nas rf -j
	same "$output" '{"bands":[{"radio":"lte","band":"eutran-3","channel":1300}],"bandwidths":[{"radio":"lte","bandwidth":"20"}]}'
	# An old modem has the short list alone.
	modem answer nas get_rf_band_information 0 01060001087a001405
	exits 0 nas rf -j
	same "$output" '{"bands":[{"radio":"lte","band":"eutran-3","channel":1300}]}'
	exits 0 nas ca -j
	same "$output" '{"bandwidth":"20","pcell":{"pci":4,"earfcn":1300,"bandwidth":"20","band":"eutran-3"},"scells":[{"pci":5,"earfcn":3062,"bandwidth":"10","band":"eutran-7","state":"activated","index":1}]}'
	exits 0 nas ca -f pcell.pci -f scells[0].band
	same "$output" "4
eutran-7"
	exits 0 nas drx -f drx
	same "$output" cn7-t64
	for verb in rf ca drx cells system; do
		modem mute on
		exits 4 nas $verb -t 0.3
		modem mute off
	done
}

@test "nas txrx: a receiver that is not tuned has no values" {
	exits 0 nas txrx lte -j
	same "$output" '{"rx0":{"tuned":true,"power":-65.3,"ecio":-11.5,"rscp":-97.1,"rsrp":-97.1},"rx1":{"tuned":false},"tx":{"in_traffic":true,"power":23.0}}'
	same "$(modem get txrx_radio)" 8
	exits 0 nas txrx lte
	holds "$output" "power: -65.3 dBm"
	exits 0 nas txrx 5gnr -e
	same "$(eval "$output" && echo "$rx0_rsrp/$tx_power")" -97.1/23.0
	same "$(modem get txrx_radio)" 12
	exits 2 nas txrx lt
	says "lte"
	exits 2 nas txrx
	says RAT
	modem answer nas get_tx_rx_info 74
	exits 1 nas txrx lte
	says InformationUnavailable
}

@test "nas home, operator, plmn-name" {
	exits 0 nas home -j
	same "$output" '{"plmn":{"mcc":"001","mnc":"01","name":"Test Home"}}'
	modem set home_mcc 310
	modem set home_mnc 012
	exits 0 nas home -f plmn.mcc -f plmn.mnc -f plmn.name
	same "$output" "310
012
Test Home"
	exits 0 nas operator -j
	same "$output" '{"name":"Test Network","spn":{"name":"Test SPN","display":[]}}'
	modem set operator_plmns hex:01003533ff3234ff3412785605
	exits 0 nas operator -f plmns[0].mcc -f plmns[0].last_lac
	same "$output" "53
22136"
	exits 0 nas plmn-name 26202 -j
	same "$output" '{"spn":{"name":"Test SPN"},"name":{"long":"Test Network","short":"Test"}}'
	same "$(modem get named_plmn)" hex:06010200
	exits 0 nas plmn-name 310004 -e
	same "$(eval "$output" && echo "$name_long")" "Test Network"
	for code in 2620 2620299 26x02 ""; do
		exits 2 nas plmn-name "$code"
		says "MCC"
	done
	modem answer nas get_home_network 94
	exits 5 nas home -j
	says '"exit":5'
}

@test "nas swi-status: a Sierra's own message (as a real one answered)" {
	modem answer nas swi_get_status 0 1009000801fc0dffff020000010500fb05090000
	exits 0 nas swi-status -j
	same "$output" '{"temperature":-5,"modem_mode":"online","system_mode":"lte","ims_registration":"no-srv","packet_service":"attached","lte":{"band":"bc-8","bandwidth":"3","rx_channel":3580,"tx_channel":65535,"emm_state":"registered","emm_connection":"rrc-idle"}}'
	exits 0 nas swi-status
	holds "$output" "temperature:" "-5 C"
	modem answer nas swi_get_status 71
	exits 5 nas swi-status
}

@test "nas: warm queries cost the modem one round trip each" {
	exits 0 nas cells
	for verb in cells system home rf; do
		modem count reset
		exits 0 nas $verb
		same "$(modem count all)" 1
	done
	nothing_left
}
