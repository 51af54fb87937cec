/* Two versions side by side: see conflict.h. Sends nothing. */
#include "client/screen/conflict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/screen/screen.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/text.h"

enum { MARK = 2, LABEL = 26, ROW_MOST = 4 };

void conflict_done(struct conflict *c)
{
	free(c->rows);
	*c = (struct conflict){.n = 0};
}

static void copy(char *to, size_t size, const char *s)
{
	size_t len = text_cut(s, strlen(s), size - 1);
	memcpy(to, s, len);
	to[len] = '\0';
}

void conflict_add(
    struct conflict *c, int64_t id, const char *label, const char *theirs, const char *mine, bool touched)
{
	struct conflict_row *rows = realloc(c->rows, (size_t)(c->n + 1) * sizeof *rows);
	if (rows == NULL)
		abort();
	c->rows = rows;
	struct conflict_row *r = &rows[c->n++];
	*r = (struct conflict_row){.id = id, .touched = touched, .keep = touched};
	copy(r->label, sizeof r->label, label);
	copy(r->theirs, sizeof r->theirs, theirs);
	copy(r->mine, sizeof r->mine, mine);
}

const struct conflict_row *conflict_find(const struct conflict *c, int64_t id)
{
	for (int i = 0; i < c->n; i++)
		if (c->rows[i].id == id)
			return &c->rows[i];
	return NULL;
}

struct conflict_view {
	struct conflict *c; /* lent by the form below */
	struct list list;
};

static int rows_count(const void *data)
{
	return ((const struct conflict_view *)data)->c->n;
}

static int64_t row_id(const void *data, int row)
{
	return ((const struct conflict_view *)data)->c->rows[row].id;
}

/* Label, theirs, mine: the columns of a row so wide. */
static int side(int width)
{
	return (width - LABEL - 2 * MARK - 2) / 2;
}

static int row_height(const void *data, int row, int width)
{
	const struct conflict_row *r = &((const struct conflict_view *)data)->c->rows[row];
	int h = draw_wrap_rows(LABEL - 1, r->label), w = side(width);
	int theirs = draw_wrap_rows(w, r->theirs), mine = draw_wrap_rows(w, r->mine);
	h = theirs > h ? theirs : h;
	h = mine > h ? mine : h;
	return h > ROW_MOST ? ROW_MOST : h;
}

static void draw_side(const struct area *a, int x, const char *text, bool chosen)
{
	struct area in = {a->y, x + MARK, a->h, side(a->w)};
	if (chosen)
		draw_text(a->y, x, 1, FACE_GOOD, draw_ascii() ? "*" : "●");
	draw_wrap(&in, 0, chosen ? FACE_BOLD : FACE_DIM, *text == '\0' ? _("(nothing)") : text);
}

static void row_draw(const void *data, int row, const struct area *a, bool selected)
{
	const struct conflict_row *r = &((const struct conflict_view *)data)->c->rows[row];
	struct area label = {a->y, a->x + 1, a->h, LABEL - 2};
	if (selected)
		draw_fill(a->y, a->x, LABEL - 1, FACE_SELECT);
	draw_wrap(&label, 0, selected ? FACE_SELECT : FACE_PLAIN, r->label);
	draw_side(a, a->x + LABEL, r->theirs, !r->keep);
	draw_side(a, a->x + LABEL + MARK + side(a->w) + 1, r->mine, r->keep);
	if (selected)
		draw_caret(a->y, a->x + LABEL + (r->keep ? MARK + side(a->w) + 1 : 0));
}

static const struct list_ops conflict_list = {rows_count, row_id, row_height, row_draw};

static void conflict_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct conflict_view *v = s->state;
	(void)fx;
	v->c = arg->lent;
	list_init(&v->list, &conflict_list, v);
}

static void conflict_draw(struct screen *s, const struct area *a)
{
	struct conflict_view *v = s->state;
	struct area title = {a->y, a->x + 1, 2, a->w - 2};
	int rows = draw_wrap(&title, 0, FACE_TITLE, v->c->title);
	int y = a->y + (rows > 2 ? 2 : rows), w = side(a->w);
	draw_text(y, a->x + LABEL + MARK, w, FACE_DIM, _("Saved now"));
	draw_text(y, a->x + LABEL + 2 * MARK + w + 1, w, FACE_DIM, _("Typed here"));
	draw_rule(y + 1, a->x, a->w, NULL);
	struct area list = {y + 2, a->x, a->y + a->h - y - 3, a->w};
	list_draw(&v->list, &list, true);
	draw_text(a->y + a->h - 1, a->x + 1, a->w - 2, FACE_DIM,
	    _("← saved now · → typed here · Space the other one · F10 go on with what is marked"));
}

static void choose_all(struct conflict *c, bool keep)
{
	for (int i = 0; i < c->n; i++)
		c->rows[i].keep = keep;
}

static bool conflict_key(struct conflict_view *v, const struct key *k)
{
	struct conflict_row *r = v->list.at < 0 ? NULL : &v->c->rows[v->list.at];
	if (r != NULL && (k->code == K_LEFT || k->code == K_RIGHT)) {
		r->keep = k->code == K_RIGHT;
		return true;
	}
	if (r != NULL && k->code == K_TEXT && k->text[0] == ' ') {
		r->keep = !r->keep;
		return true;
	}
	return list_key(&v->list, k);
}

static bool conflict_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct conflict_view *v = s->state;
	struct screen_arg arg = {.kind = "conflict"};
	switch (r) {
	case REQ_BACK:
		fx_pop(fx, NULL);
		return true;
	case REQ_COMMIT:
		fx_pop(fx, &arg);
		return true;
	case REQ_THEIRS:
		choose_all(v->c, false);
		return true;
	case REQ_OURS:
		choose_all(v->c, true);
		return true;
	case REQ_KEY:
		return conflict_key(v, k);
	default:
		return false;
	}
}

static void no_message(struct screen *s, const struct message *m, struct effects *fx)
{
	(void)s;
	(void)m;
	(void)fx;
}

const struct screen_ops screen_conflict = {
    .name = "conflict",
    .title = N_("Changed by someone else"),
    .on = ON_CONFLICT,
    .size = sizeof(struct conflict_view),
    .open = conflict_open,
    .draw = conflict_draw,
    .request = conflict_request,
    .message = no_message,
};
