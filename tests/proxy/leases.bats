# Leases: a verb that only asks borrows a client id, and state never goes with it.
load ../lib.bash
load peer.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

pooled() {
	kinds | grep -c ' pooled$'
}

@test "a warm nas signal costs the modem exactly one round trip" {
	modem_start
	exits 0 nas signal
	for i in 1 2 3; do
		modem count reset
		exits 0 nas signal -f lte.rsrp
		same "$output" "-97"
		same "$(modem count all)" 1
		same "$(modem count nas get_signal_info)" 1
	done
	same "$(kinds)" "nas pooled"
	same "$(known 'clients[0].users')" 0
}

@test "at most one idle a service, however many borrowed at once" {
	modem_start
	modem set max_clients 50
	modem answer nas get_signal_info silent
	pids=
	for i in 1 2 3 4 5 6; do
		timeout 60 "$QMITOOL" nas signal -t 60 >/dev/null 2>&1 3>&- &
		pids="$pids $!"
	done
	wait_modem 6 count nas get_signal_info
	same "$(kinds | sort -u)" "nas leased"
	same "$(modem clients nas)" 6
	exits 0 dms info
	# One is answered, by hand; the others are interrupted with their requests in flight.
	modem answer nas get_signal_info default
	exits 0 nas signal
	for pid in $pids; do
		kill "$pid"
		wait "$pid" || true
	done
	wait_modem 1 clients nas
	same "$(kinds)" "dms pooled
nas pooled"
}

@test "an id is idle for some seconds at most; then the port is closed, too" {
	modem_start
	proxy_start --no-exit
	exits 0 nas signal
	same "$(modem clients all)" 1
	wait_modem 0 clients all
	same "$(kinds)" ""
	wait_modem 0 host || wait_modem 0 host	# each waits ten seconds
	exits 0 proxy status -f 'ports_n' || true
	exits 10 proxy status -f 'ports[0].state'
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
}

@test "a client that registered for indications is not lent again" {
	modem_start
	proxy_start
	background env --default-signal=INT "$QMITOOL" raw monitor nas
	job=$LAST
	wait_modem 1+ count nas register_indications
	wait_modem 1 clients nas
	kill -KILL "$job"
	wait_until "$PATIENCE" ended "$job"
	wait_modem 0 clients all
	same "$(kinds)" ""
}

# Whatever a borrower sends beyond questions, its id is given back, not lent to the next.
@test "a lease that was used for more than asking is not lent again" {
	modem_start
	proxy_start
	peer_start
	p a connect
	p a join "$DEV"
	p a ctl 0xfe10 01010003
	p a expect 011700000000010.fe10"$(printf '%s' 0c00)"02040000000000010200030. || {
		# its client id is the last byte
		holds "$reply" "10fe"
	}
	cid=$(known 'clients[0].client')
	same "$(kinds)" "nas leased"
	p a ask $NAS "$cid" 1 $NAS_REGISTER 13010001
	p a answer $NAS "$cid" 1 $NAS_REGISTER
	p a close
	wait_modem 0 clients all
	p b connect
	p b join "$DEV"
	p b ctl 0xfe10 01010003
	p b responses 1
	cid=$(known 'clients[0].client')
	p b ask $NAS "$cid" 1 $SIGNAL
	p b answer $NAS "$cid" 1 $SIGNAL
	p b close
	wait_until "$PATIENCE" has_pool
	same "$(modem clients nas)" 1
}

has_pool() {
	[ "$(pooled)" = 1 ]
}

@test "a borrower that dies in the middle of its question: its id is not lent again" {
	modem_start
	modem answer nas get_signal_info silent
	background "$QMITOOL" nas signal -t 60
	job=$LAST
	wait_modem 1 count nas get_signal_info
	kill -KILL "$job"
	wait_until "$PATIENCE" ended "$job"
	wait_modem 0 clients all
	same "$(kinds)" ""
	modem answer nas get_signal_info default
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
}

@test "somebody else uses a leased id by its number: it is not lent again" {
	modem_start
	modem answer nas get_signal_info silent
	proxy_start
	background "$QMITOOL" nas signal -t 60
	job=$LAST
	wait_modem 1 count nas get_signal_info
	peer_start
	users a
	cid=$(known 'clients[0].client')
	p a ask $NAS "$cid" 1 $SERVING
	p a answer $NAS "$cid" 1 $SERVING
	kill "$job"
	reap "$job"
	p a close
	wait_modem 0 clients all
}

@test "one user's idle id is not lent to another" {
	needs_root
	modem_start
	chmod 666 "$DEV"
	chmod 711 "$DIR"
	proxy_start --user $NOBODY
	exits 0 nas signal
	same "$(kinds)" "nas pooled"
	first=$(known 'clients[0].client')
	peer_start
	p n connect $NOBODY $NOBODY
	p n join "$DEV"
	modem count reset
	p n ctl 0xfe10 01010003
	p n responses 1
	same "$(modem count ctl allocate_cid)" 1
	same "$(modem clients nas)" 2
}

@test "before it ends the proxy gives the pool back" {
	modem_start
	exits 0 nas signal
	exits 0 dms info
	same "$(modem clients all)" 2
	exits 0 proxy stop
	wait_modem 0 clients all
	exits 0 nas signal
	same "$(modem clients all)" 1
	kill -TERM "$(proxy_pid)"
	wait_modem 0 clients all
}

# On a modem with ten client ids, 78 of a hundred "nas signal" at once ended with ClientIdsExhausted
# though each of them needed one for a moment only.
@test "many more at once than the modem has client ids: each gets its answer" {
	local i pids=

	modem_start -e 'set max_clients 3'
	for i in $(seq 40); do
		q nas signal -f lte.rsrp >"$DIR/of.$i" 2>&1 3>&- &
		pids="$pids $!"
	done
	for i in $pids; do
		wait "$i"
	done
	same "$(cat "$DIR"/of.* | sort | uniq -c | tr -s ' ')" " 40 -97"
	nothing_left
}

@test "none to be borrowed for long: the error is told, before the deadline" {
	modem_start -e 'set max_clients 1'
	exits 0 nas signal -n --keep-cid
	exits 1 nas signal
	says ClientIdsExhausted
	exits 1 nas signal -t 1
	says ClientIdsExhausted
}
