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

/* Loads a file of these bytes; 0 or −1. */
static int load_bytes(const void *content, size_t len)
{
	FILE *f;
	int fd, done;

	memcpy(strrchr(path, '.') + 1, "XXXXXX", 6);
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	f = fdopen(fd, "w");
	ck_assert_uint_eq(fwrite(content, 1, len, f), len);
	fclose(f);
	free(got.name);
	free(got.ca);
	memset(&got, 0, sizeof(got));
	done = conf_load(path, rows, &got, error, sizeof(error));
	unlink(path);
	return done;
}

static int load(const char *content)
{
	return load_bytes(content, strlen(content));
}

static void refused(const char *content, const char *why)
{
	ck_assert_int_eq(load(content), -1);
	ck_assert_msg(strstr(error, why) != NULL, "%s", error);
	ck_assert_msg(strncmp(error, path, strlen(path)) == 0, "%s", error);
	/* Nothing is handed over half-filled. */
	ck_assert_ptr_null(got.name);
	ck_assert_ptr_null(got.ca);
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

START_TEST(what_inih_would_take_wrongly_is_refused)
{
	char content[300];

	/* Given twice: which one is meant? */
	refused("[tls]\nca = a\nca = b\n", ":3: [tls] ca is given a second time");
	refused("[tls]\nca = a\n[server]\n[tls]\nca = b\n", ":5: [tls] ca is given");
	/* A line too long would be cut in two. */
	memset(content, 'x', sizeof(content));
	memcpy(content, "[tls]\nca = ", 11);
	memcpy(content + sizeof(content) - 2, "\n", 2);
	refused(content, ":2: the line is longer than");
	refused("[tls]\nca = a\x1b[2J\n", ":2: [tls] ca holds a control");
	refused("[tls]\nca = \xff\n", ":2: [tls] ca holds a control");
	ck_assert_int_eq(load_bytes("[tls]\nca = a\0b\n", 15), -1);
	ck_assert_ptr_nonnull(strstr(error, ":2: holds a zero byte"));
	refused("[tls\nca = a\n", ":1: is neither");
	refused("ca = a\n", ":1: there is no setting ca in []");
	refused("[tls]\nca = a\n[server]\nport = 7x\n", ":4: [server] port must be");
	refused("[tls]\nca = a\n[server]\nport = 0\n", ":4: [server] port must be");
	refused("[tls]\nca = a\n[server]\nport =\n", ":4: [server] port must be");
	refused("[tls]\nca = a\n[server]\nport = 99999999999999999999\n", ":4: [server] port must be");
}
END_TEST

START_TEST(harmless_looks_are_taken)
{
	char content[300];

	ck_assert_int_eq(
	    load("\xef\xbb\xbf[server]\r\n\tport = 7 ; seven\r\n   quick=yes\r\n# no\r\n\r\n[tls]\r\n"
		 "ca = 证书.crt\r\n"),
	    0);
	ck_assert_int_eq(got.port, 7); /* indented: to inih the continuation of a line */
	ck_assert(got.quick);
	ck_assert_str_eq(got.ca, "/tmp/证书.crt");
	ck_assert_int_eq(load("[tls]\nca = a"), 0); /* no end of line */
	ck_assert_str_eq(got.ca, "/tmp/a");
	ck_assert_int_eq(load("[tls]\nca =\n"), 0); /* given as nothing: the program's to judge */
	ck_assert_str_eq(got.ca, "");
	/* The longest line: 198 bytes and its end. */
	memset(content, '/', sizeof(content));
	memcpy(content, "[tls]\nca = ", 11);
	memcpy(content + 6 + 198, "\n", 2);
	ck_assert_int_eq(load(content), 0);
	ck_assert_uint_eq(strlen(got.ca), 198 - 5);
	memcpy(content + 6 + 198, "/\n", 3);
	refused(content, ":2: the line is longer than 198 bytes");
}
END_TEST

START_TEST(a_folder_is_no_file)
{
	ck_assert_int_eq(conf_load("/tmp", rows, &got, error, sizeof(error)), -1);
	ck_assert_str_eq(error, "/tmp: cannot be read: Is a directory");
}
END_TEST

START_TEST(a_complaint_fits_its_buffer)
{
	char small[24];

	memset(small, 'x', sizeof(small));
	ck_assert_int_eq(conf_load("/nowhere/x.conf", rows, &got, small, 20), -1);
	ck_assert_uint_lt(strlen(small), 20);
	ck_assert_int_eq(small[20], 'x');
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
	tcase_add_test(t, what_inih_would_take_wrongly_is_refused);
	tcase_add_test(t, harmless_looks_are_taken);
	tcase_add_test(t, a_folder_is_no_file);
	tcase_add_test(t, a_complaint_fits_its_buffer);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
