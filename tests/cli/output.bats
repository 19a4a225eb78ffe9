# What goes to stdout, and what becomes of it when stdout fails.

load ../lib

bats_require_minimum_version 1.5.0

setup() {
	setup_common
	unset QMI_DEVICE
	FRAME=$("$QMITOOL" -f frame raw encode dms set_operating_mode mode=online)
}

teardown() {
	teardown_common
}

decode() {
	run --separate-stderr "$QMITOOL" raw decode "$FRAME" "$@"
}

@test "four faces of one result" {
	decode -j
	[ $status = 0 ]
	[[ $output == '{"service":"dms","message":"set_operating_mode","id":46,"kind":"request",'* ]]
	[[ $output == *'"fields":{"mode":"online"}'* ]]
	[ ${#lines[@]} = 1 ]
	decode -e
	[ $status = 0 ]
	grep -qx "fields_mode='online'" <<<"$output"
	decode
	[ $status = 0 ]
	grep -Eqx 'service: +dms' <<<"$output"
	grep -Eqx '  mode: +online' <<<"$output"
	decode -f fields.mode -f service
	[ $status = 0 ]
	[ "$output" = $'online\ndms' ]
}

@test "eval gives the shell what the modem said" {
	eval "$("$QMITOOL" raw decode "$FRAME" -e)"
	[ "$service $message $fields_mode" = "dms set_operating_mode online" ]
}

# A serial number is the modem's text; a hostile one must stay text.
@test "eval of a hostile text runs nothing" {
	text="';touch $DIR/pwned;'\$(touch $DIR/pwned)\`touch $DIR/pwned\`"
	frame=$("$QMITOOL" -f frame raw encode --response dms get_manufacturer "manufacturer=$text")
	eval "$("$QMITOOL" raw decode "$frame" -e)"
	[ ! -e "$DIR/pwned" ]
	[ "$fields_manufacturer" = "$text" ]
}

@test "an absent field is an empty line and exit code 10" {
	decode -f fields.mode -f nothing -f service
	[ $status = 10 ]
	[ "$output" = $'online\n\ndms' ]
	[ -z "$stderr" ]
}

@test "the fields of each result" {
	run -0 "$QMITOOL" raw decode -f message < <(echo "$FRAME"; echo "$FRAME")
	[ "$output" = $'set_operating_mode\nset_operating_mode' ]
}

@test "a full disk is a failure" {
	[ -w /dev/full ] || skip "no /dev/full"
	for face in "" -j -e "-f service"; do
		run -3 bash -c '"$@" 2>&1 >/dev/full' - "$QMITOOL" raw decode "$FRAME" $face
		[[ $output == *"cannot write the output: No space left on device"* ]]
	done
	run -3 bash -c '"$@" 2>&1 >/dev/full' - "$QMITOOL" raw decode "$FRAME" -q
	[ -z "$output" ]
}

@test "a closed stdout is a failure" {
	run -3 bash -c '"$@" 2>&1 >&-' - "$QMITOOL" raw decode "$FRAME"
	[[ $output == *"cannot write the output: Bad file descriptor" ]]
}

@test "a reader that went is a failure, not a death by signal" {
	mkfifo "$DIR/pipe"
	background sh -c 'exec <"$1"' - "$DIR/pipe"
	exec 5>"$DIR/pipe"
	wait "$LAST"
	run -3 bash -c '"$@" 2>&1 >&5' - "$QMITOOL" raw decode "$FRAME"
	exec 5>&-
	[[ $output == *"cannot write the output: Broken pipe" ]]
}

@test "closed descriptors are not filled with what is opened later" {
	run -0 bash -c '"$@" <&- 2>&-' - "$QMITOOL" raw decode "$FRAME" -f service
	[ "$output" = dms ]
}
