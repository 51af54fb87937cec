/*
 * Identity numbers: the standards' own examples, every single wrong character and
 * every swap of neighbours that the schemes promise to see, and typing key by key.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/ident.h"

static const char *ident(const char *kind, const char *no)
{
	const char *code = ident_check(kind, no, strlen(no));

	return code == NULL ? "good" : code;
}

static const char *typing(const char *kind, const char *no)
{
	const char *code = ident_check_typing(kind, no, strlen(no));

	return code == NULL ? "good" : code;
}

struct row {
	const char *kind, *no, *code;
};

static void check_rows(const struct row *rows, size_t n, const char *(*check)(const char *, const char *))
{
	for (size_t i = 0; i < n; i++) {
		const char *code = check(rows[i].kind, rows[i].no);

		ck_assert_msg(strcmp(code, rows[i].code) == 0, "%s %s: %s, not %s", rows[i].kind, rows[i].no,
		    code, rows[i].code);
	}
}
#define CHECK_ROWS(rows, check) check_rows(rows, sizeof(rows) / sizeof((rows)[0]), check)

START_TEST(residents)
{
	/* 11010519491231002X and 440524188001010014 are the worked examples of GB 11643-1999;
	 * nobody born in 1880 stands at a window. */
	static const struct row rows[] = {
	    {"resident", "11010519491231002X", "good"},
	    {"resident", "440524188001010014", "ident.date"},
	    {"resident", "110105209912310028", "ident.date"},
	    {"resident", "810000199408230021", "good"}, /* residence permit of Hong Kong's */
	    {"resident", "110105194912310021", "ident.check"},
	    {"resident", "11010519491331002X", "ident.date"},
	    {"resident", "110105190002290021", "ident.date"}, /* 1900 was no leap year */
	    {"resident", "110105200002290025", "ident.check"},
	    {"resident", "11010519490431002X", "ident.date"},
	    {"resident", "11010519490400002X", "ident.date"},
	    {"resident", "11010519490032002X", "ident.date"},
	    {"resident", "11010529491231002X", "ident.date"},
	    {"resident", "1101051949123100", "ident.length"},
	    {"resident", "110105491231002", "ident.length"}, /* 15 digits: no longer valid */
	    {"resident", "11010519491231002X1", "ident.length"},
	    {"resident", "11010519491231002x", "ident.chars"},
	    {"resident", "X1010519491231002X", "ident.chars"},
	    {"resident", "01010519491231002X", "ident.chars"},
	    {"resident", "911124198108030024", "ident.chars"}, /* a foreigner's */
	    {"resident", " 1010519491231002X", "ident.chars"},
	    {"resident", "", "ident.length"},
	};
	CHECK_ROWS(rows, ident);
	ck_assert_str_eq(ident_check("resident", "11010519491231002\0", 18), "ident.chars");
}
END_TEST

START_TEST(organisations)
{
	/* 91350100M000100Y43 is the worked example of GB 32100-2015. */
	static const struct row rows[] = {
	    {"org", "91350100M000100Y43", "good"},
	    /* Published by their holders: all four satisfy GB 11714, X among its digits. */
	    {"org", "91110000802100433B", "good"},
	    {"org", "9144030071526726XG", "good"},
	    {"org", "914403001922038216", "good"},
	    {"org", "91330100799655058B", "good"},
	    {"org", "91350100M000100Y44", "ident.check"},
	    {"org", "91350100M000101YA5", "ident.check"},
	    {"org", "91350100M000100I43", "ident.chars"}, /* I, O, S, V, Z are not used */
	    {"org", "9135A100M000100Y43", "ident.chars"},
	    {"org", "91350100m000100y43", "ident.chars"},
	    {"org", "91350100M000100Y4", "ident.length"},
	    {"org", "91350100M000100Y433", "ident.length"},
	};
	CHECK_ROWS(rows, ident);
}
END_TEST

/* Found at the window: a mistyped resident's number became an organisation's. */
START_TEST(a_wrong_card_number_is_no_organisation)
{
	static const struct {
		const char *no, *kind;
	} rows[] = {
	    {"510101199003071234", ""},
	    {"510101199003071238", "resident"},
	    {"51010119901307123X", ""}, /* no 13th month; still from a card */
	    {"911124198108030024", "foreigner"},
	    {"911124198108030025", ""},
	    {"91350100M000100Y43", "org"},
	    {"914403001922038216", "org"}, /* all digits */
	    {"91350100M000100Y44", ""},
	    {"51010119900307123", ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *kind = ident_guess(rows[i].no, strlen(rows[i].no));

		ck_assert_msg(
		    strcmp(kind == NULL ? "" : kind, rows[i].kind) == 0, "%s: %s", rows[i].no, kind);
	}
	/* No digit behind such a beginning makes it one. */
	char no[19] = "510101199003071230";
	for (int i = 0; i < 100; i++) {
		no[16] = (char)('0' + i / 10);
		no[17] = (char)('0' + i % 10);
		const char *kind = ident_guess(no, 18);
		ck_assert(kind == NULL || strcmp(kind, "resident") == 0);
	}
}
END_TEST

START_TEST(other_documents)
{
	static const struct row rows[] = {
	    {"passport", "E12345678", "good"},
	    {"passport", "EA1234567", "good"},
	    {"passport", "ABCDEFGH", "ident.chars"},
	    {"passport", "E12-34567", "ident.chars"},
	    {"passport", "E123", "ident.length"},
	    {"passport", "123456789012345678901", "ident.length"},
	    {"hkmacao", "H12345678", "good"},
	    {"hkmacao", "M12345678", "good"},
	    {"hkmacao", "HA1234567", "good"},
	    {"hkmacao", "MA1234567", "good"},
	    {"hkmacao", "H1234567801", "good"},
	    {"hkmacao", "HB1234567", "ident.chars"},
	    {"hkmacao", "X12345678", "ident.chars"},
	    {"hkmacao", "H1234567", "ident.length"},
	    {"hkmacao", "H123456780", "ident.length"},
	    {"taiwan", "12345678", "good"},
	    {"taiwan", "1234567801", "good"},
	    {"taiwan", "1234567801B", "good"},
	    {"taiwan", "123456789", "ident.length"},
	    {"taiwan", "T2345678", "ident.chars"},
	    {"foreigner", "USA110085120101", "good"},
	    {"foreigner", "USA110000022901", "good"}, /* 00 may be 2000 */
	    {"foreigner", "USA110001022901", "ident.date"},
	    {"foreigner", "USA110085130101", "ident.date"},
	    {"foreigner", "US1110085120101", "ident.chars"},
	    {"foreigner", "USA11008512010", "ident.length"},
	    {"foreigner", "911124198108030024", "good"}, /* the specimen of the card of 2023 */
	    {"foreigner", "911124198108030025", "ident.check"},
	    {"foreigner", "911124198102300024", "ident.date"},
	    {"foreigner", "11010519491231002X", "ident.chars"}, /* a resident's */
	    {"library", "1", "ident.kind"},
	    {"", "", "ident.kind"},
	};
	CHECK_ROWS(rows, ident);
}
END_TEST

START_TEST(typing_says_it_at_the_first_wrong_key)
{
	static const struct row rows[] = {
	    {"resident", "", "good"},
	    {"resident", "110105", "good"},
	    {"resident", "11010A", "ident.chars"},
	    {"resident", "9", "ident.chars"},
	    {"resident", "1101053", "ident.date"},
	    {"resident", "11010521", "ident.date"},
	    {"resident", "110105194", "good"},
	    {"resident", "11010519492", "ident.date"},
	    {"resident", "110105194900", "ident.date"},
	    {"resident", "110105194913", "ident.date"},
	    {"resident", "1101051949023", "ident.date"},
	    {"resident", "1101051949124", "ident.date"},
	    {"resident", "11010519490230", "ident.date"},
	    {"resident", "11010519491231", "good"},
	    {"resident", "11010519491231002", "good"},
	    {"resident", "110105194912310021", "ident.check"},
	    {"resident", "11010519491231002X0", "ident.length"},
	    {"foreigner", "U", "good"},
	    {"foreigner", "USA110085", "good"},
	    {"foreigner", "USA1100852", "ident.date"},
	    {"hkmacao", "H", "good"},
	    {"hkmacao", "HA", "good"},
	    {"hkmacao", "H123456789", "good"}, /* on the way to eleven */
	    {"hkmacao", "HA12345678", "ident.length"},
	    {"taiwan", "1234567890", "good"},
	    {"org", "91350100M", "good"},
	    {"org", "9135O", "ident.chars"},
	    {"passport", "EABC", "good"},
	    {"passport", "E-", "ident.chars"},
	    {"library", "", "ident.kind"},
	};
	CHECK_ROWS(rows, typing);
}
END_TEST

/* What is good whole is good at every key on the way. */
START_TEST(every_beginning_of_a_good_number_is_good)
{
	static const struct row good[] = {
	    {"resident", "11010519491231002X", ""},
	    {"resident", "440524200002290019", ""},
	    {"org", "91350100M000100Y43", ""},
	    {"passport", "EA1234567", ""},
	    {"hkmacao", "H1234567801", ""},
	    {"hkmacao", "MA1234567", ""},
	    {"taiwan", "1234567801B", ""},
	    {"foreigner", "USA110000022901", ""},
	    {"foreigner", "911124198108030024", ""},
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		for (size_t n = 0; n < strlen(good[i].no); n++)
			ck_assert_msg(ident_check_typing(good[i].kind, good[i].no, n) == NULL, "%.*s", (int)n,
			    good[i].no);
}
END_TEST

/* Every other character at every place, every swap of two neighbours. */
static void spoil(const char *kind, const char *good, const char *alphabet)
{
	char no[32];
	size_t len = strlen(good), missed = 0, tried = 0;

	ck_assert_str_eq(ident(kind, good), "good");
	for (size_t at = 0; at < len; at++)
		for (const char *c = alphabet; *c != '\0'; c++) {
			memcpy(no, good, len + 1);
			no[at] = *c;
			tried += *c != good[at];
			missed += *c != good[at] && strcmp(ident(kind, no), "good") == 0;
		}
	for (size_t at = 0; at + 1 < len; at++) {
		memcpy(no, good, len + 1);
		no[at] = good[at + 1];
		no[at + 1] = good[at];
		tried += no[at] != good[at];
		missed += no[at] != good[at] && strcmp(ident(kind, no), "good") == 0;
	}
	ck_assert_uint_gt(tried, 150);
	ck_assert_msg(missed == 0, "%s %s: %zu of %zu errors not seen", kind, good, missed, tried);
}

START_TEST(every_single_error_is_seen)
{
	char no[19];

	spoil("resident", "11010519491231002X", "0123456789X");
	spoil("resident", "440524198801010011", "0123456789X");
	spoil("foreigner", "911124198108030024", "0123456789X");
	spoil("org", "91350100M000100Y43", "0123456789ABCDEFGHJKLMNPQRTUWXY");
	for (int serial = 0; serial < 1000; serial += 37) {
		snprintf(no, sizeof(no), "33010619950718%03d", serial);
		no[17] = ident_resident_digit(no);
		no[18] = '\0';
		spoil("resident", no, "0123456789X");
	}
}
END_TEST

START_TEST(check_digits_need_usable_characters)
{
	ck_assert_int_eq(ident_resident_digit("11010519491231002"), 'X');
	ck_assert_int_eq(ident_resident_digit("1101051949123100"), 0);
	ck_assert_int_eq(ident_resident_digit("1101051949123100A"), 0);
	ck_assert_int_eq(ident_org_digit("91350100M000100Y4"), '3');
	ck_assert_int_eq(ident_org_digit("91519900MA00401X1"), '0');
	ck_assert_int_eq(ident_org_digit("91519900MA00801X1"), 'Y');
	ck_assert_int_eq(ident_org_digit("91350100M000100Z4"), 0);
	ck_assert_int_eq(ident_org_digit("9135"), 0);
}
END_TEST

START_TEST(of_age_by_the_date_in_the_number)
{
	static const struct {
		const char *kind, *no;
		int birth, today;
		bool minor;
	} rows[] = {
	    {"resident", "110101200811240010", 20081124, 20261123, true},
	    {"resident", "110101200811240010", 20081124, 20261124, false},
	    {"resident", "110101200802290016", 20080229, 20260228, true},
	    {"resident", "110101200802290016", 20080229, 20260301, false},
	    {"resident", "110101200811240015", 0, 20100101, false}, /* wrong: says nothing */
	    {"foreigner", "911124198108030024", 19810803, 19990802, true},
	    {"foreigner", "911124198108030024", 19810803, 19990803, false},
	    {"foreigner", "USA110008112401", 0, 20100101, false}, /* of which century? */
	    {"passport", "E20081124", 0, 20100101, false},
	    {"org", "91110000600037341L", 0, 20100101, false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t len = strlen(rows[i].no);

		ck_assert_int_eq(ident_birth(rows[i].kind, rows[i].no, len), rows[i].birth);
		ck_assert_msg(ident_minor(rows[i].kind, rows[i].no, len, rows[i].today) == rows[i].minor,
		    "%s on %d", rows[i].no, rows[i].today);
	}
	ck_assert_int_eq(ident_birth("resident", "110101200811240010", 17), 0);
}
END_TEST

START_TEST(what_is_typed_is_cleaned)
{
	char buf[64];

	ck_assert_str_eq(ident_clean("１１０ 105ｘ", buf, sizeof(buf)), "110105X");
	ck_assert_str_eq(ident_clean("ｈ１２　３\t4", buf, sizeof(buf)), "H1234");
	ck_assert_str_eq(ident_clean("张三a", buf, sizeof(buf)), "张三A");
	ck_assert_str_eq(ident_clean("12\xff", buf, sizeof(buf)), "12");
	ck_assert_str_eq(ident_clean("", buf, sizeof(buf)), "");
	ck_assert_uint_lt(strlen(ident_clean("123456", buf, 6)), 6);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("ident");
	TCase *t = tcase_create("ident");
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, t);
	tcase_add_test(t, residents);
	tcase_add_test(t, organisations);
	tcase_add_test(t, a_wrong_card_number_is_no_organisation);
	tcase_add_test(t, other_documents);
	tcase_add_test(t, typing_says_it_at_the_first_wrong_key);
	tcase_add_test(t, every_beginning_of_a_good_number_is_good);
	tcase_add_test(t, every_single_error_is_seen);
	tcase_add_test(t, check_digits_need_usable_characters);
	tcase_add_test(t, of_age_by_the_date_in_the_number);
	tcase_add_test(t, what_is_typed_is_cleaned);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
