# test_types has a schema of its own; included by tests.mk.

TYPES = $(SANITIZED)/types
TYPES_SOURCES = tests/types/test_types.c $(patsubst %,qmux/%.c,decimal encode form format frame nearest scalar schema walk)

$(TYPES)/schema_%.h: tests/types/types.qmi qmux/schema/compile.awk
	@mkdir -p $(@D)
	$(Q)$(AWK) -f qmux/schema/compile.awk -v out=$(if $(findstring ids,$*),header,blob) $< > $@.new && \
		mv $@.new $@

$(SANITIZED)/test_types: $(TYPES_SOURCES) $(TYPES)/schema_ids.h $(TYPES)/schema_blob.h $(HEADERS)
	$(SAY) CC $@
	$(Q)$(CC) -I$(TYPES) $(TEST_CFLAGS) $(SANITIZE) -o $@ $(TYPES_SOURCES)

UNIT_BIN += $(SANITIZED)/test_types
