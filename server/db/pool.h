/*
 * The connections to the database: opened, kept, opened again; calls waiting in a bounded
 * queue; who is next; deadlines and repeated attempts. Knows no sessions and no peers.
 */
#ifndef YIMEN_SERVER_DB_POOL_H
#define YIMEN_SERVER_DB_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "server/db/query.h"

struct db_pool;

struct db_conf {
	const char *conninfo;
	int connections;
	int queue;            /* calls waiting at most; more are answered DB_BUSY */
	uint64_t deadline_ms; /* a call is waiting or tried again for no longer, nor is one attempt */
};

struct db_calls {
	/* The first connection is up and its functions are the ones wanted, or (up false) the
	 * last one was lost. */
	void (*state)(void *ctx, bool up);
	/* A function is not the one wanted. After the last one: function NULL. */
	void (*mismatch)(void *ctx, const char *function, const char *what);
};

struct db_stats {
	uint64_t calls, retries, lost, busy, failed, deadlines, connects;
	size_t up, working, waiting;
};

/* NULL when out of memory. Connecting begins in the loop; conf and calls are copied. */
struct db_pool *db_pool_new(
    uv_loop_t *loop, const struct db_conf *conf, const struct db_calls *calls, void *ctx);
/* owner: for whom, 0 for yimend itself. An owner gets another connection only while it has fewer
 * than are idle, so that no one has more than half of them and none can shut the others out.
 * Calls done exactly once, which owns q then; perhaps before it returns. A q of NULL, or one
 * there is no room for, is answered at once: DB_BUSY or DB_LOST returned, q freed, done not
 * called. A pool of NULL is a lost one. */
__attribute__((warn_unused_result)) enum db_end db_pool_run(struct db_pool *p, struct db_query *q,
    uint64_t owner, void (*done)(void *arg, struct db_query *q), void *arg);
void db_pool_stats(const struct db_pool *p, struct db_stats *stats);
/* Drops every connection; calls under way end DB_LOST. Frees itself in the loop. */
void db_pool_close(struct db_pool *p);

#endif
