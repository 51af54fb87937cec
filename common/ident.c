/*
 * Identity numbers. One table of shapes, a pattern of character classes each:
 * d digit, r digit but 0 and 9, l letter, c digit or X, o of an organisation's
 * alphabet, else itself. Knows no fields and no screens.
 */
#include "common/ident.h"

#include <stdint.h>
#include <string.h>
#include <time.h>

#include "common/text.h"

#define ORG_ALPHABET "0123456789ABCDEFGHJKLMNPQRTUWXY"

enum checksum { NO_CHECK, RESIDENT, ORGANISATION };

struct shape {
	const char *kind, *pattern;
	enum checksum checksum;
	int year, digits; /* where the date of birth begins, 0 for none; digits of its year */
};

/* A kind with several shapes has several rows; the newest first. An area begins with 1 to
 * 8, so that a foreigner's number is not taken for a resident's. */
/* clang-format off */
static const struct shape shapes[] = {
    {"resident", "rddddddddddddddddc", RESIDENT, 6, 4},     /* GB 11643: area, birth, serial */
    {"foreigner", "9ddddddddddddddddc", RESIDENT, 6, 4},    /* card of 2023: 9, area, country, birth, serial */
    {"foreigner", "llldddddddddddd", NO_CHECK, 7, 2},       /* card before: country, area, birth, serial */
    {"hkmacao", "Hdddddddd", NO_CHECK, 0, 0},               /* since 2013 */
    {"hkmacao", "Mdddddddd", NO_CHECK, 0, 0},
    {"hkmacao", "HAddddddd", NO_CHECK, 0, 0},               /* since 2024, permanent residents not Chinese */
    {"hkmacao", "MAddddddd", NO_CHECK, 0, 0},
    {"hkmacao", "Hdddddddddd", NO_CHECK, 0, 0},             /* before, with the number of issue */
    {"hkmacao", "Mdddddddddd", NO_CHECK, 0, 0},
    {"taiwan", "dddddddd", NO_CHECK, 0, 0},                 /* since 2015 */
    {"taiwan", "dddddddddd", NO_CHECK, 0, 0},               /* before, with the number of issue */
    {"taiwan", "ddddddddddl", NO_CHECK, 0, 0},              /* and the letter behind it */
    {"org", "ooddddddoooooooooo", ORGANISATION, 0, 0},      /* GB 32100: kind, area, body, check */
};
/* clang-format on */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool fits(char c, char class)
{
	switch (class) {
	case 'd':
		return is_digit(c);
	case 'r':
		return c >= '1' && c <= '8';
	case 'l':
		return is_letter(c);
	case 'c':
		return is_digit(c) || c == 'X';
	case 'o':
		return c != '\0' && strchr(ORG_ALPHABET, c) != NULL;
	default:
		return c == class;
	}
}

/* The first len characters fit the beginning of the pattern. */
static bool begins(const char *pattern, const char *no, size_t len)
{
	if (len > strlen(pattern))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!fits(no[i], pattern[i]))
			return false;
	return true;
}

static int number(const char *s, int width)
{
	int n = 0;

	while (width-- > 0)
		n = n * 10 + (*s++ - '0');
	return n;
}

static int this_year(void)
{
	time_t now = time(NULL);
	struct tm tm;

	return localtime_r(&now, &tm) == NULL ? 9999 : tm.tm_year + 1900;
}

/* So many characters of a date of birth YYYYMMDD, or YYMMDD, could still become one. Nobody
 * was born before 1900 or after this year. */
static bool begins_date(const char *s, int year_digits, size_t have)
{
	static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	const char *rest = s + year_digits;
	int year, month;

	if (year_digits == 4 && have >= 2 && (number(s, 2) < 19 || number(s, 2) > 20))
		return false;
	if (year_digits == 4 && have >= 4 && number(s, 4) > this_year())
		return false;
	if (have < (size_t)year_digits + 1)
		return have == 0 || year_digits == 2 || s[0] == '1' || s[0] == '2';
	have -= (size_t)year_digits;
	if (have == 1)
		return rest[0] <= '1';
	month = number(rest, 2);
	if (month < 1 || month > 12)
		return false;
	if (have == 2)
		return true;
	if (have == 3)
		return rest[2] <= (month == 2 ? '2' : '3');
	year = number(s, year_digits);
	/* 00 may be 2000, which was a leap year. */
	if (month == 2 && number(rest + 2, 2) == 29)
		return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return number(rest + 2, 2) >= 1 && number(rest + 2, 2) <= days[month - 1];
}

/* ISO 7064 MOD 11-2, GB 11643. */
char ident_resident_digit(const char *first17)
{
	static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	int sum = 0;

	for (int i = 0; i < 17; i++) {
		if (!is_digit(first17[i]))
			return 0;
		sum += weights[i] * (first17[i] - '0');
	}
	return "10X98765432"[sum % 11];
}

/* Weights are powers of 3 modulo 31, GB 32100. */
char ident_org_digit(const char *first17)
{
	static const char alphabet[] = ORG_ALPHABET;
	int sum = 0, weight = 1;

	for (int i = 0; i < 17; i++, weight = weight * 3 % 31) {
		const char *at = first17[i] == '\0' ? NULL : strchr(alphabet, first17[i]);

		if (at == NULL)
			return 0;
		sum += (int)(at - alphabet) * weight;
	}
	return alphabet[(31 - sum % 31) % 31];
}

/* The body's own code inside positions 9 to 17, GB 11714; its X stands for 10. */
char ident_body_digit(const char *first8)
{
	static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
	int sum = 0;

	for (int i = 0; i < 8; i++) {
		if (!is_digit(first8[i]) && !is_letter(first8[i]))
			return 0;
		sum += weights[i] * (is_digit(first8[i]) ? first8[i] - '0' : first8[i] - 'A' + 10);
	}
	return "0X987654321"[sum % 11];
}

/* What a number whose characters fit its shape so far may still be refused for. */
static const char *check_inside(const struct shape *shape, const char *no, size_t len)
{
	size_t from = (size_t)shape->year, width = (size_t)shape->digits + 4;

	if (from > 0 && len > from &&
	    !begins_date(no + from, shape->digits, len - from < width ? len - from : width))
		return "ident.date";
	if (len < strlen(shape->pattern))
		return NULL;
	switch (shape->checksum) {
	case NO_CHECK:
		return NULL;
	case RESIDENT:
		return ident_resident_digit(no) == no[17] ? NULL : "ident.check";
	case ORGANISATION:
		return ident_org_digit(no) == no[17] && ident_body_digit(no + 8) == no[16] ? NULL
											   : "ident.check";
	}
	return NULL;
}

/* Passports have no common shape: 5 to 20 letters and digits, at least one digit. */
static const char *check_passport(const char *no, size_t len, bool typing)
{
	size_t digits = 0;

	for (size_t i = 0; i < len; i++) {
		if (!is_digit(no[i]) && !is_letter(no[i]))
			return "ident.chars";
		digits += is_digit(no[i]);
	}
	if (len > 20 || (len < 5 && !typing))
		return "ident.length";
	return digits > 0 || typing ? NULL : "ident.chars";
}

static const char *check(const char *kind, const char *no, size_t len, bool typing)
{
	const char *code = "ident.kind";

	if (strcmp(kind, "passport") == 0)
		return check_passport(no, len, typing);
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		const struct shape *shape = &shapes[i];
		size_t whole = strlen(shape->pattern);

		if (strcmp(shape->kind, kind) != 0)
			continue;
		if (begins(shape->pattern, no, len) && (typing || len == whole))
			return check_inside(shape, no, len);
		/* The most telling of the shapes' complaints. */
		if (begins(shape->pattern, no, len < whole ? len : whole))
			code = "ident.length";
		else if (strcmp(code, "ident.kind") == 0)
			code = "ident.chars";
	}
	return code;
}

const char *ident_check(const char *kind, const char *no, size_t len)
{
	return check(kind, no, len, false);
}

const char *ident_check_typing(const char *kind, const char *no, size_t len)
{
	return check(kind, no, len, true);
}

bool ident_like_card(const char *no, size_t len)
{
	if (len != 18)
		return false;
	/* Whoever typed a wrong month still read it from a card. */
	if (begins("rddddddddddddddddc", no, len))
		return begins_date(no + 6, 4, 2);
	return begins("9ddddddddddddddddc", no, len) && begins_date(no + 6, 4, 8);
}

const char *ident_guess(const char *no, size_t len)
{
	if (len != 18)
		return NULL;
	if (ident_check("resident", no, len) == NULL)
		return "resident";
	bool foreigner = ident_check("foreigner", no, len) == NULL;
	bool org = ident_check("org", no, len) == NULL;
	if (foreigner || ident_like_card(no, len))
		return foreigner && !org ? "foreigner" : NULL;
	return org ? "org" : NULL;
}

int ident_birth(const char *kind, const char *no, size_t len)
{
	if (ident_check(kind, no, len) != NULL)
		return 0;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (strcmp(shapes[i].kind, kind) == 0 && shapes[i].digits == 4 &&
		    len == strlen(shapes[i].pattern))
			return number(no + shapes[i].year, 8);
	return 0;
}

bool ident_minor(const char *kind, const char *no, size_t len, int today)
{
	return ident_birth(kind, no, len) > today - 180000;
}

char *ident_clean(const char *typed, char *buf, size_t size)
{
	size_t left = strlen(typed), used = 0, n;
	uint32_t ch;

	for (; left > 0 && used + 5 <= size; typed += n, left -= n) {
		n = text_decode(typed, left, &ch);
		if (n == 0)
			break;
		if (ch >= 0xff01 && ch <= 0xff5e)
			ch -= 0xff01 - '!';
		if (text_blank(typed, n))
			continue;
		if (ch >= 'a' && ch <= 'z')
			ch -= 'a' - 'A';
		used += text_encode(ch, buf + used);
	}
	buf[used] = '\0';
	return buf;
}
