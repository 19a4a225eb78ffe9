# raw monitor: what it registers for, and each way in which it ends.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

# watch ARG...: a monitor into $DIR/out; its pid in $LAST.  Signals as in a terminal.
watch() {
	# shellcheck disable=SC2016
	background env --default-signal=INT,TERM,PIPE bash -c 'exec "$0" raw monitor "$@" \
		>"$OUT" 2>"$OUT.err"' "$QMITOOL" "$@"
	wait_until "$PATIENCE" registered
}

registered() {
	[ "$(modem count nas register_indications)" -ge 1 ]
}

export OUT

saw() {
	grep -q -- "$1" "$DIR/out"
}

@test "raw monitor: several services, each indication a JSON line" {
	OUT=$DIR/out watch nas dms wds -j
	modem signal lte -80 -14 -112 20
	wait_until "$PATIENCE" saw '"rsrp":-112'
	modem signal lte -81 -14 -113 20
	wait_until "$PATIENCE" saw '"rsrp":-113'
	[ "$(grep -c '^{"service":"nas","message":"signal_info".*}$' "$DIR/out")" -ge 2 ]
	wait_modem 1 clients nas
	wait_modem 1 clients dms
	wait_modem 1 clients wds
	kill -TERM "$LAST"
	reap "$LAST"
	same "$CODE" 143
	! grep -v '^{"note":{"text":"the modem refuses ' "$DIR/out.err"
	nothing_left
}

@test "raw monitor: what is for everybody is shown too, and a message without a name" {
	OUT=$DIR/out watch nas -j
	modem ind nas 255 0x7777 0102000a0b
	wait_until "$PATIENCE" saw '"message":30583,"id":30583,"kind":"indication","client":255'
	saw '"unknown":{"0x01":"0a0b"}'
	end "$LAST"
	nothing_left
}

@test "raw monitor -t: its time is up: exit 0, ids released" {
	OUT=$DIR/out watch nas -j -t 1
	reap "$LAST"
	same "$CODE" 0
	same "$(cat "$DIR/out.err")" ""
	nothing_left
}

@test "raw monitor: INT releases the ids and ends it by that signal" {
	OUT=$DIR/out watch nas dms
	kill -INT "$LAST"
	reap "$LAST"
	same "$CODE" 130
	nothing_left
}

@test "raw monitor: a reader that goes ends it, ids released" {
	mkfifo "$DIR/out"
	# shellcheck disable=SC2016
	background bash -c '"$1" raw monitor nas -j >"$2" 2>"$2.err"' - "$QMITOOL" "$DIR/out"
	exec 7<"$DIR/out"
	wait_until "$PATIENCE" registered
	modem signal lte -80 -14 -112 20
	read -r -t "$PATIENCE" line <&7
	holds "$line" signal_info
	exec 7<&-
	modem signal lte -81 -14 -113 20
	reap "$LAST"
	same "$CODE" 3
	holds "$(cat "$DIR/out.err")" "cannot write"
	nothing_left
}

@test "raw monitor: the modem restarts: exit 8" {
	OUT=$DIR/out watch nas
	modem sync
	reap "$LAST"
	same "$CODE" 8
	holds "$(cat "$DIR/out.err")" modem
}

@test "raw monitor: the modem is unplugged: exit 8" {
	OUT=$DIR/out watch nas
	modem unplug
	reap "$LAST"
	same "$CODE" 8
}

@test "raw monitor: the proxy dies: exit 8" {
	OUT=$DIR/out watch nas
	kill -KILL "$(proxy_pid)"
	reap "$LAST"
	same "$CODE" 8
	holds "$(cat "$DIR/out.err")" proxy
}

@test "raw monitor: the modem refuses to register: told, and it goes on" {
	modem answer nas register_indications 71
	OUT=$DIR/out watch nas -j
	modem ind nas 255 0x7777
	wait_until "$PATIENCE" saw '"message":30583'
	holds "$(cat "$DIR/out.err")" register_indications InvalidQmiCommand
	end "$LAST"
	nothing_left
}

@test "raw monitor: a service that is none, and too many: exit 2 before any modem is asked" {
	exits 2 raw monitor nas nass
	says "'nass'" "'nas'"
	exits 2 raw monitor $(seq 1 40)
	says "at most"
	same "$(modem count all)" 0
}
