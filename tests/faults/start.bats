# The proxy that starts by itself: one for all, a clean daemon, gone when nobody needs it.
load ../lib.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

@test "fifty commands at once and no proxy: one proxy comes of it, all answers right, nothing left" {
	modem_start
	modem set max_clients 60
	pids=
	for i in $(seq 50); do
		if [ $((i % 2)) = 0 ]; then
			timeout 60 "$QMITOOL" nas signal -f lte.rsrp >"$DIR/out.$i" 2>&1 3>&- &
		else
			timeout 60 "$QMITOOL" dms info -f model >"$DIR/out.$i" 2>&1 3>&- &
		fi
		pids="$pids $!"
	done
	for pid in $pids; do
		wait "$pid"
	done
	for i in $(seq 50); do
		want=FM-1000
		[ $((i % 2)) = 1 ] || want=-97
		same "$(cat "$DIR/out.$i")" "$want"
	done
	nothing_left
	# How many listen on the name?  And how often was the port opened?
	same "$(grep -c " 00010000 .* $QMITOOL_SOCKET\$" /proc/net/unix)" 1
	same "$(q proxy status -f 'ports[0].opens')" 1
	same "$(daemons)" 1
}

# Processes that are daemons of this test's: named qmi-proxy, with our socket in their environment.
daemons() {
	local p n=0

	for p in /proc/[0-9]*; do
		[ "$(cat "$p/comm" 2>/dev/null)" = qmi-proxy ] || continue
		tr '\0' '\n' 2>/dev/null <"$p/environ" | grep -qxF "QMITOOL_SOCKET=$QMITOOL_SOCKET" &&
			n=$((n + 1))
	done
	echo $n
}

@test "ten commands at once on a proxy that was just killed: all start over, all answers right" {
	modem_start
	modem set max_clients 60	# what a killed proxy held stays in the modem
	for round in 1 2 3; do
		exits 0 nas signal
		kill -KILL "$(proxy_pid)"
		pids=
		for i in $(seq 10); do
			timeout 60 "$QMITOOL" nas signal -f lte.rsrp >"$DIR/out.$i" 2>&1 3>&- &
			pids="$pids $!"
		done
		for pid in $pids; do
			wait "$pid"
		done
		for i in $(seq 10); do
			same "$(cat "$DIR/out.$i")" -97
		done
	done
}

@test "one command after the other, the proxy stopped after each: always an answer" {
	modem_start
	for i in 1 2 3 4 5 6 7 8; do
		exits 0 nas signal -f lte.rsrp
		same "$output" "-97"
		exits 0 proxy stop
	done
	wait_until "$PATIENCE" proxy_gone
	nothing_left
}

@test "the daemon: own session, cwd /, stdio on /dev/null, no descriptor too many, its name" {
	modem_start
	cd "$DIR"
	exec 7<"$DIR" 8>"$DIR/inherited"
	timeout 30 "$QMITOOL" nas signal -f lte.rsrp
	exec 7<&- 8>&-
	pid=$(proxy_pid)
	same "$(cat "/proc/$pid/comm")" qmi-proxy
	same "$(readlink "/proc/$pid/cwd")" /
	for fd in 0 1 2; do
		same "$(readlink "/proc/$pid/fd/$fd")" /dev/null
	done
	# Beside them: the listening socket, the port, and nobody's connection.
	wait_until "$PATIENCE" few_descriptors "$pid"
	read -r _ _ _ ppid _ session tty _ <"/proc/$pid/stat"
	read -r _ _ _ _ _ ours _ </proc/$$/stat
	[ "$session" != "$ours" ]
	same "$tty" 0
	[ "$ppid" != "$$" ]
	# HUP, INT and QUIT are as they were given to it, not as its starter had them.
	ignored=$((0x$(sed -n 's/^SigIgn:\t//p' "/proc/$pid/status")))
	same "$((ignored & 1 << (17 - 1)))" 0	# SIGCHLD
}

few_descriptors() {
	[ "$(find "/proc/$1/fd" -mindepth 1 | wc -l)" -le 6 ]
}

@test "the daemon does not hold the caller's pipe: a pipeline ends with the command" {
	modem_start
	# It would hang for the daemon's 30 seconds and more.
	out=$(timeout 20 sh -c '"$1" nas signal -f lte.rsrp 2>&1 | cat' sh "$QMITOOL")
	same "$out" "-97"
	proxy_runs
}

@test "the daemon starts where stdio is closed, and where SIGCHLD is ignored" {
	modem_start
	"$QMITOOL" -q nas signal <&- >&- 2>&- 3>&- || true
	wait_until "$PATIENCE" proxy_runs
	exits 0 nas signal -f lte.rsrp
	end "$(proxy_pid)"
	env --ignore-signal=CHLD "$QMITOOL" nas signal -f lte.rsrp 3>&- >"$DIR/out"
	same "$(cat "$DIR/out")" "-97"
}

@test "the daemon starts without /proc, /sys and /dev/null" {
	[ "$(id -u)" = 0 ] || skip "needs root"
	unshare -m true 2>/dev/null || skip "no mount namespaces here"
	! grep -q __asan_init "$QMITOOL" || skip "AddressSanitizer itself needs /proc"
	modem_start
	run --separate-stderr timeout 30 unshare -m sh -c 'mount -t tmpfs none /proc &&
		mount -t tmpfs none /sys && mount -t tmpfs none /dev && exec "$1" nas signal -f lte.rsrp' \
		sh "$QMITOOL"
	same "$status" 0
	same "$output" "-97"
}

@test "one proxy serves two modems at once" {
	modem_start
	second=$DIR/second
	MODEMS="$MODEMS $("$FAKEMODEM" -s "$second" -c "$DIR/ctl2" -b -e 'set model FM-2000' 3>&-)"
	for i in 1 2 3; do
		exits 0 dms info -d "$DEV" -f model
		same "$output" FM-1000
		exits 0 dms info -d "$second" -f model
		same "$output" FM-2000
	done
	same "$(daemons)" 1
	exits 0 proxy status -f 'ports[1].state'
}

@test "a socket in the file system that may not be made: exit 3 or 9 and a word, no hang" {
	modem_start
	export QMITOOL_SOCKET=$DIR/no/such/dir/proxy
	run --separate-stderr q nas signal -t 5
	[ "$status" = 3 ] || [ "$status" = 9 ]
	says qmitool
}
