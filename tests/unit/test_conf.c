/* Settings: what is in the file, what is built in, and complaints that name the line. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/conf.h"

struct settings {
	char *name, *ca;
	int port;
	_Bool quick;
};
static const struct conf_row rows[] = {
    {"server", "name", CONF_TEXT, offsetof(struct settings, name), "yimend", 0, 0, "name"},
    {"server", "port", CONF_INT, offsetof(struct settings, port), "10", 1, 100, "port"},
    {"server", "quick", CONF_BOOL, offsetof(struct settings, quick), "no", 0, 0, "quick"},
    {"tls", "ca", CONF_PATH, offsetof(struct settings, ca), NULL, 0, 0, "certificate of the hall"},
    {0},
};

static struct settings got;
static char error[512];
static char path[] = "/tmp/yimen-conf.XXXXXX";

/* Loads a file with this content; 0 or −1. */
static int load(const char *content)
{
	FILE *f;
	int fd, done;

	memcpy(strrchr(path, '.') + 1, "XXXXXX", 6);
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	f = fdopen(fd, "w");
	fputs(content, f);
	fclose(f);
	free(got.name);
	free(got.ca);
	memset(&got, 0, sizeof(got));
	done = conf_load(path, rows, &got, error, sizeof(error));
	unlink(path);
	return done;
}

START_TEST(a_file_fills_the_struct)
{
	ck_assert_int_eq(load("[server]\nport = 7\nquick = yes\n[tls]\nca = tls/ca.crt\n"), 0);
	ck_assert_str_eq(got.name, "yimend");
	ck_assert_int_eq(got.port, 7);
	ck_assert(got.quick);
	ck_assert_str_eq(got.ca, "/tmp/tls/ca.crt"); /* beside the file */
	ck_assert_int_eq(load("[tls]\nca = /etc/ca.crt\n"), 0);
	ck_assert_str_eq(got.ca, "/etc/ca.crt");
}
END_TEST

START_TEST(complaints_name_the_line)
{
	ck_assert_int_eq(load("[server]\nname = a\nport = 101\n[tls]\nca = x\n"), -1);
	ck_assert_ptr_nonnull(strstr(error, ":3: [server] port must be a whole number from 1 to 100"));
	ck_assert_int_eq(load("[server]\npost = 1\n[tls]\nca = x\n"), -1);
	ck_assert_ptr_nonnull(strstr(error, ":2: there is no setting post in [server]"));
	ck_assert_int_eq(load("[server]\nquick = 1\n[tls]\nca = x\n"), -1);
	ck_assert_ptr_nonnull(strstr(error, "must be yes or no"));
	ck_assert_int_eq(load("[server]\n"), -1);
	ck_assert_ptr_nonnull(strstr(error, "[tls] ca is missing"));
	ck_assert_int_eq(load("[tls]\nca = x\nnonsense\n"), -1);
	ck_assert_ptr_nonnull(strstr(error, ":3: is neither"));
	ck_assert_int_eq(conf_load("/nowhere/x.conf", rows, &got, error, sizeof(error)), -1);
	ck_assert_ptr_nonnull(strstr(error, "cannot be read"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("conf");
	TCase *t = tcase_create("conf");
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, t);
	tcase_add_test(t, a_file_fills_the_struct);
	tcase_add_test(t, complaints_name_the_line);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
