#!/usr/bin/env bats
# The schema against lists of its own: nothing missing, nothing that nobody knows of.
#
# The .qmi files are read here by a few lines that have nothing in common with compile.awk.

SCHEMA=$BATS_TEST_DIRNAME/../../qmux/schema
LISTS=$BATS_TEST_DIRNAME

# What the .qmi files hold, in the form of messages.list.
messages() {
	cat "$SCHEMA"/*.qmi | awk '
		function tell() {
			if (line != "")
				print line " >" request " <" answer
			line = request = answer = ""
		}
		{ sub(/#.*/, "") }
		$1 == "service" { tell(); service = $3 }
		$1 == "enum" || $1 == "flags" { tell() }
		$1 == "msg" || $1 == "ind" {
			tell()
			ours = service == "ctl" && $2 ~ /^0xfe/
			proxy = service == "ctl" && $2 == "0xff00"
			line = ours ? "" : service " " $1 " " $2 " " $3 " " ($4 == "vendor" ? $5 : "-")
		}
		$1 ~ /^[<>]!?$/ && !(proxy && $2 ~ /^e/) {
			if ($1 == "<")
				answer = answer " " $2
			else
				request = request " " $2
		}
		END { tell() }'
}

# In the form of values.list.
values() {
	cat "$SCHEMA"/*.qmi | awk '
		{ sub(/#.*/, "") }
		NF == 0 { next }
		$1 == "enum" || $1 == "flags" { kind = $1; set = $2; next }
		$1 ~ /^(service|msg|ind|>|>!|<)$/ { kind = ""; next }
		kind != "" && set !~ /^proxy_/ { print kind " " set " " $1 " " $2 }'
}

compare() {	# WHAT LIST, what the schema holds on stdin
	sort >"$BATS_TEST_TMPDIR/schema"
	grep -v '^#' "$2" | sort >"$BATS_TEST_TMPDIR/list"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/list")" -gt 300 ]
	diff "$BATS_TEST_TMPDIR/list" "$BATS_TEST_TMPDIR/schema" >"$BATS_TEST_TMPDIR/diff" && return
	echo "$1: < is missing from the schema, > is not in the list"
	grep '^[<>]' "$BATS_TEST_TMPDIR/diff"
	return 1
}

@test "every message, with its TLVs" {
	messages | compare messages "$LISTS/messages.list"
}

@test "every value that has a name" {
	values | compare values "$LISTS/values.list"
}

@test "each service's messages stand in the file of its name" {
	local f
	for f in "$SCHEMA"/*.qmi; do
		case $f in
		*/common.qmi) [ "$(grep -c '^service' "$f")" = 0 ] ;;
		*) [ "$(awk '$1 == "service" { print $3 }' "$f")" = "$(basename "$f" .qmi)" ] ;;
		esac || { echo "$f"; return 1; }
	done
}
