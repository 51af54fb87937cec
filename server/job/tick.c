/* When to fire what is due by time (tick.h). */
#include "server/job/tick.h"

static void on_timer(uv_timer_t *timer)
{
	struct tick *t = timer->data;

	if (t->stopped || t->sweeping)
		return;
	t->sweeping = t->sweep(t->ctx);
	if (!t->sweeping)
		uv_timer_start(&t->timer, on_timer, TICK_MS, 0);
}

void tick_init(struct tick *t, uv_loop_t *loop)
{
	t->sweeping = t->stopped = false;
	uv_timer_init(loop, &t->timer);
	t->timer.data = t;
	uv_timer_start(&t->timer, on_timer, 0, 0);
}

void tick_done(struct tick *t, int fired, int64_t next_ms)
{
	uint64_t pause = TICK_MS;

	t->sweeping = false;
	if (t->stopped)
		return;
	if (fired > 0) /* of posts or of cases: the others may come next */
		pause = 0;
	else if (fired >= 0 && next_ms >= 0 && next_ms < TICK_MS)
		pause = (uint64_t)next_ms + 1;
	uv_timer_start(&t->timer, on_timer, pause, 0);
}

void tick_stop(struct tick *t)
{
	if (t->stopped)
		return;
	t->stopped = true;
	uv_close((uv_handle_t *)&t->timer, NULL);
}
