/* Every way clerks write a date is read the same; what is none is not guessed at. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

/* 2026-11-23 09:30:20, microseconds since 2000 as on the wire; the hall's time. */
#define MOMENT(days, h, m) (((int64_t)(days)*86400 + (h)*3600 + (m)*60) * 1000000 - INT64_C(28800000000))

START_TEST(moments_of_papers)
{
	static const struct {
		const char *typed, *code;
		int64_t us;
	} rows[] = {
	    {"0930", NULL, MOMENT(TODAY, 9, 30)},
	    {"930", NULL, MOMENT(TODAY, 9, 30)},
	    {"9:05", NULL, MOMENT(TODAY, 9, 5)},
	    {"８：１５", NULL, MOMENT(TODAY, 8, 15)},
	    {"2026-11-20 10:30", NULL, MOMENT(TODAY - 3, 10, 30)},
	    {"20261120 1030", NULL, MOMENT(TODAY - 3, 10, 30)},
	    {"  2026年11月20日   1030 ", NULL, MOMENT(TODAY - 3, 10, 30)},
	    {"11-20 10:30", NULL, MOMENT(TODAY - 3, 10, 30)},
	    {"1120 1030", NULL, MOMENT(TODAY - 3, 10, 30)},
	    {"12-31 1030", NULL, MOMENT(TODAY - 327, 10, 30)}, /* last year's */
	    {"11-23 2359", "field.future", 0},
	    {"0931", "field.future", 0},
	    {"2027-01-01 0900", "field.future", 0},
	    {"", "field.moment", 0},
	    {"2400", "field.moment", 0},
	    {"1060", "field.moment", 0},
	    {"9", "field.moment", 0},
	    {"9:5", "field.moment", 0},
	    {"2026-11-20", "field.moment", 0},
	    {"2026-11-20T10:30", "field.moment", 0},
	    {"2026-02-30 1030", "field.moment", 0},
	    {"+3 1030", "field.moment", 0},
	    {"3 1030", "field.moment", 0},
	    {"-1 1030", "field.moment", 0},
	    {"11-20 1030 x", "field.moment", 0},
	    {"1030 11-20", "field.moment", 0},
	    {"99999999999999999999 1030", "field.moment", 0},
	};
	setenv("TZ", "Asia/Shanghai", 1);
	tzset();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t us = 7;
		const char *why = date_moment(rows[i].typed, MOMENT(TODAY, 9, 30) + 20000000, &us);
		ck_assert_msg((why == NULL) == (rows[i].code == NULL), "%s: %s", rows[i].typed,
		    why == NULL ? "good" : why);
		if (why != NULL)
			ck_assert_msg(strcmp(why, rows[i].code) == 0, "%s: %s", rows[i].typed, why);
		ck_assert_msg(us == (why == NULL ? rows[i].us : 7), "%s", rows[i].typed);
	}
}
END_TEST

START_TEST(moments_still_to_come)
{
	static const struct {
		const char *typed, *code;
		int64_t us;
	} rows[] = {
	    {"1400", NULL, MOMENT(TODAY, 14, 0)},
	    {"8:05", NULL, MOMENT(TODAY, 8, 5)}, /* of today, though over */
	    {"+1 0830", NULL, MOMENT(TODAY + 1, 8, 30)},
	    {"1 0830", NULL, MOMENT(TODAY + 1, 8, 30)},
	    {"３天　０８：３０", NULL, MOMENT(TODAY + 3, 8, 30)},
	    {"20261130 0830", NULL, MOMENT(TODAY + 7, 8, 30)},
	    {"2026年11月30日 8:30", NULL, MOMENT(TODAY + 7, 8, 30)},
	    {"11-30 0830", NULL, MOMENT(TODAY + 7, 8, 30)},
	    {"1-2 0830", NULL, MOMENT(TODAY + 40, 8, 30)}, /* next year's */
	    {"2026-11-22 0830", "field.past", 0},
	    {"", "field.ahead", 0},
	    {"2400", "field.ahead", 0},
	    {"+1", "field.ahead", 0},
	    {"2026-11-30", "field.ahead", 0},
	    {"2026-02-30 1030", "field.ahead", 0},
	    {"2-30 1030", "field.ahead", 0},
	    {"-1 1030", "field.ahead", 0},
	    {"1030 +1", "field.ahead", 0},
	    {"+99999 1030", "field.ahead", 0},
	};
	setenv("TZ", "Asia/Shanghai", 1);
	tzset();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t us = 7;
		const char *why = date_ahead(rows[i].typed, MOMENT(TODAY, 9, 30), &us);
		ck_assert_msg((why == NULL) == (rows[i].code == NULL), "%s: %s", rows[i].typed,
		    why == NULL ? "good" : why);
		if (why != NULL)
			ck_assert_msg(strcmp(why, rows[i].code) == 0, "%s: %s", rows[i].typed, why);
		ck_assert_msg(us == (why == NULL ? rows[i].us : 7), "%s", rows[i].typed);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("date");
	TCase *t = tcase_create("date");
	tcase_add_test(t, dates_as_clerks_write_them);
	tcase_add_test(t, what_is_no_date_is_refused);
	tcase_add_test(t, moments_of_papers);
	tcase_add_test(t, moments_still_to_come);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
