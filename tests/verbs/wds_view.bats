# wds: what the modem tells of calls and of the attach, what a client id is bound to, monitor.
load ../lib.bash

setup() {
	setup_common
	needs_applet wds
	modem_start
}

teardown() {
	teardown_common
}

@test "wds attach-apn: four forms, and what is pending" {
	exits 0 wds attach-apn
	same "$output" "apn:          internet
ip:           ipv4v6
attached:     yes
profiles:     1
max_profiles: 4"
	exits 0 wds attach-apn 2,1
	same "$output" ""
	exits 0 wds attach-apn -j
	same "$output" '{"apn":"internet","ip":"ipv4v6","attached":true,"profiles":[1],"pending":[2,1],"max_profiles":4}'
	exits 0 wds attach-apn 2 --action detach-or-pdn-disconnect
	exits 0 wds attach-apn -e
	same "$output" "apn='internet'
ip='ipv4v6'
attached='true'
profiles='2'
profiles_n='1'
max_profiles='4'"
	exits 0 wds attach-apn -f profiles -f max_profiles
	same "$output" "2
4"
	nothing_left
}

@test "wds attach-apn: not attached, a message that the modem lacks, mistakes" {
	modem set wds_attach_apn none
	modem set wds_attach_done 0
	modem answer wds get_max_lte_attach_pdn_number 71
	exits 10 wds attach-apn -f apn -f attached
	same "$output" "
false"
	exits 0 wds attach-apn -j
	[[ $output != *max_profiles* ]]
	modem answer wds get_lte_attach_parameters 71
	modem answer wds get_lte_attach_pdn_list 71
	exits 5 wds attach-apn
	says InvalidQmiCommand
	exits 2 wds attach-apn one
	exits 2 wds attach-apn --action none
	exits 2 wds attach-apn 1 --action maybe
	says "'maybe'"
	nothing_left
}

# `wds attach-apn "$LIST"` of a script whose variable was empty gave the modem an empty list, so that
# it had nothing to attach with.
@test "wds attach-apn: an empty list is a mistake" {
	exits 2 wds attach-apn ""
	says "no profile"
	same "$(modem count wds set_lte_attach_pdn_list)" 0
}

@test "wds bearer, channel-rates, dormancy: on the client id of the session" {
	exits 7 wds channel-rates
	says "OutOfCall (15)"
	exits 0 wds start
	exits 0 wds channel-rates
	same "$output" "tx:     50000000 bit/s
rx:     150000000 bit/s
max_tx: 50000000 bit/s
max_rx: 150000000 bit/s"
	exits 0 wds channel-rates -s default -f rx
	same "$output" 150000000
	exits 0 wds bearer -j
	same "$output" '{"bearer":"lte","current":{"network":"3gpp","rats":["lte"]}}'
	modem set wds_network_type 1
	modem set wds_rat_mask 5
	modem set wds_so_mask 3
	exits 0 wds bearer -f current.rats -f current.service_options
	same "$output" "cdma1x evdo-reva
is95 is2000"
	modem set wds_network_type 0
	exits 0 wds bearer -j
	same "$output" '{"bearer":"lte","current":{"network":"unknown","rats":5}}'
	exits 0 wds dormancy -f dormancy
	same "$output" traffic-channel-active
	exits 0 wds dormancy dormant
	exits 0 wds dormancy -f dormancy
	same "$output" traffic-channel-dormant
	exits 0 wds dormancy active
	exits 2 wds dormancy asleep
	says "'asleep' is neither dormant nor active"
	exits 7 wds bearer -s other
	says "no session 'other'"
	exits 0 wds stop
	nothing_left
}

@test "wds bearer: one message is enough; none is an error" {
	exits 0 wds start
	modem answer wds get_data_bearer_technology 71
	exits 0 wds bearer -f current.rats
	same "$output" lte
	modem answer wds get_current_data_bearer_technology 71
	exits 5 wds bearer
	modem answer wds get_channel_rates silent
	exits 4 wds channel-rates -t 0.5
	exits 0 wds stop
	nothing_left
}

@test "wds bind, ip-family, reset: what belongs to a client id" {
	local cid

	exits 0 wds bind
	same "$output" ""
	exits 0 wds bind subscription secondary
	exits 0 wds bind -f subscription
	same "$output" secondary
	exits 0 wds bind port a2-mux-rmnet1
	same "$(modem get wds_data_port)" 3589
	exits 2 wds bind port eth0
	says "'eth0'"
	exits 0 wds ip-family 6 --keep-cid
	cid=${stderr##* }
	exits 0 wds bind mux 2 --endpoint-type hsusb --endpoint-number 4 --cid "$cid" -v
	holds "$stderr" "mux_id" "hsusb"
	exits 0 raw call wds get_packet_service_status --cid "$cid"
	exits 0 wds reset --cid "$cid"
	exits 2 wds bind mux many
	exits 2 wds ip-family 5.5
	modem count reset
	# was sent as it is, whatever the help says
	for family in 5 8 46 unknown; do
		exits 2 wds ip-family $family
		says "'$family' is no IP family: 4 or 6"
	done
	same "$(modem count wds set_ip_family)" 0
	exits 0 wds ip-family ipv6
	exits 2 wds ip-family
	q raw call ctl proxy_reap >/dev/null
	modem answer wds get_bind_subscription 71
	exits 5 wds bind
}

@test "wds throttle: which APNs, and for how long" {
	exits 0 wds throttle 3gpp
	same "$output" "apns: none"
	modem set wds_throttle hex:01010060ea00000000000008696e7465726e6574
	exits 0 wds throttle 3gpp
	same "$output" "apns:
  apn       ipv4  ipv6  ipv4_left  ipv6_left
  internet  yes   no    60000 ms   0 ms"
	exits 0 wds throttle 3gpp -j
	same "$output" '{"apns":[{"apn":"internet","ipv4":true,"ipv6":false,"ipv4_left":60000,"ipv6_left":0}]}'
	exits 2 wds throttle
	exits 2 wds throttle 6g
	nothing_left
}

# ---- monitor ----

# The lines that a monitor has written.
lines_are() {
	[ "$(wc -l <"$DIR/out")" -ge "$1" ]
}

monitor() {
	background "$QMITOOL" wds monitor -j "$@" >"$DIR/out"
	MONITOR=$LAST
	wait_until "$PATIENCE" lines_are 1
}

last_is() {
	wait_until "$PATIENCE" eval "[ \"\$(tail -n 1 '$DIR/out')\" = '$1' ]" || {
		cat "$DIR/out" >&2
		return 1
	}
}

@test "wds monitor: how it is, then reports and changes of profiles" {
	monitor
	same "$(cat "$DIR/out")" '{"event":"connection","status":"disconnected"}'
	modem set wds_dormancy 1
	last_is '{"event":"report","dormancy":"traffic-channel-dormant"}'
	modem set wds_channel_rx 1000
	last_is '{"event":"report","rates":{"tx":50000000,"rx":1000}}'
	modem set wds_bearer 4
	last_is '{"event":"report","bearer":"umts"}'
	exits 0 wds profile modify 2 --apn x
	last_is '{"event":"profile","type":"3gpp","index":2,"change":"modify-event"}'
	kill "$MONITOR"
	reap "$MONITOR"
	same "$CODE" 143
	nothing_left
}

@test "wds monitor -s: a session's call: new addresses, and why it ended" {
	exits 0 wds start
	monitor -s default
	same "$(cat "$DIR/out")" '{"event":"connection","status":"connected"}'
	modem readdress 4
	last_is '{"event":"addresses","changed":["dns-address","ip-address","gateway-info"]}'
	modem drop-call 4 1003 2/206
	last_is '{"event":"connection","status":"disconnected","reconfigure":false,"family":"ipv4","reason":"network-initiated-termination (internal 206)"}'
	kill "$MONITOR"
	reap "$MONITOR"
	# The client id is the session's: it is not released with the monitor.
	same "$(modem clients wds)" 1
	exits 0 wds stop
	nothing_left
	exits 7 wds monitor -s other
	says "no session 'other'"
}

@test "wds monitor: old modems that know nothing of addresses and profiles; --stats" {
	modem answer wds indication_register 71
	modem answer wds configure_profile_event_list 71
	monitor --stats 5
	modem ind wds 255 0001 1004000100000011040002000000190800e803000000000000
	last_is '{"event":"report","stats":{"tx_packets":1,"rx_packets":2,"tx_bytes":1000}}'
	kill "$MONITOR"
	reap "$MONITOR"
	exits 2 wds monitor --stats often
	says "'often'"
	modem answer wds get_packet_service_status silent
	exits 4 wds monitor -t 0.5
	nothing_left
}
