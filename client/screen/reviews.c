/*
 * Parallel review (F6): what waits for one's posts, the joint cases one leads,
 * what silence would decide tonight (DEEM-2). Enter opens a review to answer it,
 * or of a case one leads its board.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/light.h"
#include "client/screen/meeting.h"
#include "client/screen/reviewing.h"
#include "client/screen/roll.h"
#include "client/screen/silence.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_LIST = 1, TAG_MEETINGS, TAG_SILENCE };
enum { DETAIL = 7, WIDEST = 130, LIMIT = 200, LEAD_LIMIT = 50, REVIEWS_MAX = 256, NUMBER_END = 8 };

static const struct {
	const char *scope, *name, *none;
} pages[] = {{"mine", N_("For me"), N_("No review waits for you.")},
    {"lead", N_("I lead"), N_("You lead no joint case.")},
    {"tonight", N_("Tonight"), N_("Silence decides nothing today.")}};
enum { PAGES = sizeof pages / sizeof *pages, PAGE_MINE = 0, PAGE_LEAD, PAGE_TONIGHT };

struct reviews {
	struct roll roll; /* first: the list's data */
	struct roll_pages pages;
	struct reply *meetings; /* to come, of the page asked last: one is called to, one leads */
	struct reply *silence;  /* cases it would grant tonight (DEEM-5) */
};

/* Of cases one leads a row is a case: the first of its reviews. */
static size_t after(const struct reviews *v, size_t i)
{
	const struct reply *r = v->roll.rows;
	int64_t of = reply_int(r, i, "case_id");
	do
		i++;
	while (v->pages.shown == PAGE_LEAD && i < r->nrows && reply_int(r, i, "case_id") == of);
	return i;
}

static int count(const void *data)
{
	const struct reviews *v = data;
	int n = 0;
	for (size_t i = 0; v->roll.rows != NULL && i < v->roll.rows->nrows; i = after(v, i))
		n++;
	return n;
}

static size_t first(const struct reviews *v, int row)
{
	size_t i = 0;
	while (row-- > 0)
		i = after(v, i);
	return i;
}

static int64_t id(const void *data, int row)
{
	const struct reviews *v = data;
	size_t i = first(v, row);
	int64_t seq = v->pages.shown == PAGE_LEAD ? 0 : reply_int(v->roll.rows, i, "seq");
	return reply_int(v->roll.rows, i, "case_id") * REVIEWS_MAX + seq;
}

/* How far the round of a case has come: how many have answered, of how many; at: the most urgent one of
 * those that have not. */
static void round_of(const struct reviews *v, size_t i, int *answered, int *all, size_t *at)
{
	const struct reply *r = v->roll.rows;
	*answered = *all = 0;
	*at = i;
	for (size_t end = after(v, i); i < end; i++) {
		bool waits = !reply_null(r, i, "waits");
		*answered += !waits;
		++*all;
		if (waits && (reply_null(r, *at, "waits") || reviewing_ends(r, i) < reviewing_ends(r, *at)))
			*at = i;
	}
}

static const char *progress(const struct reviews *v, size_t i, char *buf, size_t size, size_t *at)
{
	int answered, all;
	round_of(v, i, &answered, &all, at);
	snprintf(buf, size, "%s %d/%d",
	    reply_null(v->roll.rows, i, "opened_at") ? _("papers checked") : _("opinions in"), answered, all);
	return buf;
}

static void row(const void *data, int n, const struct area *a, bool selected)
{
	const struct reviews *v = data;
	const struct reply *r = v->roll.rows;
	size_t i = first(v, n), at = i;
	char left[64], what[80];
	bool lead = v->pages.shown == PAGE_LEAD, wide = a->w >= 110;
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	const char *number = reply_text(r, i, "number");
	int x = a->x + 1, who = a->x + a->w - (wide ? 38 : 20);
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	if (lead)
		progress(v, i, what, sizeof what, &at);
	else
		snprintf(what, sizeof what, "%s",
		    reviewing_falls(r, i) ? _("silence due") : word_waits(reply_text(r, i, "waits")));
	reviewing_left(r, at, left, sizeof left);
	draw_text(a->y, x, 9, selected ? plain : light_face(reply_text(r, at, "light")), left);
	draw_text(a->y, x + 10, 12, selected ? plain : reviewing_falls(r, at) ? FACE_WARN : FACE_PLAIN, what);
	draw_text(a->y, x + 23, who - x - 24, plain, reply_text(r, i, lead ? "item" : "matter"));
	draw_text(a->y, who, wide ? 13 : 10, plain, reply_text(r, i, "applicant"));
	/* Of the number its end is what is said at a window; the rest stands below. */
	if (!wide && strlen(number) > NUMBER_END)
		number += strlen(number) - NUMBER_END;
	draw_right(a->y, a->x + a->w - 24, 23, plain, number);
	if (selected)
		draw_caret(a->y, a->x);
}

static const struct list_ops reviews_list = {count, id, NULL, row};

static void ask(struct reviews *v, struct effects *fx)
{
	if (!roll_may_ask(&v->roll))
		return;
	reviewing_ask(
	    fx, TAG_LIST, v->roll.rows == NULL ? SEND_WAIT : 0, pages[v->pages.wanted].scope, 0, LIMIT);
	if (v->pages.wanted == PAGE_TONIGHT)
		silence_ask(fx, TAG_SILENCE, 0, "tonight", 0);
	else
		meeting_ask(fx, TAG_MEETINGS, 0, pages[v->pages.wanted].scope, 0);
}

static void reviews_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct reviews *v = s->state;
	(void)arg;
	roll_init(&v->roll, &reviews_list, "case_id", v);
	ask(v, fx);
}

static void reviews_close(struct screen *s)
{
	struct reviews *v = s->state;
	roll_done(&v->roll);
	reply_free(v->meetings);
	reply_free(v->silence);
}

/* Every department of a case one leads, in a line. */
static void departments(const struct reviews *v, size_t i, const struct area *a, int y)
{
	const struct reply *r = v->roll.rows;
	char said[160], line[200];
	int x = a->x, w = a->w >= 100 ? a->w / 3 : a->w / 2;
	for (size_t end = after(v, i); i < end && y < a->y + a->h; i++) {
		reviewing_said(r, i, said, sizeof said);
		snprintf(line, sizeof line, "%.60s ", reply_text(r, i, "department"));
		int used = draw_text(y, x, w - 12, FACE_DIM, line);
		draw_text(y, x + used, w - used - 1, reviewing_face(r, i), said);
		x += w;
		if (x + w > a->x + a->w)
			x = a->x, y++;
	}
}

static void detail(const struct screen *s, const struct area *a)
{
	const struct reviews *v = s->state;
	const struct reply *r = v->roll.rows;
	size_t i = first(v, v->roll.list.at);
	char line[1400], project[1200], said[200], when[32];
	snprintf(line, sizeof line, "%s · %s · %s", reply_text(r, i, "number"),
	    word_state(reply_text(r, i, "state")), reply_text(r, i, "applicant"));
	draw_text(a->y, a->x, a->w, FACE_BOLD, line);
	reviewing_project(r, i, project, sizeof project);
	if (v->pages.shown == PAGE_LEAD) {
		departments(v, i, a, draw_fact(a->y + 1, a, FACE_PLAIN, _("Project:"), project));
		return;
	}
	int y = draw_fact(a->y + 1, a, FACE_PLAIN, _("Reviews:"), reply_text(r, i, "matter"));
	y = draw_fact(y, a, FACE_PLAIN, _("For:"), reply_text(r, i, "item"));
	y = draw_fact(y, a, FACE_PLAIN, _("Project:"), project);
	snprintf(line, sizeof line, "%s · %s%s", word_moment(reviewing_ends(r, i), when, sizeof when),
	    reviewing_said(r, i, said, sizeof said),
	    reply_null(r, i, "seen_at") && strcmp(reply_text(r, i, "waits"), "review") == 0
		? _(" · not opened yet")
		: "");
	y = draw_fact(y, a, light_face(reply_text(r, i, "light")), _("By:"), line);
	y = draw_fact(
	    y, a, FACE_WARN, _("Silence:"), reviewing_silence(r, i, s->desk->now, said, sizeof said));
	snprintf(line, sizeof line, "%s · %s", reply_text(r, i, "department"),
	    reply_null(r, i, "holder") ? _("empty") : reply_text(r, i, "holder"));
	y = draw_fact(y, a, FACE_PLAIN, _("Post:"), line);
	(void)draw_fact(y, a, FACE_PLAIN, _("Led by:"), reply_text(r, i, "lead"));
}

/* The next meeting one is called to, or leads, and whether a call is to be signed for; tonight the cases that
 * silence grants whole. Lines used. */
static int above(const struct reviews *v, const struct area *a)
{
	char line[400];
	int n = v->silence == NULL || v->pages.shown != PAGE_TONIGHT ? 0 : (int)v->silence->nrows;
	if (n > 0) {
		draw_format(a->y, a->x, a->w, FACE_WARN,
		    ngettext("%d case will be granted by silence tonight: F5",
			"%d cases will be granted by silence tonight: F5", (unsigned long)n),
		    n);
		return 1;
	}
	if (v->meetings == NULL || v->pages.shown == PAGE_TONIGHT || v->meetings->nrows == 0)
		return 0;
	bool warn = meeting_news(v->meetings, line, sizeof line);
	draw_text(a->y, a->x, a->w, warn ? FACE_WARN : FACE_PLAIN, line);
	return 1;
}

static void reviews_draw(struct screen *s, const struct area *a)
{
	struct reviews *v = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w, n = count(v), x = a->x + 1, fall = 0;
	for (size_t i = 0; v->roll.rows != NULL && i < v->roll.rows->nrows; i++)
		fall += reviewing_falls(v->roll.rows, i);
	bool all = n < (v->pages.shown == PAGE_LEAD ? LEAD_LIMIT : LIMIT);
	int used = draw_format(a->y, x, w - 2, FACE_TITLE,
	    all ? _("Parallel review · %d") : _("Parallel review · the first %d"), n);
	if (fall > 0)
		draw_format(a->y, x + used, w - 2 - used, FACE_WARN, _(" · %d will be deemed agreed"), fall);
	draw_rule(a->y + 1, a->x, a->w, NULL);
	for (int i = 0; i < PAGES; i++)
		x = draw_tab(a->y + 1, x, a->x + w - 1, _(pages[i].name), i == v->pages.wanted);
	int used_above = above(v, &(struct area){a->y + 2, a->x + 1, 1, w - 2});
	struct area list = {a->y + 2 + used_above, a->x, a->h - 3 - DETAIL - used_above, w};
	if (v->roll.rows != NULL && n == 0)
		draw_text(list.y + 1, list.x + 2, list.w - 3, FACE_DIM, _(pages[v->pages.shown].none));
	list_draw(&v->roll.list, &list, true);
	if (roll_at(&v->roll) < 0)
		return;
	draw_rule(a->y + a->h - DETAIL - 1, a->x, a->w, NULL);
	struct area side = {a->y + a->h - DETAIL, a->x + 1, DETAIL, w - 2};
	detail(s, &side);
}

static void turn(struct reviews *v, int step, struct effects *fx)
{
	roll_turn(&v->pages, (v->pages.wanted + PAGES + step) % PAGES, fx);
	ask(v, fx);
}

static void open_row(const struct reviews *v, struct effects *fx)
{
	struct screen_arg arg = {.id = 0};
	if (roll_at(&v->roll) < 0) {
		fx_warn_code(fx, "find.none", NULL);
		return;
	}
	size_t i = first(v, v->roll.list.at);
	arg.id = reply_int(v->roll.rows, i, "case_id");
	arg.number = reply_int(v->roll.rows, i, "seq");
	fx_push(fx, v->pages.shown == PAGE_LEAD ? &screen_joint : &screen_review, &arg);
}

static bool reviews_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct reviews *v = s->state;
	switch (r) {
	case REQ_OPEN:
		open_row(v, fx);
		return true;
	case REQ_PANE:
		turn(v, 1, fx);
		return true;
	case REQ_REFRESH:
		ask(v, fx);
		return false;
	case REQ_KEY:
		if (k->code == K_RIGHT || k->code == K_LEFT || k->code == K_BACKTAB) {
			turn(v, k->code == K_RIGHT ? 1 : -1, fx);
			return true;
		}
		return list_key(&v->roll.list, k);
	default:
		return false;
	}
}

static void reviews_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct reviews *v = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY:
		if (m->tag == TAG_LIST) {
			if (roll_take_page(&v->roll, &v->pages, m->reply, fx))
				ask(v, fx);
		} else if (reply_ok(m->reply)) {
			struct reply **slot = m->tag == TAG_SILENCE ? &v->silence : &v->meetings;
			reply_free(*slot);
			*slot = reply_keep(m->reply);
		}
		return;
	case MESSAGE_STOPPED:
		roll_stopped(&v->roll, &v->pages);
		return;
	case MESSAGE_ONLINE:
	case MESSAGE_RESULT:
	case MESSAGE_EVENTS:
		ask(v, fx);
		return;
	default:
		return;
	}
}

const struct screen_ops screen_reviews = {
    .name = "reviews",
    .title = N_("Parallel review"),
    .on = ON_REVIEWS,
    .size = sizeof(struct reviews),
    .open = reviews_open,
    .close = reviews_close,
    .draw = reviews_draw,
    .request = reviews_request,
    .message = reviews_message,
};
