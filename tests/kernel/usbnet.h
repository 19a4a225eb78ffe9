/*
 * usbnet.h - what goes over the bulk endpoints: packets as the modem's data format has them.
 *
 * Raw IP, Ethernet or QMAP, by what the host set with WDA or CTL.  A host that thinks otherwise
 * sends what the modem cannot read, as with a real one.
 */
#ifndef USBNET_H
#define USBNET_H

#include "tests/modem/modem.h"

/* One transfer of the host; the transfer that answers it goes to out.  Its length, 0: none. */
size_t usbnet_transfer(struct modem *m, const uint8_t *p, size_t len, uint8_t *out, size_t cap);

#endif
