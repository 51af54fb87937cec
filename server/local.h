/*
 * yimend's own operations, above peers and their requests: hello and login, proofs,
 * subscriptions, and the calls they are made of. Each takes a request and ends it.
 */
#ifndef YIMEN_SERVER_LOCAL_H
#define YIMEN_SERVER_LOCAL_H

#include "server/peer.h"

/* A call of yimend's own with these values, which are wiped. */
struct db_query *ask(enum db_internal fn, struct bytes_out *values);
/* The same with only the session's token. */
struct db_query *ask_token(enum db_internal fn, const uint8_t token[SESSION_TOKEN]);

/* Finds the one it is, and runs it. v are the decoded values. */
void local_run(struct request *r, struct peer *p, const struct op_value *v);
/* login.c */
void login_hello(struct request *r, struct peer *p, const struct op_value *v);
void login_open(struct request *r, struct peer *p, const struct op_value *v);
void login_resume(struct request *r, struct peer *p, const struct op_value *v);
void login_logout(struct request *r, struct peer *p, const struct op_value *v);
/* A password against the secret in q: goes on with done, or answers. */
void login_check(struct request *r, const struct db_query *q, void (*done)(void *r, bool right));
/* prove.c */
void prove_unlock(struct request *r, struct peer *p, const struct op_value *v);
void prove_password(struct request *r, struct peer *p, const struct op_value *v);
/* push.c: subscribes, or renews; the posts come from the database. */
void push_subscribe(struct request *r, struct peer *p, const struct op_value *v);

#endif
