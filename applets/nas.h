/* nas.h - the verbs of nas that are more than rows, and the views that they share. */
#ifndef APPLETS_NAS_H
#define APPLETS_NAS_H

#include "applets/applet.h"

#define NOT_AVAILABLE (-32768)	/* NR fields where there is no 5G; seen on real modems */
#define NO_AREA 0xfffe		/* 3GPP TS 24.008 and 24.301: a deleted area code */
#define NO_CELL 0xffffffff

extern const struct view_row nas_signal_view[], nas_status_view[], nas_system_view[];
extern const struct view_row nas_operator_view[];
extern const struct query nas_signal_queries[], nas_status_queries[], nas_system_queries[];
extern const struct query nas_cells_queries[], nas_scan_queries[], nas_select_queries[];
extern const struct query nas_monitor_queries[], nas_name_queries[];
extern const struct query nas_rf_queries[], nas_ca_queries[], nas_txrx_queries[], nas_drx_queries[];
extern const struct query nas_sierra_queries[];

/* Rows of the options. */
enum { SCAN_RAT };
enum { REGISTER_RAT, REGISTER_PERMANENT };
enum { WAIT_PS };
enum { MONITOR_RSSI, MONITOR_RSRP, MONITOR_RSRQ, MONITOR_SNR, MONITOR_RECONNECT };
enum {
	SELECT_MODES, SELECT_BANDS, SELECT_LTE_BANDS, SELECT_NR_BANDS, SELECT_NR_SA_BANDS,
	SELECT_NR_NSA_BANDS, SELECT_NETWORK, SELECT_ROAMING, SELECT_ORDER, SELECT_DOMAIN,
	SELECT_USAGE, SELECT_VOICE, SELECT_EMERGENCY, SELECT_DURATION,
};

int nas_monitor(struct command *cmd);
int nas_name_of(struct command *cmd);
int nas_preferred_set(struct command *cmd);
int nas_register(struct command *cmd);
int nas_scan(struct command *cmd);
int nas_select(struct command *cmd);
int nas_wait(struct command *cmd);

/* ---- nas_wait.c ---- */

/*
 * Until the modem is registered (attached: to the packet domain, too); f is then the answer to
 * get_serving_system.  Returns an exit code.  nas_tell_of_registration asks for the indications:
 * 0, the positive QMI error that nobody has spoken of, or -1 - exit code.
 */
int nas_await(struct command *cmd, bool attached, struct qmux_frame *f);
int nas_tell_of_registration(struct command *cmd, bool on);

/* Is it, by an answer or an indication?  state: in words, where it tells. */
bool nas_is_registered(const struct qmux_frame *f, const struct qmux_message *m, bool attached,
	char state[QMUX_NAME_MAX]);

/* ---- nas_register.c ---- */

/* For view_row.show: the name of a network, a str8; see nas_name.c. */
void nas_show_name(struct sink *s, const char *key, const struct view_value *v);

/* A network's code as people give it: MCC and MNC, 5 or 6 digits. */
struct nas_plmn {
	char mcc[4], mnc[4];
	bool pcs;		/* the MNC has three digits */
};

/* n bytes of text.  Returns an exit code, having said what is wrong. */
int nas_plmn(const struct command *cmd, const char *text, size_t n, struct nas_plmn *p);

#endif
