/*
 * One meeting (PAR-5), live: a department signs for the call; the lead takes
 * attendance with Space, writes down opinions with 1 and Enter, closes it with the
 * minutes, moves it or calls it off. A row is a review of a department called.
 */
#include "client/screen/meeting.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/reviewing.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_LIST = 1, TAG_SHOW, TAG_WRITE, FACTS = 7, WIDEST = 150, WIDE_ENOUGH = 110, LOGIN = 40 };

struct meeting {
	struct roll roll; /* first: the rows of meeting.show */
	struct reply *list;
	int64_t case_id, no;
	int at;     /* the row of the list; −1 before it is here */
	bool whole; /* all that is said of it, over the departments */
};

static bool leads(const struct meeting *p)
{
	return p->at >= 0 && reply_bool(p->list, (size_t)p->at, "leads");
}

static bool open_yet(const struct meeting *p)
{
	return p->at >= 0 && strcmp(reply_text(p->list, (size_t)p->at, "state"), "called") == 0;
}

static const char *attendance(const struct reply *r, size_t n)
{
	if (reply_bool(r, n, "deemed"))
		return _("absent, deemed");
	if (reply_null(r, n, "came"))
		return "";
	return reply_bool(r, n, "came") ? reply_text(r, n, "who") : _("absent");
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct meeting *)data)->roll.rows;
	size_t n = (size_t)i;
	bool wide = a->w >= WIDE_ENOUGH, answered = !reply_null(r, n, "answer");
	bool served = !reply_null(r, n, "signed_at"),
	     late = reply_bool(r, n, "counts") && !reply_bool(r, n, "in_time");
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	int x = a->x + 1, who = wide ? 24 : 15, what = wide ? 40 : 20, end = a->x + a->w - 1;
	if (selected) {
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
		draw_caret(a->y, a->x);
	}
	draw_text(a->y, x, who - 1, plain, reply_text(r, n, "department"));
	draw_text(a->y, x + who, what - 1, plain, reply_text(r, n, "matter"));
	x += who + what;
	draw_text(a->y, x, 10, selected || (served && !late) ? plain : FACE_WARN,
	    !served ? _("not signed")
	    : late  ? _("too late")
		    : _("signed"));
	draw_text(a->y, x + 11, 14, plain, attendance(r, n));
	draw_text(
	    a->y, x + 26, end - x - 26, plain, answered ? word_opinion(reply_text(r, n, "answer")) : "");
}

static int64_t seq_of(const void *data, int i)
{
	return reply_int(((const struct meeting *)data)->roll.rows, (size_t)i, "seq");
}

static const struct list_ops called_list = {roll_count, seq_of, NULL, row};

static void ask(struct meeting *p, struct effects *fx)
{
	struct bytes_out out;
	if (!roll_may_ask(&p->roll))
		return;
	out = fx_payload();
	meeting_ask(fx, TAG_LIST, 0, "case", p->case_id);
	op_put_int8(&out, p->case_id);
	op_put_int2(&out, (int16_t)p->no);
	fx_send(fx, "meeting.show", TAG_SHOW, p->roll.rows == NULL ? SEND_WAIT : 0, &out);
}

/* arg: id, the case; number, the meeting. */
static void meeting_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct meeting *p = s->state;
	roll_init(&p->roll, &called_list, "seq", p);
	p->case_id = arg->id;
	p->no = arg->number;
	p->at = -1;
	ask(p, fx);
}

static void meeting_close(struct screen *s)
{
	struct meeting *p = s->state;
	roll_done(&p->roll);
	reply_free(p->list);
}

static int64_t meeting_watch(const struct screen *s)
{
	return ((const struct meeting *)s->state)->case_id;
}

static void meeting_draw(struct screen *s, const struct area *a)
{
	struct meeting *p = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w, y = a->y;
	struct area facts = {a->y, a->x + 1, p->whole ? a->h : FACTS, w - 2};
	if (p->at >= 0)
		y = meeting_facts(p->list, (size_t)p->at, p->whole ? 0 : 2, &facts);
	if (p->whole)
		return;
	draw_rule(y, a->x, a->w, NULL);
	struct area list = {y + 1, a->x, a->y + a->h - y - 3, w};
	list_draw(&p->roll.list, &list, true);
	if (roll_at(&p->roll) < 0)
		return;
	const char *by = roll_text(&p->roll, "signed_by");
	draw_format(a->y + a->h - 1, a->x + 1, w - 2, FACE_DIM,
	    *by != '\0' ? _("%s · %s · signed for by %s") : "%s · %s", roll_text(&p->roll, "post"),
	    roll_text(&p->roll, "matter"), by);
}

/* The key in front of every write. */
static struct bytes_out about(const struct meeting *p)
{
	struct bytes_out out = fx_payload();
	op_put_int8(&out, p->case_id);
	op_put_int2(&out, (int16_t)p->no);
	return out;
}

static void sign(const struct meeting *p, struct effects *fx)
{
	struct bytes_out out = about(p);
	fx_send(fx, "meeting.sign", TAG_WRITE, SEND_WAIT, &out);
}

/* Who of «login|name|A;login|name|B» comes after this one: the first, the next, then nobody. */
static void next_person(const char *people, const char *now, char login[LOGIN + 1])
{
	const char *p = people;
	size_t len = strlen(now);
	while (*now != '\0' && *p != '\0') {
		bool this_one = strncmp(p, now, len) == 0 && p[len] == '|';
		p += strcspn(p, ";");
		p += *p == ';';
		if (this_one)
			break;
	}
	snprintf(login, LOGIN + 1, "%.*s", (int)strcspn(p, "|;"), p);
}

static void attend(const struct meeting *p, struct effects *fx)
{
	char login[LOGIN + 1];
	struct bytes_out out;
	size_t begun;
	if (!leads(p) || roll_at(&p->roll) < 0) {
		fx_refuse(fx, "%s", _("Whoever leads the case takes attendance."));
		return;
	}
	next_person(roll_text(&p->roll, "people"), roll_text(&p->roll, "who_login"), login);
	out = about(p);
	begun = op_array_begin(&out);
	op_put_int8(&out, roll_int(&p->roll, "post_id"));
	op_array_end(&out, begun, 1);
	begun = op_array_begin(&out);
	op_put_text(&out, *login != '\0' ? login : NULL);
	op_array_end(&out, begun, 1);
	fx_send(fx, "meeting.attend", TAG_WRITE, SEND_WAIT, &out);
}

static void agree(const struct meeting *p, struct effects *fx)
{
	struct bytes_out out;
	if (roll_at(&p->roll) < 0)
		return;
	out = about(p);
	op_put_int2(&out, (int16_t)roll_int(&p->roll, "seq"));
	op_put_text(&out, "agree");
	op_put_null(&out);
	op_put_null(&out);
	fx_send(fx, "meeting.opine", TAG_WRITE, SEND_WAIT, &out);
}

static void fill(const struct meeting *p, const char *deed, struct effects *fx)
{
	struct screen_arg arg = {.id = p->case_id, .number = p->no};
	snprintf(arg.kind, sizeof arg.kind, "%s", deed);
	if (strcmp(deed, "speak") == 0) {
		arg.number |= roll_int(&p->roll, "seq") << 16;
		snprintf(arg.text, sizeof arg.text, "%.200s · %.400s", roll_text(&p->roll, "department"),
		    roll_text(&p->roll, "matter"));
	}
	fx_push(fx, &screen_deed, &arg);
}

/* What whoever leads the case does with it, until it is over. */
static void lead_deed(const struct meeting *p, const char *deed, struct effects *fx)
{
	if (!open_yet(p))
		fx_refuse(fx, "%s", _("This meeting is over."));
	else if (!leads(p))
		fx_refuse(fx, "%s", _("Whoever leads the case calls, moves and minutes its meetings."));
	else
		fill(p, deed, fx);
}

static bool meeting_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct meeting *p = s->state;
	switch (r) {
	case REQ_BACK:
		if (!p->whole)
			return false;
		p->whole = false;
		return true;
	case REQ_PANE:
		p->whole = !p->whole;
		return true;
	case REQ_OPEN:
		if (!open_yet(p))
			p->whole = !p->whole;
		else if (roll_at(&p->roll) >= 0)
			fill(p, "speak", fx);
		return true;
	case REQ_SIGN_CALL:
		sign(p, fx);
		return true;
	case REQ_PRESENT:
		attend(p, fx);
		return true;
	case REQ_AGREE_THERE:
		agree(p, fx);
		return true;
	case REQ_MOVE_MEETING:
		lead_deed(p, "meeting_move", fx);
		return true;
	case REQ_CALL_OFF:
		lead_deed(p, "meeting_off", fx);
		return true;
	case REQ_COMMIT:
		lead_deed(p, "meeting_close", fx);
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

static const char *meeting_label(const struct screen *s, enum request r)
{
	const struct meeting *p = s->state;
	switch (r) {
	case REQ_SIGN_CALL:
		return open_yet(p) && reply_bool(p->list, (size_t)p->at, "unsigned") ? NULL : "";
	case REQ_PRESENT:
	case REQ_MOVE_MEETING:
	case REQ_CALL_OFF:
	case REQ_COMMIT:
		return open_yet(p) && leads(p) ? NULL : "";
	case REQ_OPEN:
		return open_yet(p) ? _("Opinion") : "";
	case REQ_AGREE_THERE:
		return open_yet(p) ? NULL : "";
	default:
		return NULL;
	}
}

static void listed(struct meeting *p, const struct reply *r)
{
	if (!reply_ok(r))
		return;
	reply_free(p->list);
	p->list = reply_keep(r);
	p->at = -1;
	for (size_t i = 0; i < r->nrows; i++)
		if (reply_int(r, i, "meeting") == p->no)
			p->at = (int)i;
}

/* A department begins at its own row. */
static void shown(struct meeting *p, const struct reply *r, struct effects *fx)
{
	bool first = p->roll.rows == NULL;
	if (roll_take(&p->roll, r, false, fx))
		ask(p, fx);
	for (int i = 0; first && i < roll_count(p); i++)
		if (reply_bool(p->roll.rows, (size_t)i, "mine")) {
			list_select(&p->roll.list, i);
			return;
		}
}

static void meeting_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct meeting *p = s->state;
	if (m->kind == MESSAGE_REPLY && m->tag == TAG_LIST) {
		listed(p, m->reply);
		return;
	}
	if (m->kind == MESSAGE_REPLY && m->tag == TAG_SHOW) {
		shown(p, m->reply, fx);
		return;
	}
	if (m->kind == MESSAGE_REPLY && !reply_ok(m->reply))
		fx_refuse_reply(fx, m->reply);
	if (m->kind == MESSAGE_STOPPED)
		p->roll.asking = false;
	if (m->kind == MESSAGE_RESULT)
		(void)meeting_made_paper(m, p->case_id, fx);
	if (m->kind != MESSAGE_STOPPED)
		ask(p, fx);
}

const struct screen_ops screen_meeting = {
    .name = "meeting",
    .title = N_("A meeting of departments"),
    .on = ON_MEETING,
    .size = sizeof(struct meeting),
    .open = meeting_open,
    .close = meeting_close,
    .draw = meeting_draw,
    .request = meeting_request,
    .message = meeting_message,
    .label = meeting_label,
    .watch = meeting_watch,
};
