/* uim.h - what the parts of the uim applet share. */
#ifndef APPLETS_UIM_H
#define APPLETS_UIM_H

#include "applets/applet.h"
#include "qmux/encode.h"

#define UIM_SLOTS_MAX 5		/* slots that sessions have names for */
#define UIM_AID_MAX 32		/* bytes of an application's id; ETSI TS 101 220 has 16 */
#define UIM_HEX_MAX (2 * UIM_AID_MAX + 1)

/* The first option of every verb that concerns one slot. */
enum { UIM_SLOT };
#define UIM_SLOT_OPTION { 's', "slot", "N", "the card of slot N (default: the one in use, or 1)", \
	"1 2 3 4 5" }

/* ---- uim_card.c: what state the card is in ---- */

enum sim_state {
	SIM_NOT_READY,		/* it is not known yet, or the card still starts */
	SIM_READY, SIM_ABSENT, SIM_ERROR, SIM_PIN, SIM_PUK,
	SIM_BLOCKED,		/* the PUK is used up, too */
	SIM_LOCKED,		/* to a network: it wants a personalization code */
	SIM_ILLEGAL,		/* refused by the network for good */
};

struct sim {
	enum sim_state state;
	bool dms;		/* as the device service tells it: UIM is not supported */
	bool provisioned;	/* the primary session has an application */
	unsigned slot;		/* from 1 */
	char card[QMUX_PATH_TEXT_MAX], app[QMUX_PATH_TEXT_MAX];	/* paths in answer; "": none */
	struct qmux_message m;
	struct qmux_frame answer;	/* holds until the next call */
};

/*
 * 0, the positive QMI error that nobody has spoken of, or -1 - exit code.  slot: of
 * --slot, or NULL.  sim_ask says what went wrong; returns an exit code.
 */
int sim_try(struct command *cmd, const char *slot, struct sim *sim);
int sim_ask(struct command *cmd, const char *slot, struct sim *sim);

/*
 * Until the card is ready or in a state that it does not leave by itself; until_ready: until it
 * is ready, whatever happens on the way.  Returns an exit code; sim holds what the card is then.
 * It leaves a hook in client.indication.
 */
int sim_wait(struct command *cmd, const char *slot, bool until_ready, struct sim *sim);

/* EXIT_DONE where it is ready; otherwise it says what it is: EXIT_SIM. */
int sim_say_state(const struct command *cmd, const struct sim *sim);

/* The state, out of an indication. */
void sim_of(struct sim *sim, const struct qmux_frame *f, const struct qmux_message *m);

/* A number below one of its paths, or otherwise. */
uint64_t sim_number(const struct sim *sim, const char *base, const char *field, uint64_t otherwise);

/* The id of its application in hex; "" where there is none. */
void sim_aid(const struct sim *sim, char hex[UIM_HEX_MAX]);

/* What it is, into an open result. */
void sim_show(struct command *cmd, const struct sim *sim);
/* For a row whose 0, or emptiness, says nothing. */
void uim_show_nonzero(struct sink *s, const char *key, const struct view_value *value);
const char *sim_state_name(enum sim_state state);

/* The number of --slot (1 where there is none); says what is wrong with it. */
int uim_slot(const struct command *cmd, const char *text, unsigned *slot);

int uim_status(struct command *cmd);
int uim_wait(struct command *cmd);

/* ---- uim_pin.c ---- */

int uim_pin(struct command *cmd);
int uim_depersonalize(struct command *cmd);

/* ---- uim_file.c ---- */

int uim_ids(struct command *cmd);
int uim_read(struct command *cmd);
int uim_write(struct command *cmd);
extern const struct option_row uim_read_options[], uim_write_options[];

/* The card's status word, with what it means where that helps. */
void uim_status_word(char text[64], unsigned sw);

/* EXIT_SIM where a PIN stands in the way, otherwise EXIT_REFUSED. */
enum exit_code uim_status_exit(unsigned sw);

/* As say_refused, with what the card says (0: nothing). */
int uim_say_refused(const struct command *cmd, int error, unsigned sw);

/* SW of an answer that has a card result, or 0. */
unsigned uim_card_result(const struct qmux_frame *answer, const struct qmux_message *m);

/* ---- uim_slot.c: slots, power, provisioning ---- */

int uim_slots(struct command *cmd);
int uim_switch(struct command *cmd);
int uim_power(struct command *cmd);
int uim_provision(struct command *cmd);
extern const struct option_row uim_provision_options[];

/* slots, a list, into an open result. */
void uim_show_slots(struct sink *s, const struct qmux_frame *answer, const struct qmux_message *m);

/* ---- uim_apdu.c ---- */

int uim_channel_open(struct command *cmd);
int uim_channel_close(struct command *cmd);
int uim_apdu(struct command *cmd);
extern const struct option_row uim_apdu_options[];

/* ---- uim_guard.c: a channel is closed also where its process is killed ---- */

/* As session_ask. */
int uim_close_channel(struct command *cmd, unsigned slot, unsigned channel);

/*
 * Starts the guard, once the connection and its client id are there: of one channel at a time.
 * Returns an exit code.  The others do nothing where there is no guard.
 */
int uim_guard_begin(struct command *cmd, unsigned slot);

/* An open is about to be asked for; it was answered, or the channel is closed (0: none is open). */
void uim_guard_opening(void);
void uim_guard_opened(unsigned channel);

/* What is open now stays so.  An open that was not answered is left to the guard, with the client id. */
void uim_guard_end(struct command *cmd);

/* ---- uim_monitor.c ---- */

#define UIM_FILES_MAX 8		/* of one refresh */

int uim_refresh(struct command *cmd);
int uim_monitor(struct command *cmd);
extern const struct option_row uim_monitor_options[];

#endif
