#!/bin/busybox sh
# The port that the real kernel makes: /dev/cdc-wdm0 of qmi_wwan.
# shellcheck shell=sh source=tests/kernel/guest/lib.sh
. /rig/lib.sh

# ---- the usual ----

through_auto_started() {
	not proxy_runs
	asks
	proxy_runs
	exits 0 dms info -f imei
	same "$out" "$(modem get imei)"
	exits 0 uim status
	exits 0 status
	exits 0 proxy status -f 'ports[0].path' -f 'ports[0].driver' -f 'ports[0].opens'
	same "$out" "$DEV
qmi_wwan
1"
	nothing_left
}


# What nobody else has open is ours alone; the proxy's port is not to be had beside it.
direct() {
	asks -n
	exits 0 dms info -n -f imei
	not proxy_runs
	modem wait 0 clients all
	asks
	exits 3 nas signal -n
	holds "$err" $DEV "somebody else holds it"
}

qmicli_beside() {
	command -v qmicli >/dev/null || skip "qmicli is not installed"
	asks
	(
		for i in 1 2 3 4 5; do
			timeout $PATIENCE qmicli -p -d $DEV --nas-get-signal-info
		done
		echo "qmicli: $?"
	) >$WORK/theirs 2>&1 &
	theirs=$!
	for i in 1 2 3 4 5 6 7 8 9 10; do
		asks
		exits 0 dms info -f imei
	done
	wait $theirs
	same "$(grep -c "RSRP: '-97 dBm'" $WORK/theirs)" 5
	exits 0 proxy status -f 'ports[0].opens'
	same "$out" 1
	nothing_left
}

libqmi_listens() {
	grep -q '@qmi-proxy$' /proc/net/unix
}

through_libqmis() {
	[ -x /usr/libexec/qmi-proxy ] || skip "libqmi's qmi-proxy is not installed"
	start /usr/libexec/qmi-proxy --no-exit >/dev/null 2>&1
	await libqmi_listens
	asks
	exits 0 dms info -f imei
	exits 0 uim status
	same "$(pidof qmi-proxy)" "$last"
	modem wait 0 clients all
}

# ---- what the last opener left ----

# frame HEX...: to the port, by somebody who does not wait for the answer.
frame() {
	# shellcheck disable=SC2059
	printf "$(echo "$*" | sed 's/ //g; s/../\\x&/g')" >$DEV
}

# Answers wait in the driver and in the modem, and the next one to open the port reads them: a client
# id that was allocated for somebody else, versions, and the signal of another day for each client id
# that we may be given.
leave_behind() {
	frame 01 0f00 00 00 00 00 01 2200 0400 01 0100 03
	frame 01 0b00 00 00 00 00 02 2100 0000
	modem wait 2+ usb sent
	for client in 01 02 03 04 05 06; do
		modem inject "011c008003${client}0201004f00100002040000000000140600c4f6ceff7800"
	done
	modem wait 6+ usb queued
}

stale_answers() {
	leave_behind
	dd if=$DEV of=$WORK/stale bs=4096 count=1
	[ -s $WORK/stale ]
	leave_behind
	asks "$@"
	exits 0 dms info -f imei "$@"
	same "$out" "$(modem get imei)"
}

# ---- many ----

# They have time: on a busy machine it takes some.
hundred() {
	i=0
	while [ $i -lt 100 ]; do
		i=$((i + 1))
		timeout 120 qmitool nas signal -f lte.rsrp -t 100 >$WORK/of.$i 2>&1 &
	done
	wait
	sort $WORK/of.* | uniq -c
	same "$(cat $WORK/of.* | grep -cx -e -97)" 100
	exits 0 proxy status -f 'ports[0].opens'
	same "$out" 1
	nothing_left
}

second_modem() {
	usbmodem -p 1 -c /rig/modem1.ctl -b -T 600 -e "set model SECOND" >$WORK/pid
	await test -c /dev/cdc-wdm1
}

second_gone() {
	modemctl /rig/modem1.ctl quit
	await not test -e /dev/cdc-wdm1
}

# The cable of the one is pulled: who waits at the other does not notice.
two_modems() {
	second_modem
	exits 0 dms info -d $DEV -f model
	same "$out" "$(modem get model)"
	exits 0 dms info -d /dev/cdc-wdm1 -f model
	same "$out" SECOND
	exits 3 dms info
	holds "$err" "which device" $DEV /dev/cdc-wdm1
	exits 0 list -f 'ports[1].device' -f 'ports[1].netdev'
	same "$out" "/dev/cdc-wdm1
wwan1"
	modemctl /rig/modem1.ctl late 3000
	start qmitool dms info -d wwan1 -f model >$WORK/late
	modemctl /rig/modem1.ctl wait 1+ usb sent
	modem unplug
	await not test -e $DEV
	reap "$last"
	same "$code $(cat $WORK/late)" "0 SECOND"
	exits 0 dms info -f model
	same "$out" SECOND
	second_gone
}

# ---- the cable ----

uptime_ms() {
	sed 's/\([0-9]*\)\.\([0-9]*\) .*/\1\20/' /proc/uptime
}

# Deadlines are far away: who ends, ends because the modem went.
unplug_in_flight() {
	modem answer nas get_signal_info silent
	pids=
	for i in 1 2 3 4 5; do
		start qmitool nas signal -t 300 2>$WORK/err.$i
		pids="$pids $last"
	done
	modem wait 5 count nas get_signal_info
	proxy=$(proxy_pid)
	began=$(uptime_ms)
	modem unplug
	for pid in $pids; do
		reap "$pid"
		same "$code" 8
	done
	echo "all had their error after $(($(uptime_ms) - began)) ms" >>/rig/notes
	for i in 1 2 3 4 5; do
		holds "$(cat $WORK/err.$i)" "the modem went away"
	done
	await not test -e $DEV
	exits 3 nas signal -d $DEV
	modem reset
	await test -c $DEV
	asks
	same "$(proxy_pid)" "$proxy"
}

unplug_direct() {
	modem answer nas get_signal_info silent
	start qmitool nas signal -n -t 300 2>$WORK/unplugged
	modem wait 1 count nas get_signal_info
	modem unplug
	reap "$last"
	same "$code" 8
	holds "$(cat $WORK/unplugged)" "the modem went away"
	modem reset
	await test -c $DEV
	asks -n
}

# processes N: so many have a port open through the proxy.
processes() {
	[ "$(q proxy status -f 'ports[0].processes')" = "$1" ]
}

# While a command is on its way and the modem does not take it.
unplug_while_stalled() {
	asks
	modem stall on
	start qmitool nas signal -t 300 2>$WORK/err.1
	modem wait 1 usb held
	start qmitool dms info -t 300 2>$WORK/err.2
	await processes 2
	modem unplug
	reap "$last"
	same "$code" 8
	reap "$(head -n 1 $WORK/pids)"
	same "$code" 8
	modem reset
	await test -c $DEV
	asks
}

devnum() {
	cat /sys/bus/usb/devices/1-1/devnum
}

other_devnum() {
	[ "$(devnum 2>/dev/null)" != "$1" ] && [ -n "$(devnum 2>/dev/null)" ] && [ -c $DEV ]
}

restarts() {
	start qmitool nas monitor -t 300 >/dev/null 2>$WORK/monitor
	modem wait 1+ clients nas
	modem sync
	reap "$last"
	same "$code" 8
	holds "$(cat $WORK/monitor)" "the modem restarted"
	asks
	before=$(devnum)
	exits 0 dms mode reset
	await other_devnum "$before"
	asks
	exits 0 proxy status -f 'ports[0].path'
	same "$out" $DEV
}

# ---- a modem that does not do its part ----

# deadline MS ARG...: exit 4, and gone by then, long before the 30 s that close() may take.
deadline() {
	limit=$1
	shift
	began=$(uptime_ms)
	exits 4 "$@"
	took=$(($(uptime_ms) - began))
	[ $took -lt "$limit" ] || {
		echo "$* took $took ms"
		return 1
	}
}

mute() {
	modem mute on
	deadline 15000 nas signal -t 2
	deadline 15000 nas signal -t 2
	modem mute off
	await asks
	modem mute on
	deadline 15000 nas signal -t 2
	modem mute off
	asks
}

mute_direct() {
	modem mute on
	deadline 15000 nas signal -n -t 2
	modem mute off
	asks -n
}

# The transfer of a command does not end: write() says EAGAIN, and close() waits up to 30 s.
not_taken() {
	asks
	modem stall on
	deadline 15000 nas signal -t 2
	deadline 15000 dms info -t 2
	modem stall off
	asks
}

not_taken_direct() {
	modem stall on
	deadline 15000 nas signal -n -t 2
	modem stall off
	asks -n
}

# The same for the proxy, when it ends and has to close the port.
not_taken_proxy_ends() {
	asks
	modem stall on
	exits 4 nas signal -t 1
	proxy=$(proxy_pid)
	began=$(uptime_ms)
	exits 0 proxy stop
	await gone "$proxy"
	took=$(($(uptime_ms) - began))
	[ $took -lt 15000 ]
}

# ticks PID: of processor time, in hundredths of a second.
ticks() {
	sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'
}

# The modem refuses the transfer: the command is lost, and nobody says which one it was.  The driver
# keeps the error for the next write(); poll() said POLLERR until then, read() had nothing to tell, and
# both the proxy and a command without it ran in circles for as long as they waited.
stalled_command() {
	asks
	before=$(ticks "$(proxy_pid)")
	modem stall-send 1
	exits 4 nas signal -t 3
	same "$(modem usb failing)" 0
	[ $(($(ticks "$(proxy_pid)") - before)) -lt 100 ]
	asks
}

stalled_command_direct() {
	modem stall-send 1
	code=0
	time -p -o $WORK/time timeout $PATIENCE qmitool nas signal -n -t 3 || code=$?
	same $code 4
	same "$(modem usb failing)" 0
	awk '/user|sys/ { n += $2 } END { print n; exit n >= 1 }' $WORK/time
	asks -n
}

failing_transfers() {
	asks "$@"
	modem stall-get 1
	asks "$@"
	modem error-get 1
	asks "$@"
	modem error-get 3
	asks "$@"
	same "$(modem usb failing)" 0
}

# After a transfer that failed, read() gives EIO and then 0, which is not the end; here the answer is
# announced again a little later.  Announcements of nothing make no difference.
empty_reads() {
	asks "$@"
	modem no-renotify on
	modem error-get 1
	start qmitool nas signal -f lte.rsrp "$@" >$WORK/late
	modem wait 0 usb failing
	usleep 50000 # so that it has read what there is; the test holds without it
	modem notify 3
	reap "$last"
	same "$code $(cat $WORK/late)" "0 -97"
}

# Answers in pieces; several at once; larger than the driver takes at a time; said twice.
shapes() {
	modem split 7
	asks "$@"
	modem split off
	modem answer nas get_signal_info append "f0c012$(printf '%09600d' 0)"
	asks "$@"
	modem answer nas get_signal_info default
	modem dup 3
	asks "$@"
	modem junk 0102
	asks "$@"
}

# The proxy does not read for a while, and the modem goes on talking.
not_read() {
	asks
	proxy=$(proxy_pid)
	kill -STOP "$proxy"
	echo "$proxy" >$WORK/stopped
	i=0
	while [ $i -lt 40 ]; do
		i=$((i + 1))
		modem ind nas 255 signal_info "f0e803$(printf '%02000d' 0)"
	done
	modem wait 1+ usb queued
	kill -CONT "$proxy"
	asks
	same "$(proxy_pid)" "$proxy"
	modem wait 0 usb queued
}

# ---- limits ----

# cdc-wdm would cut it: 4096 bytes of it would be written, and the modem would get rubbish, which
# it does not count as a request.
too_long() {
	exits 3 raw call nas get_signal_info "0x30=$(printf '%09000d' 0)" "$@"
	holds "$err" "longer than the device takes"
	exits 0 raw call nas get_signal_info "0x30=$(printf '%08000d' 0)" "$@"
	stop_proxy
	same "$(modem count nas get_signal_info)" 1
	same "$(modem count all)" "$(modem usb sent)"
}

# ---- names ----

lists() {
	exits 0 list -j
	same "$out" '{"ports":[{"device":"/dev/cdc-wdm0","driver":"qmi_wwan","netdev":"wwan0","usb_id":"2c7c:0125"}]}'
	modem unplug
	await not test -e $DEV
	exits 0 list -j
	same "$out" '{"ports":[]}'
}

netdev_name() {
	asks -d wwan0
	asks -d cdc-wdm0
	ln -s $DEV $WORK/link
	asks -d $WORK/link
	exits 10 proxy status -f 'ports[1].path'
	stop_proxy
	await silent
	asks -n -d wwan0
	exits 3 nas signal -d wwan7
}

holds_port() {
	[ "$(readlink "/proc/$1/fd/5")" = $DEV ]
}

# Another process has it open, and may read what is ours: the proxy says who.
holder() {
	start sh -c "exec sleep 300 5<>$DEV"
	await holds_port "$last"
	exits 3 nas signal -n
	holds "$err" "somebody else holds it"
	asks
	exits 0 proxy status -f 'ports[0].holder'
	same "$out" "$last"
}

check "applets through the proxy that starts by itself" through_auto_started
check "without a proxy; not where somebody holds the port" direct
check "qmicli -p beside our applets, through our proxy" qmicli_beside
check "our applets through libqmi's qmi-proxy" through_libqmis
check "answers for who had the port before: through the proxy" stale_answers
check "answers for who had the port before: without a proxy" stale_answers -n
check "a hundred processes at once" hundred
check "two modems; one goes" two_modems
check "unplugged with requests in flight: an error for each; plugged in again: the same proxy works" \
	unplug_in_flight
check "unplugged with a request in flight, without a proxy" unplug_direct
check "unplugged while it takes no command" unplug_while_stalled
check "the modem restarts, and is told to restart" restarts
check "a mute modem: the deadline is kept" mute
check "a mute modem, without a proxy" mute_direct
check "a modem that takes no command: the deadline is kept" not_taken
check "a modem that takes no command, without a proxy: the process ends in spite of close()" \
	not_taken_direct
check "a modem that takes no command: the proxy ends in spite of close()" not_taken_proxy_ends
check "a command that the modem stalls" stalled_command
check "a command that the modem stalls, without a proxy" stalled_command_direct
check "transfers that fail are made up for" failing_transfers
check "transfers that fail are made up for, without a proxy" failing_transfers -n
check "an empty read is not the end" empty_reads
check "an empty read is not the end, without a proxy" empty_reads -n
check "answers of all shapes" shapes
check "answers of all shapes, without a proxy" shapes -n
check "a proxy that does not read for a while" not_read
check "longer than the driver takes: refused, not cut" too_long
check "longer than the driver takes, without a proxy" too_long -n
check "list: node, driver, netdev, USB ids" lists
check "a netdev as the device, a name, a symlink: one port" netdev_name
check "proxy status tells who else has the port open" holder
finish
