/* Reading dates: see date.h. */
#include "client/ui/date.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/ident.h"
#include "common/text.h"

enum { DAYS_MAX = 3660, EPOCH_2000 = 946684800 };

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

/* Full-width signs become ASCII, runs of blanks one, those at the ends go. */
static void plain(const char *typed, char *buf, size_t size)
{
	size_t left = strlen(typed), used = 0, n;
	uint32_t ch;
	for (; left > 0 && used + 5 <= size; typed += n, left -= n) {
		n = text_decode(typed, left, &ch);
		if (n == 0)
			break;
		if (ch >= 0xff01 && ch <= 0xff5e)
			ch -= 0xff01 - '!';
		if (!text_blank(typed, n))
			used += text_encode(ch, buf + used);
		else if (used > 0 && buf[used - 1] != ' ')
			buf[used++] = ' ';
	}
	if (used > 0 && buf[used - 1] == ' ')
		used--;
	buf[used] = '\0';
}

/* Hours and minutes: 9:30, 09:30, 0930, 930. False when they are none. */
static bool clock_time(const char *s, int *h, int *m)
{
	int n, digits;
	s = number(s, &n, &digits);
	if (*s == ':') {
		*h = n;
		if (digits < 1 || digits > 2)
			return false;
		s = number(s + 1, m, &digits);
		if (digits != 2)
			return false;
	} else {
		*h = n / 100;
		*m = n % 100;
		if (digits < 3 || digits > 4)
			return false;
	}
	return *s == '\0' && *h < 24 && *m < 60;
}

/* The day as typed; a year left out is this one, or the last when that is still to come. */
static const char *day_of(const char *s, const struct tm *today, int32_t *days)
{
	char whole[80];
	int n, digits;
	int32_t now;
	const char *after = number(s, &n, &digits);
	bool dashed = digits <= 2 && (*after == '-' || *after == '/' || *after == '.');
	if (!dashed && !(digits == 4 && *after == '\0'))
		/* So many days from today is no way to write a day that is over. */
		return strchr(s, '+') != NULL || strlen(s) < 8 ? "field.moment" : parse(s, 0, days);
	if (civil(today->tm_year + 1900, today->tm_mon + 1, today->tm_mday, &now) != NULL)
		return "field.moment";
	for (int year = today->tm_year + 1900; year >= today->tm_year + 1899; year--) {
		if (dashed)
			snprintf(whole, sizeof whole, "%04d%c%.60s", year, *after, s);
		else
			snprintf(whole, sizeof whole, "%04d%.60s", year, s);
		if (parse(whole, 0, days) != NULL)
			return "field.moment";
		if (*days <= now)
			break;
	}
	return NULL;
}

static int64_t local_time(struct tm *tm, int h, int m)
{
	tm->tm_hour = h;
	tm->tm_min = m;
	tm->tm_sec = 0;
	tm->tm_isdst = -1;
	return ((int64_t)mktime(tm) - EPOCH_2000) * 1000000;
}

/* The day as typed; a year left out is this one, or the next when that is over. */
static const char *day_ahead(const char *s, const struct tm *today, int32_t *days)
{
	char whole[80];
	int n, digits;
	int32_t now;
	const char *after = number(s, &n, &digits);
	if (civil(today->tm_year + 1900, today->tm_mon + 1, today->tm_mday, &now) != NULL)
		return "field.ahead";
	if (digits < 1 || digits > 2 || (*after != '-' && *after != '/' && *after != '.'))
		return date_parse(s, now, days);
	for (int year = today->tm_year + 1900; year <= today->tm_year + 1901; year++) {
		snprintf(whole, sizeof whole, "%04d%c%.60s", year, *after, s);
		if (parse(whole, 0, days) != NULL)
			return "field.ahead";
		if (*days >= now)
			return NULL;
	}
	return "field.past";
}

/* A day, or none for today, and a time of day: NULL, or why it is none, "" where the time of day is at fault.
 * A year left out: ahead takes the next such day, otherwise the last is meant. */
static const char *read_moment(const char *typed, int64_t now, bool ahead, int64_t *us)
{
	char clean[80] = "", *time_of_day;
	int h = 0, m = 0;
	int32_t days = 0;
	time_t t = (time_t)(now / 1000000) + EPOCH_2000;
	struct tm tm;
	localtime_r(&t, &tm);
	plain(typed, clean, sizeof clean);
	time_of_day = strrchr(clean, ' ');
	if (time_of_day != NULL) {
		*time_of_day++ = '\0';
		const char *why = ahead ? day_ahead(clean, &tm, &days) : day_of(clean, &tm, &days);
		if (why != NULL)
			return why;
		t = (time_t)days * 86400 + EPOCH_2000;
		gmtime_r(&t, &tm);
	}
	if (!clock_time(time_of_day == NULL ? clean : time_of_day, &h, &m))
		return "";
	*us = local_time(&tm, h, m);
	return NULL;
}

const char *date_moment(const char *typed, int64_t now, int64_t *us)
{
	int64_t at;
	if (read_moment(typed, now, false, &at) != NULL)
		return "field.moment";
	if (at > now)
		return "field.future";
	*us = at;
	return NULL;
}

const char *date_ahead(const char *typed, int64_t now, int64_t *us)
{
	const char *why = read_moment(typed, now, true, us);
	return why == NULL || strcmp(why, "field.past") == 0 ? why : "field.ahead";
}
