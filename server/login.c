/*
 * Letting a window and a person in: hello, login, resume, logout. Each is a few calls one
 * after another, carried by its request; a peer that goes meanwhile ends it.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/log.h"
#include "server/local.h"
#include "server/presence.h"
#include "server/server.h"

static const char PROGRAM[] = "yimend " YIMEN_VERSION;

/* Columns of api.server_hello. */
enum {
	HELLO_HALL,
	HELLO_TEST,
	HELLO_WINDOW_ID,
	HELLO_NO,
	HELLO_NAME,
	HELLO_NOW,
	HELLO_SCHEMA,
	HELLO_HALL_NO,
	HELLO_TRAINING
};

static void put_value(struct bytes_out *out, const struct op_value *v)
{
	if (v->null)
		op_put_null(out);
	else
		op_put_bytes(out, v->data, v->len);
}

static void window_known(struct request *r, struct peer *p, const struct db_query *q)
{
	static const int order[] = {
	    HELLO_HALL, HELLO_NO, HELLO_NAME, HELLO_TEST, HELLO_NOW, HELLO_HALL_NO, HELLO_TRAINING};
	struct op_value no = db_query_cell(q, 0, HELLO_NO);
	struct bytes_out row;

	session_known(&p->session, (int32_t)op_int(&no));
	admit_leave(&p->server->admit, p->id);
	listen_retry(&p->server->listen);
	net_conn_known(p->conn);
	if (p->session.state == SESSION_WINDOW)
		net_conn_idle(p->conn, p->server->idle_login_ms);
	bytes_out_init(&row, 0);
	op_put_int2(&row, FRAME_VERSION_MAX);
	op_put_text(&row, PROGRAM);
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		struct op_value v = db_query_cell(q, 0, order[i]);

		put_value(&row, &v);
	}
	request_row(r, &row);
	bytes_out_done(&row);
}

/* How many lines of this window are known already. */
static int same_window(const struct peer *p)
{
	const struct peers *all = &p->server->peers;
	int n = 0;

	for (size_t i = 0; i < all->cap; i++)
		n += all->slot[i] != NULL && all->slot[i]->session.state >= SESSION_WINDOW &&
		     memcmp(all->slot[i]->session.cert, p->session.cert, SESSION_CERT) == 0;
	return n;
}

static void on_hello(void *arg, struct db_query *q)
{
	struct request *r = arg;
	struct peer *p = request_peer_or_end(r);

	if (p != NULL && db_query_end(q) != DB_OK) {
		request_failed(r, q);
	} else if (p != NULL && db_query_rows(q) == 0) {
		p->server->metrics.unknown_windows++;
		log_line(
		    LOG_WARN_, "window.unknown", "conn=%u peer=%s", peer_serial(p), net_conn_peer(p->conn));
		request_answer(r, OP_DENIED, "window.unknown", NULL, NULL);
		net_conn_end(p->conn);
	} else if (p != NULL && p->session.state == SESSION_ASKING &&
		   same_window(p) >= p->server->options->per_window) {
		log_line(
		    LOG_WARN_, "window.crowd", "conn=%u peer=%s", peer_serial(p), net_conn_peer(p->conn));
		request_answer(r, OP_BUSY, "server.busy", NULL, NULL);
		net_conn_end(p->conn);
	} else if (p != NULL) {
		window_known(r, p, q);
	}
	db_query_free(q);
}

void login_hello(struct request *r, struct peer *p, const struct op_value *v)
{
	struct bytes_out values;

	if (op_int(&v[0]) > FRAME_VERSION_MAX || op_int(&v[1]) < FRAME_VERSION_MIN) {
		request_answer(r, OP_REFUSED, "hello.version", NULL, NULL);
		net_conn_end(p->conn);
		return;
	}
	if (!request_begin(r, p, SESSION_STEP_HELLO))
		return;
	bytes_out_init(&values, 0);
	op_put_bytes(&values, p->session.cert, SESSION_CERT);
	request_call(r, ask(DB_HELLO, &values), on_hello);
}

static size_t keep(char *buf, size_t size, const struct op_value *v)
{
	size_t n = v->len < size ? v->len : size;

	memcpy(buf, v->data, n);
	return n;
}

static void opened(struct request *r, struct peer *p, const struct db_query *q)
{
	const struct op_field *out = r->op->out + 1; /* after the token */
	struct op_value class = db_query_cell(q, 0, op_field_index(out, "class"));
	struct op_value locked = db_query_cell(q, 0, op_field_index(out, "locked"));
	struct op_value must_change = db_query_cell(q, 0, op_field_index(out, "must_change"));
	struct bytes_out row;

	presence_changed(r->server);
	session_open(
	    &p->session, r->proof->token, (unsigned)op_int(&class), op_bool(&locked), op_bool(&must_change));
	p->server->metrics.logins += strcmp(r->op->name, "session.login") == 0;
	net_conn_limit(p->conn, FRAME_MAX);
	net_conn_idle(p->conn, p->server->idle_ms);
	bytes_out_init(&row, 0);
	op_put_bytes(&row, r->proof->token, SESSION_TOKEN);
	db_query_put_row(q, 0, 0, &row);
	request_row(r, &row);
	sodium_memzero(row.p, row.len);
	bytes_out_done(&row);
}

static void on_forgotten(void *arg, struct db_query *q)
{
	(void)arg;
	db_query_free(q);
}

/* Nobody is there to use it: a session must not stay open behind a gone window. */
static void forget_session(struct request *r)
{
	struct db_query *q = ask_token(DB_CLOSE, r->proof->token);

	if (db_pool_run(r->server->pool, q, 0, on_forgotten, NULL) != DB_OK)
		log_line(LOG_WARN_, "session.left", "op=%s", r->op->name);
}

static void on_opened(void *arg, struct db_query *q)
{
	struct request *r = arg;
	struct peer *p = request_peer(r);
	bool done = db_query_end(q) == DB_OK && db_query_rows(q) == 1;

	if (p == NULL) {
		if (done && strcmp(r->op->name, "session.login") == 0)
			forget_session(r);
		(void)request_peer_or_end(r);
	} else if (done) {
		opened(r, p, q);
	} else {
		p->server->metrics.logins_wrong += db_query_status(q) == OP_DENIED;
		request_failed(r, q);
	}
	db_query_free(q);
}

static void put_token_hash(struct bytes_out *values, const struct proof *proof)
{
	uint8_t hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, proof->token, SESSION_TOKEN);
	op_put_bytes(values, hash, sizeof(hash));
}

/* Also with a wrong password: the database says no, and takes as long. */
static void on_checked(void *arg, bool right)
{
	struct request *r = arg;
	struct peer *p = request_peer_or_end(r);
	struct bytes_out values;

	if (p == NULL)
		return;
	randombytes_buf(r->proof->token, SESSION_TOKEN);
	bytes_out_init(&values, 0);
	op_put_bytes(&values, p->session.cert, SESSION_CERT);
	op_put_bytes(&values, r->proof->login, r->proof->login_len);
	op_put_bool(&values, right);
	put_token_hash(&values, r->proof);
	op_put_text(&values, net_conn_peer(p->conn));
	op_put_int4(&values, r->proof->epoch);
	request_call(r, ask(DB_OPEN, &values), on_opened);
}

void login_check(struct request *r, const struct db_query *q, void (*done)(void *r, bool right))
{
	struct op_value secret = db_query_cell(q, 0, 0), wait = db_query_cell(q, 0, 1);
	char seconds[16];

	if (db_query_end(q) != DB_OK) {
		request_failed(r, q);
	} else if (op_int(&wait) > 0) {
		snprintf(seconds, sizeof(seconds), "%d", (int)op_int(&wait));
		request_answer(r, OP_REFUSED, "login.wait", seconds, NULL);
	} else if (auth_verify(&r->server->auth, r->proof->password, r->proof->password_len, secret.data,
		       secret.len, done, r) < 0) {
		request_answer(r, OP_BUSY, "server.busy", NULL, NULL);
	}
}

static void on_secret(void *arg, struct db_query *q)
{
	login_check(arg, q, on_checked);
	db_query_free(q);
}

void login_open(struct request *r, struct peer *p, const struct op_value *v)
{
	struct bytes_out values;

	if (!request_begin(r, p, SESSION_STEP_OPEN) || !request_proof(r))
		return;
	r->proof->login_len = keep(r->proof->login, sizeof(r->proof->login), &v[0]);
	r->proof->password_len = keep(r->proof->password, sizeof(r->proof->password), &v[1]);
	r->proof->epoch = (int32_t)op_int(&v[2]);
	bytes_out_init(&values, 0);
	op_put_bytes(&values, p->session.cert, SESSION_CERT);
	put_value(&values, &v[0]);
	request_call(r, ask(DB_SECRET, &values), on_secret);
}

void login_resume(struct request *r, struct peer *p, const struct op_value *v)
{
	struct bytes_out values;

	if (v[0].len != SESSION_TOKEN) {
		request_answer(r, OP_NO_SESSION, "session.none", NULL, NULL);
		return;
	}
	if (!request_begin(r, p, SESSION_STEP_OPEN) || !request_proof(r))
		return;
	memcpy(r->proof->token, v[0].data, SESSION_TOKEN);
	bytes_out_init(&values, 0);
	op_put_bytes(&values, p->session.cert, SESSION_CERT);
	put_token_hash(&values, r->proof);
	op_put_text(&values, net_conn_peer(p->conn));
	put_value(&values, &v[1]);
	request_call(r, ask(DB_RESUME, &values), on_opened);
}

static void on_logged_out(void *arg, struct db_query *q)
{
	struct request *r = arg;
	struct peer *p = request_peer_or_end(r);

	if (p != NULL && db_query_end(q) == DB_OK) {
		if (request_stands(r, p))
			peer_logged_out(p);
		tail_kick(&p->server->tail);
		request_done(r);
	} else if (p != NULL) {
		request_failed(r, q);
	}
	db_query_free(q);
}

void login_logout(struct request *r, struct peer *p, const struct op_value *v)
{
	(void)v;
	if (request_begin(r, p, SESSION_STEP_CLOSE))
		request_call(r, ask_token(DB_CLOSE, p->session.token), on_logged_out);
}
