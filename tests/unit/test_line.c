/*
 * One-line commands of the menu: what a line means, what it opens, and that what cannot be
 * done is said by a sentence that names what can.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/screen/intake.h"
#include "client/screen/line.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"
#include "tests/unit/lib/fake_hall.h"

static struct line l;

static const char *refused(uint64_t on, const char *text)
{
	static char buf[512];
	line_parse(&l, on, text);
	return line_refusal(&l, on, buf, sizeof buf);
}

START_TEST(a_line_is_a_command_and_what_it_is_done_to)
{
	ck_assert_ptr_null(refused(ON_QUEUE, "sl spjyxk 11010119900307109x"));
	ck_assert_int_eq(l.command->request, REQ_NEW);
	ck_assert_str_eq(l.rest, "spjyxk");
	ck_assert_str_eq(l.id, "11010119900307109X");
	/* In either order, with an input method's blanks and wide digits, by name. */
	ck_assert_ptr_null(refused(ON_QUEUE, "收件　１１０１０１１９９００３０７１０９Ｘ　食品 经营 "));
	ck_assert_str_eq(l.rest, "食品 经营");
	ck_assert_str_eq(l.id, "11010119900307109X");
	ck_assert_ptr_null(refused(ON_QUEUE, "SJ 511A0005200004"));
	ck_assert_str_eq(l.rest, "511A0005200004"); /* a code, no number */
	ck_assert_str_eq(l.id, "");
	ck_assert_ptr_null(refused(ON_INTAKE, "cx 000123"));
	ck_assert_int_eq(l.command->request, REQ_FIND);
	ck_assert_str_eq(l.rest, "000123");
	/* dy alone prints what is selected; with a case it opens that one's notices. */
	line_parse(&l, ON_CASE, "dy");
	ck_assert_int_eq(l.command->request, REQ_PRINT);
	line_parse(&l, ON_CASE, "dy 000123");
	ck_assert_int_eq(l.command->request, REQ_NOTICES);
	line_parse(&l, ON_QUEUE, "   ");
	ck_assert_str_eq(l.word, "");
}
END_TEST

START_TEST(what_cannot_be_done_is_said)
{
	ck_assert_ptr_nonnull(strstr(refused(ON_QUEUE, "xx 1"), "cx <办件>"));
	ck_assert_ptr_nonnull(strstr(refused(ON_QUEUE, "xx 1"), "sl <事项 证件号>"));
	ck_assert_ptr_null(strstr(refused(ON_INTAKE, "xx 1"), "sl")); /* not from within a form */
	ck_assert_ptr_nonnull(strstr(refused(ON_INTAKE, "sj spjy"), "没有命令 sj"));
	ck_assert_ptr_nonnull(strstr(refused(ON_QUEUE, "sp now"), "锁屏"));
	ck_assert_ptr_nonnull(strstr(refused(ON_QUEUE, "sl spjy 1101"), "位数"));
	ck_assert_ptr_nonnull(strstr(refused(ON_QUEUE, "sl spjy 110101199003071091"), "校验码"));
	/* Far longer than a line can be typed. */
	char text[LINE_BYTES] = "cx ";
	memset(text + 3, '7', sizeof text - 4);
	ck_assert_ptr_null(refused(ON_QUEUE, text));
	ck_assert_int_eq((int)strlen(l.rest), LINE_BYTES - 4);
}
END_TEST

static void line(const char *text)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	press(K_F9);
	ck_assert_str_eq(top(), "palette");
	type(text);
	press(K_ENTER);
}

static const char *const hits[] = {"77", "5199-20261123-000123-3", "食品经营许可（新办）", "张三", "109X",
    "accepted", "审核", "食品许可受理", "2026-11-23 10:00", NULL, NULL, "2", NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, "78", "5199-20261123-000124-1", "食品经营许可（新办）", "李四", "109X", "accepted",
    "审核", "食品许可受理", "2026-11-23 10:00", NULL, NULL, "2", NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL};

START_TEST(an_intake_in_one_line)
{
	line("sl spjyxk 11010119900307109X");
	ck_assert_str_eq(top(), "finder");
	answer("item.find", 1, items);
	answer("item.find", 1, items);
	ck_assert_str_eq(top(), "intake");
	struct intake *in = stack_top(&st)->state;
	ck_assert_str_eq(form_value(&in->form, INTAKE_ID_NO), "11010119900307109X");
	/* And what was typed behind it goes on there. */
	press(K_ENTER);
	press(K_ENTER);
	press(K_F10);
	load_intake();
	ck_assert_int_eq(times_asked("case.receive"), 1);
	end();
}
END_TEST

START_TEST(where_several_items_fit_the_eye_decides)
{
	static const char *const two[] = {"10", "511A00", "别处的", "别局", "promised", "10", "workday",
	    "true", "false", "11", "511A01", "食品经营许可（新办）", "区市监局", "promised", "10", "workday",
	    "true", "true", "12", "511A02", "食品经营许可（变更）", "区市监局", "promised", "10", "workday",
	    "true", "true"};
	line("sl spjy");
	press(K_F10); /* typed ahead: goes nowhere */
	answer("item.find", 3, two);
	ck_assert_str_eq(top(), "finder");
	ck_assert_ptr_nonnull(strstr(st.said, "有 2 项符合"));
	ck_assert_int_eq(st.waiting, 0);
	press(K_ENTER);
	ck_assert_str_eq(top(), "intake"); /* the first of those that fit */
	ck_assert_int_eq(((struct intake *)stack_top(&st)->state)->item_id, 11);
	end();
	/* One of this window among others: no question. */
	line("sl spjy");
	answer("item.find", 2, two);
	ck_assert_str_eq(top(), "intake");
	end();
}
END_TEST

START_TEST(a_case_in_one_line)
{
	line("cx 000123");
	ck_assert_str_eq(top(), "search");
	answer("case.find", 1, hits);
	ck_assert_str_eq(top(), "case");
	ck_assert_int_eq(st.n, 2); /* Esc leads back to the queue */
	end();
	line("000123"); /* digits are a case's number without saying so */
	answer("case.find", 1, hits);
	ck_assert_str_eq(top(), "case");
	end();
	line("cx 0001");
	answer("case.find", 2, hits);
	ck_assert_str_eq(top(), "search");
	ck_assert_ptr_nonnull(strstr(st.said, "有 2 件符合"));
	press(K_DOWN);
	press(K_ENTER);
	ck_assert_str_eq(top(), "case");
	end();
	line("cx 1");
	ck_assert_str_eq(top(), "search");
	ck_assert_ptr_nonnull(strstr(st.said, "4 位数字"));
	ck_assert_int_eq(times_asked("case.find"), 0);
	end();
	line("dy 000123");
	answer("case.find", 1, hits);
	answer("case.show", 1, case_row);
	answer("notice.list", 1, notice);
	ck_assert_ptr_nonnull(strstr(st.said, "打印选中的文书"));
	ck_assert_int_eq(times_asked("notice.show"), 0); /* nothing is printed unseen */
	press(K_F8);
	ck_assert_int_eq(times_asked("notice.show"), 1);
	end();
}
END_TEST

START_TEST(the_menu_stays_where_a_line_is_none)
{
	line("xx 000123");
	ck_assert_str_eq(top(), "palette");
	ck_assert_int_eq(beeps, 1);
	ck_assert_ptr_nonnull(strstr(st.said, "没有命令 xx"));
	end();
	/* sb sends a case up; of the lists of the queue only sbz begins like it. */
	line("sb");
	ck_assert_str_eq(top(), "palette");
	ck_assert_ptr_nonnull(strstr(st.said, "先打开办件"));
	type("z");
	press(K_ENTER);
	ck_assert_str_eq(top(), "queue");
	end();
	line("dy");
	ck_assert_str_eq(top(), "palette");
	ck_assert_ptr_nonnull(strstr(st.said, "要哪个办件"));
	press(K_TAB); /* written out, with room for what follows */
	type("000123");
	press(K_ENTER);
	ck_assert_str_eq(top(), "search");
	end();
}
END_TEST

START_TEST(what_it_would_be_is_looked_up_while_typed)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	press(K_F9);
	type("sl sp");
	ck_assert_int_eq(times_asked("item.find"), 1); /* one question at a time */
	answer("item.find", 1, items);
	ck_assert_int_eq(times_asked("item.find"), 2);
	type("jy");
	press(K_ESC); /* its answer is for nobody */
	ck_assert_str_eq(top(), "queue");
	end();
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("line");
	TCase *t = tcase_create("line");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, a_line_is_a_command_and_what_it_is_done_to);
	tcase_add_test(t, what_cannot_be_done_is_said);
	tcase_add_test(t, an_intake_in_one_line);
	tcase_add_test(t, where_several_items_fit_the_eye_decides);
	tcase_add_test(t, a_case_in_one_line);
	tcase_add_test(t, the_menu_stays_where_a_line_is_none);
	tcase_add_test(t, what_it_would_be_is_looked_up_while_typed);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
