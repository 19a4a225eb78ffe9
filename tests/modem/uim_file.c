/* uim_file.c - the files of the card: rows of keys, some of which only a verified PIN opens. */
#include "uim.h"

#include <stdio.h>
#include <string.h>

enum { FILE_MAX = 1024 };
enum { TRANSPARENT, CYCLIC, LINEAR };

static const struct file {
	uint16_t parent, id;
	uint8_t type, record;
	bool closed; /* until PIN1 is verified */
	int key;
} files[] = {
	{ 0x3f00, 0x2fe2, TRANSPARENT, 0, false, K_iccid },
	{ 0x3f00, 0x2f00, LINEAR, 38, false, K_ef_dir },
	{ 0x7fff, 0x6f07, TRANSPARENT, 0, true, K_imsi },
	{ 0x7fff, 0x6f46, TRANSPARENT, 0, false, K_ef_spn },
	{ 0x7fff, 0x6fad, TRANSPARENT, 0, false, K_ef_ad },
	{ 0x7fff, 0x6f40, LINEAR, 28, true, K_ef_msisdn },
	{ 0x7fff, 0x6f60, TRANSPARENT, 0, true, K_ef_plmnwact },
	{ 0x7fff, 0x6f7b, TRANSPARENT, 0, true, K_ef_fplmn },
	{ 0x7fff, 0x6f42, LINEAR, 40, true, K_ef_smsp },
	{ 0x7fff, 0x6f39, CYCLIC, 3, true, K_ef_acm },
};

size_t uim_digits(const struct value *v, bool imsi, uint8_t *p)
{
	char text[40];
	size_t n;

	snprintf(text, sizeof text, "%s%.*s", imsi ? (v->n % 2 ? "9" : "1") : "", (int)v->n,
		(const char *)v->bytes);
	n = strlen(text);
	if (imsi)
		*p++ = (uint8_t)((n + 1) / 2);
	for (size_t i = 0; i < n; i += 2)
		p[i / 2] = (uint8_t)((text[i] - '0') | (i + 1 < n ? text[i + 1] - '0' : 0xf) << 4);
	return (n + 1) / 2 + imsi;
}

static size_t file_data(const struct modem *m, const struct file *f, uint8_t *p)
{
	const struct value *v = &m->state[f->key];

	if (f->key == K_iccid || f->key == K_imsi)
		return uim_digits(v, f->key == K_imsi, p);
	memcpy(p, v->bytes, v->n < FILE_MAX ? v->n : FILE_MAX);
	return v->n < FILE_MAX ? v->n : FILE_MAX;
}

static int card_says(struct out *o, unsigned sw, int err)
{
	put_tlv(o, 0x10, (uint8_t[]){ (uint8_t)(sw >> 8), (uint8_t)sw }, 2);
	return err ? err | QERR_WITH_TLVS : QERR_NONE;
}

/* Provisioning sessions are there once they are set up; the others need the application's id. */
static int check_session(const struct modem *m, const uint8_t *v, size_t len, unsigned parent)
{
	const struct value *aid = &m->state[K_uim_aid];

	if (len < 2 || len < (size_t)2 + v[1])
		return QERR_MALFORMED;
	if (!uim_card_present(m))
		return QERR_NO_SIM;
	if (v[0] == SESSION_GW)
		return m->state[K_uim_provisioned].num ? QERR_NONE : QERR_SESSION_INVALID;
	if (v[0] == SESSION_OWN)
		return v[1] == aid->n && !memcmp(v + 2, aid->bytes, aid->n) ? QERR_NONE :
			QERR_INVALID_ARGUMENT;
	if (v[0] == SESSION_CARD)
		return parent == 0x7fff ? QERR_INVALID_ARGUMENT : QERR_NONE;
	return QERR_INVALID_SESSION_TYPE;
}

/* Paths are pairs of bytes, the low one first. */
static int find_file(struct modem *m, const struct request *q, struct out *o, const struct file **f)
{
	const uint8_t *v, *session;
	unsigned parent = 0x3f00;
	size_t len, n;
	int err;

	session = request_tlv(q, 0x01, &n);
	v = request_tlv(q, 0x02, &len);
	if (!session || !v || len < 3 || len < (size_t)3 + v[2] || v[2] % 2)
		return QERR_MALFORMED;
	if (v[2])
		parent = (unsigned)get_num(v + 1 + v[2], 2);
	err = check_session(m, session, n, parent);
	for (size_t i = 0; !err && i < sizeof files / sizeof *files; i++) {
		*f = &files[i];
		if (files[i].id != get_num(v, 2) || files[i].parent != parent ||
				!m->state[files[i].key].text)
			continue;
		if (files[i].closed && !uim_pin_open(m))
			return card_says(o, 0x6982, QERR_ACCESS_DENIED);
		return QERR_NONE;
	}
	return err ? err : card_says(o, 0x6a82, QERR_SIM_FILE_NOT_FOUND);
}

static void put_result(struct out *o, const uint8_t *p, size_t n)
{
	struct out v = { .p = (uint8_t[FILE_MAX + 2]){ 0 }, .cap = FILE_MAX + 2 };

	put_num(&v, n, 2);
	put_bytes(&v, p, n);
	put_tlv(o, 0x11, v.p, v.len);
}

int uim_read_transparent(struct modem *m, const struct request *q, struct out *o)
{
	uint8_t data[FILE_MAX + 2];
	const struct file *f;
	const uint8_t *v;
	size_t len, size, offset, n;
	int err = find_file(m, q, o, &f);

	if (err)
		return err;
	v = request_tlv(q, 0x03, &len);
	if (f->type != TRANSPARENT)
		return card_says(o, 0x6981, QERR_INTERNAL);
	size = file_data(m, f, data);
	offset = (size_t)get_num(v, 2);
	n = (size_t)get_num(v + 2, 2);
	if (offset > size || n > size - offset)
		return card_says(o, 0x6b00, QERR_INTERNAL);
	if (!n)
		n = size - offset;
	if (n > (size_t)m->state[K_uim_read_max].num)
		n = (size_t)m->state[K_uim_read_max].num;
	card_says(o, 0x9000, QERR_NONE);
	put_result(o, data + offset, n);
	return QERR_NONE;
}

int uim_read_record(struct modem *m, const struct request *q, struct out *o)
{
	uint8_t data[FILE_MAX + 2];
	const struct file *f;
	const uint8_t *v;
	size_t len, size, at;
	int err = find_file(m, q, o, &f);

	if (err)
		return err;
	v = request_tlv(q, 0x03, &len);
	if (!f->record)
		return card_says(o, 0x6981, QERR_INTERNAL);
	size = file_data(m, f, data);
	at = (size_t)get_num(v, 2);
	if (!at || at * f->record > size)
		return card_says(o, 0x6a83, QERR_INTERNAL);
	card_says(o, 0x9000, QERR_NONE);
	put_result(o, data + (at - 1) * f->record, f->record);
	return QERR_NONE;
}

static void keep_file(struct modem *m, const struct file *f, const uint8_t *data, size_t n)
{
	char text[5 + 2 * FILE_MAX] = "hex:";

	for (size_t i = 0; i < n; i++)
		snprintf(text + 4 + 2 * i, 3, "%02x", data[i]);
	state_set(m, (unsigned)f->key, text);
}

int uim_write_transparent(struct modem *m, const struct request *q, struct out *o)
{
	uint8_t data[FILE_MAX + 2];
	const struct file *f;
	const uint8_t *v;
	size_t len, size, offset, n;
	int err = find_file(m, q, o, &f);

	if (err)
		return err;
	v = request_tlv(q, 0x03, &len);
	offset = (size_t)get_num(v, 2);
	n = (size_t)get_num(v + 2, 2);
	if (len < 4 + n)
		return QERR_MALFORMED;
	size = file_data(m, f, data);
	if (f->type != TRANSPARENT || f->key == K_iccid || f->key == K_imsi)
		return card_says(o, 0x6982, QERR_ACCESS_DENIED);
	if (offset > size || n > size - offset)
		return card_says(o, 0x6b00, QERR_INTERNAL);
	memcpy(data + offset, v + 4, n);
	keep_file(m, f, data, size);
	return card_says(o, 0x9000, QERR_NONE);
}

int uim_write_record(struct modem *m, const struct request *q, struct out *o)
{
	uint8_t data[FILE_MAX + 2];
	const struct file *f;
	const uint8_t *v;
	size_t len, size, at, n;
	int err = find_file(m, q, o, &f);

	if (err)
		return err;
	v = request_tlv(q, 0x03, &len);
	at = (size_t)get_num(v, 2);
	n = (size_t)get_num(v + 2, 2);
	size = file_data(m, f, data);
	if (!f->record || n != f->record || len < 4 + n)
		return card_says(o, 0x6700, QERR_INTERNAL);
	if (f->type == CYCLIC) { /* the new record is the first */
		memmove(data + n, data, size - n);
		at = 1;
	}
	if (!at || at * n > size)
		return card_says(o, 0x6a83, QERR_INTERNAL);
	memcpy(data + (at - 1) * n, v + 4, n);
	keep_file(m, f, data, size);
	return card_says(o, 0x9000, QERR_NONE);
}

int uim_get_file_attributes(struct modem *m, const struct request *q, struct out *o)
{
	struct out v = { .p = (uint8_t[64]){ 0 }, .cap = 64 };
	uint8_t data[FILE_MAX + 2];
	const struct file *f;
	size_t size;
	int err = find_file(m, q, o, &f);

	if (err)
		return err;
	size = file_data(m, f, data);
	put_num(&v, size, 2);
	put_num(&v, f->id, 2);
	put_num(&v, f->type, 1);
	put_num(&v, f->record, 2);
	put_num(&v, f->record ? size / f->record : 0, 2);
	put_num(&v, f->closed ? 4 : 0, 1); /* read: single, pin1; or always */
	put_num(&v, f->closed ? 1 : 0, 2);
	put_num(&v, 4, 1); /* write: single, adm */
	put_num(&v, 8, 2);
	for (int i = 0; i < 3; i++) { /* increase, deactivate, activate: never */
		put_num(&v, 1, 1);
		put_num(&v, 0, 2);
	}
	put_num(&v, 2, 2);
	put_num(&v, 0x0062, 2); /* an empty template */
	card_says(o, 0x9000, QERR_NONE);
	put_tlv(o, 0x11, v.p, v.len);
	return QERR_NONE;
}
