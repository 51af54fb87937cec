/*
 * The choice of a post of the hall: typing part of its name, its department,
 * their initials or its window's number filters them. Gives back id and text.
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

enum { POSTS_MAX = 512, WIDTH = 70 };

struct posts {
	struct reply *rows;
	int fit[POSTS_MAX]; /* rows that fit what was typed */
	int fits;
	struct editor line;
	struct list list;
	bool whose; /* another department's matter, not a visitor handed over */
};

static int posts_count(const void *data)
{
	return ((const struct posts *)data)->fits;
}

static size_t row_of(const struct posts *p, int row)
{
	return (size_t)p->fit[row];
}

static int64_t posts_id(const void *data, int row)
{
	const struct posts *p = data;
	return reply_int(p->rows, row_of(p, row), "post_id");
}

static bool fits(const struct posts *p, size_t row)
{
	char number[24];
	snprintf(number, sizeof number, "%lld", (long long)reply_int(p->rows, row, "window_no"));
	return strcmp(number, p->line.text) == 0 ||
	       initials_fit(reply_text(p->rows, row, "name"), p->line.text) ||
	       initials_fit(reply_text(p->rows, row, "department"), p->line.text);
}

static void filter(struct posts *p)
{
	p->fits = 0;
	for (size_t i = 0; p->rows != NULL && i < p->rows->nrows && p->fits < POSTS_MAX; i++)
		if (fits(p, i))
			p->fit[p->fits++] = (int)i;
	list_reset(&p->list);
}

static void posts_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct posts *p = data;
	size_t i = row_of(p, row);
	enum face face = selected ? FACE_SELECT : FACE_PLAIN;
	char window[48] = "";
	if (selected)
		draw_fill(a->y, a->x, a->w, face);
	if (!reply_null(p->rows, i, "window_no"))
		snprintf(
		    window, sizeof window, _("window %lld"), (long long)reply_int(p->rows, i, "window_no"));
	draw_text(a->y, a->x, a->w - 32, face, reply_text(p->rows, i, "name"));
	draw_text(a->y, a->x + a->w - 31, 22, face, reply_text(p->rows, i, "department"));
	draw_right(a->y, a->x + a->w - 9, 9, face, window);
}

static const struct list_ops posts_list = {posts_count, posts_id, NULL, posts_row};

static void posts_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct posts *p = s->state;
	p->whose = arg != NULL && strcmp(arg->kind, "whose") == 0;
	struct bytes_out out = fx_payload();
	list_init(&p->list, &posts_list, p);
	editor_init(&p->line, 40, false);
	op_put_bool(&out, true);
	fx_send(fx, "post.list", 0, SEND_WAIT, &out);
}

static void posts_close(struct screen *s)
{
	reply_free(((struct posts *)s->state)->rows);
}

static void posts_draw(struct screen *s, const struct area *a)
{
	struct posts *p = s->state;
	struct area in =
	    dialog_box(a, a->h - 4, WIDTH, p->whose ? _("Whose matter is it?") : _("To which post?"));
	struct area rows = {in.y + 2, in.x, in.h - 2, in.w};
	list_draw(&p->list, &rows, false);
	if (p->fits == 0 && p->rows != NULL)
		draw_text(rows.y, rows.x, rows.w, FACE_DIM, _("No post fits."));
	draw_editor(in.y, in.x, in.w - 1, &p->line, true, FACE_FOCUS);
	if (p->line.len == 0)
		draw_text(
		    in.y, in.x, in.w - 1, FACE_DIM, _("part of the name, initials, or the window's number"));
}

static bool posts_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct posts *p = s->state;
	const char *why;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (r == REQ_OPEN && p->list.at < 0) {
		fx_refuse_code(fx, "find.none", NULL);
		return true;
	}
	if (r == REQ_OPEN) {
		struct screen_arg arg = {.kind = "post", .id = p->list.id};
		snprintf(arg.text, sizeof arg.text, "%s", reply_text(p->rows, row_of(p, p->list.at), "name"));
		fx_pop(fx, &arg);
		return true;
	}
	if (k->code != K_HOME && k->code != K_END && list_key(&p->list, k))
		return true;
	switch (editor_key(&p->line, k, &why)) {
	case EDITOR_CHANGED:
		filter(p);
		return true;
	case EDITOR_REFUSED:
		fx_warn_editor(fx, &p->line, why);
		return true;
	case EDITOR_MOVED:
		return true;
	default:
		return false;
	}
}

static void posts_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct posts *p = s->state;
	if (m->kind != MESSAGE_REPLY)
		return;
	if (!reply_ok(m->reply)) {
		fx_refuse_reply(fx, m->reply);
		return;
	}
	reply_free(p->rows);
	p->rows = reply_keep(m->reply);
	filter(p);
}

const struct screen_ops screen_posts = {
    .name = "posts",
    .title = N_("To which post?"),
    .on = ON_LIST_DIALOG,
    .size = sizeof(struct posts),
    .dialog = true,
    .open = posts_open,
    .close = posts_close,
    .draw = posts_draw,
    .request = posts_request,
    .message = posts_message,
};
