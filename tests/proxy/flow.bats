# Flow: whoever does not read, floods, stalls or dies, everybody else is served.
#
# What is asserted is that it comes at all; how fast is for make bench-proxy.
load ../lib.bash
load peer.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

# all_served: several commands of several kinds, each with the right answer.
all_served() {
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	exits 0 dms info -f model
	same "$output" FM-1000
	exits 0 raw call nas get_home_network
}

# Hundredths of a second of CPU time that the proxy has used so far.
ticks() {
	awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$PROXY/stat"
}

# A second in which nothing happens must not cost it a third of one.
does_not_spin() {
	local before

	before=$(ticks)
	sleep 1
	[ $(($(ticks) - before)) -lt 33 ]
}

# Of libqmi's proxy: one process that does not read makes everybody else's answers take 1.9 s
# instead of 0.3 ms.
@test "a process that asks and never reads: everybody else is served, it loses its own" {
	modem_start
	proxy_start 2>"$DIR/log"
	peer_start
	users slow
	p slow alloc $NAS c
	p slow flood 20000 $NAS c $SIGNAL
	[ "${reply#ok }" -gt 16 ]
	all_served
	p slow flood 20000 $NAS c $SIGNAL
	all_served
}

@test "many of them: the same" {
	modem_start
	modem set max_clients 60
	proxy_start
	peer_start
	for i in $(seq 30); do
		users "s$i"
		p "s$i" alloc $NAS "c$i"
		p "s$i" flood 20000 $NAS "c$i" $SIGNAL
	done
	all_served
	same "$(known 'ports[0].processes')" 30
	for i in $(seq 30); do
		p "s$i" close
	done
	wait_until "$PATIENCE" idle_port
	all_served
}

idle_port() {
	[ "$(known 'ports[0].processes')" = 0 ]
}

# One that only listens has no request that could hold it up: what comes for it is bounded.
@test "a process that does not read its indications loses some, counted; others get all" {
	modem_start
	proxy_start
	peer_start
	users slow good
	p slow alloc $NAS c
	p good alloc $NAS d
	# 14 bytes of TLVs that make 20 kB: the queue is full after a few hundred.
	long=$(printf '%040000d' 0)
	for i in $(seq 30); do
		modem ind nas 255 $NAS_SIGNAL_IND "10204e$long"
		p good ind $NAS 255 $NAS_SIGNAL_IND
	done
	[ "$(q proxy status -j | grep -o '"dropped":[1-9][0-9]*' | wc -l)" = 1 ]
	p good ask $NAS d 1 $SIGNAL
	p good answer $NAS d 1 $SIGNAL
	all_served
	# When it reads again it goes on.
	p slow ind $NAS 255 $NAS_SIGNAL_IND
}

# Past the high-water mark it is dropped: nobody's memory is for the taking.
@test "a process that asks for large answers and never reads is dropped, counted and logged" {
	modem_start
	modem answer nas $SERVING 0 "10204e$(printf '%040000d' 0)117094$(printf '%076000d' 0)"
	proxy_start 2>"$DIR/log"
	peer_start
	users slow
	p slow alloc $NAS c
	modem stall on
	p slow flood 16 $NAS c $SERVING		# 16 times 58 kB are on their way to it
	p slow idle
	modem stall off
	wait_until "$PATIENCE" dropped_one
	grep -q "is dropped: it does not read" "$DIR/log"
	p slow closed
	all_served
}

dropped_one() {
	[ "$(known proxy.slow_dropped)" = 1 ]
}

@test "a modem that takes no bytes: the other modems' users, and status, do not notice" {
	modem_start
	second_modem -e 'set model FM-2000'
	proxy_start
	peer_start
	users a b
	p a alloc $NAS c
	p b alloc $NAS d
	modem stall on
	p a flood 5000 $NAS c $SIGNAL
	p b flood 5000 $NAS d $SIGNAL
	exits 4 nas signal -t 0.3
	for i in 1 2 3; do
		exits 0 dms info -d "$DEV2" -f model
		same "$output" FM-2000
	done
	[ "$(known 'ports[0].queue')" -lt 32768 ]
	modem stall off
	all_served
}

@test "a mute modem: its users wait, others do not" {
	modem_start
	second_modem -e 'set model FM-2000'
	proxy_start
	exits 0 nas signal
	modem mute on
	background "$QMITOOL" nas status -t 60
	job=$LAST
	for i in 1 2 3; do
		exits 0 dms info -d "$DEV2" -f model
		same "$output" FM-2000
	done
	exits 4 nas signal -t 0.3
	modem mute off
	all_served
	kill "$job"
	reap "$job"
}

@test "a modem that floods with what is nobody's: it is counted, everybody is served" {
	modem_start
	proxy_start
	exits 0 nas signal
	one=011100800309040100510005001402000000	# an indication for client id 9
	many=$(for i in $(seq 2000); do printf %s $one; done)
	background bash -c 'for i in 1 2 3 4 5 6; do "$1" -c "$2" ctl inject "$3" || exit; done' \
		flood "$FAKEMODEM" "$CTL" "$many"
	job=$LAST
	for i in 1 2 3 4 5; do
		all_served
	done
	reap "$job"
	same "$CODE" 0
	wait_until "$PATIENCE" unmatched 12000
}

unmatched() {
	round_trip
	[ "$(known 'ports[0].unmatched')" -ge "$1" ]
}

@test "one with a thousand requests in flight, one with one: both are answered, nothing is lost" {
	modem_start
	proxy_start
	peer_start
	users many one
	p many alloc $NAS c
	p one alloc $NAS d
	p many flood 1000 $NAS c $SIGNAL
	sent=${reply#ok }
	p one ask $NAS d 1 $SIGNAL
	p one answer $NAS d 1 $SIGNAL
	p many responses "$sent"
	p many idle
}

# libqmi's proxy loses the 256th CTL request in flight.
@test "640 CTL requests in flight, of 40 processes: each is answered, each once" {
	modem_start
	proxy_start
	peer_start
	for i in $(seq 40); do
		users "p$i"
	done
	modem stall on
	for i in $(seq 40); do
		for k in $(seq 16); do
			p "p$i" ctl $CTL_VERSIONS
		done
	done
	modem stall off
	for i in $(seq 40); do
		p "p$i" responses 16
		p "p$i" idle
	done
	all_served
}

@test "answers that come twice, late or unasked reach nobody" {
	modem_start
	proxy_start
	peer_start
	users a
	p a alloc $NAS c
	modem dup 1
	p a ask $NAS c 1 $SIGNAL
	p a answer $NAS c 1 $SIGNAL
	p a ctl $CTL_VERSIONS
	p a responses 1
	p a idle
	modem inject 0113008003010201002400070002040000000000
	modem inject 01120080000001552100070002040000000000
	round_trip
	p a idle
	[ "$(known 'ports[0].unmatched')" -ge 2 ]
}

# libqmi's proxy spins at 100% CPU over a half-closed process.
@test "a half-closed process gets what it waits for, and costs nothing meanwhile" {
	modem_start
	proxy_start
	peer_start
	users a
	p a alloc $NAS c
	modem stall on
	p a ask $NAS c 1 $SIGNAL
	p a shut
	does_not_spin
	modem stall off
	p a answer $NAS c 1 $SIGNAL
	p a closed
	all_served
}

# The same over the limit of descriptors.
@test "out of descriptors: nobody is lost, nothing spins, and it goes on when some are free" {
	modem_start
	limited_proxy 24
	peer_start
	users first
	for i in $(seq 40); do
		p "p$i" connect
	done
	does_not_spin
	p first ctl $CTL_VERSIONS
	p first responses 1
	for i in $(seq 40); do
		p "p$i" close
	done
	# Those that wait in the backlog, dead already, count for a moment.
	wait_until "$PATIENCE" q -q nas signal >/dev/null
	all_served
}

limited_proxy() {
	background bash -c 'ulimit -n $0 && exec "$@"' "$@" "$QMITOOL" proxy
	PROXY=$LAST
	wait_until "$PATIENCE" proxy_runs
}

# The first version let processes take the descriptors that ports need: an open failed.
@test "few descriptors: processes are told that there is no room, and ports still open" {
	modem_start
	limited_proxy 90
	peer_start
	for i in $(seq 40); do
		p "p$i" connect
	done
	p p1 open "$DEV"
	p p40 open "$DEV" $E_RESOURCES
	p p40 closed
	for i in $(seq 30); do
		p "p$i" close
	done
	users last
	all_served
}

@test "processes that vanish with requests in flight, again and again: nothing is left" {
	modem_start
	modem set max_clients 100
	proxy_start
	all_served
	before=$(descriptors)
	peer_start
	for i in $(seq 60); do
		p "p$i" connect
		p "p$i" join "$DEV"
		p "p$i" alloc $NAS c
		p "p$i" flood 30 $NAS c $SIGNAL
		p "p$i" close
	done
	wait_modem 1 clients nas	# the pool's
	all_served
	same "$(known 'ports[0].in_flight')" 0
	same "$(descriptors)" "$before"
}

descriptors() {
	find "/proc/$PROXY/fd" -mindepth 1 | wc -l
}
