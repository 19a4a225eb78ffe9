# Devices that are not there, not ours, not a modem; and a port without the proxy.
load ../lib.bash

setup() {
	setup_common
	unset QMI_DEVICE
}

teardown() {
	teardown_common
}

# Each thing is wrong in the same way with the proxy and without.
both() {
	exits "$@"
	exits "$@" -n
}

@test "a device that is not there: exit 3, and its name" {
	both 3 nas signal -d "$DIR/none"
	says "$DIR/none" "no device"
	QMI_DEVICE=$DIR/none both 3 dms info
	says "$DIR/none"
	both 3 nas signal -d wwan77
	says wwan77
	exits 3 nas signal -d wwan77 -j
	says '{"error":{"exit":3,'
}

@test "-d counts more than QMI_DEVICE" {
	modem_start
	QMI_DEVICE=$DIR/none exits 0 nas signal -d "$DEV" -f lte.rsrp
	same "$output" "-97"
	QMI_DEVICE=$DEV exits 3 nas signal -d "$DIR/none"
}

@test "a symlink to the device is the device; two names are one port" {
	modem_start
	ln -s "$DEV" "$DIR/link"
	exits 0 nas signal -d "$DIR/link" -f lte.rsrp
	same "$output" "-97"
	exits 0 nas signal -d "$DEV" -f lte.rsrp
	same "$output" "-97"
	exits 10 proxy status -f 'ports[1].path'
}

@test "a directory, a regular file, a fifo: exit 3 and what they are not" {
	touch "$DIR/file"
	mkfifo "$DIR/fifo"
	for thing in "$DIR" "$DIR/file" "$DIR/fifo"; do
		both 3 nas signal -d "$thing"
		says "$thing" "not a modem"
	done
}

@test "a character device that is no modem: exit 3 or 4 in time, never an answer" {
	for thing in /dev/null /dev/zero /dev/full; do
		run --separate-stderr q nas signal -d $thing -t 1
		[ "$status" = 3 ] || [ "$status" = 4 ] || [ "$status" = 8 ]
		same "$output" ""
		says $thing
	done
}

@test "a socket that nobody listens on: exit 3" {
	modem_start
	kill -KILL "$MODEM"
	wait_until "$PATIENCE" ended "$MODEM"
	[ -S "$DEV" ]
	both 3 nas signal -d "$DEV"
	says "$DEV"
}

@test "names that are no names: empty, too long, qrtr" {
	exits 3 nas signal -d "$(printf '%0300d' 0)"
	says "too long"
	exits 3 nas signal -d qrtr://3
	says "QRTR"
}

@test "no permission: exit 9, with the proxy and without" {
	[ "$(id -u)" = 0 ] || skip "needs root"
	modem_start
	chmod 600 "$DEV"
	chmod 711 "$DIR"
	chmod 755 "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR" 2>/dev/null || true
	cp "$QMITOOL" "$DIR/qmitool"
	chmod 755 "$DIR/qmitool"
	for how in "" -n; do
		run --separate-stderr as_nobody "$DIR/qmitool" nas signal -d "$DEV" $how
		same "$status" 9
		says "permission"
	done
	stop_nobodys
}

as_nobody() {
	timeout "$PATIENCE" setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
}

# The proxy that nobody's command started, whoever asks.
stop_nobodys() {
	local pid

	pid=$(as_nobody "$DIR/qmitool" -q proxy status -f proxy.pid) || return 0
	end "$pid"
}

@test "a proxy that somebody else runs is not trusted: exit 9, and not a byte goes through it" {
	[ "$(id -u)" = 0 ] || skip "needs root"
	modem_start
	chmod 755 "$DIR" "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR" 2>/dev/null || true
	cp "$QMITOOL" "$DIR/qmitool"
	background setpriv --reuid 65534 --regid 65534 --clear-groups "$DIR/qmitool" proxy
	job=$LAST
	wait_until "$PATIENCE" listening "$QMITOOL_SOCKET"
	exits 9 nas signal -d "$DEV"
	says "not trusted"
	exits 9 dms info -d "$DEV" -j
	says '{"error":{"exit":9,'
	exits 9 proxy status
	same "$(modem count all)" 0
	end "$job"
}

@test "nobody's command does not get through root's proxy" {
	[ "$(id -u)" = 0 ] || skip "needs root"
	modem_start
	chmod 755 "$DIR" "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR" 2>/dev/null || true
	cp "$QMITOOL" "$DIR/qmitool"
	exits 0 nas signal -d "$DEV"
	modem count reset
	run --separate-stderr as_nobody "$DIR/qmitool" nas signal -d "$DEV" -t 5
	[ "$status" -ne 0 ]
	same "$output" ""
	same "$(modem count all)" 0
}

# ---- things that talk, but not QMI ----

talker() {
	command -v python3 >/dev/null || skip "python3 is not installed"
	python3 -c '
import os, socket, sys, threading
path, what = sys.argv[1], bytes.fromhex(sys.stdin.read())
s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.bind(path)
s.listen(8)
def serve(c):
    try:
        while c.recv(4096):
            c.sendall(what)
    except OSError:
        pass
while True:
    threading.Thread(target=serve, args=(s.accept()[0],), daemon=True).start()
' "$DEV" <<<"$1" 3>&- &
	PIDS="$PIDS $!"
	wait_until "$PATIENCE" [ -S "$DEV" ]
}

# no_answer ARG...: it ends in time, with 4 (or 8: it hung up), and nothing on stdout.
no_answer() {
	run --separate-stderr q "$@" -d "$DEV"
	printf '%s: %s\n' "$*" "$status" >&2
	[ "$status" = 4 ] || [ "$status" = 8 ] || [ "$status" = 3 ]
	same "$output" ""
	says qmitool
}

@test "a device that speaks AT: exit 4 in time" {
	talker "$(printf '\r\nERROR\r\n' | od -An -v -tx1 | tr -d ' \n')"
	no_answer nas signal -t 1
	no_answer nas signal -t 1 -n
}

@test "a device that echoes heads, floods zeros, or says half a frame and no more" {
	talker 01ffff800000
	no_answer nas signal -t 1
	no_answer nas signal -t 1 -n
}

@test "a device that answers with frames of its own making, of 64 KB" {
	talker "$(printf '01ffff80030302070004f0f3ff'; head -c 65523 /dev/zero | od -An -v -tx1 | tr -d ' \n')"
	no_answer nas signal -t 1
	no_answer nas signal -t 1 -n
}

@test "a pty with nobody behind it that answers" {
	command -v python3 >/dev/null || skip "python3 is not installed"
	python3 -c '
import os, pty, sys
m, s = pty.openpty()
os.symlink(os.ttyname(s), sys.argv[1])
os.close(s)
while True:
    try:
        os.read(m, 4096)
    except OSError:
        import time
        time.sleep(0.05)
' "$DEV" 3>&- &
	PIDS="$PIDS $!"
	wait_until "$PATIENCE" [ -e "$DEV" ]
	no_answer nas signal -t 1
	no_answer nas signal -t 1 -n
}

# ---- without the proxy ----

@test "-n: on a socket and on a pty; its own client id, and nothing left" {
	modem_start
	exits 0 nas signal -n -f lte.rsrp -d "$DEV"
	same "$output" "-97"
	same "$(modem count ctl 0x0022)/$(modem count ctl 0x0023)" 1/1
	nothing_left
	modem quit
	wait_until "$PATIENCE" ended "$MODEM"
	modem_start_pty
	for i in 1 2 3; do
		exits 0 dms info -n -f model -d "$DEV"
		same "$output" "FM-1000"
	done
	nothing_left
	proxy_gone
}

@test "-n: what the last one left in the port is not taken for an answer" {
	modem_start_pty
	modem answer nas get_signal_info silent
	exits 4 nas signal -n -t 0.5 -d "$DEV"
	modem answer nas get_signal_info default
	modem inject 011c008003010201004f00100002040000000000140600010203040506
	modem signal lte -1 -2 -3 -4
	exits 0 nas signal -n -f lte.rsrp -d "$DEV"
	same "$output" "-3"
}

@test "-n while the proxy has the port: exit 3 and what to do, not a stolen answer" {
	modem_start_pty
	exits 0 nas signal -d "$DEV"
	exits 3 nas signal -n -d "$DEV"
	says "holds it" "proxy"
}

@test "--cid: this client id is used, none is allocated, none released" {
	modem_start
	exits 0 nas signal --keep-cid -n -d "$DEV"
	cid=$(sed -n 's/.*--cid \([0-9]*\).*/\1/p' <<<"$stderr")
	same "$(modem clients nas)" 1
	modem count reset
	exits 0 nas signal --cid "$cid" -n -f lte.rsrp -d "$DEV"
	same "$output" "-97"
	same "$(modem count all)" 1
	same "$(modem clients nas)" 1
	exits 0 raw call ctl release_cid release_info.service=nas release_info.cid="$cid" -n \
		-d "$DEV"
	nothing_left
}

@test "--keep-cid through the proxy, then --cid from another process: the same id" {
	modem_start
	exits 0 nas signal --keep-cid -d "$DEV" -f lte.rsrp
	same "$output" "-97"
	cid=$(sed -n 's/.*--cid \([0-9]*\).*/\1/p' <<<"$stderr")
	same "$(modem clients nas)" 1
	modem count reset
	exits 0 nas status --cid "$cid" -d "$DEV" -f registration
	same "$output" "registered"
	same "$(modem count ctl 0x0022)" 0
	same "$(modem clients nas)" 1
}

@test "--cid of nobody: the modem or the proxy says InvalidClientId, exit 1" {
	modem_start
	exits 1 nas signal --cid 99 -d "$DEV"
	says InvalidClientId
	exits 2 nas signal --cid 0 -d "$DEV"
	exits 2 nas signal --cid 300 -d "$DEV"
	says cid
	exits 2 nas signal --cid x -d "$DEV"
}
