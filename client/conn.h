/*
 * One connection to the hall, from its address to its end: TCP, TLS, frames.
 * Knows no operations and no sessions; a new attempt is a new conn.
 */
#ifndef YIMEN_CLIENT_CONN_H
#define YIMEN_CLIENT_CONN_H

#include <stddef.h>
#include <uv.h>

#include "common/frame.h"

struct conn;
struct tls_files;

/* Called from the loop only. After down, or conn_close, nothing more comes. */
struct conn_calls {
	void (*up)(void *ctx);
	void (*frame)(void *ctx, const struct frame *f);
	/* code of client/refusal.c: link.address, link.unreachable, link.tls,
	 * link.certificate, link.lost, link.malformed; detail in words, "" when none. */
	void (*down)(void *ctx, const char *code, const char *detail);
};

struct conn_to {
	const char *host; /* name or address; of several addresses, attempt picks one in turn */
	int port;
	unsigned attempt;
	const char *name; /* in the server's certificate */
};

/* Never fails: what goes wrong is told by down, later. Makes the process ignore SIGPIPE. */
struct conn *conn_open(uv_loop_t *loop, struct tls_files *files, const struct conn_to *to,
    const struct conn_calls *calls, void *ctx);
/* Adds to what goes out at the next flush. */
void conn_send(struct conn *c, const void *p, size_t len);
/* Encrypts and writes what was added. May call down. */
void conn_flush(struct conn *c);
/* Ends it without a word; frees itself in the loop. */
void conn_close(struct conn *c);

#endif
