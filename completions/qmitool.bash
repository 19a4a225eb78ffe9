# bash completion of qmitool and its symlinks.
# Made by completions/generate.sh from the tables of qmitool; changes here are lost.

_qmitool_verbs() {
	REPLY=
	case $1 in
	status) REPLY='' ;;
	dms) REPLY='activation alt-net-config bands capabilities ck eri factory-reset fcc-unlock firmware foxconn-mode hp-mode ids info mac mode msisdn pin power prl reset revision sim spc time usb-composition user-data user-lock' ;;
	nas) REPLY='attach ca cells detach drx home monitor operator plmn-name preferred register reset rf scan search select signal status swi-status system txrx wait' ;;
	uim) REPLY='status wait ids pin read write slots slot power channel apdu provision personalization refresh monitor reset' ;;
	wds) REPLY='start stop up down status settings stats autoconnect profiles profile attach-apn bearer bind channel-rates dormancy format iface ip-family link monitor reset throttle' ;;
	loc) REPLY='position satellites nmea nmea-types mode lock assist server start stop monitor' ;;
	wms) REPLY='delete list monitor protocol read registration reset routes send smsc storage tag' ;;
	gas) REPLY='auto-sim firmware mac usb-composition' ;;
	raw) REPLY='call complete decode encode list monitor send versions' ;;
	list) REPLY='' ;;
	proxy) REPLY='status trace reap stop' ;;
	esac
}

_qmitool_options() {
	REPLY=
	case $1 in
	'status -') REPLY='--prometheus' ;;
	'dms ck') REPLY='--key-file' ;;
	'dms factory-reset') REPLY='--key-file' ;;
	'dms fcc-unlock') REPLY='--magic --magic-string' ;;
	'dms firmware') REPLY='--slot --override' ;;
	'dms mode') REPLY='--wait' ;;
	'dms pin') REPLY='--pin --pin-file --force' ;;
	'dms spc') REPLY='--key-file' ;;
	'dms user-lock') REPLY='--key-file' ;;
	'nas monitor') REPLY='--rssi --rsrp --rsrq --snr --reconnect' ;;
	'nas register') REPLY='--rat --permanent' ;;
	'nas scan') REPLY='--rat' ;;
	'nas select') REPLY='--modes --bands --lte-bands --nr-bands --nr-sa-bands --nr-nsa-bands --network --roaming --order --domain --usage --voice --emergency --duration' ;;
	'nas wait') REPLY='--ps' ;;
	'uim status') REPLY='--slot' ;;
	'uim wait') REPLY='--slot --until-ready' ;;
	'uim ids') REPLY='--slot' ;;
	'uim pin') REPLY='--slot --pin --pin-file --force' ;;
	'uim read') REPLY='--slot --session --aid --record --decode --attributes' ;;
	'uim write') REPLY='--slot --session --aid --record --offset' ;;
	'uim slot') REPLY='--logical' ;;
	'uim power') REPLY='--slot' ;;
	'uim channel') REPLY='--slot' ;;
	'uim apdu') REPLY='--slot --channel --aid --lpac' ;;
	'uim provision') REPLY='--slot --aid --session --auto --off' ;;
	'uim personalization') REPLY='--slot --key-file' ;;
	'uim refresh') REPLY='--reconnect' ;;
	'uim monitor') REPLY='--reconnect' ;;
	'wds start') REPLY='--session --apn --ip --auth --user --password-file --profile --profile-3gpp2 --via-profile --autoconnect --mux' ;;
	'wds stop') REPLY='--session --all --any' ;;
	'wds up') REPLY='--session --apn --ip --auth --user --password-file --profile --profile-3gpp2 --via-profile --autoconnect --mux --interface --metric --no-route --dns-file --hook --print --foreground --reconnect --wait' ;;
	'wds down') REPLY='--session' ;;
	'wds status') REPLY='--session' ;;
	'wds settings') REPLY='--session' ;;
	'wds stats') REPLY='--session' ;;
	'wds autoconnect') REPLY='--roaming' ;;
	'wds profiles') REPLY='--type --settings' ;;
	'wds profile') REPLY='--type --settings --name --apn --ip --auth --user --password-file --context --no-roaming --disabled --index --family' ;;
	'wds attach-apn') REPLY='--action' ;;
	'wds bearer') REPLY='--session' ;;
	'wds bind') REPLY='--endpoint-type --endpoint-number --client-type' ;;
	'wds channel-rates') REPLY='--session' ;;
	'wds dormancy') REPLY='--session' ;;
	'wds format') REPLY='--ul --dl --dl-max-size --dl-max-datagrams --ul-max-size --ul-max-datagrams --endpoint --interface --force' ;;
	'wds iface') REPLY='--interface' ;;
	'wds link') REPLY='--interface --mux --name --aggregation --size --mtu --force --all' ;;
	'wds monitor') REPLY='--session --stats --reconnect' ;;
	'loc position') REPLY='--session --interval' ;;
	'loc satellites') REPLY='--session --interval' ;;
	'loc nmea') REPLY='--session --interval --reconnect' ;;
	'loc assist') REPLY='--clock --cells --gnss --uncertainty --altitude' ;;
	'loc server') REPLY='--url --address --port' ;;
	'loc start') REPLY='--session --interval' ;;
	'loc stop') REPLY='--session' ;;
	'loc monitor') REPLY='--session --interval --reconnect --satellites' ;;
	'wms delete') REPLY='--storage --mode --tag --all' ;;
	'wms list') REPLY='--storage --mode --tag --read' ;;
	'wms monitor') REPLY='--delete --mode --reconnect' ;;
	'wms read') REPLY='--storage --mode --raw' ;;
	'wms routes') REPLY='--status-reports' ;;
	'wms send') REPLY='--smsc --class --flash --report' ;;
	'wms tag') REPLY='--storage --mode' ;;
	'gas auto-sim') REPLY='--config' ;;
	'gas firmware') REPLY='--carrier --revision' ;;
	'gas usb-composition') REPLY='--endpoint --once --later' ;;
	'raw call') REPLY='--vendor' ;;
	'raw decode') REPLY='--vendor' ;;
	'raw encode') REPLY='--vendor --client --transaction --response --indication' ;;
	'raw list') REPLY='--vendor' ;;
	'raw monitor') REPLY='--vendor' ;;
	'raw send') REPLY='--vendor --service' ;;
	'proxy -') REPLY='--no-exit --empty-timeout --verbose-full --user --group --socket --socket-mode' ;;
	'proxy trace') REPLY='--service --client --write' ;;
	esac
}

# The values of an option, "--device" or "raw encode --client".
_qmitool_option_values() {
	REPLY=
	case $1 in
	'--device'|'-d') REPLY='@device' ;;
	'--install') REPLY='@dir' ;;
	'dms ck --key-file'|'dms ck -k') REPLY='@file' ;;
	'dms factory-reset --key-file'|'dms factory-reset -k') REPLY='@file' ;;
	'dms pin --pin'|'dms pin -i') REPLY='pin1 pin2' ;;
	'dms pin --pin-file'|'dms pin -p') REPLY='@file' ;;
	'dms spc --key-file'|'dms spc -k') REPLY='@file' ;;
	'dms user-lock --key-file'|'dms user-lock -k') REPLY='@file' ;;
	'nas register --rat') REPLY='gsm umts lte td-scdma 5gnr' ;;
	'nas select --roaming') REPLY='off not-off not-flashing any' ;;
	'nas select --domain') REPLY='cs-only ps-only cs-ps ps-attach ps-detach' ;;
	'nas select --usage') REPLY='unknown voice-centric data-centric' ;;
	'nas select --voice') REPLY='cs-only ps-only cs-preferred ps-preferred' ;;
	'nas select --emergency') REPLY='true false' ;;
	'nas select --duration') REPLY='power-cycle permanent' ;;
	'uim status --slot'|'uim status -s') REPLY='1 2 3 4 5' ;;
	'uim wait --slot'|'uim wait -s') REPLY='1 2 3 4 5' ;;
	'uim ids --slot'|'uim ids -s') REPLY='1 2 3 4 5' ;;
	'uim pin --slot'|'uim pin -s') REPLY='1 2 3 4 5' ;;
	'uim pin --pin'|'uim pin -i') REPLY='pin1 pin2 upin' ;;
	'uim pin --pin-file'|'uim pin -p') REPLY='@file' ;;
	'uim read --slot'|'uim read -s') REPLY='1 2 3 4 5' ;;
	'uim write --slot'|'uim write -s') REPLY='1 2 3 4 5' ;;
	'uim power --slot'|'uim power -s') REPLY='1 2 3 4 5' ;;
	'uim channel --slot'|'uim channel -s') REPLY='1 2 3 4 5' ;;
	'uim apdu --slot'|'uim apdu -s') REPLY='1 2 3 4 5' ;;
	'uim provision --slot'|'uim provision -s') REPLY='1 2 3 4 5' ;;
	'uim provision --session') REPLY='primary-gw-provisioning primary-1x-provisioning secondary-gw-provisioning secondary-1x-provisioning' ;;
	'uim personalization --slot'|'uim personalization -s') REPLY='1 2 3 4 5' ;;
	'uim personalization --key-file'|'uim personalization -k') REPLY='@file' ;;
	'wds start --ip') REPLY='4 6 4v6' ;;
	'wds start --auth') REPLY='none pap chap both' ;;
	'wds start --password-file') REPLY='@file' ;;
	'wds up --ip') REPLY='4 6 4v6' ;;
	'wds up --auth') REPLY='none pap chap both' ;;
	'wds up --password-file') REPLY='@file' ;;
	'wds up --dns-file') REPLY='@file' ;;
	'wds up --hook') REPLY='@file' ;;
	'wds autoconnect --roaming') REPLY='allowed home-only' ;;
	'wds profiles --type') REPLY='3gpp 3gpp2' ;;
	'wds profile --type') REPLY='3gpp 3gpp2' ;;
	'wds profile --ip') REPLY='4 6 4v6 ppp non-ip' ;;
	'wds profile --auth') REPLY='none pap chap both' ;;
	'wds profile --password-file') REPLY='@file' ;;
	'wds attach-apn --action') REPLY='none detach-or-pdn-disconnect' ;;
	'wds bind --client-type') REPLY='tethered undefined' ;;
	'wds link --aggregation') REPLY='qmapv5 qmapv4 qmap' ;;
	'loc assist --clock') REPLY='time-est freq-est week-number rtc-time time-transfer gps-time-est glo-time-est glo-day-number glo-year-number glo-rf-grp-delay disable-tt' ;;
	'loc assist --cells') REPLY='pos latest-gps-pos ota-pos ext-ref-pos timetag cellid cached-cellid last-srv-cell cur-srv-cell neighbor-info' ;;
	'loc assist --gnss') REPLY='gps-svdir gps-svsteer gps-time gps-alm-corr glo-svdir glo-svsteer glo-time glo-alm-corr sbas-svdir sbas-svsteer position time iono utc health sadata rti sv-no-exist freq-bias-est' ;;
	'wms delete --storage'|'wms delete -s') REPLY='uim nv' ;;
	'wms list --storage'|'wms list -s') REPLY='uim nv' ;;
	'wms read --storage'|'wms read -s') REPLY='uim nv' ;;
	'wms send --class') REPLY='0 1 2 3' ;;
	'wms tag --storage'|'wms tag -s') REPLY='uim nv' ;;
	'gas usb-composition --endpoint') REPLY='hsusb hsic' ;;
	'raw send --service'|'raw send -S') REPLY='ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' ;;
	'proxy - --socket') REPLY='@file' ;;
	'proxy trace --service') REPLY='ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' ;;
	'proxy trace --write'|'proxy trace -w') REPLY='@file' ;;
	esac
}

# The values of a verb's first argument.
_qmitool_values() {
	REPLY=
	case $1 in
	'dms activation') REPLY='auto manual' ;;
	'dms alt-net-config') REPLY='true false' ;;
	'dms ck') REPLY='status disable unblock' ;;
	'dms firmware') REPLY='select prefer delete download-mode set-id swi foxconn' ;;
	'dms foxconn-mode') REPLY='fastboot-online fastboot-ota' ;;
	'dms hp-mode') REPLY='fastboot' ;;
	'dms mac') REPLY='wlan bt' ;;
	'dms mode') REPLY='online low-power factory-test offline reset shutting-down persistent-low-power mode-only-low-power unknown' ;;
	'dms pin') REPLY='verify enable disable change unblock' ;;
	'dms spc') REPLY='check set' ;;
	'dms user-data') REPLY='write' ;;
	'dms user-lock') REPLY='enable disable code' ;;
	'nas preferred') REPLY='set clear' ;;
	'nas register') REPLY='auto' ;;
	'nas txrx') REPLY='unknown none cdma-1x cdma-1xevdo amps gsm umts lte td-scdma 5gnr no-change' ;;
	'uim pin') REPLY='verify enable disable change unblock' ;;
	'uim read') REPLY='iccid dir imsi spn ad msisdn plmnwact oplmnwact hplmnwact fplmn ehplmn smsp sms fdn gid1 gid2 acc ust est li pnn opl ecc loci psloci epsloci hpplmn pl acm' ;;
	'uim write') REPLY='iccid dir imsi spn ad msisdn plmnwact oplmnwact hplmnwact fplmn ehplmn smsp sms fdn gid1 gid2 acc ust est li pnn opl ecc loci psloci epsloci hpplmn pl acm' ;;
	'uim power') REPLY='on off' ;;
	'uim channel') REPLY='open close' ;;
	'uim personalization') REPLY='status deactivate unblock' ;;
	'uim refresh') REPLY='iccid dir imsi spn ad msisdn plmnwact oplmnwact hplmnwact fplmn ehplmn smsp sms fdn gid1 gid2 acc ust est li pnn opl ecc loci psloci epsloci hpplmn pl acm' ;;
	'wds autoconnect') REPLY='disabled enabled paused' ;;
	'wds profile') REPLY='create default delete modify show template' ;;
	'wds bind') REPLY='mux port subscription' ;;
	'wds dormancy') REPLY='dormant active' ;;
	'wds format') REPLY='raw-ip 802-3' ;;
	'wds ip-family') REPLY='4 6' ;;
	'wds link') REPLY='add list delete' ;;
	'wds throttle') REPLY='3gpp 3gpp2' ;;
	'loc nmea-types') REPLY='gga rmc gsv gsa vtg pqxfi pstis all' ;;
	'loc mode') REPLY='default msb msa standalone cellid wwan' ;;
	'loc lock') REPLY='none mi mt all' ;;
	'loc assist') REPLY='delete inject position time' ;;
	'loc server') REPLY='unknown cdma-pde cdma-mpc umts-slp custom-pde' ;;
	'wms routes') REPLY='set' ;;
	'gas auto-sim') REPLY='disable enable enable-one-shot pending-one-shot' ;;
	'gas firmware') REPLY='active select' ;;
	'raw call') REPLY='@complete request' ;;
	'raw complete') REPLY='service message request response indication' ;;
	'raw encode') REPLY='@complete request' ;;
	'raw list') REPLY='@complete message' ;;
	'raw monitor') REPLY='@complete service' ;;
	esac
}

# Does this word want the next one as its value?
_qmitool_valued() {
	case $1 in
	--device|-d|--timeout|-t|--field|-f|--cid|--install|--key-file|-k|--magic|--magic-string|--slot|-s|--pin|-i|--pin-file|-p|--rssi|--rsrp|--rsrq|--snr|--rat|--modes|--bands|--lte-bands|--nr-bands|--nr-sa-bands|--nr-nsa-bands|--network|--roaming|--order|--domain|--usage|--voice|--emergency|--duration|--session|--aid|--record|-r|--offset|-o|--logical|-l|--channel|-c|--apn|--ip|--auth|--user|--password-file|--profile|--profile-3gpp2|--mux|--interface|-i|--metric|--dns-file|--hook|--type|--name|--context|--index|--family|--action|--endpoint-type|--endpoint-number|--client-type|--ul|--dl|--dl-max-size|--dl-max-datagrams|--ul-max-size|--ul-max-datagrams|--endpoint|--aggregation|--size|--mtu|--stats|--interval|--clock|--cells|--gnss|--uncertainty|--altitude|--url|--address|--port|--storage|-s|--mode|--tag|--status-reports|--smsc|--class|--config|--carrier|--revision|--vendor|--client|--transaction|--service|-S|--empty-timeout|--group|--socket|--socket-mode|--write|-w) return 0 ;;
	--*) return 1 ;;
	esac
	[[ $1 =~ ^-[^-dtfksiprolcisSw]*[dtfksiprolcisSw]$ ]]
}

# What stands before the cursor: applet, verb, arguments, option that wants a value.
_qmitool_parse() {
	local i word ended='' name=${COMP_WORDS[0]##*/}
	applet='' verb='' arguments=() option=''
	if [[ $name == qmi-* ]]; then
		name=${name#qmi-} applet=${name%%-*}
		[[ $name != *-* ]] || verb=${name#*-}
	fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ -n $option ]]; then
			# readline takes --device=x for three words
			[[ $word == = ]] || option=
		elif [[ -z $ended && $word == -- ]]; then
			ended=1
		elif [[ -z $ended && $word == -[!0-9]* ]]; then
			! _qmitool_valued "$word" || option=$word
		elif [[ -z $applet ]]; then
			applet=$word
		elif [[ -z $verb ]]; then
			verb=$word
		else
			arguments+=("$word")
		fi
	done
	[[ $option == --* || -z $option ]] || option=-${option: -1}
}

_qmitool_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen "$1" -- "$cur")
}

# What qmitool itself knows: services, messages, fields and their values.
_qmitool_ask() {
	local kind=$1 word=$cur before='' n=$COMP_CWORD program=${COMP_WORDS[0]}
	[[ ${program##*/} == qmitool ]] || program=qmitool
	[[ " ${COMP_WORDS[*]} " != *' --response '* ]] || kind=response
	[[ " ${COMP_WORDS[*]} " != *' --indication '* ]] || kind=indication
	# readline takes path=value for three words
	if [[ ${COMP_WORDS[n]} == = ]]; then
		before=${COMP_WORDS[n-1]}= word=$before
	elif [[ ${COMP_WORDS[n-1]} == = ]]; then
		before=${COMP_WORDS[n-2]}= word=$before$cur
	fi
	read -ra COMPREPLY < <(
		"$program" raw complete -q -f words -- "$kind" "${arguments[@]}" "$word" 2>/dev/null)
	COMPREPLY=("${COMPREPLY[@]#"$before"}")
	[[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
}

# "@device", "@file", "@dir", "@complete …", or words.
_qmitool_offer() {
	case $1 in
	@device) mapfile -t COMPREPLY < <(
		compgen -W "$(compgen -G '/dev/cdc-wdm*'; compgen -G '/dev/wwan*qmi*')" -- "$cur")
		[[ ${#COMPREPLY[@]} -gt 0 ]] || _qmitool_files -f ;;
	@file) _qmitool_files -f ;;
	@dir) _qmitool_files -d ;;
	@complete*) _qmitool_ask "${1#* }" ;;
	*) mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur") ;;
	esac
}

_qmitool() {
	local applet verb option REPLY globals
	local -a arguments
	local cur=${COMP_WORDS[COMP_CWORD]}
	globals='--device --timeout --json --eval --field --no-proxy --cid --keep-cid --verbose --quiet --help --version --install --dump-cli'
	COMPREPLY=()
	_qmitool_parse
	[[ $cur != = ]] || cur=
	if [[ -n $option ]]; then
		_qmitool_option_values "$option"
		[[ -n $REPLY ]] || _qmitool_option_values "$applet ${verb:--} $option"
		_qmitool_offer "$REPLY"
	elif [[ $cur == -* ]]; then
		_qmitool_options "$applet ${verb:--}"
		_qmitool_offer "$globals $REPLY"
	elif [[ -z $applet ]]; then
		_qmitool_offer 'status dms nas uim wds loc wms gas raw list proxy'
	elif [[ -z $verb ]]; then
		_qmitool_verbs "$applet"
		_qmitool_offer "$REPLY"
	else
		_qmitool_values "$applet $verb"
		[[ ${#arguments[@]} -gt 0 && $REPLY != @complete* ]] || _qmitool_offer "$REPLY"
	fi
}

complete -F _qmitool qmitool qmi-status qmi-dms qmi-dms-activation qmi-dms-alt-net-config qmi-dms-bands qmi-dms-capabilities qmi-dms-ck qmi-dms-eri qmi-dms-factory-reset qmi-dms-fcc-unlock qmi-dms-firmware qmi-dms-foxconn-mode qmi-dms-hp-mode qmi-dms-ids qmi-dms-info qmi-dms-mac qmi-dms-mode qmi-dms-msisdn qmi-dms-pin qmi-dms-power qmi-dms-prl qmi-dms-reset qmi-dms-revision qmi-dms-sim qmi-dms-spc qmi-dms-time qmi-dms-usb-composition qmi-dms-user-data qmi-dms-user-lock qmi-nas qmi-nas-attach qmi-nas-ca qmi-nas-cells qmi-nas-detach qmi-nas-drx qmi-nas-home qmi-nas-monitor qmi-nas-operator qmi-nas-plmn-name qmi-nas-preferred qmi-nas-register qmi-nas-reset qmi-nas-rf qmi-nas-scan qmi-nas-search qmi-nas-select qmi-nas-signal qmi-nas-status qmi-nas-swi-status qmi-nas-system qmi-nas-txrx qmi-nas-wait qmi-uim qmi-uim-status qmi-uim-wait qmi-uim-ids qmi-uim-pin qmi-uim-read qmi-uim-write qmi-uim-slots qmi-uim-slot qmi-uim-power qmi-uim-channel qmi-uim-apdu qmi-uim-provision qmi-uim-personalization qmi-uim-refresh qmi-uim-monitor qmi-uim-reset qmi-wds qmi-wds-start qmi-wds-stop qmi-wds-up qmi-wds-down qmi-wds-status qmi-wds-settings qmi-wds-stats qmi-wds-autoconnect qmi-wds-profiles qmi-wds-profile qmi-wds-attach-apn qmi-wds-bearer qmi-wds-bind qmi-wds-channel-rates qmi-wds-dormancy qmi-wds-format qmi-wds-iface qmi-wds-ip-family qmi-wds-link qmi-wds-monitor qmi-wds-reset qmi-wds-throttle qmi-loc qmi-loc-position qmi-loc-satellites qmi-loc-nmea qmi-loc-nmea-types qmi-loc-mode qmi-loc-lock qmi-loc-assist qmi-loc-server qmi-loc-start qmi-loc-stop qmi-loc-monitor qmi-wms qmi-wms-delete qmi-wms-list qmi-wms-monitor qmi-wms-protocol qmi-wms-read qmi-wms-registration qmi-wms-reset qmi-wms-routes qmi-wms-send qmi-wms-smsc qmi-wms-storage qmi-wms-tag qmi-gas qmi-gas-auto-sim qmi-gas-firmware qmi-gas-mac qmi-gas-usb-composition qmi-raw qmi-raw-call qmi-raw-complete qmi-raw-decode qmi-raw-encode qmi-raw-list qmi-raw-monitor qmi-raw-send qmi-raw-versions qmi-list qmi-proxy qmi-proxy-status qmi-proxy-trace qmi-proxy-reap qmi-proxy-stop
