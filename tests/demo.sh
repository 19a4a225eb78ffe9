#!/bin/sh
# demo.sh - the main job, live, on an emulated modem: no hardware, nothing of the system touched.
set -eu
qmitool=${1:-./qmitool}
fakemodem=${2:-build/fakemodem}
dir=$(mktemp -d)
QMITOOL_SOCKET=@qmitool-demo-$$
QMI_DEVICE=$dir/modem
export QMITOOL_SOCKET QMI_DEVICE
modem=

finish() {
	proxy=$("$qmitool" -q proxy status -f proxy.pid 2>/dev/null) || proxy=
	for pid in $proxy $modem; do
		kill "$pid" 2>/dev/null || true
	done
	rm -rf "$dir"
}
trap finish EXIT

show() {
	printf '\n$ %s\n' "$*"
	shift
	"$qmitool" "$@"
}

printf 'An emulated modem stands at %s ($QMI_DEVICE).\n' "$QMI_DEVICE"
modem=$("$fakemodem" -s "$QMI_DEVICE" -c "$dir/control" -b)

show qmitool nas signal
show qmitool dms info
show qmitool nas signal -j
show qmitool nas signal -f lte.rsrp

printf '\nTwo processes share the port, at the same time, 100 questions each:\n'
ask() {
	i=0
	while [ $i -lt 100 ]; do
		"$qmitool" "$@" >"$dir/out.$1" || { echo "failed: $*"; return 1; }
		i=$((i + 1))
	done
	printf '  qmitool %s: 100 answers\n' "$*"
}
ask nas signal -f lte.rsrp &
first=$!
ask dms info -f model &
second=$!
wait $first
wait $second

show qmitool proxy status
printf '\nClient ids that are still allocated in the modem: '
"$fakemodem" -c "$dir/control" ctl clients | wc -l
