# Lists of flat objects are tables for people, whoever prints them.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

@test "raw versions: a table with a line of keys" {
	exits 0 raw versions
	same "$(head -3 <<<"$output")" "services:
  service  major_version  minor_version
  ctl      1              5"
}

@test "proxy status: processes and clients are tables" {
	background "$QMITOOL" raw monitor nas
	wait_modem 1+ count nas register_indications
	exits 0 proxy status
	grep -q '^processes:$' <<<"$output"
	[ "$(grep -A 1 '^clients:$' <<<"$output" | tail -1 | awk '{ print $1, $2, $3, $4 }')" = "port service client kind" ]
	grep -q '^  0 *nas *[0-9]* *owned' <<<"$output"
}

@test "a list in a list is told item by item" {
	exits 0 raw call nas get_cell_location_info
	holds "$output" "  intrafrequency_lte_info_v2:" "    cell:" "physical_cell_id"
}
