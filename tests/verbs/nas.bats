# nas: signal and status, in every form that scripts use.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

# A modem that has all radios at once; cdma, evdo and td-scdma the model does not know.
every_radio() {
	modem signal gsm -71
	modem signal umts -70 9 -81
	modem signal nr5g -101 155 -12
	modem answer nas get_signal_info append \
		"100300b50700110800b6080005e2ffffff15010095"
}

@test "nas signal: for people, aligned with units; radios that are not there are absent" {
	exits 0 nas signal
	same "$output" "lte:
  rssi: -65 dBm
  rsrq: -11 dB
  rsrp: -97 dBm
  snr:  12.0 dB
  bars: 3 of 5"
	silent
}

@test "nas signal -j: one object, one line, numbers without units" {
	exits 0 nas signal -j
	same "$output" '{"lte":{"rssi":-65,"rsrq":-11,"rsrp":-97,"snr":12.0,"bars":3}}'
	silent
}

@test "nas signal -e: a shell evaluates it" {
	exits 0 nas signal -e
	same "$output" "lte_rssi='-65'
lte_rsrq='-11'
lte_rsrp='-97'
lte_snr='12.0'
lte_bars='3'"
	same "$(eval "$output" && echo "$lte_rsrp/$lte_snr")" "-97/12.0"
}

@test "nas signal -f: one value a line, in the order asked for, repeatable" {
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	exits 0 nas signal -f lte.snr -f lte.rssi
	same "$output" "12.0
-65"
}

@test "nas signal -f of what is absent: an empty line and exit 10, the others all the same" {
	q nas signal -f nr5g.rsrp -f lte.rsrp >"$DIR/out" && code=0 || code=$?
	same "$code" 10
	printf '\n-97\n' | cmp - "$DIR/out"
}

@test "nas signal -f of a whole radio is its JSON" {
	exits 0 nas signal -f lte
	same "$output" '{"rssi":-65,"rsrq":-11,"rsrp":-97,"snr":12.0,"bars":3}'
}

@test "nas signal: every radio, each in its units" {
	every_radio
	exits 0 nas signal -j
	same "$output" '{"cdma":{"rssi":-75,"ecio":-3.5,"bars":4},"evdo":{"rssi":-74,"ecio":-4.0,"sinr_level":5,"io":-30,"bars":4},"gsm":{"rssi":-71,"bars":4},"umts":{"rssi":-70,"ecio":-4.5,"rscp":-81,"bars":5},"td_scdma":{"rscp":-107,"bars":2},"lte":{"rssi":-65,"rsrq":-11,"rsrp":-97,"snr":12.0,"bars":3},"nr5g":{"rsrp":-101,"rsrq":-12,"snr":15.5,"bars":3}}'
}

@test "nas signal: -32768 in NR fields is absent, never a number" {
	modem signal nr5g -32768 -32768 -32768
	exits 0 nas signal -j
	same "$output" '{"lte":{"rssi":-65,"rsrq":-11,"rsrp":-97,"snr":12.0,"bars":3}}'
	modem signal nr5g -100 -32768 -10
	exits 0 nas signal -j
	holds "$output" '"nr5g":{"rsrp":-100,"rsrq":-10,"bars":3}'
}

@test "nas signal: an SNR below zero and near zero keeps its sign" {
	modem set lte_snr -4
	exits 0 nas signal -f lte.snr
	same "$output" "-0.4"
	modem set lte_snr -120
	exits 0 nas signal -f lte.snr
	same "$output" "-12.0"
}

@test "nas signal: a modem without any radio: nothing, and that is no failure" {
	modem signal lte off
	exits 0 nas signal
	same "$output" ""
	exits 0 nas signal -j
	same "$output" "{}"
	exits 0 nas signal -e
	same "$output" ""
	exits 10 nas signal -f lte.rsrp
	same "$output" ""
}

@test "nas signal: TLVs that come last one first, and a short one, are read all the same" {
	modem set tlv_descending 1
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	modem set lte_snr none	# the TLV ends after rsrp: shorter than its definition
	exits 0 nas signal
}

@test "nas status: for people" {
	exits 0 nas status
	holds "$output" "registration: " "registered" "radio_interfaces: " "lte" \
		"  mcc:  001" "  mnc:  01" "  name: Test Network"
	silent
}

@test "nas status -j: names, digit strings, and what is not known absent" {
	exits 0 nas status -j
	same "$output" '{"registration":"registered","cs_attach":"attached","ps_attach":"attached","network":"3gpp","radio_interfaces":["lte"],"data_capabilities":["lte"],"roaming":"off","plmn":{"mcc":"001","mnc":"01","name":"Test Network"},"tac":264,"cell_id":27447297,"service":{"status":"available","capability":"cs-ps","forbidden":false}}'
}

@test "nas status: searching: no plmn, no cell, and -f of them says so" {
	modem set registration 2
	modem set mcc none
	modem set cid 4294967295
	modem set tac 65534
	exits 0 nas status -j
	holds "$output" '"registration":"not-registered-searching"'
	[[ $output != *'"plmn"'* && $output != *'"cell_id"'* && $output != *'"tac"'* ]]
	exits 10 nas status -f plmn.mcc
	same "$output" ""
	exits 0 nas status -f registration
	same "$output" "not-registered-searching"
}

@test "nas status: an MNC of three digits keeps them, one of two has two" {
	modem set mcc 310
	modem set mnc 004
	exits 0 nas status -f plmn.mcc -f plmn.mnc
	same "$output" "310
004"
	modem set mcc 262
	modem set mnc 02
	exits 0 nas status -f plmn.mnc
	same "$output" "02"
	modem set mnc 410
	exits 0 nas status -f plmn.mnc
	same "$output" "410"
}

@test "nas status -e: an operator name full of shell does nothing but stand there" {
	name="a'b \$(touch $DIR/owned) \`touch $DIR/owned\` \"x\" \\ ; exit 7 #"
	modem set plmn_name "hex:$(printf %s "$name" | od -An -v -tx1 | tr -d ' \n')"
	q nas status -e >"$DIR/out"
	got=$(sh -c 'eval "$(cat "$1")" && printf %s "$plmn_name"' sh "$DIR/out")
	same "$got" "$name"
	[ ! -e "$DIR/owned" ]
	for sh in bash busybox\ sh zsh; do
		command -v "${sh%% *}" >/dev/null || continue
		got=$($sh -c 'eval "$(cat "$1")" && printf %s "$plmn_name"' sh "$DIR/out")
		same "$got" "$name"
	done
	[ ! -e "$DIR/owned" ]
}

@test "nas status -e: a newline in a name stays inside of its quotes" {
	modem set plmn_name hex:610a4556494c3d31	# "a", newline, "EVIL=1"
	exits 0 nas status -e
	same "$(eval "$output" && printf '%s/%s' "$plmn_name" "${EVIL-unset}")" "a
EVIL=1/unset"
}

@test "nas status: control characters of a modem do not reach a terminal" {
	modem set plmn_name hex:411b5b324a42	# "A", ESC [2J, "B"
	q nas status >"$DIR/people"
	q nas status -j >"$DIR/json"
	! grep -q "$(printf '\033')" "$DIR/people" "$DIR/json"
	grep -q '"name":"A\\u001b\[2JB"' "$DIR/json"
}

@test "nas status: bytes that are not UTF-8 are shown byte by byte" {
	modem set plmn_name hex:41ff42
	exits 0 nas status -j
	holds "$output" '"name":"A\u00ffB"'
}

@test "nas: the modem refuses: exit 1, its name and number; JSON with -j; nothing with -q" {
	modem answer nas get_signal_info 74
	exits 1 nas signal
	same "$output" ""
	says "qmitool nas signal: " "InformationUnavailable" "74"
	exits 1 nas signal -j
	same "$output" ""
	same "$stderr" '{"error":{"exit":1,"code":74,"name":"InformationUnavailable","text":"modem says InformationUnavailable (74)"}}'
	exits 1 nas signal -q
	silent
	exits 1 nas signal -f lte.rsrp
	says InformationUnavailable
	exits 1 nas signal -e
	same "$output" ""
	nothing_left
}

@test "nas: not supported by the modem is exit 5" {
	modem answer nas get_serving_system 71
	exits 5 nas status
	says InvalidQmiCommand
	modem answer nas get_serving_system 94
	exits 5 nas status -j
	says '"exit":5' '"name":"NotSupported"'
}

@test "nas: an error that nobody has named is told by its number" {
	modem answer nas get_signal_info 4711
	exits 1 nas signal
	says 4711
	exits 1 nas signal -j
	says '"code":4711'
}

@test "nas: a modem that says nothing: exit 4 at the deadline, with the clean-up inside of it" {
	exits 0 nas signal -q	# the proxy runs and knows the modem
	modem mute on
	before=$SECONDS
	exits 4 nas signal -t 0.5
	says "no answer"
	[ $((SECONDS - before)) -lt 8 ]
	exits 4 nas status -t 0.5 -j
	says '{"error":{"exit":4,'
	exits 4 nas signal -t 0.5 -q
	silent
}

@test "nas: a field that the verb never has: exit 2 and the nearest; a group or an item is one" {
	exits 2 nas signal -f lte.rsrpp
	same "$output" ""
	says "'lte.rsrpp'" "'lte.rsrp'"
	exits 2 nas signal -f lte.rsrp -f xyzzy.frob
	says "'xyzzy.frob'"
	for field in lte. lt .rsrp lte..rsrp lte.rsrp.x; do
		exits 2 nas signal -f $field
	done
	same "$(modem count all)" 0
	exits 0 nas status -f 'radio_interfaces[0]' -f plmn
	same "$output" 'lte
{"mcc":"001","mnc":"01","name":"Test Network"}'
	exits 10 nas status -f 'radio_interfaces[7]'
}
