#!/bin/sh
# bench.sh QMITOOL FAKEMODEM - figures, side by side with libqmi's where it is installed.
#
# All on one emulated modem on a pty, in one run; BENCH_RUNS runs of each (21), of which the
# median is shown, with the least in brackets.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${BENCH_INSIDE:-}" ]; then
	BENCH_INSIDE=1
	export BENCH_INSIDE
	exec sh "$here/../isolate.sh" sh "$0" "$@"
fi

qmitool=$(readlink -f "${1:-./qmitool}")
fakemodem=$(readlink -f "${2:-build/fakemodem}")
runs=${BENCH_RUNS:-21}
libqmi_proxy=/usr/libexec/qmi-proxy
dir=$(mktemp -d)
modem=
theirs=

libqmi=
if [ -z "${QMITOOL_TEST_NETNS:-}" ]; then
	why="no network namespace of our own: run as root"
elif ! command -v qmicli >/dev/null || [ ! -x $libqmi_proxy ]; then
	why="qmicli or $libqmi_proxy is not installed"
else
	libqmi=1
fi
if [ -n "$libqmi" ]; then
	QMITOOL_SOCKET=@qmi-proxy
else
	echo "libqmi's columns are left out: $why"
	QMITOOL_SOCKET=@qmitool-bench-$$
fi
export QMITOOL_SOCKET

finish() {
	"$qmitool" -q proxy stop 2>/dev/null || true
	for pid in $theirs $modem; do
		kill -KILL "$pid" 2>/dev/null || true
	done
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM

"${CC:-cc}" -std=c11 -D_GNU_SOURCE -O1 -Wall -Wextra -o "$dir/bench" "$here/bench.c"
device=$dir/modem
QMI_DEVICE=$device
export QMI_DEVICE
modem=$("$fakemodem" -p "$device" -c "$dir/ctl" -b -e 'set max_clients 250')

ask() {
	"$fakemodem" -c "$dir/ctl" ctl "$@"
}

# ---- whose proxy runs ----

proxy_runs() {
	"$qmitool" -q proxy status >/dev/null 2>&1
}

stop_ours() {
	"$qmitool" -q proxy stop 2>/dev/null || true
	while proxy_runs; do sleep 0.01; done
}

start_theirs() {
	$libqmi_proxy --no-exit >/dev/null 2>&1 &
	theirs=$!
	until grep -q ' 00010000 .* @qmi-proxy$' /proc/net/unix; do sleep 0.01; done
}

stop_theirs() {
	kill -KILL "$theirs"
	wait "$theirs" 2>/dev/null || true
	theirs=
	ask reset
}

# ---- what is measured ----

# round_trips COMMAND...: how many messages reach the modem.
round_trips() {
	"$@" >/dev/null 2>&1
	ask count reset
	"$@" >/dev/null 2>&1
	ask count all
}

# timed BEFORE COMMAND...: "MEDIAN LEAST" in milliseconds.
timed() {
	"$dir/bench" time "$runs" "$@" | awk '{ printf "%.1f %.1f\n", $2 / 1000, $1 / 1000 }'
}

# kilobytes PID KEY: of /proc.
kilobytes() {
	{ cat "/proc/$1/status" "/proc/$1/smaps_rollup" 2>/dev/null || true; } |
		awk -v key="$2:" '$1 == key { print $2; found = 1; exit } END { if (!found) print "-" }'
}

size_of() {
	if [ -e "$1" ]; then
		wc -c <"$(readlink -f "$1")" | tr -d ' '
	else
		echo -
	fi
}

ours_asks="$qmitool nas signal"
theirs_asks="qmicli -p --device-open-qmi -d $device --nas-get-signal-info"

# ---- measure ----

quiet_reset="'$fakemodem' -c '$dir/ctl' ctl reset"
# shellcheck disable=SC2086
{
	stop_ours
	cold_ours=$(timed "'$qmitool' -q proxy stop 2>/dev/null; while '$qmitool' -q proxy status >/dev/null 2>&1; do :; done; $quiet_reset" $ours_asks)
	$ours_asks >/dev/null
	warm_ours=$(timed "" $ours_asks)
	trips_ours=$(round_trips $ours_asks)
	pid=$("$qmitool" proxy status -f proxy.pid)
	rss_ours=$(kilobytes "$pid" VmRSS)
	pss_ours=$(kilobytes "$pid" Pss)
}
cold_theirs='- -' warm_mixed='- -' warm_theirs='- -' warm_across='- -'
trips_mixed=- trips_theirs=- rss_theirs=- pss_theirs=- trips_across=-
if [ -n "$libqmi" ]; then
	# shellcheck disable=SC2086
	{
		warm_across=$(timed "" $theirs_asks)
		trips_across=$(round_trips $theirs_asks)
		stop_ours
		ask reset
		# qmicli starts libqmi's proxy itself.
		cold_theirs=$(timed "'$dir/bench' end qmi-proxy && $quiet_reset" $theirs_asks)
		"$dir/bench" end qmi-proxy
		ask reset
		start_theirs
		$theirs_asks >/dev/null 2>&1
		warm_theirs=$(timed "" $theirs_asks)
		trips_theirs=$(round_trips $theirs_asks)
		warm_mixed=$(timed "" $ours_asks)
		trips_mixed=$(round_trips $ours_asks)
		rss_theirs=$(kilobytes "$theirs" VmRSS)
		pss_theirs=$(kilobytes "$theirs" Pss)
		stop_theirs
	}
fi

# ---- show ----

# ratio OURS THEIRS
ratio() {
	awk -v a="${1%% *}" -v b="${2%% *}" 'BEGIN {
		if (a == "-" || b == "-" || a + 0 == 0) print "-"; else printf "%.1f x\n", b / a }'
}

shown() {
	# shellcheck disable=SC2086
	set -- $1
	if [ "$1" = - ]; then echo -; else echo "$1 (${2})"; fi
}

line() {
	printf '%-34s %14s %14s %14s %14s %9s\n' "$@"
}

echo "$runs runs each: median (least); the last column is libqmi's own by ours alone."
line "" "ours" "ours through" "qmicli" "qmicli through" ""
line "" "" "libqmi's proxy" "through ours" "libqmi's proxy" "ratio"
line "round trips of nas signal, warm" "$trips_ours" "$trips_mixed" "$trips_across" \
	"$trips_theirs" "$(ratio "$trips_ours" "$trips_theirs")"
line "cold start to answer, ms" "$(shown "$cold_ours")" - - "$(shown "$cold_theirs")" \
	"$(ratio "$cold_ours" "$cold_theirs")"
line "nas signal, warm, ms" "$(shown "$warm_ours")" "$(shown "$warm_mixed")" \
	"$(shown "$warm_across")" "$(shown "$warm_theirs")" "$(ratio "$warm_ours" "$warm_theirs")"
line "idle proxy, RSS, kB" "$rss_ours" - - "$rss_theirs" "$(ratio "$rss_ours" "$rss_theirs")"
line "idle proxy, PSS, kB" "$pss_ours" - - "$pss_theirs" "$(ratio "$pss_ours" "$pss_theirs")"
