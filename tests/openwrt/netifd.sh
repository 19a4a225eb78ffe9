# netifd.sh - netifd as its protocol handlers see it: what they call is written to $NETIFD_LOG.
#
# Options come from the environment as OPT_NAME.  proto_run_command starts the command in the
# background with what was exported, and leaves its pid in $NETIFD_PID, as netifd would watch it.
# shellcheck shell=sh
# shellcheck disable=SC2034	# read by the handlers

INCLUDE_ONLY=1
EXPORTS=

json_get_vars() {
	for netifd_name; do
		eval "$netifd_name=\${OPT_$netifd_name}"
	done
}

netifd_log() {
	printf '%s\n' "$*" >>"$NETIFD_LOG"
}

for netifd_name in proto_config_add_string proto_config_add_int proto_config_add_boolean \
	proto_config_add_defaults proto_notify_error proto_block_restart proto_set_available \
	proto_init_update proto_add_ipv4_address proto_add_ipv4_route proto_add_ipv6_address \
	proto_add_ipv6_prefix proto_add_ipv6_route proto_add_dns_server proto_send_update; do
	eval "$netifd_name() { netifd_log $netifd_name \"\$@\"; }"
done

proto_export() {
	EXPORTS="$EXPORTS $1"
}

proto_run_command() {
	netifd_log proto_run_command "$@"
	shift
	[ -n "$NETIFD_PID" ] || return 0
	# shellcheck disable=SC2086	# the tests' values have no spaces
	env $EXPORTS "$@" >>"$NETIFD_LOG.out" 2>&1 3>&- &
	echo $! >"$NETIFD_PID"
}

proto_kill_command() {
	netifd_log proto_kill_command "$@"
	[ -z "$NETIFD_PID" ] || kill "$(cat "$NETIFD_PID")"
}
