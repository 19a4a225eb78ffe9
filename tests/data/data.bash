# data.bash - for tests of the data plane: a modem with network interfaces in our namespace.
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034	# bats sets them, the tests use them

load ../lib.bash

# data_setup [OPTION...]: a modem whose interface is wwan0; options are the modem's.
data_setup() {
	setup_common
	needs_applet wds
	isolated || skip "needs root, for a network namespace"
	[ -c /dev/net/tun ] || skip "needs /dev/net/tun"
	[ -d /proc/sys/net/ipv6 ] || skip "needs a kernel with IPv6"
	command -v ip ping >/dev/null || skip "needs ip and ping"
	export QMITOOL_STATE=$DIR/state
	modem_start -i wwan0 "$@"
	ip link set lo up
}

# data_again OPTION...: the same with another modem, of more interfaces.
data_again() {
	modem quit
	wait_until "$PATIENCE" ended "$MODEM"
	modem_start -i wwan0 "$@"
}

# addresses [IFACE]: those that somebody gave it.
addresses() {
	ip -o addr show dev "${1:-wwan0}" scope global | awk '{ print $4 }' | xargs
}

# routes [IFACE]: default routes through it, as "GATEWAY/METRIC", of both families.
routes() {
	{
		ip route show default dev "${1:-wwan0}"
		ip -6 route show default dev "${1:-wwan0}"
	} | sed 's/^default \(via \([^ ]*\) \)*.*metric \([0-9]*\).*/\2|\3/' | xargs
}

mtu() {
	ip -o link show dev "${1:-wwan0}" | sed 's/.* mtu \([0-9]*\).*/\1/'
}

link_up() {
	[[ $(ip -o link show dev "${1:-wwan0}") == *[,\<]UP[,\>]* ]]
}

link_down() {
	! link_up "$@"
}

pings() {
	ping -n -c 1 -W 5 "$@" >/dev/null
}

# Files that sessions have: the names of those that are there.
state_files() {
	find "$QMITOOL_STATE" -type f ! -name '.*' 2>/dev/null | sed 's|.*/||' | sort | xargs
}

# gateway IFACE: of its address; the first of the network.
gateway() {
	addresses "$1" | sed "s|\.[0-9]*/.*|.1|"
}

# all_down [IFACE]: no trace of any session: kernel, state files, modem, proxy.
all_down() {
	same "$(addresses "$@")" ""
	same "$(routes "$@")" ""
	link_down "$@"
	same "$(state_files)" ""
	same "$(modem calls all)" 0
	nothing_left
}

# up_foreground [OPTION...]: until it is up; its pid in $UP, its words in $DIR/out and $DIR/err.
up_foreground() {
	: >"$DIR/out"
	: >"$DIR/err"
	background "$QMITOOL" wds up -j --interface wwan0 --apn internet --foreground "$@" \
		>"$DIR/out" 2>"$DIR/err"
	UP=$LAST
	wait_line 1 up
}

# line N: the Nth that it told.
line() {
	sed -n "$1p" "$DIR/out"
}

# told N STATE: it told at least N lines, and the Nth says so.
told() {
	[[ $(line "$1") == *"\"state\":\"$2\""* ]]
}

wait_line() {
	wait_until "$PATIENCE" told "$@" || {
		cat "$DIR/out" "$DIR/err" >&2
		return 1
	}
}
