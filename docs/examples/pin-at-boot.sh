#!/bin/sh
# pin-at-boot.sh FILE: give the SIM its PIN, which stands in FILE (keep it at mode 600).
#
# It waits until the modem knows its SIM, and gives the PIN only where one is wanted and no try
# has been lost: a wrong PIN in FILE costs one try, not one at each boot.
# Exit: 0 the SIM is ready; otherwise qmitool's code, such as 6 for an absent or blocked SIM.
file=${1:?the file with the PIN}

answer=$(qmitool -q -t 60 uim wait -f state -f application.pin1.retries)
code=$?
{ read -r state && read -r retries; } <<END
$answer
END
[ "$state" = pin-required ] || exit $code
if [ "${retries:-3}" -lt 3 ]; then
	echo "pin-at-boot: $retries tries are left: not used at boot" >&2
	exit 6
fi
qmitool uim pin verify --pin-file "$file" || exit
qmitool -t 30 uim wait >/dev/null
