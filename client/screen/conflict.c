/* Two versions side by side: see conflict.h. Sends nothing. */
#include "client/screen/conflict.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/screen/screen.h"
#include "client/ui/keep.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/text.h"

enum { MARK = 2, LABEL = 26, ROW_MOST = 4, ROWS_MOST = 400 };

void conflict_begin(struct conflict *c)
{
	free(c->rows);
	*c = (struct conflict){.at = c->at, .made = c->made, .nmade = c->nmade};
}

void conflict_done(struct conflict *c)
{
	free(c->rows);
	free(c->made);
	*c = (struct conflict){.n = 0};
}

static void copy(char *to, size_t size, const char *s)
{
	size_t len = text_cut(s, strlen(s), size - 1);
	memcpy(to, s, len);
	to[len] = '\0';
}

static void fingerprint(const struct conflict_row *r, uint8_t sum[16])
{
	crypto_generichash_state st;
	(void)crypto_generichash_init(&st, NULL, 0, 16);
	(void)crypto_generichash_update(&st, (const uint8_t *)r->theirs, strlen(r->theirs) + 1);
	(void)crypto_generichash_update(&st, (const uint8_t *)r->mine, strlen(r->mine) + 1);
	(void)crypto_generichash_final(&st, sum, 16);
}

/* The choice of the draft, unless others changed the row since. */
static void take_made(const struct conflict *c, struct conflict_row *r)
{
	uint8_t sum[16];
	fingerprint(r, sum);
	for (int i = 0; i < c->nmade; i++)
		if (c->made[i].id == r->id && memcmp(c->made[i].texts, sum, sizeof sum) == 0)
			r->keep = c->made[i].keep;
}

void conflict_add(
    struct conflict *c, int64_t id, const char *label, const char *theirs, const char *mine, bool touched)
{
	if (strcmp(theirs, mine) == 0)
		return;
	struct conflict_row *rows = realloc(c->rows, (size_t)(c->n + 1) * sizeof *rows);
	if (rows == NULL)
		abort();
	c->rows = rows;
	struct conflict_row *r = &rows[c->n++];
	*r = (struct conflict_row){.id = id, .touched = touched, .keep = touched};
	copy(r->label, sizeof r->label, label);
	copy(r->theirs, sizeof r->theirs, theirs);
	copy(r->mine, sizeof r->mine, mine);
	take_made(c, r);
}

static void save_choice(const struct conflict_choice *m, struct bytes_out *out)
{
	bytes_put_u64(out, (uint64_t)m->id);
	bytes_put(out, m->texts, sizeof m->texts);
	bytes_put_u8(out, m->keep);
}

void conflict_save(const struct conflict *c, struct bytes_out *out)
{
	bytes_put_u16(out, (uint16_t)(c->n > 0 ? c->n : c->nmade));
	for (int i = 0; i < c->n; i++) {
		struct conflict_choice m = {.id = c->rows[i].id, .keep = c->rows[i].keep};
		fingerprint(&c->rows[i], m.texts);
		save_choice(&m, out);
	}
	for (int i = 0; c->n == 0 && i < c->nmade; i++)
		save_choice(&c->made[i], out);
	bytes_put_u64(out, (uint64_t)c->at);
}

void conflict_restore(struct conflict *c, struct bytes_in *in)
{
	if (in->left == 0)
		return;
	int n = bytes_get_u16(in);
	if (n > ROWS_MOST)
		in->bad = true;
	if (in->bad)
		return;
	free(c->made);
	c->made = calloc(n > 0 ? (size_t)n : 1, sizeof *c->made);
	if (c->made == NULL)
		abort();
	c->nmade = n;
	for (int i = 0; i < n; i++) {
		struct conflict_choice *m = &c->made[i];
		m->id = (int64_t)bytes_get_u64(in);
		const uint8_t *texts = bytes_get(in, sizeof m->texts);
		m->keep = kept_bool(in);
		if (texts != NULL)
			memcpy(m->texts, texts, sizeof m->texts);
	}
	c->at = (int64_t)bytes_get_u64(in);
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
	for (int i = 0; i < v->c->n; i++)
		if (v->c->rows[i].id == v->c->at)
			list_select(&v->list, i);
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
	    _("← saved now · → typed here · Space the other one · F10 take what is marked"));
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
	bool moved = list_key(&v->list, k);
	v->c->at = v->list.id;
	return moved;
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
