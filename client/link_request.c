/*
 * Requests and their replies: what waits, what is under way, what has come so
 * far, and deadlines. See link_int.h.
 */
#include <stdlib.h>
#include <string.h>

#include "client/link_int.h"
#include "common/frame.h"

enum { REPLY_MAX = 32 * 1024 * 1024 };

struct request *link_add(
    struct link *l, const struct op *op, const void *payload, size_t len, link_reply_cb *cb, void *arg)
{
	struct request *r = calloc(1, sizeof(*r));

	if (r == NULL)
		abort();
	if (len > 0) {
		r->payload = malloc(len);
		if (r->payload == NULL)
			abort();
		memcpy(r->payload, payload, len);
	}
	r->len = len;
	r->op = op;
	r->cb = cb;
	r->arg = arg;
	r->again = op->kind == OP_READ || op->kind == OP_CALL;
	r->deadline = link_now(l) + l->conf.deadline_ms;
	if (++l->id == 0)
		l->id = 1;
	r->id = l->id;
	bytes_out_init(&r->in, REPLY_MAX);
	*l->last = r;
	l->last = &r->next;
	l->dirty = true;
	return r;
}

struct request *link_find(const struct link *l, uint32_t id)
{
	for (struct request *r = l->first; r != NULL; r = r->next)
		if (r->id == id && !r->done)
			return r;
	return NULL;
}

static void request_free(struct request *r)
{
	if (r->payload != NULL)
		explicit_bzero(r->payload, r->len); /* a password, perhaps */
	free(r->payload);
	bytes_out_done(&r->in);
	reply_free(r->local);
	free(r);
}

/* Not inside a walk over the list: callbacks may add, none may remove. */
void link_sweep(struct link *l)
{
	struct request **at = &l->first;

	while (*at != NULL) {
		struct request *r = *at;

		if (!r->done) {
			at = &r->next;
			continue;
		}
		*at = r->next;
		request_free(r);
	}
	l->last = at;
}

void link_requests_done(struct link *l)
{
	for (struct request *r = l->first; r != NULL; r = r->next)
		r->done = true;
	link_sweep(l);
}

void link_finish(struct link *l, struct request *r, struct reply *reply)
{
	if (r->done) {
		reply_free(reply);
		return;
	}
	r->done = true;
	if (r->sent)
		l->flight--;
	l->dirty = true;
	if (r->own != NULL)
		r->own(l, r, &reply);
	if (r->cb != NULL && !l->closing)
		r->cb(r->arg, r->id, reply);
	reply_free(reply);
}

static bool asking(const struct link *l)
{
	for (const struct request *r = l->first; r != NULL; r = r->next)
		if (r->early && r->sent && !r->done)
			return true;
	return false;
}

static bool may_go(const struct link *l, const struct request *r)
{
	if (r->ticket != 0 || l->flight >= LINK_FLIGHT)
		return false;
	if (r->first)
		return l->phase == PHASE_HELLO;
	/* While a session is being closed, only what closes it; one is asked for at a time. */
	if (r->early)
		return (l->phase >= PHASE_RESUMING || (l->phase == PHASE_LEAVING && r->ours)) && !asking(l);
	return l->phase >= PHASE_IDLE;
}

static void send_one(struct link *l, struct request *r)
{
	struct bytes_out out;
	size_t begun;

	bytes_out_init(&out, FRAME_HEADER + FRAME_MAX);
	begun = frame_begin(&out, r->op->id, 0, r->id);
	bytes_put(&out, r->payload, r->len);
	frame_end(&out, begun);
	if (out.bad) {
		bytes_out_done(&out);
		link_finish(l, r, reply_local(r->op, OP_INVALID, "link.large"));
		return;
	}
	conn_send(l->conn, out.p, out.len);
	explicit_bzero(out.p, out.len);
	bytes_out_done(&out);
	r->sent = true;
	l->flight++;
}

void link_send_waiting(struct link *l)
{
	for (struct request *r = l->first; r != NULL && !l->closing; r = r->next) {
		struct reply *local = r->local;

		if (r->done || r->sent)
			continue;
		if (local != NULL) {
			r->local = NULL;
			link_finish(l, r, local);
		} else if (may_go(l, r)) {
			send_one(l, r);
		}
	}
}

/* By this answer nobody is logged in any more. */
static bool session_over(const struct request *r, const struct reply *reply)
{
	if (reply->status == OP_NO_SESSION)
		return !r->early && !r->past;
	return reply_ok(reply) && strcmp(r->op->name, "session.logout") == 0;
}

enum link_answer link_answered(struct link *l, const struct frame *f)
{
	struct request *r = link_find(l, f->request);
	struct reply *reply;
	bool over;

	if (r == NULL || !r->sent) {
		/* Its deadline has passed; only now is there room for another one. */
		if (l->late > 0 && (f->flags & FRAME_MORE) == 0) {
			l->late--;
			l->flight--;
			l->dirty = true;
		}
		return ANSWER_TAKEN;
	}
	bytes_put(&r->in, f->payload, f->len);
	if ((f->flags & FRAME_MORE) != 0 && !r->in.bad)
		return ANSWER_TAKEN;
	if (r->in.bad || f->op != r->op->id)
		reply = reply_new(r->op, REPLY_MALFORMED, NULL, 0);
	else
		reply = reply_new(r->op, f->flags & FRAME_STATUS, r->in.p, r->in.len);
	/* An answer that makes no sense leaves the outcome open: ask again on a new line. */
	if (reply->status == REPLY_MALFORMED && r->key.seq != 0) {
		reply_free(reply);
		return ANSWER_SENSELESS;
	}
	/* What was read for the person before is not the next one's to see. */
	if (r->past && r->key.seq == 0 && reply_ok(reply)) {
		reply_free(reply);
		reply = reply_local(r->op, OP_NO_SESSION, "session.none");
	}
	over = session_over(r, reply);
	link_finish(l, r, reply);
	return over ? ANSWER_ENDS_SESSION : ANSWER_TAKEN;
}

/* Hello, resume, and single sendings of writes: made anew for a new line. */
static bool of_this_line(const struct request *r)
{
	return r->key.seq != 0 || r->ours;
}

void link_requests_lost(struct link *l)
{
	for (struct request *r = l->first; r != NULL; r = r->next) {
		if (r->done)
			continue;
		if (of_this_line(r)) {
			r->done = true;
			l->flight -= r->sent;
		} else if (r->sent && r->again) {
			r->sent = false;
			bytes_out_reset(&r->in);
			l->flight--;
		} else if (r->sent) {
			link_finish(l, r, reply_new(r->op, REPLY_LOST, NULL, 0));
		}
	}
	l->flight -= l->late;
	l->late = 0;
}

void link_requests_over(struct link *l)
{
	for (struct request *r = l->first; r != NULL; r = r->next) {
		if (r->done || r->early || r->ticket != 0)
			continue;
		r->past = true;
		if (r->sent)
			r->again = false;
		else if (r->key.seq != 0)
			r->done = true; /* its write has the outbox */
		else if (r->local == NULL)
			r->local = reply_local(r->op, OP_NO_SESSION, "session.none");
	}
	l->dirty = true;
}

bool link_expire(struct link *l)
{
	bool drop = false;

	for (struct request *r = l->first; r != NULL && !l->closing; r = r->next) {
		unsigned status = l->phase >= PHASE_IDLE ? REPLY_TIMEOUT : REPLY_LOST;

		if (r->done || r->deadline == 0 || r->deadline > link_now(l))
			continue;
		if (of_this_line(r)) {
			drop = true; /* a line on which these get no answer is no line */
			continue;
		}
		/* A session may be open by now, and nobody would know its token. */
		drop |= r->early && r->sent;
		/* The server is still at it, and takes no more than so many at once. */
		l->late += r->sent;
		l->flight += r->sent;
		link_finish(l, r, reply_new(r->op, status, NULL, 0));
	}
	return drop || l->late >= LINK_FLIGHT;
}

int64_t link_next_deadline(const struct link *l)
{
	int64_t next = 0;

	for (const struct request *r = l->first; r != NULL; r = r->next)
		if (!r->done && r->deadline != 0 && (next == 0 || r->deadline < next))
			next = r->deadline;
	return next;
}

void link_forget(struct link *l, uint32_t request)
{
	struct request *r = link_find(l, request);

	if (r == NULL)
		return;
	r->cb = NULL;
	/* A session nobody will be in is not asked for. */
	if (r->early && !r->sent) {
		r->done = true;
		l->dirty = true;
	}
}
