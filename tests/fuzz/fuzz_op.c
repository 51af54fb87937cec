/*
 * Decoding of every operation under libFuzzer: two bytes choose the operation
 * and whether the rest is a request or the rows of a reply. What decodes must
 * encode to the same bytes again, show as text, and pass its own check twice.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/bytes.h"
#include "common/op.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_value(struct bytes_out *out, const struct op_value *v)
{
	if (v->null)
		op_put_null(out);
	else
		op_put_bytes(out, v->data, v->len);
}

static void put_field(struct bytes_out *out, const struct op_field *f, const struct op_value *v)
{
	struct op_elements elements;
	struct op_value element;
	uint32_t n = 0;
	size_t begun;

	if (v->null || !(f->flags & OP_ARRAY)) {
		put_value(out, v);
		return;
	}
	begun = op_array_begin(out);
	for (op_elements_init(&elements, v); op_elements_next(&elements, &element); n++)
		put_value(out, &element);
	op_array_end(out, begun, n);
	assert(n == v->count);
}

/* A value shown as text, and that text typed in again, is never an overrun. */
static void show(const struct op_field *f, const struct op_value *v)
{
	struct bytes_out out;
	size_t size = 1 + v->len % 41;
	char text[300], *small;

	/* A buffer of its own on the heap: one byte too many is seen. */
	small = malloc(size);
	assert(small != NULL && strlen(op_show(f, v, small, size)) < size);
	free(small);
	op_show(f, v, text, sizeof(text));
	assert(strlen(text) < sizeof(text));
	bytes_out_init(&out, 0);
	if (f->type == OP_DATE && !v->null && op_put_typed(&out, f, text) == NULL)
		assert(out.len == 8 && memcmp(out.p + 4, v->data, 4) == 0);
	bytes_out_done(&out);
}

static void request(const struct op *op, const uint8_t *p, size_t len)
{
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault;
	struct bytes_in in;
	struct bytes_out out;
	struct op_key key;

	bytes_in_init(&in, p, len);
	bytes_out_init(&out, 0);
	if (op->kind == OP_WRITE) {
		if (op_decode_key(&in, &key) < 0)
			return;
		op_encode_key(&out, &key);
	}
	if (op_decode_in(op, &in, v, &fault) < 0) {
		assert(fault.code != NULL);
	} else {
		for (size_t i = 0; op->in[i].name != NULL; i++) {
			put_field(&out, &op->in[i], &v[i]);
			assert(op_check(&op->in[i], &v[i], i > 0 ? &v[i - 1] : NULL) == NULL);
			if (!(op->in[i].flags & OP_ARRAY))
				show(&op->in[i], &v[i]);
		}
		assert(out.len == len && (len == 0 || memcmp(out.p, p, len) == 0));
	}
	bytes_out_done(&out);
}

static void reply(const struct op_field *fields, const uint8_t *p, size_t len)
{
	struct op_value v[OP_FIELDS_MAX];
	struct bytes_in in;
	struct bytes_out out;
	int got;

	bytes_in_init(&in, p, len);
	bytes_out_init(&out, 0);
	while ((got = op_decode_row(fields, &in, v)) > 0)
		for (size_t i = 0; fields[i].name != NULL; i++) {
			put_value(&out, &v[i]);
			show(&fields[i], &v[i]);
		}
	if (got == 0)
		assert(out.len == len && (len == 0 || memcmp(out.p, p, len) == 0));
	bytes_out_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct op *const *all;
	const struct op *op;
	size_t n;

	if (size < 2)
		return 0;
	all = op_all(&n);
	op = all[data[0] % n];
	if (data[1] == 0)
		request(op, data + 2, size - 2);
	else
		reply(op_reply_fields(op, data[1] - 1u), data + 2, size - 2);
	return 0;
}
