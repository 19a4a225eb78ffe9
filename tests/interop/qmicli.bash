# qmicli.bash - libqmi's own programs on the other side.
# shellcheck shell=bash disable=SC2154

LIBQMI_PROXY=/usr/libexec/qmi-proxy

# setup_interop [APPLET...]: they need the name "qmi-proxy" itself, so these tests run only in a
# network namespace of their own (tests/isolate.sh), where it is nobody's.
setup_interop() {
	LIBQMI_PID=
	isolated || skip "not in a network namespace of our own (see tests/isolate.sh)"
	command -v qmicli >/dev/null || skip "qmicli is not installed"
	setup_common
	[ $# -eq 0 ] || needs_applet "$@"
	export QMITOOL_SOCKET=@qmi-proxy
}

teardown_interop() {
	isolated && command -v qmicli >/dev/null || return 0
	# libqmi's takes two seconds over a TERM.
	[ -z "$LIBQMI_PID" ] || kill -KILL "$LIBQMI_PID" 2>/dev/null || true
	teardown_common
	wait_until "$PATIENCE" nobody_listens
}

nobody_listens() {
	! listening @qmi-proxy
}

# cli ARG...: qmicli through whatever proxy runs.
cli() {
	timeout "$PATIENCE" qmicli -p --device-open-qmi -d "$DEV" "$@"
}

# theirs ARG...: what qmicli says, which must be no failure.
theirs() {
	run --separate-stderr cli "$@"
	[ "$status" -eq 0 ] || {
		printf 'qmicli %s: exit %s\n%s\n%s\n' "$*" "$status" "$output" "$stderr" >&2
		return 1
	}
}

libqmi_proxy_start() {
	[ -x "$LIBQMI_PROXY" ] || skip "$LIBQMI_PROXY is not installed"
	"$LIBQMI_PROXY" --no-exit >/dev/null 2>&1 3>&- &
	LIBQMI_PID=$!
	wait_until "$PATIENCE" listening @qmi-proxy
}
