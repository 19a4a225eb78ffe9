#!/bin/sh
# isolate.sh COMMAND...: run it in a network namespace of its own where that can be had, so
# that the abstract socket "qmi-proxy" is not the system's.  QMITOOL_TEST_NETNS tells the tests.
if [ "$(id -u)" = 0 ] && unshare -n true 2>/dev/null; then
	QMITOOL_TEST_NETNS=1
	export QMITOOL_TEST_NETNS
	exec unshare -n "$@"
fi
exec "$@"
