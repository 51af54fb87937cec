/* When to tell whose windows are there (beat.h). */
#include "server/job/beat.h"

static void on_timer(uv_timer_t *timer);

static void next(struct beat *b, uint64_t ms)
{
	if (!b->stopped)
		uv_timer_start(&b->timer, on_timer, ms, 0);
}

/* A loop or a database that stood still has served nobody meanwhile: no more than two intervals count. */
static void on_timer(uv_timer_t *timer)
{
	struct beat *b = timer->data;
	uint64_t now = uv_now(timer->loop), elapsed = b->done != 0 ? now - b->done : 0;

	if (b->stopped || b->telling)
		return;
	b->begun = now;
	b->soon = false;
	b->telling = b->tell(b->ctx, (int32_t)(elapsed < 2 * BEAT_MS ? elapsed : 2 * BEAT_MS));
	if (!b->telling)
		next(b, BEAT_MS);
}

void beat_init(struct beat *b, uv_loop_t *loop)
{
	b->telling = b->soon = b->stopped = false;
	b->begun = b->done = 0;
	uv_timer_init(loop, &b->timer);
	b->timer.data = b;
	next(b, 0);
}

void beat_soon(struct beat *b)
{
	if (b->soon || b->stopped)
		return;
	b->soon = true;
	if (!b->telling)
		next(b, BEAT_SOON_MS);
}

void beat_done(struct beat *b, bool ok)
{
	b->telling = false;
	if (ok)
		b->done = b->begun;
	next(b, b->soon ? BEAT_SOON_MS : BEAT_MS);
}

void beat_stop(struct beat *b)
{
	if (b->stopped)
		return;
	b->stopped = true;
	uv_close((uv_handle_t *)&b->timer, NULL);
}
