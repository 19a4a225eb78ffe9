#include "nearest.h"

#include "format.h"

#include <string.h>

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Edits (insert, delete, replace, swap neighbours) that make one from the other. */
static unsigned distance(const char *a, size_t na, const char *b, size_t nb)
{
	unsigned rows[3][QMUX_NEAREST_MAX + 1], *before = rows[0], *last = rows[1], *row = rows[2];

	for (size_t j = 0; j <= nb; j++)
		last[j] = before[j] = (unsigned)j;
	for (size_t i = 1; i <= na; i++) {
		unsigned *free_row = before;

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= nb; j++) {
			row[j] = last[j - 1] + (a[i - 1] != b[j - 1]);
			row[j] = least(row[j], least(last[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
		row = free_row;
	}
	return last[nb];
}

void qmux_nearest_begin(struct qmux_nearest *n, const char *word, size_t len)
{
	n->word = word;
	n->word_len = len;
	n->best[0] = '\0';
	n->distance = (unsigned)((len + 2) / 3 + 1);	/* a third of it may be wrong */
}

void qmux_nearest_offer(struct qmux_nearest *n, const char *candidate)
{
	size_t len = strlen(candidate);
	unsigned d;

	if (len >= QMUX_NEAREST_MAX || n->word_len >= QMUX_NEAREST_MAX)
		return;
	d = distance(n->word, n->word_len, candidate, len);
	/* The beginning of a longer name is near, too: "sig" for "signal". */
	if (n->word_len > 1 && n->word_len < len && !strncmp(n->word, candidate, n->word_len))
		d = 1;
	if (d < n->distance && d < len) {
		n->distance = d;
		qmux_format(n->best, sizeof n->best, "%s", candidate);
	}
}
