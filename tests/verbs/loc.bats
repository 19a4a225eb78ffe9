# loc: positions, satellites, NMEA, settings whose outcome comes as an indication, and sessions
# that outlive the command.
load ../lib.bash

setup() {
	setup_common
	needs_applet loc
	modem_start
}

teardown() {
	teardown_common
}

# ---- settings ----

@test "loc mode, lock, nmea-types: shown in every form" {
	exits 0 loc mode
	same "$output" "mode: default"
	silent
	exits 0 loc lock -j
	same "$output" '{"lock":"none"}'
	exits 0 loc nmea-types
	same "$output" "nmea_types: gga, rmc"
	exits 0 loc nmea-types -e
	same "$output" "nmea_types='gga rmc'
nmea_types_n='2'"
	exits 0 loc mode -f mode
	same "$output" default
	nothing_left
}

@test "loc mode, lock, nmea-types: set, and shown again" {
	exits 0 loc mode standalone
	same "$output" ""
	same "$(modem get loc_mode)" 4
	exits 0 loc mode -f mode
	same "$output" standalone
	exits 0 loc lock mt
	exits 0 loc lock -f lock
	same "$output" mt
	exits 0 loc nmea-types gga,vtg
	exits 0 loc nmea-types -j
	same "$output" '{"nmea_types":["gga","vtg"]}'
	exits 2 loc mode sideways
	says "'sideways'"
	exits 2 loc nmea-types gga,xyz
	nothing_left
}

@test "loc: the outcome of an indication: each status has its word and its exit code" {
	modem set loc_status 4
	exits 1 loc mode
	same "$output" ""
	says "qmitool loc mode: modem says engine-busy"
	exits 1 loc mode standalone -j
	same "$stderr" '{"error":{"exit":1,"text":"modem says engine-busy"}}'
	modem set loc_status 2
	exits 5 loc lock
	says unsupported
	modem set loc_status 6
	exits 4 loc nmea-types gga
	modem set loc_status 99
	exits 1 loc mode
	says "error 99"
	nothing_left
}

@test "loc: an outcome that comes before the answer is not lost" {
	modem set loc_early 1
	exits 0 loc mode msa
	exits 0 loc mode -f mode
	same "$output" msa
}

@test "loc: an outcome that never comes: exit 4 at the deadline" {
	modem set loc_status none
	exits 4 loc mode -t 0.5
	says "no answer"
	modem set loc_status 0
	exits 0 loc mode -f mode
	same "$output" default
	nothing_left
}

@test "loc: a modem that refuses, and one without the service" {
	modem answer loc get_operation_mode 94
	exits 5 loc mode
	says NotSupported
	modem answer loc start 3
	exits 1 loc position
	says Internal
	modem answer ctl allocate_cid 31
	exits 5 loc lock -t 5
	says InvalidServiceType
}

# ---- position ----

@test "loc position: for people, with units" {
	exits 0 loc position
	holds "$output" "latitude:             52.5200066 deg" "longitude:            13.40495 deg" \
		"uncertainty:          12.5 m" "altitude:             34 m" \
		"time:                 2023-09-24T23:58:36.800Z" "technology:           satellite"
	silent
	same "$(modem count loc start)/$(modem count loc stop)" 1/1
	nothing_left
}

@test "loc position -j -e -f: numbers without units, what is not known absent" {
	exits 0 loc position -j
	same "$output" '{"status":"success","latitude":52.5200066,"longitude":13.40495,"uncertainty":12.5,"confidence":68,"reliability":"high","altitude":34,"altitude_ellipsoid":79.25,"altitude_uncertainty":20,"speed":1.5,"time":"2023-09-24T23:58:36.800Z","leap_seconds":18,"dop":{"p":1.5,"h":0.75,"v":1.25},"technology":["satellite"],"satellites_used":[5,12,31],"fix_count":1}'
	exits 0 loc position -e
	same "$(eval "$output" && echo "$latitude $dop_h")" "52.5200066 0.75"
	exits 10 loc position -f latitude -f heading
	same "$output" "52.5200066"
	exits 2 loc position -f lattitude
	says "'latitude'"
}

@test "loc position: NaN in a float is absent" {
	modem set loc_altitude 0x7fc00000
	exits 10 loc position -f altitude
	same "$output" ""
}

@test "loc position: waits for the fix, through reports that are none" {
	modem set loc_session_status 1
	background "$QMITOOL" loc position -f latitude >"$DIR/out" 2>"$DIR/err"
	wait_modem 1 count loc start
	modem set loc_confidence 10
	[ ! -s "$DIR/out" ]
	modem set loc_session_status 0
	reap "$LAST"
	same "$CODE" 0
	same "$(cat "$DIR/out")" 52.5200066
	[ ! -s "$DIR/err" ]	# time to first fix is for terminals
	nothing_left
}

@test "loc position on a terminal: the time to the first fix" {
	command -v script >/dev/null || skip "script is not installed"
	timeout "$PATIENCE" script -qec "'$QMITOOL' loc position -f latitude" /dev/null </dev/null >"$DIR/out"
	holds "$(tr -d '\r' <"$DIR/out")" "loc position: first fix after " 52.5200066
}

@test "loc position: a session that fails says how; none in time is exit 4" {
	modem set loc_session_status 6
	exits 1 loc position
	says "phone-offline"
	modem set loc_session_status 3
	exits 4 loc position
	modem set loc_session_status 1
	modem count reset
	exits 4 loc position -t 0.5
	same "$(modem count loc stop)" 1
	nothing_left
}

@test "loc position: SIGTERM while it waits: the session is stopped, the client id released" {
	modem set loc_session_status 1
	background "$QMITOOL" loc position
	wait_modem 1 count loc start
	kill -TERM "$LAST"
	reap "$LAST"
	same "$CODE" 143
	same "$(modem count loc stop)" 1
	nothing_left
}

@test "loc --session, --interval: as they are given; nonsense is exit 2" {
	exits 0 loc position --session 7 --interval 250 -f latitude
	same "$(modem get loc_session)/$(modem get loc_interval)" 7/250
	exits 2 loc position --session 256
	exits 2 loc position --interval soon
	nothing_left
}

# ---- satellites, NMEA ----

@test "loc satellites: what each has, and nothing that is not valid" {
	exits 0 loc satellites -j
	same "$output" '{"satellites":[{"system":"gps","id":5,"health":"healthy","status":"tracking","navigation_data":"almanac","elevation":45.5,"azimuth":120,"snr":38.25},{"system":"glonass","id":70,"health":"healthy","status":"searching","navigation_data":"ephemeris","elevation":10,"azimuth":300,"snr":20},{"system":"gps","id":31,"health":"unhealthy","status":"searching"}]}'
	exits 0 loc satellites
	holds "$output" glonass 38.25
	exits 0 loc satellites -f 'satellites[0].snr'
	same "$output" 38.25
	exits 0 loc satellites -e
	same "$(eval "$output" && echo "$satellites_n $satellites_1_id")" "3 70"
}

@test "loc satellites: an empty list is waited through" {
	all=$(modem get loc_satellites)
	modem set loc_satellites hex:00
	exits 4 loc satellites -t 0.5
	background "$QMITOOL" loc satellites -f 'satellites[0].id' >"$DIR/out"
	wait_modem 2 count loc start
	modem set loc_satellites "$all"
	reap "$LAST"
	same "$CODE/$(cat "$DIR/out")" 0/5
}

GGA='$GPGGA,120000.0,5231.200396,N,01324.297000,E,1,07,1.0,34.0,M,45.0,M,,*50'

@test "loc nmea: a sentence a line and nothing else; -j and -e as well" {
	in_time 0 loc nmea
	watched GPGGA loc nmea
	same "$output" "$GGA"
	silent
	watched nmea loc nmea -j
	same "$output" "{\"nmea\":\"$GGA\"}"
	watched nmea loc nmea -e
	same "$output" "nmea='$GGA'"
	nothing_left
}

@test "loc nmea: a stream; several sentences in one indication are several lines" {
	background "$QMITOOL" loc nmea >"$DIR/out"
	wait_modem 1 count loc start
	modem set loc_nmea "hex:$(printf '$GPRMC,1*00\r\n$GPVTG,2*00\r\n' | od -An -v -tx1 | tr -d ' \n')"
	wait_until "$PATIENCE" grep -q VTG "$DIR/out"
	same "$(cat "$DIR/out")" "$GGA
\$GPRMC,1*00
\$GPVTG,2*00"
	kill -INT "$LAST" 2>/dev/null
	end "$LAST"
	wait_modem 1 count loc stop
	nothing_left
}

@test "loc nmea: a reader that goes away ends it, and nothing is left" {
	mkfifo "$DIR/pipe"
	background sh -c 'exec "$1" loc nmea -q >"$2"' sh "$QMITOOL" "$DIR/pipe"
	read -r line <"$DIR/pipe"
	same "$line" "$GGA"
	modem set loc_nmea '$GPRMC,1*00'
	reap "$LAST"
	wait_modem 1 count loc stop
	nothing_left
}

# ---- sessions ----

@test "loc start, stop: a session that outlives the command, once" {
	exits 0 loc start
	same "$output" ""
	silent
	holds "$(q proxy status -j)" '"service":"loc"' '"kind":"named"' '"name":"loc"'
	same "$(modem clients loc)" 1
	exits 0 loc start		# the same one again
	same "$(modem clients loc)" 1
	exits 0 loc position -f latitude	# beside it
	same "$(modem clients loc)" 1
	exits 0 loc stop
	same "$(modem count loc stop)" 2
	exits 0 loc stop
	says "no session is running"
	nothing_left
}

@test "loc start: after the modem restarted, a new one" {
	exits 0 loc start
	modem sync
	wait_until "$PATIENCE" none_held
	exits 0 loc start
	same "$(modem clients loc)" 1
	exits 0 loc stop
	nothing_left
}

@test "loc start -n: the client id is told, and stop takes it" {
	exits 0 loc start -n
	says "client id" "--cid"
	cid=$(sed -n 's/.*--cid \([0-9]*\)$/\1/p' <<<"$stderr")
	exits 0 loc stop -n --cid "$cid"
	same "$(modem count loc stop)" 1
	exits 2 loc stop -n
	says --cid
}

@test "loc: beside a data connection of another process, which goes on" {
	modem answer wds 0x20 0 01040004030201
	exits 0 raw call wds start_network --keep-cid -f packet_data_handle
	same "$output" 16909060
	held >"$DIR/before"
	exits 0 loc position -f latitude
	watched GPGGA loc nmea
	exits 0 loc start
	exits 0 loc stop
	held | cmp - "$DIR/before"
	same "$(modem clients wds)" 1
	same "$(modem count wds 0x21)" 0
}

# ---- assistance ----

@test "loc assist: where orbits are to be had, and how long they are good" {
	exits 0 loc assist -j
	same "$output" '{"servers":["http://example.com/x.bin"],"max_file_size":250000,"max_part_size":1024,"valid_from":"2023-09-24T23:58:36.000Z","valid_hours":168}'
	exits 0 loc assist -f 'servers[0]'
	same "$output" http://example.com/x.bin
}

@test "loc assist delete: all, or what is named" {
	exits 0 loc assist delete
	same "$(modem get loc_deleted)" 1
	exits 0 loc assist delete --clock time-est,rtc-time
	same "$(modem get loc_deleted)/$(modem get loc_deleted_clock)" 0/9
	exits 2 loc assist delete --clock nonsense
	modem set loc_status 1
	exits 1 loc assist delete
	says general-failure
}

@test "loc assist inject: in parts; by the older message where the newer is not known" {
	head -c 3000 "$QMITOOL" >"$DIR/orbits"
	exits 0 loc assist inject "$DIR/orbits"
	same "$(modem get loc_injected)/$(modem count loc inject_xtra_data)" 3000/3
	modem answer loc inject_xtra_data 71
	modem set loc_part_max 512
	exits 0 loc assist inject - <"$DIR/orbits"
	same "$(modem get loc_injected)/$(modem count loc inject_predicted_orbits_data)" 3000/6
	nothing_left
}

@test "loc assist inject: what cannot be" {
	exits 3 loc assist inject "$DIR/none"
	says "$DIR/none"
	: >"$DIR/empty"
	exits 2 loc assist inject "$DIR/empty"
	head -c 3000 "$QMITOOL" >"$DIR/orbits"
	modem set loc_file_max 2000
	exits 2 loc assist inject "$DIR/orbits"
	says 3000 2000
	same "$(modem count loc inject_xtra_data)" 0
	modem set loc_file_max 250000
	modem set loc_status 3
	exits 1 loc assist inject "$DIR/orbits"
	says invalid-parameter
}

@test "loc assist time, position" {
	before=$(date +%s)
	exits 0 loc assist time
	[ "$(modem get loc_time)" -ge "${before}000" ]
	[ "$(modem get loc_time)" -le "$(date +%s)999" ]
	exits 0 loc assist position 48.25 -122.5 --uncertainty 1000
	exits 0 loc position -f latitude -f longitude
	same "$output" "48.25
-122.5"
	exits 2 loc assist position 48
	exits 2 loc assist position north 11
}

# ---- monitor ----

@test "loc monitor: a line an event, until a signal" {
	modem set loc_session_status 1
	background "$QMITOOL" loc monitor -j --satellites >"$DIR/out"
	wait_modem 1 count loc start
	modem set loc_session_status 0
	wait_until "$PATIENCE" grep -q '"status":"success"' "$DIR/out"
	grep -q '"event":"position","status":"in-progress"' "$DIR/out"
	grep -q '"event":"satellites","satellites":\[{"system":"gps","id":5,' "$DIR/out"
	modem ind loc 255 0x2b 01040001000000
	wait_until "$PATIENCE" grep -q '{"event":"engine","engine":"on"}' "$DIR/out"
	end "$LAST"
	same "$(modem count loc stop)" 1
	nothing_left
}

@test "loc monitor: without --satellites there are none; the time of -t is its end" {
	in_time 0 loc monitor -j
	watched position loc monitor -j
	holds "$output" '"event":"position"'
	[[ $output != *'"event":"satellites"'* ]]
}

@test "loc monitor: the modem restarts: exit 8 with a word, or on with --reconnect" {
	background "$QMITOOL" loc monitor -j >"$DIR/out" 2>"$DIR/err"
	wait_modem 1 count loc start
	modem sync
	reap "$LAST"
	same "$CODE" 8
	grep -q "restarted" "$DIR/err"
	background "$QMITOOL" loc monitor -j --reconnect >"$DIR/out" 2>"$DIR/err"
	wait_modem 2 count loc start
	modem sync
	wait_modem 3 count loc start
	alive "$LAST"
	end "$LAST"
	nothing_left
}

@test "loc nmea: the modem restarts: exit 8 with a word, or on with --reconnect" {
	background "$QMITOOL" loc nmea >"$DIR/out" 2>"$DIR/err"
	wait_modem 1 count loc start
	modem sync
	reap "$LAST"
	same "$CODE" 8
	grep -q "restarted" "$DIR/err"
	background "$QMITOOL" loc nmea --reconnect >"$DIR/out" 2>"$DIR/err"
	wait_modem 2 count loc start
	modem sync
	wait_modem 3 count loc start
	alive "$LAST"
	end "$LAST"
	nothing_left
}

# ---- servers ----

@test "loc server: shown in every form; what is not set is absent" {
	exits 0 loc server -j
	same "$output" '{"type":"umts-slp"}'
	exits 10 loc server -f url
	modem set loc_server_url supl.example.org:7275
	exits 0 loc server
	same "$output" "type: umts-slp
url:  supl.example.org:7275"
	exits 0 loc server umts-slp -e
	same "$output" "type='umts-slp'
url='supl.example.org:7275'"
	exits 0 loc server -f url
	same "$output" supl.example.org:7275
	nothing_left
}

@test "loc server: set by name or address" {
	exits 0 loc server --url supl.example.org:7275
	silent
	exits 0 loc server --address 192.0.2.1 --port 7276
	same "$(modem get loc_server_ipv4)" hex:010200c06c1c
	exits 0 loc server --address 2001:db8::1 --port 7277
	exits 0 loc server -j
	same "$output" '{"type":"umts-slp","url":"supl.example.org:7275","ipv4":{"address":"192.0.2.1","port":7276},"ipv6":{"address":"2001:db8::1","port":7277}}'
	exits 0 loc server cdma-pde --address 192.0.2.1 --port 1
	same "$(modem get loc_server_type)" 1
}

@test "loc server: mistakes, refusals, silence" {
	exits 2 loc server --address 192.0.2.1
	says "--port"
	exits 2 loc server --address 192.0.2 --port 1
	exits 2 loc server --address 192.0.2.1 --port 65536
	exits 2 loc server suppl
	says "umts-slp"
	modem set loc_status 2
	exits 5 loc server
	says unsupported
	exits 5 loc server --url x:1
	modem answer loc get_server 94
	exits 5 loc server
	says NotSupported
	modem answer loc get_server silent
	exits 4 loc server -t 0.3
}

# ---- the same question put to qmicli ----

@test "loc: qmicli, through our proxy, reads the same" {
	isolated || skip "not in a network namespace of our own"
	command -v qmicli >/dev/null || skip "qmicli is not installed"
	export QMITOOL_SOCKET=@qmi-proxy
	proxy_start
	cli() { timeout "$PATIENCE" qmicli -p --device-open-qmi -d "$DEV" "$@"; }
	exits 0 loc mode standalone
	holds "$(cli --loc-get-operation-mode)" "standalone"
	cli --loc-set-engine-lock=mt
	exits 0 loc lock -f lock
	same "$output" mt
	cli '--loc-set-nmea-types=gga|gsv'
	exits 0 loc nmea-types -f nmea_types
	same "$output" "gga gsv"
	cli --loc-delete-assistance-data
	same "$(modem get loc_deleted)" 1
	cli --loc-start --client-no-release-cid >"$DIR/out"
	cid=$(sed -n "s/.*CID: '\([0-9]*\)'.*/\1/p" "$DIR/out")
	# Its reports come when something changes: until it has seen one.
	background timeout "$PATIENCE" qmicli -p --device-open-qmi -d "$DEV" --client-cid="$cid" \
		--client-no-release-cid --loc-get-position-report >"$DIR/theirs"
	asks=$LAST
	seen() {
		ended "$asks" || { modem set loc_confidence $((RANDOM % 100)) && false; }
	}
	wait_until "$PATIENCE" seen
	holds "$(cat "$DIR/theirs")" "52.520007" "13.404950"
	cli --client-cid="$cid" --loc-stop
}
