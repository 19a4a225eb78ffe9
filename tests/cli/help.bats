# Help that is asked for goes to stdout and ends with 0, at every level.

load ../lib

bats_require_minimum_version 1.5.0

setup() {
	setup_common
	unset QMI_DEVICE
}

teardown() {
	teardown_common
}

asked() {
	run -0 --separate-stderr "$QMITOOL" "$@"
	[ -z "$stderr" ]
	[[ $output == usage:\ qmitool* ]]
}

@test "qmitool alone shows the applets" {
	asked
	all=$output
	for applet in dms nas raw list proxy; do
		grep -q "^  $applet  *[a-zA-Z]" <<<"$output"
	done
	asked -h
	[ "$output" = "$all" ]
	asked --help
	[ "$output" = "$all" ]
}

@test "an applet alone shows its verbs" {
	asked nas
	nas=$output
	grep -q '^  signal  ' <<<"$output"
	asked nas -h
	[ "$output" = "$nas" ]
	asked -h nas
	[ "$output" = "$nas" ]
}

@test "an applet that does something without a verb shows both" {
	asked proxy --help
	grep -q -- '--no-exit' <<<"$output"
	grep -q '^  status  ' <<<"$output"
}

@test "actions have a title, however long they are" {
	needs_applet wms uim
	asked wms routes --help
	grep -q '^Actions:$' <<<"$output"
	asked uim pin --help
	grep -q '^Actions:$' <<<"$output"
}

@test "every verb has help, and every option of it is there" {
	verbs=0
	"$QMITOOL" --dump-cli >"$DIR/tables"
	while IFS=$'\t' read -r kind applet verb _; do
		[ "$kind" = verb ] || continue
		verbs=$((verbs + 1))
		names=$(awk -F '\t' -v of="$applet $verb" '$1 == "option" && $2 " " $3 == of { print $5 }' \
			"$DIR/tables")
		verb=${verb#-}
		asked $applet $verb --help
		[[ $output == "usage: qmitool $applet${verb:+ $verb}"* ]]
		for name in $names; do
			holds "$output" "--$name"
		done
	done <"$DIR/tables"
	[ $verbs -gt 8 ]
}

@test "the values of an argument are named" {
	asked dms mode -h
	grep -q '^MODE is one of: online low-power' <<<"$output"
}

@test "a deadline is told" {
	asked nas signal -h
	grep -q '^It ends after 10 seconds' <<<"$output"
	asked raw decode -h
	! grep -q 'It ends after' <<<"$output"
}

@test "help is given where the line is wrong otherwise, but not for what there is none" {
	asked nas signal --xyzzy -h
	asked nas signal too many -h
	run -2 --separate-stderr "$QMITOOL" xyzzy --help
	[ -z "$output" ]
	run -2 --separate-stderr "$QMITOOL" nas xyzzy --help
	[ -z "$output" ]
}

@test "the version works everywhere" {
	run -0 "$QMITOOL" --version
	version=$output
	[[ $version == "qmitool "[0-9]* ]]
	for line in -V "nas -V" "nas signal -V" "proxy --version" "nas xyzzy -V"; do
		run -0 --separate-stderr "$QMITOOL" $line
		[ "$output" = "$version" ]
		[ -z "$stderr" ]
	done
	ln -s "$(realpath "$QMITOOL")" "$DIR/qmi-proxy"
	[ "$("$DIR/qmi-proxy" -V)" = "$version" ]
}

@test "lines are no longer than a terminal is wide" {
	for line in "" nas "nas signal" "dms mode" "raw call" "raw decode" "raw send" proxy; do
		"$QMITOOL" $line -h | awk -v at="$line" '!/^usage/ && length($0) > 85 { print at ": " $0; bad = 1 }
			END { exit bad }'
	done
}

@test "help that cannot be written is a failure" {
	[ -w /dev/full ] || skip "no /dev/full"
	for line in "" nas --version --dump-cli "nas -h"; do
		run -3 bash -c '"$@" 2>&1 >/dev/full' - "$QMITOOL" $line
		[[ $output == *"cannot write the output: No space left on device" ]]
	done
}

# The keys that a verb's help tells, one a line, without what "(as …)" stands for; of a group also
# its name, behind a tab.
told_keys() {
	sed -n '/^Keys (-f):/,/^$/p' | sed 's/^Keys (-f)://' | tr -s ' \n' '  ' |
		sed 's/([^)]*)//g; s/{/{ /g; s/}/ } /g' | awk '{
			for (i = 1; i <= NF; i++) {
				if ($i ~ /\.\{$/) {
					prefix[depth + 1] = prefix[depth] substr($i, 1, length($i) - 1)
					print "\t" substr(prefix[++depth], 1, length(prefix[depth]) - 1)
				} else if ($i == "}") {
					depth--
				} else {
					print prefix[depth] $i
				}
			}
			if (depth) print "unbalanced"
		}' | sort -u
}

@test "the keys that help tells are those of the contract, and -f takes them" {
	needs_applet nas dms loc status
	verbs=0
	while read -r verb; do
		asked $verb --help
		told_keys <<<"$output" >"$DIR/told"
		[ -s "$DIR/told" ] || continue
		verbs=$((verbs + 1))
		# What radios share is told once, with what only some of them have; a monitor's keys
		# are those of other verbs.
		[[ $output != *"(as "* && $verb != *monitor* ]] || continue
		sed -n "s/^$verb	//p" "$BATS_TEST_DIRNAME/../verbs/keys.list" |
			sed 's/?$//; s/\[\]//g' | sort -u >"$DIR/listed"
		tr -d '\t' <"$DIR/told" | sort -u >"$DIR/all"
		same "$verb: $(comm -13 "$DIR/all" "$DIR/listed")" "$verb: "
		grep -v '	' "$DIR/told" >"$DIR/all"
		same "$verb: $(comm -23 "$DIR/all" "$DIR/listed")" "$verb: "
	done < <(awk -F '\t' '!/^#/ { print $1 }' "$BATS_TEST_DIRNAME/../verbs/keys.list" | sort -u)
	[ "$verbs" -gt 40 ]
	asked nas status --help
	for key in $(told_keys <<<"$output"); do
		run -3 --separate-stderr "$QMITOOL" nas status -d "$DIR/none" -f "$key"
	done
}
