/*
 * Writes seeds for the fuzzers: for every operation a good request, one of
 * NULLs, and a reply of two rows, made from the op tables.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/frame.h"
#include "common/op.h"

/* A text its field takes. */
static const char *sample(const struct op_field *f)
{
	switch ((enum op_meaning)f->meaning) {
	case OP_CODE:
		return strstr(f->name, "id_kind") != NULL ? "resident" : "present";
	case OP_IDENT:
		return "110101199003074514";
	case OP_PHONE:
		return "13800001234";
	case OP_PLAIN:
	case OP_NAME:
	case OP_PASSWORD:
		break;
	}
	return "张三丰";
}

static void put_sample(struct bytes_out *out, const struct op_field *f)
{
	switch ((enum op_type)f->type) {
	case OP_BOOL:
		op_put_bool(out, true);
		break;
	case OP_INT2:
		op_put_int2(out, 1);
		break;
	case OP_INT4:
		op_put_int4(out, 1);
		break;
	case OP_INT8:
		op_put_int8(out, INT64_C(5199000000000001));
		break;
	case OP_TEXT:
		op_put_text(out, sample(f));
		break;
	case OP_BYTES:
		op_put_bytes(out, "\1\2\3", 3);
		break;
	case OP_DATE:
		op_put_date(out, 9823);
		break;
	case OP_MOMENT:
		op_put_moment(out, INT64_C(848750400000000));
		break;
	}
}

static void put_field(struct bytes_out *out, const struct op_field *f, bool null)
{
	size_t begun;

	if (null) {
		op_put_null(out);
	} else if (f->flags & OP_ARRAY) {
		begun = op_array_begin(out);
		put_sample(out, f);
		op_put_null(out);
		op_array_end(out, begun, 2);
	} else {
		put_sample(out, f);
	}
}

static void put_fields(struct bytes_out *out, const struct op_field *fields, bool null)
{
	for (; fields->name != NULL; fields++)
		put_field(out, fields, null);
}

static void save(
    const char *dir, const char *fuzzer, const char *name, const char *what, const struct bytes_out *b)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s/%s.%s", dir, fuzzer, name, what);
	f = fopen(path, "w");
	if (f == NULL || fwrite(b->p, 1, b->len, f) != b->len || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

/* A seed the decoder refuses would never reach what lies behind it. */
static void check(const struct op *op, const struct bytes_out *b)
{
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault;
	struct bytes_in in;
	struct op_key key;

	bytes_in_init(&in, b->p + 2, b->len - 2);
	if (op->kind == OP_WRITE && op_decode_key(&in, &key) < 0) {
		fprintf(stderr, "%s: the sample's key is refused\n", op->name);
		exit(1);
	}
	if (op_decode_in(op, &in, v, &fault) < 0) {
		fprintf(stderr, "%s: the sample of %s is refused: %s\n", op->name,
		    fault.field != NULL ? fault.field : "it", fault.code);
		exit(1);
	}
}

static void request(const char *dir, const struct op *op, uint8_t at, bool null)
{
	static const struct op_key key = {.epoch = 1, .slot = 2, .seq = 3};
	struct bytes_out b;
	size_t begun;

	bytes_out_init(&b, 0);
	bytes_put_u8(&b, at);
	bytes_put_u8(&b, 0);
	if (op->kind == OP_WRITE)
		op_encode_key(&b, &key);
	put_fields(&b, op->in, null);
	if (!null)
		check(op, &b);
	save(dir, "fuzz_op", op->name, null ? "nulls" : "request", &b);

	bytes_out_reset(&b);
	bytes_put(&b, "\1\0\5", 3);
	begun = frame_begin(&b, op->id, 0, 7);
	put_fields(&b, op->in, null);
	frame_end(&b, begun);
	save(dir, "fuzz_frame", op->name, null ? "nulls" : "request", &b);
	bytes_out_done(&b);
}

int main(int argc, char **argv)
{
	size_t n;
	const struct op *const *all = op_all(&n);

	if (argc != 2)
		return 2;
	for (size_t i = 0; i < n; i++) {
		struct bytes_out b;

		request(argv[1], all[i], (uint8_t)i, false);
		request(argv[1], all[i], (uint8_t)i, true);
		bytes_out_init(&b, 0);
		bytes_put_u8(&b, (uint8_t)i);
		bytes_put_u8(&b, 1);
		put_fields(&b, op_reply_fields(all[i], OP_OK), false);
		put_fields(&b, op_reply_fields(all[i], OP_OK), true);
		save(argv[1], "fuzz_op", all[i]->name, "reply", &b);
		bytes_out_done(&b);
	}
	return 0;
}
