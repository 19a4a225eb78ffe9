/* session.c - a verb's life: its fields, its requests, its results. */
#include "applets/session.h"

#include "applets/show.h"
#include "qmux/encode.h"
#include "qmux/format.h"
#include "qmux/nearest.h"

#include <stdlib.h>
#include <string.h>

#define REQUEST_MAX 4096	/* TLVs of a setter: a few short values */
#define SET_MAX 256		/* fields of a setter: 40 preferred networks */

/* ---- fields that are asked for ---- */

#define FIELD_MAX 128		/* of a key with all its groups */

/* "cells[2].pci" as the tables have it: "cells.pci". */
static void without_indexes(char out[FIELD_MAX], const char *field)
{
	size_t n = 0;

	while (*field && n < FIELD_MAX - 1) {
		size_t digits = *field == '[' ? strspn(field + 1, "0123456789") : 0;

		if (digits && field[digits + 1] == ']')
			field += digits + 2;
		else
			out[n++] = *field++;
	}
	out[n] = '\0';
}

/* Is field one of a view's keys, or a group of them?  As deep as the tables are. */
static bool is_field(const struct view_row *row, const char *prefix, const char *field,
	struct qmux_nearest *near)
{
	size_t n = strlen(field);
	char name[FIELD_MAX];

	for (; row->key; row++) {
		qmux_format(name, sizeof name, "%s%s", prefix, row->key);
		if (!strncmp(name, field, n) && (!name[n] || name[n] == '.'))
			return true;
		if (name[strlen(name) - 1] == '*')
			name[strlen(name) - 1] = '\0';
		else if (row->style->rows)
			strcat(name, strlen(name) < sizeof name - 1 ? "." : "");
		if (row->style->rows && is_field(row->style->rows, name, field, near))
			return true;
		if (!row->style->rows)
			qmux_nearest_offer(near, name);
	}
	return false;
}

/* A field that the verb never has is a mistake; one that the modem has not got is absent. */
static int check_fields(const struct command *cmd)
{
	for (size_t i = 0; i < cmd->g.n_fields; i++) {
		const char *field = cmd->g.fields[i];
		const struct query *q = cmd->verb->queries;
		struct qmux_nearest near;
		char plain[FIELD_MAX];

		without_indexes(plain, field);
		qmux_nearest_begin(&near, plain, strlen(plain));
		while (q->view && !is_field(q->view, "", plain, &near))
			q++;
		if (q->view || (cmd->g.keep_cid && !strcmp(field, "cid")))
			continue;
		if (near.best[0])
			return say(cmd, EXIT_USAGE, "no field '%s'; did you mean '%s'?", field,
				near.best);
		return say(cmd, EXIT_USAGE, "no field '%s'; -j shows those that are there", field);
	}
	return EXIT_DONE;
}

/* ---- requests out of arguments and options ---- */

/* A table names none that is not there. */
static struct qmux_message find_message(uint16_t service, uint16_t id, uint16_t vendor)
{
	struct qmux_message m;

	if (!qmux_message_by_id(service, id, false, vendor, &m))
		abort();
	return m;
}

struct qmux_message session_message(uint16_t service, uint16_t id)
{
	return find_message(service, id, 0);
}

/* What a value of verb.set stands for; NULL: it is not given. */
static const char *set_value(const struct command *cmd, const char *value)
{
	const struct option_row *row = cmd->verb->options;

	if (value[0] == '$')
		return value[1] - '1' < cmd->n_args ? cmd->args[value[1] - '1'] : NULL;
	if (strncmp(value, "--", 2))
		return value;
	for (size_t i = 0; row && row[i].name; i++)
		if (!strcmp(row[i].name, value + 2))
			return cmd->option[i] && !row[i].arg ? "true" : cmd->option[i];
	abort();	/* a table names an option that is not there */
}

int session_ask(struct command *cmd, const struct qmux_message *m, const char *const *set,
	struct qmux_frame *answer)
{
	struct qmux_assign assign[SET_MAX];
	struct qmux_complaint complaint;
	uint8_t tlvs[REQUEST_MAX];
	struct qmux_buf b = qmux_buf(tlvs, sizeof tlvs);
	size_t n = 0;

	for (; set && *set && n < SET_MAX; set++) {
		if (qmux_assign_parse(&assign[n], *set, &complaint))
			abort();	/* no "path=value" */
		assign[n].value = set_value(cmd, assign[n].value);
		n += assign[n].value != NULL;
	}
	if (qmux_encode(&b, m, true, assign, n, &complaint))
		return -1 - say(cmd, EXIT_USAGE, "%s", complaint.text);
	return session_outcome(cmd, m, tlvs, b.len, answer);
}

int session_set(struct command *cmd, uint16_t message, const char *const *set)
{
	struct qmux_message m = find_message(cmd->service, message, cmd->verb->set_vendor);
	struct qmux_frame answer;
	int ret = session_ask(cmd, &m, set, &answer);

	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/*
 * Several messages make one result: what the modem does not have is left out.  The
 * first refusal counts only where there is nothing else to show.
 */
int session_part(struct command *cmd, const char *key, const struct query *queries)
{
	bool object = !key || *key;
	int refused = 0, answered = 0, ret = 0;

	for (const struct query *q = queries; q->view && ret >= 0; q++) {
		struct qmux_message m = find_message(cmd->service, q->message, q->vendor);
		struct qmux_frame answer;

		if (q->instead && (answered || refusal_exit(refused) != EXIT_UNSUPPORTED))
			continue;
		ret = session_ask(cmd, &m, q->ask, &answer);
		if (ret > 0 && !refused)
			refused = ret;
		if (ret)
			continue;
		if (!answered++ && object)
			sink_begin(cmd->sink, key);
		if (answer.kind == QMUX_INDICATION)	/* the outcome has other fields */
			qmux_message_by_id(m.service, m.id, true, m.vendor, &m);
		if (q->show)
			q->show(cmd->sink, &answer, &m);
		else
			show_view(cmd->sink, &answer, &m, q->view);
	}
	/* A whole result that was cut short is not shown. */
	if (answered && object && (key || ret >= 0))
		sink_end(cmd->sink);
	return ret < 0 ? ret : answered ? 0 : refused;
}

int session_queries(struct command *cmd, const struct query *queries)
{
	int ret = session_part(cmd, NULL, queries);

	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/* ---- the verb ---- */

static int run_verb(struct command *cmd)
{
	const struct verb *v = cmd->verb;
	int ret = EXIT_DONE;

	if (v->queries)
		ret = check_fields(cmd);
	if (ret)
		return ret;
	if (v->run)
		return v->run(cmd);
	if (!session_is_setting(cmd))
		return session_queries(cmd, v->queries);
	ret = session_set(cmd, v->set_message, v->set);
	return ret || !v->after ? ret : v->after(cmd);
}

/* The id that --keep-cid leaves: the one that --cid would speak of. */
static void tell_cid(struct sink *s, void *ctx)
{
	const struct command *cmd = ctx;
	const struct qmux_client *c = &cmd->client;
	unsigned i = 0;

	if (!cmd->g.keep_cid || !c->n_ids)
		return;
	while (i < c->n_ids && c->ids[i].service != cmd->service)
		i++;
	sink_uint(s, "cid", c->ids[i < c->n_ids ? i : 0].client, NULL);
}

static void keep_ids(struct command *cmd)
{
	struct qmux_client *c = &cmd->client;

	if (c->n_ids && !sink_results(cmd->sink)) {
		sink_begin(cmd->sink, NULL);
		sink_end(cmd->sink);
	}
	for (unsigned i = 0; i < c->n_ids; i++)
		note(cmd, "client id %u of service %u stays allocated: --cid %u", c->ids[i].client,
			c->ids[i].service, c->ids[i].client);
	qmux_client_keep(c);
}

int session_run(struct command *cmd)
{
	int ret;

	cmd->client.fd = -1;
	cmd->service = cmd->applet->service;
	sink_last(cmd->sink, tell_cid, cmd);
	ret = run_verb(cmd);
	if (cmd->g.keep_cid)
		keep_ids(cmd);
	qmux_client_close(&cmd->client);
	session_end_by_signal(cmd);
	return ret;
}
