/*
 * Two lists to look through, live: exceptions asked and answered (CASE-16), and
 * the register of negative decisions (NEG-1). Enter opens the case, or answers
 * an exception that waits for one's own word.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/op.h"

enum { LIMIT = 200 };

struct records {
	struct reply *rows;
	struct list list;
	bool asking, again;
};

static int records_count(const void *data)
{
	const struct records *v = data;
	return v->rows == NULL ? 0 : (int)v->rows->nrows;
}

static int64_t exception_id(const void *data, int row)
{
	return reply_int(((const struct records *)data)->rows, (size_t)row, "exception_id");
}

static int64_t negative_id(const void *data, int row)
{
	return reply_int(((const struct records *)data)->rows, (size_t)row, "negative_id");
}

/* Four columns: state, number, what, when. */
static void row_draw(const struct area *a, bool selected, const char *state, enum face face,
    const char *number, const char *what, int64_t at)
{
	char when[32];
	if (selected) {
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
		face = FACE_SELECT;
		draw_caret(a->y, a->x + 1);
	}
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	draw_text(a->y, a->x + 1, 12, face, state);
	draw_text(a->y, a->x + 14, 26, plain, number);
	draw_text(a->y, a->x + 41, a->w - 59, plain, what);
	draw_right(a->y, a->x + a->w - 18, 17, plain, word_moment(at, when, sizeof when));
}

static void exception_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct records *)data)->rows;
	size_t i = (size_t)row;
	row_draw(a, selected, word_exception_state(reply_text(r, i, "state")),
	    reply_bool(r, i, "mine") ? FACE_WARN : FACE_PLAIN, reply_text(r, i, "number"),
	    word_exception(reply_text(r, i, "kind")), reply_int(r, i, "asked_at"));
}

static void negative_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct records *)data)->rows;
	size_t i = (size_t)row;
	bool voided = !reply_null(r, i, "voided_at");
	row_draw(a, selected, voided ? _("void") : word_negative(reply_text(r, i, "category")),
	    voided ? FACE_DIM : FACE_PLAIN, reply_text(r, i, "number"), reply_text(r, i, "item"),
	    reply_int(r, i, "at"));
}

static const struct list_ops exception_list = {records_count, exception_id, NULL, exception_row};
static const struct list_ops negative_list = {records_count, negative_id, NULL, negative_row};

static bool exceptions(const struct screen *s)
{
	return s->ops == &screen_exceptions;
}

static void ask(struct screen *s, struct effects *fx)
{
	struct records *v = s->state;
	struct bytes_out out = fx_payload();
	if (v->asking) {
		v->again = true;
		bytes_out_done(&out);
		return;
	}
	v->asking = true;
	v->again = false;
	for (int i = 0; i < 3; i++)
		op_put_null(&out);
	op_put_int4(&out, LIMIT);
	fx_send(fx, exceptions(s) ? "exception.list" : "negative.list", 0, 0, &out);
}

static void records_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct records *v = s->state;
	(void)arg;
	list_init(&v->list, exceptions(s) ? &exception_list : &negative_list, v);
	ask(s, fx);
}

static void records_close(struct screen *s)
{
	reply_free(((struct records *)s->state)->rows);
}

static void line(char *buf, size_t size, const char *label, const char *value)
{
	size_t len = strlen(buf);
	if (*value == '\0' || len + 1 >= size)
		return;
	if (len > 0)
		buf[len++] = '\n';
	snprintf(buf + len, size - len, _("%s: %s"), label, value);
}

static void about_exception(const struct reply *r, size_t i, char *buf, size_t size)
{
	buf[0] = '\0';
	line(buf, size, word_exception(reply_text(r, i, "kind")), reply_text(r, i, "number"));
	line(buf, size, _("Item"), reply_text(r, i, "item"));
	line(buf, size, _("Department"), reply_text(r, i, "department"));
	line(buf, size, _("Asked by"), reply_text(r, i, "asked_by"));
	line(buf, size, _("Reason"), reply_text(r, i, "reason"));
	line(buf, size, _("Answered by"), reply_text(r, i, "decided_by"));
	line(buf, size, _("Answer"), reply_text(r, i, "answer"));
}

static void about_negative(const struct reply *r, size_t i, char *buf, size_t size)
{
	char who[700];
	buf[0] = '\0';
	snprintf(who, sizeof who, "%.400s  %.60s", reply_text(r, i, "applicant"), reply_text(r, i, "phone"));
	line(buf, size, _("Case"), reply_text(r, i, "case_number"));
	line(buf, size, _("Item"), reply_text(r, i, "item"));
	line(buf, size, _("Applicant"), who);
	line(buf, size, _("Asks for"), reply_text(r, i, "matter"));
	line(buf, size, _("Found"), reply_text(r, i, "facts"));
	line(buf, size, _("Basis"), reply_text(r, i, "basis"));
	line(buf, size, _("Whose"), reply_text(r, i, "to_where"));
	snprintf(who, sizeof who, "%.200s · %.300s", reply_text(r, i, "handler"), reply_text(r, i, "post"));
	line(buf, size, _("Handler"), who);
	line(buf, size, _("Notice"), reply_text(r, i, "notice"));
	line(buf, size, _("Major"), reply_bool(r, i, "major") ? _("yes") : _("no"));
}

static void records_draw(struct screen *s, const struct area *a)
{
	struct records *v = s->state;
	char about[ARG_TEXT];
	int n = records_count(v), low = a->h > 18 ? 10 : 7;
	draw_format(a->y, a->x + 1, a->w - 2, FACE_TITLE,
	    exceptions(s) ? _("Exceptions · %d") : _("Register of negative decisions · %d"), n);
	struct area list = {a->y + 1, a->x, a->h - low - 2, a->w};
	if (n == 0 && v->rows != NULL)
		draw_text(list.y + 1, list.x + 2, list.w - 3, FACE_DIM, _("Nothing is entered here."));
	list_draw(&v->list, &list, true);
	if (v->list.at < 0)
		return;
	draw_rule(a->y + a->h - low - 1, a->x, a->w, NULL);
	if (exceptions(s))
		about_exception(v->rows, (size_t)v->list.at, about, sizeof about);
	else
		about_negative(v->rows, (size_t)v->list.at, about, sizeof about);
	struct area text = {a->y + a->h - low, a->x + 1, low, a->w - 2};
	draw_wrap(&text, 0, FACE_PLAIN, about);
}

static void open_row(struct screen *s, struct effects *fx)
{
	struct records *v = s->state;
	struct screen_arg arg = {0};
	size_t i = (size_t)v->list.at;
	if (v->list.at < 0) {
		fx_warn_code(fx, "find.none", NULL);
		return;
	}
	arg.id = reply_int(v->rows, i, "case_id");
	if (exceptions(s) && reply_bool(v->rows, i, "mine")) {
		arg.id = v->list.id;
		about_exception(v->rows, i, arg.text, sizeof arg.text);
		fx_push(fx, &screen_judge, &arg);
	} else if (arg.id != 0) {
		fx_push(fx, &screen_case, &arg);
	}
}

static bool records_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct records *v = s->state;
	if (r == REQ_OPEN) {
		open_row(s, fx);
		return true;
	}
	if (r == REQ_REFRESH)
		ask(s, fx);
	return r == REQ_KEY && list_key(&v->list, k);
}

static void records_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct records *v = s->state;
	if (m->kind != MESSAGE_REPLY) {
		if (m->kind != MESSAGE_STOPPED)
			ask(s, fx);
		else
			v->asking = false;
		return;
	}
	v->asking = false;
	if (reply_ok(m->reply)) {
		reply_free(v->rows);
		v->rows = reply_keep(m->reply);
		list_sync(&v->list);
	} else {
		fx_warn_reply(fx, m->reply);
	}
	if (v->again)
		ask(s, fx);
}

const struct screen_ops screen_exceptions = {
    .name = "exceptions",
    .title = N_("Exceptions"),
    .on = ON_RECORDS,
    .size = sizeof(struct records),
    .open = records_open,
    .close = records_close,
    .draw = records_draw,
    .request = records_request,
    .message = records_message,
};

const struct screen_ops screen_negatives = {
    .name = "negatives",
    .title = N_("Register of negative decisions"),
    .on = ON_RECORDS,
    .size = sizeof(struct records),
    .open = records_open,
    .close = records_close,
    .draw = records_draw,
    .request = records_request,
    .message = records_message,
};
