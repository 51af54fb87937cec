/*
 * A list of rows with a cursor, scrolled to keep it in sight. The owner holds
 * the data and gives four callbacks. When the data changes by itself the
 * cursor stays on the same thing, at the same height. Knows no case.
 */
#ifndef YIMEN_UI_LIST_H
#define YIMEN_UI_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "client/ui/draw.h"

struct key;

struct list_ops {
	int (*count)(const void *data);
	/* Identity of a row: stays when others come and go. */
	int64_t (*id)(const void *data, int row);
	/* Rows of the screen this row takes, at least 1; NULL: always 1. */
	int (*height)(const void *data, int row, int width);
	void (*draw)(const void *data, int row, const struct area *a, bool selected);
};

struct list {
	const struct list_ops *ops;
	const void *data;
	int at;     /* the cursor; −1 when there are no rows */
	int top;    /* first row shown */
	int64_t id; /* of the row at the cursor */
	int page;   /* rows of the screen at the last drawing */
};

void list_init(struct list *l, const struct list_ops *ops, const void *data);
/* The data changed by itself: finds the cursor's thing again. */
void list_sync(struct list *l);
/* The data is about something else: the cursor goes to the first row. */
void list_reset(struct list *l);
/* Moves the cursor; false when the key is not the list's. */
bool list_key(struct list *l, const struct key *k);
void list_select(struct list *l, int row);
void list_draw(struct list *l, const struct area *a, bool focus);

#endif
