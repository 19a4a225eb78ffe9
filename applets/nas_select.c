/* nas_select.c - which radios, bands and networks the modem may use. */
#include "applets/nas.h"

#include "applets/session.h"
#include "applets/show.h"
#include "qmux/format.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#define MASKS_MAX 8		/* of 64 bands each: NR has 512 */
#define FIELDS_MAX 48		/* of one request */
#define FIELD_TEXT 64

/* ---- showing ---- */

static void selected_by(struct sink *s, const char *key, const struct view_value *v)
{
	sink_text(s, key, v->node->u ? "manual" : "auto");
}

static const struct view_row selection[] = {
	ROW("modes", "mode_preference"),
	ROW("disabled_modes", "disabled_modes"),
	ROW("network", "network_selection_preference", .show = selected_by),
	ROW("plmn.mcc", "manual_network_selection.mcc", .form = VIEW_MCC),
	ROW("plmn.mnc", "manual_network_selection.mnc", .form = VIEW_MNC),
	ROW("roaming", "roaming_preference"),
	ROW("order", "acquisition_order_preference"),
	ROW("gsm_umts_order", "gsm_wcdma_acquisition_order_preference"),
	ROW("domain", "service_domain_preference"),
	ROW("usage", "usage_preference"),
	ROW("voice", "voice_domain_preference"),
	ROW("restriction", "network_selection_registration_restriction"),
	ROW("emergency", "emergency_mode"),
	ROW("prl", "cdma_prl_preference"),
	ROW("bands", "band_preference"),
	ROW("td_scdma_bands", "td_scdma_band_preference"),
	ROW("lte_bands", "extended_lte_band_preference", .show = show_bands),
	ROW("lte_bands", "lte_band_preference", .show = show_bands),
	ROW("nr_sa_bands", "nr5g_sa_band_preference", .show = show_bands),
	ROW("nr_nsa_bands", "nr5g_nsa_band_preference", .show = show_bands),
	ROW_END
};

static const struct view_row technology[] = {
	ROW("technology.active", "active.technology_preference"),
	ROW("technology.duration", "active.technology_preference_duration"),
	ROW("technology.persistent", "persistent"),
	ROW_END
};

/* The technology preference is what modems had before. */
const struct query nas_select_queries[] = {
	QUERY(NAS_GET_SYSTEM_SELECTION_PREFERENCE, selection),
	QUERY(NAS_GET_TECHNOLOGY_PREFERENCE, technology, .instead = true),
	{ 0 }
};

/* ---- setting ---- */

/* The masks of one TLV, lowest first. */
static const struct masks {
	const char *tlv, *field[MASKS_MAX];
} lte_masks = {
	"extended_lte_band_preference", { "mask_low", "mask_mid_low", "mask_mid_high", "mask_high" },
}, sa_masks = {
	"nr5g_sa_band_preference",
	{ "mask_0", "mask_1", "mask_2", "mask_3", "mask_4", "mask_5", "mask_6", "mask_7" },
}, nsa_masks = {
	"nr5g_nsa_band_preference",
	{ "mask_0", "mask_1", "mask_2", "mask_3", "mask_4", "mask_5", "mask_6", "mask_7" },
};

/* A request while it is put together. */
struct request {
	struct command *cmd;
	const char *set[FIELDS_MAX];
	char text[FIELDS_MAX][FIELD_TEXT];
	unsigned n;
	struct qmux_frame has;		/* what the modem has now, */
	struct qmux_message m;
	bool asked;			/* once it was asked */
};

static void add(struct request *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct request *r, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	qmux_vformat(r->text[r->n], FIELD_TEXT, format, ap);
	va_end(ap);
	r->set[r->n] = r->text[r->n];
	r->n++;
}

/* "3,7,20", or "n1,n78": bits of masks.  Returns an exit code, having said what is wrong. */
static int parse_bands(const struct command *cmd, int option, unsigned most, uint64_t bits[MASKS_MAX])
{
	const char *text = cmd->option[option];

	memset(bits, 0, MASKS_MAX * sizeof *bits);
	for (;;) {
		const char *digits = text + (*text == 'n' || *text == 'b' || *text == 'B');
		size_t n = strcspn(digits, ",");
		uint64_t band;

		if (!qmux_parse_uint(digits, n, &band) || band < 1 || band > most)
			return say(cmd, EXIT_USAGE, "--%s: '%.*s' is no band, 1 to %u (as 3,7,20)",
				cmd->verb->options[option].name, (int)strcspn(text, ","), text, most);
		bits[(band - 1) / 64] |= 1ULL << (band - 1) % 64;
		if (!digits[n])
			return EXIT_DONE;
		text = digits + n + 1;
	}
}

static bool modem_has(const struct request *r, const char *tlv)
{
	struct qmux_node node;

	return qmux_get(&r->has, &r->m, tlv, &node) != -ENOENT;
}

/* What the modem can restrict, it shows: a mask that it has not is not set, either. */
static int ask_modem(struct request *r)
{
	int ret;

	if (r->asked)
		return EXIT_DONE;
	r->asked = true;
	r->m = session_message(r->cmd->service, NAS_GET_SYSTEM_SELECTION_PREFERENCE);
	ret = session_ask(r->cmd, &r->m, NULL, &r->has);
	return ret < 0 ? -1 - ret : ret ? say_refused(r->cmd, ret) : EXIT_DONE;
}

static void add_masks(struct request *r, const struct masks *of, const uint64_t bits[MASKS_MAX])
{
	for (unsigned i = 0; i < MASKS_MAX && of->field[i]; i++)
		add(r, "%s.%s=%llu", of->tlv, of->field[i], (unsigned long long)bits[i]);
}

static int add_lte_bands(struct request *r)
{
	uint64_t bits[MASKS_MAX];
	int ret = parse_bands(r->cmd, SELECT_LTE_BANDS, 256, bits);

	if (!ret)
		ret = ask_modem(r);
	if (ret)
		return ret;
	if (modem_has(r, lte_masks.tlv))
		add_masks(r, &lte_masks, bits);
	else if (bits[1] | bits[2] | bits[3])
		return say(r->cmd, EXIT_UNSUPPORTED, "this modem knows LTE bands up to 64 only");
	else
		add(r, "lte_band_preference=%llu", (unsigned long long)bits[0]);
	return EXIT_DONE;
}

static int add_nr_bands(struct request *r, int option, bool sa, bool nsa)
{
	uint64_t bits[MASKS_MAX];
	int ret = parse_bands(r->cmd, option, 512, bits);

	if (!ret)
		ret = ask_modem(r);
	if (ret)
		return ret;
	sa = sa && modem_has(r, sa_masks.tlv);
	nsa = nsa && modem_has(r, nsa_masks.tlv);
	if (!sa && !nsa)
		return say(r->cmd, EXIT_UNSUPPORTED, "this modem has no such NR band selection");
	if (sa)
		add_masks(r, &sa_masks, bits);
	if (nsa)
		add_masks(r, &nsa_masks, bits);
	return EXIT_DONE;
}

static int add_network(struct request *r)
{
	const char *text = r->cmd->option[SELECT_NETWORK];
	bool automatic = !strcmp(text, "auto");
	struct nas_plmn p = { .mcc = "0", .mnc = "0" };
	int ret = automatic ? EXIT_DONE : nas_plmn(r->cmd, text, strlen(text), &p);

	if (ret)
		return ret;
	add(r, "network_selection_preference.mode=%s", automatic ? "automatic" : "manual");
	add(r, "network_selection_preference.mcc=%s", p.mcc);
	add(r, "network_selection_preference.mnc=%s", p.mnc);
	if (!automatic)
		add(r, "mnc_pcs_digit_include_status=%s", p.pcs ? "true" : "false");
	return EXIT_DONE;
}

static int add_all(struct request *r)
{
	const char *const *option = r->cmd->option;
	int ret = EXIT_DONE;

	if (option[SELECT_NR_BANDS] && (option[SELECT_NR_SA_BANDS] || option[SELECT_NR_NSA_BANDS]))
		return say(r->cmd, EXIT_USAGE, "--nr-bands is both --nr-sa-bands and --nr-nsa-bands");
	for (; r->cmd->verb->set[r->n]; r->n++)
		r->set[r->n] = r->cmd->verb->set[r->n];
	if (!option[SELECT_DURATION])
		add(r, "change_duration=permanent");
	if (option[SELECT_NETWORK])
		ret = add_network(r);
	if (!ret && option[SELECT_LTE_BANDS])
		ret = add_lte_bands(r);
	if (!ret && option[SELECT_NR_BANDS])
		ret = add_nr_bands(r, SELECT_NR_BANDS, true, true);
	if (!ret && option[SELECT_NR_SA_BANDS])
		ret = add_nr_bands(r, SELECT_NR_SA_BANDS, true, false);
	if (!ret && option[SELECT_NR_NSA_BANDS])
		ret = add_nr_bands(r, SELECT_NR_NSA_BANDS, false, true);
	return ret;
}

int nas_select(struct command *cmd)
{
	struct request r = { .cmd = cmd };
	bool any = false;
	int ret;

	for (int i = 0; i < SELECT_DURATION; i++)
		any |= cmd->option[i] != NULL;
	if (!any && cmd->option[SELECT_DURATION])
		return say(cmd, EXIT_USAGE, "--duration of what?");
	if (!any)
		return session_queries(cmd, nas_select_queries);
	ret = add_all(&r);
	return ret ? ret : session_set(cmd, NAS_SET_SYSTEM_SELECTION_PREFERENCE, r.set);
}
