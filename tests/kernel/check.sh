#!/bin/sh
# check.sh QMITOOL: the tests in the guest, as TAP.  A static qmitool; USBMODEM and RIG_CACHE as for
# run.sh.  What is not to be had on this machine is a word and no failure.
set -u

here=$(cd "$(dirname "$0")" && pwd)
qmitool=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

if ldd "$qmitool" >/dev/null 2>&1; then
	echo "1..0 # skip $qmitool is not static"
	exit 0
fi
mkdir -p "$tmp/root/rig/bin"
cp "$qmitool" "$tmp/root/rig/bin/qmitool"
echo 0 >"$tmp/tests"
failed=0

# Numbers run on from suite to suite.
renumber() {
	awk -v n="$(cat "$tmp/tests")" -v file="$tmp/tests" '
	/^1\.\.[0-9]+$/ { next }
	/^(not )?ok [0-9]+ / { n++; sub(/ok [0-9]+/, "ok " n) }
	{ print; fflush() }
	END { print n >file }'
}

# result ok|"not ok" WORDS
result() {
	n=$(($(cat "$tmp/tests") + 1))
	echo "$n" >"$tmp/tests"
	echo "$1 $n - $2"
}

# suite NAME OPTION...: one boot.
suite() {
	name=$1
	shift
	{
		"$here/run.sh" "$@" -r "$tmp/root" "$here/$name.sh" 2>"$tmp/err"
		echo $? >"$tmp/status"
	} | renumber
	status=$(cat "$tmp/status")
	sed 's/^/# /' "$tmp/err"
	case $status in
	0) ;;
	1) failed=1 ;;
	77) result ok "$name # skip $(sed -n 's/^rig: //p' "$tmp/err" | tail -n 1)" ;;
	*)
		failed=1
		result "not ok" "$name: the guest ended with $status"
		;;
	esac
}

suite port -t 300
suite link -t 300
# The least with which a generic kernel of Debian's boots; docs/initramfs.md tells of it.
RIG_MEM=96
export RIG_MEM
suite bare -t 300 -b
unset RIG_MEM

# made NAME COMMAND...: what a suite needs; false: it is not to be had, and a word says so.
made() {
	name=$1
	shift
	"$@" >"$tmp/made" 2>"$tmp/err" && return
	status=$?
	sed 's/^/# /' "$tmp/err"
	if [ $status = 77 ]; then
		result ok "$name # skip $(tail -n 1 "$tmp/err")"
	else
		failed=1
		result "not ok" "$name: $1 ended with $status"
	fi
	return 1
}

cache=${RIG_CACHE:-$here/../../build/kernel}
if made beside "$here/packages.sh" "$cache/packages"; then
	RIG_MEM=1024
	export RIG_MEM
	suite beside -t 400 -r "$(cat "$tmp/made")"
	unset RIG_MEM
fi

# What docs/initramfs.md has people install, by the tools that they have.
if made images "$here/images.sh" "$cache/images" "$("$here/run.sh" -p)" "$qmitool"; then
	for image in initramfs-tools dracut; do
		RIG_APPEND="boot=rig qmi.apn=internet"
		export RIG_APPEND
		suite booted -t 150 -I "$cache/images/$image.img" -r "$cache/images/rig"
	done
	unset RIG_APPEND
fi
echo "1..$(cat "$tmp/tests")"
[ $failed = 0 ]
