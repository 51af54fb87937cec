/* When to read the event tail (tail.h). */
#include "server/job/tail.h"

#include <stdlib.h>
#include <string.h>

static void start(struct tail *t)
{
	if (t->stopped)
		return;
	t->again = false;
	t->begun = uv_now(t->timer.loop);
	t->reading = t->read(t->ctx, t->cursor, t->len);
}

/* Also after a failed reading: the cursor stays, so nothing is missed. */
static void on_timer(uv_timer_t *timer)
{
	struct tail *t = timer->data;

	if (!t->reading)
		start(t);
}

/* At once after a quiet while, else when the gap is over. */
static void start_soon(struct tail *t)
{
	uint64_t since = uv_now(t->timer.loop) - t->begun;

	if (since >= TAIL_GAP_MS)
		start(t);
	else if (!t->stopped)
		uv_timer_start(&t->timer, on_timer, TAIL_GAP_MS - since, TAIL_POLL_MS);
}

void tail_init(struct tail *t, uv_loop_t *loop)
{
	t->reading = t->again = t->stopped = false;
	t->cursor = NULL;
	t->len = 0;
	t->begun = 0;
	uv_timer_init(loop, &t->timer);
	t->timer.data = t;
	uv_timer_start(&t->timer, on_timer, 0, TAIL_POLL_MS);
}

void tail_kick(struct tail *t)
{
	if (t->reading)
		t->again = true;
	else
		start_soon(t);
}

void tail_done(struct tail *t, const char *cursor, size_t len, bool full)
{
	char *copy;

	t->reading = false;
	if (cursor == NULL)
		return;
	copy = realloc(t->cursor, len + 1);
	if (copy == NULL)
		return; /* the same rows once more: a window reads afresh anyway */
	t->cursor = copy;
	memcpy(t->cursor, cursor, len);
	t->len = len;
	if (full)
		start(t);
	else if (t->again)
		start_soon(t);
}

void tail_stop(struct tail *t)
{
	if (t->stopped)
		return;
	t->stopped = true;
	uv_close((uv_handle_t *)&t->timer, NULL);
	free(t->cursor);
	t->cursor = NULL;
	t->len = 0;
}
