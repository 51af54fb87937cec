/* Compares every function's signature with the op tables (architecture 3). */
#include "server/db/check.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "server/db/query_int.h"

const char db_check_sql[] =
    "select p.proname,"
    " array_to_string(array(select t.typname from unnest(p.proargtypes) with ordinality u(o, i)"
    "   join pg_type t on t.oid = u.o order by u.i), ','),"
    " coalesce((select string_agg(p.proargnames[i] || ' ' || t.typname, ',' order by i)"
    "   from generate_subscripts(p.proallargtypes, 1) i join pg_type t on t.oid = p.proallargtypes[i]"
    "   where p.proargmodes[i] = 't'), r.typname),"
    " has_function_privilege(p.oid, 'execute')"
    " from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace"
    " join pg_catalog.pg_type r on r.oid = p.prorettype where n.nspname = 'api'";

enum { SIGNATURE = 1536 };

static size_t append(char *buf, size_t at, const char *before, const char *name, const char *type)
{
	if (at >= SIGNATURE)
		return at;
	return at + (size_t)snprintf(buf + at, SIGNATURE - at, "%s%s%s%s", at > 0 ? "," : before, name,
			*name != '\0' ? " " : "", type);
}

static void expected_in(const struct db_function *fn, char buf[SIGNATURE])
{
	size_t at = 0;

	buf[0] = '\0';
	for (const int8_t *p = db_prefix(fn); *p >= 0; p++)
		at = append(buf, at, "", "", db_type_name((uint8_t)*p, false));
	for (const struct op_field *f = fn->in; f->name != NULL; f++)
		at = append(buf, at, "", "", db_type_name(f->type, f->flags & OP_ARRAY));
}

static void expected_out(const struct db_function *fn, char buf[SIGNATURE])
{
	size_t at = 0;

	snprintf(buf, SIGNATURE, "void");
	if (fn->status)
		at = append(buf, at, "", "status", "int2");
	for (const struct op_field *f = fn->out; f->name != NULL; f++)
		at = append(buf, at, "", f->name, db_type_name(f->type, f->flags & OP_ARRAY));
}

/* One function against all that bear its name; false with what is wrong in text. */
static bool fits(const struct db_function *fn, const PGresult *r, char *text, size_t size)
{
	char in[SIGNATURE], out[SIGNATURE];
	bool found = false;

	expected_in(fn, in);
	expected_out(fn, out);
	snprintf(text, size, "missing; wanted (%s) returns (%s)", in, out);
	for (int i = 0; i < PQntuples(r); i++) {
		const char *has_in = PQgetvalue(r, i, 1), *has_out = PQgetvalue(r, i, 2);

		if (strcmp(PQgetvalue(r, i, 0), fn->name + 4) != 0)
			continue;
		if (strcmp(has_in, in) == 0 && strcmp(has_out, out) == 0) {
			if (PQgetvalue(r, i, 3)[0] == 't')
				return true;
			snprintf(text, size, "this database role may not execute it");
			return false;
		}
		if (!found)
			snprintf(text, size, "is (%s) returns (%s); wanted (%s) returns (%s)", has_in,
			    has_out, in, out);
		found = true;
	}
	return false;
}

size_t db_check(const PGresult *r, void (*say)(void *ctx, const char *function, const char *what), void *ctx)
{
	static char text[4 * SIGNATURE + 64];
	size_t n, wrong = 0;
	const struct db_function *all = db_functions(&n);

	for (size_t i = 0; i < n; i++) {
		if (fits(&all[i], r, text, sizeof(text)))
			continue;
		wrong++;
		say(ctx, all[i].name, text);
	}
	return wrong;
}
