# dms: identity, power, time, locks, CDMA, vendors, firmware.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

# shows VERB JSON: -j, and each value by -f and -e as well.
shows() {
	# shellcheck disable=SC2086
	exits 0 dms $1 -j
	same "$output" "$2"
	silent
}

@test "dms ids, revision, capabilities, bands, power, msisdn, sim" {
	shows ids '{"imei":"490154203237518","imei_software_version":"14","meid":"A0000012345678"}'
	shows revision '{"revision":"FM1000_01.02.03  1  [Jan 01 2024 00:00:00]","hardware_revision":"20000","software_version":"FM1000_01.02.03","factory_sku":"1100000"}'
	shows capabilities '{"max_tx_rate":50000000,"max_rx_rate":150000000,"data_service":"simultaneous-cs-ps","sim":"supported","radio_interfaces":["gsm","umts","lte"]}'
	shows bands '{"bands":["wcdma-2100","wcdma-pcs-1900","wcdma-dcs-1800","wcdma-1700-us","wcdma-850-us","wcdma-900"],"lte_bands":[1,3,5,7,8,20,38,39,40,41]}'
	shows power '{"power":["external-source"],"battery":100}'
	shows msisdn '{"msisdn":"15551234567"}'
	shows sim '{"state":"initialization-completed","iccid":"8900100000000000001","imsi":"001010000000001"}'
	exits 0 dms ids -f imei
	same "$output" 490154203237518
	exits 10 dms ids -f esn
	exits 0 dms power
	holds "$output" "battery: 100 %"
	exits 0 dms bands -e
	same "$(eval "$output" && echo "$lte_bands")" "1 3 5 7 8 20 38 39 40 41"
	# The bands of a modem that has one mask alone, and of one with NR.
	modem set lte_bands none
	modem set nr5g_bands 1,78
	exits 0 dms bands -f lte_bands -f nr5g_bands
	same "$output" "1 3 5 7 8 20 38 39 40 41
1 78"
	modem answer dms get_msisdn 16
	exits 1 dms msisdn
	says NotProvisioned
	modem answer dms get_power_state 94
	exits 5 dms power
	modem answer dms get_ids silent
	exits 4 dms ids -t 0.4
	nothing_left
}

@test "dms time: shown and set" {
	shows time '{"time":"2023-10-27T23:12:43.301Z","source":"device","system":"2023-10-27T23:12:43.301Z","user":"1980-01-06T00:00:00.000Z"}'
	exits 0 dms time 2026-11-22T06:47:00Z
	exits 0 dms time -f user
	same "$output" 2026-11-22T06:47:00.000Z
	exits 0 dms time 1000
	exits 0 dms time -f user
	same "$output" 1980-01-06T00:00:01.000Z
	exits 2 dms time yesterday
	says yesterday
}

@test "dms mode --wait: returns when the modem says that it is in it" {
	exits 0 dms mode low-power --wait
	same "$(modem get operating_mode)" 1
	modem answer dms set_operating_mode 0	# accepted, and then it takes its time
	modem count reset
	background "$QMITOOL" dms mode online --wait -t 60
	job=$LAST
	wait_modem 1+ count dms get_operating_mode
	modem set operating_mode 0
	reap "$job"
	same "$CODE" 0
	modem set operating_mode 1
	exits 4 dms mode online --wait -t 0.5
	says "not in that mode"
	exits 2 dms mode --wait
	modem answer dms set_operating_mode 60
	exits 1 dms mode online --wait
	nothing_left
}

@test "dms factory-reset, spc, reset" {
	exits 1 dms factory-reset 111111
	says AuthenticationFailed
	same "$(modem get factory_resets)" 0
	exits 0 dms factory-reset 000000
	same "$(modem get factory_resets)" 1
	run setsid -w "$QMITOOL" dms factory-reset
	same "$status" 2
	holds "$output" SPC
	exits 2 dms factory-reset 0000000
	exits 0 dms spc check 000000
	exits 1 dms spc check 000001
	exits 0 dms spc set 000000 123456
	exits 0 dms spc check 123456
	exits 2 dms spc
	exits 2 dms spc chek 000000
	says "'check'"
	exits 0 dms reset
	same "$(modem count dms reset)" 1
}

@test "dms fcc-unlock: the standard message, or Foxconn's where it is asked for" {
	exits 0 dms fcc-unlock
	same "$(modem count dms set_fcc_authentication)" 1
	modem answer dms set_fcc_authentication 71
	exits 5 dms fcc-unlock
	same "$(modem get fcc_magic)" none	# nobody knows that this is a Foxconn
	exits 0 dms fcc-unlock --magic 0
	same "$(modem get fcc_magic)" hex:00
	exits 0 dms fcc-unlock --magic 48 --magic-string foxc
	same "$(modem get fcc_magic)/$(modem get fcc_number)" hex:666f7863/48
	exits 2 dms fcc-unlock --magic-string foxc
	exits 2 dms fcc-unlock --magic x
}

@test "dms: CDMA: prl, activation, eri; user lock and data" {
	shows prl '{"version":1,"only":false}'
	shows activation '{"activation":"activated"}'
	shows eri '{"data":"beef"}'
	exits 0 dms activation auto '*228'
	same "$(modem get activated_by)" hex:042a323238
	exits 0 dms activation manual 000000 7 5551234 5554321
	same "$(modem get activated_by)" hex:303030303030070007353535313233340735353534333231
	exits 2 dms activation manual 000000 7
	says MDN
	shows user-lock '{"enabled":false}'
	exits 0 dms user-lock enable 1234
	same "$(modem get user_lock_request)" hex:0131323334
	exits 0 dms user-lock code 1234 4321
	same "$(modem get user_lock_request)" hex:3132333434333231
	exits 0 dms user-data write 0102ff
	shows user-data '{"data":"0102ff"}'
	exits 2 dms user-data write xyz
}

@test "dms ck: personalization of old modems" {
	shows "ck status pn" '{"state":"activated","verify_retries":3,"unblock_retries":10,"blocking":true}'
	exits 0 dms ck disable pp 12345678
	same "$(modem get ck_request)" hex:0200083132333435363738
	exits 0 dms ck unblock pn 12345678
	same "$(modem get ck_request)" hex:00083132333435363738
	exits 2 dms ck status px
	exits 2 dms ck
	says ACTION
}

@test "dms: mac, alt-net-config and vendors' own" {
	shows "mac bt" '{"mac":"020000000001"}'
	exits 2 dms mac eth
	shows alt-net-config '{"enabled":false}'
	exits 0 dms alt-net-config true
	same "$(modem get alt_net_config)" 1
	shows usb-composition '{"current":"6","supported":["6","8","9"]}'
	exits 0 dms usb-composition 8
	same "$(modem get usb_composition)" 8
	shows "firmware foxconn apps" '{"version":"T99W175.F0.1.0.0.9"}'
	exits 0 dms foxconn-mode fastboot-ota
	same "$(modem get foxconn_mode)" 10
	exits 0 dms hp-mode fastboot
	exits 2 dms hp-mode slowboot
	# As a real MC7455 answered.
	modem answer dms swi_get_current_firmware 0 180c003030322e3037325f3030300017080047454e45524943001608003030302e303035001502003100130800313130323437360012150053574939583330435f30322e33332e30332e30300011150053574939583330435f30322e33332e30332e3030001007004d433734353500
	shows "firmware swi" '{"model":"MC7455","boot_version":"SWI9X30C_02.33.03.00","amss_version":"SWI9X30C_02.33.03.00","sku":"1102476","carrier_id":"1","carrier":"GENERIC","pri_version":"000.005","config_version":"002.072_000"}'
}

@test "dms firmware: images and preference, selected and deleted by number" {
	shows firmware '{"images":[{"type":"modem","maximum":4,"running":0,"stored":[{"index":0,"failures":0,"id":"002.001","build":"01.02.03.00_?"},{"index":1,"failures":1,"id":"003.001","build":"02.00.00.00_?"}]},{"type":"pri","maximum":50,"running":0,"stored":[{"id":"000.006_001","build":"01.02.03.00_GENERIC"},{"id":"000.007_001","build":"02.00.00.00_GENERIC"}]}],"preferred":[{"type":"modem","id":"002.001","build":"01.02.03.00_?"},{"type":"pri","id":"000.006_001","build":"01.02.03.00_GENERIC"}]}'
	exits 0 dms firmware select 1 1 -f download
	same "$output" "modem pri"
	exits 0 dms firmware -f 'preferred[0].build' -f 'preferred[1].id'
	same "$output" "02.00.00.00_?
000.007_001"
	exits 2 dms firmware select 2 0
	says "modem image 2"
	exits 2 dms firmware select x 0
	exits 2 dms firmware select 0
	says PRI
	exits 0 dms firmware delete pri 1
	same "$(modem get firmware_deleted)" \
		hex:013030302e3030375f303031000000000"01330322e30302e30302e30305f47454e45524943"
	exits 2 dms firmware delete all 1
	exits 0 dms firmware prefer 01.02.03 CFG_1 GENERIC --override --slot 2
	exits 0 dms firmware -f 'preferred[0].id' -f 'preferred[0].build' -f 'preferred[1].id' -f 'preferred[1].build'
	same "$output" "?_?
01.02.03_?
CFG_1
01.02.03_GENERIC"
	same "$(modem get firmware_override)/$(modem get firmware_slot)" 1/2
	shows "firmware download-mode" '{"mode":"normal"}'
	exits 0 dms firmware download-mode boot-and-recovery
	same "$(modem get boot_image_mode)" 1
	exits 0 dms firmware set-id
	modem answer dms list_stored_images 94
	exits 0 dms firmware -j
	[[ $output != *images* ]]
	exits 5 dms firmware select 0 0
}
