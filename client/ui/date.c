/* Reading dates: see date.h. */
#include "client/ui/date.h"

#include <stdbool.h>
#include <string.h>

#include "common/ident.h"

enum { DAYS_MAX = 3660 };

/* At most 8 digits; their number into *digits. Returns what follows. */
static const char *number(const char *s, int *n, int *digits)
{
	*n = *digits = 0;
	for (; *s >= '0' && *s <= '9' && *digits < 8; s++, ++*digits)
		*n = *n * 10 + (*s - '0');
	return s;
}

static bool skip(const char **s, const char *word)
{
	size_t len = strlen(word);
	if (strncmp(*s, word, len) != 0)
		return false;
	*s += len;
	return true;
}

static const char *civil(int y, int m, int d, int32_t *days)
{
	static const int last[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
	if (y < 2000 || y > 2099 || m < 1 || m > 12 || d < 1 || d > last[m - 1] + (m == 2 && leap))
		return "field.date";
	int yy = m > 2 ? y : y - 1, mm = m > 2 ? m - 3 : m + 9;
	*days = 365 * yy + yy / 4 - yy / 100 + yy / 400 + (153 * mm + 2) / 5 + d - 1 - 730425;
	return NULL;
}

/* The rest after the year: the same sign twice, or 年 月 日. */
static const char *month_and_day(const char *s, int y, int32_t *days)
{
	static const char *const signs[][3] = {
	    {"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}, {"年", "月", ""}};
	int m, d, digits;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		const char *p = s;
		if (!skip(&p, signs[i][0]))
			continue;
		p = number(p, &m, &digits);
		if (digits < 1 || digits > 2 || !skip(&p, signs[i][1]))
			continue;
		p = number(p, &d, &digits);
		if (digits >= 1 && digits <= 2 && skip(&p, signs[i][2]) && *p == '\0')
			return civil(y, m, d, days);
	}
	return "field.date";
}

static const char *parse(const char *s, int32_t today, int32_t *days)
{
	int n, digits;
	bool relative = skip(&s, "+");
	s = number(s, &n, &digits);
	if (digits == 0)
		return "field.date";
	if (!relative && digits == 8 && *s == '\0')
		return civil(n / 10000, n / 100 % 100, n % 100, days);
	/* Cleaned text is upper case. */
	bool unit =
	    strcmp(s, "天") == 0 || strcmp(s, "日") == 0 || strcmp(s, "DAYS") == 0 || strcmp(s, "D") == 0;
	if (unit || (*s == '\0' && (relative || digits <= 3))) {
		*days = today + n;
		return n <= DAYS_MAX ? NULL : "field.date";
	}
	return relative || digits != 4 ? "field.date" : month_and_day(s, n, days);
}

const char *date_parse(const char *typed, int32_t today, int32_t *days)
{
	char clean[64];
	int32_t day = 0;
	const char *why = parse(ident_clean(typed, clean, sizeof clean), today, &day);
	if (why != NULL)
		return why;
	if (day < today)
		return "field.past";
	*days = day;
	return NULL;
}
