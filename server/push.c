/* Events: what the tail brought, written to everyone who wants to hear of it. */
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "server/local.h"
#include "server/renew.h"
#include "server/server.h"

enum { COL_SNAPSHOT, COL_EVENT, COL_NAME = 3, COL_CASE, COL_POST = 6 };

/* A subscription on its way. */
struct wish {
	struct request *r;
	bool all;
	size_t ncases;
	int64_t cases[];
};

static void push_row(struct server *s, const struct sub *sub, const struct bytes_out *row)
{
	struct peer *p = peer_find(s, sub->peer);
	struct bytes_out *out = p != NULL ? net_conn_out(p->conn) : NULL;
	size_t begun;

	if (out == NULL)
		return;
	begun = frame_begin(out, op_by_name("event.subscribe")->id, FRAME_PUSH, sub->request);
	bytes_put(out, row->p, row->len);
	frame_end(out, begun);
	s->metrics.pushes++;
	net_conn_wrote(p->conn);
}

static bool is(const struct op_value *v, const char *text)
{
	return v->len == strlen(text) && memcmp(v->data, text, v->len) == 0;
}

static void push_event(struct server *s, const struct db_query *q, int row, struct bytes_out *buf)
{
	struct op_value case_id = db_query_cell(q, row, COL_CASE);
	struct op_value post_id = db_query_cell(q, row, COL_POST);
	struct op_value name = db_query_cell(q, row, COL_NAME);

	bytes_out_reset(buf);
	db_query_put_row(q, row, COL_EVENT, buf);
	if (buf->bad)
		return;
	s->metrics.events++;
	/* Peers close later in the loop, so the list stands still meanwhile. */
	for (size_t i = 0; i < s->subs.count; i++)
		if (sub_hears(&s->subs.list[i], op_int(&case_id), op_int(&post_id)))
			push_row(s, &s->subs.list[i], buf);
	if (is(&name, "post.held") || is(&name, "post.assign"))
		renew_post(s, op_int(&post_id));
}

static void tail_failed(struct server *s, const char *why)
{
	if (s->draining)
		return;
	s->metrics.tail_failed++;
	server_warn(s, &s->tail_warned, "tail.failed", why);
}

static void on_tail(void *arg, struct db_query *q)
{
	struct server *s = arg;
	struct op_value cursor = db_query_cell(q, 0, COL_SNAPSHOT);
	int rows = db_query_rows(q);
	struct bytes_out buf;

	s->metrics.tail_readings++;
	if (db_query_end(q) != DB_OK)
		tail_failed(s, db_query_code(q));
	bytes_out_init(&buf, 0);
	for (int i = 0; i < rows; i++)
		if (!db_query_cell(q, i, COL_EVENT).null)
			push_event(s, q, i, &buf);
	bytes_out_done(&buf);
	tail_done(&s->tail, cursor.null ? NULL : (const char *)cursor.data, cursor.len, rows >= TAIL_PAGE);
	db_query_free(q);
}

bool push_read(void *ctx, const char *cursor, size_t len)
{
	struct server *s = ctx;
	struct bytes_out values;
	struct db_query *q;

	bytes_out_init(&values, 0);
	if (len == 0)
		op_put_null(&values);
	else
		op_put_bytes(&values, cursor, len);
	op_put_int4(&values, TAIL_PAGE);
	q = db_query_internal(DB_TAIL, &values);
	bytes_out_done(&values);
	if (db_pool_run(s->pool, q, 0, on_tail, s) == DB_OK)
		return true;
	tail_failed(s, "server.unavailable");
	return false;
}

/* The answer to event.subscribe. Whoever is logged in by now has not asked for it. */
static void wish_answered(struct wish *w, const struct db_query *q, bool stands, bool ok)
{
	if (db_query_end(q) != DB_OK)
		request_failed(w->r, q);
	else if (!stands)
		request_answer(w->r, OP_NO_SESSION, "session.none", NULL, NULL);
	else if (!ok)
		request_answer(w->r, OP_BUSY, "server.busy", NULL, NULL);
	else
		request_done(w->r);
}

static void on_posts(void *arg, struct db_query *q)
{
	struct wish *w = arg;
	struct peer *p = request_peer(w->r);
	size_t n;
	int64_t *posts = renew_posts(q, &n);
	bool ok = posts != NULL, stands = p != NULL && request_stands(w->r, p);

	if (ok && db_query_end(q) == DB_OK && stands)
		ok = subs_set(&p->server->subs, p->id, w->r->id, w->all, posts, n, w->cases, w->ncases) == 0;
	wish_answered(w, q, stands, ok);
	free(posts);
	db_query_free(q);
	free(w);
}

void push_subscribe(struct request *r, struct peer *p, const struct op_value *v)
{
	struct op_elements elements;
	struct op_value element;
	struct wish *w;
	enum db_end end;

	if (op_bool(&v[1]) && !(p->session.class & OP_SUPERVISOR)) {
		request_answer(r, OP_DENIED, "op.class", "all", NULL);
		return;
	}
	w = calloc(1, sizeof(*w) + v[0].count * sizeof(w->cases[0]));
	if (w == NULL) {
		request_answer(r, OP_BUSY, "server.busy", NULL, NULL);
		return;
	}
	w->r = r;
	w->all = op_bool(&v[1]);
	op_elements_init(&elements, &v[0]);
	while (op_elements_next(&elements, &element))
		w->cases[w->ncases++] = op_int(&element);
	/* What the peer reads from here on is read after this: no change of these cases falls between. */
	if (subs_watch(&r->server->subs, p->id, r->id, w->all, w->cases, w->ncases) < 0) {
		free(w);
		request_answer(r, OP_BUSY, "server.busy", NULL, NULL);
		return;
	}
	end = db_pool_run(
	    r->server->pool, ask_token(DB_POSTS, p->session.token), session_owner(&p->session), on_posts, w);
	if (end == DB_OK)
		return;
	free(w);
	request_answer(r, end == DB_BUSY ? OP_BUSY : OP_UNAVAILABLE,
	    end == DB_BUSY ? "server.busy" : "server.unavailable", NULL, NULL);
}
