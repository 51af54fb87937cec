/*
 * Identity numbers. One table of shapes, a pattern of character classes each:
 * d digit, A letter, C digit or X, O of an organisation's alphabet, else itself.
 */
#include "common/ident.h"

#include <stdint.h>
#include <string.h>

#include "common/text.h"

#define ORG_ALPHABET "0123456789ABCDEFGHJKLMNPQRTUWXY"

enum checksum { NO_CHECK, RESIDENT, ORGANISATION };

struct shape {
	const char *kind, *pattern;
	enum checksum checksum;
};

/* A kind with several shapes has several rows; the newest first. */
static const struct shape shapes[] = {
    {"resident", "dddddddddddddddddC", RESIDENT},  /* GB 11643-1999 */
    {"foreigner", "9ddddddddddddddddC", RESIDENT}, /* card of 2023: 9, area, country, birth, serial */
    {"foreigner", "AAAdddddddddddd", NO_CHECK},    /* card of 2017: country, area, birth, serial */
    {"hkmacao", "Hdddddddd", NO_CHECK},            /* since 2012 */
    {"hkmacao", "Mdddddddd", NO_CHECK}, {"hkmacao", "Hdddddddddd", NO_CHECK}, /* with the number of issue */
    {"hkmacao", "Mdddddddddd", NO_CHECK}, {"taiwan", "dddddddd", NO_CHECK},   /* since 2015 */
    {"taiwan", "dddddddddd", NO_CHECK},                                       /* with the number of issue */
    {"org", "OOOOOOOOOOOOOOOOOO", ORGANISATION},                              /* GB 32100-2015 */
};

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
	case 'A':
		return is_letter(c);
	case 'C':
		return is_digit(c) || c == 'X';
	case 'O':
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

static bool is_date(const char *s)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year = number(s, 4), month = number(s + 4, 2), day = number(s + 6, 2);
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return year >= 1850 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (leap && month == 2);
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

static const char *check_sum(const struct shape *shape, const char *no)
{
	switch (shape->checksum) {
	case NO_CHECK:
		return NULL;
	case RESIDENT:
		if (!is_date(no + 6))
			return "ident.date";
		return ident_resident_digit(no) == no[17] ? NULL : "ident.check";
	case ORGANISATION:
		return ident_org_digit(no) == no[17] ? NULL : "ident.check";
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

		if (strcmp(shape->kind, kind) != 0)
			continue;
		if (len == strlen(shape->pattern) && begins(shape->pattern, no, len))
			return check_sum(shape, no);
		if (typing && begins(shape->pattern, no, len))
			return NULL;
		/* The most telling of the shapes' complaints. */
		if (begins(shape->pattern, no, len < strlen(shape->pattern) ? len : strlen(shape->pattern)))
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
		if (ch == ' ' || ch == 0x3000)
			continue;
		if (ch >= 'a' && ch <= 'z')
			ch -= 'a' - 'A';
		used += text_encode(ch, buf + used);
	}
	buf[used] = '\0';
	return buf;
}
