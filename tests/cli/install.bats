# --install DIR makes the symlinks, as busybox does.

load ../lib

bats_require_minimum_version 1.5.0

setup() {
	setup_common
	BINARY=$(realpath "$QMITOOL")
	mkdir "$DIR/bin"
}

teardown() {
	teardown_common
}

@test "a link for each applet and each verb" {
	run -0 --separate-stderr "$QMITOOL" --install "$DIR/bin"
	[ -z "$output$stderr" ]
	made=$(cd "$DIR/bin" && ls)
	want=$("$QMITOOL" --dump-cli | awk -F '\t' '$1 == "alias" { print $3 }
		$1 == "applet" { print "qmi-" $2 }
		$1 == "verb" && $3 != "-" { print "qmi-" $2 "-" $3 }' | LC_ALL=C sort)
	[ "$(LC_ALL=C sort <<<"$made")" = "$want" ]
	for name in $made; do
		[ "$(readlink "$DIR/bin/$name")" = "$BINARY" ]
		run -0 "$DIR/bin/$name" --help
		[[ $output == usage:* ]]
	done
	[ -L "$DIR/bin/qmi-proxy" ] && [ -L "$DIR/bin/qmi-nas-signal" ]
}

@test "doing it again is fine" {
	"$QMITOOL" --install "$DIR/bin"
	run -0 --separate-stderr "$QMITOOL" --install="$DIR/bin"
	[ -z "$output$stderr" ]
}

@test "what stands there is left alone, the rest is made" {
	echo mine >"$DIR/bin/qmi-nas"
	ln -s /somewhere/else "$DIR/bin/qmi-proxy"
	run -3 --separate-stderr "$QMITOOL" --install "$DIR/bin"
	[ "${#stderr_lines[@]}" = 2 ]
	grep -qF "$DIR/bin/qmi-nas is there already" <<<"$stderr"
	grep -qF "$DIR/bin/qmi-proxy is there already" <<<"$stderr"
	[ "$(cat "$DIR/bin/qmi-nas")" = mine ]
	[ "$(readlink "$DIR/bin/qmi-proxy")" = /somewhere/else ]
	[ "$(readlink "$DIR/bin/qmi-dms")" = "$BINARY" ]
}

@test "the program is found however it was called" {
	mkdir "$DIR/real" "$DIR/a" "$DIR/b" "$DIR/c"
	cp "$BINARY" "$DIR/real/tool"
	ln -s real/tool "$DIR/link"
	(cd "$DIR/real" && ./tool --install ../a)
	(cd / && PATH=/nowhere::"$DIR/real":$PATH tool --install "$DIR/b")
	(cd "$DIR" && ./link --install c)
	for dir in a b c; do
		[ "$(readlink "$DIR/$dir/qmi-nas")" = "$(realpath "$DIR/real/tool")" ]
	done
}

@test "no such directory, not a directory" {
	run -3 --separate-stderr "$QMITOOL" --install "$DIR/none"
	[ "$stderr" = "qmitool: $DIR/none: No such file or directory" ]
	touch "$DIR/file"
	run -3 --separate-stderr "$QMITOOL" --install "$DIR/file"
	[ "$stderr" = "qmitool: $DIR/file: Not a directory" ]
}
