# The modem's own side of the data plane: its interfaces, and whose packets it answers.
# shellcheck disable=SC2154 # bats sets it
load data.bash

setup() {
	data_setup -i wwan0m1=1
	needs_service wds
}

teardown() {
	teardown_common
}

# start [FIELD...]: a call by a client id that stays, in $CID.
start() {
	exits 0 raw call wds start_network --keep-cid "$@" -f packet_data_handle
	CID=${stderr##*--cid }
}

# A host that has the first address of the modem on wwan0.
configure() {
	ip addr add "${2:-10.0.0.2}/30" dev "$1"
	ip link set "$1" up
	ip route replace default dev "$1"
}

links() {
	ip -br link | awk '$1 != "lo" { print $1 }' | xargs
}

@test "interfaces are raw ip, down and bare; they come and go with the modem" {
	same "$(links)" "wwan0 wwan0m1"
	link_down wwan0
	same "$(addresses)" ""
	holds "$(ip link show dev wwan0)" POINTOPOINT link/none
	modem unplug
	same "$(links)" ""
	modem plug
	same "$(links)" "wwan0 wwan0m1"
	ip link set wwan0 up
	modem powercycle
	link_down wwan0
	run "$FAKEMODEM" -c "$DIR/other" -i wwan0
	same "$status" 3
	holds "$output" "wwan0: "
	run "$FAKEMODEM" -c "$DIR/other" -i wwan1=0
	same "$status" 3
	end "$MODEM"
	same "$(links)" ""
}

@test "packets are answered while there is a call, from its address" {
	configure wwan0
	! ping -n -c 1 -W 1 192.0.2.99 >/dev/null || return 1
	start apn=internet
	pings 192.0.2.99
	pings -s 1400 10.0.0.1
	same "$(modem packets answered)" 2
	holds "$(modem calls)" "4 internet 10.0.0.2 tx 2 rx 2 $CID/0x81adcd80/0"
	exits 0 raw call wds get_packet_statistics --cid "$CID" --keep-cid \
		mask=tx-packets-ok,rx-bytes-ok -f tx_packets_ok -f rx_bytes_ok
	same "$output" "2
1512"
	modem readdress
	! ping -n -c 1 -W 1 192.0.2.99 >/dev/null || return 1
	modem drop-call
	same "$(modem calls all)" 0
	same "$(modem packets answered)" 2
}

@test "a call that is bound to a mux id has its packets on that link" {
	configure wwan0m1
	exits 0 raw call wds bind_mux_data_port --keep-cid mux_id=1
	CID=${stderr##*--cid }
	exits 0 raw call wds start_network --cid "$CID" --keep-cid apn=internet
	pings 192.0.2.99
	ip link set wwan0m1 down
	ip addr flush dev wwan0m1
	configure wwan0
	! ping -n -c 1 -W 1 192.0.2.99 >/dev/null || return 1
}
