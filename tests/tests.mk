# The tests; included by the Makefile.
#
#	check		what the README promises: everything that needs gcc, make and bats alone
#	check-unit	C programs that print TAP, under ASan and UBSan
#	check-bats	the command, against the emulated modem and libqmi's tools
#	check-asan	check-bats with a sanitized qmitool and modem
#	check-musl	the static musl build: check-size, and check-bats with it
#	check-cross	unit tests, frames and raw on 32 bits and big-endian, under qemu-user
#	check-size	the whole protocol in at most 200,000 bytes, static on musl
#	check-kernel	on the real cdc-wdm and qmi_wwan, in QEMU (tests/kernel/README.md)
#	fuzz		libFuzzer on the parsers, FUZZ_SECONDS each (clang)
#	bench		figures, beside libqmi's where it is installed
#	bench-raw	how fast raw decode is, and how many instructions a frame takes

TEST_CFLAGS = -std=c11 $(DEFINES) $(WARN) -g -O1 -I. -I$(BUILD) $(CPPFLAGS)
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
SANITIZED = $(BUILD)/test
# With what has unit tests of its own, whatever applets are built.
TESTED = netlink netlink_read pdu state wds_net_text
LIBRARY = $(QMUX:%=qmux/%.c) $(PROXY:%=proxy/%.c) \
	$(patsubst %,applets/%.c,$(sort $(TESTED) $(filter-out cli,$(APPLET))))
HEADERS = $(wildcard qmux/*.h proxy/*.h applets/*.h tests/*/*.h)

# ---- the emulated modem ----

MODEL = stream fault modem state tlv command services svc_ctl svc_dms svc_gas svc_loc svc_nas svc_uim uim_file svc_wda svc_wds svc_wms wds_call wds_packet wds_profile ip
MODEM_SOURCES = $(patsubst %,tests/modem/%.c,main control port tun local $(MODEL))
MODEM = $(BUILD)/fakemodem

$(MODEM): $(MODEM_SOURCES) $(HEADERS) $(BUILD)/flags
	$(SAY) CC $@
	$(Q)$(CC) $(TEST_CFLAGS) $(if $(DEV),$(SANITIZE)) -o $@ $(MODEM_SOURCES)

# ---- unit tests ----

UNIT_TESTS = $(filter-out $(LEFT_OUT),$(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c)))

MODEL_TESTS = test_modem test_wds test_ip

$(MODEL_TESTS:%=$(SANITIZED)/%): $(SANITIZED)/%: tests/modem/%.c $(MODEL:%=tests/modem/%.c) $(HEADERS)
	$(SAY) CC $@
	@mkdir -p $(@D)
	$(Q)$(CC) $(TEST_CFLAGS) $(SANITIZE) -o $@ $(filter %.c,$^)

# What they test is compiled once, sanitized.
$(SANITIZED)/%.o: %.c $(HEADERS) $(GENERATED)
	$(SAY) CC $@
	@mkdir -p $(@D)
	$(Q)$(CC) $(TEST_CFLAGS) $(SANITIZE) -c -o $@ $<

$(SANITIZED)/library.a: $(LIBRARY:%.c=$(SANITIZED)/%.o)
	@rm -f $@
	$(Q)ar rc $@ $^

$(SANITIZED)/test_%: tests/unit/test_%.c $(SANITIZED)/library.a
	$(SAY) CC $@
	$(Q)$(CC) $(TEST_CFLAGS) $(SANITIZE) -o $@ $^

UNIT_BIN = $(UNIT_TESTS:%=$(SANITIZED)/%) $(MODEL_TESTS:%=$(SANITIZED)/%)

include tests/types/types.mk

check-unit: $(UNIT_BIN)
	@EMULATOR="$(EMULATOR)" sh tests/tap.sh $(UNIT_BIN)

# ---- fuzz targets: replayed from their corpus in check, run by fuzz ----

FUZZ = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SECONDS ?= 60

$(SANITIZED)/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(SANITIZED)/library.a
	$(SAY) CC $@
	$(Q)$(CC) $(TEST_CFLAGS) $(SANITIZE) -o $@ $^

check-fuzz: $(FUZZ:%=$(SANITIZED)/replay_%)
	@for f in $(FUZZ); do $(SANITIZED)/replay_$$f tests/fuzz/corpus-$$f/* || exit 1; done

$(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c $(filter-out applets/%,$(LIBRARY)) $(HEADERS) $(GENERATED)
	$(SAY) FUZZ $@
	$(Q)clang $(TEST_CFLAGS) -fsanitize=fuzzer,address,undefined -o $@ $(filter %.c,$^)

fuzz: $(FUZZ:%=$(BUILD)/fuzz_%)
	@for f in $(FUZZ); do mkdir -p $(BUILD)/corpus-$$f; \
		$(BUILD)/fuzz_$$f -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 \
			$(BUILD)/corpus-$$f tests/fuzz/corpus-$$f || exit 1; done

# ---- many processes on one proxy ----

LOAD_SOURCES = tests/load/load.c tests/load/echo_modem.c

$(SANITIZED)/load: $(LOAD_SOURCES) $(SANITIZED)/library.a $(HEADERS)
	$(SAY) CC $@
	$(Q)$(CC) $(TEST_CFLAGS) $(SANITIZE) -o $@ $(LOAD_SOURCES) $(SANITIZED)/library.a

# The same without sanitizers, for figures.
$(BUILD)/load: $(LOAD_SOURCES) $(QMUX:%=qmux/%.c) $(PROXY:%=proxy/%.c) $(HEADERS) $(GENERATED)
	$(SAY) CC $@
	$(Q)$(CC) $(TEST_CFLAGS) -O2 -o $@ $(filter %.c,$^)

# Each answer to whom it belongs, nothing lost, nothing left; with and without chaos.
check-load: $(SANITIZED)/load
	$(SANITIZED)/load -p 64 -n 300
	$(SANITIZED)/load -p 16 -n 300 -w 64 -P
	$(SANITIZED)/load -z -p 16 -n 1000
	$(SANITIZED)/load -k -p 256 -n 2000

# ---- the command ----

BATS ?= bats
BATS_SUITES ?= tests/schema tests/golden tests/cli tests/raw tests/verbs tests/data tests/examples tests/openwrt \
	tests/faults tests/proxy tests/interop

$(BUILD)/peer: tests/proxy/peer.c $(BUILD)/flags
	$(SAY) CC $@
	$(Q)$(CC) $(TEST_CFLAGS) -o $@ $<

check-bats: $(BIN) $(MODEM) $(BUILD)/peer
	QMITOOL=$(abspath $(BIN)) FAKEMODEM=$(abspath $(MODEM)) BUILD=$(abspath $(BUILD)) \
		PEER=$(abspath $(BUILD)/peer) \
		SCHEMA_FILES="$(SCHEMA)" sh tests/isolate.sh $(BATS) $(BATS_SUITES)

check: check-unit check-fuzz check-bats

check-asan:
	$(MAKE) DEV=1 check-bats BATS_SUITES="tests/verbs tests/raw tests/data tests/examples tests/openwrt \
		tests/faults tests/interop"

# The whole protocol, which is the raw applet with all services.
SIZE_MOST = 200000

check-size:
	$(MAKE) CC=musl-gcc BUILD=build/musl-raw BIN=build/musl-raw/qmitool APPLETS="raw list proxy" \
		build/musl-raw/qmitool
	@n=$$(wc -c < build/musl-raw/qmitool); echo "$$n bytes, of $(SIZE_MOST)"; \
		[ "$$n" -le $(SIZE_MOST) ]

check-musl: check-size
	$(MAKE) CC=musl-gcc BUILD=build/musl BIN=build/musl/qmitool check-bats \
		BATS_SUITES="tests/verbs tests/faults"

# A build with fewer services passes what applies to it.
check-small: $(BIN) $(MODEM)
	$(MAKE) check-bats BATS_SUITES="tests/golden tests/raw tests/verbs"

# 32 bits, and big-endian; what is not installed is skipped.
MACHINES ?= mips-linux-gnu-gcc=qemu-mips-static s390x-linux-gnu-gcc=qemu-s390x-static i686-linux-gnu-gcc=

check-cross: $(MODEM)
	@MAKE="$(MAKE)" BATS="$(BATS)" sh tests/cross.sh $(abspath $(MODEM)) $(MACHINES)

# ---- the real kernel, in QEMU ----

# Where the guest's kernel is kept; it is fetched once, with apt-get download.
KERNEL_CACHE ?= build/kernel
USBMODEM = $(BUILD)/usbmodem
USBMODEM_SOURCES = $(patsubst %,tests/kernel/%.c,usbip usbdev usbnet usbport) \
	$(filter-out tests/modem/port.c,$(MODEM_SOURCES))

$(USBMODEM): $(USBMODEM_SOURCES) $(HEADERS) $(BUILD)/flags
	$(SAY) CC $@
	$(Q)$(CC) $(TEST_CFLAGS) -static -o $@ $(USBMODEM_SOURCES)

check-kernel: $(BIN) $(USBMODEM)
	@USBMODEM=$(abspath $(USBMODEM)) RIG_CACHE=$(abspath $(KERNEL_CACHE)) \
		sh tests/kernel/check.sh $(abspath $(BIN))

demo: $(BIN) $(MODEM)
	@sh tests/demo.sh $(abspath $(BIN)) $(MODEM)

bench: $(BIN) $(MODEM)
	@sh tests/bench/bench.sh $(abspath $(BIN)) $(abspath $(MODEM))

# What the proxy costs, and what libqmi's does.
bench-proxy: $(BIN) $(BUILD)/load
	@sh tests/bench/proxy.sh $(abspath $(BIN)) $(abspath $(BUILD)/load)

bench-raw: $(BIN)
	@sh tests/bench/raw.sh $(abspath $(BIN)) $(if $(DEV),,$(BUILD)/qmitool.debug)

.PHONY: bench-raw check check-cross check-kernel check-small check-unit check-fuzz check-load check-bats check-asan check-musl check-size demo bench bench-proxy fuzz
