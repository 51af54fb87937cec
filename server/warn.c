/* What yimend does by itself and again and again may fail as often: it is said now and then. */
#include "common/log.h"
#include "server/server.h"

enum { WARN_MS = 60 * 1000 };

void server_warn(struct server *s, uint64_t *last, const char *event, const char *why)
{
	uint64_t now = uv_now(s->loop);

	if (*last != 0 && now - *last < WARN_MS)
		return;
	*last = now;
	log_line(LOG_WARN_, event, "why=%s", why);
}
