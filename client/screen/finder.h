/* The item finder's state, shared by its two files only. */
#ifndef YIMEN_SCREEN_FINDER_H
#define YIMEN_SCREEN_FINDER_H

#include "client/screen/screen.h"
#include "client/ui/editor.h"
#include "client/ui/list.h"

enum { FINDER_ROWS = 100 };

struct finder {
	struct editor line;
	struct list list;
	struct reply *items;
	struct reply *shown, *materials; /* item.show and item.materials of shown_id */
	int64_t shown_id;
	bool asking, stale;   /* as in the find box of cases */
	enum request pending; /* asked for before the answer: OPEN, PRINT; KEY when nothing */
	int showing;          /* answers about shown_id still to come, in any order */
	bool mine;
	bool wide;              /* the detail pane stands beside the list */
	bool reading;           /* the arrows scroll the detail pane */
	int scroll, pane, rows; /* of the detail pane: rows skipped, shown, all */
	int64_t department_id;
	char department[96];
	char id_kind[24], id_no[64]; /* scanned before the item was chosen */
	char applicant[160];         /* whose it is, for the eye */
};

extern const struct list_ops finder_list;
void finder_draw(struct screen *s, const struct area *a);

#endif
