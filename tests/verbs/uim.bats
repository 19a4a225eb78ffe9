# uim: the state of the card, PINs that are not burnt, files, slots, channels that are not leaked.
load ../lib.bash

setup() {
	setup_common
	needs_applet uim
	modem_start
}

teardown() {
	teardown_common
}

ISD_R=a0000005591010ffffffff8900000100
USIM=a0000000871002ffffffff8907090000

# The PIN is wanted.
pin_on() {
	modem set pin1_status 1
}

# ---- state ----

@test "uim status: in all forms" {
	exits 0 uim status
	holds "$output" "state: " ready "pin1:" "disabled"
	exits 0 uim status -j
	holds "$output" '{"state":"ready","source":"uim","slot":1,"provisioned":true,' \
		'"application":{"type":"usim","state":"ready","aid":"'$USIM'",' \
		'"pin1":{"state":"disabled","retries":3,"unblock_retries":10}' \
		'"cards":[{"state":"present",'
	[[ $output != *'"error"'* ]]
	exits 0 uim status -e
	same "$(eval "$output" && echo "$state/$application_pin1_retries/$cards_0_state")" \
		ready/3/present
	exits 0 uim status -f state -f application.pin1.state
	same "$output" "ready
disabled"
	silent
	nothing_left
}

@test "uim status: absent, not ready yet, error and what is wanted are told apart" {
	state() {
		exits 0 uim status -f state
		same "$output" "$1"
	}
	modem set uim_card 0
	state absent
	exits 10 uim status -f application.type
	modem set uim_card 2
	modem set uim_card_error 1
	state error
	exits 0 uim status -f 'cards[0].error'
	same "$output" power-down
	modem set uim_card 1
	modem set uim_app_type none
	state not-ready
	modem set uim_app_type 2
	modem set uim_app_state 1
	state not-ready
	modem set uim_app_state none
	for pair in 1:pin-required 4:puk-required 5:blocked 2:ready; do
		modem set pin1_status ${pair%:*}
		state ${pair#*:}
	done
	modem set uim_personalization 3
	state locked
	modem set uim_personalization 1
	state not-ready
	modem set uim_app_state 6
	state illegal
}

@test "uim status: a modem without UIM: the device service tells" {
	modem answer uim get_card_status 71
	pin_on
	exits 0 uim status -j
	same "$output" '{"state":"pin-required","source":"dms","application":{"pin1":{"state":"enabled-not-verified","retries":3,"unblock_retries":10},"pin2":{"state":"enabled-not-verified","retries":3,"unblock_retries":10}}}'
	modem set uim_state 2
	exits 0 uim status -f state
	same "$output" absent
	modem answer dms uim_get_state 94
	modem answer dms uim_get_pin_status 94
	exits 5 uim status
	says InvalidQmiCommand
}

@test "uim status: the modem refuses, or is silent" {
	modem answer uim get_card_status 3
	exits 1 uim status
	says "Internal" "3"
	modem answer uim get_card_status silent
	exits 4 uim status -t 0.3
	exits 2 uim status --slot 9
	says "not a slot"
}

# ---- wait ----

@test "uim wait: ready at once" {
	exits 0 uim wait -f state
	same "$output" ready
	nothing_left
}

@test "uim wait: until the indication that it is" {
	modem set uim_app_state 1
	modem count reset
	background "$QMITOOL" uim wait -t 60
	wait_modem 1+ count uim get_card_status
	modem set uim_app_state none
	reap "$LAST"
	same "$CODE" 0
	same "$(modem count uim register_events)" 1
	nothing_left
}

@test "uim wait: what does not pass by itself ends it: exit 6, and says what it is" {
	pin_on
	exits 6 uim wait
	says pin-required
	holds "$output" pin-required
	modem set uim_card 0
	exits 6 uim wait -j
	says '"exit":6' absent
}

@test "uim wait --until-ready goes on where a card or PIN is missing" {
	modem set uim_card 0
	modem count reset
	background "$QMITOOL" uim wait --until-ready -t 60
	wait_modem 1+ count uim get_card_status
	pin_on
	modem set uim_card 1
	wait_modem 2+ count uim get_card_status
	alive "$LAST"
	modem set pin1_status 2
	reap "$LAST"
	same "$CODE" 0
}

@test "uim wait: not in time: exit 4, and the way out where nothing is provisioned" {
	modem set uim_app_state 1
	exits 4 uim wait -t 0.3
	says not-ready
	modem set uim_provisioned 0
	exits 4 uim wait -t 0.3
	says "uim provision --auto"
}

@test "uim wait: a service that comes up late" {
	modem answer uim register_events 71
	modem answer uim get_card_status 71
	modem answer dms set_event_report 71
	modem answer dms uim_get_state 94
	modem answer dms uim_get_pin_status 94
	modem count reset
	background "$QMITOOL" uim wait -t 60
	wait_modem 1+ count dms uim_get_pin_status
	for message in register_events get_card_status; do
		modem answer uim $message default
	done
	reap "$LAST"
	same "$CODE" 0
}

@test "uim wait: the device service tells of the change where there is no UIM" {
	modem answer uim register_events 71
	modem answer uim get_card_status 71
	modem set uim_state 255
	modem count reset
	background "$QMITOOL" uim wait -t 60
	wait_modem 1+ count dms uim_get_pin_status
	modem set uim_state 0
	reap "$LAST"
	same "$CODE" 0
}

# ---- ids ----

@test "uim ids: in all forms" {
	modem set uim_eid hex:89049032123451234512345678901235
	exits 0 uim ids
	holds "$output" "iccid: " 8900100000000000001
	exits 0 uim ids -j
	same "$output" '{"iccid":"8900100000000000001","imsi":"001010000000001","msisdn":"+15551234567","eid":"89049032123451234512345678901235"}'
	exits 0 uim ids -e
	same "$(eval "$output" && echo "$imsi $eid")" \
		"001010000000001 89049032123451234512345678901235"
	exits 0 uim ids -f imsi
	same "$output" 001010000000001
}

@test "uim ids: what is not there, or not told before the PIN, is absent" {
	pin_on
	for message in get_imsi get_msisdn; do
		modem answer dms ${message/get_imsi/uim_get_imsi} 105
	done
	exits 0 uim ids -j
	same "$output" '{"iccid":"8900100000000000001"}'
	exits 10 uim ids -f imsi
}

@test "uim ids: from the device service where there is no UIM; of no card: exit 6" {
	for message in read_transparent read_record get_slot_status; do
		modem answer uim $message 71
	done
	exits 0 uim ids -j
	same "$output" '{"iccid":"8900100000000000001","imsi":"001010000000001","msisdn":"15551234567"}'
	for message in uim_get_iccid uim_get_imsi get_msisdn; do
		modem answer dms $message 94
	done
	exits 5 uim ids
	for message in read_transparent read_record get_slot_status; do
		modem answer uim $message 102
	done
	exits 6 uim ids
	says NoSim
}

# ---- PINs ----

@test "uim pin verify: right, and again: no try is spent" {
	pin_on
	exits 0 uim pin verify 1234
	silent
	same "$output" ""
	same "$(modem get pin1_status)" 2
	modem count reset
	exits 0 uim pin verify 9999
	says "verified already"
	modem set pin1_status 3
	exits 0 uim pin verify 9999
	says "disabled already"
	same "$(modem count uim verify_pin)" 0
	nothing_left
}

@test "uim pin verify: wrong: exit 6 with the tries that are left; the last one needs --force" {
	pin_on
	exits 6 uim pin verify 9999
	says IncorrectPin "2 tries left"
	exits 6 uim pin verify 9999
	says "1 try left"
	modem count reset
	exits 6 uim pin verify 1234
	says "--force"
	same "$(modem count uim verify_pin)" 0
	same "$(modem get pin1_retries)" 1
	exits 6 uim pin verify 9999 --force
	says PinBlocked
	exits 6 uim pin verify 1234 --force
	says "uim pin unblock" "10 tries"
	exits 0 uim pin unblock 12345678 4321
	same "$(modem get pin1) $(modem get pin1_status)" "4321 2"
}

@test "uim pin verify: what cannot be a PIN costs no try, and no word to the modem" {
	pin_on
	for pin in 123 123456789 12a4 ""; do
		modem count reset
		exits 2 uim pin verify "${pin:-x}"
		says "4 to 8 digits"
		same "$(modem count uim verify_pin)" 0
	done
	exits 2 uim pin verify 1234 --pin pin3
	says "pin1, pin2"
}

@test "uim pin enable, disable, change" {
	exits 0 uim pin enable 1234
	same "$(modem get pin1_status)" 2
	exits 0 uim pin enable 1234
	says "enabled already"
	exits 0 uim pin change 1234 5555
	same "$(modem get pin1)" 5555
	exits 0 uim pin disable 5555
	same "$(modem get pin1_status)" 3
	exits 0 uim pin disable 5555
	says "disabled already"
	exits 6 uim pin enable 9999
	says "2 tries left"
}

@test "uim pin: from a file, stdin, the environment" {
	pin_on
	echo 1234 >"$DIR/pin"
	exits 0 uim pin verify --pin-file "$DIR/pin"
	printf '1234\r\n5555\n' >"$DIR/pin"
	exits 0 uim pin change -p "$DIR/pin"
	same "$(modem get pin1)" 5555
	QMI_PIN=5555 QMI_NEW_PIN=1234 exits 0 uim pin change
	same "$(modem get pin1)" 1234
	QMI_PIN=1234 exits 0 uim pin disable
	run q uim pin enable -p - <<<1234
	same "$status" 0
	exits 3 uim pin disable -p "$DIR/none"
	says none
}

@test "uim pin: nowhere to ask for it: exit 2" {
	pin_on
	run setsid -w "$QMITOOL" uim pin verify
	same "$status" 2
	holds "$output" '$QMI_PIN'
	same "$(modem get pin1_retries)" 3
}

@test "uim pin: one given as argument is not to be seen in ps" {
	pin_on
	modem answer uim get_card_status silent
	modem count reset
	background "$QMITOOL" uim pin verify 1234 -t 60
	wait_modem 1+ count uim get_card_status
	tr '\0' ' ' <"/proc/$LAST/cmdline" >"$DIR/cmdline"
	holds "$(cat "$DIR/cmdline")" "pin verify ****"
	run ! grep -q 1234 "$DIR/cmdline"
}

@test "uim pin: typed on a terminal, without echo" {
	command -v script >/dev/null || skip "script(1) is not installed"
	pin_on
	mkfifo "$DIR/keys"
	exec 7<>"$DIR/keys"	# both ways: opening one alone would wait for the other
	background sh -c 'exec script -qfec "$1 uim pin verify" "$2/screen" <"$2/keys" >"$2/out"' - \
		"$QMITOOL" "$DIR"
	wait_until "$PATIENCE" grep -q PIN: "$DIR/screen"
	echo 1234 >&7
	reap "$LAST"
	exec 7>&-
	same "$(modem get pin1_status)" 2
	run ! grep -q 1234 "$DIR/screen"
}

@test "uim pin: pin2, upin, and the PIN that stands in for pin1" {
	exits 0 uim pin verify --pin pin2 5678
	same "$(modem get pin2_status)" 2
	modem set upin_status 1
	modem set upin_retries 3
	modem set uim_upin_replaces 1
	exits 0 uim pin verify 2222
	same "$(modem get upin_status)" 2
	modem set uim_card 0
	exits 6 uim pin verify 1234
	says absent
}

@test "uim pin: a modem without UIM" {
	modem answer uim get_card_status 71
	modem answer dms 0x0028 0
	pin_on
	exits 0 uim pin verify 1234
	same "$(modem count dms 0x0028)" 1
	modem answer dms 0x0028 12
	exits 6 uim pin verify 1234
	says IncorrectPin
	modem set pin1_retries 1
	exits 6 uim pin verify 1234
	says "--force"
	exits 5 uim pin verify 1234 --pin upin
}

# ---- files ----

@test "uim read: a transparent file, in all forms, by name, id and path" {
	exits 0 uim read imsi
	holds "$output" "data: " 080910100000000010
	[[ $output != *"001010000000001"* ]]
	exits 0 uim read 6f07 -j
	same "$output" '{"file":"3f00/7fff/6f07","name":"imsi","type":"transparent","size":9,"data":"080910100000000010"}'
	exits 0 uim read 0x3F00,0x7FFF,0x6F07 -f data
	same "$output" 080910100000000010
	exits 0 uim read 7fff/6f07 -e
	same "$(eval "$output" && echo "$data/$size")" 080910100000000010/9
	exits 0 uim read 0x2fe2 -f file -f name
	same "$output" "3f00/2fe2
iccid"
	nothing_left
}

@test "uim read --decode: what is in the common files" {
	decoded() {
		exits 0 uim read "$1" --decode -j
		holds "$output" "${@:2}"
	}
	decoded iccid '"iccid":"8900100000000000001"'
	decoded imsi '"imsi":"001010000000001"'
	decoded spn '"spn":"Test Op","show_plmn_at_home":true,"show_spn_roaming":true'
	decoded ad '"operation_mode":"normal","mnc_length":2'
	decoded msisdn '"record_count":2' '"name":"My number","number":"+15551234567"}' \
		'{"record":2,"data":"ffffffffffffffffffffffffffffffffffffffffffffffffffffffff"}'
	decoded plmnwact '"networks":[{"mcc":"001","mnc":"01","access":["lte"]},{"mcc":"001","mnc":"01","access":["umts","gsm"]},{"mcc":"310","mnc":"260","access":["umts","lte"]}]'
	decoded fplmn '"networks":[{"mcc":"262","mnc":"02"}]'
	decoded smsp '"smsc":"+155512345678","validity":168'
	decoded dir '"aid":"'$USIM'","label":"USIM"'
	modem set ef_spn hex:0080041f0440043804320435044200ff
	decoded spn '"spn":"Привет'
	modem set ef_spn hex:00810508c1c5c2c3206f
	decoded spn '"spn":"схту "'
	modem set ef_spn hex:ff
	exits 10 uim read spn --decode -f spn
}

@test "uim read: records: all, one, none such" {
	exits 0 uim read acm -j
	same "$output" '{"file":"3f00/7fff/6f39","name":"acm","type":"cyclic","size":9,"record_size":3,"record_count":3,"records":[{"record":1,"data":"000003"},{"record":2,"data":"000002"},{"record":3,"data":"000001"}]}'
	exits 0 uim read acm --record 2 -f 'records[0].data'
	same "$output" 000002
	exits 2 uim read acm -r 4
	says "1 to 3"
	exits 2 uim read imsi -r 1
	says "no records"
}

@test "uim read: a long file comes in pieces" {
	modem set uim_read_max 7
	exits 0 uim read spn -f data
	same "$output" 0154657374204f70ffffffffffffffffff
	same "$(modem count uim read_transparent)" 3
}

@test "uim read --attributes" {
	exits 0 uim read imsi -a -j
	same "$output" '{"file":"3f00/7fff/6f07","name":"imsi","type":"transparent","size":9,"read_access":{"logic":"single","keys":["pin1"]},"write_access":{"logic":"single","keys":["adm"]},"increase_access":{"logic":"never","keys":[]},"deactivate_access":{"logic":"never","keys":[]},"activate_access":{"logic":"never","keys":[]},"template":"6200"}'
	same "$(modem count uim read_transparent)" 0
}

@test "uim read: no such file, not without the PIN, not a file" {
	exits 1 uim read 6f99
	says SimFileNotFound 6a82
	pin_on
	exits 6 uim read imsi
	says AccessDenied 6982
	exits 6 uim read imsi -j
	says '{"error":{"exit":6,"code":82,"name":"AccessDenied"'
	exits 2 uim read nonsense
	says nonsense
	exits 2 uim read 3f00/12345
	modem answer uim get_file_attributes silent
	exits 4 uim read imsi -t 0.3
}

@test "uim read: without a provisioned session: the application by its id, the card itself" {
	modem set uim_provisioned 0
	exits 0 uim read imsi -f data
	same "$output" 080910100000000010
	exits 0 uim read iccid -D -f iccid
	same "$output" 8900100000000000001
	exits 0 uim read imsi --session nonprovisioning-slot-1 --aid $USIM -f data
	same "$output" 080910100000000010
	exits 1 uim read imsi --session nonprovisioning-slot-1 --aid 00
	says InvalidArgument
	exits 0 uim read iccid --slot 1 -f data
}

@test "uim write: transparent, linear, cyclic" {
	exits 0 uim write spn 41 --offset 1
	exits 0 uim read spn -D -f spn
	same "$output" "Aest Op"
	exits 0 uim write msisdn -r 2 "ffffffffffffffffffffffffffff048121436fffffffffffffffffff"
	exits 0 uim read msisdn -r 2 -D -j
	exits 0 uim write acm 000004
	exits 0 uim read acm -f 'records[0].data' -f 'records[1].data'
	same "$output" "000004
000003"
}

@test "uim write: what cannot be right does not reach the card" {
	exits 2 uim write spn 0
	says hex
	exits 2 uim write spn xyz
	exits 2 uim write spn 4141 -o 16
	says "17 bytes"
	exits 2 uim write msisdn 00 -r 1
	says "28 bytes"
	exits 2 uim write msisdn ffffffffffffffffffffffffffffffffffffffffffffffffffffffff
	says "--record"
	same "$(modem count uim write_transparent)$(modem count uim write_record)" 00
	exits 6 uim write iccid 00
	says AccessDenied 6982
}

# ---- slots ----

@test "uim slots, slot" {
	modem set uim_slots 2
	modem set uim_eid hex:89049032123451234512345678901235
	exits 0 uim slots -j
	same "$output" '{"slots":[{"slot":1,"card":"present","state":"active","logical_slot":1,"iccid":"8900100000000000001","protocol":"uicc","applications":1,"atr":"3b9f96","euicc":false},{"slot":2,"card":"present","state":"inactive","iccid":"8900100000000000028","protocol":"uicc","applications":0,"euicc":true,"eid":"89049032123451234512345678901235"}]}'
	exits 0 uim slots -e
	same "$(eval "$output" && echo "$slots_n/$slots_1_eid")" \
		2/89049032123451234512345678901235
	exits 0 uim slot 2
	same "$(modem get uim_active_slot)" 2
	exits 0 uim slot 2
	says NoEffect
	exits 1 uim slot 3
	exits 2 uim slot two
	modem set uim_card 0
	exits 10 uim slots -f 'slots[0].iccid'
	modem set uim_slots 0
	exits 5 uim slots
	says NotSupported
}

@test "uim power" {
	exits 0 uim power off
	exits 0 uim status -f state
	same "$output" absent
	exits 0 uim power on
	exits 0 uim power on
	says NoEffect
	exits 2 uim power up
	exits 1 uim power on --slot 2
}

# ---- provisioning, personalization ----

@test "uim provision: shown, started by itself, ended" {
	exits 0 uim provision -j
	same "$output" '{"sessions":[{"session":"primary-gw-provisioning","slot":1,"type":"usim","aid":"'$USIM'"}]}'
	exits 0 uim provision --auto
	says already
	exits 0 uim provision --off
	exits 0 uim provision -j
	same "$output" '{"sessions":[]}'
	exits 0 uim provision --auto
	same "$(modem get uim_provisioned)" 1
	exits 0 uim provision --off
	exits 0 uim provision --slot 1 --aid $USIM
	same "$(modem get uim_provisioned)" 1
	modem set uim_provisioned 0
	modem set uim_card 0
	exits 6 uim provision --auto
	modem answer uim get_card_status 71
	exits 5 uim provision --auto
}

@test "uim personalization: shown, taken off" {
	exits 0 uim personalization status -j
	same "$output" '{"features":[{"feature":"gw-network","retries":5,"unblock_retries":10},{"feature":"gw-network-subset","retries":10,"unblock_retries":10}]}'
	modem set uim_personalization 3
	exits 6 uim personalization deactivate gw-network 00000000
	says IncorrectPin "9 tries left"
	QMI_CONTROL_KEY=11112222 exits 0 uim personalization deactivate gw-network
	same "$(modem get uim_personalization)" 2
	exits 2 uim personalization deactivate gw-nonsense 1
	exits 2 uim personalization unblock gw-network xyz
}

# ---- channels and APDUs ----

@test "uim channel: open stays open, close closes, all closes what was left" {
	exits 0 uim channel open $ISD_R -j
	same "$output" '{"channel":1,"response":"6f009000"}'
	exits 0 uim channel open $USIM -f channel
	same "$output" 2
	same "$(modem get uim_channels)" 6
	exits 0 uim channel close 1
	exits 1 uim channel close 1
	exits 0 uim channel close all
	same "$(modem get uim_channels)" 0
	exits 1 uim channel open a0000000
	says SimFileNotFound 6a82
	exits 2 uim channel close 20
}

# A VERIFY PIN command is an APDU, and so is what the card tells of its subscriber: both stood in -v.
@test "uim apdu: what goes to the card and back is masked in -v, unless -vv" {
	exits 0 uim apdu 80f2000000 -v
	holds "$stderr" send_apdu
	[[ $stderr != *80f2000000* ]]
	exits 0 uim apdu 80f2000000 -vv
	holds "$stderr" 80f2000000
}

@test "uim apdu: on the basic channel, on one of its own, which is closed in any case" {
	exits 0 uim apdu 80f2000000 -j
	same "$output" '{"data":"62028200","sw":"9000"}'
	exits 1 uim apdu --aid $ISD_R 80f2000000 00a4000400 80f2000000 -f sw
	same "$output" "9000
6a82"
	says 6a82
	same "$(modem get uim_channels)" 0
	exits 0 uim channel open $ISD_R -f channel
	exits 0 uim apdu --channel "$output" 80e2910006bf3e035c015a00 -f data
	same "$output" bf3e025a00
	same "$(modem get uim_channels)" 2
	exits 2 uim apdu 80f2
	exits 2 uim apdu
	modem answer uim send_apdu silent
	exits 4 uim apdu --aid $ISD_R 80f2000000 -t 0.5
	same "$(modem get uim_channels)" 2
	nothing_left
}

@test "uim apdu: a signal closes the channel" {
	modem answer uim send_apdu silent
	modem count reset
	background "$QMITOOL" uim apdu --aid $ISD_R 80f2000000
	wait_modem 1+ count uim send_apdu
	same "$(modem get uim_channels)" 2
	kill -TERM "$LAST"
	reap "$LAST"
	same "$CODE" 143
	same "$(modem get uim_channels)" 0
	nothing_left
}

@test "uim apdu --lpac: its requests and the answers, and the channel when it dies" {
	run q uim apdu --lpac <<-END
	{"type":"apdu","payload":{"func":"connect","param":null}}
	{"type":"apdu","payload":{"func":"logic_channel_open","param":"${ISD_R^^}"}}
	{"type":"apdu","payload":{"func":"transmit","param":"81E2910006BF3E035C015A00"}}
	{"type":"apdu","payload":{"func":"transmit","param":"zz"}}
	{"type":"lpa","payload":{"code":0,"message":"success","data":null}}
	{"type":"apdu","payload":{"func":"logic_channel_close","param":"01"}}
	{"type":"apdu","payload":{"func":"logic_channel_open","param":"A00000"}}
	{"type":"apdu","payload":{"func":"logic_channel_open","param":"${ISD_R^^}"}}
	END
	same "$status" 0
	same "$(grep -v '^qmitool' <<<"$output")" '{"type":"apdu","payload":{"ecode":0}}
{"type":"apdu","payload":{"ecode":1}}
{"type":"apdu","payload":{"ecode":0,"data":"bf3e025a009000"}}
{"type":"apdu","payload":{"ecode":-1}}
{"type":"apdu","payload":{"ecode":0}}
{"type":"apdu","payload":{"ecode":-1}}
{"type":"apdu","payload":{"ecode":1}}'
	same "$(modem get uim_channels)" 0
	nothing_left
}

# ---- what the card does by itself ----

@test "uim monitor: card, slots and refreshes, a line each; a refresh is confirmed" {
	modem count reset
	background "$QMITOOL" uim monitor -j >"$DIR/out"
	wait_modem 1 count uim refresh_register_all
	pin_on
	modem set uim_slots 2
	modem set uim_refresh hex:010100000100076f04003fff7f
	wait_modem 1 count uim refresh_complete
	same "$(modem get uim_refresh_done)" 1
	kill -TERM "$LAST"
	reap "$LAST"
	same "$CODE" 143
	same "$(wc -l <"$DIR/out")" 3
	holds "$(sed -n 1p "$DIR/out")" '{"event":"card-status","state":"pin-required",'
	holds "$(sed -n 2p "$DIR/out")" '{"event":"slot-status","slots":[{"slot":1,'
	same "$(sed -n 3p "$DIR/out")" '{"event":"refresh","stage":"start","mode":"init","session":"primary-gw-provisioning","files":["3f00/7fff/6f07"]}'
	nothing_left
}

@test "uim refresh: of some files; a reset is not confirmed" {
	modem count reset
	background "$QMITOOL" uim refresh imsi 6f46 -f mode >"$DIR/out"
	wait_modem 1 count uim refresh_register
	modem set uim_refresh hex:01000000000000
	modem set uim_refresh hex:02020000000000
	wait_until "$PATIENCE" grep -q init-fcn "$DIR/out"
	same "$(cat "$DIR/out")" "reset
init-fcn"
	same "$(modem count uim refresh_complete)" 0
	kill -TERM "$LAST"
	reap "$LAST"
	exits 2 uim refresh nonsense
	modem answer uim refresh_register_all 71
	exits 5 uim refresh
}

@test "uim monitor: the modem restarts: exit 8; with --reconnect it goes on" {
	modem count reset
	background "$QMITOOL" uim monitor
	wait_modem 1 count uim refresh_register_all
	modem sync
	reap "$LAST"
	same "$CODE" 8
	background "$QMITOOL" uim monitor --reconnect
	wait_modem 2 count uim refresh_register_all
	modem sync
	wait_modem 3 count uim refresh_register_all
	kill -TERM "$LAST"
	reap "$LAST"
}

@test "uim reset" {
	exits 0 uim reset
	same "$(modem count uim reset)" 1
	nothing_left
}
