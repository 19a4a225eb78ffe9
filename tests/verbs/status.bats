# status: one look at everything; what fails is named, and the rest is shown.
load ../lib.bash

setup() {
	setup_common
	needs_applet status
	modem_start
}

teardown() {
	teardown_common
}

@test "status: for people" {
	exits 0 status
	holds "$output" "  model:        FM-1000" "  state: ready" "  registration:      registered" \
		"    rsrp: -97 dBm" "    status: disconnected" "sim_ready:  yes" "registered: yes" \
		"connected:  no" "failed:     none"
	silent
	nothing_left
}

@test "status -j, -e, -f: the same keys" {
	exits 0 status -j
	holds "$output" '{"device":{"manufacturer":"Fake Modems","model":"FM-1000",' \
		'"sim":{"state":"ready","slot":1,"pin1":{"state":"disabled","retries":3}}' \
		'"plmn":{"mcc":"001","mnc":"01","name":"Test Network"}' '"signal":{"lte":{"rssi":-65,' \
		'"connection":{"ipv4":{"status":"disconnected"},"ipv6":{"status":"disconnected"}}' \
		'"sim_ready":true,"registered":true,"connected":false,"failed":[]}'
	exits 0 status -e
	same "$(eval "$output" && echo "$device_model $signal_lte_rsrp $registered $failed_n")" \
		"FM-1000 -97 true 0"
	exits 0 status -f signal.lte.rsrp -f registered -f sim.pin1.retries
	same "$output" "-97
true
3"
	exits 10 status -f connection.ipv4.address
	same "$output" ""
	exits 2 status -f signal.lte.rsrpp
	says "'signal.lte.rsrp'"
}

@test "status: connected: addresses with their prefix length, IPv4 and IPv6" {
	modem set wds_status 2
	exits 0 status -j
	holds "$output" '"ipv4":{"status":"connected","address":"10.0.0.2/30","gateway":"10.0.0.1","dns":["192.0.2.53","192.0.2.54"],"mtu":1430,"apn":"internet"},"ipv6":{"status":"disconnected"}' \
		'"connected":true'
	modem set wds_status 1
	modem set wds_status6 2
	exits 0 status -f connected -f connection.ipv6.address -f connection.ipv6.dns
	same "$output" "true
2001:db8:1:2::10/64
2001:db8::53"
	modem set wds_dns2 0
	modem set wds_mask none
	modem set wds_status 2
	exits 0 status -f connection.ipv4.dns
	same "$output" 192.0.2.53
}

# It said "disconnected" while a session was up: the modem tells of a call on the client id that
# started it only.
@test "status: a session that is connected is what it shows, with its name" {
	q wds start -s wan --apn internet --ip 4v6 >/dev/null
	modem count reset
	exits 0 status -j
	holds "$output" '"connection":{"session":"wan","ipv4":{"status":"connected","address":"10.0.0.2/30"' \
		'"ipv6":{"status":"connected","address":"2001:db8:1:2::10/64"' '"connected":true' '"failed":[]'
	same "$(modem count wds set_ip_family)" 0
	same "$(modem count wds get_packet_service_status)" 2
	same "$(q wds status -s wan -f status)" connected
	exits 0 status --prometheus
	holds "$output" 'session="wan"' 'qmi_connected{device="'"$DEV"'"} 1'
	q wds stop -s wan
	exits 10 status -f connected -f connection.session
	same "$output" "false"
	nothing_left
}

@test "status: a modem without IPv6 is whole" {
	modem answer wds set_ip_family 94
	exits 0 status -j
	holds "$output" '"connection":{"ipv4":{"status":"disconnected"}},' '"failed":[]'
	silent
}

@test "status: a part that the modem refuses is named, the others are shown" {
	modem answer nas get_signal_info 74
	exits 0 status -j
	same "$stderr" '{"error":{"exit":1,"part":"signal","code":74,"name":"InformationUnavailable","text":"modem says InformationUnavailable (74)"}}'
	holds "$output" '"model":"FM-1000"' '"registered":true' '"failed":["signal"]'
	modem answer wds get_packet_service_status 71
	exits 10 status -f failed -f signal.lte.rsrp -q
	same "$output" "signal connection"
	nothing_left
}

@test "status: one message that is not supported is not a part" {
	modem answer dms get_revision 71
	exits 0 status -j
	holds "$output" '"device":{"manufacturer":"Fake Modems","model":"FM-1000","imei":' '"failed":[]'
	silent
}

@test "status: no card, a PIN: told, not failed" {
	modem set uim_card 0
	exits 0 status -f sim.state -f sim_ready
	same "$output" "absent
false"
	modem set uim_card 1
	modem set pin1_status 1
	exits 0 status -f sim.state -f sim_ready -f sim.pin1.state
	same "$output" "pin-required
false
enabled-not-verified"
}

@test "status: UIM not supported: the card as dms tells it" {
	modem answer uim get_card_status 71
	exits 0 status -f sim.state -f sim.pin1.retries
	same "$output" "ready
3"
}

@test "status: a part without an answer takes its share, no more" {
	modem answer nas get_serving_system silent
	exits 0 status -t 2 -j
	says '"part":"registration"' "no answer"
	holds "$output" '"rsrp":-97' '"connected":false' '"failed":["registration"]'
	[[ $output != *'"registered"'* ]]
}

@test "status: nothing answers: exit 4, each part named, no output" {
	exits 0 status -q
	modem mute on
	exits 4 status -t 1
	same "$output" ""
	same "$(grep -c 'no answer' <<<"$stderr")" 5
	exits 4 status -t 1 -q -j
	same "$output" ""
	silent
}

@test "status: the modem goes away in the middle: exit 8, what was there is shown" {
	exits 0 status -q
	modem answer nas get_serving_system silent
	modem count reset
	background "$QMITOOL" status -t 30 -j >"$DIR/out" 2>"$DIR/err"
	wait_modem 1+ count nas get_serving_system
	modem unplug
	reap "$LAST"
	same "$CODE" 8
	holds "$(cat "$DIR/out")" '"model":"FM-1000"' '"failed":["registration","signal","connection"]'
	grep -q '"exit":8,"part":"registration"' "$DIR/err"
}

@test "status: as few round trips as there are messages, once it has been asked" {
	exits 0 status -q
	modem count reset
	exits 0 status -q
	# Client ids are lent, but for the one whose IP family was set.
	same "$(modem count | grep -v '^ctl' | awk '{ n += $3 } END { print n }')" 11
	[ "$(modem count ctl allocate_cid)" -le 1 ]
}

@test "status --prometheus: metrics, lines of one name together, each under one TYPE" {
	modem signal nr5g -101 155 -12
	modem set wds_status 2
	exits 0 status --prometheus
	silent
	holds "$output" "qmi_signal_rsrp_dbm{device=\"$DEV\",part=\"lte\"} -97
qmi_signal_rsrp_dbm{device=\"$DEV\",part=\"nr5g\"} -101" \
		"# TYPE qmi_registered gauge
qmi_registered{device=\"$DEV\"} 1" "qmi_connected{device=\"$DEV\"} 1" \
		"qmi_device_info{device=\"$DEV\",manufacturer=\"Fake Modems\",model=\"FM-1000\"" \
		"plmn_mcc=\"001\"" "ipv4_dns=\"192.0.2.53,192.0.2.54\"" "qmi_up{device=\"$DEV\"} 1"
	same "$(awk '/^# TYPE/ { if (seen[$3]++) print; want = $3; next }
		{ name = $1; sub(/\{.*/, "", name) }
		name != want || $0 !~ /^qmi_[a-z0-9_]+\{([a-z0-9_]+="[^"]*",?)+\} -?[0-9.]+$/' <<<"$output")" ""
}

@test "status --prometheus: quotes, backslashes and newlines of a name stay in their label" {
	modem set plmn_name 'hex:61225c0a7d2062'	# a"\ newline } b
	exits 0 status --prometheus
	holds "$output" 'plmn_name="a\"\\\\u000a} b"'
}

@test "status --prometheus: a modem that is gone is qmi_up 0, and the exit code says why" {
	exits 3 status --prometheus -d "$DIR/none"
	same "$output" "# TYPE qmi_up gauge
qmi_up{device=\"$DIR/none\"} 0"
	exits 0 status -q
	modem mute on
	exits 4 status --prometheus -t 1 -q
	holds "$output" "} 0"
	exits 2 status --prometheus -j
	exits 2 status --cid 3
}

@test "status: qmicli, through our proxy, says the same of the connection" {
	isolated || skip "not in a network namespace of our own"
	command -v qmicli >/dev/null || skip "qmicli is not installed"
	export QMITOOL_SOCKET=@qmi-proxy
	modem set wds_status 2
	exits 0 status -f connection.ipv4.status -f connection.ipv4.address -f connection.ipv4.gateway
	same "$output" "connected
10.0.0.2/30
10.0.0.1"
	theirs=$(timeout "$PATIENCE" qmicli -p --device-open-qmi -d "$DEV" --wds-get-packet-service-status)
	holds "$theirs" "'connected'"
	theirs=$(timeout "$PATIENCE" qmicli -p --device-open-qmi -d "$DEV" --wds-get-current-settings)
	holds "$theirs" "IPv4 address: 10.0.0.2" "IPv4 gateway address: 10.0.0.1" \
		"IPv4 subnet mask: 255.255.255.252" "MTU: 1430"
}

@test "status: registered is no where it is refused, and absent where the modem does not know" {
	modem set registration 3
	exits 0 status -f registered
	same "$output" false
	modem set registration 4
	exits 10 status -f registered
	same "$output" ""
}
