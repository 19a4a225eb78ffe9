# The commands of the manual's EXAMPLES, the README and the example scripts are such as there are.
load ../lib.bash

ROOT=$BATS_TEST_DIRNAME/../..

setup() {
	setup_common
	needs_applet status dms nas uim loc raw list proxy
	"$QMITOOL" --dump-cli >"$DIR/tables"
}

teardown() {
	teardown_common
}

# commands FILE…: mistakes, and how many there were.
commands() {
	awk -f "$BATS_TEST_DIRNAME/commands.awk" "$DIR/tables" "$ROOT/tests/verbs/keys.list" "$@"
}

# right LEAST FILE…
right() {
	local least=$1

	run -0 commands "${@:2}"
	holds "$output" " commands"
	same "${output% commands}" "${output//[^0-9]/}"
	[ "${output% commands}" -ge "$least" ]
}

@test "the manual's examples" {
	right 15 "$ROOT/qmitool.1"
}

@test "the scripts" {
	right 12 "$ROOT"/docs/examples/*.sh
}

@test "what is wrong is found" {
	wrong() {
		printf '%s\n' "$2" >"$DIR/script.sh"
		run -0 commands "$DIR/script.sh"
		holds "$output" "$1 in:" "1 commands"
	}
	wrong "no applet nsa" 'qmitool nsa signal'
	wrong "no verb nas" 'x=$(qmitool nas -q)'
	wrong "no verb nas" 'qmitool nas signl'
	wrong "no option --rats" 'a | qmitool nas scan --rats lte'
	wrong "no option -z" 'sudo qmitool -z nas scan'
	wrong "no key lte.rsp" 'echo "$(qmitool nas signal -f lte.rsp)"'
	wrong "0 arguments" 'qmi-uim read >file'
	wrong "3 arguments" 'qmitool uim pin verify 1 2 3'
	wrong "no option --decode" 'qmitool uim pin verify --decode'
	wrong "no applet nass" 'qmi-nass signal'
}
