/*
 * The intake form: what is typed in it means the same at any speed, nobody gets another's
 * data, nothing is issued that cannot be printed.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/screen/intake.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "tests/unit/lib/fake_hall.h"

START_TEST(nothing_is_issued_that_cannot_be_printed)
{
	begin();
	start_intake("accept");
	load_intake();
	answer("case.receive", 1, done);
	answer("notice.preview", 1, blocks);
	printed(false);
	ck_assert_int_eq(times_asked("case.accept"), 0);
	ck_assert_str_eq(top(), "intake");
	ck_assert_ptr_nonnull(strstr(st.said, "没有字体"));
	/* Again: it is not received twice. */
	press(K_F10);
	ck_assert_int_eq(times_asked("case.receive"), 1);
	ck_assert_int_eq(times_asked("notice.preview"), 2);
	end();
}
END_TEST

START_TEST(a_refused_field_keeps_the_form_and_gets_its_sentence)
{
	begin();
	start_intake("accept");
	load_intake();
	refuse("case.receive", OP_INVALID, "phone.length", "phone");
	struct intake *in = stack_top(&st)->state;
	ck_assert_str_eq(top(), "intake");
	ck_assert_str_ne(in->form.error[INTAKE_PHONE], "");
	ck_assert_int_eq(in->form.focus, INTAKE_PHONE);
	ck_assert(!in->in_ticks);
	ck_assert_str_eq(form_value(&in->form, INTAKE_NAME), "张三丰");
	end();
}
END_TEST

/* A resident's number with a wrong last digit became an organisation's at the window. */
START_TEST(the_kind_of_document_changes_only_when_it_is_certain)
{
	struct screen_arg arg = {.id = 11};
	begin();
	stack_push(&st, &screen_intake, &arg);
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	struct intake *in = stack_top(&st)->state;
	type("510101199003071234");
	ck_assert_str_eq(form_value(&in->form, INTAKE_ID_KIND), "resident");
	ck_assert_str_ne(in->form.error[INTAKE_ID_NO], "");
	ck_assert(!in->form.good[INTAKE_ID_NO]);
	for (int i = 0; i < 18; i++)
		press(K_BACKSPACE);
	st.said[0] = '\0';
	type("91350100M000100Y43");
	ck_assert_str_eq(form_value(&in->form, INTAKE_ID_KIND), "org");
	ck_assert(in->form.good[INTAKE_ID_NO]);
	ck_assert_str_ne(st.said, ""); /* and it is said */
	end();
}
END_TEST

/* Whatever is typed at once means what it means when typed slowly. */
START_TEST(a_burst_about_a_known_applicant_is_slow_typing)
{
	struct screen_arg arg = {.id = 11};
	for (int slow = 0; slow < 2; slow++) {
		begin();
		stack_push(&st, &screen_intake, &arg);
		answer("item.show", 1, shown);
		answer("item.materials", 2, materials);
		type("11010119900307109X");
		press(K_ENTER);
		if (slow)
			answer("applicant.find", 1, person);
		type("李小梅");
		press(K_ENTER);
		type("13800138000");
		press(K_ENTER);
		press(K_F6);
		if (!slow)
			answer("applicant.find", 1, person);
		struct intake *in = stack_top(&st)->state;
		ck_assert_str_eq(form_value(&in->form, INTAKE_NAME), "李小梅");
		ck_assert_str_eq(form_value(&in->form, INTAKE_PHONE), "13800138000");
		ck_assert_str_eq(form_value(&in->form, INTAKE_ADDRESS), "示例路1号");
		ck_assert(in->in_ticks);
		ck_assert_int_eq(ticks_count(&in->ticks, ""), 2);
		ck_assert_int_eq(beeps, 0);
		end();
	}
}
END_TEST

/* F10 renamed a known person silently. */
START_TEST(another_name_for_a_known_number_is_asked_about)
{
	begin();
	start_intake("ticks");
	load_intake();
	struct intake *in = stack_top(&st)->state;
	press(K_F6);
	type("李小梅");
	press(K_F10);
	ck_assert_str_eq(top(), "confirm");
	press(K_F10); /* not the key that asked */
	ck_assert_int_eq(times_asked("case.receive"), 0);
	press(K_ESC);
	ck_assert_str_eq(top(), "intake");
	ck_assert_int_eq(times_asked("case.receive"), 0);
	press(K_F10);
	press(K_ENTER);
	ck_assert_int_eq(times_asked("case.receive"), 1);
	ck_assert(in->renamed);
	end();
}
END_TEST

/* The number was changed after the recall, and F10 pressed from its field. */
START_TEST(the_applicant_is_looked_up_before_anything_is_sent)
{
	begin();
	start_intake("ticks");
	load_intake();
	struct intake *in = stack_top(&st)->state;
	form_set(&in->form, INTAKE_ID_NO, "110101199003070118");
	press(K_F10);
	ck_assert_int_eq(times_asked("case.receive"), 0);
	ck_assert_int_eq(times_asked("applicant.find"), 3);
	answer("applicant.find", 0, NULL);
	ck_assert_int_eq(times_asked("case.receive"), 0);
	/* Another's name, telephone and address do not stay. */
	ck_assert_str_eq(form_value(&in->form, INTAKE_NAME), "");
	ck_assert_str_eq(form_value(&in->form, INTAKE_PHONE), "");
	end();
}
END_TEST

START_TEST(nobody_gets_the_data_of_the_one_before)
{
	struct screen_arg arg = {.id = 11};
	begin();
	start_intake("accept");
	load_intake();
	answer("case.receive", 1, done);
	stack_push(&st, &screen_intake, &arg);
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	struct intake *in = stack_top(&st)->state;
	static const int fields[] = {INTAKE_ID_NO, INTAKE_NAME, INTAKE_PHONE, INTAKE_ADDRESS};
	struct key repeat = {.code = K_CTRL, .text = "r"};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		in->form.focus = fields[i];
		stack_key(&st, &repeat);
		ck_assert_str_eq(form_value(&in->form, fields[i]), "");
	}
	end();
}
END_TEST

/* The digits vanished: the keys were with the chooser of the kind. */
START_TEST(a_number_typed_at_its_chooser_goes_to_its_field)
{
	struct screen_arg arg = {.id = 11};
	begin();
	stack_push(&st, &screen_intake, &arg);
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	struct intake *in = stack_top(&st)->state;
	form_go(&in->form, INTAKE_AGENT_NAME);
	type("李经办");
	press(K_ENTER);
	type("13300001111");
	press(K_ENTER);
	ck_assert_int_eq(in->form.focus, INTAKE_AGENT_ID_KIND);
	type("110101199003070118");
	ck_assert_str_eq(form_value(&in->form, INTAKE_AGENT_ID_NO), "110101199003070118");
	press(K_ENTER);
	press(K_ENTER);
	type("20990301");
	press(K_ENTER);
	ck_assert_str_eq(form_value(&in->form, INTAKE_AGENT_UNTIL), "2099-03-01");
	end();
}
END_TEST

/* An open case about the same item is named. */
/* One digit chooses, 1 to 6; the second one of a number takes the choice back. */
START_TEST(a_digit_chooses_the_kind_and_a_number_does_not)
{
	struct screen_arg arg = {.id = 11};
	begin();
	stack_push(&st, &screen_intake, &arg);
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	struct intake *in = stack_top(&st)->state;
	press(K_BACKTAB);
	type("3");
	ck_assert_str_eq(form_value(&in->form, INTAKE_ID_KIND), "passport");
	ck_assert_int_eq(in->form.focus, INTAKE_ID_KIND);
	press(K_ENTER);
	type("E1");
	ck_assert_str_eq(form_value(&in->form, INTAKE_ID_NO), "E1");
	press(K_BACKTAB);
	type("1");
	ck_assert_str_eq(form_value(&in->form, INTAKE_ID_KIND), "resident");
	press(K_TAB);
	for (int i = 0; i < 2; i++)
		press(K_BACKSPACE);
	press(K_BACKTAB);
	type("5101");
	ck_assert_str_eq(form_value(&in->form, INTAKE_ID_KIND), "resident");
	ck_assert_str_eq(form_value(&in->form, INTAKE_ID_NO), "5101");
	ck_assert_int_eq(in->form.focus, INTAKE_ID_NO);
	press(K_BACKTAB);
	type("9"); /* there is no ninth: it is meant for the number */
	ck_assert_str_eq(form_value(&in->form, INTAKE_ID_NO), "51019");
	end();
}
END_TEST

/* Esc gives up waiting, not the list: with no materials nothing would be missing. */
START_TEST(an_intake_without_its_materials_is_not_sent)
{
	struct screen_arg arg = {.id = 11};
	begin();
	stack_push(&st, &screen_intake, &arg);
	press(K_ESC);
	ck_assert_str_eq(top(), "intake");
	ck_assert_int_eq(times_asked("item.materials"), 2); /* once more, and nobody waits for it */
	press(K_F10);
	ck_assert_int_eq(times_asked("case.receive"), 0);
	ck_assert_str_ne(st.said, "");
	answer("item.materials", 2, materials);
	struct intake *in = stack_top(&st)->state;
	ck_assert_int_eq(in->ticks.n, 2);
	end();
}
END_TEST

START_TEST(the_same_item_still_open_is_said)
{
	static const char *const busy[] = {"9", "resident", "11010119900307109X", "张三丰", "13800005199",
	    "示例路1号", "1", NULL, NULL, NULL, NULL, NULL, NULL};
	static const char *const other[] = {"78", "5199-20261123-000124-5", "食品经营许可（新办）", "张**",
	    "109X", "accepted", "审核", "食品许可受理", "2026-11-23 10:00", NULL, NULL, "2", NULL, NULL, NULL,
	    NULL, NULL, NULL, NULL, NULL};
	begin();
	start_intake("");
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	answer("applicant.find", 1, busy);
	answer("case.find", 1, other);
	ck_assert_ptr_nonnull(strstr(st.said, "5199-20261123-000124-5"));
	end();
}
END_TEST

/* SEC-1: an agent known to others only is not filled in, but asked for. */
START_TEST(a_masked_agent_is_asked_for)
{
	static const char *const masked[] = {"9", "org", "91350100M000100Y43", "示例有限公司", "010-88880000",
	    "示例路1号", "0", "李**", NULL, NULL, NULL, NULL, NULL};
	static const char *const plain[] = {"9", "org", "91350100M000100Y43", "示例有限公司", "010-88880000",
	    "示例路1号", "0", "李经办", "resident", "11010119900307109X", "13800005199", NULL, NULL};
	for (int known = 0; known < 2; known++) {
		begin();
		start_intake("");
		answer("item.show", 1, shown);
		answer("item.materials", 2, materials);
		answer("applicant.find", 1, known ? plain : masked);
		struct intake *in = stack_top(&st)->state;
		ck_assert_str_eq(form_value(&in->form, INTAKE_NAME), "示例有限公司");
		ck_assert_str_eq(form_value(&in->form, INTAKE_AGENT_NAME), known ? "李经办" : "");
		ck_assert_str_eq(
		    form_value(&in->form, INTAKE_AGENT_ID_NO), known ? "11010119900307109X" : "");
		ck_assert_ptr_nonnull(strstr(st.said, known ? "李经办" : "李**"));
		ck_assert(!in->keep);
		end();
	}
}
END_TEST

START_TEST(leaving_typed_work_keeps_it_and_only_delete_drops_it)
{
	begin();
	start_intake("ticks");
	load_intake();
	press(K_ESC);
	ck_assert_str_eq(top(), "leave");
	press(K_F10); /* the question is not answered by a key that may have led here */
	ck_assert_str_eq(top(), "leave");
	press(K_ESC);
	ck_assert_str_eq(top(), "intake");
	const struct screen *form = stack_top(&st);
	kept = NULL;
	press(K_ESC);
	press(K_ENTER);
	ck_assert_str_eq(top(), "queue");
	ck_assert_ptr_eq(kept, form);
	ck_assert_int_eq(drops, 0);
	end();

	begin();
	start_intake("ticks");
	load_intake();
	press(K_ESC);
	press(K_DELETE);
	ck_assert_str_eq(top(), "queue");
	ck_assert_int_eq(drops, 1);
	end();
}
END_TEST

START_TEST(a_defective_material_leads_to_one_notice)
{
	begin();
	start_intake("");
	load_intake();
	type("  "); /* present, absent */
	press(K_DOWN);
	type("3需加盖公章"); /* defective, and what to do */
	press(K_ENTER);
	press(K_F10);
	ck_assert_int_eq(times_asked("case.receive"), 0);
	ck_assert_int_eq(beeps, 1);
	press(K_F5);
	ck_assert_str_eq(top(), "remark");
	type("周五前");
	press(K_ENTER);
	struct bytes_in in;
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault;
	int at = asked("case.receive");
	bytes_in_init(&in, sent[at].payload, sent[at].len);
	ck_assert_int_eq(op_decode_in(sent[at].op, &in, v, &fault), 0);
	int state = op_field_index(sent[at].op->in, "state");
	ck_assert_uint_eq(v[state].count, 2);
	struct op_elements e;
	struct op_value one;
	char text[900];
	op_elements_init(&e, &v[state]);
	ck_assert(op_elements_next(&e, &one));
	ck_assert_str_eq(op_text(&one, text, sizeof text), "absent");
	ck_assert(op_elements_next(&e, &one));
	ck_assert_str_eq(op_text(&one, text, sizeof text), "defective");
	answer("case.receive", 1, done);
	answer("notice.preview", 1, blocks);
	printed(true);
	ck_assert_int_eq(times_asked("case.accept"), 0);
	at = asked("case.correct");
	bytes_in_init(&in, sent[at].payload, sent[at].len);
	ck_assert_int_eq(op_decode_in(sent[at].op, &in, v, &fault), 0);
	ck_assert_str_eq(op_text(&v[op_field_index(sent[at].op->in, "remark")], text, sizeof text), "周五前");
	end();
}
END_TEST

/* A card scanned one field too far is no telephone; it becomes one only when it is whole. */
START_TEST(an_identity_number_is_no_telephone)
{
	ck_assert_str_eq(word_phone_fault("519900198506123010", true), "field.phone_card");
	ck_assert_ptr_null(word_phone_fault("519900198506123010", false));
	ck_assert_ptr_null(word_phone_fault("0086 138 1234 5678", true));
	ck_assert_str_eq(word_phone_fault("1381", true), "field.phone");
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("intake");
	TCase *t = tcase_create("intake");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, nothing_is_issued_that_cannot_be_printed);
	tcase_add_test(t, a_refused_field_keeps_the_form_and_gets_its_sentence);
	tcase_add_test(t, the_kind_of_document_changes_only_when_it_is_certain);
	tcase_add_test(t, a_burst_about_a_known_applicant_is_slow_typing);
	tcase_add_test(t, another_name_for_a_known_number_is_asked_about);
	tcase_add_test(t, the_applicant_is_looked_up_before_anything_is_sent);
	tcase_add_test(t, nobody_gets_the_data_of_the_one_before);
	tcase_add_test(t, a_number_typed_at_its_chooser_goes_to_its_field);
	tcase_add_test(t, a_digit_chooses_the_kind_and_a_number_does_not);
	tcase_add_test(t, an_intake_without_its_materials_is_not_sent);
	tcase_add_test(t, the_same_item_still_open_is_said);
	tcase_add_test(t, a_masked_agent_is_asked_for);
	tcase_add_test(t, leaving_typed_work_keeps_it_and_only_delete_drops_it);
	tcase_add_test(t, a_defective_material_leads_to_one_notice);
	tcase_add_test(t, an_identity_number_is_no_telephone);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
