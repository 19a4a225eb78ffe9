# The keys of the output are a contract (keys.list): each verb prints those and no others, in
# every form under the same name.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

# The names that -e makes of a verb's keys: those that must stand there, or with "?" those that may.
eval_names() {
	awk -F '\t' -v verb="$1" -v may="$2" '
		/^#/ || $1 != verb { next }
		{ key = $2; optional = sub(/\?$/, "", key) }
		optional && !may { next }
		{
			list = key
			while (match(list, /\[\]/)) {
				base = substr(list, 1, RSTART - 1)
				gsub(/\./, "_", base)
				print base "_n"
				if (may)	# an empty list stands there as an empty word
					print base
				list = substr(list, 1, RSTART - 1) "_0" substr(list, RSTART + 2)
			}
			sub(/\[\]$/, "", key)
			gsub(/\[\]/, "_0", key)
			gsub(/\./, "_", key)
			print key
		}' "$BATS_TEST_DIRNAME/keys.list" | sort -u
}

# check VERB ARG...: of a modem that has everything set.
check() {
	local verb=$1 key path

	shift
	exits 0 "$@" -e
	sed -n "s/^\([A-Za-z0-9_]*\)='.*/\1/p" <<<"$output" | grep -v '_[1-9][0-9]*_' |
		grep -v '^fields_\|^unknown_' | sort -u >"$DIR/got"
	eval_names "$verb" "" >"$DIR/must"
	eval_names "$verb" may >"$DIR/may"
	[ -s "$DIR/must" ]
	same "$(comm -13 "$DIR/got" "$DIR/must")" ""	# promised and not there
	same "$(comm -23 "$DIR/got" "$DIR/may")" ""	# there and not promised
	exits 0 "$@" -j
	cp /dev/stdin "$DIR/json" <<<"$output"
	while IFS=$'\t' read -r _ key; do
		path=${key//\[\]./[0].}
		path=${path%[\[]]}
		exits 0 "$@" -f "$path"
		key=${path##*.}
		grep -qF "\"$key\":" "$DIR/json"
	done < <(grep "^$verb	" "$BATS_TEST_DIRNAME/keys.list" | grep -v '?$')
}

@test "nas signal" {
	modem signal gsm -71
	modem signal umts -70 9 -81
	modem signal nr5g -101 155 -12
	modem answer nas get_signal_info append 100300b50700110800b6080005e2ffffff15010095
	check "nas signal" nas signal
}

@test "nas status" {
	modem set lac 17
	check "nas status" nas status
}

@test "dms info" {
	modem set esn 80A1B2C3
	check "dms info" dms info
}

@test "dms mode" {
	modem set operating_mode 3
	modem set offline_reason 1
	check "dms mode" dms mode
}

@test "proxy status" {
	modem answer nas get_signal_info silent
	modem count reset
	background "$QMITOOL" nas signal -t 60
	wait_modem 1+ count nas get_signal_info
	check "proxy status" proxy status
}

@test "raw decode" {
	check "raw decode" raw decode 011c008003030207004f00100002040000000000140600bff59fff7800
}

@test "list: nothing that is not promised" {
	exits 0 list -e
	sed -n "s/^\([A-Za-z0-9_]*\)='.*/\1/p" <<<"$output" | sed 's/_[1-9][0-9]*_/_0_/' | sort -u >"$DIR/got"
	eval_names list may >"$DIR/may"
	same "$(comm -23 "$DIR/got" "$DIR/may")" ""
}

@test "keys.list: its verbs are those of the tables" {
	q --dump-cli | awk -F '\t' '$1 == "verb" { print $2 ($3 == "-" ? "" : " " $3) }' |
		sort -u >"$DIR/verbs"
	awk -F '\t' '!/^#/ { print $1 }' "$BATS_TEST_DIRNAME/keys.list" | sort -u >"$DIR/listed"
	[ -s "$DIR/listed" ]
	same "$(comm -13 "$DIR/verbs" "$DIR/listed")" ""
}
