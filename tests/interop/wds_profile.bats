# qmicli and our wds profile, attach-apn and wms on one modem: what one sets the other reads.
load ../lib.bash
load qmicli.bash

setup() {
	setup_interop wds wms
	modem_start_pty
	exits 0 wms protocol	# ours is the proxy that runs
}

teardown() {
	teardown_interop
}

@test "a profile that qmicli makes is the one that we make" {
	local one other

	theirs --wds-create-profile=3gpp,name=x,apn=y.example,pdp-type=IPV4V6,auth=BOTH,username=u,password=p,context-num=4,no-roaming=yes,disabled=yes
	holds "$output" "Profile index: '3'"
	export QMI_PASSWORD=p
	exits 0 wds profile create --name x --apn y.example --ip 4v6 --auth both --user u --context 4 \
		--no-roaming --disabled -f index
	same "$output" 4
	exits 0 raw call wds get_profile_settings profile_id.profile_type=3gpp profile_id.profile_index=3 -j
	one=$output
	exits 0 raw call wds get_profile_settings profile_id.profile_type=3gpp profile_id.profile_index=4 -j
	other=$output
	holds "$one" '"apn_name":"y.example"' '"authentication":["pap","chap"]'
	same "${other#*fields}" "${one#*fields}"
}

@test "profiles: each reads what the other changed" {
	exits 0 wds profile modify 2 --apn ours.example --ip 6 --user me --auth chap
	theirs --wds-get-profile-list=3gpp
	holds "$output" "[2] 3gpp - profile2
		APN: 'ours.example'
		PDP type: 'ipv6'
		Username: 'me'
		Auth: 'chap'"
	theirs --wds-modify-profile=3gpp,2,apn=theirs.example,pdp-type=IP,auth=NONE
	exits 0 wds profile show 2 -f apn -f pdp_type -f user
	same "$output" "theirs.example
ipv4
me"
	exits 0 wds profile default 2
	theirs --wds-get-default-profile-number=3gpp
	holds "$output" "'2'"
	theirs --wds-set-default-profile-number=3gpp,1
	exits 0 wds profile default -f index
	same "$output" 1
	theirs --wds-swi-create-profile-indexed=3gpp,9,apn=nine
	exits 0 wds profile show 9 -f apn
	same "$output" nine
	theirs --wds-delete-profile=3gpp,9
	exits 1 wds profile delete 9
	says "profile error invalid-profile-number (5)"
	run ! timeout "$PATIENCE" qmicli -p --device-open-qmi -d "$DEV" --wds-delete-profile=3gpp,9
	holds "$output" "invalid-profile-number"
	theirs --wds-get-default-settings=3gpp
	holds "$output" "PDP type: 'ipv4'"
	exits 0 wds profile template -f pdp_type
	same "$output" ipv4
}

@test "attach-apn: the lists, and what there is" {
	theirs --wds-get-lte-attach-parameters
	holds "$output" "APN: internet" "IP support type: ipv4v6" "OTA attach performed: yes"
	exits 0 wds attach-apn -f apn -f ip -f attached -f max_profiles
	same "$output" "internet
ipv4v6
true
4"
	theirs --wds-get-max-lte-attach-pdn-num
	holds "$output" "PDN: 4"
	exits 0 wds attach-apn 2,1
	theirs --wds-get-lte-attach-pdn-list
	holds "$output" "Current list: '1'" "Pending list: '2, 1'"
	theirs --wds-set-lte-attach-pdn-list=1,2
	exits 0 wds attach-apn -f profiles
	same "$output" "1 2"
}

@test "bind: the same request" {
	theirs --wds-bind-data-port=a2-mux-rmnet1
	same "$(modem get wds_data_port)" 3589
	exits 0 wds bind port a2-mux-rmnet2
	same "$(modem get wds_data_port)" 3590
}

@test "wms routes: each reads what the other set" {
	exits 0 wms routes set 0,uim,store-and-notify
	theirs --wms-get-routes
	holds "$output" "Got 1 SMS routes" "Message Class: 0" "Storage Type: uim" \
		"Receipt Action: store-and-notify"
	theirs --wms-set-routes=type=point,class=none,storage=nv,receipt-action=transfer-and-ack
	exits 0 wms routes -j
	same "$output" '{"routes":[{"type":"point-to-point","class":"none","storage":"nv","action":"transfer-and-ack"}]}'
}
