# Whatever ends in the middle - modem, proxy, command - the others learn it at once, the exit
# code says which, and nothing stays allocated where it can be helped.
load ../lib.bash

setup() {
	setup_common
}

teardown() {
	teardown_common
}

# start_waiting ARG...: a command that waits for an answer that does not come; pid in $JOB.
start_waiting() {
	modem answer nas get_signal_info silent
	modem count reset
	"$QMITOOL" "$@" >"$DIR/out" 2>"$DIR/err" 3>&- &
	JOB=$!
	PIDS="$PIDS $JOB"
	wait_modem 1+ count nas get_signal_info
}

# By which signal did it end?  128 + N is what the shell makes of it.
ended_by() {
	reap "$JOB"
	same "$CODE" $((128 + $1))
}

# A shell's background jobs ignore INT: env gives the default back.
signal_while_waiting() {
	local name=${1%:*} number=${1#*:} how=$2

	modem_start
	modem answer nas get_signal_info silent
	modem count reset
	background env "--default-signal=$name" "$QMITOOL" nas signal -t 60 $how
	JOB=$LAST
	wait_modem 1+ count nas get_signal_info
	same "$(modem clients nas)" 1
	kill "-$name" "$JOB"
	ended_by "$number"
	nothing_left
}

@test "INT, TERM, HUP while it waits: the client id is released, the end is by that signal" {
	for signal in INT:2 TERM:15 HUP:1; do
		signal_while_waiting $signal ""
		modem quit
		wait_until "$PATIENCE" ended "$MODEM"
		end "$(proxy_pid)"
	done
}

@test "the same without proxy" {
	for signal in INT:2 TERM:15 HUP:1; do
		signal_while_waiting $signal -n
		modem quit
		wait_until "$PATIENCE" ended "$MODEM"
	done
}

@test "a signal that was ignored from the start (nohup) stays ignored" {
	modem_start
	modem answer nas get_signal_info silent
	modem count reset
	background env --ignore-signal=HUP "$QMITOOL" nas signal -t 2
	JOB=$LAST
	wait_modem 1+ count nas get_signal_info
	kill -HUP "$JOB"
	reap "$JOB"
	same "$CODE" 4
}

@test "a signal and a modem that is mute by then: it ends soon all the same" {
	modem_start
	start_waiting nas signal -t 60
	modem mute on
	kill -TERM "$JOB"
	ended_by 15
}

@test "KILL: the proxy gives the client id back" {
	modem_start
	start_waiting nas signal -t 60
	same "$(modem clients nas)" 1
	kill -KILL "$JOB"
	ended_by 9
	nothing_left
	exits 0 dms info -f model
}

@test "KILL of one that holds the port directly: the next one gets it, and the right answers" {
	modem_start
	start_waiting nas signal -n -t 60
	kill -KILL "$JOB"
	ended_by 9
	modem answer nas get_signal_info default
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
}

@test "unplugged while it waits: exit 8 at once, through the proxy" {
	modem_start
	start_waiting nas signal -t 60
	modem unplug
	reap "$JOB"
	same "$CODE" 8
	holds "$(cat "$DIR/err")" "went away"
}

@test "unplugged while it waits: exit 8 at once, directly" {
	modem_start
	start_waiting nas signal -n -t 60
	modem unplug
	reap "$JOB"
	same "$CODE" 8
	holds "$(cat "$DIR/err")" "went away"
}

@test "unplugged while it waits: exit 8, on a pty" {
	modem_start_pty
	start_waiting nas signal -t 60
	modem unplug
	reap "$JOB"
	same "$CODE" 8
}

@test "unplugged while it waits, -j: the error is JSON" {
	modem_start
	start_waiting nas signal -j -t 60
	modem unplug
	reap "$JOB"
	same "$CODE" 8
	holds "$(cat "$DIR/err")" '{"error":{"exit":8,'
}

@test "unplugged between two commands: the second says no device; plugged in again: it works" {
	modem_start
	exits 0 nas signal
	proxy=$(proxy_pid)
	modem unplug
	exits 3 nas signal
	says "no device"
	modem plug
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	same "$(proxy_pid)" "$proxy"
}

@test "a power cycle between two commands: nobody notices" {
	modem_start
	exits 0 nas signal
	modem powercycle
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
	nothing_left
}

@test "the proxy killed in the middle: exit 8 at once, and the next command starts another" {
	modem_start
	start_waiting nas signal -t 60
	kill -KILL "$(proxy_pid)"
	reap "$JOB"
	same "$CODE" 8
	holds "$(cat "$DIR/err")" "proxy"
	modem answer nas get_signal_info default
	exits 0 nas signal -f lte.rsrp
	same "$output" "-97"
}

@test "the proxy told to end in the middle: exit 8, and the client id is given back" {
	modem_start
	start_waiting nas signal -t 60
	kill -TERM "$(proxy_pid)"
	reap "$JOB"
	same "$CODE" 8
	nothing_left
}

@test "the proxy stopped (SIGSTOP): exit 4 at the deadline" {
	modem_start
	exits 0 nas signal
	proxy=$(proxy_pid)
	kill -STOP "$proxy"
	before=$SECONDS
	exits 4 nas signal -t 0.5
	[ $((SECONDS - before)) -lt 8 ]
	exits 4 proxy status -t 0.5
	kill -CONT "$proxy"
	exits 0 nas signal -f lte.rsrp
}
