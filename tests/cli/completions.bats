# The completions: made from the tables, and working in the shells that are installed.

load ../lib
load ../completion.bash

bats_require_minimum_version 1.5.0

setup() {
	setup_common
	FILES=$DIR/files
	mkdir -p "$FILES/sub"
	touch "$FILES/frame.hex"
	mkdir "$DIR/bin"
	ln -s "$QMITOOL" "$DIR/bin/qmitool"
	PATH=$DIR/bin:$PATH
	LTE_KEYS="lte.bars lte.rsrp lte.rsrq lte.rssi lte.snr"
	APPLETS=$("$QMITOOL" --dump-cli | awk '$1 == "applet" { print $2 }' | tidy)
}

teardown() {
	teardown_common
}

needs() {
	command -v "$1" >/dev/null || skip "$1 is not installed"
}

is() {
	[ "$1" = "$2" ] || { echo "got  '$1'"; echo "want '$2'"; return 1; }
}

has() {
	[[ " $1 " == *" $2 "* ]] || { echo "no '$2' in '$1'"; return 1; }
}

has_not() {
	[[ " $1 " != *" $2 "* ]] || { echo "'$2' in '$1'"; return 1; }
}

@test "they are what the generator makes of the tables" {
	mkdir "$DIR/made"
	sh "$COMPLETIONS/generate.sh" "$QMITOOL" "$DIR/made"
	for file in qmitool.bash _qmitool qmitool.fish; do
		cmp "$DIR/made/$file" "$COMPLETIONS/$file"
	done
	[ "$(ls "$DIR/made" | wc -l)" = 3 ]
}

@test "any awk makes the same" {
	seen=0
	for awk in mawk gawk original-awk "busybox awk"; do
		$awk 'BEGIN { exit 0 }' 2>/dev/null || continue
		mkdir -p "$DIR/awk" "$DIR/made"
		printf '#!/bin/sh\nexec %s "$@"\n' "$awk" >"$DIR/awk/awk"
		chmod +x "$DIR/awk/awk"
		PATH=$DIR/awk:$PATH sh "$COMPLETIONS/generate.sh" "$QMITOOL" "$DIR/made"
		for file in qmitool.bash _qmitool qmitool.fish; do
			cmp "$DIR/made/$file" "$COMPLETIONS/$file"
		done
		seen=$((seen + 1))
	done
	[ $seen -gt 0 ]
}

@test "bash: applets, verbs, values" {
	is "$(complete_bash qmitool '')" "$APPLETS"
	is "$(complete_bash qmitool n)" "nas"
	is "$(complete_bash qmitool proxy st)" "status stop"
	is "$(complete_bash qmitool nas signal '')" ""
	is "$(complete_bash qmitool dms mode on)" "online"
	is "$(complete_bash qmitool dms mode online '')" ""
	has "$(complete_bash qmitool raw call '')" nas
}

@test "bash: options and what stands around them" {
	has "$(complete_bash qmitool -)" --device
	has "$(complete_bash qmitool raw encode --)" --client
	has_not "$(complete_bash qmitool nas signal --)" --client
	has "$(complete_bash qmitool proxy --)" --no-exit
	is "$(complete_bash qmitool -d /dev/x nas signa)" "signal"
	is "$(complete_bash qmitool -jt 5 nas signa)" "signal"
	is "$(complete_bash qmitool --timeout = 5 nas signa)" "signal"
	is "$(complete_bash qmitool -t 5 n)" "nas"
	is "$(complete_bash qmitool -t '')" ""
	is "$(complete_bash qmitool -- n)" "nas"
	has "$(complete_bash qmitool raw send --service '')" nas
	has "$(complete_bash qmitool raw send --service = n)" nas
	has "$(complete_bash qmitool raw send --service =)" nas
	has "$(complete_bash qmitool raw send -jS n)" nas
	cd "$FILES"
	is "$(complete_bash qmitool --install '')" "sub"
	is "$(complete_bash qmitool proxy --socket f)" "frame.hex"
}

@test "bash: symlinks" {
	is "$(complete_bash qmi-nas s)" "scan search select signal status swi-status system"
	is "$(complete_bash qmi-dms-mode on)" "online"
	is "$(complete_bash /usr/bin/qmi-nas s)" "scan search select signal status swi-status system"
	has "$(complete_bash qmi-proxy --)" --no-exit
}

@test "bash: keys" {
	is "$(complete_bash qmitool nas signal -f lte.)" "$LTE_KEYS"
	is "$(complete_bash qmitool nas signal -j --field lte.)" "$LTE_KEYS"
	is "$(complete_bash qmitool nas signal --field = lte.)" "$LTE_KEYS"
	is "$(complete_bash qmi-nas-signal -jf lte.)" "$LTE_KEYS"
	is "$(complete_bash qmi-nas signal -f lte.rsr)" "lte.rsrp lte.rsrq"
	is "$(complete_bash qmitool status -f sim_)" "sim_ready"
	is "$(complete_bash qmitool dms mode online -f m)" "mode"
	is "$(complete_bash qmitool dms firmware -f 'images[0].r')" "images[0].running"
	is "$(complete_bash qmitool dms firmware swi -f m)" "model"
	is "$(complete_bash qmitool dms pin verify -f '')" ""
	is "$(complete_bash qmitool -f '')" ""
}

@test "zsh: applets, verbs, values" {
	needs zsh
	is "$(complete_zsh 'qmitool ')" "$APPLETS"
	is "$(complete_zsh 'qmitool proxy st')" "status stop"
	is "$(complete_zsh 'qmitool dms mode on')" "online"
	is "$(complete_zsh 'qmitool dms mode online ')" ""
	has "$(complete_zsh 'qmitool raw call ')" nas
}

@test "zsh: options and what stands around them" {
	needs zsh
	has "$(complete_zsh 'qmitool --d')" --device
	has "$(complete_zsh 'qmitool raw encode --c')" --client
	has_not "$(complete_zsh 'qmitool nas signal --c')" --client
	has "$(complete_zsh 'qmitool proxy --n')" --no-exit
	is "$(complete_zsh 'qmitool -d /dev/x nas signa')" "signal"
	is "$(complete_zsh 'qmitool -jt 5 nas signa')" "signal"
	is "$(complete_zsh 'qmitool --timeout=5 nas signa')" "signal"
	has "$(complete_zsh 'qmitool raw send --service ')" nas
	has "$(complete_zsh 'qmitool raw send --service=n')" nas
}

@test "zsh: symlinks" {
	needs zsh
	is "$(complete_zsh 'qmi-nas s')" "scan search select signal status swi-status system"
	is "$(complete_zsh 'qmi-dms-mode on')" "online"
	has "$(complete_zsh 'qmi-proxy --n')" --no-exit
}

@test "zsh: keys" {
	needs zsh
	is "$(complete_zsh 'qmitool nas signal -f lte.')" "$LTE_KEYS"
	is "$(complete_zsh 'qmitool nas signal -flte.')" "$LTE_KEYS"
	is "$(complete_zsh 'qmitool nas signal --field=lte.')" "$LTE_KEYS"
	is "$(complete_zsh 'qmi-nas-signal -jf lte.')" "$LTE_KEYS"
	is "$(complete_zsh 'qmi-nas signal -f lte.rsr')" "lte.rsrp lte.rsrq"
	is "$(complete_zsh 'qmitool status -f sim_')" "sim_ready"
	is "$(complete_zsh 'qmitool dms mode online -f m')" "mode"
	is "$(complete_zsh 'qmitool dms firmware -f images\[0\].r')" 'images\[0\].running'
	is "$(complete_zsh 'qmitool dms firmware swi -f m')" "model"
	is "$(complete_zsh 'qmitool dms pin verify -f ')" ""
	is "$(complete_zsh 'qmitool -f ')" ""
}

@test "fish: applets, verbs, values" {
	needs fish
	is "$(complete_fish 'qmitool ')" "$APPLETS"
	is "$(complete_fish 'qmitool proxy st')" "status stop"
	is "$(complete_fish 'qmitool dms mode on')" "online"
	is "$(complete_fish 'qmitool dms mode online ')" ""
	has "$(complete_fish 'qmitool raw call ')" nas
}

@test "fish: options and what stands around them" {
	needs fish
	has "$(complete_fish 'qmitool --d')" --device
	has "$(complete_fish 'qmitool raw encode --')" --client
	has_not "$(complete_fish 'qmitool nas signal --')" --client
	has "$(complete_fish 'qmitool proxy --')" --no-exit
	is "$(complete_fish 'qmitool -d /dev/x nas signa')" "signal"
	is "$(complete_fish 'qmitool -jt 5 nas signa')" "signal"
	is "$(complete_fish 'qmitool --timeout=5 nas signa')" "signal"
	has "$(complete_fish 'qmitool raw send --service ')" nas
	has "$(complete_fish 'qmitool raw send --service=n')" --service=nas
}

@test "fish: symlinks" {
	needs fish
	is "$(complete_fish 'qmi-nas s')" "scan search select signal status swi-status system"
	is "$(complete_fish 'qmi-dms-mode on')" "online"
	has "$(complete_fish 'qmi-proxy --')" --no-exit
}

@test "fish: keys" {
	needs fish
	is "$(complete_fish 'qmitool nas signal -f lte.')" "$LTE_KEYS"
	is "$(complete_fish 'qmitool nas signal -flte.rsr')" "-flte.rsrp -flte.rsrq"
	is "$(complete_fish 'qmitool nas signal --field=lte.rsr')" "--field=lte.rsrp --field=lte.rsrq"
	is "$(complete_fish 'qmi-nas-signal -jf lte.')" "$LTE_KEYS"
	is "$(complete_fish 'qmi-nas signal -f lte.rsr')" "lte.rsrp lte.rsrq"
	is "$(complete_fish 'qmitool status -f sim_')" "sim_ready"
	is "$(complete_fish 'qmitool dms mode online -f m')" "mode"
	is "$(complete_fish 'qmitool dms firmware -f images[0].r')" "images[0].running"
	is "$(complete_fish 'qmitool dms firmware swi -f m')" "model"
	is "$(complete_fish 'qmitool dms pin verify -f ')" ""
	is "$(complete_fish 'qmitool -f ')" ""
}

# /dev of our own, to see a modem where there is none.
@test "devices" {
	[ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null || skip "needs a mount namespace"
	cat >"$DIR/inside" <<-'END'
		mount --bind "$DIR/dev" /dev || exit 77
		is "$(complete_bash qmitool -d '')" "/dev/cdc-wdm0 /dev/wwan0qmi0"
		is "$(complete_bash qmitool --device = /dev/c)" "/dev/cdc-wdm0"
		! command -v fish || is "$(complete_fish 'qmitool -d ')" "/dev/cdc-wdm0 /dev/wwan0qmi0"
	END
	mkdir "$DIR/dev"
	ln -s /proc/self/fd "$DIR/dev/fd"
	touch "$DIR/dev/cdc-wdm0" "$DIR/dev/wwan0qmi0" "$DIR/dev/null" "$DIR/dev/tty"
	export DIR COMPLETIONS
	export -f complete_bash complete_fish tidy is
	run unshare -m bash -e "$DIR/inside"
	echo "$output"
	[ "$status" != 77 ] || skip "/dev cannot be replaced"
	[ "$status" = 0 ]
}
