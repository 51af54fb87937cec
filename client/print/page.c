/*
 * Pieces → pages: each page takes as many pieces as fit and is cut at the last
 * place where cutting is allowed. Signing and sealing never stand alone on a
 * page: the last of the text goes with them.
 */
#include "client/print/layout.h"

double layout_head_height(const struct piece *first)
{
	const struct part *head = first->head;

	return head ? head->lines * head->text[0]->pitch + 2 * head->pad : 0;
}

/* The last piece of text with at least this height goes alone with what signs it. */
#define ENOUGH_TEXT 60.0

/* Everything that signs and seals keeps together, with two pieces of text or a tall one. */
static void keep_tail(struct layout *lay)
{
	size_t tail = lay->pieces;

	while (tail > 0 && lay->piece[tail - 1].tail)
		tail--;
	if (tail == lay->pieces)
		return;
	size_t with = tail > 0 && lay->piece[tail - 1].height >= ENOUGH_TEXT ? 1 : 2;
	for (size_t i = tail > with ? tail - with : 0; i + 1 < lay->pieces; i++)
		lay->piece[i].keep = true;
}

/* Where the page that begins with piece from ends. */
static size_t fill(const struct layout *lay, size_t from)
{
	double y = layout_head_height(&lay->piece[from]);
	size_t cut = from, i;

	for (i = from; i < lay->pieces; i++) {
		const struct piece *p = &lay->piece[i];
		y += (i == from ? 0 : p->before) + p->height;
		if (y > LAYOUT_HEIGHT)
			break;
		if (!p->keep)
			cut = i + 1;
	}
	if (i == lay->pieces)
		return i;
	/* Nothing may be cut here: what was to stay together is more than a page. */
	return cut > from ? cut : i;
}

static double used(const struct layout *lay, size_t from, size_t to)
{
	double y = layout_head_height(&lay->piece[from]);

	for (size_t i = from; i < to; i++)
		y += (i == from ? 0 : lay->piece[i].before) + lay->piece[i].height;
	return y;
}

int layout_pages(struct layout *lay)
{
	keep_tail(lay);
	for (size_t from = 0; from < lay->pieces;) {
		size_t to = fill(lay, from);
		if (to == from)
			return layout_fail(lay, PRINT_OVERFLOW, lay->piece[from].block, 0, 0);
		if (lay->pages == PRINT_PAGES_MAX)
			return layout_fail(lay, PRINT_PAGES, lay->piece[from].block, 0, 0);
		lay->page[lay->pages++] = (struct page){from, to};
		lay->last = used(lay, from, to);
		from = to;
	}
	if (lay->pages == 0) /* no blocks, or only empty ones: there is no paper to hand over */
		return layout_fail(lay, PRINT_BLOCK, 0, 0, 0);
	return 0;
}
