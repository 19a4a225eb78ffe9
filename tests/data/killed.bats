# Killed at each step of up and down: the next up works, and nothing is there twice.
load data.bash

setup() {
	data_setup
}

teardown() {
	teardown_common
}

# A shell's background jobs ignore INT: env gives the default back.
wds() {
	background env --default-signal=INT "$QMITOOL" wds "$@" >/dev/null 2>"$DIR/err"
}

# kill_at SIGNAL:NUMBER SVC MSG WDS-ARG...: the modem falls silent at that message, and then the signal comes.
kill_at() {
	local name=${1%:*} number=${1#*:} svc=$2 msg=$3

	shift 3
	modem answer "$svc" "$msg" silent
	modem count reset
	wds "$@"
	wait_modem 1+ count "$svc" "$msg"
	kill "-$name" "$LAST"
	reap "$LAST" 2>/dev/null
	same "$CODE" $((128 + number))
	modem answer "$svc" "$msg" default
}

# The session comes up, once, and goes.
comes_up() {
	exits 0 -q wds up -i wwan0 --apn internet --dns-file "$DIR/resolv.conf"
	same "$(addresses)" 10.0.0.2/30
	same "$(routes)" "10.0.0.1|700"
	same "$(modem calls all)" 1
	same "$(modem clients wds)" 1
	pings 192.0.2.99
}

goes() {
	exits 0 -q wds down
	same "$(ls "$DIR" | grep resolv)" ""
	all_down
}

killed_at() {
	local signal

	for signal in INT:2 TERM:15 KILL:9; do
		kill_at "$signal" "$@" up -i wwan0 --apn internet --dns-file "$DIR/resolv.conf" --wait
		# Only KILL may leave something, and that is a session that down would find.
		[ "$signal" = KILL:9 ] || all_down
		comes_up
		goes
	done
}

@test "up, killed while it waits for the SIM" {
	killed_at uim get_card_status
}

@test "up, killed while it waits for registration" {
	killed_at nas get_serving_system
}

@test "up, killed before the call" {
	killed_at wds set_ip_family
}

@test "up, killed while it calls" {
	killed_at wds start_network
}

@test "up, killed before the interface is configured" {
	killed_at wds get_current_settings
}

@test "up, killed when the call is up and its answer under way" {
	local signal

	for signal in INT:2 TERM:15 KILL:9; do
		modem count reset
		modem delay 200
		wds up -i wwan0 --apn internet
		wait_modem 1+ count wds start_network
		kill "-${signal%:*}" "$LAST"
		reap "$LAST" 2>/dev/null
		same "$CODE" $((128 + ${signal#*:}))
		modem delay 0
		comes_up
		goes
	done
}

@test "up, killed while a hook runs" {
	mkfifo "$DIR/go"
	cat >"$DIR/hook" <<-'EOF'
		#!/bin/sh
		echo "$1" >>"${0%/*}/log"
		[ "$1" != bound ] || read -r _ <"${0%/*}/go"
	EOF
	chmod 755 "$DIR/hook"
	wds up -i wwan0 --apn internet --hook "$DIR/hook"
	wait_until "$PATIENCE" test -s "$DIR/log"
	kill -KILL "$LAST"
	reap "$LAST" 2>/dev/null
	echo >"$DIR/go"
	comes_up
	same "$(xargs <"$DIR/log")" "bound deconfig"
	goes
}

@test "down, killed while it disconnects" {
	local signal

	for signal in INT:2 TERM:15 KILL:9; do
		comes_up
		kill_at "$signal" wds stop_network down
		same "$(addresses)" ""
		comes_up
		goes
	done
}

@test "in the foreground, KILL: the session stays, the next up takes it over" {
	up_foreground
	kill -KILL "$UP"
	reap "$UP" 2>/dev/null
	same "$CODE" 137
	same "$(addresses)" 10.0.0.2/30
	exits 0 wds up -i wwan0 --apn internet
	says "connected already"
	comes_up
	goes
}

@test "in the foreground, KILL, and then down alone" {
	up_foreground --dns-file "$DIR/resolv.conf"
	kill -KILL "$UP"
	reap "$UP" 2>/dev/null
	goes
}

@test "KILL, and the modem restarted: the next up starts anew" {
	up_foreground
	kill -KILL "$UP"
	reap "$UP" 2>/dev/null
	modem sync
	comes_up
	goes
}

@test "KILL of command and proxy: the session is found by its file" {
	up_foreground
	kill -KILL "$UP" "$(proxy_pid)"
	reap "$UP" 2>/dev/null
	comes_up
	exits 0 -q wds down
	same "$(addresses)$(routes)$(state_files)" ""
	# whom the watch had a client id for registration of, nobody knows any more
	same "$(modem calls all) $(modem clients wds)" "0 0"
}
