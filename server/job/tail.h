/*
 * When to read the event tail: after own commits (many at once are one reading), and from
 * time to time for what others did; never two at once. Carries the cursor from one reading
 * to the next. Knows neither the database nor who listens (architecture 6).
 */
#ifndef YIMEN_SERVER_JOB_TAIL_H
#define YIMEN_SERVER_JOB_TAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

/* A reading costs a tenth of a write: under load one serves the commits of a while. */
enum { TAIL_POLL_MS = 250, TAIL_GAP_MS = 15, TAIL_PAGE = 500 };

struct tail {
	/* Starts a reading from this cursor (length 0: from now on); false when it cannot. */
	bool (*read)(void *ctx, const char *cursor, size_t len);
	void *ctx;
	/* private */
	uv_timer_t timer;
	uint64_t begun; /* the last reading, in the loop's milliseconds */
	bool reading, again, stopped;
	char *cursor;
	size_t len;
};

/* read and ctx are filled in before. The first reading begins in the loop; then as above. */
void tail_init(struct tail *t, uv_loop_t *loop);
/* Something was committed. */
void tail_kick(struct tail *t);
/* The reading ended: the new cursor, and whether its page was full; NULL: it failed. */
void tail_done(struct tail *t, const char *cursor, size_t len, bool full);
void tail_stop(struct tail *t);

#endif
