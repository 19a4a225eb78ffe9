/* state.c - the values behind the keys. */
#include "service.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum kind { INT, BITS, LIST, STR };

struct key {
	const char *name;
	enum kind kind;
	int64_t min, max;
	const char *def;
};

#define X(name, kind, min, max, def) { #name, kind, min, max, def },
static const struct key keys[] = { MODEM_KEYS(X) };
#undef X

static void *need(void *p)
{
	if (!p)
		abort(); /* a test program has nothing better to do */
	return p;
}

/* Masks of 64 bits count as numbers, so above INT64_MAX they wrap. */
bool parse_number(const char *s, int64_t min, int64_t max, int64_t *out)
{
	char *end;

	errno = 0;
	if (s[0] == '-')
		*out = strtoll(s, &end, 0);
	else
		*out = (int64_t)strtoull(s, &end, 0);
	return end != s && !*end && !errno && *out >= min && *out <= max;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

long hex_bytes(const char *s, uint8_t *out, size_t cap)
{
	size_t n = 0;

	for (; s[0]; s += 2) {
		int high = hex_digit(s[0]), low = high < 0 ? -1 : hex_digit(s[1]);

		if (low < 0 || n == cap)
			return -1;
		out[n++] = (uint8_t)(high << 4 | low);
	}
	return (long)n;
}

static int parse_bytes(const char *text, struct value *v)
{
	int64_t letters = -1;
	size_t len = strlen(text);
	long n;

	if (text[0] == '@' && !parse_number(text + 1, 0, STR_MAX, &letters))
		return -EINVAL;
	if (len > 2 * STR_MAX)
		return -EINVAL;
	v->bytes = need(malloc((letters > (int64_t)len ? (size_t)letters : len) + 1));
	if (letters >= 0) {
		for (v->n = 0; v->n < (size_t)letters; v->n++)
			v->bytes[v->n] = (uint8_t)('a' + v->n % 26);
		return 0;
	}
	if (!strncmp(text, "hex:", 4)) {
		n = hex_bytes(text + 4, v->bytes, STR_MAX);
		v->n = n < 0 ? 0 : (size_t)n;
		return n < 0 ? -EINVAL : 0;
	}
	if (len > STR_MAX)
		return -EINVAL;
	memcpy(v->bytes, text, len);
	v->n = len;
	v->num = strtoll(text, NULL, 10);
	return 0;
}

static int parse_list(const struct key *k, const char *text, struct value *v)
{
	char item[24];

	v->list = need(calloc(LIST_MAX, sizeof *v->list));
	while (*text) {
		size_t len = strcspn(text, ",");

		if (v->n == LIST_MAX || len >= sizeof item)
			return -EINVAL;
		memcpy(item, text, len);
		item[len] = 0;
		if (!parse_number(item, k->min, k->max, &v->list[v->n++]))
			return -EINVAL;
		text += len + (text[len] == ',');
	}
	return 0;
}

static void value_free(struct value *v)
{
	free(v->text);
	free(v->bytes);
	free(v->list);
	*v = (struct value){ 0 };
}

static int parse_value(const struct key *k, const char *text, struct value *v)
{
	if (!text || !strcmp(text, "none"))
		return 0;
	v->text = need(strdup(text));
	switch (k->kind) {
	case INT:
		return parse_number(text, k->min, k->max, &v->num) ? 0 : -EINVAL;
	case BITS:
		return parse_number(text, INT64_MIN, INT64_MAX, &v->num) ? 0 : -EINVAL;
	case LIST:
		return parse_list(k, text, v);
	default:
		return parse_bytes(text, v);
	}
}

int state_set(struct modem *m, unsigned key, const char *text)
{
	struct value v = { 0 }, *old = &m->state[key];
	int r = parse_value(&keys[key], text, &v);

	if (r) {
		value_free(&v);
		return r;
	}
	if (!v.text != !old->text || (v.text && strcmp(v.text, old->text)))
		m->changed[key] = true;
	value_free(old);
	*old = v;
	return 0;
}

int state_set_num(struct modem *m, unsigned key, int64_t num)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRId64, num);
	return state_set(m, key, text);
}

void state_free(struct modem *m)
{
	for (unsigned k = 0; k < KEY_COUNT; k++)
		value_free(&m->state[k]);
}

void state_reset(struct modem *m)
{
	for (unsigned k = 0; k < KEY_COUNT; k++)
		if (state_set(m, k, keys[k].def))
			abort(); /* a default that is no value of its own key */
	memset(m->changed, 0, sizeof m->changed);
}

const char *state_name(unsigned key)
{
	return keys[key].name;
}

int state_find(const char *name)
{
	for (int k = 0; k < KEY_COUNT; k++)
		if (!strcmp(keys[k].name, name))
			return k;
	return -1;
}
