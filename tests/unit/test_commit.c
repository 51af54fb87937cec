/* F10 commits what one has seen: typed twice, held, typed ahead. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/intake.h"
#include "client/screen/issue.h"
#include "client/screen/stack.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "tests/unit/lib/fake_hall.h"

/* A commit key typed again while the first is carried out was meant for that one. */
START_TEST(a_second_commit_key_goes_nowhere)
{
	begin();
	start_intake("accept");
	load_intake();
	press(K_F10);
	press(K_F5);
	ck_assert_int_eq(beeps, 2);
	answer("case.receive", 1, done);
	press(K_F10);
	type("/"); /* other keys go on to the screen the answer opens */
	answer("notice.preview", 1, blocks);
	printed(true);
	answer("case.accept", 1, done);
	answer("notice.list", 1, notice);
	answer("notice.show", 1, blocks);
	press(K_F10);
	printed(true);
	ck_assert(stack_has(&st, &screen_case));
	ck_assert_ptr_nonnull(strstr(st.said, "/print/x.pdf"));
	ck_assert_int_eq(times_asked("case.accept"), 1);
	end();
}
END_TEST

static const char *const at_once[] = {"11", "511A01", "1", "食品经营许可（新办）", NULL, "区市监局",
    "行政许可", "immediate", "法", "受理→审核", "20", "10", "workday", "0", NULL, "许可证", "30", "true", "5",
    "食品许可受理", "3"};

static void load_at_once(void)
{
	answer("item.show", 1, at_once);
	answer("item.materials", 2, materials);
	answer("applicant.find", 1, person);
}

/* F10 held down: after half a second it comes every 30 ms. */
static void hold_f10(void)
{
	press_after(K_F10, 500);
	for (int i = 0; i < 60; i++)
		press_after(K_F10, 30);
}

START_TEST(a_repeated_f10_commits_nothing_nobody_has_seen)
{
	begin();
	start_intake("ticks");
	load_at_once();
	press(K_F10);
	ck_assert_str_eq(top(), "result");
	hold_f10();
	press_after(K_F10, 150); /* struck once more */
	ck_assert_str_eq(top(), "result");
	ck_assert_int_eq(times_asked("case.receive"), 0);
	ck_assert_int_eq(beeps, 62);
	ck_assert_ptr_nonnull(strstr(st.said, "F10"));
	press(K_F10);
	ck_assert_int_eq(times_asked("case.receive"), 1);
	end();
}
END_TEST

START_TEST(a_held_f10_accepts_and_goes_no_further)
{
	begin();
	start_intake("ticks");
	load_intake();
	press(K_F10);
	press_after(K_F10, 500); /* still awaited */
	answer("case.receive", 1, done);
	answer("notice.preview", 1, blocks);
	printed(true);
	answer("case.accept", 1, done);
	answer("notice.list", 1, notice);
	answer("notice.show", 1, blocks);
	printed(true);
	ck_assert_str_eq(top(), "case");
	answer("case.show", 1, case_row);
	answer("notice.list", 1, notice);
	ck_assert(!stack_waits(&st));
	hold_f10();
	ck_assert_str_eq(top(), "case");
	ck_assert_ptr_nonnull(strstr(st.said, "/print/x.pdf")); /* what the first one did stays said */
	end();
}
END_TEST

/* What an F10 opened is not sent by one that waited for it, however long it took to open. */
START_TEST(a_second_f10_sends_no_case_on)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	answer("case.queue", 2, two_cases);
	press(K_F10);
	ck_assert_str_eq(top(), "act");
	press_after(K_F10, 5000);
	answer("case.show", 1, case_row);
	answer("case.steps", 0, NULL);
	answer("case.acts", 1, free_to_go);
	ck_assert_str_eq(top(), "act");
	press_after(K_F10, 30);
	ck_assert_int_eq(times_asked("case.advance"), 0);
	press(K_F10);
	ck_assert_int_eq(times_asked("case.advance"), 1);
	end();
}
END_TEST

START_TEST(an_f10_typed_ahead_behind_another_key_is_meant)
{
	begin();
	start_intake("ticks");
	press(K_F10);
	type("x");
	press_after(K_F10, 30);
	load_at_once();
	ck_assert_int_eq(times_asked("case.receive"), 1);
	ck_assert_int_eq(beeps, 0);
	end();
	/* And one that was refused is refused again, with the same sentence. */
	begin();
	start_intake("");
	load_intake();
	press(K_F10);
	press_after(K_F10, 30);
	ck_assert_ptr_nonnull(strstr(st.said, "材料"));
	end();
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("commit");
	TCase *t = tcase_create("commit");
	tcase_add_test(t, a_second_commit_key_goes_nowhere);
	tcase_add_test(t, a_repeated_f10_commits_nothing_nobody_has_seen);
	tcase_add_test(t, a_held_f10_accepts_and_goes_no_further);
	tcase_add_test(t, a_second_f10_sends_no_case_on);
	tcase_add_test(t, an_f10_typed_ahead_behind_another_key_is_meant);
	tcase_set_timeout(t, 20);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
