# nas: scan, register, wait, select, preferred, attach.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

NETWORKS='{"networks":[{"mcc":"001","mnc":"01","name":"One","status":["current-serving","available","not-forbidden","not-preferred"],"radio":"lte"},{"mcc":"310","mnc":"004","name":"Two","status":["available","roaming","not-forbidden","not-preferred"],"radio":"umts"}]}'

@test "nas scan: networks with their radio; an MNC's third digit is kept" {
	exits 0 nas scan -j
	same "$output" "$NETWORKS"
	silent
	exits 0 nas scan
	holds "$output" "310" "004" "Two" "umts"
	exits 0 nas scan -e
	same "$(eval "$output" && echo "$networks_n/$networks_1_mnc/$networks_0_radio")" 2/004/lte
	exits 0 nas scan -f 'networks[1].mnc' -f 'networks[0].status'
	same "$output" "004
current-serving available not-forbidden not-preferred"
	exits 0 nas scan --rat lte,5gnr
	same "$(modem get scan_type)" 20
	exits 2 nas scan --rat lt
	says "lte"
	exits 2 nas scan -f networks.radioo
}

@test "nas scan: a network in the radios' list is found by its place alone; a list that does not fit is left out" {
	modem set scan_radios hex:0200010001000836010500"05"
	exits 0 nas scan -j
	holds "$output" '"name":"One","status":["current-serving","available","not-forbidden","not-preferred"],"radio":"lte"}'
	[[ $output != *umts* ]]
	modem set scan_radios none
	modem set scan_digits none
	exits 0 nas scan -f 'networks[1].mnc'
	same "$output" 04
}

@test "nas scan: the modem breaks it off, or refuses" {
	modem set scan_result 1
	exits 1 nas scan
	same "$output" ""
	says "broke the scan off"
	modem set scan_result 2
	exits 1 nas scan
	says "radio link failed"
	modem answer nas network_scan 71
	exits 5 nas scan
}

@test "nas scan: interrupted or out of time, the modem is told to stop, and nothing is left" {
	modem answer nas network_scan silent
	modem count reset
	background "$QMITOOL" nas scan
	job=$LAST
	wait_modem 1+ count nas network_scan
	kill -TERM "$job"
	reap "$job"
	same "$CODE" 143
	same "$(modem count nas abort)" 1
	[ "$(modem get aborted)" != none ]
	exits 4 nas scan -t 0.4
	wait_modem 2 count nas abort
	nothing_left
}

@test "nas scan: progress goes to a terminal and nowhere else" {
	command -v script >/dev/null || skip "script(1) is not installed"
	modem answer nas network_scan silent
	run timeout "$PATIENCE" script -qec "'$QMITOOL' nas scan -t 4" /dev/null
	holds "$output" "."
	exits 4 nas scan -t 2
	says "no answer"
}

@test "nas register: auto, or one network with two or three digits" {
	modem set registration 2
	exits 0 nas register
	same "$output" ""
	same "$(modem get register_action)/$(modem get registration)" 1/1
	exits 0 nas register 310004 --rat lte --permanent
	same "$(modem get mcc)/$(modem get mnc)/$(modem get register_rat)/$(modem get change_duration)" 310/004/8/1
	exits 0 nas register 26202
	same "$(modem get mnc)/$(modem get register_rat)" 02/255
	exits 2 nas register 262
	says "'262'" "26202"
	exits 2 nas register auto --rat lte
	says "--rat"
	exits 2 nas register 26202 --rat lt
	says lte
	modem answer nas initiate_network_register 13
	exits 1 nas register
	says NoNetworkFound
}

@test "nas attach, detach, search, reset" {
	exits 0 nas detach
	same "$(modem get ps_attach)" 2
	exits 0 nas attach
	same "$(modem get ps_attach)" 1
	exits 0 nas search
	same "$(modem count nas force_network_search)" 1
	exits 0 nas reset
	same "$(modem count nas reset)" 1
	modem answer nas attach_detach 26
	exits 0 nas attach
	says NoEffect
	exits 2 nas attach now
}

@test "nas wait: at once where it is registered" {
	exits 0 nas wait -f registration -f plmn.mcc
	same "$output" "registered
001"
	exits 0 nas wait -j
	holds "$output" '"registration":"registered"'
}

@test "nas wait: returns when the modem registers, without asking over and over" {
	modem set registration 2
	modem count reset
	background "$QMITOOL" nas wait -t 60 -f registration >"$DIR/out"
	job=$LAST
	wait_modem 1 count nas get_serving_system
	modem set lac 17
	modem set registration 1
	reap "$job"
	same "$CODE" 0
	same "$(cat "$DIR/out")" registered
	[ "$(modem count nas get_serving_system)" -le 4 ]
	nothing_left
}

@test "nas wait: a modem that tells nothing of itself is asked again" {
	modem answer nas register_indications 71
	modem set registration 2
	modem count reset
	background "$QMITOOL" nas wait -t 60
	job=$LAST
	wait_modem 1 count nas get_serving_system
	modem set registration 1
	reap "$job"
	same "$CODE" 0
}

@test "nas wait: not in time: exit 4 and why; a restart: exit 8; a signal ends it" {
	modem set registration 3
	exits 4 nas wait -t 0.5
	says registration-denied
	modem set registration 1
	modem set ps_attach 2
	exits 4 nas wait --ps -t 0.5 -j
	says '"exit":4' "not attached"
	modem count reset
	background "$QMITOOL" nas wait --ps
	job=$LAST
	wait_modem 1+ count nas get_serving_system
	modem sync
	reap "$job"
	same "$CODE" 8
	background "$QMITOOL" nas wait --ps
	job=$LAST
	wait_modem 2+ count nas get_serving_system
	kill -TERM "$job"
	reap "$job"
	same "$CODE" 143
	nothing_left
}

@test "nas wait --cid: the client id of somebody else is left as it was" {
	proxy_start
	run --separate-stderr q nas status --keep-cid -f registration
	cid=$(sed -n 's/.*--cid \([0-9]*\).*/\1/p' <<<"$stderr")
	[ -n "$cid" ]
	exits 0 nas wait --cid "$cid" -f registration
	same "$(modem count nas register_indications)" 2
}

@test "nas select: shown in all forms" {
	exits 0 nas select -j
	same "$output" '{"modes":["gsm","umts","lte"],"roaming":"any","emergency":false,"bands":["wcdma-2100","wcdma-pcs-1900","wcdma-dcs-1800","wcdma-1700-us","wcdma-850-us","wcdma-900"],"lte_bands":[1,3,5,7,8,20,38,39,40,41]}'
	exits 0 nas select
	holds "$output" "lte_bands: 1, 3, 5, 7, 8, 20, 38, 39, 40, 41"
	exits 0 nas select -f lte_bands
	same "$output" "1 3 5 7 8 20 38 39 40 41"
	exits 0 nas select -e
	same "$(eval "$output" && echo "$lte_bands_n")" 10
	modem set selection_mode 1
	modem set selection_mcc 310
	modem set selection_mnc 004
	modem set acquisition_order hex:020c08
	exits 0 nas select -f network -f plmn.mnc -f order
	same "$output" "manual
004
5gnr lte"
}

@test "nas select: a modem from before it has the technology preference" {
	modem answer nas get_system_selection_preference 71
	modem answer nas 0x2b 0 01030002000010020000"00"
	exits 0 nas select -j
	holds "$output" '"technology":{"active":["3gpp"]' '"duration":"permanent"'
}

@test "nas select: settings go out together, the others stay" {
	exits 0 nas select --modes lte,umts --roaming off --domain ps-only --usage data-centric \
		--order 5gnr,lte --voice ps-preferred
	same "$output" ""
	for want in "mode_preference 24" "roaming_preference 1" "domain_preference 1" \
		"usage_preference 2" "acquisition_order hex:020c08" "voice_preference 3" \
		"change_duration 1" "lte_band_preference 0x000001e0000800d5" "network_selection none"; do
		same "$(modem get "${want% *}")" "${want#* }"
	done
	same "$(modem count nas set_system_selection_preference)" 1
	exits 0 nas select --modes gsm --duration power-cycle
	same "$(modem get change_duration)" 0
	exits 0 nas select --network 310004
	same "$(modem get network_selection)/$(modem get selection_pcs)" hex:0136010400/1
	exits 0 nas select --network auto
	same "$(modem get network_selection)" hex:0000000000
}

@test "nas select: LTE bands, as a mask of 64 or of 256, as the modem has it" {
	exits 0 nas select --lte-bands 3,7,20
	same "$(modem get lte_band_preference)" 524356	# bits 2, 6 and 19
	same "$(modem get lte_masks)" none
	exits 0 nas select -f lte_bands
	same "$output" "3 7 20"
	exits 0 nas select --lte-bands 64,b1
	exits 0 nas select -f lte_bands
	same "$output" "1 64"
	exits 5 nas select --lte-bands 3,66
	says "up to 64"
	modem set lte_masks hex:"$(printf '00%.0s' {1..32})"
	exits 0 nas select --lte-bands 3,66,128,129,256
	same "$(modem get lte_masks)" hex:04000000000000000200000000000080010000000000000000000000000000"80"
	exits 0 nas select -f lte_bands
	same "$output" "3 66 128 129 256"
}

@test "nas select: NR bands, standalone and not" {
	exits 5 nas select --nr-bands n78
	says "NR"
	modem set nr_sa_masks hex:"$(printf '00%.0s' {1..64})"
	modem set nr_nsa_masks hex:"$(printf '00%.0s' {1..64})"
	exits 0 nas select --nr-bands n1,n78
	exits 0 nas select -f nr_sa_bands -f nr_nsa_bands
	same "$output" "1 78
1 78"
	exits 0 nas select --nr-sa-bands 28,257,512
	exits 0 nas select -f nr_sa_bands -f nr_nsa_bands
	same "$output" "28 257 512
1 78"
	exits 0 nas select --nr-nsa-bands n3
	exits 0 nas select -f nr_nsa_bands
	same "$output" 3
}

@test "nas select: mistakes cost the modem nothing" {
	modem count reset
	for bands in 0 257 x 3,,7 3, "" n; do
		exits 2 nas select --lte-bands "$bands"
		says "no band"
	done
	exits 2 nas select --nr-bands n513
	exits 2 nas select --modes lt
	says lte
	exits 2 nas select --network 26
	exits 2 nas select --duration permanent
	exits 2 nas select --nr-bands 1 --nr-sa-bands 2
	exits 2 nas select -f modess
	says "'modes'"
	same "$(modem count nas set_system_selection_preference)" 0
	modem answer nas set_system_selection_preference 48
	exits 1 nas select --modes lte
	says InvalidArgument
}

@test "nas preferred: shown, set, cleared; three digits go both ways" {
	exits 0 nas preferred -j
	same "$output" '{"networks":[{"mcc":"262","mnc":"02","access":["eutran"]},{"mcc":"310","mnc":"004","access":["all"]}]}'
	exits 0 nas preferred set 310012:eutran,utran 00101
	same "$(modem get preferred_cleared)" 1
	exits 0 nas preferred -e
	same "$(eval "$output" && echo "$networks_0_mnc/$networks_0_access/$networks_1_mnc")" \
		"012/eutran utran/01"
	exits 0 nas preferred
	holds "$output" "012"
	exits 0 nas preferred clear
	exits 0 nas preferred -j
	same "$output" '{"networks":[]}'
	exits 2 nas preferred set
	says NETWORK
	exits 2 nas preferred set 262
	exits 2 nas preferred set 26202:eutra
	says eutran
	exits 2 nas preferred sett
	says "'set'"
	exits 2 nas preferred set 26202 -x
}
