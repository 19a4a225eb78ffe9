# wds up and down: a session, an interface that carries its packets, and nothing left afterwards.
load data.bash

setup() {
	data_setup
}

teardown() {
	teardown_common
}

@test "up, packets in both directions and families, down: nothing is left" {
	exits 0 wds up -i wwan0 --apn internet --ip 4v6
	silent
	same "$(addresses)" "10.0.0.2/30 2001:db8:1:2::10/64"
	same "$(routes)" "10.0.0.1|700 2001:db8:1:2::1|700"
	same "$(mtu)" 1430
	link_up
	pings 192.0.2.99
	pings -6 2001:db8:99::1
	same "$(modem packets answered)" 2
	same "$(state_files)" default
	exits 0 wds status
	exits 0 wds down
	same "$output" ""
	silent
	all_down
	same "$(mtu)" 1500
}

@test "up: what it tells, in every form" {
	exits 0 wds up -i wwan0 --apn internet --ip 4v6
	same "$output" "session:   default
interface: wwan0
state:     up
ipv4:
  address: 10.0.0.2/30
  gateway: 10.0.0.1
  dns:     192.0.2.53, 192.0.2.54
ipv6:
  address: 2001:db8:1:2::10/64
  gateway: 2001:db8:1:2::1
  dns:     2001:db8::53
mtu:       1430 bytes"
	exits 0 -q wds up -i wwan0 --apn internet --ip 4v6 -j
	same "$output" '{"session":"default","interface":"wwan0","state":"up","ipv4":{"address":"10.0.0.2/30","gateway":"10.0.0.1","dns":["192.0.2.53","192.0.2.54"]},"ipv6":{"address":"2001:db8:1:2::10/64","gateway":"2001:db8:1:2::1","dns":["2001:db8::53"]},"mtu":1430}'
	exits 0 -q wds up -i wwan0 --apn internet --ip 4v6 -e
	holds "$output" "ipv4_dns='192.0.2.53 192.0.2.54'" "ipv6_address='2001:db8:1:2::10/64'"
	exits 0 -q wds up -i wwan0 --apn internet --ip 4v6 -f ipv4.address -f mtu
	same "$output" "10.0.0.2/30
1430"
	exits 10 -q wds up -i wwan0 --apn internet --ip 4v6 -f reason
	exits 2 wds up -i wwan0 --apn internet -f ipv5.address
	q wds down
	all_down
}

@test "up: what the modem does not tell is absent, and nothing is made up" {
	modem set wds_dns none
	modem set wds_dns2 none
	modem set wds_gateway none
	modem set wds_mask none
	modem set wds_mtu none
	exits 0 wds up -i wwan0 --apn internet -j
	same "$output" '{"session":"default","interface":"wwan0","state":"up","ipv4":{"address":"10.0.0.2/32"}}'
	# a link with two ends needs no gateway
	same "$(routes)" "|700"
	pings 192.0.2.99
	q wds down
	all_down
}

# 0xffffffff says that it is not known; the kernel was asked to set it, refused, and up failed.
@test "up: an MTU that cannot be is none" {
	modem set wds_mtu 4294967295
	exits 0 wds up -i wwan0 --apn internet -j
	silent
	[[ $output != *mtu* ]]
	pings 192.0.2.99
	q wds down
	all_down
}

@test "up: a gateway outside the prefix: the route leads to the interface" {
	modem set wds_mask 0xffffffff
	exits 0 wds up -i wwan0 --apn internet
	same "$(addresses)" 10.0.0.2/32
	same "$(routes)" "|700"
	pings 192.0.2.99
	q wds down
	all_down
}

@test "up once more: success with a note, nothing twice, what was missing is there again" {
	q wds up -i wwan0 --apn internet --ip 4v6 >/dev/null
	ip route del default dev wwan0
	ip addr del 10.0.0.2/30 dev wwan0
	exits 0 wds up -i wwan0 --apn internet --ip 4v6
	says "connected already"
	same "$(addresses)" "10.0.0.2/30 2001:db8:1:2::10/64"
	same "$(routes)" "10.0.0.1|700 2001:db8:1:2::1|700"
	same "$(modem count wds start_network)" 2
	same "$(modem calls all)" 2
	q wds down
	all_down
}

@test "up once more with other options for the interface: it goes where it is told" {
	q wds up -i wwan0 --apn internet >/dev/null
	exits 0 wds up -i wwan0 --apn internet --metric 42
	same "$(routes)" "10.0.0.1|42"
	exits 0 wds up -i wwan0 --apn internet --no-route
	same "$(routes)" ""
	same "$(addresses)" 10.0.0.2/30
	exits 0 wds up --apn internet --print
	same "$(addresses)" ""
	link_down
	same "$(modem calls all)" 1
	q wds down
	all_down
}

@test "down: without a session a note, and success" {
	exits 0 wds down
	says "there is no session 'default'"
	exits 0 wds down -s other
	says "'other'"
	exits 2 wds down -s a/b
	nothing_left
}

@test "up --no-route, --metric: routes as asked for" {
	exits 0 wds up -i wwan0 --apn internet --no-route
	same "$(routes)" ""
	same "$(addresses)" 10.0.0.2/30
	q wds down
	exits 0 wds up -i wwan0 --apn internet --ip 4v6 --metric 33
	same "$(routes)" "10.0.0.1|33 2001:db8:1:2::1|33"
	q wds down
	exits 2 wds up -i wwan0 --apn internet --metric many
	says "'many'"
	exits 2 wds up -i wwan0 --apn internet --metric 4294967296
	all_down
}

@test "up: somebody else's default route is left alone" {
	data_again -i other0
	ip link set other0 up
	ip addr add 198.51.100.1/24 dev other0
	ip route add default via 198.51.100.2 dev other0 metric 700
	exits 0 wds up -i wwan0 --apn internet
	same "$(routes)" "10.0.0.1|701"
	same "$(routes other0)" "198.51.100.2|700"
	q wds down
	exits 3 wds up -i wwan0 --apn internet --metric 700
	says "metric 700"
	same "$(routes other0)" "198.51.100.2|700"
	all_down
}

@test "up: a failure after the call leaves nothing: no such interface" {
	exits 3 wds up -i wwan7 --apn internet
	says wwan7
	same "$(state_files)" ""
	same "$(modem calls all)" 0
	nothing_left
}

@test "usage: what does not go together" {
	exits 2 wds up --apn internet --print --hook /bin/true
	says "--print"
	exits 2 wds up --apn internet --print --dns-file "$DIR/resolv.conf"
	exits 2 wds up --apn internet --reconnect
	says "--foreground"
	exits 3 wds up --apn internet --hook "$DIR/none"
	says "$DIR/none"
	same "$(modem count all)" 0
}

# ---- failures of the network ----

@test "no network, wrong APN, wrong user: exit 7 with the reason, and nothing is left" {
	modem set wds_allowed_apns internet
	exits 7 wds up -i wwan0 --apn wrong
	says "call failed" "unknown-apn"
	all_down
	modem set wds_user alice
	modem set wds_password secret
	exits 7 wds up -i wwan0 --apn internet --auth chap --user bob
	says "authentication"
	all_down
	modem set wds_user none
	modem set wds_refuse4 14,3,3,4
	exits 7 wds up -i wwan0 --apn internet -j
	holds "$stderr" '"exit":7'
	same "$output" ""
	all_down
}

@test "4v6, and the network has one of them: a note, and that one" {
	modem set wds_families 4
	exits 0 wds up -i wwan0 --apn internet --ip 4v6
	says "no IPv6"
	same "$(addresses)" 10.0.0.2/30
	q wds down
	all_down
}

@test "a mute modem: exit 4 at the deadline, wherever it falls silent" {
	local step

	for step in set_ip_family start_network get_current_settings; do
		modem answer wds $step silent
		exits 4 wds up -i wwan0 --apn internet -t 1
		says "no answer"
		# Silent after the call: nobody would have looked for a session that did not come up,
		# and its client id stayed for good.
		same "$(state_files)" ""
		nothing_left
		modem answer wds $step default
		exits 0 wds up -i wwan0 --apn internet
		same "$(addresses)" 10.0.0.2/30
		exits 0 wds down
		all_down
	done
	modem mute on
	exits 4 wds up -i wwan0 --apn internet -t 1
	modem mute off
	exits 0 wds up -i wwan0 --apn internet
	modem answer wds stop_network silent
	exits 4 wds down -t 1
	same "$(addresses)" ""
	modem answer wds stop_network default
	exits 0 wds down
	all_down
}

@test "a mute modem when the session is up: up again fails, and takes nothing away" {
	q wds up -i wwan0 --apn internet >/dev/null
	modem mute on
	exits 4 wds up -i wwan0 --apn internet -t 1
	modem mute off
	same "$(addresses)" 10.0.0.2/30
	same "$(routes)" "10.0.0.1|700"
	same "$(modem calls all)" 1
	q wds down
	all_down
}

@test "router advertisements are not listened to while the session is up" {
	local accept_ra=/proc/sys/net/ipv6/conf/wwan0/accept_ra

	[ -e $accept_ra ] || skip "needs /proc/sys"
	same "$(cat $accept_ra)" 1
	q wds up -i wwan0 --apn internet --ip 6 >/dev/null
	same "$(cat $accept_ra)" 0
	q -q wds up -i wwan0 --apn internet --ip 6 >/dev/null
	q wds down
	same "$(cat $accept_ra)" 1
	all_down
}

@test "IPv6 that is switched off on the interface: said so, and nothing is left" {
	local off=/proc/sys/net/ipv6/conf/wwan0/disable_ipv6

	[ -w $off ] || skip "needs /proc/sys"
	echo 1 >$off
	exits 3 wds up -i wwan0 --apn internet --ip 4v6
	says disable_ipv6
	all_down
	exits 0 wds up -i wwan0 --apn internet --ip 4
	q wds down
	all_down
}

@test "start, and up takes the session over; stop, and down takes the interface" {
	q wds start --apn internet >/dev/null
	exits 0 wds up -i wwan0 --apn internet
	says "connected already"
	same "$(modem calls all)" 1
	q wds stop
	same "$(modem calls all)" 0
	exits 0 wds down
	all_down
}

@test "up with other settings while it is up: a failure, and the session stays" {
	q wds up -i wwan0 --apn internet >/dev/null
	exits 3 wds up -i wwan0 --apn other
	says "other settings"
	same "$(addresses)" 10.0.0.2/30
	q wds down
	all_down
}

@test "without proxy: up and down by the state file alone" {
	exits 0 -n wds up -i wwan0 --apn internet
	exits 0 -n wds up -i wwan0 --apn internet
	says "connected already"
	same "$(modem calls all)" 1
	pings 192.0.2.99
	exits 0 -n wds down
	all_down
}

@test "the modem restarted: the next up starts anew, down takes away what was left" {
	q wds up -i wwan0 --apn internet >/dev/null
	modem sync
	exits 0 wds up -i wwan0 --apn internet
	same "$(addresses)" 10.0.0.2/30
	modem sync
	exits 0 wds down
	all_down
}

@test "the proxy was restarted: the session goes on" {
	q wds up -i wwan0 --apn internet >/dev/null
	stop_proxy
	exits 0 wds up -i wwan0 --apn internet
	says "connected already"
	same "$(modem calls all)" 1
	stop_proxy
	pings 192.0.2.99
	exits 0 wds down
	all_down
}

# ---- several ----

@test "two sessions, two APNs, two interfaces: each has its own" {
	data_again -i wwan1
	exits 0 wds up -s wan -i wwan0 --apn internet --ip 4v6
	exits 0 wds up -s mgmt -i wwan1 --apn m2m --no-route
	same "$(modem calls all)" 3
	holds "$(modem calls)" "4 internet 10.0.0.2" "4 m2m"
	[ -n "$(addresses wwan1)" ]
	[ "$(addresses wwan1)" != "$(addresses wwan0)" ]
	pings -I wwan0 192.0.2.99
	pings -I "$(addresses wwan1 | cut -d/ -f1)" "$(gateway wwan1)"
	same "$(state_files)" "mgmt wan"
	exits 0 wds down -s wan
	same "$(addresses wwan0)" ""
	link_up wwan1
	same "$(modem calls all)" 1
	exits 0 wds down -s mgmt
	all_down wwan1
}

@test "two sessions with default routes: the second gets the next metric" {
	data_again -i wwan1
	q wds up -s a -i wwan0 --apn one --ip 6 >/dev/null
	q wds up -s b -i wwan1 --apn two --ip 4v6 >/dev/null
	same "$(routes wwan0 | grep -o '[0-9]*$')" 700
	same "$(routes wwan1 | tr ' ' '\n' | sed 's/.*|//' | xargs)" "701 701"
	exits 0 -q wds up -s b -i wwan1 --apn two --ip 4v6
	same "$(routes wwan1 | tr ' ' '\n' | sed 's/.*|//' | xargs)" "701 701"
	q wds down -s a
	q wds down -s b
	all_down wwan0
	all_down wwan1
}

@test "two sessions on one interface: the first to leave does not take it down" {
	q wds up -s four -i wwan0 --apn internet --ip 4 >/dev/null
	q wds up -s six -i wwan0 --apn internet --ip 6 >/dev/null
	same "$(addresses)" "10.0.0.2/30 2001:db8:1:2::10/64"
	exits 0 wds down -s four
	same "$(addresses)" "2001:db8:1:2::10/64"
	link_up
	exits 0 wds down -s six
	all_down
}

# An address of somebody else's on the interface kept it from going down, and from getting back its
# MTU and its router advertisements as well: they stayed as the session had them for good.
@test "down: what the interface was set to comes back, whoever else has an address there" {
	local accept_ra=/proc/sys/net/ipv6/conf/wwan0/accept_ra

	ip addr add 10.9.9.9/24 dev wwan0
	exits 0 wds up -i wwan0 --apn internet
	same "$(mtu)" 1430
	exits 0 wds down
	same "$(addresses)" 10.9.9.9/24
	same "$(mtu)" 1500
	[ ! -e $accept_ra ] || same "$(cat $accept_ra)" 1
	link_up
	ip addr del 10.9.9.9/24 dev wwan0
	ip link set wwan0 down
	all_down
}

# The second found what the first had set, and put that back when it left last.
@test "two sessions on one interface: its MTU is theirs until the last has left" {
	local accept_ra=/proc/sys/net/ipv6/conf/wwan0/accept_ra first

	for first in four six; do
		q wds up -s four -i wwan0 --apn internet --ip 4 >/dev/null
		q wds up -s six -i wwan0 --apn internet --ip 6 >/dev/null
		exits 0 wds down -s $first
		same "$(mtu)" 1430
		exits 0 wds down -s four
		exits 0 wds down -s six
		same "$(mtu)" 1500
		[ ! -e $accept_ra ] || same "$(cat $accept_ra)" 1
		all_down
	done
}

# It got the session's MTU, and then failed for want of a gateway.
@test "up: the loopback interface is nobody's modem" {
	exits 3 wds up -i lo --apn internet
	says "lo is the loopback interface"
	same "$(mtu lo)" 65536
	same "$(modem count wds start_network)" 0
	nothing_left
}

@test "mux: the session's packets go over the link with its id" {
	data_again -i qmimux5=5
	exits 0 wds up -i qmimux5 --mux 5 --apn internet
	pings 192.0.2.99
	holds "$(modem calls)" "/5"
	q wds down
	all_down qmimux5
}
