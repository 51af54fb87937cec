/*
 * The scanner and the person at one keyboard: who of them typed is told by a prefix or by
 * time; what a scan left in a field, on a tick or opened is taken back; what is no scan
 * comes out as it went in.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/screen/desktop.h"
#include "client/screen/intake.h"
#include "client/ui/lang.h"
#include "client/ui/scan.h"
#include "tests/unit/lib/fake_hall.h"

#define NUMBER "5199202611230001233"

static struct scan s;
static uint64_t now;
static char given[200], read_[SCAN_TEXT];
static int marks, settles, scans, taken_back, drops_;
static bool accepts;

static void give(void *ctx, const struct key *k)
{
	(void)ctx;
	strcat(given, k->code == K_ENTER ? "\r" : k->code == K_TEXT ? k->text : "?");
}

static void mark(void *ctx)
{
	(void)ctx;
	marks++;
}

static void settle(void *ctx)
{
	(void)ctx;
	settles++;
}

static bool scanned(void *ctx, const char *text, int back)
{
	(void)ctx;
	if (!accepts)
		return false;
	scans++;
	taken_back = back;
	strcpy(read_, text);
	return true;
}

static void drop(void *ctx)
{
	(void)ctx;
	drops_++;
}

static const struct scan_host plain_host = {give, mark, settle, scanned, drop};

static void start(const char *prefix, const char *suffix)
{
	ck_assert_int_eq(scan_init(&s, &plain_host, NULL, prefix, suffix), 0);
	now = 1000;
	given[0] = read_[0] = '\0';
	marks = settles = scans = taken_back = drops_ = 0;
	accepts = true;
}

/* Time goes by as the loop lets it: the timer comes when it is due. */
static void pass(uint64_t ms)
{
	uint64_t until = now + ms;
	for (int wait; (wait = scan_wait(&s, now)) >= 0 && now + (uint64_t)wait <= until;) {
		now += (uint64_t)wait;
		scan_tick(&s, now);
	}
	now = until;
}

static struct key key_of(char c)
{
	struct key k = {.code = c == '\r'   ? K_ENTER
				: c == '\t' ? K_TAB
				: c < ' '   ? K_CTRL
					    : K_TEXT,
	    .len = 1};
	k.text[0] = c < ' ' ? (char)('a' + c - 1) : c;
	return k;
}

static void keys(const char *text, uint64_t ms)
{
	for (; *text != '\0'; text++) {
		struct key k = key_of(*text);
		scan_key(&s, &k, now);
		pass(ms);
	}
}

START_TEST(a_person_sees_every_digit_at_once)
{
	start("", "^M");
	keys("7", 0);
	ck_assert_str_eq(given, "");
	ck_assert_int_le(scan_wait(&s, now), SCAN_HOLD);
	pass(SCAN_HOLD);
	ck_assert_str_eq(given, "7");
	keys("8", 60); /* the fastest fingers */
	keys("x", 0);  /* no digit: nothing waits */
	ck_assert_str_eq(given, "78x");
	keys("123456789012\r", 60);
	ck_assert_str_eq(given, "78x123456789012\r");
	ck_assert_int_eq(scans, 0);
	ck_assert_int_eq(marks, settles);
}
END_TEST

START_TEST(a_scanner_is_told_by_its_speed)
{
	static const uint64_t gaps[] = {0, 1, 3, 8, 16, 25};
	for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) {
		start("", "^M");
		keys(NUMBER "\r", gaps[i]);
		ck_assert_int_eq(scans, 1);
		ck_assert_str_eq(read_, NUMBER);
		/* What got through before is said, and is little. */
		ck_assert_int_eq((int)strlen(given), taken_back);
		ck_assert_int_lt(taken_back, SCAN_BURST);
		ck_assert_int_eq(taken_back > 0, gaps[i] >= SCAN_HOLD);
		ck_assert_int_eq(marks, settles);
		ck_assert_int_eq(scan_wait(&s, now), -1);
	}
	start("", "^M");
	keys(NUMBER "\r", 40);
	ck_assert_int_eq(scans, 0);
	ck_assert_str_eq(given, NUMBER "\r");
}
END_TEST

START_TEST(what_is_no_scan_comes_out_as_it_went_in)
{
	static const char *const typed[] = {"spjy\r\r", "1234567\r", "12345678a\r", "13900005199\t", "1-2",
	    "11010119900307109X\r", "11010119900307109Xa"};
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		start("", "^M");
		accepts = false;
		keys(typed[i], 0);
		pass(100);
		char want[64];
		strcpy(want, typed[i]);
		if (strchr(want, '\t') != NULL)
			*strchr(want, '\t') = '?';
		ck_assert_str_eq(given, want);
		ck_assert_int_eq(marks, settles);
	}
	/* More digits than any code has. */
	start("", "^M");
	accepts = false;
	for (int i = 0; i < 150; i++)
		keys("5", 0);
	pass(100);
	ck_assert_int_eq((int)strlen(given), 150);
}
END_TEST

START_TEST(a_short_burst_of_digits_is_none)
{
	start("", "^M");
	keys("1234567\r", 1);
	ck_assert_int_eq(scans, 0);
	ck_assert_str_eq(given, "1234567\r");
}
END_TEST

START_TEST(wide_digits_of_an_input_method_are_digits)
{
	start("", "^M");
	for (const char *p = NUMBER; *p != '\0'; p++) {
		struct key k = {
		    .code = K_TEXT, .text = {(char)0xef, (char)0xbc, (char)(0x90 + *p - '0')}, .len = 3};
		scan_key(&s, &k, now);
	}
	keys("\r", 0);
	ck_assert_str_eq(read_, NUMBER);
}
END_TEST

START_TEST(a_prefix_makes_it_sure_at_any_speed)
{
	start("^B", "^C");
	keys("\x02" NUMBER "\x03", 100);
	ck_assert_str_eq(read_, NUMBER);
	ck_assert_str_eq(given, "");
	keys(NUMBER "\r", 1); /* without it, a person */
	ck_assert_int_eq(scans, 1);
	ck_assert_str_eq(given, NUMBER "\r");
	/* What nobody knows is typed where the keys are, without the prefix. */
	start("]C1", "^M");
	accepts = false;
	keys("]C1abc-7\r", 1);
	ck_assert_str_eq(given, "abc-7\r");
	/* Half a prefix was a person's. */
	start("]C1", "^M");
	keys("]C]x", 1);
	pass(SCAN_PREFIX);
	ck_assert_str_eq(given, "]C]x");
	/* A code whose end does not come. */
	start("~", "^M");
	keys("~123", 1);
	pass(SCAN_PREFIX);
	ck_assert_str_eq(given, "~123");
	ck_assert_int_eq(scan_wait(&s, now), -1);
	/* Longer than any code: given, all of it. */
	start("~", "^M");
	for (int i = 0; i < 90; i++)
		keys(i == 0 ? "~" : "z", 0);
	pass(SCAN_PREFIX);
	ck_assert_int_eq((int)strlen(given), 90);
}
END_TEST

/* A stranger's code holds F10, Ctrl-Q or Esc: none of it is a key here, whatever follows. */
START_TEST(a_code_behind_a_prefix_types_no_commands)
{
	static const enum key_code hostile[] = {K_F10, K_ESC, K_CTRL, K_ENTER, K_TAB, K_BAD};
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		struct key k = {.code = hostile[i], .text = "q", .len = hostile[i] == K_CTRL};
		start("~", "^C");
		keys("~12", 5);
		scan_key(&s, &k, now);
		pass(5);
		keys("34\x03", 5);
		keys("\r", 5);
		ck_assert_int_eq(drops_, 1);
		pass(SCAN_PREFIX);
		ck_assert_str_eq(given, "");
		ck_assert_int_eq(scans, 0);
		keys("ab\r", 100); /* a person, afterwards */
		ck_assert_str_eq(given, "ab\r");
		keys("~" NUMBER "\x03", 5);
		ck_assert_str_eq(read_, NUMBER);
	}
	/* Behind more text than a scan holds, and behind text that is none, it is the same. */
	struct key k = {.code = K_F10}, han = {.code = K_TEXT, .text = "门", .len = 3};
	for (int wide = 0; wide <= 1; wide++) {
		start("~", "^M");
		keys("~z", 5);
		if (wide)
			scan_key(&s, &han, now);
		for (int i = 0; i < 89 && !wide; i++)
			keys("z", 0);
		size_t text = strlen(given);
		ck_assert_uint_eq(text, wide ? 5 : 91);
		scan_key(&s, &k, now);
		keys("x\r", 5);
		ck_assert_uint_eq(strlen(given), text);
		ck_assert_int_eq(drops_, 1);
		pass(SCAN_PREFIX);
	}
	start("~", "^M");
	keys("~z", 5);
	scan_key(&s, &han, now);
	keys("z\rq", 5);
	ck_assert_str_eq(given, "~z门z\rq");
	ck_assert_int_eq(marks, settles);
	/* Nobody types a control character and means it as such: its very first key is watched. */
	start("^B", "^M");
	keys("\x02", 5);
	scan_key(&s, &k, now);
	ck_assert_str_eq(given, "");
	ck_assert_int_eq(drops_, 1);
	pass(SCAN_PREFIX);
	/* A person who types the prefix and then a key. */
	start("~", "^M");
	keys("~", 5);
	scan_key(&s, &k, now);
	ck_assert_str_eq(given, "~?");
	ck_assert_int_eq(drops_, 0);
}
END_TEST

START_TEST(signs_that_cannot_be_typed_are_refused)
{
	struct scan t;
	ck_assert_int_eq(scan_init(&t, &plain_host, NULL, "^1", "^M"), -1);
	ck_assert_int_eq(scan_init(&t, &plain_host, NULL, "扫", "^M"), -1);
	ck_assert_int_eq(scan_init(&t, &plain_host, NULL, "123456789", "^M"), -1);
	ck_assert_int_eq(scan_init(&t, &plain_host, NULL, "", ""), -1);
	ck_assert_int_eq(scan_init(&t, &plain_host, NULL, "^", "^I"), 0);
}
END_TEST

START_TEST(a_case_number_is_known_by_hall_date_and_check_digit)
{
	ck_assert(scan_case_number(NUMBER, "5199"));
	ck_assert(scan_case_number("5199-20261123-000123-3", "5199"));
	ck_assert(!scan_case_number(NUMBER, "5100"));
	ck_assert(!scan_case_number(NUMBER, ""));
	ck_assert(!scan_case_number("5199202611230001236", "5199")); /* the check digit */
	ck_assert(!scan_case_number("5199202611320001233", "5199")); /* the 32nd */
	ck_assert(!scan_case_number("519920261123000123", "5199"));  /* a digit short */
	ck_assert(!scan_case_number("6901234567892", "5199"));       /* goods */
	ck_assert(!scan_case_number("11010119900307109X", "1101"));
	/* Every wrong digit is found. */
	for (int at = 4; at < 19; at++)
		for (char c = '0'; c <= '9'; c++) {
			char wrong[] = NUMBER;
			wrong[at] = c;
			ck_assert_int_eq(scan_case_number(wrong, "5199"), c == NUMBER[at]);
		}
}
END_TEST

/* The same over the real screens, as the application joins them. */

static void to_stack(void *ctx, const struct key *k)
{
	(void)ctx;
	stack_key(&st, k);
}

static void mark_stack(void *ctx)
{
	(void)ctx;
	stack_mark(&st);
}

static void settle_stack(void *ctx)
{
	(void)ctx;
	stack_settle(&st);
}

static bool scan_stack(void *ctx, const char *text, int back)
{
	struct key k = {.code = K_SCAN, .paste = text, .len = strlen(text)};
	(void)ctx;
	if (!scan_case_number(text, "5199"))
		return false;
	stack_take_back(&st, back);
	stack_key(&st, &k);
	return true;
}

static const struct scan_host stack_host = {to_stack, mark_stack, settle_stack, scan_stack, drop};

static void begin_scanning(void)
{
	begin();
	strcpy(st.desk.hall_no, "5199");
	ck_assert_int_eq(scan_init(&s, &stack_host, NULL, "", "^M"), 0);
	now = 1000;
}

/* The case that was scanned is open, and Esc leads straight back. */
static void case_opens(const char *back_to)
{
	static const char *const hit[] = {"77", "5199-20261123-000123-3", "食品经营许可（新办）", "张三",
	    "109X", "accepted", "审核", "食品许可受理", "2026-11-23 10:00", NULL, NULL, "2", NULL, NULL, NULL,
	    NULL, NULL, NULL, NULL, NULL};
	ck_assert_str_eq(top(), "search");
	answer("case.find", 1, hit);
	ck_assert_str_eq(top(), "case");
	press(K_ESC);
	press(K_ESC); /* the first one stopped waiting for the case */
	ck_assert_str_eq(top(), back_to);
}

static const uint64_t speeds[] = {0, 2, 12, 24};
enum { SPEEDS = sizeof speeds / sizeof *speeds };

START_TEST(a_scan_in_the_middle_of_a_form_leaves_no_trace)
{
	struct screen_arg arg = {.id = 11};
	for (int i = 0; i < SPEEDS; i++) {
		begin_scanning();
		stack_push(&st, &screen_queue, NULL);
		stack_push(&st, &screen_intake, &arg);
		answer("item.show", 1, shown);
		answer("item.materials", 2, materials);
		struct intake *in = stack_top(&st)->state;
		form_go(&in->form, INTAKE_PHONE);
		type("1390");
		struct form before = in->form;
		keys(NUMBER "\r", speeds[i]);
		ck_assert_mem_eq(&before, &in->form, sizeof before);
		case_opens("intake");
		ck_assert_int_eq(in->form.focus, INTAKE_PHONE);
		type("0005199");
		ck_assert_str_eq(form_value(&in->form, INTAKE_PHONE), "13900005199");
		end();
	}
}
END_TEST

/* Digits tick there, and after them a note begins. */
START_TEST(a_scan_over_the_materials_ticks_nothing)
{
	struct screen_arg arg = {.id = 77};
	for (int i = 0; i < SPEEDS; i++) {
		begin_scanning();
		stack_push(&st, &screen_queue, NULL);
		stack_push(&st, &screen_handle, &arg);
		answer("case.show", 1, case_row);
		answer("case.materials", 2, case_ticks);
		keys("2", 100); /* by hand: missing, its note is open */
		type("带原件");
		keys(NUMBER "\r", speeds[i]);
		case_opens("handle");
		press(K_ENTER);
		press(K_F10);
		ck_assert_int_eq(times_asked("case.answer"), 0);
		ck_assert(stack_dirty(&st));
		end();
	}
	begin_scanning();
	stack_push(&st, &screen_queue, NULL);
	stack_push(&st, &screen_handle, &arg);
	answer("case.show", 1, case_row);
	answer("case.materials", 2, case_ticks);
	keys(NUMBER "\r", 24);
	ck_assert(!stack_dirty(&st));
	end();
	/* On the intake form, with none ticked: 1 would tick. */
	arg.id = 11;
	begin_scanning();
	stack_push(&st, &screen_queue, NULL);
	stack_push(&st, &screen_intake, &arg);
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	press(K_F6);
	keys(NUMBER "\r", 24);
	case_opens("intake");
	struct intake *in = stack_top(&st)->state;
	ck_assert(in->in_ticks);
	ck_assert_int_eq(ticks_count(&in->ticks, ""), 2);
	end();
}
END_TEST

START_TEST(a_scan_on_the_queue_leaves_no_find_box_behind)
{
	for (int i = 0; i < SPEEDS; i++) {
		begin_scanning();
		stack_push(&st, &screen_queue, NULL);
		keys(NUMBER "\r", speeds[i]);
		case_opens("queue");
		ck_assert_int_eq(st.n, 1);
		end();
	}
}
END_TEST

START_TEST(a_scan_while_an_answer_is_awaited_comes_after_it)
{
	for (int i = 0; i < SPEEDS; i++) {
		begin_scanning();
		start_intake("");
		ck_assert(stack_waits(&st));
		int waiting = st.waiting;
		keys(NUMBER "\r", speeds[i]);
		ck_assert_int_eq(st.waiting, waiting + 1); /* no digit of it is left among the keys */
		ck_assert_str_eq(top(), "intake");
		load_intake();
		ck_assert_str_eq(top(), "search");
		ck_assert(stack_has(&st, &screen_intake));
		end();
	}
}
END_TEST

/* Its Enter would have been a wrong password. */
START_TEST(a_scan_on_a_locked_screen_opens_nothing)
{
	for (int i = 0; i < SPEEDS; i++) {
		begin_scanning();
		stack_push(&st, &screen_queue, NULL);
		stack_push(&st, &screen_lock, NULL);
		keys(NUMBER "\r", speeds[i]);
		ck_assert_str_eq(top(), "lock");
		ck_assert_int_eq(times_asked("session.unlock"), 0);
		ck_assert_int_eq(beeps, 1);
		type("secret");
		press(K_ENTER);
		uint32_t len;
		ck_assert_uint_eq(sent[asked("session.unlock")].len, 4 + sizeof "secret" - 1);
		memcpy(&len, sent[asked("session.unlock")].payload, sizeof len);
		end();
	}
}
END_TEST

START_TEST(what_a_closed_screen_held_is_not_put_back)
{
	begin_scanning();
	stack_push(&st, &screen_queue, NULL);
	stack_push(&st, &screen_finder, NULL);
	keys("5199", 10); /* given, and kept for taking back */
	stack_drop(&st, &screen_finder);
	keys("202611230001233\r", 10);
	ck_assert_str_eq(top(), "search");
	end();
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *suite = suite_create("scan");
	TCase *t = tcase_create("scan");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, a_person_sees_every_digit_at_once);
	tcase_add_test(t, a_scanner_is_told_by_its_speed);
	tcase_add_test(t, what_is_no_scan_comes_out_as_it_went_in);
	tcase_add_test(t, a_short_burst_of_digits_is_none);
	tcase_add_test(t, wide_digits_of_an_input_method_are_digits);
	tcase_add_test(t, a_prefix_makes_it_sure_at_any_speed);
	tcase_add_test(t, a_code_behind_a_prefix_types_no_commands);
	tcase_add_test(t, signs_that_cannot_be_typed_are_refused);
	tcase_add_test(t, a_case_number_is_known_by_hall_date_and_check_digit);
	tcase_add_test(t, a_scan_in_the_middle_of_a_form_leaves_no_trace);
	tcase_add_test(t, a_scan_over_the_materials_ticks_nothing);
	tcase_add_test(t, a_scan_on_the_queue_leaves_no_find_box_behind);
	tcase_add_test(t, a_scan_while_an_answer_is_awaited_comes_after_it);
	tcase_add_test(t, a_scan_on_a_locked_screen_opens_nothing);
	tcase_add_test(t, what_a_closed_screen_held_is_not_put_back);
	suite_add_tcase(suite, t);
	SRunner *sr = srunner_create(suite);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
