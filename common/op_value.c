/*
 * Values of the wire as people type and read them. Moments are local time to
 * people, UTC on the wire.
 */
#include "common/op.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/bytes.h"

/* 2000-01-01 UTC, where PostgreSQL counts from. */
#define EPOCH_2000 INT64_C(946684800)
#define SECOND INT64_C(1000000)

static const char *typed_int(struct bytes_out *out, uint8_t type, const char *typed)
{
	char *end;
	long long n;

	errno = 0;
	n = strtoll(typed, &end, 10);
	if (end == typed || *end != '\0')
		return "value.number";
	if (errno != 0 || (type == OP_INT2 && (n < INT16_MIN || n > INT16_MAX)) ||
	    (type == OP_INT4 && (n < INT32_MIN || n > INT32_MAX)))
		return "value.range";
	if (type == OP_INT2)
		op_put_int2(out, (int16_t)n);
	else if (type == OP_INT4)
		op_put_int4(out, (int32_t)n);
	else
		op_put_int8(out, n);
	return NULL;
}

/* Whole digits of a fixed width; moves *s. −1 when they are not there. */
static int digits(const char **s, int width)
{
	int n = 0;

	for (int i = 0; i < width; i++, (*s)++) {
		if (**s < '0' || **s > '9')
			return -1;
		n = n * 10 + (**s - '0');
	}
	return n;
}

/* YYYY-MM-DD or YYYYMMDD at *s into tm; false when no such date exists. */
static bool parse_date(const char **s, struct tm *tm)
{
	struct tm normal;
	bool dashes;

	*tm = (struct tm){.tm_isdst = -1};
	tm->tm_year = digits(s, 4) - 1900;
	dashes = **s == '-';
	*s += dashes;
	tm->tm_mon = digits(s, 2) - 1;
	if (dashes && *(*s)++ != '-')
		return false;
	tm->tm_mday = digits(s, 2);
	if (tm->tm_year < 1 - 1900 || tm->tm_mon < 0 || tm->tm_mon > 11 || tm->tm_mday < 1)
		return false;
	normal = *tm;
	return timegm(&normal) != (time_t)-1 && normal.tm_mday == tm->tm_mday && normal.tm_mon == tm->tm_mon;
}

static const char *typed_date(struct bytes_out *out, const char *typed)
{
	struct tm tm;

	if (!parse_date(&typed, &tm) || *typed != '\0')
		return "date.form";
	op_put_date(out, (int32_t)((timegm(&tm) - EPOCH_2000) / 86400));
	return NULL;
}

static const char *typed_moment(struct bytes_out *out, const char *typed)
{
	struct tm tm;

	if (!parse_date(&typed, &tm))
		return "moment.form";
	if (*typed == ' ' || *typed == 'T') {
		typed++;
		tm.tm_hour = digits(&typed, 2);
		if (*typed++ != ':')
			return "moment.form";
		tm.tm_min = digits(&typed, 2);
		if (*typed == ':') {
			typed++;
			tm.tm_sec = digits(&typed, 2);
		}
	}
	if (*typed != '\0' || tm.tm_hour < 0 || tm.tm_hour > 23 || tm.tm_min < 0 || tm.tm_min > 59 ||
	    tm.tm_sec < 0 || tm.tm_sec > 59)
		return "moment.form";
	op_put_moment(out, (mktime(&tm) - EPOCH_2000) * SECOND);
	return NULL;
}

/* −1 when it is none; strtoul would take signs and blanks. */
static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const char *typed_bytes(struct bytes_out *out, const char *typed)
{
	size_t begun = out->len, n = 0;

	bytes_put_u32(out, 0);
	for (; *typed != '\0'; typed += 2, n++) {
		int high = hex_digit(typed[0]), low = high < 0 ? -1 : hex_digit(typed[1]);

		if (low < 0)
			return "bytes.hex";
		bytes_put_u8(out, (uint8_t)(high << 4 | low));
	}
	bytes_set_u32(out, begun, (uint32_t)n);
	return NULL;
}

const char *op_put_typed(struct bytes_out *out, const struct op_field *f, const char *typed)
{
	if (typed == NULL || (*typed == '\0' && (f->type != OP_TEXT || f->meaning != OP_PLAIN))) {
		op_put_null(out);
		return NULL;
	}
	switch ((enum op_type)f->type) {
	case OP_BOOL:
		if (strcmp(typed, "true") != 0 && strcmp(typed, "false") != 0)
			return "value.bool";
		op_put_bool(out, typed[0] == 't');
		return NULL;
	case OP_INT2:
	case OP_INT4:
	case OP_INT8:
		return typed_int(out, f->type, typed);
	case OP_TEXT:
		op_put_text(out, typed);
		return NULL;
	case OP_BYTES:
		return typed_bytes(out, typed);
	case OP_DATE:
		return typed_date(out, typed);
	case OP_MOMENT:
		return typed_moment(out, typed);
	}
	return "value.size";
}

static char *show_time(int64_t seconds, bool moment, char *buf, size_t size)
{
	time_t t = (time_t)(seconds + EPOCH_2000);
	struct tm tm;

	if ((moment ? localtime_r(&t, &tm) : gmtime_r(&t, &tm)) == NULL ||
	    strftime(buf, size, moment ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d", &tm) == 0)
		buf[0] = '\0';
	return buf;
}

static char *show_hex(const struct op_value *v, char *buf, size_t size)
{
	static const char hex[] = "0123456789abcdef";
	size_t n = 0;

	for (uint32_t i = 0; i < v->len && n + 3 <= size; i++) {
		buf[n++] = hex[v->data[i] >> 4];
		buf[n++] = hex[v->data[i] & 15];
	}
	buf[n] = '\0';
	return buf;
}

/* Whole seconds of a moment, also before 2000. */
static int64_t floor_seconds(int64_t us)
{
	return us / SECOND - (us % SECOND < 0);
}

char *op_show(const struct op_field *f, const struct op_value *v, char *buf, size_t size)
{
	buf[0] = '\0';
	if (v->null)
		return buf;
	switch ((enum op_type)f->type) {
	case OP_BOOL:
		snprintf(buf, size, "%s", op_bool(v) ? "true" : "false");
		return buf;
	case OP_INT2:
	case OP_INT4:
	case OP_INT8:
		snprintf(buf, size, "%" PRId64, op_int(v));
		return buf;
	case OP_TEXT:
		return op_text(v, buf, size);
	case OP_BYTES:
		return show_hex(v, buf, size);
	case OP_DATE:
		return show_time(op_int(v) * 86400, false, buf, size);
	case OP_MOMENT:
		return show_time(floor_seconds(op_int(v)), true, buf, size);
	}
	return buf;
}
