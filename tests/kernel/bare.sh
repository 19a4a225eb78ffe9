#!/bin/busybox sh
# An initramfs that holds our binary, busybox and the modules: no /proc, /sys, /etc, /run, /tmp, no
# udev.  Then, with /proc and /sys, a data connection.
# shellcheck shell=sh source=tests/kernel/guest/lib.sh
. /rig/lib.sh

nothing_there() {
	for d in /proc /sys /etc /run /tmp /var /usr; do
		[ ! -e $d ]
	done
}

auto_start() {
	not proxy_runs
	asks
	proxy_runs
	asks -d $DEV
	exits 0 dms info -f imei
	same "$out" "$(modem get imei)"
	exits 0 list -j
	same "$out" '{"ports":[{"device":"/dev/cdc-wdm0"}]}'
	nothing_left
}

in_the_background() {
	start qmitool proxy
	await proxy_runs
	same "$(proxy_pid)" "$last"
	asks
	exits 0 uim status
	same "$(proxy_pid)" "$last"
	q proxy stop
	wait "$last"
}

symlinks() {
	mkdir $WORK/bin
	ln -s /rig/bin/qmitool $WORK/bin/qmi-nas-signal
	ln -s /rig/bin/qmitool $WORK/bin/qmi-dms
	PATH=$WORK/bin:$PATH
	same "$(timeout $PATIENCE qmi-nas-signal -f lte.rsrp)" -97
	same "$(timeout $PATIENCE qmi-dms info -f imei)" "$(modem get imei)"
	rm -r "${WORK:?}/bin"
}

# Nobody is there yet: one of them becomes the proxy.
all_at_once() {
	i=0
	while [ $i -lt 10 ]; do
		i=$((i + 1))
		q nas signal -f lte.rsrp >$WORK/of.$i 2>&1 &
	done
	wait
	same "$(cat $WORK/of.* | grep -cx -e -97)" 10
	exits 0 proxy status -f 'ports[0].opens'
	same "$out" 1
}

direct() {
	asks -n
	not proxy_runs
}

replugged() {
	modem answer nas get_signal_info silent
	start qmitool nas signal -t 300
	modem wait 1 count nas get_signal_info
	modem unplug
	code=0
	wait "$last" || code=$?
	same $code 8
	await not test -e $DEV
	modem reset
	await test -c $DEV
	asks
}

# ---- data ----

up() {
	exits 0 wds up --apn internet --ip 4v6 -j "$@"
	holds "$out" '"state":"up"' '"ipv4":{"address":"10.0.0.2/30"' '"ipv6":{"address":"2001:db8:1:2::10/64"'
}

# pings [INTERFACE]: IPv4 and IPv6, over the bulk endpoints.
pings() {
	before=$(modem packets answered)
	ping -c 2 -i 0.2 -W 5 ${1:+-I "$1"} 9.9.9.9
	ping -6 -c 2 -i 0.2 -W 5 ${1:+-I "$1"} 2001:4860:4860::8888
	[ "$(modem packets answered)" -ge $((before + 4)) ]
}

nothing_configured() {
	same "$(ip addr show "$1" | grep -c 'scope global')" 0
	same "$(ip route; ip -6 route | grep default)" ""
	same "$(modem calls all)" 0
}

down() {
	exits 0 wds down
	nothing_configured wwan0
	nothing_left
}

# Nobody can be asked which interface is the port's and how the kernel sees it: Ethernet, as at the
# start.  The address is ours: qmi_wwan takes a frame to one that begins with 4 or 6 for an IP packet.
no_sysfs() {
	ip link set wwan0 address 02:00:00:00:00:02
	exits 3 wds up --apn internet
	holds "$err" --interface
	up -i wwan0
	same "$err" ""
	pings
	down
}

raw_ip=/sys/class/net/wwan0/qmi/raw_ip

# format KERNEL MODEM: what the two think that a packet is.
format() {
	ip link set wwan0 down
	echo "$1" >$raw_ip
	[ "$1" = Y ] || ip link set wwan0 address 02:00:00:00:00:02
	ip link set wwan0 up
	modem set link_protocol "$2"
}

# The interface is up, and one of them is wrong.
wrong_format() {
	format "$1" "$2"
	up
	same "$(cat $raw_ip) $(modem get link_protocol)" "Y 2"
	pings
	up
	down
}

same_format() {
	format N 1
	up
	same "$(cat $raw_ip) $(modem get link_protocol)" "N 1"
	pings
	down
}

# Packets were lost at one boot in eight: usbnet gives wwan0 a random address, and qmi_wwan takes a
# frame to one that begins with 4 or 6 for an IP packet.  It does not let us set such an address, so
# usbnet has to find one.
unlucky() {
	modem unplug
	await not test -e $DEV
	mods=/lib/modules/$(uname -r)
	rmmod qmi_wwan
	rmmod usbnet
	insmod "$mods/usbnet.ko"
	insmod "$mods/qmi_wwan.ko"
	modem plug
	await test -e /sys/class/net/wwan0/address
	grep -q '^[46]' /sys/class/net/wwan0/address
}

unlucky_address() {
	loads=0
	until unlucky; do
		loads=$((loads + 1))
		[ $loads -lt 80 ] || skip "the kernel gave it no such address"
	done
	await test -c $DEV
	modem set link_protocol 1
	same "$(cat $raw_ip)" N
	up
	same "$(cat $raw_ip) $(modem get link_protocol)" "Y 2"
	pings
	down
}

two_sessions() {
	format N 1
	exits 0 wds link add --mux 1 -f interface
	one=$out
	exits 0 wds link add --mux 2 -f interface
	two=$out
	up -s one --mux 1
	exits 0 wds up -s two --mux 2 --apn other --ip 4 -f ipv4.address
	same "$out" 10.0.0.6/30
	pings "$one"
	ping -c 2 -i 0.2 -W 5 -I "$two" 9.9.9.9
	exits 0 wds down -s one
	ping -c 2 -i 0.2 -W 5 -I "$two" 9.9.9.9
	exits 0 wds down -s two
	exits 0 wds link delete 1
	exits 0 wds link delete 2
	not test -e "/sys/class/net/$one"
	nothing_configured wwan0
	nothing_left
}

# What was written down is of a modem that is not there any more.
unplugged_while_up() {
	format N 2
	start qmitool wds up --apn internet --ip 4v6 --foreground -j >$WORK/up
	await grep -q '"state":"up"' $WORK/up
	pings
	modem unplug
	code=0
	wait "$last" || code=$?
	same $code 8
	await not test -e $DEV
	modem reset
	await test -c $DEV
	format N 2
	up
	pings
	modem unplug
	await not test -e $DEV
	modem powercycle
	await test -c $DEV
	up
	pings
	down
}

check "there is neither /proc nor /sys nor /etc" nothing_there
check "the proxy starts by itself" auto_start
check "qmitool proxy in the background" in_the_background
check "qmi-nas-signal and qmi-dms as symlinks" symlinks
check "ten processes start one proxy" all_at_once
check "without a proxy" direct
check "unplugged and plugged in again" replugged
check "wds up with neither /proc nor /sys" no_sysfs

mkdir -p /proc /sys /run
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs run /run
check "wds up: ping over IPv4 and IPv6; the kernel took raw IP for Ethernet" wrong_format N 2
check "wds up: the modem took raw IP for Ethernet" wrong_format Y 1
check "wds up where both take it for Ethernet" same_format
check "wds up: both take it for Ethernet, and the address is one that qmi_wwan mistakes" unlucky_address
check "wds up: two sessions, each with a mux link" two_sessions
check "wds up: the modem goes, and comes back" unplugged_while_up

finish
