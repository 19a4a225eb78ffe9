#!/bin/busybox sh
# The data port with the real qmi_wwan: its format, and mux links.
# shellcheck shell=sh source=tests/kernel/guest/lib.sh
. /rig/lib.sh

QMI=/sys/class/net/wwan0/qmi

# both KERNEL MODEM: raw_ip, and the modem's link, uplink and downlink protocol.
both() {
	same "$(cat $QMI/raw_ip) $(modem get link_protocol) $(modem get wda_ul_protocol) $(modem get wda_dl_protocol)" "$*"
}

mtu() {
	cat "/sys/class/net/$1/mtu"
}

# All as at the start: Ethernet, no links, down.
afresh() {
	exits 0 wds link delete --all
	ip addr flush dev wwan0
	exits 0 wds format 802-3
	ip link set wwan0 down
	both N 1 0 0
}

format_down() {
	afresh
	exits 0 wds iface -j
	holds "$out" '{"interface":"wwan0","driver":"qmi_wwan","format":"802-3",' '"up":false,'
	exits 0 wds format raw-ip -f agree -f kernel.format -f kernel.up
	same "$out" "true
raw-ip
false"
	both Y 2 0 0
}

# raw_ip can only be written while the interface is down.
format_up() {
	afresh
	ip link set wwan0 up
	exits 0 wds format raw-ip -f kernel.up
	same "$out" true
	both Y 2 0 0
	exits 0 wds format 802-3 -f kernel.up
	same "$out" true
	both N 1 0 0
}

format_used() {
	afresh
	ip link set wwan0 up
	ip addr add 192.0.2.2/24 dev wwan0
	exits 3 wds format raw-ip
	holds "$err" "a data session is up"
	both N 1 0 0
}

# The MTU is what qmi_wwan takes in at a time.  Linux 6.1.192 has a limit of 1500 as long as raw-ip
# was never left; see netdev_receive().
links() {
	afresh
	exits 0 wds link add -f interface -f mux_id -f aggregation -f max_size
	same "$out" "qmimux0
1
qmap
16383"
	both Y 2 5 5
	same "$(mtu wwan0) $(mtu qmimux0)" "16383 1500"
	exits 0 wds link add --mux 200 --name lte --mtu 1400 -f up
	same "$(cat $QMI/add_mux)" "0x01
0xc8"
	same "$(mtu lte)" 1400
	ip link set lte up
	exits 0 wds link add --mux 200 -f interface -f up
	same "$out" "lte
true"
	exits 0 wds link list -f 'links[0].mux_id' -f 'links[1].mux_id' -f 'links[1].interface'
	same "$out" "1
200
lte"
	exits 3 wds format 802-3
	holds "$err" "mux links"
	exits 3 wds start --apn internet
	holds "$err" --mux
	exits 0 wds link delete lte
	exits 0 wds link delete 1
	same "$(cat $QMI/add_mux)" ""
	exits 0 wds link delete 1
	holds "$err" "no mux link"
}

# usbnet_change_mtu() takes no multiple of the endpoint's packet size.
round_size() {
	afresh
	exits 0 wds link add --size 16384 -f max_size
	same "$out" 16384
	same "$(mtu wwan0)" 16385
}

# QMAP without links would leave a plain session without a packet.
left_over() {
	afresh
	exits 0 wds link add -f interface
	exits 0 wds link delete --all
	exits 0 wds format -f agree
	same "$out" false
	exits 0 wds start --apn internet -f status
	same "$out" connected
	both Y 2 0 0
	exits 0 wds stop
	nothing_left
}

check "wds format: the interface is down" format_down
check "wds format: the interface is up" format_up
check "wds format: the interface is used" format_used
check "wds link: made, shown, deleted" links
check "wds link add: a size that is a multiple of USB packets" round_size
check "wds start after the last link is gone" left_over

finish
