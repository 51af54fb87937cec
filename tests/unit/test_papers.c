/* Attachments and originals of a case on the screen: keys typed ahead, what is sent, what Esc stops. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "tests/unit/lib/fake_hall.h"

static const char *const paper[] = {
    "31", "1", "申请书", "a.pdf", "pdf", "3000000", NULL, "2026-11-23 10:00", "A 张三", "3", NULL, NULL};
static const char *const voided[] = {"31", NULL, NULL, "a.pdf", "pdf", "3000000", NULL, "2026-11-23 10:00",
    "A 张三", "3", "2026-11-23 11:00", "扫错了"};
static const char *const original[] = {
    "41", NULL, "房产证", "2", "2026-11-23 10:00", "张三", "3", NULL, NULL, NULL, NULL, NULL, "51"};
static const char *const returned[] = {"41", NULL, "房产证", "2", "2026-11-23 10:00", "张三", "3",
    "2026-11-23 11:00", "张三", "3", "李四", NULL, NULL};

static void answer_all(const char *const *p, const char *const *o)
{
	answer("case.show", 1, case_row);
	answer("paper.list", p != NULL, p);
	answer("paper.originals", o != NULL, o);
	answer("case.materials", 2, case_ticks);
}

static void open_papers(const char *const *p, const char *const *o)
{
	struct screen_arg arg = {.id = 77};
	begin();
	strcpy(st.desk.scan_folder, "/scans");
	stack_push(&st, &screen_queue, NULL);
	stack_push(&st, &screen_papers, &arg);
	answer_all(p, o);
}

static void listed(size_t n)
{
	static struct file_entry entries[2];
	struct file_folder folder = {entries, n, 0};
	struct file_result r = {.task = FILE_LIST, .ok = true, .folder = &folder};
	strcpy(entries[0].path, "/scans/新.pdf");
	strcpy(entries[0].name, "新.pdf");
	strcpy(entries[1].path, "/scans/旧.jpg");
	strcpy(entries[1].name, "旧.jpg");
	ck_assert_int_eq(last_file.order.task, FILE_LIST);
	stack_file(&st, last_file.screen, last_file.tag, &r);
}

static void ended(bool ok, bool stopped, const char *sentence)
{
	struct file_result r = {.task = last_file.order.task, .ok = ok, .stopped = stopped, .case_id = 77};
	strcpy(r.sentence, sentence);
	stack_file(&st, last_file.screen, last_file.tag, &r);
}

START_TEST(keys_typed_ahead_attach_the_newest_scan)
{
	struct screen_arg arg = {.id = 77};
	begin();
	strcpy(st.desk.scan_folder, "/scans");
	stack_push(&st, &screen_papers, &arg);
	press(K_F6);
	press(K_ENTER);
	answer_all(NULL, NULL);
	listed(2);
	ck_assert_int_eq(files, 2);
	ck_assert_int_eq(last_file.order.task, FILE_PUT);
	ck_assert_str_eq(last_file.order.path, "/scans/新.pdf");
	ck_assert_int_eq(last_file.order.case_id, 77);
	ck_assert_int_eq(last_file.order.seq, 0);
	ck_assert_str_eq(top(), "papers");
	end();
}
END_TEST

START_TEST(a_name_a_path_and_a_material)
{
	open_papers(NULL, NULL);
	press(K_F6);
	listed(2);
	type("旧");
	press(K_TAB);
	type("2");
	press(K_ENTER);
	ck_assert_str_eq(last_file.order.path, "/scans/旧.jpg");
	ck_assert_int_eq(last_file.order.seq, 2);
	ended(true, false, "x");
	press(K_F6);
	listed(2);
	type("/other/a.pdf");
	press(K_ENTER);
	ck_assert_str_eq(last_file.order.path, "/other/a.pdf");
	ended(true, false, "x");
	press(K_F6);
	listed(2);
	type("没有这样的");
	press(K_ENTER);
	ck_assert_str_eq(top(), "attach");
	press(K_TAB);
	type("9");
	press(K_ENTER);
	ck_assert_str_eq(top(), "attach");
	ck_assert_int_eq(files, 5); /* three lists, two files */
	end();
}
END_TEST

START_TEST(esc_stops_what_is_on_its_way_and_then_leaves)
{
	open_papers(NULL, NULL);
	press(K_F6);
	listed(1);
	press(K_ENTER);
	press(K_ESC);
	ck_assert_int_eq(last_file.order.task, FILE_STOP);
	ck_assert_int_eq(last_file.order.case_id, 77);
	ck_assert_str_eq(top(), "papers");
	last_file.order.task = FILE_PUT;
	ended(false, true, "停了");
	ck_assert_str_eq(st.said, "停了");
	press(K_ESC);
	ck_assert_str_eq(top(), "queue");
	end();
}
END_TEST

/* A session that ends takes its files along without a word: Esc still leaves afterwards. */
START_TEST(esc_leaves_though_no_end_of_a_file_ever_comes)
{
	open_papers(NULL, NULL);
	press(K_F6);
	listed(1);
	press(K_ENTER);
	press(K_ESC);
	ck_assert_int_eq(last_file.order.task, FILE_STOP);
	press(K_ESC);
	ck_assert_str_eq(top(), "queue");
	end();
}
END_TEST

/* Its screen may have gone, or lie below another: the end is said all the same. */
START_TEST(the_end_is_said_wherever_one_is)
{
	open_papers(NULL, NULL);
	press(K_F6);
	listed(1);
	press(K_ENTER);
	strcpy(st.progress, "附件传送 5 %");
	ck_assert_str_eq(stack_word_said(&st), "附件传送 5 %");
	stack_restart(&st, &screen_queue, NULL);
	ended(true, false, "已附上：新.pdf");
	ck_assert_str_eq(st.said, "已附上：新.pdf");
	end();
}
END_TEST

/* … but not on a locked screen, before which somebody else may stand. */
START_TEST(a_locked_screen_names_no_file)
{
	for (int gone = 0; gone <= 1; gone++) {
		open_papers(NULL, NULL);
		press(K_F6);
		listed(1);
		press(K_ENTER);
		if (gone)
			stack_restart(&st, &screen_queue, NULL);
		stack_push(&st, &screen_lock, NULL);
		ended(true, false, "已附上：王小五.pdf");
		ck_assert_str_eq(st.said, "");
		end();
	}
}
END_TEST

static void sent_is(const char *op, size_t field, const char *want)
{
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault = {0};
	struct bytes_in in;
	char buf[512];
	const struct op *o = op_by_name(op);
	int i = asked(op);
	bytes_in_init(&in, sent[i].payload, sent[i].len);
	ck_assert_int_eq(op_decode_in(o, &in, v, &fault), 0);
	if (o->in[field].flags & OP_ARRAY) {
		struct op_elements e;
		struct op_value one;
		op_elements_init(&e, &v[field]);
		ck_assert(op_elements_next(&e, &one));
		op_show(&o->in[field], &one, buf, sizeof buf);
	} else {
		op_show(&o->in[field], &v[field], buf, sizeof buf);
	}
	ck_assert_str_eq(buf, want);
}

START_TEST(what_works_depends_on_the_row)
{
	open_papers(paper, original);
	ck_assert(bar_has(K_ENTER) && !bar_has(K_F8));
	press(K_ENTER);
	ck_assert_int_eq(last_file.order.task, FILE_VIEW);
	ck_assert_int_eq(last_file.order.paper_id, 31);
	ended(true, false, "x");
	press(K_DOWN);
	ck_assert(!bar_has(K_ENTER) && bar_has(K_F8) && bar_has(K_F5));
	press(K_F5); /* the paper is one of the case's notices */
	sent_is("notice.list", 0, "77");
	answer("notice.list", 0, NULL);
	ck_assert_str_eq(st.said, "没有这份文书。");
	press(K_ENTER);
	ck_assert_int_eq(files, 1);
	press(K_DELETE);
	ck_assert_str_eq(top(), "papers");
	end();
	open_papers(voided, returned);
	press(K_DELETE);
	ck_assert_str_eq(top(), "papers");
	ck_assert_str_eq(st.said, "该附件已作废。");
	press(K_DOWN);
	ck_assert(!bar_has(K_F8));
	press(K_F8);
	ck_assert_str_eq(top(), "papers");
	press(K_F5); /* kept before there were papers of originals */
	ck_assert_str_eq(st.said, "这件原件收存较早，没有列明它的凭证。");
	end();
}
END_TEST

START_TEST(originals_and_void_ones_are_sent_as_typed)
{
	open_papers(paper, original);
	press(K_F7);
	press(K_ENTER); /* nothing typed yet: to the second line, and there it is refused */
	press(K_ENTER);
	ck_assert_str_eq(top(), "paper_ask");
	type("营业执照正本");
	press(K_ENTER);
	type("3");
	press(K_ENTER);
	sent_is("paper.keep", 0, "77");
	sent_is("paper.keep", 1, "营业执照正本");
	sent_is("paper.keep", 2, "3");
	answer("paper.keep", 1, done);
	ck_assert_str_eq(st.said, "已登记。在原件上按 F5 打印交给申请人的凭证。");
	answer_all(paper, original);
	press(K_F7); /* nothing between two ； is no original */
	type("甲；；乙");
	press(K_F10);
	ck_assert_str_eq(st.said, "两个；之间请写明原件名称。");
	press(K_ESC);
	press(K_DELETE);
	press(K_DELETE);
	type("扫错了");
	press(K_ENTER);
	sent_is("paper.void", 0, "31");
	sent_is("paper.void", 1, "扫错了");
	answer("paper.void", 1, done);
	answer_all(paper, original);
	press(K_DOWN);
	press(K_F8);
	press(K_TAB);
	type("本人签字");
	press(K_F10);
	sent_is("paper.return", 1, "41");
	sent_is("paper.return", 2, case_row[14]); /* the applicant, unless another is typed */
	sent_is("paper.return", 3, "本人签字");
	end();
}
END_TEST

START_TEST(a_dialog_left_by_esc_sends_nothing)
{
	open_papers(paper, original);
	press(K_F7);
	type("x");
	press(K_ESC);
	ck_assert_str_eq(top(), "leave");
	press(K_DELETE);
	ck_assert_str_eq(top(), "papers");
	press(K_DELETE);
	type("x");
	press(K_ESC);
	press(K_ENTER);
	ck_assert_str_eq(top(), "papers");
	press(K_F7);
	press(K_ESC); /* nothing typed: nothing asked */
	press(K_F6);
	listed(1);
	press(K_ESC);
	ck_assert_int_eq(times_asked("paper.keep") + times_asked("paper.void"), 0);
	ck_assert_int_eq(files, 1);
	end();
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("papers");
	TCase *t = tcase_create("papers");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, keys_typed_ahead_attach_the_newest_scan);
	tcase_add_test(t, a_name_a_path_and_a_material);
	tcase_add_test(t, esc_stops_what_is_on_its_way_and_then_leaves);
	tcase_add_test(t, esc_leaves_though_no_end_of_a_file_ever_comes);
	tcase_add_test(t, the_end_is_said_wherever_one_is);
	tcase_add_test(t, a_locked_screen_names_no_file);
	tcase_add_test(t, what_works_depends_on_the_row);
	tcase_add_test(t, originals_and_void_ones_are_sent_as_typed);
	tcase_add_test(t, a_dialog_left_by_esc_sends_nothing);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
