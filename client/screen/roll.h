/*
 * A live list: the rows of one operation, a cursor that stays on its thing when
 * others come and go, one question on its way at a time. A part of screens.
 */
#ifndef YIMEN_SCREEN_ROLL_H
#define YIMEN_SCREEN_ROLL_H

#include "client/screen/screen.h"
#include "client/ui/list.h"

struct editor;
struct key;

struct roll {
	struct reply *rows; /* NULL before the first answer */
	struct list list;
	const char *id;     /* the column that tells rows apart */
	bool asking, again; /* an answer is under way; something changed meanwhile */
};

/* Rows of lists whose data begins with a struct roll. */
int roll_count(const void *data);
int64_t roll_id(const void *data, int row);

/* data begins with r. */
void roll_init(struct roll *r, const struct list_ops *ops, const char *id, const void *data);
void roll_done(struct roll *r);
/* True: ask now; false: it is noted, and asked when the answer is here. */
bool roll_may_ask(struct roll *r);
/* Asks a list of one word, whether of all. fresh: other rows than before, keys wait for them; false afterwards. */
void roll_ask_all(struct roll *r, const char *op, int tag, bool all, bool *fresh, struct effects *fx);
/* Takes an answer. True: ask once more. fresh: the rows are about something else. */
bool roll_take(struct roll *r, const struct reply *rows, bool fresh, struct effects *fx);
/* Several lists in one, like tabs: which is asked for, which one the rows are of. */
struct roll_pages {
	int wanted, shown;
	bool fresh; /* keys wait for another one */
};
void roll_turn(struct roll_pages *p, int wanted, struct effects *fx);
/* roll_take() of such a list; an answer that may be of the page before is passed over. */
bool roll_take_page(struct roll *r, struct roll_pages *p, const struct reply *rows, struct effects *fx);
/* Nothing is waited for any more: MESSAGE_STOPPED. */
void roll_stopped(struct roll *r, struct roll_pages *p);
/* The row at the cursor; −1. */
int roll_at(const struct roll *r);
/* Its cells; "" and 0 without a row. */
const char *roll_text(const struct roll *r, const char *column);
int64_t roll_int(const struct roll *r, const char *column);
bool roll_is(const struct roll *r, const char *column);

/* A row is what was typed. */
typedef bool roll_fits(const struct reply *rows, size_t i, const char *typed);
/* Of rows with a name: part of it, or initials. */
bool roll_fits_person(const struct reply *rows, size_t i, const char *typed);
/* What is typed into line moves the cursor to the first row it fits; a / before it is passed over.
 * False: not a key of an editor. */
bool roll_find(struct roll *r, struct editor *line, const struct key *k, roll_fits *fits, struct effects *fx);

/* Some event is named with one of these beginnings, a word each: «post. cover.». */
bool roll_concern(const struct reply *events, const char *beginnings);

#endif
