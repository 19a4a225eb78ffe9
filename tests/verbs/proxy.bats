# proxy: in the foreground, its options, and what its status shows.
load ../lib.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

# A process that holds a client id for as long as the test wants: a call that is not answered.
hold() {
	modem answer nas get_signal_info silent
	modem count reset
	background "$QMITOOL" nas signal -t 60
	HOLDER=$LAST
	wait_modem 1+ count nas get_signal_info
}

@test "proxy status: none runs: exit 3, one line, and none is started" {
	exits 3 proxy status
	same "$output" ""
	says "no proxy"
	exits 3 proxy status -j
	says '{"error":{"exit":3,'
	exits 3 proxy status -q
	silent
	proxy_gone
}

@test "proxy status: ports, processes and client ids, in all forms" {
	modem_start
	hold
	exits 0 proxy status -j
	holds "$output" '"ports":[{' "\"path\":\"$DEV\"" '"state":"ready"' '"in_flight":1' \
		"\"pid\":$HOLDER," '"service":"nas"' '"kind":"leased"'
	silent
	exits 0 proxy status
	holds "$output" "$DEV" ready
	exits 0 proxy status -f 'ports[0].state' -f 'ports[0].in_flight' -f 'clients[0].service'
	same "$output" "ready
1
nas"
	exits 0 proxy status -f proxy.uid
	same "$output" "$(id -u)"
	exits 0 proxy status -e
	same "$(eval "$output" && echo "$ports_n $ports_0_state $clients_n")" "1 ready 1"
	exits 10 proxy status -f ports[1].state
	same "$output" ""
	pid=$(proxy_pid)
	[ "$pid" != "$HOLDER" ] && alive "$pid"
}

@test "proxy in the foreground: serves, counts, ends by TERM with exit 0" {
	modem_start
	proxy_start
	same "$(proxy_pid)" "$PROXY"
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	same "$(proxy_pid)" "$PROXY"
	kill -TERM "$PROXY"
	reap "$PROXY"
	same "$CODE" 0
	proxy_gone
}

@test "proxy: INT ends it in order, too" {
	# A background job of a shell without job control ignores INT: hence another's fork.
	background timeout -s INT -k 20 20 "$QMITOOL" proxy
	job=$LAST
	wait_until "$PATIENCE" proxy_runs
	kill -INT "$(proxy_pid)"
	wait_until "$PATIENCE" proxy_gone
	reap "$job"
}

@test "proxy: a second one on the same socket: exit 3 and the reason" {
	proxy_start
	exits 3 proxy
	says "runs already"
	same "$(proxy_pid)" "$PROXY"
}

@test "proxy --empty-timeout: it leaves by itself once the last process is gone" {
	modem_start
	proxy_start --empty-timeout=1
	exits 0 nas signal -f lte.rsrp
	reap "$PROXY"
	same "$CODE" 0
	proxy_gone
	nothing_left
}

@test "proxy --empty-timeout: not while a process is there" {
	modem_start
	proxy_start --empty-timeout 1
	hold
	sleep 2		# two of its timeouts; whatever the machine does, it must still be there
	same "$(proxy_pid)" "$PROXY"
	kill "$HOLDER"
	reap "$PROXY"
	same "$CODE" 0
}

@test "proxy --no-exit: stays" {
	proxy_start --no-exit --empty-timeout=1
	sleep 2
	alive "$PROXY"
}

@test "proxy: wrong options: exit 2 and one line" {
	exits 2 proxy --empty-timeout=soon
	says empty-timeout soon
	exits 2 proxy --empty-timeout=-5
	says empty-timeout
	exits 2 proxy --empty-timeot=5
	says "empty-timeout"
	exits 2 proxy --no-exit=1
	says no-exit
	exits 2 proxy statsu
	says "status"
}

@test "proxy --socket: a path; a stale one is taken over" {
	modem_start
	export QMITOOL_SOCKET=$DIR/proxy.sock
	background "$QMITOOL" proxy --socket "$DIR/proxy.sock"
	first=$LAST
	wait_until "$PATIENCE" proxy_runs
	[ -S "$DIR/proxy.sock" ]
	exits 0 nas signal -f lte.rsrp
	kill -KILL "$first"
	wait_until "$PATIENCE" ended "$first"
	proxy_gone
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	proxy_runs
}

@test "proxy -v: each frame on stderr, with its process; subscriber data masked" {
	modem_start
	"$QMITOOL" proxy -v 2>"$DIR/log" 3>&- &
	PIDS="$PIDS $!"
	wait_until "$PATIENCE" proxy_runs
	exits 0 dms info -f imei
	wait_until "$PATIENCE" grep -q get_capabilities "$DIR/log"
	grep -q get_ids "$DIR/log"
	! grep -q 490154203237518 "$DIR/log"
}

@test "proxy --verbose-full: subscriber data shown" {
	modem_start
	"$QMITOOL" proxy --verbose-full 2>"$DIR/log" 3>&- &
	PIDS="$PIDS $!"
	wait_until "$PATIENCE" proxy_runs
	exits 0 dms info -f imei
	wait_until "$PATIENCE" grep -q 490154203237518 "$DIR/log"
}

@test "as qmi-proxy: libqmi's options" {
	ln -s "$QMITOOL" "$DIR/qmi-proxy"
	run --separate-stderr timeout "$PATIENCE" "$DIR/qmi-proxy" -V
	same "$status" 0
	holds "$output" qmitool
	run --separate-stderr timeout "$PATIENCE" "$DIR/qmi-proxy" --version
	same "$status" 0
	run --separate-stderr timeout "$PATIENCE" "$DIR/qmi-proxy" --help
	same "$status" 0
	holds "$output" --no-exit --empty-timeout --verbose-full
	modem_start
	background "$DIR/qmi-proxy" --no-exit --verbose --empty-timeout=1
	job=$LAST
	wait_until "$PATIENCE" proxy_runs
	exits 0 nas signal -f lte.rsrp
	same "$(proxy_pid)" "$job"
}

@test "proxy: a socket that a service manager passes (LISTEN_FDS) is used" {
	command -v python3 >/dev/null || skip "python3 is not installed"
	modem_start
	background python3 -c '
import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.bind("\0" + os.environ["QMITOOL_SOCKET"][1:])
s.listen(8)
os.dup2(s.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[1], [sys.argv[1], "proxy"])' "$QMITOOL"
	job=$LAST
	wait_until "$PATIENCE" proxy_runs
	exits 0 nas signal -f lte.rsrp
	same "$(proxy_pid)" "$job"
}

@test "proxy stop: ends it; what it held is given back; exit 3 where none runs" {
	modem_start
	exits 0 nas signal
	exits 0 proxy stop
	wait_until "$PATIENCE" proxy_gone
	wait_modem 0 clients all
	exits 3 proxy stop
	says "no proxy"
}

@test "proxy reap: orphans go back to the modem" {
	modem_start
	exits 0 nas signal --keep-cid
	exits 0 dms mode --keep-cid
	wait_modem 2 clients all
	exits 0 proxy reap -j
	holds "$output" '"released":2'
	wait_modem 0 clients all
	exits 0 proxy reap -j
	holds "$output" '"released":0'
}

@test "proxy trace: everybody's traffic, decoded, subscriber data masked" {
	modem_start
	proxy_start
	"$QMITOOL" proxy trace -j >"$DIR/trace" 3>&- &
	PIDS="$PIDS $!"
	wait_until "$PATIENCE" [ "$(q proxy status -f 'processes[0].pid')" != "" ]
	# It may not have registered yet: ask until it sees us.
	for i in $(seq 100); do
		exits 0 dms info -f imei
		! grep -q '"message":"get_ids"' "$DIR/trace" || break
	done
	holds "$(cat "$DIR/trace")" '"message":"get_ids"' '"kind":"response"'
	! grep -q 490154203237518 "$DIR/trace"
}
