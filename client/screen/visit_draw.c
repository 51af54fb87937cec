/* Drawing the first-contact form: its fields, what fits, where the visitor is sent. */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/visit.h"
#include "client/ui/lang.h"

static int count(const void *data)
{
	return ((const struct visit *)data)->nhits;
}

/* Posts have the negative of their keys, so that no item is taken for one. */
static int64_t id(const void *data, int row)
{
	const struct visit *v = data;
	const struct visit_hit *h = &v->hits[row];
	return h->post ? -reply_int(v->posts, h->row, "post_id") : reply_int(v->items, h->row, "item_id");
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct visit *v = data;
	const struct visit_hit *h = &v->hits[i];
	const struct reply *r = h->post ? v->posts : v->items;
	enum face face = selected ? FACE_SELECT : FACE_PLAIN;
	int tail = a->w > 60 ? 24 : 16;
	if (selected)
		draw_fill(a->y, a->x, a->w, face);
	draw_text(a->y, a->x + 1, 5, selected ? face : FACE_DIM, h->post ? _("post") : _("item"));
	draw_text(a->y, a->x + 7, a->w - tail - 8, face, reply_text(r, h->row, "name"));
	draw_text(a->y, a->x + a->w - tail, tail - 1, face, reply_text(r, h->row, "department"));
}

const struct list_ops visit_list = {count, id, NULL, row};

/* Window and place are what a visitor asks for first. */
static void place(const struct visit *v, const struct area *a)
{
	int post = visit_place(v);
	char line[600];
	if (post < 0) {
		if (v->chosen || (v->list.at >= 0 && !v->showing))
			draw_text(a->y, a->x, a->w, FACE_WARN, _("No post receives this item."));
		return;
	}
	size_t i = (size_t)post;
	const struct reply *p = v->posts;
	if (reply_null(p, i, "window_no"))
		snprintf(line, sizeof line, "%s", _("No window today"));
	else
		snprintf(line, sizeof line, _("Window %lld %s"), (long long)reply_int(p, i, "window_no"),
		    reply_text(p, i, "place"));
	draw_text(a->y, a->x, a->w, FACE_BOLD, line);
	snprintf(line, sizeof line, "%s · %s · %s", reply_text(p, i, "department"), reply_text(p, i, "name"),
	    reply_null(p, i, "holder") ? _("nobody there now") : reply_text(p, i, "holder"));
	draw_text(a->y + 1, a->x, a->w, FACE_PLAIN, line);
}

void visit_draw(struct screen *s, const struct area *a)
{
	struct visit *v = s->state;
	char title[128];
	draw_text(a->y, a->x + 1, a->w - 2, FACE_TITLE, _("First contact"));
	struct area form = {a->y + 1, a->x + 1, a->h - 8, a->w - 2};
	int y = a->y + 1 + form_draw(&v->form, &form);
	bool seeks = v->form.focus == VISIT_WHERE && visit_seeks(v);
	if (seeks)
		snprintf(title, sizeof title, _("Where to · %d"), v->nhits);
	else
		snprintf(title, sizeof title, "%s", _("Where to"));
	draw_rule(y, a->x, a->w, title);
	int rows = a->y + a->h - y - 1;
	struct area bottom = {y + 1, a->x + 1, 2, a->w - 2};
	if (seeks) {
		struct area list = {y + 1, a->x, rows - 3, a->w};
		bottom.y = y + rows - 1;
		draw_rule(bottom.y - 1, a->x, a->w, NULL);
		list_draw(&v->list, &list, false);
		if (v->nhits == 0 && !v->asking)
			draw_text(y + 1, a->x + 2, a->w - 4, FACE_DIM, _("Nothing found."));
	}
	if (v->chosen || seeks)
		place(v, &bottom);
	if (!seeks)
		draw_text(a->y + a->h - 1, a->x + 1, a->w - 2, FACE_DIM,
		    _("Result: 1 answered 2 pointed to a window 3 handed over 4 kept here"));
}
