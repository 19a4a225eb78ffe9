# Ports: many, under any name; those that cannot be opened; those that go and come back.
load ../lib.bash
load peer.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

@test "what cannot be a port gets a QMI error at once, whatever is wrong with it" {
	proxy_start
	peer_start
	p a connect
	p a open "$DIR/none" $E_NOT_FOUND
	: >"$DIR/file"
	p a open "$DIR/file" $E_UNSUPPORTED
	p a open "$DIR" $E_UNSUPPORTED
	mkfifo "$DIR/fifo"
	p a open "$DIR/fifo" $E_UNSUPPORTED
	p a open /dev/null $E_UNSUPPORTED
	p a open /dev/zero $E_UNSUPPORTED
	p a open "$DIR/file/below" $E_NOT_FOUND
	ln -s "$DIR/loop" "$DIR/loop"
	p a open "$DIR/loop" $E_NOT_FOUND
	p a open "$DIR/$(printf '%0150d' 0)" $E_NOT_FOUND
	p a ctl 0xff00			# no path at all
	p a errors 1 17
	p a ctl 0xff00 010000
	p a errors 1 17
	# After all that a port opens on the same connection.
	modem_start
	p a open "$DEV"
	p a alloc $NAS c
}

@test "a socket that nobody listens on: an error at once" {
	modem_start
	kill -KILL "$MODEM"		# leaves its path
	wait_until "$PATIENCE" ended "$MODEM"
	proxy_start
	peer_start
	p a connect
	p a open "$DEV" $E_NOT_FOUND
	exits 3 nas signal
	says "$DEV"
}

@test "a port that somebody holds for himself: error DeviceInUse, and later it opens" {
	command -v flock >/dev/null || skip "flock is not installed"
	modem_start_pty
	proxy_start
	peer_start
	exec {lock}<"$DEV"
	flock -x -n "$lock"
	p a connect
	p a open "$DEV" $E_IN_USE
	exits 3 nas signal
	says "somebody else holds it"
	exec {lock}<&-
	p a open "$DEV"
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
}

@test "a port that this user may not have: error AccessDenied, though the proxy is root's" {
	needs_root
	modem_start
	chmod 711 "$DIR"
	chmod 600 "$DEV"
	proxy_start --user $NOBODY
	peer_start
	p n connect $NOBODY $NOBODY
	p n open "$DEV" $E_ACCESS
	chmod 666 "$DEV"
	p n open "$DEV"
	p n alloc $NAS c
}

# On a real port this is ModemManager, or uqmi, beside the proxy.
@test "some other program has the device open: it is said in the log" {
	[ -r /proc/self/fd ] || skip "no /proc"
	proxy_start 2>"$DIR/log"
	background sleep 60 </dev/null
	peer_start
	p a connect
	p a open /dev/null $E_UNSUPPORTED
	grep -q "/dev/null: process [0-9]* has it open too" "$DIR/log"
}

@test "a terminal that is no modem: probed, then error DeviceNotReady, and others do not wait" {
	command -v socat >/dev/null || skip "socat is not installed"
	modem_start
	proxy_start
	background socat "pty,raw,echo=0,link=$DIR/tty" "exec:sleep 60"
	wait_until "$PATIENCE" test -e "$DIR/tty"
	peer_start
	p a connect
	path=$(printf %s "$DIR/tty" | od -An -v -tx1 | tr -d ' \n')
	p a ctl 0xff00 "01$(printf '%02x00' $((${#path} / 2)))$path"
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	same "$(known 'ports[0].state')" probing
	p a errors 1 $E_NOT_READY
	exits 0 nas signal
}

@test "a modem that swallows its first request: probed once, for all, and all get in" {
	modem_start -e 'drop 1'
	proxy_start
	pids=
	for i in 1 2 3 4; do
		timeout 30 "$QMITOOL" nas signal -f lte.rsrp >"$DIR/out.$i" 3>&- &
		pids="$pids $!"
	done
	for pid in $pids; do
		wait "$pid"
	done
	same "$(cat "$DIR"/out.*)" "-97
-97
-97
-97"
	same "$(modem count ctl get_version_info)" 1
	same "$(known 'ports[0].opens')" 1
}

@test "many modems at once: each process gets its own one's answers" {
	devices=
	for i in 1 2 3 4 5 6 7 8; do
		MODEMS="$MODEMS $("$FAKEMODEM" -s "$DIR/m$i" -c "$DIR/c$i" -b -e "set model M$i" 3>&-)"
	done
	proxy_start
	pids=
	for i in 1 2 3 4 5 6 7 8; do
		for k in 1 2 3; do
			timeout 30 "$QMITOOL" dms info -d "$DIR/m$i" -f model >"$DIR/out.$i.$k" 3>&- &
			pids="$pids $!"
		done
	done
	for pid in $pids; do
		wait "$pid"
	done
	for i in 1 2 3 4 5 6 7 8; do
		same "$(cat "$DIR/out.$i."*)" "M$i
M$i
M$i"
	done
	same "$(q proxy status -j | grep -o '"state":"ready"' | wc -l)" 8
}

@test "more ports than there is room for: InsufficientResources, and the others work" {
	local room=16		# PROXY_PORTS_MAX, of which some are kept for root
	[ "$(id -u)" = 0 ] || room=12
	for i in $(seq $((room + 1))); do
		MODEMS="$MODEMS $("$FAKEMODEM" -s "$DIR/m$i" -c "$DIR/c$i" -b 3>&-)"
	done
	proxy_start
	peer_start
	for i in $(seq $room); do
		p "p$i" connect
		p "p$i" open "$DIR/m$i"
	done
	p more connect
	p more open "$DIR/m$((room + 1))" $E_RESOURCES
	p p3 alloc $NAS c
	p p3 close
	p p4 close
	p more open "$DIR/m$((room + 1))"	# a port that nobody uses makes room
	p more alloc $NAS d
}

@test "one device under several names is one port" {
	modem_start
	ln -s "$DEV" "$DIR/link"
	ln -s link "$DIR/linklink"
	mkdir "$DIR/sub"
	proxy_start
	peer_start
	users a
	p a alloc $NAS c
	p b connect
	p b open "$DIR/linklink"
	p b ask $NAS c 1 $SIGNAL
	p b answer $NAS c 1 $SIGNAL
	p d connect
	p d open "$DIR/sub/..//modem"
	p d open "$DIR/link"
	same "$(known 'ports[0].processes')" 3
	exits 10 proxy status -f 'ports[1].state'
	cd "$DIR/sub"
	exits 0 nas signal -d ../link -f lte.rsrp
	same "$output" "-97"
	same "$(known 'ports[0].opens')" 1
}

@test "one connection is one port: another one is refused, the first goes on" {
	modem_start
	second_modem
	proxy_start
	peer_start
	users a
	p a alloc $NAS c
	p a open "$DEV2" $E_OPERATION
	p a ask $NAS c 1 $SIGNAL
	p a answer $NAS c 1 $SIGNAL
}

@test "unplugged: who waits gets an error, who asks later, too; back again: new opens work" {
	modem_start
	proxy_start 2>"$DIR/log"
	peer_start
	users a b
	p a alloc $NAS c
	modem answer nas $SERVING silent
	p a ask $NAS c 1 $SERVING
	wait_modem 1 count nas $SERVING
	modem unplug
	p a answer $NAS c 1 $SERVING $E_NOT_FOUND
	p a ask $NAS c 2 $SIGNAL
	p a answer $NAS c 2 $SIGNAL $E_NOT_FOUND
	p b ctl $CTL_VERSIONS
	p b errors 1 $E_NOT_FOUND
	p b open "$DEV" $E_NOT_FOUND
	exits 3 nas signal
	grep -q "$DEV: gone" "$DIR/log"
	modem plug
	users new
	p new alloc $NAS d
	p new ask $NAS d 1 $SIGNAL
	p new answer $NAS d 1 $SIGNAL
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	# Those from before may open it anew; their ids are gone.
	p a open "$DEV"
	p a alloc $NAS e
	p a ask $NAS e 1 $SIGNAL
	p a answer $NAS e 1 $SIGNAL
	same "$(proxy_pid)" "$PROXY"
}

@test "unplugged and back, ten times: always an answer, nothing left" {
	modem_start
	proxy_start
	for i in 1 2 3 4 5 6 7 8 9 10; do
		exits 0 nas signal -f lte.rsrp
		same "$output" "-97"
		modem powercycle
	done
	exits 0 nas signal
	same "$(kinds)" "nas pooled"
	exits 10 proxy status -f 'ports[1].state'
}

@test "one modem is unplugged: the users of another do not notice" {
	modem_start
	second_modem
	proxy_start
	peer_start
	users a
	p b connect
	p b open "$DEV2"
	p b alloc $NAS d
	modem unplug
	p a ctl $CTL_VERSIONS
	p a errors 1 $E_NOT_FOUND
	p b ask $NAS d 1 $SIGNAL
	p b answer $NAS d 1 $SIGNAL
	p b idle
}
