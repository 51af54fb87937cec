/* What yimenctl tells its user beside the answer; knows nothing else of it. */
#include <stdarg.h>

#include "client/ctl.h"

void ctl_say(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("yimenctl: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	putc('\n', stderr);
}
