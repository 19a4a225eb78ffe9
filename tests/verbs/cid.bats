# --keep-cid: the client id that stays is part of the result, so that a script need not read the
# note on stderr.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

@test "--keep-cid: cid is the last key of the result, in all forms" {
	exits 0 nas signal --keep-cid -j
	[[ $output =~ ^'{"lte":{'.*'},"cid":'([0-9]+)'}'$ ]]
	cid=${BASH_REMATCH[1]}
	says '{"note":{"text":"client id '"$cid"' of service 3 stays allocated: --cid '"$cid"'"}}'
	exits 0 nas signal --cid "$cid" --keep-cid
	holds "$output" "cid: $cid"
	exits 0 nas signal --cid "$cid" --keep-cid -e
	same "$(eval "$output" && echo "$cid $lte_rsrp")" "$cid -97"
	exits 0 nas signal --cid "$cid" --keep-cid -f lte.rsrp -f cid
	same "$output" "-97
$cid"
	exits 0 nas signal --cid "$cid" -j
	[[ $output != *cid* ]]
	exits 2 nas signal -f cid
}

@test "--keep-cid: verbs that show nothing show it alone; also a refusal keeps it" {
	exits 0 dms mode low-power --keep-cid -j
	[[ $output =~ ^'{"cid":'[0-9]+'}'$ ]]
	exits 0 dms mode online --keep-cid -f cid
	exits 0 dms mode --cid "$output"
	modem answer dms set_operating_mode 60
	exits 1 dms mode online --keep-cid -e
	[[ $output =~ ^"cid='"[0-9]+"'"$ ]]
}

@test "--keep-cid: each event of a monitor has it; raw call, too" {
	background "$QMITOOL" nas monitor --keep-cid -j >"$DIR/events"
	wait_until "$PATIENCE" grep -q '"event":"operator"' "$DIR/events"
	same "$(grep -vc '"cid":[0-9]*}$' "$DIR/events")" 0
	exits 0 raw call nas get_signal_info --keep-cid -f cid -f result.name
	[[ $output =~ ^[0-9]+$'\n'None$ ]]
}

@test "no device, no client id: nothing is kept" {
	modem unplug
	exits 3 nas signal --keep-cid -j
	same "$output" ""
}
