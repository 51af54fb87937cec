/*
 * When to tell the database whose windows are there (POST-4): every two seconds, and soon after
 * one came or went. Counts for how long the server has served since the last time it could.
 * Knows neither the database nor sessions.
 */
#ifndef YIMEN_SERVER_JOB_BEAT_H
#define YIMEN_SERVER_JOB_BEAT_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

enum { BEAT_MS = 2000, BEAT_SOON_MS = 200 };

struct beat {
	/* Starts to tell it, and that so many ms were served; false when it cannot. */
	bool (*tell)(void *ctx, int32_t elapsed_ms);
	void *ctx;
	/* private */
	uv_timer_t timer;
	uint64_t begun, done; /* this one and the last that was done, in ms of the loop; 0: none */
	bool telling, soon, stopped;
};

/* tell and ctx are filled in before. */
void beat_init(struct beat *b, uv_loop_t *loop);
/* A window came or went. */
void beat_soon(struct beat *b);
/* It was told, or could not be: then what was served since is counted with the next. */
void beat_done(struct beat *b, bool ok);
void beat_stop(struct beat *b);

#endif
