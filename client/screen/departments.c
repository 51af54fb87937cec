/*
 * The choice of a department: those that have posts in the hall; typing part of
 * a name or its initials filters them. Gives back id and text; id 0: all.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/ui/dialog.h"
#include "client/ui/editor.h"
#include "client/ui/initials.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/op.h"

enum { DEPARTMENTS_MAX = 128 };

struct departments {
	struct reply *posts;
	size_t row[DEPARTMENTS_MAX]; /* the first post of each */
	int n;
	int fit[DEPARTMENTS_MAX]; /* of row: those that fit what was typed */
	int fits;
	struct editor line;
	struct list list;
};

/* The line "all" stands in front while nothing is typed. */
static int front(const struct departments *d)
{
	return d->line.len == 0;
}

static int departments_count(const void *data)
{
	const struct departments *d = data;
	return d->fits + front(d);
}

/* The row of the reply; −1 for all departments. */
static int post_of(const struct departments *d, int row)
{
	return row < front(d) ? -1 : (int)d->row[d->fit[row - front(d)]];
}

static int64_t departments_id(const void *data, int row)
{
	const struct departments *d = data;
	int post = post_of(d, row);
	return post < 0 ? 0 : reply_int(d->posts, (size_t)post, "department_id");
}

static const char *department_name(const struct departments *d, int row)
{
	int post = post_of(d, row);
	return post < 0 ? _("All departments") : reply_text(d->posts, (size_t)post, "department");
}

static void filter(struct departments *d)
{
	d->fits = 0;
	for (int i = 0; i < d->n; i++)
		if (initials_fit(reply_text(d->posts, d->row[i], "department"), d->line.text))
			d->fit[d->fits++] = i;
	list_reset(&d->list);
}

static void departments_row(const void *data, int row, const struct area *a, bool selected)
{
	draw_cell(a->y, a->x, a->w, selected ? FACE_SELECT : FACE_PLAIN, department_name(data, row));
}

static const struct list_ops departments_list = {departments_count, departments_id, NULL, departments_row};

static void departments_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct departments *d = s->state;
	struct bytes_out out = fx_payload();
	(void)arg;
	list_init(&d->list, &departments_list, d);
	editor_init(&d->line, 40, false);
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
	struct area in = dialog_box(a, d->n + 3, 40, _("Items of one department"));
	struct area rows = {in.y + 2, in.x, in.h - 2, in.w};
	list_draw(&d->list, &rows, false);
	if (d->fits == 0 && d->n > 0)
		draw_text(rows.y, rows.x, rows.w, FACE_DIM, _("No department fits."));
	draw_editor(in.y, in.x, in.w - 1, &d->line, true, FACE_FOCUS);
	if (d->line.len == 0)
		draw_text(in.y, in.x, in.w - 1, FACE_DIM, _("part of the name, or initials"));
}

static bool departments_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct departments *d = s->state;
	const char *why;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (r == REQ_OPEN && d->list.at < 0) {
		fx_refuse_code(fx, "find.none", NULL);
		return true;
	}
	if (r == REQ_OPEN) {
		struct screen_arg arg = {.kind = "department", .id = d->list.id};
		if (d->list.id != 0)
			snprintf(arg.text, sizeof arg.text, "%s", department_name(d, d->list.at));
		fx_pop(fx, &arg);
		return true;
	}
	if (k->code != K_HOME && k->code != K_END && list_key(&d->list, k))
		return true;
	switch (editor_key(&d->line, k, &why)) {
	case EDITOR_CHANGED:
		filter(d);
		return true;
	case EDITOR_REFUSED:
		fx_warn_editor(fx, &d->line, why);
		return true;
	case EDITOR_MOVED:
		return true;
	default:
		return false;
	}
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
	filter(d);
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
