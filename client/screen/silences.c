/*
 * Whole decisions by silence (DEEM-5), live: what the posts one holds let pass, and
 * what silence would grant tonight (DEEM-2); below, the legal basis the item carries,
 * the countdown, against whom it is recorded. F10 files the written decision that is
 * to follow (DEEM-3), F5 names the licence a renewal renews, Enter opens the case.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/light.h"
#include "client/screen/silence.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { DETAIL = 9, WIDEST = 130, NUMBER_END = 8 };

struct silences {
	struct roll roll;        /* first: the list's data */
	struct roll_pages pages; /* 0: for me, 1: tonight */
};

static bool to_follow(const struct reply *r, size_t i)
{
	return reply_bool(r, i, "granted") && reply_null(r, i, "consented_at");
}

static const char *what(const struct reply *r, size_t i)
{
	if (reply_bool(r, i, "granted"))
		return to_follow(r, i) ? _("decision due") : _("granted by silence");
	return strcmp(reply_text(r, i, "why"), "renewal") == 0 ? _("licence expires") : _("promise ends");
}

static void row(const void *data, int n, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct silences *)data)->roll.rows;
	size_t i = (size_t)n;
	char left[64] = "";
	bool wide = a->w >= 110;
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	const char *number = reply_text(r, i, "number"), *light = reply_text(r, i, "light");
	int x = a->x + 1, who = a->x + a->w - (wide ? 38 : 20);
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	if (!reply_null(r, i, "days_left"))
		light_left(light, reply_int(r, i, "days_left"), left, sizeof left);
	draw_text(a->y, x, 9, selected ? plain : light_face(light), left);
	draw_text(a->y, x + 10, 12,
	    selected             ? plain
	    : silence_near(r, i) ? FACE_WARN
				 : FACE_PLAIN,
	    what(r, i));
	draw_text(a->y, x + 23, who - x - 24, plain, reply_text(r, i, "item"));
	draw_text(a->y, who, wide ? 13 : 10, plain, reply_text(r, i, "applicant"));
	if (!wide && strlen(number) > NUMBER_END)
		number += strlen(number) - NUMBER_END;
	draw_right(a->y, a->x + a->w - 24, 23, plain, number);
	if (selected)
		draw_caret(a->y, a->x);
}

static int64_t case_of(const void *data, int i)
{
	return reply_int(((const struct silences *)data)->roll.rows, (size_t)i, "case_id");
}

static const struct list_ops silences_list = {roll_count, case_of, NULL, row};

static void ask(struct silences *p, struct effects *fx)
{
	if (roll_may_ask(&p->roll))
		silence_ask(
		    fx, 0, p->roll.rows == NULL ? SEND_WAIT : 0, p->pages.wanted ? "tonight" : "mine", 0);
}

/* Supervisors hold no case: theirs is tonight's list. */
static void silences_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct silences *p = s->state;
	(void)arg;
	roll_init(&p->roll, &silences_list, "case_id", p);
	p->pages.wanted = p->pages.shown = (s->desk->class & OP_SUPERVISOR) != 0;
	ask(p, fx);
}

static void silences_close(struct screen *s)
{
	roll_done(&((struct silences *)s->state)->roll);
}

static void detail(const struct screen *s, const struct area *a)
{
	const struct silences *p = s->state;
	const struct reply *r = p->roll.rows;
	size_t i = (size_t)roll_at(&p->roll);
	char line[1400];
	snprintf(line, sizeof line, "%s · %s · %s", reply_text(r, i, "number"),
	    word_state(reply_text(r, i, "state")), reply_text(r, i, "applicant"));
	draw_text(a->y, a->x, a->w, FACE_BOLD, line);
	int y = draw_fact(a->y + 1, a, FACE_PLAIN, _("For:"), reply_text(r, i, "item"));
	y = draw_fact(y, a, FACE_WARN, _("Silence:"), silence_said(r, i, s->desk->now, line, sizeof line));
	y = draw_fact(y, a, FACE_PLAIN, _("Basis:"), reply_text(r, i, "basis"));
	y = draw_fact(y, a, light_face(reply_text(r, i, "light")), _("Decision:"),
	    silence_follows(r, i, line, sizeof line));
	y = draw_fact(y, a, FACE_PLAIN, _("Old licence:"), silence_licence(r, i, line, sizeof line));
	snprintf(line, sizeof line, "%s · %s", reply_text(r, i, "post"),
	    reply_null(r, i, "holder") ? _("empty") : reply_text(r, i, "holder"));
	(void)draw_fact(y, a, FACE_PLAIN, _("Post:"), line);
}

static void silences_draw(struct screen *s, const struct area *a)
{
	struct silences *p = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w, x = a->x + 1, n = roll_count(p);
	draw_format(a->y, x, w - 2, FACE_TITLE, _("Decisions by silence · %d"), n);
	draw_rule(a->y + 1, a->x, a->w, NULL);
	x = draw_tab(a->y + 1, x, a->x + w - 1, _("For me"), !p->pages.wanted);
	(void)draw_tab(a->y + 1, x, a->x + w - 1, _("Tonight"), p->pages.wanted);
	struct area list = {a->y + 2, a->x, a->h - 3 - DETAIL, w};
	if (p->roll.rows != NULL && n == 0)
		draw_text(list.y + 1, list.x + 2, list.w - 3, FACE_DIM,
		    p->pages.shown
			? _("Silence grants nothing today.")
			: _("Silence grants no case of your posts, and no decision is to follow."));
	list_draw(&p->roll.list, &list, true);
	if (roll_at(&p->roll) < 0)
		return;
	draw_rule(a->y + a->h - DETAIL - 1, a->x, a->w, NULL);
	struct area side = {a->y + a->h - DETAIL, a->x + 1, DETAIL, w - 2};
	detail(s, &side);
}

static void turn(struct silences *p, struct effects *fx)
{
	roll_turn(&p->pages, !p->pages.wanted, fx);
	ask(p, fx);
}

/* A form about the case at the cursor. */
static void fill(const struct silences *p, const char *deed, struct effects *fx)
{
	char about[500];
	if (roll_at(&p->roll) < 0) {
		fx_warn_code(fx, "find.none", NULL);
		return;
	}
	snprintf(about, sizeof about, "%.60s · %.300s", roll_text(&p->roll, "number"),
	    roll_text(&p->roll, "item"));
	deed_push(fx, deed, roll_int(&p->roll, "case_id"), about);
}

static bool silences_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct silences *p = s->state;
	struct screen_arg arg = {.id = roll_int(&p->roll, "case_id")};
	int at = roll_at(&p->roll);
	switch (r) {
	case REQ_OPEN:
		if (at >= 0)
			fx_push(fx, &screen_case, &arg);
		else
			fx_warn_code(fx, "find.none", NULL);
		return true;
	case REQ_LICENCE:
		fill(p, "licence", fx);
		return true;
	case REQ_FOLLOW:
		if (at >= 0 && !to_follow(p->roll.rows, (size_t)at))
			fx_refuse(
			    fx, "%s", _("No written decision is to follow: silence has not granted it."));
		else
			fill(p, "follow", fx);
		return true;
	case REQ_PANE:
		turn(p, fx);
		return true;
	case REQ_REFRESH:
		ask(p, fx);
		return false;
	case REQ_KEY:
		return list_key(&p->roll.list, k);
	default:
		return false;
	}
}

static const char *silences_label(const struct screen *s, enum request r)
{
	const struct silences *p = s->state;
	int at = roll_at(&p->roll);
	if (r == REQ_FOLLOW)
		return at >= 0 && to_follow(p->roll.rows, (size_t)at) ? NULL : "";
	if (r == REQ_LICENCE)
		return at >= 0 && !reply_bool(p->roll.rows, (size_t)at, "granted") ? NULL : "";
	return NULL;
}

static void silences_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct silences *p = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY:
		if (roll_take_page(&p->roll, &p->pages, m->reply, fx))
			ask(p, fx);
		return;
	case MESSAGE_STOPPED:
		roll_stopped(&p->roll, &p->pages);
		return;
	case MESSAGE_ONLINE:
	case MESSAGE_RESULT:
	case MESSAGE_EVENTS:
		ask(p, fx);
		return;
	default:
		return;
	}
}

const struct screen_ops screen_silences = {
    .name = "silences",
    .title = N_("Decisions by silence"),
    .on = ON_SILENCES,
    .size = sizeof(struct silences),
    .open = silences_open,
    .close = silences_close,
    .draw = silences_draw,
    .request = silences_request,
    .message = silences_message,
    .label = silences_label,
};
