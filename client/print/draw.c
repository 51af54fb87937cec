/*
 * Pieces as ink. Every measure was taken by the layout; here is only how things
 * look: rules, the seal's place, marks, page numbers.
 */
#include "client/print/draw.h"

#include <stdio.h>

#define HAIRLINE 0.5
#define CELL_PAD_X 5.0
#define MARK_Y 44.0
#define FOOT_Y 786.0

static void rule(cairo_t *cr, double x1, double y1, double x2, double y2)
{
	cairo_set_line_width(cr, HAIRLINE);
	cairo_set_line_cap(cr, CAIRO_LINE_CAP_SQUARE);
	cairo_move_to(cr, x1, y1);
	cairo_line_to(cr, x2, y2);
	cairo_stroke(cr);
}

static void grey(cairo_t *cr, double level)
{
	cairo_set_source_rgb(cr, level, level, level);
}

/* Lines [from, to) of a row. top, bottom: this slice has a rule there. */
static void draw_row(
    cairo_t *cr, const struct part *row, double y, double height, int from, int to, bool top, bool bottom)
{
	double pitch = row->text[0]->pitch;
	bool whole = from == 0 && to == row->lines;

	if (row->head) {
		grey(cr, 0.93);
		cairo_rectangle(cr, 0, y, row->x[row->cells], height);
		cairo_fill(cr);
		grey(cr, 0);
	}
	for (int i = 0; i < row->cells; i++) {
		const struct type *t = row->text[i];
		double down = from == 0 ? row->pad : 0;
		/* Short cells stand in the middle of a row that is seen whole. */
		if (whole)
			down += (row->lines - t->lines) * pitch / 2;
		type_draw(t, cr, row->x[i] + CELL_PAD_X, y + down, from, to);
	}
	for (int i = 0; i <= row->cells; i++)
		rule(cr, row->x[i], y, row->x[i], y + height);
	if (top)
		rule(cr, 0, y, row->x[row->cells], y);
	if (bottom)
		rule(cr, 0, y + height, row->x[row->cells], y + height);
}

static void draw_sign(cairo_t *cr, const struct part *part, double y)
{
	for (int i = 0; i < LAYOUT_CELLS; i += 2) {
		const struct type *label = part->text[i], *name = part->text[i + 1];
		double right = part->x[i + 1] + name->width;
		if (pango_layout_get_text(label->layout)[0] == '\0')
			continue;
		type_draw(label, cr, part->x[i], y, 0, label->lines);
		type_draw(name, cr, part->x[i + 1], y, 0, name->lines);
		if (pango_layout_get_text(name->layout)[0] == '\0')
			rule(cr, part->x[i + 1], y + name->pitch - 3, right, y + name->pitch - 3);
	}
}

/* The seal's place is a dashed circle of a seal's size; its dashes stop where
 * words stand. */
static void draw_seal(cairo_t *cr, const struct part *part, double y, double height)
{
	const double dashes[] = {3, 2.5};
	double centre = part->x[0], pitch = part->text[0]->pitch;
	double lines = part->text[0]->lines + part->text[1]->lines;
	double top = y + (height - lines * pitch) / 2, at = top;

	cairo_save(cr);
	cairo_set_dash(cr, dashes, 2, 0);
	grey(cr, 0.55);
	cairo_set_line_width(cr, 0.6);
	cairo_new_path(cr);
	cairo_arc(cr, centre, y + height / 2, LAYOUT_SEAL / 2, 0, 2 * G_PI);
	cairo_stroke(cr);
	type_draw(part->text[2], cr, centre - part->text[2]->width / 2,
	    y + height / 2 - LAYOUT_SEAL / 2 + (lines > 2 ? 5 : 12), 0, 1);
	cairo_restore(cr);
	for (int i = 0; i < 2; i++) {
		const struct type *t = part->text[i];
		for (int k = 0; k < t->lines; k++) {
			cairo_set_source_rgb(cr, 1, 1, 1);
			cairo_rectangle(cr, centre - t->span[k] / 2 - 2, at + 4, t->span[k] + 4, pitch - 8);
			cairo_fill(cr);
			grey(cr, 0);
			type_draw(t, cr, centre - t->width / 2, at, k, k + 1);
			at += pitch;
		}
	}
}

static void draw_code(cairo_t *cr, const struct part *part, double y, double height)
{
	const struct type *words = part->text[3];
	double tall = height - words->lines * words->pitch;

	qr_draw(&part->qr, cr, 0, y + tall - 13 - LAYOUT_QR, LAYOUT_QR);
	type_draw(words, cr, 0, y + tall, 0, words->lines);
}

static void draw_piece(const struct layout *lay, cairo_t *cr, const struct page *page, size_t i, double y)
{
	const struct piece *p = &lay->piece[i];
	bool last = i + 1 == page->to;

	switch (p->kind) {
	case PIECE_LINE:
		type_draw(p->part->text[0], cr, 0, y, p->from, p->to);
		break;
	case PIECE_ROW:
		draw_row(cr, p->part, y, p->height, p->from, p->to, p->from == 0 || i == page->from,
		    p->to == p->part->lines || last);
		break;
	case PIECE_SIGN:
		draw_sign(cr, p->part, y);
		break;
	case PIECE_SEAL:
		if (p->part->has_seal)
			draw_seal(cr, p->part, y, p->height - 4);
		if (p->part->qr.width)
			draw_code(cr, p->part, y, p->height - 4);
		break;
	case PIECE_RULE:
		rule(cr, 0, y, LAYOUT_WIDTH / 3, y);
		break;
	}
}

/* A word in a box above the frame, at its left or right. */
static void draw_mark(const struct layout *lay, cairo_t *cr, const char *words, bool right)
{
	struct type *t = type_new(lay->context, TYPE_HEAD, TYPE_LEFT, words, LAYOUT_WIDTH, 0);
	double wide = type_span(t) + 12, x = right ? LAYOUT_WIDTH - wide : 0;

	cairo_rectangle(cr, x, MARK_Y, wide, type_pitch(TYPE_HEAD) + 4);
	cairo_set_line_width(cr, 0.75);
	cairo_stroke(cr);
	type_draw(t, cr, x + 6, MARK_Y + 2, 0, 1);
	type_free(t);
}

const char *print_hall_word(const struct print_paper *paper)
{
	return paper->training ? "培训" : paper->demo ? "演示" : NULL;
}

/* It stands across the page as an outline: seen at once, even on a copy, and not part
 * of the page's text. */
static void draw_hall(const struct layout *lay, cairo_t *cr, const char *word)
{
	PangoLayout *words = pango_layout_new(lay->context);
	PangoFontDescription *font = pango_font_description_from_string("Noto Sans CJK SC Bold 150");
	int w, h;

	pango_layout_set_font_description(words, font);
	pango_font_description_free(font);
	pango_layout_set_text(words, word, -1);
	pango_layout_get_size(words, &w, &h);
	cairo_save(cr);
	cairo_translate(cr, LAYOUT_PAPER_WIDTH / 2, LAYOUT_PAPER_HEIGHT / 2);
	cairo_rotate(cr, -G_PI / 5);
	cairo_move_to(cr, -w / 2.0 / PANGO_SCALE, -h / 2.0 / PANGO_SCALE);
	pango_cairo_layout_path(cr, words);
	grey(cr, 0.8);
	cairo_set_line_width(cr, 0.6);
	cairo_stroke(cr);
	cairo_restore(cr);
	g_object_unref(words);
}

static void draw_foot(const struct layout *lay, cairo_t *cr, size_t page)
{
	char words[64];
	struct type *t;

	snprintf(words, sizeof words, "第 %zu 页 共 %zu 页", page + 1, lay->pages);
	t = type_new(lay->context, TYPE_SMALL, TYPE_CENTRE, words, LAYOUT_WIDTH, 0);
	type_draw(t, cr, 0, FOOT_Y, 0, 1);
	type_free(t);
	if (lay->pages > 1)
		type_draw(lay->foot, cr, 0, FOOT_Y, 0, 1);
}

void draw_page(const struct layout *lay, cairo_t *cr, size_t page)
{
	const struct page *pg = &lay->page[page];
	const struct piece *first = &lay->piece[pg->from];
	double y = LAYOUT_TOP;
	const char *hall = print_hall_word(lay->paper);
	char words[64];

	if (hall != NULL)
		draw_hall(lay, cr, hall);
	cairo_save(cr);
	cairo_translate(cr, LAYOUT_LEFT, 0);
	grey(cr, 0);
	if (hall != NULL) {
		snprintf(words, sizeof words, "%s　不具法律效力", hall);
		draw_mark(lay, cr, words, false);
	}
	if (lay->paper->voided || lay->paper->reprint > 0) {
		snprintf(words, sizeof words, lay->paper->reprint > 0 ? "%s补打　第 %d 次" : "%s",
		    lay->paper->voided ? "作废　" : "", lay->paper->reprint);
		draw_mark(lay, cr, words, true);
	}
	if (first->head) {
		draw_row(cr, first->head, y, layout_head_height(first), 0, first->head->lines, true, true);
		y += layout_head_height(first);
	}
	for (size_t i = pg->from; i < pg->to; i++) {
		y += i == pg->from ? 0 : lay->piece[i].before;
		draw_piece(lay, cr, pg, i, y);
		y += lay->piece[i].height;
	}
	draw_foot(lay, cr, page);
	cairo_restore(cr);
}
