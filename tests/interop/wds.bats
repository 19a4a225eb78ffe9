# Data sessions through libqmi's qmi-proxy, which keeps no names: the state file alone carries
# them.  And qmicli beside a session of ours, through our proxy.
load ../lib.bash
load qmicli.bash

setup() {
	setup_interop wds
	modem_start_pty
}

teardown() {
	teardown_interop
}

@test "libqmi's proxy: start, status, settings, stop, by the state file" {
	libqmi_proxy_start
	exits 0 wds start --ip 4v6 -f ipv6.status
	silent
	same "$output" connected
	same "$(modem clients wds)/$(modem calls all)" 2/2
	exits 0 wds status -s default
	exits 0 wds settings -f ipv4.address
	same "$output" 10.0.0.2/30
	exits 0 wds start --ip 4v6
	says "connected already"
	exits 3 wds start --apn other
	exits 0 wds stop
	silent
	same "$(modem clients wds)/$(modem calls all)" 0/0
	same "$(find "$QMITOOL_STATE" -type f)" ""
}

@test "libqmi's proxy: the modem restarted, the network refuses, nobody answers" {
	libqmi_proxy_start
	exits 0 wds start
	modem sync
	exits 7 wds status -s default
	exits 0 wds start
	exits 0 wds stop
	modem set wds_allowed_apns internet
	exits 7 wds start --apn wrong
	says "unknown-apn"
	modem answer wds start_network silent
	exits 4 wds start -t 0.5
	wait_modem 0 clients wds
	same "$(modem calls all)" 0
}

@test "from libqmi's proxy to ours: the session is found, and gets its name" {
	libqmi_proxy_start
	exits 0 wds start
	kill -KILL "$LIBQMI_PID"
	wait_until "$PATIENCE" nobody_listens
	exits 0 wds status -s default
	same "$(held)" named
	exits 0 wds stop
	silent
	nothing_left
	same "$(modem calls all)" 0
}

@test "qmicli looks at a session of ours, by its client id, and does not end it" {
	exits 0 wds start --apn internet -f ipv4.client
	run --separate-stderr cli --wds-get-packet-service-status "--client-cid=$output" \
		--client-no-release-cid
	holds "$output" "Connection status: 'connected'"
	run --separate-stderr cli --wds-get-packet-service-status
	[ "$status" -eq 0 ]
	exits 0 wds status -s default
	exits 0 wds stop
	nothing_left
}

@test "qmicli's connection is not ours to stop, but for --any where the modem holds it" {
	exits 7 wds status	# the proxy is ours
	run --separate-stderr cli --wds-start-network=apn=internet --client-no-release-cid
	holds "$output" "Network started"
	same "$(modem calls all)" 1
	exits 0 wds stop --all
	silent
	same "$(modem calls all)" 1
	modem set wds_status 2
	exits 0 wds status -f modem.ipv4.status
	same "$output" connected
	exits 0 wds stop --any
	silent
	same "$(modem get wds_status)" 1
}

@test "libqmi's proxy: up in the foreground, another address, disconnected, down" {
	[ -c /dev/net/tun ] || skip "needs /dev/net/tun"
	end "$MODEM"
	modem_start_pty -i wwan0
	libqmi_proxy_start
	background "$QMITOOL" wds up -i wwan0 --apn internet --foreground --reconnect -j \
		>"$DIR/out" 2>"$DIR/err"
	wait_until "$PATIENCE" grep -q '"state":"up"' "$DIR/out"
	modem readdress 4
	wait_until "$PATIENCE" grep -q '"state":"changed".*"address":"10.0.1.2/30"' "$DIR/out"
	modem drop-call 4
	wait_until "$PATIENCE" grep -q '"state":"down","reason":"regular-deactivation' "$DIR/out"
	end "$LAST"
	same "$(ip -o addr show dev wwan0 scope global)" ""
	same "$(modem clients wds)/$(modem calls all)" 0/0
	same "$(find "$QMITOOL_STATE" -type f)" ""
}
