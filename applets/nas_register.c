/* nas_register.c - scan, register; networks by their code. */
#include "applets/nas.h"

#include "applets/print.h"
#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define ABORT_MS 500		/* for telling the modem that a scan is not wanted any more */
#define FIELD_TEXT 96

/* ---- networks by their code ---- */

int nas_plmn(const struct command *cmd, const char *text, size_t n, struct nas_plmn *p)
{
	if ((n != 5 && n != 6) || strspn(text, "0123456789") < n)
		return say(cmd, EXIT_USAGE, "'%.*s' is no MCC and MNC: 5 or 6 digits, as 26202",
			(int)n, text);
	*p = (struct nas_plmn){ .pcs = n == 6 };
	memcpy(p->mcc, text, 3);
	memcpy(p->mnc, text + 3, n - 3);
	return EXIT_DONE;
}

/* The fields of a request that speak of a network: "path.mcc=262" and so on. */
struct plmn_fields {
	char mcc[FIELD_TEXT], mnc[FIELD_TEXT];
};

static void plmn_fields(struct plmn_fields *f, const char *path, const struct nas_plmn *p)
{
	qmux_format(f->mcc, sizeof f->mcc, "%s.mcc=%s", path, p->mcc);
	qmux_format(f->mnc, sizeof f->mnc, "%s.mnc=%s", path, p->mnc);
}

static const char *pcs_field(const struct nas_plmn *p)
{
	return p->pcs ? "mnc_pcs_digit_include_status=true" :
		"mnc_pcs_digit_include_status=false";
}

int nas_name_of(struct command *cmd)
{
	struct qmux_message m = session_message(cmd->service, NAS_GET_PLMN_NAME);
	struct plmn_fields f;
	struct qmux_frame answer;
	struct nas_plmn p;
	int ret = nas_plmn(cmd, cmd->args[0], strlen(cmd->args[0]), &p);

	if (ret)
		return ret;
	plmn_fields(&f, "plmn", &p);
	ret = session_ask(cmd, &m, SET(f.mcc, f.mnc, pcs_field(&p)), &answer);
	if (ret)
		return ret < 0 ? -1 - ret : say_refused(cmd, ret);
	sink_begin(cmd->sink, NULL);
	show_view(cmd->sink, &answer, &m, nas_name_queries->view);
	sink_end(cmd->sink);
	return EXIT_DONE;
}

/* ---- preferred ---- */

/* "MCCMNC:ACCESS,…" as item i: its fields at set, their text at text.  Returns an exit code. */
static int preferred_item(const struct command *cmd, int i, const char **set,
	char text[][FIELD_TEXT])
{
	const char *arg = cmd->args[i], *colon = strchr(arg, ':');
	struct nas_plmn p;
	int ret = nas_plmn(cmd, arg, colon ? (size_t)(colon - arg) : strlen(arg), &p);

	if (ret)
		return ret;
	qmux_format(text[0], FIELD_TEXT, "preferred_networks[%d].mcc=%s", i, p.mcc);
	qmux_format(text[1], FIELD_TEXT, "preferred_networks[%d].mnc=%s", i, p.mnc);
	qmux_format(text[2], FIELD_TEXT, "preferred_networks[%d].radio_access_technology=%s", i,
		colon ? colon + 1 : "all");
	qmux_format(text[3], FIELD_TEXT, "mnc_pcs_digit_include_status[%d].mcc=%s", i, p.mcc);
	qmux_format(text[4], FIELD_TEXT, "mnc_pcs_digit_include_status[%d].mnc=%s", i, p.mnc);
	qmux_format(text[5], FIELD_TEXT, "mnc_pcs_digit_include_status[%d].includes_pcs_digit=%s",
		i, p.pcs ? "true" : "false");
	for (int k = 0; k < 6; k++)
		set[k] = text[k];
	return EXIT_DONE;
}

#define PREFERRED_MAX 40	/* networks in one go; SIMs have room for some more */

int nas_preferred_set(struct command *cmd)
{
	char text[PREFERRED_MAX * 6][FIELD_TEXT];
	const char *set[PREFERRED_MAX * 6 + 2];
	int n = cmd->n_args;

	if (n > PREFERRED_MAX)
		return say(cmd, EXIT_USAGE, "more than %d networks", PREFERRED_MAX);
	for (int i = 0; i < n; i++) {
		int ret = preferred_item(cmd, i, set + 6 * i, text + 6 * i);

		if (ret)
			return ret;
	}
	set[6 * n] = "clear_previous_preferred_networks=true";
	set[6 * n + 1] = NULL;
	return session_set(cmd, NAS_SET_PREFERRED_NETWORKS, set);
}

/* ---- register ---- */

int nas_register(struct command *cmd)
{
	const char *network = cmd->n_args ? cmd->args[0] : "auto";
	const char *duration = cmd->option[REGISTER_PERMANENT] ? "change_duration=permanent" : NULL;
	const char *rat = cmd->option[REGISTER_RAT];
	char radio[FIELD_TEXT];
	struct plmn_fields f;
	struct nas_plmn p;
	int ret;

	if (!strcmp(network, "auto") && rat)
		return say(cmd, EXIT_USAGE, "--rat is for registering with one network; "
			"nas select --modes is for all");
	if (!strcmp(network, "auto"))
		return session_set(cmd, NAS_INITIATE_NETWORK_REGISTER,
			SET("action=automatic", duration));
	ret = nas_plmn(cmd, network, strlen(network), &p);
	if (ret)
		return ret;
	plmn_fields(&f, "manual_registration_info_3gpp", &p);
	/* "unknown" leaves it to the modem. */
	qmux_format(radio, sizeof radio, "manual_registration_info_3gpp.radio_interface=%s",
		rat ? rat : "unknown");
	return session_set(cmd, NAS_INITIATE_NETWORK_REGISTER,
		SET("action=manual", f.mcc, f.mnc, radio, pcs_field(&p), duration));
}

/* ---- scan ---- */

static const struct view_row network[] = {
	ROW("mcc", "mcc", .form = VIEW_MCC),
	ROW("mnc", "mnc", .form = VIEW_MNC),
	ROW("name", "description", .show = nas_show_name),
	ROW("status", "network_status"),
	ROW_END
};

static const struct view_row network_radio[] = { ROW("radio", "radio_interface"), ROW_END };

/* For the names of the keys alone: the two lists are shown as one. */
static const struct view_row networks[] = {
	ROW("networks", "network_information", .rows = network),
	ROW("networks", "radio_access_technology", .rows = network_radio),
	ROW_END
};

const struct query nas_scan_queries[] = {
	QUERY(NAS_NETWORK_SCAN, networks),
	{ 0 }
};

static bool same_network(const struct qmux_frame *f, const struct qmux_message *m, unsigned i)
{
	static const char *const codes[] = { "mcc", "mnc" };

	for (size_t k = 0; k < sizeof codes / sizeof *codes; k++) {
		char a[FIELD_TEXT], b[FIELD_TEXT];
		struct qmux_node one, other;

		qmux_format(a, sizeof a, "network_information[%u].%s", i, codes[k]);
		qmux_format(b, sizeof b, "radio_access_technology[%u].%s", i, codes[k]);
		if (qmux_get(f, m, a, &one) || qmux_get(f, m, b, &other) || one.u != other.u)
			return false;
	}
	return true;
}

/* A network stands in the list once a radio, and the other list has the radio at its place. */
static void show_networks(struct sink *s, const struct qmux_frame *f, const struct qmux_message *m)
{
	struct qmux_node node;
	char item[FIELD_TEXT];

	sink_begin(s, NULL);
	sink_list(s, "networks");
	for (unsigned i = 0;; i++) {
		qmux_format(item, sizeof item, "network_information[%u]", i);
		if (qmux_get(f, m, item, &node) != -EISDIR)
			break;
		sink_begin(s, NULL);
		show_view_of(s, f, m, network, item);
		if (same_network(f, m, i)) {
			qmux_format(item, sizeof item, "radio_access_technology[%u]", i);
			show_view_of(s, f, m, network_radio, item);
		}
		sink_end(s);
	}
	sink_end(s);
	sink_end(s);
}

static void show_progress(void *ctx)
{
	(void)ctx;
	write_all(STDERR_FILENO, ".", 1);
}

/* Not wanted any more: the modem is told, and whether it answers does not matter. */
static void abort_scan(struct command *cmd)
{
	struct qmux_message m = session_message(cmd->service, NAS_ABORT);
	struct qmux_client *c = &cmd->client;
	uint8_t tlv[] = { 0x01, 2, 0, 0, 0 };
	struct qmux_frame answer;

	qmux_put16(tlv + 3, c->transaction);
	c->signalled = NULL;
	c->deadline = qmux_soon(c->deadline, ABORT_MS);
	qmux_client_call(c, m.service, m.id, tlv, sizeof tlv, &answer);
}

static int scanned(struct command *cmd, const struct qmux_frame *answer,
	const struct qmux_message *m)
{
	struct qmux_node result;

	if (!qmux_get(answer, m, "network_scan_result", &result) && result.u)
		return say(cmd, EXIT_REFUSED, result.u == 1 ? "the modem broke the scan off" :
			"the modem broke the scan off: its radio link failed");
	show_networks(cmd->sink, answer, m);
	return EXIT_DONE;
}

int nas_scan(struct command *cmd)
{
	struct qmux_message m = session_message(cmd->service, NAS_NETWORK_SCAN);
	bool progress = isatty(STDERR_FILENO) && !cmd->g.quiet && !cmd->g.verbose;
	struct qmux_frame answer;
	int ret = session_open(cmd);

	if (ret)
		return ret;
	if (progress)
		cmd->client.tick = show_progress;
	ret = session_ask(cmd, &m, SET("network_type=--rat"), &answer);
	if (progress)
		write_all(STDERR_FILENO, "\n", 1);
	if (ret < 0 && ret != -1 - EXIT_USAGE)
		abort_scan(cmd);
	if (ret)
		return ret < 0 ? -1 - ret : say_refused(cmd, ret);
	return scanned(cmd, &answer, &m);
}

/* ---- wait ---- */

int nas_wait(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_SERVICE_NAS, NAS_GET_SERVING_SYSTEM);
	struct qmux_frame f;
	int ret = nas_await(cmd, cmd->option[WAIT_PS], &f);

	if (!ret) {
		sink_begin(cmd->sink, NULL);
		show_view(cmd->sink, &f, &m, nas_status_view);
		sink_end(cmd->sink);
	}
	/* The client id may be somebody's who keeps it (--cid): left as it was. */
	if (cmd->g.cid >= 0)
		nas_tell_of_registration(cmd, false);
	return ret;
}
