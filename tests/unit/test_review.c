/* A review answered at the window: what the rule demands is demanded before anything is sent (PAR-2), keys typed
 * ahead wait, two people on one review (CASE-14), what is missing goes line by line. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "tests/unit/lib/fake_hall.h"

enum { COLUMNS = 40 };

/* A review of case 7 that waits for its opinion, or whatever. */
static void open_review(const char *waits, const char *checked)
{
	const char *row[COLUMNS] = {"7", "5199-20261123-000123-7", "立项阶段", "张三", "accepted", "2",
	    "用地预审", "区自然资源局", "31", "自然资源审核", "廖子轩", "true", waits, checked};
	stack_push(&st, &screen_review, &(struct screen_arg){.id = 7, .number = 2});
	row[4] = strcmp(waits, "check") == 0 ? "received" : "accepted";
	row[23] = "false";
	type("3"); /* typed before any answer is here */
	press(K_F10);
	answer("review.show", 0, NULL);
	answer("review.list", 1, row);
	answer("case.show", 0, NULL);
	answer("review.needs", 0, NULL);
	answer("case.materials", 0, NULL);
	answer("paper.list", 0, NULL);
	answer("paper.originals", 0, NULL);
}

static const char *const signed_by_b[] = {"1", "review", "conditional", "先办手续", NULL, NULL,
    "2026-11-23 10:00", "B 孟君 代 A 廖子轩", "区自然资源局", "自然资源审核", "8", "true"};

START_TEST(an_opinion_lacks_nothing_before_it_is_sent)
{
	begin();
	open_review("review", "complete");
	ck_assert_str_eq(top(), "opinion");
	ck_assert_int_eq(
	    times_asked("review.opine"), 0); /* F10 was typed ahead: reasons and law are missing */
	ck_assert_int_eq(beeps, 1);
	type("不符");
	press(K_F10);
	ck_assert_int_eq(times_asked("review.opine"), 0); /* the law still is */
	type("第九条");
	press(K_F10);
	ck_assert_int_eq(times_asked("review.opine"), 1);
	end();
}
END_TEST

/* The rows under a tab are of that tab, whatever was asked before it was turned. */
START_TEST(an_answer_to_the_page_before_is_passed_over)
{
	static const char *const row[COLUMNS] = {"7", "5199-20261123-000123-7", "立项阶段", "张三",
	    "accepted", "2", "用地预审", "区自然资源局", "31", "自然资源审核", "廖子轩", "true", "review",
	    "complete", [23] = "false"};
	begin();
	stack_push(&st, &screen_reviews, NULL);
	answer("review.list", 1, row);
	stack_tell(&st, MESSAGE_ONLINE, NULL);
	press(K_TAB);
	press(K_ENTER);
	answer("review.list", 1, row);
	ck_assert_str_eq(top(), "reviews");
	answer("review.list", 1, row);
	ck_assert_str_eq(top(), "joint");
	ck_assert_int_eq(times_asked("review.list"), 4); /* and the lead's board its own */
	end();
}
END_TEST

START_TEST(what_another_signed_stands_beside_what_was_typed)
{
	begin();
	open_review("review", "complete");
	type("不符");
	press(K_TAB);
	type("第九条");
	press(K_F10);
	refuse("review.opine", OP_REFUSED, "review.answered", "5199-20261123-000123-7");
	answer("review.show", 1, signed_by_b);
	ck_assert_str_eq(top(), "conflict");
	press(K_F10);
	ck_assert_str_eq(top(), "opinion");
	press(K_F10);
	ck_assert_int_eq(times_asked("review.opine"), 1);
	ck_assert_int_eq(times_asked("review.supersede"), 1);
	end();
}
END_TEST

START_TEST(a_key_that_means_nothing_now_opens_nothing)
{
	begin();
	open_review("check", NULL); /* 3 is no answer of the check */
	ck_assert_str_eq(top(), "review");
	ck_assert_int_eq(beeps, 1);
	type("1");
	ck_assert_str_eq(top(), "confirm");
	press(K_F10);
	ck_assert_int_eq(times_asked("review.check"), 0);
	press(K_ENTER);
	ck_assert_int_eq(times_asked("review.check"), 1);
	end();
}
END_TEST

START_TEST(what_is_missing_goes_line_by_line)
{
	begin();
	stack_push(&st, &screen_missing, &(struct screen_arg){.id = 7, .number = 2, .kind = "check"});
	type("盖章"); /* before the materials are here */
	answer("case.materials", 2, case_ticks);
	press(K_DOWN);
	press(K_DOWN);
	type("另附说明");
	press(K_F10);
	ck_assert_int_eq(times_asked("review.check"), 1);
	struct bytes_in in;
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault = {0};
	const struct fake_sent *at = &sent[asked("review.check")];
	bytes_in_init(&in, at->payload, at->len);
	ck_assert_int_eq(op_decode_in(at->op, &in, v, &fault), 0);
	ck_assert_ptr_nonnull(memmem(at->payload, at->len, "盖章", strlen("盖章")));
	ck_assert_ptr_nonnull(memmem(at->payload, at->len, "另附说明", strlen("另附说明")));
	answer("review.check", 1, done);
	ck_assert_int_eq(st.n, 0);
	end();
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("review");
	TCase *t = tcase_create("review");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, an_opinion_lacks_nothing_before_it_is_sent);
	tcase_add_test(t, an_answer_to_the_page_before_is_passed_over);
	tcase_add_test(t, what_another_signed_stands_beside_what_was_typed);
	tcase_add_test(t, a_key_that_means_nothing_now_opens_nothing);
	tcase_add_test(t, what_is_missing_goes_line_by_line);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
