/*
 * What ends a paper: who signs, the seal's place, and beside it the code that
 * finds the case again.
 */
#include <string.h>

#include "client/print/layout.h"

#define SIGN_WIDTH (LAYOUT_WIDTH / 2 - 14)
#define SEAL_TEXT_MAX 230.0
#define QR_TEXT_WIDTH 180.0
#define QR_QUIET 13.0

/* Two pairs of label and name side by side; a pair without name gets a line. */
size_t layout_sign(struct layout *lay, size_t block)
{
	const struct print_block *b = &lay->paper->blocks[block];
	struct part *part = layout_part(lay);
	struct piece *p;

	for (int i = 0; i < LAYOUT_CELLS; i += 2) {
		const char *label = layout_cell(b, i + 1);
		bool colon = g_str_has_suffix(label, "：") || g_str_has_suffix(label, ":");
		g_autofree char *text = g_strconcat(label, colon || !*label ? "" : "：", NULL);
		double x = i ? LAYOUT_WIDTH / 2 + 14 : 0, span;
		struct type *t = layout_checked(lay,
		    type_new(lay->context, TYPE_BODY, TYPE_LEFT, text, SIGN_WIDTH - 28, 0), block, i + 1);
		if ((part->text[i] = t) == NULL)
			return 0;
		span = type_span(t);
		part->x[i] = x;
		part->x[i + 1] = x + span;
		t = layout_text(lay, block, i + 2, TYPE_BODY, TYPE_LEFT, SIGN_WIDTH - span, 0);
		if ((part->text[i + 1] = t) == NULL)
			return 0;
		part->lines = MAX(part->lines, MAX(part->text[i]->lines, t->lines));
	}
	p = layout_piece(lay, PIECE_SIGN, part, block);
	p->before = 10 * lay->scale;
	p->height = part->lines * part->text[0]->pitch + 4;
	p->tail = true;
	return block + 1;
}

/* In the run of signing blocks around here, where is the one of this kind? */
static bool find_beside(const struct layout *lay, size_t block, const char *kind, size_t *found)
{
	size_t from = block, to = block;
	static const char *const run[] = {"sign", "seal", "qr", NULL};

	while (from > 0 && g_strv_contains(run, layout_kind(lay, from - 1)))
		from--;
	while (g_strv_contains(run, layout_kind(lay, to)))
		to++;
	for (*found = from; *found < to; ++*found)
		if (layout_is(lay, *found, kind))
			return true;
	return false;
}

/* p begins with these digits, dashes between them, and no digit follows. Its length, or 0. */
static size_t dashed(const char *p, const char *digits)
{
	size_t len = strspn(p, "0123456789-"), n = 0;

	for (size_t i = 0; i < len; i++)
		if (p[i] != '-' && p[i] != digits[n++])
			return 0;
	return n < len && digits[n] == '\0' ? len : 0;
}

/* The number these digits stand for, as the paper itself writes it elsewhere:
 * 5199-20261123-000123-3; the digits alone when it does not. The caller frees it. */
static char *readable(const struct print_paper *paper, const char *digits)
{
	for (size_t i = 0; i < paper->n; i++)
		for (int cell = 1; cell <= LAYOUT_CELLS; cell++) {
			const char *p = layout_cell(&paper->blocks[i], cell);
			for (p += strcspn(p, "0123456789"); *p; p += strcspn(p, "0123456789")) {
				size_t len = dashed(p, digits);
				if (len)
					return g_strndup(p, len);
				p += strspn(p, "0123456789-");
			}
		}
	return g_strdup(digits);
}

/* The code with its caption and digits below. */
static int put_code(struct layout *lay, size_t block, struct part *part, double *height)
{
	const struct print_block *b = &lay->paper->blocks[block];
	const char *caption = layout_cell(b, 2);
	g_autofree char *text = NULL, *number = NULL;
	int r;

	r = qr_make(&part->qr, layout_cell(b, 1), LAYOUT_QR);
	if (r)
		return layout_fail(lay, r == -2 ? PRINT_MEMORY : PRINT_QR, block, 1, 0);
	number = readable(lay->paper, layout_cell(b, 1));
	text = g_strconcat(caption, *caption ? "\n" : "", number, NULL);
	part->text[3] = layout_checked(
	    lay, type_new(lay->context, TYPE_SMALL, TYPE_LEFT, text, QR_TEXT_WIDTH, 0), block, 2);
	if (part->text[3] == NULL)
		return -1;
	*height = MAX(*height, LAYOUT_QR + QR_QUIET + part->text[3]->lines * part->text[3]->pitch);
	return 0;
}

/* Department and date centred where the round seal will cover them, four
 * characters from the right edge where there is room (GB/T 9704). */
static int put_seal(struct layout *lay, size_t block, struct part *part, double *height)
{
	double wide = LAYOUT_SEAL, text_height = 0;

	for (int i = 0; i < 2; i++) {
		part->text[i] = layout_text(lay, block, i + 1, TYPE_BODY, TYPE_CENTRE, SEAL_TEXT_MAX, 0);
		if (part->text[i] == NULL)
			return -1;
		type_balance(part->text[i]);
		wide = MAX(wide, type_span(part->text[i]));
		text_height += part->text[i]->lines * part->text[i]->pitch;
	}
	part->text[2] = type_new(lay->context, TYPE_SMALL, TYPE_CENTRE, "印章处", LAYOUT_SEAL, 0);
	part->has_seal = true;
	/* x[0]: the line on which everything is centred. */
	part->x[0] = LAYOUT_WIDTH - wide / 2 - (wide > 170 ? 14 : 42);
	*height = MAX(*height, MAX(LAYOUT_SEAL, text_height));
	return 0;
}

size_t layout_seal(struct layout *lay, size_t block)
{
	struct part *part = layout_part(lay);
	double height = 0;
	struct piece *p;
	size_t first, at;
	bool beside =
	    find_beside(lay, block, "seal", &first) && first == block && find_beside(lay, block, "qr", &at);

	if (put_seal(lay, block, part, &height))
		return 0;
	if (beside && put_code(lay, at, part, &height))
		return 0;
	p = layout_piece(lay, PIECE_SEAL, part, block);
	p->before = 24 * lay->scale;
	p->height = height + 4;
	p->tail = true;
	return block + 1;
}

size_t layout_code(struct layout *lay, size_t block)
{
	struct part *part;
	struct piece *p;
	double height = 0;
	size_t at;

	/* Beside the first seal, which laid it out. */
	if (find_beside(lay, block, "seal", &at) && find_beside(lay, block, "qr", &at) && at == block)
		return block + 1;
	part = layout_part(lay);
	if (put_code(lay, block, part, &height))
		return 0;
	p = layout_piece(lay, PIECE_SEAL, part, block);
	p->before = 20 * lay->scale;
	p->height = height + 4;
	p->tail = true;
	return block + 1;
}
