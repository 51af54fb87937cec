/*
 * A date as clerks write it: 2027-03-01, 20270301, 2027-3-1, 2027/3/1,
 * 2027.3.1, 2027年3月1日; or so many days from today: 30, +30, 30天. One
 * reading for every field of the program.
 */
#ifndef YIMEN_UI_DATE_H
#define YIMEN_UI_DATE_H

#include <stdint.h>

/* Days since 2000-01-01 into *days. NULL, or field.date when it is none, field.past when it
 * lies before today; then *days keeps its value. */
const char *date_parse(const char *typed, int32_t today, int32_t *days);
/* A moment that is past: 1030, 10:30, 10：30 of today; or a day before it and a blank, 20261120
 * 1030, 2026-11-20 10:30, 11-20 10:30. now and *us are microseconds as on the wire, read in
 * local time. NULL, field.moment when it is none, field.future. */
const char *date_moment(const char *typed, int64_t now, int64_t *us);
/* A moment still to come, or of today: 1400, 14:00 of today; or a day and a blank: +1 0830, 11-30
 * 0830 (the next there is), 20261130 0830, 2026-11-30 08:30. NULL, or field.ahead when it is none,
 * field.past when its day is over. */
const char *date_ahead(const char *typed, int64_t now, int64_t *us);

#endif
