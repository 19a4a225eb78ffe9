#!/bin/sh
# sim-watch.sh COMMAND [ARG ...]: run COMMAND with the SIM's new state when it is lost, and when it
# is back: sim-watch.sh logger -t sim
lost=

qmitool uim monitor --reconnect -f event -f state |
while read -r event && read -r state; do
	[ "$event" = card-status ] || continue
	case $state in
	absent | error)
		[ "$lost" ] || "$@" "$state" </dev/null
		lost=yes
		;;
	ready)
		[ ! "$lost" ] || "$@" "$state" </dev/null
		lost=
		;;
	esac
done
