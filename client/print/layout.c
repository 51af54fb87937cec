/*
 * Each kind of block becomes pieces (piece.c) here, except tables and ruled
 * lists (table.c) and what signs and seals (sign.c); page.c then cuts them into
 * pages. What a block may hold is strict: a text that would not be printed is a
 * fault, never dropped in silence.
 */
#include "client/print/layout.h"

#include <string.h>

#include "common/text.h"

/* A last page filled less than this is worth saving. */
#define SAVE_MAX 0.45

/* One piece for each line; a paragraph leaves no single line behind or ahead. */
static void put_lines(struct layout *lay, struct part *part, size_t block, double before)
{
	int n = part->text[0]->lines;

	for (int i = 0; i < n; i++) {
		struct piece *p = layout_piece(lay, PIECE_LINE, part, block);
		p->from = i;
		p->to = i + 1;
		p->before = i ? 0 : before * lay->scale;
		p->height = part->text[0]->pitch;
		p->keep = n > 1 && (i == 0 || i == n - 2);
	}
}

static void keep_last(struct layout *lay)
{
	if (lay->pieces)
		lay->piece[lay->pieces - 1].keep = true;
}

static size_t title(struct layout *lay, size_t block)
{
	struct part *part = layout_part(lay);

	part->text[0] = layout_text(lay, block, 1, TYPE_TITLE, TYPE_CENTRE, LAYOUT_WIDTH, 0);
	if (part->text[0] == NULL)
		return 0;
	type_balance(part->text[0]);
	put_lines(lay, part, block, 16);
	keep_last(lay);
	return block + 1;
}

static size_t number(struct layout *lay, size_t block)
{
	struct part *part = layout_part(lay);

	part->text[0] = layout_text(lay, block, 1, TYPE_BODY, TYPE_RIGHT, LAYOUT_WIDTH, 0);
	if (part->text[0] == NULL)
		return 0;
	put_lines(lay, part, block, 8);
	keep_last(lay);
	return block + 1;
}

static size_t addressee(struct layout *lay, size_t block)
{
	struct part *part = layout_part(lay);

	part->text[0] = layout_text(lay, block, 1, TYPE_BODY, TYPE_LEFT, LAYOUT_WIDTH, 0);
	if (part->text[0] == NULL)
		return 0;
	put_lines(lay, part, block, 14);
	keep_last(lay);
	return block + 1;
}

/* "一、受理条件": the heading of a section, which official papers set in 黑体. */
static bool is_topic(const char *text)
{
	const char *p = text;

	while (*p && g_utf8_strchr("一二三四五六七八九十", -1, g_utf8_get_char(p)))
		p = g_utf8_next_char(p);
	return p > text && g_utf8_get_char(p) == 0x3001 /* 、 */ && g_utf8_strchr(text, -1, 0x3002) == NULL &&
	       g_utf8_strlen(text, -1) <= 24;
}

static size_t paragraph(struct layout *lay, size_t block)
{
	const char *text = layout_cell(&lay->paper->blocks[block], 1);
	bool topic = is_topic(text), leads = g_str_has_suffix(text, "：") || g_str_has_suffix(text, ":");
	struct part *part = layout_part(lay);
	double before = 0;

	part->text[0] = layout_text(lay, block, 1, topic ? TYPE_TOPIC : TYPE_BODY,
	    topic ? TYPE_LEFT : TYPE_SPREAD, LAYOUT_WIDTH, 2 * type_em(TYPE_BODY));
	if (part->text[0] == NULL)
		return 0;
	if (block && (layout_is(lay, block - 1, "row") || layout_is(lay, block - 1, "field")))
		before = 10;
	else if (topic || (block && layout_is(lay, block - 1, "number")))
		before = 6;
	put_lines(lay, part, block, before);
	if (topic || leads)
		keep_last(lay);
	return block + 1;
}

static size_t footnote(struct layout *lay, size_t block)
{
	bool first = block == 0 || !layout_is(lay, block - 1, "small");
	struct part *part = layout_part(lay);
	size_t from = lay->pieces;

	part->text[0] = layout_text(lay, block, 1, TYPE_SMALL, TYPE_SPREAD, LAYOUT_WIDTH, 0);
	if (part->text[0] == NULL)
		return 0;
	if (first) {
		struct piece *rule = layout_piece(lay, PIECE_RULE, part, block);
		rule->before = 12 * lay->scale;
		rule->height = 6;
		rule->keep = true;
	}
	put_lines(lay, part, block, 0);
	for (; from < lay->pieces; from++)
		lay->piece[from].tail = true;
	return block + 1;
}

static size_t stray_row(struct layout *lay, size_t block)
{
	layout_fail(lay, PRINT_BLOCK, block, 0, 0);
	return 0;
}

static const struct {
	const char *kind;
	int cells;
	/* The next block, 0 after a fault. */
	size_t (*lay_out)(struct layout *lay, size_t block);
} kinds[] = {
    {"title", 1, title},
    {"number", 1, number},
    {"to", 1, addressee},
    {"para", 1, paragraph},
    {"field", 2, layout_fields},
    {"head", 4, layout_table},
    {"row", 4, stray_row},
    {"sign", 4, layout_sign},
    {"seal", 2, layout_seal},
    {"qr", 2, layout_code},
    {"small", 1, footnote},
};

int layout_valid(struct layout *lay, size_t block)
{
	for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
		if (!layout_is(lay, block, kinds[k].kind))
			continue;
		for (int cell = 1; cell <= LAYOUT_CELLS; cell++) {
			if (layout_text_valid(lay, block, cell))
				return -1;
			if (cell > kinds[k].cells && *layout_cell(&lay->paper->blocks[block], cell))
				return layout_fail(lay, PRINT_BLOCK, block, cell, 0);
		}
		return (int)k;
	}
	return layout_fail(lay, PRINT_BLOCK, block, 0, 0);
}

static bool no_font(const struct layout *lay)
{
	struct type *t = type_new(lay->context, TYPE_BODY, TYPE_LEFT, "门", LAYOUT_WIDTH, 0);
	bool none = type_missing(t) != 0;

	type_free(t);
	return none;
}

int layout_number_valid(struct layout *lay)
{
	const char *number = lay->paper->number ? lay->paper->number : "";

	if (!g_utf8_validate(number, -1, NULL) || text_check(number, strlen(number)))
		return layout_fail(lay, PRINT_TEXT, 0, 0, 0);
	return 0;
}

/* The number stands at the foot of each page of several, so that loose pages find
 * their paper. */
static int footer(struct layout *lay)
{
	const char *number = lay->paper->number ? lay->paper->number : "";
	uint32_t ch;

	if (layout_number_valid(lay))
		return -1;
	lay->foot = type_new(lay->context, TYPE_SMALL, TYPE_LEFT, number, LAYOUT_WIDTH, 0);
	ch = type_missing(lay->foot);
	return ch ? layout_fail(lay, PRINT_GLYPH, 0, 0, ch) : 0;
}

/* Lays everything out once. */
static int attempt(struct layout *lay, double scale, bool pairs)
{
	lay->scale = scale;
	lay->pairs = pairs;
	for (size_t i = 0; i < lay->paper->n;) {
		i = kinds[layout_valid(lay, i)].lay_out(lay, i);
		if (lay->fault->kind != PRINT_FINE)
			return -1;
	}
	return layout_pages(lay);
}

static void forget(struct layout *lay)
{
	for (size_t i = 0; i < lay->parts; i++) {
		for (int k = 0; k < LAYOUT_CELLS; k++)
			type_free(lay->part[i]->text[k]);
		qr_done(&lay->part[i]->qr);
		g_free(lay->part[i]);
	}
	g_clear_pointer(&lay->part, g_free);
	g_clear_pointer(&lay->piece, g_free);
	lay->parts = lay->pieces = lay->pages = 0;
}

/* A last page with little on it is saved by bringing the lines closer or short
 * fields side by side, if that is enough; else all stays as it was (the last try). */
static int save_page(struct layout *lay)
{
	static const struct {
		double scale;
		bool pairs;
	} tries[] = {{0.95, false}, {0.9, false}, {1, true}, {0.93, true}, {0.86, true}, {1, false}};
	size_t pages = lay->pages;

	if (pages < 2 || lay->last > LAYOUT_HEIGHT * SAVE_MAX)
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(tries); i++) {
		int rc;

		forget(lay);
		*lay->fault = (struct print_fault){0};
		rc = attempt(lay, tries[i].scale, tries[i].pairs);
		if (rc == 0 && lay->pages < pages)
			return 0;
		if (i + 1 == G_N_ELEMENTS(tries))
			return rc;
	}
	return 0;
}

int layout_make(struct layout *lay, const struct print_paper *paper, struct print_fault *fault)
{
	*lay = (struct layout){.paper = paper, .fault = fault};
	*fault = (struct print_fault){0};
	lay->context = type_context();
	if (no_font(lay))
		return layout_fail(lay, PRINT_FONT, 0, 0, 0);
	for (size_t i = 0; i < paper->n; i++)
		if (layout_valid(lay, i) < 0)
			return -1;
	if (footer(lay) || attempt(lay, 1, false))
		return -1;
	return save_page(lay);
}

void layout_done(struct layout *lay)
{
	forget(lay);
	type_free(lay->foot);
	g_object_unref(lay->context);
}
