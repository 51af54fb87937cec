/* Drawing the item finder: the list, and the eight publications (CAT-1) wrapped. */
#include "client/screen/finder.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "common/text.h"

static int count(const void *data)
{
	const struct finder *f = data;
	return f->items == NULL ? 0 : (int)f->items->nrows;
}

static int64_t id(const void *data, int row)
{
	return reply_int(((const struct finder *)data)->items, (size_t)row, "item_id");
}

static void limit_of(const struct reply *r, size_t row, char *buf, size_t size)
{
	if (!reply_bool(r, row, "guide"))
		snprintf(buf, size, "%s", _("no guide yet"));
	else if (strcmp(reply_text(r, row, "handling"), "immediate") == 0)
		snprintf(buf, size, "%s", word_handling("immediate"));
	else
		word_limit(reply_int(r, row, "promised"), reply_text(r, row, "unit"), buf, size);
}

/* Columns of the last one: room for any limit there is. */
static int limit_width(void)
{
	char buf[64];
	word_limit(100, "workday", buf, sizeof buf);
	int w = text_width(buf, strlen(buf)) + 1;
	return w < 14 ? 14 : w;
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct finder *f = data;
	const struct reply *r = f->items;
	size_t n = (size_t)i;
	char limit[64];
	bool mine = reply_bool(r, n, "mine"), guide = reply_bool(r, n, "guide");
	enum face face = selected ? FACE_SELECT : guide ? FACE_PLAIN : FACE_DIM;
	/* Beside the detail pane, which names the department, the name gets its columns. */
	bool department = !f->wide;
	int last = limit_width(), tail = last + (department ? 17 : 0);
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, a->x, 1, face, mine ? (draw_ascii() ? "*" : "●") : " ");
	draw_text(a->y, a->x + 2, a->w - tail - 3, face, reply_text(r, n, "name"));
	if (department)
		draw_text(a->y, a->x + a->w - tail, tail - last - 1, face, reply_text(r, n, "department"));
	limit_of(r, n, limit, sizeof limit);
	draw_right(a->y, a->x + a->w - last, last - 1, face, limit);
}

const struct list_ops finder_list = {count, id, NULL, row};

/* A pane of labelled paragraphs, scrolled by rows. */
struct pane {
	struct area a;
	int row, skip;
};

static void para(struct pane *p, const char *label, const char *value)
{
	if (*value == '\0')
		return;
	int label_w = 14;
	int rows = draw_wrap_rows(p->a.w - label_w, value);
	int y = p->a.y + p->row - p->skip;
	int hidden = p->skip > p->row ? p->skip - p->row : 0;
	if (y >= p->a.y && y < p->a.y + p->a.h)
		draw_text(y, p->a.x, label_w - 1, FACE_DIM, label);
	struct area v = {hidden > 0 ? p->a.y : y, p->a.x + label_w, 0, p->a.w - label_w};
	v.h = p->a.y + p->a.h - v.y;
	if (v.h > 0 && hidden < rows)
		draw_wrap(&v, hidden, FACE_PLAIN, value);
	p->row += rows;
}

static void materials(struct pane *p, const struct reply *m)
{
	char line[1500];
	for (size_t i = 0; m != NULL && reply_ok(m) && i < m->nrows; i++) {
		snprintf(line, sizeof line, _("%lld. %s (%s %lldx, %s)"), (long long)reply_int(m, i, "seq"),
		    reply_text(m, i, "name"), word_form(reply_text(m, i, "form")),
		    (long long)reply_int(m, i, "copies"), word_required(reply_text(m, i, "required")));
		para(p, i == 0 ? _("Materials") : "", line);
	}
}

static void times(struct pane *p, const struct reply *r)
{
	char promised[64], statutory[64] = "", line[200];
	word_limit(reply_int(r, 0, "promised"), reply_text(r, 0, "unit"), promised, sizeof promised);
	if (!reply_null(r, 0, "statutory"))
		word_limit(
		    reply_int(r, 0, "statutory"), reply_text(r, 0, "unit"), statutory, sizeof statutory);
	snprintf(line, sizeof line, _("%s promised; by law: %s"), promised,
	    statutory[0] != '\0' ? statutory : _("not fixed"));
	para(p, _("Time limit"), line);
}

static void fees(struct pane *p, const struct reply *r)
{
	char money[64];
	if (reply_null(r, 0, "fee"))
		snprintf(money, sizeof money, "%s", _("computed"));
	else if (reply_int(r, 0, "fee") == 0)
		snprintf(money, sizeof money, "%s", _("free of charge"));
	else
		word_money(reply_int(r, 0, "fee"), money, sizeof money);
	para(p, _("Fee"), money);
	para(p, _("Fee basis"), reply_text(r, 0, "fee_basis"));
}

static void detail(struct finder *f, const struct area *a)
{
	const struct reply *r = f->shown;
	struct pane p = {*a, 0, f->scroll};
	char where[200];
	f->pane = a->h;
	f->rows = 0;
	if (r == NULL || !reply_ok(r) || r->nrows == 0 || f->list.at < 0)
		return;
	para(&p, _("Item"), reply_text(r, 0, "name"));
	if (f->wide)
		para(&p, _("Department"), reply_text(r, 0, "department"));
	if (!reply_bool(r, 0, "guide"))
		para(&p, _("Guide"), _("Not entered yet: it cannot be received (指南未录入)."));
	if (reply_int(r, 0, "window_no") > 0)
		snprintf(where, sizeof where, _("window %lld, %s"), (long long)reply_int(r, 0, "window_no"),
		    reply_text(r, 0, "post"));
	else
		snprintf(where, sizeof where, "%s", reply_text(r, 0, "post"));
	para(&p, _("Received at"), where);
	materials(&p, f->materials);
	if (reply_bool(r, 0, "guide"))
		times(&p, r);
	para(&p, _("Procedure"), reply_text(r, 0, "steps"));
	if (reply_bool(r, 0, "guide"))
		fees(&p, r);
	para(&p, _("Result"), reply_text(r, 0, "result_doc"));
	para(&p, _("Legal basis"), reply_text(r, 0, "legal_basis"));
	para(&p, _("Kind"), reply_text(r, 0, "task_type"));
	para(&p, _("Code"), reply_text(r, 0, "code"));
	f->rows = p.row;
}

/* The pane cannot be scrolled beyond its last row. */
static void scrolled(struct finder *f, const struct area *a)
{
	int most = f->rows > a->h ? f->rows - a->h : 0;
	if (f->scroll <= most)
		return;
	f->scroll = most;
	for (int y = a->y; y < a->y + a->h; y++)
		draw_fill(y, a->x, a->w, FACE_PLAIN);
	detail(f, a);
}

/* How many items there are, and how one reads on below. */
static void rules(struct finder *f, const struct area *a, int pane_y)
{
	char said[120];
	int n = count(f), more = f->rows - f->pane - f->scroll;
	if (f->items == NULL)
		snprintf(said, sizeof said, "%s", "");
	else if (n >= FINDER_ROWS)
		snprintf(
		    said, sizeof said, _("the first %d items; there are more: type more of the name"), n);
	else
		snprintf(said, sizeof said, _("%d items"), n);
	draw_rule(a->y + 2, a->x, a->w, said[0] != '\0' ? said : NULL);
	if (f->reading)
		snprintf(said, sizeof said, "%s", _("arrows read on, Tab back"));
	else if (more > 0)
		snprintf(said, sizeof said, _("PgDn reads on: %d more lines"), more);
	else if (f->scroll > 0)
		snprintf(said, sizeof said, "%s", _("PgUp reads back"));
	else
		said[0] = '\0';
	if (pane_y >= 0)
		draw_rule(pane_y, a->x, a->w, said[0] != '\0' ? said : NULL);
	else
		draw_right(a->y + 2, a->x + a->w - 40, 38, FACE_DIM, said);
}

static void head(struct finder *f, const struct area *a)
{
	char filter[200];
	int x = a->x + 1 + draw_text(a->y, a->x + 1, 24, FACE_TITLE, _("Item:")) + 1;
	int w = a->w - x - 30;
	snprintf(filter, sizeof filter, "%s%s%s%s", f->hand ? _("[from a paper] ") : "",
	    f->mine ? _("[mine] ") : "", f->department, f->stale ? " …" : "");
	draw_right(a->y, a->x + a->w - 28, 27, FACE_WARN, filter);
	if (f->with_case != 0)
		draw_format(a->y + 1, a->x + 1, a->w - 2, FACE_GOOD, _("Another item of the same visit: %s"),
		    f->applicant);
	else if (f->id_no[0] != '\0')
		draw_format(a->y + 1, a->x + 1, a->w - 2, FACE_GOOD, _("Applicant: %s %s  %s"),
		    word_id_kind(f->id_kind), f->id_no, f->applicant);
	else
		draw_text(a->y + 1, a->x + 1, a->w - 2, FACE_DIM,
		    _("name, initials (spjy) or code; or first scan the applicant's ID"));
	draw_editor(a->y, x, w, &f->line, true, f->line.selected ? FACE_SELECT : FACE_FOCUS);
}

void finder_draw(struct screen *s, const struct area *a)
{
	struct finder *f = s->state;
	bool wide = a->w >= 110;
	int list_h = wide ? a->h - 3 : (a->h - 3) * 2 / 5;
	struct area list = {a->y + 3, a->x, list_h, wide ? a->w / 2 : a->w};
	struct area side;
	f->wide = wide;
	if (wide) {
		side = (struct area){a->y + 3, a->x + a->w / 2 + 2, a->h - 3, a->w - a->w / 2 - 3};
		draw_column(a->y + 3, a->x + a->w / 2, a->h - 3);
	} else {
		side = (struct area){a->y + 4 + list_h, a->x + 1, a->h - 4 - list_h, a->w - 2};
	}
	detail(f, &side);
	scrolled(f, &side);
	rules(f, a, wide ? -1 : a->y + 3 + list_h);
	if (f->items != NULL && f->items->nrows == 0)
		draw_text(list.y, list.x + 2, list.w - 4, FACE_DIM, _("No item fits."));
	list_draw(&f->list, &list, true);
	head(f, a);
}
