# Names of client ids in the proxy: what a command that was not there at the time can learn of
# them, and whether what it has written down itself is still true.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

find_name() {
	exits 0 raw call ctl proxy_find "$@" -j
}

field() {
	sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" <<<"$output"
}

# The proxy's clock is the one that a state file is written by.
written() {
	sed -n 's/^since=//p' "$QMITOOL_STATE"/*/default
}

@test "find: the client id, its name and note, and when the proxy started" {
	needs_applet wds
	exits 0 wds start
	find_name name=wds:default:4
	same "$(field service)/$(field name)/$(field restarted)" wds/wds:default:4/0
	holds "$output" '"note":"'
	[ "$(field started)" -gt 0 ]
	[ "$(field started)" -le "$(written)" ]
}

@test "find after a restart of the modem: no such name any more, and when that was" {
	needs_applet wds
	exits 0 wds start
	modem sync
	exits 1 raw call ctl proxy_find name=wds:default:4 -v -j
	holds "$stderr" NoEntry
	output=$(grep '"result"' <<<"$stderr")
	[ "$(field restarted)" -ge "$(written)" ]
}

@test "find next: all names in order, then NoEntry" {
	needs_applet wds
	exits 0 wds start -s b --ip 4v6
	exits 0 wds start -s a
	after=
	for want in wds:a:4 wds:b:4 wds:b:6; do
		find_name "name=$after" next=true
		same "$(field name)" "$want"
		after=$want
	done
	exits 1 raw call ctl proxy_find "name=$after" next=true
	says NoEntry
	find_name name=wds:a next=true
	same "$(field name)" wds:a:4
	exits 1 raw call ctl proxy_find name=wds:a next=false
	find_name "name=wds:b:4$(printf '%060d' 0)" next=true
	same "$(field name)" wds:b:6
}

@test "find next: of other users nothing is told" {
	needs_applet wds
	[ "$(id -u)" = 0 ] || skip "needs root"
	chmod 777 "$DEV"
	chmod 755 "$DIR" "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR" 2>/dev/null || true
	cp "$QMITOOL" "$DIR/qmitool"
	proxy_start --user 65534
	exits 0 wds start -s mine
	find_name name= next=true
	same "$(field name)" wds:mine:4
	run --separate-stderr timeout "$PATIENCE" setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$DIR/qmitool" raw call ctl proxy_find name= next=true
	same "$status" 1
	holds "$stderr" NoEntry
}
