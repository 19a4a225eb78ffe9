# peer.bash - raw clients of the proxy (tests/proxy/peer.c), steered from a test.
# shellcheck shell=bash disable=SC2154

: "${PEER:=$LIB_DIR/../build/peer}"
PEER=$(readlink -f "$PEER")

# Numbers of the wire, as they stand in commands for peer.
# shellcheck disable=SC2034
{
	CTL_VERSIONS=0x21 CTL_SYNC=0x27
	NAS=3 SIGNAL=0x4f SERVING=0x24 NAS_REGISTER=0x03 NAS_SIGNAL_IND=0x51
	DMS=2 WDS=1
	E_CLIENT=7 E_ABORTED=4 E_EXHAUSTED=5 E_TOO_LONG=19 E_IN_USE=23 E_UNSUPPORTED=25
	E_NOT_FOUND=43 E_NOT_READY=52 E_RESOURCES=68 E_OPERATION=70 E_COMMAND=71 E_ACCESS=82
	E_SUPPORT=94
	NOBODY=65534
}

# second_modem [OPTION...]: one more, at $DEV2.
second_modem() {
	DEV2=$DIR/second
	MODEMS="$MODEMS $("$FAKEMODEM" -s "$DEV2" -c "$DIR/ctl2" -b "$@" 3>&-)"
}

# peer_start [SOCKET]: from here on "p COMMAND" works.
peer_start() {
	mkfifo "$DIR/to-peer" "$DIR/from-peer"
	"$PEER" "${1:-$QMITOOL_SOCKET}" <"$DIR/to-peer" >"$DIR/from-peer" 3>&- &
	PEER_PID=$!
	PIDS="$PIDS $PEER_PID"
	exec {PEER_TO}>"$DIR/to-peer" {PEER_FROM}<"$DIR/from-peer"
}

# p COMMAND...: a peer does it; what it replies is in $reply.
p() {
	echo "$*" >&"$PEER_TO"
	read -r -t "$PATIENCE" reply <&"$PEER_FROM" || reply="no: no reply"
	[[ $reply == ok* ]] && return
	printf '%s: %s\n' "$*" "$reply" >&2
	return 1
}

# each COMMANDS: a command a line on stdin.
each() {
	local line

	while read -r line; do
		# shellcheck disable=SC2086
		[ -z "$line" ] || p $line || return 1
	done
}

# users NAME...: each a connection with the port open, as libqmi's clients.
users() {
	local name

	for name in "$@"; do
		p "$name" connect && p "$name" open "$DEV" || return 1
	done
}

# One value of the proxy's status.
known() {
	q proxy status -f "$1"
}

# kinds [SERVICE]: client ids as "SERVICE KIND" lines, sorted.
kinds() {
	q proxy status -j | grep -o '"service":"[^"]*","client":[0-9]*,"kind":"[^"]*"' |
		sed 's/"service":"\([^"]*\)".*"kind":"\([^"]*\)"/\1 \2/' | sort
}

# The modem has seen all that was sent before: a round trip of somebody else's.
round_trip() {
	q raw call ctl get_version_info >/dev/null
}

needs_root() {
	[ "$(id -u)" = 0 ] || skip "needs root"
}
