/*
 * Who is logged in proves it once more: unlocking the screen, changing the password.
 * One such proof at a time for each window, so that guessing takes its time.
 */
#include <string.h>

#include "common/text.h"
#include "server/local.h"
#include "server/server.h"

enum { PASSWORD_MIN = 8 };

static void keep(char *buf, size_t size, size_t *len, const struct op_value *v)
{
	*len = v->len < size ? v->len : size;
	memcpy(buf, v->data, *len);
}

/* Begins a proof of the session open now. False, and answered, when it may not. */
static bool prove(struct request *r, struct peer *p, const struct op_value *password)
{
	if (!request_begin(r, p, SESSION_STEP_PROVE) || !request_proof(r))
		return false;
	memcpy(r->proof->token, p->session.token, SESSION_TOKEN);
	keep(r->proof->password, sizeof(r->proof->password), &r->proof->password_len, password);
	return true;
}

/* The session still stands and the password was right; else the request is answered. */
static struct peer *proved(struct request *r, bool right)
{
	struct peer *p = request_peer_or_end(r);

	if (p == NULL)
		return NULL;
	p->server->metrics.logins_wrong += !right;
	if (right && request_stands(r, p))
		return p;
	if (right)
		request_answer(r, OP_NO_SESSION, "session.none", NULL, NULL);
	else
		request_answer(r, OP_DENIED, "login.wrong", NULL, NULL);
	return NULL;
}

static void on_unlocked(void *arg, struct db_query *q)
{
	struct request *r = arg;
	struct peer *p = request_peer_or_end(r);

	if (p != NULL && db_query_end(q) == DB_OK) {
		if (request_stands(r, p))
			p->session.locked = false;
		request_done(r);
	} else if (p != NULL) {
		request_failed(r, q);
	}
	db_query_free(q);
}

static void on_unlock_checked(void *arg, bool right)
{
	struct request *r = arg;
	struct bytes_out values;

	if (proved(r, right) == NULL)
		return;
	bytes_out_init(&values, 0);
	op_put_bytes(&values, r->proof->token, SESSION_TOKEN);
	op_put_bool(&values, true);
	request_call(r, ask(DB_VERIFIED, &values), on_unlocked);
}

static void on_unlock_secret(void *arg, struct db_query *q)
{
	login_check(arg, q, on_unlock_checked);
	db_query_free(q);
}

void prove_unlock(struct request *r, struct peer *p, const struct op_value *v)
{
	if (prove(r, p, &v[0]))
		request_call(r, ask_token(DB_OWN_SECRET, r->proof->token), on_unlock_secret);
}

static void on_changed(void *arg, struct db_query *q)
{
	struct request *r = arg;
	struct peer *p = request_peer_or_end(r);

	if (p != NULL && db_query_end(q) == DB_OK) {
		if (request_stands(r, p))
			p->session.must_change = false;
		request_done(r);
	} else if (p != NULL) {
		request_failed(r, q);
	}
	db_query_free(q);
}

static void on_hashed(void *arg, const char *hash)
{
	struct request *r = arg;
	struct bytes_out values;

	if (proved(r, true) == NULL)
		return;
	if (hash == NULL) {
		request_answer(r, OP_BUSY, "server.busy", NULL, NULL);
		return;
	}
	bytes_out_init(&values, 0);
	op_put_bytes(&values, r->proof->token, SESSION_TOKEN);
	op_put_text(&values, hash);
	request_call(r, ask(DB_PASSWORD, &values), on_changed);
}

static void on_old_checked(void *arg, bool right)
{
	struct request *r = arg;

	if (proved(r, right) == NULL)
		return;
	if (auth_hash(&r->server->auth, r->proof->fresh, r->proof->fresh_len, on_hashed, r) < 0)
		request_answer(r, OP_BUSY, "server.busy", NULL, NULL);
}

static void on_old_secret(void *arg, struct db_query *q)
{
	login_check(arg, q, on_old_checked);
	db_query_free(q);
}

void prove_password(struct request *r, struct peer *p, const struct op_value *v)
{
	const char *code = NULL;

	if (text_chars((const char *)v[1].data, v[1].len) < PASSWORD_MIN)
		code = "password.short";
	else if (v[0].len == v[1].len && memcmp(v[0].data, v[1].data, v[0].len) == 0)
		code = "password.same";
	if (code != NULL) {
		request_answer(r, OP_INVALID, code, "new", NULL);
		return;
	}
	if (!prove(r, p, &v[0]))
		return;
	keep(r->proof->fresh, sizeof(r->proof->fresh), &r->proof->fresh_len, &v[1]);
	request_call(r, ask_token(DB_OWN_SECRET, r->proof->token), on_old_secret);
}
