# raw encode, call and send: whatever can stand in a request, by name, by number, from a file.
load ../lib.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

# encode ARG...: decoded again, as JSON, in $output
encode() {
	exits 0 raw encode "$@" -f frame
	exits 0 raw decode -j "$output"
}

# fields WANTED: of $output
fields() {
	same "${output#*'"fields":'}" "$1}"
}

# ---- values ----

@test "arrays: in one value, item by item, empty; structures in arrays" {
	encode nas config_signal_info rssi_threshold=-90,-80
	fields '{"rssi_threshold":[-90,-80]}'
	encode nas config_signal_info 'rssi_threshold[1]=-80' 'rssi_threshold[0]=-90'
	fields '{"rssi_threshold":[-90,-80]}'
	encode nas config_signal_info rssi_threshold=
	fields '{"rssi_threshold":[]}'
	encode --response ctl get_version_info 'service_list[0].service=nas' \
		'service_list[0].major_version=1' 'service_list[0].minor_version=0x19' \
		'service_list[1].service=0x77' 'service_list[1].major_version=2' \
		'service_list[1].minor_version=3'
	fields '{"service_list":[{"service":"nas","major_version":1,"minor_version":25},{"service":119,"major_version":2,"minor_version":3}]}'
	exits 2 raw encode nas config_signal_info 'rssi_threshold[1]=-80'
	says 'rssi_threshold[0] is missing'
	exits 2 raw encode nas config_signal_info 'rssi_threshold[x]=-80'
	says 'rssi_threshold[0]'
}

@test "enums and flags: names and numbers, wrong ones with what is near or possible" {
	encode nas set_system_selection_preference mode_preference=lte,umts
	fields '{"mode_preference":["umts","lte"]}'
	encode nas set_system_selection_preference 'mode_preference=lte|0x8000'
	fields '{"mode_preference":["lte","0x8000"]}'
	exits 2 raw encode nas set_system_selection_preference mode_preference=lte,umst
	says "'umst'" "'umts'"
	exits 2 raw encode dms set_operating_mode mode=sleeping
	says mode "'sleeping'" online
	exits 2 raw encode dms set_operating_mode mode=256
	says mode 256
}

# ---- files ----

@test "PATH=@FILE: bytes as they are, text and numbers less the newline at their end" {
	needs_service uim wds
	printf '\0\1\nx\n' >"$DIR/bytes"
	encode uim send_apdu slot=1 apdu="@$DIR/bytes"
	holds "$output" '"apdu":"00010a780a"'
	printf 'online\n' >"$DIR/mode"
	encode dms set_operating_mode mode="@$DIR/mode"
	fields '{"mode":"online"}'
	printf 'a.b\n' >"$DIR/apn"
	encode wds start_network apn="@$DIR/apn"
	fields '{"apn":"a.b"}'
	: >"$DIR/empty"
	encode wds start_network apn="@$DIR/empty"
	fields '{"apn":""}'
}

@test "PATH=@@text: a text that starts with @" {
	needs_service wds
	encode wds start_network apn=@@home
	fields '{"apn":"@home"}'
	encode wds start_network apn=a@b
	fields '{"apn":"a@b"}'
}

@test "PATH=@FILE: what cannot be read is exit 3, what is too long exit 2" {
	needs_service uim wds
	exits 3 raw encode wds start_network apn=@/nowhere/at/all
	says apn /nowhere/at/all "No such file"
	exits 3 raw encode wds start_network apn="@$DIR"
	says "directory"
	head -c 65537 /dev/zero >"$DIR/long"
	exits 2 raw encode uim send_apdu slot=1 apdu="@$DIR/long"
	says "$DIR/long" longer
	head -c 65500 /dev/zero >"$DIR/nearly"
	exits 0 raw encode uim send_apdu slot=1 apdu="@$DIR/nearly" -f frame
	[ "${#output}" -gt 131000 ]
	head -c 65536 /dev/zero >"$DIR/most"
	exits 2 raw encode uim send_apdu slot=1 apdu="@$DIR/most"
	says apdu
}

# ---- TLVs by number ----

@test "0x1c=0aff: an unknown TLV of a known message, in hex, in decimal, from a file" {
	encode nas get_signal_info 0x1c=0aff
	holds "$output" '"fields":{}' '"unknown":{"0x1c":"0aff"}'
	encode nas get_signal_info 28=0a:FF 0xfe=
	holds "$output" '"unknown":{"0x1c":"0aff","0xfe":""}'
	printf '\n\377' >"$DIR/value"
	encode nas get_signal_info "0x1c=@$DIR/value"
	holds "$output" '"unknown":{"0x1c":"0aff"}'
	encode nas config_signal_info rssi_threshold=-90 0x77=01
	holds "$output" '"fields":{"rssi_threshold":[-90]}' '"unknown":{"0x77":"01"}'
}

@test "a known TLV by its number: with its bytes as they are, it counts as given" {
	encode dms set_operating_mode 1=03
	fields '{"mode":"offline"}'
	encode dms set_operating_mode 0x01=0304
	fields '{"mode":"offline"}'
	exits 2 raw encode dms set_operating_mode 0x01=03 mode=online
	says "'mode'" "'0x01'" twice
}

@test "TLVs of a message, and of a service, that nobody knows" {
	encode nas 0x7777 0x01=0102 0x10=
	holds "$output" '"message":30583' '"unknown":{"0x01":"0102","0x10":""}'
	encode 0xee 1 0x01=00
	holds "$output" '"service":238,"message":1,' '"unknown":{"0x01":"00"}'
	exits 2 raw encode nas 0x7777 mode=1
	says 0x7777 "by number" "0x01=00ff"
}

@test "numbers that are no TLVs, and hex that is none" {
	exits 2 raw encode nas get_signal_info 0x100=00
	says 0x100
	exits 2 raw encode nas get_signal_info 0x1c=0
	says 0x1c hex
	exits 2 raw encode nas get_signal_info 0x1c=online
	says 0x1c hex
	exits 2 raw encode nas get_signal_info 0x1c.a=00
	says 0x1c.a
}

@test "raw call: an unknown TLV reaches the modem" {
	modem_start
	exits 0 raw call nas get_signal_info 0x1c=0aff -v
	holds "$stderr" 0x1c
	exits 5 raw call nas 0x7777 0x01=00 -j
	says '"name":"InvalidQmiCommand"'
	holds "$output" '"message":30583'
	nothing_left
}

# ---- forms ----

@test "raw call -f: fields of the answer, nested, in lists" {
	modem_start
	exits 0 raw call ctl get_version_info -f 'service_list[1].service' -f 'fields.service_list[2].major_version'
	same "$output" "wds
1"
	exits 10 raw call ctl get_version_info -f 'service_list[999].service'
	same "$output" ""
	nothing_left
}

@test "-j: each mistake is a JSON object, and stdout stays empty" {
	for args in "nass get_signal_info" "nas get_sinal_info" "nas config_signal_info a=b" \
		"nas config_signal_info rssi_threshold=x" "nas 0x7777 a=1" "dms set_operating_mode mode=@/no"; do
		# shellcheck disable=SC2086
		run --separate-stderr q raw encode $args -j
		[ "$status" = 2 ] || [ "$status" = 3 ]
		says "{\"error\":{\"exit\":$status,\"text\":\"" '"}}'
		same "$output" ""
	done
}

# ---- vendors ----

@test "a vendor's message by name, with and without --vendor; by number only with it" {
	exits 0 raw encode dms hp_change_device_mode mode=1 -f frame
	frame=$output
	exits 0 raw encode dms hp_change_device_mode mode=1 --vendor 1199 -f frame
	same "$output" "$frame"
	exits 0 raw encode dms 0x5556 mode=1 --vendor 03f0 -f frame
	same "$output" "$frame"
	exits 2 raw encode dms 0x5556 mode=1 --vendor 1199
	says mode swi_get_current_firmware
	exits 2 raw encode dms 0x5556 mode=1
	says 0x5556 "not known"
}

@test "raw call: the device's own vendor counts, where sysfs tells it" {
	[ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null || skip "needs a mount namespace"
	modem_start_pty
	number=$(stat -L -c '%Hr:%Lr' "$DEV")
	exits 0 raw call dms 0x5556 -f message
	same "$output" 21846
	cat >"$DIR/inside" <<-'END'
		mount -t tmpfs none /sys || exit 77
		mkdir -p "/sys/dev/char/$number/device" "/sys/dev/char/$number/up"
		echo 1199 >"/sys/dev/char/$number/idVendor"
		timeout 20 "$QMITOOL" raw call dms 0x5556 -f message -f model
		timeout 20 "$QMITOOL" raw call dms 0x5556 mode=1 -f message --vendor 03f0
	END
	export QMITOOL number
	run --separate-stderr unshare -m bash "$DIR/inside"
	[ "$status" != 77 ] || skip "/sys cannot be replaced"
	same "$output" "swi_get_current_firmware

hp_change_device_mode"
}

# ---- send ----

@test "raw send: a frame with a client id of 0 gets one; the answer is shown" {
	modem_start
	exits 0 raw send 010c00000300000100 4f000000 -f fields.lte_signal_strength.rsrp
	same "$output" -97
	exits 0 raw send 01:0c:00:00:03:00:00:01:00:4f:00:00:00 -j
	holds "$output" '"kind":"response"' '"transaction":1,'
	nothing_left
}

@test "raw send -S: an SDU alone, of a service by name and by number" {
	modem_start
	for service in nas 3 0x03; do
		exits 0 raw send -S $service 000100 4f000000 -f fields.lte_signal_strength.rsrp
		same "$output" -97
	done
	exits 0 raw send -S ctl 0001 22000400 01010002 -f fields.allocation_info.service
	same "$output" dms
	nothing_left
}

@test "raw send: a refusal is shown and is the exit code; an indication is not waited for" {
	modem_start
	exits 5 raw send -S nas 000100 77770000 -j
	holds "$output" '"name":"InvalidQmiCommand"'
	says '"code":71'
	exits 0 raw send 010c008003010401004f000000
	same "$output" ""
	modem answer nas get_signal_info silent
	exits 4 raw send -S nas 000100 4f000000 -t 0.5
}

@test "raw send: what is no frame is exit 2, before any modem is asked" {
	export QMI_DEVICE=/nowhere
	exits 2 raw send 0102zz
	says hex
	exits 2 raw send 000100 4f000000
	says "no whole frame" -S
	exits 2 raw send -S nas 0001
	says "too short"
	exits 2 raw send -S nass 000100 4f000000
	says "'nass'" "'nas'"
	exits 2 raw send -S 0x1234 00
	says 0x1234
	proxy_gone
}
