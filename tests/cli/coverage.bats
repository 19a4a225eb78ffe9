# docs/coverage.md says what is so: it is made from coverage.list, whose verbs are there, and
# which has every option of the qmicli that is installed.

load ../lib

DOCS=$BATS_TEST_DIRNAME/../../docs

setup() {
	setup_common
}

teardown() {
	teardown_common
}

# A smaller build has fewer verbs.
whole() {
	local applet

	for applet in dms nas uim loc gas wds wms raw proxy status; do
		q --dump-cli | grep -q "^applet	$applet	" || return 1
	done
}

@test "coverage.md is made from coverage.list" {
	sh "$DOCS/coverage.sh" | diff -u "$DOCS/coverage.md" -
}

@test "every verb and option that coverage.list names is there" {
	whole || skip "built without some applets"
	sh "$DOCS/coverage.sh" --check "$QMITOOL"
}

@test "a verb or option that is not there is found" {
	whole || skip "built without some applets"
	cp "$DOCS/coverage.sh" "$DIR"
	printf 'qmicli\t--a\tnas signal\nqmicli\t--b\tnas sing\nqmicli\t--c\tnas signal --loud\nqmicli\t--d\tnas signal more\n' \
		>"$DIR/coverage.list"
	run ! sh "$DIR/coverage.sh" --check "$QMITOOL"
	same "$output" "coverage.list:2: no verb: nas sing
coverage.list:3: no --loud of nas signal
coverage.list:4: no more of nas signal"
}

@test "messages of raw call are in the schema" {
	whole || skip "built without some applets"
	local service message

	while read -r service message; do
		exits 0 raw list "$service" "$message"
	done < <(sed -n 's/.*	raw call \([a-z]*\) \([a-z_]*\)$/\1 \2/p' "$DOCS/coverage.list")
}

@test "every option of qmicli for the services that we have verbs for is listed" {
	command -v qmicli >/dev/null || skip "qmicli is not installed"
	local service n=0

	for service in dms nas uim loc gas wds wda wms; do
		qmicli --help-$service
	done | sed -n 's/^  \(--\(dms\|nas\|uim\|loc\|gas\|wds\|wda\|wms\)-[a-z0-9-]*\).*/\1/p' | sort -u >"$DIR/theirs"
	awk -F '\t' '$1 == "qmicli" { print $2 }' "$DOCS/coverage.list" | sort -u >"$DIR/listed"
	[ "$(wc -l <"$DIR/theirs")" -gt 100 ]
	# Other versions of qmicli may lack some.
	same "$(comm -23 "$DIR/theirs" "$DIR/listed")" ""
}
