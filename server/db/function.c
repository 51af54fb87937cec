/*
 * The functions yimend may call, made once from the op tables and from its own short
 * list below; each becomes one prepared statement. Knows no connection.
 */
#include <stdio.h>
#include <string.h>

#include "server/db/query_int.h"

/* The parameters of yimend's own functions, and what they return. */
/* clang-format off */
#define CERT {.name = "cert_sha256", .type = OP_BYTES}
#define TOKEN {.name = "token", .type = OP_BYTES}
/* clang-format on */

static const struct op_field nothing[] = {{0}};
static const struct op_field hello_in[] = {CERT, {0}};
static const struct op_field hello_out[] = {
    {.name = "hall", .type = OP_TEXT},
    {.name = "test", .type = OP_BOOL},
    {.name = "window_id", .type = OP_INT8},
    {.name = "window_no", .type = OP_INT4},
    {.name = "window_name", .type = OP_TEXT},
    {.name = "now", .type = OP_MOMENT},
    {.name = "schema", .type = OP_INT4},
    {.name = "hall_no", .type = OP_TEXT},
    {.name = "training", .type = OP_BOOL},
    {0},
};
static const struct op_field secret_in[] = {CERT, {.name = "login", .type = OP_TEXT}, {0}};
static const struct op_field secret_out[] = {
    {.name = "secret", .type = OP_TEXT}, {.name = "wait_seconds", .type = OP_INT4}, {0}};
static const struct op_field open_in[] = {
    CERT,
    {.name = "login", .type = OP_TEXT},
    {.name = "verified", .type = OP_BOOL},
    {.name = "token_sha256", .type = OP_BYTES},
    {.name = "peer", .type = OP_TEXT},
    {.name = "epoch", .type = OP_INT4},
    {0},
};
static const struct op_field resume_in[] = {
    CERT,
    {.name = "token_sha256", .type = OP_BYTES},
    {.name = "peer", .type = OP_TEXT},
    {.name = "epoch", .type = OP_INT4},
    {0},
};
static const struct op_field token_in[] = {TOKEN, {0}};
static const struct op_field verified_in[] = {TOKEN, {.name = "ok", .type = OP_BOOL}, {0}};
static const struct op_field password_in[] = {TOKEN, {.name = "secret", .type = OP_TEXT}, {0}};
static const struct op_field posts_out[] = {
    {.name = "post_id", .type = OP_INT8}, {.name = "class", .type = OP_INT4}, {0}};
static const struct op_field beat_in[] = {{.name = "sessions", .type = OP_BYTES, .flags = OP_ARRAY},
    {.name = "elapsed_ms", .type = OP_INT4}, {.name = "server", .type = OP_BYTES}, {0}};
static const struct op_field beat_out[] = {
    {.name = "emptied", .type = OP_INT4}, {.name = "moved", .type = OP_INT4}, {0}};
static const struct op_field tail_in[] = {
    {.name = "prev", .type = OP_TEXT}, {.name = "lim", .type = OP_INT4}, {0}};
static const struct op_field tail_out[] = {
    {.name = "snapshot", .type = OP_TEXT},
    {.name = "event_id", .type = OP_INT8},
    {.name = "at", .type = OP_MOMENT},
    {.name = "event", .type = OP_TEXT},
    {.name = "case_id", .type = OP_INT8},
    {.name = "number", .type = OP_TEXT},
    {.name = "post_id", .type = OP_INT8},
    {.name = "version", .type = OP_INT4},
    {.name = "window_no", .type = OP_INT4},
    {.name = "actor", .type = OP_TEXT},
    {0},
};
static const struct op_field tick_in[] = {{.name = "lim", .type = OP_INT4}, {0}};
static const struct op_field tick_out[] = {
    {.name = "fired", .type = OP_INT4}, {.name = "next_at", .type = OP_MOMENT}, {0}};

static const struct {
	const char *name;
	const struct op_field *in;
	const struct op_field *out; /* NULL: as this operation returns, without its first column */
	const char *out_of;
	bool once, urgent;
} internals[DB_INTERNALS] = {
    [DB_HELLO] = {.name = "server_hello", .in = hello_in, .out = hello_out},
    [DB_SECRET] = {.name = "session_secret", .in = secret_in, .out = secret_out, .once = true},
    [DB_OPEN] = {.name = "session_open", .in = open_in, .out_of = "session.login", .once = true},
    [DB_RESUME] = {.name = "session_resume", .in = resume_in, .out_of = "session.login"},
    [DB_CLOSE] = {.name = "session_close", .in = token_in, .out = nothing},
    [DB_VERIFIED] = {.name = "session_verified", .in = verified_in, .out = nothing, .once = true},
    [DB_OWN_SECRET] = {.name = "session_own_secret", .in = token_in, .out = secret_out, .once = true},
    [DB_PASSWORD] = {.name = "session_password", .in = password_in, .out = nothing},
    [DB_POSTS] = {.name = "session_posts", .in = token_in, .out = posts_out},
    [DB_TAIL] = {.name = "event_tail", .in = tail_in, .out = tail_out, .urgent = true},
    [DB_BEAT] = {.name = "presence_beat", .in = beat_in, .out = beat_out, .once = true, .urgent = true},
    [DB_TICK] = {.name = "tick", .in = tick_in, .out = tick_out, .urgent = true},
};

static const struct {
	const char *name, *array_name;
	Oid oid, array_oid;
} types[] = {
    [OP_BOOL] = {"bool", "_bool", 16, 1000},
    [OP_INT2] = {"int2", "_int2", 21, 1005},
    [OP_INT4] = {"int4", "_int4", 23, 1007},
    [OP_INT8] = {"int8", "_int8", 20, 1016},
    [OP_TEXT] = {"text", "_text", 25, 1009},
    [OP_BYTES] = {"bytea", "_bytea", 17, 1001},
    [OP_DATE] = {"date", "_date", 1082, 1182},
    [OP_MOMENT] = {"timestamptz", "_timestamptz", 1184, 1185},
};

static struct db_function functions[DB_FUNCTIONS_MAX];
static size_t count;
const int db_binary[DB_PARAMS_MAX] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

const char *db_type_name(uint8_t type, bool array)
{
	return array ? types[type].array_name : types[type].name;
}

Oid db_element_type(uint8_t type)
{
	return types[type].oid;
}

const int8_t *db_prefix(const struct db_function *fn)
{
	static const int8_t none[] = {-1}, token[] = {OP_BYTES, -1};
	static const int8_t write[] = {OP_BYTES, OP_INT4, OP_INT2, OP_INT8, OP_BYTES, -1};

	return fn->op == NULL ? none : fn->write ? write : token;
}

/* select * from api.f($1,$2): always in the from clause, so that it runs once. */
static void write_sql(struct db_function *fn)
{
	size_t n = (size_t)snprintf(fn->sql, sizeof(fn->sql), "select * from %s(", fn->name);

	for (int i = 0; i < fn->nparams; i++)
		n += (size_t)snprintf(fn->sql + n, sizeof(fn->sql) - n, "%s$%d", i > 0 ? "," : "", i + 1);
	snprintf(fn->sql + n, sizeof(fn->sql) - n, ")");
}

static void finish(struct db_function *fn)
{
	const int8_t *prefix = db_prefix(fn);

	for (; *prefix >= 0; prefix++)
		fn->types[fn->nparams++] = types[*prefix].oid;
	for (const struct op_field *f = fn->in; f->name != NULL; f++)
		fn->types[fn->nparams++] =
		    f->flags & OP_ARRAY ? types[f->type].array_oid : types[f->type].oid;
	snprintf(fn->statement, sizeof(fn->statement), "y%zu", count);
	write_sql(fn);
	count++;
}

static void add_op(const struct op *op)
{
	struct db_function *fn = &functions[count];

	snprintf(fn->name, sizeof(fn->name), "api.%s", op->name);
	*strchr(fn->name + 4, '.') = '_';
	fn->op = op;
	fn->in = op->in;
	fn->out = op->out;
	fn->write = op->kind == OP_WRITE;
	fn->status = fn->write || op->out == op_outcome;
	finish(fn);
}

void db_query_setup(void)
{
	size_t n;
	const struct op *const *ops = op_all(&n);

	if (count > 0)
		return;
	for (size_t i = 0; i < DB_INTERNALS; i++) {
		struct db_function *fn = &functions[count];

		snprintf(fn->name, sizeof(fn->name), "api.%s", internals[i].name);
		fn->in = internals[i].in;
		fn->out = internals[i].out;
		if (fn->out == NULL)
			fn->out = op_by_name(internals[i].out_of)->out + 1;
		fn->once = internals[i].once;
		fn->urgent = internals[i].urgent;
		finish(fn);
	}
	for (size_t i = 0; i < n && count < DB_FUNCTIONS_MAX; i++)
		if (ops[i]->kind != OP_LOCAL)
			add_op(ops[i]);
}

const struct db_function *db_functions(size_t *n)
{
	*n = count;
	return functions;
}

size_t db_function_index(const struct db_function *fn)
{
	return (size_t)(fn - functions);
}
