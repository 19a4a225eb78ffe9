# lib.sh - what the tests in the guest share; for busybox sh.  They print TAP.
# shellcheck shell=sh disable=SC2034
#
#	check "words" FUNCTION [ARG...]
#
# Each runs in a shell of its own under set -e: a command that fails is a test that failed.  Before
# it the modem is as at the start, and no proxy runs.  A script's argument chooses tests: those with
# it in their words.

WORK=/rig/work		# for files; there is no /tmp in a bare guest
PATIENCE=30		# seconds: nothing may take longer; an answer, not a measurement
DEV=/dev/cdc-wdm0
tests=0 failed=0
only=${1:-}

mkdir -p $WORK

modem() {
	modemctl /rig/modem.ctl "$@"
}

# await COMMAND...: until it succeeds; in vain is an error.
await() {
	tries=$((PATIENCE * 50))
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || {
			echo "in vain: $*"
			return 1
		}
		usleep 20000
	done
}

not() {
	! "$@"
}

# ---- the command ----

# q ARG...: the command, never for ever.
q() {
	timeout -s KILL $PATIENCE qmitool "$@"
}

# exits CODE ARG...: runs it; its words are in $out and $err.
exits() {
	want=$1
	shift
	code=0
	q "$@" >$WORK/out 2>$WORK/err || code=$?
	out=$(cat $WORK/out) err=$(cat $WORK/err)
	[ "$code" = "$want" ] && return
	echo "qmitool $*: exit $code, not $want"
	cat $WORK/out $WORK/err
	return 1
}

# same GOT WANTED
same() {
	[ "$1" = "$2" ] && return
	printf 'got:  <%s>\nwant: <%s>\n' "$1" "$2"
	return 1
}

# holds TEXT PART...
holds() {
	text=$1
	shift
	for part; do
		case $text in
		*"$part"*) ;;
		*)
			printf 'no <%s> in:\n<%s>\n' "$part" "$text"
			return 1
			;;
		esac
	done
}

# The usual question and its answer.
asks() {
	exits 0 nas signal -f lte.rsrp "$@"
	same "$out" -97
}

skip() {
	echo "$*" >$WORK/skip
	exit 77
}

# ---- processes ----

# start COMMAND...: in the background; its pid is in $last, and it is ended after the test.
start() {
	"$@" &
	last=$!
	echo $last >>$WORK/pids
}

# It ended, or only its exit code is left.  A bare guest has no /proc to tell.
gone() {
	! kill -0 "$1" 2>/dev/null || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null
}

# Its exit code is in $code; never waits for ever.
reap() {
	await gone "$1"
	code=0
	wait "$1" || code=$?
}

# ---- the proxy ----

proxy_runs() {
	q -q proxy status >/dev/null 2>&1
}

proxy_pid() {
	q -q proxy status -f proxy.pid
}

# Nobody has the port open.
silent() {
	[ "$(modem host)" = 0 ]
}

stop_proxy() {
	proxy_runs || return 0
	pid=$(proxy_pid) || return 0
	kill "$pid" || return 0
	await gone "$pid"
}

# No client id is left in the modem once the proxy has given back its pool.
nothing_left() {
	if proxy_runs; then
		q raw call ctl proxy_reap >/dev/null
	fi
	modem wait 0 clients all >/dev/null
}

# ---- tests ----

fresh() {
	touch $WORK/pids
	while read -r pid; do
		kill -KILL "$pid" 2>/dev/null
	done <$WORK/pids
	[ ! -f $WORK/stopped ] || kill -CONT "$(cat $WORK/stopped)"
	wait
	rm -f $WORK/*
	modem reset
	await test -c $DEV
	stop_proxy
	await silent
}

check() {
	words=$1
	shift
	case $words in
	*"$only"*) ;;
	*) return ;;
	esac
	tests=$((tests + 1))
	fresh >/rig/log 2>&1
	(
		set -e
		"$@"
	) >>/rig/log 2>&1
	case $? in
	0) echo "ok $tests - $words" ;;
	77) echo "ok $tests - $words # skip $(cat $WORK/skip)" ;;
	*)
		echo "not ok $tests - $words"
		sed 's/^/# /' /rig/log
		failed=$((failed + 1))
		;;
	esac
}

finish() {
	fresh >/dev/null 2>&1
	echo "1..$tests"
	[ ! -f /rig/notes ] || sed 's/^/# /' /rig/notes
	[ $failed = 0 ] && [ $tests -gt 0 ]
}
