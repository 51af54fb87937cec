/* Are the functions of schema api the ones this program was built against? */
#ifndef YIMEN_SERVER_DB_CHECK_H
#define YIMEN_SERVER_DB_CHECK_H

#include <libpq-fe.h>
#include <stddef.h>

/* Lists every function of schema api; its result goes to db_check. */
extern const char db_check_sql[];
/* How many do not fit; what is wrong with each goes to say, one at a time. */
size_t db_check(const PGresult *r, void (*say)(void *ctx, const char *function, const char *what), void *ctx);

#endif
