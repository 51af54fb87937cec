/*
 * Posts at the window: an offer never takes the keys, a post is handed over with a note
 * to each case, confirmed in a few keys, and nothing that was typed is lost on the way.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/handing.h"
#include "client/screen/intake.h"
#include "client/ui/lang.h"
#include "common/bytes.h"
#include "common/op.h"
#include "tests/unit/lib/fake_hall.h"

enum { POST_COLUMNS = 19, CASE_COLUMNS = 40 };

/* A post of one's own, 3号窗; and an empty one of which one is B2. */
static const char *const two_posts[] = {"41", "xz.sp", "食品许可受理", "1", "区行政审批局", "3", "一楼", "A",
    "7", "张三", "A", "张三", "2", "2026-11-13 08:30", NULL, "", NULL, NULL, "true", NULL, NULL, "42",
    "xz.sc", "市场主体登记受理", "1", "区行政审批局", "2", "一楼", "B2", NULL, NULL, NULL, "何倩", "5", NULL,
    "2026-11-13 09:00", "all", NULL, NULL, "false", NULL, NULL};
static const char *const people[] = {"A", "7", "zhangsan", "张三", "true", "true", NULL, NULL, "B1", "8",
    "wangwu", "王五", "false", "true", NULL, NULL, "B2", "9", "lisi", "李四", "false", "false", "leave",
    "2026-11-16 17:00"};

/* The bytes of a field of the last request of this operation. */
static struct op_value value(const char *op, const char *name)
{
	static struct op_value v[OP_FIELDS_MAX];
	const struct fake_sent *s = &sent[asked(op)];
	struct bytes_in in;
	struct op_fault fault = {0};
	bytes_in_init(&in, s->payload, s->len);
	ck_assert_int_eq(op_decode_in(s->op, &in, v, &fault), 0);
	int i = op_field_index(s->op->in, name);
	ck_assert_int_ge(i, 0);
	return v[i];
}

static const char *field(const char *op, const char *name)
{
	static char text[400];
	struct op_value v = value(op, name);
	const struct op *o = sent[asked(op)].op;
	return op_show(&o->in[op_field_index(o->in, name)], &v, text, sizeof text);
}

/* The nth element of an array field, as text. */
static const char *element(const char *op, const char *name, int n)
{
	static char text[900];
	struct op_value v = value(op, name), e;
	struct op_elements it;
	op_elements_init(&it, &v);
	while (op_elements_next(&it, &e))
		if (n-- == 0)
			return op_text(&e, text, sizeof text);
	return "";
}

/* Open cases of the post: 77 and 78. */
static void answer_cases(void)
{
	const struct op *op = op_by_name("case.queue");
	size_t width = op_width(op->out);
	const char *rows[2 * OP_FIELDS_MAX] = {NULL};
	for (size_t i = 0; i < 2; i++)
		for (size_t c = 0; c < width; c++) {
			const char *name = op->out[c].name;
			rows[i * width + c] = strcmp(name, "case_id") == 0     ? (i == 0 ? "77" : "78")
					      : strcmp(name, "number") == 0    ? (i == 0 ? "N-1" : "N-2")
					      : strcmp(name, "state") == 0     ? "accepted"
					      : strcmp(name, "applicant") == 0 ? "钱多多"
					      : strcmp(name, "item") == 0      ? "食品经营许可"
									       : NULL;
		}
	answer("case.queue", 2, rows);
}

/* A granted leave of one's own to come, or none. */
static void answer_leaves(size_t n)
{
	const struct op *op = op_by_name("absence.list");
	const char *row[OP_FIELDS_MAX] = {NULL};
	for (size_t c = 0; c < op_width(op->out); c++) {
		const char *name = op->out[c].name;
		row[c] = strcmp(name, "absence_id") == 0 ? "5199000000000055"
			 : strcmp(name, "kind") == 0     ? "leave"
			 : strcmp(name, "state") == 0    ? "granted"
			 : strcmp(name, "from_at") == 0  ? "2099-11-16 08:30"
			 : strcmp(name, "until_at") == 0 ? "2099-11-16 17:00"
			 : strcmp(name, "reason") == 0   ? "回老家"
							 : NULL;
	}
	answer("absence.list", n, row);
}

static void open_wizard_with(size_t leaves)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	press(K_F7);
	ck_assert_str_eq(top(), "duty");
	answer("post.list", 2, two_posts);
	answer("post.show", 3, people);
	press(K_F2);
	ck_assert_str_eq(top(), "handing");
	answer("post.show", 3, people);
	answer_cases();
	answer_leaves(leaves);
}

static void open_wizard(void)
{
	open_wizard_with(0);
}

static struct handing *wizard(void)
{
	return stack_top(&st)->state;
}

static void leave_field(void)
{
	press(K_TAB);
}

START_TEST(a_post_is_handed_over_with_notes_and_things)
{
	open_wizard();
	/* Whoever holds it now is not offered. */
	ck_assert_str_eq(form_value(&wizard()->form, HANDING_TO), "8");
	leave_field();
	type("+1 0830");
	leave_field();
	type("+1 1730");
	leave_field();
	type("培训");
	leave_field();
	type("印章1枚；登记簿; ");
	leave_field();
	ck_assert_int_eq(wizard()->form.focus, -1);
	press(K_DOWN);
	type("等公安回函");
	press(K_F10);
	ck_assert_int_eq(times_asked("handover.start"), 1);
	ck_assert_str_eq(field("handover.start", "post_id"), "41");
	ck_assert_str_eq(field("handover.start", "to_id"), "8");
	ck_assert_str_eq(field("handover.start", "reason"), "培训");
	ck_assert_uint_eq(value("handover.start", "case_id").count, 1);
	ck_assert_str_eq(element("handover.start", "case_note", 0), "等公安回函");
	ck_assert_uint_eq(value("handover.start", "thing").count, 2);
	ck_assert_str_eq(element("handover.start", "thing", 0), "印章1枚");
	ck_assert_str_eq(element("handover.start", "thing", 1), "登记簿");
	answer("handover.start", 1, done);
	ck_assert_str_eq(top(), "handover");
	end();
}
END_TEST

START_TEST(what_is_wrong_with_the_plan_is_said_before_it_is_sent)
{
	open_wizard();
	press(K_F10);
	ck_assert_int_eq(times_asked("handover.start"), 0);
	ck_assert_int_eq(wizard()->form.focus, HANDING_FROM);
	type("+1 0900");
	leave_field();
	type("+1 0100");
	press(K_F10);
	ck_assert_int_eq(times_asked("handover.start"), 0); /* before its beginning */
	ck_assert_int_eq(wizard()->form.focus, HANDING_UNTIL);
	ck_assert_int_gt(beeps, 0);
	end();
}
END_TEST

/* The draft of it, opened again, is what was typed, with the caret in the same note. */
START_TEST(a_plan_half_typed_outlives_the_program)
{
	static const uint8_t key[OP_DRAFT_KEY] = {1};
	struct screen_about about;
	struct bytes_out out;
	open_wizard_with(1);
	press(K_RIGHT); /* to B2 */
	leave_field();
	press(K_RIGHT); /* for the leave, whose times and reason are filled in */
	ck_assert_str_eq(form_value(&wizard()->form, HANDING_FROM), "2099-11-16 08:30");
	ck_assert_str_eq(form_value(&wizard()->form, HANDING_REASON), "回老家");
	leave_field();
	leave_field();
	type("2099-11-16 12:00"); /* in place of what was filled in */
	leave_field();
	leave_field();
	leave_field();
	type("第一件");
	press(K_DOWN);
	type("第二件");
	press(K_LEFT);
	bytes_out_init(&out, 0);
	ck_assert(stack_draft(&st, stack_top(&st), &about, &out));
	const struct op *op = op_by_name("draft.take");
	struct bytes_out row;
	bytes_out_init(&row, 0);
	op_put_text(&row, "handing");
	op_put_null(&row);
	op_put_null(&row);
	op_put_null(&row);
	op_put_null(&row);
	op_put_int4(&row, 1);
	op_put_bytes(&row, out.p, out.len);
	struct reply *r = reply_new(op, OP_OK, row.p, row.len);
	end();
	begin();
	stack_push(&st, &screen_queue, NULL);
	stack_reopen(&st, r, key);
	ck_assert_str_eq(top(), "handing");
	answer("post.show", 3, people);
	answer_cases();
	answer_leaves(1);
	ck_assert_str_eq(form_value(&wizard()->form, HANDING_TO), "9");
	ck_assert_int_eq(handing_absence(wizard()), 5199000000000055);
	ck_assert_str_eq(form_value(&wizard()->form, HANDING_UNTIL), "2099-11-16 12:00");
	ck_assert_int_eq(wizard()->form.focus, -1);
	ck_assert_int_eq(wizard()->roll.list.id, 78);
	type("的");
	ck_assert_str_eq(handing_note(wizard(), 78), "第二的件");
	ck_assert_str_eq(handing_note(wizard(), 77), "第一件");
	press(K_F10);
	ck_assert_str_eq(field("handover.start", "absence_id"), "5199000000000055");
	reply_free(r);
	bytes_out_done(&row);
	bytes_out_done(&out);
	end();
}
END_TEST

START_TEST(ten_cases_are_confirmed_in_four_keys)
{
	static const char *const plan[] = {"5", "41", "食品许可受理", "何倩", "3", "张三", "7",
	    "2026-11-16 08:30", "2026-11-16 17:00", "培训", "planned", "false", "10", "0", "10", "taker"};
	static char item[10][4];
	const char *items_of[10 * 11];
	for (int i = 0; i < 10; i++) {
		snprintf(item[i], sizeof item[i], "%d", i + 1);
		const char *row[11] = {
		    item[i], "case", "77", "N-1", "食品经营许可", "钱*", NULL, "说明", NULL, NULL, NULL};
		memcpy(items_of + i * 11, row, sizeof row);
	}
	begin();
	stack_push(&st, &screen_queue, NULL);
	press(K_F7);
	press(K_F7); /* typed ahead of the answers, as all four */
	press(K_ENTER);
	answer("post.list", 2, two_posts);
	answer("handover.list", 1, plan);
	ck_assert_str_eq(top(), "handover");
	answer("handover.show", 10, items_of);
	answer("handover.list", 1, plan);
	ck_assert(bar_has(K_F10));
	press(K_F10);
	ck_assert_int_eq(times_asked("handover.confirm"), 1);
	ck_assert_uint_eq(value("handover.confirm", "items").count, 10);
	answer("handover.confirm", 1, done);
	/* By itself: Space, only the one at the cursor. */
	answer("handover.show", 10, items_of);
	press(K_DOWN);
	type(" ");
	ck_assert_int_eq(times_asked("handover.confirm"), 2);
	ck_assert_uint_eq(value("handover.confirm", "items").count, 1);
	end();
}
END_TEST

START_TEST(only_an_empty_post_is_taken)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	press(K_F7);
	answer("post.list", 2, two_posts);
	press(K_F10);
	ck_assert_int_eq(times_asked("cover.take"), 0);
	ck_assert_int_eq(beeps, 1);
	press(K_DOWN);
	ck_assert(bar_has(K_F10));
	press(K_F10);
	ck_assert_int_eq(times_asked("cover.take"), 1);
	ck_assert_str_eq(field("cover.take", "post_id"), "42");
	answer("cover.take", 1, done);
	ck_assert_int_eq(times_asked("post.list"), 2);
	end();
}
END_TEST

/* POST-4: a line and a key; the form, its field and its caret stay as they are. */
START_TEST(an_offer_never_takes_the_keys)
{
	enum face face;
	char buf[512];
	struct key take = {.code = K_CTRL, .text = "g", .len = 1};
	begin();
	start_intake("");
	load_intake();
	struct intake *in = stack_top(&st)->state;
	strcpy(st.desk.offer, "空岗待顶");
	st.desk.offered = 42;
	st.said[0] = '\0';
	ck_assert_str_eq(stack_said(&st, &face, buf, sizeof buf), "空岗待顶");
	ck_assert_int_eq(face, FACE_WARN);
	int focus = in->form.focus;
	char was[EDITOR_BYTES];
	snprintf(was, sizeof was, "%s", form_value(&in->form, focus));
	stack_key(&st, &take);
	ck_assert_int_eq(takes, 1);
	ck_assert_str_eq(top(), "intake");
	ck_assert_int_eq(in->form.focus, focus);
	ck_assert_str_eq(form_value(&in->form, focus), was);
	/* What else is said stands over it; on a lock it is not to be seen. */
	stack_say(&st, FACE_GOOD, "已保存");
	ck_assert_str_eq(stack_said(&st, &face, buf, sizeof buf), "已保存");
	st.said[0] = '\0';
	stack_push(&st, &screen_lock, NULL);
	ck_assert_str_eq(stack_said(&st, &face, buf, sizeof buf), "");
	stack_key(&st, &take);
	ck_assert_int_eq(takes, 1);
	end();
}
END_TEST

START_TEST(what_waits_for_one_stands_at_the_right)
{
	char right[160];
	begin();
	stack_push(&st, &screen_queue, NULL);
	st.desk.leaves_asked = 2;
	st.desk.handovers_asked = 1;
	stack_right_said(&st, right, sizeof right);
	ck_assert_ptr_nonnull(strchr(right, '2'));
	ck_assert_ptr_nonnull(strchr(right, '1'));
	stack_push(&st, &screen_lock, NULL);
	stack_right_said(&st, right, sizeof right);
	ck_assert_str_eq(right, "");
	end();
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("floor");
	TCase *t = tcase_create("floor");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, a_post_is_handed_over_with_notes_and_things);
	tcase_add_test(t, what_is_wrong_with_the_plan_is_said_before_it_is_sent);
	tcase_add_test(t, a_plan_half_typed_outlives_the_program);
	tcase_add_test(t, ten_cases_are_confirmed_in_four_keys);
	tcase_add_test(t, only_an_empty_post_is_taken);
	tcase_add_test(t, an_offer_never_takes_the_keys);
	tcase_add_test(t, what_waits_for_one_stands_at_the_right);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
