/* Which of yimend's own operations is whose, and how their calls are made. */
#include <sodium.h>
#include <string.h>

#include "server/local.h"
#include "server/server.h"

struct db_query *ask(enum db_internal fn, struct bytes_out *values)
{
	struct db_query *q = values->bad ? NULL : db_query_internal(fn, values);

	if (values->p != NULL)
		sodium_memzero(values->p, values->len);
	bytes_out_done(values);
	return q;
}

struct db_query *ask_token(enum db_internal fn, const uint8_t token[SESSION_TOKEN])
{
	struct bytes_out values;

	bytes_out_init(&values, 0);
	op_put_bytes(&values, token, SESSION_TOKEN);
	return ask(fn, &values);
}

void local_run(struct request *r, struct peer *p, const struct op_value *v)
{
	static const struct {
		const char *op;
		void (*run)(struct request *r, struct peer *p, const struct op_value *v);
	} locals[] = {
	    {"session.hello", login_hello},
	    {"session.login", login_open},
	    {"session.resume", login_resume},
	    {"session.logout", login_logout},
	    {"session.unlock", prove_unlock},
	    {"session.password", prove_password},
	    {"event.subscribe", push_subscribe},
	};

	for (size_t i = 0; i < sizeof(locals) / sizeof(locals[0]); i++)
		if (strcmp(locals[i].op, r->op->name) == 0) {
			locals[i].run(r, p, v);
			return;
		}
	request_answer(r, OP_INVALID, "op.unknown", NULL, NULL);
}
