# The tables of the applets are well-formed: what the parser, the completions and the
# manual take for granted.

load ../lib

bats_require_minimum_version 1.5.0

# complaints AWK-PROGRAM: over the tables; whatever it prints is a fault.
complaints() {
	"$QMITOOL" --dump-cli >"$BATS_TEST_TMPDIR/tables"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/tables")" -gt 30 ]
	run -0 awk -F '\t' "$1" "$BATS_TEST_TMPDIR/tables"
	[ -z "$output" ] || { echo "$output"; return 1; }
}

@test "every row has its fields" {
	complaints '
	BEGIN { fields["global"] = 6; fields["applet"] = 3; fields["verb"] = 10; fields["action"] = 10
		fields["option"] = 8; fields["exit"] = 3; fields["alias"] = 3
		fields["keys"] = 4 }
	NF != fields[$1] { print "row of " NF ": " $0 }
	{ for (i = 1; i <= NF; i++) if ($i == "") print "empty field " i ": " $0 }'
}

@test "names are kebab-case, letters are letters, help is one line without a full stop" {
	complaints '
	$1 == "applet" && $2 !~ /^[a-z][a-z0-9]*$/ { print "applet " $2 }
	$1 == "verb" && $3 !~ /^(-|[a-z][a-z0-9-]*)$/ { print "verb " $3 }
	$1 == "verb" { verb = $3 }
	$1 == "alias" || $1 == "keys" { next }
	$1 == "action" && $3 !~ "^" verb " [a-z][a-z0-9-]*$" { print "action " $3 " of " verb }
	$1 == "global" || $1 == "option" {
		letter = $1 == "global" ? $2 : $4; name = $1 == "global" ? $3 : $5
		if (name !~ /^[a-z][a-z0-9-]+$/) print "option --" name
		if (letter !~ /^[-a-zA-Z]$/) print "letter " letter
	}
	$NF ~ /\.$/ { print "full stop: " $0 }
	$NF !~ /^([a-z(]|[A-Z][A-Z]|key=)/ && $NF !~ /^(SIM|JSON|HEX)/ { print "help: " $0 }'
}

@test "nothing is there twice, and no verb shadows a global option" {
	complaints '
	function once(what) { if (seen[what]++) print "twice: " what }
	$1 == "global" { once("--" $3); if ($2 != "-") once("-" $2)
		global["--" $3] = 1; if ($2 != "-") global["-" $2] = 1 }
	$1 == "applet" { once("applet " $2) }
	$1 == "verb" || $1 == "action" { once("verb " $2 " " $3) }
	$1 == "exit" { once("exit " $2) }
	$1 == "keys" {
		once("keys " $2 " " $3); n = split($4, key, " ")
		for (i = 1; i <= n; i++) once("key " $2 " " $3 " " key[i])
	}
	$1 == "option" {
		once($2 " " $3 " --" $5); if ($4 != "-") once($2 " " $3 " -" $4)
		if (("--" $5) in global || ("-" $4) in global) print "shadows: " $0
	}'
}

# Options may stand before their verb: whether they take a value must be known by then.
@test "an option takes a value with all verbs or with none" {
	complaints '
	$1 == "option" {
		takes = $6 != "-"
		for (i = 4; i <= 5; i++) {
			if ($i == "-") continue
			if ($i in value && value[$i] != takes) print "now with, now without: " $i
			value[$i] = takes
		}
	}'
}

@test "no verb has more options than there is room for" {
	most=$(sed -n 's/^#define OPTIONS_MAX \([0-9]*\).*/\1/p' "$BATS_TEST_DIRNAME/../../applets/applet.h")
	[ "$most" -gt 0 ]
	complaints "\$1 == \"option\" && ++n[\$2 \" \" \$3] > $most { print \$2 \" \" \$3 }"
}

@test "the numbers of arguments fit what is written of them" {
	complaints '
	$1 == "verb" || $1 == "action" {
		if ($5 < 0 || ($6 >= 0 && $5 > $6)) print "min, max: " $0
		if (($4 == "-") != ($6 == 0)) print "takes arguments without a name: " $0
		n = split($4, word, " ")
		required = 0
		for (i = 1; i <= n && word[i] !~ /^(\[|…)/; i++) required++
		if ($4 != "-" && required < $5) print "fewer names than arguments: " $0
		if ($4 != "-" && $5 == 0 && $4 !~ /^\[/) print "optional, but not in brackets: " $0
	}'
}

# "uim pin" alone was called though it does nothing: a crash.
@test "a verb that has second words takes one, or does something without" {
	complaints '
	$1 == "verb" { verb = $2 " " $3; args[verb] = $4 }
	$1 == "action" && args[verb] !~ /ACTION|SETTING/ { print verb " " args[verb] ": " $3 }'
	while IFS=$'\t' read -r _ applet verb _; do
		[ "$verb" != - ] || continue
		run timeout 10 "$QMITOOL" "$applet" "$verb" -n -d /nonexistent </dev/null
		[ "$status" -le 10 ]
	done < <("$QMITOOL" --dump-cli | grep '^verb' | grep 'device')
}

# Of a monitor, and of a verb that has no keys of its own there, the list has those of other verbs.
@test "keys are those of the contract, lists with [0]" {
	needs_applet nas dms uim loc gas wds wms status
	awk -F '\t' '!/^#/ {
		sub(/\?$/, "", $2); sub(/\[\]$/, "", $2)
		print $1 "\t" $2
	}' "$BATS_TEST_DIRNAME/../verbs/keys.list" >"$BATS_TEST_TMPDIR/listed"
	complaints '
	BEGIN {
		while ((getline line <"'"$BATS_TEST_TMPDIR"'/listed") > 0) {
			split(line, part, "\t"); listed[part[1]]
			applet = part[1]; sub(/ .*/, "", applet)
			of_verb[part[1], part[2]]; of_applet[applet, part[2]]
		}
	}
	$1 == "keys" {
		rows++
		name = $2 ($3 == "-" ? "" : " " $3)
		others = $3 == "monitor" || !(name in listed)
		n = split($4, key, " ")
		for (i = 1; i <= n; i++) {
			gsub(/\[0\]/, "[]", key[i])
			if (!((name, key[i]) in of_verb) && !(others && ($2, key[i]) in of_applet))
				print name ": " key[i]
		}
	}
	END { if (rows < 80) print rows " rows" }'
	grep -q '^keys.nas.signal.*lte\.rsrp' "$BATS_TEST_TMPDIR/tables"
	grep -q '^keys.nas.cells.*lte\.inter\[0\]\.cells\[0\]\.rsrq' "$BATS_TEST_TMPDIR/tables"
	grep -q '^keys.dms.firmware.*images\[0\]\.stored\[0\]\.build' "$BATS_TEST_TMPDIR/tables"
	# What verbs share is offered only where the message has it.
	! grep '^keys.nas.system' "$BATS_TEST_TMPDIR/tables" | grep -q 'lte\.psc' || false
}

@test "every set of values has been found" {
	complaints '
	$1 == "verb" || $1 == "action" { v = $9 }
	$1 == "option" { v = $7 }
	$1 == "global" { v = $5 }
	($1 ~ /^(verb|action|option|global)$/) && v ~ /@/ &&
		v !~ /^@(device|file|dir|key|complete [a-z]+)$/ { print "values: " $0 }'
	"$QMITOOL" --dump-cli | grep -q '^verb.dms.mode.*online low-power'
}

@test "exit codes are what scripts rely on" {
	run -0 awk -F '\t' '$1 == "exit" { printf "%s ", $2 }' < <("$QMITOOL" --dump-cli)
	[ "$output" = "0 1 2 3 4 5 6 7 8 9 10 " ]
}
