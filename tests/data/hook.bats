# Who configures the interface where the kernel is not to: a hook, or nobody; and the DNS file.
load data.bash

setup() {
	data_setup
}

teardown() {
	teardown_common
}

# hook LINE...: a script that writes what it got to $DIR/log, and then does LINE.
hook() {
	HOOK=$DIR/hook
	{
		cat <<-'EOF'
			#!/bin/sh
			log=$(dirname "$0")/log
			echo "$1 interface=$interface ip=$ip mask=$mask subnet=$subnet router=$router dns=$dns mtu=$mtu ip6=$ip6 ip6prefix=$ip6prefix router6=$router6 dns6=$dns6 metric=$metric session=$QMI_SESSION device=$QMI_DEVICE" >>"$log"
			echo "words of the hook"
		EOF
		printf '%s\n' "$@"
	} >"$HOOK"
	chmod 755 "$HOOK"
}

logged() {
	sed -n "$1p" "$DIR/log"
}

# ---- hooks ----

@test "--hook: bound, renew, deconfig with the values in the environment, as udhcpc does" {
	hook
	ip=ours metric=ours exits 0 wds up -i wwan0 --apn internet --ip 4v6 --hook "$HOOK" -s wan
	same "$stderr" "words of the hook"
	holds "$output" "state:     up"
	same "$(logged 1)" "bound interface=wwan0 ip=10.0.0.2 mask=30 subnet=255.255.255.252 router=10.0.0.1 dns=192.0.2.53 192.0.2.54 mtu=1430 ip6=2001:db8:1:2::10 ip6prefix=64 router6=2001:db8:1:2::1 dns6=2001:db8::53 metric=700 session=wan device=$DEV"
	# the interface is the hook's alone
	same "$(addresses)" ""
	link_down
	q -q wds up -i wwan0 --apn internet --ip 4v6 --hook "$HOOK" -s wan >/dev/null 2>&1
	holds "$(logged 2)" "renew interface=wwan0 ip=10.0.0.2"
	exits 0 wds down -s wan
	holds "$(logged 3)" "deconfig interface=wwan0"
	same "$(wc -l <"$DIR/log")" 3
	all_down
}

@test "--hook: what the network did not give is not set, whatever our caller had" {
	modem set wds_dns none
	modem set wds_dns2 none
	modem set wds_mtu none
	hook
	ip6=ours mtu=ours dns=ours metric=ours exits 0 wds up -i wwan0 --apn internet --no-route \
		--hook "$HOOK"
	same "$(logged 1)" "bound interface=wwan0 ip=10.0.0.2 mask=30 subnet=255.255.255.252 router=10.0.0.1 dns= mtu= ip6= ip6prefix= router6= dns6= metric= session=default device=$DEV"
	q wds down 2>/dev/null
	all_down
}

@test "--hook: by a path of here, and down from elsewhere" {
	hook
	cd "$DIR"
	exits 0 wds up -i wwan0 --apn internet --hook ./hook
	cd /
	exits 0 wds down
	holds "$(logged 2)" deconfig
	all_down
}

@test "--hook: one that fails is a failure of up, and all is undone" {
	hook '[ "$1" != bound ] || exit 3'
	exits 3 wds up -i wwan0 --apn internet --hook "$HOOK"
	holds "$stderr" "bound ended with exit code 3"
	holds "$(logged 2)" deconfig
	all_down
	hook 'exit 3'
	exits 3 wds up -i wwan0 --apn internet --hook "$HOOK"
	all_down
}

@test "--hook: one that does not end is killed at the deadline, with what it started" {
	hook '[ "$1" != bound ] || { sleep 600 & echo $! >>'"$DIR/pid"'; wait; }'
	exits 4 wds up -i wwan0 --apn internet --hook "$HOOK" -t 1
	holds "$stderr" "does not end"
	wait_until "$PATIENCE" ended "$(cat "$DIR/pid")"
	all_down
}

# "deconfig" got two seconds whatever was left: -t 3 took nearly five, and what had to be undone
# after it had no time.
@test "--hook: one that never ends, at bound nor at deconfig: the deadline holds, all is undone" {
	local begin end

	hook 'exec sleep 600'
	read -r begin _ </proc/uptime
	exits 4 wds up -i wwan0 --apn internet --hook "$HOOK" -t 3
	read -r end _ </proc/uptime
	holds "$stderr" "bound does not end"
	same "$(sed 's/ .*//' "$DIR/log" | xargs)" "bound deconfig"
	# a generous bound: 3 s are meant
	[ $((${end/./} - ${begin/./})) -lt 450 ]
	same "$(modem count wds stop_network)" 1
	all_down
}

@test "--hook: a signal while it runs: it may end, then all is undone" {
	mkfifo "$DIR/go"
	hook '[ "$1" != bound ] || read -r _ <'"$DIR/go"
	background env --default-signal=INT "$QMITOOL" wds up -i wwan0 --apn internet --hook "$HOOK" \
		>/dev/null 2>&1
	wait_until "$PATIENCE" test -s "$DIR/log"
	kill -INT "$LAST"
	echo >"$DIR/go"
	reap "$LAST"
	same "$CODE" 130
	holds "$(logged 2)" deconfig
	all_down
}

@test "--hook: another one takes the place of the first" {
	hook
	cp "$HOOK" "$DIR/first"
	exits 0 wds up -i wwan0 --apn internet --hook "$DIR/first"
	exits 0 wds up -i wwan0 --apn internet --hook "$HOOK"
	same "$(sed 's/ .*//' "$DIR/log" | xargs)" "bound deconfig bound"
	exits 0 wds up -i wwan0 --apn internet
	same "$(sed 's/ .*//' "$DIR/log" | xargs)" "bound deconfig bound deconfig"
	same "$(addresses)" 10.0.0.2/30
	q wds down
	all_down
}

# ---- print ----

@test "--print: the call is up, the interface is not touched" {
	exits 0 wds up -i wwan0 --apn internet --print -e
	same "$(eval "$output" && echo "$interface $ipv4_address $ipv4_gateway")" \
		"wwan0 10.0.0.2/30 10.0.0.1"
	same "$(addresses)$(routes)" ""
	link_down
	same "$(modem calls all)" 1
	exits 0 wds down
	all_down
}

# ---- DNS ----

@test "--dns-file: written, and gone with down" {
	umask 077
	exits 0 wds up -i wwan0 --apn internet --ip 4v6 --dns-file "$DIR/resolv.conf"
	same "$(cat "$DIR/resolv.conf")" "# written by qmitool for the data session default
nameserver 192.0.2.53
nameserver 192.0.2.54
nameserver 2001:db8::53"
	same "$(stat -c %a "$DIR/resolv.conf")" 644
	exits 0 wds down
	same "$(ls "$DIR" | grep resolv)" ""
	all_down
}

@test "--dns-file: what was there before comes back, a symlink as such" {
	echo "nameserver 198.51.100.53" >"$DIR/target"
	ln -s target "$DIR/resolv.conf"
	exits 0 wds up -i wwan0 --apn internet --dns-file "$DIR/resolv.conf"
	[ ! -L "$DIR/resolv.conf" ]
	same "$(cat "$DIR/target")" "nameserver 198.51.100.53"
	q -q wds up -i wwan0 --apn internet --dns-file "$DIR/resolv.conf" >/dev/null
	exits 0 wds down
	same "$(readlink "$DIR/resolv.conf")" target
	same "$(ls "$DIR" | grep resolv | xargs)" resolv.conf
	all_down
}

@test "--dns-file: somebody else's file is left alone" {
	exits 0 wds up -i wwan0 --apn internet --dns-file "$DIR/resolv.conf"
	echo "nameserver 198.51.100.53" >"$DIR/resolv.conf"
	exits 0 wds down
	same "$(cat "$DIR/resolv.conf")" "nameserver 198.51.100.53"
	all_down
}

# In a directory that others may write to, somebody's file of the name that the new one had was taken
# over as it was: his own, so that he could go on to say whom the machine asks for addresses.
@test "--dns-file: a file of another user in our way is not taken over" {
	echo "nameserver 203.0.113.66" >"$DIR/resolv.conf.qmitool-new"
	chown 65534 "$DIR/resolv.conf.qmitool-new"
	exits 0 wds up -i wwan0 --apn internet --dns-file "$DIR/resolv.conf"
	same "$(stat -c %u "$DIR/resolv.conf")" "$(id -u)"
	[[ $(cat "$DIR/resolv.conf") != *203.0.113.66* ]]
	exits 0 wds down
	same "$(ls "$DIR" | grep resolv)" ""
	all_down
}

@test "--dns-file: a place that cannot be written to is a failure, and all is undone" {
	exits 3 wds up -i wwan0 --apn internet --dns-file "$DIR/none/resolv.conf"
	says "$DIR/none/resolv.conf"
	all_down
}

@test "--dns-file: a network without name servers leaves it as it is, with a note" {
	modem set wds_dns none
	modem set wds_dns2 none
	echo "nameserver 198.51.100.53" >"$DIR/resolv.conf"
	exits 0 wds up -i wwan0 --apn internet --dns-file "$DIR/resolv.conf"
	says "no DNS server"
	exits 0 wds down
	same "$(cat "$DIR/resolv.conf")" "nameserver 198.51.100.53"
	all_down
}
