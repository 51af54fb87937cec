/* Calls to the database: parameters as PostgreSQL wants them, rows page by page, signatures. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "server/db/check.h"
#include "server/db/query_int.h"

static struct bytes_out prefix, body;

static void setup(void)
{
	db_query_setup();
	bytes_out_reset(&prefix);
	bytes_out_reset(&body);
}

static void put_token(void)
{
	op_put_bytes(&prefix, "0123456789abcdef0123456789abcdef", 32);
}

START_TEST(scalars_go_as_they_are)
{
	struct db_query *q;

	put_token();
	op_put_text(&body, "spjy");
	op_put_int8(&body, 7);
	op_put_null(&body);
	op_put_int4(&body, 0);
	op_put_text(&body, "");
	q = db_query_op(op_by_name("item.find"), &prefix, body.p, body.len);
	ck_assert_ptr_nonnull(q);
	ck_assert_str_eq(q->fn->sql, "select * from api.item_find($1,$2,$3,$4,$5,$6)");
	ck_assert_int_eq(q->lengths[0], 32);
	ck_assert_mem_eq(q->values[1], "spjy", 4);
	ck_assert_mem_eq(q->values[2], "\0\0\0\0\0\0\0\7", 8);
	ck_assert_ptr_null(q->values[3]); /* NULL */
	ck_assert_ptr_nonnull(q->values[5]);
	ck_assert_int_eq(q->lengths[5], 0); /* empty, not NULL */
	db_query_free(q);
}
END_TEST

START_TEST(arrays_get_the_longer_header)
{
	static const uint8_t want[] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 20, 0, 0, 0, 3, 0, 0, 0,
	    1, /* header */
	    0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 5, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 6};
	static const uint8_t none[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 25};
	static const struct op_field fields[] = {{.name = "a", .type = OP_INT8, .flags = OP_ARRAY},
	    {.name = "b", .type = OP_TEXT, .flags = OP_ARRAY}, {.name = "c", .type = OP_BOOL}, {0}};
	struct db_query *q;
	size_t begun;

	/* notice.preview: case_id kind seq[] state[] note[] later[] remark, ten words of other kinds */
	put_token();
	op_put_int8(&body, 1);
	op_put_text(&body, "correction");
	op_put_null(&body);
	begun = op_array_begin(&body);
	op_array_end(&body, begun, 0);
	begun = op_array_begin(&body);
	op_put_text(&body, "x");
	op_put_null(&body);
	op_array_end(&body, begun, 2);
	for (int field = 0; field < 12; field++)
		op_put_null(&body);
	q = db_query_op(op_by_name("notice.preview"), &prefix, body.p, body.len);
	ck_assert_ptr_nonnull(q);
	ck_assert_ptr_null(q->values[3]);
	ck_assert_int_eq(q->lengths[4], sizeof(none));
	ck_assert_mem_eq(q->values[4], none, sizeof(none));
	ck_assert_int_eq(q->lengths[5], 20 + 5 + 4);
	ck_assert_mem_eq(
	    q->values[5], "\0\0\0\1\0\0\0\1\0\0\0\31\0\0\0\2\0\0\0\1\0\0\0\1x\377\377\377\377", 29);
	db_query_free(q);
	/* int8, through a function of its own */
	bytes_out_reset(&body);
	begun = op_array_begin(&body);
	op_put_int8(&body, 5);
	op_put_null(&body);
	op_put_int8(&body, 6);
	op_array_end(&body, begun, 3);
	op_put_null(&body);
	op_put_bool(&body, true);
	{
		struct db_function fn = {.in = fields, .nparams = 3};

		q = db_query_bind(&fn, NULL, body.p, body.len);
		ck_assert_ptr_nonnull(q);
		ck_assert_int_eq(q->lengths[0], sizeof(want));
		ck_assert_mem_eq(q->values[0], want, sizeof(want));
		db_query_free(q);
	}
}
END_TEST

START_TEST(too_few_or_too_many_values_are_no_call)
{
	put_token();
	op_put_int8(&body, 1);
	ck_assert_ptr_null(db_query_op(op_by_name("item.find"), &prefix, body.p, body.len));
	ck_assert_ptr_null(db_query_op(op_by_name("item.show"), &prefix, body.p, body.len - 1));
	bytes_put_u8(&body, 0);
	ck_assert_ptr_null(db_query_op(op_by_name("item.show"), &prefix, body.p, body.len));
	ck_assert_ptr_null(db_query_op(op_by_name("session.login"), &prefix, body.p, body.len)); /* local */
	ck_assert_ptr_null(db_query_internal(DB_TICK, NULL));
}
END_TEST

/* rows × columns of text, each size bytes of 'a', 'b', …; the first of the last row NULL. */
static PGresult *table(int rows, int columns, int size)
{
	static PGresAttDesc names[4] = {
	    {.name = (char *)"c", .format = 1, .typid = 25, .typlen = -1, .atttypmod = -1},
	    {.name = (char *)"c", .format = 1, .typid = 25, .typlen = -1, .atttypmod = -1},
	    {.name = (char *)"c", .format = 1, .typid = 25, .typlen = -1, .atttypmod = -1},
	    {.name = (char *)"c", .format = 1, .typid = 25, .typlen = -1, .atttypmod = -1}};
	PGresult *r = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	char *cell = malloc((size_t)size + 1);

	ck_assert(PQsetResultAttrs(r, columns, names));
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++) {
			memset(cell, 'a' + i % 26, (size_t)size);
			ck_assert(PQsetvalue(r, i, j, cell, i == rows - 1 && j == 0 ? -1 : size));
		}
	free(cell);
	return r;
}

static const struct op_field three[] = {
    {.name = "a", .type = OP_TEXT}, {.name = "b", .type = OP_TEXT}, {.name = "c", .type = OP_TEXT}, {0}};

/* Puts all pages; checks each is within max and that the rows come whole and in order. */
static size_t put_all(PGresult *r, size_t max, int rows)
{
	struct db_query *q = calloc(1, sizeof(*q) + 1);
	struct bytes_out all, page;
	struct op_value v[OP_FIELDS_MAX];
	struct bytes_in in;
	size_t pages = 0;
	bool last = false;

	q->result = r;
	q->size = 1;
	bytes_out_init(&all, 0);
	bytes_out_init(&page, 0);
	while (!last) {
		bytes_out_reset(&page);
		last = db_query_put(q, 0, &page, max);
		ck_assert(!page.bad);
		ck_assert_uint_le(page.len, max);
		bytes_put(&all, page.p, page.len);
		ck_assert_uint_lt(++pages, 10000);
	}
	bytes_in_init(&in, all.p, all.len);
	for (int i = 0; i < rows; i++) {
		ck_assert_int_eq(op_decode_row(three, &in, v), 1);
		ck_assert_int_eq(v[0].null, i == rows - 1);
		ck_assert_int_eq(v[2].data[v[2].len - 1], 'a' + i % 26);
	}
	ck_assert_int_eq(op_decode_row(three, &in, v), 0);
	bytes_out_done(&all);
	bytes_out_done(&page);
	db_query_free(q);
	return pages;
}

START_TEST(rows_come_page_by_page)
{
	ck_assert_uint_eq(put_all(table(10, 3, 10), 1000, 10), 1);
	ck_assert_uint_gt(put_all(table(100, 3, 10), 100, 100), 40);
	ck_assert_uint_eq(put_all(table(4, 3, 10), 42, 4), 4); /* exactly one row each */
}
END_TEST

START_TEST(a_row_longer_than_a_page_goes_in_parts)
{
	ck_assert_uint_ge(put_all(table(3, 3, 1000), 100, 3), 81);
	ck_assert_uint_ge(put_all(table(1, 3, 100), 41, 1), 5);
}
END_TEST

/* What db_check_sql would return for every function. */
static PGresult *signatures(size_t leave_out, size_t change)
{
	PGresAttDesc names[4] = {
	    {.name = (char *)"n"}, {.name = (char *)"i"}, {.name = (char *)"o"}, {.name = (char *)"x"}};
	PGresult *r = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	size_t n;
	const struct db_function *all = db_functions(&n);
	int row = 0;

	ck_assert(PQsetResultAttrs(r, 4, names));
	for (size_t i = 0; i < n; i++) {
		char in[2048] = "", out[2048] = "";
		const char *sep = "";

		if (i == leave_out)
			continue;
		for (const int8_t *p = db_prefix(&all[i]); *p >= 0; p++, sep = ",") {
			strcat(in, sep);
			strcat(in, db_type_name((uint8_t)*p, false));
		}
		for (const struct op_field *f = all[i].in; f->name != NULL; f++, sep = ",") {
			strcat(in, sep);
			strcat(in, db_type_name(f->type, f->flags & OP_ARRAY));
		}
		strcat(out, all[i].status ? "status int2" : "");
		for (const struct op_field *f = all[i].out; f->name != NULL; f++) {
			strcat(out, *out != '\0' ? "," : "");
			strcat(strcat(strcat(out, f->name), " "), db_type_name(f->type, false));
		}
		if (*out == '\0')
			strcat(out, "void");
		if (i == change)
			strcat(out, ",more int4");
		PQsetvalue(r, row, 0, (char *)(uintptr_t)all[i].name + 4, (int)strlen(all[i].name) - 4);
		PQsetvalue(r, row, 1, in, (int)strlen(in));
		PQsetvalue(r, row, 2, out, (int)strlen(out));
		PQsetvalue(r, row++, 3, (char *)(uintptr_t) "t", 1);
	}
	return r;
}

static char said[4096];

static void on_wrong(void *ctx, const char *function, const char *what)
{
	(void)ctx;
	snprintf(said, sizeof(said), "%s %s", function, what);
}

START_TEST(every_signature_must_fit)
{
	size_t n;
	const struct db_function *all = db_functions(&n);
	PGresult *r = signatures(SIZE_MAX, SIZE_MAX);

	ck_assert_uint_eq(db_check(r, on_wrong, NULL), 0);
	PQclear(r);
	for (size_t i = 0; i < n; i++) {
		r = signatures(i, SIZE_MAX);
		ck_assert_uint_eq(db_check(r, on_wrong, NULL), 1);
		ck_assert(strncmp(said, all[i].name, strlen(all[i].name)) == 0);
		ck_assert_ptr_nonnull(strstr(said, "missing"));
		PQclear(r);
		r = signatures(SIZE_MAX, i);
		ck_assert_uint_eq(db_check(r, on_wrong, NULL), 1);
		ck_assert_ptr_nonnull(strstr(said, "more int4"));
		PQclear(r);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("query");
	TCase *tc = tcase_create("query");
	SRunner *run = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tc);
	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, scalars_go_as_they_are);
	tcase_add_test(tc, arrays_get_the_longer_header);
	tcase_add_test(tc, too_few_or_too_many_values_are_no_call);
	tcase_add_test(tc, rows_come_page_by_page);
	tcase_add_test(tc, a_row_longer_than_a_page_goes_in_parts);
	tcase_add_test(tc, every_signature_must_fit);
	srunner_run_all(run, CK_NORMAL);
	failed = srunner_ntests_failed(run);
	srunner_free(run);
	bytes_out_done(&prefix);
	bytes_out_done(&body);
	return failed != 0;
}
