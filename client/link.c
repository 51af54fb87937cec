/*
 * The line to the hall: opening, losing, trying again, and what state it is in.
 * See link.h; its other parts are in link_*.c.
 */
#include "client/link.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/link_int.h"
#include "client/tls.h"
#include "common/frame.h"

enum {
	RETRY_MS = 100,
	RETRY_MAX_MS = 5000,
	DEADLINE_MS = 10000,
};

static void line_up(void *ctx);
static void line_frame(void *ctx, const struct frame *f);
static void line_down(void *ctx, const char *code, const char *detail);
static const struct conn_calls line_calls = {line_up, line_frame, line_down};

enum link_state link_state(const struct link *l)
{
	if (l->phase == PHASE_READY)
		return LINK_READY;
	if (l->phase == PHASE_IDLE || (l->phase == PHASE_LEAVING && l->told >= LINK_CONNECTED))
		return LINK_CONNECTED;
	return l->was_up ? LINK_LOST : LINK_CONNECTING;
}

const struct reply *link_hello(const struct link *l)
{
	return l->hello;
}

/* Tells the state it is in, once for each change; a failure is told every time. */
void link_tell(struct link *l)
{
	enum link_state state = link_state(l);

	if (state == LINK_CONNECTED || state == LINK_READY) {
		l->was_up = true;
		l->delay = RETRY_MS;
		l->why[0] = l->detail[0] = '\0';
		if (state == l->told)
			return;
	}
	l->told = state;
	if (l->calls.state != NULL && !l->closing)
		l->calls.state(l->ctx, state, l->why, l->detail);
}

/* Full jitter, decorrelated: somewhere between the least and thrice the last delay. */
static int64_t next_delay(struct link *l)
{
	int64_t span = l->delay * 3 - RETRY_MS;

	l->delay = RETRY_MS + (span > 0 ? randombytes_uniform((uint32_t)span) : 0);
	if (l->delay > RETRY_MAX_MS)
		l->delay = RETRY_MAX_MS;
	return l->delay;
}

static void on_retry(uv_timer_t *t);

static void lost(struct link *l, const char *why, const char *detail)
{
	l->conn = NULL;
	l->phase = PHASE_DOWN;
	snprintf(l->why, sizeof(l->why), "%s", why);
	snprintf(l->detail, sizeof(l->detail), "%s", detail);
	outbox_offline(&l->outbox);
	bytes_out_reset(&l->pushed);
	uv_timer_start(&l->retry, on_retry, (uint64_t)next_delay(l), 0);
	link_requests_lost(l);
	l->dirty = true;
	if (!l->closing)
		link_tell(l);
}

void link_drop_line(struct link *l, const char *why, const char *detail)
{
	char code[40], more[200];

	if (l->conn == NULL)
		return;
	/* why may be a reply's, or our own. */
	snprintf(code, sizeof(code), "%s", why);
	snprintf(more, sizeof(more), "%s", detail);
	conn_close(l->conn);
	lost(l, code, more);
}

static void line_down(void *ctx, const char *code, const char *detail)
{
	lost(ctx, code, detail);
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

	if (f->flags & FRAME_PUSH)
		link_pushed(l, f);
	else
		link_answered(l, f);
}

/* The port a server wrote down when it took it; 0 when there is none yet. */
static int port_of(const struct link_conf *conf)
{
	int port = conf->port;
	FILE *f;

	if (port != 0 || conf->port_file == NULL || conf->port_file[0] == '\0')
		return port;
	f = fopen(conf->port_file, "re");
	if (f == NULL)
		return 0;
	if (fscanf(f, "%d", &port) != 1 || port < 1 || port > 65535)
		port = 0;
	fclose(f);
	return port;
}

static void connect_now(struct link *l)
{
	struct conn_to to = {
	    .host = l->conf.host, .port = port_of(&l->conf), .attempt = l->attempt++, .name = l->conf.name};

	l->phase = PHASE_OPENING;
	if (to.port == 0) {
		lost(l, "link.unreachable", l->conf.port_file != NULL ? l->conf.port_file : "port");
		return;
	}
	l->conn = conn_open(l->loop, l->files, &to, &line_calls, l);
}

static void on_retry(uv_timer_t *t)
{
	struct link *l = t->data;

	if (!l->closing && l->conn == NULL)
		connect_now(l);
}

static void on_tick(uv_timer_t *t)
{
	struct link *l = t->data;

	l->dirty = true;
	link_expire(l);
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

static void free_link(struct link *l)
{
	for (size_t i = 0; i < l->nstrings; i++)
		free(l->strings[i]);
	link_requests_done(l);
	reply_free(l->hello);
	bytes_out_done(&l->pushed);
	free(l->subscription);
	outbox_done(&l->outbox);
	journal_close(l->journal);
	tls_files_free(l->files);
	sodium_memzero(l, sizeof(*l));
	free(l);
}

void link_release(struct link *l)
{
	if (--l->holds == 0)
		free_link(l);
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
	l->delay = RETRY_MS;
	l->phase = PHASE_DOWN;
	bytes_out_init(&l->pushed, 0);
	l->files = tls_files_new(l->conf.ca, l->conf.cert, l->conf.key, error, size);
	if (l->files == NULL || link_open_journal(l, error, size) < 0) {
		free_link(l);
		return NULL;
	}
	l->prepare.data = l->retry.data = l->tick.data = l;
	l->holds = 3;
	(void)uv_prepare_init(loop, &l->prepare);
	(void)uv_timer_init(loop, &l->retry);
	(void)uv_timer_init(loop, &l->tick);
	(void)uv_prepare_start(&l->prepare, on_prepare);
	uv_unref((uv_handle_t *)&l->prepare);
	uv_timer_start(&l->retry, on_retry, 0, 0);
	return l;
}
