/*
 * simfile.h - the files of a SIM: names, places, and what is in them.
 *
 * 3GPP TS 31.102 (USIM), TS 31.101 and ETSI TS 102 221 (the card).
 */
#ifndef APPLETS_SIMFILE_H
#define APPLETS_SIMFILE_H

#include "applets/sink.h"

#define SIM_PATH_MAX 6		/* files on the way, the last one included */

struct sim_path {
	uint16_t id[SIM_PATH_MAX];	/* from the master file 3f00 down */
	unsigned n;
};

/* "iccid", "2fe2", "0x3f00/0x7fff/6f07" (or with commas).  -EINVAL: none of these. */
int sim_path_parse(const char *text, struct sim_path *path);
void sim_path_text(const struct sim_path *path, char text[5 * SIM_PATH_MAX]);

/* The way to it (without itself) as messages have it, in hex: pairs of bytes, the low one first. */
void sim_path_bytes(const struct sim_path *path, char hex[4 * SIM_PATH_MAX + 1]);

/* Is it in an application's own folder? */
bool sim_path_in_application(const struct sim_path *path);

/* The name it can be asked for by, or NULL. */
const char *sim_file_name(const struct sim_path *path);

/*
 * What is in the file, or in one record of it, into an open object.  False: nothing is known of
 * how it is made.  What is empty (all 0xff) or makes no sense is left out.
 */
bool sim_file_decode(const struct sim_path *path, struct sink *s, const uint8_t *p, size_t n);

/* The number in a record of names and numbers (msisdn, fdn), where there is one. */
void sim_number_of(struct sink *s, const char *key, const uint8_t *p, size_t n);

#endif
