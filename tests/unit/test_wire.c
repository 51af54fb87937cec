/* Bytes, frames, operations: nothing from the wire is trusted, nothing is lost. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/frame.h"
#include "common/op.h"

START_TEST(reading_past_the_end_is_one_flag)
{
	struct bytes_in in;

	bytes_in_init(&in, "\1\2\3", 3);
	ck_assert_uint_eq(bytes_get_u16(&in), 0x0102);
	ck_assert_uint_eq(bytes_get_u32(&in), 0);
	ck_assert(in.bad);
	ck_assert_uint_eq(bytes_get_u8(&in), 0);
	ck_assert_ptr_null(bytes_get(&in, 1));
	ck_assert(!bytes_in_done(&in));
	bytes_in_init(&in, "\1\2\3", 3);
	ck_assert_ptr_null(bytes_get(&in, 4)); /* by one */
	bytes_in_init(&in, "\1\2\3", 3);
	ck_assert_ptr_nonnull(bytes_get(&in, 3));
	ck_assert(bytes_in_done(&in));
}
END_TEST

START_TEST(writing_past_the_bound_is_one_flag)
{
	struct bytes_out out;

	bytes_out_init(&out, 100);
	for (int i = 0; i < 12; i++)
		bytes_put_u64(&out, 0x0102030405060708u);
	ck_assert(!out.bad);
	bytes_put_u64(&out, 1);
	ck_assert(out.bad);
	bytes_put_u8(&out, 1);
	ck_assert_uint_eq(out.len, 96);
	bytes_out_reset(&out);
	bytes_put_u16(&out, 0x0102);
	bytes_set_u32(&out, 0, 7); /* would pass the end */
	bytes_set_u32(&out, SIZE_MAX, 7);
	ck_assert_mem_eq(out.p, "\1\2", 2);
	bytes_out_reset(&out);
	bytes_put_u32(&out, 0xdeadbeef);
	ck_assert_uint_eq(bytes_load_u32(out.p), 0xdeadbeef);
	bytes_out_done(&out);
}
END_TEST

START_TEST(frames_survive_every_cut)
{
	struct bytes_out out;
	struct frame f;

	bytes_out_init(&out, 0);
	for (uint32_t i = 0; i < 3; i++) {
		size_t begun = frame_begin(&out, (uint16_t)(0x400 + i), 0, i + 1);

		bytes_put(&out, "payload", i * 3);
		frame_end(&out, begun);
	}
	for (size_t cut = 0; cut <= out.len; cut++) {
		struct frame_in in;
		uint32_t found = 0;

		frame_in_init(&in, FRAME_MAX_LOGIN);
		for (int part = 0; part < 2; part++) {
			ck_assert_int_eq(frame_in_feed(&in, part == 0 ? out.p : out.p + cut,
					     part == 0 ? cut : out.len - cut),
			    0);
			while (frame_in_next(&in, &f) == 1) {
				ck_assert_uint_eq(f.op, 0x400 + found);
				ck_assert_uint_eq(f.request, ++found);
				ck_assert_uint_eq(f.len, (found - 1) * 3);
				ck_assert_mem_eq(f.payload, "payload", f.len);
			}
		}
		ck_assert_uint_eq(found, 3);
		ck_assert_uint_eq(frame_in_pending(&in), 0);
		frame_in_done(&in);
	}
	bytes_out_done(&out);
}
END_TEST

START_TEST(a_frame_over_the_limit_is_refused_at_its_header)
{
	static const uint8_t huge[FRAME_HEADER] = {0xff, 0xff, 0xff, 0xff};
	struct frame_in in;
	struct frame f;

	frame_in_init(&in, FRAME_MAX);
	ck_assert_int_eq(frame_in_feed(&in, huge, sizeof(huge)), 0);
	ck_assert_int_eq(frame_in_next(&in, &f), -1);
	frame_in_done(&in);
	for (uint8_t len = 7; len <= 8; len++) { /* a limit of seven, exactly */
		const uint8_t head[FRAME_HEADER] = {0, 0, 0, len};

		frame_in_init(&in, 7);
		ck_assert_int_eq(frame_in_feed(&in, head, sizeof(head)), 0);
		ck_assert_int_eq(frame_in_next(&in, &f), len == 7 ? 0 : -1);
		frame_in_done(&in);
	}
}
END_TEST

START_TEST(operations_are_in_order_and_well_declared)
{
	size_t n;
	const struct op *const *all = op_all(&n);

	ck_assert_uint_ge(n, 30);
	for (size_t i = 0; i < n; i++) {
		const struct op *op = all[i];

		ck_assert_msg(i == 0 || all[i - 1]->id < op->id, "%s is out of order", op->name);
		ck_assert_ptr_eq(op_by_id(op->id), op);
		ck_assert_ptr_eq(op_by_name(op->name), op);
		ck_assert_msg(op->class != 0 && op->help != NULL && op->out != NULL, "%s", op->name);
		ck_assert_msg(op->kind != OP_WRITE || op->out == op_outcome, "%s", op->name);
		ck_assert_uint_le(op_width(op->in), OP_FIELDS_MAX);
		ck_assert_uint_le(op_width(op->out), OP_FIELDS_MAX);
		for (const struct op_field *f = op->in; f->name != NULL; f++) {
			ck_assert_msg(f->help != NULL, "%s %s", op->name, f->name);
			ck_assert_msg(
			    f->type != OP_TEXT || f->max > 0, "%s %s has no bound", op->name, f->name);
			/* The kind stands before an identity number, of each where there are several. */
			ck_assert_msg(
			    f->meaning != OP_IDENT || (f > op->in && f[-1].meaning == OP_CODE &&
							  (f[-1].flags & OP_ARRAY) == (f->flags & OP_ARRAY)),
			    "%s %s has no kind", op->name, f->name);
		}
	}
	ck_assert_ptr_null(op_by_id(0xffff));
	ck_assert_ptr_null(op_by_name("case.burn"));
	ck_assert_uint_eq(op_width(op_outcome), OUTCOME_COLUMNS);
}
END_TEST

static const char *decode(
    const struct op *op, struct bytes_out *out, struct op_value v[OP_FIELDS_MAX], const char **field)
{
	struct op_fault fault;
	struct bytes_in in;

	bytes_in_init(&in, out->p, out->len);
	if (op_decode_in(op, &in, v, &fault) == 0)
		return "good";
	*field = fault.field;
	return fault.code;
}

START_TEST(values_are_checked_by_their_field)
{
	const struct op *op = op_by_name("applicant.find");
	struct op_value v[OP_FIELDS_MAX];
	static const struct {
		const char *kind, *no, *code, *field;
	} rows[] = {
	    {"resident", "11010519491231002X", "good", NULL},
	    {"resident", "110105194912310021", "ident.check", "id_no"},
	    {"org", "11010519491231002X", "ident.check", "id_no"},
	    {NULL, "11010519491231002X", "value.missing", "id_kind"},
	    {"resident", NULL, "value.missing", "id_no"},
	    {"Resident", "11010519491231002X", "code.chars", "id_kind"},
	    {"resident", "a\nb", "text.control", "id_no"},
	    {"resident", " ", "text.blank", "id_no"},
	    {"resident", "123456789012345678901234567890123", "text.long", "id_no"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bytes_out out;
		const char *field = NULL;

		bytes_out_init(&out, 0);
		op_put_text(&out, rows[i].kind);
		op_put_text(&out, rows[i].no);
		ck_assert_str_eq(decode(op, &out, v, &field), rows[i].code);
		if (rows[i].field != NULL)
			ck_assert_str_eq(field, rows[i].field);
		bytes_put_u8(&out, 0);
		ck_assert_str_eq(decode(op, &out, v, &field), "frame.malformed");
		bytes_out_done(&out);
	}
}
END_TEST

START_TEST(arrays_are_found_whole_or_refused)
{
	const struct op *op = op_by_name("case.accept");
	struct op_value v[OP_FIELDS_MAX], element;
	struct op_elements elements;
	struct bytes_out out;
	const char *field = NULL;
	size_t begun;

	bytes_out_init(&out, 0);
	op_put_int8(&out, 1);
	op_put_int4(&out, 2);
	begun = op_array_begin(&out);
	op_put_int2(&out, 5);
	op_put_int2(&out, 6);
	op_array_end(&out, begun, 2);
	for (int i = 0; i < 4; i++)
		op_put_null(&out);
	ck_assert_str_eq(decode(op, &out, v, &field), "good");
	ck_assert_uint_eq(v[2].count, 2);
	op_elements_init(&elements, &v[2]);
	ck_assert(op_elements_next(&elements, &element) && op_int(&element) == 5);
	ck_assert(op_elements_next(&elements, &element) && op_int(&element) == 6);
	ck_assert(!op_elements_next(&elements, &element));
	bytes_set_u32(&out, begun + 4, 3); /* says three, holds two */
	ck_assert_str_eq(decode(op, &out, v, &field), "frame.malformed");
	bytes_set_u32(&out, begun + 4, 1); /* says one, holds two */
	ck_assert_str_eq(decode(op, &out, v, &field), "frame.malformed");
	bytes_set_u32(&out, begun + 4, 0xfffffffe);
	ck_assert_str_eq(decode(op, &out, v, &field), "frame.malformed");
	bytes_out_done(&out);
}
END_TEST

START_TEST(an_array_has_a_bound)
{
	const struct op *op = op_by_name("case.accept");
	struct op_value v[OP_FIELDS_MAX];

	for (uint32_t n = OP_ARRAY_MAX; n <= OP_ARRAY_MAX + 1; n++) {
		struct bytes_out out;
		const char *field = NULL;
		size_t begun;

		bytes_out_init(&out, 0);
		op_put_int8(&out, 1);
		op_put_int4(&out, 2);
		begun = op_array_begin(&out);
		for (uint32_t i = 0; i < n; i++)
			op_put_int2(&out, 5);
		op_array_end(&out, begun, n);
		for (int i = 0; i < 4; i++)
			op_put_null(&out);
		ck_assert_str_eq(decode(op, &out, v, &field), n == OP_ARRAY_MAX ? "good" : "frame.malformed");
		bytes_out_done(&out);
	}
}
END_TEST

static void put_texts(struct bytes_out *out, const char *const *s, uint32_t n)
{
	size_t begun = op_array_begin(out);

	for (uint32_t i = 0; i < n; i++)
		op_put_text(out, s[i]);
	op_array_end(out, begun, n);
}

/* As case.receive has them: kinds, then numbers, each judged by the kind at its place. */
START_TEST(identity_numbers_in_an_array_have_kinds_of_their_own)
{
	static const struct op_field in[] = {
	    {.name = "kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_ARRAY, .help = ""},
	    {.name = "no", .type = OP_TEXT, .max = 32, .meaning = OP_IDENT, .flags = OP_ARRAY, .help = ""},
	    {0},
	};
	static const struct op op = {.name = "test.parties", .in = in};
	static const struct {
		const char *kinds[3], *numbers[3];
		uint32_t nkinds, nnumbers;
		const char *code;
	} rows[] = {
	    {{0}, {0}, 0, 0, "good"},
	    {{"resident", "passport"}, {"11010519491231002X", "E12345678"}, 2, 2, "good"},
	    {{"passport", "resident"}, {"11010519491231002X", "E12345678"}, 2, 2, "ident.chars"},
	    {{"resident", "org"}, {"11010519491231002X", "11010519491231002X"}, 2, 2, "ident.check"},
	    {{"resident", NULL}, {"11010519491231002X", NULL}, 2, 2, "good"},
	    {{"resident", NULL}, {"11010519491231002X", "E12345678"}, 2, 2, "ident.kind"},
	    {{"resident"}, {"11010519491231002X", "11010519491231002X"}, 1, 2, "ident.kind"},
	    {{"resident", "resident", "resident"}, {"11010519491231002X"}, 3, 1, "ident.kind"},
	    {{0}, {"11010519491231002X"}, 0, 1, "ident.kind"},
	    {{"resident", "ghost"}, {"11010519491231002X", "1"}, 2, 2, "ident.kind"},
	};
	struct op_value v[OP_FIELDS_MAX];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bytes_out out;
		const char *field = NULL, *code;

		bytes_out_init(&out, 0);
		put_texts(&out, rows[i].kinds, rows[i].nkinds);
		put_texts(&out, rows[i].numbers, rows[i].nnumbers);
		code = decode(&op, &out, v, &field);
		ck_assert_msg(strcmp(code, rows[i].code) == 0, "row %zu: %s", i, code);
		ck_assert(field == NULL || strcmp(field, "no") == 0);
		bytes_out_done(&out);
	}
	struct bytes_out out;
	const char *number = "11010519491231002X", *field = NULL;
	bytes_out_init(&out, 0);
	op_put_null(&out);
	put_texts(&out, &number, 1);
	ck_assert_str_eq(decode(&op, &out, v, &field), "ident.kind");
	bytes_out_done(&out);
}
END_TEST

/* A row of no columns would be read for ever. */
START_TEST(bytes_without_columns_are_malformed)
{
	static const struct op_field none[] = {{0}};
	struct op_value v[OP_FIELDS_MAX];
	struct bytes_in in;

	bytes_in_init(&in, "x", 1);
	ck_assert_int_eq(op_decode_row(none, &in, v), -1);
	bytes_in_init(&in, "", 0);
	ck_assert_int_eq(op_decode_row(none, &in, v), 0);
}
END_TEST

START_TEST(keys_have_bounds)
{
	static const struct {
		struct op_key key;
		int good;
	} rows[] = {
	    {{1, 0, 1}, 0},
	    {{1, OP_SLOTS - 1, INT64_MAX}, 0},
	    {{1, OP_SLOTS, 1}, -1},
	    {{1, 0, 0}, -1},
	    {{0x80000000u, 0, 1}, -1},
	    {{1, 0, UINT64_C(1) << 63}, -1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bytes_out out;
		struct bytes_in in;
		struct op_key key;

		bytes_out_init(&out, 0);
		op_encode_key(&out, &rows[i].key);
		ck_assert_uint_eq(out.len, OP_KEY_BYTES);
		bytes_in_init(&in, out.p, out.len);
		ck_assert_int_eq(op_decode_key(&in, &key), rows[i].good);
		bytes_out_done(&out);
	}
}
END_TEST

/* Types s into a field of this type and shows what came of it; "" when refused. */
static const char *typed(uint8_t type, const char *s)
{
	static char buf[64];
	const struct op_field f[] = {{.name = "x", .type = type}, {0}};
	struct op_value v[OP_FIELDS_MAX];
	struct bytes_out out;
	struct bytes_in in;

	bytes_out_init(&out, 0);
	buf[0] = '\0';
	if (op_put_typed(&out, f, s) == NULL) {
		bytes_in_init(&in, out.p, out.len);
		ck_assert_int_eq(op_decode_row(f, &in, v), 1);
		op_show(f, v, buf, sizeof(buf));
	}
	bytes_out_done(&out);
	return buf;
}

START_TEST(what_people_type_becomes_values)
{
	setenv("TZ", "Asia/Shanghai", 1);
	tzset();
	ck_assert_str_eq(typed(OP_DATE, "2026-11-23"), "2026-11-23");
	ck_assert_str_eq(typed(OP_DATE, "20240229"), "2024-02-29");
	ck_assert_str_eq(typed(OP_DATE, "1999-12-31"), "1999-12-31");
	ck_assert_str_eq(typed(OP_DATE, "2023-02-29"), "");
	ck_assert_str_eq(typed(OP_DATE, "2023-2-9"), "");
	ck_assert_str_eq(typed(OP_DATE, "2023-02-09x"), "");
	ck_assert_str_eq(typed(OP_MOMENT, "2026-11-23 09:41"), "2026-11-23 09:41:00");
	ck_assert_str_eq(typed(OP_MOMENT, "2026-11-23T23:59:59"), "2026-11-23 23:59:59");
	ck_assert_str_eq(typed(OP_MOMENT, "1998-01-01 00:00:01"), "1998-01-01 00:00:01");
	ck_assert_str_eq(typed(OP_MOMENT, "2026-11-23 24:00"), "");
	ck_assert_str_eq(typed(OP_INT2, "32767"), "32767");
	ck_assert_str_eq(typed(OP_INT2, "32768"), "");
	ck_assert_str_eq(typed(OP_INT8, "-9223372036854775808"), "-9223372036854775808");
	ck_assert_str_eq(typed(OP_INT4, "12a"), "");
	ck_assert_str_eq(typed(OP_BOOL, "true"), "true");
	ck_assert_str_eq(typed(OP_BOOL, "yes"), "");
	ck_assert_str_eq(typed(OP_BYTES, "00ffA0"), "00ffa0");
	ck_assert_str_eq(typed(OP_BYTES, "0"), "");
	ck_assert_str_eq(typed(OP_BYTES, " f"), "");
	ck_assert_str_eq(typed(OP_BYTES, "-1"), "");
	ck_assert_str_eq(typed(OP_BYTES, "0g"), "");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("wire");
	TCase *t = tcase_create("wire");
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, t);
	tcase_add_test(t, reading_past_the_end_is_one_flag);
	tcase_add_test(t, writing_past_the_bound_is_one_flag);
	tcase_add_test(t, frames_survive_every_cut);
	tcase_add_test(t, a_frame_over_the_limit_is_refused_at_its_header);
	tcase_add_test(t, operations_are_in_order_and_well_declared);
	tcase_add_test(t, values_are_checked_by_their_field);
	tcase_add_test(t, arrays_are_found_whole_or_refused);
	tcase_add_test(t, an_array_has_a_bound);
	tcase_add_test(t, identity_numbers_in_an_array_have_kinds_of_their_own);
	tcase_add_test(t, bytes_without_columns_are_malformed);
	tcase_add_test(t, keys_have_bounds);
	tcase_add_test(t, what_people_type_becomes_values);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
