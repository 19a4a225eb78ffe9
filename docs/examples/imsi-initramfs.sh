#!/bin/sh
# imsi-initramfs.sh [DEVICE]: print the SIM's IMSI early in an initramfs.
#
# No /proc, /sys or udev is needed: the device is named, and waited for as long as a modem may
# take to start.
device=${1:-/dev/cdc-wdm0}
seconds=60

while [ ! -e "$device" ]; do
	[ $((seconds -= 1)) -gt 0 ] || exit 3
	sleep 1
done
qmitool -d "$device" uim wait >/dev/null || exit
qmitool -d "$device" uim ids -f imsi
