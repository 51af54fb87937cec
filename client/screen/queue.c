/*
 * My queue (F3): open cases of the posts held now, live, the most urgent first
 * (CLK-5); the same by what they wait for, or of one day.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/act.h"
#include "client/screen/caselist.h"
#include "client/screen/reviewing.h"
#include "client/screen/silence.h"
#include "client/screen/roll.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { QUEUE_LIMIT = 200, TAG_REVIEWS = 1, TAG_SILENCE };

/* Pages of the queue, in the order of their requests. */
static const struct {
	const char *state; /* what case.queue is asked for */
	const char *name, *none;
} pages[] = {{NULL, N_("All"), N_("Nothing is waiting. F2 takes in an application.")},
    {"light", N_("Urgent"), N_("Nothing is yellow or red.")},
    {"correcting", N_("Correcting"), N_("Nobody is being waited for to bring papers.")},
    {"suspended", N_("Stopped"), N_("No case stands still.")},
    {"forwarded", N_("Sent up"), N_("Nothing is with a higher authority.")},
    {"decided", N_("To close"), N_("Nothing decided waits to be closed.")},
    {"deliver", N_("To deliver"), N_("No result or refusal waits to be delivered.")}};
enum { PAGES = sizeof pages / sizeof *pages };

struct queue {
	struct caselist cases;
	int page, shown;    /* asked for; that of the rows */
	bool fresh;         /* the next answer is another list: keys wait for it */
	int32_t from, day;  /* only what falls due on these; 0: any time */
	bool asking, again; /* an answer is under way; something changed meanwhile */
	int reviews,
	    fall;   /* of joint cases waiting for one's posts; of these silence is about to decide (DEEM-2) */
	int silent; /* cases silence is about to grant, or granted and the decision is to follow (DEEM-5) */
	bool early; /* a key for the rows came before them; the keys after it wait */
	enum request early_request;
	struct key early_key;
};

static void put_day(struct bytes_out *out, int32_t day)
{
	if (day == 0)
		op_put_null(out);
	else
		op_put_date(out, day);
}

static void ask(struct queue *q, struct effects *fx)
{
	if (q->asking) {
		q->again = true;
		return;
	}
	struct bytes_out out = fx_payload();
	op_put_null(&out);
	op_put_text(&out, pages[q->page].state);
	op_put_null(&out);
	op_put_int4(&out, QUEUE_LIMIT);
	put_day(&out, q->day);
	put_day(&out, q->from);
	q->asking = true;
	q->again = false;
	fx_send(fx, "case.queue", 0, 0, &out);
}

/* How many reviews wait beside the cases: F6 shows them; what silence grants, of one's posts or, for supervisors,
 * tonight's of the hall. */
static void ask_reviews(const struct desk *d, struct effects *fx)
{
	reviewing_ask(fx, TAG_REVIEWS, 0, "mine", 0, QUEUE_LIMIT);
	silence_ask(fx, TAG_SILENCE, 0, (d->class & OP_SUPERVISOR) != 0 ? "tonight" : "mine", 0);
}

static void count_reviews(struct queue *q, const struct reply *r)
{
	if (!reply_ok(r))
		return;
	q->reviews = (int)r->nrows;
	q->fall = 0;
	for (size_t i = 0; i < r->nrows; i++)
		q->fall += reviewing_falls(r, i);
}

static void queue_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct queue *q = s->state;
	caselist_init(&q->cases);
	if (arg != NULL && arg->number > 0 && arg->number < PAGES)
		q->page = q->shown = (int)arg->number;
	if (arg != NULL && arg->day != 0) {
		q->day = arg->day;
		q->from = arg->from;
	}
	ask(q, fx);
	ask_reviews(s->desk, fx);
}

/* Another list: what stands there stays until the answer, then the first row is selected. */
static void turn(struct queue *q, int page, struct effects *fx)
{
	q->page = page;
	if (!q->fresh)
		fx_hold(fx);
	q->fresh = true;
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

static int title(const struct queue *q, const struct area *a)
{
	char day[16];
	int n = q->cases.rows == NULL ? 0 : (int)q->cases.rows->nrows;
	if (q->day != 0)
		return draw_format(a->y, a->x + 1, a->w - 2, FACE_TITLE,
		    q->from == 0 ? _("Due by %s · %d cases") : _("Due on %s · %d cases"),
		    word_date(q->day, day, sizeof day), n);
	return draw_format(a->y, a->x + 1, a->w - 2, FACE_TITLE,
	    n < QUEUE_LIMIT ? _("To do · %d cases") : _("To do · the first %d cases"), n);
}

static void tabs(const struct queue *q, int y, const struct area *a)
{
	int x = a->x + 1;
	draw_rule(y, a->x, a->w, NULL);
	for (int i = 0; i < PAGES; i++)
		x = draw_tab(y, x, a->x + a->w - 1, _(pages[i].name), i == q->page);
}

static void queue_draw(struct screen *s, const struct area *a)
{
	struct queue *q = s->state;
	char empty[400];
	int used = title(q, a), open = received(q);
	if (open > 0)
		used += draw_format(a->y, a->x + 1 + used, a->w - 2 - used, FACE_WARN,
		    ngettext(" · %d received, neither accepted nor corrected yet",
			" · %d received, neither accepted nor corrected yet", (unsigned long)open),
		    open);
	if (q->reviews > 0)
		used +=
		    draw_format(a->y, a->x + 1 + used, a->w - 2 - used, q->fall > 0 ? FACE_WARN : FACE_PLAIN,
			ngettext(" · %d review for you (F6)", " · %d reviews for you (F6)",
			    (unsigned long)q->reviews),
			q->reviews);
	if (q->fall > 0)
		used += draw_format(
		    a->y, a->x + 1 + used, a->w - 2 - used, FACE_WARN, _(", %d soon deemed agreed"), q->fall);
	if (q->silent > 0)
		used += draw_format(a->y, a->x + 1 + used, a->w - 2 - used, FACE_WARN,
		    ngettext(
			" · %d by silence (F9 csmr)", " · %d by silence (F9 csmr)", (unsigned long)q->silent),
		    q->silent);
	visits(s->desk, &(struct area){a->y, a->x + 1 + used, 1, a->w - 2 - used});
	tabs(q, a->y + 1, a);
	struct area list = {a->y + 2, a->x, a->h - 2, a->w};
	if (s->desk->away[0] != '\0')
		snprintf(empty, sizeof empty, _("You hold no post now (%s)."), s->desk->away);
	else
		snprintf(empty, sizeof empty, "%s", _(pages[q->page].none));
	caselist_draw(&q->cases, &list, empty);
}

/* A scanned number or the first digit of one opens the find box with it. */
static bool begins_search(const struct key *k)
{
	return (k->code == K_TEXT && k->text[0] >= '0' && k->text[0] <= '9') || k->code == K_PASTE;
}

static bool about_rows(enum request r, const struct key *k)
{
	return r == REQ_OPEN || r == REQ_COMMIT ||
	       (r == REQ_KEY && (k->code == K_UP || k->code == K_DOWN || k->code == K_PGUP ||
				    k->code == K_PGDN || k->code == K_HOME || k->code == K_END));
}

/* Tab and the arrows go from list to list, Esc back to the whole queue. */
static bool pages_request(struct queue *q, enum request r, const struct key *k, struct effects *fx)
{
	if (r == REQ_PANE || (r == REQ_KEY && k->code == K_RIGHT))
		turn(q, (q->page + 1) % PAGES, fx);
	else if (r == REQ_KEY && (k->code == K_LEFT || k->code == K_BACKTAB))
		turn(q, (q->page + PAGES - 1) % PAGES, fx);
	else if (r >= REQ_LIST_URGENT && r <= REQ_LIST_DELIVER)
		turn(q, (int)(r - REQ_LIST_URGENT) + 1, fx);
	else if (r == REQ_BACK && q->page != 0 && q->day == 0)
		turn(q, 0, fx);
	else
		return false;
	return true;
}

/* In the list of what is to be delivered that is what is done, whatever else the case waits for. */
static const char *action(const struct queue *q)
{
	bool deliver = strcmp(pages[q->page].state == NULL ? "" : pages[q->page].state, "deliver") == 0;
	return deliver ? "deliver" : caselist_action(&q->cases);
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
	if (r == REQ_OPEN || r == REQ_COMMIT) {
		if (arg.id == 0)
			fx_warn_code(fx, "find.none", NULL);
		else if (r == REQ_OPEN || !act_next(action(q), arg.id, fx))
			fx_push(fx, &screen_case, &arg);
		return true;
	}
	if (r == REQ_REFRESH) {
		ask(q, fx);
		return false;
	}
	if (r == REQ_PROOF && arg.id != 0) {
		size_t at = (size_t)q->cases.list.at;
		arg.number = reply_null(q->cases.rows, at, "term_at") ? 0 : 3;
		snprintf(arg.text, sizeof arg.text, "%s", reply_text(q->cases.rows, at, "number"));
		fx_push(fx, &screen_proof, &arg);
		return true;
	}
	if (pages_request(q, r, k, fx))
		return true;
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

static void load(struct queue *q, const struct reply *rows)
{
	caselist_load(&q->cases, rows, q->fresh);
	q->shown = q->page;
}

static void queue_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct queue *q = s->state;
	switch (m->kind) {
	case MESSAGE_EVENTS:
	case MESSAGE_ONLINE:
	case MESSAGE_RESULT:
		ask(q, fx);
		if (m->kind != MESSAGE_EVENTS ||
		    roll_concern(
			m->reply, "review. light post case. accept decide follow suspend resume licence"))
			ask_reviews(s->desk, fx);
		return;
	case MESSAGE_REPLY:
		if (m->tag == TAG_REVIEWS) {
			count_reviews(q, m->reply);
			return;
		}
		if (m->tag == TAG_SILENCE) {
			q->silent = reply_ok(m->reply) ? silence_count(m->reply) : q->silent;
			return;
		}
		q->asking = false;
		if (reply_ok(m->reply) && !(q->again && q->fresh))
			load(q, m->reply);
		if (q->fresh && !q->again) {
			q->fresh = false;
			fx_release(fx);
		}
		if (!reply_ok(m->reply))
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
		q->early = q->asking = q->fresh = false;
		q->page = q->shown; /* whose rows still stand there */
		return;
	default:
		return;
	}
}

/* F10 as what the case at the cursor waits for. Seldom there is a first contact, so the bar names
 * their list only then. */
static const char *queue_label(const struct screen *s, enum request r)
{
	const struct queue *q = s->state;
	if (r == REQ_COMMIT)
		return caselist_case(&q->cases) == 0 ? "" : act_label(action(q));
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
