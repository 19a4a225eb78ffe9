#!/bin/sh
# gnss-gpsd.sh [PIPE]: NMEA sentences for gpsd, by a named pipe: gpsd -n PIPE.
#
# It waits until somebody reads, and ends when the reader or the modem goes: have it started
# again by what started it (init's respawn, systemd's Restart=always).
pipe=${1:-/run/nmea}

[ -p "$pipe" ] || mkfifo "$pipe" || exit
qmitool -q loc nmea-types gga,gsa,gsv,rmc	# those that gpsd uses; a modem may have its own set
exec qmitool loc nmea >"$pipe"
