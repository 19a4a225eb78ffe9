# raw: decode, in every dress that frames come in, and call, by name and by number.
load ../lib.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

# The answer of an LTE modem to get_signal_info.
SIGNAL=011c008003030207004f00100002040000000000140600bff59fff7800
SIGNAL_JSON='{"service":"nas","message":"get_signal_info","id":79,"kind":"response","client":3,"transaction":7,"result":{"status":0,"error":0,"name":"None"},"fields":{"lte_signal_strength":{"rssi":-65,"rsrq":-11,"rsrp":-97,"snr":120}}}'
# A request of CTL: allocate a client id for dms.
ALLOCATE=010f0000000000012200040001010002
ALLOCATE_JSON='{"service":"ctl","message":"allocate_cid","id":34,"kind":"request","client":0,"transaction":1,"fields":{"service":"dms"}}'

# ---- decode: its dresses ----

@test "raw decode: an argument, plain" {
	exits 0 raw decode "$SIGNAL" -j
	same "$output" "$SIGNAL_JSON"
	silent
}

@test "raw decode: colons, spaces, 0x before all or before each byte, upper case, commas, quotes" {
	for dress in "s/../&:/g; s/:\$//" "s/../& /g" "s/^/0x/" "s/../0x&, /g" "s/../\\\\x&/g" \
		"y/abcdef/ABCDEF/" "s/../0X& /g" 's/.*/"&",/' "s/../0x&,/g; s/.*/{ & };/" \
		"s/0x0\([0-9a-f]\)/0x\1/g"; do
		exits 0 raw decode "$(sed "$dress" <<<"$SIGNAL")" -j
		same "$output" "$SIGNAL_JSON"
	done
}

@test "raw decode: bytes as single hex digits after 0x" {
	exits 0 raw decode "$(sed 's/../0x& /g; s/0x0\([0-9a-f]\)/0x\1/g' <<<"$SIGNAL")" -j
	same "$output" "$SIGNAL_JSON"
}

@test "raw decode: one frame over several arguments" {
	# shellcheck disable=SC2046
	exits 0 raw decode $(sed 's/../& /g' <<<"$SIGNAL") -j
	same "$output" "$SIGNAL_JSON"
}

@test "raw decode: several frames in one argument, and in several" {
	exits 0 raw decode "$SIGNAL$ALLOCATE" -j
	same "$output" "$SIGNAL_JSON
$ALLOCATE_JSON"
	exits 0 raw decode "$SIGNAL" "$ALLOCATE" -j
	same "$output" "$SIGNAL_JSON
$ALLOCATE_JSON"
}

@test "raw decode: from stdin, with and without '-', with empty lines and comments" {
	printf '# two frames\n\n%s\n   \n%s\n' "$SIGNAL" "$ALLOCATE" >"$DIR/in"
	for dash in "" -; do
		run --separate-stderr q raw decode $dash -j <"$DIR/in"
		same "$status" 0
		same "$output" "$SIGNAL_JSON
$ALLOCATE_JSON"
		silent
	done
}

@test "raw decode: a last line without newline, and CR LF" {
	run --separate-stderr q raw decode -j < <(printf '%s\r\n%s' "$SIGNAL" "$ALLOCATE")
	same "$status" 0
	same "$output" "$SIGNAL_JSON
$ALLOCATE_JSON"
}

@test "raw decode: a frame that goes on in the next lines" {
	fold -w 20 <<<"$SIGNAL$ALLOCATE" >"$DIR/in"
	run --separate-stderr q raw decode -j <"$DIR/in"
	same "$status" 0
	same "$output" "$SIGNAL_JSON
$ALLOCATE_JSON"
}

@test "raw decode: a log of libqmi: the data lines are taken, all else is talk" {
	cat >"$DIR/log" <<-END
		[26 Nov 2026, 10:00:00] [Debug] [/dev/cdc-wdm0] sent message...
		>>>>>> RAW:
		>>>>>>   length = 16
		>>>>>>   data   = $(sed 's/../&:/g; s/:$//' <<<"$ALLOCATE")

		[26 Nov 2026, 10:00:00] [Debug] [/dev/cdc-wdm0] sent generic request (translated)...
		>>>>>> QMUX:
		>>>>>>   length  = 15
		>>>>>>   flags   = 0x00
		>>>>>> QMI:
		>>>>>>   message     = "Allocate CID" (0x0022)
		>>>>>> TLV:
		>>>>>>   type       = "Service" (0x01)
		>>>>>>   length     = 1
		>>>>>>   value      = 02
		<<<<<< RAW:
		<<<<<<   data   = $(sed 's/../&:/g; s/:$//; y/abcdef/ABCDEF/' <<<"$SIGNAL")
	END
	run --separate-stderr q raw decode -j <"$DIR/log"
	same "$status" 0
	same "$output" "$ALLOCATE_JSON
$SIGNAL_JSON"
	silent
}

@test "raw decode: a log of ModemManager, with the journal's words before each line" {
	cat >"$DIR/log" <<-END
		Nov 26 10:00:00 gw ModemManager[811]: <debug> [1700.1] [/dev/cdc-wdm0] received message...
		Nov 26 10:00:00 gw ModemManager[811]: <<<<<< RAW:
		Nov 26 10:00:00 gw ModemManager[811]: <<<<<<   length = 29
		Nov 26 10:00:00 gw ModemManager[811]: <<<<<<   data   = $(sed 's/../&:/g; s/:$//' <<<"$SIGNAL")
	END
	run --separate-stderr q raw decode -j <"$DIR/log"
	same "$output" "$SIGNAL_JSON"
}

@test "raw decode: what qmicli itself logs" {
	command -v qmicli >/dev/null || skip "qmicli is not installed"
	modem_start_pty
	# Its log and its own output are one stream; the output is no log.
	timeout 30 qmicli --verbose-full -d "$DEV" --device-open-qmi --nas-get-signal-info |
		sed -n '/^\[/p; /^<<<<<</p; /^>>>>>>/p' >"$DIR/log" 2>&1
	run --separate-stderr q raw decode -j <"$DIR/log"
	same "$status" 0
	holds "$output" '"message":"get_signal_info","id":79,"kind":"request"' \
		'"fields":{"lte_signal_strength":{"rssi":-65,"rsrq":-11,"rsrp":-97,"snr":120}}' \
		'"message":"release_cid"'
	silent
}

# ---- decode: its forms ----

@test "raw decode: for people, -e and -f" {
	exits 0 raw decode "$SIGNAL"
	holds "$output" "get_signal_info" "rsrp: -97" "name: "
	exits 0 raw decode "$SIGNAL" -e
	same "$(eval "$output" && echo "$service $fields_lte_signal_strength_rsrp")" "nas -97"
	exits 0 raw decode "$SIGNAL" -f fields.lte_signal_strength.rsrp -f message
	same "$output" "-97
get_signal_info"
	exits 10 raw decode "$SIGNAL" -f fields.nothing
	same "$output" ""
}

@test "raw decode: an unknown TLV, message and service are shown as numbers and hex" {
	# nas response 0x4f with TLV 0x77; then service 0xee, message 0x1234
	exits 0 raw decode 011800800303020700 4f000c00 02040000000000 7702000a0b -j
	holds "$output" '"unknown":{"0x77":"0a0b"}'
	exits 0 raw decode 010c0000ee0100010034120000 -j
	same "$output" '{"service":238,"message":4660,"id":4660,"kind":"request","client":1,"transaction":1,"fields":{}}'
}

@test "raw decode: a TLV too short for its definition, one past the end, a tail: unknown, exit 0" {
	exits 0 raw decode 010f00800303020700 4f000300 140000 -j	# lte_signal_strength, empty
	holds "$output" '"fields":{}' '"unknown":{"0x14":""}'
	exits 0 raw decode 011100800303020700 4f000500 14ff00bff5 -j	# says 255 bytes, has two
	holds "$output" '"unknown":{' bff5
	exits 0 raw decode 010e00800303020700 4f000200 1406 -j	# no whole TLV head
	holds "$output" '"tail":"1406"'
	exits 0 raw decode 010e00800303020700 4f00ffff 1406 -j	# more TLVs than there are
	holds "$output" '"service":"nas"'
	exits 0 raw decode 010e00800303020700 4f000000 1406 -j	# fewer
	holds "$output" '"rest":"1406"'
}

@test "raw decode: TLVs twice: the first counts, the second is not lost" {
	exits 0 raw decode 011e00800303020700 4f001200 140600bff59fff7800 140600bef59fff7800 -j
	holds "$output" '"rssi":-65' '"0x14.2":"bef59fff7800"'
}

# ---- decode: bad input ----

@test "raw decode: bad lines are told with their number, the rest is decoded, exit 1" {
	printf '%s\n' "$SIGNAL" "this is not hex" "$ALLOCATE" "012" "$SIGNAL" >"$DIR/in"
	run --separate-stderr q raw decode -j <"$DIR/in"
	same "$status" 1
	same "$output" "$SIGNAL_JSON
$ALLOCATE_JSON
$SIGNAL_JSON"
	holds "$stderr" "line 2: " "line 4: "
	same "$(grep -c . <<<"$stderr")" 2
}

@test "raw decode: malformed: each frame that real programs met, exit 1 and a word, no crash" {
	while read -r hex what; do
		exits 1 raw decode "$hex"
		same "$output" ""
		says "$what"
	done <<-'END'
		00000000000a 00
		010002 partial
		01 partial
		01260080030102010020001a00020400000000000102009b0511040001006605 32
		010000 length
		010500800303 length
		01040080030300 length
		ffffffffffffffffffffffffffff ff
	END
	# libqmi's head with a service of 16 bits is no mistake.
	exits 0 raw decode 02210090010304010021001500010800010000000000000002070005000001020304 -f id
	same "$output" 33
	exits 1 raw decode "zz"
	says "hex"
	exits 1 raw decode "$SIGNAL" "0"
	same "$output" "$(q raw decode "$SIGNAL")"
}

@test "raw decode: a whole frame and a cut one: the whole one is shown" {
	exits 1 raw decode "$SIGNAL${ALLOCATE%02}" -j
	same "$output" "$SIGNAL_JSON"
	says "15 of 16"
}

@test "raw decode: a cut line does not take the next frame with it" {
	printf '%s\n' "${SIGNAL%00}" "$ALLOCATE" "$SIGNAL" >"$DIR/in"
	run --separate-stderr q raw decode -j <"$DIR/in"
	same "$status" 1
	same "$output" "$ALLOCATE_JSON
$SIGNAL_JSON"
	says "line 1: " "28 of 29"
}

@test "raw decode: nothing: exit 0 and nothing" {
	run --separate-stderr q raw decode -j </dev/null
	same "$status" 0
	same "$output$stderr" ""
}

@test "raw decode -q: no word, the exit code remains" {
	exits 1 raw decode 00000000000a -q
	silent
}

@test "raw decode -j: the complaint is a JSON object" {
	exits 1 raw decode 00000000000a -j
	says '{"error":{"exit":1,'
}

@test "raw decode: a frame of 64 KB, plain and in its longest dress; one byte more is told" {
	head='01ffff8003030207004f00f3ff1cf0ff'
	body=$(head -c 65520 /dev/zero | od -An -v -tx1 | tr -d ' \n')
	echo "$head$body" >"$DIR/plain"
	run --separate-stderr q raw decode -j <"$DIR/plain"
	same "$status" 0
	holds "$output" '"fields":{}' '"unknown":{"0x1c":"0000'
	[ "${#output}" -gt 131040 ]
	sed 's/../0x&, /g' "$DIR/plain" >"$DIR/dressed"
	q raw decode -j <"$DIR/dressed" | cmp - <(q raw decode -j <"$DIR/plain")
	fold -w 100 "$DIR/plain" | q raw decode -j | cmp - <(q raw decode -j <"$DIR/plain")
	# Bytes after it are the next frame's, and this one is never whole.
	{ tr -d '\n' <"$DIR/plain"; echo 01; } >"$DIR/more"
	run --separate-stderr q raw decode -j <"$DIR/more"
	same "$status" 1
	says "line 1: " "partial"
}

@test "raw decode: a line of a megabyte is told, what follows is decoded" {
	{ head -c 1000000 /dev/zero | tr '\0' 0; echo; echo "$SIGNAL"; } >"$DIR/in"
	run --separate-stderr q raw decode -j <"$DIR/in"
	same "$status" 1
	same "$output" "$SIGNAL_JSON"
	says "line 1: "
}

@test "raw decode: junk of any kind: no crash, no hang, and the good frame at its end is shown" {
	for seed in 1 2 3 4 5 6 7 8; do
		awk -v s=$seed 'BEGIN { srand(s); for (i = 0; i < 200; i++) {
			for (j = 0; j < 40; j++) printf "%02x", rand() * 256; print "" } }' >"$DIR/in"
		printf '\n%s\n' "$SIGNAL" >>"$DIR/in"
		run --separate-stderr q raw decode -j <"$DIR/in"
		[ "$status" -le 1 ]
	done
	head -c 20000 /dev/urandom >"$DIR/in"
	echo "$SIGNAL" | cat "$DIR/in" - >"$DIR/in2"
	run --separate-stderr q raw decode -j <"$DIR/in2"
	[ "$status" -le 1 ]
}

@test "raw decode touches no modem and no proxy" {
	QMI_DEVICE=/nowhere exits 0 raw decode "$SIGNAL"
	proxy_gone
}

# ---- call ----

@test "raw call: by name, by number, in all forms" {
	modem_start
	exits 0 raw call nas get_signal_info -j
	holds "$output" '{"service":"nas","message":"get_signal_info","id":79,"kind":"response",' \
		'"fields":{"lte_signal_strength":{"rssi":-65,"rsrq":-11,"rsrp":-97,"snr":120}}'
	for name in "nas 0x4f" "nas 79" "3 get_signal_info" "0x03 0x004f"; do
		# shellcheck disable=SC2086
		exits 0 raw call $name -f lte_signal_strength.rsrp
		same "$output" "-97"
	done
	exits 0 raw call nas get_signal_info
	holds "$output" "lte_signal_strength:" "rsrp: -97"
	exits 0 raw call nas get_signal_info -e
	same "$(eval "$output" && echo "$fields_lte_signal_strength_rsrp")" "-97"
	exits 0 raw call nas get_signal_info -f fields.lte_signal_strength.snr -f message
	same "$output" "120
get_signal_info"
	exits 10 raw call nas get_signal_info -f fields.nothing
	same "$output" ""
	nothing_left
}

@test "raw call: with fields: scalars, names, numbers, lists, structures" {
	modem_start
	exits 0 raw call dms set_operating_mode mode=low-power -f result.name
	same "$output" None
	same "$(modem get operating_mode)" 1
	exits 0 raw call dms set_operating_mode mode=0
	same "$(modem get operating_mode)" 0
	exits 0 raw call nas config_signal_info rssi_threshold=-90,-80,-70
	exits 0 raw call nas config_signal_info 'rsrp_threshold[0]=-110' 'rsrp_threshold[1]=-100' \
		lte_report.rate=1 lte_report.average_period=2
	exits 0 raw call dms set_event_report battery_level_report_limits.lower_limit=10 \
		battery_level_report_limits.upper_limit=0x50
	nothing_left
}

@test "raw call: ctl needs no client id" {
	modem_start
	exits 0 raw call ctl get_version_info -j
	holds "$output" '{"service":"dms","major_version":1,"minor_version":14}'
	same "$(modem count ctl 0x0022)" 0
}

@test "raw call: a message that has no name, by number, and a service that has none" {
	modem_start
	exits 5 raw call nas 0x7777 -j
	says InvalidQmiCommand
	holds "$output" '"message":30583' '"name":"InvalidQmiCommand"'
	nothing_left
}

@test "raw call: refused: what came is shown all the same, exit and word as for every verb" {
	modem_start
	modem answer nas get_signal_info 74 7702000a0b
	exits 1 raw call nas get_signal_info -j
	holds "$output" '"result":{"status":1,"error":74,"name":"InformationUnavailable"}' \
		'"unknown":{"0x77":"0a0b"}'
	says '{"error":{"exit":1,"code":74,'
	modem answer dms set_operating_mode 26
	exits 0 raw call dms set_operating_mode mode=online
	says NoEffect
}

@test "raw call: mistakes: exit 2, one line with the nearest right thing, no word to the modem" {
	modem_start
	exits 2 raw call nass get_signal_info
	says "'nass'" "'nas'"
	exits 2 raw call nas get_sinal_info
	says "'get_sinal_info'" "'get_signal_info'"
	exits 2 raw call nas config_signal_info rssi_treshold=-90
	says "rssi_treshold" "'rssi_threshold'"
	exits 2 raw call nas config_signal_info rssi_threshold=-129
	says rssi_threshold -129 -128
	exits 2 raw call nas config_signal_info rssi_threshold=loud
	says rssi_threshold loud
	exits 2 raw call dms set_operating_mode mode=onlin
	says "onlin" "'online'"
	exits 2 raw call dms set_operating_mode
	says "mode" "missing"
	exits 2 raw call dms set_operating_mode mode
	says "'mode'"
	exits 2 raw call dms set_operating_mode mode=online mode=offline
	says "mode" "twice"
	exits 2 raw call dms set_event_report battery_level_report_limits.lower_limit=1
	says "upper_limit" "missing"
	exits 2 raw call dms get_model loud=1
	says loud
	exits 2 raw call nas 0x7777 a=1
	says 7777
	exits 2 raw call nas
	says MESSAGE
	exits 2 raw call 65536 1
	says 65536
	exits 2 raw call nas 65536
	says 65536
	exits 2 raw call nas get_signal_info -j -f a
	same "$(modem count all)" 0
}

@test "raw call: a silent modem: exit 4 at the deadline" {
	modem_start
	modem answer nas get_signal_info silent
	exits 4 raw call nas get_signal_info -t 0.5
	says "no answer"
	nothing_left
}

@test "raw call -v: each frame decoded on stderr; subscriber data only with -vv" {
	modem_start
	exits 0 raw call dms get_ids -v
	holds "$stderr" "allocate_cid" "get_ids" "release_cid"
	[[ $stderr != *490154203237518* ]]
	exits 0 raw call dms get_ids -vv
	holds "$stderr" 490154203237518
	exits 0 raw call dms get_ids -v -j
	holds "$stderr" '{"service":"dms","message":"get_ids",'
	[[ $stderr != *490154203237518* ]]
}

# ---- the others ----

@test "raw encode: what it makes is decoded to what was asked for" {
	exits 0 raw encode ctl allocate_cid service=dms --transaction 1 -f frame
	same "$output" "$ALLOCATE"
	exits 0 raw encode nas config_signal_info rssi_threshold=-90,-80 --client 9 \
		--transaction 513 -f frame
	exits 0 raw decode "$output" -j
	same "$output" '{"service":"nas","message":"config_signal_info","id":80,"kind":"request","client":9,"transaction":513,"fields":{"rssi_threshold":[-90,-80]}}'
	exits 0 raw encode --response nas get_signal_info lte_signal_strength.rssi=-65 \
		lte_signal_strength.rsrq=-11 lte_signal_strength.rsrp=-97 \
		lte_signal_strength.snr=120 --client 3 --transaction 7 -f frame
	same "$(q raw decode -j "$output")" "$SIGNAL_JSON"
	exits 2 raw encode nas config_signal_info rssi_treshold=-90
	says "'rssi_threshold'"
	proxy_gone
}

@test "raw send: a frame as it is; the answer is shown" {
	modem_start
	exits 0 raw send "$ALLOCATE" -f fields.allocation_info.service
	same "$output" dms
	exits 2 raw send 0102zz
	exits 2 raw send 010203
}

@test "raw versions: what the modem has" {
	modem_start
	exits 0 raw versions
	holds "$output" nas dms
	exits 0 raw versions -f 'services[0].service'
	same "$output" ctl
	nothing_left
}

@test "raw list: services, messages, fields; and the nearest name" {
	exits 0 raw list
	holds "$output" nas dms ctl
	exits 0 raw list nas
	holds "$output" get_signal_info
	exits 0 raw list dms set_operating_mode -j
	holds "$output" '"mode"' online
	exits 2 raw list dms set_operating_mod
	says "'set_operating_mode'"
	proxy_gone
}

@test "values that people write otherwise: shown, taken, explained and refused in that way" {
	needs_service loc uim wds
	exits 0 raw decode -f fields.ipv4_address -f fields.ipv4_gateway_address \
		013100800104020c002d002500020400000000001e04000a02000a2004000102000a290400dc0500002b0100041f02000001
	same "$output" "10.0.2.10
10.0.2.1"
	# And back; as a number too, and bytes with 0x.
	local a
	for a in utc_time=2026-11-22T06:47:00.123Z utc_time=1795330020123; do
		exits 0 raw encode loc inject_utc_time time_uncertainty=1 $a -f frame
		holds "$output" 0108001b130202a2010000
	done
	for a in 2001:db8::1 0x20010db8000000000000000000000001; do
		exits 0 raw encode wds create_profile profile_type=3gpp \
			ipv6_primary_dns_address_preference=$a -f frame
		holds "$output" 2b100020010db8000000000000000000000001
	done
	exits 2 raw encode loc inject_utc_time utc_time=2026-02-29T00:00:00Z time_uncertainty=1
	says "is not a time, like 2026-11-22T06:47:00Z"
	exits 0 raw list wds get_current_settings -j
	holds "$output" '"type":"u32 ip4"' '"type":"16 bytes ip6"'
	exits 0 raw list uim get_slot_status -j
	holds "$output" '"type":"bytes bcd","personal":true'
}

@test "raw monitor: an indication as it comes, one line each; ends by its signal, nothing left" {
	modem_start
	env --default-signal=INT "$QMITOOL" raw monitor nas -j >"$DIR/out" 3>&- &
	job=$!
	PIDS="$PIDS $job"
	wait_modem 1+ count nas register_indications
	modem signal lte -80 -14 -112 20
	wait_until "$PATIENCE" grep -q '"message":"signal_info"' "$DIR/out"
	holds "$(cat "$DIR/out")" '"kind":"indication"' '"rsrp":-112'
	modem signal lte -81 -14 -113 20
	wait_until "$PATIENCE" grep -q -- '"rsrp":-113' "$DIR/out"
	kill -INT "$job"
	reap "$job"
	same "$CODE" 130
	nothing_left
}

@test "raw monitor -n: the modem goes away: exit 8" {
	modem_start
	background "$QMITOOL" raw monitor nas -n
	job=$LAST
	wait_modem 1+ count nas register_indications
	modem unplug
	reap "$job"
	same "$CODE" 8
}
