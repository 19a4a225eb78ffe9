# The deadline is one for the whole command: opening, waiting, retries and clean-up.
load ../lib.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

# within SECONDS EXIT ARG...: a generous bound; what counts is that it ends by itself.
within() {
	local bound=$1 before=$SECONDS

	shift
	exits "$@"
	[ $((SECONDS - before)) -le "$bound" ] || {
		printf 'took %s s\n' $((SECONDS - before)) >&2
		return 1
	}
}

@test "a modem that is mute from the start: exit 4 at -t, with and without the proxy" {
	modem_start -e "mute on"
	within 8 4 nas signal -t 0.5
	says "no answer"
	stop_proxy
	within 8 4 dms info -t 0.5 -n
	says "no answer"
}

@test "a mute modem and the default deadline: it ends by itself" {
	modem_start -e "mute on"
	within 20 4 nas signal
}

@test "a modem that falls silent in the middle of a command" {
	modem_start
	modem answer dms get_ids silent
	within 8 4 dms info -t 0.5
	nothing_left
	stop_proxy
	within 8 4 dms info -t 0.5 -n
	nothing_left
}

@test "a modem that does not answer the release: the data was there, the end comes in time" {
	modem_start
	modem answer ctl 0x0023 silent
	within 8 0 raw call nas get_signal_info -t 1 -f lte_signal_strength.rsrp
	same "$output" "-97"
	stop_proxy
	within 8 0 nas signal -t 1 -n -f lte.rsrp
	same "$output" "-97"
}

@test "a modem that does not answer the allocation: exit 4" {
	modem_start
	exits 0 nas signal
	modem answer ctl 0x0022 silent
	within 8 4 dms info -t 0.5
	says "no answer"
	stop_proxy
	within 8 4 dms info -t 0.5 -n
}

@test "a slow modem within the deadline: no harm; beyond it: exit 4, and nothing left" {
	modem_start
	modem delay 100
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	modem delay 1500
	within 8 4 nas signal -t 1
	modem delay 0
	nothing_left
}

@test "-t 0 is no deadline: a late answer is still taken" {
	modem_start
	exits 0 nas signal
	modem late 1500
	exits 0 nas signal -t 0 -f lte.rsrp
	same "$output" "-97"
}

@test "-t takes decimals and refuses what is no time" {
	modem_start
	exits 0 nas signal -t 5.5
	exits 0 nas signal --timeout=20
	for bad in "" x 5x -1 1e3 99999999999 nan; do
		exits 2 nas signal "--timeout=$bad"
		says timeout
	done
}

@test "a modem that takes no bytes: exit 4 in time, also with a message larger than its buffers" {
	modem_start
	exits 0 nas signal
	modem stall on
	within 8 4 nas signal -t 0.5
	within 8 4 raw call dms write_user_data "user_data=$(printf '%060000d' 0)" -t 0.5
	modem stall off
	nothing_left
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
}

@test "a modem that floods indications: the answer is found among them" {
	modem_start
	background bash -c 'i=0; while [ $i -lt 300 ]; do
		"$1" -c "$2" ctl ind nas 255 0x51 140600bff59fff7800 || exit; i=$((i + 1)); done' \
		flood "$FAKEMODEM" "$CTL"
	for i in 1 2 3 4 5; do
		exits 0 nas signal -f lte.rsrp
		same "$output" "-97"
	done
	within 8 4 raw call nas get_home_network -t 0.3 || exits 0 raw call nas get_home_network
}
