#!/bin/sh
# dracut, cmdline: where a session is asked for, the queue waits for it.
if getarg qmi.apn >/dev/null || getarg qmi.profile >/dev/null; then
	# shellcheck disable=SC2154	# dracut's
	echo '[ -e /tmp/qmi-up.done ]' >"$hookdir/initqueue/finished/qmi-up.sh"
fi
