#!/bin/sh
# Boots a Debian kernel in QEMU, where the real qmi_wwan and cdc-wdm drive an emulated modem, and
# runs a script there.  See README.md.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${RIG_CACHE:-$here/../../build/kernel}
usbmodem=${USBMODEM:-$here/../../build/usbmodem}
kernel=${RIG_KERNEL:-linux-image-amd64}
accel=${RIG_ACCEL:-auto}
load="vhci-hcd qmi_wwan"
stage="${RIG_MODULES:-}"
bins="/usr/bin/qmicli /usr/libexec/qmi-proxy /usr/bin/strace ${RIG_BINS:-}"
timeout=120
interactive='' prepare='' bare='' image='' roots=''

usage() {
	cat <<'END'
usage: run.sh [-b] [-r ROOT]... [-I IMAGE] [-t SECONDS] SCRIPT [ARGUMENT...]
       run.sh -i [-b] [-r ROOT]...      a shell in the guest
       run.sh -p                        fetch the kernel; prints where it is

  SCRIPT      runs in the guest as root; its output is ours, its exit status too
  -r ROOT     what is in this directory goes to the root of the guest
  -b          bare: busybox and modules; no /proc, /sys, /etc, /run, no programs of the host
  -I IMAGE    that initramfs, with its own /init; SCRIPT is put at /rig/script
  -t SECONDS  the longest it may take (120)

Exit: the script's; 77 something is not to be had here; 124 timeout; 125 the rig failed.
Environment: RIG_CACHE RIG_KERNEL RIG_MODULES RIG_BINS RIG_MODEM RIG_OUT RIG_LOG RIG_SMP RIG_MEM
RIG_ACCEL RIG_APPEND USBMODEM
END
}

say() {
	echo "rig: $*" >&2
}

fail() {
	say "$*"
	exit 125
}

# Not a failure: it can only not be done here.
missing() {
	say "$*"
	exit 77
}

while getopts bipI:r:t:h o; do
	case $o in
	b) bare=1 ;;
	i) interactive=1 ;;
	p) prepare=1 ;;
	I) image=$OPTARG ;;
	r) roots="$roots
$OPTARG" ;;
	t) timeout=$OPTARG ;;
	h) usage && exit 0 ;;
	*) usage >&2 && exit 125 ;;
	esac
done
shift $((OPTIND - 1))
script=
if [ -z "$interactive$prepare" ]; then
	[ $# -gt 0 ] || { usage >&2 && exit 125; }
	script=$1
	shift
	[ -f "$script" ] || fail "no such script: $script"
fi

[ "$(uname -m)" = x86_64 ] || missing "the guest is an x86_64, this machine is not"
for tool in qemu-system-x86_64 busybox cpio xz apt-get dpkg-deb sha256sum timeout; do
	command -v $tool >/dev/null || missing "$tool is not installed"
done
bb=$(command -v busybox)
if ldd "$bb" >/dev/null 2>&1; then
	missing "busybox is not static (busybox-static)"
fi

mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
tmp=$(mktemp -d "$cache/run.XXXXXX")
qemu_pid=
# shellcheck disable=SC2317
cleanup() {
	[ -z "$qemu_pid" ] || kill "$qemu_pid" 2>/dev/null || :
	rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# shellcheck source=tests/kernel/image.sh
. "$here/image.sh"

# quote WORD...: for eval in the guest
quote() {
	for w; do
		printf "'%s' " "$(printf %s "$w" | sed "s/'/'\\\\''/g")"
	done
}

make_initrd() {
	r=$tmp/root
	mkdir -p "$r/rig/bin"
	cp "$here/guest/init" "$r/$([ -n "$image" ] && echo rig/init || echo init)"
	cp "$here/guest/lib.sh" "$r/rig/"
	cp "$here/guest/rig-wait" "$usbmodem" "$r/rig/bin/"
	ln -s usbmodem "$r/rig/bin/modemctl"
	[ -z "$script" ] || cp "$script" "$r/rig/script"
	{
		echo "RIG_BARE=$bare"
		echo "RIG_MODEM=$(quote "${RIG_MODEM:-}")" # words for a shell
		echo "RIG_ARGS=$(quote "$(quote "$@")")"
		echo "RIG_INTERACTIVE=$interactive"
		echo "RIG_OUT=${RIG_OUT:+1}"
	} >"$r/rig/env"
	cat "$base" >"$tmp/initrd"
	echo "$roots" | while read -r d; do
		[ -z "$d" ] || pack "$d" >>"$tmp/initrd"
	done
	pack "$r" >>"$tmp/initrd"
}

# qemu ACCEL SECONDS ARGUMENT...: becomes QEMU, so call it in a subshell.
qemu() {
	a=$1 t=$2
	shift 2
	exec timeout --foreground -k 5 "$t" qemu-system-x86_64 -nodefaults -no-user-config -no-reboot \
		-display none -monitor none -machine pc,accel="$a" -m "${RIG_MEM:-512}" \
		-kernel "$kdir/vmlinux" "$@"
}

# A /dev/kvm that opens is not yet one that runs this kernel: it is tried, once.
choose_accel() {
	[ "$accel" = auto ] || return 0
	accel=tcg
	[ -w /dev/kvm ] || return 0
	if [ ! -f "$cache/accel" ]; then
		mkdir -p "$tmp/probe/bin"
		cp -L "$bb" "$tmp/probe/bin/busybox"
		printf '#!/bin/busybox sh\n/bin/busybox poweroff -f\n' >"$tmp/probe/init"
		chmod 755 "$tmp/probe/init"
		pack "$tmp/probe" >"$tmp/probe.cpio"
		# QEMU may abort; a subshell keeps the word about it off our stderr.
		(
			(qemu kvm 10 -cpu host -initrd "$tmp/probe.cpio" -append "quiet panic=-1") &&
				echo kvm >"$tmp/accel"
			:
		) </dev/null >/dev/null 2>&1
		[ -f "$tmp/accel" ] || echo tcg >"$tmp/accel"
		mv "$tmp/accel" "$cache/accel"
	fi
	accel=$(cat "$cache/accel")
}

# The guest's serial ports: console, the script's output, its exit status, its files.
boot() {
	status=0
	: >"$tmp/console.log"
	: >"$tmp/rc"
	set -- -cpu "$([ "$accel" = kvm ] && echo host || echo max)" -smp "${RIG_SMP:-1}" \
		-initrd "$tmp/initrd" -serial "file:$tmp/console.log" \
		-append "console=ttyS0 quiet panic=-1 mitigations=off nokaslr ${RIG_APPEND:-}" \
		-chardev stdio,id=out,signal=off -serial chardev:out \
		-serial "file:$tmp/rc" -serial "file:$tmp/out.tar"
	if [ -n "$interactive" ]; then
		(qemu "$accel" "$timeout" "$@") || status=$?
		return
	fi
	# Through a pipe of our own: QEMU makes its stdout non-blocking.
	mkfifo "$tmp/fifo"
	cat "$tmp/fifo" &
	cat_pid=$!
	(qemu "$accel" "$timeout" "$@" </dev/null >"$tmp/fifo") &
	qemu_pid=$!
	wait "$qemu_pid" || status=$?
	qemu_pid=
	wait "$cat_pid" || :
}

finish() {
	log=${RIG_LOG:-$cache/console.log}
	mv "$tmp/console.log" "$log"
	if [ -n "${RIG_OUT:-}" ] && [ -s "$tmp/out.tar" ]; then
		mkdir -p "$RIG_OUT"
		tar -C "$RIG_OUT" -xf "$tmp/out.tar" || say "the guest's /out came back damaged"
	fi
	rc=$(sed -n 's/^rc=\([0-9]*\).*/\1/p' "$tmp/rc")
	# cdc-wdm has warnings of its own ("URB submitted while active"): a word, no failure.
	if grep -qE 'BUG:|Oops|Kernel panic|general protection' "$log"; then
		say "the guest's kernel broke down, see $log"
		[ "$rc" != 0 ] || rc=125
	elif grep -q 'WARNING:' "$log"; then
		say "the guest's kernel warned, see $log"
	fi
	[ -z "$rc" ] || exit "$rc"
	if [ "$status" = 124 ] || [ "$status" = 137 ]; then
		say "timeout after $timeout s"
		exit 124
	fi
	say "the guest died (QEMU: $status); its last words:"
	tail -n 15 "$log" >&2
	exit 125
}

get_kernel
if [ -n "$prepare" ]; then
	echo "$kdir"
	exit 0
fi
[ -x "$usbmodem" ] || fail "no $usbmodem (make build/usbmodem)"
if [ -n "$image" ]; then
	base=$image
else
	make_base
fi
choose_accel
make_initrd "$@"
boot
finish
