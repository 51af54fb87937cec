/* Rows of cases: see caselist.h. */
#include "client/screen/caselist.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"

static int count(const void *data)
{
	const struct caselist *c = data;
	return c->rows == NULL ? 0 : (int)c->rows->nrows;
}

static int64_t id(const void *data, int row)
{
	const struct caselist *c = data;
	return reply_int(c->rows, (size_t)row, "case_id");
}

static enum face state_face(const char *state)
{
	if (strcmp(state, "correcting") == 0 || strcmp(state, "suspended") == 0)
		return FACE_WARN;
	return strcmp(state, "received") == 0 ? FACE_BOLD : FACE_PLAIN;
}

enum { NUMBER_W = 24, STATE_LEAST = 9, NAME_W = 13, DUE_W = 12, WIDEST = 104 };

static int state_w(void)
{
	int w = word_states_width() + 1;
	return w < STATE_LEAST ? STATE_LEAST : w;
}

/* The term that runs now: the correction's while it is open, else the promise. */
static int64_t ends(const struct reply *r, size_t row)
{
	return reply_null(r, row, "term_at") ? reply_int(r, row, "due_at") : reply_int(r, row, "term_at");
}

static void draw(const void *data, int row, const struct area *a, bool selected)
{
	const struct caselist *c = data;
	size_t i = (size_t)row;
	char when[32];
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	int x = a->x, item_w = a->w - NUMBER_W - state_w() - NAME_W - DUE_W;
	const char *state = reply_text(c->rows, i, "state");
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, x, NUMBER_W - 1, plain, reply_text(c->rows, i, "number"));
	x += NUMBER_W;
	draw_text(a->y, x, state_w() - 1, selected ? plain : state_face(state), word_state(state));
	x += state_w();
	draw_text(a->y, x, NAME_W - 1, plain, reply_text(c->rows, i, "applicant"));
	x += NAME_W;
	draw_text(a->y, x, item_w - 1, plain, reply_text(c->rows, i, "item"));
	word_moment(ends(c->rows, i), when, sizeof when);
	when[when[0] != '\0' ? 10 : 0] = '\0';
	draw_right(a->y, a->x + a->w - DUE_W, DUE_W - 1, plain, when);
	if (selected)
		draw_caret(a->y, a->x);
}

static const struct list_ops ops = {count, id, NULL, draw};

void caselist_init(struct caselist *c)
{
	c->rows = NULL;
	list_init(&c->list, &ops, c);
}

void caselist_done(struct caselist *c)
{
	reply_free(c->rows);
	c->rows = NULL;
}

void caselist_load(struct caselist *c, const struct reply *rows, bool fresh)
{
	reply_free(c->rows);
	c->rows = reply_keep(rows);
	if (fresh)
		list_reset(&c->list);
	else
		list_sync(&c->list);
}

int64_t caselist_case(const struct caselist *c)
{
	return c->list.at < 0 ? 0 : c->list.id;
}

static void head(const struct area *a)
{
	int x = a->x;
	draw_text(a->y, x, NUMBER_W - 1, FACE_DIM, _("Number"));
	x += NUMBER_W;
	draw_text(a->y, x, state_w() - 1, FACE_DIM, _("State"));
	x += state_w();
	draw_text(a->y, x, NAME_W - 1, FACE_DIM, _("Applicant"));
	x += NAME_W;
	draw_text(a->y, x, 20, FACE_DIM, _("Item"));
	draw_right(a->y, a->x + a->w - DUE_W, DUE_W - 1, FACE_DIM, _("Until"));
}

static int fact(int y, const struct area *a, const char *label, const char *value)
{
	if (*value == '\0' || y >= a->y + a->h)
		return y;
	int used = draw_text(y, a->x, a->w, FACE_DIM, label) + 1;
	struct area v = {y, a->x + used, a->y + a->h - y, a->w - used};
	return y + draw_wrap(&v, 0, FACE_PLAIN, value);
}

/* What a row has no room for, of the case at the cursor. */
static void detail(const struct caselist *c, const struct area *a)
{
	char buf[64];
	size_t i = (size_t)c->list.at;
	const struct reply *r = c->rows;
	int y = a->y;
	y = fact(y, a, _("Item:"), reply_text(r, i, "item"));
	y = fact(y, a, _("Received:"), word_moment(reply_int(r, i, "received_at"), buf, sizeof buf));
	y = fact(y, a,
	    strcmp(reply_text(r, i, "state"), "correcting") == 0 ? _("Answer by:") : _("Term ends:"),
	    word_moment(reply_int(r, i, "term_at"), buf, sizeof buf));
	y = fact(y, a, _("Promised by:"), word_moment(reply_int(r, i, "due_at"), buf, sizeof buf));
	y = fact(y, a, _("Step:"), reply_text(r, i, "step"));
	y = fact(y, a, _("Post:"), reply_text(r, i, "post"));
	fact(y, a, _("ID ends in:"), reply_text(r, i, "id_tail"));
}

void caselist_draw(struct caselist *c, const struct area *a, const char *empty)
{
	if (c->list.at < 0) {
		if (c->rows != NULL)
			draw_text(a->y + 1, a->x + 2, a->w - 4, FACE_DIM, empty);
		return;
	}
	bool wide = a->w >= 118;
	/* On a very wide screen a row's end stays near its begin. */
	int w = a->w > WIDEST + 38 ? WIDEST + 38 : a->w;
	struct area list = {a->y + 1, a->x, a->h - 1, wide ? w - 38 : w};
	struct area side = {a->y + 1, a->x + w - 36, a->h - 1, wide && a->w - w > 30 ? 65 : 35};
	if (!wide && a->h > 14) {
		list.h = a->h - 7;
		side = (struct area){a->y + a->h - 5, a->x + 1, 5, a->w - 2};
		draw_rule(a->y + a->h - 6, a->x, a->w, NULL);
	} else if (wide) {
		draw_column(a->y, a->x + w - 38, a->h);
	}
	struct area top = {a->y, a->x, 1, list.w};
	head(&top);
	if (wide || a->h > 14)
		detail(c, &side);
	list_draw(&c->list, &list, true);
}
