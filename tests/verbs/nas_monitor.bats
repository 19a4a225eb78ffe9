# nas monitor: what changes, one result an event; it ends when told, and leaves nothing.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

# watch [ARG...]: a monitor in the background that has told how things are; its pid in $LAST.
watch() {
	background "$QMITOOL" nas monitor -j "$@" >"$DIR/events" 2>"$DIR/words"
	wait_until "$PATIENCE" told '"event":"operator"'
}

told() {
	grep -q -- "$1" "$DIR/events"
}

@test "nas monitor: first how things are, then each change, a line each" {
	watch
	job=$LAST
	same "$(sed 's/.*"event":"\([a-z]*\)".*/\1/' "$DIR/events" | tr '\n' ' ')" "status signal system operator "
	modem signal lte -80 -12 -110 33
	wait_until "$PATIENCE" told '{"event":"signal","lte":{"rssi":-80,"rsrq":-12,"rsrp":-110,"snr":3.3,"bars":2}}'
	modem set registration 2
	wait_until "$PATIENCE" told '{"event":"status","registration":"not-registered-searching"'
	modem set reject_cause 15
	wait_until "$PATIENCE" told '"event":"system".*"reject":{.*"cause":"no-suitable-cells-in-location-area"}'
	modem set plmn_name Other
	wait_until "$PATIENCE" told '{"event":"operator","name":"Other"'
	modem ind nas 255 0x68 0101000802010002030100"0b"
	wait_until "$PATIENCE" told '{"event":"reject","radio":"lte","domain":"ps","cause":"plmn-not-allowed"}'
	kill -TERM "$job"
	reap "$job"
	same "$CODE" 143
	same "$(cat "$DIR/words")" ""
	nothing_left
}

@test "nas monitor: INT and HUP end it, too, and so does the time of -t, which is no failure" {
	watch
	job=$LAST
	kill -HUP "$job"
	reap "$job"
	same "$CODE" 129
	# A background job of a shell without job control ignores INT: env(1) gives it back.
	background env --default-signal=INT "$QMITOOL" nas monitor -f event >"$DIR/out"
	wait_until "$PATIENCE" grep -q operator "$DIR/out"
	kill -INT "$LAST"
	reap "$LAST"
	same "$CODE" 130
	in_time 0 nas monitor -j
	nothing_left
}

@test "nas monitor: for people, for eval, and single fields" {
	watched operator nas monitor
	holds "$output" "event:             status" "rsrp: -97 dBm"
	watched operator nas monitor -e
	holds "$output" "event='signal'" "lte_rsrp='-97'"
	in_time 10 nas monitor -f event -f lte.rsrp
	watched operator nas monitor -f event -f lte.rsrp
	holds "$output" "signal
-97"
	exits 2 nas monitor -f lte.rsrpp -t 5
	says "'lte.rsrp'"
}

@test "nas monitor: a reader that went ends it at the next event" {
	mkfifo "$DIR/pipe"
	background bash -c '"$1" nas monitor -j >"$2" 2>"$3"; echo $? >"$4"' bash "$QMITOOL" \
		"$DIR/pipe" "$DIR/words" "$DIR/code"
	job=$LAST
	head -n 1 "$DIR/pipe" >/dev/null
	modem count reset
	wait_until "$PATIENCE" gone_or_told "$job"
	reap "$job"
	same "$(cat "$DIR/code")" 3
	nothing_left
}

# Each call is one more event.
gone_or_told() {
	ended "$1" || {
		modem set lte_rsrp $((-100 - SECONDS % 20))
		false
	}
}

@test "nas monitor: the modem restarts: exit 8 and a word; the proxy ends: exit 8" {
	watch
	job=$LAST
	modem sync
	reap "$job"
	same "$CODE" 8
	same "$(cat "$DIR/words")" '{"error":{"exit":8,"text":"the modem restarted"}}'
	watch
	job=$LAST
	kill -KILL "$(proxy_pid)"
	reap "$job"
	same "$CODE" 8
}

@test "nas monitor --reconnect: carries on when modem and proxy are back" {
	watch --reconnect
	job=$LAST
	modem sync
	modem set lte_rsrp -111
	wait_until "$PATIENCE" told '"rsrp":-111'
	kill -KILL "$(proxy_pid)"
	modem set lte_rsrp -112
	wait_until "$PATIENCE" told '"rsrp":-112'
	kill -TERM "$job"
	reap "$job"
	same "$CODE" 143
}

@test "nas monitor -n: unplugged: exit 8; with --reconnect it goes on when the port is back" {
	watch -n
	job=$LAST
	modem unplug
	reap "$job"
	same "$CODE" 8
	same "$(cat "$DIR/words")" '{"error":{"exit":8,"text":"the modem went away"}}'
	modem plug
	watch -n --reconnect
	job=$LAST
	modem unplug
	wait_until "$PATIENCE" grep -q 'trying again' "$DIR/words"
	modem set lte_rsrp -113
	modem plug
	wait_until "$PATIENCE" told '"rsrp":-113'
	kill -TERM "$job"
	reap "$job"
	same "$CODE" 143
}

@test "nas monitor: thresholds go to the modem in tenths, or in dB to an old one" {
	watched operator nas monitor --rsrp=-110,-90 --snr=0,5 -vv -j -q
	watched operator nas monitor --rsrp -110,-90 --snr 0,5 -v -j
	holds "$stderr" '"lte_snr_threshold_list":[0,50]' '"lte_rsrp_threshold_list":[-1100,-900]' \
		'"nr5g_rsrp_threshold_list":[-1100,-900]'
	[[ $stderr != *rssi_threshold* ]]
	modem answer nas config_signal_info_v2 71
	watched operator nas monitor --rsrp -110,-90 -v -j
	holds "$stderr" '"rsrp_threshold":[-110,-90]'
	watched operator nas monitor -v -j
	holds "$stderr" '"rsrp_threshold":[-125,-115,-105,-95,-85]'
	for list in x -1x 1,,2 , -9999; do
		exits 2 nas monitor --rsrp "$list" -t 5
		says "no threshold"
	done
}

@test "nas monitor --cid: registrations of somebody else's client id are taken back" {
	proxy_start
	run --separate-stderr q nas status --keep-cid
	cid=$(sed -n 's/.*--cid \([0-9]*\).*/\1/p' <<<"$stderr")
	[ -n "$cid" ]
	watched operator nas monitor --cid "$cid" -f event
	same "$(modem count nas register_indications)" 2
}

@test "nas monitor: a modem that tells only of some things, or of none" {
	modem answer nas register_indications 71
	exits 5 nas monitor -t 5
	says InvalidQmiCommand
	modem answer nas register_indications default
	modem answer nas get_system_info 71
	watched operator nas monitor -j
	[[ $output != *'"event":"system"'* ]]
	modem mute on
	exits 4 nas monitor -t 0.5
}
