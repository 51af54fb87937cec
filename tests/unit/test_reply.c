/* Replies as tables: what is there is read, what is not reads as nothing, damage is seen. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "common/bytes.h"

/* clock.show: now, test, working, open, reason, closes_at, waiting. */
static void put_row(struct bytes_out *out, const char *reason, int32_t waiting)
{
	op_put_moment(out, 1000000);
	op_put_bool(out, true);
	op_put_bool(out, false);
	op_put_null(out);
	op_put_text(out, reason);
	op_put_null(out);
	op_put_int4(out, waiting);
}

START_TEST(cells_are_found_by_name)
{
	const struct op *op = op_by_name("clock.show");
	struct bytes_out out;
	struct reply *r;

	bytes_out_init(&out, 0);
	put_row(&out, "春节", 3);
	put_row(&out, NULL, -1);
	r = reply_new(op, OP_OK, out.p, out.len);
	memset(out.p, 0xff, out.len); /* it owns its bytes */
	ck_assert(reply_ok(r));
	ck_assert_uint_eq(r->nrows, 2);
	ck_assert_str_eq(reply_text(r, 0, "reason"), "春节");
	ck_assert_int_eq(reply_int(r, 0, "now"), 1000000);
	ck_assert_int_eq(reply_int(r, 1, "waiting"), -1);
	ck_assert(reply_bool(r, 0, "test"));
	ck_assert(!reply_bool(r, 0, "open"));
	ck_assert(reply_null(r, 0, "open"));
	ck_assert_str_eq(reply_text(r, 1, "reason"), "");
	ck_assert_str_eq(reply_text(r, 2, "reason"), "");
	ck_assert_str_eq(reply_text(r, 0, "no_such_column"), "");
	ck_assert_str_eq(reply_code(r), "");
	reply_free(r);
	bytes_out_done(&out);
}
END_TEST

START_TEST(damage_at_every_byte_is_seen)
{
	const struct op *op = op_by_name("clock.show");
	struct bytes_out out;

	bytes_out_init(&out, 0);
	put_row(&out, "x", 3);
	for (size_t len = 1; len < out.len; len++) {
		struct reply *r = reply_new(op, OP_OK, out.p, len);

		ck_assert_uint_eq(r->status, REPLY_MALFORMED);
		ck_assert_uint_eq(r->nrows, 0);
		ck_assert_str_eq(reply_code(r), "link.malformed");
		reply_free(r);
	}
	bytes_out_done(&out);
}
END_TEST

START_TEST(a_refusal_has_a_code_and_arguments)
{
	const struct op *op = op_by_name("item.find");
	struct bytes_out out;
	struct reply *r;

	bytes_out_init(&out, 0);
	op_put_text(&out, "item.no_guide");
	op_put_text(&out, "one");
	op_put_null(&out);
	op_put_text(&out, "three");
	op_put_null(&out);
	op_put_null(&out);
	op_put_null(&out);
	r = reply_new(op, OP_REFUSED, out.p, out.len);
	ck_assert_str_eq(reply_code(r), "item.no_guide");
	ck_assert_str_eq(reply_arg(r, 1), "one");
	ck_assert_str_eq(reply_arg(r, 2), "");
	ck_assert_str_eq(reply_arg(r, 3), "three");
	ck_assert_str_eq(reply_arg(r, 4), "");
	reply_free(r);
	r = reply_new(op, OP_BUSY, NULL, 0);
	ck_assert_str_eq(reply_code(r), "server.other");
	reply_free(r);
	bytes_out_done(&out);
}
END_TEST

START_TEST(rows_where_none_belong_are_damage)
{
	struct reply *r = reply_new(op_by_name("session.lock"), OP_OK, "abcd", 4);

	ck_assert_uint_eq(r->status, REPLY_MALFORMED);
	reply_free(r);
}
END_TEST

START_TEST(a_kept_reply_lives_on)
{
	struct reply *r = reply_local(op_by_name("case.accept"), OP_REFUSED, "case.none");
	struct reply *kept = reply_keep(r);

	reply_free(r);
	ck_assert_str_eq(reply_code(kept), "case.none");
	reply_free(kept);
	reply_free(NULL);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("reply");
	TCase *t = tcase_create("table");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_test(t, cells_are_found_by_name);
	tcase_add_test(t, damage_at_every_byte_is_seen);
	tcase_add_test(t, a_refusal_has_a_code_and_arguments);
	tcase_add_test(t, rows_where_none_belong_are_damage);
	tcase_add_test(t, a_kept_reply_lives_on);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
