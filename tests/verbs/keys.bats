# The keys of the output are a contract (keys.list): each verb prints those and no others, in
# every form under the same name.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

# The names that -e makes of a verb's keys: those that must stand there, or with "?" those that may.
eval_names() {
	awk -F '\t' -v verb="$1" -v may="$2" '
		/^#/ || $1 != verb { next }
		{ key = $2; optional = sub(/\?$/, "", key) }
		optional && !may { next }
		{
			list = key
			while (match(list, /\[\]/)) {
				base = substr(list, 1, RSTART - 1)
				gsub(/\./, "_", base)
				print base "_n"
				if (may)	# an empty list stands there as an empty word
					print base
				list = substr(list, 1, RSTART - 1) "_0" substr(list, RSTART + 2)
			}
			sub(/\[\]$/, "", key)
			gsub(/\[\]/, "_0", key)
			gsub(/\./, "_", key)
			print key
		}' "$BATS_TEST_DIRNAME/keys.list" | sort -u
}

# check VERB ARG...: of a modem that has everything set.
check() {
	checked "exits 0" "$@"
}

# check_monitor PATTERN VERB ARG...: the same of a verb that goes on, until its output has PATTERN.
check_monitor() {
	checked "watched $1" "${@:2}"
}

# checked HOW VERB ARG...
checked() {
	local how=$1 verb=$2 key path

	shift 2
	$how "$@" -e
	sed -n "s/^\([A-Za-z0-9_]*\)='.*/\1/p" <<<"$output" | grep -v '_[1-9][0-9]*_' |
		grep -v '^fields_\|^unknown_' | sort -u >"$DIR/got"
	eval_names "$verb" "" >"$DIR/must"
	eval_names "$verb" may >"$DIR/may"
	[ -s "$DIR/must" ]
	same "$(comm -13 "$DIR/got" "$DIR/must")" ""	# promised and not there
	same "$(comm -23 "$DIR/got" "$DIR/may")" ""	# there and not promised
	$how "$@" -j
	cp /dev/stdin "$DIR/json" <<<"$output"
	while IFS=$'\t' read -r _ key; do
		path=${key//\[\]./[0].}
		path=${path%[\[]]}
		${how/#watched*/watched .} "$@" -f "$path"
		key=${path##*.}
		grep -qF "\"$key\":" "$DIR/json"
	done < <(grep "^$verb	" "$BATS_TEST_DIRNAME/keys.list" | grep -v '?$')
}

@test "nas signal" {
	modem signal gsm -71
	modem signal umts -70 9 -81
	modem signal nr5g -101 155 -12
	modem answer nas get_signal_info append 100300b50700110800b6080005e2ffffff15010095
	check "nas signal" nas signal
}

@test "nas status" {
	modem set lac 17
	check "nas status" nas status
}

# A modem that has all there is to tell; what it cannot have is marked in the list.
full_modem() {
	modem set cells_lte_inter hex:01014c0c010205011100ceff7cfc00fd0a00
	modem set cells_lte_gsm hex:010103040506014d000001118ffd1400
	modem set cells_lte_wcdma hex:01010a2a02030004000122014efc9cff0500
	modem set cells_nr hex:62f22000abcd8967452301000000f40192ff4afcc800
	modem set nr_arfcn 632628
	modem set timing_advance 5
	modem set lac 17
	modem set reject_cause 15
	modem set reject_domain 2
	modem set nr5g_available 1
	modem set nr5g_restricted 0
	modem set operator_plmns hex:01003533ff3234ff3412785605
	modem set spn_display 1
	modem set preferred_static hex:010006010200ffff
	modem set selection_mode 1
	modem set selection_mcc 310
	modem set selection_mnc 004
	modem set acquisition_order hex:020c08
	modem set domain_preference 1
	modem set usage_preference 2
	modem set voice_preference 3
	modem set disabled_modes 1
	modem set nr_sa_masks hex:02"$(printf '00%.0s' {1..63})"
	modem set nr_nsa_masks hex:02"$(printf '00%.0s' {1..63})"
	modem set prl_preference 1
	modem set rx_chain_1 hex:0173fdffff8dffffff35fcffff35fcffff00000000
	modem answer nas swi_get_status 0 1009000801fc0dffff020000010500fb05090000
	modem set esn 80A1B2C3
	modem set nr5g_bands 1,78
	modem answer dms swi_get_current_firmware 0 180c003030322e3037325f3030300017080047454e45524943001608003030302e303035001502003100130800313130323437360012150053574939583330435f30322e33332e30332e30300011150053574939583330435f30322e33332e30332e3030001007004d433734353500
}

@test "nas: each verb that shows something" {
	full_modem
	for verb in ca cells drx home operator preferred rf scan select swi-status system; do
		check "nas $verb" nas $verb
	done
	check "nas txrx" nas txrx lte
	check "nas plmn-name" nas plmn-name 26202
	watched operator nas monitor -f event
	exits 0 nas wait -f registration
}

@test "dms: each verb that shows something" {
	full_modem
	for verb in activation alt-net-config bands capabilities eri firmware ids msisdn pin power \
		prl revision sim time usb-composition user-data user-lock; do
		check "dms $verb" dms $verb
	done
	check "dms mac" dms mac bt
	check "dms ck status" dms ck status pn
	check "dms firmware swi" dms firmware swi
	check "dms firmware select" dms firmware select 0 0
	check "dms firmware prefer" dms firmware prefer 01.02.03 CFG_1 GENERIC
	check "dms firmware foxconn" dms firmware foxconn apps
	check "dms firmware download-mode" dms firmware download-mode
}

@test "dms info" {
	modem set esn 80A1B2C3
	check "dms info" dms info
}

@test "dms mode" {
	modem set operating_mode 3
	modem set offline_reason 1
	check "dms mode" dms mode
}

@test "status" {
	needs_applet status
	modem set wds_status 2
	modem set wds_status6 2
	check status status
}

@test "loc" {
	needs_applet loc
	modem set loc_heading 0x42b40000
	check "loc position" loc position
	check "loc satellites" loc satellites
	check "loc assist" loc assist
	exits 0 loc server --url supl.example.org:7275 --address 192.0.2.1 --port 7276
	exits 0 loc server --address 2001:db8::1 --port 7277
	check "loc server" loc server
	check "loc mode" loc mode
	check "loc lock" loc lock
	check "loc nmea-types" loc nmea-types
	check_monitor nmea "loc nmea" loc nmea
	check_monitor latitude "loc monitor" loc monitor
}

@test "gas" {
	needs_applet gas
	modem set gas_mac_2 hex:020000000002
	modem set gas_config 1
	for verb in auto-sim firmware mac usb-composition; do
		check "gas $verb" gas $verb
	done
	check "gas firmware active" gas firmware active
}

@test "wds: sessions" {
	needs_applet wds
	modem set wds_autoconnect_roaming 1
	modem set wds_dns6_2 hex:20010db8000000000000000000000054
	check "wds start" wds start --ip 4v6
	check "wds status" wds status
	check "wds settings" wds settings
	check "wds stats" wds stats
	check "wds autoconnect" wds autoconnect
	exits 0 wds status -s default -f session -f ipv6.handle
}

@test "wds up" {
	needs_applet wds
	isolated || skip "needs root, for a network namespace"
	[ -c /dev/net/tun ] || skip "needs /dev/net/tun"
	end "$MODEM"
	modem_start -i wwan0
	check "wds up" wds up --ip 4v6 -i wwan0
	exits 0 wds down
}

@test "proxy status" {
	modem answer nas get_signal_info silent
	modem count reset
	background "$QMITOOL" nas signal -t 60
	wait_modem 1+ count nas get_signal_info
	check "proxy status" proxy status
}

@test "raw versions" {
	check "raw versions" raw versions
}

@test "raw decode" {
	check "raw decode" raw decode 011c008003030207004f00100002040000000000140600bff59fff7800
}

# A card that has all there is to tell.
full_card() {
	modem set uim_card_error 1
	modem set uim_personalization 3
	modem set uim_personalization_feature 1
	modem set uim_eid hex:89049032123451234512345678901235
}

@test "uim status, wait" {
	needs_applet uim
	full_card
	check "uim status" uim status
	modem set uim_personalization 2
	check "uim wait" uim wait
}

@test "uim ids, slots, provision, personalization" {
	needs_applet uim
	full_card
	check "uim ids" uim ids
	check "uim slots" uim slots
	check "uim provision" uim provision
	check "uim personalization status" uim personalization status
}

@test "uim read" {
	needs_applet uim
	for file in iccid imsi spn ad msisdn plmnwact fplmn smsp dir acm; do
		check "uim read" uim read $file --decode
	done
	check "uim read" uim read imsi --attributes
}

@test "uim apdu, channel" {
	needs_applet uim
	check "uim apdu" uim apdu 80f2000000
	exits 0 uim channel open a0000000871002ffffffff8907090000 -e
	same "$(sed "s/=.*//" <<<"$output")" "channel
response"
}

@test "wms" {
	needs_applet wms
	for verb in list protocol registration smsc storage; do
		check "wms $verb" wms $verb
	done
	modem set wms_status_reports 1
	check "wms routes" wms routes
	check "wms list" wms list --read
	check "wms read" wms read 0 --raw
	check "wms send" wms send 123 text
}

@test "wds: profiles, attach, and what is told of a call" {
	needs_applet wds
	modem set wds_attach_pending 1,2
	check "wds attach-apn" wds attach-apn
	check "wds profiles" wds profiles
	check "wds profiles" wds profiles --settings
	check "wds profile show" wds profile show 1
	check "wds profile create" wds profile create --apn x
	check "wds profile default" wds profile default
	check "wds profile template" wds profile template
	modem set wds_throttle hex:01010060ea00000000000008696e7465726e6574
	check "wds throttle" wds throttle 3gpp
	modem set wds_subscription 1
	check "wds bind" wds bind
	exits 0 wds start
	check "wds channel-rates" wds channel-rates
	check "wds dormancy" wds dormancy
	modem set wds_last_bearer 4
	modem set wds_network_type 1
	modem set wds_rat_mask 5
	modem set wds_so_mask 3
	check "wds bearer" wds bearer
	check "wds monitor" wds monitor -t 0.5
	exits 0 wds stop
}

@test "wds: the data port" {
	needs_applet wds
	modem set wda_padding 0
	modem set wda_flow_control 0
	check "wds format" wds format
	check "wds iface" wds iface -i lo
	check "wds link" wds link -i lo
	check "wds link list" wds link list -i lo
}

@test "list: nothing that is not promised" {
	exits 0 list -e
	sed -n "s/^\([A-Za-z0-9_]*\)='.*/\1/p" <<<"$output" | sed 's/_[1-9][0-9]*_/_0_/' | sort -u >"$DIR/got"
	eval_names list may >"$DIR/may"
	same "$(comm -23 "$DIR/got" "$DIR/may")" ""
}

@test "keys.list: its verbs are those of the tables" {
	needs_applet uim loc status gas wds wms
	q --dump-cli | awk -F '\t' '$1 ~ /^(verb|action)$/ { print $2 ($3 == "-" ? "" : " " $3) }' |
		sort -u >"$DIR/verbs"
	awk -F '\t' '!/^#/ { print $1 }' "$BATS_TEST_DIRNAME/keys.list" | sort -u >"$DIR/listed"
	[ -s "$DIR/listed" ]
	same "$(comm -13 "$DIR/verbs" "$DIR/listed")" ""
}
