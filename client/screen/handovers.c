/*
 * Handovers of one's posts (POST-3): planned, running, over; those that wait for one's
 * own confirmation first. Enter opens one.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { WIDEST = 130 };

struct handovers {
	struct roll roll; /* first: the list's data */
	bool all, fresh;  /* fresh: other rows are asked for, and keys wait for them */
};

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct handovers *)data)->roll.rows;
	size_t n = (size_t)i;
	char when[32], until[32], line[400];
	bool mine = duty_to_confirm(r, n);
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	int x = a->x + 1;
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, x, 11,
	    selected ? plain
	    : mine   ? FACE_WARN
		     : FACE_PLAIN,
	    mine ? _("confirm it") : word_handover(reply_text(r, n, "state")));
	word_moment(reply_int(r, n, "from_at"), when, sizeof when);
	word_moment(reply_int(r, n, "until_at"), until, sizeof until);
	snprintf(line, sizeof line, "%s – %s", strlen(when) > 5 ? when + 5 : when,
	    strlen(until) > 5 ? until + 5 : until);
	draw_text(a->y, x + 12, 25, plain, line);
	snprintf(line, sizeof line, "%.80s → %.80s", reply_text(r, n, "giver"), reply_text(r, n, "taker"));
	draw_text(a->y, x + 38, 17, plain, line);
	draw_text(a->y, x + 56, a->w - 58, plain, reply_text(r, n, "post"));
	if (selected)
		draw_caret(a->y, a->x);
}

static const struct list_ops handovers_list = {roll_count, roll_id, NULL, row};

static void ask(struct screen *s, struct effects *fx)
{
	struct handovers *v = s->state;
	roll_ask_all(&v->roll, "handover.list", 0, v->all, &v->fresh, fx);
}

static void handovers_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct handovers *v = s->state;
	(void)arg;
	roll_init(&v->roll, &handovers_list, "handover_id", v);
	ask(s, fx);
}

static void handovers_close(struct screen *s)
{
	roll_done(&((struct handovers *)s->state)->roll);
}

static void handovers_draw(struct screen *s, const struct area *a)
{
	struct handovers *v = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w, n = roll_count(v);
	char line[400];
	draw_format(a->y, a->x + 1, w - 2, FACE_TITLE,
	    v->all ? _("Handovers of the hall · %d") : _("Handovers · %d"), n);
	struct area list = {a->y + 1, a->x, a->h - 4, w};
	if (v->roll.rows != NULL && n == 0)
		draw_text(list.y + 1, list.x + 2, list.w - 3, FACE_DIM,
		    _("None. Esc goes back to the posts; F2 there hands one over."));
	list_draw(&v->roll.list, &list, true);
	if (roll_at(&v->roll) < 0)
		return;
	draw_rule(a->y + a->h - 3, a->x, a->w, NULL);
	snprintf(
	    line, sizeof line, "%.120s · %.200s", roll_text(&v->roll, "post"), roll_text(&v->roll, "reason"));
	draw_text(a->y + a->h - 2, a->x + 1, w - 2, FACE_BOLD, line);
	draw_format(a->y + a->h - 1, a->x + 1, w - 2, FACE_PLAIN,
	    _("%lld cases, %lld things, to be confirmed %lld%s"), (long long)roll_int(&v->roll, "cases"),
	    (long long)roll_int(&v->roll, "things"), (long long)roll_int(&v->roll, "waiting"),
	    roll_is(&v->roll, "late") ? _(" · handed over late") : "");
}

static bool handovers_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct handovers *v = s->state;
	struct screen_arg arg = {.id = roll_at(&v->roll) < 0 ? 0 : v->roll.list.id};
	switch (r) {
	case REQ_OPEN:
	case REQ_COMMIT:
		if (arg.id == 0)
			fx_warn_code(fx, "find.none", NULL);
		else
			fx_push(fx, &screen_handover, &arg);
		return true;
	case REQ_SCOPE:
		if ((s->desk->class & OP_SUPERVISOR) == 0) {
			fx_refuse_code(fx, "class.denied", NULL);
			return true;
		}
		v->all = !v->all;
		v->fresh = true;
		ask(s, fx);
		return true;
	case REQ_REFRESH:
		ask(s, fx);
		return false;
	case REQ_KEY:
		return list_key(&v->roll.list, k);
	default:
		return false;
	}
}

static const char *handovers_label(const struct screen *s, enum request r)
{
	if (r == REQ_SCOPE && (s->desk->class & OP_SUPERVISOR) == 0)
		return "";
	return r == REQ_SCOPE && ((const struct handovers *)s->state)->all ? _("Mine") : NULL;
}

static void handovers_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct handovers *v = s->state;
	if (m->kind == MESSAGE_REPLY) {
		if (roll_take(&v->roll, m->reply, false, fx))
			ask(s, fx);
		return;
	}
	if (m->kind == MESSAGE_STOPPED)
		v->roll.asking = false;
	if (m->kind == MESSAGE_ONLINE || m->kind == MESSAGE_RESULT || m->kind == MESSAGE_EVENTS)
		ask(s, fx);
}

const struct screen_ops screen_handovers = {
    .name = "handovers",
    .title = N_("Handovers"),
    .on = ON_HANDOVERS,
    .size = sizeof(struct handovers),
    .open = handovers_open,
    .close = handovers_close,
    .draw = handovers_draw,
    .request = handovers_request,
    .message = handovers_message,
    .label = handovers_label,
};
