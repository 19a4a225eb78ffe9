# wds up --foreground: it stays, tells what changes, comes back, and ends in order.
load data.bash

setup() {
	data_setup
}

teardown() {
	teardown_common
}

# ends_by SIGNAL NUMBER: all is taken down, and the end is by that signal.
ends_by() {
	kill "-$1" "$UP"
	reap "$UP"
	same "$CODE" $((128 + $2))
	holds "$(tail -n 1 "$DIR/out")" '"state":"down","reason":"ended by a signal"'
	all_down
}

@test "a line when it is up; TERM takes it down in order" {
	up_foreground --ip 4v6 --dns-file "$DIR/resolv.conf"
	same "$(line 1)" '{"session":"default","interface":"wwan0","state":"up","registration":"registered","ipv4":{"address":"10.0.0.2/30","gateway":"10.0.0.1","dns":["192.0.2.53","192.0.2.54"]},"ipv6":{"address":"2001:db8:1:2::10/64","gateway":"2001:db8:1:2::1","dns":["2001:db8::53"]},"mtu":1430}'
	same "$(addresses)" "10.0.0.2/30 2001:db8:1:2::10/64"
	pings 192.0.2.99
	[ -s "$DIR/resolv.conf" ]
	ends_by TERM 15
	same "$(cat "$DIR/err")" ""
	same "$(wc -l <"$DIR/out")" 2
	[ ! -e "$DIR/resolv.conf" ]
}

@test "INT and HUP, too" {
	for signal in INT:2 HUP:1; do
		: >"$DIR/out"
		background env "--default-signal=${signal%:*}" "$QMITOOL" wds up -j -i wwan0 \
			--apn internet --foreground >"$DIR/out"
		UP=$LAST
		wait_line 1 up
		ends_by "${signal%:*}" "${signal#*:}"
	done
}

@test "people read it as text, a field as a line" {
	background "$QMITOOL" wds up -i wwan0 --apn internet --foreground -f state -f ipv4.address \
		>"$DIR/out"
	wait_until "$PATIENCE" test -s "$DIR/out"
	kill "$LAST"
	reap "$LAST"
	same "$(head -n 2 "$DIR/out")" "up
10.0.0.2/30"
	all_down
}

@test "another address: only what changed is replaced" {
	up_foreground --ip 4v6
	modem readdress 4
	wait_line 2 changed
	same "$(addresses)" "10.0.1.2/30 2001:db8:1:2::10/64"
	same "$(routes)" "10.0.1.1|700 2001:db8:1:2::1|700"
	holds "$(line 2)" '"address":"10.0.1.2/30"'
	pings 192.0.2.99
	ends_by TERM 15
}

@test "another address, and a hook: renew" {
	printf '#!/bin/sh\necho "$1 $ip" >>"${0%%/*}/log"\n' >"$DIR/hook"
	chmod 755 "$DIR/hook"
	up_foreground --hook "$DIR/hook"
	modem readdress 4
	wait_line 2 changed
	ends_by TERM 15
	same "$(cat "$DIR/log")" "bound 10.0.0.2
renew 10.0.1.2
deconfig 10.0.1.2"
}

# It comes before the modem was asked to tell of changes, and while nobody reads.
@test "another address while the hook still runs" {
	cat >"$DIR/hook" <<-END
		#!/bin/sh
		[ "\$1" != bound ] || "$FAKEMODEM" -c "$CTL" ctl readdress 4
	END
	chmod 755 "$DIR/hook"
	up_foreground --hook "$DIR/hook"
	wait_line 2 changed
	holds "$(line 2)" '"address":"10.0.1.2/30"'
	ends_by TERM 15
}

@test "registration: a change is told, the session stays" {
	up_foreground
	modem set registration 2
	wait_line 2 changed
	holds "$(line 2)" '"registration":"not-registered-searching"' '"address":"10.0.0.2/30"'
	modem set registration 1
	wait_line 3 changed
	holds "$(line 3)" '"registration":"registered"'
	ends_by TERM 15
}

@test "disconnected by the network: exit 7 with the reason" {
	up_foreground
	modem drop-call 4
	reap "$UP"
	same "$CODE" 7
	holds "$(cat "$DIR/err")" '"exit":7' "the connection ended: regular-deactivation"
	holds "$(line 2)" '"state":"down","reason":"regular-deactivation (3gpp 36)"'
	all_down
}

@test "disconnected, as the SIM is gone: exit 6 with the reason" {
	up_foreground
	modem drop-call 4 1 3/518
	reap "$UP"
	same "$CODE" 6
	holds "$(cat "$DIR/err")" '"exit":6' "the connection ended: uim-not-present"
	holds "$(line 2)" '"state":"down","reason":"uim-not-present (cm 518)"'
	all_down
}

@test "disconnected by the network, --reconnect: up again" {
	up_foreground --reconnect
	modem drop-call 4
	wait_line 2 down
	wait_line 3 up
	same "$(addresses)" 10.0.0.2/30
	holds "$(cat "$DIR/err")" "trying again in 1 s"
	pings 192.0.2.99
	ends_by TERM 15
}

@test "one of two families is disconnected: the other goes on" {
	up_foreground --ip 4v6
	modem drop-call 6
	wait_line 2 changed
	holds "$(line 2)" '"reason":"regular-deactivation (3gpp 36)"' '"ipv4"'
	[[ $(line 2) != *ipv6* ]]
	same "$(addresses)" 10.0.0.2/30
	same "$(routes)" "10.0.0.1|700"
	pings 192.0.2.99
	modem drop-call 4
	reap "$UP"
	same "$CODE" 7
	all_down
}

@test "one of two families is disconnected, --reconnect: it comes back" {
	up_foreground --ip 4v6 --reconnect
	modem drop-call 6
	wait_line 2 changed
	wait_line 3 changed
	holds "$(line 3)" '"ipv4"' '"ipv6"'
	same "$(addresses)" "10.0.0.2/30 2001:db8:1:2::10/64"
	# and is listened to again
	modem readdress 6
	wait_line 4 changed
	ends_by TERM 15
}

@test "--reconnect: no network for a while: waits longer each time, and is up when there is one" {
	up_foreground --reconnect
	modem set wds_refuse4 14,3,3,4
	modem drop-call 4
	wait_line 2 down
	wait_until "$PATIENCE" grep -q "trying again in 2 s" "$DIR/err"
	modem set wds_refuse4 none
	wait_line 3 up
	ends_by TERM 15
}

@test "--reconnect: TERM while it waits for the next try" {
	up_foreground --reconnect
	modem set wds_refuse4 14,3,3,4
	modem drop-call 4
	wait_until "$PATIENCE" grep -q "trying again in 2 s" "$DIR/err"
	kill "$UP"
	reap "$UP"
	same "$CODE" 143
	all_down
}

@test "--reconnect: a mistake is not tried again" {
	exits 3 wds up -i wwan7 --apn internet --foreground --reconnect
	same "$(modem calls all)" 0
	nothing_left
}

@test "the modem restarts: exit 8; with --reconnect: up again" {
	up_foreground
	modem sync
	reap "$UP"
	same "$CODE" 8
	holds "$(line 2)" '"reason":"the modem restarted"'
	all_down
	up_foreground --reconnect
	modem sync
	wait_line 2 down
	wait_line 3 up
	ends_by TERM 15
}

@test "the modem goes away: exit 8; with --reconnect it is waited for" {
	up_foreground --dns-file "$DIR/resolv.conf"
	modem unplug
	reap "$UP"
	same "$CODE" 8
	holds "$(line 2)" '"state":"down"'
	same "$(state_files)" ""
	[ ! -e "$DIR/resolv.conf" ]
	modem powercycle
	up_foreground --reconnect
	modem powercycle 500
	wait_line 2 down
	wait_line 3 up
	same "$(addresses)" 10.0.0.2/30
	ends_by TERM 15
}

@test "the interface is deleted: exit 3, the call is ended" {
	up_foreground
	ip link del wwan0
	reap "$UP"
	same "$CODE" 3
	holds "$(line 2)" '"reason":"the interface is gone"'
	same "$(state_files)" ""
	same "$(modem calls all)" 0
	nothing_left
}

# Its routes were gone, no packet went out any more, and the state stayed "up".
@test "the interface is taken down by somebody: it is brought back, and told" {
	up_foreground --ip 4v6
	ip link set wwan0 down
	wait_line 2 changed
	holds "$(line 2)" '"reason":"the interface was taken down, and is up again"'
	link_up
	same "$(addresses)" "10.0.0.2/30 2001:db8:1:2::10/64"
	same "$(routes)" "10.0.0.1|700 2001:db8:1:2::1|700"
	pings 192.0.2.99
	# and where it is up again before anybody looks
	kill -STOP "$UP"
	ip link set wwan0 down
	ip link set wwan0 up
	kill -CONT "$UP"
	wait_line 3 changed
	same "$(routes)" "10.0.0.1|700 2001:db8:1:2::1|700"
	# what other interfaces do is none of its business
	ip link set lo down
	ip link set lo up
	modem readdress 4
	wait_line 4 changed
	[[ $(line 4) != *reason* ]]
	same "$(modem count wds start_network)" 2
	ends_by TERM 15
	same "$(wc -l <"$DIR/out")" 5
}

@test "the proxy ends: with --reconnect the session goes on as it is" {
	up_foreground --reconnect
	stop_proxy
	wait_until "$PATIENCE" grep -q "connected already" "$DIR/err"
	same "$(modem count wds start_network)" 1
	same "$(wc -l <"$DIR/out")" 1
	modem readdress 4
	wait_line 2 changed
	ends_by TERM 15
}

@test "the proxy ends, and TERM comes before there is one again: all is taken down" {
	up_foreground --reconnect
	stop_proxy
	wait_until "$PATIENCE" grep -q "trying again" "$DIR/err"
	ends_by TERM 15
}

configured() {
	[ "$(addresses)" = "$1" ] && [ -n "$(routes)" ]
}

@test "the proxy ends, and then the modem is switched off and on: up again" {
	up_foreground --reconnect
	stop_proxy
	modem powercycle
	wait_modem 1 calls all
	wait_until "$PATIENCE" configured 10.0.0.2/30
	pings 192.0.2.99
	ends_by TERM 15
}

@test "the proxy ends: without --reconnect it is taken down" {
	up_foreground
	stop_proxy
	reap "$UP"
	same "$CODE" 8
	holds "$(line 2)" '"reason":"the proxy ended"'
	all_down
}

@test "down by another command ends it, also with --reconnect" {
	up_foreground --reconnect
	exits 0 wds down
	reap "$UP"
	same "$CODE" 7
	holds "$(line 2)" '"reason":"stopped by another command"'
	same "$(wc -l <"$DIR/out")" 2
	all_down
}

@test "stopped, and a new one started under its name: that is none of ours" {
	up_foreground --reconnect
	kill -STOP "$UP"
	exits 0 wds down
	exits 0 wds up -i wwan0 --apn internet
	kill -CONT "$UP"
	reap "$UP"
	same "$CODE" 7
	holds "$(line 2)" '"reason":"stopped by another command"'
	same "$(addresses)" 10.0.0.2/30
	same "$(state_files)" default
	pings 192.0.2.99
	exits 0 wds down
	all_down
}

@test "other commands work on it meanwhile" {
	up_foreground
	exits 0 wds status
	exits 0 wds settings
	exits 0 wds up -i wwan0 --apn internet
	says "connected already"
	ends_by TERM 15
}

@test "a mute modem: exit 4 where it cannot get up; TERM is heard all the same" {
	modem mute on
	exits 4 wds up -i wwan0 --apn internet --foreground -t 1
	modem mute off
	nothing_left
	up_foreground
	modem mute on
	kill "$UP"
	reap "$UP"
	same "$CODE" 143
	same "$(addresses)" ""
	link_down
}

@test "--wait: SIM and registration come first" {
	modem set registration 2
	background "$QMITOOL" wds up -i wwan0 --apn internet --wait >"$DIR/out" 2>"$DIR/err"
	wait_modem 1+ count nas get_serving_system
	same "$(modem count wds start_network)" 0
	modem set registration 1
	reap "$LAST"
	same "$CODE" 0
	same "$(addresses)" 10.0.0.2/30
	q wds down
	all_down
}

@test "--wait: a SIM that waits for its PIN is exit 6, no registration in time exit 4" {
	modem set registration 2
	exits 4 wds up -i wwan0 --apn internet --wait -t 1
	says "not in time" "searching"
	modem set uim_app_state 2
	exits 6 wds up -i wwan0 --apn internet --wait
	says "pin-required"
	same "$(modem count wds start_network)" 0
	nothing_left
}

@test "a reader that went ends it in order" {
	mkfifo "$DIR/pipe"
	background head -n 1 "$DIR/pipe" >"$DIR/out"
	READER=$LAST
	# Opened in the child: a signal that interrupts it in bash lets head see an end, and go.
	background sh -c 'pipe=$1; shift; exec "$@" >"$pipe"' sh "$DIR/pipe" \
		"$QMITOOL" wds up -j -i wwan0 --apn internet --foreground 2>"$DIR/err"
	UP=$LAST
	wait_line 1 up
	wait_until "$PATIENCE" ended "$READER"
	modem readdress 4
	reap "$UP"
	same "$CODE" 3
	holds "$(cat "$DIR/err")" "cannot write"
	all_down
}

@test "two sessions in the foreground, each on its own interface" {
	data_again -i wwan1
	up_foreground -s wan
	background "$QMITOOL" wds up -s mgmt -j -i wwan1 --apn m2m --no-route --foreground >"$DIR/out2"
	wait_until "$PATIENCE" test -s "$DIR/out2"
	modem drop-call apn=m2m
	reap "$LAST"
	same "$CODE" 7
	alive "$UP"
	same "$(addresses)" 10.0.0.2/30
	ends_by TERM 15
	all_down wwan1
}
