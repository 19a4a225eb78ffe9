# dms pin: PINs by the device service, on modems from before UIM.  No try is lost by accident.
load ../lib.bash

setup() {
	setup_common
	modem_start
	modem set pin1_status 1
	unset QMI_PIN QMI_PUK QMI_NEW_PIN
}

teardown() {
	teardown_common
}

state() {
	same "$(modem get pin1_status)/$(modem get pin1_retries)/$(modem get puk1_retries)" "$1"
}

@test "dms pin: shown" {
	exits 0 dms pin -j
	same "$output" '{"pin1":{"status":"enabled-not-verified","verify_retries":3,"unblock_retries":10},"pin2":{"status":"enabled-not-verified","verify_retries":3,"unblock_retries":10}}'
	exits 0 dms pin -f pin1.verify_retries
	same "$output" 3
	modem answer dms uim_get_pin_status 94
	exits 5 dms pin
	exits 5 dms pin verify 1234
}

@test "dms pin verify: right; a second time nothing happens; from the environment and a file" {
	exits 0 dms pin verify 1234
	silent
	state 2/3/10
	modem count reset
	exits 0 dms pin verify 1234
	says "verified"
	same "$(modem count dms uim_verify_pin)" 0
	modem set pin1_status 1
	QMI_PIN=1234 exits 0 dms pin verify
	state 2/3/10
	modem set pin1_status 1
	echo 1234 >"$DIR/pin"
	exits 0 dms pin verify --pin-file "$DIR/pin"
	state 2/3/10
	modem set pin1_status 3
	exits 0 dms pin verify 9999
	says "disabled"
	nothing_left
}

@test "dms pin verify: wrong: exit 6 and the tries left; the last one is not taken without --force" {
	exits 6 dms pin verify 1111
	says "IncorrectPin" "2 tries left"
	exits 6 dms pin verify 1111 -j
	says '"code":12' "1 try left"
	exits 6 dms pin verify 1234
	says "one try is left" "--force"
	state 1/1/10
	exits 0 dms pin verify 1234 --force
	state 2/3/10
	modem set pin1_retries 0
	modem set pin1_status 4
	exits 6 dms pin verify 1234 --force
	says "blocked" "dms pin unblock" "10 tries left"
	for pin in 12 123456789 12ab; do
		modem set pin1_status 1
		modem set pin1_retries 3
		exits 2 dms pin verify "$pin"
	done
	state 1/3/10
}

@test "dms pin enable, disable, change, unblock" {
	exits 0 dms pin disable 1234
	state 3/3/10
	exits 0 dms pin disable 1234
	says "disabled"
	exits 0 dms pin enable 1234
	state 2/3/10
	exits 0 dms pin change 1234 4321
	same "$(modem get dms_pin)" 4321
	QMI_PIN=4321 QMI_NEW_PIN=1234 exits 0 dms pin change
	same "$(modem get dms_pin)" 1234
	modem set pin1_status 4
	modem set pin1_retries 0
	exits 6 dms pin unblock 11111111 4321
	says "9 tries left"
	exits 0 dms pin unblock 12345678 4321
	same "$(modem get dms_pin)/$(modem get pin1_retries)" 4321/3
	modem set puk1_retries 0
	exits 6 dms pin unblock 12345678 4321
	says "blocked for good"
}

# ---- other secrets ----

@test "dms: SPC, control key and lock code from a file, the environment, stdin" {
	echo 000000 >"$DIR/spc"
	exits 0 dms spc check --key-file "$DIR/spc"
	QMI_SPC=000000 QMI_NEW_SPC=123456 exits 0 dms spc set
	printf '123456\n000000\n' >"$DIR/spc"
	exits 0 dms spc set -k "$DIR/spc"
	run q dms factory-reset -k - <<<000000
	same "$status" 0
	same "$(modem get factory_resets)" 1
	QMI_CONTROL_KEY=12345678 exits 0 dms ck disable pp
	same "$(modem get ck_request)" hex:0200083132333435363738
	echo 12345678 >"$DIR/key"
	exits 0 dms ck unblock pn -k "$DIR/key"
	same "$(modem get ck_request)" hex:00083132333435363738
	QMI_LOCK_CODE=1234 exits 0 dms user-lock enable
	same "$(modem get user_lock_request)" hex:0131323334
	QMI_LOCK_CODE=1234 QMI_NEW_LOCK_CODE=4321 exits 0 dms user-lock code
	same "$(modem get user_lock_request)" hex:3132333434333231
	exits 3 dms spc check -k "$DIR/none"
	exits 2 dms ck unblock pn xyz
	says "control key"
	exits 2 dms user-lock enable 12345
	nothing_left
}

@test "dms: a secret that is given as argument is not to be seen in ps, nor with -v" {
	hidden() {
		modem count reset
		background "$QMITOOL" dms "$@" -t 60
		wait_modem 1+ count all
		wait_until "$PATIENCE" overwritten
		kill "$LAST"
		reap "$LAST"
	}
	overwritten() {
		tr '\0' ' ' <"/proc/$LAST/cmdline" | grep -q ' \*\*\*' &&
			! tr '\0' ' ' <"/proc/$LAST/cmdline" | grep -q 135
	}
	for message in validate_service_programming_code uim_set_ck_protection uim_unblock_ck \
		set_service_programming_code restore_factory_defaults set_user_lock_state \
		set_user_lock_code activate_manual; do
		modem answer dms $message silent
	done
	hidden spc check 135135
	hidden spc set 135135 135136
	hidden factory-reset 135135
	hidden ck disable pn 13513513
	hidden ck unblock pn 13513513
	hidden user-lock enable 1351
	hidden user-lock code 1351 1352
	hidden activation manual 135135 7 5551234 5554321
	modem answer dms validate_service_programming_code default
	modem answer dms uim_unblock_ck default
	exits 1 dms spc check 135135 -v
	run ! grep -q 135135 <<<"$stderr"
	exits 0 dms ck unblock pn 13513513 -v
	run ! grep -q 135135 <<<"$stderr"
}

@test "dms pin --pin pin2" {
	exits 0 dms pin verify --pin pin2 1234
	same "$(modem get pin2_status)" 2
	state 1/3/10
	exits 2 dms pin verify --pin pin3 1234
	says "pin3"
}
