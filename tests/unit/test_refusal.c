/*
 * Every code that SQL, the server or the common code can raise has a sentence, and
 * every field an operation takes has a name. Reads the sources, from the repository's top.
 */
#include <check.h>
#include <ftw.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/refusal.h"
#include "client/reply.h"

enum { SOURCE_MAX = 1024 * 1024 };
static char source[SOURCE_MAX];
static unsigned found;
static char missing[4096];

static void need(const char *path, const char *code, size_t len)
{
	char word[64];
	size_t used = strlen(missing);

	snprintf(word, sizeof(word), "%.*s", (int)len, code);
	/* What is logged of a peer that is gone or being closed is not told to it. */
	if (op_by_name(word) != NULL || strcmp(word, "peer.gone") == 0 ||
	    (strncmp(word, "frame.", 6) == 0 && !refusal_known(word)))
		return;
	found++;
	if (!refusal_known(word))
		snprintf(missing + used, sizeof(missing) - used, " %s (%s)", word, path);
}

/* Every match of the pattern; the code is its last group. */
static void scan(const char *path, const char *pattern, size_t group)
{
	regmatch_t m[4];
	regex_t re;
	const char *at = source;

	ck_assert_int_eq(regcomp(&re, pattern, REG_EXTENDED), 0);
	while (regexec(&re, at, 4, m, 0) == 0) {
		need(path, at + m[group].rm_so, (size_t)(m[group].rm_eo - m[group].rm_so));
		at += m[0].rm_eo;
	}
	regfree(&re);
}

static bool ends(const char *path, const char *end)
{
	size_t n = strlen(path), k = strlen(end);

	return n >= k && strcmp(path + n - k, end) == 0;
}

static int one_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	FILE *f;
	size_t n;

	(void)st;
	(void)ftw;
	if (type != FTW_F || !(ends(path, ".sql") || ends(path, ".c")))
		return 0;
	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	n = fread(source, 1, SOURCE_MAX - 1, f);
	fclose(f);
	ck_assert_uint_lt(n, SOURCE_MAX - 1);
	source[n] = '\0';
	if (ends(path, ".sql")) {
		scan(path, "rule\\.(refuse|deny|invalid)\\([[:space:]]*'([a-z]+\\.[a-z_]+)'", 2);
		scan(path, "'YM00[0-9]',[[:space:]]*'([a-z]+\\.[a-z_]+)'", 1);
		scan(path, "[0-9]::int2,[[:space:]]*'([a-z]+\\.[a-z_]+)'", 1);
		scan(path, "then '((tick|material)\\.[a-z_]+)'", 1);
		scan(path, "[^a-z]code = '([a-z]+\\.[a-z_]+)'", 1);
	} else if (strstr(path, "common/") != NULL) {
		scan(path, "\"([a-z]+\\.[a-z_]+)\"", 1);
	} else {
		scan(path, "OP_[A-Z_]+, *\"([a-z]+\\.[a-z_]+)\"", 1);
		scan(path, "code = \"([a-z]+\\.[a-z_]+)\"", 1);
		scan(path, "return \"([a-z]+\\.[a-z_]+)\"", 1);
	}
	return 0;
}

START_TEST(every_code_has_a_sentence)
{
	static const char *const places[] = {"sql/rule", "sql/api", "server", "common"};

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		found = 0;
		ck_assert_int_eq(nftw(places[i], one_file, 16, FTW_PHYS), 0);
		ck_assert_msg(found > 2, "no codes found in %s: run this from the top", places[i]);
	}
	ck_assert_msg(missing[0] == '\0', "no sentence for%s", missing);
}
END_TEST

START_TEST(every_field_has_a_name)
{
	size_t n;
	const struct op *const *all = op_all(&n);

	for (size_t i = 0; i < n; i++)
		for (const struct op_field *f = all[i]->in; f->name != NULL; f++)
			ck_assert_msg(refusal_field_known(f->name), "%s %s", all[i]->name, f->name);
}
END_TEST

START_TEST(no_code_twice)
{
	for (size_t i = 0; refusal_code(i) != NULL; i++)
		for (size_t k = i + 1; refusal_code(k) != NULL; k++)
			ck_assert_str_ne(refusal_code(i), refusal_code(k));
}
END_TEST

START_TEST(arguments_stand_where_the_sentence_wants_them)
{
	char buf[256];

	setenv("LANGUAGE", "en", 1);
	refusal_say("case.changed", "7", "5199-20261123-000123-7", NULL, buf, sizeof(buf));
	ck_assert_ptr_nonnull(strstr(buf, "case 5199-20261123-000123-7 "));
	refusal_say("case.state", "accepted", "amend", NULL, buf, sizeof(buf));
	ck_assert_ptr_nonnull(strstr(buf, "The case is in progress now"));
	refusal_say("value.missing", "id_no", NULL, NULL, buf, sizeof(buf));
	ck_assert_str_eq(buf, "identity number: must be filled in.");
	refusal_say("value.missing", NULL, NULL, NULL, buf, sizeof(buf));
	ck_assert_str_eq(buf, "value: must be filled in.");
	/* What people typed is never a format. */
	refusal_say("item.no_guide", "%s%n%1$s", NULL, NULL, buf, sizeof(buf));
	ck_assert_ptr_nonnull(strstr(buf, "«%s%n%1$s»"));
	refusal_say("no.such_code", "x", NULL, NULL, buf, sizeof(buf));
	ck_assert_ptr_nonnull(strstr(buf, "no.such_code"));
}
END_TEST

START_TEST(a_sentence_is_cut_at_a_character)
{
	char buf[32];

	refusal_say("item.no_guide", "食品经营许可食品经营许可", NULL, NULL, buf, sizeof(buf));
	ck_assert_uint_lt(strlen(buf), sizeof(buf));
	for (size_t size = 1; size < sizeof(buf); size++) {
		refusal_say("no.such_code", "食", NULL, NULL, buf, size);
		ck_assert_uint_lt(strlen(buf), size);
	}
}
END_TEST

START_TEST(a_reply_says_its_code)
{
	const struct op *op = op_by_name("case.accept");
	struct reply *r = reply_local(op, OP_REFUSED, "case.none");
	char buf[128];

	ck_assert_str_eq(refusal_reply(r, buf, sizeof(buf)), "There is no such case.");
	reply_free(r);
	r = reply_new(op, REPLY_TIMEOUT, NULL, 0);
	ck_assert_str_eq(reply_code(r), "link.timeout");
	refusal_reply(r, buf, sizeof(buf));
	ck_assert_ptr_nonnull(strstr(buf, "did not answer"));
	reply_free(r);
	for (unsigned s = REPLY_LOST; s <= REPLY_JOURNAL; s++) {
		r = reply_new(op, s, NULL, 0);
		ck_assert_msg(refusal_known(reply_code(r)), "%s", reply_code(r));
		reply_free(r);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("refusal");
	TCase *t = tcase_create("sentences");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_test(t, every_code_has_a_sentence);
	tcase_add_test(t, every_field_has_a_name);
	tcase_add_test(t, no_code_twice);
	tcase_add_test(t, arguments_stand_where_the_sentence_wants_them);
	tcase_add_test(t, a_sentence_is_cut_at_a_character);
	tcase_add_test(t, a_reply_says_its_code);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
