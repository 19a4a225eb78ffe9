#!/bin/sh
# packages.sh DIR: a root directory with ModemManager, D-Bus and udev, out of Debian's packages:
# fetched and unpacked, not installed.  Prints where it is.
#
# Exit: 77 the packages are not to be had here.
set -eu

dir=$1
top="modemmanager dbus dbus-daemon dbus-system-bus-common udev polkitd"
# What only an installed system needs of their dependencies.
unwanted='^(perl|libperl|libgdbm|libdb5|adduser|cdebconf|debconf|libdebian|libnewt|libslang|libtextwrap|elogind|libelogind|libpam-|dbus-broker|dpkg|install-info|systemd$|systemd-|opensys|passwd|sed$|sgml|xml|tar$|usr|mount|lsb|sysv|init-system|policykit|pkexec|libsemanage|libsepol|libfile|libnumber|libtext|gcc-|dmsetup|libfdisk|libsmartcols|libreadline|readline)'

if [ -x "$dir/root/usr/sbin/ModemManager" ]; then
	echo "$dir/root"
	exit 0
fi
for tool in apt-get apt-cache dpkg-deb; do
	command -v $tool >/dev/null || {
		echo "$tool is not installed" >&2
		exit 77
	}
done
mkdir -p "$dir"
tmp=$(mktemp -d "$dir/debs.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/root"
# shellcheck disable=SC2086
names=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
	--no-replaces --no-enhances $top 2>/dev/null | grep '^[a-z0-9]' | sort -u | grep -Ev "$unwanted")
# shellcheck disable=SC2086
(cd "$tmp" && apt-get -qq download $names >/dev/null 2>"$tmp/why") || {
	sed 's/^/packages: /' "$tmp/why" >&2
	exit 77
}
for deb in "$tmp"/*.deb; do
	dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$tmp/root" --exclude=./usr/share/doc \
		--exclude=./usr/share/man --exclude=./usr/share/locale --exclude=./usr/share/lintian
done
rm -rf "$dir/root"
mv "$tmp/root" "$dir/root"
echo "$dir/root"
