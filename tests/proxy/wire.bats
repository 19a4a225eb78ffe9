# Framing and order: what breaks the rules is answered or closed, alone.
load ../lib.bash
load peer.bash

setup() {
	setup_common
	modem_start
	proxy_start
	peer_start
}

teardown() {
	teardown_common
}

# An open of $DEV as hex, with this transaction.
open_hex() {
	local path

	path=$(printf %s "$DEV" | od -An -v -tx1 | tr -d ' \n')
	printf '01%02x0000000000%02x00ff%02x0001%02x00%s' $((14 + ${#path} / 2)) "$1" \
		$((3 + ${#path} / 2)) $((${#path} / 2)) "$path"
}

# libqmi's proxy dies of this.
@test "two opens in one write: both are answered, and it works" {
	p a connect
	p a send "$(open_hex 1)$(open_hex 2)"
	p a expect 011200800000 0101 00ff0700 02040000000000
	p a expect 011200800000 0102 00ff0700 02040000000000
	p a alloc $NAS c
	p a ask $NAS c 1 $SIGNAL
	p a answer $NAS c 1 $SIGNAL
	exits 0 nas signal
}

# libqmi's proxy then sends indications twice, and ends in a use after free.
@test "a second open on one connection: one port, each indication once" {
	p a connect
	p a open "$DEV"
	p a alloc $NAS c
	p a open "$DEV"
	same "$(known 'ports[0].processes')" 1
	modem ind nas 255 $NAS_SIGNAL_IND
	p a ind $NAS 255 $NAS_SIGNAL_IND
	round_trip
	p a idle
	p a close
	exits 0 nas signal
}

# libqmi's proxy is silent.
@test "requests before the open are answered, with an error" {
	p a connect
	p a ask $NAS 1 7 $SIGNAL
	p a answer $NAS 1 7 $SIGNAL $E_OPERATION
	p a alloc $NAS c $E_OPERATION
	p a ctl $CTL_VERSIONS
	p a errors 1 $E_OPERATION
	p a idle
	p a open "$DEV"
	p a alloc $NAS c
}

# libqmi's proxy never answers, and collects what follows: 170 MB in 2.4 s.
@test "a wrong first byte: that process is closed, alone, and nothing is collected" {
	p good connect
	p good open "$DEV"
	p good alloc $NAS c
	for bytes in 00 ff 4745540d0a 0300000000; do
		p bad connect
		p bad send $bytes
		p bad closed
		p bad close
	done
	p bad connect
	p bad open "$DEV"
	p bad send ff
	p bad closed
	same "$(known proxy.framing_errors)" 5
	p good ask $NAS c 1 $SIGNAL
	p good answer $NAS c 1 $SIGNAL
	before=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$PROXY/status")
	for i in $(seq 20); do
		p "j$i" connect
		p "j$i" send "ff$(printf '%0100000d' 0)" || true	# closed while it sends
		p "j$i" closed || true
	done
	after=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$PROXY/status")
	[ $((after - before)) -lt 1000 ]
}

@test "a length that is too small, TLVs past the end, an answer from a process: no harm" {
	p good connect
	p good open "$DEV"
	p good alloc $NAS c
	p bad connect
	p bad send 0103000000		# shorter than any frame
	p bad closed
	p bad close
	p bad connect
	p bad open "$DEV"
	p bad send 010f000000000001210005000101		# TLVs longer than the frame
	p bad close
	p odd connect
	p odd open "$DEV"
	p odd send 010c0080030102010024000000	# a response, sent by a process
	p odd idle
	p good idle
	p good ask $NAS c 1 $SIGNAL
	p good answer $NAS c 1 $SIGNAL
}

@test "a frame byte by byte, many frames in one write: the same answers" {
	p a connect
	p a open "$DEV"
	p a alloc $NAS c
	cid=$(printf %02x "${reply#ok }")
	frame=010c000003${cid}000900${SIGNAL#0x}000000
	for ((i = 0; i < ${#frame}; i += 2)); do
		p a send "${frame:i:2}"
	done
	p a answer $NAS c 9 $SIGNAL
	p a send "$frame$frame$frame${frame:0:8}"
	p a responses 3
	p a send "${frame:8}"
	p a responses 1
	p a idle
}

# libqmi's proxy ends everybody's session.
@test "junk from the modem between frames: skipped, counted, nobody's session ends" {
	p a connect
	p a open "$DEV"
	p a alloc $NAS c
	modem junk 00ff5501aa
	for i in 1 2 3 4 5; do
		p a ask $NAS c $i $SIGNAL
		p a answer $NAS c $i $SIGNAL
	done
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	modem junk off
	p a ask $NAS c 9 $SIGNAL
	p a answer $NAS c 9 $SIGNAL
	[ "$(known 'ports[0].resyncs')" -ge 5 ]
	[ "$(known 'ports[0].skipped')" -ge 25 ]
}

@test "frames split and joined on their way from the modem: the same answers" {
	p a connect
	p a open "$DEV"
	p a alloc $NAS c
	modem split 1
	p a ask $NAS c 1 $SIGNAL
	p a answer $NAS c 1 $SIGNAL
	modem split off
	modem join 4
	for i in 1 2 3 4; do
		p a ask $NAS c $i $SERVING
	done
	for i in 1 2 3 4; do
		p a answer $NAS c $i $SERVING
	done
}

@test "malformed TLVs pass untouched, both ways, where routing does not need them" {
	p a connect
	p a open "$DEV"
	p a alloc $NAS c
	cid=$(printf %02x "${reply#ok }")
	modem answer nas $SERVING 0 01ffff00
	p a ask $NAS c 5 $SERVING
	p a expect 01170080 03$cid 0205002400 0b00 02040000000000 01ffff00
	p a ask $NAS c 6 $SIGNAL 01ffff00
	p a answer $NAS c 6 $SIGNAL 1	# the modem's own MalformedMessage
	same "$(modem count nas get_signal_info)" 1
}

@test "frames of 64 kB, both ways" {
	p a connect
	p a open "$DEV"
	p a alloc $DMS d
	p a ask $DMS d 1 0x26 "0162ea60ea$(printf '%0120000d' 0)"	# write user data: 60000 bytes
	p a answer $DMS d 1 0x26
	p a alloc $NAS c
	modem answer nas $SERVING 0 "105ad6$(printf '%0109748d' 0)"	# 54874 bytes
	p a ask $NAS c 2 $SERVING
	p a answer $NAS c 2 $SERVING
	p a idle
}

# Newer libqmi sends them; libqmi's older proxy does not answer.
@test "frames with marker 0x02 and 16-bit services get an error, not silence" {
	p b connect
	p b open "$DEV"
	# service 0x0190, client 1, transaction 7, message 0x21; the answer has the same head
	p b send 020c00 9001 01 00 0700 2100 0000
	p b expect 021300 9001 01 02 0700 2100 0700 02040001005e00
	p b ctl 0xff22 0102009001
	p b errors 1 $E_SUPPORT
	p b ctl 0xff23 010300900101
	p b errors 1 $E_SUPPORT
	p b alloc $NAS c
}

@test "an unknown private message, and unknown CTL messages, are answered" {
	p a connect
	p a ctl 0xfe7f
	p a errors 1 $E_COMMAND
	p a open "$DEV"
	p a ctl 0xfe7f
	p a errors 1 $E_COMMAND
	p a ctl 0x4444
	p a errors 1 71		# the modem's own
}
