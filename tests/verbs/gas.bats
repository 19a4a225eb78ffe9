# gas: what Telit modems have of their own.
load ../lib.bash

setup() {
	setup_common
	needs_applet gas
	modem_start
}

teardown() {
	teardown_common
}

@test "gas firmware: the stored images, in all forms; the one that runs" {
	exits 0 gas firmware
	holds "$output" "index" "Generic" "25.20.615"
	exits 0 gas firmware -j
	same "$output" '{"images":[{"index":1,"name":"Generic","version":"25.20.205","pri":"001"},{"index":2,"name":"Carrier","version":"25.20.615","pri":"001"}]}'
	exits 0 gas firmware -e
	same "$(eval "$output" && echo "$images_n/$images_1_name")" 2/Carrier
	exits 0 gas firmware -f 'images[0].version'
	same "$output" 25.20.205
	exits 0 gas firmware active -j
	same "$output" '{"images":[{"index":1,"name":"Generic","version":"25.20.205","pri":"001"}]}'
	nothing_left
}

@test "gas firmware select: by index, carrier, version; what is not there" {
	exits 0 gas firmware select 2
	same "$(modem get gas_active)" 2
	silent
	exits 0 gas firmware active -f 'images[0].name'
	same "$output" Carrier
	exits 0 gas firmware select --carrier Generic -v
	same "$(modem get gas_carrier)" hex:47656e65726963
	exits 0 gas firmware select --revision 25.20.205 -v
	holds "$stderr" 25.20.205
	exits 1 gas firmware select 9
	says InvalidArgument
	exits 1 gas firmware select
	says MissingArgument
	exits 2 gas firmware select two
}

@test "gas auto-sim: shown, set; what is not there is absent" {
	exits 0 gas auto-sim -j
	same "$output" '{"mode":"enable"}'
	exits 10 gas auto-sim -f config
	exits 0 gas auto-sim enable-one-shot --config 3
	exits 0 gas auto-sim -f mode -f config
	same "$output" "enable-one-shot
3"
	exits 2 gas auto-sim always
}

@test "gas usb-composition: shown, set at once and for good, or not" {
	exits 0 gas usb-composition -j
	same "$output" '{"composition":4160,"endpoint":"hsusb","persistent":true,"immediate":false,"reboot":false}'
	exits 0 gas usb-composition 0x1041
	exits 0 gas usb-composition -j
	same "$output" '{"composition":4161,"endpoint":"hsusb","persistent":true,"immediate":true,"reboot":true}'
	exits 0 gas usb-composition 4160 --endpoint hsic --once --later
	exits 0 gas usb-composition -j
	same "$output" '{"composition":4160,"endpoint":"hsic","persistent":false,"immediate":false,"reboot":false}'
	exits 2 gas usb-composition x
	exits 2 gas usb-composition 1 --endpoint usb
}

@test "gas mac" {
	exits 0 gas mac
	same "$output" "mac: 020000000001"
	modem set gas_mac_2 hex:020000000002
	exits 0 gas mac -j
	same "$output" '{"mac":"020000000001","mac_2":"020000000002"}'
}

@test "gas: a modem of somebody else's; silence" {
	modem answer gas dms_get_firmware_list 71
	exits 5 gas firmware
	says InvalidQmiCommand
	modem answer gas dms_get_usb_composition silent
	exits 4 gas usb-composition -t 0.3
}
