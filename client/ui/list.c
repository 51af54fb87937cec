/* The list: see list.h. */
#include "client/ui/list.h"

#include "client/ui/key.h"

static int height(const struct list *l, int row, int width)
{
	return l->ops->height == NULL ? 1 : l->ops->height(l->data, row, width);
}

void list_init(struct list *l, const struct list_ops *ops, const void *data)
{
	l->ops = ops;
	l->data = data;
	l->page = 1;
	list_reset(l);
}

void list_select(struct list *l, int row)
{
	int n = l->ops->count(l->data);
	if (row >= n)
		row = n - 1;
	if (row < 0)
		row = n > 0 ? 0 : -1;
	l->at = row;
	l->id = row < 0 ? 0 : l->ops->id(l->data, row);
}

void list_reset(struct list *l)
{
	l->top = 0;
	list_select(l, 0);
}

void list_sync(struct list *l)
{
	int n = l->ops->count(l->data);
	int was = l->at;
	for (int i = 0; was >= 0 && i < n; i++) {
		if (l->ops->id(l->data, i) != l->id)
			continue;
		l->at = i;
		l->top += i - was;
		if (l->top < 0)
			l->top = 0;
		return;
	}
	/* It is gone: its place goes to what follows it. */
	list_select(l, was);
}

bool list_key(struct list *l, const struct key *k)
{
	switch (k->code) {
	case K_UP:
		list_select(l, l->at - 1);
		return true;
	case K_DOWN:
		list_select(l, l->at + 1);
		return true;
	case K_PGUP:
		list_select(l, l->at - l->page);
		return true;
	case K_PGDN:
		list_select(l, l->at + l->page);
		return true;
	case K_HOME:
		list_select(l, 0);
		return true;
	case K_END:
		list_select(l, l->ops->count(l->data) - 1);
		return true;
	default:
		return false;
	}
}

/* Moves top so that all of the cursor's row is in sight. */
static void scroll(struct list *l, const struct area *a)
{
	int n = l->ops->count(l->data);
	if (l->at < l->top)
		l->top = l->at;
	if (l->top < 0)
		l->top = 0;
	int used = 0;
	for (int i = l->top; i <= l->at; i++)
		used += height(l, i, a->w);
	while (used > a->h && l->top < l->at)
		used -= height(l, l->top++, a->w);
	/* No empty rows below while there are rows above. */
	for (int i = l->at + 1; i < n && used < a->h; i++)
		used += height(l, i, a->w);
	while (l->top > 0 && used + height(l, l->top - 1, a->w) <= a->h)
		used += height(l, --l->top, a->w);
}

void list_draw(struct list *l, const struct area *a, bool focus)
{
	int n = l->ops->count(l->data);
	l->page = a->h > 1 ? a->h - 1 : 1;
	if (n == 0 || a->h < 1)
		return;
	scroll(l, a);
	int y = a->y;
	for (int i = l->top; i < n && y < a->y + a->h; i++) {
		int h = height(l, i, a->w);
		if (h > a->y + a->h - y)
			h = a->y + a->h - y;
		struct area row = {y, a->x, h, a->w};
		l->ops->draw(l->data, i, &row, focus && i == l->at);
		y += h;
	}
}
