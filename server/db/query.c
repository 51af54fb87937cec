/* One function call to the database (query.h): binding its parameters, reading its rows. */
#include <stdlib.h>
#include <string.h>

#include "server/db/query_int.h"

enum { ARRAY_HEADER = 20, LOWER_BOUND = 1 };

static const struct db_function *function_of(const struct op *op)
{
	size_t n, low = DB_INTERNALS, high;
	const struct db_function *all = db_functions(&n);

	high = n;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (all[mid].op->id < op->id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && all[low].op == op ? &all[low] : NULL;
}

static uint8_t *put_u32(uint8_t *at, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(v >> 8 * (3 - i));
	return at + 4;
}

/* The wire's array (count, elements) in PostgreSQL's form: dimensions, flags, element type,
 * then length and lower bound of the one dimension. Returns where it ends. */
static uint8_t *put_array(uint8_t *at, const uint8_t *p, uint32_t len, Oid type)
{
	uint32_t n = bytes_load_u32(p);
	bool nulls = false;
	struct bytes_in in;

	bytes_in_init(&in, p + 4, len - 4);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t size = bytes_get_u32(&in);

		if (size == UINT32_MAX)
			nulls = true;
		else
			(void)bytes_get(&in, size);
	}
	at = put_u32(at, n > 0);
	at = put_u32(at, nulls);
	at = put_u32(at, type);
	if (n == 0)
		return at;
	at = put_u32(at, n);
	at = put_u32(at, LOWER_BOUND);
	memcpy(at, p + 4, len - 4);
	return at + len - 4;
}

/* Takes the next value of in as parameter i; at is where copies go. False when malformed. */
static bool bind(struct db_query *q, int i, struct bytes_in *in, const struct op_field *f, uint8_t **at)
{
	uint32_t len = bytes_get_u32(in);
	const uint8_t *p;

	if (in->bad)
		return false;
	if (len == UINT32_MAX)
		return true; /* NULL, as calloc left it */
	p = bytes_get(in, len);
	if (in->bad || len > INT32_MAX)
		return false;
	q->values[i] = (const char *)*at;
	if (f != NULL && (f->flags & OP_ARRAY)) {
		if (len < 4)
			return false;
		*at = put_array(*at, p, len, db_element_type(f->type));
	} else {
		if (len > 0)
			memcpy(*at, p, len);
		*at += len;
	}
	q->lengths[i] = (int)((const char *)*at - q->values[i]);
	return true;
}

struct db_query *db_query_bind(
    const struct db_function *fn, const struct bytes_out *prefix, const void *body, size_t len)
{
	size_t arrays = 0, size;
	struct bytes_in in;
	struct db_query *q;
	uint8_t *at;
	int i = 0;

	for (const struct op_field *f = fn->in; f->name != NULL; f++)
		arrays += (f->flags & OP_ARRAY) != 0;
	size = (prefix != NULL ? prefix->len : 0) + len + arrays * ARRAY_HEADER + 1;
	q = calloc(1, sizeof(*q) + size);
	if (q == NULL)
		return NULL;
	q->fn = fn;
	q->size = size;
	at = q->bytes;
	if (prefix != NULL) {
		bytes_in_init(&in, prefix->p, prefix->len);
		while (!prefix->bad && in.left > 0 && i < fn->nparams)
			if (!bind(q, i++, &in, NULL, &at))
				goto fail;
	}
	bytes_in_init(&in, body, len);
	for (const struct op_field *f = fn->in; body != NULL && f->name != NULL; f++)
		if (!bind(q, i++, &in, f, &at))
			goto fail;
	if (i != fn->nparams || in.left != 0)
		goto fail;
	return q;
fail:
	free(q);
	return NULL;
}

struct db_query *db_query_op(
    const struct op *op, const struct bytes_out *prefix, const void *body, size_t len)
{
	const struct db_function *fn = function_of(op);

	/* A request without fields may have no bytes at all. */
	return fn == NULL ? NULL : db_query_bind(fn, prefix, body != NULL ? body : "", len);
}

struct db_query *db_query_internal(enum db_internal fn, const struct bytes_out *values)
{
	size_t n;

	if (values == NULL || values->bad)
		return NULL;
	return db_query_bind(
	    &db_functions(&n)[fn], NULL, values->len > 0 ? (const void *)values->p : "", values->len);
}

void db_query_free(struct db_query *q)
{
	if (q == NULL)
		return;
	PQclear(q->result);
	bytes_out_done(&q->spill);
	/* It may have held somebody's papers, or a password's hash. */
	explicit_bzero(q->bytes, q->size);
	free(q);
}

enum db_end db_query_end(const struct db_query *q)
{
	return q->end;
}

unsigned db_query_status(const struct db_query *q)
{
	return q->status;
}

static const char *message(const struct db_query *q, int what)
{
	const char *s =
	    q->end == DB_REFUSED && q->result != NULL ? PQresultErrorField(q->result, what) : NULL;

	return s != NULL && *s != '\0' ? s : NULL;
}

const char *db_query_code(const struct db_query *q)
{
	switch (q->end) {
	case DB_OK:
		return NULL;
	case DB_REFUSED:
		return message(q, PG_DIAG_MESSAGE_PRIMARY);
	case DB_BUSY:
		return "server.busy";
	case DB_LOST:
		return "server.unavailable";
	case DB_FAILED:
		break;
	}
	return "server.other";
}

const char *db_query_arg(const struct db_query *q, int n)
{
	return message(q, n == 1 ? PG_DIAG_MESSAGE_DETAIL : PG_DIAG_MESSAGE_HINT);
}

int db_query_rows(const struct db_query *q)
{
	return q->end == DB_OK ? PQntuples(q->result) : 0;
}

struct op_value db_query_cell(const struct db_query *q, int row, int col)
{
	struct op_value v = {.null = true};

	if (row >= db_query_rows(q) || PQgetisnull(q->result, row, col))
		return v;
	v.null = false;
	v.count = 1;
	v.data = (const uint8_t *)PQgetvalue(q->result, row, col);
	v.len = (uint32_t)PQgetlength(q->result, row, col);
	return v;
}

static size_t row_size(const PGresult *r, int row, int first, int columns)
{
	size_t size = 0;

	for (int i = first; i < columns; i++)
		size += 4 + (size_t)PQgetlength(r, row, i); /* 0 for NULL */
	return size;
}

void db_query_put_row(const struct db_query *q, int row, int first, struct bytes_out *out)
{
	int columns = PQnfields(q->result);

	for (int i = first; i < columns; i++) {
		if (PQgetisnull(q->result, row, i))
			op_put_null(out);
		else
			op_put_bytes(
			    out, PQgetvalue(q->result, row, i), (size_t)PQgetlength(q->result, row, i));
	}
}

/* The next part of a row that no frame can hold. True when it was the last part. */
static bool put_spill(struct db_query *q, struct bytes_out *out, size_t max)
{
	size_t n = q->spill.len - q->spilled;

	if (n > max)
		n = max;
	bytes_put(out, q->spill.p + q->spilled, n);
	q->spilled += n;
	if (q->spilled < q->spill.len)
		return false;
	bytes_out_done(&q->spill);
	q->spilled = 0;
	q->row++;
	return true;
}

bool db_query_put(struct db_query *q, int first, struct bytes_out *out, size_t max)
{
	int rows = db_query_rows(q), columns = PQnfields(q->result);
	size_t begun = out->len;

	if (q->spill.len > 0)
		return put_spill(q, out, max) && q->row == rows;
	for (; q->row < rows; q->row++) {
		size_t size = row_size(q->result, q->row, first, columns);

		if (out->len - begun + size <= max) {
			db_query_put_row(q, q->row, first, out);
			continue;
		}
		if (out->len > begun)
			return false;
		db_query_put_row(q, q->row, first, &q->spill);
		if (q->spill.bad)
			out->bad = true;
		return put_spill(q, out, max) && q->row == rows;
	}
	return true;
}
