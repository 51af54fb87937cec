/* Further parties of an application, key by key: roles, numbers, what cannot be, the list. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/screen/parties.h"
#include "client/ui/key.h"
#include "common/bytes.h"
#include "common/op.h"

enum { TODAY = 9823 /* 2026-11-23 */ };
#define CHILD "110101201503070018"
#define FATHER "110101198001010010"

static struct parties p;

static enum parties_result key(enum key_code code)
{
	struct key k = {.code = code};
	return parties_key(&p, &k);
}

static void type(const char *s)
{
	for (size_t n; *s != '\0'; s += n) {
		struct key k = {.code = K_TEXT};
		n = (unsigned char)*s < 0x80 ? 1 : (unsigned char)*s < 0xf0 ? 3 : 4;
		memcpy(k.text, s, n);
		k.len = n;
		(void)parties_key(&p, &k);
	}
}

static void begin(const char *kind, const char *no, const char *role)
{
	setenv("LANGUAGE", "en", 1);
	parties_init(&p);
	parties_show(&p, kind, no, "某人", role, TODAY, NULL);
}

/* Number and name, Enter through the rest. */
static enum parties_result add(const char *no, const char *name)
{
	type(no);
	key(K_ENTER);
	type(name);
	key(K_ENTER);
	key(K_ENTER);
	return key(K_ENTER);
}

START_TEST(a_minor_lacks_a_guardian_until_there_is_one)
{
	parties_init(&p);
	ck_assert(parties_lacks_guardian(&p, "resident", CHILD, TODAY));
	ck_assert(!parties_lacks_guardian(&p, "resident", FATHER, TODAY));
	ck_assert(!parties_lacks_guardian(&p, "passport", "E12345678", TODAY));
	ck_assert(parties_lacks_guardian(
	    &p, "resident", CHILD, TODAY + 2295)); /* the day before the 18th birthday */
	ck_assert(!parties_lacks_guardian(&p, "resident", CHILD, TODAY + 2296));
	parties_show(&p, "resident", CHILD, "小明", "guardian", TODAY, "why");
	ck_assert_str_eq(p.said, "why");
	ck_assert_int_eq(add(FATHER, "明父"), PARTIES_ADDED);
	ck_assert_int_eq(p.n, 1);
	ck_assert_str_eq(p.list[0].value[PARTY_ROLE], "guardian");
	ck_assert_str_eq(p.list[0].value[PARTY_ID_NO], FATHER);
	ck_assert_str_eq(p.list[0].value[PARTY_NAME], "明父");
	ck_assert(!parties_lacks_guardian(&p, "resident", CHILD, TODAY));
	ck_assert(!parties_typing(&p));
	/* The next one is an applicant. */
	ck_assert_str_eq(form_value(&p.form, PARTY_ROLE), "applicant");
}
END_TEST

START_TEST(what_the_hall_would_refuse_is_said_at_once)
{
	begin("resident", CHILD, "guardian");
	ck_assert_int_eq(add("110101201603070015", "小红"), PARTIES_REFUSED);
	ck_assert_ptr_nonnull(strstr(p.said, "under 18"));
	ck_assert_int_eq(p.n, 0);
	ck_assert(parties_typing(&p)); /* nothing typed is lost */

	begin("resident", CHILD, "guardian");
	ck_assert_int_eq(add(CHILD, "小明"), PARTIES_REFUSED);

	begin("resident", FATHER, NULL);
	ck_assert_int_eq(add(FATHER, "同一人"), PARTIES_REFUSED);
	ck_assert_ptr_nonnull(strstr(p.said, "twice"));

	begin("resident", FATHER, NULL);
	ck_assert_int_eq(add("110101199003070118", "李"), PARTIES_ADDED);
	ck_assert_int_eq(add("110101199003070118", "李"), PARTIES_REFUSED);
	ck_assert_int_eq(p.n, 1);

	begin("resident", FATHER, "representative");
	p.form.focus = PARTY_NAME;
	type("王");
	ck_assert(!parties_add(&p)); /* a person has none */

	begin("resident", FATHER, NULL);
	type("110101199003070119"); /* a wrong digit */
	key(K_ENTER);
	type("李");
	ck_assert(!parties_add(&p));
	ck_assert_int_eq(p.form.focus, PARTY_ID_NO);
	begin("resident", FATHER, NULL);
	p.form.focus = PARTY_NAME;
	type("无号");
	ck_assert(!parties_add(&p));
}
END_TEST

START_TEST(an_organisation_begins_with_its_representative)
{
	begin("org", "91110000600037341L", NULL);
	ck_assert_str_eq(form_value(&p.form, PARTY_ROLE), "representative");
	ck_assert_int_eq(p.form.focus, PARTY_NAME);
	type("王总");
	ck_assert(parties_add(&p)); /* F10 adds what is typed, a number is not needed */
	ck_assert_str_eq(p.list[0].value[PARTY_ID_KIND], "");
	parties_close(&p);
	parties_show(&p, "org", "91110000600037341L", "公司", NULL, TODAY, NULL);
	ck_assert_str_eq(form_value(&p.form, PARTY_ROLE), "applicant");
	type("91350100M000100Y43"); /* the kind follows */
	ck_assert_str_eq(form_value(&p.form, PARTY_ID_KIND), "org");
}
END_TEST

START_TEST(one_can_be_changed_and_taken_out)
{
	char line[200];
	begin("resident", FATHER, NULL);
	add("110101199003070118", "李");
	add("110101199003070097", "王");
	ck_assert_str_eq(parties_line(&p, line, sizeof line), "2 more applicants");
	parties_turn(&p);
	ck_assert(p.inlist);
	p.at = 0;
	key(K_ENTER);
	ck_assert(!p.inlist);
	ck_assert_int_eq(p.form.focus, PARTY_NAME);
	type("四");
	ck_assert(parties_add(&p));
	ck_assert_int_eq(p.n, 2);
	ck_assert_str_eq(p.list[0].value[PARTY_NAME], "李四");
	parties_turn(&p);
	p.at = 1;
	ck_assert_int_eq(key(K_DELETE), PARTIES_ADDED);
	ck_assert_int_eq(p.n, 1);
	ck_assert_int_eq(p.at, 0);
	key(K_DELETE);
	ck_assert_int_eq(p.n, 0);
	ck_assert(!p.inlist);
	/* One that is being changed and is taken out meanwhile becomes a new one. */
	add("110101199003070118", "李");
	parties_turn(&p);
	key(K_ENTER);
	parties_turn(&p);
	key(K_DELETE);
	ck_assert_int_eq(p.edited, -1);
	ck_assert(parties_add(&p));
	ck_assert_int_eq(p.n, 1);
}
END_TEST

START_TEST(half_typed_it_stays_and_is_bounded)
{
	begin("resident", FATHER, NULL);
	type("1101");
	parties_close(&p);
	parties_show(&p, "resident", FATHER, "某人", "guardian", TODAY, NULL);
	ck_assert_str_eq(form_value(&p.form, PARTY_ID_NO), "1101");
	ck_assert(parties_typing(&p));

	begin("resident", FATHER, NULL);
	for (int i = 0; i < PARTIES_MAX; i++) {
		char no[16], *const value[PARTY_FIELDS] = {"applicant", "passport", no, "某", "", ""};
		snprintf(no, sizeof no, "E%05d", i);
		parties_take(&p, (const char *const *)value);
	}
	ck_assert_int_eq(add("110101199003070118", "李"), PARTIES_REFUSED);
	ck_assert_int_eq(p.n, PARTIES_MAX);
}
END_TEST

START_TEST(they_fit_the_wire)
{
	const struct op *op = op_by_name("case.receive");
	int first = op_field_index(op->in, "party_role");
	struct bytes_out out;
	struct bytes_in in;
	struct op_value v;

	begin("org", "91110000600037341L", NULL);
	type("王总");
	(void)parties_add(&p);
	add("110101199003070118", "李");
	bytes_out_init(&out, 0);
	parties_put(&p, &out);
	bytes_in_init(&in, out.p, out.len);
	for (int i = 0; i < PARTY_FIELDS; i++) {
		ck_assert(op_get_value(&in, &v));
		ck_assert(!v.null);
	}
	ck_assert(bytes_in_done(&in));
	ck_assert_str_eq(op->in[first + PARTY_ADDRESS].name, "party_address");
	for (int i = 0; i < PARTY_FIELDS; i++)
		ck_assert_str_eq(op->in[first + i].name, p.form.fields[i].name);
	bytes_out_done(&out);
	parties_done(&p);
	bytes_out_init(&out, 0);
	parties_put(&p, &out);
	bytes_in_init(&in, out.p, out.len);
	for (int i = 0; i < PARTY_FIELDS; i++)
		ck_assert(op_get_value(&in, &v) && v.null);
	bytes_out_done(&out);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("parties");
	TCase *t = tcase_create("parties");
	tcase_add_test(t, a_minor_lacks_a_guardian_until_there_is_one);
	tcase_add_test(t, what_the_hall_would_refuse_is_said_at_once);
	tcase_add_test(t, an_organisation_begins_with_its_representative);
	tcase_add_test(t, one_can_be_changed_and_taken_out);
	tcase_add_test(t, half_typed_it_stays_and_is_bounded);
	tcase_add_test(t, they_fit_the_wire);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
