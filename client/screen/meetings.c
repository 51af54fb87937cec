/*
 * Meetings and joint site visits (PAR-5), live: those of one case, for who leads it;
 * or those to come that one is called to, and those one leads. Enter opens one, F2
 * calls one, F7 makes 会签意见表 or 流转单 of the case.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/meeting.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { WIDEST = 150, DETAIL = 7 };

struct meetings {
	struct roll roll;        /* first: the list's data */
	int64_t case_id;         /* 0: those to come */
	struct roll_pages pages; /* of these: 0, those one is called to; 1, those one leads */
};

const struct form_choice meeting_kinds[] = {{"review", N_("joint review meeting")},
    {"visit", N_("joint site visit")}, {"acceptance", N_("joint acceptance")}, {NULL, NULL}};

void meeting_ask(struct effects *fx, int tag, unsigned flags, const char *scope, int64_t case_id)
{
	struct bytes_out out = fx_payload();
	op_put_text(&out, scope);
	op_put_id(&out, case_id);
	op_put_null(&out);
	op_put_null(&out);
	fx_send(fx, "meeting.list", tag, flags, &out);
}

const char *meeting_kind(const struct reply *r, size_t i)
{
	for (const struct form_choice *c = meeting_kinds; c->value != NULL; c++)
		if (strcmp(c->value, reply_text(r, i, "kind")) == 0)
			return _(c->label);
	return reply_text(r, i, "kind");
}

char *meeting_stands(const struct reply *r, size_t i, char *buf, size_t size)
{
	const char *state = reply_text(r, i, "state");
	if (strcmp(state, "cancelled") == 0)
		snprintf(buf, size, "%s", _("called off"));
	else if (strcmp(state, "closed") == 0)
		snprintf(buf, size, _("minutes written, %d of %d came"), (int)reply_int(r, i, "came"),
		    (int)reply_int(r, i, "called"));
	else if (reply_bool(r, i, "unsigned"))
		snprintf(buf, size, "%s", _("sign for the call"));
	else
		snprintf(buf, size, _("%d of %d signed"), (int)reply_int(r, i, "signed"),
		    (int)reply_int(r, i, "called"));
	return buf;
}

/* Cut short with … where it takes more lines than it may. */
static int fact(int y, const struct area *a, int most, enum face face, const char *label, const char *value)
{
	int left = a->y + a->h - y, rows = most == 0 || most > left ? left : most;
	struct area in = {y, a->x, rows, a->w};
	if (rows <= 0 || *value == '\0')
		return y;
	int below = draw_fact(y, &in, face, label, value);
	if (below <= y + rows)
		return below;
	draw_right(y + rows - 1, a->x, a->w, face, "…");
	return y + rows;
}

int meeting_facts(const struct reply *r, size_t i, int most, const struct area *a)
{
	char when[32], line[2000];
	bool off = strcmp(reply_text(r, i, "state"), "cancelled") == 0;
	word_moment(reply_int(r, i, "at"), when, sizeof when);
	snprintf(line, sizeof line, "%s · %s · %s", meeting_kind(r, i), when, reply_text(r, i, "place"));
	int y = fact(a->y, a, most, FACE_BOLD, _("Meeting:"), line);
	snprintf(line, sizeof line, "%s · %s · %s", reply_text(r, i, "number"), reply_text(r, i, "item"),
	    reply_text(r, i, "applicant"));
	y = fact(y, a, most > 1 ? most - 1 : most, FACE_PLAIN, _("Case:"), line);
	y = fact(y, a, most, FACE_PLAIN, _("Agenda:"), reply_text(r, i, "agenda"));
	return fact(y, a, most, FACE_PLAIN, off ? _("Called off:") : _("Result:"), reply_text(r, i, "words"));
}

bool meeting_news(const struct reply *r, char *buf, size_t size)
{
	char when[32], stands[120];
	size_t at = 0;
	bool sign = false;
	for (size_t i = r->nrows; i-- > 0;)
		if (reply_bool(r, i, "unsigned")) {
			sign = true;
			at = i;
		}
	snprintf(buf, size,
	    ngettext("%d meeting (F2): %s %s · %s · %.120s", "%d meetings (F2): %s %s · %s · %.120s",
		(unsigned long)r->nrows),
	    (int)r->nrows, word_moment(reply_int(r, at, "at"), when, sizeof when), meeting_kind(r, at),
	    meeting_stands(r, at, stands, sizeof stands), reply_text(r, at, "place"));
	return sign;
}

bool meeting_made_paper(const struct message *m, int64_t case_id, struct effects *fx)
{
	static const char *const makers[] = {"meeting", "meeting_move", "meeting_close", "sheet"};
	struct screen_arg arg = {.kind = "notices", .id = case_id};
	for (size_t i = 0; m->arg != NULL && i < sizeof makers / sizeof *makers; i++) {
		if (strcmp(m->arg->text, makers[i]) != 0)
			continue;
		fx_push(fx, &screen_case, &arg);
		return true;
	}
	return false;
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct meetings *p = data;
	const struct reply *r = p->roll.rows;
	size_t n = (size_t)i;
	char when[32], said[120];
	bool unsigned_yet = reply_bool(r, n, "unsigned");
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	int end = a->x + a->w - 1, x = a->x + 1;
	if (selected) {
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
		draw_caret(a->y, a->x);
	}
	draw_text(a->y, x, 17, plain, word_moment(reply_int(r, n, "at"), when, sizeof when));
	draw_text(a->y, x + 18, 12, plain, meeting_kind(r, n));
	draw_text(a->y, x + 31, end - 27 - x - 31, plain,
	    p->case_id != 0 ? reply_text(r, n, "place") : reply_text(r, n, "item"));
	draw_text(a->y, end - 26, 26, selected || !unsigned_yet ? plain : FACE_WARN,
	    meeting_stands(r, n, said, sizeof said));
}

static const struct list_ops meetings_list = {roll_count, roll_id, NULL, row};

static void ask(struct meetings *p, struct effects *fx)
{
	if (roll_may_ask(&p->roll))
		meeting_ask(fx, 0, p->roll.rows == NULL ? SEND_WAIT : 0,
		    p->case_id != 0   ? "case"
		    : p->pages.wanted ? "lead"
				      : "mine",
		    p->case_id);
}

/* arg: id, the case; none: those to come. */
static void meetings_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct meetings *p = s->state;
	roll_init(&p->roll, &meetings_list, "call_id", p);
	p->case_id = arg == NULL ? 0 : arg->id;
	ask(p, fx);
}

static void meetings_close(struct screen *s)
{
	roll_done(&((struct meetings *)s->state)->roll);
}

static int64_t meetings_watch(const struct screen *s)
{
	return ((const struct meetings *)s->state)->case_id;
}

static void meetings_draw(struct screen *s, const struct area *a)
{
	struct meetings *p = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w;
	draw_text(a->y, a->x + 1, w - 2, FACE_TITLE,
	    p->case_id != 0   ? _("Meetings and site visits of the case")
	    : p->pages.wanted ? _("Meetings to come of the cases one leads")
			      : _("Meetings to come one is called to"));
	draw_rule(a->y + 1, a->x, a->w, NULL);
	struct area list = {a->y + 2, a->x, a->h - 3 - DETAIL, w};
	if (p->roll.rows != NULL && roll_count(p) == 0)
		draw_text(list.y + 1, list.x + 2, list.w - 3, FACE_DIM,
		    p->case_id != 0 ? _("None was called. F2 calls one.") : _("None is to come."));
	list_draw(&p->roll.list, &list, true);
	if (roll_at(&p->roll) < 0)
		return;
	draw_rule(a->y + a->h - 1 - DETAIL, a->x, a->w, NULL);
	struct area detail = {a->y + a->h - DETAIL, a->x + 1, DETAIL, w - 2};
	(void)meeting_facts(p->roll.rows, (size_t)roll_at(&p->roll), 2, &detail);
}

static bool meetings_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct meetings *p = s->state;
	struct screen_arg arg = {
	    .id = roll_int(&p->roll, "case_id"), .number = roll_int(&p->roll, "meeting")};
	switch (r) {
	case REQ_OPEN:
		if (arg.id != 0)
			fx_push(fx, &screen_meeting, &arg);
		return true;
	case REQ_CALL_MEETING:
		if (p->case_id != 0)
			deed_push(fx, "meeting", p->case_id, "");
		return true;
	case REQ_SHEET:
		if (p->case_id != 0)
			deed_push(fx, "sheet", p->case_id, "");
		return true;
	case REQ_PANE:
		if (p->case_id == 0) {
			roll_turn(&p->pages, !p->pages.wanted, fx);
			ask(p, fx);
		}
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

static const char *meetings_label(const struct screen *s, enum request r)
{
	bool of_case = ((const struct meetings *)s->state)->case_id != 0;
	if (r == REQ_CALL_MEETING || r == REQ_SHEET)
		return of_case ? NULL : "";
	return r == REQ_PANE && of_case ? "" : NULL;
}

static void meetings_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct meetings *p = s->state;
	if (m->kind == MESSAGE_REPLY) {
		if (roll_take_page(&p->roll, &p->pages, m->reply, fx))
			ask(p, fx);
		return;
	}
	if (m->kind == MESSAGE_STOPPED)
		roll_stopped(&p->roll, &p->pages);
	if (m->kind == MESSAGE_RESULT)
		(void)meeting_made_paper(m, p->case_id, fx);
	if (m->kind == MESSAGE_ONLINE || m->kind == MESSAGE_RESULT || m->kind == MESSAGE_EVENTS)
		ask(p, fx);
}

const struct screen_ops screen_meetings = {
    .name = "meetings",
    .title = N_("Meetings"),
    .on = ON_MEETINGS,
    .size = sizeof(struct meetings),
    .open = meetings_open,
    .close = meetings_close,
    .draw = meetings_draw,
    .request = meetings_request,
    .message = meetings_message,
    .label = meetings_label,
    .watch = meetings_watch,
};
