#!/bin/sh
# proxy.sh QMITOOL LOAD - what the proxy costs, beside libqmi's where it is installed.
#
# The same traffic (tests/load/load.c: every answer is checked) through both, in turns, in
# one run.  A message here is a request with its answer.  Counts are differences of two runs
# of different length, so that start and end do not count; times are the best of ROUNDS (3),
# since whatever else the machine does only makes them worse.  With one process, all is
# tried on one CPU, too: what a wakeup costs that goes across is the machine's, and luck.
# shellcheck disable=SC2086	# $pin is words, or nothing
set -eu

here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${BENCH_INSIDE:-}" ]; then
	BENCH_INSIDE=1
	export BENCH_INSIDE
	exec sh "$here/../isolate.sh" sh "$0" "$@"
fi

qmitool=$(readlink -f "${1:-./qmitool}")
load=$(readlink -f "${2:-build/load}")
rounds=${ROUNDS:-3}
theirs=/usr/libexec/qmi-proxy
dir=$(mktemp -d)
socket=@qmi-proxy
proxy=

libqmi=
if [ -z "${QMITOOL_TEST_NETNS:-}" ]; then
	echo "libqmi's column is left out: no network namespace of our own (run as root)"
	socket=@qmitool-bench-$$
elif [ ! -x $theirs ]; then
	echo "libqmi's column is left out: $theirs is not installed"
else
	libqmi=1
fi
QMITOOL_SOCKET=$socket
export QMITOOL_SOCKET

finish() {
	[ -z "$proxy" ] || stop -KILL
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM

# ---- whose proxy runs ----

listening() {
	grep -q " 00010000 .* $socket\$" /proc/net/unix
}

# start ours|libqmi [WRAPPER...]: its pid (or the wrapper's) in $proxy.
start() {
	who=$1
	shift
	! listening || { echo "somebody listens on $socket" >&2; exit 1; }
	if [ "$who" = ours ]; then
		"$@" $pin "$qmitool" proxy --no-exit >/dev/null 2>"$dir/err" &
	else
		"$@" $pin $theirs --no-exit >/dev/null 2>"$dir/err" &
	fi
	proxy=$!
	tries=0
	until listening; do
		tries=$((tries + 1))
		[ $tries -lt 1000 ] || { cat "$dir/err" >&2; exit 1; }
		sleep 0.02
	done
}

end_child() {
	for child in $(pgrep -P "$proxy"); do
		kill -KILL "$child" 2>/dev/null || true
	done
}

# libqmi's takes two seconds over a TERM; what strace and valgrind print needs one, though.
stop() {
	# A tracer's child outlives it.
	[ "${1:-}" != -KILL ] || end_child
	kill "${1:--TERM}" "$proxy" 2>/dev/null || true
	wait "$proxy" 2>/dev/null || true
	proxy=
}

# Nanoseconds that the proxy was on a CPU, all threads.
cpu() {
	cat "/proc/$proxy/task"/*/schedstat | awk '{ n += $1 } END { printf "%.0f\n", n }'
}

# run ARG...: the load on the proxy that runs; its line of figures in $line.
run() {
	line=$(timeout 30 $pin "$load" -P -S "$socket" "$@" 2>"$dir/load.err")
}

# of_both FUNCTION ARG...: with who set.  libqmi's proxy loses answers now and then, and the
# processes that wait for them: its measurement is made again.
of_both() {
	for who in $sides; do
		tries=0
		until "$@"; do
			stop -KILL
			if [ "$who" = ours ] || [ $((tries += 1)) = 10 ]; then
				echo "$who, $*: $line" >&2
				tail -n 5 "$dir/load.err" >&2
				exit 1
			fi
			lost=$((lost + 1))
		done
	done
}
lost=0
pin=		# taskset where all is to be on one CPU


# figure NAME: of the last run.
figure() {
	echo "$line" | awk -v name="$1" '{ for (i = 1; i < NF; i++) if ($i == name) print $(i + 1) }'
}

least() {
	sort -n "$1" | head -n 1
}

most() {
	sort -n "$1" | tail -n 1
}

# ---- the table ----

# row NAME UNIT OURS THEIRS FORMAT WANTED: FORMAT of the ratio, WANTED as a word.
row() {
	awk -v name="$1" -v unit="$2" -v a="$3" -v b="$4" -v better="$5" -v want="$6" 'BEGIN {
		ratio = "-"
		if (b != "" && a > 0 && b > 0)
			ratio = sprintf("%.2f", better == "more" ? a / b : b / a)
		printf "%-42s %10s %10s  %-9s %7s  %s\n", name, a, b == "" ? "-" : b, unit, ratio, want
	}'
}

sides=ours
[ -z "$libqmi" ] || sides="ours libqmi"

# value WHO NAME: $WHO_NAME.
value() {
	eval "echo \${$1_$2:-}"
}

printf '%-42s %10s %10s  %-9s %7s  %s\n' "" ours libqmi "" "better" wanted

# ---- instructions ----

instructions() {
	start "$who" valgrind --tool=callgrind --callgrind-out-file=/dev/null
	run -p 1 -n "$1" || return 1
	stop
	sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$dir/err" >"$dir/$who.$1"
}

if command -v valgrind >/dev/null; then
	of_both instructions 200
	of_both instructions 1200
	for who in $sides; do
		eval "${who}_ir=$((($(cat "$dir/$who.1200") - $(cat "$dir/$who.200")) / 1000))"
	done
	row "instructions a message (callgrind)" "" "$(value ours ir)" "$(value libqmi ir)" less ">= 10"
else
	echo "instructions: valgrind is not installed"
fi

# ---- system calls ----

calls() {
	start "$who" strace -f -c -U calls,name -o "$dir/strace"
	run -p "$1" -n "$2" || return 1
	end_child		# strace tells then
	wait "$proxy" 2>/dev/null || true
	proxy=
	awk '$2 == "total" { print $1 }' "$dir/strace" >"$dir/$who.$2"
}

if command -v strace >/dev/null; then
	for p in 1 64; do
		short=$((640 / p))
		long=$((6400 / p))
		of_both calls $p $short
		of_both calls $p $long
		for who in $sides; do
			eval "${who}_calls=$(awk -v a="$(cat "$dir/$who.$short")" \
				-v b="$(cat "$dir/$who.$long")" 'BEGIN { printf "%.2f", (b - a) / 5760 }')"
		done
		row "system calls a message, $p process(es)" "" "$(value ours calls)" \
			"$(value libqmi calls)" less "<= $([ $p = 1 ] && echo 6 || echo 3)"
	done
else
	echo "system calls: strace is not installed"
fi

# ---- time ----

speed() {
	start "$who"
	run -p "$1" -n 20 || return 1		# what is set up once is not counted
	before=$(cpu)
	run -p "$1" -n "$2" || return 1
	echo $((($(cpu) - before) / ($(figure answers) + $1))) >>"$dir/$who.cpu.$1"
	figure answers/s >>"$dir/$who.rate.$1"
	if [ "$1" = 256 ]; then		# the most that it ever was
		sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$proxy/status" >>"$dir/$who.rss"
		sed -n 's/^RssAnon:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$proxy/status" >>"$dir/$who.anon"
	fi
	stop -KILL
}

# In short turns: direct, and through each, which run side by side for that.
latency() {
	QMITOOL_SOCKET=@qmitool-bench-$$ $pin "$qmitool" proxy --no-exit 2>/dev/null &
	other=$!
	[ -z "$libqmi" ] || start libqmi
	turn=0
	while [ $((turn += 1)) -le 25 ]; do
		line=$($pin "$load" -P -D -p 1 -n 3000)
		figure median_ns >>"$dir/direct"
		line=$($pin "$load" -P -S @qmitool-bench-$$ -p 1 -n 3000)
		figure median_ns >>"$dir/ours.one"
		[ -z "$libqmi" ] || ! run -p 1 -n 3000 || figure median_ns >>"$dir/libqmi.one"
	done
	kill $other
	wait $other || true
	[ -z "$libqmi" ] || stop -KILL
}

# Of libqmi's, some wait in vain: once is enough, and what they waited counts.
slow_reader() {
	[ "$who" = ours ] || [ ! -s "$dir/libqmi.beside" ] || return 0
	start "$who"
	for _ in 1 2 3 4; do
		run -p 8 -s 1 || return 1
		figure median_ns >>"$dir/$who.alone"
		if timeout 10 "$load" -P -S "$socket" -z -p 8 -s 1 >"$dir/line" 2>"$dir/load.err"; then
			line=$(cat "$dir/line")
			figure median_ns >>"$dir/$who.beside"
		elif [ "$who" = ours ]; then
			return 1
		else
			echo 10000000000 >>"$dir/$who.beside"
			break
		fi
	done
	stop -KILL
}

# Each round measures both, so that whatever else the machine does hits both.
one_cpu=
! command -v taskset >/dev/null || one_cpu="taskset -c 0"
round=0
while [ $((round += 1)) -le "$rounds" ]; do
	for p in 64 256; do
		of_both speed $p $((40000 / p))
	done
	of_both speed 1 20000
	pin=$one_cpu
	of_both speed 1 20000
	pin=
	of_both slow_reader
done
latency

direct=$(least "$dir/direct")
for who in $sides; do
	for p in 1 64 256; do
		eval "${who}_cpu$p=$(least "$dir/$who.cpu.$p") ${who}_rate$p=$(most "$dir/$who.rate.$p")"
	done
	eval "${who}_added=$(($(least "$dir/$who.one") - direct))"
	eval "${who}_rss=$(least "$dir/$who.rss") ${who}_anon=$(least "$dir/$who.anon")"
	eval "${who}_slow=$(awk -v a="$(least "$dir/$who.alone")" \
		-v b="$(least "$dir/$who.beside")" 'BEGIN { printf "%.0f", 100 * (b - a) / a }')"
done
for p in 1 64 256; do
	row "CPU time a message, $p process(es)" ns "$(value ours cpu$p)" "$(value libqmi cpu$p)" less \
		">= 5"
done
for p in 1 64 256; do
	row "messages a second, $p process(es)" /s "$(value ours rate$p)" "$(value libqmi rate$p)" \
		more ">= 2"
done
row "latency added, 1 process (direct: $direct)" ns "$(value ours added)" "$(value libqmi added)" \
	less ">= 2"
row "memory, 256 processes (VmHWM)" kB "$(value ours rss)" "$(value libqmi rss)" less "<= 1024"
row "  of it not the program's file (RssAnon)" kB "$(value ours anon)" "$(value libqmi anon)" less ""
row "median of 8, beside one that never reads" "% more" "$(value ours slow)" \
	"$(value libqmi slow)" less "< 10"
[ $lost = 0 ] || echo "($lost measurements of libqmi's were made again: it had lost answers)"
