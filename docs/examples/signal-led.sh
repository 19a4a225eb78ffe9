#!/bin/sh
# signal-led.sh [LED]: an LED as bright as the signal, dark without one.
#
# LED is a directory of the kernel's LED class, such as /sys/class/leds/green:signal.  The modem
# tells of changes by itself: nothing is asked again and again.
led=${1:-/sys/class/leds/green:signal}

read -r max <"$led/max_brightness" || exit
qmitool nas monitor --reconnect -f event -f nr5g.bars -f lte.bars -f umts.bars -f gsm.bars |
while read -r event && read -r nr5g && read -r lte && read -r umts && read -r gsm; do
	[ "$event" = signal ] || continue
	bars=0
	for one in $nr5g $lte $umts $gsm; do
		[ "$one" -le "$bars" ] || bars=$one
	done
	echo $((bars * max / 5)) >"$led/brightness"
done
echo 0 >"$led/brightness"
