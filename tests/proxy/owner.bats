# Client ids: whose they are, what becomes of them, and that nobody hears of it.
load ../lib.bash
load peer.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

# libqmi's proxy gives the answer of one process to another that uses the same client id and
# transaction id.
@test "one client id, one transaction id, two processes of a user: each gets its own answer" {
	modem_start
	proxy_start
	peer_start
	users a b
	p a alloc $NAS c
	modem stall on		# so that both are on their way at once
	p a ask $NAS c 7 $SIGNAL
	p b ask $NAS c 7 $SERVING
	p a idle
	p b idle
	modem stall off
	p a answer $NAS c 7 $SIGNAL
	p b answer $NAS c 7 $SERVING
	p a idle
	p b idle
}

@test "the same with many in flight: none is lost, none comes to the wrong one" {
	modem_start
	proxy_start
	peer_start
	users a b
	p a alloc $NAS c
	modem stall on
	for i in 1 2 3 4 5 6 7 8; do
		p a ask $NAS c $i $SIGNAL
		p b ask $NAS c $i $SERVING
	done
	p a idle
	p b idle
	modem stall off
	for i in 1 2 3 4 5 6 7 8; do
		p a answer $NAS c $i $SIGNAL
		p b answer $NAS c $i $SERVING
	done
}

# libqmi's proxy lets anybody use, and release, what is somebody else's.
@test "another user's client id: not to be used, released or listened to" {
	needs_root
	modem_start
	chmod 666 "$DEV"
	chmod 711 "$DIR"
	proxy_start --user $NOBODY
	peer_start
	users a
	p a alloc $NAS c
	cid=${reply#ok }
	p n connect $NOBODY $NOBODY
	p n open "$DEV"
	p n ask $NAS c 7 $SIGNAL
	p n answer $NAS c 7 $SIGNAL $E_CLIENT
	p n release $NAS c $E_CLIENT
	p n alloc $DMS d
	p a ask $NAS c 8 $NAS_REGISTER 13010001
	p a answer $NAS c 8 $NAS_REGISTER
	modem ind nas "$cid" $NAS_SIGNAL_IND
	p a ind $NAS c $NAS_SIGNAL_IND
	p n idle
	p a ask $NAS c 9 $SIGNAL
	p a answer $NAS c 9 $SIGNAL
	# Root may use what is the other's.
	p a ask $DMS d 1 0x25
	p a answer $DMS d 1 0x25
}

@test "a process that dies leaves its ids; the next of the same user takes them up" {
	needs_root
	modem_start
	chmod 666 "$DEV"
	chmod 711 "$DIR"
	proxy_start --user $NOBODY
	peer_start
	users a
	p a alloc $NAS c
	p a close
	wait_until "$PATIENCE" has_kind "nas orphan"
	p n connect $NOBODY $NOBODY
	p n open "$DEV"
	p n ask $NAS c 1 $SIGNAL
	p n answer $NAS c 1 $SIGNAL $E_CLIENT
	users b
	p b ask $NAS c 1 $SIGNAL
	p b answer $NAS c 1 $SIGNAL
	same "$(kinds)" "nas owned"
	p b release $NAS c
	wait_modem 0 clients all
	same "$(kinds)" ""
}

has_kind() {
	[ "$(kinds)" = "$1" ]
}

# libqmi's proxy keeps the ids of dead processes for ever: 200 of 200.
@test "200 processes die with a client id each on a modem that has 10: the 201st gets one" {
	modem_start -e 'set max_clients 10'
	proxy_start
	peer_start
	for i in $(seq 200); do
		p "p$i" connect
		p "p$i" open "$DEV"
		p "p$i" alloc $NAS "c$((i % 100))"
		p "p$i" close
	done
	users last
	p last alloc $NAS c
	p last ask $NAS c 1 $SIGNAL
	p last answer $NAS c 1 $SIGNAL
	[ "$(modem clients nas)" -le 10 ]
	exits 0 proxy reap -f reaped.released
	[ "$output" -ge 1 ]
	wait_modem 1 clients all
	same "$(kinds)" "nas owned"
}

@test "ClientIdsExhausted is told when the living hold all ids, and only then" {
	modem_start -e 'set max_clients 3'
	proxy_start
	peer_start
	users a b
	p a alloc $NAS c1
	p a alloc $NAS c2
	exits 0 nas signal		# takes the third and leaves it in the pool
	same "$(kinds | sort -u | tr '\n' ,)" "nas owned,nas pooled,"
	p b alloc $NAS c3
	p b alloc $NAS c4 $E_EXHAUSTED
	exits 1 nas signal
	says ClientIdsExhausted
	p a close
	p b alloc $NAS c4
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
}

@test "our applets: their ids are released by whatever signal they die" {
	modem_start
	modem answer nas get_signal_info silent
	for signal in KILL SEGV TERM HUP INT QUIT PIPE; do
		modem count reset
		background env --default-signal=INT,QUIT "$QMITOOL" raw call nas get_signal_info -t 60
		job=$LAST
		wait_modem 1 count nas get_signal_info
		same "$(modem clients nas)" 1
		kill -$signal "$job"
		# PIPE is ignored by it, since output that fails is an exit code.
		[ $signal != PIPE ] || kill -KILL "$job"
		wait_until "$PATIENCE" ended "$job"
		wait_modem 0 clients nas
	done
	modem answer nas get_signal_info default
	nothing_left
}

@test "--keep-cid: the id stays, --cid uses it, proxy reap gives it back" {
	modem_start
	proxy_start
	exits 0 nas signal --keep-cid -f lte.rsrp
	cid=$(sed -n 's/.*--cid \([0-9]*\).*/\1/p' <<<"$stderr")
	same "$(modem clients nas)" 1
	wait_until "$PATIENCE" has_kind "nas orphan"
	exits 0 nas signal --cid "$cid" -f lte.rsrp
	same "$output" "-97"
	same "$(modem clients nas)" 1
	wait_until "$PATIENCE" has_kind "nas orphan"
	exits 0 proxy reap -j
	same "$output" '{"reaped":{"released":1,"left":0}}'
	wait_modem 0 clients all
	exits 0 proxy reap -f reaped.released
	same "$output" 0
}

@test "a sync is answered without harm while others hold ids, and passed on when none do" {
	modem_start
	proxy_start
	peer_start
	users a b
	p a alloc $NAS c
	p b ctl $CTL_SYNC
	p b responses 1
	same "$(modem count ctl sync)" 0
	p a ask $NAS c 1 $SIGNAL
	p a answer $NAS c 1 $SIGNAL
	p a release $NAS c
	p b alloc $NAS d
	p b ctl $CTL_SYNC
	p b responses 1
	same "$(modem count ctl sync)" 1
	p b ask $NAS d 1 $SIGNAL
	p b answer $NAS d 1 $SIGNAL $E_CLIENT
}

@test "the modem restarts: everybody is told, old ids are refused, new ones work" {
	modem_start
	proxy_start 2>"$DIR/log"
	peer_start
	users a b
	p a alloc $NAS c
	first=$reply
	modem answer nas $SERVING silent
	p a ask $NAS c 1 $SERVING
	wait_modem 1 count nas $SERVING
	modem sync
	p a answer $NAS c 1 $SERVING $E_CLIENT
	p a ind 0 0 $CTL_SYNC
	p b ind 0 0 $CTL_SYNC
	p a ask $NAS c 2 $SIGNAL
	p a answer $NAS c 2 $SIGNAL $E_CLIENT
	# The modem gives the same number again, to another: it stays the other's.
	p b alloc $NAS d
	same "$reply" "$first"
	p b ask $NAS d 3 $SIGNAL
	p b answer $NAS d 3 $SIGNAL
	p a ask $NAS c 4 $SIGNAL
	p a answer $NAS c 4 $SIGNAL $E_CLIENT
	p a alloc $NAS e
	p a ask $NAS e 5 $SIGNAL
	p a answer $NAS e 5 $SIGNAL
	same "$(known 'ports[0].restarts')" 1
	grep -q "the modem restarted" "$DIR/log"
}

# The first version told nobody's errno at a restart: a command with --cid ended with exit 1,
# InvalidClientId, as if the id were wrong.
@test "the modem restarts under our applets: exit 8 and the reason, with --cid, too" {
	modem_start
	proxy_start
	exits 0 nas signal --keep-cid
	cid=$(sed -n 's/.*--cid \([0-9]*\).*/\1/p' <<<"$stderr")
	modem answer nas get_signal_info silent
	for how in "--cid $cid" ""; do
		modem count reset
		# shellcheck disable=SC2086
		"$QMITOOL" nas signal -t 60 $how 2>"$DIR/err" 3>&- &
		job=$!
		PIDS="$PIDS $job"
		wait_modem 1 count nas get_signal_info
		modem sync
		reap "$job"
		same "$CODE" 8
		grep -q "the modem restarted" "$DIR/err"
	done
}
