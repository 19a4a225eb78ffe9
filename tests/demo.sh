#!/bin/sh
# demo.sh QMITOOL FAKEMODEM - the main job, live, on an emulated modem: no hardware, nothing
# of the system touched.
set -eu
qmitool=$1
fakemodem=$2
dir=$(mktemp -d)
QMITOOL_SOCKET=@qmitool-demo-$$
QMI_DEVICE=$dir/modem
QMITOOL_STATE=$dir/state
export QMITOOL_SOCKET QMI_DEVICE QMITOOL_STATE
modem='' monitor=''

finish() {
	[ -z "$monitor" ] || kill "$monitor" 2>/dev/null || true
	"$qmitool" -q proxy stop || true
	[ -z "$modem" ] || kill "$modem" 2>/dev/null || true
	rm -rf "$dir"
}
trap finish EXIT

show() {
	printf '\n$ qmitool %s\n' "$*"
	"$qmitool" "$@"
}

control() {
	"$fakemodem" -c "$dir/control" ctl "$@"
}

echo "An emulated modem stands at $QMI_DEVICE (QMI_DEVICE names it)."
modem=$("$fakemodem" -s "$QMI_DEVICE" -c "$dir/control" -b)

show nas signal
show dms info
show nas signal -j
show nas signal -f lte.rsrp

printf '\nTwo processes share the port: one follows the signal …\n$ qmitool raw monitor nas -j &\n'
"$qmitool" raw monitor nas -j >"$dir/events" &
monitor=$!
control wait 1+ count nas register_indications >/dev/null
printf '… another asks meanwhile, 100 times, and the signal changes 100 times.\n'
i=0
while [ $i -lt 100 ]; do
	i=$((i + 1))
	control signal lte -65 -11 -$((80 + i % 20)) 120
	"$qmitool" nas signal -f lte.rsrp >>"$dir/answers"
done
printf '%d answers, and as the last events:\n' "$(wc -l <"$dir/answers")"
tail -n 2 "$dir/events"

printf '\nA data session outlives the command that started it.\n'
show wds start -s wan --apn internet --ip 4v6
show wds settings -s wan
show status
show wds stop -s wan

show proxy status

kill "$monitor"
wait "$monitor" 2>/dev/null || true
monitor=''
show proxy reap
control wait 0 clients all >/dev/null
printf '\nClient ids that are left in the modem: %s\n' "$(control clients all)"
