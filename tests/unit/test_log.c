/* Log lines: one line each, whatever comes from outside; levels; time in UTC. */
#include <check.h>
#include <errno.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/log.h"

static char written[8192];

/* Runs what logs with stderr in a file; its text is in written. */
static void capture(void (*body)(void))
{
	FILE *f = tmpfile();
	int kept = dup(STDERR_FILENO);
	size_t n;

	ck_assert_ptr_nonnull(f);
	dup2(fileno(f), STDERR_FILENO);
	body();
	dup2(kept, STDERR_FILENO);
	close(kept);
	rewind(f);
	n = fread(written, 1, sizeof(written) - 1, f);
	written[n] = '\0';
	fclose(f);
}

static unsigned lines(void)
{
	unsigned n = 0;

	for (const char *p = written; *p != '\0'; p++)
		n += *p == '\n';
	return n;
}

static void matches(const char *pattern)
{
	regex_t re;

	ck_assert_int_eq(regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB), 0);
	ck_assert_msg(regexec(&re, written, 0, NULL, 0) == 0, "%s", written);
	regfree(&re);
}

static void two_lines(void)
{
	log_line(LOG_INFO_, "conn.open", "conn=%u peer=%s", 7u, log_quote("10.0.0.1"));
	log_line(LOG_ERROR_, "db.lost", "%s", "");
}

START_TEST(a_line_has_time_level_event_and_pairs)
{
	log_init(LOG_INFO_);
	capture(two_lines);
	ck_assert_uint_eq(lines(), 2);
	matches("^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z info conn.open conn=7 "
		"peer=\"10\\.0\\.0\\.1\"\n");
	matches("Z error db\\.lost\n$");
}
END_TEST

static void every_level(void)
{
	log_line(LOG_DEBUG_, "a", "x=%d", 1);
	log_line(LOG_INFO_, "b", "x=%d", 1);
	log_line(LOG_WARN_, "c", "x=%d", 1);
	log_line(LOG_ERROR_, "d", "x=%d", 1);
}

START_TEST(below_the_least_level_nothing_is_written)
{
	for (int least = LOG_DEBUG_; least <= LOG_ERROR_; least++) {
		log_init((enum log_level)least);
		capture(every_level);
		ck_assert_uint_eq(lines(), (unsigned)(LOG_ERROR_ - least + 1));
	}
}
END_TEST

static void forged(void)
{
	log_line(LOG_INFO_, "login.wrong", "login=%s",
	    log_quote("x\" ok=1\n2026-01-01T00:00:00.000Z info login.good\r\x1b[2J\xe2\x80\xae\xff"));
}

START_TEST(text_from_outside_forges_no_line)
{
	log_init(LOG_INFO_);
	capture(forged);
	ck_assert_uint_eq(lines(), 1);
	ck_assert_ptr_null(strchr(written, '\x1b'));
	ck_assert_ptr_null(strchr(written, '\r'));
	matches("login=\"x\\\\x22 ok=1\\\\x0a2026.*\\\\x1b\\[2J\\\\xe2\\\\x80\\\\xae\\\\xff\"\n$");
}
END_TEST

static void long_one(void)
{
	char name[4000];

	memset(name, 'n', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	log_line(LOG_INFO_, "long", "a=%s", name);
	log_line(LOG_INFO_, "after", "a=%s", log_quote(name));
}

START_TEST(a_long_value_is_cut_and_the_line_ends)
{
	log_init(LOG_INFO_);
	capture(long_one);
	ck_assert_uint_eq(lines(), 2);
	ck_assert_uint_lt(strlen(written), 1600);
	matches("n\"\n$");
}
END_TEST

START_TEST(quotes_live_for_one_call)
{
	const char *a = log_quote("a"), *b = log_quote("b"), *c = log_quote(NULL), *d = log_quote("d");

	ck_assert_str_eq(a, "\"a\"");
	ck_assert_str_eq(b, "\"b\"");
	ck_assert_str_eq(c, "\"\"");
	ck_assert_str_eq(d, "\"d\"");
}
END_TEST

static void closed(void)
{
	close(STDERR_FILENO);
	errno = ENOMEM;
	log_line(LOG_ERROR_, "gone", "x=%d", 1);
	ck_assert_int_eq(errno, ENOMEM);
}

START_TEST(errno_outlives_a_line)
{
	log_init(LOG_INFO_);
	capture(closed);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("log");
	TCase *t = tcase_create("log");
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, t);
	tcase_add_test(t, a_line_has_time_level_event_and_pairs);
	tcase_add_test(t, below_the_least_level_nothing_is_written);
	tcase_add_test(t, text_from_outside_forges_no_line);
	tcase_add_test(t, a_long_value_is_cut_and_the_line_ends);
	tcase_add_test(t, quotes_live_for_one_call);
	tcase_add_test(t, errno_outlives_a_line);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
