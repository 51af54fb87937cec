/*
 * Absences (WHR-3): one's own requests, those that wait for one's answer, the
 * department's, the hall's. F2 asks for one, Enter decides what waits for one's own
 * word; a request that would leave a post to nobody says which (POST-5).
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_LIST = 1 };
enum { DETAIL = 7, WIDEST = 130, PAST = 31, AHEAD = 366 };

static const struct {
	const char *scope, *name;
} pages[] = {{"mine", N_("Mine")}, {"approve", N_("To decide")}, {"department", N_("Department")},
    {"all", N_("The hall")}};
enum { PAGES = sizeof pages / sizeof *pages, PAGE_DECIDE = 1 };

struct leaves {
	struct roll roll; /* first: the list's data */
	int page;
	bool fresh;
};

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct leaves *)data)->roll.rows;
	size_t n = (size_t)i;
	char when[80];
	bool waits = reply_bool(r, n, "mine_to_decide");
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	int x = a->x + 1;
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, x, 10,
	    selected ? plain
	    : waits  ? FACE_WARN
		     : FACE_PLAIN,
	    waits ? _("to decide") : word_absence(reply_text(r, n, "state")));
	draw_text(a->y, x + 11, 11, plain, reply_text(r, n, "name"));
	draw_text(a->y, x + 23, 8, plain, word_whereabouts(reply_text(r, n, "kind")));
	word_span(reply_int(r, n, "from_at"), reply_int(r, n, "until_at"), when, sizeof when);
	draw_text(a->y, x + 32, 26, plain, when);
	draw_text(a->y, x + 59, a->w - 61, plain, reply_text(r, n, "reason"));
	if (selected)
		draw_caret(a->y, a->x);
}

static const struct list_ops leaves_list = {roll_count, roll_id, NULL, row};

static void ask(struct screen *s, struct effects *fx)
{
	struct leaves *v = s->state;
	if (!roll_may_ask(&v->roll))
		return;
	struct bytes_out out = fx_payload();
	int32_t today = word_day(s->desk->now);
	op_put_text(&out, pages[v->page].scope);
	op_put_date(&out, today - PAST);
	op_put_date(&out, today + AHEAD);
	fx_send(fx, "absence.list", TAG_LIST, v->roll.rows == NULL || v->fresh ? SEND_WAIT : 0, &out);
}

/* arg: number, what is to be done at once: ask for leave. */
static void leaves_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct leaves *v = s->state;
	roll_init(&v->roll, &leaves_list, "absence_id", v);
	if (s->desk->leaves_asked > 0)
		v->page = PAGE_DECIDE;
	ask(s, fx);
	if (arg != NULL && arg->number == REQ_ASK_LEAVE)
		deed_push(fx, "leave", 0, "");
}

static void leaves_close(struct screen *s)
{
	roll_done(&((struct leaves *)s->state)->roll);
}

static bool own(const struct screen *s)
{
	const struct leaves *v = s->state;
	return roll_at(&v->roll) >= 0 && roll_int(&v->roll, "staff_id") == s->desk->staff_id;
}

static bool stands(const struct leaves *v)
{
	const char *state = roll_text(&v->roll, "state");
	return strcmp(state, "asked") == 0 || strcmp(state, "granted") == 0;
}

static void about(const struct leaves *v, char *buf, size_t size)
{
	char when[80];
	word_span(roll_int(&v->roll, "from_at"), roll_int(&v->roll, "until_at"), when, sizeof when);
	snprintf(buf, size, "%.100s · %.60s · %s", roll_text(&v->roll, "name"),
	    word_whereabouts(roll_text(&v->roll, "kind")), when);
}

/* Who decides it, by name; where nobody holds that post, who could take it. */
static const char *judge(const struct leaves *v, char *buf, size_t size)
{
	const char *rank = word_rank(roll_text(&v->roll, "approver")),
		   *post = roll_text(&v->roll, "judge_post"), *who = roll_text(&v->roll, "judge"),
		   *could = roll_text(&v->roll, "judge_could");
	if (*post == '\0')
		snprintf(buf, size, "%.60s", rank);
	else if (*who != '\0')
		snprintf(buf, size, "%.60s · %.160s %.120s", rank, post, who);
	else
		snprintf(buf, size, _("%.60s · «%.160s» is empty now; may be taken by %.200s"), rank, post,
		    *could != '\0' ? could : _("nobody"));
	return buf;
}

static void detail(const struct leaves *v, const struct area *a)
{
	char line[500], when[32];
	int y = a->y;
	about(v, line, sizeof line);
	draw_text(y++, a->x, a->w, FACE_BOLD, line);
	y = draw_fact(y, a, FACE_PLAIN, _("Reason:"), roll_text(&v->roll, "reason"));
	y = draw_fact(y, a, FACE_WARN, _("Nobody would be left of:"), roll_text(&v->roll, "uncovered"));
	y = draw_fact(y, a, FACE_PLAIN, _("Decided by rank:"), judge(v, line, sizeof line));
	snprintf(line, sizeof line, "%.200s %s", roll_text(&v->roll, "decided_by"),
	    word_moment(roll_int(&v->roll, "decided_at"), when, sizeof when));
	y = draw_fact(
	    y, a, FACE_PLAIN, _("Decided:"), *roll_text(&v->roll, "decided_by") == '\0' ? "" : line);
	y = draw_fact(y, a, FACE_PLAIN, _("Note:"), roll_text(&v->roll, "note"));
	(void)draw_fact(y, a, FACE_PLAIN, _("Substitute:"), roll_text(&v->roll, "substitute"));
}

/* The hall's is for who supervises it. */
static int npages(const struct screen *s)
{
	return (s->desk->class & OP_SUPERVISOR) != 0 ? PAGES : PAGES - 1;
}

static void leaves_draw(struct screen *s, const struct area *a)
{
	struct leaves *v = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w, n = roll_count(v), x = a->x + 1;
	draw_format(a->y, x, w - 2, FACE_TITLE, _("Leave and absences · %d"), n);
	draw_rule(a->y + 1, a->x, a->w, NULL);
	for (int i = 0; i < npages(s); i++)
		x = draw_tab(a->y + 1, x, a->x + w - 1, _(pages[i].name), i == v->page);
	struct area list = {a->y + 2, a->x, a->h - 3 - DETAIL, w};
	if (v->roll.rows != NULL && n == 0)
		draw_text(list.y + 1, list.x + 2, list.w - 3, FACE_DIM,
		    v->page == PAGE_DECIDE ? _("Nothing waits for your answer.")
					   : _("None. F2 asks for leave."));
	list_draw(&v->roll.list, &list, true);
	if (roll_at(&v->roll) < 0)
		return;
	draw_rule(a->y + a->h - DETAIL - 1, a->x, a->w, NULL);
	struct area side = {a->y + a->h - DETAIL, a->x + 1, DETAIL, w - 2};
	detail(v, &side);
}

static void decide(const struct leaves *v, struct effects *fx)
{
	char line[1200];
	if (!roll_is(&v->roll, "mine_to_decide")) {
		fx_refuse(fx, "%s", _("This does not wait for your answer."));
		return;
	}
	about(v, line, sizeof line);
	size_t n = strlen(line);
	snprintf(line + n, sizeof line - n, "\n%.400s", roll_text(&v->roll, "reason"));
	n = strlen(line);
	if (*roll_text(&v->roll, "uncovered") != '\0')
		snprintf(line + n, sizeof line - n, _("\nNobody would be left of: %.300s"),
		    roll_text(&v->roll, "uncovered"));
	deed_push(fx, "decide", v->roll.list.id, line);
}

static void change(const struct screen *s, const char *deed, struct effects *fx)
{
	const struct leaves *v = s->state;
	char line[400];
	if (roll_at(&v->roll) < 0) {
		fx_warn_code(fx, "find.none", NULL);
	} else if (!stands(v)) {
		fx_refuse(fx, "%s", _("This request is over."));
	} else {
		about(v, line, sizeof line);
		deed_push(fx, deed, v->roll.list.id, line);
	}
}

/* One's posts are handed over for an absence of one's own: its times and reason are in the form. */
static void hand_over(const struct screen *s, struct effects *fx)
{
	const struct leaves *v = s->state;
	struct screen_arg arg = {.number = REQ_HAND_POST, .id = v->roll.list.id};
	if (own(s) && stands(v))
		fx_push(fx, &screen_duty, &arg);
	else
		fx_refuse(
		    fx, "%s", _("Posts are handed over for an absence of one's own that is still to come."));
}

static void turn(struct screen *s, int page, struct effects *fx)
{
	struct leaves *v = s->state;
	v->page = page;
	v->fresh = true;
	ask(s, fx);
}

static bool leaves_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct leaves *v = s->state;
	switch (r) {
	case REQ_OPEN:
	case REQ_COMMIT:
		decide(v, fx);
		return true;
	case REQ_ASK_LEAVE:
		deed_push(fx, "leave", 0, "");
		return true;
	case REQ_CHANGE:
		change(s, "leave_change", fx);
		return true;
	case REQ_DROP:
		change(s, "leave_cancel", fx);
		return true;
	case REQ_HAND_POST:
		hand_over(s, fx);
		return true;
	case REQ_PANE:
		turn(s, (v->page + 1) % npages(s), fx);
		return true;
	case REQ_REFRESH:
		ask(s, fx);
		return false;
	case REQ_KEY:
		if (k->code == K_RIGHT || k->code == K_LEFT || k->code == K_BACKTAB) {
			turn(s, (v->page + (k->code == K_RIGHT ? 1 : npages(s) - 1)) % npages(s), fx);
			return true;
		}
		return list_key(&v->roll.list, k);
	default:
		return false;
	}
}

static const char *leaves_label(const struct screen *s, enum request r)
{
	const struct leaves *v = s->state;
	switch (r) {
	case REQ_COMMIT:
		return roll_is(&v->roll, "mine_to_decide") ? _("Decide") : "";
	case REQ_CHANGE:
	case REQ_DROP:
	case REQ_HAND_POST:
		return stands(v) && own(s) ? NULL : "";
	default:
		return NULL;
	}
}

static void leaves_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct leaves *v = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY: {
		bool once_more = roll_take(&v->roll, m->reply, v->fresh, fx);
		v->fresh = false;
		if (once_more)
			ask(s, fx);
		return;
	}
	case MESSAGE_STOPPED:
		v->roll.asking = false;
		return;
	case MESSAGE_ONLINE:
	case MESSAGE_RESULT:
	case MESSAGE_EVENTS:
		ask(s, fx);
		return;
	default:
		return;
	}
}

const struct screen_ops screen_leaves = {
    .name = "leaves",
    .title = N_("Leave and absences"),
    .on = ON_LEAVES,
    .size = sizeof(struct leaves),
    .open = leaves_open,
    .close = leaves_close,
    .draw = leaves_draw,
    .request = leaves_request,
    .message = leaves_message,
    .label = leaves_label,
};
