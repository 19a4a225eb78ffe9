# The same questions put to qmicli and to our nas and dms: what both read, and what both set,
# must be the same.
load ../lib.bash
load qmicli.bash

setup() {
	setup_interop
	modem_start_pty
	exits 0 nas signal -f lte.rsrp	# ours is the proxy that runs
}

teardown() {
	teardown_interop
}

# both QMICLI-OPTION NAME VERB FIELD...: the value that qmicli calls NAME, and those of ours.
both() {
	local option=$1 name=$2 verb=$3 value

	shift 3
	theirs "$option"
	value=$(sed -n "s/^.*$name: *'\{0,1\}\([^']*\)'\{0,1\}\$/\1/p" <<<"$output" | head -n 1)
	[ -n "$value" ] || {
		printf 'qmicli has no %s:\n%s\n' "$name" "$output" >&2
		return 1
	}
	# shellcheck disable=SC2086
	exits 0 $verb -f "$1"
	same "$output" "$value"
}

@test "nas: what qmicli reads is what we read" {
	both --nas-get-home-network Description "nas home" plmn.name
	both --nas-get-drx DRX "nas drx" drx
	both --nas-get-rf-band-info "Active Band Class" "nas rf" 'bands[0].band'
	both --nas-get-rf-band-info "Active Channel" "nas rf" 'bands[0].channel'
	both --nas-get-cell-location-info "Global Cell ID" "nas cells" lte.cell_id
	both --nas-get-cell-location-info "Tracking Area Code" "nas cells" lte.tac
	both --nas-get-cell-location-info "Serving Cell ID" "nas cells" lte.pci
	both --nas-get-system-info "Tracking Area Code" "nas system" lte.tac
	both --nas-get-system-info "Cell ID" "nas system" lte.cell_id
	theirs --nas-get-cell-location-info
	exits 0 nas cells -f lte.earfcn -f lte.band -f 'lte.cells[0].rsrp' -f 'lte.cells[0].rsrq'
	same "$output" "1300
3
-99.9
-6.7"
	theirs --nas-get-cell-location-info
	holds "$output" "1300" "-99.9" "-6.7"
	theirs --nas-get-operator-name
	holds "$output" "Test SPN" "Test Network"
	theirs --nas-get-plmn-name=26202
	same "$(modem get named_plmn)" hex:06010200
	holds "$output" "Test Network"
	theirs --nas-get-tx-rx-info=lte
	holds "$output" "-65.3" "-97.1" "23.0"
	exits 0 nas txrx lte -f rx0.power -f rx0.rsrp -f tx.power
	same "$output" "-65.3
-97.1
23.0"
	theirs --nas-get-lte-cphy-ca-info
	holds "$output" "eutran-3" "eutran-7" "'3062'"
	exits 0 nas ca -f pcell.band -f 'scells[0].band' -f 'scells[0].earfcn'
	same "$output" "eutran-3
eutran-7
3062"
	theirs --nas-network-scan
	holds "$output" "MCC: '310'" "Description: 'Two'" "RAT: 'umts'"
	theirs --nas-get-system-selection-preference
	holds "$output" "gsm, umts, lte" "1, 3, 5, 7, 8, 20, 38, 39, 40, 41"
	theirs --nas-get-preferred-networks
	holds "$output" "MCC: '262'"
}

@test "nas: what qmicli sets is what we set" {
	theirs "--nas-set-system-selection-preference=lte|umts,manual=310004"
	local want
	want="$(modem get mode_preference) $(modem get network_selection) $(modem get change_duration)"
	modem set mode_preference 0
	modem set network_selection none
	exits 0 nas select --modes lte,umts --network 310004
	same "$(modem get mode_preference) $(modem get network_selection) $(modem get change_duration)" "$want"
	# Of 004 qmicli tells only 4, which could be 04 as well.
	same "$(modem get selection_pcs)" 1
}

@test "dms: what qmicli reads is what we read" {
	both --dms-get-msisdn MSISDN "dms msisdn" msisdn
	both --dms-get-revision Revision "dms revision" revision
	both --dms-get-hardware-revision Revision "dms revision" hardware_revision
	both --dms-get-software-version "Software version" "dms revision" software_version
	theirs --dms-get-factory-sku
	holds "$output" 1100000
	exits 0 dms revision -f factory_sku
	same "$output" 1100000
	theirs --dms-get-power-state
	holds "$output" "Battery level: '100 %'"
	exits 0 dms power -f battery
	same "$output" 100
	both --dms-get-capabilities "Max TX channel rate" "dms capabilities" max_tx_rate
	both --dms-uim-get-state State "dms sim" state
	both --dms-uim-get-iccid ICCID "dms sim" iccid
	both --dms-uim-get-imsi IMSI "dms sim" imsi
	both --dms-get-prl-version "PRL version" "dms prl" version
	theirs --dms-get-activation-state
	holds "$output" "'activated'"
	exits 0 dms activation -f activation
	same "$output" activated
	both --dms-get-boot-image-download-mode "download mode" "dms firmware download-mode" mode
	theirs --dms-get-band-capabilities
	holds "$output" "1, 3, 5, 7, 8, 20, 38, 39, 40, 41"
	theirs --dms-list-stored-images
	holds "$output" "01.02.03.00_GENERIC" "002.001"
	theirs --dms-uim-get-pin-status
	holds "$output" "disabled" "Verify: 3"
}

@test "dms: what qmicli sets is what we set" {
	theirs --dms-select-stored-image=modem1,pri1
	local want
	want=$(modem get firmware_preference)
	modem set firmware_preference none
	exits 0 dms firmware select 1 1
	same "$(modem get firmware_preference)" "$want"
	theirs --dms-set-firmware-preference=firmware-version=01.02.03,config-version=CFG_1,carrier=GENERIC
	want=$(modem get firmware_preference)
	modem set firmware_preference none
	exits 0 dms firmware prefer 01.02.03 CFG_1 GENERIC
	same "$(modem get firmware_preference)" "$want"
	theirs --dms-delete-stored-image=pri1
	want=$(modem get firmware_deleted)
	modem set firmware_deleted none
	exits 0 dms firmware delete pri 1
	same "$(modem get firmware_deleted)" "$want"
	theirs --dms-activate-manual=000000,7,5551234,5554321
	want=$(modem get activated_by)
	exits 0 dms activation manual 000000 7 5551234 5554321
	same "$(modem get activated_by)" "$want"
	theirs --dms-uim-set-ck-protection=pp,disable,12345678
	want=$(modem get ck_request)
	modem set ck_request none
	exits 0 dms ck disable pp 12345678
	same "$(modem get ck_request)" "$want"
}
