# wds: how a session is kept, found again, and known to have ended: restarts of proxy and modem,
# no proxy at all, no client ids left, state files that are none.
load ../lib.bash

setup() {
	setup_common
	needs_applet wds
	modem_start
}

teardown() {
	teardown_common
}

state_dir() {
	echo "$QMITOOL_STATE/$(readlink -f "$DEV" | tr / _)"
}

state_file() {
	echo "$(state_dir)/default"
}

all_stopped() {
	same "$(modem calls all)" 0
	nothing_left
	same "$(find "$QMITOOL_STATE" -type f 2>/dev/null)" ""
}

kill_proxy() {
	local pid

	pid=$(proxy_pid)
	kill -KILL "$pid"
	wait_until "$PATIENCE" ended "$pid"
}

# ---- the proxy ----

@test "the proxy was killed: status and stop find the session by its file" {
	exits 0 wds start --ip 4v6
	kill_proxy
	exits 0 wds status -s default -f ipv4.status -f ipv6.status
	silent
	same "$output" "connected
connected"
	same "$(held)" "named
named"
	exits 0 wds start --ip 4v6
	says "connected already"
	exits 3 wds start --ip 4
	kill_proxy
	exits 0 wds stop
	silent
	all_stopped
}

# The file was written before the names were refused, and stayed: it told of client ids that had
# been given back.
@test "the proxy keeps no more sessions: exit 3, and nothing of this one is left" {
	local i before

	modem set max_clients 100
	for i in {1..31}; do
		q wds start -s "s$i" -f status >/dev/null
	done
	before=$(modem clients wds)
	exits 3 wds start --ip 4v6	# the first of two names finds room
	says "the proxy keeps no more sessions"
	same "$(modem calls all)/$(modem clients wds)" "1/$before"
	[ ! -e "$(state_file)" ]
	q wds start -s s32 >/dev/null
	exits 3 wds start
	same "$(modem calls all)" 1
	[ ! -e "$(state_file)" ]
	exits 0 wds stop --all
	all_stopped
}

@test "the state file is gone: the proxy knows the session by its name" {
	exits 0 wds start --apn internet
	rm -r "$QMITOOL_STATE"
	exits 0 wds status -f connected
	same "$output" true
	exits 0 wds start --apn internet
	says "connected already"
	exits 3 wds start --apn other
	exits 0 wds stop --all
	silent
	all_stopped
}

@test "a client id of the file that is somebody else's by now is not taken up" {
	exits 0 wds start
	cp "$(state_file)" "$DIR/old"
	exits 0 wds stop
	exits 0 raw call wds get_packet_service_status --keep-cid
	cid=${stderr##* }
	same "$(modem clients wds)" 1
	sed "s/v4.client=.*/v4.client=$cid/" "$DIR/old" >"$(state_file)"
	exits 7 wds status -s default -j
	same "$output" '{"session":"default","status":"disconnected"}'
	exits 0 wds stop
	same "$(modem clients wds)" 1
	# Without the proxy's word for it, the handle tells: it has no such call.
	stop_proxy
	sed "s/v4.client=.*/v4.client=$cid/" "$DIR/old" >"$(state_file)"
	exits 0 raw call wds start_network apn=internet --cid "$cid" -n
	exits 0 wds stop -n
	same "$(modem clients wds)/$(modem calls all)" 1/1
}

@test "no client id is left before start: the proxy gives back what nobody uses" {
	modem set max_clients 3
	for _ in 1 2 3; do
		exits 0 raw call wds get_packet_service_status --keep-cid
	done
	same "$(modem clients wds)" 3
	exits 0 wds start --ip 4v6
	silent
	exits 0 wds start -s second
	exits 1 wds start -s third
	says "ClientIdsExhausted"
	exits 0 wds status -s second
	exits 0 wds stop --all
	all_stopped
}

# ---- the modem ----

@test "the modem restarted: the session has ended, and start works again" {
	exits 0 wds start --ip 4v6
	modem sync
	exits 7 wds status -s default -j
	same "$output" '{"session":"default","status":"disconnected"}'
	exits 7 wds status
	exits 0 wds start --ip 4v6
	silent
	exits 0 wds status -s default
	modem sync
	exits 0 wds stop
	says "no session"
	all_stopped
}

@test "the modem restarted, and then the proxy: the file's client id is refused by the modem" {
	exits 0 wds start
	kill_proxy
	modem sync
	exits 7 wds status -s default
	exits 0 wds start
	exits 0 wds status -s default
	exits 0 wds stop
	all_stopped
}

@test "the modem was unplugged, and came back under another node" {
	exits 0 wds start --ip 4v6
	modem powercycle
	wait_until "$PATIENCE" test -S "$DEV"
	exits 7 wds status -s default
	exits 0 wds start --ip 4v6
	silent
	exits 0 wds status -s default
	exits 0 wds stop
	all_stopped
}

@test "the modem forgot a client id without a word: the session has ended" {
	exits 0 wds start
	modem answer wds get_packet_service_status 7
	exits 7 wds status -s default
	modem answer wds get_packet_service_status default
	exits 0 wds start
	exits 0 wds status -s default
	exits 0 wds stop
	all_stopped
}

@test "the network ended the call: known, and started anew on a fresh client id" {
	exits 0 wds start
	modem drop-call
	exits 7 wds status -s default
	exits 0 wds start
	silent
	same "$(modem clients wds)/$(modem calls all)" 1/1
	modem drop-call
	exits 0 wds stop
	silent
	all_stopped
}

# ---- without the proxy ----

@test "-n: the state file alone keeps it" {
	exits 0 wds start -n --ip 4v6 -f ipv6.status
	silent
	same "$output" connected
	same "$(modem clients wds)/$(modem calls all)" 2/2
	exits 0 wds status -n -s default
	exits 0 wds settings -n -f ipv4.address
	same "$output" 10.0.0.2/30
	exits 0 wds start -n --ip 4v6
	says "connected already"
	exits 3 wds start -n
	exits 0 wds stop -n
	silent
	all_stopped
}

@test "-n --keep-cid: the same, and the client id is told" {
	exits 0 wds start -n --keep-cid
	exits 0 wds status -n -s default
	exits 0 wds stop -n
	all_stopped
}

@test "-n, by a symlink: the device itself finds the session, and stops it" {
	ln -s "$DEV" "$DIR/link"
	exits 0 wds start -n -d "$DIR/link"
	[ -f "$(state_file)" ]
	exits 0 wds status -n -s default -f status
	same "$output" connected
	exits 0 wds stop -n
	silent
	all_stopped
}

@test "started with -n, the proxy takes it over; and back" {
	exits 0 wds start -n
	exits 0 wds status -s default
	same "$(held)" named
	stop_proxy
	exits 0 wds status -n -s default
	exits 0 wds start -n
	says "connected already"
	exits 0 wds stop
	all_stopped
}

@test "-n, and no place for a state file: a failure, and no call is left" {
	export QMITOOL_STATE=/proc/qmitool
	exits 3 wds start -n
	same "$output" ""
	says "cannot be kept"
	same "$(modem calls all)/$(modem clients all)/$(modem count wds start_network)" 0/0/0
}

@test "-n: connected, and then the modem says nothing more: nothing is left" {
	modem answer wds get_packet_service_status silent
	exits 4 wds start -n --ip 4v6 -t 0.5
	same "$(modem count wds start_network)" 1
	same "$(modem calls all)/$(modem clients all)" 0/0
	same "$(find "$QMITOOL_STATE" -type f)" ""
}

@test "no place for a state file: a note, as the proxy keeps it" {
	export QMITOOL_STATE=/proc/qmitool
	exits 0 wds start
	says "not written down"
	exits 0 wds status -s default
	silent
	exits 0 wds status -f connected
	exits 0 wds stop --all
	silent
	same "$(modem calls all)" 0
	nothing_left
}

@test "a user who cannot write to /run: his own proxy keeps it, and he is told so" {
	[ "$(id -u)" = 0 ] || skip "needs root"
	[ ! -e /run/qmitool ] || [ "$(stat -c %a /run/qmitool)" = 700 ] || skip "/run/qmitool is open"
	chmod 777 "$DEV"
	chmod 755 "$DIR" "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR" 2>/dev/null || true
	cp "$QMITOOL" "$DIR/qmitool"
	unset QMITOOL_STATE
	as_nobody 0 wds start --apn internet
	says "not written down (Permission denied)"
	as_nobody 0 wds status -s default
	silent
	as_nobody 0 wds status
	holds "$output" "session: default"
	as_nobody 0 wds start --apn internet
	says "connected already"
	as_nobody 3 wds start --apn other
	as_nobody 0 wds stop --all
	silent
	same "$(modem calls all)" 0
	as_nobody 9 wds start -n
	says "cannot be kept"
	as_nobody 0 proxy stop
}

# as_nobody CODE ARG...: as exits, for a user with no rights.
as_nobody() {
	local want=$1

	shift
	run --separate-stderr timeout "$PATIENCE" setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$DIR/qmitool" "$@"
	[ "$status" -eq "$want" ] && return
	printf 'qmitool %s: exit %s, not %s\n%s\n%s\n' "$*" "$status" "$want" "$output" "$stderr" >&2
	return 1
}

@test "another user's session of that name: exit 9, and no call is left" {
	[ "$(id -u)" = 0 ] || skip "needs root"
	chmod 777 "$DEV"
	chmod 755 "$DIR" "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR" 2>/dev/null || true
	cp "$QMITOOL" "$DIR/qmitool"
	proxy_start --user 65534
	exits 0 wds start
	unset QMITOOL_STATE
	as_nobody 7 wds status -s default
	as_nobody 9 wds start
	holds "$stderr" "another user has a session 'default'"
	as_nobody 0 wds start -s mine
	as_nobody 0 wds stop -s mine
	export QMITOOL_STATE=$DIR/state
	exits 0 wds stop
	all_stopped
}

# ---- state files ----

@test "a state file that is garbage does no harm: a word, and it is replaced" {
	exits 0 wds start
	exits 0 wds stop
	for garbage in "" "x" $'node=1:2\n' $'a=b\nc' "$(head -c 5000 /dev/urandom | base64)" \
		$'node=0:0\nwritten=1\nk=\x01\n' $'node=\nwritten=99999999999999999999\n' \
		$'=\n=\n' $'node=1:1\nwritten=1\nUPPER=1\n'; do
		printf '%s' "$garbage" >"$(state_file)"
		exits 7 wds status -s default
		holds "$stderr" "not to be relied on" "not connected"
		exits 0 wds start
		says "not to be relied on"
		exits 0 wds status -s default
		silent
		exits 0 wds stop
		all_stopped
	done
}

@test "a state file with strange numbers: taken for none, or refused by the modem" {
	exits 0 wds start
	cp "$(state_file)" "$DIR/good"
	exits 0 wds stop
	for change in 's/v4.client=.*/v4.client=0/' 's/v4.client=.*/v4.client=255/' \
		's/v4.client=.*/v4.client=-1/' 's/v4.client=.*/v4.client=18446744073709551617/' \
		's/v4.handle=.*/v4.handle=4294967296/' 's/v4.client=.*/v4.client=9/' \
		's/since=.*/since=x/' 's/node=.*/node=1:1/' 's/written=.*/written=18446744073709551615/'; do
		sed "$change" "$DIR/good" >"$(state_file)"
		stop_proxy
		exits 7 wds status -s default -f status
		same "$output" disconnected
		exits 0 wds stop
		all_stopped
	done
}

@test "a state file that others could write, a link, a directory: not relied on" {
	exits 0 wds start
	cp "$(state_file)" "$DIR/good"
	exits 0 wds stop
	file=$(state_file)
	cp "$DIR/good" "$file"
	chmod 666 "$file"
	exits 7 wds status -s default
	holds "$stderr" "not to be relied on"
	rm "$file"
	ln -s "$DIR/good" "$file"
	exits 7 wds status -s default
	holds "$stderr" "not to be relied on"
	exits 0 wds start
	[ ! -L "$file" ]
	exits 0 wds stop
	grep -q v4.client "$DIR/good"
	mkfifo "$file"
	exits 7 wds status -s default
	rm "$file"
	chmod 777 "$(state_dir)"
	exits 0 wds start
	says "not written down"
	exits 0 wds stop
}

@test "a state file of another user: not relied on" {
	[ "$(id -u)" = 0 ] || skip "not root"
	exits 0 wds start
	cp "$(state_file)" "$DIR/good"
	exits 0 wds stop
	cp "$DIR/good" "$(state_file)"
	chown 65534 "$(state_file)"
	exits 7 wds status -s default
	holds "$stderr" "not to be relied on"
	chown 65534 "$(state_dir)"
	exits 0 wds start
	says "not written down"
	exits 0 wds stop
}

# ---- several at once ----

@test "two commands on one session take turns; who only looks does not wait" {
	modem answer wds start_network silent
	background "$QMITOOL" wds start
	first=$LAST
	wait_modem 1 count wds start_network
	exits 4 wds stop -t 0.5
	says "another command is at work"
	exits 7 wds status -s default
	modem answer wds start_network default
	background "$QMITOOL" wds start -s other
	reap "$LAST"
	same "$CODE" 0
	kill "$first"
	wait_until "$PATIENCE" ended "$first"
	exits 0 wds stop --all
	all_stopped
}

@test "ten starts at once: one call, and all say so" {
	for i in 1 2 3 4 5 6 7 8 9 10; do
		background "$QMITOOL" -q wds start -f ipv4.client >"$DIR/out$i"
	done
	for pid in $PIDS; do
		reap "$pid"
		same "$CODE" 0
	done
	same "$(sort -u "$DIR"/out* | wc -l)" 1
	same "$(modem count wds start_network)/$(modem clients wds)" 1/1
	exits 0 wds stop
	all_stopped
}

@test "a waiter that is ended by a signal, and one that was killed: nothing stays locked" {
	modem answer wds start_network silent
	background "$QMITOOL" wds start
	first=$LAST
	wait_modem 1 count wds start_network
	background "$QMITOOL" wds start
	kill -TERM "$LAST"
	reap "$LAST"
	same "$CODE" 143
	kill -KILL "$first"
	wait_until "$PATIENCE" ended "$first"
	modem answer wds start_network default
	exits 0 wds start
	exits 0 wds stop
	all_stopped
}

@test "killed after each message of a start: the next one works, and nothing is left" {
	proxy_start
	exits 0 wds start --ip 4v6
	exits 0 wds stop
	modem count reset
	exits 0 wds start --ip 4v6
	most=$(modem count all)
	[ "$most" -gt 6 ]
	exits 0 wds stop
	for ((n = 1; n <= most; n++)); do
		modem delay 10
		modem count reset
		background "$QMITOOL" -q wds start --ip 4v6
		wait_modem "$n+" count all
		kill -KILL "$LAST" 2>/dev/null || true
		wait_until "$PATIENCE" ended "$LAST"
		modem delay 0
		exits 0 wds start --ip 4v6 -f ipv4.status -f ipv6.status
		same "$output" "connected
connected"
		wait_modem 2 clients wds	# the proxy gives back those of the killed one
		same "$(modem calls all)" 2
		exits 0 wds stop
		all_stopped
	done
}
