/*
 * One function call to the database: its statement, parameters and result, all driven by
 * the op tables. Values are taken and given in the wire's form, unconverted; only arrays
 * get PostgreSQL's longer header. Knows libpq, but no connection's life (pool.h).
 */
#ifndef YIMEN_SERVER_DB_QUERY_H
#define YIMEN_SERVER_DB_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/bytes.h"
#include "common/op.h"

/* Functions yimend calls for itself, as rows like those of operations. */
enum db_internal {
	DB_HELLO,
	DB_SECRET,
	DB_OPEN,
	DB_RESUME,
	DB_CLOSE,
	DB_VERIFIED,
	DB_OWN_SECRET,
	DB_PASSWORD,
	DB_POSTS,
	DB_TAIL,
	DB_BEAT,
	DB_TICK,
	DB_INTERNALS
};

/* How a call ended. */
enum db_end {
	DB_OK,
	DB_REFUSED, /* a rule said no: status, code, arg1, arg2 */
	DB_BUSY,    /* nothing was done, later it may be */
	DB_LOST,    /* the database is away; a write's outcome is unknown */
	DB_FAILED,  /* an error nobody foresaw; nothing was done */
};

struct db_query;

/* Reads the tables once; call before anything else. */
void db_query_setup(void);

/* A call of an operation: prefix are the values in front of its fields (token …), body its
 * fields, both as on the wire. Copied. NULL when out of memory or malformed. */
struct db_query *db_query_op(
    const struct op *op, const struct bytes_out *prefix, const void *body, size_t len);
/* A call of yimend's own. Those that could do harm twice (function.c: once) are not tried again
 * after a lost connection. */
struct db_query *db_query_internal(enum db_internal fn, const struct bytes_out *values);
void db_query_free(struct db_query *q);

enum db_end db_query_end(const struct db_query *q);
unsigned db_query_status(const struct db_query *q); /* enum op_status of this end */
const char *db_query_code(const struct db_query *q);
const char *db_query_arg(const struct db_query *q, int n); /* 1, 2 */

/* The rows, when DB_OK. */
int db_query_rows(const struct db_query *q);
struct op_value db_query_cell(const struct db_query *q, int row, int col);
/* Appends rows, from column first on, to a frame's payload of at most max bytes: as many as
 * fit since the last call; a row longer than that goes in parts. True when all is put. */
bool db_query_put(struct db_query *q, int first, struct bytes_out *out, size_t max);
/* Appends one row. */
void db_query_put_row(const struct db_query *q, int row, int first, struct bytes_out *out);

#endif
