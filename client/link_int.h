/*
 * The inside of a link, for client/link*.c only. From the top: link.c (what its caller asks
 * and what its line brings), link_session.c (hello, login, resume, events), link_write.c
 * (outbox and journal), link_line.c (the line, its state), link_request.c (requests and
 * replies). Each calls only those after it.
 */
#ifndef YIMEN_CLIENT_LINK_INT_H
#define YIMEN_CLIENT_LINK_INT_H

#include "client/conn.h"
#include "client/journal.h"
#include "client/link.h"
#include "common/bytes.h"

enum { LINK_FLIGHT = 8 }; /* the server carries out no more at once for one window */

enum link_phase {
	PHASE_DOWN,     /* waiting to try again */
	PHASE_OPENING,  /* TCP and TLS */
	PHASE_HELLO,    /* waiting for its answer */
	PHASE_LEAVING,  /* closing the session that was logged out */
	PHASE_RESUMING, /* waiting for its answer */
	PHASE_IDLE,     /* nobody logged in */
	PHASE_READY,
};

struct request {
	struct request *next;
	uint32_t id; /* in its frame, and the caller's handle */
	const struct op *op;
	uint8_t *payload;
	size_t len;
	link_reply_cb *cb;
	void *arg;
	/* Sees the reply before cb does, may give another; NULL: nothing. */
	void (*own)(struct link *l, struct request *r, struct reply **reply);
	bool early; /* goes out before there is a session */
	bool ours;  /* asked by the link itself, for this line alone */
	bool again; /* sent once more when the line was lost */
	bool first; /* hello: before all else on a line */
	bool sent, done;
	bool past;           /* of a session that is over */
	bool failed;         /* of a write: the server could not say why */
	bool cancel;         /* of a carrier: command.cancel of key */
	struct op_key key;   /* of a carrier: it takes one sending of a write; seq 0: none */
	uint32_t ticket;     /* of a write, as its caller sees it */
	int64_t deadline;    /* 0: none */
	struct reply *local; /* to be delivered without asking the hall */
	struct bytes_out in; /* what has come of its answer */
};

struct link {
	uv_loop_t *loop;
	struct link_calls calls;
	void *ctx;
	struct link_conf conf;
	char *strings[8]; /* those of conf */
	size_t nstrings;
	struct tls_files *files;

	struct conn *conn;
	const struct conn_calls *line_calls; /* what the line brings goes up */
	enum link_phase phase;
	unsigned attempt;
	int64_t delay; /* before the last retry */
	enum link_state told;
	char why[40], detail[200];

	uv_prepare_t prepare;
	uv_timer_t retry, tick;
	unsigned holds; /* handles and threads that still point here */

	struct request *first, **last;
	uint32_t id;
	unsigned flight; /* requests the server carries out, also those of them … */
	unsigned late;   /* … whose answer nobody waits for any more */

	struct reply *hello;
	uint8_t token[64];
	size_t token_len;
	uint8_t leave[64]; /* token of a session ended here and still open at the hall */
	size_t leave_len;
	uint32_t epoch;
	int64_t staff_id;
	uint8_t journal_key[JOURNAL_KEY];

	uint8_t *subscription; /* NULL: none */
	size_t subscription_len;
	uint32_t subscription_id;
	struct bytes_out pushed;

	struct outbox outbox;
	struct journal *journal; /* NULL: nothing on disk */

	bool was_up, closing, dirty;
	bool stale;     /* our keys are not the server's: resume for a new epoch */
	bool logged_in; /* as was told */
	bool has_key, restored;
};

/* Milliseconds; not the loop's time, which stands still outside it. */
static inline int64_t link_now(const struct link *l)
{
	(void)l;
	return (int64_t)(uv_hrtime() / 1000000);
}

/* link_session.c */
void link_say_hello(struct link *l);
void link_end_session(struct link *l);
void link_pushed(struct link *l, const struct frame *f);

/* link_request.c */
struct request *link_add(
    struct link *l, const struct op *op, const void *payload, size_t len, link_reply_cb *cb, void *arg);
struct request *link_find(const struct link *l, uint32_t id);
/* Sends what may go, delivers what waits; true when something is left to be done at once. */
void link_send_waiting(struct link *l);
enum link_answer {
	ANSWER_TAKEN,
	ANSWER_SENSELESS,    /* the outcome of a write stays open: ask again on a new line */
	ANSWER_ENDS_SESSION, /* nobody is logged in any more */
};
enum link_answer link_answered(struct link *l, const struct frame *f);
void link_finish(struct link *l, struct request *r, struct reply *reply);
/* The line is gone: what can be sent again waits, the rest is answered. */
void link_requests_lost(struct link *l);
/* The session is over: nothing asked in it may go out in the next one. */
void link_requests_over(struct link *l);
/* True when this line has left one without an answer that only it could give: it is no line. */
bool link_expire(struct link *l);
/* Earliest deadline, 0 when none. */
int64_t link_next_deadline(const struct link *l);
void link_sweep(struct link *l);
void link_requests_done(struct link *l);

/* link_line.c */
void link_tell(struct link *l);
/* Opens a line in so many milliseconds. */
void link_retry(struct link *l, int64_t ms);
/* The line is gone by itself. */
void link_lost(struct link *l, const char *why, const char *detail);
/* Lets go of the line there is; tries again by itself. */
void link_drop_line(struct link *l, const char *why, const char *detail);
/* One handle or thread less points here; frees the link with the last. */
void link_release(struct link *l);

/* link_write.c */
__attribute__((warn_unused_result)) int link_open_journal(struct link *l, char *error, size_t size);
void link_restore(struct link *l);
uint32_t link_add_write(
    struct link *l, const struct op *op, const void *payload, size_t len, link_reply_cb *cb, void *arg);
/* Does what the outbox wants; when it wants to be asked again, 0: when something happens. */
int64_t link_step_outbox(struct link *l);

#endif
