/*
 * services.c - the services of this modem.
 *
 * A bare one has a version and client ids, but no messages.
 */
#include "service.h"

#define BARE(number, word, major, minor)                                                           \
	&(const struct service) { number, word, major, minor, NULL, NULL }

/* clang-format off */
const struct service *const modem_services[] = {
	&svc_ctl,
	&svc_wds,
	&svc_dms,
	&svc_nas,
	BARE(0x04, "qos", 1, 14),
	&svc_wms,
	BARE(0x06, "pds", 1, 18),
	BARE(0x09, "voice", 2, 1),
	&svc_uim,
	BARE(0x0c, "pbm", 1, 4),
	&svc_loc,
	BARE(0x11, "sar", 1, 0),
	&svc_wda,
	BARE(0x24, "pdc", 1, 0),
	BARE(0x2a, "dsd", 1, 0),
	BARE(0x2f, "dpm", 1, 0),
	&svc_gas,
	NULL,
};
/* clang-format on */
