#!/bin/sh
# images.sh DIR KERNEL QMITOOL: DIR/initramfs-tools.img and DIR/dracut.img, made by Debian's own tools
# with the hooks of packaging/, in a root of debootstrap's.  KERNEL is what run.sh -p prints.
#
# For the guest, both start the emulated modem early and run /rig/script where the root would be
# mounted, if DIR/rig is added (run.sh -I IMAGE -r DIR/rig).  Exit: 77 it cannot be done here.
set -eu

dir=$1 kernel=$2 qmitool=$3
here=$(cd "$(dirname "$0")" && pwd)
packaging=$here/../../packaging
root=$dir/root
version=$(cat "$kernel/version")

missing() {
	echo "images: $*" >&2
	exit 77
}

make_root() {
	[ ! -e "$root/ready" ] || return 0
	[ "$(id -u)" = 0 ] || missing "debootstrap needs root"
	command -v debootstrap >/dev/null || missing "debootstrap is not installed"
	# shellcheck disable=SC1091
	. /etc/os-release
	rm -rf "$root"
	mkdir -p "$dir"
	debootstrap --variant=minbase --include=initramfs-tools,busybox,dracut-core,udev,kmod,zstd,cpio \
		"${VERSION_CODENAME:-bookworm}" "$root" >"$dir/debootstrap.log" 2>&1 ||
		missing "debootstrap failed: $(tail -n 1 "$dir/debootstrap.log")"
	mkdir -p "$root/lib/modules"
	cp -al "$kernel/modules" "$root/lib/modules/$version" 2>/dev/null ||
		cp -a "$kernel/modules" "$root/lib/modules/$version"
	cp "$kernel/config" "$root/boot/config-$version"
	chroot "$root" depmod "$version"
	touch "$root/ready"
}

# As docs/initramfs.md says.
install_hooks() {
	install -D "$qmitool" "$root/usr/bin/qmitool"
	install -D "$packaging/initramfs/qmi-up" "$root/usr/lib/qmitool/qmi-up"
	install -D "$packaging/initramfs-tools/hooks/qmitool" "$root/etc/initramfs-tools/hooks/qmitool"
	install -D "$packaging/initramfs-tools/scripts/init-premount/qmitool" \
		"$root/etc/initramfs-tools/scripts/init-premount/qmitool"
	rm -rf "$root/usr/lib/dracut/modules.d/90qmitool"
	cp -r "$packaging/dracut/90qmitool" "$root/usr/lib/dracut/modules.d/"
	# Of the drivers only those that the hooks name: the guest has little memory.
	sed -i 's/^MODULES=.*/MODULES=list/' "$root/etc/initramfs-tools/initramfs.conf"
	mkdir -p "$root/etc/qmitool"
	echo 1234 >"$root/etc/qmitool/pin"
	chmod 600 "$root/etc/qmitool/pin"
}

# What only the guest has: its modem, and the script in the place of a root.
install_rig() {
	mkdir -p "$root/etc/initramfs-tools/scripts/init-top" "$root/usr/lib/dracut/modules.d/99rig"
	cat >"$root/etc/initramfs-tools/hooks/rig" <<-'END'
		#!/bin/sh
		[ "$1" != prereqs ] || exit 0
		. /usr/share/initramfs-tools/hook-functions
		manual_add_modules vhci_hcd
	END
	cat >"$root/etc/initramfs-tools/scripts/init-top/rig" <<-'END'
		#!/bin/sh
		[ "$1" != prereqs ] || exit 0
		modprobe vhci_hcd
		/rig/bin/usbmodem -p 0 -c /rig/modem.ctl -b -T 3600 -e "set pin1_status 1" >/rig/modem.pid
	END
	cat >"$root/etc/initramfs-tools/scripts/rig" <<-'END'
		mountroot() {
			/rig/bin/end
		}
	END
	cat >"$root/usr/lib/dracut/modules.d/99rig/module-setup.sh" <<-'END'
		#!/bin/bash
		check() { return 255; }
		depends() { return 0; }
		installkernel() { hostonly='' instmods vhci_hcd; }
		install() {
			inst_hook cmdline 80 "$moddir/root.sh"
			inst_hook pre-trigger 10 "$moddir/modem.sh"
			inst_hook pre-mount 90 "$moddir/end.sh"
		}
	END
	echo 'root=rig rootok=1' >"$root/usr/lib/dracut/modules.d/99rig/root.sh"
	echo '/rig/bin/end' >"$root/usr/lib/dracut/modules.d/99rig/end.sh"
	sed '1,2d' "$root/etc/initramfs-tools/scripts/init-top/rig" \
		>"$root/usr/lib/dracut/modules.d/99rig/modem.sh"
	chmod +x "$root"/etc/initramfs-tools/hooks/rig "$root"/etc/initramfs-tools/scripts/init-top/rig \
		"$root"/usr/lib/dracut/modules.d/99rig/*.sh
}

# Ends the guest as its init would.
make_end() {
	mkdir -p "$dir/rig/rig/bin"
	cp -L "$(command -v busybox)" "$dir/rig/rig/bin/busybox"
	cat >"$dir/rig/rig/bin/end" <<-'END'
		#!/rig/bin/busybox sh
		/rig/bin/busybox mkdir -p /rig/bb /rig/work
		/rig/bin/busybox --install -s /rig/bb
		export PATH=/rig/bin:/usr/bin:/rig/bb
		for t in 1 2; do stty -F /dev/ttyS$t raw -echo -hupcl; done
		sh /rig/script >/dev/ttyS1 2>&1
		echo "rc=$?" >/dev/ttyS2
		sync
		poweroff -f
	END
	chmod +x "$dir/rig/rig/bin/end"
}

make_root
make_end
install_hooks
install_rig
chroot "$root" mkinitramfs -c gzip -o /initramfs-tools.img "$version"
chroot "$root" dracut --quiet --force --no-hostonly --no-early-microcode --gzip \
	--modules "base udev-rules qmitool rig" /dracut.img "$version"
# Uncompressed: run.sh puts its own archive behind.
for image in initramfs-tools dracut; do
	gzip -dc "$root/$image.img" >"$dir/$image.img"
	rm "$root/$image.img"
done
