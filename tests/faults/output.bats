# A result that could not be written is a failure, whatever the modem said.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

# code COMMAND...: its exit code and its stderr, stdout being the caller's.
code() {
	CODE=0
	timeout "$PATIENCE" "$@" 2>"$DIR/err" || CODE=$?
}

@test "a full disk: exit 3 and a word, for each verb and form" {
	for form in "" -j -e "-f lte.rsrp"; do
		# shellcheck disable=SC2086
		code "$QMITOOL" nas signal $form >/dev/full
		same "$CODE" 3
		grep -q 'cannot write' "$DIR/err"
	done
	code "$QMITOOL" raw decode 010f0000000000012200040001010002 >/dev/full
	same "$CODE" 3
	code "$QMITOOL" list -j >/dev/full
	same "$CODE" 3
	code "$QMITOOL" proxy status >/dev/full
	same "$CODE" 3
	code "$QMITOOL" --help >/dev/full
	same "$CODE" 3
	code "$QMITOOL" --version >/dev/full
	same "$CODE" 3
	nothing_left
}

@test "stdout closed: exit 3" {
	code "$QMITOOL" nas signal >&-
	same "$CODE" 3
	nothing_left
}

@test "a reader that left: exit 3, not a death by SIGPIPE, and nothing left in the modem" {
	mkfifo "$DIR/pipe"
	exec 9<>"$DIR/pipe"
	exec 8>"$DIR/pipe" 9<&-		# a writer's end, and no reader
	code "$QMITOOL" nas signal >&8
	exec 8>&-
	same "$CODE" 3
	nothing_left
}

@test "a reader that reads no more: TERM ends it all the same" {
	mkfifo "$DIR/pipe"
	exec 9<>"$DIR/pipe"
	run dd if=/dev/zero of="$DIR/pipe" bs=4096 oflag=nonblock	# until it is full
	background "$QMITOOL" nas signal >&9
	wait_modem 1+ count nas get_signal_info
	nothing_left			# it is done but for telling
	alive "$LAST"
	kill -TERM "$LAST"
	reap "$LAST"
	exec 9<&-
	same "$CODE" 143
}

@test "stdout closed, but nothing to write: done is done" {
	code "$QMITOOL" dms mode online >&-
	same "$CODE" 0
}

@test "stderr closed: the exit code is the same" {
	modem answer nas get_signal_info 74
	CODE=0
	timeout "$PATIENCE" "$QMITOOL" nas signal 2>&- || CODE=$?
	same "$CODE" 1
}
