# raw complete, and the shells that ask it.
load ../lib.bash
load ../completion.bash

setup() {
	setup_common
	mkdir "$DIR/bin"
	ln -s "$QMITOOL" "$DIR/bin/qmitool"
	PATH=$DIR/bin:$PATH
}

teardown() {
	teardown_common
}

# words KIND [WORD...]: what is offered
words() {
	q raw complete -f words -- "$@"
}

@test "raw complete: services, messages of each kind" {
	holds " $(words request '') " " ctl " " dms "
	same "$(words request dm)" dms
	same "$(words message dms get_op)" get_operating_mode
	same "$(words request dms event)" ""
	same "$(words indication dms event)" event_report
	same "$(words service dms ct)" ctl
	same "$(words message dms get_ids '')" ""
	same "$(words request nass get)" ""
	same "$(words request)" "$(words request '')"
	exits 2 raw complete call nas
	says "'call'" request
}

@test "raw complete: paths, of structures and of lists of them, of the answer" {
	same "$(words request dms set_operating_mode '')" mode=
	same "$(words response dms get_ids i)" "imei= imei_software_version="
	same "$(words request dms set_event_report battery_level_report_limits.)" \
		"battery_level_report_limits.lower_limit= battery_level_report_limits.upper_limit="
	same "$(words response ctl get_version_info '')" \
		"service_list[0].service= service_list[0].major_version= service_list[0].minor_version="
	same "$(words response ctl get_version_info 'service_list[12].s')" "service_list[12].service="
	same "$(words request nas config_signal_info rssi)" rssi_threshold=
}

@test "raw complete: values of enums, flags one after the other, booleans" {
	same "$(words request dms set_operating_mode mode=o)" "mode=online mode=offline"
	same "$(words request nas set_system_selection_preference mode_preference=lte,um)" \
		"mode_preference=lte,umts"
	same "$(words request nas set_system_selection_preference 'mode_preference=gsm|um')" \
		"mode_preference=gsm|umts"
	same "$(words response ctl get_version_info 'service_list[0].service=dm')" \
		"service_list[0].service=dms"
	same "$(words request dms set_event_report power_state_reporting=)" \
		"power_state_reporting=true power_state_reporting=false"
	same "$(words request dms set_operating_mode mode=zz)" ""
}

@test "raw complete asks no modem and starts no proxy" {
	exits 0 raw complete -j -- request nas get_signal
	same "$output" '{"words":["get_signal_strength","get_signal_info"]}'
	proxy_gone
}

@test "bash: services, messages, paths, values" {
	same "$(complete_bash qmitool raw call dm)" dms
	same "$(complete_bash qmitool raw list dms get_op)" get_operating_mode
	same "$(complete_bash qmitool raw call dms set_operating_mode '')" mode=
	# readline parts a word at =
	same "$(complete_bash qmitool raw call dms set_operating_mode mode = o)" "offline online"
	holds "$(complete_bash qmitool raw call dms set_operating_mode mode =)" low-power online
	same "$(complete_bash qmitool raw encode --response dms get_ids ime)" \
		"imei= imei_software_version="
	same "$(complete_bash qmitool raw encode dms --indication event)" event_report
	same "$(complete_bash qmitool raw monitor ctl dm)" dms
	same "$(complete_bash qmi-raw-call -j dms set_op)" set_operating_mode
	same "$(complete_bash "$DIR/bin/qmitool" raw call dm)" dms
	same "$(complete_bash qmitool raw decode '')" ""
}

@test "zsh: services, messages, paths, values" {
	command -v zsh >/dev/null || skip "zsh is not installed"
	same "$(complete_zsh 'qmitool raw call dm')" dms
	same "$(complete_zsh 'qmitool raw list dms get_op')" get_operating_mode
	same "$(complete_zsh 'qmitool raw call dms set_operating_mode ')" mode=
	same "$(complete_zsh 'qmitool raw call dms set_operating_mode mode=o')" "mode=offline mode=online"
	same "$(complete_zsh 'qmitool raw encode --response dms get_ids ime')" \
		"imei= imei_software_version="
	same "$(complete_zsh 'qmitool raw monitor ctl dm')" dms
	same "$(complete_zsh 'qmi-raw-call -j dms set_op')" set_operating_mode
}

@test "fish: services, messages, paths, values" {
	command -v fish >/dev/null || skip "fish is not installed"
	same "$(complete_fish 'qmitool raw call dm')" dms
	same "$(complete_fish 'qmitool raw list dms get_op')" get_operating_mode
	same "$(complete_fish 'qmitool raw call dms set_operating_mode ')" mode=
	same "$(complete_fish 'qmitool raw call dms set_operating_mode mode=o')" "mode=offline mode=online"
	same "$(complete_fish 'qmitool raw encode --response dms get_ids ime')" \
		"imei= imei_software_version="
	same "$(complete_fish 'qmitool raw monitor ctl dm')" dms
	same "$(complete_fish 'qmi-raw-call -j dms set_op')" set_operating_mode
	same "$(HOME=$DIR fish --no-config -c 'source $argv[1]; complete -C $argv[2]' \
		"$COMPLETIONS/qmitool.fish" "qmitool raw call dm" 2>&1 >/dev/null)" ""
}
