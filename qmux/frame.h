/*
 * frame.h - QMUX frames: take apart, put together, find in a stream.
 *
 * A frame is a marker, a QMUX header and a QMI SDU (flags, transaction id,
 * message id, TLVs).  Two heads exist: marker 0x01 with control flags and an
 * 8-bit service, which modems speak; marker 0x02 with a 16-bit service and no
 * control flags, which newer libqmi speaks to its proxy for QRTR nodes.
 * Source: libqmi's public protocol, and frames of real modems (tests/golden).
 */
#ifndef QMUX_FRAME_H
#define QMUX_FRAME_H

#include "bytes.h"

#define QMUX_MARKER 0x01
#define QMUX_MARKER_EXT 0x02
#define QMUX_FRAME_MAX 65536	/* the length field has 16 bits and leaves out the marker */
#define QMUX_FRAME_MIN 12	/* a CTL frame without TLVs */
#define QMUX_HEAD 6		/* marker, length, control flags or service, service, client id */
#define QMUX_TLV_HEAD 3		/* type, length */

#define QMUX_FLAG_HOST 0x00	/* control flags; modems do not keep to them */
#define QMUX_FLAG_MODEM 0x80

#define QMUX_CTL 0x00		/* the service that hands out client ids */
#define QMUX_CLIENT_BROADCAST 0xff
#define QMUX_TLV_RESULT 0x02	/* in every response: status u16, error u16 */

enum qmux_kind { QMUX_REQUEST, QMUX_RESPONSE, QMUX_INDICATION };

/* One frame, as a view into the bytes it was parsed from. */
struct qmux_frame {
	uint8_t marker;
	uint8_t flags;		/* control flags; 0 with the extended head */
	uint16_t service;
	uint8_t client;
	enum qmux_kind kind;
	uint16_t transaction;	/* CTL has 8 bits */
	uint16_t message;
	const uint8_t *tlvs;	/* cut to what the frame really holds */
	size_t tlvs_len;
	const uint8_t *rest;	/* bytes after the TLVs that the SDU's length does not cover */
	size_t rest_len;
	bool truncated;		/* the SDU says that it has more TLV bytes than there are */
};

struct qmux_tlv {
	uint8_t type;
	const uint8_t *value;
	size_t len;
	bool truncated;		/* the TLV says that it is longer than what is left */
};

/* How many bytes the transaction id of this service has. */
static inline size_t qmux_transaction_size(uint16_t service)
{
	return service == QMUX_CTL ? 1 : 2;
}

/*
 * The whole length of the frame that starts at p, of which n bytes are there.
 * 0: too few bytes to tell (fewer than 3); -EBADMSG: no frame starts here.
 */
int qmux_frame_length(const uint8_t *p, size_t n);

/*
 * Take apart exactly one frame.  -EBADMSG: the marker is wrong, or n is not
 * what the frame's length says, or it is too short for an SDU.  Lengths inside
 * the SDU never make it fail: what is there is in the view.
 */
int qmux_frame_parse(struct qmux_frame *f, const uint8_t *p, size_t n);

/*
 * The next TLV under the cursor: true, or false at the end.  What is left over
 * and is too short for a TLV head stays under the cursor.  A TLV that is cut
 * off comes with what there is of it, and truncated.
 */
bool qmux_tlv_next(struct qmux_cursor *c, struct qmux_tlv *tlv);

/* The first TLV of that type.  False: there is none, or it is cut off. */
bool qmux_tlv_find(const struct qmux_frame *f, uint8_t type, struct qmux_tlv *tlv);

/*
 * The error of a response: 0 success, otherwise a QMI protocol error (positive).
 * -EBADMSG: no result TLV, or one too short.
 */
int qmux_frame_result(const struct qmux_frame *f);

/*
 * Put a frame together: begin, add TLVs, end.  Only service, client, kind,
 * transaction, message and marker (0 means QMUX_MARKER) of the description
 * are read.  qmux_frame_end returns the frame's length, or -EMSGSIZE where it
 * did not fit, or a service above 255 was to go into a head with 8 bits.  The
 * frame must start at the buffer's start.
 */
void qmux_frame_begin(struct qmux_buf *b, const struct qmux_frame *f);
void qmux_add_tlv(struct qmux_buf *b, uint8_t type, const void *value, size_t n);
int qmux_frame_end(struct qmux_buf *b);

/* A TLV whose value is written in place: open, qmux_add..., close. */
size_t qmux_tlv_open(struct qmux_buf *b, uint8_t type);
void qmux_tlv_close(struct qmux_buf *b, size_t mark);

/* The result TLV: error 0 is success. */
void qmux_add_result(struct qmux_buf *b, unsigned error);

/*
 * Frames in a stream of bytes.  The memory is the caller's.  Junk between
 * frames is skipped up to the next thing that can be a frame.  In step (the
 * bytes start where the last frame ended) only the QMUX head is judged; out of
 * step the lengths of head and SDU must agree too, for a 0x01 is a common byte.
 */
struct qmux_stream {
	uint8_t *p;
	size_t cap;		/* QMUX_FRAME_MAX or more, or long frames never fit */
	size_t off, len;	/* unread bytes are p[off] to p[off + len - 1] */
	bool lost;		/* out of step */
	unsigned long resyncs;	/* how often it fell out of step */
	unsigned long skipped;	/* how many bytes that cost */
};

/* Where to read more bytes to; *n: how many fit (0: full of unread bytes). */
uint8_t *qmux_stream_room(struct qmux_stream *s, size_t *n);

static inline void qmux_stream_added(struct qmux_stream *s, size_t n)
{
	s->len += n;
}

/*
 * The next whole frame: true, with a pointer that holds until the stream is
 * touched next.  False: more bytes are needed.
 */
bool qmux_stream_next(struct qmux_stream *s, const uint8_t **frame, size_t *n);

/*
 * Give up on the frame that is at the start and never became whole (its sender
 * stopped in the middle): go on at the next thing that can be a frame.
 */
void qmux_stream_skip(struct qmux_stream *s);

#endif
