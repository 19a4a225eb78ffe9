# libqmi's own programs on the other side: qmicli through our proxy, our applets through
# libqmi's qmi-proxy, both at once on one port.
load ../lib.bash
load qmicli.bash

setup() {
	setup_interop
}

teardown() {
	teardown_interop
}

# cli_says PART... -- ARG...
cli_says() {
	local parts=()

	while [ "$1" != -- ]; do
		parts+=("$1")
		shift
	done
	shift
	theirs "$@"
	holds "$output" "${parts[@]}"
}

# Ours started by itself, by a command of ours.
auto_start() {
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	proxy_runs
}

# What both sides read must be the same.
compare() {
	cli_says "RSSI: '-65 dBm'" "RSRQ: '-11 dB'" "RSRP: '-97 dBm'" "SNR: '12.0 dB'" -- \
		--nas-get-signal-info
	exits 0 nas signal -f lte.rssi -f lte.rsrq -f lte.rsrp -f lte.snr
	same "$output" "-65
-11
-97
12.0"
	exits 0 dms info -f imei -f meid -f model
	local ours=$output
	run --separate-stderr cli --dms-get-ids
	local theirs
	theirs=$(sed -n "s/.*IMEI: '\(.*\)'.*/\1/p" <<<"$output")$'\n'
	theirs+=$(sed -n "s/.*MEID: '\(.*\)'.*/\1/p" <<<"$output")$'\n'
	run --separate-stderr cli --dms-get-model
	theirs+=$(sed -n "s/.*Model: '\(.*\)'.*/\1/p" <<<"$output")
	same "$ours" "$theirs"
	exits 0 nas status -f registration -f plmn.mcc -f plmn.mnc -f plmn.name -f tac -f cell_id
	ours=$output
	cli_says "Registration state: 'registered'" "MCC: '1'" "MNC: '1'" \
		"Description: 'Test Network'" "LTE tracking area code: '264'" \
		"3GPP cell ID: '27447297'" -- --nas-get-serving-system
	same "$ours" "registered
001
01
Test Network
264
27447297"
}

@test "qmicli -p through our proxy that started by itself: the values are the same" {
	modem_start_pty
	auto_start
	compare
	nothing_left
}

@test "qmicli -p through 'qmitool proxy' in the foreground: the values are the same" {
	modem_start_pty
	proxy_start
	cli_says "RSRP: '-97 dBm'" -- --nas-get-signal-info
	compare
	same "$(proxy_pid)" "$PROXY"
	nothing_left
}

@test "qmicli -p through ours, on a socket as the device" {
	modem_start
	auto_start
	compare
	nothing_left
}

@test "our applets through libqmi's qmi-proxy: the values are the same, nothing is left" {
	modem_start_pty
	libqmi_proxy_start
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	compare
	exits 0 dms mode low-power
	cli_says "Mode: 'low-power'" -- --dms-get-operating-mode
	wait_modem 0 clients all
	exits 5 proxy status -t 5
	says "not qmitool's"
}

@test "through libqmi's qmi-proxy: errors and silence have the same exit codes" {
	modem_start_pty
	libqmi_proxy_start
	modem answer nas get_signal_info 74
	exits 1 nas signal
	says InformationUnavailable
	modem answer nas get_signal_info silent
	exits 4 nas signal -t 1
	modem answer nas get_signal_info default
	exits 3 nas signal -d "$DIR/none" || exits 1 nas signal -d "$DIR/none"
	wait_modem 0 clients all
}

@test "through libqmi's qmi-proxy, killed in the middle: exit 8" {
	modem_start_pty
	libqmi_proxy_start
	modem answer nas get_signal_info silent
	modem count reset
	background "$QMITOOL" nas signal -t 60
	job=$LAST
	wait_modem 1+ count nas get_signal_info
	kill -KILL "$LIBQMI_PID"
	reap "$job"
	same "$CODE" 8
}

@test "round trips of a warm nas signal: 3 with libqmi's proxy" {
	modem_start_pty
	libqmi_proxy_start
	exits 0 nas signal
	modem count reset
	exits 0 nas signal
	same "$(modem count all)" 3
	modem count reset
	cli_says "RSRP" -- --nas-get-signal-info
	[ "$(modem count all)" -ge 3 ]
}

@test "round trips of a warm nas signal: no more with ours" {
	modem_start_pty
	auto_start
	modem count reset
	exits 0 nas signal
	[ "$(modem count all)" -le 3 ]
}

# each_at_once COUNT: so many of ours and of qmicli together; every answer is the right one.
each_at_once() {
	local i pids=

	for i in $(seq "$1"); do
		timeout 60 "$QMITOOL" nas signal -f lte.rsrp >"$DIR/ours.$i" 2>&1 3>&- &
		pids="$pids $!"
		timeout 60 qmicli -p --device-open-qmi -d "$DEV" --dms-get-model >"$DIR/theirs.$i" 2>&1 3>&- &
		pids="$pids $!"
		timeout 60 "$QMITOOL" dms info -f model >"$DIR/model.$i" 2>&1 3>&- &
		pids="$pids $!"
	done
	for i in $pids; do
		wait "$i" || return 1
	done
	for i in $(seq "$1"); do
		same "$(cat "$DIR/ours.$i")" "-97" || return 1
		same "$(cat "$DIR/model.$i")" FM-1000 || return 1
		holds "$(cat "$DIR/theirs.$i")" "Model: 'FM-1000'" || return 1
	done
}

@test "both at once on one port, many in parallel, through our proxy" {
	modem_start_pty
	modem set max_clients 60
	auto_start
	each_at_once 10
	nothing_left
}

@test "both at once on one port, many in parallel, through libqmi's" {
	modem_start_pty
	modem set max_clients 60
	libqmi_proxy_start
	# libqmi's proxy loses an answer now and then where many ask at once (make bench-proxy
	# counts them): whoever waits for it is not to blame.
	for try in 1 2 3; do
		each_at_once 8 && wait_modem 0 clients all && return
		echo "try $try: an answer did not come"
		modem reset
		modem set max_clients 60
	done
	return 1
}

@test "qmicli --client-no-release-cid, then --client-cid from another process, through ours" {
	modem_start_pty
	auto_start
	run --separate-stderr cli --nas-noop --client-no-release-cid
	same "$status" 0
	cid=$(sed -n "s/.*CID: '\([0-9]*\)'.*/\1/p" <<<"$output")
	[ -n "$cid" ]
	wait_until "$PATIENCE" orphaned
	cli_says "RSRP: '-97 dBm'" -- --nas-get-signal-info "--client-cid=$cid" \
		--client-no-release-cid
	modem count reset
	exits 0 nas signal --cid "$cid" -f lte.rsrp
	same "$output" "-97"
	same "$(modem count ctl 0x0022)" 0
	cli_says "RSRP: '-97 dBm'" -- --nas-get-signal-info "--client-cid=$cid"	# released now
	nothing_left
}

orphaned() {
	q proxy status -e | grep -q "_kind='orphan'"
}

@test "qmicli's error for a device that is not there comes at once, through ours" {
	modem_start_pty
	auto_start
	before=$SECONDS
	run --separate-stderr timeout "$PATIENCE" qmicli -p --device-open-qmi -d "$DIR/none" --dms-get-model
	[ "$status" -ne 0 ]
	[ "$status" -ne 124 ]
	[ $((SECONDS - before)) -lt 20 ]
}

@test "our binary as qmi-proxy with libqmi's options: qmicli works with it" {
	modem_start_pty
	ln -s "$QMITOOL" "$DIR/qmi-proxy"
	for options in "--no-exit" "--empty-timeout=20" "--no-exit --verbose" "-v --no-exit" \
		"--verbose-full --no-exit"; do
		# shellcheck disable=SC2086
		"$DIR/qmi-proxy" $options >"$DIR/log" 2>&1 3>&- &
		job=$!
		PIDS="$PIDS $job"
		wait_until "$PATIENCE" proxy_runs
		cli_says "RSRP: '-97 dBm'" -- --nas-get-signal-info
		cli_says "IMEI: '490154203237518'" -- --dms-get-ids
		same "$(proxy_pid)" "$job"
		nothing_left
		end "$job"
	done
}

@test "in libqmi's place: qmicli itself starts ours where none runs" {
	unshare -m true 2>/dev/null || skip "no mount namespaces here"
	[ -x $LIBQMI_PROXY ] || skip "$LIBQMI_PROXY is not installed"
	modem_start_pty
	ln -s "$QMITOOL" "$DIR/qmi-proxy"
	# Only this test's own mount namespace sees our binary at libqmi's path.
	run --separate-stderr timeout 60 unshare -m sh -c 'mount --bind "$1" "$2" &&
		exec timeout 30 qmicli -p --device-open-qmi -d "$3" --nas-get-signal-info' sh \
		"$QMITOOL" $LIBQMI_PROXY "$DEV"
	same "$status" 0
	holds "$output" "RSRP: '-97 dBm'"
	proxy_runs
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
}

@test "the proxy ends while qmicli and ours wait: both end, with an error" {
	modem_start_pty
	auto_start
	modem answer nas get_signal_info silent
	modem count reset
	background timeout "$PATIENCE" qmicli -p --device-open-qmi -d "$DEV" --nas-get-signal-info
	theirs=$LAST
	background "$QMITOOL" nas signal -t 60
	ours=$LAST
	wait_modem 2+ count nas get_signal_info
	kill -TERM "$(proxy_pid)"
	reap "$ours"
	same "$CODE" 8
	reap "$theirs"
	[ "$CODE" -ne 0 ] && [ "$CODE" -ne 124 ]
}
