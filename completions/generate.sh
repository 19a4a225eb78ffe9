#!/bin/sh
# generate.sh QMITOOL [DIR] - make the completions of bash, zsh and fish from the tables.
#
# "qmitool --dump-cli" tells the tables; the *.in files here are what stays the same.
set -eu
qmitool=$1
here=$(dirname "$0")
dir=${2:-$here}
tables=$(mktemp)
trap 'rm -f "$tables"' EXIT
"$qmitool" --dump-cli >"$tables"

make_one() {
	awk -v shell="$1" -f "$here/generate.awk" "$tables" "$here/$1.in" >"$dir/$2.new"
	mv "$dir/$2.new" "$dir/$2"
}

make_one bash qmitool.bash
make_one zsh _qmitool
make_one fish qmitool.fish
