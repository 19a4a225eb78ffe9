#!/bin/sh
# tap.sh PROGRAM...: run unit tests that print TAP; show what failed, and count.
# EMULATOR: what runs them, where they are another machine's.
passed=0 failed=0
for program; do
	out=$(${EMULATOR:-} "$program" 2>&1)
	status=$?
	ok=$(printf '%s\n' "$out" | grep -c '^ok ')
	bad=$(printf '%s\n' "$out" | grep -c '^not ok ')
	planned=$(printf '%s\n' "$out" | sed -n 's/^1\.\.\([0-9]*\)$/\1/p')
	# A program that died early, or ran another number of tests than it planned, failed.
	if [ "$bad" = 0 ] && { [ $status != 0 ] || [ "${planned:-none}" != "$ok" ]; }; then
		bad=1
	fi
	[ "$bad" = 0 ] || printf '%s\n' "$out" | grep -v '^ok '
	printf '%s: %d ok, %d not ok\n' "${program##*/}" "$ok" "$bad"
	passed=$((passed + ok)) failed=$((failed + bad))
done
printf 'unit tests: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
