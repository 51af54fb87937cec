/*
 * The whereabouts board (F8, WHR-2): who is at the post, who is not, until when and
 * who covers. From here one signs in and out (WHR-1), leaves the window with the
 * sign to put up (POST-6), and comes back.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/words.h"
#include "client/ui/editor.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_LIST = 1, TAG_SELF, TAG_SIGN, TAG_OWN_SIGN, TAG_PAPER, TAG_LEAVING, TAG_NEAR };
enum { DETAIL = 6, WIDEST = 130 };

struct board {
	struct roll roll;   /* first: the list's data */
	bool all, fresh;    /* fresh: other rows are asked for, and keys wait for them */
	char done[1500];    /* what to say when the write is done */
	struct editor line; /* what was typed to find a person */
};

static bool at_post(const char *kind)
{
	return strcmp(kind, "post") == 0;
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct board *)data)->roll.rows;
	size_t n = (size_t)i;
	char window[32] = "", until[32], text[300];
	const char *kind = reply_text(r, n, "kind");
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	enum face face = selected                   ? FACE_SELECT
			 : at_post(kind)            ? FACE_GOOD
			 : strcmp(kind, "off") == 0 ? FACE_DIM
						    : FACE_WARN;
	int x = a->x + 1;
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, x, 11, plain, reply_text(r, n, "name"));
	if (!reply_null(r, n, "window_no"))
		snprintf(window, sizeof window, _("window %lld"), (long long)reply_int(r, n, "window_no"));
	draw_text(a->y, x + 12, 9, plain, window);
	draw_text(a->y, x + 22, 10, face, word_whereabouts(kind));
	word_moment(reply_int(r, n, "until"), until, sizeof until);
	draw_text(a->y, x + 33, 12, plain, strlen(until) > 5 ? until + 5 : until);
	const char *cover = reply_text(r, n, "covered_by");
	if (*cover != '\0')
		snprintf(text, sizeof text, _("covered by %s"), cover);
	else
		snprintf(text, sizeof text, "%s",
		    at_post(kind) ? reply_text(r, n, "posts") : reply_text(r, n, "destination"));
	draw_text(a->y, x + 46, a->w - 48, plain, text);
	if (selected)
		draw_caret(a->y, a->x);
}

static const struct list_ops board_list = {roll_count, roll_id, NULL, row};

static void ask(struct screen *s, struct effects *fx)
{
	struct board *b = s->state;
	roll_ask_all(&b->roll, "presence.board", TAG_LIST, b->all, &b->fresh, fx);
}

static void self(struct board *b, const char *op, const char *done, struct effects *fx)
{
	snprintf(b->done, sizeof b->done, "%s", done);
	fx_send(fx, op, TAG_SELF, SEND_WAIT, NULL);
}

static void sign_in(struct board *b, struct effects *fx)
{
	self(b, "presence.in", _("Signed in."), fx);
}

/* What becomes of one's posts is read first: it is said with the deed, whose undo is signing in. */
static void sign_out(struct board *b, struct effects *fx)
{
	snprintf(b->done, sizeof b->done, "%s", _("Signed out; F10 signs in again."));
	fx_send(fx, "presence.leaving", TAG_LEAVING, SEND_WAIT, NULL);
}

/* Which windows could watch one's own is read first, and stands over the form. */
static void leave(struct effects *fx)
{
	fx_send(fx, "presence.neighbours", TAG_NEAR, SEND_WAIT, NULL);
}

static void more(char *buf, size_t size, const char *part)
{
	size_t n = strlen(buf);
	snprintf(buf + n, size - n, " %s", part);
}

static void going(const struct screen *s, const struct reply *r, char *buf, size_t size)
{
	char part[400], at[32];
	if (s->desk->open[0] != '\0') {
		snprintf(part, sizeof part, _("Still open: %s; what was typed is kept as a draft."),
		    s->desk->open);
		more(buf, size, part);
	}
	for (size_t i = 0; i < r->nrows; i++) {
		const char *post = reply_text(r, i, "post"), *first = reply_text(r, i, "first");
		word_moment(reply_int(r, i, "empty_at"), at, sizeof at);
		const char *when = strlen(at) > 5 ? at + 5 : at;
		if (*first != '\0')
			snprintf(part, sizeof part,
			    _("«%.60s» (%lld open) is empty from %s and offered to %.40s first."), post,
			    (long long)reply_int(r, i, "open_cases"), when, first);
		else
			snprintf(part, sizeof part,
			    _("«%.60s» (%lld open) is empty from %s and offered to all: no B is here."), post,
			    (long long)reply_int(r, i, "open_cases"), when);
		more(buf, size, part);
	}
}

/* Windows that can watch this one, those that can take its matters in first. */
static void near(const struct reply *r, char *buf, size_t size)
{
	char part[400];
	snprintf(
	    buf, size, "%s", r->nrows > 0 ? _("Could watch:") : _("At no other counter is anybody now."));
	for (size_t i = 0; i < r->nrows && i < 6; i++) {
		snprintf(part, sizeof part,
		    reply_bool(r, i, "receives") ? _("%lld %.300s (can take in);")
						 : _("%lld %.300s (answers only);"),
		    (long long)reply_int(r, i, "window_no"), reply_text(r, i, "people"));
		more(buf, size, part);
	}
}

static void come_back(struct board *b, struct effects *fx)
{
	self(b, "presence.back", _("Back at the window; the board shows it."), fx);
}

/* arg: number, what is to be done at once: a request of this screen. */
static void board_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct board *b = s->state;
	roll_init(&b->roll, &board_list, "staff_id", b);
	editor_init(&b->line, 20, false);
	ask(s, fx);
	if (arg == NULL)
		return;
	switch ((enum request)arg->number) {
	case REQ_SIGN_IN:
		sign_in(b, fx);
		return;
	case REQ_SIGN_OUT:
		sign_out(b, fx);
		return;
	case REQ_COME_BACK:
		come_back(b, fx);
		return;
	case REQ_AWAY:
		leave(fx);
		return;
	default:
		return;
	}
}

static void board_close(struct screen *s)
{
	roll_done(&((struct board *)s->state)->roll);
}

/* One's own row; 0, the first, when there is none. */
static int own_row(const struct screen *s)
{
	const struct board *b = s->state;
	for (int i = 0; i < roll_count(b); i++)
		if (reply_int(b->roll.rows, (size_t)i, "staff_id") == s->desk->staff_id)
			return i;
	return 0;
}

/* Where one is oneself, as the board says; "" before it is known. */
static const char *own_kind(const struct screen *s)
{
	const struct board *b = s->state;
	size_t i = (size_t)own_row(s);
	if (roll_count(b) == 0 || reply_int(b->roll.rows, i, "staff_id") != s->desk->staff_id)
		return "";
	return reply_text(b->roll.rows, i, "kind");
}

static void detail(const struct board *b, const struct area *a)
{
	char line[700], since[32], until[32];
	int y = a->y;
	word_moment(roll_int(&b->roll, "since"), since, sizeof since);
	word_moment(roll_int(&b->roll, "until"), until, sizeof until);
	snprintf(line, sizeof line, "%.100s · %.200s · %.60s  %s%s%s", roll_text(&b->roll, "name"),
	    roll_text(&b->roll, "department"), word_whereabouts(roll_text(&b->roll, "kind")), since,
	    until[0] != '\0' ? " – " : "", until);
	draw_text(y++, a->x, a->w, FACE_BOLD, line);
	y = draw_fact(y, a, FACE_PLAIN, _("Posts:"), roll_text(&b->roll, "posts"));
	y = draw_fact(y, a, FACE_PLAIN, _("Covered by:"), roll_text(&b->roll, "covered_by"));
	y = draw_fact(y, a, FACE_PLAIN, _("Where to:"), roll_text(&b->roll, "destination"));
	y = draw_fact(y, a, FACE_PLAIN, _("Reached by:"), roll_text(&b->roll, "contact"));
	(void)draw_fact(y, a, FACE_PLAIN, _("Note:"), roll_text(&b->roll, "note"));
}

static void board_draw(struct screen *s, const struct area *a)
{
	struct board *b = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w, n = roll_count(b), here = 0;
	for (int i = 0; i < n; i++)
		here += at_post(reply_text(b->roll.rows, (size_t)i, "kind"));
	int used = draw_text(
	    a->y, a->x + 1, w - 2, FACE_TITLE, b->all ? _("Whereabouts · the hall") : _("Whereabouts"));
	if (b->roll.rows == NULL)
		return;
	used += draw_format(
	    a->y, a->x + 1 + used, w - 2 - used, FACE_PLAIN, _(" · %d, at their posts %d"), n, here);
	const char *kind = own_kind(s);
	if (*kind != '\0')
		used += draw_format(a->y, a->x + 1 + used, w - 2 - used,
		    at_post(kind) ? FACE_PLAIN : FACE_WARN, _(" · you: %s"), word_whereabouts(kind));
	if (s->desk->watch[0] != '\0')
		draw_format(
		    a->y, a->x + 1 + used, w - 2 - used, FACE_WARN, _(" · you watch %s"), s->desk->watch);
	struct area list = {a->y + 1, a->x, a->h - 2 - DETAIL, w};
	list_draw(&b->roll.list, &list, true);
	if (roll_at(&b->roll) < 0)
		return;
	draw_rule(a->y + a->h - DETAIL - 1, a->x, a->w, NULL);
	struct area side = {a->y + a->h - DETAIL, a->x + 1, DETAIL, w - 2};
	detail(b, &side);
}

/* F10 is what one does next about oneself: sign in, or come back. */
static void go_on(struct screen *s, struct effects *fx)
{
	const char *kind = own_kind(s);
	if (*kind == '\0' || strcmp(kind, "off") == 0)
		sign_in(s->state, fx);
	else if (at_post(kind))
		fx_refuse(fx, "%s", _("You are at your post: F2 leaves it for a while, F5 signs out."));
	else
		come_back(s->state, fx);
}

static bool board_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct board *b = s->state;
	switch (r) {
	case REQ_COMMIT:
		go_on(s, fx);
		return true;
	case REQ_SIGN_IN:
		sign_in(b, fx);
		return true;
	case REQ_COME_BACK:
		come_back(b, fx);
		return true;
	case REQ_SIGN_OUT:
		sign_out(b, fx);
		return true;
	case REQ_AWAY:
		leave(fx);
		return true;
	case REQ_PRINT:
		fx_send(fx, "presence.sign", TAG_SIGN, SEND_WAIT, NULL);
		return true;
	case REQ_SCOPE:
		b->all = !b->all;
		b->fresh = true;
		ask(s, fx);
		return true;
	case REQ_REFRESH:
		ask(s, fx);
		return false;
	case REQ_KEY:
		if (!list_key(&b->roll.list, k))
			return roll_find(&b->roll, &b->line, k, roll_fits_person, fx);
		editor_clear(&b->line);
		return true;
	default:
		return false;
	}
}

static const char *board_label(const struct screen *s, enum request r)
{
	const struct board *b = s->state;
	const char *kind = own_kind(s);
	bool off = *kind == '\0' || strcmp(kind, "off") == 0;
	switch (r) {
	case REQ_COMMIT:
		return off ? _("Sign in") : at_post(kind) ? "" : _("Come back");
	case REQ_SIGN_OUT:
	case REQ_AWAY:
		return off ? "" : NULL;
	case REQ_SCOPE:
		return b->all ? _("Department") : NULL;
	default:
		return NULL;
	}
}

void duty_print(const struct reply *r, int tag, const char *title, struct effects *fx)
{
	struct paper_order order = {.spool = true, .kind = "floor"};
	if (!reply_ok(r)) {
		fx_refuse_reply(fx, r);
		return;
	}
	order.blocks = reply_keep(r);
	snprintf(order.title, sizeof order.title, "%s", title);
	fx_paper(fx, tag, &order);
}

void duty_printed(const struct paper_result *p, struct effects *fx)
{
	if (!p->ok)
		fx_refuse(fx, "%s", p->sentence);
	else if (p->going)
		fx_say(fx, FACE_PLAIN, _("The paper is at printer %s."), p->printer);
	else
		fx_say(
		    fx, FACE_GOOD, _("The paper was printed: %s"), p->path[0] != '\0' ? p->path : p->printer);
}

static void replied(struct screen *s, const struct message *m, struct effects *fx)
{
	struct board *b = s->state;
	char said[2600];
	bool first;
	switch (m->tag) {
	case TAG_LIST:
		first = b->roll.rows == NULL;
		if (roll_take(&b->roll, m->reply, false, fx))
			ask(s, fx);
		if (first)
			list_select(&b->roll.list, own_row(s));
		return;
	case TAG_LEAVING:
		if (reply_ok(m->reply))
			going(s, m->reply, b->done, sizeof b->done);
		fx_send(fx, "presence.out", TAG_SELF, SEND_WAIT, NULL);
		return;
	case TAG_NEAR:
		near(m->reply, said, sizeof said);
		deed_push(fx, "away", 0, reply_ok(m->reply) ? said : "");
		return;
	case TAG_OWN_SIGN:
		if (!reply_ok(m->reply))
			return;
		duty_print(m->reply, TAG_PAPER, _("Away sign"), fx);
		return;
	case TAG_SIGN:
		duty_print(m->reply, TAG_PAPER, _("Away sign"), fx);
		return;
	default:
		if (reply_ok(m->reply))
			fx_say(fx, FACE_GOOD, "%s", b->done);
		else
			fx_refuse_reply(fx, m->reply);
		ask(s, fx);
	}
}

static void board_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct board *b = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY:
		replied(s, m, fx);
		return;
	case MESSAGE_PAPER:
		duty_printed(m->paper, fx);
		return;
	case MESSAGE_STOPPED:
		b->roll.asking = false;
		return;
	case MESSAGE_RESULT:
		/* Where a window watches, there is a sign to put up (POST-6): it prints by itself. */
		if (m->arg != NULL && strcmp(m->arg->text, "away") == 0)
			fx_send(fx, "presence.sign", TAG_OWN_SIGN, 0, NULL);
		ask(s, fx);
		return;
	case MESSAGE_ONLINE:
	case MESSAGE_EVENTS:
		ask(s, fx);
		return;
	default:
		return;
	}
}

const struct screen_ops screen_board = {
    .name = "board",
    .title = N_("Whereabouts"),
    .on = ON_BOARD,
    .size = sizeof(struct board),
    .open = board_open,
    .close = board_close,
    .draw = board_draw,
    .request = board_request,
    .message = board_message,
    .label = board_label,
};
