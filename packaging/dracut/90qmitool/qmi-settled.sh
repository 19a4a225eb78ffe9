#!/bin/sh
# dracut: once, after the devices have settled.
[ ! -e /tmp/qmi-up.done ] || return 0
: >/tmp/qmi-up.done
modprobe -q qmi_wwan
qmi-up || warn "qmi-up ended with $?"
