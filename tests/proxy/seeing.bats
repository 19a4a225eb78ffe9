# Seeing: proxy status and proxy trace.
load ../lib.bash
load peer.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

# trace_start ARG...: into $DIR/trace; $TRACER.  It is under way when this returns.
trace_start() {
	local before

	before=$(processes)
	"$QMITOOL" proxy trace "$@" >"$DIR/trace" 2>"$DIR/trace.err" 3>&- &
	TRACER=$!
	PIDS="$PIDS $TRACER"
	wait_until "$PATIENCE" more_processes "$before"
}

processes() {
	q proxy status -e | sed -n "s/^processes_n='\(.*\)'/\1/p"
}

more_processes() {
	[ "$(processes)" -gt "$1" ]
}

trace_end() {
	kill -TERM "$TRACER"
	reap "$TRACER"
}

@test "status: what item is asked for is there, what is not there is absent" {
	modem_start
	proxy_start
	peer_start
	p none connect
	users a
	p a alloc $NAS c
	exits 0 dms info
	modem answer nas $SERVING silent
	p a ask $NAS c 1 $SERVING
	wait_modem 1 count nas $SERVING
	exits 0 proxy status -j
	holds "$output" "\"pid\":$PROXY" '"state":"ready"' '"frames_in":' '"frames_out":' \
		'"bytes_in":' '"bytes_out":' '"errors":0' '"resyncs":0' '"dropped":0' \
		"\"pid\":$PEER_PID,\"uid\":$(id -u),\"name\":\"peer\",\"port\":0" '"age":' \
		'"queue":0' '"in_flight":1' '"service":"nas"' '"kind":"owned"' '"kind":"pooled"' \
		'"process_low":65536' '"process_high":262144' '"slow_dropped":0'
	for absent in '""' '"port":255' '"holder":0' '"pid":0' '"driver"' '"left_out"'; do
		[[ $output != *"$absent"* ]]
	done
	# A process without a port has no port; a pooled id is nobody's.
	holds "$output" "\"name\":\"peer\",\"ours\":false" '"kind":"pooled","uid":'"$(id -u),\"users\":0"
	exits 0 proxy status
	holds "$output" " age " " 0 s" " bytes"
	command -v jq >/dev/null || return 0
	q proxy status -j | jq -e '.ports[0].in_flight == 1 and (.processes | length) >= 2' >/dev/null
}

@test "status of more processes than one answer holds: it says how many are left out" {
	modem_start
	proxy_start
	peer_start
	[ "$(known limits.processes)" -gt 300 ] || skip "too few descriptors"
	for i in $(seq 300); do
		p "p$i" connect
	done
	p p300 open "$DEV"
	same "$(known left_out.processes)" 45	# 300 and the one that asks, less 256
	same "$(processes)" 256
}

@test "trace: everybody's frames, decoded, with their process; PINs and ids masked unless -vv" {
	modem_start
	proxy_start
	trace_start -j
	exits 0 nas signal
	exits 0 dms info
	wait_until "$PATIENCE" grep -q '"message":"get_ids".*"kind":"response"' "$DIR/trace"
	trace_end
	same "$CODE" 143
	grep -q '"direction":"to-modem","process":[0-9]*,"service":"nas","message":"get_signal_info"' \
		"$DIR/trace"
	grep -q '"kind":"response".*"rsrp":-97' "$DIR/trace"
	grep -q '"time":"20' "$DIR/trace"
	! grep -q 490154203237518 "$DIR/trace"
	trace_start -j -vv
	exits 0 dms info
	wait_until "$PATIENCE" grep -q 490154203237518 "$DIR/trace"
	trace_end
}

@test "trace --service and --client: nothing else" {
	modem_start
	proxy_start
	peer_start
	users a
	p a alloc $NAS c
	p a alloc $NAS d
	cid=${reply#ok }
	trace_start -j --service nas --client "$cid"
	exits 0 dms info
	p a ask $NAS c 1 $SIGNAL
	p a answer $NAS c 1 $SIGNAL
	p a ask $NAS d 2 $SIGNAL
	p a answer $NAS d 2 $SIGNAL
	wait_until "$PATIENCE" grep -q '"kind":"response"' "$DIR/trace"
	trace_end
	same "$(wc -l <"$DIR/trace")" 2
	same "$(grep -c "\"service\":\"nas\".*\"client\":$cid,\"transaction\":2" "$DIR/trace")" 2
	exits 2 proxy trace --service no-such
	says service
	exits 2 proxy trace --client 300
	says client
}

@test "trace -w: pcapng that raw decode reads, with all bytes" {
	modem_start
	proxy_start
	trace_start -w "$DIR/file"
	exits 0 dms info
	exits 0 nas signal
	wait_until "$PATIENCE" file_has nas	# while it is being written
	trace_end
	exits 0 raw decode -j - <"$DIR/file"
	holds "$output" '"message":"get_signal_info"' '"kind":"response"' '"message":"get_ids"'
	same "$(head -c 4 "$DIR/file" | od -An -tx1 | tr -d ' ')" 0a0d0d0a
	if command -v tshark >/dev/null; then
		tshark -r "$DIR/file" >/dev/null
	fi
	exits 3 proxy trace -w "$DIR/none/file"
	says "$DIR/none/file"
}

file_has() {
	q raw decode -j - <"$DIR/file" 2>/dev/null |
		grep -q "\"service\":\"$1\".*\"kind\":\"response\""
}

@test "a tracer that does not read loses frames and is told how many; nobody waits for it" {
	modem_start
	proxy_start
	mkfifo "$DIR/pipe"
	"$QMITOOL" proxy trace -j >"$DIR/pipe" 2>"$DIR/trace.err" 3>&- &
	tracer=$!
	PIDS="$PIDS $tracer"
	exec {pipe}<"$DIR/pipe"
	wait_until "$PATIENCE" more_processes 1
	peer_start
	users a
	p a alloc $NAS c
	# Its pipe is full first, then its socket, then its queue.
	for i in $(seq 40); do
		p a flood 100 $NAS c $SIGNAL
		p a responses "${reply#ok }"
	done
	wait_until "$PATIENCE" lost_some
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	timeout 20 cat <&"$pipe" >"$DIR/trace" 3>&- &
	PIDS="$PIDS $!"
	exec {pipe}<&-
	for i in $(seq 5); do
		p a ask $NAS c $i $SIGNAL
		p a answer $NAS c $i $SIGNAL
	done
	wait_until "$PATIENCE" grep -q "frames were lost here" "$DIR/trace.err"
	kill "$tracer"
	reap "$tracer"
}

lost_some() {
	q proxy status -j | grep -o '"dropped":[1-9]' | grep -q .
}

@test "the proxy's end ends a trace: exit 8" {
	modem_start
	proxy_start
	trace_start
	exits 0 proxy stop
	reap "$TRACER"
	same "$CODE" 8
}

@test "status and stop of libqmi's proxy, of something else, of nothing" {
	command -v socat >/dev/null || skip "socat is not installed"
	exits 3 proxy status
	exits 3 proxy trace
	exits 3 proxy reap
	exits 3 proxy stop
	background socat "abstract-listen:${QMITOOL_SOCKET#@},fork" exec:cat
	wait_until "$PATIENCE" listening "$QMITOOL_SOCKET"
	exits 5 proxy status -t 5
	says "not qmitool's"
}

# What the manual and docs/proxy.md say is what the code says.
@test "docs/proxy.md has every limit, with its value" {
	doc=$LIB_DIR/../docs/proxy.md
	awk '/^#define PROXY_[A-Z_]+ / && $3 != "" { print $2 }' "$LIB_DIR/../proxy/limits.h" |
		grep -v '^PROXY_LIMITS_H$' >"$DIR/names"
	[ "$(wc -l <"$DIR/names")" -gt 30 ]
	{
		echo '#include <stdio.h>'
		echo '#include "proxy/limits.h"'
		echo 'int main(void) {'
		while read -r name; do
			echo "printf(\"%s %ld\\n\", \"$name\", (long)$name);"
		done <"$DIR/names"
		echo 'return 0; }'
	} >"$DIR/limits.c"
	"${CC:-cc}" -I "$LIB_DIR/.." -o "$DIR/limits" "$DIR/limits.c"
	"$DIR/limits" | sort >"$DIR/code"
	sed -n 's/^| `\(PROXY_[A-Z_]*\)` | \([0-9]*\) .*/\1 \2/p' "$doc" | sort >"$DIR/doc"
	diff "$DIR/code" "$DIR/doc"
}
