# compile.awk - the schema compiler: qmux/schema/*.qmi to one constant table.
#
#	awk -f compile.awk -v out=header|blob FILE.qmi ...
#
# Prints the header of ids (out=header), or the blob as C (out=blob).  POSIX awk only:
# mawk, gawk and busybox awk give the same bytes.  Bad input ends it with FILE:LINE and exit 1.
#
# The language, one thing a line; '#' starts a comment:
#
#	service 0x03 nas		the messages that follow are this service's
#	enum NAME			followed by lines "VALUE name", ascending
#	flags NAME			followed by lines "BIT name", ascending; a whole
#					value that is no single bit is written in hex: 0x0, 0xffff
#	msg 0xID name [vendor 0xVID]	a request and its response
#	ind 0xID name [vendor 0xVID]	an indication
#		> 10 name TYPE		a TLV of the request; ascending
#		>! 01 name TYPE		one that the request must have
#		< 10 name TYPE		a TLV of the response or indication
#
#	TYPE	bool u8 u16 u24 u32 u48 u64 i8 i16 i32 i64 f32 f64
#		u16be			big-endian
#		u8=NAME u16|NAME	an enum, a flag set (i8=bool: a bool of that width)
#		str			text, to the end of the TLV
#		str8 str16		text with its length before it
#		str*6			text of that length
#		str<=15			no longer than that (str8 and str16 too)
#		[u8]T [u16]T [u32]T	a counted array; [16]T one of that length
#		[u8+u16]T		a sequence number, then the count
#		{ name:T name:T }	a structure
#		u32~ip4			a form: how people write it (qmux/form.h has them all)
#			u32	ip4
#			u64	unix_s unix_ms gps_ms
#			u48	gps_ticks
#			[16]u8 [8]u16be
#				ip6
#			[3]u8	plmn
#			[u8]u8	bcd gsm7 ascii coded; [N]u8 too
#			[u8]u16	ucs2; [N]u16 too
#		u8~coding=NAME		says how the ~coded after it in the same structure
#					are written, by the names of values
#	"personal" after a TYPE: subscriber data, masked in logs.
#
# Blob (all u16 little-endian; offsets are from the start of the area):
#	words		text of all words, each ended by a character with bit 7 set
#	common		u16[COMMON]: offsets of the words that are used most
#	names		a name is words: u8 code; bit 7: the last one; code < COMMON: a common
#			word; otherwise the offset is (code - COMMON) * 256 + the next byte.
#			A name that ends another one has no place of its own
#	enums		u8 head (bit 7 flags, bit 6 row, bits 0-3 width of a value), u16 count,
#			then { value[width], u16 name }; enum values are signed; flags are bit
#			numbers, 254 is the value 0xffff, 255 the value 0; in a row, where each
#			is one more than that before, { value[width] } of the first, { u16 name }
#	types		see qmux/schema.h
#	tlvs		{ u8 id, u16 name, u16 type | 0x8000 mandatory }
#	messages	{ u16 id, u16 name, u8 vendor | 0x80 indication, u16 first tlv,
#			u8 request tlvs, u8 response tlvs }
#	services	{ u16 id, u16 name, u16 first message, u16 messages }
#	vendors		u16[]: USB vendor ids; messages hold 1 + index

function fail(text)
{
	printf "%s: %s\n", where, text > "/dev/stderr"
	failed = 1
	exit 1
}

function number(s,	i, v, d)	# decimal, negative decimal, or hex
{
	if (s ~ /^0x[0-9a-f]+$/) {
		for (i = 3; i <= length(s); i++) {
			d = index("0123456789abcdef", substr(s, i, 1)) - 1
			v = v * 16 + d
		}
		return v + 0
	}
	if (s !~ /^-?[0-9]+$/)
		fail("not a number: " s)
	return s + 0
}

function hex_id(s, most,	v)
{
	if (s !~ /^0x[0-9a-f]+$/)
		fail("not a hex id: " s)
	v = number(s)
	if (v > most)
		fail("id too large: " s)
	return v
}

function check_name(s)
{
	if (s !~ /^[a-z0-9]+(_[a-z0-9]+)*$/)
		fail("not a name (lower case, digits, single _ between): " s)
	return check_length(s)
}

# What becomes the start of a C macro.
function check_prefix(s)
{
	if (s !~ /^[a-z]/)
		fail("a name that starts with a letter is needed here: " s)
	return check_name(s)
}

function check_length(s)
{
	if (length(s) > NAME_MOST)
		fail("longer than " NAME_MOST " characters: " s)
	return s
}

# The macros of the header must differ, or one would silently stand for the other.
function claim(name)
{
	name = macro(name)
	if (name in claimed)
		fail(name " stands twice in the header, first for " claimed[name])
	claimed[name] = where
}

# ---- bytes: comma-separated text, with a count kept apart ----

function b8(v)
{
	if (v < 0 || v > 255)
		fail("does not fit a byte: " v)
	return v ","
}

function b16(v)
{
	if (v < 0 || v > 65535)
		fail("does not fit 16 bits: " v)
	return (v % 256) "," int(v / 256) ","
}

function power2(n,	v)	# busybox awk may lack "^"
{
	for (v = 1; n > 0; n--)
		v *= 2
	return v
}

function signed(v, width,	i, s)
{
	if (v < 0)
		v += power2(8 * width)
	for (i = 0; i < width; i++) {
		s = s (v % 256) ","
		v = int(v / 256)
	}
	return s
}

function count(s)
{
	return gsub(/,/, ",", s)
}

# ---- names ----

# A name as its words, joined by spaces: a_b, a-b and AbCd all come apart.
function words_of(name,	i, c, s)
{
	s = name ~ /^-/ ? "-" : ""	# one value of a vendor's is called "-unknown"
	name = substr(name, length(s) + 1)
	gsub(/[_-]/, " ", name)
	for (i = 1; i <= length(name); i++) {
		c = substr(name, i, 1)
		if (i > 1 && c ~ /[A-Z]/ && substr(name, i - 1, 1) ~ /[a-z0-9]/)
			s = s " "
		s = s c
	}
	return s
}

function name_ref(name,	w, n, i, part)
{
	w = words_of(name)
	if (placing)
		return name_at[w]
	if (!(w in name_seen)) {
		name_seen[w] = 1
		name_list[++n_names] = w
		n = split(w, part, " ")
		for (i = 1; i <= n; i++) {
			if (!(part[i] in word_uses))
				word_list[++n_words] = part[i]
			word_uses[part[i]] = 0
		}
	}
	return 0
}

# Names that end alike share their words, so the long ones go first, and those are stored.
function choose_names(	i, j, n, most, part, tail)
{
	for (i = 1; i <= n_names; i++) {
		n = split(name_list[i], part, " ")
		if (n > most)
			most = n
	}
	for (; most > 0; most--)
		for (i = 1; i <= n_names; i++) {
			n = split(name_list[i], part, " ")
			if (n != most || (name_list[i] in in_stored))
				continue
			stored[++n_stored] = tail = name_list[i]
			for (j = 1; j <= n; j++) {
				in_stored[tail] = 1
				tail = substr(tail, length(part[j]) + 2)
				word_uses[part[j]]++
			}
		}
}

# Words that end alike share their text, so the long ones go first.
function place_words(	i, j, len, w, at)
{
	for (i = 1; i <= n_words; i++)
		if (length(word_list[i]) > len)
			len = length(word_list[i])
	for (; len > 0; len--)
		for (i = 1; i <= n_words; i++) {
			w = word_list[i]
			if (length(w) != len || (w in word_at))
				continue
			for (j = 1; j <= len; j++) {
				if (!(substr(w, j) in word_at))
					word_at[substr(w, j)] = at + j - 1
				words = words b8(ord[substr(w, j, 1)] + (j == len ? 128 : 0))
			}
			at += len
		}
	if (at > (128 - COMMON) * 256)
		fail("too many words for the blob: " at " bytes; a smaller COMMON makes room")
}

function place_common(	i, j, best)
{
	for (i = 0; i < COMMON; i++) {
		best = 0
		for (j = 1; j <= n_words; j++)
			if (!(word_list[j] in common_at) && \
			    (!best || word_uses[word_list[j]] > word_uses[word_list[best]]))
				best = j
		if (best)
			common_at[word_list[best]] = i
		commons = commons b16(best ? word_at[word_list[best]] : 0)
	}
}

function place_names(	i, j, n, part, tail, last, at)
{
	for (i = 1; i <= n_stored; i++) {
		tail = stored[i]
		n = split(tail, part, " ")
		for (j = 1; j <= n; j++) {
			if (!(tail in name_at))
				name_at[tail] = at + 0
			tail = substr(tail, length(part[j]) + 2)
			last = j == n ? 128 : 0
			if (part[j] in common_at) {
				names = names b8(last + common_at[part[j]])
				at++
			} else {
				names = names b8(last + COMMON + int(word_at[part[j]] / 256))
				names = names b8(word_at[part[j]] % 256)
				at += 2
			}
		}
	}
	if (at > 65535)
		fail("too many names for the blob: " at " bytes")
}

# ---- types ----

# The enum or flag set behind a scalar: "=name" or "|name".
function type_ref(suffix, kind, size,	name)
{
	name = substr(suffix, 2)
	if (kind ~ /^f/)
		fail("a float has no names")
	if (suffix == "=bool")
		return b16(65535)
	if (!(name in enum_kind))
		fail("no such enum or flags: " name)
	if (enum_kind[name] != (suffix ~ /^=/ ? "enum" : "flags"))
		fail(name " is " enum_kind[name] ": write it with " (suffix ~ /^=/ ? "|" : "="))
	if (enum_kind[name] == "flags" && enum_most_bit[name] >= size * 8)
		fail(name " has bits beyond " kind)
	return placing ? b16(enum_at[name]) : b16(0)
}

function text_type(s, mark,	base, max, fixed, mode)
{
	if (match(s, /<=[0-9]+$/)) {
		max = substr(s, RSTART + 2)
		s = substr(s, 1, RSTART - 1)
	}
	if (s ~ /^str\*[0-9]+$/) {
		fixed = substr(s, 5)
		mode = 3
	} else if (s in TEXT_MODE) {
		mode = TEXT_MODE[s]
	} else {
		fail("unknown type: " s)
	}
	if (max != "" && mode == 3)
		fail("a fixed string has no <=")
	if ((fixed max) ~ /^0+$/)
		fail("text without any length: " s)
	if (mode == 1 && max + 0 > 255)
		fail("str8 holds no more than 255 bytes")
	if (mode == 0)
		open_end = 1
	return b8(T_TEXT + mark + (max != "" ? 64 : 0)) b8(mode) \
		(mode == 3 ? b16(fixed + 0) : "") (max != "" ? b16(max + 0) : "")
}

function define_form(name, base, kind)
{
	FORM_BASE[name] = base
	FORM_KIND[name] = kind
}

# The kind of a form; it must stand on that type.
function form_kind(form, base)
{
	if (!(form in FORM_KIND))
		fail("unknown form: " form)
	if (index(" " FORM_BASE[form] " ", " " base " ") == 0)
		fail("~" form " is a form of " FORM_BASE[form] ", not of " base)
	return FORM_KIND[form]
}

# An array of bytes or 16-bit units with a form.
function form_type(head, item, form, mark,	kind)
{
	if (head ~ /^[1-9][0-9]*$/ && head + 0 < 256 && !(form in FORM_COUNT)) {
		kind = form_kind(form, "[u8]" item)
		head = b8(3) b16(head + 0)
	} else {
		kind = form_kind(form, "[" head "]" item)
		head = form in FORM_COUNT ? b8(3) b16(FORM_COUNT[form]) : b8(1)
	}
	if (form == "coded" && !has_coding)
		fail("no ~coding before ~coded in the same structure")
	return b8(kind + mark) head
}

function scalar_type(s, mark,	base, suffix, form, kind)
{
	suffix = form = ""
	base = s
	if (match(s, /[=|]/)) {
		suffix = substr(s, RSTART)
		base = substr(s, 1, RSTART - 1)
	}
	if (match(base, /~/)) {
		form = substr(base, RSTART + 1)
		base = substr(base, 1, RSTART - 1)
	}
	if (base ~ /be$/) {
		mark += 64
		base = substr(base, 1, length(base) - 2)
		if (SIZE[base] == 1)
			fail("one byte has no order: " s)
	}
	if (!(base in SCALAR))
		fail("unknown type: " s)
	if (base == "bool" && suffix != "")
		fail("bool has no names: " s)
	kind = form == "" ? SCALAR[base] : form_kind(form, base)
	if (form == "coding")
		has_coding = 1
	if (form != "" && (form == "coding") != (suffix ~ /^=/ && suffix != "=bool"))
		fail(form == "coding" ? "~coding needs an enum: " s : "a form has no names: " s)
	return b8(kind + mark + (suffix != "" ? 32 : 0)) \
		(suffix != "" ? type_ref(suffix, base, SIZE[base]) : "")
}

function struct_type(mark, depth,	body, n, t, name, seen)
{
	has_coding = 0
	for (n = 0; tok[++at_tok] != "}"; n++) {
		if (at_tok > n_tok)
			fail("'}' is missing")
		t = tok[at_tok]
		if (!match(t, /^[^:]*:/))
			fail("a field is written name:type, not " t)
		name = check_name(substr(t, 1, RLENGTH - 1))
		if (name in seen)
			fail("two fields are called " name)
		if (open_end)
			fail("nothing can follow text that goes to the end")
		seen[name] = 1
		body = body b16(name_ref(name)) type(substr(t, RLENGTH + 1), depth + 1)
	}
	has_coding = 0		# nor after it in one that encloses it
	if (!n)
		fail("a structure without fields")
	return b8(T_STRUCT + mark) b16(count(body) + 1) b8(n) body
}

function personal_mark()
{
	if (tok[at_tok + 1] != "personal" || at_tok >= n_tok)
		return 0
	at_tok++
	return 128
}

# One type: s is the token (what comes before "{" may be empty), more tokens follow.
function type(s, depth,	mark, head, n, seq)
{
	if (depth > DEPTH_MAX)
		fail("nested deeper than " DEPTH_MAX)
	if (match(s, /^\[[^]]*]/)) {
		head = substr(s, 2, RLENGTH - 2)
		s = substr(s, RLENGTH + 1)
		if (s ~ /^u(8|16|16be)~/) {
			n = index(s, "~")
			return form_type(head, substr(s, 1, n - 1), substr(s, n + 1), personal_mark())
		}
		seq = 0
		if (head ~ /^u8\+/) {
			seq = 16
			head = substr(head, 4)
		}
		if (head in COUNT)
			head = b8(T_ARRAY) b8(COUNT[head] + seq)
		else if (head ~ /^0+$/)
			fail("an array without items")
		else if (head ~ /^[0-9]+$/)
			head = b8(T_ARRAY) b8(3 + seq) b16(head + 0)
		else
			fail("unknown array length: " head)
		n = type(s, depth + 1)
		if (open_end)
			fail("text that goes to the end cannot stand in an array")
		return head n
	}
	if (s == "") {
		if (tok[++at_tok] != "{")
			fail("a type is missing")
		return struct_type(0, depth)
	}
	mark = personal_mark()
	return s ~ /^str/ ? text_type(s, mark) : scalar_type(s, mark)
}

function compile_type(text,	s, personal)
{
	gsub(/[{}]/, " & ", text)
	n_tok = split(text, tok, " ")
	tok[n_tok + 1] = ""
	open_end = has_coding = 0
	if (tok[1] == "{") {
		at_tok = 0
		s = type("", 1)
	} else {
		at_tok = 1
		s = type(tok[1], 1)
	}
	if (at_tok < n_tok && tok[at_tok + 1] == "personal") {
		at_tok++
		# A structure or array as a whole: the mark is in its first byte.
		personal = substr(s, 1, index(s, ",") - 1) + 128
		if (personal > 255)
			fail("personal stands twice")
		s = personal substr(s, index(s, ","))
	}
	if (at_tok != n_tok)
		fail("more than a type: " tok[at_tok + 1])
	return s
}

# ---- reading ----

{
	where = FILENAME ":" FNR
	sub(/(^|[ \t])#.*/, "")
}

NF == 0 { next }

$1 == "service" {
	if (NF != 3)
		fail("service 0xID name")
	id = hex_id($2, 65535)
	if (id in service_seen)
		fail("service " $2 " stands twice")
	if (check_prefix($3) in service_named)
		fail("two services are called " $3)
	claim("qmux_service_" $3)
	service_seen[id] = service_named[$3] = 1
	service = ++n_services
	service_id[service] = id
	service_name[service] = $3
	service_first[service] = n_messages
	section = "service"
	next
}

$1 == "enum" || $1 == "flags" {
	if (NF != 2)
		fail($1 " NAME")
	if (check_prefix($2) in enum_kind || $2 == "bool")
		fail("two enums are called " $2)
	claim("qmux_enum_" $2)
	section = $1
	enum = $2
	enum_kind[enum] = $1
	enum_list[++n_enums] = enum
	enum_where[enum] = where
	enum_n[enum] = enum_least[enum] = enum_most[enum] = enum_most_bit[enum] = 0
	next
}

$1 == "msg" || $1 == "ind" {
	if (!service)
		fail("a message before any service")
	if (NF != 3 && !(NF == 5 && $4 == "vendor"))
		fail($1 " 0xID name [vendor 0xVID]")
	m = ++n_messages
	service_n[service]++
	msg_id[m] = hex_id($2, 65535)
	msg_name[m] = check_name($3)
	msg_kind[m] = $1
	msg_vendor[m] = NF == 5 ? hex_id($5, 65535) : 0
	if (NF == 5 && !msg_vendor[m])
		fail("vendor 0 is nobody: leave it out")
	if ((service, $1, $3) in msg_named)
		fail("two messages are called " $3)
	msg_named[service, $1, $3] = 1
	claim(service_name[service] ($1 == "ind" ? "_ind_" : "_") $3)
	order = msg_id[m] * 131072 + (msg_kind[m] == "ind") * 65536 + msg_vendor[m]
	if (service_n[service] > 1 && order == last_order)
		fail("message " $2 " stands twice")
	if (service_n[service] > 1 && order < last_order)
		fail("messages are not in ascending order (by id, msg before ind, vendor): " $2)
	last_order = order
	msg_tlv[m] = n_tlvs + 1
	msg_in[m] = msg_out[m] = 0
	section = "message"
	next
}

section == "enum" || section == "flags" {
	if (NF != 2)
		fail("VALUE name")
	v = number($1)
	if (section == "flags") {
		if ($1 ~ /^0x/) {
			if (v != 0 && v != 65535)
				fail("a whole value of a flag set is 0x0 or 0xffff, not " $1)
			v = v ? 254 : 255
		} else if (v < 0 || v > 63) {
			fail("a bit number is 0 to 63, not " $1)
		}
		bit = v == 254 ? 15 : v == 255 ? 0 : v
		if (bit > enum_most_bit[enum])
			enum_most_bit[enum] = bit
	}
	# These are shown as one word, InvalidQmiCommand, and all others with "-".
	if ($2 !~ (enum ~ /^(core|protocol)_error$/ ? \
	    "^[A-Z][A-Za-z0-9]*$" : "^-?[a-z0-9]+(-[a-z0-9]+)*$"))
		fail("not a name of a value: " $2)
	if (section == "enum" && (v < -2147483648 || v > 2147483647))
		fail("a value beyond 32 bits: " $1)
	if (enum_n[enum] && v <= enum_most[enum])
		fail(v == enum_most[enum] ? "value " $1 " stands twice" : "values are not in ascending order: " $1)
	if ((enum, $2) in value_named)
		fail("two values are called " $2)
	value_named[enum, check_length($2)] = 1
	if (section == "enum")
		claim(enum "_" words_of($2))
	if (v < enum_least[enum])
		enum_least[enum] = v
	enum_most[enum] = v
	enum_value[enum, ++enum_n[enum]] = v
	enum_name[enum, enum_n[enum]] = $2
	next
}

section == "message" && ($1 == ">" || $1 == ">!" || $1 == "<") {
	if (NF < 4)
		fail($1 " ID name TYPE")
	if ($2 !~ /^[0-9a-f][0-9a-f]$/)
		fail("a TLV's type is two hex digits, not " $2)
	v = number("0x" $2)
	if ($1 == "<") {
		if (msg_kind[m] == "msg" && v == 2)
			fail("TLV 02 of a response is the result")
		n = ++msg_out[m]
	} else {
		if (msg_kind[m] == "ind" || msg_out[m])
			fail(msg_kind[m] == "ind" ? "an indication has no request" : "the request stands before the response")
		n = ++msg_in[m]
	}
	if (n > 1 && v <= last_tlv)
		fail(v == last_tlv ? "TLV " $2 " stands twice" : "TLVs are not in ascending order: " $2)
	last_tlv = v
	if ((m, $1 == "<", check_name($3)) in tlv_named)
		fail("two TLVs are called " $3)
	tlv_named[m, $1 == "<", $3] = 1
	tlv_id[++n_tlvs] = v
	tlv_name[n_tlvs] = $3
	tlv_must[n_tlvs] = $1 == ">!"
	tlv_where[n_tlvs] = where
	text = $4
	for (i = 5; i <= NF; i++)
		text = text " " $i
	tlv_text[n_tlvs] = text
	next
}

{ fail("not understood: " $1) }

# ---- writing ----

function enum_width(e,	w)
{
	if (enum_kind[e] == "flags")
		return 1
	for (w = 1; w < 4; w *= 2)
		if (enum_least[e] >= -power2(8 * w - 1) && enum_most[e] < power2(8 * w - 1))
			break
	return w
}

# Is each value one more than that before?  They ascend.
function in_row(e)
{
	return enum_value[e, enum_n[e]] - enum_value[e, 1] == enum_n[e] - 1
}

function place_enums(	i, j, e, w, row, at)
{
	for (i = 1; i <= n_enums; i++) {
		e = enum_list[i]
		where = enum_where[e]
		if (!enum_n[e])
			fail(enum_kind[e] " " e " has no values")
		w = enum_width(e)
		enum_at[e] = at + 0
		row = in_row(e)
		enums = enums b8((enum_kind[e] == "flags" ? 128 : 0) + (row ? 64 : 0) + w) \
			b16(enum_n[e])
		for (j = 1; j <= enum_n[e]; j++)
			enums = enums (j == 1 || !row ? signed(enum_value[e, j], w) : "") \
				b16(name_ref(enum_name[e, j]))
		at += 3 + w * (row ? 1 : enum_n[e]) + 2 * enum_n[e]
	}
	where = "schema"
	if (at > 65534)
		fail("too many enums for the blob: " at " bytes")
}

function collect(	i, j, e)
{
	for (i = 1; i <= n_services; i++)
		name_ref(service_name[i])
	for (i = 1; i <= n_messages; i++)
		name_ref(msg_name[i])
	for (i = 1; i <= n_tlvs; i++) {
		where = tlv_where[i]
		name_ref(tlv_name[i])
		compile_type(tlv_text[i])
	}
	for (i = 1; i <= n_enums; i++)
		for (j = 1; j <= enum_n[enum_list[i]]; j++)
			name_ref(enum_name[enum_list[i], j])
	where = "schema"
}

# The bytes of a type may stand among those of another, so the long ones go first.
function place_types(	i, n, most, s, at, kind, size)
{
	for (i = 1; i <= n_tlvs; i++) {
		where = tlv_where[i]
		tlv_type[i] = s = compile_type(tlv_text[i])
		if (s in size)
			continue
		kind[++n] = s
		size[s] = count(s)
		if (size[s] > most)
			most = size[s]
	}
	for (; most > 0; most--)
		for (i = 1; i <= n; i++) {
			s = kind[i]
			if (size[s] != most)
				continue
			at = index("," types, "," s)
			type_at[s] = at ? count(substr(types, 1, at - 1)) : types_len + 0
			types = types (at ? "" : s)
			types_len += at ? 0 : most
		}
}

# Messages whose TLVs are the same share one run of them.
function place_messages(	m, i, n, run, vendor)
{
	for (m = 1; m <= n_messages; m++) {
		run = ""
		n = msg_in[m] + msg_out[m]
		for (i = msg_tlv[m]; i < msg_tlv[m] + n; i++)
			run = run b8(tlv_id[i]) b16(name_ref(tlv_name[i])) \
				b16(type_at[tlv_type[i]] + (tlv_must[i] ? 32768 : 0))
		if (!(run in run_at)) {
			run_at[run] = runs_len + 0
			runs = runs run
			runs_len += n
		}
		vendor = 0
		if (msg_vendor[m]) {
			if (!(msg_vendor[m] in vendor_at)) {
				vendor_at[msg_vendor[m]] = ++n_vendors
				if (n_vendors > VENDORS_MOST)
					fail("more than " VENDORS_MOST " vendors")
				vendors = vendors b16(msg_vendor[m])
			}
			vendor = vendor_at[msg_vendor[m]]
		}
		messages = messages b16(msg_id[m]) b16(name_ref(msg_name[m])) \
			b8(vendor + (msg_kind[m] == "ind" ? 128 : 0)) \
			b16(run_at[run]) b8(msg_in[m]) b8(msg_out[m])
	}
	where = "schema"
	if (types_len > 32767)
		fail("too many types for the blob: " types_len " bytes")
}

function place_services(	i)
{
	for (i = 1; i <= n_services; i++)
		services = services b16(service_id[i]) b16(name_ref(service_name[i])) \
			b16(service_first[i] + 0) b16(service_n[i] + 0)
}

function macro(name)
{
	gsub(/[ -]/, "_", name)
	return toupper(name)
}

function print_header(	i, j, s, e)
{
	print "/* Made from qmux/schema by compile.awk: the ids of services, messages and values. */"
	print "#ifndef QMUX_SCHEMA_IDS_H\n#define QMUX_SCHEMA_IDS_H\n"
	for (s = 1; s <= n_services; s++) {
		printf "#define QMUX_SERVICE_%s 0x%02x\n", macro(service_name[s]), service_id[s]
		for (i = service_first[s] + 1; i <= service_first[s] + service_n[s]; i++)
			printf "#define %s_%s%s 0x%04x\n", macro(service_name[s]), \
				msg_kind[i] == "ind" ? "IND_" : "", macro(msg_name[i]), msg_id[i]
	}
	print ""
	for (i = 1; i <= n_enums; i++) {
		e = enum_list[i]
		printf "#define QMUX_ENUM_%s %d\n", macro(e), enum_at[e]
		for (j = 1; j <= enum_n[e]; j++)
			if (enum_kind[e] == "enum")
				printf "#define %s_%s (%d)\n", macro(e), \
					macro(words_of(enum_name[e, j])), enum_value[e, j]
	}
	print "\n#endif"
}

function print_area(label, bytes)
{
	printf "#define BLOB_%s %d\n", label, blob_len
	blob = blob bytes
	blob_len += count(bytes)
}

function print_blob(	i, n, part)
{
	print "/* Made from qmux/schema by compile.awk, which documents the layout. */"
	printf "#define BLOB_COMMON_WORDS %d\n#define BLOB_N_SERVICES %d\n", COMMON, n_services
	print_area("WORDS", words)
	print_area("COMMON", commons)
	print_area("NAMES", names)
	print_area("ENUMS", enums)
	print_area("TYPES", types)
	print_area("TLVS", runs)
	print_area("MESSAGES", messages)
	print_area("SERVICES", services)
	print_area("VENDORS", vendors ? vendors : b16(0))	# one at least: C looks behind it
	printf "#define BLOB_SIZE %d\n\nstatic const uint8_t blob[BLOB_SIZE] = {\n", blob_len
	n = split(blob, part, ",")
	for (i = 1; i < n; i++)
		printf "%s%s", part[i], i % 24 ? "," : ",\n"
	print "\n};"
}

BEGIN {
	COMMON = 80
	DEPTH_MAX = 8			# QMUX_DEPTH_MAX
	NAME_MOST = 63			# QMUX_NAME_MAX with its NUL
	VENDORS_MOST = 127
	for (i = 33; i < 127; i++)
		ord[sprintf("%c", i)] = i
	n = split("u8 u16 u24 u32 u48 u64 i8 i16 i32 i64 f32 f64 bool", list, " ")
	split("1 2 3 4 6 8 1 2 4 8 4 8 1", sizes, " ")
	for (i = 1; i <= n; i++) {
		SCALAR[list[i]] = i - 1
		SIZE[list[i]] = sizes[i] + 0
	}
	T_TEXT = n
	T_ARRAY = n + 1
	T_STRUCT = n + 2
	define_form("coding", "u8", T_STRUCT + 1)
	define_form("ip4", "u32", T_STRUCT + 2)
	define_form("unix_s", "u64", T_STRUCT + 3)
	define_form("unix_ms", "u64", T_STRUCT + 4)
	define_form("gps_ms", "u64", T_STRUCT + 5)
	define_form("gps_ticks", "u48", T_STRUCT + 6)
	define_form("ip6", "[16]u8 [8]u16be", T_STRUCT + 7)
	FORM_COUNT["ip6"] = 16
	define_form("plmn", "[3]u8", T_STRUCT + 8)
	FORM_COUNT["plmn"] = 3
	define_form("bcd", "[u8]u8", T_STRUCT + 9)
	define_form("gsm7", "[u8]u8", T_STRUCT + 10)
	define_form("ucs2", "[u8]u16", T_STRUCT + 11)
	define_form("ascii", "[u8]u8", T_STRUCT + 12)
	define_form("coded", "[u8]u8", T_STRUCT + 13)
	TEXT_MODE["str"] = 0
	TEXT_MODE["str8"] = 1
	TEXT_MODE["str16"] = 2
	COUNT["u8"] = 1
	COUNT["u16"] = 2
	COUNT["u32"] = 4
}

END {
	if (failed)
		exit 1
	where = "schema"
	if (!n_services)
		fail("no service")
	collect()
	choose_names()
	place_words()
	place_common()
	place_names()
	placing = 1
	place_enums()
	place_types()
	place_messages()
	place_services()
	if (out == "header")
		print_header()
	else
		print_blob()
}
