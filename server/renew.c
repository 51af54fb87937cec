/* Posts and classes of sessions, read again (renew.h). */
#include "server/renew.h"

#include <stdlib.h>

#include "common/log.h"
#include "server/local.h"
#include "server/server.h"

int64_t *renew_posts(const struct db_query *q, size_t *n)
{
	int rows = db_query_rows(q);
	int64_t *posts = malloc(((size_t)rows + 1) * sizeof(*posts));

	*n = 0;
	for (int i = 0; posts != NULL && i < rows; i++) {
		struct op_value v = db_query_cell(q, i, 0);

		if (!v.null)
			posts[(*n)++] = op_int(&v);
	}
	return posts;
}

/* Who is a supervisor no more hears no more of everything. */
static void renewed(struct server *s, struct peer *p, const struct db_query *q)
{
	struct op_value class = db_query_cell(q, 0, 1);
	size_t n;
	int64_t *posts = renew_posts(q, &n);

	if (!class.null)
		p->session.class = (uint8_t)op_int(&class);
	if (posts == NULL || subs_renew(&s->subs, p->id, posts, n) < 0)
		log_line(LOG_WARN_, "subs.memory", "%s", "");
	if (!(p->session.class & OP_SUPERVISOR))
		subs_narrow(&s->subs, p->id);
	free(posts);
}

static void mark(struct server *s, struct peer *p)
{
	if (p->session.state != SESSION_OPEN || p->stale)
		return;
	p->stale = true;
	s->stale++;
}

static void on_renewed(void *arg, struct db_query *q)
{
	struct server *s = arg;
	struct peer *p = peer_find(s, s->renewing);

	if (p != NULL && p->session.serial != s->renewing_session)
		p = NULL; /* of the session before */
	if (p != NULL && db_query_status(q) == OP_NO_SESSION)
		peer_logged_out(p);
	else if (p != NULL && db_query_end(q) == DB_OK)
		renewed(s, p, q);
	bool lost = db_query_end(q) != DB_OK && db_query_status(q) != OP_NO_SESSION;
	if (p != NULL && lost)
		mark(s, p); /* at the next beat */
	db_query_free(q);
	s->renewing = 0;
	if (!lost)
		renew_go_on(s);
}

/* One at a time, so that nobody else waits for it. */
void renew_go_on(struct server *s)
{
	for (size_t i = 0; s->renewing == 0 && s->stale > 0 && i < s->peers.cap; i++) {
		struct peer *p = s->peers.slot[i];

		if (p == NULL || !p->stale)
			continue;
		p->stale = false;
		s->stale--;
		if (p->session.state != SESSION_OPEN)
			continue;
		s->renewing = p->id;
		s->renewing_session = p->session.serial;
		if (db_pool_run(s->pool, ask_token(DB_POSTS, p->session.token), 0, on_renewed, s) == DB_OK)
			return;
		s->renewing = 0;
		p->stale = true; /* at the next beat */
		s->stale++;
		return;
	}
}

void renew_post(struct server *s, int64_t post_id)
{
	for (size_t i = 0; i < s->peers.cap; i++)
		if (s->peers.slot[i] != NULL && subs_concerned(&s->subs, s->peers.slot[i]->id, post_id))
			mark(s, s->peers.slot[i]);
	renew_go_on(s);
}

void renew_all(struct server *s)
{
	for (size_t i = 0; i < s->peers.cap; i++)
		if (s->peers.slot[i] != NULL)
			mark(s, s->peers.slot[i]);
	renew_go_on(s);
}
