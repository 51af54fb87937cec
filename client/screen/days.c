/*
 * What falls due on which day for the posts held now (CLK-5): terms, steps,
 * promises, deliveries, a month ahead; the first day has with it what is over.
 * Enter opens the queue of a day.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/op.h"

enum { AHEAD = 30, DATE_W = 12, NUMBER_W = 9, COLUMNS = 5 };

struct days {
	struct reply *rows;
	struct list list;
	bool asking, again;
};

/* Columns of case.days, at the right end of a row. */
static const struct {
	const char *name, *head;
} columns[COLUMNS] = {{"terms", N_("Terms")}, {"steps", N_("Steps")}, {"totals", N_("Promises")},
    {"deliveries", N_("Delivery")}, {"overdue", N_("Over")}};

static int days_count(const void *data)
{
	const struct days *v = data;
	return v->rows == NULL ? 0 : (int)v->rows->nrows;
}

static int64_t days_id(const void *data, int row)
{
	return reply_int(((const struct days *)data)->rows, (size_t)row, "day");
}

static void days_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct days *)data)->rows;
	size_t i = (size_t)row;
	char said[32];
	int x = a->x + a->w - COLUMNS * NUMBER_W - 1;
	enum face face = selected ? FACE_SELECT : reply_bool(r, i, "working") ? FACE_PLAIN : FACE_DIM;
	if (selected) {
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
		draw_caret(a->y, a->x + 1);
	}
	draw_text(
	    a->y, a->x + 1, DATE_W - 1, face, word_date((int32_t)reply_int(r, i, "day"), said, sizeof said));
	draw_text(a->y, a->x + 1 + DATE_W, x - a->x - DATE_W - 2, face, reply_text(r, i, "reason"));
	for (int c = 0; c < COLUMNS; c++, x += NUMBER_W) {
		int64_t n = reply_int(r, i, columns[c].name);
		snprintf(said, sizeof said, "%lld", (long long)n);
		if (n > 0)
			draw_right(a->y, x, NUMBER_W,
			    selected           ? face
			    : c == COLUMNS - 1 ? FACE_ERROR
					       : FACE_BOLD,
			    said);
	}
}

static const struct list_ops ops = {days_count, days_id, NULL, days_row};

static void ask(const struct screen *s, struct effects *fx)
{
	struct days *v = s->state;
	int32_t today = word_day(s->desk->now);
	v->again = v->asking;
	if (v->asking)
		return;
	struct bytes_out out = fx_payload();
	op_put_null(&out);
	op_put_date(&out, today);
	op_put_date(&out, today + AHEAD);
	v->asking = true;
	fx_send(fx, "case.days", 0, v->rows == NULL ? SEND_WAIT : 0, &out);
}

static void days_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct days *v = s->state;
	(void)arg;
	list_init(&v->list, &ops, v);
	ask(s, fx);
}

static void days_close(struct screen *s)
{
	reply_free(((struct days *)s->state)->rows);
}

static void days_draw(struct screen *s, const struct area *a)
{
	struct days *v = s->state;
	int x = a->x + a->w - COLUMNS * NUMBER_W - 1;
	draw_text(a->y, a->x + 1, a->w - 2, FACE_TITLE, _("What falls due on which day"));
	draw_text(a->y + 1, a->x + 1, DATE_W - 1, FACE_DIM, _("Date"));
	for (int c = 0; c < COLUMNS; c++, x += NUMBER_W)
		draw_right(a->y + 1, x, NUMBER_W, FACE_DIM, _(columns[c].head));
	struct area list = {a->y + 2, a->x, a->h - 2, a->w};
	list_draw(&v->list, &list, true);
}

static bool days_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct days *v = s->state;
	struct screen_arg arg = {0};
	if (r == REQ_OPEN && v->list.at >= 0) {
		/* The first day's row counts what is over, too. */
		arg.day = (int32_t)v->list.id;
		arg.from = v->list.at == 0 ? 0 : arg.day;
		fx_push(fx, &screen_queue, &arg);
		return true;
	}
	if (r == REQ_REFRESH)
		ask(s, fx);
	return r == REQ_KEY && list_key(&v->list, k);
}

static void days_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct days *v = s->state;
	if (m->kind == MESSAGE_STOPPED) {
		v->asking = false;
	} else if (m->kind != MESSAGE_REPLY) {
		ask(s, fx);
	} else {
		v->asking = false;
		if (!reply_ok(m->reply)) {
			fx_warn_reply(fx, m->reply);
		} else {
			reply_free(v->rows);
			v->rows = reply_keep(m->reply);
			list_sync(&v->list);
		}
		if (v->again)
			ask(s, fx);
	}
}

const struct screen_ops screen_days = {
    .name = "days",
    .title = N_("What falls due on which day"),
    .on = ON_DAYS,
    .size = sizeof(struct days),
    .open = days_open,
    .close = days_close,
    .draw = days_draw,
    .request = days_request,
    .message = days_message,
};
