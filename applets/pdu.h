/*
 * pdu.h - short messages as they travel: TPDUs of 3GPP TS 23.040, text as in TS 23.038.
 *
 * A PDU here is what QMI carries and modems print: the service centre's address, then the
 * TPDU.  Lengths come from outside and are never trusted.
 */
#ifndef APPLETS_PDU_H
#define APPLETS_PDU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "qmux/bytes.h"

#define PDU_MAX 176		/* 12 of the service centre's address and 164 of a TPDU */
#define PDU_DIGITS_MAX 20	/* TS 23.040, 9.1.2.5: ten bytes */
#define PDU_NUMBER_MAX 40	/* text of an address with its NUL: 11 characters, or digits */
#define PDU_USER_MAX 140	/* bytes of user data, its header included */
#define PDU_TEXT_MAX 512	/* text with its NUL: 160 characters of at most 3 bytes */
#define PDU_TIME_MAX 32
#define PDU_PARTS_MAX 255	/* of one text: the count has a byte */

enum pdu_type { PDU_DELIVER, PDU_SUBMIT, PDU_STATUS_REPORT };
enum pdu_coding { PDU_GSM7, PDU_8BIT, PDU_UCS2, PDU_COMPRESSED };

struct pdu {
	enum pdu_type type;
	char smsc[PDU_NUMBER_MAX];	/* "": none given */
	char number[PDU_NUMBER_MAX];	/* deliver: who sent it; otherwise who gets it */
	char time[PDU_TIME_MAX];	/* deliver, report: when the centre had it,
					   2026-11-22T06:47:00+01:00; "": none */
	char done[PDU_TIME_MAX];	/* report: when it was delivered, or given up */
	uint8_t reference;		/* submit, report */
	uint8_t status;			/* report: TP-Status */
	enum pdu_coding coding;
	int message_class;		/* 0 (shown at once) to 3; -1: none */
	bool has_ports;
	uint16_t destination, source;	/* ports */
	uint16_t parts_reference;
	uint8_t part, parts;		/* parts 0: it stands alone */
	char text[PDU_TEXT_MAX];	/* "": see data */
	uint8_t data[PDU_USER_MAX];	/* 8-bit and compressed: as they are */
	size_t data_len;
};

/*
 * User data that is cut short is taken as far as it goes, and what comes after it is left out.
 * -EBADMSG: an address or a field before it is cut short, or the type of message is reserved.
 */
int pdu_parse(struct pdu *p, const uint8_t *data, size_t n);

/* A text that is to be sent. */
struct pdu_submit {
	const char *smsc;		/* NULL: the modem's or the SIM's */
	const char *number;
	int message_class;		/* -1: none */
	bool report;			/* a status report is asked for */
	enum pdu_coding coding;		/* GSM7, UCS2: set by pdu_count */
	uint8_t reference;		/* of its parts */
	unsigned parts;			/* set by pdu_count */
};

/* Digits, '*', '#', a, b, c; perhaps a '+' before them. */
bool pdu_is_number(const char *text);

/*
 * Coding and number of parts for a text in UTF-8: 7-bit where its alphabet has all of it.
 * -EILSEQ: it is not UTF-8; -E2BIG: more than PDU_PARTS_MAX.
 */
int pdu_count(struct pdu_submit *s, const char *text);

/* The PDU of one part, from 1, with as much of the text as fits: returns where it ended. */
const char *pdu_submit(struct qmux_buf *b, const struct pdu_submit *s, unsigned part,
	const char *text);

#endif
