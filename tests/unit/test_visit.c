/* First contacts: keys that run ahead of the answers, and answers that come in any order. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/ui/lang.h"
#include "common/bytes.h"
#include "common/op.h"
#include "tests/unit/lib/fake_hall.h"

static const char *const found[] = {
    "7", "GA-1", "户口登记", "区公安分局", "promised", "5", "workday", "true", "false"};
static const char *const item[] = {"7", "GA-1", "1", "户口登记", NULL, "区公安分局", "其他", "promised", NULL,
    NULL, NULL, "5", "workday", "0", NULL, NULL, "30", "true", "42", "户籍证件受理", "11"};
static const char *const posts[] = {"41", "xz.sp", "食品许可受理", "1", "区行政审批局", "3", "一楼", "A", "5",
    "张三", "A", "张三", "0", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "42", "ga.hj", "户籍证件受理",
    "2", "区公安分局", "11", "二楼", NULL, NULL, NULL, NULL, NULL, "0", NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, "43", "ga.nb", "户籍内勤", "2", "区公安分局", NULL, NULL, NULL, NULL, NULL, NULL, NULL, "0",
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL};

/* A field of the last request of this operation, as text. */
static const char *field(const char *op, const char *name)
{
	static char text[400];
	const struct fake_sent *s = &sent[asked(op)];
	struct bytes_in in;
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault = {0};
	bytes_in_init(&in, s->payload, s->len);
	ck_assert_int_eq(op_decode_in(s->op, &in, v, &fault), 0);
	int i = op_field_index(s->op->in, name);
	ck_assert_int_ge(i, 0);
	return op_show(&s->op->in[i], &v[i], text, sizeof text);
}

static void form(void)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	stack_push(&st, &screen_visit, NULL);
	ck_assert_str_eq(top(), "visit");
}

/* Found at machine speed: the posts came after the items, and nothing was found. */
START_TEST(whichever_answer_comes_first_the_visitor_is_pointed)
{
	for (int order = 0; order < 2; order++) {
		form();
		press(K_ENTER);
		type("h");
		if (order == 0)
			answer("post.list", 3, posts);
		type("kdj");
		press(K_F10);
		ck_assert_int_eq(times_asked("visit.record"), 0);
		answer("item.find", 1, found); /* of h: asked anew */
		answer("item.find", 1, found);
		if (order == 1)
			answer("post.list", 3, posts);
		answer("item.show", 1, item);
		ck_assert_int_eq(times_asked("visit.record"), 1);
		ck_assert_str_eq(field("visit.record", "matter"), "户口登记");
		ck_assert_str_eq(field("visit.record", "result"), "pointed");
		ck_assert_str_eq(field("visit.record", "item_id"), "7");
		ck_assert_str_eq(field("visit.record", "to_post_id"), "42");
		press(K_F10); /* once is enough */
		ck_assert_int_eq(times_asked("visit.record"), 1);
		answer("visit.record", 1, done);
		ck_assert_str_eq(top(), "queue");
		ck_assert_ptr_nonnull(strstr(st.said, "11 号窗（二楼）"));
		end();
	}
}
END_TEST

START_TEST(a_post_without_a_window_is_handed_over_to)
{
	form();
	answer("post.list", 3, posts);
	type("问内勤");
	press(K_ENTER);
	type("内勤");
	answer("item.find", 0, NULL);
	answer("item.find", 0, NULL);
	press(K_ENTER);
	type("2"); /* pointing to it is refused before anything is sent */
	press(K_F10);
	ck_assert_int_eq(times_asked("visit.record"), 0);
	ck_assert_ptr_nonnull(strstr(st.said, "F5"));
	press(K_F5);
	ck_assert_str_eq(field("visit.record", "result"), "handed");
	ck_assert_str_eq(field("visit.record", "to_post_id"), "43");
	end();
}
END_TEST

/* What was answered goes without a place, even when one was looked for. */
START_TEST(an_answer_has_words_and_no_place)
{
	form();
	answer("post.list", 3, posts);
	type("几点开门");
	press(K_ENTER);
	press(K_ENTER);
	press(K_F10);
	ck_assert_int_eq(times_asked("visit.record"), 0);
	type("八点半");
	press(K_F10);
	ck_assert_str_eq(field("visit.record", "result"), "answered");
	ck_assert_str_eq(field("visit.record", "reply"), "八点半");
	ck_assert_str_eq(field("visit.record", "to_post_id"), "");
	refuse("visit.record", OP_REFUSED, "post.none", NULL);
	ck_assert_str_eq(top(), "visit"); /* what was typed stays */
	ck_assert_ptr_nonnull(strstr(st.said, "没有当班岗位"));
	end();
}
END_TEST

/* The posts that fit are here at once, the items only when the hall has answered: whoever went to a
 * post meanwhile was set back to the first item, and the visitor handed over to another post. */
START_TEST(the_place_gone_to_stays_when_items_come)
{
	form();
	answer("post.list", 3, posts);
	type("问内勤");
	press(K_ENTER);
	type("户");
	type("籍");
	press(K_DOWN);
	press(K_F5);
	answer("item.find", 1, found); /* of one character: asked anew */
	ck_assert_int_eq(times_asked("visit.record"), 0);
	answer("item.find", 1, found);
	ck_assert_int_eq(times_asked("visit.record"), 1);
	ck_assert_str_eq(field("visit.record", "result"), "handed");
	ck_assert_str_eq(field("visit.record", "to_post_id"), "43");
	end();
}
END_TEST

/* Not moved, the first item is what is meant; typed on, the cursor is at the top again. */
START_TEST(without_moving_the_first_row_is_meant)
{
	form();
	answer("post.list", 3, posts);
	type("问户口");
	press(K_ENTER);
	type("户籍");
	answer("item.find", 1, found);
	answer("item.find", 1, found);
	press(K_DOWN);
	press(K_DOWN);
	press(K_BACKSPACE);
	press(K_F5);
	answer("item.find", 1, found);
	answer("item.show", 1, item);
	ck_assert_str_eq(field("visit.record", "to_post_id"), "42");
	ck_assert_str_eq(field("visit.record", "item_id"), "7");
	end();
}
END_TEST

START_TEST(a_list_of_posts_that_failed_is_asked_for_again)
{
	form();
	refuse("post.list", OP_BUSY, "server.busy", NULL);
	type("问路");
	press(K_F10);
	ck_assert_int_eq(times_asked("post.list"), 2);
	ck_assert(stack_waits(&st));
	press(K_ESC); /* and never locks the keyboard */
	ck_assert(!stack_waits(&st));
	press(K_F10);
	ck_assert_int_eq(times_asked("post.list"), 3);
	end();
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("visit");
	TCase *t = tcase_create("visit");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, whichever_answer_comes_first_the_visitor_is_pointed);
	tcase_add_test(t, a_post_without_a_window_is_handed_over_to);
	tcase_add_test(t, an_answer_has_words_and_no_place);
	tcase_add_test(t, the_place_gone_to_stays_when_items_come);
	tcase_add_test(t, without_moving_the_first_row_is_meant);
	tcase_add_test(t, a_list_of_posts_that_failed_is_asked_for_again);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
