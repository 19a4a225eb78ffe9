# Beginning and end: sockets that a service manager passes, TERM and INT in order.
load ../lib.bash
load peer.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

# activated ADDRESS...: the proxy with these listening sockets passed, as systemd does it.
activated() {
	background python3 -c '
import os, socket, sys
keep = []
for address in sys.argv[2:]:
    s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    s.bind("\0" + address[1:] if address[0] == "@" else address)
    s.listen(8)
    keep.append(s)
for i, s in enumerate(keep):
    keep[i] = os.dup(s.fileno())
    while keep[i] < 10:
        keep[i] = os.dup(keep[i])
for i, fd in enumerate(keep):
    os.dup2(fd, 3 + i)
    os.set_inheritable(3 + i, True)
os.environ.update(LISTEN_FDS=str(len(keep)), LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[1], [sys.argv[1], "proxy"])' "$QMITOOL" "$@"
	PROXY=$LAST
}

needs_python() {
	command -v python3 >/dev/null || skip "python3 is not installed"
}

@test "LISTEN_FDS: an abstract socket and a path; the path is the service manager's, and stays" {
	needs_python
	modem_start
	activated "$QMITOOL_SOCKET" "$DIR/s"
	wait_until "$PATIENCE" proxy_runs
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	same "$(proxy_pid)" "$PROXY"
	same "$(QMITOOL_SOCKET=$DIR/s known proxy.pid)" "$PROXY"
	end "$PROXY"
	[ -S "$DIR/s" ]
}

@test "LISTEN_FDS: a path alone, as QMITOOL_SOCKET: served, and not removed" {
	needs_python
	export QMITOOL_SOCKET=$DIR/s
	modem_start
	activated "$DIR/s"
	wait_until "$PATIENCE" proxy_runs
	exits 0 nas signal -f lte.rsrp
	end "$PROXY"
	[ -S "$DIR/s" ]
}

# A third socket that nobody serves would let processes wait for ever.
@test "LISTEN_FDS: what cannot be served is an error" {
	needs_python
	activated "$DIR/a" "$DIR/b" "$DIR/c"
	reap "$PROXY"
	same "$CODE" 3
	LISTEN_FDS=1 run --separate-stderr bash -c 'exec 3</dev/null
		LISTEN_PID=$$ exec "$@"' sh "$QMITOOL" proxy --empty-timeout 1
	same "$status" 3
	says LISTEN_FDS
}

@test "TERM: what waits is answered, ids of our applets go back, others stay for their owners" {
	modem_start
	proxy_start
	peer_start
	users a
	p a alloc $NAS c
	p b connect
	p b join "$DEV"
	p b alloc $DMS d
	modem answer nas $SERVING silent
	p a ask $NAS c 1 $SERVING
	wait_modem 1 count nas $SERVING
	kill -TERM "$PROXY"
	p a answer $NAS c 1 $SERVING $E_ABORTED
	p a closed
	p b closed
	reap "$PROXY"
	same "$CODE" 0
	same "$(modem clients nas)" 1
	same "$(modem clients dms)" 0
	# Its owner goes on through the next proxy.
	proxy_start
	p a close
	users a
	p a ask $NAS c 2 $SIGNAL
	p a answer $NAS c 2 $SIGNAL
}

@test "proxy stop: the same" {
	modem_start
	proxy_start
	peer_start
	users a
	p a alloc $NAS c
	modem answer nas $SERVING silent
	p a ask $NAS c 1 $SERVING
	wait_modem 1 count nas $SERVING
	exits 0 proxy stop
	p a answer $NAS c 1 $SERVING $E_ABORTED
	p a closed
	reap "$PROXY"
	same "$CODE" 0
	exits 3 proxy stop
	says "no proxy runs"
}

@test "TERM while a modem takes no bytes, is mute, or is unplugged: it ends all the same" {
	for how in "stall on" "mute on" unplug; do
		modem_start
		proxy_start
		exits 0 nas signal
		# shellcheck disable=SC2086
		modem $how
		kill -TERM "$PROXY"
		reap "$PROXY"
		same "$CODE" 0
		kill -KILL "$MODEM"
		wait_until "$PATIENCE" ended "$MODEM"
		rm -f "$DEV" "$CTL"
	done
}

@test "TERM while a process does not read: it ends all the same" {
	modem_start
	proxy_start
	peer_start
	users slow
	p slow alloc $NAS c
	p slow flood 20000 $NAS c $SIGNAL
	kill -TERM "$PROXY"
	reap "$PROXY"
	same "$CODE" 0
}

@test "a proxy that is killed: what is left in the modem is used and reaped through the next" {
	modem_start -e 'set max_clients 3'
	proxy_start
	peer_start
	users a
	p a alloc $NAS c
	kill -KILL "$PROXY"
	wait_until "$PATIENCE" ended "$PROXY"
	p a close
	proxy_start
	users a
	p a ask $NAS c 1 $SIGNAL
	p a answer $NAS c 1 $SIGNAL
	p a release $NAS c
	wait_modem 0 clients all
}
