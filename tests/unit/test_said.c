/* What the status line says of a write: 正在确认, 已保存, what was done, what was given up. */
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

/* 已保存 stands on the screen that saved, not on the next form, not beside a refusal. */
START_TEST(the_word_belongs_to_the_screen_that_sent_the_write)
{
	begin();
	start_intake("accept");
	load_intake();
	stack_word(&st, sent[asked("case.receive")].id, WORD_CONFIRMING);
	ck_assert_str_eq(stack_word_said(&st), "正在确认");
	stack_word(&st, sent[asked("case.receive")].id, WORD_SAVED);
	ck_assert_str_eq(stack_word_said(&st), "已保存");
	stack_push(&st, &screen_finder, NULL);
	ck_assert_str_eq(stack_word_said(&st), "");
	stack_close_top(&st);
	answer("case.receive", 1, done);
	ck_assert_str_eq(stack_word_said(&st), "已保存");
	answer("notice.preview", 1, blocks);
	printed(false);
	ck_assert_str_eq(stack_word_said(&st), "");
	end();
}
END_TEST

/* From the queue the first case is sent on; until the answer to that. */
static void advance(void)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	answer("case.queue", 2, two_cases);
	press(K_F10);
	answer("case.show", 1, case_row);
	answer("case.steps", 0, NULL);
	answer("case.acts", 1, free_to_go);
	press(K_F10);
	stack_word(&st, sent[asked("case.advance")].id, WORD_CONFIRMING);
}

/* Its dialog closes with it: who acts has to see the word all the same. */
START_TEST(an_act_whose_dialog_closes_says_saved)
{
	advance();
	stack_word(&st, sent[asked("case.advance")].id, WORD_SAVED);
	answer("case.advance", 1, done);
	ck_assert_str_eq(top(), "queue");
	ck_assert_str_eq(stack_word_said(&st), "已保存");
	end();
}
END_TEST

/* Typed ahead or on at once, nobody could have read it; with time, or the next thing done, it goes. */
START_TEST(what_was_done_outlives_the_keys_typed_on)
{
	char buf[512];
	enum face face;
	advance();
	stack_word(&st, sent[asked("case.advance")].id, WORD_SAVED);
	answer("case.advance", 1, done);
	press_after(K_DOWN, 100);
	press_after(K_F2, 100);
	type("spj");
	ck_assert_str_eq(top(), "finder");
	ck_assert_ptr_nonnull(strstr(stack_said(&st, &face, buf, sizeof buf), case_row[1]));
	ck_assert_int_eq(face, FACE_GOOD);
	ck_assert(!stack_fade(&st));
	clock_ms += 3000;
	ck_assert(stack_fade(&st));
	ck_assert_str_eq(stack_said(&st, &face, buf, sizeof buf), "");
	ck_assert_str_eq(stack_word_said(&st), "");
	end();
	advance();
	stack_word(&st, sent[asked("case.advance")].id, WORD_SAVED);
	answer("case.advance", 1, done);
	press_after(K_DOWN, 100);
	stack_push(&st, &screen_lock, NULL); /* not for who stands there next */
	ck_assert_str_eq(stack_said(&st, &face, buf, sizeof buf), "");
	stack_close_top(&st);
	ck_assert_str_ne(stack_said(&st, &face, buf, sizeof buf), "");
	stack_say(&st, FACE_ERROR, "不行");
	press_after(K_DOWN, 100);
	ck_assert_str_eq(stack_said(&st, &face, buf, sizeof buf), "");
	end();
}
END_TEST

static void probe_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	(void)s;
	(void)arg;
	(void)fx;
}

static void probe_message(struct screen *s, const struct message *m, struct effects *fx)
{
	(void)s;
	if (m->kind == MESSAGE_ONLINE)
		fx_push(fx, &screen_search, NULL);
}

/* Somebody else may stand there. */
START_TEST(under_a_lock_nothing_is_said_and_nothing_opens_over_it)
{
	static const struct screen_ops probe = {
	    .name = "probe", .size = 1, .open = probe_open, .message = probe_message};
	char buf[512];
	enum face face;
	advance();
	stack_push(&st, &screen_lock, NULL);
	answer("case.advance", 1, done);
	ck_assert_str_eq(top(), "lock");
	ck_assert_str_eq(stack_said(&st, &face, buf, sizeof buf), "");
	end();
	begin();
	stack_push(&st, &probe, NULL);
	stack_push(&st, &screen_lock, NULL);
	stack_tell(&st, MESSAGE_ONLINE, NULL);
	ck_assert_str_eq(top(), "lock");
	ck_assert_int_eq(st.n, 3);
	ck_assert_str_eq(st.screens[1]->ops->name, "search");
	end();
}
END_TEST

/* 请重试 beside 正在确认 would have it done twice. */
START_TEST(nobody_is_told_to_send_again_what_is_being_confirmed)
{
	advance();
	stack_tell(&st, MESSAGE_ONLINE, NULL);
	refuse("case.queue", REPLY_TIMEOUT, NULL, NULL);
	ck_assert_msg(strstr(st.said, "重试") == NULL && strstr(st.said, "自动确认") != NULL, "%s", st.said);
	answer("case.advance", 1, done);
	stack_tell(&st, MESSAGE_ONLINE, NULL);
	refuse("case.queue", REPLY_TIMEOUT, NULL, NULL);
	ck_assert_ptr_nonnull(strstr(st.said, "重试")); /* nothing is under way: it is */
	end();
}
END_TEST

/* The screen reads afresh at once: its request takes the place the write had. */
START_TEST(a_cancelled_write_is_said_though_the_screen_goes_on)
{
	static const char *const queued[] = {"30", "20", "5199-2", "王小六", "acceptance", "受理通知书",
	    "示受2号", "2026-11-23 09:00", "queued", "0", "true", "3", "slip", "2026-11-23 09:01", NULL,
	    "false"};
	begin();
	stack_push(&st, &screen_prints, NULL);
	answer("notice.queue", 1, queued);
	press(K_F5);
	press(K_ESC);
	press(K_ESC);
	ck_assert(sent[asked("notice.printed")].given_up);
	refuse("notice.printed", OP_REFUSED, "command.cancelled", NULL);
	ck_assert_int_eq(times_asked("notice.queue"), 2);
	ck_assert_ptr_nonnull(strstr(st.said, word_op("notice.printed")));
	end();
}
END_TEST

START_TEST(esc_says_what_is_confirmed_and_what_was_given_up)
{
	char buf[512];
	enum face face;
	begin();
	start_intake("accept");
	load_intake();
	press(K_ESC);
	stack_say(&st, FACE_ERROR, "服务器没有应答"); /* the line has its word meanwhile */
	ck_assert_ptr_nonnull(strstr(stack_said(&st, &face, buf, sizeof buf), "再按 Esc 放弃"));
	ck_assert_ptr_nonnull(strstr(stack_said(&st, &face, buf, sizeof buf), "收件"));
	press(K_ESC);
	ck_assert_ptr_nonnull(strstr(stack_said(&st, &face, buf, sizeof buf), "已放弃：收件"));
	refuse("case.receive", OP_REFUSED, "command.cancelled", NULL);
	ck_assert_ptr_nonnull(strstr(stack_said(&st, &face, buf, sizeof buf), "没有保存"));
	ck_assert_str_ne(stack_word_said(&st), "正在确认");
	ck_assert(!stack_waits(&st));
	end();
}
END_TEST

START_TEST(a_database_that_is_away_is_known)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	refuse("case.queue", OP_UNAVAILABLE, "server.unavailable", NULL);
	ck_assert(st.no_database);
	press(K_F2);
	answer("item.find", 1, items);
	ck_assert(!st.no_database);
	end();
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("said");
	TCase *t = tcase_create("said");
	tcase_add_test(t, the_word_belongs_to_the_screen_that_sent_the_write);
	tcase_add_test(t, an_act_whose_dialog_closes_says_saved);
	tcase_add_test(t, what_was_done_outlives_the_keys_typed_on);
	tcase_add_test(t, under_a_lock_nothing_is_said_and_nothing_opens_over_it);
	tcase_add_test(t, nobody_is_told_to_send_again_what_is_being_confirmed);
	tcase_add_test(t, a_cancelled_write_is_said_though_the_screen_goes_on);
	tcase_add_test(t, esc_says_what_is_confirmed_and_what_was_given_up);
	tcase_add_test(t, a_database_that_is_away_is_known);
	tcase_set_timeout(t, 20);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
