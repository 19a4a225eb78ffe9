#!/bin/sh
# size.sh QMITOOL MAKE: how large the binary is, as it is and as smaller builds on musl, and
# what libqmi's tools take where they are installed.
set -eu
qmitool=$1
make=$2

row() {
	printf '%-52s %9s bytes\n' "$1" "$2"
}

bytes() {
	wc -c <"$1"
}

# musl LABEL DIR [VARIABLE=VALUE...]: a build of its own.
musl() {
	label=$1
	dir=build/$2
	shift 2
	"$make" -s CC=musl-gcc BUILD="$dir" BIN="$dir/qmitool" "$@" "$dir/qmitool" >/dev/null
	row "$label" "$(bytes "$dir/qmitool")"
}

row 'this build' "$(bytes "$qmitool")"
if command -v musl-gcc >/dev/null; then
	musl 'musl: everything' musl
	musl 'musl: APPLETS="raw list proxy", all services' musl-raw APPLETS='raw list proxy'
	musl 'musl: SERVICES="dms nas"' musl-small SERVICES='dms nas'
	musl 'musl: SERVICES=nas APPLETS="nas proxy"' musl-nas SERVICES=nas APPLETS='nas proxy'
else
	echo 'musl-gcc is not installed: its sizes are left out'
fi
awk '/^#define BLOB_SIZE/ { print $3 }' build/schema_blob.h | while read -r n; do
	row 'the schema of it: all services' "$n"
done
if command -v qmicli >/dev/null && [ -e /usr/libexec/qmi-proxy ]; then
	library=$(ldd "$(command -v qmicli)" | awk '/libqmi-glib/ { print $3 }')
	row 'qmicli, qmi-proxy and libqmi-glib, without GLib' \
		$(($(bytes "$(command -v qmicli)") + $(bytes /usr/libexec/qmi-proxy) + $(bytes "$library")))
fi
