# OpenWrt's protocol handler, with netifd's side made up: what it asks of the modem, and what it
# tells netifd.
load ../lib

FILES=$LIB_DIR/../packaging/openwrt/files

setup() {
	setup_common
	needs_applet uim dms nas wds
	modem_start
	mkdir "$DIR/bin"
	ln -s "$QMITOOL" "$DIR/bin/qmitool"
	export PATH="$DIR/bin:$PATH" NETIFD_LOG=$DIR/log NETIFD_PID=
	export QMITOOL_HOOK=$DIR/hook OPT_device=$DEV OPT_apn=internet
	# As a file of its own, since "wds up" runs it.
	cat >"$QMITOOL_HOOK" <<-END
		#!/bin/sh
		. "$LIB_DIR/openwrt/netifd.sh"
		. "$FILES/qmitool.script"
	END
	chmod +x "$QMITOOL_HOOK"
	: >"$NETIFD_LOG"
}

teardown() {
	[ ! -s "$DIR/pid" ] || PIDS="$PIDS $(cat "$DIR/pid")"
	teardown_common
}

# handler FUNCTION: in the shell that OpenWrt has, where it is installed.
handler() {
	local shell=sh

	! command -v busybox >/dev/null || shell="busybox sh"
	run timeout "$PATIENCE" $shell -c \
		'. "$0"; . "$1"; shift; "$@"' "$LIB_DIR/openwrt/netifd.sh" "$FILES/qmitool.sh" "$@" 3>&-
}

told() {
	grep -qxF -- "$1" "$NETIFD_LOG" || {
		printf 'not told: %s\n' "$1" >&2
		cat "$NETIFD_LOG" >&2
		return 1
	}
}

not_told() {
	! grep -q -- "$1" "$NETIFD_LOG"
}

@test "netifd: the command that it is to watch, with the interface's options" {
	export OPT_username=me OPT_password=secret OPT_auth=both OPT_pdptype=IPV4V6 OPT_profile=2 \
		OPT_mux=3 OPT_autoconnect=1
	handler proto_qmitool_setup wan
	same "$status" 0
	told "proto_run_command wan qmitool -t 0 -d $DEV wds up -s wan --foreground --reconnect \
--wait --hook $QMITOOL_HOOK --ip 4v6 --apn internet --auth both --user me --profile 2 \
--autoconnect --mux 3"
	not_told secret
}

@test "netifd: without options, IPv4 and nothing that was not asked for" {
	unset OPT_apn
	handler proto_qmitool_setup wan
	same "$status" 0
	told "proto_run_command wan qmitool -t 0 -d $DEV wds up -s wan --foreground --reconnect \
--wait --hook $QMITOOL_HOOK --ip 4"
}

@test "netifd: the options of that command are options of ours" {
	local word

	export OPT_username=me OPT_auth=pap OPT_profile=2 OPT_mux=3 OPT_autoconnect=1
	handler proto_qmitool_setup wan
	q wds up --help >"$DIR/help"
	for word in $(grep -o -- '--[a-z-]*' "$NETIFD_LOG"); do
		grep -q -- "$word\b" "$DIR/help"
	done
}

@test "netifd: no device is told, and that the interface is not available" {
	OPT_device=$DIR/none handler proto_qmitool_setup wan
	same "$status" 1
	told "proto_notify_error wan NO_DEVICE"
	told "proto_set_available wan 0"
	not_told proto_run_command
}

@test "netifd: a PIN is verified first; a wrong one is not tried again and again" {
	modem set pin1_status 1
	OPT_pincode=1234 handler proto_qmitool_setup wan
	same "$status" 0
	same "$(q uim status -f application.pin1.state)" enabled-verified
	modem set pin1_status 1
	OPT_pincode=9999 handler proto_qmitool_setup wan
	same "$status" 1
	told "proto_notify_error wan PIN_FAILED"
	told "proto_block_restart wan"
}

@test "netifd: a PIN that is wanted and not there ends it for good" {
	modem set pin1_status 1
	handler proto_qmitool_setup wan
	same "$status" 1
	told "proto_notify_error wan PIN_NOT_SPECIFIED"
	told "proto_block_restart wan"
	not_told proto_run_command
}

@test "netifd: modes and network are set before the session" {
	export OPT_modes=lte,5g OPT_plmn=00101
	handler proto_qmitool_setup wan
	same "$status" 0
	holds "$(q nas select -f modes)" lte 5gnr
	export OPT_modes=warp
	handler proto_qmitool_setup wan
	same "$status" 1
	told "proto_notify_error wan MODES_FAILED"
}

@test "netifd: how the session ended is told by its exit code" {
	ERROR=7 handler proto_qmitool_teardown wan
	told "proto_notify_error wan CALL_FAILED"
	not_told proto_block_restart
	ERROR=2 handler proto_qmitool_teardown wan
	told "proto_notify_error wan CONFIG_FAILED"
	told "proto_block_restart wan"
	told "proto_kill_command wan"
}

@test "netifd: an end that was asked for is no error" {
	ERROR='' handler proto_qmitool_teardown wan
	told "proto_kill_command wan"
	not_told proto_notify_error
}

# ---- the whole, with a modem that has a network interface ----

# setup_for_real [OPTION...]: netifd starts what it is to watch; options are the modem's.
setup_for_real() {
	isolated || skip "needs root, for a network namespace"
	[ -c /dev/net/tun ] || skip "needs /dev/net/tun"
	command -v ip >/dev/null || skip "needs ip"
	modem quit
	wait_until "$PATIENCE" ended "$MODEM"
	modem_start -i wwan0 "$@"
	# The port of this modem is a socket, which tells of no interface.
	rm "$DIR/bin/qmitool"
	cat >"$DIR/bin/qmitool" <<-END
		#!/bin/sh
		case " \$* " in
		*" wds up "*) exec "$QMITOOL" "\$@" --interface wwan0 ;;
		*) exec "$QMITOOL" "\$@" ;;
		esac
	END
	chmod +x "$DIR/bin/qmitool"
	NETIFD_PID=$DIR/pid
}

told_times() {
	[ "$(grep -cxF -- "$2" "$NETIFD_LOG")" -ge "$1" ]
}

session_gone() {
	ended "$(cat "$DIR/pid")"
}

@test "netifd: from setup to teardown: addresses, routes and servers are told, then taken back" {
	setup_for_real
	OPT_pdptype=ipv4v6 handler proto_qmitool_setup wan
	same "$status" 0
	wait_until "$PATIENCE" told_times 1 "proto_send_update wan"
	told "proto_init_update wwan0 1"
	told "proto_add_ipv4_address 10.0.0.2 30"
	told "proto_add_ipv4_route 10.0.0.1 32  10.0.0.2"
	told "proto_add_ipv4_route 0.0.0.0 0 10.0.0.1 10.0.0.2"
	told "proto_add_dns_server 192.0.2.53"
	told "proto_add_dns_server 2001:db8::53"
	grep -q '^proto_add_ipv6_address .* 128$' "$NETIFD_LOG"
	grep -q '^proto_add_ipv6_prefix .*/64$' "$NETIFD_LOG"
	grep -q '^proto_add_ipv6_route :: 0 ' "$NETIFD_LOG"
	[[ $(ip -o link show dev wwan0) == *[,\<]UP[,\>]* ]]
	# The addresses are netifd's to set.
	same "$(ip -o addr show dev wwan0 scope global)" ""
	same "$(modem calls all)" 2

	modem readdress 4
	wait_until "$PATIENCE" told_times 1 "proto_add_ipv4_address 10.0.1.2 30"

	ERROR='' handler proto_qmitool_teardown wan
	wait_until "$PATIENCE" session_gone
	told "proto_init_update * 0"
	same "$(tail -n 1 "$NETIFD_LOG")" "proto_send_update wan"
	same "$(modem calls all)" 0
	nothing_left
}

@test "netifd: a network that refuses: the command ends with what teardown tells" {
	setup_for_real
	modem set wds_allowed_apns other
	handler proto_qmitool_setup wan
	same "$status" 0
	wait_until "$PATIENCE" grep -q "unknown-apn" "$NETIFD_LOG.out"
	not_told proto_add_ipv4_address
	handler proto_kill_command wan
	wait_until "$PATIENCE" session_gone
	nothing_left
}

@test "netifd: the session was killed: the next setup works" {
	setup_for_real
	handler proto_qmitool_setup wan
	wait_until "$PATIENCE" told_times 1 "proto_send_update wan"
	kill -KILL "$(cat "$DIR/pid")"
	wait_until "$PATIENCE" session_gone
	: >"$NETIFD_LOG"
	handler proto_qmitool_setup wan
	same "$status" 0
	wait_until "$PATIENCE" told_times 1 "proto_send_update wan"
	grep -q '^proto_add_ipv4_address ' "$NETIFD_LOG"
	same "$(modem calls all)" 1
	handler proto_qmitool_teardown wan
	wait_until "$PATIENCE" session_gone
	nothing_left
}
