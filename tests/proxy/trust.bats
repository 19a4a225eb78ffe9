# Trust: who may, who sees what, and who cannot lock whom out.
load ../lib.bash
load peer.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
	[ -z "${REACHABLE:-}" ] || rm -rf "$REACHABLE"
}

# A directory and a modem that everybody may reach.
open_modem() {
	modem_start
	chmod 711 "$DIR"
	chmod 666 "$DEV"
}

# as_nobody COMMAND...: as another user.
as_nobody() {
	setpriv --reuid $NOBODY --regid $NOBODY --clear-groups "$@"
}

# The same in the background, its own pid in $LAST; what it prints is in $DIR/by-nobody.
background_as_nobody() {
	setpriv --reuid $NOBODY --regid $NOBODY --clear-groups "$@" >"$DIR/by-nobody" 2>/dev/null 3>&- &
	LAST=$!
	PIDS="$PIDS $LAST"
}

# What nobody runs has to be where nobody can read.
for_nobody() {
	needs_root
	command -v setpriv >/dev/null || skip "setpriv is not installed"
	as_nobody test -x "$QMITOOL" || skip "$QMITOOL is not to be run by others"
	! grep -q __asan_init "$QMITOOL" || skip "AddressSanitizer needs /proc/self"
}

@test "another user is told AccessDenied and closed, and it is logged" {
	needs_root
	open_modem
	proxy_start 2>"$DIR/log"
	peer_start
	p n connect $NOBODY $NOBODY
	p n open "$DEV" $E_ACCESS
	p n closed
	p m connect $NOBODY $NOBODY
	p m ctl 0xfe00
	p m errors 1 $E_ACCESS
	p m closed
	grep -q "of user $NOBODY may not" "$DIR/log"
	[ "$(known proxy.turned_away)" -ge 2 ]
	exits 10 proxy status -f 'ports[0].opens'
}

@test "--user and --group, by name and by number, let others in" {
	needs_root
	open_modem
	group=$(awk -F: '$3 == 65534 { print $1; exit }' /etc/group)
	for option in "--user=nobody" "--user=$NOBODY" "--group=$group" "--group=$NOBODY"; do
		rm -f "$DIR"/*-peer
		proxy_start "$option"
		peer_start
		p n connect $NOBODY $NOBODY
		p n open "$DEV"
		p n alloc $NAS c
		p o connect 4711 4711		# and nobody else
		p o open "$DEV" $E_ACCESS
		kill "$PEER_PID"
		end "$PROXY"
	done
}

@test "--user, --group, --socket-mode: what there is not is a mistake" {
	exits 2 proxy --user no-such-user
	says "no user 'no-such-user' in /etc/passwd"
	exits 2 proxy --group no-such-group
	says "no group 'no-such-group' in /etc/group"
	exits 2 proxy --group ""
	says "--group"
	exits 2 proxy --user 4294967295
	says "--user"
	for bad in "" 8 0999 rw 01777 0; do
		exits 2 proxy --socket "$DIR/s" --socket-mode "$bad"
		says socket-mode
	done
}

# Anyone can bind an abstract name first, and PINs go through it.
@test "a proxy that another user runs is not trusted: exit 9, nothing is sent to it" {
	for_nobody
	open_modem
	background_as_nobody "$QMITOOL" proxy --no-exit
	wait_until "$PATIENCE" listening "$QMITOOL_SOCKET"
	exits 9 nas signal
	says "another user"
	exits 9 proxy status
	says "another user"
	same "$(modem count all)" 0
}

@test "root's proxy is everybody's: nobody's command goes through it" {
	for_nobody
	open_modem
	proxy_start --user nobody
	run --separate-stderr as_nobody timeout 20 "$QMITOOL" nas signal -f lte.rsrp
	same "$status" 0
	same "$output" "-97"
	same "$(known 'clients[0].uid')" $NOBODY
}

@test "a user's own proxy, without root: it works for that user and for root" {
	for_nobody
	# bats keeps its own directories to itself.
	REACHABLE=$(mktemp -d /tmp/qmi-reachable.XXXXXX)
	chmod 711 "$REACHABLE"
	export QMI_DEVICE=$REACHABLE/modem
	DEV=$QMI_DEVICE
	modem_start
	chmod 666 "$DEV"
	background_as_nobody "$QMITOOL" proxy --no-exit
	wait_until "$PATIENCE" listening "$QMITOOL_SOCKET"
	run --separate-stderr as_nobody timeout 20 "$QMITOOL" nas signal -f lte.rsrp
	same "$status" 0
	same "$output" "-97"
	peer_start
	users root
	p root alloc $NAS c
	p o connect 4711 4711
	p o open "$DEV" $E_ACCESS
}

@test "status and trace show a user what is its own, and stop and reap are not for it" {
	for_nobody
	open_modem
	proxy_start --user nobody
	peer_start
	users a
	p a alloc $NAS c
	exits 0 nas signal		# root's pool
	p n connect $NOBODY $NOBODY
	p n open "$DEV"
	p n alloc $DMS d
	run --separate-stderr as_nobody timeout 20 "$QMITOOL" proxy status -j
	same "$status" 0
	same "$(grep -o '"uid":[0-9]*' <<<"$output" | sort | uniq -c | awk '{ print $2 }')" "\"uid\":0
\"uid\":$NOBODY"
	same "$(grep -o '"service":"[a-z]*"' <<<"$output")" '"service":"dms"'
	same "$(grep -o "\"pid\":$PEER_PID" <<<"$output" | wc -l)" 2	# its process, its id
	background_as_nobody "$QMITOOL" proxy trace -j
	tracer=$LAST
	wait_until "$PATIENCE" traced
	p a ask $NAS c 1 $SIGNAL
	p a answer $NAS c 1 $SIGNAL
	p n ask $DMS d 1 0x25
	p n answer $DMS d 1 0x25
	wait_until "$PATIENCE" grep -q '"kind":"response"' "$DIR/by-nobody"
	same "$(grep -c '"service":"nas"' "$DIR/by-nobody")" 0
	kill "$tracer"
	run --separate-stderr as_nobody timeout 20 "$QMITOOL" proxy stop
	same "$status" 1
	holds "$stderr" AccessDenied
	p a close
	wait_until "$PATIENCE" orphans 1
	run --separate-stderr as_nobody timeout 20 "$QMITOOL" proxy reap -f reaped.released
	same "$output" 0
	orphans 1
}

orphans() {
	[ "$(kinds | grep -c ' orphan')" = "$1" ]
}

# A tracer is a process of the proxy's without a port.
traced() {
	[ "$(q proxy status -j | grep -o '"name":"qmitool"' | wc -l)" -ge 2 ]
}

@test "one user with hundreds of connections cannot lock out root" {
	needs_root
	open_modem
	proxy_start --user $NOBODY
	[ "$(known limits.processes)" -gt 600 ] || skip "too few descriptors (ulimit -Hn)"
	peer_start
	for i in $(seq 520); do
		p "n$i" connect $NOBODY $NOBODY
	done
	p n1 open "$DEV"
	p n1 alloc $NAS c
	p n520 open "$DEV" $E_RESOURCES
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	[ "$(known proxy.turned_away)" -ge 8 ]
}

@test "one user's queues are bounded together: who passes the mark is dropped" {
	needs_root
	open_modem
	modem set max_clients 60
	modem answer nas $SERVING 0 "10204e$(printf '%040000d' 0)117094$(printf '%076000d' 0)"
	proxy_start --user $NOBODY
	peer_start
	for i in $(seq 50); do
		p "n$i" connect $NOBODY $NOBODY
		p "n$i" open "$DEV"
		p "n$i" alloc $NAS "c$i"
		p "n$i" flood 6 $NAS "c$i" $SERVING
	done
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	[ "$(queued)" -le "$(known limits.user_high)" ]
}

# Bytes that wait for all processes together.
queued() {
	q proxy status -j | grep -o '"queue":[0-9]*,"unread"' | tr -dc '0-9\n' |
		awk '{ n += $1 } END { print n + 0 }'
}

@test "--socket: a path beside the abstract name, with mode and owner; gone at the end" {
	modem_start
	proxy_start --socket "$DIR/s"
	same "$(stat -c '%a %u %g' "$DIR/s")" "600 $(id -u) $(id -g)"
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	QMITOOL_SOCKET=$DIR/s exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	same "$(QMITOOL_SOCKET=$DIR/s known proxy.pid)" "$PROXY"
	exits 3 proxy --socket "$DIR/s"
	end "$PROXY"
	[ ! -e "$DIR/s" ]
}

@test "--socket: it belongs to --user and --group; --socket-mode" {
	needs_root
	modem_start
	proxy_start --socket "$DIR/s" --group $NOBODY
	same "$(stat -c '%a %u %g' "$DIR/s")" "660 0 $NOBODY"
	end "$PROXY"
	proxy_start --socket "$DIR/s" --user $NOBODY --group $NOBODY --socket-mode 0666
	same "$(stat -c '%a %u %g' "$DIR/s")" "666 $NOBODY $NOBODY"
	kill -KILL "$PROXY"
	wait_until "$PATIENCE" ended "$PROXY"
	proxy_start --socket "$DIR/s"		# a stale path is taken over
	QMITOOL_SOCKET=$DIR/s exits 0 nas signal
}

@test "--socket where nothing can be: exit 3 and the reason" {
	exits 3 proxy --socket "$DIR/none/s"
	says "$DIR/none/s" "No such file"
	exits 3 proxy --socket "$DIR/$(printf '%0200d' 0)"
	says "too long"
}

# A container has no part in the abstract names outside: it needs a path.
@test "from another network namespace the path works, the abstract name does not" {
	needs_root
	unshare -n true 2>/dev/null || skip "no network namespaces here"
	modem_start
	proxy_start --socket "$DIR/s"
	run --separate-stderr unshare -n timeout 20 "$QMITOOL" proxy status
	same "$status" 3
	run --separate-stderr unshare -n env QMITOOL_SOCKET="$DIR/s" timeout 20 "$QMITOOL" nas \
		signal -f lte.rsrp
	same "$output" "-97"
}
