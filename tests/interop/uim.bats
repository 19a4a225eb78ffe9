# The same questions about the SIM, put to qmicli and to us: the values are the same.
load ../lib.bash
load qmicli.bash

setup() {
	setup_interop
	modem_start_pty
	exits 0 uim status -f state	# starts our proxy
}

teardown() {
	teardown_interop
}

# asks OPTION: qmicli's answer without quotes, each run of spaces one.
asks() {
	cli "$1" 2>/dev/null | tr -d "'" | tr -s ' \t'
}

# bytes: those that qmicli shows, whatever lines it makes of them.
bytes() {
	tr -d ': \n\t' <<<"$THEIRS"
}

# The value that stands behind NAME there.
value() {
	sed -n "s/^[[:space:]]*$1: //p" <<<"$THEIRS" | head -n 1
}

@test "card status" {
	modem set pin1_status 1
	modem set pin1_retries 2
	THEIRS=$(asks --uim-get-card-status)
	exits 0 uim status -f 'cards[0].state' -f application.type -f application.state \
		-f application.pin1.state -f application.pin1.retries
	same "$output" "$(value 'Card state')
usim
pin1-or-upin-pin-required
$(value 'PIN1 state')
$(value 'PIN1 retries')"
	holds "$THEIRS" "PIN1 state: enabled-not-verified" "PIN1 retries: 2" "usim"
}

@test "slot status" {
	modem set uim_slots 2
	THEIRS=$(asks --uim-get-slot-status)
	exits 0 uim slots -f 'slots[0].card' -f 'slots[0].state' -f 'slots[0].iccid'
	same "$output" "$(value 'Card status')
$(value 'Slot status')
$(value 'ICCID')"
	same "$(value ICCID)" 8900100000000000001
}

@test "a transparent file, its attributes, a record" {
	THEIRS=$(asks --uim-read-transparent=0x3F00,0x7FFF,0x6F07)
	exits 0 uim read 3f00/7fff/6f07 -f data
	holds "$(bytes)" "${output^^}"
	THEIRS=$(asks --uim-get-file-attributes=0x3F00,0x7FFF,0x6F40)
	exits 0 uim read msisdn -a -f size -f type -f record_size -f record_count
	same "$output" "$(value 'File size')
$(value 'File type')
$(value 'Record size')
$(value 'Record count')"
	THEIRS=$(asks "--uim-read-record=record-number=1,record-length=28,file=0x3F00-0x7FFF-0x6F40")
	exits 0 uim read msisdn -r 1 -f 'records[0].data'
	holds "$(bytes)" "${output^^}"
}

@test "PINs: what one does the other sees" {
	exits 0 uim pin enable 1234
	holds "$(asks --uim-get-card-status)" "PIN1 state: enabled-verified"
	asks --uim-change-pin=PIN1,1234,5555
	exits 0 uim pin disable 5555
	holds "$(asks --uim-get-card-status)" "PIN1 state: disabled"
	asks --uim-set-pin-protection=PIN1,enable,5555
	exits 0 uim status -f application.pin1.state
	same "$output" enabled-verified
}

@test "power, slot, provisioning" {
	asks --uim-sim-power-off=1
	exits 0 uim status -f state
	same "$output" absent
	exits 0 uim power on
	modem set uim_slots 2
	asks --uim-switch-slot=2
	exits 0 uim slots -f 'slots[1].state'
	same "$output" active
	asks --uim-change-provisioning-session=session-type=primary-gw-provisioning,activate=no
	exits 0 uim provision --auto
	holds "$(asks --uim-get-card-status)" "Primary GW: slot 1, application 1"
}

@test "personalization" {
	THEIRS=$(asks --uim-get-configuration)
	exits 0 uim personalization status -f 'features[0].feature' -f 'features[0].retries'
	holds "$THEIRS" "Personalization: gw-network" "Verify left: 5"
	same "$output" "gw-network
5"
}
