# raw list: the schema, all of it, for people and for programs.
load ../lib.bash

setup() {
	setup_common
	: "${SCHEMA_FILES:=$(echo "$LIB_DIR"/../qmux/schema/*.qmi)}"
	case $SCHEMA_FILES in
	/*) ;;
	*) SCHEMA_FILES=$(printf "$LIB_DIR/../%s " $SCHEMA_FILES) ;;
	esac
}

teardown() {
	teardown_common
}

built() {
	[[ " $(q raw list -f services) " == *"\"service\":\"$1\""* ]]
}

# What the schema's text says of each message: service kind id name vendor; and what the list does.
of_text() {
	# shellcheck disable=SC2086
	awk '
	$1 == "service" { service = $3 }
	$1 == "msg" || $1 == "ind" {
		kind = $1 == "msg" ? "request" : "indication"
		vendor = $4 == "vendor" ? $5 : "-"
		print service, kind, $2, $3, vendor
	}
	' $SCHEMA_FILES | LC_ALL=C sort
}

of_list() {
	q raw list -j | grep -o '"service":"[^"]*"' | cut -d '"' -f 4 | while read -r service; do
		q raw list "$service" -j | sed 's/},{/\n/g' | awk -v service="$service" '
		function value(key,	s) {
			if (!match($0, "\"" key "\":\"[^\"]*\""))
				return "-"
			s = substr($0, RSTART, RLENGTH)
			sub(/^"[a-z]*":"/, "", s)
			sub(/"$/, "", s)
			return s
		}
		value("message") != "-" {
			print service, value("kind"), value("id"), value("message"), value("vendor") }'
	done | LC_ALL=C sort
}

@test "every service and message of the schema is there, with id, kind and vendor" {
	of_text >"$DIR/text"
	of_list >"$DIR/list"
	[ "$(wc -l <"$DIR/text")" -gt 50 ]
	diff "$DIR/text" "$DIR/list"
}

@test "every TLV of every message: direction, id, name, mandatory or not" {
	# shellcheck disable=SC2086
	awk '
	$1 == "service" { service = $3 }
	$1 == "msg" || $1 == "ind" { at = service " " $2 ($4 == "vendor" ? " " substr($5, 3) : "")
		ind = $1 == "ind" }
	$1 == ">" || $1 == ">!" || $1 == "<" || $1 == "<!" {
		side = $1 ~ />/ ? "request" : ind ? "indication" : "response"
		print at, side, "0x" $2, $3, ($1 == ">!" ? "mandatory" : "-")
	}' $SCHEMA_FILES | LC_ALL=C sort >"$DIR/text"
	[ "$(wc -l <"$DIR/text")" -gt 100 ]
	while read -r service kind id name vendor; do
		[ "$vendor" = - ] && vendor= || vendor=" ${vendor#0x}"
		# shellcheck disable=SC2086
		q raw list "$service" "$id" -j ${vendor:+--vendor$vendor} | grep "\"kind\":\"$kind\"" |
			grep "\"message\":\"$name\"" | sed 's/"\(request\|response\|indication\)":\[/\n&\n/g; s/{"path":/\n&/g' |
			awk -v at="$service $id$vendor" '
			/^"[a-z]*":\[/ { side = $0; gsub(/[":\[]/, "", side) }
			/^\{"path":/ {
				name = $0
				sub(/^\{"path":"/, "", name)
				sub(/[".[].*/, "", name)
				tlv = $0
				sub(/.*"tlv":"/, "", tlv)
				sub(/".*/, "", tlv)
				print at, side, tlv, name, (/"mandatory":true/ ? "mandatory" : "-")
			}'
	done < <(of_list) | LC_ALL=C sort -u >"$DIR/list"
	diff "$DIR/text" "$DIR/list"
}

@test "one message, in JSON: paths, types, values, what is mandatory and personal" {
	exits 0 raw list dms set_operating_mode -j
	same "$output" '{"message":"set_operating_mode","id":"0x002e","kind":"request","request":[{"path":"mode","tlv":"0x01","type":"u8 enum","mandatory":true,"values":[{"value":0,"name":"online"},{"value":1,"name":"low-power"},{"value":2,"name":"factory-test"},{"value":3,"name":"offline"},{"value":4,"name":"reset"},{"value":5,"name":"shutting-down"},{"value":6,"name":"persistent-low-power"},{"value":7,"name":"mode-only-low-power"},{"value":255,"name":"unknown"}]}],"response":[]}'
	exits 0 raw list dms get_ids -j
	holds "$output" '{"path":"imei","tlv":"0x11","type":"text, at most 15","personal":true}'
	exits 0 raw list nas set_system_selection_preference -j
	holds "$output" '{"value":"0x10","name":"lte"}'
	exits 0 raw list ctl get_version_info -j
	holds "$output" '{"path":"service_list[].major_version","tlv":"0x01","type":"u16"}'
}

@test "one message, for people: a table whose last column goes on below itself" {
	exits 0 raw list dms set_operating_mode
	same "$output" "message:  set_operating_mode
id:       0x002e
kind:     request
request:
  path  tlv   type     mandatory  values
  mode  0x01  u8 enum  yes        0 online, 1 low-power, 2 factory-test, 3 offline, 4 reset,
                                  5 shutting-down, 6 persistent-low-power, 7 mode-only-low-power,
                                  255 unknown
response: none"
	exits 0 raw list
	[ "$(head -2 <<<"$output" | tr -s ' ' | tail -1)" = " service id messages" ]
}

@test "by number, in hex and in decimal; a request and an indication that share a name" {
	exits 0 raw list dms 0x2e -f message
	same "$output" set_operating_mode
	exits 0 raw list 2 46 -f message
	same "$output" set_operating_mode
	built nas || return 0
	exits 0 raw list nas 0x24 -j
	same "$(grep -o '"kind":"[a-z]*"' <<<"$output" | tr '\n' ' ')" '"kind":"request" "kind":"indication" '
}

@test "--vendor leaves out what is another vendor's" {
	exits 0 raw list dms 0x5556 -j
	same "$(grep -c . <<<"$output")" 2
	exits 0 raw list dms 0x5556 -j --vendor 1199
	same "$(grep -c . <<<"$output")" 1
	holds "$output" '"message":"swi_get_current_firmware"' '"vendor":"0x1199"'
	exits 0 raw list dms -j --vendor 1199
	[[ $output != *foxconn* ]]
	holds "$output" swi_get_usb_composition get_ids
}

@test "what is not there: exit 2, with the nearest name" {
	exits 2 raw list dmss
	says "'dmss'" "'dms'"
	exits 2 raw list dms set_operating_mod
	says "'set_operating_mode'"
	exits 2 raw list dms 0x7777
	says 0x7777
	exits 2 raw list dms set_operating_mode mode
	says "too many"
}
