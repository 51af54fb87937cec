/* The inside of a call, shared by the files of server/db and by nobody else. */
#ifndef YIMEN_SERVER_DB_QUERY_INT_H
#define YIMEN_SERVER_DB_QUERY_INT_H

#include <libpq-fe.h>

#include "server/db/query.h"

enum {
	DB_PARAMS_MAX = OP_FIELDS_MAX + 5,
	DB_FUNCTIONS_MAX = 256 + DB_INTERNALS,
	DB_ATTEMPTS = 4, /* one, and three more */
};

/* A function of schema api as the server calls it. */
struct db_function {
	char name[64];      /* api.noun_verb */
	char statement[64]; /* name of the prepared statement */
	char sql[64 + 8 * DB_PARAMS_MAX];
	const struct op *op; /* NULL: internal */
	const struct op_field *in, *out;
	bool write, status; /* takes a key; returns a status in front */
	bool once;          /* another attempt could do it twice */
	bool urgent;        /* before those who wait */
	int nparams;
	Oid types[DB_PARAMS_MAX];
};

struct db_query {
	const struct db_function *fn;
	/* for the pool */
	struct db_query *next;
	void (*done)(void *arg, struct db_query *q);
	void *arg;
	uint64_t owner, deadline, not_before;
	unsigned attempts;
	bool maybe; /* an attempt was lost: it may have been done */
	/* the result */
	enum db_end end;
	unsigned status;
	PGresult *result;
	int row;                /* next to put */
	struct bytes_out spill; /* that row, when longer than a frame */
	size_t spilled;
	/* the parameters */
	const char *values[DB_PARAMS_MAX];
	int lengths[DB_PARAMS_MAX];
	size_t size; /* of bytes */
	uint8_t bytes[];
};

extern const int db_binary[DB_PARAMS_MAX]; /* all ones */
/* A call of fn: the values in prefix as they are, then those of its fields in body. */
struct db_query *db_query_bind(
    const struct db_function *fn, const struct bytes_out *prefix, const void *body, size_t len);
const struct db_function *db_functions(size_t *n);
size_t db_function_index(const struct db_function *fn);
/* Types of a function's parameters in front of its fields, as op types; ended by −1. */
const int8_t *db_prefix(const struct db_function *fn);
/* The PostgreSQL name of a type: "int8", "_text". */
const char *db_type_name(uint8_t type, bool array);
Oid db_element_type(uint8_t type);

#endif
