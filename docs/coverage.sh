#!/bin/sh
# coverage.sh			docs/coverage.md out of docs/coverage.list, on stdout
# coverage.sh --check QMITOOL	every verb and option that the list names is there; else 1, and which
# shellcheck disable=SC2016	# awk has dollars of its own
set -eu
dir=$(dirname "$0")
AWK=${AWK:-awk}

if [ "${1:-}" = --check ]; then
	"$2" --dump-cli | $AWK -F '\t' '
	FNR == NR {
		if ($1 == "verb" || $1 == "action") verb[$3 == "-" ? $2 : $2 " " $3] = 1
		if ($1 == "option") option[($3 == "-" ? $2 : $2 " " $3) " --" $5] = 1
		if ($1 == "option" && $4 != "-") option[($3 == "-" ? $2 : $2 " " $3) " -" $4] = 1
		if ($1 == "global") { global["--" $3] = 1; if ($2 != "-") global["-" $2] = 1 }
		next
	}
	/^#/ || $3 == "open" { next }
	NF != 3 { print "coverage.list:" FNR ": not three columns"; bad = 1; next }
	{
		# The longest beginning that is a verb; behind it arguments (of raw call, -f), or options.
		n = split($3, word, " ")
		name = found = ""
		for (i = 1; i <= n; i++) {
			name = name (i > 1 ? " " : "") word[i]
			if (name in verb) { found = name; last = i }
		}
		if (found == "") { print "coverage.list:" FNR ": no verb: " $3; bad = 1; next }
		for (i = last + 1; i <= n; i++) {
			if (word[i] ~ /^-/)
				fine = ((found " " word[i]) in option) || (word[i] in global)
			else
				fine = word[i - 1] == "-f" || found == "raw call"
			if (fine) continue
			print "coverage.list:" FNR ": no " word[i] " of " found
			bad = 1
		}
		checked++
	}
	END { exit bad || !checked }' - "$dir/coverage.list"
	exit
fi

cat <<'END'
# Coverage

What `qmicli` (libqmi 1.32; DMS, NAS, UIM, LOC, GAS, WDS, WDA, WMS) and `uqmi` do, and the verb of ours that does it.
*open*: there is none yet; [`raw call`](../qmitool.1) sends any message.

Made from `coverage.list` by `coverage.sh`; a test compares it with the tables of the tool.
END
$AWK -F '\t' '
/^#/ { next }
$1 != tool { tool = $1; print "\n## " tool "\n\n| option | verb |\n|---|---|" }
{
	count[$1]++
	if ($3 == "open") open[$1]++
	print "| `" $2 "` | " ($3 == "open" ? "*open*" : "`" $3 "`") " |"
}
END {
	print ""
	for (i = 1; i <= split("qmicli uqmi", name, " "); i++)
		print name[i] ": " count[name[i]] " rows, " open[name[i]] + 0 " open." (i == 1 ? "  " : "")
}' "$dir/coverage.list"
