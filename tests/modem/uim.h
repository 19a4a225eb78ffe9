/* uim.h - the two halves of the SIM service: svc_uim.c and its files, uim_file.c. */
#ifndef UIM_H
#define UIM_H

#include "service.h"

enum { SESSION_GW = 0, SESSION_OWN = 4, SESSION_CARD = 6 }; /* the latter two: of slot 1; + slot */

/* Is there a card, and is PIN1 verified or off? */
bool uim_card_present(const struct modem *m);
bool uim_pin_open(const struct modem *m);

/* Digits two a byte, the first one low, filled with 0xf; an IMSI has a length and parity first. */
size_t uim_digits(const struct value *v, bool imsi, uint8_t *p);

int uim_read_transparent(struct modem *m, const struct request *q, struct out *o);
int uim_read_record(struct modem *m, const struct request *q, struct out *o);
int uim_write_transparent(struct modem *m, const struct request *q, struct out *o);
int uim_write_record(struct modem *m, const struct request *q, struct out *o);
int uim_get_file_attributes(struct modem *m, const struct request *q, struct out *o);

#endif
