# uim: a logical channel is closed also where its process dies in the middle, by whatever signal.
# A card has as few as three of them, and a leaked one is lost until the card is reset.
load ../lib.bash

setup() {
	setup_common
	needs_applet uim
	modem_start
}

teardown() {
	teardown_common
}

ISD_R=a0000005591010ffffffff8900000100

# apdu [ARG...]: one that goes on for ever, on a channel of its own; its pid in $LAST.
apdu() {
	modem answer uim send_apdu silent
	modem count reset
	background "$QMITOOL" uim apdu --aid $ISD_R 80f2000000 "$@"
	wait_modem 1+ count uim send_apdu
	same "$(modem get uim_channels)" 2
}

# One that asks for APDUs in $DIR/in.  (A background job's own stdin is /dev/null.)
lpac() {
	background sh -c 'exec "$1" uim apdu --lpac <"$2/in" >"$2/out" 2>"$2/words"' - "$QMITOOL" "$DIR"
}

# The process that watches over that one.
guard_of() {
	local stat line

	for stat in /proc/[0-9]*/stat; do
		{ read -r line <"$stat"; } 2>/dev/null || continue	# it ended
		line=${line##*) ? }
		[ "${line%% *}" != "$1" ] || basename "${stat%/stat}"
	done
}

@test "uim apdu: KILL closes the channel and gives the client id back" {
	apdu
	kill -KILL "$LAST"
	wait_modem 0 get uim_channels
	reap "$LAST"
	same "$CODE" 137
	nothing_left
}

@test "uim apdu -n: the same, and the port is free again" {
	apdu -n
	guard=$(guard_of "$LAST")
	[ -n "$guard" ]
	kill -KILL "$LAST"
	wait_modem 0 get uim_channels
	wait_modem 0 clients all
	wait_until "$PATIENCE" ended "$guard"
	exits 0 -n uim reset
}

@test "uim apdu --lpac: the channel that is open when it dies, and none that is not" {
	mkfifo "$DIR/in"
	exec 7<>"$DIR/in"
	lpac
	ask() {
		echo '{"type":"apdu","payload":{"func":"'"$1"'","param":"'"$2"'"}}' >&7
		wait_until "$PATIENCE" answered "$3"
	}
	answered() {
		[ "$(wc -l <"$DIR/out")" -ge "$1" ]
	}
	ask logic_channel_open $ISD_R 1
	ask logic_channel_close 01 2
	same "$(modem get uim_channels)" 0
	q uim channel open $ISD_R >/dev/null	# somebody else's, with the number that was ours
	ask logic_channel_open $ISD_R 3
	same "$(modem get uim_channels)" 6
	kill -KILL "$LAST"
	wait_modem 2 get uim_channels
	reap "$LAST"
	exec 7>&-
	nothing_left
	same "$(modem get uim_channels)" 2
}

@test "uim channel open: KILL before the number is told; later it stays open" {
	modem count reset
	modem delay 500
	background "$QMITOOL" uim channel open $ISD_R
	wait_modem 1+ count uim open_logical_channel
	kill -KILL "$LAST"
	wait_modem 0 get uim_channels
	reap "$LAST"
	modem delay 0
	nothing_left
	exits 0 uim channel open $ISD_R -f channel
	same "$output/$(modem get uim_channels)" 1/2
}

@test "uim channel open: not if nobody learns its number" {
	run sh -c 'exec "$1" uim channel open "$2" >/dev/full' sh "$QMITOOL" $ISD_R
	same "$status" 3
	same "$(modem get uim_channels)" 0
}

@test "uim apdu: an answer that comes after the deadline opens no channel for ever" {
	proxy_start
	modem delay 700
	exits 4 uim apdu --aid $ISD_R 80f2000000 -t 1
	wait_modem 0 get uim_channels
	modem delay 0
	nothing_left
}

@test "the guard: a session of its own, no descriptor of the command's, gone when it is done" {
	mkfifo "$DIR/in"
	exec 7<>"$DIR/in"
	lpac
	echo '{"type":"apdu","payload":{"func":"logic_channel_open","param":"'$ISD_R'"}}' >&7
	wait_modem 2 get uim_channels
	guard=$(guard_of "$LAST")
	[ -n "$guard" ]
	wait_until "$PATIENCE" alone "$guard"
	same "$(readlink "/proc/$guard/cwd")" /
	same "$(sed 's/.*) . [0-9]* [0-9]* \([0-9]*\) .*/\1/' "/proc/$guard/stat")" "$guard"
	kill -TERM "$guard"
	kill -INT "$guard"
	echo '{"type":"apdu","payload":{"func":"logic_channel_close","param":"1"}}' >&7
	wait_modem 0 get uim_channels
	alive "$guard"
	exec 7>&-
	end "$LAST"
	[ ! -e "/proc/$guard" ]
	nothing_left
}

# A pipe and the connection are all that it has.
alone() {
	[ "$(ls "/proc/$1/fd" | tr '\n' ' ')" = "0 1 2 3 " ] &&
		! readlink "/proc/$1/fd/"* | grep -q "$DIR/"
}

@test "the guard: a modem that is silent does not hold up who waits for the output" {
	modem answer uim send_apdu silent
	modem count reset
	background bash -c 'x=$(echo $BASHPID >"$1/pid"; exec "$2" uim apdu --aid "$3" 80f2000000); echo "over $?" >"$1/over"' \
		- "$DIR" "$QMITOOL" $ISD_R
	wait_modem 1+ count uim send_apdu
	pid=$(cat "$DIR/pid")
	guard=$(guard_of "$pid")
	modem mute on
	kill -KILL "$pid"
	reap "$LAST"
	same "$(cat "$DIR/over")" "over 137"
	wait_until "$PATIENCE" ended "$guard"
}

@test "the guard: through libqmi's qmi-proxy, which gives no client id back by itself" {
	isolated || skip "not in a network namespace of our own"
	[ -x /usr/libexec/qmi-proxy ] || skip "libqmi's qmi-proxy is not installed"
	export QMITOOL_SOCKET=@qmi-proxy
	background /usr/libexec/qmi-proxy --no-exit
	wait_until "$PATIENCE" listening @qmi-proxy
	modem quit
	DEV=$DIR/pty
	modem_start_pty
	apdu -d "$DEV"
	kill -KILL "$LAST"
	wait_modem 0 get uim_channels
	wait_modem 0 clients all
}

@test "the guard: a client id that somebody keeps (--cid) is not given back" {
	exits 0 uim reset --keep-cid -f cid
	cid=$output
	apdu --cid "$cid"
	kill -KILL "$LAST"
	wait_modem 0 get uim_channels
	reap "$LAST"
	exits 0 uim reset --cid "$cid"
	same "$(modem clients uim)" 1
}
