/*
 * service.h - the tables that a service is made of, and the model behind them.
 *
 * A service is a table of methods and one of indications.  What is only data is only a row: the
 * TLVs of a message are laid out as fields bound to state keys (keys.h).  A function is for what
 * does something.
 */
#ifndef SERVICE_H
#define SERVICE_H

#include "keys.h"
#include "modem.h"
#include "wds.h"

enum {
	SVC_CTL = 0x00,
	SVC_DMS = 0x02,
	SVC_NAS = 0x03,
	SVC_WMS = 0x05,
	SVC_UIM = 0x0b,
	SVC_LOC = 0x10,
	SVC_WDA = 0x1a,
	SVC_GAS = 0xe8,

	CID_BROADCAST = 255,
	FIELDS_MAX = 24,
	LIST_MAX = 128,
	STR_MAX = 60000,
	OVERRIDES_MAX = 64,
	BIND_MAX = 1024, /* bytes of a TLV that a key keeps */
	COUNTERS_MAX = 1024, /* a power of two */
};

enum { /* QMI protocol errors */
	QERR_NONE = 0,
	QERR_MALFORMED = 1,
	QERR_INTERNAL = 3,
	QERR_CLIENT_IDS_EXHAUSTED = 5,
	QERR_INVALID_CLIENT_ID = 7,
	QERR_NO_THRESHOLDS = 8,
	QERR_INVALID_HANDLE = 9,
	QERR_INVALID_PROFILE = 10,
	QERR_INVALID_PIN_ID = 11,
	QERR_INCORRECT_PIN = 12,
	QERR_CALL_FAILED = 14,
	QERR_OUT_OF_CALL = 15,
	QERR_MISSING_ARGUMENT = 17,
	QERR_NO_EFFECT = 26,
	QERR_INVALID_SERVICE = 31,
	QERR_AUTHENTICATION_FAILED = 34,
	QERR_PIN_BLOCKED = 35,
	QERR_PIN_ALWAYS_BLOCKED = 36,
	QERR_INVALID_ARGUMENT = 48,
	QERR_INVALID_INDEX = 49,
	QERR_WMS_CAUSE = 54,
	QERR_SESSION_INVALID = 66,
	QERR_INSUFFICIENT_RESOURCES = 68,
	QERR_INVALID_COMMAND = 71,
	QERR_INFORMATION_UNAVAILABLE = 74,
	QERR_SIM_FILE_NOT_FOUND = 80,
	QERR_EXTENDED_INTERNAL = 81,
	QERR_ACCESS_DENIED = 82,
	QERR_NOT_SUPPORTED = 94,
	QERR_INVALID_SESSION_TYPE = 100,
	QERR_NO_SIM = 102,
	QERR_WITH_TLVS = 0x10000, /* added to one: what fn appended goes out all the same */
};

/* ---- state ---- */

#define X(name, kind, min, max, def) K_##name,
enum key_id { MODEM_KEYS(X) KEY_COUNT };
#undef X

struct value {
	char *text; /* as it was set; NULL: absent */
	int64_t num; /* INT; STR: the number it begins with */
	size_t n; /* bytes or list items */
	uint8_t *bytes;
	int64_t *list;
};

/* Text is a value, "none" for absent; for STR also "hex:…" and "@N", N letters.  0 or -EINVAL. */
int state_set(struct modem *m, unsigned key, const char *text);
int state_set_num(struct modem *m, unsigned key, int64_t num);
void state_reset(struct modem *m);
void state_free(struct modem *m);
const char *state_name(unsigned key);
int state_find(const char *name); /* -1: none */

/* ---- layouts ---- */

enum field_op {
	F_END,
	F_CONST, /* value */
	F_NUM, /* the key's number */
	F_NEG, /* its negative: RSSI goes as a positive byte in old messages */
	F_NOT, /* 1 if it is 0 */
	F_FIRST, /* the first item of a list */
	F_ON, /* the key's number if radio `value` is in use, else 0 */
	F_VALID, /* 1 if the key is there */
	F_FILL, /* the key's number, or `value` if it is absent */
	F_PCS, /* 1 if the key (an MNC) has three digits */
	F_BYTES, /* the key's bytes, no length */
	F_BYTES8, /* one byte of length before */
	F_CHARS3, /* three characters, 0xff for a missing one */
	F_LIST8, /* one byte of count, items of `width` */
	F_LIST16,
};

struct field {
	uint8_t op, width;
	int16_t key;
	uint32_t value;
};

#define FIELD(o, w, k, v) { .op = (o), .width = (w), .key = (k), .value = (v) }
#define C8(v) FIELD(F_CONST, 1, -1, v)
#define C16(v) FIELD(F_CONST, 2, -1, v)
#define U8(k) FIELD(F_NUM, 1, K_##k, 0)
#define U16(k) FIELD(F_NUM, 2, K_##k, 0)
#define U32(k) FIELD(F_NUM, 4, K_##k, 0)
#define U48(k) FIELD(F_NUM, 6, K_##k, 0)
#define U64(k) FIELD(F_NUM, 8, K_##k, 0)
#define NEG8(k) FIELD(F_NEG, 1, K_##k, 0)
#define NOT8(k) FIELD(F_NOT, 1, K_##k, 0)
#define FIRST8(k) FIELD(F_FIRST, 1, K_##k, 0)
#define ON8(radio, k) FIELD(F_ON, 1, K_##k, radio)
#define VALID(k) FIELD(F_VALID, 1, K_##k, 0)
#define FILL(w, k, v) FIELD(F_FILL, w, K_##k, v)
#define OPT(w, k, v) VALID(k), FILL(w, k, v) /* "valid" byte, value */
#define PCS(k) FIELD(F_PCS, 1, K_##k, 0)
#define STR(k) FIELD(F_BYTES, 0, K_##k, 0)
#define STR8(k) FIELD(F_BYTES8, 1, K_##k, 0)
#define CHARS3(k) FIELD(F_CHARS3, 3, K_##k, 0)
#define LIST8(w, k) FIELD(F_LIST8, w, K_##k, 0)
#define LIST16(w, k) FIELD(F_LIST16, w, K_##k, 0)

struct tlv {
	uint8_t type;
	uint8_t radio; /* not 0: only while this radio interface is in use */
	uint16_t mask; /* not 0: only if the request's mask has one of these */
	uint64_t event; /* event reports: who asked for this one */
	struct field f[FIELDS_MAX];
};

/* Rows of a table; a table ends with a row without fields. */
#define TLV(t, ...) { .type = (t), .f = { __VA_ARGS__ } }
#define TLV_RADIO(t, r, ...) { .type = (t), .radio = (r), .f = { __VA_ARGS__ } }
#define TLV_MASK(t, r, bits, ...)                                                                  \
	{ .type = (t), .radio = (r), .mask = (bits), .f = { __VA_ARGS__ } }
#define TLV_EVENT(t, r, asked, ...)                                                                \
	{ .type = (t), .radio = (r), .event = EVENT(asked), .f = { __VA_ARGS__ } }
#define TLVS(...) (const struct tlv[]) { __VA_ARGS__, { .type = 0 } }

struct out {
	uint8_t *p;
	size_t len, cap;
	bool full; /* sticky: something did not fit */
};

void put_bytes(struct out *o, const void *p, size_t n);
void put_num(struct out *o, uint64_t v, unsigned width);
void put_tlv(struct out *o, unsigned type, const void *p, size_t n);
void put_tlv_num(struct out *o, unsigned type, uint64_t v, unsigned width);

/* What of a table goes out. */
struct choice {
	unsigned mask; /* tlv.mask */
	uint64_t events; /* tlv.event; rows without one always go */
	bool changed; /* only rows with a key that changed */
};

void put_tlvs(struct modem *m, struct out *o, const struct tlv *rows, const struct choice *c);
bool tlvs_changed(const struct modem *m, const struct tlv *rows);
uint64_t get_num(const uint8_t *p, unsigned width);

/* ---- services ---- */

struct client {
	bool used;
	uint64_t events; /* EVENT() and REGISTERED() */
};

/* Bits of struct client: by the TLV that asks for them, in set_event_report and
   register_indications. */
#define EVENT(tlv) (UINT64_C(1) << ((tlv) - 0x10))
#define REGISTERED(tlv) (UINT64_C(1) << ((tlv) - 0x10 + 32))

struct request {
	uint8_t service, cid;
	uint16_t transaction, id;
	const uint8_t *tlvs;
	size_t len;
	struct client *client; /* NULL for CTL */
};

/* The value of the first TLV of that type, or NULL. */
const uint8_t *request_tlv(const struct request *q, unsigned type, size_t *len);

/* A request TLV: its first `field.width` bytes become the value of a key, or with STR() all of them
   (key -1: they must only be there). */
struct bind {
	uint8_t type;
	bool mandatory;
	struct field field;
};

#define BIND(t, ...) { .type = (t), .mandatory = true, .field = __VA_ARGS__ }
#define BIND_OPTIONAL(t, ...) { .type = (t), .field = __VA_ARGS__ }
#define LOOK(w) FIELD(F_NUM, w, -1, 0)
#define BINDS(...) (const struct bind[]) { __VA_ARGS__, { .type = 0 } }

struct method {
	uint16_t id;
	const char *name;
	const struct bind *in;
	/* Runs after `in`; appends TLVs; returns a QERR. */
	int (*fn)(struct modem *m, const struct request *q, struct out *o);
	uint8_t mask_tlv; /* request TLV with the mask for tlv.mask */
	const struct tlv *out; /* sent after what fn appended */
	/* An indication of the same id that follows the answer; without its first TLV there is none. */
	const struct tlv *then;
};

struct indication {
	uint16_t id;
	const char *name;
	uint64_t event; /* 0: each TLV has its own, and only those that changed go */
	const struct tlv *out;
	void (*fn)(struct modem *m, struct out *o); /* makes it; out only says what it tells of */
};

struct service {
	uint8_t id;
	const char *name;
	uint16_t major, minor;
	const struct method *methods; /* ends with a name NULL */
	const struct indication *indications; /* the same; may be NULL */
};

extern const struct service *const modem_services[]; /* ends with NULL */
extern const struct service svc_ctl, svc_dms, svc_gas, svc_loc, svc_nas, svc_uim, svc_wda, svc_wds, svc_wms;

/* Method functions that services share. */
int method_reset(struct modem *m, const struct request *q, struct out *o);
int method_set_event_report(struct modem *m, const struct request *q, struct out *o);
int method_register_indications(struct modem *m, const struct request *q, struct out *o);

/* The data port that a request names by this TLV, where the modem wants that (wda_endpoint). */
int wda_check_endpoint(const struct modem *m, const struct request *q, unsigned type);

/* ---- the model ---- */

struct override {
	uint8_t service;
	uint16_t id;
	bool append; /* TLVs added to the model's own answer, else instead of it */
	bool silent;
	uint16_t error;
	uint8_t *tlvs;
	size_t len;
};

struct counter {
	uint32_t key; /* 1 << 24 | service << 16 | id; 0: free */
	uint64_t n;
};

struct modem {
	modem_emit_fn *emit;
	void *ctx;
	struct value state[KEY_COUNT];
	bool changed[KEY_COUNT];
	struct client clients[256][256]; /* service, client id */
	unsigned n_clients[256];
	uint8_t last_cid[256];
	struct override overrides[OVERRIDES_MAX];
	size_t n_overrides;
	struct counter counters[COUNTERS_MAX];
	size_t n_counters;
	uint64_t uncounted; /* requests that found no counter */
	uint64_t dropped; /* frames that were no requests */
	bool restart;
	struct wds wds;
	uint8_t frame[MODEM_FRAME_MAX];
};

const struct service *service_by_id(unsigned id);
void clients_forget(struct modem *m);
struct counter *counter_find(struct modem *m, unsigned service, unsigned id);
struct override *override_find(struct modem *m, unsigned service, unsigned id);
void overrides_clear(struct modem *m);

/* Tells who registered of all that changed since. */
void modem_tell(struct modem *m);
void modem_indicate(struct modem *m, unsigned service, unsigned cid, unsigned id,
	const uint8_t *tlvs, size_t len);

#endif
