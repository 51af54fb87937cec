/*
 * A reply as a table: its status, its rows, and readers of its cells by column
 * name. Owns its bytes. Knows no link, so screens and tests can make their own.
 */
#ifndef YIMEN_CLIENT_REPLY_H
#define YIMEN_CLIENT_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/op.h"

/* Statuses made at this end, beside enum op_status. They have no rows; their
 * code is link.lost, link.timeout, link.malformed, link.full or link.journal. */
enum {
	REPLY_LOST = 256, /* the line went before the answer; nothing is known */
	REPLY_TIMEOUT,    /* no answer in time */
	REPLY_MALFORMED,  /* the answer could not be read */
	REPLY_FULL,       /* too much under way already: nothing was sent */
	REPLY_JOURNAL,    /* the state folder could not be written: nothing was sent */
};

struct reply {
	const struct op *op;
	const struct op_field *fields; /* the columns of its rows */
	unsigned status;               /* enum op_status, or one of the above */
	size_t nrows, ncols;
	struct op_value *cells; /* nrows × ncols; the bytes of each are followed by a NUL */
	uint8_t *bytes;
	unsigned refs;
};

/* The rows of payload (all frames of the answer, one after another), copied.
 * Never NULL: a payload that cannot be read gives REPLY_MALFORMED. */
struct reply *reply_new(const struct op *op, unsigned status, const void *payload, size_t len);
/* A reply with only a code, as if the hall had sent it. */
struct reply *reply_local(const struct op *op, unsigned status, const char *code);
/* Keeps a reply beyond the callback it was lent to; give it back by reply_free. */
struct reply *reply_keep(const struct reply *r);
/* Drops one owner. NULL is nothing. */
void reply_free(struct reply *r);

bool reply_ok(const struct reply *r);
/* Column of that name in this reply, −1 when there is none. */
int reply_column(const struct reply *r, const char *name);
/* Readers by column name. A row or column that is not there, and NULL, read as
 * NULL, 0, false and "". Texts are NUL-ended and live as long as the reply. */
const struct op_value *reply_cell(const struct reply *r, size_t row, const char *column);
const struct op_value *reply_at(const struct reply *r, size_t row, size_t col);
bool reply_null(const struct reply *r, size_t row, const char *column);
const char *reply_text(const struct reply *r, size_t row, const char *column);
int64_t reply_int(const struct reply *r, size_t row, const char *column); /* also dates, moments */
bool reply_bool(const struct reply *r, size_t row, const char *column);
/* Whether any row has this number there. */
bool reply_names(const struct reply *r, const char *column, int64_t number);
const uint8_t *reply_bytes(const struct reply *r, size_t row, const char *column, size_t *len);

/* What a reply that is not OK says: its code ("" when OK) and arguments 1…3. */
const char *reply_code(const struct reply *r);
const char *reply_arg(const struct reply *r, int n);

#endif
