/*
 * Lists to look through, live: exceptions asked and answered (CASE-16), the
 * register of negative decisions (NEG-1), what was keyed in late (CASE-3), the
 * cases one accompanies (CASE-11). Enter opens the case, or answers an exception
 * that waits for one's own word; F2 enters a no by hand.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/op.h"

enum { LIMIT = 200 };

struct record_list;

struct records {
	const struct record_list *kind;
	struct reply *rows;
	struct list list;
	int category; /* of the register; 0: all */
	bool asking, again;
};

static int records_count(const void *data)
{
	const struct records *v = data;
	return v->rows == NULL ? 0 : (int)v->rows->nrows;
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

static void late_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct records *)data)->rows;
	size_t i = (size_t)row;
	row_draw(a, selected, reply_text(r, i, "paper_no"), FACE_PLAIN, reply_text(r, i, "number"),
	    reply_text(r, i, "item"), reply_int(r, i, "keyed_at"));
}

static void service_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct records *)data)->rows;
	size_t i = (size_t)row;
	row_draw(a, selected, form_choice_said(word_service_kinds, reply_text(r, i, "kind")), FACE_PLAIN,
	    reply_text(r, i, "number"), reply_text(r, i, "words"), reply_int(r, i, "at"));
}

static int64_t records_id(const void *data, int row);

static const struct list_ops exception_list = {records_count, records_id, NULL, exception_row};
static const struct list_ops negative_list = {records_count, records_id, NULL, negative_row};
static const struct list_ops late_list = {records_count, records_id, NULL, late_row};
static const struct list_ops service_list = {records_count, records_id, NULL, service_row};

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
	line(buf, size, _("Before"), reply_text(r, i, "before"));
	line(buf, size, _("Major"), reply_bool(r, i, "major") ? _("yes") : _("no"));
}

static void about_late(const struct reply *r, size_t i, char *buf, size_t size)
{
	char when[32], who[400];
	buf[0] = '\0';
	line(buf, size, _("Case"), reply_text(r, i, "number"));
	line(buf, size, _("Item"), reply_text(r, i, "item"));
	line(buf, size, _("Department"), reply_text(r, i, "department"));
	line(buf, size, _("Receipt by hand"), reply_text(r, i, "paper_no"));
	line(buf, size, _("Received"), word_moment(reply_int(r, i, "received_at"), when, sizeof when));
	line(buf, size, _("Keyed in"), word_moment(reply_int(r, i, "keyed_at"), when, sizeof when));
	line(buf, size, _("Reason"), reply_text(r, i, "paper_reason"));
	snprintf(who, sizeof who, _("%.200s at window %lld"), reply_text(r, i, "actor"),
	    (long long)reply_int(r, i, "window_no"));
	line(buf, size, _("Handler"), who);
}

static void about_service(const struct reply *r, size_t i, char *buf, size_t size)
{
	char said[1800];
	buf[0] = '\0';
	snprintf(said, sizeof said, "%.60s · %.60s", reply_text(r, i, "number"),
	    word_state(reply_text(r, i, "state")));
	line(buf, size, _("Case"), said);
	snprintf(said, sizeof said, "%.60s · %.1600s",
	    form_choice_said(word_service_kinds, reply_text(r, i, "kind")), reply_text(r, i, "words"));
	line(buf, size, _("Last"), said);
	line(buf, size, _("Written by"), reply_text(r, i, "actor"));
}

/* What one of the lists is: its operation, which has as many optional fields before a limit. */
struct record_list {
	const struct screen_ops *ops;
	const char *op, *title, *id; /* title: msgid with the count */
	int nulls;
	bool limit;
	const struct list_ops *list;
	void (*about)(const struct reply *r, size_t i, char *buf, size_t size);
};

static const struct record_list lists[] = {
    {&screen_exceptions, "exception.list", N_("Exceptions · %d"), "exception_id", 3, true, &exception_list,
	about_exception},
    {&screen_negatives, "negative.list", N_("Register of negative decisions · %d"), "negative_id", 3, true,
	&negative_list, about_negative},
    {&screen_late, "case.late", N_("Keyed in late, the last 30 days · %d"), "case_id", 3, true, &late_list,
	about_late},
    {&screen_services, "agent.list", N_("Open cases you accompany · %d"), "case_id", 1, false, &service_list,
	about_service},
};

static const struct record_list *kind_of(const struct screen *s)
{
	size_t i = 0;
	while (lists[i].ops != s->ops)
		i++;
	return &lists[i];
}

static int64_t records_id(const void *data, int row)
{
	const struct records *v = data;
	return reply_int(v->rows, (size_t)row, v->kind->id);
}

static bool exceptions(const struct screen *s)
{
	return s->ops == &screen_exceptions;
}

/* Of the register, in the order Tab goes through them. */
static const char *const categories[] = {"correction", "declined", "refused", "late", "other"};
enum { CATEGORIES = sizeof categories / sizeof *categories };

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
	for (int i = 0; i < v->kind->nulls; i++)
		if (i == 1 && v->category > 0)
			op_put_text(&out, categories[v->category - 1]);
		else
			op_put_null(&out);
	if (v->kind->limit)
		op_put_int4(&out, LIMIT);
	fx_send(fx, v->kind->op, 0, v->rows == NULL ? SEND_WAIT : 0, &out);
}

static void records_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct records *v = s->state;
	(void)arg;
	v->kind = kind_of(s);
	list_init(&v->list, v->kind->list, v);
	ask(s, fx);
}

static void records_close(struct screen *s)
{
	reply_free(((struct records *)s->state)->rows);
}

static void records_draw(struct screen *s, const struct area *a)
{
	struct records *v = s->state;
	char about[ARG_TEXT];
	int n = records_count(v), low = a->h > 18 ? 10 : 7;
	int used = draw_format(a->y, a->x + 1, a->w - 2, FACE_TITLE, _(v->kind->title), n);
	if (v->category > 0)
		draw_format(a->y, a->x + 1 + used, a->w - 2 - used, FACE_BOLD, _(" · only: %s"),
		    word_negative(categories[v->category - 1]));
	struct area list = {a->y + 1, a->x, a->h - low - 2, a->w};
	if (n == 0 && v->rows != NULL)
		draw_text(list.y + 1, list.x + 2, list.w - 3, FACE_DIM, _("Nothing is entered here."));
	list_draw(&v->list, &list, true);
	if (v->list.at < 0)
		return;
	draw_rule(a->y + a->h - low - 1, a->x, a->w, NULL);
	v->kind->about(v->rows, (size_t)v->list.at, about, sizeof about);
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

/* Of the case at the cursor, unless another number is typed. */
static void enter(const struct records *v, struct effects *fx)
{
	struct screen_arg arg = {0};
	if (v->list.at >= 0)
		snprintf(
		    arg.text, sizeof arg.text, "%s", reply_text(v->rows, (size_t)v->list.at, "case_number"));
	fx_push(fx, &screen_negative, &arg);
}

static const char *records_label(const struct screen *s, enum request r)
{
	return (r == REQ_NEGATIVE || r == REQ_PANE) && s->ops != &screen_negatives ? "" : NULL;
}

static bool next_category(struct records *v, enum request r, const struct key *k)
{
	int step = r == REQ_PANE                                                 ? 1
		   : r == REQ_KEY && k->code == K_RIGHT                          ? 1
		   : r == REQ_KEY && (k->code == K_LEFT || k->code == K_BACKTAB) ? CATEGORIES
		   : r == REQ_BACK && v->category != 0 ? CATEGORIES + 1 - v->category
						       : 0;
	v->category = (v->category + step) % (CATEGORIES + 1);
	return step != 0;
}

static bool records_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct records *v = s->state;
	if (r == REQ_OPEN) {
		open_row(s, fx);
		return true;
	}
	if (r == REQ_NEGATIVE && s->ops == &screen_negatives) {
		enter(v, fx);
		return true;
	}
	if (s->ops == &screen_negatives && next_category(v, r, k)) {
		ask(s, fx);
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
    .label = records_label,
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
    .label = records_label,
};

const struct screen_ops screen_late = {
    .name = "late",
    .title = N_("Keyed in late"),
    .on = ON_RECORDS,
    .size = sizeof(struct records),
    .open = records_open,
    .close = records_close,
    .draw = records_draw,
    .request = records_request,
    .message = records_message,
    .label = records_label,
};

const struct screen_ops screen_services = {
    .name = "services",
    .title = N_("Cases I accompany"),
    .on = ON_RECORDS,
    .size = sizeof(struct records),
    .open = records_open,
    .close = records_close,
    .draw = records_draw,
    .request = records_request,
    .message = records_message,
    .label = records_label,
};
