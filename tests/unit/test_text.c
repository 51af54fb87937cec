/* Text: what is refused, measured, masked, escaped. */
#include <check.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

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

/* Written by hand from the Unicode tables: first and last of each kind, and the neighbours. */
START_TEST(every_kind_of_hidden_character_is_known)
{
	static const uint32_t no[][2] = {{0, 0x1f}, {0x7f, 0x9f}, {0xad, 0xad}, {0x34f, 0x34f},
	    {0x61c, 0x61c}, {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200f},
	    {0x2028, 0x2029}, {0x202a, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xfdd0, 0xfdef},
	    {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xfffe, 0xffff}, {0x1bca0, 0x1bca3},
	    {0x1d173, 0x1d17a}, {0x1fffe, 0x1ffff}, {0xe0000, 0xe00ff}, {0xe01f0, 0xe0fff},
	    {0x10fffe, 0x10ffff}};
	static const uint32_t yes[] = {' ', '~', 0xa0, 0xac, 0xae, 0x61b, 0x61d, 0x200a, 0x2010, 0x202f,
	    0x205f, 0x2070, 0x3000, 0x3163, 0x3165, 0x4e00, 0xe000, 0xfdcf, 0xfdf0, 0xfe00, 0xfe0f, 0xfefe,
	    0xff9f, 0xffa1, 0xffef, 0xfffd, 0x20000, 0x20bb7, 0x1bca4, 0x1d172, 0x1d17b, 0xe0100, 0xe01ef,
	    0xe1000};

	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		for (uint32_t ch = no[i][0]; ch <= no[i][1]; ch++)
			ck_assert_msg(!text_allowed(ch), "U+%04X", ch);
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		ck_assert_msg(text_allowed(yes[i]), "U+%04X", yes[i]);
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

START_TEST(logs_are_escaped)
{
	char buf[64], tiny[8];

	ck_assert_str_eq(text_escape("a\n\"\\张", 7, buf, sizeof(buf)), "a\\x0a\\x22\\x5c张");
	ck_assert_str_eq(text_escape("\xff\x1b", 2, buf, sizeof(buf)), "\\xff\\x1b");
	ck_assert_uint_lt(strlen(text_escape("张三丰张三丰", 18, tiny, sizeof(tiny))), sizeof(tiny));
}
END_TEST

/* A name of nothing but what leaves no mark must not pass for one. */
START_TEST(what_leaves_no_mark_is_blank)
{
	static const char *const blank[] = {
	    "\xef\xb8\x8f", "\xf3\xa0\x84\x80 ", "\xe2\xa0\x80", "\xe2\x80\xaf", "\xc2\xa0", "\t"};

	for (size_t i = 0; i < sizeof(blank) / sizeof(blank[0]); i++)
		ck_assert_msg(text_blank(blank[i], strlen(blank[i])), "row %zu", i);
	ck_assert_str_eq(text_name("\xef\xb8\x8f", 3), "text.blank");
	ck_assert_str_eq(text_name("\xcc\x81\xcc\x82 \xe3\x82\x99", 8), "text.marks");
	ck_assert_ptr_null(text_name("e\xcc\x81", 3));
	ck_assert_ptr_null(text_name("张三", 6));
	ck_assert_ptr_null(text_name("7", 1));
	ck_assert(!text_blank("\xff", 1));
	ck_assert(!text_blank("葛\xf3\xa0\x84\x80", 7));
}
END_TEST

/* Measuring moves on and stays inside whatever the bytes are. */
START_TEST(broken_bytes_never_stall)
{
	char s[3];
	int used;

	setlocale(LC_CTYPE, "C.UTF-8");
	for (unsigned v = 0; v < 0x1000000; v += v < 0x10000 ? 7 : 251) {
		s[0] = (char)(v >> 16);
		s[1] = (char)(v >> 8);
		s[2] = (char)v;
		ck_assert_uint_eq(text_fit(s, 3, 6, &used), 3);
		ck_assert_int_le(used, 6);
		ck_assert_int_eq(text_width(s, 3), used);
		ck_assert_uint_le(text_cut(s, 3, 2), 2);
		ck_assert_uint_le(text_chars(s, 3), 3);
		text_check(s, 3);
		text_blank(s, 3);
	}
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
	tcase_add_test(t, every_kind_of_hidden_character_is_known);
	tcase_add_test(t, every_character_encodes_and_decodes);
	tcase_add_test(t, columns_are_not_characters);
	tcase_add_test(t, logs_are_escaped);
	tcase_add_test(t, what_leaves_no_mark_is_blank);
	tcase_add_test(t, broken_bytes_never_stall);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
