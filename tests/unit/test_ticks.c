/*
 * Ticking materials by keys (CASE-2, CAT-5, ONE-1, ONE-4): what is typed after a tick is its
 * note, what only may apply is not ticked as there by itself, an answer to a notice is found
 * wanting only in what the notice asked for.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/ticks.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "common/bytes.h"
#include "common/op.h"

static struct ticks t;

static void load(const char *op_name, const char *const *rows, size_t n)
{
	const struct op *op = op_by_name(op_name);
	size_t width = op_width(op->out);
	struct bytes_out out;
	bytes_out_init(&out, 0);
	for (size_t i = 0; i < n * width; i++) {
		if (rows[i] == NULL)
			op_put_null(&out);
		else
			ck_assert_ptr_null(op_put_typed(&out, &op->out[i % width], rows[i]));
	}
	struct reply *r = reply_new(op, OP_OK, out.p, out.len);
	ck_assert(reply_ok(r));
	ticks_load(&t, r);
	ticks_first_open(&t);
	reply_free(r);
	bytes_out_done(&out);
}

static const char *const item[] = {"1", "申请书", "original", "1", "required", NULL, NULL, "2", "营业执照",
    "copy", "1", "required", NULL, NULL, "3", "规章制度", "original", "1", "later", NULL, NULL, "4",
    "授权委托书", "original", "1", "depending", NULL, NULL};
static const char *const told[] = {"1", "申请书", "original", "1", "required", "present", NULL, NULL, "false",
    "2", "营业执照", "copy", "1", "required", "defective", "盖章", NULL, "true", "3", "规章制度", "original",
    "1", "later", "present", NULL, NULL, "false", "4", "授权委托书", "original", "1", "depending", "unneeded",
    NULL, NULL, "false"};

static void setup(void)
{
	ticks_init(&t, 9823); /* 2026-11-23 */
	load("item.materials", item, 4);
}

static void teardown(void)
{
	ticks_done(&t);
}

static const char *press(enum key_code code)
{
	struct key k = {.code = code};
	const char *why;
	return ticks_key(&t, &k, &why) == TICKS_REFUSED ? why : NULL;
}

/* The refusal of the last character; NULL when it was taken. */
static const char *type(const char *s)
{
	const char *why = NULL;
	while (*s != '\0') {
		struct key k = {.code = K_TEXT};
		k.len = (*s & 0x80) == 0 ? 1 : (*s & 0xe0) == 0xe0 ? 3 : 2;
		memcpy(k.text, s, k.len);
		s += k.len;
		const char *said;
		why = ticks_key(&t, &k, &said) == TICKS_REFUSED ? said : NULL;
	}
	return why;
}

START_TEST(digits_after_a_tick_belong_to_its_note_or_date)
{
	char date[16];
	ck_assert_ptr_null(type("31张复印件不清晰"));
	ck_assert_ptr_null(press(K_ENTER));
	ck_assert_str_eq(t.rows[0].state, "defective");
	ck_assert_str_eq(t.rows[0].note, "1张复印件不清晰");
	ck_assert_int_eq(t.list.at, 1); /* Enter went on */
	type("  ");                     /* there, missing: by Space it is the same */
	type("2份");
	press(K_DOWN);
	ck_assert_str_eq(t.rows[1].state, "absent");
	ck_assert_str_eq(t.rows[1].note, "2份");
	type("42026-12-10");
	press(K_ENTER);
	ck_assert_str_eq(t.rows[2].state, "later");
	ck_assert_str_eq(word_date(t.rows[2].later, date, sizeof date), "2026-12-10");
	ck_assert_int_eq(t.list.at, 3);
	/* The editor is closed: a digit ticks again. */
	press(K_UP);
	type("1");
	ck_assert_str_eq(t.rows[2].state, "present");
	ck_assert_int_eq(t.rows[2].later, 0);
}
END_TEST

START_TEST(space_goes_on_ticking_until_something_was_typed)
{
	type("   "); /* there, missing, defective */
	ck_assert_str_eq(t.rows[0].state, "defective");
	type(" ");
	ck_assert_str_eq(t.rows[0].state, "present");
	ck_assert(!t.editing);
	type("2x y");
	press(K_ENTER);
	ck_assert_str_eq(t.rows[0].note, "x y");
}
END_TEST

START_TEST(enter_ticks_nothing_as_there_that_only_may_apply)
{
	press(K_ENTER);
	ck_assert_int_eq(ticks_count(&t, "present"), 3);
	ck_assert_str_eq(t.rows[3].state, "unneeded");
	ck_assert_int_eq(ticks_needed(&t), 3);
	/* By hand it is there; left open it is not asked for. */
	list_select(&t.list, 3);
	type("1");
	ck_assert_int_eq(ticks_count(&t, "present"), 4);
	t.rows[3].state[0] = '\0';
	ck_assert_int_eq(ticks_lacking(&t), 0);
	ck_assert_ptr_null(ticks_check(&t));
}
END_TEST

START_TEST(a_tick_that_cannot_be_says_why)
{
	ck_assert_str_eq(type("4"), "tick.not_later");
	ck_assert_str_eq(type("5"), "tick.needed");
	ck_assert_str_eq(t.rows[0].state, "");
}
END_TEST

START_TEST(an_answer_is_wanting_only_in_what_was_told)
{
	char said[1024];
	load("case.materials", told, 4);
	ck_assert(ticks_told(&t));
	ticks_reopen_told(&t);
	ticks_first_open(&t);
	ck_assert_int_eq(t.list.at, 1);
	type("3");
	press(K_ENTER);
	ck_assert_str_eq(t.rows[1].state, "defective");
	list_select(&t.list, 0);
	ck_assert_str_eq(type("2"), "tick.not_told");
	ck_assert_str_eq(type("3"), "tick.not_told");
	type(" "); /* and Space finds no other tick */
	ck_assert_str_eq(t.rows[0].state, "present");
	ticks_list_lacking(&t, said, sizeof said);
	ck_assert_ptr_nonnull(strstr(said, "盖章"));
	/* It says when there is more than fits. */
	ticks_list_lacking(&t, said, 12);
	ck_assert_str_eq(said, "…");
}
END_TEST

int main(void)
{
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("ticks");
	TCase *c = tcase_create("ticks");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, digits_after_a_tick_belong_to_its_note_or_date);
	tcase_add_test(c, space_goes_on_ticking_until_something_was_typed);
	tcase_add_test(c, enter_ticks_nothing_as_there_that_only_may_apply);
	tcase_add_test(c, a_tick_that_cannot_be_says_why);
	tcase_add_test(c, an_answer_is_wanting_only_in_what_was_told);
	suite_add_tcase(s, c);
	SRunner *r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
