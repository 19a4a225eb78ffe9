#!/bin/busybox sh
# Where an initramfs would mount its root: the kernel's command line asked for a session, and the hooks
# of packaging/ have brought it up before.
# shellcheck shell=sh disable=SC2154
# shellcheck source=tests/kernel/guest/lib.sh
. /rig/lib.sh

# What the image did is what is looked at.
fresh() {
	:
}

pin_verified() {
	exits 0 uim status -f application.pin1.state
	same "$out" enabled-verified
}

connected() {
	exits 0 wds status -f connected
	same "$out" true
	exits 0 nas signal -f lte.rsrp
	same "$out" -97
}

carries() {
	ping -c 3 -w $PATIENCE 192.0.2.1
	ping6 -c 3 -w $PATIENCE 2001:db8::1
	holds "$(cat /etc/resolv.conf)" nameserver
}

check "the PIN of the image is verified" pin_verified
check "the session that qmi.apn= asks for is up" connected
check "packets of both families, name servers" carries
finish
