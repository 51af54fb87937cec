/* Looking operations up, and the bytes of their values. Judges no value. */
#include "common/op.h"

#include <string.h>

#include "common/bytes.h"
#include "common/text.h"

enum { OPS_MAX = 256 };

static const struct op *const tables[] = {op_session, op_item, op_applicant, op_case, op_case_life,
    op_case_clock, op_notice, op_post, op_event, op_clock, op_paper, op_draft, op_visit, op_agent,
    op_exception, op_negative, op_fee, op_command, op_cover, op_handover, op_absence, op_presence, op_review,
    op_meeting, op_deem, op_project};

const struct op *const *op_all(size_t *n)
{
	static const struct op *all[OPS_MAX];
	static size_t count;

	if (count == 0) {
		for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++)
			for (const struct op *op = tables[t]; op->name != NULL && count < OPS_MAX; op++)
				all[count++] = op;
	}
	*n = count;
	return all;
}

const struct op *op_by_id(uint16_t id)
{
	size_t n, low = 0, high;
	const struct op *const *all = op_all(&n);

	high = n;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (all[mid]->id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && all[low]->id == id ? all[low] : NULL;
}

const struct op *op_by_name(const char *name)
{
	size_t n;
	const struct op *const *all = op_all(&n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}

size_t op_width(const struct op_field *fields)
{
	size_t n = 0;

	while (fields[n].name != NULL)
		n++;
	return n;
}

int op_field_index(const struct op_field *fields, const char *name)
{
	for (int i = 0; fields[i].name != NULL; i++)
		if (strcmp(fields[i].name, name) == 0)
			return i;
	return -1;
}

const struct op_field *op_reply_fields(const struct op *op, unsigned status)
{
	return status == OP_OK && op->kind != OP_WRITE ? op->out : op_outcome;
}

void op_encode_key(struct bytes_out *out, const struct op_key *key)
{
	bytes_put_u32(out, key->epoch);
	bytes_put_u16(out, key->slot);
	bytes_put_u64(out, key->seq);
}

int op_decode_key(struct bytes_in *in, struct op_key *key)
{
	key->epoch = bytes_get_u32(in);
	key->slot = bytes_get_u16(in);
	key->seq = bytes_get_u64(in);
	if (in->bad || key->epoch > INT32_MAX || key->slot >= OP_SLOTS || key->seq == 0 ||
	    key->seq > INT64_MAX)
		return -1;
	return 0;
}

static const struct {
	const char *name;
	uint32_t size; /* 0: any */
} types[] = {
    [OP_BOOL] = {"bool", 1},
    [OP_INT2] = {"int2", 2},
    [OP_INT4] = {"int4", 4},
    [OP_INT8] = {"int8", 8},
    [OP_TEXT] = {"text", 0},
    [OP_BYTES] = {"bytes", 0},
    [OP_DATE] = {"date", 4},
    [OP_MOMENT] = {"moment", 8},
};

const char *op_type_name(uint8_t type)
{
	return types[type].name;
}

bool op_size_fits(uint8_t type, uint32_t len)
{
	return types[type].size == 0 || types[type].size == len;
}

/* i32 length and bytes; a length of −1 is NULL. False when malformed. */
bool op_get_value(struct bytes_in *in, struct op_value *v)
{
	uint32_t len = bytes_get_u32(in);

	*v = (struct op_value){.null = len == UINT32_MAX};
	if (in->bad)
		return false;
	if (v->null)
		return true;
	v->data = bytes_get(in, len);
	v->len = len;
	v->count = 1;
	return !in->bad;
}

int op_decode_row(const struct op_field *fields, struct bytes_in *in, struct op_value v[OP_FIELDS_MAX])
{
	if (in->left == 0 && !in->bad)
		return 0;
	if (fields[0].name == NULL)
		return -1; /* bytes where no row can be would be read for ever */
	for (size_t i = 0; fields[i].name != NULL; i++)
		if (!op_get_value(in, &v[i]) || (!v[i].null && !op_size_fits(fields[i].type, v[i].len)))
			return -1;
	return 1;
}

void op_put_null(struct bytes_out *out)
{
	bytes_put_u32(out, UINT32_MAX);
}

void op_put_bool(struct bytes_out *out, bool v)
{
	bytes_put_u32(out, 1);
	bytes_put_u8(out, v);
}

void op_put_int2(struct bytes_out *out, int16_t v)
{
	bytes_put_u32(out, 2);
	bytes_put_u16(out, (uint16_t)v);
}

void op_put_int4(struct bytes_out *out, int32_t v)
{
	bytes_put_u32(out, 4);
	bytes_put_u32(out, (uint32_t)v);
}

void op_put_int8(struct bytes_out *out, int64_t v)
{
	bytes_put_u32(out, 8);
	bytes_put_u64(out, (uint64_t)v);
}

void op_put_id(struct bytes_out *out, int64_t id)
{
	if (id != 0)
		op_put_int8(out, id);
	else
		op_put_null(out);
}

void op_put_bytes(struct bytes_out *out, const void *p, size_t len)
{
	if (len >= UINT32_MAX) {
		out->bad = true;
		return;
	}
	bytes_put_u32(out, (uint32_t)len);
	bytes_put(out, p, len);
}

void op_put_text(struct bytes_out *out, const char *s)
{
	if (s == NULL)
		op_put_null(out);
	else
		op_put_bytes(out, s, strlen(s));
}

void op_put_date(struct bytes_out *out, int32_t days)
{
	op_put_int4(out, days);
}

void op_put_moment(struct bytes_out *out, int64_t us)
{
	op_put_int8(out, us);
}

size_t op_array_begin(struct bytes_out *out)
{
	size_t begun = out->len;

	bytes_put_u32(out, 0);
	bytes_put_u32(out, 0);
	return begun;
}

void op_array_end(struct bytes_out *out, size_t begun, uint32_t count)
{
	if (out->bad)
		return;
	bytes_set_u32(out, begun, (uint32_t)(out->len - begun - 4));
	bytes_set_u32(out, begun + 4, count);
}

void op_elements_init(struct op_elements *e, const struct op_value *v)
{
	*e = (struct op_elements){.p = v->data, .left = v->count, .len = v->len};
}

bool op_elements_next(struct op_elements *e, struct op_value *v)
{
	struct bytes_in in;

	if (e->left == 0)
		return false;
	bytes_in_init(&in, e->p, e->len);
	if (!op_get_value(&in, v))
		return false;
	e->p = in.p;
	e->len = (uint32_t)in.left;
	e->left--;
	return true;
}

bool op_bool(const struct op_value *v)
{
	return !v->null && v->len == 1 && v->data[0] != 0;
}

int64_t op_int(const struct op_value *v)
{
	struct bytes_in in;

	if (v->null)
		return 0;
	bytes_in_init(&in, v->data, v->len);
	switch (v->len) {
	case 1:
		return bytes_get_u8(&in);
	case 2:
		return (int16_t)bytes_get_u16(&in);
	case 4:
		return (int32_t)bytes_get_u32(&in);
	case 8:
		return (int64_t)bytes_get_u64(&in);
	default:
		return 0;
	}
}

char *op_text(const struct op_value *v, char *buf, size_t size)
{
	size_t n = 0;

	if (!v->null && v->len > 0) {
		n = text_cut((const char *)v->data, v->len, size - 1);
		memcpy(buf, v->data, n);
	}
	buf[n] = '\0';
	return buf;
}
