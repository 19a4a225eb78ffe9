# wds: sessions that outlive the command: start, stop, and what there is to see of them.
load ../lib.bash

setup() {
	setup_common
	needs_applet wds
	modem_start
}

teardown() {
	teardown_common
}

# Nothing of a session is left: no call, no client id, no file.
all_stopped() {
	same "$(modem calls all)" 0
	nothing_left
	same "$(find "$QMITOOL_STATE" -type f 2>/dev/null)" ""
}

# ---- start, status, stop ----

@test "wds start: one client id and one call for a family, and they stay" {
	exits 0 wds start --apn internet -j
	silent
	[[ $output =~ ^'{"session":"default","status":"connected","ipv4":{"status":"connected","client":'([0-9]+)',"handle":'([0-9]+)'}}'$ ]]
	same "$(modem count wds set_ip_family)/$(modem count wds start_network)" 1/1
	same "$(modem clients wds)/$(modem calls all)" 1/1
	same "$(modem calls)" "4 internet 10.0.0.2 tx 0 rx 0 ${BASH_REMATCH[1]}/$(printf '%#x' "${BASH_REMATCH[2]}")/0"
	same "$(held)" named
	exits 0 wds stop
	same "$output" ""
	silent
	all_stopped
}

@test "wds start: for people, for eval, and one field" {
	modem set wds_handle 1000
	exits 0 wds start
	same "$output" "session: default
status:  connected
ipv4:
  status: connected
  client: 1
  handle: 1000"
	exits 0 wds start -e
	same "$output" "session='default'
status='connected'
ipv4_status='connected'
ipv4_client='1'
ipv4_handle='1000'"
	exits 0 wds start -f ipv4.handle -f status
	same "$output" "1000
connected"
	exits 2 wds start -f ipv4.handel
	says "'ipv4.handel'"
	exits 0 wds stop
	all_stopped
}

@test "wds start again: the same settings are success with a note, others say what to do" {
	exits 0 wds start --apn internet
	exits 0 wds start --apn internet -j
	says '"connected already'
	holds "$output" '"status":"connected"'
	same "$(modem count wds start_network)" 1
	exits 3 wds start --apn other
	same "$output" ""
	says "with other settings" "'wds stop -s default'"
	exits 3 wds start --apn internet --ip 6
	exits 0 wds status -s default
	same "$(modem count wds start_network)" 1
	exits 0 wds stop
	all_stopped
}

@test "wds start: what is asked for is what the modem is asked for" {
	# APN, PAP, user and password, profile 3
	modem set wds_allowed_apns corp
	modem set wds_user me
	modem set wds_password secret
	modem set wds_auth 1
	echo secret >"$DIR/password"
	exits 0 wds start --apn corp --auth pap --user me --password-file "$DIR/password" -vv
	holds "$stderr" "apn" "corp" "username" "me"
	exits 0 wds stop
	exits 0 wds start --apn corp --auth pap --user me --password-file - <"$DIR/password"
	exits 0 wds stop
	QMI_PASSWORD=secret exits 0 wds start --apn corp --user me
	exits 0 wds stop
	modem set wds_user none
	modem set wds_allowed_apns none
	exits 0 wds start --profile 1 -v
	holds "$stderr" "profile_index_3gpp: 1"
	exits 0 wds stop
	all_stopped
}

@test "wds start: a password is masked in -v, and no argument" {
	echo secret >"$DIR/password"
	exits 0 wds start --user me --password-file "$DIR/password" -v
	[[ $stderr != *secret* ]]
	exits 2 wds start --user me --password secret
	holds "$stderr" "--password-file"
	exits 3 wds start --user me --password-file "$DIR/none"
	says "$DIR/none"
	head -c 200 /dev/zero | tr '\0' a >"$DIR/password"
	exits 2 wds start --user me --password-file "$DIR/password"
	says "fewer than"
	# what stood behind the NUL was cut off, and the network refused what was left
	printf 'sec\0ret\n' >"$DIR/password"
	exits 2 wds start --user me --password-file "$DIR/password"
	says "NUL"
	same "$(modem count wds start_network)" 1
}

@test "wds start: options that make no sense are exit 2, and the modem is not asked" {
	for options in "--ip 5" "--auth md5" "--profile 0" "--profile 256" "--mux 0" "--mux 255" \
		"--via-profile" "-s .." "-s a/b" "-s 1234567890123456789012345" "--cid 3" \
		"--profile 1 --profile-3gpp2 1 --via-profile"; do
		# shellcheck disable=SC2086
		exits 2 wds start $options
		same "$output" ""
	done
	same "$(modem count wds start_network)" 0
	exits 2 wds stop --all --any
	exits 2 wds stop -s a --all
	nothing_left
}

@test "wds start --ip 4v6: two client ids, two calls" {
	exits 0 wds start --ip 4v6 -j
	holds "$output" '"ipv4":{"status":"connected"' '"ipv6":{"status":"connected"'
	same "$(modem clients wds)/$(modem calls all)" 2/2
	exits 0 wds status -s default -f ipv6.status
	same "$output" connected
	exits 0 wds stop
	all_stopped
	exits 0 wds start --ip 6 -j
	[[ $output != *ipv4* ]]
	holds "$output" '"ipv6":{"status":"connected"'
	exits 0 wds stop
	all_stopped
}

@test "wds start --ip 4v6: a family that the network refuses is a note" {
	modem set wds_families 4
	exits 0 wds start --ip 4v6 -j
	says '"no IPv6: ' 'only-allowed (3gpp 50)'
	[[ $output != *ipv6* ]]
	same "$(modem clients wds)" 1
	# It is not asked for again.
	exits 0 wds start --ip 4v6
	says "connected already"
	same "$(modem count wds start_network)" 2
	exits 0 wds stop
	modem set wds_families 6
	exits 0 wds start --ip 4v6 -f ipv6.status
	says "no IPv4"
	same "$output" connected
	exits 0 wds stop
	all_stopped
}

@test "wds start: one family of two has ended: that one is started anew" {
	exits 0 wds start --ip 4v6
	modem drop-call 6
	exits 0 wds status -s default -j
	holds "$output" '"ipv6":{"status":"disconnected"' '"ipv4":{"status":"connected"'
	exits 0 wds start --ip 4v6 -f ipv6.status
	silent
	same "$output" connected
	same "$(modem count wds start_network)/$(modem clients wds)" 3/2
	exits 0 wds stop
	all_stopped
}

@test "wds: two sessions with two APNs" {
	exits 0 wds start --apn internet
	exits 0 wds start -s ims --apn ims --ip 6
	same "$(modem calls all)" 2
	exits 0 wds status -j
	holds "$output" '"sessions":[{"session":"default","status":"connected","ipv4"' \
		'{"session":"ims","status":"connected","ipv6"' '"connected":true'
	exits 0 wds settings -s ims -f ipv6.apn
	same "$output" ims
	exits 0 wds settings -f ipv4.apn
	same "$output" internet
	exits 0 wds stop
	exits 0 wds status -s ims
	exits 7 wds status -s default
	exits 0 wds start --apn other
	exits 0 wds stop --all
	silent
	all_stopped
}

@test "wds stop: where there is no session, a note and success" {
	exits 0 wds stop
	says "no session 'default' is running"
	exits 0 wds stop --all
	silent
	exits 0 wds stop --any
	says "no connection"
	all_stopped
}

@test "wds stop: both families refused alike is told once" {
	exits 0 wds start --ip 4v6
	modem answer wds stop_network 3
	exits 1 wds stop
	same "$stderr" "qmitool wds stop: modem says Internal (3)"
	all_stopped
}

# Some modems answer so once the call has ended, some do not know the question: stop failed, and
# there was no way to end the session.
@test "wds stop: a modem that does not tell whether it is connected" {
	local error

	for error in 15 94 3; do	# OutOfCall, NotSupported, Internal
		exits 0 wds start --ip 4v6
		modem answer wds get_packet_service_status $error
		modem count reset
		exits 0 wds stop
		silent
		[ $error = 15 ] || same "$(modem count wds stop_network)" 2
		modem answer wds get_packet_service_status default
		all_stopped
	done
	exits 0 wds start
	modem answer wds get_packet_service_status 15
	exits 7 wds status -s default
	modem answer wds get_packet_service_status 3
	exits 1 wds status -s default
	exits 0 wds stop
}

# A script has one variable for the name, and it may be empty: start took that for the default, but
# stop and the others for a mistake, so that the session stayed.
@test "wds: an empty name is the default one's, whatever the verb" {
	exits 0 wds start -s "" -f session
	same "$output" default
	for verb in status settings stats bearer; do
		exits 0 wds $verb -s ""
	done
	exits 0 wds stop -s ""
	silent
	all_stopped
}

@test "wds stop --any: what others have started, and what the modem holds by itself" {
	exits 0 raw call wds start_network apn=internet --keep-cid
	modem set wds_status 2
	modem set wds_autoconnect 1
	exits 0 wds stop --any
	same "$(modem get wds_status)/$(modem get wds_autoconnect)" 1/0
}

# ---- why it is refused ----

@test "wds start: the network refuses: exit 7, and why" {
	modem set wds_allowed_apns internet
	exits 7 wds start --apn wrong
	same "$output" ""
	says "qmitool wds start: the call failed: unknown-apn (3gpp 27)"
	exits 7 wds start --apn wrong -j
	same "$stderr" '{"error":{"exit":7,"text":"the call failed: unknown-apn (3gpp 27)"}}'
	modem set wds_allowed_apns none
	modem set wds_user me
	exits 7 wds start
	says "authentication-failed (3gpp 29)"
	modem set wds_user none
	modem set operating_mode 1
	exits 7 wds start
	says "offline (cm 2500)"
	all_stopped
}

@test "wds start: reasons of each kind, known or not" {
	modem set wds_refuse4 14,1,3,1015
	exits 7 wds start
	says "congestion (cm 1015)"
	modem set wds_refuse4 14,1013,0,0
	exits 7 wds start
	says "gsm-wcdma-unknown-apn (1013)"
	modem set wds_refuse4 14,60000,0,0
	exits 7 wds start
	says "reason 60000 (60000)"
	modem set wds_refuse4 14,1,6,-5
	exits 7 wds start
	says "reason -5 (3gpp -5)"
	modem set wds_refuse4 14,1,77,3
	exits 7 wds start
	says "reason 3 (type 77 3)"
	modem answer wds start_network 14
	exits 7 wds start
	says "does not say why"
	modem answer wds start_network 16
	exits 1 wds start
	says "NotProvisioned (16)"
	modem answer wds start_network 71
	exits 5 wds start
	all_stopped
}

# A script that unlocks the SIM at exit 6 took it for the network's refusal, and tried again.
@test "wds start: the SIM stands in the way: exit 6, and why" {
	modem set wds_refuse4 14,1,3,2504
	exits 6 wds start -j
	same "$stderr" '{"error":{"exit":6,"text":"the call failed: invalid-sim-state (cm 2504)"}}'
	modem set wds_refuse4 14,1,3,518
	exits 6 wds start
	says "uim-not-present (cm 518)"
	modem set wds_refuse4 14,1,2,218
	exits 6 wds start
	says "mmgdsi-card-event (internal 218)"
	# the same number of another type
	modem set wds_refuse4 14,1,6,218
	exits 7 wds start
	all_stopped
}

@test "wds start --ip 4v6: both refused: the first reason counts" {
	modem set wds_refuse4 14,1,6,33
	modem set wds_refuse6 14,1,6,50
	exits 7 wds start --ip 4v6
	says "(3gpp 33)"
	all_stopped
}

@test "wds start: a modem that does not answer: exit 4, and nothing is left" {
	modem answer wds start_network silent
	exits 4 wds start -t 0.5
	same "$output" ""
	modem answer wds start_network default
	all_stopped
	exits 0 wds start
	exits 0 wds stop
	all_stopped
}

@test "wds start: ended by a signal, or killed, while it waits for the network" {
	for signal in TERM HUP KILL; do
		modem answer wds start_network silent
		modem count reset
		background "$QMITOOL" wds start
		wait_modem 1 count wds start_network
		kill -$signal "$LAST"
		wait_until "$PATIENCE" ended "$LAST"
		modem answer wds start_network default
		nothing_left
		exits 7 wds status -s default
	done
	exits 0 wds start
	exits 0 wds stop
	all_stopped
}

# ---- old and odd modems ----

@test "wds start: a modem without set_ip_family gets the family in start_network" {
	modem answer wds set_ip_family 71
	exits 0 wds start --ip 4 -v
	holds "$stderr" "ip_family_preference: ipv4"
	exits 0 wds stop
	all_stopped
}

@test "wds start: NoEffect, as there is a call already" {
	# With no handle, and with one of 0, as a real modem sent it.
	for tlvs in "" 01040000000000; do
		modem answer wds start_network 26 $tlvs
		modem set wds_status 2
		exits 0 wds start -f ipv4.handle
		same "$output" 4294967295
		exits 0 wds stop -v
		holds "$stderr" "packet_data_handle:  4294967295" "disable_autoconnect: yes"
		same "$(modem get wds_status)" 1
	done
	# NoEffect, and yet there is none
	exits 7 wds start
	all_stopped
}

@test "wds start --autoconnect: enabled, and disabled by stop; the modem's own is told" {
	exits 0 wds start --autoconnect
	silent
	same "$(modem get wds_autoconnect)" 1
	exits 0 wds stop
	same "$(modem get wds_autoconnect)" 0
	modem set wds_autoconnect 1
	exits 0 wds start
	says "connects by itself"
	exits 0 wds stop
	same "$(modem get wds_autoconnect)" 1
	modem answer wds get_autoconnect_settings 71
	exits 0 wds start
	silent
	exits 0 wds stop
	all_stopped
}

@test "wds start --via-profile: what differs is written, once" {
	exits 0 wds start --apn mine --profile 2 --via-profile --ip 4v6
	same "$(modem count wds modify_profile)" 1
	exits 0 raw call wds get_profile_settings profile_id.profile_type=3gpp \
		profile_id.profile_index=2 -f apn_name -f pdp_type
	same "$output" "mine
ipv4-or-ipv6"
	exits 0 wds stop
	exits 0 wds start --apn mine --profile 2 --via-profile --ip 4v6
	same "$(modem count wds modify_profile)" 1
	exits 0 wds stop
	modem answer wds modify_profile 3
	exits 1 wds start --apn other --profile 2 --via-profile
	says "Internal" "profile was not written"
	all_stopped
}

@test "wds start --mux: the client id is bound to that link" {
	exits 0 wds start --mux 3
	holds "$(modem calls)" /3
	exits 0 wds stop
	modem answer wds bind_mux_data_port 94
	exits 5 wds start --mux 3
	# It is so already, which is no failure.
	modem answer wds bind_mux_data_port 26
	exits 0 wds start --mux 3
	silent
	exits 0 wds stop
	all_stopped
}

# ---- settings, stats, status ----

@test "wds settings: every form, of each family" {
	exits 0 wds start --ip 4v6
	exits 0 wds settings -j
	same "$output" '{"session":"default","ipv4":{"address":"10.0.0.2/30","gateway":"10.0.0.1","dns":["192.0.2.53","192.0.2.54"],"mtu":1430,"apn":"internet"},"ipv6":{"address":"2001:db8:1:2::10/64","gateway":"2001:db8:1:2::1","dns":["2001:db8::53"],"mtu":1430,"apn":"internet"}}'
	exits 0 wds settings
	holds "$output" "session: default" "  address: 10.0.0.2/30" "  mtu:     1430 bytes"
	exits 0 wds settings -e
	same "$(eval "$output" && echo "$ipv4_address $ipv6_dns_0")" "10.0.0.2/30 "
	exits 0 wds settings -f ipv4.dns -f ipv6.gateway
	same "$output" "192.0.2.53 192.0.2.54
2001:db8:1:2::1"
	modem set wds_mtu none
	exits 10 wds settings -f ipv4.mtu
	same "$output" ""
	exits 2 wds settings -f ipv4.netmask
	exits 0 wds stop
	all_stopped
}

# A modem that told an MTU of 0xffffffff ("I do not know") had it shown, and no session came up on the
# interface: the kernel refused the number.  So it was with prefixes of more bits than an address has.
@test "wds settings: numbers that cannot be are absent" {
	local address=1e04000200000a mtu

	exits 0 wds start --ip 4v6
	for mtu in ffffffff 00000000 43000000 00000100; do
		modem answer wds get_current_settings 0 ${address}290400$mtu
		exits 0 wds settings -f ipv4
		same "$output" '{"address":"10.0.0.2"}'
	done
	modem answer wds get_current_settings 0 ${address}2904004400000021040000ffff00
	exits 0 wds settings -f ipv4
	same "$output" '{"address":"10.0.0.2","mtu":68}'
	modem answer wds get_current_settings 0 2511002001000000000000000000000000000181
	exits 0 wds settings -f ipv6.address
	same "$output" 2001::1
	exits 0 wds stop
	all_stopped
}

@test "wds settings, stats: without a session of ours, of what the modem has" {
	exits 7 wds settings
	same "$output" ""
	says "not connected"
	exits 7 wds settings -s default
	says "'default' is not connected"
	modem set wds_status 2
	exits 0 wds settings -j
	holds "$output" '{"ipv4":{"address":"10.0.0.2/30"'
	[[ $output != *ipv6* ]]
	exits 7 wds settings -s default
	modem set wds_status6 2
	exits 0 wds settings -f ipv6.address
	same "$output" 2001:db8:1:2::10/64
	exits 0 wds stats -f ipv4.tx_bytes
	same "$output" 0
	nothing_left
}

@test "wds stats: what is not counted is absent" {
	exits 0 wds start
	modem set wds_tx_bytes 5000000000
	modem set wds_rx_packets 17
	exits 0 wds stats -j
	holds "$output" '"session":"default","ipv4":{"tx_bytes":5000000000' '"rx_packets":17'
	exits 0 wds stats -f ipv4.tx_bytes -f ipv4.rx_packets
	same "$output" "5000000000
17"
	modem answer wds get_packet_statistics 0 100400ffffffff
	exits 10 wds stats -f ipv4.tx_packets
	exits 0 wds stop
	all_stopped
}

@test "wds status: 0 where something is connected, otherwise 7" {
	exits 7 wds status -j
	same "$output" '{"modem":{"ipv4":{"status":"disconnected"},"ipv6":{"status":"disconnected"}},"sessions":[],"connected":false}'
	says "not connected"
	exits 7 -q wds status
	silent
	modem set wds_status 2
	exits 0 wds status -f modem.ipv4.status -f connected
	same "$output" "connected
true"
	modem set wds_status 1
	exits 0 wds start
	exits 0 wds status -f connected
	same "$output" true
	modem drop-call
	exits 7 wds status -s default -j
	same "$stderr" '{"error":{"exit":7,"text":"the session '"'default'"' is not connected"}}'
	holds "$output" '"status":"disconnected","ipv4":{"status":"disconnected"'
	exits 7 wds status
	exits 0 wds start
	silent
	exits 0 wds stop
	all_stopped
}

@test "wds status --cid, settings --cid: that client id, whoever has it" {
	exits 0 wds start -f ipv4.client
	cid=$output
	exits 0 wds status --cid "$cid"
	same "$output" "status: connected"
	exits 0 wds settings --cid "$cid" -f address
	same "$output" 10.0.0.2/30
	exits 2 wds start --cid "$cid"
	exits 2 wds stop --cid "$cid"
	exits 0 wds stop --any --cid "$cid"
	same "$(modem calls all)" 0
	exits 7 wds status --cid "$cid"
	exits 0 wds stop
	all_stopped
}

@test "wds: a modem that is silent is exit 4, one that refuses exit 1 or 5" {
	modem mute on
	exits 4 wds status -t 0.5
	modem mute off
	modem answer wds get_packet_service_status 3
	exits 1 wds start
	says "Internal"
	modem answer wds get_packet_service_status default
	modem answer wds get_packet_statistics 71
	modem set wds_status 2
	exits 5 wds stats
	modem answer ctl allocate_cid 31
	exits 5 wds start
}

# ---- autoconnect ----

@test "wds autoconnect: shown and set" {
	exits 0 wds autoconnect
	same "$output" "autoconnect: disabled"
	exits 0 wds autoconnect enabled --roaming home-only
	exits 0 wds autoconnect -j
	same "$output" '{"autoconnect":"enabled","roaming":"home-only"}'
	exits 0 wds autoconnect -e
	same "$output" "autoconnect='enabled'
roaming='home-only'"
	exits 0 wds autoconnect paused
	exits 0 wds autoconnect -f autoconnect
	same "$output" paused
	exits 2 wds autoconnect sometimes
	says "'sometimes'"
	modem answer wds get_autoconnect_settings 94
	exits 5 wds autoconnect
	nothing_left
}
