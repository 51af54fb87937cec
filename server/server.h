/*
 * The server: everything joined. Files directly in server/ know all parts; net, core, db
 * and job know only themselves.
 */
#ifndef YIMEN_SERVER_SERVER_H
#define YIMEN_SERVER_SERVER_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "server/core/admit.h"
#include "server/core/subs.h"
#include "server/db/pool.h"
#include "server/job/auth.h"
#include "server/job/beat.h"
#include "server/job/tail.h"
#include "server/job/tick.h"
#include "server/metrics.h"
#include "server/net/conn.h"
#include "server/net/listen.h"
#include "server/options.h"
#include "server/peer.h"

struct server {
	uv_loop_t *loop;
	const struct options *options;
	struct net net;
	struct net_tls_files *tls;
	struct listen listen;
	struct admit admit;
	struct peers peers;
	struct subs subs;
	struct db_pool *pool;
	struct auth auth;
	struct tail tail;
	struct tick tick;
	struct beat beat;
	uint8_t name[16]; /* what the database knows this yimend by */
	struct metrics metrics;
	struct metrics_server metrics_server;
	uv_timer_t drain, refresh;
	uint64_t idle_ms, idle_login_ms;
	uint64_t tick_warned, tail_warned, beat_warned; /* when last; 0: never */
	bool serving, draining, stopped;
	size_t stale;      /* peers whose posts and class are to be read again */
	uint64_t renewing; /* the one being asked for; 0: none */
	uint32_t renewing_session;
	int exit_code;
};

/* 0, or −1 with a sentence in error. */
__attribute__((warn_unused_result)) int server_start(
    struct server *s, uv_loop_t *loop, const struct options *o, char *error, size_t size);
/* Lets requests under way end, then closes everything; the loop runs empty. A second call
 * waits for nobody. */
void server_drain(struct server *s);
/* Frees what is left after the loop ran empty. */
void server_done(struct server *s);

/* warn.c: what yimend does by itself failed: a warning, but not every second. last is when it was said. */
void server_warn(struct server *s, uint64_t *last, const char *event, const char *why);

/* push.c: reads the tail and tells subscribers. ctx is the server. */
bool push_read(void *ctx, const char *cursor, size_t len);

#endif
