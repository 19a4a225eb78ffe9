# The manual says what the tables say: every option, verb and exit code, and no other.

load ../lib

bats_require_minimum_version 1.5.0

MANUAL=$BATS_TEST_DIRNAME/../../qmitool.1

setup() {
	setup_common
	"$QMITOOL" --dump-cli >"$DIR/tables"
	[ "$(wc -l <"$DIR/tables")" -gt 30 ]
}

teardown() {
	teardown_common
}

# The .It lines of the manual as rows: "global LETTER NAME ARG", "verb APPLET VERB ARGS",
# "option APPLET VERB LETTER NAME ARG", "exit CODE".
manual_rows() {
	awk '
	function option(kind,	i, letter, name, arg) {
		letter = name = arg = "-"
		for (i = 2; i <= NF; i++) {
			if ($i == "Fl" && $(i + 1) ~ /^-./) name = substr($(i + 1), 2)
			else if ($i == "Fl") letter = $(i + 1)
			else if ($i == "Ar") arg = $(i + 1)
		}
		print kind, letter, name, arg
	}
	function words(from,	i, text) {
		for (i = from; i <= NF; i++)
			if ($i !~ /^(Ar|Op|Oo|Oc)$/) text = text " " $i
		return text == "" ? " -" : text
	}
	/^\.Sh / { section = $2 " " $3; verb = "" }
	section == "GLOBAL OPTIONS" && /^\.It Fl / { option("global") }
	section == "VERBS " && /^\.It Ic / {
		named = NF > 3 && $4 !~ /^(Ar|Op|Oo)$/
		verb = $3 " " (named ? $4 : "-")
		print "verb", verb words(named ? 5 : 4)
		for (i = 5; named && i <= NF && $i !~ /^(Ar|Op|Oo)$/; i++)	# an action
			verb = verb " " $i
	}
	section == "VERBS " && /^\.It Fl / { option("option " verb) }
	section == "EXIT STATUS" && /^\.It / { print "exit", $2 }
	' "$MANUAL" | LC_ALL=C sort
}

# What the tables have of that.
table_rows() {
	awk -F '\t' '
	function plain(args) {
		gsub(/[][]/, "", args)
		gsub(/…/, "...", args)
		return args
	}
	$1 == "global" { print $1, $2, $3, plain($4) }
	$1 == "verb" { print $1, $2, $3, plain($4) }
	$1 == "action" { print "verb", $2, $3 ($4 == "-" ? "" : " " plain($4)) }
	$1 == "option" { print $1, $2, $3, $4, $5, plain($6) }
	$1 == "exit" { print $1, $2 }
	' "$DIR/tables" | LC_ALL=C sort
}

@test "options, verbs, arguments and exit codes are those of the tables" {
	table_rows >"$DIR/want"
	manual_rows >"$DIR/got"
	[ "$(wc -l <"$DIR/want")" -gt 30 ]
	diff -u "$DIR/want" "$DIR/got"
}

@test "every key of a view is told" {
	seen=0
	for applet in "$BATS_TEST_DIRNAME"/../../applets/*.c; do
		for key in $(sed -n 's/.*[^_]ROW("\([^"]*[^"*]\)".*/\1/p' "$applet"); do
			grep -Eq "(^|[ ;.])${key//./\\.}([,;. ]|\$)" "$MANUAL" || { echo "no key $key"; return 1; }
			seen=$((seen + 1))
		done
	done
	[ $seen -gt 40 ]
}

@test "the environment is told" {
	for name in $(grep -ho 'getenv("[A-Z_]*")\|define [A-Z_]*_ENV "[A-Z_]*"' \
		"$BATS_TEST_DIRNAME"/../../*/*.[ch] | grep -o '"[A-Z_]*"' | tr -d '"' | sort -u); do
		[ "$name" = PATH ] || grep -q "^\.It Ev .*$name" "$MANUAL" || { echo "no $name"; return 1; }
	done
	grep -q 'getenv("QMI_DEVICE")' "$BATS_TEST_DIRNAME"/../../applets/*.c
}

@test "mandoc finds nothing wrong" {
	command -v mandoc >/dev/null || skip "mandoc is not installed"
	run -0 mandoc -Tlint -W warning "$MANUAL"
	[ -z "$output" ]
}
