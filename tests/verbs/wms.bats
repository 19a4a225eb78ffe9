# wms: short messages against the emulated modem (two of them on the SIM, two in the modem).
load ../lib.bash

setup() {
	setup_common
	needs_applet wms
	modem_start
}

teardown() {
	teardown_common
}

# A status report; in a slot the tag and the format stand before it.
REPORT=00062a04812143621122900000406211229010004000

@test "wms list: four forms" {
	exits 0 wms list
	same "$output" "messages:
  storage  index  tag
  uim      0      mt-read
  uim      1      mt-not-read
  nv       0      mt-read
  nv       1      mt-read"
	exits 0 wms list -s uim -j
	same "$output" '{"messages":[{"storage":"uim","index":0,"tag":"mt-read"},{"storage":"uim","index":1,"tag":"mt-not-read"}]}'
	exits 0 wms list -e --tag mt-not-read
	same "$output" "messages_0_storage='uim'
messages_0_index='1'
messages_0_tag='mt-not-read'
messages_n='1'"
	exits 0 wms list -f 'messages[2].storage'
	same "$output" nv
	silent
	nothing_left
}

@test "wms list: none, and --read with what is in each" {
	exits 0 wms list --tag mo-sent
	same "$output" "messages: none"
	exits 0 wms list -s nv --read -f 'messages[0].text' -f 'messages[1].text'
	same "$output" "part one, 
part two"
	exits 10 wms list -s nv -f 'messages[0].text'
	nothing_left
}

@test "wms list: a storage that the modem does not have is left out; none at all is an error" {
	modem answer wms list_messages 48
	exits 1 wms list
	says "InvalidArgument"
	same "$output" ""
	modem answer wms list_messages 71
	exits 5 wms list
	exits 2 wms list -s sd
	says "no storage 'sd'; there are uim and nv"
	exits 2 wms list --tag new
	says "'new'"
	nothing_left
}

@test "wms read: four forms, 7-bit text" {
	exits 0 wms read 0
	same "$output" "storage: uim
index:   0
tag:     mt-read
format:  gsm-wcdma-point-to-point
type:    deliver
from:    +31641600986
time:    2002-08-26T19:37:41+02:00
smsc:    +31624000000
coding:  gsm7
text:    How are you?"
	exits 0 wms read 0 -j
	same "$output" '{"storage":"uim","index":0,"tag":"mt-read","format":"gsm-wcdma-point-to-point","type":"deliver","from":"+31641600986","time":"2002-08-26T19:37:41+02:00","smsc":"+31624000000","coding":"gsm7","text":"How are you?"}'
	exits 0 wms read 0 -e
	holds "$output" "text='How are you?'" "from='+31641600986'"
	exits 0 wms read 0 -f from -f text
	same "$output" "+31641600986
How are you?"
	exits 10 wms read 0 -f class
	same "$output" ""
	nothing_left
}

@test "wms read: UCS-2, a zone in the west, one of several parts, the PDU" {
	exits 0 wms read 1 -f coding -f text -f time
	same "$output" "ucs2
Grüße ☃ 😀
2026-11-22T17:00:00-06:00"
	exits 0 wms read 1 -s nv --raw -j
	same "$output" '{"storage":"nv","index":1,"tag":"mt-read","format":"gsm-wcdma-point-to-point","type":"deliver","from":"12345","time":"2026-11-22T09:00:00+01:00","smsc":"+31624000000","coding":"gsm7","part":{"reference":123,"number":2,"count":2},"text":"part two","pdu":"07911326040000f04405812143f50000621122900000400f0500037b0202e061391d44bfbf01"}'
	nothing_left
}

@test "wms read: a report, bytes with ports, CDMA's, and what is broken" {
	modem set wms_uim_2 "hex:0006$REPORT"
	exits 0 wms read 2 -j
	holds "$output" '"type":"status-report","to":"1234","time":"2026-11-22T09:00:00+01:00","delivered":"2026-11-22T09:01:00+01:00","status":0,"reference":42}'
	modem set wms_uim_2 hex:00060044048121430004621122900000400906050415810000beef
	exits 0 wms read 2 -f coding -f ports.destination -f data
	same "$output" "8bit
5505
beef"
	modem set wms_uim_2 hex:00000001020304
	exits 0 wms read 2 -j
	same "$output" '{"storage":"uim","index":2,"tag":"mt-read","format":"cdma","pdu":"0001020304"}'
	modem set wms_uim_2 hex:00060004ff
	exits 10 wms read 2 -f type -f pdu
	same "$output" "
0004ff"
	nothing_left
}

@test "wms read: no such message, a word for an index, a modem that is mute" {
	exits 1 wms read 3
	says "InvalidIndex (49)"
	exits 1 wms read 3 -j
	same "$stderr" '{"error":{"exit":1,"code":49,"name":"InvalidIndex","text":"modem says InvalidIndex (49)"}}'
	exits 2 wms read one
	says "'one' is no index"
	exits 2 wms read
	modem answer wms raw_read silent
	exits 4 wms read 0 -t 0.5
	says "no answer"
	nothing_left
}

@test "wms send: one message, as its bytes say" {
	exits 0 wms send +4912 Hi
	same "$output" "parts:       1
coding:      gsm7
message_ids: 1"
	same "$(modem get wms_nv_2)" hex:020600010004919421000002c834
	exits 0 wms send 123 ☃ --smsc +31624000000 --flash --report -j
	same "$output" '{"parts":1,"coding":"ucs2","message_ids":[2]}'
	same "$(modem get wms_nv_3)" hex:020607911326040000f02100038121f30018022603
	exits 0 wms read 2 -s nv -f tag -f to -f text
	same "$output" "mo-sent
+4912
Hi"
	exits 0 wms read 3 -s nv -f class -f smsc
	same "$output" "0
+31624000000"
	nothing_left
}

@test "wms send: a long text in parts that belong together" {
	local text

	exits 0 wms delete --all -s nv
	text=$(printf 'abcdefghi %.0s' {1..39})€
	exits 0 wms send 123 "$text" -j
	same "$output" '{"parts":3,"coding":"gsm7","message_ids":[1,2,3]}'
	same "$(for i in 0 1 2; do q wms read $i -s nv -f text; done | tr -d '\n')" "$text"
	exits 0 wms read 1 -s nv -f part.number -f part.count
	same "$output" "2
3"
	same "$(q wms read 0 -s nv -f part.reference)" "$(q wms read 2 -s nv -f part.reference)"
	nothing_left
}

# Seen on a real modem: tests/golden/wms-raw_send-response.
@test "wms send: a modem that tells no reference" {
	modem answer wms raw_send 0
	exits 0 wms send 123 Hi -j
	same "$output" '{"parts":1,"coding":"gsm7","message_ids":[]}'
	modem answer wms raw_send silent
	exits 4 wms send 123 Hi -t 0.5
	same "$output" ""
	nothing_left
}

@test "wms send: what the network says against it" {
	modem set wms_cause hex:2a00c0
	exits 1 wms send 123 Hi
	says "modem says WmsCauseCode (54); RP cause congestion (42); TP cause sc-busy (192)"
	same "$output" ""
	exits 1 wms send 123 "$(printf 'x%.0s' {1..161})"
	says "; part 1 of 2"
	modem set wms_cause hex:6300fe
	exits 1 wms send 123 Hi
	says "RP cause information-element-not-implemented (99); TP cause unknown (254)"
	nothing_left
}

@test "wms send: mistakes cost no message" {
	exits 2 wms send 'not a number' Hi
	says "'not a number' is no number"
	exits 2 wms send 123 Hi --smsc x
	says "--smsc: 'x' is no number"
	exits 2 wms send 123 Hi --class 4
	says "'4' is no class"
	exits 2 wms send 123 Hi --class 1 --flash
	says "--flash is class 0"
	exits 2 wms send 123 $'\xff'
	says "not UTF-8"
	exits 2 wms send 123
	same "$(modem count wms raw_send)" 0
}

@test "wms delete: one, by tag, all; and nothing by mistake" {
	exits 2 wms delete
	says "give an index, or --all, or --tag"
	exits 2 wms delete 1 --all
	exits 1 wms delete 3
	says InvalidIndex
	exits 0 wms delete 0
	same "$output" ""
	exits 0 wms list -f messages
	same "$output" '[{"storage":"uim","index":1,"tag":"mt-not-read"},{"storage":"nv","index":0,"tag":"mt-read"},{"storage":"nv","index":1,"tag":"mt-read"}]'
	exits 0 wms delete --tag mt-read
	exits 0 wms list -s uim -f messages
	same "$output" '[{"storage":"uim","index":1,"tag":"mt-not-read"}]'
	exits 0 wms delete --all -s uim
	exits 0 wms delete --all -s nv
	exits 0 wms list
	same "$output" "messages: none"
	nothing_left
}

@test "wms tag: a message becomes a read one" {
	exits 0 wms tag 1 mt-read
	exits 0 wms list -s uim --tag mt-read -f 'messages[1].index'
	same "$output" 1
	exits 2 wms tag 1 old
	exits 1 wms tag 3 mt-read
	says InvalidIndex
	nothing_left
}

@test "wms storage, smsc, protocol, registration, reset" {
	exits 0 wms storage -j
	same "$output" '{"uim":{"size":4,"free":2},"nv":{"size":4,"free":2}}'
	modem answer wms get_store_max_size 71
	exits 5 wms storage
	says InvalidQmiCommand
	exits 0 wms smsc
	same "$output" "smsc: +31624000000"
	exits 0 wms smsc +4912
	same "$output" ""
	exits 0 wms smsc -f smsc
	same "$output" +4912
	exits 0 wms protocol -f protocol
	same "$output" wcdma
	exits 0 wms registration -f registration
	same "$output" full-service
	modem answer wms get_transport_network_registration_status 71
	exits 5 wms registration
	exits 0 wms reset
	nothing_left
}

# `wms smsc "$CENTRE"` of a script whose variable was empty took the service centre's number off the
# SIM, and any word was written there: no message could be sent until somebody looked it up.
@test "wms smsc: what is no number is not written" {
	for centre in "" word +; do
		exits 2 wms smsc "$centre"
		says "'$centre' is no number"
	done
	exits 2 wms smsc 123456789012345678901
	same "$(modem count wms set_smsc_address)" 0
	exits 0 wms smsc -f smsc
	same "$output" +31624000000
}

@test "wms routes: shown, set, and mistakes" {
	exits 0 wms routes
	same "$output" "routes:
  type            class  storage  action
  point-to-point  1      nv       store-and-notify
  point-to-point  none   nv       transfer-and-ack"
	exits 0 wms routes set none,nv,store-and-notify 0,none,transfer-only --status-reports client
	exits 0 wms routes -j
	same "$output" '{"routes":[{"type":"point-to-point","class":"none","storage":"nv","action":"store-and-notify"},{"type":"point-to-point","class":"0","storage":"none","action":"transfer-only"}],"status_reports":"client"}'
	exits 2 wms routes set none,nv
	says "'none,nv' is no route"
	exits 2 wms routes set none,nv,eat
	says eat
	exits 2 wms routes set -- ',$1,x'
	nothing_left
}

# The lines that a monitor has written.
lines_are() {
	[ "$(wc -l <"$DIR/out")" -ge "$1" ]
}

monitor() {
	background "$QMITOOL" wms monitor -j "$@" >"$DIR/out"
	MONITOR=$LAST
	wait_modem 1 count wms set_event_report
}

@test "wms monitor: each message as it comes, and it stays" {
	monitor
	modem set wms_uim_2 "$(modem get wms_uim_0)"
	modem set wms_new_storage 0
	modem set wms_new_index 2
	wait_until "$PATIENCE" lines_are 1
	same "$(tail -n 1 "$DIR/out" | cut -c1-80)" '{"event":"message","storage":"uim","index":2,"tag":"mt-read","format":"gsm-wcdma'
	modem set wms_new_index 1
	wait_until "$PATIENCE" lines_are 2
	holds "$(tail -n 1 "$DIR/out")" '"index":1' '"text":"Grüße ☃ 😀"'
	kill "$MONITOR"
	reap "$MONITOR"
	same "$CODE" 143
	same "$(modem count wms delete)" 0
	nothing_left
}

# A mistake in --mode was told when the first message came, and that ended the monitor: hours later.
@test "wms monitor: a mode that there is not is told at once" {
	exits 2 wms monitor --mode foo
	says "no value 'foo'"
	same "$(modem count wms set_event_report)" 0
}

@test "wms monitor --delete: what was shown is deleted, what cannot be read is not fatal" {
	monitor --delete
	modem set wms_new_storage 0
	modem set wms_new_index 3
	wait_modem 1 count wms raw_read
	modem set wms_new_index 0
	wait_until "$PATIENCE" lines_are 1
	wait_modem 1 count wms delete
	wait_until "$PATIENCE" eval '[ "$(modem get wms_uim_0)" = none ]'
	kill "$MONITOR"
	reap "$MONITOR"
	nothing_left
}

@test "wms monitor: what is only transferred is shown and acknowledged; an alert" {
	local pdu=0004048121430000621122900000400141

	monitor
	modem set wms_transfer "hex:002a000000061100$pdu"
	wait_until "$PATIENCE" lines_are 1
	same "$(cat "$DIR/out")" '{"event":"message","format":"gsm-wcdma-point-to-point","type":"deliver","from":"1234","time":"2026-11-22T09:00:00+01:00","coding":"gsm7","text":"A"}'
	wait_modem 42 get wms_acknowledged
	modem set wms_etws hex:000200beef
	wait_until "$PATIENCE" lines_are 2
	same "$(tail -n 1 "$DIR/out")" '{"event":"alert","alert":{"type":"primary","data":"beef"}}'
	kill "$MONITOR"
	reap "$MONITOR"
	nothing_left
}

@test "wms: texts and numbers are masked in what -v shows, unless -vv" {
	exits 0 wms read 0 -v
	[[ $stderr != *8f71d149697* ]]
	holds "$stderr" raw_data
	exits 0 wms send 123 secret -v
	[[ $stderr != *"f3f2585ea603"* ]]
	exits 0 wms read 0 -vv
	holds "$stderr" 0cc8f71d14969741f977fd07
}
