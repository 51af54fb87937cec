/*
 * One post: its A/B table (POST-1), who held it when (POST-2), what was done as this
 * post (POST-7). The chief representative sets places, a supervisor appoints.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { WIDEST = 130, DAYS = 92, DONE_MAX = 200 };
enum page { PAGE_PEOPLE, PAGE_HISTORY, PAGE_DONE, PAGES };

static const char *const names[PAGES] = {N_("A/B table"), N_("Who held it"), N_("What was done")};
static const char *const ops_of[PAGES] = {"post.show", "post.history", "post.done"};

struct post_view {
	struct roll roll; /* first: the rows of the page */
	int64_t id;
	enum page page;
	bool fresh;
	char name[256];
};

static void people_row(const struct reply *r, size_t n, const struct area *a, enum face plain)
{
	char said[200];
	draw_text(a->y, a->x + 1, 4, plain, reply_text(r, n, "place"));
	draw_text(a->y, a->x + 6, 14, plain, reply_text(r, n, "name"));
	draw_text(a->y, a->x + 21, 16, plain, reply_text(r, n, "login"));
	draw_text(a->y, a->x + 38, 8, plain, reply_bool(r, n, "holds") ? _("holds it") : "");
	draw_text(a->y, a->x + 47, a->w - 48, plain, duty_where(r, n, said, sizeof said));
}

static void history_row(const struct reply *r, size_t n, const struct area *a, enum face plain)
{
	char from[32], until[32], line[400];
	const char *as = reply_text(r, n, "held_as"), *staff = reply_text(r, n, "staff");
	word_moment(reply_int(r, n, "from_at"), from, sizeof from);
	word_moment(reply_int(r, n, "until_at"), until, sizeof until);
	snprintf(line, sizeof line, "%s – %s", from, until[0] == '\0' ? _("now") : until);
	draw_text(a->y, a->x + 1, 35, plain, line);
	if (*staff == '\0')
		snprintf(line, sizeof line, "%s", _("empty"));
	else if (strcmp(as, "B") == 0)
		snprintf(line, sizeof line, _("B %.60s for A %.60s"), staff, reply_text(r, n, "for_name"));
	else
		snprintf(line, sizeof line, "%.10s %.100s", as, staff);
	draw_text(a->y, a->x + 37, 22, plain, line);
	snprintf(line, sizeof line, "%.60s  %.60s  %.200s", word_how(reply_text(r, n, "how")),
	    reply_text(r, n, "by_name"), reply_text(r, n, "note"));
	draw_text(a->y, a->x + 60, a->w - 61, plain, line);
}

static void done_row(const struct reply *r, size_t n, const struct area *a, enum face plain)
{
	char when[32], line[900];
	word_moment(reply_int(r, n, "at"), when, sizeof when);
	draw_text(a->y, a->x + 1, 12, plain, strlen(when) > 5 ? when + 5 : when);
	draw_text(a->y, a->x + 14, 12, plain, word_event(reply_text(r, n, "event")));
	draw_text(a->y, a->x + 27, 20, plain, reply_text(r, n, "actor"));
	snprintf(line, sizeof line, "%.60s  %.300s  %.300s", reply_text(r, n, "number"),
	    reply_text(r, n, "item"), reply_text(r, n, "note"));
	draw_text(a->y, a->x + 48, a->w - 49, plain, line);
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	static void (*const rows[PAGES])(const struct reply *, size_t, const struct area *, enum face) = {
	    people_row, history_row, done_row};
	const struct post_view *v = data;
	if (selected) {
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
		draw_caret(a->y, a->x);
	}
	rows[v->page](v->roll.rows, (size_t)i, a, selected ? FACE_SELECT : FACE_PLAIN);
}

/* Rows of a page have no key of their own in common. */
static int64_t id(const void *data, int i)
{
	const struct post_view *v = data;
	static const char *const keys[PAGES] = {"staff_id", "from_at", "at"};
	return reply_int(v->roll.rows, (size_t)i, keys[v->page]);
}

static const struct list_ops post_list = {roll_count, id, NULL, row};

static void ask(struct screen *s, struct effects *fx)
{
	struct post_view *v = s->state;
	int64_t now = s->desk->now;
	if (!roll_may_ask(&v->roll))
		return;
	struct bytes_out out = fx_payload();
	op_put_int8(&out, v->id);
	if (v->page == PAGE_HISTORY) {
		op_put_date(&out, word_day(now) - DAYS);
		op_put_date(&out, word_day(now));
	} else if (v->page == PAGE_DONE) {
		op_put_moment(&out, now - (int64_t)DAYS * 86400 * 1000000);
		op_put_null(&out);
		op_put_null(&out);
		op_put_int4(&out, DONE_MAX);
	}
	fx_send(fx, ops_of[v->page], (int)v->page, 0, &out);
}

/* arg: id, the post; text, its name; number, REQ_DONE: what was done as it is shown first. */
static void post_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct post_view *v = s->state;
	roll_init(&v->roll, &post_list, "", v);
	v->id = arg->id;
	v->page = arg->number == REQ_DONE ? PAGE_DONE : PAGE_PEOPLE;
	snprintf(v->name, sizeof v->name, "%.250s", arg->text);
	ask(s, fx);
}

static void post_close(struct screen *s)
{
	roll_done(&((struct post_view *)s->state)->roll);
}

static void post_draw(struct screen *s, const struct area *a)
{
	struct post_view *v = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w, x = a->x + 1;
	draw_text(a->y, x, w - 2, FACE_TITLE, v->name);
	draw_rule(a->y + 1, a->x, a->w, NULL);
	for (int i = 0; i < PAGES; i++) {
		x += draw_text(a->y + 1, x, 1, FACE_PLAIN, " ");
		x += draw_text(a->y + 1, x, w - x, i == (int)v->page ? FACE_SELECT : FACE_PLAIN, _(names[i]));
		x += draw_text(a->y + 1, x, 1, FACE_PLAIN, " ") + 1;
	}
	struct area list = {a->y + 2, a->x, a->h - 2, w};
	if (v->fresh)
		return;
	if (v->roll.rows != NULL && roll_count(v) == 0)
		draw_text(
		    list.y + 1, list.x + 2, list.w - 3, FACE_DIM, _("Nothing in the last three months."));
	list_draw(&v->roll.list, &list, true);
}

/* Rows of another page are not drawn as rows of this one. */
static void turn(struct screen *s, int page, struct effects *fx)
{
	struct post_view *v = s->state;
	v->page = (enum page)page;
	v->fresh = true;
	roll_done(&v->roll);
	ask(s, fx);
}

static bool post_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct post_view *v = s->state;
	struct screen_arg arg = {.id = v->page == PAGE_DONE ? roll_int(&v->roll, "case_id") : 0};
	switch (r) {
	case REQ_OPEN:
		if (arg.id != 0)
			fx_push(fx, &screen_case, &arg);
		return true;
	case REQ_ASSIGN:
		deed_push(fx, "assign", v->id, v->name);
		return true;
	case REQ_APPOINT:
		deed_push(fx, "appoint", v->id, v->name);
		return true;
	case REQ_PANE:
		turn(s, ((int)v->page + 1) % PAGES, fx);
		return true;
	case REQ_REFRESH:
		ask(s, fx);
		return false;
	case REQ_KEY:
		if (k->code == K_RIGHT || k->code == K_LEFT || k->code == K_BACKTAB) {
			turn(s, ((int)v->page + (k->code == K_RIGHT ? 1 : PAGES - 1)) % PAGES, fx);
			return true;
		}
		return list_key(&v->roll.list, k);
	default:
		return false;
	}
}

static const char *post_label(const struct screen *s, enum request r)
{
	if (r == REQ_APPOINT && (s->desk->class & OP_SUPERVISOR) == 0)
		return "";
	return NULL;
}

static void post_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct post_view *v = s->state;
	if (m->kind == MESSAGE_REPLY) {
		/* The page may have been turned while this was on its way. */
		bool other = m->tag != (int)v->page;
		bool again = other ? v->roll.again : roll_take(&v->roll, m->reply, v->fresh, fx);
		v->roll.asking = false;
		v->fresh = v->fresh && other;
		if (again || other)
			ask(s, fx);
		return;
	}
	if (m->kind == MESSAGE_STOPPED)
		v->roll.asking = false;
	if (m->kind == MESSAGE_ONLINE || m->kind == MESSAGE_RESULT || m->kind == MESSAGE_EVENTS)
		ask(s, fx);
}

const struct screen_ops screen_post = {
    .name = "post",
    .title = N_("A post"),
    .on = ON_POST,
    .size = sizeof(struct post_view),
    .open = post_open,
    .close = post_close,
    .draw = post_draw,
    .request = post_request,
    .message = post_message,
    .label = post_label,
};
