# qmitool: one static binary, C and libc alone.
#
#	make			build ./qmitool
#	make demo		build, start an emulated modem, show the main job
#	make check		the tests (bats)
#	make CC=musl-gcc	the same on musl
#	make DEV=1 …		with -Werror, ASan and UBSan
#	make SERVICES="dms nas"	a smaller tool; APPLETS="nas proxy" leaves out applets, too
#	make V=1		show the commands

VERSION = 0.1.0

CC = gcc
AWK = awk
INSTALL = install
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man
BASHCOMPDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHCOMPDIR ?= $(PREFIX)/share/zsh/site-functions
FISHCOMPDIR ?= $(PREFIX)/share/fish/vendor_completions.d

BUILD ?= build$(if $(DEV),/dev)
BIN ?= $(if $(DEV),$(BUILD)/qmitool,qmitool)

# What every build needs stands in REQUIRED; the rest can be chosen.
REQUIRED = ctl
SERVICES ?= atr dms dpm dsd fox gas gms ims imsa imsdcm imsp loc nas oma pbm pdc pds qos sar ssc uim \
	voice wda wds wms

# An applet: the files that it has of its own, and the services that it asks.  Where one of
# these is left out, so is the applet.
ALL_APPLETS = status dms nas uim wds loc wms gas raw list proxy
FILES_dms = dms dms_firmware dms_mode dms_pin pin secret
NEEDS_dms = dms
FILES_nas = nas nas_cells nas_monitor nas_name nas_radio nas_register nas_select nas_signal \
	nas_status nas_wait monitor
NEEDS_nas = nas
FILES_uim = uim uim_apdu uim_card uim_file uim_guard uim_monitor uim_pin uim_slot monitor pin secret simfile
NEEDS_uim = uim dms
FILES_wds = wds wds_start wds_session wds_call wds_config wds_ip wds_settings wds_endpoint \
	wds_link wds_port wds_format wds_profile wds_view wds_monitor wds_up wds_connect wds_net \
	wds_net_text wds_dns wds_hook wds_watch monitor state named netdev netlink netlink_read \
	nas_wait qmi_network uim_card
NEEDS_wds = wds wda nas uim dms
FILES_loc = loc loc_assist loc_session loc_track monitor named
NEEDS_loc = loc
FILES_gas = gas
NEEDS_gas = gas
FILES_wms = wms wms_monitor wms_read wms_send monitor pdu
NEEDS_wms = wms
FILES_status = status sink_metrics $(FILES_nas) $(FILES_wds)
NEEDS_status = dms nas uim wds wda
FILES_raw = raw raw_args raw_call raw_complete raw_decode raw_list raw_log raw_monitor raw_send hex input \
	pcapng
FILES_list = list
FILES_proxy = proxy proxy_status proxy_trace user_id input pcapng

left_out = $(filter-out $(REQUIRED) $(SERVICES),$(NEEDS_$(1)))
APPLETS ?= $(foreach a,$(ALL_APPLETS),$(if $(call left_out,$(a)),,$(a)))

SCHEMA = $(patsubst %,qmux/schema/%.qmi,common $(REQUIRED) $(SERVICES))

QMUX = client decimal encode form format frame holder nearest port scalar schema walk
PROXY = core ctl loop net owner peer port private queue route start status table trace
APPLET = cli cli_line cli_rows dump help help_keys install print say session session_call \
	session_open session_wait show show_view sink sink_json sink_tree text \
	$(sort $(foreach a,$(APPLETS),$(FILES_$(a))))

SOURCES = qmitool.c $(QMUX:%=qmux/%.c) $(PROXY:%=proxy/%.c) $(APPLET:%=applets/%.c) \
	$(if $(DEV),,qmux/memory.c)

CFLAGS ?= -Os -g
WARN = -Wall -Wextra
DEFINES = -D_GNU_SOURCE -DQMITOOL_VERSION='"$(VERSION)"'
# On 32 bits glibc would read no time after 2038, and no directory of a file system with longer inodes.
DEFINES += -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64
SMALL = -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables -fno-unwind-tables -fno-pie
# Rows of tables that say the same are one; nothing depends on which of them it is.
SMALL += -fmerge-all-constants
LINK = -static -Wl,--gc-sections -Wl,-z,norelro -Wl,-z,noseparate-code -Wl,--build-id=none
# In the file the data stand right behind the code, not on a page of their own.
LINK += -Wl,-z,common-page-size=64
ifdef DEV
WARN += -Werror
SMALL = -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
LINK = -fsanitize=address,undefined
endif
ALL_CFLAGS = -std=c11 $(DEFINES) $(WARN) $(CFLAGS) $(SMALL) -I. -I$(BUILD) $(CPPFLAGS)

Q = $(if $(V),,@)
SAY = $(if $(V),@:,@printf '  %-7s %s\n')

OBJECTS = $(SOURCES:%.c=$(BUILD)/%.o)
GENERATED = $(BUILD)/schema_ids.h $(BUILD)/schema_blob.h $(BUILD)/applet_rows.h

all: $(BIN)

$(BIN): $(OBJECTS)
	$(SAY) LINK $@
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LINK) -o $@ $(OBJECTS) $(LDLIBS)
	$(if $(DEV),,$(Q)cp $@ $(BUILD)/qmitool.debug && $(STRIP) $@)

STRIP ?= strip -s -R .comment -R .note.gnu.build-id -R .note.ABI-tag

$(BUILD)/%.o: %.c $(GENERATED) $(BUILD)/flags
	$(SAY) CC $<
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/schema_ids.h: $(SCHEMA) qmux/schema/compile.awk $(BUILD)/flags
	$(SAY) SCHEMA $@
	$(Q)$(AWK) -f qmux/schema/compile.awk -v out=header $(SCHEMA) > $@.new && mv $@.new $@

$(BUILD)/schema_blob.h: $(SCHEMA) qmux/schema/compile.awk $(BUILD)/flags
	$(SAY) SCHEMA $@
	$(Q)$(AWK) -f qmux/schema/compile.awk -v out=blob $(SCHEMA) > $@.new && mv $@.new $@

$(BUILD)/applet_rows.h: $(BUILD)/flags
	$(Q)printf 'APPLET(%s)\n' $(APPLETS) > $@

# Other flags, services or applets make everything anew.
$(BUILD)/flags: FORCE
	@mkdir -p $(BUILD)
	@echo '$(CC) $(ALL_CFLAGS) $(SCHEMA) $(APPLETS)' | cmp -s - $@ || \
		echo '$(CC) $(ALL_CFLAGS) $(SCHEMA) $(APPLETS)' > $@

-include $(OBJECTS:.o=.d)

include tests/tests.mk

docs: completions coverage lint
completions: $(BIN)
	sh completions/generate.sh $(abspath $(BIN))

coverage:
	AWK="$(AWK)" sh docs/coverage.sh > docs/coverage.md

size: $(BIN)
	@sh tests/size.sh $(BIN) $(MAKE)

lint:
	$(Q)mandoc -Tlint -W warning qmitool.1
	$(Q)shellcheck -x tests/*.sh tests/bench/*.sh tests/openwrt/*.sh completions/*.sh docs/*.sh \
		docs/examples/*.sh tests/kernel/*.sh tests/kernel/guest/* packaging/initramfs/* \
		packaging/initramfs-tools/hooks/* packaging/initramfs-tools/scripts/*/* \
		packaging/dracut/*/*.sh packaging/openwrt/files/* .ci/run

install: $(BIN)
	$(INSTALL) -D -m 755 $(BIN) $(DESTDIR)$(BINDIR)/qmitool
	$(INSTALL) -D -m 644 qmitool.1 $(DESTDIR)$(MANDIR)/man1/qmitool.1
	$(INSTALL) -D -m 644 completions/qmitool.bash $(DESTDIR)$(BASHCOMPDIR)/qmitool
	$(INSTALL) -D -m 644 completions/_qmitool $(DESTDIR)$(ZSHCOMPDIR)/_qmitool
	$(INSTALL) -D -m 644 completions/qmitool.fish $(DESTDIR)$(FISHCOMPDIR)/qmitool.fish

clean:
	rm -rf build qmitool

FORCE:
.PHONY: all docs completions coverage size lint install clean FORCE
