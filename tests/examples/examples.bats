# The scripts of docs/examples do what they say, with an emulated modem.
load ../lib.bash

EXAMPLES=$BATS_TEST_DIRNAME/../../docs/examples

setup() {
	setup_common
	needs_applet nas uim
	mkdir "$DIR/bin"
	ln -s "$QMITOOL" "$DIR/bin/qmitool"
	PATH=$DIR/bin:$PATH
	GROUPS_STARTED=
	modem_start
}

teardown() {
	local group

	for group in $GROUPS_STARTED; do
		kill -KILL -- "-$group" 2>/dev/null || true
	done
	teardown_common
}

# example NAME ARG...: run it, never for ever.
example() {
	timeout "$PATIENCE" sh "$EXAMPLES/$1.sh" "${@:2}"
}

# follow NAME ARG...: in the background, a process group with what it starts; its id in $LAST.
follow() {
	background setsid sh "$EXAMPLES/$1.sh" "${@:2}"
	GROUPS_STARTED="$GROUPS_STARTED $LAST"
}

# file_has FILE TEXT: that is all there is in it.
file_has() {
	[ "$(cat "$1" 2>/dev/null)" = "$2" ]
}

@test "signal-led: as bright as the signal, dark when the modem tells of none" {
	mkdir "$DIR/led"
	echo 255 >"$DIR/led/max_brightness"
	follow signal-led "$DIR/led"
	wait_until "$PATIENCE" file_has "$DIR/led/brightness" 153	# -97 dBm: 3 of 5
	modem signal lte -60 -8 -80 200
	wait_until "$PATIENCE" file_has "$DIR/led/brightness" 255
	modem signal nr5g -101 155 -12
	modem signal lte -120 -20 -140 0
	wait_until "$PATIENCE" file_has "$DIR/led/brightness" 153	# NR's
	modem signal nr5g off
	wait_until "$PATIENCE" file_has "$DIR/led/brightness" 0
	run ! example signal-led "$DIR/nothing"
}

@test "pin-at-boot: gives the PIN where it is wanted, and only then" {
	echo 1234 >"$DIR/pin"
	modem count reset
	run -0 example pin-at-boot "$DIR/pin"
	same "$output" ""
	same "$(modem count uim verify_pin)" 0
	modem set pin1_status 1
	run -0 example pin-at-boot "$DIR/pin"
	same "$(modem get pin1_status)/$(modem count uim verify_pin)" 2/1
	nothing_left
}

@test "pin-at-boot: a wrong PIN costs one try, however often the machine starts" {
	echo 9999 >"$DIR/pin"
	modem set pin1_status 1
	run -6 example pin-at-boot "$DIR/pin"
	holds "$output" IncorrectPin
	echo 1234 >"$DIR/pin"
	run -6 example pin-at-boot "$DIR/pin"
	holds "$output" "2 tries are left"
	same "$(modem get pin1_retries)" 2
	modem set uim_card 0
	run -6 example pin-at-boot "$DIR/pin"
	run ! example pin-at-boot
}

@test "imsi-initramfs: the IMSI" {
	run -0 example imsi-initramfs "$DEV"
	same "$output" 001010000000001
	modem set uim_card 0
	run -6 example imsi-initramfs "$DEV"
	holds "$output" absent
}

@test "imsi-initramfs: a modem that comes up late, no /proc and no /sys" {
	[ "$(id -u)" = 0 ] && unshare -m true || skip "no mount namespaces here"
	! grep -q __asan_init "$QMITOOL" || skip "AddressSanitizer itself needs /proc"
	modem unplug
	background unshare -m sh -c 'mount -t tmpfs none /proc && mount -t tmpfs none /sys &&
		[ ! -e /proc/self ] && echo begun >"$1/began" && exec sh "$2" "$1/modem" >"$1/imsi"' \
		- "$DIR" "$EXAMPLES/imsi-initramfs.sh"
	wait_until "$PATIENCE" file_has "$DIR/began" begun
	modem plug
	reap "$LAST"
	same "$CODE" 0
	file_has "$DIR/imsi" 001010000000001
}

# Each call is one more sentence.
ended_or_told() {
	ended "$1" || {
		modem set loc_nmea "\$GPRMC,$RANDOM*00"
		false
	}
}

@test "gnss-gpsd: sentences come out of the pipe; it ends when the reader goes" {
	needs_applet loc
	follow gnss-gpsd "$DIR/nmea"
	wait_until "$PATIENCE" test -p "$DIR/nmea"
	run -0 timeout "$PATIENCE" head -n 1 "$DIR/nmea"
	holds "$output" '$GPGGA,120000.0,'
	job=$LAST
	wait_until "$PATIENCE" ended_or_told "$job"
	reap "$job"
	same "$CODE" 3
	exits 0 loc nmea-types -f nmea_types
	same "$output" "gga rmc gsv gsa"
	nothing_left
}

@test "cron-metrics: one whole file, readable for all; a modem that is gone is qmi_up 0" {
	needs_applet status
	mkdir "$DIR/metrics"
	run -0 example cron-metrics "$DIR/metrics"
	same "$output" ""
	same "$(ls -A "$DIR/metrics")" qmi.prom
	same "$(stat -c %a "$DIR/metrics/qmi.prom")" 644
	grep -q '^qmi_up{device=".*"} 1$' "$DIR/metrics/qmi.prom"
	grep -q '^qmi_signal_rsrp_dbm{.*,part="lte"} -97$' "$DIR/metrics/qmi.prom"
	modem unplug
	stop_proxy
	run -0 example cron-metrics "$DIR/metrics"
	same "$(ls -A "$DIR/metrics")" qmi.prom
	grep -q '^qmi_up{device=".*"} 0$' "$DIR/metrics/qmi.prom"
	run ! example cron-metrics "$DIR/nowhere"
}

@test "wait-registered: the network's name, once there is one" {
	run -0 --separate-stderr example wait-registered 20
	same "$output" "Test Network"
	silent
	modem set registration 2
	modem count reset
	follow wait-registered 60 >"$DIR/name"
	wait_modem 1+ count nas get_serving_system
	same "$(cat "$DIR/name")" ""
	modem set registration 1
	reap "$LAST"
	same "$CODE/$(cat "$DIR/name")" "0/Test Network"
}

@test "wait-registered: not in time, with the network's reason; no SIM" {
	modem set registration 2
	modem set reject_domain 2
	modem set reject_cause 15
	run -4 example wait-registered 0.5
	holds "$output" "not in time" "lte: no-suitable-cells-in-location-area"
	modem set uim_card 0
	run -6 example wait-registered 5
	same "$output" "SIM: absent"
}

@test "sim-watch: tells once that the SIM is lost, and that it is back" {
	printf '#!/bin/sh\necho "$*" >>"%s/log"\n' "$DIR" >"$DIR/bin/tell"
	chmod +x "$DIR/bin/tell"
	modem count reset
	follow sim-watch tell SIM
	wait_modem 1+ count uim refresh_register_all
	modem set uim_card 0
	wait_until "$PATIENCE" file_has "$DIR/log" "SIM absent"
	modem set uim_card 2
	modem set uim_card 1
	wait_until "$PATIENCE" file_has "$DIR/log" "SIM absent
SIM ready"
}

@test "the examples are all tried here" {
	for script in "$EXAMPLES"/*.sh; do
		grep -qE "(example|follow) $(basename "$script" .sh)\b" "$BATS_TEST_FILENAME"
		[ -x "$script" ]
		grep -q '^#!/bin/sh$' "$script"
	done
}
