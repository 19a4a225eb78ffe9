#!/bin/busybox sh
# ModemManager beside us: it gets the modem through our proxy, which stands where libqmi's would,
# while our applets and qmicli ask again and again.
# shellcheck shell=sh disable=SC2154 source=tests/kernel/guest/lib.sh
. /rig/lib.sh

# One system throughout: what a test starts goes on.
fresh() {
	:
}

ROUNDS=10
MM_PATIENCE=120		# seconds: its start takes half a minute where the guest is emulated

system_up() {
	mkdir -p /run/dbus /run/udev /var/lib/ModemManager /var/lib/dbus /usr/libexec
	cat >/etc/passwd <<-'END'
		root:x:0:0:root:/root:/bin/sh
		messagebus:x:101:101::/:/bin/false
		polkitd:x:102:102::/:/bin/false
	END
	for group in root:x:0 messagebus:x:101 polkitd:x:102 tty:x:5 dialout:x:20 kmem:x:15 input:x:16 \
		video:x:44 audio:x:29 lp:x:7 disk:x:6 cdrom:x:24 tape:x:26 kvm:x:104 render:x:105 sgx:x:106; do
		echo "$group:"
	done >/etc/group
	echo 0123456789abcdef0123456789abcdef >/etc/machine-id
	# What libqmi's library starts where it finds no proxy.
	ln -sf "$(command -v qmitool)" /usr/libexec/qmi-proxy
	# ModemManager 1.20's plugin for this vendor wants AT ports, too; the generic one does not.
	modem usb-id 05c6:9025
	modem unplug
	await not test -e $DEV
	modem plug
	await test -c $DEV
	/lib/systemd/systemd-udevd --daemon
	udevadm trigger --action=add
	udevadm settle
	dbus-daemon --system --fork
	/usr/lib/polkit-1/polkitd --no-debug >/rig/polkit.log 2>&1 &
}

mm_start() {
	ModemManager --debug >/rig/mm.log 2>&1 &
	echo $! >/rig/mm.pid
}

# mm_says PATTERN: among mmcli's words about the modem.
mm_says() {
	mmcli -m any -K 2>/dev/null | grep -q "$1"
}

mm_await() {
	tries=$MM_PATIENCE
	until mm_says "$1"; do
		tries=$((tries - 1))
		if [ $tries = 0 ] || gone "$(cat /rig/mm.pid)"; then
			echo "in vain: $1"
			mmcli -m any || :
			tail -n 30 /rig/mm.log
			return 1
		fi
		sleep 1
	done
}

# mm KEY: the value that mmcli has for it.
mm() {
	mmcli -m any -K | sed -n "s/^modem\.$1 *: //p"
}

found() {
	mm_start
	mm_await 'modem.generic.state *: [de]'
	same "$(mm generic.equipment-identifier)" "$(modem get imei)"
	same "$(mm generic.model)" "$(modem get model)"
	same "$(mm generic.primary-port)" cdc-wdm0
}

# By our proxy, which it started itself by libqmi's name for it.
by_our_proxy() {
	exits 0 proxy status -j
	holds "$out" '"name":"ModemManager"' '"opens":1'
	same "$(pidof qmi-proxy)" "$(proxy_pid)"
}

enabled() {
	mmcli -m any --enable
	mm_await 'modem.generic.state *: registered'
	same "$(mm 3gpp.operator-code)" "$(q nas status -f plmn.mcc)$(q nas status -f plmn.mnc)"
	mm_await 'modem.generic.signal-quality.value *: [1-9]'
}

ask_again() {
	n=$ROUNDS
	while [ $n -gt 0 ]; do
		n=$((n - 1))
		"$@" || echo "failed: $*"
	done
}

# Each asks ROUNDS times, all at once; nobody may lose an answer.
together() {
	before=$(q proxy status -f 'ports[0].forgotten')
	start qmitool nas monitor -j -t 0 >/rig/monitor
	echo "$last" >/rig/monitor.pid
	await grep -q rsrp /rig/monitor
	pids=
	for job in "qmitool nas signal -f lte.rsrp" "qmitool uim status -f state" \
		"qmitool dms info -f imei" "qmicli -p -d $DEV --nas-get-signal-info" \
		"mmcli -m any -K"; do
		# shellcheck disable=SC2086
		ask_again $job >"/rig/of.$(echo "$job" | tr -c 'a-z\n' _)" 2>&1 &
		pids="$pids $!"
	done
	for pid in $pids; do
		wait "$pid"
	done
	not grep ^failed: /rig/of.*
	same "$(cat /rig/of.qmitool_nas* | sort -u)" -97
	same "$(cat /rig/of.qmitool_nas* | wc -l)" $ROUNDS
	same "$(sort -u /rig/of.qmitool_uim*)" ready
	same "$(sort -u /rig/of.qmitool_dms*)" "$(modem get imei)"
	same "$(grep -c "RSRP: '-97 dBm'" /rig/of.qmicli*)" $ROUNDS
	same "$(grep -c 'modem.generic.state *: registered' /rig/of.mmcli*)" $ROUNDS
	not gone "$(cat /rig/monitor.pid)"
	same "$(q proxy status -f 'ports[0].forgotten')" "$before"
}

# What the README shows.
shown() {
	{
		echo '$ mmcli -m any'
		mmcli -m any | grep -E '(model|equipment id|primary port|  state|signal quality):'
		echo '$ qmitool nas signal -f lte.rsrp; qmitool uim status -f state'
		qmitool nas signal -f lte.rsrp
		qmitool uim status -f state
		echo '$ pidof ModemManager; qmitool proxy status'
		pidof ModemManager
		qmitool proxy status | sed -n '/^clients/,/^limits/p' | grep -v ^limits
	} >>/rig/notes
}

weaker() {
	grep -q -- '"rsrp":-120' /rig/monitor
}

# An indication reaches our monitor and ModemManager.
both_hear() {
	quality=$(mm generic.signal-quality.value)
	modem signal lte -90 -15 -120 10
	await weaker
	tries=$MM_PATIENCE
	while [ "$(mm generic.signal-quality.value)" = "$quality" ]; do
		tries=$((tries - 1))
		[ $tries -gt 0 ]
		sleep 1
	done
	kill -TERM "$(cat /rig/monitor.pid)"
	await gone "$(cat /rig/monitor.pid)"
	modem signal lte -65 -11 -97 120
}

# bearer KEY: of the connection.
bearer() {
	mmcli -b "$(mm 'generic.bearers.value\[1\]')" -K | sed -n "s/^bearer\.$1 *: //p"
}

# What ModemManager connected carries packets.
connects() {
	mmcli -m any --simple-connect=apn=internet
	mm_await 'modem.generic.state *: connected'
	same "$(bearer status.connected)" yes
	ip addr add "$(bearer ipv4-config.address)/$(bearer ipv4-config.prefix)" dev wwan0
	ip link set wwan0 up
	ip route add default dev wwan0
	ping -c 3 -w $PATIENCE 192.0.2.1
	asks -d $DEV
	ip link set wwan0 down
	mmcli -m any --simple-disconnect
	mm_await 'modem.generic.state *: registered'
}

# Killed, it leaves client ids; the next one does not run out of them.
killed() {
	kill -KILL "$(cat /rig/mm.pid)"
	await gone "$(cat /rig/mm.pid)"
	exits 0 nas signal
	mm_start
	mm_await 'modem.generic.state *: [der]'
	same "$(mm generic.equipment-identifier)" "$(modem get imei)"
}

pulled() {
	modem unplug
	await not test -e $DEV
	await not mm_says .
	modem plug
	await test -c $DEV
	mm_await 'modem.generic.state *: [der]'
	exits 0 dms info -f imei
	same "$out" "$(mm generic.equipment-identifier)"
}

check "a system with udev, D-Bus and the proxy under libqmi's name" system_up
check "ModemManager finds the modem" found
check "by our proxy" by_our_proxy
check "ModemManager enables it: registered, with a signal" enabled
check "monitor, applets, qmicli and mmcli at once: nobody loses an answer" together
check "each of them sees the same modem" shown
check "an indication reaches our monitor and ModemManager" both_hear
check "ModemManager connects and disconnects" connects
check "ModemManager killed: the next one finds the modem" killed
check "the cable pulled and plugged: ModemManager and we find the modem again" pulled
cp /rig/mm.log /out/
finish
