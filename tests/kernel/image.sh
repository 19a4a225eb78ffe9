# image.sh - the guest's kernel and what its initramfs is made of; read by run.sh.
# shellcheck shell=sh
# What run.sh sets, and what it uses of ours.
# shellcheck disable=SC2154,SC2034
# Names of modules have no spaces.
# shellcheck disable=SC2013

# ---- the kernel: a Debian package, unpacked, not installed ----

# A metapackage leads to the package that holds the files.
resolve_kernel() {
	k=$1
	while :; do
		d=$(apt-cache depends --important "$k" 2>/dev/null |
			sed -n 's/^ *Depends: \(linux-image-.*\)/\1/p' | head -n 1)
		[ -n "$d" ] || break
		k=$d
	done
	echo "$k"
}

# The vmlinux inside a bzImage (Documentation/x86/boot.rst).  To boot that saves the guest the
# decompression, which takes longest where there is no KVM.
extract_vmlinux() {
	u() { od -An -t "u$2" -j "$1" -N "$2" "$bz" | tr -d ' '; }
	bz=$1
	off=$((($(u 497 1) + 1) * 512 + $(u 584 4)))
	len=$(u 588 4)
	tail -c +$((off + 1)) "$bz" | head -c "$len" >"$2.z"
	# shellcheck disable=SC2094
	# The size stands behind the compressed data: decompressors complain, after their work.
	case $(od -An -tx1 -N4 "$2.z" | tr -d ' ') in
	fd377a58) xz -dcq --single-stream ;;
	28b52ffd) zstd -dcq ;;
	1f8b*) gzip -dcq ;;
	*) : ;;
	esac <"$2.z" >"$2" 2>/dev/null || :
	rm -f "$2.z"
	if [ "$(od -An -tx1 -N4 "$2" | tr -d ' ')" != 7f454c46 ]; then
		say "no vmlinux found in $bz, booting that instead"
		cp "$bz" "$2"
	fi
}

# Into $kdir: vmlinux, modules/, config, version.
get_kernel() {
	kdir=$cache/$kernel
	[ -f "$kdir/vmlinux" ] && return
	pkg=$(resolve_kernel "$kernel")
	say "fetching $pkg"
	mkdir "$tmp/deb" "$tmp/k"
	(cd "$tmp/deb" && apt-get -qq download "$pkg" >&2) || missing "apt-get download $pkg failed"
	dpkg-deb -x "$tmp"/deb/*.deb "$tmp/k"
	for d in "$tmp"/k/lib/modules/* "$tmp"/k/usr/lib/modules/*; do
		[ ! -d "$d" ] || mods=$d
	done
	mkdir "$tmp/k/out"
	basename "$mods" >"$tmp/k/out/version"
	mv "$mods" "$tmp/k/out/modules"
	mv "$tmp"/k/boot/config-* "$tmp/k/out/config"
	extract_vmlinux "$(echo "$tmp"/k/boot/vmlinuz-*)" "$tmp/k/out/vmlinux"
	rm -rf "$kdir"
	mv -T "$tmp/k/out" "$kdir"
	rm -rf "$tmp/k" "$tmp/deb"
}

# ---- modules ----

# Copies module $1 and all that it needs to $mdst; what it needs stands in NAME.ko.needs.
add_module() {
	case " $seen " in
	*" $1 "*) return 0 ;;
	esac
	f=$(cd "$kdir/modules" && find . -name "$1.ko*" -o -name "$(echo "$1" | tr _ -).ko*" -o \
		-name "$(echo "$1" | tr - _).ko*" | head -n 1)
	if [ -z "$f" ]; then
		grep -q "/$(echo "$1" | sed 's/[-_]/[-_]/g')\.ko" "$kdir/modules/modules.builtin" ||
			say "no module $1"
		return 0
	fi
	seen="$seen $1"
	b=$(basename "$f" | sed 's/\.ko.*/.ko/')
	case $f in
	*.xz) xz -dc <"$kdir/modules/$f" >"$mdst/$b" ;;
	*.zst) zstd -dcq <"$kdir/modules/$f" >"$mdst/$b" ;;
	*.gz) gzip -dc <"$kdir/modules/$f" >"$mdst/$b" ;;
	*) cp "$kdir/modules/$f" "$mdst/$b" ;;
	esac
	tr '\0' '\n' <"$mdst/$b" | grep -a '^depends=' | sed 's/^depends=//' |
		tr , '\n' | sed '/^$/d' >"$mdst/$b.needs"
	for d in $(cat "$mdst/$b.needs"); do
		add_module "$d"
	done
}

# What file $1 needs, and what that needs, with repetitions.
closure() {
	for d in $(cat "$mdst/$1.needs"); do
		for c in "$(echo "$d" | tr _ -).ko" "$(echo "$d" | tr - _).ko" "$d.ko"; do
			if [ -f "$mdst/$c" ]; then
				echo "$c"
				closure "$c"
				break
			fi
		done
	done
}

# What has to be there before file $1, the deepest first.
order() {
	closure "$1" | awk '{ a[NR] = $0 } END { for (i = NR; i; i--) if (!s[a[i]]++) print a[i] }'
}

# add_modules ROOT LOAD... -- STAGE...: all of them, modules.dep, and load.order: what insmod
# takes, one after the other, to have LOAD.
add_modules() {
	mdst=$1/lib/modules/$(cat "$kdir/version")
	shift
	mkdir -p "$mdst"
	seen='' loading=1
	for m; do
		[ "$m" != -- ] || { loading= && continue; }
		add_module "$m"
		[ -n "$loading" ] || continue
		for c in "$(echo "$m" | tr _ -).ko" "$(echo "$m" | tr - _).ko"; do
			[ ! -f "$mdst/$c" ] || { order "$c" && echo "$c"; } >>"$mdst/load.all"
		done
	done
	awk '!s[$0]++' "$mdst/load.all" >"$mdst/load.order"
	for f in "$mdst"/*.ko; do
		b=$(basename "$f")
		# modprobe takes this list from its end.
		echo "$b:" "$(order "$b" | awk '{ o = $0 " " o } END { print o }')"
	done >"$mdst/modules.dep"
	rm -f "$mdst"/*.needs "$mdst/load.all"
}

# ---- initramfs ----

pack() {
	(cd "$1" && find . | LC_ALL=C sort | cpio -o -H newc -R 0:0 --quiet)
}

add_busybox() {
	mkdir -p "$1/bin"
	cp -L "$bb" "$1/bin/busybox"
	for a in $("$bb" --list); do
		[ "$a" = busybox ] || ln -s busybox "$1/bin/$a"
	done
}

# A host's program and its libraries.
program_files() {
	echo "$1"
	ldd "$1" 2>/dev/null |
		sed -n 's/.*=> \(\/[^ ]*\).*/\1/p; s/^[[:space:]]*\(\/[^ ]*\) (.*/\1/p'
}

add_world() {
	mkdir -p "$1/etc" "$1/proc" "$1/sys" "$1/var" "$1/root" "$1/tmp" "$1/run" "$1/out"
	ln -s /run "$1/var/run"
	echo 'root:x:0:0:root:/root:/bin/sh
user:x:1000:1000:user:/tmp:/bin/sh
nobody:x:65534:65534:nobody:/:/bin/false' >"$1/etc/passwd"
	echo 'root:x:0:
user:x:1000:
nogroup:x:65534:' >"$1/etc/group"
	for f in $files; do
		mkdir -p "$1/$(dirname "$f")"
		cp -L "$f" "$1/$f"
	done
}

# $base: an archive with busybox and the modules; with the host's programs too unless $bare.
make_base() {
	files=
	for b in $bins; do
		[ -n "$bare" ] || [ ! -x "$b" ] || files="$files $(program_files "$b")"
	done
	# shellcheck disable=SC2086
	key=$({
		echo "$load / $stage / $kernel / $bare"
		stat -L -c '%n %s %Y' $files "$bb" "$kdir/vmlinux" "$here/image.sh"
	} | sha256sum | cut -c1-16)
	base=$cache/base-$key.cpio
	[ -f "$base" ] && return
	say "making the base of the initramfs"
	root=$tmp/base
	mkdir -p "$root/dev" "$root/rig/bin"
	add_busybox "$root"
	[ -n "$bare" ] || add_world "$root"
	# shellcheck disable=SC2086
	add_modules "$root" $load -- $stage
	find "$cache" -maxdepth 1 -name 'base-*.cpio' -mtime +7 -delete
	pack "$root" >"$tmp/base.cpio"
	mv "$tmp/base.cpio" "$base"
	rm -rf "$root"
}
