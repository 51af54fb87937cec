/*
 * The print queue and the way of a paper to it: whose end is unknown is asked for, what is at a
 * printer is not printed twice, a slow printer keeps nobody waiting.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/desktop.h"
#include "client/screen/issue.h"
#include "client/ui/lang.h"
#include "common/bytes.h"
#include "common/op.h"
#include "tests/unit/lib/fake_hall.h"

/* Columns of notice.queue: notice, case, number of the case, applicant, kind, title, number,
 * issued, state, copies, here, window, printer, queued, detail, elsewhere. */
static const char *const queue[] = {"31", "21", "5199-1", "王小五", "acceptance", "受理通知书", "示受1号",
    "2026-11-23 09:00", "failed", "0", "true", "3", "office", "2026-11-23 09:01", "缺纸", "false", /* */
    "30", "20", "5199-2", "王小六", "acceptance", "受理通知书", "示受2号", "2026-11-23 09:00", "queued", "0",
    "true", "3", "slip", "2026-11-23 09:01", NULL, "false", /* */
    "29", "19", "5199-3", "王小七", "receipt", "收件凭证", "5199-3", "2026-11-23 09:00", "queued", "0",
    "false", "5", "slip", "2026-11-23 09:01", NULL, "false", /* */
    "28", "18", "5199-4", "王小八", "receipt", "收件凭证", "5199-4", "2026-11-23 09:00", "printed", "2",
    "true", "3", "office", "2026-11-23 09:01", NULL, "false"};
enum { FAILED, UNKNOWN, ELSEWHERE, PRINTED, ROWS };

static void open_queue(int row)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	stack_push(&st, &screen_prints, NULL);
	answer("notice.queue", ROWS, queue);
	/* The cursor begins at what is asked about. */
	for (int at = UNKNOWN; at < row; at++)
		press(K_DOWN);
	for (int at = UNKNOWN; at > row; at--)
		press(K_UP);
}

/* Whether the last notice.printed said that it came out, and of which notice. */
static bool said_out(int64_t id)
{
	struct fake_sent *s = &sent[asked("notice.printed")];
	struct bytes_in in;
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault;
	bytes_in_init(&in, s->payload, s->len);
	ck_assert_int_eq(op_decode_in(s->op, &in, v, &fault), 0);
	ck_assert_int_eq(op_int(&v[0]), id);
	ck_assert(v[2].null);
	return op_bool(&v[1]);
}

START_TEST(an_unknown_end_is_settled_by_who_looked)
{
	open_queue(UNKNOWN);
	ck_assert(bar_has(K_F5));
	press(K_F5);
	ck_assert(said_out(30));
	answer("notice.printed", 1, done);
	ck_assert_int_eq(times_asked("notice.queue"), 2);
	end();
	open_queue(UNKNOWN);
	press(K_F6);
	ck_assert(!said_out(30));
	end();
}
END_TEST

START_TEST(only_an_unknown_end_can_be_settled)
{
	for (int row = FAILED; row < ROWS; row++) {
		if (row == UNKNOWN)
			continue;
		open_queue(row);
		ck_assert(!bar_has(K_F5));
		ck_assert(!bar_has(K_F6));
		press(K_F5);
		press(K_F6);
		ck_assert_int_eq(times_asked("notice.printed"), 0);
		ck_assert_int_eq(beeps, 2);
		end();
	}
}
END_TEST

START_TEST(what_is_at_the_printer_is_not_printed_twice)
{
	open_queue(UNKNOWN);
	st.desk.npapers = 1;
	st.desk.papers[0] = (struct paper_job){.notice_id = 30, .stage = PAPER_HELD};
	ck_assert(!bar_has(K_F8));
	press(K_F8);
	ck_assert_int_eq(times_asked("notice.show"), 0);
	ck_assert_int_eq(beeps, 1);
	press(K_F5);
	ck_assert_int_eq(times_asked("notice.printed"), 0);
	press(K_F6);
	ck_assert_int_eq(last_paper.stopped, 30);
	ck_assert_int_eq(times_asked("notice.printed"), 0);
	/* What is being recorded has ended. */
	last_paper.stopped = 0;
	st.desk.papers[0].stage = PAPER_RECORDING;
	press(K_F6);
	ck_assert_int_eq(last_paper.stopped, 0);
	end();
}
END_TEST

START_TEST(another_window_s_printing_is_asked_about)
{
	open_queue(ELSEWHERE);
	press(K_F8);
	ck_assert_str_eq(top(), "confirm");
	press(K_ESC);
	ck_assert_int_eq(times_asked("notice.show"), 0);
	press(K_F8);
	press(K_ENTER);
	ck_assert_int_eq(times_asked("notice.show"), 1);
	end();
}
END_TEST

/* The paper asked about came out at the other window: nothing else is printed in its stead. */
START_TEST(what_is_printed_is_what_was_asked_about)
{
	open_queue(ELSEWHERE);
	press(K_F8);
	stack_tell(&st, MESSAGE_ONLINE, NULL);
	answer("notice.queue", 1, queue);
	press(K_ENTER);
	ck_assert_str_eq(top(), "prints");
	ck_assert_int_eq(times_asked("notice.show"), 0);
	ck_assert_int_eq(beeps, 1);
	end();
}
END_TEST

/* The list asked for while a printing was given up is asked for again: it would stand still for ever. */
START_TEST(a_list_goes_on_after_a_printing_was_given_up)
{
	struct screen_arg arg = {.id = 77, .kind = "notices"};
	open_queue(FAILED);
	press(K_F8);
	stack_tell(&st, MESSAGE_ONLINE, NULL);
	press(K_ESC);
	int before = times_asked("notice.queue");
	ck_assert_int_ge(before, 3);
	answer("notice.queue", ROWS, queue);
	stack_tell(&st, MESSAGE_ONLINE, NULL);
	ck_assert_int_eq(times_asked("notice.queue"), before + 1);
	end();
	/* So does a case. */
	begin();
	stack_push(&st, &screen_case, &arg);
	answer("case.show", 1, case_row);
	answer("notice.list", 1, notice);
	press(K_F8);
	ck_assert_int_eq(times_asked("notice.show"), 1);
	press(K_ESC);
	ck_assert_int_eq(times_asked("case.show"), 2);
	end();
}
END_TEST

/* DOC-3: the count of confirmed prints goes with the paper; the printer is that of its kind, or
 * the one chosen. */
START_TEST(a_reprint_is_marked_and_goes_where_it_is_sent)
{
	open_queue(PRINTED);
	st.desk.nprinters = 2;
	strcpy(st.desk.printers[0], "office");
	strcpy(st.desk.printers[1], "slip");
	press(K_F8);
	answer("notice.show", 1, blocks);
	ck_assert_int_eq(last_paper.reprint, 2);
	ck_assert_int_eq(last_paper.notice_id, 28);
	ck_assert_str_eq(last_paper.kind, "receipt");
	ck_assert_str_eq(last_paper.printer, "");
	printed(true);
	press(K_F7);
	press(K_F7);
	press(K_F8);
	answer("notice.show", 1, blocks);
	ck_assert_str_eq(last_paper.printer, "slip");
	printed(true);
	press(K_F7);
	press(K_F8);
	answer("notice.show", 1, blocks);
	ck_assert_str_eq(last_paper.printer, "");
	end();
}
END_TEST

START_TEST(a_slow_printer_keeps_nobody_waiting)
{
	begin();
	start_intake("accept");
	load_intake();
	answer("case.receive", 1, done);
	answer("notice.preview", 1, blocks);
	printed(true);
	answer("case.accept", 1, done);
	answer("notice.list", 1, notice);
	answer("notice.show", 1, blocks);
	ck_assert(stack_waits(&st));
	still_printing("office");
	ck_assert_str_eq(top(), "case");
	ck_assert_ptr_nonnull(strstr(st.said, "office"));
	ck_assert_int_eq(beeps, 0);
	end();
}
END_TEST

/* Esc while the printer has it: the paper is not lost, the screen goes on. */
START_TEST(esc_does_not_stop_the_printer)
{
	open_queue(FAILED);
	press(K_F8);
	answer("notice.show", 1, blocks);
	press(K_ESC);
	ck_assert(!stack_waits(&st));
	ck_assert_int_eq(last_paper.stopped, 0);
	ck_assert_str_eq(top(), "prints");
	end();
}
END_TEST

START_TEST(leaving_with_papers_at_the_printer_is_asked)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	st.desk.npapers = 1;
	ck_assert(!desktop_may_leave(&st, REQ_QUIT_NOW));
	ck_assert_str_eq(top(), "confirm");
	press(K_ESC);
	st.desk.npapers = 0;
	ck_assert(desktop_may_leave(&st, REQ_QUIT_NOW));
	end();
}
END_TEST

/* With the setting, an intake prints its receipt first, without a key more. */
START_TEST(the_receipt_goes_before_the_notice)
{
	static const char *const both[] = {"40", "21", "5199-1", "receipt", "收件凭证", "5199-1",
	    "2026-11-23 09:00", "unprinted", "0", NULL, NULL, NULL, NULL, /* */
	    "41", "21", "5199-1", "acceptance", "受理通知书", "示受1号", "2026-11-23 09:00", "unprinted", "0",
	    NULL, NULL, NULL, NULL};
	begin();
	issue_with_receipt(true);
	start_intake("accept");
	load_intake();
	answer("case.receive", 1, done);
	answer("notice.preview", 1, blocks);
	printed(true);
	answer("case.accept", 1, done);
	answer("notice.list", 2, both);
	answer("notice.show", 1, blocks);
	ck_assert_int_eq(last_paper.notice_id, 40);
	printed(false);
	answer("notice.show", 1, blocks);
	ck_assert_int_eq(last_paper.notice_id, 41);
	printed(true);
	ck_assert_str_eq(top(), "case");
	/* The receipt's trouble is not forgotten over the notice that is fine. */
	ck_assert_ptr_nonnull(strstr(st.said, "没有字体"));
	issue_with_receipt(false);
	end();
}
END_TEST

int main(void)
{
	Suite *s = suite_create("prints");
	TCase *t = tcase_create("prints");
	SRunner *r;
	int failed;

	lang_init();
	tcase_add_test(t, an_unknown_end_is_settled_by_who_looked);
	tcase_add_test(t, only_an_unknown_end_can_be_settled);
	tcase_add_test(t, what_is_at_the_printer_is_not_printed_twice);
	tcase_add_test(t, another_window_s_printing_is_asked_about);
	tcase_add_test(t, what_is_printed_is_what_was_asked_about);
	tcase_add_test(t, a_list_goes_on_after_a_printing_was_given_up);
	tcase_add_test(t, a_reprint_is_marked_and_goes_where_it_is_sent);
	tcase_add_test(t, a_slow_printer_keeps_nobody_waiting);
	tcase_add_test(t, esc_does_not_stop_the_printer);
	tcase_add_test(t, leaving_with_papers_at_the_printer_is_asked);
	tcase_add_test(t, the_receipt_goes_before_the_notice);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
