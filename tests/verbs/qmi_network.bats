# Called qmi-network: the arguments, the words and the exit codes of libqmi's script.
load ../lib

setup() {
	setup_common
	needs_applet wds
	modem_start
	ln -s "$QMITOOL" "$DIR/qmi-network"
	export QMITOOL_STATE=$DIR/state
	CONF=$DIR/conf
	printf 'APN=internet\n' >"$CONF"
}

teardown() {
	teardown_common
}

# network CODE COMMAND: on the test's device, with its configuration.
network() {
	local want=$1

	shift
	run --separate-stderr timeout "$PATIENCE" "$DIR/qmi-network" "--profile=$CONF" "$DEV" "$@"
	[ "$status" -eq "$want" ] && return
	printf 'qmi-network %s: exit %s, not %s\n%s\n%s\n' "$*" "$status" "$want" "$output" \
		"$stderr" >&2
	return 1
}

@test "qmi-network: start, status, stop, as scripts call it" {
	network 64 status
	same "$output" "Status: disconnected"
	network 0 start
	holds "$output" "Network started successfully"
	network 0 status
	holds "$output" "Status: connected"
	same "$(q wds status -s qmi-network -f status)" connected
	network 3 start
	says "connected already"
	network 0 stop
	holds "$output" "Network stopped successfully"
	network 64 status
	network 0 stop
	holds "$output" "Network already stopped"
	nothing_left
}

@test "qmi-network: what the configuration says is what the modem is asked for" {
	cat >"$CONF" <<-'END'
		# a comment
		export APN="my.apn"
		APN_USER='it is me'	# another
		APN_PASS=secret
		IP_TYPE=6
		PROXY=yes
		SOMETHING=else
	END
	network 0 start
	same "$(q wds status -s qmi-network -f ipv6.status)" connected
	exits 10 wds status -s qmi-network -f ipv4.status
	network 0 stop
}

@test "qmi-network: the configuration is read, not run" {
	printf 'APN=$(touch %s/ran)\n' "$DIR" >"$CONF"
	network 255 start
	says "APN" "shell"
	[ ! -e "$DIR/ran" ]
	printf 'touch %s/ran\nAPN=internet\n' "$DIR" >"$CONF"
	network 0 start
	[ ! -e "$DIR/ran" ]
	network 0 stop
}

@test "qmi-network: a value that cannot be right is said, with 255" {
	local line

	for line in IP_TYPE=5 PROFILE=home PROFILE=999 'APN="open'; do
		printf '%s\n' "$line" >"$CONF"
		network 255 start
		says "${line%%=*}"
	done
	printf 'APN_USER=u\nAPN_PASS=%0200d\n' 0 >"$CONF"
	network 255 start
	says "APN_PASS"
	head -c 5000 /dev/zero | tr '\0' '#' >"$CONF"
	network 255 start
	says "longer"
}

@test "qmi-network: without its configuration the modem's own APN is used" {
	CONF=$DIR/none
	network 0 start
	network 0 stop
}

@test "qmi-network: refused by the network is 2, no modem is 1" {
	modem answer wds start_network 14 1002000500
	network 2 start
	network 64 status
	nothing_left
	DEV=$DIR/none network 1 start
	DEV=$DIR/none network 2 status
}

@test "qmi-network: mistakes in the call are 255, with the usage on stderr" {
	run --separate-stderr "$DIR/qmi-network"
	same "$status" 255
	holds "$stderr" "usage: qmi-network"
	same "$output" ""
	run --separate-stderr "$DIR/qmi-network" "$DEV" dance
	same "$status" 255
	run --separate-stderr "$DIR/qmi-network" --loud "$DEV" start
	same "$status" 255
	run --separate-stderr "$DIR/qmi-network" --help
	same "$status" 0
	holds "$output" "usage: qmi-network"
	run --separate-stderr "$DIR/qmi-network" --version
	same "$status" 0
	holds "$output" qmi-network
}

@test "qmi-network: --install makes its link" {
	mkdir "$DIR/links"
	q --install "$DIR/links"
	[ "$(readlink "$DIR/links/qmi-network")" = "$QMITOOL" ]
}
