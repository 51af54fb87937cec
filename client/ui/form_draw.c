/*
 * Drawing a form: labels of the first column end at one column, fields share
 * their row by weight, the sentence of a bad field stands under its row.
 */
#include "client/ui/form.h"

#include <string.h>

#include "client/ui/lang.h"
#include "common/text.h"

static int width(const char *s)
{
	return text_width(s, strlen(s));
}

/* Columns of the widest label that begins a row. */
static int label_width(const struct form *f)
{
	int widest = 0;
	for (int i = 0; i < f->n; i++) {
		int w = width(form_label(f, i));
		if ((i == 0 || f->fields[i].row != f->fields[i - 1].row) && w > widest)
			widest = w;
	}
	return widest;
}

static int weight(const struct form *f, int i)
{
	return f->fields[i].weight == 0 ? 1 : f->fields[i].weight;
}

static int row_end(const struct form *f, int i)
{
	int row = f->fields[i].row;
	while (i < f->n && f->fields[i].row == row)
		i++;
	return i;
}

/* The field of this row whose sentence is shown: the one with the keys, else the first bad. */
static int blamed(const struct form *f, int begin, int end)
{
	int found = -1;
	for (int i = begin; i < end; i++)
		if (f->error[i][0] != '\0' && (found < 0 || i == f->focus))
			found = i;
	return found;
}

/* Rows of the screen these fields take. */
static int row_height(const struct form *f, int begin, int end)
{
	bool there = false;
	for (int i = begin; i < end; i++)
		there = there || form_present(f, i);
	return !there ? 0 : blamed(f, begin, end) >= 0 ? 2 : 1;
}

static void draw_field(struct form *f, int i, int y, int x, int w, int label_w)
{
	bool in_use = f->ops->used == NULL || f->ops->used(f, i);
	bool focus = i == f->focus;
	const char *label = form_label(f, i);
	draw_text(y, x + label_w - width(label), label_w,
	    in_use ? (focus ? FACE_BOLD : FACE_PLAIN) : FACE_DIM, label);
	int bx = x + label_w + 1, bw = w - label_w - 4;
	if (f->fields[i].kind == FORM_CHOICE) {
		const char *shown = _(f->fields[i].choices[f->choice[i]].label);
		int used = draw_text(y, bx, bw, focus ? FACE_SELECT : in_use ? FACE_PLAIN : FACE_DIM, shown);
		if (focus) {
			draw_text(y, bx + used + 1, 2, FACE_DIM, draw_ascii() ? "<>" : "◂▸");
			draw_caret(y, bx);
		}
		return;
	}
	enum face face = !in_use ? FACE_DIM : f->frozen ? FACE_PLAIN : focus ? FACE_FOCUS : FACE_FIELD;
	draw_editor(y, bx, bw, &f->line[i], focus, focus && f->line[i].selected ? FACE_SELECT : face);
	if (in_use && f->fields[i].hint != NULL && f->line[i].len == 0)
		draw_text(y, bx, bw, FACE_DIM, _(f->fields[i].hint));
	if (f->good[i])
		draw_text(y, bx + bw + 1, 1, FACE_GOOD, draw_ascii() ? "+" : "✓");
	else if (f->error[i][0] != '\0')
		draw_text(y, bx + bw + 1, 1, FACE_ERROR, draw_ascii() ? "!" : "✗");
}

/* The column where field i of a row begins, from the row's left. */
static int column_of(const struct form *f, int begin, int end, int i, int w)
{
	int total = 0, done = 0;
	for (int j = begin; j < end; j++) {
		total += weight(f, j);
		done += j < i ? weight(f, j) : 0;
	}
	return total > 0 ? w * done / total : 0;
}

/* The sentence stands under its own field, or as far left of it as it needs. */
static void draw_sentence(
    const struct form *f, int begin, int end, int bad, int y, const struct area *a, int label_w)
{
	int room = width(f->error[bad]);
	int x = a->x + column_of(f, begin, end, bad, a->w) +
		(bad == begin ? label_w : width(form_label(f, bad))) + 1;
	int least = a->x + label_w + 1;
	if (x + room > a->x + a->w)
		x = a->x + a->w - room;
	if (x < least)
		x = least;
	draw_text(y, x, a->x + a->w - x, FACE_ERROR, f->error[bad]);
}

static void draw_row(struct form *f, int begin, int end, int y, const struct area *a, int first_label)
{
	int total = 0, done = 0, x = a->x;
	for (int i = begin; i < end; i++)
		total += weight(f, i);
	for (int i = begin; i < end; i++) {
		done += weight(f, i);
		int until = a->x + a->w * done / total;
		int label_w = i == begin ? first_label : width(form_label(f, i));
		draw_field(f, i, y, x, until - x, label_w);
		x = until;
	}
}

int form_rows(const struct form *f)
{
	int rows = 0;
	for (int i = 0; i < f->n;) {
		int end = row_end(f, i);
		rows += row_height(f, i, end);
		i = end;
	}
	return rows;
}

/* The row of the screen, from the form's top, where the field with the keys stands. */
static int focus_row(const struct form *f)
{
	int rows = 0;
	for (int i = 0; i < f->n;) {
		int end = row_end(f, i);
		if (f->focus >= i && f->focus < end)
			return rows;
		rows += row_height(f, i, end);
		i = end;
	}
	return 0;
}

int form_draw(struct form *f, const struct area *a)
{
	int label_w = label_width(f);
	int skip = focus_row(f) + 2 - a->h;
	int y = a->y - (skip > 0 ? skip : 0);
	for (int i = 0; i < f->n;) {
		int end = row_end(f, i);
		int height = row_height(f, i, end);
		if (height > 0 && y >= a->y && y < a->y + a->h)
			draw_row(f, i, end, y, a, label_w);
		if (height > 1 && y + 1 >= a->y && y + 1 < a->y + a->h)
			draw_sentence(f, i, end, blamed(f, i, end), y + 1, a, label_w);
		y += height;
		i = end;
	}
	int used = y - a->y;
	return used > a->h ? a->h : used;
}
