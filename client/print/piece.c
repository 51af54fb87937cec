/*
 * What every kind of block is made of: its texts, checked character by character,
 * the parts and pieces they become, and the first fault. See layout.h.
 */
#include <string.h>

#include "client/print/layout.h"
#include "common/text.h"

int layout_fail(struct layout *lay, enum print_fault_kind kind, size_t block, int cell, uint32_t ch)
{
	struct print_fault *f = lay->fault;
	const char *text;
	size_t n;

	if (f->kind != PRINT_FINE)
		return -1;
	*f = (struct print_fault){.kind = kind, .block = block, .cell = cell, .ch = ch};
	text = cell ? layout_cell(&lay->paper->blocks[block], cell) : "";
	if (g_utf8_validate(text, -1, NULL)) {
		n = text_cut(text, strlen(text), sizeof f->excerpt - 1);
		memcpy(f->excerpt, text, n);
	}
	return -1;
}

const char *layout_cell(const struct print_block *b, int cell)
{
	const char *text = cell == 1 ? b->c1 : cell == 2 ? b->c2 : cell == 3 ? b->c3 : b->c4;

	return text ? text : "";
}

/* Valid UTF-8 of characters a paper may hold; lines may be broken with \n. */
int layout_text_valid(struct layout *lay, size_t block, int cell)
{
	const char *text = layout_cell(&lay->paper->blocks[block], cell);

	if (!g_utf8_validate(text, -1, NULL))
		return layout_fail(lay, PRINT_TEXT, block, cell, 0);
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar ch = g_utf8_get_char(p);
		if (ch != '\n' && !text_allowed(ch))
			return layout_fail(lay, PRINT_TEXT, block, cell, ch);
	}
	return 0;
}

struct type *layout_checked(struct layout *lay, struct type *t, size_t block, int cell)
{
	uint32_t ch = type_missing(t);

	t->pitch *= lay->scale;
	if (ch)
		layout_fail(lay, PRINT_GLYPH, block, cell, ch);
	else if (type_overflows(t))
		layout_fail(lay, PRINT_OVERFLOW, block, cell, 0);
	else
		return t;
	type_free(t);
	return NULL;
}

struct type *layout_text(struct layout *lay, size_t block, int cell, enum type_style style,
    enum type_align align, double width, double indent)
{
	const char *text = layout_cell(&lay->paper->blocks[block], cell);

	return layout_checked(lay, type_new(lay->context, style, align, text, width, indent), block, cell);
}

struct part *layout_part(struct layout *lay)
{
	struct part *part = g_new0(struct part, 1);

	if ((lay->parts & (lay->parts - 1)) == 0)
		lay->part = g_renew(struct part *, lay->part, lay->parts ? lay->parts * 2 : 1);
	lay->part[lay->parts++] = part;
	return part;
}

struct piece *layout_piece(struct layout *lay, enum piece_kind kind, struct part *part, size_t block)
{
	struct piece *piece;

	if ((lay->pieces & (lay->pieces - 1)) == 0)
		lay->piece = g_renew(struct piece, lay->piece, lay->pieces ? lay->pieces * 2 : 1);
	piece = &lay->piece[lay->pieces++];
	*piece = (struct piece){.kind = kind, .part = part, .block = block};
	return piece;
}

const char *layout_kind(const struct layout *lay, size_t block)
{
	const char *kind = block < lay->paper->n ? lay->paper->blocks[block].kind : NULL;

	return kind ? kind : "";
}

bool layout_is(const struct layout *lay, size_t block, const char *kind)
{
	return strcmp(layout_kind(lay, block), kind) == 0;
}
