#!/bin/sh
# raw.sh QMITOOL [DEBUG] - how fast raw decode is: one process, one core, a file in, JSON out.
#
# DEBUG, the same program with its symbols, is run under callgrind where that is installed: the
# instructions a frame, and, with BENCH_PROFILE=1, where they go.
set -eu

qmitool=$(readlink -f "${1:-./qmitool}")
debug=$(readlink -f "${2:-$qmitool}")
frames=${BENCH_FRAMES:-1000000}
runs=${BENCH_RUNS:-5}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM

# The answer of an LTE modem to get_signal_info.
frame=011c008003030207004f00100002040000000000140600bff59fff7800

stream() {
	awk -v n="$1" -v frame=$frame 'BEGIN { for (i = 0; i < n; i++) print frame }'
}

# seconds: of one core, user and system
# shellcheck disable=SC2016
seconds() {
	sh -c '"$1" raw decode -j <"$2" >/dev/null; times' - "$qmitool" "$dir/frames" |
		awk 'NR == 2 {
			split($1, user, /[ms]/); split($2, kernel, /[ms]/)
			print user[1] * 60 + user[2] + kernel[1] * 60 + kernel[2] }'
}

stream "$frames" >"$dir/frames"
"$qmitool" raw decode -j <"$dir/frames" | awk -v want="$frames" '/"rsrp":-97/ { n++ } END {
	if (n != want) { print n " of " want " frames were decoded"; exit 1 } }'
i=0
while [ $i -lt "$runs" ]; do
	seconds
	i=$((i + 1))
done | sort -n | awk -v frames="$frames" '{ t[NR] = $1 } END {
	printf "%d responses of get_signal_info to JSON, median of %d runs (best):\n", frames, NR
	m = t[int((NR + 1) / 2)]
	printf "  %.2f s of one core (%.2f), %.2f million a second (%.2f)\n",
		m, t[1], frames / m / 1e6, frames / t[1] / 1e6 }'

if ! command -v valgrind >/dev/null; then
	echo "  instructions a frame: valgrind is not installed"
	exit
fi
instructions() {
	stream "$1" >"$dir/frames"
	valgrind --tool=callgrind --callgrind-out-file="$dir/callgrind.$1" "$debug" raw decode -j \
		<"$dir/frames" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'
}
few=$(instructions 1000)
more=$(instructions 3000)
awk -v a="$few" -v b="$more" 'BEGIN { printf "  %.0f instructions a frame\n", (b - a) / 2000 }'
if [ -n "${BENCH_PROFILE:-}" ]; then
	callgrind_annotate "$dir/callgrind.3000" | sed -n '/file:function/,$p' | head -n 30
fi
