/* nearest.h - what somebody may have meant: the candidate with the least edits. */
#ifndef QMUX_NEAREST_H
#define QMUX_NEAREST_H

#include <stddef.h>

#define QMUX_NEAREST_MAX 64	/* longer words have no near ones */

struct qmux_nearest {
	const char *word;		/* what was typed */
	size_t word_len;
	char best[QMUX_NEAREST_MAX];	/* empty: nothing is near enough */
	unsigned distance;
};

void qmux_nearest_begin(struct qmux_nearest *n, const char *word, size_t len);
void qmux_nearest_offer(struct qmux_nearest *n, const char *candidate);

#endif
