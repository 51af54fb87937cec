/*
 * Structured log lines to stderr or a file: time level event key=value …;
 * values are quoted and escaped. Never an identity number or a password.
 */
#ifndef YIMEN_LOG_H
#define YIMEN_LOG_H

#include <stdarg.h>

enum log_level { LOG_DEBUG_, LOG_INFO_, LOG_WARN_, LOG_ERROR_ };

void log_init(enum log_level least);
/* key, format pairs are written by the caller in fmt: log_line(LOG_INFO_, "conn.open",
 * "conn=%u peer=%s", …). Text from outside goes through log_quote first. */
__attribute__((format(printf, 3, 4))) void log_line(
    enum log_level level, const char *event, const char *fmt, ...);
/* Quotes and escapes into one of a few rotating static buffers, for use in one call. */
const char *log_quote(const char *s);

#endif
