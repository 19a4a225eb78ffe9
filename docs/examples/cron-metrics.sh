#!/bin/sh
# cron-metrics.sh [DIR]: the modem's metrics for node_exporter's textfile collector.
#
# For cron: * * * * * /usr/local/bin/cron-metrics.sh
# The file is complete at every moment; with a modem that is gone it says qmi_up 0.
dir=${1:-/var/lib/prometheus/node-exporter}

new=$(mktemp "$dir/qmi.XXXXXX") || exit		# the collector reads *.prom alone
trap 'rm -f "$new"' EXIT
qmitool -q status --prometheus >"$new"
[ -s "$new" ] && chmod 644 "$new" && mv "$new" "$dir/qmi.prom"
