/*
 * A link as its caller sees it: opened, closed, asked; what its line brings and when it
 * next works. See link.h; it stands on link_session.c, link_write.c, link_line.c and
 * link_request.c, in this order, each calling only those after it.
 */
#include "client/link.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/link_int.h"
#include "client/tls.h"
#include "common/frame.h"

enum { DEADLINE_MS = 10000 };

const struct reply *link_hello(const struct link *l)
{
	return l->hello;
}

static void line_up(void *ctx)
{
	struct link *l = ctx;

	l->phase = PHASE_HELLO;
	link_say_hello(l);
}

static void line_frame(void *ctx, const struct frame *f)
{
	struct link *l = ctx;

	if (f->flags & FRAME_PUSH) {
		link_pushed(l, f);
		return;
	}
	switch (link_answered(l, f)) {
	case ANSWER_TAKEN:
		break;
	case ANSWER_SENSELESS:
		link_drop_line(l, "link.malformed", op_by_id(f->op) != NULL ? op_by_id(f->op)->name : "");
		break;
	case ANSWER_ENDS_SESSION:
		if (!l->closing && l->phase == PHASE_READY)
			link_end_session(l);
		break;
	}
}

static void line_down(void *ctx, const char *code, const char *detail)
{
	link_lost(ctx, code, detail);
}

static const struct conn_calls line_calls = {line_up, line_frame, line_down};

static void on_tick(uv_timer_t *t)
{
	struct link *l = t->data;

	l->dirty = true;
	if (link_expire(l))
		link_drop_line(l, "link.timeout", "");
}

/* Wakes up again for the nearest deadline or resending. */
static void arm(struct link *l, int64_t at)
{
	int64_t deadline = link_next_deadline(l), wait;

	if (at == 0 || (deadline != 0 && deadline < at))
		at = deadline;
	uv_timer_stop(&l->tick);
	if (at == 0)
		return;
	wait = at - link_now(l);
	uv_update_time(l->loop);
	uv_timer_start(&l->tick, on_tick, wait > 0 ? (uint64_t)wait : 1, 0);
}

/* Before the loop waits: everything asked for since goes out at once. */
static void on_prepare(uv_prepare_t *p)
{
	struct link *l = p->data;
	int64_t at = 0;
	bool worked = l->dirty;

	while (l->dirty && !l->closing) {
		l->dirty = false;
		at = link_step_outbox(l);
		if (!l->closing)
			link_send_waiting(l);
		if (!l->closing && l->stale && l->phase == PHASE_READY)
			link_drop_line(l, "slot.fenced", "");
	}
	link_sweep(l);
	if (l->conn != NULL)
		conn_flush(l->conn);
	if (worked && !l->closing)
		arm(l, at);
}

static const char *copied(struct link *l, const char *s)
{
	char *p = s != NULL ? strdup(s) : NULL;

	if (s != NULL && p == NULL)
		abort();
	l->strings[l->nstrings++] = p;
	return p;
}

static void on_closed(uv_handle_t *h)
{
	link_release(h->data);
}

void link_close(struct link *l)
{
	if (l->closing)
		return;
	l->closing = true;
	if (l->conn != NULL)
		conn_close(l->conn);
	l->conn = NULL;
	uv_close((uv_handle_t *)&l->prepare, on_closed);
	uv_close((uv_handle_t *)&l->retry, on_closed);
	uv_close((uv_handle_t *)&l->tick, on_closed);
}

static void copy_conf(struct link *l, const struct link_conf *from)
{
	struct link_conf *to = &l->conf;

	*to = *from;
	to->host = copied(l, from->host);
	to->port_file = copied(l, from->port_file);
	to->name = copied(l, from->name);
	to->ca = copied(l, from->ca);
	to->cert = copied(l, from->cert);
	to->key = copied(l, from->key);
	to->state = copied(l, from->state);
	to->program = copied(l, from->program);
	if (to->deadline_ms == 0)
		to->deadline_ms = DEADLINE_MS;
}

struct link *link_open(uv_loop_t *loop, const struct link_conf *conf, const struct link_calls *calls,
    void *ctx, char *error, size_t size)
{
	struct link *l = calloc(1, sizeof(*l));

	if (l == NULL || sodium_init() < 0)
		abort();
	l->loop = loop;
	l->ctx = ctx;
	if (calls != NULL)
		l->calls = *calls;
	copy_conf(l, conf);
	l->last = &l->first;
	l->told = LINK_CONNECTING;
	l->phase = PHASE_DOWN;
	l->line_calls = &line_calls;
	bytes_out_init(&l->pushed, 0);
	l->files = tls_files_new(l->conf.ca, l->conf.cert, l->conf.key, error, size);
	if (l->files == NULL || link_open_journal(l, error, size) < 0) {
		l->holds = 1;
		link_release(l);
		return NULL;
	}
	l->prepare.data = l->retry.data = l->tick.data = l;
	l->holds = 3;
	(void)uv_prepare_init(loop, &l->prepare);
	(void)uv_timer_init(loop, &l->retry);
	(void)uv_timer_init(loop, &l->tick);
	(void)uv_prepare_start(&l->prepare, on_prepare);
	uv_unref((uv_handle_t *)&l->prepare);
	link_retry(l, 0);
	return l;
}

static uint32_t send_within(struct link *l, const struct op *op, const void *payload, size_t len,
    int deadline_ms, link_reply_cb *cb, void *arg)
{
	struct request *r = link_add(l, op, payload, len, cb, arg);

	r->deadline = deadline_ms < 0 ? 0 : link_now(l) + deadline_ms;
	if (!op_fits(op, payload, len))
		r->local = reply_local(op, OP_INVALID, "frame.malformed");
	return r->id;
}

uint32_t link_send(
    struct link *l, const struct op *op, const void *payload, size_t len, link_reply_cb *cb, void *arg)
{
	if (op->kind == OP_WRITE)
		return link_add_write(l, op, payload, len, cb, arg);
	return send_within(l, op, payload, len, l->conf.deadline_ms, cb, arg);
}

uint32_t link_send_within(struct link *l, const struct op *op, const void *payload, size_t len,
    int deadline_ms, link_reply_cb *cb, void *arg)
{
	if (op->kind == OP_WRITE)
		return link_add_write(l, op, payload, len, cb, arg);
	return send_within(l, op, payload, len, deadline_ms, cb, arg);
}
