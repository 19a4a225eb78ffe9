# dms: info and mode, in every form that scripts use.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

INFO_JSON='{"manufacturer":"Fake Modems","model":"FM-1000","revision":"FM1000_01.02.03  1  [Jan 01 2024 00:00:00]","hardware_revision":"20000","imei":"490154203237518","imei_software_version":"14","meid":"A0000012345678","max_tx_rate":50000000,"max_rx_rate":150000000,"data_service":"simultaneous-cs-ps","radio_interfaces":["gsm","umts","lte"]}'

@test "dms info: for people" {
	exits 0 dms info
	holds "$output" "manufacturer: " "Fake Modems" "imei: " "490154203237518" \
		"50000000 bit/s" "gsm, umts, lte"
	silent
}

@test "dms info -j: one object of six messages; an esn of 0 is absent" {
	exits 0 dms info -j
	same "$output" "$INFO_JSON"
}

@test "dms info -e and -f" {
	exits 0 dms info -e
	same "$(eval "$output" && echo "$model/$imei/$radio_interfaces")" \
		"FM-1000/490154203237518/gsm umts lte"
	exits 0 dms info -f imei -f model
	same "$output" "490154203237518
FM-1000"
	exits 10 dms info -f esn
	same "$output" ""
	exits 0 dms info -f 'radio_interfaces[2]'
	same "$output" "lte"
}

@test "dms info: what the modem has not got is left out" {
	modem answer dms get_hardware_revision 94
	modem answer dms get_ids 74
	modem set meid none
	exits 0 dms info -j
	same "$output" '{"manufacturer":"Fake Modems","model":"FM-1000","revision":"FM1000_01.02.03  1  [Jan 01 2024 00:00:00]","max_tx_rate":50000000,"max_rx_rate":150000000,"data_service":"simultaneous-cs-ps","radio_interfaces":["gsm","umts","lte"]}'
	silent
	exits 10 dms info -f imei
	nothing_left
}

@test "dms info: refused throughout: the first error, exit 1" {
	for message in get_manufacturer get_model get_revision get_hardware_revision get_ids \
		get_capabilities; do
		modem answer dms $message 3
	done
	modem answer dms get_manufacturer 48
	exits 1 dms info
	same "$output" ""
	says "48"
	exits 1 dms info -j
	says '{"error":{"exit":1,"code":48,'
}

@test "dms info: strings with padding, as real modems send them, are trimmed; empty is absent" {
	modem set manufacturer hex:205369657272610d0a	# " Sierra\r\n"
	modem set model hex:4d4333090900
	modem set revision hex:
	exits 0 dms info -j
	holds "$output" '"manufacturer":"Sierra","model":"MC3",'
	[[ $output != *'"revision"'* ]]
}

@test "dms mode: shown in all forms" {
	exits 0 dms mode
	holds "$output" "mode: " "online"
	exits 0 dms mode -j
	same "$output" '{"mode":"online","hardware_restricted":false}'
	exits 0 dms mode -e
	same "$(eval "$output" && echo "$mode/$hardware_restricted")" online/false
	exits 0 dms mode -f mode
	same "$output" online
	exits 10 dms mode -f offline_reason
	same "$output" ""
	modem set operating_mode 3
	modem set offline_reason 5
	exits 0 dms mode -j
	holds "$output" '"mode":"offline","offline_reason":["host-image-misconfiguration",'
}

@test "dms mode MODE: set, by name and by number, and silent" {
	exits 0 dms mode low-power
	same "$output" ""
	silent
	same "$(modem get operating_mode)" 1
	exits 0 dms mode -f mode
	same "$output" low-power
	exits 0 dms mode 0
	same "$(modem get operating_mode)" 0
	exits 0 -j dms mode offline
	same "$output" ""
	same "$(modem get operating_mode)" 3
	nothing_left
}

@test "dms mode MODE: one that is not there: exit 2, the nearest name, and no word to the modem" {
	exits 2 dms mode onlin
	says "onlin" "did you mean 'online'"
	exits 2 dms mode low_power
	says "'low-power'"
	exits 2 dms mode 256
	says 256 online
	exits 2 dms mode frobnicate
	says "online" "low-power"
	exits 2 dms mode ""
	says mode
	same "$(modem count all)" 0
}

@test "dms mode MODE -j: the mistake is a JSON object" {
	exits 2 dms mode onlin -j
	says '{"error":{"exit":2,'
}

@test "dms mode MODE: the modem refuses" {
	modem answer dms set_operating_mode 60
	exits 1 dms mode online
	says "InvalidTransition" "60"
}

@test "dms mode MODE: NoEffect is success with a note" {
	modem answer dms set_operating_mode 26
	exits 0 dms mode online
	says "NoEffect"
	exits 0 dms mode online -q
	silent
}

@test "dms mode: a value without a name is its number" {
	modem answer dms get_operating_mode 0 010100c8
	exits 0 dms mode -j
	same "$output" '{"mode":200}'
}

@test "dms mode: an answer without what it is about: nothing, and exit 10 for -f" {
	modem answer dms get_operating_mode 0
	exits 0 dms mode -j
	same "$output" "{}"
	exits 10 dms mode -f mode
}

@test "dms: the client ids are given back each time" {
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		exits 0 dms mode -f mode	# the modem has ten
	done
	nothing_left
}
