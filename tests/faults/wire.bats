# What goes wrong on the wire costs nobody an answer, and gives nobody a wrong one.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

# Through the proxy and directly, several times: the right values.
right_answers() {
	local how i

	for how in "" -n; do
		[ -z "$how" ] || stop_proxy
		for i in 1 2; do
			exits 0 nas signal -f lte.rsrp -f lte.snr $how
			same "$output" "-97
12.0"
			exits 0 dms info -f model -f imei $how
			same "$output" "FM-1000
490154203237518"
		done
	done
	nothing_left
}

@test "writes that are split: byte by byte" {
	modem split 1
	right_answers
}

@test "writes that are split: in the middle of the head and of values" {
	modem split 5
	right_answers
}

@test "frames that are joined" {
	modem join 2	# the modem holds each back for a while: few of them
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	stop_proxy
	exits 0 nas signal -n -f lte.rsrp
	same "$output" "-97"
	modem join off
	nothing_left
}

@test "junk before each frame: zeros, a half head, something that looks like a head" {
	for junk in 00 0100 010500 ff01ffff "$(printf '%0200d' 0)" 0d0a4f4b0d0a; do
		modem junk "$junk"
		exits 0 nas signal -f lte.rsrp
		same "$output" "-97"
	done
	modem junk 00ff
	right_answers
}

@test "every answer twice" {
	modem dup 1000
	right_answers
}

@test "the answer before is late: it is not taken for this one's" {
	exits 0 nas signal
	modem late 700
	exits 4 nas signal -t 0.3
	modem signal lte -1 -2 -3 -4	# the late answer has the old values
	exits 0 nas signal -f lte.rsrp
	same "$output" "-3"
	exits 0 nas signal -f lte.rsrp
	same "$output" "-3"
	nothing_left
}

@test "the first request after power-up is swallowed: asked again, and nobody notices" {
	modem drop 1
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	nothing_left
}

@test "an answer that is lost: exit 4, and the client id is given back" {
	exits 0 nas signal
	modem answer nas get_signal_info silent
	exits 4 nas signal -t 0.5
	nothing_left
}

@test "an indication with our transaction id comes first: it is no answer" {
	modem answer nas get_signal_info silent
	modem count reset
	background "$QMITOOL" nas signal -t 1
	job=$LAST
	wait_modem 1+ count nas get_signal_info
	for transaction in 1 2 3; do
		modem ind nas 255 0x4f 02040000000000140600010203040506
	done
	reap "$job"
	same "$CODE" 4
}

@test "answers of somebody else's: another client id, another service, another message" {
	modem answer nas get_signal_info silent
	modem count reset
	"$QMITOOL" nas signal -t 1 >"$DIR/out" 3>&- &
	PIDS="$PIDS $!"
	job=$!
	wait_modem 1+ count nas get_signal_info
	modem inject 011c00800377020100 2>/dev/null || true
	modem inject 011c008003770201004f00100002040000000000140600010203040506
	modem inject 011c008002010201004f00100002040000000000140600010203040506
	modem inject 011c008003010201004e00100002040000000000140600010203040506
	reap "$job"
	same "$CODE" 4
	same "$(cat "$DIR/out")" ""
	modem answer nas get_signal_info default
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
}

@test "an answer with another transaction id, on a port that is opened directly: not ours" {
	modem answer nas get_signal_info silent
	modem count reset
	"$QMITOOL" nas signal -n -t 1 >"$DIR/out" 3>&- &
	job=$!
	PIDS="$PIDS $job"
	wait_modem 1+ count nas get_signal_info
	same "$(modem clients nas)" 1
	modem inject 011c008003010200004f00100002040000000000140600010203040506	# of 0, which is nobody's
	reap "$job"
	same "$CODE" 4
	same "$(cat "$DIR/out")" ""
}

@test "the modem restarts in the middle (unsolicited sync): exit 8, no hang, and then it works" {
	exits 0 nas signal
	modem answer nas get_signal_info silent
	modem count reset
	background "$QMITOOL" nas signal -t 20
	job=$LAST
	wait_modem 1+ count nas get_signal_info
	modem answer nas get_signal_info default
	modem sync
	reap "$job"
	same "$CODE" 8
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	nothing_left
}

@test "the same on a port that is opened directly: exit 8" {
	modem answer nas get_signal_info silent
	modem count reset
	background "$QMITOOL" nas signal -n -t 20
	job=$LAST
	wait_modem 1+ count nas get_signal_info
	modem sync
	reap "$job"
	same "$CODE" 8
}

@test "an answer without a result: exit 1 and a word, no crash" {
	exits 0 nas signal
	modem answer nas get_signal_info silent
	# A TLV that claims the result's type and is too short for one.
	modem answer nas get_signal_info append 02010000
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
}

@test "ClientIdsExhausted: exit 1 and its name; it works again once some are given back" {
	modem set max_clients 2
	exits 0 nas signal -n --keep-cid
	exits 0 nas signal -n --keep-cid
	exits 1 nas signal -n
	says ClientIdsExhausted
	exits 1 nas signal
	says ClientIdsExhausted
	exits 1 nas signal -j
	says '"code":5,"name":"ClientIdsExhausted"'
	modem set max_clients 10
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
}
