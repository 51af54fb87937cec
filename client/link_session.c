/*
 * Hello, login, resume, the end of a session, and events. See link_int.h.
 */
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "client/link_int.h"
#include "common/frame.h"

enum { LOGIN_MS = 30000 }; /* the server hashes two passwords at a time */

static const struct op *op_of(const char *name)
{
	const struct op *op = op_by_name(name);

	if (op == NULL)
		abort();
	return op;
}

static void session_answer(struct link *l, struct request *r, struct reply **reply);

static struct request *ask_session(
    struct link *l, const char *op, struct bytes_out *fields, link_reply_cb *cb, void *arg)
{
	struct request *r;

	op_put_int4(fields, l->stale ? 0 : (int32_t)l->epoch);
	if (fields->bad)
		abort();
	r = link_add(l, op_of(op), fields->p, fields->len, cb, arg);
	r->early = true;
	r->again = false;
	r->own = session_answer;
	r->deadline = link_now(l) + (l->conf.deadline_ms > LOGIN_MS ? l->conf.deadline_ms : LOGIN_MS);
	explicit_bzero(fields->p, fields->len);
	bytes_out_done(fields);
	return r;
}

static struct request *ask_resume(struct link *l, const void *token, size_t len, link_reply_cb *cb, void *arg)
{
	struct bytes_out out;

	bytes_out_init(&out, 0);
	op_put_bytes(&out, token, len);
	return ask_session(l, "session.resume", &out, cb, arg);
}

static void resume_ours(struct link *l, const void *token, size_t len)
{
	ask_resume(l, token, len, NULL, NULL)->ours = true;
}

void link_end_session(struct link *l)
{
	bool had = l->logged_in;

	l->logged_in = false;
	sodium_memzero(l->token, sizeof(l->token));
	l->token_len = 0;
	outbox_offline(&l->outbox);
	link_requests_over(l);
	if (l->phase >= PHASE_RESUMING)
		l->phase = PHASE_IDLE;
	if (had && l->calls.session != NULL && !l->closing)
		l->calls.session(l->ctx, NULL);
	if (l->phase == PHASE_IDLE)
		link_tell(l);
}

static void send_subscription(struct link *l, link_reply_cb *cb, void *arg)
{
	struct request *r =
	    link_add(l, op_of("event.subscribe"), l->subscription, l->subscription_len, cb, arg);

	r->again = false; /* a new line subscribes anew */
	l->subscription_id = r->id;
}

static void keep_token(struct link *l, const struct reply *row)
{
	size_t len;
	const uint8_t *p = reply_bytes(row, 0, "token", &len);

	if (len > 0 && len <= sizeof(l->token)) {
		memcpy(l->token, p, len);
		l->token_len = len;
	}
}

static void keep_secrets(struct link *l, const struct reply *row)
{
	size_t len;
	const uint8_t *p = reply_bytes(row, 0, "journal_key", &len);

	keep_token(l, row);
	l->has_key = len == JOURNAL_KEY;
	if (l->has_key)
		memcpy(l->journal_key, p, JOURNAL_KEY);
	l->staff_id = reply_int(row, 0, "staff_id");
	l->epoch = (uint32_t)reply_int(row, 0, "epoch");
}

static void opened(struct link *l, const struct reply *row)
{
	bool again = l->subscription != NULL;
	uint32_t subscription = l->subscription_id;
	int64_t before = l->staff_id;

	l->logged_in = true;
	keep_secrets(l, row);
	l->stale = false;
	l->phase = PHASE_READY;
	l->dirty = true;
	if (l->journal != NULL && journal_set_epoch(l->journal, l->epoch) < 0)
		l->has_key = false; /* no journal without its epoch: writes are refused */
	if (before != 0 && before != l->staff_id)
		outbox_disown(&l->outbox);
	link_restore(l);
	outbox_online(&l->outbox, l->epoch);
	if (l->calls.session != NULL)
		l->calls.session(l->ctx, row);
	if (!l->closing)
		link_tell(l);
	if (!l->closing && again && l->subscription_id == subscription)
		send_subscription(l, NULL, NULL);
}

/* Our own resume after a lost line was not granted: log in again; or the server cannot
 * say now: ask again on a new line. */
static void not_resumed(struct link *l, unsigned status)
{
	if (status == OP_BUSY || status == OP_UNAVAILABLE)
		link_drop_line(l, status == OP_BUSY ? "server.busy" : "server.unavailable", "");
	else
		link_end_session(l);
}

/* Its caller asked for a session while there was no line. */
static bool asked_already(const struct link *l)
{
	for (const struct request *r = l->first; r != NULL; r = r->next)
		if (!r->done && r->early && !r->ours)
			return true;
	return false;
}

/* Takes up what is wanted of a line: a login that waits, our session, or nothing yet. */
static void seek_session(struct link *l)
{
	l->dirty = true;
	l->phase = PHASE_RESUMING;
	if (asked_already(l))
		return;
	if (l->token_len > 0) {
		resume_ours(l, l->token, l->token_len);
		return;
	}
	l->phase = PHASE_IDLE;
	link_tell(l);
}

/* The hall has closed the session we ended, or knows it no more; or it cannot say now, then
 * it is asked again on a new line. */
static void closed(struct link *l, struct request *r, struct reply **reply)
{
	unsigned status = (*reply)->status;

	(void)r;
	if (status == OP_BUSY || status == OP_UNAVAILABLE) {
		not_resumed(l, status);
		return;
	}
	sodium_memzero(l->leave, sizeof(l->leave));
	l->leave_len = 0;
	outbox_offline(&l->outbox);
	seek_session(l);
}

static void say_logout(struct link *l)
{
	struct request *r = link_add(l, op_of("session.logout"), NULL, 0, NULL, NULL);

	r->early = r->ours = true;
	r->again = false;
	r->own = closed;
}

/* From here on the token is good for nothing more than closing its session. */
static void to_leave(struct link *l)
{
	memcpy(l->leave, l->token, sizeof(l->leave));
	l->leave_len = l->token_len;
	sodium_memzero(l->token, sizeof(l->token));
	l->token_len = 0;
}

/* Granted to somebody who has stopped waiting: the hall is not to believe they are there. */
static void leave_unseen(struct link *l, const struct reply *row)
{
	keep_token(l, row);
	to_leave(l);
	l->phase = PHASE_LEAVING;
	say_logout(l);
}

static void session_answer(struct link *l, struct request *r, struct reply **reply)
{
	if (r->ours && l->leave_len > 0 && reply_ok(*reply))
		say_logout(l);
	else if (r->ours && l->leave_len > 0)
		closed(l, r, reply);
	else if (reply_ok(*reply) && (*reply)->nrows == 1 && r->cb == NULL && !r->ours)
		leave_unseen(l, *reply);
	else if (reply_ok(*reply) && (*reply)->nrows == 1)
		opened(l, *reply);
	else if (r->ours)
		not_resumed(l, (*reply)->status);
	else if (l->phase == PHASE_RESUMING)
		link_end_session(l);
}

void link_logout(struct link *l)
{
	enum link_phase phase = l->phase;

	if (l->token_len == 0)
		return;
	to_leave(l);
	l->logged_in = false;
	free(l->subscription);
	l->subscription = NULL;
	l->subscription_id = 0;
	link_requests_over(l);
	/* Answers to writes under way still count; no more are sent. */
	l->outbox.online = false;
	if (phase == PHASE_RESUMING || phase == PHASE_READY)
		l->phase = PHASE_LEAVING;
	/* A resume under way is followed by it, see session_answer(). */
	if (phase == PHASE_READY)
		say_logout(l);
}

static void hello_answer(struct link *l, struct request *r, struct reply **reply)
{
	(void)r;
	if (!reply_ok(*reply) || (*reply)->nrows != 1) {
		link_drop_line(l, reply_code(*reply), reply_arg(*reply, 1));
		return;
	}
	if (reply_int(*reply, 0, "version") != FRAME_VERSION_MAX) {
		link_drop_line(l, "hello.version", reply_text(*reply, 0, "program"));
		return;
	}
	reply_free(l->hello);
	l->hello = reply_keep(*reply);
	if (l->leave_len > 0) {
		l->phase = PHASE_LEAVING;
		resume_ours(l, l->leave, l->leave_len);
		return;
	}
	seek_session(l);
}

void link_say_hello(struct link *l)
{
	struct bytes_out out;
	struct request *r;

	bytes_out_init(&out, 0);
	op_put_int2(&out, FRAME_VERSION_MIN);
	op_put_int2(&out, FRAME_VERSION_MAX);
	op_put_text(&out, l->conf.program);
	r = link_add(l, op_of("session.hello"), out.p, out.len, NULL, NULL);
	r->early = r->first = r->ours = true;
	r->again = false;
	r->own = hello_answer;
	bytes_out_done(&out);
}

uint32_t link_login(struct link *l, const char *login, const char *password, link_reply_cb *cb, void *arg)
{
	struct bytes_out out;

	bytes_out_init(&out, 0);
	op_put_text(&out, login);
	op_put_text(&out, password);
	return ask_session(l, "session.login", &out, cb, arg)->id;
}

uint32_t link_resume(struct link *l, const void *token, size_t len, link_reply_cb *cb, void *arg)
{
	if (len <= sizeof(l->token) && token != l->token) {
		memcpy(l->token, token, len);
		l->token_len = len;
	}
	return ask_resume(l, token, len, cb, arg)->id;
}

uint32_t link_subscribe(struct link *l, const void *payload, size_t len, link_reply_cb *cb, void *arg)
{
	free(l->subscription);
	l->subscription = malloc(len + 1);
	if (l->subscription == NULL)
		abort();
	memcpy(l->subscription, payload, len);
	l->subscription_len = len;
	send_subscription(l, cb, arg);
	return l->subscription_id;
}

void link_pushed(struct link *l, const struct frame *f)
{
	struct reply *rows;

	/* The one before speaks on until the hall has heard of the new one. */
	if (l->subscription == NULL)
		return;
	bytes_put(&l->pushed, f->payload, f->len);
	if ((f->flags & FRAME_MORE) != 0)
		return;
	rows = reply_new(op_of("event.subscribe"), OP_OK, l->pushed.p, l->pushed.len);
	bytes_out_reset(&l->pushed);
	if (reply_ok(rows) && rows->nrows > 0 && l->calls.event != NULL)
		l->calls.event(l->ctx, rows);
	reply_free(rows);
}
