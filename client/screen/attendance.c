/*
 * The attendance of a day (WHR-1): who signed in and out in each half, late, early or
 * not at all by the calendar's hours. ← → go to the day before and after.
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

enum { WIDEST = 110 };

struct attendance {
	struct roll roll;   /* first: the list's data */
	struct editor line; /* what was typed to find a person */
	int32_t day;
	bool all, fresh;
};

/* A row is a person's half day: their numbers are not one's own. */
static int64_t id(const void *data, int row)
{
	const struct reply *r = ((const struct attendance *)data)->roll.rows;
	size_t n = (size_t)row;
	return reply_int(r, n, "staff_id") * 2 + (strcmp(reply_text(r, n, "half"), "pm") == 0);
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct attendance *)data)->roll.rows;
	size_t n = (size_t)i;
	char in[16], out[16];
	const char *verdict = reply_text(r, n, "verdict");
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	bool bad = *verdict != '\0' && strcmp(verdict, "leave") != 0 && strcmp(verdict, "future") != 0 &&
		   strcmp(verdict, "not_in") != 0;
	int x = a->x + 1;
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, x, 11, plain, reply_text(r, n, "name"));
	draw_text(a->y, x + 12, 22, plain, reply_text(r, n, "department"));
	draw_text(a->y, x + 35, 9, plain,
	    strcmp(reply_text(r, n, "half"), "am") == 0 ? _("morning") : _("afternoon"));
	draw_text(a->y, x + 45, 6, plain, word_clock(reply_int(r, n, "in_at"), in, sizeof in));
	draw_text(a->y, x + 52, 6, plain, word_clock(reply_int(r, n, "out_at"), out, sizeof out));
	draw_text(a->y, x + 59, a->w - 61,
	    selected ? plain
	    : bad    ? FACE_WARN
		     : FACE_PLAIN,
	    word_verdict(verdict));
	if (selected)
		draw_caret(a->y, a->x);
}

static const struct list_ops attendance_list = {roll_count, id, NULL, row};

static void ask(struct screen *s, struct effects *fx)
{
	struct attendance *v = s->state;
	if (!roll_may_ask(&v->roll))
		return;
	struct bytes_out out = fx_payload();
	op_put_date(&out, v->day);
	op_put_bool(&out, v->all);
	fx_send(fx, "presence.sheet", 0, v->roll.rows == NULL || v->fresh ? SEND_WAIT : 0, &out);
}

static void attendance_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct attendance *v = s->state;
	(void)arg;
	v->day = word_day(s->desk->now);
	editor_init(&v->line, 20, false);
	roll_init(&v->roll, &attendance_list, "staff_id", v);
	ask(s, fx);
}

static void attendance_close(struct screen *s)
{
	roll_done(&((struct attendance *)s->state)->roll);
}

static void attendance_draw(struct screen *s, const struct area *a)
{
	struct attendance *v = s->state;
	char day[16];
	int w = a->w > WIDEST ? WIDEST : a->w;
	draw_format(a->y, a->x + 1, w - 2, FACE_TITLE,
	    v->all ? _("Attendance on %s · the hall") : _("Attendance on %s"),
	    word_date(v->day, day, sizeof day));
	draw_right(a->y, a->x + w - 22, 21, FACE_FOCUS, v->line.text);
	draw_text(a->y + 1, a->x + 46, 6, FACE_DIM, _("in"));
	draw_text(a->y + 1, a->x + 53, 6, FACE_DIM, _("out"));
	struct area list = {a->y + 2, a->x, a->h - 2, w};
	if (v->roll.rows != NULL && roll_count(v) == 0)
		draw_text(
		    list.y + 1, list.x + 2, list.w - 3, FACE_DIM, _("No working day, or nobody to sign in."));
	list_draw(&v->roll.list, &list, true);
}

static bool attendance_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct attendance *v = s->state;
	int step = r != REQ_KEY ? 0 : k->code == K_LEFT ? -1 : k->code == K_RIGHT ? 1 : 0;
	if (r == REQ_SCOPE && (s->desk->class & OP_SUPERVISOR) == 0) {
		fx_refuse_code(fx, "class.denied", NULL);
		return true;
	}
	if (step != 0 || r == REQ_SCOPE) {
		v->day += step;
		v->all = v->all != (r == REQ_SCOPE);
		v->fresh = true;
		ask(s, fx);
		return true;
	}
	if (r == REQ_REFRESH)
		ask(s, fx);
	if (r != REQ_KEY || !list_key(&v->roll.list, k))
		return r == REQ_KEY && roll_find(&v->roll, &v->line, k, roll_fits_person, fx);
	editor_clear(&v->line);
	return true;
}

static const char *attendance_label(const struct screen *s, enum request r)
{
	if (r == REQ_SCOPE && (s->desk->class & OP_SUPERVISOR) == 0)
		return "";
	return r == REQ_SCOPE && ((const struct attendance *)s->state)->all ? _("Department") : NULL;
}

static void attendance_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct attendance *v = s->state;
	if (m->kind == MESSAGE_REPLY) {
		bool once_more = roll_take(&v->roll, m->reply, v->fresh, fx);
		v->fresh = once_more && v->fresh;
		if (once_more)
			ask(s, fx);
		return;
	}
	if (m->kind == MESSAGE_STOPPED)
		v->roll.asking = false;
	if (m->kind == MESSAGE_ONLINE ||
	    (m->kind == MESSAGE_EVENTS && roll_concern(m->reply, "presence. absence.")))
		ask(s, fx);
}

const struct screen_ops screen_attendance = {
    .name = "attendance",
    .title = N_("Attendance"),
    .on = ON_ATTENDANCE,
    .size = sizeof(struct attendance),
    .open = attendance_open,
    .close = attendance_close,
    .draw = attendance_draw,
    .request = attendance_request,
    .message = attendance_message,
    .label = attendance_label,
};
