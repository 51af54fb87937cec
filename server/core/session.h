/*
 * What the server knows of one connection's window and person, and its steps: hello, login,
 * lock. The truth about a session is in the database; this decides only what is asked of it
 * at all. Pure: knows no sockets and no database.
 */
#ifndef YIMEN_SERVER_CORE_SESSION_H
#define YIMEN_SERVER_CORE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "common/op.h"

enum { SESSION_TOKEN = 32, SESSION_CERT = 32, SESSION_IN_FLIGHT = 8 };

enum session_state {
	SESSION_NEW,     /* nothing said yet: only session.hello */
	SESSION_ASKING,  /* hello under way */
	SESSION_WINDOW,  /* the window is known, nobody is logged in */
	SESSION_OPENING, /* login or resume under way */
	SESSION_OPEN,    /* a person is logged in */
};

struct session {
	enum session_state state;
	uint8_t cert[SESSION_CERT];
	uint8_t token[SESSION_TOKEN]; /* when open */
	/* Changes whenever a session opens or closes here: an answer that comes late, when another
	 * person is logged in, is told by it. */
	uint32_t serial;
	int32_t window_no;
	uint8_t class;    /* enum of common/op.h, when open */
	bool locked;      /* only unlock and logout */
	bool must_change; /* only password and logout */
	bool proving;     /* unlock or password under way: one at a time */
	unsigned in_flight;
};

/* Its window, for what is shared fairly between windows: never 0. */
uint64_t session_owner(const struct session *s);

/* What a request under way holds of its session, until it ends. */
enum session_step {
	SESSION_STEP_NONE,
	SESSION_STEP_HELLO,
	SESSION_STEP_OPEN,
	SESSION_STEP_PROVE,
	SESSION_STEP_CLOSE,
};

void session_init(struct session *s);
/* Takes a step; false when another one of its kind is under way. Nobody comes or goes while
 * somebody proves who he is. */
bool session_begin(struct session *s, enum session_step step);
/* The request that took it has ended; what it did not reach is as before. */
void session_end(struct session *s, enum session_step step);
/* hello was answered. */
void session_known(struct session *s, int32_t window_no);
void session_open(
    struct session *s, const uint8_t token[SESSION_TOKEN], unsigned class, bool locked, bool must_change);
/* Logged out, kicked, expired: back to the window. */
void session_closed(struct session *s);

/* May this operation be tried now? enum op_status; with its code unless OP_OK. */
unsigned session_may(const struct session *s, const struct op *op, const char **code);
/* One more request under way; false when SESSION_IN_FLIGHT are now: read no more until
 * session_answered makes room. */
bool session_asked(struct session *s);
/* True when there was no room before and is now. */
bool session_answered(struct session *s);

#endif
