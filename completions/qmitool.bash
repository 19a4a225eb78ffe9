# bash completion of qmitool and its symlinks.
# Made by completions/generate.sh from the tables of qmitool; changes here are lost.

_qmitool_verbs() {
	REPLY=
	case $1 in
	dms) REPLY='info mode' ;;
	nas) REPLY='signal status' ;;
	raw) REPLY='call decode encode list monitor send versions' ;;
	list) REPLY='' ;;
	proxy) REPLY='status trace reap stop' ;;
	esac
}

_qmitool_options() {
	REPLY=
	case $1 in
	'raw encode') REPLY='--client --transaction --response --indication' ;;
	'raw send') REPLY='--service' ;;
	'proxy -') REPLY='--no-exit --empty-timeout --verbose-full --socket' ;;
	'proxy trace') REPLY='--service --client --write' ;;
	esac
}

# The values of an option, "--device" or "raw encode --client".
_qmitool_option_values() {
	REPLY=
	case $1 in
	'--device'|'-d') REPLY='@device' ;;
	'--install') REPLY='@dir' ;;
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
	'dms mode') REPLY='online low-power factory-test offline reset shutting-down persistent-low-power mode-only-low-power unknown' ;;
	'raw call') REPLY='ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' ;;
	'raw encode') REPLY='ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' ;;
	'raw list') REPLY='ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' ;;
	'raw monitor') REPLY='ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' ;;
	esac
}

# Does this word want the next one as its value?
_qmitool_valued() {
	case $1 in
	--device|-d|--timeout|-t|--field|-f|--cid|--install|--client|--transaction|--service|-S|--empty-timeout|--socket|--write|-w) return 0 ;;
	--*) return 1 ;;
	esac
	[[ $1 =~ ^-[^-dtfSw]*[dtfSw]$ ]]
}

# What stands before the cursor: applet, verb, count of arguments, option that wants a value.
_qmitool_parse() {
	local i word ended='' name=${COMP_WORDS[0]##*/}
	applet='' verb='' arguments=0 option=''
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
			arguments=$((arguments + 1))
		fi
	done
	[[ $option == --* || -z $option ]] || option=-${option: -1}
}

_qmitool_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen "$1" -- "$cur")
}

# "@device", "@file", "@dir", or words.
_qmitool_offer() {
	case $1 in
	@device) mapfile -t COMPREPLY < <(
		compgen -W "$(compgen -G '/dev/cdc-wdm*'; compgen -G '/dev/wwan*qmi*')" -- "$cur")
		[[ ${#COMPREPLY[@]} -gt 0 ]] || _qmitool_files -f ;;
	@file) _qmitool_files -f ;;
	@dir) _qmitool_files -d ;;
	*) mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur") ;;
	esac
}

_qmitool() {
	local applet verb arguments option REPLY globals
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
		_qmitool_offer 'dms nas raw list proxy'
	elif [[ -z $verb ]]; then
		_qmitool_verbs "$applet"
		_qmitool_offer "$REPLY"
	elif [[ $arguments = 0 ]]; then
		_qmitool_values "$applet $verb"
		_qmitool_offer "$REPLY"
	fi
}

complete -F _qmitool qmitool qmi-dms qmi-dms-info qmi-dms-mode qmi-nas qmi-nas-signal qmi-nas-status qmi-raw qmi-raw-call qmi-raw-decode qmi-raw-encode qmi-raw-list qmi-raw-monitor qmi-raw-send qmi-raw-versions qmi-list qmi-proxy qmi-proxy-status qmi-proxy-trace qmi-proxy-reap qmi-proxy-stop
