# wds format, wds link, wds iface: both sides of the data port.
#
# The kernel's side is a tun interface (raw IP, as a modem's is) and a made-up /sys in a mount
# namespace, with the files that qmi_wwan has; tests/kernel has the real driver.
# shellcheck shell=bash disable=SC2086,SC2154,SC2016,SC2030,SC2031
load ../lib.bash

setup() {
	setup_common
	needs_applet wds
	DROP=
}

teardown() {
	teardown_common
	[ -z "${NETDEVS:-}" ] || for netdev in $NETDEVS; do
		ip link delete "$netdev" 2>/dev/null || true
	done
}

# What these tests need of the machine: interfaces of our own, and our own /sys.
needs_kernel() {
	isolated || skip "no network namespace here"
	unshare -m true 2>/dev/null || skip "no mount namespace here"
	command -v ip >/dev/null || skip "no ip(8)"
	ip tuntap add dev probe0 mode tun 2>/dev/null || skip "no tun interfaces here"
	ip link delete probe0
}

# netdev NAME: a raw IP interface.
netdev() {
	ip tuntap add dev "$1" mode tun
	NETDEVS="${NETDEVS:-} $1"
}

# qmi_wwan NAME RAW_IP [PASS_THROUGH]: the interface, and what sysfs has of it.
qmi_wwan() {
	SYS=$DIR/sys
	NET=$SYS/class/net/$1
	USB=$SYS/devices/usb/1-1:1.4
	netdev "$1"
	mkdir -p "$NET/qmi" "$USB" "$SYS/drivers/qmi_wwan" "$SYS/class/usbmisc"
	ln -s ../../../devices/usb/1-1:1.4 "$NET/device"
	ln -s ../../../drivers/qmi_wwan "$USB/driver"
	echo 04 >"$USB/bInterfaceNumber"
	echo "$2" >"$NET/qmi/raw_ip"
	: >"$NET/qmi/add_mux"
	: >"$NET/qmi/del_mux"
	[ -z "${3:-}" ] || echo "$3" >"$NET/qmi/pass_through"
}

# qmimux PARENT NAME ID: a link of qmi_wwan, as its sysfs tells.
qmimux() {
	netdev "$2"
	mkdir -p "$SYS/class/net/$2/qmap"
	printf '0x%02x\n' "$3" >"$SYS/class/net/$2/qmap/mux_id"
	ln -s "../$2" "$SYS/class/net/$1/upper_$2"
}

# without CAPABILITY: k's command runs as root does without it.
without() {
	command -v setpriv >/dev/null || skip "no setpriv"
	DROP="setpriv --bounding-set -$1 --inh-caps -$1"
}

# k CODE ARG...: as exits, with that /sys.
k() {
	local want=$1

	shift
	run --separate-stderr timeout -k 1 "$PATIENCE" unshare -m sh -c 'mount --bind "$1" /sys && shift &&
		exec "$@"' sh "$SYS" $DROP "$QMITOOL" "$@"
	[ "$status" -eq "$want" ] && return
	printf 'qmitool %s: exit %s, not %s\n%s\n%s\n' "$*" "$status" "$want" "$output" "$stderr" >&2
	return 1
}

# is_up NAME, is_down NAME
is_up() {
	[[ $(ip -o link show "$1") == *[,\<]UP[,\>]* ]]
}

is_down() {
	[[ $(ip -o link show "$1") != *[,\<]UP[,\>]* ]]
}

mtu_is() {
	same "$(ip -o link show "$1" | sed 's/.* mtu \([0-9]*\) .*/\1/')" "$2"
}

sys_is() {
	same "$(cat "$NET/qmi/$1")" "$2"
}

format_is() {
	same "$(modem get link_protocol) $(modem get wda_ul_protocol) $(modem get wda_dl_protocol)" "$*"
}

# ---- format: the modem's side alone ----

@test "wds format: the four forms" {
	modem_start
	exits 0 wds format -j
	same "$output" '{"modem":{"format":"802-3","qos":false,"uplink":{"aggregation":"disabled","max_size":0,"max_datagrams":0},"downlink":{"aggregation":"disabled","max_size":0,"max_datagrams":0}}}'
	exits 0 wds format
	holds "$output" "modem:" "  format: 802-3" "  downlink:" "    max_size:      0 bytes"
	exits 0 wds format -e
	holds "$output" "modem_format='802-3'" "modem_downlink_aggregation='disabled'"
	exits 0 wds format -f modem.format -f modem.uplink.max_size
	same "$output" $'802-3\n0'
	exits 10 wds format -f kernel.format
	same "$output" ""
	exits 2 wds format -f modem.downlink.size
	says "did you mean"
	nothing_left
}

@test "wds format: what the modem does not tell is absent" {
	modem_start
	modem answer wda get_data_format 0 11040002000000
	exits 0 wds format -j
	same "$output" '{"modem":{"format":"raw-ip","uplink":{},"downlink":{}}}'
}

@test "wds format sets the link and, unless it is asked for, no aggregation" {
	modem_start
	modem set wda_ul_protocol 5
	modem set wda_dl_protocol 5
	exits 0 wds format raw-ip -j
	holds "$output" '"format":"raw-ip"' '"aggregation":"disabled"'
	format_is 2 0 0
	same "$(modem count wda set_data_format)" 1
	exits 0 wds format raw-ip
	same "$(modem count wda set_data_format)" 1	# it is so already
}

@test "wds format sets aggregation and sizes; one way is the other's, too" {
	modem_start
	exits 0 wds format raw-ip --dl qmapv4 --dl-max-size 16383 --dl-max-datagrams 16 -j
	holds "$output" '"uplink":{"aggregation":"qmapv4"' \
		'"downlink":{"aggregation":"qmapv4","max_size":16383,"max_datagrams":16}'
	exits 0 wds format --ul qmap --dl 5 --ul-max-size 4096 --ul-max-datagrams 4
	format_is 2 5 5
	same "$(modem get wda_ul_size) $(modem get wda_ul_datagrams)" "4096 4"
	same "$(modem get wda_dl_size)" 16383
}

@test "wds format: sizes that the modem makes smaller are shown as they are" {
	modem_start
	modem set wda_max_size 4096
	exits 0 wds format raw-ip --dl qmap --dl-max-size 32767 -f modem.downlink.max_size
	same "$output" 4096
}

# The modem stayed in what it had taken in place of what it was asked for, which nobody wanted.
@test "wds format: an aggregation that the modem takes another one for is a failure, and undone" {
	modem_start
	modem set wda_max_protocol 5
	exits 1 wds format raw-ip --dl qmapv5
	says "the modem took raw-ip, uplink qmap, downlink qmap instead"
	format_is 1 0 0
	exits 1 wds format raw-ip --dl 77 --dl-max-size 4096
	says "qmap instead"
	format_is 1 0 0
	same "$(modem get wda_dl_size)" 0
	exits 0 wds format raw-ip --dl qmap
	format_is 2 5 5
}

@test "wds format: a modem that refuses" {
	modem_start
	modem answer wda set_data_format 3
	exits 1 wds format raw-ip
	says "modem says Internal (3)"
	format_is 1 0 0
	modem answer wda get_data_format 3
	exits 1 wds format -j
	holds "$stderr" '"code":3'
	nothing_left
}

@test "wds format: a modem that took it, but did not" {
	modem_start
	modem answer wda set_data_format 0
	exits 1 wds format raw-ip
	says "the modem took 802-3"
}

@test "wds format: a mute modem ends it at the deadline" {
	modem_start
	exits 0 wds format
	modem mute on
	exits 4 wds format raw-ip -t 0.5
	says "in time"
	modem mute off
}

@test "wds format: mistakes" {
	modem_start
	exits 2 wds format raw
	says "'raw' is no format"
	exits 2 wds format raw-ip --dl qmapv9
	says "'qmapv9' is no aggregation protocol"
	exits 2 wds format --dl-max-size big
	says "--dl-max-size: 'big' is not a number"
	exits 2 wds format --endpoint usb
	says "hsusb:4"
	exits 2 wds format -i a/b
	says "no name of a network interface"
	exits 3 wds format -i nowhere0
	says "no network interface 'nowhere0'"
	same "$(modem count wda set_data_format)" 0
}

@test "wds format: the endpoint goes along where the user names it" {
	modem_start
	modem set wda_endpoint 1
	exits 1 wds format		# it is not known which, and the modem wants it
	says "MissingArgument"
	exits 0 wds format raw-ip --endpoint hsusb:4 -f modem.format
	same "$output" raw-ip
	exits 1 wds format 802-3 --endpoint hsusb:5
	says "InvalidArgument"
	format_is 2 0 0
}

@test "wds format: without WDA it is told by CTL, and cannot be asked" {
	modem_start
	modem answer ctl allocate_cid 31
	exits 5 wds format
	says "the modem has no WDA"
	exits 0 wds format raw-ip -j
	same "$output" '{"modem":{"format":"raw-ip"}}'
	same "$(modem get link_protocol)" 2
	exits 5 wds format raw-ip --dl qmap
	says "InvalidServiceType"
	modem answer ctl set_data_format 71
	exits 5 wds format 802-3
	says "InvalidQmiCommand"
}

@test "wds format: a modem that can be told and not asked" {
	modem_start
	modem answer wda get_data_format 71
	exits 0 wds format raw-ip -f modem.format
	same "$output" raw-ip
	same "$(modem count ctl set_data_format)" 0
}

@test "wds format does not break a session that is up, unless it is forced" {
	modem_start
	modem set wds_status 2
	exits 3 wds format raw-ip
	says "a data session is up" "--force"
	modem set wds_status 1
	modem set wds_status6 2
	exits 3 wds format raw-ip
	says "a data session is up"
	format_is 1 0 0
	exits 0 wds format 802-3	# no change, no harm
	exits 0 wds format raw-ip --force
	format_is 2 0 0
	nothing_left
}

@test "wds format does not break a session of ours, of which the modem tells nobody else" {
	modem_start
	exits 0 wds start -s wan --ip 6
	exits 3 wds format raw-ip
	says "a data session is up"
	exits 0 wds stop -s wan
	exits 0 wds format raw-ip
	nothing_left
}

# ---- format: both sides ----

@test "wds format: the kernel's side, and whether they agree" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 N N
	k 0 wds format -i wwan0 -j
	holds "$output" '{"interface":"wwan0","agree":true,"modem":{' \
		'"kernel":{"driver":"qmi_wwan","format":"802-3","pass_through":false,"up":false,"mtu":1500}}'
	modem set link_protocol 2
	k 0 wds format -i wwan0 -f agree
	same "$output" false
}

@test "wds format switches the kernel: down for it, and up again as it was" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 N
	k 0 wds format raw-ip -i wwan0 -f kernel.format -f agree
	same "$output" $'raw-ip\ntrue'
	sys_is raw_ip Y
	is_down wwan0
	format_is 2 0 0
	ip link set wwan0 up
	k 0 wds format 802-3 -i wwan0 -f kernel.format -f kernel.up
	same "$output" $'802-3\ntrue'
	sys_is raw_ip N
	is_up wwan0
	k 0 wds format 802-3 -i wwan0	# nothing to do
	same "$(modem count wda set_data_format)" 2
}

@test "wds format: pass_through is left before raw-ip is" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 Y Y
	modem set link_protocol 2
	k 0 wds format 802-3 -i wwan0
	sys_is pass_through N
	sys_is raw_ip N
}

@test "wds format: an interface that carries addresses is not switched" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 N
	ip link set wwan0 up
	ip addr add 10.0.0.2/30 dev wwan0
	k 3 wds format raw-ip -i wwan0
	says "a data session is up"
	sys_is raw_ip N
	format_is 1 0 0
	k 0 wds format raw-ip -i wwan0 --force
	sys_is raw_ip Y
	is_up wwan0
	holds "$(ip -o addr show dev wwan0)" 10.0.0.2/30
}

@test "wds format: a modem that refuses leaves the kernel as it is" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 N
	ip link set wwan0 up
	modem answer wda set_data_format 3
	k 1 wds format raw-ip -i wwan0
	sys_is raw_ip N
	is_up wwan0
}

@test "wds format: no permission is seen before the modem is touched" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 N
	chmod 444 "$NET/qmi/raw_ip"
	exits 0 wds format
	without dac_override
	k 9 wds format raw-ip -i wwan0
	says "no permission to switch wwan0"
	format_is 1 0 0
}

@test "wds format: where the interface cannot be taken down the modem gets its format back" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 N
	ip link set wwan0 up
	exits 0 wds format
	without net_admin
	k 9 wds format raw-ip -i wwan0
	says "no permission to switch to raw-ip: wwan0"
	format_is 1 0 0
	is_up wwan0
}

@test "wds format: a kernel that does not keep the value, and one that cannot write" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 N
	rm "$NET/qmi/raw_ip"
	mkfifo "$NET/qmi/raw_ip"
	background sh -c 'echo N >"$1"; read -r wish <"$1"; echo "$wish" >"$2"; echo N >"$1"' sh \
		"$NET/qmi/raw_ip" "$DIR/wish"
	k 3 wds format raw-ip -i wwan0
	says "the kernel did not take it"
	same "$(cat "$DIR/wish")" Y
	format_is 1 0 0
	rm "$NET/qmi/raw_ip"
	mkdir "$NET/qmi/raw_ip"		# it is there, and not what it should be: left alone
	k 3 wds format 802-3 -i wwan0
	says "wwan0 is raw-ip, and its driver cannot be switched"
}

@test "wds format: an interface of another driver is fixed" {
	needs_kernel
	modem_start
	netdev wwan0
	SYS=$DIR/sys
	mkdir "$SYS"
	k 0 wds format raw-ip -i wwan0 -j
	holds "$output" '"agree":true' '"kernel":{"format":"raw-ip","up":false,"mtu":1500}'
	k 3 wds format 802-3 -i wwan0
	says "its driver cannot be switched"
	format_is 2 0 0
}

@test "wds format: the endpoint is the USB interface's, where the modem wants it" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 N
	modem set wda_endpoint 1
	k 0 wds format raw-ip -i wwan0 -f agree
	same "$output" true
	format_is 2 0 0
	# Asked once without; it is known from then on.
	same "$(modem count wda get_data_format) $(modem count wda set_data_format)" "3 1"
}

@test "wds format: links want raw-ip and QMAP" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 Y
	qmimux wwan0 qmimux0 1
	modem set link_protocol 2
	modem set wda_ul_protocol 5
	modem set wda_dl_protocol 5
	k 0 wds format raw-ip -i wwan0	# as it is
	format_is 2 5 5
	k 3 wds format 802-3 -i wwan0
	says "wwan0 has mux links"
	k 3 wds format raw-ip --dl disabled -i wwan0
	says "delete them first"
	format_is 2 5 5
}

# ---- iface ----

@test "wds iface: what the kernel has, without asking the modem" {
	needs_kernel
	qmi_wwan wwan0 Y N
	qmimux wwan0 qmimux0 1
	qmimux wwan0 lte5 200
	ip link set wwan0 up
	k 0 wds iface -i wwan0 -j
	same "$output" '{"interface":"wwan0","driver":"qmi_wwan","format":"raw-ip","pass_through":false,"up":true,"mtu":1500,"links":[{"interface":"qmimux0","mux_id":1,"driver":"qmi_wwan","up":false,"mtu":1500},{"interface":"lte5","mux_id":200,"driver":"qmi_wwan","up":false,"mtu":1500}]}'
	k 0 wds iface -i wwan0
	holds "$output" "interface:    wwan0" "mtu:          1500 bytes"
	k 0 wds iface -i wwan0 -e
	holds "$output" "format='raw-ip'" "links_1_mux_id='200'"
	k 0 wds iface -i wwan0 -f 'links[1].interface'
	same "$output" lte5
	proxy_gone
}

@test "wds iface: without sysfs there is less to know" {
	needs_kernel
	netdev wwan0
	SYS=$DIR/sys
	mkdir "$SYS"
	k 0 wds iface -i wwan0 -j
	same "$output" '{"interface":"wwan0","format":"raw-ip","up":false,"mtu":1500,"links":[]}'
	k 10 wds iface -i wwan0 -f driver
	k 3 wds iface
	says "no network interface is known for" "--interface"
	k 3 wds iface -i nowhere0
	says "no network interface 'nowhere0'"
}

# port NAME: that interface is the one beside /dev/cdc-wdm0, which is the emulated modem's pty.
port() {
	mkdir -p "$SYS/class/usbmisc/cdc-wdm0" "$USB/net/$1" "$DIR/dev/pts"
	ln -s ../../../devices/usb/1-1:1.4 "$SYS/class/usbmisc/cdc-wdm0/device"
	ln -s "$(readlink "$DEV")" "$DIR/dev/cdc-wdm0"
	: >"$DIR/dev/null"
}

# p CODE ARG...: as k, with that port, which is the only one there.
p() {
	local want=$1

	shift
	run --separate-stderr timeout -k 1 "$PATIENCE" unshare -m sh -c 'mount --bind "$1" /sys &&
		mount --bind /dev/null "$2/null" && mount --rbind /dev/pts "$2/pts" &&
		mount --rbind "$2" /dev && shift 2 && unset QMI_DEVICE && exec "$@"' sh "$SYS" \
		"$DIR/dev" "$QMITOOL" "$@"
	[ "$status" -eq "$want" ] && return
	printf 'qmitool %s: exit %s, not %s\n%s\n%s\n' "$*" "$status" "$want" "$output" "$stderr" >&2
	return 1
}

@test "wds iface: the port's own interface, found in sysfs" {
	needs_kernel
	modem_start_pty
	qmi_wwan wwan7 N
	port wwan7
	p 0 wds iface -f interface
	same "$output" wwan7
	p 0 wds iface -d "$(readlink "$DEV")" -f interface
	same "$output" wwan7
	p 0 wds format raw-ip -j
	holds "$output" '{"interface":"wwan7","agree":true'
	sys_is raw_ip Y
}

# hardware NAME WHERE: an interface of the device that stands there in sysfs.
hardware() {
	netdev "$1"
	mkdir -p "$SYS/class/net/$1" "$SYS/devices/$2"
	ln -s "../../../devices/$2" "$SYS/class/net/$1/device"
}

# A slip of the pen configured the cable's interface for the session, MTU and routes.
@test "an interface that is another device's is refused, before anything is done to it" {
	needs_kernel
	modem_start_pty
	qmi_wwan wwan7 N
	port wwan7
	hardware eth9 pci0000:00/0000:00:03.0
	hardware wwan8 usb/1-1:1.5
	hardware wwan9 usb/1-12:1.4
	p 3 wds up -i eth9 --apn internet
	says "eth9 is another device's interface; the modem's is wwan7"
	p 3 wds format raw-ip -i wwan9
	says "wwan9 is another device's"
	p 3 wds link add -i eth9
	says "eth9 is another device's"
	format_is 1 0 0
	same "$(modem count wds start_network)" 0
	sys_is raw_ip N
	p 0 wds iface -i wwan8 -f interface
	same "$output" wwan8
	netdev tun9			# what is no hardware may stand on anything
	p 0 wds iface -i tun9 -f interface
	# where it is not known which is the modem's
	k 0 wds iface -i eth9 -f interface
}

# ---- what start does by itself ----

ready() {
	needs_kernel
	modem_start_pty
	qmi_wwan "$@"
	port "$1"
}

# started KERNEL MODEM UL DL: a session, and both sides so.
started() {
	local kernel=$1

	shift
	p 0 wds start -f status
	same "$output" connected
	sys_is raw_ip "$kernel"
	format_is "$@"
	p 0 wds stop
}

@test "wds start: formats that agree are left alone" {
	ready wwan0 N
	started N 1 0 0
	same "$(modem count wda set_data_format)" 0
}

@test "wds start: raw-ip on both sides where they differ, whoever is wrong" {
	ready wwan0 N
	ip link set wwan0 up
	modem set link_protocol 2
	started Y 2 0 0
	is_up wwan0
	same "$(modem count wda set_data_format)" 0
	modem set link_protocol 1
	started Y 2 0 0
	same "$(modem count wda set_data_format)" 1
}

@test "wds start: a modem that refuses raw-ip keeps its format, and the kernel takes it" {
	ready wwan0 Y
	modem answer wda set_data_format 3
	started N 1 0 0
	modem answer wda set_data_format 0	# says yes, and does not
	echo Y >"$NET/qmi/raw_ip"
	started N 1 0 0
}

@test "wds start: what is left over of mux links goes" {
	ready wwan0 Y Y
	modem set link_protocol 2
	modem set wda_ul_protocol 5
	modem set wda_dl_protocol 5
	started Y 2 0 0
	sys_is pass_through N
}

@test "wds start: over an interface with mux links only by one of them" {
	ready wwan0 Y
	qmimux wwan0 qmimux0 1
	p 3 wds start
	says "wwan0 has mux links" "--mux"
	nothing_left
}

@test "wds start: a modem without WDA is told by CTL what the kernel has, or the other way round" {
	ready wwan0 Y
	modem answer wda get_data_format 71
	modem answer wda set_data_format 71
	started Y 2 0 0
	modem answer ctl set_data_format 3
	started Y 2 0 0				# it takes neither: left alone
	modem answer ctl set_data_format 0 1002000100	# 802.3, whatever it is told
	started N 2 0 0
}

@test "wds start: a kernel that does not switch" {
	ready wwan0 N
	modem set link_protocol 2
	rm "$NET/qmi/raw_ip"
	mkfifo "$NET/qmi/raw_ip"
	background sh -c 'echo N >"$1"; read -r wish <"$1"; echo N >"$1"' sh "$NET/qmi/raw_ip"
	p 3 wds start
	says "the kernel did not take it"
	same "$(modem calls all)" 0
	nothing_left
}

# ---- link ----

@test "wds link: a list, four forms" {
	needs_kernel
	qmi_wwan wwan0 Y
	k 0 wds link -i wwan0 -j
	same "$output" '{"interface":"wwan0","links":[]}'
	qmimux wwan0 qmimux0 7
	qmimux wwan0 qmimux1 3
	netdev other0			# what has no mux id is no link: a VLAN, a bridge
	ln -s ../other0 "$NET/upper_other0"
	k 0 wds link list -i wwan0 -j
	same "$output" '{"interface":"wwan0","links":[{"interface":"qmimux0","mux_id":7,"driver":"qmi_wwan","up":false,"mtu":1500},{"interface":"qmimux1","mux_id":3,"driver":"qmi_wwan","up":false,"mtu":1500}]}'
	k 0 wds link -i wwan0
	holds "$output" "interface: wwan0" "interface  mux_id  driver"
	k 0 wds link -i wwan0 -e
	holds "$output" "links_1_mux_id='3'"
	k 0 wds link -i wwan0 -f 'links[0].mux_id'
	same "$output" 7
}

# Before Linux 5.12 links do not tell their mux id.  They have no kind in netlink; of the
# interfaces that a test can have lo alone is such.
@test "wds link: of an old kernel the ids are those of add_mux, in order" {
	needs_kernel
	qmi_wwan wwan0 Y
	ln -s ../lo "$NET/upper_lo"
	qmimux wwan0 qmimux0 3
	printf '0x07\n0x03\n' >"$NET/qmi/add_mux"
	k 0 wds link list -i wwan0 -f 'links[0].interface' -f 'links[0].mux_id' -f 'links[1].mux_id'
	same "$output" $'lo\n7\n3'
	: >"$NET/qmi/add_mux"
	k 10 wds link -i wwan0 -f 'links[0].mux_id'
}

# What qmi_wwan does once it is written to: one link is added, and told of in add_mux.
kernel_adds() {
	local id

	read -r id <"$NET/qmi/add_mux"
	ip tuntap add dev "$1" mode tun
	mkdir -p "$SYS/class/net/$1/qmap"
	echo "$id" >"$SYS/class/net/$1/qmap/mux_id"
	ln -s "../$1" "$NET/upper_$1"
	echo "$id" >"$NET/qmi/add_mux"
}

adding() {
	rm "$NET/qmi/add_mux"
	mkfifo "$NET/qmi/add_mux"
	NETDEVS="${NETDEVS:-} $1"
	background kernel_adds "$1"
}

@test "wds link add: both sides in QMAP, the link made, its parent up" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 N
	adding qmimux0
	k 0 wds link add --mux 5 -i wwan0 -j
	same "$output" '{"interface":"qmimux0","parent":"wwan0","mux_id":5,"driver":"qmi_wwan","up":false,"mtu":1500,"aggregation":"qmap","max_size":16383}'
	same "$(cat "$SYS/class/net/qmimux0/qmap/mux_id")" 0x05
	sys_is raw_ip Y
	format_is 2 5 5
	is_up wwan0
	mtu_is wwan0 16383
	# Again: there is nothing to do.
	k 0 wds link add --mux 5 -i wwan0 -f interface
	same "$output" qmimux0
	says "qmimux0 has mux id 5 already"
	same "$(modem count wda set_data_format)" 1
	nothing_left
}

@test "wds link add: the lowest free id, a name, an MTU, sizes" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 Y
	qmimux wwan0 qmimux0 1
	modem set link_protocol 2
	modem set wda_ul_protocol 5
	modem set wda_dl_protocol 5
	modem set wda_dl_size 4096
	adding qmimux1
	NETDEVS="$NETDEVS lte"
	k 0 wds link add -i wwan0 --name lte --mtu 1430 -j
	holds "$output" '{"interface":"lte","parent":"wwan0","mux_id":2,' '"mtu":1430,' '"max_size":4096}'
	mtu_is lte 1430
	mtu_is wwan0 4096
	# Another link's session may be up: its format stays.
	same "$(modem count wda set_data_format)" 0
	k 3 wds link add -i wwan0 --mux 9 --size 8192
	says "the links that wwan0 has use another format"
	same "$(modem count wda set_data_format)" 0
}

@test "wds link add: a session that is up is not broken" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 Y
	modem set link_protocol 2
	modem set wds_status 2
	k 3 wds link add -i wwan0
	says "a data session is up"
	format_is 2 0 0
	sys_is add_mux ""
}

@test "wds link add: a modem without QMAP, one that refuses, one without WDA" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 Y
	modem set link_protocol 2
	modem set wda_max_protocol 0
	k 5 wds link add -i wwan0
	says "the modem has no QMAP"
	format_is 2 0 0
	modem answer wda set_data_format 94
	k 5 wds link add -i wwan0
	says "NotSupported (94) to QMAP"
	modem answer wda get_data_format 71
	k 5 wds link add -i wwan0
	says "no WDA"
	sys_is add_mux ""
	is_down wwan0
}

@test "wds link add: where the kernel fails the modem gets its format back" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 Y
	modem set link_protocol 2
	ln -sf /dev/full "$NET/qmi/add_mux"
	k 3 wds link add -i wwan0
	says "cannot add a mux link to wwan0: No space left on device"
	format_is 2 0 0
	rm "$NET/qmi/add_mux"
	: >"$NET/qmi/add_mux"		# it takes the value, and there is no link
	k 3 wds link add -i wwan0
	says "cannot add a mux link to wwan0: the kernel did not take it"
	format_is 2 0 0
}

@test "wds link add: kernels and versions" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 Y
	k 5 wds link add -i wwan0 --aggregation qmapv5
	says "qmapv5 needs rmnet"
	k 2 wds link add -i wwan0 --aggregation qmapv6
	says "none of qmapv5, qmapv4, qmap"
	netdev tun7
	if ip link add link tun7 name rm7 type rmnet mux_id 1 2>/dev/null; then
		ip link delete rm7
		skip "this kernel has rmnet"
	fi
	k 5 wds link add -i tun7
	says "no mux links for tun7 (no rmnet)"
}

@test "wds link add: mistakes" {
	needs_kernel
	modem_start
	qmi_wwan wwan0 Y
	for id in 0 255 x; do
		k 2 wds link add -i wwan0 --mux "$id"
		says "--mux: '$id' is not a number from 1 to 254"
	done
	k 2 wds link add -i wwan0 --name a/b
	k 2 wds link add -i wwan0 --name sixteen-letters-
	k 2 wds link add -i wwan0 --size 0
	k 2 wds link add -i wwan0 --mtu 60
	k 3 wds link add -i nowhere0
	says "no network interface"
	same "$(modem count wda set_data_format)" 0
}

# What it does once it is told to delete the one link that there is.
kernel_deletes() {
	local id

	read -r id <"$NET/qmi/del_mux"
	echo "$id" >"$DIR/told"
	rm "$NET/upper_qmimux0"
	: >"$NET/qmi/add_mux"
}

@test "wds link delete: by name and by id; none there is a note" {
	needs_kernel
	qmi_wwan wwan0 Y
	k 0 wds link delete qmimux0 -i wwan0
	says "has no mux link 'qmimux0'"
	rm "$NET/qmi/del_mux" "$NET/qmi/add_mux"
	mkfifo "$NET/qmi/del_mux" "$NET/qmi/add_mux"
	qmimux wwan0 qmimux0 1
	for which in qmimux0 1; do
		[ -e "$NET/upper_qmimux0" ] || ln -s ../qmimux0 "$NET/upper_qmimux0"
		background kernel_deletes
		k 0 wds link delete "$which" -i wwan0
		silent
		same "$(cat "$DIR/told")" 0x01
	done
	k 2 wds link delete -i wwan0
	says "or --all"
	k 2 wds link delete 1 --all -i wwan0
	ln -s ../qmimux0 "$NET/upper_qmimux0"
	background kernel_deletes
	k 0 wds link delete --all -i wwan0
	same "$(cat "$DIR/told")" 0x01
	k 0 wds link delete --all -i wwan0
}

@test "wds link delete: a kernel that does not do it" {
	needs_kernel
	qmi_wwan wwan0 Y
	qmimux wwan0 qmimux0 1
	echo 0x01 >"$NET/qmi/add_mux"
	k 3 wds link delete qmimux0 -i wwan0
	says "cannot delete a mux link of wwan0: the kernel did not take it"
	same "$(cat "$NET/qmi/del_mux")" 0x01
}
