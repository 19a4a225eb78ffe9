# fish completion of qmitool and its symlinks.
# Made by completions/generate.sh from the tables of qmitool; changes here are lost.

# The words before the cursor that are no options: applet, verb, arguments.
function __qmitool_words
	set -l skip 0
	set -l ended 0
	for word in (commandline -opc)[2..-1]
		if test $skip = 1
			set skip 0
		else if test $ended = 0; and test -- "$word" = --
			set ended 1
		else if test $ended = 0; and contains -- $word --device -d --timeout -t --field -f --cid --install --client --transaction --service -S --empty-timeout --socket --write -w
			set skip 1
		else if test $ended = 0; and string match -qr -- '^-[^-dtfSw0-9][^dtfSw]*[dtfSw]$' $word
			set skip 1
		else if test $ended = 0; and string match -qr -- '^-[^0-9]' $word
			continue
		else
			echo -- $word
		end
	end
end

function __qmitool_no_applet
	test (count (__qmitool_words)) = 0
end

function __qmitool_no_verb
	set -l words (__qmitool_words)
	test (count $words) = 1; and test $words[1] = $argv[1]
end

# The verb - is what an applet does without one.
function __qmitool_verb
	set -l words (__qmitool_words)
	test "$words[1]" = $argv[1]; or return
	test "$words[2]" = $argv[2]; and return
	test $argv[2] = -; and test (count $words) = 1
end

function __qmitool_no_argument
	__qmitool_verb $argv; and test (count (__qmitool_words)) = 2
end

function __qmitool_devices
	set -l devices /dev/cdc-wdm* /dev/wwan*qmi*
	if test (count $devices) -gt 0
		string join \n -- $devices
	else
		__fish_complete_path (commandline -ct)
	end
end

complete -c qmitool -f
complete -c qmitool -s d -l device -x -a '(__qmitool_devices)' -d 'the port: a device node, a symlink to one, a netdev (wwan0)'
complete -c qmitool -s t -l timeout -x -d 'for the whole command; 0: none'
complete -c qmitool -s j -l json -d 'JSON, one line a result'
complete -c qmitool -s e -l eval -d 'key=\'value\' lines for eval'
complete -c qmitool -s f -l field -x -d 'this value alone (lte.rsrp); can be repeated'
complete -c qmitool -s n -l no-proxy -d 'open the port directly'
complete -c qmitool -l cid -x -d 'use this client id'
complete -c qmitool -l keep-cid -d 'leave the client id allocated and tell it'
complete -c qmitool -s v -l verbose -d 'frames on stderr; -vv: subscriber data as well'
complete -c qmitool -s q -l quiet -d 'nothing on stderr'
complete -c qmitool -s h -l help -d 'show help'
complete -c qmitool -s V -l version -d 'show the version'
complete -c qmitool -l install -x -a '(__fish_complete_directories)' -d 'make symlinks qmi-APPLET and qmi-APPLET-VERB in DIR'
complete -c qmitool -l dump-cli -d 'show all tables, for programs'
complete -c qmitool -n '__qmitool_verb raw encode' -l client -x -d 'client id (default 1)'
complete -c qmitool -n '__qmitool_verb raw encode' -l transaction -x -d 'transaction id (default 1)'
complete -c qmitool -n '__qmitool_verb raw encode' -l response -d 'a successful response'
complete -c qmitool -n '__qmitool_verb raw encode' -l indication -d 'an indication'
complete -c qmitool -n '__qmitool_verb raw send' -s S -l service -x -a 'ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' -d 'HEX is an SDU for this service, not a whole frame'
complete -c qmitool -n '__qmitool_verb proxy -' -l no-exit -d 'stay when nobody is left'
complete -c qmitool -n '__qmitool_verb proxy -' -l empty-timeout -x -d 'leave that long after the last process (default 30; 0: stay)'
complete -c qmitool -n '__qmitool_verb proxy -' -l verbose-full -d 'as -v, with PINs and subscriber data shown'
complete -c qmitool -n '__qmitool_verb proxy -' -l socket -r -F -d 'listen there: @NAME is abstract, a path is a path (default @qmi-proxy)'
complete -c qmitool -n '__qmitool_verb proxy trace' -l service -x -a 'ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms' -d 'this service only'
complete -c qmitool -n '__qmitool_verb proxy trace' -l client -x -d 'this client id only'
complete -c qmitool -n '__qmitool_verb proxy trace' -s w -l write -r -F -d 'write pcapng, for Wireshark or raw decode; - is stdout'
complete -c qmitool -n '__qmitool_no_applet' -a dms -d 'the device: identity, operating mode'
complete -c qmitool -n '__qmitool_no_applet' -a nas -d 'network: registration and signal'
complete -c qmitool -n '__qmitool_no_applet' -a raw -d 'any message, by name or as bytes'
complete -c qmitool -n '__qmitool_no_applet' -a list -d 'the QMI ports of this machine'
complete -c qmitool -n '__qmitool_no_applet' -a proxy -d 'share modem ports among processes'
complete -c qmitool -n '__qmitool_no_verb dms' -a info -d 'manufacturer, model, revisions, serial numbers, capabilities'
complete -c qmitool -n '__qmitool_no_verb dms' -a mode -d 'the operating mode, or set it'
complete -c qmitool -n '__qmitool_no_verb nas' -a signal -d 'signal strength and quality of each radio in use'
complete -c qmitool -n '__qmitool_no_verb nas' -a status -d 'registration, network and cell'
complete -c qmitool -n '__qmitool_no_verb raw' -a call -d 'send any request and show the answer'
complete -c qmitool -n '__qmitool_no_verb raw' -a decode -d 'show what is in frames that are given in hex'
complete -c qmitool -n '__qmitool_no_verb raw' -a encode -d 'make a frame and print it in hex'
complete -c qmitool -n '__qmitool_no_verb raw' -a list -d 'what can be asked: services, their messages, their fields and values'
complete -c qmitool -n '__qmitool_no_verb raw' -a monitor -d 'register for all indications of services and show them as they come'
complete -c qmitool -n '__qmitool_no_verb raw' -a send -d 'send a frame, or an SDU, as it is and show the answer'
complete -c qmitool -n '__qmitool_no_verb raw' -a versions -d 'the services of the modem and their versions'
complete -c qmitool -n '__qmitool_no_verb proxy' -a status -d 'ports, processes and client ids of the proxy that runs'
complete -c qmitool -n '__qmitool_no_verb proxy' -a trace -d 'follow everybody\'s traffic, decoded, until a signal'
complete -c qmitool -n '__qmitool_no_verb proxy' -a reap -d 'give the client ids back that nobody uses'
complete -c qmitool -n '__qmitool_no_verb proxy' -a stop -d 'end the proxy that runs, after answering what waits'
complete -c qmitool -n '__qmitool_no_argument dms mode' -a 'online low-power factory-test offline reset shutting-down persistent-low-power mode-only-low-power unknown'
complete -c qmitool -n '__qmitool_no_argument raw call' -a 'ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms'
complete -c qmitool -n '__qmitool_no_argument raw encode' -a 'ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms'
complete -c qmitool -n '__qmitool_no_argument raw list' -a 'ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms'
complete -c qmitool -n '__qmitool_no_argument raw monitor' -a 'ctl atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim voice wda wds wms'
complete -c qmi-dms -f -w 'qmitool dms'
complete -c qmi-nas -f -w 'qmitool nas'
complete -c qmi-raw -f -w 'qmitool raw'
complete -c qmi-list -f -w 'qmitool list'
complete -c qmi-proxy -f -w 'qmitool proxy'
complete -c qmi-dms-info -f -w 'qmitool dms info'
complete -c qmi-dms-mode -f -w 'qmitool dms mode'
complete -c qmi-nas-signal -f -w 'qmitool nas signal'
complete -c qmi-nas-status -f -w 'qmitool nas status'
complete -c qmi-raw-call -f -w 'qmitool raw call'
complete -c qmi-raw-decode -f -w 'qmitool raw decode'
complete -c qmi-raw-encode -f -w 'qmitool raw encode'
complete -c qmi-raw-list -f -w 'qmitool raw list'
complete -c qmi-raw-monitor -f -w 'qmitool raw monitor'
complete -c qmi-raw-send -f -w 'qmitool raw send'
complete -c qmi-raw-versions -f -w 'qmitool raw versions'
complete -c qmi-proxy-status -f -w 'qmitool proxy status'
complete -c qmi-proxy-trace -f -w 'qmitool proxy trace'
complete -c qmi-proxy-reap -f -w 'qmitool proxy reap'
complete -c qmi-proxy-stop -f -w 'qmitool proxy stop'
