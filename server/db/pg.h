/*
 * One connection to PostgreSQL in the loop: connecting, checking its functions, one call
 * at a time, lost and opened again. Knows no queue.
 */
#ifndef YIMEN_SERVER_DB_PG_H
#define YIMEN_SERVER_DB_PG_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "server/db/query_int.h"

/* How an attempt at a call ended. */
enum pg_end {
	PG_OK,
	PG_REFUSED,   /* by a rule: the query's status is set */
	PG_CONFLICT,  /* with another transaction: may be tried again */
	PG_CANCELLED, /* took too long, nothing was done */
	PG_LOST,      /* the connection went: outcome unknown */
	PG_FAILED,
};

/* Run inside the loop. */
struct pg_calls {
	void (*up)(void *ctx, bool up);
	void (*done)(void *ctx, struct db_query *q, enum pg_end end);
	void (*mismatch)(void *ctx, const char *function, const char *what);
	void (*closed)(void *ctx);
};

enum pg_state { PG_DOWN, PG_CONNECTING, PG_CHECKING, PG_IDLE, PG_PREPARING, PG_WORKING, PG_CLOSED };

struct pg {
	uv_loop_t *loop;
	const char *conninfo;
	uint64_t deadline_ms;
	const struct pg_calls *calls;
	void *ctx;
	enum pg_state state;
	PGconn *conn;
	uv_poll_t *poll; /* its own allocation: closed and freed apart from the connection */
	int events;
	uv_timer_t timer; /* of whatever is under way */
	struct db_query *q;
	PGresult *result; /* the last one of the call under way */
	unsigned failures;
	bool warned; /* a WARNING came with the call: a COMMIT may not be what it seems */
	bool told_up;
	uint8_t prepared[(DB_FUNCTIONS_MAX + 7) / 8];
};

void pg_open(struct pg *c, uv_loop_t *loop, const char *conninfo, uint64_t deadline_ms,
    const struct pg_calls *calls, void *ctx);
bool pg_idle(const struct pg *c);
bool pg_working(const struct pg *c);
/* Only when idle. done comes later, in the loop. */
void pg_run(struct pg *c, struct db_query *q);
void pg_close(struct pg *c);

#endif
