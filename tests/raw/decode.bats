# raw decode: what real programs write, as it is; and streams without end.
load ../lib.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

# The answer of an LTE modem to get_signal_info, and a request of CTL.
SIGNAL=011c008003030207004f00100002040000000000140600bff59fff7800
ALLOCATE=010f0000000000012200040001010002

# messages: the names and kinds of what was decoded, one a line
messages() {
	sed 's/.*"message":"\{0,1\}\([^",]*\).*"kind":"\([a-z]*\)".*/\1 \2/' <<<"$output"
}

needs_libqmi() {
	command -v qmicli >/dev/null || skip "qmicli is not installed"
	modem_start_pty
}

# decode FILE [OPTION...]: its stdin is the file
decode() {
	local file=$1

	shift
	run --separate-stderr timeout "$PATIENCE" "$QMITOOL" raw decode -j "$@" <"$file"
}

qmicli_log() {
	timeout "$PATIENCE" qmicli -d "$DEV" --device-open-qmi "$@" >"$DIR/log" 2>&1
}

# ---- the logs of libqmi ----

@test "qmicli -v, its whole output: each frame once, put together from its TLVs" {
	needs_libqmi
	qmicli_log -v --nas-get-signal-info
	grep -q 'data   = .*\.\.\.$' "$DIR/log"	# this libqmi shows 12 bytes of a frame
	decode "$DIR/log"
	same "$status" 0
	silent
	same "$(messages)" "allocate_cid request
allocate_cid response
get_signal_info request
get_signal_info response
release_cid request
release_cid response"
	holds "$output" '"fields":{"lte_signal_strength":{"rssi":-65,"rsrq":-11,"rsrp":-97,"snr":120}}'
	[[ $output != *unknown* ]]
}

@test "qmicli -v: a frame put together is the frame that --verbose-full shows" {
	needs_libqmi
	qmicli_log -v --nas-get-cell-location-info
	decode "$DIR/log"
	short=$(grep '"kind":"response".*get_cell\|get_cell.*"kind":"response"' <<<"$output")
	qmicli_log --verbose-full --nas-get-cell-location-info
	decode "$DIR/log"
	full=$(grep 'get_cell.*"kind":"response"' <<<"$output")
	holds "$short" '"fields":{"intrafrequency'
	same "${short#*fields}" "${full#*fields}"
}

@test "qmicli -v: what libqmi hides is left out, and told once" {
	needs_libqmi
	qmicli_log -v --dms-get-ids
	decode "$DIR/log"
	same "$status" 0
	holds "$output" '"fields":{"imei_software_version":"14","esn":"0"}'
	says '{"note":' "2 fields" verbose-full
	qmicli_log --verbose-full --dms-get-ids
	decode "$DIR/log"
	holds "$output" '"imei":"490154203237518"'
	silent
}

@test "qmi-proxy -v: the log of a daemon" {
	isolated || skip "needs a network namespace"
	[ -x /usr/libexec/qmi-proxy ] || skip "qmi-proxy is not installed"
	needs_libqmi
	# Its warnings are not buffered as the rest is, and would stand in the middle of a line.
	background /usr/libexec/qmi-proxy --no-exit --verbose >"$DIR/proxy.log" 2>/dev/null
	wait_until "$PATIENCE" listening @qmi-proxy
	qmicli_log -p --dms-get-operating-mode
	end "$LAST"
	decode "$DIR/proxy.log"
	same "$status" 0
	holds "$output" '"fields":{"mode":"online","hardware_restricted_mode":false}'
	same "$(messages | grep -c 'get_operating_mode response')" 1
}

@test "a log of which only the data lines are left: cut frames are told, whole ones shown" {
	cat >"$DIR/log" <<-END
		<<<<<<   data   = 01:1C:00:80:03:03:02:07:00:4F:00:10...
		<<<<<<   data   = $(sed 's/../&:/g; s/:$//' <<<"$ALLOCATE")
		>>>>>>   data   = 01:0C:00:00:03:01:00:01:00:4F:00:00...
		<<<<<<   data   = 01:1C:00:80:03:03:02:07:00:4F:00:10...
	END
	decode "$DIR/log"
	same "$status" 1
	same "$(messages)" "allocate_cid request
get_signal_info request"
	holds "$stderr" "line 2: " "line 4: " cut
	same "$(grep -c . <<<"$stderr")" 2
}

@test "a log through syslog, its program's own words among the frames" {
	cat >"$DIR/log" <<-END
		Nov 26 10:00:00 gw ModemManager[811]: <debug> [1700.1] [/dev/cdc-wdm0] received message...
		Nov 26 10:00:00 gw ModemManager[811]: <<<<<<   data   = $(sed 's/../&:/g; s/:$//' <<<"$SIGNAL")
		Mode: 'online'
		ad
		$ALLOCATE
	END
	decode "$DIR/log"
	same "$status" 0
	silent
	same "$(messages)" "get_signal_info response
allocate_cid request"
}

@test "a translated value that looks like a data line is none" {
	cat >"$DIR/log" <<-END
		<<<<<<   data   = 01:0f:00:00:00:00:00:01:22:00:04:00...
		<<<<<< TLV:
		<<<<<<   type       = "Service" (0x01)
		<<<<<<   length     = 1
		<<<<<<   value      = 02
		<<<<<<   translated = data = 01:02
	END
	decode "$DIR/log"
	same "$status" 0
	same "$(messages)" "allocate_cid request"
}

# ---- dumps and what we print ourselves ----

@test "hex dumps: xxd, hexdump -C, od with an offset in hex, tcpdump" {
	cat >"$DIR/xxd" <<-'END'
		00000000: 011c 0080 0303 0207 004f 0010 0002 0400  .........O......
		00000010: 0000 0000 1406 00bf f59f ff78 00         ...........x.
	END
	cat >"$DIR/hexdump" <<-'END'
		00000000  01 1c 00 80 03 03 02 07  00 4f 00 10 00 02 04 00  |.........O......|
		00000010  00 00 00 00 14 06 00 bf  f5 9f ff 78 00           |...........x.|
	END
	printf '\t0x0000:  011c 0080 0303 0207 004f 0010 0002 0400\n\t0x0010:  0000 0000 1406 00bf f59f ff78 00\n' |
		sed 's/0x//' >"$DIR/tcpdump"
	decode <(echo "$SIGNAL")
	want=$output
	for dump in xxd hexdump tcpdump; do
		decode "$DIR/$dump"
		same "$status $output" "0 $want"
	done
}

@test "what raw encode prints goes straight back in, in each of its forms" {
	for form in "" -j -e "-f frame"; do
		# shellcheck disable=SC2086
		q raw encode ctl allocate_cid service=dms $form >"$DIR/frame"
		decode "$DIR/frame"
		same "$status" 0
		same "$(messages)" "allocate_cid request"
	done
}

# ---- captures ----

capture() {
	modem_start
	proxy_start
	background "$QMITOOL" proxy trace -w "$DIR/trace.pcapng"
	wait_until "$PATIENCE" tracing
	exits 0 raw call nas get_signal_info
	exits 0 raw call dms get_model
	end "$LAST"
}

tracing() {
	[ "$(q proxy status -j | grep -o '"pid"' | wc -l)" -ge 3 ]
}

@test "pcapng: of proxy trace -w" {
	capture
	decode "$DIR/trace.pcapng"
	same "$status" 0
	holds "$(messages)" "get_signal_info request" "get_signal_info response" \
		"get_model response"
	holds "$output" '"rsrp":-97'
	silent
}

# pcapng_of ORDER FRAME...: a file with these packets, in big- or little-endian
pcapng_of() {
	awk -v order="$1" -v frames="${*:2}" 'BEGIN {
		block(168627466, number(439041101, 4) number(1, 2) number(0, 2) "ffffffffffffffff")
		block(1, number(147, 2) number(0, 2) number(0, 4))
		n = split(frames, frame, " ")
		for (i = 1; i <= n; i++) {
			len = length(frame[i]) / 2
			data = frame[i]
			while (length(data) % 8)
				data = data "00"
			if (i % 2)	# enhanced, with a comment
				block(6, number(0, 4) number(0, 4) number(0, 4) number(len, 4) \
					number(len, 4) data number(1, 2) number(4, 2) "78787878" number(0, 4))
			else		# simple; then a block that nobody knows
				block(3, number(len, 4) data)
		}
		block(2989, "00112233")
	}
	function number(v, bytes,	i, s) {
		for (i = 0; i < bytes; i++) {
			s = order == "big" ? sprintf("%02x", v % 256) s : s sprintf("%02x", v % 256)
			v = int(v / 256)
		}
		return s
	}
	function block(type, body) {
		total = number(12 + length(body) / 2, 4)
		printf "%s", number(type, 4) total body total
	}' </dev/null | sed 's/../\\x&/g' | xargs -0 printf
}

@test "pcapng: of either byte order, with what others put into such files" {
	for order in little big; do
		pcapng_of $order $SIGNAL $ALLOCATE >"$DIR/file"
		decode "$DIR/file"
		same "$status" 0
		same "$(messages)" "get_signal_info response
allocate_cid request"
		silent
	done
}

@test "pcapng: bad packets are told by their number, a file that is cut off too" {
	pcapng_of big $SIGNAL 0102 00ff $ALLOCATE >"$DIR/file"
	decode "$DIR/file"
	same "$status" 1
	same "$(messages)" "get_signal_info response
allocate_cid request"
	holds "$stderr" "packet 2: " "packet 3: "
	head -c -6 "$DIR/file" >"$DIR/cut"
	decode "$DIR/cut"
	same "$status" 1
	same "$(messages | tail -1)" "allocate_cid request"
	holds "$stderr" "cut off"
}

# ---- what is bad ----

@test "junk in a line: told once, what stands behind it is decoded" {
	printf '%s\n' "$SIGNAL" "ffff00$ALLOCATE" "00${SIGNAL}ee${ALLOCATE}0111" "$SIGNAL" >"$DIR/in"
	decode "$DIR/in"
	same "$status" 1
	same "$(messages)" "get_signal_info response
allocate_cid request
get_signal_info response
allocate_cid request
get_signal_info response"
	same "$(grep -o 'line [0-9]*' <<<"$stderr" | tr '\n' ' ')" "line 2 line 3 line 3 line 3 "
}

@test "bad arguments are told by their number" {
	exits 1 raw decode "$SIGNAL" zz "$ALLOCATE" -j
	same "$(messages)" "get_signal_info response
allocate_cid request"
	says "argument 2: not hex"
}

@test "a line with a NUL is no hex" {
	printf '%s\0\n%s\n' "$SIGNAL" "$ALLOCATE" >"$DIR/in"
	decode "$DIR/in"
	same "$status" 1
	same "$(messages)" "allocate_cid request"
	says "line 1: not hex"
}

# ---- vendors ----

@test "--vendor: one id, several messages" {
	frame=010c000002010001005655 # 0x5556 of dms, less the length of its TLVs
	exits 0 raw decode "${frame}0000" -f message
	same "$output" 21846
	exits 0 raw decode "${frame}0000" -f message --vendor 1199
	same "$output" swi_get_current_firmware
	exits 0 raw decode "${frame}0000" -f message --vendor 0x03F0
	same "$output" hp_change_device_mode
	exits 0 raw decode "$SIGNAL" -f message --vendor 1199
	same "$output" get_signal_info
	for vid in "" 0 zz 10000 1199x; do
		exits 2 raw decode "$SIGNAL" --vendor "$vid"
		says --vendor "like 1199"
	done
}

# ---- streams ----

# stream N: that many frames
stream() {
	awk -v n="$1" -v frame=$SIGNAL 'BEGIN { for (i = 0; i < n; i++) print frame }'
}

# Shared libraries of a sanitized build need far more, whatever we do; so does an emulator.
plain_build() {
	! grep -q asan <(ldd "$QMITOOL" 2>/dev/null) && [ "$(head -c 2 "$QMITOOL")" != "#!" ]
}

@test "a stream of 300000 frames in 8 MB of memory" {
	plain_build || skip "a sanitized or emulated build has its own ideas of memory"
	n=$(ulimit -v 8192; stream 300000 | q raw decode -j | grep -c '"rsrp":-97')
	same "$n" 300000
	n=$(ulimit -v 8192; stream 100000 | q raw decode | grep -c 'rsrp: -97')
	same "$n" 100000
}

@test "a pcapng stream of 100000 packets in 8 MB of memory" {
	plain_build || skip "a sanitized or emulated build has its own ideas of memory"
	pcapng_of little $SIGNAL $SIGNAL >"$DIR/two"
	head -c 48 "$DIR/two" >"$DIR/head"
	tail -c +49 "$DIR/two" | head -c -16 >"$DIR/packets"
	for i in 1 2 3 4 5 6 7 8 9 10; do cat "$DIR/packets" "$DIR/packets" >"$DIR/more"; mv "$DIR/more" "$DIR/packets"; done
	{ cat "$DIR/head"; for ((i = 0; i < 50; i++)); do cat "$DIR/packets"; done; } >"$DIR/file"
	n=$(ulimit -v 8192; q raw decode -j <"$DIR/file" | grep -c '"rsrp":-97')
	same "$n" 102400
}

@test "a reader that goes ends it, though the stream has no end" {
	mkfifo "$DIR/out"
	# shellcheck disable=SC2016
	background bash -c 'yes "$1" | "$2" raw decode -j >"$3" 2>"$3.err"; exit "${PIPESTATUS[1]}"' \
		- "$SIGNAL" "$QMITOOL" "$DIR/out"
	head -n 3 "$DIR/out" >/dev/null
	reap "$LAST"
	same "$CODE" 3
	holds "$(cat "$DIR/out.err")" "cannot write the output"
}

@test "what has come is shown before more is waited for" {
	mkfifo "$DIR/in"
	# shellcheck disable=SC2016
	background bash -c '"$1" raw decode -j <"$2/in" >"$2/out"' - "$QMITOOL" "$DIR"
	exec 7<>"$DIR/in"	# opened both ways it waits for nobody
	echo "$SIGNAL" >&7
	wait_until "$PATIENCE" grep -q get_signal_info "$DIR/out"
	echo "$ALLOCATE" >&7
	wait_until "$PATIENCE" grep -q allocate_cid "$DIR/out"
	exec 7>&-
	reap "$LAST"
	same "$CODE" 0
}
