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
#include "client/screen/stack_int.h"
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
	    "agent.list", "case.parties", "case.visit", "case.steps", "case.stands", "fee.list"};
	struct screen_arg arg = {.id = 77};
	begin();
	stack_push(&st, &screen_queue, NULL);
	answer("case.queue", 0, NULL);
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

static const char *const two_cases[] = {"77", "5199-20261123-000123-3", "食品经营许可（新办）", "张三",
    "109X", "accepted", "审核", "食品许可受理", "2026-11-23 10:00", NULL, "2026-11-30 17:00", "2",
    "2026-11-24 17:00", "green", "yellow", "6", NULL, "advance", "1", NULL, "78", "5199-20261123-000124-1",
    "食品经营许可（新办）", "李四", "109X", "suspended", "审核", "食品许可受理", "2026-11-23 10:00", NULL,
    NULL, "2", NULL, NULL, NULL, NULL, "听证", "resume", NULL, NULL};

static const char *const free_to_go[] = {"advance", NULL, NULL, NULL, NULL, NULL};

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
	    "case.visit", "case.steps", "case.stands", "fee.list"};
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
	tcase_add_test(t, a_second_commit_key_goes_nowhere);
	tcase_add_test(t, a_repeated_f10_commits_nothing_nobody_has_seen);
	tcase_add_test(t, a_held_f10_accepts_and_goes_no_further);
	tcase_add_test(t, a_second_f10_sends_no_case_on);
	tcase_add_test(t, an_f10_typed_ahead_behind_another_key_is_meant);
	tcase_add_test(t, the_word_belongs_to_the_screen_that_sent_the_write);
	tcase_add_test(t, an_act_whose_dialog_closes_says_saved);
	tcase_add_test(t, what_was_done_outlives_the_keys_typed_on);
	tcase_add_test(t, nobody_is_told_to_send_again_what_is_being_confirmed);
	tcase_add_test(t, nothing_is_withdrawn_before_its_request_is_said_to_be_there);
	tcase_add_test(t, a_list_given_up_leaves_the_tab_of_its_rows);
	tcase_add_test(t, of_a_case_of_ones_own_no_reason_is_asked);
	tcase_add_test(t, f8_after_an_amendment_prints_the_new_paper);
	tcase_add_test(t, a_cancelled_write_is_said_though_the_screen_goes_on);
	tcase_add_test(t, esc_says_what_is_confirmed_and_what_was_given_up);
	tcase_add_test(t, keys_for_rows_that_are_still_to_come_wait_for_them);
	tcase_add_test(t, a_database_that_is_away_is_known);
	tcase_add_test(t, the_table_of_commands_is_unambiguous);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
