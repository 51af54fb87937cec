/* One connection to PostgreSQL (pg.h), by libpq's asynchronous calls alone (architecture 10). */
#include "server/db/pg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "server/db/check.h"

enum {
	CONNECT_MS = 5000,
	AGAIN_MS = 50, /* first pause before connecting again, doubled */
	AGAIN_MAX_MS = 5000,
	SPARE_MS = 2000, /* statement_timeout, the database's own, comes this much before ours */
	LOCK_MS = 2000,
};

static void lost(struct pg *c, const char *why);
static void on_poll(uv_poll_t *h, int status, int events);
static void on_timer(uv_timer_t *t);
static void connect_now(struct pg *c);

static void on_poll_closed(uv_handle_t *h)
{
	free(h);
}

/* libpq may have closed and opened sockets meanwhile: each step gets a fresh handle. */
static void unwatch(struct pg *c)
{
	if (c->poll == NULL)
		return;
	uv_poll_stop(c->poll);
	uv_close((uv_handle_t *)c->poll, on_poll_closed);
	c->poll = NULL;
	c->events = 0;
}

/* False when the socket cannot be watched. */
static bool watch(struct pg *c, int events)
{
	if (c->poll == NULL) {
		c->poll = malloc(sizeof(*c->poll));
		if (c->poll == NULL)
			return false;
		if (uv_poll_init(c->loop, c->poll, PQsocket(c->conn)) < 0) {
			free(c->poll);
			c->poll = NULL;
			return false;
		}
		c->poll->data = c;
		c->events = 0;
	}
	if (c->events == events)
		return true;
	c->events = events;
	return uv_poll_start(c->poll, events, on_poll) == 0;
}

static void start_timer(struct pg *c, uint64_t ms)
{
	uv_timer_start(&c->timer, on_timer, ms, 0);
}

static void drop_connection(struct pg *c)
{
	unwatch(c);
	PQclear(c->result);
	c->result = NULL;
	PQfinish(c->conn);
	c->conn = NULL;
	memset(c->prepared, 0, sizeof(c->prepared));
}

/* The connection is gone, or of no use: its call ends, and it is opened again later. */
static void lost(struct pg *c, const char *why)
{
	struct db_query *q = c->q;
	uint64_t pause = (uint64_t)AGAIN_MS << (c->failures < 7 ? c->failures : 7);

	if (c->state == PG_CLOSED)
		return;
	log_line(c->failures == 0 ? LOG_WARN_ : LOG_DEBUG_, "db.lost", "why=%s again_ms=%u", log_quote(why),
	    (unsigned)(pause < AGAIN_MAX_MS ? pause : AGAIN_MAX_MS));
	drop_connection(c);
	c->q = NULL;
	c->state = PG_DOWN;
	c->failures++;
	if (pause > AGAIN_MAX_MS)
		pause = AGAIN_MAX_MS;
	start_timer(c, pause / 2 + (uint64_t)random() % (pause / 2 + 1));
	if (c->told_up) {
		c->told_up = false;
		c->calls->up(c->ctx, false);
	}
	if (q != NULL)
		c->calls->done(c->ctx, q, PG_LOST);
}

static void lost_by_error(struct pg *c)
{
	char why[200];

	snprintf(why, sizeof(why), "%s", c->conn != NULL ? PQerrorMessage(c->conn) : "");
	why[strcspn(why, "\n")] = '\0';
	lost(c, why);
}

/* Sends what libpq still holds; watches both ways while it does. False when lost. */
static bool flush(struct pg *c)
{
	int r = PQflush(c->conn);

	if (r < 0 || !watch(c, r == 1 ? UV_READABLE | UV_WRITABLE : UV_READABLE)) {
		lost_by_error(c);
		return false;
	}
	return true;
}

static void on_notice(void *arg, const PGresult *r)
{
	struct pg *c = arg;
	const char *severity = PQresultErrorField(r, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (severity != NULL && strcmp(severity, "WARNING") == 0)
		c->warned = true;
}

static void execute(struct pg *c)
{
	struct db_query *q = c->q;

	c->state = PG_WORKING;
	if (PQsendQueryPrepared(
		c->conn, q->fn->statement, q->fn->nparams, q->values, q->lengths, db_binary, 1) != 1)
		lost_by_error(c);
	else
		(void)flush(c);
}

void pg_run(struct pg *c, struct db_query *q)
{
	size_t i = db_function_index(q->fn);

	c->q = q;
	c->warned = false;
	q->attempts++;
	/* statement_timeout, the same for every call however long it waited before, ends a slow one in
	 * order; this timer, later than that, ends a dead connection. */
	start_timer(c, c->deadline_ms + SPARE_MS);
	if (c->prepared[i / 8] & 1u << i % 8) {
		execute(c);
		return;
	}
	c->state = PG_PREPARING;
	if (PQsendPrepare(c->conn, q->fn->statement, q->fn->sql, q->fn->nparams, q->fn->types) != 1)
		lost_by_error(c);
	else
		(void)flush(c);
}

static bool starts(const char *state, const char *with)
{
	return strncmp(state, with, strlen(with)) == 0;
}

/* What an error means for its call. */
static enum pg_end judge(struct db_query *q, const char *state)
{
	if (starts(state, "YM00") && state[4] >= '1' && state[4] <= '7') {
		q->status = (unsigned)(state[4] - '0');
		return PG_REFUSED;
	}
	if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0 || strcmp(state, "55P03") == 0)
		return PG_CONFLICT;
	if (strcmp(state, "57014") == 0 || starts(state, "53"))
		return PG_CANCELLED;
	if (starts(state, "57P") || starts(state, "08") || strcmp(state, "25006") == 0)
		return PG_LOST;
	return PG_FAILED;
}

/* The text of an error may hold what a peer sent: its class and place must do, except where
 * PostgreSQL speaks of itself. */
static void log_error(const struct db_query *q, const PGresult *r, const char *state)
{
	bool values = starts(state, "22") || starts(state, "23") || starts(state, "P0");
	const char *text = values ? NULL : PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	const char *constraint = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
	const char *context = PQresultErrorField(r, PG_DIAG_CONTEXT);
	char where[160];

	snprintf(where, sizeof(where), "%s", context != NULL ? context : "");
	where[strcspn(where, "\n")] = '\0';
	/* A SQL statement in the context could hold literals; a function's name and line do not. */
	if (!starts(where, "PL/pgSQL function"))
		where[0] = '\0';
	log_line(LOG_ERROR_, "db.error", "function=%s sqlstate=%s constraint=%s text=%s where=%s",
	    q->fn->name, state, log_quote(constraint != NULL ? constraint : ""),
	    log_quote(text != NULL ? text : ""), log_quote(where));
}

static void call_ended(struct pg *c, enum pg_end end)
{
	struct db_query *q = c->q;

	uv_timer_stop(&c->timer);
	q->result = c->result;
	c->result = NULL;
	c->q = NULL;
	c->state = PG_IDLE;
	c->calls->done(c->ctx, q, end);
}

static void call_failed(struct pg *c)
{
	struct db_query *q = c->q;
	const char *state = PQresultErrorField(c->result, PG_DIAG_SQLSTATE);
	enum pg_end end = state != NULL ? judge(q, state) : PG_LOST;

	if (end == PG_FAILED)
		log_error(q, c->result, state);
	if (end == PG_LOST || PQstatus(c->conn) == CONNECTION_BAD) {
		lost_by_error(c);
		return;
	}
	/* A function was replaced under a prepared statement: the next connection prepares anew. */
	if (state != NULL && (strcmp(state, "0A000") == 0 || strcmp(state, "26000") == 0)) {
		lost(c, "a prepared statement is out of date");
		return;
	}
	call_ended(c, end);
}

static void on_wrong(void *ctx, const char *function, const char *what)
{
	struct pg *c = ctx;

	c->calls->mismatch(c->ctx, function, what);
}

static void check_ended(struct pg *c)
{
	if (PQresultStatus(c->result) != PGRES_TUPLES_OK) {
		lost_by_error(c);
		return;
	}
	if (db_check(c->result, on_wrong, c) > 0) {
		c->calls->mismatch(c->ctx, NULL, NULL);
		lost(c, "functions of schema api do not fit this program");
		return;
	}
	PQclear(c->result);
	c->result = NULL;
	uv_timer_stop(&c->timer);
	c->state = PG_IDLE;
	c->failures = 0;
	c->told_up = true;
	log_line(LOG_INFO_, "db.up", "pid=%d", PQbackendPID(c->conn));
	c->calls->up(c->ctx, true);
}

/* ReadyForQuery came: only now is a COMMIT known to have happened, or to have failed. */
static void exchange_ended(struct pg *c)
{
	ExecStatusType status = PQresultStatus(c->result);

	if (c->state == PG_CHECKING) {
		check_ended(c);
	} else if (c->state == PG_PREPARING && status == PGRES_COMMAND_OK) {
		size_t i = db_function_index(c->q->fn);

		c->prepared[i / 8] |= (uint8_t)(1u << i % 8);
		PQclear(c->result);
		c->result = NULL;
		execute(c);
	} else if (c->state == PG_WORKING && status == PGRES_TUPLES_OK) {
		if (c->q->fn->write && c->warned)
			lost(c, "a warning came with a commit");
		else
			call_ended(c, PG_OK);
	} else if (c->q != NULL) {
		call_failed(c);
	}
}

/* Keeps the last result, but an error once seen stands: it may follow the rows at COMMIT. */
static void keep_result(struct pg *c, PGresult *r)
{
	if (c->result != NULL && PQresultErrorField(c->result, PG_DIAG_SQLSTATE) != NULL) {
		PQclear(r);
		return;
	}
	PQclear(c->result);
	c->result = r;
}

static void on_readable(struct pg *c)
{
	PGconn *conn = c->conn;

	if (PQconsumeInput(conn) != 1) {
		lost_by_error(c);
		return;
	}
	/* exchange_ended may start the next call, or lose the connection. */
	while (c->conn == conn && !PQisBusy(conn)) {
		PGresult *r;

		if (c->state == PG_IDLE)
			break;
		r = PQgetResult(conn);
		if (r != NULL) {
			keep_result(c, r);
			continue;
		}
		exchange_ended(c);
	}
	if (c->conn == conn && PQstatus(conn) == CONNECTION_BAD)
		lost_by_error(c);
}

static void connected(struct pg *c)
{
	if (PQsetnonblocking(c->conn, 1) != 0) {
		lost_by_error(c);
		return;
	}
	PQsetNoticeReceiver(c->conn, on_notice, c);
	c->state = PG_CHECKING;
	if (PQsendQuery(c->conn, db_check_sql) != 1)
		lost_by_error(c);
	else
		(void)flush(c);
}

static void connect_step(struct pg *c)
{
	switch (PQconnectPoll(c->conn)) {
	case PGRES_POLLING_OK:
		unwatch(c);
		connected(c);
		break;
	case PGRES_POLLING_READING:
		unwatch(c);
		if (!watch(c, UV_READABLE))
			lost(c, "cannot watch the socket");
		break;
	case PGRES_POLLING_WRITING:
		unwatch(c);
		if (!watch(c, UV_WRITABLE))
			lost(c, "cannot watch the socket");
		break;
	default:
		lost_by_error(c);
	}
}

static void on_poll(uv_poll_t *h, int status, int events)
{
	struct pg *c = h->data;

	if (c->poll != h)
		return;
	if (c->state == PG_CONNECTING) {
		connect_step(c);
		return;
	}
	if (status < 0) {
		lost(c, uv_strerror(status));
		return;
	}
	if ((events & UV_WRITABLE) && !flush(c))
		return;
	if (events & UV_READABLE)
		on_readable(c);
}

static void on_timer(uv_timer_t *t)
{
	struct pg *c = t->data;

	if (c->state == PG_DOWN)
		connect_now(c);
	else
		lost(c, c->state == PG_CONNECTING || c->state == PG_CHECKING ? "no answer while connecting"
									     : "no answer in time");
}

static void connect_now(struct pg *c)
{
	char options[160];
	uint64_t statement = c->deadline_ms;
	const char *const names[] = {"dbname", "application_name", "client_encoding", "options", NULL};
	const char *const values[] = {c->conninfo, "yimend", "UTF8", options, NULL};

	snprintf(options, sizeof(options), "-c statement_timeout=%u -c lock_timeout=%u -c jit=off",
	    (unsigned)statement, (unsigned)(LOCK_MS < statement / 3 ? LOCK_MS : statement / 3));
	c->state = PG_CONNECTING;
	c->conn = PQconnectStartParams(names, values, 1);
	if (c->conn == NULL || PQstatus(c->conn) == CONNECTION_BAD) {
		lost_by_error(c);
		return;
	}
	start_timer(c, CONNECT_MS);
	if (!watch(c, UV_WRITABLE))
		lost(c, "cannot watch the socket");
}

void pg_open(struct pg *c, uv_loop_t *loop, const char *conninfo, uint64_t deadline_ms,
    const struct pg_calls *calls, void *ctx)
{
	*c = (struct pg){.loop = loop,
	    .conninfo = conninfo,
	    .deadline_ms = deadline_ms,
	    .calls = calls,
	    .ctx = ctx,
	    .state = PG_DOWN};
	uv_timer_init(loop, &c->timer);
	c->timer.data = c;
	start_timer(c, 0);
}

bool pg_idle(const struct pg *c)
{
	return c->state == PG_IDLE;
}

bool pg_working(const struct pg *c)
{
	return c->q != NULL;
}

static void on_timer_closed(uv_handle_t *h)
{
	struct pg *c = h->data;

	c->calls->closed(c->ctx);
}

void pg_close(struct pg *c)
{
	struct db_query *q = c->q;

	if (c->state == PG_CLOSED)
		return;
	c->q = NULL;
	c->state = PG_CLOSED;
	drop_connection(c);
	uv_close((uv_handle_t *)&c->timer, on_timer_closed);
	if (q != NULL)
		c->calls->done(c->ctx, q, PG_LOST);
}
