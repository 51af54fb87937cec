/* The item finder's state, shared by its files only. */
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
	int64_t with_case;           /* another item of the visit this case was received in; 0: none */
	bool hand;                   /* received by hand, keyed in later */
};

/* finder_take.c; the answer of applicant.find has this tag. */
enum { FINDER_APPLICANT = 10 };
void finder_begin(struct finder *f, const struct screen_arg *arg);
/* What was typed is an identity number that can be of one kind only: it is kept, and the
 * items are to be asked for anew. */
bool finder_take_ident(struct finder *f, struct effects *fx);
/* A number that is no item's code: an identity number that is wrong, a telephone, a case's. */
bool finder_take_number(struct finder *f, struct effects *fx);
void finder_recalled(struct finder *f, const struct reply *r);
/* The one chosen among those with a telephone: true when kept, as above. */
bool finder_known(struct finder *f, const struct screen_arg *arg, struct effects *fx);

extern const struct list_ops finder_list;
void finder_draw(struct screen *s, const struct area *a);

#endif
