# list: the ports of this machine.  Which there are is not for a test to know; the shape is.
load ../lib.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

@test "list -j: one object with a list, whatever there is; exit 0" {
	exits 0 list -j
	[[ $output =~ ^\{\"ports\":\[.*\]\}$ ]]
	if [ "$output" = '{"ports":[]}' ]; then
		says "no QMI port"
		exits 0 list -q -e
		same "$output" "ports_n='0'" || holds "$output" "ports_n='0'"
		silent
	else
		exits 0 list -f 'ports[0].device'
		[[ $output == /dev/* ]]
	fi
}

@test "list needs no modem and starts no proxy" {
	QMI_DEVICE=/nowhere exits 0 list
	proxy_gone
}

@test "no device named and none there: exit 3, and the way out" {
	[ "$(q -q list -j)" = '{"ports":[]}' ] || skip "this machine has QMI ports"
	unset QMI_DEVICE
	exits 3 nas signal
	says "no device" "-d"
	exits 3 nas signal -n -j
	says '{"error":{"exit":3,'
}
