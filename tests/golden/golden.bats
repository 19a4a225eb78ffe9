#!/usr/bin/env bats
# Golden frames: NAME.hex is a frame with a comment on what it is and where it comes from,
# NAME.json what `raw decode -j` says of it.  The .json was not made by this tool, but from the
# definitions of the messages by another decoder, and compared with what libqmi says of the same
# frame.  A new message is a line of the schema and a pair of these.

load ../lib.bash

# A smaller build knows fewer services.
built() {
	case $1 in
	service-* | ctl-*) return 0 ;;
	esac
	case "${SCHEMA_FILES:-qmux/schema/${1%%-*}.qmi}" in
	*"qmux/schema/${1%%-*}.qmi"*) return 0 ;;
	esac
	return 1
}

@test "every frame is decoded as its golden text says" {
	local hex name got n=0 failed=0 skipped=0
	for hex in "$BATS_TEST_DIRNAME"/*.hex; do
		name=$(basename "$hex" .hex)
		built "$name" || { skipped=$((skipped + 1)); continue; }
		n=$((n + 1))
		got=$("$QMITOOL" raw decode -j - <"$hex") || { echo "$name: exit $?"; failed=1; }
		[ "$got" = "$(cat "${hex%.hex}.json")" ] && continue
		echo "$name:"
		echo "  want $(cat "${hex%.hex}.json")"
		echo "  got  $got"
		failed=1
	done
	echo "$n frames, $skipped of services that are not built"
	[ "$failed" = 0 ]
	[ "$n" -ge 10 ]
}

@test "the same as arguments, and all in one stream" {
	local hex all
	all=$(for hex in "$BATS_TEST_DIRNAME"/*.hex; do
		grep -v '^#' "$hex" | tr -d '\n'
		echo
	done)
	# shellcheck disable=SC2086
	"$QMITOOL" raw decode -j $all >"$BATS_TEST_TMPDIR/arguments"
	echo "$all" | "$QMITOOL" raw decode -j >"$BATS_TEST_TMPDIR/stream"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/stream")" = "$(echo "$all" | wc -l)" ]
	cmp "$BATS_TEST_TMPDIR/arguments" "$BATS_TEST_TMPDIR/stream"
}

@test "a frame that is cut short is an error, and the next one is decoded all the same" {
	local hex frame next=010c00000201000100220000 n=0 len
	next=${next}00
	for hex in "$BATS_TEST_DIRNAME"/*.hex; do
		frame=$(grep -v '^#' "$hex" | tr -d '\n')
		len=$((${#frame} / 2))
		len=$((len - len % 2))		# two digits are a byte
		run "$QMITOOL" raw decode -j - <<-END
		${frame:0:$len}
		$next
		END
		[ "$status" = 1 ] || { echo "$hex: exit $status"; return 1; }
		case $output in
		*'"id":34,"kind":"request"'*) n=$((n + 1)) ;;
		*) echo "$hex: $output"; return 1 ;;
		esac
	done
	[ "$n" -ge 10 ]
}

@test "each frame says what it is, and has its golden text" {
	local f
	for f in "$BATS_TEST_DIRNAME"/*.hex; do
		[ "$(grep -c '^# ' "$f")" -ge 2 ] || { echo "$f: no comment"; return 1; }
		[ -s "${f%.hex}.json" ] || { echo "$f: no .json"; return 1; }
	done
	for f in "$BATS_TEST_DIRNAME"/*.json; do
		[ -s "${f%.json}.hex" ] || { echo "$f: no .hex"; return 1; }
	done
}
