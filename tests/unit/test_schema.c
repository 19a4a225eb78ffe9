/*
 * test_schema.c - what is built in can all be found again, by number and by name.
 *
 * Says nothing about whether the facts are right: tests/schema/complete.bats and
 * the golden frames do.
 */
#include "qmux/schema.h"
#include "tests/unit/tap.h"

#include <errno.h>

static unsigned long bad;

/* Complains once for each thing that is wrong; the check itself is one line a service. */
static void must(bool good, const char *what, const char *name)
{
	if (!good) {
		printf("#  %s: %s\n", name, what);
		bad++;
	}
}

static void check_enum(uint16_t names, char join, const char *of)
{
	char text[QMUX_NAME_MAX];
	int64_t value, last = INT64_MIN, back;
	uint16_t name, found;
	unsigned i;

	for (i = 0; qmux_enum_at(names, i, &value, &name); i++) {
		qmux_name(name, join, text);
		must(value > last, "values ascend", of);
		must(qmux_enum_name(names, value, &found) && found == name, "name of a value", text);
		if (join == QMUX_VALUE_NAME)
			must(qmux_enum_value(names, text, strlen(text), &back) && back == value,
				"value of a name", text);
		must(strlen(text) > 0 && strlen(text) < QMUX_NAME_MAX - 1, "length of a name", text);
		last = value;
	}
	must(i > 0, "has values", of);
	must(!qmux_enum_value(names, "no-such-value", 13, &back), "no other name", of);
	must(!qmux_enum_value(names, "", 0, &back), "no empty name", of);
}

/* Returns what follows the type. */
static const uint8_t *check_type(const uint8_t *p, unsigned depth, const char *of)
{
	struct qmux_type t = qmux_type_at(p);
	const uint8_t *end = t.inner;
	char name[QMUX_NAME_MAX];

	must(depth <= QMUX_DEPTH_MAX, "depth", of);
	must(t.kind <= QMUX_T_CODED, "kind", of);
	must((t.size > 0) == (t.kind < QMUX_T_TEXT ||
		(t.kind >= QMUX_T_CODING && t.kind < QMUX_T_IP6)),
		"scalars have a size, others none", of);
	if (t.names < QMUX_NO_ENUM)
		check_enum(t.names, QMUX_VALUE_NAME, of);
	if (t.kind == QMUX_T_ARRAY) {
		must(t.prefix || t.fixed, "an array's length", of);
		end = check_type(t.inner, depth + 1, of);
	} else if (t.kind == QMUX_T_STRUCT) {
		must(t.fields > 0, "fields", of);
		for (unsigned i = 0; i < t.fields; i++) {
			must(strlen(qmux_name(qmux_get16(end), QMUX_FIELD_NAME, name)) > 0,
				"a field's name", of);
			end = check_type(end + 2, depth + 1, name);
		}
	} else if (t.kind == QMUX_T_TEXT) {
		must(!!t.prefix + !!t.fixed + t.to_end == 1, "a text's length", of);
		end = t.end;
	} else if (t.kind >= QMUX_T_IP6) {
		must(t.prefix == 1 ? !t.fixed : t.fixed && t.fixed <= UINT8_MAX,
			"the length of bytes with a form", of);
		end = t.end;
	}
	must(end == t.end, "what follows it", of);
	return end;
}

static void check_tlvs(const struct qmux_message *m, bool request)
{
	struct qmux_tlv_def def, found;
	char name[QMUX_NAME_MAX];
	int last = -1;
	unsigned i;

	for (i = 0; qmux_tlv_at(m, request, i, &def); i++) {
		qmux_name(def.name, QMUX_FIELD_NAME, name);
		must(def.id > last, "TLVs ascend", name);
		must(qmux_tlv_by_id(m, request, def.id, &found) && found.name == def.name &&
			found.type == def.type && found.mandatory == def.mandatory, "by its id", name);
		must(request || !def.mandatory, "only a request's can be mandatory", name);
		check_type(qmux_type_of(&def), 1, name);
		last = def.id;
	}
	must(i == (request ? m->n_in : m->n_out), "count of TLVs", "message");
	must(!(m->indication && m->n_in), "an indication has no request", "message");
}

static void check_message(const struct qmux_service *s, const struct qmux_message *m)
{
	char name[QMUX_NAME_MAX];
	struct qmux_message found;

	qmux_name(m->name, QMUX_FIELD_NAME, name);
	must(m->service == s->id, "service", name);
	must(qmux_message_by_id(s->id, m->id, m->indication, m->vendor, &found) &&
		found.name == m->name && found.vendor == m->vendor, "by its id", name);
	must(qmux_message_by_name(s, name, m->indication, &found) && found.id == m->id,
		"by its name", name);
	if (m->vendor)
		must(!qmux_message_by_id(s->id, m->id, m->indication, 0, &found) || !found.vendor,
			"a vendor's own is not everybody's", name);
	check_tlvs(m, true);
	check_tlvs(m, false);
}

static void test_services(void)
{
	char name[QMUX_NAME_MAX], value_name[QMUX_NAME_MAX];
	struct qmux_service s, found;
	struct qmux_message m;
	uint16_t id, handle;
	unsigned j;

	for (unsigned i = 0; qmux_service_at(i, &s); i++) {
		unsigned long before = bad;

		qmux_name(s.name, QMUX_FIELD_NAME, name);
		must(qmux_service_by_id(s.id, &found) && found.name == s.name, "by its id", name);
		must(!qmux_service_parse(name, &id) && id == s.id, "by its name", name);
		/* A frame's service is shown by the names of values, and asked for by its own. */
		must(qmux_enum_name(QMUX_ENUM_SERVICE, s.id, &handle) && !strcmp(name,
			qmux_name(handle, QMUX_FIELD_NAME, value_name)), "its name as a value", name);
		for (j = 0; qmux_message_at(&s, j, &m); j++)
			check_message(&s, &m);
		ok(bad == before && j == s.n, "%s: %u messages", name, j);
	}
	ok(!qmux_service_by_id(0xfffe, &s), "no service 0xfffe");
}

static void test_names(void)
{
	struct qmux_service s;
	struct qmux_message m;
	char name[QMUX_NAME_MAX];
	uint16_t id = 0;

	ok(qmux_service_by_id(0, &s) && qmux_name_is(s.name, QMUX_FIELD_NAME, "ctl", 3), "ctl is 0");
	ok(qmux_message_by_id(0, 0x22, false, 0, &m), "allocate_cid is 0x22");
	is_str(qmux_name(m.name, QMUX_FIELD_NAME, name), "allocate_cid", "names with _");
	is_str(qmux_name(m.name, QMUX_VALUE_NAME, name), "allocate-cid", "or with -");
	ok(!qmux_name_is(m.name, QMUX_FIELD_NAME, "allocate_ci", 11) &&
		!qmux_name_is(m.name, QMUX_FIELD_NAME, "allocate_cid_", 13) &&
		!qmux_name_is(m.name, QMUX_FIELD_NAME, "allocate-cid", 12), "and no others");
	is_int(qmux_service_parse("uim-rmt", &id) || id != 50, 0, "a service that has only a name");
	is_int(qmux_service_parse("0x1a", &id) || id != 26, 0, "a service by number");
	is_int(qmux_service_parse("unknown", &id), -ENOENT, "the name of no service");
}

/* The names that everyone knows and searches. */
static void test_errors(void)
{
	static const struct {
		unsigned error;
		const char *name;
	} rows[] = {
		{ 0, "None" }, { 1, "MalformedMessage" }, { 5, "ClientIdsExhausted" },
		{ 7, "InvalidClientId" }, { 26, "NoEffect" }, { 71, "InvalidQmiCommand" },
		{ 74, "InformationUnavailable" }, { 94, "NotSupported" }, { 61441,
		"CatEventRegistrationFailed" }, { 18, NULL }, { 65535, NULL }, { 1u << 16, NULL },
	};
	char name[QMUX_NAME_MAX];
	unsigned long before = bad;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		is_str(qmux_error_name(rows[i].error, name), rows[i].name, "the name of an error");
	check_enum(QMUX_ENUM_PROTOCOL_ERROR, QMUX_ERROR_NAME, "protocol_error");
	check_enum(QMUX_ENUM_SERVICE, QMUX_VALUE_NAME, "service");
	ok(bad == before, "names of errors and services go there and back");
}

int main(void)
{
	test_services();
	test_names();
	test_errors();
	return tap_done();
}
