/*
 * The small dialogs: a question answered by Enter or Esc, the remark of the
 * one-time notice, the choice of a department.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/ui/dialog.h"
#include "client/ui/editor.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/op.h"
#include "common/text.h"

enum { WIDEST = 100 };

/* Confirm. arg: text, the question; number, what to give back or, with kind "ask", the
 * request to make. Only Enter says yes, which never opens this dialog. */

static void confirm_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	(void)fx;
	*(struct screen_arg *)s->state = *arg;
}

static void confirm_draw(struct screen *s, const struct area *a)
{
	const struct screen_arg *arg = s->state;
	int w = a->w > 70 ? 62 : a->w - 8;
	int rows = draw_wrap_rows(w, arg->text);
	struct area in = dialog_box(a, rows + 2, w, _("Please confirm"));
	struct area text = {in.y, in.x, rows, in.w};
	draw_wrap(&text, 0, FACE_BOLD, arg->text);
	draw_text(in.y + in.h - 1, in.x, in.w, FACE_DIM, _("Enter: yes    Esc: no, back"));
	draw_caret(in.y + in.h - 1, in.x);
}

static bool confirm_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct screen_arg *arg = s->state;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (k->code != K_ENTER)
		return false;
	if (strcmp(arg->kind, "ask") == 0)
		fx_ask(fx, (enum request)arg->number);
	else
		fx_pop(fx, arg);
	return true;
}

static void no_message(struct screen *s, const struct message *m, struct effects *fx)
{
	(void)s;
	(void)m;
	(void)fx;
}

const struct screen_ops screen_confirm = {
    .name = "confirm",
    .title = N_("Please confirm"),
    .on = ON_DIALOG,
    .size = sizeof(struct screen_arg),
    .dialog = true,
    .open = confirm_open,
    .draw = confirm_draw,
    .request = confirm_request,
    .message = no_message,
};

/* Remark. arg: text, what the notice will list. Gives back the remark. */

struct remark {
	char lists[ARG_TEXT];
	struct editor line;
	int skip, page, rows; /* of what is listed: rows above, rows in sight, all */
};

static void remark_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct remark *r = s->state;
	(void)fx;
	snprintf(r->lists, sizeof r->lists, "%s", arg->text);
	editor_init(&r->line, 400, false);
}

static void remark_draw(struct screen *s, const struct area *a)
{
	struct remark *r = s->state;
	int w = a->w - 12 > WIDEST ? WIDEST : a->w - 12;
	r->rows = draw_wrap_rows(w, r->lists);
	int rows = r->rows > a->h - 8 ? a->h - 8 : r->rows;
	r->page = rows;
	if (r->skip > r->rows - rows)
		r->skip = r->rows - rows;
	struct area in = dialog_box(a, rows + 5, w, _("One-time notice of everything missing"));
	struct area text = {in.y, in.x, rows, in.w};
	draw_wrap(&text, r->skip, FACE_PLAIN, r->lists);
	if (r->rows > rows)
		draw_format(in.y + rows, in.x, in.w, FACE_WARN, _("rows %d to %d of %d · ↑ ↓ PgUp PgDn"),
		    r->skip + 1, r->skip + rows, r->rows);
	draw_text(
	    in.y + rows + 1, in.x, in.w, FACE_DIM, _("What else the applicant must know (may stay empty):"));
	draw_editor(in.y + rows + 2, in.x, in.w - 1, &r->line, true, FACE_FOCUS);
	draw_text(in.y + rows + 4, in.x, in.w, FACE_DIM,
	    _("Enter: issue the notice, which can be done only once    Esc: back"));
}

static bool remark_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct remark *m = s->state;
	const char *why;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (k->code == K_ENTER || r == REQ_COMMIT) {
		struct screen_arg arg = {.kind = "remark"};
		snprintf(arg.text, sizeof arg.text, "%s", m->line.text);
		fx_pop(fx, &arg);
		return true;
	}
	int step = k->code == K_UP     ? -1
		   : k->code == K_DOWN ? 1
		   : k->code == K_PGUP ? -m->page
		   : k->code == K_PGDN ? m->page
				       : 0;
	if (step != 0) {
		/* Drawing knows the end. */
		m->skip = m->skip + step < 0 ? 0 : m->skip + step;
		return true;
	}
	enum editor_result done = editor_key(&m->line, k, &why);
	if (done == EDITOR_REFUSED)
		fx_warn_code(fx, why, NULL);
	return done != EDITOR_UNUSED;
}

const struct screen_ops screen_remark = {
    .name = "remark",
    .title = N_("One-time notice of everything missing"),
    .on = ON_DIALOG,
    .size = sizeof(struct remark),
    .dialog = true,
    .open = remark_open,
    .draw = remark_draw,
    .request = remark_request,
    .message = no_message,
};

/* Departments: those that have posts in the hall. Gives back id and text; id 0: all. */

enum { DEPARTMENTS_MAX = 128 };

struct departments {
	struct reply *posts;
	size_t row[DEPARTMENTS_MAX]; /* the first post of each */
	int n;                       /* with the line "all" in front */
	struct list list;
};

static int departments_count(const void *data)
{
	return ((const struct departments *)data)->n + 1;
}

static int64_t departments_id(const void *data, int row)
{
	const struct departments *d = data;
	return row == 0 ? 0 : reply_int(d->posts, d->row[row - 1], "department_id");
}

static const char *department_name(const struct departments *d, int row)
{
	return row == 0 ? _("All departments") : reply_text(d->posts, d->row[row - 1], "department");
}

static void departments_row(const void *data, int row, const struct area *a, bool selected)
{
	draw_cell(a->y, a->x, a->w, selected ? FACE_SELECT : FACE_PLAIN, department_name(data, row));
	if (selected)
		draw_caret(a->y, a->x);
}

static const struct list_ops departments_list = {departments_count, departments_id, NULL, departments_row};

static void departments_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct departments *d = s->state;
	struct bytes_out out = fx_payload();
	(void)arg;
	list_init(&d->list, &departments_list, d);
	op_put_bool(&out, true);
	fx_send(fx, "post.list", 0, SEND_WAIT, &out);
}

static void departments_close(struct screen *s)
{
	reply_free(((struct departments *)s->state)->posts);
}

static void departments_draw(struct screen *s, const struct area *a)
{
	struct departments *d = s->state;
	struct area in = dialog_box(a, d->n + 1, 40, _("Items of one department"));
	list_draw(&d->list, &in, true);
}

static bool departments_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct departments *d = s->state;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (r == REQ_OPEN) {
		struct screen_arg arg = {.kind = "department", .id = d->list.id};
		snprintf(
		    arg.text, sizeof arg.text, "%s", d->list.at > 0 ? department_name(d, d->list.at) : "");
		fx_pop(fx, &arg);
		return true;
	}
	return list_key(&d->list, k);
}

static void departments_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct departments *d = s->state;
	if (m->kind != MESSAGE_REPLY)
		return;
	if (!reply_ok(m->reply)) {
		fx_refuse_reply(fx, m->reply);
		return;
	}
	d->posts = reply_keep(m->reply);
	for (size_t i = 0; i < m->reply->nrows && d->n < DEPARTMENTS_MAX; i++) {
		int known = 0;
		for (int j = 0; j < d->n; j++)
			known |= reply_int(d->posts, d->row[j], "department_id") ==
				 reply_int(d->posts, i, "department_id");
		if (!known)
			d->row[d->n++] = i;
	}
}

const struct screen_ops screen_departments = {
    .name = "departments",
    .title = N_("Items of one department"),
    .on = ON_LIST_DIALOG,
    .size = sizeof(struct departments),
    .dialog = true,
    .open = departments_open,
    .close = departments_close,
    .draw = departments_draw,
    .request = departments_request,
    .message = departments_message,
};
