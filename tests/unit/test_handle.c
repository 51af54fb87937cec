/* The materials of a case: answer, accept, and the one notice offered once. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/ui/lang.h"
#include "tests/unit/lib/fake_hall.h"

/* Replies may come in any order: found under load, when the materials came first. */
START_TEST(what_the_notice_asked_for_is_open_whichever_reply_comes_first)
{
	struct screen_arg arg = {.id = 77};
	for (int order = 0; order < 2; order++) {
		begin();
		stack_push(&st, &screen_handle, &arg);
		if (order == 0)
			answer("case.show", 1, case_row);
		answer("case.materials", 2, case_ticks);
		if (order == 1)
			answer("case.show", 1, case_row);
		press(K_ENTER); /* all there */
		press(K_F10);
		ck_assert_int_eq(times_asked("case.answer"), 1);
		answer("case.answer", 1, done);
		ck_assert_int_eq(times_asked("notice.preview"), 1);
		end();
	}
}
END_TEST

/* F5 once, and only once (ONE-1); a partial answer is saved, so leaving asks nothing. */
START_TEST(the_bar_offers_the_one_notice_once)
{
	static const char *const fresh[] = {
	    "1", "申请书", "original", "1", "required", "present", NULL, NULL, "false"};
	const char *row[52];
	struct screen_arg arg = {.id = 77};
	begin();
	memcpy(row, case_row, sizeof row);
	row[3] = "received";
	stack_push(&st, &screen_handle, &arg);
	answer("case.show", 1, row);
	answer("case.materials", 1, fresh);
	ck_assert(bar_has(K_F5) && bar_has(K_F10));
	end();
	begin();
	stack_push(&st, &screen_queue, NULL);
	stack_push(&st, &screen_handle, &arg);
	answer("case.show", 1, case_row);
	answer("case.materials", 2, case_ticks);
	ck_assert(!bar_has(K_F5) && bar_has(K_F10));
	type("2");
	press(K_ENTER);
	press(K_F10);
	press(K_ENTER); /* only what was brought */
	answer("case.answer", 1, done);
	answer("case.show", 1, row);
	ck_assert_ptr_nonnull(strstr(st.said, "仍缺 1 份"));
	ck_assert(!bar_has(K_F5));
	press(K_ESC);
	ck_assert_str_eq(top(), "queue");
	end();
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("handle");
	TCase *t = tcase_create("handle");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, what_the_notice_asked_for_is_open_whichever_reply_comes_first);
	tcase_add_test(t, the_bar_offers_the_one_notice_once);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
