/* Text and identity numbers: what is refused, measured, masked, checked. */
#include <check.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "common/ident.h"
#include "common/text.h"

static const char *check(const char *s)
{
	return text_check(s, strlen(s));
}

START_TEST(hidden_and_broken_text_is_refused)
{
	static const struct {
		const char *s, *code;
	} rows[] = {
	    {"张三丰 §20 — 𠮷䶮㛃", NULL},
	    {"葛\xf3\xa0\x84\x80", NULL}, /* ideographic variation selector */
	    {"", NULL},
	    {"a\nb", "text.control"},
	    {"a\x1b[2J", "text.control"},
	    {"a\x7f", "text.control"},
	    {"a\xc2\x9b", "text.control"},       /* C1 CSI */
	    {"a\xe2\x80\xa8", "text.control"},   /* line separator */
	    {"a\xe2\x80\xae", "text.hidden"},    /* right-to-left override */
	    {"a\xe2\x80\x8b", "text.hidden"},    /* zero width space */
	    {"\xef\xbb\xbf", "text.hidden"},     /* byte order mark */
	    {"\xf3\xa0\x80\xa1", "text.hidden"}, /* tag */
	    {"\xef\xbf\xbf", "text.hidden"},     /* noncharacter */
	    {"\xc0\xaf", "text.invalid"},        /* overlong */
	    {"\xe0\x80\xaf", "text.invalid"},
	    {"\xed\xa0\x80", "text.invalid"}, /* surrogate */
	    {"\xf4\x90\x80\x80", "text.invalid"},
	    {"\xe5\xbc", "text.invalid"}, /* cut short */
	    {"\x80", "text.invalid"},
	    {"\xff", "text.invalid"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *code = check(rows[i].s);

		ck_assert_msg((code == NULL) == (rows[i].code == NULL), "row %zu: %s", i, code);
		if (code != NULL)
			ck_assert_str_eq(code, rows[i].code);
	}
}
END_TEST

START_TEST(every_character_encodes_and_decodes)
{
	char buf[4];
	uint32_t got;

	for (uint32_t ch = 0; ch <= 0x10ffff; ch += ch < 0x3000 ? 1 : 61) {
		size_t n = text_encode(ch, buf);

		if (ch >= 0xd800 && ch <= 0xdfff) {
			ck_assert_uint_eq(text_decode(buf, n, &got), 0);
			continue;
		}
		ck_assert_uint_eq(text_decode(buf, n, &got), n);
		ck_assert_uint_eq(got, ch);
		ck_assert_uint_eq(text_decode(buf, n - 1, &got), 0);
	}
}
END_TEST

START_TEST(columns_are_not_characters)
{
	int used;

	setlocale(LC_CTYPE, "C.UTF-8");
	ck_assert_uint_eq(text_chars("a张三", 7), 3);
	ck_assert_int_eq(text_width("a张三", 7), 5);
	ck_assert_uint_eq(text_fit("a张三", 7, 4, &used), 4);
	ck_assert_int_eq(used, 3);
	ck_assert_uint_eq(text_cut("张三", 6, 5), 3);
	ck_assert_uint_eq(text_cut("张三", 6, 6), 6);
	ck_assert_uint_eq(text_cut("张三", 6, 2), 0);
	ck_assert(text_blank(" \xe3\x80\x80", 4));
	ck_assert(text_blank("", 0));
	ck_assert(!text_blank(" 一", 4));
}
END_TEST

START_TEST(names_are_masked_and_logs_escaped)
{
	char buf[64], tiny[8];

	ck_assert_str_eq(text_mask_name("张三丰", buf, sizeof(buf)), "张**");
	ck_assert_str_eq(text_mask_name("", buf, sizeof(buf)), "");
	ck_assert_str_eq(text_mask_name("张三丰李四", tiny, 5), "张*");
	ck_assert_str_eq(text_escape("a\n\"\\张", 7, buf, sizeof(buf)), "a\\x0a\\x22\\x5c张");
	ck_assert_str_eq(text_escape("\xff\x1b", 2, buf, sizeof(buf)), "\\xff\\x1b");
	ck_assert_uint_lt(strlen(text_escape("张三丰张三丰", 18, tiny, sizeof(tiny))), sizeof(tiny));
}
END_TEST

static const char *ident(const char *kind, const char *no)
{
	const char *code = ident_check(kind, no, strlen(no));

	return code == NULL ? "good" : code;
}

START_TEST(identity_numbers)
{
	/* 11010519491231002X is the worked example of GB 11643-1999. */
	ck_assert_str_eq(ident("resident", "11010519491231002X"), "good");
	ck_assert_str_eq(ident("resident", "110105194912310021"), "ident.check");
	ck_assert_str_eq(ident("resident", "11010519491331002X"), "ident.date");
	ck_assert_str_eq(ident("resident", "110105190002290021"), "ident.date");
	ck_assert_str_eq(ident("resident", "1101051949123100"), "ident.length");
	ck_assert_str_eq(ident("resident", "11010519491231002x"), "ident.chars");
	ck_assert_str_eq(ident("resident", ""), "ident.length");
	ck_assert_str_eq(ident("org", "91350100M000100Y43"), "good");
	ck_assert_str_eq(ident("org", "91350100M000100Y44"), "ident.check");
	ck_assert_str_eq(ident("org", "91350100M000100I43"), "ident.chars");
	ck_assert_str_eq(ident("passport", "E12345678"), "good");
	ck_assert_str_eq(ident("passport", "ABCDEFGH"), "ident.chars");
	ck_assert_str_eq(ident("passport", "E123"), "ident.length");
	ck_assert_str_eq(ident("hkmacao", "H12345678"), "good");
	ck_assert_str_eq(ident("hkmacao", "X12345678"), "ident.chars");
	ck_assert_str_eq(ident("taiwan", "12345678"), "good");
	ck_assert_str_eq(ident("taiwan", "123456789"), "ident.length");
	ck_assert_str_eq(ident("foreigner", "USA110085120101"), "good");
	ck_assert_str_eq(ident("library", "1"), "ident.kind");
}
END_TEST

START_TEST(every_wrong_digit_of_a_resident_is_seen)
{
	char no[] = "11010519491231002X";

	for (int at = 0; at < 17; at++)
		for (char d = '0'; d <= '9'; d++) {
			char keep = no[at];

			if (d == keep)
				continue;
			no[at] = d;
			ck_assert_str_ne(ident("resident", no), "good");
			no[at] = keep;
		}
}
END_TEST

START_TEST(a_number_may_be_half_typed_and_wide)
{
	char buf[64];

	ck_assert_ptr_null(ident_check_typing("resident", "110105", 6));
	ck_assert_ptr_null(ident_check_typing("org", "", 0));
	ck_assert_ptr_nonnull(ident_check_typing("resident", "11010A", 6));
	ck_assert_ptr_nonnull(ident_check_typing("resident", "110105194912310021", 18));
	ck_assert_str_eq(ident_clean("１１０ 105ｘ", buf, sizeof(buf)), "110105X");
	ck_assert_str_eq(ident_clean("123456", buf, 6), "12");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("text");
	TCase *t = tcase_create("text");
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, t);
	tcase_add_test(t, hidden_and_broken_text_is_refused);
	tcase_add_test(t, every_character_encodes_and_decodes);
	tcase_add_test(t, columns_are_not_characters);
	tcase_add_test(t, names_are_masked_and_logs_escaped);
	tcase_add_test(t, identity_numbers);
	tcase_add_test(t, every_wrong_digit_of_a_resident_is_seen);
	tcase_add_test(t, a_number_may_be_half_typed_and_wide);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
