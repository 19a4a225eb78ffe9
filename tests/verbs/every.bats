# Every verb that asks a modem (calls.list), in all forms; and of a modem that refuses everything or
# says nothing: how it ends, what it says, and that nothing is left.
load ../lib.bash

LIST=$LIB_DIR/verbs/calls.list
FIELDS=32	# as many as -f takes

setup() {
	setup_common
	modem_start
	printf 'orbits' >"$DIR/file"
}

teardown() {
	[ -n "${BATS_TEST_COMPLETED:-}" ] || printf 'at: %s\n' "$call" >&2
	teardown_common
}

# The calls: "TIMEOUT<tab>EXIT<tab>FIRST<tab>VERB ARGUMENTS"; FIRST is "-" for nothing, "." for
# nothing where there are no arguments either.
calls() {
	q --dump-cli | awk -F '\t' '
		FILENAME != "-" && !/^#/ {
			n[$1]++
			args[$1, n[$1]] = $2
			exits[$1, n[$1]] = $3
			first[$1, n[$1]] = $4
			bare[$1] = bare[$1] || $2 == "-"
		}
		FILENAME != "-" || $1 !~ /^(verb|action)$/ || $8 != "device" { next }
		{ verb = $2 ($3 == "-" ? "" : " " $3) }
		$5 == 0 && !bare[verb] { print $7 "\t-\t.\t" verb }
		{
			for (i = 1; i <= n[verb]; i++)
				print $7 "\t" (exits[verb, i] ? exits[verb, i] : "-") "\t" \
					(first[verb, i] ? first[verb, i] : "-") "\t" verb \
					(args[verb, i] == "-" ? "" : " " args[verb, i])
		}' "$LIST" - | sed "s|FILE|$DIR/file|"
}

# expected EXIT WHAT DEFAULT: the exit code that the list has for it.
expected() {
	local word code=$3

	for word in $1; do
		case $word in
			"$2"=* | all=*) code=${word#*=} ;;
		esac
	done
	echo "$code"
}

# A modem, a proxy and a state directory that know of nothing yet; then what has to be first.
# anew FIRST
anew() {
	local before

	stop_proxy
	modem reset
	export QMITOOL_STATE=$DIR/state.$((ROUND += 1))
	[ "${#1}" -gt 1 ] || return 0
	read -ra before <<<"$1"
	q "${before[@]}" >/dev/null
}

# Before the next form of a call; without arguments it finds what it found before.
again() {
	[ "$1" = . ] || anew "$1"
}

# tried CODE WORD...: it ends so, and says at most one line: nothing on both, nothing half.
tried() {
	local want=$1 lines

	shift
	run --separate-stderr q "$@" </dev/null
	lines=$(grep -c '' <<<"$stderr")
	if [ "$status" -eq "$want" ] && { [ "$lines" -le 1 ] || [ "$1" = status ] ||
		[ "$1 $2" = "raw monitor" ]; }; then
		return
	fi
	printf 'qmitool %s: exit %s, not %s\n%s\n%s\n' "$*" "$status" "$want" "$output" \
		"$stderr" >&2
	return 1
}

# one_object_a_line: stdout, each with all that was said.
one_object_a_line() {
	[ -z "$output" ] ||
		same "$(jq -c 'type' <<<"$output" | grep -cx '"object"')" "$(grep -c '' <<<"$output")"
}

# Values of the first result, as -f takes and prints them: "PATH<tab>VALUE".
first_values() {
	head -n 1 <<<"$1" | jq -r '. as $all | paths(scalars) as $p | select($p != ["transaction"]) | [
		([$p[] | if type == "number" then "[\(.)]" else ".\(.)" end] | add)[1:],
		($all | getpath($p) | tostring) ] | select(.[1] | test("[\n\t\\\\]") | not) | @tsv' |
		head -n "$FIELDS"
}

# The same values come out of -f.
same_by_field() {
	local values=$1 path fields=()

	shift
	while IFS=$'\t' read -r path _; do
		fields+=(-f "$path")
	done <<<"$values"
	run --separate-stderr q "$@" "${fields[@]}" </dev/null
	[ "$status" -ne 2 ]
	# 12.0 is 12 to some jq.
	same "$(head -n $((${#fields[@]} / 2)) <<<"$output" | sed 's/\.0$//')" \
		"$(cut -f 2 <<<"$values" | sed 's/\.0$//')"
}

# A shell takes the output of -e without a word, and has something of it where -j has.
evaluated() {
	local text=$1 values=$2

	run --separate-stderr sh -euc "$text"
	same "$status$output$stderr" 0
	[ -n "$text" ] || same "$values" ""
}

# in_all_forms CODE FIRST WORD...
in_all_forms() {
	local want=$1 first=$2 values json

	shift 2
	anew "$first"
	tried "$want" "$@"
	again "$first"
	tried "$want" "$@" -j
	one_object_a_line
	json=$output
	[ -z "$stderr" ] || jq -e 'type == "object"' <<<"$stderr" >/dev/null
	values=$(first_values "$json")
	again "$first"
	tried "$want" "$@" -e
	evaluated "$output" "$values"
	[ -n "$values" ] || return 0
	again "$first"
	same_by_field "$values" "$@"
}

@test "every verb: a modem that answers, in all forms" {
	command -v jq >/dev/null || skip "no jq"
	while IFS=$'\t' read -r timeout exits first call; do
		read -ra words <<<"$call"
		[ "$timeout" != 0 ] || words+=(-t 0.3)
		in_all_forms "$(expected "$exits" ok 0)" "$first" "${words[@]}"
	done < <(calls)
}

# refused ERROR: by whatever it asks.
refused() {
	while IFS=$'\t' read -r timeout exits first call; do
		read -ra words <<<"$call"
		[ "$timeout" != 0 ] || words+=(-t 0.3)
		[[ $exits != *refused=4* ]] || words+=(-t 0.3)
		code=$(expected "$exits" refused 5)
		anew "$first"
		modem set refuse "$1"
		tried "$code" "${words[@]}" -j
		one_object_a_line
		[ "$code" = 0 ] || same "$(jq -s '.[0].error.exit' <<<"$stderr")" "$code"
		# What raw shows is the answer, whatever it says.
		[ "$code" != 5 ] || [ "${words[0]}" = raw ] || same "$output" ""
		modem set refuse none
		[ "${#first}" -gt 1 ] || nothing_left
	done < <(calls)
}

@test "every verb: a modem that says NotSupported to everything" {
	command -v jq >/dev/null || skip "no jq"
	refused 94
}

@test "every verb: a modem that says InvalidQmiCommand to everything" {
	command -v jq >/dev/null || skip "no jq"
	refused 71
}

# ended_at_deadline NUMBER ARG...: in the background; its words in files of that number.
ended_at_deadline() {
	local number=$1

	shift
	export QMITOOL_STATE=$DIR/state.$number
	CODE=0
	q "$@" -t 0.5 </dev/null >"$DIR/out.$number" 2>"$DIR/words.$number" 3>&- || CODE=$?
	echo "$CODE" >"$DIR/code.$number"
}

# All at once, for all they do is wait.
@test "every verb: a modem that says nothing: exit 4 at the deadline, and nothing on stdout" {
	local n=0 pids=()

	modem set max_clients 254
	modem set refuse -1
	calls | awk -F '\t' 'length($3) == 1 && !/all=0/' >"$DIR/calls"
	while IFS=$'\t' read -r _ _ _ call; do
		read -ra words <<<"$call"
		n=$((n + 1))
		ended_at_deadline $n "${words[@]}" 3>&- &
		pids+=($!)
	done <"$DIR/calls"
	wait "${pids[@]}"
	n=0
	while IFS=$'\t' read -r _ exits _ call; do
		n=$((n + 1))
		same "$(cat "$DIR/code.$n")" "$(expected "$exits" silent 4)"
		same "$(cat "$DIR/out.$n")" ""
		[ "$call" = status ] || same "$(grep -c '' "$DIR/words.$n")" 1
	done <"$DIR/calls"
	nothing_left
}

# goes_on CALL: it runs and has a client id of the modem's; its pid in $LAST.
goes_on() {
	local words

	read -ra words <<<"$1"
	anew -
	# A shell's background jobs ignore INT: env gives the default back.
	background env --default-signal=INT "$QMITOOL" "${words[@]}" -t 0 >"$DIR/out" 2>"$DIR/words"
	wait_modem 1+ clients all
}

# ended_by CODE: and said so, once, where that is a failure.
ended_by() {
	reap "$LAST"
	same "$CODE" "$1"
	[ "$1" -gt 128 ] || same "$(grep -c 'restarted\|ended\|away' "$DIR/words")" 1
}

@test "every verb that goes on: a signal, the modem restarts, it goes, the proxy dies" {
	while IFS=$'\t' read -r timeout _ _ call; do
		[ "$timeout" = 0 ] || continue
		for signal in INT:130 TERM:143 HUP:129; do
			goes_on "$call"
			kill "-${signal%:*}" "$LAST"
			ended_by "${signal#*:}"
			nothing_left
		done
		goes_on "$call"
		modem sync
		ended_by 8
		goes_on "$call"
		modem unplug
		ended_by 8
		modem plug
		goes_on "$call"
		kill -KILL "$(proxy_pid)"
		ended_by 8
	done < <(calls)
}

@test "calls.list: its verbs are those of the tables, and each that needs arguments is there" {
	needs_applet uim loc status gas wds wms
	q --dump-cli | awk -F '\t' '$1 ~ /^(verb|action)$/ && $8 == "device" {
		print $2 ($3 == "-" ? "" : " " $3) }' | sort -u >"$DIR/verbs"
	awk -F '\t' '!/^#/ { print $1 }' "$LIST" | sort -u >"$DIR/listed"
	same "$(comm -13 "$DIR/verbs" "$DIR/listed")" ""
	calls | cut -f 4 >"$DIR/calls"
	while read -r verb; do
		grep -q "^$verb" "$DIR/calls"
	done <"$DIR/verbs"
}
