/*
 * Posts (F7): one's own or the whole hall's, who holds each now and as what
 * (POST-2, POST-7), who else may. An empty one is taken by one key, a covered one
 * given back; from here it is handed over (POST-3) and looked into.
 */
#include "client/screen/duty.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/editor.h"
#include "client/ui/initials.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_LIST = 1, TAG_SHOW, TAG_TAKE, TAG_ASK };
enum { DETAIL = 9, WIDEST = 130 };

struct duty {
	struct roll roll; /* first: the list's data */
	struct reply *people;
	int64_t shown, asked; /* the post of people; the one being asked for; 0: none */
	bool all, fresh;      /* fresh: other rows are asked for, and keys wait for them */
	struct editor line;   /* what was typed to find a post */
	enum request then;    /* asked for from elsewhere: done as soon as the posts are here */
	int64_t absence_id;   /* what is handed over here is for this absence; 0: none */
};

const char *duty_holder(const struct reply *r, size_t i, char *buf, size_t size)
{
	const char *as = reply_text(r, i, "held_as"), *holder = reply_text(r, i, "holder");
	if (reply_null(r, i, "holder"))
		snprintf(buf, size, "%s", _("empty"));
	else if (strcmp(as, "B") == 0)
		snprintf(buf, size, _("B %.60s for A %.60s"), holder, reply_text(r, i, "a"));
	else
		snprintf(buf, size, "%.10s %.60s", as, holder);
	return buf;
}

/* Empty, and one has a place in it: one may take it. */
static bool may_take(const struct reply *r, size_t i)
{
	return reply_null(r, i, "holder") && !reply_null(r, i, "mine");
}

static bool holds(const struct screen *s)
{
	const struct duty *d = s->state;
	return roll_at(&d->roll) >= 0 && s->desk->staff_id != 0 &&
	       roll_int(&d->roll, "holder_id") == s->desk->staff_id;
}

/* Another one holds the post at the cursor, of which one is the A. */
static bool covered(const struct screen *s)
{
	const struct duty *d = s->state;
	return roll_at(&d->roll) >= 0 && !holds(s) && strcmp(roll_text(&d->roll, "mine"), "A") == 0 &&
	       *roll_text(&d->roll, "holder") != '\0';
}

static bool covers(const struct screen *s)
{
	const struct duty *d = s->state;
	return holds(s) && strcmp(roll_text(&d->roll, "held_as"), "B") == 0;
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct duty *)data)->roll.rows;
	size_t n = (size_t)i;
	char holder[160], window[48] = "";
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	enum face face = selected                       ? FACE_SELECT
			 : reply_null(r, n, "holder")   ? FACE_WARN
			 : !reply_null(r, n, "back_at") ? FACE_BOLD
							: FACE_PLAIN;
	int holder_w = a->w > 100 ? 34 : 25, x = a->x + 1;
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, x, 3, plain, reply_text(r, n, "mine"));
	x += 4;
	int name_w = a->x + a->w - x - holder_w - 16;
	draw_text(a->y, x, name_w, plain, reply_text(r, n, "name"));
	x += name_w + 1;
	if (!reply_null(r, n, "window_no"))
		snprintf(window, sizeof window, _("window %lld"), (long long)reply_int(r, n, "window_no"));
	draw_text(a->y, x, 9, plain, window);
	draw_text(a->y, x + 9, holder_w - 1, face, duty_holder(r, n, holder, sizeof holder));
	snprintf(window, sizeof window, "%lld", (long long)reply_int(r, n, "open_cases"));
	draw_right(a->y, a->x + a->w - 6, 5, plain, window);
	if (selected)
		draw_caret(a->y, a->x);
}

static const struct list_ops duty_list = {roll_count, roll_id, NULL, row};

static void ask(struct screen *s, struct effects *fx)
{
	struct duty *d = s->state;
	roll_ask_all(&d->roll, "post.list", TAG_LIST, d->all, &d->fresh, fx);
}

/* Who has a place in the post at the cursor; one question at a time. */
static void look(struct duty *d, bool anew, struct effects *fx)
{
	int64_t id = roll_at(&d->roll) < 0 ? 0 : d->roll.list.id;
	if (id == 0 || d->asked != 0 || (!anew && id == d->shown))
		return;
	d->asked = id;
	fx_send_id(fx, "post.show", TAG_SHOW, 0, id);
}

/* arg: number, what is to be done at once; id, the absence posts are handed over for. */
static void duty_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct duty *d = s->state;
	roll_init(&d->roll, &duty_list, "post_id", d);
	editor_init(&d->line, 20, false);
	d->then = arg == NULL ? REQ_KEY : (enum request)arg->number;
	d->absence_id = arg == NULL ? 0 : arg->id;
	ask(s, fx);
}

static void duty_close(struct screen *s)
{
	struct duty *d = s->state;
	roll_done(&d->roll);
	reply_free(d->people);
}

/* One more part, if there is any, a point between. */
static void add(char *buf, size_t size, const char *part)
{
	size_t len = strlen(buf);
	if (*part != '\0')
		snprintf(buf + len, size - len, "%s%s", len > 0 ? " · " : "", part);
}

/* Since when, until when, and what comes next, as far as it is known. */
static void times(const struct reply *r, size_t i, char *buf, size_t size)
{
	char when[32], part[120];
	buf[0] = '\0';
	snprintf(part, sizeof part, _("held since %s"),
	    word_moment(reply_int(r, i, "held_since"), when, sizeof when));
	add(buf, size, reply_null(r, i, "held_since") ? "" : part);
	snprintf(part, sizeof part, _("empty since %s"),
	    word_moment(reply_int(r, i, "empty_since"), when, sizeof when));
	add(buf, size, reply_null(r, i, "empty_since") ? "" : part);
	snprintf(part, sizeof part, _("back to A at %s"),
	    word_moment(reply_int(r, i, "back_at"), when, sizeof when));
	add(buf, size, reply_null(r, i, "back_at") ? "" : part);
	snprintf(part, sizeof part, _("A here again since %s"),
	    word_clock(reply_int(r, i, "a_here"), when, sizeof when));
	add(buf, size, reply_null(r, i, "a_here") ? "" : part);
	snprintf(part, sizeof part, _("asked for back at %s"),
	    word_clock(reply_int(r, i, "asked_at"), when, sizeof when));
	add(buf, size, reply_null(r, i, "asked_at") ? "" : part);
	snprintf(part, sizeof part, _("handed over from %s"),
	    word_moment(reply_int(r, i, "next_at"), when, sizeof when));
	add(buf, size, reply_null(r, i, "next_at") ? "" : part);
}

char *duty_where(const struct reply *r, size_t i, char *buf, size_t size)
{
	char until[32];
	bool present = reply_bool(r, i, "present");
	word_moment(reply_int(r, i, "until"), until, sizeof until);
	if (reply_null(r, i, "whereabouts"))
		snprintf(buf, size, "%s", present ? _("here") : _("not here"));
	else
		snprintf(buf, size, "%s%s%s", word_whereabouts(reply_text(r, i, "whereabouts")),
		    until[0] != '\0' ? _(" until ") : "", until);
	return buf;
}

bool duty_to_confirm(const struct reply *r, size_t i)
{
	const char *state = reply_text(r, i, "state");
	bool noted = strcmp(state, "running") == 0 && reply_int(r, i, "waiting") > 0;
	return strcmp(reply_text(r, i, "role"), "taker") == 0 && (noted || strcmp(state, "planned") == 0);
}

/* Who has a place in the post, and where they are. */
static void people(const struct reply *r, const struct area *a)
{
	char said[200];
	for (size_t i = 0; i < r->nrows && (int)i < a->h; i++) {
		int y = a->y + (int)i;
		bool holds_it = reply_bool(r, i, "holds");
		draw_text(y, a->x, 3, FACE_PLAIN, reply_text(r, i, "place"));
		draw_text(y, a->x + 4, 16, holds_it ? FACE_BOLD : FACE_PLAIN, reply_text(r, i, "name"));
		draw_text(y, a->x + 21, 10, FACE_GOOD, holds_it ? _("holds it") : "");
		draw_text(y, a->x + 32, a->w - 32, FACE_PLAIN, duty_where(r, i, said, sizeof said));
	}
}

static void detail(const struct duty *d, const struct area *a)
{
	const struct reply *r = d->roll.rows;
	size_t i = (size_t)d->roll.list.at;
	char line[700], window[120] = "";
	struct area at = *a;
	if (!reply_null(r, i, "window_no"))
		snprintf(window, sizeof window, _(" · window %lld %.60s"),
		    (long long)reply_int(r, i, "window_no"), reply_text(r, i, "place"));
	snprintf(line, sizeof line, "%.200s · %.200s%s", reply_text(r, i, "name"),
	    reply_text(r, i, "department"), window);
	int used = draw_wrap(&at, 0, FACE_BOLD, line);
	at.y += used, at.h -= used;
	times(r, i, line, sizeof line);
	if (line[0] != '\0' && at.h > 0) {
		used = draw_wrap(&at, 0, FACE_DIM, line);
		at.y += used, at.h -= used;
	}
	if (d->people != NULL && d->shown == d->roll.list.id && at.h > 0)
		people(d->people, &at);
}

static void duty_draw(struct screen *s, const struct area *a)
{
	struct duty *d = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w, n = roll_count(d), mine = 0, empty = 0;
	for (int i = 0; i < n; i++) {
		mine += reply_int(d->roll.rows, (size_t)i, "holder_id") == s->desk->staff_id;
		empty += reply_null(d->roll.rows, (size_t)i, "holder");
	}
	int used = draw_format(
	    a->y, a->x + 1, w - 2, FACE_TITLE, d->all ? _("Posts of the hall · %d") : _("My posts · %d"), n);
	used += draw_format(a->y, a->x + 1 + used, w - 2 - used, FACE_PLAIN, _(" · held by me %d"), mine);
	if (empty > 0)
		draw_format(a->y, a->x + 1 + used, w - 2 - used, FACE_WARN, _(" · empty %d"), empty);
	if (d->roll.rows == NULL)
		return;
	if (d->line.len > 0)
		draw_right(a->y, a->x + w - 22, 21, FACE_FOCUS, d->line.text);
	if (n == 0) {
		draw_text(a->y + 2, a->x + 2, w - 4, FACE_DIM,
		    _("You have no place in any post. F6 shows those of the hall."));
		return;
	}
	struct area list = {a->y + 1, a->x, a->h - 2 - DETAIL, w};
	list_draw(&d->roll.list, &list, true);
	draw_rule(a->y + a->h - DETAIL - 1, a->x, a->w, NULL);
	struct area side = {a->y + a->h - DETAIL, a->x + 1, DETAIL, w - 2};
	detail(d, &side);
}

static void take(const struct screen *s, struct effects *fx)
{
	const struct duty *d = s->state;
	if (roll_at(&d->roll) < 0)
		fx_warn_code(fx, "find.none", NULL);
	else if (covered(s))
		fx_send_id(fx, "cover.ask_back", TAG_ASK, SEND_WAIT, d->roll.list.id);
	else if (!reply_null(d->roll.rows, (size_t)roll_at(&d->roll), "holder"))
		fx_refuse(fx, _("«%s» is held by %s: there is nothing to take."), roll_text(&d->roll, "name"),
		    roll_text(&d->roll, "holder"));
	else
		fx_send_id(fx, "cover.take", TAG_TAKE, SEND_WAIT, d->roll.list.id);
}

static void give_back(const struct screen *s, struct effects *fx)
{
	const struct duty *d = s->state;
	if (!covers(s)) {
		fx_refuse(fx, "%s", _("Only a post held as B is given back."));
		return;
	}
	deed_push(fx, "give_back", d->roll.list.id, roll_text(&d->roll, "name"));
}

static void hand_over(const struct duty *d, struct effects *fx)
{
	struct screen_arg arg = {.id = d->roll.list.id, .number = d->absence_id};
	if (roll_at(&d->roll) < 0) {
		fx_warn_code(fx, "find.none", NULL);
		return;
	}
	snprintf(arg.text, sizeof arg.text, "%s", roll_text(&d->roll, "name"));
	fx_push(fx, &screen_handing, &arg);
}

static void open_post(const struct duty *d, bool done, struct effects *fx)
{
	struct screen_arg arg = {.id = d->roll.list.id, .number = done ? REQ_DONE : 0};
	if (roll_at(&d->roll) < 0) {
		fx_warn_code(fx, "find.none", NULL);
		return;
	}
	snprintf(arg.text, sizeof arg.text, "%s", roll_text(&d->roll, "name"));
	fx_push(fx, &screen_post, &arg);
}

static bool fits(const struct reply *r, size_t i, const char *typed)
{
	char number[24];
	snprintf(number, sizeof number, "%lld", (long long)reply_int(r, i, "window_no"));
	return strcmp(number, typed) == 0 || initials_fit(reply_text(r, i, "name"), typed) ||
	       initials_fit(reply_text(r, i, "department"), typed);
}

/* Typing goes to the first post of that name, department, initials or window. */
static bool find(struct duty *d, const struct key *k, struct effects *fx)
{
	bool used = roll_find(&d->roll, &d->line, k, fits, fx);
	look(d, false, fx);
	return used;
}

static bool duty_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct duty *d = s->state;
	switch (r) {
	case REQ_OPEN:
		open_post(d, false, fx);
		return true;
	case REQ_COMMIT:
		take(s, fx);
		return true;
	case REQ_DONE:
		open_post(d, true, fx);
		return true;
	case REQ_GIVE_POST:
		give_back(s, fx);
		return true;
	case REQ_HAND_POST:
		hand_over(d, fx);
		return true;
	case REQ_SCOPE:
		d->all = !d->all;
		d->fresh = true;
		ask(s, fx);
		return true;
	case REQ_REFRESH:
		ask(s, fx);
		return false;
	case REQ_KEY:
		if (!list_key(&d->roll.list, k))
			return find(d, k, fx);
		editor_clear(&d->line);
		look(d, false, fx);
		return true;
	default:
		return false;
	}
}

static const char *duty_label(const struct screen *s, enum request r)
{
	const struct duty *d = s->state;
	int at = roll_at(&d->roll);
	switch (r) {
	case REQ_COMMIT:
		return covered(s) ? _("Ask back") : at >= 0 && may_take(d->roll.rows, (size_t)at) ? NULL : "";
	case REQ_GIVE_POST:
		return covers(s) ? NULL : "";
	case REQ_HAND_POST:
		return at < 0 || (!holds(s) && roll_text(&d->roll, "mine")[0] != 'A') ? "" : NULL;
	case REQ_SCOPE:
		return d->all ? _("Mine") : NULL;
	default:
		return NULL;
	}
}

/* How many posts one holds. */
static int held(const struct screen *s)
{
	const struct duty *d = s->state;
	int n = 0;
	for (int i = 0; i < roll_count(d); i++)
		n += reply_int(d->roll.rows, (size_t)i, "holder_id") == s->desk->staff_id;
	return n;
}

/* Asked for from elsewhere, it is about the first post it can be done to. */
static void at_once(struct screen *s, struct effects *fx)
{
	struct duty *d = s->state;
	enum request then = d->then;
	d->then = REQ_KEY;
	if (then != REQ_HAND_POST && then != REQ_GIVE_POST && then != REQ_DONE)
		return;
	if (then == REQ_HAND_POST && d->absence_id != 0 && held(s) > 1) {
		fx_say(fx, FACE_PLAIN, "%s",
		    _("You hold several posts: F2 on each hands it over for this absence."));
		return;
	}
	for (int i = 0; i < roll_count(d); i++) {
		list_select(&d->roll.list, i);
		if (then == REQ_GIVE_POST ? covers(s) : holds(s) || (then == REQ_DONE && covered(s))) {
			(void)duty_request(s, then, NULL, fx);
			return;
		}
	}
	list_select(&d->roll.list, 0);
	if (then == REQ_DONE)
		return;
	fx_refuse(fx, "%s",
	    then == REQ_HAND_POST ? _("You hold no post to hand over.")
				  : _("You hold no post as B to give back."));
}

static void replied(struct screen *s, const struct message *m, struct effects *fx)
{
	struct duty *d = s->state;
	switch (m->tag) {
	case TAG_LIST:
		if (roll_take(&d->roll, m->reply, false, fx))
			ask(s, fx);
		if (reply_ok(m->reply))
			at_once(s, fx);
		look(d, true, fx);
		return;
	case TAG_ASK:
		if (reply_ok(m->reply))
			fx_say(fx, FACE_GOOD, "%s", _("Asked for: whoever holds it reads that now."));
		else
			fx_refuse_reply(fx, m->reply);
		ask(s, fx);
		return;
	case TAG_SHOW:
		if (reply_ok(m->reply)) {
			reply_free(d->people);
			d->people = reply_keep(m->reply);
			d->shown = d->asked;
		}
		d->asked = 0;
		look(d, false, fx);
		return;
	default:
		if (reply_ok(m->reply))
			fx_say(fx, FACE_GOOD, "%s", _("Taken: you hold this post now."));
		else
			fx_refuse_reply(fx, m->reply);
		ask(s, fx);
	}
}

static void duty_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct duty *d = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY:
		replied(s, m, fx);
		return;
	case MESSAGE_STOPPED:
		d->roll.asking = false;
		d->asked = 0;
		return;
	case MESSAGE_EVENTS:
	case MESSAGE_RESULT:
	case MESSAGE_ONLINE:
		ask(s, fx);
		return;
	default:
		return;
	}
}

const struct screen_ops screen_duty = {
    .name = "duty",
    .title = N_("Posts"),
    .on = ON_DUTY,
    .size = sizeof(struct duty),
    .open = duty_open,
    .close = duty_close,
    .draw = duty_draw,
    .request = duty_request,
    .message = duty_message,
    .label = duty_label,
};
