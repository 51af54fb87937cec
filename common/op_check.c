/*
 * Requests as they come from the wire: whole, and each value fit for its field
 * by type, length and meaning.
 */
#include "common/op.h"

#include <string.h>

#include "common/bytes.h"
#include "common/ident.h"
#include "common/text.h"

/* Years 1 to 9999: beyond them people's forms and PostgreSQL's part ways. */
#define DATE_MIN (-730119)
#define DATE_MAX 2921939
#define DAY (INT64_C(86400) * 1000000)

static const char *check_phone(const char *s, size_t len)
{
	size_t digits = 0;

	for (size_t i = 0; i < len; i++) {
		if (s[i] >= '0' && s[i] <= '9')
			digits++;
		else if (strchr(" +-", s[i]) == NULL)
			return "phone.chars";
	}
	return digits >= 5 && digits <= 20 ? NULL : "phone.length";
}

static const char *check_code(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!(s[i] >= 'a' && s[i] <= 'z') && !(s[i] >= '0' && s[i] <= '9') && s[i] != '_' &&
		    s[i] != '.' && s[i] != '-')
			return "code.chars";
	return len > 0 ? NULL : "text.blank";
}

static const char *check_ident(const struct op_value *v, const struct op_value *kind_of)
{
	char kind[24];

	if (kind_of == NULL || kind_of->null)
		return "ident.kind";
	op_text(kind_of, kind, sizeof(kind));
	return ident_check(kind, (const char *)v->data, v->len);
}

static const char *check_text(
    const struct op_field *f, const struct op_value *v, const struct op_value *kind_of)
{
	const char *s = (const char *)v->data;
	const char *code = text_check(s, v->len);

	if (code != NULL)
		return code;
	if (f->max != 0 && text_chars(s, v->len) > f->max)
		return "text.long";
	if ((f->flags & OP_REQUIRED) && text_blank(s, v->len))
		return "text.blank";
	switch ((enum op_meaning)f->meaning) {
	case OP_PLAIN:
	case OP_PASSWORD:
		return NULL;
	case OP_CODE:
		return check_code(s, v->len);
	case OP_NAME:
		return text_name(s, v->len);
	case OP_IDENT:
		return check_ident(v, kind_of);
	case OP_PHONE:
		return check_phone(s, v->len);
	}
	return NULL;
}

static const char *check_scalar(
    const struct op_field *f, const struct op_value *v, const struct op_value *kind_of)
{
	int64_t n;

	if (!op_size_fits(f->type, v->len))
		return "value.size";
	switch ((enum op_type)f->type) {
	case OP_BOOL:
		return v->data[0] <= 1 ? NULL : "value.bool";
	case OP_TEXT:
		return check_text(f, v, kind_of);
	case OP_BYTES:
		return f->max != 0 && v->len > f->max ? "bytes.long" : NULL;
	case OP_DATE:
		n = op_int(v);
		return n >= DATE_MIN && n <= DATE_MAX ? NULL : "date.range";
	case OP_MOMENT:
		n = op_int(v) / (DAY);
		return n >= DATE_MIN && n <= DATE_MAX ? NULL : "date.range";
	case OP_INT2:
	case OP_INT4:
	case OP_INT8:
		return NULL;
	}
	return "value.size";
}

/* Each by itself; an identity number by the kind at its place in the array before, which has
 * as many. */
static const char *check_elements(
    const struct op_field *f, const struct op_value *v, const struct op_value *kinds)
{
	bool ident = f->meaning == OP_IDENT;
	struct op_elements elements, kind_elements;
	struct op_value element, kind;

	if (ident && (kinds == NULL || kinds->count != v->count))
		return "ident.kind";
	op_elements_init(&elements, v);
	if (ident)
		op_elements_init(&kind_elements, kinds);
	while (op_elements_next(&elements, &element)) {
		const char *code;

		if (ident && !op_elements_next(&kind_elements, &kind))
			return "ident.kind";
		code = element.null ? NULL : check_scalar(f, &element, ident ? &kind : NULL);
		if (code != NULL)
			return code;
	}
	return NULL;
}

const char *op_check(const struct op_field *f, const struct op_value *v, const struct op_value *kind_of)
{
	if (v->null)
		return f->flags & OP_REQUIRED ? "value.missing" : NULL;
	if (!(f->flags & OP_ARRAY))
		return check_scalar(f, v, kind_of);
	if (v->count == 0 && (f->flags & OP_REQUIRED))
		return "value.missing";
	return check_elements(f, v, kind_of);
}

/* Turns the bytes of an array into its elements, each found whole. */
static bool open_array(struct op_value *v)
{
	struct bytes_in in;
	struct op_value element;

	if (v->null)
		return true;
	bytes_in_init(&in, v->data, v->len);
	v->count = bytes_get_u32(&in);
	v->data = in.p;
	v->len = (uint32_t)in.left;
	if (in.bad || v->count > OP_ARRAY_MAX)
		return false;
	for (uint32_t i = 0; i < v->count; i++)
		if (!op_get_value(&in, &element))
			return false;
	return bytes_in_done(&in);
}

static bool split(const struct op *op, struct bytes_in *in, struct op_value v[OP_FIELDS_MAX])
{
	for (size_t i = 0; op->in[i].name != NULL; i++) {
		if (!op_get_value(in, &v[i]))
			return false;
		if ((op->in[i].flags & OP_ARRAY) && !open_array(&v[i]))
			return false;
	}
	return bytes_in_done(in);
}

bool op_fits(const struct op *op, const void *payload, size_t len)
{
	struct op_value v[OP_FIELDS_MAX];
	struct bytes_in in;

	bytes_in_init(&in, payload, len);
	return split(op, &in, v);
}

int op_decode_in(
    const struct op *op, struct bytes_in *in, struct op_value v[OP_FIELDS_MAX], struct op_fault *fault)
{
	*fault = (struct op_fault){.code = "frame.malformed"};
	if (!split(op, in, v))
		return -1;
	for (size_t i = 0; op->in[i].name != NULL; i++) {
		fault->code = op_check(&op->in[i], &v[i], i > 0 ? &v[i - 1] : NULL);
		fault->field = op->in[i].name;
		if (fault->code != NULL)
			return -1;
	}
	return 0;
}
