# A mistake is one line on stderr that names the nearest right thing; the exit code is 2.

load ../lib

bats_require_minimum_version 1.5.0

setup() {
	setup_common
	unset QMI_DEVICE
}

teardown() {
	teardown_common
}

# mistake LINE ARGUMENT...
mistake() {
	local line=$1
	shift
	run -2 --separate-stderr "$QMITOOL" "$@"
	[ -z "$output" ]
	[ "$stderr" = "$line" ]
}

@test "applets" {
	mistake "qmitool: no applet 'nsa'; did you mean 'nas'?" nsa signal
	mistake "qmitool: no applet 'signal'; did you mean 'nas signal'?" signal
	mistake "qmitool: no applet 'xyzzy'; see 'qmitool --help'" xyzzy
	mistake "qmitool: no applet ''; see 'qmitool --help'" ""
	mistake "qmitool: no applet 'NAS'; see 'qmitool --help'" NAS signal
}

@test "verbs" {
	mistake "qmitool nas: no verb 'sgnal'; did you mean 'signal'?" nas sgnal
	mistake "qmitool nas: no verb 'sig'; did you mean 'signal'?" nas sig
	mistake "qmitool dms: no verb 'signal'; did you mean 'nas signal'?" dms signal
	mistake "qmitool nas: no verb 'xyzzy'; see 'qmitool nas --help'" nas xyzzy
	mistake "qmitool list: no verb 'xyzzy'; see 'qmitool list --help'" list xyzzy
	mistake "qmitool nas: no verb ''; see 'qmitool nas --help'" nas ""
}

@test "options" {
	mistake "qmitool nas signal: no option '--jsn'; did you mean '--json'?" nas signal --jsn
	mistake "qmitool nas signal: no option '--xyzzy'; see 'qmitool nas signal --help'" \
		nas signal --xyzzy=1
	mistake "qmitool nas signal: no option '-x'; see 'qmitool nas signal --help'" nas -x signal
	mistake "qmitool nas: no option '-x'; see 'qmitool nas --help'" nas -x
	mistake "qmitool: no option '-x'; see 'qmitool --help'" -nx --no-proxy
	mistake "qmitool raw encode: no option '--clinet'; did you mean '--client'?" \
		raw encode --clinet 3 dms reset
	mistake "qmitool nas signal: no option '--transaction'; see 'qmitool nas signal --help'" \
		nas signal --transaction 3
}

# Later versions may add --time-zone; a script that wrote --time for --timeout would break.
@test "a long option is not to be cut short" {
	mistake "qmitool nas signal: no option '--time'; did you mean '--timeout'?" \
		nas signal --time 3
}

@test "a long option with one dash" {
	mistake "qmitool nas signal: no option '-o'; did you mean '--no-proxy'?" nas signal -no-proxy
}

# The value of an option that is none would be taken for the applet.
@test "a wrong option is told before what follows from it" {
	mistake "qmitool: no option '--devise'; did you mean '--device'?" --devise wwan0 nas signal
}

@test "values of options" {
	mistake "qmitool: option '-t' needs SECONDS" -t
	mistake "qmitool nas: option '--timeout' needs SECONDS" nas --timeout
	mistake "qmitool nas: option '--quiet' takes no value" nas --quiet=1
	mistake "qmitool nas signal: --field: the path is empty" nas signal -f ""
	fields=$(printf -- '-f x%.0s ' $(seq 33))
	mistake "qmitool list: more than 32 options --field" list $fields
}

@test "-j, -e and -f exclude one another" {
	mistake "qmitool list: -j, -e and -f exclude one another" list -e -f ports
	mistake "qmitool list: -j, -e and -f exclude one another" list -f ports -e
	mistake '{"error":{"exit":2,"text":"-j, -e and -f exclude one another"}}' list -je
	run -0 "$QMITOOL" -q list -jj
}

@test "arguments" {
	mistake "qmitool nas signal: takes no argument, but there is 'foo'" nas signal foo
	mistake "qmitool dms mode: too many arguments: 'offline' is more than 1" \
		dms mode online offline
	mistake "qmitool raw call: missing SERVICE; usage: qmitool raw call [OPTIONS] SERVICE MESSAGE [PATH=VALUE …]" \
		raw call
	mistake "qmitool raw call: missing MESSAGE; usage: qmitool raw call [OPTIONS] SERVICE MESSAGE [PATH=VALUE …]" \
		raw call nas
	mistake "qmitool raw call: too many arguments: 'x' is more than 256" \
		raw call $(printf 'x%.0s ' $(seq 257))
}

@test "with -j it is JSON, with -q nothing, wherever they stand" {
	mistake '{"error":{"exit":2,"text":"no verb '\''sgnal'\''; did you mean '\''signal'\''?"}}' \
		nas sgnal -j
	mistake '{"error":{"exit":2,"text":"no applet '\''\u001b[2J\"\\'\''; see '\''qmitool --help'\''"}}' \
		-j $'\e[2J"\\'
	mistake "" nas sgnal -q
	mistake "" -q nas sgnal
}

@test "what was typed cannot drive the terminal nor start a line" {
	mistake "qmitool nas: no verb 'a\\u000ab\\u001b[2J\\u009b'; see 'qmitool nas --help'" \
		nas $'a\nb\e[2J\xc2\x9b'
}

@test "words of any length" {
	long=$(printf 'x%.0s' $(seq 5000))
	run -2 --separate-stderr "$QMITOOL" "$long"
	[[ $stderr == "qmitool: no applet 'xxx"* ]]
	[ ${#stderr} -lt 1100 ]
	run -2 --separate-stderr "$QMITOOL" nas "--$long"
	[[ $stderr == "qmitool nas: no option '--xxx"* ]]
	run -2 --separate-stderr "$QMITOOL" nas "--$long=$long"
	run -2 --separate-stderr "$QMITOOL" nas "-$long"
	[ "$stderr" = "qmitool nas: no option '-x'; see 'qmitool nas --help'" ]
}
