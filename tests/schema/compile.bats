#!/usr/bin/env bats
# The schema compiler: the same bytes under every awk, and bad input refused with its line.

ROOT=$BATS_TEST_DIRNAME/../..
COMPILER=$ROOT/qmux/schema/compile.awk

setup() {
	DIR=$(mktemp -d "${BATS_TEST_TMPDIR:-/tmp}/schema.XXXXXX")
}

teardown() {
	rm -rf "$DIR"
}

awks() {
	local a
	for a in mawk gawk original-awk; do
		command -v $a >/dev/null && echo $a
	done
	command -v busybox >/dev/null && busybox awk 'BEGIN { exit 0 }' && echo "busybox awk"
	true
}

# All of the schema, common first: other files use its names.
sources() {
	echo "$ROOT/qmux/schema/common.qmi"
	find "$ROOT/qmux/schema" -name '*.qmi' ! -name common.qmi | LC_ALL=C sort
}

# refuses_at PLACE WORDS: the schema on stdin is refused, at that place, with those words,
# under every awk here; and nothing stands on stdout that could be taken for a table.
refuses_at() {
	local a
	cat >"$DIR/bad.qmi"
	while read -r a; do
		if $a -f "$COMPILER" -v out=header "$DIR/bad.qmi" >"$DIR/out" 2>"$DIR/err"; then
			echo "$a took it"
			return 1
		fi
		[ ! -s "$DIR/out" ] || { echo "$a printed a table all the same"; return 1; }
		case $(cat "$DIR/err") in
		"$1: "*"$2"*) ;;
		*) echo "$a: $(cat "$DIR/err")"; echo "wanted $1: $2"; return 1 ;;
		esac
	done <<-END
	$(awks)
	END
}

refuses() {	# LINE WORDS
	refuses_at "$DIR/bad.qmi:$1" "$2"
}

refuses_whole() {	# WORDS: what no single line is to blame for
	refuses_at schema "$1"
}

takes() {
	cat >"$DIR/good.qmi"
	awk -f "$COMPILER" -v out=header "$DIR/good.qmi" >"$DIR/header" &&
		awk -f "$COMPILER" -v out=blob "$DIR/good.qmi" >"$DIR/blob"
}

# field TYPE: is refused as a TLV's type with these words.
refuses_type() {
	printf 'enum e\n\t1 one\nflags f\n\t3 three\nservice 0x01 s\nmsg 0x0001 m\n\t> 10 t %s\n' "$1" |
		refuses 7 "$2"
}

takes_type() {
	printf 'enum e\n\t1 one\nflags f\n\t3 three\nservice 0x01 s\nmsg 0x0001 m\n\t> 10 t %s\n' "$1" |
		takes
}

# ---- the same everywhere ----

same_everywhere() {
	local a out first
	for out in header blob; do
		first=
		while read -r a; do
			# shellcheck disable=SC2046
			$a -f "$COMPILER" -v out=$out $(sources) >"$DIR/$out.new"
			[ -s "$DIR/$out.new" ]
			if [ -n "$first" ]; then
				cmp "$DIR/$out" "$DIR/$out.new" || { echo "$a is not like $first"; return 1; }
			fi
			first=${first:-$a}
			mv "$DIR/$out.new" "$DIR/$out"
		done <<-END
		$(awks)
		END
	done
}

@test "byte-identical output under mawk, gawk and busybox awk" {
	[ "$(awks | wc -l)" -ge 2 ] || skip "only one awk is installed"
	same_everywhere
}

@test "byte-identical output in another locale" {
	locale -a 2>/dev/null | grep -qi '^de_DE\|^en_US\|^C\.utf' || skip "no other locale"
	# shellcheck disable=SC2046
	LC_ALL=C awk -f "$COMPILER" -v out=blob $(sources) >"$DIR/a"
	# shellcheck disable=SC2046
	LC_ALL=$(locale -a | grep -i '^de_DE\|^en_US\|^C\.utf' | head -1) \
		awk -f "$COMPILER" -v out=blob $(sources) >"$DIR/b"
	cmp "$DIR/a" "$DIR/b"
}

@test "every service file compiles beside common and ctl alone" {
	local f
	for f in $(sources); do
		case $f in
		*/common.qmi | */ctl.qmi) continue ;;
		esac
		awk -f "$COMPILER" -v out=blob "$ROOT/qmux/schema/common.qmi" \
			"$ROOT/qmux/schema/ctl.qmi" "$f" >/dev/null || { echo "$f"; return 1; }
	done
}

@test "the header's macros are C, and no two are alike" {
	# shellcheck disable=SC2046
	awk -f "$COMPILER" -v out=header $(sources) >"$DIR/h"
	grep '^#define [^ ]* ' "$DIR/h" | grep -v '^#define [A-Z][A-Z0-9_]* ' >"$DIR/odd" || true
	[ ! -s "$DIR/odd" ] || { cat "$DIR/odd"; false; }
	grep '^#define' "$DIR/h" | cut -d' ' -f2 | sort | uniq -d >"$DIR/twice"
	[ ! -s "$DIR/twice" ] || { cat "$DIR/twice"; false; }
}

# ---- what it takes ----

@test "takes every type that it documents" {
	local t
	for t in bool u8 u16 u24 u32 u48 u64 i8 i16 i32 i64 f32 f64 u16be u32be u64be i8=bool u8=e \
		'u16|f' str str8 str16 'str*6' 'str<=15' 'str8<=4' 'str8<=255' 'str16<=1024' '[u8]u16' \
		'[u16]str8' '[u32]u8' '[16]u8' '[u8+u16]u8' '[u8+4]u8' '{ a:u8 b:str }' \
		'[u8]{ a:u8 b:[u16]{ c:u8 } }' 'u8 personal' '{ a:u8 } personal' \
		'[u8]u8 personal' '[2]{ a:str8 personal b:u8 }'; do
		takes_type "$t" || { echo "$t"; return 1; }
	done
}

@test "comments, blank lines and trailing space" {
	takes <<-'END'
	# a file

	service 0x01 s	# one
	msg 0x0001 m 
		> 10 t u8   # a TLV

	END
	grep -q '^#define S_M 0x0001$' "$DIR/header"
}

@test "a message and an indication may share id and name, a vendor's message the id" {
	takes <<-'END'
	service 0x01 s
	msg 0x0001 m
	msg 0x0001 yours vendor 0x0489
	msg 0x0001 mine vendor 0x1199
	ind 0x0001 m
	END
	grep -q '^#define S_M 0x0001$' "$DIR/header"
	grep -q '^#define S_MINE 0x0001$' "$DIR/header"
	grep -q '^#define S_IND_M 0x0001$' "$DIR/header"
}

# ---- what stands twice ----

@test "duplicate ids" {
	refuses 2 "service 0x01 stands twice" <<-'END'
	service 0x01 a
	service 0x01 b
	END
	refuses 3 "message 0x0001 stands twice" <<-'END'
	service 0x01 a
	msg 0x0001 m
	msg 0x0001 n
	END
	refuses 3 "message 0x0001 stands twice" <<-'END'
	service 0x01 a
	msg 0x0001 m vendor 0x1199
	msg 0x0001 n vendor 0x1199
	END
	refuses 4 "TLV 10 stands twice" <<-'END'
	service 0x01 a
	msg 0x0001 m
		> 10 x u8
		> 10 y u8
	END
	refuses 4 "TLV 10 stands twice" <<-'END'
	service 0x01 a
	msg 0x0001 m
		< 10 x u8
		< 10 y u8
	END
	refuses 3 "value 1 stands twice" <<-'END'
	enum e
		1 one
		1 uno
	END
	refuses 3 "value 1 stands twice" <<-'END'
	flags e
		1 one
		1 uno
	END
	refuses 3 "value 0x0 stands twice" <<-'END'
	flags e
		0x0 none
		0x0 nothing
	END
}

@test "duplicate names" {
	refuses 2 "two services are called a" <<-'END'
	service 0x01 a
	service 0x02 a
	END
	refuses 3 "two messages are called m" <<-'END'
	service 0x01 a
	msg 0x0001 m
	msg 0x0002 m
	END
	refuses 3 "two messages are called m" <<-'END'
	service 0x01 a
	ind 0x0001 m
	ind 0x0002 m
	END
	refuses 4 "two TLVs are called x" <<-'END'
	service 0x01 a
	msg 0x0001 m
		> 10 x u8
		> 11 x u8
	END
	refuses_type '{ x:u8 x:u16 }' "two fields are called x"
	refuses 3 "two enums are called e" <<-'END'
	enum e
		1 one
	flags e
		2 two
	END
	refuses 1 "two enums are called bool" <<-'END'
	enum bool
		0 false
	END
	refuses 3 "two values are called one" <<-'END'
	enum e
		1 one
		2 one
	END
	refuses 3 "two values are called one" <<-'END'
	flags e
		1 one
		2 one
	END
}

@test "names that differ make macros that differ" {
	refuses 3 "S_IND_M stands twice" <<-'END'
	service 0x01 s
	msg 0x0001 ind_m
	ind 0x0002 m
	END
	refuses 4 "A_B_C stands twice" <<-'END'
	enum a
		1 b-c
	enum a_b
		1 c
	END
	refuses 4 "S_GET stands twice" <<-'END'
	enum s
		1 get
	service 0x01 s
	msg 0x0001 get
	END
}

# ---- what is not there ----

@test "unknown types" {
	refuses_type u9 "unknown type: u9"
	refuses_type string "unknown type: string"
	refuses_type str32 "unknown type: str32"
	refuses_type 'str*' "unknown type: str*"
	refuses_type 'str*x' "unknown type: str*x"
	refuses_type 'str<=' "unknown type: str<="
	refuses_type 'str8<=x' "unknown type: str8<=x"
	refuses_type f16 "unknown type: f16"
	refuses_type u16le "unknown type: u16le"
	refuses_type '[u24]u8' "unknown array length: u24"
	refuses_type '[i8]u8' "unknown array length: i8"
	refuses_type '[]u8' "unknown array length"
	refuses_type '[-1]u8' "unknown array length: -1"
	refuses_type '[u16+u8]u8' "unknown array length: u16+u8"
	refuses_type '[u8]' "a type is missing"
	refuses_type '[u8] u8' "a type is missing"
	refuses_type '[u8]personal' "unknown type: personal"
	refuses_type 'personal' "unknown type: personal"
	refuses_type '{ a:u9 }' "unknown type: u9"
	refuses_type '{ u8 }' "a field is written name:type"
	refuses_type '{ a: u8 }' "a type is missing"
	refuses_type '{ A:u8 }' "not a name"
}

@test "forms, each on its own type" {
	refuses_type 'u32~ip5' "unknown form: ip5"
	refuses_type '[u8]u8~' "unknown form: "
	refuses_type 'u16~ip4' "~ip4 is a form of u32, not of u16"
	refuses_type 'u32~gps_ms' "~gps_ms is a form of u64, not of u32"
	refuses_type '[4]u8~ip6' "~ip6 is a form of [16]u8 [8]u16be, not of [4]u8"
	refuses_type '[u8]u8~plmn' "~plmn is a form of [3]u8, not of [u8]u8"
	refuses_type 'u8~bcd' "~bcd is a form of [u8]u8, not of u8"
	refuses_type '[u16]u8~bcd' "not of [u16]u8"
	refuses_type '[256]u8~bcd' "not of [256]u8"
	refuses_type '[0]u8~bcd' "not of [0]u8"
	refuses_type '[u8+u8]u8~bcd' "not of [u8+u8]u8"
	refuses_type '[u8]u8~ucs2' "~ucs2 is a form of [u8]u16, not of [u8]u8"
	refuses_type '[u8]u16be~ucs2' "not of [u8]u16be"
	refuses_type '[u8]u8~ip4' "~ip4 is a form of u32, not of [u8]u8"
	refuses_type 'bool~ip4' "not of bool"
	refuses_type 'str8~gsm7' "unknown type: str8~gsm7"
	refuses_type 'u32~ip4=e' "a form has no names"
	refuses_type 'u8~coding' "~coding needs an enum"
	refuses_type 'u8~coding=bool' "~coding needs an enum"
	refuses_type 'u8~coding|f' "~coding needs an enum"
	refuses_type '[u8]u8~coded' "no ~coding before ~coded"
	refuses_type '{ n:[u8]u8~coded c:u8~coding=e }' "no ~coding before ~coded"
	refuses_type '{ i:{ c:u8~coding=e } n:[u8]u8~coded }' "no ~coding before ~coded"
	refuses_type '{ c:u8~coding=e i:{ n:[u8]u8~coded } }' "no ~coding before ~coded"
	refuses 5 "no ~coding before ~coded" <<-'END'
	enum e
		1 one
	service 0x01 s
	msg 0x0001 m
		< 10 c [u8]u8~coded
		< 11 n u8~coding=e
	END
	takes_type 'u32be~ip4'
	takes_type '[u8]u32~ip4'
	takes_type '[u8][16]u8~ip6'
	takes_type '[255]u8~bcd personal'
	takes_type '{ c:u8~coding=e a:u8 n:[u8]u8~coded personal o:[4]u8~coded }'
}

@test "undefined enums, and the wrong sign for one" {
	refuses_type u8=nothing "no such enum or flags: nothing"
	refuses_type 'u8|nothing' "no such enum or flags: nothing"
	refuses_type 'u8|bool' "no such enum or flags: bool"
	refuses_type u8= "no such enum or flags"
	refuses_type u8=f "f is flags: write it with |"
	refuses_type 'u8|e' "e is enum: write it with ="
	refuses_type f32=e "a float has no names"
	refuses_type 'f64|f' "a float has no names"
	refuses_type f32=bool "a float has no names"
	refuses_type bool=e "bool has no names"
	refuses_type str=e "unknown type: str=e"
}

@test "parts that are missing, or too many" {
	refuses 1 "a message before any service" <<-'END'
	msg 0x0001 m
	END
	refuses 1 "a message before any service" <<-'END'
	ind 0x0001 m
	END
	refuses_type '{ a:u8' "'}' is missing"
	refuses_type '{ a:{ b:u8 }' "'}' is missing"
	refuses_type '{ }' "a structure without fields"
	refuses_type '{ a:u8 } }' "more than a type: }"
	refuses_type '}' "unknown type: }"
	refuses_type 'u8 u8' "more than a type: u8"
	refuses_type 'u8 personal personal' "personal stands twice"
	refuses_type '{ a:u8 } personal personal' "more than a type: personal"
	refuses_type 'u8 optional' "more than a type: optional"
	refuses 1 "service 0xID name" <<-'END'
	service 0x01
	END
	refuses 1 "service 0xID name" <<-'END'
	service 0x01 a b
	END
	refuses 2 "msg 0xID name [vendor 0xVID]" <<-'END'
	service 0x01 a
	msg 0x0001
	END
	refuses 2 "msg 0xID name [vendor 0xVID]" <<-'END'
	service 0x01 a
	msg 0x0001 m vendor
	END
	refuses 2 "msg 0xID name [vendor 0xVID]" <<-'END'
	service 0x01 a
	msg 0x0001 m seller 0x1199
	END
	refuses 2 "vendor 0 is nobody" <<-'END'
	service 0x01 a
	msg 0x0001 m vendor 0x0
	END
	refuses 3 "> ID name TYPE" <<-'END'
	service 0x01 a
	msg 0x0001 m
		> 10 x
	END
	refuses 1 "enum NAME" <<-'END'
	enum
	END
	refuses 1 "flags NAME" <<-'END'
	flags a b
	END
	refuses 2 "VALUE name" <<-'END'
	enum e
		1
	END
	refuses 2 "VALUE name" <<-'END'
	enum e
		1 one uno
	END
	refuses 1 "enum e has no values" <<-'END'
	enum e
	service 0x01 s
	END
	printf 'enum e\n\t1 one\n' | refuses_whole "no service"
}

@test "lines that are not understood" {
	refuses 1 "not understood: message" <<-'END'
	message 0x0001 m
	END
	refuses 1 "not understood: 1" <<-'END'
	1 one
	END
	refuses 1 "not understood: <" <<-'END'
	< 10 x u8
	END
	refuses 2 "not understood: >" <<-'END'
	service 0x01 s
		> 10 x u8
	END
	refuses 3 "not understood: <!" <<-'END'
	service 0x01 s
	msg 0x0001 m
		<! 10 x u8
	END
	refuses 5 "VALUE name" <<-'END'
	service 0x01 s
	msg 0x0001 m
	enum e
		1 one
		> 10 x u8
	END
}

# ---- order ----

@test "unsorted TLVs, messages and values" {
	refuses 4 "TLVs are not in ascending order: 0f" <<-'END'
	service 0x01 s
	msg 0x0001 m
		> 10 x u8
		> 0f y u8
	END
	refuses 3 "messages are not in ascending order" <<-'END'
	service 0x01 s
	msg 0x0002 m
	msg 0x0001 n
	END
	refuses 3 "messages are not in ascending order" <<-'END'
	service 0x01 s
	ind 0x0001 m
	msg 0x0001 m
	END
	refuses 3 "messages are not in ascending order" <<-'END'
	service 0x01 s
	msg 0x0001 m vendor 0x1199
	msg 0x0001 n
	END
	refuses 3 "values are not in ascending order: 1" <<-'END'
	enum e
		2 two
		1 one
	END
	refuses 3 "values are not in ascending order: -1" <<-'END'
	enum e
		0 zero
		-1 minus
	END
	refuses 3 "values are not in ascending order: 1" <<-'END'
	flags e
		0x0 none
		1 one
	END
	refuses 4 "the request stands before the response" <<-'END'
	service 0x01 s
	msg 0x0001 m
		< 10 x u8
		> 10 y u8
	END
	refuses 3 "an indication has no request" <<-'END'
	service 0x01 s
	ind 0x0001 m
		> 10 y u8
	END
}

# ---- what does not fit ----

@test "numbers that do not fit" {
	refuses_type 'u8|wide' "no such enum"
	refuses 5 "wide has bits beyond u8" <<-'END'
	flags wide
		8 eight
	service 0x01 s
	msg 0x0001 m
		> 10 x u8|wide
	END
	refuses 5 "all has bits beyond u8" <<-'END'
	flags all
		0xffff everything
	service 0x01 s
	msg 0x0001 m
		> 10 x u8|all
	END
	refuses 2 "a bit number is 0 to 63" <<-'END'
	flags e
		64 far
	END
	refuses 2 "a bit number is 0 to 63" <<-'END'
	flags e
		-1 minus
	END
	refuses 2 "0x0 or 0xffff" <<-'END'
	flags e
		0xff most
	END
	refuses 2 "a value beyond 32 bits: 2147483648" <<-'END'
	enum e
		2147483648 big
	END
	refuses 2 "a value beyond 32 bits: 0x80000000" <<-'END'
	enum e
		0x80000000 big
	END
	refuses 2 "a value beyond 32 bits: -2147483649" <<-'END'
	enum e
		-2147483649 small
	END
	refuses 2 "not a number: one" <<-'END'
	enum e
		one 1
	END
	refuses 2 "not a number: 1.5" <<-'END'
	enum e
		1.5 broken
	END
	refuses 1 "id too large: 0x10000" <<-'END'
	service 0x10000 s
	END
	refuses 2 "id too large: 0x10000" <<-'END'
	service 0x01 s
	msg 0x10000 m
	END
	refuses 2 "id too large: 0x10000" <<-'END'
	service 0x01 s
	msg 0x0001 m vendor 0x10000
	END
	refuses 1 "not a hex id: 3" <<-'END'
	service 3 nas
	END
	refuses 3 "two hex digits, not 100" <<-'END'
	service 0x01 s
	msg 0x0001 m
		> 100 x u8
	END
	refuses 3 "two hex digits, not 0x10" <<-'END'
	service 0x01 s
	msg 0x0001 m
		> 0x10 x u8
	END
	refuses 3 "two hex digits, not 1A" <<-'END'
	service 0x01 s
	msg 0x0001 m
		> 1A x u8
	END
	refuses_type '[65536]u8' "does not fit 16 bits: 65536"
	refuses_type 'str*65536' "does not fit 16 bits: 65536"
	refuses_type 'str<=65536' "does not fit 16 bits: 65536"
	refuses_type 'str8<=256' "str8 holds no more than 255 bytes"
	refuses_type u8be "one byte has no order"
	refuses_type boolbe "one byte has no order"
}

@test "the ends of the ranges are taken" {
	takes <<-'END'
	enum e
		-2147483648 least
		2147483647 most
	flags f
		0 first
		63 last
		0xffff all
		0x0 none
	service 0xffff s
	msg 0x0000 a
		> 00 x u64|f
		> ff y i32=e
	msg 0xffff b vendor 0xffff
		< 00 z str8<=255
	END
	grep -qx '#define E_LEAST (-2147483648)' "$DIR/header"
	grep -qx '#define S_B 0xffff' "$DIR/header"
}

@test "names that are too long, or not names" {
	local n63=abcdefghij_abcdefghij_abcdefghij_abcdefghij_abcdefghij_abcdefgh
	[ ${#n63} = 63 ]
	printf 'service 0x01 s\nmsg 0x0001 %s\n' $n63 | takes
	printf 'service 0x01 s\nmsg 0x0001 %si\n' $n63 | refuses 2 "longer than 63 characters"
	printf 'enum e\n\t1 %si\n' ${n63//_/-} | refuses 2 "longer than 63 characters"
	printf 'service 0x01 3gpp\n' | refuses 1 "starts with a letter"
	printf 'enum 3gpp\n' | refuses 1 "starts with a letter"
	local n
	for n in Upper a__b a_ _a a-b a.b; do
		printf 'service 0x01 s\nmsg 0x0001 %s\n' $n | refuses 2 "not a name"
	done
	for n in a_b a--b a- Upper camelCase a.b; do
		printf 'enum e\n\t1 %s\n' $n | refuses 2 "not a name of a value: $n"
	done
	# Names of errors are read as one word: nothing may stand between its parts.
	for n in lower Two-Parts; do
		printf 'enum protocol_error\n\t1 %s\n' $n | refuses 2 "not a name of a value: $n"
	done
}

# ---- what a walker could not walk ----

@test "text to the end of a TLV is its last part, and never in an array" {
	refuses_type '{ a:str b:u8 }' "nothing can follow text that goes to the end"
	refuses_type '{ a:{ b:str } c:u8 }' "nothing can follow text that goes to the end"
	refuses_type '[u8]str' "cannot stand in an array"
	refuses_type '[2]{ a:str }' "cannot stand in an array"
	refuses_type '[u8]{ a:u8 b:str<=8 }' "cannot stand in an array"
}

@test "lengths of zero" {
	refuses_type '[0]u8' "an array without items"
	refuses_type '[00]u8' "an array without items"
	refuses_type '[u8+0]u8' "an array without items"
	refuses_type 'str*0' "text without any length"
	refuses_type 'str<=0' "text without any length"
	refuses_type 'str8<=0' "text without any length"
	refuses_type 'str*6<=3' "a fixed string has no <="
}

@test "nesting deeper than the walker goes" {
	takes_type '[1][1][1][1][1][1][1]u8'
	refuses_type '[1][1][1][1][1][1][1][1]u8' "nested deeper than 8"
	takes_type '{ a:{ a:{ a:{ a:{ a:{ a:{ a:u8 } } } } } } }'
	refuses_type '{ a:{ a:{ a:{ a:{ a:{ a:{ a:{ a:u8 } } } } } } } }' "nested deeper than 8"
}

@test "TLV 02 of a response is the result, of an indication any other" {
	refuses 3 "TLV 02 of a response is the result" <<-'END'
	service 0x01 s
	msg 0x0001 m
		< 02 x u8
	END
	takes <<-'END'
	service 0x01 s
	msg 0x0001 m
		> 02 x u8
	ind 0x0001 m
		< 02 x u8
	END
}

@test "no more vendors than a byte tells apart" {
	many() {
		echo "service 0x01 s"
		awk "BEGIN { for (i = 1; i <= $1; i++) printf \"msg 0x%04x m%d vendor 0x%04x\n\", i, i, i }"
	}
	many 127 | takes
	many 128 | refuses_whole "more than 127 vendors"
}
