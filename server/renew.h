/*
 * Who one is now: the posts a session hears of and the classes its person has (SEC-3), read
 * again when a post changed hands, and from time to time.
 */
#ifndef YIMEN_SERVER_RENEW_H
#define YIMEN_SERVER_RENEW_H

#include <stddef.h>
#include <stdint.h>

#include "server/db/query.h"

struct server;

/* The posts in a reply of api.session_posts. NULL when out of memory. */
int64_t *renew_posts(const struct db_query *q, size_t *n);
/* This post changed hands: whoever hears of it, or of nothing. */
void renew_post(struct server *s, int64_t post_id);
/* Everybody; who lost the session loses the rest. */
void renew_all(struct server *s);
/* Goes on with what could not be asked. */
void renew_go_on(struct server *s);

#endif
