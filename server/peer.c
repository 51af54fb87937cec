/* Peers and their requests (peer.h): gate, call, answer. */
#include "server/peer.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "server/server.h"

enum { INDEX_BITS = 20, FIRST_CAP = 64 };

/* A free slot; room is made when there is none. SIZE_MAX when out of memory. */
static size_t free_slot(struct peers *all)
{
	size_t cap = all->cap == 0 ? FIRST_CAP : all->cap * 2;
	struct peer **slot;

	for (size_t i = 0; i < all->cap && all->count < all->cap; i++)
		if (all->slot[i] == NULL)
			return i;
	if (cap > (size_t)1 << INDEX_BITS)
		return SIZE_MAX;
	slot = realloc(all->slot, cap * sizeof(struct peer *));
	if (slot == NULL)
		return SIZE_MAX;
	for (size_t i = all->cap; i < cap; i++)
		slot[i] = NULL;
	all->slot = slot;
	all->cap = cap;
	return all->count;
}

struct peer *peer_new(struct server *s)
{
	size_t i = free_slot(&s->peers);
	struct peer *p = i != SIZE_MAX ? calloc(1, sizeof(*p)) : NULL;

	if (p == NULL)
		return NULL;
	p->id = ++s->peers.serial << INDEX_BITS | i;
	p->server = s;
	session_init(&p->session);
	s->peers.slot[i] = p;
	s->peers.count++;
	return p;
}

struct peer *peer_find(struct server *s, uint64_t id)
{
	size_t i = id & (((uint64_t)1 << INDEX_BITS) - 1);
	struct peer *p = i < s->peers.cap ? s->peers.slot[i] : NULL;

	return p != NULL && p->id == id ? p : NULL;
}

unsigned peer_serial(const struct peer *p)
{
	return (unsigned)(p->id >> INDEX_BITS);
}

static void request_free(struct request *r)
{
	if (r->proof != NULL) {
		sodium_memzero(r->proof, sizeof(*r->proof));
		free(r->proof);
	}
	db_query_free(r->q);
	free(r);
}

void peer_free(struct peer *p)
{
	struct peers *all = &p->server->peers;

	while (p->paging != NULL) {
		struct request *r = p->paging;

		p->paging = r->next;
		request_free(r);
	}
	subs_drop(&p->server->subs, p->id);
	p->server->stale -= p->stale;
	all->slot[p->id & (((uint64_t)1 << INDEX_BITS) - 1)] = NULL;
	all->count--;
	sodium_memzero(p, sizeof(*p));
	free(p);
}

void peer_logged_out(struct peer *p)
{
	session_closed(&p->session);
	subs_drop(&p->server->subs, p->id);
	/* Its limit stays: long frames may be on their way already, and the answer to them is NO_SESSION. */
	net_conn_idle(p->conn, p->server->idle_login_ms);
}

struct peer *request_peer(const struct request *r)
{
	return peer_find(r->server, r->peer);
}

bool request_stands(const struct request *r, const struct peer *p)
{
	return r->session == p->session.serial;
}

/* Reads are too many to log each, and so are chunks of attachments; whatever else changes or
 * fails is not. */
static bool log_quietly(const struct op *op, unsigned status)
{
	bool chunk = op->kind == OP_CALL && strncmp(op->name, "paper.", 6) == 0;

	return status == OP_OK && (op->kind == OP_READ || chunk);
}

static void log_request(const struct request *r, const struct peer *p, unsigned status, const char *code)
{
	double ms = (double)(uv_hrtime() - r->began) / 1e6;
	bool quiet = log_quietly(r->op, status);

	metrics_request(&r->server->metrics, r->op, status, ms / 1e3);
	log_line(quiet ? LOG_DEBUG_ : LOG_INFO_, "op", "conn=%u window=%d op=%s status=%u code=%s ms=%.1f",
	    p != NULL ? peer_serial(p) : 0, p != NULL ? p->session.window_no : 0, r->op->name, status,
	    code != NULL ? code : "-", ms);
}

/* The request is answered, or nobody waits for it any more. */
static void request_end(struct request *r, unsigned status, const char *code)
{
	struct peer *p = request_peer(r);

	log_request(r, p, status, code);
	if (p != NULL)
		session_end(&p->session, r->step);
	request_free(r);
	if (p == NULL)
		return;
	if (session_answered(&p->session) && !p->server->draining)
		net_conn_resume(p->conn);
	if (p->server->draining && p->session.in_flight == 0)
		net_conn_end(p->conn);
}

bool request_begin(struct request *r, struct peer *p, enum session_step step)
{
	if (!session_begin(&p->session, step)) {
		request_answer(r, OP_BUSY, "server.busy", NULL, NULL);
		return false;
	}
	r->step = step;
	return true;
}

bool request_proof(struct request *r)
{
	r->proof = calloc(1, sizeof(*r->proof));
	if (r->proof != NULL)
		return true;
	request_answer(r, OP_BUSY, "server.busy", NULL, NULL);
	return false;
}

struct peer *request_peer_or_end(struct request *r)
{
	struct peer *p = request_peer(r);

	if (p == NULL)
		request_end(r, OP_UNAVAILABLE, "peer.gone");
	return p;
}

static void put_outcome(struct bytes_out *out, const char *code, const char *arg1, const char *arg2)
{
	op_put_text(out, code);
	op_put_text(out, arg1);
	op_put_text(out, arg2);
	for (int i = OUTCOME_ARG3; i < OUTCOME_COLUMNS; i++)
		op_put_null(out);
}

static void write_refusal(struct peer *p, uint16_t op, uint32_t request, unsigned status, const char *code,
    const char *arg1, const char *arg2)
{
	struct bytes_out *out = net_conn_out(p->conn);
	size_t begun;

	if (out == NULL)
		return;
	begun = frame_begin(out, op, (uint16_t)status, request);
	put_outcome(out, code, arg1, arg2);
	frame_end(out, begun);
	net_conn_wrote(p->conn);
}

void request_answer(struct request *r, unsigned status, const char *code, const char *arg1, const char *arg2)
{
	struct peer *p = request_peer(r);

	if (p != NULL && status == OP_NO_SESSION && request_stands(r, p))
		peer_logged_out(p);
	if (p != NULL)
		write_refusal(p, r->op->id, r->id, status, code, arg1, arg2);
	request_end(r, status, code);
}

void request_failed(struct request *r, const struct db_query *q)
{
	const char *code = db_query_code(q);

	request_answer(r, db_query_status(q), code != NULL ? code : "server.other", db_query_arg(q, 1),
	    db_query_arg(q, 2));
}

void request_row(struct request *r, const struct bytes_out *row)
{
	struct peer *p = request_peer(r);
	struct bytes_out *out = p != NULL ? net_conn_out(p->conn) : NULL;

	if (out != NULL) {
		size_t begun = frame_begin(out, r->op->id, OP_OK, r->id);

		if (row != NULL)
			bytes_put(out, row->p, row->len);
		frame_end(out, begun);
		net_conn_wrote(p->conn);
	}
	request_end(r, OP_OK, NULL);
}

void request_done(struct request *r)
{
	request_row(r, NULL);
}

void request_call(struct request *r, struct db_query *q, void (*done)(void *r, struct db_query *q))
{
	struct peer *p = request_peer(r);
	enum db_end end =
	    db_pool_run(r->server->pool, q, p != NULL ? session_owner(&p->session) : 0, done, r);

	if (end == DB_BUSY)
		request_answer(r, OP_BUSY, "server.busy", NULL, NULL);
	else if (end != DB_OK)
		request_answer(r, OP_UNAVAILABLE, "server.unavailable", NULL, NULL);
}

/* One frame of the answer. True when it was the last. */
static bool put_page(struct request *r, struct bytes_out *out)
{
	bool rows = op_width(op_reply_fields(r->op, r->status)) > 0, last = true;
	size_t begun = frame_begin(out, r->op->id, (uint16_t)r->status, r->id);

	if (rows)
		last = db_query_put(r->q, r->first, out, FRAME_MAX);
	frame_end(out, begun);
	if (!last) /* the second half of the header's second word */
		bytes_set_u32(out, begun + 4, (uint32_t)r->op->id << 16 | r->status | FRAME_MORE);
	return last;
}

/* As much of the answer as the backlog takes. True when all of it is written. */
static bool put_pages(struct request *r, struct peer *p)
{
	bool last = false;

	while (!last && net_conn_backlog(p->conn) < NET_BACKLOG_STOP) {
		struct bytes_out *out = net_conn_out(p->conn);

		if (out == NULL)
			return true;
		last = put_page(r, out);
		net_conn_wrote(p->conn);
	}
	if (!last)
		net_conn_hungry(p->conn);
	return last;
}

void peer_drained(struct peer *p)
{
	uint64_t id = p->id;
	struct server *s = p->server;

	/* Ending a request may end the peer. */
	while ((p = peer_find(s, id)) != NULL && p->paging != NULL) {
		struct request *r = p->paging;

		if (!put_pages(r, p))
			return;
		p->paging = r->next;
		r->next = NULL;
		request_end(r, r->status, NULL);
	}
}

static void send_rows(struct request *r, struct peer *p)
{
	struct request **end = &p->paging;

	if (p->paging == NULL && put_pages(r, p)) {
		request_end(r, r->status, NULL);
		return;
	}
	while (*end != NULL)
		end = &(*end)->next;
	*end = r;
}

/* The status column in front of a write's outcome moves into the frame. */
static bool take_status(struct request *r)
{
	struct op_value status;

	r->status = OP_OK;
	r->first = 0;
	if (r->op->kind != OP_WRITE && r->op->out != op_outcome)
		return true;
	if (db_query_rows(r->q) != 1)
		return false;
	status = db_query_cell(r->q, 0, 0);
	r->status = (unsigned)op_int(&status) & FRAME_STATUS;
	r->first = 1;
	return r->status <= OP_FENCED;
}

static void after_success(struct request *r, struct peer *p)
{
	if (r->op->kind != OP_READ)
		tail_kick(&r->server->tail);
	if (p != NULL && request_stands(r, p) && strcmp(r->op->name, "session.lock") == 0)
		p->session.locked = true;
	if (strcmp(r->op->name, "session.kick") == 0)
		r->server->peers.kicked(r->server);
}

static void on_called(void *arg, struct db_query *q)
{
	struct request *r = arg;
	struct peer *p = request_peer(r);

	r->q = q;
	if (db_query_end(q) != DB_OK) {
		request_failed(r, q);
		return;
	}
	if (!take_status(r)) {
		log_line(LOG_ERROR_, "op.outcome", "op=%s rows=%d", r->op->name, db_query_rows(q));
		request_answer(r, OP_REFUSED, "server.other", NULL, NULL);
		return;
	}
	if (r->status == OP_OK)
		after_success(r, p);
	if (p == NULL) {
		request_end(r, r->status, NULL);
		return;
	}
	if (r->status == OP_NO_SESSION && request_stands(r, p))
		peer_logged_out(p);
	send_rows(r, p);
}

/* SHA-256 over the operation and its fields: the same request has the same hash. */
static void hash_request(const struct gate *g, uint8_t hash[crypto_hash_sha256_BYTES])
{
	const uint8_t id[2] = {(uint8_t)(g->op->id >> 8), (uint8_t)g->op->id};
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, id, sizeof(id));
	crypto_hash_sha256_update(&state, g->body, g->body_len);
	crypto_hash_sha256_final(&state, hash);
}

/* What stands in front of the fields: the token, and for a write its key and hash. */
static void call(struct request *r, struct peer *p, const struct gate *g)
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	struct bytes_out prefix;
	struct db_query *q;

	bytes_out_init(&prefix, 0);
	op_put_bytes(&prefix, p->session.token, SESSION_TOKEN);
	if (g->op->kind == OP_WRITE) {
		hash_request(g, hash);
		op_put_int4(&prefix, (int32_t)g->key.epoch);
		op_put_int2(&prefix, (int16_t)g->key.slot);
		op_put_int8(&prefix, (int64_t)g->key.seq);
		op_put_bytes(&prefix, hash, sizeof(hash));
	}
	q = db_query_op(g->op, &prefix, g->body, g->body_len);
	bytes_out_done(&prefix);
	request_call(r, q, on_called);
}

static void run(struct peer *p, const struct frame *f, const struct gate *g)
{
	struct request *r = calloc(1, sizeof(*r));

	if (r == NULL) {
		write_refusal(p, f->op, f->request, OP_BUSY, "server.busy", NULL, NULL);
		return;
	}
	r->server = p->server;
	r->peer = p->id;
	r->session = p->session.serial;
	r->id = f->request;
	r->op = g->op;
	r->began = uv_hrtime();
	if (!session_asked(&p->session))
		net_conn_pause(p->conn);
	if (g->op->kind == OP_LOCAL)
		p->server->peers.local(r, p, g->v);
	else
		call(r, p, g);
}

void peer_frame(struct peer *p, const struct frame *f)
{
	struct gate g;

	switch (gate_judge(&p->session, f, &g)) {
	case GATE_CLOSE:
		p->server->metrics.malformed++;
		log_line(LOG_WARN_, "frame.bad", "conn=%u window=%d peer=%s op=%04x why=%s", peer_serial(p),
		    p->session.window_no, net_conn_peer(p->conn), f->op, g.code);
		net_conn_kill(p->conn, NET_MALFORMED, g.code);
		break;
	case GATE_ANSWER:
		log_line(LOG_INFO_, "op.refused", "conn=%u window=%d op=%s status=%u code=%s field=%s",
		    peer_serial(p), p->session.window_no, g.op != NULL ? g.op->name : "?", g.status, g.code,
		    g.field != NULL ? g.field : "-");
		p->server->metrics.requests[g.status]++;
		write_refusal(p, f->op, f->request, g.status, g.code, g.field, NULL);
		break;
	case GATE_RUN:
		run(p, f, &g);
		break;
	}
}
