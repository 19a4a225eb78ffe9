#include "scalar.h"

#include "form.h"
#include "format.h"
#include "nearest.h"

#include <errno.h>
#include <stdarg.h>

int qmux_complain(struct qmux_complaint *c, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	qmux_vformat(c->text, sizeof c->text, format, ap);
	va_end(ap);
	return -EINVAL;
}

static int wrong_name(const struct qmux_scalar *s, uint16_t names, const char *text, size_t n)
{
	struct qmux_nearest near;
	char buf[QMUX_NAME_MAX], all[160] = "";
	int64_t value;
	uint16_t name;

	qmux_nearest_begin(&near, text, n);
	for (unsigned i = 0; qmux_enum_at(names, i, &value, &name); i++) {
		size_t used = strlen(all);

		qmux_nearest_offer(&near, qmux_name(name, QMUX_VALUE_NAME, buf));
		if (used < sizeof all)
			qmux_format(all + used, sizeof all - used, "%s%s", i ? ", " : "", buf);
	}
	if (near.best[0])
		return qmux_complain(s->complaint, "%s: no value '%.*s'; did you mean '%s'?",
			s->path, (int)n, text, near.best);
	return qmux_complain(s->complaint, "%s: no value '%.*s'; a number, or one of: %s%s",
		s->path, (int)n, text, all, strlen(all) + 1 == sizeof all ? "…" : "");
}

/* A number that fits the type, as the bits that go on the wire.  False: it is none. */
static bool number(const struct qmux_type *t, const char *text, size_t n, uint64_t *bits)
{
	bool is_signed = qmux_type_is_signed(t), minus = n && *text == '-';
	uint64_t most = UINT64_MAX >> (64 - 8 * t->size + is_signed), v;

	if (!qmux_parse_uint(text + minus, n - minus, &v) || v > most + (minus && is_signed) ||
	    (minus && v && !is_signed))
		return false;
	*bits = minus ? 0 - v : v;
	return true;
}

static int parse_number(const struct qmux_scalar *s, const struct qmux_type *t, uint64_t *bits)
{
	bool is_signed = qmux_type_is_signed(t);
	uint64_t most = UINT64_MAX >> (64 - 8 * t->size + is_signed);
	int64_t value;

	if (t->names < QMUX_NO_ENUM && qmux_enum_value(t->names, s->text, s->n, &value)) {
		/* Sets are shared by fields of several widths; not each value fits each. */
		if (value < (is_signed ? -(int64_t)most - 1 : 0) ||
		    (value > 0 && (uint64_t)value > most))
			return qmux_complain(s->complaint,
				"%s: '%.*s' is %lld, which does not fit here", s->path, (int)s->n,
				s->text, (long long)value);
		*bits = (uint64_t)value;
		return 0;
	}
	if (number(t, s->text, s->n, bits))
		return 0;
	if (t->names < QMUX_NO_ENUM)
		return wrong_name(s, t->names, s->text, s->n);
	if (is_signed)
		return qmux_complain(s->complaint, "%s: '%.*s' is not a number from %lld to %lld",
			s->path, (int)s->n, s->text, -(long long)most - 1, (long long)most);
	return qmux_complain(s->complaint, "%s: '%.*s' is not a number from 0 to %llu",
		s->path, (int)s->n, s->text, (unsigned long long)most);
}

static int parse_flags(const struct qmux_scalar *s, const struct qmux_type *t, uint64_t *bits)
{
	struct qmux_type plain = *t;	/* a set of bits has no sign */
	int64_t value;

	plain.kind = QMUX_T_U64;
	*bits = 0;
	for (size_t i = 0, len; i < s->n; i += len + 1) {
		uint64_t more;

		for (len = 0; i + len < s->n && !strchr(",|", s->text[i + len]); len++)
			;
		if (qmux_enum_value(t->names, s->text + i, len, &value))
			more = value == QMUX_FLAGS_NONE ? 0 :
				value == QMUX_FLAGS_ALL ? UINT16_MAX : 1ULL << value;
		else if (!number(&plain, s->text + i, len, &more))
			return wrong_name(s, t->names, s->text + i, len);
		*bits |= more;
	}
	return 0;
}

static int parse_bool(const struct qmux_scalar *s, uint64_t *bits)
{
	static const char *const words[][2] = {
		{ "false", "true" }, { "0", "1" }, { "off", "on" }, { "no", "yes" },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (*bits = 0; *bits < 2; ++*bits)
			if (strlen(words[i][*bits]) == s->n &&
			    !memcmp(words[i][*bits], s->text, s->n))
				return 0;
	return qmux_complain(s->complaint, "%s: '%.*s' is not true or false", s->path, (int)s->n,
		s->text);
}

static int parse_float(const struct qmux_scalar *s, const struct qmux_type *t, uint64_t *bits)
{
	if (qmux_float_parse(s->text, s->n, t->size, bits))
		return 0;
	return qmux_complain(s->complaint, "%s: '%.*s' is not a number", s->path, (int)s->n,
		s->text);
}

int qmux_wrong_form(const struct qmux_scalar *s, enum qmux_kind_of_type form)
{
	return qmux_complain(s->complaint, "%s: '%.*s' is not %s", s->path, (int)s->n, s->text,
		qmux_form_expects(form));
}

int qmux_scalar_bits(const struct qmux_scalar *s, const struct qmux_type *t, uint64_t *bits)
{
	if (t->kind == QMUX_T_F32 || t->kind == QMUX_T_F64)
		return parse_float(s, t, bits);
	if (t->kind == QMUX_T_BOOL || t->names == QMUX_ENUM_BOOL)
		return parse_bool(s, bits);
	if (qmux_enum_is_flags(t->names))
		return parse_flags(s, t, bits);
	if (t->kind <= QMUX_T_CODING)
		return parse_number(s, t, bits);
	if (!qmux_form_number(t->kind, s->text, s->n, bits) && !number(t, s->text, s->n, bits))
		return qmux_wrong_form(s, t->kind);
	return 0;
}
