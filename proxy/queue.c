#include "proxy/core.h"

#include <errno.h>
#include <stdlib.h>

#define QUEUE_STEP 512		/* bytes; room is asked for in steps */

int proxy_queue_add(struct proxy_queue *q, const void *p, size_t n)
{
	if (q->off && q->off + q->len + n > q->cap) {
		memmove(q->p, q->p + q->off, q->len);
		q->off = 0;
	}
	if (q->len + n > q->cap) {
		size_t grown = q->cap + q->cap / 2;
		size_t cap = q->len + n > grown ? q->len + n : grown;
		uint8_t *bigger;

		cap = (cap + QUEUE_STEP - 1) / QUEUE_STEP * QUEUE_STEP;
		bigger = realloc(q->p, cap);
		if (!bigger)
			return -ENOMEM;
		q->p = bigger;
		q->cap = (uint32_t)cap;
	}
	memcpy(q->p + q->off + q->len, p, n);
	q->len += (uint32_t)n;
	return 0;
}

void proxy_queue_drop(struct proxy_queue *q, size_t n)
{
	q->off += (uint32_t)n;
	q->len -= (uint32_t)n;
	if (!q->len)
		proxy_queue_free(q);
}

void proxy_queue_free(struct proxy_queue *q)
{
	free(q->p);
	*q = (struct proxy_queue){ 0 };
}
