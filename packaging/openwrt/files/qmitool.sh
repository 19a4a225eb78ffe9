#!/bin/sh
# netifd's protocol "qmitool": a data session of a QMI modem.
#
# The session is one process that netifd watches, "wds up --foreground": it tells what it got
# by qmitool.script, follows changes, and takes everything down on TERM.  Options are called
# as those of OpenWrt's "qmi" protocol, so that changing "option proto" is enough.
# shellcheck disable=SC1090,SC1091	# netifd's own files
# shellcheck disable=SC3043,SC2086	# netifd's shell is busybox ash: it has "local", and splits nothing there
# shellcheck disable=SC2154,SC2034	# json_get_vars sets them; netifd reads them

[ -n "$INCLUDE_ONLY" ] || {
	. /lib/functions.sh
	. ../netifd-proto.sh
	init_proto "$@"
}

QMITOOL_HOOK=${QMITOOL_HOOK:-/lib/netifd/qmitool.script}

proto_qmitool_init_config() {
	available=1
	no_device=1
	lasterror=1
	proto_config_add_string "device:device"
	proto_config_add_string apn
	proto_config_add_string auth
	proto_config_add_string username
	proto_config_add_string password
	proto_config_add_string pincode
	proto_config_add_string pdptype
	proto_config_add_int profile
	proto_config_add_boolean autoconnect
	proto_config_add_string modes
	proto_config_add_string plmn
	proto_config_add_int mtu
	proto_config_add_int mux
	proto_config_add_int delay
	proto_config_add_defaults
}

# qmitool_failed INTERFACE ERROR [for-good]: netifd shows it; for good: it does not try again.
qmitool_failed() {
	proto_notify_error "$1" "$2"
	[ -z "$3" ] || proto_block_restart "$1"
	return 1
}

# The PIN, safely: nothing is sent where it is verified already, or where a try is the last one.
qmitool_pin() {
	local interface=$1 device=$2 pincode=$3

	qmitool -q -d "$device" uim wait >/dev/null
	case $? in
		0) return 0 ;;
		4) qmitool_failed "$interface" SIM_NOT_INITIALIZED; return 1 ;;
		6) [ "$(qmitool -q -d "$device" uim status -f state)" = pin-required ] || {
			qmitool_failed "$interface" SIM_FAILED for-good
			return 1
		} ;;
		*) qmitool_failed "$interface" SIM_FAILED for-good; return 1 ;;
	esac
	[ -n "$pincode" ] || {
		qmitool_failed "$interface" PIN_NOT_SPECIFIED for-good
		return 1
	}
	QMI_PIN=$pincode qmitool -d "$device" uim pin verify >/dev/null ||
		qmitool_failed "$interface" PIN_FAILED for-good
}

# "all", or a list as the qmi protocol has it, into the names of nas select.
qmitool_modes() {
	local mode list=

	for mode in $(echo "$1" | tr ',' ' '); do
		case $mode in
			all) mode=gsm,umts,lte,5gnr ;;
			cdma) mode=cdma-1x,cdma-1xevdo ;;
			td-scdma | gsm | umts | lte | 5gnr) ;;
			5g) mode=5gnr ;;
			*) return 1 ;;
		esac
		list=${list:+$list,}$mode
	done
	echo "$list"
}

# What has to be set before the modem may register, in that order.
qmitool_radio() {
	local interface=$1 device=$2 modes=$3 plmn=$4

	qmitool -q -d "$device" dms mode online >/dev/null || {
		qmitool_failed "$interface" NOT_ONLINE
		return 1
	}
	[ -z "$modes" ] || {
		modes=$(qmitool_modes "$modes") &&
			qmitool -q -d "$device" nas select --modes "$modes" >/dev/null
	} || {
		qmitool_failed "$interface" MODES_FAILED for-good
		return 1
	}
	[ -n "$plmn" ] || return 0
	[ "$plmn" != 0 ] || plmn=auto
	qmitool -q -d "$device" nas register "$plmn" >/dev/null ||
		qmitool_failed "$interface" PLMN_FAILED
}

proto_qmitool_setup() {
	local interface=$1
	local device apn auth username password pincode pdptype profile autoconnect modes plmn mtu mux
	local delay

	json_get_vars device apn auth username password pincode pdptype profile autoconnect
	json_get_vars modes plmn mtu mux delay

	[ -z "$ctl_device" ] || device=$ctl_device
	[ -e "$device" ] || {
		qmitool_failed "$interface" NO_DEVICE
		proto_set_available "$interface" 0
		return 1
	}
	[ -z "$delay" ] || sleep "$delay"
	qmitool_pin "$interface" "$device" "$pincode" || return 1
	qmitool_radio "$interface" "$device" "$modes" "$plmn" || return 1

	case $(echo "$pdptype" | tr '[:upper:]' '[:lower:]') in
		'' | ip | ipv4) pdptype=4 ;;
		ipv6) pdptype=6 ;;
		*) pdptype=4v6 ;;
	esac
	[ "$auth" != none ] || auth=
	[ "$autoconnect" = 1 ] || autoconnect=

	proto_export "INTERFACE=$interface"
	proto_export "QMITOOL_MTU=$mtu"
	[ -z "$password" ] || proto_export "QMI_PASSWORD=$password"
	proto_run_command "$interface" qmitool -t 0 -d "$device" wds up -s "$interface" \
		--foreground --reconnect --wait --hook "$QMITOOL_HOOK" --ip "$pdptype" \
		${apn:+--apn "$apn"} ${auth:+--auth "$auth"} ${username:+--user "$username"} \
		${profile:+--profile "$profile"} ${autoconnect:+--autoconnect} ${mux:+--mux "$mux"}
}

# $ERROR: how "wds up" ended by itself; see EXIT STATUS of qmitool(1).
proto_qmitool_teardown() {
	local interface=$1

	case $ERROR in
		'' | 0) ;;
		2) qmitool_failed "$interface" CONFIG_FAILED for-good ;;
		4) qmitool_failed "$interface" TIMEOUT ;;
		6) qmitool_failed "$interface" SIM_FAILED for-good ;;
		7) qmitool_failed "$interface" CALL_FAILED ;;
		8) qmitool_failed "$interface" MODEM_GONE ;;
		9) qmitool_failed "$interface" NO_PERMISSION for-good ;;
		*) qmitool_failed "$interface" FAILED ;;
	esac
	proto_kill_command "$interface"
}

[ -n "$INCLUDE_ONLY" ] || add_protocol qmitool
