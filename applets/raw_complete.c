/* raw_complete.c - what can stand at the cursor, for the completion of the shells. */
#include "applets/raw.h"

#include "qmux/format.h"

#include <stdlib.h>
#include <string.h>

struct words {
	struct sink *s;
	const char *start;	/* what has been typed of the word */
	size_t n;
	bool request;		/* of its message: the request's fields, not the others */
	char path[QMUX_PATH_TEXT_MAX];
};

static void offer(const struct words *w, const char *word)
{
	if (!strncmp(word, w->start, w->n))
		sink_text(w->s, NULL, word);
}

static void offer_services(const struct words *w)
{
	struct qmux_service s;
	char name[QMUX_NAME_MAX];

	for (unsigned i = 0; qmux_service_at(i, &s); i++)
		offer(w, qmux_name(s.name, QMUX_FIELD_NAME, name));
}

static void offer_messages(const struct words *w, const struct qmux_service *s, const char *kind)
{
	bool indications = !strcmp(kind, "indication"), both = !strcmp(kind, "message");
	char name[QMUX_NAME_MAX];
	struct qmux_message m;

	for (unsigned i = 0; qmux_message_at(s, i, &m); i++)
		if (both || m.indication == indications)
			offer(w, qmux_name(m.name, QMUX_FIELD_NAME, name));
}

/* "path=" and each value; flags are joined, so those before the last comma stay. */
static void offer_values(struct words *w, const struct qmux_type *t, size_t n)
{
	const char *joint = w->start + w->n;
	char *end = w->path + n;
	size_t room = sizeof w->path - n;
	uint16_t name;
	int64_t value;

	while (qmux_enum_is_flags(t->names) && joint > w->start && !strchr("=,|", joint[-1]))
		joint--;
	if (joint > w->start + n && qmux_enum_is_flags(t->names)) {
		n = (size_t)(joint - w->start);
		if (n >= sizeof w->path)
			return;
		memcpy(w->path, w->start, n);
		end = w->path + n;
		room = sizeof w->path - n;
	}
	if (t->kind == QMUX_T_BOOL || t->names == QMUX_ENUM_BOOL) {
		strcpy(end, "true");
		offer(w, w->path);
		strcpy(end, "false");
		offer(w, w->path);
	}
	for (unsigned i = 0; t->names < QMUX_NO_ENUM && room > QMUX_NAME_MAX &&
			qmux_enum_at(t->names, i, &value, &name); i++) {
		qmux_name(name, QMUX_VALUE_NAME, end);
		offer(w, w->path);
	}
}

/* A list of scalars is one value with commas; of anything else its items are set one by one. */
static bool is_leaf(const struct qmux_type *t)
{
	enum qmux_kind_of_type kind = t->kind;

	if (kind == QMUX_T_ARRAY)
		kind = qmux_type_at(t->inner).kind;
	return kind != QMUX_T_STRUCT && kind != QMUX_T_ARRAY;
}

/* All paths in a type; bounded by QMUX_DEPTH_MAX. */
static void offer_paths(struct words *w, const uint8_t *type, size_t n)
{
	struct qmux_type t = qmux_type_at(type);
	const uint8_t *p = t.inner;

	if (n + QMUX_NAME_MAX + sizeof "[0]." > sizeof w->path)
		return;
	if (t.kind == QMUX_T_STRUCT) {
		for (unsigned i = 0; i < t.fields; i++) {
			w->path[n] = '.';
			qmux_name(qmux_get16(p), QMUX_FIELD_NAME, w->path + n + 1);
			offer_paths(w, p + 2, n + 1 + strlen(w->path + n + 1));
			p = qmux_type_at(p + 2).end;
		}
	} else if (!is_leaf(&t)) {
		/* The item that is being typed, or the first. */
		size_t digits = strncmp(w->start, w->path, n) || w->start[n] != '[' ? 0 :
			strspn(w->start + n + 1, "0123456789");

		digits = digits && digits < 5 && w->start[n + 1 + digits] == ']' ? digits : 0;
		qmux_format(w->path + n, sizeof w->path - n, "[%.*s]", digits ? (int)digits : 1,
			digits ? w->start + n + 1 : "0");
		offer_paths(w, t.inner, n + strlen(w->path + n));
	} else {
		strcpy(w->path + n, "=");
		if (strncmp(w->path, w->start, n + 1)) {
			offer(w, w->path);
			return;
		}
		if (t.kind == QMUX_T_ARRAY)
			t = qmux_type_at(t.inner);
		offer_values(w, &t, n + 1);
	}
}

static void offer_fields(struct words *w, const struct qmux_message *m)
{
	struct qmux_tlv_def def;

	for (unsigned i = 0; qmux_tlv_at(m, w->request, i, &def); i++) {
		qmux_name(def.name, QMUX_FIELD_NAME, w->path);
		offer_paths(w, qmux_type_of(&def), strlen(w->path));
	}
}

static bool is_kind(const char *text)
{
	static const char *const kinds[] = {
		"service", "message", "request", "response", "indication",
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(text, kinds[i]))
			return true;
	return false;
}

int raw_complete(struct command *cmd)
{
	const char *kind = cmd->args[0];
	struct words w = { .s = cmd->sink, .start = "" };
	struct qmux_service service;
	struct qmux_message m;
	uint16_t id;
	int n = cmd->n_args - 1;	/* words, with the one at the cursor */

	if (!is_kind(kind))
		return say(cmd, EXIT_USAGE, "no KIND '%s'; service, message, request, response or "
			"indication", kind);
	if (n)
		w.start = cmd->args[n];
	w.n = strlen(w.start);
	w.request = !strcmp(kind, "request");
	sink_begin(w.s, NULL);
	sink_list(w.s, "words");
	if (n <= 1 || !strcmp(kind, "service"))
		offer_services(&w);
	else if (!qmux_service_parse(cmd->args[1], &id) && qmux_service_by_id(id, &service)) {
		if (n == 2)
			offer_messages(&w, &service, kind);
		else if (strcmp(kind, "message") && qmux_message_by_name(&service, cmd->args[2],
				!strcmp(kind, "indication"), &m))
			offer_fields(&w, &m);
	}
	sink_end(w.s);
	sink_end(w.s);
	return EXIT_DONE;
}
