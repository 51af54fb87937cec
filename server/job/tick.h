/*
 * When to fire what is due by time: every second, at the next known moment, and at once
 * again while anything fires. A late sweep changes nothing but how soon people see it
 * (architecture 8). Knows no database.
 */
#ifndef YIMEN_SERVER_JOB_TICK_H
#define YIMEN_SERVER_JOB_TICK_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

enum { TICK_MS = 1000, TICK_PAGE = 50 };

struct tick {
	/* Starts a sweep of at most TICK_PAGE; false when it cannot. */
	bool (*sweep)(void *ctx);
	void *ctx;
	/* private */
	uv_timer_t timer;
	bool sweeping, stopped;
};

/* sweep and ctx are filled in before. */
void tick_init(struct tick *t, uv_loop_t *loop);
/* The sweep ended: how many fired (−1: it failed), and in how many ms the next is due by the
 * wall clock (negative: none, or in the past). */
void tick_done(struct tick *t, int fired, int64_t next_ms);
void tick_stop(struct tick *t);

#endif
