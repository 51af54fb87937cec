/*
 * Calls and who carries them out (pool.h): the queue, deadlines, and what is tried again.
 * One connection's life is in pg.c.
 */
#include "server/db/pool.h"

#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "server/db/pg.h"
#include "server/db/query_int.h"

enum {
	RETRY_MS = 10,       /* first pause before another attempt, doubled, with jitter */
	RETRY_LOST = 2,      /* attempts more after a lost connection */
	QUEUE_SHARE_MS = 50, /* the queue's clock */
};

struct queue {
	struct db_query *head, **tail;
	size_t n;
};

struct db_pool {
	uv_loop_t *loop;
	struct db_calls calls;
	void *ctx;
	size_t limit, nconn;
	uint64_t deadline_ms;
	struct pg *conn;
	struct queue waiting;
	struct queue resting; /* to be tried again at not_before */
	uv_timer_t timer;
	struct db_stats stats;
	bool closing;
	size_t open_handles;
};

static void queue_init(struct queue *q)
{
	*q = (struct queue){.tail = &q->head};
}

static void queue_add(struct queue *q, struct db_query *c)
{
	c->next = NULL;
	*q->tail = c;
	q->tail = &c->next;
	q->n++;
}

static void queue_add_front(struct queue *q, struct db_query *c)
{
	c->next = q->head;
	q->head = c;
	if (c->next == NULL)
		q->tail = &c->next;
	q->n++;
}

/* Takes the one after before; the first when that is NULL. */
static struct db_query *queue_take_after(struct queue *q, struct db_query *before)
{
	struct db_query **at = before != NULL ? &before->next : &q->head, *c = *at;

	if (c == NULL)
		return NULL;
	*at = c->next;
	if (*at == NULL)
		q->tail = at;
	q->n--;
	return c;
}

static struct db_query *queue_take(struct queue *q)
{
	return queue_take_after(q, NULL);
}

/* The end of a call: its owner hears, once. */
static void finish(struct db_pool *p, struct db_query *c, enum db_end end)
{
	/* An earlier attempt may have done it after its connection was lost. */
	if (c->maybe && (end == DB_BUSY || end == DB_FAILED))
		end = DB_LOST;
	c->end = end;
	switch (end) {
	case DB_OK:
		c->status = OP_OK;
		break;
	case DB_REFUSED:
		break; /* set with it */
	case DB_BUSY:
		c->status = OP_BUSY;
		p->stats.busy++;
		break;
	case DB_LOST:
		c->status = OP_UNAVAILABLE;
		p->stats.lost++;
		break;
	case DB_FAILED:
		c->status = OP_REFUSED;
		p->stats.failed++;
		break;
	}
	c->done(c->arg, c);
}

/* One of the idle connections, and how many there are. NULL when there is none. */
static struct pg *idle_one(struct db_pool *p, size_t *n)
{
	struct pg *found = NULL;

	*n = 0;
	for (size_t i = p->nconn; i-- > 0;)
		if (pg_idle(&p->conn[i])) {
			found = &p->conn[i];
			++*n;
		}
	return found;
}

/* May this owner have one more of the idle connections? (db_pool_run) */
static bool may_have(const struct db_pool *p, uint64_t owner, size_t idle)
{
	size_t has = 0;

	for (size_t i = 0; owner != 0 && i < p->nconn; i++)
		has += pg_working(&p->conn[i]) && p->conn[i].q->owner == owner;
	return has < idle;
}

/* The first in line whose owner may have a connection now. */
static struct db_query *next_call(struct db_pool *p, size_t idle)
{
	struct db_query *before = NULL;
	uint64_t full = 0; /* an owner found to have enough: often the next one's too */

	for (struct db_query *c = p->waiting.head; c != NULL; before = c, c = c->next) {
		if (full != 0 && c->owner == full)
			continue;
		if (may_have(p, c->owner, idle))
			return queue_take_after(&p->waiting, before);
		full = c->owner;
	}
	return NULL;
}

static void expire(struct db_pool *p)
{
	uint64_t now = uv_now(p->loop);

	while (p->waiting.head != NULL && now >= p->waiting.head->deadline)
		finish(p, queue_take(&p->waiting), DB_BUSY);
}

/* Gives waiting calls to idle connections. A call that ends may come back here: what is idle
 * and who waits is looked at anew each time. */
static void dispatch(struct db_pool *p)
{
	struct db_query *c;
	struct pg *idle;
	size_t n;

	expire(p);
	while (p->waiting.head != NULL && (idle = idle_one(p, &n)) != NULL && (c = next_call(p, n)) != NULL)
		pg_run(idle, c);
}

/* Nobody can carry them out: everyone waiting hears it. */
static void fail_all(struct db_pool *p)
{
	struct db_query *c;

	while ((c = queue_take(&p->waiting)) != NULL)
		finish(p, c, DB_LOST);
	while ((c = queue_take(&p->resting)) != NULL)
		finish(p, c, DB_LOST);
}

static void on_timer(uv_timer_t *t);

/* The clock runs only while somebody waits. */
static void settle_timer(struct db_pool *p)
{
	bool want = !p->closing && (p->waiting.n > 0 || p->resting.n > 0);

	if (want && !uv_is_active((uv_handle_t *)&p->timer))
		uv_timer_start(&p->timer, on_timer, p->resting.n > 0 ? RETRY_MS : QUEUE_SHARE_MS, 0);
	else if (!want)
		uv_timer_stop(&p->timer);
}

static void on_timer(uv_timer_t *t)
{
	struct db_pool *p = t->data;
	uint64_t now = uv_now(p->loop);

	for (size_t n = p->resting.n; n > 0; n--) {
		struct db_query *c = queue_take(&p->resting);

		if (now >= c->not_before)
			queue_add_front(&p->waiting, c);
		else
			queue_add(&p->resting, c);
	}
	dispatch(p);
	settle_timer(p);
}

/* A write is safe to repeat (its slot remembers), a read too; the few others say once. */
static bool again(struct db_pool *p, struct db_query *c, enum pg_end end)
{
	uint64_t pause = (uint64_t)RETRY_MS << c->attempts;

	if (p->closing || uv_now(p->loop) >= c->deadline)
		return false;
	if (end == PG_CONFLICT && c->attempts < DB_ATTEMPTS)
		c->not_before = uv_now(p->loop) + pause / 2 + (uint64_t)random() % pause;
	else if (end == PG_LOST && !c->fn->once && c->attempts <= RETRY_LOST && p->stats.up > 0)
		c->not_before = 0;
	else
		return false;
	p->stats.retries++;
	c->maybe |= end == PG_LOST;
	PQclear(c->result);
	c->result = NULL;
	queue_add(&p->resting, c);
	settle_timer(p);
	return true;
}

static void on_done(void *ctx, struct db_query *c, enum pg_end end)
{
	static const enum db_end ends[] = {
	    [PG_OK] = DB_OK,
	    [PG_REFUSED] = DB_REFUSED,
	    [PG_CONFLICT] = DB_BUSY,
	    [PG_CANCELLED] = DB_BUSY,
	    [PG_LOST] = DB_LOST,
	    [PG_FAILED] = DB_FAILED,
	};
	struct db_pool *p = ctx;

	p->stats.deadlines += end == PG_CANCELLED;
	/* The connection gets its next call before this one's answer is worked on. */
	dispatch(p);
	if ((end == PG_CONFLICT || end == PG_LOST) && again(p, c, end))
		return;
	finish(p, c, ends[end]);
	settle_timer(p);
}

static void on_up(void *ctx, bool up)
{
	struct db_pool *p = ctx;

	p->stats.connects += up;
	p->stats.up += up ? 1 : SIZE_MAX;
	if (up && p->stats.up == 1)
		p->calls.state(p->ctx, true);
	if (!up && p->stats.up == 0) {
		p->calls.state(p->ctx, false);
		fail_all(p);
	}
	dispatch(p);
}

static void on_mismatch(void *ctx, const char *function, const char *what)
{
	struct db_pool *p = ctx;

	p->calls.mismatch(p->ctx, function, what);
}

static void on_freed(struct db_pool *p)
{
	if (--p->open_handles > 0)
		return;
	free(p->conn);
	free(p);
}

static void on_pg_closed(void *ctx)
{
	on_freed(ctx);
}

static void on_timer_closed(uv_handle_t *h)
{
	on_freed(h->data);
}

struct db_pool *db_pool_new(
    uv_loop_t *loop, const struct db_conf *conf, const struct db_calls *calls, void *ctx)
{
	static const struct pg_calls pg_calls = {
	    .up = on_up, .done = on_done, .mismatch = on_mismatch, .closed = on_pg_closed};
	struct db_pool *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	p->nconn = (size_t)conf->connections;
	p->conn = calloc(p->nconn, sizeof(*p->conn));
	if (p->conn == NULL) {
		free(p);
		return NULL;
	}
	p->loop = loop;
	p->calls = *calls;
	p->ctx = ctx;
	p->limit = (size_t)conf->queue;
	p->deadline_ms = conf->deadline_ms;
	p->open_handles = p->nconn + 1;
	queue_init(&p->waiting);
	queue_init(&p->resting);
	uv_timer_init(loop, &p->timer);
	p->timer.data = p;
	for (size_t i = 0; i < p->nconn; i++)
		pg_open(&p->conn[i], loop, conf->conninfo, conf->deadline_ms, &pg_calls, p);
	return p;
}

enum db_end db_pool_run(struct db_pool *p, struct db_query *q, uint64_t owner,
    void (*done)(void *arg, struct db_query *q), void *arg)
{
	enum db_end end = DB_OK;

	if (p == NULL) {
		db_query_free(q);
		return DB_LOST;
	}
	if (q == NULL || p->waiting.n + p->resting.n >= p->limit)
		end = DB_BUSY;
	else if (p->closing || p->stats.up == 0)
		end = DB_LOST;
	if (end != DB_OK) {
		p->stats.busy += end == DB_BUSY;
		p->stats.lost += end == DB_LOST;
		db_query_free(q);
		return end;
	}
	p->stats.calls++;
	q->done = done;
	q->arg = arg;
	q->owner = owner;
	q->deadline = uv_now(p->loop) + p->deadline_ms;
	if (q->fn->urgent)
		queue_add_front(&p->waiting, q);
	else
		queue_add(&p->waiting, q);
	dispatch(p);
	settle_timer(p);
	return DB_OK;
}

void db_pool_stats(const struct db_pool *p, struct db_stats *stats)
{
	*stats = p->stats;
	stats->waiting = p->waiting.n + p->resting.n;
	stats->working = 0;
	for (size_t i = 0; i < p->nconn; i++)
		stats->working += pg_working(&p->conn[i]);
}

void db_pool_close(struct db_pool *p)
{
	p->closing = true;
	fail_all(p);
	uv_close((uv_handle_t *)&p->timer, on_timer_closed);
	for (size_t i = 0; i < p->nconn; i++)
		pg_close(&p->conn[i]);
}
