#!/bin/bash
# dracut: qmitool, the modem's drivers, and the data session that qmi.apn= asks for.
# Install this folder as /usr/lib/dracut/modules.d/90qmitool.
# shellcheck disable=SC2154	# moddir, initdir: dracut's

# Only where it is asked for (add_dracutmodules+=" qmitool ").
check() {
	require_binaries qmitool || return 1
	return 255
}

depends() {
	return 0
}

installkernel() {
	hostonly='' instmods xhci_pci ehci_pci usbnet cdc_wdm qmi_wwan rmnet
}

install() {
	local file

	inst_multiple qmitool cat sleep
	inst_simple /usr/lib/qmitool/qmi-up /usr/bin/qmi-up
	for file in pin password; do
		[ ! -e "/etc/qmitool/$file" ] || inst_simple "/etc/qmitool/$file"
	done
	inst_hook cmdline 90 "$moddir/parse-qmi.sh"
	inst_hook initqueue/settled 90 "$moddir/qmi-settled.sh"
}
