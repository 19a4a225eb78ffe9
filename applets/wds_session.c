/* wds_session.c - a data session: found by its name, started, kept, stopped. */
#include "applets/wds_session.h"

#include "applets/named.h"
#include "applets/session.h"
#include "applets/wds_call.h"
#include "qmux/format.h"

#include <errno.h>

#define KEY_TEXT 16
#define CLIENT_MAX 254
#define SESSIONS_MAX 64		/* of one device that are looked at; more than the proxy keeps */
#define NOTE_LEN 9		/* handle u32, config u32, flags u8 */
#define NOTE_AUTOCONNECT 1

/* ---- finding it ---- */

static void proxy_name(const struct wds_session *s, unsigned i, char name[NAMED_MAX])
{
	qmux_format(name, NAMED_MAX, "wds:%s:%c", s->name, i ? '6' : '4');
}

static const char *call_key(unsigned i, const char *what, char key[KEY_TEXT])
{
	qmux_format(key, KEY_TEXT, "v%c.%s", i ? '6' : '4', what);
	return key;
}

/* Ours in the state file; keys of others stay. */
static void drop_keys(struct wds_session *s)
{
	state_drop(&s->state, "v4.");
	state_drop(&s->state, "v6.");
	state_drop(&s->state, "since=");
	state_drop(&s->state, "kept=");
	state_drop(&s->state, "config=");
	state_drop(&s->state, "autoconnect=");
}

static void make_note(const struct wds_session *s, const struct wds_call *call, struct named *n)
{
	n->client = call->client;
	n->note_len = NOTE_LEN;
	qmux_put32(n->note, call->handle);
	qmux_put32(n->note + 4, s->config);
	n->note[8] = s->autoconnect ? NOTE_AUTOCONNECT : 0;
}

static void read_note(struct wds_session *s, struct wds_call *call, const struct named *n)
{
	*call = (struct wds_call){ .known = true, .found = true, .client = n->client,
		.handle = WDS_HANDLE_ANY };
	if (n->note_len < NOTE_LEN)
		return;
	call->handle = qmux_get32(n->note);
	s->config = qmux_get32(n->note + 4);
	s->autoconnect = n->note[8] & NOTE_AUTOCONNECT;
}

/*
 * What the state file says of a call: no longer true where the modem has restarted since, nor where
 * our proxy was to keep it and has run ever since, but knows nothing of it.
 */
static void read_call(struct wds_session *s, unsigned i, const struct named *proxy)
{
	const char *kept = state_get(&s->state, "kept");
	uint64_t client, handle, since, config = 0, autoconnect = 0;
	char key[KEY_TEXT];

	if (!state_number(&s->state, "since", &since) ||
	    !state_number(&s->state, call_key(i, "client", key), &client) ||
	    !state_number(&s->state, call_key(i, "handle", key), &handle))
		return;
	if (!client || client > CLIENT_MAX || handle > UINT32_MAX)
		return;
	if ((proxy->restarted && proxy->restarted >= since) ||
	    (proxy->started && proxy->started <= since && kept && !strcmp(kept, "proxy")))
		return;
	state_number(&s->state, "config", &config);
	state_number(&s->state, "autoconnect", &autoconnect);
	s->config = (uint32_t)config;
	s->autoconnect = autoconnect;
	s->call[i] = (struct wds_call){ .known = true, .client = (uint8_t)client,
		.handle = (uint32_t)handle };
}

/* Where our proxy cannot keep it under its name, that is no reason to fail. */
static int keep(struct command *cmd, struct wds_session *s, unsigned i)
{
	char name[NAMED_MAX];
	struct named named;
	int ret;

	if (!s->named) {
		if (qmux_client_choose(&cmd->client, QMUX_SERVICE_WDS, s->call[i].client))
			cmd->client.ids[0].keep = true;
		return EXIT_DONE;
	}
	proxy_name(s, i, name);
	make_note(s, &s->call[i], &named);
	ret = named_keep(cmd, QMUX_SERVICE_WDS, name, &named);
	if (ret == PROTOCOL_ERROR_DEVICE_IN_USE)
		return say(cmd, EXIT_PERMISSION, "another user has a session '%s'", s->name);
	if (ret == PROTOCOL_ERROR_INSUFFICIENT_RESOURCES)
		return say(cmd, EXIT_DEVICE, "the proxy keeps no more sessions: stop one first");
	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

/* One call: by the proxy's name, or the state file; and is it alive? */
static int find_call(struct command *cmd, struct wds_session *s, unsigned i,
	enum wds_purpose purpose)
{
	struct wds_call *call = &s->call[i];
	struct named found = { .client = 0 };
	char name[NAMED_MAX];
	int ret = PROTOCOL_ERROR_NO_ENTRY;

	proxy_name(s, i, name);
	if (s->named)
		ret = named_find(cmd, QMUX_SERVICE_WDS, name, &found);
	if (ret && ret != PROTOCOL_ERROR_NO_ENTRY)
		return ret < 0 ? -1 - ret : say_refused(cmd, ret);
	if (!ret)
		read_note(s, call, &found);
	else
		read_call(s, i, &found);
	if (!call->known)
		return EXIT_DONE;
	if (ret)
		qmux_client_adopt(&cmd->client, QMUX_SERVICE_WDS, call->client);
	ret = wds_call_try(cmd, call);
	if (ret > 0 && purpose == WDS_END) {
		call->up = true;
		ret = 0;
	}
	if (ret)
		return ret < 0 ? -1 - ret : say_refused(cmd, ret);
	/* Known to the modem, and not to this proxy: it was restarted. */
	return call->known && !call->found ? keep(cmd, s, i) : EXIT_DONE;
}

/* ret of state_open: 0 where one can go on. */
static int check_state(const struct command *cmd, const struct wds_session *s, int ret)
{
	if (ret == -ETIMEDOUT)
		return say(cmd, EXIT_TIMEOUT, "another command is at work on the session '%s'",
			s->name);
	if (ret == -EINTR)
		return session_failed(cmd, ret);
	if (ret == -EBADMSG)
		note(cmd, "the state file of '%s' is not to be relied on: taken for none", s->name);
	return EXIT_DONE;
}

static int open_session(struct command *cmd, const char *name, enum wds_purpose purpose,
	struct wds_session *s)
{
	char path[QMUX_PATH_MAX];
	int ret;

	if (!state_name_valid(name))
		return say(cmd, EXIT_USAGE, "'%s' is no name of a session: 1 to %d letters, digits, "
			"'_', '-' and '.'", name, STATE_NAME_MAX);
	qmux_format(s->name, sizeof s->name, "%s", name);
	ret = session_device(cmd, path);
	if (!ret)
		ret = session_open(cmd);
	if (ret)
		return ret;
	s->named = named_possible(cmd);
	ret = check_state(cmd, s, state_open(cmd, &s->state, path, name, purpose != WDS_LOOK));
	if (s->state.stale)
		drop_keys(s);
	return ret;
}

int wds_session_find(struct command *cmd, const char *name, enum wds_purpose purpose,
	struct wds_session *s)
{
	int ret;

	memset(s, 0, sizeof *s);
	s->state.dir = s->state.lock = -1;
	if (!name)
		name = cmd->option[WDS_SESSION];
	if (!name || !*name)	/* an empty one is what a script has that names none */
		name = WDS_SESSION_DEFAULT;
	if (cmd->g.cid >= 0)
		return say(cmd, EXIT_USAGE, "a session has client ids of its own: --cid does not apply");
	ret = open_session(cmd, name, purpose, s);
	for (unsigned i = 0; i < WDS_FAMILIES && !ret; i++)
		ret = find_call(cmd, s, i, purpose);
	return ret;
}

bool wds_session_choose(struct command *cmd, const struct wds_session *s, unsigned family)
{
	const struct wds_call *call = &s->call[family == WDS_V6];

	return call->known && qmux_client_choose(&cmd->client, QMUX_SERVICE_WDS, call->client);
}

void wds_session_close(struct command *cmd, struct wds_session *s)
{
	struct qmux_client *c = &cmd->client;

	/* What could not be kept stays ours, and is released. */
	for (unsigned i = 0; i < WDS_FAMILIES; i++)
		if (wds_session_choose(cmd, s, 1u << i) && c->ids[0].keep)
			qmux_client_disown(c, QMUX_SERVICE_WDS, s->call[i].client);
	state_close(&s->state);
}

int wds_session_ask(struct command *cmd, struct wds_session *s)
{
	int ret = EXIT_DONE;

	for (unsigned i = 0; i < WDS_FAMILIES && !ret; i++)
		if (s->call[i].known)
			ret = wds_call_ask(cmd, &s->call[i]);
	return ret;
}

/* ---- all there are ---- */

struct names {
	size_t n;
	char name[SESSIONS_MAX][STATE_NAME_MAX + 1];
};

static int add_name(void *ctx, const char *name)
{
	struct names *all = ctx;
	size_t i = 0, n = all->n;

	while (i < n && strcmp(all->name[i], name) < 0)
		i++;
	if (n == SESSIONS_MAX || (i < n && !strcmp(all->name[i], name)))
		return 0;
	memmove(all->name[i + 1], all->name[i], (n - i) * sizeof all->name[0]);
	qmux_format(all->name[i], sizeof all->name[i], "%s", name);
	all->n++;
	return 0;
}

/* Names in the proxy: where there is no file, as for users who cannot write one. */
static int add_named(struct command *cmd, struct names *all)
{
	char name[NAMED_MAX] = "wds:", bare[NAMED_MAX];
	int ret;

	while (!(ret = named_next(cmd, name)) && !strncmp(name, "wds:", 4)) {
		size_t n = strlen(name) - 4;

		if (n < 3)
			continue;
		qmux_format(bare, sizeof bare, "%.*s", (int)n - 2, name + 4);
		if (state_name_valid(bare))
			add_name(all, bare);
	}
	return ret < 0 ? -1 - ret : ret && ret != PROTOCOL_ERROR_NO_ENTRY ?
		say_refused(cmd, ret) : EXIT_DONE;
}

int wds_session_each(struct command *cmd, int (*fn)(struct command *cmd, const char *name))
{
	struct names all = { .n = 0 };
	char path[QMUX_PATH_MAX];
	int ret = session_device(cmd, path), first;

	if (!ret)
		ret = session_open(cmd);
	if (!ret)
		state_each(path, add_name, &all);
	if (!ret && named_possible(cmd))
		ret = add_named(cmd, &all);
	first = ret;
	for (size_t i = 0; i < all.n; i++) {
		ret = fn(cmd, all.name[i]);
		first = first ? first : ret;
	}
	return first;
}

/* ---- keeping it ---- */

static int not_saved(const struct command *cmd, struct wds_session *s, int ret)
{
	if (!ret || s->told)
		return EXIT_DONE;
	if (s->named) {
		s->told = true;
		note(cmd, "the session is not written down (%s): it ends with the proxy",
			strerror(-ret));
		return EXIT_DONE;
	}
	return say(cmd, ret == -EACCES || ret == -EPERM ? EXIT_PERMISSION : EXIT_DEVICE,
		"the session cannot be kept: no state file (%s)", strerror(-ret));
}

int wds_session_save(struct command *cmd, struct wds_session *s)
{
	return not_saved(cmd, s, state_save(&s->state));
}

static void release(struct command *cmd, struct wds_call *call)
{
	qmux_client_release(&cmd->client, QMUX_SERVICE_WDS, call->client);
	*call = (struct wds_call){ .known = false };
}

/* No call is left: the file stays for keys of others only. */
static void put_away(struct wds_session *s)
{
	drop_keys(s);
	if (s->state.n)
		state_save(&s->state);
	else
		state_remove(&s->state);
}

/* The file is written before anything else: what was given back may be somebody else's soon. */
static void drop_ended(struct command *cmd, struct wds_session *s)
{
	bool any = false;

	for (unsigned i = 0; i < WDS_FAMILIES; i++) {
		if (!s->call[i].known || s->call[i].up)
			continue;
		state_drop(&s->state, i ? "v6." : "v4.");
		release(cmd, &s->call[i]);
		any = true;
	}
	if (!wds_session_up(s))
		put_away(s);
	else if (any)
		state_save(&s->state);
}

static int keep_all(struct command *cmd, struct wds_session *s)
{
	char key[KEY_TEXT];
	int ret = EXIT_DONE;

	state_set(&s->state, "kept", s->named ? "proxy" : "file");
	state_set_number(&s->state, "config", s->config);
	state_set_number(&s->state, "autoconnect", s->autoconnect);
	for (unsigned i = 0; i < WDS_FAMILIES && !ret; i++) {
		const struct wds_call *call = &s->call[i];

		state_drop(&s->state, i ? "v6." : "v4.");
		if (!call->known)
			continue;
		state_set_number(&s->state, call_key(i, "client", key), call->client);
		state_set_number(&s->state, call_key(i, "handle", key), call->handle);
	}
	/* The file first: who is killed in between leaves a session that can be found. */
	ret = wds_session_save(cmd, s);
	for (unsigned i = 0; i < WDS_FAMILIES && !ret; i++)
		if (s->call[i].known)
			ret = keep(cmd, s, i);
	if (!ret)
		return ret;
	for (unsigned i = 0; i < WDS_FAMILIES; i++)	/* what this start began */
		s->call[i].up &= s->call[i].found;
	drop_ended(cmd, s);
	return ret;
}

/* ---- starting it ---- */

static int say_no_call(const struct command *cmd, const struct wds_refusal *r)
{
	if (r->reason[0])
		return say(cmd, (enum exit_code)r->exit, "the call failed: %s", r->reason);
	if (r->error == PROTOCOL_ERROR_CALL_FAILED || r->error == PROTOCOL_ERROR_NO_EFFECT)
		return say(cmd, EXIT_CALL, "the call failed; the modem does not say why");
	return say_refused(cmd, r->error);
}

/* One family of several may be refused. */
static void note_refusal(const struct command *cmd, unsigned i, const struct wds_refusal *r)
{
	char name[QMUX_NAME_MAX];
	const char *error = qmux_error_name((unsigned)r->error, name);

	note(cmd, "no %s: %s", wds_family_name(i), r->reason[0] ? r->reason : error ? error :
		"the modem does not say why");
}

static int start_calls(struct command *cmd, struct wds_session *s, const struct wds_config *c)
{
	struct wds_refusal first = { .error = 0 }, refused[WDS_FAMILIES] = { { .error = 0 } };
	bool shared = false;

	for (unsigned i = 0; i < WDS_FAMILIES; i++) {
		int ret;

		if (!(c->families & 1u << i) || s->call[i].up)
			continue;
		ret = wds_call_start(cmd, c, i, !shared, &s->call[i], &refused[i]);
		shared = true;
		if (ret < 0)
			return -1 - ret;
		if (ret && !first.error)
			first = refused[i];
	}
	if (!wds_session_up(s))
		return say_no_call(cmd, &first);
	for (unsigned i = 0; i < WDS_FAMILIES; i++)
		if (refused[i].error)
			note_refusal(cmd, i, &refused[i]);
	return EXIT_DONE;
}

/* Is there nothing to do?  A family that the network refused before is not asked for again. */
static bool is_whole(const struct wds_session *s)
{
	return wds_session_up(s) && s->call[0].known == s->call[0].up &&
		s->call[1].known == s->call[1].up;
}

int wds_session_start(struct command *cmd, struct wds_session *s, const struct wds_config *c)
{
	uint32_t config = wds_config_hash(c);
	int ret;

	if (wds_session_up(s) && s->config != config)
		return say(cmd, EXIT_DEVICE, "the session '%s' is connected with other settings; "
			"'wds stop -s %s' ends it, another -s starts a second one", s->name, s->name);
	if (is_whole(s)) {
		note(cmd, "connected already with these settings");
		return EXIT_DONE;
	}
	if (!s->named && s->state.error)
		return not_saved(cmd, s, s->state.error);
	drop_ended(cmd, s);
	if (!state_get(&s->state, "since"))
		state_set_number(&s->state, "since", (uint64_t)qmux_now());
	s->config = config;
	s->autoconnect = c->autoconnect;
	ret = start_calls(cmd, s, c);
	return ret ? ret : keep_all(cmd, s);
}

/* ---- stopping it ---- */

/* 0, or the first failure that is one, as an exit code.  *refused: the error that was told last. */
static int stop_call(struct command *cmd, struct wds_session *s, unsigned i, int *refused)
{
	struct wds_call *call = &s->call[i];
	/* One that we found there was the modem's own, and comes back unless it is told not to. */
	bool disable = s->autoconnect || call->handle == WDS_HANDLE_ANY;
	int ret = 0;

	if (!call->known)
		return EXIT_DONE;
	if (wds_session_choose(cmd, s, 1u << i) && (call->up || disable))
		ret = wds_call_stop(cmd, call, disable);
	if (ret < 0)
		return -1 - ret;
	/* A client id of the state file alone that has another call is somebody else's by now. */
	if (ret == PROTOCOL_ERROR_INVALID_HANDLE && !call->found)
		qmux_client_disown(&cmd->client, QMUX_SERVICE_WDS, call->client);
	else
		release(cmd, call);
	*call = (struct wds_call){ .known = false };
	if (ret == PROTOCOL_ERROR_INVALID_HANDLE || ret == PROTOCOL_ERROR_OUT_OF_CALL ||
	    ret == PROTOCOL_ERROR_NO_EFFECT)
		return EXIT_DONE;
	if (!ret || ret == *refused)
		return ret ? (int)refusal_exit(ret) : EXIT_DONE;
	*refused = ret;
	return say_refused(cmd, ret);
}

int wds_session_stop(struct command *cmd, struct wds_session *s)
{
	int first = EXIT_DONE, refused = 0;

	for (unsigned i = WDS_FAMILIES; i--;) {
		int ret = stop_call(cmd, s, i, &refused);

		first = first ? first : ret;
		if (ret == EXIT_TIMEOUT || ret == EXIT_GONE || ret == EXIT_DEVICE)
			return ret;	/* what was not stopped can still be found */
	}
	put_away(s);
	return first;
}

void wds_session_abandon(struct command *cmd, struct wds_session *s)
{
	for (unsigned i = 0; i < WDS_FAMILIES; i++)
		if (s->call[i].known)
			release(cmd, &s->call[i]);
	put_away(s);
}

/* ---- what it has ---- */

static const struct view_row call_keys[] = {
	ROW("status", NULL), ROW("client", NULL), ROW("handle", NULL), ROW_END
};

const struct view_row wds_session_view[] = {
	ROW("session", NULL), ROW("status", NULL), ROW("ipv4", NULL, .rows = call_keys),
	ROW("ipv6", NULL, .rows = call_keys), ROW_END
};

void wds_show_status(struct sink *sink, unsigned status)
{
	char text[QMUX_NAME_MAX];
	uint16_t name;

	if (qmux_enum_name(QMUX_ENUM_WDS_CONNECTION_STATUS, status, &name))
		sink_text(sink, "status", qmux_name(name, QMUX_VALUE_NAME, text));
	else
		sink_uint(sink, "status", status, NULL);
}

void wds_session_show(struct sink *sink, const struct wds_session *s)
{
	sink_text(sink, "session", s->name);
	sink_text(sink, "status", wds_session_up(s) ? "connected" : "disconnected");
	for (unsigned i = 0; i < WDS_FAMILIES; i++) {
		const struct wds_call *call = &s->call[i];

		if (!call->known)
			continue;
		sink_begin(sink, i ? "ipv6" : "ipv4");
		wds_show_status(sink, call->status);
		sink_uint(sink, "client", call->client, NULL);
		sink_uint(sink, "handle", call->handle, NULL);
		sink_end(sink);
	}
}
