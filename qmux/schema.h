/*
 * schema.h - what is known of every QMI message: names, TLVs, types, values.
 *
 * The facts stand in qmux/schema/NAME.qmi and are compiled into one constant
 * blob (qmux/schema/compile.awk documents its layout).  Handles are small
 * integers into that blob; they never need freeing.
 */
#ifndef QMUX_SCHEMA_H
#define QMUX_SCHEMA_H

#include "bytes.h"
#include "schema_ids.h"

#define QMUX_NAME_MAX 64	/* a name, with its NUL; the longest in the schema has 48 characters */
#define QMUX_NO_NAME 0xffff	/* an array's item */
#define QMUX_NO_ENUM 0xfffe
#define QMUX_ENUM_BOOL 0xffff

/* What joins the words of a name. */
#define QMUX_FIELD_NAME '_'	/* services, messages, TLVs, fields */
#define QMUX_VALUE_NAME '-'	/* enum values and flags */
#define QMUX_ERROR_NAME '\0'	/* QMI protocol errors: InvalidQmiCommand */

struct qmux_service {
	uint16_t id, name;
	uint16_t first, n;		/* its messages */
};

struct qmux_message {
	uint16_t service, id, name;
	uint16_t vendor;		/* USB vendor id where the message is a vendor's; or 0 */
	bool indication;
	uint16_t tlv;			/* the first of n_in request TLVs, then n_out others */
	uint8_t n_in, n_out;
};

struct qmux_tlv_def {
	uint8_t id;
	bool mandatory;
	uint16_t name;
	uint16_t type;
};

/*
 * A type is a few bytes, taken apart by qmux_type_at: a kind with marks; the
 * enum (u16) where QMUX_TYPE_ENUM is set; then
 *	TEXT	u8 prefix bytes (0: to the end, 3: fixed u16 length), u16 most
 *		bytes where QMUX_TYPE_MOST is set
 *	IP6 to CODED
 *		u8 prefix bytes (1, or 3: fixed u16 length); the length counts bytes,
 *		of UCS2 units of 16 bits
 *	ARRAY	u8 bytes of the count (3: fixed u16 length; | 0x10: a sequence
 *		number u8 first), then the item's type
 *	STRUCT	u16 bytes that follow, u8 fields, { u16 name, type }
 */
enum qmux_kind_of_type {
	QMUX_T_U8, QMUX_T_U16, QMUX_T_U24, QMUX_T_U32, QMUX_T_U48, QMUX_T_U64,
	QMUX_T_I8, QMUX_T_I16, QMUX_T_I32, QMUX_T_I64, QMUX_T_F32, QMUX_T_F64,
	QMUX_T_BOOL, QMUX_T_TEXT, QMUX_T_ARRAY, QMUX_T_STRUCT,
	QMUX_T_CODING,		/* u8: how the CODED after it in the same structure are written */
	/* Numbers, then bytes that have a form of their own: see form.h. */
	QMUX_T_IP4, QMUX_T_UNIX_S, QMUX_T_UNIX_MS, QMUX_T_GPS_MS, QMUX_T_GPS_TICKS,
	QMUX_T_IP6, QMUX_T_PLMN, QMUX_T_BCD, QMUX_T_GSM7, QMUX_T_UCS2, QMUX_T_ASCII, QMUX_T_CODED,
};

struct qmux_type {
	enum qmux_kind_of_type kind;
	bool big_endian, personal;
	uint16_t names;			/* enum, or QMUX_NO_ENUM, or QMUX_ENUM_BOOL */
	uint8_t size;			/* scalars: bytes */
	uint8_t prefix;			/* text, arrays: bytes of the length; 0: see fixed */
	bool sequence;			/* arrays: a sequence number stands first */
	bool to_end;			/* text */
	uint16_t fixed;			/* text, arrays without prefix: the length */
	uint16_t most;			/* text: most bytes, or 0 */
	uint8_t fields;			/* structures */
	const uint8_t *inner;		/* arrays: the item; structures: the first field's name */
	const uint8_t *end;		/* what follows this type */
};

#define QMUX_DEPTH_MAX 8		/* nesting; the compiler refuses more */

struct qmux_type qmux_type_at(const uint8_t *p);

static inline bool qmux_type_is_signed(const struct qmux_type *t)
{
	return t->kind >= QMUX_T_I8 && t->kind <= QMUX_T_I64;
}

const uint8_t *qmux_type_of(const struct qmux_tlv_def *tlv);

/*
 * The name behind a handle, as text in buf.  join: QMUX_FIELD_NAME and so on.
 * Returns buf.
 */
const char *qmux_name(uint16_t name, char join, char buf[QMUX_NAME_MAX]);
bool qmux_name_is(uint16_t name, char join, const char *text, size_t n);

/* By index, for listings; false past the end. */
bool qmux_service_at(unsigned i, struct qmux_service *service);
bool qmux_message_at(const struct qmux_service *service, unsigned i, struct qmux_message *message);

/* i counts the request's TLVs, or the others (response, indication). */
bool qmux_tlv_at(const struct qmux_message *m, bool request, unsigned i, struct qmux_tlv_def *tlv);

bool qmux_service_by_id(uint16_t id, struct qmux_service *service);

/*
 * A message by id.  vendor 0 finds messages that are nobody's; a vendor's own
 * message stands before a general one with the same id.
 */
bool qmux_message_by_id(uint16_t service, uint16_t id, bool indication, uint16_t vendor,
	struct qmux_message *message);

/* The indication of the same name that tells a message's outcome; false: its answer does. */
bool qmux_message_outcome(const struct qmux_message *m, struct qmux_message *outcome);

/* By name: the first that fits, whatever its vendor. */
bool qmux_message_by_name(const struct qmux_service *service, const char *name,
	bool indication, struct qmux_message *message);

bool qmux_tlv_by_id(const struct qmux_message *m, bool request, uint8_t id, struct qmux_tlv_def *tlv);

/*
 * A service by name or number ("nas", "3", "0x03"), -ENOENT: neither.
 * Services without messages have names too (enum service).
 */
int qmux_service_parse(const char *text, uint16_t *id);

/* Names of values.  names is an enum's handle: QMUX_ENUM_... of schema_ids.h. */
bool qmux_enum_is_flags(uint16_t names);
bool qmux_enum_at(uint16_t names, unsigned i, int64_t *value, uint16_t *name);
bool qmux_enum_name(uint16_t names, int64_t value, uint16_t *name);	/* flags: by bit number */
bool qmux_enum_value(uint16_t names, const char *text, size_t n, int64_t *value);

/* In flag sets, qmux_enum_at gives these in place of a bit number for whole values. */
#define QMUX_FLAGS_ALL 254	/* 0xffff */
#define QMUX_FLAGS_NONE 255	/* 0 */

/* The name of a QMI protocol error, or NULL. */
const char *qmux_error_name(unsigned error, char buf[QMUX_NAME_MAX]);

#endif
