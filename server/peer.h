/*
 * A peer is one window's connection as the server sees it: its line, its session, its
 * requests under way. A request is one frame's way from the gate to its answer; it holds
 * its peer by id, since the peer may be gone when the answer comes.
 */
#ifndef YIMEN_SERVER_PEER_H
#define YIMEN_SERVER_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/op.h"
#include "server/core/gate.h"
#include "server/core/session.h"
#include "server/db/query.h"
#include "server/net/conn.h"

struct server;
struct request;

struct peer {
	uint64_t id;
	struct server *server;
	struct net_conn *conn;
	struct session session;
	struct request *paging; /* answers too long for the backlog, in order */
	bool stale;             /* its posts and class are to be read again */
};

/* All of them, found by id; an id is never used twice. */
struct peers {
	struct peer **slot;
	size_t cap, count;
	uint64_t serial;
	/* Filled in by the server: yimend's own operations, and what follows when a session was
	 * ended from another window. */
	void (*local)(struct request *r, struct peer *p, const struct op_value *v);
	void (*kicked)(struct server *s);
};

/* What a login or unlock carries from step to step; wiped when it ends. The token is that of
 * the session opened, or of the one that proves: never the peer's of the moment. */
struct proof {
	uint8_t token[SESSION_TOKEN];
	int32_t epoch;
	size_t login_len, password_len, fresh_len;
	char login[128], password[1024], fresh[1024];
};

struct request {
	struct server *server;
	uint64_t peer;
	uint32_t session; /* serial of the one it was asked in */
	uint32_t id;
	const struct op *op;
	uint64_t began; /* nanoseconds */
	struct request *next;
	enum session_step step; /* held until it ends */
	struct proof *proof;
	/* the answer, while its rows are sent */
	struct db_query *q;
	unsigned status;
	int first;
};

/* NULL when out of memory. */
struct peer *peer_new(struct server *s);
void peer_free(struct peer *p);
/* NULL when it is gone. */
struct peer *peer_find(struct server *s, uint64_t id);
unsigned peer_serial(const struct peer *p); /* short, for the log */
/* A frame came. */
void peer_frame(struct peer *p, const struct frame *f);
/* The line has room again: the rest of long answers. */
void peer_drained(struct peer *p);
/* The session is over: subscriptions and class with it. */
void peer_logged_out(struct peer *p);

/* The request's peer; NULL when it is gone: the request must only be ended. */
struct peer *request_peer(const struct request *r);
/* Is its session still the peer's? If not, its answer changes nothing of the peer's. */
bool request_stands(const struct request *r, const struct peer *p);
/* Answers, each ending the request. */
void request_answer(struct request *r, unsigned status, const char *code, const char *arg1, const char *arg2);
void request_done(struct request *r); /* OK, without rows */
/* The end of a call that was not OK. */
void request_failed(struct request *r, const struct db_query *q);
/* OK with this one row, already encoded. */
void request_row(struct request *r, const struct bytes_out *row);
/* Starts a call whose end goes to done(r, q); the request is answered when it cannot start. */
void request_call(struct request *r, struct db_query *q, void (*done)(void *r, struct db_query *q));

/* The request takes a step of its session; false, and answered, when it may not. */
bool request_begin(struct request *r, struct peer *p, enum session_step step);
/* Gives it a proof; false, and answered, when out of memory. */
bool request_proof(struct request *r);
/* The peer, or the request is ended: nobody waits for it. */
struct peer *request_peer_or_end(struct request *r);

#endif
