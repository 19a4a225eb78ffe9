/* wds_watch.c - wds up --foreground: a session that is looked after. */
#include "applets/wds_up.h"

#include "applets/nas.h"
#include "applets/session.h"
#include "qmux/format.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#define CHECK_MS 60000		/* an indication may be lost, and a modem mute */
#define TRIES_MAX 20		/* in a row: in vain, or what came of them did not last */
#define BACK_OFF_MS 1000	/* doubled each time */
#define BACK_OFF_MAX_MS 60000
#define LASTS_MS 60000		/* a connection that held so long was none in vain */
#define SINCE_TEXT 24

static struct watch {
	struct up *up;
	const volatile sig_atomic_t *signalled;
	struct netlink links;		/* tells that some interface came or went */
	int index;			/* of ours; 0: there is none */
	int64_t step;			/* ms that one step may take: -t; 0: no limit */
	bool told;			/* something happened to the session */
	bool was_down;			/* the interface: its routes are gone */
	bool been_up, reconnect, stopped;
	bool kept;			/* left up without a proxy, until there is one again */
	unsigned families;		/* that came up; one that ended comes back at retry */
	unsigned tries;
	int64_t whole;			/* since when all of it is up; QMUX_NEVER: it is not */
	int64_t retry;
	char since[SINCE_TEXT];		/* what tells our session from a later one of that name */
	char reason[WDS_REASON_MAX];	/* why it ended, */
	int end;			/* and the exit code of that */
	char registration[QMUX_NAME_MAX], shown_registration[QMUX_NAME_MAX];
	struct wds_net shown;
} w;

/* Each step has the time of -t for itself; between two of them there is no end. */
static void set_deadline(struct command *cmd, int64_t ms)
{
	cmd->deadline = ms ? qmux_now() + ms : QMUX_NEVER;
	cmd->client.deadline = cmd->deadline;
}

static void announce(struct command *cmd, const char *state, const char *reason)
{
	up_show(cmd, w.up, state, reason, w.registration);
	w.shown = w.up->net;
	strcpy(w.shown_registration, w.registration);
	sink_flush(cmd->sink);
}

static void count_try(void)
{
	if (qmux_now() - w.whole >= LASTS_MS)
		w.tries = 0;
	w.whole = QMUX_NEVER;
	w.tries++;
}

static int64_t back_off(void)
{
	int64_t ms = BACK_OFF_MS;

	for (unsigned i = 1; i < w.tries && ms < BACK_OFF_MAX_MS; i++)
		ms *= 2;
	return ms < BACK_OFF_MAX_MS ? ms : BACK_OFF_MAX_MS;
}

/* ---- what is told ---- */

static void told(void *ctx, const struct qmux_frame *f)
{
	struct qmux_message m;
	struct qmux_node status;

	(void)ctx;
	if (!qmux_message_by_id(f->service, f->message, true, 0, &m))
		return;
	if (f->service == QMUX_SERVICE_NAS && f->message == NAS_IND_SERVING_SYSTEM) {
		nas_is_registered(f, &m, false, w.registration);
		if (strcmp(w.registration, w.shown_registration))
			w.told = true;
	} else if (f->service == QMUX_SERVICE_WDS && f->message == WDS_IND_EXTENDED_IP_CONFIG) {
		w.told = true;
	} else if (f->service == QMUX_SERVICE_WDS &&
		   f->message == WDS_IND_PACKET_SERVICE_STATUS) {
		w.told = true;
		if (!qmux_get(f, &m, "connection_status.status", &status) &&
		    status.u == WDS_CONNECTION_STATUS_DISCONNECTED)
			w.end = wds_reason(f, &m, w.reason);
	}
}

/* Modems that do not know the first still tell of the end of a call. */
static int subscribe(struct command *cmd)
{
	struct qmux_message changes = session_message(QMUX_SERVICE_WDS, WDS_INDICATION_REGISTER);
	struct qmux_message serving = session_message(QMUX_SERVICE_NAS, NAS_GET_SERVING_SYSTEM);
	struct qmux_frame answer;
	int ret = 0;

	for (int i = 0; i < WDS_FAMILIES && ret >= 0; i++)
		if (wds_session_choose(cmd, &w.up->session, 1u << i))
			ret = session_ask(cmd, &changes,
				SET("report_extended_ip_configuration_change=true"), &answer);
	if (ret >= 0)
		ret = nas_tell_of_registration(cmd, true);
	if (!ret)
		ret = session_ask(cmd, &serving, NULL, &answer);
	if (!ret)
		nas_is_registered(&answer, &serving, false, w.registration);
	return ret < 0 ? -1 - ret : EXIT_DONE;
}

/* ---- the interface ---- */

static int index_of(const char *iface)
{
	struct netlink_link link = { 0 };
	struct netlink n;

	if (!*iface || netlink_open(&n))
		return 0;
	if (netlink_link(&n, iface, &link))
		link.index = 0;
	netlink_close(&n);
	return link.index;
}

static void watch_interface(void)
{
	w.index = index_of(w.up->net.iface);
	if (w.links.fd < 0 && w.index)
		netlink_open_links(&w.links);
}

/* ---- waiting ---- */

/* Bytes of the modem's, a change of an interface, a signal, or until. */
static void wait_until(struct command *cmd, int64_t until)
{
	struct pollfd pfd[] = {
		{ .fd = cmd->client.fd, .events = POLLIN }, { .fd = w.links.fd, .events = POLLIN },
	};
	int ms = qmux_poll_timeout(until, qmux_now());
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	if (ppoll(pfd, 2, &t, cmd->client.wait_mask) <= 0 || !pfd[1].revents)
		return;
	/* Of an interface that a hook configures, the hook's owner takes care. */
	if (netlink_was_down(&w.links, w.index) && w.up->net.way == NET_KERNEL)
		w.was_down = w.told = true;
	if (index_of(w.up->net.iface) != w.index)
		w.told = true;
}

/* Until something happened, or it is time to look: 0, or what qmux_client_indication says. */
static int next(struct command *cmd)
{
	int64_t until = qmux_now() + CHECK_MS;

	if (w.retry < until)
		until = w.retry;
	while (!w.told && qmux_now() < until) {
		struct qmux_frame f;
		int ret = session_indication(cmd, 0, &f);

		if (ret < 0)
			return ret;
		if (ret)
			told(cmd, &f);
		else
			wait_until(cmd, until);
	}
	return 0;
}

/* ---- what there is now ---- */

static unsigned families_up(void)
{
	const struct wds_call *call = w.up->session.call;

	return (call[0].up ? WDS_V4 : 0) | (call[1].up ? WDS_V6 : 0);
}

/* One of two families ended: the other goes on, and this one is started again now and then. */
static int bring_back(struct command *cmd)
{
	int64_t now = qmux_now();
	int ret = EXIT_DONE;

	if (now >= w.retry) {
		ret = wds_session_start(cmd, &w.up->session, &w.up->config);
		w.retry = QMUX_NEVER;
		if (!ret && families_up() == w.families) {
			w.whole = now;
			ret = subscribe(cmd);
		}
	}
	if (families_up() != w.families && w.reconnect && w.retry == QMUX_NEVER) {
		count_try();
		if (w.tries <= TRIES_MAX)
			w.retry = now + back_off();
	}
	return ret;
}

static void since_of(const struct wds_session *s, char text[SINCE_TEXT])
{
	const char *since = state_get(&s->state, "since");

	qmux_format(text, SINCE_TEXT, "%s", since ? since : "");
}

/* Is it still ours?  Whoever ended it has taken down what stood in its file, too. */
static int lock_session(struct command *cmd)
{
	struct wds_session *s = &w.up->session;
	int ret = state_lock(cmd, &s->state);
	char since[SINCE_TEXT];

	if (ret == -EINTR || ret == -ETIMEDOUT)
		return session_failed(cmd, ret);
	since_of(s, since);
	if (!s->state.error && strcmp(since, w.since)) {
		w.stopped = true;
		strcpy(w.reason, "stopped by another command");
		return say(cmd, EXIT_CALL, "the session was stopped by another command");
	}
	if (!ret)
		wds_net_load(&s->state, &w.up->net);
	return EXIT_DONE;
}

/* What another command did to the session, and what the modem says.  Returns an exit code. */
static int look_at_session(struct command *cmd)
{
	struct wds_session *s = &w.up->session;
	int ret = lock_session(cmd);

	if (ret)
		return ret;
	ret = wds_session_ask(cmd, s);
	if (ret)
		return ret;
	if (!wds_session_up(s))
		return say(cmd, (enum exit_code)w.end, w.reason[0] ? "the connection ended: %s" :
			"the connection ended", w.reason);
	return bring_back(cmd);
}

static int look(struct command *cmd)
{
	bool was_down = w.was_down;
	int ret;

	w.told = w.was_down = false;
	set_deadline(cmd, w.step);
	ret = look_at_session(cmd);
	if (!ret && w.index && index_of(w.up->net.iface) != w.index) {
		strcpy(w.reason, "the interface is gone");
		ret = say(cmd, EXIT_DEVICE, "the interface %s is gone", w.up->net.iface);
	}
	if (!ret)
		ret = up_configure(cmd, w.up, was_down);
	state_unlock(&w.up->session.state);
	set_deadline(cmd, 0);
	if (!ret && (was_down || !wds_net_same(&w.shown, &w.up->net) ||
	    strcmp(w.shown_registration, w.registration)))
		announce(cmd, "changed", families_up() != w.families ? w.reason :
			was_down ? "the interface was taken down, and is up again" : NULL);
	if (!ret) {
		w.reason[0] = '\0';
		w.end = EXIT_CALL;
	}
	return ret;
}

/* Until the session ends, a signal comes, or nobody reads what we tell.  Returns an exit code. */
static int follow(struct command *cmd)
{
	int ret = 0;

	set_deadline(cmd, 0);
	while (!ret && !sink_error(cmd->sink)) {
		int error = next(cmd);

		if (error == -EINTR)
			return EXIT_DONE;
		if (error == -ESTALE || error == -EPIPE)
			strcpy(w.reason, error == -EPIPE ? "the proxy ended" :
				"the modem restarted");
		ret = error ? session_failed(cmd, error) : look(cmd);
	}
	return ret;
}

/* ---- its end ---- */

static const char *reason_of(int ret)
{
	if (*w.signalled)
		return "ended by a signal";
	if (w.reason[0])
		return w.reason;
	return ret == EXIT_CALL ? "disconnected" : ret == EXIT_GONE ? "the modem went away" :
		ret == EXIT_TIMEOUT ? "no answer from the modem" : "";
}

/* The connection to the proxy is gone, but not what it was for. */
static bool proxy_ended(struct command *cmd, int ret)
{
	struct qmux_frame f;

	return ret == EXIT_GONE && cmd->client.fd >= 0 && session_indication(cmd, 0, &f) == -EPIPE;
}

static void take_down(struct command *cmd, int ret)
{
	struct wds_session *s = &w.up->session;
	bool gone = ret == EXIT_GONE, quiet = cmd->g.quiet;
	char reason[WDS_REASON_MAX];

	qmux_format(reason, sizeof reason, "%s", reason_of(ret));
	set_deadline(cmd, UP_END_MS);
	cmd->client.signalled = NULL;
	cmd->client.indication = NULL;
	cmd->g.quiet = true;		/* why it ends has been said */
	if (w.kept || proxy_ended(cmd, ret)) {
		cmd->client.n_ids = 0;
		qmux_client_close(&cmd->client);
		wds_session_close(cmd, s);
		gone = session_open(cmd);
		cmd->client.signalled = NULL;
		gone = gone || wds_session_find(cmd, NULL, WDS_END, s);
	} else if (!w.stopped) {
		lock_session(cmd);
	}
	cmd->g.quiet = quiet || ret;
	if (w.stopped)
		w.up->net = (struct wds_net){ .way = NET_NONE };
	else
		up_end(cmd, w.up, gone);
	cmd->g.quiet = quiet;
	announce(cmd, "down", reason);
	wds_session_close(cmd, s);
	w.kept = false;
}

/* Connected: until that ends.  Returns an exit code. */
static int hold(struct command *cmd)
{
	int ret = subscribe(cmd);

	since_of(&w.up->session, w.since);
	state_unlock(&w.up->session.state);
	watch_interface();
	w.kept = false;
	w.families = families_up();
	w.whole = qmux_now();
	if (!w.been_up || !wds_net_same(&w.shown, &w.up->net))
		announce(cmd, "up", NULL);
	w.been_up = true;
	w.told = true;		/* what changed before we subscribed is not told again: look once */
	if (!ret)
		ret = follow(cmd);
	netlink_close(&w.links);
	w.kept = w.reconnect && !*w.signalled && proxy_ended(cmd, ret);
	if (!w.kept)
		take_down(cmd, ret);
	return ret;
}

/* From one connection to the modem to its end.  Returns an exit code. */
static int live(struct command *cmd)
{
	int ret;

	w.told = w.was_down = false;
	w.reason[0] = '\0';
	w.end = EXIT_CALL;
	w.retry = QMUX_NEVER;
	set_deadline(cmd, w.step);
	ret = session_open(cmd);
	if (ret)
		return ret;
	cmd->client.indication = told;
	ret = up_connect(cmd, w.up);
	if (!ret)
		ret = hold(cmd);
	else if (w.kept && w.up->net.way == NET_NONE) {
		announce(cmd, "down", reason_of(ret));
		w.kept = false;
	}
	wds_session_close(cmd, &w.up->session);
	return ret;
}

/* Another try may help.  Before it was up once, a mistake is more likely than an accident. */
static bool again(int ret)
{
	if (!w.reconnect || *w.signalled || w.stopped)
		return false;
	count_try();
	if (w.tries > TRIES_MAX)
		return false;
	if (ret == EXIT_DEVICE || ret == EXIT_SIM)
		return w.been_up;
	return ret == EXIT_CALL || ret == EXIT_TIMEOUT || ret == EXIT_GONE || ret == EXIT_REFUSED;
}

int up_watch(struct command *cmd, struct up *up)
{
	int ret;

	session_watch(cmd);
	w = (struct watch){ .up = up, .links.fd = -1, .signalled = cmd->client.signalled,
		.step = cmd->deadline == QMUX_NEVER ? 0 : cmd->deadline - qmux_now(),
		.reconnect = cmd->option[UP_RECONNECT], .whole = QMUX_NEVER };
	for (;;) {
		ret = live(cmd);
		if (!again(ret) || sink_error(cmd->sink))
			break;
		if (ret == EXIT_GONE)
			cmd->client.n_ids = 0;	/* they went with the modem */
		qmux_client_close(&cmd->client);
		up->wait = up->wait || w.been_up;
		note(cmd, "trying again in %u s", (unsigned)(back_off() / 1000));
		set_deadline(cmd, 0);
		cmd->client.signalled = w.signalled;
		if (!session_pause(cmd, back_off()))
			break;
	}
	if (w.kept)
		take_down(cmd, ret);
	return *w.signalled ? EXIT_DONE : ret;
}
