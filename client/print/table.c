/*
 * Tables (head, row …) and ruled lists (field …): widths of columns, cells
 * wrapped in them, rows as pieces. A row stays whole unless it is very tall.
 */
#include "client/print/layout.h"

#include <stdlib.h>
#include <string.h>

#define CELL_PAD_X 5.0
#define CELL_PAD_Y 4.0
#define FIELD_PAD_Y 5.0
/* Rows of more lines may be cut between lines. */
#define ROW_LINES_MAX 14
/* A column whose texts are all this short (in em) never wraps, and is centred if it is
 * not wide: names in a wide column stand left, long or short. */
#define SHORT_EM 6.0
#define CENTRED_MAX (LAYOUT_WIDTH / 4)

struct column {
	double width;
	double longest; /* em of the longest text when it stood on one line */
	enum type_align align;
};

/* Roughly: a hanzi 1, everything else 0.6. */
static double em_of(const char *text)
{
	double em = 0;

	for (; *text; text = g_utf8_next_char(text))
		em += g_utf8_get_char(text) < 0x1100 ? 0.6 : 1;
	return em;
}

/* Reads "1,5,2,6". The number of columns, or −1. */
static int parse_widths(const char *widths, double share[LAYOUT_CELLS])
{
	int n = 0;

	for (const char *p = widths; *p; p++) {
		char *end;
		long v = strtol(p, &end, 10);
		if (n == LAYOUT_CELLS || end == p || v < 1 || v > 1000 || (*end && *end != ','))
			return -1;
		share[n++] = (double)v;
		if (*end == '\0')
			return n;
		p = end;
	}
	return -1;
}

/* A column too narrow for its short texts takes what it needs from the widest. */
static void widen(struct column *col, int n)
{
	for (int i = 0; i < n; i++) {
		double need = MIN(MAX(col[i].longest, 2), SHORT_EM) * type_em(TYPE_CELL) + 2 * CELL_PAD_X + 2;
		int widest = i;
		for (int k = 0; k < n; k++)
			if (col[k].width > col[widest].width)
				widest = k;
		if (widest == i || col[i].width >= need)
			continue;
		col[widest].width -= need - col[i].width;
		col[i].width = need;
	}
}

int layout_columns(struct layout *lay, size_t block, double share[LAYOUT_CELLS])
{
	const struct print_block *head = &lay->paper->blocks[block];
	int n = 0;

	for (int i = 1; i <= LAYOUT_CELLS; i++) {
		share[i - 1] = 1;
		if (*layout_cell(head, i))
			n = i;
	}
	if (head->widths && *head->widths && (n = parse_widths(head->widths, share)) < 0)
		return layout_fail(lay, PRINT_BLOCK, block, 0, 0);
	if (n == 0)
		return layout_fail(lay, PRINT_BLOCK, block, 0, 0);
	for (size_t b = block; b == block || layout_is(lay, b, "row"); b++)
		for (int i = n; i < LAYOUT_CELLS; i++)
			if (*layout_cell(&lay->paper->blocks[b], i + 1))
				return layout_fail(lay, PRINT_BLOCK, b, i + 1, 0);
	return n;
}

/* The same as widths on the page, or −1 after a fault. */
static int columns(struct layout *lay, size_t block, struct column col[LAYOUT_CELLS])
{
	double share[LAYOUT_CELLS], sum = 0;
	int n = layout_columns(lay, block, share);

	for (int i = 0; i < n; i++)
		sum += share[i];
	for (int i = 0; i < n; i++) {
		col[i] = (struct column){.width = LAYOUT_WIDTH * share[i] / sum};
		for (size_t b = block; b == block || layout_is(lay, b, "row"); b++)
			col[i].longest =
			    MAX(col[i].longest, em_of(layout_cell(&lay->paper->blocks[b], i + 1)));
	}
	if (n < 0)
		return -1;
	widen(col, n);
	for (int i = 0; i < n; i++)
		col[i].align =
		    col[i].longest <= SHORT_EM && col[i].width <= CENTRED_MAX ? TYPE_CENTRE : TYPE_SPREAD;
	return n;
}

void layout_row(struct layout *lay, struct part *part, size_t block, const struct part *head)
{
	double pitch = part->text[0]->pitch;
	int each = part->lines > ROW_LINES_MAX ? 1 : part->lines;

	for (int from = 0; from < part->lines; from += each) {
		struct piece *p = layout_piece(lay, PIECE_ROW, part, block);
		bool first = from == 0, last = from + each >= part->lines;
		p->from = from;
		p->to = from + each;
		p->height = each * pitch + (first ? part->pad : 0) + (last ? part->pad : 0);
		p->keep = each == 1 && part->lines > 1 && (from == 0 || from == part->lines - 2);
		p->head = head;
	}
}

/* One row's cells; NULL after a fault. */
static struct part *cells(struct layout *lay, size_t block, const struct column *col, int n, bool head)
{
	struct part *part = layout_part(lay);
	double x = 0;

	part->cells = n;
	part->pad = CELL_PAD_Y * lay->scale;
	part->head = head;
	for (int i = 0; i < n; i++) {
		part->text[i] = layout_text(lay, block, i + 1, head ? TYPE_HEAD : TYPE_CELL,
		    head ? TYPE_CENTRE : col[i].align, col[i].width - 2 * CELL_PAD_X, 0);
		if (part->text[i] == NULL)
			return NULL;
		part->lines = MAX(part->lines, part->text[i]->lines);
		part->x[i] = x;
		x += col[i].width;
	}
	part->x[n] = x;
	return part;
}

/* The first piece of a table or list stands off from the text above. */
static void open_rows(struct layout *lay, size_t first_piece)
{
	if (first_piece < lay->pieces)
		lay->piece[first_piece].before = 10 * lay->scale;
}

size_t layout_table(struct layout *lay, size_t block)
{
	struct column col[LAYOUT_CELLS] = {0};
	int n = columns(lay, block, col);
	size_t first = lay->pieces, b;
	struct part *head;

	if (n < 0 || (head = cells(lay, block, col, n, true)) == NULL)
		return 0;
	layout_row(lay, head, block, NULL);
	for (size_t i = first; i < lay->pieces; i++)
		lay->piece[i].keep = true;
	open_rows(lay, first);
	for (b = block + 1; layout_is(lay, b, "row"); b++) {
		struct part *row = cells(lay, b, col, n, false);
		if (row == NULL)
			return 0;
		layout_row(lay, row, b, head);
	}
	return b;
}

/* This field and the next are short enough to share a line. */
static bool pair_up(const struct layout *lay, size_t block, double width)
{
	double em = width / type_em(TYPE_VALUE);

	for (size_t b = block; b < block + 2; b++) {
		if (!layout_is(lay, b, "field"))
			return false;
		const char *value = layout_cell(&lay->paper->blocks[b], 2);
		if (em_of(value) > em || strchr(value, '\n'))
			return false;
	}
	return true;
}

/* One line of a ruled list: one field, or two side by side. NULL after a fault. */
static struct part *field_line(struct layout *lay, size_t block, int fields, double label)
{
	struct part *part = layout_part(lay);
	double each = LAYOUT_WIDTH / fields;

	part->cells = 2 * fields;
	part->pad = FIELD_PAD_Y * lay->scale;
	part->x[part->cells] = LAYOUT_WIDTH;
	for (int i = 0; i < part->cells; i++) {
		bool value = i % 2 == 1;
		int at = i / 2;
		size_t b = block + (size_t)at;
		double width = value ? each - label : label;
		part->x[i] = at * each + (value ? label : 0);
		part->text[i] = layout_text(lay, b, value ? 2 : 1, value ? TYPE_VALUE : TYPE_LABEL,
		    value ? TYPE_SPREAD : TYPE_CENTRE, width - 2 * CELL_PAD_X, 0);
		if (part->text[i] == NULL)
			return NULL;
		part->lines = MAX(part->lines, part->text[i]->lines);
	}
	return part;
}

size_t layout_fields(struct layout *lay, size_t block)
{
	double longest = 0, label;
	size_t first = lay->pieces, b;
	int fields;

	for (b = block; layout_is(lay, b, "field"); b++)
		longest = MAX(longest, em_of(layout_cell(&lay->paper->blocks[b], 1)));
	label = MIN(MAX(longest, lay->pairs ? 4 : 6), 9) * type_em(TYPE_LABEL) + 2 * CELL_PAD_X + 8;
	for (b = block; layout_is(lay, b, "field"); b += (size_t)fields) {
		struct part *part;
		fields = lay->pairs && pair_up(lay, b, LAYOUT_WIDTH / 2 - label - 2 * CELL_PAD_X) ? 2 : 1;
		part = field_line(lay, b, fields, label);
		if (part == NULL)
			return 0;
		layout_row(lay, part, b, NULL);
	}
	open_rows(lay, first);
	return b;
}
