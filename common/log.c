/* Structured log lines to stderr. Knows nothing of what is logged. */
#include "common/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/text.h"

enum { QUOTES = 4, QUOTE_MAX = 256 };

static enum log_level lowest = LOG_INFO_;

void log_init(enum log_level least)
{
	lowest = least;
}

void log_line(enum log_level level, const char *event, const char *fmt, ...)
{
	static const char *const names[] = {"debug", "info", "warn", "error"};
	char when[32], rest[1024];
	struct timespec now;
	struct tm tm;
	va_list ap;
	int kept = errno; /* people log on their way out with it */

	if (level < lowest)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%S", &tm);
	va_start(ap, fmt);
	vsnprintf(rest, sizeof(rest), fmt, ap);
	va_end(ap);
	fprintf(stderr, "%s.%03ldZ %s %s%s%s\n", when, now.tv_nsec / 1000000, names[level], event,
	    *rest != '\0' ? " " : "", rest);
	errno = kept;
}

const char *log_quote(const char *s)
{
	static _Thread_local char buf[QUOTES][QUOTE_MAX];
	static _Thread_local unsigned turn;
	char *b = buf[turn++ % QUOTES];

	if (s == NULL)
		s = "";
	b[0] = '"';
	text_escape(s, strlen(s), b + 1, QUOTE_MAX - 2);
	memcpy(b + strlen(b), "\"", 2);
	return b;
}
