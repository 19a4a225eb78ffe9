# wds profiles: list, show, create, modify, delete, default, against the emulated modem.
load ../lib.bash

setup() {
	setup_common
	needs_applet wds
	modem_start
}

teardown() {
	teardown_common
}

@test "wds profiles: four forms" {
	exits 0 wds profiles
	same "$output" "profiles:
  type  index  name
  3gpp  1      profile1
  3gpp  2      profile2"
	exits 0 wds profile -j
	same "$output" '{"profiles":[{"type":"3gpp","index":1,"name":"profile1"},{"type":"3gpp","index":2,"name":"profile2"}]}'
	exits 0 wds profiles --type 3gpp2 -e
	same "$output" "profiles_0_type='3gpp2'
profiles_0_index='101'
profiles_0_name='profile101'
profiles_n='1'"
	exits 0 wds profiles -f 'profiles[1].name'
	same "$output" profile2
	silent
	nothing_left
}

@test "wds profiles --settings: what is in each" {
	exits 0 wds profiles --settings -f 'profiles[0].apn' -f 'profiles[1].apn' -f 'profiles[1].pdp_type'
	same "$output" "internet
ims
ipv4-or-ipv6"
	exits 0 wds profiles -f 'profiles[0].name'
	exits 10 wds profiles -f 'profiles[0].apn'
	nothing_left
}

@test "wds profile show: four forms, and what is not set is absent" {
	exits 0 wds profile show 1
	same "$output" "type:                        3gpp
index:                       1
name:                        profile1
apn:                         internet
pdp_type:                    ipv4-or-ipv6
auth:                        none
pdp_header_compression_type: off
pdp_data_compression_type:   off
pcscf_address_using_pco:     no
pdp_access_control:          none
pcscf_address_using_dhcp:    no
imcn_flag:                   no"
	exits 0 wds profile show 2 -j
	same "$output" '{"type":"3gpp","index":2,"name":"profile2","apn":"ims","pdp_type":"ipv4-or-ipv6","auth":[],"pdp_header_compression_type":"off","pdp_data_compression_type":"off","pcscf_address_using_pco":false,"pdp_access_control":"none","pcscf_address_using_dhcp":false,"imcn_flag":false}'
	exits 0 wds profile show 1 -e
	holds "$output" "apn='internet'" "index='1'"
	exits 10 wds profile show 1 -f user -f primary_ipv4_dns_address -f apn
	same "$output" "

internet"
	exits 2 wds profile show 1 -f qos
	says "no field 'qos'"
	nothing_left
}

@test "wds profile create: the common fields by option, the others by name" {
	export QMI_PASSWORD=geheim
	exits 0 wds profile create --name neu --apn web.example --ip 4v6 --auth both --user me \
		--context 3 --no-roaming --disabled primary_ipv4_dns_address=192.0.2.1 \
		ipv6_primary_dns_address_preference=2001:db8::53 apn_type_mask=default,ims \
		gprs_minimum_qos.precedence_class=1 gprs_minimum_qos.delay_class=2 \
		gprs_minimum_qos.reliability_class=3 gprs_minimum_qos.peak_throughput_class=4 \
		gprs_minimum_qos.mean_throughput_class=31 -j
	same "$output" '{"type":"3gpp","index":3}'
	exits 0 wds profile show 3 -j
	same "$output" '{"type":"3gpp","index":3,"name":"neu","apn":"web.example","pdp_type":"ipv4-or-ipv6","auth":["pap","chap"],"user":"me","password":"geheim","no_roaming":true,"disabled":true,"context":3,"primary_ipv4_dns_address":"192.0.2.1","ipv6_primary_dns_address_preference":"2001:db8::53","pdp_header_compression_type":"off","pdp_data_compression_type":"off","pcscf_address_using_pco":false,"pdp_access_control":"none","pcscf_address_using_dhcp":false,"imcn_flag":false,"apn_type_mask":["default","ims"],"gprs_minimum_qos":{"precedence_class":1,"delay_class":2,"reliability_class":3,"peak_throughput_class":4,"mean_throughput_class":31}}'
	exits 0 wds profile show 3 -f gprs_minimum_qos.mean_throughput_class
	same "$output" 31
	nothing_left
}

# Every field of the message, with a value of its kind; what create takes, show must tell.
@test "wds profile create and modify: each field of the messages can be set, and is shown" {
	local message field args=() shown

	qos=traffic_class=1,max_uplink_bitrate=2,max_downlink_bitrate=3,guaranteed_uplink_bitrate=4
	qos=$qos,guaranteed_downlink_bitrate=5,qos_delivery_order=1,maximum_sdu_size=6,sdu_error_ratio=1
	qos=$qos,residual_bit_error_ratio=1,delivery_erroneous_sdu=1,transfer_delay=7
	qos=$qos,traffic_handling_priority=8
	for field in ${qos//,/ }; do
		args+=("umts_requested_qos.$field" "umts_minimum_qos.$field"
			"umts_requested_qos_with_signaling_indication_flag.$field"
			"umts_minimum_qos_with_signaling_indication_flag.$field")
	done
	for field in precedence delay reliability peak_throughput mean_throughput; do
		args+=("gprs_requested_qos.${field}_class=1" "gprs_minimum_qos.${field}_class=1")
	done
	for field in qos_class_identifier guaranteed_downlink_bitrate max_downlink_bitrate \
		guaranteed_uplink_bitrate max_uplink_bitrate; do
		args+=("lte_qos_parameters.$field=1")
	done
	args+=(umts_requested_qos_with_signaling_indication_flag.signaling_indication=1
		umts_minimum_qos_with_signaling_indication_flag.signaling_indication=1
		profile_name=a pdp_type=ipv4 pdp_header_compression_type=off
		pdp_data_compression_type=off apn_name=a primary_ipv4_dns_address=192.0.2.1
		secondary_ipv4_dns_address=192.0.2.2 username=a password=a authentication=pap
		ipv4_address_preference=192.0.2.3 pcscf_address_using_pco=true
		pdp_access_control=none pcscf_address_using_dhcp=true imcn_flag=true
		pdp_context_number=1 pdp_context_secondary_flag=true pdp_context_primary_id=1
		ipv6_address_preference.address=2001:db8::1
		ipv6_primary_dns_address_preference=2001:db8::2
		ipv6_secondary_dns_address_preference=2001:db8::3 address_allocation_preference=nas
		apn_disabled_flag=false roaming_disallowed_flag=false
		vlan_id_type.vlan_id_range_start=1 vlan_id_type.vlan_id_range_end=2
		apn_type_mask=default)
	exits 0 wds profile create "${args[@]}"
	exits 0 wds profile modify 3 "${args[@]}" clat_enabled=true ipv6_prefix_delegation=true
	# All that the messages have was among them: nothing of them can be added.
	for message in create_profile modify_profile; do
		[ "$(schema_fields $message | wc -l)" -ge 33 ]
		for field in $(schema_fields $message); do
			[[ " ${args[*]} clat_enabled= ipv6_prefix_delegation=" == *" $field"[.=]* ]] || {
				echo "$message: $field is not set here" >&2
				return 1
			}
		done
	done
	# And each has a key.
	exits 0 wds profile show 3 -j
	shown=$output
	for field in $(schema_fields modify_profile); do
		case $field in
		profile_name) field=name ;;
		apn_name) field=apn ;;
		username) field=user ;;
		authentication) field=auth ;;
		pdp_context_number) field=context ;;
		apn_disabled_flag) field=disabled ;;
		roaming_disallowed_flag) field=no_roaming ;;
		esac
		holds "$shown" "\"$field\":"
	done
	nothing_left
}

# The TLVs of a request, but for the one that says which profile.
schema_fields() {
	awk -v message="$1" '
		$1 == "msg" { inside = $3 == message }
		inside && $1 == ">" { print $3 }' "$LIB_DIR/../qmux/schema/wds.qmi"
}

@test "wds profile create: an index of one's own (Sierra), 3gpp2, and no room" {
	exits 0 wds profile create --index 7 --apn x -f index
	same "$output" 7
	exits 0 wds profile show 7 -f apn
	same "$output" x
	exits 0 wds profile create --type 3gpp2 -f type -f index
	same "$output" "3gpp2
102"
	modem set wds_profile_last 2
	exits 1 wds profile create --apn x
	says "qmitool wds profile create: modem says ExtendedInternal (81); profile error 3gpp-out-of-profiles (1006)"
	exits 1 wds profile create --apn x -j
	same "$stderr" '{"error":{"exit":1,"code":81,"name":"ExtendedInternal","text":"modem says ExtendedInternal (81); profile error 3gpp-out-of-profiles (1006)"}}'
	nothing_left
}

@test "wds profile modify: what is given changes, the rest stays" {
	exits 0 wds profile modify 1 --apn other
	same "$output" ""
	exits 0 wds profile show 1 -f apn -f name -f pdp_type
	same "$output" "other
profile1
ipv4-or-ipv6"
	exits 0 wds profile modify 1 --ip 6 --no-roaming
	exits 0 wds profile modify 1 roaming_disallowed_flag=false --auth none
	exits 0 wds profile show 1 -f pdp_type -f auth -f no_roaming
	same "$output" "ipv6

false"
	exits 2 wds profile modify 1
	says "nothing to change"
	exits 2 wds profile modify 1 apn=x
	says "no field 'apn'; did you mean 'apn_name'?"
	exits 2 wds profile modify 1 --apn x apn_name=y
	says apn_name
	exits 2 wds profile modify 1 pdp_type
	exits 1 wds profile modify 9 --apn x
	says "profile error invalid-profile-number (5)"
	nothing_left
}

@test "wds profile: a password comes from a file or the environment, and logs do not show it" {
	printf 'topsecret\n' >"$DIR/password"
	exits 0 wds profile modify 1 --user somebody --password-file "$DIR/password" -v
	[[ $stderr != *topsecret* && $stderr != *somebody* ]]
	holds "$stderr" password
	exits 0 wds profile show 1 -f password
	same "$output" topsecret
	exits 3 wds profile modify 1 --password-file "$DIR/none"
	says "$DIR/none"
	export QMI_PASSWORD=fromenv
	exits 0 wds profile modify 1 --apn x	# without a user it is not meant
	exits 0 wds profile show 1 -f password
	same "$output" topsecret
	exits 0 wds profile modify 1 --user x
	exits 0 wds profile show 1 -f password
	same "$output" fromenv
	nothing_left
}

@test "wds profile delete, default, template" {
	exits 0 wds profile default -j
	same "$output" '{"index":1}'
	exits 0 wds profile default 2
	exits 0 wds profile default -f index
	same "$output" 2
	exits 0 wds profile default --type 3gpp2 -f index
	same "$output" 101
	exits 1 wds profile default 9
	says "profile error invalid-profile-number (5)"
	exits 2 wds profile default --family none
	says "'none'"
	exits 0 wds profile delete 2
	same "$output" ""
	exits 1 wds profile delete 2
	says "invalid-profile-number"
	exits 0 wds profiles -f 'profiles[0].index'
	same "$output" 1
	exits 0 wds profile template -f pdp_type
	same "$output" ipv4
	nothing_left
}

@test "wds profile: an error without a reason, an unknown one, unsupported, a mute modem" {
	modem answer wds get_profile_settings 16
	exits 1 wds profile show 1
	same "$stderr" "qmitool wds profile show: modem says NotProvisioned (16)"
	modem answer wds get_profile_settings 81 e002004200
	exits 1 wds profile show 1
	says "; profile error unknown (66)"
	modem answer wds get_profile_list 71
	exits 5 wds profiles
	says InvalidQmiCommand
	modem answer wds get_profile_list silent
	exits 4 wds profiles -t 0.5
	exits 1 wds profile show 0
	exits 2 wds profile show x
	exits 2 wds profile show 256
	exits 2 wds profile show
	exits 2 wds profiles --type 5g
	says "'5g'"
	nothing_left
}
