#!/bin/sh
# wait-registered.sh [SECONDS]: wait for a network, and print its name; or say why there is none.
#
# Exit: 0 registered; 4 not in time; 6 the SIM stands in the way; otherwise qmitool's code.
seconds=${1:-180}

qmitool -q uim wait -t "$seconds" >/dev/null || {
	code=$?
	echo "SIM: $(qmitool -q uim status -f state)" >&2
	exit $code
}
qmitool nas wait -t "$seconds" -f plmn.name
code=$?
[ $code != 10 ] || exit 0	# registered, with a network that has no name
if [ $code = 4 ]; then
	for radio in nr5g lte umts gsm; do
		cause=$(qmitool -q nas system -f $radio.reject.cause) && echo "$radio: $cause" >&2
	done
fi
exit $code
