/*
 * wds.h - data connections: who holds which, and what has to be told of them.
 *
 * A pdn is a connection to a packet network: one family, one APN, one address.  A WDS client id
 * holds at most one; two that ask for the same family and APN share it, each with a handle of its
 * own.  It ends with the last of them.  The modem has one a family of its own (wds_own()): it is up
 * while the key wds_status or wds_status6 says so, and nobody's client id ends it.
 */
#ifndef WDS_H
#define WDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum {
	SVC_WDS = 0x01,
	WDS_PDNS = 18,
	WDS_OWN = 2, /* the first of them: the modem's own, IPv4 and IPv6 */
	WDS_APN_MAX = 100,
	WDS_EVENTS_MAX = 256, /* indications that wait for the answer to go first */
	WDS_PROFILES = 24,
	WDS_PROFILE_MAX = 1024, /* bytes of TLVs */
	WDS_HANDLE_GLOBAL = 0xffffffff,

	WDS_DISCONNECTED = 1,
	WDS_CONNECTED = 2,

	PROFILE_3GPP = 0,
	PROFILE_3GPP2 = 1,
	PROFILE_ALL = 255,

	REASON_UNSPECIFIED = 1, /* wds_call_end_reason */
	REASON_CLIENT_END = 2,
	REASON_NO_SERVICE = 3,
	VERBOSE_INTERNAL = 2, /* wds_verbose_call_end_reason_type */
	VERBOSE_CM = 3,
	VERBOSE_3GPP = 6,
};

struct modem;
struct out;
struct request;

/* In the order of their key wds_tx_packets and so on, and of the bits of get_packet_statistics. */
enum wds_count {
	WDS_TX_PACKETS,
	WDS_RX_PACKETS,
	WDS_TX_ERRORS,
	WDS_RX_ERRORS,
	WDS_TX_OVERFLOWS,
	WDS_RX_OVERFLOWS,
	WDS_TX_BYTES,
	WDS_RX_BYTES,
	WDS_TX_DROPPED,
	WDS_RX_DROPPED,
	WDS_COUNTS,
};

struct wds_pdn {
	unsigned family; /* 4 or 6; 0: free */
	unsigned number; /* among those of its family: from it comes the address */
	unsigned shift; /* how often the network gave it another one */
	unsigned holders; /* client ids */
	bool autoconnect; /* the modem keeps it when its client ids go */
	uint8_t profile;
	uint8_t apn[WDS_APN_MAX];
	size_t apn_len;
	uint64_t counts[WDS_COUNTS]; /* tx is from the host to the network */
};

/* What a WDS client id is about. */
struct wds_client {
	unsigned family; /* by set_ip_family; 0: not set */
	unsigned pdn; /* which it holds; 0: none (that one is the modem's own) */
	uint32_t handle; /* of its last call, also once that is over */
	unsigned mux;
};

/* Why a call ended or was refused; 0: not told. */
struct wds_reason {
	uint16_t reason, type;
	int16_t verbose;
};

struct wds_event {
	uint8_t cid;
	uint8_t family;
	uint8_t status;
	bool reconfigured; /* it has another address: the settings that changed are in `settings` */
	uint32_t settings;
	struct wds_reason why;
};

/* TLVs as they came, so that each that there is can be kept. */
struct wds_profile {
	bool used;
	uint8_t type, index;
	size_t len;
	uint8_t tlvs[WDS_PROFILE_MAX];
};

struct wds_profile_event {
	uint8_t type, index, what; /* wds_profile_change_event; 0: nothing happened */
};

struct wds {
	struct wds_client clients[256];
	struct wds_pdn pdns[WDS_PDNS];
	struct wds_event events[WDS_EVENTS_MAX];
	size_t n_events;
	struct wds_profile profiles[WDS_PROFILES];
	struct wds_profile_event profile_event;
	uint64_t dropped; /* packets that belonged to no connection */
	uint64_t answered;
};

/* ---- life ---- */

void wds_reset(struct modem *m); /* the program's start: profiles as they come from the factory */
void wds_client_new(struct modem *m, unsigned cid);
void wds_client_gone(struct modem *m, unsigned cid); /* its call ends */
void wds_forget(struct modem *m); /* all client ids are gone */
void wds_restart(struct modem *m); /* power cut: the modem's own connections end too */

/* Sends what waits.  Part of modem_tell(). */
void wds_tell(struct modem *m);

/* ---- calls ---- */

struct wds_request {
	unsigned family;
	const uint8_t *apn, *user, *password;
	size_t apn_len, user_len, password_len;
	unsigned auth;
	uint8_t profile;
	bool autoconnect;
};

/* 0, or a QERR and why.  QERR_NO_EFFECT: the client id has a call, or the modem a connection of its
   own that serves. */
int wds_start(struct modem *m, unsigned cid, const struct wds_request *r, struct wds_reason *why);
int wds_stop(struct modem *m, unsigned cid, uint32_t handle, bool disable_autoconnect);

/* Ended by the network; connections of that family (0: of both) and APN (NULL: of any).  How many. */
unsigned wds_drop(struct modem *m, unsigned family, const char *apn, const struct wds_reason *why);
/* They get another address. */
unsigned wds_readdress(struct modem *m, unsigned family, const char *apn);

/* What the client id sees: its own call, or the modem's own connection of its family, or NULL. */
struct wds_pdn *wds_pdn(struct modem *m, unsigned cid);
bool wds_is_up(const struct modem *m, size_t pdn);
unsigned wds_family(const struct modem *m, unsigned cid);
int64_t wds_status(struct modem *m, unsigned cid);

/* The TLVs of a refusal and of an end. */
void put_wds_reason(struct out *o, const struct wds_reason *why);

/* ---- addresses ---- */

struct wds_address {
	uint8_t address[16], gateway[16]; /* IPv4: the first four bytes; most significant first */
	uint8_t prefix, gateway_prefix; /* of IPv6 */
};

void wds_address(const struct modem *m, const struct wds_pdn *pdn, struct wds_address *a);

/* ---- packets ---- */

/*
 * One raw IP packet of the host, on the link of that mux id (0: not multiplexed).  Returns the
 * length of the answer, 0: there is none.  Only who has a connection with the packet's source
 * address is answered.
 */
size_t wds_packet(struct modem *m, unsigned mux, const uint8_t *packet, size_t len, uint8_t *answer,
	size_t cap);

/* ---- profiles ---- */

/* NULL: there is none. */
struct wds_profile *wds_profile(struct modem *m, unsigned type, unsigned index);
const uint8_t *wds_profile_tlv(const struct wds_profile *p, unsigned type, size_t *len);

/* Methods. */
int wds_create_profile(struct modem *m, const struct request *q, struct out *o);
int wds_create_profile_indexed(struct modem *m, const struct request *q, struct out *o);
int wds_modify_profile(struct modem *m, const struct request *q, struct out *o);
int wds_delete_profile(struct modem *m, const struct request *q, struct out *o);
int wds_get_profile_list(struct modem *m, const struct request *q, struct out *o);
int wds_get_profile_settings(struct modem *m, const struct request *q, struct out *o);
int wds_get_default_settings(struct modem *m, const struct request *q, struct out *o);
int wds_get_default_profile(struct modem *m, const struct request *q, struct out *o);
int wds_set_default_profile(struct modem *m, const struct request *q, struct out *o);
int wds_configure_profile_events(struct modem *m, const struct request *q, struct out *o);
int wds_set_attach_pdn_list(struct modem *m, const struct request *q, struct out *o);

/* ---- commands: self is the struct modem ---- */

int wds_cmd_drop_call(void *self, int argc, char **argv, FILE *reply);
int wds_cmd_readdress(void *self, int argc, char **argv, FILE *reply);
int wds_cmd_calls(void *self, int argc, char **argv, FILE *reply);
int wds_cmd_packets(void *self, int argc, char **argv, FILE *reply);

#endif
