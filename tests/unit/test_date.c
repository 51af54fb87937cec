/* Every way clerks write a date is read the same; what is none is not guessed at. */
#include <check.h>
#include <stdlib.h>

#include "client/ui/date.h"

enum { TODAY = 9823 /* 2026-11-23 */, MARCH = 9921 /* 2027-03-01 */ };

START_TEST(dates_as_clerks_write_them)
{
	static const struct {
		const char *typed;
		int32_t days;
	} good[] = {
	    {"2027-03-01", MARCH},
	    {"20270301", MARCH},
	    {"2027-3-1", MARCH},
	    {"2027/3/1", MARCH},
	    {"2027.3.1", MARCH},
	    {"2027年3月1日", MARCH},
	    {"2027年3月1", MARCH},
	    {" ２０２７－０３－０１ ", MARCH},
	    {"2026-11-23", TODAY},
	    {"2028-02-29", MARCH + 365},
	    {"0", TODAY},
	    {"+10", TODAY + 10},
	    {"10", TODAY + 10},
	    {"10 天", TODAY + 10},
	    {"10 days", TODAY + 10},
	    {"+365天", TODAY + 365},
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int32_t days = -1;
		const char *why = date_parse(good[i].typed, TODAY, &days);
		ck_assert_msg(why == NULL && days == good[i].days, "%s: %s, %d", good[i].typed,
		    why == NULL ? "good" : why, days);
	}
}
END_TEST

START_TEST(what_is_no_date_is_refused)
{
	static const char *const bad[] = {"", "x", "2027", "2027-02-29", "20271301", "2027-3", "2027-3/1",
	    "2027-03-01x", "+2027-03-01", "99999999", "202703011", "+9999", "-5", "2027年3-1", "12345"};
	int32_t days;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *why = date_parse(bad[i], TODAY, &days);
		ck_assert_msg(why != NULL, "%s", bad[i]);
		ck_assert_str_eq(why, "field.date");
	}
	ck_assert_str_eq(date_parse("2026-11-22", TODAY, &days), "field.past");
	ck_assert_str_eq(date_parse("20200101", TODAY, &days), "field.past");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("date");
	TCase *t = tcase_create("date");
	tcase_add_test(t, dates_as_clerks_write_them);
	tcase_add_test(t, what_is_no_date_is_refused);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
