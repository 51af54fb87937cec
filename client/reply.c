/*
 * A reply as a table of cells. Copies the payload once, with room for a NUL
 * after every cell. Knows no link and no screen.
 */
#include "client/reply.h"

#include <stdlib.h>
#include <string.h>

#include "common/bytes.h"
#include "common/frame.h"

static const struct op_value null_cell = {.null = true};

static const char *local_code(unsigned status)
{
	switch (status) {
	case REPLY_LOST:
		return "link.lost";
	case REPLY_TIMEOUT:
		return "link.timeout";
	case REPLY_MALFORMED:
		return "link.malformed";
	case REPLY_FULL:
		return "link.full";
	case REPLY_JOURNAL:
		return "link.journal";
	default:
		return "server.other";
	}
}

/* Counts the rows; false when the payload is not whole rows. */
static bool count_rows(const struct op_field *fields, const void *payload, size_t len, size_t *rows)
{
	struct op_value v[OP_FIELDS_MAX];
	struct bytes_in in;
	int got;

	*rows = 0;
	bytes_in_init(&in, payload, len);
	while ((got = op_decode_row(fields, &in, v)) > 0)
		(*rows)++;
	return got == 0;
}

/* Moves each cell's bytes into one block, where a NUL follows each. */
static void copy_rows(struct reply *r, const void *payload, size_t len)
{
	struct bytes_in in;
	uint8_t *at = r->bytes;

	bytes_in_init(&in, payload, len);
	for (size_t row = 0; row < r->nrows; row++) {
		struct op_value *v = r->cells + row * r->ncols;

		if (op_decode_row(r->fields, &in, v) != 1)
			abort(); /* counted just before */
		for (size_t col = 0; col < r->ncols; col++) {
			if (v[col].null)
				continue;
			if (v[col].len > 0)
				memcpy(at, v[col].data, v[col].len);
			v[col].data = at;
			at += v[col].len;
			*at++ = '\0';
		}
	}
}

static void *allocated(void *p)
{
	if (p == NULL)
		abort();
	return p;
}

struct reply *reply_new(const struct op *op, unsigned status, const void *payload, size_t len)
{
	struct reply *r = allocated(calloc(1, sizeof(*r)));

	r->refs = 1;
	r->op = op;
	r->status = status;
	r->fields = op_reply_fields(op, status);
	r->ncols = op_width(r->fields);
	if (status > FRAME_STATUS || len == 0)
		return r;
	if (r->ncols == 0 || !count_rows(r->fields, payload, len, &r->nrows)) {
		r->nrows = 0;
		r->status = REPLY_MALFORMED;
		r->fields = op_outcome;
		r->ncols = OUTCOME_COLUMNS;
		return r;
	}
	/* A column has at least four bytes of length on the wire: more than its NUL here. */
	r->bytes = allocated(malloc(len));
	if (r->nrows == 0)
		return r;
	r->cells = allocated(calloc(r->nrows * r->ncols, sizeof(*r->cells)));
	copy_rows(r, payload, len);
	return r;
}

struct reply *reply_local(const struct op *op, unsigned status, const char *code)
{
	struct bytes_out out;
	struct reply *r;

	bytes_out_init(&out, 0);
	for (int i = 0; i < OUTCOME_COLUMNS; i++)
		op_put_text(&out, i == OUTCOME_CODE ? code : NULL);
	r = reply_new(op, status, out.p, out.len);
	bytes_out_done(&out);
	return r;
}

struct reply *reply_keep(const struct reply *r)
{
	/* Lent as const, so that whoever it is lent to changes nothing but this. */
	union {
		const struct reply *lent;
		struct reply *kept;
	} own = {.lent = r};

	own.kept->refs++;
	return own.kept;
}

void reply_free(struct reply *r)
{
	if (r == NULL || --r->refs > 0)
		return;
	free(r->bytes);
	free(r->cells);
	free(r);
}

bool reply_ok(const struct reply *r)
{
	return r->status == OP_OK;
}

int reply_column(const struct reply *r, const char *name)
{
	return op_field_index(r->fields, name);
}

const struct op_value *reply_at(const struct reply *r, size_t row, size_t col)
{
	return row < r->nrows && col < r->ncols ? &r->cells[row * r->ncols + col] : &null_cell;
}

const struct op_value *reply_cell(const struct reply *r, size_t row, const char *column)
{
	int col = reply_column(r, column);

	return col < 0 ? &null_cell : reply_at(r, row, (size_t)col);
}

bool reply_null(const struct reply *r, size_t row, const char *column)
{
	return reply_cell(r, row, column)->null;
}

const char *reply_text(const struct reply *r, size_t row, const char *column)
{
	const struct op_value *v = reply_cell(r, row, column);

	return v->null ? "" : (const char *)v->data;
}

int64_t reply_int(const struct reply *r, size_t row, const char *column)
{
	return op_int(reply_cell(r, row, column));
}

bool reply_bool(const struct reply *r, size_t row, const char *column)
{
	return op_bool(reply_cell(r, row, column));
}

bool reply_names(const struct reply *r, const char *column, int64_t number)
{
	for (size_t i = 0; i < r->nrows; i++)
		if (reply_int(r, i, column) == number)
			return true;
	return false;
}

const uint8_t *reply_bytes(const struct reply *r, size_t row, const char *column, size_t *len)
{
	const struct op_value *v = reply_cell(r, row, column);

	*len = v->null ? 0 : v->len;
	return v->null ? NULL : v->data;
}

static const char *outcome_text(const struct reply *r, int col)
{
	const struct op_value *v;

	if (r->fields != op_outcome)
		return "";
	v = reply_at(r, 0, (size_t)col);
	return v->null ? "" : (const char *)v->data;
}

const char *reply_code(const struct reply *r)
{
	const char *code;

	if (r->status == OP_OK)
		return "";
	if (r->status > FRAME_STATUS)
		return local_code(r->status);
	code = outcome_text(r, OUTCOME_CODE);
	return *code != '\0' ? code : "server.other";
}

const char *reply_arg(const struct reply *r, int n)
{
	return n >= 1 && n <= 3 ? outcome_text(r, OUTCOME_ARG1 + n - 1) : "";
}
