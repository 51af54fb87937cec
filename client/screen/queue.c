/* My queue (F3): open cases of the posts held now, live. */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/caselist.h"
#include "client/screen/screen.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { QUEUE_LIMIT = 200 };

struct queue {
	struct caselist cases;
	bool asking, again; /* an answer is under way; something changed meanwhile */
	bool early;         /* a key for the rows came before them; the keys after it wait */
	enum request early_request;
	struct key early_key;
};

static void ask(struct queue *q, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	if (q->asking) {
		q->again = true;
		return;
	}
	op_put_null(&out);
	op_put_null(&out);
	op_put_null(&out);
	op_put_int4(&out, QUEUE_LIMIT);
	op_put_null(&out);
	q->asking = true;
	q->again = false;
	fx_send(fx, "case.queue", 0, 0, &out);
}

static void queue_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct queue *q = s->state;
	(void)arg;
	caselist_init(&q->cases);
	ask(q, fx);
}

static void queue_close(struct screen *s)
{
	caselist_done(&((struct queue *)s->state)->cases);
}

/* Cases that stand where the receipt left them: work somebody began and must end (ONE-2). */
static int received(const struct queue *q)
{
	int n = 0;
	for (size_t i = 0; q->cases.rows != NULL && i < q->cases.rows->nrows; i++)
		n += strcmp(reply_text(q->cases.rows, i, "state"), "received") == 0;
	return n;
}

/* First contacts that wait for this person (FST-1), and what nobody closed in time (FST-2). */
static void visits(const struct desk *d, const struct area *a)
{
	int used = 0;
	if (d->visits_asked > 0)
		used = draw_format(a->y, a->x, a->w, FACE_WARN,
		    ngettext(" · %d visitor handed over to you", " · %d visitors handed over to you",
			(unsigned long)d->visits_asked),
		    d->visits_asked);
	if (d->visits_late > 0)
		draw_format(a->y, a->x + used, a->w - used, FACE_WARN,
		    ngettext(" · %d first contact not closed in time",
			" · %d first contacts not closed in time", (unsigned long)d->visits_late),
		    d->visits_late);
}

static void queue_draw(struct screen *s, const struct area *a)
{
	struct queue *q = s->state;
	char title[128], empty[400];
	int n = q->cases.rows == NULL ? 0 : (int)q->cases.rows->nrows;
	snprintf(title, sizeof title,
	    n < QUEUE_LIMIT ? _("To do · %d cases") : _("To do · the first %d cases"), n);
	int used = draw_text(a->y, a->x + 1, a->w - 2, FACE_TITLE, title), open = received(q);
	if (open > 0)
		used += draw_format(a->y, a->x + 1 + used, a->w - 2 - used, FACE_WARN,
		    ngettext(" · %d received, neither accepted nor corrected yet",
			" · %d received, neither accepted nor corrected yet", (unsigned long)open),
		    open);
	visits(s->desk, &(struct area){a->y, a->x + 1 + used, 1, a->w - 2 - used});
	struct area list = {a->y + 1, a->x, a->h - 1, a->w};
	if (s->desk->away[0] != '\0')
		snprintf(empty, sizeof empty, _("You hold no post now (%s)."), s->desk->away);
	else
		snprintf(empty, sizeof empty, "%s", _("Nothing is waiting. F2 takes in an application."));
	caselist_draw(&q->cases, &list, empty);
}

/* A scanned number or the first digit of one opens the find box with it. */
static bool begins_search(const struct key *k)
{
	return (k->code == K_TEXT && k->text[0] >= '0' && k->text[0] <= '9') || k->code == K_PASTE;
}

static bool about_rows(enum request r, const struct key *k)
{
	return r == REQ_OPEN ||
	       (r == REQ_KEY && (k->code == K_UP || k->code == K_DOWN || k->code == K_PGUP ||
				    k->code == K_PGDN || k->code == K_HOME || k->code == K_END));
}

static bool queue_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct queue *q = s->state;
	struct screen_arg arg = {.id = caselist_case(&q->cases)};
	if (q->cases.rows == NULL && q->asking && about_rows(r, k)) {
		q->early = true;
		q->early_request = r;
		q->early_key = *k;
		fx_hold(fx);
		return true;
	}
	if (r == REQ_OPEN) {
		if (arg.id == 0)
			fx_warn_code(fx, "find.none", NULL);
		else
			fx_push(fx, &screen_case, &arg);
		return true;
	}
	if (r == REQ_REFRESH) {
		ask(q, fx);
		return false;
	}
	if (r != REQ_KEY)
		return false;
	if (begins_search(k)) {
		snprintf(
		    arg.text, sizeof arg.text, "%.*s", (int)k->len, k->code == K_PASTE ? k->paste : k->text);
		fx_push(fx, &screen_search, &arg);
		return true;
	}
	return list_key(&q->cases.list, k);
}

static void queue_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct queue *q = s->state;
	switch (m->kind) {
	case MESSAGE_EVENTS:
	case MESSAGE_ONLINE:
	case MESSAGE_RESULT:
		ask(q, fx);
		return;
	case MESSAGE_REPLY:
		q->asking = false;
		if (reply_ok(m->reply))
			caselist_load(&q->cases, m->reply, false);
		else
			fx_warn_reply(fx, m->reply);
		if (q->again)
			ask(q, fx);
		if (!q->early)
			return;
		q->early = false;
		fx_release(fx);
		if (reply_ok(m->reply))
			(void)queue_request(s, q->early_request, &q->early_key, fx);
		return;
	case MESSAGE_STOPPED:
		q->early = q->asking = false;
		return;
	default:
		return;
	}
}

/* Seldom there is one, so the bar names their list only then. */
static const char *queue_label(const struct screen *s, enum request r)
{
	return r == REQ_VISITS && s->desk->visits_asked + s->desk->visits_late == 0 ? "" : NULL;
}

const struct screen_ops screen_queue = {
    .name = "queue",
    .title = N_("To do"),
    .on = ON_QUEUE,
    .size = sizeof(struct queue),
    .open = queue_open,
    .close = queue_close,
    .draw = queue_draw,
    .request = queue_request,
    .message = queue_message,
    .label = queue_label,
};
