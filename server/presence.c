/* Whose windows are there (presence.h): the sessions of the lines that are up, by the hashes of their tokens. */
#include "server/presence.h"

#include <sodium.h>

#include "common/log.h"
#include "server/local.h"
#include "server/renew.h"
#include "server/server.h"

static void beat_failed(struct server *s, const char *why)
{
	if (!s->draining)
		server_warn(s, &s->beat_warned, "beat.failed", why);
}

static void on_told(void *arg, struct db_query *q)
{
	struct server *s = arg;
	struct op_value emptied = db_query_cell(q, 0, 0), moved = db_query_cell(q, 0, 1);
	bool ok = db_query_end(q) == DB_OK;
	int n = ok ? (int)op_int(&emptied) : 0;

	if (!ok)
		beat_failed(s, db_query_code(q));
	if (n > 0)
		log_line(LOG_INFO_, "post.gone", "emptied=%d", n);
	/* Whose line was cut, or is there again, is seen on the boards at once (WHR-2). */
	if (n > 0 || (ok && op_int(&moved) > 0))
		tail_kick(&s->tail);
	beat_done(&s->beat, ok);
	db_query_free(q);
}

static uint32_t put_sessions(const struct server *s, struct bytes_out *values)
{
	uint32_t n = 0;

	for (size_t i = 0; i < s->peers.cap; i++) {
		const struct peer *p = s->peers.slot[i];
		uint8_t hash[crypto_hash_sha256_BYTES];

		if (p == NULL || p->session.state != SESSION_OPEN)
			continue;
		crypto_hash_sha256(hash, p->session.token, SESSION_TOKEN);
		op_put_bytes(values, hash, sizeof(hash));
		n++;
	}
	return n;
}

bool presence_tell(void *ctx, int32_t elapsed_ms)
{
	struct server *s = ctx;
	struct bytes_out values;
	size_t begun;

	renew_go_on(s);
	bytes_out_init(&values, 0);
	begun = op_array_begin(&values);
	op_array_end(&values, begun, put_sessions(s, &values));
	op_put_int4(&values, elapsed_ms);
	op_put_bytes(&values, s->name, sizeof(s->name));
	if (db_pool_run(s->pool, ask(DB_BEAT, &values), 0, on_told, s) == DB_OK)
		return true;
	beat_failed(s, "server.unavailable");
	return false;
}

void presence_changed(struct server *s)
{
	if (s->serving && !s->draining)
		beat_soon(&s->beat);
}
