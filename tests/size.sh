#!/bin/sh
# size.sh BINARY: how large it is, what is linked, and where the bytes are.
set -eu
bin=$1
printf '%s: %s bytes\n' "$bin" "$(wc -c <"$bin")"
if command -v file >/dev/null; then
	file "$bin"
fi
