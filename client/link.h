/*
 * The line to the hall: TLS 1.3, hello, session, requests and their replies,
 * events, reconnection. One per program (or many, in a bench). Runs in the
 * caller's uv loop and never blocks it. Knows no screen. (Architecture 3, 5, 11, 12.)
 *
 * Requests made while the line is down wait for it until their deadline. Reads
 * whose answer was lost are sent again by themselves; writes go through
 * the outbox and its journal and are sent again, identical, until answered.
 */
#ifndef YIMEN_CLIENT_LINK_H
#define YIMEN_CLIENT_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "client/outbox.h"
#include "client/reply.h"
#include "common/op.h"

struct link;

enum link_state {
	LINK_CONNECTING, /* first connection under way */
	LINK_LOST,       /* no line; trying again by itself */
	LINK_CONNECTED,  /* hello done, nobody logged in: link_login or link_resume */
	LINK_READY,      /* a session is open */
};

/* For who only reads: takes no slot but those with an entry left by a dead run. */
enum { LINK_NO_SLOT = -1 };

struct link_conf {
	const char *host;
	int port;              /* 0: read from port_file at every attempt */
	const char *port_file; /* may be NULL */
	const char *name;      /* the server's name in its certificate */
	const char *ca, *cert, *key;
	const char *state;   /* folder of epoch and journal; NULL: nothing on disk */
	const char *program; /* "yimen 0.1": what hello says */
	int slots;           /* 0: all eight, as a window; n: n free ones; LINK_NO_SLOT */
	int deadline_ms;     /* for an answer; 0: 10,000 */
};

/* Every call may be NULL. They run inside the loop, never inside a link_ call, and may
 * call anything but link_close's freeing twice. */
struct link_calls {
	/* why: a code of client/refusal.c and a detail from below ("" when fine). */
	void (*state)(void *ctx, enum link_state state, const char *why, const char *detail);
	/* Rows of event.subscribe. After the state turned LINK_READY again, some may
	 * have been missed: read afresh what is on the screen. */
	void (*event)(void *ctx, const struct reply *rows);
	/* A session was opened or resumed (session.login's row); NULL: it is over,
	 * log in again. */
	void (*session)(void *ctx, const struct reply *session);
	/* 正在确认, 已保存, 未保存 of a write; just before its reply. */
	void (*word)(void *ctx, uint32_t request, enum outbox_word word);
	/* No write is under way any more (link_unsettled is 0 again). */
	void (*settled)(void *ctx);
	/* A write of an earlier run that died, found in the journal, is settled. op NULL:
	 * what it was cannot be read; else its fields as link_send got them. */
	void (*recovered)(void *ctx, const struct op *op, const void *payload, size_t len,
	    enum outbox_word word, const struct reply *outcome);
};

/* The reply is lent; reply_keep() it to hold on. Called once for each request. */
typedef void link_reply_cb(void *arg, uint32_t request, const struct reply *reply);

/* Starts connecting. conf's strings are copied. NULL with a sentence in error when the
 * settings are of no use (unreadable certificate, state folder locked by another program). */
struct link *link_open(uv_loop_t *loop, const struct link_conf *conf, const struct link_calls *calls,
    void *ctx, char *error, size_t size);
/* Ends everything; open requests get no more replies. Run the loop on until it is empty. */
void link_close(struct link *l);

/* Asks for a session. */
uint32_t link_login(struct link *l, const char *login, const char *password, link_reply_cb *cb, void *arg);
uint32_t link_resume(struct link *l, const void *token, size_t len, link_reply_cb *cb, void *arg);
/* Ends the session here and now, line or no line: its token is good for nothing more than
 * closing it at the hall, on this line or the next one, before anyone else's login goes out.
 * Nothing is told; what still waited for an answer gets session.none; writes are settled as
 * after any end of a session. */
void link_logout(struct link *l);

/* Sends a request; payload are its fields as encoded by op_put_*, without key. Returns
 * its handle, never 0. Writes: the reply is the final outcome; REPLY_FULL when eight are
 * under way. What no frame can hold is refused with link.large. session.login and session.resume go by the two calls above. */
uint32_t link_send(
    struct link *l, const struct op *op, const void *payload, size_t len, link_reply_cb *cb, void *arg);
/* As link_send with another deadline (milliseconds; −1: none). Of reads and calls only. */
uint32_t link_send_within(struct link *l, const struct op *op, const void *payload, size_t len,
    int deadline_ms, link_reply_cb *cb, void *arg);
/* The caller is gone: no callback any more. A write goes on. */
void link_forget(struct link *l, uint32_t request);
/* Stops a write still in 正在确认: its reply then says done after all, or command.cancelled. */
void link_give_up(struct link *l, uint32_t request);
/* The key a write got; false when it is not under way any more. */
bool link_key(const struct link *l, uint32_t request, struct op_key *key);

/* Subscribes (fields of event.subscribe), now and after every reconnection; replaces
 * the earlier one. The reply (no rows) says whether one may. */
uint32_t link_subscribe(struct link *l, const void *payload, size_t len, link_reply_cb *cb, void *arg);

enum link_state link_state(const struct link *l);
/* The row of session.hello; NULL when there is none yet. It belongs to the link, until its
 * next state. */
const struct reply *link_hello(const struct link *l);
/* Writes still in 正在确认. */
size_t link_confirming(const struct link *l);
/* Slots not yet free again: a script stays until this is 0. */
size_t link_unsettled(const struct link *l);

#endif
