#!/usr/bin/env bats
# The tool against a codec of its own making: tests/codec/codec.py, which reads the schema by
# itself and shares no line with the one in C.

load ../lib.bash

@test "random frames of every message, decoded and encoded by both" {
	command -v python3 >/dev/null || skip "python3 is not installed"
	cd "$BATS_TEST_DIRNAME/../.."
	# shellcheck disable=SC2086
	python3 tests/codec/codec.py check "$QMITOOL" ${SCHEMA_FILES:-qmux/schema/*.qmi} \
		>"$BATS_TEST_TMPDIR/tap" || { grep -v '^ok' "$BATS_TEST_TMPDIR/tap" | head -40; return 1; }
	[ "$(grep -c '^ok' "$BATS_TEST_TMPDIR/tap")" -gt 50 ]
}
