#!/bin/sh
# cross.sh MODEM MACHINE...: build for each machine, statically; run the unit tests there, and the
# command, beside the emulated modem of this one.  A machine is COMPILER=EMULATOR, or COMPILER=
# where this one's kernel runs its programs.
: "${MAKE:=make}"
modem=$1
shift
failed=0

for machine; do
	compiler=${machine%%=*} emulator=${machine#*=} name=${machine%%-*}
	for program in "$compiler" $emulator; do
		command -v "$program" >/dev/null || {
			echo "$name: skipped, no $program"
			continue 2
		}
	done
	echo "$name:"
	build=$PWD/build/$name
	mkdir -p "$build"
	# qemu-user has its own idea of netlink, which it translates.
	"$MAKE" CC="$compiler" STRIP=true BUILD="$build" BIN="$build/qmitool" SANITIZE=-static \
		EMULATOR="$emulator" LEFT_OUT="${emulator:+test_netlink}" check-unit "$build/qmitool" || {
		failed=1
		continue
	}
	command=$build/qmitool
	if [ "$emulator" ]; then
		command=$build/emulated
		printf '#!/bin/sh\nexec %s %s "$@"\n' "$emulator" "$build/qmitool" >"$command"
		chmod 755 "$command"
	fi
	QMITOOL=$command FAKEMODEM=$modem BUILD=$build sh tests/isolate.sh "${BATS:-bats}" \
		tests/golden tests/raw/args.bats tests/raw/decode.bats tests/raw/monitor.bats || failed=1
done
exit $failed
