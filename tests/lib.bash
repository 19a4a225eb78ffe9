# lib.bash - what the bats tests share: an emulated modem of their own, a proxy of their own.
#
# Every test has a directory, a modem control socket and a proxy socket for itself; what it
# started is ended by pid in teardown.  Nothing of the machine's is touched.
# shellcheck shell=bash
# bats sets status, output and stderr; the tests use CODE and PROXY.
# shellcheck disable=SC2154,SC2034

bats_require_minimum_version 1.5.0

LIB_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${QMITOOL:=$LIB_DIR/../qmitool}"
: "${FAKEMODEM:=$LIB_DIR/../build/fakemodem}"
QMITOOL=$(readlink -f "$QMITOOL")
FAKEMODEM=$(readlink -f "$FAKEMODEM")

# Nothing that a test starts may take longer: an answer, not a measurement.
PATIENCE=30

# Where tests may use the name "qmi-proxy" itself: a network namespace of our own.
isolated() {
	[ -n "${QMITOOL_TEST_NETNS:-}" ]
}

setup_common() {
	DIR=$(mktemp -d "${BATS_TEST_TMPDIR:-/tmp}/qmi.XXXXXX")
	CTL=$DIR/ctl
	DEV=$DIR/modem
	export QMITOOL_SOCKET="@qmitool-test-$$-$BATS_TEST_NUMBER-$RANDOM"
	export QMITOOL_STATE=$DIR/state
	export QMI_DEVICE=$DEV
	MODEMS=
	PIDS=
}

# ---- the modem ----

# modem_start [OPTION...]: an emulated modem on a Unix socket at $DEV (its pid in $MODEM).
modem_start() {
	MODEM=$("$FAKEMODEM" -s "$DEV" -c "$CTL" -b "$@" 3>&-)
	MODEMS="$MODEMS $MODEM"
}

# The same on a pty, which libqmi's tools take as well.
modem_start_pty() {
	MODEM=$("$FAKEMODEM" -p "$DEV" -c "$CTL" -b "$@" 3>&-)
	MODEMS="$MODEMS $MODEM"
}

# modem COMMAND...: steer it, or ask it.
modem() {
	"$FAKEMODEM" -c "$CTL" ctl "$@"
}

# wait_modem VALUE COMMAND...: until the modem replies VALUE (3+: 3 or more).
wait_modem() {
	modem wait "$@" >/dev/null
}

# Client ids that the proxy holds for somebody, not in its pool.
held() {
	q proxy status -e 2>/dev/null | sed -n "s/^clients_[0-9]*_kind='\(.*\)'/\1/p" | grep -vx pooled
}

none_held() {
	! held >/dev/null
}

# Nothing is left allocated, once the proxy has dealt with who left and given back its pool.
nothing_left() {
	if proxy_runs; then
		wait_until "$PATIENCE" none_held || {
			q proxy status >&2
			return 1
		}
		q raw call ctl proxy_reap -d "$DEV" >/dev/null || return 1
	fi
	wait_modem 0 clients all || {
		modem clients >&2
		return 1
	}
}

# ---- the command ----

# q ARG...: the command, in the foreground, never for ever.
q() {
	timeout "$PATIENCE" "$QMITOOL" "$@"
}

# needs_service NAME...: where this build leaves them out the test is skipped.
needs_service() {
	local service all

	all=$(q raw list -j)
	for service; do
		[[ $all == *"\"$service\""* ]] || skip "built without $service"
	done
}

# needs_applet NAME...: the same for what it can do.
needs_applet() {
	local applet all

	all=$'\n'$(q --dump-cli)
	for applet; do
		[[ $all == *$'\n'"applet	$applet	"* ]] || skip "built without $applet"
	done
}

# exits CODE ARG...: run it, with its words in $output and $stderr; it must end so.
exits() {
	local want=$1

	shift
	run --separate-stderr q "$@"
	[ "$status" -eq "$want" ] && return
	printf 'qmitool %s: exit %s, not %s\n%s\n%s\n' "$*" "$status" "$want" "$output" \
		"$stderr" >&2
	return 1
}

# same GOT WANTED
same() {
	[ "$1" = "$2" ] && return
	printf 'got:  <%s>\nwant: <%s>\n' "$1" "$2" >&2
	return 1
}

# holds TEXT PART...: every PART stands in it.
holds() {
	local text=$1 part

	shift
	for part in "$@"; do
		[[ $text == *"$part"* ]] && continue
		printf 'no <%s> in:\n<%s>\n' "$part" "$text" >&2
		return 1
	done
}

# says PART...: stderr of the last run is one line, and has every PART.
says() {
	if [ -z "$stderr" ] || [[ $stderr == *$'\n'* ]]; then
		printf 'not one line on stderr: <%s>\n' "$stderr" >&2
		return 1
	fi
	holds "$stderr" "$@"
}

silent() {
	same "$stderr" ""
}

# ---- processes ----

# background COMMAND...: its pid in $LAST; ended in teardown.
background() {
	"$@" 3>&- &
	LAST=$!
	PIDS="$PIDS $LAST"
}

# watched PATTERN ARG...: a verb that goes on, ended once a line of its output has PATTERN; its words
# are in $output and $stderr.
watched() {
	local pattern=$1

	shift
	background "$QMITOOL" "$@" >"$DIR/watched" 2>"$DIR/watched.words"
	wait_until "$PATIENCE" grep -q -- "$pattern" "$DIR/watched" || {
		cat "$DIR/watched" "$DIR/watched.words" >&2
		return 1
	}
	kill -TERM "$LAST"
	reap "$LAST" || return 1
	output=$(cat "$DIR/watched")
	stderr=$(cat "$DIR/watched.words")
	same "$CODE" 143
}

# in_time CODE ARG...: as exits, of a verb that -t ends; a slow machine gets more time to begin.
in_time() {
	local want=$1 time

	shift
	for time in 0.5 2 10; do
		run --separate-stderr q "$@" -t $time
		[ "$status" -ne 4 ] && break
	done
	[ "$status" -eq "$want" ] && return
	printf 'qmitool %s -t %s: exit %s, not %s\n%s\n%s\n' "$*" $time "$status" "$want" "$output" \
		"$stderr" >&2
	return 1
}

alive() {
	kill -0 "$1" 2>/dev/null && ! ended "$1"
}

# Its exit code, in $CODE; never waits for ever.
reap() {
	local pid=$1

	wait_until "$PATIENCE" ended "$pid" || return 1
	CODE=0
	wait "$pid" || CODE=$?
}

# It is gone, or only its exit code is left.
ended() {
	local state

	state=$(sed 's/.*) \(.\).*/\1/' "/proc/$1/stat" 2>/dev/null) || return 0
	[ "$state" = Z ]
}

# wait_until SECONDS COMMAND...: until it succeeds.
wait_until() {
	local end=$((SECONDS + $1 + 1))

	shift
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || {
			printf 'in vain: %s\n' "$*" >&2
			return 1
		}
		sleep 0.02
	done
}

# ---- the proxy ----

# The pid of our proxy, or nothing.
proxy_pid() {
	q -q proxy status -f proxy.pid
}

proxy_runs() {
	q -q proxy status >/dev/null 2>&1
}

proxy_gone() {
	! proxy_runs
}

# proxy_start [OPTION...]: ours in the foreground, listening; its pid in $PROXY.
proxy_start() {
	background "$QMITOOL" proxy "$@"
	PROXY=$LAST
	wait_until "$PATIENCE" proxy_runs
}

# end PID: TERM it and see it go.
end() {
	kill "$1" 2>/dev/null || true
	wait_until "$PATIENCE" ended "$1"
}

# A port that is opened directly has to be free.
stop_proxy() {
	local pid

	pid=$(proxy_pid 2>/dev/null) || return 0
	end "$pid"
}

# What listens on an abstract name of this network namespace?
listening() {
	grep -q " 00010000 .* @${1#@}\$" /proc/net/unix
}

teardown_common() {
	local pid

	pid=$(proxy_pid 2>/dev/null) || pid=
	for pid in $PIDS $pid; do
		kill "$pid" 2>/dev/null || true
	done
	for pid in $PIDS; do
		wait_until 5 ended "$pid" || kill -KILL "$pid" || true
		wait "$pid" 2>/dev/null || true
	done
	for pid in $MODEMS; do
		kill "$pid" 2>/dev/null || true
	done
	rm -rf "$DIR"
}
