# The grammar: where options stand, how values are given, and by which names we are called.
# "raw encode" answers without a modem and shows what it was given.

load ../lib

setup() {
	setup_common
	unset QMI_DEVICE
	CALL="raw encode dms set_operating_mode mode=online"
	PLAIN=$("$QMITOOL" $CALL)
	[ -n "$PLAIN" ]
}

teardown() {
	teardown_common
}

same() {
	run -0 --separate-stderr "$QMITOOL" "$@"
	[ "$output" = "$PLAIN" ]
	[ -z "$stderr" ]
}

bats_require_minimum_version 1.5.0

@test "global options stand anywhere" {
	same -t 5 $CALL
	same raw -t 5 encode dms set_operating_mode mode=online
	same raw encode -t 5 dms set_operating_mode mode=online
	same raw encode dms -t 5 set_operating_mode mode=online
	same $CALL -t 5
}

@test "a verb's options stand anywhere, also before the verb and the applet" {
	PLAIN=$("$QMITOOL" $CALL --client 9)
	[ -n "$PLAIN" ]
	[ "$PLAIN" != "$("$QMITOOL" $CALL)" ]
	same --client 9 $CALL
	same raw --client 9 encode dms set_operating_mode mode=online
	same raw encode --client=9 dms set_operating_mode mode=online
	same raw encode dms --client 9 set_operating_mode mode=online
}

@test "every way to give a value is the same" {
	same --timeout 5 $CALL
	same --timeout=5 $CALL
	same -t 5 $CALL
	same -t5 $CALL
	same -qt5 $CALL
	same -nqt 5 $CALL
}

@test "-- ends the options" {
	same -- $CALL
	same raw encode -- dms set_operating_mode mode=online
	run -2 --separate-stderr "$QMITOOL" raw encode -- dms set_operating_mode --json
	[[ $stderr == *"'--json'"* ]]
	[[ $stderr != *"no option"* ]]
}

@test "an argument may be a negative number, or a dash" {
	run -2 --separate-stderr "$QMITOOL" list -90
	[ "$stderr" = "qmitool list: no verb '-90'; see 'qmitool list --help'" ]
	run -0 --separate-stderr "$QMITOOL" -f message raw decode - <<<"${PLAIN#frame: }"
	[ "$output" = set_operating_mode ]
}

@test "the last of an option that was given twice counts" {
	same -t 1 -t 5 $CALL
	run -2 --separate-stderr "$QMITOOL" -t 5 -t nonsense $CALL
}

@test "seconds may have decimals and have bounds" {
	same -t 0 $CALL
	same -t 0.0001 $CALL
	same -t 2.5 $CALL
	same -t .5 $CALL
	same -t 604800 $CALL
	for bad in 604801 604800.001 99999999999999999999 abc "" . 1s 1.2.3 -1 +1 0x10 " 1" 1e3; do
		run -2 --separate-stderr "$QMITOOL" -t "$bad" $CALL
		[ "$stderr" = "qmitool raw encode: --timeout: '$bad' is not a number of seconds, 0 to 604800" ]
	done
}

@test "a client id is 1 to 254" {
	same --cid 1 $CALL
	same --cid 254 $CALL
	for bad in 0 255 -1 abc "" 1x; do
		run -2 --separate-stderr "$QMITOOL" --cid "$bad" $CALL
		[ "$stderr" = "qmitool raw encode: --cid: '$bad' is not a client id, 1 to 254" ]
	done
}

@test "a symlink names the applet, or the applet and the verb" {
	ln -s "$(realpath "$QMITOOL")" "$DIR/qmi-raw"
	ln -s "$(realpath "$QMITOOL")" "$DIR/qmi-raw-encode"
	ln -s "$(realpath "$QMITOOL")" "$DIR/qmitool.debug"
	ln -s "$(realpath "$QMITOOL")" "$DIR/qmi-"
	[ "$("$DIR/qmi-raw" encode dms set_operating_mode mode=online)" = "$PLAIN" ]
	[ "$("$DIR/qmi-raw" -t 5 encode dms set_operating_mode mode=online)" = "$PLAIN" ]
	[ "$("$DIR/qmi-raw-encode" dms -t 5 set_operating_mode mode=online)" = "$PLAIN" ]
	[ "$("$DIR/qmitool.debug" $CALL)" = "$PLAIN" ]
	[ "$("$DIR/qmi-" $CALL)" = "$PLAIN" ]
	run -0 bash -c 'PATH=$1:$PATH; qmi-raw-encode dms set_operating_mode mode=online' - "$DIR"
	[ "$output" = "$PLAIN" ]
}

@test "a symlink whose verb there is none says so" {
	ln -s "$(realpath "$QMITOOL")" "$DIR/qmi-nas-sgnal"
	run -2 --separate-stderr "$DIR/qmi-nas-sgnal"
	[ "$stderr" = "qmitool nas: no verb 'sgnal'; did you mean 'signal'?" ]
}

@test "an applet may do something without a verb" {
	run -0 --separate-stderr "$QMITOOL" -j list
	[[ $output == '{"ports":['* ]]
	ln -s "$(realpath "$QMITOOL")" "$DIR/qmi-list"
	[ "$("$DIR/qmi-list" -qj)" = "$output" ]
}
