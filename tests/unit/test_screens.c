/*
 * The stack of screens: keys typed ahead reach the screen an answer opens, a refusal discards
 * them, a form is never lost, waiting can be left; and the one table of commands.
 */
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
#include "common/text.h"
#include "tests/unit/lib/fake_hall.h"

START_TEST(typed_ahead_keys_reach_the_screens_they_were_meant_for)
{
	begin();
	start_intake("accept");
	ck_assert_int_eq(times_asked("case.receive"), 0);
	load_intake();
	/* Enter ticked all, F10 received: nothing of it was typed again. */
	ck_assert_int_eq(times_asked("case.receive"), 1);
	answer("case.receive", 1, done);
	answer("notice.preview", 1, blocks);
	ck_assert_int_eq(papers, 1);
	ck_assert(!last_paper.spool);
	ck_assert_int_eq(times_asked("case.accept"), 0); /* DOC-2: laid out first */
	printed(true);
	answer("case.accept", 1, done);
	answer("notice.list", 1, notice);
	answer("notice.show", 1, blocks);
	ck_assert(last_paper.spool);
	printed(true);
	ck_assert_str_eq(top(), "case");
	ck_assert_ptr_nonnull(strstr(st.said, "/print/x.pdf"));
	ck_assert_int_eq(beeps, 0);
	end();
}
END_TEST

START_TEST(a_refusal_discards_what_was_typed_ahead)
{
	static const char *const foreign[] = {
	    "11", "511A01", "食品经营许可（新办）", "区市监局", "promised", "10", "workday", "true", "false"};
	begin();
	stack_push(&st, &screen_queue, NULL);
	press(K_F2);
	answer("item.find", 1, items);
	type("x");
	press(K_ENTER);
	press(K_ENTER);
	press(K_F10);
	answer("item.find", 1, foreign);
	ck_assert_str_eq(top(), "finder");
	ck_assert_int_eq(beeps, 1);
	ck_assert_int_eq(st.waiting, 0);
	ck_assert_int_eq(times_asked("case.receive"), 0);
	end();
}
END_TEST

START_TEST(a_form_survives_a_session_that_ends)
{
	static const char *const session[] = {
	    "t", "7", "zhangsan", "张三", "2", "1", "3", "食品许可", "局", "4", "k", "false", "false"};
	static const char *const other[] = {
	    "t", "8", "lisi", "李四", "2", "1", "3", "食品许可", "局", "4", "k", "false", "false"};
	struct screen_arg arg = {.number = 1, .id = 7, .text = "zhangsan"};
	begin();
	start_intake("ticks");
	load_intake();
	stack_push(&st, &screen_login, &arg);
	type("secret");
	press(K_ENTER);
	answer("session.login", 1, session);
	ck_assert_str_eq(top(), "intake");
	ck_assert_str_eq(form_value(&((struct intake *)stack_top(&st)->state)->form, INTAKE_NAME), "张三丰");
	/* Another person does not get to see it. */
	stack_push(&st, &screen_login, &arg);
	type("secret");
	press(K_ENTER);
	answer("session.login", 1, other);
	ck_assert_str_eq(top(), "queue");
	ck_assert(!stack_has(&st, &screen_intake));
	end();
}
END_TEST

START_TEST(waiting_can_always_be_left)
{
	begin();
	start_intake("ticks");
	ck_assert(stack_waits(&st));
	type("abc");
	ck_assert_int_gt(st.waiting, 0);
	press(K_ESC);
	ck_assert(!stack_waits(&st));
	ck_assert_int_eq(st.waiting, 0);
	/* A write is given up only when asked twice: it may be done already. */
	end();
	begin();
	start_intake("accept");
	load_intake();
	press(K_ESC);
	ck_assert(stack_waits(&st));
	ck_assert(!sent[asked("case.receive")].given_up);
	press(K_ESC);
	ck_assert(sent[asked("case.receive")].given_up);
	end();
}
END_TEST

START_TEST(going_from_case_to_case_never_fills_the_stack)
{
	begin();
	start_intake("ticks");
	load_intake();
	for (int i = 0; i < 40; i++) {
		press(K_F4);
		ck_assert_str_eq(top(), "search");
		struct screen_arg arg = {.id = 100 + i};
		stack_push(&st, &screen_case, &arg);
		ck_assert_str_eq(top(), "case");
		nsent = 0; /* what is awaited is left waiting */
		press(K_ESC);
	}
	ck_assert_int_le(st.n, STACK_DEPTH);
	ck_assert(stack_has(&st, &screen_intake)); /* the form is still there */
	end();
}
END_TEST

/* The line is back, and every screen reads afresh at once. */
START_TEST(as_many_cases_as_can_be_open_read_afresh_together)
{
	static const char *const reads[] = {"case.show", "case.materials", "notice.list", "case.history",
	    "agent.list", "case.parties", "case.visit", "case.steps", "case.stands", "fee.list", "deem.list"};
	struct screen_arg arg = {.id = 77};
	begin();
	stack_push(&st, &screen_queue, NULL);
	answer("case.queue", 0, NULL);
	answer("review.list", 0, NULL);
	answer("deem.list", 0, NULL);
	for (int i = 0; i < STACK_DEPTH; i++) {
		nsent = 0;
		stack_push(&st, &screen_case, &arg);
		answer("case.show", 1, case_row);
		for (size_t r = 1; r < sizeof reads / sizeof *reads; r++)
			if (times_asked(reads[r]) > 0)
				answer(reads[r], 0, NULL);
		ck_assert(!stack_waits(&st));
	}
	nsent = 0;
	stack_tell(&st, MESSAGE_ONLINE, NULL);
	ck_assert_int_eq(times_asked("case.show"), st.n - 1);
	end();
}
END_TEST

/* The notice and, before it, the receipt of its case. */
static void issue_with_a_receipt(void)
{
	static const char *const both[] = {"500", "77", "5199-20261123-000123-7", "receipt", "收件凭证",
	    "收据", "2026-11-23 10:00", "unprinted", "0", NULL, NULL, NULL, NULL, "501", "77",
	    "5199-20261123-000123-7", "acceptance", "受理通知书", "示市监受〔2026〕00001号",
	    "2026-11-23 10:00", "unprinted", "0", NULL, NULL, NULL, NULL};
	begin();
	issue_with_receipt(true);
	start_intake("accept");
	load_intake();
	answer("case.receive", 1, done);
	answer("notice.preview", 1, blocks);
	printed(true);
	answer("case.accept", 1, done);
	answer("notice.list", 2, both);
}

START_TEST(leaving_the_receipt_at_the_printer_tells_of_the_notice)
{
	issue_with_a_receipt();
	answer("notice.show", 1, blocks);
	ck_assert_int_eq(last_paper.notice_id, 500);
	press(K_ESC);
	ck_assert_ptr_nonnull(strstr(st.said, "受理通知书 示市监受〔2026〕00001号 未打印"));
	end();
	issue_with_receipt(false);
}
END_TEST

START_TEST(a_receipt_that_cannot_be_read_does_not_keep_the_notice_back)
{
	issue_with_a_receipt();
	refuse("notice.show", OP_BUSY, "server.busy", NULL);
	ck_assert_int_eq(times_asked("notice.show"), 2);
	answer("notice.show", 1, blocks);
	ck_assert_int_eq(last_paper.notice_id, 501);
	printed(true);
	ck_assert_ptr_nonnull(strstr(st.said, "收件凭证"));
	end();
	issue_with_receipt(false);
}
END_TEST

START_TEST(a_paper_left_to_itself_is_not_taken_for_the_next)
{
	static const struct paper_result late = {.ok = true, .pages = 1};
	begin();
	start_intake("accept");
	load_intake();
	answer("case.receive", 1, done);
	answer("notice.preview", 1, blocks);
	int first = last_paper.tag;
	press(K_ESC);
	press(K_F10);
	answer("notice.preview", 1, blocks);
	ck_assert_int_ne(last_paper.tag, first);
	stack_paper(&st, last_paper.screen, first, &late);
	ck_assert_int_eq(times_asked("case.accept"), 0); /* DOC-2: what is sent now is not laid out yet */
	printed(true);
	ck_assert_int_eq(times_asked("case.accept"), 1);
	end();
}
END_TEST

START_TEST(nothing_is_withdrawn_before_its_request_is_said_to_be_there)
{
	static const char *const may[] = {"withdraw", NULL, NULL, NULL, NULL, NULL};
	struct screen_arg arg = {.id = 77};
	begin();
	stack_push(&st, &screen_queue, NULL);
	stack_push(&st, &screen_withdraw, &arg);
	answer("case.show", 1, case_row);
	answer("case.acts", 1, may);
	press(K_F10);
	ck_assert_int_eq(times_asked("notice.preview"), 0);
	ck_assert_ptr_nonnull(strstr(st.said, "撤回申请"));
	press(K_RIGHT);
	press(K_F10);
	ck_assert_int_eq(times_asked("notice.preview"), 1);
	end();
}
END_TEST

/* Esc gave its answer up: the rows are still those of the list before. */
START_TEST(a_list_given_up_leaves_the_tab_of_its_rows)
{
	struct bytes_in in;
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault = {0};
	begin();
	stack_push(&st, &screen_queue, NULL);
	answer("case.queue", 2, two_cases);
	press(K_TAB);
	ck_assert(stack_waits(&st));
	press(K_ESC);
	ck_assert(!stack_waits(&st));
	stack_tell(&st, MESSAGE_ONLINE, NULL);
	int at = asked("case.queue");
	bytes_in_init(&in, sent[at].payload, sent[at].len);
	ck_assert_int_eq(op_decode_in(sent[at].op, &in, v, &fault), 0);
	ck_assert(v[1].null); /* all of them */
	end();
}
END_TEST

/* It stands there plain, and a reason would put into its history what nobody did (SEC-1). */
START_TEST(of_a_case_of_ones_own_no_reason_is_asked)
{
	struct screen_arg arg = {.id = 77};
	begin();
	stack_push(&st, &screen_queue, NULL);
	stack_push(&st, &screen_case, &arg);
	answer("case.show", 1, case_row);
	answer("notice.list", 1, notice);
	press(K_F9);
	type("xs");
	press(K_ENTER);
	ck_assert_str_eq(top(), "case");
	ck_assert_ptr_nonnull(strstr(st.said, "已经显示全部信息"));
	end();
}
END_TEST

/* What stood there when it was amended is void: F8 is for the paper that came for it. */
START_TEST(f8_after_an_amendment_prints_the_new_paper)
{
	static const char *const reads[] = {"case.materials", "case.history", "agent.list", "case.parties",
	    "case.visit", "case.steps", "case.stands", "fee.list", "deem.list"};
	static const char *const papers_now[] = {"501", "77", "5199-1", "receipt", "收件凭证", "1号",
	    "2026-11-23 10:00", "unprinted", "0", NULL, "2026-11-23 11:00", "错名", NULL, "502", "77",
	    "5199-1", "receipt", "收件凭证", "1号", "2026-11-23 11:00", "unprinted", "0", NULL, NULL, NULL,
	    "1号"};
	struct screen_arg arg = {.id = 77}, amended = {.kind = "amended"};
	struct message m = {.kind = MESSAGE_RESULT, .arg = &amended};
	struct effects fx;
	begin();
	stack_push(&st, &screen_queue, NULL);
	stack_push(&st, &screen_case, &arg);
	answer("case.show", 1, case_row);
	answer("notice.list", 1, notice);
	fx_init(&fx);
	stack_top(&st)->ops->message(stack_top(&st), &m, &fx);
	stack_perform(&st, stack_top(&st)->id, &fx);
	press(K_F8);
	for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
		answer(reads[i], 0, NULL);
	ck_assert_int_eq(times_asked("notice.show"), 0);
	ck_assert_int_eq(times_asked("notice.list"), 2);
	answer("notice.list", 2, papers_now);
	struct bytes_in in;
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault = {0};
	int at = asked("notice.show");
	bytes_in_init(&in, sent[at].payload, sent[at].len);
	ck_assert_int_eq(op_decode_in(sent[at].op, &in, v, &fault), 0);
	ck_assert_int_eq(op_int(&v[0]), 502);
	end();
}
END_TEST

/* F3 and Enter typed at once opened nothing: the rows were not there yet. */
START_TEST(keys_for_rows_that_are_still_to_come_wait_for_them)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	press(K_DOWN);
	press(K_ENTER);
	answer("case.queue", 2, two_cases);
	ck_assert_str_eq(top(), "case");
	struct bytes_in in;
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault;
	int at = asked("case.show");
	bytes_in_init(&in, sent[at].payload, sent[at].len);
	ck_assert_int_eq(op_decode_in(sent[at].op, &in, v, &fault), 0);
	ck_assert_int_eq(op_int(&v[0]), 78); /* the second one */
	end();
	begin();
	stack_push(&st, &screen_queue, NULL);
	press(K_ENTER);
	refuse("case.queue", OP_UNAVAILABLE, "server.unavailable", NULL);
	ck_assert(!stack_waits(&st));
	press(K_F2);
	ck_assert_str_eq(top(), "finder");
	end();
}
END_TEST

/* Enter behind what was typed opens the project that finds, not the one that stands there still. */
START_TEST(enter_waits_for_the_projects_that_are_looked_for)
{
	static const char *const both[] = {"51", NULL, "滨江花园", "甲建设", "2026-11-23 10:00", "1",
	    "立项用地规划许可", "区自然资源局", "9", NULL, NULL, NULL, NULL, NULL, NULL, NULL, "true", NULL,
	    NULL, NULL, "建设受理", "true", "52", NULL, "城南学校", "乙建设", "2026-11-23 10:00", "1",
	    "立项用地规划许可", "区自然资源局", "9", NULL, NULL, NULL, NULL, NULL, NULL, NULL, "true", NULL,
	    NULL, NULL, "建设受理", "true"};
	enum { COLUMNS = sizeof both / sizeof *both / 2 };
	begin();
	stack_push(&st, &screen_projects, NULL);
	answer("project.show", 2, both);
	type("城");
	press(K_ENTER);
	type("/"); /* waits, too */
	ck_assert_str_eq(top(), "projects");
	answer("project.show", 1, both + COLUMNS);
	ck_assert_str_eq(top(), "project");
	struct bytes_in in;
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault;
	int at = asked("project.show");
	bytes_in_init(&in, sent[at].payload, sent[at].len);
	ck_assert_int_eq(op_decode_in(sent[at].op, &in, v, &fault), 0);
	ck_assert_int_eq(op_int(&v[0]), 52);
	end();
	begin(); /* the line sends again what it lost: a second asking would take the answer to the first */
	stack_push(&st, &screen_projects, NULL);
	answer("project.show", 2, both);
	type("城南");
	press(K_ENTER);
	stack_tell(&st, MESSAGE_ONLINE, NULL);
	answer("project.show", 2, both);
	ck_assert_str_eq(top(), "projects");
	answer("project.show", 1, both + COLUMNS);
	ck_assert_str_eq(top(), "project");
	end();
	begin();
	stack_push(&st, &screen_projects, NULL);
	answer("project.show", 2, both);
	type("城");
	press(K_ENTER);
	refuse("project.show", OP_UNAVAILABLE, "server.unavailable", NULL);
	ck_assert_str_eq(top(), "projects");
	ck_assert(!stack_waits(&st));
	end();
}
END_TEST

/* On no screen may one key mean two things, and every bar fits the smallest screen. */
START_TEST(the_table_of_commands_is_unambiguous)
{
	for (uint64_t on = 1; (on & ON_ANY) != 0; on <<= 1) {
		struct bar_key keys[24];
		int n = command_bar(on, keys, 24), w = bar_keys_width(keys, n, false);
		ck_assert_msg(
		    w <= 80, "the key bar of screen %llx takes %d columns", (unsigned long long)on, w);
		/* In English without the gaps. */
		for (size_t i = 0, k = 0; command_at(i) != NULL; i++)
			if ((command_at(i)->bar & on) != 0)
				keys[k++].label = command_at(i)->label;
		w = bar_keys_width(keys, n, true);
		ck_assert_msg(w <= 80, "in English the key bar of screen %llx takes %d columns",
		    (unsigned long long)on, w);
		for (size_t i = 0; command_at(i) != NULL; i++)
			for (size_t j = 0; j < i; j++) {
				const struct command *a = command_at(i), *b = command_at(j);
				ck_assert_msg((a->on & b->on & on) == 0 || a->key == K_NONE ||
						  a->key != b->key || a->letter != b->letter,
				    "%s and %s on screen %llx", a->label, b->label, (unsigned long long)on);
			}
	}
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("screens");
	TCase *t = tcase_create("screens");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, typed_ahead_keys_reach_the_screens_they_were_meant_for);
	tcase_add_test(t, leaving_the_receipt_at_the_printer_tells_of_the_notice);
	tcase_add_test(t, a_receipt_that_cannot_be_read_does_not_keep_the_notice_back);
	tcase_add_test(t, a_paper_left_to_itself_is_not_taken_for_the_next);
	tcase_add_test(t, a_refusal_discards_what_was_typed_ahead);
	tcase_add_test(t, a_form_survives_a_session_that_ends);
	tcase_add_test(t, waiting_can_always_be_left);
	tcase_add_test(t, going_from_case_to_case_never_fills_the_stack);
	tcase_add_test(t, as_many_cases_as_can_be_open_read_afresh_together);
	tcase_add_test(t, nothing_is_withdrawn_before_its_request_is_said_to_be_there);
	tcase_add_test(t, a_list_given_up_leaves_the_tab_of_its_rows);
	tcase_add_test(t, of_a_case_of_ones_own_no_reason_is_asked);
	tcase_add_test(t, f8_after_an_amendment_prints_the_new_paper);
	tcase_add_test(t, keys_for_rows_that_are_still_to_come_wait_for_them);
	tcase_add_test(t, enter_waits_for_the_projects_that_are_looked_for);
	tcase_add_test(t, the_table_of_commands_is_unambiguous);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
